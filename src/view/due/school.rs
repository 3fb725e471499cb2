//! What is due about the school: everybody's own list, and attendance, the month's reports, records kept too long.

use super::person::{Asked, Exam, Person, Placed, Stay};
use super::{Due, Matter, Urgency};
use crate::domain::cohort::Half;
use crate::domain::id::{CohortId, PersonId, StayId};
use crate::domain::kind::grant;
use crate::domain::trainee::is_erased;
use crate::domain::{Date, Kind};
use crate::ops::retention::contacts;
use crate::store::quality::{Days, Moment, QualityStay};
use crate::store::records::Which;
use crate::store::{CohortSpan, Lookup, Store};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Half-days older than a year are left to `check`, so that the cost follows the cohorts of the year.
const LOOK_BACK: i32 = 366;
/// The day of the month by which the reports of the month before are sent.
const REPORT_DAY: i32 = 10;

/// The school as the finders of things to do look at it.
pub(super) struct Desk<'s> {
    lookup: Lookup<'s>,
    today: Date,
    cohorts: HashMap<CohortId, CohortSpan>,
    /// Every participation of the file, by cohort and name, but those of people who were erased.
    everybody: Vec<QualityStay>,
    /// The code of the only cohort asked for.
    only: Option<&'s str>,
    /// Reports that were closed and not reopened: funder and first day of the period.
    closed: BTreeSet<(String, Date)>,
    contracts: Vec<crate::store::quality::Contract>,
}

impl<'s> Desk<'s> {
    /// Reads what is looked at.
    pub(super) fn read(store: &'s Store, today: Date, only: Option<&'s str>) -> Result<Desk<'s>> {
        let lookup = store.lookup();
        let cohorts: HashMap<CohortId, CohortSpan> = lookup.cohorts()?.into_iter().map(|c| (c.id, c)).collect();
        let ids: Vec<CohortId> = cohorts.keys().copied().collect();
        let mut everybody = lookup.quality_stays(&ids, today)?;
        everybody.retain(|stay| !is_erased(&stay.slug));
        let closed = store.closes(None)?.into_iter().filter(|c| c.reopened.is_none());
        let closed = closed.map(|c| (c.funder, c.from)).collect();
        let contracts = lookup.contracts(today)?;
        Ok(Desk { lookup, today, cohorts, everybody, only, closed, contracts })
    }

    fn asks_for(&self, cohort: &CohortSpan) -> bool {
        self.only.is_none_or(|only| only == cohort.code)
    }

    /// Everybody with what can be due about them, in one pass over each list.
    pub(super) fn people(&self) -> Result<Vec<Person<'_>>> {
        let mut people: Vec<Person<'_>> = Vec::new();
        let mut places: HashMap<PersonId, usize> = HashMap::new();
        let mut stays: HashMap<StayId, (usize, usize)> = HashMap::new();
        for row in &self.everybody {
            let Some(cohort) = self.cohorts.get(&row.cohort) else { continue };
            let at = *places.entry(row.person).or_insert_with(|| {
                let name = (row.first_name.as_str(), row.last_name.as_str());
                people.push(Person { slug: &row.slug, name, ..Person::default() });
                people.len() - 1
            });
            stays.insert(row.id, (at, people[at].stays.len()));
            people[at].stays.push(Stay {
                cohort: &cohort.code,
                days: row.days(),
                application: row.application_date,
                decision: None,
                reached: Vec::new(),
                asked: if self.asks_for(cohort) { Asked::Yes } else { Asked::No },
            });
        }
        for (stay, point) in self.lookup.reached(self.today)? {
            if let Some(&(person, stay)) = stays.get(&stay) {
                people[person].stays[stay].reached.push(point);
            }
        }
        for contract in &self.contracts {
            if let Some(&(person, stay)) = stays.get(&contract.participation) {
                let asked = people[person].stays[stay].asked;
                let (number, company) = (contract.id, contract.company.as_deref());
                people[person].contracts.push(Placed { number, company, contract: contract.terms(), asked });
            }
        }
        for exam in self.lookup.booked_exams(self.today.plus_days(-LOOK_BACK))? {
            if let Some(&at) = places.get(&exam.person) {
                people[at].exams.push(Exam { step: exam.step, date: exam.date, outcome: exam.outcome });
            }
        }
        Ok(people)
    }
}

