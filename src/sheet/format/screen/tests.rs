//! Tests of the tables for people.

use super::super::json;
use super::*;
use crate::domain::{Date, Month, Text};
use crate::sheet::{dialect, samples};
use proptest::prelude::*;

fn pipe(sheet: &Sheet, lang: Lang) -> String {
    one(sheet, &Style::pipe(lang)).text
}

fn screen(sheet: &Sheet, columns: u16) -> Drawn {
    one(sheet, &Style::terminal(Lang::Fr, columns))
}

/// Names whose bytes, characters and display cells all differ.
fn widths_differ() -> Sheet {
    let mut sheet = Sheet::new(
        "trainees",
        vec![
            Column::new("name", "Stagiaire", "Trainee", ColumnKind::Text),
            Column::new("status", "Situation", "Status", ColumnKind::Text).hide_first(1),
            Column::new("pct", "Présence (%)", "Attendance (%)", ColumnKind::Number).hide_first(2),
            Column::new("birth_date", "Naissance", "Birth", ColumnKind::Date).hide_first(3),
            Column::new("company", "Entreprise", "Company", ColumnKind::Text).hide_first(4),
            Column::new("note", "Note", "Note", ColumnKind::Text).hide_first(5),
        ],
    );
    for (name, pct) in [("Ngô Thị Lan", 950), ("Ame\u{301}lie Ferre\u{301}", 1000), ("李小龙", 5), ("Zoé 🎓", 12_345)]
    {
        sheet.rows.push(vec![
            Cell::Text(name.to_owned()),
            Cell::Words(Text::new("en formation", "in training")),
            Cell::Decimal { value: pct, scale: 1 },
            Cell::date(Date::new(2000, 2, 3)),
            Cell::Text("Fibre et Réseaux du Dauphiné".to_owned()),
            Cell::Text("a trouvé une voiture, cherche un garage".to_owned()),
        ]);
    }
    sheet
}

/// Every line cut at the display cell where the second column begins.
#[track_caller]
fn check_aligned(text: &str, header: &str) {
    let first = text.lines().next().unwrap();
    let start = first[..first.find(header).unwrap()].width();
    for line in text.lines() {
        let mut before = 0;
        let cut = line.char_indices().find(|(_, c)| {
            let here = before;
            before += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
            here >= start && *c != ' ' && unicode_width::UnicodeWidthChar::width(*c) != Some(0)
        });
        let (at, _) = cut.unwrap();
        assert_eq!(line[..at].width(), start, "{line}");
        assert!(line[..at].ends_with("  "), "{line}");
    }
}

#[test]
fn a_pipe_gets_the_header_and_one_record_per_line() {
    let expected = "\
STAGIAIRE      TÉLÉPHONE       SITUATION    PRÉSENTS  PRÉSENCE (%)  HEURES  COÛT (€)  ENTRÉE      MOIS     JOINT  NOTE
Ferré, Amélie  06 12 34 56 78  in_training        39          97,5    3,33  1\u{202f}234,50  05/11/2018  2018-11  oui    dit \"Mélie\"
Öztürk Deniz   —               left                0         100,0  140         0,00  —           2018-12  non    sans nouvelles
c              —               —                   c             c       —         —  —           —        —      =1+1
";
    assert_eq!(pipe(&samples::all_kinds(), Lang::Fr), expected);
}

#[test]
fn english_readers_get_points_and_yes() {
    let text = pipe(&samples::all_kinds(), Lang::En);
    assert!(text.starts_with("TRAINEE        PHONE"), "{text}");
    assert!(text.contains(" 97.5 ") && text.contains(" 1234.50 ") && text.contains(" yes "), "{text}");
}

#[test]
fn ascii_adds_no_sign_of_its_own_beyond_ascii() {
    let mut sheet = samples::all_kinds();
    sheet.rows.push(sheet.rows[2].clone());
    sheet.rows[3][10] = Cell::Text("a\nb".to_owned());
    let text = one(&sheet, &Style { charset: Charset::Ascii, ..Style::pipe(Lang::En) }).text;
    let own: String = text.replace("Ferré, Amélie", "").replace("Öztürk", "").replace("Mélie", "").replace('€', "");
    assert!(own.is_ascii(), "{own}");
    assert!(text.contains("  -  "), "{text}");
}

