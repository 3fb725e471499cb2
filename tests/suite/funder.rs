//! Funders, grants, targets and budget lines at the keyboard.

use crate::support::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.run("init").ends(0);
    desk.run("cohort add P1 --start 2018-11-05 --end 2019-02-01 --places 12").ends(0);
    desk.run("cohort add P2 --start 2019-03-04 --end 2019-05-31 --places 12").ends(0);
    desk.run("funder add break-poverty --name 'Break Poverty' --level aggregate").ends(0);
    desk.run("funder grant add BP-2018 break-poverty --amount '12 000,50' --cohorts P1").ends(0);
    desk
}

fn state(desk: &Desk) -> String {
    ["funder", "funder grant", "funder target", "funder budget"]
        .map(|line| desk.run(&format!("{line} list -f csv")).ends(0).stdout)
        .concat()
}

#[test]
fn a_funder_without_a_level_is_refused_in_a_script() {
    let desk = desk();
    desk.run("funder add ars --name ARS").ends(2).tells("--level contract|aggregate|public");
    desk.run("funder add ars --name ARS --level publik").ends(2).tells("public");
    desk.run("funder add ars --level public").ends(2).tells("--name");
    assert!(!desk.run("funder -f csv").stdout.contains("ars"));
}

#[test]
fn a_person_at_a_terminal_is_asked_for_the_level_and_told_the_flag() {
    let desk = desk().typed("3\n");
    desk.run("funder add ars --name ARS")
        .ends(0)
        .tells("counts below 11 are masked")
        .tells("In a script: fil funder add ars --name ARS --level public");
    desk.run("funder list -f csv").shows("ars,ARS,fr,csv-fr,public,,,none,2");
    desk.typed("\n").run("funder add dreets --name DREETS").ends(2).tells("--level");
}

#[test]
fn a_profile_is_entered_in_full_and_in_french() {
    let desk = desk().french();
    desk.run(
        "financeur ajouter ue --nom 'Union européenne' --niveau 'convention écrite' --report-lang en --dialect csv \
         --people pseudonymised --suppress-below 3 --rate-min 10",
    )
    .ends(0)
    .tells("Rapports : en anglais");
    desk.run("funder list -f csv").shows("ue,Union européenne,en,csv,contract,3,10,pseudonymised,2");
    desk.run("funder edit ue --set lang=fr --suppress-below ''").ends(0).tells("anglais → français");
    desk.run("funder list -f csv").shows("ue,Union européenne,fr,csv,contract,,10,pseudonymised,2");
}

#[test]
fn a_funder_is_shown_with_its_grants_targets_and_budget_and_never_its_secret() {
    let desk = desk();
    desk.run("funder target add BP-2018 dynamic_exit_rate@3m 60").ends(0);
    desk.run("funder budget add income 74 --grant BP-2018 --planned 12000 -c P1").ends(0);
    let shown = desk
        .run("funder show break")
        .ends(0)
        .shows("Break Poverty")
        .shows("Grant BP-2018")
        .shows("€12000.50")
        .shows("target dynamic_exit_rate@3m: 60")
        .shows("budget P1, 74: planned €12000.00, realised —");
    assert!(!shown.stdout.contains("ecret"));
    for format in ["csv", "json"] {
        let data = desk.run(&format!("funder show break-poverty -f {format}")).ends(0).stdout;
        assert!(!data.contains("secret") && data.contains("BP-2018"), "{data}");
    }
}

#[test]
fn a_write_in_a_script_takes_whole_codes_only() {
    let desk = desk();
    desk.run("funder edit break --people pseudonymised").ends(3).tells("break-poverty");
    desk.run("funder edit breakpoverty --people pseudonymised").ends(3).tells("Did you mean break-poverty?");
    desk.run("funder edit 1 --people pseudonymised").ends(0);
    desk.typed("").run("funder edit break --people none").ends(0).tells("break-poverty");
}

#[test]
fn a_grant_names_cohorts_that_exist() {
    let desk = desk();
    desk.run("funder grant edit BP-2018 --cohorts P1,P2 --from 2018-09-01 --to 2019-08-31").ends(0);
    desk.run("funder grant edit BP-2018 --object Fibre").ends(0);
    desk.run("funder grant list -f csv").shows("BP-2018,break-poverty,Fibre,12000.50,2018-09-01,2019-08-31,P1|P2,,,,1");
    desk.run("funder grant edit BP-2018 --cohorts P1 --cohorts P2").ends(0).tells("Nothing to change");
    desk.run("funder grant edit BP-2018 --cohorts P1,P9").ends(4).tells("P9");
    desk.run("funder grant edit BP-2018 --to 2018-01-01").ends(4);
    desk.run("funder grant edit BP-2018 --amount -5").ends(4);
    desk.run("funder grant edit BP-2018 --amount 1.234").ends(2).tells("1234");
    desk.run("funder grant add X nobody").ends(3);
}

