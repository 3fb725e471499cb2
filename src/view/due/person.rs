//! What is due about one person: calls after an exit, contracts that end, booked exams, applications to decide on.

use super::{Due, Matter, Urgency};
use crate::domain::Date;
use crate::domain::contract::{self, Contract, Word};
use crate::domain::followup::{self, CallStanding, Reached};
use crate::domain::id::RecordId;
use crate::domain::placement::Point;
use crate::domain::progress::{LicenceOutcome, LicenceStep};
use crate::domain::stay::StayDays;
use crate::domain::trainee::Decision;

/// Days ahead in which an exam is near.
const EXAM_AHEAD: i32 = 14;
/// Days after which the missing result of an exam is left to `check`.
const EXAM_BACK: i32 = 366;

/// One person with all that something can be due about.
#[derive(Debug, Default)]
pub struct Person<'a> {
    /// Their slug.
    pub slug: &'a str,
    /// First and last name.
    pub name: (&'a str, &'a str),
    /// Every participation.
    pub stays: Vec<Stay<'a>>,
    /// Every situation that took place, whether or not it is a contract.
    pub contracts: Vec<Placed<'a>>,
    /// The attempts and bookings of the licence.
    pub exams: Vec<Exam>,
}

/// Whether the list that is asked for covers a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It does.
    Yes,
    /// It is of a cohort that was not asked for.
    No,
}

/// A participation.
#[derive(Debug)]
pub struct Stay<'a> {
    /// The code of the cohort.
    pub cohort: &'a str,
    /// Its days.
    pub days: StayDays,
    /// The day of the application.
    pub application: Option<Date>,
    /// What was decided of it.
    pub decision: Option<Decision>,
    /// The points at which the person was reached.
    pub reached: Vec<Point>,
    /// Whether its cohort is asked for.
    pub asked: Asked,
}

/// A situation.
#[derive(Debug)]
pub struct Placed<'a> {
    /// Its number.
    pub number: RecordId,
    /// Employer.
    pub company: Option<&'a str>,
    /// Type and days.
    pub contract: Contract,
    /// Whether the cohort under which it was recorded is asked for.
    pub asked: Asked,
}

/// An attempt at an exam, or a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exam {
    /// Which exam.
    pub step: LicenceStep,
    /// Its day.
    pub date: Date,
    /// Its outcome.
    pub outcome: Option<LicenceOutcome>,
}

/// A thing to do before it has the person's name.
type Found = (Urgency, Date, Matter);

