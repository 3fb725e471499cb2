//! The trainees at the keyboard: enrolling, listing, showing, leaving, in French and in English.

use crate::support::Desk;

const COHORTS: &str = "cohort,title,site,start,end,places\n\
P1,Première,Romans,2018-11-05,2019-02-01,12\n\
P2,Deuxième,Valence,2019-03-04,2019-05-31,12\n";
const MODULES: &str = "cohort,module,title,stream\n\
P1,maths,maths,general\nP1,1,sécurité,technical\nP1,2,soudure,technical\nP1,etg,Code,licence\n";
const SLOTS: &str = "cohort,date,half,kind\n\
P1,2018-11-05,am,centre\nP1,2018-11-05,pm,centre\nP1,2018-11-06,am,centre\nP1,2018-11-06,pm,cancelled\n\
P1,2018-12-04,am,centre\nP1,2018-12-04,pm,company\nP1,2018-12-06,am,centre\n";
const TRAINEES: &str = "last_name,first_name,birth_date,sex,phone,email,cohort,application_date,decision,entry\n\
Ferré,Amélie,2000-02-03,F,0612345678,amelie@example.org,P1,2018-09-10,admitted,2018-11-05\n\
Bensaïd,Saïd,1999-05-01,M,0612345679,,P1,2018-09-11,admitted,2018-11-05\n\
Ngô,Thị Lan,2001-01-01,F,,,P1,2018-09-12,waiting,\n";
const ATTENDANCE: &str = "cohort,trainee,date,half,status,justification\n\
P1,ferre-amelie,2018-11-05,am,present,\nP1,ferre-amelie,2018-11-05,pm,excused,transport\n\
P1,ferre-amelie,2018-11-06,am,present,\nP1,ferre-amelie,2018-12-04,am,present,\n\
P1,bensaid-said,2018-11-05,am,unexcused,\n";
const RESULTS: &str = "cohort,trainee,module,date,outcome,mark,out_of\n\
P1,ferre-amelie,maths,2018-11-12,in_progress,12,20\nP1,ferre-amelie,maths,2018-11-28,in_progress,14.5,20\n\
P1,ferre-amelie,1,2018-11-20,validated,,\n";
const LICENCE: &str = "trainee,step,date,outcome\n\
ferre-amelie,code_exam,2018-11-12,passed\nbensaid-said,code_exam,2018-12-07,booked\n";

/// The first cohort on 5 December 2018, with two people in training and one who waits.
fn school() -> Desk {
    let desk = Desk::new();
    desk.run("init").ends(0);
    let files = [
        ("cohorts", COHORTS),
        ("modules", MODULES),
        ("slots", SLOTS),
        ("trainees", TRAINEES),
        ("attendance", ATTENDANCE),
        ("results", RESULTS),
        ("licence", LICENCE),
    ];
    for (kind, content) in files {
        desk.file(&format!("{kind}.csv"), content);
        desk.run(&format!("import {kind}.csv --as {kind}")).ends(0);
    }
    desk
}

fn french() -> Desk {
    school().french()
}

/// Everything the file holds.
fn dump(desk: &Desk) -> String {
    fil::store::Store::open(&desk.path("fil.db"), fil::store::Access::Read).unwrap().dump().unwrap()
}

/// The line does this, a trial of it changes nothing, and undo goes back.
#[track_caller]
fn check_write(desk: &Desk, line: &str, tells: &str) {
    let before = dump(desk);
    desk.run(&format!("{line} --dry-run")).ends(0).tells(tells).tells("nothing was written");
    assert_eq!(dump(desk), before, "a trial of {line} changed the file");
    desk.run(line).ends(0).tells(tells).tells("To go back: fil undo");
    assert_ne!(dump(desk), before, "{line} changed nothing");
    desk.run("undo").ends(0);
    assert_eq!(dump(desk), before, "undo of {line}");
}

/// The line is refused with this code and these words, and leaves the file as it was.
#[track_caller]
fn check_refused(desk: &Desk, line: &str, code: i32, tells: &str) {
    let before = dump(desk);
    desk.run(line).ends(code).tells(tells);
    assert_eq!(dump(desk), before, "{line} was refused and changed the file");
}

