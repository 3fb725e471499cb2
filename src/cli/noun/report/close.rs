//! `fil report close` and `reopen`: issuing a report for good, and saying that another will follow.

use super::DIALECT;
use super::export::{Folder, dialect, put};
use super::make::{Made, Making, make, tables};
use super::past::{LookBack, named, standing, typed};
use super::scope::{Asked, Framed, Missing, frame, funder, period_name, threshold};
use super::{ACCEPT, FUNDER, PERIOD, WHY, WHYS, quality_scope};
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::parser::verb::{Run, Verb};
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::cli::run::errors::code_of;
use crate::cli::run::open::Trial;
use crate::domain::facts::{FunderFact, Scope};
use crate::domain::id::{CloseId, OpId};
use crate::domain::{Act, ClosedList, Reason, Refusal};
use crate::fixed;
use crate::ops::quality::{self, Purpose, Rule};
use crate::report::close::member::members;
use crate::report::close::printed_figures::{self, Figures};
use crate::report::close::restated::{self, Restated};
use crate::report::manifest::{self, sha256};
use crate::report::note::Standing;
use crate::report::{World, as_of};
use crate::sheet::{Format, Sheet};
use crate::store::Store;
use crate::store::sent::{Close, CloseFile, CloseMembers, CloseSection, NewClose};
use crate::text;
use anyhow::{Result, bail};
use std::collections::BTreeMap;

/// `fil report close`.
pub const CLOSE: Verb = Verb {
    names: &["close", "cloturer"],
    about: fixed!("Clôt une période : ce qui est envoyé ne bouge plus.", "Closes a period: what is sent stays."),
    examples: [
        fixed!("fil report close 2018-11 --funder break-poverty"),
        fixed!(
            "fil r close m-1 --funder ca --accept unmarked --why \"feuille perdue\"",
            "fil r close m-1 --funder ca --accept unmarked --why \"sheet lost\"",
        ),
    ],
    flags: &[&[PERIOD, FUNDER, ACCEPT, WHYS, flags::FOLDER, DIALECT, flags::FORCE, flags::DRY_RUN]],
    run: Run::With(close),
};

/// `fil report reopen`.
pub const REOPEN: Verb = Verb {
    names: &["reopen", "rouvrir"],
    about: fixed!("Rouvre une période close, qui garde ses octets.", "Reopens a closed period, which keeps its bytes."),
    examples: [
        fixed!(
            "fil report reopen 2018-11 --funder break-poverty --why \"sortie oubliée\"",
            "fil report reopen 2018-11 --funder break-poverty --why \"an exit was missing\"",
        ),
        fixed!(
            "fil r rouvrir 2018-11 --funder ca-solidarite --why ...",
            "fil r reopen 2018-11 --funder ca-solidarite --why ...",
        ),
    ],
    flags: &[&[PERIOD, FUNDER, WHY, flags::DRY_RUN]],
    run: Run::With(reopen),
};

/// Rules, each with why its errors are accepted.
type Accepted = Vec<(String, String)>;

/// The data-quality errors of a period.
struct Quality {
    /// Rule and how many records.
    errors: Vec<(String, usize)>,
    /// Those accepted all the same.
    accepted: Accepted,
}

