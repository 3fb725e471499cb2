//! Calendar days and months: counted in whole days, without time zones or clocks.

use super::refusal::Refusal;
use crate::domain::text::{Lang, Say, Text};
use crate::text;
use chrono::{Datelike, Months, NaiveDate};
use std::borrow::Cow;
use std::fmt;

/// A calendar day, as the number of days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("the epoch is a day");

impl Date {
    /// First day the program understands (births).
    pub const MIN: Date = Date(-14610);
    /// Last day the program understands, 2099-12-31.
    pub const MAX: Date = Date(47481);

    /// The day of a year, month and day, if it exists and lies between [`Date::MIN`] and [`Date::MAX`].
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        let date = Date::from_naive(NaiveDate::from_ymd_opt(year, month, day)?);
        (Date::MIN <= date && date <= Date::MAX).then_some(date)
    }
    /// From the number of days since 1970-01-01, as stored.
    pub fn from_days(days: i32) -> Date {
        Date(days)
    }
    /// The number of days since 1970-01-01.
    pub fn days(self) -> i32 {
        self.0
    }
    fn from_naive(date: NaiveDate) -> Date {
        Date((date - EPOCH).num_days() as i32)
    }
    fn naive(self) -> NaiveDate {
        EPOCH + chrono::Duration::days(i64::from(self.0))
    }
    /// The year.
    pub fn year(self) -> i32 {
        self.naive().year()
    }
    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.naive().month()
    }
    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.naive().day()
    }
    /// The day of the week: 0 = Monday … 6 = Sunday.
    pub fn weekday(self) -> u32 {
        self.naive().weekday().num_days_from_monday()
    }
    /// The ISO week: (year, week number).
    pub fn iso_week(self) -> (i32, u32) {
        let week = self.naive().iso_week();
        (week.year(), week.week())
    }
    /// The day `days` later (earlier when negative).
    pub fn plus_days(self, days: i32) -> Date {
        Date(self.0.saturating_add(days))
    }
    /// The day `months` calendar months later, clamped to the end of the month: 30 November + 3 months = 28 or 29 February.
    pub fn plus_months(self, months: i32) -> Date {
        let date = self.naive();
        let step = Months::new(months.unsigned_abs());
        let moved = if months < 0 { date.checked_sub_months(step) } else { date.checked_add_months(step) };
        moved.map_or(self, Date::from_naive)
    }
    /// The month that holds this day.
    pub fn in_month(self) -> Month {
        let date = self.naive();
        Month(date.year() * 12 + date.month0() as i32)
    }
    /// Completed years on `day` of someone born on this date; a 29 February birthday falls on 1 March in a common year.
    pub fn age_on(self, day: Date) -> i32 {
        let had_birthday = (day.month(), day.day()) >= (self.month(), self.day());
        day.year() - self.year() - i32::from(!had_birthday)
    }
    /// Reads `2018-11-05` exactly; nothing else.
    pub fn parse_iso(text: &str) -> Result<Date, Refusal> {
        let refuse =
            || Refusal::usage(text!("« {text} » n'est pas une date AAAA-MM-JJ", "“{text}” is not a date YYYY-MM-DD"));
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' || !digits(0..4) || !digits(5..7) || !digits(8..10)
        {
            return Err(refuse());
        }
        let number = |range: std::ops::Range<usize>| bytes[range].iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'));
        Date::checked(number(0..4) as i32, number(5..7), number(8..10))
    }
    /// The day of a year, month and day, or the sentence that says why there is no such day.
    pub fn checked(y: i32, m: u32, d: u32) -> Result<Date, Refusal> {
        if let Some(date) = Date::new(y, m, d) {
            return Ok(date);
        }
        Err(Refusal::usage(Date::no_such_day(y, m, d)))
    }
    fn no_such_day(y: i32, m: u32, d: u32) -> Text {
        if !(1..=12).contains(&m) {
            return text!("mois {m} impossible (1 à 12)", "month {m} is impossible (1 to 12)");
        }
        let first = NaiveDate::from_ymd_opt(y, m, 1);
        match first.map(|f| Date::from_naive(f).in_month()) {
            Some(month) if Date::MIN <= month.first() && month.last() <= Date::MAX => {
                let (fr, en, n) = (month.name(super::Lang::Fr), month.name(super::Lang::En), month.last().day());
                text!(
                    "le {d:02}/{m:02}/{y} n'existe pas ({fr} a {n} jours)",
                    "{d:02}/{m:02}/{y} does not exist ({en} has {n} days)"
                )
            }
            _ => {
                text!("l'année {y} est hors des limites (1930 à 2099)", "the year {y} is out of bounds (1930 to 2099)")
            }
        }
    }
    /// `05/11/2018`, as screens and French files show it.
    pub fn french(self) -> String {
        let d = self.naive();
        format!("{:02}/{:02}/{:04}", d.day(), d.month(), d.year())
    }
}

