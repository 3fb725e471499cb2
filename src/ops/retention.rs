//! How long people are kept: two years after the last contact (CNIL, 2021-028 and 2023), with a notice before.

use crate::domain::Date;
use crate::domain::id::{CohortId, PersonId};
use crate::store::quality::QualityStay;
use crate::store::{CohortSpan, Lookup};
use anyhow::Result;
use std::collections::BTreeMap;

/// Months after the last contact from which a person's data are no longer needed.
const MONTHS: i32 = 24;
/// Days of notice before that.
const NOTICE: i32 = 30;

/// The last day on which the school and a person were in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// That day.
    pub last: Date,
}

impl Contact {
    /// The day until which the person's data may be kept.
    pub fn until(self) -> Date {
        self.last.plus_months(MONTHS)
    }
    /// Whether that day is over.
    pub fn is_over(self, today: Date) -> bool {
        self.until() < today
    }
    /// Whether it is over, or comes within the days of notice.
    pub fn is_near(self, today: Date) -> bool {
        self.until().plus_days(-NOTICE) <= today
    }
}

/// The last contact with each person: exit (or the end of the cohort while there is none), application, situation
/// begun, ended or seen, follow-up, interview, licence step, note. A contact that is still to come counts too.
pub fn contacts(
    lookup: &Lookup<'_>,
    everybody: &[QualityStay],
    cohort: &dyn Fn(CohortId) -> Option<CohortSpan>,
) -> Result<BTreeMap<PersonId, Contact>> {
    let heard = lookup.contact_days()?;
    let mut contacts: BTreeMap<PersonId, Contact> = BTreeMap::new();
    for stay in everybody {
        let stayed = cohort(stay.cohort).and_then(|cohort| last_day(stay, &cohort));
        let Some(last) = stayed.max(heard.get(&stay.person).copied()) else { continue };
        let known = contacts.entry(stay.person).or_insert(Contact { last });
        known.last = known.last.max(last);
    }
    Ok(contacts)
}

/// The last day on which a participation kept the school and the person in touch.
fn last_day(stay: &QualityStay, cohort: &CohortSpan) -> Option<Date> {
    match (stay.entry, stay.exit) {
        (Some(_), exit) => Some(exit.unwrap_or(cohort.end)),
        (None, _) => stay.application_date.max(stay.interview_date).or(Some(cohort.end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notice_comes_thirty_days_before_and_the_end_a_day_after() {
        let day = |text| Date::parse_iso(text).unwrap();
        let contact = Contact { last: day("2018-11-05") };
        assert_eq!(contact.until(), day("2020-11-05"));
        for (today, near, over) in [
            ("2020-10-05", false, false),
            ("2020-10-06", true, false),
            ("2020-11-05", true, false),
            ("2020-11-06", true, true),
        ] {
            assert_eq!((contact.is_near(day(today)), contact.is_over(day(today))), (near, over), "{today}");
        }
    }
}
