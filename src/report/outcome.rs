//! Exits, withdrawals and what is known of people at each observation point.

use super::aftermath::{Aftermath, Outcome, Point};
use super::situation::{self, Class, Scheme};
use crate::domain::Text;
use crate::domain::facts::SituationFact;
use crate::domain::id::PersonId;
use crate::domain::placement::SituationType;
use crate::domain::trainee::ExitReason;
use crate::domain::{ClosedList, Date};
use crate::fixed;
use crate::report::as_of::{Part, World};

/// Why an exit is not examined.
pub const FORCE_MAJEURE: &Text = fixed!("retrait : force majeure", "withdrawn: force majeure");
/// Why an exit is not examined.
pub const INTEGRATION: &Text = fixed!(
    "retrait : sortie pendant la période d'intégration sans emploi ni formation",
    "withdrawn: left during the integration period without work or training",
);

impl<'a> World<'a> {
    /// What is known of a person in some days, in a scheme.
    pub fn outcome_within(&self, person: PersonId, window: (Date, Date), scheme: Scheme) -> Outcome<'a> {
        let mut outcome = Outcome { class: Class::Other, known: false, best: None };
        for found in self.situations(person).filter(|s| situation::active_within(s, window).is_some()) {
            let class = situation::class(scheme, found, self.scope.settings.durable_min);
            let known = found.kind != SituationType::SansNouvelles;
            if outcome.best.is_none() || (class, !known) < (outcome.class, !outcome.known) {
                outcome.best = Some(found);
            }
            outcome.class = outcome.class.min(class);
            outcome.known |= known;
        }
        outcome
    }
    /// The time after the exit of a participation, which is `exit`, looked at once.
    pub fn aftermath<'p>(&self, part: &'p Part<'a>, exit: Date) -> &'p Aftermath<'a> {
        part.aftermath.get_or_init(|| {
            let windows = std::array::from_fn(|at| Point::ALL[at].window(exit));
            let outcome = |scheme, at: usize| self.outcome_within(part.fact.person, windows[at], scheme);
            let outcomes = |scheme: usize| std::array::from_fn(|at| outcome(Scheme::ALL[scheme], at));
            Box::new(Aftermath { windows, outcomes: std::array::from_fn(outcomes) })
        })
    }
    /// The 28 days after an exit, those that have come.
    pub fn exit_window(&self, exit: Date) -> (Date, Date) {
        let (from, to) = Point::Exit.window(exit);
        (from, to.min(self.as_of))
    }
    /// A paid contract of a person active on some of these days.
    pub fn paid_within(&self, person: PersonId, window: (Date, Date)) -> Option<&'a SituationFact> {
        self.situations(person).find(|s| s.kind.is_paid() && situation::active_within(s, window).is_some())
    }
    /// An education or training of a person active on some of these days.
    pub fn training_within(&self, person: PersonId, window: (Date, Date)) -> Option<&'a SituationFact> {
        self.situations(person)
            .find(|s| situation::is_training(s.kind) && situation::active_within(s, window).is_some())
    }
    /// Why the exit of a participation is withdrawn (not examined), if it is.
    pub fn withdrawn(&self, part: &Part<'_>) -> Option<&'static Text> {
        let (exit, reason) = part.left()?;
        match reason {
            ExitReason::ForceMajeure => Some(FORCE_MAJEURE),
            ExitReason::EndOfIntegration => {
                let presence = exit.days() - part.entry?.days() + 1;
                let inside = presence <= self.cohort(part).fact.integration_days;
                let person = part.fact.person;
                let window = self.exit_window(exit);
                let moved_on =
                    self.paid_within(person, window).is_some() || self.training_within(person, window).is_some();
                (inside && !moved_on).then_some(INTEGRATION)
            }
            _ => None,
        }
    }
}
