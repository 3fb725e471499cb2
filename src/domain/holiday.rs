//! French public holidays, computed: eight fixed days and three that follow Easter.

use super::date::Date;
use crate::domain::text::Text;
use crate::text;

/// Where the holidays are those of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Region {
    /// The eleven days of all France.
    #[default]
    France,
    /// The same, with Good Friday and 26 December.
    AlsaceMoselle,
}

/// The name of the public holiday that falls on a day, if any.
pub fn is_public_holiday(day: Date) -> Option<Text> {
    public_holiday(day, Region::France)
}

/// The name of the public holiday that falls on a day in a region, if any.
pub fn public_holiday(day: Date, region: Region) -> Option<Text> {
    fixed(day.month(), day.day(), region).or_else(|| movable(day, region))
}

fn fixed(month: u32, day: u32, region: Region) -> Option<Text> {
    Some(match (month, day) {
        (1, 1) => text!("jour de l'An", "New Year's Day"),
        (5, 1) => text!("fête du Travail", "Labour Day"),
        (5, 8) => text!("victoire de 1945", "Victory Day 1945"),
        (7, 14) => text!("fête nationale", "Bastille Day"),
        (8, 15) => text!("Assomption", "Assumption"),
        (11, 1) => text!("Toussaint", "All Saints' Day"),
        (11, 11) => text!("armistice de 1918", "Armistice Day"),
        (12, 25) => text!("Noël", "Christmas Day"),
        (12, 26) if region == Region::AlsaceMoselle => text!("Saint-Étienne", "St Stephen's Day"),
        _ => return None,
    })
}

fn movable(day: Date, region: Region) -> Option<Text> {
    Some(match day.days() - easter(day.year())?.days() {
        -2 if region == Region::AlsaceMoselle => text!("Vendredi saint", "Good Friday"),
        1 => text!("lundi de Pâques", "Easter Monday"),
        39 => text!("Ascension", "Ascension Day"),
        50 => text!("lundi de Pentecôte", "Whit Monday"),
        _ => return None,
    })
}

/// Easter Sunday of a year in the Gregorian calendar (Oudin's method).
fn easter(year: i32) -> Option<Date> {
    let (golden, century) = (year % 19, year / 100);
    let leap = century - century / 4 - (8 * century + 13) / 25;
    let moon = (leap + 19 * golden + 15) % 30;
    let full = moon - (moon / 28) * (1 - (moon / 28) * (29 / (moon + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + full + 2 - century + century / 4) % 7;
    let offset = full - weekday;
    let month = 3 + (offset + 40) / 44;
    let day = offset + 28 - 31 * (month / 4);
    Date::new(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Easter Monday, Ascension and Whit Monday, as published by the government for each year.
    const PUBLISHED: [(i32, &str, &str, &str); 12] = [
        (2016, "2016-03-28", "2016-05-05", "2016-05-16"),
        (2017, "2017-04-17", "2017-05-25", "2017-06-05"),
        (2018, "2018-04-02", "2018-05-10", "2018-05-21"),
        (2019, "2019-04-22", "2019-05-30", "2019-06-10"),
        (2020, "2020-04-13", "2020-05-21", "2020-06-01"),
        (2021, "2021-04-05", "2021-05-13", "2021-05-24"),
        (2022, "2022-04-18", "2022-05-26", "2022-06-06"),
        (2023, "2023-04-10", "2023-05-18", "2023-05-29"),
        (2024, "2024-04-01", "2024-05-09", "2024-05-20"),
        (2025, "2025-04-21", "2025-05-29", "2025-06-09"),
        (2026, "2026-04-06", "2026-05-14", "2026-05-25"),
        (2027, "2027-03-29", "2027-05-06", "2027-05-17"),
    ];
    const FIXED: [&str; 8] = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    fn holidays(year: i32, region: Region) -> Vec<String> {
        let (first, last) = (Date::new(year, 1, 1).unwrap(), Date::new(year, 12, 31).unwrap());
        let days = (first.days()..=last.days()).map(Date::from_days);
        days.filter(|day| public_holiday(*day, region).is_some()).map(|day| day.to_string()).collect()
    }

    #[test]
    fn each_year_has_the_published_days_and_no_other() {
        for (year, easter_monday, ascension, whit_monday) in PUBLISHED {
            let mut expected: Vec<String> = FIXED.iter().map(|fixed| format!("{year}-{fixed}")).collect();
            expected.extend([easter_monday, ascension, whit_monday].map(str::to_owned));
            expected.sort();
            assert_eq!(holidays(year, Region::France), expected, "{year}");
        }
    }

    #[test]
    fn movable_days_have_their_own_name() {
        assert_eq!(is_public_holiday(day("2019-04-22")).unwrap().fr, "lundi de Pâques");
        assert_eq!(is_public_holiday(day("2019-05-30")).unwrap().fr, "Ascension");
        assert_eq!(is_public_holiday(day("2019-06-10")).unwrap().en, "Whit Monday");
        assert_eq!(is_public_holiday(day("2018-07-14")).unwrap().en, "Bastille Day");
        assert_eq!(is_public_holiday(day("2019-04-21")), None, "Easter itself is a Sunday like another");
    }

    #[test]
    fn two_holidays_on_one_day_have_one_name() {
        // Ascension fell on Victory Day in 1986 and on Labour Day in 2008.
        assert_eq!(is_public_holiday(day("2008-05-01")).unwrap().fr, "fête du Travail");
        assert_eq!(holidays(2008, Region::France).len(), 10);
    }

    #[test]
    fn alsace_and_moselle_have_two_more() {
        assert_eq!(public_holiday(day("2018-12-26"), Region::AlsaceMoselle).unwrap().fr, "Saint-Étienne");
        assert_eq!(public_holiday(day("2018-03-30"), Region::AlsaceMoselle).unwrap().en, "Good Friday");
        assert_eq!(is_public_holiday(day("2018-12-26")), None);
        assert_eq!(is_public_holiday(day("2018-03-30")), None);
        assert_eq!(holidays(2018, Region::AlsaceMoselle).len(), 13);
    }

    #[test]
    fn easter_is_known_to_the_ends_of_the_calendar() {
        for year in 1930..=2099 {
            let sunday = easter(year).unwrap();
            assert_eq!(sunday.weekday(), 6, "{year}");
            assert!((3..=4).contains(&sunday.month()), "{year}");
        }
        assert_eq!(easter(1981).unwrap().to_string(), "1981-04-19");
        assert_eq!(easter(2049).unwrap().to_string(), "2049-04-18");
        assert_eq!(easter(2076).unwrap().to_string(), "2076-04-19");
        assert_eq!(easter(2008).unwrap().to_string(), "2008-03-23");
        assert_eq!(easter(2038).unwrap().to_string(), "2038-04-25");
    }
}
