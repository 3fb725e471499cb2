//! The vectors of facts, each one query that starts from the numbers of the scope. A column has the name of its field.

use super::Days;
use crate::domain::Date;
use crate::domain::cohort::Half;
use crate::domain::facts::{
    AgreedFact, BudgetFact, CatalogueFact, CertificateFact, CohortFact, FollowupFact, InterviewFact, LicenceFact,
    ModuleFact, ParticipationFact, PersonFact, ResultFact, SituationFact, SlotFact, TargetFact,
};
use crate::domain::id::{CohortId, OpId};
use crate::store::attendance::half_of;
use crate::store::rows::rows;
use anyhow::Result;
use rusqlite::{Connection, named_params};

/// Cohorts by start then code, still without modules and half-days.
pub(super) fn cohorts(conn: &Connection) -> Result<Vec<CohortFact>> {
    let sql = include_str!("../sql/facts/cohorts.sql");
    Ok(rows!(conn, sql, [], CohortFact {
        id, op, code, start, end, places, training_status, nsf, integration_days, certificate;
        modules: Vec::new(), slots: Vec::new()
    }))
}

/// Modules with the number of their cohort, by cohort then code.
pub(super) fn modules(conn: &Connection) -> Result<Vec<(CohortId, ModuleFact)>> {
    let sql = include_str!("../sql/facts/modules.sql");
    Ok(rows!(conn, sql, [], |cohort, id, op, code, title, stream| {
        (cohort, ModuleFact { id, op, code, title, stream })
    }))
}

/// Half-days with the number of their cohort, by cohort, day and half.
pub(super) fn slots(conn: &Connection, days: Days) -> Result<Vec<(CohortId, SlotFact)>> {
    let sql = include_str!("../sql/facts/slots.sql");
    let params = named_params! { ":first": days.first, ":last": days.last };
    Ok(rows!(conn, sql, params, |cohort, id, op, date, half, kind, minutes| {
        (cohort, SlotFact { id, op, date, half, kind, minutes })
    }))
}

/// People by number.
pub(super) fn people(conn: &Connection) -> Result<Vec<PersonFact>> {
    Ok(rows!(conn, include_str!("../sql/facts/people.sql"), [], PersonFact { id, op, slug, name, birth_date, sex }))
}

/// Participations by number, still without marks.
pub(super) fn participations(conn: &Connection) -> Result<Vec<ParticipationFact>> {
    let sql = include_str!("../sql/facts/participations.sql");
    let parts = rows!(conn, sql, [], |id,
                                      op,
                                      person,
                                      cohort,
                                      application_date,
                                      decision,
                                      entry,
                                      exit,
                                      exit_reason,
                                      status_at_entry,
                                      status_since,
                                      in_education,
                                      education,
                                      disability,
                                      income_support,
                                      priority_district,
                                      rural,
                                      third_country,
                                      foreign_background,
                                      minority,
                                      homeless,
                                      licence_at_entry,
                                      first| {
        let first: Option<i64> = first;
        let first = first.map(first_mark).transpose()?;
        ParticipationFact {
            id,
            op,
            person,
            cohort,
            application_date,
            decision,
            entry,
            exit,
            exit_reason,
            status_at_entry,
            status_since,
            in_education,
            education,
            disability,
            income_support,
            priority_district,
            rural,
            third_country,
            foreign_background,
            minority,
            homeless,
            licence_at_entry,
            first_present: first.map(|(date, ..)| date),
            first_mark: first.map(|(_, half, op)| (half, op)),
            marks: Vec::new(),
        }
    });
    Ok(parts)
}

/// Day, half and operation of a mark, as its query packs them.
fn first_mark(packed: i64) -> Result<(Date, Half, OpId)> {
    let half_day = i32::try_from(packed >> 32)?;
    Ok((Date::from_days(half_day >> 1), half_of(i64::from(half_day & 1)), OpId::from_number(packed & 0xffff_ffff)))
}

