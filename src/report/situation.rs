//! What a situation is worth: paid or not, planned length, class in each scheme, days it covers.

use super::membership::{RecordKind, RecordRef, Unit, Value};
use crate::closed_list;
use crate::domain::facts::{DurableMin, SituationFact};
use crate::domain::placement::SituationType as T;
use crate::domain::{ClosedList, Date};

closed_list! {
    /// A way of classing what people do after their exit.
    Scheme {
        Iae = "iae", "insertion par l'activité économique", "work-integration scheme";
        E2c = "e2c", "écoles de la deuxième chance", "second-chance schools";
    }
}

closed_list! {
    /// Classes, best first; in the scheme `e2c` the first three are contract, alternance and training.
    Class {
        Durable = "durable", "emploi durable", "lasting work";
        Transition = "transition", "emploi de transition", "transitional work";
        Positive = "positive", "sortie positive", "positive exit";
        Other = "other", "autre sortie", "other";
    }
}

/// Whether a type is education or training.
pub fn is_training(kind: T) -> bool {
    matches!(kind, T::FormationQualifiante | T::FormationPrequalifiante | T::RetourEtudes)
}

/// Whether the planned length reaches six months; "six months from d" ends the day before d + 6 months.
pub fn reaches_six_months(situation: &SituationFact, least: DurableMin) -> bool {
    let full = situation.start.plus_months(6);
    let bound = match least {
        DurableMin::SixMonths => full.plus_days(-1),
        DurableMin::OverSixMonths => full,
    };
    situation.planned_end.is_some_and(|end| bound <= end)
}

/// The class of a situation in a scheme.
pub fn class(scheme: Scheme, situation: &SituationFact, least: DurableMin) -> Class {
    match scheme {
        Scheme::Iae => iae(situation, least),
        Scheme::E2c => e2c(situation.kind),
    }
}

fn iae(situation: &SituationFact, least: DurableMin) -> Class {
    match situation.kind {
        T::Cdi | T::CdiInterim | T::FonctionPublique | T::Creation => Class::Durable,
        T::Cdd | T::Interim | T::Apprentissage | T::Professionnalisation => {
            if reaches_six_months(situation, least) {
                Class::Durable
            } else {
                Class::Transition
            }
        }
        T::ContratAide => Class::Transition,
        T::IaeCddi | T::IaeEtti | T::IaeCdiInclusion => Class::Positive,
        T::FormationQualifiante | T::FormationPrequalifiante | T::RetourEtudes => Class::Positive,
        T::Pmsmp | T::Stage | T::ServiceCivique | T::DemandeurEmploi | T::Inactif | T::SansNouvelles => Class::Other,
    }
}

fn e2c(kind: T) -> Class {
    match kind {
        T::Apprentissage | T::Professionnalisation => Class::Transition,
        T::FormationQualifiante | T::FormationPrequalifiante | T::RetourEtudes => Class::Positive,
        kind if kind.is_paid() => Class::Durable,
        _ => Class::Other,
    }
}

/// Last day of a situation: the real one, else the planned one, else none.
pub fn end(situation: &SituationFact) -> Option<Date> {
    situation.term().end()
}

/// The days of a window on which a situation is active, if any: (first, last).
pub fn active_within(situation: &SituationFact, window: (Date, Date)) -> Option<(Date, Date)> {
    situation.term().within(window)
}

/// The record of a situation, with the columns that decide its class and its days.
pub fn record(situation: &SituationFact) -> RecordRef {
    const COLUMNS: &[&str] = &["type", "start", "planned_end", "actual_end", "end_reason"];
    RecordRef::new(RecordKind::Placement, situation.id, situation.op, COLUMNS)
}

/// A situation as the value that decided.
pub fn value(situation: &SituationFact) -> Value {
    Value::Span(situation.kind.code(), situation.start, end(situation))
}

/// A unit that a situation decides: dated by its first day, with its value and its record.
pub fn decides(unit: Unit, situation: &SituationFact) -> Unit {
    unit.on(situation.start).value(value(situation)).because(record(situation))
}
