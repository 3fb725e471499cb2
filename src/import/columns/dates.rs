//! Dates of a column of a file: the whole column is read in one order, and never guessed cell by cell.

use crate::domain::date::Date;
use crate::domain::day::{full_year, is_digits, not_iso, number, short_year, year_out_of_bounds};
use crate::domain::folding::shown;
use crate::domain::refusal::{Reason, Refusal};
use crate::domain::text::Text;
use crate::text;

/// The order of day, month and year in a column. ISO dates are read in every order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// ISO only.
    Iso,
}

impl DateOrder {
    /// How the order is said to people: `JJ/MM/AAAA`.
    pub fn said(self) -> Text {
        match self {
            DateOrder::Dmy => text!("JJ/MM/AAAA", "DD/MM/YYYY"),
            DateOrder::Mdy => text!("MM/JJ/AAAA", "MM/DD/YYYY"),
            DateOrder::Iso => text!("AAAA-MM-JJ", "YYYY-MM-DD"),
        }
    }
    /// The code that `--dates` takes.
    pub fn code(self) -> &'static str {
        match self {
            DateOrder::Dmy => "dmy",
            DateOrder::Mdy => "mdy",
            DateOrder::Iso => "iso",
        }
    }
    /// The order that has this code.
    pub fn from_code(code: &str) -> Option<DateOrder> {
        [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Iso].into_iter().find(|order| order.code() == code)
    }
}

/// The cell that proves that a column is not in the order of the country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderProof {
    /// Which of the cells given, counted from 0.
    pub index: usize,
    /// What to say about it.
    pub refusal: Refusal,
}

/// The order of a column: ISO when every date is, else day/month, unless a cell proves that it is month/day.
pub fn infer_order<'a>(cells: impl IntoIterator<Item = &'a str>) -> Result<DateOrder, OrderProof> {
    let mut order = DateOrder::Iso;
    let (mut day_first, mut month_first) = (false, None);
    for (index, cell) in cells.into_iter().enumerate() {
        let Some((first, second, _)) = cut(without_time(cell.trim())) else {
            continue;
        };
        order = DateOrder::Dmy;
        match (number(first), number(second)) {
            (1..=12, 13..=31) if month_first.is_none() => month_first = Some((index, cell.trim())),
            (13..=31, 1..=12) => day_first = true,
            _ => {}
        }
    }
    match month_first {
        Some((index, cell)) => Err(OrderProof { index, refusal: month_before_day(cell, day_first) }),
        None => Ok(order),
    }
}

fn month_before_day(cell: &str, day_first: bool) -> Refusal {
    let typed = shown(cell);
    let refusal = Refusal::data(text!(
        "« {typed} » n'est pas dans l'ordre jour/mois/année",
        "“{typed}” is not in the order day/month/year"
    ));
    if day_first {
        return refusal
            .why(text!(
                "d'autres dates de la colonne ont le jour en premier",
                "other dates of the column have the day first"
            ))
            .hint(text!("écrivez toutes les dates JJ/MM/AAAA", "write all the dates DD/MM/YYYY"));
    }
    refusal
        .why(text!("le deuxième nombre ne peut pas être un mois", "the second number can't be a month"))
        .hint(text!("si la colonne est mois/jour/année : --dates mdy", "if the column is month/day/year: --dates mdy"))
}

/// A cell of a column whose order is known.
pub fn parse_in_column(cell: &str, order: DateOrder) -> Result<Date, Refusal> {
    read(cell.trim(), order).map_err(|refusal| Refusal { reason: Reason::Data, ..refusal })
}

