//! `fil funder template`: how a funder wants its report laid out.

use super::*;
use crate::cli::ask::prompt::{Reply, confirm};
use crate::cli::ask::typed_record::code;
use crate::cli::noun::prelude::*;
use crate::domain::closed_list::ClosedList;
use crate::domain::facts::FunderFact;
use crate::domain::kind::budget;
use crate::domain::{Act, Refusal, Text};
use crate::ops::special_file::what_it_is;
use crate::ops::template::{TemplateRequest, set_template};
use crate::report::template::{self, Bounds, Budget, Template};
use crate::sheet::escape;
use crate::store::Store;
use anyhow::{Context as _, bail};
use std::io::Read;

/// `fil funder template`.
pub const VERB: Verb = Verb {
    names: &["template", "modele", "modèle"],
    about: fixed!("Le modèle de ses rapports.", "The layout of its reports."),
    examples: [fixed!("fil funder template ars --show > ars.toml"), fixed!("fil funder template ars --set ars.toml")],
    flags: &[&[OF_FUNDER, SHOW, SET, RESET, flags::YES, flags::DRY_RUN, flags::KNOWN_ON]],
    run: Run::With(run),
};

const SHOW: Flag =
    Flag::switch("show", fixed!("montre le modèle, ou celui d'origine", "shows the template, or the built-in one"))
        .also(&["voir"]);
const SET: Flag =
    Flag::option("set", fixed!("FICHIER|-", "FILE|-"), fixed!("prend ce modèle TOML", "takes this TOML template"))
        .also(&["definir"]);
const RESET: Flag = Flag::switch("reset", fixed!("revient au modèle d'origine", "goes back to the built-in template"))
    .also(&["origine"]);

/// `fil funder template FUNDER --show | --set FILE | --reset`; shows when nothing is said.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let asked = [matches.has(&SHOW), matches.text(&SET).is_some(), matches.has(&RESET)];
    if asked.iter().filter(|asked| **asked).count() > 1 {
        bail!(
            Refusal::usage(text!(
                "--show, --set et --reset vont l'un sans l'autre",
                "--show, --set and --reset go alone"
            ))
            .hint(text!("Gardez-en un seul.", "Keep one of them."))
        );
    }
    if matches.has(&flags::YES) && !matches.has(&RESET) {
        bail!(Refusal::usage(text!("--yes va avec --reset", "--yes goes with --reset")));
    }
    let writes = matches.text(&SET).is_some() || matches.has(&RESET);
    if matches.has(&flags::DRY_RUN) && !writes {
        bail!(Refusal::usage(text!("--dry-run va avec --set ou --reset", "--dry-run goes with --set or --reset")));
    }
    if ctx.known_on.is_some() && writes {
        bail!(Refusal::usage(text!("--known-on va avec --show", "--known-on goes with --show")));
    }
    let store = ctx.open()?;
    let purpose = if writes { Purpose::Write } else { Purpose::Read };
    let found = funder(ctx, &store.lookup(), matches.need(&OF_FUNDER)?, purpose)?;
    let Some(profile) = store.funder_fact(code(&found.value))? else { bail!("the funder lost its profile") };
    let answer = match matches.text(&SET) {
        Some(file) => set(matches, ctx, &store, &profile, file),
        None if matches.has(&RESET) => reset(matches, ctx, &store, &profile),
        None => show(ctx, &store, &profile),
    };
    Ok(answer?.say_before(found.echo))
}

fn show(ctx: &Context<'_>, store: &Store, profile: &FunderFact) -> Result<Answer> {
    let own = &profile.code;
    let (toml, sentence) = match store.template(profile.id)? {
        Some(toml) => (toml, text!("Modèle de {own}.", "Template of {own}.")),
        None => (
            template::write(&built_in(store, profile)?, ctx.lang),
            text!(
                "Modèle d'origine. Pour le changer : fil funder template {own} --set FICHIER",
                "Built-in template. To change it: fil funder template {own} --set FILE"
            ),
        ),
    };
    // A file gets the exact text back; a screen never gets what could drive it.
    let page = if ctx.env.stdout_is_terminal { escape::terminal_lines(&toml).into_owned() } else { toml };
    Ok(Answer::page(Text::same(page)).say(sentence))
}

fn built_in(store: &Store, profile: &FunderFact) -> Result<Template> {
    let cohorts = store.cohorts_of_funder(&profile.code)?;
    let lines = store.lookup().records(Kind::Budget, Which::All)?;
    let kept = lines.iter().any(|line| line.text(budget::COHORT).is_some_and(|c| cohorts.iter().any(|own| own == c)));
    let budget = if kept { Budget::Kept } else { Budget::Absent };
    Ok(template::built_in(profile, budget, profile.threshold()))
}