#[track_caller]
fn cell(desk: &Desk, line: &str, row: usize, column: &str) -> String {
    let csv = desk.run(line).ends(0).stdout;
    let mut lines = csv.lines();
    let at = lines.next().unwrap().split(',').position(|name| name == column);
    let at = at.unwrap_or_else(|| panic!("no column {column} in {csv}"));
    lines.nth(row).unwrap_or_else(|| panic!("no row {row} in {csv}")).split(',').nth(at).unwrap().to_owned()
}

#[test]
fn job_04_the_list_says_where_each_person_stands() {
    let desk = school();
    let list = "trainee list --cohort P1 --format csv";
    let rows = [
        ("bensaid-said", "in_training", "5", "0", "0.0", "booked", "0"),
        ("ferre-amelie", "in_training", "5", "3", "60.0", "passed", "1"),
        ("ngo-thi-lan", "waiting", "0", "0", "", "", "0"),
    ];
    for (row, (slug, status, planned, present, pct, code, validated)) in rows.into_iter().enumerate() {
        let of = |column| cell(&desk, list, row, column);
        let found = [of("trainee"), of("status"), of("planned"), of("present"), of("attendance_pct"), of("code")];
        assert_eq!(found, [slug, status, planned, present, pct, code]);
        assert_eq!([of("modules_validated"), of("modules")], [validated, "2"]);
    }
    assert_eq!(desk.run("t -c P1 -f csv").stdout, desk.run(list).stdout);
    desk.run("trainee list --cohort P1 --format json").ends(0).shows("\"last_name\":\"Ferré\"");
}

#[test]
fn the_list_of_a_terminal_has_a_title_and_counts_and_hides_phones_first() {
    let wide = french().terminal(140).run("t").ends(0).tells("Promo P1").shows("Promo P1 · Romans (en cours)");
    let wide = wide.shows("2 en formation · 1 liste d'attente · présence 30,0 %").shows("07/12 prévu").shows("1/2");
    wide.shows("TÉLÉPHONE").shows("NAISSANCE");
    let narrow = french().terminal(80).run("t").ends(0).tells("Téléphone").tells("fil t -w");
    assert!(!narrow.stdout.contains("06 12"), "{}", narrow.stdout);
    assert!(narrow.stdout.lines().all(|line| line.chars().count() <= 80), "{}", narrow.stdout);
    narrow.shows("Ferré Amélie").shows("PLACEMENT");
}

#[test]
fn the_list_is_limited_to_a_status() {
    let desk = school();
    for (status, want) in [("applicant", 0), ("waiting", 1), ("in_training", 2), ("left", 0)] {
        let csv = desk.run(&format!("t -c P1 -s {status} -f csv")).ends(0).stdout;
        assert_eq!(csv.lines().count() - 1, want, "{status}: {csv}");
    }
    desk.run("t -c P1 -s left").ends(0).tells("Nobody in cohort P1");
    desk.run("t -s gone").ends(2);
    desk.run("t -s lft").ends(2).tells("fil t -s left");
}

#[test]
fn phones_and_e_mails_are_listed_on_demand() {
    let desk = school();
    desk.run("t --contact").ends(0).shows("amelie@example.org").shows("06 12 34 56 78");
    assert!(!desk.run("t -f csv").stdout.contains("amelie@"));
    desk.run("t --contact -f csv").ends(0).shows("amelie@example.org");
}

#[test]
fn without_a_cohort_the_list_takes_the_one_that_runs_and_says_so() {
    let desk = school();
    desk.run("t").ends(0).tells("Cohort P1").shows("Ferré Amélie");
    desk.run("t --today 2019-04-01").ends(0).tells("Cohort P2").tells("No trainee in cohort P2");
    desk.run("t -c all").ends(0).shows("COHORT").shows("P1");
    desk.run("t -c P9").ends(3);
    let empty = Desk::new();
    empty.run("init").ends(0);
    empty.run("t").ends(0).tells("No cohort yet");
}

