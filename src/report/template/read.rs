//! Reads a layout written in TOML; what is wrong is told with its line and column, and the nearest right word.

use super::{Cohorts, ColumnLayout, SectionLayout, Template, Wording, may_hold};
use crate::domain::facts::FunderFact;
use crate::domain::folding::{nearest, shown};
use crate::domain::funder::Dialect;
use crate::domain::text_rules::clean_name;
use crate::domain::{ClosedList, Lang, Refusal, Text};
use crate::report::section::Section;
use crate::text;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong in a layout, and where; lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Line.
    pub line: usize,
    /// Character in the line.
    pub column: usize,
    /// What is wrong.
    pub what: Text,
    /// What would be right.
    pub right: Option<Text>,
}

impl Flaw {
    /// The flaw as a refusal of the file it was found in.
    pub fn refusal(self, file: &str) -> Refusal {
        let (line, column) = (self.line, self.column);
        let refusal =
            Refusal::data(text!("{file}, ligne {line}, colonne {column}", "{file}, line {line}, column {column}"))
                .why(self.what);
        match self.right {
            Some(right) => refusal.hint(right),
            None => refusal,
        }
    }
}

/// What the profile of the funder allows.
#[derive(Debug, Clone, Copy)]
pub struct Bounds<'a> {
    /// The funder.
    pub funder: &'a FunderFact,
    /// Counts below this are masked.
    pub threshold: i64,
    /// The codes of the cohorts that its grants name.
    pub cohorts: &'a [String],
}

/// Reads a layout; `bounds` are checked when it is written, not again each time it is used.
pub fn read(text: &str, bounds: Option<Bounds<'_>>) -> Result<Template, Flaw> {
    Reader { text, bounds }.template()
}

type Value<'t> = Spanned<DeValue<'t>>;
type Fault = (Range<usize>, Text, Option<Text>);

struct Reader<'t> {
    text: &'t str,
    bounds: Option<Bounds<'t>>,
}

const TOP: [&str; 5] = ["title", "lang", "dialect", "cohorts", "section"];
const SECTION: [&str; 3] = ["key", "title", "columns"];
const COLUMN: [&str; 3] = ["key", "fr", "en"];
const WORDING: [&str; 2] = ["fr", "en"];

impl<'t> Reader<'t> {
    fn template(&self) -> Result<Template, Flaw> {
        let parsed = DeTable::parse(self.text).map_err(|error| {
            let at = error.span().unwrap_or(0..0);
            self.flaw(unreadable(at, error.message()))
        })?;
        self.top(parsed.get_ref()).map_err(|fault| self.flaw(fault))
    }

    fn flaw(&self, (span, what, right): Fault) -> Flaw {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Flaw { line, column: before[start..].chars().count() + 1, what, right }
    }

    fn top(&self, table: &DeTable<'_>) -> Result<Template, Fault> {
        known_keys(table, &TOP)?;
        let section = |value: &Value<'_>| self.sections(value);
        let sections = match table.get("section") {
            Some(value) => section(value)?,
            None => Vec::new(),
        };
        if sections.is_empty() {
            let end = self.text.trim_end().len();
            return Err((
                end..end,
                text!("le modèle ne montre aucune section", "the template shows no section"),
                Some(text!(
                    "ajoutez par exemple : [[section]] puis key = \"monthly\"",
                    "add for example: [[section]] then key = \"monthly\""
                )),
            ));
        }
        Ok(Template {
            title: table.get("title").map_or(Ok(Wording::default()), wording)?,
            lang: table.get("lang").map(|v| one_of(v, [Lang::Fr, Lang::En], Lang::code)).transpose()?,
            dialect: table
                .get("dialect")
                .map(|v| one_of(v, [Dialect::CsvFr, Dialect::Csv], Dialect::code))
                .transpose()?,
            cohorts: table.get("cohorts").map_or(Ok(Cohorts::All), |v| self.cohorts(v))?,
            sections,
        })
    }

    fn cohorts(&self, value: &Value<'_>) -> Result<Cohorts, Fault> {
        if value.get_ref().as_str() == Some("all") {
            return Ok(Cohorts::All);
        }
        let Some(list) = value.get_ref().as_array() else {
            let right = text!(
                "cohorts = \"all\", ou une liste : [\"{}\"]",
                "cohorts = \"all\", or a list: [\"{}\"]",
                self.bounds.and_then(|b| b.cohorts.first()).map_or("P1", String::as_str)
            );
            return Err((
                value.span(),
                text!("cohorts attend all ou une liste de codes", "cohorts takes all or a list of codes"),
                Some(right),
            ));
        };
        let mut codes: Vec<String> = Vec::new();
        for item in list.iter() {
            let code = string(item)?;
            self.known_cohort(item, code)?;
            if codes.iter().any(|c| c == code) {
                return Err(twice(item, code));
            }
            codes.push(code.to_owned());
        }
        if codes.is_empty() {
            return Err((
                value.span(),
                text!("la liste des promotions est vide", "the list of cohorts is empty"),
                Some(text!(
                    "\"all\" pour toutes, [\"*\"] pour le total seul",
                    "\"all\" for every one, [\"*\"] for the total alone"
                )),
            ));
        }
        Ok(Cohorts::These(codes))
    }