impl Say for Date {
    /// `05/11/2018` in French, `2018-11-05` in English.
    fn said(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Owned(match lang {
            Lang::Fr => self.french(),
            Lang::En => self.to_string(),
        })
    }
}

impl fmt::Display for Date {
    /// ISO: `2018-11-05`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = self.naive();
        write!(f, "{:04}-{:02}-{:02}", d.year(), d.month(), d.day())
    }
}

/// A calendar month, as year * 12 + (month - 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month of a year, 1 to 12.
    pub fn new(year: i32, month: u32) -> Option<Month> {
        Date::new(year, month, 1).map(Date::in_month)
    }
    /// From the stored number, year * 12 + (month - 1).
    pub fn from_number(number: i32) -> Month {
        Month(number)
    }
    /// year * 12 + (month - 1).
    pub fn number(self) -> i32 {
        self.0
    }
    /// Its first day.
    pub fn first(self) -> Date {
        let date = NaiveDate::from_ymd_opt(self.0.div_euclid(12), self.0.rem_euclid(12) as u32 + 1, 1);
        Date::from_naive(date.unwrap_or(EPOCH))
    }
    /// Its last day.
    pub fn last(self) -> Date {
        self.plus(1).first().plus_days(-1)
    }
    /// The month `n` later (earlier when negative).
    pub fn plus(self, n: i32) -> Month {
        Month(self.0 + n)
    }
    /// `novembre 2018` / `November 2018`.
    pub fn name(self, lang: super::Lang) -> String {
        let words = match lang {
            super::Lang::Fr => &MONTHS_FR,
            super::Lang::En => &MONTHS_EN,
        };
        format!("{} {}", words[self.0.rem_euclid(12) as usize], self.0.div_euclid(12))
    }
}

/// French month names, January first.
pub const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
/// English month names, January first.
pub const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl fmt::Display for Month {
    /// `2018-11`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    #[test]
    fn months_are_clamped_to_the_end_of_the_month() {
        assert_eq!(day("2018-11-30").plus_months(3), day("2019-02-28"));
        assert_eq!(day("2019-11-30").plus_months(3), day("2020-02-29"));
        assert_eq!(day("2019-03-31").plus_months(-1), day("2019-02-28"));
    }

    #[test]
    fn a_29_february_birthday_falls_on_1_march() {
        let born = day("2000-02-29");
        assert_eq!(born.age_on(day("2018-02-28")), 17);
        assert_eq!(born.age_on(day("2018-03-01")), 18);
        assert_eq!(born.age_on(day("2020-02-29")), 20);
    }

    #[test]
    fn only_strict_iso_dates_are_read() {
        for bad in [
            "2018-2-3",
            " 2018-01-01",
            "+2018-01-01",
            "-0001-01-01",
            "2018-01-01 ",
            "0001-01-01",
            "9999-12-31",
            "2018-02-30",
            "2018-13-01",
            "2018-00-10",
            "2019-02-29",
        ] {
            assert!(Date::parse_iso(bad).is_err(), "{bad}");
        }
        assert_eq!(day("2020-02-29").to_string(), "2020-02-29");
    }

    #[test]
    fn bounds_are_the_days_they_say() {
        assert_eq!(Date::MIN, day("1930-01-01"));
        assert_eq!(Date::MAX, day("2099-12-31"));
    }
}
