//! The kinds of record and their fields: one table for import, export, `--set` and the log.

use super::cohort::{Half, SlotKind, Stream, TrainingStatus};
use super::funder::{Dialect, Level, People, Side};
use super::placement::{Channel, Evidence, Point, SituationType};
use super::progress::{
    AttendanceStatus, CertificateOutcome, InterviewKind, Justification, LicenceOutcome, LicenceStep, ModuleOutcome,
    Registry,
};
use super::trainee::{Decision, EntryStatus, ExitReason, LicenceAtEntry, ReferrerKind, Sex, YesNo};
use crate::closed_list;
use crate::domain::closed_list::ClosedList;
pub use crate::domain::closed_list::ListDef;
use crate::domain::text::{Lang, Text};

closed_list! {
    /// A kind of record, in the order in which files can always be imported.
    Kind {
        Catalogue = "catalogue", "catalogue", "catalogue";
        Cohorts = "cohorts", "promotions", "cohorts";
        Modules = "modules", "modules", "modules";
        Slots = "slots", "calendrier", "slots";
        Trainees = "trainees", "stagiaires", "trainees";
        Attendance = "attendance", "présences", "attendance";
        Results = "results", "résultats", "results";
        Certificates = "certificates", "certifications", "certificates";
        Licence = "licence", "permis", "licence";
        Interviews = "interviews", "entretiens", "interviews";
        Placements = "placements", "emplois", "placements";
        Followups = "followups", "relances", "followups";
        Notes = "notes", "notes", "notes";
        Settings = "settings", "réglages", "settings";
        Funders = "funders", "financeurs", "funders";
        Grants = "grants", "subventions", "grants";
        Targets = "targets", "objectifs", "targets";
        Budget = "budget", "budget", "budget";
    }
}

/// One column of a kind.
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
}

const fn field(name: &'static str, fr: &'static str, holds: Holds) -> Field {
    Field { name, fr, holds, mandatory: false, key: false, also: &[] }
}

const fn list<L: ClosedList>(name: &'static str, fr: &'static str) -> Field {
    field(name, fr, Holds::List(L::LIST))
}

impl Field {
    const fn key(mut self) -> Field {
        self.key = true;
        self
    }
    const fn must(mut self) -> Field {
        self.mandatory = true;
        self
    }
    const fn also(mut self, names: &'static [&'static str]) -> Field {
        self.also = names;
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
}

const COHORT: Field = field("cohort", "Promotion", Holds::Ref(Target::Cohort)).must().key().also(&["promo"]);
const TRAINEE: Field = field("trainee", "Stagiaire", Holds::Ref(Target::Trainee)).must().key();

