//! The figures of finished sheets, one by one: the words that name each, and its number exactly as printed.

use crate::sheet::{Cell, ColumnKind, Sheet};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
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
            let columns = number_columns(sheet);
            each_row(sheet, &columns, |key, shown| {
                let place = |column: &str| FigureName {
                    section: sheet.key.clone(),
                    key: key.to_owned(),
                    column: column.to_owned(),
                };
                columns.iter().zip(shown).for_each(|(at, shown)| figures.put(place(sheet.columns[*at].key), *shown));
            });
        }
        figures
    }
    /// Adds the figures of a section that [`pack`] packed; says whether they could be read.
    pub fn unpack(&mut self, section: &str, packed: &str) -> bool {
        let Ok(Packed { columns, rows }) = serde_json::from_str(packed) else { return false };
        for row in rows {
            let [Some(key), values @ ..] = row.as_slice() else { return false };
            let shown = values.iter().map(|value| match value {
                None => Shown::Masked,
                Some(text) => Printed::parse(text).map_or(Shown::Nothing, Shown::Number),
            });
            let mut shown: Vec<Shown> = shown.collect();
            mask_followers(section, &columns, &mut shown);
            for (column, shown) in columns.iter().zip(shown) {
                let name = FigureName { section: section.to_owned(), key: key.to_string(), column: column.to_string() };
                self.put(name, shown);
            }
        }
        true
    }
    /// What stands in a place; nothing where there is no such row.
    pub fn get(&self, name: &FigureName) -> Shown {
        self.shown.get(name).copied().unwrap_or(Shown::Nothing)
    }
    fn put(&mut self, name: FigureName, shown: Shown) {
        if self.shown.insert(name.clone(), shown).is_none() {
            self.names.push(name);
        }
    }
}

/// The figures of a section as they are kept: names of columns, then the words and the values of each row.
#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    columns: Vec<Cow<'a, str>>,
    /// Values in machine notation: `""` where nothing stands, `null` where a figure is masked.
    rows: Vec<Vec<Option<Cow<'a, str>>>>,
}

/// The figures of a finished sheet, packed as text; nothing for a section without figures of named rows.
pub fn pack(sheet: &Sheet) -> serde_json::Result<Option<String>> {
    let numbers = number_columns(sheet);
    if numbers.is_empty() {
        return Ok(None);
    }
    let columns = numbers.iter().map(|at| Cow::Borrowed(sheet.columns[*at].key)).collect();
    let mut rows = Vec::with_capacity(sheet.rows.len());
    each_row(sheet, &numbers, |key, shown| {
        let mut row = vec![Some(Cow::Owned(key.to_owned()))];
        row.extend(shown.iter().map(|shown| match shown {
            Shown::Masked => None,
            Shown::Nothing => Some(Cow::Borrowed("")),
            Shown::Number(printed) => Some(Cow::Owned(printed.text())),
        }));
        rows.push(row);
    });
    serde_json::to_string(&Packed { columns, rows }).map(Some)
}

/// Where the numbers of a sheet stand that are no words of its rows; none in a section without named rows.
fn number_columns(sheet: &Sheet) -> Vec<usize> {
    let naming = naming_columns(&sheet.key);
    if naming.is_empty() {
        return Vec::new();
    }
    let columns = sheet.columns.iter().enumerate();
    let numbers = columns.filter(|(_, c)| c.kind == ColumnKind::Number && !naming.contains(&c.key));
    numbers.map(|(at, _)| at).collect()
}

/// Hands over the words of each row and what stands in its number columns; rows with the same words are told apart.
fn each_row(sheet: &Sheet, numbers: &[usize], mut found: impl FnMut(&str, &[Shown])) {
    if numbers.is_empty() {
        return;
    }
    let words: Vec<usize> = naming_columns(&sheet.key).iter().filter_map(|c| sheet.column(c)).collect();
    let columns: Vec<&str> = numbers.iter().map(|at| sheet.columns[*at].key).collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut shown = Vec::with_capacity(numbers.len());
    for row in &sheet.rows {
        let mut key = words.iter().filter_map(|at| word(&row[*at])).collect::<Vec<_>>().join(" ");
        let times = seen.entry(key.clone()).and_modify(|n| *n += 1).or_insert(1);
        if *times > 1 {
            key = format!("{key} #{times}");
        }
        shown.clear();
        shown.extend(numbers.iter().map(|at| match &row[*at] {
            Cell::Masked => Shown::Masked,
            cell => Printed::of(cell).map_or(Shown::Nothing, Shown::Number),
        }));
        mask_followers(&sheet.key, &columns, &mut shown);
        found(&key, &shown);
    }
}

/// The gap to a target is blank where the value is masked. This is not an empty cell: gap and target together would
/// reveal it.
fn mask_followers(section: &str, columns: &[impl AsRef<str>], shown: &mut [Shown]) {
    let place = |name: &str| columns.iter().position(|column| column.as_ref() == name);
    if section == "indicators"
        && let (Some(value), Some(gap)) = (place("value"), place("gap"))
        && shown.get(value) == Some(&Shown::Masked)
        && let Some(gap) = shown.get_mut(gap)
    {
        *gap = Shown::Masked;
    }
}

/// A stable word of a cell that names a row; words in a language do not.
fn word(cell: &Cell) -> Option<Cow<'_, str>> {
    match cell {
        Cell::Text(text) if !text.is_empty() => Some(Cow::Borrowed(text)),
        Cell::Month(month) => Some(Cow::Owned(month.to_string())),
        Cell::Int(n) => Some(Cow::Owned(n.to_string())),
        _ => None,
    }
}
