//! `fil export`: the records as files that can be imported again and change nothing.

use super::import::kind_named;
use crate::cli::ask::selector;
use crate::cli::noun::prelude::*;
use crate::domain::{ClosedList, Kind, Refusal};
use crate::import::export;
use crate::store::records::Which;

/// `fil export`.
pub const VERB: Verb = Verb {
    names: &["export", "exporter"],
    about: fixed!("Exporte les fiches, prêtes à être réimportées.", "Exports the records, ready to be imported again."),
    examples: [
        fixed!("fil export trainees -f csv-fr -o stagiaires.csv", "fil export trainees -f csv -o trainees.csv"),
        fixed!("fil export all -f csv -o copie/", "fil export all -f csv -o copy/"),
    ],
    flags: &[&[KINDS, flags::COHORT], flags::TABLE],
    run: Run::With(run),
};

const KINDS: Flag = Flag::word(
    "kinds",
    fixed!("GENRE…|all", "KIND…|all"),
    fixed!("trainees, placements… ou all : tout", "trainees, placements… or all"),
)
.many();

fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let which = match matches.text(&flags::COHORT).filter(|c| !matches!(*c, "all" | "tous" | "toutes")) {
        Some(typed) => Which::Cohort(selector::cohort(&lookup, typed)?.id),
        None => Which::All,
    };
    let mut sheets = Vec::new();
    for kind in kinds(&matches.all(&KINDS))? {
        ctx.check_interrupt()?;
        sheets.push(export::sheet(&lookup, kind, which)?);
    }
    Ok(match <[_; 1]>::try_from(sheets) {
        Ok([one]) => Answer::sheet(one),
        Err(many) => Answer::sheets(many),
    })
}

fn kinds(typed: &[&str]) -> Result<Vec<Kind>> {
    if typed.iter().any(|t| matches!(*t, "all" | "tout")) {
        if typed.len() > 1 {
            bail!(Refusal::usage(text!("« all » se suffit", "“all” stands alone")));
        }
        return Ok(Kind::ALL.to_vec());
    }
    let mut kinds: Vec<Kind> = typed.iter().map(|t| kind_named(t)).collect::<Result<_>>()?;
    kinds.sort();
    kinds.dedup();
    Ok(kinds)
}
