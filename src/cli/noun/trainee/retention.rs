//! `fil trainee retention`: whose data were kept long enough, and the command that erases each of them.

use crate::cli::ask::selector;
use crate::cli::noun::prelude::*;
use crate::domain::id::{CohortId, PersonId};
use crate::domain::trainee::is_erased;
use crate::ops::retention::{Contact, contacts};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::CohortSpan;
use crate::store::quality::QualityStay;
use std::collections::BTreeMap;

/// `fil trainee retention`.
pub const VERB: Verb = Verb {
    names: &["retention", "conservation"],
    about: fixed!("Qui est gardé depuis plus de deux ans ou presque.", "Who is kept for over two years, or nearly."),
    examples: [
        fixed!("fil trainee retention"),
        fixed!("fil t conservation -c P1 -f csv", "fil t retention -c P1 -f csv"),
    ],
    flags: &[&[flags::COHORT], flags::TABLE],
    run: Run::With(run),
};

/// Lists; erasing is another command, for one person at a time.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let lookup = store.lookup();
    let only = match matches.text(&flags::COHORT) {
        None | Some("all" | "tous" | "toutes") => None,
        Some(typed) => Some(selector::cohort(&lookup, typed)?),
    };
    let cohorts = lookup.cohorts()?;
    let ids: Vec<CohortId> = cohorts.iter().map(|c| c.id).collect();
    let mut everybody = lookup.quality_stays(&ids, ctx.today)?;
    everybody.retain(|stay| !is_erased(&stay.slug));
    let known = contacts(&lookup, &everybody, &|id| cohorts.iter().find(|c| c.id == id).cloned())?;
    let asked = |stay: &&QualityStay| only.as_ref().is_none_or(|cohort| cohort.id == stay.cohort);
    let mut people: BTreeMap<PersonId, &QualityStay> = BTreeMap::new();
    for stay in everybody.iter().filter(asked) {
        people.entry(stay.person).or_insert(stay);
    }
    let near = |(person, stay): (PersonId, &'_ QualityStay)| {
        let contact = known.get(&person).copied().filter(|contact| contact.is_near(ctx.today))?;
        Some((contact, stay.clone()))
    };
    let mut list: Vec<(Contact, QualityStay)> = people.into_iter().filter_map(near).collect();
    list.sort_by(|(a, p), (b, q)| (a.last, &p.folded, p.person).cmp(&(b.last, &q.folded, q.person)));
    let over = list.iter().filter(|(contact, _)| contact.is_over(ctx.today)).count();
    let soon = list.len() - over;
    let code = only.map(|cohort| cohort.code);
    let answer =
        Answer::sheet(sheet(ctx, &list, &cohorts)).named([code, Some("retention".to_owned())]).when_empty(text!(
            "Personne n'est gardé depuis deux ans sans contact, ni ne le sera dans les 30 jours.",
            "Nobody was kept for two years without contact, nor will be within 30 days."
        ));
    Ok(if list.is_empty() {
        answer
    } else {
        answer.say(text!(
            "À effacer : {over} ; dans les 30 jours : {soon}. Rien ne part sans un oui, une personne à la fois.",
            "To erase: {over}; within 30 days: {soon}. Nothing goes without a yes, one person at a time."
        ))
    })
}

fn sheet(ctx: &Context<'_>, list: &[(Contact, QualityStay)], cohorts: &[CohortSpan]) -> Sheet {
    let columns = vec![
        Column::new("trainee", "Stagiaire", "Trainee", ColumnKind::Code).hide_first(2),
        Column::new("name", "Nom", "Name", ColumnKind::Text),
        Column::new("cohort", "Promotion", "Cohort", ColumnKind::Code).hide_first(3),
        Column::new("last_contact", "Dernier contact", "Last contact", ColumnKind::Date),
        Column::new("keep_until", "À garder jusqu'au", "Keep until", ColumnKind::Date),
        Column::new("over", "Dépassé", "Over", ColumnKind::Bool),
        Column::new("do", "Effacer", "Erase", ColumnKind::Text).hide_first(1),
    ];
    let row = |(contact, stay): &(Contact, QualityStay)| {
        let cohort = cohorts.iter().find(|cohort| cohort.id == stay.cohort);
        vec![
            Cell::Text(stay.slug.clone()),
            Cell::Text(format!("{} {}", stay.last_name, stay.first_name)),
            Cell::text(cohort.map(|cohort| cohort.code.clone())),
            Cell::Date(contact.last),
            Cell::Date(contact.until()),
            Cell::Bool(contact.is_over(ctx.today)),
            Cell::Text(format!("fil trainee erase {}", stay.slug)),
        ]
    };
    Sheet { rows: list.iter().map(row).collect(), ..Sheet::new("retention", columns) }
}
