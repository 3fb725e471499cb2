//! `fil report export`: each funder's folder of files with its manifest and its one-page note.

use super::again::{Done, again, issued, refuse_other_day};
use super::folder::Folder;
use super::scope::{Asked, frame};
use super::{ALL, CLOSE, DIALECT, DRAFT, FUNDERS, LIVE, PERIOD};
use crate::cli::noun::prelude::*;
use crate::cli::run::errors::{code_of, worst};
use crate::domain::facts::FunderFact;
use crate::domain::funder::Dialect;
use crate::domain::id::{OpId, ReleaseId};
use crate::domain::{Act, Reason, Refusal, Text};
use crate::ops::release;
use crate::ops::written_file::Fate;
use crate::publish::folder::{self, MakesWay};
use crate::publish::release::{Departure, SendingRequest, draft, prepare};
use crate::publish::scope::{Framed, Missing, is_open};
use crate::report::manifest;
use crate::sheet::Format;
use crate::store::Store;
use crate::store::releases::NewRelease;

/// `fil report export`.
pub const VERB: Verb = Verb {
    names: &["export", "x", "exporter"],
    about: fixed!("Écrit le dossier de chaque financeur.", "Writes each funder's folder."),
    examples: [
        fixed!("fil r x --all"),
        fixed!("fil report export m-1 --all --output /srv/exports/ --quiet --no-input"),
    ],
    flags: &[&[PERIOD, FUNDERS, ALL, flags::FOLDER, DIALECT, flags::AS_OF, DRAFT, LIVE, CLOSE, flags::FORCE]],
    run: Run::With(run),
};

/// Exports the reports of the funders asked for; one that fails does not stop the others.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let issued = matches.text(&CLOSE).map(|number| issued(ctx, &store, matches, number)).transpose()?;
    if let Some(close) = issued {
        let Done { said, .. } = again(ctx, &store, matches, &close, Vec::new())?;
        return Ok(Answer { said, ..Answer::default() }.say(text!("1 rapport écrit.", "1 report written.")));
    }
    let funders = funders(&store, matches)?;
    let mut answer = Answer::default();
    let mut codes = Vec::new();
    let mut echoed = false;
    let mut unchanged = 0;
    for funder in &funders {
        ctx.check_interrupt()?;
        match one(ctx, &store, matches, funder) {
            Ok(done) => {
                if !echoed {
                    answer.said.extend(done.echoes.clone());
                    echoed = true;
                }
                answer.said.extend(done.said);
                unchanged += usize::from(done.fate == Fate::Unchanged);
            }
            // A wrong flag is wrong for every funder alike.
            Err(error) if funders.len() == 1 => return Err(error),
            Err(error) => {
                let (code, sentence) = failed(ctx, funder, error)?;
                codes.push(code);
                answer.said.push(sentence);
            }
        }
    }
    answer.said.push(summed(funders.len() - codes.len() - unchanged, unchanged));
    answer.code = worst(codes);
    Ok(answer)
}

/// How many reports were written, and how many folders held the same bytes already.
fn summed(written: usize, unchanged: usize) -> Text {
    let all = match written {
        0 => text!("Aucun rapport écrit", "No report written"),
        1 => text!("1 rapport écrit", "1 report written"),
        n => text!("{n} rapports écrits", "{n} reports written"),
    };
    match unchanged {
        0 => text!("{all}.", "{all}."; all),
        1 => text!("{all}, 1 inchangé.", "{all}, 1 unchanged."; all),
        n => text!("{all}, {n} inchangés.", "{all}, {n} unchanged."; all),
    }
}

/// What is said of one funder's report that failed, and its code; a wrong flag is wrong for all of them.
pub fn failed(ctx: &Context<'_>, funder: &str, error: anyhow::Error) -> Result<(i32, Text)> {
    let error = ctx.explain(error);
    let Some(refusal) = error.chain().find_map(|e| e.downcast_ref::<Refusal>()) else { return Err(error) };
    if refusal.reason == Reason::Usage {
        return Err(error);
    }
    let join = Text::worded(|lang| refusal.lines(lang).join(" ; "));
    Ok((code_of(refusal.reason), text!("✗ {funder} : {join}", "✗ {funder}: {join}"; join)))
}

/// The funders asked for.
pub fn funders(store: &Store, matches: &Matches) -> Result<Vec<String>> {
    let typed = matches.all(&FUNDERS);
    match (matches.has(&ALL), typed.is_empty()) {
        (true, false) => bail!(
            Refusal::usage(text!("--all et --funder ensemble", "--all and --funder together"))
                .hint(text!("Gardez l'un des deux.", "Keep one of them."))
        ),
        (false, false) => Ok(typed.into_iter().map(str::to_owned).collect()),
        (true, true) => {
            let all = store.lookup().codes(crate::domain::kind::Target::Funder)?;
            if all.is_empty() {
                bail!(
                    Refusal::data(text!("il n'y a pas de financeur", "there is no funder"))
                        .hint(text!("Ajoutez-en un : fil funder add", "Add one: fil funder add"))
                );
            }
            Ok(all)
        }
        (false, true) => bail!(
            Refusal::usage(text!("pour quel financeur ?", "for which funder?"))
                .hint(text!("Ajoutez --funder CODE, ou --all", "Add --funder CODE, or --all"))
        ),
    }
}

