//! The vectors of facts, each one query that starts from the numbers of the scope.

use super::Days;
use super::read::all;
use crate::domain::Date;
use crate::domain::cohort::Half;
use crate::domain::facts::{
    BudgetFact, CatalogueFact, CertificateFact, CohortFact, FollowupFact, InterviewFact, LicenceFact, ModuleFact,
    ParticipationFact, PersonFact, ResultFact, SituationFact, SlotFact, TargetFact,
};
use crate::domain::id::{CohortId, OpId};
use crate::store::attendance::half_of;
use anyhow::Result;
use rusqlite::{Connection, named_params};

/// Cohorts by start then code, still without modules and half-days.
pub(super) fn cohorts(conn: &Connection) -> Result<Vec<CohortFact>> {
    all(conn, include_str!("../sql/facts/cohorts.sql"), &[], |r| {
        Ok(CohortFact {
            id: r.id()?,
            op: r.id()?,
            code: r.text()?,
            start: r.date()?,
            end: r.date()?,
            places: r.int()?,
            training_status: r.code()?,
            nsf: r.text()?,
            integration_days: r.small()?,
            certificate: r.maybe_id()?,
            modules: Vec::new(),
            slots: Vec::new(),
        })
    })
}

/// Modules with the number of their cohort, by cohort then code.
pub(super) fn modules(conn: &Connection) -> Result<Vec<(CohortId, ModuleFact)>> {
    all(conn, include_str!("../sql/facts/modules.sql"), &[], |r| {
        let cohort = r.id()?;
        let module = ModuleFact { id: r.id()?, op: r.id()?, code: r.text()?, title: r.text()?, stream: r.code()? };
        Ok((cohort, module))
    })
}

/// Half-days with the number of their cohort, by cohort, day and half.
pub(super) fn slots(conn: &Connection, days: Days) -> Result<Vec<(CohortId, SlotFact)>> {
    let params = named_params! { ":first": days.first, ":last": days.last };
    all(conn, include_str!("../sql/facts/slots.sql"), params, |r| {
        let cohort = r.id()?;
        let slot =
            SlotFact { id: r.id()?, op: r.id()?, date: r.date()?, half: r.code()?, kind: r.code()?, minutes: r.int()? };
        Ok((cohort, slot))
    })
}

/// People by number.
pub(super) fn people(conn: &Connection) -> Result<Vec<PersonFact>> {
    all(conn, include_str!("../sql/facts/people.sql"), &[], |r| {
        Ok(PersonFact {
            id: r.id()?,
            op: r.id()?,
            slug: r.text()?,
            name: r.text()?,
            birth_date: r.maybe_date()?,
            sex: r.maybe_code()?,
        })
    })
}

/// Participations by number, still without marks.
pub(super) fn participations(conn: &Connection) -> Result<Vec<ParticipationFact>> {
    all(conn, include_str!("../sql/facts/participations.sql"), &[], |r| {
        let mut part = ParticipationFact {
            id: r.id()?,
            op: r.id()?,
            person: r.id()?,
            cohort: r.id()?,
            application_date: r.maybe_date()?,
            decision: r.maybe_code()?,
            entry: r.maybe_date()?,
            exit: r.maybe_date()?,
            exit_reason: r.maybe_code()?,
            status_at_entry: r.maybe_code()?,
            status_since: r.maybe_date()?,
            in_education: r.code()?,
            education: r.maybe_int()?,
            disability: r.code()?,
            income_support: r.code()?,
            priority_district: r.code()?,
            rural: r.code()?,
            third_country: r.code()?,
            foreign_background: r.code()?,
            minority: r.code()?,
            homeless: r.code()?,
            licence_at_entry: r.maybe_code()?,
            first_present: None,
            first_mark: None,
            marks: Vec::new(),
        };
        if let Some((date, half, op)) = r.maybe_int()?.map(first_mark).transpose()? {
            (part.first_present, part.first_mark) = (Some(date), Some((half, op)));
        }
        Ok(part)
    })
}

/// Day, half and operation of a mark, as its query packs them.
fn first_mark(packed: i64) -> Result<(Date, Half, OpId)> {
    let half_day = i32::try_from(packed >> 32)?;
    Ok((Date::from_days(half_day >> 1), half_of(i64::from(half_day & 1)), OpId::from_number(packed & 0xffff_ffff)))
}

