//! Rules of the help given to trainees: no end before its beginning, no sum of nothing.

use super::Check;
use crate::domain::kind::{FieldAt, aid, context, instalment, licence, loan, obstacle, opening, staff};
use crate::domain::{Kind, Record};
use crate::ops::request::spoken;
use crate::text;

/// Days of one record that come in this order.
const ORDERED: &[(FieldAt, FieldAt)] = &[
    (staff::FROM, staff::TO),
    (obstacle::SINCE, obstacle::LIFTED_ON),
    (opening::OPENED, opening::CLOSED),
    (loan::GIVEN, loan::DUE),
    (loan::GIVEN, loan::RETURNED),
];

/// An end is not before its beginning.
pub fn ordered(new: &Record, check: &mut Check) {
    for (first, last) in ORDERED.iter().filter(|(first, _)| first.kind == new.kind) {
        if let (Some(from), Some(to)) = (new.date(*first), new.date(*last))
            && to < from
        {
            let name = first.text();
            check.refuse(
                *last,
                to.to_string(),
                text!("ce jour précède « {name} » ({from})", "this day is before “{name}” ({from})"; name, from),
            );
        }
    }
}

/// A sum is more than nothing, and a figure of the territory is not negative.
pub fn sums(new: &Record, check: &mut Check) {
    let (field, least) = match new.kind {
        Kind::Aids => (aid::AMOUNT, 1),
        Kind::Loans => (loan::VALUE, 0),
        Kind::Context => (context::VALUE, 0),
        Kind::Licence => (licence::COST, 0),
        Kind::Instalments => (instalment::AMOUNT, 0),
        _ => return,
    };
    if new.int(field).is_some_and(|n| n < least) {
        let value = spoken(&field, new.get(field)).en.into_owned();
        check.refuse(field, value, text!("un nombre positif est attendu", "a positive number is expected"));
    }
}
