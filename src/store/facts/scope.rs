//! Who and what a scope holds: the numbers of its cohorts, participations and people in temporary tables.
//!
//! Temporary tables live in memory, so nothing is written to the file. They measured faster than lists of numbers in
//! JSON, keep the order of numbers for every query that starts from them, and stand beside the views of the past.

use super::{Breadth, FactsRequest};
use anyhow::Result;
use rusqlite::{CachedStatement, Connection, ToSql, named_params};

/// Makes the tables, once a connection.
pub(super) fn prepare(conn: &Connection) -> Result<()> {
    Ok(conn.execute_batch(include_str!("../sql/facts/scope_tables.sql"))?)
}

/// Puts the numbers of a scope into the tables.
pub(super) fn fill(conn: &Connection, request: &FactsRequest) -> Result<()> {
    conn.execute_batch(include_str!("../sql/facts/scope_empty.sql"))?;
    let limits = allow(conn, request)?;
    match request.breadth {
        Breadth::Everything => everything(conn, request, limits)?,
        Breadth::Month | Breadth::Presence => month(conn, request, limits)?,
    }
    run(conn, include_str!("../sql/facts/scope_people.sql"), &[])
}

/// Whether a scope names its cohorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limits {
    None,
    Cohorts,
}

fn run(conn: &Connection, sql: &str, params: &[(&str, &dyn ToSql)]) -> Result<()> {
    let mut statement: CachedStatement<'_> = conn.prepare_cached(sql)?;
    statement.execute(params)?;
    Ok(())
}

/// Notes the cohorts that a scope with limits may look at.
fn allow(conn: &Connection, request: &FactsRequest) -> Result<Limits> {
    let as_of = request.as_of.days();
    match (&request.cohorts, &request.funder) {
        (None, None) => return Ok(Limits::None),
        (None, Some(funder)) => {
            let params = named_params! { ":funder": funder, ":as_of": as_of };
            run(conn, include_str!("../sql/facts/scope_by_funder.sql"), params)?;
        }
        (Some(codes), funder) => {
            let codes = serde_json::to_string(codes)?;
            let params = named_params! { ":codes": codes, ":funder": funder, ":as_of": as_of };
            run(conn, include_str!("../sql/facts/scope_by_code.sql"), params)?;
        }
    }
    Ok(Limits::Cohorts)
}

fn everything(conn: &Connection, request: &FactsRequest, limits: Limits) -> Result<()> {
    match limits {
        Limits::None => {
            let params = named_params! { ":as_of": request.as_of.days() };
            run(conn, include_str!("../sql/facts/scope_begun.sql"), params)?;
        }
        Limits::Cohorts => run(conn, include_str!("../sql/facts/scope_allowed.sql"), &[])?,
    }
    run(conn, include_str!("../sql/facts/scope_everybody.sql"), &[])
}

fn month(conn: &Connection, request: &FactsRequest, limits: Limits) -> Result<()> {
    let (from, last, as_of) = (request.from.days(), request.last().days(), request.as_of.days());
    if last < from {
        return Ok(());
    }
    let limited = limits == Limits::Cohorts;
    if limited && is_small_part(conn)? {
        let params = named_params! { ":from": from, ":last": last, ":as_of": as_of };
        run(conn, include_str!("../sql/facts/scope_month_by_cohort.sql"), params)?;
    } else {
        let params = named_params! { ":from": from, ":last": last, ":as_of": as_of, ":limited": limited };
        run(conn, include_str!("../sql/facts/scope_month_by_date.sql"), params)?;
    }
    let params = named_params! { ":from": from, ":last": last, ":limited": limited };
    run(conn, include_str!("../sql/facts/scope_month_cohorts.sql"), params)
}

/// Whether starting from the cohorts allowed is cheaper than starting from the dates of the whole file.
fn is_small_part(conn: &Connection) -> Result<bool> {
    // The last number stands for the count, which would read the whole index.
    let sql = "SELECT (SELECT count(*) FROM temp.scope_allowed) * 4 < (SELECT coalesce(max(id), 0) FROM cohort)";
    Ok(conn.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}