/// Issues the report of a funder for a period.
pub fn close(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let code = funder_asked(matches)?;
    let asked = Asked { matches, period: matches.text(&PERIOD), funder: Some(code), missing: Missing::LastMonth };
    let framed = frame(ctx, &store, &asked)?;
    let Some(profile) = framed.scope.funder.clone() else { bail!("the scope lost its funder") };
    refuse_early(ctx, &store, &framed, &profile)?;
    let quality = weigh(matches, &store, &framed)?;
    let format = dialect(matches, &profile)?;
    // Whatever is written from here on by somebody else is not in the figures: the write below refuses then.
    let newest = store.newest_operation()?;
    let restated = restated(&store, &framed.scope, &profile)?;
    let told = restated.as_ref().map_or(0, |s| s.rows.len());
    let standing = Standing::Closed;
    let making = Making {
        framed: &framed,
        funder: &profile,
        asked: format,
        standing,
        errors: &quality.errors,
        accepted: &quality.accepted,
        restated,
    };
    let made = make(&store, making)?;
    let name = manifest::folder_name(&period_name(&framed).unwrap_or_default(), &profile.code);
    let folder = Folder::of(ctx, matches, &name);
    folder.check(&made.files)?;
    let new = kept(&framed, &made, tables(&profile, format), &quality)?;
    drop(store);
    let trial = Trial::of(matches);
    let done = ctx.write(Act::Close, "reports", trial, |tx| {
        if tx.op != newest.after() {
            bail!(Refusal::busy(text!(
                "une autre saisie a eu lieu pendant la clôture ; rien n'est clos",
                "another entry was made during the close; nothing is closed"
            )));
        }
        tx.insert_close(&new)
    })?;
    let mut answer = Answer::default();
    answer.said.extend(framed.echoes.clone());
    let (period, label) = named(&framed);
    let name = &profile.code;
    let Some(op) = done.operation() else {
        return Ok(answer.say(text!(
            "Essai : {label} pourrait être clos pour {name}. Rien n'a été écrit.",
            "Trial: {label} could be closed for {name}. Nothing was written.";
            label
        )));
    };
    answer = answer.say(text!(
        "✓ {label} clos pour {name}, opération {op}",
        "✓ {label} closed for {name}, operation {op}";
        label
    ));
    if told > 0 {
        answer = answer.say(text!(
            "  {told} lignes disent ce qui a changé dans les périodes déjà closes (restated.csv).",
            "  {told} lines say what changed in the periods already closed (restated.csv)."
        ));
    }
    answer.said.extend(made.said);
    match put(&folder, &made.files) {
        Ok(written) => answer.said.push(written),
        // The close stands whatever became of its files: they can be written again at any time.
        Err(error) => return Ok(unwritten(answer, &error, (&period, name))),
    }
    Ok(answer.say(text!(
        "Une clôture ne s'annule pas. Pour la refaire : fil report reopen {period} --funder {name} --why \"…\"",
        "A close cannot be undone. To do it again: fil report reopen {period} --funder {name} --why \"…\""
    )))
}

/// What is said when a report is closed but its files could not be written.
fn unwritten(mut answer: Answer, error: &anyhow::Error, (period, funder): (&str, &str)) -> Answer {
    let why = error.chain().find_map(|cause| cause.downcast_ref::<Refusal>());
    let (fr, en) = why.map_or_else(Default::default, |r| (format!(" : {}", r.what.fr), format!(": {}", r.what.en)));
    answer.code = code_of(why.map_or(Reason::Failure, |refusal| refusal.reason));
    answer
        .say(text!(
            "✗ Le rapport est clos et gardé, mais ses fichiers n'ont pas pu être écrits{fr}",
            "✗ The report is closed and kept, but its files could not be written{en}"
        ))
        .say(text!(
            "  Pour les écrire : fil report export {period} --funder {funder} -o DOSSIER/",
            "  To write them: fil report export {period} --funder {funder} -o DIR/"
        ))
}

fn funder_asked(matches: &Matches) -> Result<&str> {
    match matches.text(&FUNDER) {
        Some(code) => Ok(code),
        None => bail!(Refusal::usage(text!("pour quel financeur ?", "for which funder?")).hint(text!(
            "Ajoutez --funder CODE    Liste : fil funder list",
            "Add --funder CODE    List: fil funder list"
        ))),
    }
}

/// Refuses a period that is not over, or that was issued already.
fn refuse_early(ctx: &Context<'_>, store: &Store, framed: &Framed, funder: &FunderFact) -> Result<()> {
    let (scope, code) = (&framed.scope, &funder.code);
    let (period, label) = named(framed);
    if scope.to > ctx.today || scope.to > scope.as_of {
        let (day, iso) = (scope.to.french(), scope.to);
        bail!(
            Refusal::data(text!(
                "{label} n'est pas fini : on ne le clôt pas",
                "{label} is not over: it cannot be closed";
                label
            ))
            .why(text!("son dernier jour est le {day}", "its last day is {iso}"))
            .hint(text!(
                "Un rapport provisoire : fil report export {period} --funder {code}",
                "A provisional report: fil report export {period} --funder {code}"
            ))
        );
    }
    if let Some(known) = store.find_close(code, scope.from, scope.to)? {
        let op = known.op;
        bail!(
            Refusal::data(text!("{label} est déjà clos pour {code}", "{label} is already closed for {code}"; label))
                .why(text!("c'est l'opération {op}", "it is operation {op}"))
                .hint(text!(
                    "Ces fichiers : fil report export {period} --funder {code}    Le rouvrir : fil report reopen {period} --funder {code} --why \"…\"",
                    "Its files: fil report export {period} --funder {code}    Reopen it: fil report reopen {period} --funder {code} --why \"…\""
                ))
        );
    }
    Ok(())
}

