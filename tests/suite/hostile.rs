//! Hostile and broken inputs, each test named after its case in the catalogue of bad inputs.

use super::example_school::{KINDS, romans};
use super::fault_injection::{Dice, Site, assert_plain, count, drives_a_terminal};
use super::support::{Desk, Outcome, words};

/// Refused with this code and these words, in plain language, and nothing written.
#[track_caller]
fn refused(desk: &Desk, line: &str, code: i32, told: &[&str]) {
    let before = std::fs::read(desk.path("fil.db")).unwrap();
    let ran = desk.run(line).ends(code);
    assert_plain(line, &ran);
    for words in told {
        assert!(ran.stderr.contains(words), "{line}: no “{words}” in: {}", ran.stderr);
    }
    assert!(std::fs::read(desk.path("fil.db")).unwrap() == before, "{line} wrote");
}

fn cohort(start: &str, end: &str) -> String {
    format!("cohort add P9 --start {start} --end {end} --site Valence --places 12")
}

fn zed(birth: &str) -> String {
    format!("trainee add Zed Al -c ROM-2018-11 --born {birth}")
}

// ----- D: dates and clock -----

#[test]
fn d001_d004_d005_impossible_days_are_refused_with_their_field_and_value() {
    let desk = romans();
    for (day, told) in [
        ("2018-02-30", "does not exist"),
        ("2018-04-31", "does not exist"),
        ("2018-13-01", "month 13"),
        ("2018-00-10", "month 0"),
        ("0001-01-01", "out of bounds (1930 to 2099)"),
        ("9999-12-31", "out of bounds (1930 to 2099)"),
        ("99999-01-01", "out of bounds (1930 to 2099)"),
    ] {
        refused(&desk, &cohort(day, "2019-12-20"), 2, &[told, "field start", day]);
        refused(&desk, &cohort("2019-09-09", day), 2, &[told, "field end", day]);
        refused(&desk, &format!("trainee edit amara-nassim --set birth_date={day}"), 2, &[told, "birth_date", day]);
        desk.file("n.csv", format!("trainee,date,text\namara-nassim,{day},x\n"));
        refused(&desk, "import n.csv --as notes", 4, &["line 2", "date", day]);
    }
    refused(&desk, &cohort("-0001-01-01", "2019-12-20"), 2, &["-0001-01-01"]);
    refused(
        &desk,
        &cohort("2019-09-09", "2025-12-31"),
        4,
        &["from 2010-01-01 to 2024-09-02", "field end", "2025-12-31"],
    );
}

#[test]
fn d008_a_29th_of_february_exists_in_leap_years_and_ages_on_the_1st_of_march() {
    let desk = romans();
    refused(&desk, &zed("2003-02-29"), 2, &["29/02/2003 does not exist"]);
    desk.run(&(zed("2000-02-29") + " -n")).ends(0);
    // Fifteen on 1 March 2019 and not on 28 February: the lowest age that is accepted.
    let line = |day: &str| format!("trainee add Zed Al -c W --born 2004-02-29 --entry {day} -n");
    desk.run("cohort add W --start 2019-02-25 --end 2019-05-31 --site Valence --places 12").ends(0);
    desk.run(&line("2019-02-28")).ends(4).tells("14 years old");
    desk.run(&line("2019-03-01")).ends(0).tells("15 years old");
}

#[test]
fn d010_three_months_from_the_end_of_november_end_on_the_last_of_february() {
    let from = fil::domain::Date::parse_iso("2018-11-30").unwrap();
    assert_eq!(from.plus_months(3).to_string(), "2019-02-28");
    let desk = romans();
    desk.run("placement add amara-nassim CDI Acme --from 2018-11-30 -n").ends(0);
    desk.run("due -f csv").ends(0);
}

#[test]
fn d011_a_fact_dated_ahead_is_told_and_never_counted_before_its_day() {
    let desk = romans();
    let show = "report show monthly -p 2019-08 -c all -f csv";
    let before = desk.run(show).ends(0).stdout;
    desk.run("progress set cherifi-morel-ines code passed --on 2019-09-10").ends(0).tells("dated after today");
    assert_eq!(desk.run(show).ends(0).stdout, before);
}

#[test]
fn d014_a_mistyped_period_is_refused_with_the_nearest_and_answers_nothing() {
    let desk = romans();
    for (typed, near) in [
        ("2018-13", "2018-12"),
        ("2018-1", "2018-01"),
        ("novenbre", "novembre"),
        ("2018T5", "5"),
        ("moi dernier", "mois dernier"),
    ] {
        let ran = desk.run(&format!("report show monthly -c all -p '{typed}' -f csv")).ends(2).tells(near);
        assert_plain(typed, &ran);
        assert_eq!(ran.stdout, "");
    }
}

#[test]
fn d015_a_clock_that_went_back_never_reorders_the_journal() {
    let site = Site::romans();
    let mut command = site.command("trainee note amara-nassim x");
    command.env("FIL_TODAY", "2010-01-01");
    super::fault_injection::outcome(&command.output().unwrap()).ends(0);
    let log = site.run("log -f csv -L 1000").ends(0).stdout;
    let mut stamps: Vec<(i64, String)> = Vec::new();
    for line in log.lines().skip(1) {
        let mut cells = line.split(',');
        stamps.push((cells.next().unwrap().parse().unwrap(), cells.next().unwrap().to_owned()));
    }
    stamps.sort();
    assert!(stamps.windows(2).all(|w| w[0].1 <= w[1].1), "{log}");
    assert!(stamps.last().unwrap().1.starts_with("2019-09-02"));
}

