//! A report as one page to look at: made of finished sheets only, so that it can show nothing that they hide.

mod annex;
mod chart;
mod definitions;
mod figures;
mod heading;
mod reading;
#[cfg(test)]
mod tests;
mod typeset;

pub use heading::Heading;

use super::manifest::ExportFile;
use crate::domain::Lang;
use crate::sheet::Sheet;
use annex::Annex;
use anyhow::{Context as _, Result};
use askama::Template;
use chart::{Fill, Parts};
use definitions::{Entry, Rule};
use figures::{FigureTable, Glance, Outcomes, Path, Presence, Target};
use heading::Line;
use reading::Sheets;
use typeset::typeset;

/// The name of the page in an export.
pub const FILE_NAME: &str = "report.html";

#[derive(Template)]
#[template(path = "page.html", config = "src/report/page/askama.toml")]
struct Page {
    lang: Lang,
    title: String,
    draft: Option<&'static str>,
    head: Vec<Line>,
    glance: Vec<Glance>,
    targets: Option<Vec<Target>>,
    path: Option<Path>,
    reached: Option<FigureTable>,
    presence: Option<Presence>,
    progress: Option<FigureTable>,
    progress_chart: Option<chart::Bars>,
    outcomes: Option<Outcomes>,
    work: Option<FigureTable>,
    annex: Vec<Annex>,
    entries: Vec<Entry>,
    rules: Vec<Rule>,
}

impl Page {
    /// Words of the page itself.
    fn say<'t>(&self, fr: &'t str, en: &'t str) -> std::borrow::Cow<'t, str> {
        match self.lang {
            Lang::Fr => typeset(fr, Lang::Fr),
            Lang::En => en.into(),
        }
    }
    /// The parts that have something to show, for the list of contents.
    fn contents(&self) -> Vec<(&'static str, std::borrow::Cow<'static, str>)> {
        let parts = [
            (!self.glance.is_empty(), "glance", self.say("En bref", "At a glance")),
            (self.targets.is_some(), "targets", self.say("Objectifs", "Targets")),
            (self.path.is_some(), "path", self.say("De la candidature à la sortie", "From application to exit")),
            (self.reached.is_some(), "reached", self.say("Personnes accueillies", "People reached")),
            (self.presence.is_some(), "presence", self.say("Mouvements et présence", "Movements and attendance")),
            (self.progress.is_some(), "progress", self.say("Permis, certificats, modules", "Licence and certificates")),
            (self.outcomes.is_some(), "outcomes", self.say("Après la sortie", "After the exit")),
            (self.work.is_some(), "work", self.say("Emploi et suivi", "Work and follow-up")),
            (!self.annex.is_empty(), "tables", self.say("Tableaux complets", "Full tables")),
            (true, "definitions", self.say("Définitions", "Definitions")),
        ];
        parts.into_iter().filter(|(there, ..)| *there).map(|(_, id, words)| (id, words)).collect()
    }
}

/// The page of a report, from its finished sheets: what they mask is masked here.
pub fn write(heading: &Heading, sheets: &[&Sheet], lang: Lang) -> Result<Vec<u8>> {
    let read = Sheets::new(sheets, lang);
    let title = heading.title(lang);
    let page = Page {
        lang,
        head: heading.lines(&read.cohorts(), lang),
        title,
        draft: heading.draft(lang),
        glance: figures::glance(&read),
        targets: figures::targets(&read, heading),
        path: figures::path(&read),
        reached: figures::reached(&read),
        presence: figures::presence(&read),
        progress: figures::progress(&read),
        progress_chart: figures::progress_chart(&read),
        outcomes: figures::outcomes(&read),
        work: figures::work(&read),
        annex: annex::annex(sheets, lang),
        entries: definitions::entries(&read),
        rules: definitions::rules(heading, lang),
    };
    let mut text = page.render().context("the page could not be made")?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// The page as one more file of an export.
pub fn file(heading: &Heading, sheets: &[Sheet], lang: Lang) -> Result<ExportFile> {
    let sheets: Vec<&Sheet> = sheets.iter().collect();
    Ok(ExportFile { name: FILE_NAME.to_owned(), bytes: write(heading, &sheets, lang)?, rows: None })
}
