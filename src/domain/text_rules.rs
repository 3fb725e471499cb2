//! What may be recorded as text: cleaned at entry, or refused with the character that is in the way.

use super::refusal::Refusal;
use crate::domain::folding::{ZERO_WIDTH_JOINER, is_bidi, is_invisible, joins_pictures, shown};
use crate::domain::text::Text;
use crate::text;
use unicode_normalization::UnicodeNormalization;

/// Longest note, in characters.
pub const NOTE_MAX: usize = 20_000;
/// Longest text on one line, in characters.
pub const LINE_MAX: usize = 1_000;
/// Longest name, in characters.
pub const NAME_MAX: usize = 200;
/// Longest code, in characters.
pub const CODE_MAX: usize = 64;

/// The name of a person, a company, a place: one line that no spreadsheet takes for a formula.
pub fn clean_name(text: &str) -> Result<String, Refusal> {
    let name = clean(text, Lines::One, NAME_MAX)?;
    // Somebody with a single name has a dash for the other.
    if name != "-" {
        refuse_formula(&name)?;
    }
    Ok(name)
}

/// Other text on one line: a title, an address, a label.
pub fn clean_line(text: &str) -> Result<String, Refusal> {
    clean(text, Lines::One, LINE_MAX)
}

/// Free text over several lines; every kind of line break is kept as `\n`.
pub fn clean_note(text: &str) -> Result<String, Refusal> {
    clean(text, Lines::Several, NOTE_MAX)
}

/// A code: of a cohort, a module, a certificate, a funder, a grant.
pub fn clean_code(text: &str) -> Result<String, Refusal> {
    let code = clean(text, Lines::One, CODE_MAX)?;
    refuse_formula(&code)?;
    // `*` is the row over all cohorts, `,` cuts lists, `..` makes a range.
    if code.contains(['*', ',', ';']) || code.contains("..") {
        let code = shown(&code);
        return Err(Refusal::data(text!("« {code} » ne peut pas être un code", "“{code}” can't be a code")).hint(
            text!("un code n'a ni « * », ni « , », ni « ; », ni « .. »", "a code has no “*”, “,”, “;” nor “..”"),
        ));
    }
    Ok(code)
}

/// A time of the day as `09:00`; `9h`, `9h30` and `9:30` are read too.
pub fn time(text: &str) -> Option<String> {
    let plain = text.trim().to_lowercase().replace(['h', '.'], ":");
    let (hours, minutes) = plain.split_once(':').unwrap_or((&plain, ""));
    let number = |text: &str| match text.trim() {
        "" => Some(0),
        digits if digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse::<u8>().ok(),
        _ => None,
    };
    let hours = number(hours).filter(|n| *n < 24 && !hours.trim().is_empty())?;
    let minutes = number(minutes).filter(|n| *n < 60)?;
    Some(format!("{hours:02}:{minutes:02}"))
}

/// Two times of the day in their order, as `09:00-12:30`.
pub fn times(text: &str) -> Option<String> {
    let (from, to) = text.split_once(['-', '–'])?;
    let (from, to) = (time(from)?, time(to)?);
    (from < to).then(|| format!("{from}-{to}"))
}

/// The 14 digits of a SIRET without its blanks; nothing where they do not fit each other (Luhn, and the sum of the digits
/// for the post offices of La Poste).
pub fn siret(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value = |(at, byte): (usize, u8)| {
        let digit = u32::from(byte - b'0');
        if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
    };
    let luhn: u32 = digits.bytes().enumerate().map(value).sum();
    let plain: u32 = digits.bytes().map(|byte| u32::from(byte - b'0')).sum();
    let fits = luhn.is_multiple_of(10) || digits.starts_with("356000000") && plain.is_multiple_of(5);
    fits.then_some(digits)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Several,
}

fn clean(text: &str, lines: Lines, max: usize) -> Result<String, Refusal> {
    // Before anything else is made of it: a text of some megabytes costs no more than this.
    if text.len() > max * 16 {
        return Err(too_long(max));
    }
    let text = if lines == Lines::Several { one_kind_of_break(text) } else { text.to_owned() };
    let cleaned: String = text.trim().nfc().collect();
    refuse_characters(&cleaned, lines)?;
    if cleaned.is_empty() {
        return Err(Refusal::data(text!("le texte est vide", "the text is empty")));
    }
    if cleaned.chars().count() > max {
        return Err(too_long(max));
    }
    if has_social_security_number(&cleaned) {
        return Err(Refusal::data(text!(
            "le texte contient un numéro de sécurité sociale : il n'est pas enregistré",
            "the text holds a social-security number: it is not recorded"
        ))
        .hint(text!("retirez ce numéro et recommencez", "take the number out and try again")));
    }
    Ok(cleaned)
}

