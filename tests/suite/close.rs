//! Closed reports: the bytes that stay, what changed since and why, and folders that can be verified.

use super::example_school::romans;
use super::support::{Desk, Outcome, words};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

const FUNDER: &str = "break-poverty";

/// The example school on the day after, its November closed in the machine dialect.
fn closed() -> Desk {
    let desk = romans().on("2019-09-03");
    desk.run("report close 2018-11 --funder break-poverty -f csv").ends(0);
    desk
}

fn files(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(desk.path(folder)).unwrap();
    let read = |path: &Path| std::fs::read(path).unwrap();
    entries.map(|e| e.unwrap()).map(|e| (e.file_name().into_string().unwrap(), read(&e.path()))).collect()
}

fn records(bytes: &[u8]) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().unwrap().clone();
    let row = |r: csv::StringRecord| headers.iter().zip(&r).map(|(h, v)| (h.to_owned(), v.to_owned())).collect();
    reader.records().map(|r| row(r.unwrap())).collect()
}

fn hundredths(text: &str) -> i64 {
    if text.is_empty() { 0 } else { (text.parse::<f64>().unwrap() * 100.0).round() as i64 }
}

/// The columns whose words name a row of each section that holds figures.
const NAMING: [(&str, &[&str]); 5] = [
    ("monthly", &["cohort", "month"]),
    ("indicators", &["indicator", "cohort"]),
    ("exits", &["cohort", "scheme", "point"]),
    ("financial", &["cohort", "side", "class", "label"]),
    ("people", &["person", "cohort"]),
];

type Cells = BTreeMap<(String, String, String), i64>;

/// The numbers of a folder's files, read as any other program would.
fn numbers(desk: &Desk, folder: &str) -> Cells {
    let files = files(desk, folder);
    let mut cells = Cells::new();
    for (section, naming) in NAMING {
        // An undo may take the budget away, and its section with it.
        let Some(bytes) = files.get(&format!("{section}.csv")) else { continue };
        for row in records(bytes) {
            let key: Vec<&str> = naming.iter().map(|c| row[*c].as_str()).filter(|w| !w.is_empty()).collect();
            for (column, value) in &row {
                let number = value.is_empty() || value.parse::<f64>().is_ok();
                if number && !naming.contains(&column.as_str()) {
                    cells.insert((section.to_owned(), key.join(" "), column.clone()), hundredths(value));
                }
            }
        }
    }
    cells
}

fn diff(desk: &Desk) -> Vec<HashMap<String, String>> {
    records(desk.run("report diff 2018-11 --funder break-poverty -f csv").ends(0).stdout.as_bytes())
}

/// Every figure of the issued files and of today's must differ by exactly what the lines say.
#[track_caller]
fn adds_up(desk: &Desk) -> Vec<HashMap<String, String>> {
    desk.run("report export 2018-11 --funder break-poverty -f csv --live --force").ends(0);
    let issued = numbers(desk, "exports/2018-11_break-poverty");
    let now = numbers(desk, "exports/2018-11_break-poverty_live");
    let lines = diff(desk);
    let mut sums = Cells::new();
    for line in &lines {
        let name = (line["section"].clone(), line["key"].clone(), line["column"].clone());
        assert_eq!(hundredths(&line["issued"]), issued.get(&name).copied().unwrap_or(0), "{line:?}");
        assert_eq!(hundredths(&line["now"]), now.get(&name).copied().unwrap_or(0), "{line:?}");
        *sums.entry(name).or_default() += hundredths(&line["delta"]);
    }
    for name in issued.keys().chain(now.keys()) {
        // A cost row's label is words in a language: its class names it.
        if name.0 == "financial" {
            continue;
        }
        let change = now.get(name).copied().unwrap_or(0) - issued.get(name).copied().unwrap_or(0);
        assert_eq!(sums.get(name).copied().unwrap_or(0), change, "{name:?}");
    }
    lines
}

fn import(desk: &Desk, kind: &str, text: &str) -> Outcome {
    desk.file("late.csv", text);
    desk.run(&format!("import late.csv --as {kind}")).ends(0)
}

