//! Text as people write it: folded for comparison, slugged for names, quoted in messages.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents, whatever the locale: `Œuvre d’Élodie` gives `oeuvre d'elodie`.
///
/// Punctuation is kept; white space of any kind becomes single blanks, so that look-alikes compare equal.
pub fn fold(text: &str) -> String {
    // Nothing in ASCII takes apart, and most of what is folded is nothing else.
    match text.is_ascii() {
        true => without_marks(text.chars().map(|c| c.to_ascii_lowercase()), text.len()),
        false => without_marks(text.nfkd().flat_map(char::to_lowercase).nfkd(), text.len()),
    }
}

fn without_marks(decomposed: impl Iterator<Item = char>, length: usize) -> String {
    let mut folded = String::with_capacity(length);
    for c in decomposed.filter(|c| !is_combining_mark(*c) && !is_invisible(*c) && !is_bidi(*c)) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            '\u{2018}' | '\u{2019}' | '\u{02bc}' => folded.push('\''),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// The letters and digits of a folded text: the form in which words of lists, headers and names of fields are compared.
pub fn letters_and_digits(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(char::is_alphanumeric);
    folded
}

/// The form in which two spellings of one company are equal; nothing for a blank name.
pub fn company_key(name: &str) -> Option<String> {
    Some(fold(name)).filter(|key| !key.is_empty())
}

/// Folded text where everything but `a`-`z` and `0`-`9` becomes a single `-`: safe in file names and commands.
///
/// Empty when nothing of the text can be kept.
pub fn slug_of(text: &str) -> String {
    let mut slug = String::new();
    for c in fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= SLUG_MAX {
            break;
        }
    }
    while slug.ends_with('-') {
        slug.pop();
    }
    slug
}

const SLUG_MAX: usize = 100;

/// The slug of a person, last name first: `ferre-dupont-amelie`.
///
/// A name that leaves nothing, or only digits, is put behind `trainee`: a bare number names a record.
pub fn slug(last: &str, first: &str) -> String {
    let slug = slug_of(&format!("{last} {first}"));
    match slug.as_str() {
        "" => "trainee".to_owned(),
        s if s.bytes().all(|b| b.is_ascii_digit()) => format!("trainee-{s}"),
        _ => slug,
    }
}

/// How well fragments fit a name; the first is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// Every fragment begins a word of the name.
    WordStarts,
    /// Every fragment lies somewhere in the name.
    Anywhere,
}

/// The fragments of a selector such as `fer ame`, folded once to be compared with many names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragments(Vec<String>);

impl Fragments {
    /// Cuts a selector at its blanks.
    pub fn new(selector: &str) -> Fragments {
        Fragments(fold(selector).split(' ').filter(|f| !f.is_empty()).map(str::to_owned).collect())
    }

    /// How all the fragments fit a name that is already folded; `None` when one does not, or when there is none.
    ///
    /// Fragments are literal: `%`, `_`, `*` and quotes are no wildcards.
    pub fn fit(&self, folded_name: &str) -> Option<Fit> {
        if self.0.is_empty() {
            return None;
        }
        // Who types ndiaye means N'Diaye too: a shell would take the apostrophe for a quote.
        self.fit_in(folded_name).or_else(|| {
            let joined = |text: &str| text.replace(['\'', '’'], "");
            let typed = Fragments(self.0.iter().map(|fragment| joined(fragment)).collect());
            typed.fit_in(&joined(folded_name))
        })
    }

    fn fit_in(&self, folded_name: &str) -> Option<Fit> {
        let mut fit = Fit::WordStarts;
        for fragment in &self.0 {
            let mut found = folded_name.match_indices(fragment.as_str()).map(|(at, _)| at).peekable();
            found.peek()?;
            if !found.any(|at| begins_word(folded_name, at)) {
                fit = Fit::Anywhere;
            }
        }
        Some(fit)
    }
}

fn begins_word(name: &str, at: usize) -> bool {
    name[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
}

/// The only one of these codes that is the one typed but for case and accents.
pub fn same_code<'a>(typed: &str, codes: &'a [String]) -> Option<&'a str> {
    let wanted = fold(typed);
    let mut same = codes.iter().filter(|code| fold(code) == wanted);
    same.next().filter(|_| same.next().is_none()).map(String::as_str)
}

