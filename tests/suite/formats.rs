//! Every format of every list and section says the same, cell by cell.

use super::example_school::romans;
use super::support::Desk;
use fil::domain::ClosedList;
use std::collections::BTreeMap;

/// Lists whose table has the columns of their csv.
const LISTS: &[&str] = &[
    "cohort list",
    "cohort slots -c ROM-2018-11",
    "cohort module list -c all",
    "trainee list -c all --columns last_name,first_name,cohort,entry,exit,planned,present,attendance_pct,phone,birth_date",
    "progress list results",
    "progress list certificates",
    "progress list licence",
    "progress list interviews",
    "placement list",
    "placement companies",
    "report list",
    "report indicators",
    "report explain dynamic_exit_rate@6m",
    "report explain monthly:attendance_pct -p 2018-12",
    "funder list",
    "funder grant list",
    "funder target list",
    "funder budget list",
    "check",
    "due",
    "log",
    "config list",
    "config certificate list",
    "doctor",
];

/// Pages: their table is a text, so csv and json only are compared.
const PAGES: &[&str] = &[
    "status",
    "cohort show ROM-2018-11",
    "trainee list -c all",
    "trainee list -c all --contact",
    "trainee show amara-nassim",
    "progress show -c ROM-2018-11",
    "placement show amara-nassim",
    "funder show break-poverty",
];

struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn csv_of(text: &str) -> Table {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = cells(reader.headers().unwrap());
    Table { header, rows: reader.records().map(|record| cells(&record.unwrap())).collect() }
}

/// The columns of a table in a pipe are where every line has two spaces.
fn table_of(text: &str) -> Table {
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let width = lines.iter().map(Vec::len).max().unwrap_or(0);
    let blank = |at: usize| lines.iter().all(|line| line.get(at).is_none_or(|c| *c == ' '));
    let mut starts = vec![0];
    starts.extend((2..width).filter(|&at| !blank(at) && blank(at - 1) && blank(at - 2)));
    let cells = |line: &Vec<char>| {
        let cut = |(at, from): (usize, &usize)| {
            let to = starts.get(at + 1).copied().unwrap_or(width).min(line.len());
            line.get(*from..to).unwrap_or_default().iter().collect::<String>().trim().to_owned()
        };
        starts.iter().enumerate().map(cut).collect::<Vec<_>>()
    };
    Table { header: cells(&lines[0]), rows: lines[1..].iter().map(cells).collect() }
}

fn json_matches(csv: &str, json: &serde_json::Value) -> bool {
    match json {
        serde_json::Value::Null => csv.is_empty(),
        serde_json::Value::Bool(yes) => csv == if *yes { "true" } else { "false" },
        serde_json::Value::Number(number) => csv.parse::<f64>().ok() == number.as_f64(),
        serde_json::Value::String(text) => csv == text,
        _ => false,
    }
}

fn check_json(desk: &Desk, line: &str, csv: &Table) {
    let text = desk.run(&format!("{line} -f json")).ends(0).stdout;
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&text).unwrap();
    assert_eq!(rows.len(), csv.rows.len(), "{line}");
    for (row, cells) in rows.iter().zip(&csv.rows) {
        assert!(row.keys().eq(&csv.header), "{line}: {:?}", row.keys());
        for ((key, json), cell) in row.iter().zip(cells) {
            assert!(json_matches(cell, json), "{line}, {key}: csv “{cell}”, json {json}");
        }
    }
}

/// A cell as the table writes it, when it needs no label.
fn for_people(cell: &str) -> String {
    match cell {
        "" => "—".to_owned(),
        "true" => "yes".to_owned(),
        "false" => "no".to_owned(),
        cell => match cell.split('-').collect::<Vec<_>>()[..] {
            [year, month, day] if cell.len() == 10 && year.len() == 4 && cell.is_ascii() => {
                format!("{day}/{month}/{year}")
            }
            _ => cell.to_owned(),
        },
    }
}

/// Whether a table writes this for that cell: the same, its label, or a phone number in groups.
fn people_read(table: &str, cell: &str) -> bool {
    let spaceless = |text: &str| text.split_whitespace().collect::<String>();
    table == for_people(cell) || table == cell.trim() || spaceless(table) == spaceless(cell)
}

fn check_table(desk: &Desk, line: &str, csv: &Table) {
    same_for_people(line, csv, &table_of(&desk.run(&format!("{line} -f table")).ends(0).stdout));
}

