//! The grammar of periods, over folded text.

use super::{CohortSpan, Period, PeriodContext, PeriodKind};
use crate::domain::date::{Date, MONTHS_EN, MONTHS_FR, Month};
use crate::domain::day::{
    Anchor, Lean, MonthWord, Sure, ambiguous_months, day_words, did_you_mean, is_digits, month_word, number, read_day,
    respell, year_out_of_bounds,
};
use crate::domain::folding::{fold, shown};
use crate::domain::refusal::Refusal;
use crate::text;

/// Reads a period as someone types it, in French or English, whatever the case and the accents.
pub fn parse_period(text: &str, context: &PeriodContext<'_>) -> Result<Period, Refusal> {
    let folded = fold(text);
    let reading = Reading { context, anchor: context.lean.anchor(context.today) };
    match split_range(&folded) {
        Some(Ends::Since(from)) => reading.since(from, text),
        Some(Ends::Between(from, to)) => reading.between(from, to, text),
        None => reading.one(&folded, text).map(|(period, _)| period),
    }
}

/// Phrases that the grammar knows, as completion proposes them.
pub fn phrases() -> impl Iterator<Item = &'static str> {
    PHRASES.iter().map(|(phrase, _)| *phrase)
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Week(i32),
    Month(i32),
    Quarter(i32),
    Year(i32),
}

const PHRASES: [(&str, Step); 28] = [
    ("mois dernier", Step::Month(-1)),
    ("dernier mois", Step::Month(-1)),
    ("last month", Step::Month(-1)),
    ("m-1", Step::Month(-1)),
    ("ce mois", Step::Month(0)),
    ("ce mois-ci", Step::Month(0)),
    ("mois en cours", Step::Month(0)),
    ("this month", Step::Month(0)),
    ("trimestre dernier", Step::Quarter(-1)),
    ("dernier trimestre", Step::Quarter(-1)),
    ("last quarter", Step::Quarter(-1)),
    ("ce trimestre", Step::Quarter(0)),
    ("trimestre en cours", Step::Quarter(0)),
    ("this quarter", Step::Quarter(0)),
    ("année dernière", Step::Year(-1)),
    ("dernière année", Step::Year(-1)),
    ("an dernier", Step::Year(-1)),
    ("last year", Step::Year(-1)),
    ("cette année", Step::Year(0)),
    ("année en cours", Step::Year(0)),
    ("this year", Step::Year(0)),
    ("semaine dernière", Step::Week(-1)),
    ("dernière semaine", Step::Week(-1)),
    ("last week", Step::Week(-1)),
    ("cette semaine", Step::Week(0)),
    ("semaine en cours", Step::Week(0)),
    ("this week", Step::Week(0)),
    ("m-2", Step::Month(-2)),
];

enum Ends<'t> {
    Since(&'t str),
    Between(&'t str, &'t str),
}

fn split_range(folded: &str) -> Option<Ends<'_>> {
    if let Some((from, to)) = folded.split_once("..") {
        let (from, to) = (from.trim(), to.trim());
        return Some(if to.is_empty() { Ends::Since(from) } else { Ends::Between(from, to) });
    }
    if let Some(from) = ["depuis ", "since "].iter().find_map(|word| folded.strip_prefix(word)) {
        return Some(Ends::Since(from));
    }
    let rest = ["de ", "du ", "d'", "from "].iter().find_map(|word| folded.strip_prefix(word))?;
    let (from, to) = [" au ", " a ", " to "].iter().find_map(|word| rest.split_once(word))?;
    Some(Ends::Between(from, to))
}

/// A reading of folded text; parts without a year are chosen by the anchor.
#[derive(Clone, Copy)]
struct Reading<'a, 'c> {
    context: &'a PeriodContext<'c>,
    anchor: Anchor,
}

type Read = Option<Result<(Period, Sure), Refusal>>;

impl Reading<'_, '_> {
    fn anchored(self, anchor: Anchor) -> Self {
        Reading { anchor, ..self }
    }

    fn since(self, from: &str, typed: &str) -> Result<Period, Refusal> {
        if from.is_empty() {
            return Err(no_start(typed));
        }
        let today = self.context.today;
        let (first, _) = self.anchored(Anchor::NotAfter(today)).one(from, from)?;
        let Some(period) = Period::range(first.from, today) else {
            let (typed, start) = (shown(typed.trim()), first.from.french());
            return Err(Refusal::usage(text!(
                "« {typed} » commence le {start}, après aujourd'hui",
                "“{typed}” begins on {start}, after today"
            ))
            .hint(text!(
                "dites aussi la fin, par exemple 2018-11..2018-12",
                "say the end too, for instance 2018-11..2018-12"
            )));
        };
        Ok(Period { echo: true, ..period })
    }

