//! Telephone numbers as people write them, made one form to store.

use super::refusal::Refusal;
use crate::domain::folding::{is_bidi, is_invisible, shown};
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;
    use proptest::prelude::*;

    #[test]
    fn every_spelling_of_a_number_is_stored_in_one_form() {
        for (typed, stored) in [
            ("0612345678", "0612345678"),
            ("06.12.34.56.78", "0612345678"),
            ("06-12-34-56-78 ", "0612345678"),
            ("06\u{a0}12 34 56 78", "0612345678"),
            ("\u{202a}06 12 34 56 78\u{202c}", "0612345678"),
            ("+33 6 12 34 56 78", "+33612345678"),
            ("+33 (0)6 12 34 56 78", "+33612345678"),
            ("0033612345678", "+33612345678"),
            ("+44 7911 123456", "+447911123456"),
        ] {
            assert_eq!(parse_phone(typed).as_deref(), Ok(stored), "{typed}");
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

    proptest! {
        #[test]
        fn what_is_stored_is_read_back(text in any::<String>(), near in "(0[1-9][0-9]{8}|\\+[1-9][0-9]{6,14})") {
            for text in [text, near] {
                if let Ok(stored) = parse_phone(&text) {
                    prop_assert_eq!(parse_phone(&stored), Ok(stored));
                }
            }
        }
    }
}
