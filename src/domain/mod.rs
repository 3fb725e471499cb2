//! Values and pure rules: no SQL, no command line, no clock, no files.

pub mod act;
pub mod closed_list;
pub mod cohort;
pub mod contract;
pub mod date;
pub mod day;
pub mod facts;
pub mod fingerprint;
pub mod folding;
pub mod followup;
pub mod funder;
pub mod holiday;
pub mod id;
pub mod kind;
pub mod number;
pub mod period;
pub mod phone;
pub mod placement;
pub mod progress;
pub mod record;
pub mod refusal;
pub mod shell;
pub mod staff;
pub mod stay;
pub mod support;
pub mod text;
pub mod text_rules;
pub mod told;
pub mod trainee;

pub use crate::domain::act::Act;
pub use crate::domain::closed_list::ClosedList;
pub use crate::domain::record::{Record, Value};
pub use crate::domain::text::{Lang, Text};
pub use date::{Date, Month};
pub use kind::Kind;
pub use refusal::{Reason, Refusal};
