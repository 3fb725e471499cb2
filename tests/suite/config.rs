//! Settings and the catalogue of certificates at the keyboard.

use crate::support::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.run("init").ends(0);
    desk
}

/// The row of one setting: key, value, default.
#[track_caller]
fn check(desk: &Desk, key: &str, value: &str, default: &str) {
    desk.run("config list -f csv").ends(0).shows(&format!("\n{key},{value},{default},"));
}

#[test]
fn every_setting_is_listed_and_can_be_set_and_unset() {
    let desk = desk();
    let list = desk.run("config -f csv --columns key,default").stdout;
    let rows: Vec<(&str, &str)> = list.lines().skip(1).filter_map(|line| line.split_once(',')).collect();
    assert_eq!(rows.len(), 38, "{list}");
    // What a school says of itself has no default.
    for (key, default) in rows.into_iter().filter(|(_, default)| !default.is_empty()) {
        desk.run(&format!("config set {key} {default}")).ends(0).tells(key);
        desk.run(&format!("config unset {key}")).ends(0).tells(key);
    }
}

#[test]
fn a_setting_says_before_after_and_meaning_in_both_languages() {
    let desk = desk();
    desk.run("config set durable_min over-6m").ends(0).tells("durable_min: 6m → over-6m").tells("beyond").tells("undo");
    check(&desk, "durable_min", "over-6m", "6m");
    desk.run("config set durable_min over-6m").ends(0).tells("nothing to change");
    desk.run("config unset durable_min").ends(0).tells("over-6m → 6m");
    desk.run("config unset durable_min").ends(0).tells("nothing to change");
    check(&desk, "durable_min", "6m", "6m");
    desk.french().run("config").shows("un contrat est durable");
}

#[test]
fn the_words_of_both_languages_are_values() {
    let desk = desk();
    for (line, key, value, default) in [
        ("bpf_hours toutes", "bpf_hours", "all", "centre"),
        ("unsigned erreur", "quality.unsigned", "error", "warning"),
        ("quality.sex_missing off", "quality.sex_missing", "off", "error"),
        ("ltu_months 120", "ltu_months", "120", "12"),
        ("ltu_under25 6", "ltu_under25", "6", "12"),
    ] {
        desk.run(&format!("config set {line}")).ends(0);
        check(&desk, key, value, default);
    }
}

#[test]
fn what_is_no_setting_or_no_value_is_refused_with_what_would_be() {
    let desk = desk();
    desk.run("config set durable_mn 6m").ends(2).tells("durable_min");
    desk.run("config set quality.unsignd off").ends(2).tells("unsigned");
    desk.run("config set quality.unsigned red").ends(2).tells("error, warning, off");
    desk.run("config set ltu_months 121").ends(2).tells("1 to 120");
    desk.run("config set ltu_months 0").ends(2);
    desk.run("config set ltu_under25 9").ends(2).tells("6, 12");
    desk.run("config unset nothing").ends(2).tells("fil config list");
}

#[test]
fn a_trial_changes_no_setting() {
    let desk = desk();
    desk.run("config set bpf_hours all").ends(0);
    desk.run("config set bpf_hours centre -n").ends(0).tells("nothing was written");
    desk.run("config unset bpf_hours -n").ends(0).tells("nothing was written");
    check(&desk, "bpf_hours", "all", "centre");
}

#[test]
fn certificates_are_listed_added_changed_and_removed() {
    let desk = desk();
    desk.run("config certificate -f csv").ends(0).shows("\nAIPR,").shows(",RNCP,true,,,,5\n");
    desk.run("config certificate add SSIAP1 --label Agent --registry RS --qualification oui --valid-months 36").ends(0);
    desk.run("config certificate -f csv").shows("\nSSIAP1,Agent,RS,true,36,,,6\n");
    desk.run("config certificate add SSIAP1").ends(4).tells("edit");
    desk.run("config certificate edit SSIAP1 --qualification no").ends(0);
    desk.run("config certificate -f csv").shows("\nSSIAP1,Agent,RS,false,36,,,6\n");
    desk.run("config certificate edit SSIAP1 --set certificate=SST").ends(4).tells("no. 3");
    desk.run("config certificate edit SSIAP1 --valid-months 0").ends(2);
    desk.run("config certificate remove SSIAP1").ends(2).tells("--yes");
    desk.run("config certificate remove SSIAP1 -y").ends(0);
    desk.run("config certificate remove SSIAP1 -y").ends(3);
}

#[test]
fn a_certificate_that_a_cohort_prepares_is_not_removed() {
    let desk = desk();
    desk.run("cohort add P1 --start 2018-11-05 --end 2019-02-01 --places 12 --set certificate=AIPR").ends(0);
    desk.run("config certificate remove AIPR -y").ends(4).tells("1 cohort");
}
