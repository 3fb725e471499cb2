//! The kinds of record: each declares itself once, in a file of its own, and import, export, `--set`, the data of a person,
//! erasure, merge, chronology, journal and help derive from that.

pub mod agreed;
pub mod aid;
pub mod attendance;
pub mod budget;
pub mod catalogue;
pub mod certificate;
pub mod cohort;
pub mod company;
pub mod contact;
pub mod context;
pub mod expense;
pub mod field;
pub mod followup;
pub mod funder;
pub mod grant;
pub mod instalment;
pub mod interview;
pub mod licence;
pub mod loan;
pub mod module;
pub mod note;
pub mod obstacle;
pub mod opening;
pub mod placement;
pub mod proposal;
pub mod result;
pub mod setting;
pub mod slot;
pub mod staff;
pub mod target;
pub mod trainee;

use crate::closed_list;
use crate::domain::closed_list::ClosedList;
use crate::domain::text::Text;
use crate::text;
pub use field::{Days, Field, FieldAt, Holds, Target, Words};

closed_list! {
    /// A kind of record, in the order in which files can always be imported.
    Kind {
        Settings = "settings", "réglages", "settings";
        Catalogue = "catalogue", "catalogue", "catalogue";
        Cohorts = "cohorts", "promotions", "cohorts";
        Modules = "modules", "modules", "modules";
        Staff = "staff", "équipe", "staff";
        Context = "context", "territoire", "context";
        Slots = "slots", "calendrier", "slots";
        Funders = "funders", "financeurs", "funders";
        Grants = "grants", "subventions", "grants";
        Targets = "targets", "objectifs", "targets";
        Agreed = "agreed", "convenus", "agreed";
        Trainees = "trainees", "stagiaires", "trainees";
        Attendance = "attendance", "présences", "attendance";
        Results = "results", "résultats", "results";
        Certificates = "certificates", "certifications", "certificates";
        Licence = "licence", "permis", "licence";
        Obstacles = "obstacles", "freins", "obstacles";
        Interviews = "interviews", "entretiens", "interviews";
        Companies = "companies", "entreprises", "companies";
        Openings = "openings", "offres", "openings";
        Placements = "placements", "emplois", "placements";
        Proposals = "proposals", "propositions", "proposals";
        Contacts = "contacts", "contacts", "contacts";
        Followups = "followups", "relances", "followups";
        Notes = "notes", "notes", "notes";
        Budget = "budget", "budget", "budget";
        Instalments = "instalments", "versements", "instalments";
        Expenses = "expenses", "dépenses", "expenses";
        Aids = "aids", "aides", "aids";
        Loans = "loans", "prêts", "loans";
    }
}

/// What a kind says of itself.
#[derive(Debug)]
pub struct Declaration {
    /// The fields, in the order of its files: exports keep it.
    pub fields: &'static [Field],
    /// The name of one record in a sentence.
    pub one: Text,
    /// The name of several records in a sentence.
    pub many: Text,
    /// The name of its table.
    pub table: &'static str,
    /// Tables whose rows are parts of its records, and come and go with them.
    pub parts: &'static [&'static str],
    /// Whether its records have numbers of their own.
    pub numbered: bool,
    /// Whose its records are.
    pub owner: Owner,
    /// The order of its records under one owner; the record's number decides at last.
    pub order: &'static [FieldAt],
    /// What tells a record from the others of its owner in a sentence: of each group, the first field that holds something.
    pub told_by: &'static [&'static [FieldAt]],
    /// What stands in the chronology of its person.
    pub event: Option<Event>,
    /// The command that removes one of its records, or makes it let go of what it points at.
    pub removal: Option<Text>,
}

/// Whose the records of a kind are: what they are listed, merged, erased and handed over with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The school's.
    School,
    /// A cohort's.
    Cohort,
    /// A grant's.
    Grant,
    /// A person's, in whatever cohort.
    Person,
    /// A person's in one cohort.
    Stay,
}

/// The event that a record makes in the chronology of its person.
#[derive(Debug)]
pub struct Event {
    /// The field with its day.
    pub day: FieldAt,
    /// What the event is called.
    pub word: Text,
}

