//! What leaves is remembered: the same question gives the same bytes again, drafts leave no trace, several closes at once
//! all stand.

use super::example_school::romans;
use super::support::Desk;
use std::collections::BTreeMap;

fn files(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(desk.path(folder)).unwrap().map(|entry| entry.unwrap());
    entries.map(|e| (e.file_name().into_string().unwrap(), std::fs::read(e.path()).unwrap())).collect()
}

/// One column of the history, as CSV.
fn history(desk: &Desk, column: &str) -> Vec<String> {
    let table = desk.run("report history -f csv").ends(0).stdout;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
}

#[test]
fn the_same_question_of_the_same_data_is_the_same_release_in_any_format_whatever_left_since() {
    let desk = romans().on("2019-09-03");
    desk.run("report export 2018-11 --funder ca-solidarite -o a").ends(0).tells("release 1");
    desk.run("report export 2018-12 --all -o a").ends(0).tells("release 3");
    desk.run("report export 2018-11 --funder ca-solidarite -o b").ends(0).tells("release 1");
    desk.run("report export 2018-11 --funder ca-solidarite -f html -o c").ends(0).tells("release 1");
    assert_eq!(history(&desk, "release"), ["1", "2", "3"]);
    assert_eq!(files(&desk, "a/2018-11_ca-solidarite"), files(&desk, "b/2018-11_ca-solidarite"));
    let page = files(&desk, "c/2018-11_ca-solidarite");
    assert_eq!(page["monthly.csv"], files(&desk, "a/2018-11_ca-solidarite")["monthly.csv"]);
    assert!(page.contains_key("report.html"));
    // Another day, another question.
    desk.run("report export 2018-11 --funder ca-solidarite --as-of 2018-11-20 -o d").ends(0).tells("release 4");
    // Other data, another release; the data of before, the first one again.
    desk.run("progress interview amara-nassim tutorial --minutes 50 --on 2018-11-21").ends(0);
    desk.run("report export 2018-11 --funder ca-solidarite -o e").ends(0).tells("release 5");
    assert_eq!(history(&desk, "status"), ["provisional"; 5]);
    assert_eq!(history(&desk, "kind"), ["export"; 5]);
}

#[test]
fn a_release_is_written_again_byte_for_byte_after_every_later_entry() {
    let desk = romans().on("2019-09-03");
    desk.run("report export 2018-12 --all -o a").ends(0);
    desk.run("report close 2018-11 --funder ca-solidarite -o a").ends(0);
    desk.run("trainee edit amara-nassim --set sex=X").ends(0);
    desk.run("funder edit break-poverty --level public").ends(0);
    desk.run("cohort edit ROM-2018-11 --set cohort=ROM-A").ends(0);
    for number in 1..=3 {
        desk.run(&format!("report sent {number} -o again")).ends(0);
    }
    for folder in ["2018-12_break-poverty", "2018-12_ca-solidarite", "2018-11_ca-solidarite"] {
        assert_eq!(files(&desk, &format!("again/{folder}")), files(&desk, &format!("a/{folder}")), "{folder}");
    }
    assert_eq!(history(&desk, "release").len(), 3);
    desk.run("report sent 9").ends(3).tells("no release 9");
    desk.run("report sent x").ends(2);
}

#[test]
fn a_draft_records_nothing_and_says_so_on_every_file() {
    let desk = romans().on("2019-09-03");
    let before = std::fs::read(desk.path("fil.db")).unwrap();
    desk.run("report export 2018-11 --all --draft -f html").ends(0);
    assert!(std::fs::read(desk.path("fil.db")).unwrap() == before);
    assert!(!desk.path("exports").exists());
    for funder in ["break-poverty", "ca-solidarite"] {
        for (name, bytes) in files(&desk, &format!("drafts/2018-11_{funder}")) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(text.contains("BROUILLON, ne pas envoyer"), "{funder}/{name}");
        }
    }
    // A draft makes way for the next one, and stays apart where a place is given.
    desk.run("progress interview amara-nassim tutorial --minutes 50 --on 2018-11-21").ends(0);
    desk.run("report export 2018-11 --all --draft -f html").ends(0);
    desk.run("report export 2018-11 --funder ca-solidarite --draft -o out").ends(0);
    assert!(desk.path("out/drafts/2018-11_ca-solidarite/manifest.json").exists());
    assert_eq!(history(&desk, "release"), [""; 0]);
}

#[test]
fn closing_for_everybody_leaves_what_can_be_closed_closed() {
    let desk = romans().on("2019-09-03");
    desk.run("report close 2018-11 --funder ca-solidarite").ends(0);
    desk.run("report close 2018-11 --all").ends(4).tells("already closed").tells("closed for break-poverty");
    assert_eq!(history(&desk, "funder"), ["ca-solidarite", "break-poverty"]);
    assert_eq!(history(&desk, "status"), ["current", "current"]);
    desk.run("report close 2018-12 --all --quiet --no-input").ends(0);
    desk.run("report close 2018-12 --all --funder break-poverty").ends(2);
}

#[test]
fn what_left_is_final_and_names_its_funder_for_good() {
    let desk = romans().on("2019-09-03");
    desk.run("report export 2018-11 --funder ca-solidarite").ends(0);
    desk.run("undo").ends(4).tells("what left the school has left");
    desk.run("funder edit ca-solidarite --set funder=ca").ends(4).tells("reports that were sent");
    desk.run("report history -f csv --known-on 17").ends(0).shows("release,kind");
    let then = desk.run("report history -f csv --known-on 17").stdout;
    assert_eq!(then.lines().count(), 1, "{then}");
}
