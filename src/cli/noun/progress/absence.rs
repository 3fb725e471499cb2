//! `fil progress absent`: people who did not come, on planned half-days of their stay.

use super::account::Part;
use super::{HALF, OF_COHORT, ON_DAYS, PEOPLE};
use crate::cli::ask::subject;
use crate::cli::ask::subject::Ask;
use crate::cli::noun::progress::account::{self};
use crate::cli::noun::progress::half_days::{self};
use crate::cli::parser::flags::{self, Flag};
use crate::cli::parser::matches::Matches;
use crate::cli::parser::verb::{Run, Verb};
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::cli::run::open::Trial;
use crate::domain::folding::fold;
use crate::domain::progress::{AttendanceStatus, Justification};
use crate::domain::{Act, ClosedList, Refusal, Text};
use crate::fixed;
use crate::ops::attendance::MarkRequest;
use crate::ops::half_days::{Days, HalfDay};
use crate::store::Stay;
use crate::text;
use anyhow::{Result, bail};

/// `fil progress absent`.
pub const VERB: Verb = Verb {
    names: &["absent", "abs"],
    about: fixed!(
        "Note des absents, sur leurs demi-journées prévues.",
        "Marks people absent, on their planned half-days."
    ),
    examples: [
        fixed!("fil p abs amé saïd"),
        fixed!(
            "fil p abs saïd --le 03/12..05/12 --excused --motif document",
            "fil p abs saïd --on 03/12..05/12 --excused --reason document",
        ),
    ],
    flags: &[&[PEOPLE, ON_DAYS, HALF, EXCUSED, REASON, OF_COHORT, flags::DRY_RUN]],
    run: Run::With(run),
};

const EXCUSED: Flag = Flag::switch("excused", fixed!("absence justifiée", "the absence is excused")).also(&[
    "justifiee",
    "justifie",
    "excuse",
]);
const REASON: Flag = flags::REASON.help(fixed!(
    "document, famille, démarche, examen, transport, autre",
    "document, family, administrative, exam, transport",
));

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let excuse = excuse(matches)?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    let period = subject::days(ctx, &lookup, matches.text(&ON_DAYS))?;
    let echo = period.echo.then(|| period.in_full());
    let ask = Ask { cohort: matches.text(&OF_COHORT), on: period.from };
    let people = subject::find_all(ctx, &lookup, &matches.all(&PEOPLE), ask)?;
    let days = Days { period, half: half_days::half(matches), today: ctx.today };
    let (mut requests, mut parts) = (Vec::new(), Vec::new());
    for person in &people {
        let own = half_days::of_person(&lookup, person, &days)?;
        requests.extend(own.iter().map(|at| excuse.mark(person.stay, *at)));
        parts.push(Part { name: person.name(), mark: excuse.said(), days: own });
    }
    ctx.has_read(store);
    let trial = Trial::of(matches);
    let done = half_days::save(ctx, Act::Absent, trial, &requests)?;
    let told = account::of(&parts, &done, trial);
    let echoes = people.into_iter().flat_map(|person| person.echoes).chain(echo);
    Ok(Answer { said: echoes.chain(told.said).collect(), ..told })
}

/// Whether an absence is excused, and why.
#[derive(Debug, Clone, Copy)]
pub(super) struct Excuse {
    /// The status.
    pub status: AttendanceStatus,
    reason: Option<Justification>,
}

impl Excuse {
    /// An absence nobody accounted for.
    pub(super) const NONE: Excuse = Excuse { status: AttendanceStatus::Unexcused, reason: None };
    /// An excused absence without a reason.
    pub(super) const EXCUSED: Excuse = Excuse { status: AttendanceStatus::Excused, reason: None };

    /// The absence of a half-day; a reason recorded before stays with an excused one, and goes with another.
    pub(super) fn mark(self, stay: Stay, at: HalfDay) -> MarkRequest {
        let justification = match (self.reason, self.status) {
            (Some(reason), _) => Some(Some(reason)),
            (None, AttendanceStatus::Excused) => None,
            (None, _) => Some(None),
        };
        MarkRequest { justification, ..half_days::request(stay, at, self.status) }
    }
    /// In words: `absence justifiée (document)`.
    pub(super) fn said(self) -> Text {
        let status = self.status.text();
        match self.reason.map(ClosedList::text) {
            None => status,
            Some(reason) => {
                Text::new(format!("{} ({})", status.fr, reason.fr), format!("{} ({})", status.en, reason.en))
            }
        }
    }
}

/// The words of health that people reach for, and that are never recorded.
const HEALTH: [&str; 12] = [
    "maladie", "malade", "sante", "medical", "medecin", "docteur", "hopital", "arret", "sick", "health", "illness",
    "doctor",
];

fn reason(typed: &str) -> Result<Justification, Refusal> {
    let folded = fold(typed);
    let health = HEALTH.iter().any(|word| folded.split([' ', '-']).any(|typed| typed == *word));
    Justification::read(typed).map_err(|refusal| match health {
        true => refusal.hint(text!(
            "Aucune raison de santé n'est notée : pour un papier du médecin, --motif document",
            "No health reason is recorded: for a doctor's paper, --reason document"
        )),
        false => refusal,
    })
}

fn excuse(matches: &Matches) -> Result<Excuse> {
    let reason = matches.text(&REASON).map(reason).transpose()?;
    let status = match (matches.has(&EXCUSED), reason) {
        (true, _) => AttendanceStatus::Excused,
        (false, None) => AttendanceStatus::Unexcused,
        (false, Some(_)) => bail!(
            Refusal::usage(text!("un motif va avec une absence justifiée", "a reason goes with an excused absence"))
                .hint(text!("Ajoutez --excused, ou enlevez --motif.", "Add --excused, or take --reason away."))
        ),
    };
    Ok(Excuse { status, reason })
}
