//! The numbers that a report prints, by name: what each one counts, and of whom. Every cell of figures prints one of
//! them, and the equations that a reader knows (see `suppression`) are stated over them.

use super::aftermath::Point;
use super::situation::Scheme;
use crate::closed_list;
use crate::domain::{ClosedList, Month};
use std::fmt;
use std::sync::Arc;

/// One number: what it counts, the part of it that a code tells apart, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// What it counts.
    pub what: What,
    /// The variant of an indicator, the line of a return: what only the data name.
    pub detail: Option<Arc<str>>,
    /// Of whom.
    pub of: Whom,
}

/// Whose number it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Whom {
    /// The people of one cohort, by its code.
    Cohort(Arc<str>),
    /// The people of every cohort in scope: the `*` rows.
    All,
    /// The people of the whole period, in sections without a column of cohorts.
    Report,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// Participations that entered and were present.
    Entrants,
    /// Exits that are not transfers.
    Exits,
    /// Exits that completed.
    Completers,
    /// Entrants whose cohort has ended.
    Ended,
    /// Entrants whose cohort has not ended.
    NotEnded,
    /// Exits that are not examined.
    Withdrawn,
    /// Exits that are examined, due or not.
    Examined,
    /// Exits with a paid contract after them.
    WithJob,
    /// Exits without one.
    WithoutJob,
    /// A count of exits at an observation point.
    At(Point, AtPoint),
    /// Exits examined and due with some outcomes, in a scheme, at a point.
    Outcome(Scheme, Outcome, Point),
    /// What was done over the whole period.
    Period(Activity),
    /// What was done in one month.
    Month(Activity, Month),
    /// A number of an indicator that no other row or section prints, by the key of the indicator.
    Indicator(&'static str, Role),
    /// A number of a row that no indicator of this version prints, read back from a file.
    Foreign(Role),
    /// A column of a line of the ESF+ file; the detail is the line.
    Esf(EsfColumn),
    /// Trainees of a line of the yearly return; the detail is the frame and the line.
    BpfTrainees(i32),
    /// Hours of a line of the yearly return; the detail is the frame and the line.
    BpfHours(i32),
}

closed_list! {
    /// A count of exits at an observation point, whatever their outcome.
    AtPoint {
        Due = "due", "examinées et échues", "examined and due";
        NotDue = "not_due", "examinées, pas encore échues", "examined, not yet due";
        ExitsDue = "exits_due", "échues", "due";
        ExitsNotDue = "exits_not_due", "pas encore échues", "not yet due";
        Other = "other", "autres sorties", "other exits";
        Unknown = "unknown", "examinées, sans nouvelles", "examined, nothing known";
        Silent = "silent", "non examinées, sans nouvelles", "not examined, nothing known";
    }
}

closed_list! {
    /// Outcomes of exits, alone or together; `AtPoint::Other` is the same in every scheme.
    Outcome {
        Durable = "durable", "durable", "lasting";
        Transition = "transition", "transition", "transitional";
        Positive = "positive", "positive", "positive";
        Employment = "employment", "durable ou transition", "lasting or transitional";
        Dynamic = "dynamic", "durable, transition ou positive", "lasting, transitional or positive";
    }
}

closed_list! {
    /// Movements, half-days and events: a column of the section `monthly`, and its total over the period.
    Activity {
        Start = "start", "présents au début", "there at the start";
        Entries = "entries", "entrées", "entries";
        Exits = "exits", "sorties", "exits";
        End = "end", "présents à la fin", "there at the end";
        Planned = "planned", "demi-journées prévues", "half-days planned";
        Present = "present", "demi-journées présentes", "half-days present";
        Excused = "excused", "absences justifiées", "excused absences";
        Unexcused = "unexcused", "absences injustifiées", "unexcused absences";
        Unmarked = "unmarked", "demi-journées non pointées", "unmarked half-days";
        HoursCentre = "hours_centre", "heures en centre", "hours in the centre";
        HoursCompany = "hours_company", "heures en entreprise", "hours in companies";
        ModulesValidated = "modules_validated", "modules validés", "modules validated";
        CodePassed = "code_passed", "codes obtenus", "theory tests passed";
        LicenceObtained = "licence_obtained", "permis obtenus", "licences obtained";
        Interviews = "interviews", "entretiens", "interviews";
        InterviewHours = "interview_hours", "heures d'entretien", "hours of interviews";
        PrehireStarted = "prehire_started", "préembauches commencées", "prehire missions started";
        ContractsSigned = "contracts_signed", "contrats signés", "contracts signed";
    }
}