#[test]
fn columns_and_order_are_chosen_by_their_names() {
    let desk = school();
    desk.run("t --columns trainee,attendance_pct -S attendance_pct:desc").ends(0).shows("60.0");
    assert_eq!(cell(&desk, "t -f csv -S last_name:desc", 0, "trainee"), "ngo-thi-lan");
    desk.run("t -S birth_date").ends(0).shows("BORN");
    desk.run("t -S nothing").ends(2);
}

#[test]
fn job_05_a_person_is_enrolled_with_an_entry_or_as_an_application() {
    let desk = school();
    check_write(&desk, "trainee add Öztürk Deniz --cohort P1 --entry 2018-11-05 --no-input", "ozturk-deniz");
    check_write(&desk, "trainee add Öztürk Deniz -c P1 --phone 0611111111 --set sexe=M", "application of 2018-12-05");
    desk.run("trainee add Öztürk Deniz --cohort P1 --entry 2018-11-05").ends(0);
    let of = |column| cell(&desk, "export trainees -f csv", 3, column);
    assert_eq!(
        [of("trainee"), of("entry"), of("decision"), of("application_date")],
        ["ozturk-deniz", "2018-11-05", "admitted", ""]
    );
    desk.run("trainee add Martin Léo -c P1").ends(0);
    let csv = desk.run("export trainees -f csv").stdout;
    let leo = csv.lines().find(|line| line.contains("martin-leo")).unwrap();
    assert!(leo.contains("P1,2018-12-05,,pending,"), "{leo}");
}

#[test]
fn job_05_in_french_a_partial_date_is_said_in_full() {
    let desk = french().typed("");
    desk.run("t a Öztürk Deniz --entry 05/11").ends(0).tells("le 05/11/2018 (lundi)").tells("Promo P1");
}

#[test]
fn the_same_person_is_not_enrolled_twice_and_a_homonym_gets_a_number() {
    let desk = school();
    check_refused(&desk, "t a Ferré Amélie -c P1 --born 2000-02-03", 4, "no. 1");
    check_refused(&desk, "t a FERRE amelie -c P1 --born 2000-02-03", 4, "ferre-amelie");
    desk.run("t a Ferré Amélie -c P1 --born 1998-07-14").ends(0).tells("ferre-amelie-2").tells("same name");
    desk.run("t a Ferré Amélie -c P2 --born 2000-02-03").ends(0).tells("known person (no. 1)");
}

#[test]
fn names_are_composed_at_entry() {
    let desk = school();
    desk.run("t a 'Lefe\u{300}vre' 'Ame\u{301}lie' -c P1").ends(0);
    desk.run("t -c P1 -f csv").ends(0).shows("Lefèvre,Amélie");
}

#[test]
fn a_name_or_a_cohort_that_is_missing_is_asked_for_by_its_flag() {
    let desk = school();
    check_refused(&desk, "t a", 2, "LAST FIRST");
    check_refused(&desk, "t a Ferré", 2, "first name is missing");
    check_refused(&desk, "t a Ferré Zoé", 2, "-c CODE");
    check_refused(&desk, "t a Ferré Zoé -c P1 --set nope=1", 2, "no field");
    check_refused(&desk, "t a Ferré Zoé -c P1 --entry 31/11/2018", 2, "30 days");
    check_refused(&desk, "t a Ferré Zoé -c P1 --entry 2018-11-01", 4, "outside the dates of P1");
    check_refused(&desk, "t a Ferré Zoé Rose -c P1", 2, "in quotes");
}

#[test]
fn job_08_the_path_of_a_person_on_one_screen() {
    let shown = french().terminal(80).run("t s amé").ends(0).tells("Amélie Ferré (ferre-amelie)");
    let shown = shown.shows("Amélie Ferré                                                 ferre-amelie · n° 1");
    let shown = shown.shows("Promo P1 · en formation · née le 03/02/2000 (18 ans) · 06 12 34 56 78");
    let shown = shown.shows("3 demi-journées sur 5, 1 justifiée (transport), 1 non saisie");
    let shown = shown.shows("Remise     maths 14,5/20 ↑").shows("Permis     code obtenu le 12/11/2018");
    let shown = shown.shows("Fibre      sécurité ✓   soudure : à venir").shows("Emploi     —");
    let shown = shown.shows("28/11/2018  maths        12/20 → 14,5/20").shows("Suite : fil p set ferre-amelie …");
    assert!(shown.stdout.lines().all(|line| line.chars().count() <= 80), "{}", shown.stdout);
}