fn too_long(max: usize) -> Refusal {
    Refusal::data(text!(
        "le texte est trop long ({max} caractères au plus)",
        "the text is too long ({max} characters at most)"
    ))
}

fn one_kind_of_break(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], "\n")
}

fn refuse_characters(text: &str, lines: Lines) -> Result<(), Refusal> {
    let mut before = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|(_, c)| *c);
        let kind = match c {
            '\n' | '\t' if lines == Lines::Several => None,
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(text!("un saut de ligne", "a line break")),
            '\t' => Some(text!("une tabulation", "a tab")),
            c if c.is_control() => Some(text!("un caractère de commande", "a control character")),
            c if is_bidi(c) => {
                Some(text!("un caractère qui inverse le sens du texte", "a character that reverses the text"))
            }
            ZERO_WIDTH_JOINER if lines == Lines::Several && joins_pictures(before, next) => None,
            c if is_invisible(c) => Some(text!("un caractère invisible", "an invisible character")),
            _ => None,
        };
        if let Some(kind) = kind {
            return Err(refused_character(kind, c, &text[..at]));
        }
        before = Some(c);
    }
    Ok(())
}

fn refused_character(kind: Text, c: char, before: &str) -> Refusal {
    let code = u32::from(c);
    let tail = before.char_indices().rev().nth(11).map_or(before, |(at, _)| &before[at..]);
    let what = if tail.is_empty() {
        text!("le texte commence par {kind} (U+{code:04X})", "the text begins with {kind} (U+{code:04X})"; kind)
    } else {
        text!(
            "le texte contient {kind} (U+{code:04X}) après « {tail} »",
            "the text holds {kind} (U+{code:04X}) after “{tail}”";
            kind
        )
    };
    Refusal::data(what).hint(text!("retapez le texte sans ce caractère", "type the text again without that character"))
}

fn refuse_formula(text: &str) -> Result<(), Refusal> {
    let Some(first) = text.chars().next().filter(|c| "=+-@＝＋－＠".contains(*c)) else {
        return Ok(());
    };
    let text = shown(text);
    Err(Refusal::data(text!("« {text} » commence par « {first} »", "“{text}” begins with “{first}”"))
        .why(text!("un tableur le prendrait pour une formule", "a spreadsheet would take it for a formula"))
        .hint(text!("commencez par une lettre ou un chiffre", "begin with a letter or a digit")))
}

/// Whether a text holds a French social-security number (NIR): 13 digits, or 15 with the key, in that shape.
pub fn has_social_security_number(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let (groups, end) = digit_groups(&chars, at);
        if groups_hold_number(&groups, &chars[..at]) {
            return true;
        }
        at = end;
    }
    false
}

/// Groups of digits from `start` on, one or two separators apart, and where they end; A and B are digits after a 2.
fn digit_groups(chars: &[char], start: usize) -> (Vec<Vec<char>>, usize) {
    let digit = |at: usize| {
        let c = chars.get(at).copied()?.to_ascii_uppercase();
        let corsica = matches!(c, 'A' | 'B')
            && at > start
            && chars[at - 1] == '2'
            && chars.get(at + 1).is_none_or(|next| !next.is_alphabetic());
        (c.is_ascii_digit() || corsica).then_some(c)
    };
    let (mut groups, mut at) = (vec![Vec::new()], start);
    loop {
        while let Some(c) = digit(at) {
            groups.last_mut().into_iter().for_each(|group: &mut Vec<char>| group.push(c));
            at += 1;
        }
        let gap = chars[at..].iter().take(3).take_while(|c| is_separator(**c)).count();
        if gap == 0 || gap > 2 || !chars.get(at + gap).is_some_and(char::is_ascii_digit) {
            return (groups, at);
        }
        at += gap;
        groups.push(Vec::new());
    }
}

