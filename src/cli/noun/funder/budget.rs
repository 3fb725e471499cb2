//! Budget lines: what a cohort was to cost and bring in, and what it did.

use super::*;
use crate::cli::ask::entry::{Entry, Write};
use crate::cli::ask::selector;
use crate::cli::ask::typed_record::{code, numbered, refuse_twin, remove, sheet, something_to_change};
use crate::cli::noun::prelude::*;
use crate::domain::closed_list::ClosedList;
use crate::domain::folding::shown;
use crate::domain::funder::Side;
use crate::domain::id::RecordId;
use crate::domain::kind::budget;
use crate::domain::{Refusal, Text, Value};
use crate::store::CohortSpan;

/// `fil funder budget`.
pub const NOUN: Verb = Verb {
    names: &["budget"],
    about: fixed!("Le budget d'une promotion.", "The budget of a cohort."),
    examples: [fixed!("fil funder budget -c P1"), fixed!("fil funder budget add charge 60 --planned 1200 -c P1")],
    flags: &[],
    run: Run::Verbs { list: &[LIST, ADD, EDIT, REMOVE], bare: &LIST, stray: None },
};

/// `fil funder budget list`.
pub const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Liste les lignes de budget.", "Lists the budget lines."),
    examples: [fixed!("fil funder budget list"), fixed!("fil funder budget list -c P1 -f csv")],
    flags: &[flags::TABLE, &[flags::COHORT, GRANT]],
    run: Run::With(list),
};

/// `fil funder budget add`.
pub const ADD: Verb = Verb {
    names: &["add", "a", "ajouter"],
    about: fixed!("Ajoute une ligne de budget.", "Adds a budget line."),
    examples: [
        fixed!("fil funder budget add charge 60 --label Achats --planned \"1 234,50\""),
        fixed!("fil funder budget add income 74 --grant BP-2018 --planned 12000 -c P1"),
    ],
    flags: &[&[SIDE, CLASS, LABEL, PLANNED, REALISED, GRANT, flags::COHORT, flags::SET, flags::DRY_RUN]],
    run: Run::With(add),
};

/// `fil funder budget edit`.
pub const EDIT: Verb = Verb {
    names: &["edit", "e", "modifier"],
    about: fixed!("Modifie une ligne de budget.", "Changes a budget line."),
    examples: [
        fixed!("fil funder budget edit 3 --realised \"1 180,20\""),
        fixed!("fil funder budget edit charge 60 --planned 900 -c P1"),
    ],
    flags: &[&[LINE, CLASS.optional(), LABEL, PLANNED, REALISED, GRANT, flags::COHORT, flags::SET, flags::DRY_RUN]],
    run: Run::With(edit),
};

/// `fil funder budget remove`.
pub const REMOVE: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("Supprime une ligne de budget.", "Removes a budget line."),
    examples: [fixed!("fil funder budget remove 3"), fixed!("fil funder budget remove charge 60 -c P1 --yes")],
    flags: &[&[flags::YES, flags::DRY_RUN, LINE, CLASS.optional(), LABEL, GRANT, flags::COHORT]],
    run: Run::With(take_off),
};

fn list(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let cohort = match matches.text(&flags::COHORT) {
        None | Some("all") => None,
        Some(typed) => Some(selector::cohort(&lookup, typed)?),
    };
    let mut lines = lookup.records(Kind::Budget, cohort.as_ref().map_or(Which::All, |c| Which::Cohort(c.id)))?;
    let mut echo = None;
    if let Some(typed) = matches.text(&GRANT) {
        let chosen = grant(ctx, &lookup, typed, Purpose::Read)?;
        lines.retain(|line| line.text(budget::GRANT) == Some(code(&chosen.value)));
        echo = chosen.echo;
    }
    let answer = Answer::sheet(sheet(Kind::Budget, &lines, ctx.values))
        .named([cohort.map(|c| c.code), Some("budget".to_owned())])
        .when_empty(text!(
            "Aucune ligne de budget. Pour en ajouter : fil funder budget add charge 60 --planned 1200",
            "No budget line. To add one: fil funder budget add charge 60 --planned 1200"
        ));
    Ok(answer.say_before(echo))
}

fn add(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let mut entry = Entry::new(ctx, Kind::Budget);
    entry.say(budget::SIDE, matches.need(&SIDE)?)?.say(budget::CLASS, matches.need(&CLASS)?)?;
    entry.flag(matches, &LABEL, budget::LABEL)?;
    let mut echoes = fields(matches, ctx, &mut entry)?;
    let cohort = {
        let store = ctx.open()?;
        of_flag(matches, ctx, &store.lookup())?
    };
    echoes.extend(cohort.echo);
    entry.give(budget::COHORT, Value::Text(cohort.value.code));
    let about = about(entry.request.text(budget::CLASS).unwrap_or(""));
    Ok(entry.save(Write::add(Kind::Budget, Trial::of(matches)), &about)?.say_before(echoes))
}

