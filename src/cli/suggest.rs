//! The nearest thing that exists, and whole commands that can be pasted.

/// The nearest of the known words, if one is near enough; one-letter words are never proposed.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR: f64 = 0.8;
    if typed.chars().count() > 60 {
        return None;
    }
    let typed = typed.to_lowercase();
    let words = known.into_iter().filter(|word| word.chars().count() > 1);
    let scored = words.map(|word| (likeness(&typed, &word.to_lowercase()), word));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    (best.0 >= NEAR).then_some(best.1)
}

/// From 0 to 1: a common beginning counts, and so does being one slip of the finger away.
fn likeness(typed: &str, word: &str) -> f64 {
    let slips = strsim::osa_distance(typed, word);
    let length = word.chars().count();
    let slip: f64 = match slips {
        0 => 1.0,
        1 if length > 2 => 0.95,
        2 if length > 5 => 0.85,
        _ => 0.0,
    };
    slip.max(strsim::jaro_winkler(typed, word))
}

/// The command line made of these words, quoted where a shell needs it.
pub fn command_line(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
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

fn quoted(word: &str) -> String {
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
    fn the_nearest_word_is_near_and_longer_than_a_letter() {
        assert_eq!(nearest("coh", ["cohort", "c", "trainee"]), Some("cohort"));
        assert_eq!(nearest("cvs", ["table", "csv", "csv-fr"]), Some("csv"));
        assert_eq!(nearest("trainne", ["cohort", "trainee"]), Some("trainee"));
        assert_eq!(nearest("amelie", ["a", "e", "add", "edit"]), None);
        assert_eq!(nearest("xyz", ["cohort", "trainee"]), None);
    }

    #[test]
    fn a_line_can_be_pasted_in_a_shell() {
        let words = ["fil", "r", "-p", "mois dernier", "l'an", "$x"].map(str::to_owned);
        assert_eq!(command_line(&words), "fil r -p \"mois dernier\" \"l'an\" '$x'");
    }
}
