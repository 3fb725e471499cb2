//! `fil report show`: one section, or all those of a funder.

use super::scope::{Asked, Framed, Missing, Needs, facts, frame, period_name, threshold};
use super::{FUNDER, SECTION};
use crate::cli::answer::Answer;
use crate::cli::context::Context;
use crate::cli::flags;
use crate::cli::matches::Matches;
use crate::domain::facts::{Facts, Scope};
use crate::domain::wording::{fold, nearest, shown};
use crate::domain::{ClosedList, Lang, Refusal, Text};
use crate::report::suppression::{self, Profile, Rules};
use crate::report::{Naming, Purpose, Section, World, template};
use crate::sheet::Sheet;
use crate::store::Store;
use crate::store::facts::{Breadth, MarkDetail};
use crate::text;
use anyhow::{Result, bail};

/// Shows one section, or a funder's whole report.
pub fn run(matches: &Matches, ctx: &mut Context<'_>) -> Result<Answer> {
    let section = matches.text(&SECTION).map(section_named).transpose()?;
    let funder = matches.text(&FUNDER);
    if section.is_none() && funder.is_none() {
        let all = Section::CODES.join(", ");
        bail!(
            Refusal::usage(text!("quelle section ?", "which section?"))
                .why(text!("sections : {all}", "sections: {all}"))
                .hint(text!("Par exemple : fil report show indicators", "For example: fil report show indicators"))
        );
    }
    let missing = match section {
        None | Some(Section::Monthly) => Missing::LastMonth,
        Some(_) => Missing::Everything,
    };
    let store = ctx.open_to_look()?;
    let framed = frame(ctx, &store, &Asked { matches, period: matches.text(&flags::PERIOD), funder, missing })?;
    let shown = match section {
        Some(section) => one(&store, &framed, section)?,
        None => whole(&store, &framed)?,
    };
    let lang = framed.scope.funder.as_ref().map(|f| f.lang);
    Ok(finish(shown, &framed, lang))
}

fn finish(answer: Answer, framed: &Framed, lang: Option<Lang>) -> Answer {
    let mut answer = answer;
    answer.lang = lang;
    let mut said = framed.echoes.clone();
    said.append(&mut answer.said);
    answer.said = said;
    let cohort = framed.scope.cohorts.as_ref().and_then(|c| c.first().cloned());
    answer.named([period_name(framed), cohort])
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
        let sheets = plain(&facts, scope, &[section]);
        return Ok(
            Answer { body: crate::cli::answer::Body::Sheet(first(sheets)?), ..Answer::default() }.when_empty(nothing())
        );
    }
    // Masks hold over a whole report: a section alone is masked as it would be inside it.
    let facts = facts(store, scope, &Needs { detail: detail(&[section]), breadth: Breadth::Everything })?;
    let mut sections = sections(&facts, scope);
    if !sections.contains(&section) {
        sections.push(section);
    }
    let (sheets, said) = masked(&facts, scope, &sections);
    let asked = sheets.into_iter().filter(|s| s.key == section.code()).collect();
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
    let (sheets, said) = masked(&facts, scope, &sections(&facts, scope));
    let mut answer = Answer::sheets(sheets);
    answer.said.extend(said);
    Ok(answer)
}

/// Half-days one by one only where a section lists them.
pub fn detail(sections: &[Section]) -> MarkDetail {
    if sections.iter().any(|s| s.needs_half_days()) { MarkDetail::OneByOne } else { MarkDetail::Summed }
}

/// The sections that the funder of a scope gets.
pub fn sections(facts: &Facts, scope: &Scope) -> Vec<Section> {
    let Some(funder) = &scope.funder else { return Vec::new() };
    let limit = threshold(scope);
    let mut sections = template::default_sections(facts, funder);
    sections.retain(|s| suppression::allows(s.code(), limit));
    sections
}

/// The sheets of sections, nothing masked.
pub fn plain(facts: &Facts, scope: &Scope, sections: &[Section]) -> Vec<Sheet> {
    let world = World::new(facts, scope, Purpose::Figures);
    let naming = scope.funder.as_ref().map_or(Naming::Slug, Naming::of_funder);
    sections.iter().filter_map(|s| s.sheet(&world, &naming)).collect()
}

/// The sheets of sections, small counts masked by the funder's level, and what there is to say about it.
pub fn masked(facts: &Facts, scope: &Scope, sections: &[Section]) -> (Vec<Sheet>, Vec<Text>) {
    let mut sheets = plain(facts, scope, sections);
    let mut said = Vec::new();
    if let Some(funder) = &scope.funder {
        let profile = Profile { funder: funder.code.clone(), level: funder.level, until: scope.as_of };
        let rules = Rules { profile: Some(profile), ..Rules::new(threshold(scope)) };
        let report = suppression::suppress(&mut sheets, &rules, &[]);
        said.extend(report.advice);
        for section in report.withheld {
            said.push(text!(
                "{section} : des lignes sur des personnes ne sortent qu'avec une convention (niveau contract)",
                "{section}: lines about people go out only under an agreement (level contract)"
            ));
        }
    }
    (sheets, said)
}