#[test]
fn job_08_in_a_script_the_path_is_a_chronology() {
    let desk = school();
    let show = "trainee show ferre-amelie --format csv";
    let events: Vec<String> = (0..8).map(|row| cell(&desk, show, row, "event")).collect();
    let want = ["attendance", "attendance", "result", "result", "licence", "result", "entry", "application"];
    assert_eq!(events, want);
    assert_eq!(cell(&desk, show, 0, "date"), "2018-12-05");
    assert_eq!(cell(&desk, show, 2, "detail"), "12/20 → 14.5/20");
    desk.run("trainee show ferre-amelie --format json").ends(0).shows("\"event\":\"entry\"");
}

#[test]
fn the_next_thing_to_do_is_said() {
    let desk = french();
    desk.run("t s saïd").ends(0).shows("À faire    épreuve du code, le 07/12/2018");
    desk.run("t s saïd --today 2018-12-10")
        .ends(0)
        .shows("! résultat à saisir : épreuve du code, depuis le 07/12/2018");
    desk.run("t sortie ferre-amelie --motif emploi --le 05/12/2018").ends(0);
    desk.run("t s amé --today 2019-03-01").ends(0).shows("relance à 3 mois, le 05/03/2019   fil e f ferre-amelie 3m");
}

#[test]
fn show_names_nobody_or_several() {
    let desk = school();
    desk.run("t s zzz").ends(3);
    desk.run("t s e").ends(3).tells("means");
    desk.run("t s 1").ends(0).shows("Amélie Ferré");
    desk.run("t s 99").ends(3);
    desk.run("t s ferre-amelie -c P2").ends(4).tells("not in cohort P2");
}

#[test]
fn job_09_a_new_phone_number() {
    let desk = school();
    check_write(&desk, "trainee edit ferre-amelie --phone 0698765432", "0612345678 → 0698765432");
    desk.french().typed("").run("t e amé --tel 0698765432").ends(0).tells("Téléphone : 0612345678 → 0698765432");
}

#[test]
fn a_record_is_changed_field_by_field_and_some_fields_never() {
    let desk = school();
    check_write(&desk, "t e 1 --born 2000-02-04 --set commune=Romans", "commune: — → Romans");
    check_write(&desk, "t e ferre-amelie --phone ''", "0612345678 → —");
    check_refused(&desk, "t e ferre-amelie", 2, "nothing to change");
    check_refused(&desk, "t e ferre-amelie --set cohort=P2", 2, "fil trainee transfer");
    check_refused(&desk, "t e ferre-amelie --set trainee=amelie", 2, "for ever");
    check_refused(&desk, "t e amé --phone 0698765432", 3, "in full");
    desk.run("t e ferre-amelie --phone 0612345678").ends(0).tells("Nothing to change");
}

#[test]
fn job_10_a_note_from_the_line_or_from_standard_input() {
    let desk = school();
    check_write(&desk, "trainee note ferre-amelie 'a trouvé une voiture'", "note of 2018-12-05");
    check_write(&desk, "t n ferre-amelie '- rappelé lundi' --on 2018-12-03", "note of 2018-12-03");
    check_refused(&desk, "t n ferre-amelie -", 2, "empty");
    let desk = desk.input("première ligne\nseconde ligne\n");
    desk.run("trainee note ferre-amelie -").ends(0);
    desk.run("t s 1").ends(0).shows("première ligne ⏎ seconde ligne");
    desk.run("t s 1 -f json").ends(0).shows("première ligne\\nseconde ligne");
    check_refused(&desk, "t n ferre-amelie a trouvé", 2, "in quotes");
}

