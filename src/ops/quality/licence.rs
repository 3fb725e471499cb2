//! The rule about the order of the steps towards the driving licence.

use super::school::{School, name};
use super::{Findings, fix};
use crate::domain::trainee::LicenceAtEntry;
use crate::store::quality::QualityStay;
use crate::text;
use anyhow::Result;

/// The theory test passed before the registration (where one is recorded), or the driving test passed before the theory
/// test; who came with the theory test or the licence, in any participation, needs no pass of the former.
pub fn licence_order(school: &School<'_>, found: &mut Findings) -> Result<()> {
    let people = school.people();
    for days in school.lookup.licence_days(school.as_of)? {
        let Some(stays) = people.get(&days.person) else { continue };
        let Some(stay) = stays.iter().find(|s| school.asks_for(s)) else { continue };
        let who = name(stay);
        if let (Some(code), Some(registered)) = (days.code, days.registered)
            && code < registered
        {
            let message = text!(
                "{who} : code obtenu le {code}, avant l'inscription du {registered}",
                "{who}: theory test passed on {code}, before the registration of {registered}";
                code, registered
            );
            found.add(school.about(stay).detail("code_exam"), message, fix::register(&stay.slug));
        }
        let Some(driving) = days.driving else { continue };
        if came_with_code(stays) || days.code.is_some_and(|code| code <= driving) {
            continue;
        }
        let message = text!(
            "{who} : conduite obtenue le {driving} sans le code avant",
            "{who}: driving test passed on {driving} without the theory test before";
            driving
        );
        found.add(school.about(stay).detail("driving_exam"), message, fix::pass_code(&stay.slug));
    }
    Ok(())
}

fn came_with_code(stays: &[&QualityStay]) -> bool {
    stays.iter().any(|s| matches!(s.licence_at_entry, Some(LicenceAtEntry::Code | LicenceAtEntry::B)))
}
