//! The one place that prints: data to standard output or files, talk to the error stream.

use super::answer::{Answer, Body, Warning};
use super::context::{Context, Talk};
use super::destination::{Destination, Target};
use super::errors::code;
use super::pager;
use super::terminal::printable;
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::cli::run::destination::{self};
use crate::cli::run::table_flags;
use crate::domain::shell::command_line;
use crate::domain::{Lang, Refusal, Text};
use crate::ops::written_file::{self, Fate};
use crate::report::page;
use crate::sheet::{Charset, Format, Rendered, Sheet, Style, Width, render, render_many};
use crate::text;
use anyhow::Context as _;
use std::path::{Path, PathBuf};

/// Delivers an answer and gives the exit code.
pub fn deliver(ctx: &Context<'_>, matches: &Matches, to: &Destination, answer: Answer) -> anyhow::Result<i32> {
    let mut talk = Vec::new();
    let answer = selected(answer, matches, &mut talk)?;
    let empty = answer.is_empty();
    if empty && to.format == Format::Table && !matches!(answer.body, Body::Screen(..)) {
        let sentence = answer.empty.clone();
        talk.push(sentence.unwrap_or_else(|| text!("Rien à montrer.", "Nothing to show.")));
    } else {
        let written = write_body(ctx, matches, to, &answer, &mut talk)?;
        talk.extend(written.iter().map(|(path, fate)| file_sentence(path, *fate)));
    }
    talk.extend(answer.written.iter().map(|(path, fate)| file_sentence(path, *fate)));
    talk.extend(answer.said);
    talk.extend(warnings(&answer.warnings, ctx.talk));
    if ctx.talk == Talk::Quiet {
        talk.clear();
    }
    talk.extend(answer.refusals);
    if !talk.is_empty() {
        let lines: String = talk.iter().map(|line| format!("{}\n", printable(line.get(ctx.lang)))).collect();
        if !lines.is_empty() {
            ctx.env.write_stderr(&lines);
        }
    }
    let failed_empty = empty && answer.code == code::DONE && matches.has(&flags::FAIL_EMPTY);
    Ok(if failed_empty { code::SELECTOR } else { answer.code })
}

fn selected(answer: Answer, matches: &Matches, talk: &mut Vec<Text>) -> Result<Answer, Refusal> {
    let mut pick = |sheet: Sheet| -> Result<Sheet, Refusal> {
        let (sheet, cut) = table_flags::apply(sheet, matches).map(|selected| (selected.sheet, selected.cut))?;
        if cut > 0 {
            talk.push(table_flags::cut_sentence(sheet.rows.len(), cut));
        }
        Ok(sheet)
    };
    let body = match answer.body {
        Body::Sheet(sheet) => Body::Sheet(pick(sheet)?),
        Body::Sheets(sheets) => Body::Sheets(sheets.into_iter().map(pick).collect::<Result<_, _>>()?),
        // Asking for columns, order or rows is asking for the table.
        Body::Screen(_, data) | Body::View(_, data) if chooses(matches) => Body::Sheet(pick(data)?),
        other => other,
    };
    Ok(Answer { body, ..answer })
}

fn chooses(matches: &Matches) -> bool {
    [flags::SORT, flags::LIMIT, flags::COLUMNS].iter().any(|flag| matches.text(flag).is_some())
}

