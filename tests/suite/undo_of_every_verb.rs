//! Every verb that writes is undone to the letter, and done again to the letter.

use super::example_school::romans;
use super::support::Desk;

/// Lines that write one operation each on the example school, at least one for every verb and for every kind of record.
const LINES: &[&str] = &[
    "cohort add ROM-2019-10 --start 2019-10-14 --end 2020-01-10 --site Romans --places 12",
    "cohort add ROM-2019-10 --like ROM-2018-11 --start 2019-09-16",
    "cohort edit ROM-2018-11 --places 14",
    "cohort plan NEW --halves am --closed 2019-10-21..2019-10-25",
    "cohort slot 2019-02-01 pm -c ROM-2018-11 --trainer 'Claire Achard'",
    "cohort module add SOUDURE -c ROM-2018-11 --title Soudure --stream technical --hours 21",
    "cohort module edit F1 -c ROM-2018-11 --title 'Sécurité'",
    "trainee add Zola Anna -c ROM-2018-11 --born 2000-01-01",
    "trainee edit amara-nassim --phone 0639980199",
    "trainee edit amara-nassim --set education=4 -c ROM-2018-11",
    "trainee remove sabatier-dylan -y",
    "trainee enrol amara-nassim -c NEW --on 2019-08-26",
    "trainee leave double-anna --reason dropped_out --on 2019-08-30",
    "trainee transfer double-anna --to-cohort ROM-2019-09 --on 2019-09-02",
    "trainee note amara-nassim 'a trouvé une voiture'",
    "trainee merge sabatier-dylan double-anna -y",
    "progress set amara-nassim MAT 14/20 --on 2019-01-28",
    "progress set amara-nassim code passed --on 2019-01-28",
    "progress certify amara-nassim SST --on 2019-01-28",
    "progress absent amara-nassim --on 2019-01-28 --excused --reason family",
    "progress late amara-nassim --on 2019-01-28 --half am --minutes 20",
    "progress day 2019-01-23 -c ROM-2018-11 --half pm",
    "progress clear amara-nassim --on 2019-01-28 -y",
    "progress interview amara-nassim tutorial --minutes 45 --on 2019-01-28",
    "progress edit results 1 --set mark=10",
    "progress remove results 1 -y",
    "placement add lopes-vallon-tiago cdi 'Drôme Fibre Services' --from 2019-08-01",
    "placement edit 2 --set weekly_hours=30",
    "placement end amara-nassim --on 2019-08-30",
    "placement remove 2 -y",
    "placement follow lopes-vallon-tiago 6m DEMANDEUR_EMPLOI --on 2019-08-30",
    "funder add region --level public --name 'La Région'",
    "funder edit ca-solidarite --name 'La Fondation'",
    "funder grant add region-2019 ca-solidarite --amount 1000",
    "funder grant edit ca-2018 --amount 16000",
    "funder target set ca-2018 dropout_rate 10",
    "funder target remove bp-2018 attendance_rate -y",
    "funder budget add charge 65 -c ROM-2018-11 --label Divers --planned 100",
    "funder budget edit 1 --planned 6300",
    "funder budget remove 1 -y",
    "config set durable_min over-6m",
    "config certificate add HAB --label Habilitation",
    "config certificate edit SST --label 'Secouriste'",
];

/// The example school with two more cohorts, one that runs with somebody in it and one that begins today.
fn school() -> Desk {
    let desk = romans();
    desk.run("cohort add NEW --start 2019-08-26 --end 2019-11-22 --places 12").ends(0);
    desk.run("cohort add ROM-2019-09 --start 2019-09-02 --end 2019-12-13 --places 12").ends(0);
    desk.run("trainee add Double Anna -c NEW --born 2000-01-01 --entry 2019-08-26").ends(0);
    desk
}

fn dump(desk: &Desk) -> String {
    let all = desk.run("export all -f json").ends(0).stdout;
    all + &desk.run("config list -f csv").ends(0).stdout
}

#[test]
fn every_verb_is_undone_and_done_again_to_the_letter() {
    for line in LINES {
        let desk = school();
        let before = dump(&desk);
        let ran = desk.run(&format!("{line} --no-input"));
        assert_eq!(ran.code, 0, "{line}: {}", ran.stderr);
        let after = dump(&desk);
        assert_ne!(before, after, "{line} changes nothing");
        desk.run("undo").ends(0);
        assert!(dump(&desk) == before, "{line}: undone");
        desk.run("redo").ends(0);
        assert!(dump(&desk) == after, "{line}: done again");
        // What the file held before and after can still be read, as an undo rewrites nothing.
        let newest = desk.run("log -f csv -L 1 -S operation:desc --columns operation").ends(0).stdout;
        let newest: u32 = newest.lines().last().unwrap().parse().unwrap();
        let known =
            |operation: u32| desk.run(&format!("trainee list -c all -f json --known-on {operation}")).ends(0).stdout;
        assert_eq!(known(newest - 3), known(newest - 1), "{line}");
        assert_eq!(known(newest - 2), known(newest), "{line}");
        desk.run("doctor").ends(0);
    }
}

#[test]
fn a_trial_of_every_verb_writes_nothing() {
    let desk = school();
    let before = std::fs::read(desk.path("fil.db")).unwrap();
    for line in LINES {
        let ran = desk.run(&format!("{line} --no-input -n"));
        assert_eq!(ran.code, 0, "{line}: {}", ran.stderr);
        assert!(ran.stderr.contains("othing was written"), "{line}: {}", ran.stderr);
        assert!(std::fs::read(desk.path("fil.db")).unwrap() == before, "{line}: a trial changed the file");
    }
}

#[test]
fn every_verb_that_writes_is_named_in_the_journal_in_both_languages() {
    for line in LINES {
        let desk = school();
        desk.run(&format!("{line} --no-input")).ends(0);
        for lang in ["fr", "en"] {
            let told = desk.run(&format!("log -f csv -L 1 -S operation:desc --lang {lang}")).ends(0).stdout;
            let mut reader = csv::Reader::from_reader(told.as_bytes());
            let at = reader.headers().unwrap().iter().position(|name| name == "what").unwrap();
            let what = reader.records().next().unwrap().unwrap()[at].to_owned();
            assert!(what.chars().count() > 4 && !what.contains("{"), "{line}: {what}");
        }
        // The everyday journal says who or what, and never shows a raw key.
        let shown = desk.run("log -L 1 -S operation:desc").ends(0).stdout;
        assert!(!shown.contains("[["), "{line}: {shown}");
    }
}
