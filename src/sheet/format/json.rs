//! JSON for machines: one array of flat objects, one object per line, keys in the order of the columns.
//!
//! Written by hand: no character that could drive a terminal may stand raw in a string, and `serde_json` leaves those
//! above ASCII as they are; nor does it write numbers with the decimals of a cell, or one object per line.

use crate::domain::Lang;
use crate::sheet::number::{Mark, exact};
use crate::sheet::writer::{Rendered, Style, Tables};
use crate::sheet::{Cell, Sheet, escape};
use std::fmt::Write;

/// One table as an array, several as one object with a key per table; the language chooses the wording of cells written
/// for people, nothing else.
pub fn write(tables: Tables<'_>, style: &Style) -> anyhow::Result<Rendered> {
    let mut text = String::new();
    match tables {
        Tables::One(sheet) => push_array(&mut text, sheet, style.lang),
        Tables::Several(sheets) => push_object(&mut text, sheets, style.lang),
    }
    text.push('\n');
    Ok(text.into_bytes().into())
}

fn push_object(text: &mut String, sheets: &[Sheet], lang: Lang) {
    text.push('{');
    for (at, sheet) in sheets.iter().enumerate() {
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        push_string(text, &sheet.key);
        text.push_str(": ");
        push_array(text, sheet, lang);
    }
    text.push_str(if sheets.is_empty() { "}" } else { "\n}" });
}

/// A JSON string; every character that could drive a terminal is written as `\uXXXX`.
pub fn push_string(text: &mut String, value: &str) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if escape::is_hostile(c) => push_units(text, c),
            c => text.push(c),
        }
    }
    text.push('"');
}

/// JSON counts in UTF-16: a character beyond the basic plane is two escapes.
fn push_units(text: &mut String, c: char) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing into a String cannot fail.
        let _ = write!(text, "\\u{unit:04x}");
    }
}

fn push_array(text: &mut String, sheet: &Sheet, lang: Lang) {
    text.push('[');
    for (at, row) in sheet.rows.iter().enumerate() {
        text.push_str(if at == 0 { "\n{" } else { ",\n{" });
        for (at, (column, cell)) in sheet.columns.iter().zip(row).enumerate() {
            if at > 0 {
                text.push(',');
            }
            push_string(text, column.machine());
            text.push(':');
            push_value(text, cell, lang);
        }
        text.push('}');
    }
    text.push_str(if sheet.rows.is_empty() { "]" } else { "\n]" });
}

fn push_value(text: &mut String, cell: &Cell, lang: Lang) {
    match cell {
        Cell::Empty => text.push_str("null"),
        Cell::Text(value) => push_text(text, value),
        Cell::Words(value) => push_text(text, value.get(lang)),
        Cell::Date(day) => push_string(text, &day.to_string()),
        Cell::Month(month) => push_string(text, &month.to_string()),
        Cell::Bool(yes) => text.push_str(if *yes { "true" } else { "false" }),
        Cell::Masked => text.push_str("\"c\""),
        number => text.push_str(&exact(number, Mark::Point).unwrap_or_default()),
    }
}

/// A text of no characters is absent, as in CSV, where the two cannot be told apart.
fn push_text(text: &mut String, value: &str) {
    match value {
        "" => text.push_str("null"),
        _ => push_string(text, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::samples;

    fn text(sheet: &Sheet, lang: Lang) -> String {
        samples::written(write, Tables::One(sheet), lang)
    }

    #[test]
    fn every_kind_of_cell_has_its_json_value() {
        let expected = r#"[
{"trainee":"Ferré, Amélie","phone":"0612345678","status":"in_training","present":39,"attendance_pct":97.5,"hours":3.33,"cost":1234.50,"entry_date":"2018-11-05","month":"2018-11","reached":true,"note":"dit \"Mélie\""},
{"trainee":"Öztürk Deniz","phone":null,"status":"left","present":0,"attendance_pct":100.0,"hours":140,"cost":0.00,"entry_date":null,"month":"2018-12","reached":false,"note":"sans nouvelles"},
{"trainee":"c","phone":null,"status":null,"present":"c","attendance_pct":"c","hours":null,"cost":null,"entry_date":null,"month":null,"reached":null,"note":"=1+1"}
]
"#;
        assert_eq!(text(&samples::all_kinds(), Lang::Fr), expected);
    }

    #[test]
    fn no_rows_is_an_empty_array() {
        assert_eq!(text(&samples::one_text_column(&[]), Lang::En), "[]\n");
    }

    #[test]
    fn hostile_characters_are_escaped_and_come_back() {
        let hostile = "\x1b[2J\u{202e}\u{7f}\u{9b}\u{2028}\u{200b}\u{e0041}\\\"\n\t\r\0";
        let json = text(&samples::one_text_column(&[hostile]), Lang::En);
        assert!(json.contains(r#""\u001b[2J\u202e\u007f\u009b\u2028\u200b\udb40\udc41\\\"\n\t\r\u0000""#), "{json}");
        let back: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back[0]["note"], hostile);
    }

    #[test]
    fn several_tables_are_one_object_with_a_key_each() {
        let named = |key: &str, cells: &[&str]| Sheet { key: key.to_owned(), ..samples::one_text_column(cells) };
        let sheets = [named("exits", &["x"]), named("monthly", &[])];
        let json = |sheets: &[Sheet]| samples::written(write, Tables::Several(sheets), Lang::En);
        assert_eq!(json(&sheets), "{\n\"exits\": [\n{\"note\":\"x\"}\n],\n\"monthly\": []\n}\n");
        assert_eq!(json(&[]), "{}\n");
    }
}