fn write_body(
    ctx: &Context<'_>,
    matches: &Matches,
    to: &Destination,
    answer: &Answer,
    talk: &mut Vec<Text>,
) -> anyhow::Result<Vec<(PathBuf, Fate)>> {
    let style = style(ctx, matches, to, answer.lang);
    let mut sheets: Vec<(Option<&str>, Rendered)> = Vec::new();
    match (&answer.body, &to.target) {
        // Asking for columns, order or rows is asking for the bare table.
        (Body::Sheet(_) | Body::Sheets(_), _)
            if to.format == Format::Html && answer.heading.is_some() && !chooses(matches) =>
        {
            sheets.push(page(answer, style.lang)?);
        }
        (Body::Nothing, _) => return Ok(Vec::new()),
        (Body::Page(page), _) => {
            send(ctx, page.get(ctx.lang).as_bytes())?;
            return Ok(Vec::new());
        }
        (Body::Screen(page, _), _) if to.format == Format::Table => {
            let bytes = format!("{}\n", printable(page.get(style.lang).trim_end())).into_bytes();
            sheets.push((None, Rendered { bytes, ..Rendered::default() }));
        }
        (Body::View(tables, _), _) if to.format == Format::Table => {
            let rendered = match tables.as_slice() {
                [only] => render(only, to.format, &style)?,
                several => render_many(several, to.format, &style)?,
            };
            sheets.push((None, rendered));
        }
        (Body::Sheet(sheet), _) if to.format.is_workbook() && !answer.beside.is_empty() => {
            let all: Vec<Sheet> = std::iter::once(sheet).chain(&answer.beside).cloned().collect();
            sheets.push((None, render_many(&all, to.format, &style)?));
        }
        (Body::Sheet(sheet) | Body::Screen(_, sheet) | Body::View(_, sheet), _) => {
            sheets.push((None, render(sheet, to.format, &style)?))
        }
        (Body::Sheets(all), Target::Folder(_)) => {
            for sheet in all {
                ctx.check_interrupt()?;
                sheets.push((Some(&sheet.key), render(sheet, to.format, &style)?));
            }
        }
        (Body::Sheets(all), _) => sheets.push((None, render_many(all, to.format, &style)?)),
    }
    talk.extend(sheets.iter().flat_map(|(_, rendered)| remarks(ctx, rendered)));
    let mut written = Vec::new();
    for (key, rendered) in &sheets {
        let path = match &to.target {
            Target::Stdout => {
                write_stdout(ctx, matches, to.format, &rendered.bytes)?;
                continue;
            }
            Target::File(path) => path.clone(),
            Target::Folder(folder) => {
                written_file::make_folder(folder)?;
                folder.join(destination::file_name(&name(answer, *key), to.format))
            }
        };
        let fate = written_file::write(&path, &rendered.bytes, to.existing)?;
        written.push((path, fate));
    }
    Ok(written)
}

/// The page of a report: one for all its tables.
fn page(answer: &Answer, lang: Lang) -> anyhow::Result<(Option<&'static str>, Rendered)> {
    let (sheets, key) = match &answer.body {
        Body::Sheets(all) => (all.iter().collect(), Some("report")),
        Body::Sheet(sheet) => (vec![sheet], None),
        _ => anyhow::bail!("only tables make a page"),
    };
    let Some(heading) = &answer.heading else { anyhow::bail!("the page lost its heading") };
    let bytes = page::write(heading, &sheets, lang)?;
    Ok((key, Rendered { bytes, ..Rendered::default() }))
}

fn write_stdout(ctx: &Context<'_>, matches: &Matches, format: Format, bytes: &[u8]) -> anyhow::Result<()> {
    if format.is_workbook() && ctx.env.stdout_is_terminal {
        let (name, extension) = (format.name(), format.extension());
        let what =
            text!("un classeur {name} ne s'affiche pas à l'écran", "an {name} workbook cannot be shown on a screen");
        let hint = text!("Ajoutez -o fichier.{extension}", "Add -o file.{extension}");
        return Err(Refusal::usage(what).hint(hint).into());
    }
    if format == Format::Table && !matches.has(&flags::NO_PAGER) && pager::show(ctx.env, bytes) {
        return Ok(());
    }
    match std::str::from_utf8(bytes) {
        // To a pipe the bytes are those of a file; a screen is driven by some of them.
        Ok(text) if ctx.env.stdout_is_terminal && format != Format::Table => send(ctx, for_a_screen(text).as_bytes()),
        _ => send(ctx, bytes),
    }
}

/// A file as a screen may show it: no mark of its encoding, plain line ends, no character that drives a terminal.
fn for_a_screen(text: &str) -> String {
    printable(&text.trim_start_matches('\u{feff}').replace("\r\n", "\n")).into_owned()
}

fn send(ctx: &Context<'_>, bytes: &[u8]) -> anyhow::Result<()> {
    let lost = || text!("la réponse n'a pas pu être écrite en entier", "the answer could not be written in full");
    ctx.env.write_stdout(bytes).with_context(lost)
}

/// The parts of a file name: those the command gave, else the key of the table.
fn name(answer: &Answer, key: Option<&str>) -> Vec<String> {
    let mut parts = answer.name.clone();
    let own = match &answer.body {
        Body::Sheet(sheet) | Body::Screen(_, sheet) | Body::View(_, sheet) if parts.is_empty() => {
            Some(sheet.key.as_str())
        }
        _ => None,
    };
    parts.extend(key.or(own).map(str::to_owned));
    parts
}

