//! `fil report sent`: a report that left is written again, byte for byte.

use super::folder::{Folder, place};
use crate::cli::noun::prelude::*;
use crate::domain::Refusal;
use crate::domain::folding::shown;
use crate::publish::release::files_again;
use crate::store::Store;
use crate::store::releases::{Release, ReleaseKind};

/// `fil report sent`.
pub const VERB: Verb = Verb {
    names: &["sent", "envoye"],
    about: fixed!("Réécrit un envoi, octet pour octet.", "Writes again a report that left, byte for byte."),
    examples: [fixed!("fil report sent 12 -o revu/", "fil report sent 12 -o again/"), fixed!("fil r envoye 12")],
    flags: &[&[RELEASE, flags::FOLDER, flags::FORCE]],
    run: Run::With(run),
};

const RELEASE: Flag = Flag::word(
    "release",
    fixed!("N", "N"),
    fixed!("le numéro de l'envoi (fil report history)", "the number of the release (fil report history)"),
);

/// Writes the files of a release again.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let release = find(&store, matches.need(&RELEASE)?)?;
    let files = files_again(&store, &release)?;
    let mut name = release.folder.clone();
    if release.kind == ReleaseKind::Close && is_superseded(&store, &release)? {
        name.push_str(&format!("_{}", release.number));
    }
    let (sentence, _) = place(&Folder::of(ctx, matches, &name), &files, release.kind)?;
    Ok(Answer::default().say(sentence))
}

/// Whether the period of a close was opened again since: its folder may hold the report that replaces it.
fn is_superseded(store: &Store, release: &Release) -> Result<bool> {
    let number = release.number.into();
    let closes = store.closes(Some(&release.funder))?;
    Ok(closes.iter().any(|close| close.number == number && close.reopened.is_some()))
}

fn find(store: &Store, typed: &str) -> Result<Release> {
    let word = shown(typed);
    let Ok(number) = typed.parse() else {
        bail!(
            Refusal::usage(text!("« {word} » n'est pas un numéro d'envoi", "“{word}” is not the number of a release"))
                .hint(text!("Liste : fil report history", "List: fil report history"))
        )
    };
    match store.release(number)? {
        Some(release) => Ok(release),
        None => bail!(
            Refusal::selector(text!("il n'y a pas d'envoi {word}", "there is no release {word}"))
                .hint(text!("Liste : fil report history", "List: fil report history"))
        ),
    }
}
