//! French spacing, and a value with its unit.

use crate::domain::Lang;
use std::borrow::Cow;

const NBSP: char = '\u{a0}';
const THIN: char = '\u{202f}';

/// A sentence with the spaces that French typography binds to its signs; English is left alone.
pub(super) fn typeset(text: &str, lang: Lang) -> Cow<'_, str> {
    if lang == Lang::En || !text.contains([':', ';', '?', '!', '%', '«', '»']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        out.push(match (before, c, chars.peek()) {
            ('«', ' ', _) | (_, ' ', Some(':' | '»')) => NBSP,
            (_, ' ', Some(';' | '?' | '!' | '%')) => THIN,
            _ => c,
        });
        before = c;
    }
    Cow::Owned(out)
}

/// A printed number with the word or sign of its unit; absent and masked values take none.
pub(super) fn with_unit(shown: &str, unit: &str, lang: Lang) -> String {
    if matches!(shown, "c" | "—" | "") {
        return shown.to_owned();
    }
    let word = match (unit, lang) {
        ("%", Lang::En) => return format!("{shown}%"),
        ("%", Lang::Fr) => return format!("{shown}{THIN}%"),
        ("years", Lang::Fr) => "ans",
        ("hours", _) => "h",
        ("days", Lang::Fr) => "j",
        ("half_days", Lang::Fr) => "demi-journées",
        ("half_days", Lang::En) => "half-days",
        ("years" | "days", Lang::En) => unit,
        _ => return shown.to_owned(),
    };
    format!("{shown}{NBSP}{word}")
}

/// The first characters of a label that must stay on one line, with `…` when some are left out.
pub(super) fn cut(label: &str, most: usize) -> String {
    if label.chars().count() <= most {
        return label.to_owned();
    }
    let kept: String = label.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_signs_keep_the_word_before_them() {
        assert_eq!(
            typeset("a : b ; c ? « d » 5 %", Lang::Fr),
            "a\u{a0}: b\u{202f}; c\u{202f}? «\u{a0}d\u{a0}» 5\u{202f}%"
        );
        assert_eq!(typeset("12:30; no", Lang::Fr), "12:30; no");
        assert_eq!(typeset("a : b", Lang::En), "a : b");
    }

    #[test]
    fn a_masked_or_absent_value_has_no_unit() {
        assert_eq!(with_unit("94,2", "%", Lang::Fr), "94,2\u{202f}%");
        assert_eq!(with_unit("94.2", "%", Lang::En), "94.2%");
        assert_eq!(with_unit("c", "%", Lang::Fr), "c");
        assert_eq!(with_unit("—", "hours", Lang::Fr), "—");
        assert_eq!(with_unit("12", "people", Lang::Fr), "12");
    }

    #[test]
    fn a_long_label_ends_in_dots() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcd ef", 6), "abcd…");
    }
}
