//! The month of birth that stays: no age on any entry day may change.

use super::identity::month_of_birth;
use crate::domain::Date;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

#[track_caller]
fn check(birth: &str, entries: &[&str], want: Option<&str>) {
    let entries = entries.iter().map(|entry| day(entry)).collect();
    assert_eq!(month_of_birth(day(birth), &entries).map(|d| d.to_string()).as_deref(), want, "{birth} {entries:?}");
}

#[test]
fn the_first_of_the_month_stands_for_a_birth_date_unless_an_age_would_change() {
    check("2000-02-29", &[], Some("2000-02-01"));
    check("2000-11-20", &["2018-12-03"], Some("2000-11-01"));
    // Turned 18 on the entry day, or the day after it.
    check("2000-11-05", &["2018-11-05"], Some("2000-11-01"));
    check("2000-11-06", &["2018-11-05"], Some("2000-11-30"));
    // One entry before the birthday, another one after it: only the day itself tells both ages.
    check("2000-11-06", &["2018-11-05", "2019-11-07"], None);
    check("2000-02-29", &["2019-02-28", "2019-03-01"], Some("2000-02-29"));
    check("2000-02-15", &["2019-02-14"], Some("2000-02-29"));
}

proptest! {
    #[test]
    fn no_age_on_an_entry_day_ever_changes(
        birth in 3_650i32..14_600,
        entries in proptest::collection::btree_set(15_000i32..22_000, 0..5),
    ) {
        let birth = Date::from_days(birth);
        let entries: BTreeSet<Date> = entries.into_iter().map(Date::from_days).collect();
        if let Some(month) = month_of_birth(birth, &entries) {
            prop_assert_eq!((month.year(), month.month()), (birth.year(), birth.month()));
            for entry in &entries {
                prop_assert_eq!(month.age_on(*entry), birth.age_on(*entry));
            }
        } else {
            prop_assert!(entries.iter().any(|entry| entry.month() == birth.month()));
        }
    }
}
