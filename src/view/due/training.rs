//! What is due during the course and around it: attendance, exams, the month's reports, records kept too long.

use super::{Desk, Due, Task, Urgency, name, word};
use crate::domain::closed_list::ClosedList;
use crate::domain::cohort::Half;
use crate::domain::id::PersonId;
use crate::domain::progress::{LicenceOutcome, LicenceStep};
use crate::domain::{Date, Kind, Lang};
use crate::ops::retention::contacts;
use crate::store::CohortSpan;
use crate::store::quality::{Days, Moment, QualityStay};
use crate::store::records::Which;
use crate::text;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Half-days older than a year are left to `check`, so that the cost follows the cohorts of the year.
const LOOK_BACK: i32 = 366;
/// Days ahead in which an exam is near.
const EXAM_AHEAD: i32 = 14;
/// The day of the month by which the reports of the month before are sent.
const REPORT_DAY: i32 = 10;

/// Days with half-days that nobody marked, by cohort; a day that is not over is not late.
pub fn half_days(desk: &Desk<'_>, list: &mut Vec<Due>) -> Result<()> {
    let first = desk.today.plus_days(-LOOK_BACK);
    let asked = |c: &&CohortSpan| desk.only.is_none_or(|id| id == c.id) && first <= c.end && c.start <= desk.today;
    for cohort in desk.cohorts.iter().filter(asked) {
        let days = Days { from: first.max(cohort.start), to: desk.today.min(cohort.end) };
        for (date, missing) in unmarked(desk, cohort, days)? {
            let (code, count) = (&cohort.code, missing.count);
            let half = match missing.halves.iter().next() {
                Some(half) if missing.halves.len() == 1 => format!(" --half {}", half.code()),
                _ => String::new(),
            };
            let words = match count {
                1 => text!("{code} : 1 demi-journée à saisir", "{code}: 1 half-day to mark"),
                _ => text!("{code} : {count} demi-journées à saisir", "{code}: {count} half-days to mark"),
            };
            list.push(Due {
                urgency: if date < desk.today { Urgency::Late } else { Urgency::Near },
                when: date,
                task: Task::Unmarked,
                who: code.clone(),
                what: words,
                command: format!("fil progress day {date} -c {}{half}", word(code)),
            });
        }
    }
    Ok(())
}

#[derive(Default)]
struct Missing {
    count: usize,
    halves: BTreeSet<Half>,
}

/// The half-days without a mark of those who come, day by day; of everybody while a cohort has no mark at all.
fn unmarked(desk: &Desk<'_>, cohort: &CohortSpan, days: Days) -> Result<BTreeMap<Date, Missing>> {
    let planned = desk.lookup.planned(cohort.id, days)?;
    let stays: Vec<&QualityStay> = desk.everybody.iter().filter(|s| s.cohort == cohort.id).collect();
    let untouched = stays.iter().all(|stay| stay.last_mark.is_none());
    let mut missing: BTreeMap<Date, Missing> = BTreeMap::new();
    for stay in stays.iter().filter(|stay| stay.first_present.is_some() || untouched) {
        let Some(entry) = stay.entry else { continue };
        let last = stay.exit.unwrap_or(Date::MAX);
        let marked = desk.lookup.marked(stay.id, days)?;
        let due = |moment: &&Moment| entry <= moment.date && moment.date <= last;
        for moment in planned.iter().filter(due).filter(|moment| marked.binary_search(moment).is_err()) {
            let day = missing.entry(moment.date).or_default();
            day.count += 1;
            day.halves.insert(moment.half);
        }
    }
    Ok(missing)
}

