//! The journal: operations, the older versions of rows, undo, the file as it was known, and erasure.

pub mod erase;
pub mod known_on;
pub mod last_version;
pub mod later_operations;
pub mod operation;
pub mod person_history;
pub mod recorded_on;
pub mod tx;
pub mod undo;
