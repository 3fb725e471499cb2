//! Rules of a person and of their participation in a cohort.

use super::Check;
use crate::domain::closed_list::ClosedList;
use crate::domain::kind::{FieldAt, trainee};
use crate::domain::trainee::{Decision, ExitReason};
use crate::domain::{Date, Kind, Record, Value};
use crate::ops::resolve::Found;
use crate::store::Lookup;
use crate::store::records::Which;
use crate::text;
use anyhow::Result;

/// Ages outside these completed years at entry are refused.
const AGES: std::ops::RangeInclusive<i32> = 15..=65;
/// Ages outside these are worth a look.
const USUAL_AGES: std::ops::RangeInclusive<i32> = 16..=30;

/// Checks a row of trainees and completes its decision.
pub fn trainee(
    lookup: &Lookup<'_>,
    (new, old): (&mut Record, Option<&Record>),
    found: &Found,
    today: Date,
    check: &mut Check,
) -> Result<()> {
    postal_code(new, old, check);
    stay(new, found, check);
    age(new, found, today, check);
    decision(new, check);
    selection(new, check);
    ranks(lookup, new, found, check)?;
    references(lookup, new, found, check)?;
    doubles(found, check);
    marks(lookup, new, found, check)
}

/// Cohort start <= entry <= exit <= cohort end; an exit has a reason and a reason has an exit.
fn stay(new: &Record, found: &Found, check: &mut Check) {
    let (entry, exit) = (new.date(trainee::ENTRY), new.date(trainee::EXIT));
    if let Some(cohort) = &found.cohort {
        let (start, end, code) = (cohort.start, cohort.end, &cohort.code);
        for (field, date) in [(trainee::ENTRY, entry), (trainee::EXIT, exit)] {
            let Some(date) = date.filter(|d| *d < start || *d > end) else { continue };
            check.refuse_with(
                field,
                date.to_string(),
                text!(
                    "hors des dates de {code} : {start} au {end}",
                    "outside the dates of {code}: {start} to {end}";
                    start, end
                ),
                text!(
                    "une date entre les deux, ou prolongez la promotion",
                    "a day between them, or prolong the cohort"
                ),
            );
        }
    }
    if let (Some(entry), Some(exit)) = (entry, exit)
        && exit < entry
    {
        check.refuse(
            trainee::EXIT,
            exit.to_string(),
            text!("la sortie précède l'entrée ({entry})", "the exit is before the entry ({entry})"; entry),
        );
    }
    match (entry, exit, new.list::<ExitReason>(trainee::EXIT_REASON)) {
        (None, Some(exit), _) => {
            check.refuse(trainee::EXIT, exit.to_string(), text!("une sortie sans entrée", "an exit without an entry"));
        }
        (_, Some(_), None) => {
            let reasons = ExitReason::CODES.join(", ");
            check.refuse_with(
                trainee::EXIT_REASON,
                String::new(),
                text!("une sortie demande un motif", "an exit needs a reason"),
                text!("un de : {reasons}", "one of: {reasons}"),
            );
        }
        (_, None, Some(reason)) => {
            let code = reason.code().to_owned();
            check.refuse_with(
                trainee::EXIT_REASON,
                code,
                text!("un motif de sortie sans date de sortie", "a reason without an exit date"),
                text!("donnez la date de sortie, ou videz le motif", "give the exit date, or empty the reason"),
            );
        }
        _ => {}
    }
    if let (Some(since), Some(entry)) = (new.date(trainee::STATUS_SINCE), entry)
        && since >= entry
    {
        check.refuse(
            trainee::STATUS_SINCE,
            since.to_string(),
            text!(
                "le statut doit dater d'avant l'entrée ({entry})",
                "the status must date from before the entry ({entry})";
                entry
            ),
        );
    }
}

/// A French postal code has five digits; one recorded before this rule stays until it is changed.
fn postal_code(new: &Record, old: Option<&Record>, check: &mut Check) {
    let Some(code) = new.text(trainee::POSTAL_CODE) else { return };
    let known = old.and_then(|old| old.text(trainee::POSTAL_CODE)) == Some(code);
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    if known || digits && code.len() == 5 {
        return;
    }
    let right = match (digits, code.len()) {
        (true, 4) => text!("il manque le zéro : 0{code} ?", "the zero is missing: 0{code}?"),
        _ => text!("cinq chiffres, par exemple 26100", "five digits, for instance 26100"),
    };
    check.refuse_with(
        trainee::POSTAL_CODE,
        code.to_owned(),
        text!("ce n'est pas un code postal", "this is no postal code"),
        right,
    );
}

fn age(new: &Record, found: &Found, today: Date, check: &mut Check) {
    let Some(born) = new.date(trainee::BIRTH_DATE) else { return };
    if born > today {
        check.refuse(
            trainee::BIRTH_DATE,
            born.to_string(),
            text!("cette date de naissance est à venir", "this birth date is yet to come"),
        );
        return;
    }
    let Some(day) = new.date(trainee::ENTRY).or(found.cohort.as_ref().map(|c| c.start)) else { return };
    let age = born.age_on(day);
    if !AGES.contains(&age) {
        check.refuse_with(
            trainee::BIRTH_DATE,
            born.to_string(),
            text!(
                "{age} ans à l'entrée : l'âge admis va de 15 à 65 ans",
                "{age} years old at entry: ages from 15 to 65 are accepted"
            ),
            text!("vérifiez l'année de naissance", "check the year of birth"),
        );
    } else if !USUAL_AGES.contains(&age) {
        check.warn(
            "age",
            text!("{age} ans à l'entrée, hors de 16 à 30 ans", "{age} years old at entry, outside 16 to 30"),
        );
    }
}

