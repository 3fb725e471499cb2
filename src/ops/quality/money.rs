//! Rules about money: budgets that do not balance, cohorts outside the dates of their grants.

use super::school::School;
use super::{Findings, fix};
use crate::text;
use anyhow::Result;

/// A cohort whose planned charges and income differ; the realised ones too, once the cohort has ended: before that the
/// income always lags behind.
pub fn budget_unbalanced(school: &School<'_>, found: &mut Findings) -> Result<()> {
    for sum in school.lookup.budget_sums()?.iter().filter(|s| school.holds(s.cohort)) {
        let Some(cohort) = school.cohort(sum.cohort) else { continue };
        let code = &cohort.code;
        let columns =
            [("planned", "prévus", "planned", sum.planned), ("realised", "réalisés", "realised", sum.realised)];
        for (column, fr, en, (charges, income)) in columns {
            if charges == income || (column == "realised" && cohort.end >= school.as_of) {
                continue;
            }
            let (c_fr, c_en) = euros(charges);
            let (i_fr, i_en) = euros(income);
            let message = text!(
                "{code} : {c_fr} € de charges et {i_fr} € de produits {fr}",
                "{code}: €{c_en} of charges and €{i_en} of income {en}"
            );
            let side = if charges > income { "income" } else { "charge" };
            let gap = format!("{column}={}", euros(charges.saturating_sub(income).saturating_abs()).1);
            found.add(school.about_cohort(cohort).detail(column), message, fix::budget(code, side, &gap));
        }
    }
    Ok(())
}

fn euros(cents: i64) -> (String, String) {
    let sign = if cents < 0 { "-" } else { "" };
    let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    (format!("{sign}{whole},{rest:02}"), format!("{sign}{whole}.{rest:02}"))
}

/// A cohort of a grant with a day before the first or after the last day of the grant.
pub fn grant_dates(school: &School<'_>, found: &mut Findings) -> Result<()> {
    for grant in school.lookup.grant_cohorts()?.iter().filter(|g| school.holds(g.cohort)) {
        let Some(cohort) = school.cohort(grant.cohort) else { continue };
        let early = grant.from.filter(|from| cohort.start < *from).map(|_| format!("from={}", cohort.start));
        let late = grant.to.filter(|to| cohort.end > *to).map(|_| format!("to={}", cohort.end));
        let sets: Vec<String> = early.into_iter().chain(late).collect();
        if sets.is_empty() {
            continue;
        }
        let (code, name, start, end) = (&cohort.code, &grant.code, cohort.start, cohort.end);
        let message = text!(
            "{code} ({start} au {end}) sort des dates de la subvention {name}",
            "{code} ({start} to {end}) lies outside the dates of grant {name}";
            start, end
        );
        let about = school.about_cohort(cohort).record("grant", grant.grant).detail(code);
        found.add(about, message, fix::grant_dates(&grant.code, &sets));
    }
    Ok(())
}
