//! The file as it was after an earlier operation: a temporary view of the same name over each journaled table.

use crate::domain::Date;
use crate::domain::id::OpId;
use crate::store::file::connection::Access;
use crate::store::file::open::Store;
use crate::store::table::{TABLES, Table};
use anyhow::Result;
use rusqlite::OptionalExtension;

impl Store {
    /// From now on this connection reads the file as it was after operation `op`. Every statement runs unchanged,
    /// because a temporary view shadows the table of its name. The file cannot change under a reader of the past:
    /// one transaction stays open as long as the connection.
    pub fn known_on(&self, op: OpId) -> Result<()> {
        self.conn.execute_batch("BEGIN")?;
        for table in TABLES {
            let name = table.name;
            let mut view =
                format!("CREATE TEMP VIEW {name} AS SELECT {}, op FROM main.{name} WHERE op <= {op}", table.list(""));
            if self.keep_past(table, op)? {
                view.push_str(&format!(" UNION ALL SELECT {}, op FROM temp.past_{name}", table.list("")));
            }
            self.conn.execute_batch(&view)?;
        }
        let views = include_str!("../sql/journal/known_on_operations.sql").replace("{op}", &op.to_string());
        self.conn.execute_batch(&views)?;
        Ok(())
    }

    /// The same file as it was after operation `op`, on a connection of its own.
    pub fn as_left_by(&self, op: OpId) -> Result<Store> {
        let past = Store::open(self.path(), Access::Read)?;
        past.known_on(op)?;
        Ok(past)
    }

    /// Takes the versions that stood after operation `op` and were replaced later out of history once, to be found by
    /// key and by owner: each look-up through a view over history itself would read all of it. Says whether any exist.
    fn keep_past(&self, table: &Table, op: OpId) -> Result<bool> {
        let name = table.name;
        let replaced = format!("FROM main.history WHERE kind = '{name}' AND op_from <= {op} AND +op_to > {op}");
        let any: bool = self.conn.query_row(&format!("SELECT EXISTS (SELECT 1 {replaced})"), [], |r| r.get(0))?;
        if !any {
            return Ok(false);
        }
        // Made from the table itself: columns of the same affinity let queries reach through the view to both indexes.
        let columns = table.list("");
        let values: Vec<String> = (0..table.columns.len()).map(|i| format!("json_extract(row, '$[{i}]')")).collect();
        self.conn.execute_batch(&format!(
            "CREATE TEMP TABLE past_{name} AS SELECT {columns}, op FROM main.{name} WHERE 0;
             INSERT INTO temp.past_{name} ({columns}, op) SELECT {values}, op_from {replaced};",
            values = values.join(", "),
        ))?;
        let key: Vec<String> = table.columns[..table.key].iter().map(|c| format!("\"{c}\"")).collect();
        self.conn.execute_batch(&format!("CREATE INDEX temp.past_{name}_key ON past_{name} ({})", key.join(", ")))?;
        for owner in ["cohort", "person", "participation"].iter().filter(|o| table.columns[1..].contains(o)) {
            self.conn.execute_batch(&format!("CREATE INDEX temp.past_{name}_{owner} ON past_{name} ({owner})"))?;
        }
        Ok(true)
    }

    /// The last operation of a day or before it; `None` when the file did not exist yet.
    pub fn operation_on(&self, day: Date) -> Result<Option<OpId>> {
        let sql = "SELECT max(number) FROM main.operation WHERE day <= ?1";
        Ok(self.conn.query_row(sql, [day.days()], |r| r.get::<_, Option<OpId>>(0)).optional()?.flatten())
    }

    /// The newest operation.
    pub fn newest_operation(&self) -> Result<OpId> {
        Ok(self.conn.query_row("SELECT coalesce(max(number), 0) FROM operation", [], |r| r.get(0))?)
    }
}