    /// A missing year of one end is chosen by the other: `de novembre à décembre 2018`, `déc..jan`.
    fn between(self, from: &str, to: &str, typed: &str) -> Result<Period, Refusal> {
        if from.is_empty() {
            return Err(no_start(typed));
        }
        let (mut first, first_sure) = self.one(from, from)?;
        let (mut last, last_sure) = self.one(to, to)?;
        let forward = first_sure != Sure::Partial || self.context.lean == Lean::Nearest;
        if last_sure == Sure::Partial && forward {
            last = self.anchored(Anchor::From(first.from)).one(to, to)?.0;
        } else if first_sure == Sure::Partial {
            first = self.anchored(Anchor::NotAfter(last.to)).one(from, from)?.0;
        }
        let echo = first_sure != Sure::Exact || last_sure != Sure::Exact;
        match Period::range(first.from, last.to) {
            Some(period) => Ok(Period { echo, ..period }),
            None => {
                let (from, to) = (shown(from), shown(to));
                Err(Refusal::usage(text!("la fin précède le début", "the end comes before the start"))
                    .hint(did_you_mean(&format!("{to}..{from}"))))
            }
        }
    }

    /// A period that is no range; a cohort's code is tried when nothing else is understood.
    fn one(self, folded: &str, typed: &str) -> Result<(Period, Sure), Refusal> {
        let read = self.known(folded);
        if let Some(Ok(read)) = read {
            return Ok(read);
        }
        if let Some(cohort) = self.context.cohorts.iter().find(|cohort| fold(cohort.code) == folded) {
            return Ok(of_cohort(*cohort, Sure::Exact));
        }
        if matches!(folded, "cohorte" | "cohort" | "promo") {
            return self.context.default_cohort.map(|cohort| of_cohort(cohort, Sure::Relative)).ok_or_else(|| {
                Refusal::usage(text!("aucune cohorte en cours", "no cohort runs today"))
                    .hint(text!("nommez-la par son code", "name it by its code"))
            });
        }
        match read {
            Some(Err(refusal)) => Err(refusal),
            _ => Err(self.not_understood(folded, typed)),
        }
    }

    fn known(self, folded: &str) -> Read {
        self.phrase(folded)
            .map(Ok)
            .or_else(|| self.year_or_month(folded))
            .or_else(|| self.quarter_or_week(folded))
            .or_else(|| self.rolling(folded))
            .or_else(|| self.month_name(folded))
            .or_else(|| self.one_day(folded))
    }

    fn one_day(self, folded: &str) -> Read {
        let read = read_day(folded, self.context.today, self.anchor)?;
        Some(read.map(|(date, sure)| (Period { echo: sure != Sure::Exact, ..Period::day(date) }, sure)))
    }

    fn phrase(self, folded: &str) -> Option<(Period, Sure)> {
        let bare = ["le ", "la ", "l'"].iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(folded);
        let today = self.context.today;
        let step = match bare.strip_prefix("m-") {
            Some(months) if is_digits(months) && months.len() <= 3 => Step::Month(-number(months)),
            _ => PHRASES.iter().find(|(phrase, _)| fold(phrase) == bare)?.1,
        };
        let quarter_start = today.in_month().plus(-((today.month() as i32 - 1) % 3));
        let year_start = today.in_month().plus(1 - today.month() as i32);
        let monday = today.plus_days(-(today.weekday() as i32));
        let period = match step {
            Step::Week(n) => week_from(monday.plus_days(7 * n)),
            Step::Month(n) => Period::month(today.in_month().plus(n)),
            Step::Quarter(n) => months_from(quarter_start.plus(3 * n), 3, PeriodKind::Quarter),
            Step::Year(n) => months_from(year_start.plus(12 * n), 12, PeriodKind::Year),
        };
        Some((Period { echo: true, ..period }, Sure::Relative))
    }

    fn year_or_month(self, folded: &str) -> Read {
        let sign = folded.chars().find(|c| !c.is_ascii_digit());
        let (year, month) = match sign {
            None if folded.len() == 4 => return Some(year_period(folded)),
            None if matches!(folded.len(), 1 | 2) => return self.bare_number(number(folded)),
            Some('-') => folded.split_once('-')?,
            Some('/') => folded.split_once('/').map(|(month, year)| (year, month))?,
            _ => return None,
        };
        if !is_digits(year) || !is_digits(month) || year.len() != 4 || month.len() > 2 {
            return None;
        }
        let (y, m) = (number(year), number(month) as u32);
        if month.len() == 1 && sign == Some('-') && (1..=9).contains(&m) {
            let typed = shown(folded);
            return Some(Err(not_a_period(&typed).hint(did_you_mean(&format!("{y}-{m:02}")))));
        }
        Some(exact_month(y, m))
    }

