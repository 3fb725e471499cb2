//! Every kind of record through everything that is derived from its declaration. A kind that one of them forgets fails here
//! by its name: the sample rows of a new kind are asked for by the compiler.

use super::support::Desk;
use fil::domain::kind::{Owner, Words};
use fil::domain::{Act, ClosedList, Date, Kind, Lang};
use fil::ops::remove::remove;
use fil::store::{Access, NewOperation, Store};

/// What every text about somebody holds here, to be looked for after their erasure.
const MARKER: &str = "zzmarqueur";

/// A row of a kind about one person in one month, under the header of its files.
fn sample(kind: Kind) -> &'static str {
    match kind {
        Kind::Catalogue => "certificate,label\nCERT-{m},Essai",
        Kind::Cohorts => "cohort,start,end,places\nK{m},2018-10-01,2019-03-29,12",
        Kind::Modules => "cohort,module,title,stream,hours\nK11,M{m},Essai,general,10",
        Kind::Staff => "staff,last_name,first_name,role\nstaff-{m},Roe,Ann,tutor",
        Kind::Context => "territory,figure,date,value\nRomans,neet,2018-{m}-01,1000",
        Kind::Slots => "cohort,date,half,kind\nK11,2018-{m}-06,am,centre",
        Kind::Trainees => {
            "trainee,last_name,first_name,birth_date,cohort,entry,referrer,motivation_note\n\
             {who},Roe,{who},2000-01-01,K11,2018-10-01,zzmarqueur,zzmarqueur"
        }
        Kind::Attendance => "cohort,trainee,date,half,status\nK11,{who},2018-{m}-06,am,present",
        Kind::Results => "cohort,trainee,module,date,outcome,mark,out_of\nK11,{who},M11,2018-{m}-07,validated,14,20",
        Kind::Certificates => "cohort,trainee,certificate,date,outcome\nK11,{who},CERT-11,2018-{m}-08,obtained",
        Kind::Licence => "trainee,step,date,outcome,financed_by\n{who},code_exam,2018-{m}-09,failed,zzmarqueur",
        Kind::Obstacles => "trainee,kind,since,action,partner\n{who},mobility,2018-{m}-10,zzmarqueur,zzmarqueur",
        Kind::Interviews => {
            "cohort,trainee,date,kind,minutes,note,staff,at,goal,next_action\n\
             K11,{who},2018-{m}-12,follow_up,30,zzmarqueur,staff-11,09:30,zzmarqueur,zzmarqueur"
        }
        Kind::Companies => "company,siret,phone\nFirme {m},73282932000074,0475000000",
        Kind::Openings => "company,opening,opened,posts,type\nFIRME 11,firme-{m},2018-{m}-05,2,CDI",
        Kind::Proposals => "opening,trainee,date,outcome\nfirme-11,{who},2018-{m}-18,promised",
        Kind::Contacts => "company,date,kind,staff,note\nfirme 11,2018-{m}-19,visit,staff-11,Vu le chef",
        Kind::Placements => {
            "cohort,trainee,type,company,start,planned_end,job,end_reason\n\
             K11,{who},CDD,Firme {m},2018-{m}-13,2018-{m}-20,zzmarqueur,zzmarqueur"
        }
        Kind::Followups => "cohort,trainee,point,date,reached,note\nK11,{who},3m,2018-{m}-14,true,zzmarqueur",
        Kind::Notes => "trainee,date,text\n{who},2018-{m}-15,zzmarqueur",
        Kind::Settings => "key,value\nltu_months,{m}",
        Kind::Funders => "funder,name,level\nF{m},Financeur,contract",
        Kind::Grants => "grant,funder,from,to,cohorts\nG{m},F11,2018-01-01,2019-12-31,K11",
        Kind::Targets => "grant,indicator,value\nG11,completion_rate,{m}",
        Kind::Budget => "cohort,grant,side,class,label,planned\nK11,G11,income,74,Aide {m},100",
        Kind::Instalments => "grant,due,amount,received_on,received\nG11,2018-{m}-20,5000,2018-{m}-21,5000",
        Kind::Expenses => "cohort,date,class,label,amount,grant,staff\nK11,2018-{m}-22,604,EPI,250,G11,staff-11",
        Kind::Aids => "cohort,trainee,date,kind,amount,grant,note\nK11,{who},2018-{m}-16,transport,45,G11,zzmarqueur",
        Kind::Loans => "trainee,item,given,due,note\n{who},Casque,2018-{m}-17,2019-02-01,zzmarqueur",
    }
}

