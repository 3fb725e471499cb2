//! The integration tests: the whole program, in process or spawned, on scratch folders.

// A test that cannot go on should stop at once.
#![allow(clippy::unwrap_used)]

mod close;
mod cohort;
mod config;
mod conventions;
mod funder;
mod help;
mod journal;
mod progress;
mod sample;
mod support;
mod tidy;
mod worked;