fn mark(desk: &Desk, who: &str, day: &str, half: &str, status: &str) {
    let head = "cohort,trainee,date,half,status";
    import(desk, "attendance", &format!("{head}\nROM-2018-11,{who},{day},{half},{status}\n"));
}

#[test]
fn a_closed_month_gives_its_bytes_again_whatever_happens_after() {
    let desk = closed();
    let sent = files(&desk, "exports/2018-11_break-poverty");
    assert!(String::from_utf8_lossy(&sent["manifest.json"]).contains("\"status\": \"closed\""));
    assert!(String::from_utf8_lossy(&sent["LISEZMOI.txt"]).contains("Rapport clos"));
    mark(&desk, "amara-nassim", "2018-11-12", "am", "unexcused");
    desk.run("config set durable_min over-6m").ends(0);
    desk.run("report export 2018-11 --funder break-poverty -o again").ends(0);
    assert_eq!(files(&desk, "again/2018-11_break-poverty"), sent);
    desk.run("report export 2018-11 --funder break-poverty -f csv-fr -o again").ends(2).tells("--live");
    desk.run("report export 2018-11 --funder break-poverty -f csv -o again").ends(0).tells("unchanged");
}

#[test]
fn a_month_is_closed_once_and_only_when_it_is_over() {
    let desk = closed();
    desk.run("report close 2018-11 --funder break-poverty").ends(4).tells("reopen 2018-11");
    desk.run("report close 2019-09 --funder break-poverty").ends(4).tells("not over");
    desk.run("report close 2018-12").ends(2).tells("--funder");
    let number = |desk: &Desk| desk.run("log -f csv").stdout.lines().count();
    let before = number(&desk);
    desk.run("report close 2018-12 --funder break-poverty --dry-run").ends(0).tells("Nothing was written");
    assert_eq!(number(&desk), before);
    desk.run(&format!("undo {}", before - 1)).ends(4).tells("cannot be undone");
}

#[test]
fn data_errors_stand_in_the_way_unless_each_is_accepted_with_a_reason() {
    let desk = romans().on("2019-09-03");
    let close = "report close 2019-01 --funder break-poverty";
    desk.run(close).ends(4).tells("unmarked").tells("--accept unmarked");
    desk.run(&format!("{close} --accept unmarked")).ends(2).tells("--why");
    desk.run(&format!("{close} --accept nothing --why x")).ends(2).tells("not a rule");
    desk.run(&format!("{close} --accept unmarked --why 'feuille perdue'")).ends(0);
    let sent = files(&desk, "exports/2019-01_break-poverty");
    for name in ["LISEZMOI.txt", "manifest.json"] {
        assert!(String::from_utf8_lossy(&sent[name]).contains("feuille perdue"), "{name}");
    }
    assert!(String::from_utf8_lossy(&sent["manifest.json"]).contains("\"rule\": \"unmarked\""));
}

#[test]
fn a_reopened_month_keeps_its_report_and_may_be_closed_again() {
    let desk = closed();
    let sent = files(&desk, "exports/2018-11_break-poverty");
    desk.run("report reopen 2018-11 --funder break-poverty").ends(2).tells("--why");
    desk.run("report reopen 2018-12 --funder break-poverty --why x").ends(4).tells("not closed");
    mark(&desk, "amara-nassim", "2018-11-12", "am", "unexcused");
    desk.run("report reopen 2018-11 --funder break-poverty --why 'a sheet came late'").ends(0);
    desk.run("report close 2018-11 --funder break-poverty -f csv").ends(1).tells("--force");
    desk.run("report close 2018-11 --funder break-poverty -f csv --force").ends(0);
    assert_ne!(files(&desk, "exports/2018-11_break-poverty"), sent);
    let history = records(desk.run("report history --funder break-poverty -f csv").ends(0).stdout.as_bytes());
    let status: Vec<&str> = history.iter().map(|row| row["status"].as_str()).collect();
    assert_eq!(status, ["superseded", "current"]);
    assert_eq!(history[0]["why"], "a sheet came late");
    desk.run("report export --close 1 --funder break-poverty -o old").ends(0);
    assert_eq!(files(&desk, "old/2018-11_break-poverty_1"), sent);
    desk.run("report verify old/2018-11_break-poverty_1").ends(0);
    desk.run("report verify exports/2018-11_break-poverty").ends(0);
}

