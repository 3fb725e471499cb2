//! One cohort in figures, as it stands today.

use crate::domain::cohort::Stream;
use crate::domain::facts::{CohortFact, Facts, ParticipationFact};
use crate::domain::id::StayId;
use crate::domain::kind::cohort;
use crate::domain::progress::{AttendanceStatus, LicenceOutcome, LicenceStep, ModuleOutcome};
use crate::domain::{Date, Kind};
use crate::sheet::Cell;
use crate::store::facts::{Breadth, FactsRequest, MarkDetail};
use crate::store::records::Which;
use crate::store::{CohortSpan, Store};
use anyhow::Result;
use std::collections::HashSet;

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
    let mut pictures = Vec::new();
    for span in spans {
        let record = lookup.records(Kind::Cohorts, Which::Id(span.id.into()))?.pop();
        let site = record.and_then(|record| record.text(cohort::SITE).map(str::to_owned));
        pictures.push(Picture::of(span, site, &facts, today));
    }
    Ok(pictures)
}

impl Picture {
    fn of(span: CohortSpan, site: Option<String>, facts: &Facts, today: Date) -> Picture {
        let days = |from: Date, to: Date| i64::from(to.days() - from.days());
        let weeks = (days(span.start, span.end) + 7) / 7;
        let week = if today < span.start { 0 } else { (days(span.start, today.min(span.end)) + 7) / 7 };
        let mut picture = Picture {
            site,
            week: (week, weeks),
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
            span,
        };
        if let Some(cohort) = facts.cohorts.iter().find(|c| c.id == picture.span.id) {
            picture.count(cohort, facts, today);
        }
        picture
    }

    fn count(&mut self, cohort: &CohortFact, facts: &Facts, today: Date) {
        let came = |p: &&ParticipationFact| p.cohort == cohort.id && p.entry.is_some_and(|entry| entry <= today);
        let parts: Vec<&ParticipationFact> = facts.participations.iter().filter(came).collect();
        self.enrolled = parts.len() as i64;
        self.left = parts.iter().filter(|p| p.exit.is_some_and(|exit| exit <= today)).count() as i64;
        for part in &parts {
            self.count_marks(cohort, part, today);
            self.count_licence(facts, part, today);
        }
        self.count_modules(cohort, facts, &parts, today);
        let ids: HashSet<StayId> = parts.iter().map(|p| p.id).collect();
        let runs = |s: &&crate::domain::facts::SituationFact| {
            let end = s.actual_end.or(s.planned_end);
            s.prehire && !s.not_started && s.start <= today && end.is_none_or(|end| today <= end)
        };
        let missions = facts.situations.iter().filter(runs).filter(|s| ids.contains(&s.participation));
        self.prehire = missions.count() as i64;
    }

    /// As in the report: an entrant's half-days of the month, those without a mark being planned and not present.
    fn count_marks(&mut self, cohort: &CohortFact, part: &ParticipationFact, today: Date) {
        use crate::domain::cohort::SlotKind;
        let (Some(entry), Some(_)) = (part.entry, part.first_present) else { return };
        let first = entry.max(today.in_month().first());
        let last = part.exit.map_or(today, |exit| exit.min(today));
        let planned =
            |s: &&crate::domain::facts::SlotFact| s.kind != SlotKind::Cancelled && first <= s.date && s.date <= last;
        self.attendance.1 += cohort.slots.iter().filter(planned).count() as i64;
        for mark in &part.marks {
            match mark.status {
                AttendanceStatus::Present => self.attendance.0 += mark.count,
                AttendanceStatus::Unexcused => self.to_justify += mark.count,
                AttendanceStatus::Excused => {}
            }
        }
    }

    fn count_licence(&mut self, facts: &Facts, part: &ParticipationFact, today: Date) {
        let since = part.entry.unwrap_or(today);
        let mine = || facts.licence.iter().filter(|l| l.person == part.person);
        let passed = |step| {
            let is = |l: &&crate::domain::facts::LicenceFact| {
                l.step == step && l.outcome == Some(LicenceOutcome::Passed) && since <= l.date && l.date <= today
            };
            i64::from(mine().any(|l| is(&l)))
        };
        self.codes += passed(LicenceStep::CodeExam);
        self.licences += passed(LicenceStep::DrivingExam);
        let week = today.plus_days(7);
        let soon = mine().filter(|l| l.outcome == Some(LicenceOutcome::Booked) && today <= l.date && l.date <= week);
        self.exams += soon.count() as i64;
    }

    fn count_modules(&mut self, cohort: &CohortFact, facts: &Facts, parts: &[&ParticipationFact], today: Date) {
        let mut modules: Vec<_> = cohort.modules.iter().filter(|m| m.stream == Stream::Technical).collect();
        modules.sort_by(|a, b| a.code.cmp(&b.code));
        self.modules = modules.len() as i64;
        let ids: HashSet<StayId> = parts.iter().map(|p| p.id).collect();
        for (at, module) in modules.iter().enumerate() {
            let validated = facts
                .results
                .iter()
                .filter(|r| r.module == module.id && r.outcome == ModuleOutcome::Validated && r.date <= today);
            let people: HashSet<StayId> = validated.map(|r| r.participation).filter(|id| ids.contains(id)).collect();
            if !people.is_empty() {
                self.reached = Some((at as i64 + 1, people.len() as i64));
            }
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
