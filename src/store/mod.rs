//! The school's file: the only room that names rusqlite.

pub mod attendance;
mod codec;
pub mod contents;
pub mod digest;
pub mod faces;
pub mod facts;
pub mod file;
mod former_names;
mod id;
mod invariant;
pub mod journal;
mod lookup;
pub mod quality;
pub mod records;
pub mod releases;
mod rows;
pub mod sent;
mod shape;
mod span;
mod table;
mod template;
#[cfg(test)]
mod tests;

pub use crate::store::file::connection::Access;
pub use crate::store::file::failure::refusal_of;
pub use crate::store::file::open::{Committed, Store};
pub use crate::store::former_names::Former;
pub use crate::store::journal::erase::Owner;
pub use crate::store::journal::last_version::Remembered;
pub use crate::store::journal::operation::{Conflict, Operation};
pub use crate::store::journal::tx::{NewOperation, Tx};
pub use invariant::{Broken, Invariant};
pub use lookup::{CohortSpan, Identity, Lookup, Stay};