#[test]
fn each_cause_is_told_apart() {
    let desk = closed();
    assert!(diff(&desk).is_empty());
    let check = |cause: &str, record: &str| {
        let last = desk.run("log -f csv").stdout.lines().count() - 1;
        let lines = adds_up(&desk);
        let found: Vec<_> = lines.iter().filter(|l| l["operation"] == last.to_string()).collect();
        assert!(!found.is_empty(), "{cause}: {lines:?}");
        for line in found {
            assert_eq!((line["cause"].as_str(), line["record"].as_str()), (cause, record), "{line:?}");
            assert_eq!(line["recorded_on"], "2019-09-03");
        }
    };
    mark(&desk, "amara-nassim", "2018-11-12", "am", "unexcused");
    check("correction", "attendance 1 2018-11-12 am");
    let head = "cohort,trainee,type,company,start";
    import(&desk, "placements", &format!("{head}\nROM-2018-11,faurie-jordan,CDI,Orange,2018-11-20\n"));
    check("late_entry", "placement 33");
    desk.run("progress clear amara-nassim --on 2018-11-13 --half am --yes").ends(0);
    check("deletion", "attendance 1 2018-11-13 am");
    // What was taken back is no change any more.
    let before = diff(&desk).len();
    mark(&desk, "oztas-emre", "2018-11-14", "am", "unexcused");
    desk.run("undo").ends(0);
    assert_eq!(diff(&desk).len(), before);
}

#[test]
fn a_setting_is_a_cause_of_its_own() {
    let desk = romans().on("2019-09-03");
    let head = "cohort,trainee,type,company,start,planned_end";
    // Exactly six months: durable, or not, as the setting says.
    import(&desk, "placements", &format!("{head}\nROM-2018-11,faurie-jordan,CDD,Orange,2018-11-19,2019-05-18\n"));
    desk.run("report close 2018-12 --funder break-poverty -f csv").ends(0);
    desk.run("config set durable_min over-6m").ends(0);
    let out = desk.run("report diff 2018-12 --funder break-poverty -f csv").ends(0).stdout;
    let lines = records(out.as_bytes());
    assert!(lines.iter().any(|l| l["section"] == "exits" && l["column"] == "durable" && l["delta"] == "-1"), "{out}");
    assert!(lines.iter().all(|l| l["cause"] == "setting" && l["record"] == "setting durable_min"), "{out}");
}

#[test]
fn the_next_close_says_what_changed_in_the_months_before_and_says_it_once() {
    let desk = closed();
    desk.run("report close 2018-12 --funder break-poverty -f csv").ends(0);
    assert!(!files(&desk, "exports/2018-12_break-poverty").contains_key("restated.csv"));
    mark(&desk, "amara-nassim", "2018-11-12", "am", "unexcused");
    desk.run("report close 2019-02 --funder break-poverty -f csv").ends(0).tells("restated.csv");
    let sent = files(&desk, "exports/2019-02_break-poverty");
    let lines = records(&sent["restated.csv"]);
    let november: Vec<_> = lines.iter().filter(|l| l["period"] == "2018-11").collect();
    let strip = |l: &HashMap<String, String>| {
        let mut bare = l.clone();
        bare.remove("period");
        bare
    };
    assert_eq!(november.into_iter().map(strip).collect::<Vec<_>>(), diff(&desk));
    assert!(String::from_utf8_lossy(&sent["LISEZMOI.txt"]).contains("restated.csv"));
    desk.run("report close 2019-03 --funder break-poverty -f csv").ends(0);
    assert!(!files(&desk, "exports/2019-03_break-poverty").contains_key("restated.csv"));
    desk.run("report verify exports/2019-02_break-poverty").ends(0);
}

#[test]
fn a_funder_under_a_threshold_is_told_of_no_single_record() {
    let desk = romans().on("2019-09-03");
    desk.run("report close 2018-11 --funder ca-solidarite -f csv").ends(0);
    mark(&desk, "amara-nassim", "2018-11-12", "am", "unexcused");
    desk.run("report close 2018-12 --funder ca-solidarite -f csv").ends(0);
    let lines = records(&files(&desk, "exports/2018-12_ca-solidarite")["restated.csv"]);
    assert!(!lines.is_empty());
    for line in lines {
        assert_eq!((line["record"].as_str(), line["operation"].as_str()), ("", ""), "{line:?}");
    }
    desk.run("report verify exports/2018-12_ca-solidarite").ends(0);
}

