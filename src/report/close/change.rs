//! What changed between two states of the file, as steps in the order of the operations that made them.

use super::difference::{Cause, Origin};
use super::snapshot::{Fact, Key, State};
use crate::domain::cohort::Half;
use crate::domain::id::{CohortId, OpId, RecordId, StayId};
use crate::domain::{Act, ClosedList, Date};
use std::collections::{BTreeMap, BTreeSet};

/// One operation that wrote or removed a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Its number.
    pub op: OpId,
    /// What was done.
    pub act: Option<Act>,
}

/// Where the past comes from.
pub trait Past {
    /// The operations that wrote or removed a record between the two states, oldest first; for
    /// [`Key::Scope`] those that changed the funder's grants for the cohort.
    fn writers(&self, key: &Key) -> anyhow::Result<Vec<Writer>>;
    /// The state as one of those operations left it.
    fn state(&self, op: OpId) -> anyhow::Result<State>;
}

/// Records that change together, and what moved them.
#[derive(Debug, Clone)]
pub struct Step {
    /// What moved them; nothing for records that only come into sight with others.
    pub origin: Option<Origin>,
    /// Their new contents.
    pub puts: Vec<(Key, Option<Fact>)>,
}

/// One record's change.
struct Move {
    key: Key,
    fact: Option<Fact>,
    op: OpId,
    cause: Cause,
}

/// The steps that lead from one state to the other.
pub fn steps(before: &State, after: &State, as_of: Date, past: &dyn Past) -> anyhow::Result<Vec<Step>> {
    let old = before.records(as_of);
    let new = after.records(as_of);
    let keys: BTreeSet<&Key> = old.keys().chain(new.keys()).collect();
    let differs = |key: &&&Key| match (old.get(key), new.get(key)) {
        (Some(a), Some(b)) => !a.same(b, key),
        (a, b) => a.is_some() != b.is_some(),
    };
    let changed: Vec<Key> = keys.iter().filter(differs).map(|k| **k).collect();
    let slots = calendar(&old, &new);
    let mut chains = Vec::new();
    let mut silent = Vec::new();
    for key in &changed {
        let writers = writers(key, &old, &new, &slots, past)?;
        match writers.as_slice() {
            [] => silent.push((*key, new.get(key).cloned())),
            _ => chains.push((*key, writers)),
        }
    }
    let between = between(&chains, as_of, past)?;
    let mut moves = Vec::new();
    for (key, writers) in &chains {
        let mut contents = vec![(None, old.get(key).cloned())];
        for (at, writer) in writers.iter().enumerate() {
            let last = at + 1 == writers.len();
            let fact = if last { new.get(key) } else { between.get(&(writer.op, *key)) };
            contents.push((Some(writer), fact.cloned()));
        }
        moves.extend(straight(*key, contents));
    }
    Ok(in_order(moves, silent, &slots))
}

/// Half-days of calendars by cohort, day and half; participations by number.
struct Calendar {
    slots: BTreeMap<(CohortId, Date, Half), RecordId>,
    cohorts: BTreeMap<StayId, CohortId>,
}

fn calendar(old: &BTreeMap<Key, Fact>, new: &BTreeMap<Key, Fact>) -> Calendar {
    let mut found = Calendar { slots: BTreeMap::new(), cohorts: BTreeMap::new() };
    for (key, fact) in old.iter().chain(new) {
        match (key, fact) {
            (_, Fact::Slot(cohort, slot)) => {
                found.slots.insert((*cohort, slot.date, slot.half), slot.id);
            }
            (Key::Participation(id), Fact::Participation(part)) => {
                found.cohorts.insert(*id, part.cohort);
            }
            _ => {}
        }
    }
    found
}

fn writers(
    key: &Key,
    old: &BTreeMap<Key, Fact>,
    new: &BTreeMap<Key, Fact>,
    calendar: &Calendar,
    past: &dyn Past,
) -> anyhow::Result<Vec<Writer>> {
    if let Key::FirstPresent(part) = key {
        return first_presence(*part, old.get(key), new.get(key), past);
    }
    let own = past.writers(key)?;
    if own.is_empty()
        && let Key::Mark(part, date, half) = key
        && let Some(slot) = calendar.cohorts.get(part).and_then(|c| calendar.slots.get(&(*c, *date, *half)))
    {
        // The mark is the same, but its half-day became another kind, or is cancelled.
        let slot = past.writers(&Key::Slot(*slot))?;
        return Ok(slot.into_iter().next_back().into_iter().collect());
    }
    Ok(own)
}

