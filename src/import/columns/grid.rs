//! The grid form of attendance: one row per trainee, one column per half-day, as attendance sheets really are.

use crate::domain::cohort::Half;
use crate::domain::folding::{fold, shown};
use crate::domain::number::parse_duration_minutes;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{ClosedList, Date, Refusal};
use crate::import::columns::dates::{DateOrder, infer_order, parse_in_column};
use crate::text;

/// The half-day of each column that is one.
pub type HalfDays = Vec<Option<(Date, Half)>>;

/// The half-day of each header, `None` for the others; nothing at all when no header is a half-day.
pub fn half_days(headers: &[String], dates: Option<DateOrder>) -> Result<Option<HalfDays>, Refusal> {
    let cut: Vec<Option<(&str, Half)>> = headers.iter().map(|h| cut(h)).collect();
    if cut.iter().all(Option::is_none) {
        return Ok(None);
    }
    let order = match dates {
        Some(order) => order,
        None => infer_order(cut.iter().flatten().map(|(date, _)| *date)).map_err(|proof| proof.refusal)?,
    };
    let read = |cell: &Option<(&str, Half)>| match cell {
        Some((date, half)) => parse_in_column(date, order).map(|date| Some((date, *half))),
        None => Ok(None),
    };
    cut.iter().map(read).collect::<Result<Vec<_>, _>>().map(Some)
}

/// Whether a header begins with a date and ends with the half of a day.
pub fn looks_like_half_day(header: &str) -> bool {
    cut(header).is_some()
}

fn cut(header: &str) -> Option<(&str, Half)> {
    let header = header.trim();
    let (date, half) = header.split_once(char::is_whitespace)?;
    let is_date = date.starts_with(|c: char| c.is_ascii_digit())
        && date.len() >= 6
        && date.chars().all(|c| c.is_ascii_digit() || "-/.".contains(c));
    is_date.then(|| Half::find(half).ok()).flatten().map(|half| (date, half))
}

/// What a cell of a grid says: a status, and the minutes when it is a duration.
pub fn cell(text: &str) -> Result<Option<(AttendanceStatus, Option<i64>)>, Refusal> {
    let folded = fold(text);
    if folded.is_empty() {
        return Ok(None);
    }
    Ok(Some(match AttendanceStatus::find(&folded) {
        Ok(status) => (status, None),
        Err(_) => match parse_duration_minutes(text) {
            Ok(minutes) if folded.contains(['h', ':', 'm']) => (AttendanceStatus::Present, Some(minutes)),
            _ => {
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

    #[track_caller]
    fn check(header: &str, expected: Option<(&str, Half)>) {
        let read = half_days(&[header.to_owned()], None).unwrap().and_then(|all| all[0]);
        assert_eq!(read.map(|(d, h)| (d.to_string(), h)), expected.map(|(d, h)| (d.to_owned(), h)), "{header}");
    }

    #[test]
    fn half_days_are_recognised_in_both_languages() {
        check("2018-12-10 am", Some(("2018-12-10", Half::Am)));
        check("10/12/2018 matin", Some(("2018-12-10", Half::Am)));
        check("10/12/2018  Après-midi", Some(("2018-12-10", Half::Pm)));
        check("2018-12-10 PM", Some(("2018-12-10", Half::Pm)));
        check("2018-12-10", None);
        check("Date", None);
        check("3 am", None);
    }

    #[test]
    fn dates_in_headers_are_read_one_way_or_refused() {
        let all = |a: &str, b: &str, order| half_days(&[a.to_owned(), b.to_owned()], order);
        assert!(all("12/25/2018 am", "12/24/2018 am", None).is_err());
        assert!(all("12/25/2018 am", "12/24/2018 am", Some(DateOrder::Mdy)).is_ok());
        assert!(all("31/11/2018 am", "x", None).is_err());
    }

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
        ] {
            assert_eq!(cell(text), Ok(Some((status, minutes))), "{text}");
        }
        assert_eq!(cell(" "), Ok(None));
        for bad in ["X", "2", "oui", "Abs"] {
            assert!(cell(bad).unwrap_err().lines(Lang::En).join(" ").contains("not a mark"), "{bad}");
        }
    }
}
