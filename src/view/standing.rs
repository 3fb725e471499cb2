//! Where a person stands: in training or not, theory test, technical modules, what they do now.

use crate::domain::cohort::Stream;
use crate::domain::contract::Term;
use crate::domain::kind::{licence, module, placement, result, trainee};
use crate::domain::placement::SituationType;
use crate::domain::progress::{LicenceOutcome, LicenceStep, ModuleOutcome};
use crate::domain::stay::{Standing, StayDays};
use crate::domain::trainee::{Decision, ExitReason, LicenceAtEntry};
use crate::domain::{ClosedList, Date, Record, Text};
use crate::text;

/// Where the participation of a record stands on a day.
pub fn standing(record: &Record, today: Date) -> Standing {
    let days = StayDays { entry: record.date(trainee::ENTRY), exit: record.date(trainee::EXIT), ..StayDays::default() };
    days.standing(record.list::<Decision>(trainee::DECISION), today)
}

/// The same in words, with the day when it matters: `sorti 23/11`.
pub fn standing_words(record: &Record, today: Date) -> Text {
    let standing = standing(record, today);
    match (standing, record.date(trainee::ENTRY), record.date(trainee::EXIT)) {
        (Standing::Left, _, Some(exit)) => {
            let day = short(exit, today);
            match record.list::<ExitReason>(trainee::EXIT_REASON) {
                Some(ExitReason::Transferred) => text!("transféré {day}", "transferred {day}"),
                _ => text!("sorti {day}", "left {day}"),
            }
        }
        (Standing::Applicant, Some(entry), _) => {
            let day = short(entry, today);
            text!("entre le {day}", "enters {day}")
        }
        (Standing::Applicant, None, _) if record.list::<Decision>(trainee::DECISION) == Some(Decision::Admitted) => {
            text!("admis", "admitted")
        }
        (Standing::Waiting, ..) => text!("en attente", "waiting"),
        _ => standing.text(),
    }
}

/// A day without its year when that leaves no doubt.
pub fn short(day: Date, today: Date) -> String {
    let full = day.french();
    if (day.days() - today.days()).abs() < 150 { full[..5].to_owned() } else { full }
}

/// The theory test of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theory {
    /// Nothing is recorded.
    Nothing,
    /// Held at entry.
    AtEntry,
    /// The last thing that counts: the first pass, else the coming exam, else the latest attempt.
    Exam(LicenceOutcome, Date),
}

impl Theory {
    /// From the licence records of the person and what they held at entry.
    pub fn of(licence: &[Record], at_entry: Option<LicenceAtEntry>, today: Date) -> Theory {
        let exams = || {
            let exams = licence.iter().filter(|l| l.list::<LicenceStep>(licence::STEP) == Some(LicenceStep::CodeExam));
            exams.filter_map(|l| Some((l.date(licence::DATE)?, l.list::<LicenceOutcome>(licence::OUTCOME)?)))
        };
        let over = || exams().filter(|(day, outcome)| *outcome != LicenceOutcome::Booked && *day <= today);
        let passed = over().filter(|(_, o)| *o == LicenceOutcome::Passed).min();
        let coming = exams().filter(|(day, o)| *o == LicenceOutcome::Booked && *day >= today).min();
        match (passed, at_entry) {
            (Some((day, outcome)), _) => Theory::Exam(outcome, day),
            (None, Some(LicenceAtEntry::Code | LicenceAtEntry::B)) => Theory::AtEntry,
            _ => coming.or(over().max()).map_or(Theory::Nothing, |(day, outcome)| Theory::Exam(outcome, day)),
        }
    }
    /// Its stable code, nothing when nothing is recorded.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Theory::Nothing => None,
            Theory::AtEntry => Some("at_entry"),
            Theory::Exam(outcome, _) => Some(outcome.code()),
        }
    }
    /// The day of the exam.
    pub fn day(self) -> Option<Date> {
        match self {
            Theory::Exam(_, day) => Some(day),
            _ => None,
        }
    }
    /// In a word or two for a column.
    pub fn words(self, today: Date) -> Option<Text> {
        Some(match self {
            Theory::Nothing => return None,
            Theory::AtEntry => text!("acquis", "held"),
            Theory::Exam(LicenceOutcome::Passed, _) => LicenceOutcome::Passed.text(),
            Theory::Exam(outcome, day) => {
                let (day, outcome) = (short(day, today), outcome.text());
                Text::new(format!("{day} {}", outcome.fr), format!("{day} {}", outcome.en))
            }
        })
    }
}

