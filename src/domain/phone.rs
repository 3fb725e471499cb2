//! Telephone numbers: stored without blanks, shown in groups.

use super::refusal::Refusal;
use super::wording::{is_bidi, is_invisible, shown};
use crate::text;

/// A number as it is stored: `0612345678`, or `+33612345678` when it was given with its country.
///
/// Blanks, dots, dashes, brackets and the marks that telephones add when copying are taken off; `0033` is `+33`.
pub fn parse_phone(text: &str) -> Result<String, Refusal> {
    let ignored = |c: char| c.is_whitespace() || is_bidi(c) || is_invisible(c) || ".-/()\u{2010}\u{2011}".contains(c);
    let with_country = text.replace("(0)", "");
    let mut number: String = with_country.chars().filter(|c| !ignored(*c)).take(40).collect();
    if let Some(rest) = number.strip_prefix("00") {
        number = format!("+{rest}");
    }
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    let fits = if number.starts_with('+') {
        (7..=15).contains(&digits.len()) && !digits.starts_with('0') && fits_france(digits)
    } else {
        digits.len() == 10 && digits.starts_with('0') && !digits.starts_with("00")
    };
    if plain && fits {
        return Ok(number);
    }
    let typed = shown(text.trim());
    let refusal =
        Refusal::usage(text!("« {typed} » n'est pas un numéro de téléphone", "“{typed}” is not a phone number"));
    // A spreadsheet takes the leading zero off a number that it takes for a quantity.
    if plain && digits.len() == 9 && !number.starts_with('+') && !digits.starts_with('0') {
        return Err(refusal.hint(text!("il manque le zéro : 0{digits} ?", "the zero is missing: 0{digits}?")));
    }
    Err(refusal.hint(text!(
        "par exemple 06 12 34 56 78 ou +33 6 12 34 56 78",
        "for instance 06 12 34 56 78 or +33 6 12 34 56 78"
    )))
}

fn fits_france(digits: &str) -> bool {
    digits.strip_prefix("33").is_none_or(|rest| rest.len() == 9 && !rest.starts_with('0'))
}

/// A stored number in groups: `06 12 34 56 78`, `+33 6 12 34 56 78`; anything else is left as it is.
pub fn show_phone(stored: &str) -> String {
    let digits = stored.strip_prefix('+').unwrap_or(stored);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return stored.to_owned();
    }
    let (country, rest) = match (stored.strip_prefix("+33"), stored.strip_prefix('+')) {
        (Some(rest), _) => ("+33", rest),
        (None, Some(rest)) => ("+", rest),
        (None, None) => ("", stored),
    };
    // An odd number of digits has one digit (France) or three (elsewhere: a code of unknown length) in front.
    let first = match (rest.len() % 2, country) {
        (0, _) => 2,
        (_, "+33") => 1,
        _ => 3,
    };
    let (head, pairs) = rest.split_at(first.min(rest.len()));
    let mut shown = format!("{country}{}{head}", if country == "+33" { " " } else { "" });
    for (at, digit) in pairs.chars().enumerate() {
        if at % 2 == 0 {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::lang::Lang;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn french_numbers_are_grouped_for_display() {
        for (typed, stored, displayed) in [
            ("0612345678", "0612345678", "06 12 34 56 78"),
            ("06.12.34.56.78", "0612345678", "06 12 34 56 78"),
            ("06-12-34-56-78 ", "0612345678", "06 12 34 56 78"),
            ("06\u{a0}12 34 56 78", "0612345678", "06 12 34 56 78"),
            ("\u{202a}06 12 34 56 78\u{202c}", "0612345678", "06 12 34 56 78"),
            ("+33 6 12 34 56 78", "+33612345678", "+33 6 12 34 56 78"),
            ("+33 (0)6 12 34 56 78", "+33612345678", "+33 6 12 34 56 78"),
            ("0033612345678", "+33612345678", "+33 6 12 34 56 78"),
            ("+44 7911 123456", "+447911123456", "+44 79 11 12 34 56"),
            ("+32 470 12 34 56", "+32470123456", "+324 70 12 34 56"),
        ] {
            assert_eq!(parse_phone(typed).as_deref(), Ok(stored), "{typed}");
            assert_eq!(show_phone(stored), displayed);
            assert_eq!(parse_phone(displayed).as_deref(), Ok(stored), "{displayed}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in [
            "",
            "06",
            "06 12 34 56 7",
            "061234567890",
            "abc",
            "06 12 34 56 7x",
            "+",
            "+0612345678",
            "+33 06 12 34 56 78",
            "1612345678",
            "06+12345678",
        ] {
            assert!(parse_phone(bad).is_err(), "{bad}");
        }
        let lost_zero = parse_phone("612345678").unwrap_err();
        assert!(lost_zero.lines(Lang::Fr).join(" ").contains("0612345678 ?"));
    }

    #[test]
    fn what_is_not_a_number_is_shown_as_it_is() {
        assert_eq!(show_phone("poste 12"), "poste 12");
        assert_eq!(show_phone(""), "");
        assert_eq!(show_phone("+"), "+");
        assert_eq!(show_phone("1"), "1");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_phone_number_panic(text in any::<String>()) {
            let _ = show_phone(&text);
            if let Ok(stored) = parse_phone(&text) {
                prop_assert_eq!(parse_phone(&show_phone(&stored)), Ok(stored));
            }
        }

        #[test]
        fn every_number_is_read_back(text in "(0[1-9][0-9]{8}|\\+[1-9][0-9]{6,14})") {
            if let Ok(stored) = parse_phone(&text) {
                prop_assert_eq!(parse_phone(&show_phone(&stored)), Ok(stored));
            }
        }
    }
}
