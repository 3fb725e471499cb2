//! The class of whatever prints or names a figure: an indicator or a column as a person types it, a column of a section, a
//! quantity.

use super::figure_class::FigureClass;
use super::indicator::{self, columns};
use super::quantity::{Activity, EsfColumn, Quantity, What};
use super::section::{Section, esf};
use crate::domain::ClosedList;

/// The class of a figure by its name: `dynamic_exit_rate@exit`, or a column as `exits:durable`. None when there is no such
/// figure, or when the column only names rows or takes its class from them.
pub fn figure(name: &str) -> Option<FigureClass> {
    match name.split_once(':') {
        Some((section, key)) => column(Section::from_code(section)?, key),
        None => indicator::find(name).map(|(indicator, _)| indicator.class),
    }
}

/// The class of a column of figures; none for a column that names rows, and for those whose rows have classes of their own.
pub fn column(section: Section, key: &str) -> Option<FigureClass> {
    if let Some(text) = columns::of(section.code(), key) {
        return Some(text.class);
    }
    if let Some(printed) = columns::indicator_of(section.code(), key) {
        return indicator::all().find(|indicator| indicator.key == printed).map(|indicator| indicator.class);
    }
    about_a_person(section, key)
}

/// Columns of lines about one person that say something of their own, in words or days.
fn about_a_person(section: Section, key: &str) -> Option<FigureClass> {
    match (section, key) {
        (Section::People, "exit_reason") => Some(FigureClass::Sensitive),
        (Section::People, "sex") | (Section::Placements, "type" | "prehire") => Some(FigureClass::Outcome),
        (Section::Followups, "due_on" | "window_end" | "last_attempt") => Some(FigureClass::Outcome),
        (Section::People, "entry_month" | "exit_month") | (Section::Placements, "exit_month") => {
            Some(FigureClass::Frame)
        }
        _ => None,
    }
}

/// The class of a quantity, whatever cell prints it.
pub fn quantity(quantity: &Quantity) -> FigureClass {
    use FigureClass::{Frame, Outcome, Sensitive};
    match quantity.what {
        What::Entrants | What::Exits | What::Ended | What::NotEnded => Frame,
        What::Completers
        | What::Withdrawn
        | What::Examined
        | What::WithJob
        | What::WithoutJob
        | What::At(..)
        | What::Outcome(..) => Outcome,
        What::Period(activity) | What::Month(activity, _) => of_activity(activity),
        What::Indicator(key, _) => {
            indicator::all().find(|known| known.key == key).map_or(Sensitive, |indicator| indicator.class)
        }
        // What no indicator of this version declares is treated as the strictest.
        What::Foreign(_) => Sensitive,
        What::Esf(column) => {
            let line = quantity.detail.as_deref().and_then(esf::class_of).unwrap_or(Sensitive);
            if column == EsfColumn::Total { line } else { line.split_by(Outcome) }
        }
        What::BpfTrainees(_) | What::BpfHours(_) => Frame,
    }
}

fn of_activity(activity: Activity) -> FigureClass {
    match activity {
        Activity::Start
        | Activity::Entries
        | Activity::Exits
        | Activity::End
        | Activity::Planned
        | Activity::Present
        | Activity::Excused
        | Activity::Unexcused
        | Activity::Unmarked
        | Activity::HoursCentre
        | Activity::HoursCompany
        | Activity::Interviews
        | Activity::InterviewHours => FigureClass::Frame,
        Activity::ModulesValidated
        | Activity::CodePassed
        | Activity::LicenceObtained
        | Activity::PrehireStarted
        | Activity::ContractsSigned => FigureClass::Outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::quantity::Whom;

    /// Columns that name a row, or follow what stands beside them.
    const NAMES: [&str; 21] = [
        "cohort",
        "month",
        "indicator",
        "label",
        "unit",
        "scheme",
        "point",
        "trainee",
        "person",
        "year",
        "frame",
        "line",
        "side",
        "class",
        "num",
        "den",
        "value",
        "target",
        "gap",
        "status",
        "note",
    ];

    #[test]
    fn every_column_of_every_section_names_rows_or_has_a_class() {
        for section in Section::ALL {
            for found in section.columns() {
                let classless = column(*section, found.key).is_none();
                let of_rows = matches!(section, Section::Indicators | Section::Agreed);
                assert_eq!(
                    classless,
                    of_rows
                        || NAMES.contains(&found.key)
                            && !(*section, found.key).eq(&(Section::Followups, "status"))
                            && !(*section, found.key).eq(&(Section::Financial, "gap")),
                    "{}:{}",
                    section.code(),
                    found.key
                );
            }
        }
    }

    #[test]
    fn a_column_has_the_class_of_the_quantities_that_it_prints() {
        for activity in Activity::ALL {
            let of = quantity(&What::Period(*activity).of(&Whom::All));
            assert_eq!(figure(&format!("monthly:{}", activity.code())), Some(of), "{activity:?}");
        }
    }

    #[test]
    fn classes_are_found_by_the_names_that_people_type() {
        use FigureClass::{Frame, Outcome, Sensitive};
        for (name, class) in [
            ("entrants", Some(Frame)),
            ("attendance_rate", Some(Frame)),
            ("monthly:exits", Some(Frame)),
            ("dynamic_exit_rate@exit", Some(Outcome)),
            ("exits:durable", Some(Outcome)),
            ("exits:dynamic_pct", Some(Outcome)),
            ("share_women", Some(Outcome)),
            ("share_disability", Some(Sensitive)),
            ("share_income_support", Some(Sensitive)),
            ("people:exit_reason", Some(Sensitive)),
            ("dynamic_exit_rate", None),
            ("indicators:value", None),
            ("exits:scheme", None),
            ("nobody", None),
        ] {
            assert_eq!(figure(name), class, "{name}");
        }
    }

    #[test]
    fn a_line_about_origin_is_sensitive_and_any_line_by_sex_is_a_profile() {
        let line = |key: &str, column| quantity(&What::Esf(column).of_detail(Some(key.into()), &Whom::Report));
        assert_eq!(line("EECO01", EsfColumn::Total), FigureClass::Frame);
        assert_eq!(line("EECO01", EsfColumn::Women), FigureClass::Outcome);
        assert_eq!(line("EECO14", EsfColumn::Total), FigureClass::Sensitive);
        assert_eq!(line("EECR04", EsfColumn::Men), FigureClass::Outcome);
        assert_eq!(line("EECO99", EsfColumn::Total), FigureClass::Sensitive);
    }
}
