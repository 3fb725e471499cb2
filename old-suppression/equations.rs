//! What one section says about another, cohorts about their total, one month about the next, and who is part of whom.
//!
//! A reader who knows the definitions knows these too, so a masked count must not follow from them. "Not larger than"
//! is an equation with a rest that is printed nowhere and is never negative.

use super::monthly::{AMOUNTS, EVENTS};
use super::quantities::{Id, Named, Quantities, Trust};
use super::reading::Figures;
use super::tables::{PARTICIPANTS, SPLITS, esf};
use crate::domain::{ClosedList, Month};
use crate::report::aftermath::Point;
use crate::report::indicator;
use crate::report::indicator::counts::{Holds, Row};
use crate::report::quantity::{Across, Activity, AtPoint, EsfColumn, Kind, Quantity, Role, What, Whom};
use crate::report::section::head::Head;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Some quantities together are another one, or part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Equation {
    pub parts: Vec<Quantity>,
    pub whole: Quantity,
    pub holds: Holds,
}

impl Equation {
    fn new(parts: Vec<Quantity>, whole: Quantity, holds: Holds) -> Equation {
        Equation { parts, whole, holds }
    }
    /// The quantities it names.
    pub fn names(&self) -> impl Iterator<Item = &Quantity> {
        self.parts.iter().chain([&self.whole])
    }
}

/// Adds the equations that hold across rows and sections.
pub(super) fn link(quantities: &mut Quantities, sections: &[Figures<'_>]) {
    let named = quantities.named();
    add_up_cohorts(quantities, &named);
    let equations = stated(&named, sections);
    equations.iter().for_each(|equation| make(quantities, equation));
    equations.iter().for_each(|equation| state(quantities, equation));
    if same_people(quantities) {
        esf_shares().iter().for_each(|equation| state(quantities, equation));
    }
    link_bpf(quantities, &named);
}

/// The rows of the cohorts add up to the `*` row.
fn add_up_cohorts(quantities: &mut Quantities, named: &[Named]) {
    /// What is counted, and which of the values under that name.
    type Family<'a> = (What, Option<&'a str>, usize);
    let mut order: Vec<Family<'_>> = Vec::new();
    let mut families: HashMap<Family<'_>, (Option<Id>, Vec<Option<Id>>)> = HashMap::new();
    for one in named.iter().filter(|named| named.quantity.of != Whom::Report) {
        let family = (one.quantity.what, one.quantity.detail.as_deref(), one.nth);
        let entry = families.entry(family).or_insert_with(|| {
            order.push(family);
            Default::default()
        });
        match one.quantity.of {
            Whom::All => entry.0 = Some(one.id),
            Whom::Cohort(_) | Whom::Report => entry.1.push(Some(one.id)),
        }
    }
    for family in order {
        let Some((Some(total), parts)) = families.remove(&family) else { continue };
        let trust = match across(family.0) {
            Across::AddsUp => Trust::Sure,
            Across::CountsOnce => Trust::Confirmed,
        };
        quantities.adds_up(&parts, Some(total), trust);
        for id in parts.into_iter().flatten() {
            quantities.total(id, Some(total));
        }
    }
}

/// Whether the cohorts of a quantity add up: people counted once in the total may be in two of them.
fn across(what: What) -> Across {
    match what {
        What::Month(activity, _) => activity.across(),
        What::Indicator(key, _) => indicator::find(key).map_or(Across::AddsUp, |(found, _)| found.counts.across),
        _ => Across::AddsUp,
    }
}

/// Whether a quantity may be printed nowhere and still be known: it is what another one leaves.
pub(super) fn is_made(what: What) -> bool {
    matches!(what, What::Exits | What::At(_, AtPoint::Silent))
}

/// Makes the one quantity of an equation that is printed nowhere, from the others.
fn make(quantities: &mut Quantities, equation: &Equation) {
    let missing: Vec<&Quantity> = equation.names().filter(|name| quantities.find(name).is_none()).collect();
    let (&[name], Holds::Equal) = (&missing[..], equation.holds) else { return };
    if !is_made(name.what) {
        return;
    }
    let value = |name: &Quantity| quantities.find(name).and_then(|id| quantities[id].value);
    let others: Option<i64> = equation.parts.iter().filter(|part| *part != name).map(value).sum();
    let value = if *name == equation.whole {
        others
    } else {
        value(&equation.whole).zip(others).map(|(whole, others)| whole - others)
    };
    if value.is_none_or(|value| value >= 0) {
        quantities.hidden(name, Kind::People, value);
    }
}

