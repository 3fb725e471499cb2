//! The file itself: looked at, opening, upgrading, copying, what is temporary beside it, and its failures in plain words.

pub mod backup;
pub(crate) mod checked;
mod companions;
pub mod connection;
mod custody;
pub mod failure;
pub mod lock;
pub(crate) mod mark;
pub mod migrate;
pub mod on_disk;
mod once;
pub mod open;
mod register;
mod rollback;
pub mod schema;
pub mod scratch;
pub mod swap;
pub mod upgrade;
