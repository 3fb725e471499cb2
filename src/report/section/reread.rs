//! The heads of rows that were read back from a file, from their codes.

use super::head::{BpfLine, Counted, Head, Span};
use super::{Section, bpf, financial};
use crate::domain::{ClosedList, Date, Month};
use crate::report::aftermath::Point;
use crate::report::indicator;
use crate::report::quantity::Whom;
use crate::report::situation::Scheme;
use crate::sheet::{Cell, Sheet};

/// A section read back from a file.
pub fn counted(sheet: Sheet) -> Counted {
    Counted { heads: heads(&sheet), sheet }
}

/// The heads of the rows of a sheet, from their codes.
pub fn heads(sheet: &Sheet) -> Vec<Option<Head>> {
    let Some(section) = Section::from_code(&sheet.key) else { return Vec::new() };
    let at = |column: &str| sheet.column(column);
    let columns: [Option<usize>; 3] = match section {
        Section::Monthly => [at("cohort"), at("month"), None],
        Section::Exits => [at("cohort"), at("scheme"), at("point")],
        Section::Indicators => [at("cohort"), at("indicator"), None],
        Section::Agreed => [at("row"), at("figure"), None],
        Section::Esf => [None, at("indicator"), None],
        Section::Bpf => [at("year"), at("frame"), at("line")],
        Section::Financial => [at("cohort"), at("side"), at("class")],
        Section::Attendance | Section::People | Section::Placements | Section::Followups | Section::Quality => {
            return Vec::new();
        }
    };
    let span = at("span");
    let head = |row: &Vec<Cell>| {
        // What is counted since the start is a number of its own.
        if span.and_then(|at| row.get(at)).is_some_and(|cell| word(cell) == Span::SinceStart.code()) {
            return None;
        }
        let [first, second, third] = columns.map(|at| at.and_then(|at| row.get(at)).map(word).unwrap_or_default());
        let of = || Whom::of(&first);
        match section {
            Section::Monthly => Some(Head::Month(month_of(&second)?, of())),
            Section::Exits => Some(Head::Exits(Scheme::from_code(&second)?, Point::from_code(&third)?, of())),
            Section::Indicators => Some(indicator_head(&second, of())),
            Section::Agreed => agreed_head(&second, of()),
            Section::Esf => Some(Head::Esf(second.into())),
            Section::Bpf => Some(Head::Bpf(first.parse().ok()?, bpf_line(&second, &third)?)),
            Section::Financial if second == financial::COST => Some(Head::Cost(financial::divisor(&third)?, of())),
            _ => None,
        }
    };
    sheet.rows.iter().map(head).collect()
}

/// `2018-11`.
fn month_of(code: &str) -> Option<Month> {
    Date::parse_iso(&format!("{code}-01")).ok().map(Date::in_month)
}

/// The head of a figure that an indicator of this version prints.
fn agreed_head(name: &str, of: Whom) -> Option<Head> {
    indicator::find(name).map(|(found, variant)| Head::Indicator(found.row(variant, of)))
}

fn indicator_head(name: &str, of: Whom) -> Head {
    match indicator::find(name) {
        Some((found, variant)) => Head::Indicator(found.row(variant, of)),
        None => Head::Foreign(name.into(), of),
    }
}

/// A line from the codes of its row; nothing for a frame that the return does not have.
fn bpf_line(frame: &str, line: &str) -> Option<BpfLine> {
    let (frame, _) = bpf::FRAMES.into_iter().find(|(known, _)| *known == frame)?;
    Some(BpfLine { frame, line: line.into() })
}

/// The stable word of a cell: a code, a month; empty when there is none.
pub fn word(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => words.clone(),
        Cell::Words(words) => words.en.to_string(),
        Cell::Int(value) => value.to_string(),
        Cell::Month(month) => month.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Masked => "c".to_owned(),
        _ => String::new(),
    }
}
