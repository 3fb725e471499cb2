//! `fil progress`: the matrix, attendance by the day and by the person, results, licence, interviews.

use crate::support::{Desk, Outcome};
use fil::domain::kind::Holds;
use fil::domain::{Act, Date, Kind, Lang, Value};
use fil::ops::{Mode, Request, Saving};
use fil::store::{Access, NewOperation, Store};

/// A school with two cohorts: P0, over, and P1, which runs; five people, half-days from 3 to 6 December.
const SCHOOL: &[(Kind, &str)] = &[
    (Kind::Cohorts, "cohort=P0 start=2018-03-05 end=2018-06-01 places=12"),
    (Kind::Cohorts, "cohort=P1 start=2018-11-05 end=2019-02-01 places=12"),
    (Kind::Modules, "cohort=P1 module=FRANCAIS title=Français stream=general"),
    (Kind::Modules, "cohort=P1 module=MATHS title=Mathématiques stream=general"),
    (Kind::Modules, "cohort=P1 module=F1 title=Sécurité stream=technical"),
    (Kind::Modules, "cohort=P1 module=F2 title=Soudure stream=technical"),
    (Kind::Modules, "cohort=P1 module=F10 title=Soudure_fine stream=technical"),
    (Kind::Modules, "cohort=P1 module=CV title=Candidature stream=employability"),
    (Kind::Slots, "cohort=P0 date=2018-03-05 half=am kind=centre"),
    (Kind::Slots, "cohort=P1 date=2018-12-03 half=am kind=centre"),
    (Kind::Slots, "cohort=P1 date=2018-12-03 half=pm kind=centre"),
    (Kind::Slots, "cohort=P1 date=2018-12-04 half=am kind=centre"),
    (Kind::Slots, "cohort=P1 date=2018-12-04 half=pm kind=cancelled"),
    (Kind::Slots, "cohort=P1 date=2018-12-05 half=am kind=centre"),
    (Kind::Slots, "cohort=P1 date=2018-12-05 half=pm kind=company"),
    (Kind::Slots, "cohort=P1 date=2018-12-06 half=am kind=centre"),
    (Kind::Trainees, "last_name=Ferré first_name=Amélie cohort=P1 entry=2018-11-05 licence_at_entry=none"),
    (Kind::Trainees, "last_name=Bensaïd first_name=Saïd cohort=P1 entry=2018-11-05"),
    (Kind::Trainees, "last_name=Amrani first_name=Ilyès cohort=P1 entry=2018-12-05"),
    (
        Kind::Trainees,
        "last_name=Öztürk first_name=Deniz cohort=P1 entry=2018-11-05 exit=2018-12-03 exit_reason=dropped_out",
    ),
    (Kind::Trainees, "last_name=Ngô first_name=Lan cohort=P0 entry=2018-03-05"),
    (Kind::Trainees, "last_name=Pending first_name=Paul cohort=P1"),
];

fn school() -> Desk {
    let desk = Desk::new();
    desk.run("init").ends(0);
    let mut store = Store::open(&desk.path("fil.db"), Access::Write).unwrap();
    record(&mut store, SCHOOL);
    desk
}

/// Saves rows of any kind as one operation.
fn record(store: &mut Store, rows: &[(Kind, &str)]) {
    let today = Date::parse_iso("2018-12-05").unwrap();
    let command = "c".repeat(31) + &(rows.len() % 10).to_string();
    let new =
        NewOperation { stamp: "2018-12-05T12:00:00Z".to_owned(), day: today, act: Act::Import, kind: "all", command };
    let saved = store.write(&new, |tx| {
        for (kind, row) in rows {
            let mut secret = String::new;
            let mut saving = Saving {
                mode: Mode::Upsert,
                today,
                secret: &mut secret,
                indicator: &|_| true,
                accepted: fil::ops::Accepted::default(),
                figure: &|_| fil::ops::Promisable::Yes,
            };
            let saved = fil::ops::save(tx, *kind, &[request(*kind, row)], &mut saving)?;
            assert_eq!(saved.troubles, [], "{row}");
        }
        Ok(())
    });
    saved.unwrap();
}

