//! One run of the program: surroundings, language, the open file, the answer and where it goes.

pub mod answer;
pub mod context;
pub mod database;
pub mod deliver;
pub mod destination;
pub mod env;
pub mod errors;
pub mod interrupt;
pub mod language;
pub mod open;
pub mod pager;
pub mod program;
pub mod table_flags;
pub mod terminal;
pub mod work_bar;
pub mod wrapped;
