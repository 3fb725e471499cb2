//! What a funder is owed: the figures that its grants promise, its targets among them.

use super::class_of;
use super::figure_class::FigureClass;
use super::promise::{Promise, Row, promises};
use super::section::Section;
use crate::domain::ClosedList;
use crate::domain::facts::{Facts, FunderFact};
use crate::domain::funder::Level;

/// The sections whose columns can be promised: tables of counts and of money, not of single people.
const SECTIONS: [Section; 5] = [Section::Monthly, Section::Exits, Section::Esf, Section::Bpf, Section::Financial];

/// The class of a figure that can be promised by name; none for a name that promises nothing.
pub fn class(figure: &str) -> Option<FigureClass> {
    match figure.split_once(':') {
        Some((section, _)) if !SECTIONS.iter().any(|known| known.code() == section) => {
            let single = Section::from_code(section).is_some_and(Section::shows_people);
            class_of::figure(figure).filter(|class| single && *class == FigureClass::Sensitive)
        }
        _ => class_of::figure(figure),
    }
}

/// What a funder is owed, and how far its level lets it be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The figures, in the order in which reports print them; those of columns last.
    pub promises: Vec<Promise>,
    level: Level,
}

impl Agreement {
    /// The agreement of the funder of some facts. Every target is promised by definition, sensitive ones too: these are
    /// listed and stay protected.
    pub fn of(funder: &FunderFact, facts: &Facts) -> Agreement {
        Agreement { promises: promises(facts), level: funder.level }
    }

    /// Whether a row of a figure is shown exactly whatever its size: at `aggregate` what was agreed and is not sensitive.
    /// At `public` nothing is, and under a contract nothing is masked.
    pub fn by_right(&self, figure: &str, row: Row) -> bool {
        let promised = |promise: &Promise| promise.figure == figure && promise.covers(row);
        match self.level {
            Level::Public => false,
            Level::Contract => true,
            Level::Aggregate => {
                self.promises.iter().any(promised) && class(figure).is_some_and(|c| c < FigureClass::Sensitive)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_counts_can_be_promised_and_lines_about_people_cannot() {
        use FigureClass::{Frame, Outcome, Sensitive};
        for (figure, class_of_it) in [
            ("dynamic_exit_rate@exit", Some(Outcome)),
            ("interviews", Some(Frame)),
            ("exits:durable", Some(Outcome)),
            ("monthly:start", Some(Frame)),
            ("financial:realised", Some(Frame)),
            ("share_disability", Some(Sensitive)),
            ("people:exit_reason", Some(Sensitive)),
            ("people:outcome_3m", None),
            ("attendance:present", None),
            ("dynamic_exit_rate", None),
            ("exits:scheme", None),
        ] {
            assert_eq!(class(figure), class_of_it, "{figure}");
        }
    }
}
