//! Where each trainee of a cohort stands: per module and towards the driving licence, as of a day.

pub mod data;
pub mod screen;

use crate::domain::cohort::Stream;
use crate::domain::id::PersonId;
use crate::domain::kind::{licence, module, result, trainee};
use crate::domain::progress::{LicenceOutcome, LicenceStep, ModuleOutcome};
use crate::domain::trainee::LicenceAtEntry;
use crate::domain::{ClosedList, Date, Kind, Record};
use crate::store::records::Which;
use crate::store::{CohortSpan, Lookup};
use anyhow::Result;

/// A cohort's trainees against its modules.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// The cohort.
    pub cohort: CohortSpan,
    /// The day; nothing dated later counts, but booked exams.
    pub as_of: Date,
    /// The modules: general, licence, technical, employability, company; by code inside.
    pub modules: Vec<Module>,
    /// One row per person who entered, by name.
    pub rows: Vec<Row>,
}

/// A module of the cohort.
#[derive(Debug, Clone)]
pub struct Module {
    /// Code.
    pub code: String,
    /// Stream.
    pub stream: Stream,
}

/// One person.
#[derive(Debug, Clone)]
pub struct Row {
    /// Slug.
    pub slug: String,
    /// Last name, then first name.
    pub name: String,
    /// One state per module, in their order.
    pub modules: Vec<State>,
    /// Theory test.
    pub code: Exam,
    /// Driving test.
    pub driving: Exam,
    /// Minutes of lessons since the entry.
    pub lessons: i64,
    /// Day of the last lesson.
    pub last_lesson: Option<Date>,
    /// What was held at entry.
    pub held: Option<LicenceAtEntry>,
}

/// Where a person stands in one module.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct State {
    /// Validated once is validated; else the latest outcome.
    pub outcome: Option<ModuleOutcome>,
    /// The latest mark and its maximum, in hundredths.
    pub mark: Option<(i64, Option<i64>)>,
    /// The day of the outcome.
    pub date: Option<Date>,
}

/// Where a person stands with one exam of the licence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exam {
    /// Passed once is passed; else the next booking; else the latest outcome.
    pub outcome: Option<LicenceOutcome>,
    /// Its day.
    pub date: Option<Date>,
}

const STREAMS: [Stream; 5] =
    [Stream::General, Stream::Licence, Stream::Technical, Stream::Employability, Stream::Company];

/// Reads the matrix of one cohort.
pub fn read(lookup: &Lookup<'_>, cohort: CohortSpan, as_of: Date) -> Result<Matrix> {
    let module = |record: &Record| {
        Some(Module { code: record.text(module::MODULE)?.to_owned(), stream: record.list::<Stream>(module::STREAM)? })
    };
    let mut modules: Vec<Module> =
        lookup.records(Kind::Modules, Which::Cohort(cohort.id))?.iter().filter_map(module).collect();
    let place = |stream| STREAMS.iter().position(|s| *s == stream);
    modules.sort_by_key(|module| (place(module.stream), number_aware(&module.code)));
    let results = lookup.records(Kind::Results, Which::Cohort(cohort.id))?;
    let mut rows = Vec::new();
    for trainee in lookup.records(Kind::Trainees, Which::Cohort(cohort.id))? {
        let (Some(entry), Some(person), Some(slug)) = (trainee.date(trainee::ENTRY), trainee.id, trainee.trainee())
        else {
            continue;
        };
        let own: Vec<&Record> = results.iter().filter(|r| r.trainee() == Some(slug)).collect();
        let mut licence = lookup.records(Kind::Licence, Which::Person(PersonId::of(person)))?;
        licence.retain(|event| event.day().is_some_and(|day| entry <= day));
        let name = |field| trainee.text(field).unwrap_or_default();
        let lessons: Vec<&Record> =
            licence.iter().filter(|e| is(e, LicenceStep::Lesson) && not_after(e, as_of)).collect();
        rows.push(Row {
            slug: slug.to_owned(),
            name: format!("{} {}", name(trainee::LAST_NAME), name(trainee::FIRST_NAME)),
            modules: modules.iter().map(|module| state(&own, &module.code, as_of)).collect(),
            code: exam(&licence, LicenceStep::CodeExam, as_of),
            driving: exam(&licence, LicenceStep::DrivingExam, as_of),
            lessons: lessons.iter().filter_map(|lesson| lesson.int(licence::HOURS)).sum(),
            last_lesson: lessons.iter().filter_map(|lesson| lesson.date(licence::DATE)).max(),
            held: trainee
                .list::<LicenceAtEntry>(trainee::LICENCE_AT_ENTRY)
                .filter(|held| *held != LicenceAtEntry::None),
        });
    }
    Ok(Matrix { cohort, as_of, modules, rows })
}

/// `F2` comes before `F10`.
fn number_aware(code: &str) -> (String, u64, String) {
    let head: String = code.chars().take_while(|c| !c.is_ascii_digit()).collect();
    let digits: String = code[head.len()..].chars().take_while(char::is_ascii_digit).collect();
    (head, digits.parse().unwrap_or(0), code.to_owned())
}

