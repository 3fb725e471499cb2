//! The values that a shell may put on a line: people, cohorts, funders… of the school's file.

use crate::cli::run::env::Env;
use crate::cli::run::{context, database, language};
use crate::domain::shell::quoted;
use crate::domain::{Date, Lang};
use crate::store::{Access, Store};
use crate::view::names::{Name, Names, names};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// Where the values that complete a line come from.
#[derive(Debug, Clone)]
pub struct Source {
    database: PathBuf,
    today: Date,
    lang: Lang,
    put: Put,
}

/// Who puts a chosen value on the line in quotes where it needs them: fish and zsh do it themselves.
#[derive(Debug, Clone, Copy)]
enum Put {
    ByTheShell,
    ForBash,
    ForPowershell,
}

impl Put {
    fn by(shell: &str) -> Put {
        match shell {
            "bash" => Put::ForBash,
            "powershell" => Put::ForPowershell,
            _ => Put::ByTheShell,
        }
    }
    fn word(self, word: String) -> String {
        match self {
            Put::ForBash => quoted(&word),
            Put::ForPowershell if word.contains([' ', '\'']) => format!("'{}'", word.replace('\'', "''")),
            Put::ForPowershell | Put::ByTheShell => word,
        }
    }
}

impl Source {
    /// The file, the day and the language of the line that the shell completes, which stands after `--`.
    pub fn of(env: &Env, shell: &str) -> Option<Source> {
        let line: Vec<OsString> = env.args.iter().skip_while(|word| *word != "--").skip(1).cloned().collect();
        let typed = |flag| language::value_of(flag, &line);
        Some(Source {
            database: database::locate(env, typed("--db").as_deref()).ok()?.path,
            today: context::now(env, typed("--today").as_deref()).ok()?.day,
            put: Put::by(shell),
            lang: typed("--lang").as_deref().and_then(language::code).unwrap_or_else(|| language::language(env)),
        })
    }

    /// The language of the line.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    fn words(&self, what: Names, typed: &str) -> anyhow::Result<Vec<CompletionCandidate>> {
        let store = Store::open(&self.database, Access::Read)?;
        let candidate = |name: Name| {
            let about = (!name.about.is_empty()).then(|| name.about.into());
            CompletionCandidate::new(self.put.word(name.word)).help(about)
        };
        Ok(names(&store, what, typed, self.today, self.lang)?.into_iter().map(candidate).collect())
    }
}

/// Completes the value of one flag from the school's file; on any error there is nothing to offer.
pub fn completer(source: &Source, what: Names) -> ArgValueCompleter {
    let source = source.clone();
    ArgValueCompleter::new(move |typed: &OsStr| {
        source.words(what, typed.to_str().unwrap_or_default()).unwrap_or_default()
    })
}
