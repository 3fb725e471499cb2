//! Figures: what facts say of a scope, as memberships first and numbers after; no store, no clock.

pub mod aftermath;
pub mod as_of;
pub mod class_of;
pub mod close;
pub mod explain;
pub mod figure_class;
pub mod half_day;
pub mod indicator;
pub mod known_people;
pub mod manifest;
pub mod membership;
pub mod naming;
pub mod note;
pub mod outcome;
pub mod packing;
pub mod page;
pub mod quantity;
pub mod reread;
pub mod section;
pub mod situation;
pub mod suppression;
pub mod template;
#[cfg(test)]
pub(crate) mod testing;

pub use crate::report::as_of::{Purpose, World};
pub use explain::Target;
pub use naming::Naming;
pub use section::Section;
