//! Targets of a funder against the values reached: gap and status, in integers.

use super::{Better, Indicator, Measure, Shape};
use crate::closed_list;
use crate::domain::facts::TargetFact;
use crate::domain::number::round_div;
use crate::sheet::Cell;

closed_list! {
    /// How a value stands to its target.
    Status {
        Ok = "ok", "atteint", "reached";
        Watch = "watch", "à surveiller", "to watch";
        Late = "late", "en retard", "late";
    }
}

/// The target of an indicator over all grants: totals add up, rates and means take the highest; hundredths.
pub fn target(indicator: &Indicator, name: &str, targets: &[TargetFact]) -> Option<i64> {
    let values = targets.iter().filter(|t| t.indicator == name).map(|t| t.value);
    match indicator.shape {
        Shape::Sum => values.reduce(i64::saturating_add),
        Shape::Rate | Shape::RateOnceDue | Shape::Mean => values.max(),
    }
}

/// A value as printed, in hundredths of its measure.
pub fn hundredths(measure: Measure, value: i64) -> i64 {
    match measure {
        Measure::Percent | Measure::Years | Measure::Days => value.saturating_mul(10),
        Measure::Hours => round_div(value.saturating_mul(100), 60),
        Measure::People | Measure::HalfDays | Measure::Count => value.saturating_mul(100),
    }
}

/// How a gap stands to a target: `watch` within a tenth of it, bound included.
pub fn status(better: Better, gap: i64, target: i64) -> Status {
    let reached = match better {
        Better::Higher => gap >= 0,
        Better::Lower => gap <= 0,
    };
    if reached {
        Status::Ok
    } else if gap.saturating_abs().saturating_mul(10) <= target {
        Status::Watch
    } else {
        Status::Late
    }
}

/// Hundredths as a cell, with the decimals of the measure and no more than the number needs beyond them.
pub fn cell(measure: Measure, hundredths: i64) -> Cell {
    let decimals = match measure {
        Measure::Percent | Measure::Years | Measure::Days => 1,
        _ => 0,
    };
    if hundredths % 100 == 0 && decimals == 0 {
        Cell::Int(hundredths / 100)
    } else if hundredths % 10 == 0 {
        Cell::Decimal { value: hundredths / 10, scale: 1 }
    } else {
        Cell::Decimal { value: hundredths, scale: 2 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{OpId, RecordId};
    use crate::report::indicator::find;

    #[test]
    fn a_tenth_below_the_target_is_watched_and_a_hair_more_is_late() {
        assert_eq!(status(Better::Higher, 0, 8000), Status::Ok);
        assert_eq!(status(Better::Higher, -800, 8000), Status::Watch);
        assert_eq!(status(Better::Higher, -801, 8000), Status::Late);
        assert_eq!(status(Better::Lower, -10, 1000), Status::Ok);
        assert_eq!(status(Better::Lower, 100, 1000), Status::Watch);
        assert_eq!(status(Better::Lower, 101, 1000), Status::Late);
    }

    #[test]
    fn counts_of_two_grants_add_up_and_rates_take_the_highest() {
        let fact = |grant: &str, indicator: &str, value| TargetFact {
            id: RecordId::from_number(1),
            op: OpId::from_number(1),
            grant: grant.into(),
            indicator: indicator.into(),
            value,
        };
        let targets = [
            fact("A", "entrants", 1200),
            fact("B", "entrants", 800),
            fact("A", "fill_rate", 9000),
            fact("B", "fill_rate", 8000),
        ];
        let of = |name: &str| target(find(name).unwrap().0, name, &targets);
        assert_eq!(of("entrants"), Some(2000));
        assert_eq!(of("fill_rate"), Some(9000));
        assert_eq!(of("interviews"), None);
    }

    #[test]
    fn numbers_keep_the_decimals_of_their_measure() {
        assert_eq!(cell(Measure::Percent, 8000), Cell::Decimal { value: 800, scale: 1 });
        assert_eq!(cell(Measure::People, 1200), Cell::Int(12));
        assert_eq!(cell(Measure::Hours, 350), Cell::Decimal { value: 35, scale: 1 });
        assert_eq!(cell(Measure::Percent, 6255), Cell::Decimal { value: 6255, scale: 2 });
        assert_eq!(hundredths(Measure::Hours, 210), 350);
    }
}
