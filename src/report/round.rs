//! The one rounding rule of every figure: integers, half away from zero.

use crate::sheet::Cell;

/// `num` / `den` rounded to the nearest whole number, half away from zero; `den` must be positive.
pub fn divide(num: i64, den: i64) -> i64 {
    let (num, den) = (i128::from(num), i128::from(den.max(1)));
    let magnitude = (2 * num.abs() + den) / (2 * den);
    let signed = if num < 0 { -magnitude } else { magnitude };
    signed.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}

/// `num` / `den` in tenths of a percent, nothing when the base is empty.
pub fn permille(num: i64, den: i64) -> Option<i64> {
    (den > 0).then(|| divide(num.saturating_mul(1000), den))
}

/// `num` / `den` in tenths, nothing when the base is empty: means of ages and days.
pub fn tenths(num: i64, den: i64) -> Option<i64> {
    (den > 0).then(|| divide(num.saturating_mul(10), den))
}

/// A number with one decimal, or an empty cell.
pub fn one_decimal(tenths: Option<i64>) -> Cell {
    tenths.map_or(Cell::Empty, |value| Cell::Decimal { value, scale: 1 })
}

/// `num` / `den` as a percent cell.
pub fn percent(num: i64, den: i64) -> Cell {
    one_decimal(permille(num, den))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero_on_both_sides() {
        for (num, den, want) in
            [(1, 2, 1), (-1, 2, -1), (3, 2, 2), (-3, 2, -2), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (0, 5, 0)]
        {
            assert_eq!(divide(num, den), want, "{num}/{den}");
        }
    }

    #[test]
    fn percents_have_one_decimal_and_no_base_gives_nothing() {
        assert_eq!(permille(1, 3), Some(333));
        assert_eq!(permille(2, 3), Some(667));
        assert_eq!(permille(1, 16), Some(63), "6.25 % rounds up");
        assert_eq!(permille(0, 0), None);
        assert_eq!(tenths(41, 2), Some(205));
    }
}
