//! The dashboard: what runs, what to do, the last entry and the last backup.

use crate::placement::school;
use crate::support::Desk;
use unicode_width::UnicodeWidthStr;

fn busy() -> Desk {
    let desk = school().french();
    desk.file(
        "slots.csv",
        "cohort,date,half,kind\nP1,2018-12-03,am,centre\nP1,2018-12-03,pm,centre\nP1,2018-12-04,am,cancelled\n",
    );
    desk.file("attendance.csv", "cohort,trainee,date,half,status\nP1,ferre-amelie,2018-12-03,am,present\nP1,ferre-amelie,2018-12-03,pm,present\nP1,bensaid-said,2018-12-03,am,present\nP1,bensaid-said,2018-12-03,pm,unexcused\n");
    desk.file("licence.csv", "trainee,step,date,outcome\nferre-amelie,code_exam,2018-12-04,passed\nbensaid-said,code_exam,2018-12-07,booked\n");
    desk.file(
        "modules.csv",
        "cohort,module,title,stream\nP1,F1,Sécurité,technical\nP1,F2,Soudure,technical\nP1,M,Maths,general\n",
    );
    desk.file("results.csv", "cohort,trainee,module,date,outcome\nP1,ferre-amelie,F1,2018-12-04,validated\n");
    for kind in ["slots", "attendance", "licence", "modules", "results"] {
        desk.run(&format!("import {kind}.csv --as {kind}")).ends(0);
    }
    desk
}

#[test]
fn job_1_the_program_alone_shows_where_we_stand() {
    let desk = busy();
    let page = desk.run("").ends(0);
    assert_eq!(desk.run("status").stdout, page.stdout);
    for words in [
        "mercredi 5 décembre 2018",
        "Promo P1 · Romans · 05/11/2018 → 01/02/2019 · semaine 5 sur 13",
        "2 en formation, 0 sorti (2 inscrits)",
        "75,0 % en décembre, 1 absence à justifier",
        "1 code obtenu, 1 épreuve sous 7 jours",
        "module 1 sur 2 validé par 1 stagiaire",
        "0 mission en cours",
        "Saïd Bensaïd",
        "fil t s bensaid-said",
        "fil undo",
        "Aucune sauvegarde",
    ] {
        assert!(page.stdout.contains(words), "no “{words}” in\n{}", page.stdout);
    }
    desk.run("status --lang en").ends(0).shows("75.0% in December, 1 absence to justify").shows("week 5 of 13");
}

#[test]
fn job_1_in_a_script_is_a_flat_row_per_cohort() {
    let json = busy().run("status --format json").ends(0).stdout;
    for words in [
        "\"cohort\":\"P1\"",
        "\"week\":5",
        "\"attendance_pct\":75.0",
        "\"to_justify\":1",
        "\"near\":1",
        "\"last_backup_on\":null",
    ] {
        assert!(json.contains(words), "no {words} in {json}");
    }
}

#[test]
fn the_page_never_passes_the_width_of_the_screen() {
    for width in [80, 60, 40] {
        let page = busy().terminal(width).run("").ends(0).stdout;
        assert!(page.lines().all(|line| line.width() <= width), "{width}:\n{page}");
        assert!(page.contains("bensaid-said"), "{page}");
    }
}

#[test]
fn the_age_of_the_last_backup_is_told() {
    let desk = busy();
    desk.run("backup").ends(0);
    desk.run("").shows("Dernière sauvegarde : aujourd'hui");
    let desk = desk.on("2018-12-06");
    desk.run("").shows("Dernière sauvegarde : hier");
    let desk = desk.on("2018-12-20");
    desk.run("").shows("!  Dernière sauvegarde : il y a 15 jours");
    desk.run("status -f json").shows("\"last_backup_on\":\"2018-12-05\"");
}

#[test]
fn the_last_entry_is_the_last_that_stands() {
    let desk = school();
    desk.run("placement add ferre-amelie cdi Axione --from 2018-12-03").ends(0);
    desk.run("").shows("Axione");
    desk.run("undo").ends(0);
    assert!(!desk.run("").stdout.contains("Axione"));
}

#[test]
fn verbose_names_the_file_and_who_chose_it() {
    school().run("status -v").ends(0).tells("fil.db (chosen by FIL_DB)");
    assert!(!school().run("status").stderr.contains("fil.db"));
}

#[test]
fn an_empty_school_and_a_school_between_cohorts_have_a_page() {
    let desk = Desk::new();
    desk.run("").ends(1).tells("init");
    desk.run("init").ends(0);
    desk.run("").ends(0).shows("No cohort").shows("fil cohort add");
    assert_eq!(desk.run("status -f json").ends(0).stdout.trim(), "[]");
    school().on("2018-10-01").run("").ends(0).shows("to come");
    school().on("2019-03-01").run("").ends(0).shows("over");
}