closed_list! {
    /// Which number of an indicator's row.
    Role {
        Numerator = "num", "numérateur", "numerator";
        Denominator = "den", "dénominateur", "denominator";
        NotYetDue = "not_due", "pas encore échus", "not yet due";
        Unknown = "unknown", "inconnus", "unknown";
    }
}

closed_list! {
    /// A column of the ESF+ file.
    EsfColumn {
        Women = "women", "femmes", "women";
        Men = "men", "hommes", "men";
        Nonbinary = "nonbinary", "non binaires", "nonbinary";
        Total = "total", "total", "total";
    }
}

/// What a number counts; it decides whether it is protected for being small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// People, participations, or things that happen to one person each (an exam passed, a contract).
    People,
    /// Half-days, minutes, days or years: masked only with the people they belong to.
    Amount,
    /// Known to everybody: the places of a cohort. Never masked.
    Plain,
}

/// Whether the rows of the cohorts add up to the `*` row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// Always.
    AddsUp,
    /// Only where nobody is in two cohorts: the `*` row counts each person once.
    CountsOnce,
}

impl Activity {
    /// What a month of it counts. Interviews are people: the rule exempts half-days, hours and money only.
    pub fn kind(self) -> Kind {
        match self {
            Activity::Planned
            | Activity::Present
            | Activity::Excused
            | Activity::Unexcused
            | Activity::Unmarked
            | Activity::HoursCentre
            | Activity::HoursCompany
            | Activity::InterviewHours => Kind::Amount,
            Activity::Start
            | Activity::Entries
            | Activity::Exits
            | Activity::End
            | Activity::ModulesValidated
            | Activity::CodePassed
            | Activity::LicenceObtained
            | Activity::Interviews
            | Activity::PrehireStarted
            | Activity::ContractsSigned => Kind::People,
        }
    }
    /// Whether the months of the cohorts add up to that of the `*` row: a person passes an exam once.
    pub fn across(self) -> Across {
        match self {
            Activity::CodePassed | Activity::LicenceObtained => Across::CountsOnce,
            _ => Across::AddsUp,
        }
    }
}

impl Whom {
    /// What a cell of the column `cohort` names.
    pub fn of(code: &str) -> Whom {
        if code == "*" { Whom::All } else { Whom::Cohort(code.into()) }
    }
}

impl What {
    /// This number of someone.
    pub fn of(self, whom: &Whom) -> Quantity {
        Quantity { what: self, detail: None, of: whom.clone() }
    }
    /// This number of someone, for one code: a variant, a line.
    pub fn of_detail(self, detail: Option<Arc<str>>, whom: &Whom) -> Quantity {
        Quantity { what: self, detail, of: whom.clone() }
    }
}

