//! What the file's content comes to: a digest of each table, kept right by every write, and the chain of operations.

pub mod altered;
pub(crate) mod chain;
pub(crate) mod changes;
pub(crate) mod content;
pub(crate) mod row;
pub(crate) mod seal;
