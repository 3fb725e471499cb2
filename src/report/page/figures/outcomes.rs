//! What became of people after their exit, at the four points.

use super::super::chart::{Parts, Stack, Stacks};
use super::super::reading::{Row, Sheets};
use super::super::typeset::with_unit;
use super::{described_as, words};
use crate::domain::{ClosedList, Text};
use crate::report::aftermath::Point;

/// Outcomes at exit, 3, 6 and 12 months.
pub(in super::super) struct Outcomes {
    pub(in super::super) chart: Stacks,
    pub(in super::super) caption: String,
    pub(in super::super) rows: Vec<PointRow>,
}

/// One observation point.
pub(in super::super) struct PointRow {
    pub(in super::super) point: String,
    /// The counts of the columns of [`COUNTS`].
    pub(in super::super) counts: Vec<String>,
    pub(in super::super) dynamic: Rate,
    pub(in super::super) employment: Rate,
}

/// A rate with its n/N, where a report gives them.
pub(in super::super) struct Rate {
    pub(in super::super) value: String,
    pub(in super::super) out_of: String,
}

const CLASSES: [(&str, &str, &str); 4] = [
    ("durable", "Durable", "Lasting"),
    ("transition", "Transition", "Transitional"),
    ("positive", "Positive", "Positive"),
    ("other", "Autre ou inconnue", "Other or unknown"),
];
const COUNTS: [&str; 7] = ["examined", "durable", "transition", "positive", "other", "unknown", "not_yet_due"];

/// The outcomes over all cohorts, in the scheme that the indicators use.
pub(in super::super) fn outcomes(sheets: &Sheets<'_>) -> Option<Outcomes> {
    if !sheets.has("exits") {
        return None;
    }
    let lang = sheets.lang;
    let mut rows = Vec::new();
    let mut stacks = Vec::new();
    let mut desc = Vec::new();
    let found = sheets.overall("exits").filter(|row| row.word("scheme") == "iae");
    for (row, point) in found.filter_map(|row| Some((row, Point::from_code(row.word("point"))?))) {
        let name = words(&point.text(), lang);
        let label = capital(&name);
        let dynamic = rate(sheets, row, "dynamic_exit_rate", "dynamic_pct");
        let employment = rate(sheets, row, "employment_rate", "employment_pct");
        let counts = CLASSES.map(|(key, ..)| (row.extent(key), row.shown(key)));
        let parts = Parts::cut(&counts, &words(&nothing_yet(row), lang));
        let each: Vec<String> = CLASSES
            .iter()
            .map(|(key, fr, en)| {
                let n = row.shown(key);
                words(&Text::new(format!("{fr} {n}"), format!("{en} {n}")), lang)
            })
            .collect();
        desc.push(described_as(&label, &each.join(", "), lang));
        let value = match dynamic.value.as_str() {
            "—" => String::new(),
            value => words(&Text::new(format!("dynamiques {value}"), format!("dynamic {value}")), lang),
        };
        stacks.push(Stack { label: label.clone(), value, parts });
        let counts = COUNTS.iter().map(|key| row.shown(key)).collect();
        rows.push(PointRow { point: label, counts, dynamic, employment });
    }
    let title = Text::new("Situation des sortants à chaque point", "Situation of leavers at each point");
    let legend = CLASSES.iter().map(|(_, fr, en)| words(&Text::new(*fr, *en), lang)).collect();
    let caption = Text::new("Sorties par situation, à chaque point", "Exits by situation, at each point");
    let chart =
        Stacks { id: "chart-outcomes", title: words(&title, lang), desc: desc.join(". "), rows: stacks, legend };
    Some(Outcomes { chart, caption: words(&caption, lang), rows })
}

fn nothing_yet(row: Row<'_>) -> Text {
    match row.shown("examined").as_str() {
        "0" | "—" => Text::new("aucune sortie à examiner", "no exit to examine"),
        _ => Text::new("pas encore échu", "not yet due"),
    }
}

fn rate(sheets: &Sheets<'_>, row: Row<'_>, indicator: &str, column: &str) -> Rate {
    let name = format!("{indicator}@{}", row.word("point"));
    let out_of = sheets.indicator(&name).map(|found| found.out_of("num", "den")).unwrap_or_default();
    Rate { value: with_unit(&row.shown(column), "%", sheets.lang), out_of }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
