//! Who was behind each figure of a close: the units of every figure over all cohorts, packed small.

use crate::domain::ClosedList;
use crate::domain::id::{CohortId, OpId, PersonId, RecordId};
use crate::report::as_of::{Group, World};
use crate::report::indicator;
use crate::report::membership::{Unit, Verdict};
use crate::report::packing;
use crate::report::section::Section;
use std::collections::{BTreeMap, HashMap};

/// The packed units of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// `entrants`, `dynamic_exit_rate@3m`, `monthly:present@2018-11`.
    pub figure: String,
    /// How many units.
    pub units: usize,
    /// The compressed list.
    pub list: Vec<u8>,
}

/// One unit read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// What the definition said of it.
    pub verdict: Verdict,
    /// Whether it was in the base.
    pub in_base: bool,
    /// What it added when counted.
    pub amount: i64,
    /// How many units alike it stood for.
    pub count: i64,
    /// The rule that decided, in English.
    pub rule: String,
    /// Record number of its cohort.
    pub cohort: CohortId,
    /// Record number of its person.
    pub person: Option<PersonId>,
    /// The record that decided: kind, number, operation of its version.
    pub record: Option<(String, RecordId, OpId)>,
}

/// The members of every figure of some sections; the world must have been built to explain.
pub fn members(world: &World<'_>, sections: &[Section]) -> std::io::Result<Vec<Members>> {
    let mut packed = BTreeMap::new();
    for section in sections {
        if *section == Section::Indicators {
            for indicator in indicator::all() {
                for variant in indicator.rows(world) {
                    let mut packing = Packing::default();
                    indicator.units(world, Group::All, variant.as_deref(), &mut |unit| packing.add(&unit));
                    packed.insert(indicator.name(variant.as_deref()), packing);
                }
            }
        }
        for column in section.figure_columns() {
            for row in section.units(world, column).unwrap_or_default() {
                let head = format!("{}:{column}", section.code());
                let name = [head].into_iter().chain(row.words).collect::<Vec<_>>().join("@");
                let packing: &mut Packing = packed.entry(name).or_default();
                row.units.iter().for_each(|unit| packing.add(unit));
            }
        }
    }
    packed.into_iter().map(|(figure, packing)| packing.finish(figure)).collect()
}

/// Units as lines of text: `=` introduces the next rule, the others are one unit each.
#[derive(Default)]
struct Packing {
    text: Vec<u8>,
    rules: HashMap<&'static str, usize>,
    units: usize,
}

impl Packing {
    fn add(&mut self, unit: &Unit) {
        let next = self.rules.len();
        let rule = *self.rules.entry(&unit.rule.en).or_insert(next);
        if rule == next {
            self.text.push(b'=');
            self.text.extend(unit.rule.en.as_bytes());
            self.text.push(b'\n');
        }
        let verdict = Verdict::ALL.iter().position(|v| *v == unit.verdict).unwrap_or(0);
        self.text.extend([b'0' + verdict as u8, b'0' + u8::from(unit.in_base)]);
        let numbers =
            [unit.amount, unit.count, rule as i64, unit.cohort.number(), unit.person.map_or(0, PersonId::number)];
        numbers.into_iter().for_each(|number| self.number(number));
        if let Some(record) = &unit.record {
            self.text.push(b' ');
            self.text.extend(record.kind.code().as_bytes());
            self.number(record.id.number());
            self.number(record.op.number());
        }
        self.text.push(b'\n');
        self.units += 1;
    }
    /// A close writes millions of numbers: the formatter of the standard library would be most of its cost.
    fn number(&mut self, number: i64) {
        self.text.push(b' ');
        self.text.extend(itoa::Buffer::new().format(number).as_bytes());
    }
    fn finish(self, figure: String) -> std::io::Result<Members> {
        Ok(Members { figure, units: self.units, list: packing::pack(&self.text)? })
    }
}

/// The units of a packed list; nothing when it is damaged.
pub fn unpack(list: &[u8]) -> Option<Vec<Member>> {
    let text = packing::unpack(list)?;
    let mut rules = Vec::new();
    let mut members = Vec::new();
    for line in text.lines() {
        match line.strip_prefix('=') {
            Some(rule) => rules.push(rule),
            None => members.push(member(line, &rules)?),
        }
    }
    Some(members)
}

fn member(line: &str, rules: &[&str]) -> Option<Member> {
    let mut words = line.split(' ');
    let head = words.next()?.as_bytes();
    let mut number = || words.next()?.parse::<i64>().ok();
    let (amount, count, rule, cohort, person) = (number()?, number()?, number()?, number()?, number()?);
    let record = match (words.next(), words.next(), words.next()) {
        (Some(kind), Some(id), Some(op)) => Some((kind.to_owned(), id.parse().ok()?, op.parse().ok()?)),
        _ => None,
    };
    Some(Member {
        verdict: *Verdict::ALL.get(usize::from(head.first()?.checked_sub(b'0')?))?,
        in_base: head.get(1) == Some(&b'1'),
        amount,
        count,
        rule: (*rules.get(usize::try_from(rule).ok()?)?).to_owned(),
        cohort: CohortId::from_number(cohort),
        person: (person != 0).then_some(PersonId::from_number(person)),
        record,
    })
}
