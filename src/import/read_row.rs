//! One row to one request, or the troubles of each of its cells.

use crate::domain::id::RecordId;
use crate::domain::kind::{Holds, Target};
use crate::domain::number::parse_int;
use crate::domain::placement::says_prehire;
use crate::domain::{Kind, Text, Value};
use crate::import::cells;
use crate::import::columns::header::Column;
use crate::import::file::rows::{Fault, Row};
use crate::import::laid_out::LaidOut;
use crate::import::options::{EmptyCell, Options};
use crate::ops::{Request, Said, Trouble};
use crate::text;

/// A trouble of a whole row.
pub fn of_row(line: u64, value: String, what: Text, right: Text) -> Trouble {
    Trouble { line: Some(line), field: None, value, what, right: Some(right) }
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
        Some(Fault::Error(column, error)) => {
            let header = file.table.header.get(*column).cloned().unwrap_or_default();
            return Some(of_row(
                line,
                error.clone(),
                text!("colonne « {header} » : une erreur du tableur", "column “{header}”: an error of the spreadsheet"),
                text!("corrigez la formule de cette case", "correct the formula of that cell"),
            ));
        }
        None => {}
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

/// The request of a row.
pub fn request(file: &LaidOut, row: &Row<'_>, options: &Options<'_>) -> Result<Request, Vec<Trouble>> {
    if let Some(trouble) = shape(file, row) {
        return Err(vec![trouble]);
    }
    let kind = file.kind();
    let mut request = Request::new(kind);
    request.line = Some(row.line);
    let mut troubles = Vec::new();
    let mut reference = None;
    for ((column, order), text) in file.layout.columns.iter().zip(&file.orders).zip(&row.cells) {
        match column {
            Column::Field(position) => {
                let field = &kind.fields()[*position];
                match cells::parse(field, text, &cells::Reading { dates: *order }) {
                    Ok(Some(value)) => request.said[*position] = Said::Given(value),
                    Ok(None) if options.empty == EmptyCell::Blanks => request.said[*position] = Said::Blank,
                    Ok(None) => {}
                    Err(wrong) => troubles.push(wrong.at(row.line, field.name, text)),
                }
                if kind == Kind::Placements && field.name == "type" && says_prehire(text) {
                    mission(&mut request, file);
                }
            }
            Column::Id => match number(kind, text) {
                Ok(id) => request.id = id,
                Err((what, right)) => troubles.push(Trouble {
                    line: Some(row.line),
                    field: Some("id"),
                    value: text.to_string(),
                    what,
                    right: Some(right),
                }),
            },
            Column::Reference if !text.trim().is_empty() => reference = Some(text.trim().to_owned()),
            _ => {}
        }
    }
    if let Some(reference) = reference {
        name_by_reference(&mut request, reference);
    }
    if troubles.is_empty() { Ok(request) } else { Err(troubles) }
}

/// The everyday word `mission` is a pre-hire mission, unless the row says otherwise.
fn mission(request: &mut Request, file: &LaidOut) {
    let Some(position) = file.kind().position("prehire") else { return };
    if !file.layout.columns.contains(&Column::Field(position)) {
        request.said[position] = Said::Given(Value::Bool(true));
    }
}

/// A person is named by the school's reference where there is no slug.
fn name_by_reference(request: &mut Request, reference: String) {
    let person = |f: &crate::domain::kind::Field| matches!(f.holds, Holds::Ref(Target::Trainee));
    let Some(position) = request.kind.fields().iter().position(person) else { return };
    if !matches!(request.said[position], Said::Given(_)) {
        request.said[position] = Said::Given(Value::Text(reference));
    }
}

fn number(kind: Kind, text: &str) -> Result<Option<RecordId>, (Text, Text)> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    if !kind.numbered() {
        return Err((
            text!("les fiches de ce genre n'ont pas de numéro", "the records of this kind have no number"),
            text!("laissez la case vide", "leave the cell empty"),
        ));
    }
    match parse_int(text) {
        Ok(id) if id > 0 => Ok(Some(RecordId::from_number(id))),
        _ => Err((
            text!("un numéro de fiche est un nombre entier", "a record number is a whole number"),
            text!("laissez « id » vide pour une nouvelle fiche", "leave “id” empty for a new record"),
        )),
    }
}
