//! The two languages, and the one text that exists in both or does not compile.

use std::borrow::Cow;
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

/// A sentence or label in both languages: part of the program ([`fixed!`](crate::fixed)), or built from what a run knows
/// ([`text!`](crate::text)).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    /// The French wording.
    pub fr: Cow<'static, str>,
    /// The English wording.
    pub en: Cow<'static, str>,
}

impl Text {
    /// A text of the program itself, from its French and its English wording, in this order.
    pub const fn fixed(fr: &'static str, en: &'static str) -> Text {
        Text { fr: Cow::Borrowed(fr), en: Cow::Borrowed(en) }
    }

    /// A text from its French and its English wording, in this order.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Text {
        Text { fr: Cow::Owned(fr.into()), en: Cow::Owned(en.into()) }
    }

    /// The same words in both languages: a name, a code, a command to paste.
    pub fn same(words: impl Into<String>) -> Text {
        let words = words.into();
        Text { fr: Cow::Owned(words.clone()), en: Cow::Owned(words) }
    }

    /// A text worded once in each language.
    pub fn worded(wording: impl Fn(Lang) -> String) -> Text {
        Text::new(wording(Lang::Fr), wording(Lang::En))
    }

    /// Several texts as one, with the same separator in both languages.
    pub fn join(texts: &[Text], separator: &str) -> Text {
        Text::worded(|lang| texts.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(separator))
    }

    /// The text with each wording changed in the same way.
    pub fn map(&self, change: impl Fn(&str) -> String) -> Text {
        Text::worded(|lang| change(self.get(lang)))
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

/// What each language says in its own way. [`text!`](crate::text) says each listed argument with it.
pub trait Say {
    /// The words in one language.
    fn said(&self, lang: Lang) -> Cow<'_, str>;
}

impl Say for Text {
    fn said(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Borrowed(self.get(lang))
    }
}

/// The words of a format string; those without arguments are not copied.
pub fn formatted(words: fmt::Arguments<'_>) -> Cow<'static, str> {
    words.as_str().map_or_else(|| Cow::Owned(words.to_string()), Cow::Borrowed)
}

/// Builds a [`Text`] from a French and an English format string that share the same arguments. What follows `;` is said
/// in each language: a text, a date, a value of a closed list.
///
/// ```
/// use fil::domain::Text;
/// let n = 3;
/// let t = fil::text!("{n} stagiaires", "{n} trainees");
/// assert_eq!(t.fr, "3 stagiaires");
/// let who = Text::fixed("promotion", "cohort");
/// let t = fil::text!("Enregistré : {who} ({n})", "Saved: {who} ({n})"; who);
/// assert_eq!((&*t.fr, &*t.en), ("Enregistré : promotion (3)", "Saved: cohort (3)"));
/// ```
#[macro_export]
macro_rules! text {
    ($fr:literal, $en:literal ; $($said:tt)+) => {
        $crate::text!(@listed $fr, $en, [] $($said)+)
    };
    (@listed $fr:literal, $en:literal, [$($name:ident = $value:expr;)*] $new:ident = $of:expr $(, $($rest:tt)*)?) => {
        $crate::text!(@listed $fr, $en, [$($name = $value;)* $new = $of;] $($($rest)*)?)
    };
    (@listed $fr:literal, $en:literal, [$($name:ident = $value:expr;)*] $new:ident $(, $($rest:tt)*)?) => {
        $crate::text!(@listed $fr, $en, [$($name = $value;)* $new = $new;] $($($rest)*)?)
    };
    (@listed $fr:literal, $en:literal, [$($name:ident = $value:expr;)*]) => {{
        #[allow(unused_imports)]
        use $crate::domain::text::Say as _;
        $(let $name = &$value;)*
        let fr = {
            $(let $name = $name.said($crate::domain::Lang::Fr);)*
            $crate::domain::text::formatted(format_args!($fr))
        };
        $(let $name = $name.said($crate::domain::Lang::En);)*
        let en = $crate::domain::text::formatted(format_args!($en));
        $crate::domain::Text { fr, en }
    }};
    ($fr:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::domain::Text {
            fr: $crate::domain::text::formatted(format_args!($fr $(, $($arg)*)?)),
            en: $crate::domain::text::formatted(format_args!($en $(, $($arg)*)?)),
        }
    };
}

/// A [`Text`] of the program itself, for ever: help, headings, rules, definitions. Nothing is allocated until it is shown.
///
/// ```
/// const TITLE: &fil::domain::Text = fil::fixed!("Stagiaires", "Trainees");
/// assert_eq!(TITLE.get(fil::domain::Lang::Fr), "Stagiaires");
/// ```
#[macro_export]
macro_rules! fixed {
    ($fr:expr, $en:expr $(,)?) => {
        const { &$crate::domain::Text::fixed($fr, $en) }
    };
    ($same:expr) => {
        const { &$crate::domain::Text::fixed($same, $same) }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Date;
    use crate::domain::cohort::Half;

    #[track_caller]
    fn check(text: &Text, fr: &str, en: &str) {
        assert_eq!((text.get(Lang::Fr), text.get(Lang::En)), (fr, en));
    }

    #[test]
    fn each_listed_argument_is_said_in_its_language() {
        let day = Date::parse_iso("2018-11-05").unwrap();
        let (what, n) = (Text::fixed("la feuille", "the sheet"), 2);
        check(
            &text!("{what}, le {day} ({half}) : {n}", "{what}, on {day} ({half}): {n}"; what, day, half = Half::Am),
            "la feuille, le 05/11/2018 (matin) : 2",
            "the sheet, on 2018-11-05 (morning): 2",
        );
    }

    #[test]
    fn references_of_any_depth_are_said_like_what_they_refer_to() {
        let what: &'static Text = fixed!("un", "one");
        let deeper = &what;
        check(&text!("{deeper} !", "{deeper}!"; deeper), "un !", "one!");
    }

    #[test]
    fn words_without_arguments_are_not_copied() {
        let text = text!("rien", "nothing");
        assert!(matches!((text.fr, text.en), (Cow::Borrowed("rien"), Cow::Borrowed("nothing"))));
    }

    #[test]
    fn texts_join_and_change_in_both_languages() {
        let both = [Text::fixed("un", "one"), Text::same("2")];
        check(&Text::join(&both, ", "), "un, 2", "one, 2");
        check(&Text::join(&[], ", "), "", "");
        check(&both[0].map(str::to_uppercase), "UN", "ONE");
    }
}
