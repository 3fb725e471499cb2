//! The flags and words of a kind of record, from its fields.

use crate::cli::noun::prelude::*;
use crate::domain::folding::fold;
use crate::domain::kind::{Days, Field, FieldAt, Holds, Owner, Target};
use crate::domain::{Kind, Text};
use crate::view::names::Names;

fn leaked(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn kept(flags: Vec<Flag>) -> &'static [Flag] {
    Box::leak(flags.into_boxed_slice())
}

/// Which record is meant: its code, or its number in the list.
pub(super) fn which(kind: Kind) -> Flag {
    match kind.code_of_its_own() {
        Some(code) => {
            let flag =
                Flag::word("which", shouted(&code), fixed!("son code, ou son numéro", "its code, or its number"));
            Target::of(kind).map_or(flag, |target| flag.names(Names::Of(target)))
        }
        None => Flag::word("which", fixed!("N°", "NO."), fixed!("son numéro dans la liste", "its number in the list")),
    }
}

/// What narrows a list: the cohort, the person, the records that are named.
pub(super) fn filters(kind: Kind) -> &'static [Flag] {
    let mut all = Vec::new();
    for field in kind.all_at() {
        match field.holds {
            Holds::Ref(Target::Trainee) => {
                all.insert(0, flags::WHO.optional().help(fixed!("une personne seulement", "one person only")))
            }
            Holds::Ref(Target::Cohort) => all.push(flags::COHORT),
            Holds::Ref(_) | Holds::List(_) => all.push(option(field)),
            _ => {}
        }
    }
    kept(all)
}

/// The words of a new record, then its other fields as flags.
pub(super) fn of_new(kind: Kind, words: &[FieldAt]) -> &'static [Flag] {
    let words_first = words.iter().map(|field| word(*field));
    let others = kind.all_at().filter(|field| !words.contains(field)).map(option);
    kept(words_first.chain(others).collect())
}

/// The fields of a recorded one as flags; whose it is does not change here.
pub(super) fn of_known(kind: Kind) -> &'static [Flag] {
    let owner = |field: &FieldAt| match kind.declaration().owner {
        Owner::Person => field.names_a(Target::Trainee),
        Owner::Stay => field.names_a(Target::Trainee) || field.names_a(Target::Cohort),
        Owner::School | Owner::Cohort | Owner::Grant => false,
    };
    kept(kind.all_at().filter(|field| !owner(field)).map(option).collect())
}

/// A field as a word that must be there.
pub(super) fn word(field: FieldAt) -> Flag {
    let flag = option(field);
    Flag { value: shouted(&field), positional: true, required: true, also: &[], ..flag }
}

/// The flag of a field; the day of what happened is `--on` as everywhere.
pub(super) fn option(field: FieldAt) -> Flag {
    let event = field.kind.declaration().event.as_ref();
    let is_day = match event {
        Some(event) => event.day == field,
        None => {
            field.name == "date" || field.mandatory && field.days == Days::Done && matches!(field.holds, Holds::Date)
        }
    };
    // `--lifted` for `lifted_on`.
    let short = field.name.strip_suffix("_on").filter(|short| field.kind.field(short).is_none());
    let names = [field.name, field.fr, short.unwrap_or(field.fr)];
    let mut others: Vec<String> = names.iter().map(|name| fold(name).replace([' ', '_', '\''], "-")).collect();
    others.dedup();
    let help: &'static Text = Box::leak(Box::new(Text::new(lowered(field.fr), field.name.replace('_', " "))));
    match field.holds {
        Holds::Ref(Target::Trainee) => flags::WHO,
        Holds::Ref(Target::Cohort) => flags::COHORT.help(fixed!("la promotion", "the cohort")),
        Holds::Ref(Target::Staff) => {
            let known = others.into_iter().filter(|name| name != "by").map(leaked);
            let also: Vec<&'static str> = known.chain(["par"]).collect();
            let flag = Flag::option("by", fixed!("ÉQUIPE", "STAFF"), help).also(Box::leak(also.into_boxed_slice()));
            flag.names(Names::Of(Target::Staff))
        }
        _ if is_day => {
            let mut also: Vec<&'static str> = vec!["le"];
            also.extend(others.into_iter().filter(|name| name != "on" && name != "le").map(leaked));
            also.dedup();
            flags::ON.also(Box::leak(also.into_boxed_slice()))
        }
        holds => {
            let id = leaked(field.name.replace('_', "-"));
            let also: Vec<&'static str> = others.into_iter().filter(|name| *name != id).map(leaked).collect();
            let flag = Flag::option(id, value(&field, holds), help).also(Box::leak(also.into_boxed_slice()));
            match holds {
                Holds::Ref(target) => flag.names(Names::Of(target)),
                Holds::List(list) => flag.one_of(list.words),
                Holds::Date | Holds::Cents | Holds::Hundredths => flag.minus(),
                _ => flag,
            }
        }
    }
}

fn lowered(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The name of a field where a word is due: `COMPANY`.
fn shouted(field: &Field) -> &'static Text {
    match field.holds {
        Holds::Ref(Target::Trainee) => fixed!("QUI", "WHO"),
        _ => Box::leak(Box::new(Text::new(field.fr.to_uppercase(), field.name.replace('_', " ").to_uppercase()))),
    }
}

fn value(field: &Field, holds: Holds) -> &'static Text {
    match holds {
        Holds::Date => fixed!("DATE", "DATE"),
        Holds::Cents => fixed!("EUROS", "EUROS"),
        Holds::Int(..) | Holds::Hundredths => fixed!("N", "N"),
        Holds::Minutes(..) => fixed!("MIN", "MIN"),
        Holds::Hours => fixed!("HEURES", "HOURS"),
        Holds::Bool => fixed!("oui|non", "yes|no"),
        Holds::Line | Holds::Note | Holds::Name | Holds::Phone => fixed!("TEXTE", "TEXT"),
        Holds::Time => fixed!("HH:MM", "HH:MM"),
        Holds::Times => fixed!("HH:MM-HH:MM", "HH:MM-HH:MM"),
        Holds::Code | Holds::List(_) | Holds::OpenList(_) | Holds::Ref(_) | Holds::CohortCodes => shouted(field),
    }
}