impl fmt::Display for Quantity {
    /// `durable_rate`-like names of codes, parted by bars: `iae.durable|3m|ROM-2018-11`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = self.detail.as_deref().unwrap_or_default();
        match self.what {
            What::Entrants => f.write_str("entrants"),
            What::Exits => f.write_str("exits"),
            What::Completers => f.write_str("completers"),
            What::Ended => f.write_str("ended"),
            What::NotEnded => f.write_str("not_ended"),
            What::Withdrawn => f.write_str("withdrawn"),
            What::Examined => f.write_str("examined"),
            What::WithJob => f.write_str("with_job"),
            What::WithoutJob => f.write_str("without_job"),
            What::At(point, at) => write!(f, "{}|{}", at.code(), point.code()),
            What::Outcome(scheme, outcome, point) => {
                write!(f, "{}.{}|{}", scheme.code(), outcome.code(), point.code())
            }
            What::Period(activity) => f.write_str(activity.code()),
            What::Month(activity, month) => write!(f, "{}|{month}", activity.code()),
            What::Indicator(key, role) if self.detail.is_some() => write!(f, "{key}@{detail}.{}", role.code()),
            What::Indicator(key, role) => write!(f, "{key}.{}", role.code()),
            What::Foreign(role) => write!(f, "{detail}.{}", role.code()),
            What::Esf(column) => write!(f, "{detail}.{}", column.code()),
            What::BpfTrainees(year) => write!(f, "bpf.{detail}.{year}"),
            What::BpfHours(year) => write!(f, "bpf.{detail}.{year}.hours"),
        }?;
        match &self.of {
            Whom::Cohort(code) => write!(f, "|{code}"),
            Whom::All => f.write_str("|*"),
            Whom::Report => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(quantity: &Quantity, name: &str) {
        assert_eq!(quantity.to_string(), name);
    }

    #[test]
    fn a_quantity_is_named_by_its_codes_and_those_it_is_of() {
        let cohort = Whom::of("ROM-2018-11");
        let month = Month::from_number(2018 * 12 + 10);
        let detail = |code: &str| Some(code.into());
        check(&What::Entrants.of(&Whom::All), "entrants|*");
        check(&What::At(Point::M3, AtPoint::ExitsDue).of(&cohort), "exits_due|3m|ROM-2018-11");
        check(&What::Outcome(Scheme::E2c, Outcome::Durable, Point::Exit).of(&cohort), "e2c.durable|exit|ROM-2018-11");
        check(&What::Month(Activity::Start, month).of(&Whom::All), "start|2018-11|*");
        check(&What::Period(Activity::Planned).of(&cohort), "planned|ROM-2018-11");
        check(&What::Indicator("qualified", Role::Numerator).of(&cohort), "qualified.num|ROM-2018-11");
        let module = What::Indicator("modules_validated", Role::Denominator).of_detail(detail("F01"), &cohort);
        check(&module, "modules_validated@F01.den|ROM-2018-11");
        check(&What::Foreign(Role::Unknown).of_detail(detail("of_tomorrow"), &Whom::All), "of_tomorrow.unknown|*");
        check(&What::Esf(EsfColumn::Women).of_detail(detail("EECO01"), &Whom::Report), "EECO01.women");
        check(&What::BpfHours(2018).of_detail(detail("F-1.a"), &Whom::Report), "bpf.F-1.a.2018.hours");
    }

    #[test]
    fn two_codes_of_cohorts_are_two_quantities_and_a_star_is_all_of_them() {
        assert_eq!(Whom::of("*"), Whom::All);
        assert_ne!(What::Exits.of(&Whom::of("A")), What::Exits.of(&Whom::of("B")));
        assert_eq!(What::Exits.of(&Whom::of("A")), What::Exits.of(&Whom::of("A")));
    }

    #[test]
    fn half_days_and_hours_are_amounts_and_what_happens_to_one_person_counts_people() {
        let amounts: Vec<&str> =
            Activity::ALL.iter().filter(|a| a.kind() == Kind::Amount).map(|activity| activity.code()).collect();
        let want = "planned present excused unexcused unmarked hours_centre hours_company interview_hours";
        assert_eq!(amounts.join(" "), want);
        let once: Vec<_> = Activity::ALL.iter().filter(|a| a.across() == Across::CountsOnce).collect();
        assert_eq!(once, [&Activity::CodePassed, &Activity::LicenceObtained]);
    }
}
