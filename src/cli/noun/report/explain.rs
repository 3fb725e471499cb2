//! `fil report explain`: the people and records behind a figure, and those left out with the reason.

use super::SETTING;
use super::scope::{Asked, frame};
use super::{FUNDER, NAMES, TARGET};
use crate::cli::noun::prelude::*;
use crate::domain::cohort::Stream;
use crate::domain::kind::{budget, module};
use crate::domain::{ClosedList, Kind, Record, kind};
use crate::publish::scope::{Missing, Needs, facts, in_words, threshold};
use crate::report::explain::{Audience, Codes, explain};
use crate::report::membership::RecordRef;
use crate::report::{Naming, Purpose, Section, Target, World};
use crate::sheet::{Cell, Sheet};
use crate::store::Store;
use crate::store::facts::{Breadth, MarkDetail};
use crate::store::journal::recorded_on::Deciding;
use crate::store::records::Which;

/// `fil report explain`.
pub const VERB: Verb = Verb {
    names: &["explain", "expliquer"],
    about: fixed!("Dit qui est derrière un chiffre, et pourquoi.", "Says who is behind a figure, and why."),
    examples: [
        fixed!("fil report explain dynamic_exit_rate@3m"),
        fixed!("fil report explain monthly:attendance_pct -c P1 -p 2018-12"),
    ],
    flags: &[&[TARGET, FUNDER, NAMES, flags::COHORT, flags::PERIOD, flags::AS_OF, SETTING], flags::TABLE],
    run: Run::With(run),
};

/// Explains one figure.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let target = Target::parse(matches.need(&TARGET)?)?;
    if let Some(refusal) = target.without_list() {
        return Err(refusal.into());
    }
    let missing = match &target {
        Target::Column { section: Section::Monthly, .. } => Missing::LastMonth,
        _ => Missing::Everything,
    };
    let store = ctx.open_to_look()?;
    if target.has_words() {
        target.check(&codes(&store)?)?;
    }
    let funder = matches.text(&FUNDER);
    let framed = frame(ctx, &store, &Asked { matches, period: matches.text(&flags::PERIOD), funder, missing })?;
    let scope = &framed.scope;
    let detail = if target.needs_half_days() { MarkDetail::OneByOne } else { MarkDetail::Summed };
    let facts = facts(&store, scope, &Needs { detail, breadth: Breadth::Everything })?;
    let world = World::new(&facts, scope, Purpose::Explain);
    let naming = match (matches.has(&NAMES), &scope.funder) {
        (true, _) => Naming::Slug,
        (false, Some(funder)) => Naming::of_funder(funder),
        // Without a funder the pseudonym is this database's own: stable, and nobody else's.
        (false, None) => Naming::Pseudonym { secret: store.database()?.into_bytes() },
    };
    let recorder = store.recorder();
    let recorded = |record: &RecordRef| {
        let asked = Deciding {
            kind: record.kind.code(),
            id: record.id,
            half_day: record.half_day,
            op: record.op,
            columns: record.columns,
        };
        recorder.recorded(&asked).ok().flatten()
    };
    let mut sheet = explain(&world, &target, &Audience { naming: &naming, recorded: &recorded });
    summary(&mut sheet);
    sheet.footer.push(in_words(scope, framed.period.as_ref()));
    let mut answer =
        Answer::sheet(sheet).when_empty(text!("Aucune unité dans ce périmètre.", "No unit in this scope."));
    answer.said = framed.echoes.clone();
    let definition = target.definition();
    answer.said.insert(0, definition);
    if threshold(scope) > 0 {
        answer.said.push(text!(
            "Pour l'école seulement : cette liste montre ce que le rapport du financeur masque.",
            "For the school only: this list shows what the funder's report masks."
        ));
    }
    Ok(answer)
}

/// The codes that words of a figure may name.
fn codes(store: &Store) -> Result<Codes> {
    let lookup = store.lookup();
    let text = |record: &Record, field| record.text(field).unwrap_or_default().to_owned();
    let technical = |module: &&Record| module.list::<Stream>(module::STREAM) == Some(Stream::Technical);
    let all = |kind| lookup.records(kind, Which::All);
    Ok(Codes {
        cohorts: lookup.codes(kind::Target::Cohort)?.into_iter().collect(),
        modules: all(Kind::Modules)?.iter().filter(technical).map(|m| text(m, module::MODULE)).collect(),
        certificates: lookup.codes(kind::Target::Certificate)?.into_iter().collect(),
        funders: lookup.codes(kind::Target::Funder)?.into_iter().collect(),
        specialities: all(Kind::Cohorts)?.iter().map(|c| text(c, kind::cohort::NSF)).collect(),
        budget: all(Kind::Budget)?
            .iter()
            .map(|line| [budget::SIDE, budget::CLASS, budget::LABEL].map(|f| text(line, f)))
            .collect(),
    })
}

/// Under the table: the numerator and the base, and how many are elsewhere and why.
fn summary(sheet: &mut Sheet) {
    let (Some(verdict), Some(base)) = (sheet.column("verdict"), sheet.column("in_base")) else { return };
    // Where the total counts each person once, it has lines of its own.
    let total = |r: &&Vec<Cell>| sheet.column("cohort").is_some_and(|at| r[at] == Cell::Text("*".to_owned()));
    let has_total = sheet.rows.iter().any(|r| total(&r));
    let rows = || sheet.rows.iter().filter(|r| !has_total || total(r));
    let count = |code: &str| rows().filter(|r| r[verdict] == Cell::Text(code.to_owned())).count();
    let counted = count("counted");
    let in_base = rows().filter(|r| r[base] == Cell::Bool(true)).count();
    let (unknown, not_due, left_out) = (count("unknown"), count("not_yet_due"), count("left_out"));
    sheet.footer.push(text!(
        "{counted} comptés, {in_base} dans la base, {unknown} inconnus, {not_due} pas encore échus, {left_out} écartés",
        "{counted} counted, {in_base} in the base, {unknown} unknown, {not_due} not yet due, {left_out} left out"
    ));
}
