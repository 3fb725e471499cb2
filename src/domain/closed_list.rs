//! Closed lists: every value declares its code, its label in both languages and its everyday words, and nothing else says them.

use crate::domain::folding::{letters_and_digits, nearest, shown};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Lang, Say, Text};
use crate::text;
use std::borrow::Cow;

/// A closed list of the interchange tables.
pub trait ClosedList: Copy + Eq + Ord + 'static {
    /// All values, in the order of the documentation.
    const ALL: &'static [Self];
    /// The codes of [`ClosedList::ALL`], in the same order.
    const CODES: &'static [&'static str];
    /// The same list without its type: its words, for the keyboard, `--set` and files alike.
    const LIST: ListDef;
    /// The stable code, as stored and exported.
    fn code(self) -> &'static str;
    /// The label in one language.
    fn label(self, lang: Lang) -> &'static str;
    /// The label in both languages.
    fn text(self) -> Text {
        Text::fixed(self.label(Lang::Fr), self.label(Lang::En))
    }
    /// The value that has exactly this code, as stored.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
    /// The value that a word means: its code, one of its labels or one of its everyday words, in any case and spelling.
    ///
    /// # Errors
    /// The word may mean several values, or none.
    fn find(word: &str) -> Result<Self, NotFound> {
        Self::LIST.find(word).map(|position| Self::ALL[position])
    }
    /// The same for a word typed at the keyboard.
    ///
    /// # Errors
    /// A refusal with the words that would do.
    fn read(word: &str) -> Result<Self, Refusal> {
        Self::find(word).map_err(|why| Self::LIST.refusal(word, why))
    }
}

/// A closed list without its type.
#[derive(Debug, Clone, Copy)]
pub struct ListDef {
    /// The codes.
    pub codes: &'static [&'static str],
    /// The words of each value: its code, its French and its English label, then its everyday words.
    pub words: &'static [&'static [&'static str]],
    /// Words that may mean several values: they are refused everywhere.
    pub several: &'static [Several],
}

/// Everyday words that may mean several values of a list, and the codes of these values.
pub type Several = (&'static [&'static str], &'static [&'static str]);

/// Why a word is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFound {
    /// It may mean any of these values, by code.
    Several(&'static [&'static str]),
    /// No value of the list is called so.
    Unknown,
}

impl<L: ClosedList> Say for L {
    fn said(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Borrowed(self.label(lang))
    }
}

impl ListDef {
    /// The label of the value at a position of `codes`.
    pub fn label(&self, position: usize, lang: Lang) -> &'static str {
        let [_, fr, en, ..] = self.words[position] else { return self.codes[position] };
        match lang {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// The position of the value that a word means. A code is always understood, whatever else is called so.
    ///
    /// # Errors
    /// The word may mean several values, or none.
    pub fn find(&self, word: &str) -> Result<usize, NotFound> {
        // Most cells hold a code as it is exported.
        if let Some(position) = self.codes.iter().position(|code| *code == word) {
            return Ok(position);
        }
        let wanted = letters_and_digits(word);
        if wanted.is_empty() {
            return Err(NotFound::Unknown);
        }
        let is = |word: &&str| letters_and_digits(word) == wanted;
        if let Some(position) = self.codes.iter().position(&is) {
            return Ok(position);
        }
        if let Some(position) = self.words.iter().position(|words| words.iter().skip(1).any(&is)) {
            return Ok(position);
        }
        match self.several.iter().find(|(words, _)| words.iter().any(&is)) {
            Some((_, codes)) => Err(NotFound::Several(codes)),
            None => Err(NotFound::Unknown),
        }
    }

    /// Every word that the list knows, codes first, for suggestions.
    pub fn all_words(&self) -> impl Iterator<Item = &'static str> {
        let labels_and_more = self.words.iter().flat_map(|words| words.iter().skip(1));
        self.codes.iter().chain(labels_and_more).copied()
    }

    /// The refusal of a word that the list does not understand.
    pub fn refusal(&self, typed: &str, why: NotFound) -> Refusal {
        match why {
            NotFound::Several(codes) => self.ambiguous(typed, codes),
            NotFound::Unknown => self.unknown(typed),
        }
    }

    fn ambiguous(&self, typed: &str, codes: &[&str]) -> Refusal {
        let named = |lang, or: &str| {
            let positions = (0..self.codes.len()).filter(|at| codes.contains(&self.codes[*at]));
            let names = positions.map(|at| format!("{} ({})", self.codes[at], self.label(at, lang)));
            names.collect::<Vec<_>>().join(or)
        };
        let (word, fr, en) = (shown(typed), named(Lang::Fr, " ou "), named(Lang::En, " or "));
        Refusal::usage(text!("« {word} » peut vouloir dire plusieurs choses", "“{word}” may mean several things"))
            .hint(text!("Précisez : {fr}", "Be precise: {en}"))
    }

