//! Rules of companies and their openings.

use super::Check;
use crate::domain::kind::{company, opening};
use crate::domain::{Record, Value, folding, text_rules};
use crate::store::Lookup;
use crate::text;
use anyhow::Result;

/// A SIRET has 14 digits that fit each other.
pub fn company(new: &mut Record, check: &mut Check) -> Result<()> {
    let Some(typed) = new.text(company::SIRET).map(str::to_owned) else { return Ok(()) };
    match text_rules::siret(&typed) {
        Some(siret) => new.set(company::SIRET, Some(Value::Text(siret))),
        None => check.refuse_with(
            company::SIRET,
            typed,
            text!("ce n'est pas un SIRET", "this is no SIRET"),
            text!("14 chiffres, comme sur une facture", "14 digits, as on an invoice"),
        ),
    }
    Ok(())
}

/// An opening that has no code gets one from its company: `sogetrel-1`.
pub fn opening(lookup: &Lookup<'_>, new: &mut Record, check: &mut Check) -> Result<()> {
    if new.text(opening::OPENING).is_some() || !check.troubles.is_empty() {
        return Ok(());
    }
    let base = match folding::slug_of(new.text(opening::COMPANY).unwrap_or("")) {
        base if base.is_empty() => "opening".to_owned(),
        base => base,
    };
    let mut n = 1;
    let mut free = format!("{base}-{n}");
    while lookup.find_opening(&free)?.is_some() {
        n += 1;
        free = format!("{base}-{n}");
    }
    new.set(opening::OPENING, Some(Value::Text(free)));
    Ok(())
}
