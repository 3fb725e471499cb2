//! `fil report close` and `reopen`: issuing a report for good, and saying that another will follow.

use super::export::{TRIES, dialect, failed, funders, is_busy};
use super::folder::{Folder, put};
use super::scope::{Asked, frame};
use super::{ACCEPT, ALL, DIALECT, FUNDER, FUNDERS, PERIOD, WHY, WHYS};
use crate::cli::noun::prelude::*;
use crate::cli::run::errors::{code_of, worst};
use crate::domain::id::OpId;
use crate::domain::{Act, ClosedList, Reason, Refusal, Text};
use crate::ops;
use crate::ops::close::{CloseRequest, ReopenRequest};
use crate::ops::quality::Rule;
use crate::publish::closing::{Accepted, Closing, ClosingRequest, prepare, refuse_early};
use crate::publish::scope::{Framed, Missing, as_typed, funder};
use crate::publish::standing_close::standing;
use crate::report::manifest;
use crate::store::Store;

/// `fil report close`.
pub const CLOSE: Verb = Verb {
    names: &["close", "cloturer"],
    about: fixed!("Clôt une période : ce qui est envoyé ne bouge plus.", "Closes a period: what is sent stays."),
    examples: [
        fixed!("fil report close m-1 --all --quiet --no-input"),
        fixed!(
            "fil r close m-1 --funder ca --accept unmarked --why \"feuille perdue\"",
            "fil r close m-1 --funder ca --accept unmarked --why \"sheet lost\"",
        ),
    ],
    flags: &[&[PERIOD, FUNDERS, ALL, ACCEPT, WHYS, flags::FOLDER, DIALECT, flags::FORCE, flags::DRY_RUN]],
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

/// Issues the reports of the funders asked for; one that is refused leaves the others done.
pub fn close(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    if !matches.has(&ALL) {
        funder_asked(matches)?;
    }
    let accepted = offered(matches)?;
    let funders = funders(&store, matches)?;
    if let [one] = funders.as_slice() {
        return close_one(matches, ctx, &store, one, &accepted);
    }
    let mut answer = Answer::default();
    let mut codes = Vec::new();
    for funder in &funders {
        ctx.check_interrupt()?;
        match close_one(matches, ctx, &store, funder, &accepted) {
            Ok(done) => {
                codes.push(done.code);
                answer.said.extend(done.said);
            }
            Err(error) => {
                let (code, sentence) = failed(ctx, funder, error)?;
                codes.push(code);
                answer.said.push(sentence);
            }
        }
    }
    answer.code = worst(codes);
    Ok(answer)
}

fn close_one(matches: &Matches, ctx: &Context<'_>, store: &Store, code: &str, accepted: &Accepted) -> Result<Answer> {
    let asked = Asked { matches, period: matches.text(&PERIOD), funder: Some(code), missing: Missing::LastMonth };
    let framed = frame(ctx, store, &asked)?;
    let Some(profile) = framed.scope.funder.clone() else { bail!("the scope lost its funder") };
    let name = manifest::folder_name(&framed.period_name().unwrap_or_default(), &profile.code);
    let folder = Folder::of(ctx, matches, &name);
    let request = || -> Result<ClosingRequest<'_>> {
        let asked = dialect(matches, &profile)?;
        Ok(ClosingRequest { framed: &framed, asked, accepted: accepted.clone(), folder: &name })
    };
    let mut tries = 1..=TRIES;
    let (closing, done) = loop {
        let left = tries.next().is_some_and(|at| at < TRIES);
        refuse_early(store, &framed, ctx.today)?;
        let closing = prepare(store, request()?)?;
        folder.check(&closing.files)?;
        let done = ctx.write(Act::Close, "reports", Trial::of(matches), |tx| {
            ops::close::close(tx, &CloseRequest { report: &closing.report, computed_at: closing.computed_at })
        });
        match done {
            Ok(done) => break (closing, done),
            // Somebody wrote meanwhile, perhaps another close: what it wrote is counted in.
            Err(error) if left && is_busy(&error) => ctx.check_interrupt()?,
            Err(error) => return Err(error),
        }
    };
    let answer = Answer { said: framed.echoes.clone(), ..Answer::default() };
    Ok(match done.operation() {
        None => {
            let (name, label) = (&profile.code, framed.named().1);
            answer.say(text!(
                "Essai : {label} pourrait être clos pour {name}. Rien n'a été écrit.",
                "Trial: {label} could be closed for {name}. Nothing was written.";
                label
            ))
        }
        Some(op) => closed(answer, (&framed, &profile.code, op), closing, &folder),
    })
}

