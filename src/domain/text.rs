//! The two languages, and texts that exist in both or do not compile.

use std::fmt;

/// A language of messages, help, labels and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    En,
}

impl Lang {
    /// The two-letter code used by `--lang` and in funder profiles.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }
}

/// A sentence or label in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    /// The French wording.
    pub fr: String,
    /// The English wording.
    pub en: String,
}

impl Text {
    /// A text from its French and its English wording, in this order.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Text { fr: fr.into(), en: en.into() }
    }

    /// The same words in both languages: a name, a code, a command to paste.
    pub fn same(words: impl Into<String>) -> Self {
        let words = words.into();
        Text { fr: words.clone(), en: words }
    }

    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

impl fmt::Display for Text {
    /// English: used in logs and test failures only, screens choose with [`Text::get`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// Builds a [`Text`] from a French and an English format string that share the same arguments.
///
/// ```
/// let n = 3;
/// let t = fil::text!("{n} stagiaires", "{n} trainees");
/// assert_eq!(t.fr, "3 stagiaires");
/// ```
#[macro_export]
macro_rules! text {
    ($fr:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::domain::text::Text {
            fr: format!($fr $(, $($arg)*)?),
            en: format!($en $(, $($arg)*)?),
        }
    };
}
