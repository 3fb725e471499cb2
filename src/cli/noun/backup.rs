//! `fil backup` and `fil restore`: copies that were proven good, and going back to one.

use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::noun::prelude::*;
use crate::cli::run::database;
use crate::cli::run::env::Now;
use crate::domain::id::OpId;
use crate::domain::{Date, Refusal, Text};
use crate::ops::written_file::Fate;
use crate::store::Store;
use crate::store::file::backup::{self, Examined};
use anyhow::Context as _;
use std::path::{Path, PathBuf};

/// `fil backup`.
pub const BACKUP: Verb = Verb {
    names: &["backup", "sauvegarde"],
    about: fixed!("Copie la base et vérifie la copie.", "Copies the database and checks the copy."),
    examples: [fixed!("fil backup"), fixed!("fil backup -o /srv/backups/ -q")],
    flags: &[&[OUTPUT, AS_IS]],
    run: Run::With(backup),
};

/// `fil restore FILE`.
pub const RESTORE: Verb = Verb {
    names: &["restore", "restaurer"],
    about: fixed!("Revient à une sauvegarde.", "Goes back to a backup."),
    examples: [
        fixed!("fil restore backups/fil-2018-12-05-021000-42.db"),
        fixed!("fil restore copie.db -n", "fil restore copy.db -n"),
    ],
    flags: &[&[FILE, flags::DRY_RUN, flags::YES]],
    run: Run::With(restore),
};

const OUTPUT: Flag = Flag::option(
    "output",
    fixed!("DOSSIER/|FICHIER", "DIR/|FILE"),
    fixed!("où l'écrire (sinon backups/ près de la base)", "where to write it (else backups/ beside the database)"),
)
.short('o');
const AS_IS: Flag = Flag::switch(
    "as-is",
    fixed!("copie même une base endommagée, sans l'examiner", "copies even a damaged database, without examining it"),
);
const FILE: Flag =
    Flag::word("file", fixed!("FICHIER", "FILE"), fixed!("la sauvegarde à reprendre", "the backup to go back to"));

fn backup(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let how = if matches.has(&AS_IS) { Examined::Not } else { Examined::Whole };
    let store = match how {
        Examined::Whole | Examined::Damage => ctx.open()?,
        Examined::Not => ctx.open_as_it_is()?,
    };
    let (now, operation) = (ctx.now(), store.newest_operation()?);
    let place = match matches.text(&OUTPUT) {
        None => Place::Folder(folder(ctx)?),
        Some(typed) => place(ctx, typed)?,
    };
    // Another file may have gone through the same operations in the same second: a restore brings it back.
    let same = |target: &PathBuf| how == Examined::Whole && same_state(target, &store);
    let fits = |target: &PathBuf| !target.exists() || same(target);
    let target = match place {
        Place::File(file) => file,
        Place::Folder(folder) => (1..).map(|n| folder.join(name(now, operation, n))).find(fits).unwrap_or_default(),
    };
    let fate = match target.exists() {
        true if same(&target) => Fate::Unchanged,
        _ => {
            store.backup(&target, how)?;
            Fate::Written
        }
    };
    let size = std::fs::metadata(&target).map(|meta| meta.len()).unwrap_or_default();
    let size = size_said(size);
    Ok(Answer::done(match how {
        Examined::Whole | Examined::Damage => {
            text!("Sauvegarde relue et comparée : {size}", "Backup read back and compared: {size}"; size)
        }
        Examined::Not => text!(
            "Copie telle quelle, comparée mais non examinée : {size}",
            "Copied as it is, compared but not examined: {size}";
            size
        ),
    })
    .wrote(target, fate))
}

/// Whether a file is a good copy of this very state: the same school after the same operation.
fn same_state(target: &Path, store: &Store) -> bool {
    store.is_copied_in(target).unwrap_or(false) && backup::verify(target).is_ok()
}

/// `fil-2018-12-05-021000-42.db`: the time in the room, and the operation that was the last one then.
fn name(now: Now, operation: OpId, n: usize) -> String {
    let second = (now.utc + i64::from(now.offset)).rem_euclid(86_400);
    let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
    let name = format!("fil-{}-{h:02}{m:02}{s:02}-{operation}", now.day);
    if n < 2 { format!("{name}.db") } else { format!("{name}-{n}.db") }
}

