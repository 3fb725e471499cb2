//! The integration tests: the whole program, in process or spawned, on scratch folders.

// A test that cannot go on should stop at once.
#![allow(clippy::unwrap_used)]

mod backup;
mod close;
mod cohort;
mod config;
mod conventions;
mod due;
mod funder;
mod help;
mod journal;
mod merge;
mod page;
mod placement;
mod progress;
mod readme;
mod report_check;
mod rules;
mod sample;
mod status;
mod support;
mod template;
mod tidy;
mod trainee;
mod worked;
