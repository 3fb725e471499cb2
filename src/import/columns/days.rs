//! The days of an attendance grid, as headers write them: `2018-12-10 am`, `lun. 07/09`, `L7`, one or two columns a day.

use crate::domain::cohort::Half;
use crate::domain::date::Date;
use crate::domain::day::{is_digits, month_named, number};
use crate::domain::folding::fold;
use crate::domain::{ClosedList, Refusal, Text};
use crate::import::columns::dates::{DateOrder, infer_order, parse_in_column, without_time};
use crate::text;

/// A day as the header of a column writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayHeader {
    /// A whole date.
    On(Date),
    /// Without its year, and maybe its month: the cohort's dates tell them.
    In {
        /// The days of the week that it may be, a bit each from Monday; none = not said.
        weekdays: u8,
        /// The day of the month.
        day: u8,
        /// The month.
        month: Option<u8>,
    },
}

/// The day, and the half where the column is one, of each header.
pub type Days = Vec<Header>;

type Header = Option<(DayHeader, Option<Half>)>;

/// A header cut in its parts.
struct Cut {
    weekdays: u8,
    date: Written,
    half: Option<String>,
}

/// A date as it is written.
enum Written {
    /// Numbers, year included.
    Full(String),
    /// Day, month and year where it is said.
    Parts(u8, Option<u8>, Option<i32>),
}

/// The day of each header, `None` for the others; nothing at all when the file is no grid: `sure` when it must be one.
pub fn days(headers: &[String], dates: Option<DateOrder>, sure: Sure) -> Result<Option<Days>, Refusal> {
    let cut: Vec<Option<Cut>> = headers.iter().map(|h| cut(h)).collect();
    let halves = cut.iter().flatten().filter(|c| c.half.is_some()).count();
    let enough = match sure {
        Sure::Grid => 1,
        Sure::Guess => 2,
    };
    if halves == 0 && cut.iter().flatten().count() < enough {
        return Ok(None);
    }
    let order = match dates {
        Some(order) => order,
        None => {
            let full = cut.iter().flatten().filter_map(|c| match &c.date {
                Written::Full(date) => Some(date.as_str()),
                Written::Parts(..) => None,
            });
            infer_order(full).map_err(|proof| proof.refusal)?
        }
    };
    let mut days = Vec::with_capacity(headers.len());
    let short = cut.iter().flatten().any(|c| c.half.as_deref() == Some("m"));
    for cut in &cut {
        days.push(match cut {
            None => None,
            Some(cut) => Some((day(cut, order)?, cut.half.as_deref().and_then(|word| half(word, short)))),
        });
    }
    two_columns_a_day(headers, &mut days);
    Ok(Some(days))
}

/// Whether a file is known to be attendance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sure {
    /// A person said so.
    Grid,
    /// It is to be told from the headers.
    Guess,
}

/// Whether a header is a day, or half of one.
pub fn looks_like_day(header: &str) -> bool {
    cut(header).is_some()
}

/// Whether a header begins with a date and ends with the half of a day.
pub fn looks_like_half_day(header: &str) -> bool {
    cut(header).is_some_and(|cut| cut.half.is_some())
}

/// Where each day has two columns, the first is the morning and the second the afternoon: the day written twice, or once
/// above both.
fn two_columns_a_day(headers: &[String], days: &mut Days) {
    let bare: Vec<usize> = (0..days.len()).filter(|at| matches!(days[*at], Some((_, None)))).collect();
    let next_is = |at: usize, fits: &dyn Fn(&Header, &str) -> bool| {
        let header = headers.get(at + 1).map_or("?", |h| h.as_str());
        days.get(at + 1).is_some_and(|next| fits(next, header))
    };
    let merged =
        !bare.is_empty() && bare.iter().all(|at| next_is(*at, &|next, header| next.is_none() && header.is_empty()));
    let twice: Vec<usize> = bare.iter().copied().filter(|at| next_is(*at, &|next, _| *next == days[*at])).collect();
    if merged {
        for at in bare {
            if let Some((day, half)) = &mut days[at] {
                *half = Some(Half::Am);
                let day = *day;
                days[at + 1] = Some((day, Some(Half::Pm)));
            }
        }
    } else if twice.len() * 2 == bare.len() {
        for at in twice {
            for (place, of) in [(at, Half::Am), (at + 1, Half::Pm)] {
                if let Some((_, half)) = &mut days[place] {
                    *half = Some(of);
                }
            }
        }
    }
}

fn half(word: &str, short: bool) -> Option<Half> {
    match word {
        "m" => Some(Half::Am),
        // Beside a column `m`, `am` is the French afternoon.
        "am" if short => Some(Half::Pm),
        "a" | "ap" | "s" => Some(Half::Pm),
        _ => Half::find(word).ok(),
    }
}

