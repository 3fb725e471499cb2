//! Targets of a funder against the values reached: gap and status, in integers.

use super::{Better, Indicator, Measure};
use crate::closed_list;
use crate::domain::Date;
use crate::domain::facts::TargetFact;
use crate::domain::number::round_div;
use crate::report::dated::in_force;
use crate::sheet::Cell;

closed_list! {
    /// How a value stands to its target.
    Status {
        Ok = "ok", "atteint", "reached";
        Watch = "watch", "à surveiller", "to watch";
        Late = "late", "en retard", "late";
    }
}

/// The target of an indicator over all grants on a day, in hundredths: the most demanding one, the lowest where lower is
/// better. Counts of several grants add up.
pub fn target(indicator: &Indicator, name: &str, (targets, as_of): (&[TargetFact], Date)) -> Option<i64> {
    let values = in_force_of(name, targets, as_of).into_iter().map(|target| target.value);
    match (indicator.better, indicator.measure) {
        (Better::Lower, _) => values.min(),
        (Better::Higher, Measure::People | Measure::HalfDays | Measure::Hours | Measure::Count) => {
            values.reduce(i64::saturating_add)
        }
        (Better::Higher, Measure::Percent | Measure::Years | Measure::Days) => values.max(),
    }
}

/// The target of each grant that counts on a day, by grant.
pub fn in_force_of<'t>(name: &str, targets: &'t [TargetFact], as_of: Date) -> Vec<&'t TargetFact> {
    let named: Vec<&TargetFact> = targets.iter().filter(|target| target.indicator == name).collect();
    let of_grant = |group: &[&'t TargetFact]| in_force(group, |target| target.by, as_of).copied();
    named.chunk_by(|a, b| a.grant == b.grant).filter_map(of_grant).collect()
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
            by: None,
            baseline: None,
        };
        let targets = [
            fact("A", "entrants", 1200),
            fact("B", "entrants", 800),
            fact("A", "fill_rate", 9000),
            fact("B", "fill_rate", 8000),
        ];
        let day = Date::parse_iso("2018-11-30").unwrap();
        let of = |name: &str| target(find(name).unwrap().0, name, (&targets, day));
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
