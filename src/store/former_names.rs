//! What a person was called in a record merged into theirs: such a slug or reference is theirs for ever.

use super::table::ALIAS;
use crate::domain::id::PersonId;
use crate::store::journal::tx::Tx;
use anyhow::Result;
use rusqlite::types::Value as Sql;

/// By what a merged record was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Former {
    /// Its slug.
    Slug,
    /// The school's own reference.
    Reference,
}

impl Former {
    pub(super) fn code(self) -> &'static str {
        match self {
            Former::Slug => "slug",
            Former::Reference => "ref",
        }
    }
}

impl Tx<'_> {
    /// Makes a name of a merged record lead to a person.
    pub fn insert_alias(&mut self, what: Former, name: &str, person: PersonId) -> Result<()> {
        let row = [Sql::Text(what.code().to_owned()), Sql::Text(name.to_owned()), Sql::from(person)];
        self.insert(&ALIAS, &row)?;
        Ok(())
    }

    /// Makes all that led to one person lead to another.
    pub fn move_aliases(&mut self, from: PersonId, to: PersonId) -> Result<()> {
        let names: Vec<(String, String)> = {
            let sql = "SELECT field, name FROM alias WHERE person = ?1 ORDER BY field, name";
            let mut statement = self.conn.prepare_cached(sql)?;
            statement.query_map([from], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?
        };
        for (field, name) in names {
            self.update(&ALIAS, &[Sql::Text(field), Sql::Text(name), Sql::from(to)])?;
        }
        Ok(())
    }
}
