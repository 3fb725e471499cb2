//! The words behind the `@` of a figure: those that some row can carry, and a refusal of every other.

use super::Target;
use crate::domain::folding::nearest;
use crate::domain::{ClosedList, Date, Refusal, Text};
use crate::report::aftermath::Point;
use crate::report::indicator::Variants;
use crate::report::section::{FOLLOWUP_POINTS, Section, bpf, esf, financial, head};
use crate::report::situation::Scheme;
use crate::text;
use std::collections::BTreeSet;

/// The codes of the whole school that words may name, whatever the scope: a word of another cohort is a word.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    /// Cohorts.
    pub cohorts: BTreeSet<String>,
    /// Technical modules.
    pub modules: BTreeSet<String>,
    /// Certificates of the catalogue.
    pub certificates: BTreeSet<String>,
    /// NSF specialities of cohorts.
    pub specialities: BTreeSet<String>,
    /// Funders.
    pub funders: BTreeSet<String>,
    /// Budget lines: side, class, label.
    pub budget: BTreeSet<[String; 3]>,
}

/// How many valid words a refusal lists.
const LISTED: usize = 12;

impl Target {
    /// Whether it names anything that [`Target::check`] must look at.
    pub fn has_words(&self) -> bool {
        match self {
            Target::Indicator(_, variant) => variant.is_some(),
            Target::Column { words, .. } => !words.is_empty(),
        }
    }
    /// Refuses a word that no row can carry.
    pub fn check(&self, codes: &Codes) -> Result<(), Refusal> {
        match self {
            Target::Indicator(indicator, Some(variant)) => {
                let (known, what) = match indicator.variants {
                    // Parsing knows these.
                    Variants::Bare | Variants::Fixed(_) => return Ok(()),
                    Variants::TechnicalModules => (
                        &codes.modules,
                        text!("« {variant} » n'est pas un module technique", "“{variant}” is not a technical module"),
                    ),
                    Variants::Certificates => (
                        &codes.certificates,
                        text!(
                            "« {variant} » n'est pas un certificat du catalogue",
                            "“{variant}” is not a certificate of the catalogue"
                        ),
                    ),
                };
                if known.contains(variant) {
                    return Ok(());
                }
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let whole = |word: Option<&str>| indicator.name(word);
                Err(refusal(what, (variant, &codes.cohorts), &known, &whole))
            }
            Target::Indicator(_, None) => Ok(()),
            Target::Column { section, column, words } => {
                let start = format!("{}:{column}", section.code());
                Row::new(*section, codes).check(&start, words, codes)
            }
        }
    }
}

/// The rows that a section can have.
struct Row {
    section: Section,
    /// The words of each, but for a month or a year.
    words: Vec<Vec<String>>,
    /// Whether a word is one that is not listed: a month, a year.
    open: fn(&str) -> bool,
}

