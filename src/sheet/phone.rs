//! Phone numbers in spaced groups, so that no spreadsheet takes them for a number and drops the leading zero.

use std::borrow::Cow;

/// `0612345678` becomes `06 12 34 56 78`; only spaces change, and what is not plainly one number stays as it is.
pub fn spaced(raw: &str) -> Cow<'_, str> {
    let compact: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = compact.strip_prefix('+').unwrap_or(&compact);
    if digits.len() < 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return raw.into();
    }
    let (prefix, rest) = match compact.strip_prefix("+33") {
        Some(national) if national.len() == 9 => (format!("+33 {} ", &national[..1]), &national[1..]),
        _ if compact.starts_with('+') => ("+".to_owned(), digits),
        _ => (String::new(), digits),
    };
    (prefix + &pairs(rest)).into()
}

fn pairs(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 3 / 2);
    for (at, digit) in digits.char_indices() {
        if at > 0 && at % 2 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, shown: &str) {
        assert_eq!(spaced(raw), shown);
    }

    #[test]
    fn french_numbers_are_written_in_pairs() {
        check("0612345678", "06 12 34 56 78");
        check("06 12 34 56 78", "06 12 34 56 78");
        check("+33612345678", "+33 6 12 34 56 78");
    }

    #[test]
    fn foreign_and_short_numbers_keep_their_digits() {
        check("+41221234567", "+41 22 12 34 56 7");
        check("0033612345678", "00 33 61 23 45 67 8");
        check("3949", "39 49");
    }

    #[test]
    fn what_is_not_one_number_stays_as_it_was_typed() {
        for raw in ["06.12.34.56.78", "poste 12", "15", "", "06 12 34 56 78 / 07", "٠٦١٢"] {
            check(raw, raw);
        }
    }
}