fn read(cell: &str, order: DateOrder) -> Result<Date, Refusal> {
    let bare = without_time(cell);
    if let Some((first, second, year)) = cut(bare) {
        return read_in_order(bare, (number(first) as u32, number(second) as u32, year), order);
    }
    let parts: Vec<&str> = bare.split(['-', '/', '.']).collect();
    if let [y, m, d] = parts[..]
        && [y, m, d].iter().all(|part| is_digits(part) && part.len() <= 4)
        && y.len() == 4
    {
        let date = Date::checked(number(y), number(m) as u32, number(d) as u32)?;
        return if date.to_string() == bare { Ok(date) } else { Err(not_iso(cell, date)) };
    }
    let typed = shown(cell);
    let refusal = Refusal::usage(text!("« {typed} » n'est pas une date", "“{typed}” is not a date"));
    if let Some(day) = is_digits(cell).then(|| day_of_serial(i64::from(number(cell)))).flatten() {
        let (french, iso) = (day.french(), day.to_string());
        return Err(refusal
            .why(text!("c'est le numéro d'un jour dans un tableur", "it is the number of a day in a spreadsheet"))
            .hint(text!("ce serait le {french} : écrivez {iso}", "it would be {iso}: write {iso}")));
    }
    let said = order.said();
    Err(refusal.hint(match order {
        DateOrder::Iso => text!(
            "écrivez {said}, par exemple 2018-11-05",
            "write {said}, for instance 2018-11-05";
            said
        ),
        _ => text!("écrivez {said} ou AAAA-MM-JJ", "write {said} or YYYY-MM-DD"; said),
    }))
}

fn read_in_order(cell: &str, (first, second, year): (u32, u32, &str), order: DateOrder) -> Result<Date, Refusal> {
    let (d, m) = match order {
        DateOrder::Dmy => (first, second),
        DateOrder::Mdy => (second, first),
        DateOrder::Iso => {
            let typed = shown(cell);
            return Err(Refusal::usage(text!("« {typed} » n'est pas AAAA-MM-JJ", "“{typed}” is not YYYY-MM-DD")).hint(
                text!(
                    "si la colonne est jour/mois/année : --dates dmy",
                    "if the column is day/month/year: --dates dmy"
                ),
            ));
        }
    };
    match year.len() {
        4 => Date::checked(number(year), m, d),
        2 => Err(short_year(Some((d, m, full_year(number(year)))))),
        5.. => Err(year_out_of_bounds(year)),
        _ => Err(short_year(None)),
    }
}

/// The three numbers of `05/11/2018`, `5-11-2018` or `5.11.2018`, whatever their order.
fn cut(cell: &str) -> Option<(&str, &str, &str)> {
    let sign = cell.chars().find(|c| "/-.".contains(*c))?;
    let parts: Vec<&str> = cell.split(sign).collect();
    match parts[..] {
        [first, second, year]
            if [first, second].iter().all(|part| is_digits(part) && part.len() <= 2)
                && is_digits(year)
                && (year.len() != 1 || sign == '/') =>
        {
            Some((first, second, year))
        }
        _ => None,
    }
}

/// The date of a cell that also holds a time of day.
pub fn without_time(cell: &str) -> &str {
    cut_time(cell).map_or(cell, |(date, _)| date)
}

/// Whether a cell holds a date with a time of day that says something: midnight is how programs write a bare date.
pub fn has_time(cell: &str) -> bool {
    cut_time(cell.trim()).is_some_and(|(_, time)| time.bytes().any(|b| matches!(b, b'1'..=b'9')))
}

/// A date and the time of day after it.
fn cut_time(cell: &str) -> Option<(&str, &str)> {
    let (date, time) = cell.split_once(['T', ' '])?;
    let clock = time.trim_end_matches('Z').trim();
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let fits = (2..=3).contains(&parts.len())
        && parts.iter().zip([24, 60, 60]).all(|(part, most)| is_digits(part) && part.len() <= 2 && number(part) < most);
    (fits && is_digits(fraction) && date.starts_with(|c: char| c.is_ascii_digit())).then_some((date, time))
}

/// A cell of a column whose years of two digits all lie within these days, so that each has one reading.
///
/// # Errors
/// As [`parse_in_column`]; a year of two digits that has no reading or two.
pub fn parse_within(cell: &str, order: DateOrder, window: Option<(Date, Date)>) -> Result<Date, Refusal> {
    match window.and_then(|window| short_date(cell, order, window)) {
        Some(date) => Ok(date),
        None => parse_in_column(cell, order),
    }
}

