//! The page to look at, from the command line to a real browser.

use super::example_school::romans;
use super::support::{Desk, Outcome};
use std::path::{Path, PathBuf};
use std::process::Command;

const EXPORT: &str = "report export 2018-11..2019-08 --funder break-poverty -f html -o out/";
const FOLDER: &str = "out/2018-11-01_2019-08-31_break-poverty";

/// The words that a browser would fetch or run something for.
#[track_caller]
fn is_self_contained(page: &str) {
    assert!(page.starts_with("<!DOCTYPE html>"));
    for word in ["http://", "https://", "<script", " src=", "@import", "<link"] {
        assert!(!page.contains(word), "{word}");
    }
}

fn names(desk: &Desk, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn an_export_asked_for_as_html_has_the_same_tables_and_a_page() {
    let desk = romans();
    desk.run(EXPORT).ends(0);
    let with_page = names(&desk, FOLDER);
    assert!(with_page.contains(&"report.html".to_owned()), "{with_page:?}");
    let tables = |desk: &Desk, folder: &str| {
        let csv = names(desk, folder).into_iter().filter(|name| name.ends_with(".csv") || name == "LISEZMOI.txt");
        csv.map(|name| (desk.read(&format!("{folder}/{name}")), name)).collect::<Vec<_>>()
    };
    desk.run(&EXPORT.replace(" -f html", "").replace("out/", "plain/")).ends(0);
    let plain = FOLDER.replace("out/", "plain/");
    assert_eq!(tables(&desk, FOLDER), tables(&desk, &plain));
    assert!(!names(&desk, &plain).contains(&"report.html".to_owned()));

    let page = desk.read(&format!("{FOLDER}/report.html"));
    is_self_contained(&page);
    for words in [
        "<h1>Rapport pour Break Poverty Foundation</h1>",
        "~ provisoire",
        "ROM-2018-11",
        "✗ en retard",
        "id=\"def-dynamic_exit_rate\"",
        "id=\"table-financial\"",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let manifest: serde_json::Value = serde_json::from_str(&desk.read(&format!("{FOLDER}/manifest.json"))).unwrap();
    let hash = fil::report::manifest::sha256(page.as_bytes());
    let listed = manifest["files"].as_array().unwrap().iter().find(|f| f["name"] == "report.html").unwrap();
    assert_eq!(listed["sha256"], hash.as_str());
    assert_eq!(manifest["format"], "csv-fr");
    desk.run(EXPORT).ends(0).tells("unchanged");
}

#[test]
fn nobody_is_named_on_a_funders_page() {
    let desk = romans();
    desk.run(EXPORT).ends(0);
    let page = desk.read(&format!("{FOLDER}/report.html"));
    let people = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/romans/trainees.csv"));
    let mut checked = 0;
    for line in people.unwrap().lines().skip(1) {
        for name in line.split(',').skip(1).take(2).filter(|name| name.chars().count() > 3) {
            assert!(!page.contains(name), "{name}");
            checked += 1;
        }
    }
    assert!(checked > 15, "{checked} names looked for");
}

#[test]
fn a_page_holds_the_letters_that_the_masked_tables_hold_and_no_bar_for_them() {
    let desk = romans();
    let line = "report show --funder ca-solidarite -p 2018-11..2019-08";
    let masked: serde_json::Value = serde_json::from_str(&desk.run(&format!("{line} -f json")).ends(0).stdout).unwrap();
    let page = desk.run(&format!("{line} -f html")).ends(0).stdout;
    is_self_contained(&page);
    let rows = masked["monthly"].as_array().unwrap().iter().filter(|row| row["cohort"] == "*");
    let shown = rows.filter(|row| row["attendance_pct"].is_number()).count();
    let drawn = page
        .split("id=\"chart-presence-t\"")
        .nth(1)
        .map_or(0, |chart| chart.split("</svg>").next().unwrap_or_default().matches("<rect class=\"bar\"").count());
    assert_eq!(drawn, shown);
    let class = |row: &&serde_json::Value| {
        row["cohort"] == "*" && row["scheme"] == "iae" && row["durable"] != "c" && row["transition"] != "c"
    };
    let all_shown = |row: &&serde_json::Value| row["positive"] != "c" && row["other"] != "c";
    // Of the exits nearly all would be masked: they are on the page of who asks for them by name.
    let line = "report show exits --funder ca-solidarite -p 2018-11..2019-08";
    let asked: serde_json::Value = serde_json::from_str(&desk.run(&format!("{line} -f json")).ends(0).stdout).unwrap();
    let page = desk.run(&format!("{line} -f html")).ends(0).stdout;
    let exits = asked.as_array().unwrap();
    let open = exits.iter().filter(class).filter(all_shown).count();
    assert!(open < 4, "the example must mask something");
    let outcomes = page.split("id=\"chart-outcomes-t\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert_eq!(outcomes.matches("height=\"24\" fill=\"url(#chart-outcomes-h)\"").count(), 4 - open);
}

#[test]
fn one_section_and_the_whole_school_are_pages_too() {
    let desk = romans();
    for section in ["monthly", "indicators", "exits", "financial", "attendance", "quality"] {
        let page = desk.run(&format!("report show {section} -p 2018-11..2019-08 -f html")).ends(0).stdout;
        is_self_contained(&page);
        assert!(page.contains(&format!("id=\"table-{section}\"")), "{section}");
    }
    desk.run("report show -f html -o school.html").ends(0).tells("Written: school.html");
    let own = desk.read("school.html");
    assert!(own.contains("<h1>Rapport de l’école</h1>") && own.contains("id=\"table-exits\""));
    assert!(!own.contains("id=\"targets\""), "targets are a funder's");
    desk.run("report show -o english.html --lang en").ends(0);
    assert!(desk.read("english.html").contains("<html lang=\"en\">"));
    desk.run("report show -f json").ends(2).tells("which section?");
}

#[test]
fn a_whole_report_in_a_folder_is_one_page() {
    let desk = romans();
    desk.run("report show --funder break-poverty -p 2018-11 -f html -o pages/").ends(0);
    assert_eq!(names(&desk, "pages"), ["2018-11_report.html"]);
}

#[test]
fn asking_for_columns_gives_the_bare_table() {
    let desk = romans();
    let page = desk.run("report show exits --columns cohort,point -f html").ends(0).stdout;
    assert!(!page.contains("<svg") && page.contains("<table>"));
}

#[test]
fn the_same_file_gives_the_same_page() {
    let desk = romans();
    let once = |desk: &Desk| -> Outcome { desk.run("report show -f html").ends(0) };
    assert_eq!(once(&desk), once(&desk));
}

fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    std::env::split_paths(&path).flat_map(|dir| names.map(|name| dir.join(name))).find(|file| file.is_file())
}

#[test]
fn a_browser_shows_it_without_a_complaint_or_a_request() {
    let Some(browser) = browser() else {
        eprintln!("SKIPPED: no chromium here, so no browser has looked at the page (apt-get install chromium)");
        return;
    };
    let desk = romans();
    desk.run(EXPORT).ends(0);
    let page = desk.path(&format!("{FOLDER}/report.html"));
    let log = desk.path("net.json");
    let ended = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr"])
        .arg(format!("--user-data-dir={}", desk.path("profile").display()))
        .arg(format!("--log-net-log={}", log.display()))
        .args(["--timeout=20000", "--dump-dom"])
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let (dom, said) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert!(ended.status.success(), "{said}");
    assert!(!said.contains("CONSOLE"), "{said}");
    let written = std::fs::read_to_string(&page).unwrap();
    for tag in ["<svg", "<table", "<section", "<li", "<a href="] {
        assert_eq!(dom.matches(tag).count(), written.matches(tag).count(), "the browser mended {tag}");
    }
    let net = std::fs::read_to_string(&log).unwrap();
    let asked: Vec<&str> = net.split("\"initiator\":\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(
        asked.iter().all(|who| !who.starts_with("file:") && *who != "null"),
        "the page asked for something: {asked:?}"
    );
}