/// Exams booked within two weeks, and those of the past year whose result is not known.
pub fn exams(desk: &Desk<'_>, list: &mut Vec<Due>) -> Result<()> {
    let people: HashMap<&str, &QualityStay> = desk.stays().map(|stay| (stay.slug.as_str(), stay)).collect();
    for exam in desk.lookup.records(Kind::Licence, Which::All)? {
        let booked = exam.list::<LicenceOutcome>("outcome") == Some(LicenceOutcome::Booked);
        let (true, Some(date), Some(step)) = (booked, exam.date("date"), exam.list::<LicenceStep>("step")) else {
            continue;
        };
        let Some(stay) = exam.text("trainee").and_then(|slug| people.get(slug)) else { continue };
        let (who, slug) = (name(stay), &stay.slug);
        let label = step.text();
        let due =
            |urgency, what, command| Due { urgency, when: date, task: Task::Exam, who: slug.clone(), what, command };
        if date < desk.today && desk.today.plus_days(-LOOK_BACK) <= date {
            let which = if step == LicenceStep::DrivingExam { "conduite" } else { "code" };
            let what = text!("{who} : {label}, résultat à saisir", "{who}: {label}, result to record"; label);
            list.push(due(Urgency::Late, what, format!("fil progress set {slug} {which} RESULT --on {date}")));
        } else if desk.today <= date && date <= desk.today.plus_days(EXAM_AHEAD) {
            let what = text!("{who} : {label}", "{who}: {label}"; label);
            list.push(due(Urgency::Near, what, format!("fil trainee show {slug}")));
        }
    }
    Ok(())
}

/// The reports of last month that were not closed, until the day by which they are sent.
pub fn reports(desk: &Desk<'_>, list: &mut Vec<Due>) -> Result<()> {
    let month = desk.today.in_month().plus(-1);
    let when = month.last().plus_days(REPORT_DAY);
    if when < desk.today {
        return Ok(());
    }
    let ran = |c: &&CohortSpan| c.start <= month.last() && month.first() <= c.end;
    let codes: Vec<&str> = desk
        .cohorts
        .iter()
        .filter(ran)
        .filter(|c| desk.only.is_none_or(|id| id == c.id))
        .map(|cohort| cohort.code.as_str())
        .collect();
    let mut funders = BTreeSet::new();
    for grant in desk.lookup.records(Kind::Grants, Which::All)? {
        let names = grant.text("cohorts").unwrap_or_default();
        if names.split('|').any(|code| codes.contains(&code.trim())) {
            funders.extend(grant.text("funder").map(str::to_owned));
        }
    }
    let (fr, en) = (month.name(Lang::Fr), month.name(Lang::En));
    for funder in funders.into_iter().filter(|f| !desk.closed.contains(&(f.clone(), month.first()))) {
        list.push(Due {
            urgency: Urgency::Near,
            when,
            task: Task::Report,
            what: text!("{funder} : rapport de {fr} à exporter", "{funder}: report of {en} to export"),
            command: format!("fil report export {month} --funder {}", word(&funder)),
            who: funder,
        });
    }
    Ok(())
}

/// People not heard of for two years, or nearly: those who are over can be erased.
pub fn retention(desk: &Desk<'_>, list: &mut Vec<Due>) -> Result<()> {
    let contacts = contacts(desk.lookup, &desk.everybody, &|id| desk.cohort(id).cloned())?;
    let mut people: BTreeMap<PersonId, &QualityStay> = BTreeMap::new();
    for stay in desk.stays() {
        people.entry(stay.person).or_insert(stay);
    }
    for (person, stay) in people {
        let Some(contact) = contacts.get(&person).filter(|contact| contact.is_near(desk.today)) else { continue };
        let over = contact.is_over(desk.today);
        let (who, last, day, slug) = (name(stay), contact.last, contact.last.french(), &stay.slug);
        let verb = if over { "erase" } else { "show" };
        list.push(Due {
            urgency: if over { Urgency::Late } else { Urgency::Near },
            when: contact.until(),
            task: Task::Retention,
            who: slug.clone(),
            what: text!("{who} : dernier contact le {day}", "{who}: last contact on {last}"),
            command: format!("fil trainee {verb} {slug}"),
        });
    }
    Ok(())
}
