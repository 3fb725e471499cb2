//! The modules of a cohort.

use super::*;
use crate::cli::ask::entry::{Entry, Write};
use crate::cli::ask::typed_record::{self, code, needs, remove_one, sheet, something_to_change};
use crate::cli::noun::prelude::*;
use crate::domain::kind::module;
use crate::domain::{Text, Value};

/// `fil cohort module`.
pub const NOUN: Verb = Verb {
    names: &["module", "modules"],
    about: fixed!("Les modules d'une promotion.", "The modules of a cohort."),
    examples: [fixed!("fil c module -c P1"), fixed!("fil c module a F01 --stream technical -c P1")],
    flags: &[],
    run: Run::Verbs { list: &[LIST, ADD, EDIT, REMOVE], bare: &LIST, stray: None },
};

/// `fil cohort module list`.
pub const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Liste les modules.", "Lists the modules."),
    examples: [fixed!("fil c module ls"), fixed!("fil c module ls -c all")],
    flags: &[&[flags::COHORT], flags::TABLE],
    run: Run::With(list),
};

const MODULE_TITLE: Flag = TITLE.or_word();

/// `fil cohort module add`.
pub const ADD: Verb = Verb {
    names: &["add", "a", "ajouter"],
    about: fixed!("Ajoute un module.", "Adds a module."),
    examples: [
        fixed!(
            "fil c module a F01 --title Soudure --stream technical --hours 35",
            "fil c module a F01 --title Splicing --stream technical --hours 35",
        ),
        fixed!("fil cohort module add M1 --stream general -c P1"),
    ],
    flags: &[&[MODULE_CODE, MODULE_TITLE, STREAM, HOURS, flags::COHORT, flags::SET, flags::DRY_RUN]],
    run: Run::With(add),
};

/// `fil cohort module edit`.
pub const EDIT: Verb = Verb {
    names: &["edit", "e", "modifier"],
    about: fixed!("Modifie un module.", "Changes a module."),
    examples: [
        fixed!("fil c module e F01 --hours 28"),
        fixed!("fil cohort module edit F01 --title Mesure -c P1", "fil cohort module edit F01 --title Tests -c P1"),
    ],
    flags: &[&[MODULE_CODE, MODULE_TITLE, STREAM, HOURS, flags::COHORT, flags::SET, flags::DRY_RUN]],
    run: Run::With(edit),
};

/// `fil cohort module remove`.
pub const REMOVE: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("Supprime un module.", "Removes a module."),
    examples: [fixed!("fil c module remove F01"), fixed!("fil cohort module remove F01 -c P1 --yes")],
    flags: &[&[MODULE_CODE, flags::COHORT, flags::YES, flags::DRY_RUN]],
    run: Run::With(take_off),
};

fn list(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let chosen = scope(matches, ctx, &lookup)?;
    let which = chosen.value.as_ref().map_or(Which::All, |cohort| Which::Cohort(cohort.id));
    let modules = lookup.records(Kind::Modules, which)?;
    let answer = Answer::sheet(sheet(Kind::Modules, &modules, ctx.values))
        .named([chosen.value.map(|cohort| cohort.code), Some("modules".to_owned())])
        .when_empty(text!(
            "Aucun module. Pour en ajouter : fil cohort module add F01 --stream technical",
            "No module. To add one: fil cohort module add F01 --stream technical"
        ));
    Ok(answer.say_before(chosen.echo))
}

fn add(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let mut entry = Entry::new(ctx, Kind::Modules);
    entry.say(module::MODULE, matches.need(&MODULE_CODE)?)?;
    fields(matches, &mut entry)?;
    needs(&entry.request, &[(module::STREAM, "--stream general|licence|technical|employability|company")])?;
    let cohort = {
        let store = ctx.open()?;
        of_flag(matches, ctx, &store.lookup(), Purpose::Write)?
    };
    entry.give(module::COHORT, Value::Text(cohort.value.code.clone()));
    entry.echoes.extend(cohort.echo);
    let about = subject(entry.request.text(module::MODULE).unwrap_or(""), &cohort.value);
    entry.save(Write::add(Kind::Modules, Trial::of(matches)), &about)
}

fn edit(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let mut entry = Entry::new(ctx, Kind::Modules);
    fields(matches, &mut entry)?;
    something_to_change(&entry.request, fixed!("fil cohort module edit F01 --hours 28"))?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    let cohort = of_flag(matches, ctx, &lookup, Purpose::Write)?;
    let list = lookup.records(Kind::Modules, Which::Cohort(cohort.value.id))?;
    entry.echoes.extend(cohort.echo);
    let about = |module: &Record| subject(code(module), &cohort.value);
    typed_record::edit(matches, entry, &typed_record::Which { list: &list, flag: &MODULE_CODE, about: &about })
}

fn take_off(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let (cohort, list) = {
        let store = ctx.open()?;
        let lookup = store.lookup();
        let cohort = of_flag(matches, ctx, &lookup, Purpose::Write)?;
        let list = lookup.records(Kind::Modules, Which::Cohort(cohort.value.id))?;
        (cohort, list)
    };
    let about = |module: &Record| subject(code(module), &cohort.value);
    let which = typed_record::Which { list: &list, flag: &MODULE_CODE, about: &about };
    Ok(remove_one(matches, ctx, Kind::Modules, &which)?.say_before(cohort.echo))
}

fn fields(matches: &Matches, entry: &mut Entry<'_>) -> Result<()> {
    entry
        .flag(matches, &MODULE_TITLE, module::TITLE)?
        .flag(matches, &STREAM, module::STREAM)?
        .flag(matches, &HOURS, module::HOURS)?
        .sets(matches)?;
    Ok(())
}

fn subject(module: &str, cohort: &CohortSpan) -> Text {
    let cohort = &cohort.code;
    text!("module {module} de la promo {cohort}", "module {module} of cohort {cohort}")
}
