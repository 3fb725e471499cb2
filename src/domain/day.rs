//! Days as people type them: `5/11`, `hier`, `lundi`, `5 nov`, `05/11/2018`.

use super::date::{Date, MONTHS_EN, MONTHS_FR};
use super::refusal::Refusal;
use crate::domain::folding::{fold, nearest, shown};
use crate::domain::text::Text;
use crate::text;

/// Which day is meant when the year, or the week, was not typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// The latest such day up to today: a fact that can't be in the future.
    Past,
    /// The nearest such day: a date that may be planned.
    Nearest,
}

/// A day that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// It was relative or partial, so it must be said in full: [`in_full`].
    pub echo: bool,
}

/// Reads a day as someone types it; `today` is the day that relative and partial dates start from.
pub fn parse_day(text: &str, today: Date, lean: Lean) -> Result<Day, Refusal> {
    let folded = fold(text);
    match read_day(&folded, today, lean.anchor(today)) {
        Some(read) => read.map(|(date, sure)| Day { date, echo: sure != Sure::Exact }),
        None => Err(not_a_day(&folded, text, today)),
    }
}

/// A day said in full: `le 05/12/2018 (mercredi)`, `5 Dec 2018 (Wednesday)`.
pub fn in_full(date: Date) -> Text {
    let (french, day, year, weekday) = (date.french(), date.day(), date.year(), date.weekday() as usize);
    let (fr, en) = (WEEKDAYS_FR[weekday], WEEKDAYS_EN[weekday]);
    let month = &MONTHS_EN[date.month() as usize - 1][..3];
    text!("le {french} ({fr})", "{day} {month} {year} ({en})")
}

/// French names of the days of the week, Monday first.
pub const WEEKDAYS_FR: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
/// English names of the days of the week, Monday first.
pub const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const RELATIVE: [(&str, i32); 10] = [
    ("aujourd'hui", 0),
    ("hier", -1),
    ("demain", 1),
    ("avant-hier", -2),
    ("après-demain", 2),
    ("today", 0),
    ("yesterday", -1),
    ("tomorrow", 1),
    ("aujourdhui", 0),
    ("ce jour", 0),
];

/// How much of a date was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sure {
    /// All of it.
    Exact,
    /// It counts from today.
    Relative,
    /// Its year or week was left out, and chosen by an [`Anchor`].
    Partial,
}

/// The day by which the missing year, or week, of a date is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    NotAfter(Date),
    Nearest(Date),
    From(Date),
}

impl Lean {
    pub(super) fn anchor(self, today: Date) -> Anchor {
        match self {
            Lean::Past => Anchor::NotAfter(today),
            Lean::Nearest => Anchor::Nearest(today),
        }
    }
}

impl Anchor {
    pub(super) fn day(self) -> Date {
        let (Anchor::NotAfter(day) | Anchor::Nearest(day) | Anchor::From(day)) = self;
        day
    }

    fn choose(self, candidates: impl Iterator<Item = Date>) -> Option<Date> {
        let mut candidates = candidates.filter(|date| Date::MIN <= *date && *date <= Date::MAX);
        match self {
            Anchor::NotAfter(day) => candidates.filter(|date| *date <= day).max(),
            Anchor::From(day) => candidates.find(|date| *date >= day),
            Anchor::Nearest(day) => candidates.min_by_key(|date| ((date.days() - day.days()).abs(), *date < day)),
        }
    }
}

/// What a word may be the month of.
pub(super) enum MonthWord {
    None,
    Month(u32),
    Ambiguous(u32, u32),
}

/// The month that a folded word names without doubt.
pub fn month_named(word: &str) -> Option<u32> {
    if let MonthWord::Month(month) = month_word(word) { Some(month) } else { None }
}

