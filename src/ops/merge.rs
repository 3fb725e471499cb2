//! Making one person of somebody recorded twice: both histories stay, nothing is chosen in silence.

use super::request::{Request, Said, Warning, spoken};
use super::rules::{blank, identity};
use super::save::save;
use super::saving::Saving;
use crate::domain::cohort::Half;
use crate::domain::id::{PersonId, RecordId, StayId};
use crate::domain::kind::{FieldAt, Holds, Owner, Target, trainee};
use crate::domain::{ClosedList, Kind, Record, Refusal, Text, Value};
use crate::store::attendance::{HalfDay, Mark};
use crate::store::records::{Links, Which};
use crate::store::{Former, Identity, Stay, Tx};
use crate::text;
use anyhow::{Result, bail};
use std::collections::BTreeMap;

/// What became of the two records.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Records that changed hands, by kind; for trainees, participations.
    pub moved: BTreeMap<Kind, usize>,
    /// Records that both had, now one, by kind.
    pub joined: BTreeMap<Kind, usize>,
    /// Fields of the person that were empty and came from the other record.
    pub filled: Vec<Text>,
    /// Fields of the person in which the two differ: what is kept, what is dropped.
    pub kept: Vec<Text>,
    /// What the record rules find worth a look.
    pub warnings: Vec<Warning>,
}

/// An address holds together: half of one and half of another leads nowhere.
const ADDRESS: [FieldAt; 3] = [trainee::ADDRESS, trainee::POSTAL_CODE, trainee::COMMUNE];

/// How many disagreements a refusal lists.
const LISTED: usize = 5;

/// Moves everything of `other` to `keep`, then removes `other`; its slug and reference lead to `keep` from then on.
/// `saving` must expect recorded ones ([`super::Mode::Edit`]).
pub fn merge(tx: &mut Tx<'_>, keep: &Identity, other: &Identity, saving: &mut Saving<'_>) -> Result<Merged> {
    let mut merging = Merging { tx, keep, done: Merged::default(), clashes: Vec::new() };
    let mut stays = BTreeMap::new();
    for kind in Kind::of(Owner::Person).filter(|kind| *kind != Kind::Trainees) {
        let links = Links { person: Some(keep.id), ..Links::default() };
        merging.take(kind, Which::Person(other.id), &links)?;
    }
    let theirs = merging.tx.lookup().stays_of(other.id)?;
    let face = merging.identity(other.id)?;
    for stay in &theirs {
        match merging.tx.lookup().find_stay(stay.cohort, keep.id)? {
            Some(mine) => {
                let record = merging.join(mine, *stay)?;
                stays.insert(mine.id, record);
            }
            None => merging.change_hands(*stay)?,
        }
    }
    refuse(&merging.clashes, keep, other)?;
    let face = merging.face(&face)?;
    merging.let_go(other, &theirs)?;
    merging.settle(&face, &stays, saving)?;
    Ok(merging.done)
}

struct Merging<'a, 'c> {
    tx: &'a mut Tx<'c>,
    keep: &'a Identity,
    done: Merged,
    clashes: Vec<Text>,
}

impl Merging<'_, '_> {
    /// Takes over the records of a kind, or joins each with the one that has the same key.
    fn take(&mut self, kind: Kind, of: Which, links: &Links) -> Result<()> {
        for record in self.tx.lookup().records(kind, of)? {
            let links = self.links_of(&record, links)?;
            let Some(mut mine) = self.tx.lookup().find_record(&links, &record)? else {
                self.tx.save(&links, &record)?;
                *self.done.moved.entry(kind).or_default() += 1;
                continue;
            };
            let clashes = fill(&mut mine, &record);
            if !clashes.is_empty() {
                self.clashes.extend(clashes.iter().map(|field| clash(*field, (&mine, &record))));
                continue;
            }
            self.tx.remove(kind, record.id.unwrap_or(RecordId::NONE), &Links::default())?;
            self.tx.save(&links, &mine)?;
            *self.done.joined.entry(kind).or_default() += 1;
        }
        Ok(())
    }