#[test]
fn verify_says_which_file_and_which_cell_does_not_hold() {
    for dialect in ["csv", "csv-fr"] {
        let desk = romans().on("2019-09-03");
        desk.run(&format!("report close 2018-11 --funder {FUNDER} -f {dialect}")).ends(0);
        let folder = "exports/2018-11_break-poverty";
        desk.run(&format!("report verify {folder}")).ends(0).tells("Everything holds");
        let text = desk.read(&format!("{folder}/monthly.csv"));
        let (from, to) = if dialect == "csv" { ("95.0", "96.0") } else { ("95,0", "96,0") };
        assert!(text.contains(from));
        desk.file(&format!("{folder}/monthly.csv"), text.replace(from, to));
        let out = desk.run(&format!("report verify {folder} -f csv")).ends(4).stdout;
        assert!(out.contains("hash,monthly.csv") && out.contains("attendance_pct"), "{out}");
        assert!(out.contains("figures,exits.csv,,,,,true"), "{out}");
    }
}

#[test]
fn kept_bytes_that_were_changed_behind_our_back_are_not_given_out_as_sent() {
    let desk = closed();
    let file = rusqlite::Connection::open(desk.path("fil.db")).unwrap();
    file.execute("UPDATE close_file SET bytes = CAST(bytes || x'0a' AS BLOB) WHERE name = 'exits.csv'", []).unwrap();
    drop(file);
    desk.run("report export 2018-11 --funder break-poverty -o again/").ends(1).tells("exits.csv").tells("fil restore");
    assert!(!desk.path("again/2018-11_break-poverty").exists());
}

#[test]
fn a_provisional_folder_is_verified_against_today() {
    let desk = romans().on("2019-09-03");
    desk.run("report export 2018-11 --funder break-poverty -f csv").ends(0);
    desk.run("report verify exports/2018-11_break-poverty").ends(0);
    mark(&desk, "amara-nassim", "2018-11-12", "am", "unexcused");
    let out = desk.run("report verify exports/2018-11_break-poverty -f csv").ends(4).stdout;
    assert!(out.contains("hash,monthly.csv,,,,,true") && out.contains("figures,monthly.csv,1,present,417,416,false"));
}

/// One act after the close, and the cause its lines must have.
#[derive(Debug, Clone)]
enum Act {
    Mark(usize, u32, bool),
    Clear(usize, u32),
    Since(usize, u32),
    Placement(usize, u32),
    Unplace(usize),
    Durable(bool),
    Merge(usize),
    Undo,
}

const PEOPLE: [&str; 6] =
    ["amara-nassim", "faurie-jordan", "oztas-emre", "lopes-vallon-tiago", "grimonet-theo", "perret-gentil-maeva"];

/// So many of them were recorded twice before the close: a second application, with a placement of its own.
const DOUBLES: usize = 3;

fn double(who: usize) -> String {
    format!("double-{}", PEOPLE[who])
}

fn closed_with_doubles() -> Desk {
    let desk = romans().on("2019-09-03");
    let mut trainees = "trainee,last_name,first_name,cohort\n".to_owned();
    let mut placements = "cohort,trainee,type,company,start\n".to_owned();
    for who in 0..DOUBLES {
        let slug = double(who);
        trainees += &format!("{slug},Double,Person{who},ROM-2018-11\n");
        placements += &format!("ROM-2018-11,{slug},CDI,Second {who},2018-11-{}\n", 12 + who);
    }
    for (kind, rows) in [("trainees", trainees), ("placements", placements)] {
        desk.file("doubles.csv", rows);
        desk.run(&format!("import doubles.csv --as {kind}")).ends(0);
    }
    desk.run("report close 2018-11 --funder break-poverty -f csv").ends(0);
    desk
}

