//! A funder's profile: what it may see, and in which language and files.

use super::*;
use crate::cli::ask::entry::{Entry, Write, account, save};
use crate::cli::ask::prompt;
use crate::cli::ask::typed_record::{
    code, money, needs, page, refuse_hanging, refuse_twin, remove, sheet, something_to_change, subject,
};
use crate::cli::run::open::Trial;
use crate::domain::closed_list::ClosedList;
use crate::domain::funder::{Dialect, FunderLang, Level, People};
use crate::domain::kind::{FieldAt, Target, budget, funder, grant, target};
use crate::domain::shell::command_line;
use crate::domain::{Act, Refusal, Text, Value};
use crate::fixed;
use crate::ops::request::spoken;
use crate::ops::{Mode, Request};
use crate::sheet::Values;
use crate::sheet::{Cell, Column, ColumnKind};
use crate::text;
use anyhow::bail;

const PROFILE: [Flag; 9] = [CODE, NAME, LEVEL, REPORT_LANG, DIALECT, PEOPLE, SUPPRESS, RATE_MIN, flags::SET];

/// `fil funder list`.
pub const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Liste les financeurs.", "Lists the funders."),
    examples: [fixed!("fil funder list"), fixed!("fil funder list -f csv")],
    flags: &[flags::TABLE],
    run: Run::With(list),
};

/// `fil funder show`.
pub const SHOW: Verb = Verb {
    names: &["show", "s", "voir"],
    about: fixed!("Montre un financeur et ses subventions.", "Shows a funder and its grants."),
    examples: [fixed!("fil funder show break-poverty"), fixed!("fil funder show break-poverty -f json")],
    flags: &[&[CODE], flags::TABLE],
    run: Run::With(show),
};

/// `fil funder add`.
pub const ADD: Verb = Verb {
    names: &["add", "a", "ajouter"],
    about: fixed!("Ajoute un financeur.", "Adds a funder."),
    examples: [
        fixed!("fil funder add break-poverty --name \"Break Poverty\" --level aggregate"),
        fixed!("fil funder add ars --name ARS --level public --report-lang fr"),
    ],
    flags: &[&PROFILE, &[flags::DRY_RUN]],
    run: Run::With(add),
};

/// `fil funder edit`.
pub const EDIT: Verb = Verb {
    names: &["edit", "e", "modifier"],
    about: fixed!("Modifie un financeur.", "Changes a funder."),
    examples: [fixed!("fil funder edit ars --level contract"), fixed!("fil funder edit ars --people pseudonymised")],
    flags: &[&PROFILE, &[flags::DRY_RUN]],
    run: Run::With(edit),
};

/// `fil funder remove`.
pub const REMOVE: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("Supprime un financeur.", "Removes a funder."),
    examples: [fixed!("fil funder remove ars"), fixed!("fil funder remove ars --yes")],
    flags: &[&[flags::YES, flags::DRY_RUN, CODE]],
    run: Run::With(take_off),
};

fn list(_: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let all = store.lookup().records(Kind::Funders, Which::All)?;
    Ok(Answer::sheet(sheet(Kind::Funders, &all, ctx.values)).named([Some("financeurs")]).when_empty(text!(
        "Aucun financeur. Pour en ajouter : fil funder add CODE --name NOM --level NIVEAU",
        "No funder. To add one: fil funder add CODE --name NAME --level LEVEL"
    )))
}

fn show(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let found = funder(ctx, &lookup, matches.need(&CODE)?, Purpose::Read)?;
    let own = code(&found.value);
    let mut screen = page(&subject(Kind::Funders, own), &found.value);
    let mut codes = Vec::new();
    let grants = lookup.records(Kind::Grants, Which::All)?;
    for grant in grants.iter().filter(|grant| grant.text(grant::FUNDER) == Some(own)) {
        codes.push(code(grant).to_owned());
        let lines = grant_lines(&lookup, grant)?;
        screen.fr.to_mut().push_str(&lines.fr);
        screen.en.to_mut().push_str(&lines.en);
    }
    if codes.is_empty() {
        let none = text!(
            "\n  Aucune subvention : fil funder grant add CODE {own}\n",
            "\n  No grant: fil funder grant add CODE {own}\n"
        );
        screen.fr.to_mut().push_str(&none.fr);
        screen.en.to_mut().push_str(&none.en);
    }
    let mut data = sheet(Kind::Funders, std::slice::from_ref(&found.value), Values::Codes);
    let at = data.columns.len() - 1;
    data.columns.insert(at, Column::new("grants", "Subventions", "Grants", ColumnKind::Code));
    for row in &mut data.rows {
        row.insert(at, Cell::text((!codes.is_empty()).then(|| codes.join("|"))));
    }
    Ok(Answer::screen(screen, data).say_before(found.echo))
}

