//! The integration tests: the whole program, in process or spawned, on scratch folders.

// A test that cannot go on should stop at once.
#![allow(clippy::unwrap_used)]

mod adversary;
mod backup;
mod chance;
mod close;
mod cohort;
mod config;
mod conventions;
mod data;
mod dates;
mod due;
mod erase;
mod explain;
mod folder;
mod formats;
mod funder;
mod goldens;
mod help;
mod hostile;
mod jobs;
mod journal;
mod known_on;
mod lines;
mod merge;
mod older;
mod page;
mod placement;
mod progress;
mod readme;
mod report_check;
mod retention;
mod rules;
mod sample;
mod scope;
mod sheet;
mod site;
mod status;
mod storage;
mod support;
mod template;
mod tidy;
mod together;
mod trainee;
mod undo;
mod vocabulary;
mod worked;
