//! The file itself: opening, upgrading, copying, and its failures in plain words.

pub mod backup;
pub(crate) mod checked;
pub mod connection;
pub mod failure;
pub mod migrate;
mod on_disk;
pub mod open;
pub mod upgrade;