    /// `*` names the rows over all cohorts, which are always shown.
    fn known_cohort(&self, item: &Value<'_>, code: &str) -> Result<(), Fault> {
        match self.bounds {
            Some(bounds) if code != "*" && !bounds.cohorts.iter().any(|c| c == code) => {
                let (word, funder) = (shown(code), &bounds.funder.code);
                let what =
                    text!("{funder} ne finance pas de promotion « {word} »", "{funder} funds no cohort “{word}”");
                Err((item.span(), what, Some(suggestion(code, bounds.cohorts.iter().map(String::as_str)))))
            }
            _ => Ok(()),
        }
    }

    fn sections(&self, value: &Value<'_>) -> Result<Vec<SectionLayout>, Fault> {
        let Some(list) = value.get_ref().as_array() else {
            return Err((
                value.span(),
                text!("section attend des crochets doubles", "section takes double brackets"),
                Some(text!(
                    "[[section]] sur une ligne, puis key = \"monthly\"",
                    "[[section]] on a line, then key = \"monthly\""
                )),
            ));
        };
        let mut sections: Vec<SectionLayout> = Vec::new();
        for item in list.iter() {
            let layout = self.section(item)?;
            if sections.iter().any(|s| s.section == layout.section) {
                return Err(twice(item, layout.section.code()));
            }
            sections.push(layout);
        }
        Ok(sections)
    }

    fn section(&self, item: &Value<'_>) -> Result<SectionLayout, Fault> {
        let table = table(item)?;
        known_keys(table, &SECTION)?;
        let key = needed(item, table, "key = \"monthly\"")?;
        let section = one_of(key, Section::ALL.iter().copied(), Section::code)?;
        self.allowed(key, section)?;
        let columns = match table.get("columns") {
            Some(value) => columns(section, value)?,
            None => Vec::new(),
        };
        Ok(SectionLayout { section, title: table.get("title").map_or(Ok(Wording::default()), wording)?, columns })
    }

    fn allowed(&self, key: &Value<'_>, section: Section) -> Result<(), Fault> {
        if section == Section::Quality {
            let what =
                text!("la section quality ne sort jamais de l'école", "the section quality never leaves the school");
            return Err((key.span(), what, Some(text!("retirez-la du modèle", "take it out of the template"))));
        }
        let Some(bounds) = self.bounds else { return Ok(()) };
        if may_hold(bounds.funder, bounds.threshold, section) {
            return Ok(());
        }
        let (code, funder, n) = (section.code(), &bounds.funder.code, bounds.threshold);
        Err(if may_hold(bounds.funder, 0, section) {
            let what = text!(
                "{code} montre des personnes une par une, et les nombres sous {n} sont masqués pour {funder}",
                "{code} shows single people, and counts under {n} are masked for {funder}"
            );
            let right = text!(
                "retirez-la, ou avec une convention : fil funder edit {funder} --level contract",
                "take it out, or under an agreement: fil funder edit {funder} --level contract"
            );
            (key.span(), what, Some(right))
        } else {
            let what = text!(
                "{code} montre des personnes une par une, et {funder} n'y a pas droit",
                "{code} shows single people, and {funder} is not entitled to them"
            );
            let right = text!(
                "retirez-la, ou si la convention le dit : fil funder edit {funder} --people pseudonymised",
                "take it out, or if the agreement says so: fil funder edit {funder} --people pseudonymised"
            );
            (key.span(), what, Some(right))
        })
    }
}

fn columns(section: Section, value: &Value<'_>) -> Result<Vec<ColumnLayout>, Fault> {
    let own: Vec<&'static str> = section.columns().iter().map(|c| c.key).collect();
    let Some(list) = value.get_ref().as_array().filter(|list| !list.is_empty()) else {
        let (first, second) = (own.first().unwrap_or(&""), own.get(1).unwrap_or(&""));
        return Err((
            value.span(),
            text!("columns attend une liste de colonnes", "columns takes a list of columns"),
            Some(text!(
                "columns = [\"{first}\", \"{second}\"] ; sans columns, toutes sont montrées",
                "columns = [\"{first}\", \"{second}\"]; without columns all are shown"
            )),
        ));
    };
    let mut columns: Vec<ColumnLayout> = Vec::new();
    for item in list.iter() {
        let (key, label) = match item.get_ref().as_table() {
            Some(table) => {
                known_keys(table, &COLUMN)?;
                (needed(item, table, "{ key = \"cohort\", fr = \"Groupe\" }")?, labels(table)?)
            }
            None => (item, Wording::default()),
        };
        let key_of = |key: &'static str| key;
        let column = one_of(key, own.iter().copied(), key_of)?;
        if columns.iter().any(|c| c.key == column) {
            return Err(twice(key, column));
        }
        columns.push(ColumnLayout { key: column, label });
    }
    Ok(columns)
}

