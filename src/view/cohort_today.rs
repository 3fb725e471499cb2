//! One cohort in figures, as it stands today.

use crate::domain::facts::{LicenceFact, ModuleFact, Scope, Settings, SituationFact};
use crate::domain::id::{ModuleId, PersonId};
use crate::domain::kind::cohort;
use crate::domain::progress::{AttendanceStatus, LicenceOutcome, LicenceStep, ModuleOutcome};
use crate::domain::{Date, Kind};
use crate::report::as_of::Group;
use crate::report::half_day::{self, HalfDays, Span};
use crate::report::{Purpose, World};
use crate::sheet::Cell;
use crate::store::facts::{Breadth, FactsRequest, MarkDetail};
use crate::store::records::Which;
use crate::store::{CohortSpan, Store};
use anyhow::Result;
use std::collections::{HashMap, HashSet};

/// Days ahead in which an exam is counted as near.
const EXAMS_AHEAD: i32 = 7;

/// A cohort today.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Code and days.
    pub span: CohortSpan,
    /// Where it takes place.
    pub site: Option<String>,
    /// The week it is in and how many it has; before its start, week 0.
    pub week: (i64, i64),
    /// People with an entry by today.
    pub enrolled: i64,
    /// Those who have left.
    pub left: i64,
    /// Half-days of this month up to today: present and planned.
    pub attendance: (i64, i64),
    /// Unexcused half-days of this month.
    pub to_justify: i64,
    /// People who passed the theory test during their path.
    pub codes: i64,
    /// People who passed the driving test during their path.
    pub licences: i64,
    /// Exams booked within a week.
    pub exams: i64,
    /// Technical modules.
    pub modules: i64,
    /// The furthest technical module that somebody validated, from 1, and by how many.
    pub reached: Option<(i64, i64)>,
    /// Missions before hiring that run today.
    pub prehire: i64,
}

/// The cohorts that run today; when none does, the latest begun and the next to begin.
pub fn shown(store: &Store, today: Date) -> Result<Vec<Picture>> {
    let lookup = store.lookup();
    let all = lookup.cohorts()?;
    let mut spans: Vec<CohortSpan> = all.iter().filter(|c| c.start <= today && today <= c.end).cloned().collect();
    if spans.is_empty() {
        spans.extend(all.iter().rev().find(|c| c.end < today).cloned());
        spans.extend(all.iter().find(|c| today < c.start).cloned());
    }
    let facts = store.facts(&FactsRequest {
        cohorts: Some(spans.iter().map(|c| c.code.clone()).collect()),
        funder: None,
        from: today.in_month().first(),
        to: today,
        as_of: today,
        detail: MarkDetail::Summed,
        breadth: Breadth::Everything,
    })?;
    let scope = Scope {
        from: today.in_month().first(),
        to: today,
        as_of: today,
        known_on: None,
        cohorts: None,
        funder: None,
        settings: Settings::default(),
    };
    let world = World::new(&facts, &scope, Purpose::Figures);
    let mut exams: HashMap<PersonId, i64> = HashMap::new();
    let soon = today.plus_days(EXAMS_AHEAD);
    for exam in facts.licence.iter().filter(|exam| today <= exam.date && exam.date <= soon) {
        *exams.entry(exam.person).or_default() += i64::from(exam.outcome == Some(LicenceOutcome::Booked));
    }
    let mut pictures = Vec::new();
    for span in spans {
        let record = lookup.records(Kind::Cohorts, Which::Id(span.id.into()))?.pop();
        let site = record.and_then(|record| record.text(cohort::SITE).map(str::to_owned));
        pictures.push(Picture::of(span, site, &world, &exams));
    }
    Ok(pictures)
}

impl Picture {
    fn of(span: CohortSpan, site: Option<String>, world: &World<'_>, exams: &HashMap<PersonId, i64>) -> Picture {
        let today = world.as_of;
        let days = |from: Date, to: Date| i64::from(to.days() - from.days());
        let weeks = (days(span.start, span.end) + 7) / 7;
        let week = if today < span.start { 0 } else { (days(span.start, today.min(span.end)) + 7) / 7 };
        let mut picture = Picture { site, week: (week, weeks), ..Picture::new(span) };
        let Some(at) = world.cohorts.iter().position(|cohort| cohort.fact.id == picture.span.id) else {
            return picture;
        };
        let mut validated: HashMap<ModuleId, i64> = HashMap::new();
        for part in world.parts_of(Group::Cohort(at)) {
            let Some(entry) = part.entry else { continue };
            picture.enrolled += 1;
            picture.left += i64::from(part.exit.is_some());
            if part.entrant {
                half_day::each(world, part, Span::PERIOD, |half_days| picture.add(half_days));
            }
            let person = part.fact.person;
            let passed = |step| {
                let pass = |exam: &LicenceFact| exam.step == step && exam.outcome == Some(LicenceOutcome::Passed);
                i64::from(world.licence(person, entry).any(pass))
            };
            picture.codes += passed(LicenceStep::CodeExam);
            picture.licences += passed(LicenceStep::DrivingExam);
            picture.exams += exams.get(&person).copied().unwrap_or(0);
            let runs = |mission: &&SituationFact| mission.prehire && mission.term().runs_on(today);
            picture.prehire += world.situations_under(part).filter(runs).count() as i64;
            let done = world.results(part).filter(|result| result.outcome == ModuleOutcome::Validated);
            for module in done.map(|result| result.module).collect::<HashSet<_>>() {
                *validated.entry(module).or_default() += 1;
            }
        }
        let mut modules: Vec<&ModuleFact> = world.cohorts[at].technical_modules().collect();
        modules.sort_by(|a, b| a.code.cmp(&b.code));
        picture.modules = modules.len() as i64;
        let reached = modules.iter().zip(1..).filter_map(|(module, place)| Some((place, *validated.get(&module.id)?)));
        picture.reached = reached.last();
        picture
    }

    fn new(span: CohortSpan) -> Picture {
        Picture {
            span,
            site: None,
            week: (0, 0),
            enrolled: 0,
            left: 0,
            attendance: (0, 0),
            to_justify: 0,
            codes: 0,
            licences: 0,
            exams: 0,
            modules: 0,
            reached: None,
            prehire: 0,
        }
    }

    /// Half-days of the month, as the reports count them: those without a mark are planned and not present.
    fn add(&mut self, half_days: HalfDays) {
        self.attendance.1 += half_days.count;
        match half_days.status {
            Some(AttendanceStatus::Present) => self.attendance.0 += half_days.count,
            Some(AttendanceStatus::Unexcused) => self.to_justify += half_days.count,
            Some(AttendanceStatus::Excused) | None => {}
        }
    }

    /// Its cells of the machine formats.
    pub fn cells(&self) -> Vec<Cell> {
        let (present, planned) = self.attendance;
        vec![
            Cell::Text(self.span.code.clone()),
            Cell::text(self.site.clone()),
            Cell::Date(self.span.start),
            Cell::Date(self.span.end),
            Cell::Int(self.week.0),
            Cell::Int(self.week.1),
            Cell::Int(self.enrolled),
            Cell::Int(self.enrolled - self.left),
            Cell::Int(self.left),
            Cell::Int(present),
            Cell::Int(planned),
            Cell::percent(present, planned),
            Cell::Int(self.to_justify),
            Cell::Int(self.codes),
            Cell::Int(self.licences),
            Cell::Int(self.exams),
            Cell::Int(self.modules),
            Cell::int(self.reached.map(|(module, _)| module)),
            Cell::int(self.reached.map(|(_, people)| people)),
            Cell::Int(self.prehire),
        ]
    }
}
