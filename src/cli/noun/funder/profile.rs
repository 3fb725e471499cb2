//! A funder's profile: what it may see, and in which language and files.

use super::*;
use crate::cli::ask::entry::{Entry, Write};
use crate::cli::ask::prompt;
use crate::cli::ask::typed_record::{
    self, by_code, code, money, needs, page, remove_one, sheet, something_to_change, subject,
};
use crate::cli::noun::prelude::*;
use crate::domain::closed_list::ClosedList;
use crate::domain::funder::{Dialect, FunderLang, Level, People};
use crate::domain::kind::{FieldAt, budget, funder, grant, target};
use crate::domain::shell::command_line;
use crate::domain::{Refusal, Text, Value};
use crate::ops::Request;
use crate::ops::request::spoken;
use crate::sheet::Values;
use crate::sheet::{Cell, Column, ColumnKind};

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
    let mut screen = vec![page(&subject(Kind::Funders, own), &found.value)];
    let mut codes = Vec::new();
    let grants = lookup.records(Kind::Grants, Which::All)?;
    for grant in grants.iter().filter(|grant| grant.text(grant::FUNDER) == Some(own)) {
        codes.push(code(grant).to_owned());
        screen.push(grant_lines(&lookup, grant)?);
    }
    if codes.is_empty() {
        screen.push(text!(
            "\n  Aucune subvention : fil funder grant add CODE {own}\n",
            "\n  No grant: fil funder grant add CODE {own}\n"
        ));
    }
    let mut data = sheet(Kind::Funders, std::slice::from_ref(&found.value), Values::Codes);
    let at = data.columns.len() - 1;
    data.columns.insert(at, Column::new("grants", "Subventions", "Grants", ColumnKind::Code));
    for row in &mut data.rows {
        row.insert(at, Cell::text((!codes.is_empty()).then(|| codes.join("|"))));
    }
    Ok(Answer::screen(Text::join(&screen, ""), data).say_before(found.echo))
}

/// A grant with its targets and budget lines, for people.
fn grant_lines(lookup: &Lookup<'_>, grant: &Record) -> Result<Text> {
    let own = code(grant);
    let amount = grant.int(grant::AMOUNT).map_or_else(|| Text::same("—"), money);
    let day = |field: FieldAt| spoken(&field, grant.get(field));
    let (from, to) = (day(grant::FROM), day(grant::TO));
    let object = grant.text(grant::OBJECT).unwrap_or("");
    let cohorts = grant.text(grant::COHORTS).unwrap_or("—").replace('|', ", ");
    let mut lines = vec![text!(
        "\n  Subvention {own}   {object}\n    {amount}, du {from} au {to}, promotions : {cohorts}\n",
        "\n  Grant {own}   {object}\n    {amount}, {from} to {to}, cohorts: {cohorts}\n";
        amount, from, to
    )];
    let mine = |record: &Record, grant: FieldAt| record.text(grant) == Some(own);
    for target in lookup.records(Kind::Targets, Which::All)?.iter().filter(|target| mine(target, target::GRANT)) {
        let value = spoken(&target::VALUE, target.get(target::VALUE));
        let indicator = target.text(target::INDICATOR).unwrap_or("");
        lines.push(text!("    objectif {indicator} : {value}\n", "    target {indicator}: {value}\n"; value));
    }
    for line in lookup.records(Kind::Budget, Which::All)?.iter().filter(|line| mine(line, budget::GRANT)) {
        let (planned, realised) = (euros(line, budget::PLANNED), euros(line, budget::REALISED));
        let [cohort, class, label] =
            [budget::COHORT, budget::CLASS, budget::LABEL].map(|field| line.text(field).unwrap_or(""));
        let head = format!("{cohort}, {class} {label}");
        let head = head.trim_end();
        lines.push(text!(
            "    budget {head} : prévu {planned}, réalisé {realised}\n",
            "    budget {head}: planned {planned}, realised {realised}\n";
            planned, realised
        ));
    }
    Ok(Text::join(&lines, ""))
}

fn euros(line: &Record, field: FieldAt) -> Text {
    line.int(field).map_or_else(|| Text::same("—"), money)
}

fn add(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
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
    entry.echoes.push(defaults_told(&entry.request));
    Ok(entry.save(Write::add(Kind::Funders, Trial::of(matches)), &about)?.say_after(scripted))
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
    text!(
        "Rapports : en {lang} (--report-lang), {dialect} (--dialect), {people} (--people)",
        "Reports: in {lang} (--report-lang), {dialect} (--dialect), {people} (--people)";
        lang, dialect, people
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
    let entry = entry(matches, ctx)?;
    something_to_change(&entry.request, fixed!("fil funder edit ars --level public"))?;
    let list = ctx.open()?.lookup().records(Kind::Funders, Which::All)?;
    typed_record::edit(matches, entry, &typed_record::Which { list: &list, flag: &CODE, about: &by_code })
}

fn take_off(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let list = ctx.open()?.lookup().records(Kind::Funders, Which::All)?;
    let which = typed_record::Which { list: &list, flag: &CODE, about: &by_code };
    remove_one(matches, ctx, Kind::Funders, &which)
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