    /// `11` is a month or a day.
    fn bare_number(self, n: i32) -> Read {
        let today = self.context.today;
        let day = Date::new(today.year(), today.month(), n as u32)?.french();
        let month = self.month_number(n as u32).map(|month| month.first().french()[3..].to_owned());
        Some(Err(Refusal::usage(match month {
            Some(month) => {
                text!("précisez : {month} (mois) ou {day} (jour)", "say which: {month} (month) or {day} (day)")
            }
            None => text!("précisez : {day} (jour)", "say which: {day} (day)"),
        })))
    }

    /// `2018T4`, `Q4 2018`, `2018-S46`, `w46-2018`; without its year it is refused with it.
    fn quarter_or_week(self, folded: &str) -> Read {
        let compact: String = folded.chars().filter(|c| !matches!(c, ' ' | '-')).take(8).collect();
        let at = compact.find(['t', 'q', 's', 'w'])?;
        let (before, letter, after) = (&compact[..at], compact.as_bytes()[at], &compact[at + 1..]);
        let quarter = matches!(letter, b't' | b'q');
        if !is_digits(after) || !(before.is_empty() || is_digits(before)) || folded.matches(['-', ' ']).count() > 1 {
            return None;
        }
        let (year, rank) = match (before.len(), after.len()) {
            (4, 1 | 2) => (before, after),
            (0, 5 | 6) => (&after[after.len() - 4..], &after[..after.len() - 4]),
            (0, 1 | 2) => return Some(Err(self.say_the_year(letter, number(after)))),
            _ => return None,
        };
        if let Err(refusal) = year_period(year) {
            return Some(Err(refusal));
        }
        let (y, n) = (number(year), number(rank));
        Some(if quarter { exact_quarter(y, n) } else { exact_week(y, n) })
    }

    fn say_the_year(self, letter: u8, n: i32) -> Refusal {
        let (sign, year) = (letter.to_ascii_uppercase() as char, self.context.today.year());
        Refusal::usage(text!("précisez l'année : {sign}{n} {year} ?", "say the year: {sign}{n} {year}?"))
    }

    /// `30j`: up to today; `+30j`: from today on.
    fn rolling(self, folded: &str) -> Read {
        let (ahead, rest) = folded.strip_prefix('+').map_or((false, folded), |rest| (true, rest));
        let units = ["jours", "jour", "days", "day", "j", "d"];
        let digits = units.iter().find_map(|unit| rest.strip_suffix(unit))?.trim_end();
        if !is_digits(digits) {
            return None;
        }
        let days = if digits.len() <= 5 { number(digits) } else { i32::MAX };
        if !(1..=ROLLING_MAX).contains(&days) {
            return Some(Err(Refusal::usage(text!(
                "de 1 à {ROLLING_MAX} jours, par exemple 30j",
                "from 1 to {ROLLING_MAX} days, for instance 30d"
            ))));
        }
        let today = self.context.today;
        let (from, to) = if ahead { (today, today.plus_days(days)) } else { (today.plus_days(1 - days), today) };
        let period = Period::spanning(from, to, if from == to { PeriodKind::Day } else { PeriodKind::Range });
        Some(Ok((Period { echo: true, ..period }, Sure::Relative)))
    }

    /// `nov`, `novembre 2018`.
    fn month_name(self, folded: &str) -> Read {
        let (word, year) = folded.split_once(' ').map_or((folded, None), |(word, year)| (word, Some(year)));
        if year.is_some_and(|year| !is_digits(year) || year.len() < 3) {
            return None;
        }
        let month = match month_word(word) {
            MonthWord::None => return None,
            MonthWord::Ambiguous(first, second) => return Some(Err(ambiguous_months(first, second))),
            MonthWord::Month(month) => month,
        };
        if let Some(year) = year {
            return Some(year_period(year).and_then(|_| exact_month(number(year), month)));
        }
        let period = Period::month(self.month_number(month)?);
        Some(Ok((Period { echo: true, ..period }, Sure::Partial)))
    }

    /// The month of that number that the anchor chooses.
    fn month_number(self, month: u32) -> Option<Month> {
        let around = self.anchor.day().in_month();
        let years = self.anchor.day().year() - 1..=self.anchor.day().year() + 1;
        let mut months = years.filter_map(|year| Month::new(year, month));
        match self.anchor {
            Anchor::NotAfter(_) => months.filter(|month| *month <= around).max(),
            Anchor::From(_) => months.find(|month| *month >= around),
            Anchor::Nearest(_) => {
                months.min_by_key(|month| ((month.number() - around.number()).abs(), *month < around))
            }
        }
    }

