//! Output formats and the one place that turns tables into bytes.

use super::{Sheet, csv, csv_fr, html, json, markdown, table, xlsx};
use crate::domain::{Lang, Refusal, Text};
use crate::text;
use std::path::Path;

/// A format of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: terminal or pipe.
    Table,
    /// CSV for machines.
    Csv,
    /// CSV for a French spreadsheet.
    CsvFr,
    /// JSON for machines.
    Json,
    /// Workbook with typed cells.
    Xlsx,
    /// One self-contained page, ready to print.
    Html,
    /// Tables in Markdown.
    Markdown,
}

impl Format {
    /// Every format, in the order of the help.
    pub const ALL: [Format; 7] =
        [Format::Table, Format::Csv, Format::CsvFr, Format::Json, Format::Xlsx, Format::Html, Format::Markdown];

    /// The word after `-f`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Csv => "csv",
            Format::CsvFr => "csv-fr",
            Format::Json => "json",
            Format::Xlsx => "xlsx",
            Format::Html => "html",
            Format::Markdown => "md",
        }
    }
    /// The extension of a file in this format, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Table => "txt",
            Format::CsvFr => "csv",
            other => other.name(),
        }
    }
    /// Reads the word after `-f`, upper or lower case.
    pub fn parse(word: &str) -> Result<Format, Refusal> {
        let lower = word.to_lowercase();
        Format::ALL.into_iter().find(|format| format.name() == lower).ok_or_else(|| {
            Refusal::usage(text!("« {word} » n'est pas un format", "“{word}” is not a format")).hint(names())
        })
    }
    /// The format that the extension of a file asks for.
    pub fn from_path(path: &Path) -> Result<Format, Refusal> {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let mut files = Format::ALL.into_iter().filter(|format| *format != Format::CsvFr);
        files.find(|format| format.extension() == extension).ok_or_else(|| {
            let file = path.display();
            let what = text!(
                "l'extension de « {file} » ne dit pas dans quel format écrire",
                "the extension of “{file}” does not say which format to write"
            );
            Refusal::usage(what).hint(text!(
                "finir par .csv, .json, .txt, .xlsx, .html ou .md, ou ajouter -f FORMAT",
                "end it with .csv, .json, .txt, .xlsx, .html or .md, or add -f FORMAT"
            ))
        })
    }
    /// The language of headers and words: the one asked for, else a fixed one per format so that files never
    /// depend on the machine; only a table on screen follows the language of the `screen`.
    pub fn lang(self, asked: Option<Lang>, screen: Lang) -> Lang {
        asked.unwrap_or(match self {
            Format::Table => screen,
            Format::Csv | Format::Json => Lang::En,
            Format::CsvFr | Format::Xlsx | Format::Html | Format::Markdown => Lang::Fr,
        })
    }
}

fn names() -> Text {
    let names = Format::ALL.map(Format::name).join(", ");
    text!("formats : {names}", "formats: {names}")
}

/// How wide a table may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Nothing is hidden: a pipe, a file, `--wide`.
    Unlimited,
    /// This many display cells.
    Columns(u16),
}

/// Where a table goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A person looks at it: with title and footer.
    Terminal,
    /// A pipe or a file: the header and one record per line, nothing else.
    Pipe,
}

/// Which signs the program may add of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// `—`, `⏎` and narrow no-break spaces.
    Unicode,
    /// `--ascii`: `-`, a space, and no thousands separator.
    Ascii,
}

/// How to draw; machine formats look at the language only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Language of headers and words: see [`Format::lang`].
    pub lang: Lang,
    /// Room of a table.
    pub width: Width,
    /// Destination of a table.
    pub place: Place,
    /// Signs of a table.
    pub charset: Charset,
}

impl Style {
    /// For a pipe or a file: nothing hidden, nothing added.
    pub fn pipe(lang: Lang) -> Style {
        Style { lang, width: Width::Unlimited, place: Place::Pipe, charset: Charset::Unicode }
    }
    /// For a terminal of so many columns.
    pub fn terminal(lang: Lang, columns: u16) -> Style {
        Style { width: Width::Columns(columns), place: Place::Terminal, ..Style::pipe(lang) }
    }
}

/// Bytes ready to be written, and what the person should be told on stderr.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The output.
    pub bytes: Vec<u8>,
    /// `csv-fr`: cells that got a leading `'`.
    pub guarded: usize,
    /// `table`: headers of the columns that did not fit.
    pub hidden: Vec<String>,
}