const CATALOGUE: &[Field] = &[
    field("certificate", "Certification", Holds::Code).must().key(),
    field("label", "Intitulé", Holds::Line),
    list::<Registry>("registry", "Répertoire"),
    field("counts_as_qualification", "Vaut qualification", Holds::Bool),
    field("valid_months", "Validité (mois)", Holds::Int(1, 600)),
];
const COHORTS: &[Field] = &[
    field("cohort", "Promotion", Holds::Code).must().key().also(&["promo"]),
    field("title", "Intitulé", Holds::Line),
    field("site", "Site", Holds::Line),
    field("start", "Début", Holds::Date).must(),
    field("end", "Fin", Holds::Date).must(),
    field("places", "Places", Holds::Int(1, 10_000)).must(),
    field("slot_minutes", "Minutes par demi-journée", Holds::Minutes(1, 720)),
    list::<TrainingStatus>("training_status", "Statut de formation"),
    field("nsf", "NSF", Holds::Code),
    field("integration_days", "Jours d'intégration", Holds::Int(0, 366)),
    field("certificate", "Certification", Holds::Ref(Target::Certificate)),
];
const MODULES: &[Field] = &[
    COHORT,
    field("module", "Module", Holds::Code).must().key(),
    field("title", "Intitulé", Holds::Line),
    list::<Stream>("stream", "Filière").must(),
    field("hours", "Heures", Holds::Hours),
];
const SLOTS: &[Field] = &[
    COHORT,
    field("date", "Date", Holds::Date).must().key(),
    list::<Half>("half", "Demi-journée").must().key(),
    list::<SlotKind>("kind", "Genre").must(),
    field("module", "Module", Holds::Ref(Target::Module)),
    field("trainer", "Formateur", Holds::Line),
    field("minutes", "Minutes", Holds::Minutes(1, 720)),
];
const TRAINEES: &[Field] = &[
    field("ref", "Référence", Holds::Code),
    field("trainee", "Stagiaire", Holds::Code),
    field("last_name", "Nom", Holds::Name).must(),
    field("first_name", "Prénom", Holds::Name).must(),
    field("birth_date", "Date de naissance", Holds::Date).also(&["naissance"]),
    list::<Sex>("sex", "Sexe"),
    field("phone", "Téléphone", Holds::Phone),
    field("email", "Courriel", Holds::Line),
    field("address", "Adresse", Holds::Line),
    field("postal_code", "Code postal", Holds::Code),
    field("commune", "Commune", Holds::Line),
    COHORT,
    field("application_date", "Date de candidature", Holds::Date),
    field("interview_date", "Date d'entretien", Holds::Date),
    list::<Decision>("decision", "Décision"),
    list::<ReferrerKind>("referrer_kind", "Type de prescripteur"),
    field("referrer", "Prescripteur", Holds::Line),
    field("entry", "Entrée", Holds::Date),
    field("exit", "Sortie", Holds::Date),
    list::<ExitReason>("exit_reason", "Motif de sortie").also(&["motif_sortie"]),
    list::<EntryStatus>("status_at_entry", "Statut à l'entrée").also(&["statut_entree"]),
    field("status_since", "Statut depuis", Holds::Date),
    list::<YesNo>("in_education", "En études"),
    field("education", "Niveau d'études (CITE)", Holds::Int(0, 8)),
    list::<YesNo>("disability", "Handicap"),
    list::<YesNo>("income_support", "Minima sociaux"),
    list::<YesNo>("priority_district", "Quartier prioritaire"),
    list::<YesNo>("rural", "Zone rurale"),
    list::<YesNo>("third_country", "Pays tiers"),
    list::<YesNo>("foreign_background", "Origine étrangère"),
    list::<YesNo>("minority", "Minorité"),
    list::<YesNo>("homeless", "Sans domicile"),
    list::<LicenceAtEntry>("licence_at_entry", "Permis à l'entrée"),
    field("informed_on", "Informé le", Holds::Date),
    list::<YesNo>("consent_stories", "Accord témoignage"),
];
const ATTENDANCE: &[Field] = &[
    COHORT,
    TRAINEE,
    field("date", "Date", Holds::Date).must().key(),
    list::<Half>("half", "Demi-journée").must().key(),
    list::<AttendanceStatus>("status", "Statut").must(),
    field("minutes", "Minutes", Holds::Minutes(1, 720)),
    list::<Justification>("justification", "Justificatif"),
    field("signed_trainee", "Signé stagiaire", Holds::Bool),
    field("signed_trainer", "Signé formateur", Holds::Bool),
];
const RESULTS: &[Field] = &[
    COHORT,
    TRAINEE,
    field("module", "Module", Holds::Ref(Target::Module)).must().key(),
    field("date", "Date", Holds::Date).must().key(),
    list::<ModuleOutcome>("outcome", "Résultat").must(),
    field("mark", "Note", Holds::Hundredths),
    field("out_of", "Sur", Holds::Hundredths),
];
const CERTIFICATES: &[Field] = &[
    COHORT,
    TRAINEE,
    field("certificate", "Certification", Holds::Ref(Target::Certificate)).must().key(),
    field("date", "Date", Holds::Date).must().key(),
    list::<CertificateOutcome>("outcome", "Résultat").must(),
    field("expires", "Expire le", Holds::Date),
];
const LICENCE: &[Field] = &[
    TRAINEE,
    list::<LicenceStep>("step", "Étape").must().key(),
    field("date", "Date", Holds::Date).must().key(),
    list::<LicenceOutcome>("outcome", "Résultat"),
    field("hours", "Heures", Holds::Hours),
    field("financed_by", "Financé par", Holds::Line),
];
const INTERVIEWS: &[Field] = &[
    COHORT,
    TRAINEE,
    field("date", "Date", Holds::Date).must().key(),
    list::<InterviewKind>("kind", "Genre").must().key(),
    field("minutes", "Minutes", Holds::Minutes(1, 1440)).key(),
    field("note", "Note", Holds::Note),
];
const PLACEMENTS: &[Field] = &[
    COHORT,
    TRAINEE,
    list::<SituationType>("type", "Type").must().key(),
    field("company", "Entreprise", Holds::Line).key(),
    field("start", "Début", Holds::Date).must().key(),
    field("planned_end", "Fin prévue", Holds::Date),
    field("actual_end", "Fin réelle", Holds::Date),
    field("end_reason", "Motif de fin", Holds::Line),
    field("weekly_hours", "Heures par semaine", Holds::Hours),
    field("prehire", "Préembauche", Holds::Bool),
    field("job", "Poste", Holds::Line),
    list::<Evidence>("evidence", "Preuve"),
    field("seen_on", "Vu le", Holds::Date),
    field("user_company", "Entreprise utilisatrice", Holds::Line),
];
const FOLLOWUPS: &[Field] = &[
    COHORT,
    TRAINEE,
    list::<Point>("point", "Point").must().key(),
    field("date", "Date", Holds::Date).must().key(),
    list::<Channel>("channel", "Canal"),
    field("reached", "Joint", Holds::Bool).must(),
    field("note", "Note", Holds::Note),
];
const NOTES: &[Field] =
    &[TRAINEE, field("date", "Date", Holds::Date).must().key(), field("text", "Texte", Holds::Note).must().key()];
