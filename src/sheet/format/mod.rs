//! The formats of output: one row each, from which `-f`, `-o`, help and completion follow.

pub mod html;
mod json;
mod markdown;
mod screen;
pub mod xlsx;

use super::Sheet;
use super::dialect::{self, Dialect};
use super::writer::{Capacity, Rendered, Style, Tables, Wording, Writer};
use crate::domain::{ClosedList, Lang, Refusal, Text};
use crate::{fixed, text};
use std::path::Path;

/// Words in a sentence: commas, then `or` before the last.
macro_rules! listed {
    ($or:literal, $one:literal, $last:literal) => { concat!($one, $or, $last) };
    ($or:literal, $one:literal, $($more:literal),+) => { concat!($one, ", ", listed!($or, $($more),+)) };
}

/// Declares the formats, in the order of the help: variant = words after `-f`, extension, what it is for, language,
/// how many tables a file holds, and its writer.
macro_rules! formats {
    ($(
        $(#[$doc:meta])* $variant:ident = $name:literal $(| $also:literal)*, $extension:literal,
        $fr:literal, $en:literal, $wording:expr, $capacity:expr, $write:expr;
    )+) => {
        /// A format of output.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Format {
            $($(#[$doc])* $variant,)+
        }

        impl Format {
            /// Every format, in the order of the help.
            pub const ALL: &'static [Format] = &[$(Format::$variant),+];
            /// The words after `-f` of each format, its name first.
            pub const WORDS: &'static [&'static [&'static str]] = &[$(&[$name $(, $also)*]),+];
            /// The names of all formats in a sentence.
            pub const NAMES: &'static Text = fixed!(listed!(" ou ", $($name),+), listed!(" or ", $($name),+));

            /// Its row of the table.
            pub fn row(self) -> &'static Writer {
                match self {
                    $(Format::$variant => &Writer {
                        names: &[$name $(, $also)*],
                        extension: $extension,
                        about: fixed!($fr, $en),
                        wording: $wording,
                        capacity: $capacity,
                        write: $write,
                    },)+
                }
            }
        }
    };
}

const FR: Wording = Wording::Fixed(Lang::Fr);
const EN: Wording = Wording::Fixed(Lang::En);

formats! {
    /// For people: terminal or pipe.
    Table = "table", "txt", "pour lire (.txt)", "to read (.txt)",
        Wording::Screen, Capacity::SeveralTables, screen::write;
    /// CSV for machines.
    Csv = "csv", "csv",
        "pour les programmes (.csv) : virgule, point décimal, dates 2018-11-05",
        "for programs (.csv): comma, decimal point, dates 2018-11-05",
        EN, Capacity::OneTable, dialect::write_csv;
    /// CSV for a French spreadsheet.
    CsvFr = "csv-fr", "csv",
        "pour Excel en français : point-virgule, virgule décimale, 05/11/2018",
        "for a French Excel: semicolon, decimal comma, 05/11/2018",
        FR, Capacity::OneTable, dialect::write_csv_fr;
    /// JSON for machines.
    Json = "json", "json", "pour les programmes (.json)", "for programs (.json)",
        EN, Capacity::SeveralTables, json::write;
    /// Workbook with typed cells.
    Xlsx = "xlsx", "xlsx", "classeur (.xlsx)", "workbook (.xlsx)",
        FR, Capacity::Workbook, xlsx::write;
    /// One self-contained page, ready to print.
    Html = "html", "html", "page à imprimer (.html)", "page to print (.html)",
        FR, Capacity::SeveralTables, html::write;
    /// Tables in Markdown.
    Markdown = "md" | "markdown", "md", "tableau en Markdown (.md)", "table in Markdown (.md)",
        FR, Capacity::SeveralTables, markdown::write;
}

impl Format {
    /// The dialect of CSV, for those that are one.
    pub fn dialect(self) -> Option<Dialect> {
        Dialect::from_code(self.name())
    }
    /// The word after `-f`.
    pub fn name(self) -> &'static str {
        self.row().names[0]
    }
    /// The extension of a file in this format, without the dot.
    pub fn extension(self) -> &'static str {
        self.row().extension
    }
    /// Whether a file is a workbook: several sheets, and nothing that a terminal can show.
    pub fn is_workbook(self) -> bool {
        self.row().capacity == Capacity::Workbook
    }
    /// Reads a word after `-f`, upper or lower case.
    pub fn parse(word: &str) -> Result<Format, Refusal> {
        let lower = word.to_lowercase();
        Format::ALL.iter().copied().find(|format| format.row().names.contains(&lower.as_str())).ok_or_else(|| {
            let names = Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
            Refusal::usage(text!("« {word} » n'est pas un format", "“{word}” is not a format"))
                .hint(text!("formats : {names}", "formats: {names}"))
        })
    }
    /// The format that the extension of a file asks for: the first that has it.
    pub fn from_path(path: &Path) -> Result<Format, Refusal> {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        Format::ALL.iter().copied().find(|format| format.extension() == extension).ok_or_else(|| {
            let file = path.display();
            let what = text!(
                "l'extension de « {file} » ne dit pas dans quel format écrire",
                "the extension of “{file}” does not say which format to write"
            );
            let (all, last) = extensions();
            Refusal::usage(what).hint(text!(
                "finir par {all} ou .{last}, ou ajouter -f FORMAT",
                "end it with {all} or .{last}, or add -f FORMAT"
            ))
        })
    }
    /// The language of headers and words: the one asked for, else a fixed one per format so that files never
    /// depend on the machine; only a table on screen follows the language of the `screen`.
    pub fn lang(self, asked: Option<Lang>, screen: Lang) -> Lang {
        asked.unwrap_or(match self.row().wording {
            Wording::Screen => screen,
            Wording::Fixed(lang) => lang,
        })
    }
}

