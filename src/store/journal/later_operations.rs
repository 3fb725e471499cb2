//! What operations did to one record after a moment: which of them wrote or removed it, in order.

use crate::domain::id::{CohortId, OpId};
use crate::domain::{Act, ClosedList};
use crate::store::file::open::Store;
use crate::store::table::Table;
use anyhow::Result;
use rusqlite::params;
use std::collections::BTreeSet;

/// One operation that touched a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number.
    pub op: OpId,
    /// What was done; none when only a newer program knows it.
    pub act: Option<Act>,
}

impl Store {
    /// The operations after `since`, up to `until`, that wrote or removed the record of a key of the journal
    /// (`[12]`), oldest first.
    pub fn events(&self, table: &str, key: &str, since: OpId, until: OpId) -> Result<Vec<Event>> {
        let Some(table) = Table::named(table) else { return Ok(Vec::new()) };
        let names = |i: usize| format!("json_extract(?1, '$[{i}]')");
        let key_is: Vec<String> =
            table.columns[..table.key].iter().enumerate().map(|(i, c)| format!("\"{c}\" = {}", names(i))).collect();
        let sql = format!(
            "SELECT op FROM main.{name} WHERE {} \
             UNION SELECT op_from FROM main.history WHERE kind = '{name}' AND key = ?1 \
             UNION SELECT op_to FROM main.history WHERE kind = '{name}' AND key = ?1",
            key_is.join(" AND "),
            name = table.name,
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let ops: BTreeSet<OpId> = statement.query_map([key], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        ops.into_iter().filter(|op| since < *op && *op <= until).map(|op| self.event(op)).collect()
    }

    /// The operations after `since`, up to `until`, that put a cohort into a grant of a funder or took it out.
    pub fn grant_events(&self, cohort: CohortId, since: OpId, until: OpId) -> Result<Vec<(String, Event)>> {
        let sql = "SELECT json_array(\"grant\", cohort), op FROM main.grant_cohort WHERE cohort = ?1 \
             UNION SELECT key, op_from FROM main.history WHERE kind = 'grant_cohort' AND json_extract(key, '$[1]') = ?1 \
             UNION SELECT key, op_to FROM main.history WHERE kind = 'grant_cohort' AND json_extract(key, '$[1]') = ?1 \
             ORDER BY 2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found: Vec<(String, OpId)> =
            statement.query_map(params![cohort], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let late = found.into_iter().filter(|(_, op)| since < *op && *op <= until);
        late.map(|(key, op)| Ok((key, self.event(op)?))).collect()
    }

    /// The last operation of an act after `since`, up to `until`.
    pub fn last_of(&self, act: Act, since: OpId, until: OpId) -> Result<Option<OpId>> {
        let sql = "SELECT max(number) FROM main.operation WHERE verb = ?1 AND number > ?2 AND number <= ?3";
        Ok(self.conn.prepare_cached(sql)?.query_row(params![act.code(), since, until], |r| r.get(0))?)
    }

    fn event(&self, op: OpId) -> Result<Event> {
        let sql = "SELECT verb, kind FROM main.operation WHERE number = ?1";
        let (verb, kind): (String, String) =
            self.conn.prepare_cached(sql)?.query_row([op], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(Event { op, act: Act::stored(&verb, &kind) })
    }
}
