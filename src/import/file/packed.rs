//! A workbook looked at before it is opened: how much it holds once unpacked, its longest cell, its last row. It is read a
//! few kilobytes at a time, so that a small file that unpacks to a huge cell costs nothing.

use super::decode::CELL_MAX;
use crate::domain::Refusal;
use crate::text;
use anyhow::{Result, bail};
use flate2::bufread::MultiGzDecoder;
use std::io::{BufRead, Cursor, Read};
use zip::ZipArchive;

/// Largest content of a workbook once unpacked, in bytes.
const UNPACKED_MAX: u64 = 512 * 1024 * 1024;
/// The last row that a spreadsheet has.
const ROW_MAX: u64 = 1_048_576;
/// So much of a tag is looked at: its name and the place of a cell come first.
const TAG_SEEN: usize = 512;

/// Refuses a workbook that is too big, or has a cell or a row that no spreadsheet writes. One that is damaged is left to
/// who reads it.
pub fn examine(name: &str, bytes: &[u8]) -> Result<()> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let mut unpacked = 0u64;
    for at in 0..archive.len() {
        let Ok(mut part) = archive.by_index(at) else { continue };
        let Some(mut scan) = part.name().ok().filter(|name| name.ends_with(".xml")).map(|name| Scan::of(&name)) else {
            continue;
        };
        let mut buffer = [0u8; 32 * 1024];
        while let Ok(read @ 1..) = part.read(&mut buffer) {
            unpacked += read as u64;
            if unpacked > UNPACKED_MAX {
                bail!(Refusal::data(text!("{name} est trop gros une fois ouvert", "{name} is too big once opened")));
            }
            if let Err(odd) = scan.read(&buffer[..read]) {
                bail!(refusal(name, &odd));
            }
        }
    }
    Ok(())
}

/// What a file compressed by gzip holds, as far as a search goes.
pub fn unpacked(file: impl BufRead) -> impl Read {
    const FAR: u64 = 8 * 1024 * 1024 * 1024;
    MultiGzDecoder::new(file).take(FAR)
}

/// What no spreadsheet writes.
#[derive(Debug, PartialEq, Eq)]
enum Odd {
    /// A cell past the limit; its place where the file says it beside it.
    Cell(Option<String>),
    /// A row that spreadsheets do not have, as the file writes it.
    Row(String),
}

fn refusal(name: &str, odd: &Odd) -> Refusal {
    match odd {
        Odd::Cell(None) => Refusal::data(text!("{name} : une case dépasse 1 Mo", "{name}: a cell is larger than 1 MB")),
        Odd::Cell(Some(place)) => Refusal::data(text!(
            "{name}, case {place} : elle dépasse 1 Mo",
            "{name}, cell {place}: it is larger than 1 MB"
        )),
        Odd::Row(row) => Refusal::data(text!(
            "{name} : la ligne {row} n'existe dans aucun tableur ({ROW_MAX} au plus)",
            "{name}: no spreadsheet has a row {row} ({ROW_MAX} at most)"
        )),
    }
    .hint(text!("Corrigez-le dans votre tableur et enregistrez-le.", "Correct it in your spreadsheet and save it."))
}

/// One part of a workbook, tag by tag.
struct Scan {
    /// Whether texts of one cell come in several pieces here.
    cells: bool,
    in_tag: bool,
    tag: Vec<u8>,
    tag_length: usize,
    text_length: usize,
    /// Bytes of a `&name;` so far; it stands for one character.
    entity: usize,
    place: Option<String>,
}

impl Scan {
    fn of(part: &str) -> Scan {
        let cells = ["sharedStrings.xml", "content.xml"].iter().any(|name| part.ends_with(name));
        let cells = cells || part.contains("worksheets/");
        Scan { cells, in_tag: false, tag: Vec::new(), tag_length: 0, text_length: 0, entity: 0, place: None }
    }