fn is_half(word: &str) -> bool {
    half(word, false).is_some()
}

fn day(cut: &Cut, order: DateOrder) -> Result<DayHeader, Refusal> {
    match &cut.date {
        Written::Full(date) => parse_in_column(date, order).map(DayHeader::On),
        Written::Parts(day, Some(month), Some(year)) => {
            Date::checked(*year, u32::from(*month), u32::from(*day)).map(DayHeader::On)
        }
        Written::Parts(day, month, _) => Ok(DayHeader::In { weekdays: cut.weekdays, day: *day, month: *month }),
    }
}

fn cut(header: &str) -> Option<Cut> {
    // Most headers are no day: told at a glance.
    if header.len() > 60 || !header.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let folded = fold(without_time(header.trim()));
    let spaced: String = folded.chars().map(|c| if "()_,\n".contains(c) { ' ' } else { c }).collect();
    let mut words: Vec<String> = spaced.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    if let Some(first) = words.first().cloned()
        && let Some(at) = first.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)
    {
        let (letters, rest) = first.split_at(at);
        words.splice(0..1, [letters.to_owned(), rest.to_owned()]);
    }
    let mut words: std::collections::VecDeque<String> = words.into();
    let weekdays = words.front().map_or(0, |word| weekdays(word.trim_end_matches('.')));
    if weekdays != 0 {
        words.pop_front();
    }
    let first = words.pop_front()?;
    let date = written(&first, &mut words, weekdays != 0)?;
    let half = words.pop_front().map(|word| word.replace('.', ""));
    let fits = half.as_deref().is_none_or(is_half) && words.is_empty();
    fits.then_some(Cut { weekdays, date, half })
}

fn written(first: &str, rest: &mut std::collections::VecDeque<String>, weekday: bool) -> Option<Written> {
    let parts: Vec<&str> = first.split(['/', '-', '.']).filter(|p| !p.is_empty()).collect();
    if !parts.iter().all(|part| is_digits(part)) || parts.is_empty() {
        return None;
    }
    let small = |text: &str, most: i32| u8::try_from(number(text)).ok().filter(|n| (1..=most).contains(&i32::from(*n)));
    match parts[..] {
        [a, b, c] if [a, b, c].iter().any(|p| p.len() == 4) => Some(Written::Full(first.to_owned())),
        [d, m, y] if y.len() == 2 => Some(Written::Parts(small(d, 31)?, Some(small(m, 12)?), Some(2000 + number(y)))),
        [_, _, _] => Some(Written::Full(first.to_owned())),
        [d, m] if d.len() <= 2 && m.len() <= 2 => Some(Written::Parts(small(d, 31)?, Some(small(m, 12)?), None)),
        [d] if d.len() <= 2 => {
            let month = rest.front().and_then(|word| month_named(word));
            if month.is_some() {
                rest.pop_front();
            }
            let year = rest.front().filter(|w| month.is_some() && w.len() == 4 && is_digits(w)).map(|w| number(w));
            if year.is_some() {
                rest.pop_front();
            }
            // A bare number is a day only beside its weekday or its month.
            (weekday || month.is_some()).then_some(Written::Parts(small(d, 31)?, month.map(|m| m as u8), year))
        }
        _ => None,
    }
}

/// The days of the week that a word may be, a bit each from Monday.
fn weekdays(word: &str) -> u8 {
    const NAMES: [&[&str]; 7] = [
        &["lundi", "monday"],
        &["mardi", "tuesday"],
        &["mercredi", "wednesday"],
        &["jeudi", "thursday"],
        &["vendredi", "friday"],
        &["samedi", "saturday"],
        &["dimanche", "sunday"],
    ];
    if word.is_empty() {
        return 0;
    }
    let fits = |names: &[&str]| names.iter().any(|name| name.starts_with(word));
    let french = |names: &[&str]| names.iter().take(1).any(|name| name.starts_with(word));
    let of = |fits: &dyn Fn(&[&str]) -> bool| {
        NAMES.iter().enumerate().filter(|(_, names)| fits(names)).fold(0u8, |bits, (at, _)| bits | 1 << at)
    };
    // `m` and `s` are French before they are English.
    match of(&french) {
        0 => of(&fits),
        bits => bits,
    }
}

