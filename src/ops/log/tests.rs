//! The journal speaks of records by name, whatever became of them.

use super::*;
use crate::domain::Kind;
use crate::ops::remove::remove;
use crate::ops::testing::School;

fn school() -> School {
    let mut school = School::with_cohort();
    for half in ["am", "pm"] {
        school.put(Kind::Slots, &[("cohort", "P1"), ("date", "2018-12-05"), ("half", half), ("kind", "centre")]);
    }
    for (last, first) in [("Bensaïd", "Saïd"), ("Ferré", "Amélie")] {
        school.put(
            Kind::Trainees,
            &[("last_name", last), ("first_name", first), ("cohort", "P1"), ("entry", "2018-11-05")],
        );
    }
    school
}

#[track_caller]
fn check(school: &School, fr: &str, en: &str) {
    let last = school.store.operations().unwrap().pop().unwrap();
    assert_eq!(words(&school.store, &last).unwrap(), Text::new(fr, en));
}

fn mark(school: &mut School, verb: &'static str, marks: &[(&str, &str, &str)]) {
    let rows: Vec<Vec<(&str, &str)>> = marks
        .iter()
        .map(|(who, half, status)| {
            vec![("cohort", "P1"), ("trainee", *who), ("date", "2018-12-05"), ("half", *half), ("status", *status)]
        })
        .collect();
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    school.act(verb, Kind::Attendance, &rows);
}

#[test]
fn a_new_trainee_is_named_with_the_cohort() {
    check(&school(), "ajout : Amélie Ferré (P1)", "added: Amélie Ferré (P1)");
}

#[test]
fn a_new_phone_number_is_of_its_person_and_not_told() {
    let mut school = school();
    school.act(
        "edit",
        Kind::Trainees,
        &[&[
            ("trainee", "ferre-amelie"),
            ("last_name", "Ferré"),
            ("first_name", "Amélie"),
            ("cohort", "P1"),
            ("phone", "0612345678"),
        ]],
    );
    check(&school, "modification : Amélie Ferré", "changed: Amélie Ferré");
}

#[test]
fn an_absence_is_of_somebody_on_a_day() {
    let mut school = school();
    mark(&mut school, "absent", &[("bensaid-said", "am", "unexcused"), ("bensaid-said", "pm", "unexcused")]);
    check(&school, "absence de Saïd Bensaïd le 05/12/2018", "absence of Saïd Bensaïd on 2018-12-05");
    mark(&mut school, "absent", &[("ferre-amelie", "am", "excused")]);
    check(&school, "absence justifiée d'Amélie Ferré le 05/12/2018", "excused absence of Amélie Ferré on 2018-12-05");
}

#[test]
fn marks_of_several_people_are_counted() {
    let mut school = school();
    mark(&mut school, "day", &[("bensaid-said", "am", "present"), ("ferre-amelie", "am", "present")]);
    check(&school, "feuille de présence : 2 présences", "attendance sheet: 2 attendance marks");
}

#[test]
fn an_import_of_many_is_counted_as_people_and_not_as_rows() {
    let mut school = school();
    let names: Vec<String> = (0..25).map(|n| format!("Nom{n:02}")).collect();
    let rows: Vec<Vec<(&str, &str)>> =
        names.iter().map(|n| vec![("last_name", n.as_str()), ("first_name", "Léa"), ("cohort", "P1")]).collect();
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    school.act("import", Kind::Trainees, &rows);
    check(&school, "import : 25 stagiaires", "import: 25 trainees");
    school.act("import", Kind::Trainees, &rows[..0]);
    check(&school, "import : 25 stagiaires", "import: 25 trainees");
}

#[test]
fn a_removed_record_is_named_from_history() {
    let mut school = school();
    let id = school
        .put(Kind::Notes, &[("trainee", "ferre-amelie"), ("date", "2018-12-05"), ("text", "a trouvé une voiture")]);
    check(&school, "ajout : Amélie Ferré, 05/12/2018", "added: Amélie Ferré, 2018-12-05");
    let new = school.next("remove", Kind::Notes);
    school.store.write(&new, |tx| remove(tx, Kind::Notes, id)).unwrap();
    check(&school, "suppression : Amélie Ferré, 05/12/2018", "removed: Amélie Ferré, 2018-12-05");
}

#[test]
fn an_undo_speaks_of_what_it_took_back() {
    let mut school = school();
    mark(&mut school, "absent", &[("bensaid-said", "am", "unexcused")]);
    let number = school.store.newest_operation().unwrap();
    let new = school.next("undo", Kind::Attendance);
    school.store.undo(number, &new).unwrap();
    check(
        &school,
        &format!("annulation de l'opération {number} (absence de Saïd Bensaïd le 05/12/2018)"),
        &format!("undo of operation {number} (absence of Saïd Bensaïd on 2018-12-05)"),
    );
    let undo = school.store.newest_operation().unwrap();
    let new = school.next("redo", Kind::Attendance);
    school.store.undo(undo, &new).unwrap();
    check(
        &school,
        &format!("rétablissement de l'opération {undo} (absence de Saïd Bensaïd le 05/12/2018)"),
        &format!("redo of operation {undo} (absence of Saïd Bensaïd on 2018-12-05)"),
    );
}

#[test]
fn the_sheet_has_a_row_per_operation() {
    let mut school = school();
    mark(&mut school, "absent", &[("bensaid-said", "am", "unexcused")]);
    let operations = school.store.operations().unwrap();
    let sheet = sheet(&school.store, &operations).unwrap();
    let keys: Vec<&str> = sheet.columns.iter().map(|c| c.key).collect();
    assert_eq!(keys, ["operation", "stamp", "day", "verb", "kind", "created", "changed", "removed", "undone", "what"]);
    assert_eq!(sheet.rows.len(), operations.len());
    assert_eq!(sheet.rows[0][9], Cell::Words(Text::new("création de la base", "database created")));
}

#[test]
fn every_table_of_the_file_has_a_kind_and_every_kind_a_count() {
    for table in ["person", "contact", "participation", "grant_cohort", "attendance", "setting"] {
        assert!(verb::kind_of(table).is_some(), "{table}");
    }
    for kind in Kind::ALL {
        assert!(verb::count(*kind, 2).fr.starts_with("2 "), "{kind:?}");
        assert!(verb::count(*kind, 1).fr.ends_with(&kind.one().fr), "{kind:?}");
    }
}
