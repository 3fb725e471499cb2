//! A file that can't be read whole: every column that stands in the way, and one line of flags that lets it pass.

use super::layout::Layout;
use super::names::{Column, find, same_header};
use crate::domain::folding::{nearest, shown};
use crate::domain::kind::{Holds, Target};
use crate::domain::shell::command_line;
use crate::domain::{ClosedList, Kind, Lang, Refusal, Text};
use crate::import::options::Options;
use crate::text;
use std::fmt;

/// Why a file can't be read whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What is wrong.
    pub refusal: Refusal,
    /// Each column in the way, with what it may be.
    pub columns: Vec<Text>,
    /// The words of flags that let the file pass, when there are such.
    pub ready: Vec<String>,
}

impl From<Refusal> for Unread {
    fn from(refusal: Refusal) -> Unread {
        Unread { refusal, columns: Vec::new(), ready: Vec::new() }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines(Lang::En).join("; "))
    }
}

impl std::error::Error for Unread {}

impl Unread {
    /// The sentences, one per line; the last one holds nothing but flags.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let mut lines = self.refusal.lines(lang);
        lines.extend(self.columns.iter().map(|column| format!("  {}", column.get(lang))));
        if !self.ready.is_empty() {
            let add = text!("Ajoutez à la même commande :", "Add to the same command:");
            lines.extend([add.get(lang).to_owned(), command_line(&self.ready)]);
        }
        lines
    }
    /// The same for a file whose kind was not said.
    pub(super) fn told_of(mut self, kind: Kind) -> Unread {
        if !self.ready.is_empty() {
            self.ready.splice(0..0, ["--as".to_owned(), kind.code().to_owned()]);
        }
        self
    }
}

/// What a file lacks.
pub(super) struct Lack {
    kind: Kind,
    /// Columns that the kind does not know, by place.
    pub unknown: Vec<usize>,
    /// Columns that say what an earlier one says: both places.
    twice: Vec<(usize, usize)>,
    /// Mandatory fields that nothing gives, by position.
    pub missing: Vec<usize>,
}

impl Lack {
    /// Nothing yet.
    pub fn of(kind: Kind) -> Lack {
        Lack { kind, unknown: Vec::new(), twice: Vec::new(), missing: Vec::new() }
    }

    /// Notes columns that say the same thing; addresses are joined, and of two phones one is kept.
    pub fn twice(&mut self, layout: &Layout, headers: &[String]) {
        for (at, column) in layout.columns.iter().enumerate() {
            let several = match column {
                Column::Unnamed | Column::Ignored => true,
                Column::Field(position) => {
                    let field = &layout.kind.fields()[*position];
                    matches!(field.holds, Holds::Phone) || field.name == "address" && headers.len() > 1
                }
                _ => false,
            };
            if let (false, Some(first)) = (several, layout.columns[..at].iter().position(|c| c == column)) {
                self.twice.push((first, at));
            }
        }
    }

    /// The refusal of all that was noted.
    pub fn finish(
        self,
        layout: &Layout,
        (headers, originals): (&[String], &[String]),
        options: &Options<'_>,
    ) -> Result<(), Unread> {
        if self.unknown.is_empty() && self.twice.is_empty() && self.missing.is_empty() {
            return Ok(());
        }
        let mut given: Vec<Column> = layout.columns.clone();
        let mut way = Way { ready: Vec::new(), columns: Vec::new(), kind: self.kind };
        for at in &self.unknown {
            way.unknown(*at, (headers, originals), &mut given);
        }
        for (first, at) in &self.twice {
            way.twice((*first, *at), headers);
        }
        let filled = |position: &usize| given.contains(&Column::Field(*position));
        let mut open = false;
        for position in self.missing.iter().filter(|position| !filled(position)) {
            open |= !way.missing(*position, options);
        }
        let refusal = self.refusal(headers);
        let ready = if open { Vec::new() } else { way.ready };
        Err(Unread { refusal, columns: way.columns, ready })
    }

