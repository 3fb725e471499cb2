//! The keyboard of a plain kind of record, derived from what the kind says of itself: list, show, add, edit and remove.

mod act;
mod options;

use crate::cli::noun::prelude::*;
use crate::cli::parser::verb::OfRecords;
use crate::domain::kind::FieldAt;
use crate::domain::{Kind, Text};
pub use act::{described, numbered};

/// The noun of a plain kind: what does not follow from the kind itself.
pub struct Records {
    /// The kind.
    pub kind: Kind,
    /// What is typed before its verbs: `trainee aid`.
    pub path: &'static str,
    /// The fields that `add` takes as words, in their order; the others are flags.
    pub words: &'static [FieldAt],
    /// Verbs of the noun beside those that follow from the kind.
    pub more: &'static [Verb],
    /// Whether words that name no verb are those of a new record.
    pub bare: Bare,
    /// How a record that is open ends by the words of `add`, where it can: `trainee loan amara helmet --back`.
    pub ends: Option<Ends>,
    /// What follows `add` in the two examples of its help page.
    pub add: [&'static Text; 2],
    /// How one record is named in examples: its code, or a number.
    pub one: &'static str,
    /// What an edit changes in examples.
    pub change: &'static Text,
}

/// The end of a record that stays open until then.
pub struct Ends {
    /// The day on which it ended.
    pub day: FieldAt,
    /// A flag that says: now, or on the day of `--on`.
    pub now: Option<Flag>,
}

/// What the words after the noun may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bare {
    /// A verb.
    Verb,
    /// A verb, or those of a new record: `trainee aid amara transport 45`.
    Record,
}

/// Declares a noun whose verbs derive from a kind of record.
macro_rules! records_noun {
    ($(#[$doc:meta])* $name:ident = $names:expr, $fr:literal, $en:literal, $records:expr) => {
        $(#[$doc])*
        pub const $name: $crate::cli::parser::verb::Verb = {
            static RECORDS: $crate::cli::noun::records::Records = $records;
            static VERBS: std::sync::LazyLock<$crate::cli::parser::verb::OfRecords> =
                std::sync::LazyLock::new(|| RECORDS.verbs());
            $crate::cli::parser::verb::Verb {
                names: $names,
                about: $crate::fixed!($fr, $en),
                examples: RECORDS.add,
                flags: &[],
                run: $crate::cli::parser::verb::Run::Records(&VERBS),
            }
        };
    };
}
pub(crate) use records_noun;

fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

impl Records {
    /// Its verbs. They are made once and stay as long as the program runs.
    pub fn verbs(&'static self) -> OfRecords {
        let mut list = vec![self.list(), self.show(), self.add(), self.edit(), self.remove()];
        list.extend(self.more);
        let by_words = (self.bare == Bare::Record).then(|| list[2]);
        let mut flags: Vec<Flag> = Vec::new();
        let of_noun = list[0].flags().filter(|flag| !flag.positional);
        for flag in by_words.iter().flat_map(Verb::flags).chain(of_noun) {
            if !flags.iter().any(|known| known.id == flag.id) {
                flags.push(flag.optional());
            }
        }
        OfRecords { list, by_words, flags }
    }

    fn examples(&self, ends: [Text; 2]) -> [&'static Text; 2] {
        let path = self.path;
        ends.map(|end| kept(text!("fil {path} {end}", "fil {path} {end}"; end)))
    }

    fn list(&'static self) -> Verb {
        let many = self.kind.many();
        Verb {
            names: &["list", "ls", "liste"],
            about: kept(text!("La liste : {many}.", "The list: {many}."; many)),
            examples: self.examples([text!("list", "list"), text!("liste -f csv", "list -f csv")]),
            flags: kept([options::filters(self.kind), flags::TABLE]),
            run: Run::Derived(kept(move |m: &Matches, c: &Context<'_>| act::list(self, m, c))),
        }
    }

    fn show(&'static self) -> Verb {
        let (one, example) = (self.kind.one(), self.one);
        Verb {
            names: &["show", "s", "voir"],
            about: kept(text!("Une fiche entière : {one}.", "One whole record: {one}."; one)),
            examples: self
                .examples([text!("show {example}", "show {example}"), text!("voir {example}", "s {example}")]),
            flags: kept([kept([options::which(self.kind)]), flags::TABLE]),
            run: Run::Derived(kept(move |m: &Matches, c: &Context<'_>| act::show(self, m, c))),
        }
    }

    fn add(&'static self) -> Verb {
        let one = self.kind.one();
        Verb {
            names: &["add", "a", "ajouter"],
            about: kept(text!("Une nouvelle fiche : {one}.", "A new record: {one}."; one)),
            examples: self.add,
            flags: kept([
                options::of_new(self.kind, self.words),
                self.ends.as_ref().and_then(|ends| ends.now.as_ref()).map_or(&[], std::slice::from_ref),
                &[flags::SET, flags::DRY_RUN],
            ]),
            run: Run::Derived(kept(move |m: &Matches, c: &Context<'_>| act::add(self, m, c))),
        }
    }

    fn edit(&'static self) -> Verb {
        let (one, example, change) = (self.kind.one(), self.one, self.change);
        let first = text!("edit {example} {change}", "edit {example} {change}"; change);
        let second = text!("modifier {example} {change} -n", "e {example} {change} -n"; change);
        Verb {
            names: &["edit", "e", "modifier"],
            about: kept(text!("Corrige une fiche : {one}.", "Corrects a record: {one}."; one)),
            examples: self.examples([first, second]),
            flags: kept([
                kept([options::which(self.kind)]) as &[Flag],
                options::of_known(self.kind),
                &[flags::SET, flags::DRY_RUN],
            ]),
            run: Run::Derived(kept(move |m: &Matches, c: &Context<'_>| act::edit(self, m, c))),
        }
    }

    fn remove(&'static self) -> Verb {
        let (one, example) = (self.kind.one(), self.one);
        Verb {
            names: &["remove", "supprimer"],
            about: kept(text!("Supprime une fiche : {one}.", "Removes a record: {one}."; one)),
            examples: self.examples([
                text!("remove {example} -n", "remove {example} -n"),
                text!("supprimer {example} -y", "remove {example} -y"),
            ]),
            flags: kept([kept([options::which(self.kind)]), &[flags::YES, flags::DRY_RUN]]),
            run: Run::Derived(kept(move |m: &Matches, c: &Context<'_>| act::remove(self, m, c))),
        }
    }
}