/// The month that a folded word names, in full or by its first letters (three at least), in either language.
pub(super) fn month_word(word: &str) -> MonthWord {
    let word = word.strip_suffix('.').unwrap_or(word);
    if word.len() < 3 {
        return MonthWord::None;
    }
    let names = MONTHS_FR.iter().zip(MONTHS_EN).enumerate();
    let mut fitting = Vec::new();
    for (index, (fr, en)) in names {
        let (fr, en, month) = (fold(fr), fold(en), index as u32 + 1);
        if fr == word || en == word {
            return MonthWord::Month(month);
        }
        if fr.starts_with(word) || en.starts_with(word) {
            fitting.push(month);
        }
    }
    match fitting[..] {
        [] => MonthWord::None,
        [month] => MonthWord::Month(month),
        [first, second, ..] => MonthWord::Ambiguous(first, second),
    }
}

pub(super) fn ambiguous_months(first: u32, second: u32) -> Refusal {
    let (first, second) = (first as usize - 1, second as usize - 1);
    let (fr, en, fr2, en2) = (MONTHS_FR[first], MONTHS_EN[first], MONTHS_FR[second], MONTHS_EN[second]);
    Refusal::usage(text!("ambigu : {fr} ou {fr2}", "ambiguous: {en} or {en2}"))
}

pub(super) fn did_you_mean(words: &str) -> Text {
    text!("vouliez-vous dire « {words} » ?", "did you mean “{words}”?")
}

/// Reads one day of folded text; `None` when it does not look like one.
pub(super) fn read_day(folded: &str, today: Date, anchor: Anchor) -> Option<Result<(Date, Sure), Refusal>> {
    let bare = ["le ", "the ", "on "].iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(folded);
    if let Some((_, days)) = RELATIVE.iter().find(|(word, _)| fold(word) == bare) {
        return Some(Ok((today.plus_days(*days), Sure::Relative)));
    }
    weekday(bare, today, anchor).map(Ok).or_else(|| numeric(bare, anchor)).or_else(|| worded(bare, anchor))
}

fn weekday(bare: &str, today: Date, anchor: Anchor) -> Option<(Date, Sure)> {
    let forms: [(&str, &str, Option<Anchor>); 5] = [
        ("", " dernier", Some(Anchor::NotAfter(today.plus_days(-1)))),
        ("last ", "", Some(Anchor::NotAfter(today.plus_days(-1)))),
        ("", " prochain", Some(Anchor::From(today.plus_days(1)))),
        ("next ", "", Some(Anchor::From(today.plus_days(1)))),
        ("", "", None),
    ];
    let (name, said) = forms
        .iter()
        .find_map(|(before, after, said)| Some((bare.strip_prefix(before)?.strip_suffix(after)?, *said)))?;
    let is_name = |(fr, en): (&&str, &str)| *fr == name || fold(en) == name;
    let wanted = WEEKDAYS_FR.iter().zip(WEEKDAYS_EN).position(is_name)? as u32;
    let around = said.unwrap_or(anchor);
    let week = (-7..=7).map(|days| around.day().plus_days(days)).filter(|date| date.weekday() == wanted);
    Some((around.choose(week)?, if said.is_some() { Sure::Relative } else { Sure::Partial }))
}

fn numeric(bare: &str, anchor: Anchor) -> Option<Result<(Date, Sure), Refusal>> {
    let sign = bare.chars().find(|c| !c.is_ascii_digit()).filter(|c| "/-.".contains(*c))?;
    let parts: Vec<&str> = bare.split(sign).collect();
    if !parts.iter().all(|part| is_digits(part)) {
        return None;
    }
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    match (&lengths[..], &parts[..]) {
        ([4, 1..=2, 1..=2], [y, m, d]) => {
            let (y, m, d) = (number(y), number(m), number(d));
            let read = Date::checked(y, m as u32, d as u32).map(|date| (date, Sure::Exact));
            Some(read.and_then(|read| if read.0.to_string() == bare { Ok(read) } else { Err(not_iso(bare, read.0)) }))
        }
        ([1..=2, 1..=2, 3 | 1], _) => Some(Err(short_year(None))),
        ([1..=2, 1..=2, _], [d, m, y]) => Some(full_day(number(d) as u32, number(m) as u32, y)),
        ([5..=usize::MAX, 1..=2, 1..=2], [y, ..]) => Some(Err(year_out_of_bounds(y))),
        ([1..=2, 1..=2], [d, m]) if sign == '/' => Some(yearless(number(d) as u32, number(m) as u32, anchor)),
        _ => None,
    }
}