    fn links_of(&self, record: &Record, links: &Links) -> Result<Links> {
        let (lookup, mut links) = (self.tx.lookup(), links.clone());
        if let (Some(cohort), Some(module)) = (links.cohort, record.named(Target::Module)) {
            links.module = lookup.find_module(cohort, module)?;
        }
        if let Some(certificate) = record.named(Target::Certificate) {
            links.certificate = lookup.find_certificate(certificate)?;
        }
        if let Some(grant) = record.named(Target::Grant) {
            links.grant = lookup.find_grant(grant)?;
        }
        if let Some(staff) = record.named(Target::Staff) {
            links.staff = lookup.find_staff(staff)?;
        }
        if let Some(opening) = record.named(Target::Opening) {
            links.opening = lookup.find_opening(opening)?;
        }
        Ok(links)
    }

    /// Makes one of two participations in the same cohort; gives the one that stays, completed but not yet written.
    fn join(&mut self, mine: Stay, theirs: Stay) -> Result<Record> {
        let links = Links {
            cohort: Some(mine.cohort),
            person: Some(self.keep.id),
            participation: Some(mine.id),
            ..Links::default()
        };
        // Marks, which have no number, go their own way.
        for kind in Kind::of(Owner::Stay).filter(|kind| kind.numbered()) {
            self.take(kind, Which::Participation(theirs.id), &links)?;
        }
        self.take_marks(mine.id, theirs.id)?;
        let (mut kept, gone) = (self.stay(mine.id)?, self.stay(theirs.id)?);
        let clashes = fill(&mut kept, &gone);
        self.clashes.extend(clashes.iter().map(|field| clash(*field, (&kept, &gone))));
        *self.done.joined.entry(Kind::Trainees).or_default() += 1;
        Ok(kept)
    }

    fn take_marks(&mut self, mine: StayId, theirs: StayId) -> Result<()> {
        let mut fresh = Vec::new();
        for (at, mark) in self.tx.lookup().marks_of(theirs)? {
            let here = HalfDay { participation: mine, ..at };
            match self.tx.lookup().find_mark(here)? {
                None => {
                    fresh.push((here, mark));
                    *self.done.moved.entry(Kind::Attendance).or_default() += 1;
                }
                Some(present) => match one_mark(present, mark) {
                    Some(joined) => {
                        if joined != present {
                            self.tx.update_mark(here, joined)?;
                        }
                        *self.done.joined.entry(Kind::Attendance).or_default() += 1;
                    }
                    None => self.clashes.push(mark_clash(at, (present, mark))),
                },
            }
            self.tx.delete_mark(at)?;
        }
        self.tx.insert_marks(&mut fresh)
    }

    /// Gives a participation in a cohort where the person who stays is not.
    fn change_hands(&mut self, stay: Stay) -> Result<()> {
        let mut record = self.stay(stay.id)?;
        let face = self.identity(self.keep.id)?;
        identity().for_each(|field| record.set(field, face.get(field).cloned()));
        let links = Links {
            cohort: Some(stay.cohort),
            person: Some(self.keep.id),
            participation: Some(stay.id),
            folded: self.keep.folded.clone(),
            ..Links::default()
        };
        self.tx.save(&links, &record)?;
        *self.done.moved.entry(Kind::Trainees).or_default() += 1;
        Ok(())
    }

    fn stay(&self, participation: StayId) -> Result<Record> {
        let found = self.tx.lookup().records(Kind::Trainees, Which::Participation(participation))?.pop();
        found.ok_or_else(|| anyhow::anyhow!("participation {participation} is gone"))
    }

    fn identity(&self, person: PersonId) -> Result<Record> {
        let found = self.tx.lookup().records(Kind::Trainees, Which::Person(person))?.pop();
        found.ok_or_else(|| anyhow::anyhow!("person {person} takes part in nothing"))
    }

