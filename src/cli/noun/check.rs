//! `fil check`: the data-quality rules, and what repairs each finding.

use crate::cli::ask::selector;
use crate::cli::noun::prelude::*;
use crate::domain::ClosedList;
use crate::ops::quality::{self, Finding, QualityScope, Severity};
use crate::sheet::{Cell, Column, ColumnKind, Sheet};

/// `fil check`.
pub const VERB: Verb = Verb {
    names: &["check", "controle", "contrôle"],
    about: fixed!("Dit quelles fiches compléter, et comment.", "Says which records to complete, and how."),
    examples: [fixed!("fil check"), fixed!("fil check -c P1 -f json")],
    flags: &[&[flags::COHORT, flags::AS_OF], flags::TABLE],
    run: Run::With(run),
};

fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let as_of = match matches.text(&flags::AS_OF) {
        Some(typed) => crate::domain::day::parse_day(typed, ctx.today, crate::domain::day::Lean::Past)?.date,
        None => ctx.today,
    };
    let mut scope = QualityScope::everything(as_of);
    if let Some(typed) = matches.text(&flags::COHORT).filter(|c| !matches!(*c, "all" | "tous" | "toutes")) {
        scope.cohorts = Some(vec![selector::cohort(&lookup, typed)?.id]);
    }
    let found = quality::findings(&lookup, &scope)?;
    let count = |severity| found.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let answer = Answer::sheet(sheet(&found))
        .when_empty(text!("Rien à corriger.", "Nothing to correct."))
        .named([Some("quality")]);
    if found.is_empty() {
        return Ok(answer);
    }
    let answer =
        answer.say(text!("Erreurs : {errors} ; avertissements : {warnings}", "Errors: {errors}; warnings: {warnings}"));
    Ok(if errors > 0 { answer.refused() } else { answer })
}

/// The findings as the section `quality`, in their own order.
pub fn sheet(findings: &[Finding]) -> Sheet {
    let columns = vec![
        Column::new("rule", "Règle", "Rule", ColumnKind::Code),
        Column::new("severity", "Gravité", "Severity", ColumnKind::Code),
        Column::new("record", "Fiche", "Record", ColumnKind::Code).hide_first(2),
        Column::new("message", "Constat", "Finding", ColumnKind::Text),
        Column::new("fix", "Pour corriger", "To repair", ColumnKind::Text).hide_first(1),
    ];
    let mut sheet = Sheet::new("quality", columns);
    for finding in findings {
        sheet.rows.push(vec![
            Cell::Text(finding.rule.code().to_owned()),
            Cell::Text(finding.severity.code().to_owned()),
            Cell::Text(finding.record.clone()),
            Cell::Words(finding.message.clone()),
            Cell::Text(finding.fix.clone()),
        ]);
    }
    sheet
}
