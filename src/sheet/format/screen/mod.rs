//! Tables for people: a terminal of any width, or a pipe with one record per line.

use crate::domain::Lang;
use crate::sheet::number::{Mark, exact};
use crate::sheet::writer::{Charset, Place, Rendered, Style, Tables, Width};
use crate::sheet::{Cell, Column, ColumnKind, Sheet, escape, number_for, phone, yes_no};
use crate::text;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// Spaces between two columns.
const GAP: usize = 2;
/// Below this many columns of terminal each record takes one line per field.
const NARROWEST_TABLE: usize = 40;
/// Below this many columns for a value, it goes under its header instead of beside it.
const NARROWEST_VALUE: usize = 10;
/// A column wider than this is not aligned by eye anyway: then nothing is padded.
const WIDEST_ALIGNED: usize = u16::MAX as usize - GAP;

/// A drawn table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The lines, each ended by a line feed; empty when the table has no rows.
    pub text: String,
    /// Headers of the columns that did not fit, in order.
    pub hidden: Vec<String>,
}

/// Draws one table, or several under their titles.
pub fn write(tables: Tables<'_>, style: &Style) -> anyhow::Result<Rendered> {
    let drawn = match tables {
        Tables::One(sheet) => one(sheet, style),
        Tables::Several(sheets) => many(sheets, style),
    };
    Ok(Rendered { bytes: drawn.text.into_bytes(), hidden: drawn.hidden, guarded: 0 })
}

/// Draws one table. Title and footer are for a terminal: in a pipe there are only the header and the records.
fn one(sheet: &Sheet, style: &Style) -> Drawn {
    if sheet.rows.is_empty() || sheet.columns.is_empty() {
        return Drawn { text: String::new(), hidden: Vec::new() };
    }
    let mut drawn = Grid::new(sheet, style).draw(style);
    if style.place == Place::Terminal {
        if let Some(title) = &sheet.title {
            drawn.text.insert_str(0, &format!("{}\n\n", escape::terminal(title.get(style.lang))));
        }
        for (at, sentence) in sheet.footer.iter().enumerate() {
            let gap = if at == 0 { "\n" } else { "" };
            drawn.text.push_str(&format!("{gap}{}\n", escape::terminal(sentence.get(style.lang))));
        }
    }
    drawn
}

/// Draws several tables one after the other, each under its title, also in a pipe where nothing else would part them.
fn many(sheets: &[Sheet], style: &Style) -> Drawn {
    let mut text = String::new();
    let mut hidden = Vec::new();
    for sheet in sheets {
        if !text.is_empty() {
            text.push('\n');
        }
        let title = sheet.title.as_ref().map_or(sheet.key.as_str(), |title| title.get(style.lang));
        text.push_str(&format!("{}\n\n", escape::terminal(title)));
        let drawn = one(&Sheet { title: None, ..sheet.clone() }, style);
        let nothing = text!("(aucune ligne)", "(no rows)");
        text.push_str(if drawn.text.is_empty() { nothing.get(style.lang) } else { &drawn.text });
        if drawn.text.is_empty() {
            text.push('\n');
        }
        hidden.extend(drawn.hidden);
    }
    Drawn { text, hidden }
}

