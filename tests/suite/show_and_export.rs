//! A section that is shown and the same section in an exported folder are the same bytes, and a report for all cohorts is the
//! sum of those of each.

use super::random_school;
use super::support::Desk;

/// So many drawn schools that have all three cohorts, each with two funders of different levels.
fn schools(many: usize) -> Vec<(u64, Desk)> {
    let whole = |desk: &Desk| desk.run("cohort list -f csv").ends(0).stdout.lines().count() == 4;
    let drawn = (0..).map(|seed| (seed, random_school::any_school(seed))).filter(|(_, desk)| whole(desk));
    drawn.take(many).inspect(|(_, desk)| add_funders(desk)).collect()
}

fn add_funders(desk: &Desk) {
    desk.run("funder add open --level contract --name Open --set people=pseudonymised --set dialect=csv").ends(0);
    desk.run("funder grant add open-1 open --set cohorts=A|B|C --amount 1000").ends(0);
    desk.run("funder add shut --level aggregate --name Shut --set dialect=csv").ends(0);
    desk.run("funder grant add shut-1 shut --set cohorts=A|C --amount 1000").ends(0);
}

const PERIODS: [&str; 2] = ["2018-12", "2019-01..2019-03"];

#[test]
fn a_section_is_the_same_bytes_on_the_screen_and_in_the_folder() {
    for (seed, desk) in schools(1) {
        for funder in ["open", "shut"] {
            for period in PERIODS {
                let _ = std::fs::remove_dir_all(desk.path("out"));
                desk.run(&format!("report export {period} --funder {funder} -o out/")).ends(0);
                let folder = std::fs::read_dir(desk.path("out")).unwrap().next().unwrap().unwrap().file_name();
                let folder = format!("out/{}", folder.to_str().unwrap());
                for section in ["monthly", "indicators", "exits", "financial"] {
                    let shown =
                        desk.run(&format!("report show {section} -p {period} --funder {funder} -f csv")).ends(0);
                    // What would be mostly masked is left out of the folder, and shown when it is asked for.
                    if funder == "shut" && !desk.path(&format!("{folder}/{section}.csv")).exists() {
                        continue;
                    }
                    let exported = desk.read(&format!("{folder}/{section}.csv"));
                    assert_eq!(shown.stdout, exported, "{section} {period} {funder}, seed {seed}");
                }
            }
        }
    }
}

/// The rows of a section, with the position of its column `cohort`.
fn rows(desk: &Desk, line: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let text = desk.run(&format!("report show {line} -f csv")).ends(0).stdout;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (header, reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect())
}

/// Columns of `monthly` that count something that belongs to one cohort.
const COUNTS: [&str; 14] = [
    "start",
    "entries",
    "exits",
    "end",
    "planned",
    "present",
    "excused",
    "unexcused",
    "unmarked",
    "modules_validated",
    "code_passed",
    "licence_obtained",
    "interviews",
    "contracts_signed",
];

#[test]
fn the_row_of_all_cohorts_is_the_sum_of_theirs_but_for_people_of_several() {
    for (seed, desk) in schools(3) {
        let (header, all) = rows(&desk, "monthly -p 2018-11..2019-06");
        let at = |name: &str| header.iter().position(|header| header == name).unwrap();
        let (cohort, month) = (at("cohort"), at("month"));
        for total in all.iter().filter(|row| row[cohort] == "*") {
            let parts: Vec<&Vec<String>> =
                all.iter().filter(|row| row[cohort] != "*" && row[month] == total[month]).collect();
            for name in COUNTS {
                let column = at(name);
                let number = |row: &[String]| row[column].parse::<i64>().unwrap();
                let sum: i64 = parts.iter().map(|row| number(row)).sum();
                // The licence belongs to a person: somebody in two cohorts passes it once.
                let shared = ["code_passed", "licence_obtained"].contains(&name);
                let whole = number(total);
                assert!(
                    whole == sum || (shared && whole <= sum),
                    "{name} of {}: {whole}, {sum}, seed {seed}",
                    total[month]
                );
            }
        }
    }
}

#[test]
fn a_report_of_one_cohort_is_its_rows_of_the_report_of_all() {
    for (seed, desk) in schools(2) {
        for section in ["monthly -p 2018-11..2019-06", "indicators --as-of 2019-08-31", "exits --as-of 2019-08-31"] {
            let (header, all) = rows(&desk, section);
            let cohort = header.iter().position(|name| name == "cohort").unwrap();
            for code in ["A", "B", "C"] {
                let (_, one) = rows(&desk, &format!("{section} -c {code}"));
                let of = |rows: &[Vec<String>]| -> Vec<Vec<String>> {
                    rows.iter().filter(|row| row[cohort] == code).cloned().collect()
                };
                assert!(!of(&one).is_empty(), "{section} {code}");
                let (one, all) = (of(&one), of(&all));
                assert!(one.iter().all(|row| all.contains(row)), "{section} {code}, seed {seed}: {one:?}");
                // Beside them stand certificates and modules of other cohorts, of which this one has nobody.
                let more: Vec<&Vec<String>> = all.iter().filter(|row| !one.contains(row)).collect();
                assert!(more.iter().all(|row| row[0].contains('@') && row[3..5] == ["0", "0"]), "{section}: {more:?}");
            }
        }
    }
}

#[test]
fn months_are_the_parts_of_a_period() {
    let (_, desk) = schools(1).remove(0);
    let (_, period) = rows(&desk, "monthly -p 2018-11..2019-02 -c A");
    let months = ["2018-11", "2018-12", "2019-01", "2019-02"];
    let apart: Vec<Vec<String>> =
        months.iter().flat_map(|month| rows(&desk, &format!("monthly -p {month} -c A")).1).collect();
    let of_cohort =
        |rows: &[Vec<String>]| -> Vec<Vec<String>> { rows.iter().filter(|row| row[0] == "A").cloned().collect() };
    assert_eq!(of_cohort(&period), of_cohort(&apart));
}
