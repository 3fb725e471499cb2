//! Closed reports that are written again, byte for byte.

use super::folder::{Folder, place};
use super::scope::{Asked, frame};
use super::{ALL, DIALECT, FUNDERS, LIVE, PERIOD};
use crate::cli::noun::prelude::*;
use crate::domain::{Refusal, Text};
use crate::ops::written_file::Fate;
use crate::publish::scope::{Framed, Missing, as_typed, funder};
use crate::publish::standing_close::kept_files;
use crate::report::manifest;
use crate::store::Store;
use crate::store::releases::ReleaseKind;
use crate::store::sent::Close;

/// What came of one funder's export.
pub struct Done {
    /// What was taken, to be said.
    pub echoes: Vec<Text>,
    /// What is said of it.
    pub said: Vec<Text>,
    /// What became of its folder.
    pub fate: Fate,
}

/// A closed report is what it is: another as-of day is another report.
pub fn refuse_other_day(matches: &Matches, framed: &Framed, close: &Close) -> Result<()> {
    if matches.text(&flags::AS_OF).is_some() && framed.scope.as_of != close.as_of {
        let (day, iso) = (close.as_of.french(), close.as_of);
        bail!(
            Refusal::usage(text!("ce rapport est clos, état au {day}", "this report is closed, as of {iso}"))
                .hint(text!("Ce qu'il serait à un autre jour : --live", "What it would be on another day: --live"))
        );
    }
    Ok(())
}

/// The issued report of a number; refuses whatever else was typed and says another one.
pub fn issued(ctx: &Context<'_>, store: &Store, matches: &Matches, typed: &str) -> Result<Close> {
    let wanted = typed.parse().ok();
    let Some(close) = store.closes(None)?.into_iter().find(|c| Some(c.number) == wanted) else {
        bail!(
            Refusal::selector(text!("il n'y a pas d'envoi {typed}", "there is no issued report {typed}"))
                .hint(text!("Liste : fil report history", "List: fil report history"))
        );
    };
    for code in matches.all(&FUNDERS) {
        if funder(store, code)?.code != close.funder {
            bail!(another(&close, code));
        }
    }
    for flag in [&ALL, &LIVE] {
        if matches.has(flag) {
            bail!(another(&close, &format!("--{}", flag.id)));
        }
    }
    if let Some(period) = matches.text(&PERIOD) {
        let asked = Asked { matches, period: Some(period), funder: Some(&close.funder), missing: Missing::LastMonth };
        let scope = frame(ctx, store, &asked)?.scope;
        if (scope.from, scope.to) != (close.from, close.to) {
            bail!(another(&close, period));
        }
    }
    if let Some(day) = matches.text(&flags::AS_OF) {
        let asked = Asked { matches, period: None, funder: None, missing: Missing::Everything };
        if frame(ctx, store, &asked)?.scope.as_of != close.as_of {
            bail!(another(&close, day));
        }
    }
    Ok(close)
}

/// The number says one report, another word another one.
fn another(close: &Close, typed: &str) -> Refusal {
    let (number, period, funder) = (close.number, as_typed(&close.period), &close.funder);
    let (day, iso) = (close.as_of.french(), close.as_of);
    Refusal::usage(text!(
        "--close {number} et {typed} ne vont pas ensemble",
        "--close {number} and {typed} do not go together"
    ))
    .why(text!(
        "l'envoi {number} est {period} pour {funder}, état au {day}",
        "issued report {number} is {period} for {funder}, as of {iso}"
    ))
    .hint(text!("Cet envoi : fil report export --close {number}", "That report: fil report export --close {number}"))
}

/// Writes the bytes of an issued report again: what is kept is copied, nothing is computed.
pub fn again(ctx: &Context<'_>, store: &Store, matches: &Matches, close: &Close, echoes: Vec<Text>) -> Result<Done> {
    if matches.text(&DIALECT).is_some_and(|asked| asked != close.format) {
        let format = &close.format;
        bail!(
            Refusal::usage(text!("ce rapport a été clos en {format}", "this report was closed in {format}"))
                .why(text!("ses octets ne changent plus", "its bytes do not change any more"))
                .hint(text!(
                    "Sans -f, ou ce qu'il serait aujourd'hui : --live",
                    "Without -f, or what it would be today: --live"
                ))
        );
    }
    let files = kept_files(store, close)?;
    let mut name = manifest::folder_name(&close.period, &close.funder);
    if close.reopened.is_some() {
        name.push_str(&format!("_{}", close.number));
    }
    let folder = Folder::of(ctx, matches, &name);
    let (sentence, fate) = place(&folder, &files, ReleaseKind::Close)?;
    Ok(Done { echoes, said: vec![sentence], fate })
}
