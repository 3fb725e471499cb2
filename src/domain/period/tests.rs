//! Every row of the documented grammar, its refusals, and what no text may ever do.

use super::*;
use crate::domain::refusal::Refusal;
use proptest::prelude::*;

fn day(iso: &str) -> Date {
    Date::parse_iso(iso).unwrap()
}

fn cohorts() -> [CohortSpan<'static>; 3] {
    let span = |code, start, end| CohortSpan { code, start: day(start), end: day(end) };
    [
        span("ROM-2018-11", "2018-11-05", "2019-01-25"),
        span("P1", "2018-11-05", "2019-01-25"),
        span("Été", "2018-06-01", "2018-08-31"),
    ]
}

fn read_on(today: &str, text: &str, lean: Lean) -> Result<Period, Refusal> {
    let cohorts = cohorts();
    let context = PeriodContext { today: day(today), lean, cohorts: &cohorts, default_cohort: Some(cohorts[1]) };
    parse_period(text, &context)
}

fn read(text: &str) -> Result<Period, Refusal> {
    read_on("2018-12-05", text, Lean::Past)
}

#[track_caller]
fn check(text: &str, from: &str, to: &str, kind: PeriodKind) {
    let period = read(text).map(|period| (period.from.to_string(), period.to.to_string(), period.kind));
    assert_eq!(period, Ok((from.to_owned(), to.to_owned(), kind)), "{text}");
}

#[track_caller]
fn refused(text: &str, words: &str) {
    let said = read(text).expect_err(text).lines(Lang::Fr).join("\n");
    assert!(said.contains(words), "{text}: {said}");
}

#[test]
fn months_are_read_in_every_spelling() {
    for text in [
        "2018-11",
        "11/2018",
        "nov 2018",
        "Novembre 2018",
        "nov",
        "nov.",
        " NOVEMBER ",
        "mois dernier",
        "Le mois dernier",
        "dernier mois",
        "m-1",
        "M-1",
        "last month",
    ] {
        check(text, "2018-11-01", "2018-11-30", PeriodKind::Month);
    }
    check("m-2", "2018-10-01", "2018-10-31", PeriodKind::Month);
    check("m-12", "2017-12-01", "2017-12-31", PeriodKind::Month);
    for text in ["ce mois", "this month", "déc", "decembre", "m-0"] {
        check(text, "2018-12-01", "2018-12-31", PeriodKind::Month);
    }
    check("jan", "2018-01-01", "2018-01-31", PeriodKind::Month);
    check("février 2020", "2020-02-01", "2020-02-29", PeriodKind::Month);
    check("août", "2018-08-01", "2018-08-31", PeriodKind::Month);
    check("juil", "2018-07-01", "2018-07-31", PeriodKind::Month);
    check("jun", "2018-06-01", "2018-06-30", PeriodKind::Month);
}

#[test]
fn quarters_and_years_are_read() {
    for text in
        ["2018T4", "2018Q4", "T4 2018", "t4-2018", "2018-T4", "2018-q4", "q4 2018", "ce trimestre", "this quarter"]
    {
        check(text, "2018-10-01", "2018-12-31", PeriodKind::Quarter);
    }
    for text in ["trimestre dernier", "dernier trimestre", "last quarter"] {
        check(text, "2018-07-01", "2018-09-30", PeriodKind::Quarter);
    }
    check("2018", "2018-01-01", "2018-12-31", PeriodKind::Year);
    for text in ["année dernière", "ANNEE DERNIERE", "l'année dernière", "l’an dernier", "last year"] {
        check(text, "2017-01-01", "2017-12-31", PeriodKind::Year);
    }
}

#[test]
fn weeks_begin_on_monday() {
    for text in ["2018-S46", "2018-W46", "S46 2018", "2018w46"] {
        check(text, "2018-11-12", "2018-11-18", PeriodKind::Week);
    }
    check("semaine dernière", "2018-11-26", "2018-12-02", PeriodKind::Week);
    check("last week", "2018-11-26", "2018-12-02", PeriodKind::Week);
    check("cette semaine", "2018-12-03", "2018-12-09", PeriodKind::Week);
    check("2018-S1", "2018-01-01", "2018-01-07", PeriodKind::Week);
    check("2020-S53", "2020-12-28", "2021-01-03", PeriodKind::Week);
    check("2021-S01", "2021-01-04", "2021-01-10", PeriodKind::Week);
    assert_eq!(read("2020-S53").unwrap().file_name(), "2020-W53");
}

