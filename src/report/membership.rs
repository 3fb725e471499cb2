//! Who is behind a figure: units with their verdict, and the one function that turns them into a number.

use crate::closed_list;
use crate::domain::cohort::Half;
use crate::domain::id::{CohortId, OpId, PersonId, RecordId, StayId};
use crate::domain::{Date, Text};
use crate::fixed;

closed_list! {
    /// What a definition says of one unit.
    Verdict {
        Counted = "counted", "compté", "counted";
        NotCounted = "not_counted", "non compté", "not counted";
        Unknown = "unknown", "inconnu", "unknown";
        NotYetDue = "not_yet_due", "pas encore échu", "not yet due";
        LeftOut = "left_out", "écarté", "left out";
    }
}

closed_list! {
    /// What one unit is.
    UnitKind {
        Person = "person", "personne", "person";
        Place = "place", "place", "place";
        HalfDay = "half_day", "demi-journée", "half-day";
        Module = "module", "module", "module";
        Certificate = "certificate", "certificat", "certificate";
        LicenceEvent = "licence_event", "évènement du permis", "licence event";
        Interview = "interview", "entretien", "interview";
        Attempt = "attempt", "tentative", "attempt";
        Contract = "contract", "contrat ou situation", "contract or situation";
        EuroLine = "euro_line", "ligne de budget", "budget line";
    }
}

closed_list! {
    /// The kind of record that decided.
    RecordKind {
        Cohort = "cohort", "promotion", "cohort";
        Module = "module", "module", "module";
        Slot = "slot", "demi-journée", "half-day slot";
        Trainee = "trainee", "stagiaire", "trainee";
        Participation = "participation", "participation", "participation";
        Attendance = "attendance", "présence", "attendance";
        Result = "result", "résultat", "result";
        Certificate = "certificate", "certificat", "certificate";
        Licence = "licence", "permis", "licence";
        Interview = "interview", "entretien", "interview";
        Placement = "placement", "emploi", "placement";
        Followup = "followup", "relance", "follow-up";
        Budget = "budget", "budget", "budget";
    }
}

/// The record that decided, so that a caller can say when the deciding value was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordRef {
    /// Its kind.
    pub kind: RecordKind,
    /// Its number; for a half-day mark, that of the participation.
    pub id: RecordId,
    /// Day and half of a half-day mark.
    pub half_day: Option<(Date, Half)>,
    /// Operation that wrote its present version.
    pub op: OpId,
    /// The columns whose value decided, as named in the import files.
    pub columns: &'static [&'static str],
}

impl RecordRef {
    /// A record by kind, number, operation and deciding columns.
    pub fn new(kind: RecordKind, id: impl Into<RecordId>, op: OpId, columns: &'static [&'static str]) -> Self {
        RecordRef { kind, id: id.into(), half_day: None, op, columns }
    }
    /// The mark of a half-day of a participation.
    pub fn mark(participation: StayId, half_day: (Date, Half), op: OpId, columns: &'static [&'static str]) -> Self {
        let record = RecordRef::new(RecordKind::Attendance, participation, op, columns);
        RecordRef { half_day: Some(half_day), ..record }
    }
}

/// The value that decided; turned into words only when someone asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing to show.
    None,
    /// A stable code.
    Code(&'static str),
    /// A day.
    Day(Date),
    /// A whole number.
    Number(i64),
    /// A code and the days it covers.
    Span(&'static str, Date, Option<Date>),
    /// A name or a code of the records.
    Name(String),
}

impl Value {
    /// The value as one word or a short expression, the same in both languages.
    pub fn show(&self) -> String {
        match self {
            Value::None => String::new(),
            Value::Code(code) => (*code).to_owned(),
            Value::Day(day) => day.to_string(),
            Value::Number(n) => n.to_string(),
            Value::Span(code, from, Some(to)) => format!("{code} {from}..{to}"),
            Value::Span(code, from, None) => format!("{code} {from}.."),
            Value::Name(name) => name.clone(),
        }
    }
}

/// One unit of a definition: a person, a half-day, a contract, a euro line…
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Record number of its cohort.
    pub cohort: CohortId,
    /// Record number of its participation, for units about someone.
    pub participation: Option<StayId>,
    /// Record number of its person, for units about someone.
    pub person: Option<PersonId>,
    /// What it is.
    pub kind: UnitKind,
    /// What the definition says of it.
    pub verdict: Verdict,
    /// Whether it is in the denominator.
    pub in_base: bool,
    /// What it adds to the numerator when counted, in the figure's own scale: 1, minutes, days, cents.
    pub amount: i64,
    /// How many units alike this one stands for (half-days arrive summed when nobody asks for each).
    pub count: i64,
    /// The rule that decided, one sentence.
    pub rule: &'static Text,
    /// The value that decided.
    pub value: Value,
    /// The day it is about.
    pub date: Option<Date>,
    /// The record that decided.
    pub record: Option<RecordRef>,
    /// The values that were compared and how, for a reader of the list; it stands in the place of the rule.
    pub reason: Option<Box<Text>>,
}

/// Where a definition puts its units.
pub type Sink<'s> = dyn FnMut(Unit) + 's;

