//! What an export says: its quantities, where each is printed, and the equations between them.

use super::reading::{Line, Place, Reading, read, read_amount};
use crate::report::quantity::{Kind, Quantity};
use std::collections::{BTreeMap, HashMap};
use std::ops::{Index, IndexMut};

/// The number under which a quantity stands.
pub(super) type Id = usize;

/// One number of the world, however many cells print it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub kind: Kind,
    /// Its true value, when known.
    pub value: Option<i64>,
    /// A reader sees it.
    pub shown: bool,
    /// A reader must not be able to compute it.
    pub masked: bool,
    /// Printed nowhere, yet protected when small: the complement of a rate.
    pub guarded: bool,
    /// May be negative: a change between two exports.
    pub signed: bool,
    /// Already sent in an earlier export, so nothing can hide it any more.
    pub issued: bool,
    /// Known from the equations alone, whatever is masked: hiding it is of no use.
    pub forced: bool,
    /// The cells that print it.
    pub cells: Vec<Place>,
    /// The cells that were masked already when the sheet was read.
    pub withheld: Vec<Place>,
    /// The row and column totals it is part of.
    pub totals: Vec<Id>,
}

/// How far an equation can be trusted without seeing all its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// True by definition.
    Sure,
    /// True for most schools: kept only where the true values confirm it.
    Confirmed,
}

/// `sum of factor x quantity = 0`.
pub(super) type Terms = Vec<(Id, i64)>;

/// Cells that follow quantities they do not print themselves.
#[derive(Debug, Clone)]
pub(super) struct Derived {
    pub place: Place,
    /// Masked as soon as one of these is.
    pub needs: Vec<Id>,
    /// What it becomes.
    pub becomes: Becomes,
}

/// What a derived cell becomes when what it is made of is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Becomes {
    /// `c`: a rate, a mean, a cost per person.
    Masked,
    /// Nothing: the gap to a target, its status, a note with figures.
    Empty,
}

/// Amounts that belong to the people of one row.
#[derive(Debug, Clone)]
pub(super) struct Belonging {
    /// The amounts go when this one count is small or masked.
    pub people: Id,
    /// ... or when all of these are masked.
    pub all_of: Vec<Id>,
    pub amounts: Vec<Id>,
}

/// A masked quantity that a reader can compute, and the shown ones it is computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exposure {
    pub id: Id,
    pub from: Vec<Id>,
    /// The value a reader finds, when every shown value is known.
    pub value: Option<i64>,
}

/// Everything an export, and the exports before it, say: quantities, where each is printed, what links them.
#[derive(Debug, Default)]
pub(super) struct Quantities {
    /// All of them, by number.
    pub all: Vec<Entry>,
    pub relations: Vec<Terms>,
    pub derived: Vec<Derived>,
    pub belongings: Vec<Belonging>,
    /// Parts of a group: when a part is nobody or everybody, the group has one outcome.
    pub groups: Vec<(Id, Id)>,
    /// The names of each export: the one at hand, then the earlier ones. Under one name stand several numbers where
    /// the values contradict each other.
    names: Vec<HashMap<Quantity, Vec<Id>>>,
    /// Which export is being read; 0 is the one at hand.
    reading: usize,
}

impl Index<Id> for Quantities {
    type Output = Entry;
    fn index(&self, id: Id) -> &Entry {
        &self.all[id]
    }
}

impl IndexMut<Id> for Quantities {
    fn index_mut(&mut self, id: Id) -> &mut Entry {
        &mut self.all[id]
    }
}

/// A quantity of the export being read, with its number.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// Its name in letters, by which they are sorted.
    pub name: String,
    pub quantity: Quantity,
    /// How many other values stand under that name before this one.
    pub nth: usize,
    pub id: Id,
}

impl Quantities {
    /// Reads another export from now on: 0 is the one at hand, the others are held already.
    pub fn read_export(&mut self, number: usize) {
        self.reading = number;
    }

    /// The quantity of this name in the export being read.
    pub fn find(&self, quantity: &Quantity) -> Option<Id> {
        self.find_in(self.reading, quantity, 0)
    }

    /// The nth value, from 0, under this name in an export.
    pub fn find_in(&self, export: usize, quantity: &Quantity, nth: usize) -> Option<Id> {
        self.names.get(export)?.get(quantity)?.get(nth).copied()
    }

    /// The named quantities of the export being read, sorted by name.
    pub fn named(&self) -> Vec<Named> {
        let names = self.names.get(self.reading).into_iter().flatten();
        let each = names.flat_map(|(quantity, ids)| ids.iter().enumerate().map(move |(nth, id)| (quantity, nth, *id)));
        let mut named: Vec<Named> = each
            .map(|(quantity, nth, id)| {
                let name = if nth == 0 { quantity.to_string() } else { format!("{}th {quantity}", nth + 1) };
                Named { name, quantity: quantity.clone(), nth, id }
            })
            .collect();
        named.sort_by(|a, b| a.name.cmp(&b.name));
        named
    }

    /// A quantity without a name: printed nowhere, reached by its number only.
    pub fn unnamed(&mut self, kind: Kind, value: Option<i64>) -> Id {
        let id = self.all.len();
        self.all.push(Entry {
            kind,
            value,
            shown: false,
            masked: false,
            guarded: false,
            signed: false,
            issued: self.reading > 0,
            forced: false,
            cells: Vec::new(),
            withheld: Vec::new(),
            totals: Vec::new(),
        });
        id
    }

