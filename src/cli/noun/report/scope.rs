//! The scope of a report: cohorts, period, as-of day, settings and funder, from what was typed and the defaults.

use crate::cli::ask::selector;
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::run::context::Context;
use crate::domain::day::{Lean, in_full, parse_day};
use crate::domain::facts::{BpfHours, DurableMin, Facts, FunderFact, Scope, Settings};
use crate::domain::folding::{nearest, shown};
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

/// What was asked of the scope.
pub struct Asked<'m> {
    /// The flags.
    pub matches: &'m Matches,
    /// The period as typed.
    pub period: Option<&'m str>,
    /// The funder's code as typed.
    pub funder: Option<&'m str>,
    /// What a missing period means.
    pub missing: Missing,
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
pub fn frame(ctx: &Context<'_>, store: &Store, asked: &Asked<'_>) -> Result<Framed> {
    let mut echoes = Vec::new();
    let as_of = as_of(ctx, asked.matches, &mut echoes)?;
    let period = match asked.period {
        Some(typed) => {
            let period = read_period(ctx, store, typed)?;
            if period.echo {
                echoes.push(period.in_full());
            }
            Some(period)
        }
        None if asked.missing == Missing::LastMonth => {
            let month = Period::month(last_complete_month(as_of.unwrap_or(ctx.today)));
            let in_full = &month.in_full();
            echoes.push(text!(
                "Période : {in_full}, la dernière complète",
                "Period: {in_full}, the last complete one";
                in_full
            ));
            Some(month)
        }
        None => None,
    };
    let (from, to) = match &period {
        Some(period) => (period.from, period.to),
        None => (Date::MIN, as_of.unwrap_or(ctx.today)),
    };
    let mut funder = asked.funder.map(|code| funder(store, code)).transpose()?;
    let layout = funder.as_mut().map(|funder| layout(store, funder)).transpose()?.flatten();
    let cohorts = cohorts(store, asked.matches, funder.as_ref())?;
    let mut settings = store.settings_fact()?;
    if has_sets(asked.matches) {
        for pair in asked.matches.all(&flags::SET) {
            set(&mut settings, pair)?;
        }
    }
    let as_of = as_of.unwrap_or(to.min(ctx.today));
    let known_on = known_on(ctx, &mut echoes)?;
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

fn has_sets(matches: &Matches) -> bool {
    !matches.all(&flags::SET).is_empty()
}

fn as_of(ctx: &Context<'_>, matches: &Matches, echoes: &mut Vec<Text>) -> Result<Option<Date>> {
    let Some(typed) = matches.text(&flags::AS_OF) else { return Ok(None) };
    let day = parse_day(typed, ctx.today, Lean::Past)?;
    if day.date > ctx.today {
        let (d, t, today) = (day.date.french(), ctx.today.french(), ctx.today);
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
fn known_on(ctx: &Context<'_>, echoes: &mut Vec<Text>) -> Result<Option<String>> {
    let Some(typed) = &ctx.known_on else { return Ok(None) };
    if typed.parse::<i64>().is_ok() {
        return Ok(Some(typed.clone()));
    }
    let day = parse_day(typed, ctx.today, Lean::Past)?;
    if !day.echo {
        return Ok(Some(typed.clone()));
    }
    let (fr, en) = (in_full(day.date).fr, in_full(day.date).en);
    echoes.push(text!("Connu au : {fr}", "Known on: {en}"));
    Ok(Some(day.date.to_string()))
}

/// The last month whose last day is not after `day`.
pub fn last_complete_month(day: Date) -> Month {
    let month = day.in_month();
    if month.last() == day { month } else { month.plus(-1) }
}

/// Reads a period, with the cohorts of the file at hand when it is none of the calendar: these come first anyway, and
/// the cohorts of a large file are many.
pub fn read_period(ctx: &Context<'_>, store: &Store, typed: &str) -> Result<Period> {
    let calendar = PeriodContext { today: ctx.today, lean: Lean::Past, cohorts: &[], default_cohort: None };
    if let Ok(period) = parse_period(typed, &calendar) {
        return Ok(period);
    }
    let known = store.lookup().cohorts()?;
    let spans: Vec<period::CohortSpan<'_>> =
        known.iter().map(|c| period::CohortSpan { code: &c.code, start: c.start, end: c.end }).collect();
    let running = spans.iter().rev().find(|c| c.start <= ctx.today && ctx.today <= c.end);
    let latest = spans.iter().rev().find(|c| c.start <= ctx.today);
    let context = PeriodContext {
        today: ctx.today,
        lean: Lean::Past,
        cohorts: &spans,
        default_cohort: running.or(latest).copied(),
    };
    Ok(parse_period(typed, &context)?)
}

/// The funder of a code.
pub fn funder(store: &Store, typed: &str) -> Result<FunderFact> {
    if let Some(found) = store.funder_fact(typed)? {
        return Ok(found);
    }
    let codes = store.lookup().codes(crate::domain::kind::Target::Funder)?;
    let word = shown(typed);
    let refusal = Refusal::selector(text!("pas de financeur « {word} »", "no funder “{word}”"));
    Err(match nearest(typed, codes.iter().map(String::as_str)) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => refusal.hint(text!("Liste : fil funder list", "List: fil funder list")),
    }
    .into())
}

fn cohorts(store: &Store, matches: &Matches, funder: Option<&FunderFact>) -> Result<Option<Vec<String>>> {
    let Some(typed) = matches.text(&flags::COHORT).filter(|c| !matches!(*c, "all" | "tous" | "toutes")) else {
        return Ok(None);
    };
    let code = selector::cohort(&store.lookup(), typed)?.code;
    if let Some(funder) = funder {
        let paid = store.cohorts_of_funder(&funder.code)?;
        if !paid.contains(&code) {
            let name = &funder.code;
            bail!(
                Refusal::usage(text!("{name} ne finance pas {code}", "{name} does not fund {code}"))
                    .hint(text!("Ses promotions : fil funder show {name}", "Its cohorts: fil funder show {name}"))
            );
        }
    }
    Ok(Some(vec![code]))
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
    let (as_of_fr, as_of) = (scope.as_of.french(), scope.as_of);
    let cohorts = match (&scope.cohorts, &scope.funder) {
        (Some(codes), _) => Text::same(codes.join(", ")),
        (None, Some(_)) => text!("toutes celles financées", "all those funded"),
        (None, None) => text!("toutes", "all"),
    };
    let period = match period {
        Some(period) => {
            let (from, to) = (period.from, period.to);
            Text::new(format!("du {} au {}", from.french(), to.french()), format!("{from} to {to}"))
        }
        None => text!("tout jusqu'au {as_of_fr}", "everything up to {as_of}"),
    };
    let known = match &scope.known_on {
        Some(typed) => Text::same(shown(typed)),
        None => text!("maintenant", "now"),
    };
    let (c_fr, c_en, p_fr, p_en, k_fr, k_en) = (cohorts.fr, cohorts.en, period.fr, period.en, known.fr, known.en);
    text!(
        "Promotions : {c_fr}. Période : {p_fr}. État au {as_of_fr}. Connu au : {k_fr}.",
        "Cohorts: {c_en}. Period: {p_en}. As of {as_of}. Known on: {k_en}."
    )
}

/// The name of a period in files.
pub fn period_name(framed: &Framed) -> Option<String> {
    framed.period.as_ref().map(Period::file_name)
}

/// Whether the figures of a period may still change: it is not over at the as-of day.
pub fn is_open(scope: &Scope) -> bool {
    scope.to > scope.as_of
}