/// The strings of a table, before their layout is chosen.
struct Grid<'a> {
    sheet: &'a Sheet,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl<'a> Grid<'a> {
    fn new(sheet: &'a Sheet, style: &Style) -> Self {
        let headers = sheet.columns.iter().map(|column| header(column, style.lang)).collect();
        let shown_row = |row: &Vec<Cell>| row.iter().zip(&sheet.columns).map(|(c, col)| shown(c, col, style)).collect();
        Grid { sheet, headers, rows: sheet.rows.iter().map(shown_row).collect() }
    }

    /// A table where it fits, one field per line where it does not.
    fn draw(mut self, style: &Style) -> Drawn {
        let Width::Columns(columns) = style.width else {
            self.align_decimals(style.lang);
            return Drawn { text: self.table(&self.all(), style.place), hidden: Vec::new() };
        };
        let columns = usize::from(columns);
        if columns >= NARROWEST_TABLE {
            let mut aligned = Grid { sheet: self.sheet, headers: self.headers.clone(), rows: self.rows.clone() };
            aligned.align_decimals(style.lang);
            if let Some(visible) = aligned.fitting(columns) {
                let hidden = self.all().into_iter().filter(|at| !visible.contains(at));
                let hidden = hidden.map(|at| self.sheet.columns[at].header.get(style.lang).to_owned()).collect();
                return Drawn { text: aligned.table(&visible, style.place), hidden };
            }
        }
        Drawn { text: self.fields(columns), hidden: Vec::new() }
    }

    fn all(&self) -> Vec<usize> {
        (0..self.headers.len()).collect()
    }

    /// Pads numbers on the right so that, once set flush right, their decimal marks stand under each other.
    fn align_decimals(&mut self, lang: Lang) {
        let mark = Mark::of(lang).char();
        let tail = |text: &str| text.rfind(mark).map_or(0, |mark| text.len() - mark);
        for at in (0..self.headers.len()).filter(|&at| self.sheet.columns[at].kind == ColumnKind::Number) {
            let records = self.rows.iter_mut().zip(&self.sheet.rows);
            let numbers = records.filter(|(_, cells)| exact(&cells[at], Mark::Point).is_some());
            let mut numbers: Vec<&mut String> = numbers.map(|(row, _)| &mut row[at]).collect();
            let longest = numbers.iter().map(|text| tail(text)).max().unwrap_or(0);
            for text in &mut numbers {
                let missing = longest - tail(text);
                text.push_str(&" ".repeat(missing));
            }
        }
    }

    fn widths(&self) -> Vec<usize> {
        let widest = |at: usize| self.rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
        self.headers.iter().enumerate().map(|(at, header)| header.width().max(widest(at))).collect()
    }

    /// The columns that stay, or nothing when even those that are never hidden are too wide together.
    fn fitting(&self, columns: usize) -> Option<Vec<usize>> {
        let widths = self.widths();
        let rank = |at: usize| self.sheet.columns[at].hide_first;
        let mut visible = self.all();
        loop {
            let total: usize = visible.iter().map(|&at| widths[at] + GAP).sum();
            if total.saturating_sub(GAP) <= columns {
                return Some(visible);
            }
            // Among equals the rightmost goes first: `max_by_key` keeps the last.
            match visible.iter().enumerate().max_by_key(|(_, at)| rank(**at)) {
                Some((place, &at)) if rank(at) > 0 => visible.remove(place),
                _ => return None,
            };
        }
    }

    /// Header and rows; a column too wide to be aligned by eye leaves all of them as they are.
    fn table(&self, visible: &[usize], place: Place) -> String {
        let widths = self.widths();
        match place {
            _ if widths.iter().any(|&width| width > WIDEST_ALIGNED) => self.lines(visible, None),
            Place::Pipe => self.lines(visible, Some(&widths)),
            Place::Terminal => self.drawn(visible),
        }
    }

    /// What a person looks at: columns two blanks apart, numbers flush right.
    fn drawn(&self, visible: &[usize]) -> String {
        let mut table = Table::new();
        table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        for row in std::iter::once(&self.headers).chain(&self.rows) {
            table.add_row(visible.iter().map(|&at| row[at].as_str()));
        }
        for (column, &at) in table.column_iter_mut().zip(visible) {
            column.set_padding((0, GAP as u16));
            if self.sheet.columns[at].kind == ColumnKind::Number {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.trim_fmt() + "\n"
    }

    /// What a program reads: one record per line, in the same places as on a screen.
    fn lines(&self, visible: &[usize], widths: Option<&[usize]>) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.headers).chain(&self.rows) {
            for (place, &at) in visible.iter().enumerate() {
                let cell = &row[at];
                let missing = widths.map_or(0, |widths| widths[at] - cell.width());
                let flush_right = self.sheet.columns[at].kind == ColumnKind::Number;
                let (before, after) = if flush_right { (missing, 0) } else { (0, missing) };
                let gap = if place == 0 { 0 } else { GAP };
                blanks(&mut text, gap + before);
                text.push_str(cell);
                blanks(&mut text, after);
            }
            if widths.is_some() {
                text.truncate(text.trim_end().len());
            }
            text.push('\n');
        }
        text
    }

    /// One field per line, a blank line between records.
    fn fields(&self, columns: usize) -> String {
        let label = self.headers.iter().map(|header| header.width()).max().unwrap_or(0) + GAP;
        let records = self.rows.iter().map(|row| {
            let fields = self.headers.iter().zip(row);
            fields.map(|(header, value)| Room { label, columns }.field(header, value)).collect::<String>()
        });
        records.collect::<Vec<_>>().join("\n")
    }
}