/// Where a backup goes: under a name of its own in a folder, or where it is told to.
enum Place {
    Folder(PathBuf),
    File(PathBuf),
}

fn place(ctx: &Context<'_>, typed: &str) -> Result<Place> {
    if typed == "-" {
        bail!(
            Refusal::usage(text!(
                "une sauvegarde s'écrit dans un fichier, pas à l'écran",
                "a backup is written to a file, not to the screen"
            ))
            .hint(text!("Donnez un dossier : fil backup -o sauvegardes/", "Give a folder: fil backup -o backups/"))
        );
    }
    let path = ctx.env.file(database::plain(typed, "--output")?);
    let folder = typed.ends_with('/') || (cfg!(windows) && typed.ends_with('\\')) || path.is_dir();
    Ok(if folder { Place::Folder(path) } else { Place::File(path) })
}

/// The folder of the backups: `FIL_BACKUPS`, else `backups` beside the database.
pub fn folder(ctx: &Context<'_>) -> Result<PathBuf> {
    if let Some(named) = ctx.env.var("FIL_BACKUPS") {
        return Ok(ctx.env.file(database::plain(named, "FIL_BACKUPS")?));
    }
    Ok(ctx.database()?.path.parent().unwrap_or(Path::new("")).join("backups"))
}

/// Copies the file before somebody is erased. The copy holds them, so it lives only until the erasure is proven sound;
/// without it nobody is erased.
pub fn before_erase(ctx: &Context<'_>) -> Result<backup::Copy> {
    let store = ctx.open()?;
    let target = folder(ctx)?.join(format!("{BEFORE_ERASE}{:08}.db", store.newest_operation()?));
    store.copy_for(&target, Examined::Damage)
}

const BEFORE_ERASE: &str = "before-erase-";

/// Removes the copy made before an erasure, and those that interrupted ones left.
pub fn drop_before_erase(ctx: &Context<'_>) -> Result<()> {
    for path in copies(&folder(ctx)?, BEFORE_ERASE) {
        std::fs::remove_file(path)?;
    }
    Ok(())
}

/// The files of a folder whose names begin so, in order.
fn copies(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let ours = |path: &PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(prefix));
    let mut copies: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(ours).collect();
    copies.sort();
    copies
}

/// The newest backup of the usual folder, and its day, as its name tells it.
pub fn newest(ctx: &Context<'_>) -> Option<(String, Date)> {
    let entries = std::fs::read_dir(folder(ctx).ok()?).ok()?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names.filter_map(|name| day_of(&name).map(|day| (name, day))).max_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)))
}

fn day_of(name: &str) -> Option<Date> {
    let rest = name.strip_prefix("fil-")?.strip_suffix(".db")?;
    let (day, after) = rest.split_at_checked(10)?;
    let numbers = after.starts_with('-') && after.bytes().all(|b| b == b'-' || b.is_ascii_digit());
    if numbers { Date::parse_iso(day).ok() } else { None }
}

/// A size as people read it: kilobytes, then megabytes with one decimal.
fn size_said(bytes: u64) -> Text {
    let kilobytes = bytes.div_ceil(1024);
    if kilobytes < 1024 {
        return text!("{kilobytes} ko", "{kilobytes} kB");
    }
    let tenths = kilobytes * 10 / 1024;
    let (whole, tenth) = (tenths / 10, tenths % 10);
    text!("{whole},{tenth} Mo", "{whole}.{tenth} MB")
}