    fn unknown(&self, typed: &str) -> Refusal {
        let fr = (0..self.codes.len()).map(|at| self.label(at, Lang::Fr)).collect::<Vec<_>>().join(", ");
        let (word, en) = (shown(typed), self.codes.join(", "));
        let refusal = Refusal::usage(text!("« {word} » n'est pas compris", "“{word}” is not understood"))
            .why(text!("on attend : {fr}", "expected: {en}"));
        match nearest(typed, self.words.iter().flat_map(|words| words.iter().skip(1).chain(words.first()).copied())) {
            Some(near) => refusal.hint(text!("Vouliez-vous dire « {near} » ?", "Did you mean “{near}”?")),
            None => refusal,
        }
    }
}

/// Declares a closed list: variant = code, French label, English label, then `also` its everyday words.
///
/// Words are compared without case, accents and punctuation, so that one spelling of each is enough. After the values,
/// `several` lists the words that may mean more than one of them.
#[macro_export]
macro_rules! closed_list {
    (
        $(#[$doc:meta])* $name:ident {
            $($variant:ident = $code:literal, $fr:literal, $en:literal $(, also $($word:literal),+)?;)+
        }
        $(several { $($($unsure:literal),+ => $($either:ident),+;)+ })?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $en] $variant,)+
        }
        impl $name {
            const fn code_of(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }
        }
        impl $crate::domain::closed_list::ClosedList for $name {
            const ALL: &'static [Self] = &[$($name::$variant),+];
            const CODES: &'static [&'static str] = &[$($code),+];
            const LIST: $crate::domain::closed_list::ListDef = $crate::domain::closed_list::ListDef {
                codes: Self::CODES,
                words: &[$(&[$code, $fr, $en $(, $($word),+)?]),+],
                several: &[$($((&[$($unsure),+], &[$($name::$either.code_of()),+])),+)?],
            };
            fn code(self) -> &'static str {
                self.code_of()
            }
            fn label(self, lang: $crate::domain::text::Lang) -> &'static str {
                use $crate::domain::text::Lang;
                match (self, lang) { $(($name::$variant, Lang::Fr) => $fr, ($name::$variant, Lang::En) => $en),+ }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Debug;

    crate::closed_list! {
        /// What a day can be.
        Weather {
            Sun = "sun", "soleil", "sunny", also "beau temps", "grand soleil";
            Rain = "rain", "pluie", "rainy", also "averse";
            Snow = "SNOW_FALL", "neige", "snow";
        }
        several { "mauvais temps", "bad weather" => Rain, Snow; }
    }

    #[track_caller]
    fn check<L: ClosedList + Debug>(value: L, words: &[&str]) {
        for word in words {
            assert_eq!(L::find(word), Ok(value), "{word}");
        }
    }

    #[test]
    fn a_value_is_found_by_code_label_and_everyday_word_in_any_spelling() {
        check(Weather::Sun, &["sun", "SUN", "Soleil", "sunny", "beau-temps", " Beau  Temps ", "GRAND SOLEIL"]);
        check(Weather::Snow, &["SNOW_FALL", "snow fall", "snow-fall", "neige", "Neigé"]);
    }

    #[test]
    fn words_of_two_meanings_are_refused_with_both() {
        let both = NotFound::Several(&["rain", "SNOW_FALL"]);
        assert_eq!(Weather::find("Mauvais temps"), Err(both));
        assert_eq!(Weather::find("bad-weather"), Err(both));
        let hint = Weather::read("bad weather").unwrap_err().hint.unwrap();
        assert_eq!(hint.get(Lang::En), "Be precise: rain (rainy) or SNOW_FALL (snow)");
    }

    #[test]
    fn an_unknown_word_is_refused_with_the_nearest_one() {
        for word in ["", " ", "?", "fog"] {
            assert_eq!(Weather::find(word), Err(NotFound::Unknown), "{word}");
        }
        let refusal = Weather::read("avers").unwrap_err();
        assert_eq!(refusal.why.unwrap().get(Lang::En), "expected: sun, rain, SNOW_FALL");
        assert_eq!(refusal.hint.unwrap().get(Lang::En), "Did you mean “averse”?");
        assert_eq!(Weather::read("brouillard").unwrap_err().hint, None);
    }
}
