//! `fil report verify`: a folder that was sent against its manifest, and its figures against the records.

use super::FOLDER;
use crate::cli::noun::prelude::*;
use crate::cli::run::answer::{Answer, Body};
use crate::publish::verify::{Claim, Verified, verify};
use crate::report::note::Standing;

/// `fil report verify`.
pub const VERB: Verb = Verb {
    names: &["verify", "verifier"],
    about: fixed!("Vérifie les fichiers et les chiffres d'un dossier.", "Checks the files and figures of a folder."),
    examples: [
        fixed!("fil report verify exports/2018-11_break-poverty"),
        fixed!("fil r verify envoi/ -f json", "fil r verify sent/ -f json"),
    ],
    flags: &[&[FOLDER], flags::TABLE],
    run: Run::With(run),
};

/// Verifies a folder.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let claim = Claim::read(&ctx.env.file(matches.need(&FOLDER)?))?;
    let Verified { checks, unlisted, from_elsewhere, failed } = verify(&ctx.open()?, &claim)?;
    let mut answer = Answer { body: Body::Sheet(checks), ..Answer::default() };
    for name in unlisted {
        answer.said.push(text!(
            "{name} : n'est pas dans le manifeste ; ce n'est pas un fichier du rapport.",
            "{name}: not in the manifest; it is not a file of the report."
        ));
    }
    if from_elsewhere {
        answer.said.push(text!(
            "Ce dossier vient d'une autre base : ses chiffres ne peuvent pas être recalculés ici.",
            "This folder comes from another database: its figures cannot be computed again here."
        ));
    }
    answer.said.push(match (failed, claim.standing) {
        (0, Standing::Closed) => text!(
            "✓ Tout tient : fichiers et chiffres, tels que clos.",
            "✓ Everything holds: files and figures, as closed."
        ),
        (0, Standing::Provisional) => {
            text!("✓ Tout tient aujourd'hui (rapport provisoire).", "✓ Everything holds today (provisional report).")
        }
        (0, Standing::Draft) => {
            text!("✓ Tout tient aujourd'hui (brouillon).", "✓ Everything holds today (draft).")
        }
        (1, _) => text!("✗ 1 vérification échoue.", "✗ 1 check fails."),
        (n, _) => text!("✗ {n} vérifications échouent.", "✗ {n} checks fail."),
    });
    Ok(if failed > 0 { answer.refused() } else { answer })
}