#[test]
fn job_11_someone_leaves() {
    let desk = school();
    check_write(&desk, "trainee leave bensaid-said --reason dropped_out --on 2018-12-04", "exit: — → 2018-12-04");
    let french = desk.french().typed("");
    french.run("t sortie saïd --motif abandon").ends(0).tells("le 05/12/2018").tells("Motif de sortie : — → abandon");
    french.run("t").ends(0).shows("sorti 05/12");
    french.run("t sortie bensaid-said --motif abandon --le 05/12/2018").ends(0).tells("Rien à changer");
    french.run("t sortie bensaid-said --motif emploi --le 04/12/2018").ends(4).tells("déjà sorti(e)");
}

#[test]
fn an_exit_needs_a_known_reason_an_entry_and_a_day_of_the_cohort() {
    let desk = school();
    check_refused(&desk, "t leave ferre-amelie", 2, "the reason of the exit is missing");
    check_refused(&desk, "t leave ferre-amelie --reason holidays", 2, "dropped_out");
    check_refused(&desk, "t leave ngo-thi-lan --reason job", 4, "has not entered");
    check_refused(&desk, "t leave ferre-amelie --reason job --on 2019-02-02", 4, "outside the dates");
    check_refused(&desk, "t leave ferre-amelie --reason job --on 2018-12-03", 4, "fil progress clear");
    check_refused(&desk, "t leave amé --reason job", 3, "in full");
}

#[test]
fn the_application_that_waits_becomes_an_entry() {
    let desk = school();
    check_write(&desk, "trainee enrol ngo-thi-lan --on 2018-11-12", "entry: — → 2018-11-12");
    check_refused(&desk, "trainee enrol ferre-amelie -c P1", 4, "already in cohort P1");
    check_refused(&desk, "trainee enrol ferre-amelie", 2, "-c CODE");
}

#[test]
fn another_cohort_gets_nothing_but_who_the_person_is() {
    let desk = school();
    desk.run("t e ferre-amelie --set education=3 --set rural=yes").ends(0);
    check_write(&desk, "trainee enrol ferre-amelie -c P2 --on 2019-03-04", "entry on 2019-03-04");
    desk.run("trainee enrol ferre-amelie -c P2 --on 2019-03-04").ends(0);
    let of = |column| cell(&desk, "export trainees -c P2 -f csv", 0, column);
    assert_eq!([of("phone"), of("education"), of("rural"), of("application_date")], ["0612345678", "", "unknown", ""]);
}

#[test]
fn a_transfer_is_an_exit_and_an_entry_in_one_operation() {
    let desk = school();
    check_write(&desk, "trainee transfer ferre-amelie --to-cohort P2 --on 2018-12-04", "entry into P2 on 2019-03-04");
    desk.file("p3.csv", "cohort,start,end,places\nP3,2018-12-03,2019-02-22,12\n");
    desk.run("import p3.csv --as cohorts").ends(0);
    check_write(&desk, "trainee transfer ferre-amelie --to-cohort P3 --on 2018-12-04", "entry into P3 on 2018-12-05");
    desk.run("trainee transfer ferre-amelie --to-cohort P3 --on 2018-12-04").ends(0);
    assert_eq!(cell(&desk, "t -c P1 -f csv", 1, "exit_reason"), "transferred");
    desk.run("t -c P1").ends(0).shows("transferred 04/12");
    desk.run("t s ferre-amelie").ends(0).tells("ferre-amelie in cohort P3");
    check_refused(&desk, "trainee transfer ferre-amelie --to-cohort P2 -c P1", 4, "already left");
    check_refused(&desk, "trainee transfer bensaid-said --to-cohort P1", 2, "already in cohort P1");
    check_refused(&desk, "trainee transfer ngo-thi-lan --to-cohort P2", 4, "has not entered");
}

