//! Rows of totals below the rows of a file: they are nobody's, and are read past.

use crate::domain::folding::fold;
use crate::import::columns::names::Column;
use crate::import::file::rows::Row;
use crate::import::laid_out::LaidOut;

/// Words with which a row of totals begins.
const TOTALS: &[&str] = &[
    "total",
    "totaux",
    "sous-total",
    "sous total",
    "effectif",
    "effectifs",
    "nombre",
    "nb",
    "somme",
    "moyenne",
    "sum",
    "count",
];

/// The rows of totals seen since the last row of data.
pub(super) struct Below<'a, 't> {
    file: &'a LaidOut,
    held: Vec<Row<'t>>,
}

impl<'a, 't> Below<'a, 't> {
    /// Has seen none yet.
    pub fn new(file: &'a LaidOut) -> Below<'a, 't> {
        Below { file, held: Vec::new() }
    }
    /// Whether a row looks like totals; it is held back until a row of data follows.
    pub fn holds_back(&mut self, row: &Row<'t>) -> bool {
        let held = self.is_total(row);
        if held {
            self.held.push(row.clone());
        }
        held
    }
    /// A row of data follows: what was held back are rows like others.
    pub fn let_go(&mut self, f: &mut dyn FnMut(&Row<'t>)) {
        self.held.drain(..).for_each(|row| f(&row));
    }
    /// The lines of the rows with nothing but totals below them.
    pub fn lines(self) -> Vec<u64> {
        self.held.iter().map(|row| row.line).collect()
    }

    fn is_total(&self, row: &Row<'_>) -> bool {
        let mut filled = row.cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty());
        let Some(first) = filled.next() else { return false };
        // A quick look first: files of a million rows come here.
        if first.len() > 60 || !self.lacks_something(row) {
            return false;
        }
        let folded = fold(first);
        let begins = |word: &&str| {
            folded
                .strip_prefix(*word)
                .is_some_and(|rest| rest.is_empty() || !rest.starts_with(|c: char| c.is_alphanumeric()))
        };
        let only_a_number = filled.next().is_none() && first.bytes().all(|b| b.is_ascii_digit() || b",. ".contains(&b));
        only_a_number || TOTALS.iter().any(begins)
    }

    /// Whether a mandatory field that has a column is empty, or not whole: a row of data has them all.
    fn lacks_something(&self, row: &Row<'_>) -> bool {
        let fields = self.file.kind().fields();
        let must = self.file.layout.columns.iter().enumerate().filter(|(_, column)| match column {
            Column::Field(position) => fields[*position].mandatory,
            Column::Person(_) => true,
            _ => false,
        });
        let filled = |at: usize| row.cells.get(at).is_some_and(|c| !c.trim().is_empty());
        let (mut all, mut some) = (true, 0);
        for (at, _) in must {
            all &= filled(at);
            some += 1;
        }
        !all || some < 2
    }
}
