//! The cohort's story in figures, each with its n/N and the place of its definition.

mod outcomes;
mod path;

pub(super) use outcomes::{Outcomes, outcomes};
pub(super) use path::{Path, Presence, path, presence};

use super::chart::{Bar, Bars, Fill};
use super::heading::Heading;
use super::reading::{Extent, Row, Sheets, printed};
use super::typeset::{cut, typeset, with_unit};
use crate::domain::{ClosedList, Lang, Text};
use crate::report::indicator::target::Status;
use crate::report::indicator::{self, Page};
use crate::sheet::{Cell, ColumnKind};

/// A key figure.
pub(super) struct Glance {
    pub(super) figure: Figure,
    pub(super) status: Option<Sign>,
}

/// One figure with what a reader needs to judge it.
pub(super) struct Figure {
    pub(super) label: String,
    /// The identifier of its definition.
    pub(super) def: String,
    pub(super) value: String,
    /// `n/N`, when there is a base.
    pub(super) out_of: String,
    pub(super) remarks: String,
}

/// A table of figures.
pub(super) struct FigureTable {
    pub(super) caption: String,
    pub(super) rows: Vec<Figure>,
}

/// A figure against its target.
pub(super) struct Target {
    pub(super) figure: Figure,
    pub(super) target: String,
    pub(super) gap: String,
    pub(super) status: Option<Sign>,
}

/// A status as a sign and a word.
pub(super) struct Sign {
    pub(super) code: &'static str,
    pub(super) sign: &'static str,
    pub(super) word: String,
}

/// The figures of the first lines.
const GLANCE: [&str; 8] = [
    "entrants",
    "attendance_rate",
    "completion_rate",
    "code_passed_in_path",
    "licence_obtained",
    "qualified",
    "dynamic_exit_rate@exit",
    "employment_rate@6m",
];
/// The identifier of an indicator's definition.
pub(super) fn def_of(name: &str) -> String {
    format!("def-{}", name.split('@').next().unwrap_or(name))
}

/// A label in the page's language and spacing.
pub(super) fn words(text: &Text, lang: Lang) -> String {
    typeset(text.get(lang), lang).into_owned()
}

impl Figure {
    pub(super) fn of(row: Row<'_>, lang: Lang) -> Figure {
        let name = row.word("indicator");
        let label = printed(row.cell("label"), ColumnKind::Text, lang);
        Figure {
            label: typeset(&label, lang).into_owned(),
            def: def_of(name),
            value: row.with_unit("value", row.word("unit")),
            // A sum of days or years over people is no n/N: only its base says something.
            out_of: match (row.word("unit"), row.cell("den")) {
                ("years" | "days", den) if *den != Cell::Empty => format!("N\u{a0}=\u{a0}{}", row.shown("den")),
                _ => row.out_of("num", "den"),
            },
            remarks: remarks(row, lang),
        }
    }
}

/// What stands beside a figure: answers nobody has, days still to come, a base too small to lean on.
fn remarks(row: Row<'_>, lang: Lang) -> String {
    let mut said = Vec::new();
    for (column, fr, en) in [("not_yet_due", "pas encore échus", "not yet due"), ("unknown", "inconnus", "unknown")] {
        if row.extent(column) != Extent::Tenths(0) && row.extent(column) != Extent::Absent {
            let n = row.shown(column);
            said.push(words(&Text::new(format!("{fr} : {n}"), format!("{en}: {n}")), lang));
        }
    }
    let note = printed(row.cell("note"), ColumnKind::Text, lang);
    // Without a value there is nothing to be careful with.
    if note != "—" && *row.cell("value") != Cell::Empty {
        said.push(note);
    }
    said.join(" · ")
}

fn sign(row: Row<'_>, lang: Lang) -> Option<Sign> {
    let (code, sign, fr, en) = match Status::from_code(row.word("status"))? {
        Status::Ok => ("ok", "✓", "atteint", "reached"),
        Status::Watch => ("watch", "~", "proche", "close"),
        Status::Late => ("late", "✗", "en retard", "late"),
    };
    Some(Sign { code, sign, word: if lang == Lang::Fr { fr } else { en }.to_owned() })
}

/// The keys of the indicators of a table, by rank.
fn placed(rank: fn(Page) -> Option<u8>) -> Vec<&'static str> {
    let mut placed: Vec<(u8, &str)> = indicator::all().filter_map(|one| Some((rank(one.page)?, one.key))).collect();
    placed.sort_unstable();
    placed.into_iter().map(|(_, key)| key).collect()
}

fn reached_rank(page: Page) -> Option<u8> {
    if let Page::Reached(rank) = page { Some(rank) } else { None }
}

fn progress_rank(page: Page) -> Option<u8> {
    if let Page::Progress(rank) = page { Some(rank) } else { None }
}

fn progress_total_rank(page: Page) -> Option<u8> {
    if let Page::ProgressTotal(rank) = page { Some(rank) } else { None }
}

fn work_rank(page: Page) -> Option<u8> {
    if let Page::Work(rank) = page { Some(rank) } else { None }
}

