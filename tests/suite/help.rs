//! The help pages: one screen each, two examples first, one language only.

use crate::support::{Desk, golden};
use fil::cli::NOUNS;
use fil::cli::parser::verb::Verb;

/// The lines that give every page of the program.
fn pages() -> Vec<String> {
    let mut lines = vec!["help".to_owned()];
    for noun in NOUNS {
        collect(noun, "help", &mut lines);
    }
    let topics = ["periods", "formats", "codes", "environment", "examples", "scripts", "privacy"];
    lines.extend(topics.map(|topic| format!("help {topic}")));
    lines
}

fn collect(verb: &Verb, before: &str, lines: &mut Vec<String>) {
    let line = format!("{before} {}", verb.name());
    for deeper in verb.verbs() {
        collect(deeper, &line, lines);
    }
    lines.push(line);
}

#[test]
fn every_page_fits_a_screen_and_opens_with_two_examples() {
    for lang in ["fr", "en"] {
        let desk = Desk::new().var("FIL_LANG", lang);
        for line in pages() {
            let page = desk.run(&line).ends(0).stdout;
            assert!(page.lines().count() <= 24, "{line} in {lang}:\n{page}");
            assert!(page.lines().all(|l| l.chars().count() <= 80), "{line} in {lang}:\n{page}");
            assert!(page.lines().take(2).all(|l| l.starts_with("  fil") || l.starts_with("  FIL_")), "{line}:\n{page}");
        }
    }
}

#[test]
fn a_french_page_has_no_english_word_of_the_parser() {
    let desk = Desk::new().french();
    for line in pages() {
        let page = desk.run(&line).stdout;
        for word in ["Usage", "default", "possible values", "tip:", "Print help", "Anywhere", "Options:"] {
            assert!(!page.contains(word), "{word} in {line}:\n{page}");
        }
    }
}

#[test]
fn the_help_flag_and_the_help_command_give_the_same_page() {
    let desk = Desk::new();
    for flag in ["-h", "--help", "--aide"] {
        assert_eq!(desk.run(&format!("setup {flag}")), desk.run("help setup"));
        assert_eq!(desk.run(flag), desk.run("help"));
    }
}

#[test]
fn the_whole_help_is_the_one_that_was_read_over() {
    for lang in ["fr", "en"] {
        let desk = Desk::new().var("FIL_LANG", lang);
        let page = |line: String| format!("$ fil {line}\n{}\n", desk.run(&line).stdout);
        golden(&format!("help.{lang}.txt"), &pages().into_iter().map(page).collect::<String>());
    }
}

#[test]
fn no_letter_means_two_things_in_one_command() {
    fn check(verb: &Verb) {
        let mut letters: Vec<char> =
            verb.flags().chain(fil::cli::parser::flags::GLOBALS).filter_map(|f| f.short).collect();
        letters.push('h');
        let count = letters.len();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), count, "{}", verb.name());
        verb.verbs().iter().for_each(check);
    }
    for noun in NOUNS {
        check(noun);
    }
}

#[test]
fn the_two_examples_of_every_command_are_understood() {
    fn check(verb: &Verb, desk: &Desk) {
        for example in verb.examples.iter().flat_map(|example| [&*example.fr, &*example.en]) {
            let line = example.split([';', '|', '>']).next().unwrap_or_default();
            let parsed = desk.parses(line.strip_prefix("fil").unwrap_or(line));
            assert!(parsed, "{}: {example}", verb.name());
        }
        verb.verbs().iter().for_each(|verb| check(verb, desk));
    }
    let desk = Desk::new();
    for noun in NOUNS {
        check(noun, &desk);
    }
}

#[test]
fn the_column_titles_of_the_formats_page_are_read_in_both_languages() {
    let page = Desk::new().run("help formats").ends(0).stdout;
    let lines = page.lines().skip_while(|line| !line.starts_with("  trainee stagiaire"));
    let plain = |name: &str| fil::domain::folding::fold(name).replace([' ', '_', '-', '\''], "");
    let words: Vec<&str> = lines.take_while(|line| line.starts_with("  ")).flat_map(str::split_whitespace).collect();
    assert!(words.len() >= 20, "{words:?}");
    for pair in words.chunks(2) {
        let fields = <fil::domain::Kind as fil::domain::ClosedList>::ALL.iter().flat_map(|kind| kind.fields());
        let mut named = fields.filter(|field| field.name == pair[0]);
        assert!(named.any(|field| field.names().any(|name| plain(name) == plain(pair[1]))), "{pair:?}");
    }
}
