//! The language of this run, known before the arguments are parsed so that their errors are in it too.

use super::env::Env;
use crate::domain::Lang;
use std::ffi::{OsStr, OsString};

/// The language of messages, help and table headers: `--lang`, else `FIL_LANG`, else the locale.
pub fn language(env: &Env) -> Lang {
    asked_by_flag(env).or_else(|| env.var("FIL_LANG").and_then(code)).unwrap_or_else(|| of_locale(env))
}

/// What `--lang` says, wherever it stands on the line; `None` when absent or not a language (the parser refuses it later).
pub fn asked_by_flag(env: &Env) -> Option<Lang> {
    value_of("--lang", env.args.get(1..).unwrap_or_default()).as_deref().and_then(code)
}

/// The value of a long flag among these words, before a `--`: `--db a.db` or `--db=a.db`.
pub fn value_of(flag: &str, words: &[OsString]) -> Option<String> {
    let words = || words.iter().map(OsString::as_os_str).take_while(|word| *word != "--");
    let joined = words().find_map(|word| word.to_str()?.strip_prefix(flag)?.strip_prefix('=').map(str::to_owned));
    let apart = || words().skip_while(|word| *word != flag).nth(1).and_then(OsStr::to_str).map(str::to_owned);
    joined.or_else(apart)
}

/// The language of a code.
pub fn code(word: &str) -> Option<Lang> {
    match word {
        "fr" => Some(Lang::Fr),
        "en" => Some(Lang::En),
        _ => None,
    }
}

fn of_locale(env: &Env) -> Lang {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| env.var(name));
    let locale = named.or(env.system_locale.as_deref()).unwrap_or("C");
    if locale.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("fr")) { Lang::Fr } else { Lang::En }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::run::env::Now;
    use crate::domain::Date;

    #[track_caller]
    fn check(args: &[&str], vars: &[(&str, &str)], want: Lang) {
        let mut env = Env::fixed(args.iter().copied(), Now::noon(Date::from_days(0)));
        for (name, value) in vars {
            env.set_var(*name, *value);
        }
        assert_eq!(language(&env), want);
    }

    #[test]
    fn the_flag_wins_over_the_variable_and_the_variable_over_the_locale() {
        check(&["fil", "t", "--lang", "en"], &[("FIL_LANG", "fr")], Lang::En);
        check(&["fil", "--lang=fr", "t"], &[("FIL_LANG", "en")], Lang::Fr);
        check(&["fil"], &[("FIL_LANG", "fr"), ("LC_ALL", "en_GB.UTF-8")], Lang::Fr);
        check(&["fil"], &[("LC_ALL", "en_GB.UTF-8"), ("LANG", "fr_FR.UTF-8")], Lang::En);
    }

    #[test]
    fn a_locale_is_french_when_it_begins_with_fr() {
        check(&["fil"], &[("LANG", "fr_FR.UTF-8")], Lang::Fr);
        check(&["fil"], &[("LANG", "fr")], Lang::Fr);
        check(&["fil"], &[("LANG", "C")], Lang::En);
        check(&["fil"], &[("LANG", "é")], Lang::En);
        check(&["fil"], &[], Lang::En);
    }

    #[test]
    fn words_after_two_dashes_are_no_flags() {
        check(&["fil", "t", "n", "--", "--lang", "fr"], &[], Lang::En);
    }
}
