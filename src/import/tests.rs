//! Whole files on a scratch school: counts, refusals, twice the same, out and in again.

use super::*;
use crate::domain::kind::{attendance, note, placement, trainee};
use crate::domain::{Act, ClosedList, Value};
use crate::domain::{Kind, Lang, Refusal};
use crate::import::columns::dates::DateOrder;
use crate::ops::tests::{School, day, operation};
use crate::ops::{Mode, Saving};
use crate::sheet::dialect::Dialect;
use crate::sheet::{Format, Style, render};
use crate::store::records::Which;
use anyhow::Result;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::cell::Cell;

fn source(text: &str) -> Source {
    Source::Reader("test.csv".to_owned(), Box::new(std::io::Cursor::new(text.as_bytes().to_vec())))
}

/// The surroundings of an import on 2 September 2019.
macro_rules! surroundings {
    ($secret:ident) => {
        Saving {
            mode: Mode::Upsert,
            today: day("2019-09-02"),
            secret: &mut $secret,
            indicator: &|_| true,
            figure: &|_| crate::ops::Promisable::Yes,
            accepted: crate::ops::Accepted::default(),
        }
    };
}

/// Imports texts as one act; nothing is kept when rows are refused, unless bad ones are skipped.
pub(super) fn import(school: &mut School, texts: &[&str], options: &Options<'_>) -> Result<Vec<Report>> {
    let batches = texts.iter().map(|t| read(source(t), options)).collect::<Result<Vec<_>>>()?;
    let mut secret = || "00".repeat(32);
    let mut saving = surroundings!(secret);
    let done = school.store.write(&operation(Act::Import), |tx| run_all(tx, &batches, options, &mut saving));
    match done {
        Ok(done) => Ok(done.into_value()),
        Err(error) => Ok(error.downcast::<Rejected>()?.0),
    }
}

#[track_caller]
pub(super) fn counts(school: &mut School, text: &str, expected: [u64; 4]) -> Report {
    let report = import(school, &[text], &Options::default()).unwrap().remove(0);
    let found = [report.created, report.changed, report.identical, report.refused];
    assert_eq!(found, expected, "{:?}", report.refusals);
    report
}

#[track_caller]
fn refused_whole(text: &str, options: &Options<'_>, words: &str) {
    let error = read(source(text), options).err().expect(words);
    let said = match error.downcast::<Unread>() {
        Ok(unread) => unread.lines(Lang::En).join(" "),
        Err(other) => other.downcast::<Refusal>().unwrap().lines(Lang::En).join(" "),
    };
    assert!(said.contains(words), "{said}");
}

/// One file of each kind, in the order that works.
const FILES: &[&str] = &[
    "certificate,label,registry,counts_as_qualification,valid_months\nCQP,Titre,RNCP,true,36\n",
    "cohort,title,site,start,end,places,slot_minutes,certificate\nP2,'Été' \"x\",=Romans,2019-03-04,2019-05-31,10,210,CQP\n",
    "cohort,module,title,stream,hours\nP2,M1,Soudure,technical,3h20\nP2,M2,-Mesure,technical,14\n",
    "cohort,date,half,kind,module,trainer,minutes\nP2,2019-03-04,am,centre,M1,@Paul,200\nP2,2019-03-04,pm,company,,,210\n",
    "ref,last_name,first_name,birth_date,sex,phone,email,address,cohort,entry,disability,referrer\n\
     R1,Ngô,Thị Lan,2000-02-29,F,+33612345678,a@b.fr,\"1 rue; de la, Paix\",P2,2019-03-04,yes,'ML\n\
     R2,O’Brien,Zoé,,X,0612345678,,,P2,2019-03-04,refused,\n",
    "cohort,trainee,date,half,status,minutes,justification,signed_trainee,signed_trainer\n\
     P2,ngo-thi-lan,2019-03-04,am,present,180,,true,false\nP2,R2,2019-03-04,am,excused,,exam,,\n",
    "cohort,trainee,module,date,outcome,mark,out_of\nP2,ngo-thi-lan,M1,2019-03-20,in_progress,13.5,20\n",
    "cohort,trainee,certificate,date,outcome,expires\nP2,R1,CQP,2019-05-30,obtained,2022-05-30\n",
    "trainee,step,date,outcome,hours,financed_by\nR1,lesson,2019-03-10,,1.67,=Région\n",
    "cohort,trainee,date,kind,minutes,note\nP2,R1,2019-03-15,tutorial,30,\"=HYPERLINK(\"\"x\"\")\n\n'suite\"\nP2,R1,2019-03-15,follow_up,,+1\n",
    "cohort,trainee,type,company,start,planned_end,weekly_hours,prehire,job,user_company\n\
     P2,R1,INTERIM,@Agence,2019-06-03,2019-07-03,35,true,-monteur,'Réseaux\nP2,R2,CDI,,2019-06-03,,33.33,,,\n",
    "cohort,trainee,point,date,channel,reached,note\nP2,R1,3m,2019-08-20,phone,true,\"=1\"\n",
    "trainee,date,text\nR1,2019-03-20,\"''a\r\nb\tc\"\n",
    "key,value\nquality.no_show,off\n",
    "funder,name,lang,dialect,level,suppress_below,people\nREG,=Région,fr,csv,aggregate,7,none\n",
    "grant,funder,object,amount,from,to,cohorts\nG1,REG,-objet,12345.60,2019-01-01,2019-12-31,P1|P2\n",
    "grant,indicator,value\nG1,dynamic,70.5\n",
    "cohort,grant,side,class,label,planned,realised\nP2,,charge,60,@achats,100.05,0.00\nP2,G1,income,74,'sub,100.05,\n",
];