/// Imports the sample of a kind about one person in one month.
#[track_caller]
fn import(desk: &Desk, kind: Kind, (who, month): (&str, &str)) {
    desk.file("rows.csv", sample(kind).replace("{who}", who).replace("{m}", month) + "\n");
    desk.run(&format!("import rows.csv --as {}", kind.code())).ends(0);
}

/// A school with one record of every kind, all about Jo in November.
fn one_of_each() -> Desk {
    let desk = Desk::new().on("2019-06-03");
    desk.run("init").ends(0);
    Kind::ALL.iter().for_each(|kind| import(&desk, *kind, ("jo", "11")));
    desk
}

fn store(desk: &Desk, access: Access) -> Store {
    Store::open(&desk.path("fil.db"), access).unwrap()
}

fn dump(desk: &Desk) -> String {
    store(desk, Access::Read).dump().unwrap()
}

/// How many rows of a kind an export holds.
fn rows(desk: &Desk, kind: Kind, flags: &str) -> usize {
    desk.run(&format!("export {} -f csv {flags}", kind.code())).ends(0).stdout.lines().count() - 1
}

/// The rows of an export that hold this.
fn naming(desk: &Desk, kind: Kind, what: &str) -> usize {
    let all = desk.run(&format!("export {} -f csv", kind.code())).ends(0).stdout;
    all.lines().filter(|line| line.split(',').any(|cell| cell == what)).count()
}

/// Kinds about a person whose records hang on them beside the participation itself.
fn hanging() -> impl Iterator<Item = Kind> {
    Kind::of_people().filter(|kind| *kind != Kind::Trainees)
}

#[test]
fn every_kind_is_exported_under_its_names_in_both_languages_and_comes_in_again() {
    let desk = one_of_each();
    let before = dump(&desk);
    for kind in Kind::ALL {
        let english = desk.run(&format!("export {} -f csv", kind.code())).ends(0).stdout;
        assert!(english.lines().count() > 1, "no {kind:?} in the school");
        assert_eq!(desk.run(&format!("export {} -f csv", kind.label(Lang::Fr))).ends(0).stdout, english);
        desk.file("again.csv", &english);
        desk.run(&format!("import again.csv --as {}", kind.label(Lang::Fr))).ends(0);
        assert_eq!(dump(&desk), before, "{kind:?} came in changed");
    }
}

#[test]
fn a_new_record_of_every_kind_is_told_by_the_journal_was_unknown_before_and_is_undone() {
    let desk = one_of_each();
    // What the rows of the second month hang on; the kinds themselves come a month later.
    import(&desk, Kind::Slots, ("jo", "12"));
    for kind in Kind::ALL {
        let (before, number, count) =
            (dump(&desk), store(&desk, Access::Read).operations().unwrap().len(), rows(&desk, *kind, ""));
        let (who, month) = match kind {
            Kind::Trainees => ("al", "12"),
            Kind::Slots => ("jo", "10"),
            _ => ("jo", "12"),
        };
        import(&desk, *kind, (who, month));
        assert_ne!(dump(&desk), before, "{kind:?} was not written");
        assert_eq!(rows(&desk, *kind, &format!("--known-on {number}")), count, "{kind:?} was known before");
        for lang in ["fr", "en"] {
            let log = desk.run(&format!("--lang {lang} log -f csv")).ends(0).stdout;
            assert!(log.lines().last().unwrap().len() > 20, "{kind:?}: {log}");
        }
        desk.run("undo").ends(0);
        assert_eq!(dump(&desk), before, "{kind:?} was not undone");
    }
}

#[test]
fn a_record_of_every_kind_with_numbers_is_removed_and_brought_back() {
    let desk = one_of_each();
    for kind in Kind::ALL.iter().filter(|kind| kind.numbered() && **kind != Kind::Trainees) {
        let records = store(&desk, Access::Read).lookup().records(*kind, fil::store::records::Which::All).unwrap();
        let Some(id) = records.last().and_then(|record| record.id) else { panic!("no {kind:?}") };
        let before = dump(&desk);
        let today = Date::parse_iso("2019-06-03").unwrap();
        let command = format!("remove {}", kind.code());
        let stamp = "2019-06-03T12:00:00Z".to_owned();
        let new = NewOperation { stamp, day: today, act: Act::Remove, kind: kind.code(), command };
        let removed = store(&desk, Access::Write).write(&new, |tx| remove(tx, *kind, id));
        match removed {
            Ok(_) => {
                assert_ne!(dump(&desk), before, "{kind:?} is still there");
                desk.run("undo").ends(0);
                assert_eq!(dump(&desk), before, "{kind:?} did not come back");
            }
            // Others hang on it: the refusal names them.
            Err(refused) => assert!(refused.to_string().contains("removed"), "{kind:?}: {refused}"),
        }
    }
}