/// One table in one format. A table without rows gives no bytes in `table`: the caller says so in a sentence.
pub fn render(sheet: &Sheet, format: Format, style: &Style) -> anyhow::Result<Rendered> {
    let plain = |bytes| Rendered { bytes, ..Rendered::default() };
    Ok(match format {
        Format::Table => {
            let drawn = table::write(sheet, style);
            Rendered { bytes: drawn.text.into_bytes(), hidden: drawn.hidden, guarded: 0 }
        }
        Format::Csv => plain(csv::write(sheet, style.lang)?),
        Format::CsvFr => {
            let file = csv_fr::write(sheet, style.lang)?;
            Rendered { bytes: file.bytes, guarded: file.guarded, hidden: Vec::new() }
        }
        Format::Json => plain(json::write(sheet, style.lang)),
        Format::Xlsx => plain(xlsx::write(&[sheet], style.lang)?),
        Format::Html => plain(html::write(&[sheet], style.lang)),
        Format::Markdown => plain(markdown::write(&[sheet], style.lang)),
    })
}

/// Several tables in one output: one after the other under their titles, one JSON object, one workbook, one page.
/// CSV holds one table per file, so it is refused.
pub fn render_many(sheets: &[Sheet], format: Format, style: &Style) -> anyhow::Result<Rendered> {
    let plain = |bytes| Rendered { bytes, ..Rendered::default() };
    let all: Vec<&Sheet> = sheets.iter().collect();
    Ok(match format {
        Format::Table => {
            let drawn = table::many(&all, style);
            Rendered { bytes: drawn.text.into_bytes(), hidden: drawn.hidden, guarded: 0 }
        }
        Format::Json => {
            let keyed: Vec<(&str, &Sheet)> = sheets.iter().map(|sheet| (sheet.key.as_str(), sheet)).collect();
            plain(json::many(&keyed, style.lang))
        }
        Format::Xlsx => plain(xlsx::write(&all, style.lang)?),
        Format::Html => plain(html::write(&all, style.lang)),
        Format::Markdown => plain(markdown::write(&all, style.lang)),
        Format::Csv | Format::CsvFr => {
            let keys = sheets.iter().map(|sheet| sheet.key.as_str()).collect::<Vec<_>>().join(", ");
            let what = text!("un fichier CSV contient un seul tableau", "a CSV file holds one table only");
            let why = text!("tableaux demandés : {keys}", "tables asked for: {keys}");
            let hint = text!("en choisir un, ou ajouter -f json", "choose one of them, or add -f json");
            return Err(Refusal::usage(what).why(why).hint(hint).into());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn every_format_is_read_from_its_own_name() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.name()), Ok(format));
        }
        assert_eq!(Format::parse("CSV-FR"), Ok(Format::CsvFr));
        let refusal = Format::parse("pdf").unwrap_err();
        assert!(refusal.to_string().contains("table, csv, csv-fr, json, xlsx, html, md"));
    }

    #[test]
    fn a_file_chooses_its_format_by_its_extension() {
        let cases = [
            ("a.csv", Some(Format::Csv)),
            ("dir.xlsx/A.JSON", Some(Format::Json)),
            ("a.txt", Some(Format::Table)),
            ("a.xlsx", Some(Format::Xlsx)),
            ("a.html", Some(Format::Html)),
            ("a.md", Some(Format::Markdown)),
            ("a.csv-fr", None),
            ("a.table", None),
            ("a", None),
            ("a.doc", None),
        ];
        for (path, format) in cases {
            assert_eq!(Format::from_path(Path::new(path)).ok(), format, "{path}");
        }
    }

    #[test]
    fn files_have_a_language_that_does_not_depend_on_the_machine() {
        for screen in [Lang::Fr, Lang::En] {
            assert_eq!(Format::Csv.lang(None, screen), Lang::En);
            assert_eq!(Format::CsvFr.lang(None, screen), Lang::Fr);
            assert_eq!(Format::Table.lang(None, screen), screen);
            assert_eq!(Format::CsvFr.lang(Some(Lang::En), screen), Lang::En);
        }
    }

    #[test]
    fn machine_formats_do_not_look_at_the_screen() {
        let sheet = samples::all_kinds();
        for format in [Format::Csv, Format::CsvFr, Format::Json, Format::Xlsx, Format::Html, Format::Markdown] {
            let narrow = render(&sheet, format, &Style::terminal(Lang::Fr, 20)).unwrap();
            assert_eq!(narrow, render(&sheet, format, &Style::pipe(Lang::Fr)).unwrap(), "{format:?}");
        }
    }

    #[test]
    fn several_tables_do_not_fit_in_one_csv_file() {
        let sheets = [samples::all_kinds(), samples::one_text_column(&[])];
        for format in Format::ALL {
            let refused = matches!(format, Format::Csv | Format::CsvFr);
            assert_eq!(render_many(&sheets, format, &Style::pipe(Lang::En)).is_err(), refused, "{format:?}");
        }
    }
}
