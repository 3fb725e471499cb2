//! The separator of a text: the one whose cells are known column names, then the one that the rows agree with.

use super::heading::{self, Weigh};
use super::rows::{Row, Rows};
use crate::domain::Refusal;
use crate::text;

/// The separators that are understood.
pub const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many rows are compared with the header.
const SAMPLE: usize = 100;

/// The separator of a text; a comma when it has one column only.
pub fn separator(text: &str, weigh: Weigh<'_>) -> u8 {
    let scored = SEPARATORS.iter().enumerate().filter_map(|(rank, separator)| {
        let score = score(text, *separator, weigh)?;
        Some((score, std::cmp::Reverse(rank), *separator))
    });
    scored.max().map_or_else(|| in_first_line(text), |(_, _, separator)| separator)
}

/// The separator that a first line `sep=;` declares, as spreadsheets write it and hide it.
pub fn declared(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim().trim_matches('"');
    let (word, sign) = line.split_once('=')?;
    let sign = if sign.is_empty() { "\t" } else { sign };
    let known = SEPARATORS.into_iter().find(|separator| sign.as_bytes() == [*separator]);
    known.filter(|_| word.trim().eq_ignore_ascii_case("sep"))
}

/// A header of one column has no separator; rows of nothing but separators have no header.
fn in_first_line(text: &str) -> u8 {
    let line = text.split(['\n', '\r']).find(|line| !line.trim_matches(' ').is_empty()).unwrap_or("");
    SEPARATORS.into_iter().find(|separator| line.bytes().all(|b| b == *separator) && !line.is_empty()).unwrap_or(b',')
}

/// Known names in the header, rows as wide as the header (in hundredths), columns; `None` when nothing is cut.
fn score(text: &str, separator: u8, weigh: Weigh<'_>) -> Option<(usize, usize, usize)> {
    let mut rows = Rows::new(text, separator);
    let mut row = Row::default();
    let mut seen: Vec<Vec<String>> = Vec::new();
    while seen.len() < SAMPLE {
        match rows.next(&mut row) {
            Ok(true) if row.is_blank() => {}
            Ok(true) => seen.push(row.cells.iter().map(|c| c.trim().to_owned()).collect()),
            Ok(false) => break,
            // An unclosed quote is told when the rows are read for good.
            Err(_) if seen.is_empty() => return None,
            Err(_) => break,
        }
    }
    let heading = heading::find(&seen[..seen.len().min(heading::LOOKED_AT)], weigh)?;
    let weight = weigh(&heading.cells);
    // Nobody knows the header: it is the first line, and it alone tells how wide the rows are.
    let (width, last) = if weight == 0 { (seen[0].len(), 0) } else { (heading.cells.len(), heading.last) };
    if width < 2 {
        return None;
    }
    let after = &seen[last + 1..];
    let same = after.iter().filter(|row| row.len() == width).count();
    Some((weight, (same * 100).checked_div(after.len()).unwrap_or(100), width))
}

/// The separator that `--sep` names.
pub fn asked(word: &str) -> Result<u8, Refusal> {
    match word {
        "," | "comma" | "virgule" => Ok(b','),
        ";" | "semicolon" | "point-virgule" => Ok(b';'),
        "\t" | "\\t" | "tab" | "tabulation" => Ok(b'\t'),
        "|" | "pipe" | "barre" => Ok(b'|'),
        _ => {
            let shown = crate::domain::folding::shown(word);
            Err(Refusal::usage(text!("séparateur « {shown} » inconnu", "unknown separator “{shown}”"))
                .hint(text!("Un de : , ; tab |", "One of: , ; tab |")))
        }
    }
}

/// How a separator is said: itself, or `tab`.
pub fn said(separator: u8) -> &'static str {
    match separator {
        b';' => ";",
        b'\t' => "tab",
        b'|' => "|",
        _ => ",",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: u8) {
        assert_eq!(char::from(separator(text, &|_| 0)), char::from(expected), "{text:?}");
    }

    #[test]
    fn the_header_gives_the_separator_and_the_rows_confirm_it() {
        check("a,b\n1,2", b',');
        check("a;b;c\n1,5;2,5;3,5", b';');
        check("a\tb\n1\t2", b'\t');
        check("a|b\n1|2", b'|');
        check("\n\na;b\n1;2", b';');
        check("only\nx", b',');
        check("\r\n;;\n", b';');
        check("", b',');
    }

    #[test]
    fn a_decimal_comma_does_not_cut_a_french_file() {
        check("Nom;Durée, en h;Prix\nA;1,5;2,5\nB;2,5;3,5", b';');
        check("\"Nom, prénom\";Heures\n\"a, b\";3", b';');
    }

    #[test]
    fn known_column_names_settle_it() {
        let known = |names: &[String]| names.iter().filter(|n| matches!(n.as_str(), "grant" | "cohorts")).count();
        assert_eq!(separator("grant,cohorts\nA,P1|P2|P3\n", &known), b',');
        assert_eq!(separator("grant;cohorts;a,b,c,d\nA;P1;x,y,z,t\n", &known), b';');
    }

    #[test]
    fn a_first_line_may_declare_the_separator() {
        for (text, separator) in [
            ("sep=;\nNom;Prénom", Some(b';')),
            ("SEP=,\r\na", Some(b',')),
            ("\"sep=|\"\na", Some(b'|')),
            ("Nom;sep=;", None),
        ] {
            assert_eq!(declared(text), separator, "{text}");
        }
    }

    #[test]
    fn the_separator_can_be_said_in_words() {
        for (word, separator) in [(";", b';'), ("tab", b'\t'), ("|", b'|'), ("virgule", b',')] {
            assert_eq!(asked(word), Ok(separator));
        }
        assert!(asked("x").is_err());
    }
}