/// The data-quality errors of the period, and those accepted; refuses while one is not.
fn weigh(matches: &Matches, store: &Store, framed: &Framed) -> Result<Quality> {
    let offered = offered(matches)?;
    let found = quality::errors(&store.lookup(), &quality_scope(store, framed, Purpose::Close)?)?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found {
        *counts.entry(finding.rule.code()).or_default() += 1;
    }
    let open: Vec<&str> = counts.keys().copied().filter(|rule| offered.iter().all(|(r, _)| r != rule)).collect();
    if let Some(first) = open.first() {
        let list = |lang| -> Vec<String> {
            let label = |rule: &str| Rule::from_code(rule).map_or_else(String::new, |r| r.label(lang).to_owned());
            open.iter().map(|rule| format!("{rule} ({}) : {}", label(rule), counts[rule])).collect()
        };
        let (fr, en) = (list(crate::domain::Lang::Fr).join(" ; "), list(crate::domain::Lang::En).join("; "));
        let fix = found.iter().find(|f| f.rule.code() == *first).map(|f| f.fix.clone()).unwrap_or_default();
        bail!(
            Refusal::data(text!(
                "des défauts de données empêchent de clore",
                "data errors stand in the way of a close"
            ))
            .why(text!("{fr}", "{en}"))
            .hint(text!(
                "La liste : fil check    Le premier : {fix}    Clore quand même : --accept {first} --why \"…\"",
                "The list: fil check    The first: {fix}    To close all the same: --accept {first} --why \"…\""
            ))
        );
    }
    let accepted = offered.into_iter().filter(|(rule, _)| counts.contains_key(rule.as_str())).collect();
    Ok(Quality { errors: counts.into_iter().map(|(rule, n)| (rule.to_owned(), n)).collect(), accepted })
}

/// `--accept RULE --why TEXT`, in pairs; one reason alone stands for all the rules.
fn offered(matches: &Matches) -> Result<Accepted> {
    let (rules, whys) = (matches.all(&ACCEPT), matches.all(&WHYS));
    if let Some(rule) = rules.iter().find(|rule| Rule::from_code(rule).is_none()) {
        let known = Rule::CODES.join(", ");
        bail!(
            Refusal::usage(text!("« {rule} » n'est pas une règle", "“{rule}” is not a rule"))
                .hint(text!("Règles : {known}", "Rules: {known}"))
        );
    }
    let said = whys.iter().all(|why| !why.trim().is_empty());
    let one_for_all = whys.len() == 1 && !rules.is_empty();
    let paired = whys.len() == rules.len() || one_for_all;
    if !said || !paired {
        bail!(
            Refusal::usage(text!("à chaque --accept son --why", "each --accept needs its --why"))
                .why(text!("la raison est imprimée dans le rapport", "the reason is printed in the report"))
                .hint(text!("--accept unmarked --why \"feuille perdue\"", "--accept unmarked --why \"sheet lost\""))
        );
    }
    let why = |at: usize| (*whys.get(at).unwrap_or(&whys[0])).trim().to_owned();
    Ok(rules.iter().enumerate().map(|(at, rule)| ((*rule).to_owned(), why(at))).collect())
}

/// What changed in the periods closed earlier for this funder since it was last told, and in the report that this one
/// replaces; nothing when nothing did.
pub fn restated(store: &Store, scope: &Scope, funder: &FunderFact) -> Result<Option<Sheet>> {
    let known = store.newest_operation()?;
    let closes: Vec<Close> = store.closes(Some(&funder.code))?.into_iter().filter(|c| c.op <= known).collect();
    let stands = |c: &&Close| c.reopened.as_ref().is_none_or(|(by, _)| *by > known);
    let same_days = |c: &&Close| (c.from, c.to) == (scope.from, scope.to);
    let others: Vec<&Close> = closes.iter().filter(|c| stands(c) && !same_days(c)).collect();
    // A later report that stands has told what had changed before it; the one that this close replaces told nothing since.
    let last = others.iter().map(|c| c.op).max().unwrap_or(OpId::NONE);
    let replaced = closes.iter().rfind(same_days).map(|close| (close, close.op));
    let mut periods = Vec::new();
    for (close, since) in others.into_iter().map(|close| (close, last)).chain(replaced) {
        let found = LookBack { store, close, funder, since }.lines()?;
        if found.lines.is_empty() {
            continue;
        }
        let limit = threshold(scope);
        let lines = if limit > 0 {
            let facts = super::scope::facts(store, &found.question.scope, &super::scope::Needs::WHOLE)?;
            let (sheets, _) = super::make::masked(store, &facts, &found.question.scope, &found.question.sections)?;
            restated::guarded(found.lines, &Figures::of(&sheets), limit)
        } else {
            found.lines
        };
        periods.push((close.from, Restated { period: close.period.clone(), lines }));
    }
    periods.sort_by_key(|(from, _)| *from);
    let periods: Vec<Restated> = periods.into_iter().map(|(_, restated)| restated).collect();
    let recorder = store.recorder();
    let sheet = restated::sheet(&periods, &|op| recorder.day(op).ok().flatten());
    Ok((!sheet.rows.is_empty()).then_some(sheet))
}

