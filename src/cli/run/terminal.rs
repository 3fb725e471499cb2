//! What may reach a screen: no control bytes from the data, colours only where they are wanted.

use super::env::Env;
pub use crate::domain::folding::shown as short;
pub use crate::sheet::escape::terminal_lines as printable;
use anstyle::{AnsiColor, Style};

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// On a terminal that wants them.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Which stream a colour is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// Whether a stream gets colours: a terminal, without `NO_COLOR` and not `TERM=dumb`, unless `--color` says.
pub fn colored(env: &Env, color: Color, stream: Stream) -> bool {
    let terminal = match stream {
        Stream::Out => env.stdout_is_terminal,
        Stream::Err => env.stderr_is_terminal,
    };
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && env.var("NO_COLOR").is_none() && env.var("TERM") != Some("dumb"),
    }
}

/// The word that opens an error, in red where colours are wanted.
pub fn alarm(word: &str, colored: bool) -> String {
    if !colored {
        return word.to_owned();
    }
    let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    format!("{style}{word}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::run::env::Now;
    use crate::domain::Date;

    #[track_caller]
    fn check(vars: &[(&str, &str)], terminal: bool, color: Color, want: bool) {
        let mut env = Env::fixed(["fil"], Now::noon(Date::from_days(0)));
        env.stdout_is_terminal = terminal;
        for (name, value) in vars {
            env.set_var(*name, *value);
        }
        assert_eq!(colored(&env, color, Stream::Out), want);
    }

    #[test]
    fn colour_is_for_terminals_that_want_it() {
        check(&[], true, Color::Auto, true);
        check(&[], false, Color::Auto, false);
        check(&[("NO_COLOR", "1")], true, Color::Auto, false);
        check(&[("NO_COLOR", "")], true, Color::Auto, true);
        check(&[("TERM", "dumb")], true, Color::Auto, false);
        check(&[("NO_COLOR", "1")], false, Color::Always, true);
        check(&[], true, Color::Never, false);
    }
}
