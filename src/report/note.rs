//! The one-page note of an export, made of the indicators' own texts.

use super::indicator::{self, Indicator, Variants};
use super::section::Section;
use crate::domain::facts::{BpfHours, DurableMin, Scope};
use crate::domain::{ClosedList, Lang};
use std::fmt::Write as _;

fn variants(indicator: &Indicator) -> Option<String> {
    match indicator.variants {
        Variants::Bare => None,
        Variants::Fixed(known) => Some(known.join("|")),
        Variants::TechnicalModules => Some("MODULE".to_owned()),
        Variants::Certificates => Some("CERTIFICATE".to_owned()),
    }
}

/// What an export says of itself.
#[derive(Debug, Clone)]
pub struct Cover<'a> {
    /// The scope of its figures.
    pub scope: &'a Scope,
    /// The period in words.
    pub period: String,
    /// The sections it holds.
    pub sections: &'a [Section],
    /// Whether it says what changed in earlier closed periods.
    pub restates: bool,
    /// Whether figures may still change.
    pub standing: Standing,
    /// Counts below this are masked; 0 = nothing is.
    pub threshold: i64,
    /// Data-quality rules accepted all the same, with the reason given.
    pub accepted: &'a [(String, String)],
}

/// Whether an export may still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The period was not closed.
    Provisional,
    /// The period was closed: these bytes stay.
    Closed,
}

/// The one-page note that goes with an export, in the funder's language.
pub fn note(cover: &Cover<'_>, lang: Lang) -> String {
    let mut out = String::new();
    head(&mut out, cover, lang);
    for section in cover.sections {
        let _ = writeln!(out, "- {}.csv : {}", section.code(), section.label(lang));
    }
    if cover.restates {
        out.push_str(match lang {
            Lang::Fr => "- restated.csv : ce qui a changé dans les périodes déjà closes, et pourquoi\n",
            Lang::En => "- restated.csv : what changed in the periods already closed, and why\n",
        });
    }
    accepted(&mut out, cover.accepted, lang);
    out.push('\n');
    out.push_str(&definitions(lang));
    out
}

/// Data-quality errors that were accepted, with the reason given.
fn accepted(out: &mut String, accepted: &[(String, String)], lang: Lang) {
    if accepted.is_empty() {
        return;
    }
    out.push_str(match lang {
        Lang::Fr => "\nDÉFAUTS DE DONNÉES ACCEPTÉS\n",
        Lang::En => "\nDATA ERRORS ACCEPTED\n",
    });
    for (rule, why) in accepted {
        let _ = writeln!(out, "- {rule} : {why}");
    }
}

/// What every indicator counts.
pub fn definitions(lang: Lang) -> String {
    let mut out = match lang {
        Lang::Fr => "DÉFINITIONS\n".to_owned(),
        Lang::En => "DEFINITIONS\n".to_owned(),
    };
    for indicator in indicator::all() {
        let name = variants(indicator).map_or_else(|| indicator.key.to_owned(), |v| format!("{}@{v}", indicator.key));
        let _ =
            writeln!(out, "{name} ({}) : {}", indicator.label.text().get(lang), indicator.definition.text().get(lang));
    }
    out
}

fn head(out: &mut String, cover: &Cover<'_>, lang: Lang) {
    let scope = cover.scope;
    let funder = scope.funder.as_ref().map_or("", |f| f.name.as_str());
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
            let state =
                if standing == Standing::Closed { "clos" } else { "provisoire : la période n'a pas été close" };
            let all = "toutes celles financées".to_owned();
            format!(
                "RAPPORT POUR {funder}\n\nPériode : {period}. État au {day}. Rapport {state}.\nPromotions : {}. \
                 Connu au : {}. Réglages : {settings}.\n{}\nUn taux sans base est vide, jamais zéro. « n/N » accompagne \
                 chaque taux ; sous l'effectif minimal il porte la note « effectif faible ».\nQui connaît les personnes \
                 peut reconnaître une situation : ne diffusez pas plus loin.\n\nFICHIERS\n",
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
            let state = if standing == Standing::Closed { "closed" } else { "provisional: the period was not closed" };
            let all = "all those funded".to_owned();
            format!(
                "REPORT FOR {funder}\n\nPeriod: {period}. As of {as_of}. Report {state}.\nCohorts: {}. Known on: {}. \
                 Settings: {settings}.\n{}\nA rate without a base is empty, never zero. n/N stands beside every rate; \
                 under the smallest base it carries the note “small number”.\nSomeone who knows the people may recognise \
                 a situation: do not pass this on.\n\nFILES\n",
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
    out.push_str(&lines);
}
