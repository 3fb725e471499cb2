//! Both names of a person in one text: told apart by capitals or by a comma, never guessed.

/// The last and the first name of a text, when its writing tells them apart: `PETIT Emma`, `Emma PETIT`, `Petit, Emma`.
pub fn told_apart(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    if let Some((last, first)) = text.split_once(',') {
        let (last, first) = (last.trim(), first.trim());
        let fits = !last.is_empty() && !first.is_empty() && !first.contains(',');
        return fits.then(|| (last.to_owned(), first.to_owned()));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital: Vec<bool> = words.iter().map(|word| is_in_capitals(word)).collect();
    let (a, b) = (capital.first()?, capital.last()?);
    if a == b {
        return None;
    }
    let cut = capital.iter().position(|c| c != a)?;
    if capital[cut..].iter().any(|c| c == a) {
        return None;
    }
    let (left, right) = (words[..cut].join(" "), words[cut..].join(" "));
    Some(if *a { (left, right) } else { (right, left) })
}

/// The two words of a text of two words.
pub fn two_words(text: &str) -> Option<(String, String)> {
    let mut words = text.split_whitespace();
    let (a, b) = (words.next()?, words.next()?);
    words.next().is_none().then(|| (a.to_owned(), b.to_owned()))
}

/// Whether a word of several letters has capitals only.
fn is_in_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && word.chars().filter(|c| c.is_alphabetic()).count() > 1
        && letters.all(|c| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        assert_eq!(told_apart(text), expected.map(|(a, b)| (a.to_owned(), b.to_owned())), "{text}");
    }

    #[test]
    fn capitals_or_a_comma_tell_the_last_name() {
        check("PETIT Emma", Some(("PETIT", "Emma")));
        check("Emma PETIT", Some(("PETIT", "Emma")));
        check("EL AMRANI Zoé Lina", Some(("EL AMRANI", "Zoé Lina")));
        check("D’ANGELO Jean-Pierre", Some(("D’ANGELO", "Jean-Pierre")));
        check("Le Goff, Anne Marie", Some(("Le Goff", "Anne Marie")));
    }

    #[test]
    fn what_could_be_cut_in_two_places_is_not_cut() {
        for text in ["Petit Emma", "PETIT EMMA", "PETIT", "", "de LA Tour", "Petit, Emma, Lina", "Petit,"] {
            check(text, None);
        }
    }
}
