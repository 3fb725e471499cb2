//! The note of an export: what it defines, and what it leaves out.

use super::*;
use crate::report::indicator::columns as texts;
use crate::report::template::read;
use crate::report::testing::period;
use crate::sheet::{Column, ColumnKind};

fn sheet(section: Section) -> Sheet {
    let mut sheet = Sheet::new(section.code(), section.columns());
    sheet.title = Some(section.text());
    sheet
}

fn all_indicators() -> Sheet {
    let mut sheet = sheet(Section::Indicators);
    for indicator in indicator::all() {
        let mut row = vec![Cell::Empty; sheet.columns.len()];
        row[0] = Cell::Text(indicator.key.to_owned());
        sheet.rows.push(row);
    }
    sheet
}

fn written(sheets: &[Sheet], template: Option<&Template>, lang: Lang) -> String {
    let scope = period("2018-11-01", "2018-11-30", "2018-11-30");
    let cover = Cover {
        scope: &scope,
        period: "nov 2018".to_owned(),
        sheets,
        template,
        standing: Standing::Provisional,
        left_out: &[],
        threshold: 5,
        accepted: &[],
    };
    note(&cover, lang)
}

/// The words of a text, however its lines were cut.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_indicator_of_the_export_has_its_definition_numerator_base_and_unknown_answers() {
    for lang in [Lang::Fr, Lang::En] {
        let note = flat(&written(&[all_indicators()], None, lang));
        for indicator in indicator::all() {
            assert!(note.contains(indicator.key), "{}", indicator.key);
            assert!(note.contains(indicator.definition.clone().get(lang)), "{}", indicator.key);
            assert!(fold(&note).contains(&fold(indicator.numerator.clone().get(lang))), "{}", indicator.key);
            if indicator.denominator != NO_BASE {
                assert!(note.contains(indicator.denominator.clone().get(lang)), "{}", indicator.key);
            }
            if indicator.unknown != NEVER_UNKNOWN {
                assert!(note.contains(indicator.unknown.clone().get(lang)), "{}", indicator.key);
            }
        }
    }
}

#[test]
fn only_what_the_export_holds_is_defined() {
    let note = written(&[sheet(Section::Exits)], None, Lang::En);
    assert!(note.contains("dynamic_exit_rate@") && note.contains("Lasting:"), "{note}");
    assert!(!note.contains("applicants") && !note.contains("EECO01"), "{note}");
    let note = written(&[sheet(Section::Bpf)], None, Lang::En);
    assert!(!note.contains("DEFINITIONS") && !note.contains("CLASSES"), "{note}");
    let one = Sheet {
        columns: vec![Column::new("durable_pct", "D", "D", ColumnKind::Number)],
        ..Sheet::new("exits", Vec::new())
    };
    let note = written(&[one], None, Lang::En);
    assert!(note.contains("durable_rate@") && !note.contains("employment_rate@"), "{note}");
}

#[test]
fn the_lines_of_the_social_fund_are_named() {
    let note = flat(&written(&[sheet(Section::Esf)], None, Lang::Fr));
    assert!(!note.contains("EECO01 Participants"), "no line of the file, none in the note");
    let mut esf = sheet(Section::Esf);
    esf.columns.remove(0);
    let note = flat(&written(&[esf], None, Lang::Fr));
    for (key, label) in esf::definitions() {
        assert!(note.contains(&format!("{key} {}", label.fr)), "{key}");
    }
}

#[test]
fn every_column_of_figures_of_every_file_is_defined() {
    for lang in [Lang::Fr, Lang::En] {
        for section in Section::ALL.iter().filter(|s| **s != Section::Quality) {
            let sheet = sheet(*section);
            let note = flat(&written(std::slice::from_ref(&sheet), None, lang));
            for key in section.figure_columns() {
                match texts::of(section.code(), key) {
                    Some(text) => assert!(note.contains(text.means.clone().get(lang)), "{}:{key}", section.code()),
                    None => {
                        let printed = texts::indicator_of(section.code(), key).unwrap();
                        let named = printed == key || note.contains(&format!("= {printed}"));
                        assert!(named, "{}:{key} {note}", section.code());
                        assert!(note.contains(&format!(" {printed}")), "{}:{key}", section.code());
                    }
                }
            }
        }
    }
}

#[test]
fn the_note_says_which_exits_are_examined_and_what_changed_since_earlier_reports() {
    let note = flat(&written(&[sheet(Section::Exits)], None, Lang::Fr));
    assert!(note.contains("Retrait (non examinée) : force majeure ; ou fin de la période d'intégration"), "{note}");
    let lines = restated(Sheet::new("restated", Vec::new()));
    let note = flat(&written(&[lines], None, Lang::En));
    assert!(note.contains("restated.csv: What changed in the periods already closed. A row per figure"), "{note}");
    assert!(note.contains("cause: late_entry, recorded after the report; correction of a record"), "{note}");
    assert!(!note.contains(".."), "{note}");
}

#[test]
fn no_sentence_of_the_note_ends_twice() {
    for lang in [Lang::Fr, Lang::En] {
        let sheets: Vec<Sheet> = Section::ALL.iter().map(|section| sheet(*section)).collect();
        let note = written(&[&sheets[..], &[all_indicators()]].concat(), None, lang);
        assert!(!note.contains("..") && !note.contains(". ."), "{note}");
    }
}

#[test]
fn a_layout_gives_the_note_its_title_and_says_which_cohorts_are_shown() {
    let text = "title = \"Suivi\"\ncohorts = [\"P1\"]\n[[section]]\nkey = \"exits\"\n";
    let template = read(text, None).unwrap();
    let note = written(&[sheet(Section::Exits)], Some(&template), Lang::Fr);
    assert!(note.starts_with("Suivi —"), "{note}");
    assert!(note.contains("Lignes montrées : P1 ; les totaux (*)"), "{note}");
    assert!(written(&[], None, Lang::Fr).starts_with("RAPPORT POUR"));
}

#[test]
fn lines_are_short_enough_to_be_printed() {
    let note = written(&[all_indicators(), sheet(Section::Exits), sheet(Section::Financial)], None, Lang::Fr);
    assert!(note.lines().all(|line| line.chars().count() <= WIDTH), "{note}");
    assert!(note.lines().all(|line| !line.trim_start().starts_with([':', ';', '»'])), "{note}");
    assert!(note.lines().count() < 150, "{} lines", note.lines().count());
}
