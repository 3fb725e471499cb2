//! The scope of a report: cohorts, period, as-of day, settings and funder, from what was asked and the defaults.

use crate::domain::day::{Lean, in_full, parse_day};
use crate::domain::facts::{BpfHours, DurableMin, Facts, FunderFact, Scope, Settings};
use crate::domain::folding::{nearest, same_code, shown};
use crate::domain::period::{self, Period, PeriodContext, parse_period};
use crate::domain::{Date, Month, Refusal, Text};
use crate::report::Section;
use crate::report::manifest::sha256;
use crate::report::template::{self, Budget, Template};
use crate::sheet::Sheet;
use crate::store::Store;
use crate::store::facts::{Breadth, FactsRequest, MarkDetail};
use crate::text;
use anyhow::{Result, bail};

/// What a report takes when no period was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The last complete month.
    LastMonth,
    /// Everything up to the as-of day.
    Everything,
}

/// What was asked of the scope, as typed.
pub struct ScopeRequest<'m> {
    /// The day taken as today.
    pub today: Date,
    /// The period.
    pub period: Option<&'m str>,
    /// What a missing period means.
    pub missing: Missing,
    /// The funder's code.
    pub funder: Option<&'m str>,
    /// The code of the one cohort, which must be in the file; none for all.
    pub cohort: Option<String>,
    /// The day after which nothing counts.
    pub as_of: Option<&'m str>,
    /// The day or operation that the file is read as of.
    pub known_on: Option<&'m str>,
    /// Settings for this report only: `durable_min=over-6m`.
    pub settings: &'m [&'m str],
}

/// A scope that was understood.
pub struct Framed {
    /// The scope.
    pub scope: Scope,
    /// The period, when there is one to name files after.
    pub period: Option<Period>,
    /// What was taken, to be said on the error stream.
    pub echoes: Vec<Text>,
    /// The layout that the funder wants, when somebody wrote one.
    pub layout: Option<Layout>,
}

/// A layout as it is kept.
pub struct Layout {
    /// The layout.
    pub template: Template,
    /// The fingerprint of its text.
    pub sha256: String,
}

impl Framed {
    /// The name of the period in files, where there is a period.
    pub fn period_name(&self) -> Option<String> {
        self.period.as_ref().map(Period::file_name)
    }
    /// The period as it is typed, and in words.
    pub fn named(&self) -> (String, Text) {
        match &self.period {
            Some(period) => (as_typed(&period.file_name()), period.label()),
            None => (String::new(), Text::new("", "")),
        }
    }
    /// The sections that the funder of the scope gets, in order; without one, those of the school's own page.
    pub fn sections(&self, facts: &Facts) -> Vec<Section> {
        let Some(funder) = &self.scope.funder else { return template::own_sections(Budget::of(facts)) };
        let limit = threshold(&self.scope);
        let mut sections = match &self.layout {
            Some(layout) => template::sections(&layout.template),
            None => template::sections(&template::built_in(funder, Budget::of(facts), limit)),
        };
        // The profile may have become stricter since the layout was written.
        sections.retain(|section| template::may_hold(funder, limit, *section));
        sections
    }
    /// The sections that the funder would get if nothing were masked: a threshold above zero keeps them at home.
    pub fn kept_back(&self, facts: &Facts) -> Vec<Section> {
        let (Some(funder), limit) = (&self.scope.funder, threshold(&self.scope)) else { return Vec::new() };
        let wanted = match &self.layout {
            Some(layout) => template::sections(&layout.template),
            None => template::sections(&template::built_in(funder, Budget::of(facts), 0)),
        };
        let held = |section: &Section, limit| template::may_hold(funder, limit, *section);
        wanted.into_iter().filter(|section| held(section, 0) && !held(section, limit)).collect()
    }
    /// Finished sheets as the funder wants them; only ever after masking.
    pub fn laid_out(&self, sheets: Vec<Sheet>) -> Vec<Sheet> {
        match &self.layout {
            Some(layout) => template::apply(&layout.template, sheets),
            None => sheets,
        }
    }
}