    fn refusal(&self, headers: &[String]) -> Refusal {
        let (kind, code) = (self.kind, self.kind.code());
        if let [at] = self.unknown[..]
            && self.twice.is_empty()
            && self.missing.is_empty()
        {
            let typed = shown(&headers[at]);
            return Refusal::data(text!("colonne « {typed} » inconnue", "unknown column “{typed}”"))
                .why(text!("le genre {code} ne l'a pas", "the kind {code} does not have it"));
        }
        if !self.unknown.is_empty() {
            let n = self.unknown.len();
            return Refusal::data(if n == 1 {
                text!("1 colonne inconnue", "1 unknown column")
            } else {
                text!("{n} colonnes inconnues", "{n} unknown columns")
            })
            .why(text!("le genre {code} ne les a pas toutes", "the kind {code} does not have them all"));
        }
        if let Some((first, at)) = self.twice.first() {
            let (a, b) = (shown(&headers[*first]), shown(&headers[*at]));
            let (n, m) = (first + 1, at + 1);
            return Refusal::data(text!(
                "deux colonnes disent la même chose : « {a} » ({n}) et « {b} » ({m})",
                "two columns say the same thing: “{a}” ({n}) and “{b}” ({m})"
            ));
        }
        let fields = kind.fields();
        let fr = self.missing.iter().map(|p| format!("{} ({})", fields[*p].fr, fields[*p].name)).collect::<Vec<_>>();
        let en = self.missing.iter().map(|p| fields[*p].name).collect::<Vec<_>>();
        let (fr, en) = (fr.join(", "), en.join(", "));
        Refusal::data(text!("il manque une colonne : {fr}", "a column is missing: {en}"))
            .why(text!("le genre {code} la demande", "the kind {code} needs it"))
    }
}

/// The way out, column by column.
struct Way {
    ready: Vec<String>,
    columns: Vec<Text>,
    kind: Kind,
}

impl Way {
    fn flag(&mut self, flag: &str, value: String) {
        self.ready.extend([flag.to_owned(), value]);
    }

    /// A column nobody knows: the field it may be, when no other column is that, else it is left out.
    fn unknown(&mut self, at: usize, (headers, originals): (&[String], &[String]), given: &mut [Column]) {
        let (typed, original) = (shown(&headers[at]), &originals[at]);
        let near = self.near(&headers[at]).filter(|(column, _)| !given.contains(column));
        match near {
            Some((column, name)) => {
                given[at] = column;
                self.columns.push(text!("« {typed} » : peut-être {name}", "“{typed}”: maybe {name}"));
                self.flag("--map", format!("{original}={name}"));
            }
            None => {
                self.columns.push(text!("« {typed} » : aucun champ", "“{typed}”: no field"));
                let alone = originals.iter().filter(|h| same_header(h, original)).count() == 1;
                let word = if alone && !original.starts_with('#') { original.clone() } else { format!("#{}", at + 1) };
                self.flag("--ignore", word);
            }
        }
    }

    fn near(&self, header: &str) -> Option<(Column, &'static str)> {
        let field = |name: &str| {
            let column = find(self.kind, name)?;
            let Column::Field(position) = column else { return None };
            Some((column, self.kind.fields()[position].name))
        };
        if find(self.kind, header) == Some(Column::Id) {
            // The number of somebody else's list is a reference of theirs.
            let reference = if self.kind == Kind::Trainees { field("ref") } else { None };
            return reference.or_else(|| find(self.kind, "ref").map(|column| (column, "ref")));
        }
        let names = self.kind.fields().iter().flat_map(|f| f.names());
        field(nearest(header, names)?)
    }

    fn twice(&mut self, (first, at): (usize, usize), headers: &[String]) {
        let (a, b) = (shown(&headers[first]), shown(&headers[at]));
        self.columns.push(text!("« {b} » : comme « {a} »", "“{b}”: the same as “{a}”"));
        self.flag("--ignore", format!("#{}", at + 1));
    }

    /// A mandatory field that nothing gives; whether there is a value to propose.
    fn missing(&mut self, position: usize, options: &Options<'_>) -> bool {
        let field = &self.kind.fields()[position];
        let (fr, name) = (field.fr, field.name);
        let cohort = options.cohort.as_deref().filter(|_| matches!(field.holds, Holds::Ref(Target::Cohort)));
        self.columns.push(match cohort {
            Some(code) => text!(
                "{fr} ({name}) : aucune colonne ; la promotion du moment est {code}",
                "{name}: no column; the present cohort is {code}"
            ),
            None => text!(
                "{fr} ({name}) : aucune colonne ; --map \"Ma colonne={name}\" ou --set {name}=…",
                "{name}: no column; --map \"My column={name}\" or --set {name}=…"
            ),
        });
        if let Some(code) = cohort {
            self.flag("--cohort", code.to_owned());
        }
        cohort.is_some()
    }
}
