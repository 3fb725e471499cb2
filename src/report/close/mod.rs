//! Closed reports: the figures and members a close keeps, and what became of them since.

pub mod change;
pub mod diff;
pub mod difference;
pub mod member;
pub mod printed_figures;
pub mod replay;
pub mod restated;
pub mod snapshot;
pub mod tree;