#[test]
fn title_and_footer_are_for_a_terminal_only() {
    let mut sheet = samples::one_text_column(&["x"]);
    sheet.title = Some(Text::new("Promo\x1b P1", "Cohort P1"));
    sheet.footer = vec![Text::new("1 note", "1 note"), Text::new("fin", "end")];
    assert_eq!(screen(&sheet, 80).text, "Promo\\u{1b} P1\n\nNOTE\nx\n\n1 note\nfin\n");
    assert_eq!(pipe(&sheet, Lang::Fr), "NOTE\nx\n");
}

#[test]
fn columns_stay_aligned_whatever_the_script() {
    for columns in [60, 80, 120] {
        check_aligned(&screen(&widths_differ(), columns).text, "SITUATION");
    }
    check_aligned(&pipe(&widths_differ(), Lang::Fr), "SITUATION");
}

#[test]
fn at_80_columns_the_least_useful_columns_are_hidden_and_named() {
    let drawn = screen(&widths_differ(), 80);
    let expected = "\
STAGIAIRE     SITUATION     PRÉSENCE (%)  NAISSANCE
Ngô Thị Lan   en formation          95,0  03/02/2000
Ame\u{301}lie Ferre\u{301}  en formation         100,0  03/02/2000
李小龙        en formation           0,5  03/02/2000
Zoé 🎓        en formation       1\u{202f}234,5  03/02/2000
";
    assert_eq!(drawn.text, expected);
    assert_eq!(drawn.hidden, ["Entreprise", "Note"]);
}

#[test]
fn the_width_decides_how_many_columns_are_hidden() {
    let hidden = |columns| screen(&widths_differ(), columns).hidden.join(" ");
    assert_eq!(hidden(200), "");
    assert_eq!(hidden(120), "Note");
    assert_eq!(hidden(60), "Entreprise Note");
    assert_eq!(hidden(52), "Entreprise Note");
    assert_eq!(hidden(51), "Naissance Entreprise Note");
    assert_eq!(hidden(40), "Naissance Entreprise Note");
    for columns in 40..200 {
        let text = screen(&widths_differ(), columns).text;
        assert!(text.lines().all(|line| line.width() <= usize::from(columns)), "{text}");
    }
}

#[test]
fn among_columns_of_one_rank_the_rightmost_goes_first() {
    let mut sheet = widths_differ();
    sheet.columns[1..].iter_mut().for_each(|column| column.hide_first = 1);
    assert_eq!(screen(&sheet, 50).hidden, ["Naissance", "Entreprise", "Note"]);
}

#[test]
fn below_40_columns_each_field_has_its_line_and_nothing_is_hidden() {
    let mut sheet = widths_differ();
    sheet.rows.truncate(2);
    let drawn = screen(&sheet, 39);
    let first = "\
STAGIAIRE     Ngô Thị Lan
SITUATION     en formation
PRÉSENCE (%)  95,0
NAISSANCE     03/02/2000
ENTREPRISE    Fibre et Réseaux du
              Dauphiné
NOTE          a trouvé une voiture,
              cherche un garage
";
    assert!(drawn.text.starts_with(first), "{}", drawn.text);
    assert!(drawn.text.contains("garage\n\nSTAGIAIRE     Ame"), "{}", drawn.text);
    assert!(drawn.hidden.is_empty());
}

#[test]
fn columns_that_are_never_hidden_and_do_not_fit_become_fields() {
    let mut sheet = widths_differ();
    sheet.columns.iter_mut().for_each(|column| column.hide_first = 0);
    let drawn = screen(&sheet, 80);
    assert!(drawn.text.starts_with("STAGIAIRE     Ngô Thị Lan\nSITUATION     en formation\n"), "{}", drawn.text);
    assert!(drawn.hidden.is_empty());
}