/// Understands a scope.
///
/// # Errors
/// A refusal for a period, day, funder or setting that is not understood, for a day to come, and for a cohort that the
/// funder does not pay for.
pub fn frame(store: &Store, asked: &ScopeRequest<'_>) -> Result<Framed> {
    let today = asked.today;
    let mut echoes = Vec::new();
    let as_of = as_of(asked, &mut echoes)?;
    let period = match asked.period {
        Some(typed) => {
            let period = read_period(store, typed, today)?;
            if period.echo {
                echoes.push(period.in_full());
            }
            Some(period)
        }
        None if asked.missing == Missing::LastMonth => {
            let month = Period::month(last_complete_month(as_of.unwrap_or(today)));
            echoes.push(text!(
                "Période : {in_full}, la dernière complète",
                "Period: {in_full}, the last complete one";
                in_full = month.in_full()
            ));
            Some(month)
        }
        None => None,
    };
    let (from, to) = match &period {
        Some(period) => (period.from, period.to),
        None => (Date::MIN, as_of.unwrap_or(today)),
    };
    let mut funder = asked.funder.map(|code| funder(store, code)).transpose()?;
    let layout = funder.as_mut().map(|funder| layout(store, funder)).transpose()?.flatten();
    if let (Some(cohort), Some(funder)) = (&asked.cohort, &funder) {
        refuse_unfunded(store, cohort, funder)?;
    }
    let cohorts = asked.cohort.clone().map(|code| vec![code]);
    let mut settings = store.settings_fact()?;
    for pair in asked.settings {
        set(&mut settings, pair)?;
    }
    let as_of = as_of.unwrap_or(to.min(today));
    let known_on = known_on(asked, &mut echoes)?;
    Ok(Framed { scope: Scope { from, to, as_of, known_on, cohorts, funder, settings }, period, echoes, layout })
}

/// The layout of a funder's reports; its language and dialect become those of the funder.
pub fn layout(store: &Store, funder: &mut FunderFact) -> Result<Option<Layout>> {
    let Some(text) = store.template(funder.id)? else { return Ok(None) };
    let code = &funder.code;
    let template = template::read(&text, None).map_err(|flaw| {
        let file = format!("template {code}");
        flaw.refusal(&file).hint(text!(
            "Revenez au modèle d'origine : fil funder template {code} --reset",
            "Go back to the built-in one: fil funder template {code} --reset"
        ))
    })?;
    funder.lang = template.lang.unwrap_or(funder.lang);
    funder.dialect = template.dialect.unwrap_or(funder.dialect);
    Ok(Some(Layout { sha256: sha256(text.as_bytes()), template }))
}

fn as_of(asked: &ScopeRequest<'_>, echoes: &mut Vec<Text>) -> Result<Option<Date>> {
    let (Some(typed), today) = (asked.as_of, asked.today) else { return Ok(None) };
    let day = parse_day(typed, today, Lean::Past)?;
    if day.date > today {
        let (d, t) = (day.date.french(), today.french());
        let date = day.date;
        bail!(
            Refusal::usage(text!("--as-of {d} est à venir", "--as-of {date} is yet to come"))
                .why(text!("nous sommes le {t}", "today is {today}"))
        );
    }
    if day.echo {
        echoes.push(in_full(day.date));
    }
    Ok(Some(day.date))
}

/// `--known-on` as reports print it: an operation or a whole date as typed, any other day in full, and said.
fn known_on(asked: &ScopeRequest<'_>, echoes: &mut Vec<Text>) -> Result<Option<String>> {
    let Some(typed) = asked.known_on else { return Ok(None) };
    if typed.parse::<i64>().is_ok() {
        return Ok(Some(typed.to_owned()));
    }
    let day = parse_day(typed, asked.today, Lean::Past)?;
    if !day.echo {
        return Ok(Some(typed.to_owned()));
    }
    echoes.push(text!("Connu au : {day}", "Known on: {day}"; day = in_full(day.date)));
    Ok(Some(day.date.to_string()))
}

/// The last month whose last day is not after `day`.
pub fn last_complete_month(day: Date) -> Month {
    let month = day.in_month();
    if month.last() == day { month } else { month.plus(-1) }
}

/// Reads a period, with the cohorts of the file at hand when it is none of the calendar: these come first anyway, and
/// the cohorts of a large file are many.
pub fn read_period(store: &Store, typed: &str, today: Date) -> Result<Period> {
    let calendar = PeriodContext { today, lean: Lean::Past, cohorts: &[], default_cohort: None };
    if let Ok(period) = parse_period(typed, &calendar) {
        return Ok(period);
    }
    let known = store.lookup().cohorts()?;
    let spans: Vec<period::CohortSpan<'_>> =
        known.iter().map(|c| period::CohortSpan { code: &c.code, start: c.start, end: c.end }).collect();
    let running = spans.iter().rev().find(|c| c.start <= today && today <= c.end);
    let latest = spans.iter().rev().find(|c| c.start <= today);
    let context =
        PeriodContext { today, lean: Lean::Past, cohorts: &spans, default_cohort: running.or(latest).copied() };
    Ok(parse_period(typed, &context)?)
}

