//! `fil init`: creates the database; the only command that does.

use crate::cli::noun::prelude::*;
use crate::cli::run::database;
use crate::domain::{Act, Refusal};
use crate::ops::file_location::{self, Place};
use crate::ops::written_file::Fate;
use crate::store::{Store, refusal_of};
use anyhow::{Context as _, bail};

/// `fil init [FILE]`.
pub const VERB: Verb = Verb {
    names: &["init"],
    about: fixed!("Crée la base de l'école.", "Creates the school's database."),
    examples: [fixed!("fil init"), fixed!("fil init /srv/fil/fil.db")],
    flags: &[&[FILE, SYNCED]],
    run: Run::With(run),
};

const FILE: Flag = Flag::word(
    "file",
    fixed!("FICHIER", "FILE"),
    fixed!(
        "où la créer (sinon --db, FIL_DB, ou le dossier personnel)",
        "where (else --db, FIL_DB, or the user's folder)",
    ),
)
.optional();
const SYNCED: Flag = Flag::switch(
    "synced-folder",
    fixed!("accepte un dossier synchronisé ou du réseau", "accepts a synced or network folder"),
);

fn run(matches: &Matches, ctx: &Context<'_>) -> anyhow::Result<Answer> {
    let path = match matches.text(&FILE) {
        Some(name) => ctx.env.file(database::plain(name, "FILE")?),
        None => ctx.database()?.path,
    };
    if let (Some(risk), false) = (file_location::risk(&path), matches.has(&SYNCED)) {
        let kind = match risk {
            Place::Synced(program) => program.to_owned(),
            Place::Network(system) => system,
        };
        bail!(
            Refusal::failure(text!(
                "ce dossier est synchronisé ou distant ({kind})",
                "this folder is synced or remote ({kind})"
            ))
            .why(text!(
                "une base copiée pendant qu'on y écrit peut être perdue",
                "a database that is copied while it is written can be lost"
            ))
            .hint(text!(
                "Choisissez un dossier local, ou ajoutez --synced-folder",
                "Choose a local folder, or add --synced-folder"
            ))
        );
    }
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty() && matches.text(&FILE).is_none()) {
        std::fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
    }
    let id = ctx.random_hex(16)?;
    let made = Store::init(&path, &id, &ctx.operation(Act::Init, "database")?);
    made.map_err(|error| match refusal_of(&error, &path) {
        Some(refusal) => error.context(refusal),
        None => error,
    })?;
    let file = path.display();
    Ok(Answer::done(text!("Base créée : {file}", "Database created: {file}"))
        .say(text!("Ensuite : fil import FICHIERS, ou fil cohort add", "Next: fil import FILES, or fil cohort add"))
        .wrote(path, Fate::Written))
}