impl DayHeader {
    /// The day within these dates.
    ///
    /// # Errors
    /// No day of the cohort is so called, or two are.
    pub fn within(self, (first, last): (Date, Date)) -> Result<Date, Text> {
        let (weekdays, day, month) = match self {
            DayHeader::On(date) => return Ok(date),
            DayHeader::In { weekdays, day, month } => (weekdays, day, month),
        };
        let months = (first.year() * 12 + first.month() as i32 - 1)..=(last.year() * 12 + last.month() as i32 - 1);
        let dates = months.filter_map(|m| Date::new(m.div_euclid(12), m.rem_euclid(12) as u32 + 1, u32::from(day)));
        let fits = |date: &Date| {
            (first..=last).contains(date)
                && month.is_none_or(|m| date.month() == u32::from(m))
                && (weekdays == 0 || weekdays & (1 << date.weekday()) != 0)
        };
        let found: Vec<Date> = dates.filter(fits).collect();
        match found[..] {
            [date] => Ok(date),
            [] => Err(text!(
                "aucun jour de la promotion ({first} au {last}) ne s'appelle ainsi",
                "no day of the cohort ({first} to {last}) is so called";
                first, last
            )),
            [a, b, ..] => Err(text!("ce peut être le {a} ou le {b}", "it may be {a} or {b}"; a, b)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, expected: Option<(&str, Option<Half>)>) {
        let first = Date::new(2026, 9, 1).unwrap();
        let read = days(&[header.to_owned()], None, Sure::Grid).unwrap().and_then(|all| all[0]);
        let read = read.map(|(day, half)| (day.within((first, first.plus_days(60))).unwrap().to_string(), half));
        assert_eq!(read, expected.map(|(d, h)| (d.to_owned(), h)), "{header}");
    }

    #[test]
    fn half_days_are_recognised_as_sheets_write_them() {
        let (am, pm) = (Some(Half::Am), Some(Half::Pm));
        check("2018-12-10 am", Some(("2018-12-10", am)));
        check("10/12/2018 matin", Some(("2018-12-10", am)));
        check("10/12/2018  Après-midi", Some(("2018-12-10", pm)));
        check("2018-12-10 PM", Some(("2018-12-10", pm)));
        check("2018-12-10", Some(("2018-12-10", None)));
        check("2018-12-10 00:00:00", Some(("2018-12-10", None)));
        check("lundi 7 septembre 2026 (matin)", Some(("2026-09-07", am)));
        check("lun. 07/09", Some(("2026-09-07", None)));
        check("L7 m", Some(("2026-09-07", am)));
        check("M8 a", Some(("2026-09-08", pm)));
        check("Lun 07/09/26 apm", Some(("2026-09-07", pm)));
        for other in ["Date", "3 am", "12", "Tél. 2", "2018", "Note /20", "Module F1", "A2"] {
            check(other, None);
        }
    }

    #[test]
    fn a_day_without_its_month_is_that_of_the_cohort_or_refused() {
        let (first, last) = (Date::new(2026, 9, 1).unwrap(), Date::new(2026, 11, 27).unwrap());
        let day = |weekdays, day| DayHeader::In { weekdays, day, month: None }.within((first, last));
        assert_eq!(day(1, 7), Ok(Date::new(2026, 9, 7).unwrap()));
        assert_eq!(day(1, 14).map(|d| d.to_string()).ok().as_deref(), Some("2026-09-14"));
        assert!(day(0, 7).unwrap_err().en.contains("it may be 2026-09-07 or 2026-10-07"));
        assert!(day(1, 8).unwrap_err().en.contains("so called"));
    }

    #[test]
    fn two_columns_of_one_day_are_its_morning_and_its_afternoon() {
        let halves = |line: &str| {
            let headers: Vec<String> = line.split(';').map(str::to_owned).collect();
            let days = days(&headers, None, Sure::Guess).unwrap().unwrap();
            days.iter().map(|d| d.and_then(|(_, half)| half)).collect::<Vec<_>>()
        };
        let (am, pm) = (Some(Half::Am), Some(Half::Pm));
        assert_eq!(halves("Nom;07/09/2026;;08/09/2026;"), [None, am, pm, am, pm]);
        assert_eq!(halves("Nom;07/09/2026;07/09/2026;08/09/2026;08/09/2026"), [None, am, pm, am, pm]);
        assert_eq!(halves("Nom;07/09/2026;08/09/2026"), [None; 3]);
        assert_eq!(halves("Nom;L7 M;L7 AM;M8 M;M8 AM"), [None, am, pm, am, pm]);
    }

    #[test]
    fn dates_in_headers_are_read_one_way_or_refused() {
        let all = |a: &str, b: &str, order| days(&[a.to_owned(), b.to_owned()], order, Sure::Guess);
        assert!(all("12/25/2018 am", "12/24/2018 am", None).is_err());
        assert!(all("12/25/2018 am", "12/24/2018 am", Some(DateOrder::Mdy)).is_ok());
        assert!(all("31/11/2018 am", "x", None).is_err());
    }
}
