//! Conventions of the command line that need a school: each test is named after its rule.

use super::example_school::romans;
use super::support::Desk;

fn numbers_only(cell: &str) -> bool {
    cell.is_empty() || cell == "c" || cell.parse::<f64>().is_ok()
}

#[test]
fn rule_11_csv_is_for_machines_and_csv_fr_for_a_french_excel() {
    let desk = romans();
    let machine = desk.run("export trainees -f csv").ends(0).stdout;
    assert!(machine.starts_with("ref,trainee,last_name,") && !machine.contains('\r'));
    let french = desk.run("export trainees -f csv-fr").ends(0).stdout;
    assert!(
        french.starts_with("\u{feff}Référence;Stagiaire;Nom;") && french.contains("\r\n") && !french.contains("sep=")
    );
    let elsewhere = romans().var("LC_ALL", "tr_TR.UTF-8").var("FIL_LANG", "fr");
    assert_eq!(elsewhere.run("export trainees -f csv").ends(0).stdout, machine);
}

#[test]
fn rule_12_a_numeric_cell_holds_a_number_nothing_or_c() {
    let desk = romans();
    for scope in ["", "--funder ca-solidarite"] {
        let csv = desk.run(&format!("report show exits {scope} -f csv")).ends(0).stdout;
        for row in csv.lines().skip(1) {
            assert!(row.split(',').skip(3).all(numbers_only), "{row}");
        }
    }
    assert!(desk.run("report show exits --funder ca-solidarite -f json").ends(0).stdout.contains("\"c\""));
    assert!(desk.run("report show monthly -p 2018-11 -f csv-fr").ends(0).stdout.contains("Présence (%)"));
}

#[test]
fn rule_14_phone_numbers_keep_their_leading_zero_in_spreadsheets() {
    let desk = romans();
    assert!(desk.run("export trainees -f csv-fr").ends(0).stdout.contains(";06 39 98 01 01;"));
    assert!(desk.run("export trainees -f csv").ends(0).stdout.contains(",0639980101,"));
}

#[test]
fn rule_25_numbers_durations_and_marks_are_read_as_people_type_them() {
    let desk = romans();
    desk.run("funder budget add charge 60 -c ROM-2018-11 --label Divers --planned \"1 234,50\"").ends(0);
    assert!(desk.run("export budget -f csv").ends(0).stdout.contains("charge,60,Divers,1234.50,"));
    desk.run("funder budget add charge 61 -c ROM-2018-11 --label Autre --planned 1.234").ends(2).tells("1.234");
    desk.run("progress interview amara-nassim tutorial --minutes 1h30 --on 2018-12-06").ends(0);
    assert!(desk.run("export interviews -f csv").ends(0).stdout.contains("2018-12-06,tutorial,90,"));
    desk.run("progress set amara-nassim MAT 13,5/20 --on 2018-12-06").ends(0);
    assert!(desk.run("export results -f csv").ends(0).stdout.contains("MAT,2018-12-06,in_progress,13.50,20"));
}

#[test]
fn rule_26_a_partial_date_is_echoed_in_full() {
    let desk = romans().french();
    desk.run("progress interview amara-nassim tutorial --minutes 30 --on hier")
        .ends(0)
        .tells("le 01/09/2019 (dimanche)");
}

#[test]
fn rule_27_a_person_is_found_by_slug_number_or_fragments() {
    let desk = romans();
    for who in ["amara-nassim", "1", "nas", "\"ama nas\"", "AMÁRA"] {
        desk.run(&format!("trainee show {who}")).ends(0).shows("amara-nassim");
    }
    desk.run("trainee show zzz").ends(3).tells("means nobody");
    desk.run("trainee show ma").ends(3).tells("means");
}

#[test]
fn rule_28_a_write_in_a_script_needs_an_exact_slug_or_number() {
    let desk = romans();
    desk.run("trainee note nas \"a trouvé\"").ends(3).tells("amara-nassim");
    desk.run("trainee note amara-nassim \"a trouvé\"").ends(0);
    desk.run("trainee note 1 \"a trouvé une voiture\"").ends(0);
}

