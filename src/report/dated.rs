//! Which of several dated things counts on a day.

use crate::domain::Date;

/// Of the dated targets of one grant, the one that counts on a day: the next to be reached, then one without a day, and the
/// last when all have passed.
pub fn in_force<T>(targets: &[T], by: impl Fn(&T) -> Option<Date>, as_of: Date) -> Option<&T> {
    let to_come = targets.iter().filter(|one| by(one).is_some_and(|day| day >= as_of)).min_by_key(|one| by(one));
    let open = || targets.iter().find(|one| by(one).is_none());
    let passed = || targets.iter().max_by_key(|one| by(one));
    to_come.or_else(open).or_else(passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_dated_targets_the_next_one_counts_then_the_undated_then_the_last() {
        let day = |text: &str| Date::parse_iso(text).unwrap();
        let dated = [Some(day("2018-12-31")), Some(day("2019-12-31")), None];
        let force = |targets: &[Option<Date>], as_of: &str| in_force(targets, |by| *by, day(as_of)).copied();
        assert_eq!(force(&dated, "2018-12-31"), Some(Some(day("2018-12-31"))));
        assert_eq!(force(&dated, "2019-01-01"), Some(Some(day("2019-12-31"))));
        assert_eq!(force(&dated, "2020-01-01"), Some(None));
        assert_eq!(force(&dated[..2], "2020-01-01"), Some(Some(day("2019-12-31"))));
        assert_eq!(force(&[], "2020-01-01"), None);
    }
}