#[test]
fn a_day_is_a_period() {
    check("hier", "2018-12-04", "2018-12-04", PeriodKind::Day);
    for text in ["05/11/2018", "2018-11-05", "5/11", "5 nov", "5 novembre 2018"] {
        check(text, "2018-11-05", "2018-11-05", PeriodKind::Day);
    }
    check("lundi", "2018-12-03", "2018-12-03", PeriodKind::Day);
}

#[test]
fn rolling_days_include_today() {
    for text in ["30j", "30d", "30 jours", "30 days"] {
        check(text, "2018-11-06", "2018-12-05", PeriodKind::Range);
    }
    check("1j", "2018-12-05", "2018-12-05", PeriodKind::Day);
    for text in ["+30j", "+30d"] {
        check(text, "2018-12-05", "2019-01-04", PeriodKind::Range);
    }
    refused("0j", "de 1 à 36525 jours");
    refused("99999999999999999999j", "de 1 à 36525 jours");
}

#[test]
fn ranges_include_their_end() {
    for text in
        ["2018-11..2018-12", "nov..déc", "de novembre à décembre 2018", "nov .. déc", "from november to december 2018"]
    {
        check(text, "2018-11-01", "2018-12-31", PeriodKind::Range);
    }
    check("d'août à octobre", "2018-08-01", "2018-10-31", PeriodKind::Range);
    check("2018-11-05..2018-11-20", "2018-11-05", "2018-11-20", PeriodKind::Range);
    check("du 5/11 au 20/11", "2018-11-05", "2018-11-20", PeriodKind::Range);
    check("03/12..05/12", "2018-12-03", "2018-12-05", PeriodKind::Range);
    check("hier..demain", "2018-12-04", "2018-12-06", PeriodKind::Range);
}

#[test]
fn a_missing_year_follows_the_other_end() {
    check("déc..jan", "2017-12-01", "2018-01-31", PeriodKind::Range);
    check("28/12..03/01", "2017-12-28", "2018-01-03", PeriodKind::Range);
    check("de novembre 2018 à février", "2018-11-01", "2019-02-28", PeriodKind::Range);
    check("novembre..février 2019", "2018-11-01", "2019-02-28", PeriodKind::Range);
    let plan = read_on("2018-12-05", "24/12..04/01", Lean::Nearest).unwrap();
    assert_eq!((plan.from, plan.to), (day("2018-12-24"), day("2019-01-04")));
}

#[test]
fn since_ends_today() {
    for text in ["depuis nov", "2018-11..", "since nov", "depuis novembre 2018", "depuis le 1er novembre"] {
        check(text, "2018-11-01", "2018-12-05", PeriodKind::Range);
    }
    check("depuis hier", "2018-12-04", "2018-12-05", PeriodKind::Range);
    refused("2019-01..", "commence le 01/01/2019, après aujourd'hui");
    refused("..2018-11", "dites le début");
    refused("..", "dites le début");
}

#[test]
fn a_cohort_gives_its_whole_span() {
    for text in ["P1", "p1", "cohorte", "cohort"] {
        check(text, "2018-11-05", "2019-01-25", PeriodKind::Cohort("P1".to_owned()));
    }
    check("rom-2018-11", "2018-11-05", "2019-01-25", PeriodKind::Cohort("ROM-2018-11".to_owned()));
    check("ete", "2018-06-01", "2018-08-31", PeriodKind::Cohort("Été".to_owned()));
    let none = parse_period("cohorte", &PeriodContext::past(day("2018-12-05"))).unwrap_err();
    assert_eq!(none.what.fr, "aucune cohorte en cours");
}

