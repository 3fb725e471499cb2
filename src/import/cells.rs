//! One cell to one value, by what its field holds: the same for a file and for `--set FIELD=VALUE`.

use crate::domain::closed_list::{ListDef, NotFound};
use crate::domain::folding::{nearest, shown};
use crate::domain::kind::{Field, Holds};
use crate::domain::number::{parse_bool, parse_cents, parse_decimal, parse_duration_minutes, parse_int, round_div};
use crate::domain::phone::parse_phone;
use crate::domain::{Date, Refusal, Text, Value, text_rules};
use crate::import::columns::dates::{DateOrder, parse_within};
use crate::ops::Trouble;
use crate::text;

/// How cells are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The order of day, month and year.
    pub dates: DateOrder,
    /// The days within which years of two digits are read, where a whole column allows it.
    pub years: Option<(Date, Date)>,
}

impl Default for Reading {
    fn default() -> Self {
        Reading { dates: DateOrder::Dmy, years: None }
    }
}

/// Words with which offices say that there is nothing to say.
const NOTHING: &[&str] =
    &["NULL", "null", "N/A", "n/a", "néant", "Néant", "NÉANT", "neant", "Neant", "NEANT", "-", "–", "—"];
/// The same where the field holds no text of its own.
const NOT_KNOWN: &[&str] = &["NC", "nc", "N.C.", "NR", "nr", "N.R.", "?"];

/// Whether a cell of a file says nothing: it is blank, or holds a word for that.
pub fn is_empty(field: &Field, text: &str) -> bool {
    let text = text.trim();
    match field.holds {
        _ if text.is_empty() => true,
        Holds::Note => false,
        // Somebody with a single name has `-` for the other.
        Holds::Name => NOTHING.contains(&text) && !(field.name == "first_name" && text.chars().count() == 1),
        Holds::Line | Holds::Code | Holds::Ref(_) | Holds::CohortCodes => NOTHING.contains(&text),
        // Of a list the list itself decides: not asked is an answer.
        Holds::List(list) if list.find(text).is_ok() => false,
        _ => NOTHING.contains(&text) || NOT_KNOWN.contains(&text),
    }
}

/// Why a cell is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub what: Text,
    /// What would be right.
    pub right: Option<Text>,
}

impl Wrong {
    /// The trouble of a row whose cell this is.
    pub fn at(self, line: u64, field: &'static str, value: &str) -> Trouble {
        Trouble { line: Some(line), field: Some(field), value: value.to_owned(), what: self.what, right: self.right }
    }
}

impl From<Refusal> for Wrong {
    fn from(refusal: Refusal) -> Wrong {
        let what = match refusal.why {
            Some(why) => {
                let (what, fr, en) = (refusal.what, why.fr, why.en);
                Text::new(format!("{} ({fr})", what.fr), format!("{} ({en})", what.en))
            }
            None => refusal.what,
        };
        Wrong { what, right: refusal.hint }
    }
}

/// The value that a cell means; `None` when it is empty.
pub fn parse(field: &Field, text: &str, reading: &Reading) -> Result<Option<Value>, Wrong> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(match field.holds {
        Holds::Code | Holds::Ref(_) => Value::Text(text_rules::clean_code(text)?),
        Holds::Name => Value::Text(text_rules::clean_name(text)?),
        Holds::Line => Value::Text(text_rules::clean_line(text)?),
        Holds::Note => Value::Text(text_rules::clean_note(text)?),
        Holds::Phone => Value::Text(parse_phone(text)?),
        Holds::Date => Value::Date(parse_within(text, reading.dates, reading.years)?),
        Holds::Int(low, high) => Value::Int(between(text, parse_int(text)?, (low, high))?),
        Holds::Minutes(low, high) => Value::Int(between(text, minutes(text)?, (low, high))?),
        Holds::Hundredths => Value::Int(parse_decimal(text, 2)?),
        Holds::Hours => Value::Int(hours(text)?),
        Holds::Cents => Value::Int(parse_cents(text)?),
        Holds::Bool => Value::Bool(parse_bool(text)?),
        Holds::List(list) => Value::Code(code(list, text)?),
        Holds::Time => Value::Text(text_rules::time(text).ok_or_else(no_time)?),
        Holds::Times => Value::Text(text_rules::times(text).ok_or_else(no_times)?),
        Holds::OpenList(list) => Value::Text(open_code(list, text)?),
        Holds::CohortCodes => match cohorts(text)? {
            codes if codes.is_empty() => return Ok(None),
            codes => Value::Text(codes),
        },
    }))
}

