//! Tests of the page as a reader, a screen reader and a curious funder meet it.

use super::*;
use crate::domain::Date;
use crate::domain::cohort::{Half, SlotKind, Stream};
use crate::domain::facts::{FunderFact, Scope, TargetFact};
use crate::domain::funder::{Dialect, Level, People};
use crate::domain::id::{FunderId, OpId, RecordId, StayId};
use crate::domain::placement::SituationType;
use crate::domain::progress::{AttendanceStatus, ModuleOutcome};
use crate::domain::trainee::ExitReason;
use crate::report::section::Section;
use crate::report::testing::{School, day, period};
use crate::sheet::{Cell, ColumnKind, html};
use std::collections::BTreeSet;

fn funder(name: &str) -> FunderFact {
    FunderFact {
        id: FunderId::from_number(1),
        code: "f".to_owned(),
        name: name.to_owned(),
        lang: Lang::Fr,
        dialect: Dialect::CsvFr,
        level: Level::Contract,
        suppress_below: None,
        rate_min_denominator: None,
        people: People::None,
        secret: b"secret".to_vec(),
    }
}

fn scope() -> Scope {
    Scope { funder: Some(funder("Fondation <Zoé>\u{202e}")), ..period("2018-11-01", "2019-08-31", "2019-08-31") }
}

/// Eight people: five leave at the end, one drops out, two are still there.
fn school() -> School {
    let mut school = School::with_p1();
    for (n, kind) in [SituationType::Cdi, SituationType::Cdi, SituationType::Interim].into_iter().enumerate() {
        let part = school.left("P1", &format!("l{n}"), ("2018-11-05", "2019-02-01"), ExitReason::Completed);
        let end = if kind == SituationType::Cdi { "" } else { "2019-03-15" };
        school.situation(part, kind, "2019-02-04", end);
    }
    school.left("P1", "m1", ("2018-11-05", "2019-02-01"), ExitReason::Completed);
    school.left("P1", "m2", ("2018-11-05", "2018-12-12"), ExitReason::DroppedOut);
    school.enter("P1", "n1", "2018-11-05");
    school.enter("P1", "n2", "2018-11-05");
    let first = school.facts.participations[0].id;
    let module = school.module("P1", "F1", Stream::Technical);
    school.result(first, module, "2019-01-20", ModuleOutcome::Validated);
    for date in ["2018-11-06", "2018-12-11", "2019-01-08"] {
        school.slot("P1", date, Half::Am, SlotKind::Centre);
        let parts: Vec<StayId> = school.facts.participations.iter().map(|p| p.id).collect();
        for part in parts.into_iter().take(4) {
            school.mark(part, date, Half::Am, AttendanceStatus::Present);
        }
    }
    let aim = |indicator: &str, value| TargetFact {
        id: RecordId::from_number(1),
        op: OpId::from_number(1),
        grant: "g".to_owned(),
        indicator: indicator.to_owned(),
        value,
        by: None,
        baseline: None,
    };
    school.facts.targets = vec![
        aim("entrants", 500),
        aim("interviews", 1000),
        aim("dynamic_exit_rate@exit", 6300),
        aim("share_women", 5000),
    ];
    school
}

const SECTIONS: [Section; 3] = [Section::Monthly, Section::Indicators, Section::Exits];

fn sheets() -> Vec<Sheet> {
    let (school, scope) = (school(), scope());
    SECTIONS.map(|section| school.sheet(&scope, section)).into()
}

fn heading() -> Heading {
    Heading::of(&scope(), None, 5)
}

fn page_of(sheets: &[Sheet], lang: Lang) -> String {
    let sheets: Vec<&Sheet> = sheets.iter().collect();
    String::from_utf8(write(&heading(), &sheets, lang).unwrap()).unwrap()
}

/// Masks the cells of a column over all cohorts, in the rows that hold a word.
fn mask(sheets: &mut [Sheet], key: &str, word: &str, columns: &[&str]) {
    let sheet = sheets.iter_mut().find(|s| s.key == key).unwrap();
    let places: Vec<usize> = columns.iter().map(|c| sheet.column(c).unwrap()).collect();
    let all = sheet.column("cohort").unwrap();
    let mut seen = 0;
    for row in &mut sheet.rows {
        let holds = row
            .iter()
            .any(|c| *c == Cell::Text(word.to_owned()) || matches!(c, Cell::Month(m) if m.to_string() == word));
        if holds && row[all] == Cell::Text("*".to_owned()) {
            places.iter().for_each(|at| row[*at] = Cell::Masked);
            seen += 1;
        }
    }
    assert!(seen > 0, "{key} has no row of {word}");
}

/// The drawing with this identifier.
fn drawing<'p>(page: &'p str, id: &str) -> &'p str {
    let start = page.find(&format!("aria-labelledby=\"{id}-t")).unwrap();
    let end = page[start..].find("</figure>").unwrap();
    &page[start..start + end]
}

fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let open = format!(" {attribute}=\"");
    page.match_indices(&open).map(|(at, _)| page[at + open.len()..].split('"').next().unwrap()).collect()
}

#[test]
fn it_asks_nothing_of_the_outside() {
    for lang in [Lang::Fr, Lang::En] {
        let page = page_of(&sheets(), lang);
        for word in ["http://", "https://", "<script", "src=", "@import", "<link", "<iframe", "onload", "javascript:"] {
            assert!(!page.contains(word), "{word}");
        }
        for (at, _) in page.match_indices("url(") {
            assert!(page[at..].starts_with("url(#"), "{}", &page[at..at + 40]);
        }
        assert!(page.contains("default-src 'none'"));
        assert!(page.contains(&format!("<html lang=\"{}\">", lang.code())));
    }
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    let page = page_of(&sheets(), Lang::Fr);
    let levels: Vec<u32> =
        page.match_indices("<h").filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10)).collect();
    assert_eq!(levels[0], 1);
    assert_eq!(levels.iter().filter(|l| **l == 1).count(), 1);
    assert!(levels.windows(2).all(|w| w[1] <= w[0] + 1), "{levels:?}");
}

#[test]
fn every_link_and_every_label_leads_somewhere() {
    for kept in [vec![0, 1, 2], vec![0], vec![1], vec![2]] {
        let all = sheets();
        let some: Vec<Sheet> = kept.iter().map(|i| all[*i].clone()).collect();
        let page = page_of(&some, Lang::Fr);
        let ids = values(&page, "id");
        let set: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), set.len(), "an identifier stands twice: {kept:?}");
        for link in values(&page, "href") {
            let to = link.strip_prefix('#').unwrap();
            assert!(set.contains(to), "{kept:?}: {link} leads nowhere");
        }
        for id in values(&page, "aria-labelledby").iter().flat_map(|ids| ids.split(' ')) {
            assert!(set.contains(id), "{kept:?}: {id} is no label");
        }
    }
}

#[test]
fn every_drawing_and_every_table_says_what_it_is() {
    let page = page_of(&sheets(), Lang::Fr);
    for (at, _) in page.match_indices("<svg") {
        let rest = page[at..].split_once('>').unwrap().1.trim_start();
        assert!(rest.starts_with("<title"), "{}", &rest[..60]);
    }
    assert_eq!(page.matches("role=\"img\"").count(), 4);
    assert_eq!(page.matches("<desc").count(), 4);
    assert_eq!(page.matches("<table>").count(), page.matches("<caption").count());
    assert_eq!(page.matches("<th ").count(), page.matches("scope=\"").count());
    assert!(!page.contains("<th>"));
    for landmark in ["<header>", "<nav aria-label=", "<main id=\"main\">", "<footer>"] {
        assert_eq!(page.matches(landmark).count(), 1, "{landmark}");
    }
}

#[test]
fn the_full_tables_hold_every_cell() {
    let sheets = sheets();
    let page = page_of(&sheets, Lang::Fr);
    for sheet in &sheets {
        let start = page.find(&format!("id=\"table-{}\"", sheet.key)).unwrap();
        let table = page[start..].split("</table>").next().unwrap();
        let rows: Vec<&str> = table.split("<tr>").skip(2).collect();
        assert_eq!(rows.len(), sheet.rows.len());
        for (row, cells) in rows.iter().zip(&sheet.rows) {
            let text = without_tags(row);
            let want: Vec<String> =
                cells.iter().zip(&sheet.columns).map(|(c, column)| html::shown(c, column.kind, Lang::Fr)).collect();
            let got: Vec<&str> = text.split('\t').filter(|t| !t.trim().is_empty()).map(str::trim).collect();
            assert_eq!(got, want);
        }
    }
}