impl Kind {
    /// What the kind says of itself.
    pub fn declaration(self) -> &'static Declaration {
        match self {
            Kind::Catalogue => &catalogue::DECLARATION,
            Kind::Cohorts => &cohort::DECLARATION,
            Kind::Modules => &module::DECLARATION,
            Kind::Staff => &staff::DECLARATION,
            Kind::Context => &context::DECLARATION,
            Kind::Slots => &slot::DECLARATION,
            Kind::Trainees => &trainee::DECLARATION,
            Kind::Attendance => &attendance::DECLARATION,
            Kind::Results => &result::DECLARATION,
            Kind::Certificates => &certificate::DECLARATION,
            Kind::Licence => &licence::DECLARATION,
            Kind::Obstacles => &obstacle::DECLARATION,
            Kind::Interviews => &interview::DECLARATION,
            Kind::Companies => &company::DECLARATION,
            Kind::Openings => &opening::DECLARATION,
            Kind::Placements => &placement::DECLARATION,
            Kind::Proposals => &proposal::DECLARATION,
            Kind::Contacts => &contact::DECLARATION,
            Kind::Followups => &followup::DECLARATION,
            Kind::Notes => &note::DECLARATION,
            Kind::Settings => &setting::DECLARATION,
            Kind::Funders => &funder::DECLARATION,
            Kind::Grants => &grant::DECLARATION,
            Kind::Targets => &target::DECLARATION,
            Kind::Agreed => &agreed::DECLARATION,
            Kind::Budget => &budget::DECLARATION,
            Kind::Instalments => &instalment::DECLARATION,
            Kind::Expenses => &expense::DECLARATION,
            Kind::Aids => &aid::DECLARATION,
            Kind::Loans => &loan::DECLARATION,
        }
    }
    /// The fields of the kind, in the order of its files.
    pub fn fields(self) -> &'static [Field] {
        self.declaration().fields
    }
    /// Every field by its position.
    pub fn all_at(self) -> impl Iterator<Item = FieldAt> {
        (0..self.fields().len()).map(move |position| FieldAt { kind: self, position: position as u8 })
    }
    /// The field at a position.
    pub fn fields_at(self, position: usize) -> FieldAt {
        FieldAt { kind: self, position: position as u8 }
    }
    /// The field of a machine name, as a person types it or a file names it.
    pub fn field(self, name: &str) -> Option<FieldAt> {
        self.all_at().find(|at| at.name == name)
    }
    /// The field that names a record of this sort, where the kind has one.
    pub fn naming(self, target: Target) -> Option<FieldAt> {
        self.all_at().find(|at| at.names_a(target))
    }
    /// The code that names a record, where the kind has one: the first field of its key that holds a code, or names one.
    pub fn named_by(self) -> Option<FieldAt> {
        let key = |field: &FieldAt| field.key && !field.names_a(Target::Cohort) && !field.names_a(Target::Trainee);
        let code = self.all_at().find(|field| key(field) && matches!(field.holds, Holds::Code | Holds::Ref(_)));
        code.or(self.code_of_its_own())
    }
    /// The code that alone is the key of a record, where the kind has one.
    pub fn code_of_its_own(self) -> Option<FieldAt> {
        let mut keys = self.all_at().filter(|field| field.key);
        let code = keys.next().filter(|field| matches!(field.holds, Holds::Code | Holds::Line))?;
        keys.next().is_none().then_some(code)
    }
    /// The title of a record beside its code: the first line of text.
    pub fn title(self) -> Option<FieldAt> {
        self.all_at().find(|field| matches!(field.holds, Holds::Line))
    }
    /// The position of a field by its machine name.
    pub fn position(self, name: &str) -> Option<usize> {
        self.fields().iter().position(|f| f.name == name)
    }
    /// Whether its records have numbers of their own (half-day marks and settings have none).
    pub fn numbered(self) -> bool {
        self.declaration().numbered
    }
    /// The kinds whose records are somebody's: what a person's data, merge, erasure and chronology go through.
    pub fn of_people() -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(|kind| matches!(kind.declaration().owner, Owner::Person | Owner::Stay))
    }
    /// The kinds of this owner.
    pub fn of(owner: Owner) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |kind| kind.declaration().owner == owner)
    }
    /// The kind whose records, or parts of them, a table holds.
    pub fn of_table(table: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| {
            let declared = kind.declaration();
            declared.table == table || declared.parts.contains(&table)
        })
    }
    /// The name of one record in a sentence.
    pub fn one(self) -> Text {
        self.declaration().one.clone()
    }
    /// The name of several records in a sentence.
    pub fn many(self) -> Text {
        self.declaration().many.clone()
    }
    /// `1 stagiaire`, `12 stagiaires` / `12 trainees`.
    pub fn count(self, n: i64) -> Text {
        let what = if n == 1 { &self.declaration().one } else { &self.declaration().many };
        text!("{n} {what}", "{n} {what}"; what)
    }
}