fn request(kind: Kind, row: &str) -> Request {
    let mut request = Request::new(kind);
    for pair in row.split(' ') {
        let (name, text) = pair.split_once('=').unwrap();
        let field = kind.field(name).unwrap();
        let value = match field.holds {
            Holds::Date => Value::Date(Date::parse_iso(text).unwrap()),
            Holds::Int(..) => Value::Int(text.parse().unwrap()),
            Holds::List(list) => Value::Code(list.codes.iter().find(|code| **code == text).unwrap()),
            _ => Value::Text(text.to_owned()),
        };
        request.give(field, value);
    }
    request
}

fn dump(desk: &Desk) -> String {
    Store::open(&desk.path("fil.db"), Access::Read).unwrap().dump().unwrap()
}

/// The records of a kind as lines of `field=value`, ids left out.
fn records(desk: &Desk, kind: Kind) -> Vec<String> {
    let store = Store::open(&desk.path("fil.db"), Access::Read).unwrap();
    let records = store.lookup().records(kind, fil::store::records::Which::All).unwrap();
    let line = |record: &fil::domain::Record| {
        let pairs = kind.fields().iter().zip(&record.values);
        let said = pairs.filter_map(|(field, value)| {
            let text = fil::ops::request::spoken(&fil::domain::kind::note::TEXT, value.as_ref());
            value
                .as_ref()
                .filter(|v| **v != Value::Bool(false))
                .map(|_| format!("{}={}", field.name, text.get(Lang::En)))
        });
        said.collect::<Vec<_>>().join(" ")
    };
    records.iter().map(line).collect()
}

/// Undo the last entry: the file holds again what it held.
#[track_caller]
fn goes_back(desk: &Desk, before: &str) {
    desk.run("undo").ends(0);
    assert_eq!(dump(desk), before);
}

/// A write changes nothing as a trial, then does its work, then can be taken back; the records it left are given.
#[track_caller]
fn writes(desk: &Desk, line: &str, kind: Kind) -> (Outcome, Vec<String>) {
    let before = dump(desk);
    desk.run(&format!("{line} --dry-run")).ends(0);
    assert_eq!(dump(desk), before, "{line}");
    let told = desk.run(line).ends(0);
    assert_ne!(dump(desk), before, "{line}: {}", told.stderr);
    (told, records(desk, kind))
}

#[test]
fn two_absent_today_at_the_terminal_and_in_a_script() {
    let desk = school().typed("");
    let before = dump(&desk);
    let (told, marks) = writes(&desk, "p abs amé saïd", Kind::Attendance);
    told.tells("Saïd Bensaïd, unexcused, 2018-12-05 morning and afternoon").tells("To go back: fil undo");
    let want =
        ["am", "pm"].map(|half| format!("cohort=P1 trainee=ferre-amelie date=2018-12-05 half={half} status=unexcused"));
    assert_eq!(marks.iter().filter(|m| m.contains("ferre")).cloned().collect::<Vec<_>>(), want);
    assert_eq!(marks.len(), 4);
    goes_back(&desk, &before);
    let script = school();
    writes(&script, "progress absent ferre-amelie bensaid-said --on 2018-12-05", Kind::Attendance);
    assert_eq!(records(&script, Kind::Attendance), marks);
}

#[test]
fn three_days_absent_with_a_paper_touch_planned_half_days_only() {
    let desk = school().french().typed("");
    let (told, marks) = writes(&desk, "p abs saïd --le 03/12..05/12 --excused --motif document", Kind::Attendance);
    told.tells("du 03/12/2018 au 05/12/2018")
        .tells("Noté : Saïd Bensaïd, absence justifiée (document), 5 demi-journées du 03/12/2018 au 05/12/2018");
    assert_eq!(marks.len(), 5);
    assert!(marks.iter().all(|mark| mark.contains("status=excused justification=document")), "{marks:?}");
    let script = school();
    writes(
        &script,
        "progress absent bensaid-said --on 2018-12-03..2018-12-05 --excused --reason document",
        Kind::Attendance,
    );
    assert_eq!(records(&script, Kind::Attendance), marks);
}