fn full_school() -> School {
    let mut school = School::open();
    for text in FILES {
        let report = import(&mut school, &[text], &Options::default()).unwrap().remove(0);
        assert_eq!((report.refused, report.refusals), (0, vec![]), "{text}");
        assert!(report.created > 0 && report.guessed, "{text}");
    }
    school
}

#[test]
fn the_files_of_every_kind_are_recognised_and_the_second_time_changes_nothing() {
    let mut school = full_school();
    let before = school.store.dump().unwrap();
    for text in FILES {
        let report = import(&mut school, &[text], &Options::default()).unwrap().remove(0);
        assert!(report.changes_nothing() && report.identical == report.rows, "{text}: {report:?}");
    }
    assert!(school.store.dump().unwrap() == before);
}

#[test]
fn files_given_in_the_wrong_order_are_one_act_in_the_right_one() {
    let mut school = School::open();
    let backwards: Vec<&str> = FILES.iter().rev().copied().collect();
    let reports = import(&mut school, &backwards, &Options::default()).unwrap();
    assert_eq!(reports.iter().map(|r| r.refused).sum::<u64>(), 0);
    assert!(reports.iter().map(|r| r.kind).is_sorted());
}

fn exported(school: &School, kind: Kind, dialect: Dialect) -> String {
    let lookup = school.store.lookup();
    let (bytes, _, _) = export::stream(&lookup, (kind, Which::All), (dialect, Lang::Fr), Vec::new()).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[track_caller]
fn comes_in_again(school: &mut School, kinds: &[Kind]) {
    let before = school.store.dump().unwrap();
    for kind in kinds {
        for dialect in [Dialect::Csv, Dialect::CsvFr] {
            for empty in [EmptyCell::Leaves, EmptyCell::Blanks] {
                let text = exported(school, *kind, dialect);
                let options = Options { empty, ..Options::default() };
                let report = import(school, &[&text], &options).unwrap().remove(0);
                assert_eq!(report.kind, *kind, "{text}");
                assert_eq!(
                    (report.identical, report.refusals, report.changes),
                    (report.rows, vec![], vec![]),
                    "{text}"
                );
            }
        }
    }
    assert!(school.store.dump().unwrap() == before);
}

#[test]
fn what_export_writes_comes_in_again_and_changes_nothing() {
    comes_in_again(&mut full_school(), Kind::ALL);
}

#[test]
fn a_sheet_of_records_is_the_stream_of_them() {
    let school = full_school();
    let sheet = export::sheet(&school.store.lookup(), Kind::Trainees, Which::All).unwrap();
    let whole = String::from_utf8(render(&sheet, Format::Csv, &Style::pipe(Lang::Fr)).unwrap().bytes).unwrap();
    assert_eq!(whole, exported(&school, Kind::Trainees, Dialect::Csv));
    assert!(whole.lines().next().unwrap().ends_with(",waiting_rank,id"));
}

#[test]
fn a_french_file_of_an_office_is_read() {
    let mut school = School::open();
    let text =
        "NOM;Prénom;Date de naissance;Promotion;Entrée;Handicap\r\nRoux;Léo;03/02/2000;P1;05/11/2018;oui\r\n;;;;;\r\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let reader = Source::Reader("inscrits.csv".to_owned(), Box::new(std::io::Cursor::new(bytes.into_owned())));
    let batch = read(reader, &Options::default()).unwrap();
    assert_eq!((batch.how().encoding.as_deref(), batch.how().separator), (Some("windows-1252"), Some(";")));
    assert_eq!((batch.dates(), batch.count, batch.kind()), (Some(DateOrder::Dmy), 1, Kind::Trainees));
    let report = counts(&mut school, text, [1, 0, 0, 0]);
    assert_eq!(report.how.encoding.as_deref(), Some("utf-8"));
}

#[test]
fn one_refused_row_and_nothing_is_written() {
    let mut school = School::open();
    let before = school.store.dump().unwrap();
    let text = "Nom;Prénom;Promotion;Naissance\nRoux;Léo;P1;01/02/2000\nMartin;Léo;P1;31/11/2000\nA;B;P9;\n;C;P1;\n";
    let options = Options { map: vec![("Naissance".to_owned(), "birth_date".to_owned())], ..Options::default() };
    let report = import(&mut school, &[text], &options).unwrap().remove(0);
    assert!(school.store.dump().unwrap() == before);
    assert_eq!((report.created, report.refused), (1, 3));
    let lines: Vec<_> = report.refusals.iter().map(|r| (r.line, r.column.as_deref(), r.value.as_str())).collect();
    assert_eq!(lines, [(3, Some("Naissance"), "31/11/2000"), (4, Some("Promotion"), "P9"), (5, Some("Nom"), "")]);
    assert!(report.refusals[0].what.fr.contains("n'existe pas"));
}

#[test]
fn bad_rows_are_skipped_on_request_and_given_back_to_be_corrected() {
    let mut school = School::open();
    let text = "\u{feff}Nom;Prénom;Promotion;Prescripteur\nRoux;Léo;P1;'=x\nMartin;Léo;P9;'=y\nTrop;court\n";
    let options = Options { policy: Policy::SkipBad, lang: Lang::Fr, ..Options::default() };
    let report = import(&mut school, &[text], &options).unwrap().remove(0);
    assert_eq!((report.created, report.refused), (1, 2));
    let file = String::from_utf8(report.refused_file.unwrap()).unwrap();
    assert!(
        file.starts_with("\u{feff}Nom;Prénom;Promotion;Prescripteur;reason\r\nMartin;Léo;P9;'=y;Promotion : pas de"),
        "{file}"
    );
    assert!(file.contains("Trop;court;\"2 cases au lieu de 4"), "{file}");
    let corrected = file.replace("P9;", "P1;").replace("Trop;court;", "Trop;Court;P1;;");
    let report = import(&mut school, &[&corrected], &options).unwrap().remove(0);
    assert_eq!((report.created, report.refused, report.refused_file), (2, 0, None));
    let people = school.store.lookup().records(Kind::Trainees, Which::All).unwrap();
    let referrers: Vec<_> = people.iter().filter_map(|p| p.text(trainee::REFERRER)).collect();
    assert_eq!(referrers, ["=y", "=x"]);
}

#[test]
fn a_file_with_commas_gives_its_refused_rows_back_with_commas() {
    let mut school = School::open();
    let options = Options { policy: Policy::SkipBad, ..Options::default() };
    let report = import(&mut school, &["key,value\nnonsense,1\n"], &options).unwrap().remove(0);
    let file = String::from_utf8(report.refused_file.unwrap()).unwrap();
    assert!(file.starts_with("key,value,reason\nnonsense,1,"), "{file}");
}

#[test]
fn rows_that_are_not_as_wide_as_the_header_are_named_with_both_counts() {
    let mut school = School::open();
    let report = counts(&mut school, "key,value\na\nquality.no_show,off,x\n\"a\"b,c\n", [0, 0, 0, 3]);
    let said: Vec<_> = report.refusals.iter().map(|r| (r.line, &*r.what.en)).collect();
    assert_eq!(
        said,
        [(2, "1 cells instead of 2"), (3, "3 cells instead of 2"), (4, "there is text after a closing quote")]
    );
}

#[test]
fn the_same_key_twice_with_other_data_names_both_lines_even_far_apart() {
    let mut school = School::open();
    let many: String = (0..2500).map(|n| format!("C{n},2018-01-01,2018-02-01,3\n")).collect();
    let text = format!("cohort,start,end,places\n{many}C0,2018-01-01,2018-02-01,4\nC1,2018-01-01,2018-02-01,3\n");
    let report = counts(&mut school, &text, [2500, 0, 1, 1]);
    assert!(report.refusals[0].what.en.contains("lines 2 and 2502"), "{:?}", report.refusals);
    let text = "cohort,trainee,date,half,status\nP1,ferre-amelie,2018-11-05,am,P\nP1,ferre-amelie,05/11/2018,matin,A\n";
    let report = counts(&mut school, text, [1, 0, 0, 1]);
    assert!(report.refusals[0].what.en.contains("lines 2 and 3"), "{:?}", report.refusals);
}

#[test]
fn an_empty_cell_leaves_what_is_recorded_and_blank_empties_it() {
    let mut school = full_school();
    let text = "ref,last_name,first_name,cohort,phone\nR2,O’Brien,Zoé,P2,\n";
    counts(&mut school, text, [0, 0, 1, 0]);
    let options = Options { empty: EmptyCell::Blanks, ..Options::default() };
    let report = import(&mut school, &[text], &options).unwrap().remove(0);
    assert_eq!(report.changes[0].changes[0].field, trainee::PHONE);
    assert_eq!(report.changes[0].changes[0].old, Some(Value::Text("0612345678".to_owned())));
    let text = "cohort,trainee,date,half,status,justification\nP2,R2,2019-03-04,am,excused,\n";
    counts(&mut school, text, [0, 0, 1, 0]);
    assert_eq!(import(&mut school, &[text], &options).unwrap()[0].changed, 1);
}

#[test]
fn an_attendance_sheet_is_read_in_both_languages() {
    let mut school = School::open();
    let text = "Promotion;Stagiaire;Nom;05/11/2018 matin;05/11/2018 après-midi;06/11/2018 matin\n\
                P1;ferre-amelie;Amélie Ferré;P;2h30;\nP1;bensaid-said;;J;A;P\n";
    let report = counts(&mut school, text, [5, 0, 0, 0]);
    assert_eq!((report.kind, report.guessed), (Kind::Attendance, true));
    counts(&mut school, text, [0, 0, 5, 0]);
    let marks = school.store.lookup().records(Kind::Attendance, Which::All).unwrap();
    let said: Vec<_> =
        marks.iter().map(|m| (m.text(attendance::STATUS).unwrap(), m.int(attendance::MINUTES))).collect();
    assert_eq!(
        said,
        [
            ("present", Some(210)),
            ("present", Some(150)),
            ("excused", None),
            ("unexcused", None),
            ("present", Some(210))
        ]
    );
    let bad = "cohort,trainee,2018-11-05 am,2018-11-07 am\nP1,ferre-amelie,Z,P\n";
    let report = counts(&mut school, bad, [0, 0, 0, 1]);
    assert!(report.refusals[0].what.en.contains("2018-11-05 am"), "{:?}", report.refusals);
    let blank = Options { empty: EmptyCell::Blanks, ..Options::default() };
    refused_whole(text, &blank, "--blank does not go with an attendance sheet");
}

#[test]
fn a_workbook_is_imported_like_a_text() {
    let mut school = School::open();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inscrits.xlsx");
    let sheet = export::sheet(&school.store.lookup(), Kind::Trainees, Which::All).unwrap();
    std::fs::write(&path, render(&sheet, Format::Xlsx, &Style::pipe(Lang::Fr)).unwrap().bytes).unwrap();
    let batch = read(Source::File(path), &Options::default()).unwrap();
    assert_eq!((batch.kind(), batch.count), (Kind::Trainees, 2));
    let mut secret = String::new;
    let mut saving = surroundings!(secret);
    let options = Options::default();
    let done = school.store.write(&operation(Act::Import), |tx| run(tx, &batch, &options, &mut saving)).unwrap();
    assert_eq!((done.value().identical, done.value().refused), (2, 0), "{:?}", done.value().refusals);
}

#[test]
fn a_column_that_has_the_month_first_is_refused_with_its_line() {
    let text = "trainee,date,text\nferre-amelie,11/05/2018,a\nferre-amelie,11/25/2018,b\n";
    refused_whole(text, &Options::default(), "line 3, column “date”");
    let mut school = School::open();
    let options = Options { dates: Some(DateOrder::Mdy), ..Options::default() };
    assert_eq!(import(&mut school, &[text], &options).unwrap()[0].created, 2);
    let mixed = "trainee,date,text\nferre-amelie,25/11/2018,a\nferre-amelie,11/25/2018,b\n";
    let report = counts(&mut school, mixed, [1, 0, 0, 1]);
    assert_eq!(report.refusals[0].line, 3);
}

#[test]
fn empty_files_are_refused_and_headers_alone_are_no_rows() {
    for empty in ["", "\n", "\r\n;;\n", "\u{feff}"] {
        refused_whole(empty, &Options::default(), "is empty");
    }
    let mut school = School::open();
    assert_eq!(counts(&mut school, "key,value\n\n,\n", [0, 0, 0, 0]).rows, 0);
}

#[test]
fn a_row_with_a_number_is_that_record_whatever_its_key_says() {
    let mut school = full_school();
    let id = school.store.lookup().records(Kind::Placements, Which::All).unwrap()[0].id.unwrap();
    let text = format!("id,company,type,start,cohort,trainee\n{id},Autre,,,,\n");
    let options = Options { kind: Some(Kind::Placements), ..Options::default() };
    let report = import(&mut school, &[&text], &options).unwrap().remove(0);
    assert_eq!((report.changed, report.refusals), (1, vec![]));
    assert_eq!((report.changes[0].id, report.changes[0].changes.len()), (Some(id), 1));
    let report = import(&mut school, &["id,company\n99999,x\nx,y\n"], &options).unwrap().remove(0);
    assert_eq!(report.refused, 2);
    assert!(report.refusals.iter().all(|r| r.column.as_deref() == Some("id")));
}

#[test]
fn a_person_whose_number_is_unknown_is_refused_not_created() {
    let mut school = School::open();
    let report = counts(&mut school, "id,last_name,first_name,cohort\n99,Roux,Léo,P1\n", [0, 0, 0, 1]);
    assert!(report.refusals[0].what.en.contains("no no. 99"), "{:?}", report.refusals);
}

#[test]
fn a_mission_is_a_prehire_unless_the_file_has_that_column() {
    let mut school = full_school();
    let text = "cohort,trainee,type,start,planned_end\nP2,R2,mission,2019-07-01,2019-08-01\n";
    counts(&mut school, text, [1, 0, 0, 0]);
    let all = school.store.lookup().records(Kind::Placements, Which::All).unwrap();
    assert!(all.iter().any(|p| p.text(placement::TYPE) == Some("INTERIM")
        && p.trainee() == Some("o-brien-zoe")
        && p.is(placement::PREHIRE)));
}

#[test]
fn a_stop_asked_for_ends_the_work_and_leaves_nothing() {
    let mut school = School::open();
    let before = school.store.dump().unwrap();
    let stop = || anyhow::bail!("stopped");
    let options = Options { checkpoint: &stop, ..Options::default() };
    assert!(import(&mut school, &["key,value\nquality.no_show,off\n"], &options).is_err());
    assert!(school.store.dump().unwrap() == before);
}

#[test]
fn progress_only_grows_and_ends_at_the_last_row() {
    let mut school = School::open();
    let last = Cell::new((0, 0));
    let told = |done: u64, all: u64| {
        assert!(done >= last.get().0 && done <= all, "{done} of {all} after {:?}", last.get());
        last.set((done, all));
    };
    let options = Options { progress: &told, policy: Policy::SkipBad, ..Options::default() };
    let rows = "P1,ferre-amelie,2018-11-05,am,P\n".repeat(5000);
    let report = import(&mut school, &[&format!("cohort,trainee,date,half,status\n{rows}")], &options).unwrap();
    assert_eq!((report[0].created, report[0].identical, last.get()), (1, 4999, (5000, 5000)));
}

#[test]
fn only_so_many_refusals_are_kept_but_all_are_counted() {
    let mut school = School::open();
    let text = format!("key,value\n{}", "bad,1\n".repeat(25_000));
    let report = counts(&mut school, &text, [0, 0, 0, 25_000]);
    assert_eq!((report.refusals.len(), report.refusals[0].line), (Report::REFUSALS_KEPT, 2));
}

/// Text as people can store it: what cleaning keeps.
fn words() -> impl Strategy<Value = String> {
    "['=+@\\-;,\"|a-zé0-9 \n\t＝]{0,10}[a-zé]"
}

/// What happens to a school that is opened once: opening one for every case would take most of the time.
fn with_school<S: Strategy>(cases: u32, strategy: S, mut act: impl FnMut(&mut School, S::Value)) {
    let mut school = School::open();
    let mut runner = TestRunner::new(ProptestConfig::with_cases(cases));
    for _ in 0..cases {
        let value = strategy.new_tree(&mut runner).unwrap().current();
        act(&mut school, value);
    }
}

#[test]
fn any_text_goes_out_and_comes_in_unchanged() {
    let mut n = 0;
    with_school(24, (words(), words(), "[A-Za-zé' -]{0,8}[a-z]"), |school, (note, line, name)| {
        n += 1;
        let line = line.replace(['\n', '\t'], " ");
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let files = [
            format!(
                "last_name,first_name,cohort,ref,referrer\n{},Zoé,P1,R{n},{}\n",
                quoted(&format!("X{name}")),
                quoted(&line)
            ),
            format!("trainee,date,text\nR{n},2019-03-20,{}\n", quoted(&note)),
            format!("cohort,ref,type,company,start\nP1,R{n},CDI,{},2019-06-03\n", quoted(&line)),
        ];
        for text in &files {
            let first = import(school, &[text], &Options::default()).unwrap().remove(0);
            assert_eq!((first.created, first.refused), (1, 0), "{text}: {:?}", first.refusals);
            let second = import(school, &[text], &Options::default()).unwrap().remove(0);
            assert_eq!((second.identical, second.refused), (1, 0), "{text}: {second:?}");
        }
        let notes = school.store.lookup().records(Kind::Notes, Which::All).unwrap();
        assert!(notes.iter().any(|r| r.text(note::TEXT) == Some(note.trim())), "{note:?}");
        if n == 24 {
            comes_in_again(school, &[Kind::Trainees, Kind::Notes, Kind::Placements]);
        }
    });
}

#[test]
fn no_file_panics() {
    let strategy = (proptest::sample::select(FILES.to_vec()), 0usize..400, any::<Vec<u8>>());
    with_school(200, strategy, |school, (head, at, junk)| {
        let mut bytes = head.as_bytes().to_vec();
        let at = at % bytes.len();
        let end = (at + junk.len() / 2).min(bytes.len());
        bytes.splice(at..end, junk);
        let reader = Source::Reader("x.csv".to_owned(), Box::new(std::io::Cursor::new(bytes)));
        let options = Options { policy: Policy::SkipBad, ..Options::default() };
        if let Ok(batch) = read(reader, &options) {
            let mut secret = || "00".repeat(32);
            let mut saving = surroundings!(secret);
            school.store.rehearse(&operation(Act::Import), |tx| run(tx, &batch, &options, &mut saving)).unwrap();
        }
    });
}

#[test]
fn a_quote_left_open_is_told_before_an_unknown_column() {
    refused_whole("cohort,what\nP1,\"x\n", &Options::default(), "line 2: a quote is opened");
    refused_whole("cohort,what\nP1,x\n", &Options::default(), "can't be told from its headers");
}