fn between(text: &str, n: i64, (low, high): (i64, i64)) -> Result<i64, Wrong> {
    if (low..=high).contains(&n) {
        return Ok(n);
    }
    let typed = shown(text.trim());
    Err(Wrong {
        what: text!("{typed} est hors des limites", "{typed} is out of bounds"),
        right: Some(text!("de {low} à {high}", "from {low} to {high}")),
    })
}

/// A bare number is minutes, `3h30` is a duration.
fn minutes(text: &str) -> Result<i64, Refusal> {
    let worded = text.chars().any(|c| c.is_alphabetic() || c == ':');
    if worded { parse_duration_minutes(text) } else { parse_int(text) }
}

/// Hours as files write them: two decimals of an hour name one minute, for a minute is more than one hundredth.
fn hours(text: &str) -> Result<i64, Refusal> {
    match parse_decimal(text, 2) {
        Ok(hundredths) if (0..=999_900).contains(&hundredths) => Ok(round_div(hundredths * 60, 100)),
        _ => parse_duration_minutes(text),
    }
}

fn no_time() -> Wrong {
    let what = text!("ce n'est pas une heure du jour", "this is no time of the day");
    Wrong { what, right: Some(text!("par exemple 09:30", "for example 09:30")) }
}

fn no_times() -> Wrong {
    let what = text!("ce ne sont pas deux heures du jour", "these are not two times of the day");
    Wrong { what, right: Some(text!("par exemple 09:00-12:30", "for example 09:00-12:30")) }
}

/// A code of the list, or `other:` and what it is; `autre :` says the same.
fn open_code(list: ListDef, text: &str) -> Result<String, Wrong> {
    if let Some((word, what)) = text.split_once(':')
        && ["other", "autre"].contains(&crate::domain::folding::fold(word.trim()).as_str())
        && !what.trim().is_empty()
    {
        return Ok(format!("other:{}", text_rules::clean_line(what.trim())?));
    }
    let closed = code(list, text).map(str::to_owned);
    closed.map_err(|wrong| Wrong {
        right: Some(match wrong.right {
            Some(right) => text!("{right} ; ou other: et ce que c'est", "{right}; or other: and what it is"; right),
            None => text!("other: et ce que c'est", "other: and what it is"),
        }),
        ..wrong
    })
}

fn code(list: ListDef, text: &str) -> Result<&'static str, Wrong> {
    match list.find(text) {
        Ok(position) => return Ok(list.codes[position]),
        Err(why @ NotFound::Several(_)) => return Err(list.refusal(text.trim(), why).into()),
        Err(NotFound::Unknown) => {}
    }
    let typed = shown(text.trim());
    let (near, codes) = (nearest(text, list.all_words()), list.codes.join(", "));
    Err(Wrong {
        what: text!("« {typed} » n'est pas dans la liste", "“{typed}” is not in the list"),
        right: Some(match near {
            Some(near) => text!("« {near} » ? Un de : {codes}", "“{near}”? One of: {codes}"),
            None => text!("un de : {codes}", "one of: {codes}"),
        }),
    })
}

