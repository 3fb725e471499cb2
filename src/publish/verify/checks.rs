//! The checks of a verification, a row each.

use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// Where a check looked: its name, a file, a row and a column.
pub struct Place<'a> {
    /// The check.
    pub check: &'a str,
    /// The file, or what else was looked at.
    pub file: &'a str,
    /// The row, from 1 or by its words.
    pub row: &'a str,
    /// The machine column.
    pub column: &'a str,
}

/// The checks so far.
pub struct Checks {
    /// As a sheet.
    pub sheet: Sheet,
}

impl Checks {
    /// None so far.
    pub fn none() -> Checks {
        let code = |key, fr, en| Column::new(key, fr, en, ColumnKind::Code);
        let text = |key, fr, en| Column::new(key, fr, en, ColumnKind::Text);
        let columns = vec![
            code("check", "Vérification", "Check"),
            code("file", "Fichier", "File"),
            code("row", "Ligne", "Row"),
            code("column", "Colonne", "Column"),
            text("written", "Écrit", "Written").hide_first(1),
            text("computed", "Recalculé", "Computed").hide_first(2),
            Column::new("holds", "Tient", "Holds", ColumnKind::Bool),
        ];
        Checks { sheet: Sheet::new("verify", columns) }
    }
    fn push(&mut self, place: &Place<'_>, values: [String; 2], holds: bool) {
        let filled = |text: &str| Cell::text((!text.is_empty()).then(|| text.to_owned()));
        let mut cells: Vec<Cell> = [place.check, place.file, place.row, place.column].into_iter().map(filled).collect();
        cells.extend(values.iter().map(|value| filled(value)));
        cells.push(Cell::Bool(holds));
        self.sheet.rows.push(cells);
    }
    /// A check of a file holds.
    pub fn hold(&mut self, check: &str, file: &str) {
        self.push(&Place { check, file, row: "", column: "" }, [String::new(), String::new()], true);
    }
    /// A check of a file fails: what is written, and what it should be.
    pub fn fail(&mut self, check: &str, file: &str, [written, computed]: [&str; 2]) {
        self.fail_at(&Place { check, file, row: "", column: "" }, [written.to_owned(), computed.to_owned()]);
    }
    /// A check of one cell fails.
    pub fn fail_at(&mut self, place: &Place<'_>, values: [String; 2]) {
        self.push(place, values, false);
    }
    /// Says that a check holds of a file when nothing was added since there were so many rows.
    pub fn hold_since(&mut self, rows: usize, check: &str, file: &str) {
        if self.sheet.rows.len() == rows {
            self.hold(check, file);
        }
    }
    /// How many fail.
    pub fn failed(&self) -> usize {
        self.sheet.rows.iter().filter(|row| row.last() == Some(&Cell::Bool(false))).count()
    }
}