#[test]
fn an_absence_outside_what_is_planned_is_refused_with_the_reason() {
    let desk = school();
    let before = dump(&desk);
    for (line, words) in [
        ("ferre-amelie --on 2018-12-02", "nothing is planned for P1"),
        ("ferre-amelie --on 2018-12-04 --half pm", "are cancelled"),
        ("oeztuerk-deniz --on 2018-12-05", "means nobody"),
        ("ozturk-deniz --on 2018-12-05", "after the exit (2018-12-03)"),
        ("amrani-ilyes --on 2018-12-04", "before the entry (2018-12-05)"),
        ("ferre-amelie --on 2018-12-06", "has not come yet"),
        ("pending-paul --on 2018-12-05", "has not entered"),
        ("ferre-amelie --on 2018-12-05 --reason family", "--excused"),
        ("ferre-amelie --on 2018-12-05 --excused --reason maladie", "a doctor's paper, --reason document"),
        ("ferre-amelie ferre-amelie --on 2018-12-05", "named twice"),
        ("ferre-amelie ngo-lan --on 2018-12-05", "nothing is planned for P0"),
    ] {
        let ended = desk.run(&format!("p abs {line}"));
        assert!([2, 3, 4].contains(&ended.code), "{line}: {ended:?}");
        assert!(ended.stderr.contains(words), "{line}: {}", ended.stderr);
        assert_eq!(dump(&desk), before, "{line}");
    }
    desk.run("p abs ozturk-deniz --on 2018-12-05").ends(4);
    desk.run("p abs ferre-amelie --on 2018-12-32").ends(2);
}

#[test]
fn a_fragment_is_not_enough_to_write_in_a_script() {
    let desk = school();
    for line in
        ["p abs amé", "p set amé MATHS 14/20", "p clear amé", "p late amé --minutes 5", "p day --absent amé -c P1"]
    {
        desk.run(line).ends(3).tells("ferre-amelie");
    }
    desk.run("p set ferre-amelie math 14/20").ends(3).tells("MATHS");
    desk.run("p set ferre-amelie soud validated").ends(3).tells("F2").tells("F10");
    desk.run("p set ferre-amelie zzz validated").ends(3).tells("codes: CV, F1");
    desk.run("p certify ferre-amelie aip").ends(3).tells("AIPR");
    desk.run("p set ferre-amelie maths 14/20").ends(0);
}

#[test]
fn a_whole_cohort_is_marked_in_one_go_but_those_named() {
    let desk = school();
    let before = dump(&desk);
    let (told, marks) =
        writes(&desk, "p day 2018-12-05 --absent bensaid-said --excused amrani-ilyes -c P1", Kind::Attendance);
    told.tells("Marked: P1, 2018-12-05 morning and afternoon: 1 present, 2 absent").tells("  Saïd Bensaïd: unexcused");
    let status = |slug: &str| -> Vec<&str> {
        let own = marks.iter().filter(|mark| mark.contains(slug));
        own.map(|mark| mark.split("status=").nth(1).unwrap()).collect()
    };
    assert_eq!(status("ferre-amelie"), ["present minutes=210", "present minutes=210"]);
    assert_eq!(status("bensaid-said"), ["unexcused", "unexcused"]);
    assert_eq!(status("amrani-ilyes"), ["excused", "excused"]);
    assert_eq!(marks.len(), 6);
    goes_back(&desk, &before);
    desk.run("p jour 2018-12-03 -c P1 --half am").ends(0).tells("3 present, 0 absent");
    assert_eq!(records(&desk, Kind::Attendance).len(), 3);
}

#[test]
fn a_day_needs_its_cohort_and_people_of_it() {
    let desk = school();
    desk.run("p day 2018-12-05").ends(2).tells("-c CODE");
    desk.run("p day 2018-12-05 -c P1 --absent ngo-lan").ends(4).tells("not in training in P1");
    desk.run("p day 2018-12-05 -c P1 --absent bensaid-said --excused bensaid-said").ends(2).tells("named twice");
    desk.run("p day 2018-12-06 -c P1").ends(4).tells("has not come yet");
    desk.run("p day 2018-12-01 -c P1").ends(4).tells("nothing is planned");
    desk.run("p day 2018-12-41 -c P1").ends(2);
    school()
        .typed("")
        .run("p day hier --half am --absent amé saïd")
        .ends(0)
        .tells("Cohort P1")
        .tells("4 Dec 2018 (Tuesday)");
}

