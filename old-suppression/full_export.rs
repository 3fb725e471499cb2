//! What a whole export prints, and what its equations name.

use super::equations::{self, Equation};
use super::*;
use crate::domain::cohort::Stream;
use crate::domain::facts::{BudgetFact, Scope};
use crate::domain::funder::{Level, Side};
use crate::domain::id::RecordId;
use crate::domain::progress::{CertificateOutcome, Registry};
use crate::domain::trainee::ExitReason;
use crate::report::indicator::counts::{Counts, Holds, Row};
use crate::report::naming::Naming;
use crate::report::quantity::{Quantity, Whom};
use crate::report::testing::{Marks, School, up_to};
use crate::report::{Purpose, World};
use crate::sheet::Cell;
use std::sync::Arc;

/// Every section of a school, as a funder under a written agreement gets it.
pub(in super::super) fn full_export(school: &School, scope: &Scope) -> Vec<Counted> {
    let facts = school.facts(scope, Marks::Single);
    let world = World::new(&facts, scope, Purpose::Figures);
    Section::ALL.iter().filter_map(|section| section.counted(&world, &Naming::Slug)).collect()
}

fn read(export: &[Counted]) -> (Quantities, Vec<Equation>) {
    let figures: Vec<Figures<'_>> = export.iter().enumerate().map(|(index, one)| figures_of(index, one)).collect();
    let quantities = quantities_of(&figures);
    let mut stated = equations::stated(&quantities.named(), &figures);
    stated.extend(equations::esf_shares());
    (quantities, stated)
}

/// The names in the equations of an export that none of its cells prints.
fn unprinted(export: &[Counted]) -> Vec<String> {
    let (quantities, stated) = read(export);
    let names = stated.iter().flat_map(Equation::names);
    let missing = names.filter(|name| !equations::is_made(name.what) && quantities.find(name).is_none());
    missing.map(ToString::to_string).collect::<BTreeSet<String>>().into_iter().collect()
}

/// The equations that hold by definition and that the figures of an export contradict.
pub(in super::super) fn contradicted(export: &[Counted]) -> Vec<String> {
    let (quantities, stated) = read(export);
    let value = |name: &Quantity| quantities.find(name).and_then(|id| quantities[id].value);
    let wrong = |equation: &&Equation| {
        let sum: Option<i64> = equation.parts.iter().map(value).sum();
        match (sum.zip(value(&equation.whole)), equation.holds) {
            (Some((sum, whole)), Holds::Equal) => sum != whole,
            (Some((sum, whole)), Holds::AtMost) => sum > whole,
            (None, _) | (_, Holds::EqualHere | Holds::AtMostHere) => false,
        }
    };
    stated.iter().filter(wrong).map(|equation| format!("{equation:?}")).collect()
}

/// Two cohorts with everything that a section may show.
fn school() -> School {
    let mut school = School::with_p1();
    school.cohort("P2", "2018-12-03", "2019-03-01");
    school.module("P1", "F01", Stream::Technical);
    school.module("P2", "F01", Stream::Technical);
    school.module("P2", "F02", Stream::Technical);
    let certificate = school.catalogue("CACES", Registry::Rs, true);
    for cohort in ["P1", "P2"] {
        for number in 0..7 {
            let slug = format!("{cohort}-{number}");
            let part = school.left(cohort, &slug, ("2018-12-03", "2019-02-01"), ExitReason::Completed);
            school.attempt(part, certificate, "2019-01-15", CertificateOutcome::Obtained);
        }
    }
    for cohort in school.facts.cohorts.clone() {
        school.facts.budget.push(BudgetFact {
            id: RecordId::from_number(1),
            op: cohort.op,
            grant: None,
            cohort: cohort.id,
            funder: None,
            side: Side::Charge,
            class: "60".into(),
            label: "Achats".into(),
            planned: 100_000,
            realised: 100_000,
        });
    }
    school
}

#[test]
fn every_quantity_that_an_equation_names_is_printed_by_a_full_export() {
    let export = full_export(&school(), &up_to("2020-06-30"));
    assert_eq!(export.len(), Section::ALL.len() - 1, "all but the quality of the data");
    assert_eq!(unprinted(&export), Vec::<String>::new());
    for level in Level::ALL {
        let mut sent = export.clone();
        suppress(&mut sent, &Rules::new(level.threshold()), &[]);
        assert_eq!(unprinted(&sent), Vec::<String>::new(), "{}", level.code());
    }
}

#[test]
fn an_export_without_a_section_lacks_the_quantities_that_only_it_prints() {
    let mut export = full_export(&school(), &up_to("2020-06-30"));
    export.retain(|section| section.sheet.key != Section::Exits.code());
    let missing = unprinted(&export);
    assert!(missing.contains(&"withdrawn|*".to_owned()) && missing.contains(&"other|3m|P1".to_owned()), "{missing:?}");
    assert!(!missing.contains(&"entrants|*".to_owned()), "the indicators print it");
}

#[test]
fn a_row_read_back_from_a_file_names_the_quantities_it_had_when_it_was_made() {
    for section in full_export(&school(), &up_to("2020-06-30")) {
        let again = reread::counted(section.sheet.clone());
        let words = |heads: &[Option<Head>]| heads.iter().map(|head| format!("{head:?}")).collect::<Vec<_>>();
        assert_eq!(words(&again.heads), words(&section.heads), "{}", section.sheet.key);
    }
}

#[test]
fn the_figures_of_a_school_contradict_no_equation_that_holds_by_definition() {
    assert_eq!(contradicted(&full_export(&school(), &up_to("2020-06-30"))), Vec::<String>::new());
    assert_eq!(contradicted(&full_export(&school(), &up_to("2019-02-15"))), Vec::<String>::new());
}

/// A row of the section `indicators` over all cohorts, in clear.
fn row(key: &'static str, counts: &'static Counts, numbers: [i64; 4]) -> (Option<Head>, Vec<Cell>) {
    let [num, den, not_due, unknown] = numbers.map(Cell::Int);
    let mut cells = vec![Cell::Text(key.into()), Cell::Empty, Cell::Text("*".into()), num, den, Cell::Empty];
    cells.extend([Cell::Text("%".into()), not_due, unknown, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
    (Some(Head::Indicator(Row { key, counts, variant: None::<Arc<str>>, of: Whom::All })), cells)
}

#[test]
fn a_share_under_any_key_does_not_give_away_how_many_answers_are_unknown() {
    let entrants = crate::report::indicator::find("entrants").unwrap().0;
    for key in ["share_with_a_computer", "computer_at_home"] {
        let mut section = Counted::new(super::tests::sheet("indicators", &super::tests::INDICATORS));
        for (head, mut cells) in
            [row("entrants", &entrants.counts, [22, 0, 0, 0]), row(key, &Counts::ANSWERED, [10, 20, 0, 2])]
        {
            if cells[0] == Cell::Text("entrants".into()) {
                cells[4] = Cell::Empty;
            }
            section.push(head, cells);
        }
        let mut sections = [section];
        suppress(&mut sections, &Rules::new(5), &[]);
        let rows = &sections[0].sheet.rows;
        assert_eq!(rows[1][8], Cell::Masked, "{key}: two people gave no answer");
        let both = rows[0][3] != Cell::Masked && rows[1][4] != Cell::Masked;
        assert!(!both, "{key}: entrants less known answers would give them away");
    }
}
