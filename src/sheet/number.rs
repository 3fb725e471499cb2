//! Exact text of numbers: no float ever stands between a stored figure and what a file or a screen shows.

use super::Cell;
use crate::domain::Lang;

/// Thousands separator of French typography: a narrow no-break space.
pub const THIN_SPACE: char = '\u{202f}';

/// What separates the whole part of a number from its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `94.2`: machine files, and people reading English.
    Point,
    /// `94,2`: French files and screens.
    Comma,
}

impl Mark {
    /// The decimal mark people expect in a language.
    pub fn of(lang: Lang) -> Mark {
        match lang {
            Lang::Fr => Mark::Comma,
            Lang::En => Mark::Point,
        }
    }
    /// The mark itself.
    pub fn char(self) -> char {
        match self {
            Mark::Point => '.',
            Mark::Comma => ',',
        }
    }
}

/// The exact text of a number, without any thousands separator; `None` when the cell holds no number.
pub fn exact(cell: &Cell, mark: Mark) -> Option<String> {
    match *cell {
        Cell::Int(value) => Some(value.to_string()),
        Cell::Decimal { value, scale } => Some(scaled(value.into(), scale.into(), mark)),
        Cell::Hours(minutes) => Some(hours(minutes, mark)),
        Cell::Cents(cents) => Some(scaled(cents.into(), 2, mark)),
        _ => None,
    }
}

/// The same digits as [`exact`], as people read them: `12 345,60` in French (narrow no-break space), `12345.60` in English.
pub fn for_people(cell: &Cell, lang: Lang) -> Option<String> {
    let plain = exact(cell, Mark::of(lang))?;
    Some(match lang {
        Lang::Fr => grouped(&plain),
        Lang::En => plain,
    })
}

fn hours(minutes: i64, mark: Mark) -> String {
    // Added half a unit before an integer division of absolute values: half away from zero.
    let hundredths = (i128::from(minutes).abs() * 100 + 30) / 60;
    let text = scaled(hundredths * i128::from(minutes.signum()), 2, mark);
    text.trim_end_matches('0').trim_end_matches(mark.char()).to_owned()
}

fn scaled(value: i128, scale: usize, mark: Mark) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale + 1);
    let (whole, decimals) = digits.split_at(digits.len() - scale);
    match decimals {
        "" => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}{}{decimals}", mark.char()),
    }
}

fn grouped(plain: &str) -> String {
    let start = usize::from(plain.starts_with('-'));
    let end = plain.find(',').unwrap_or(plain.len());
    let mut text = String::with_capacity(plain.len() + 6);
    for (at, digit) in plain.char_indices() {
        if at > start && at < end && (end - at).is_multiple_of(3) {
            text.push(THIN_SPACE);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(cell: Cell, point: &str, french: &str) {
        assert_eq!(exact(&cell, Mark::Point).as_deref(), Some(point));
        assert_eq!(for_people(&cell, Lang::Fr).as_deref(), Some(french));
    }

    #[test]
    fn minutes_become_hours_rounded_once_half_away_from_zero() {
        for (minutes, text) in [(210, "3.5"), (200, "3.33"), (60, "1"), (0, "0"), (1, "0.02"), (-200, "-3.33")] {
            assert_eq!(exact(&Cell::Hours(minutes), Mark::Point).as_deref(), Some(text));
        }
        assert_eq!(exact(&Cell::Hours(36_000), Mark::Point).as_deref(), Some("600"));
    }

    #[test]
    fn decimals_are_written_as_many_as_the_scale_says() {
        check(Cell::Decimal { value: 942, scale: 1 }, "94.2", "94,2");
        check(Cell::Decimal { value: 1000, scale: 1 }, "100.0", "100,0");
        check(Cell::Decimal { value: -5, scale: 1 }, "-0.5", "-0,5");
        check(Cell::Decimal { value: 0, scale: 1 }, "0.0", "0,0");
        check(Cell::Decimal { value: 7, scale: 0 }, "7", "7");
    }

    #[test]
    fn thousands_are_grouped_for_french_readers_only() {
        check(Cell::Cents(123_456_789), "1234567.89", "1\u{202f}234\u{202f}567,89");
        check(Cell::Cents(-100_000), "-1000.00", "-1\u{202f}000,00");
        check(Cell::Int(-999), "-999", "-999");
        check(
            Cell::Int(i64::MIN),
            "-9223372036854775808",
            "-9\u{202f}223\u{202f}372\u{202f}036\u{202f}854\u{202f}775\u{202f}808",
        );
        assert_eq!(for_people(&Cell::Cents(123_456), Lang::En).as_deref(), Some("1234.56"));
    }

    proptest! {
        #[test]
        fn every_number_is_one_that_json_can_read(value: i64, scale in 0u8..25) {
            for cell in [Cell::Int(value), Cell::Decimal { value, scale }, Cell::Hours(value), Cell::Cents(value)] {
                let text = exact(&cell, Mark::Point).unwrap();
                prop_assert!(serde_json::from_str::<serde_json::Number>(&text).is_ok(), "{text}");
            }
        }

        #[test]
        fn grouping_changes_no_digit(value: i64) {
            let cell = Cell::Cents(value);
            let people = for_people(&cell, Lang::Fr).unwrap().replace(THIN_SPACE, "");
            prop_assert_eq!(people, exact(&cell, Mark::Comma).unwrap());
        }
    }
}