/// The first presence moved because a mark of its old or of its new day was written or removed.
fn first_presence(
    part: StayId,
    old: Option<&Fact>,
    new: Option<&Fact>,
    past: &dyn Past,
) -> anyhow::Result<Vec<Writer>> {
    let mut last: Option<Writer> = None;
    for fact in [old, new].into_iter().flatten() {
        let Fact::FirstPresent(day) = fact else { continue };
        for half in Half::ALL {
            for writer in past.writers(&Key::Mark(part, *day, *half))? {
                if last.as_ref().is_none_or(|w| w.op < writer.op) {
                    last = Some(writer);
                }
            }
        }
    }
    Ok(last.into_iter().collect())
}

/// The contents that records had after the operations that were not the last to write them.
fn between(chains: &[(Key, Vec<Writer>)], as_of: Date, past: &dyn Past) -> anyhow::Result<BTreeMap<(OpId, Key), Fact>> {
    let mut wanted: BTreeMap<OpId, Vec<Key>> = BTreeMap::new();
    for (key, writers) in chains {
        for writer in writers.iter().rev().skip(1) {
            wanted.entry(writer.op).or_default().push(*key);
        }
    }
    let mut found = BTreeMap::new();
    for (op, keys) in wanted {
        let records = past.state(op)?.records(as_of);
        found.extend(keys.iter().filter_map(|k| Some(((op, *k), records.get(k)?.clone()))));
    }
    Ok(found)
}

/// The changes of one record, without those that later ones took back.
fn straight(key: Key, contents: Vec<(Option<&Writer>, Option<Fact>)>) -> Vec<Move> {
    let mut kept: Vec<(Option<&Writer>, Option<Fact>)> = Vec::new();
    for (writer, fact) in contents {
        let alike = |known: &(Option<&Writer>, Option<Fact>)| match (&known.1, &fact) {
            (Some(a), Some(b)) => a.same(b, &key),
            (a, b) => a.is_none() && b.is_none(),
        };
        match kept.iter().position(alike) {
            Some(at) => kept.truncate(at + 1),
            None => kept.push((writer, fact)),
        }
    }
    let mut moves = Vec::new();
    for pair in kept.windows(2) {
        if let (before, (Some(writer), fact)) = (&pair[0].1, &pair[1]) {
            let cause = cause(&key, writer, before.is_some(), fact.is_some());
            moves.push(Move { key, fact: fact.clone(), op: writer.op, cause });
        }
    }
    moves
}

fn cause(key: &Key, writer: &Writer, was: bool, is: bool) -> Cause {
    match (writer.act, key, was, is) {
        (Some(Act::Erase), ..) => Cause::Erasure,
        (Some(Act::Merge), ..) => Cause::Merge,
        (_, Key::Setting(_), ..) => Cause::Setting,
        (_, _, false, true) => Cause::LateEntry,
        (_, _, true, false) => Cause::Deletion,
        _ => Cause::Correction,
    }
}

/// What a move is grouped by within its operation: a record, or the half-days of one participation or cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bundle {
    Record(Key),
    Marks(StayId),
    Slots(CohortId),
}

fn bundle(found: &Move, calendar: &Calendar) -> Bundle {
    match (found.key, &found.fact) {
        (Key::Mark(part, ..) | Key::FirstPresent(part), _) => Bundle::Marks(part),
        (Key::Slot(_), Some(Fact::Slot(cohort, _))) => Bundle::Slots(*cohort),
        (Key::Slot(id), _) => {
            let cohort = calendar.slots.iter().find(|(_, slot)| **slot == id).map(|((cohort, ..), _)| *cohort);
            cohort.map_or(Bundle::Record(found.key), Bundle::Slots)
        }
        (key, _) => Bundle::Record(key),
    }
}