#[test]
fn a_roll_call_keeps_an_absence_entered_before_unless_the_person_is_named() {
    let desk = school();
    desk.run("p abs bensaid-said --half am --excused --reason family").ends(0);
    desk.run("p late ferre-amelie --half am --minutes 30").ends(0);
    desk.run("p day 2018-12-05 -c P1").ends(0).tells("left as it is").tells("Saïd Bensaïd, 2018-12-05 morning");
    let marks = records(&desk, Kind::Attendance);
    assert!(
        marks.iter().any(|m| m.ends_with("bensaid-said date=2018-12-05 half=am status=excused justification=family"))
    );
    assert!(marks.iter().any(|m| m.contains("ferre-amelie date=2018-12-05 half=am status=present minutes=180")));
    desk.run("p day 2018-12-05 -c P1").ends(0).tells("Nothing to change");
    desk.run("p day 2018-12-05 -c P1 --absent bensaid-said").ends(0);
    let marks = records(&desk, Kind::Attendance);
    assert!(marks.iter().any(|m| m.ends_with("bensaid-said date=2018-12-05 half=am status=unexcused")));
    desk.run("p abs ferre-amelie --half pm").ends(0).tells("(before: present)\n");
}

#[test]
fn someone_late_is_present_for_the_rest_of_the_half_day() {
    let desk = school();
    desk.run("p abs ferre-amelie --half am").ends(0);
    let (told, marks) = writes(&desk, "p late ferre-amelie --on 2018-12-05 --half am --minutes 20", Kind::Attendance);
    told.tells("20 min late (present 190 min of 210)").tells("(before: unexcused)\n");
    assert_eq!(marks, ["cohort=P1 trainee=ferre-amelie date=2018-12-05 half=am status=present minutes=190"]);
    desk.run("p late ferre-amelie --on 2018-12-05 --minutes 20").ends(2).tells("--half am");
    desk.run("p late ferre-amelie --on 2018-12-04 --minutes 1h").ends(0).tells("present 150 min");
    desk.run("p late ferre-amelie --half am --minutes 210").ends(2).tells("whole half-day");
    desk.run("p late ferre-amelie --half am").ends(2);
}

#[test]
fn marks_are_taken_away_and_a_wide_clearing_is_confirmed() {
    let desk = school();
    desk.run("p abs ferre-amelie --on 2018-12-03..2018-12-05").ends(0);
    let before = dump(&desk);
    let (told, marks) = writes(&desk, "p clear ferre-amelie --on 2018-12-05 --half pm", Kind::Attendance);
    told.tells("Taken away: Amélie Ferré, 2018-12-05 afternoon (before: unexcused)");
    assert_eq!(marks.len(), 4);
    goes_back(&desk, &before);
    desk.run("p clear ferre-amelie --on 2018-12-03..2018-12-05").ends(2).tells("--yes");
    desk.run("p clear ferre-amelie --on 2018-12-03..2018-12-05 -y").ends(0).tells("5 half-days");
    assert_eq!(records(&desk, Kind::Attendance).len(), 0);
    desk.run("p clear ferre-amelie --on 2018-12-05").ends(0).tells("Nothing to take away");
}

#[test]
fn a_mark_is_in_progress_until_said_otherwise() {
    let desk = school().typed("");
    let before = dump(&desk);
    let (told, results) = writes(&desk, "p set amé maths 14/20", Kind::Results);
    told.tells("Amélie Ferré (ferre-amelie)").tells("Amélie Ferré, MATHS: 14/20, 2018-12-05");
    let base = "cohort=P1 trainee=ferre-amelie module=MATHS date=2018-12-05";
    assert_eq!(results, [format!("{base} outcome=in_progress mark=1400 out_of=2000")]);
    goes_back(&desk, &before);
    desk.run("progress set ferre-amelie MATHS 14/20 --on 2018-12-05").ends(0);
    desk.run("p set ferre-amelie MATHS acquis").ends(0).tells("outcome: in progress → validated");
    desk.run("p set ferre-amelie maths 15,5/20").ends(0).tells("mark: 14 → 15.50");
    assert_eq!(records(&desk, Kind::Results), [format!("{base} outcome=validated mark=1550 out_of=2000")]);
    desk.run("p set amé secu validé --on 4/12").ends(0).tells("module F1").tells("4 Dec 2018 (Tuesday)");
    for bad in ["21/20", "14", "vu", "-2"] {
        desk.run(&format!("p set ferre-amelie MATHS {bad}")).ends(2);
    }
}

