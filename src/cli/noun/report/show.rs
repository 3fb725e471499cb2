//! `fil report show`: one section, or all those of a funder.

use super::SETTING;
use super::make::{kept_back, masked};
use super::scope::{Asked, Framed, Missing, Needs, facts, frame, in_words, period_name, threshold};
use super::{FUNDER, SECTION};
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::parser::verb::{Run, Verb};
use crate::cli::run::answer::{Answer, Body};
use crate::cli::run::context::Context;
use crate::domain::facts::{Facts, Scope};
use crate::domain::folding::{fold, nearest, shown};
use crate::domain::period::Period;
use crate::domain::{ClosedList, Lang, Refusal, Text};
use crate::fixed;
use crate::report::page::Heading;
use crate::report::section::head::Counted;
use crate::report::{Naming, Purpose, Section, World};
use crate::sheet::{Format, Sheet};
use crate::store::Store;
use crate::store::facts::{Breadth, MarkDetail};
use crate::text;
use anyhow::{Result, bail};

/// `fil report show`.
pub const VERB: Verb = Verb {
    names: &["show", "s", "voir"],
    about: fixed!("Montre une section, ou le rapport d'un financeur.", "Shows a section, or a funder's whole report."),
    examples: [
        fixed!("fil r s indicators -p 2018T4", "fil r s indicators -p 2018Q4"),
        fixed!("fil r s --funder ca-solidarite -p 2018-11"),
    ],
    flags: &[&[SECTION, FUNDER, flags::COHORT, flags::PERIOD, flags::AS_OF, SETTING], flags::TABLE],
    run: Run::With(run),
};

/// Shows one section, or a funder's whole report.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let section = matches.text(&SECTION).map(section_named).transpose()?;
    let funder = matches.text(&FUNDER);
    let whole_school = section.is_none() && funder.is_none() && wants_page(matches);
    if section.is_none() && funder.is_none() && !whole_school {
        let all = Section::CODES.join(", ");
        bail!(
            Refusal::usage(text!("quelle section ?", "which section?"))
                .why(text!("sections : {all}", "sections: {all}"))
                .hint(text!("Par exemple : fil report show indicators", "For example: fil report show indicators"))
        );
    }
    let missing = match section {
        None if whole_school => Missing::Everything,
        None | Some(Section::Monthly) => Missing::LastMonth,
        Some(_) => Missing::Everything,
    };
    if section == Some(Section::Quality) && funder.is_some() {
        bail!(
            Refusal::usage(text!(
                "la section quality ne sort pas de l'école",
                "the section quality never leaves the school"
            ))
            .why(text!("elle nomme les personnes", "it names people"))
            .hint(text!("Sans --funder : fil check", "Without --funder: fil check"))
        );
    }
    let store = ctx.open_to_look()?;
    let framed = frame(ctx, &store, &Asked { matches, period: matches.text(&flags::PERIOD), funder, missing })?;
    let shown = match section {
        Some(section) => one(&store, &framed, section)?,
        None => whole(&store, &framed)?,
    };
    let lang = framed.scope.funder.as_ref().map(|f| f.lang);
    let mut shown = shown;
    // A page says its scope at its head.
    if !wants_page(matches) {
        under(&mut shown, in_words(&framed.scope, framed.period.as_ref()));
    }
    Ok(finish(shown, &framed, lang))
}

/// Puts a sentence under the last table.
fn under(answer: &mut Answer, sentence: Text) {
    let last = match &mut answer.body {
        Body::Sheet(sheet) => Some(sheet),
        Body::Sheets(sheets) => sheets.last_mut(),
        _ => None,
    };
    if let Some(sheet) = last {
        sheet.footer.push(sentence);
    }
}

fn finish(answer: Answer, framed: &Framed, lang: Option<Lang>) -> Answer {
    let mut answer = answer;
    answer.lang = lang;
    answer.heading = Some(heading(framed));
    let mut said = framed.echoes.clone();
    said.append(&mut answer.said);
    answer.said = said;
    let cohort = framed.scope.cohorts.as_ref().and_then(|c| c.first().cloned());
    answer.named([period_name(framed), cohort])
}

fn heading(framed: &Framed) -> Heading {
    let title = framed.layout.as_ref().map(|layout| layout.template.title.clone()).unwrap_or_default();
    let period = framed.period.as_ref().map(Period::label);
    Heading { title, ..Heading::of(&framed.scope, period, threshold(&framed.scope)) }
}