#[test]
fn d017_d018_a_strange_time_zone_changes_neither_the_day_asked_for_nor_the_stamps() {
    for zone in ["Pacific/Kiritimati", "Pacific/Niue", "Europe/Paris", "garbage", "", ":/etc/passwd", "UTC+99"] {
        let site = Site::romans();
        let run = |line: &str, fixed: bool| {
            let mut command = site.command(line);
            command.env("TZ", zone);
            if !fixed {
                command.env_remove("FIL_TODAY");
            }
            super::fault_injection::outcome(&command.output().unwrap()).ends(0)
        };
        run("trainee note amara-nassim x", true);
        let last = run("log -f csv", true).stdout;
        assert!(last.contains("2019-09-02T12:00:00Z,2019-09-02"), "{zone}: {last}");
        // By the clock on the wall: one instant, never before the last one, and every command agrees on its day.
        run("trainee note amara-nassim y", false);
        let log = run("log -f csv", false).stdout;
        let newest = log.lines().skip(1).max_by_key(|l| l.split(',').next().unwrap().parse::<i64>().unwrap()).unwrap();
        let day = newest.split(',').nth(2).unwrap();
        assert!(
            run("export notes -f csv", false).stdout.contains(&format!("amara-nassim,{day},y")),
            "{zone}: {newest}"
        );
    }
}

#[test]
fn d020_two_runs_with_a_fixed_day_give_the_same_bytes() {
    let (one, other) = (Site::romans(), Site::romans());
    for line in [
        "report show indicators -c all -f csv",
        "report show people -c all -p 2018-11 -f json",
        "export all -f json",
        "status -f json",
        "due -f csv",
    ] {
        assert!(one.run(line).ends(0).stdout == other.run(line).ends(0).stdout, "{line}");
    }
}

// ----- L: domain rules -----

#[test]
fn l021_l022_the_same_person_twice_is_refused_and_a_namesake_is_told() {
    let desk = romans();
    let known = ["amara-nassim", "already in cohort ROM-2018-11"];
    refused(&desk, "trainee enrol amara-nassim -c ROM-2018-11 --on 2018-11-05", 4, &known);
    refused(&desk, "trainee add Amara Nassim -c ROM-2018-11 --born 1999-03-14", 4, &known);
    refused(&desk, "trainee add AMARA nassim -c ROM-2018-11 --born 1999-03-14", 4, &known);
    desk.run("trainee add Amara Nassim -c ROM-2018-11 --born 1999-03-15")
        .ends(0)
        .tells("amara-nassim (no. 1): same name, birth dates nearly alike");
    desk.run("trainee show amara-nassim-2").ends(0);
}

#[test]
fn l024_ages_are_bounded_and_unusual_ones_told() {
    let desk = romans();
    desk.run("cohort add W --start 2019-09-02 --end 2019-12-20 --site Valence --places 12").ends(0);
    for (birth, code, told) in [
        ("2014-09-02", 4, "5 years old"),
        ("2004-09-03", 4, "14 years old"),
        ("2004-09-02", 0, "15 years old"),
        ("2003-09-03", 0, "15 years old"),
        ("2003-09-02", 0, "fil undo"),
        ("1989-09-03", 0, "fil undo"),
        ("1953-09-03", 0, "65 years old"),
        ("1953-09-02", 4, "66 years old"),
        ("1869-01-01", 2, "out of bounds"),
        ("2019-09-03", 4, "yet to come"),
    ] {
        let desk = &desk;
        let ran =
            desk.run(&format!("trainee add Zed Al -c W --entry 2019-09-02 --born {birth}")).ends(code).tells(told);
        assert_plain(birth, &ran);
        if code == 0 {
            assert_eq!(ran.stderr.contains("age to check"), told.contains("years"), "{birth}: {}", ran.stderr);
            desk.run("undo").ends(0);
        }
    }
}

#[test]
fn l025_l026_cohorts_of_nobody_and_of_one_have_whole_reports() {
    let desk = romans();
    desk.run("cohort add W --start 2019-09-02 --end 2019-12-20 --site Valence --places 12").ends(0);
    let sections = <fil::report::Section as fil::domain::ClosedList>::CODES;
    for round in ["nobody", "one"] {
        for section in sections {
            let ran = desk.run(&format!("report show {section} -c W -p 2019-09 -f csv")).ends(0);
            assert!(!ran.stdout.is_empty(), "{section} of {round}");
            for cell in ran.stdout.split([',', '\n']) {
                assert!(!["NaN", "inf", "-inf", "-nan"].contains(&cell), "{section} of {round}: {}", ran.stdout);
            }
        }
        desk.run("trainee add Zed Al -c W --entry 2019-09-02 --set sex=F").ends(if round == "nobody" { 0 } else { 4 });
    }
    // One person is a small cell for every funder that has no agreement.
    desk.run("funder add region --name 'La Région' --level public").ends(0);
    desk.run("funder grant add G9 region --set cohorts=W --from 2019-01-01 --to 2019-12-31 --set amount=1000");
    let shown = desk.run("report show indicators --funder region -c W -p 2019-09 -f csv");
    assert!(shown.code != 0 || shown.stdout.contains(",c,"), "{}", shown.stdout);
}