#[test]
fn no_width_cuts_a_word_or_fails() {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let wide = words(&screen(&widths_differ(), 39).text);
    for columns in 0..39 {
        assert_eq!(words(&screen(&widths_differ(), columns).text), wide, "{columns}");
    }
}

#[test]
fn hostile_cells_stay_on_their_line_and_say_nothing_to_the_terminal() {
    let hostile = [
        "\x1b]0;owned\x07",
        "a\r\nb",
        "a\nb",
        "a\rb",
        "\t",
        "\u{9b}31m",
        "\u{202e}abc",
        "a\u{200b}b",
        "a\u{2028}b",
        "\0",
        "\u{7f}",
        "👨\u{200d}👩\u{200d}👧",
        "=1+1",
    ];
    let mut stack = "e".to_owned();
    stack.extend(std::iter::repeat_n('\u{301}', 200));
    let mut sheet = samples::one_text_column(&hostile);
    sheet.rows.push(vec![Cell::Text(stack)]);
    sheet.rows.iter_mut().for_each(|row| row.push(Cell::Int(7)));
    sheet.columns.push(Column::new("n", "N", "N", ColumnKind::Number));
    for style in [Style::pipe(Lang::Fr), Style::terminal(Lang::Fr, 60)] {
        let text = one(&sheet, &style).text;
        assert!(!text.contains(|c| c != '\n' && escape::is_hostile(c)), "{text:?}");
        assert_eq!(text.lines().count(), sheet.rows.len() + 1);
        let width = text.lines().next().unwrap().width();
        assert!(text.lines().all(|line| line.width() == width && !line.is_empty()), "{text}");
    }
    assert_eq!(pipe(&samples::one_text_column(&["a\r\nb\nc"]), Lang::Fr), "NOTE\na⏎b⏎c\n");
}

#[test]
fn a_cell_wider_than_any_screen_is_still_one_record_on_one_line() {
    let long = "mot ".repeat(30_000);
    let sheet = samples::one_text_column(&[&long, "court"]);
    let text = pipe(&sheet, Lang::Fr);
    assert_eq!(text.lines().count(), 3);
    assert!(text.contains(long.trim_end()));
}

#[test]
fn a_year_is_not_a_quantity() {
    let mut sheet = Sheet::new(
        "bpf",
        vec![
            Column::new("year", "Année", "Year", ColumnKind::Code),
            Column::new("hours", "Heures", "Hours", ColumnKind::Number),
        ],
    );
    sheet.rows.push(vec![Cell::Int(2018), Cell::Hours(120_630)]);
    assert_eq!(pipe(&sheet, Lang::Fr), "ANNÉE   HEURES\n2018   2\u{202f}010,5\n");
}

#[test]
fn no_rows_draw_nothing() {
    assert_eq!(pipe(&samples::one_text_column(&[]), Lang::Fr), "");
    assert_eq!(screen(&Sheet::new("none", vec![]), 80).text, "");
}

#[test]
fn several_tables_stand_under_their_titles() {
    let (mut notes, none) = (samples::one_text_column(&["x"]), samples::one_text_column(&[]));
    notes.title = Some(Text::new("Carnet", "Notebook"));
    let drawn = many(&[notes, none], &Style::pipe(Lang::Fr));
    assert_eq!(drawn.text, "Carnet\n\nNOTE\nx\n\nnotes\n\n(aucune ligne)\n");
}