fn not_after(record: &Record, as_of: Date) -> bool {
    record.day().is_some_and(|day| day <= as_of)
}

fn is(event: &Record, step: LicenceStep) -> bool {
    event.text(licence::STEP) == Some(step.code())
}

/// The state of one module from the results of one person, which come by date then number.
fn state(results: &[&Record], module: &str, as_of: Date) -> State {
    let own = || results.iter().filter(|r| r.text(result::MODULE) == Some(module) && not_after(r, as_of));
    let outcome = |record: &Record| record.list::<ModuleOutcome>(result::OUTCOME);
    let validated = own().find(|record| outcome(record) == Some(ModuleOutcome::Validated));
    let deciding = validated.or(own().next_back());
    State {
        outcome: deciding.and_then(|record| outcome(record)),
        mark: own().filter_map(|record| Some((record.int(result::MARK)?, record.int(result::OUT_OF)))).next_back(),
        date: deciding.and_then(|record| record.date(result::DATE)),
    }
}

fn exam(licence: &[Record], step: LicenceStep, as_of: Date) -> Exam {
    let outcome = |record: &Record| record.list::<LicenceOutcome>(licence::OUTCOME);
    let own = || licence.iter().filter(|event| is(event, step));
    let past = || own().filter(|event| not_after(event, as_of));
    let passed = past().find(|event| outcome(event) == Some(LicenceOutcome::Passed));
    let booked = || {
        let ahead =
            own().filter(|e| outcome(e) == Some(LicenceOutcome::Booked) && e.date(licence::DATE) >= Some(as_of));
        ahead.min_by_key(|event| event.date(licence::DATE))
    };
    let deciding = passed.or_else(booked).or_else(|| past().next_back());
    Exam { outcome: deciding.and_then(outcome), date: deciding.and_then(|event| event.date(licence::DATE)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Value;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    fn result(date: &str, outcome: ModuleOutcome, mark: Option<i64>) -> Record {
        let mut record = Record::new(Kind::Results);
        record.set(result::MODULE, Some(Value::Text("F1".to_owned())));
        record.set(result::DATE, Some(Value::Date(day(date))));
        record.set(result::OUTCOME, Some(Value::Code(outcome.code())));
        record.set(result::MARK, mark.map(Value::Int));
        record.set(result::OUT_OF, mark.map(|_| Value::Int(2000)));
        record
    }

    fn event(date: &str, outcome: LicenceOutcome) -> Record {
        let mut record = Record::new(Kind::Licence);
        record.set(licence::STEP, Some(Value::Code("code_exam")));
        record.set(licence::DATE, Some(Value::Date(day(date))));
        record.set(licence::OUTCOME, Some(Value::Code(outcome.code())));
        record
    }

    #[track_caller]
    fn check(results: &[Record], as_of: &str, outcome: Option<ModuleOutcome>, mark: Option<i64>) {
        let all: Vec<&Record> = results.iter().collect();
        let state = state(&all, "F1", day(as_of));
        assert_eq!((state.outcome, state.mark.map(|(mark, _)| mark)), (outcome, mark));
    }

    #[test]
    fn a_module_validated_once_stays_validated_and_the_latest_mark_is_shown() {
        use ModuleOutcome::{Failed, InProgress, Validated};
        let all = [
            result("2018-11-10", Failed, Some(800)),
            result("2018-11-20", Validated, Some(1200)),
            result("2018-11-30", InProgress, Some(1400)),
        ];
        check(&all, "2018-11-09", None, None);
        check(&all, "2018-11-10", Some(Failed), Some(800));
        check(&all, "2018-11-20", Some(Validated), Some(1200));
        check(&all, "2018-12-05", Some(Validated), Some(1400));
        check(&all[2..], "2018-12-05", Some(InProgress), Some(1400));
    }

    #[track_caller]
    fn check_exam(events: &[Record], as_of: &str, outcome: Option<LicenceOutcome>, date: Option<&str>) {
        let exam = exam(events, LicenceStep::CodeExam, day(as_of));
        assert_eq!(exam, Exam { outcome, date: date.map(day) });
    }

    #[test]
    fn an_exam_is_passed_or_booked_or_what_came_last() {
        use LicenceOutcome::{Booked, Failed, Passed};
        let all = [event("2018-11-12", Failed), event("2018-12-07", Booked), event("2018-12-20", Passed)];
        check_exam(&all, "2018-11-01", Some(Booked), Some("2018-12-07"));
        check_exam(&all, "2018-12-07", Some(Booked), Some("2018-12-07"));
        check_exam(&all, "2018-12-08", Some(Booked), Some("2018-12-07"));
        check_exam(&all, "2018-12-20", Some(Passed), Some("2018-12-20"));
        check_exam(&all[..1], "2018-12-05", Some(Failed), Some("2018-11-12"));
        check_exam(&all[..1], "2018-11-11", None, None);
    }

    #[test]
    fn codes_are_sorted_by_their_numbers() {
        let mut codes = ["F10", "F2", "MATHS", "F1", "FRANCAIS"];
        codes.sort_by_key(|code| number_aware(code));
        assert_eq!(codes, ["F1", "F2", "F10", "FRANCAIS", "MATHS"]);
    }
}
