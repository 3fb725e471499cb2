//! The note of an export: what it covers, what each file holds, and what each of its indicators counts, made of the
//! indicators' own texts and kept as near to one page as they allow.

mod columns;
mod words;

use super::indicator::columns::{esf_detail, indicator_of};
use super::indicator::{self, Indicator, Measure, NEVER_UNKNOWN, NO_BASE, Variants};
use super::section::{Section, esf};
use super::template::Template;
use crate::domain::facts::{BpfHours, DurableMin, Scope};
use crate::domain::folding::fold;
use crate::domain::{ClosedList, Lang, Text};
use crate::sheet::{Cell, Sheet};
use crate::{fixed, text};
use std::fmt::Write as _;

/// What an export says of itself.
#[derive(Debug, Clone)]
pub struct Cover<'a> {
    /// The scope of its figures.
    pub scope: &'a Scope,
    /// The period in words.
    pub period: String,
    /// The sheets it holds, as they are sent.
    pub sheets: &'a [Sheet],
    /// The layout that the funder wants, when there is one.
    pub template: Option<&'a Template>,
    /// Whether figures may still change.
    pub standing: Standing,
    /// Counts below this are masked; 0 = nothing is.
    pub threshold: i64,
    /// Data-quality rules accepted all the same, with the reason given.
    pub accepted: &'a [(String, String)],
}

/// What each page and file of a draft says.
pub const DRAFT: &Text = fixed!("BROUILLON, ne pas envoyer", "DRAFT, do not send (BROUILLON, ne pas envoyer)");

/// Whether an export may still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The period was not closed.
    Provisional,
    /// The period was closed: these bytes stay.
    Closed,
    /// For the school's own eyes: nothing of it was recorded, so it must not leave.
    Draft,
}

/// The note that goes with an export, in the funder's language.
pub fn note(cover: &Cover<'_>, lang: Lang) -> String {
    let mut out = String::new();
    if cover.standing == Standing::Draft {
        let _ = writeln!(out, "{}\n", DRAFT.get(lang));
    }
    head(&mut out, cover, lang);
    files(&mut out, cover, lang);
    accepted(&mut out, cover.accepted, lang);
    out.push_str(&defined(cover, lang));
    out
}

/// What the figures of an export mean, as the note says it.
pub fn defined(cover: &Cover<'_>, lang: Lang) -> String {
    let mut out = String::new();
    columns::told(&mut out, cover, lang);
    classes(&mut out, cover, lang);
    definitions(&mut out, cover, lang);
    if let Some(sheet) = cover.sheets.iter().find(|s| s.key == Section::Esf.code()) {
        participants(&mut out, sheet, lang);
    }
    out
}

/// Data-quality errors that were accepted, with the reason given.
fn accepted(out: &mut String, accepted: &[(String, String)], lang: Lang) {
    if accepted.is_empty() {
        return;
    }
    heading(out, "DÉFAUTS DE DONNÉES ACCEPTÉS", "DATA ERRORS ACCEPTED", lang);
    let colon = if lang == Lang::Fr { " :" } else { ":" };
    for (rule, why) in accepted {
        paragraph(out, &format!("{rule}{colon} {why}"));
    }
}

/// The longest line of the note.
const WIDTH: usize = 120;

/// One paragraph, its later lines set in by two blanks; a sign that French sets apart stays with its word.
fn paragraph(out: &mut String, text: &str) {
    let mut width = 0;
    let mut words = text.split(' ').filter(|w| !w.is_empty()).peekable();
    while let Some(word) = words.next() {
        let mut word = word.to_owned();
        while let Some(sign) = words.next_if(|next| matches!(*next, ":" | ";" | "»")) {
            word = format!("{word} {sign}");
        }
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            out.push_str("\n  ");
            width = 2;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(&word);
        width += length;
    }
    out.push('\n');
}

fn files(out: &mut String, cover: &Cover<'_>, lang: Lang) {
    heading(out, "FICHIERS", "FILES", lang);
    for sheet in cover.sheets {
        let title = sheet.title.as_ref().map_or(sheet.key.as_str(), |title| title.get(lang));
        let about = match Section::from_code(&sheet.key) {
            Some(section) => words::about(section),
            None if sheet.key == RESTATED => words::about_restated(),
            None => Text::same(""),
        };
        let about = about.get(lang);
        let colon = if lang == Lang::Fr { " :" } else { ":" };
        paragraph(out, &format!("{}.csv{colon} {title}. {about}", sheet.key));
    }
}

fn heading(out: &mut String, fr: &str, en: &str, lang: Lang) {
    let _ = writeln!(out, "\n{}", if lang == Lang::Fr { fr } else { en });
}

fn has(cover: &Cover<'_>, section: Section) -> bool {
    cover.sheets.iter().any(|sheet| sheet.key == section.code())
}

