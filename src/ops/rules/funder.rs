//! Rules of settings, funders, grants, targets and budget lines.

use super::Check;
use crate::domain::closed_list::ClosedList;
use crate::domain::kind::{FieldAt, budget, expense, funder, grant, instalment, setting, target};
use crate::domain::school::{self, SchoolSetting};
use crate::domain::{Record, folding};
use crate::ops::quality::Rule;
use crate::ops::resolve::Found;
use crate::ops::saving::Saving;
use crate::store::Lookup;
use crate::text;
use anyhow::Result;

/// Names of the data-quality rules, as settings name them: `quality.RULE`.
pub const QUALITY_RULES: &[&str] = Rule::CODES;

const SETTINGS: &[(&str, &[&str])] = &[
    ("durable_min", &["6m", "over-6m"]),
    ("ltu_months", &[]),
    ("ltu_under25", &["6", "12"]),
    ("bpf_hours", &["centre", "all"]),
];

/// A setting is known and has one of its values.
pub fn setting(new: &Record, check: &mut Check) -> Result<()> {
    let (Some(key), Some(value)) = (new.text(setting::KEY), new.text(setting::VALUE)) else { return Ok(()) };
    if let Some(school) = SchoolSetting::named(key) {
        if let Err(right) = school.value(value) {
            let what = text!("valeur impossible pour {key}", "impossible value for {key}");
            check.refuse_with(setting::VALUE, value.to_owned(), what, right);
        }
        return Ok(());
    }
    let levels: &[&str] = &["error", "warning", "off"];
    let allowed = match key.strip_prefix("quality.") {
        Some(rule) if QUALITY_RULES.contains(&rule) => Some(levels),
        Some(_) => None,
        None => SETTINGS.iter().find(|(k, _)| *k == key).map(|(_, values)| *values),
    };
    let Some(allowed) = allowed else {
        let names: Vec<String> = SETTINGS
            .iter()
            .map(|(k, _)| (*k).to_owned())
            .chain(school::SETTINGS.iter().map(|setting| setting.key.to_owned()))
            .chain(QUALITY_RULES.iter().map(|r| format!("quality.{r}")))
            .collect();
        let near = folding::nearest(key, names.iter().map(String::as_str))
            .map_or_else(|| "fil config list".to_owned(), str::to_owned);
        check.refuse_with(
            setting::KEY,
            key.to_owned(),
            text!("réglage inconnu", "unknown setting"),
            text!("essayez : {near}", "try: {near}"),
        );
        return Ok(());
    };
    let right = allowed.join(", ");
    let fits = if allowed.is_empty() {
        value.parse::<i32>().is_ok_and(|n| (1..=120).contains(&n))
    } else {
        allowed.contains(&value)
    };
    if !fits {
        let right = if allowed.is_empty() {
            text!("un nombre de mois, de 1 à 120", "a number of months, 1 to 120")
        } else {
            text!("un de : {right}", "one of: {right}")
        };
        check.refuse_with(
            setting::VALUE,
            value.to_owned(),
            text!("valeur impossible pour {key}", "impossible value for {key}"),
            right,
        );
    }
    Ok(())
}

/// A funder's code makes the names of its folders, and closed reports bear it for ever.
pub fn funder(lookup: &Lookup<'_>, new: &Record, old: Option<&Record>, check: &mut Check) -> Result<()> {
    let Some(code) = new.text(funder::FUNDER) else { return Ok(()) };
    if let Some(issued) = old.and_then(|old| old.text(funder::FUNDER)).filter(|issued| *issued != code)
        && lookup.issued_to(issued)? > 0
    {
        check.refuse_with(
            funder::FUNDER,
            code.to_owned(),
            text!("des rapports envoyés portent le code {issued}", "reports that were sent bear the code {issued}"),
            text!(
                "gardez-le et changez le nom : fil funder edit {issued} --name \"…\"",
                "keep it and change the name: fil funder edit {issued} --name \"…\""
            ),
        );
    }
    if folding::slug_of(code) != folding::fold(code) || code.is_empty() {
        check.refuse_with(
            funder::FUNDER,
            code.to_owned(),
            text!(
                "le code nomme des dossiers : lettres sans accent, chiffres et tirets",
                "the code names folders: plain letters, digits and dashes"
            ),
            crate::domain::Text::same(folding::slug_of(code)),
        );
    }
    Ok(())
}