    fn not_understood(self, folded: &str, typed: &str) -> Refusal {
        let typed = shown(typed.trim());
        let mut known: Vec<&str> = phrases().chain(MONTHS_FR).chain(MONTHS_EN).chain(day_words()).collect();
        known.push("cohorte");
        known.extend(self.context.cohorts.iter().map(|cohort| cohort.code));
        let reads = |words: &str| {
            let words = fold(words);
            matches!(self.known(&words), Some(Ok(_)))
                || words == "cohorte"
                || self.context.cohorts.iter().any(|cohort| fold(cohort.code) == words)
        };
        match respell(folded, &known).filter(|words| reads(words)) {
            Some(words) => not_a_period(&typed).hint(did_you_mean(&words)),
            None => not_a_period(&typed).hint(text!(
                "par exemple 2018-11, nov, mois dernier, T4 2018, 2018-11..2018-12",
                "for instance 2018-11, nov, last month, Q4 2018, 2018-11..2018-12"
            )),
        }
    }
}

/// A hundred years, more than the calendar of any school.
const ROLLING_MAX: i32 = 36_525;

fn not_a_period(typed: &str) -> Refusal {
    Refusal::usage(text!("période « {typed} » non comprise", "period “{typed}” not understood"))
}

fn no_start(typed: &str) -> Refusal {
    let typed = shown(typed.trim());
    not_a_period(&typed).hint(text!("dites le début, par exemple 2018-11..", "say the start, for instance 2018-11.."))
}

fn of_cohort(cohort: CohortSpan<'_>, sure: Sure) -> (Period, Sure) {
    let kind = PeriodKind::Cohort(cohort.code.to_owned());
    (Period { echo: true, ..Period::spanning(cohort.start, cohort.end, kind) }, sure)
}

fn months_from(first: Month, months: i32, kind: PeriodKind) -> Period {
    Period::spanning(first.first(), first.plus(months - 1).last(), kind)
}

fn week_from(monday: Date) -> Period {
    Period::spanning(monday, monday.plus_days(6), PeriodKind::Week)
}

fn year_period(year: &str) -> Result<(Period, Sure), Refusal> {
    let first = if year.len() == 4 { Month::new(number(year), 1) } else { None };
    let first = first.ok_or_else(|| year_out_of_bounds(year))?;
    Ok((months_from(first, 12, PeriodKind::Year), Sure::Exact))
}

fn exact_month(y: i32, m: u32) -> Result<(Period, Sure), Refusal> {
    match Date::checked(y, m, 1) {
        Ok(first) => Ok((Period::month(first.in_month()), Sure::Exact)),
        Err(refusal) if (1..=12).contains(&m) => Err(refusal),
        Err(refusal) => Err(refusal.hint(did_you_mean(&format!("{y}-{:02}", m.clamp(1, 12))))),
    }
}

fn exact_quarter(y: i32, n: i32) -> Result<(Period, Sure), Refusal> {
    let first = u32::try_from(n).ok().filter(|n| (1..=4).contains(n)).and_then(|n| Month::new(y, n * 3 - 2));
    let nearest = n.clamp(1, 4);
    first.map(|first| (months_from(first, 3, PeriodKind::Quarter), Sure::Exact)).ok_or_else(|| {
        Refusal::usage(text!("trimestre {n} impossible (1 à 4)", "quarter {n} is impossible (1 to 4)"))
            .hint(text!("vouliez-vous dire « {y}T{nearest} » ?", "did you mean “{y}Q{nearest}”?"))
    })
}

fn exact_week(y: i32, n: i32) -> Result<(Period, Sure), Refusal> {
    // The 28 December always lies in the last week of its year, the 4 January in the first.
    let last = Date::new(y, 12, 28).map_or(52, |day| day.iso_week().1 as i32);
    let monday = Date::new(y, 1, 4).map(|day| day.plus_days(7 * (n - 1) - day.weekday() as i32));
    match monday {
        Some(monday) if (1..=last).contains(&n) => Ok((week_from(monday), Sure::Exact)),
        _ => {
            let nearest = n.clamp(1, last);
            Err(Refusal::usage(text!("{y} n'a pas de semaine {n}", "{y} has no week {n}"))
                .hint(text!("vouliez-vous dire « {y}-S{nearest:02} » ?", "did you mean “{y}-W{nearest:02}”?")))
        }
    }
}
