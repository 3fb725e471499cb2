//! The help topics: one screen each, in both languages.

use crate::domain::{Lang, Text};
use crate::fixed;
use crate::sheet::format;

/// One topic of `fil help`.
pub struct Topic {
    /// Its name, then its French name.
    pub names: [&'static str; 2],
    page: &'static Text,
}

impl Topic {
    /// Its page; the formats of output are told by their own table.
    pub fn page(&self, lang: Lang) -> String {
        self.page.get(lang).replace("{formats}\n", &format::explained(lang))
    }
}

/// All the topics, in the order of the overview.
pub const ALL: [Topic; 7] = [
    Topic {
        names: ["periods", "periodes"],
        page: fixed!(include_str!("topics/periods.fr.txt"), include_str!("topics/periods.en.txt")),
    },
    Topic {
        names: ["formats", "format"],
        page: fixed!(include_str!("topics/formats.fr.txt"), include_str!("topics/formats.en.txt")),
    },
    Topic {
        names: ["codes", "code"],
        page: fixed!(include_str!("topics/codes.fr.txt"), include_str!("topics/codes.en.txt")),
    },
    Topic {
        names: ["environment", "environnement"],
        page: fixed!(include_str!("topics/environment.fr.txt"), include_str!("topics/environment.en.txt")),
    },
    Topic {
        names: ["examples", "exemples"],
        page: fixed!(include_str!("topics/examples.fr.txt"), include_str!("topics/examples.en.txt")),
    },
    Topic {
        names: ["scripts", "script"],
        page: fixed!(include_str!("topics/scripts.fr.txt"), include_str!("topics/scripts.en.txt")),
    },
    Topic {
        names: ["privacy", "vie-privee"],
        page: fixed!(include_str!("topics/privacy.fr.txt"), include_str!("topics/privacy.en.txt")),
    },
];

/// The topic that has this name in either language.
pub fn find(word: &str) -> Option<&'static Topic> {
    let word = word.to_lowercase().replace('é', "e");
    ALL.iter().find(|topic| topic.names.contains(&word.as_str()))
}

/// The English names of the topics.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|topic| topic.names[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::parser::help_page::SCREEN;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_topic_fits_a_screen_in_both_languages() {
        for topic in &ALL {
            for lang in [Lang::Fr, Lang::En] {
                let page = topic.page(lang);
                let name = topic.names[0];
                assert!(page.lines().count() <= SCREEN, "{name} {lang:?}: {} lines", page.lines().count());
                for line in page.lines() {
                    assert!(line.width() <= 80, "{name} {lang:?}: {line}");
                }
            }
        }
    }

    #[test]
    fn a_topic_is_found_in_both_languages() {
        assert_eq!(find("périodes").map(|topic| topic.names[0]), Some("periods"));
        assert_eq!(find("codes").map(|topic| topic.names[0]), Some("codes"));
        assert!(find("x").is_none());
    }
}
