//! The file itself: opening, upgrading, copying, and its failures in plain words.

pub mod backup;
pub mod failure;
pub mod migrate;
pub mod open;
pub mod upgrade;
