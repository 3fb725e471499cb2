//! Help pages: one screen each, opened by two examples, wholly in one language.

use super::flags::{Flag, GLOBALS, Group, Takes, in_group};
use super::verb::Verb;
use crate::domain::Lang;
use crate::domain::Text;
use crate::fixed;
use unicode_width::UnicodeWidthStr;

/// The most lines of a page: one screen.
pub const SCREEN: usize = 24;
const WIDTH: usize = 80;

const USAGE: &Text = fixed!("Utilisation :", "Usage:");
const FLAGS: &Text = fixed!("Options :", "Options:");
const MORE: &Text = fixed!("Aussi :", "Also:");
const VERBS: &Text = fixed!("Verbes :", "Verbs:");
const ANYWHERE: &Text = fixed!("Partout :", "Anywhere:");
/// What follows `fil` on any line.
pub const NOUN_VERB: &Text = fixed!("NOM VERBE [options]", "NOUN VERB [options]");
const ANY_FLAGS: &Text = fixed!("[options]", "[options]");
const VERB: &Text = fixed!("VERBE", "VERB");

/// How much of a page is spelled out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// A line for each flag.
    Ample,
    /// A line for each flag of this command, the shared ones together.
    Tight,
    /// All the flags together.
    Least,
}

/// The page of one command; `path` is what is typed to get it, `fil trainee list`.
pub fn of(verb: &Verb, path: &str, lang: Lang) -> String {
    let rooms = [Room::Ample, Room::Tight];
    let fits = |page: &Vec<String>| page.len() <= SCREEN;
    let fitting = rooms.into_iter().map(|room| page(verb, path, lang, room)).find(fits);
    let mut page = fitting.unwrap_or_else(|| page(verb, path, lang, Room::Least)).join("\n");
    page.push('\n');
    page
}

/// The page of the whole program.
pub fn overview(nouns: &[Verb], lang: Lang) -> String {
    let mut lines = vec!["  fil help examples".to_owned(), "  fil help trainee".to_owned(), String::new()];
    let about = fixed!(
        "Fil suit chaque stagiaire, du premier entretien à l'emploi durable.",
        "Fil follows every trainee, from the first interview to a lasting job.",
    );
    lines.push(about.get(lang).to_owned());
    lines.push(format!("{} fil {}", USAGE.get(lang), NOUN_VERB.get(lang)));
    let rows: Vec<_> = nouns.iter().map(|noun| (with_alias(noun.names), noun.about.get(lang))).collect();
    let room = SCREEN - lines.len() - 3;
    // Three lines are kept for the names of the commands that have no line of their own.
    let own = if rows.len() <= room { rows.len() } else { room - 3 };
    lines.extend(two_columns(&rows[..own]));
    if own < nouns.len() {
        let rest = nouns[own..].iter().map(|noun| noun.name().to_owned());
        lines.extend(packed(MORE.get(lang), &rest.collect::<Vec<_>>()));
    }
    lines.extend(anywhere(lang));
    let topics = fixed!(
        "Sujets : fil help periods|formats|codes|environment|examples|scripts|privacy",
        "Topics: fil help periods|formats|codes|environment|examples|scripts|privacy",
    );
    lines.push(topics.get(lang).to_owned());
    lines.join("\n") + "\n"
}

fn page(verb: &Verb, path: &str, lang: Lang, room: Room) -> Vec<String> {
    let mut lines: Vec<String> = verb.examples.iter().map(|example| format!("  {}", example.get(lang))).collect();
    lines.push(String::new());
    lines.extend(wrapped("", verb.about.get(lang).split_whitespace()));
    lines.extend(wrapped(USAGE.get(lang), usage(verb, path, lang).split_whitespace()));
    let after = flag_lines(verb, lang, room);
    if !verb.verbs().is_empty() {
        lines.push(VERBS.get(lang).to_owned());
        let rows: Vec<_> = verb.verbs().iter().map(|verb| (with_alias(verb.names), verb.about.get(lang))).collect();
        // Where a noun has more verbs than a screen has lines, the last ones are named only.
        let free = SCREEN.saturating_sub(lines.len() + after.len());
        let own = if room == Room::Least && rows.len() > free { free.saturating_sub(2) } else { rows.len() };
        lines.extend(two_columns(&rows[..own]));
        if own < rows.len() {
            let rest = verb.verbs()[own..].iter().map(|verb| verb.name().to_owned());
            lines.extend(packed(MORE.get(lang), &rest.collect::<Vec<_>>()));
        }
    }
    lines.extend(after);
    lines
}

/// The flags of a command, and those that work anywhere.
fn flag_lines(verb: &Verb, lang: Lang, room: Room) -> Vec<String> {
    let mut lines = Vec::new();
    let (own, shared) = (in_group(verb.flags(), Group::Own), in_group(verb.flags(), Group::Shared));
    let (spelled, together): (Vec<_>, Vec<_>) = match room {
        // The flags of a noun are explained on the page of its verb.
        Room::Ample if verb.verbs().is_empty() => (own.chain(shared).collect(), Vec::new()),
        Room::Tight if verb.verbs().is_empty() => (own.collect(), shared.collect()),
        _ => (Vec::new(), own.chain(shared).collect()),
    };
    if !spelled.is_empty() {
        lines.push(FLAGS.get(lang).to_owned());
        let rows: Vec<_> = spelled.iter().map(|flag| (signature(flag, lang), flag.help.get(lang))).collect();
        lines.extend(two_columns(&rows));
    }
    if !together.is_empty() {
        let title = if spelled.is_empty() { FLAGS } else { MORE };
        // A noun with many verbs names its flags only; the pages of its verbs say what follows them.
        let bare = room != Room::Ample && !verb.verbs().is_empty();
        let name = |flag: &&Flag| {
            if bare { brief(&Flag { value: fixed!("", ""), ..**flag }, lang) } else { brief(flag, lang) }
        };
        let names: Vec<_> = together.iter().map(name).collect();
        lines.extend(packed(title.get(lang), &names));
    }
    lines.extend(anywhere(lang));
    lines
}