#[test]
fn the_theory_test_is_a_licence_record() {
    let desk = school().french().typed("");
    let before = dump(&desk);
    let (told, licence) = writes(&desk, "p set amé code obtenu", Kind::Licence);
    told.tells("Enregistré : Amélie Ferré, épreuve du code : obtenu, le 05/12/2018");
    assert_eq!(licence, ["trainee=ferre-amelie step=code_exam date=2018-12-05 outcome=passed"]);
    goes_back(&desk, &before);
    let script = school();
    let (_, licence) = writes(&script, "progress set ferre-amelie code passed --on 2018-12-04", Kind::Licence);
    assert_eq!(licence, ["trainee=ferre-amelie step=code_exam date=2018-12-04 outcome=passed"]);
    script.run("p set ferre-amelie conduite booked").ends(2).tells("--on 2018-12-12");
    script.run("p set ferre-amelie conduite prévu --on 07/01").ends(0).tells("7 Jan 2019 (Monday)");
    script.run("p set ferre-amelie code validé").ends(2).tells("expected: passed");
}

#[test]
fn steps_of_the_licence_are_recorded_in_french_or_english() {
    let desk = school();
    desk.run("p permis ferre-amelie inscription --le 2018-11-06 --financed-by 'Mission Locale'").ends(0);
    desk.run("p licence ferre-amelie leçon --hours 1h30 --on 2018-11-20").ends(0);
    desk.run("p licence ferre-amelie lesson --hours 2 --on 2018-11-27").ends(0);
    desk.run("p licence ferre-amelie code_exam failed --on 2018-11-28").ends(0);
    desk.run("p licence ferre-amelie code booked --on 2018-12-03").ends(0);
    desk.run("p licence ferre-amelie code passed --on 2018-12-04").ends(0).tells("an exam was booked on 2018-12-03");
    let licence = records(&desk, Kind::Licence);
    assert_eq!(licence.len(), 6, "{licence:?}");
    assert!(licence[0].ends_with("step=registered date=2018-11-06 financed_by=Mission Locale"));
    assert!(licence[1].ends_with("hours=90"));
    desk.run("p licence ferre-amelie lesson").ends(0).tells("lesson without hours");
    desk.run("p licence ferre-amelie code").ends(2).tells("passed, failed, absent or booked");
    desk.run("p licence ferre-amelie lesson passed").ends(2).tells("--hours 2");
    desk.run("p licence ferre-amelie code passed --hours 2").ends(4).tells("only lessons have hours");
    desk.run("p licence ferre-amelie swim").ends(2).tells("expected: registered");
}

#[test]
fn certificates_are_obtained_unless_said_otherwise() {
    let desk = school();
    let (told, rows) =
        writes(&desk, "p certify ferre-amelie aipr --on 2018-12-04 --expires 2023-12-03", Kind::Certificates);
    told.tells("Amélie Ferré, AIPR: obtained, 2018-12-04");
    assert_eq!(
        rows,
        ["cohort=P1 trainee=ferre-amelie certificate=AIPR date=2018-12-04 outcome=obtained expires=2023-12-03"]
    );
    desk.run("p certify ferre-amelie SST échec --on 2018-11-30").ends(0);
    assert!(records(&desk, Kind::Certificates).iter().any(|row| row.contains("SST date=2018-11-30 outcome=failed")));
    desk.run("p certify ferre-amelie AIPR --expires 2018-01-01").ends(4);
}

#[test]
fn interviews_of_a_day_differ_by_kind_or_length() {
    let desk = school();
    writes(&desk, "p interview ferre-amelie --minutes 45 --note 'projet : fibre'", Kind::Interviews);
    desk.run("p entretien ferre-amelie tutorat --minutes 1h30").ends(0).tells("tutorial, 90 min");
    desk.run("p entretien ferre-amelie --minutes 45").ends(0).tells("Already recorded (no. 1)");
    let rows = records(&desk, Kind::Interviews);
    assert_eq!(rows.len(), 2);
    assert!(rows[0].contains("kind=follow_up minutes=45 note=projet : fibre"), "{rows:?}");
    desk.run("p entretien ferre-amelie café").ends(3).tells("means nobody");
}