fn act() -> impl Strategy<Value = Act> {
    let who = 0..PEOPLE.len();
    prop_oneof![
        (who.clone(), 5u32..17, any::<bool>()).prop_map(|(w, d, p)| Act::Mark(w, d, p)),
        (who.clone(), 5u32..17).prop_map(|(w, d)| Act::Clear(w, d)),
        (who.clone(), 17u32..30).prop_map(|(w, d)| Act::Since(w, d)),
        (who, 17u32..30).prop_map(|(w, d)| Act::Placement(w, d)),
        (1usize..32).prop_map(Act::Unplace),
        any::<bool>().prop_map(Act::Durable),
        (0..DOUBLES).prop_map(Act::Merge),
        Just(Act::Undo),
    ]
}

/// Runs an act; a refusal of the record rules is no matter.
fn run(desk: &Desk, act: &Act) -> Option<&'static str> {
    let (line, cause) = match act {
        Act::Mark(who, day, present) => {
            let status = if *present { "present" } else { "excused" };
            let row = format!("ROM-2018-11,{},2018-11-{day:02},pm,{status}", PEOPLE[*who]);
            desk.file("act.csv", format!("cohort,trainee,date,half,status\n{row}\n"));
            ("import act.csv --as attendance".to_owned(), "correction")
        }
        Act::Clear(who, day) => {
            (format!("progress clear {} --on 2018-11-{day:02} --half am --yes", PEOPLE[*who]), "deletion")
        }
        Act::Since(who, day) => (
            format!("trainee edit {} --set entry=2018-11-05 --set status_since=2018-10-{day:02}", PEOPLE[*who]),
            "correction",
        ),
        Act::Placement(who, day) => {
            let row = format!("ROM-2018-11,{},CDD,Nexans,2018-11-{day:02},2019-05-{:02}", PEOPLE[*who], day - 1);
            desk.file("act.csv", format!("cohort,trainee,type,company,start,planned_end\n{row}\n"));
            ("import act.csv --as placements".to_owned(), "late_entry")
        }
        Act::Unplace(number) => (format!("placement remove {number} --yes"), "deletion"),
        Act::Durable(over) => (format!("config set durable_min {}", if *over { "over-6m" } else { "6m" }), "setting"),
        Act::Merge(who) => (format!("trainee merge {} {} -y", PEOPLE[*who], double(*who)), "merge"),
        Act::Undo => ("undo".to_owned(), ""),
    };
    (desk.run_words(&words(&line)).code == 0).then_some(cause)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_after_a_close_its_lines_add_up_and_its_bytes_stay(acts in prop::collection::vec(act(), 1..9)) {
        let desk = closed_with_doubles();
        let sent = files(&desk, "exports/2018-11_break-poverty");
        let mut causes = HashMap::new();
        let mut standing = 0;
        let operations = || desk.run("log -f csv").stdout.lines().count() - 1;
        let mut known = operations();
        for act in &acts {
            // What was entered before the close stays.
            let undoes = matches!(act, Act::Undo);
            if undoes && standing == 0 {
                continue;
            }
            if let Some(cause) = run(&desk, act) {
                let operation = operations();
                // An act that changed nothing wrote no operation, and there is nothing of it to take back.
                if operation > known {
                    standing += if undoes { -1 } else { 1 };
                    known = operation;
                    causes.insert(operation.to_string(), cause);
                }
            }
        }
        for line in adds_up(&desk) {
            let cause = causes[&line["operation"]];
            // A mark of a half-day that was cleared before is entered late; an undo counts by what it did.
            let fits = cause == line["cause"] || cause.is_empty() || (cause == "correction" && line["cause"] == "late_entry");
            prop_assert!(fits, "{cause}: {line:?} after {acts:?}");
        }
        desk.run("report export 2018-11 --funder break-poverty -o again").ends(0);
        prop_assert_eq!(files(&desk, "again/2018-11_break-poverty"), sent);
        desk.run("report verify again/2018-11_break-poverty").ends(0);
    }
}

