//! Rules of every kind of record: what must be there, what no text may hold, between which days facts lie.

use super::Check;
use crate::domain::kind::{Days, Holds};
use crate::domain::text_rules;
use crate::domain::{Date, Record, Value};
use crate::text;

/// Checks what all kinds have in common.
pub fn common(new: &Record, today: Date, check: &mut Check) {
    mandatory(new, check);
    text_rules(new, check);
    window(new, today, check);
}

fn mandatory(new: &Record, check: &mut Check) {
    for (field, value) in new.kind.all_at().zip(&new.values) {
        if field.mandatory && value.is_none() && !matches!(field.holds, Holds::Bool) {
            let name = field.text();
            check.refuse(field, String::new(), text!("{name} manque", "{name} is missing"; name));
        }
    }
}

/// No text may hold a social-security number.
fn text_rules(new: &Record, check: &mut Check) {
    for (field, value) in new.kind.all_at().zip(&new.values) {
        let Some(Value::Text(text)) = value else { continue };
        if !matches!(field.holds, Holds::Phone) && text_rules::has_social_security_number(text) {
            check.refuse(
                field,
                String::new(),
                text!("ce texte contient un numéro de sécurité sociale", "this text holds a social-security number"),
            );
            if let Some(trouble) = check.troubles.last_mut() {
                trouble.right =
                    Some(text!("retirez-le : il n'est jamais enregistré", "take it out: it is never recorded"));
            }
        }
    }
}

/// Days of the programme lie from 2010 to five years from now; births, past statuses and expiries are wider.
fn window(new: &Record, today: Date, check: &mut Check) {
    let first = Date::new(2010, 1, 1).unwrap_or(Date::MIN);
    let last = today.plus_months(60);
    for (field, value) in new.kind.all_at().zip(&new.values) {
        let Some(Value::Date(date)) = value else { continue };
        if matches!(field.days, Days::AnyDone | Days::AnyAhead) {
            continue;
        }
        if *date < first || *date > last {
            check.refuse(
                field,
                date.to_string(),
                text!(
                    "date hors des limites : du {first} au {last}",
                    "date out of bounds: from {first} to {last}";
                    first, last
                ),
            );
        }
    }
}