    /// Identity and contact as they will be: what is empty comes from the other record.
    fn face(&mut self, other: &Record) -> Result<Record> {
        let mut face = self.identity(self.keep.id)?;
        let differ =
            |field: FieldAt| face.get(field).is_some() && other.get(field).is_some_and(|v| face.get(field) != Some(v));
        let two_addresses = ADDRESS.into_iter().any(differ);
        for field in identity().filter(|field| *field != trainee::TRAINEE) {
            let Some(theirs) = other.get(field).cloned() else { continue };
            let mine = face.get(field).cloned();
            let stays = mine.is_some() || two_addresses && ADDRESS.contains(&field);
            if !stays {
                face.set(field, Some(theirs));
                self.done.filled.push(field.text());
            } else if mine.as_ref() != Some(&theirs) {
                self.done.kept.push(two_values(field, (mine.as_ref(), Some(&theirs))));
            }
        }
        Ok(face)
    }

    /// Removes the record that went away and makes its names lead to the one that stays.
    fn let_go(&mut self, other: &Identity, theirs: &[Stay]) -> Result<()> {
        let keep = self.keep;
        self.tx.move_aliases(other.id, keep.id)?;
        for stay in theirs {
            let gone = self.tx.lookup().stays_of(other.id)?.iter().any(|s| s.id == stay.id);
            if gone {
                let links = Links { participation: Some(stay.id), ..Links::default() };
                self.tx.remove(Kind::Trainees, other.id.into(), &links)?;
            }
        }
        if self.tx.lookup().find_person(other.id)?.is_some() {
            self.tx.remove(Kind::Trainees, other.id.into(), &Links::default())?;
        }
        self.tx.insert_alias(Former::Slug, &other.slug, keep.id)?;
        if let (Some(_), Some(reference)) = (&keep.reference, &other.reference) {
            self.tx.insert_alias(Former::Reference, reference, keep.id)?;
        }
        Ok(())
    }

    /// Writes the person as they now are through the record rules, once for each participation.
    fn settle(&mut self, face: &Record, joined: &BTreeMap<StayId, Record>, saving: &mut Saving<'_>) -> Result<()> {
        let mut requests = Vec::new();
        for stay in self.tx.lookup().stays_of(self.keep.id)? {
            let mut record = match joined.get(&stay.id) {
                Some(record) => record.clone(),
                None => self.stay(stay.id)?,
            };
            identity().for_each(|field| record.set(field, face.get(field).cloned()));
            let said = record.values.into_iter().map(|value| value.map_or(Said::Nothing, Said::Given)).collect();
            requests.push(Request { id: Some(self.keep.id.into()), said, ..Request::new(Kind::Trainees) });
        }
        let saved = save(self.tx, Kind::Trainees, &requests, saving)?;
        if let Some(trouble) = saved.troubles.into_iter().next() {
            let who = &self.keep.slug;
            let what = &trouble.what;
            let refusal = Refusal::data(text!(
                "les deux fiches ne peuvent pas n'en faire qu'une ({who})",
                "the two records cannot become one ({who})"
            ))
            .why(text!("réunies, elles se contredisent : {what}", "together they contradict each other: {what}"; what));
            bail!(refusal.maybe_hint(trouble.right));
        }
        self.done.warnings = saved.warnings;
        self.done.warnings.dedup_by(|a, b| a.message == b.message);
        Ok(())
    }
}

/// Fills the empty fields of a record from another one with the same key; gives the fields in which they differ.
fn fill(mine: &mut Record, theirs: &Record) -> Vec<FieldAt> {
    let kind = mine.kind;
    let mut clashes = Vec::new();
    for (position, field) in kind.all_at().enumerate() {
        let of_the_person = field.identity;
        if of_the_person || matches!(field.holds, Holds::Ref(_)) || mine.values[position] == theirs.values[position] {
            continue;
        }
        if says_nothing(kind, position, theirs.values[position].as_ref()) {
            continue;
        }
        if says_nothing(kind, position, mine.values[position].as_ref()) {
            mine.values[position] = theirs.values[position].clone();
        } else {
            clashes.push(field);
        }
    }
    clashes
}

