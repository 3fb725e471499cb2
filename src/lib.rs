//! Fil follows every trainee of a school from the first interview to a lasting job.

pub mod cli;
pub mod domain;
pub mod import;
pub mod ops;
pub mod report;
pub mod sheet;
pub mod store;