#[test]
fn impossible_periods_are_refused_with_the_nearest() {
    refused("2018-13", "mois 13 impossible (1 à 12)");
    refused("2018-13", "« 2018-12 »");
    refused("2018-00", "mois 0 impossible");
    refused("13/2018", "mois 13 impossible");
    refused("2018T5", "trimestre 5 impossible (1 à 4)");
    refused("2018T5", "« 2018T4 »");
    refused("T0 2018", "trimestre 0 impossible");
    refused("2018-S54", "2018 n'a pas de semaine 54");
    refused("2018-S53", "« 2018-S52 »");
    refused("2018-S0", "2018 n'a pas de semaine 0");
    refused("31/11/2018", "le 31/11/2018 n'existe pas (novembre 2018 a 30 jours)");
    refused("2018-1", "« 2018-01 »");
    for far in ["1929", "2100", "9999", "9999-12", "nov 1900", "9999T1", "0001-S1"] {
        refused(far, "hors des limites (1930 à 2099)");
    }
}

#[test]
fn ambiguous_periods_are_refused_with_their_readings() {
    refused("jui", "ambigu : juin ou juillet");
    refused("jui 2018", "ambigu : juin ou juillet");
    refused("jui..déc", "ambigu : juin ou juillet");
    refused("05/11/18", "année sur 4 chiffres : 05/11/2018 ?");
    refused("11", "précisez : 11/2018 (mois) ou 11/12/2018 (jour)");
    refused("1", "précisez : 01/2018 (mois) ou 01/12/2018 (jour)");
    refused("15", "précisez : 15/12/2018 (jour)");
    refused("nov 18", "précisez : nov 2018 (mois) ou 18 nov (jour)");
    refused("T4", "T4 2018 ?");
    refused("s46", "S46 2018 ?");
    refused("2018-12..2018-11", "la fin précède le début");
    refused("2018-12..2018-11", "« 2018-11..2018-12 »");
}

#[test]
fn typing_mistakes_get_the_right_word() {
    refused("moi dernier", "vouliez-vous dire « mois dernier » ?");
    refused("novenbre", "vouliez-vous dire « novembre » ?");
    refused("novenbre 2018", "« novembre 2018 »");
    refused("novenbre..dec", "« novembre »");
    refused("semaine derniere passee", "par exemple");
    refused("anée dernière", "« année dernière »");
    refused("last mouth", "« last month »");
    refused("ROM-2018-12", "« ROM-2018-11 »");
    refused("cohrte", "« cohorte »");
    for far in [
        "no 2018",
        "ma",
        "",
        " ",
        "a",
        "x",
        "amelie",
        "tout",
        "*",
        "%",
        "2018-11-",
        "-30j",
        "+2018",
        "2018-11..2018-12..",
        "m-",
        "m-9999",
        "45",
        "20181105",
        "2018T",
        "T42018T4",
        "٢٠١٨",
    ] {
        refused(far, "non comprise");
    }
}

#[test]
fn suggestions_are_themselves_understood() {
    for phrase in phrases() {
        assert!(read(phrase).is_ok(), "{phrase}");
    }
}

#[test]
fn only_complete_periods_go_without_echo() {
    for exact in ["2018-11", "T4 2018", "2018", "05/11/2018", "2018-11..2018-12", "2018-S46"] {
        assert!(!read(exact).unwrap().echo, "{exact}");
    }
    for partial in ["nov", "m-1", "hier", "5/11", "30j", "depuis 2018-11", "nov..2018-12", "P1", "cohorte"] {
        assert!(read(partial).unwrap().echo, "{partial}");
    }
}

#[test]
fn plans_take_the_nearest_month_and_facts_the_latest() {
    let near = |text| read_on("2018-12-05", text, Lean::Nearest).unwrap().file_name();
    assert_eq!(near("janvier"), "2019-01");
    assert_eq!(near("nov"), "2018-11");
    assert_eq!(near("juin"), "2019-06", "as near as the last one, and yet to come");
    assert_eq!(read("janvier").unwrap().file_name(), "2018-01");
}

