//! Closed reports: the figures and members a close keeps, and what became of them since.

pub mod change;
pub mod diff;
pub mod figure;
pub mod line;
pub mod member;
pub mod restated;
pub mod state;
pub mod work;