impl Row {
    fn new(section: Section, codes: &Codes) -> Row {
        let pair = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        let never: fn(&str) -> bool = |_| false;
        let (words, open) = match section {
            Section::Monthly => (vec![Vec::new()], is_month as fn(&str) -> bool),
            Section::Exits => {
                let with = |scheme: &Scheme| Point::ALL.iter().map(|point| pair(scheme.code(), point.code())).collect();
                (Scheme::ALL.iter().flat_map::<Vec<_>, _>(with).collect(), never)
            }
            Section::Esf => (esf::definitions().map(|(key, _)| vec![key.to_owned()]).collect(), never),
            Section::Bpf => {
                let mut lines: Vec<Vec<String>> =
                    bpf::FRAMES.iter().flat_map(|(frame, lines)| lines.iter().map(|line| pair(frame, line))).collect();
                lines.extend(bpf::FRAMES.iter().map(|(frame, _)| pair(frame, head::TOTAL)));
                lines.extend(codes.specialities.iter().map(|nsf| pair(bpf::BY_SPECIALITY, nsf)));
                (lines, is_year as fn(&str) -> bool)
            }
            Section::Financial => {
                let lines = codes.budget.iter().map(|line| line.to_vec());
                (lines.chain(financial::computed_rows(&codes.funders)).collect(), never)
            }
            Section::Followups => (FOLLOWUP_POINTS.iter().map(|point| vec![point.code().to_owned()]).collect(), never),
            Section::Agreed
            | Section::Indicators
            | Section::Attendance
            | Section::People
            | Section::Placements
            | Section::Quality => (vec![Vec::new()], never),
        };
        Row { section, words, open }
    }
    fn check(&self, start: &str, typed: &[String], codes: &Codes) -> Result<(), Refusal> {
        let section = self.section.code();
        let (open, listed): (Vec<&String>, Vec<&String>) = typed.iter().partition(|word| (self.open)(word));
        if open.len() <= 1 && self.words.iter().any(|row| listed.iter().all(|word| row.contains(word))) {
            return Ok(());
        }
        let known = self.known();
        let unknown = listed.iter().find(|word| !known.contains(&word.as_str()));
        let Some(unknown) = unknown else {
            let together = typed.join(", ");
            let what = text!(
                "aucune ligne de {section} ne porte à la fois {together}",
                "no row of {section} carries all of {together}"
            );
            return Err(Refusal::usage(what).hint(self.example(start)));
        };
        let what = text!("« {unknown} » ne nomme aucune ligne de {section}", "“{unknown}” names no row of {section}");
        let whole = |instead: Option<&str>| {
            // The right word may be there already.
            let instead = instead.filter(|word| typed.iter().all(|w| w != word));
            let words = typed.iter().filter_map(|w| if w == *unknown { instead } else { Some(w.as_str()) });
            [start].into_iter().chain(words).collect::<Vec<_>>().join("@")
        };
        let refused = refusal(what, (unknown, &codes.cohorts), &known, &whole);
        Err(if refused.hint.is_none() { refused.hint(self.example(start)) } else { refused })
    }
    /// Every listed word once: all the first ones, then all the second ones.
    fn known(&self) -> Vec<&str> {
        let widest = self.words.iter().map(Vec::len).max().unwrap_or(0);
        let mut known: Vec<&str> = Vec::new();
        for word in (0..widest).flat_map(|at| self.words.iter().filter_map(move |row| row.get(at))) {
            if !word.is_empty() && !known.contains(&word.as_str()) {
                known.push(word);
            }
        }
        known
    }
    /// One figure that can be asked for.
    fn example(&self, start: &str) -> Text {
        let first = self.words.first().cloned().unwrap_or_default();
        let open = match self.section {
            Section::Monthly => Some("2018-11"),
            Section::Bpf => Some("2018"),
            _ => None,
        };
        let words = open.into_iter().chain(first.iter().map(String::as_str));
        let example = [start].into_iter().chain(words).collect::<Vec<_>>().join("@");
        text!("Par exemple : fil report explain {example}", "For example: fil report explain {example}")
    }
}

/// Refuses a word; `whole` gives the figure with another word in its place, or with none.
fn refusal(
    what: Text,
    (typed, cohorts): (&str, &BTreeSet<String>),
    known: &[&str],
    whole: &dyn Fn(Option<&str>) -> String,
) -> Refusal {
    let refusal = Refusal::usage(what);
    if cohorts.contains(typed) {
        let rest = whole(None);
        return refusal.hint(text!(
            "C'est une promotion : fil report explain {rest} -c {typed}",
            "It is a cohort: fil report explain {rest} -c {typed}"
        ));
    }
    if let Some(near) = nearest(typed, known.iter().copied()) {
        let near = whole(Some(near));
        return refusal
            .hint(text!("Le plus proche : fil report explain {near}", "The nearest: fil report explain {near}"));
    }
    if known.is_empty() {
        return refusal;
    }
    let mut list: Vec<&str> = known.iter().copied().take(LISTED).collect();
    if known.len() > LISTED {
        list.push("…");
    }
    let list = list.join(", ");
    refusal.hint(text!("Mots possibles : {list}", "Possible words: {list}"))
}

fn is_month(word: &str) -> bool {
    Date::parse_iso(&format!("{word}-01")).is_ok_and(|day| day.in_month().to_string() == word)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}
