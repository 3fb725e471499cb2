//! The sections of a report: each one a sheet whose numbers come from memberships.

pub mod agreed;
pub mod attendance;
pub mod bpf;
pub mod esf;
pub mod exits;
pub mod financial;
pub mod followups;
pub mod head;
pub mod indicators;
pub mod monthly;
pub mod people;
pub mod placements;
pub mod reread;

use super::membership::Unit;
use super::naming::Naming;
use crate::closed_list;
use crate::domain::facts::{Facts, Scope, Settings};
use crate::domain::id::StayId;
use crate::domain::placement::Point as FollowupPoint;
use crate::domain::{ClosedList, Date, Month};
use crate::report::as_of::{Part, Purpose, World};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use head::Counted;

closed_list! {
    /// A section of a report.
    Section {
        Agreed = "agreed", "Chiffres convenus", "Agreed figures";
        Monthly = "monthly", "Mouvements et présence par mois", "Movements and attendance by month";
        Indicators = "indicators", "Indicateurs", "Indicators";
        Exits = "exits", "Sorties par classe", "Exits by class";
        Attendance = "attendance", "Présence par stagiaire", "Attendance by trainee";
        People = "people", "Parcours individuels", "Individual paths";
        Placements = "placements", "Situations et contrats", "Situations and contracts";
        Esf = "esf", "Fonds social européen (FSE+)", "European Social Fund (ESF+)";
        Bpf = "bpf", "Bilan pédagogique et financier", "Yearly training return (BPF)";
        Financial = "financial", "Compte rendu financier", "Financial account";
        Followups = "followups", "Relances après la sortie", "Follow-ups after exit";
        Quality = "quality", "Qualité des données", "Data quality";
    }
}

/// The units of one row of a column, with the words that name the row: `2018-11`, `iae` and `3m`…
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowUnits {
    /// The words that name the row, in order.
    pub words: Vec<String>,
    /// Other words that a person may type for it: its label, in both languages.
    pub also: Vec<String>,
    /// Its units.
    pub units: Vec<Unit>,
}

impl RowUnits {
    /// The units of a row under the words that name it.
    pub fn of(words: Vec<String>, units: Vec<Unit>) -> RowUnits {
        RowUnits { words, also: Vec::new(), units }
    }
    /// Whether a word is one of its own.
    pub fn answers_to(&self, word: &str) -> bool {
        self.words.iter().chain(&self.also).any(|own| own == word)
    }
}

