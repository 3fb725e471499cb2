//! Values and pure rules: no SQL, no command line, no clock, no files.

pub mod clean;
pub mod cohort;
pub mod column;
pub mod company;
pub mod date;
pub mod day;
pub mod facts;
pub mod funder;
pub mod holiday;
pub mod kind;
pub mod lang;
pub mod list;
pub mod number;
pub mod period;
pub mod phone;
pub mod placement;
pub mod progress;
pub mod refusal;
pub mod trainee;
pub mod value;
pub mod wording;

pub use date::{Date, Month};
pub use kind::Kind;
pub use lang::{Lang, Text};
pub use list::ClosedList;
pub use refusal::{Reason, Refusal};
pub use value::{Record, Value};
