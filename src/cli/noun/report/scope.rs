//! The scope that was typed, as a request to publish.

use crate::cli::ask::selector;
use crate::cli::noun::prelude::*;
use crate::publish::scope::{self, Framed, Missing, ScopeRequest};
use crate::store::Store;

/// What was typed of a scope.
pub struct Asked<'m> {
    /// The flags.
    pub matches: &'m Matches,
    /// The period as typed.
    pub period: Option<&'m str>,
    /// The funder's code as typed.
    pub funder: Option<&'m str>,
    /// What a missing period means.
    pub missing: Missing,
}

/// Understands a scope.
pub fn frame(ctx: &Context<'_>, store: &Store, asked: &Asked<'_>) -> Result<Framed> {
    let Asked { matches, period, funder, missing } = *asked;
    let cohort = matches.text(&flags::COHORT).filter(|typed| !matches!(*typed, "all" | "tous" | "toutes"));
    let request = ScopeRequest {
        today: ctx.today,
        period,
        missing,
        funder,
        cohort: cohort.map(|typed| selector::cohort(&store.lookup(), typed)).transpose()?.map(|cohort| cohort.code),
        as_of: matches.text(&flags::AS_OF),
        known_on: ctx.known_on.as_deref(),
        settings: &matches.all(&flags::SET),
    };
    scope::frame(store, &request)
}
