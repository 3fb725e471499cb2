//! From application to exit, and month by month.

use super::super::chart::{Bar, Bars, Column, Columns, Fill};
use super::super::reading::{Extent, Row, Sheets};
use super::super::typeset::with_unit;
use super::{def_of, described, described_as, words};
use crate::domain::date::{MONTHS_EN, MONTHS_FR};
use crate::domain::{Lang, Month, Text};

/// From application to exit.
pub(in super::super) struct Path {
    /// Nothing while every step is empty.
    pub(in super::super) chart: Option<Bars>,
    /// Each step with the identifier of its definition.
    pub(in super::super) steps: Vec<Step>,
}

/// One step of the path.
pub(in super::super) struct Step {
    pub(in super::super) label: String,
    pub(in super::super) value: String,
    pub(in super::super) def: String,
}

/// A step: its words, then the indicator and the column that hold its number.
pub(super) struct Source {
    fr: &'static str,
    en: &'static str,
    pub(super) indicator: &'static str,
    column: &'static str,
}

pub(super) const STEPS: [Source; 6] = [
    Source { fr: "Candidatures", en: "Applicants", indicator: "applicants", column: "value" },
    Source { fr: "Admissions", en: "Admitted", indicator: "admission_rate", column: "num" },
    Source { fr: "Entrants", en: "Entrants", indicator: "entrants", column: "value" },
    // Every exit that is not a transfer is in the base of this rate.
    Source { fr: "Sorties", en: "Exits", indicator: "qualified", column: "den" },
    Source {
        fr: "Sorties examinées et échues",
        en: "Exits examined and due",
        indicator: "dynamic_exit_rate@exit",
        column: "den",
    },
    Source { fr: "Sorties dynamiques", en: "Dynamic exits", indicator: "dynamic_exit_rate@exit", column: "num" },
];

/// The steps from application to a dynamic exit.
pub(in super::super) fn path(sheets: &Sheets<'_>) -> Option<Path> {
    let lang = sheets.lang;
    let rows: Vec<(&Source, Row<'_>)> =
        STEPS.iter().filter_map(|source| Some((source, sheets.indicator(source.indicator)?))).collect();
    if rows.is_empty() {
        return None;
    }
    // Only numbers that are shown may set the scale.
    let shown = rows.iter().filter_map(|(source, row)| match row.extent(source.column) {
        Extent::Tenths(n) => Some(n),
        _ => None,
    });
    let longest = shown.max().unwrap_or(0);
    let mut bars = Vec::new();
    let mut steps = Vec::new();
    for (source, row) in rows {
        let label = words(&Text::new(source.fr, source.en), lang);
        let value = row.shown(source.column);
        let fill = Fill::against(row.extent(source.column), longest);
        bars.push(Bar { label: label.clone(), value: value.clone(), fill, target: None });
        steps.push(Step { label, value, def: def_of(source.indicator) });
    }
    let title =
        words(&Text::new("De la candidature à la sortie dynamique", "From application to a dynamic exit"), lang);
    let chart = Bars { id: "chart-path", title, desc: described(&bars, lang), rows: bars };
    let chart = chart.rows.iter().any(Bar::has_something).then_some(chart);
    Some(Path { chart, steps })
}

/// Movements and attendance, month by month.
pub(in super::super) struct Presence {
    /// Nothing while no month has an attendance that may be shown.
    pub(in super::super) chart: Option<Columns>,
    pub(in super::super) caption: String,
    pub(in super::super) rows: Vec<MonthRow>,
}

/// One month.
pub(in super::super) struct MonthRow {
    pub(in super::super) month: String,
    pub(in super::super) start: String,
    pub(in super::super) entries: String,
    pub(in super::super) exits: String,
    pub(in super::super) end: String,
    pub(in super::super) attendance: String,
    pub(in super::super) out_of: String,
    pub(in super::super) centre: String,
    pub(in super::super) company: String,
}

/// Beyond so many months their values are left to the table on a narrow screen.
const DENSE: usize = 6;
/// Beyond so many months only one label in several is written.
const LABELS: usize = 14;

/// Movements and attendance by month, over all cohorts.
pub(in super::super) fn presence(sheets: &Sheets<'_>) -> Option<Presence> {
    if !sheets.has("monthly") {
        return None;
    }
    let lang = sheets.lang;
    let rows: Vec<(Month, Row<'_>)> = sheets.overall("monthly").filter_map(|row| Some((row.month()?, row))).collect();
    let caption =
        words(&Text::new("Mouvements et présence de chaque mois", "Movements and attendance of each month"), lang);
    let some_shown = rows.iter().any(|(_, row)| matches!(row.extent("attendance_pct"), Extent::Tenths(_)));
    let chart = some_shown.then(|| columns(with_half_days(&rows), lang));
    let rows = rows.into_iter().map(|(month, row)| month_row(month, row, lang)).collect();
    Some(Presence { chart, caption, rows })
}

/// The months from the first to the last that has a figure of attendance; all of them when none has.
fn with_half_days<'r, 'a>(rows: &'r [(Month, Row<'a>)]) -> &'r [(Month, Row<'a>)] {
    let drawn = |(_, row): &(Month, Row<'_>)| row.extent("attendance_pct") != Extent::Absent;
    match (rows.iter().position(drawn), rows.iter().rposition(drawn)) {
        (Some(first), Some(last)) => &rows[first..=last],
        _ => rows,
    }
}

fn month_row(month: Month, row: Row<'_>, lang: Lang) -> MonthRow {
    MonthRow {
        month: month.name(lang),
        start: row.shown("start"),
        entries: row.shown("entries"),
        exits: row.shown("exits"),
        end: row.shown("end"),
        attendance: row.with_unit("attendance_pct", "%"),
        out_of: row.out_of("present", "planned"),
        centre: row.with_unit("hours_centre", "hours"),
        company: row.with_unit("hours_company", "hours"),
    }
}

fn columns(rows: &[(Month, Row<'_>)], lang: Lang) -> Columns {
    let n = rows.len();
    let every = n.div_ceil(LABELS).max(1);
    let mut columns = Vec::new();
    let mut desc = Vec::new();
    for (place, (month, row)) in rows.iter().enumerate() {
        let extent = row.extent("attendance_pct");
        let shown = row.shown("attendance_pct");
        desc.push(described_as(&month.name(lang), &with_unit(&shown, "%", lang), lang));
        let named = place % every == 0;
        let first = month.number().rem_euclid(12) == 0 || place == 0;
        columns.push(Column {
            label: if named { short(*month, lang) } else { String::new() },
            year: if first { month.number().div_euclid(12).to_string() } else { String::new() },
            value: shown,
            ..Column::at(place, n, extent)
        });
    }
    let title = Text::new(
        "Présence par mois, en % des demi-journées prévues",
        "Attendance by month, in % of planned half-days",
    );
    let title = words(&title, lang);
    Columns { id: "chart-presence", title, desc: desc.join(", "), columns, dense: n > DENSE }
}

/// The short name of a month: `janv.`, `Jan`.
fn short(month: Month, lang: Lang) -> String {
    const SHORT_FR: [&str; 12] =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
    let at = usize::try_from(month.number().rem_euclid(12)).unwrap_or(0);
    debug_assert_eq!(MONTHS_FR[at].chars().next(), SHORT_FR[at].chars().next());
    match lang {
        Lang::Fr => SHORT_FR[at].to_owned(),
        Lang::En => MONTHS_EN[at].chars().take(3).collect(),
    }
}