#[test]
fn l029_contracts_that_contradict_themselves_are_refused() {
    let desk = romans();
    let add = |rest: &str| format!("placement add amara-nassim {rest} --from 2019-08-10");
    refused(&desk, &add("CDD Acme --to 2019-08-01"), 4, &["the end is before the start"]);
    refused(&desk, &add("CDI Acme --to 2019-08-11"), 4, &["open-ended", "planned_end"]);
    refused(&desk, &add("CDD Acme"), 4, &["planned end is missing"]);
}

#[test]
fn l031_l032_broken_links_are_refused_in_words() {
    let desk = romans();
    desk.file("p.csv", "trainee,cohort,type,company,start\nnobody-x,ROM-2018-11,CDI,Acme,2019-08-01\n");
    refused(&desk, "import p.csv --as placements", 4, &["line 2", "nobody-x"]);
    desk.file("p.csv", "trainee,cohort,type,company,start\namara-nassim,NONE,CDI,Acme,2019-08-01\n");
    refused(&desk, "import p.csv --as placements", 4, &["line 2", "NONE"]);
    refused(&desk, "cohort remove ROM-2018-11 -y", 4, &["15 trainees"]);
    refused(&desk, "trainee remove amara-nassim -y", 4, &["cannot be removed"]);
}

#[test]
fn l034_more_hours_than_a_day_has_are_refused_in_one_row_and_in_two() {
    let desk = romans();
    let lesson = |hours: &str| format!("amara-nassim,lesson,2019-08-01,,{hours}\n");
    let head = "trainee,step,date,outcome,hours\n";
    desk.file("l.csv", format!("{head}{}", lesson("25")));
    refused(&desk, "import l.csv --as licence", 4, &["line 2", "hours"]);
    desk.file("l.csv", format!("{head}{}{}", lesson("8"), lesson("17")));
    refused(&desk, "import l.csv --as licence", 4, &["line"]);
}

#[test]
fn l037_a_theory_test_passed_before_it_was_registered_for_is_told() {
    let desk = romans();
    desk.run("trainee add Zed Al -c ROM-2018-11 --entry 2018-11-05 --born 2000-01-01").ends(0);
    desk.file(
        "l.csv",
        "trainee,step,date,outcome\nzed-al,code_exam,2018-11-20,passed\nzed-al,registered,2018-12-20,\n",
    );
    let ran = desk.run("import l.csv --as licence").ends(0);
    let checked = desk.run("check -f csv");
    assert!(ran.stderr.contains("!") || checked.stdout.contains("zed-al"), "{}\n{}", ran.stderr, checked.stdout);
}

// ----- T: text -----

#[test]
fn t043_t055_t056_names_are_found_whatever_their_accents_case_and_composition() {
    let desk = romans();
    let composed = "trainee add Durand Jos\u{e9} -c ROM-2018-11 --born 2000-01-01";
    desk.run(composed).ends(0);
    refused(&desk, &composed.replace('\u{e9}', "e\u{301}"), 4, &["already in cohort"]);
    desk.run("trainee add Œuvre François -c ROM-2018-11 --no-input").ends(0);
    desk.run("trainee add Işık İlhan -c ROM-2018-11 --no-input").ends(0);
    for (typed, found) in [
        ("durand jos\u{e9}", "durand-jose"),
        ("durand jose\u{301}", "durand-jose"),
        ("francois", "oeuvre-francois"),
        ("OEUVRE", "oeuvre-francois"),
        ("œuvre FRANÇOIS", "oeuvre-francois"),
        ("isik ilhan", "isik-ilhan"),
        ("ISIK", "isik-ilhan"),
    ] {
        desk.run(&format!("trainee show '{typed}'")).ends(0).shows(found);
    }
    // The locale of the machine changes nothing.
    let site = Site::romans();
    for name in ["C", "tr_TR.UTF-8", "garbage"] {
        let mut command = site.command("trainee show 'CHERIFI INES'");
        command.env("LC_ALL", name);
        super::fault_injection::outcome(&command.output().unwrap()).ends(0).shows("cherifi-morel-ines");
    }
}

#[test]
fn t044_t051_t052_names_of_nothing_or_with_hidden_signs_are_refused() {
    let desk = romans();
    let add = |name: &str| ["trainee", "add", name, "Bo", "-c", "ROM-2018-11"].map(str::to_owned);
    let before = std::fs::read(desk.path("fil.db")).unwrap();
    let bad = [
        "",
        " ",
        "\t",
        "\n",
        "\u{a0}",
        "\u{202f} ",
        "Al\u{200b}i",
        "\u{200b}\u{200d}",
        "A\nB",
        "\u{202e}evil",
        "\u{1b}[31mred",
        "a\u{7f}",
        "a\u{9b}31m",
        "=cmd",
        "+x",
        "@x",
        "＝x",
        "a\u{2066}b",
        "\u{feff}a",
    ];
    for name in bad {
        let ran = desk.run_words(&add(name));
        assert!(matches!(ran.code, 2 | 4), "{name:?}: {ran:?}");
        assert_plain(name, &ran);
        assert!(std::fs::read(desk.path("fil.db")).unwrap() == before, "{name:?}");
    }
}