fn edit(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let mut entry = Entry::new(ctx, Kind::Budget);
    let by_number = matches.text(&CLASS).is_none();
    let store = ctx.open()?;
    let lookup = store.lookup();
    let line = pick(matches, ctx, &lookup)?;
    let mut echoes = Vec::new();
    if by_number {
        // The number says which line, so the label and the grant are new values; else they tell lines apart.
        entry.flag(matches, &LABEL, budget::LABEL)?;
        echoes = fields(matches, ctx, &mut entry)?;
    } else {
        entry.flag(matches, &PLANNED, budget::PLANNED)?.flag(matches, &REALISED, budget::REALISED)?.sets(matches)?;
    }
    let example = fixed!("fil funder budget edit 3 --realised 1180,20", "fil funder budget edit 3 --realised 1180.20");
    something_to_change(&entry.request, example)?;
    entry.request.id = line.id;
    refuse_twin(&lookup.records(Kind::Budget, Which::All)?, &line, &entry.request)?;
    let about = about(line.text(budget::CLASS).unwrap_or(""));
    Ok(entry.save(Write::edit(Kind::Budget, Trial::of(matches)), &about)?.say_before(echoes))
}

fn take_off(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let line = {
        let store = ctx.open()?;
        pick(matches, ctx, &store.lookup())?
    };
    remove(ctx, matches, &line, &about(line.text(budget::CLASS).unwrap_or("")))
}

fn about(class: &str) -> Text {
    text!("ligne de budget {class}", "budget line {class}")
}

fn fields(matches: &Matches, ctx: &Context<'_>, entry: &mut Entry<'_>) -> Result<Vec<Text>> {
    entry.flag(matches, &PLANNED, budget::PLANNED)?.flag(matches, &REALISED, budget::REALISED)?;
    let mut echo = None;
    if let Some(typed) = matches.text(&GRANT).filter(|typed| !typed.is_empty()) {
        let store = ctx.open()?;
        let chosen = grant(ctx, &store.lookup(), typed, Purpose::Write)?;
        entry.give(budget::GRANT, Value::Text(code(&chosen.value).to_owned()));
        echo = chosen.echo;
    } else {
        entry.flag(matches, &GRANT, budget::GRANT)?;
    }
    entry.sets(matches)?;
    Ok(echo.into_iter().collect())
}

fn of_flag(matches: &Matches, ctx: &Context<'_>, lookup: &Lookup<'_>) -> Result<Chosen<CohortSpan>> {
    match matches.text(&flags::COHORT) {
        Some(typed) => Ok(Chosen { value: selector::cohort(lookup, typed)?, echo: None }),
        None => selector::default_cohort(ctx, lookup, Purpose::Write),
    }
}

/// The line that a number means, or a side and a class in a cohort, told apart by label and grant.
fn pick(matches: &Matches, ctx: &Context<'_>, lookup: &Lookup<'_>) -> Result<Record> {
    let typed = matches.need(&LINE)?;
    let Some(class) = matches.text(&CLASS) else { return by_number(lookup, typed) };
    let mut side = Entry::new(ctx, Kind::Budget);
    side.say(budget::SIDE, typed)?;
    let side = side.request.text(budget::SIDE).and_then(Side::from_code);
    let cohort = of_flag(matches, ctx, lookup)?.value;
    let mut lines = lookup.records(Kind::Budget, Which::Cohort(cohort.id))?;
    lines.retain(|line| line.list::<Side>(budget::SIDE) == side && line.text(budget::CLASS) == Some(class));
    for (flag, field) in [(&LABEL, budget::LABEL), (&GRANT, budget::GRANT)] {
        if let Some(wanted) = matches.text(flag) {
            lines.retain(|line| line.text(field).unwrap_or("") == wanted);
        }
    }
    match lines.as_slice() {
        [one] => Ok(one.clone()),
        [] => bail!(none(&cohort.code)),
        several => {
            let list = several.iter().take(3).map(|line| {
                let label = line.text(budget::LABEL).unwrap_or("—");
                let number = numbered(line.id.unwrap_or(RecordId::NONE));
                (format!("  {}  {label}", number.fr), format!("  {}  {label}", number.en))
            });
            let (fr, en): (Vec<String>, Vec<String>) = list.unzip();
            let count = several.len();
            bail!(
                Refusal::selector(text!("{count} lignes de budget correspondent", "{count} budget lines match"))
                    .why(Text::new(fr.join("\n"), en.join("\n")))
                    .hint(text!("Donnez le numéro de la ligne, ou --label", "Give the number of the line, or --label"))
            )
        }
    }
}

fn none(cohort: &str) -> Refusal {
    Refusal::selector(text!("aucune ligne de budget ne correspond", "no budget line matches"))
        .hint(text!("Liste : fil funder budget list -c {cohort}", "List: fil funder budget list -c {cohort}"))
}

fn by_number(lookup: &Lookup<'_>, typed: &str) -> Result<Record> {
    let number = typed.parse().ok();
    let found = match number {
        Some(number) => lookup.records(Kind::Budget, Which::Id(number))?.pop(),
        None => None,
    };
    let word = shown(typed);
    match (found, number) {
        (Some(line), _) => Ok(line),
        (None, Some(_)) => bail!(
            Refusal::selector(text!("il n'y a pas de ligne de budget n° {word}", "there is no budget line no. {word}"))
                .hint(text!("Liste : fil funder budget list", "List: fil funder budget list"))
        ),
        (None, None) => bail!(
            Refusal::usage(text!("« {word} » : il manque la classe", "“{word}”: the class is missing"))
                .hint(text!("Un numéro de ligne, ou : charge 60 -c CODE", "A line number, or: charge 60 -c CODE"))
        ),
    }
}
