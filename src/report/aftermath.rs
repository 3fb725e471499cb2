//! The time after an exit: the points at which it is looked at, and what is known at each.

use super::situation::{Class, Scheme};
use crate::closed_list;
use crate::domain::facts::SituationFact;
use crate::domain::{ClosedList, Date};

closed_list! {
    /// An observation point after an exit.
    Point {
        Exit = "exit", "à la sortie", "at exit";
        M3 = "3m", "à 3 mois", "at 3 months";
        M6 = "6m", "à 6 mois", "at 6 months";
        M12 = "12m", "à 12 mois", "at 12 months";
    }
}

/// Days after the exit during which the point `exit` looks.
pub const EXIT_WINDOW: i32 = 28;

impl Point {
    /// The days that the point looks at, for an exit.
    pub fn window(self, exit: Date) -> (Date, Date) {
        let Some(months) = self.months() else { return (exit.plus_days(1), exit.plus_days(EXIT_WINDOW)) };
        let day = exit.plus_months(months);
        (day, day)
    }
    /// Months from the exit to the point; none where it looks at the days after the exit.
    pub fn months(self) -> Option<i32> {
        match self {
            Point::Exit => None,
            Point::M3 => Some(3),
            Point::M6 => Some(6),
            Point::M12 => Some(12),
        }
    }
}

/// What is known of a person at a point.
#[derive(Debug, Clone, Copy)]
pub struct Outcome<'a> {
    /// Best class of the situations active then.
    pub class: Class,
    /// Whether any situation but `SANS_NOUVELLES` was active then.
    pub known: bool,
    /// The situation that decided.
    pub best: Option<&'a SituationFact>,
}

/// The time after an exit: the days each point looks at, and what is known then. Many figures ask for the same person.
#[derive(Debug)]
pub struct Aftermath<'a> {
    pub(super) windows: [(Date, Date); POINTS],
    pub(super) outcomes: [[Outcome<'a>; POINTS]; SCHEMES],
}

const POINTS: usize = Point::ALL.len();
const SCHEMES: usize = Scheme::ALL.len();

impl<'a> Aftermath<'a> {
    /// The first as_of at which a point is due.
    pub fn due_on(&self, point: Point) -> Date {
        self.windows[point as usize].1
    }
    /// What is known at a point, in a scheme.
    pub fn outcome(&self, point: Point, scheme: Scheme) -> Outcome<'a> {
        self.outcomes[scheme as usize][point as usize]
    }
}
