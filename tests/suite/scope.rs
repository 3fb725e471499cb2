//! What reports say beside their figures: their scope, what stays at home, what an export wrote.

use super::example_school::romans;

#[test]
fn a_table_says_its_cohorts_its_days_and_what_was_known() {
    let desk = romans().terminal(400);
    let line = "report show exits -p 2019-01 -c ROM-2018-11 -f table --lang en";
    let foot = "Cohorts: ROM-2018-11. Period: 2019-01-01 to 2019-01-31. As of 2019-01-31. Known on: now.";
    desk.run(line).ends(0).shows(foot);
    let md = line.replace("table", "md");
    desk.run(&md).ends(0).shows("Cohorts: ROM-2018-11. Period: 2019-01-01 to 2019-01-31.");
    assert!(!desk.run(&line.replace("table", "csv")).ends(0).stdout.contains("Known on"));
    desk.run("report explain entrants --as-of 2019-08-31 -f table --lang fr")
        .ends(0)
        .shows("Promotions : toutes. Période : tout jusqu'au 31/08/2019. État au 31/08/2019. Connu au : maintenant.");
    let whole = desk.run("report show --funder ca-solidarite -p 2019-01 -f table --lang en").ends(0).stdout;
    assert_eq!(whole.matches("Cohorts: all those funded.").count(), 1, "{whole}");
    let page = desk.run("report show --funder ca-solidarite -p 2019-01 -f html").ends(0).stdout;
    assert!(!page.contains("toutes celles financées."), "its head says the scope");
}

#[test]
fn a_day_of_knowledge_typed_in_short_is_said_in_full() {
    let desk = romans().terminal(400);
    let told = desk.run("report show indicators --known-on today -f table --lang en").ends(0);
    let told = told.tells("Known on: 2 Sep 2019 (Monday)");
    told.shows("Known on: 2019-09-02.");
    let whole = desk.run("report show indicators --known-on 2019-09-02 -f table --lang en").ends(0);
    assert!(!whole.stderr.contains("Known on"), "{}", whole.stderr);
}

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
    assert!(!aggregate.contains("people"), "nobody agreed to lines about people: {aggregate}");
}

#[test]
fn a_page_of_one_table_has_a_caption_headers_with_a_scope_and_both_colour_schemes() {
    let desk = romans();
    let page = desk.run("report explain entrants --as-of 2019-08-31 -f html").ends(0).stdout;
    for part in ["<caption>", "<th scope=\"col\"", "color-scheme", "Promotions : toutes."] {
        assert!(page.contains(part), "{part} in {page}");
    }
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
