//! Who and which: people, cohorts, companies and codes from what was typed.
//!
//! A read accepts fragments; a write in a script accepts only an exact slug or number, because a fragment that is
//! unique today may not be so next month.

use super::prompt;
use crate::cli::run::context::Context;
use crate::domain::folding::{Fit, Fragments, fold, nearest, record_number, same_code, shown};
use crate::domain::{Date, Refusal, Text};
use crate::store::{CohortSpan, Identity, Lookup, Stay};
use crate::text;
use anyhow::{Result, bail};

/// Whether the selector names whom to read or whom to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Reading: fragments are enough.
    Read,
    /// Writing: without a terminal only an exact slug or number.
    Write,
}

/// A choice that was not spelled out, to be said on the error stream.
#[derive(Debug, Clone)]
pub struct Chosen<T> {
    /// What was found.
    pub value: T,
    /// The sentence that says what was taken, when it was not typed in full.
    pub echo: Option<Text>,
}

/// The person that `typed` means: exact slug, number, or fragments of the name.
pub fn person(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: &str, purpose: Purpose) -> Result<Chosen<Identity>> {
    if let Some(exact) = exact(lookup, typed)? {
        return Ok(Chosen { value: exact, echo: None });
    }
    let fragments = Fragments::new(typed);
    let everybody = lookup.identities()?;
    let name = |p: &Identity| fold(&format!("{} {}", p.first_name, p.last_name));
    let mut found: Vec<(Fit, Identity)> =
        everybody.iter().filter_map(|p| Some((fragments.fit(&name(p))?, p.clone()))).collect();
    found.sort_by(|a, b| (a.0, &a.1.folded, a.1.id).cmp(&(b.0, &b.1.folded, b.1.id)));
    let best = found.first().map(|f| f.0);
    // Fragments that start words hide the matches in the middle of words.
    let list: Vec<Identity> = found.into_iter().filter(|f| Some(f.0) == best).map(|f| f.1).collect();
    match list.as_slice() {
        [] => bail!(nobody(typed, &everybody)),
        [one] if purpose == Purpose::Read || ctx.can_ask() => {
            let echo = Some(text!("{} {} ({})", "{} {} ({})", one.first_name, one.last_name, one.slug));
            Ok(Chosen { value: one.clone(), echo })
        }
        _ if ctx.can_ask() => chooser(ctx, lookup, typed, &list),
        _ => bail!(several(lookup, typed, &list)?),
    }
}

/// Several people, each as [`person`] finds them; the same person twice is refused.
pub fn people(
    ctx: &Context<'_>,
    lookup: &Lookup<'_>,
    typed: &[&str],
    purpose: Purpose,
) -> Result<Vec<Chosen<Identity>>> {
    let mut found: Vec<Chosen<Identity>> = Vec::new();
    for word in typed {
        let one = person(ctx, lookup, word, purpose)?;
        if found.iter().any(|f| f.value.id == one.value.id) {
            let slug = &one.value.slug;
            bail!(Refusal::usage(text!("{slug} est nommé deux fois", "{slug} is named twice")));
        }
        found.push(one);
    }
    Ok(found)
}

fn exact(lookup: &Lookup<'_>, typed: &str) -> Result<Option<Identity>> {
    if let Some(person) = lookup.find_slug(typed)? {
        return Ok(Some(person));
    }
    match record_number(typed).map(str::parse) {
        Some(Ok(number)) => lookup.find_person(number),
        Some(Err(_)) | None => Ok(None),
    }
}

fn nobody(typed: &str, everybody: &[Identity]) -> Refusal {
    let typed_shown = shown(typed);
    let refusal = Refusal::selector(text!("« {typed_shown} » ne désigne personne", "“{typed_shown}” means nobody"));
    match nearest(typed, everybody.iter().flat_map(|p| [p.slug.as_str(), p.last_name.as_str(), p.first_name.as_str()]))
    {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => refusal.hint(text!("Liste : fil trainee list -c all", "List: fil trainee list -c all")),
    }
}

/// One line of a chooser: slug, name, cohort, birth date.
fn line(lookup: &Lookup<'_>, person: &Identity) -> Result<String> {
    let cohorts = lookup.cohorts()?;
    let stays = lookup.stays_of(person.id)?;
    let codes: Vec<&str> =
        stays.iter().filter_map(|s| cohorts.iter().find(|c| c.id == s.cohort)).map(|c| c.code.as_str()).collect();
    let born = person.birth_date.map_or_else(|| "—".to_owned(), Date::french);
    Ok(format!("{:<24}  {} {}   {}   {born}", person.slug, person.first_name, person.last_name, codes.join(", ")))
}

fn several(lookup: &Lookup<'_>, typed: &str, list: &[Identity]) -> Result<Refusal> {
    let count = list.len();
    let word = shown(typed);
    let what = if count == 1 {
        text!(
            "« {word} » n'est pas un nom court exact ; un script doit l'écrire en entier",
            "“{word}” is not an exact slug; a script must spell it in full"
        )
    } else {
        text!("« {word} » désigne {count} stagiaires", "“{word}” means {count} trainees")
    };
    let mut lines = Vec::new();
    for person in list.iter().take(3) {
        lines.push(format!("  {}", line(lookup, person)?));
    }
    let slug = list.first().map_or("", |p| p.slug.as_str());
    Ok(Refusal::selector(what)
        .why(Text::same(lines.join("\n")))
        .hint(text!("Précisez, par exemple : {slug}", "Be precise, for example: {slug}")))
}

