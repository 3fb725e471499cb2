//! What a person looks at: the school today, what is due, one person, a cohort; no flag, no clock.

pub mod chronology;
pub mod cohort_today;
pub mod companies;
pub mod dashboard;
pub mod due;
pub mod matrix;
pub mod names;
pub mod person;
pub mod presence;
pub mod register;
pub mod roll;
pub mod situation;
pub mod standing;
pub mod trainees;
