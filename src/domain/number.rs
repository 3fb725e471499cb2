//! Numbers as people and spreadsheets write them, read exactly as integers, and the one rounding rule.

use super::refusal::Refusal;
use crate::domain::folding::{fold, shown};
use crate::text;

/// A number as an integer of `scale` decimals: `parse_decimal("1 234,5", 2)` is 123450.
///
/// Accepts a decimal comma or point and groups of three digits; what could be read two ways is refused with both.
pub fn parse_decimal(text: &str, scale: u8) -> Result<i64, Refusal> {
    let typed = text.trim();
    let (negative, digits) = match typed.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, typed),
    };
    let (whole, decimals) = split_decimals(typed, digits)?;
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > usize::from(scale) {
        return Err(too_many_decimals(typed, scale));
    }
    let mut value: i64 = 0;
    let padding = std::iter::repeat_n('0', usize::from(scale) - decimals.len());
    for c in whole.chars().chain(decimals.chars()).chain(padding) {
        let digit = i64::from(c.to_digit(10).unwrap_or(0));
        value = value.checked_mul(10).and_then(|v| v.checked_add(digit)).ok_or_else(|| too_big(typed))?;
    }
    Ok(if negative { -value } else { value })
}

/// A whole number.
pub fn parse_int(text: &str) -> Result<i64, Refusal> {
    parse_decimal(text, 0)
}

/// An amount of money in cents; a euro sign may follow.
pub fn parse_cents(text: &str) -> Result<i64, Refusal> {
    let amount = text.trim();
    let bare = ["€", "EUR", "eur"].iter().find_map(|unit| amount.strip_suffix(unit));
    parse_decimal(bare.unwrap_or(amount), 2)
}

/// A duration in minutes: `3h30`, `3,5h`, `90min`; a bare number is hours.
pub fn parse_duration_minutes(text: &str) -> Result<i64, Refusal> {
    let folded = fold(text);
    let compact: String = folded.chars().filter(|c| *c != ' ').collect();
    let minutes = ["minutes", "minute", "min", "mn"].iter().find_map(|unit| compact.strip_suffix(unit));
    let cut = ["heures", "heure", "hours", "hour", "h", ":"].iter().find_map(|sign| compact.split_once(sign));
    match (cut, minutes) {
        (Some((hours, "")), None) if !compact.ends_with(':') => hours_in_minutes(text, hours),
        (Some((hours, after)), _) => hours_and_minutes(text, hours, minutes_after(after)),
        (None, Some(minutes)) => whole(minutes, 6).ok_or_else(|| no_duration(text)),
        (None, None) => hours_in_minutes(text, &folded),
    }
}

/// A mark and what it is out of, both in hundredths: `13,5/20` is (1350, 2000).
pub fn parse_mark(text: &str) -> Result<(i64, i64), Refusal> {
    let typed = shown(text.trim());
    let Some((mark, out_of)) = text.split_once('/') else {
        return Err(Refusal::usage(text!("« {typed} » n'est pas une note", "“{typed}” is not a mark"))
            .hint(text!("tapez la note et son maximum : 14/20", "type the mark and its maximum: 14/20")));
    };
    let (mark, out_of) = (parse_decimal(mark, 2)?, parse_decimal(out_of, 2)?);
    if out_of <= 0 || mark < 0 || mark > out_of {
        return Err(Refusal::usage(text!("la note {typed} est impossible", "the mark {typed} is impossible"))
            .hint(text!("une note va de 0 à son maximum : 14/20", "a mark goes from 0 to its maximum: 14/20")));
    }
    Ok((mark, out_of))
}

/// Yes or no, as people write it in cells: oui/non, yes/no, true/false, vrai/faux, 1/0, x.
pub fn parse_bool(text: &str) -> Result<bool, Refusal> {
    match fold(text).as_str() {
        "oui" | "o" | "yes" | "y" | "true" | "vrai" | "1" | "x" => Ok(true),
        "non" | "n" | "no" | "false" | "faux" | "0" => Ok(false),
        _ => {
            let typed = shown(text.trim());
            Err(Refusal::usage(text!("« {typed} » n'est ni oui ni non", "“{typed}” is neither yes nor no"))
                .hint(text!("tapez oui ou non", "type yes or no")))
        }
    }
}