/// A row with an entry is admitted.
fn decision(new: &mut Record, check: &mut Check) {
    if new.date(trainee::ENTRY).is_none() {
        return;
    }
    let said = new.list::<Decision>(trainee::DECISION);
    if matches!(said, Some(Decision::Waiting | Decision::Refused | Decision::Withdrawn)) {
        check.warn(
            "entry_means_admitted",
            text!(
                "une entrée vaut admission : décision notée « admis »",
                "an entry means admission: decision recorded as admitted"
            ),
        );
    }
    new.set(trainee::DECISION, Some(Value::Code(Decision::Admitted.code())));
}

/// Application or meeting, interview, decision and entry come in this order, as far as they are given.
fn selection(new: &Record, check: &mut Check) {
    let day = |field: FieldAt| new.date(field).map(|date| (field, date));
    if let (Some((_, applied)), Some((_, met))) = (day(trainee::APPLICATION_DATE), day(trainee::MEETING_ON))
        && met < applied
    {
        check.warn(
            "selection_order",
            text!("réunion ({met}) avant la candidature ({applied})", "meeting ({met}) before the application ({applied})"; met, applied),
        );
    }
    let order = [trainee::INTERVIEW_DATE, trainee::DECIDED_ON, trainee::ENTRY];
    let said: Vec<(FieldAt, Date)> = order.into_iter().filter_map(day).collect();
    let first =
        [trainee::APPLICATION_DATE, trainee::MEETING_ON].into_iter().filter_map(day).max_by_key(|(_, date)| *date);
    // What older files hold in another order stays as it is: only the new days refuse.
    let new_days =
        |a: FieldAt, b: FieldAt| [a, b].iter().any(|field| [trainee::MEETING_ON, trainee::DECIDED_ON].contains(field));
    let steps: Vec<(FieldAt, Date)> = first.into_iter().chain(said).collect();
    for pair in steps.windows(2) {
        let ((before, earlier), (field, date)) = (pair[0], pair[1]);
        if date < earlier && new_days(before, field) {
            let name = before.text();
            check.refuse(
                field,
                date.to_string(),
                text!("ce jour précède « {name} » ({earlier})", "this day is before “{name}” ({earlier})"; name, earlier),
            );
        }
    }
}

/// Two people of one cohort do not wait at the same rank.
fn ranks(lookup: &Lookup<'_>, new: &Record, found: &Found, check: &mut Check) -> Result<()> {
    let (Some(rank), Some(cohort)) = (new.int(trainee::WAITING_RANK), found.links.cohort) else { return Ok(()) };
    let waits = |row: &Record| row.list::<Decision>(trainee::DECISION) == Some(Decision::Waiting);
    if !waits(new) {
        return Ok(());
    }
    let rows = lookup.records(Kind::Trainees, Which::Cohort(cohort))?;
    let same = |row: &&Record| {
        waits(row) && row.int(trainee::WAITING_RANK) == Some(rank) && row.id != found.links.person.map(Into::into)
    };
    if let Some(slug) = rows.iter().find(same).and_then(|row| row.text(trainee::TRAINEE)) {
        check.refuse(
            trainee::WAITING_RANK,
            rank.to_string(),
            text!("ce rang est déjà celui de {slug}", "this rank is already that of {slug}"),
        );
    }
    Ok(())
}

/// The school's reference is unique.
fn references(lookup: &Lookup<'_>, new: &Record, found: &Found, check: &mut Check) -> Result<()> {
    let Some(reference) = new.text(trainee::REF) else { return Ok(()) };
    if let Some(other) = lookup.find_reference(reference)?
        && Some(other.id) != found.links.person
    {
        let who = other.slug;
        check.refuse(
            trainee::REF,
            reference.to_owned(),
            text!("cette référence est déjà celle de {who}", "this reference is already that of {who}"),
        );
    }
    Ok(())
}

/// A new person who may be somebody known.
fn doubles(found: &Found, check: &mut Check) {
    for (_, message) in found.alike.iter().filter(|_| found.person.is_none()) {
        check.warn("near_duplicate", message.clone());
    }
}

/// Marks already entered stay between the entry and the exit.
fn marks(lookup: &Lookup<'_>, new: &Record, found: &Found, check: &mut Check) -> Result<()> {
    let Some(participation) = found.links.participation else { return Ok(()) };
    let Some((first, last)) = lookup.marked_span(participation)? else { return Ok(()) };
    let clear = text!("effacez-les d'abord : fil progress clear", "clear them first: fil progress clear");
    match new.date(trainee::ENTRY) {
        None => check.refuse_with(
            trainee::ENTRY,
            String::new(),
            text!(
                "des présences sont saisies du {first} au {last}",
                "attendance marks are entered from {first} to {last}";
                first, last
            ),
            clear.clone(),
        ),
        Some(entry) if entry > first => {
            check.refuse_with(
                trainee::ENTRY,
                entry.to_string(),
                text!(
                    "des présences sont saisies avant cette entrée, dès le {first}",
                    "attendance marks are entered before this entry, from {first}";
                    first
                ),
                clear.clone(),
            );
        }
        _ => {}
    }
    if let Some(exit) = new.date(trainee::EXIT).filter(|e| *e < last) {
        check.refuse_with(
            trainee::EXIT,
            exit.to_string(),
            text!(
                "des présences sont saisies après cette sortie, jusqu'au {last}",
                "attendance marks are entered after this exit, until {last}";
                last
            ),
            clear,
        );
    }
    Ok(())
}
