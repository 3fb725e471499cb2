//! Commands as lines that can be pasted into a shell.

/// The command line made of these words, quoted where a shell needs it.
pub fn command_line(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell reads it back unchanged, in quotes where it needs them.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./:,=+@%…→°".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    if !word.contains('\'') && word.contains(['$', '`', '\\', '"', '!']) {
        return format!("'{word}'");
    }
    let mut safe = String::with_capacity(word.len() + 2);
    for c in word.chars() {
        if matches!(c, '$' | '`' | '\\' | '"') {
            safe.push('\\');
        }
        safe.push(c);
    }
    format!("\"{safe}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_can_be_pasted_in_a_shell() {
        let words = ["fil", "r", "-p", "mois dernier", "l'an", "$x"].map(str::to_owned);
        assert_eq!(command_line(&words), "fil r -p \"mois dernier\" \"l'an\" '$x'");
    }
}