#[test]
fn t049_letters_of_many_parts_never_break_a_screen() {
    let desk = romans();
    let pile = format!("a{}", "\u{301}".repeat(200));
    let note = ["trainee", "note", "amara-nassim", &format!("👩‍👩‍👧‍👦 🇫🇷 漢字 {pile}")].map(str::to_owned);
    desk.run_words(&note).ends(0);
    desk.run("trainee add 'Nguyễn漢字漢字漢字漢字漢字' 'Thị' -c ROM-2018-11 --no-input").ends(0);
    for columns in [1, 2, 10, 39, 40, 41, 60, 80] {
        let desk =
            Desk::new().on("2019-09-02").terminal(columns).var("FIL_DB", &desk.path("fil.db").display().to_string());
        for line in [
            "trainee list -c all",
            "trainee show amara-nassim",
            "status",
            "progress -c ROM-2018-11",
            "trainee list -c all -w",
        ] {
            let ran = desk.run(line).ends(0);
            assert_plain(line, &Outcome { stdout: String::new(), ..ran });
        }
    }
}

#[test]
fn t050_texts_and_arguments_without_end_are_refused() {
    let desk = romans().input(&"x".repeat(10_000_000));
    refused(&desk, "trainee note amara-nassim -", 2, &["too long"]);
    let long = "x".repeat(100_000);
    let line = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    for words in [
        line(&["trainee", "add", &long, "Bo", "-c", "ROM-2018-11"]),
        line(&["trainee", "show", &long]),
        line(&["report", "show", "monthly", "-p", &long]),
        line(&[&long]),
        line(&["trainee", "list", &format!("--{long}")]),
        line(&["trainee", "list", "-c", &long]),
        line(&["trainee", "edit", "amara-nassim", "--set", &format!("phone={long}")]),
        line(&["import", &long]),
        line(&["trainee", "list", "-o", &long]),
        line(&["--db", &long, "status"]),
        line(&["undo", &long]),
        line(&["backup", "-o", &long]),
        line(&["restore", &long, "-y"]),
        line(&["--today", &long, "status"]),
    ] {
        let ran = desk.run_words(&words);
        assert_plain(&words[0][..words[0].len().min(20)], &ran);
        assert!(
            ran.code != 0 && ran.stderr.len() < 4_000,
            "{} bytes of error: {}",
            ran.stderr.len(),
            &ran.stderr[..80]
        );
    }
}

#[test]
fn t054_signs_of_search_languages_mean_themselves() {
    let desk = romans();
    for typed in ["%", "_", "\\", "*", "\"", "a%", "[a-z]", "(", "amara OR 1=1", "'; DROP TABLE person; --", "^.*$"] {
        let words = ["trainee", "show", typed].map(str::to_owned);
        let ran = desk.run_words(&words).ends(3);
        assert_plain(typed, &ran);
        assert_eq!(ran.stdout, "");
    }
}

// ----- C: import files -----

const HEAD: &str = "trainee,date,text";
const LINE: &str = "amara-nassim,2019-08-01,bonjour é";

/// Imports these bytes as notes.
fn import(desk: &Desk, bytes: impl AsRef<[u8]>) -> Outcome {
    desk.file("n.csv", bytes);
    let ran = desk.run("import n.csv --as notes -n");
    assert_plain("import", &ran);
    ran
}

#[test]
fn c060_c061_marks_and_wide_encodings_are_read() {
    let desk = romans();
    let text = format!("{HEAD}\n{LINE}\n");
    import(&desk, format!("\u{feff}{text}")).ends(0).tells("created: 1");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    import(&desk, [&[0xff, 0xfe][..], &wide].concat()).ends(0).tells("utf-16le").tells("created: 1");
    import(&desk, &wide).ends(4).tells("utf-16le");
    let office = [&b"trainee;date;text\r\namara-nassim;01/08/2019;\xe9t\xe9\r\n"[..]].concat();
    import(&desk, office).ends(0).tells("windows-1252").tells("created: 1");
}

#[test]
fn c063_c064_line_ends_and_separators_are_recognised() {
    let desk = romans();
    let mixed = format!("{HEAD}\r\namara-nassim,2019-08-01,a\namara-nassim,2019-08-02,b\ramara-nassim,2019-08-03,c");
    import(&desk, mixed).ends(0).tells("created: 3");
    import(&desk, "trainee;date;text\namara-nassim;01/08/2019;a\n").ends(0).tells("“;”").tells("created: 1");
    import(&desk, "trainee\tdate\ttext\namara-nassim\t2019-08-01\ta\n").ends(0).tells("created: 1");
}

