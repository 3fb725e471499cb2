//! Makes hostile characters visible: the one function through which every string goes before a terminal shows it.

use std::borrow::Cow;

/// Whether a character could drive the terminal, reorder or hide text: controls, bidi controls, zero width, line separators.
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// The same text on one line with every hostile character written out, such as `\u{1b}`; borrowed when there is none.
pub fn terminal(text: &str) -> Cow<'_, str> {
    escaped(text, is_hostile)
}

/// The same for a text of several lines made by the program: its line feeds stay. Escape each value with [`terminal`] first.
pub fn terminal_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c != '\n' && is_hostile(c))
}

fn escaped(text: &str, hostile: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hostile) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !hostile(c) => shown.push(c),
            '\n' | '\r' | '\t' => shown.extend(c.escape_default()),
            c => shown.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, shown: &str) {
        assert_eq!(terminal(raw), shown);
    }

    #[test]
    fn what_drives_a_terminal_is_written_out() {
        check("\x1b[31mrouge", r"\u{1b}[31mrouge");
        check("a\u{9b}31m", r"a\u{9b}31m");
        check("a\u{7f}\0", r"a\u{7f}\u{0}");
        check("un\r\ndeux\ttrois", r"un\r\ndeux\ttrois");
    }

    #[test]
    fn what_reorders_or_hides_text_is_written_out() {
        check("abc\u{202e}def\u{2069}", r"abc\u{202e}def\u{2069}");
        check("a\u{200b}b\u{200d}c\u{feff}", r"a\u{200b}b\u{200d}c\u{feff}");
        check("a\u{2028}b\u{2029}", r"a\u{2028}b\u{2029}");
    }

    #[test]
    fn names_and_french_spaces_are_left_alone() {
        for text in ["Ngô Thị Lan", "ele\u{301}onore", "12\u{202f}345,6\u{a0}%", "李小龙 🎓", r"C:\temp"] {
            assert!(matches!(terminal(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn lines_of_a_message_stay_lines() {
        assert_eq!(terminal_lines("un\ndeux\x07"), "un\ndeux\\u{7}");
    }
}
