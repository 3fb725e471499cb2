//! Fixed sentences of the report: rules and definitions, in both languages, without any allocation until shown.

use crate::domain::Text;

/// A fixed sentence in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// French wording.
    pub fr: &'static str,
    /// English wording.
    pub en: &'static str,
}

/// A fixed sentence from its French and its English wording, in this order.
pub const fn say(fr: &'static str, en: &'static str) -> Phrase {
    Phrase { fr, en }
}

impl Phrase {
    /// The sentence as a text for people.
    pub fn text(self) -> Text {
        Text::new(self.fr, self.en)
    }
}
