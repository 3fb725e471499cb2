//! Asking the person: prompts, the assistant, who and what was meant.

pub mod asker;
pub mod entry;
pub mod prompt;
pub mod roll_call;
pub mod selector;
pub mod subject;
pub mod typed_record;
pub mod wizard;