#[test]
fn the_data_of_a_person_hold_every_kind_that_is_theirs() {
    let desk = one_of_each();
    let data: serde_json::Value = serde_json::from_str(&desk.run("trainee data jo -f json").ends(0).stdout).unwrap();
    for kind in Kind::of_people() {
        let text = data.to_string();
        assert!(text.contains(&format!("\"{}\"", kind.code())), "no {kind:?} in the data of a person");
        let history = kind.code();
        assert!(text.matches(history).count() > 1, "no {kind:?} in the history of a person");
    }
}

#[test]
fn merging_two_people_moves_the_records_of_every_kind() {
    let desk = one_of_each();
    import(&desk, Kind::Slots, ("al", "12"));
    import(&desk, Kind::Trainees, ("al", "12"));
    hanging().for_each(|kind| import(&desk, kind, ("al", "12")));
    desk.run("trainee merge jo al -y").ends(0);
    for kind in hanging() {
        assert_eq!((naming(&desk, kind, "jo"), naming(&desk, kind, "al")), (2, 0), "{kind:?} was not merged");
    }
    desk.run("undo").ends(0);
    hanging().for_each(|kind| assert_eq!(naming(&desk, kind, "al"), 1, "{kind:?}"));
}

#[test]
fn erasing_a_person_takes_the_words_of_every_kind_away() {
    let desk = one_of_each();
    for kind in Kind::of_people() {
        let told = kind.fields().iter().any(|field| matches!(field.words, Words::Own | Words::Story));
        assert!(!told || sample(kind).contains(MARKER), "the sample of {kind:?} leaves its texts empty");
    }
    let said = desk.run("trainee erase jo -y").ends(0).stdout;
    let bytes = std::fs::read(desk.path("fil.db")).unwrap();
    assert!(!bytes.windows(MARKER.len()).any(|piece| piece == MARKER.as_bytes()), "words are left in the file");
    for kind in hanging().filter(|kind| !matches!(kind, Kind::Notes)) {
        assert_eq!(rows(&desk, kind, ""), 1, "{kind:?} no longer counts: {said}");
    }
}

#[test]
fn the_chronology_of_a_person_holds_an_event_of_every_kind_that_makes_one() {
    let desk = one_of_each();
    let events = desk.run("trainee show jo -f csv").ends(0).stdout;
    for kind in hanging() {
        let Some(event) = &kind.declaration().event else { panic!("{kind:?} makes no event") };
        let record =
            store(&desk, Access::Read).lookup().records(kind, fil::store::records::Which::All).unwrap().remove(0);
        let day = record.date(event.day).unwrap();
        // The half-days of a month are one event, on its last day.
        let day = if kind == Kind::Attendance { "2018-11".to_owned() } else { day.to_string() };
        assert!(events.lines().any(|line| line.contains(&day)), "no event of {kind:?} on {day}: {events}");
    }
}

#[test]
fn every_kind_of_an_owner_names_it_and_has_words_in_both_languages() {
    for kind in Kind::ALL {
        let declared = kind.declaration();
        for text in [&declared.one, &declared.many] {
            assert!(!text.fr.is_empty() && !text.en.is_empty(), "{kind:?} has no name");
        }
        let names = |target| kind.naming(target).is_some();
        use fil::domain::kind::Target;
        match declared.owner {
            Owner::School => {}
            Owner::Cohort => assert!(names(Target::Cohort), "{kind:?}"),
            Owner::Grant => assert!(names(Target::Grant), "{kind:?}"),
            Owner::Person => assert!(*kind == Kind::Trainees || names(Target::Trainee), "{kind:?}"),
            Owner::Stay => assert!(names(Target::Cohort) && names(Target::Trainee), "{kind:?}"),
        }
        assert!(kind.fields().iter().any(|field| field.key), "{kind:?} has no natural key");
    }
}

/// The lines that show, add, correct and remove records of a kind at the keyboard, as far as it has them. `add` makes one that
/// is not there yet, whose number or code `one` is.
struct Keyboard {
    noun: &'static str,
    add: &'static str,
    one: &'static str,
    edit: &'static str,
}