/// Whether the answer is to be a page, by `-f` or by the name of the file.
fn wants_page(matches: &Matches) -> bool {
    let named = || matches.text(&flags::OUTPUT).is_some_and(|name| name.to_lowercase().ends_with(".html"));
    matches.text(&flags::FORMAT).map_or_else(named, |format| format.eq_ignore_ascii_case(Format::Html.name()))
}

/// The section of a word.
pub fn section_named(typed: &str) -> Result<Section> {
    let wanted = fold(typed);
    let fits =
        |s: &&Section| s.code() == wanted || fold(s.label(Lang::Fr)) == wanted || fold(s.label(Lang::En)) == wanted;
    if let Some(found) = Section::ALL.iter().find(fits) {
        return Ok(*found);
    }
    let word = shown(typed);
    let refusal = Refusal::usage(text!("pas de section « {word} »", "no section “{word}”"));
    Err(match nearest(typed, Section::CODES.iter().copied()) {
        Some(near) => refusal.hint(text!("Essayez : fil report show {near}", "Try: fil report show {near}")),
        None => refusal.hint(text!("Liste : fil report list", "List: fil report list")),
    }
    .into())
}

fn one(store: &Store, framed: &Framed, section: Section) -> Result<Answer> {
    if section == Section::Quality {
        return super::quality_section(store, framed);
    }
    let scope = &framed.scope;
    if scope.funder.is_none() || threshold(scope) == 0 {
        let breadth = match section {
            Section::Monthly => Breadth::Month,
            Section::Attendance => Breadth::Presence,
            _ => Breadth::Everything,
        };
        let facts = facts(store, scope, &Needs { detail: detail(&[section]), breadth })?;
        let sheets = framed.laid_out(plain(&facts, scope, &[section]));
        return Ok(Answer { body: Body::Sheet(first(sheets)?), ..Answer::default() }.when_empty(nothing()));
    }
    // Masks hold over a whole report: a section alone is masked as it would be inside it.
    let facts = facts(store, scope, &Needs { detail: detail(&[section]), breadth: Breadth::Everything })?;
    let mut sections = framed.sections(&facts);
    if !sections.contains(&section) {
        sections.push(section);
    }
    let (sheets, said) = masked(store, &facts, scope, &sections)?;
    let asked = framed.laid_out(sheets).into_iter().filter(|s| s.key == section.code()).collect();
    let mut answer = Answer::sheet(first(asked)?).when_empty(nothing());
    answer.said.extend(said);
    Ok(answer)
}

fn nothing() -> Text {
    text!("Rien dans cette période.", "Nothing in this period.")
}

fn first(sheets: Vec<Sheet>) -> Result<Sheet> {
    sheets.into_iter().next().ok_or_else(|| anyhow::anyhow!("the section gave no sheet"))
}

fn whole(store: &Store, framed: &Framed) -> Result<Answer> {
    let scope = &framed.scope;
    let facts = facts(store, scope, &Needs { detail: MarkDetail::OneByOne, breadth: Breadth::Everything })?;
    let (sheets, said) = masked(store, &facts, scope, &framed.sections(&facts))?;
    let mut answer = Answer::sheets(framed.laid_out(sheets));
    answer.said.extend(title(framed));
    answer.said.extend(said);
    answer.said.extend(kept_back(&framed.kept_back(&facts), threshold(scope)));
    Ok(answer)
}

/// The title that the funder's layout gives the report.
fn title(framed: &Framed) -> Option<Text> {
    let words = &framed.layout.as_ref()?.template.title;
    let one = words.fr.as_ref().or(words.en.as_ref())?;
    Some(words.over(&Text::same(one)))
}

/// Half-days one by one only where a section lists them.
pub fn detail(sections: &[Section]) -> MarkDetail {
    if sections.iter().any(|s| s.needs_half_days()) { MarkDetail::OneByOne } else { MarkDetail::Summed }
}

/// The sheets of sections, nothing masked.
pub fn plain(facts: &Facts, scope: &Scope, sections: &[Section]) -> Vec<Sheet> {
    counted(facts, scope, sections).into_iter().map(|section| section.sheet).collect()
}

/// The same with what heads each row, as suppression needs them.
pub fn counted(facts: &Facts, scope: &Scope, sections: &[Section]) -> Vec<Counted> {
    let world = World::new(facts, scope, Purpose::Figures);
    let naming = scope.funder.as_ref().map_or(Naming::Slug, Naming::of_funder);
    sections.iter().filter_map(|s| s.counted(&world, &naming)).collect()
}