fn blanks(text: &mut String, count: usize) {
    text.extend(std::iter::repeat_n(' ', count));
}

/// Room for one field per line.
struct Room {
    label: usize,
    columns: usize,
}

impl Room {
    /// A header and its value; a long value continues under itself, never cut inside a word.
    fn field(&self, header: &str, value: &str) -> String {
        let beside = self.columns.saturating_sub(self.label) >= NARROWEST_VALUE;
        let indent = if beside { self.label } else { GAP };
        let mut text = header.to_owned();
        for (at, line) in wrapped(value, self.columns.saturating_sub(indent)).into_iter().enumerate() {
            if beside && at == 0 {
                text.push_str(&" ".repeat(self.label - header.width()));
            } else {
                text.push('\n');
                text.push_str(&" ".repeat(indent));
            }
            text.push_str(&line);
        }
        text + "\n"
    }
}

fn header(column: &Column, lang: Lang) -> String {
    escape::terminal(column.header.get(lang)).to_uppercase()
}

/// What a person sees of a cell: never empty, never more than one line, nothing that could drive the terminal.
fn shown(cell: &Cell, column: &Column, style: &Style) -> String {
    let text = match cell {
        Cell::Text(text) if column.kind == ColumnKind::Phone => phone::spaced(text).into_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Words(text) => text.get(style.lang).to_owned(),
        Cell::Date(day) => day.french(),
        Cell::Month(month) => month.to_string(),
        Cell::Bool(yes) => yes_no(*yes, style.lang).to_owned(),
        Cell::Masked => "c".to_owned(),
        Cell::Empty => String::new(),
        number => shown_number(number, column, style),
    };
    let one_line = match text.contains(['\n', '\r']) {
        false => text,
        true => text.replace("\r\n", "\n").replace(['\n', '\r'], style.charset.line_break()),
    };
    if one_line.is_empty() {
        return style.charset.absent().to_owned();
    }
    match escape::terminal(&one_line) {
        Cow::Borrowed(_) => one_line,
        Cow::Owned(escaped) => escaped,
    }
}

fn shown_number(cell: &Cell, column: &Column, style: &Style) -> String {
    match style.charset {
        Charset::Unicode => number_for(cell, column.kind, style.lang),
        Charset::Ascii => exact(cell, Mark::of(style.lang)).unwrap_or_default(),
    }
}

impl Charset {
    fn absent(self) -> &'static str {
        match self {
            Charset::Unicode => "—",
            Charset::Ascii => "-",
        }
    }
    fn line_break(self) -> &'static str {
        match self {
            Charset::Unicode => "⏎",
            Charset::Ascii => " ",
        }
    }
}

/// Breaks at ordinary spaces only; a word wider than the room keeps its own line whole.
fn wrapped(value: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in value.split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests;