/// The quotient rounded half away from zero; the divisor is never 0 (0 is the answer if it is).
pub fn round_div(num: i64, den: i64) -> i64 {
    rounded(i128::from(num), i128::from(den)).unwrap_or(0)
}

/// A percentage in tenths of a percent, half away from zero; `None` when the base is empty or below zero.
pub fn percent_tenths(num: i64, den: i64) -> Option<i64> {
    tenths_of(i128::from(num) * 100, den)
}

/// A mean in tenths, half away from zero; `None` when the base is empty or below zero.
pub fn mean_tenths(num: i64, den: i64) -> Option<i64> {
    tenths_of(i128::from(num), den)
}

/// A quotient in tenths. A base below zero is a mistake of its records: no figure is safer than one of the wrong sign.
fn tenths_of(num: i128, den: i64) -> Option<i64> {
    if den > 0 { rounded(num * 10, i128::from(den)) } else { None }
}

fn rounded(num: i128, den: i128) -> Option<i64> {
    if den == 0 {
        return None;
    }
    let half_up = (num.abs() * 2 + den.abs()) / (den.abs() * 2);
    let signed = if (num < 0) == (den < 0) { half_up } else { -half_up };
    Some(i64::try_from(signed).unwrap_or(if signed < 0 { i64::MIN } else { i64::MAX }))
}

/// The digits before and after the decimal sign, or why it can't be told which sign that is.
fn split_decimals(typed: &str, digits: &str) -> Result<(String, String), Refusal> {
    let blanks = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let commas = digits.matches(',').count();
    let points = digits.matches('.').count();
    let has_blanks = digits.contains(blanks);
    let (decimal, group): (Option<char>, Option<char>) = match (commas, points) {
        (0, 0) => (None, None),
        (1, 0) => (Some(','), None),
        (0, 1) => (Some('.'), None),
        (_, 0) if !has_blanks => (None, Some(',')),
        (0, _) if !has_blanks => (None, Some('.')),
        (1, _) if !has_blanks && digits.rfind(',') > digits.rfind('.') => (Some(','), Some('.')),
        (_, 1) if !has_blanks && digits.rfind('.') > digits.rfind(',') => (Some('.'), Some(',')),
        _ => return Err(no_number(typed)),
    };
    let (whole, decimals) = match decimal.and_then(|sign| digits.rsplit_once(sign)) {
        Some((_, "")) => return Err(no_number(typed)),
        Some((whole, decimals)) => (whole, decimals),
        None => (digits, ""),
    };
    let whole = if has_blanks { ungrouped(whole, blanks) } else { ungrouped(whole, |c| Some(c) == group) };
    let whole = whole.ok_or_else(|| no_number(typed))?;
    if !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return Err(no_number(typed));
    }
    let could_be_group = decimals.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if could_be_group && !has_blanks && group.is_none() {
        return Err(two_readings(typed, &whole, decimals));
    }
    Ok((whole, decimals.to_owned()))
}

/// The digits of a whole part without its signs between groups; only the first group may be short.
fn ungrouped(whole: &str, sign: impl Fn(char) -> bool) -> Option<String> {
    let groups: Vec<&str> = whole.split(sign).collect();
    let digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    let threes = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    (digits && threes).then(|| groups.concat())
}

