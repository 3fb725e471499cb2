//! The commands that repair findings, all in one place so that they stay true to the command line.
//!
//! Slugs and dates need no quotes; codes are quoted when a shell would read something else in them.

use crate::domain::Date;
use crate::domain::closed_list::ClosedList;
use crate::domain::id::RecordId;
use crate::store::quality::Moment;

/// A word as a shell reads it back unchanged.
pub fn word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:@%+".contains(c);
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Fills a field of an identity.
pub fn set_identity(slug: &str, assignment: &str) -> String {
    format!("fil trainee edit {slug} --set {assignment}")
}

/// Fills a field of a participation.
pub fn set_stay(slug: &str, cohort: &str, assignment: &str) -> String {
    format!("fil trainee edit {slug} -c {} --set {assignment}", word(cohort))
}

/// Records an exit at the end of the cohort.
pub fn leave(slug: &str, cohort: &str, end: Date) -> String {
    format!("fil trainee leave {slug} -c {} --reason completed --on {end}", word(cohort))
}

/// Takes back the entry of someone who never came.
pub fn never_came(slug: &str, cohort: &str) -> String {
    format!("fil trainee edit {slug} -c {} --set entry= --set decision=withdrawn", word(cohort))
}

/// Marks a half-day of a cohort.
pub fn mark(cohort: &str, at: Moment) -> String {
    format!("fil progress day {} -c {} --half {}", at.date, word(cohort), at.half.code())
}

/// Gives the reason of an absence.
pub fn excuse(slug: &str, at: Moment) -> String {
    format!("fil progress absent {slug} --on {} --half {} --excused --reason document", at.date, at.half.code())
}

/// Writes the marks to a file whose columns of signatures can be filled and imported: they come from paper, sheet by sheet.
pub fn sign() -> String {
    "fil export attendance -o presences.csv".to_owned()
}

/// Records the situation at a follow-up point.
pub fn follow(slug: &str, cohort: &str, point: &str) -> String {
    format!("fil placement follow {slug} {point} SITUATION -c {}", word(cohort))
}

/// Changes a field of a situation.
pub fn set_placement(id: RecordId, assignment: &str) -> String {
    format!("fil placement edit {id} --set {assignment}")
}

/// Makes one person of two.
pub fn merge(keep: &str, other: &str) -> String {
    format!("fil trainee merge {keep} {other}")
}

/// Records an earlier registration at the driving school.
pub fn register(slug: &str) -> String {
    format!("fil progress licence {slug} registered --on YYYY-MM-DD")
}

/// Records the pass of the theory test.
pub fn pass_code(slug: &str) -> String {
    format!("fil progress set {slug} code passed --on YYYY-MM-DD")
}

/// Adds a budget line.
pub fn budget(cohort: &str, side: &str, amount: &str) -> String {
    format!("fil funder budget add {side} CLASS -c {} --set {amount}", word(cohort))
}

/// Changes the dates of a grant.
pub fn grant_dates(grant: &str, assignments: &[String]) -> String {
    let sets: Vec<String> = assignments.iter().map(|a| format!("--set {a}")).collect();
    format!("fil funder grant edit {} {}", word(grant), sets.join(" "))
}

/// Erases a person.
pub fn erase(slug: &str) -> String {
    format!("fil trainee erase {slug}")
}
