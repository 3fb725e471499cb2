//! Table, csv and json of every list and section say the same, cell by cell.

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
    let table = table_of(&desk.run(&format!("{line} -f table")).ends(0).stdout);
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
