//! One vocabulary: a word for a value of a closed list means the same at the keyboard, in `--set` and in a file.

use crate::support::Desk;
use fil::domain::closed_list::{ListDef, NotFound};
use fil::domain::cohort::Half;
use fil::domain::folding::{fold, letters_and_digits};
use fil::domain::kind::{Field, Holds};
use fil::domain::placement::{Channel, Evidence, Point, SituationType};
use fil::domain::progress::{
    CertificateOutcome, InterviewKind, Justification, LicenceOutcome, LicenceStep, ModuleOutcome,
};
use fil::domain::trainee::ExitReason;
use fil::domain::{ClosedList, Kind, Value};
use fil::import::cells;
use std::collections::HashMap;

/// The fields of files and of `--set` that hold a value of a closed list.
fn fields() -> impl Iterator<Item = (&'static Field, ListDef)> {
    Kind::ALL.iter().flat_map(|kind| kind.fields()).filter_map(|field| match field.holds {
        Holds::List(list) => Some((field, list)),
        _ => None,
    })
}

#[test]
fn two_values_of_one_list_never_share_a_word() {
    for (field, list) in fields() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (code, words) in list.codes.iter().zip(list.words) {
            assert_eq!(words[0], *code, "{}", field.name);
            for word in *words {
                let before = seen.insert(letters_and_digits(word), code);
                assert!(before.is_none_or(|b| b == *code), "{}: {word} means {before:?} and {code}", field.name);
            }
        }
        for (words, codes) in list.several {
            assert!(codes.len() > 1 && codes.iter().all(|code| list.codes.contains(code)), "{}", field.name);
            for word in *words {
                assert!(!seen.contains_key(&letters_and_digits(word)), "{}: {word} has one meaning", field.name);
                assert_eq!(list.find(word), Err(NotFound::Several(codes)), "{}: {word}", field.name);
            }
        }
    }
}

#[test]
fn files_and_set_understand_every_word_in_capitals_and_without_accents() {
    for (field, list) in fields() {
        for (code, words) in list.codes.iter().zip(list.words) {
            for word in *words {
                for spelling in [(*word).to_owned(), word.to_uppercase(), fold(word), format!(" {word} ")] {
                    let read = cells::parse(field, &spelling, &cells::Reading::default());
                    assert_eq!(read, Ok(Some(Value::Code(code))), "{}: {spelling}", field.name);
                }
            }
        }
        for word in list.several.iter().flat_map(|(words, _)| *words) {
            let wrong = cells::parse(field, word, &cells::Reading::default()).unwrap_err();
            assert!(wrong.what.en.contains("several things"), "{}: {word}: {wrong:?}", field.name);
        }
    }
}

/// A school whose trainee has left, so that every kind of record can be given.
fn school() -> Desk {
    let desk = Desk::new();
    desk.file("cohorts.csv", "cohort,start,end,places\nP1,2018-11-05,2019-02-01,12\n");
    desk.file(
        "trainees.csv",
        "last_name,first_name,cohort,entry\nFerré,Amélie,P1,2018-11-05\nBensaïd,Saïd,P1,2018-11-05\n",
    );
    desk.file("slots.csv", "cohort,date,half,kind\nP1,2018-12-03,am,centre\nP1,2018-12-03,pm,centre\n");
    desk.file("modules.csv", "cohort,module,title,stream\nP1,MATHS,Mathématiques,general\n");
    desk.file("catalogue.csv", "certificate,label\nAIPR,AIPR opérateur\n");
    desk.run("init").ends(0);
    for kind in ["cohorts", "trainees", "slots", "modules", "catalogue"] {
        desk.run(&format!("import {kind}.csv --as {kind}")).ends(0);
    }
    desk.run("progress absent ferre-amelie --on 2018-12-03 --half am").ends(0);
    desk.run("progress absent bensaid-said --on 2018-12-03").ends(0);
    desk.run("progress licence ferre-amelie lesson --hours 2 --on 2018-12-03").ends(0);
    desk
}

/// The lines that take a word of a list, `{}`; files are read by the same function as `--set`.
struct Ways {
    list: ListDef,
    /// A line of the keyboard.
    keyboard: &'static str,
    /// A line with `--set`; empty where the record has none.
    set: &'static str,
}

const WAYS: &[Ways] = &[
    Ways { list: ModuleOutcome::LIST, keyboard: "progress set ferre-amelie MATHS '{}' -n", set: "" },
    Ways { list: CertificateOutcome::LIST, keyboard: "progress certify ferre-amelie AIPR '{}' -n", set: "" },
    Ways {
        list: LicenceOutcome::LIST,
        keyboard: "progress licence ferre-amelie code_exam '{}' --on 2018-12-04 -n",
        set: "progress edit licence 1 --set step=code_exam --set hours= --set 'outcome={}' -n",
    },
    // Steps that are exams are refused for want of an outcome, after the word was understood.
    Ways {
        list: LicenceStep::LIST,
        keyboard: "progress licence ferre-amelie '{}' -n",
        set: "progress edit licence 1 --set 'step={}' -n",
    },
    Ways { list: InterviewKind::LIST, keyboard: "progress interview ferre-amelie '{}' --on 2018-12-03 -n", set: "" },
    Ways {
        list: Justification::LIST,
        keyboard: "progress absent ferre-amelie --on 2018-12-03 --half am --reason '{}' -n",
        set: "",
    },
    Ways { list: Half::LIST, keyboard: "progress absent bensaid-said --on 2018-12-03 --half '{}' -n", set: "" },
    Ways { list: Point::LIST, keyboard: "placement follow ferre-amelie '{}' unreachable -n", set: "" },
    Ways { list: Channel::LIST, keyboard: "placement follow ferre-amelie 3m unreachable --by '{}' -n", set: "" },
    Ways {
        list: SituationType::LIST,
        keyboard: "placement add ferre-amelie '{}' --from 2018-12-03 --to 2018-12-04 -n",
        set: "placement edit 1 --set 'type={}' -n",
    },
    Ways {
        list: Evidence::LIST,
        keyboard: "",
        set: "placement add ferre-amelie cdi Axione --from 2018-12-03 --set 'evidence={}' -n",
    },
    Ways {
        list: ExitReason::LIST,
        keyboard: "trainee leave ferre-amelie --reason '{}' --on 2018-12-04 -n",
        set: "trainee edit ferre-amelie --set exit=2018-12-04 --set 'exit_reason={}' -n",
    },
];

