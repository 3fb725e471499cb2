//! The integration tests: the whole program, in process or spawned, on scratch folders.

// A test that cannot go on should stop at once.
#![allow(clippy::unwrap_used)]

mod backup;
mod conventions;
mod due;
mod help;
mod placement;
mod sample;
mod status;
mod support;
mod tidy;
mod worked;
