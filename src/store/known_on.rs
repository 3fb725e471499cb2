//! The file as it was after an earlier operation: a temporary view of the same name over each journaled table.

use super::open::Store;
use super::table::TABLES;
use crate::domain::Date;
use anyhow::Result;
use rusqlite::OptionalExtension;

impl Store {
    /// From now on this connection reads the file as it was after operation `op`. Every statement runs unchanged,
    /// because a temporary view shadows the table of its name.
    pub fn known_on(&self, op: i64) -> Result<()> {
        for table in TABLES {
            let past: Vec<String> = table
                .columns
                .iter()
                .enumerate()
                .map(|(i, c)| format!("json_extract(row, '$[{i}]') AS \"{c}\""))
                .collect();
            self.conn.execute_batch(&format!(
                "CREATE TEMP VIEW {name} AS SELECT {columns}, op FROM main.{name} WHERE op <= {op} \
                 UNION ALL SELECT {past}, op_from FROM main.history WHERE kind = '{name}' AND op_from <= {op} AND op_to > {op};",
                name = table.name,
                columns = table.list(""),
                past = past.join(", "),
            ))?;
        }
        self.conn.execute_batch(&format!(
            "CREATE TEMP VIEW operation AS SELECT * FROM main.operation WHERE number <= {op};"
        ))?;
        Ok(())
    }

    /// The last operation of a day or before it; `None` when the file did not exist yet.
    pub fn operation_on(&self, day: Date) -> Result<Option<i64>> {
        let sql = "SELECT max(number) FROM main.operation WHERE day <= ?1";
        Ok(self.conn.query_row(sql, [day.days()], |r| r.get::<_, Option<i64>>(0)).optional()?.flatten())
    }

    /// The newest operation.
    pub fn newest_operation(&self) -> Result<i64> {
        Ok(self.conn.query_row("SELECT coalesce(max(number), 0) FROM operation", [], |r| r.get(0))?)
    }
}
