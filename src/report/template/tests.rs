//! Layouts: what is refused and where, what is read back, what is left of a sheet.

use super::*;
use crate::domain::ClosedList;
use crate::domain::funder::Level;
use crate::domain::id::FunderId;
use crate::sheet::ColumnKind;

fn funder(people: People, level: Level) -> FunderFact {
    FunderFact {
        id: FunderId::from_number(1),
        code: "ars".to_owned(),
        name: "ARS".to_owned(),
        lang: Lang::Fr,
        dialect: Dialect::CsvFr,
        level,
        suppress_below: None,
        rate_min_denominator: None,
        people,
        secret: Vec::new(),
    }
}

fn checked(text: &str, profile: &FunderFact) -> Result<Template, Flaw> {
    let cohorts = ["P1".to_owned(), "P2".to_owned()];
    read(text, Some(Bounds { funder: profile, threshold: profile.threshold(), cohorts: &cohorts }))
}

#[track_caller]
fn refused(text: &str, at: (usize, usize), what: &str, right: &str) {
    let flaw = checked(text, &funder(People::None, Level::Aggregate)).unwrap_err();
    assert_eq!((flaw.line, flaw.column), at, "{text}\n{flaw:?}");
    assert!(flaw.what.en.contains(what), "{text}\n{flaw:?}");
    let told = flaw.right.map(|right| right.en).unwrap_or_default();
    assert!(told.contains(right), "{text}\n{told}");
}

#[test]
fn what_is_wrong_is_told_with_its_line_its_column_and_the_nearest_word() {
    let section = "[[section]]\nkey = \"exits\"\n";
    let after = |line: &str| format!("{section}{line}");
    refused(&format!("titel = \"x\"\n{section}"), (1, 1), "“titel” means nothing", "did you mean title?");
    refused(&format!("é = 1\n{section}"), (1, 1), "cannot be read", "quotes");
    refused(&format!("lang = \"de\"\n{section}"), (1, 8), "“de” does not exist", "choose among: fr, en");
    refused(&format!("lang = 3\n{section}"), (1, 8), "text between quotes", "for example");
    refused(&format!("dialect = \"cvs\"\n{section}"), (1, 11), "“cvs”", "did you mean csv?");
    refused(&format!("cohorts = \"tout\"\n{section}"), (1, 11), "all or a list", "[\"P1\"]");
    refused(&format!("cohorts = [\"P1\", \"P9\"]\n{section}"), (1, 18), "funds no cohort “P9”", "did you mean P1?");
    refused(&format!("cohorts = [\"P1\", \"P1\"]\n{section}"), (1, 18), "given twice", "keep one");
    refused(&format!("cohorts = []\n{section}"), (1, 11), "is empty", "\"all\"");
    refused(&format!("title = {{ fr = \"a\", de = \"b\" }}\n{section}"), (1, 21), "“de”", "choose among: fr, en");
    refused(&format!("title = \"=1+1\"\n{section}"), (1, 9), "begins with “=”", "formula");
    refused(&format!("title = \"a\\u0007\"\n{section}"), (1, 9), "control character", "");
    refused("title = \"x\"\n", (1, 12), "no section", "[[section]]");
    refused("", (1, 1), "no section", "[[section]]");
    refused("section = \"exits\"", (1, 11), "double brackets", "[[section]]");
    refused("section = [1]", (1, 12), "block of its own", "[[section]]");
    refused("[[section]]\ntitle = \"x\"", (1, 1), "key is missing", "key = \"monthly\"");
    refused("[[section]]\nkey = \"exit\"", (2, 7), "“exit” does not exist", "did you mean exits?");
    refused(&after("column = []"), (3, 1), "“column” means nothing", "did you mean columns?");
    refused(&after("columns = []"), (3, 11), "takes a list", "columns = [\"cohort\", \"scheme\"]");
    refused(&after("columns = [\n  \"cohort\",\n  \"durables\",\n]"), (5, 3), "“durables”", "did you mean durable?");
    refused(&after("columns = [\"cohort\", \"cohort\"]"), (3, 22), "given twice", "keep one");
    refused(&after("columns = [{ fr = \"x\" }]"), (3, 12), "key is missing", "key = \"cohort\"");
    refused(&after("columns = [{ key = \"point\", label = \"x\" }]"), (3, 29), "“label”", "choose among: key, fr, en");
    refused(&after("columns = [{ key = \"month\" }]"), (3, 20), "“month” does not exist", "");
    refused(&after("key = \"esf\""), (3, 1), "given twice", "keep one");
    refused(&format!("{section}\n{section}"), (4, 1), "“exits” is given twice", "keep one");
    refused(&after("title = \"x"), (3, 11), "cannot be read", "quotes");
}

#[test]
fn lines_about_people_go_only_to_a_funder_that_is_entitled_to_them_and_quality_to_none() {
    let text = |section: Section| format!("[[section]]\nkey = \"{}\"\n", section.code());
    for section in Section::ALL.iter().copied() {
        for people in [People::None, People::Pseudonymised] {
            for level in [Level::Contract, Level::Aggregate, Level::Public] {
                let allowed = match section {
                    Section::Quality => false,
                    Section::People | Section::Placements | Section::Attendance | Section::Followups => {
                        people == People::Pseudonymised && level == Level::Contract
                    }
                    _ => true,
                };
                let found = checked(&text(section), &funder(people, level));
                assert_eq!(found.is_ok(), allowed, "{section:?} {people:?} {level:?}");
                if let Err(flaw) = found {
                    assert_eq!((flaw.line, flaw.column), (2, 7));
                }
            }
        }
    }
}