#[test]
fn a_target_names_an_indicator_that_exists() {
    let desk = desk();
    desk.run("funder target add BP-2018 dynamic_exit_rat@3m 60").ends(2).tells("dynamic_exit_rate@3m");
    desk.run("funder target add BP-2018 dynamic_exit_rate@4m 60").ends(2).tells("dynamic_exit_rate@");
    desk.run("funder target add BP-2018 dynamic_exit_rate@3m soixante").ends(2);
    desk.run("funder target add BP-2018 dynamic_exit_rate@3m 62,5").ends(0);
    desk.run("funder target -f csv").shows("BP-2018,dynamic_exit_rate@3m,62.50,,,1");
    desk.run("funder target set BP-2018 dynamic_exit_rate@3m 60").ends(0).tells("→ 60");
    desk.run("funder target remove BP-2018 entrants -y").ends(3);
    desk.run("funder target remove BP-2018 dynamic_exit_rate@3m").ends(2).tells("--yes");
    desk.run("funder target remove BP-2018 dynamic_exit_rate@3m -y").ends(0);
    desk.run("funder target").ends(0).tells("No target.");
}

#[test]
fn budget_lines_take_french_numbers_and_are_found_by_number_or_by_account() {
    let desk = desk();
    desk.run("funder budget add charge 60 --label Achats --planned '1 234,50' -c P1").ends(0);
    desk.run("funder budget add charge 60 --label Outils --planned 300 -c P1").ends(0);
    desk.run("funder budget add produit 74 --grant BP-2018 --planned 12000 -c P1").ends(0);
    desk.run("funder budget edit charge 60 --planned 1 -c P1").ends(3).tells("no. 1  Achats");
    desk.run("funder budget edit charge 60 --label Outils --realised 280,00 -c P1").ends(0);
    desk.run("funder budget edit 1 --label 'Achats divers' --realised '1 180,20'").ends(0);
    assert_eq!(
        desk.run("funder budget -c P1 -f csv").stdout,
        "cohort,grant,side,class,label,planned,realised,id\n\
         P1,,charge,60,Achats divers,1234.50,1180.20,1\n\
         P1,,charge,60,Outils,300.00,280.00,2\n\
         P1,BP-2018,income,74,,12000.00,,3\n"
    );
    desk.run("funder budget edit 2 --label 'Achats divers'").ends(4).tells("no. 1");
    desk.run("funder budget edit 9 --planned 1").ends(3);
    desk.run("funder budget edit charge --planned 1").ends(2);
    desk.run("funder budget add charge 86 --grant BP-2018 --planned 1 -c P1").ends(4).tells("voluntary");
    desk.run("funder budget add charge 64 --planned 1").ends(2).tells("-c CODE");
    desk.run("funder budget remove income 74 -c P1 -y").ends(0);
    desk.run("funder budget remove 2 -y").ends(0);
    assert_eq!(desk.run("funder budget -f csv").stdout.lines().count(), 2);
}

#[test]
fn a_funder_or_grant_on_which_others_hang_is_not_removed() {
    let desk = desk();
    desk.run("funder target add BP-2018 dynamic_exit_rate@3m 60").ends(0);
    desk.run("funder remove break-poverty -y").ends(4).tells("1 grant").tells("fil funder grant remove");
    desk.run("funder grant remove BP-2018 -y").ends(4).tells("1 target");
    desk.run("cohort remove P1 -y").ends(4).tells("1 grant").tells("--cohorts");
    desk.run("funder target remove BP-2018 dynamic_exit_rate@3m -y").ends(0);
    desk.run("funder grant remove BP-2018 -y").ends(0);
    desk.run("funder remove break-poverty -y").ends(0);
    desk.run("funder").ends(0).tells("No funder.");
}

#[test]
fn a_trial_writes_nothing() {
    let desk = desk();
    desk.run("funder budget add charge 60 --planned 10 -c P1").ends(0);
    desk.run("funder target add BP-2018 dynamic_exit_rate@3m 60").ends(0);
    let before = state(&desk);
    for line in [
        "funder add ars --name ARS --level public -n",
        "funder edit break-poverty --level public -n",
        "funder grant add X break-poverty -n",
        "funder grant edit BP-2018 --amount 1 -n",
        "funder target add BP-2018 dynamic_exit_rate@3m 70 -n",
        "funder target remove BP-2018 dynamic_exit_rate@3m -n",
        "funder budget add charge 61 --planned 10 -c P1 -n",
        "funder budget edit 1 --planned 11 -n",
        "funder budget remove 1 -n",
    ] {
        desk.run(line).ends(0).tells("nothing was written");
    }
    assert_eq!(state(&desk), before);
}

#[test]
fn undo_goes_back_one_act_at_a_time() {
    let desk = desk();
    desk.run("funder budget add charge 60 --planned 10 -c P1").ends(0);
    let before = state(&desk);
    for line in [
        "funder add ars --name ARS --level public",
        "funder edit break-poverty --level public",
        "funder grant edit BP-2018 --cohorts P2",
        "funder target add BP-2018 dynamic_exit_rate@3m 70",
        "funder budget remove 1 -y",
    ] {
        desk.run(line).ends(0).tells("fil undo");
        assert_ne!(state(&desk), before, "{line}");
        desk.run("undo").ends(0);
        assert_eq!(state(&desk), before, "{line}");
    }
}
