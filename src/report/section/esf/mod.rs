//! Section `esf`: ESF+ common indicators by sex, over the distinct entrants of the period.

mod lines;

use super::head::{Counted, Head};
use super::{RowUnits, code, code_column, number_column};
use crate::domain::Date;
use crate::domain::Text;
use crate::domain::id::PersonId;
use crate::domain::trainee::Sex;
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{Figure, Sink, Unit, Value, Verdict, collect};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::text;
use lines::{LINES, Line};
use std::collections::HashMap;

/// The columns of figures: machine header, sex, French and English headers.
pub const COLUMNS: [(&str, Option<Sex>, &str, &str); 4] = [
    ("women", Some(Sex::F), "Femmes", "Women"),
    ("men", Some(Sex::M), "Hommes", "Men"),
    ("nonbinary", Some(Sex::X), "Non binaires", "Nonbinary"),
    ("total", None, "Total", "Total"),
];

/// One person of the set: entry data of their first participation in it, exit data of their last one.
pub struct Participant<'w, 'a> {
    /// First participation of the set.
    pub first: &'w Part<'a>,
    /// All of them, by entry.
    pub all: Vec<&'w Part<'a>>,
    /// Exit of the last one.
    pub exit: Option<Date>,
}

/// The distinct entrants whose entry lies in the period, by their first entry.
pub fn participants<'w, 'a>(world: &'w World<'a>) -> Vec<Participant<'w, 'a>> {
    let mut parts: Vec<&Part<'_>> =
        world.entrants(Group::All).filter(|p| p.entry.is_some_and(|d| world.in_period(d))).collect();
    parts.sort_by_key(|p| (p.entry, p.cohort, p.fact.id));
    let mut places: HashMap<PersonId, usize> = HashMap::new();
    let mut people: Vec<Participant<'w, 'a>> = Vec::new();
    for part in parts {
        let place = *places.entry(part.fact.person).or_insert(people.len());
        let exit = part.left().map(|(exit, _)| exit);
        match people.get_mut(place) {
            None => people.push(Participant { first: part, all: vec![part], exit }),
            Some(participant) => {
                participant.all.push(part);
                participant.exit = exit;
            }
        }
    }
    people
}

/// The code of each line and what it counts, in order.
pub fn definitions() -> impl Iterator<Item = (&'static str, &'static Text)> {
    LINES.iter().map(|line| (line.key, line.label))
}

/// The class of a line; none for a code that is no line.
pub fn class_of(key: &str) -> Option<FigureClass> {
    LINES.iter().find(|line| line.key == key).map(|line| line.class)
}

/// The sheet, with the usual checks under it.
pub fn sheet(world: &World<'_>) -> Counted {
    let mut columns = vec![
        code_column("indicator", "Indicateur", "Indicator"),
        Column::new("label", "Libellé", "Label", ColumnKind::Text),
    ];
    columns.extend(COLUMNS.iter().map(|(key, _, fr, en)| number_column(key, fr, en)));
    let mut section = Counted::new(Sheet::new("esf", columns));
    let people = participants(world);
    let mut figures = HashMap::new();
    for line in LINES {
        let counts = COLUMNS.map(|(_, sex, ..)| Figure::tally(|sink| gather(world, &people, line, sex, sink)).num);
        let cells = counts.map(|n| if line.judge.is_some() { Cell::Int(n) } else { Cell::Empty });
        let row = [code(line.key), Cell::Words(line.label.clone())].into_iter().chain(cells).collect();
        section.push(Some(Head::Esf(line.key.into())), row);
        if line.judge.is_some() {
            figures.insert(line.key, counts);
        }
    }
    section.sheet.footer = checks(&figures);
    section
}

fn checks(figures: &HashMap<&str, [i64; 4]>) -> Vec<Text> {
    let total = |key: &str| figures.get(key).map_or(0, |counts| counts[3]);
    let sums = [
        ("EECO02 + EECO04 + EECO05 <= EECO01", total("EECO02") + total("EECO04") + total("EECO05") <= total("EECO01")),
        ("EECO03 <= EECO02", total("EECO03") <= total("EECO02")),
        ("EECO09 + EECO10 + EECO11 <= EECO01", total("EECO09") + total("EECO10") + total("EECO11") <= total("EECO01")),
    ];
    let by_sex = figures.values().all(|[women, men, nonbinary, total]| women + men + nonbinary == *total);
    let said = |holds: bool| if holds { ("vrai", "holds") } else { ("FAUX", "FAILS") };
    let mut footer: Vec<Text> = sums
        .into_iter()
        .map(|(rule, holds)| {
            let (fr, en) = said(holds);
            Text::new(format!("Contrôle {rule} : {fr}"), format!("Check {rule}: {en}"))
        })
        .collect();
    let (fr, en) = said(by_sex);
    footer.push(Text::new(
        format!("Contrôle femmes + hommes + non binaires = total : {fr}"),
        format!("Check women + men + nonbinary = total: {en}"),
    ));
    if !by_sex {
        footer.push(text!(
            "Une personne dont le sexe n'est pas renseigné n'est que dans le total.",
            "Someone without a recorded sex is in the total only."
        ));
    }
    footer
        .push(text!("EECR06 : n.d. (demande des données de l'employeur)", "EECR06: n.a. (needs the employer's data)"));
    footer
}

/// The units of a column, line by line.
pub fn units(world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
    let (_, sex, ..) = COLUMNS.into_iter().find(|(key, ..)| *key == column)?;
    let people = participants(world);
    let row = |line: &Line| {
        let units = collect(|sink| gather(world, &people, line, sex, sink));
        RowUnits::of(vec![line.key.to_owned()], units)
    };
    Some(LINES.iter().map(row).collect())
}

/// The definition of a line in one sentence.
pub fn definition(key: &str) -> Option<Text> {
    LINES.iter().find(|l| l.key == key).map(|l| l.label.clone())
}

/// Whether a line is computed; nothing when there is no such line.
pub fn is_computed(key: &str) -> Option<bool> {
    LINES.iter().find(|l| l.key == key).map(|l| l.judge.is_some())
}

fn gather(world: &World<'_>, people: &[Participant<'_, '_>], line: &Line, sex: Option<Sex>, sink: &mut Sink<'_>) {
    let Some(judge) = line.judge else { return };
    for participant in people {
        let unit = judge(world, participant).outside_base();
        let found = participant.first.person.sex;
        // Who is not of this column is left out of it, whatever the line says.
        let of_column = sex.is_none_or(|wanted| found == Some(wanted));
        sink(if of_column || unit.verdict != Verdict::Counted {
            unit
        } else {
            let value = found.map_or(Value::None, |s| Value::Code(crate::domain::ClosedList::code(s)));
            let record = participant.first.identity(&["sex"]);
            Unit {
                in_base: false,
                ..unit.left_out(fixed!("d'un autre sexe, ou sexe non renseigné", "of another sex, or sex not recorded"))
            }
            .value(value)
            .because(record)
        });
    }
}
