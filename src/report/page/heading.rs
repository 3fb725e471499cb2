//! What stands at the top of the page: whose report, which days, whether figures may still change.

use super::typeset::typeset;
use crate::domain::facts::{BpfHours, DurableMin, Scope, Settings};
use crate::domain::{Date, Lang, Text};
use crate::report::note::{Cover, DRAFT, Standing};
use crate::report::template::Wording;
use crate::sheet::escape;

/// What the page says of the report as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The title that the funder's layout gives the report.
    pub title: Wording,
    /// The funder's name; nothing for the school's own eyes.
    pub funder: Option<String>,
    /// The period in words; nothing when it is everything up to the as-of day.
    pub period: Option<Text>,
    /// First and last day of the period.
    pub days: (Date, Date),
    /// Nothing dated later counts.
    pub as_of: Date,
    /// What the file contained then; nothing for now.
    pub known_on: Option<String>,
    /// Whether figures may still change.
    pub standing: Standing,
    /// Counts below this are masked; 0 = nothing is.
    pub threshold: i64,
    /// The settings that change figures.
    pub settings: Settings,
}

/// One line of the heading.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) value: String,
    /// A style of its own: `open` or `closed` for the standing.
    pub(super) class: &'static str,
}

impl Heading {
    /// The heading of a scope.
    pub fn of(scope: &Scope, period: Option<Text>, threshold: i64) -> Heading {
        Heading {
            title: Wording::default(),
            funder: scope.funder.as_ref().map(|f| f.name.clone()),
            period,
            days: (scope.from, scope.to),
            as_of: scope.as_of,
            known_on: scope.known_on.clone(),
            standing: Standing::Provisional,
            threshold,
            settings: scope.settings,
        }
    }
    /// The heading of an export, as its note has it.
    pub fn of_cover(cover: &Cover<'_>) -> Heading {
        let period = Some(cover.period.as_str()).filter(|p| !p.is_empty()).map(Text::same);
        let title = cover.template.map(|template| template.title.clone()).unwrap_or_default();
        Heading { title, standing: cover.standing, ..Heading::of(cover.scope, period, cover.threshold) }
    }

    /// What every printed page says of a draft.
    pub(super) fn draft(&self, lang: Lang) -> Option<&'static str> {
        (self.standing == Standing::Draft).then(|| DRAFT.get(lang))
    }
    pub(super) fn title(&self, lang: Lang) -> String {
        let name = self.funder.as_deref().map(escape::terminal);
        if let (Some(title), Some(name)) = (self.title.get(lang), &name) {
            return typeset(&format!("{title} — {name}"), lang).into_owned();
        }
        match (name, lang) {
            (Some(name), Lang::Fr) => format!("Rapport pour {name}"),
            (Some(name), Lang::En) => format!("Report for {name}"),
            (None, Lang::Fr) => "Rapport de l’école".to_owned(),
            (None, Lang::En) => "The school’s report".to_owned(),
        }
    }

    pub(super) fn lines(&self, cohorts: &[String], lang: Lang) -> Vec<Line> {
        let mut lines = vec![
            self.line(("Période", "Period"), &self.period_in_words(), lang),
            self.line(("État au", "As of"), &day(self.as_of), lang),
        ];
        lines.extend(self.funder.is_some().then(|| Line { class: self.class(), ..self.standing_line(lang) }));
        let codes = if cohorts.is_empty() {
            Text::new("aucune promotion dans ces tableaux", "no cohort in these tables")
        } else {
            Text::same(cohorts.join(", "))
        };
        let name = if cohorts.len() == 1 { ("Promotion", "Cohort") } else { ("Promotions", "Cohorts") };
        lines.push(self.line(name, &codes, lang));
        if let Some(known) = &self.known_on {
            lines.push(self.line(("Connu au", "Known on"), &Text::same(escape::terminal(known)), lang));
        }
        lines
    }

    fn line(&self, (fr, en): (&str, &str), value: &Text, lang: Lang) -> Line {
        let name = if lang == Lang::Fr { fr } else { en };
        Line { name: name.to_owned(), value: typeset(value.get(lang), lang).into_owned(), class: "" }
    }
    fn class(&self) -> &'static str {
        if self.standing == Standing::Closed { "closed" } else { "open" }
    }
    fn standing_line(&self, lang: Lang) -> Line {
        let words = match self.standing {
            Standing::Closed => Text::new("✓ clos, définitif", "✓ closed, final"),
            Standing::Draft => DRAFT.clone(),
            Standing::Provisional => Text::new("~ provisoire (période non close)", "~ provisional (period not closed)"),
        };
        self.line(("Statut", "Status"), &words, lang)
    }
    fn period_in_words(&self) -> Text {
        let (from, to) = self.days;
        match &self.period {
            // A range already is its two days.
            Some(label) if label.fr.contains(&from.french()) => label.clone(),
            Some(label) => {
                let (from, to) = (day(from), day(to));
                Text::new(
                    format!("{} (du {} au {})", label.fr, from.fr, to.fr),
                    format!("{} (from {} to {})", label.en, from.en, to.en),
                )
            }
            None => {
                let to = day(to);
                Text::new(format!("depuis le début, jusqu’au {}", to.fr), format!("from the beginning to {}", to.en))
            }
        }
    }
    /// What is masked, in a sentence.
    pub(super) fn masking(&self) -> Text {
        match self.threshold {
            0 if self.funder.is_some() => {
                Text::new("Aucun nombre n’est masqué, selon la convention.", "No count is masked, by agreement.")
            }
            0 => Text::new(
                "Rien n’est masqué : cette page est pour l’école.",
                "Nothing is masked: this page is for the school.",
            ),
            n => Text::new(
                format!(
                    "Un « c » tient la place d’un nombre de personnes inférieur à {n}, ou d’un nombre qui le révélerait. Les \
                     graphiques n’en dessinent rien."
                ),
                format!(
                    "A “c” stands for a count of people under {n}, or for a number that would reveal one. The charts draw \
                     nothing of it."
                ),
            ),
        }
    }
    /// The settings that change figures, in a sentence.
    pub(super) fn settings(&self) -> Text {
        let s = &self.settings;
        let durable = match s.durable_min {
            DurableMin::SixMonths => "6m",
            DurableMin::OverSixMonths => "over-6m",
        };
        let hours = match s.bpf_hours {
            BpfHours::Centre => "centre",
            BpfHours::All => "all",
        };
        Text::same(format!(
            "durable_min={durable}, ltu_months={}, ltu_under25={}, bpf_hours={hours}",
            s.ltu_months, s.ltu_under25
        ))
    }
}

fn day(date: Date) -> Text {
    Text::new(date.french(), date.to_string())
}