/// The funder of a code.
pub fn funder(store: &Store, typed: &str) -> Result<FunderFact> {
    if let Some(found) = store.funder_fact(typed)? {
        return Ok(found);
    }
    let codes = store.lookup().codes(crate::domain::kind::Target::Funder)?;
    if let Some(found) = same_code(typed, &codes).map(|code| store.funder_fact(code)).transpose()?.flatten() {
        return Ok(found);
    }
    let word = shown(typed);
    let refusal = Refusal::selector(text!("pas de financeur « {word} »", "no funder “{word}”"));
    Err(match nearest(typed, codes.iter().map(String::as_str)) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => refusal.hint(text!("Liste : fil funder list", "List: fil funder list")),
    }
    .into())
}

fn refuse_unfunded(store: &Store, cohort: &String, funder: &FunderFact) -> Result<()> {
    let name = &funder.code;
    if !store.cohorts_of_funder(name)?.contains(cohort) {
        bail!(
            Refusal::usage(text!("{name} ne finance pas {cohort}", "{name} does not fund {cohort}"))
                .hint(text!("Ses promotions : fil funder show {name}", "Its cohorts: fil funder show {name}"))
        );
    }
    Ok(())
}

/// Sets one setting for this report only.
fn set(settings: &mut Settings, pair: &str) -> Result<()> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let months = || value.parse::<i32>().ok().filter(|n| (1..=120).contains(n));
    let refused = |right: &str| {
        Refusal::usage(text!("--set {pair} n'est pas compris", "--set {pair} is not understood"))
            .hint(text!("Écrivez par exemple --set {right}", "Write for example --set {right}"))
    };
    match (key, value) {
        ("durable_min", "6m") => settings.durable_min = DurableMin::SixMonths,
        ("durable_min", "over-6m") => settings.durable_min = DurableMin::OverSixMonths,
        ("bpf_hours", "centre") => settings.bpf_hours = BpfHours::Centre,
        ("bpf_hours", "all") => settings.bpf_hours = BpfHours::All,
        ("ltu_months", _) => settings.ltu_months = months().ok_or_else(|| refused("ltu_months=12"))?,
        ("ltu_under25", "6" | "12") => settings.ltu_under25 = months().ok_or_else(|| refused("ltu_under25=6"))?,
        _ => bail!(refused("durable_min=over-6m")),
    }
    Ok(())
}

/// How much of the file a report needs.
pub struct Needs {
    /// How marks come.
    pub detail: MarkDetail,
    /// How much comes.
    pub breadth: Breadth,
}

impl Needs {
    /// Everything a funder's report reads.
    pub const WHOLE: Needs = Needs { detail: MarkDetail::OneByOne, breadth: Breadth::Everything };
}

/// Loads the facts of a scope.
pub fn facts(store: &Store, scope: &Scope, needs: &Needs) -> Result<Facts> {
    store.facts(&FactsRequest {
        cohorts: scope.cohorts.clone(),
        funder: scope.funder.as_ref().map(|f| f.code.clone()),
        from: scope.from,
        to: scope.to,
        as_of: scope.as_of,
        detail: needs.detail,
        breadth: needs.breadth,
    })
}

/// The counts below which a funder's cells are masked; 0 without a funder.
pub fn threshold(scope: &Scope) -> i64 {
    scope.funder.as_ref().map_or(0, FunderFact::threshold)
}

/// A scope in one line, for the foot of a table: which cohorts, which days, as of which day, known on which.
pub fn in_words(scope: &Scope, period: Option<&Period>) -> Text {
    let as_of = scope.as_of;
    let cohorts = match (&scope.cohorts, &scope.funder) {
        (Some(codes), _) => Text::same(codes.join(", ")),
        (None, Some(_)) => text!("toutes celles financées", "all those funded"),
        (None, None) => text!("toutes", "all"),
    };
    let period = match period {
        Some(period) => text!("du {from} au {to}", "{from} to {to}"; from = period.from, to = period.to),
        None => text!("tout jusqu'au {as_of}", "everything up to {as_of}"; as_of),
    };
    let known = match &scope.known_on {
        Some(typed) => Text::same(shown(typed)),
        None => text!("maintenant", "now"),
    };
    text!(
        "Promotions : {cohorts}. Période : {period}. État au {as_of}. Connu au : {known}.",
        "Cohorts: {cohorts}. Period: {period}. As of {as_of}. Known on: {known}.";
        cohorts, period, as_of, known
    )
}

/// The name of a period in files as it is typed: a range has two dots.
pub fn as_typed(name: &str) -> String {
    name.replace('_', "..")
}

/// Whether the figures of a period may still change: it is not over at the as-of day.
pub fn is_open(scope: &Scope) -> bool {
    scope.to > scope.as_of
}