fn whole(digits: &str, longest: usize) -> Option<i64> {
    let plain = !digits.is_empty() && digits.len() <= longest && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

fn minutes_after(after: &str) -> &str {
    ["minutes", "minute", "min", "mn", "m"].iter().find_map(|unit| after.strip_suffix(unit)).unwrap_or(after)
}

fn hours_and_minutes(text: &str, hours: &str, minutes: &str) -> Result<i64, Refusal> {
    let (Some(h), Some(m)) = (whole(hours, 4), whole(minutes, 2)) else {
        return Err(no_duration(text));
    };
    if minutes.len() == 2 && m < 60 {
        return Ok(h * 60 + m);
    }
    let typed = shown(text.trim());
    let refusal = Refusal::usage(text!("« {typed} » n'est pas une durée", "“{typed}” is not a duration"));
    if m < 60 {
        return Err(refusal.hint(text!("minutes sur 2 chiffres : {h}h{m:02} ?", "minutes in 2 digits: {h}h{m:02}?")));
    }
    Err(refusal.why(text!("{m} minutes : de 00 à 59", "{m} minutes: from 00 to 59")))
}

/// Hours with decimals; a duration that is not a whole number of minutes is refused with its neighbour.
fn hours_in_minutes(text: &str, hours: &str) -> Result<i64, Refusal> {
    const SCALE: u8 = 6;
    let millionths = parse_decimal(hours, SCALE).map_err(|refusal| match refusal.why {
        Some(_) => refusal,
        None => no_duration(text),
    })?;
    if !(0..=9_999_000_000).contains(&millionths) {
        return Err(no_duration(text));
    }
    let minutes = round_div(millionths * 60, 1_000_000);
    if minutes * 1_000_000 == millionths * 60 {
        return Ok(minutes);
    }
    let (typed, h, m) = (shown(text.trim()), minutes / 60, minutes % 60);
    Err(Refusal::usage(text!(
        "« {typed} » ne tombe pas sur une minute entière",
        "“{typed}” is not a whole number of minutes"
    ))
    .hint(text!("tapez {h}h{m:02}", "type {h}h{m:02}")))
}

fn no_number(typed: &str) -> Refusal {
    let typed = shown(typed);
    Refusal::usage(text!("« {typed} » n'est pas un nombre", "“{typed}” is not a number"))
        .hint(text!("par exemple 1 234,5 ou 1234.5", "for instance 1 234,5 or 1234.5"))
}

fn no_duration(text: &str) -> Refusal {
    let typed = shown(text.trim());
    Refusal::usage(text!("« {typed} » n'est pas une durée", "“{typed}” is not a duration"))
        .hint(text!("par exemple 3h30, 3,5h ou 90min", "for instance 3h30, 3.5h or 90min"))
}

fn too_big(typed: &str) -> Refusal {
    let typed = shown(typed);
    Refusal::usage(text!("le nombre {typed} est trop grand", "the number {typed} is too big"))
}

fn too_many_decimals(typed: &str, scale: u8) -> Refusal {
    let typed = shown(typed);
    match scale {
        0 => Refusal::usage(text!("« {typed} » n'est pas un nombre entier", "“{typed}” is not a whole number")),
        1 => Refusal::usage(text!("« {typed} » : une décimale au plus", "“{typed}”: one decimal at most")),
        _ => Refusal::usage(text!("« {typed} » : {scale} décimales au plus", "“{typed}”: {scale} decimals at most")),
    }
}

fn two_readings(typed: &str, whole: &str, decimals: &str) -> Refusal {
    let typed = shown(typed);
    Refusal::usage(text!(
        "« {typed} » se lit de deux façons : {whole} {decimals} ou {whole},{decimals}0",
        "“{typed}” can be read two ways: {whole} {decimals} or {whole}.{decimals}0"
    ))
    .why(text!("le signe peut séparer les milliers ou les décimales", "the sign may separate thousands or decimals"))
    .hint(text!(
        "tapez l'une des deux : {whole}{decimals} ou {whole},{decimals}0",
        "type one of them: {whole}{decimals} or {whole}.{decimals}0"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, scale: u8, value: i64) {
        assert_eq!(parse_decimal(text, scale), Ok(value), "{text}");
    }

    #[track_caller]
    fn refused<T: std::fmt::Debug>(result: Result<T, Refusal>, words: &str) {
        let said = result.expect_err(words).lines(Lang::Fr).join("\n");
        assert!(said.contains(words), "{said}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("1 234,5", 1, 12345);
        check("1234.5", 2, 123450);
        check("1\u{202f}234,5", 1, 12345);
        check("1\u{a0}234\u{a0}567,89", 2, 123456789);
        check(" -5,5 ", 1, -55);
        check("\u{2212}2", 0, -2);
        check("0,234", 3, 234);
        check("0.5", 2, 50);
        check("1234,567", 3, 1234567);
        check("1 234,567", 3, 1234567);
        check("1.234,5", 1, 12345);
        check("1,234.5", 1, 12345);
        check("1.234.567", 0, 1234567);
        check("1,2340", 3, 1234);
        check("12,50", 1, 125);
        check("007", 0, 7);
        check("9223372036854775807", 0, i64::MAX);
    }

    #[test]
    fn a_number_with_two_readings_is_refused_with_both() {
        refused(parse_decimal("1.234", 3), "1 234 ou 1,2340");
        refused(parse_decimal("1,234", 0), "1 234 ou 1,2340");
        refused(parse_decimal("-12,500", 2), "12 500 ou 12,5000");
        refused(parse_decimal("123.000", 2), "123 000 ou 123,0000");
        // What the hint proposes is understood.
        check("12500", 2, 1250000);
        check("12,5000", 2, 1250);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in [
            "",
            " ",
            "-",
            ",",
            "5,",
            ",5",
            ".",
            "--5",
            "+5",
            "1 23",
            "12 34,5",
            "1234 567",
            "1  234",
            "1,2,3",
            "1.2.3",
            "1,234,5",
            "1.2,34",
            "1 234.567,8",
            "1 234 ,5",
            "5 -",
            "1e5",
            "٣",
            "0x1F",
            "½",
            "abc",
            "1'234",
            "1 234,5 678",
            "NaN",
            "inf",
            "1_000",
            ",234,567",
        ] {
            refused(parse_decimal(bad, 3), "n'est pas un nombre");
        }
        refused(parse_decimal("1,25", 1), "une décimale au plus");
        refused(parse_decimal("1,2555", 2), "2 décimales au plus");
        refused(parse_int("2,5"), "nombre entier");
        refused(parse_int("9223372036854775808"), "trop grand");
        refused(parse_decimal("9223372036854775807", 1), "trop grand");
        refused(parse_int(&"9".repeat(100_000)), "trop grand");
    }

    #[test]
    fn money_is_counted_in_cents() {
        assert_eq!(parse_cents("1 234,50 €"), Ok(123450));
        assert_eq!(parse_cents("12 EUR"), Ok(1200));
        assert_eq!(parse_cents("-0,05"), Ok(-5));
        refused(parse_cents("€"), "n'est pas un nombre");
        refused(parse_cents("0,005"), "2 décimales");
    }

    #[test]
    fn durations_are_counted_in_minutes() {
        for (text, minutes) in [
            ("3h30", 210),
            ("3,5h", 210),
            ("3.5", 210),
            ("3 h 30", 210),
            ("3H30min", 210),
            ("3:30", 210),
            ("2h", 120),
            ("0h05", 5),
            ("90min", 90),
            ("90 minutes", 90),
            ("3 heures 30", 210),
            ("3 hours", 180),
            ("0,25 h", 15),
            ("1,1h", 66),
            ("0", 0),
        ] {
            assert_eq!(parse_duration_minutes(text), Ok(minutes), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for bad in
            ["", "h", "min", "h30", "3h-5", "-1h", "-3", "3h30h", "3,5h30", "abc", "3:", "99999h", "1,5min", "3j"]
        {
            refused(parse_duration_minutes(bad), "n'est pas une durée");
        }
        refused(parse_duration_minutes("3h5"), "3h05 ?");
        refused(parse_duration_minutes("3h60"), "de 00 à 59");
        refused(parse_duration_minutes("1,33h"), "tapez 1h20");
        refused(parse_duration_minutes("1,250h"), "1 250 ou 1,2500");
    }

    #[test]
    fn marks_are_read_with_their_maximum() {
        assert_eq!(parse_mark("14/20"), Ok((1400, 2000)));
        assert_eq!(parse_mark(" 13,5 / 20 "), Ok((1350, 2000)));
        assert_eq!(parse_mark("0/20"), Ok((0, 2000)));
        assert_eq!(parse_mark("20/20"), Ok((2000, 2000)));
        refused(parse_mark("14"), "14/20");
        for bad in ["21/20", "-1/20", "0/0", "5/-5"] {
            refused(parse_mark(bad), "impossible");
        }
        refused(parse_mark("14/"), "n'est pas un nombre");
        refused(parse_mark("14/20/2"), "n'est pas un nombre");
    }

    #[test]
    fn yes_and_no_are_read_in_both_languages() {
        for yes in ["oui", "Oui", "O", "yes", "TRUE", "vrai", "1", "x", "X "] {
            assert_eq!(parse_bool(yes), Ok(true), "{yes}");
        }
        for no in ["non", "NON", "n", "no", "false", "Faux", "0"] {
            assert_eq!(parse_bool(no), Ok(false), "{no}");
        }
        for neither in ["", "2", "ou", "peut-être"] {
            refused(parse_bool(neither), "ni oui ni non");
        }
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        for (num, den, quotient) in [
            (5, 2, 3),
            (-5, 2, -3),
            (5, -2, -3),
            (4, 3, 1),
            (-4, 3, -1),
            (0, 7, 0),
            (7, 0, 0),
            (i64::MIN, -1, i64::MAX),
        ] {
            assert_eq!(round_div(num, den), quotient, "{num}/{den}");
        }
        assert_eq!(percent_tenths(1, 3), Some(333));
        assert_eq!(percent_tenths(2, 3), Some(667));
        assert_eq!(percent_tenths(1, 16), Some(63));
        assert_eq!(percent_tenths(-1, 16), Some(-63));
        assert_eq!(percent_tenths(5, 5), Some(1000));
    }

    #[test]
    fn a_base_of_nothing_or_below_gives_no_figure() {
        for (num, den) in [(0, 0), (5, 0), (5, -2), (-5, -2), (i64::MAX, i64::MIN)] {
            assert_eq!((percent_tenths(num, den), mean_tenths(num, den)), (None, None), "{num}/{den}");
        }
        for (num, den, percent, mean) in [(0, 7, 0, 0), (41, 2, 20_500, 205), (-1, 16, -63, -1), (1, 3, 333, 3)] {
            assert_eq!((percent_tenths(num, den), mean_tenths(num, den)), (Some(percent), Some(mean)), "{num}/{den}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_number_panic(text in any::<String>(), scale in 0u8..20) {
            let _ = (parse_decimal(&text, scale), parse_cents(&text), parse_duration_minutes(&text), parse_mark(&text));
        }

        #[test]
        fn no_near_number_panics(text in "[-0-9 .,/hmin:€\u{a0}]{0,24}", scale in 0u8..20) {
            let _ = (parse_decimal(&text, scale), parse_cents(&text), parse_duration_minutes(&text), parse_mark(&text));
        }

        #[test]
        fn every_amount_is_read_back(cents in -10_000_000_000i64..10_000_000_000) {
            let sign = if cents < 0 { "-" } else { "" };
            let (euros, rest) = (cents.abs() / 100, cents.abs() % 100);
            prop_assert_eq!(parse_cents(&format!("{sign}{euros},{rest:02}")), Ok(cents));
            prop_assert_eq!(parse_cents(&format!("{sign}{euros}.{rest:02}")), Ok(cents));
        }

        #[test]
        fn every_duration_is_read_back(minutes in 0i64..100_000) {
            prop_assert_eq!(parse_duration_minutes(&format!("{}h{:02}", minutes / 60, minutes % 60)), Ok(minutes));
        }

        #[test]
        fn rounding_is_never_more_than_a_half_away(num in any::<i32>(), den in any::<i32>()) {
            prop_assume!(den != 0);
            let (num, den) = (i64::from(num), i64::from(den));
            prop_assert!((round_div(num, den) * den - num).abs() * 2 <= den.abs());
        }
    }
}