fn any_cell(kind: ColumnKind) -> BoxedStrategy<Cell> {
    let present = match kind {
        ColumnKind::Number => prop_oneof![
            any::<i64>().prop_map(Cell::Int),
            (any::<i64>(), 0u8..4).prop_map(|(value, scale)| Cell::Decimal { value, scale }),
            any::<i64>().prop_map(Cell::Hours),
            any::<i64>().prop_map(Cell::Cents),
            Just(Cell::Masked),
        ]
        .boxed(),
        ColumnKind::Date => (Date::MIN.days()..=Date::MAX.days()).prop_map(|d| Cell::Date(Date::from_days(d))).boxed(),
        ColumnKind::Bool => any::<bool>().prop_map(Cell::Bool).boxed(),
        ColumnKind::Code => (24_000..24_400).prop_map(|month| Cell::Month(Month::from_number(month))).boxed(),
        // One space at most between words, so that the columns of the table can be told apart again.
        _ => "[\\PC&&[^\\s—⏎]]{1,6}( [\\PC&&[^\\s—⏎]]{1,6}){0,2}".prop_map(Cell::Text).boxed(),
    };
    prop_oneof![1 => Just(Cell::Empty), 4 => present].boxed()
}

fn any_sheet() -> impl Strategy<Value = Sheet> {
    let columns = vec![
        Column::new("name", "Nom", "Name", ColumnKind::Text),
        Column::new("count", "Nombre", "Count", ColumnKind::Number),
        Column::new("day", "Jour", "Day", ColumnKind::Date),
        Column::new("done", "Fait", "Done", ColumnKind::Bool),
        Column::new("month", "Mois", "Month", ColumnKind::Code),
    ];
    let row: Vec<BoxedStrategy<Cell>> = columns.iter().map(|column| any_cell(column.kind)).collect();
    proptest::collection::vec(row, 1..6).prop_map(move |rows| Sheet { rows, ..Sheet::new("any", columns.clone()) })
}

/// A field of the table as the machine dialect writes it.
fn machine(shown: &str, kind: ColumnKind) -> String {
    match (shown, kind) {
        ("—", _) => String::new(),
        ("yes", ColumnKind::Bool) => "true".to_owned(),
        ("no", ColumnKind::Bool) => "false".to_owned(),
        (day, ColumnKind::Date) => day.split('/').rev().collect::<Vec<_>>().join("-"),
        (same, _) => same.to_owned(),
    }
}

proptest! {
    #[test]
    fn a_terminal_wide_enough_shows_what_a_pipe_gets(sheet in any_sheet()) {
        prop_assume!(!sheet.rows.is_empty());
        let shown = one(&Sheet { title: None, footer: Vec::new(), ..sheet.clone() }, &Style::terminal(Lang::En, u16::MAX));
        prop_assert_eq!(shown.text, pipe(&sheet, Lang::En));
    }

    #[test]
    fn table_csv_and_json_hold_the_same_cells(sheet in any_sheet()) {
        let file = samples::written(dialect::write_csv, Tables::One(&sheet), Lang::En);
        let mut reader = csv::Reader::from_reader(file.as_bytes());
        let from_csv: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();

        let text = samples::written(json::write, Tables::One(&sheet), Lang::En);
        let objects: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&text).unwrap();
        for (at, (object, record)) in objects.iter().zip(&from_csv).enumerate() {
            for (column, field) in sheet.columns.iter().zip(record) {
                let same = match &object[column.key] {
                    serde_json::Value::Null => field.is_empty(),
                    serde_json::Value::String(value) => value == field,
                    serde_json::Value::Bool(value) => value.to_string() == *field,
                    // serde_json reads into a double: the exact digits are looked for in the text.
                    _ => text.lines().nth(at + 1).unwrap().contains(&format!("\"{}\":{field},", column.key)),
                };
                prop_assert!(same, "{field} {text}");
            }
        }
        prop_assert_eq!(objects.len(), from_csv.len());

        let drawn = pipe(&sheet, Lang::En);
        let from_table: Vec<Vec<String>> = drawn.lines().skip(1).map(|line| {
            let fields = line.split("  ").map(|field| field.trim_matches(' ')).filter(|field| !field.is_empty());
            fields.zip(&sheet.columns).map(|(field, column)| machine(field, column.kind)).collect()
        }).collect();
        let shown_by_csv: Vec<Vec<String>> = from_csv.iter().map(|record| {
            record.iter().map(|field| escape::terminal(field).into_owned()).collect()
        }).collect();
        prop_assert_eq!(from_table, shown_by_csv);
    }
}