#[test]
fn c065_c066_headers_are_understood_or_refused() {
    let desk = romans();
    import(&desk, "trainee,date\namara-nassim,2019-08-01\n").ends(4).tells("missing: text");
    import(&desk, "trainee,date,text,text\namara-nassim,2019-08-01,x,y\n").ends(4).tells("text");
    import(&desk, " TEXT , Date,trainee\nx,2019-08-01,amara-nassim\n").ends(0).tells("created: 1");
    import(&desk, "trainee,date,text,extra\namara-nassim,2019-08-01,x,y\n").ends(4).tells("extra");
    import(&desk, format!("{HEAD}\n")).ends(0).tells("0 rows");
    for nothing in ["", "\n", "\r\n\r\n", "\u{feff}"] {
        import(&desk, nothing).ends(4).tells("is empty");
    }
}

#[test]
fn c067_c068_c069_broken_rows_are_named_by_their_line() {
    let desk = romans();
    let mut text = format!("{HEAD}\namara-nassim,2019-08-01,a\namara-nassim,2019-08-02,\"open\n");
    text.push_str(&"amara-nassim,2019-08-03,b\n".repeat(10_000));
    import(&desk, text).ends(4).tells("n.csv").tells("line 3");
    import(&desk, format!("{HEAD}\namara-nassim,2019-08-01\n")).ends(4).tells("line 2: 2 cells instead of 3");
    import(&desk, format!("{HEAD}\n{LINE},b\n")).ends(4).tells("line 2: 4 cells instead of 3");
    desk.file("n.csv", format!("{HEAD}\namara-nassim,2019-08-01,a\"b\"c\n"));
    desk.run("import n.csv --as notes").ends(0);
    desk.run("export notes -f csv").ends(0).shows("\"a\"\"b\"\"c\"");
}

#[test]
fn c070_files_without_measure_are_refused_at_once() {
    let desk = romans();
    let long = format!("{HEAD}\namara-nassim,2019-08-01,{}", "x".repeat(30_000_000));
    import(&desk, long).ends(4).tells("line 2").tells("1 MB");
    let wide = (0..1_000_000).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
    import(&desk, format!("{wide}\n{wide}\n")).ends(4).tells("1000 columns");
}

#[test]
fn c071_one_bad_row_at_the_end_keeps_none_and_the_second_run_adds_each_once() {
    let desk = romans();
    let good: String = (0..20_000).map(|n| format!("amara-nassim,2019-08-{:02},n{n}\n", 1 + n % 28)).collect();
    desk.file("n.csv", format!("{HEAD}\n{good}nobody,2019-08-01,x\n"));
    refused(&desk, "import n.csv --as notes", 4, &["line 20002"]);
    desk.file("n.csv", format!("{HEAD}\n{good}"));
    desk.run("import n.csv --as notes").ends(0).tells("created: 20000");
    desk.run("import n.csv --as notes").ends(0).tells("identical: 20000");
}

#[test]
fn c072_the_same_record_twice_with_other_values_names_both_lines() {
    let desk = romans();
    let row = |sex| format!(",Aa,Bb,ROM-2018-11,2000-01-01,{sex}\n");
    desk.file("t.csv", format!("trainee,last_name,first_name,cohort,birth_date,sex\n{}{}", row("F"), row("M")));
    refused(&desk, "import t.csv --as trainees", 4, &["lines 2 and 3"]);
}

/// Texts that a spreadsheet would run, or that carry its marks.
const FORMULAS: &[&str] =
    &["=1+1", "+33 6", "-2", "@SUM(A1)", "'quoted", "＝1+1", "'=x", "=cmd|' /C calc'!A0", "a;b", "a\"b", "a,b"];

#[test]
fn c073_p14_formulas_come_back_exactly_and_reach_no_spreadsheet() {
    for format in ["csv", "csv-fr"] {
        let desk = romans();
        for (n, text) in FORMULAS.iter().enumerate() {
            let day = format!("2019-08-{:02}", n + 1);
            desk.file("one.json", text);
            let words = ["trainee", "note", "amara-nassim", "--on", &day, "--", text].map(str::to_owned);
            let ran = desk.run_words(&words);
            assert!(ran.code == 0, "{text}: {}", ran.stderr);
        }
        let before = desk.run("export notes -f json").ends(0).stdout;
        desk.run(&format!("export notes -f {format} -o notes.csv")).ends(0);
        let written = desk.read("notes.csv");
        if format == "csv-fr" {
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(b';')
                .has_headers(true)
                .from_reader(written.trim_start_matches('\u{feff}').as_bytes());
            for row in reader.records() {
                for cell in row.unwrap().iter() {
                    let first = cell.chars().next().unwrap_or('a');
                    assert!(!['=', '+', '-', '@', '\t', '\r', '＝'].contains(&first), "{cell} would run");
                }
            }
        }
        desk.run("import notes.csv --as notes").ends(0).tells("changed: 0").tells("refused: 0");
        assert!(desk.run("export notes -f json").ends(0).stdout == before, "{format}");
    }
}