/// Only a table on a terminal adapts; what goes into a pipe or a file is the same everywhere.
fn style(ctx: &Context<'_>, matches: &Matches, to: &Destination, funder: Option<Lang>) -> Style {
    let own = to.format.lang(ctx.lang_flag, ctx.lang);
    let lang = funder.filter(|_| to.format != Format::Table).unwrap_or(own);
    let on_screen = to.target == Target::Stdout && ctx.env.stdout_is_terminal;
    let mut style = Style::pipe(lang);
    if on_screen {
        let named = || ctx.env.var("COLUMNS").and_then(|n| n.parse().ok()).filter(|n| *n > 0);
        let width = ctx.env.terminal_width.and_then(|n| u16::try_from(n).ok()).filter(|n| *n > 0).or_else(named);
        style = Style::terminal(lang, width.unwrap_or(u16::MAX));
        if width.is_none() || matches.has(&flags::WIDE) {
            style.width = Width::Unlimited;
        }
    }
    if matches.has(&flags::ASCII) {
        style.charset = Charset::Ascii;
    }
    style
}

fn remarks(ctx: &Context<'_>, rendered: &Rendered) -> Vec<Text> {
    let mut remarks = Vec::new();
    if !rendered.hidden.is_empty() {
        let names = rendered.hidden.join(", ");
        let mut words = vec!["fil".to_owned()];
        words.extend(ctx.env.args.iter().skip(1).map(|word| word.to_string_lossy().into_owned()));
        words.push("-w".to_owned());
        let line = command_line(&words);
        remarks.push(text!("(colonnes masquées : {names} — {line})", "(hidden columns: {names} — {line})"));
    }
    let n = rendered.guarded;
    match n {
        0 => {}
        1 => remarks.push(text!(
            "1 cellule commençait comme une formule : une apostrophe la précède.",
            "1 cell began like a formula: an apostrophe precedes it."
        )),
        _ => remarks.push(text!(
            "{n} cellules commençaient comme une formule : une apostrophe les précède.",
            "{n} cells began like a formula: an apostrophe precedes them."
        )),
    }
    remarks
}

fn file_sentence(path: &Path, fate: Fate) -> Text {
    let file = path.display();
    match fate {
        Fate::Written => text!("Écrit : {file}", "Written: {file}"),
        Fate::Unchanged => text!("Inchangé : {file}", "Unchanged: {file}"),
    }
}

/// Warnings by kind, in the order they first came, with a count and at most five examples each.
fn warnings(all: &[Warning], talk: Talk) -> Vec<Text> {
    const EXAMPLES: usize = 5;
    let mut kinds: Vec<(&Text, Vec<&Text>)> = Vec::new();
    for warning in all {
        match kinds.iter_mut().find(|(kind, _)| **kind == warning.kind) {
            Some((_, group)) => group.push(&warning.about),
            None => kinds.push((&warning.kind, vec![&warning.about])),
        }
    }
    let mut lines = Vec::new();
    for (kind, group) in kinds {
        let n = group.len();
        lines.push(Text::new(format!("!  {} : {n}", kind.fr), format!("!  {}: {n}", kind.en)));
        let shown = if talk >= Talk::Verbose { n } else { EXAMPLES };
        let indented = |about: &&Text| Text::new(format!("   {}", about.fr), format!("   {}", about.en));
        lines.extend(group.iter().take(shown).map(indented));
        if n > shown {
            let rest = n - shown;
            lines.push(text!("   … et {rest} de plus (-v les montre)", "   … and {rest} more (-v shows them)"));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_on_a_screen_drives_nothing() {
        assert_eq!(for_a_screen("\u{feff}a;b\r\n\u{1b}[31mx;\u{202e}y\r\n"), "a;b\n\\u{1b}[31mx;\\u{202e}y\n");
    }

    #[test]
    fn warnings_are_counted_by_kind_with_five_examples() {
        let kind = text!("fiche incomplète", "incomplete record");
        let one = |n: i32| Warning { kind: kind.clone(), about: Text::same(format!("n° {n}")) };
        let all: Vec<_> = (1..=7).map(one).collect();
        let lines = warnings(&all, Talk::Normal);
        assert_eq!(lines.len(), 7);
        assert_eq!(lines[0].en, "!  incomplete record: 7");
        assert_eq!(lines[6].en, "   … and 2 more (-v shows them)");
        assert_eq!(warnings(&all, Talk::Verbose).len(), 8);
    }
}
