//! Tables in Markdown: a heading and a table each, to be pasted into a page or kept beside the code.

use crate::domain::Lang;
use crate::sheet::writer::{Rendered, Style, Tables};
use crate::sheet::{Cell, ColumnKind, Sheet, escape, number_for, phone, yes_no};
use std::fmt::Write as _;

/// The tables one under the other; the language chooses headers, words, and the form of numbers.
pub fn write(tables: Tables<'_>, style: &Style) -> anyhow::Result<Rendered> {
    let mut page = String::new();
    for sheet in tables.all() {
        if !page.is_empty() {
            page.push('\n');
        }
        push_table(&mut page, sheet, style.lang);
    }
    Ok(page.into_bytes().into())
}

fn push_table(page: &mut String, sheet: &Sheet, lang: Lang) {
    let title = sheet.title.as_ref().map_or(sheet.key.as_str(), |title| title.get(lang));
    let _ = writeln!(page, "# {}\n", escaped(title));
    push_row(page, sheet.columns.iter().map(|column| escaped(column.header.get(lang))));
    push_row(page, sheet.columns.iter().map(|column| rule(column.kind).to_owned()));
    for row in &sheet.rows {
        push_row(page, row.iter().zip(&sheet.columns).map(|(cell, column)| shown(cell, column.kind, lang)));
    }
    for sentence in &sheet.footer {
        let _ = writeln!(page, "\n{}", escaped(sentence.get(lang)));
    }
}

fn push_row(page: &mut String, cells: impl Iterator<Item = String>) {
    page.push('|');
    for cell in cells {
        let _ = write!(page, " {cell} |");
    }
    page.push('\n');
}

fn rule(kind: ColumnKind) -> &'static str {
    if kind == ColumnKind::Number { "---:" } else { "---" }
}

fn shown(cell: &Cell, kind: ColumnKind, lang: Lang) -> String {
    match cell {
        Cell::Empty => "—".to_owned(),
        Cell::Text(text) if kind == ColumnKind::Phone => escaped(&phone::spaced(text)),
        Cell::Text(text) => escaped(text),
        Cell::Words(text) => escaped(text.get(lang)),
        Cell::Date(day) => day.french(),
        Cell::Month(month) => month.to_string(),
        Cell::Bool(yes) => yes_no(*yes, lang).to_owned(),
        Cell::Masked => "c".to_owned(),
        number => number_for(number, kind, lang),
    }
}

/// Text that stays text: signs that Markdown or HTML would act on are escaped, line breaks become `<br>`, and what
/// hides or reorders text is written out as on a terminal.
fn escaped(text: &str) -> String {
    let visible = escape::terminal_lines(text);
    let mut safe = String::with_capacity(visible.len());
    let mut before = None;
    let mut rest = visible.chars().peekable();
    while let Some(c) = rest.next() {
        let inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '\n' => safe.push_str("<br>"),
            // A name such as `attendance_pct` is read as it is.
            '_' if inside_word(before) && inside_word(rest.peek().copied()) => safe.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '#' => {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
        before = Some(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::samples;

    fn page(sheets: &[Sheet], lang: Lang) -> String {
        samples::written(write, Tables::Several(sheets), lang)
    }

    #[test]
    fn every_kind_of_cell_reads_as_on_a_screen_and_numbers_stand_right() {
        let page = page(&[samples::all_kinds()], Lang::Fr);
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(lines[0], "# trainees");
        assert_eq!(lines[1], "");
        assert!(lines[2].starts_with("| Stagiaire | Téléphone | Situation | Présents | Présence (%) |"), "{page}");
        assert_eq!(lines[3], "| --- | --- | --- | ---: | ---: | ---: | ---: | --- | --- | --- | --- |");
        assert_eq!(
            lines[4],
            "| Ferré, Amélie | 06 12 34 56 78 | in_training | 39 | 97,5 | 3,33 | 1\u{202f}234,50 | 05/11/2018 | 2018-11 \
             | oui | dit \"Mélie\" |"
        );
        assert!(lines[6].contains("| c | c |") && lines[6].contains("—"), "{page}");
    }

    #[test]
    fn no_text_makes_a_cell_a_link_or_markup() {
        let hostile = ["a|b", "x\ny", "<b>&amp;", "[a](http://b)", "*a* _b_ `c` ~~d~~", "\\|", "a_b\u{202e}"];
        let page = page(&[samples::one_text_column(&hostile)], Lang::En);
        let rows: Vec<&str> = page.lines().skip(4).collect();
        let want = [
            r"| a\|b |",
            "| x<br>y |",
            r"| \<b\>\&amp; |",
            r"| \[a\](http://b) |",
            r"| \*a\* \_b\_ \`c\` \~\~d\~\~ |",
            r"| \\\| |",
            r"| a_b\\u{202e} |",
        ];
        assert_eq!(rows, want, "{page}");
    }

    #[test]
    fn several_tables_stand_under_their_headings() {
        let (one, two) = (samples::all_kinds(), samples::one_text_column(&[]));
        let page = page(&[one, two], Lang::En);
        assert!(page.ends_with("\n\n# notes\n\n| Note |\n| --- |\n"), "{page}");
    }
}
