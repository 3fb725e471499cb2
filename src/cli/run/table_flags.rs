//! Sorting, cutting and choosing columns of a table: `-S`, `-L`, `--columns`.

use super::terminal::short;
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::parser::suggest::nearest;
use crate::domain::folding::fold;
use crate::domain::{Refusal, Text};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::text;
use std::cmp::Ordering;

/// What was done to a table that people should hear about.
pub struct Selected {
    /// The table that is left.
    pub sheet: Sheet,
    /// How many rows `-L` cut off.
    pub cut: usize,
}

/// Applies `-S`, `-L` and `--columns` to one table.
pub fn apply(sheet: Sheet, matches: &Matches) -> Result<Selected, Refusal> {
    if matches.text(&flags::COLUMNS) == Some("list") {
        return Ok(Selected { sheet: list_of_columns(&sheet), cut: 0 });
    }
    let mut sheet = sheet;
    if let Some(key) = matches.text(&flags::SORT) {
        sort(&mut sheet, key)?;
    }
    let mut cut = 0;
    if let Some(typed) = matches.text(&flags::LIMIT) {
        let limit = limit(typed)?;
        cut = sheet.rows.len().saturating_sub(limit);
        sheet.rows.truncate(limit);
    }
    if let Some(typed) = matches.text(&flags::COLUMNS) {
        sheet = with_columns(&sheet, typed)?;
    }
    Ok(Selected { sheet, cut })
}

fn limit(typed: &str) -> Result<usize, Refusal> {
    typed.parse().ok().filter(|n| *n > 0).ok_or_else(|| {
        let typed = short(typed);
        Refusal::usage(text!("« {typed} » n'est pas un nombre de lignes", "“{typed}” is not a number of rows"))
            .hint(text!("Un nombre entier à partir de 1 : -L 20", "A whole number from 1: -L 20"))
    })
}

fn sort(sheet: &mut Sheet, key: &str) -> Result<(), Refusal> {
    let (name, descending) = match key.rsplit_once(':') {
        Some((name, "desc")) => (name, true),
        Some((name, "asc")) => (name, false),
        _ => (key, false),
    };
    let at = position(sheet, name)?;
    // A stable sort, so that rows equal in this column keep the table's own total order.
    sheet.rows.sort_by(|a, b| {
        let (a, b) = (&a[at], &b[at]);
        match (a, b) {
            (Cell::Empty, Cell::Empty) => Ordering::Equal,
            (Cell::Empty, _) => Ordering::Greater,
            (_, Cell::Empty) => Ordering::Less,
            _ if descending => compare(b, a),
            _ => compare(a, b),
        }
    });
    Ok(())
}

fn compare(a: &Cell, b: &Cell) -> Ordering {
    if let (Some(a), Some(b)) = (amount(a), amount(b)) {
        return (a.0 * b.1).cmp(&(b.0 * a.1));
    }
    match (a, b) {
        (Cell::Text(a), Cell::Text(b)) => fold(a).cmp(&fold(b)).then_with(|| a.cmp(b)),
        (Cell::Words(a), Cell::Words(b)) => fold(&a.en).cmp(&fold(&b.en)),
        _ => a.cmp(b),
    }
}

/// A number as a fraction: whole marks and marks with decimals stand in one column.
fn amount(cell: &Cell) -> Option<(i128, i128)> {
    match *cell {
        Cell::Int(value) => Some((value.into(), 1)),
        Cell::Decimal { value, scale } => Some((value.into(), 10_i128.pow(scale.into()))),
        Cell::Hours(minutes) => Some((minutes.into(), 60)),
        Cell::Cents(cents) => Some((cents.into(), 100)),
        _ => None,
    }
}

fn with_columns(sheet: &Sheet, typed: &str) -> Result<Sheet, Refusal> {
    let names = typed.split(',').map(str::trim).filter(|name| !name.is_empty());
    let chosen = names.map(|name| position(sheet, name)).collect::<Result<Vec<_>, _>>()?;
    if chosen.is_empty() {
        return Err(unknown(sheet, typed));
    }
    // What was asked for by name is not hidden on a narrow screen.
    let columns = chosen.iter().map(|at| Column { hide_first: 0, ..sheet.columns[*at].clone() }).collect();
    let rows = sheet.rows.iter().map(|row| chosen.iter().map(|at| row[*at].clone()).collect()).collect();
    Ok(Sheet { columns, rows, ..Sheet { rows: Vec::new(), ..sheet.clone() } })
}

fn list_of_columns(sheet: &Sheet) -> Sheet {
    let columns = vec![
        Column::new("column", "Colonne", "Column", ColumnKind::Code),
        Column::new("header", "Titre", "Header", ColumnKind::Text),
    ];
    let row = |column: &Column| vec![Cell::Text(column.machine().to_owned()), Cell::Words(column.header.clone())];
    Sheet { rows: sheet.columns.iter().map(row).collect(), ..Sheet::new("columns", columns) }
}

