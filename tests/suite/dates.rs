//! Every period that can be typed, and every one that is refused, at the command line on Wednesday 5 December 2018.

use super::support::Desk;
use fil::domain::Date;

/// What is typed, the first and last day it means, and whether it is said again in full (it is relative or partial).
const READ: &[(&str, &str, &str, bool)] = &[
    ("2018-11", "2018-11-01", "2018-11-30", false),
    ("11/2018", "2018-11-01", "2018-11-30", false),
    ("nov 2018", "2018-11-01", "2018-11-30", false),
    ("Novembre 2018", "2018-11-01", "2018-11-30", false),
    ("nov", "2018-11-01", "2018-11-30", true),
    ("mois dernier", "2018-11-01", "2018-11-30", true),
    ("dernier mois", "2018-11-01", "2018-11-30", true),
    ("m-1", "2018-11-01", "2018-11-30", true),
    ("last month", "2018-11-01", "2018-11-30", true),
    ("m-2", "2018-10-01", "2018-10-31", true),
    ("ce mois", "2018-12-01", "2018-12-31", true),
    ("this month", "2018-12-01", "2018-12-31", true),
    ("2018T4", "2018-10-01", "2018-12-31", false),
    ("2018Q4", "2018-10-01", "2018-12-31", false),
    ("T4 2018", "2018-10-01", "2018-12-31", false),
    ("t4-2018", "2018-10-01", "2018-12-31", false),
    ("ce trimestre", "2018-10-01", "2018-12-31", true),
    ("trimestre dernier", "2018-07-01", "2018-09-30", true),
    ("2018", "2018-01-01", "2018-12-31", false),
    ("année dernière", "2017-01-01", "2017-12-31", true),
    ("2018-S46", "2018-11-12", "2018-11-18", false),
    ("2018-W46", "2018-11-12", "2018-11-18", false),
    ("semaine dernière", "2018-11-26", "2018-12-02", true),
    ("hier", "2018-12-04", "2018-12-04", true),
    ("05/11/2018", "2018-11-05", "2018-11-05", false),
    ("2018-11-05", "2018-11-05", "2018-11-05", false),
    ("5/11", "2018-11-05", "2018-11-05", true),
    ("30j", "2018-11-06", "2018-12-05", true),
    ("30d", "2018-11-06", "2018-12-05", true),
    ("+30j", "2018-12-05", "2019-01-04", true),
    ("2018-11..2018-12", "2018-11-01", "2018-12-31", false),
    ("nov..déc", "2018-11-01", "2018-12-31", true),
    ("de novembre à décembre 2018", "2018-11-01", "2018-12-31", true),
    ("depuis nov", "2018-11-01", "2018-12-05", true),
    ("2018-11..", "2018-11-01", "2018-12-05", true),
    ("P1", "2018-11-05", "2019-02-01", true),
    ("cohorte", "2018-11-05", "2019-02-01", true),
];

/// What is typed, and the sentences of the refusal in French and in English.
const REFUSED: &[(&str, &str, &str)] = &[
    ("2018-13", "mois 13 impossible (1 à 12)", "month 13 is impossible (1 to 12)"),
    ("2018T5", "trimestre 5 impossible (1 à 4)", "quarter 5 is impossible (1 to 4)"),
    ("2018-S54", "2018 n'a pas de semaine 54", "2018 has no week 54"),
    (
        "31/11/2018",
        "le 31/11/2018 n'existe pas (novembre 2018 a 30 jours)",
        "31/11/2018 does not exist (November 2018 has 30 days)",
    ),
    ("jui", "ambigu : juin ou juillet", "ambiguous: June or July"),
    ("moi dernier", "vouliez-vous dire « mois dernier » ?", "did you mean “mois dernier”?"),
    ("novenbre", "vouliez-vous dire « novembre » ?", "did you mean “novembre”?"),
    ("05/11/18", "année sur 4 chiffres : 05/11/2018 ?", "year in 4 digits: 05/11/2018?"),
    ("2018-12..2018-11", "la fin précède le début", "the end comes before the start"),
    ("11", "précisez : 11/2018 (mois) ou 11/12/2018 (jour)", "say which: 11/2018 (month) or 11/12/2018 (day)"),
];