fn chooser(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: &str, list: &[Identity]) -> Result<Chosen<Identity>> {
    let mut lines = Vec::new();
    for person in list {
        lines.push(Text::same(line(lookup, person)?));
    }
    let (count, word) = (list.len(), shown(typed));
    let question = text!("« {word} » désigne {count} stagiaires :", "“{word}” means {count} trainees:");
    match prompt::choose(ctx, &question, &lines)?.and_then(|i| list.get(i)) {
        Some(person) => Ok(Chosen { value: person.clone(), echo: None }),
        None => bail!(Refusal::selector(text!("personne n'a été choisi", "nobody was chosen"))),
    }
}

/// The cohort of a code, exact or by fragments of it.
pub fn cohort(lookup: &Lookup<'_>, typed: &str) -> Result<CohortSpan> {
    if let Some(found) = lookup.find_cohort(typed)? {
        return Ok(found);
    }
    let all = lookup.cohorts()?;
    let codes: Vec<String> = all.iter().map(|cohort| cohort.code.clone()).collect();
    if let Some(found) = same_code(typed, &codes).and_then(|code| all.iter().find(|cohort| cohort.code == code)) {
        return Ok(found.clone());
    }
    let word = shown(typed);
    let refusal = Refusal::selector(text!("pas de promotion « {word} »", "no cohort “{word}”"));
    Err(match nearest(typed, all.iter().map(|c| c.code.as_str())) {
        Some(code) => refusal.hint(text!("Vouliez-vous dire {code} ?", "Did you mean {code}?")),
        None => refusal.hint(text!("Liste : fil cohort list", "List: fil cohort list")),
    }
    .into())
}

/// The cohort taken when `-c` is missing: the one that runs today, else (for reads) the latest begun.
pub fn default_cohort(ctx: &Context<'_>, lookup: &Lookup<'_>, purpose: Purpose) -> Result<Chosen<CohortSpan>> {
    let all = lookup.cohorts()?;
    let running: Vec<&CohortSpan> = all.iter().filter(|c| c.start <= ctx.today && ctx.today <= c.end).collect();
    let missing = || {
        Refusal::usage(text!("quelle promotion ?", "which cohort?"))
            .hint(text!("Ajoutez -c CODE (liste : fil cohort list)", "Add -c CODE (list: fil cohort list)"))
    };
    if purpose == Purpose::Write && !ctx.can_ask() {
        bail!(missing());
    }
    let chosen = match running.as_slice() {
        [one] => Some(*one),
        [] if purpose == Purpose::Read => all.iter().rev().find(|c| c.start <= ctx.today).or(all.first()),
        [.., last] if purpose == Purpose::Read => Some(*last),
        _ => None,
    };
    let Some(chosen) = chosen else { bail!(missing()) };
    let code = &chosen.code;
    Ok(Chosen { value: chosen.clone(), echo: Some(text!("Promo {code}", "Cohort {code}")) })
}

/// The participation of a person that a verb is about: the one in the cohort of `-c`, else the only one, else the one
/// that covers the day, else the latest by entry.
pub fn stay(
    lookup: &Lookup<'_>,
    person: &Identity,
    cohort: Option<&str>,
    on: Date,
) -> Result<Chosen<(Stay, CohortSpan)>> {
    let stays = lookup.stays_of(person.id)?;
    let slug = &person.slug;
    if let Some(typed) = cohort {
        let wanted = self::cohort(lookup, typed)?;
        let code = &wanted.code;
        let Some(stay) = stays.iter().find(|s| s.cohort == wanted.id) else {
            bail!(
                Refusal::data(text!("{slug} n'est pas dans la promotion {code}", "{slug} is not in cohort {code}"))
                    .hint(text!(
                        "Inscrivez d'abord : fil trainee enrol {slug} -c {code}",
                        "Enrol first: fil trainee enrol {slug} -c {code}"
                    ))
            );
        };
        return Ok(Chosen { value: (*stay, wanted), echo: None });
    }
    // Only the cohorts of this person are looked up: those of a large file are many.
    let mut spans = Vec::new();
    for stay in stays {
        spans.extend(lookup.cohort(stay.cohort)?.map(|span| (stay, span)));
    }
    let covering = spans
        .iter()
        .position(|(stay, span)| stay.entry.is_some_and(|entry| entry <= on) && on <= stay.exit.unwrap_or(span.end));
    let latest = || (0..spans.len()).max_by_key(|at| (spans[*at].0.entry, spans[*at].0.id));
    let several = spans.len() > 1;
    let found = covering.or_else(latest).map(|at| spans.swap_remove(at));
    let Some((stay, cohort)) = found else {
        bail!(Refusal::data(text!("{slug} n'est dans aucune promotion", "{slug} is in no cohort")).hint(text!(
            "Inscrivez d'abord : fil trainee enrol {slug} -c CODE",
            "Enrol first: fil trainee enrol {slug} -c CODE"
        )));
    };
    let code = &cohort.code;
    let echo = several.then(|| text!("{slug} dans la promo {code}", "{slug} in cohort {code}"));
    Ok(Chosen { value: (stay, cohort), echo })
}
