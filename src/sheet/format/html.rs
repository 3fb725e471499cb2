//! One self-contained page per output: no script, no link, ready to print.

use crate::domain::Lang;
use crate::sheet::writer::{Rendered, Style, Tables};
use crate::sheet::{Cell, ColumnKind, Sheet, escape, number_for, phone, yes_no};

const HEAD: &str = "<meta charset=\"utf-8\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<style>\n\
:root{color-scheme:light dark}\n\
body{font-family:sans-serif;margin:2em}table{border-collapse:collapse;margin-bottom:2em}\n\
caption{text-align:left;padding:.2em .6em;opacity:.75}\n\
th,td{padding:.2em .6em;text-align:left;vertical-align:top;border-bottom:1px solid #8886}\n\
.n{text-align:right}td{white-space:pre-line}thead{display:table-header-group}\n\
@media print{body{margin:0}tr{break-inside:avoid}}\n</style>\n";

/// The tables one under the other; the language chooses headers, words, and the form of numbers.
pub fn write(tables: Tables<'_>, style: &Style) -> anyhow::Result<Rendered> {
    let (sheets, lang) = (tables.all(), style.lang);
    let title = sheets.iter().map(|sheet| title(sheet, lang)).collect::<Vec<_>>().join(" · ");
    let mut page = format!("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n{HEAD}", lang.code());
    page.push_str(&format!("<title>{}</title>\n</head>\n<body>\n", escaped(&title)));
    for sheet in sheets {
        push_table(&mut page, sheet, lang);
    }
    page.push_str("</body>\n</html>\n");
    Ok(page.into_bytes().into())
}

fn title(sheet: &Sheet, lang: Lang) -> &str {
    sheet.title.as_ref().map_or(&sheet.key, |title| title.get(lang))
}

fn push_table(page: &mut String, sheet: &Sheet, lang: Lang) {
    let rows = match (sheet.rows.len(), lang) {
        (1, Lang::Fr) => "1 ligne".to_owned(),
        (n, Lang::Fr) => format!("{n} lignes"),
        (1, Lang::En) => "1 row".to_owned(),
        (n, Lang::En) => format!("{n} rows"),
    };
    let (title, dash) = (escaped(title(sheet, lang)), "\u{2014}");
    page.push_str(&format!("<h1>{title}</h1>\n<table>\n<caption>{title} {dash} {rows}</caption>\n<thead><tr>"));
    for column in &sheet.columns {
        page.push_str(&tag("th scope=\"col\"", column.kind, column.header.get(lang)));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in &sheet.rows {
        page.push_str("<tr>");
        for (cell, column) in row.iter().zip(&sheet.columns) {
            page.push_str(&tag("td", column.kind, &shown(cell, column.kind, lang)));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
    for sentence in &sheet.footer {
        page.push_str(&format!("<p>{}</p>\n", escaped(sentence.get(lang))));
    }
}

fn tag(name: &str, kind: ColumnKind, text: &str) -> String {
    let class = if kind == ColumnKind::Number { " class=\"n\"" } else { "" };
    let end = name.split(' ').next().unwrap_or(name);
    format!("<{name}{class}>{}</{end}>", escaped(text))
}

/// What a cell prints on a page, in the language of its readers.
pub fn shown(cell: &Cell, kind: ColumnKind, lang: Lang) -> String {
    match cell {
        Cell::Empty => "—".to_owned(),
        Cell::Text(text) if kind == ColumnKind::Phone => phone::spaced(text).into_owned(),
        Cell::Text(text) => text.clone(),
        Cell::Words(text) => text.get(lang).to_owned(),
        Cell::Date(day) => day.french(),
        Cell::Month(month) => month.to_string(),
        Cell::Bool(yes) => yes_no(*yes, lang).to_owned(),
        Cell::Masked => "c".to_owned(),
        number => number_for(number, kind, lang),
    }
}

/// Markup becomes text; characters that hide or reorder text are written out as on a terminal.
fn escaped(text: &str) -> String {
    let visible = escape::terminal_lines(text);
    let mut html = String::with_capacity(visible.len());
    for c in visible.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::samples;

    #[test]
    fn numbers_and_dates_read_as_on_a_french_screen() {
        let page = samples::written(write, Tables::One(&samples::all_kinds()), Lang::Fr);
        let row = "<tr><td>Ferré, Amélie</td><td>06 12 34 56 78</td><td>in_training</td><td class=\"n\">39</td>\
                   <td class=\"n\">97,5</td><td class=\"n\">3,33</td><td class=\"n\">1\u{202f}234,50</td>\
                   <td>05/11/2018</td><td>2018-11</td><td>oui</td><td>dit &quot;Mélie&quot;</td></tr>";
        assert!(page.contains(row), "{page}");
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">"));
    }

    #[test]
    fn hostile_text_is_neither_markup_nor_hidden() {
        let sheet = samples::one_text_column(&["<script>alert('x')</script>\u{202e}&\x1b"]);
        let page = samples::written(write, Tables::One(&sheet), Lang::En);
        assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\\u{202e}&amp;\\u{1b}"), "{page}");
    }
}