#[test]
fn rule_29_numbers_and_slugs_are_never_given_twice() {
    let desk = romans();
    let numbers = || desk.run("export trainees -f csv").stdout.lines().last().unwrap().to_owned();
    desk.run("trainee add Zola Anna -c ROM-2018-11").ends(0);
    let first = numbers();
    desk.run("undo").ends(0);
    desk.run("trainee add Zola Émile -c ROM-2018-11").ends(0);
    let number = |row: &str| row.rsplit(',').next().unwrap().parse::<i64>().unwrap();
    assert!(number(&numbers()) > number(&first));
    desk.run("trainee add ZOLA emile -c ROM-2018-11 --born 2000-01-01").ends(0);
    desk.run("trainee show zola-emile-2").ends(0);
}

#[test]
fn rule_30_a_missing_cohort_is_the_persons_own_or_is_asked_for() {
    let desk = romans();
    desk.run("progress day 2018-12-03 --no-input").ends(2).tells("-c");
    desk.run("trainee add Zola Anna").ends(2).tells("-c");
    desk.run("trainee list").ends(0).tells("ROM-2018-11");
}

#[test]
fn rule_31_a_trial_prints_the_effect_and_writes_nothing() {
    let desk = romans();
    let before = std::fs::read(desk.path("fil.db")).unwrap();
    for line in [
        "trainee edit amara-nassim --phone 0600000000 -n",
        "progress set amara-nassim MAT 14/20 -n",
        "placement add amara-nassim cdi Fibra --from 2019-09-01 --new-company -n",
        "cohort edit ROM-2018-11 --set title=X -n",
        "funder edit ca-solidarite --set name=X -n",
        "config set durable_min over-6m -n",
        "undo -n",
    ] {
        let ended = desk.run(line);
        assert_eq!(ended.code, 0, "{line}: {}", ended.stderr);
        assert!(ended.stderr.contains("nothing was written"), "{line}: {}", ended.stderr);
    }
    assert!(std::fs::read(desk.path("fil.db")).unwrap() == before, "a trial changed the file");
}

#[test]
fn rule_34_the_assistant_ends_with_the_line_for_a_script() {
    let desk = romans().on("2019-01-15").french().typed("Zola\nAnna\n\n\n\n\n\n\no\n");
    let ended = desk.run("trainee add");
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(ended.stderr.contains("En script : fil trainee add"), "{}", ended.stderr);
}

#[test]
fn rule_36_an_export_of_several_funders_writes_all_it_can() {
    let desk = romans();
    std::fs::create_dir_all(desk.path("exports/2018-11_break-poverty")).unwrap();
    desk.file("exports/2018-11_break-poverty/monthly.csv", "already sent");
    desk.run("report export 2018-11 --all").ends(1).tells("break-poverty").tells("--force");
    assert!(desk.path("exports/2018-11_ca-solidarite/manifest.json").exists());
    assert_eq!(desk.read("exports/2018-11_break-poverty/monthly.csv"), "already sent");
}

#[test]
fn rule_43_names_written_with_combining_accents_are_the_same_names() {
    let desk = romans();
    desk.run("trainee add Ferre\u{301} Ame\u{301}lie -c ROM-2018-11").ends(0);
    assert!(desk.run("export trainees -f csv").stdout.contains("Ferré,Amélie"));
    desk.run("trainee show ferr\u{e9}").ends(0).shows("ferre-amelie");
}

#[test]
fn rule_44_absent_is_a_dash_and_zero_is_zero() {
    let desk = romans();
    let table = desk.run("report show exits").ends(0).stdout;
    assert!(table.contains(" — ") || table.contains(" 0 "), "{table}");
    desk.run("placement list").ends(0).shows("—").shows("06/05/2019");
}

#[test]
fn rule_47_the_database_is_named_never_guessed_from_the_folder() {
    let desk = romans();
    desk.run("status -v").ends(0).tells("fil.db").tells("FIL_DB");
    let elsewhere = Desk::new().var("FIL_DB", "other.db");
    elsewhere.run("init fil.db").ends(0);
    elsewhere.run("trainee list").ends(1).tells("no database at other.db");
    elsewhere.run("trainee list --db fil.db -c all").ends(0);
}

#[test]
fn rule_49_every_help_page_fits_a_screen_in_one_language() {
    // The pages themselves are checked one by one in help.rs; here that both languages are whole.
    let desk = Desk::new();
    desk.run("--lang fr report show --help").ends(0).shows("Utilisation").stdout.lines().for_each(|l| {
        assert!(!l.contains("Usage") && !l.contains("default"), "{l}");
    });
    desk.run("--lang en report show --help").ends(0).shows("Usage");
}