#[test]
fn records_are_listed_corrected_and_removed_by_number() {
    let desk = school();
    desk.run("p set ferre-amelie MATHS 12/20 --on 2018-12-03").ends(0);
    desk.run("p licence bensaid-said lesson --hours 2").ends(0);
    let rows = desk.run("p list results -f csv").ends(0).stdout;
    assert_eq!(
        rows,
        "id,cohort,trainee,module,date,outcome,mark,out_of\n1,P1,ferre-amelie,MATHS,2018-12-03,in_progress,12,20\n"
    );
    desk.run("p ls permis saïd").ends(0).shows("bensaid-said").shows("lesson");
    desk.run("p ls permis saïd --lang fr").ends(0).shows("leçon");
    desk.run("p ls permis -c P0").ends(0).tells("Nothing recorded");
    desk.run("p edit results 1 --set mark=13,5 --dry-run").ends(0).tells("nothing was written");
    desk.run("p e résultats 1 --set note=13,5").ends(0).tells("mark: 12 → 13.50");
    desk.run("p edit results 1").ends(2).tells("fields: cohort");
    desk.run("p edit results 9 --set mark=1").ends(3).tells("there is no no. 9");
    desk.run("p edit attendance 1 --set status=present").ends(2).tells("have no number");
    desk.run("p edit résultat x --set mark=1").ends(2);
    desk.run("p remove results 1").ends(2).tells("--yes");
    let before = dump(&desk);
    desk.run("p remove results 1 -y -n").ends(0);
    assert_eq!(dump(&desk), before);
    desk.run("p supprimer results 1 -y").ends(0).tells("Removed: result no. 1");
    assert_eq!(records(&desk, Kind::Results).len(), 0);
    goes_back(&desk, &before);
}

/// A school where something of each kind is recorded.
fn lively() -> Desk {
    let desk = school();
    for line in [
        "p set ferre-amelie FRANCAIS 13/20 --on 2018-11-20",
        "p set ferre-amelie MATHS 14/20 --on 2018-11-28",
        "p set bensaid-said MATHS 9,5/20 --on 2018-11-28",
        "p set bensaid-said FRANCAIS acquis --on 2018-11-28",
        "p set ferre-amelie F1 validated --on 2018-11-22",
        "p set ferre-amelie F2 en_cours --on 2018-11-29",
        "p set bensaid-said F1 failed --on 2018-11-22",
        "p set ferre-amelie code passed --on 2018-11-12",
        "p set bensaid-said code booked --on 2018-12-07",
        "p licence ferre-amelie lesson --hours 6 --on 2018-11-30",
        "p licence ferre-amelie lesson --hours 1h30 --on 2018-12-01",
    ] {
        desk.run(line).ends(0);
    }
    desk
}

#[test]
fn the_matrix_for_machines_has_a_row_per_trainee_and_module() {
    let desk = lively();
    let csv = desk.run("progress show --cohort P1 -f csv").ends(0).stdout;
    assert!(csv.starts_with("cohort,trainee,module,stream,outcome,mark,out_of,date,hours\n"));
    assert_eq!(csv.lines().count(), 1 + 4 * 9, "{csv}");
    let own: Vec<&str> = csv.lines().filter(|line| line.contains("ferre-amelie")).collect();
    let want = [
        "FRANCAIS,general,in_progress,13,20,2018-11-20,",
        "MATHS,general,in_progress,14,20,2018-11-28,",
        "F1,technical,validated,,,2018-11-22,",
        "F2,technical,in_progress,,,2018-11-29,",
        "F10,technical,,,,,",
        "CV,employability,,,,,",
        "code_exam,licence,passed,,,2018-11-12,",
        "lesson,licence,,,,2018-12-01,7.5",
        "driving_exam,licence,,,,,",
    ];
    assert_eq!(own, want.map(|line| format!("P1,ferre-amelie,{line}")));
    assert!(csv.contains("P1,bensaid-said,code_exam,licence,booked,,,2018-12-07,\n"));
    assert_eq!(desk.run("p -f csv").ends(0).stdout, csv);
    let early = desk.run("p -c P1 --as-of 2018-11-21 -f csv").ends(0).stdout;
    assert!(early.contains("P1,ferre-amelie,F1,technical,,,,,\n"), "{early}");
    desk.run("p --as-of 2018-12-06").ends(2);
    desk.run("p -c all -f json").ends(0).shows("ngo-lan").shows("ferre-amelie");
}

