//! The integration tests: the whole program, in process or spawned, on scratch folders.

// A test that cannot go on should stop at once.
#![allow(clippy::unwrap_used)]

mod adversary;
mod backup;
mod close;
mod cohort;
mod concurrent_programs;
mod config;
mod conventions;
mod data;
mod dates;
mod due;
mod erase;
mod everyday_jobs;
mod example_school;
mod explain;
mod fault_injection;
mod figures_by_hand;
mod formats;
mod funder;
mod goldens;
mod help;
mod hostile;
mod journal;
mod kinds;
mod known_on;
mod made_up_noun;
mod merge;
mod older_schemas;
mod page;
mod placement;
mod progress;
mod random_commands;
mod random_school;
mod readme;
mod report_check;
mod report_folder;
mod retention;
mod rules;
mod scope;
mod sheet;
mod status;
mod storage;
mod support;
mod template;
mod tidy;
mod trainee;
mod undo;
mod vocabulary;
