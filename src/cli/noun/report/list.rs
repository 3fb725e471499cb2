//! `fil report list`: what there is to show, a line each.

use crate::cli::noun::prelude::*;
use crate::domain::ClosedList;
use crate::report::{Section, indicator};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// `fil report list`.
pub const VERB: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Liste les sections et les indicateurs.", "Lists the sections and the indicators."),
    examples: [fixed!("fil report list"), fixed!("fil r ls -f csv")],
    flags: &[flags::TABLE],
    run: Run::With(run),
};

/// Lists the sections, then the indicators.
fn run(_: &Matches, _ctx: &Context<'_>) -> Result<Answer> {
    let columns = vec![
        Column::new("kind", "Genre", "Kind", ColumnKind::Code),
        Column::new("key", "Clé", "Key", ColumnKind::Code),
        Column::new("label", "Intitulé", "Label", ColumnKind::Text),
        Column::new("unit", "Unité", "Unit", ColumnKind::Code).hide_first(1),
    ];
    let mut sheet = Sheet::new("reports", columns);
    for section in Section::ALL {
        sheet.rows.push(vec![
            Cell::Text("section".to_owned()),
            Cell::Text(section.code().to_owned()),
            Cell::Words(section.text()),
            Cell::Empty,
        ]);
    }
    for indicator in indicator::all() {
        sheet.rows.push(vec![
            Cell::Text("indicator".to_owned()),
            Cell::Text(indicator.key.to_owned()),
            Cell::Words(indicator.label.clone()),
            Cell::Text(indicator.measure.code().to_owned()),
        ]);
    }
    sheet.footer.push(text!(
        "Voir une section : fil report show SECTION    Définitions : fil report indicators",
        "Show a section: fil report show SECTION    Definitions: fil report indicators"
    ));
    Ok(Answer::sheet(sheet))
}