#[test]
fn files_are_named_after_the_period() {
    for (text, name) in [
        ("nov", "2018-11"),
        ("T4 2018", "2018-Q4"),
        ("2018", "2018"),
        ("2018-S01", "2018-W01"),
        ("5/11", "2018-11-05"),
        ("2018-11-05..2018-11-20", "2018-11-05_2018-11-20"),
        ("01/11/2018..30/11/2018", "2018-11"),
        ("2018-10..2018-12", "2018-Q4"),
        ("2018-11..2019-01", "2018-11-01_2019-01-31"),
        ("2018-01..2018-12", "2018"),
        ("P1", "2018-11-05_2019-01-25"),
    ] {
        assert_eq!(read(text).unwrap().file_name(), name, "{text}");
    }
}

#[test]
fn periods_are_said_in_both_languages() {
    let said = |text| read(text).map(|period| (period.label(), period.in_full())).unwrap();
    assert_eq!(said("m-1").0, Text::new("novembre 2018", "November 2018"));
    assert_eq!(said("m-1").1, Text::new("du 01/11/2018 au 30/11/2018", "from 01/11/2018 to 30/11/2018"));
    assert_eq!(said("T4 2018").0, Text::new("T4 2018", "Q4 2018"));
    assert_eq!(said("2018-S46").0, Text::new("semaine 46 de 2018", "week 46 of 2018"));
    assert_eq!(said("hier").1.fr, "le 04/12/2018 (mardi)");
    assert_eq!(said("p1").0.fr, "cohorte P1 (05/11/2018 → 25/01/2019)");
}

const VALID: [&str; 24] = [
    "2018-11",
    "11/2018",
    "nov 2018",
    "novembre 2018",
    "nov",
    "mois dernier",
    "m-1",
    "last month",
    "ce mois",
    "2018T4",
    "T4 2018",
    "t4-2018",
    "trimestre dernier",
    "2018",
    "2018-S46",
    "semaine dernière",
    "hier",
    "05/11/2018",
    "2018-11-05",
    "30j",
    "+30j",
    "2018-11..2018-12",
    "de novembre à décembre 2018",
    "depuis nov",
];

proptest! {
    #[test]
    fn no_text_makes_a_period_panic(text in any::<String>(), days in -14610i32..47482) {
        let today = Date::from_days(days);
        for lean in [Lean::Past, Lean::Nearest] {
            let _ = parse_period(&text, &PeriodContext { lean, ..PeriodContext::past(today) });
        }
    }

    /// One character changed gives a refusal or another documented form, and always days of the calendar in order.
    #[test]
    fn a_mutated_period_stays_in_the_calendar(
        which in 0..VALID.len(), at in 0usize..28, with in any::<char>(), ascii in proptest::char::range(' ', '~'),
        days in -14610i32..47482,
    ) {
        for with in [with, ascii] {
            let text: String = VALID[which].chars().enumerate().map(|(i, c)| if i == at { with } else { c }).collect();
            for lean in [Lean::Past, Lean::Nearest] {
                let context = PeriodContext { lean, ..PeriodContext::past(Date::from_days(days)) };
                if let Ok(period) = parse_period(&text, &context) {
                    prop_assert!(Date::MIN <= period.from && period.from <= period.to && period.to <= Date::MAX);
                    prop_assert!(!period.file_name().is_empty() && !period.in_full().fr.is_empty());
                }
            }
        }
    }

    #[test]
    fn every_month_is_read_back_from_its_names(number in 1930 * 12..2100 * 12) {
        let month = Month::from_number(number);
        for name in [month.to_string(), month.name(Lang::Fr), month.name(Lang::En)] {
            prop_assert_eq!(read(&name), Ok(Period::month(month)));
        }
    }

    #[test]
    fn every_period_is_read_back_from_its_label(days in -14000i32..47000, length in 0i32..400) {
        let from = Date::from_days(days);
        let period = Period::range(from, from.plus_days(length)).unwrap();
        let typed = format!("{}..{}", period.from, period.to);
        prop_assert_eq!(read(&typed), Ok(period));
    }
}