const SETTINGS: &[Field] =
    &[field("key", "Réglage", Holds::Code).must().key(), field("value", "Valeur", Holds::Line).must()];
const FUNDERS: &[Field] = &[
    field("funder", "Financeur", Holds::Code).must().key(),
    field("name", "Nom", Holds::Line).must(),
    list::<FunderLang>("lang", "Langue"),
    list::<Dialect>("dialect", "Dialecte"),
    list::<Level>("level", "Niveau").must(),
    field("suppress_below", "Masquer sous", Holds::Int(0, 1_000)),
    field("rate_min_denominator", "Dénominateur minimal", Holds::Int(0, 1_000)),
    list::<People>("people", "Personnes"),
];
const GRANTS: &[Field] = &[
    field("grant", "Subvention", Holds::Code).must().key(),
    field("funder", "Financeur", Holds::Ref(Target::Funder)).must(),
    field("object", "Objet", Holds::Line),
    field("amount", "Montant (€)", Holds::Cents),
    field("from", "Du", Holds::Date),
    field("to", "Au", Holds::Date),
    field("cohorts", "Promotions", Holds::CohortCodes),
];
const TARGETS: &[Field] = &[
    field("grant", "Subvention", Holds::Ref(Target::Grant)).must().key(),
    field("indicator", "Indicateur", Holds::Code).must().key(),
    field("value", "Valeur", Holds::Hundredths).must(),
];
const BUDGET: &[Field] = &[
    COHORT,
    field("grant", "Subvention", Holds::Ref(Target::Grant)).key(),
    list::<Side>("side", "Sens").must().key(),
    field("class", "Classe", Holds::Code).must().key(),
    field("label", "Libellé", Holds::Line).key(),
    field("planned", "Prévu (€)", Holds::Cents),
    field("realised", "Réalisé (€)", Holds::Cents),
];

closed_list! {
    /// The language of a funder's exports.
    FunderLang {
        Fr = "fr", "français", "French";
        En = "en", "anglais", "English";
    }
}

impl Kind {
    /// The columns of the kind, in the order of its files.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Kind::Catalogue => CATALOGUE,
            Kind::Cohorts => COHORTS,
            Kind::Modules => MODULES,
            Kind::Slots => SLOTS,
            Kind::Trainees => TRAINEES,
            Kind::Attendance => ATTENDANCE,
            Kind::Results => RESULTS,
            Kind::Certificates => CERTIFICATES,
            Kind::Licence => LICENCE,
            Kind::Interviews => INTERVIEWS,
            Kind::Placements => PLACEMENTS,
            Kind::Followups => FOLLOWUPS,
            Kind::Notes => NOTES,
            Kind::Settings => SETTINGS,
            Kind::Funders => FUNDERS,
            Kind::Grants => GRANTS,
            Kind::Targets => TARGETS,
            Kind::Budget => BUDGET,
        }
    }
    /// The position of a field by its machine name.
    pub fn position(self, name: &str) -> Option<usize> {
        self.fields().iter().position(|f| f.name == name)
    }
    /// Whether its records have numbers of their own (half-day marks and settings have none).
    pub fn numbered(self) -> bool {
        !matches!(self, Kind::Attendance | Kind::Settings)
    }
    /// The name of one record in a sentence.
    pub fn one(self) -> Text {
        let (fr, en) = match self {
            Kind::Catalogue => ("certification du catalogue", "certificate of the catalogue"),
            Kind::Cohorts => ("promotion", "cohort"),
            Kind::Modules => ("module", "module"),
            Kind::Slots => ("demi-journée du calendrier", "half-day of the calendar"),
            Kind::Trainees => ("stagiaire", "trainee"),
            Kind::Attendance => ("présence", "attendance mark"),
            Kind::Results => ("résultat", "result"),
            Kind::Certificates => ("certification", "certificate"),
            Kind::Licence => ("étape du permis", "licence step"),
            Kind::Interviews => ("entretien", "interview"),
            Kind::Placements => ("situation", "placement"),
            Kind::Followups => ("relance", "follow-up"),
            Kind::Notes => ("note", "note"),
            Kind::Settings => ("réglage", "setting"),
            Kind::Funders => ("financeur", "funder"),
            Kind::Grants => ("subvention", "grant"),
            Kind::Targets => ("objectif", "target"),
            Kind::Budget => ("ligne de budget", "budget line"),
        };
        Text::new(fr, en)
    }
}