fn one(ctx: &Context<'_>, store: &Store, matches: &Matches, funder: &str) -> Result<Done> {
    let asked = Asked { matches, period: matches.text(&PERIOD), funder: Some(funder), missing: Missing::LastMonth };
    let framed = frame(ctx, store, &asked)?;
    let Some(profile) = framed.scope.funder.clone() else { bail!("the scope lost its funder") };
    let format = dialect(matches, &profile)?;
    let mut name = manifest::folder_name(&framed.period_name().unwrap_or_default(), &profile.code);
    if matches.has(&DRAFT) {
        return at_home(store, framed, format, &Folder::of_draft(ctx, matches, &name));
    }
    let closed = store.find_close(&profile.code, framed.scope.from, framed.scope.to)?;
    if let Some(close) = closed.as_ref().filter(|_| !matches.has(&LIVE)) {
        refuse_other_day(matches, &framed, close)?;
        return again(ctx, store, matches, close, framed.echoes);
    }
    if closed.is_some() {
        // What was issued keeps its folder.
        name.push_str("_live");
    }
    let folder = Folder::of(ctx, matches, &name);
    send(ctx, store, framed, format, &folder)
}

/// Writes a draft: nothing of it is recorded.
fn at_home(store: &Store, framed: Framed, format: Format, folder: &Folder) -> Result<Done> {
    let made = draft(store, &framed, format)?;
    let fate = folder::write(&folder.place, &folder.name, &made.files, folder.over(MakesWay::Draft))?;
    let state = text!("brouillon, ne pas envoyer", "draft, do not send");
    let mut said = vec![folder.sentence(&made.files, &state)];
    said.extend(made.said);
    Ok(Done { echoes: framed.echoes, said, fate })
}

/// How often a report is computed again because somebody wrote meanwhile.
pub const TRIES: usize = 5;

/// Records a report and writes its files; the same report again is only written.
fn send(ctx: &Context<'_>, store: &Store, framed: Framed, format: Format, folder: &Folder) -> Result<Done> {
    let mut tries = 1..=TRIES;
    let (number, sending) = loop {
        let left = tries.next().is_some_and(|at| at < TRIES);
        let sending = prepare(store, SendingRequest { framed: &framed, asked: format, folder: &folder.name })?;
        folder::check(&folder.place.join(&folder.name), &sending.files, folder.over(MakesWay::Nothing))?;
        match &sending.standing {
            Departure::Again(number) => break (*number, sending),
            Departure::New { release, computed_at } => match record(ctx, release, *computed_at) {
                Ok(number) => break (number, sending),
                Err(error) if left && is_busy(&error) => ctx.check_interrupt()?,
                Err(error) => return Err(error),
            },
        }
    };
    let fate = folder::write(&folder.place, &folder.name, &sending.files, folder.over(MakesWay::Nothing))?;
    let state = match (is_open(&framed.scope), fate) {
        (_, Fate::Unchanged) => Text::new("inchangé", "unchanged"),
        (true, _) => {
            text!("provisoire, période en cours, envoi {number}", "provisional, period still open, release {number}")
        }
        (false, _) => text!("provisoire, envoi {number}", "provisional, release {number}"),
    };
    let mut said = vec![folder.sentence(&sending.files, &state)];
    let errors = sending.errors.iter();
    said.extend(
        errors.map(|(rule, count)| text!("  !  {rule} : {count}    fil check", "  !  {rule}: {count}    fil check")),
    );
    said.extend(sending.said);
    Ok(Done { echoes: framed.echoes, said, fate })
}

fn record(ctx: &Context<'_>, new: &NewRelease, computed_at: OpId) -> Result<ReleaseId> {
    let done = ctx.write(Act::Export, "reports", Trial::Real, |tx| release::release(tx, new, computed_at))?;
    Ok(done.into_value())
}

/// Whether an error says that somebody else wrote meanwhile.
pub fn is_busy(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<Refusal>().is_some_and(|refusal| refusal.reason == Reason::Busy))
}

/// The dialect of the files: that asked for, else the profile's.
pub fn dialect(matches: &Matches, profile: &FunderFact) -> Result<Format> {
    Ok(match matches.text(&DIALECT) {
        Some(asked) => Format::parse(asked)?,
        None if profile.dialect == Dialect::Csv => Format::Csv,
        None => Format::CsvFr,
    })
}