fn rows<'a>(sheets: &'a Sheets<'a>, keys: &'a [&'a str]) -> impl Iterator<Item = Row<'a>> {
    let base = |row: &Row<'a>| row.word("indicator").split('@').next().unwrap_or_default();
    keys.iter().flat_map(move |key| sheets.overall("indicators").filter(move |row| base(row) == *key))
}

/// The key figures.
pub(super) fn glance(sheets: &Sheets<'_>) -> Vec<Glance> {
    let found = GLANCE.iter().filter_map(|name| sheets.indicator(name));
    let card = |row: Row<'_>| {
        let mut figure = Figure::of(row, sheets.lang);
        if let (true, Some(places)) = (row.word("indicator") == "entrants", sheets.indicator("fill_rate")) {
            figure.out_of = format!("{} places", places.out_of("num", "den"));
        }
        Glance { figure, status: sign(row, sheets.lang) }
    };
    found.map(card).collect()
}

/// The figures that have a target; nothing without a funder.
pub(super) fn targets(sheets: &Sheets<'_>, heading: &Heading) -> Option<Vec<Target>> {
    if heading.funder.is_none() || !sheets.has("indicators") {
        return None;
    }
    let lang = sheets.lang;
    let aimed = sheets.overall("indicators").filter(|row| row.shown("target") != "—");
    Some(
        aimed
            .map(|row| {
                let unit = row.word("unit");
                // A gap between two percentages is in points.
                let gap = match (row.extent("gap"), unit) {
                    (Extent::Tenths(_), "%") => format!("{}\u{a0}pt", signed(row)),
                    (Extent::Tenths(_), _) => with_unit(&signed(row), unit, lang),
                    _ => row.shown("gap"),
                };
                let target = row.with_unit("target", unit);
                Target { figure: Figure::of(row, lang), target, gap, status: sign(row, lang) }
            })
            .collect(),
    )
}

fn signed(row: Row<'_>) -> String {
    let shown = row.shown("gap");
    match shown.strip_prefix('-') {
        Some(rest) => format!("\u{2212}{rest}"),
        None if row.extent("gap") == Extent::Tenths(0) => shown,
        None => format!("+{shown}"),
    }
}

/// Who came, and from where.
pub(super) fn reached(sheets: &Sheets<'_>) -> Option<FigureTable> {
    table(sheets, &placed(reached_rank), &Text::new("Les stagiaires à leur entrée", "The trainees at their entry"))
}

/// Licence, certificates and modules.
pub(super) fn progress(sheets: &Sheets<'_>) -> Option<FigureTable> {
    let mut keys = placed(progress_rank);
    keys.extend(placed(progress_total_rank));
    let caption = Text::new("Permis, certificats et modules", "Licence, certificates and modules");
    table(sheets, &keys, &caption)
}

/// Exits, work and individual follow-up.
pub(super) fn work(sheets: &Sheets<'_>) -> Option<FigureTable> {
    let caption = Text::new("Parcours menés à terme, emploi et suivi", "Paths completed, work and follow-up");
    table(sheets, &placed(work_rank), &caption)
}

fn table(sheets: &Sheets<'_>, keys: &[&str], caption: &Text) -> Option<FigureTable> {
    let rows: Vec<Figure> = rows(sheets, keys).map(|row| Figure::of(row, sheets.lang)).collect();
    (!rows.is_empty()).then(|| FigureTable { caption: words(caption, sheets.lang), rows })
}

/// The rates of licence, certificates and modules as bars from 0 to 100 %.
pub(super) fn progress_chart(sheets: &Sheets<'_>) -> Option<Bars> {
    let lang = sheets.lang;
    let bars: Vec<Bar> = rows(sheets, &placed(progress_rank))
        .map(|row| {
            let figure = Figure::of(row, lang);
            let target = match row.extent("target") {
                Extent::Tenths(n) => Some(super::chart::percent(n)),
                _ => None,
            };
            let fill = Fill::share(row.extent("value"));
            Bar { label: cut(&figure.label, 46), value: figure.value, fill, target }
        })
        .collect();
    if !bars.iter().any(Bar::has_something) {
        return None;
    }
    let title = Text::new("Part des stagiaires qui ont réussi chaque étape", "Share of trainees who passed each step");
    Some(Bars { id: "chart-progress", title: words(&title, lang), desc: described(&bars, lang), rows: bars })
}

/// The bars in words.
pub(super) fn described(bars: &[Bar], lang: Lang) -> String {
    let each: Vec<String> = bars.iter().map(|bar| described_as(&bar.label, &bar.value, lang)).collect();
    each.join(", ")
}

/// A name and what it is, as a screen reader says them.
fn described_as(name: &str, value: &str, lang: Lang) -> String {
    words(&Text::new(format!("{name} : {value}"), format!("{name}: {value}")), lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_indicators_have_the_same_rank_in_a_table() {
        for rank in [reached_rank, progress_rank, progress_total_rank, work_rank] {
            let mut ranks: Vec<u8> = indicator::all().filter_map(|one| rank(one.page)).collect();
            assert!(!ranks.is_empty());
            ranks.sort_unstable();
            assert!(ranks.windows(2).all(|two| two[0] < two[1]), "{ranks:?}");
        }
    }

    #[test]
    fn a_table_shows_its_indicators_by_rank_and_not_in_the_order_of_the_registry() {
        assert_eq!(placed(progress_total_rank), ["driving_hours"]);
        let progress = placed(progress_rank);
        let want = ["code_passed_in_path", "licence_obtained", "qualified", "certificate_success", "modules_validated"];
        assert_eq!(progress, want);
    }

    #[test]
    fn every_figure_of_the_first_lines_is_an_indicator() {
        for name in GLANCE.into_iter().chain(path::STEPS.iter().map(|step| step.indicator)) {
            assert!(indicator::find(name).is_some(), "{name}");
        }
    }
}
