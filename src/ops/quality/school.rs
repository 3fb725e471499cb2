//! What all rules share: the cohorts and participations of the scope, read once.

use super::finding::Place;
use super::{About, QualityScope};
use crate::domain::Date;
use crate::domain::id::{CohortId, PersonId, RecordId, StayId};
use crate::domain::trainee::is_erased;
use crate::store::quality::{Days, MarkSum, QualityStay};
use crate::store::{CohortSpan, Lookup};
use anyhow::Result;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The school as the rules see it.
pub struct School<'a> {
    pub lookup: &'a Lookup<'a>,
    pub scope: &'a QualityScope,
    pub as_of: Date,
    /// Every cohort of the file.
    cohorts: HashMap<CohortId, CohortSpan>,
    /// The participations of the file, or of the scope alone, by cohort then name, but those of people who were erased.
    pub everybody: Vec<QualityStay>,
    /// The last day with any mark, by cohort.
    last_marks: HashMap<CohortId, Date>,
    /// Marks on the days of the scope, by participation.
    sums: HashMap<StayId, MarkSum>,
}

/// Whose participations are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Those of the cohorts of the scope.
    Scope,
    /// Those of the whole file: the rule holds a person against others, or against their other cohorts.
    File,
}

impl<'a> School<'a> {
    pub fn read(lookup: &'a Lookup<'a>, scope: &'a QualityScope, reach: Reach) -> Result<School<'a>> {
        let cohorts: HashMap<CohortId, CohortSpan> = lookup.cohorts()?.into_iter().map(|c| (c.id, c)).collect();
        let mut everybody = match (reach, &scope.cohorts) {
            (Reach::Scope, Some(asked)) => lookup.quality_stays(asked, scope.as_of)?,
            _ => lookup.quality_stays(&cohorts.keys().copied().collect::<Vec<_>>(), scope.as_of)?,
        };
        let mut last_marks: HashMap<CohortId, Date> = HashMap::new();
        for stay in &everybody {
            if let Some(day) = stay.last_mark {
                let last = last_marks.entry(stay.cohort).or_insert(day);
                *last = day.max(*last);
            }
        }
        // Their marks count; of themselves there is nothing left to ask.
        everybody.retain(|stay| !is_erased(&stay.slug));
        let sums = HashMap::new();
        let mut school = School { lookup, scope, as_of: scope.as_of, cohorts, everybody, last_marks, sums };
        let ids: Vec<CohortId> = school.cohorts().iter().map(|c| c.id).collect();
        for id in ids {
            let sums = lookup.mark_sums(id, school.days())?;
            school.sums.extend(sums.into_iter().map(|s| (s.participation, s)));
        }
        Ok(school)
    }

    /// The cohorts of the scope that have begun, by start then code.
    pub fn cohorts(&self) -> Vec<&CohortSpan> {
        let mut list: Vec<&CohortSpan> = self.cohorts.values().filter(|c| self.holds(c.id)).collect();
        list.sort_by(|a, b| (a.start, &a.code).cmp(&(b.start, &b.code)));
        list
    }

    pub fn cohort(&self, id: CohortId) -> Option<&CohortSpan> {
        self.cohorts.get(&id)
    }

    /// Whether a cohort is in the scope and has begun.
    pub fn holds(&self, cohort: CohortId) -> bool {
        let asked = self.scope.cohorts.as_ref().is_none_or(|list| list.contains(&cohort));
        asked && self.cohorts.get(&cohort).is_some_and(|c| c.start <= self.as_of)
    }

    /// Whether a participation is in a cohort of the scope, begun or not.
    pub fn asks_for(&self, stay: &QualityStay) -> bool {
        self.scope.cohorts.as_ref().is_none_or(|list| list.contains(&stay.cohort))
    }

    /// The participations of the scope that have an entry on or before as_of: applicants are not looked at yet.
    pub fn entered(&self) -> impl Iterator<Item = (&CohortSpan, &QualityStay)> {
        let entered = self.everybody.iter().filter(|s| s.entry.is_some_and(|e| e <= self.as_of));
        entered.filter(|s| self.holds(s.cohort)).filter_map(|s| Some((self.cohorts.get(&s.cohort)?, s)))
    }

    /// Each person of [`School::entered`] once, with the first of their participations in the scope.
    pub fn people_entered(&self) -> Vec<(&CohortSpan, &QualityStay)> {
        let mut seen = HashSet::new();
        self.entered().filter(|(_, s)| seen.insert(s.person)).collect()
    }

    /// Every person of the scope with all their participations, by number.
    pub fn people(&self) -> BTreeMap<PersonId, Vec<&QualityStay>> {
        let mut people: BTreeMap<PersonId, Vec<&QualityStay>> = BTreeMap::new();
        for stay in &self.everybody {
            people.entry(stay.person).or_default().push(stay);
        }
        people.retain(|_, stays| stays.iter().any(|s| self.asks_for(s)));
        people
    }

    /// The exit that has taken place on or before as_of.
    pub fn exit(&self, stay: &QualityStay) -> Option<Date> {
        stay.exit.filter(|e| *e <= self.as_of)
    }

    /// The last day on or before as_of with any mark of anybody in a cohort.
    pub fn last_mark(&self, cohort: CohortId) -> Option<Date> {
        self.last_marks.get(&cohort).copied()
    }

    /// The marks of a participation on the days of the scope; `None` when there is none.
    pub fn marks(&self, stay: &QualityStay) -> Option<&MarkSum> {
        self.sums.get(&stay.id)
    }

    /// The days of the scope, as_of at the latest.
    pub fn days(&self) -> Days {
        Days { from: self.scope.from, to: self.scope.to.min(self.as_of) }
    }

    /// A finding about a participation.
    pub fn about(&self, stay: &QualityStay) -> About {
        let cohort = self.cohorts.get(&stay.cohort);
        About {
            record: format!("trainee {}", stay.person),
            cohort: cohort.map(|c| c.code.clone()),
            person: Some(stay.slug.clone()),
            place: Place {
                cohort: cohort.map_or_else(Default::default, |c| (Some(c.start), c.code.clone())),
                person: (stay.folded.clone(), Some(stay.person)),
                ..Place::default()
            },
        }
    }

    /// A finding about a cohort.
    pub fn about_cohort(&self, cohort: &CohortSpan) -> About {
        About {
            record: format!("cohort {}", cohort.code),
            cohort: Some(cohort.code.clone()),
            person: None,
            place: Place { cohort: (Some(cohort.start), cohort.code.clone()), ..Place::default() },
        }
    }
}

impl About {
    /// The same, but the record is another one that belongs to the person or the cohort.
    pub fn record(mut self, kind: &str, id: impl Into<RecordId>) -> About {
        let id = id.into();
        self.record = format!("{kind} {id}");
        self.place.number = id.number();
        self
    }

    /// The same, with what tells the record from others of its number: a cohort, a point, a half-day.
    pub fn detail(mut self, detail: impl AsRef<str>) -> About {
        self.record = format!("{} {}", self.record, detail.as_ref());
        self.place.detail = detail.as_ref().to_owned();
        self
    }
}

/// First then last name, as people are spoken of.
pub fn name(stay: &QualityStay) -> String {
    format!("{} {}", stay.first_name, stay.last_name)
}
