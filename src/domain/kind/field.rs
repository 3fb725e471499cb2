//! A field of a kind: its names, what its cells hold, and what the rules, erasure and days need to know of it.

use super::Kind;
use crate::domain::closed_list::{ClosedList, ListDef};
use crate::domain::text::{Lang, Say, Text};
use std::borrow::Cow;

/// One field of a kind, a column of its files.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// English snake_case name: machine header and `--set` name.
    pub name: &'static str,
    /// French header, also accepted on input.
    pub fr: &'static str,
    /// What its cells hold.
    pub holds: Holds,
    /// Whether a new record needs it.
    pub mandatory: bool,
    /// Whether it is part of the natural key.
    pub key: bool,
    /// Other names that it is given in files and by `--set`, without accents.
    pub also: &'static [&'static str],
    /// Whether it says who somebody is or how to reach them, the same in all their participations.
    pub identity: bool,
    /// What erasing somebody does to its text.
    pub words: Words,
    /// Which days it may hold.
    pub days: Days,
}

/// What the text of a field may say of somebody, and so what erasing them does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Nothing that erasing takes away.
    Neutral,
    /// Something about its owner: emptied.
    Own,
    /// A story about its owner, who may be recognised by it and who may name others: emptied, looked for in other files
    /// afterwards; where it is about somebody else, the name of who is erased gives way to the neutral slug.
    Story,
    /// The name of a company, which may be that of its owner: a token takes its place.
    Company,
}

/// Which days a field may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// A day of the programme (2010 to five years from now) on which something was done: without a year, the latest.
    Done,
    /// A day of the programme that may lie ahead: without a year, the nearest.
    Ahead,
    /// Any day on which something was done: births, statuses of before.
    AnyDone,
    /// Any day, that may lie ahead: expiries.
    AnyAhead,
}

/// A field of a kind by its position: what code names a field with. `Copy`, and checked by the compiler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldAt {
    /// The kind that has it.
    pub kind: Kind,
    pub(super) position: u8,
}

impl FieldAt {
    /// Its position among the fields of its kind, from 0.
    pub fn position(self) -> usize {
        usize::from(self.position)
    }
    /// The field.
    pub fn field(self) -> &'static Field {
        &self.kind.fields()[self.position()]
    }
}

impl std::ops::Deref for FieldAt {
    type Target = Field;
    fn deref(&self) -> &Field {
        self.field()
    }
}

/// What the cells of a field hold.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// A short identifying word: codes.
    Code,
    /// A person's name.
    Name,
    /// One line of text.
    Line,
    /// Text of several lines.
    Note,
    /// A phone number.
    Phone,
    /// A day.
    Date,
    /// A whole number within bounds.
    Int(i64, i64),
    /// A number kept in hundredths.
    Hundredths,
    /// Whole minutes within bounds.
    Minutes(i64, i64),
    /// Hours, kept in minutes.
    Hours,
    /// Euros, kept in cents.
    Cents,
    /// true / false.
    Bool,
    /// A closed list.
    List(ListDef),
    /// A time of the day, `09:00`.
    Time,
    /// From one time of the day to another, `09:00-12:30`.
    Times,
    /// A code of a closed list, or `other:` and a text.
    OpenList(ListDef),
    /// Another record, by its code or slug.
    Ref(Target),
    /// Cohort codes separated by `|`.
    CohortCodes,
}

/// The record that a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A cohort, by code.
    Cohort,
    /// A person, by slug or by the school's own reference.
    Trainee,
    /// A module of the row's cohort, by code.
    Module,
    /// A certificate of the catalogue, by code.
    Certificate,
    /// A funder, by code.
    Funder,
    /// A grant, by code.
    Grant,
    /// Somebody of the staff, by code.
    Staff,
    /// A company, by its name however it is spelt.
    Company,
    /// An opening, by code.
    Opening,
}

