//! What leaves the school: the scope of a funder's report, building it, what was already sent, looking back at it,
//! restating it, the folder it goes into, and the inspection of that folder.

pub mod already_sent;
pub mod build;
pub mod closing;
pub mod data_quality;
pub mod examined;
pub mod folder;
pub mod inspect;
pub mod kept_close;
pub mod look_back;
pub mod manifest;
pub mod release;
pub mod restated;
pub mod scope;
pub mod standing_close;
#[cfg(test)]
mod tests;
pub mod verify;