/// The one day within a window that a date with a year of two digits may be.
pub fn short_date(cell: &str, order: DateOrder, (first, last): (Date, Date)) -> Option<Date> {
    let (a, b, year) = cut(without_time(cell.trim())).filter(|(_, _, year)| year.len() == 2)?;
    let (d, m) = match order {
        DateOrder::Mdy => (number(b) as u32, number(a) as u32),
        DateOrder::Dmy | DateOrder::Iso => (number(a) as u32, number(b) as u32),
    };
    let readings = [1900, 2000].into_iter().filter_map(|century| Date::new(century + number(year), m, d));
    let mut fitting = readings.filter(|date| first <= *date && *date <= last);
    let found = fitting.next()?;
    fitting.next().is_none().then_some(found)
}

/// Whether a cell is a date with a year of two digits.
pub fn is_short(cell: &str) -> bool {
    cut(without_time(cell.trim())).is_some_and(|(_, _, year)| year.len() == 2)
}

/// The day of a spreadsheet's serial number: 43409 is 2018-11-05.
pub fn day_of_serial(serial: i64) -> Option<Date> {
    const SERIAL_OF_1970: i64 = 25569;
    let days = i32::try_from(serial.checked_sub(SERIAL_OF_1970)?).ok()?;
    Some(Date::from_days(days)).filter(|day| Date::MIN <= *day && *day <= Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;
    use proptest::prelude::*;

    #[track_caller]
    fn check(cell: &str, order: DateOrder, date: &str) {
        assert_eq!(parse_in_column(cell, order).map(|date| date.to_string()), Ok(date.to_owned()), "{cell}");
    }

    #[track_caller]
    fn refused(cell: &str, order: DateOrder, words: &str) {
        let refusal = parse_in_column(cell, order).expect_err(cell);
        assert_eq!(refusal.reason, Reason::Data);
        let said = refusal.lines(Lang::Fr).join("\n");
        assert!(said.contains(words), "{cell}: {said}");
    }

    #[test]
    fn iso_is_read_in_every_order() {
        for order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Iso] {
            check("2018-11-05", order, "2018-11-05");
            check("2018-11-05 00:00:00", order, "2018-11-05");
            check("2018-11-05T00:00:00", order, "2018-11-05");
            check("2018-11-05T00:00:00.000Z", order, "2018-11-05");
            check("2018-11-05 14:30:00", order, "2018-11-05");
            check("2001-02-01 00:00:00.0", order, "2001-02-01");
            refused("2018-11-05 25:30", order, "n'est pas une date");
        }
    }

    #[test]
    fn the_order_decides_what_comes_first() {
        for cell in ["05/11/2018", "5-11-2018", " 5.11.2018 ", "05/11/2018 00:00"] {
            check(cell, DateOrder::Dmy, "2018-11-05");
            check(cell, DateOrder::Mdy, "2018-05-11");
            refused(cell, DateOrder::Iso, "--dates dmy");
        }
        check("11/25/2018", DateOrder::Mdy, "2018-11-25");
        refused("11/25/2018", DateOrder::Dmy, "mois 25 impossible");
        refused("31/11/2000", DateOrder::Dmy, "le 31/11/2000 n'existe pas");
    }

    #[test]
    fn cells_that_are_no_full_date_are_refused_with_what_would_be_right() {
        refused("05/11/18", DateOrder::Dmy, "année sur 4 chiffres : 05/11/2018 ?");
        refused("11/05/18", DateOrder::Mdy, "année sur 4 chiffres : 05/11/2018 ?");
        refused("03/02/00", DateOrder::Dmy, "03/02/2000 ?");
        refused("43409", DateOrder::Dmy, "ce serait le 05/11/2018 : écrivez 2018-11-05");
        refused("2018-1-5", DateOrder::Iso, "« 2018-01-05 »");
        refused("2018/11/05", DateOrder::Dmy, "« 2018-11-05 »");
        refused("2018-02-30", DateOrder::Iso, "n'existe pas");
        refused("01/01/99999", DateOrder::Dmy, "hors des limites");
        refused("9999-12-31", DateOrder::Dmy, "hors des limites");
        for other in ["", "hier", "5/11", "nov 2018", "1", "-0001-01-01", "5/11-2018", "12345678901", "٠٥/١١/٢٠١٨"]
        {
            refused(other, DateOrder::Dmy, "n'est pas une date");
        }
    }

    #[test]
    fn a_column_is_day_first_unless_a_cell_proves_otherwise() {
        assert_eq!(infer_order(["2018-11-05", "", "2018-11-06 00:00:00"]), Ok(DateOrder::Iso));
        assert_eq!(infer_order([]), Ok(DateOrder::Iso));
        assert_eq!(infer_order(["12/12/2018", "2018-11-05"]), Ok(DateOrder::Dmy));
        assert_eq!(infer_order(["05/11/2018", "25/11/2018", "x"]), Ok(DateOrder::Dmy));
        assert_eq!(infer_order(["05/11/2018", "31/31/2018"]), Ok(DateOrder::Dmy));
        let proof = infer_order(["05/11/2018", "", "11/25/2018", "12/31/2018"]).unwrap_err();
        assert_eq!(proof.index, 2);
        assert!(proof.refusal.lines(Lang::Fr).join(" ").contains("--dates mdy"));
        let mixed = infer_order(["25/11/2018", "11/25/2018"]).unwrap_err();
        assert_eq!(mixed.index, 1);
        assert!(mixed.refusal.lines(Lang::Fr).join(" ").contains("toutes les dates"));
        assert_eq!(infer_order(["11/25/18"]).unwrap_err().index, 0);
    }

    #[test]
    fn a_year_of_two_digits_is_read_where_it_has_one_reading() {
        let days = (Date::new(1958, 1, 1).unwrap(), Date::new(2011, 12, 31).unwrap());
        let read = |cell, order| parse_within(cell, order, Some(days)).map(|d| d.to_string()).ok();
        assert_eq!(read("05/11/98", DateOrder::Dmy).as_deref(), Some("1998-11-05"));
        assert_eq!(read("05/11/02", DateOrder::Mdy).as_deref(), Some("2002-05-11"));
        assert_eq!(read("05/11/30", DateOrder::Dmy), None);
        assert!(is_short("1/2/98 00:00") && !is_short("1/2/1998"));
        assert!(has_time("2018-11-05 14:30") && !has_time("2018-11-05 00:00:00.0") && !has_time("14:30"));
    }

    #[test]
    fn orders_have_the_codes_of_the_flag() {
        for order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Iso] {
            assert_eq!(DateOrder::from_code(order.code()), Some(order));
        }
        assert_eq!(DateOrder::from_code("ymd"), None);
    }

    #[test]
    fn serial_numbers_are_those_of_spreadsheets() {
        assert_eq!(day_of_serial(43409), Date::new(2018, 11, 5));
        assert_eq!(day_of_serial(36526), Date::new(2000, 1, 1));
        for outside in [0, 10958, 73051, i64::MIN, i64::MAX] {
            assert_eq!(day_of_serial(outside), None, "{outside}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_panics(cell in any::<String>()) {
            for order in [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Iso] {
                let _ = (parse_in_column(&cell, order), infer_order([cell.as_str()]));
            }
        }

        #[test]
        fn every_day_is_read_back(days in -14610i32..47482) {
            let date = Date::from_days(days);
            prop_assert_eq!(parse_in_column(&date.to_string(), DateOrder::Iso), Ok(date));
            prop_assert_eq!(parse_in_column(&date.french(), DateOrder::Dmy), Ok(date));
            prop_assert_eq!(day_of_serial(i64::from(days) + 25569), Some(date));
        }

        #[test]
        fn no_near_date_panics(cell in "[0-9]{0,5}[-/. T][0-9]{0,3}[-/.:]?[0-9]{0,6}") {
            let _ = (parse_in_column(&cell, DateOrder::Dmy), infer_order([cell.as_str()]));
        }
    }
}