/// The digits of a record number as it is printed or typed: `12`, `n° 12`, `no. 12`, `#12`.
pub fn record_number(typed: &str) -> Option<&str> {
    let typed = typed.trim();
    let signs = ["n°", "nº", "no.", "#"];
    let bare = signs.iter().find_map(|sign| typed.strip_prefix(sign)).unwrap_or(typed).trim_start();
    (!bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit())).then_some(bare)
}

/// How the fragments of a selector fit a name; fold once with [`Fragments`] when there are many names.
pub fn words_match(selector: &str, name: &str) -> Option<Fit> {
    Fragments::new(selector).fit(&fold(name))
}

/// The candidate nearest to a mistyped word, if any is near enough to be worth proposing.
///
/// Candidates of one letter are never proposed: they are near to everything.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = fold(typed);
    let length = typed.chars().count();
    let allowed = match length {
        0..=1 => return None,
        2..=4 => 1,
        5..=NEAREST_MAX => 2,
        _ => return None,
    };
    let far = |candidate: &str| strsim::damerau_levenshtein(&typed, &fold(candidate));
    let near = candidates.into_iter().filter(|c| c.chars().count() > 1).map(|c| (far(c), c));
    near.filter(|(far, _)| *far <= allowed).min_by_key(|(far, _)| *far).map(|(_, c)| c)
}

/// Longer input is no mistyped word, and comparing it would cost the square of its length.
const NEAREST_MAX: usize = 60;

/// What someone typed, fit to be quoted in a message: escaped, on one line, cut after 60 characters.
pub fn shown(typed: &str) -> String {
    let mut short = String::new();
    for c in typed.chars().take(SHOWN_MAX) {
        match c {
            '\n' | '\r' | '\t' => short.extend(c.escape_default()),
            c if is_unsafe(c) => short.extend(c.escape_unicode()),
            c => short.push(c),
        }
    }
    if typed.chars().nth(SHOWN_MAX).is_some() {
        short.push('…');
    }
    short
}

const SHOWN_MAX: usize = 60;

/// The character that makes one picture of several, such as a family.
pub const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// Whether a joiner between these two characters belongs to a picture rather than hides in a word.
pub fn joins_pictures(before: Option<char>, after: Option<char>) -> bool {
    let picture = |c: char| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}');
    before.is_some_and(picture) && after.is_some_and(picture)
}

