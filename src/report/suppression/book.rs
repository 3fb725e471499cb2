//! The book of what an export says: named quantities, where each is printed, and the equations between them.

use super::reading::{Line, Reading, read, read_amount};
use std::collections::{BTreeMap, HashMap};

/// The number of a quantity in its book.
pub(super) type Id = usize;

/// What a quantity counts; it decides whether it is protected for being small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// People, participations, or things that happen to one person each (an exam passed, a contract).
    People,
    /// Half-days, minutes, days or years: masked only with the people they belong to.
    Amount,
    /// Known to everybody: the places of a cohort. Never masked.
    Plain,
}

/// Where a value is printed: sheet, row, column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub sheet: usize,
    pub row: usize,
    pub column: usize,
}

/// One number of the world, however many cells print it.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
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

/// Everything an export, and the exports before it, say.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub quantities: Vec<Quantity>,
    pub names: BTreeMap<String, Id>,
    pub relations: Vec<Terms>,
    pub derived: Vec<Derived>,
    pub belongings: Vec<Belonging>,
    /// Parts of a group: when a part is nobody or everybody, the group has one outcome.
    pub groups: Vec<(Id, Id)>,
    /// Put before each name: empty for the export at hand, else which earlier one is being read.
    pub tag: String,
    seen: HashMap<String, usize>,
}

impl Book {
    /// The quantity of this name in the export being read.
    pub fn find(&self, name: &str) -> Option<Id> {
        self.names.get(&format!("{}{name}", self.tag)).copied()
    }

    fn insert(&mut self, name: &str, kind: Kind, value: Option<i64>) -> Id {
        let id = self.quantities.len();
        self.quantities.push(Quantity {
            kind,
            value,
            shown: false,
            masked: false,
            guarded: false,
            signed: false,
            issued: !self.tag.is_empty(),
            forced: false,
            cells: Vec::new(),
            withheld: Vec::new(),
            totals: Vec::new(),
        });
        self.names.insert(format!("{}{name}", self.tag), id);
        id
    }

    /// The quantity of this name, made when it is new; another of a near name when the value contradicts it,
    /// so that two numbers that were wrongly taken for one are still both protected.
    pub fn hidden(&mut self, name: &str, kind: Kind, value: Option<i64>) -> Id {
        let Some(id) = self.find(name) else { return self.insert(name, kind, value) };
        match (self.quantities[id].value, value) {
            (Some(known), Some(new)) if known != new => {
                let count = self.seen.entry(format!("{}{name}", self.tag)).or_insert(1);
                *count += 1;
                let other = format!("{count}th {name}");
                self.insert(&other, kind, value)
            }
            (None, Some(new)) => {
                self.quantities[id].value = Some(new);
                id
            }
            _ => id,
        }
    }

    /// Reads a cell that prints a quantity; nothing when the cell is absent or empty.
    pub fn see(&mut self, name: &str, kind: Kind, line: Line<'_>, column: &str) -> Option<Id> {
        let cell = line.cell(column)?;
        let value = match if kind == Kind::Amount { read_amount(cell) } else { read(cell) } {
            Reading::Number(value) => Some(value),
            Reading::Masked => None,
            Reading::Nothing => return None,
        };
        let id = self.hidden(name, kind, value);
        if value.is_some() {
            self.print(id, line, column);
        } else {
            self.quantities[id].masked = true;
            self.quantities[id].withheld.extend(line.place(column));
        }
        Some(id)
    }

    /// Notes that a cell lets a reader see a quantity, directly or as a percentage of a known count. A masked
    /// percentage says nothing about its numerator, which may be in clear elsewhere.
    pub fn print(&mut self, id: Id, line: Line<'_>, column: &str) {
        let (Some(cell), Some(place)) = (line.cell(column), line.place(column)) else { return };
        if let Reading::Number(_) = read(cell) {
            self.quantities[id].cells.push(place);
            self.quantities[id].shown = true;
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
            let value = self.quantities[*id].value.and_then(|v| v.checked_mul(*factor));
            sum = sum.zip(value).and_then(|(a, b)| a.checked_add(b));
        }
        // Hours and money are rounded cell by cell: their sums are off by a unit or so and still tell the rest.
        let amounts = merged.keys().any(|id| self.quantities[*id].kind == Kind::Amount);
        let slack = if amounts { merged.len() as i64 } else { 0 };
        match (sum, trust) {
            (Some(sum), _) if sum.abs() > slack => {}
            (None, Trust::Confirmed) => {}
            _ => self.relations.push(merged.into_iter().collect()),
        }
    }

    /// The part of `whole` that is not `part`: printed nowhere, protected when it is small.
    pub fn complement(&mut self, name: &str, part: Id, whole: Id) -> Id {
        let value = self.quantities[whole].value.zip(self.quantities[part].value).map(|(w, p)| w - p);
        let id = self.hidden(name, Kind::People, value);
        self.quantities[id].guarded = true;
        self.total(id, Some(whole));
        self.adds_up(&[Some(part), Some(id)], Some(whole), Trust::Sure);
        if self.tag.is_empty() && !self.groups.contains(&(part, whole)) {
            self.groups.push((part, whole));
        }
        id
    }

    /// Notes a row or column total of a quantity.
    pub fn total(&mut self, id: Id, total: Option<Id>) {
        if let Some(total) = total.filter(|t| *t != id)
            && !self.quantities[id].totals.contains(&total)
        {
            self.quantities[id].totals.push(total);
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
        let quantity = &mut self.quantities[id];
        quantity.masked = true;
        quantity.shown = false;
    }

    /// Shows a zero that needs no shown number to be known.
    pub fn force(&mut self, id: Id) {
        let quantity = &mut self.quantities[id];
        quantity.forced = true;
        quantity.masked = false;
        quantity.shown = true;
    }

    /// Whether hiding it would still change what a reader sees.
    pub fn can_mask(&self, id: Id) -> bool {
        let quantity = &self.quantities[id];
        quantity.shown && !quantity.issued && !quantity.forced && quantity.kind != Kind::Plain
    }
}
