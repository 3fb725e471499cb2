//! What the inspection of a folder found, and where.

use crate::domain::Text;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// Whether a finding keeps the folder from being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// It must not be sent as it is.
    Error,
    /// Worth a look.
    Warning,
}

/// One finding, and where.
#[derive(Debug)]
pub struct Finding {
    /// The file.
    pub file: String,
    /// The row, from 1; 0 is the header.
    pub row: Option<usize>,
    /// The column, empty for a whole row or file.
    pub column: String,
    /// What was found, as a stable code.
    pub code: &'static str,
    /// Whether it keeps the folder from being sent.
    pub severity: Severity,
    /// What was found, in words.
    pub message: Text,
}

impl Finding {
    /// A finding about a file that keeps the folder from being sent.
    pub fn error(file: &str, code: &'static str, message: Text) -> Finding {
        let (file, severity) = (file.to_owned(), Severity::Error);
        Finding { file, row: None, column: String::new(), code, severity, message }
    }
    /// A finding about a file that is worth a look.
    pub fn warning(file: &str, code: &'static str, message: Text) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(file, code, message) }
    }
    /// The same at a row and a column of the file.
    pub fn at(self, row: usize, column: &str) -> Finding {
        Finding { row: Some(row), column: column.to_owned(), ..self }
    }
}

/// The findings, a row each.
pub fn sheet(found: &[Finding]) -> Sheet {
    let code = |key, fr, en| Column::new(key, fr, en, ColumnKind::Code);
    let columns = vec![
        code("file", "Fichier", "File"),
        code("row", "Ligne", "Row"),
        code("column", "Colonne", "Column"),
        code("finding", "Constat", "Finding"),
        code("severity", "Gravité", "Severity").hide_first(2),
        Column::new("message", "En clair", "In words", ColumnKind::Text).hide_first(1),
    ];
    let mut sheet = Sheet::new("check", columns);
    sheet.rows = found
        .iter()
        .map(|f| {
            vec![
                Cell::Text(f.file.clone()),
                Cell::int(f.row.map(|row| row as i64)),
                Cell::text((!f.column.is_empty()).then(|| f.column.clone())),
                Cell::Text(f.code.to_owned()),
                Cell::Text(if f.severity == Severity::Error { "error" } else { "warning" }.to_owned()),
                Cell::Words(f.message.clone()),
            ]
        })
        .collect();
    sheet
}
