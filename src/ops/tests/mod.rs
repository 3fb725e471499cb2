//! The acts together on a scratch file: saving, refusing, undoing in any order.

mod journal;

use super::attendance::{MarkRequest, mark};
use super::plan::{Plan, plan};
use super::*;
use crate::domain::cohort::Half;
use crate::domain::id::{OpId, RecordId};
use crate::domain::kind::{cohort, slot};
use crate::domain::progress::AttendanceStatus;
use crate::domain::{Act, Date, Kind, Value};
use crate::store::records::Which;
use crate::store::{Committed, NewOperation, Store};
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) struct School {
    pub store: Store,
    opened: OpId,
    _folder: tempfile::TempDir,
}

static COMMANDS: AtomicU64 = AtomicU64::new(0);

pub(crate) fn operation(act: Act) -> NewOperation {
    let n = COMMANDS.fetch_add(1, Ordering::Relaxed);
    NewOperation {
        stamp: "2019-09-02T08:00:00Z".to_owned(),
        day: day("2019-09-02"),
        act,
        kind: "test",
        command: format!("{n:032x}"),
    }
}

pub(crate) fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

/// A request from `field=value` words: days, whole numbers, codes and texts told apart by the field.
pub(crate) fn request(kind: Kind, words: &[(&str, &str)]) -> Request {
    use crate::domain::kind::Holds;
    let mut request = Request::new(kind);
    for (name, text) in words {
        let field = kind.field(name).unwrap_or_else(|| panic!("no field {name}"));
        let value = match field.holds {
            Holds::Date => Value::Date(day(text)),
            Holds::Int(..) | Holds::Minutes(..) | Holds::Hours | Holds::Cents | Holds::Hundredths => {
                Value::Int(text.parse().unwrap())
            }
            Holds::Bool => Value::Bool(*text == "true"),
            Holds::List(list) => Value::Code(list.codes.iter().find(|c| *c == text).unwrap()),
            _ => Value::Text((*text).to_owned()),
        };
        request.give(field, value);
    }
    request
}

impl School {
    pub fn new() -> School {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::init(&folder.path().join("fil.db"), "0123456789abcdef", &operation(Act::Init)).unwrap();
        School { store, opened: OpId::NONE, _folder: folder }
    }

    /// The first cohort with its calendar and two people.
    pub fn open() -> School {
        let mut school = School::new();
        school
            .must(Kind::Cohorts, &[("cohort", "P1"), ("start", "2018-11-05"), ("end", "2019-02-01"), ("places", "12")]);
        let cohort = school.store.lookup().find_cohort("P1").unwrap().unwrap();
        let halves = Plan { halves: vec![Half::Am, Half::Pm], ..Plan::default() };
        school.store.write(&operation(Act::Plan), |tx| plan(tx, &cohort, &halves, &mut surroundings!())).unwrap();
        school.must(
            Kind::Trainees,
            &[("last_name", "Ferré"), ("first_name", "Amélie"), ("cohort", "P1"), ("entry", "2018-11-05")],
        );
        school.must(
            Kind::Trainees,
            &[("last_name", "Bensaïd"), ("first_name", "Saïd"), ("cohort", "P1"), ("entry", "2018-11-05")],
        );
        school.opened = school.store.newest_operation().unwrap();
        school
    }

    pub fn save(&mut self, mode: Mode, requests: &[Request]) -> Committed<Saved> {
        self.store
            .write(&operation(Act::Import), |tx| {
                let kind = requests[0].kind;
                let mut secret = || "00".repeat(32);
                let mut saving = Saving {
                    mode,
                    today: day("2019-09-02"),
                    secret: &mut secret,
                    indicator: &|_| true,
                    figure: &|_| Promisable::Yes,
                    accepted: crate::ops::Accepted::default(),
                };
                save(tx, kind, requests, &mut saving)
            })
            .unwrap()
    }

    #[track_caller]
    pub fn must(&mut self, kind: Kind, words: &[(&str, &str)]) -> Option<OpId> {
        let done = self.save(Mode::Upsert, &[request(kind, words)]);
        assert_eq!(done.value().troubles, vec![], "{words:?}");
        done.operation()
    }

