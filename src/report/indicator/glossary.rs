//! The indicators in words: the list that help, `report indicators` and the page beside an export show.

use super::{Better, Indicator, Measure, NO_BASE, Variants, all, columns};
use crate::domain::{ClosedList, Text};
use crate::report::section::{Section, esf};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// One row per indicator with its definition, in the order of reports; then the columns of the sections, under the
/// names that `explain` takes, and the lines of the ESF+ file.
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
        let better = if indicator.better == Better::Higher { "higher" } else { "lower" };
        sheet.rows.push(row(&of_indicator(indicator, indicator.label.clone(), indicator.key), better));
    }
    for section in Section::ALL {
        let of_columns = section.columns().into_iter().filter_map(|column| of_column(*section, &column));
        sheet.rows.extend(of_columns.map(|entry| row(&entry, "")));
        if *section == Section::Esf {
            sheet.rows.extend(esf::definitions().map(|(key, label)| row(&of_line(key, label), "")));
        }
    }
    sheet
}

/// One entry of the list.
struct Entry {
    name: String,
    label: Text,
    variants: Cell,
    unit: Option<Measure>,
    definition: Text,
    numerator: &'static Text,
    denominator: &'static Text,
    unknown: &'static Text,
    source: &'static Text,
}

fn row(entry: &Entry, better: &str) -> Vec<Cell> {
    vec![
        Cell::Text(entry.name.clone()),
        Cell::Words(entry.label.clone()),
        entry.variants.clone(),
        Cell::text(entry.unit.map(ClosedList::code)),
        Cell::Words(entry.definition.clone()),
        Cell::Words(entry.numerator.clone()),
        Cell::Words(entry.denominator.clone()),
        Cell::Words(entry.unknown.clone()),
        Cell::Words(entry.source.clone()),
        Cell::text((!better.is_empty()).then(|| better.to_owned())),
    ]
}

fn of_indicator(indicator: &Indicator, label: Text, name: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        label,
        variants: if name == indicator.key { variants(indicator.variants) } else { Cell::Empty },
        unit: Some(indicator.measure),
        definition: indicator.definition.clone(),
        numerator: indicator.numerator,
        denominator: indicator.denominator,
        unknown: indicator.unknown,
        source: indicator.source,
    }
}

/// A column that holds something of its own, or prints an indicator.
fn of_column(section: Section, column: &Column) -> Option<Entry> {
    let name = format!("{}:{}", section.code(), column.key);
    if let Some(key) = columns::indicator_of(section.code(), column.key) {
        let indicator = all().find(|indicator| indicator.key == key)?;
        return Some(of_indicator(indicator, column.header.clone(), &name));
    }
    let text = columns::of(section.code(), column.key)?;
    Some(Entry {
        name,
        label: column.header.clone(),
        variants: Cell::Empty,
        unit: unit(section, column.key),
        definition: sentence(&text.means.clone()),
        numerator: text.numerator(),
        denominator: text.denominator(),
        unknown: text.unknown(),
        source: text.source(),
    })
}

/// What a column counts; nothing for codes, truths and amounts of money.
fn unit(section: Section, key: &str) -> Option<Measure> {
    match (section, key) {
        (_, "planned" | "present" | "excused" | "unexcused" | "unmarked" | "longest_absence")
            if section != Section::Financial =>
        {
            Some(Measure::HalfDays)
        }
        (_, "pct") => Some(Measure::Percent),
        (_, "hours") => Some(Measure::Hours),
        (_, "modules_validated" | "prehire_started" | "contracts_signed" | "attempts") => Some(Measure::Count),
        (Section::Monthly | Section::Exits | Section::Esf | Section::Bpf, _) => Some(Measure::People),
        _ => None,
    }
}

/// A line of the ESF+ file.
fn of_line(key: &str, label: &'static Text) -> Entry {
    let text = columns::esf_detail(key).map_or_else(
        || label.clone(),
        |detail| Text::new(format!("{} : {}", label.fr, detail.fr), format!("{}: {}", label.en, detail.en)),
    );
    Entry {
        name: key.to_owned(),
        label: label.clone(),
        variants: Cell::Empty,
        unit: Some(Measure::People),
        definition: sentence(&text),
        numerator: columns::esf_detail(key).unwrap_or(label),
        denominator: NO_BASE,
        unknown: if key.starts_with("EECR") { columns::RESULT_UNKNOWN } else { columns::ESF_UNKNOWN },
        source: columns::SOURCE_ESF,
    }
}

/// Words as a sentence: a capital letter and a full stop.
fn sentence(words: &Text) -> Text {
    let of = |words: &str| {
        let mut letters = words.chars();
        let first: String = letters.next().map_or_else(String::new, |c| c.to_uppercase().collect());
        format!("{first}{}.", letters.as_str())
    };
    Text::new(of(&words.fr), of(&words.en))
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
        assert!(sheet.rows.len() > all().count() + esf::definitions().count() + columns::ALL.len());
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

    #[test]
    fn a_numerator_neither_repeats_the_base_nor_ends_a_sentence() {
        for indicator in all() {
            let (numerator, key) = (indicator.numerator, indicator.key);
            assert!(!numerator.fr.contains(", parmi") && !numerator.en.contains(", among"), "{key}");
            for part in [numerator, indicator.denominator, indicator.unknown, indicator.source] {
                assert!(!part.fr.ends_with('.') && !part.en.ends_with('.'), "{key}: {part:?}");
            }
        }
    }

    #[test]
    fn the_columns_of_sections_and_the_lines_of_the_social_fund_are_listed_under_the_names_that_explain_takes() {
        let sheet = sheet();
        let names: Vec<_> = sheet.rows.iter().map(|row| &row[0]).collect();
        for section in Section::ALL {
            for key in section.figure_columns() {
                let name = format!("{}:{key}", section.code());
                assert!(crate::report::Target::parse(&name).is_ok(), "{name}");
                assert!(names.contains(&&Cell::Text(name.clone())), "{name}");
            }
        }
        for name in ["monthly:modules_validated", "exits:examined", "EECO03", "EECR05", "bpf:hours", "financial:gap"] {
            assert!(names.contains(&&Cell::Text(name.to_owned())), "{name}");
        }
    }
}
