//! `fil export`: the records as files that can be imported again and change nothing.

use super::import::kind_named;
use crate::cli::ask::selector;
use crate::cli::noun::prelude::*;
use crate::cli::run::errors::code;
use crate::domain::{ClosedList, Kind, Refusal, Text};
use crate::import::export;
use crate::store::file::schema::Schema;
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
    let store = ctx.open_as_it_is()?;
    let lookup = store.lookup();
    let which = match matches.text(&flags::COHORT).filter(|c| !matches!(*c, "all" | "tous" | "toutes")) {
        Some(typed) => Which::Cohort(selector::cohort(&lookup, typed)?.id),
        None => Which::All,
    };
    let (mut sheets, mut unread) = (Vec::new(), Vec::new());
    for kind in kinds(&matches.all(&KINDS))? {
        ctx.check_interrupt()?;
        match export::sheet(&lookup, kind, which) {
            Ok(sheet) => sheets.push(sheet),
            // What is left of it is worth more than a refusal.
            Err(_) if store.schema() == Schema::Altered => unread.push(kind.text()),
            Err(error) => return Err(error),
        }
    }
    if sheets.is_empty() {
        bail!(unreadable(&unread));
    }
    let answer = match <[_; 1]>::try_from(sheets) {
        Ok([one]) => Answer::sheet(one),
        Err(many) => Answer::sheets(many),
    };
    Ok(said_of_the_schema(answer, store.schema(), &unread))
}

fn unreadable(kinds: &[Text]) -> Refusal {
    let kinds = &Text::join(kinds, ", ");
    Refusal::failure(text!("{kinds} : rien ne peut en être lu", "{kinds}: nothing of it can be read"; kinds))
        .why(text!(
            "un autre programme a modifié le format de la base",
            "another program changed the format of the database"
        ))
        .hint(text!("Ce qui a changé : fil doctor", "What was changed: fil doctor"))
}

/// What leaves a file whose schema another program changed is said to be so, and fails for what could not be read.
fn said_of_the_schema(mut answer: Answer, schema: Schema, unread: &[Text]) -> Answer {
    if schema == Schema::Known {
        return answer;
    }
    if !unread.is_empty() {
        answer.code = code::FAILURE;
        let kinds = &Text::join(unread, ", ");
        answer = answer.say(text!("!  Illisible, donc absent : {kinds}", "!  Unreadable, so left out: {kinds}"; kinds));
    }
    answer.say(text!(
        "!  Un autre programme a modifié le format de cette base : ce qui en sort peut être faux (fil doctor).",
        "!  Another program changed the format of this database: what comes out of it may be wrong (fil doctor)."
    ))
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
