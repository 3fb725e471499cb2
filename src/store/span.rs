//! What a person did on one day and when things began, asked while a record is saved.

use super::lookup::Lookup;
use crate::domain::Date;
use crate::domain::id::{PersonId, RecordId, StayId};
use anyhow::Result;
use rusqlite::{OptionalExtension, named_params};

impl Lookup<'_> {
    /// Minutes of the other interviews of a participation on a day.
    pub fn minutes_of_interviews(&self, stay: StayId, day: Date, but: Option<RecordId>) -> Result<i64> {
        let sql =
            "SELECT total(minutes) FROM interview WHERE participation = :whose AND date = :day AND id IS NOT :but";
        self.minutes(sql, stay.number(), day, but)
    }

    /// Minutes of the other lessons of a person on a day.
    pub fn minutes_of_lessons(&self, person: PersonId, day: Date, but: Option<RecordId>) -> Result<i64> {
        let sql = "SELECT total(minutes) FROM licence WHERE person = :whose AND date = :day AND id IS NOT :but";
        self.minutes(sql, person.number(), day, but)
    }

    fn minutes(&self, sql: &str, whose: i64, day: Date, but: Option<RecordId>) -> Result<i64> {
        let bound = named_params! {":whose": whose, ":day": day.days(), ":but": but.map(|id| id.number())};
        let minutes: f64 = self.conn.prepare_cached(sql)?.query_row(bound, |row| row.get(0))?;
        Ok(minutes as i64)
    }

    /// The day of the application of a participation.
    pub fn application(&self, stay: StayId) -> Result<Option<Date>> {
        let mut statement = self.conn.prepare_cached("SELECT application_date FROM participation WHERE id = :stay")?;
        let found = statement.query_row([stay.number()], |row| row.get::<_, Option<i32>>(0)).optional()?;
        Ok(found.flatten().map(Date::from_days))
    }

    /// The first days on which the other steps of a person say that the theory test was passed, and that they registered.
    pub fn theory_days(&self, person: PersonId, but: Option<RecordId>) -> Result<(Option<Date>, Option<Date>)> {
        let sql = "SELECT min(CASE WHEN step = 'code_exam' AND outcome = 'passed' THEN date END),
            min(CASE WHEN step = 'registered' THEN date END) FROM licence WHERE person = :person AND id IS NOT :but";
        let bound = named_params! {":person": person.number(), ":but": but.map(|id| id.number())};
        let day = |days: Option<i32>| days.map(Date::from_days);
        Ok(self.conn.prepare_cached(sql)?.query_row(bound, |row| Ok((day(row.get(0)?), day(row.get(1)?))))?)
    }
}