fn is_unsafe(c: char) -> bool {
    c.is_control() || is_bidi(c) || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character changes the direction of the text around it.
pub fn is_bidi(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character takes no visible room: zero-width blanks and joiners, soft hyphen, fillers, tags.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}'
            | '\u{034f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_apostrophe_may_be_left_out_of_a_selector() {
        assert_eq!(words_match("ndiaye", "N'Diaye Awa"), Some(Fit::WordStarts));
        assert_eq!(words_match("n’dia", "Ndiaye Awa"), Some(Fit::WordStarts));
        assert_eq!(words_match("dangelo", "D’Angelo Rosa"), Some(Fit::WordStarts));
        assert_eq!(words_match("ndiaye", "Diaye Awa"), None);
    }

    #[test]
    fn a_number_is_read_as_it_is_printed() {
        for (typed, number) in [("12", "12"), ("n° 12", "12"), ("n°1", "1"), ("no. 7", "7"), ("#3", "3"), (" 4 ", "4")]
        {
            assert_eq!(record_number(typed), Some(number), "{typed}");
        }
        for typed in ["", "n°", "12a", "-1", "1 2", "un"] {
            assert_eq!(record_number(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_code_is_known_without_its_case_when_only_one_is_meant() {
        let codes = ["BP".to_owned(), "ars".to_owned(), "Été".to_owned(), "ete".to_owned()];
        assert_eq!(same_code("bp", &codes), Some("BP"));
        assert_eq!(same_code("ARS", &codes), Some("ars"));
        assert_eq!(same_code("été", &codes), None);
        assert_eq!(same_code("dreets", &codes), None);
    }

    #[test]
    fn folding_takes_case_and_accents_off() {
        for (text, folded) in [
            ("Élodie", "elodie"),
            ("E\u{301}lodie", "elodie"),
            ("Œuvre", "oeuvre"),
            ("ÆØŁĐẞß", "aeoldssss"),
            ("İstanbul ISPARTA ılık", "istanbul isparta ilik"),
            ("Jean-Noël  O’Brien\u{a0}", "jean-noel o'brien"),
            ("Jo\u{200b}sé", "jose"),
            ("Ｆｕｌｌ", "full"),
            ("50 %_\\*\"", "50 %_\\*\""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn a_slug_is_last_name_then_first_name() {
        assert_eq!(slug("Ferré Dupont", "Amélie"), "ferre-dupont-amelie");
        assert_eq!(slug("d'Œuf  (née X)", " Zoé. "), "d-oeuf-nee-x-zoe");
        assert_eq!(slug("../..", "etc"), "etc");
        assert_eq!(slug("王", "李"), "trainee");
        assert_eq!(slug("12", ""), "trainee-12");
        assert!(slug(&"é".repeat(500), "x").len() <= SLUG_MAX);
    }

    #[test]
    fn word_starts_are_preferred_to_the_middle_of_words() {
        assert_eq!(words_match("amé", "Ferré Amélie"), Some(Fit::WordStarts));
        assert_eq!(words_match("fer ame", "Ferré Amélie"), Some(Fit::WordStarts));
        assert_eq!(words_match("elie", "Ferré Amélie"), Some(Fit::Anywhere));
        assert_eq!(words_match("fer elie", "Ferré Amélie"), Some(Fit::Anywhere));
        assert_eq!(words_match("fer zoe", "Ferré Amélie"), None);
        assert_eq!(words_match("noel", "Jean-Noël"), Some(Fit::WordStarts));
        assert_eq!(words_match("brien", "O’Brien"), Some(Fit::WordStarts));
        assert_eq!(words_match("an", "Banan An"), Some(Fit::WordStarts));
        assert_eq!(words_match("francois", "François"), Some(Fit::WordStarts));
    }

    #[test]
    fn search_signs_are_literal_and_nothing_matches_nobody() {
        for selector in ["%", "_", "\\", "*", "\"", "a%e", "", "  ", "\u{200b}"] {
            assert_eq!(words_match(selector, "Ferré Amélie"), None, "{selector}");
        }
        assert_eq!(words_match("%", "50 % fibre"), Some(Fit::WordStarts));
    }

    #[test]
    fn the_nearest_word_is_never_a_single_letter() {
        assert_eq!(nearest("novenbre", ["décembre", "novembre"]), Some("novembre"));
        assert_eq!(nearest("amelie", ["a", "e"]), None);
        assert_eq!(nearest("ab", ["a", "xy"]), None);
        assert_eq!(nearest("x", ["xy"]), None);
        assert_eq!(nearest("zzzzzz", ["novembre"]), None);
        assert_eq!(nearest(&"m".repeat(1_000_000), ["mois dernier"]), None);
    }

    #[test]
    fn quotes_of_typed_text_hold_no_raw_control() {
        for (text, safe) in [
            ("\x1b[31mred\x07", "\\u{1b}[31mred\\u{7}"),
            ("a\u{9b}b\u{7f}", "a\\u{9b}b\\u{7f}"),
            ("a\u{202e}b\u{2066}", "a\\u{202e}b\\u{2066}"),
            ("a\u{200b}b\u{feff}", "a\\u{200b}b\\u{feff}"),
            ("a\u{2028}b\r\n\t", "a\\u{2028}b\\r\\n\\t"),
            ("Amélie", "Amélie"),
        ] {
            assert_eq!(shown(text), safe);
        }
    }

    #[test]
    fn quotes_of_typed_text_are_short() {
        assert_eq!(shown("nov\u{7}"), "nov\\u{7}");
        assert_eq!(shown(&"é".repeat(61)).chars().count(), 61);
        assert_eq!(shown(&"é".repeat(60)).chars().count(), 60);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn slugs_are_plain(last in any::<String>(), first in any::<String>()) {
            let slug = slug(&last, &first);
            prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            prop_assert!(!slug.is_empty() && !slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
        }

        #[test]
        fn every_name_contains_its_own_words(name in any::<String>()) {
            if !fold(&name).is_empty() {
                prop_assert_eq!(words_match(&name, &name), Some(Fit::WordStarts));
            }
        }

        #[test]
        fn quoted_text_is_safe(text in any::<String>()) {
            prop_assert!(!shown(&text).chars().any(is_unsafe));
        }
    }
}
