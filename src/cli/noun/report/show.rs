//! `fil report show`: one section, or all those of a funder.

use super::SETTING;
use super::scope::{Asked, frame};
use super::{FUNDER, SECTION};
use crate::cli::noun::prelude::*;
use crate::cli::run::answer::{Answer, Body};
use crate::domain::folding::{fold, nearest, shown};
use crate::domain::period::Period;
use crate::domain::{ClosedList, Lang, Refusal, Text};
use crate::publish::build;
use crate::publish::scope::{Framed, Missing, in_words, threshold};
use crate::report::Section;
use crate::report::page::Heading;
use crate::sheet::Format;
use crate::store::Store;

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
    answer.named([framed.period_name(), cohort])
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
    let (sheet, said) = build::section(store, framed, section)?;
    let answer = Answer::sheet(sheet).when_empty(text!("Rien dans cette période.", "Nothing in this period."));
    Ok(Answer { said, ..answer })
}

fn whole(store: &Store, framed: &Framed) -> Result<Answer> {
    let drawn = build::draw(store, framed)?;
    let mut answer = Answer::sheets(framed.laid_out(drawn.sheets));
    answer.said.extend(title(framed));
    answer.said.extend(drawn.said);
    Ok(answer)
}

/// The title that the funder's layout gives the report.
fn title(framed: &Framed) -> Option<Text> {
    let words = &framed.layout.as_ref()?.template.title;
    let one = words.fr.as_ref().or(words.en.as_ref())?;
    Some(words.over(&Text::same(one)))
}