const NOTHING_YET: &Text = fixed!("hors du champ de la définition", "outside the definition");

impl Unit {
    /// A unit about a cohort and nobody in particular.
    pub fn of_cohort(cohort: CohortId) -> Unit {
        Unit {
            cohort,
            participation: None,
            person: None,
            kind: UnitKind::Person,
            verdict: Verdict::LeftOut,
            in_base: false,
            amount: 1,
            count: 1,
            rule: NOTHING_YET,
            value: Value::None,
            date: None,
            record: None,
            reason: None,
        }
    }
    fn judged(self, verdict: Verdict, in_base: bool, rule: &'static Text) -> Unit {
        Unit { verdict, in_base, rule, ..self }
    }
    /// In the numerator and the base.
    pub fn counted(self, rule: &'static Text) -> Unit {
        self.judged(Verdict::Counted, true, rule)
    }
    /// In the base only.
    pub fn not_counted(self, rule: &'static Text) -> Unit {
        self.judged(Verdict::NotCounted, true, rule)
    }
    /// Counted when `yes`, else in the base only.
    pub fn counted_if(self, yes: bool, rule: &'static Text, otherwise: &'static Text) -> Unit {
        if yes { self.counted(rule) } else { self.not_counted(otherwise) }
    }
    /// The answer is not known and the unit is out of the base.
    pub fn unknown(self, rule: &'static Text) -> Unit {
        self.judged(Verdict::Unknown, false, rule)
    }
    /// The answer is not known, but the unit stays in the base.
    pub fn unknown_in_base(self, rule: &'static Text) -> Unit {
        self.judged(Verdict::Unknown, true, rule)
    }
    /// The day that decides has not come, and the unit is out of the base.
    pub fn not_yet_due(self, rule: &'static Text) -> Unit {
        self.judged(Verdict::NotYetDue, false, rule)
    }
    /// Out of the definition.
    pub fn left_out(self, rule: &'static Text) -> Unit {
        self.judged(Verdict::LeftOut, false, rule)
    }
    /// The same verdict outside the base.
    pub fn outside_base(self) -> Unit {
        Unit { in_base: false, ..self }
    }
    /// The same verdict inside the base.
    pub fn inside_base(self) -> Unit {
        Unit { in_base: true, ..self }
    }
    /// What the unit is.
    pub fn kind(self, kind: UnitKind) -> Unit {
        Unit { kind, ..self }
    }
    /// What it adds when counted.
    pub fn amount(self, amount: i64) -> Unit {
        Unit { amount, ..self }
    }
    /// How many units alike it stands for.
    pub fn count(self, count: i64) -> Unit {
        Unit { count, ..self }
    }
    /// The value that decided.
    pub fn value(self, value: Value) -> Unit {
        Unit { value, ..self }
    }
    /// The day it is about.
    pub fn on(self, date: Date) -> Unit {
        Unit { date: Some(date), ..self }
    }
    /// The record that decided.
    pub fn because(self, record: RecordRef) -> Unit {
        Unit { record: Some(record), ..self }
    }
    /// The values compared where there is a reason, else the sentence of its rule.
    pub fn rule_text(&self) -> Text {
        self.reason.as_deref().unwrap_or(self.rule).clone()
    }
}

/// A number and what stands beside it: only the size of a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figure {
    /// Sum of the amounts of the counted units.
    pub num: i64,
    /// Number of units in the base.
    pub den: i64,
    /// Units whose deciding day has not come.
    pub not_yet_due: i64,
    /// Units whose answer is not known.
    pub unknown: i64,
}

impl Figure {
    /// Adds one unit; the only place where a membership becomes a number.
    pub fn add(&mut self, unit: &Unit) {
        if unit.in_base {
            self.den += unit.count;
        }
        match unit.verdict {
            Verdict::Counted => self.num = self.num.saturating_add(unit.amount),
            Verdict::NotYetDue => self.not_yet_due += unit.count,
            Verdict::Unknown => self.unknown += unit.count,
            Verdict::NotCounted | Verdict::LeftOut => {}
        }
    }
    /// The figure of some units.
    pub fn of<'u>(units: impl IntoIterator<Item = &'u Unit>) -> Figure {
        let mut figure = Figure::default();
        units.into_iter().for_each(|u| figure.add(u));
        figure
    }
    /// The figure of whatever a definition puts in its sink, without keeping the units.
    pub fn tally(fill: impl FnOnce(&mut Sink<'_>)) -> Figure {
        let mut figure = Figure::default();
        fill(&mut |unit| figure.add(&unit));
        figure
    }
    /// Adds the figure of other units; exact only when no unit is in both.
    pub fn merge(&mut self, other: &Figure) {
        self.num = self.num.saturating_add(other.num);
        self.den += other.den;
        self.not_yet_due += other.not_yet_due;
        self.unknown += other.unknown;
    }
}

/// All the units that a definition puts in its sink.
pub fn collect(fill: impl FnOnce(&mut Sink<'_>)) -> Vec<Unit> {
    let mut units = Vec::new();
    fill(&mut |unit| units.push(unit));
    units
}
