//! The school's file: the only room that names rusqlite.

mod alias;
pub mod attendance;
pub mod backup;
pub mod close;
mod codec;
mod erase;
pub mod event;
pub mod facts;
mod fault;
mod invariant;
mod journal;
mod known_on;
mod lookup;
mod migrate;
mod open;
mod operation;
pub mod quality;
pub mod record;
pub mod recorded;
mod remembered;
pub mod story;
mod table;
mod template;
mod undo;
mod upgrade;

pub use alias::Former;
pub use erase::Owner;
pub use fault::refusal_of;
pub use invariant::{Broken, Invariant};
pub use journal::Tx;
pub use lookup::{CohortSpan, Identity, Lookup, Stay};
pub use open::{Access, Committed, NewOperation, Store};
pub use operation::Operation;
pub use remembered::Remembered;
pub use undo::Conflict;
