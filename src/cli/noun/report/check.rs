//! `fil report check`: an export as its reader gets it, examined before it is sent.

use crate::cli::noun::prelude::*;
use crate::cli::parser::flags::{self, Flag, Takes};
use crate::publish::inspect::{Inspection, Severity, inspect, sheet};

/// `fil report check`.
pub const VERB: Verb = Verb {
    names: &["check", "controler"],
    about: fixed!("Cherche ce qu'un dossier ne doit pas dire.", "Looks for what a folder must not give away."),
    examples: [
        fixed!("fil report check exports/2018-11_break-poverty"),
        fixed!("fil report check exports/2018-12_ca --held exports/2018-11_ca"),
    ],
    flags: &[&[DIR, HELD], flags::TABLE],
    run: Run::With(run),
};

const DIR: Flag = Flag::word(
    "export",
    fixed!("DOSSIER", "DIR"),
    fixed!("le dossier d'un rapport, prêt à partir", "the folder of a report, ready to be sent"),
);
const HELD: Flag = Flag {
    takes: Takes::Many,
    ..Flag::option(
        "held",
        fixed!("DOSSIER", "DIR"),
        fixed!("un rapport que le financeur a déjà", "a report that the funder already holds"),
    )
}
.also(&["deja-envoye"]);

/// Examines a folder.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let mut answer = Answer::default();
    let store = match ctx.open() {
        Ok(store) => Some(store),
        Err(_) => {
            answer.said.push(text!(
                "Base non ouverte : les noms des stagiaires n'ont pas été cherchés dans ce dossier.",
                "The database was not opened: the names of the trainees were not looked for in this folder."
            ));
            None
        }
    };
    let held: Vec<_> = matches.all(&HELD).into_iter().map(|typed| ctx.env.file(typed)).collect();
    let inspection = inspect(store.as_ref(), &ctx.env.file(matches.need(&DIR)?), &held)?;
    Ok(tell(answer, inspection))
}

fn tell(answer: Answer, inspection: Inspection) -> Answer {
    let Inspection { found, files } = inspection;
    let errors = found.iter().filter(|f| f.severity == Severity::Error).count();
    let mut answer = Answer { body: crate::cli::run::answer::Body::Sheet(sheet(&found)), ..answer }
        .when_empty(text!("Rien à retenir : {files} fichiers relus.", "Nothing to withhold: {files} files read."));
    if found.is_empty() {
        return answer;
    }
    answer.said.push(match errors {
        0 => text!("✓ Rien n'empêche d'envoyer ce dossier.", "✓ Nothing keeps this folder from being sent."),
        1 => {
            text!("✗ 1 constat : n'envoyez pas ce dossier tel quel.", "✗ 1 finding: do not send this folder as it is.")
        }
        n => {
            text!(
                "✗ {n} constats : n'envoyez pas ce dossier tel quel.",
                "✗ {n} findings: do not send this folder as it is."
            )
        }
    });
    if errors == 0 {
        return answer;
    }
    answer
        .say(text!(
            "Pour le refaire : fil report export PÉRIODE --funder CODE --force",
            "To make it again: fil report export PERIOD --funder CODE --force"
        ))
        .refused()
}