/// Adds an equation whose quantities are all there.
fn state(quantities: &mut Quantities, equation: &Equation) {
    let parts: Vec<Option<Id>> = equation.parts.iter().map(|part| quantities.find(part)).collect();
    let whole = quantities.find(&equation.whole);
    match equation.holds {
        Holds::Equal => quantities.adds_up(&parts, whole, Trust::Sure),
        Holds::EqualHere => quantities.adds_up(&parts, whole, Trust::Confirmed),
        Holds::AtMost => within(quantities, &parts, whole, Trust::Sure),
        Holds::AtMostHere => within(quantities, &parts, whole, Trust::Confirmed),
    }
}

/// `parts <= whole`: nothing where a count is missing or the values contradict it.
fn within(quantities: &mut Quantities, parts: &[Option<Id>], whole: Option<Id>, trust: Trust) {
    let Some(whole) = whole else { return };
    let Some(sum) = parts.iter().copied().collect::<Option<Vec<Id>>>() else { return };
    let sum = sum.into_iter().map(|id| quantities[id].value).sum::<Option<i64>>();
    let rest = quantities[whole].value.zip(sum).map(|(whole, sum)| whole - sum);
    if rest.map_or(trust == Trust::Sure, |rest| rest >= 0) {
        let rest = quantities.unnamed(Kind::People, rest);
        let all: Vec<Option<Id>> = parts.iter().copied().chain([Some(rest)]).collect();
        quantities.adds_up(&all, Some(whole), Trust::Sure);
    }
}

/// The lines of the yearly statement are often the people of one cohort, or of all.
fn link_bpf(quantities: &mut Quantities, named: &[Named]) {
    let value = |quantities: &Quantities, id: Id| quantities[id].value.filter(|value| *value > 0);
    let of = |fits: fn(What) -> bool| named.iter().filter(move |named| fits(named.quantity.what)).map(|named| named.id);
    for line in of(|what| matches!(what, What::BpfTrainees(_))) {
        for entrants in of(|what| what == What::Entrants) {
            if value(quantities, line).is_some() && value(quantities, line) == value(quantities, entrants) {
                quantities.adds_up(&[Some(line)], Some(entrants), Trust::Confirmed);
            }
        }
    }
}

/// Whether the participants of the European file are as many as the entrants.
fn same_people(quantities: &Quantities) -> bool {
    let value = |name: &Quantity| quantities.find(name).and_then(|id| quantities[id].value);
    let all = value(&esf(PARTICIPANTS, EsfColumn::Total));
    all.is_some() && all == value(&What::Entrants.of(&Whom::All))
}

