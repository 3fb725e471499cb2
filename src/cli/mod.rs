//! The command line: arguments in, answer out; the only room that names clap.

pub mod ask;
pub mod noun;
pub mod parser;
pub mod run;

use parser::verb::Verb;

/// The commands, in the order of `fil help`.
pub const NOUNS: &[Verb] = &[
    noun::status::VERB,
    noun::due::VERB,
    noun::cohort::NOUN,
    noun::trainee::NOUN,
    noun::progress::NOUN,
    noun::placement::NOUN,
    noun::company::NOUN,
    noun::staff::NOUN,
    noun::report::NOUN,
    noun::funder::NOUN,
    noun::import::VERB,
    noun::export::VERB,
    noun::check::VERB,
    noun::log::VERB,
    noun::undo::UNDO,
    noun::undo::REDO,
    noun::config::NOUN,
    noun::init::VERB,
    noun::backup::BACKUP,
    noun::backup::RESTORE,
    noun::doctor::VERB,
    noun::setup::VERB,
    noun::help::VERB,
];
