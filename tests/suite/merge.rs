//! Somebody recorded twice: one person with both histories, refused when the two disagree, undone in one word.

use super::example_school::romans;
use super::support::{Desk, Outcome};
use fil::store::{Access, Store};

fn dump(desk: &Desk) -> String {
    Store::open(&desk.path("fil.db"), Access::Read).unwrap().dump().unwrap()
}

fn records(desk: &Desk, kind: &str) -> String {
    desk.run(&format!("export {kind} -f csv")).ends(0).stdout
}

#[track_caller]
fn import(desk: &Desk, kind: &str, rows: &str) -> Outcome {
    desk.file("rows.csv", rows);
    desk.run(&format!("import rows.csv --as {kind}")).ends(0)
}

/// The example school, and Nassim Amara a second time under another spelling: in the same cohort, and in a later one.
fn with_a_double() -> Desk {
    let desk = romans();
    desk.run("cohort add VAL --start 2019-03-04 --end 2019-05-31 --places 12").ends(0);
    desk.run("cohort plan VAL --halves am").ends(0);
    import(
        &desk,
        "trainees",
        "ref,trainee,last_name,first_name,birth_date,sex,phone,email,cohort,entry,exit,exit_reason,homeless\n\
         X-7,amara-nacim,Amara,Nacim,1999-03-14,M,0698765432,,ROM-2018-11,2018-11-05,,,no\n\
         X-7,amara-nacim,Amara,Nacim,1999-03-14,M,0698765432,,VAL,2019-03-04,2019-05-31,completed,no\n",
    );
    desk
}

/// What the two records of the double have in common, and what only the second one has.
fn with_histories() -> Desk {
    let desk = with_a_double();
    import(
        &desk,
        "licence",
        "trainee,step,date,outcome,hours\namara-nacim,code_exam,2018-12-05,failed,\namara-nacim,lesson,2019-04-02,,3\n",
    );
    import(&desk, "notes", "trainee,date,text\namara-nacim,2019-04-02,\"a retrouvé sa mallette\"\n");
    import(
        &desk,
        "placements",
        "cohort,trainee,type,company,start,planned_end,evidence,job\n\
         ROM-2018-11,amara-nacim,CDD,Drôme Fibre Services,2019-05-06,2019-11-05,contract,\n\
         VAL,amara-nacim,CDI,Réseaux du Vercors,2019-06-03,,,\n",
    );
    import(&desk, "attendance", "cohort,trainee,date,half,status\nVAL,amara-nacim,2019-03-04,am,present\n");
    desk
}

#[test]
fn everything_of_the_other_record_is_kept() {
    let desk = with_histories();
    let people = records(&desk, "trainees").lines().count();
    let said = desk.run("trainee merge amara-nassim amara-nacim -y").ends(0);
    let said = said.tells("Merged: Nacim Amara").tells("undo").tells("different, kept");
    assert!(said.stderr.contains("0639980101") && said.stderr.contains("0698765432"), "{}", said.stderr);
    assert_eq!(records(&desk, "trainees").lines().count(), people - 1);
    for kind in ["trainees", "licence", "notes", "placements", "attendance"] {
        assert!(!records(&desk, kind).contains("amara-nacim"), "{kind}");
    }
    let trainees = records(&desk, "trainees");
    let kept: Vec<&str> = trainees.lines().filter(|l| l.contains("amara-nassim")).collect();
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(kept.iter().all(|l| l.starts_with("R18-01,amara-nassim,Amara,Nassim,1999-03-14,M,0639980101")));
    assert!(records(&desk, "notes").contains("amara-nassim,2019-04-02,a retrouvé sa mallette"));
    assert!(records(&desk, "placements").contains("VAL,amara-nassim,CDI,Réseaux du Vercors,2019-06-03"));
    assert!(records(&desk, "attendance").contains("VAL,amara-nassim,2019-03-04,am,present"));
    let licence = records(&desk, "licence");
    assert_eq!(licence.matches("amara-nassim,code_exam,2018-12-05,failed").count(), 1, "{licence}");
    assert!(licence.contains("amara-nassim,lesson,2019-04-02,,3"), "{licence}");
    desk.run("doctor").ends(0);
}

#[test]
fn an_undo_gives_back_both_records_and_a_redo_the_one() {
    let desk = with_histories();
    let before = dump(&desk);
    desk.run("trainee merge amara-nassim amara-nacim -y").ends(0);
    let merged = dump(&desk);
    assert_ne!(before, merged);
    desk.run("log -f csv").ends(0).shows(",merge,trainees,");
    desk.run("undo").ends(0);
    assert_eq!(dump(&desk), before);
    desk.run("redo").ends(0);
    assert_eq!(dump(&desk), merged);
}

#[test]
fn a_trial_says_the_same_and_writes_nothing() {
    let desk = with_histories().french();
    let before = dump(&desk);
    desk.run("t fusionner amara-nassim amara-nacim -n")
        .ends(0)
        .tells("Serait réuni : Nacim Amara")
        .tells("repris : 1 participation, 1 étape du permis, 1 note")
        .tells("Essai : rien n'a été écrit.");
    assert_eq!(dump(&desk), before);
}

