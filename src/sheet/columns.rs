//! Columns of a screen: how many a text takes, padding and cutting to some of them.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that a text takes on a screen: two for a wide letter, none for a combining mark.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Adds blanks until the line is this wide.
pub fn pad(line: &mut String, width: usize) {
    line.push_str(&" ".repeat(width.saturating_sub(line.as_str().width())));
}

/// A text within a width, with an ellipsis where it is cut.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for letter in text.chars() {
        if cut.as_str().width() + letter.width().unwrap_or(0) + 1 > width {
            break;
        }
        cut.push(letter);
    }
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_to_its_columns_whatever_its_letters() {
        assert_eq!(cut("Ferré Amélie", 28), "Ferré Amélie");
        assert_eq!(cut("Ferré Amélie", 8), "Ferré A…");
        assert_eq!(cut("王小明", 5), "王小…");
    }

    #[test]
    fn blanks_fill_a_line_and_never_shorten_it() {
        let mut line = "王小".to_owned();
        pad(&mut line, 6);
        assert_eq!(line, "王小  ");
        pad(&mut line, 2);
        assert_eq!(width(&line), 6);
    }
}
