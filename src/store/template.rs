//! Layouts of the funders' reports, kept as they were written.

use super::table::TEMPLATE;
use crate::domain::id::FunderId;
use crate::store::file::open::Store;
use crate::store::journal::tx::{Tx, find_row};
use anyhow::Result;
use rusqlite::OptionalExtension;
use rusqlite::types::Value as Sql;

impl Store {
    /// The layout of a funder's report, by the funder's number; none when it has the built-in one.
    pub fn template(&self, funder: FunderId) -> Result<Option<String>> {
        let sql = "SELECT toml FROM template WHERE funder = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([funder], |r| r.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Keeps a layout for a funder. The one that is there already is not written again.
    pub fn save_template(&mut self, funder: FunderId, toml: &str) -> Result<()> {
        let row = vec![Sql::from(funder), Sql::Text(toml.to_owned())];
        match find_row(self.conn, &TEMPLATE, &row)? {
            Some((old, _)) if old == row => Ok(()),
            Some(_) => self.update(&TEMPLATE, &row),
            None => self.insert(&TEMPLATE, &row).map(|_| ()),
        }
    }

    /// Takes the layout of a funder away, when there is one.
    pub fn remove_template(&mut self, funder: FunderId) -> Result<()> {
        let key = [Sql::from(funder)];
        match find_row(self.conn, &TEMPLATE, &key)? {
            Some(_) => self.delete(&TEMPLATE, &key),
            None => Ok(()),
        }
    }
}