#[test]
fn p14_no_export_and_no_screen_holds_a_byte_that_drives_a_terminal() {
    let desk = romans();
    let texts = ["a\u{1b}[31mb", "a\u{202e}b", "a\u{200b}b", "a\u{7f}b", "a\u{85}b", "a\rb", "a\u{2028}b"];
    let rows: String = texts.iter().map(|t| format!("amara-nassim,2019-08-01,\"{t}\"\n")).collect();
    desk.file("n.csv", format!("{HEAD}\n{rows}"));
    // Whatever of it is accepted must come out harmless.
    assert_plain("import", &desk.run("import n.csv --as notes --skip-bad"));
    for line in [
        "trainee show amara-nassim",
        "export notes -f csv",
        "export notes -f csv-fr",
        "export trainees -f csv",
        "export all -f json",
        "log",
        "report show people -c all -f csv",
    ] {
        let out = desk.run(line).ends(0).stdout;
        let bad = out.chars().find(|c| drives_a_terminal(*c) && *c != '\u{feff}');
        assert_eq!(bad, None, "{line}");
    }
    for word in ["\u{1b}[31m", "\u{202e}x", "a\u{9b}b", "\u{7}"] {
        for line in [
            vec![word],
            vec!["trainee", word],
            vec!["trainee", "show", word],
            vec!["trainee", "list", "-c", word],
            vec!["-p", word],
            vec!["import", word],
            vec!["--db", word, "status"],
            vec!["report", "show", "monthly", "-p", word],
            vec!["trainee", "list", "--columns", word],
            vec!["trainee", "list", "-S", word],
        ] {
            let words: Vec<String> = line.iter().map(|w| (*w).to_owned()).collect();
            assert_plain(&format!("{line:?}"), &desk.run_words(&words));
        }
    }
}

#[test]
fn c075_dates_that_a_spreadsheet_mangled_are_refused_with_a_hint() {
    let desk = romans();
    for (typed, told) in [
        ("1-févr", "write YYYY-MM-DD"),
        ("43409", "2018-11-05"),
        ("févr-01", "write"),
        ("01/02/45", "2045"),
        ("1/2", ""),
    ] {
        import(&desk, format!("{HEAD}\namara-nassim,{typed},x\n")).ends(4).tells(typed).tells(told);
    }
}

