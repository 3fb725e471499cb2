//! The cells of an attendance grid, as attendance sheets really are.

use crate::domain::folding::{fold, shown};
use crate::domain::number::{parse_decimal, parse_duration_minutes, round_div};
use crate::domain::progress::AttendanceStatus;
use crate::domain::{ClosedList, Refusal};
use crate::text;

/// What a cell of a grid says: a status, and the minutes when it is a duration.
pub fn cell(text: &str) -> Result<Option<(AttendanceStatus, Option<i64>)>, Refusal> {
    let folded = fold(text);
    if folded.is_empty() {
        return Ok(None);
    }
    if folded == "r" || folded.starts_with("ret") {
        let typed = shown(text.trim());
        return Err(Refusal::data(text!(
            "« {typed} » ne dit pas combien de temps la personne était là",
            "“{typed}” does not say how long the person was there"
        ))
        .hint(text!("écrivez la durée de présence, par exemple 2h30", "write the time present, for instance 2h30")));
    }
    Ok(Some(match AttendanceStatus::find(&folded) {
        Ok(status) => (status, None),
        Err(_) => match minutes(text, &folded) {
            Some(minutes) => (AttendanceStatus::Present, Some(minutes)),
            None => {
                let typed = shown(text.trim());
                return Err(Refusal::data(text!(
                    "« {typed} » n'est pas une présence",
                    "“{typed}” is not a mark of attendance"
                ))
                .hint(text!(
                    "P, J ou E (justifiée), A ou U (injustifiée), une durée comme 2h30, ou vide",
                    "P, E or J (excused), U or A (unexcused), a duration such as 2h30, or empty"
                )));
            }
        },
    }))
}

/// A duration with its unit, or hours with a decimal; a bare whole number could be anything.
fn minutes(text: &str, folded: &str) -> Option<i64> {
    if folded.contains(['h', ':', 'm']) {
        return parse_duration_minutes(text).ok();
    }
    let hundredths = folded.contains([',', '.']).then(|| parse_decimal(text, 2).ok()).flatten()?;
    (1..=2400).contains(&hundredths).then(|| round_div(hundredths * 60, 100))
}

/// The refusal of a column that belongs to the other form.
pub fn list_column(header: &str) -> Refusal {
    let typed = shown(header);
    Refusal::data(text!(
        "colonne « {typed} » : une feuille de présence n'a que la promotion, le stagiaire, le nom et les demi-journées",
        "column “{typed}”: an attendance sheet has only the cohort, the trainee, the name and the half-days"
    ))
    .hint(text!("Retirez cette colonne.", "Take that column out."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;

    #[test]
    fn cells_are_letters_or_durations() {
        use AttendanceStatus::{Excused, Present, Unexcused};
        for (text, status, minutes) in [
            ("P", Present, None),
            ("p ", Present, None),
            ("E", Excused, None),
            ("J", Excused, None),
            ("U", Unexcused, None),
            ("a", Unexcused, None),
            ("2h30", Present, Some(150)),
            ("1:15", Present, Some(75)),
            ("90 min", Present, Some(90)),
            ("2,5", Present, Some(150)),
            ("3.5", Present, Some(210)),
            ("x", Present, None),
            ("1", Present, None),
            ("Abs", Unexcused, None),
            ("ABS.", Unexcused, None),
        ] {
            assert_eq!(cell(text), Ok(Some((status, minutes))), "{text}");
        }
        assert_eq!(cell(" "), Ok(None));
        for bad in ["2", "oui", "absent", "30,5"] {
            assert!(cell(bad).unwrap_err().lines(Lang::En).join(" ").contains("not a mark"), "{bad}");
        }
    }

    #[test]
    fn a_late_arrival_without_its_minutes_is_refused() {
        for late in ["R", "r ", "Retard"] {
            assert!(cell(late).unwrap_err().lines(Lang::En).join(" ").contains("how long"), "{late}");
        }
    }
}
