//! Every figure and the list behind it: on the example school and on schools drawn by chance, they say the same.

use super::support::Desk;
use super::{example_school::romans, random_school};
use std::collections::BTreeMap;

/// A table of a machine format: each row by the names of its columns.
type Rows = Vec<BTreeMap<String, String>>;

fn rows(desk: &Desk, line: &str) -> Rows {
    let csv = desk.run(line).ends(0).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let row = |r: csv::StringRecord| headers.iter().zip(r.iter()).map(|(h, c)| (h.to_owned(), c.to_owned())).collect();
    reader.records().map(|r| row(r.unwrap())).collect()
}

/// What a list of units adds up to: the numerator in billionths, so that hours keep all their decimals.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Sum {
    num: i64,
    den: i64,
    unknown: i64,
    not_yet_due: i64,
}

/// One in billionths.
const ONE: i64 = 1_000_000_000;

fn billionths(text: &str) -> i64 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    whole.parse::<i64>().unwrap() * ONE + sign * format!("{rest:0<9}").parse::<i64>().unwrap()
}

/// A sum as a reader rounds it to two decimals, in billionths.
fn to_the_cent(sum: i64) -> i64 {
    let cent = ONE / 100;
    (sum + sum.signum() * cent / 2) / cent * cent
}

/// The name of the list a unit belongs to: its figure, and in the section `attendance` the person it is about.
fn list_of(unit: &BTreeMap<String, String>) -> String {
    match unit["indicator"].as_str() {
        name if name.starts_with("attendance:") => format!("{name}@{}@{}", unit["cohort"], unit["person"]),
        name => name.to_owned(),
    }
}

/// The lists behind a figure, each under its own name.
fn sums(units: &Rows) -> BTreeMap<String, Sum> {
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    for unit in units {
        let sum = sums.entry(list_of(unit)).or_default();
        match unit["verdict"].as_str() {
            "counted" => sum.num += billionths(&unit["amount"]),
            "unknown" => sum.unknown += 1,
            "not_yet_due" => sum.not_yet_due += 1,
            "not_counted" | "left_out" => {}
            other => panic!("verdict {other}"),
        }
        sum.den += i64::from(unit["in_base"] == "true");
    }
    sums
}

