//! What is wrong with a row before its cells are read.

use crate::domain::Text;
use crate::import::columns::names::Column;
use crate::import::file::rows::{Fault, Row};
use crate::import::laid_out::LaidOut;
use crate::ops::Trouble;
use crate::text;

/// A trouble of a whole row.
pub fn of_row(line: u64, value: String, what: Text, right: Text) -> Trouble {
    Trouble { line: Some(line), field: None, value, what, right: Some(right) }
}

/// Whether the cells of a column are read.
fn is_used(file: &LaidOut, at: usize) -> bool {
    file.layout.columns.get(at).is_none_or(|column| *column != Column::Ignored)
}

/// How a spreadsheet calls a cell: `C2`.
fn cell_name(column: usize, line: u64) -> String {
    let (mut letters, mut rest) = (String::new(), column + 1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{line}")
}

/// What is wrong with a row before its cells are read.
pub fn shape(file: &LaidOut, row: &Row<'_>) -> Option<Trouble> {
    let (line, width) = (row.line, file.layout.columns.len());
    match &row.fault {
        Some(Fault::AfterQuote(column)) => {
            let value = row.cells.get(*column).map_or(String::new(), |c| c.to_string());
            return Some(of_row(
                line,
                value,
                text!("du texte suit un guillemet fermant", "there is text after a closing quote"),
                text!("doublez les guillemets du texte : \"\"", "double the quotes of the text: \"\""),
            ));
        }
        Some(Fault::Error(column, error)) if is_used(file, *column) => {
            let header = file.table.header.get(*column).cloned().unwrap_or_default();
            let cell = cell_name(*column, line);
            return Some(of_row(
                line,
                error.clone(),
                text!(
                    "colonne « {header} », case {cell} : une erreur du tableur",
                    "column “{header}”, cell {cell}: an error of the spreadsheet"
                ),
                text!("corrigez la formule de cette case", "correct the formula of that cell"),
            ));
        }
        Some(Fault::NoResult(column)) if is_used(file, *column) => {
            let header = file.table.header.get(*column).cloned().unwrap_or_default();
            let cell = cell_name(*column, line);
            return Some(of_row(
                line,
                String::new(),
                text!(
                    "colonne « {header} », case {cell} : une formule sans résultat",
                    "column “{header}”, cell {cell}: a formula without a result"
                ),
                text!(
                    "ouvrez le classeur, enregistrez-le et recommencez, ou tapez la valeur",
                    "open the workbook, save it and try again, or type the value"
                ),
            ));
        }
        Some(Fault::Error(..) | Fault::NoResult(_)) | None => {}
    }
    let (found, text_file) = (row.cells.len(), file.table.how.separator.is_some());
    if (text_file && found != width) || found > width && row.cells[width..].iter().any(|c| !c.trim().is_empty()) {
        let separator = file.table.how.separator.unwrap_or("");
        return Some(of_row(
            line,
            String::new(),
            text!("{found} cases au lieu de {width}", "{found} cells instead of {width}"),
            text!(
                "une case par colonne, séparées par « {separator} », entre guillemets si elle contient ce signe",
                "one cell per column, separated by “{separator}”, in quotes when it holds that sign"
            ),
        ));
    }
    let unnamed =
        file.layout.columns.iter().zip(&row.cells).find(|(c, cell)| **c == Column::Unnamed && !cell.trim().is_empty());
    unnamed.map(|(_, cell)| {
        of_row(
            line,
            cell.to_string(),
            text!("une case sans en-tête de colonne", "a cell without a column header"),
            text!("donnez un en-tête à la colonne, ou videz-la", "give the column a header, or empty it"),
        )
    })
}