fn in_order(moves: Vec<Move>, silent: Vec<(Key, Option<Fact>)>, calendar: &Calendar) -> Vec<Step> {
    // Marks and the first presence they make move as one, whatever cause was guessed for the latter.
    let marks: BTreeMap<(OpId, StayId), Cause> = moves
        .iter()
        .filter_map(|m| if let Key::Mark(part, ..) = m.key { Some(((m.op, part), m.cause)) } else { None })
        .collect();
    let mut grouped: BTreeMap<(OpId, bool, i64, Bundle, Cause), Vec<Move>> = BTreeMap::new();
    for mut found in moves {
        if let Key::FirstPresent(part) = found.key
            && let Some(cause) = marks.get(&(found.op, part))
        {
            found.cause = *cause;
        }
        let bundle = bundle(&found, calendar);
        // Within an operation children go before their parents, and parents come before their children.
        let goes = found.fact.is_none();
        let rank = if goes { -rank(&found.key) } else { rank(&found.key) };
        let rank = match bundle {
            Bundle::Marks(_) if goes => -super::change::rank(&Key::FirstPresent(StayId::from_number(0))),
            Bundle::Marks(_) => super::change::rank(&Key::FirstPresent(StayId::from_number(0))),
            _ => rank,
        };
        grouped.entry((found.op, !goes, rank, bundle, found.cause)).or_default().push(found);
    }
    // What has no writer was only out of sight: it comes before everything else, and goes after.
    let (comes, goes): (Vec<_>, Vec<_>) = silent.into_iter().partition(|(_, fact)| fact.is_some());
    let quiet = |puts: Vec<(Key, Option<Fact>)>| (!puts.is_empty()).then_some(Step { origin: None, puts });
    let mut steps: Vec<Step> = quiet(comes).into_iter().collect();
    steps.extend(grouped.into_iter().map(|((op, _, _, bundle, cause), moves)| {
        let record = record(bundle, &moves);
        let puts = moves.into_iter().map(|m| (m.key, m.fact)).collect();
        Step { origin: Some(Origin { cause, record, op }), puts }
    }));
    steps.extend(quiet(goes));
    steps
}

fn rank(key: &Key) -> i64 {
    match key {
        Key::Setting(_) => 1,
        Key::Catalogue(_) => 2,
        Key::Cohort(_) => 3,
        Key::Scope(_) => 4,
        Key::Module(_) => 5,
        Key::Slot(_) => 6,
        Key::Person(_) => 7,
        Key::Participation(_) => 8,
        Key::FirstPresent(_) | Key::Mark(..) => 9,
        _ => 10,
    }
}

fn record(bundle: Bundle, moves: &[Move]) -> String {
    let marks: Vec<&Move> = moves.iter().filter(|m| matches!(m.key, Key::Mark(..))).collect();
    match (bundle, moves, marks.as_slice()) {
        (Bundle::Marks(_), _, [one]) => named(&one.key),
        (Bundle::Marks(part), ..) => format!("attendance {part}"),
        (Bundle::Slots(_), [one], _) => named(&one.key),
        (Bundle::Slots(cohort), ..) => format!("cohort {cohort}"),
        (Bundle::Record(key), ..) => named(&key),
    }
}

/// A record by kind and number.
fn named(key: &Key) -> String {
    match key {
        Key::Setting(name) => format!("setting {name}"),
        Key::Catalogue(id) => format!("catalogue {id}"),
        Key::Cohort(id) => format!("cohort {id}"),
        Key::Scope(id) => format!("grant cohort {id}"),
        Key::Module(id) => format!("module {id}"),
        Key::Slot(id) => format!("slot {id}"),
        Key::Person(id) => format!("trainee {id}"),
        Key::Participation(id) => format!("participation {id}"),
        Key::FirstPresent(id) => format!("attendance {id}"),
        Key::Mark(id, date, half) => format!("attendance {id} {date} {}", half.code()),
        Key::Situation(id) => format!("placement {id}"),
        Key::Result(id) => format!("result {id}"),
        Key::Certificate(id) => format!("certificate {id}"),
        Key::Licence(id) => format!("licence {id}"),
        Key::Interview(id) => format!("interview {id}"),
        Key::Followup(id) => format!("followup {id}"),
        Key::Budget(id) => format!("budget {id}"),
        Key::Target(id) => format!("target {id}"),
    }
}
