//! `fil report diff`: an issued report against today, every part of a change with its cause and its record.

use super::scope::{Asked, frame};
use super::{FUNDER, PERIOD};
use crate::cli::noun::prelude::*;
use crate::domain::Refusal;
use crate::publish::look_back::LookBack;
use crate::publish::scope::{Missing, as_typed};
use crate::publish::standing_close::standing;
use crate::report::close::difference;

/// `fil report diff`.
pub const VERB: Verb = Verb {
    names: &["diff", "ecarts"],
    about: fixed!("Ce qui a changé depuis un envoi, et pourquoi.", "What changed since a close, and why."),
    examples: [
        fixed!("fil report diff 2018-11 --funder break-poverty"),
        fixed!("fil r diff m-1 --funder ca-solidarite -f csv"),
    ],
    flags: &[
        &[PERIOD.help(fixed!("la période close : 2018-11, m-1…", "the closed period: 2018-11, m-1…")), FUNDER],
        flags::TABLE,
    ],
    run: Run::With(run),
};

/// Compares the report of a closed period with what it would be now.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let Some(code) = matches.text(&FUNDER) else {
        bail!(
            Refusal::usage(text!("pour quel financeur ?", "for which funder?"))
                .hint(text!("Ajoutez --funder CODE", "Add --funder CODE"))
        )
    };
    let asked = Asked { matches, period: matches.text(&PERIOD), funder: Some(code), missing: Missing::LastMonth };
    let framed = frame(ctx, &store, &asked)?;
    let Some(funder) = framed.scope.funder.clone() else { bail!("the scope lost its funder") };
    let close = standing(&store, &funder.code, &framed)?;
    let found = LookBack { store: &store, close: &close, funder: &funder, since: close.op }.lines()?;
    let recorder = store.recorder();
    let mut sheet = difference::sheet("diff", &found.lines, &|op| recorder.day(op).ok().flatten());
    sheet.footer.push(text!(
        "Vide compte pour 0. Ces lignes iront dans le prochain rapport clos (restated).",
        "Empty counts as 0. These lines will go with the next closed report (restated)."
    ));
    let mut answer = Answer::sheet(sheet)
        .when_empty(text!("Rien n'a changé depuis la clôture.", "Nothing has changed since the close."))
        .named([Some("diff".to_owned()), Some(close.period.clone()), Some(funder.code.clone())]);
    answer.said = framed.echoes;
    if found.lines.iter().any(|l| l.part.is_none()) {
        let period = as_typed(&close.period);
        answer.said.push(text!(
            "Les cellules masquées dans l'envoi (c) ne sont pas détaillées. Valeurs du jour : fil report export {period} --funder {code} --live",
            "Cells masked in the issued report (c) are not detailed. Today's values: fil report export {period} --funder {code} --live"
        ));
    }
    Ok(answer)
}
