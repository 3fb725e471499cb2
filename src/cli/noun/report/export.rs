//! `fil report export`: each funder's folder of files with its manifest and its one-page note.

use super::scope::{Asked, frame};
use super::{ALL, CLOSE, DIALECT, FUNDERS, LIVE, PERIOD};
use crate::cli::noun::prelude::*;
use crate::cli::run::errors::{code_of, worst};
use crate::domain::facts::FunderFact;
use crate::domain::funder::Dialect;
use crate::domain::{Refusal, Text};
use crate::ops::quality::Purpose;
use crate::ops::written_file::Fate;
use crate::publish::build::{Making, make};
use crate::publish::data_quality::quality_errors;
use crate::publish::folder::{self, MakesWay};
use crate::publish::scope::{Framed, Missing, as_typed, funder, is_open};
use crate::publish::standing_close::kept_files;
use crate::report::manifest::{self, ExportFile};
use crate::report::note::Standing;
use crate::sheet::Format;
use crate::store::Store;
use crate::store::sent::Close;
use std::path::PathBuf;

/// `fil report export`.
pub const VERB: Verb = Verb {
    names: &["export", "x", "exporter"],
    about: fixed!("Écrit le dossier de chaque financeur.", "Writes each funder's folder."),
    examples: [
        fixed!("fil r x --all"),
        fixed!("fil report export m-1 --all --output /srv/exports/ --quiet --no-input"),
    ],
    flags: &[&[PERIOD, FUNDERS, ALL, flags::FOLDER, DIALECT, flags::AS_OF, LIVE, CLOSE, flags::FORCE]],
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
                let refusal = error.chain().find_map(|e| e.downcast_ref::<Refusal>());
                let Some(refusal) = refusal else { return Err(error) };
                if refusal.reason == crate::domain::Reason::Usage {
                    return Err(error);
                }
                codes.push(code_of(refusal.reason));
                answer.said.push(failure(funder, refusal));
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

fn failure(funder: &str, refusal: &Refusal) -> Text {
    let join = |lang| refusal.lines(lang).join(" ; ");
    let join = Text::worded(join);
    text!("✗ {funder} : {join}", "✗ {funder}: {join}"; join)
}

fn funders(store: &Store, matches: &Matches) -> Result<Vec<String>> {
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

/// What came of one funder's export.
struct Done {
    echoes: Vec<Text>,
    said: Vec<Text>,
    fate: Fate,
}

fn one(ctx: &Context<'_>, store: &Store, matches: &Matches, funder: &str) -> Result<Done> {
    let asked = Asked { matches, period: matches.text(&PERIOD), funder: Some(funder), missing: Missing::LastMonth };
    let framed = frame(ctx, store, &asked)?;
    let Some(profile) = framed.scope.funder.clone() else { bail!("the scope lost its funder") };
    let closed = store.find_close(&profile.code, framed.scope.from, framed.scope.to)?;
    if let Some(close) = closed.as_ref().filter(|_| !matches.has(&LIVE)) {
        refuse_other_day(matches, &framed, close)?;
        return again(ctx, store, matches, close, framed.echoes);
    }
    let format = dialect(matches, &profile)?;
    let errors = quality_errors(store, &framed, Purpose::Look)?;
    let making = Making {
        framed: &framed,
        funder: &profile,
        asked: format,
        standing: Standing::Provisional,
        errors: &errors,
        accepted: &[],
        restated: None,
    };
    let made = make(store, making)?;
    let period = framed.period_name().unwrap_or_default();
    let mut name = manifest::folder_name(&period, &profile.code);
    if closed.is_some() {
        // What was issued keeps its folder.
        name.push_str("_live");
    }
    let folder = Folder::of(ctx, matches, &name);
    let fate = folder::write(&folder.place, &folder.name, &made.files, folder.over(MakesWay::Nothing))?;
    let state = match (is_open(&framed.scope), fate) {
        (_, Fate::Unchanged) => Text::new("inchangé", "unchanged"),
        (true, _) => Text::new("provisoire, période en cours", "provisional, period still open"),
        (false, _) => Text::new("provisoire", "provisional"),
    };
    let mut said = vec![folder.sentence(&made.files, &state)];
    said.extend(
        errors
            .iter()
            .map(|(rule, count)| text!("  !  {rule} : {count}    fil check", "  !  {rule}: {count}    fil check")),
    );
    said.extend(made.said);
    Ok(Done { echoes: framed.echoes, said, fate })
}

/// The dialect of the files: that asked for, else the profile's.
pub fn dialect(matches: &Matches, profile: &FunderFact) -> Result<Format> {
    Ok(match matches.text(&DIALECT) {
        Some(asked) => Format::parse(asked)?,
        None if profile.dialect == Dialect::Csv => Format::Csv,
        None => Format::CsvFr,
    })
}

/// A closed report is what it is: another as-of day is another report.
fn refuse_other_day(matches: &Matches, framed: &Framed, close: &Close) -> Result<()> {
    if matches.text(&flags::AS_OF).is_some() && framed.scope.as_of != close.as_of {
        let (day, iso) = (close.as_of.french(), close.as_of);
        bail!(
            Refusal::usage(text!("ce rapport est clos, état au {day}", "this report is closed, as of {iso}"))
                .hint(text!("Ce qu'il serait à un autre jour : --live", "What it would be on another day: --live"))
        );
    }
    Ok(())
}

/// The issued report of a number; refuses whatever else was typed and says another one.
fn issued(ctx: &Context<'_>, store: &Store, matches: &Matches, typed: &str) -> Result<Close> {
    let wanted = typed.parse().ok();
    let Some(close) = store.closes(None)?.into_iter().find(|c| Some(c.number) == wanted) else {
        bail!(
            Refusal::selector(text!("il n'y a pas d'envoi {typed}", "there is no issued report {typed}"))
                .hint(text!("Liste : fil report history", "List: fil report history"))
        );
    };
    for code in matches.all(&FUNDERS) {
        if funder(store, code)?.code != close.funder {
            bail!(another(&close, code));
        }
    }
    for flag in [&ALL, &LIVE] {
        if matches.has(flag) {
            bail!(another(&close, &format!("--{}", flag.id)));
        }
    }
    if let Some(period) = matches.text(&PERIOD) {
        let asked = Asked { matches, period: Some(period), funder: Some(&close.funder), missing: Missing::LastMonth };
        let scope = frame(ctx, store, &asked)?.scope;
        if (scope.from, scope.to) != (close.from, close.to) {
            bail!(another(&close, period));
        }
    }
    if let Some(day) = matches.text(&flags::AS_OF) {
        let asked = Asked { matches, period: None, funder: None, missing: Missing::Everything };
        if frame(ctx, store, &asked)?.scope.as_of != close.as_of {
            bail!(another(&close, day));
        }
    }
    Ok(close)
}

/// The number says one report, another word another one.
fn another(close: &Close, typed: &str) -> Refusal {
    let (number, period, funder) = (close.number, as_typed(&close.period), &close.funder);
    let (day, iso) = (close.as_of.french(), close.as_of);
    Refusal::usage(text!(
        "--close {number} et {typed} ne vont pas ensemble",
        "--close {number} and {typed} do not go together"
    ))
    .why(text!(
        "l'envoi {number} est {period} pour {funder}, état au {day}",
        "issued report {number} is {period} for {funder}, as of {iso}"
    ))
    .hint(text!("Cet envoi : fil report export --close {number}", "That report: fil report export --close {number}"))
}

/// Writes the bytes of an issued report again: what is kept is copied, nothing is computed.
fn again(ctx: &Context<'_>, store: &Store, matches: &Matches, close: &Close, echoes: Vec<Text>) -> Result<Done> {
    if matches.text(&DIALECT).is_some_and(|asked| asked != close.format) {
        let format = &close.format;
        bail!(
            Refusal::usage(text!("ce rapport a été clos en {format}", "this report was closed in {format}"))
                .why(text!("ses octets ne changent plus", "its bytes do not change any more"))
                .hint(text!(
                    "Sans -f, ou ce qu'il serait aujourd'hui : --live",
                    "Without -f, or what it would be today: --live"
                ))
        );
    }
    let files = kept_files(store, close)?;
    let mut name = manifest::folder_name(&close.period, &close.funder);
    if close.reopened.is_some() {
        name.push_str(&format!("_{}", close.number));
    }
    let folder = Folder::of(ctx, matches, &name);
    let (sentence, fate) = place(&folder, &files)?;
    Ok(Done { echoes, said: vec![sentence], fate })
}

/// Where the files of a report go.
pub struct Folder {
    place: PathBuf,
    name: String,
    forced: bool,
}

impl Folder {
    /// The folder of a name under `-o`, or under `exports/`.
    pub fn of(ctx: &Context<'_>, matches: &Matches, name: &str) -> Folder {
        let place = ctx.env.file(matches.text(&flags::FOLDER).unwrap_or("exports/"));
        Folder { place, name: name.to_owned(), forced: matches.has(&flags::FORCE) }
    }
    /// What makes way: with `--force` any report, else the one given.
    fn over(&self, otherwise: MakesWay) -> MakesWay {
        if self.forced { MakesWay::AnyReport } else { otherwise }
    }
    /// Refuses before anything is closed what could not be written after.
    pub fn check(&self, files: &[ExportFile]) -> Result<()> {
        folder::check(&self.place.join(&self.name), files, self.over(MakesWay::Provisional))
    }
    fn sentence(&self, files: &[ExportFile], state: &Text) -> Text {
        let shown = self.place.join(&self.name);
        let (shown, n) = (shown.display(), files.len());
        text!("✓ {shown}/    {n} fichiers    {state}", "✓ {shown}/    {n} files    {state}"; state)
    }
}

/// Writes the files of a closed report and says where.
pub fn put(folder: &Folder, files: &[ExportFile]) -> Result<Text> {
    place(folder, files).map(|(sentence, _)| sentence)
}

fn place(folder: &Folder, files: &[ExportFile]) -> Result<(Text, Fate)> {
    let fate = folder::write(&folder.place, &folder.name, files, folder.over(MakesWay::Provisional))?;
    let state = match fate {
        Fate::Unchanged => Text::new("clos, inchangé", "closed, unchanged"),
        Fate::Written => Text::new("clos", "closed"),
    };
    Ok((folder.sentence(files, &state), fate))
}