#[test]
fn a_merge_after_a_close_is_a_cause_of_its_own() {
    let desk = romans();
    desk.run("trainee add Amara Nasim -c ROM-2018-11 --set application_date=2018-09-11").ends(0);
    desk.run("report close 2018-11 --funder break-poverty").ends(0);
    desk.run("trainee merge amara-nassim amara-nasim -y").ends(0);
    let lines = records(desk.run("report diff 2018-11 --funder break-poverty -f csv").ends(0).stdout.as_bytes());
    let applicants = lines.iter().find(|l| l["key"] == "applicants *" && l["column"] == "value").unwrap();
    assert_eq!((applicants["issued"].as_str(), applicants["now"].as_str()), ("16", "15"));
    assert!(lines.iter().all(|l| l["cause"] == "merge"), "{lines:?}");
}

#[test]
fn a_merge_moves_what_the_second_record_held_and_its_lines_add_up() {
    let desk = closed_with_doubles();
    for who in 0..DOUBLES {
        assert_eq!(run(&desk, &Act::Merge(who)), Some("merge"));
    }
    let lines = adds_up(&desk);
    let companies = lines.iter().filter(|l| l["key"] == "partner_companies *" && l["column"] == "value");
    assert_eq!(companies.map(|l| hundredths(&l["delta"])).sum::<i64>(), 300, "{lines:?}");
    assert!(lines.iter().all(|l| l["cause"] == "merge"), "{lines:?}");
}

#[test]
fn the_code_of_a_funder_stays_once_a_report_bears_it() {
    let desk = closed();
    let before = desk.run("export all -f json").ends(0).stdout;
    desk.run("funder edit break-poverty --set funder=bp").ends(4).tells("break-poverty").tells("change the name");
    let head = "id,funder,name,level";
    let number = records(desk.run("export funders -f csv").stdout.as_bytes())
        .into_iter()
        .find(|row| row["funder"] == FUNDER)
        .map(|row| row["id"].clone())
        .unwrap();
    desk.file("renamed.csv", format!("{head}\n{number},bp,Break Poverty,contract\n"));
    desk.run("import renamed.csv --as funders").ends(4).tells("reports that were sent");
    assert_eq!(desk.run("export all -f json").ends(0).stdout, before);
    desk.run("funder edit break-poverty --name 'BP France'").ends(0);
    desk.run("report history --funder break-poverty -f csv").ends(0).shows("2018-11");
    // A funder to whom nothing was sent may take another code.
    desk.run("funder edit ca-solidarite --set funder=ca").ends(0);
    // Nor does an undo, or a removal, take the code away from under its reports.
    desk.run("funder add new --name New --level contract").ends(0);
    desk.run("funder edit new --set funder=newer").ends(0);
    let renamed = desk.run("log -f csv").stdout.lines().count() - 1;
    desk.run("funder grant add N newer --set from=2018-01-01 --set to=2019-12-31 --amount 10 --object x --cohorts ROM-2018-11")
        .ends(0);
    desk.run("report close 2018-11 --funder newer").ends(0);
    desk.run(&format!("undo {renamed}")).ends(4).tells("newer").tells("a report that was sent");
    desk.run("funder grant remove N -y").ends(0);
    desk.run("funder remove newer -y").ends(4).tells("closed reports");
    desk.run("report history --funder newer -f csv").ends(0).shows("2018-11");
}

#[test]
fn the_number_of_a_report_says_its_period_and_funder_and_suffers_no_other() {
    let desk = closed();
    desk.run("report close 2018-12 --funder ca-solidarite -f csv").ends(0);
    let said = "issued report 1 is 2018-11 for break-poverty";
    for line in [
        "2018-12 --close 1",
        "2018-12 --close 1 --funder break-poverty",
        "--close 1 --funder ca-solidarite",
        "--close 1 --funder break-poverty --funder ca-solidarite",
        "--close 1 --all",
        "--close 1 --live",
        "--close 1 --as-of 2018-12-15",
    ] {
        desk.run(&format!("report export {line} -o again")).ends(2).tells(said);
    }
    desk.run("report export --close 3 -o again").ends(3).tells("no issued report 3").tells("history");
    assert!(!desk.path("again").exists());
    for line in ["--close 1", "2018-11 --close 1 --funder break-poverty", "--close 1 --as-of 2018-11-30"] {
        desk.run(&format!("report export {line} -o again")).ends(0).tells("1 report written");
    }
    assert_eq!(files(&desk, "again/2018-11_break-poverty"), files(&desk, "exports/2018-11_break-poverty"));
}