/// Everything that a close keeps.
fn kept(framed: &Framed, made: &Made, format: Format, quality: &Quality) -> Result<NewClose> {
    let scope = &framed.scope;
    let Some(funder) = &scope.funder else { bail!("the scope lost its funder") };
    let files: Vec<CloseFile> = made
        .files
        .iter()
        .map(|f| CloseFile {
            name: f.name.clone(),
            rows: f.rows.map(|n| n as i64),
            sha256: sha256(&f.bytes),
            bytes: f.bytes.clone(),
        })
        .collect();
    let manifest = files.iter().find(|f| f.name == "manifest.json").map(|f| f.sha256.clone()).unwrap_or_default();
    let head = Close {
        number: CloseId::from_number(0),
        funder: funder.code.clone(),
        period: period_name(framed).unwrap_or_default(),
        from: scope.from,
        to: scope.to,
        as_of: scope.as_of,
        op: OpId::NONE,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        format: format.name().to_owned(),
        level: funder.level.code().to_owned(),
        threshold: threshold(scope),
        settings: manifest::settings(scope).to_string(),
        definitions: made.definitions.clone(),
        errors: serde_json::to_string(&quality.errors)?,
        accepted: serde_json::to_string(&quality.accepted)?,
        manifest,
        reopened: None,
    };
    let world = World::new(&made.facts, scope, as_of::Purpose::Explain);
    let members = members(&world, &made.sections)?;
    let members =
        members.into_iter().map(|m| CloseMembers { figure: m.figure, units: m.units as i64, list: m.list }).collect();
    Ok(NewClose { head, files, sections: packed(&made.sheets)?, members })
}

fn packed(sheets: &[Sheet]) -> Result<Vec<CloseSection>> {
    let mut sections = Vec::new();
    for sheet in sheets {
        let figures = printed_figures::pack(sheet)?;
        sections.extend(figures.map(|figures| CloseSection { section: sheet.key.clone(), figures }));
    }
    Ok(sections)
}

/// Says that a closed period will be issued again; its report keeps its bytes and its place in the history.
pub fn reopen(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let code = funder_asked(matches)?;
    let why = matches.text(&WHY).map(str::trim).filter(|why| !why.is_empty()).map(str::to_owned);
    let Some(why) = why else {
        bail!(
            Refusal::usage(text!("pourquoi rouvrir ?", "why reopen?"))
                .hint(text!("Ajoutez --why \"la raison\"", "Add --why \"the reason\""))
        );
    };
    let profile = funder(&store, code)?;
    let Some(period) = matches.text(&PERIOD) else {
        bail!(
            Refusal::usage(text!("quelle période rouvrir ?", "which period to reopen?"))
                .hint(text!("Ce qui est clos : fil report history", "What is closed: fil report history"))
        );
    };
    let asked = Asked { matches, period: Some(period), funder: Some(code), missing: Missing::LastMonth };
    let framed = frame(ctx, &store, &asked)?;
    let known = standing(&store, &profile.code, &framed)?;
    drop(store);
    let done = ctx.write(Act::Reopen, "reports", Trial::of(matches), |tx| tx.reopen_close(known.number, &why))?;
    let mut answer = Answer::default();
    answer.said.extend(framed.echoes.clone());
    let label = named(&framed).1;
    let (fr, en, name, period) = (label.fr, label.en, &profile.code, typed(&known.period));
    Ok(match done.operation() {
        None => answer.say(text!(
            "Essai : {fr} serait rouvert pour {name}. Rien n'a été écrit.",
            "Trial: {en} would be reopened for {name}. Nothing was written."
        )),
        Some(op) => answer
            .say(text!("✓ {fr} rouvert pour {name}, opération {op}", "✓ {en} reopened for {name}, operation {op}"))
            .say(text!(
                "  Ce qui avait été envoyé est gardé : fil report history --funder {name}",
                "  What was sent is kept: fil report history --funder {name}"
            ))
            .say(text!(
                "Pour le clore de nouveau : fil report close {period} --funder {name}",
                "To close it again: fil report close {period} --funder {name}"
            )),
    })
}