/// A grant with its targets and budget lines, for people.
fn grant_lines(lookup: &Lookup<'_>, grant: &Record) -> Result<Text> {
    let own = code(grant);
    let amount = grant.int(grant::AMOUNT).map_or_else(|| Text::same("—"), money);
    let day = |field: FieldAt| spoken(&field, grant.get(field));
    let (from, to) = (day(grant::FROM), day(grant::TO));
    let object = grant.text(grant::OBJECT).unwrap_or("");
    let cohorts = grant.text(grant::COHORTS).unwrap_or("—").replace('|', ", ");
    let (amount_fr, amount_en, from_fr, from_en, to_fr, to_en) = (amount.fr, amount.en, from.fr, from.en, to.fr, to.en);
    let mut lines = text!(
        "\n  Subvention {own}   {object}\n    {amount_fr}, du {from_fr} au {to_fr}, promotions : {cohorts}\n",
        "\n  Grant {own}   {object}\n    {amount_en}, {from_en} to {to_en}, cohorts: {cohorts}\n"
    );
    let mine = |record: &Record| record.named(Target::Grant) == Some(own);
    for target in lookup.records(Kind::Targets, Which::All)?.iter().filter(|target| mine(target)) {
        let value = spoken(&target::VALUE, target.get(target::VALUE));
        let indicator = target.text(target::INDICATOR).unwrap_or("");
        lines.fr.to_mut().push_str(&format!("    objectif {indicator} : {}\n", value.fr));
        lines.en.to_mut().push_str(&format!("    target {indicator}: {}\n", value.en));
    }
    for line in lookup.records(Kind::Budget, Which::All)?.iter().filter(|line| mine(line)) {
        let (planned, realised) = (euros(line, budget::PLANNED), euros(line, budget::REALISED));
        let [cohort, class, label] =
            [budget::COHORT, budget::CLASS, budget::LABEL].map(|field| line.text(field).unwrap_or(""));
        let (a, b, c, d) = (planned.fr, realised.fr, planned.en, realised.en);
        let head = format!("{cohort}, {class} {label}");
        let head = head.trim_end();
        lines.fr.to_mut().push_str(&format!("    budget {head} : prévu {a}, réalisé {b}\n"));
        lines.en.to_mut().push_str(&format!("    budget {head}: planned {c}, realised {d}\n"));
    }
    Ok(lines)
}

fn euros(line: &Record, field: FieldAt) -> Text {
    line.int(field).map_or_else(|| Text::same("—"), money)
}

fn add(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let trial = Trial::of(matches);
    let mut entry = entry(matches, ctx)?;
    entry.say(funder::FUNDER, matches.need(&CODE)?)?;
    needs(&entry.request, &[(funder::NAME, "--name \"…\"")])?;
    let mut scripted = None;
    if entry.request.given(funder::LEVEL).is_none() {
        let level = ask_level(ctx)?;
        entry.give(funder::LEVEL, Value::Code(level.code()));
        scripted = Some(in_script(ctx, level));
    }
    let about = subject(Kind::Funders, entry.request.text(funder::FUNDER).unwrap_or(""));
    let write = Write { act: Act::Add, kind: Kind::Funders, mode: Mode::Add, trial };
    let done = save(ctx, write, std::slice::from_ref(&entry.request))?;
    let mut said = entry.echoes;
    said.push(defaults_told(&entry.request));
    let answer = account(Kind::Funders, &about, &done, trial).say_before(said);
    Ok(match scripted {
        Some(line) => answer.say(line),
        None => answer,
    })
}