fn is_separator(c: char) -> bool {
    c == '.' || c == '-' || c == '\u{2011}' || (c.is_whitespace() && c != '\n')
}

fn groups_hold_number(groups: &[Vec<char>], before: &[char]) -> bool {
    let whole: Vec<char> = groups.concat();
    // A dialling prefix or the country of a bank account says what the digits are, unless the key proves otherwise.
    let labelled = before.last() == Some(&'+') || ends_with_country(before);
    if has_number_shape(&whole) && (!labelled || has_valid_key(&whole)) {
        return true;
    }
    // Among other numbers, only groups cut as such a number is written on its card.
    let cuts: [&[usize]; 5] = [&[1, 2, 2, 2, 3, 3, 2], &[1, 2, 2, 2, 3, 3], &[13, 2], &[13], &[15]];
    groups.len() > 1
        && !labelled
        && (0..groups.len()).any(|from| {
            cuts.iter().any(|cut| {
                let window = groups.get(from..from + cut.len()).unwrap_or(&[]);
                !window.is_empty()
                    && window.iter().map(Vec::len).eq(cut.iter().copied())
                    && has_number_shape(&window.concat())
            })
        })
}

fn ends_with_country(before: &[char]) -> bool {
    let letters = before.iter().rev().take_while(|c| c.is_alphabetic()).count();
    letters == 2 && before.iter().rev().take(2).all(char::is_ascii_uppercase)
}

/// Sex, year, month (or pseudo-month), department, commune, order, key if there is one.
fn has_number_shape(digits: &[char]) -> bool {
    if !matches!(digits.len(), 13 | 15) || !matches!(digits[0], '1' | '2') {
        return false;
    }
    let letters = digits.iter().filter(|c| c.is_ascii_alphabetic()).count();
    let two =
        |at: usize| digits[at].to_digit(10).zip(digits[at + 1].to_digit(10)).map(|(tens, units)| tens * 10 + units);
    let corsica = letters == 1 && digits[5] == '2' && digits[6].is_ascii_alphabetic();
    let month = two(3).is_some_and(|month| matches!(month, 1..=12 | 20..=42 | 50..=99));
    let key = digits.len() == 13 || two(13).is_some_and(|key| (1..=97).contains(&key));
    month && key && (corsica || (letters == 0 && two(5).is_some_and(|department| department >= 1)))
}