impl Target {
    const ALL: [Target; 9] = [
        Target::Cohort,
        Target::Trainee,
        Target::Module,
        Target::Certificate,
        Target::Funder,
        Target::Grant,
        Target::Staff,
        Target::Company,
        Target::Opening,
    ];

    /// What names the records of a kind, where other records name them.
    pub fn of(kind: Kind) -> Option<Target> {
        Target::ALL.into_iter().find(|target| target.kind() == kind)
    }

    /// The kind of what is named.
    pub fn kind(self) -> Kind {
        match self {
            Target::Cohort => Kind::Cohorts,
            Target::Trainee => Kind::Trainees,
            Target::Module => Kind::Modules,
            Target::Certificate => Kind::Catalogue,
            Target::Funder => Kind::Funders,
            Target::Grant => Kind::Grants,
            Target::Staff => Kind::Staff,
            Target::Company => Kind::Companies,
            Target::Opening => Kind::Openings,
        }
    }
}

pub(super) const fn field(name: &'static str, fr: &'static str, holds: Holds) -> Field {
    Field {
        name,
        fr,
        holds,
        mandatory: false,
        key: false,
        also: &[],
        identity: false,
        words: Words::Neutral,
        days: Days::Done,
    }
}

pub(super) const fn list<L: ClosedList>(name: &'static str, fr: &'static str) -> Field {
    field(name, fr, Holds::List(L::LIST))
}

/// The cohort that a record belongs to.
pub(super) const fn of_cohort() -> Field {
    field("cohort", "Promotion", Holds::Ref(Target::Cohort)).must().key().also(&[
        "promo",
        "groupe",
        "session",
        "group",
        "code promotion",
    ])
}

/// The person that a record is about.
pub(super) const fn of_trainee() -> Field {
    field("trainee", "Stagiaire", Holds::Ref(Target::Trainee)).must().key().also(&["slug"])
}

/// The day of what a record tells.
pub(super) const fn on_day() -> Field {
    field("date", "Date", Holds::Date).must().key()
}

impl Say for Field {
    /// Its header.
    fn said(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Borrowed(self.header(lang))
    }
}

impl Field {
    pub(super) const fn key(mut self) -> Field {
        self.key = true;
        self
    }
    pub(super) const fn must(mut self) -> Field {
        self.mandatory = true;
        self
    }
    pub(super) const fn also(mut self, names: &'static [&'static str]) -> Field {
        self.also = names;
        self
    }
    pub(super) const fn identity(mut self) -> Field {
        self.identity = true;
        self
    }
    pub(super) const fn words(mut self, words: Words) -> Field {
        self.words = words;
        self
    }
    pub(super) const fn days(mut self, days: Days) -> Field {
        self.days = days;
        self
    }
    /// Every name that a file or `--set` may give it: the English one, the French one, then the others.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        [self.name, self.fr].into_iter().chain(self.also.iter().copied())
    }
    /// The header in one language.
    pub fn header(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => self.fr,
            Lang::En => self.name,
        }
    }
    /// The header in both languages.
    pub fn text(&self) -> Text {
        Text::new(self.fr, self.name)
    }
    /// Whether it names a record of this sort.
    pub fn names_a(&self, target: Target) -> bool {
        matches!(self.holds, Holds::Ref(named) if named == target)
    }
}

/// Declares the fields of a kind in the order of its files: a const for each, by which code names it, and `FIELDS`.
macro_rules! fields {
    ($kind:ident: $($(#[$doc:meta])* $name:ident = $field:expr;)+) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Position { $($name),+ }
        $(
            #[doc = concat!("The field `", stringify!($name), "`.")]
            $(#[$doc])*
            pub const $name: $crate::domain::kind::FieldAt = $crate::domain::kind::FieldAt {
                kind: $crate::domain::kind::Kind::$kind,
                position: Position::$name as u8,
            };
        )+
        const FIELDS: &[$crate::domain::kind::Field] = &[$($field),+];
    };
}
pub(super) use fields;
