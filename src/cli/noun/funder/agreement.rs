//! `fil funder agreement`: what a funder is owed, what it gets of it today, and what it does not.

use super::*;
use crate::cli::ask::typed_record::code;
use crate::cli::noun::prelude::*;
use crate::domain::{ClosedList, Text};
use crate::publish::build;
use crate::publish::scope::{Missing, ScopeRequest, frame};
use crate::report::agreement::{self, Agreement};
use crate::report::figure_class::FigureClass;
use crate::report::indicator::target::in_force_of;
use crate::report::promise::{Promise, Row};
use crate::report::{Section, indicator};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// `fil funder agreement`.
pub const VERB: Verb = Verb {
    names: &["agreement", "convention"],
    about: fixed!("Ce qu'un financeur doit recevoir, et reçoit.", "What a funder is owed, and gets."),
    examples: [fixed!("fil funder agreement ca-solidarite"), fixed!("fil funder agreement ca-solidarite -f csv")],
    flags: &[&[OF_FUNDER], flags::TABLE],
    run: Run::With(run),
};

fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open_to_look()?;
    let chosen = funder(ctx, &store.lookup(), matches.need(&OF_FUNDER)?, Purpose::Read)?;
    let own = code(&chosen.value);
    let asked = ScopeRequest {
        today: ctx.today,
        period: None,
        missing: Missing::LastMonth,
        funder: Some(own),
        cohort: None,
        as_of: None,
        known_on: ctx.known_on.as_deref(),
        settings: &[],
    };
    let framed = frame(&store, &asked)?;
    let Some(profile) = framed.scope.funder.clone() else { bail!("the scope lost its funder") };
    let (facts, _) = build::gathered(&store, &framed)?;
    let (printed, _) = build::section(&store, &framed, Section::Agreed)?;
    let owed = Agreement::of(&profile, &facts);
    let mut sheet = Sheet::new("agreement", columns());
    for promise in &owed.promises {
        let aim = in_force_of(&promise.figure, &facts.targets, framed.scope.as_of).into_iter().next();
        let row = of_figure(&printed, promise);
        let cell = |column: &str| row.and_then(|row| Some(row[printed.column(column)?].clone())).unwrap_or(Cell::Empty);
        let value = cell("value");
        let gets = Gets::of(&value);
        let measure = indicator::find(&promise.figure).map(|(found, _)| found.measure);
        let amount = |hundredths: Option<i64>| {
            hundredths.map_or(Cell::Empty, |value| {
                indicator::target::cell(measure.unwrap_or(indicator::Measure::Count), value)
            })
        };
        sheet.rows.push(vec![
            Cell::Text(promise.figure.clone()),
            cell("label"),
            Cell::Text(promise.row.code().to_owned()),
            Cell::Text(promise.grants.join("|")),
            amount(aim.map(|aim| aim.value)),
            Cell::date(aim.and_then(|aim| aim.by)),
            amount(aim.and_then(|aim| aim.baseline)),
            value,
            cell("unit"),
            cell("status"),
            Cell::Text(gets.code().to_owned()),
            Cell::Words(gets.why(promise, &owed)),
        ]);
    }
    let answer = Answer::sheet(sheet).named([Some("convention".to_owned()), Some(own.to_owned())]).when_empty(text!(
        "Rien n'est convenu. Pour promettre un chiffre : fil funder agree {own} CHIFFRE    Un objectif : fil funder target add",
        "Nothing is agreed. To promise a figure: fil funder agree {own} FIGURE    A target: fil funder target add"
    ));
    let said = framed.echoes.clone();
    Ok(Answer { said, ..answer }.say_before(chosen.echo))
}

/// The row of the section `agreed` that says most of a promise: the total since the start where there is one.
fn of_figure<'s>(printed: &'s Sheet, promise: &Promise) -> Option<&'s Vec<Cell>> {
    let at = |column: &str| printed.column(column);
    let (figure, row, span) = (at("figure")?, at("row")?, at("span")?);
    let is = |cell: &Cell, word: &str| matches!(cell, Cell::Text(text) if text == word);
    let named = |cells: &&Vec<Cell>| match &cells[figure] {
        Cell::Text(name) => {
            *name == promise.figure || name.starts_with(&format!("{}@", promise.figure)) && promise.figure.contains(':')
        }
        _ => false,
    };
    let since = || printed.rows.iter().filter(named).filter(|cells| is(&cells[span], "since_start"));
    since().find(|cells| is(&cells[row], "*")).or_else(|| since().next())
}

crate::closed_list! {
    /// What a funder gets of a figure that it is owed.
    Gets {
        Exact = "exact", "exact", "exact";
        Nothing = "nothing_yet", "rien encore", "nothing yet";
        Masked = "masked", "masqué", "masked";
    }
}

impl Gets {
    fn of(value: &Cell) -> Gets {
        match value {
            Cell::Masked => Gets::Masked,
            Cell::Empty => Gets::Nothing,
            _ => Gets::Exact,
        }
    }
    fn why(self, promise: &Promise, owed: &Agreement) -> Text {
        let by_right = [Row::Total, Row::Cohort].into_iter().any(|row| owed.by_right(&promise.figure, row));
        let sensitive = agreement::class(&promise.figure) == Some(FigureClass::Sensitive);
        match self {
            Gets::Exact if by_right => text!("montré de droit", "shown by right"),
            Gets::Exact => text!("montré parce que le seuil le permet", "shown because the threshold allows it"),
            Gets::Nothing => text!("personne encore dans la base du chiffre", "nobody in the base of the figure yet"),
            Gets::Masked if sensitive => {
                text!("chiffre sensible : protégé sous le seuil", "a sensitive figure: protected under the threshold")
            }
            Gets::Masked => text!("protégé sous le seuil du profil", "protected under the threshold of the profile"),
        }
    }
}

fn columns() -> Vec<Column> {
    let word = |key, fr, en| Column::new(key, fr, en, ColumnKind::Code);
    let number = |key, fr, en| Column::new(key, fr, en, ColumnKind::Number);
    let text = |key, fr, en| Column::new(key, fr, en, ColumnKind::Text);
    vec![
        word("figure", "Chiffre", "Figure"),
        text("label", "Libellé", "Label").hide_first(1),
        word("row", "Ligne", "Row").hide_first(4),
        word("grant", "Subvention", "Grant").hide_first(3),
        number("target", "Objectif", "Target"),
        Column::new("by", "Pour le", "By", ColumnKind::Date).hide_first(5),
        number("baseline", "Départ", "Baseline").hide_first(6),
        number("value", "Valeur", "Value"),
        word("unit", "Unité", "Unit").hide_first(7),
        word("status", "État", "Status").hide_first(8),
        word("gets", "Reçoit", "Gets"),
        text("why", "Pourquoi", "Why").hide_first(2),
    ]
}
