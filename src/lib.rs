//! Fil follows every trainee of a school from the first interview to a lasting job.
#![doc = include_str!("architecture.md")]

pub mod cli;
pub mod domain;
pub mod import;
pub mod ops;
pub mod publish;
pub mod report;
pub mod sheet;
pub mod store;
pub mod view;
