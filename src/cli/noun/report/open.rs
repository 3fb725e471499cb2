//! `fil report open`: one line of the lists behind a closed report, for somebody who may see it.

use super::scope::{Asked, frame};
use super::{FUNDER, PERIOD};
use crate::cli::noun::prelude::*;
use crate::domain::{Refusal, Text};
use crate::publish::kept_close::{line_count, open};
use crate::publish::scope::{Missing, funder};
use crate::publish::standing_close::standing;

/// `fil report open`.
pub const VERB: Verb = Verb {
    names: &["open", "ouvrir"],
    about: fixed!(
        "Montre une ligne comptée d'un envoi, avec sa preuve.",
        "Shows one counted line of a close, with its proof.",
    ),
    examples: [
        fixed!(
            "fil report open 2018-11 --funder ca --line 12 > ligne.json",
            "fil report open 2018-11 --funder ca --line 12 > line.json"
        ),
        fixed!("fil r ouvrir 2018-11 --funder ca --line 1", "fil r open 2018-11 --funder ca --line 1"),
    ],
    flags: &[&[PERIOD, FUNDER, LINE]],
    run: Run::With(run),
};

const LINE: Flag =
    Flag::option("line", fixed!("N", "N"), fixed!("la ligne, depuis 1", "the line, from 1")).also(&["ligne"]);

/// Prints the line as JSON; `verify --opened` checks it against the root of the report.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let (Some(code), Some(period), Some(typed)) = (matches.text(&FUNDER), matches.text(&PERIOD), matches.text(&LINE))
    else {
        bail!(Refusal::usage(text!("quelle ligne de quel envoi ?", "which line of which report?")).hint(text!(
            "fil report open PÉRIODE --funder CODE --line N",
            "fil report open PERIOD --funder CODE --line N"
        )))
    };
    let asked = Asked { matches, period: Some(period), funder: Some(code), missing: Missing::LastMonth };
    let framed = frame(ctx, &store, &asked)?;
    let close = standing(&store, &funder(&store, code)?.code, &framed)?;
    let line = typed.parse().ok().filter(|line| *line > 0);
    let found = line.map(|line| open(&store, &close, line)).transpose()?.flatten();
    let Some(found) = found else {
        let count = line_count(&store, close.number)?;
        bail!(match close.root {
            Some(_) => Refusal::selector(text!("il n'y a pas de ligne {typed}", "there is no line {typed}"))
                .hint(text!("Cet envoi a {count} lignes.", "This report has {count} lines.")),
            None => Refusal::data(text!(
                "cet envoi a été clos par un programme plus ancien : ses lignes n'ont pas de preuve",
                "this report was closed by an older program: its lines have no proof"
            )),
        })
    };
    Ok(Answer::page(Text::same(found)))
}
