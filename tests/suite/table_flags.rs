//! The flags of every list: sorting by any column, showing chosen columns, limiting rows, in every format.

use super::example_school::romans;
use super::support::Desk;
use std::cmp::Ordering;

/// Each list with enough rows to sort.
const LISTS: &[&str] = &[
    "cohort slots -c ROM-2018-11",
    "cohort module list -c all",
    "trainee list -c all",
    "trainee list -c all --contact",
    "progress list results",
    "progress list certificates",
    "progress list licence",
    "progress list interviews",
    "placement list",
    "placement companies",
    "funder list",
    "funder grant list",
    "funder target list",
    "funder budget list",
    "report indicators",
    "config list",
    "config certificate list",
    "log",
    "due",
    "check",
];

struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[track_caller]
fn table(desk: &Desk, line: &str) -> Table {
    let text = desk.run(&format!("{line} -f csv")).ends(0).stdout;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
    let header = rows.next().unwrap();
    Table { header, rows: rows.collect() }
}

impl Table {
    fn column(&self, name: &str) -> Vec<&str> {
        let at = self.header.iter().position(|header| header == name).unwrap();
        self.rows.iter().map(|row| row[at].as_str()).collect()
    }
    fn sorted_rows(&self) -> Vec<&Vec<String>> {
        let mut rows: Vec<&Vec<String>> = self.rows.iter().collect();
        rows.sort();
        rows
    }
}

/// Numbers by their value, anything else as it is written; empty cells stay apart.
fn order(a: &str, b: &str) -> Ordering {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a.total_cmp(&b),
        _ => a.cmp(b),
    }
}

/// Whether a column holds numbers or dates only: text is sorted as people sort it, not by its bytes.
fn is_plain(cells: &[&str]) -> bool {
    let date = |cell: &str| fil::domain::Date::parse_iso(cell).is_ok();
    let filled: Vec<&&str> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    filled.iter().all(|cell| cell.parse::<f64>().is_ok()) || filled.iter().all(|cell| date(cell))
}

#[test]
fn every_list_is_sorted_by_each_of_its_columns_both_ways_and_loses_no_row() {
    let desk = romans();
    for line in LISTS {
        let whole = table(&desk, line);
        for name in &whole.header {
            let [up, down] = ["asc", "desc"].map(|way| table(&desk, &format!("{line} -S {name}:{way}")));
            assert_eq!(table(&desk, &format!("{line} -S {name}")).rows, up.rows, "{line} {name}: up is the default");
            for sorted in [&up, &down] {
                assert_eq!(sorted.header, whole.header, "{line} {name}");
                assert_eq!(sorted.sorted_rows(), whole.sorted_rows(), "{line} {name}");
            }
            let cells = up.column(name);
            if is_plain(&cells) {
                let filled: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
                assert!(filled.is_sorted_by(|a, b| order(a, b).is_le()), "{line} {name}: {filled:?}");
                let filled: Vec<&str> = down.column(name).into_iter().filter(|cell| !cell.is_empty()).collect();
                assert!(filled.is_sorted_by(|a, b| order(a, b).is_ge()), "{line} {name}: {filled:?}");
            }
            // Cells that are equal keep the order of the list.
            let again = table(&desk, &format!("{line} -S {name}"));
            assert_eq!(again.rows, up.rows, "{line} {name}");
        }
    }
}

#[test]
fn every_list_shows_the_columns_that_are_asked_for_in_that_order() {
    let desk = romans();
    for line in LISTS {
        let whole = table(&desk, line);
        let mut asked = whole.header.clone();
        asked.reverse();
        let reversed = table(&desk, &format!("{line} --columns {}", asked.join(",")));
        assert_eq!(reversed.header, asked, "{line}");
        let want: Vec<Vec<String>> = whole.rows.iter().map(|row| row.iter().rev().cloned().collect()).collect();
        assert_eq!(reversed.rows, want, "{line}");
        let first = &whole.header[0];
        let one = table(&desk, &format!("{line} --columns {first}"));
        assert_eq!(one.rows.len(), whole.rows.len(), "{line}");
        assert_eq!(one.column(first), whole.column(first), "{line}");
        desk.run(&format!("{line} --columns nothing -f csv")).ends(2).tells("nothing");
        desk.run(&format!("{line} -S nothing -f csv")).ends(2).tells("nothing");
    }
}

#[test]
fn a_list_is_cut_after_it_was_sorted_and_says_so() {
    let desk = romans();
    for line in LISTS {
        let whole = table(&desk, line);
        let (first, many) = (&whole.header[0], whole.rows.len());
        let sorted = table(&desk, &format!("{line} -S {first}:desc"));
        for limit in [1, many - 1, many, many + 5] {
            let cut = table(&desk, &format!("{line} -S {first}:desc -L {limit}"));
            assert_eq!(cut.rows, sorted.rows[..limit.min(many)], "{line} -L {limit}");
            let told = desk.run(&format!("{line} -L {limit} -f csv")).ends(0).stderr;
            assert_eq!(told.contains(&format!("{limit} rows of {many}")), limit < many, "{line} -L {limit}: {told}");
        }
        desk.run(&format!("{line} -L many -f csv")).ends(2);
    }
}

#[test]
fn every_list_goes_to_a_file_of_every_format() {
    let desk = romans();
    for (at, line) in LISTS.iter().enumerate() {
        for format in ["csv", "csv-fr", "json", "html"] {
            let shown = desk.run(&format!("{line} -f {format}")).ends(0).stdout;
            let name = format!("list-{at}.{}", format.trim_end_matches("-fr"));
            desk.run(&format!("{line} -f {format} -o {name} --force")).ends(0).tells(&name);
            assert_eq!(desk.read(&name), shown, "{line} -f {format}");
        }
        let name = format!("list-{at}.xlsx");
        desk.run(&format!("{line} -o {name}")).ends(0).tells(&name);
        let book = std::fs::read(desk.path(&name)).unwrap();
        assert!(book.starts_with(b"PK"), "{line}");
        desk.run(&format!("{line} -o {name}")).ends(0).tells("Unchanged");
    }
}
