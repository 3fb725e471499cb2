//! `fil report verify`: a folder that was sent against its manifest, and its figures against the records.

use super::FOLDER;
use crate::cli::noun::prelude::*;
use crate::cli::run::answer::{Answer, Body};
use crate::domain::Refusal;
use crate::ops::special_file;
use crate::publish::verify::{Against, Claim, Verified, close_of, verify, verify_opened};
use crate::report::note::Standing;
use crate::store::Store;
use anyhow::Context as _;
use std::path::Path;

/// `fil report verify`.
pub const VERB: Verb = Verb {
    names: &["verify", "verifier"],
    about: fixed!("Vérifie les fichiers et les chiffres d'un dossier.", "Checks the files and figures of a folder."),
    examples: [
        fixed!("fil report verify exports/2018-11_break-poverty"),
        fixed!("fil r verify envoi/2018-12 --after envoi/2018-11", "fil r verify sent/2018-12 --after sent/2018-11"),
    ],
    flags: &[&[SENT, AFTER, OPENED], flags::TABLE],
    run: Run::With(run),
};

const SENT: Flag = FOLDER.optional();
const AFTER: Flag = Flag::option(
    "after",
    fixed!("DOSSIER", "DIR"),
    fixed!("vient-il après cet envoi ?", "whether it comes after this earlier one"),
)
.also(&["apres"]);
const OPENED: Flag = Flag::option(
    "opened",
    fixed!("FICHIER", "FILE"),
    fixed!("une ligne ouverte par fil report open", "a line given by fil report open"),
)
.also(&["ouverte"]);

/// Verifies a folder, or a line that was opened. Without the school's file, which an auditor does not have, only what
/// needs it is left out.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let opened = match matches.text(&OPENED) {
        Some(typed) => {
            let path = ctx.env.file(typed);
            let bytes = special_file::read(&path).with_context(|| not_read(&path))?;
            Some((path, bytes))
        }
        None => None,
    };
    let opened = opened.as_ref().map(|(path, bytes)| (path.as_path(), bytes.as_slice()));
    let store = database(ctx)?;
    let Some(folder) = matches.text(&SENT) else { return line_of_a_close(store.as_ref(), opened) };
    let claim = Claim::read(&ctx.env.file(folder))?;
    let after = matches.text(&AFTER).map(|typed| ctx.env.file(typed));
    let against = Against { store: store.as_ref(), after: after.as_deref(), opened };
    let mut answer = told(verify(&claim, &against)?, claim.standing);
    if store.is_none() {
        answer.said.push(text!(
            "Sans la base de l'école : fichiers, empreintes et arithmétique seulement.",
            "Without the school's database: files, hashes and arithmetic only."
        ));
    }
    Ok(answer)
}

/// The school's file, where there is one.
fn database(ctx: &Context<'_>) -> Result<Option<Store>> {
    match ctx.database() {
        Ok(place) if place.path.exists() => Ok(Some(ctx.open()?)),
        Ok(_) | Err(_) => Ok(None),
    }
}

/// Checks a line against the close that it names, as the school's file keeps it.
fn line_of_a_close(store: Option<&Store>, opened: Option<(&Path, &[u8])>) -> Result<Answer> {
    let (Some(store), Some((file, bytes))) = (store, opened) else {
        bail!(
            Refusal::usage(text!("quel dossier vérifier ?", "which folder is to be verified?"))
                .hint(text!("fil report verify DOSSIER", "fil report verify DIR"))
        )
    };
    let number = close_of(bytes);
    let close = store.closes(None)?.into_iter().find(|close| Some(close.number.number()) == number);
    let Some(close) = close else {
        let file = file.display();
        bail!(Refusal::data(text!(
            "{file} ne nomme aucun envoi clos de cette base",
            "{file} names no closed report of this database"
        )))
    };
    Ok(told(verify_opened(&close, (file, bytes)), Standing::Closed))
}

fn not_read(path: &Path) -> Refusal {
    let shown = path.display();
    Refusal::failure(text!("{shown} ne peut pas être lu", "{shown} cannot be read"))
}

fn told(verified: Verified, standing: Standing) -> Answer {
    let Verified { checks, unlisted, from_elsewhere, failed } = verified;
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
    answer.said.push(match (failed, standing) {
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
    if failed > 0 { answer.refused() } else { answer }
}
