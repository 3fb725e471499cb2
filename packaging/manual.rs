//! Writes the manual pages from the help of the program: `manual DIR` fills `DIR/man1` and `DIR/fr/man1`.

use fil::cli::NOUNS;
use fil::cli::parser::verb::Verb;
use fil::cli::parser::{help_page, topics};
use fil::domain::{Lang, Text};
use fil::fixed;
use roff::{Roff, bold, roman};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const NAME: &Text = fixed!("NOM", "NAME");
const SYNOPSIS: &Text = fixed!("SYNOPSIS", "SYNOPSIS");
const DESCRIPTION: &Text = fixed!("DESCRIPTION", "DESCRIPTION");
const VERBS: &Text = fixed!("VERBES", "VERBS");
const TOPICS: &Text = fixed!("SUJETS", "TOPICS");
const SEE_ALSO: &Text = fixed!("VOIR AUSSI", "SEE ALSO");
const ABOUT: &Text = fixed!(
    "suit chaque stagiaire d'une école, du premier entretien à l'emploi durable",
    "follows every trainee of a school, from the first interview to a lasting job"
);
const MANUAL: &Text = fixed!("Manuel de Fil", "Fil manual");

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return ExitCode::from(2);
    };
    let written = write(&folder.join("man1"), Lang::En).and_then(|()| write(&folder.join("fr/man1"), Lang::Fr));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// All the pages of a language: the program's, and one for each of its commands.
fn write(folder: &Path, lang: Lang) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("fil.1"), program(lang))?;
    for noun in NOUNS {
        std::fs::write(folder.join(format!("fil-{}.1", noun.name())), command(noun, lang))?;
    }
    Ok(())
}

fn program(lang: Lang) -> String {
    let mut page = opened("fil", ABOUT.get(lang), lang);
    synopsis(&mut page, "fil", help_page::NOUN_VERB.get(lang), lang);
    section(&mut page, DESCRIPTION, lang);
    verbatim(&mut page, &help_page::overview(NOUNS, lang));
    section(&mut page, TOPICS, lang);
    for topic in &topics::ALL {
        page.control("SS", [format!("fil help {}", topic.names[0]).as_str()]);
        verbatim(&mut page, &topic.page(lang));
    }
    section(&mut page, SEE_ALSO, lang);
    let names: Vec<String> = NOUNS.iter().map(|noun| format!("fil-{}(1)", noun.name())).collect();
    page.text([roman(names.join(", "))]);
    page.to_roff()
}

fn command(noun: &Verb, lang: Lang) -> String {
    let path = format!("fil {}", noun.name());
    let about = noun.about.get(lang).trim_end_matches('.').to_lowercase();
    let mut page = opened(&path.replace(' ', "-"), &about, lang);
    let usage = help_page::usage(noun, &path, lang);
    synopsis(&mut page, &path, usage.strip_prefix(&path).unwrap_or_default().trim(), lang);
    section(&mut page, DESCRIPTION, lang);
    verbatim(&mut page, &help_page::of(noun, &path, lang));
    if !noun.verbs().is_empty() {
        section(&mut page, VERBS, lang);
    }
    each_verb(&mut page, noun, &path, lang);
    section(&mut page, SEE_ALSO, lang);
    page.text([roman("fil(1)")]);
    page.to_roff()
}

fn each_verb(page: &mut Roff, noun: &Verb, path: &str, lang: Lang) {
    for verb in noun.verbs() {
        let path = format!("{path} {}", verb.name());
        page.control("SS", [path.as_str()]);
        verbatim(page, &help_page::of(verb, &path, lang));
        each_verb(page, verb, &path, lang);
    }
}

fn opened(name: &str, about: &str, lang: Lang) -> Roff {
    let mut page = Roff::new();
    let version = concat!("fil ", env!("CARGO_PKG_VERSION"));
    page.control("TH", [name.to_uppercase().as_str(), "1", version, "Fil", MANUAL.get(lang)]);
    section(&mut page, NAME, lang);
    page.text([roman(format!("{name} - {about}"))]);
    page
}

fn synopsis(page: &mut Roff, command: &str, rest: &str, lang: Lang) {
    section(page, SYNOPSIS, lang);
    page.text([bold(command), roman(format!(" {rest}"))]);
}

fn section(page: &mut Roff, title: &Text, lang: Lang) {
    page.control("SH", [title.get(lang)]);
}

/// A help page as the terminal shows it: its lines are laid out already.
fn verbatim(page: &mut Roff, text: &str) {
    page.control("nf", []);
    for line in text.lines() {
        page.text([roman(line)]);
    }
    page.control("fi", []);
}