#[test]
fn every_section_names_its_columns_without_a_fact() {
    for section in Section::ALL.iter().filter(|s| **s != Section::Quality) {
        let columns = section.columns();
        assert!(columns.len() > 3, "{section:?}");
        assert!(columns.iter().all(|c| !c.header.fr.is_empty() && !c.header.en.is_empty()), "{section:?}");
    }
    let keys: Vec<&str> = Section::Esf.columns().iter().map(|c| c.key).collect();
    assert_eq!(keys, ["indicator", "label", "women", "men", "nonbinary", "total"]);
}

const OWN: &str = r#"
title = "Suivi \"2018\" \\ fin"
lang = "en"
dialect = "csv"
cohorts = ["P2"]

[[section]]
key = "exits"
title = { fr = "Sorties", en = "Leavers" }
columns = ["point", { key = "cohort", fr = "Groupe" }, { key = "durable", fr = "Durable", en = "Durable" }]

[[section]]
key = "monthly"
"#;

#[test]
fn what_is_written_is_read_back_as_it_was() {
    let template = read(OWN, None).unwrap();
    assert_eq!(template.title.fr.as_deref(), Some("Suivi \"2018\" \\ fin"));
    for lang in [Lang::Fr, Lang::En] {
        let again = read(&write(&template, lang), None).unwrap();
        // A section that shows everything is written with all of its columns.
        assert_eq!(again.sections[1].columns.len(), Section::Monthly.columns().len());
        let mut again = again;
        again.sections[1].columns.clear();
        assert_eq!(again, template);
    }
}

#[test]
fn the_built_in_layout_can_be_written_and_read_back_for_every_funder() {
    for people in [People::None, People::Pseudonymised] {
        for (level, budget) in [(Level::Contract, Budget::Kept), (Level::Public, Budget::Absent)] {
            let profile = funder(people, level);
            let own = built_in(&profile, budget, profile.threshold());
            let again = checked(&write(&own, Lang::Fr), &profile).unwrap();
            assert_eq!(sections(&again), sections(&own));
        }
    }
    let all = built_in(&funder(People::Pseudonymised, Level::Contract), Budget::Kept, 0);
    let codes: Vec<&str> = sections(&all).iter().map(|s| s.code()).collect();
    assert_eq!(codes, ["monthly", "indicators", "exits", "financial", "people", "placements"]);
}

fn exits() -> Sheet {
    let mut sheet = Sheet::new("exits", Section::Exits.columns());
    sheet.title = Some(Section::Exits.text());
    for cohort in ["P1", "P2", "*"] {
        let mut row = vec![Cell::Int(0); sheet.columns.len()];
        row[0] = Cell::Text(cohort.to_owned());
        row[2] = Cell::Text("3m".to_owned());
        row[6] = Cell::Masked;
        sheet.rows.push(row);
    }
    sheet
}

#[test]
fn columns_are_chosen_ordered_and_renamed_and_keep_their_machine_headers() {
    let mut monthly = Sheet::new("monthly", Section::Monthly.columns());
    monthly.title = Some(Section::Monthly.text());
    let other = Sheet::new("restated", vec![Column::new("section", "Section", "Section", ColumnKind::Code)]);
    let laid = apply(&read(OWN, None).unwrap(), vec![other.clone(), monthly.clone(), exits()]);
    let keys: Vec<&str> = laid.iter().map(|s| s.key.as_str()).collect();
    assert_eq!(keys, ["exits", "monthly", "restated"]);
    let columns: Vec<(&str, &str, &str)> =
        laid[0].columns.iter().map(|c| (c.key, &*c.header.fr, &*c.header.en)).collect();
    assert_eq!(
        columns,
        [("point", "Point", "Point"), ("cohort", "Groupe", "Cohort"), ("durable", "Durable", "Durable")]
    );
    assert_eq!(laid[0].title, Some(Text::new("Sorties", "Leavers")));
    let row = |cohort: &str| vec![Cell::Text("3m".to_owned()), Cell::Text(cohort.to_owned()), Cell::Masked];
    assert_eq!(laid[0].rows, [row("P2"), row("*")], "other cohorts are left out, the total stays, masks stay");
    assert_eq!((&laid[1], &laid[2]), (&monthly, &other), "what the layout does not touch stays as it is");
}

#[test]
fn a_cohort_filter_holds_where_the_cohort_column_is_not_shown() {
    let text = "cohorts = [\"*\"]\n[[section]]\nkey = \"exits\"\ncolumns = [\"point\", \"durable\"]\n";
    let laid = apply(&read(text, None).unwrap(), vec![exits()]);
    assert_eq!(laid[0].rows, [vec![Cell::Text("3m".to_owned()), Cell::Masked]]);
}

#[test]
fn the_examples_are_accepted_for_any_funder() {
    let examples = [
        include_str!("../../../examples/funders/fondation.toml"),
        include_str!("../../../examples/funders/banque-regionale.toml"),
        include_str!("../../../examples/funders/fse-plus.toml"),
    ];
    for text in examples {
        checked(text, &funder(People::None, Level::Public)).unwrap();
    }
}

#[test]
fn no_text_at_all_makes_the_reader_panic() {
    use proptest::prelude::*;
    let words = ["[[section]]", "\n", "key", "=", "\"exits\"", "{", "}", "[", "]", ",", "é", "title", "\"", "\u{feff}"];
    let piece = prop::sample::select(words.to_vec());
    proptest!(|(pieces in prop::collection::vec(piece, 0..30))| {
        let text = pieces.concat();
        if let Err(flaw) = read(&text, None) {
            prop_assert!(flaw.line >= 1 && flaw.line <= text.matches('\n').count() + 1);
            prop_assert!(flaw.column >= 1);
        }
    });
}