/// Words for people: one text for both languages, or `{ fr = "…", en = "…" }`.
fn wording(value: &Value<'_>) -> Result<Wording, Fault> {
    match value.get_ref().as_table() {
        Some(table) => {
            known_keys(table, &WORDING)?;
            labels(table)
        }
        None => {
            let words = Some(words(value)?);
            Ok(Wording { fr: words.clone(), en: words })
        }
    }
}

fn labels(table: &DeTable<'_>) -> Result<Wording, Fault> {
    let get = |key: &str| table.get(key).map(words).transpose();
    Ok(Wording { fr: get("fr")?, en: get("en")? })
}

fn words(value: &Value<'_>) -> Result<String, Fault> {
    clean_name(string(value)?).map_err(|refusal| (value.span(), refusal.what, refusal.why.or(refusal.hint)))
}

fn string<'v>(value: &'v Value<'_>) -> Result<&'v str, Fault> {
    value.get_ref().as_str().ok_or_else(|| {
        let what = text!("il faut ici un texte entre guillemets", "a text between quotes is needed here");
        (value.span(), what, Some(text!("par exemple \"monthly\"", "for example \"monthly\"")))
    })
}

fn table<'v, 't>(value: &'v Value<'t>) -> Result<&'v DeTable<'t>, Fault> {
    value.get_ref().as_table().ok_or_else(|| {
        let what = text!("chaque section est un bloc à elle", "each section is a block of its own");
        let right =
            text!("[[section]] sur une ligne, puis key = \"monthly\"", "[[section]] on a line, then key = \"monthly\"");
        (value.span(), what, Some(right))
    })
}

fn needed<'v, 't>(item: &Value<'_>, table: &'v DeTable<'t>, example: &str) -> Result<&'v Value<'t>, Fault> {
    table.get("key").ok_or_else(|| {
        let what = text!("il manque key", "key is missing");
        (item.span(), what, Some(text!("par exemple {example}", "for example {example}")))
    })
}

/// Refuses the first key, in the order of the file, that means nothing.
fn known_keys(table: &DeTable<'_>, known: &[&str]) -> Result<(), Fault> {
    let strange = table.keys().filter(|key| !known.contains(&key.get_ref().as_ref()));
    let Some(key) = strange.min_by_key(|key| key.span().start) else { return Ok(()) };
    let word = shown(key.get_ref());
    let what = text!("« {word} » ne veut rien dire ici", "“{word}” means nothing here");
    Err((key.span(), what, Some(suggestion(key.get_ref(), known.iter().copied()))))
}

fn one_of<T: Copy>(
    value: &Value<'_>,
    known: impl IntoIterator<Item = T>,
    code: fn(T) -> &'static str,
) -> Result<T, Fault> {
    let typed = string(value)?;
    let known: Vec<T> = known.into_iter().collect();
    known.iter().find(|item| code(**item) == typed).copied().ok_or_else(|| {
        let word = shown(typed);
        let what = text!("« {word} » n'existe pas ici", "“{word}” does not exist here");
        (value.span(), what, Some(suggestion(typed, known.iter().map(|item| code(*item)))))
    })
}

fn suggestion<'k>(typed: &str, known: impl Iterator<Item = &'k str> + Clone) -> Text {
    match nearest(typed, known.clone()) {
        Some(near) => text!("vouliez-vous dire {near} ?", "did you mean {near}?"),
        None => {
            let all = known.collect::<Vec<_>>().join(", ");
            if all.is_empty() {
                text!("il n'y en a aucune", "there is none")
            } else {
                text!("au choix : {all}", "choose among: {all}")
            }
        }
    }
}

fn twice(value: &Value<'_>, word: &str) -> Fault {
    let what = text!("« {word} » est donné deux fois", "“{word}” is given twice");
    (value.span(), what, Some(text!("gardez l'un des deux", "keep one of them")))
}

/// The parser speaks English and of grammar: its few frequent complaints are said again in plain words.
fn unreadable(at: Range<usize>, message: &str) -> Fault {
    if message.contains("duplicate key") {
        let what = text!("ce mot est donné deux fois", "this word is given twice");
        return (at, what, Some(text!("gardez l'un des deux", "keep one of them")));
    }
    let what = text!("cet endroit ne se lit pas", "this place cannot be read");
    let right = text!(
        "vérifiez les guillemets, les crochets, les virgules et les signes =",
        "check quotes, brackets, commas and = signs"
    );
    (at, what, Some(right))
}