fn cohorts(text: &str) -> Result<String, Refusal> {
    let codes = text.split('|').map(str::trim).filter(|c| !c.is_empty());
    Ok(codes.map(text_rules::clean_code).collect::<Result<Vec<_>, _>>()?.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClosedList, Kind};
    use proptest::prelude::*;

    fn read(kind: Kind, field: &str, text: &str) -> Result<Option<Value>, Wrong> {
        parse(&kind.fields()[kind.position(field).unwrap()], text, &Reading::default())
    }

    #[track_caller]
    fn check(kind: Kind, field: &str, text: &str, value: Value) {
        assert_eq!(read(kind, field, text), Ok(Some(value)), "{field} {text}");
    }

    #[track_caller]
    fn refused(kind: Kind, field: &str, text: &str, words: &str) {
        let wrong = read(kind, field, text).expect_err(text);
        let said = format!("{} {}", wrong.what.en, wrong.right.map(|r| r.en).unwrap_or_default());
        assert!(said.contains(words), "{said}");
    }

    #[test]
    fn cells_are_read_as_people_write_them() {
        check(Kind::Trainees, "birth_date", "03/02/2000", Value::Date(Date::new(2000, 2, 3).unwrap()));
        check(Kind::Trainees, "phone", "06.12.34.56.78", Value::Text("0612345678".into()));
        check(Kind::Trainees, "last_name", " Jose\u{301} ", Value::Text("José".into()));
        check(Kind::Trainees, "education", "3", Value::Int(3));
        check(Kind::Slots, "minutes", "210", Value::Int(210));
        check(Kind::Slots, "minutes", "3h30", Value::Int(210));
        check(Kind::Modules, "hours", "3,5", Value::Int(210));
        check(Kind::Modules, "hours", "3.33", Value::Int(200));
        check(Kind::Modules, "hours", "3h20", Value::Int(200));
        check(Kind::Grants, "amount", "1 234,5 €", Value::Int(123_450));
        check(Kind::Grants, "cohorts", " P1 | P2|", Value::Text("P1|P2".into()));
        check(Kind::Results, "mark", "13,5", Value::Int(1350));
        check(Kind::Followups, "reached", "x", Value::Bool(true));
        check(Kind::Followups, "reached", "non", Value::Bool(false));
        assert_eq!(read(Kind::Followups, "reached", " \u{a0}"), Ok(None));
        assert_eq!(read(Kind::Grants, "cohorts", "|"), Ok(None));
    }

    #[test]
    fn codes_labels_and_everyday_words_are_understood() {
        for (kind, field, text, code) in [
            (Kind::Trainees, "sex", "f", "F"),
            (Kind::Trainees, "sex", "Homme", "M"),
            (Kind::Trainees, "sex", "H", "M"),
            (Kind::Trainees, "disability", "OUI", "yes"),
            (Kind::Trainees, "disability", "1", "yes"),
            (Kind::Trainees, "disability", "faux", "no"),
            (Kind::Trainees, "exit_reason", "Abandon", "dropped_out"),
            (Kind::Trainees, "referrer_kind", "mission locale", "ML"),
            (Kind::Trainees, "referrer_kind", "cap emploi", "CAP_EMPLOI"),
            (Kind::Attendance, "half", "Matin", "am"),
            (Kind::Attendance, "half", "après-midi", "pm"),
            (Kind::Attendance, "status", "Présent", "present"),
            (Kind::Attendance, "status", "absence justifiée", "excused"),
            (Kind::Placements, "type", "cdi", "CDI"),
            (Kind::Placements, "type", "cdi interim", "CDI_INTERIM"),
            (Kind::Placements, "type", "mission", "INTERIM"),
            (Kind::Followups, "point", "3 mois", "3m"),
            (Kind::Slots, "kind", "Annulé", "cancelled"),
        ] {
            check(kind, field, text, Value::Code(code));
        }
    }

    #[test]
    fn what_can_not_be_read_is_refused_with_what_would_be_right() {
        refused(Kind::Trainees, "sex", "Z", "one of: F, M, X");
        refused(Kind::Trainees, "exit_reason", "abandn", "“abandon”?");
        refused(Kind::Trainees, "birth_date", "31/11/2000", "does not exist");
        refused(Kind::Trainees, "birth_date", "36526", "2000-01-01");
        refused(Kind::Trainees, "education", "9", "from 0 to 8");
        refused(Kind::Slots, "minutes", "0", "from 1 to 720");
        refused(Kind::Trainees, "last_name", "=1+1", "formula");
        refused(Kind::Trainees, "referrer", "1 85 05 78 006 084 36", "social-security");
        refused(Kind::Grants, "amount", "1.234", "two ways");
        refused(Kind::Attendance, "status", "absent", "ne of");
    }

    #[test]
    fn free_text_that_looks_like_a_formula_is_kept_exactly() {
        for text in ["=1+1", "+33 dit-il", "-2", "@x", "'quoted", "＝1"] {
            check(Kind::Interviews, "note", text, Value::Text(text.into()));
        }
    }

    #[test]
    fn every_minute_survives_being_written_in_hundredths_of_an_hour() {
        for minutes in 0..6000 {
            let hundredths = (minutes * 100 + 30) / 60;
            let written = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            check(Kind::Modules, "hours", &written, Value::Int(minutes));
        }
    }

    proptest! {
        #[test]
        fn no_cell_panics(text in any::<String>()) {
            for kind in Kind::ALL {
                for field in kind.fields() {
                    let _ = parse(field, &text, &Reading::default());
                }
            }
        }
    }
}
