//! What reports say beside their figures: their scope, what stays at home, what an export wrote.

use super::support::Desk;
use super::worked::romans;

#[test]
fn the_layout_of_a_funder_can_be_read_as_it_was_known() {
    let desk = romans();
    let newest = desk.run("log -L 1 -f csv --columns operation -S operation:desc").ends(0).stdout;
    let before = newest.lines().last().unwrap().to_owned();
    let built_in = desk.run("funder template break-poverty --show").ends(0).stdout;
    desk.file("own.toml", "[[section]]\nkey = \"exits\"\n");
    desk.run("funder template break-poverty --set own.toml").ends(0);
    let then = desk.run(&format!("funder template break-poverty --show --known-on {before}")).ends(0).stdout;
    assert_eq!(then, built_in);
    assert_ne!(desk.run("funder template break-poverty --show").ends(0).stdout, built_in);
    desk.run(&format!("funder template break-poverty --set own.toml --known-on {before}")).ends(2).tells("--show");
}

#[test]
fn an_export_says_how_many_reports_were_written_and_how_many_are_the_same() {
    let desk = romans();
    desk.run("report export 2019-01 --funder ca-solidarite").ends(0).tells("1 report written.");
    desk.run("report export 2019-01 --all").ends(0).tells("1 report written, 1 unchanged.");
    desk.run("report export 2019-01 --all").ends(0).tells("No report written, 2 unchanged.");
}

#[test]
fn sections_that_a_threshold_keeps_at_home_are_said() {
    let desk = romans();
    desk.run("report export 2019-01 --funder break-poverty").ends(0);
    desk.run("funder edit break-poverty --suppress-below 5").ends(0);
    for line in
        ["report export 2019-01 --funder break-poverty --force", "report show --funder break-poverty -p 2019-01"]
    {
        desk.run(line).ends(0).tells("Not in this report: people, placements.");
    }
    let aggregate = desk.run("report export 2019-01 --funder ca-solidarite").ends(0).stderr;
    assert!(!aggregate.contains("Not in this report"), "nobody agreed to lines about people: {aggregate}");
}

#[test]
fn a_line_that_is_never_computed_is_refused_and_the_list_of_definitions_says_why() {
    let desk = romans();
    desk.run("report explain EECR06").ends(2).tells("needs the employer's data");
    let list = desk.run("report indicators -f csv --lang en").ends(0).stdout;
    for line in ["EECR06,", "EECO03,", "exits:examined,", "monthly:modules_validated,", "financial:pct,", "bpf:hours,"]
    {
        assert!(list.lines().any(|row| row.starts_with(line)), "{line}");
    }
    assert!(!list.contains(".."), "{list}");
}