    fn read(&mut self, mut bytes: &[u8]) -> Result<(), Odd> {
        while !bytes.is_empty() {
            let end = if self.in_tag { b'>' } else { b'<' };
            let at = bytes.iter().position(|b| *b == end);
            let (piece, rest) = bytes.split_at(at.unwrap_or(bytes.len()));
            if self.in_tag {
                let seen = TAG_SEEN.saturating_sub(self.tag.len()).min(piece.len());
                self.tag.extend_from_slice(&piece[..seen]);
                self.tag_length += piece.len();
            } else {
                self.text_length += self.characters(piece);
            }
            if self.text_length > CELL_MAX || self.tag_length > CELL_MAX {
                return Err(Odd::Cell(self.place.take()));
            }
            if at.is_some() {
                self.turn()?;
            }
            bytes = rest.get(1..).unwrap_or_default();
        }
        Ok(())
    }

    /// A text ends and a tag begins, or the other way round.
    fn turn(&mut self) -> Result<(), Odd> {
        self.in_tag = !self.in_tag;
        if self.in_tag {
            (self.tag_length, self.entity) = (0, 0);
            self.tag.clear();
            return Ok(());
        }
        let tag = String::from_utf8_lossy(&self.tag);
        let word = tag.split([' ', '\t', '\n', '\r', '/']).find(|word| !word.is_empty()).unwrap_or_default();
        let word = word.rsplit(':').next().unwrap_or_default();
        if !self.cells || matches!(word, "si" | "c" | "row" | "table-cell") {
            self.text_length = 0;
        }
        if matches!(word, "c" | "row")
            && let Some(place) = tag.split_once(" r=\"").and_then(|(_, rest)| rest.split('"').next())
        {
            let row = place.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            // Longer than any number that is read is no row either.
            if !row.is_empty() && row.parse::<u64>().map_or(row.bytes().all(|b| b.is_ascii_digit()), |n| n > ROW_MAX) {
                return Err(Odd::Row(crate::domain::folding::shown(row)));
            }
            self.place = (word == "c").then(|| place.to_owned());
        }
        Ok(())
    }

    fn characters(&mut self, piece: &[u8]) -> usize {
        if self.entity == 0 && !piece.contains(&b'&') {
            return piece.len();
        }
        let mut count = 0;
        for byte in piece {
            match (self.entity, byte) {
                (0, b'&') => (self.entity, count) = (1, count + 1),
                (0, _) => count += 1,
                (1..12, b';') => self.entity = 0,
                (1..12, _) => self.entity += 1,
                // No entity is so long: these were characters.
                _ => (self.entity, count) = (0, count + 12),
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(part: &str, text: &str, want: Result<(), Odd>) {
        for size in [1, 7, text.len()] {
            let mut scan = Scan::of(part);
            let read = text.as_bytes().chunks(size.max(1)).try_for_each(|chunk| scan.read(chunk));
            assert_eq!(read, want, "in pieces of {size}");
        }
    }

    #[test]
    fn a_cell_is_measured_over_its_pieces_and_no_further() {
        let half = "x".repeat(CELL_MAX / 2);
        let two = format!("<sst><si><r><t>{half}</t></r><r><t>{half}</t></r></si><si><t>{half}</t></si></sst>");
        check("xl/sharedStrings.xml", &two, Ok(()));
        let three = format!("<sst><si><t>{half}</t><t>{half}</t><t>y</t></si></sst>");
        check("xl/sharedStrings.xml", &three, Err(Odd::Cell(None)));
        let inline = format!("<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>{half}{half}z</t></is></c></row>");
        check("xl/worksheets/sheet1.xml", &inline, Err(Odd::Cell(Some("B3".to_owned()))));
        check("xl/styles.xml", &format!("<a>{half}</a><a>{half}</a><a>{half}</a>"), Ok(()));
    }

    #[test]
    fn an_entity_is_one_character() {
        let many = "&amp;".repeat(CELL_MAX / 4);
        check("xl/sharedStrings.xml", &format!("<si><t>{many}</t></si>"), Ok(()));
    }

    #[test]
    fn a_row_that_no_spreadsheet_has_is_told() {
        for (row, odd) in [("1048576", false), ("1048577", true), ("4294967297", true), (&"9".repeat(40), true)] {
            let want = if odd { Err(Odd::Row(row.to_owned())) } else { Ok(()) };
            let want = want.map_err(|odd| match odd {
                Odd::Row(row) => Odd::Row(crate::domain::folding::shown(&row)),
                cell => cell,
            });
            check("xl/worksheets/sheet1.xml", &format!("<row r=\"{row}\"><c r=\"A{row}\"/></row>"), want);
        }
    }
}
