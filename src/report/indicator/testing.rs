//! What the tests of the indicators share: a figure is (numerator, denominator, not yet due, unknown).

pub use crate::domain::cohort::{Half, SlotKind, Stream};
pub use crate::domain::facts::{DurableMin, Scope};
pub use crate::domain::id::StayId;
pub use crate::domain::placement::SituationType as T;
pub use crate::domain::progress::{
    AttendanceStatus as A, CertificateOutcome, LicenceOutcome, LicenceStep, ModuleOutcome, Registry,
};
pub use crate::domain::trainee::{Decision, EntryStatus, ExitReason, LicenceAtEntry, Sex, YesNo};
pub use crate::report::as_of::Purpose;
pub use crate::report::testing::{Marks, School, day, period, up_to};

/// (num, den, not yet due, unknown) over all cohorts.
#[track_caller]
pub fn check(school: &School, as_of: &str, name: &str, want: [i64; 4]) {
    check_in(school, &up_to(as_of), "*", name, want);
}

#[track_caller]
pub fn check_in(school: &School, scope: &Scope, cohort: &str, name: &str, want: [i64; 4]) {
    assert_eq!(school.figure(scope, cohort, name), want, "{name} of {cohort} at {}", scope.as_of);
}

/// Someone who left P1 on its last day, 1 February 2019, having completed.
pub fn leaver() -> (School, StayId) {
    let mut school = School::with_p1();
    let part = school.left("P1", "amelie", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    (school, part)
}

/// P1 with ten half-days: five days, the afternoons in company, the last afternoon cancelled.
pub fn calendar() -> School {
    let mut school = School::with_p1();
    for date in ["2018-11-28", "2018-11-29", "2018-11-30", "2018-12-03", "2018-12-04"] {
        school.slot("P1", date, Half::Am, SlotKind::Centre);
        let kind = if date == "2018-12-04" { SlotKind::Cancelled } else { SlotKind::Company };
        school.slot("P1", date, Half::Pm, kind);
    }
    school
}
