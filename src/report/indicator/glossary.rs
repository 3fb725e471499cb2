//! The indicators in words: the list that help, `report indicators` and the page beside an export show.

use super::{Better, Variants, all};
use crate::domain::{ClosedList, Text};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// One row per indicator with its definition, in the order of reports.
pub fn sheet() -> Sheet {
    let text = |key, fr, en| Column::new(key, fr, en, ColumnKind::Text);
    let code = |key, fr, en| Column::new(key, fr, en, ColumnKind::Code);
    let columns = vec![
        code("indicator", "Indicateur", "Indicator"),
        text("label", "Libellé", "Label"),
        code("variants", "Variantes", "Variants").hide_first(3),
        code("unit", "Unité", "Unit").hide_first(2),
        text("definition", "Définition", "Definition").hide_first(1),
        text("numerator", "Numérateur", "Numerator").hide_first(5),
        text("denominator", "Dénominateur", "Denominator").hide_first(4),
        text("unknown", "Inconnus", "Unknown answers").hide_first(6),
        text("source", "Source", "Source").hide_first(7),
        code("better", "Mieux", "Better").hide_first(8),
    ];
    let mut sheet = Sheet::new("glossary", columns);
    sheet.title = Some(Text::new("Définitions des indicateurs", "Definitions of the indicators"));
    for indicator in all() {
        sheet.rows.push(vec![
            Cell::Text(indicator.key.to_owned()),
            Cell::Words(indicator.label.text()),
            variants(indicator.variants),
            Cell::Text(indicator.measure.code().to_owned()),
            Cell::Words(indicator.definition.text()),
            Cell::Words(indicator.numerator.text()),
            Cell::Words(indicator.denominator.text()),
            Cell::Words(indicator.unknown.text()),
            Cell::Words(indicator.source.text()),
            Cell::Text(if indicator.better == Better::Higher { "higher" } else { "lower" }.to_owned()),
        ]);
    }
    sheet
}

fn variants(variants: Variants) -> Cell {
    match variants {
        Variants::Bare => Cell::Empty,
        Variants::Fixed(known) => Cell::Text(known.join(" ")),
        Variants::TechnicalModules => Cell::Words(Text::new("code du module", "module code")),
        Variants::Certificates => Cell::Words(Text::new("code du certificat", "certificate code")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_indicator_says_in_both_languages_what_it_counts() {
        let sheet = sheet();
        assert_eq!(sheet.rows.len(), all().count());
        for row in &sheet.rows {
            for cell in row {
                if let Cell::Words(text) = cell {
                    assert!(!text.fr.is_empty() && !text.en.is_empty(), "{row:?}");
                }
            }
        }
        for indicator in all() {
            let sentence = indicator.definition;
            assert!(sentence.fr.ends_with('.') && sentence.en.ends_with('.'), "{}", indicator.key);
        }
    }
}
