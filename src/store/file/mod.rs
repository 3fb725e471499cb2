//! The file itself: opening, upgrading, copying, what is temporary beside it, and its failures in plain words.

pub mod backup;
pub(crate) mod checked;
pub mod connection;
pub mod failure;
pub mod migrate;
mod on_disk;
pub mod open;
mod register;
pub mod scratch;
pub mod swap;
pub mod upgrade;