/// Situations by person, start and number.
pub(super) fn situations(conn: &Connection, days: Days) -> Result<Vec<SituationFact>> {
    let params = named_params! { ":first": days.first, ":last": days.last };
    all(conn, include_str!("../sql/facts/situations.sql"), params, |r| {
        Ok(SituationFact {
            id: r.id()?,
            op: r.id()?,
            person: r.id()?,
            participation: r.id()?,
            kind: r.code()?,
            company: r.maybe_text()?,
            user_company: r.maybe_text()?,
            start: r.date()?,
            planned_end: r.maybe_date()?,
            actual_end: r.maybe_date()?,
            not_started: r.truth()?,
            prehire: r.truth()?,
            evidence: r.maybe_code()?,
        })
    })
}

/// Module results by participation, date and number.
pub(super) fn results(conn: &Connection, days: Days) -> Result<Vec<ResultFact>> {
    let params = named_params! { ":last": days.last };
    let mut list = all(conn, include_str!("../sql/facts/results.sql"), params, |r| {
        Ok(ResultFact {
            id: r.id()?,
            op: r.id()?,
            participation: r.id()?,
            module: r.id()?,
            date: r.date()?,
            outcome: r.code()?,
        })
    })?;
    list.sort_by_key(|r| (r.participation, r.date, r.id));
    Ok(list)
}

/// Attempts at certificates by participation, date and number.
pub(super) fn certificates(conn: &Connection) -> Result<Vec<CertificateFact>> {
    all(conn, include_str!("../sql/facts/certificates.sql"), &[], |r| {
        Ok(CertificateFact {
            id: r.id()?,
            op: r.id()?,
            participation: r.id()?,
            certificate: r.id()?,
            date: r.date()?,
            outcome: r.code()?,
        })
    })
}

/// The catalogue by code.
pub(super) fn catalogue(conn: &Connection) -> Result<Vec<CatalogueFact>> {
    all(conn, include_str!("../sql/facts/catalogue.sql"), &[], |r| {
        Ok(CatalogueFact {
            id: r.id()?,
            op: r.id()?,
            code: r.text()?,
            label: r.text()?,
            registry: r.code()?,
            counts_as_qualification: r.truth()?,
        })
    })
}

/// Licence events by person, date and number.
pub(super) fn licence(conn: &Connection, days: Days) -> Result<Vec<LicenceFact>> {
    let params = named_params! { ":last": days.last };
    let mut list = all(conn, include_str!("../sql/facts/licence.sql"), params, |r| {
        Ok(LicenceFact {
            id: r.id()?,
            op: r.id()?,
            person: r.id()?,
            step: r.code()?,
            date: r.date()?,
            outcome: r.maybe_code()?,
            minutes: r.int()?,
        })
    })?;
    list.sort_by_key(|l| (l.person, l.date, l.id));
    Ok(list)
}

/// Interviews by participation, date and number.
pub(super) fn interviews(conn: &Connection, days: Days) -> Result<Vec<InterviewFact>> {
    let params = named_params! { ":first": days.first, ":last": days.last };
    all(conn, include_str!("../sql/facts/interviews.sql"), params, |r| {
        Ok(InterviewFact {
            id: r.id()?,
            op: r.id()?,
            participation: r.id()?,
            date: r.date()?,
            kind: r.code()?,
            minutes: r.int()?,
        })
    })
}

/// Follow-up attempts by participation, date and number.
pub(super) fn followups(conn: &Connection) -> Result<Vec<FollowupFact>> {
    all(conn, include_str!("../sql/facts/followups.sql"), &[], |r| {
        Ok(FollowupFact {
            id: r.id()?,
            op: r.id()?,
            participation: r.id()?,
            point: r.code()?,
            date: r.date()?,
            reached: r.truth()?,
        })
    })
}

/// Budget lines by cohort, side, class and label.
pub(super) fn budget(conn: &Connection) -> Result<Vec<BudgetFact>> {
    all(conn, include_str!("../sql/facts/budget.sql"), &[], |r| {
        Ok(BudgetFact {
            id: r.id()?,
            op: r.id()?,
            cohort: r.id()?,
            funder: r.maybe_text()?,
            grant: r.maybe_text()?,
            side: r.code()?,
            class: r.text()?,
            label: r.text()?,
            planned: r.int()?,
            realised: r.int()?,
        })
    })
}

/// Targets of the grants of a funder, by grant then indicator.
pub(super) fn targets(conn: &Connection, funder: &str) -> Result<Vec<TargetFact>> {
    all(conn, include_str!("../sql/facts/targets.sql"), named_params! { ":funder": funder }, |r| {
        Ok(TargetFact { id: r.id()?, op: r.id()?, grant: r.text()?, indicator: r.text()?, value: r.int()? })
    })
}