/// Percent with one decimal, half away from zero.
fn percent(sum: Sum) -> String {
    if sum.den == 0 {
        return String::new();
    }
    let tenths = (sum.num / ONE * 2000 + sum.den) / (2 * sum.den);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The lines behind the row of a cohort, or of the total: the lines of its own where it has some, else all of them.
fn of_row(units: &Rows, cohort: &str) -> Rows {
    let own = units.iter().any(|unit| unit["cohort"] == "*");
    units.iter().filter(|unit| unit["cohort"] == cohort || (cohort == "*" && !own)).cloned().collect()
}

fn check_indicators(desk: &Desk, scope: &str) {
    let mut lists: BTreeMap<String, Rows> = BTreeMap::new();
    for row in rows(desk, &format!("report show indicators {scope} -f csv")) {
        let (name, cohort) = (&row["indicator"], row["cohort"].as_str());
        let of = |name: &String| rows(desk, &format!("report explain {name} {scope} -f csv"));
        let units = of_row(lists.entry(name.clone()).or_insert_with(|| of(name)), cohort);
        assert!(units.iter().all(|unit| unit["indicator"] == *name && !unit["record"].is_empty()), "{name}");
        let sum = sums(&units).get(name).copied().unwrap_or_default();
        let told = format!("{name} of {cohort} {scope}: {row:?}, its list {sum:?}");
        assert_eq!(row["unknown"], sum.unknown.to_string(), "{told}");
        assert_eq!(row["not_yet_due"], sum.not_yet_due.to_string(), "{told}");
        match (row["num"].as_str(), row["den"].as_str()) {
            ("", den) => assert_eq!(den, sum.den.to_string(), "{told}"),
            (num, "") if row["unit"] == "hours" => assert_eq!(billionths(num), to_the_cent(sum.num), "{told}"),
            (num, "") => assert_eq!(billionths(num), sum.num, "{told}"),
            (num, den) => {
                // No exit is due yet: the figure waits, and says 0.
                let waits = name.starts_with("dynamic_on_entrants") && row["value"].is_empty();
                assert!(billionths(num) == sum.num || (waits && num == "0"), "{told}");
                assert_eq!(den, sum.den.to_string(), "{told}");
                if row["unit"] == "%" && !waits {
                    assert_eq!(row["value"], percent(sum), "{told}");
                }
            }
        }
    }
}

/// The sections whose figures are explained: the columns that name a row, and those that are figures.
const SECTIONS: &[(&str, &[&str], &[&str])] = &[
    (
        "monthly",
        &["month"],
        &[
            "start",
            "entries",
            "exits",
            "end",
            "planned",
            "present",
            "excused",
            "unexcused",
            "unmarked",
            "attendance_pct",
            "hours_centre",
            "hours_company",
            "modules_validated",
            "code_passed",
            "licence_obtained",
            "interviews",
            "interview_hours",
            "prehire_started",
            "contracts_signed",
        ],
    ),
    (
        "exits",
        &["scheme", "point"],
        &[
            "entrants",
            "withdrawn",
            "examined",
            "durable",
            "transition",
            "positive",
            "other",
            "unknown",
            "not_yet_due",
            "dynamic_pct",
            "durable_pct",
            "employment_pct",
            "dynamic_pct_on_entrants",
        ],
    ),
    (
        "attendance",
        &["cohort", "trainee"],
        &[
            "planned",
            "present",
            "excused",
            "unexcused",
            "unmarked",
            "attendance_pct",
            "hours_centre",
            "hours_company",
            "longest_absence",
        ],
    ),
    ("esf", &["indicator"], &["women", "men", "nonbinary", "total"]),
    ("bpf", &["year", "frame", "line"], &["trainees", "hours"]),
];

fn check_section(desk: &Desk, scope: &str, section: &(&str, &[&str], &[&str])) {
    let (name, keys, columns) = *section;
    let mut table = rows(desk, &format!("report show {name} {scope} -f csv"));
    let by_cohort = !keys.contains(&"cohort");
    let cohort_of = |row: &BTreeMap<String, String>| match row.get("cohort") {
        Some(cohort) if by_cohort => cohort.clone(),
        _ => "*".to_owned(),
    };
    table.retain(|row| by_cohort || row.get("cohort").is_none_or(|cohort| cohort != "*"));
    for column in columns {
        let units = rows(desk, &format!("report explain {name}:{column} {scope} --names -f csv"));
        assert!(units.iter().all(|unit| !unit["record"].is_empty()), "{name}:{column}");
        let total = sums(&of_row(&units, "*"));
        let mut seen = 0;
        for row in &table {
            let cohort = cohort_of(row);
            let sums = if cohort == "*" { total.clone() } else { sums(&of_row(&units, &cohort)) };
            let words = keys.iter().map(|key| row[*key].as_str()).collect::<Vec<_>>().join("@");
            let list = format!("{name}:{column}@{words}");
            let sum = sums.get(&list).copied().unwrap_or_default();
            seen += usize::from(cohort == "*" && sums.contains_key(&list));
            let told = format!("{list} of {cohort} {scope}: shown {:?}, its list {sum:?}", row[*column]);
            let shown = row[*column].as_str();
            if column.contains("_pct") {
                // No exit is due yet: the figure is empty while its base is all the entrants.
                let waits = *column == "dynamic_pct_on_entrants" && shown.is_empty();
                assert!(waits || shown == percent(sum), "{told}, {}", percent(sum));
            } else if shown.is_empty() {
                assert_eq!(sum.num, 0, "{told}");
            } else if name == "bpf" && *column == "hours" {
                // Rounded to the hour once, on the line.
                assert_eq!(billionths(shown), (to_the_cent(sum.num) + ONE / 2) / ONE * ONE, "{told}");
            } else if column.contains("hours") {
                assert_eq!(billionths(shown), to_the_cent(sum.num), "{told}");
            } else {
                assert_eq!(billionths(shown), sum.num, "{told}");
            }
        }
        assert_eq!(seen, total.len(), "{name}:{column} {scope}: lists without a row in {:?}", total.keys());
    }
}

#[test]
fn on_the_example_school_every_indicator_is_the_size_of_its_list() {
    let desk = romans();
    for scope in ["--as-of 2019-08-31", "-p 2018-12 --as-of 2018-12-31"] {
        check_indicators(&desk, &format!("-c all {scope}"));
    }
}

#[test]
fn on_the_example_school_every_column_of_figures_is_the_sum_of_its_list() {
    let desk = romans();
    for scope in ["-p 2018-11..2019-08 --as-of 2019-08-31", "-p 2018-12 --as-of 2018-12-20"] {
        SECTIONS.iter().for_each(|section| check_section(&desk, scope, section));
    }
}

#[test]
fn on_schools_drawn_by_chance_every_figure_is_the_sum_of_its_list() {
    for (seed, scope) in [(1, "--as-of 2019-09-02"), (2, "-p 2019-01..2019-06"), (3, "-p 2019 --as-of 2019-07-15")] {
        let desk = random_school::school(seed);
        check_indicators(&desk, &format!("-c all {scope}"));
        check_indicators(&desk, &format!("-c B {scope}"));
        let scope = if seed == 1 { "-p 2018-11..2019-09 --as-of 2019-09-02" } else { scope };
        SECTIONS.iter().for_each(|section| check_section(&desk, scope, section));
    }
}

/// Somebody in two cohorts counts in each of them and once in the total: each row has its own lines.
#[test]
fn what_counts_each_person_once_has_lines_for_each_cohort_and_for_the_total() {
    let desk = random_school::school(2);
    for figure in ["applicants", "people_reached", "driving_hours", "partner_companies", "monthly:code_passed"] {
        let all = rows(&desk, &format!("report explain {figure} -c all -f csv"));
        let cohorts: std::collections::BTreeSet<&str> = all.iter().map(|unit| unit["cohort"].as_str()).collect();
        assert!(cohorts.contains("*") && cohorts.len() > 2, "{figure}: {cohorts:?}");
        let one = rows(&desk, &format!("report explain {figure} -c B -f csv"));
        assert!(one.iter().all(|unit| unit["cohort"] == "B"), "{figure}");
    }
    let entrants = rows(&desk, "report explain entrants -c all -f csv");
    assert!(entrants.iter().all(|unit| unit["cohort"] != "*"));
}

/// The reason that a list gives for somebody.
#[track_caller]
fn reason(desk: &Desk, line: &str, person: &str) -> String {
    let units = rows(desk, &format!("report explain {line} --names -f csv"));
    let found = units.iter().find(|unit| unit["person"] == person);
    found.unwrap_or_else(|| panic!("{line}: {person} has no line"))["rule"].clone()
}

#[test]
fn a_reason_gives_the_values_that_were_compared() {
    let desk = romans();
    let arben = |line: &str| reason(&desk, line, "krasniqi-arben");
    assert_eq!(
        arben("monthly:end@2018-12 -p 2018-12"),
        "left on 2018-12-18, before the last day of the month (2018-12-31)"
    );
    assert_eq!(arben("monthly:start@2019-01 -p 2019-01"), "left on 2018-12-18, before 2019-01-01");
    assert_eq!(arben("dynamic_exit_rate@3m --as-of 2019-03-01"), "left on 2018-12-18, force majeure");
    let waits = desk.run("report explain dynamic_exit_rate@exit --as-of 2019-01-31 -f csv").ends(0).stdout;
    assert!(waits.contains("exit 2019-01-11 + 28 days = 2019-02-08, after 2019-01-31"), "{waits}");
    assert_eq!(arben("completion_rate --as-of 2018-12-31"), "the cohort ends on 2019-02-01, after 2018-12-31");
    for line in ["monthly:end", "monthly:start", "dropout_rate", "completion_rate", "early_exit_rate", "esf:total"] {
        let told = desk.run(&format!("report explain {line} -f csv")).ends(0).stdout;
        for circle in ["the rule", "of the definition", "to the line"] {
            assert!(!told.contains(circle), "{line}: {circle}\n{told}");
        }
    }
}

#[test]
fn a_word_that_no_row_can_carry_is_refused_with_those_that_are_words() {
    let desk = romans();
    for (figure, hint) in [
        ("exits:durable@xyz", "iae"),
        ("exits:durable@iea@3m", "fil report explain exits:durable@iae@3m"),
        ("exits:durable@iae@9m", "fil report explain exits:durable@iae@3m"),
        ("exits:durable@3m@6m", "fil report explain exits:durable@"),
        ("exits:durable@3m@ROM-2018-11", "fil report explain exits:durable@3m -c ROM-2018-11"),
        ("exits:durable@", "3m"),
        ("monthly:start@2018-13", "monthly:start@2018-11"),
        ("monthly:start@2018-11@2018-12", "monthly:start@2018-11"),
        ("monthly:start@ROM-2018-11", "fil report explain monthly:start -c ROM-2018-11"),
        ("attendance:present@amara-nassim", "fil report explain attendance:present"),
        ("esf:women@EECO99", "EECO0"),
        ("bpf:trainees@2018@F-2", "fil report explain bpf:trainees@2018@F-1"),
        ("bpf:trainees@F-1@b", "fil report explain bpf:trainees@2018@F-1@a"),
        ("financial:planned@nosuch", "charge"),
        ("financial:planned@charge@per_entrant", "financial:planned@charge"),
        ("financial:planned@charge@69", "fil report explain financial:planned@charge@6"),
        ("modules_validated@F99", "F1"),
        ("certificate_success@ZZZ", "Possible words"),
    ] {
        let found = desk.run(&format!("report explain '{figure}' -f csv")).ends(2).tells(hint);
        assert_eq!(found.stdout, "", "{figure}");
    }
    desk.run("report explain exits:durable@9m --lang fr").ends(2).tells("ne nomme aucune ligne de exits");
}

#[test]
fn every_figure_that_explain_names_can_be_asked_for_by_that_name() {
    let desk = romans();
    let asked = ["exits:durable", "monthly:start", "esf:women", "bpf:hours", "financial:planned"];
    for figure in asked {
        let names: std::collections::BTreeSet<String> =
            rows(&desk, &format!("report explain {figure} -p 2018-11..2019-03 -f csv"))
                .into_iter()
                .map(|row| row["indicator"].clone())
                .collect();
        assert!(!names.is_empty(), "{figure}");
        for name in names {
            let line = ["report", "explain", name.as_str(), "-p", "2018-11..2019-03", "-f", "csv"].map(str::to_owned);
            let found = desk.run_words(&line).ends(0).stdout;
            let units: Vec<&str> = found.lines().skip(1).collect();
            let starts = |unit: &&str| unit.trim_start_matches('"').starts_with(name.as_str());
            assert!(!units.is_empty() && units.iter().all(starts), "{name}: {found}");
        }
    }
    // A word that means something, and nobody in this scope.
    for figure in ["monthly:start@2012-01", "bpf:hours@2012", "bpf:hours@F-3@b"] {
        let found = desk.run(&format!("report explain {figure} -p 2018-12 -f csv")).ends(0);
        assert_eq!(found.stdout.lines().count(), 1, "{figure}: {}", found.stdout);
    }
}

/// The operation and the record that a list gives for the counted half-days of someone.
fn recorded(desk: &Desk, line: &str, person: &str) -> Vec<(String, String)> {
    let mut units = rows(desk, &format!("report explain {line} --names -f csv"));
    units.retain(|unit| unit["person"] == person && unit["verdict"] == "counted");
    units.iter().map(|unit| (unit["record"].clone(), unit["operation"].clone())).collect()
}

#[test]
fn a_figure_names_the_record_that_decided_and_when_it_was_recorded() {
    let desk = romans();
    let marks = desk.run("log -f csv").ends(0).stdout;
    let line = marks.lines().find(|line| line.contains("attendance")).unwrap();
    let import = line.split(',').next().unwrap().to_owned();
    for figure in ["entrants", "people_reached"] {
        let found = recorded(&desk, figure, "amara-nassim");
        assert!(found[0].0.starts_with("attendance ") && found[0].0.ends_with(" 2018-11-05 am"), "{found:?}");
        assert_eq!(found[0].1, import, "{figure}");
    }
    // Before the marks came they were admitted and no entrant: the participation tells it.
    let before = format!("report explain entrants --known-on {} --names -f csv", import.parse::<i64>().unwrap() - 1);
    let units = rows(&desk, &before);
    let unit = units.iter().find(|unit| unit["person"] == "amara-nassim").unwrap();
    assert!(unit["verdict"] == "left_out" && unit["record"].starts_with("participation "), "{unit:?}");
}

#[test]
fn other_minutes_of_a_present_mark_re_date_its_hours_and_not_its_presence() {
    let desk = romans();
    let day = "-p 2018-11-05 --as-of 2018-11-05";
    let of = |figure: &str| recorded(&desk, &format!("{figure} {day}"), "amara-nassim");
    let (presence, hours) = (of("attendance_rate"), of("hours_centre"));
    desk.file(
        "fix.csv",
        "cohort,trainee,date,half,status,minutes\nROM-2018-11,amara-nassim,2018-11-05,am,present,200\n",
    );
    desk.run("import fix.csv --as attendance").ends(0);
    assert_eq!(of("attendance_rate"), presence);
    let after = of("hours_centre");
    assert!(after != hours && after[0].0 == hours[0].0, "{hours:?} {after:?}");
}

#[test]
fn money_is_the_sum_of_its_lines_on_the_example_school() {
    let desk = romans();
    let scope = "--as-of 2019-08-31";
    let shown = rows(&desk, &format!("report show financial {scope} -f csv"));
    for row in shown.iter().filter(|row| row["cohort"] == "*" && row["class"] != "total") {
        let words = format!("{}@{}", row["side"], row["class"]);
        let words =
            if matches!(&*row["side"], "charge" | "income") { format!("{words}@{}", row["label"]) } else { words };
        for column in ["planned", "realised", "gap"] {
            let line = format!("report explain \"financial:{column}@{words}\" {scope} -f csv");
            if row[column].is_empty() {
                continue;
            }
            let units = rows(&desk, &line);
            let sum = sums(&units).values().copied().next().unwrap();
            let told = format!("{line}: {row:?} {sum:?}");
            if row["side"] == "cost" {
                assert_eq!(billionths(&row[column]), to_the_cent(sum.num / sum.den), "{told}");
            } else {
                assert_eq!(billionths(&row[column]), sum.num, "{told}");
            }
        }
    }
}
