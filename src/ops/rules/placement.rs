//! Rules of situations: which contracts have a planned end, immersions of at most a month, overlaps.

use super::Check;
use crate::domain::contract::{Term, is_full_time};
use crate::domain::id::RecordId;
use crate::domain::kind::placement;
use crate::domain::placement::SituationType;
use crate::domain::placement::SituationType::*;
use crate::domain::{Date, Kind, Record};
use crate::ops::request::spoken;
use crate::ops::resolve::Found;
use crate::store::Lookup;
use crate::store::records::Which;
use crate::text;
use anyhow::Result;

/// Whether a type has a planned end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlannedEnd {
    /// It must be said.
    Needed,
    /// There is none.
    Refused,
    /// It may be said.
    Optional,
}

/// Whether situations of a type have a planned end.
pub fn planned_end(kind: SituationType) -> PlannedEnd {
    match kind {
        Cdd
        | Interim
        | Apprentissage
        | Professionnalisation
        | IaeCddi
        | FormationQualifiante
        | FormationPrequalifiante
        | Pmsmp
        | Stage => PlannedEnd::Needed,
        Cdi | CdiInterim | FonctionPublique | Creation | IaeCdiInclusion => PlannedEnd::Refused,
        ContratAide | IaeEtti | RetourEtudes | ServiceCivique | DemandeurEmploi | Inactif | SansNouvelles => {
            PlannedEnd::Optional
        }
    }
}

/// Checks a situation.
pub fn placement(lookup: &Lookup<'_>, new: &Record, found: &Found, check: &mut Check) -> Result<()> {
    let (Some(kind), Some(start)) = (new.list::<SituationType>(placement::TYPE), new.date(placement::START)) else {
        return Ok(());
    };
    let label = spoken(&placement::TYPE, new.get(placement::TYPE));
    let planned = new.date(placement::PLANNED_END);
    match (planned_end(kind), planned) {
        (PlannedEnd::Needed, None) => check.refuse_with(
            placement::PLANNED_END,
            String::new(),
            text!("{label} : la fin prévue manque", "{label}: the planned end is missing"; label),
            text!("la dernière journée prévue au contrat", "the last day the contract plans"),
        ),
        (PlannedEnd::Refused, Some(end)) => check.refuse_with(
            placement::PLANNED_END,
            end.to_string(),
            text!("{label} : il n'y a pas de fin prévue", "{label}: there is no planned end"; label),
            text!("laissez vide ; une rupture se note dans actual_end", "leave it empty; a break goes to actual_end"),
        ),
        _ => {}
    }
    ends(new, kind, start, check);
    if let Some(hours) = new.int(placement::WEEKLY_HOURS)
        && !(0..=7 * 24 * 60).contains(&hours)
    {
        check.refuse(
            placement::WEEKLY_HOURS,
            spoken(&placement::WEEKLY_HOURS, new.get(placement::WEEKLY_HOURS)).en.into_owned(),
            text!("une semaine compte de 0 à 168 heures", "a week has 0 to 168 hours"),
        );
    }
    overlaps(lookup, new, kind, found, check)
}

fn ends(new: &Record, kind: SituationType, start: Date, check: &mut Check) {
    for field in [placement::PLANNED_END, placement::ACTUAL_END] {
        if let Some(end) = new.date(field).filter(|e| *e < start) {
            check.refuse(
                field,
                end.to_string(),
                text!("la fin précède le début ({start})", "the end is before the start ({start})"; start),
            );
        }
    }
    let limit = start.plus_months(1);
    if kind == Pmsmp
        && let Some(end) = new.date(placement::PLANNED_END).filter(|e| *e >= limit)
    {
        let (last, l) = (limit.plus_days(-1), limit.plus_days(-1).french());
        check.refuse_with(
            placement::PLANNED_END,
            end.to_string(),
            text!("une immersion dure un mois au plus", "an immersion lasts a month at most"),
            text!("au plus tard le {l}", "on {last} at the latest"),
        );
    }
}

/// Two paid full-time contracts of one person that overlap by more than a day are worth a look.
fn overlaps(lookup: &Lookup<'_>, new: &Record, kind: SituationType, found: &Found, check: &mut Check) -> Result<()> {
    let Some(person) = found.links.person else { return Ok(()) };
    let Some(term) = full_time(new, kind) else { return Ok(()) };
    for other in lookup.records(Kind::Placements, Which::Person(person))? {
        let Some(other_kind) = other.list::<SituationType>(placement::TYPE) else { continue };
        if (other.id.is_some() && other.id == new.id) || same_key(&other, new) {
            continue;
        }
        if full_time(&other, other_kind).is_some_and(|other| term.shared_days(other) > 1) {
            let n = other.id.unwrap_or(RecordId::NONE);
            check.warn(
                "paid_overlap",
                text!(
                    "chevauche un autre contrat à temps plein (n° {n})",
                    "overlaps another full-time contract (no. {n})"
                ),
            );
        }
    }
    Ok(())
}

fn same_key(a: &Record, b: &Record) -> bool {
    a.kind.all_at().filter(|field| field.key).all(|field| a.get(field) == b.get(field))
}

/// Whether a record that took place is a paid full-time contract.
fn full_time(record: &Record, kind: SituationType) -> Option<Term> {
    Term::of_real(record).filter(|_| is_full_time(kind, record.int(placement::WEEKLY_HOURS)))
}