fn has_valid_key(digits: &[char]) -> bool {
    if digits.len() != 15 {
        return false;
    }
    // Corsica counts as 19 (2A) or 18 (2B) in the key.
    let number: String = digits[..13].iter().collect::<String>().replace("2A", "19").replace("2B", "18");
    let key: String = digits[13..].iter().collect();
    matches!((number.parse::<u64>(), key.parse::<u64>()), (Ok(number), Ok(key)) if 97 - number % 97 == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;
    use proptest::prelude::*;

    #[track_caller]
    fn refused(result: Result<String, Refusal>, words: &str) {
        let refusal = result.expect_err(words);
        let said = refusal.lines(Lang::Fr).join("\n");
        assert!(said.contains(words), "{said}");
    }

    #[test]
    fn names_are_stored_in_one_form() {
        assert_eq!(clean_name(" \u{a0}Jose\u{301}\t\n").unwrap(), "José");
        assert_eq!(clean_name("'t Hooft").unwrap(), "'t Hooft");
        assert_eq!(clean_name("Jean-Noël O’Brien").unwrap(), "Jean-Noël O’Brien");
        assert_eq!(clean_name(&format!("Z{}", "\u{307}".repeat(199))).unwrap().chars().count(), 199);
    }

    #[test]
    fn a_name_of_blanks_is_empty() {
        for blank in ["", " ", "\t", "\n", "\u{a0}", "\u{202f}\u{3000}", "\r\n"] {
            refused(clean_name(blank), "le texte est vide");
        }
    }

    #[test]
    fn hidden_characters_are_named_with_the_place_where_they_hide() {
        refused(clean_name("Jo\u{200b}sé"), "un caractère invisible (U+200B) après « Jo »");
        refused(clean_name("\u{200b}\u{200d}"), "commence par un caractère invisible (U+200B)");
        refused(clean_name("a\u{202e}b"), "inverse le sens du texte (U+202E)");
        refused(clean_name("a\nb"), "un saut de ligne (U+000A)");
        refused(clean_name("a\u{2028}b"), "un saut de ligne (U+2028)");
        refused(clean_name("a\tb"), "une tabulation");
        refused(clean_name("a\0b"), "un caractère de commande (U+0000)");
        refused(clean_name("a\u{9b}b"), "un caractère de commande (U+009B)");
        refused(clean_line("a\u{feff}b"), "un caractère invisible (U+FEFF)");
        refused(clean_note("a\u{2066}b"), "inverse le sens");
        refused(clean_note("a\u{200d}b"), "un caractère invisible (U+200D)");
    }

    #[test]
    fn a_name_or_code_never_starts_like_a_formula() {
        for start in ["=", "+", "-", "@", "＝", "＠"] {
            refused(clean_name(&format!(" {start}1+1")), "commence par");
            refused(clean_code(&format!("{start}P1")), "commence par");
        }
        assert_eq!(clean_line("-5 °C = froid").unwrap(), "-5 °C = froid");
    }

    #[test]
    fn notes_keep_their_lines_and_pictures() {
        assert_eq!(clean_note("a\r\nb\rc\u{2028}d\te\n").unwrap(), "a\nb\nc\nd\te");
        assert_eq!(clean_note("👩\u{200d}👧 ici").unwrap(), "👩\u{200d}👧 ici");
    }

    #[test]
    fn lengths_are_limited_in_characters() {
        assert!(clean_note(&"é".repeat(NOTE_MAX)).is_ok());
        refused(clean_note(&"é".repeat(NOTE_MAX + 1)), "20000 caractères au plus");
        refused(clean_note(&"x".repeat(10_000_000)), "trop long");
        assert!(clean_name(&"a".repeat(NAME_MAX)).is_ok());
        refused(clean_name(&"a".repeat(NAME_MAX + 1)), "trop long");
    }

    #[test]
    fn codes_have_no_sign_that_means_something_else() {
        for good in ["ROM-2018-11", "P1", "FR_é.1", "Été 2019", "H0/B0"] {
            assert_eq!(clean_code(&format!(" {good} ")).unwrap(), good);
        }
        for bad in ["*", "P1,P2", "../x", "P1..P2", "a;b"] {
            refused(clean_code(bad), "ne peut pas être un code");
        }
    }

    #[test]
    fn social_security_numbers_are_seen() {
        for number in [
            "1850578006084",
            "185057800608436",
            "1 85 05 78 006 084 36",
            "1 85 05 78 006 084",
            "2.85.05.78.006.084.36",
            "1-85-05-78-006-084-36",
            "2 99 05 2A 006 084",
            "299052b006084",
            "1 85 33 99 006 084",
            "NIR:185057800608436.",
            "tél 06 12 34 56 78 1 85 05 78 006 084 36",
            "n°1850578006084 (carte)",
            "1\u{a0}85\u{a0}05\u{a0}78\u{a0}006\u{a0}084",
            "1 85 05 78 006 084 / 36",
        ] {
            assert!(has_social_security_number(number), "{number}");
            refused(clean_note(number), "numéro de sécurité sociale");
        }
    }

    #[test]
    fn other_numbers_are_no_social_security_numbers() {
        for other in [
            "",
            "06 12 34 56 78",
            "+33 6 12 34 56 78",
            "0033612345678",
            "+234 803 123 4567",
            "FR76 3000 6000 0112 3456 7890 189",
            "FR7630006000011234567890189",
            "NO12 1850 5780 060",
            "185057800608",
            "18505780060843",
            "3850578006084",
            "1851378006084",
            "1854378006084",
            "1854578006084",
            "1850500006084",
            "123 456 789 00012",
            "2018-11-05 06 12 34 56 78",
            "05/11/2018 14/20 26000",
            "du 2018-11-05 au 2018-12-05",
        ] {
            assert!(!has_social_security_number(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            for clean in [clean_name, clean_line, clean_note, clean_code] {
                if let Ok(once) = clean(&text) {
                    prop_assert_eq!(clean(&once), Ok(once.clone()));
                }
            }
        }

        #[test]
        fn digits_with_anything_between_never_panic(text in "[12]?[0-9 .AB+-]{0,40}") {
            let _ = clean_note(&text);
        }
    }
}