    #[track_caller]
    pub fn refused(&mut self, kind: Kind, words: &[(&str, &str)], said: &str) {
        let before = self.store.dump().unwrap();
        let done = self.save(Mode::Upsert, &[request(kind, words)]);
        let troubles: Vec<String> = done.value().troubles.iter().map(|t| t.what.en.to_string()).collect();
        assert!(troubles.iter().any(|t| t.contains(said)), "{words:?}: {troubles:?}");
        assert!(self.store.dump().unwrap() == before, "a refusal changed the file");
    }
}

macro_rules! surroundings {
    () => {
        Saving {
            mode: Mode::Upsert,
            today: day("2019-09-02"),
            secret: &mut || "00".repeat(32),
            indicator: &|_| true,
            figure: &|_| Promisable::Yes,
            accepted: crate::ops::Accepted::default(),
        }
    };
}
use surroundings;

const AMELIE: (&str, &str) = ("trainee", "ferre-amelie");
const P1: (&str, &str) = ("cohort", "P1");

#[test]
fn a_slug_is_made_from_the_names_and_a_homonym_gets_a_number() {
    let mut school = School::open();
    school.must(Kind::Trainees, &[("last_name", "FERRE"), ("first_name", "amélie"), P1, ("birth_date", "2000-01-01")]);
    let slugs: Vec<String> = school.store.lookup().identities().unwrap().into_iter().map(|p| p.slug).collect();
    assert_eq!(slugs, ["ferre-amelie", "bensaid-said", "ferre-amelie-2"]);
}

#[test]
fn saying_the_same_twice_changes_nothing() {
    let mut school = School::open();
    let words = [P1, AMELIE, ("type", "CDI"), ("company", "Réseaux du Vercors"), ("start", "2019-04-29")];
    assert!(school.must(Kind::Placements, &words).is_some());
    assert_eq!(school.must(Kind::Placements, &words), None);
}

#[test]
fn a_planned_end_is_needed_refused_or_optional_by_type() {
    let mut school = School::open();
    let base = |kind| vec![P1, AMELIE, ("type", kind), ("start", "2019-03-04")];
    school.refused(Kind::Placements, &base("CDD"), "planned end is missing");
    let with_end = |kind, end| [base(kind), vec![("planned_end", end)]].concat();
    school.refused(Kind::Placements, &with_end("CDI", "2019-06-01"), "no planned end");
    school.refused(Kind::Placements, &with_end("CDD", "2019-03-03"), "before the start");
    school.refused(Kind::Placements, &with_end("PMSMP", "2019-04-04"), "a month at most");
    school.must(Kind::Placements, &with_end("PMSMP", "2019-04-03"));
}

#[test]
fn stays_lie_inside_their_cohort_and_exits_have_reasons() {
    let mut school = School::open();
    let base =
        |more: &[(&'static str, &'static str)]| [&[P1, ("last_name", "Roux"), ("first_name", "Léo")], more].concat();
    school.refused(Kind::Trainees, &base(&[("entry", "2018-11-04")]), "outside the dates of P1");
    school.refused(
        Kind::Trainees,
        &base(&[("entry", "2018-11-06"), ("exit", "2018-11-05"), ("exit_reason", "job")]),
        "before the entry",
    );
    school.refused(Kind::Trainees, &base(&[("entry", "2018-11-06"), ("exit", "2018-11-07")]), "needs a reason");
    school.refused(Kind::Trainees, &base(&[("entry", "2018-11-06"), ("exit_reason", "job")]), "without an exit date");
    school.refused(
        Kind::Trainees,
        &base(&[("entry", "2018-11-06"), ("status_since", "2018-11-06")]),
        "before the entry",
    );
    school.must(Kind::Trainees, &base(&[("entry", "2018-11-06"), ("exit", "2018-11-06"), ("exit_reason", "job")]));
}

