//! A progress bar on the error stream's terminal, once a piece of work has lasted more than a second.

use super::context::{Context, Talk};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::OnceCell;
use std::time::{Duration, Instant};

/// The bar of one piece of work.
pub struct WorkBar {
    shown: bool,
    began: Instant,
    bar: OnceCell<ProgressBar>,
}

impl WorkBar {
    /// A bar that shows itself only on a terminal where talk is welcome.
    pub fn new(ctx: &Context<'_>) -> WorkBar {
        WorkBar {
            shown: ctx.env.stderr_is_terminal && ctx.talk > Talk::Quiet,
            began: ctx.env.stopwatch(),
            bar: OnceCell::new(),
        }
    }

    /// So much is done of all.
    pub fn at(&self, done: u64, all: u64) {
        if !self.shown || self.began.elapsed() < Duration::from_secs(1) {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let style =
                ProgressStyle::with_template("{bar:30} {percent} %").unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr()).with_style(style)
        });
        bar.set_length(all);
        bar.set_position(done);
    }

    /// Takes the bar off the screen.
    pub fn clear(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