/// What the classes of exits are, where a file counts by them.
fn classes(out: &mut String, cover: &Cover<'_>, lang: Lang) {
    let counted = [Section::Indicators, Section::Exits, Section::People, Section::Placements, Section::Financial];
    if !counted.into_iter().any(|section| has(cover, section)) {
        return;
    }
    heading(out, "CLASSES DE SORTIE", "CLASSES OF EXITS", lang);
    paragraph(out, words::classes(cover.scope.settings.durable_min).get(lang));
    if has(cover, Section::Exits) {
        paragraph(out, words::other_scheme().get(lang));
    }
    paragraph(out, words::exits().get(lang));
}

/// The sheet of what changed in earlier closed periods, which is no section of its own.
const RESTATED: &str = "restated";

/// That sheet under its title.
pub fn restated(sheet: Sheet) -> Sheet {
    Sheet { title: Some(words::restated_title()), ..sheet }
}

/// The indicators of an export, in the order of the registry.
fn indicators(sheets: &[Sheet]) -> Vec<&'static Indicator> {
    let mut keys: Vec<&str> = Vec::new();
    for sheet in sheets {
        if sheet.key == Section::Indicators.code() {
            let Some(at) = sheet.column("indicator") else { return indicator::all().collect() };
            for row in &sheet.rows {
                if let Cell::Text(name) = &row[at] {
                    keys.push(name.split('@').next().unwrap_or(name));
                }
            }
        } else {
            let columns = sheet.columns.iter().map(|column| column.key);
            keys.extend(columns.filter_map(|column| indicator_of(&sheet.key, column)));
        }
    }
    indicator::all().filter(|indicator| keys.contains(&indicator.key)).collect()
}

/// Every indicator with its numerator; those of one base and one rule for unknown answers stand together under it.
fn definitions(out: &mut String, cover: &Cover<'_>, lang: Lang) {
    let all = indicators(cover.sheets);
    if all.is_empty() {
        return;
    }
    heading(out, "DÉFINITIONS", "DEFINITIONS", lang);
    if has(cover, Section::Indicators) {
        paragraph(out, words::reading().get(lang));
    }
    let mut bases: Vec<(&'static Text, &'static Text)> = Vec::new();
    for indicator in &all {
        let base = (indicator.denominator, indicator.unknown);
        if !bases.contains(&base) {
            bases.push(base);
        }
    }
    // Those that share a base stand under it; one that has a base of its own tells it on its own line.
    let of = |base: &(&'static Text, &'static Text)| {
        all.iter().filter(|i| (i.denominator, i.unknown) == *base).collect::<Vec<_>>()
    };
    let (shared, own): (Vec<(&'static Text, &'static Text)>, Vec<_>) =
        bases.iter().partition(|base| of(base).len() > 1);
    for base in shared {
        paragraph(out, &format!("\u{2014} {}", base_words(base).get(lang)));
        for indicator in of(&base) {
            paragraph(out, &definition(indicator, lang));
        }
    }
    if !own.is_empty() {
        paragraph(out, if lang == Lang::Fr { "\u{2014} Autres" } else { "\u{2014} Others" });
    }
    for indicator in own.iter().flat_map(of) {
        let base = base_words((indicator.denominator, indicator.unknown));
        paragraph(out, &format!("{} {}.", definition(indicator, lang), base.get(lang)));
    }
}

fn base_words((denominator, unknown): (&'static Text, &'static Text)) -> Text {
    let base = if denominator == NO_BASE {
        text!("Total, sans dénominateur", "Total, without a denominator")
    } else {
        text!("Dén. : {denominator}", "Den.: {denominator}"; denominator)
    };
    if unknown == NEVER_UNKNOWN {
        return base;
    }
    text!("{base}. Inconnus : {unknown}", "{base}. Unknown: {unknown}"; base, unknown)
}

fn definition(indicator: &Indicator, lang: Lang) -> String {
    let (label, text) = (indicator.label.clone(), indicator.definition.clone());
    let (label, text) = (label.get(lang), text.get(lang));
    let name = variants(indicator).map_or_else(|| indicator.key.to_owned(), |v| format!("{}@{v}", indicator.key));
    let unit = match indicator.measure {
        Measure::Percent | Measure::People => String::new(),
        other => format!(", {}", other.label(lang)),
    };
    let numerator = indicator.numerator.clone();
    let numerator = numerator.get(lang);
    // Most definitions begin with their numerator.
    let numerator = match lang {
        _ if fold(text).contains(&fold(numerator)) => String::new(),
        Lang::Fr => format!(" Num. : {numerator}."),
        Lang::En => format!(" Num.: {numerator}."),
    };
    let colon = if lang == Lang::Fr { " :" } else { ":" };
    format!("{name} ({label}{unit}){colon} {text}{numerator}")
}

fn variants(indicator: &Indicator) -> Option<String> {
    match indicator.variants {
        Variants::Bare => None,
        Variants::Fixed(known) => Some(known.join("|")),
        Variants::TechnicalModules => Some("MODULE".to_owned()),
        Variants::Certificates => Some("CERTIFICATE".to_owned()),
    }
}

