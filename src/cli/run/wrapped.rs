//! Sentences on a terminal: broken at blanks where the screen ends, never inside a command that is to be pasted.

use crate::sheet::columns::width;

/// Columns by which the lines that go on are moved to the right of the first.
const INDENT: usize = 2;

/// The text with no line wider than the screen, but for what cannot be broken.
pub fn wrapped(text: &str, screen: usize) -> String {
    let mut all = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        if width(line) <= screen {
            all.push_str(line);
        } else {
            all.push_str(&broken(line, screen));
        }
        all.push_str(end);
    }
    all
}

fn broken(line: &str, screen: usize) -> String {
    let indent = line.len() - line.trim_start().len();
    let margin = " ".repeat(indent.min(screen / 2) + INDENT);
    let mut lines = vec![line[..indent].to_owned()];
    for (gap, piece) in pieces(line.trim_start()) {
        let last = lines.len() - 1;
        let begun = !lines[last].trim().is_empty();
        if begun && width(&lines[last]) + gap.len() + width(piece) > screen {
            lines.push(format!("{margin}{piece}"));
        } else {
            if begun {
                lines[last].push_str(gap);
            }
            lines[last].push_str(piece);
        }
    }
    lines.join("\n")
}

/// The words of a line with the blanks before each; a command is one piece: from `fil` after a colon, wide blanks or the
/// beginning, to wide blanks or the end.
fn pieces(line: &str) -> Vec<(&str, &str)> {
    let mut pieces = Vec::new();
    let mut rest = line;
    let mut opens = true;
    while !rest.is_empty() {
        let word = rest.trim_start_matches(' ');
        let gap = &rest[..rest.len() - word.len()];
        let command = (opens || gap.len() > 1) && (word == "fil" || word.starts_with("fil "));
        let end = if command { word.find("  ") } else { word.find(' ') }.unwrap_or(word.len());
        let piece = &word[..end];
        opens = piece.ends_with(':');
        pieces.push((gap, piece));
        rest = &word[end..];
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, screen: usize, want: &str) {
        assert_eq!(wrapped(text, screen), want);
    }

    #[test]
    fn lines_break_at_blanks_and_go_on_further_right() {
        check("court\n", 20, "court\n");
        check("une phrase qui est plus longue que l'écran\n", 20, "une phrase qui est\n  plus longue que\n  l'écran\n");
        check("  déjà à droite, et trop longue", 20, "  déjà à droite, et\n    trop longue");
        check("王小明 王小明 王小明", 14, "王小明 王小明\n  王小明");
    }

    #[test]
    fn a_command_is_never_broken() {
        let hint = "Pour réunir : fil report export 2025-10..2026-09 --funder bp";
        check(hint, 40, "Pour réunir :\n  fil report export 2025-10..2026-09 --funder bp");
        let two = "Voir : fil cohort show P1    Le faire : fil cohort plan P1";
        check(two, 40, "Voir : fil cohort show P1    Le faire :\n  fil cohort plan P1");
        // The name of the program inside a sentence is a word like another.
        check("le programme fil ne sait pas le faire", 20, "le programme fil ne\n  sait pas le faire");
    }

    #[test]
    fn what_cannot_be_broken_stays_whole() {
        check("x /un/chemin/qui/est/bien/plus/long", 20, "x\n  /un/chemin/qui/est/bien/plus/long");
        check("", 20, "");
        check("\n\n", 20, "\n\n");
    }
}