#[test]
fn ages_from_15_to_65_at_entry_are_accepted() {
    let mut school = School::open();
    let born = |date| [P1, ("last_name", "Roux"), ("first_name", "Léo"), ("entry", "2018-11-05"), ("birth_date", date)];
    school.refused(Kind::Trainees, &born("2003-11-06"), "14 years old");
    school.refused(Kind::Trainees, &born("1952-11-05"), "66 years old");
    school.refused(Kind::Trainees, &born("2019-09-03"), "yet to come");
    let warned = |school: &mut School, date| {
        let done = school.save(Mode::Upsert, &[request(Kind::Trainees, &born(date))]);
        done.value().warnings.iter().any(|w| w.code == "age")
    };
    assert!(warned(&mut school, "2003-11-05"));
    assert!(!warned(&mut school, "2002-11-05"));
    assert!(!warned(&mut school, "1988-11-05"));
    assert!(warned(&mut school, "1987-11-05"));
}

#[test]
fn marks_need_a_slot_inside_the_stay_and_not_in_the_future() {
    let mut school = School::open();
    let at = |date, half| vec![P1, AMELIE, ("date", date), ("half", half), ("status", "present")];
    school.refused(Kind::Attendance, &at("2018-11-10", "am"), "no half-day in the calendar");
    school.refused(
        Kind::Attendance,
        &[at("2018-11-06", "am"), vec![("minutes", "211")]].concat(),
        "more than the half-day",
    );
    school.must(Kind::Attendance, &at("2018-11-06", "am"));
    school.refused(
        Kind::Slots,
        &[P1, ("date", "2018-11-06"), ("half", "am"), ("kind", "cancelled")],
        "already entered",
    );
    school.refused(
        Kind::Trainees,
        &[AMELIE, ("last_name", "Ferré"), ("first_name", "Amélie"), P1, ("entry", "2018-11-07")],
        "before this entry",
    );
    school.must(Kind::Slots, &[P1, ("date", "2018-11-06"), ("half", "pm"), ("kind", "cancelled")]);
    school.refused(Kind::Attendance, &at("2018-11-06", "pm"), "cancelled");
}

#[test]
fn a_record_named_by_its_number_cannot_take_the_key_of_another() {
    let mut school = School::open();
    let note = |text| [AMELIE, ("date", "2018-12-05"), ("text", text)];
    school.must(Kind::Notes, &note("one"));
    school.must(Kind::Notes, &note("two"));
    let mut asked = request(Kind::Notes, &note("one"));
    asked.id = Some(RecordId::from_number(2));
    let done = school.save(Mode::Upsert, &[asked]);
    assert!(done.value().troubles[0].what.en.contains("another record has this key already"));
}

#[test]
fn a_reference_that_is_not_said_again_stays() {
    let mut school = School::open();
    school.must(Kind::Modules, &[P1, ("module", "F01"), ("stream", "technical")]);
    let slot = [P1, ("date", "2018-11-06"), ("half", "am"), ("kind", "centre")];
    school.must(Kind::Slots, &[&slot[..], &[("module", "F01")]].concat());
    school.must(Kind::Slots, &[P1, ("date", "2018-11-06"), ("half", "am"), ("kind", "cancelled")]);
    let kept = school.store.lookup().records(Kind::Slots, Which::All).unwrap();
    let kept = kept.iter().find(|s| s.date(slot::DATE) == Some(day("2018-11-06"))).unwrap();
    assert_eq!(kept.text(slot::MODULE), Some("F01"));

    let certified = [P1, ("start", "2018-11-05"), ("end", "2019-02-01"), ("places", "12")];
    school.must(Kind::Cohorts, &[&certified[..], &[("certificate", "CCPRFO")]].concat());
    school.must(Kind::Cohorts, &[&certified[..], &[("title", "P")]].concat());
    let cohorts = school.store.lookup().records(Kind::Cohorts, Which::All).unwrap();
    assert_eq!(cohorts[0].text(cohort::CERTIFICATE), Some("CCPRFO"));
}

#[test]
fn a_calendar_leaves_out_weekends_and_public_holidays() {
    let school = School::open();
    let slots = school.store.lookup().records(Kind::Slots, Which::All).unwrap();
    let days: Vec<Date> = slots.iter().filter_map(|s| s.date(slot::DATE)).collect();
    assert!(!days.contains(&day("2018-12-25")) && !days.contains(&day("2019-01-01")));
    assert!(days.contains(&day("2018-12-24")));
    assert!(days.iter().all(|d| d.weekday() < 5));
}