/// The extensions of all formats but the last one, in a list, and the last one.
fn extensions() -> (String, &'static str) {
    let mut all: Vec<&str> = Format::ALL.iter().map(|format| format.extension()).collect();
    all.dedup();
    let last = all.pop().unwrap_or_default();
    (all.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(", "), last)
}

/// The lines of the help that tell what each format is for; two short ones share a line.
pub fn explained(lang: Lang) -> String {
    const FIRST: usize = 25;
    const SECOND: usize = 36;
    let about = |format: Format| format.row().about.get(lang);
    let fits = |format: &Format, room: usize| about(*format).chars().count() <= room;
    let (mut lines, mut waiting) = (String::new(), Format::ALL.to_vec());
    while !waiting.is_empty() {
        let first = waiting.remove(0);
        let line = format!("  {:<8}{}", first.name(), about(first));
        let second = waiting.iter().position(|format| fits(&first, FIRST) && fits(format, SECOND));
        match second.map(|at| waiting.remove(at)) {
            Some(second) => lines.push_str(&format!("{line:<36}{:<7}{}\n", second.name(), about(second))),
            None => lines.push_str(&format!("{line}\n")),
        }
    }
    lines
}

/// One table in one format. A table without rows gives no bytes in `table`: the caller says so in a sentence.
pub fn render(sheet: &Sheet, format: Format, style: &Style) -> anyhow::Result<Rendered> {
    (format.row().write)(Tables::One(sheet), style)
}

/// Several tables in one output: one after the other under their titles, one JSON object, one workbook, one page.
/// CSV holds one table per file, so it is refused.
pub fn render_many(sheets: &[Sheet], format: Format, style: &Style) -> anyhow::Result<Rendered> {
    if format.row().capacity == Capacity::OneTable {
        let keys = sheets.iter().map(|sheet| sheet.key.as_str()).collect::<Vec<_>>().join(", ");
        let what = text!("un fichier CSV contient un seul tableau", "a CSV file holds one table only");
        let why = text!("tableaux demandés : {keys}", "tables asked for: {keys}");
        let hint = text!("en choisir un, ou ajouter -f json", "choose one of them, or add -f json");
        return Err(Refusal::usage(what).why(why).hint(hint).into());
    }
    (format.row().write)(Tables::Several(sheets), style)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::samples;

    #[test]
    fn every_format_is_read_from_its_own_name() {
        for format in Format::ALL {
            assert!(format.row().names.iter().all(|name| Format::parse(name) == Ok(*format)));
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
            assert_eq!(render_many(&sheets, *format, &Style::pipe(Lang::En)).is_err(), refused, "{format:?}");
        }
    }
}