/// `fil trainee note WHO [TEXT] [options]`.
pub fn usage(verb: &Verb, path: &str, lang: Lang) -> String {
    let mut line = path.to_owned();
    if verb.bare().is_some() {
        line.push_str(&format!(" [{}]", VERB.get(lang)));
    }
    for flag in verb.flags().filter(|flag| flag.positional || flag.or_word) {
        let name = flag.value.get(lang);
        let name = if flag.takes == Takes::Rest { format!("{name}…") } else { name.to_owned() };
        line.push_str(&if flag.required { format!(" {name}") } else { format!(" [{name}]") });
    }
    for flag in verb.flags().filter(|flag| flag.required && !flag.positional && !flag.or_word) {
        line.push_str(&format!(" --{} {}", flag.id, flag.value.get(lang)));
    }
    if verb.flags().any(|flag| !flag.positional && !flag.required) {
        line.push_str(&format!(" {}", ANY_FLAGS.get(lang)));
    }
    line
}

/// `-c, --cohort COHORT`, with the flags without a letter aligned under the long names.
fn signature(flag: &Flag, lang: Lang) -> String {
    let value = flag.value.get(lang);
    if flag.positional {
        return value.to_owned();
    }
    let letter = flag.short.map_or_else(|| "    ".to_owned(), |letter| format!("-{letter}, "));
    let long = format!("{letter}--{} {value}", flag.id);
    long.trim_end().to_owned()
}

/// `-c/--cohort COHORT`.
fn brief(flag: &Flag, lang: Lang) -> String {
    let letter = flag.short.map_or_else(String::new, |letter| format!("-{letter}/"));
    let value = flag.value.get(lang);
    let name = if flag.positional { value.to_owned() } else { format!("{letter}--{} {value}", flag.id) };
    name.trim_end().to_owned()
}

fn anywhere(lang: Lang) -> Vec<String> {
    let mut names: Vec<_> = in_group(GLOBALS, Group::Global).map(|flag| brief(flag, lang)).collect();
    names.push("-h/--help".to_owned());
    packed(ANYWHERE.get(lang), &names)
}

fn with_alias(names: &[&str]) -> String {
    names.join(", ")
}

/// A title, then names separated by commas, none of them cut at the end of a line.
fn packed(title: &str, names: &[String]) -> Vec<String> {
    let last = names.len().saturating_sub(1);
    let words = names.iter().enumerate();
    let words: Vec<_> = words.map(|(i, name)| if i == last { name.clone() } else { format!("{name},") }).collect();
    wrapped(title, words.iter().map(String::as_str))
}

fn wrapped<'a>(title: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut lines = vec![title.to_owned()];
    for word in words {
        let line = lines.last_mut().map(String::as_mut_str).map_or(0, |line: &mut str| line.width());
        if line > 0 && line + 1 + word.width() > WIDTH {
            lines.push(format!("  {word}"));
        } else if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn two_columns(rows: &[(String, &str)]) -> Vec<String> {
    let widest = rows.iter().map(|(left, _)| left.width()).max().unwrap_or(0).min(34);
    let line = |(left, right): &(String, &str)| {
        let pad = widest.saturating_sub(left.width());
        format!("  {left}{}  {right}", " ".repeat(pad)).trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::parser::flags;
    use crate::cli::parser::verb::Run;
    use crate::cli::run::answer::Answer;

    const LIST: Verb = Verb {
        names: &["list", "ls"],
        about: fixed!("Liste.", "Lists."),
        examples: [fixed!("fil trainee list -c P1"); 2],
        flags: &[&[flags::WHO], flags::TABLE, &[flags::COHORT, flags::PERIOD, flags::STATUS, flags::AS_OF]],
        run: Run::With(|_, _| Ok(Answer::default())),
    };

    #[test]
    fn a_page_with_every_reading_flag_fits_a_screen() {
        for lang in [Lang::Fr, Lang::En] {
            let page = of(&LIST, "fil trainee list", lang);
            assert!(page.lines().count() <= SCREEN, "{page}");
            assert!(page.lines().all(|line| line.width() <= WIDTH), "{page}");
            assert!(page.contains("-c, --cohort"), "{page}");
        }
    }

    #[test]
    fn the_overview_names_every_command_on_one_screen() {
        let noun = crate::cli::NOUNS[0];
        for count in [1, 16, 17, 30] {
            let page = overview(&vec![noun; count], Lang::Fr);
            assert!(page.lines().count() <= SCREEN, "{page}");
            let lines = page.lines().filter(|line| !line.starts_with("  fil"));
            assert_eq!(lines.flat_map(|line| line.matches(noun.names[0])).count(), count, "{page}");
        }
    }

    #[test]
    fn too_many_flags_are_put_together_and_none_is_lost() {
        const OWN: &[Flag] =
            &[flags::START, flags::END, flags::FROM, flags::TO, flags::REASON, flags::PHONE, flags::BORN];
        const FULL: &[&[Flag]] = &[LIST.flags[0], LIST.flags[1], LIST.flags[2], OWN];
        let verb = Verb { flags: FULL, ..LIST };
        let page = of(&verb, "fil trainee list", Lang::Fr);
        assert!(page.lines().count() <= SCREEN, "{page}");
        for flag in verb.flags() {
            assert!(flag.positional || page.contains(&format!("--{}", flag.id)), "{}: {page}", flag.id);
        }
    }
}