/// A grant's days are in order and its cohorts exist.
pub fn grant(lookup: &Lookup<'_>, new: &mut Record, found: &mut Found, check: &mut Check) -> Result<()> {
    if let (Some(from), Some(to)) = (new.date(grant::FROM), new.date(grant::TO))
        && to < from
    {
        check.refuse(
            grant::TO,
            to.to_string(),
            text!("la fin précède le début ({from})", "the end is before the start ({from})"; from),
        );
    }
    if new.int(grant::AMOUNT).is_some_and(|a| a < 0) {
        check.refuse(
            grant::AMOUNT,
            String::new(),
            text!("un montant ne peut être négatif", "an amount cannot be negative"),
        );
    }
    let mut cohorts = Vec::new();
    for code in new.text(grant::COHORTS).unwrap_or("").split('|').map(str::trim).filter(|c| !c.is_empty()) {
        match lookup.find_cohort(code)? {
            Some(cohort) => cohorts.push(cohort),
            None => {
                let codes = lookup.codes(crate::domain::kind::Target::Cohort)?;
                let near = folding::nearest(code, codes.iter().map(String::as_str)).unwrap_or("fil cohort list");
                let shown = folding::shown(code);
                check.refuse_with(
                    grant::COHORTS,
                    code.to_owned(),
                    text!("pas de promotion « {shown} »", "no cohort “{shown}”"),
                    text!("essayez : {near}", "try: {near}"),
                );
            }
        }
    }
    cohorts.sort_by(|a, b| (a.start, &a.code).cmp(&(b.start, &b.code)));
    cohorts.dedup();
    found.links.cohorts = cohorts.iter().map(|c| c.id).collect();
    let codes: Vec<String> = cohorts.into_iter().map(|c| c.code).collect();
    new.set(grant::COHORTS, (!codes.is_empty()).then(|| crate::domain::Value::Text(codes.join("|"))));
    Ok(())
}

/// A target names an indicator.
pub fn target(new: &Record, saving: &Saving<'_>, check: &mut Check) -> Result<()> {
    let Some(indicator) = new.text(target::INDICATOR) else { return Ok(()) };
    if !(saving.indicator)(indicator) {
        check.refuse_with(
            target::INDICATOR,
            indicator.to_owned(),
            text!("indicateur inconnu", "unknown indicator"),
            text!("liste : fil report indicators", "list: fil report indicators"),
        );
    }
    Ok(())
}

/// Classes of volunteer contributions: nobody pays them, so that no grant does.
fn is_volunteer(class: &str) -> bool {
    class.starts_with("86") || class.starts_with("87")
}

fn refuse_paid_volunteers(new: &Record, (class, grant): (FieldAt, FieldAt), check: &mut Check) {
    if let (Some(class), Some(paid)) = (new.text(class), new.text(grant))
        && is_volunteer(class)
    {
        check.refuse_with(
            grant,
            paid.to_owned(),
            text!(
                "la classe {class} est bénévole : aucune subvention ne la paie",
                "class {class} is voluntary: no grant pays it"
            ),
            text!("laissez vide", "leave it empty"),
        );
    }
}

/// No grant pays what volunteers give.
pub fn budget(new: &Record, check: &mut Check) -> Result<()> {
    refuse_paid_volunteers(new, (budget::CLASS, budget::GRANT), check);
    Ok(())
}

/// No grant pays what volunteers give.
pub fn expense(new: &Record, check: &mut Check) -> Result<()> {
    refuse_paid_volunteers(new, (expense::CLASS, expense::GRANT), check);
    Ok(())
}

/// What was received has its day, and a day its sum.
pub fn instalment(new: &Record, check: &mut Check) -> Result<()> {
    let missing = match (new.date(instalment::RECEIVED_ON), new.int(instalment::RECEIVED)) {
        (Some(_), None) => instalment::RECEIVED,
        (None, Some(_)) => instalment::RECEIVED_ON,
        _ => return Ok(()),
    };
    check.refuse_with(
        missing,
        String::new(),
        text!("la somme reçue et son jour vont ensemble", "the sum received and its day go together"),
        text!("donnez les deux, ou aucun", "give both, or neither"),
    );
    Ok(())
}
