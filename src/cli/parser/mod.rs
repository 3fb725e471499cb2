//! The words of the command line: flags, verbs, help pages, completion, and the refusals of the parser.

pub mod build;
pub mod completion;
pub mod flags;
pub mod help_page;
pub mod known_values;
pub mod matches;
pub mod refusals;
pub mod resolve;
pub mod suggest;
pub mod topics;
pub mod verb;
