//! The journal speaks of records by name, whatever became of them.

use super::*;
use crate::domain::Act;
use crate::domain::id::RecordId;
use crate::ops::remove::remove;
use crate::ops::tests::{School, day, operation, request};
use crate::ops::{Mode, Saving, save};

type Row = Vec<(&'static str, &'static str)>;

const SAID: (&str, &str) = ("trainee", "bensaid-said");
const AMELIE: (&str, &str) = ("trainee", "ferre-amelie");
const P1: (&str, &str) = ("cohort", "P1");

fn act(school: &mut School, what: Act, kind: Kind, rows: &[Row]) {
    let requests: Vec<_> = rows.iter().map(|row| request(kind, row)).collect();
    let done = school.store.write(&operation(what), |tx| {
        let mut secret = || "00".repeat(32);
        let (mode, today) = (Mode::Upsert, day("2019-09-02"));
        save(
            tx,
            kind,
            &requests,
            &mut Saving {
                mode,
                today,
                secret: &mut secret,
                indicator: &|_| true,
                figure: &|_| crate::ops::Promisable::Yes,
                accepted: crate::ops::Accepted::default(),
            },
        )
    });
    assert_eq!(done.unwrap().value().troubles, []);
}

fn mark(who: (&'static str, &'static str), half: &'static str, status: &'static str) -> Row {
    vec![P1, who, ("date", "2018-12-05"), ("half", half), ("status", status)]
}

#[track_caller]
fn check(school: &School, fr: &str, en: &str) {
    let last = school.store.operations().unwrap().pop().unwrap();
    assert_eq!(words(&school.store, &last).unwrap(), Text::new(fr, en));
}

#[test]
fn a_new_trainee_is_named_with_the_cohort() {
    let mut school = School::open();
    act(&mut school, Act::Add, Kind::Trainees, &[vec![("last_name", "Ngô"), ("first_name", "Lan"), P1]]);
    check(&school, "ajout : Lan Ngô (P1)", "added: Lan Ngô (P1)");
}

#[test]
fn a_new_phone_number_is_of_its_person_and_not_told() {
    let mut school = School::open();
    let row = vec![AMELIE, ("last_name", "Ferré"), ("first_name", "Amélie"), P1, ("phone", "0612345678")];
    act(&mut school, Act::Edit, Kind::Trainees, &[row]);
    check(&school, "modification : Amélie Ferré", "changed: Amélie Ferré");
}

#[test]
fn an_absence_is_of_somebody_on_a_day() {
    let mut school = School::open();
    act(&mut school, Act::Absent, Kind::Attendance, &[mark(SAID, "am", "unexcused"), mark(SAID, "pm", "unexcused")]);
    check(&school, "absence de Saïd Bensaïd le 05/12/2018", "absence of Saïd Bensaïd on 2018-12-05");
    act(&mut school, Act::Absent, Kind::Attendance, &[mark(AMELIE, "am", "excused")]);
    check(&school, "absence justifiée d'Amélie Ferré le 05/12/2018", "excused absence of Amélie Ferré on 2018-12-05");
}

#[test]
fn marks_of_several_people_are_counted() {
    let mut school = School::open();
    act(&mut school, Act::Day, Kind::Attendance, &[mark(SAID, "am", "present"), mark(AMELIE, "am", "present")]);
    check(&school, "feuille de présence : 2 présences", "attendance sheet: 2 attendance marks");
}

#[test]
fn an_import_of_many_is_counted_as_people_and_not_as_rows() {
    let mut school = School::open();
    let letters =
        ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v"];
    let rows: Vec<Row> = letters.iter().map(|l| vec![("last_name", *l), ("first_name", "Léa"), P1]).collect();
    act(&mut school, Act::Import, Kind::Trainees, &rows);
    check(&school, "import : 22 stagiaires", "import: 22 trainees");
    act(
        &mut school,
        Act::Import,
        Kind::Notes,
        &[vec![SAID, ("date", "2018-12-05"), ("text", "x")], vec![SAID, ("date", "2018-12-06"), ("text", "x")]],
    );
    check(&school, "import : 2 notes", "import: 2 notes");
}

#[test]
fn a_removed_record_is_named_from_history() {
    let mut school = School::open();
    let note = vec![AMELIE, ("date", "2018-12-05"), ("text", "a trouvé une voiture")];
    act(&mut school, Act::Add, Kind::Notes, &[note]);
    check(&school, "ajout : Amélie Ferré, 05/12/2018", "added: Amélie Ferré, 2018-12-05");
    school.store.write(&operation(Act::Remove), |tx| remove(tx, Kind::Notes, RecordId::from_number(1))).unwrap();
    check(&school, "suppression : Amélie Ferré, 05/12/2018", "removed: Amélie Ferré, 2018-12-05");
}

#[test]
fn an_undo_speaks_of_what_it_took_back() {
    let mut school = School::open();
    act(&mut school, Act::Absent, Kind::Attendance, &[mark(SAID, "am", "unexcused")]);
    let number = school.store.newest_operation().unwrap();
    school.store.undo(number, &operation(Act::Undo)).unwrap();
    check(
        &school,
        &format!("annulation de l'opération {number} (absence de Saïd Bensaïd le 05/12/2018)"),
        &format!("undo of operation {number} (absence of Saïd Bensaïd on 2018-12-05)"),
    );
    let undo = school.store.newest_operation().unwrap();
    school.store.undo(undo, &operation(Act::Redo)).unwrap();
    check(
        &school,
        &format!("rétablissement de l'opération {number} (absence de Saïd Bensaïd le 05/12/2018)"),
        &format!("redo of operation {number} (absence of Saïd Bensaïd on 2018-12-05)"),
    );
}

#[test]
fn an_operation_stored_under_an_older_code_is_worded_as_what_it_was_and_an_unknown_one_by_its_code() {
    let mut school = School::open();
    act(&mut school, Act::SetSetting, Kind::Settings, &[vec![("key", "ltu_months"), ("value", "18")]]);
    check(&school, "réglage : ltu_months = 18", "setting: ltu_months = 18");
    let stored = |school: &School, verb: &str, kind: &str| {
        let last = school.store.newest_operation().unwrap();
        let sql = format!("UPDATE operation SET verb = '{verb}', kind = '{kind}' WHERE number = {last}");
        school.store.conn.execute_batch(&sql).unwrap();
    };
    stored(&school, "set", "settings");
    check(&school, "réglage : ltu_months = 18", "setting: ltu_months = 18");
    stored(&school, "teleport", "settings");
    check(&school, "teleport : ltu_months = 18", "teleport: ltu_months = 18");
    let last = school.store.newest_operation().unwrap();
    assert!(!school.store.operation(last).unwrap().is_final());
}

#[test]
fn every_kind_of_record_is_counted_in_words() {
    for kind in Kind::ALL {
        assert!(kind.count(2).fr.starts_with("2 "), "{kind:?}");
        assert!(kind.count(1).fr.ends_with(&*kind.one().fr), "{kind:?}");
    }
}