/// How many technical modules there are and how many of them someone has validated by a day.
pub fn technical(modules: &[Record], results: &[Record], today: Date) -> (i64, i64) {
    let technical = modules.iter().filter(|m| m.list::<Stream>(module::STREAM) == Some(Stream::Technical));
    technical.fold((0, 0), |(done, all), module| {
        let validated = results.iter().any(|r| {
            r.text(result::MODULE) == module.text(module::MODULE)
                && r.list::<ModuleOutcome>(result::OUTCOME) == Some(ModuleOutcome::Validated)
                && r.date(result::DATE).is_some_and(|day| day <= today)
        });
        (done + i64::from(validated), all + 1)
    })
}

/// The latest begun of the placements that run on a day.
pub fn running(placements: &[Record], today: Date) -> Option<&Record> {
    let runs = |p: &&Record| Term::of_real(p).is_some_and(|term| term.runs_on(today));
    placements.iter().filter(runs).max_by_key(|p| (p.date(placement::START), p.id))
}

/// A placement in the room of a column.
pub fn placement_column(placement: &Record) -> Text {
    match placement.list::<SituationType>(placement::TYPE) {
        Some(SituationType::DemandeurEmploi) => text!("recherche", "job seeker"),
        _ => placement_words(placement),
    }
}

/// A placement in a few words: `CDI Sogetrel`.
pub fn placement_words(placement: &Record) -> Text {
    let kind = placement.list::<SituationType>(placement::TYPE);
    let kind = match kind {
        Some(SituationType::Interim) if placement.is(placement::PREHIRE) => text!("préembauche", "pre-hire mission"),
        Some(SituationType::Interim) => text!("intérim", "temp mission"),
        Some(kind) => kind.text(),
        None => Text::same(""),
    };
    match placement.text(placement::USER_COMPANY).or(placement.text(placement::COMPANY)) {
        Some(company) => Text::new(format!("{} {company}", kind.fr), format!("{} {company}", kind.en)),
        None => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, Value};

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    fn exam(date: &str, outcome: LicenceOutcome) -> Record {
        let mut record = Record::new(Kind::Licence);
        record.set(licence::STEP, Some(Value::Code(LicenceStep::CodeExam.code())));
        record.set(licence::DATE, Some(Value::Date(day(date))));
        record.set(licence::OUTCOME, Some(Value::Code(outcome.code())));
        record
    }

    #[test]
    fn a_pass_counts_before_a_coming_exam_and_that_before_a_failure() {
        let today = day("2018-12-05");
        let failed = exam("2018-11-12", LicenceOutcome::Failed);
        let booked = exam("2018-12-07", LicenceOutcome::Booked);
        let passed = exam("2018-11-20", LicenceOutcome::Passed);
        let of = |list: &[&Record], held| {
            let list: Vec<Record> = list.iter().map(|r| (*r).clone()).collect();
            Theory::of(&list, held, today)
        };
        assert_eq!(of(&[], None), Theory::Nothing);
        assert_eq!(of(&[&failed], None), Theory::Exam(LicenceOutcome::Failed, day("2018-11-12")));
        assert_eq!(of(&[&failed, &booked], None).words(today).unwrap().fr, "07/12 prévu");
        assert_eq!(of(&[&failed, &booked, &passed], None).day(), Some(day("2018-11-20")));
        assert_eq!(of(&[&failed], Some(LicenceAtEntry::Code)), Theory::AtEntry);
    }
}