/// Whether a field holds no more than what stands there before anybody says anything: never asked, not decided yet.
/// A plain yes or no is always an answer.
fn says_nothing(kind: Kind, position: usize, value: Option<&Value>) -> bool {
    match value {
        None => true,
        Some(Value::Code(_)) => value == blank(kind, position).as_ref(),
        Some(_) => false,
    }
}

/// The mark that two marks of one half-day make, when they agree: a signature or a reason on one of them is enough.
fn one_mark(mine: Mark, theirs: Mark) -> Option<Mark> {
    let reasons = mine.justification.is_none_or(|m| theirs.justification.is_none_or(|t| m == t));
    let agree = mine.status == theirs.status && mine.minutes == theirs.minutes && reasons;
    agree.then_some(Mark {
        justification: mine.justification.or(theirs.justification),
        signed_trainee: mine.signed_trainee || theirs.signed_trainee,
        signed_trainer: mine.signed_trainer || theirs.signed_trainer,
        ..mine
    })
}

/// `téléphone : 0612345678 (l'autre fiche : 0698765432)`.
fn two_values(field: FieldAt, (mine, theirs): (Option<&Value>, Option<&Value>)) -> Text {
    let (label, mine, theirs) = (field.text(), spoken(&field, mine), spoken(&field, theirs));
    text!(
        "{label} : {mine} (l'autre fiche : {theirs})",
        "{label}: {mine} (the other record: {theirs})";
        label, mine, theirs
    )
}

/// Two records with one key that say different things.
fn clash(field: FieldAt, (mine, theirs): (&Record, &Record)) -> Text {
    let kind = mine.kind;
    let (one, values) = (kind.one(), two_values(field, (mine.get(field), theirs.get(field))));
    if kind == Kind::Trainees {
        let code = mine.text(trainee::COHORT).unwrap_or("");
        return text!("participation à {code} — {values}", "participation in {code} — {values}"; values);
    }
    let (a, b) = (mine.id.unwrap_or(RecordId::NONE), theirs.id.unwrap_or(RecordId::NONE));
    text!("{one} n° {a} et n° {b} — {values}", "{one} no. {a} and no. {b} — {values}"; values, one)
}

fn mark_clash(at: HalfDay, (mine, theirs): (Mark, Mark)) -> Text {
    let (date, half) = (at.date, at.half);
    let (day, half) = (date.french(), <Half as ClosedList>::text(half));
    let words = |mark: Mark| {
        let (status, minutes) = (mark.status.text(), mark.minutes);
        match minutes {
            0 => status,
            _ => Text::new(format!("{} {minutes} min", status.fr), format!("{} {minutes} min", status.en)),
        }
    };
    let (mine, theirs) = (words(mine), words(theirs));
    text!(
        "présence du {day} {half} : {mine} (l'autre fiche : {theirs})",
        "attendance mark of {date} {half}: {mine} (the other record: {theirs})";
        half, mine, theirs
    )
}

fn refuse(clashes: &[Text], keep: &Identity, other: &Identity) -> Result<()> {
    if clashes.is_empty() {
        return Ok(());
    }
    let list = |lang| {
        let mut lines: Vec<String> = clashes.iter().take(LISTED).map(|c| format!("  {}", c.get(lang))).collect();
        if clashes.len() > LISTED {
            let rest = clashes.len() - LISTED;
            lines.push(text!("  … et {rest} de plus", "  … and {rest} more").get(lang).to_owned());
        }
        lines.join("\n")
    };
    let (keep, other) = (&keep.slug, &other.slug);
    use crate::domain::Lang;
    bail!(
        Refusal::data(text!("{keep} et {other} se contredisent", "{keep} and {other} contradict each other"))
            .why(Text::new(list(Lang::Fr), list(Lang::En)))
            .hint(text!(
                "Corrigez l'une des deux fiches, puis recommencez. Rien n'a été écrit.",
                "Correct one of the two records, then try again. Nothing was written."
            ))
    )
}
