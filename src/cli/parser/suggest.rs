//! The nearest thing that exists, and whole commands that can be pasted.

use crate::domain::folding;

/// The nearest of the known words: a slip of the finger away, or one that was begun and not finished. One-letter words
/// are never proposed.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let begun = |word: &&str| typed.chars().count() > 1 && word.len() > typed.len() && word.starts_with(typed);
    folding::nearest(typed, known.clone()).or_else(|| known.into_iter().find(begun))
}

/// The same line with one word replaced; `None` when it is too long to be worth reading.
pub fn with_word(args: &[String], at: usize, word: &str) -> Option<Vec<String>> {
    let mut words = args.to_vec();
    *words.get_mut(at)? = word.to_owned();
    if let Some(program) = words.first_mut() {
        *program = "fil".to_owned();
    }
    (words.iter().map(String::len).sum::<usize>() < 300).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near_and_longer_than_a_letter() {
        assert_eq!(nearest("coh", ["cohort", "c", "trainee"]), Some("cohort"));
        assert_eq!(nearest("cvs", ["table", "csv", "csv-fr"]), Some("csv"));
        assert_eq!(nearest("trainne", ["cohort", "trainee"]), Some("trainee"));
        assert_eq!(nearest("amelie", ["a", "e", "add", "edit"]), None);
        assert_eq!(nearest("c", ["cohort", "certify"]), None);
        assert_eq!(nearest("xyz", ["cohort", "trainee"]), None);
    }
}
