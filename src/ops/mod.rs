//! What the coordinator can do: one function per act, inside the caller's transaction.

pub mod attendance;
pub mod clear;
pub mod close;
mod content;
pub mod doctor;
pub mod erase;
mod examined;
pub mod file_location;
pub mod half_days;
pub mod log;
pub mod merge;
pub mod plan;
pub mod quality;
pub mod release;
pub mod remove;
mod repeats;
pub mod request;
pub mod resolve;
pub mod retention;
mod rules;
pub mod save;
pub mod saving;
pub mod settings;
pub mod special_file;
pub mod template;
#[cfg(test)]
pub(crate) mod tests;
pub mod written_file;

pub use request::{Change, Outcome, Request, Said, Trouble, Warning};
pub use rules::{PlannedEnd, planned_end};
pub use save::{Series, save};
pub use saving::{Mode, Saved, Saving};