#[test]
fn without_a_yes_nothing_is_merged() {
    let desk = with_histories();
    let before = dump(&desk);
    desk.run("trainee merge amara-nassim amara-nacim").ends(2).tells("--yes");
    let desk = desk.typed("n\n");
    desk.run("trainee merge amara-nassim amara-nacim").ends(0).tells("taken over").tells("Nothing changed.");
    assert_eq!(dump(&desk), before);
    let desk = desk.typed("y\n");
    desk.run("trainee merge amara-nassim amara-nacim").ends(0).tells("Merged");
    assert_ne!(dump(&desk), before);
}

#[test]
fn the_same_record_twice_is_refused() {
    let desk = romans();
    let number = desk.run("t show amara-nassim -f json").ends(0).stdout;
    assert!(number.contains("amara-nassim"));
    desk.run("trainee merge amara-nassim amara-nassim -y").ends(2).tells("the same record twice");
    desk.run("trainee merge amara-nassim 1 -y").ends(2).tells("the same record twice");
    desk.run("trainee merge amara-nassim nobody -y").ends(3);
}

#[track_caller]
fn check_refused(kind: &str, rows: &str, said: &str) {
    let desk = with_a_double();
    import(&desk, kind, rows);
    let before = dump(&desk);
    desk.run("trainee merge amara-nassim amara-nacim -y").ends(4).tells("contradict").tells(said);
    assert_eq!(dump(&desk), before);
}

#[test]
fn records_with_one_key_that_disagree_are_named_and_nothing_is_written() {
    check_refused(
        "licence",
        "trainee,step,date,outcome\namara-nacim,code_exam,2018-12-05,passed\n",
        "licence step no. 2 and no.",
    );
    check_refused(
        "placements",
        "cohort,trainee,type,company,start,planned_end\nROM-2018-11,amara-nacim,CDD,Drôme Fibre Services,2019-05-06,2019-12-31\n",
        "2019-12-31",
    );
    check_refused(
        "attendance",
        "cohort,trainee,date,half,status\nROM-2018-11,amara-nacim,2018-11-05,am,unexcused\n",
        "2018-11-05 ",
    );
    check_refused(
        "trainees",
        "trainee,last_name,first_name,cohort,education\namara-nacim,Amara,Nacim,ROM-2018-11,7\n",
        "participation in ROM-2018-11",
    );
}

#[test]
fn old_files_that_name_the_record_that_went_away_change_nothing() {
    let desk = with_histories();
    desk.run("export all -f csv -o old/").ends(0);
    desk.run("trainee merge amara-nassim amara-nacim -y").ends(0);
    let merged = dump(&desk);
    for kind in ["trainees", "licence", "notes", "placements", "attendance"] {
        desk.run(&format!("import old/{kind}.csv --as {kind}")).ends(0);
        assert_eq!(dump(&desk), merged, "{kind}");
    }
    import(&desk, "notes", "trainee,date,text\nX-7,2019-07-01,\"vu au marché\"\n");
    assert!(records(&desk, "notes").contains("amara-nassim,2019-07-01,vu au marché"));
}

#[test]
fn the_slug_that_went_away_leads_to_the_person_and_to_nobody_else() {
    let desk = with_histories();
    desk.run("trainee merge amara-nassim amara-nacim -y").ends(0);
    desk.run("trainee show amara-nacim").ends(0).shows("amara-nassim");
    desk.run("trainee add Amara Nacim -c VAL --born 2000-01-01").ends(0);
    assert!(records(&desk, "trainees").contains("amara-nacim-2,Amara,Nacim,2000-01-01"));
    // Merged once more, all the former slugs lead to the last one.
    desk.run("cohort add LYO --start 2019-06-03 --end 2019-08-30 --places 12").ends(0);
    desk.run("trainee add Amara N -c LYO --born 1999-03-14").ends(0);
    desk.run("trainee merge amara-n amara-nassim -y").ends(0);
    desk.run("trainee show amara-nacim").ends(0).shows("amara-n ");
    desk.run("trainee show X-7").ends(3);
    desk.run("undo").ends(0);
    desk.run("trainee show amara-nacim").ends(0).shows("amara-nassim");
}

#[test]
fn the_command_that_check_proposes_merges_the_later_record_into_the_earlier() {
    let desk = with_a_double();
    let csv = desk.run("check -f csv").ends(4).stdout;
    let line = csv.lines().find(|l| l.starts_with("near_duplicate") && l.contains("nacim")).unwrap();
    let fix = line.rsplit(',').next().unwrap();
    assert_eq!(fix, "fil trainee merge amara-nassim amara-nacim");
    desk.run(&format!("{} -y", fix.strip_prefix("fil ").unwrap())).ends(0);
    assert!(!desk.run("check -f csv").ends(0).stdout.contains("nacim"));
}
