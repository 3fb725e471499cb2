//! Theory test and driving licence: one figure, two exams.

use super::counts::{Counts, DEN, ENTRANTS, Relation, Term, UNKNOWN};
use super::{Indicator, Page};
use crate::domain::facts::LicenceFact;
use crate::domain::id::PersonId;
use crate::domain::progress::{LicenceOutcome, LicenceStep};
use crate::domain::trainee::LicenceAtEntry;
use crate::domain::{ClosedList, Date, Text};
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, Value};
use crate::report::quantity::{Role, What};
use crate::text;

/// Theory test passed between entry and exit.
pub const CODE_PASSED_IN_PATH: Indicator = Indicator {
    key: "code_passed_in_path",
    label: fixed!("Code obtenu pendant le parcours", "Theory test passed during the path"),
    definition: fixed!(
        "Code de la route obtenu entre l'entrée et la sortie, parmi les entrants sans permis ni code.",
        "Theory test passed between entry and exit, among entrants with neither licence nor theory test.",
    ),
    numerator: fixed!(
        "code de la route obtenu entre l'entrée et la sortie",
        "theory test passed between entry and exit"
    ),
    denominator: fixed!("entrants sans permis ni code", "entrants with neither licence nor theory test"),
    unknown: LICENCE_UNKNOWN,
    counts: Counts::PEOPLE.known(&[
        Relation::at_most(&[DEN], Term::Of(What::Indicator("licence_obtained", Role::Denominator))),
        Relation::equal_here(&[UNKNOWN], Term::Of(What::Indicator("licence_obtained", Role::Unknown))),
    ]),
    page: Page::Progress(10),
    gather: code_passed_in_path,
    ..Indicator::rate(FigureClass::Outcome)
};

/// Driving test passed since the entry.
pub const LICENCE_OBTAINED: Indicator = Indicator {
    key: "licence_obtained",
    label: fixed!("Permis obtenu", "Licence obtained"),
    definition: fixed!(
        "Permis B obtenu depuis l'entrée, parmi les entrants qui ne l'avaient pas.",
        "Licence B obtained since entry, among entrants who did not hold it.",
    ),
    numerator: fixed!("permis B obtenu depuis l'entrée", "licence B obtained since entry"),
    denominator: fixed!("entrants sans permis B à l'entrée", "entrants without licence B at entry"),
    unknown: LICENCE_UNKNOWN,
    counts: Counts::PEOPLE.known(&[Relation::at_most(&[DEN, UNKNOWN], ENTRANTS)]),
    page: Page::Progress(20),
    gather: licence_obtained,
    ..Indicator::rate(FigureClass::Outcome)
};

const LICENCE_UNKNOWN: &Text =
    fixed!("permis à l'entrée non renseigné : hors de la base", "licence at entry not recorded: out of the base");

/// The first pass of a step by a person from a day on, up to as_of.
pub fn first_pass<'a>(world: &World<'a>, person: PersonId, since: Date, step: LicenceStep) -> Option<&'a LicenceFact> {
    let passed = |l: &&LicenceFact| l.step == step && l.outcome == Some(LicenceOutcome::Passed);
    world.licence(person, since).filter(passed).min_by_key(|l| (l.date, l.id))
}

/// The record of a licence event.
pub fn licence_record(event: &LicenceFact) -> RecordRef {
    RecordRef::new(RecordKind::Licence, event.id, event.op, &["step", "date", "outcome", "hours"])
}

/// Who may pass a step: those who do not hold it at entry.
fn licence_step(
    world: &World<'_>,
    group: Group,
    sink: &mut Sink<'_>,
    step: LicenceStep,
    in_base: fn(LicenceAtEntry) -> bool,
    pass: impl Fn(&Part<'_>, Date) -> Option<(Date, RecordRef)>,
) {
    world.each_entrant(group, sink, |part, sink| {
        let held = part.fact.licence_at_entry;
        let unit = Unit::of(part).because(part.record(&["licence_at_entry"]));
        let unit = unit.value(held.map_or(Value::None, |h| Value::Code(h.code())));
        sink(match held {
            None => unit.unknown(fixed!("permis à l'entrée non renseigné", "licence at entry not recorded")),
            Some(held) if !in_base(held) => unit.left_out(fixed!("déjà acquis à l'entrée", "already held at entry")),
            Some(_) => match part.entry.and_then(|entry| pass(part, entry)) {
                Some((date, record)) => unit.on(date).because(record).counted(fixed!("épreuve réussie", "exam passed")),
                None => unit
                    .not_counted(fixed!("pas de réussite dans le délai", "not passed in that time"))
                    .why(world, || not_passed(world, part, step)),
            },
        });
    });
}

/// No pass since the entry, or one that came after the exit.
fn not_passed(world: &World<'_>, part: &Part<'_>, step: LicenceStep) -> Text {
    let Some(entry) = part.entry else {
        return text!("sans date d'entrée", "without an entry date");
    };
    let as_of = world.as_of;
    match (first_pass(world, part.fact.person, entry, step), part.exit) {
        (Some(pass), Some((exit, _))) => {
            let date = pass.date;
            text!("réussite le {date}, après la sortie du {exit}", "passed on {date}, after the exit of {exit}"; date, exit)
        }
        _ => text!(
            "aucune réussite entre l'entrée du {entry} et le {as_of}",
            "not passed between the entry of {entry} and {as_of}";
            entry, as_of
        ),
    }
}

fn code_passed_in_path(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    licence_step(
        world,
        group,
        sink,
        LicenceStep::CodeExam,
        |held| held == LicenceAtEntry::None,
        |part, entry| {
            let pass = first_pass(world, part.fact.person, entry, LicenceStep::CodeExam)?;
            let in_path = part.exit.is_none_or(|(exit, _)| pass.date <= exit);
            in_path.then(|| (pass.date, licence_record(pass)))
        },
    );
}

fn licence_obtained(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    licence_step(
        world,
        group,
        sink,
        LicenceStep::DrivingExam,
        |held| held != LicenceAtEntry::B,
        |part, entry| {
            let pass = first_pass(world, part.fact.person, entry, LicenceStep::DrivingExam)?;
            Some((pass.date, licence_record(pass)))
        },
    );
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn the_code_counts_from_entry_to_exit_and_a_licence_already_held_is_out() {
        for (date, code) in [("2018-11-04", 0), ("2018-11-05", 1), ("2019-02-01", 1), ("2019-02-02", 0)] {
            let (mut school, part) = leaver();
            school.part_mut(part).licence_at_entry = Some(LicenceAtEntry::None);
            school.licence(part, LicenceStep::CodeExam, date, Some(LicenceOutcome::Passed), 0);
            check(&school, "2019-12-31", "code_passed_in_path", [code, 1, 0, 0]);
        }
        for (held, base) in
            [(Some(LicenceAtEntry::B), [0, 0, 0, 0]), (Some(LicenceAtEntry::Code), [1, 1, 0, 0]), (None, [0, 0, 0, 1])]
        {
            let (mut school, part) = leaver();
            school.part_mut(part).licence_at_entry = held;
            school.licence(part, LicenceStep::DrivingExam, "2019-06-01", Some(LicenceOutcome::Passed), 0);
            check(&school, "2019-12-31", "licence_obtained", base);
        }
    }
}