/// P1 runs; OLD has a half-day on every day of two years and a half, which shows the bounds of a period.
fn school() -> Desk {
    let desk = Desk::new();
    desk.run("init").ends(0);
    desk.run("cohort add P1 --start 2018-11-05 --end 2019-02-01 --places 12").ends(0);
    desk.run("cohort add OLD --start 2016-12-01 --end 2019-02-28 --places 12 --set slot_minutes=210").ends(0);
    let (first, last) = (day("2016-12-01"), day("2019-02-28"));
    let mut slots = "cohort,date,half,kind\n".to_owned();
    for number in first.days()..=last.days() {
        slots += &format!("OLD,{},am,centre\n", Date::from_days(number));
    }
    desk.file("slots.csv", slots);
    desk.run("import slots.csv --as slots").ends(0);
    desk
}

fn day(iso: &str) -> Date {
    Date::parse_iso(iso).unwrap()
}

fn column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = reader.headers().unwrap().iter().position(|h| h == name).unwrap();
    reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
}

/// How a period is said again.
fn echo(lang: &str, from: Date, to: Date) -> String {
    match (lang, from == to) {
        ("fr", true) => format!("le {} (", from.french()),
        ("fr", false) => format!("du {} au {}\n", from.french(), to.french()),
        (_, true) => format!("{} Dec 2018 (", from.days() - day("2018-11-30").days()),
        (_, false) => format!("from {} to {}\n", from.french(), to.french()),
    }
}

#[test]
fn every_period_of_the_table_is_read_and_the_relative_ones_are_said_again() {
    let desk = school();
    for &(typed, from, to, said) in READ {
        let (from, to) = (day(from), day(to));
        for lang in ["fr", "en"] {
            let words = ["--lang", lang, "report", "show", "monthly", "-p", typed, "-f", "csv"].map(str::to_owned);
            let shown = desk.run_words(&words).ends(0);
            let mut months = column(&shown.stdout, "month");
            months.dedup();
            months.sort();
            months.dedup();
            // Months that begin after today have no row.
            let last = to.min(day("2018-12-05"));
            let span = (&from.to_string()[..7], &last.to_string()[..7]);
            assert_eq!((months[0].as_str(), months[months.len() - 1].as_str()), span, "{typed}");
            let said_so = match (said, typed) {
                (true, "5/11") if lang == "en" => "5 Nov 2018 (Monday)".to_owned(),
                (true, _) => echo(lang, from, to),
                (false, _) => String::new(),
            };
            assert!(shown.stderr.contains(&said_so), "{typed}: no “{said_so}” in {}", shown.stderr);
            assert!(said || shown.stderr.is_empty(), "{typed}: {}", shown.stderr);
        }
    }
}

#[test]
fn the_bounds_of_every_period_are_those_of_the_table() {
    let desk = school();
    for &(typed, from, to, _) in READ {
        let words = ["cohort", "slots", "-c", "OLD", "-p", typed, "-f", "csv"].map(str::to_owned);
        let days = column(&desk.run_words(&words).ends(0).stdout, "date");
        // “cohorte” means the cohort of the command here.
        let want = if typed == "cohorte" { ("2016-12-01", "2019-02-28") } else { (from, to) };
        assert_eq!((days[0].as_str(), days[days.len() - 1].as_str()), want, "{typed}");
    }
}

#[test]
fn every_refused_period_says_why_in_both_languages() {
    let desk = school();
    for &(typed, fr, en) in REFUSED {
        for (lang, sentence) in [("fr", fr), ("en", en)] {
            let words = ["--lang", lang, "report", "show", "monthly", "-p", typed, "-f", "csv"].map(str::to_owned);
            let refused = desk.run_words(&words).ends(2).tells(sentence);
            assert_eq!(refused.stdout, "", "{typed}");
        }
    }
}

/// What is typed where a fact is dated, and the day it means: the latest such day.
#[test]
fn a_day_without_a_year_is_the_latest_one_for_a_fact_and_the_nearest_for_a_plan() {
    let desk = school();
    desk.run("trainee add Ferré Amélie -c P1 --entry 2018-11-05").ends(0);
    for (typed, said) in [("05/11", "05/11/2018"), ("06/12", "06/12/2017"), ("5/12", "05/12/2018")] {
        let note = format!("--lang fr trainee note ferre-amelie essai --on {typed} -n");
        desk.run(&note).ends(0).tells(&format!("le {said} ("));
    }
    for (typed, said) in [("04/02", "04/02/2019"), ("29/11", "29/11/2018"), ("05/12", "05/12/2018")] {
        let add = format!("--lang fr placement add ferre-amelie cdi Sogetrel --from {typed} -n");
        desk.run(&add).ends(0).tells(&format!("le {said} ("));
    }
}