/// A table that people read says what the csv says.
fn same_for_people(line: &str, csv: &Table, table: &Table) {
    let shapes = (table.header.len(), table.rows.len());
    assert_eq!(shapes, (csv.header.len(), csv.rows.len()), "{line}: {:?} {:?}", table.header, csv.header);
    for (at, name) in csv.header.iter().enumerate() {
        // A file for a funder is in its language, a screen in that of its reader.
        if line.contains("--funder") && matches!(name.as_str(), "label" | "note" | "message") {
            continue;
        }
        // A code may be shown by its label: then each code has one, and each label one code.
        let (mut labels, mut codes) = (BTreeMap::new(), BTreeMap::new());
        for (seen, cells) in table.rows.iter().zip(&csv.rows) {
            let (seen, cell) = (seen[at].as_str(), cells[at].as_str());
            if !people_read(seen, cell) {
                let is_code = cell.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
                assert!(is_code && cell.parse::<f64>().is_err(), "{line}, {name}: table “{seen}”, csv “{cell}”");
                assert_eq!(*labels.entry(cell).or_insert(seen), seen, "{line}, {name}: two labels for {cell}");
                assert_eq!(*codes.entry(seen).or_insert(cell), cell, "{line}, {name}: two codes for {seen}");
            }
        }
    }
}

#[test]
fn every_list_says_the_same_in_a_table_in_csv_and_in_json() {
    let desk = romans();
    for line in LISTS {
        let csv = csv_of(&desk.run(&format!("{line} -f csv")).ends(0).stdout);
        assert!(!csv.rows.is_empty(), "{line} is empty");
        check_json(&desk, line, &csv);
        check_table(&desk, line, &csv);
    }
}

#[test]
fn every_section_says_the_same_in_a_table_in_csv_and_in_json() {
    let desk = romans();
    for section in fil::report::Section::CODES {
        for scope in ["-p 2018-11..2019-08 --as-of 2019-08-31", "--funder ca-solidarite -p 2019-01"] {
            let line = format!("report show {section} {scope}");
            let shown = desk.run(&format!("{line} -f csv"));
            if shown.code == 2 && scope.contains("--funder") {
                // What never leaves the school, or is about single people.
                assert!(["people", "placements", "attendance", "followups", "quality"].contains(section), "{line}");
                continue;
            }
            let csv = csv_of(&shown.ends(0).stdout);
            check_json(&desk, &line, &csv);
            if !csv.rows.is_empty() {
                check_table(&desk, &line, &csv);
            }
        }
    }
}

#[test]
fn every_page_says_the_same_in_csv_and_in_json() {
    let desk = romans();
    for line in PAGES {
        let csv = csv_of(&desk.run(&format!("{line} -f csv")).ends(0).stdout);
        assert!(!csv.rows.is_empty(), "{line} is empty");
        check_json(&desk, line, &csv);
    }
}

/// The cells of the only table of a Markdown text: a line each, between bars.
fn markdown_of(text: &str) -> Table {
    let cells = |line: &str| -> Vec<String> {
        let inner = line.trim().trim_start_matches('|').trim_end_matches('|').replace("\\|", "\u{1}");
        inner.split('|').map(|cell| cell.trim().replace('\u{1}', "|").replace("<br>", "\n")).collect()
    };
    let mut lines = text.lines().filter(|line| line.starts_with('|')).map(cells);
    let header = lines.next().unwrap();
    let rule = lines.next().unwrap();
    assert!(rule.iter().all(|cell| cell.trim_matches([':', '-']).is_empty()), "{rule:?}");
    Table { header, rows: lines.map(|row| row.iter().map(|cell| unescaped(cell)).collect()).collect() }
}

/// The text of a cell of Markdown without the signs that keep it from being read as markup.
fn unescaped(cell: &str) -> String {
    let mut text = String::new();
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(next)) if next.is_ascii_punctuation() => text.extend(chars.next()),
            _ => text.push(c),
        }
    }
    plain(&text)
}

