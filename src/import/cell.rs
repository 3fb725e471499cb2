//! One cell of text as the value of a field, shared with `--set`.

use crate::domain::kind::{Field, Holds};
use crate::domain::{Date, Lang, Refusal, Text, Value, clean, number, phone, wording};

/// How cells are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading;

impl Reading {
    /// As typed at the keyboard.
    pub fn keyboard() -> Reading {
        Reading
    }
}

/// Why a cell is not a value of its field.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// What is wrong.
    pub what: Text,
    /// What would be right.
    pub right: Option<Text>,
}

impl From<Refusal> for Wrong {
    fn from(refusal: Refusal) -> Wrong {
        Wrong { what: refusal.what, right: refusal.hint }
    }
}

/// The value of a cell; `None` when it is empty.
pub fn parse(field: &Field, text: &str, _reading: &Reading) -> Result<Option<Value>, Wrong> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value = match field.holds {
        Holds::Code | Holds::Ref(_) | Holds::CohortCodes => Value::Text(clean::clean_code(text)?),
        Holds::Name => Value::Text(clean::clean_name(text)?),
        Holds::Line => Value::Text(clean::clean_line(text)?),
        Holds::Note => Value::Text(clean::clean_note(text)?),
        Holds::Phone => Value::Text(phone::parse_phone(text)?),
        Holds::Date => Value::Date(Date::parse_iso(text.trim())?),
        Holds::Int(..) | Holds::Minutes(..) => Value::Int(number::parse_int(text)?),
        Holds::Hundredths => Value::Int(number::parse_decimal(text, 2)?),
        Holds::Hours => Value::Int(number::parse_duration_minutes(text)?),
        Holds::Cents => Value::Int(number::parse_cents(text)?),
        Holds::Bool => Value::Bool(number::parse_bool(text)?),
        Holds::List(list) => {
            let wanted = wording::fold(text);
            let fits = |i: &usize| {
                [list.codes[*i], list.label(*i, Lang::Fr), list.label(*i, Lang::En)]
                    .iter()
                    .any(|w| wording::fold(w) == wanted)
            };
            let Some(position) = (0..list.codes.len()).find(fits) else {
                let codes = list.codes.join(", ");
                let what = crate::text!("valeur inconnue", "unknown value");
                return Err(Wrong { what, right: Some(crate::text!("un de : {codes}", "one of: {codes}")) });
            };
            Value::Code(list.codes[position])
        }
    };
    Ok(Some(value))
}