#[test]
fn a_reference_to_nobody_is_refused_with_the_nearest_name() {
    let mut school = School::open();
    let done = school.save(
        Mode::Upsert,
        &[request(Kind::Placements, &[P1, ("trainee", "ferre-ameli"), ("type", "CDI"), ("start", "2019-03-04")])],
    );
    let trouble = &done.value().troubles[0];
    assert_eq!(trouble.field, Some("trainee"));
    assert!(trouble.right.as_ref().unwrap().en.contains("ferre-amelie"));
}

#[test]
fn an_operation_is_undone_out_of_order_when_nothing_later_touched_its_rows() {
    let mut school = School::open();
    let cdi = school.must(Kind::Placements, &[P1, AMELIE, ("type", "CDI"), ("start", "2019-04-29")]).unwrap();
    let with_first = school.store.dump().unwrap();
    let edit = school
        .must(Kind::Placements, &[P1, AMELIE, ("type", "CDI"), ("start", "2019-04-29"), ("job", "technicienne")])
        .unwrap();
    let said = ("trainee", "bensaid-said");
    school.must(Kind::Placements, &[P1, said, ("type", "INACTIF"), ("start", "2019-04-29")]);

    let conflict = school.store.undo(cdi, &operation(Act::Undo)).unwrap_err().to_string();
    assert!(conflict.contains(&format!("operation {edit}")), "{conflict}");
    school.store.undo(edit, &operation(Act::Undo)).unwrap();
    school.store.undo(cdi, &operation(Act::Undo)).unwrap();
    let last = school.store.last_undoable().unwrap().unwrap().number;
    school.store.undo(last, &operation(Act::Undo)).unwrap();
    let again = school.store.last_redoable().unwrap().unwrap().number;
    school.store.undo(again, &operation(Act::Redo)).unwrap();
    assert_ne!(school.store.dump().unwrap(), with_first);
}

#[test]
fn undoing_a_trainee_with_marks_names_the_later_operation() {
    let mut school = School::open();
    let leo = school
        .must(Kind::Trainees, &[P1, ("last_name", "Roux"), ("first_name", "Léo"), ("entry", "2018-11-05")])
        .unwrap();
    let marks = school
        .must(
            Kind::Attendance,
            &[P1, ("trainee", "roux-leo"), ("date", "2018-11-06"), ("half", "am"), ("status", "present")],
        )
        .unwrap();
    let error = school.store.undo(leo, &operation(Act::Undo)).unwrap_err().to_string();
    assert!(error.contains(&format!("operation {marks}")), "{error}");
}

#[test]
fn a_number_is_never_given_twice() {
    let mut school = School::open();
    let leo = school.must(Kind::Trainees, &[P1, ("last_name", "Roux"), ("first_name", "Léo")]).unwrap();
    let first = school.store.lookup().find_slug("roux-leo").unwrap().unwrap().id;
    school.store.undo(leo, &operation(Act::Undo)).unwrap();
    school.must(Kind::Trainees, &[P1, ("last_name", "Petit"), ("first_name", "Ana")]);
    assert!(school.store.lookup().find_slug("petit-ana").unwrap().unwrap().id > first);
}

#[test]
fn one_mark_at_the_keyboard_takes_the_minutes_of_its_slot() {
    let mut school = School::open();
    let lookup = school.store.lookup();
    let cohort = lookup.find_cohort("P1").unwrap().unwrap();
    let stay = lookup.stays_in(cohort.id).unwrap()[0];
    let one = MarkRequest {
        line: None,
        stay,
        date: day("2018-11-06"),
        half: Half::Am,
        status: AttendanceStatus::Present,
        minutes: None,
        justification: None,
        signed_trainee: None,
        signed_trainer: None,
    };
    let done = school.store.write(&operation(Act::Absent), |tx| mark(tx, &[one], &surroundings!())).unwrap();
    assert_eq!(done.value().counts(), (1, 0, 0));
    let marks = school.store.lookup().marks_of(stay.id).unwrap();
    assert_eq!(marks[0].1.minutes, 210);
}