/// The column that has this key or this header in either language, accents and case ignored.
fn position(sheet: &Sheet, name: &str) -> Result<usize, Refusal> {
    let wanted = bare(name);
    let named = |column: &Column| {
        let headers = [column.machine(), &column.header.fr, &column.header.en];
        headers.iter().any(|header| bare(header) == wanted)
    };
    sheet.columns.iter().position(named).ok_or_else(|| unknown(sheet, name))
}

fn unknown(sheet: &Sheet, name: &str) -> Refusal {
    let shown = short(name);
    let keys: Vec<&str> = sheet.columns.iter().map(|column| column.machine()).collect();
    let all = keys.join(", ");
    let refusal = Refusal::usage(text!("la colonne « {shown} » n'existe pas ici", "there is no column “{shown}” here"))
        .why(text!("Colonnes : {all}", "Columns: {all}"));
    match nearest(name, keys) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire « {near} » ?", "Did you mean “{near}”?")),
        None => refusal,
    }
}

/// A column name as it is compared: spaces and underscores do not count.
fn bare(name: &str) -> String {
    fold(name).replace([' ', '_'], "")
}

/// Told when rows were left out.
pub fn cut_sentence(shown: usize, cut: usize) -> Text {
    let all = shown + cut;
    text!("({shown} lignes sur {all})", "({shown} rows of {all})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> Sheet {
        let columns = vec![
            Column::new("last_name", "Nom", "Last name", ColumnKind::Text),
            Column::new("attendance_pct", "Présence (%)", "Attendance (%)", ColumnKind::Number).hide_first(3),
        ];
        let rows = [("Zoé", Some(5)), ("Élie", None), ("Adam", Some(12))];
        let rows = rows.map(|(name, n)| vec![Cell::Text(name.to_owned()), Cell::int(n)]).to_vec();
        Sheet { rows, ..Sheet::new("people", columns) }
    }

    #[track_caller]
    fn check(key: &str, want: [&str; 3]) {
        let mut sheet = people();
        sort(&mut sheet, key).unwrap();
        let names: Vec<_> = sheet.rows.iter().map(|row| row[0].clone()).collect();
        assert_eq!(names, want.map(|name| Cell::Text(name.to_owned())));
    }

    #[test]
    fn rows_are_sorted_without_accents_and_absent_values_come_last() {
        check("last_name", ["Adam", "Élie", "Zoé"]);
        check("nom:desc", ["Zoé", "Élie", "Adam"]);
        check("attendance_pct", ["Zoé", "Adam", "Élie"]);
        check("présence (%):desc", ["Adam", "Zoé", "Élie"]);
    }

    #[test]
    fn numbers_are_sorted_by_their_value_whatever_their_decimals() {
        let mut sheet = people();
        let marks = [Cell::Int(8), Cell::Decimal { value: 750, scale: 2 }, Cell::Decimal { value: 85, scale: 1 }];
        for (row, mark) in sheet.rows.iter_mut().zip(marks.clone()) {
            row[1] = mark;
        }
        sort(&mut sheet, "attendance_pct").unwrap();
        let sorted: Vec<&Cell> = sheet.rows.iter().map(|row| &row[1]).collect();
        assert_eq!(sorted, [&marks[1], &marks[0], &marks[2]]);
        assert_eq!(compare(&Cell::Hours(90), &Cell::Cents(150)), Ordering::Equal);
        assert_eq!(compare(&Cell::Int(-1), &Cell::Decimal { value: -11, scale: 1 }), Ordering::Greater);
    }

    #[test]
    fn an_unknown_column_is_refused_with_the_nearest() {
        let refusal = with_columns(&people(), "last_nam").unwrap_err();
        assert!(refusal.hint.unwrap().en.contains("last_name"));
        assert!(with_columns(&people(), ",").is_err());
    }

    #[test]
    fn columns_come_in_the_order_asked_and_are_not_hidden() {
        let sheet = with_columns(&people(), "attendance_pct,nom").unwrap();
        assert_eq!(
            sheet.columns.iter().map(|c| (c.key, c.hide_first)).collect::<Vec<_>>(),
            [("attendance_pct", 0), ("last_name", 0)]
        );
        assert_eq!(sheet.rows[0], [Cell::Int(5), Cell::Text("Zoé".to_owned())]);
    }

    #[test]
    fn the_limit_is_a_whole_number_from_one() {
        assert_eq!(limit("2").unwrap(), 2);
        for bad in ["0", "-1", "deux", "1.5", ""] {
            assert!(limit(bad).is_err(), "{bad}");
        }
    }
}