/// The text of a piece of markup, a tab in the place of each tag.
fn without_tags(markup: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in markup.replace("&#39;", "'").chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push('\t');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn outcomes_are_drawn_only_when_every_class_is_shown() {
    let mut sheets = sheets();
    let open = page_of(&sheets, Lang::Fr);
    let parts = |page: &str| drawing(page, "chart-outcomes").matches("class=\"part").count();
    assert_eq!(parts(&open), 3 + 2 + 2);
    mask(&mut sheets, "exits", "exit", &["durable"]);
    let masked = page_of(&sheets, Lang::Fr);
    assert_eq!(parts(&masked), 2 + 2, "the classes beside a masked one would leave its length open");
    let drawn = drawing(&masked, "chart-outcomes");
    assert_eq!(drawn.matches("width=\"100%\" height=\"24\" fill=\"url(#chart-outcomes-h)\"").count(), 1);
}

#[test]
fn a_masked_step_has_no_bar_and_sets_no_scale() {
    let mut sheets = sheets();
    mask(&mut sheets, "indicators", "applicants", &["num", "value"]);
    mask(&mut sheets, "indicators", "entrants", &["num", "value"]);
    let page = page_of(&sheets, Lang::Fr);
    let drawn = drawing(&page, "chart-path");
    assert_eq!(drawn.matches("fill=\"url(#chart-path-h)\"").count(), 2);
    // Seven people stood at the top of the scale; now the longest that is shown does.
    assert!(drawn.contains("class=\"bar\" width=\"100.0%\""), "{drawn}");
    assert!(drawn.contains("Entrants\u{a0}: c"));
}

#[test]
fn a_masked_month_is_a_letter_without_a_column() {
    let mut sheets = sheets();
    let columns = |page: &str| drawing(page, "chart-presence").matches("<rect class=\"bar\"").count();
    let before = columns(&page_of(&sheets, Lang::Fr));
    assert!(before > 1);
    mask(&mut sheets, "monthly", "2018-11", &["present", "planned", "attendance_pct"]);
    let page = page_of(&sheets, Lang::Fr);
    assert_eq!(columns(&page), before - 1);
    assert!(drawing(&page, "chart-presence").contains(">c</text>"));
    assert!(page.contains("<td class=\"n\">c/c</td>"));
}

#[test]
fn targets_are_judged_by_a_sign_and_a_word() {
    let page = page_of(&sheets(), Lang::Fr);
    let start = page.find("id=\"targets-c\"").unwrap();
    let table = page[start..].split("</table>").next().unwrap();
    assert!(table.contains("✓ atteint") && table.contains("✗ en retard"), "{table}");
    assert!(table.contains("−10"), "{table}");
    let english = page_of(&sheets(), Lang::En);
    assert!(english.contains("✓ reached") && english.contains("✗ late"));
}

#[test]
fn hostile_names_are_text() {
    let page = page_of(&sheets(), Lang::Fr);
    assert!(page.contains("<h1>Rapport pour Fondation &#60;Zoé&#62;\\u{202e}</h1>"), "{}", &page[..1500]);
}

#[test]
fn french_signs_keep_their_spaces() {
    let page = page_of(&sheets(), Lang::Fr);
    let body = page.split("<body>").nth(1).unwrap();
    for pair in [" :", " ;", " ?", " !", "« ", " »", " %"] {
        let at = body.find(pair).map(|at| &body[at.saturating_sub(10)..(at + 10).min(body.len())]);
        assert_eq!(at, None, "“{pair}” may break");
    }
}

#[test]
fn the_same_sheets_give_the_same_bytes() {
    assert_eq!(page_of(&sheets(), Lang::Fr), page_of(&sheets(), Lang::Fr));
}

#[test]
fn a_school_where_nothing_happened_has_a_page_without_drawings_of_nothing() {
    let mut school = School::with_p1();
    school.facts.cohorts.clear();
    let scope = Scope { funder: None, ..period("2018-11-01", "2018-11-30", "2018-11-30") };
    let sheets = SECTIONS.map(|section| school.sheet(&scope, section));
    let heading = Heading::of(&scope, None, 0);
    let page = String::from_utf8(write(&heading, &sheets.each_ref(), Lang::En).unwrap()).unwrap();
    for words in ["Nobody has applied yet.", "no exit to examine", "no cohort in these tables", "The school’s report"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(page.matches("role=\"img\"").count(), 1);
    assert!(!page.contains("id=\"targets\""), "targets are a funder's");
}

#[test]
fn any_sheet_alone_is_a_page() {
    let mut sheet = Sheet::new("notes", vec![crate::sheet::Column::new("text", "Texte", "Text", ColumnKind::Text)]);
    sheet.rows.push(vec![Cell::Text("<b>\u{200b}".to_owned())]);
    let page = page_of(&[sheet], Lang::En);
    assert!(page.contains("&#60;b&#62;\\u{200b}"), "{page}");
    assert!(!page.contains("role=\"img\""));
}

#[test]
fn the_heading_says_the_days_once() {
    let named = Heading { days: (day("2018-11-01"), day("2018-11-30")), ..heading() };
    let line = |period: Option<crate::domain::Text>| {
        let lines = Heading { period, ..named.clone() }.lines(&[], Lang::Fr);
        lines[0].value.clone()
    };
    assert_eq!(line(Some(crate::text!("novembre 2018", "x"))), "novembre 2018 (du 01/11/2018 au 30/11/2018)");
    assert_eq!(line(Some(crate::text!("01/11/2018 → 30/11/2018", "x"))), "01/11/2018 → 30/11/2018");
    let everything = Heading { days: (Date::MIN, day("2018-11-30")), ..heading() };
    assert_eq!(everything.lines(&[], Lang::Fr)[0].value, "depuis le début, jusqu’au 30/11/2018");
}
