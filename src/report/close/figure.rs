//! The figures of finished sheets, one by one: the words that name each, and its number exactly as printed.

use crate::sheet::{Cell, ColumnKind, Sheet};
use std::collections::HashMap;

/// How the decimals of a printed number are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimals {
    /// At least this many.
    Fixed(u8),
    /// At most two, without zeros at the end: hours.
    Trimmed,
}

/// A number as printed: differences of printed numbers add up, those of the exact ones behind need not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// Its value in hundredths.
    pub hundredths: i64,
    /// How its decimals are written.
    pub decimals: Decimals,
}

impl Printed {
    /// The number of a cell; nothing when it holds none.
    pub fn of(cell: &Cell) -> Option<Printed> {
        let fixed = |hundredths, scale| Some(Printed { hundredths, decimals: Decimals::Fixed(scale) });
        match *cell {
            Cell::Int(n) => fixed(n.saturating_mul(100), 0),
            Cell::Decimal { value, scale } => {
                let up = 10i64.saturating_pow(2u32.saturating_sub(scale.into()));
                fixed(value.saturating_mul(up), scale.min(2))
            }
            Cell::Cents(cents) => fixed(cents, 2),
            Cell::Hours(minutes) => {
                let size = (i128::from(minutes).abs() * 100 + 30) / 60;
                let hundredths = i64::try_from(size * i128::from(minutes.signum())).unwrap_or(i64::MAX);
                Some(Printed { hundredths, decimals: Decimals::Trimmed })
            }
            _ => None,
        }
    }
    /// Another number written with the same decimals.
    pub fn with(self, hundredths: i64) -> Printed {
        Printed { hundredths, ..self }
    }
    /// The number as a cell.
    pub fn cell(self) -> Cell {
        let least = match self.hundredths {
            n if n % 100 == 0 => 0,
            n if n % 10 == 0 => 1,
            _ => 2,
        };
        let scale = match self.decimals {
            Decimals::Fixed(scale) => least.max(scale),
            Decimals::Trimmed => least,
        };
        match scale {
            0 => Cell::Int(self.hundredths / 100),
            1 => Cell::Decimal { value: self.hundredths / 10, scale },
            _ => Cell::Decimal { value: self.hundredths, scale: 2 },
        }
    }
    /// The number in machine notation.
    pub fn text(self) -> String {
        crate::sheet::number::exact(&self.cell(), crate::sheet::number::Mark::Point).unwrap_or_default()
    }
    /// Reads machine notation back; the decimals written decide how it is printed.
    pub fn parse(text: &str) -> Option<Printed> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        if decimals.len() > 2 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits: i64 = format!("{whole}{decimals:0<2}").parse().ok()?;
        Some(Printed { hundredths: digits, decimals: Decimals::Fixed(decimals.len() as u8) })
    }
}

/// What names a figure: section, words of its row, column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureName {
    /// Section.
    pub section: String,
    /// The words of its row, joined by a space: `entrants *`, `P1 2018-11`.
    pub key: String,
    /// Machine column.
    pub column: String,
}

/// What stands in a figure's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A number.
    Number(Printed),
    /// Nothing: the base is empty.
    Nothing,
    /// A `c`.
    Masked,
}

impl Shown {
    /// The number in hundredths; nothing counts as zero.
    pub fn hundredths(self) -> i64 {
        match self {
            Shown::Number(printed) => printed.hundredths,
            Shown::Nothing | Shown::Masked => 0,
        }
    }
    /// How its decimals are written, where a number stands.
    pub fn printed(self) -> Option<Printed> {
        match self {
            Shown::Number(printed) => Some(printed),
            Shown::Nothing | Shown::Masked => None,
        }
    }
    /// As a cell.
    pub fn cell(self) -> Cell {
        match self {
            Shown::Number(printed) => printed.cell(),
            Shown::Nothing => Cell::Empty,
            Shown::Masked => Cell::Masked,
        }
    }
}

/// The figures of an export, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Names in order.
    pub names: Vec<FigureName>,
    /// What stands in each place.
    pub shown: HashMap<FigureName, Shown>,
}

/// The columns whose words name a row of a section; none for a section that holds no figures of named rows.
fn naming_columns(section: &str) -> &'static [&'static str] {
    match section {
        "monthly" => &["cohort", "month"],
        "indicators" => &["indicator", "cohort"],
        "exits" => &["cohort", "scheme", "point"],
        "attendance" => &["cohort", "trainee"],
        "people" => &["person", "cohort"],
        "esf" => &["indicator"],
        "bpf" => &["year", "frame", "line"],
        "financial" => &["cohort", "side", "class", "label"],
        "followups" => &["cohort", "trainee", "point"],
        _ => &[],
    }
}

impl Figures {
    /// The figures of finished sheets.
    pub fn of(sheets: &[Sheet]) -> Figures {
        let mut figures = Figures::default();
        for sheet in sheets {
            figures.read(sheet);
        }
        figures
    }
    /// What stands in a place; nothing where there is no such row.
    pub fn get(&self, name: &FigureName) -> Shown {
        self.shown.get(name).copied().unwrap_or(Shown::Nothing)
    }
    fn read(&mut self, sheet: &Sheet) {
        let naming = naming_columns(&sheet.key);
        if naming.is_empty() {
            return;
        }
        let words: Vec<usize> = naming.iter().filter_map(|c| sheet.column(c)).collect();
        let number = |c: &&(usize, &crate::sheet::Column)| c.1.kind == ColumnKind::Number && !words.contains(&c.0);
        let all: Vec<(usize, &crate::sheet::Column)> = sheet.columns.iter().enumerate().collect();
        let numbers: Vec<&(usize, &crate::sheet::Column)> = all.iter().filter(number).collect();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for row in &sheet.rows {
            let parts: Vec<String> = words.iter().filter_map(|at| word(&row[*at])).collect();
            let mut key = parts.join(" ");
            let times = seen.entry(key.clone()).and_modify(|n| *n += 1).or_insert(1);
            if *times > 1 {
                key = format!("{key} #{times}");
            }
            for (at, column) in &numbers {
                let shown = match &row[*at] {
                    Cell::Masked => Shown::Masked,
                    cell => Printed::of(cell).map_or(Shown::Nothing, Shown::Number),
                };
                let name = FigureName { section: sheet.key.clone(), key: key.clone(), column: column.key.to_owned() };
                if self.shown.insert(name.clone(), shown).is_none() {
                    self.names.push(name);
                }
            }
        }
    }
}

/// A stable word of a cell that names a row; words in a language do not.
fn word(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) if !text.is_empty() => Some(text.clone()),
        Cell::Month(month) => Some(month.to_string()),
        Cell::Int(n) => Some(n.to_string()),
        _ => None,
    }
}