impl Person<'_> {
    /// What is late or near.
    pub fn due(&self, today: Date) -> impl Iterator<Item = Due> {
        self.found(today).filter(|(urgency, ..)| *urgency != Urgency::ToCome).map(|found| self.named(found))
    }

    /// The first thing to do: the first of the list for this person, else what comes next. An application that waits for
    /// its decision is told here alone.
    pub fn next(&self, today: Date) -> Option<Due> {
        let all = self.found(today).chain(self.applications(today));
        all.map(|found| self.named(found)).min_by_key(Due::key)
    }

    fn found(&self, today: Date) -> impl Iterator<Item = Found> {
        self.calls(today).chain(self.contracts(today)).chain(self.exams(today))
    }

    fn named(&self, (urgency, when, matter): Found) -> Due {
        let (first, last) = self.name;
        Due { urgency, when, matter, who: self.slug.to_owned(), name: format!("{first} {last}") }
    }

    /// The calls after each exit at which nobody was reached, as in the section `followups`.
    fn calls(&self, today: Date) -> impl Iterator<Item = Found> {
        let several = self.stays.len() > 1;
        let left = |stay: &&Stay<'_>| stay.asked == Asked::Yes;
        self.stays.iter().filter(left).flat_map(move |stay| {
            let calls = stay.days.left_by(today).into_iter().flat_map(followup::calls);
            calls.filter_map(move |call| {
                let reached = Reached::from(stay.reached.contains(&call.point));
                let urgency = match call.standing(reached, today) {
                    CallStanding::Reached => return None,
                    CallStanding::NotDue => Urgency::ToCome,
                    CallStanding::Due => Urgency::Near,
                    CallStanding::Overdue => Urgency::Late,
                };
                let cohort = several.then(|| stay.cohort.to_owned());
                Some((urgency, call.due_on, Matter::Call { point: call.point, cohort }))
            })
        })
    }

    /// Contracts that end soon, or whose planned end has passed without a word.
    fn contracts(&self, today: Date) -> impl Iterator<Item = Found> {
        let words = contract::words(&self.contracts, |placed| placed.contract, today);
        words.filter(|(placed, ..)| placed.asked == Asked::Yes).map(|(placed, end, word)| {
            let urgency = match word {
                Word::Unconfirmed => Urgency::Late,
                Word::Ending => Urgency::Near,
            };
            let (number, kind, company) = (placed.number, placed.contract.kind, placed.company.map(str::to_owned));
            (urgency, end, Matter::Contract { number, kind, company })
        })
    }

    /// Booked exams of which no result is known: those to come, and those of the past year.
    fn exams(&self, today: Date) -> impl Iterator<Item = Found> {
        let asked = self.stays.iter().any(|stay| stay.asked == Asked::Yes);
        let booked = self.exams.iter().filter(move |exam| asked && exam.outcome == Some(LicenceOutcome::Booked));
        booked.filter(|exam| !self.is_over(exam)).filter_map(move |exam| {
            let urgency = match exam.date {
                date if date < today.plus_days(-EXAM_BACK) => return None,
                date if date < today => Urgency::Late,
                date if date <= today.plus_days(EXAM_AHEAD) => Urgency::Near,
                _ => Urgency::ToCome,
            };
            Some((urgency, exam.date, Matter::Exam(exam.step)))
        })
    }

    /// Whether a booking has had its result: the exam was passed, or an attempt on that day or later has an outcome.
    fn is_over(&self, booked: &Exam) -> bool {
        self.exams.iter().filter(|other| other.step == booked.step).any(|other| match other.outcome {
            Some(LicenceOutcome::Passed) => true,
            Some(LicenceOutcome::Booked) => false,
            Some(LicenceOutcome::Failed | LicenceOutcome::Absent) | None => booked.date <= other.date,
        })
    }

    /// Applications without a decision; they wait from their own day on.
    fn applications(&self, today: Date) -> impl Iterator<Item = Found> {
        self.stays.iter().filter_map(move |stay| {
            let when = stay.application?;
            let open = stay.days.entry.is_none()
                && matches!(stay.decision, None | Some(Decision::Pending | Decision::Waiting));
            let urgency = if when < today { Urgency::Late } else { Urgency::Near };
            open.then(|| (urgency, when, Matter::Application(stay.cohort.to_owned())))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contract::Term;
    use crate::domain::placement::SituationType;
    use crate::domain::trainee::ExitReason;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    /// A stay of somebody who came on their first day, from an entry to an exit.
    fn stay(entry: &str, exit: &str) -> Stay<'static> {
        let days = StayDays {
            entry: Some(day(entry)),
            exit: Some(day(exit)),
            exit_reason: Some(ExitReason::Completed),
            first_present: Some(day(entry)),
        };
        Stay { cohort: "P1", days, application: None, decision: None, reached: Vec::new(), asked: Asked::Yes }
    }

    fn applied(on: &str, decision: Option<Decision>) -> Stay<'static> {
        Stay { days: StayDays::default(), application: Some(day(on)), decision, ..stay("2018-11-05", "2019-02-01") }
    }

    fn booked(date: &str) -> Exam {
        Exam { step: LicenceStep::CodeExam, date: day(date), outcome: Some(LicenceOutcome::Booked) }
    }

    fn of(stays: Vec<Stay<'static>>) -> Person<'static> {
        Person { slug: "ferre-amelie", name: ("Amélie", "Ferré"), stays, ..Person::default() }
    }

    /// What is due about somebody on a day: urgency, day and command of each thing.
    #[track_caller]
    fn check(person: &Person<'_>, today: &str, want: &[(Urgency, &str, &str)]) {
        let found: Vec<(Urgency, String, String)> =
            person.due(day(today)).map(|due| (due.urgency, due.when.to_string(), due.command())).collect();
        let want: Vec<(Urgency, String, String)> =
            want.iter().map(|(urgency, when, command)| (*urgency, (*when).to_owned(), (*command).to_owned())).collect();
        assert_eq!(found, want, "on {today}");
    }

    #[test]
    fn calls_are_near_for_four_weeks_then_late() {
        let person = of(vec![stay("2018-11-05", "2019-02-01")]);
        let (three, six) = ("fil placement follow ferre-amelie 3m", "fil placement follow ferre-amelie 6m");
        check(&person, "2019-04-30", &[]);
        check(&person, "2019-05-01", &[(Urgency::Near, "2019-05-01", three)]);
        check(&person, "2019-05-29", &[(Urgency::Near, "2019-05-01", three)]);
        check(&person, "2019-05-30", &[(Urgency::Late, "2019-05-01", three)]);
        check(&person, "2019-08-01", &[(Urgency::Late, "2019-05-01", three), (Urgency::Near, "2019-08-01", six)]);
        let reached = of(vec![Stay { reached: vec![Point::M3], ..stay("2018-11-05", "2019-02-01") }]);
        check(&reached, "2019-07-31", &[]);
    }

    #[test]
    fn who_never_came_or_was_transferred_is_not_called() {
        let with = |change: fn(&mut StayDays)| {
            let mut stay = stay("2018-11-05", "2019-02-01");
            change(&mut stay.days);
            of(vec![stay])
        };
        check(&with(|days| days.first_present = None), "2019-06-20", &[]);
        check(&with(|days| days.exit_reason = Some(ExitReason::Transferred)), "2019-06-20", &[]);
        check(&with(|days| (days.exit, days.exit_reason) = (None, None)), "2019-06-20", &[]);
        assert_eq!(with(|days| days.first_present = None).next(day("2019-06-20")), None);
    }

    #[test]
    fn the_cohort_is_named_for_who_took_part_in_several_and_can_be_the_only_one_asked_for() {
        let second = || Stay { cohort: "P 2", ..stay("2019-02-04", "2019-03-01") };
        let person = of(vec![Stay { asked: Asked::No, ..stay("2018-11-05", "2019-02-01") }, second()]);
        check(
            &person,
            "2019-06-01",
            &[(Urgency::Near, "2019-06-01", "fil placement follow ferre-amelie 3m -c \"P 2\"")],
        );
    }

    #[test]
    fn a_contract_is_asked_about_under_its_own_cohort() {
        let placed = |asked| Placed {
            number: RecordId::from_number(7),
            company: Some("Axione"),
            contract: Contract {
                kind: SituationType::Cdd,
                term: Term { start: day("2019-02-04"), planned_end: Some(day("2019-04-26")), actual_end: None },
                seen_on: None,
            },
            asked,
        };
        let person = |asked| Person { contracts: vec![placed(asked)], ..of(Vec::new()) };
        check(&person(Asked::Yes), "2019-04-26", &[(Urgency::Near, "2019-04-26", "fil placement show 7")]);
        check(
            &person(Asked::Yes),
            "2019-04-27",
            &[(Urgency::Late, "2019-04-26", "fil placement end 7 --on 2019-04-26")],
        );
        check(&person(Asked::No), "2019-04-27", &[]);
    }

    #[test]
    fn an_exam_is_near_for_two_weeks_and_its_result_is_missing_for_a_year() {
        let person = Person { exams: vec![booked("2018-12-22")], ..of(vec![stay("2018-11-05", "2019-02-01")]) };
        let late = (Urgency::Late, "2018-12-22", "fil progress set ferre-amelie code RESULT --on 2018-12-22");
        let near = (Urgency::Near, "2018-12-22", "fil trainee show ferre-amelie");
        for (today, want) in [
            ("2018-12-07", None),
            ("2018-12-08", Some(near)),
            ("2018-12-22", Some(near)),
            ("2018-12-23", Some(late)),
            ("2019-01-31", Some(late)),
        ] {
            check(&person, today, want.as_slice());
        }
        let alone = Person { stays: Vec::new(), ..person };
        check(&alone, "2018-12-23", &[]);
        let applied = Person { stays: vec![applied("2018-10-01", None)], ..alone };
        check(&applied, "2019-12-23", &[late]);
        check(&applied, "2019-12-24", &[]);
    }

    #[test]
    fn a_booking_is_over_once_the_exam_was_passed_or_tried_on_that_day_or_later() {
        let tried = |date: &str, step, outcome| Exam { step, date: day(date), outcome: Some(outcome) };
        use LicenceOutcome::{Booked, Failed, Passed};
        use LicenceStep::{CodeExam, DrivingExam};
        for (other, over) in [
            (tried("2018-12-21", CodeExam, Failed), false),
            (tried("2018-12-22", CodeExam, Failed), true),
            (tried("2018-11-02", CodeExam, Passed), true),
            (tried("2018-12-28", CodeExam, Booked), false),
            (tried("2018-12-28", DrivingExam, Passed), false),
        ] {
            let person = Person { exams: vec![booked("2018-12-22"), other], ..of(vec![applied("2018-10-01", None)]) };
            let missing = person.due(day("2018-12-27")).any(|due| due.urgency == Urgency::Late);
            assert_eq!(missing, !over, "{other:?}");
        }
    }

    #[test]
    fn the_next_step_is_what_is_late_then_what_is_near_then_what_comes() {
        let person = Person { exams: vec![booked("2019-06-01")], ..of(vec![stay("2018-11-05", "2019-02-01")]) };
        for (today, urgency, when) in [
            ("2019-02-01", Urgency::ToCome, "2019-05-01"),
            ("2019-05-01", Urgency::Near, "2019-05-01"),
            ("2019-05-30", Urgency::Late, "2019-05-01"),
            ("2019-06-02", Urgency::Late, "2019-05-01"),
        ] {
            let next = person.next(day(today)).unwrap();
            assert_eq!((next.urgency, next.when), (urgency, day(when)), "{today}");
        }
    }

    #[test]
    fn an_application_waits_for_its_decision_on_the_screen_of_the_person_alone() {
        use Decision::{Admitted, Pending, Refused, Waiting, Withdrawn};
        for (decision, waits) in [
            (None, true),
            (Some(Pending), true),
            (Some(Waiting), true),
            (Some(Admitted), false),
            (Some(Refused), false),
            (Some(Withdrawn), false),
        ] {
            let person = of(vec![applied("2018-10-01", decision)]);
            check(&person, "2018-12-05", &[]);
            let next = person.next(day("2018-12-05")).map(|due| due.command());
            assert_eq!(next, waits.then(|| "fil trainee enrol ferre-amelie -c P1".to_owned()), "{decision:?}");
        }
    }
}
