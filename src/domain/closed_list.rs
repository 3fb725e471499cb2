//! Closed lists: every value has a stable code and a label in both languages.

use crate::domain::text::{Lang, Text};

/// A closed list of the interchange tables.
pub trait ClosedList: Copy + Eq + Ord + 'static {
    /// All values, in the order of the documentation.
    const ALL: &'static [Self];
    /// The codes of [`ClosedList::ALL`], in the same order.
    const CODES: &'static [&'static str];
    /// The stable code, as stored and exported.
    fn code(self) -> &'static str;
    /// The label in one language.
    fn label(self, lang: Lang) -> &'static str;
    /// The label in both languages.
    fn text(self) -> Text {
        Text::new(self.label(Lang::Fr), self.label(Lang::En))
    }
    /// The value that has exactly this code, as stored.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// Declares a closed list: variant = code, French label, English label.
#[macro_export]
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal, $fr:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $en] $variant,)+
        }
        impl $crate::domain::closed_list::ClosedList for $name {
            const ALL: &'static [Self] = &[$($name::$variant),+];
            const CODES: &'static [&'static str] = &[$($code),+];
            fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }
            fn label(self, lang: $crate::domain::text::Lang) -> &'static str {
                use $crate::domain::text::Lang;
                match (self, lang) { $(($name::$variant, Lang::Fr) => $fr, ($name::$variant, Lang::En) => $en),+ }
            }
        }
    };
}
