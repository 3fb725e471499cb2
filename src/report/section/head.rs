//! What heads a row of figures: with the column, it names the quantity that a cell prints. A row made by a section
//! carries its head to the suppression; that of a row read back from a file is read from its codes.

use super::{Section, bpf, financial};
use crate::domain::{ClosedList, Date, Month};
use crate::report::indicator::{self, counts};
use crate::report::outcome::Point;
use crate::report::quantity::{What, Whom};
use crate::report::situation::Scheme;
use crate::sheet::{Cell, Sheet};
use std::sync::Arc;

/// What a row of figures is about.
#[derive(Debug, Clone)]
pub enum Head {
    /// A month of a cohort, or of all.
    Month(Month, Whom),
    /// The exits of a cohort, in a scheme, at a point.
    Exits(Scheme, Point, Whom),
    /// An indicator.
    Indicator(counts::Row),
    /// An indicator that this version does not know, by its name: a file of another version.
    Foreign(Arc<str>, Whom),
    /// A line of the ESF+ file.
    Esf(Arc<str>),
    /// A line of the yearly return: its year, then its frame and line.
    Bpf(i32, bpf::Line),
    /// The charges over some people.
    Cost(What, Whom),
}

/// A finished section whose rows of figures know what they are about.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The section as it is printed.
    pub sheet: Sheet,
    /// The head of each row; nothing for a row without counts of people, and none at all for a section without any.
    pub heads: Vec<Option<Head>>,
}

impl Counted {
    /// A section without rows yet.
    pub fn new(sheet: Sheet) -> Counted {
        Counted { sheet, heads: Vec::new() }
    }
    /// Adds a row.
    pub fn push(&mut self, head: Option<Head>, row: Vec<Cell>) {
        self.sheet.rows.push(row);
        self.heads.push(head);
    }
    /// A section read back from a file.
    pub fn reread(sheet: Sheet) -> Counted {
        Counted { heads: reread(&sheet), sheet }
    }
}

/// The heads of the rows of a sheet, from their codes.
pub fn reread(sheet: &Sheet) -> Vec<Option<Head>> {
    let Some(section) = Section::from_code(&sheet.key) else { return Vec::new() };
    let at = |column: &str| sheet.column(column);
    let columns: [Option<usize>; 3] = match section {
        Section::Monthly => [at("cohort"), at("month"), None],
        Section::Exits => [at("cohort"), at("scheme"), at("point")],
        Section::Indicators => [at("cohort"), at("indicator"), None],
        Section::Esf => [None, at("indicator"), None],
        Section::Bpf => [at("year"), at("frame"), at("line")],
        Section::Financial => [at("cohort"), at("side"), at("class")],
        Section::Attendance | Section::People | Section::Placements | Section::Followups | Section::Quality => {
            return Vec::new();
        }
    };
    let head = |row: &Vec<Cell>| {
        let [first, second, third] = columns.map(|at| at.and_then(|at| row.get(at)).map(word).unwrap_or_default());
        let of = || Whom::of(&first);
        match section {
            Section::Monthly => Some(Head::Month(month_of(&second)?, of())),
            Section::Exits => Some(Head::Exits(Scheme::from_code(&second)?, Point::from_code(&third)?, of())),
            Section::Indicators => Some(indicator_head(&second, of())),
            Section::Esf => Some(Head::Esf(second.into())),
            Section::Bpf => Some(Head::Bpf(first.parse().ok()?, bpf::Line::read(&second, &third)?)),
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

fn indicator_head(name: &str, of: Whom) -> Head {
    match indicator::find(name) {
        Some((found, variant)) => Head::Indicator(found.row(variant, of)),
        None => Head::Foreign(name.into(), of),
    }
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