#[test]
fn c076_what_is_no_table_is_refused_by_its_name() {
    let desk = romans();
    std::fs::create_dir(desk.path("folder")).unwrap();
    desk.file("gz.csv", b"\x1f\x8b\x08\0\0\0\0\0");
    desk.run("trainee list -c all -o book.xlsx").ends(0);
    std::fs::copy(desk.path("book.xlsx"), desk.path("book.csv")).unwrap();
    std::fs::copy(desk.path("fil.db"), desk.path("db.csv")).unwrap();
    let book = std::fs::read(desk.path("book.xlsx")).unwrap();
    desk.file("cut.xlsx", &book[..book.len() / 2]);
    desk.file("noise.xlsx", (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect::<Vec<_>>());
    for (name, code, told) in [
        ("folder", 4, "directory"),
        ("gz.csv", 4, "gzip"),
        ("book.csv", 4, "Excel"),
        ("db.csv", 4, "SQLite"),
        ("cut.xlsx", 4, "can't be read"),
        ("noise.xlsx", 4, "not a workbook"),
        ("none.csv", 1, "does not exist"),
    ] {
        refused(&desk, &format!("import {name} --as notes"), code, &[name, told]);
    }
    if std::process::Command::new("mkfifo").arg(desk.path("pipe")).status().is_ok_and(|s| s.success()) {
        refused(&desk, "import pipe --as notes", 4, &["pipe (FIFO)"]);
    }
    let desk = desk.input(&format!("{HEAD}\n{LINE}\n"));
    desk.run("import - --as notes -n").ends(0).tells("created: 1");
}

#[test]
fn c077_a_file_that_changes_while_it_is_read_is_read_whole_or_refused() {
    let site = Site::romans();
    let rows = |n: usize| format!("{HEAD}\n{}", "amara-nassim,2019-08-01,x\n".repeat(n));
    site.put("n.csv", rows(60_000));
    let import = site.command("import n.csv --as notes -n").spawn().unwrap();
    for n in (1..40).rev() {
        std::fs::write(site.path("n.csv"), rows(n * 1000)).unwrap();
    }
    let ran = super::fault_injection::outcome(&import.wait_with_output().unwrap());
    assert_plain("import", &ran);
    // Whole, refused as changed, or refused for what it held at that moment: never mixed.
    let refused = ["changed while being read", "is empty", "line"].iter().any(|word| ran.stderr.contains(word));
    assert!(ran.code == 0 || (ran.code == 4 && refused), "{ran:?}");
}

// ----- A: arguments, paths, environment -----

#[test]
fn a080_thousands_of_arguments_are_handled_or_refused() {
    let desk = romans();
    for word in ["amara-nassim", "-q", "--set", "x"] {
        let mut line = words("progress absent --on 2018-11-05");
        line.extend(std::iter::repeat_n(word.to_owned(), 10_000));
        let ran = desk.run_words(&line);
        assert_plain(word, &ran);
        assert!(ran.stderr.len() < 10_000, "{} bytes", ran.stderr.len());
    }
}

#[test]
fn a082_paths_are_taken_as_given_and_names_made_of_data_stay_in_their_folder() {
    let desk = romans();
    std::fs::create_dir(desk.path("out")).unwrap();
    desk.run("trainee list -c all -f csv -o out/../x.csv").ends(0);
    assert!(desk.path("x.csv").exists());
    desk.run("trainee list -c all -f csv -o absent/x.csv").ends(1);
    let long = format!("trainee list -c all -o {}.csv", "x".repeat(300));
    assert_plain("300 letters", &desk.run(&long).ends(1));
    let nul = ["trainee", "list", "-o", "x\0y.csv"].map(str::to_owned);
    desk.run_words(&nul).ends(2);
    for code in ["../../x", "/etc/x", "CON", "a/b", "..", "x."] {
        let line =
            ["cohort", "add", code, "--start", "2019-09-09", "--end", "2019-12-20", "--site", "V", "--places", "9"];
        desk.run_words(&line.map(str::to_owned));
        let line = ["trainee", "list", "-c", code, "-f", "csv", "-o", "out/"].map(str::to_owned);
        assert_plain(code, &desk.run_words(&line));
    }
    let parent = desk.path("..").canonicalize().unwrap();
    assert!(!parent.join("x.csv").exists() && !std::path::Path::new("/etc/x").exists());
}

#[test]
fn a087_without_home_or_folder_the_program_says_so() {
    let site = Site::bare();
    let run = |line: &str, home: Option<&str>| {
        let mut command = site.command(line);
        command.env_remove("FIL_DB").env_remove("HOME").env("XDG_DATA_HOME", "").env("XDG_CONFIG_HOME", "");
        if let Some(home) = home {
            command.env("HOME", home);
        }
        super::fault_injection::outcome(&command.output().unwrap())
    };
    for home in [None, Some(""), Some("relative"), Some("/nowhere")] {
        assert_plain("status", &run("status", home));
        assert_plain("help", &run("help", home).ends(0));
    }
    #[cfg(unix)]
    for line in ["status", "init x.db", "import x.csv", "trainee list -o x.csv", "backup"] {
        let gone = site.path("gone");
        std::fs::create_dir_all(&gone).unwrap();
        let ran = site.run_under(&["sh", "-c", "cd gone && rmdir ../gone && exec \"$@\"", "sh"], line);
        assert_plain(line, &ran);
        assert_ne!(ran.code, 0, "{line}");
    }
}

#[test]
fn a091_no_flag_takes_a_secret() {
    for lang in ["fr", "en"] {
        let help =
            std::fs::read_to_string(format!("{}/tests/golden/help.{lang}.txt", env!("CARGO_MANIFEST_DIR"))).unwrap();
        for word in ["--password", "--passphrase", "--secret", "--key ", "--mot-de-passe"] {
            assert!(!help.contains(word), "{word}");
        }
    }
}

#[test]
fn a092_names_that_a_library_reads_otherwise_are_refused_or_plain_files() {
    let desk = romans();
    for name in ["", " ", ":memory:", "file:x?mode=ro", "file:fil.db?vfs=memdb", "file:///etc/passwd"] {
        for line in
            [vec!["--db", name, "status"], vec!["init", name], vec!["backup", "-o", name], vec!["restore", name, "-y"]]
        {
            let words: Vec<String> = line.iter().map(|w| (*w).to_owned()).collect();
            let ran = desk.run_words(&words).ends(2);
            assert_plain(name, &ran);
        }
    }
    desk.run("--db 'fil.db?mode=ro' status").ends(1).tells("no database");
    desk.run("--db ./:memory: init").ends(0);
    assert!(desk.path(":memory:").exists());
}

#[test]
fn a094_the_database_that_is_used_is_told() {
    let site = Site::romans();
    std::fs::create_dir_all(site.path("share/fil")).unwrap();
    site.run("init share/fil/fil.db").ends(0);
    let mut command = site.command("status -v");
    command.env_remove("FIL_DB").env("XDG_DATA_HOME", site.path("share"));
    let ran = super::fault_injection::outcome(&command.output().unwrap()).ends(0);
    assert!(format!("{}{}", ran.stdout, ran.stderr).contains("share/fil/fil.db"), "{ran:?}");
    let ran = site.run("status -v").ends(0);
    assert!(format!("{}{}", ran.stdout, ran.stderr).contains("FIL_DB"), "{ran:?}");
}

#[test]
fn a095_anything_but_a_yes_at_the_keyboard_means_no() {
    let answer = |typed: &str| {
        let desk = romans();
        desk.run("backup -o b.db").ends(0);
        desk.run("trainee note amara-nassim later").ends(0);
        let desk = desk.typed(typed);
        let ran = desk.run("restore b.db");
        assert_plain(typed.get(..20).unwrap_or(typed), &ran);
        ran.stderr.contains("Database restored")
    };
    for no in ["", "n\n", "\n", "\r\n", "non\n", "what\nwhat\nwhat\nwhat\n", "yesyes\nyup\nya\n"] {
        assert!(!answer(no), "{no:?}");
    }
    assert!(!answer(&"y".repeat(1_000_000)));
    assert!(answer("y\r\n") && answer("oui\n"));
    let desk = romans();
    desk.run("backup -o b.db").ends(0);
    desk.input("y\n").run("restore b.db").ends(2).tells("--yes");
}

// ----- P15: no fault of the program for any input -----

/// The jobs of every day, at the terminal and in a script.
const JOBS: &[&str] = &[
    "",
    "status --format json",
    "init new.db",
    "cohort add P3 --start 2019-03-04 --end 2019-05-31 --site Romans --places 12",
    "c a P4 --comme ROM-2018-11 --debut 04/09",
    "t",
    "trainee list --cohort ROM-2018-11 --format json",
    "t a Ferré Amélie --entry 05/11 -c ROM-2018-11",
    "trainee add Ferré Amélie --cohort ROM-2018-11 --entry 2018-11-05 --no-input",
    "i inscrits.csv -n",
    "fil import inscrits.csv --as notes --no-input",
    "t s amara",
    "trainee show amara-nassim --format json",
    "t e amara-nassim --tel 0698765432",
    "trainee edit amara-nassim --phone 0698765432",
    "t n amara-nassim 'a trouvé une voiture'",
    "trainee note amara-nassim -",
    "trainee leave amara-nassim --reason dropped_out --on 2018-12-04",
    "p",
    "progress show --cohort ROM-2018-11 --format csv",
    "progress set amara-nassim code passed --on 2018-12-04",
    "p set amara-nassim maths 14/20",
    "progress absent amara-nassim cherifi-morel-ines --on 2018-12-05",
    "p abs amara-nassim --le 03/12/2018..05/12/2018 --excused --motif document",
    "placement add amara-nassim mission sogetrel --from 2019-02-04 --to 2019-04-26",
    "e a amara-nassim cdi --du 29/04",
    "e ls --finit +30j",
    "placement list --ending +30d --format json",
    "placement follow amara-nassim 3m en-poste --on 2019-06-04",
    "r s --funder break-poverty",
    "report show --funder break-poverty --period 2018-11 --format json",
    "report export m-1 --all --output exports/ --quiet --no-input",
    "undo --dry-run",
    "u",
    "check -f csv",
    "log -L 3",
    "export notes -f csv-fr",
    "config set durable_min over-6m",
    "due",
    "backup -o copies/",
];

const SIGNS: &[char] = &[
    'a', 'Z', '0', '9', '-', '_', '=', ':', '.', ',', ';', '\'', '"', '%', '*', '?', '@', '+', '#', '\\', '\u{0}',
    '\u{7}', '\u{1b}', '\u{7f}', '\u{9b}', '\u{a0}', '\u{301}', '\u{202e}', '\u{200b}', 'é', '漢', '🙂', ' ', '\n',
    '\t',
];

/// One character taken away, doubled, exchanged or put in.
fn mutated(line: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = line.chars().collect();
    let at = dice.below(letters.len() + 1);
    let sign = SIGNS[dice.below(SIGNS.len())];
    match dice.below(4) {
        0 if at < letters.len() => drop(letters.remove(at)),
        1 if at < letters.len() => letters[at] = sign,
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters.insert(at, sign),
    }
    letters.into_iter().collect()
}

#[test]
fn p15_one_wrong_character_in_a_command_never_ends_in_a_fault() {
    let desk = romans();
    desk.file("inscrits.csv", format!("{HEAD}\n{LINE}\n"));
    let mut dice = Dice::new(15);
    let each = count("FIL_TEST_MUTATIONS", 8);
    for job in JOBS {
        let job = job.trim_start_matches("fil ");
        assert_plain(job, &desk.run(job));
        for _ in 0..each {
            let line = mutated(job, &mut dice);
            assert_plain(&line, &desk.run(&line));
        }
    }
    desk.run("doctor").ends(0);
    eprintln!("p15: {} command lines", JOBS.len() * (each + 1));
}

#[test]
fn p15_noise_in_an_import_file_never_ends_in_a_fault() {
    let desk = romans();
    let mut dice = Dice::new(51);
    let each = count("FIL_TEST_MUTATIONS", 8);
    for kind in KINDS {
        let file = std::fs::read(format!("{}/examples/romans/{kind}.csv", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let file = &file[..file.len().min(3_000)];
        for n in 0..each {
            let mut bytes = file.to_vec();
            match n % 4 {
                0 => bytes = (0..300).map(|_| dice.below(256) as u8).collect(),
                1 => bytes.truncate(dice.below(file.len())),
                _ => {
                    for _ in 0..=dice.below(4) {
                        let at = dice.below(bytes.len());
                        bytes[at] = dice.below(256) as u8;
                    }
                }
            }
            desk.file("noise.csv", &bytes);
            let line = format!("import noise.csv --as {kind} -n");
            assert_plain(&line, &desk.run(&line));
            assert_plain("guessed", &desk.run("import noise.csv -n"));
        }
    }
}

#[test]
fn p15_noise_in_a_workbook_never_ends_in_a_fault() {
    let desk = romans();
    desk.run("export notes -o book.xlsx").ends(0);
    let book = std::fs::read(desk.path("book.xlsx")).unwrap();
    let mut dice = Dice::new(150);
    for n in 0..count("FIL_TEST_MUTATIONS", 8) * 6 {
        let mut bytes = book.clone();
        match n % 3 {
            0 => bytes.truncate(dice.below(book.len())),
            _ => {
                for _ in 0..=dice.below(6) {
                    let at = dice.below(bytes.len());
                    bytes[at] = dice.below(256) as u8;
                }
            }
        }
        desk.file("noise.xlsx", &bytes);
        assert_plain("workbook", &desk.run("import noise.xlsx --as notes -n"));
    }
}