fn worded(bare: &str, anchor: Anchor) -> Option<Result<(Date, Sure), Refusal>> {
    let words: Vec<&str> = bare.split(' ').collect();
    let (day, month, year) = match words[..] {
        [day, month] if ordinal(day).is_some() => (day, month, None),
        [day, month, year] if ordinal(day).is_some() => (day, month, Some(year)),
        [month, day, year] => (day.strip_suffix(',').unwrap_or(day), month, Some(year)),
        [month, short] if short.len() <= 2 && is_digits(short) => return month_then_number(month, short),
        _ => return None,
    };
    let day = ordinal(day)?;
    let month = match month_word(month) {
        MonthWord::None => return None,
        MonthWord::Ambiguous(first, second) => return Some(Err(ambiguous_months(first, second))),
        MonthWord::Month(month) => month,
    };
    match year {
        None => Some(yearless(day, month, anchor)),
        Some(year) if is_digits(year) => Some(full_day(day, month, year)),
        Some(_) => None,
    }
}

/// `nov 18` is 18 November or November 2018.
fn month_then_number(month: &str, number_word: &str) -> Option<Result<(Date, Sure), Refusal>> {
    match month_word(month) {
        MonthWord::None => None,
        MonthWord::Ambiguous(first, second) => Some(Err(ambiguous_months(first, second))),
        MonthWord::Month(_) => {
            let n = number(number_word);
            let year = full_year(n);
            Some(Err(Refusal::usage(text!(
                "précisez : {month} {year} (mois) ou {n} {month} (jour)",
                "say which: {month} {year} (month) or {n} {month} (day)"
            ))))
        }
    }
}