/// What is said of a close, once its files are written.
fn closed(answer: Answer, (framed, name, op): (&Framed, &str, OpId), closing: Closing, folder: &Folder) -> Answer {
    let (period, label) = framed.named();
    let mut answer = answer
        .say(text!("✓ {label} clos pour {name}, opération {op}", "✓ {label} closed for {name}, operation {op}"; label));
    if closing.restated > 0 {
        let told = closing.restated;
        answer = answer.say(text!(
            "  {told} lignes disent ce qui a changé dans les périodes déjà closes (restated.csv).",
            "  {told} lines say what changed in the periods already closed (restated.csv)."
        ));
    }
    answer.said.extend(closing.said);
    match put(folder, &closing.files) {
        Ok(written) => answer.said.push(written),
        // The close stands whatever became of its files: they can be written again at any time.
        Err(error) => return unwritten(answer, &error, (&period, name)),
    }
    answer.say(text!(
        "Une clôture ne s'annule pas. Pour la refaire : fil report reopen {period} --funder {name} --why \"…\"",
        "A close cannot be undone. To do it again: fil report reopen {period} --funder {name} --why \"…\""
    ))
}

/// What is said when a report is closed but its files could not be written.
fn unwritten(mut answer: Answer, error: &anyhow::Error, (period, funder): (&str, &str)) -> Answer {
    let why = error.chain().find_map(|cause| cause.downcast_ref::<Refusal>());
    let told = why.map_or_else(|| Text::same(""), |refusal| text!(" : {what}", ": {what}"; what = &refusal.what));
    answer.code = code_of(why.map_or(Reason::Failure, |refusal| refusal.reason));
    answer
        .say(text!(
            "✗ Le rapport est clos et gardé, mais ses fichiers n'ont pas pu être écrits{told}",
            "✗ The report is closed and kept, but its files could not be written{told}";
            told
        ))
        .say(text!(
            "  Pour les écrire : fil report export {period} --funder {funder} -o DOSSIER/",
            "  To write them: fil report export {period} --funder {funder} -o DIR/"
        ))
}

fn funder_asked(matches: &Matches) -> Result<&str> {
    match matches.all(&FUNDERS).first() {
        Some(code) => Ok(code),
        None => bail!(Refusal::usage(text!("pour quel financeur ?", "for which funder?")).hint(text!(
            "Ajoutez --funder CODE    Liste : fil funder list",
            "Add --funder CODE    List: fil funder list"
        ))),
    }
}

/// `--accept RULE --why TEXT`, in pairs; one reason alone stands for all the rules.
fn offered(matches: &Matches) -> Result<Accepted> {
    let rules: Vec<&str> = matches.all(&ACCEPT).into_iter().flat_map(|rules| rules.split(',')).map(str::trim).collect();
    let whys = matches.all(&WHYS);
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
    let done = ctx.write(Act::Reopen, "reports", Trial::of(matches), |tx| {
        ops::close::reopen(tx, &ReopenRequest { close: known.number, why: &why })
    })?;
    let mut answer = Answer::default();
    answer.said.extend(framed.echoes.clone());
    let label = framed.named().1;
    let (name, period) = (&profile.code, as_typed(&known.period));
    Ok(match done.operation() {
        None => answer.say(text!(
            "Essai : {label} serait rouvert pour {name}. Rien n'a été écrit.",
            "Trial: {label} would be reopened for {name}. Nothing was written.";
            label
        )),
        Some(op) => answer
            .say(text!(
                "✓ {label} rouvert pour {name}, opération {op}",
                "✓ {label} reopened for {name}, operation {op}";
                label
            ))
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