#[test]
fn the_matrix_in_a_pipe_is_whole_with_one_line_per_trainee() {
    let page = lively().french().run("p").ends(0).tells("Promo P1").stdout;
    let want = "\
STAGIAIRE      FRANCAIS  MATHS  CODE         COND.  F1 F2 F10  CV
Amrani Ilyès          ·      ·  —              0 h  ·  ·  ·    ·
Bensaïd Saïd          ✓    9,5  07/12          0 h  x  ·  ·    ·
Ferré Amélie       13,0   14,0  obtenu       7,5 h  ✓  …  ·    ·
Öztürk Deniz          ·      ·  —              0 h  ·  ·  ·    ·
";
    assert_eq!(squeezed(&page), squeezed(want), "{page}");
    assert_eq!(page.lines().count(), 5);
}

/// The words of each line.
fn squeezed(page: &str) -> Vec<Vec<&str>> {
    page.lines().map(|line| line.split_whitespace().collect()).collect()
}

#[test]
fn the_matrix_on_a_narrow_screen_hides_columns_and_says_which() {
    for (columns, hidden) in [(120, ""), (80, ""), (60, "CV"), (45, "MATHS")] {
        let shown = lively().terminal(columns).run("p");
        let widest = shown.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(columns), "{}", shown.stdout);
        assert!(shown.stdout.contains("Cohort P1 · progress on 2018-12-05"), "{}", shown.stdout);
        assert!(shown.stdout.contains("✓ validated"), "{}", shown.stdout);
        assert!(shown.stderr.contains(hidden), "{columns}: {}", shown.stderr);
    }
    let plain = lively().terminal(80).run("p --ascii").ends(0).stdout;
    assert!(plain.contains('~') && !plain.contains('✓') && !plain.contains('…'), "{plain}");
}

#[test]
fn the_matrix_goes_to_every_format_and_file() {
    let desk = lively();
    desk.run("p -o matrix.txt").ends(0);
    assert_eq!(desk.read("matrix.txt"), desk.run("p").ends(0).stdout);
    for file in ["p.csv", "p.json", "p.xlsx", "p.html"] {
        desk.run(&format!("p -o {file}")).ends(0).tells("Written");
    }
    assert_eq!(desk.read("p.csv"), desk.run("p -f csv").ends(0).stdout);
    desk.run("p -o out/").ends(0).tells("out/2018-12-05_P1_progress.csv");
    desk.run("p -c all").ends(0).shows("Cohort P0").shows("Cohort P1").shows("Ngô Lan");
    desk.run("p --columns trainee,module,mark -L 1").ends(0).shows("amrani-ilyes");
    for line in desk.terminal(36).run("p").ends(0).stdout.lines() {
        assert!(line.chars().count() <= 60, "{line}");
    }
}

#[test]
fn a_person_is_marked_in_the_cohort_of_the_day() {
    let desk = school();
    let mut store = Store::open(&desk.path("fil.db"), Access::Write).unwrap();
    let rows = ["trainee=ngo-lan last_name=Ngô first_name=Lan cohort=P1 entry=2018-12-03"];
    record(&mut store, &rows.map(|row| (Kind::Trainees, row)));
    drop(store);
    desk.run("p abs ngo-lan --on 2018-12-05 --half am").ends(0).tells("ngo-lan in cohort P1");
    desk.run("p abs ngo-lan --on 2018-03-05").ends(0).tells("ngo-lan in cohort P0");
    desk.run("p abs ngo-lan --on 2018-03-05 -c P1").ends(4).tells("nothing is planned for P1");
    let marks = records(&desk, Kind::Attendance);
    assert!(marks[0].starts_with("cohort=P0 trainee=ngo-lan date=2018-03-05"), "{marks:?}");
    assert!(marks[1].starts_with("cohort=P1 trainee=ngo-lan date=2018-12-05"), "{marks:?}");
}

#[test]
fn a_cohort_nobody_entered_says_so() {
    let desk = Desk::new();
    desk.run("init").ends(0);
    desk.run("p").ends(2).tells("which cohort?");
    school().run("p -c P9").ends(3).tells("no cohort");
    school().run("p amélie").ends(2).tells("fil trainee show");
}

#[test]
fn results_of_a_second_participation_stay_in_their_cohort() {
    let desk = school();
    desk.run("p abs ferre-amelie -c P0").ends(4).tells("not in cohort P0");
    desk.run("p -c P0 -f json").ends(0).shows("ngo-lan");
}