/// The equations over an export, whether or not it prints all that they name.
pub(super) fn stated(named: &[Named], sections: &[Figures<'_>]) -> Vec<Equation> {
    let months = Months::of(named);
    let mut equations = Vec::new();
    for of in people(named) {
        of_people(&mut equations, &of);
        months.link(&mut equations, &of);
    }
    let rows: Vec<&Row> = rows(sections).collect();
    rows.iter().for_each(|row| of_row(&mut equations, row));
    of_variants(&mut equations, &rows);
    of_esf(&mut equations, named, &months);
    equations
}

/// The rows of indicators.
fn rows<'a>(sections: &'a [Figures<'_>]) -> impl Iterator<Item = &'a Row> {
    let heads = sections.iter().flat_map(|figures| figures.heads).flatten();
    heads.filter_map(|head| if let Head::Indicator(row) = head { Some(row) } else { None })
}

/// The cohorts, and all of them together.
fn people(named: &[Named]) -> Vec<Whom> {
    let mut seen = HashSet::new();
    let people = named.iter().map(|named| &named.quantity.of).filter(|of| **of != Whom::Report);
    people.filter(|of| seen.insert(*of)).cloned().collect()
}

/// What holds of the people of any cohort.
const ALWAYS: &[(&[What], What, Holds)] = &[
    (&[What::Withdrawn, What::Examined], What::Exits, Holds::Equal),
    (&[What::Ended, What::NotEnded], What::Entrants, Holds::Equal),
    (&[What::WithJob, What::WithoutJob], What::Exits, Holds::Equal),
    (&[What::Exits], What::Entrants, Holds::AtMost),
    (&[What::Completers], What::Exits, Holds::AtMost),
    (&[What::WithJob], What::Exits, Holds::AtMost),
];

fn of_people(equations: &mut Vec<Equation>, of: &Whom) {
    let mut say = |parts: &[What], whole: What, holds| {
        let parts = parts.iter().map(|what| what.of(of)).collect();
        equations.push(Equation::new(parts, whole.of(of), holds));
    };
    for (parts, whole, holds) in ALWAYS {
        say(parts, *whole, *holds);
    }
    if *of != Whom::All {
        // A cohort has ended or it has not: the whole of it is on one side, and its dates are known.
        say(&[What::Ended], What::Entrants, Holds::EqualHere);
        say(&[What::NotEnded], What::Entrants, Holds::EqualHere);
    }
    let mut before = None;
    for point in Point::ALL {
        let at = |what| What::At(*point, what);
        say(&[at(AtPoint::Due), at(AtPoint::NotDue)], What::Examined, Holds::Equal);
        say(&[at(AtPoint::ExitsDue), at(AtPoint::ExitsNotDue)], What::Exits, Holds::Equal);
        // Nothing known is another situation; of those who answered nothing some were withdrawn.
        say(&[at(AtPoint::Unknown)], at(AtPoint::Other), Holds::AtMost);
        say(&[at(AtPoint::Silent)], What::Withdrawn, Holds::AtMost);
        if let Some(earlier) = before {
            say(&[at(AtPoint::ExitsDue)], What::At(earlier, AtPoint::ExitsDue), Holds::AtMost);
        }
        before = Some(*point);
    }
}

/// What the definition of an indicator says of one of its rows.
fn of_row(equations: &mut Vec<Equation>, row: &Row) {
    for relation in row.counts.relations.iter().filter(|relation| row.meets(relation.rows)) {
        let parts: Option<Vec<Quantity>> = relation.parts.iter().map(|term| row.term(*term)).collect();
        if let (Some(parts), Some(whole)) = (parts, row.term(relation.whole)) {
            equations.push(Equation::new(parts, whole, relation.holds));
        }
    }
}

/// One row per module or certificate, and a bare row for all of them.
fn of_variants(equations: &mut Vec<Equation>, rows: &[&Row]) {
    let mut variants: HashMap<(&str, &Whom), Vec<&Row>> = HashMap::new();
    for row in rows.iter().filter(|row| row.variant.is_some()) {
        variants.entry((row.key, &row.of)).or_default().push(row);
    }
    for row in rows.iter().filter(|row| row.variant.is_none()) {
        let Some(parts) = variants.get(&(row.key, &row.of)) else { continue };
        for role in [Role::Numerator, Role::Denominator] {
            let parts = parts.iter().filter_map(|part| part.quantity(role)).collect();
            if let Some(whole) = row.quantity(role) {
                equations.push(Equation::new(parts, whole, Holds::Equal));
            }
        }
    }
}

/// The cells of the section `monthly`, by what they count and of whom, month by month.
struct Months<'a> {
    all: BTreeSet<Month>,
    cells: HashMap<&'a Whom, HashMap<Activity, BTreeMap<Month, &'a Quantity>>>,
}

impl<'a> Months<'a> {
    fn of(named: &'a [Named]) -> Months<'a> {
        let mut cells: HashMap<&Whom, HashMap<Activity, BTreeMap<Month, &Quantity>>> = HashMap::new();
        for one in named.iter().filter(|named| named.nth == 0) {
            if let What::Month(activity, month) = one.quantity.what {
                let of = cells.entry(&one.quantity.of).or_default();
                of.entry(activity).or_default().insert(month, &one.quantity);
            }
        }
        Months { all: months(named), cells }
    }

    fn cells(&self, activity: Activity, of: &Whom) -> Option<&BTreeMap<Month, &'a Quantity>> {
        self.cells.get(of)?.get(&activity)
    }

    fn cell(&self, activity: Activity, of: &Whom, month: Month) -> Option<Quantity> {
        self.cells(activity, of)?.get(&month).map(|quantity| (*quantity).clone())
    }

    /// The cells of every month that has a row.
    fn over(&self, activity: Activity, of: &Whom) -> Vec<Quantity> {
        self.cells(activity, of).into_iter().flatten().map(|(_, quantity)| (*quantity).clone()).collect()
    }

    /// The months add up to what the other sections count since the beginning or over the period.
    fn link(&self, equations: &mut Vec<Equation>, of: &Whom) {
        // The end of a month is the start of the next.
        for (month, end) in self.cells(Activity::End, of).into_iter().flatten() {
            if let Some(start) = self.cell(Activity::Start, of, month.plus(1)) {
                equations.push(Equation::new(vec![(*end).clone()], start, Holds::Equal));
            }
        }
        let mut say = |parts: Vec<Quantity>, whole: What| {
            if !parts.is_empty() {
                equations.push(Equation::new(parts, whole.of(of), Holds::EqualHere));
            }
        };
        if let Some(end) = self.all.last().and_then(|last| self.cell(Activity::End, of, *last)) {
            say(vec![What::Exits.of(of), end], What::Entrants);
        }
        if let Some(start) = self.all.first().and_then(|first| self.cell(Activity::Start, of, *first)) {
            say(self.over(Activity::Entries, of).into_iter().chain([start]).collect(), What::Entrants);
        }
        say(self.over(Activity::Exits, of), What::Exits);
        for activity in AMOUNTS.into_iter().chain(EVENTS) {
            if let Some(whole) = over_the_period(activity) {
                say(self.over(activity, of), whole);
            }
        }
    }
}

/// The months with a row, in order.
pub(super) fn months(named: &[Named]) -> BTreeSet<Month> {
    let month = |named: &Named| match named.quantity.what {
        What::Month(Activity::Start, month) => Some(month),
        _ => None,
    };
    named.iter().filter_map(month).collect()
}

/// What the months of a column may add up to in the section `indicators`.
fn over_the_period(activity: Activity) -> Option<What> {
    match activity {
        Activity::Planned
        | Activity::Present
        | Activity::Unexcused
        | Activity::Unmarked
        | Activity::HoursCentre
        | Activity::HoursCompany
        | Activity::Interviews
        | Activity::InterviewHours => Some(What::Period(activity)),
        Activity::ModulesValidated => Some(What::Indicator("modules_validated", Role::Numerator)),
        Activity::CodePassed => Some(What::Indicator("code_passed_in_path", Role::Numerator)),
        Activity::LicenceObtained => Some(What::Indicator("licence_obtained", Role::Numerator)),
        Activity::PrehireStarted => Some(What::Indicator("prehire_started", Role::Numerator)),
        Activity::Start
        | Activity::Entries
        | Activity::Exits
        | Activity::End
        | Activity::Excused
        | Activity::ContractsSigned => None,
    }
}

/// Lines of the European file that count the people of a share.
const ESF_SHARES: [(&str, EsfColumn, &str); 5] = [
    (PARTICIPANTS, EsfColumn::Women, "share_women"),
    ("EECO06", EsfColumn::Total, "share_minors"),
    ("EECO09", EsfColumn::Total, "share_low_education"),
    ("EECO12", EsfColumn::Total, "share_disability"),
    ("EECO17", EsfColumn::Total, "share_rural"),
];

/// The European lines count the entrants of the period: often the very people of the indicators.
fn of_esf(equations: &mut Vec<Equation>, named: &[Named], months: &Months<'_>) {
    let all = esf(PARTICIPANTS, EsfColumn::Total);
    if !named.iter().any(|named| named.quantity == all) {
        return;
    }
    let mut say = |parts, whole| equations.push(Equation::new(parts, whole, Holds::EqualHere));
    for column in EsfColumn::ALL {
        for parts in SPLITS {
            say(parts.map(|line| esf(line, *column)).into(), esf(PARTICIPANTS, *column));
        }
    }
    let entries = months.over(Activity::Entries, &Whom::All);
    if !entries.is_empty() {
        say(entries, all.clone());
    }
    say(vec![all], What::Entrants.of(&Whom::All));
}

/// What holds where the participants are the entrants of the indicators.
pub(super) fn esf_shares() -> Vec<Equation> {
    let share = |(line, column, share): (&str, EsfColumn, &'static str)| {
        let share = What::Indicator(share, Role::Numerator).of(&Whom::All);
        Equation::new(vec![esf(line, column)], share, Holds::EqualHere)
    };
    ESF_SHARES.into_iter().map(share).collect()
}