/// Text without the entities of HTML.
fn plain(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

/// The cells of the only table of a page.
fn html_of(text: &str) -> Table {
    let cells = |row: &str, tag: &str| -> Vec<String> {
        let (opens, closes) = (format!("<{tag}"), format!("</{tag}>"));
        let opened = row.split(opens.as_str()).skip(1);
        let inner = opened.map(|cell| cell.split_once('>').unwrap().1.split(closes.as_str()).next().unwrap());
        inner.map(plain).collect()
    };
    let (head, body) = text.split_once("</thead>").unwrap();
    let header = cells(head.split_once("<thead>").unwrap().1, "th");
    Table { header, rows: body.split("<tr>").skip(1).map(|row| cells(row, "td")).collect() }
}

#[test]
fn every_list_says_the_same_in_markdown_and_on_a_page() {
    let desk = romans();
    for line in LISTS {
        let csv = csv_of(&desk.run(&format!("{line} -f csv")).ends(0).stdout);
        for (format, read) in [("md", markdown_of as fn(&str) -> Table), ("html", html_of)] {
            let text = desk.run(&format!("{line} -f {format} --lang en")).ends(0).stdout;
            same_for_people(&format!("{line} -f {format}"), &csv, &read(&text));
        }
    }
}

/// Whether a cell of a workbook holds what the csv says: typed, or by its label.
fn holds(cell: &calamine::Data, csv: &str) -> bool {
    use calamine::Data;
    match cell {
        Data::Empty => csv.is_empty(),
        Data::Float(number) => csv.parse::<f64>().is_ok_and(|want| (want - number).abs() < 1e-9),
        Data::Int(number) => csv.parse::<i64>().is_ok_and(|want| want == *number),
        Data::Bool(yes) => csv == yes.to_string(),
        Data::DateTime(day) => fil::domain::Date::parse_iso(csv).is_ok_and(|want| {
            // Day 1 of a workbook is 1 January 1900, and it believes in a 29 February of that year.
            let first = fil::domain::Date::parse_iso("1970-01-01").unwrap();
            want.days() - first.days() + 25_569 == day.as_f64() as i32
        }),
        Data::String(text) => !text.is_empty() && (text == csv || csv.parse::<f64>().is_err()),
        Data::DateTimeIso(_) | Data::DurationIso(_) | Data::Error(_) => false,
    }
}

#[test]
fn every_list_says_the_same_in_a_workbook() {
    use calamine::Reader;
    let desk = romans();
    for line in LISTS {
        let csv = csv_of(&desk.run(&format!("{line} -f csv")).ends(0).stdout);
        desk.run(&format!("{line} -o list.xlsx --force")).ends(0);
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(desk.path("list.xlsx")).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let mut rows = sheet.rows();
        assert_eq!(rows.next().unwrap().len(), csv.header.len(), "{line}");
        assert_eq!(rows.len(), csv.rows.len(), "{line}");
        for (row, cells) in rows.zip(&csv.rows) {
            for ((typed, cell), name) in row.iter().zip(cells).zip(&csv.header) {
                assert!(holds(typed, cell), "{line}, {name}: workbook {typed:?}, csv “{cell}”");
            }
        }
    }
}

#[test]
fn every_list_says_the_same_in_a_french_file() {
    let desk = romans();
    for line in LISTS {
        let csv = csv_of(&desk.run(&format!("{line} -f csv")).ends(0).stdout);
        let text = desk.run(&format!("{line} -f csv-fr")).ends(0).stdout;
        let mut reader =
            csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        assert_eq!(reader.headers().unwrap().len(), csv.header.len(), "{line}");
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), csv.rows.len(), "{line}");
        for (row, cells) in rows.iter().zip(&csv.rows) {
            for ((french, cell), name) in row.iter().zip(cells).zip(&csv.header) {
                let spaceless = french.replace(' ', "");
                let number = cell.parse::<f64>().is_ok() && french == cell.replace('.', ",");
                let day = fil::domain::Date::parse_iso(cell).is_ok_and(|day| day.french() == french);
                let answer = (cell == "true" && french == "oui") || (cell == "false" && french == "non");
                let guarded = french.strip_prefix('\'') == Some(cell.as_str());
                let same = french == cell || spaceless == *cell || number || day || answer || guarded;
                // Words for people are in French there, and codes stay codes.
                let words = [
                    "what",
                    "message",
                    "label",
                    "about",
                    "default",
                    "meaning",
                    "task",
                    "definition",
                    "rule",
                    "value",
                    "unit",
                    "variants",
                    "unknown",
                    "variants",
                    "numerator",
                    "denominator",
                    "source",
                ];
                assert!(
                    same || words.iter().any(|word| name.contains(word)),
                    "{line}, {name}: “{french}”, csv “{cell}”"
                );
            }
        }
    }
}

/// Every list of records, with closed values among its columns.
const CLOSED_VALUES: [&str; 11] = [
    "cohort list",
    "cohort slots -c ROM-2018-11",
    "cohort module list -c ROM-2018-11",
    "funder list",
    "funder grant list",
    "funder target list",
    "funder budget list",
    "config certificate list",
    "placement list",
    "trainee list -c all",
    "due",
];

#[test]
fn a_folder_gets_the_codes_that_a_pipe_gets() {
    for lang in ["fr", "en"] {
        let desk = romans().var("FIL_LANG", lang);
        for (n, line) in CLOSED_VALUES.iter().enumerate() {
            for flags in ["", " --lang fr", " -f csv-fr", " -f json"] {
                let format = if flags.contains("-f") { "" } else { " -f csv" };
                let piped = desk.run(&format!("{line}{flags}{format}")).ends(0).stdout;
                let folder = format!("{lang}{n}{}/", flags.replace([' ', '-'], ""));
                desk.run(&format!("{line}{flags} -o {folder}")).ends(0);
                let files: Vec<_> = std::fs::read_dir(desk.path(&folder)).unwrap().collect();
                assert_eq!(files.len(), 1, "{line}{flags}");
                let file = files.into_iter().next().unwrap().unwrap().path();
                assert_eq!(std::fs::read_to_string(file).unwrap(), piped, "{line}{flags} in {lang}");
            }
        }
    }
}