/// The lines of the ESF+ file, which carry codes of the fund.
fn participants(out: &mut String, sheet: &Sheet, lang: Lang) {
    heading(out, "INDICATEURS COMMUNS FSE+", "ESF+ COMMON INDICATORS", lang);
    let present = |key: &str| match sheet.column("indicator") {
        Some(at) => sheet.rows.iter().any(|row| row[at] == Cell::Text(key.to_owned())),
        None => true,
    };
    let lines = esf::definitions().filter(|(key, _)| present(key));
    let line = |(key, label): (&str, &'static Text)| {
        let label = label.clone();
        let detail = esf_detail(key).cloned();
        let detail = detail.map_or_else(String::new, |detail| format!(" ({})", detail.get(lang)));
        format!("{key} {}{detail}", label.get(lang))
    };
    paragraph(out, &format!("{}.", lines.map(line).collect::<Vec<_>>().join(columns::apart(lang))));
    paragraph(out, words::participants().get(lang));
}

fn head(out: &mut String, cover: &Cover<'_>, lang: Lang) {
    let scope = cover.scope;
    let funder = scope.funder.as_ref().map_or("", |f| f.name.as_str());
    let own = match lang {
        Lang::Fr => format!("RAPPORT POUR {funder}"),
        Lang::En => format!("REPORT FOR {funder}"),
    };
    match cover.template.and_then(|template| template.title.get(lang)) {
        Some(title) => paragraph(out, &format!("{title} \u{2014} {funder}")),
        None => paragraph(out, &own),
    }
    out.push('\n');
    let cohorts = scope.cohorts.as_ref().map(|c| c.join(", "));
    let durable = match scope.settings.durable_min {
        DurableMin::SixMonths => "6m",
        DurableMin::OverSixMonths => "over-6m",
    };
    let hours = match scope.settings.bpf_hours {
        BpfHours::Centre => "centre",
        BpfHours::All => "all",
    };
    let settings = format!(
        "durable_min={durable}, ltu_months={}, ltu_under25={}, bpf_hours={hours}",
        scope.settings.ltu_months, scope.settings.ltu_under25
    );
    let (period, as_of, n) = (&cover.period, scope.as_of, cover.threshold);
    let day = as_of.french();
    let lines = match (lang, cover.standing) {
        (Lang::Fr, standing) => {
            let state = match standing {
                Standing::Closed => "clos",
                Standing::Provisional => "provisoire : la période n'a pas été close",
                Standing::Draft => "en brouillon : il n'est enregistré nulle part",
            };
            let all = "toutes celles financées".to_owned();
            format!(
                "Période : {period}. État au {day}. Rapport {state}.\nPromotions : {}. \
                 Connu au : {}. Réglages : {settings}.\n{}\nUn taux sans base est vide, jamais zéro. « n/N » accompagne \
                 chaque taux ; sous l'effectif minimal il porte la note « effectif faible ».\nQui connaît les personnes \
                 peut reconnaître une situation : ne diffusez pas plus loin.",
                cohorts.unwrap_or(all),
                scope.known_on.as_deref().unwrap_or("maintenant"),
                if n > 0 {
                    format!(
                        "Les nombres de personnes inférieurs à {n} sont masqués (c), ainsi que ceux qui les révéleraient."
                    )
                } else {
                    "Aucun nombre n'est masqué, selon la convention.".to_owned()
                },
            )
        }
        (Lang::En, standing) => {
            let state = match standing {
                Standing::Closed => "closed",
                Standing::Provisional => "provisional: the period was not closed",
                Standing::Draft => "draft: it is recorded nowhere",
            };
            let all = "all those funded".to_owned();
            format!(
                "Period: {period}. As of {as_of}. Report {state}.\nCohorts: {}. Known on: {}. \
                 Settings: {settings}.\n{}\nA rate without a base is empty, never zero. n/N stands beside every rate; \
                 under the smallest base it carries the note “small number”.\nSomeone who knows the people may recognise \
                 a situation: do not pass this on.",
                cohorts.unwrap_or(all),
                scope.known_on.as_deref().unwrap_or("now"),
                if n > 0 {
                    format!("Counts of people under {n} are masked (c), with those that would reveal them.")
                } else {
                    "No count is masked, by agreement.".to_owned()
                },
            )
        }
    };
    lines.lines().for_each(|line| paragraph(out, line));
    shown_cohorts(out, cover, lang);
}

fn shown_cohorts(out: &mut String, cover: &Cover<'_>, lang: Lang) {
    use super::template::Cohorts;
    if let Some(Cohorts::These(codes)) = cover.template.map(|template| &template.cohorts) {
        let own: Vec<&str> = codes.iter().map(String::as_str).filter(|code| *code != "*").collect();
        paragraph(out, words::shown_cohorts(&own).get(lang));
    }
}

#[cfg(test)]
mod tests;