impl Section {
    /// Whether its lines are about single people, so that a funder gets them only when the agreement says so.
    pub fn shows_people(self) -> bool {
        matches!(self, Section::People | Section::Placements | Section::Attendance | Section::Followups)
    }
    /// Whether it needs half-days one by one.
    pub fn needs_half_days(self) -> bool {
        self == Section::Attendance
    }
    /// The sheet of a section; nothing for `quality`, whose rows come from the data-quality rules.
    pub fn sheet(self, world: &World<'_>, naming: &Naming) -> Option<Sheet> {
        self.counted(world, naming).map(|section| section.sheet)
    }
    /// The sheet of a section with what heads its rows, as suppression needs it; nothing for `quality`.
    pub fn counted(self, world: &World<'_>, naming: &Naming) -> Option<Counted> {
        let mut section = match self {
            Section::Agreed => agreed::sheet(world),
            Section::Monthly => monthly::sheet(world),
            Section::Indicators => indicators::sheet(world),
            Section::Exits => exits::sheet(world),
            Section::Attendance => Counted::new(attendance::sheet(world, naming)),
            Section::People => Counted::new(people::sheet(world, naming)),
            Section::Placements => Counted::new(placements::sheet(world, naming)),
            Section::Esf => esf::sheet(world),
            Section::Bpf => bpf::sheet(world),
            Section::Financial => financial::sheet(world),
            Section::Followups => Counted::new(followups::sheet(world, naming)),
            Section::Quality => return None,
        };
        section.sheet.title = Some(self.text());
        fit_narrow_screens(&mut section.sheet);
        Some(section)
    }
    /// Its columns, which depend on no fact; none for `quality`, which is not made here.
    pub fn columns(self) -> Vec<Column> {
        let (facts, day) = (Facts::default(), Date::MIN);
        let scope = Scope {
            from: day,
            to: day,
            as_of: day,
            known_on: None,
            cohorts: None,
            funder: None,
            settings: Settings::default(),
        };
        let world = World::new(&facts, &scope, Purpose::Figures);
        self.sheet(&world, &Naming::Slug).map(|sheet| sheet.columns).unwrap_or_default()
    }
    /// The units behind a numeric column, row by row; nothing for a column that is no figure.
    ///
    /// Sections with `*` rows give those: they hold the units of every cohort of the scope.
    pub fn units(self, world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
        match self {
            Section::Monthly => monthly::units(world, column),
            Section::Exits => exits::units(world, column),
            Section::Attendance => attendance::units(world, column),
            Section::Esf => esf::units(world, column),
            Section::Bpf => bpf::units(world, column),
            Section::Financial => financial::units(world, column),
            Section::People => people::units(world, column),
            Section::Followups => followups::units(world, column),
            Section::Agreed | Section::Indicators | Section::Placements | Section::Quality => None,
        }
    }
    /// The units of rows of single cohorts that those of the `*` row do not hold, for it counts each person once.
    pub fn own_units(self, world: &World<'_>, column: &str) -> Option<Vec<RowUnits>> {
        if self == Section::Monthly { monthly::own_units(world, column) } else { None }
    }
    /// The columns whose units [`Section::units`] can list.
    pub fn figure_columns(self) -> Vec<&'static str> {
        match self {
            Section::Monthly => monthly::COLUMNS.iter().map(|c| c.key()).collect(),
            Section::Exits => exits::COLUMNS.iter().map(|c| c.key()).collect(),
            Section::Attendance => attendance::figures().collect(),
            Section::Esf => esf::COLUMNS.iter().map(|(key, ..)| *key).collect(),
            Section::Bpf => vec!["trainees", "hours"],
            Section::Financial => financial::FIGURES.to_vec(),
            Section::People => vec![people::FIGURE],
            Section::Followups => vec![followups::FIGURE],
            Section::Agreed | Section::Indicators | Section::Placements | Section::Quality => Vec::new(),
        }
    }
}

/// Columns that are always shown, on however narrow a screen.
const ALWAYS_SHOWN: usize = 4;

/// Unless a section chose an order of its own, the last columns are hidden first.
pub(super) fn fit_narrow_screens(sheet: &mut Sheet) {
    if sheet.columns.iter().all(|c| c.hide_first == 0) {
        for (rank, column) in (1..).zip(sheet.columns.iter_mut().skip(ALWAYS_SHOWN)) {
            column.hide_first = rank;
        }
    }
}

fn code_column(key: &'static str, fr: &str, en: &str) -> Column {
    Column::new(key, fr, en, ColumnKind::Code)
}

fn number_column(key: &'static str, fr: &str, en: &str) -> Column {
    Column::new(key, fr, en, ColumnKind::Number)
}

fn code(word: impl Into<String>) -> Cell {
    Cell::Text(word.into())
}

fn month_cell(month: Option<Month>) -> Cell {
    month.map_or(Cell::Empty, Cell::Month)
}

/// Participations of a cohort in the order of their shown names, so that the order tells nothing about hidden ones.
fn by_name<'p, 'a: 'p>(
    parts: impl Iterator<Item = &'p Part<'a>>,
    naming: &Naming,
) -> impl Iterator<Item = (String, &'p Part<'a>)> {
    let mut named: Vec<(usize, String, StayId, &'p Part<'a>)> =
        parts.map(|p| (p.cohort, naming.name(p.person), p.fact.id, p)).collect();
    named.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
    named.into_iter().map(|(_, name, _, part)| (name, part))
}

/// The points of the follow-ups, in order.
pub(crate) const FOLLOWUP_POINTS: [FollowupPoint; 3] = [FollowupPoint::M3, FollowupPoint::M6, FollowupPoint::M12];

#[cfg(test)]
mod tests;
