//! Names of companies compared without case, accents or stray spaces.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The form in which two spellings of one company are equal; nothing for a name without a letter.
pub fn fold(name: &str) -> Option<String> {
    let bare: String = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = bare.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_accents_and_spaces_are_ignored() {
        assert_eq!(fold(" Sogétrel  SA"), fold("SOGETREL sa"));
        assert_eq!(fold("E\u{301}nedis"), fold("énedis"));
        assert_ne!(fold("Axione"), fold("Axians"));
        assert_eq!(fold("  "), None);
    }
}