/// Days with half-days that nobody marked, by cohort; a day that is not over is not late.
pub(super) fn half_days(desk: &Desk<'_>, list: &mut Vec<Due>) -> Result<()> {
    let first = desk.today.plus_days(-LOOK_BACK);
    for stays in desk.everybody.chunk_by(|a, b| a.cohort == b.cohort) {
        let Some(cohort) = stays.first().and_then(|stay| desk.cohorts.get(&stay.cohort)) else { continue };
        if !desk.asks_for(cohort) || cohort.end < first || desk.today < cohort.start {
            continue;
        }
        let days = Days { from: first.max(cohort.start), to: desk.today.min(cohort.end) };
        for (date, missing) in unmarked(desk, cohort, stays, days)? {
            let half = missing.halves.first().copied().filter(|_| missing.halves.len() == 1);
            list.push(Due {
                urgency: if date < desk.today { Urgency::Late } else { Urgency::Near },
                when: date,
                matter: Matter::Unmarked { count: missing.count, half },
                who: cohort.code.clone(),
                name: String::new(),
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
fn unmarked(
    desk: &Desk<'_>,
    cohort: &CohortSpan,
    stays: &[QualityStay],
    days: Days,
) -> Result<BTreeMap<Date, Missing>> {
    let planned = desk.lookup.planned(cohort.id, days)?;
    let untouched = stays.iter().all(|stay| stay.last_mark.is_none());
    let mut missing: BTreeMap<Date, Missing> = BTreeMap::new();
    for stay in stays.iter().filter(|stay| stay.first_present.is_some() || untouched) {
        let Some((first, last)) = stay.days().within((days.from, days.to)) else { continue };
        let marked = desk.lookup.marked(stay.id, days)?;
        let due = |moment: &&Moment| first <= moment.date && moment.date <= last;
        for moment in planned.iter().filter(due).filter(|moment| marked.binary_search(moment).is_err()) {
            let day = missing.entry(moment.date).or_default();
            day.count += 1;
            day.halves.insert(moment.half);
        }
    }
    Ok(missing)
}

/// The reports of last month that were not closed, until the day by which they are sent.
pub(super) fn reports(desk: &Desk<'_>, list: &mut Vec<Due>) -> Result<()> {
    let month = desk.today.in_month().plus(-1);
    let when = month.last().plus_days(REPORT_DAY);
    if when < desk.today {
        return Ok(());
    }
    let ran = |c: &&CohortSpan| c.start <= month.last() && month.first() <= c.end && desk.asks_for(c);
    let codes: BTreeSet<&str> = desk.cohorts.values().filter(ran).map(|cohort| cohort.code.as_str()).collect();
    let mut funders = BTreeSet::new();
    for grant in desk.lookup.records(Kind::Grants, Which::All)? {
        let names = grant.text(grant::COHORTS).unwrap_or_default();
        if names.split('|').any(|code| codes.contains(code.trim())) {
            funders.extend(grant.text(grant::FUNDER).map(str::to_owned));
        }
    }
    funders.retain(|funder| !desk.closed.contains(&(funder.clone(), month.first())));
    let due = |who| Due { urgency: Urgency::Near, when, matter: Matter::Report(month), who, name: String::new() };
    list.extend(funders.into_iter().map(due));
    Ok(())
}

/// People not heard of for two years, or nearly: those who are over can be erased.
pub(super) fn retention(desk: &Desk<'_>, list: &mut Vec<Due>) -> Result<()> {
    let contacts = contacts(&desk.lookup, &desk.everybody, &|id| desk.cohorts.get(&id).cloned())?;
    let mut people: BTreeMap<PersonId, &QualityStay> = BTreeMap::new();
    for stay in desk.everybody.iter().filter(|stay| desk.cohorts.get(&stay.cohort).is_some_and(|c| desk.asks_for(c))) {
        people.entry(stay.person).or_insert(stay);
    }
    for (person, stay) in people {
        let Some(contact) = contacts.get(&person).filter(|contact| contact.is_near(desk.today)) else { continue };
        list.push(Due {
            urgency: if contact.is_over(desk.today) { Urgency::Late } else { Urgency::Near },
            when: contact.until(),
            matter: Matter::Retention(contact.last),
            who: stay.slug.clone(),
            name: format!("{} {}", stay.first_name, stay.last_name),
        });
    }
    Ok(())
}