/// The day of the month in `5`, `05`, `1er`, `1st`.
fn ordinal(word: &str) -> Option<u32> {
    let digits = ["er", "st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    (digits.len() <= 2 && is_digits(digits)).then(|| number(digits) as u32)
}

fn full_day(d: u32, m: u32, year: &str) -> Result<(Date, Sure), Refusal> {
    match year.len() {
        2 => Err(short_year(Some((d, m, full_year(number(year)))))),
        4 => {
            let y = number(year);
            Date::checked(y, m, d).map(|date| (date, Sure::Exact)).map_err(|refusal| match Date::new(y, d, m) {
                Some(swapped) => refusal.hint(did_you_mean(&swapped.french())),
                None => refusal,
            })
        }
        1 | 3 => Err(short_year(None)),
        _ => Err(year_out_of_bounds(year)),
    }
}

fn yearless(d: u32, m: u32, anchor: Anchor) -> Result<(Date, Sure), Refusal> {
    const LEAP: i32 = 2000;
    if Date::new(LEAP, m, d).is_none() {
        return Err(match Date::checked(LEAP, m, 1) {
            Err(refusal) => refusal,
            Ok(first) => {
                let (fr, en) = (MONTHS_FR[m as usize - 1], MONTHS_EN[m as usize - 1]);
                let last = first.in_month().last().day();
                Refusal::usage(text!(
                    "le {d:02}/{m:02} n'existe pas ({fr} a {last} jours au plus)",
                    "{d:02}/{m:02} does not exist ({en} has {last} days at most)"
                ))
            }
        });
    }
    // Eight years lie between two 29 February around a century.
    let years = anchor.day().year() - 8..=anchor.day().year() + 8;
    let chosen = anchor.choose(years.filter_map(|year| Date::new(year, m, d)));
    chosen.map(|date| (date, Sure::Partial)).ok_or_else(|| Refusal::usage(text!("dites l'année", "say the year")))
}

/// Whether a text is digits and nothing else; an empty one is not.
pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The value of some digits; the callers have counted them, so that they are few.
pub fn number(digits: &str) -> i32 {
    digits.parse().unwrap_or(i32::MAX)
}

/// The year that two digits most likely mean: births before, plans until 2050.
pub fn full_year(two_digits: i32) -> i32 {
    if two_digits <= 50 { 2000 + two_digits } else { 1900 + two_digits }
}

/// Refuses a year that is not of four digits, with the date that was probably meant.
pub fn short_year(meant: Option<(u32, u32, i32)>) -> Refusal {
    Refusal::usage(match meant {
        Some((d, m, y)) if Date::new(y, m, d).is_some() => {
            text!("année sur 4 chiffres : {d:02}/{m:02}/{y} ?", "year in 4 digits: {d:02}/{m:02}/{y}?")
        }
        _ => text!("année sur 4 chiffres, par exemple 05/11/2018", "year in 4 digits, for instance 05/11/2018"),
    })
}

/// Refuses a year outside 1930 to 2099.
pub fn year_out_of_bounds(year: &str) -> Refusal {
    let year = shown(year);
    Refusal::usage(text!(
        "l'année {year} est hors des limites (1930 à 2099)",
        "the year {year} is out of bounds (1930 to 2099)"
    ))
}

/// Refuses what is not written as an ISO date, with the date that was understood.
pub fn not_iso(typed: &str, date: Date) -> Refusal {
    let typed = shown(typed);
    Refusal::usage(text!("« {typed} » n'est pas une date", "“{typed}” is not a date"))
        .hint(did_you_mean(&date.to_string()))
}

fn not_a_day(folded: &str, typed: &str, today: Date) -> Refusal {
    let typed = shown(typed.trim());
    let refusal = Refusal::usage(text!("« {typed} » n'est pas une date", "“{typed}” is not a date"));
    if is_digits(folded) && folded.len() <= 2 {
        return match Date::new(today.year(), today.month(), number(folded) as u32) {
            Some(day) => Refusal::usage(text!("précisez : {day} (jour)", "say which: {day} (day)"; day)),
            None => refusal.hint(example()),
        };
    }
    if let MonthWord::Ambiguous(first, second) = month_word(folded) {
        return ambiguous_months(first, second);
    }
    let reads = |words: &str| matches!(read_day(&fold(words), today, Anchor::NotAfter(today)), Some(Ok(_)));
    match respell(folded, &day_words()).filter(|words| reads(words)) {
        Some(words) => refusal.hint(did_you_mean(&words)),
        None => refusal.hint(example()),
    }
}

fn example() -> Text {
    text!("par exemple 05/11/2018, 5/11, 5 nov ou hier", "for instance 05/11/2018, 5/11, 5 nov or yesterday")
}

/// Words that may stand in a day, as they are proposed.
pub(super) fn day_words() -> Vec<&'static str> {
    let relative = RELATIVE[..8].iter().map(|(word, _)| *word);
    relative.chain(WEEKDAYS_FR).chain(WEEKDAYS_EN).chain(MONTHS_FR).chain(MONTHS_EN).collect()
}