/// How each kind is typed; the verbs follow from the declaration, so that every kind of the school has them.
fn keyboard(kind: Kind) -> Option<Keyboard> {
    let (noun, add, one, edit) = match kind {
        Kind::Staff => ("staff", "Zola Anna --role tutor", "zola-anna", "--role trainer"),
        Kind::Context => ("config context", "Romans population 36000 --on 2018-01-01", "2", "--value 36100"),
        Kind::Obstacles => ("trainee obstacle", "jo housing --since 2018-12-01", "2", "--lifted 2018-12-20"),
        Kind::Companies => ("company", "Axians --phone 0475000000", "axians", "--sector Fibre"),
        Kind::Openings => {
            ("company opening", "'firme 11' --posts 1 --on 2018-12-01", "firme-11-1", "--closed 2018-12-20")
        }
        Kind::Proposals => ("company propose", "jo firme-11 --on 2018-12-01", "2", "--outcome hired"),
        Kind::Contacts => {
            ("company contact", "'Firme 11' call --on 2018-12-01 --by staff-11", "2", "--next 2018-12-20")
        }
        Kind::Instalments => ("funder instalment", "G11 1000 --due 2018-12-01", "2", "--amount 1500"),
        Kind::Expenses => ("funder expense", "604 12.50 --on 2018-12-01 -c K11", "2", "--amount 15"),
        Kind::Aids => ("trainee aid", "jo meals 12.50 --grant G11 --on 2018-12-01", "2", "--amount 15"),
        Kind::Loans => ("trainee loan", "jo Gants --on 2018-12-01", "2", "--returned 2018-12-20"),
        // These have verbs of their own, which their own tests walk through.
        Kind::Settings
        | Kind::Catalogue
        | Kind::Cohorts
        | Kind::Modules
        | Kind::Slots
        | Kind::Funders
        | Kind::Grants
        | Kind::Targets
        | Kind::Trainees
        | Kind::Attendance
        | Kind::Results
        | Kind::Certificates
        | Kind::Licence
        | Kind::Interviews
        | Kind::Placements
        | Kind::Followups
        | Kind::Notes
        | Kind::Budget => return None,
    };
    Some(Keyboard { noun, add, one, edit })
}

#[test]
fn every_plain_kind_is_added_listed_shown_corrected_and_removed_at_the_keyboard() {
    for kind in Kind::ALL {
        let Some(Keyboard { noun, add, one, edit }) = keyboard(*kind) else { continue };
        for lang in ["fr", "en"] {
            let desk = one_of_each().var("FIL_LANG", lang);
            for verb in ["list", "show", "add", "edit", "remove"] {
                let page = desk.run(&format!("help {noun} {verb}")).ends(0).stdout;
                assert!(page.lines().count() > 5, "{noun} {verb}: {page}");
            }
            let (before, count) = (dump(&desk), rows(&desk, *kind, ""));
            desk.run(&format!("{noun} add {add} -n")).ends(0);
            assert_eq!(dump(&desk), before, "a trial of {noun} add wrote");
            desk.run(&format!("{noun} add {add}")).ends(0);
            let added = dump(&desk);
            assert_eq!(rows(&desk, *kind, ""), count + 1, "{noun}");
            desk.run(&format!("{noun} add {add}")).ends(4);
            let listed = desk.run(&format!("{noun} list -f csv")).ends(0).stdout;
            assert_eq!(listed.lines().count(), count + 2, "{listed}");
            let shown = desk.run(&format!("{noun} show {one}")).ends(0).stdout;
            assert!(shown.lines().count() > 3, "{shown}");
            desk.run(&format!("{noun} edit {one}")).ends(2);
            desk.run(&format!("{noun} edit {one} {edit}")).ends(0);
            assert_ne!(dump(&desk), added, "{noun} edit changed nothing");
            desk.run(&format!("{noun} remove {one} -y")).ends(0);
            assert_eq!(dump(&desk), before, "{noun} remove");
            let log = desk.run("log -f csv").ends(0).stdout;
            let told: Vec<&str> = log.lines().rev().take(3).collect();
            assert!(told.iter().all(|line| !line.contains("[[") && line.contains(kind.code())), "{told:?}");
            desk.run("undo").ends(0);
            desk.run("undo").ends(0);
            assert_eq!(dump(&desk), added, "{noun}: the removal and the correction were not undone");
        }
    }
}