    /// The quantity of this name, made when it is new; another under the same name when the value contradicts it,
    /// so that two numbers that were wrongly taken for one are still both protected.
    pub fn hidden(&mut self, quantity: &Quantity, kind: Kind, value: Option<i64>) -> Id {
        if let Some(id) = self.find(quantity) {
            match (self.all[id].value, value) {
                (Some(known), Some(new)) if known != new => {}
                (None, Some(new)) => {
                    self.all[id].value = Some(new);
                    return id;
                }
                _ => return id,
            }
        }
        let id = self.unnamed(kind, value);
        if self.names.len() <= self.reading {
            self.names.resize_with(self.reading + 1, HashMap::new);
        }
        self.names[self.reading].entry(quantity.clone()).or_default().push(id);
        id
    }

    /// Reads a cell that prints a quantity; nothing when the cell is absent or empty.
    pub fn see(&mut self, quantity: &Quantity, kind: Kind, line: Line<'_>, column: &str) -> Option<Id> {
        let cell = line.cell(column)?;
        let value = match if kind == Kind::Amount { read_amount(cell) } else { read(cell) } {
            Reading::Number(value) => Some(value),
            Reading::Masked => None,
            Reading::Nothing => return None,
        };
        let id = self.hidden(quantity, kind, value);
        if value.is_some() {
            self.print(id, line, column);
        } else {
            self.all[id].masked = true;
            self.all[id].withheld.extend(line.place(column));
        }
        Some(id)
    }

    /// Notes that a cell lets a reader see a quantity, directly or as a percentage of a known count. A masked
    /// percentage says nothing about its numerator, which may be in clear elsewhere.
    pub fn print(&mut self, id: Id, line: Line<'_>, column: &str) {
        let (Some(cell), Some(place)) = (line.cell(column), line.place(column)) else { return };
        if let Reading::Number(_) = read(cell) {
            self.all[id].cells.push(place);
            self.all[id].shown = true;
        }
    }

    /// `whole = sum of parts`, for the quantities that exist; nothing when the whole or every part is missing.
    pub fn adds_up(&mut self, parts: &[Option<Id>], whole: Option<Id>, trust: Trust) {
        let Some(whole) = whole else { return };
        if parts.is_empty() || parts.iter().any(Option::is_none) {
            return;
        }
        let mut terms: Terms = parts.iter().flatten().map(|id| (*id, 1)).collect();
        terms.push((whole, -1));
        self.relate(terms, trust);
    }

    /// Keeps an equation that the known values do not contradict.
    pub fn relate(&mut self, terms: Terms, trust: Trust) {
        let mut merged: BTreeMap<Id, i64> = BTreeMap::new();
        for (id, factor) in terms {
            *merged.entry(id).or_default() += factor;
        }
        merged.retain(|_, factor| *factor != 0);
        if merged.is_empty() {
            return;
        }
        let mut sum = Some(0i64);
        for (id, factor) in &merged {
            let value = self.all[*id].value.and_then(|v| v.checked_mul(*factor));
            sum = sum.zip(value).and_then(|(a, b)| a.checked_add(b));
        }
        // Hours and money are rounded cell by cell: their sums are off by a unit or so and still tell the rest.
        let amounts = merged.keys().any(|id| self.all[*id].kind == Kind::Amount);
        let slack = if amounts { merged.len() as i64 } else { 0 };
        match (sum, trust) {
            (Some(sum), _) if sum.abs() > slack => {}
            (None, Trust::Confirmed) => {}
            _ => self.relations.push(merged.into_iter().collect()),
        }
    }

    /// The part of `whole` that is not `part`: printed nowhere, protected when it is small.
    pub fn complement(&mut self, part: Id, whole: Id) -> Id {
        let value = self.all[whole].value.zip(self.all[part].value).map(|(w, p)| w - p);
        let id = self.unnamed(Kind::People, value);
        self.all[id].guarded = true;
        self.total(id, Some(whole));
        self.adds_up(&[Some(part), Some(id)], Some(whole), Trust::Sure);
        if self.reading == 0 && !self.groups.contains(&(part, whole)) {
            self.groups.push((part, whole));
        }
        id
    }

    /// Notes a row or column total of a quantity.
    pub fn total(&mut self, id: Id, total: Option<Id>) {
        if let Some(total) = total.filter(|t| *t != id)
            && !self.all[id].totals.contains(&total)
        {
            self.all[id].totals.push(total);
        }
    }

    /// A rate, mean or cost that is masked with what it is made of.
    pub fn derive(&mut self, line: Line<'_>, column: &str, needs: &[Id]) {
        self.follow(line, column, needs, Becomes::Masked);
    }

    /// A cell that goes empty with what it is made of.
    pub fn blank(&mut self, line: Line<'_>, column: &str, needs: &[Id]) {
        self.follow(line, column, needs, Becomes::Empty);
    }

    fn follow(&mut self, line: Line<'_>, column: &str, needs: &[Id], becomes: Becomes) {
        if let Some(place) = line.place(column) {
            self.derived.push(Derived { place, needs: needs.to_vec(), becomes });
        }
    }

    /// Hides a quantity from now on.
    pub fn mask(&mut self, id: Id) {
        let entry = &mut self.all[id];
        entry.masked = true;
        entry.shown = false;
    }

    /// Shows a zero that needs no shown number to be known.
    pub fn force(&mut self, id: Id) {
        let entry = &mut self.all[id];
        entry.forced = true;
        entry.masked = false;
        entry.shown = true;
    }

    /// Whether hiding it would still change what a reader sees.
    pub fn can_mask(&self, id: Id) -> bool {
        let entry = &self.all[id];
        entry.shown && !entry.issued && !entry.forced && entry.kind != Kind::Plain
    }
}