/// The same text with its first unknown word replaced by the nearest known one, or all of it by the nearest phrase.
pub(super) fn respell(folded: &str, known: &[&str]) -> Option<String> {
    if let Some(phrase) = nearest(folded, known.iter().copied()) {
        return Some(phrase.to_owned());
    }
    let words: Vec<&str> = folded.split(' ').collect();
    if words.len() > 6 {
        return None;
    }
    let letters = |word: &str| word.chars().any(char::is_alphabetic) && !known.iter().any(|k| fold(k) == word);
    words.iter().enumerate().find_map(|(at, word)| {
        let better = letters(word).then(|| nearest(word, known.iter().copied())).flatten()?;
        let mut respelled = words.clone();
        respelled[at] = better;
        Some(respelled.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;
    use proptest::prelude::*;

    fn today() -> Date {
        Date::parse_iso("2018-12-05").unwrap()
    }

    #[track_caller]
    fn check(text: &str, lean: Lean, date: &str, echo: bool) {
        let read = parse_day(text, today(), lean).map(|day| (day.date.to_string(), day.echo));
        assert_eq!(read, Ok((date.to_owned(), echo)), "{text}");
    }

    #[track_caller]
    fn refused(text: &str, words: &str) {
        let said = parse_day(text, today(), Lean::Past).expect_err(text).lines(Lang::Fr).join("\n");
        assert!(said.contains(words), "{text}: {said}");
    }

    #[test]
    fn full_dates_need_no_echo() {
        for text in [
            "2018-11-05",
            "05/11/2018",
            " 5/11/2018 ",
            "5-11-2018",
            "05.11.2018",
            "5 novembre 2018",
            "5 NOV. 2018",
            "le 5 nov 2018",
            "5th November 2018",
            "November 5, 2018",
        ] {
            check(text, Lean::Past, "2018-11-05", false);
            check(text, Lean::Nearest, "2018-11-05", false);
        }
        check("1er août 2018", Lean::Past, "2018-08-01", false);
        check("29/02/2020", Lean::Past, "2020-02-29", false);
    }

    #[test]
    fn relative_days_count_from_today() {
        for (text, date) in [
            ("hier", "2018-12-04"),
            ("Yesterday", "2018-12-04"),
            ("aujourd'hui", "2018-12-05"),
            ("aujourd’hui", "2018-12-05"),
            ("TODAY", "2018-12-05"),
            ("demain", "2018-12-06"),
            ("tomorrow", "2018-12-06"),
            ("avant-hier", "2018-12-03"),
            ("lundi dernier", "2018-12-03"),
            ("mercredi dernier", "2018-11-28"),
            ("last Wednesday", "2018-11-28"),
            ("mercredi prochain", "2018-12-12"),
            ("next friday", "2018-12-07"),
        ] {
            check(text, Lean::Past, date, true);
            check(text, Lean::Nearest, date, true);
        }
    }

    #[test]
    fn a_day_without_its_year_is_past_for_facts_and_nearest_for_plans() {
        for (text, past, near) in [
            ("5/11", "2018-11-05", "2018-11-05"),
            ("5 nov", "2018-11-05", "2018-11-05"),
            ("5/12", "2018-12-05", "2018-12-05"),
            ("6/12", "2017-12-06", "2018-12-06"),
            ("04/03", "2018-03-04", "2019-03-04"),
            ("26 april", "2018-04-26", "2019-04-26"),
            ("5 juin", "2018-06-05", "2019-06-05"),
            ("31/12", "2017-12-31", "2018-12-31"),
            ("29/02", "2016-02-29", "2020-02-29"),
            ("lundi", "2018-12-03", "2018-12-03"),
            ("mercredi", "2018-12-05", "2018-12-05"),
            ("vendredi", "2018-11-30", "2018-12-07"),
            ("Saturday", "2018-12-01", "2018-12-08"),
        ] {
            check(text, Lean::Past, past, true);
            check(text, Lean::Nearest, near, true);
        }
    }

    #[test]
    fn of_two_days_as_near_a_plan_takes_the_coming_one() {
        let day = parse_day("1/3", Date::parse_iso("2019-08-31").unwrap(), Lean::Nearest).unwrap();
        assert_eq!(day.date.to_string(), "2020-03-01");
    }

    #[test]
    fn impossible_days_are_refused_with_the_reason() {
        refused("31/11/2018", "le 31/11/2018 n'existe pas (novembre 2018 a 30 jours)");
        refused("2018-02-30", "le 30/02/2018 n'existe pas (février 2018 a 28 jours)");
        refused("29 fév 2019", "le 29/02/2019 n'existe pas");
        refused("2018-13-01", "mois 13 impossible (1 à 12)");
        refused("2018-00-10", "mois 0 impossible");
        refused("00/11/2018", "n'existe pas");
        refused("30/02", "le 30/02 n'existe pas (février a 29 jours au plus)");
        refused("5/13", "mois 13 impossible");
        refused("0/5", "n'existe pas");
        refused("11/25/2018", "mois 25 impossible (1 à 12)");
        refused("11/25/2018", "vouliez-vous dire « 25/11/2018 » ?");
    }

    #[test]
    fn years_have_four_digits_within_bounds() {
        refused("05/11/18", "année sur 4 chiffres : 05/11/2018 ?");
        refused("5 nov 18", "année sur 4 chiffres : 05/11/2018 ?");
        refused("03/02/98", "03/02/1998 ?");
        refused("05/11/218", "année sur 4 chiffres");
        refused("05/11/8", "année sur 4 chiffres");
        for far in ["9999-12-31", "0001-01-01", "01/01/1929", "01/01/2100", "99999-01-01", "01/01/99999"] {
            refused(far, "hors des limites (1930 à 2099)");
        }
        refused("nov 18", "précisez : nov 2018 (mois) ou 18 nov (jour)");
    }

    #[test]
    fn near_misses_get_the_right_word() {
        refused("hire", "« hier »");
        refused("lumdi", "« lundi »");
        refused("5 novenbre", "« 5 novembre »");
        refused("2018-1-5", "vouliez-vous dire « 2018-01-05 » ?");
        refused("2018/11/05", "vouliez-vous dire « 2018-11-05 » ?");
        refused("5 jui", "ambigu : juin ou juillet");
        refused("jui", "ambigu : juin ou juillet");
        refused("11", "précisez : 11/12/2018 (jour)");
    }

    #[test]
    fn everything_else_is_no_date() {
        for other in [
            "",
            " ",
            "a",
            "2018",
            "2018-11",
            "nov",
            "5-11",
            "5.11",
            "45",
            "-0001-01-01",
            "+2018-01-01",
            "5/",
            "/5",
            "5//11",
            "5/11/2018/1",
            "5 11 2018",
            "5/11-2018",
            "2018-11-05T00:00:00",
            "٥/١١",
            "5 nov 2018 x",
            "novembre 2018",
            "43409",
        ] {
            refused(other, "n'est pas une date");
        }
    }

    #[test]
    fn a_day_is_said_in_full_in_both_languages() {
        let said = in_full(today());
        assert_eq!(said.fr, "le 05/12/2018 (mercredi)");
        assert_eq!(said.en, "5 Dec 2018 (Wednesday)");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_day_panic(text in any::<String>(), days in -14610i32..47482) {
            for lean in [Lean::Past, Lean::Nearest] {
                let _ = parse_day(&text, Date::from_days(days), lean);
            }
        }

        #[test]
        fn no_near_day_panics_or_leaves_the_calendar(text in "[0-9]{0,5}[-/. ](nov|jui|[0-9]{0,3})[-/. ]?[0-9]{0,6}", days in -14610i32..47482) {
            for lean in [Lean::Past, Lean::Nearest] {
                if let Ok(day) = parse_day(&text, Date::from_days(days), lean) {
                    prop_assert!(Date::MIN <= day.date && day.date <= Date::MAX);
                }
            }
        }

        #[test]
        fn a_mutated_date_is_read_exactly_or_refused(days in 0i32..40000, at in 0usize..10, with in proptest::char::range(' ', '~')) {
            let typed = Date::from_days(days).to_string();
            let mutated: String = typed.chars().enumerate().map(|(i, c)| if i == at { with } else { c }).collect();
            if let Ok(day) = parse_day(&mutated, today(), Lean::Past) {
                prop_assert!(day.echo || day.date.to_string() == mutated, "{} became {}", mutated, day.date);
            }
        }

        #[test]
        fn every_day_is_read_back(days in -14610i32..47482) {
            let date = Date::from_days(days);
            for typed in [date.to_string(), date.french()] {
                prop_assert_eq!(parse_day(&typed, today(), Lean::Past), Ok(Day { date, echo: false }));
            }
        }
    }
}