/// The words by which a way in says that it does not know a word.
const REFUSED: [&str; 7] = [
    "means nobody",
    "not understood",
    "not in the list",
    "unknown situation",
    "is not known",
    "several things",
    "is not a value",
];

#[test]
fn the_keyboard_and_set_accept_every_everyday_word_of_files_and_refuse_the_same() {
    let desk = school();
    desk.run("placement add bensaid-said cdi Axione --from 2018-12-01").ends(0);
    for ways in WAYS {
        let everyday = ways.list.words.iter().flat_map(|words| words.iter().skip(3));
        let known = ways.list.codes.iter().take(1).chain(everyday).map(|word| (*word, true));
        let unsure = ways.list.several.iter().flat_map(|(words, _)| *words).map(|word| (*word, false));
        for (word, accepted) in known.chain(unsure).chain([("brouillard", false)]) {
            let lines = [ways.keyboard, ways.set].into_iter().filter(|line| !line.is_empty());
            for line in lines.map(|line| line.replace('\'', "\"").replace("{}", word)) {
                let told = desk.run(&line).stderr;
                let refused = REFUSED.iter().any(|words| told.contains(words));
                assert_eq!(!refused, accepted, "{line}: {told}");
            }
        }
    }
}

#[test]
fn everyday_words_of_the_keyboard_are_read_in_files() {
    let desk = school();
    for (kind, header, rows, codes) in [
        (
            "placements",
            "cohort,trainee,type,start,planned_end",
            [
                "P1,ferre-amelie,auto-entrepreneur,2018-12-01,",
                "P1,ferre-amelie,apprenti,2018-12-02,2019-12-02",
                "P1,bensaid-said,perdu de vue,2018-12-03,",
            ]
            .as_slice(),
            ["CREATION", "APPRENTISSAGE", "SANS_NOUVELLES"].as_slice(),
        ),
        (
            "licence",
            "trainee,step,date,hours,outcome",
            &[
                "bensaid-said,dossier,2018-12-01,,",
                "bensaid-said,leçons,2018-12-02,2,",
                "bensaid-said,heures,2018-12-03,2,",
                "bensaid-said,etg,2018-12-03,,échoué",
                "bensaid-said,theory,2018-12-04,,ok",
                "bensaid-said,conduite,2018-12-05,,réussi",
            ],
            &["registered", "lesson", "code_exam", "failed", "passed", "driving_exam"],
        ),
    ] {
        desk.file("words.csv", format!("{header}\n{}\n", rows.join("\n")));
        let told = desk.run(&format!("import words.csv --as {kind}"));
        assert_eq!(told.code, 0, "{told:?}");
        let exported = desk.run(&format!("export {kind} -f csv")).ends(0).stdout;
        assert!(codes.iter().all(|code| exported.contains(code)), "{exported}");
    }
}

#[test]
fn a_word_of_two_meanings_is_refused_in_a_file_with_both() {
    let desk = school();
    desk.file("p.csv", "cohort,trainee,type,start\nP1,ferre-amelie,alternance,2018-12-01\n");
    desk.run("import p.csv --as placements").ends(4).tells("APPRENTISSAGE").tells("PROFESSIONNALISATION");
    desk.run("placement add ferre-amelie alternance --from 2018-12-01").ends(2).tells("APPRENTISSAGE");
}

#[test]
fn one_company_in_two_spellings_is_one_in_the_list_and_in_the_indicator() {
    let desk = school();
    desk.file("came.csv", "cohort,trainee,date,half,status\nP1,ferre-amelie,2018-12-03,pm,present\nP1,bensaid-said,2018-12-03,pm,present\n");
    desk.run("import came.csv --as attendance").ends(0);
    for (who, company) in [("ferre-amelie", "L'Œuvre Fibre"), ("bensaid-said", "L’Oeuvre  fibre")] {
        let line = format!("placement add {who} cdi \"{company}\" --from 2018-12-03 --new-company");
        desk.run(&line).ends(0);
    }
    let companies = desk.run("placement companies -f csv").ends(0).stdout;
    assert_eq!(companies.lines().filter(|line| line.contains("ibre,")).count(), 1, "{companies}");
    let figures = desk.run("report show indicators -p 2018-12 -f csv").ends(0).stdout;
    let row = figures.lines().find(|line| line.starts_with("partner_companies")).unwrap().to_owned();
    assert!(row.contains(",1,") || row.ends_with(",1"), "{row}");
}