/// The profile in a sentence, because most of it comes from defaults that nobody typed.
fn defaults_told(request: &Request) -> Text {
    let value = |field: FieldAt, default: Text| match request.given(field) {
        Some(value) => spoken(&field, Some(value)),
        None => default,
    };
    let lang = value(funder::LANG, FunderLang::Fr.text());
    let dialect = value(funder::DIALECT, Dialect::CsvFr.text());
    let people = value(funder::PEOPLE, People::None.text());
    let (lang_fr, dialect_fr, people_fr) = (lang.fr, dialect.fr, people.fr);
    let (lang_en, dialect_en, people_en) = (lang.en, dialect.en, people.en);
    text!(
        "Rapports : en {lang_fr} (--report-lang), {dialect_fr} (--dialect), {people_fr} (--people)",
        "Reports: in {lang_en} (--report-lang), {dialect_en} (--dialect), {people_en} (--people)"
    )
}

/// The level has no default: what may be shown of people is a choice that somebody makes.
fn ask_level(ctx: &Context<'_>) -> Result<Level> {
    let missing = || {
        Refusal::usage(text!("quel niveau de détail pour ce financeur ?", "which level of detail for this funder?"))
            .why(text!(
                "contract : une convention nomme les chiffres, rien n'est masqué ; aggregate : sous 5 ; public : sous 11",
                "contract: an agreement names the figures, nothing is masked; aggregate: below 5; public: below 11"
            ))
            .hint(text!("Ajoutez --level contract|aggregate|public", "Add --level contract|aggregate|public"))
    };
    if !ctx.can_ask() {
        bail!(missing());
    }
    let question = text!("Que peut montrer un rapport à ce financeur ?", "What may a report show to this funder?");
    let lines = [
        text!(
            "contract   une convention écrite nomme les chiffres : rien n'est masqué",
            "contract   a written agreement names the figures: nothing is masked"
        ),
        text!("aggregate  les effectifs sous 5 sont masqués", "aggregate  counts below 5 are masked"),
        text!("public     les effectifs sous 11 sont masqués", "public     counts below 11 are masked"),
    ];
    match prompt::choose(ctx, &question, &lines)?.and_then(|chosen| Level::ALL.get(chosen)) {
        Some(level) => Ok(*level),
        None => bail!(missing()),
    }
}

fn in_script(ctx: &Context<'_>, level: Level) -> Text {
    let mut words = vec!["fil".to_owned()];
    words.extend(ctx.env.args.iter().skip(1).map(|word| word.to_string_lossy().into_owned()));
    words.extend(["--level".to_owned(), level.code().to_owned()]);
    let line = command_line(&words);
    text!("En script : {line}", "In a script: {line}")
}

fn edit(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let trial = Trial::of(matches);
    let mut entry = entry(matches, ctx)?;
    something_to_change(
        &entry.request,
        fixed!("fil funder edit ars --level public", "fil funder edit ars --level public"),
    )?;
    let store = ctx.open()?;
    let all = store.lookup().records(Kind::Funders, Which::All)?;
    let found = find(ctx, Kind::Funders, &all, matches.need(&CODE)?, Purpose::Write)?;
    entry.request.id = found.value.id;
    refuse_twin(&all, &found.value, &entry.request)?;
    let about = subject(Kind::Funders, code(&found.value));
    let write = Write { act: Act::Edit, kind: Kind::Funders, mode: Mode::Edit, trial };
    let done = save(ctx, write, std::slice::from_ref(&entry.request))?;
    Ok(account(Kind::Funders, &about, &done, trial).say_before(entry.echoes.into_iter().chain(found.echo)))
}

fn take_off(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let found = funder(ctx, &lookup, matches.need(&CODE)?, Purpose::Write)?.value;
    refuse_hanging(&lookup, &found, None)?;
    remove(ctx, matches, &found, &subject(Kind::Funders, code(&found)))
}

fn entry<'a>(matches: &Matches, ctx: &'a Context<'a>) -> Result<Entry<'a>> {
    let mut entry = Entry::new(ctx, Kind::Funders);
    entry
        .flag(matches, &NAME, funder::NAME)?
        .flag(matches, &LEVEL, funder::LEVEL)?
        .flag(matches, &REPORT_LANG, funder::LANG)?
        .flag(matches, &DIALECT, funder::DIALECT)?
        .flag(matches, &PEOPLE, funder::PEOPLE)?
        .flag(matches, &SUPPRESS, funder::SUPPRESS_BELOW)?
        .flag(matches, &RATE_MIN, funder::RATE_MIN_DENOMINATOR)?
        .sets(matches)?;
    Ok(entry)
}