fn restore(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let typed = matches.need(&FILE)?;
    let file = ctx.env.file(database::plain(typed, "FILE")?);
    let place = ctx.database()?.path;
    if same_file(&file, &place) {
        bail!(Refusal::usage(text!("ce fichier est la base elle-même", "this file is the database itself")));
    }
    examine(&file)?;
    let found = about(&file)?;
    let (shown, target) = (file.display(), place.display());
    if Trial::of(matches) == Trial::DryRun {
        return Ok(Answer::done(
            text!("{shown} est une bonne sauvegarde : {found}", "{shown} is a good backup: {found}"; found),
        )
        .say(text!("Elle prendrait la place de {target}.", "It would take the place of {target}."))
        .say(text!("Essai : rien n'a été écrit.", "Trial: nothing was written.")));
    }
    let question =
        text!("Remplacer {target} par {shown} ({found}) ?", "Replace {target} with {shown} ({found})?"; found);
    if !matches.has(&flags::YES) && confirm(ctx, &question, "--yes")? == Reply::No {
        return Ok(Answer::done(text!("Rien n'a changé.", "Nothing changed.")));
    }
    if let Some(folder) = place.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
    }
    let kept = backup::restore(&file, &place, |n| place.with_extension(aside(ctx.now(), n)))?;
    let answer =
        Answer::done(text!("Base restaurée : {target} ({found})", "Database restored: {target} ({found})"; found));
    Ok(match kept {
        Some(kept) => {
            let name = kept.display();
            answer
                .say(text!("L'ancienne base est gardée : {name}", "The replaced database is kept: {name}"))
                .say(text!("Pour revenir en arrière : fil restore {name}", "To go back: fil restore {name}"))
        }
        None => answer,
    })
}

/// Refuses a file that is no good backup, before anything is touched.
fn examine(file: &Path) -> Result<()> {
    let shown = file.display();
    let untouched = text!("La base en place n'a pas été touchée.", "The database in place was left untouched.");
    if !file.exists() {
        bail!(Refusal::failure(text!("il n'y a pas de fichier {shown}", "there is no file {shown}")).hint(untouched));
    }
    let Err(error) = backup::verify(file) else { return Ok(()) };
    let Some(found) = error.downcast_ref::<Refusal>().cloned().or_else(|| crate::store::refusal_of(&error, file))
    else {
        return Err(error);
    };
    let what = text!("{shown} n'est pas une bonne sauvegarde", "{shown} is not a good backup");
    let why = if found.what == what { found.why } else { Some(found.what.clone()) };
    let refusal = Refusal::new(found.reason, what).hint(untouched);
    Err(match why {
        Some(why) => refusal.why(why),
        None => refusal,
    }
    .into())
}

/// The ending of the name of a file that was replaced: `fil.replaced-2018-12-05-021000.db`, and of the next ones of the
/// same second: `fil.replaced-2018-12-05-021000-2.db`.
fn aside(now: Now, n: usize) -> String {
    let second = (now.utc + i64::from(now.offset)).rem_euclid(86_400);
    let time = format!("{}-{:02}{:02}{:02}", now.day, second / 3600, second / 60 % 60, second % 60);
    if n < 2 { format!("replaced-{time}.db") } else { format!("replaced-{time}-{n}.db") }
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// How far a file goes: its last operation and its day.
fn about(file: &Path) -> Result<Text> {
    let store = Store::open_copy(file)?;
    let last = store.operations()?.pop();
    Ok(match last {
        Some(last) => {
            let (number, day, iso) = (last.number, last.day.french(), last.day);
            text!("jusqu'à l'opération {number}, le {day}", "up to operation {number}, on {iso}")
        }
        None => text!("sans opération", "without any operation"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_named_after_the_time_in_the_room_and_the_last_operation() {
        let day = Date::parse_iso("2018-12-05").unwrap();
        assert_eq!(name(Now::noon(day), OpId::from_number(42), 1), "fil-2018-12-05-120000-42.db");
        assert_eq!(
            name(Now { offset: 3600, ..Now::noon(day) }, OpId::from_number(7), 2),
            "fil-2018-12-05-130000-7-2.db"
        );
    }

    #[test]
    fn only_the_names_of_backups_tell_a_day() {
        let day = |name| day_of(name).map(|day| day.to_string());
        assert_eq!(day("fil-2018-12-05-120000-42.db"), Some("2018-12-05".to_owned()));
        for other in
            ["fil.db", "fil-2018-13-05-120000-42.db", "fil-2018-12-05x.db", "fil-é.db", "fil-2018-12-05-copie.db"]
        {
            assert_eq!(day(other), None, "{other}");
        }
    }

    #[test]
    fn sizes_are_said_in_kilobytes_then_megabytes() {
        assert_eq!(size_said(1).fr, "1 ko");
        assert_eq!(size_said(1_047_552).en, "1023 kB");
        assert_eq!(size_said(1_047_553).en, "1.0 MB");
        assert_eq!(size_said(1_572_864).fr, "1,5 Mo");
    }
}