#[test]
fn only_an_enrolment_on_which_nothing_hangs_is_removed() {
    let desk = school();
    check_refused(&desk, "trainee remove ferre-amelie -y", 4, "4 attendance marks");
    check_refused(&desk, "trainee remove ngo-thi-lan", 2, "--yes");
    let before = dump(&desk);
    desk.run("trainee remove ngo-thi-lan -n").ends(0).tells("Would be removed");
    assert_eq!(dump(&desk), before);
    let desk = desk.typed("n\n");
    desk.run("trainee remove ngo-thi-lan").ends(0).tells("Nothing was removed");
    assert_eq!(dump(&desk), before);
    desk.run("trainee remove ngo-thi-lan -y").ends(0).tells("with the enrolment in P1");
    desk.run("t s ngo-thi-lan").ends(3);
    desk.run("undo").ends(0);
    assert_eq!(dump(&desk), before);
    let french = desk.french();
    french.run("t supprimer ferre-amelie -y").ends(4).tells("4 présences").tells("3 résultats");
}

#[test]
fn rule_22_a_name_where_a_verb_is_due_gets_the_command_to_type() {
    let desk = french();
    desk.run("t amelie").ends(2).tells("Essayez : fil t show amelie");
    desk.run("t Bensaïd").ends(2).tells("fil t show Bensaïd");
    desk.run("t lst").ends(2).tells("fil t list");
    assert!(desk.parses("t show amelie"));
}

#[test]
fn the_assistant_asks_shows_asks_once_and_gives_the_line_of_a_script() {
    let answers = "Öztürk\nDeniz\n04/06/2000\nm\n06 11 11 11 11\n\n05/11\no\n";
    let desk = french().typed(answers);
    let told = desk.run("t a").ends(0);
    let told = told.tells("Promotion [P1] : ").tells("le 05/11/2018 (lundi)").tells("Inscrire cette personne ? [o/N]");
    let told = told.tells("Enregistré : Deniz Öztürk (ozturk-deniz, n° 4), promo P1, entrée le 05/11/2018");
    let line = told.stderr.lines().find_map(|l| l.strip_prefix("En script : fil ")).unwrap().to_owned();
    assert_eq!(
        line,
        "trainee add Öztürk Deniz --cohort P1 --entry 2018-11-05 --born 2000-06-04 --phone 0611111111 --set sex=M"
    );
    // Numbers are never given twice, so only the rest of the row is the same again.
    let person = || desk.run("export trainees -f csv").stdout.lines().last().unwrap().trim_end_matches(",4").to_owned();
    let by_hand = person();
    desk.run("undo").ends(0);
    desk.run(&line).ends(0);
    assert_eq!(person().trim_end_matches(",5"), by_hand);
}

#[test]
fn the_assistant_goes_back_one_question_and_an_application_keeps_its_day() {
    let desk = school().typed("Ozturk\n<\nÖztürk\nDeniz\n31/11/2000\n\n\n\n\n\n\ny\n");
    desk.run("t a").ends(0).tells("[Ozturk]").tells("30 days").tells("--set application_date=2018-12-05");
    assert_eq!(cell(&desk, "t -f csv -s applicant", 0, "last_name"), "Öztürk");
}

#[test]
fn the_assistant_writes_nothing_when_it_is_stopped_or_not_confirmed() {
    let school = school();
    let before = dump(&school);
    let mut desk = school;
    for answers in ["", "q\n", "Öztürk\n", "Öztürk\nDeniz\n\n\n\n\n\n\n\n", "Öztürk\nDeniz\n\n\n\n\n\n\nn\n"] {
        desk = desk.typed(answers);
        desk.run("t a").ends(0).tells("nothing was written");
        assert_eq!(dump(&desk), before, "{answers:?}");
    }
    desk.typed("Öztürk\n").run("t a --no-input").ends(2);
}

#[test]
fn hostile_names_do_not_drive_the_screen() {
    let desk = school();
    check_refused(&desk, "t a '\u{1b}[2J' Léo -c P1", 2, "last_name");
    for width in [30, 60, 80, 120] {
        let desk = self::school().terminal(width);
        desk.run("t a 'Nguye\u{302}\u{303}n' '小明 👩' -c P1").ends(0);
        let shown = desk.run("t").ends(0).stdout;
        assert!(!shown.contains('\u{1b}'), "{shown}");
        desk.run("t s nguyen").ends(0).shows("Nguyễn");
    }
}
