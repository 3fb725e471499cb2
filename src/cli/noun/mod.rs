//! The commands: one folder for each noun, one file for each verb.

pub mod backup;
pub mod check;
pub mod cohort;
pub mod company;
pub mod config;
pub mod doctor;
pub mod due;
pub mod export;
pub mod funder;
pub mod help;
pub mod import;
pub mod init;
pub mod log;
pub mod placement;
pub mod prelude;
pub mod progress;
pub mod records;
pub mod report;
pub mod setup;
pub mod staff;
pub mod status;
pub mod trainee;
pub mod undo;