fn set(matches: &Matches, ctx: &Context<'_>, store: &Store, profile: &FunderFact, file: &str) -> Result<Answer> {
    let toml = text_of(ctx, file)?;
    let cohorts = store.cohorts_of_funder(&profile.code)?;
    let bounds = Bounds { funder: profile, threshold: profile.threshold(), cohorts: &cohorts };
    let name = if file == "-" { "stdin" } else { file };
    let template = template::read(&toml, Some(bounds)).map_err(|flaw| flaw.refusal(name))?;
    let own = &profile.code;
    if store.template(profile.id)?.as_ref() == Some(&toml) {
        return Ok(Answer::done(text!("Rien à changer : modèle de {own}", "Nothing to change: template of {own}")));
    }
    let trial = Trial::of(matches);
    let done = ctx.write(Act::Template, Kind::Funders.code(), trial, |tx| {
        set_template(tx, &[TemplateRequest { funder: profile.id, toml: Some(&toml) }])
    })?;
    let list = template::sections(&template).iter().map(|s| s.code()).collect::<Vec<_>>().join(", ");
    let sentence = match trial {
        Trial::Real => text!("Modèle de {own} enregistré : {list}", "Template of {own} saved: {list}"),
        Trial::DryRun => {
            text!("Modèle de {own} qui serait enregistré : {list}", "Template of {own} to be saved: {list}")
        }
    };
    Ok(Answer::done(sentence).say_after(how_to_go_back(&done, trial)))
}

fn reset(matches: &Matches, ctx: &Context<'_>, store: &Store, profile: &FunderFact) -> Result<Answer> {
    let own = &profile.code;
    if store.template(profile.id)?.is_none() {
        return Ok(Answer::done(text!(
            "Rien à changer : {own} a le modèle d'origine",
            "Nothing to change: {own} has the built-in template"
        )));
    }
    let trial = Trial::of(matches);
    let question = text!("Retirer le modèle de {own} ?", "Take the template of {own} away?");
    if trial == Trial::Real && !matches.has(&flags::YES) && confirm(ctx, &question, "--yes")? == Reply::No {
        return Ok(Answer::done(text!("Rien n'a changé.", "Nothing changed.")));
    }
    let done = ctx.write(Act::Template, Kind::Funders.code(), trial, |tx| {
        set_template(tx, &[TemplateRequest { funder: profile.id, toml: None }])
    })?;
    let sentence = match trial {
        Trial::Real => text!("{own} revient au modèle d'origine", "{own} is back to the built-in template"),
        Trial::DryRun => text!("{own} reviendrait au modèle d'origine", "{own} would be back to the built-in template"),
    };
    Ok(Answer::done(sentence).say_after(how_to_go_back(&done, trial)))
}

/// The largest layout: all sections with every column named twice are far below.
const LARGEST: u64 = 256 * 1024;

/// The text of a file, or of standard input for `-`.
fn text_of(ctx: &Context<'_>, file: &str) -> Result<String> {
    let word = crate::domain::folding::shown(file);
    let bytes = if file == "-" {
        ctx.read_stdin()?
    } else {
        let mut bytes = Vec::new();
        let path = ctx.env.file(file);
        if let Some(found) = std::fs::metadata(&path).ok().filter(|found| !found.is_file()) {
            let what = what_it_is(&found);
            bail!(
                Refusal::data(text!("« {word} » n'est pas un fichier : c'est {what}", "“{word}” is not a file: it is {what}"; what))
                    .hint(text!("Donnez un fichier .toml ; « - » lit l'entrée standard.", "Give a .toml file; “-” reads standard input."))
            );
        }
        let read = std::fs::File::open(&path).and_then(|f| f.take(LARGEST + 1).read_to_end(&mut bytes));
        read.with_context(|| text!("« {word} » n'a pas pu être lu", "“{word}” could not be read"))?;
        bytes
    };
    if bytes.len() as u64 > LARGEST {
        bail!(Refusal::data(text!("« {word} » est trop gros pour un modèle", "“{word}” is too large for a template")));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => bail!(
            Refusal::data(text!("« {word} » n'est pas du texte UTF-8", "“{word}” is not UTF-8 text"))
                .hint(text!("Enregistrez-le en UTF-8.", "Save it as UTF-8."))
        ),
    }
}