/// Situations by person, start and number.
pub(super) fn situations(conn: &Connection, days: Days) -> Result<Vec<SituationFact>> {
    let sql = include_str!("../sql/facts/situations.sql");
    let params = named_params! { ":first": days.first, ":last": days.last };
    Ok(rows!(
        conn,
        sql,
        params,
        SituationFact {
            id,
            op,
            person,
            participation,
            kind,
            company,
            user_company,
            start,
            planned_end,
            actual_end,
            not_started,
            prehire,
            evidence
        }
    ))
}

/// Module results by participation, date and number.
pub(super) fn results(conn: &Connection, days: Days) -> Result<Vec<ResultFact>> {
    let sql = include_str!("../sql/facts/results.sql");
    let params = named_params! { ":last": days.last };
    let mut list = rows!(conn, sql, params, ResultFact { id, op, participation, module, date, outcome });
    list.sort_by_key(|r| (r.participation, r.date, r.id));
    Ok(list)
}

/// Attempts at certificates by participation, date and number.
pub(super) fn certificates(conn: &Connection) -> Result<Vec<CertificateFact>> {
    let sql = include_str!("../sql/facts/certificates.sql");
    Ok(rows!(conn, sql, [], CertificateFact { id, op, participation, certificate, date, outcome }))
}

/// The catalogue by code.
pub(super) fn catalogue(conn: &Connection) -> Result<Vec<CatalogueFact>> {
    let sql = include_str!("../sql/facts/catalogue.sql");
    Ok(rows!(conn, sql, [], CatalogueFact { id, op, code, label, registry, counts_as_qualification }))
}

/// Licence events by person, date and number.
pub(super) fn licence(conn: &Connection, days: Days) -> Result<Vec<LicenceFact>> {
    let sql = include_str!("../sql/facts/licence.sql");
    let params = named_params! { ":last": days.last };
    let mut list = rows!(conn, sql, params, LicenceFact { id, op, person, step, date, outcome, minutes });
    list.sort_by_key(|l| (l.person, l.date, l.id));
    Ok(list)
}

/// Interviews by participation, date and number.
pub(super) fn interviews(conn: &Connection, days: Days) -> Result<Vec<InterviewFact>> {
    let sql = include_str!("../sql/facts/interviews.sql");
    let params = named_params! { ":first": days.first, ":last": days.last };
    Ok(rows!(conn, sql, params, InterviewFact { id, op, participation, date, kind, minutes }))
}

/// Follow-up attempts by participation, date and number.
pub(super) fn followups(conn: &Connection) -> Result<Vec<FollowupFact>> {
    let sql = include_str!("../sql/facts/followups.sql");
    Ok(rows!(conn, sql, [], FollowupFact { id, op, participation, point, date, reached }))
}

/// Budget lines by cohort, side, class and label.
pub(super) fn budget(conn: &Connection) -> Result<Vec<BudgetFact>> {
    let sql = include_str!("../sql/facts/budget.sql");
    Ok(rows!(conn, sql, [], BudgetFact { id, op, cohort, funder, grant, side, class, label, planned, realised }))
}

/// Targets of the grants of a funder, by grant then indicator.
pub(super) fn targets(conn: &Connection, funder: &str) -> Result<Vec<TargetFact>> {
    let sql = include_str!("../sql/facts/targets.sql");
    let params = named_params! { ":funder": funder };
    Ok(rows!(conn, sql, params, TargetFact { id, op, grant, indicator, value, by, baseline }))
}

/// What the grants of a funder promise beside targets, by grant then figure.
pub(super) fn agreed(conn: &Connection, funder: &str) -> Result<Vec<AgreedFact>> {
    let sql = include_str!("../sql/facts/agreed.sql");
    let params = named_params! { ":funder": funder };
    Ok(rows!(conn, sql, params, AgreedFact { id, op, grant, figure, row }))
}
