//! `fil trainee select`: the steps of the selection, up to the decision and its reason.

use super::THEIR_COHORT;
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::selector::Purpose;
use crate::cli::ask::subject::{self, Ask};
use crate::cli::ask::typed_record::{code, find};
use crate::cli::noun::prelude::*;
use crate::domain::kind::{FieldAt, Target, trainee};
use crate::domain::trainee::{Decision, DecisionReason};
use crate::domain::{Act, ClosedList, Kind, Refusal, Text, Value};
use crate::ops::{Mode, Request, Said};
use crate::store::Lookup;
use crate::store::records::Which;
use crate::view::names::Names;

/// `fil trainee select`.
pub const VERB: Verb = Verb {
    names: &["select", "selection", "choisir"],
    about: fixed!("La sélection : réunion, motivation, décision.", "The selection: meeting, motivation, decision."),
    examples: [
        fixed!(
            "fil t choisir amé --motivation 5 --decide admitted",
            "fil t select ame --motivation 5 --decide admitted"
        ),
        fixed!("fil t choisir saïd --decide waiting --rank 1", "fil t select said --decide waiting --rank 1"),
    ],
    flags: &[&[
        WHO,
        MEETING,
        INTERVIEW,
        MOTIVATION,
        flags::NOTE,
        DECIDE,
        REASON,
        RANK,
        BY,
        flags::ON,
        THEIR_COHORT,
        flags::SET,
        flags::DRY_RUN,
    ]],
    run: Run::With(run),
};

const WHO: Flag =
    Flag::word("who", fixed!("QUI", "WHO"), fixed!("une ou plusieurs personnes", "one person or several"))
        .many()
        .names(Names::TRAINEE);
const MEETING: Flag =
    Flag::option("meeting", fixed!("DATE", "DATE"), fixed!("la réunion d'information suivie", "the meeting attended"))
        .also(&["reunion"])
        .minus();
const INTERVIEW: Flag = Flag::option("interview", fixed!("DATE", "DATE"), fixed!("l'entretien", "the interview"))
    .also(&["entretien"])
    .minus();
const MOTIVATION: Flag = Flag::option(
    "motivation",
    fixed!("1-5", "1-5"),
    fixed!("de 1 (aucune) à 5 (forte)", "from 1 (none) to 5 (strong)"),
);
const DECIDE: Flag = Flag::option(
    "decide",
    fixed!("DÉCISION", "DECISION"),
    fixed!("admis, attente, refusé ou désistement", "admitted, waiting, refused or withdrawn"),
)
.also(&["decision"])
.one_of(Decision::LIST.words);
const REASON: Flag = flags::REASON
    .help(fixed!("motivation, projet, complet…", "motivation, project, full…"))
    .one_of(DecisionReason::LIST.words);
const RANK: Flag =
    Flag::option("rank", fixed!("N", "N"), fixed!("le rang d'attente", "the rank among the waiting")).also(&["rang"]);
const BY: Flag = Flag::option("by", fixed!("ÉQUIPE", "STAFF"), fixed!("qui décide", "who decides"))
    .also(&["par"])
    .names(Names::Of(Target::Staff));

const GIVEN: &[(&Flag, FieldAt)] = &[
    (&MEETING, trainee::MEETING_ON),
    (&INTERVIEW, trainee::INTERVIEW_DATE),
    (&MOTIVATION, trainee::MOTIVATION),
    (&flags::NOTE, trainee::MOTIVATION_NOTE),
    (&DECIDE, trainee::DECISION),
    (&REASON, trainee::DECISION_REASON),
    (&RANK, trainee::WAITING_RANK),
    (&flags::ON, trainee::DECIDED_ON),
];

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let mut said = Entry::new(ctx, Kind::Trainees);
    for (flag, field) in GIVEN {
        said.flag(matches, flag, *field)?;
    }
    said.sets(matches)?;
    let decided = said.request.given(trainee::DECISION).is_some();
    if decided && said.request.said[trainee::DECIDED_ON.position()] == Said::Nothing {
        said.give(trainee::DECIDED_ON, Value::Date(ctx.today));
    }
    let who = matches.all(&WHO);
    let store = ctx.open()?;
    let lookup = store.lookup();
    if let Some(typed) = matches.text(&BY) {
        let found = find(ctx, Kind::Staff, &lookup.records(Kind::Staff, Which::All)?, typed, Purpose::Write)?;
        said.give(trainee::DECIDED_BY, Value::Text(code(&found.value).to_owned()));
    }
    if said.request.said.iter().all(|said| *said == Said::Nothing) {
        bail!(Refusal::usage(text!("rien n'est dit de la sélection", "nothing is said of the selection")).hint(text!(
            "Par exemple : --motivation 4, ou --decide admis --reason motivation",
            "For example: --motivation 4, or --decide admitted --reason motivation"
        )));
    }
    let ask = Ask { cohort: matches.text(&flags::COHORT), on: ctx.today };
    let found = subject::find_all(ctx, &lookup, &who, ask)?;
    let waiting = if decided { next_waiting(&lookup, &found)? } else { None };
    ctx.has_read(store);
    let requests: Vec<Request> = found
        .iter()
        .map(|one| {
            let mut request = said.request.clone();
            request.id = Some(one.person.id.into());
            request.give(trainee::COHORT, Value::Text(one.cohort.code.clone()));
            request
        })
        .collect();
    let trial = Trial::of(matches);
    let write = Write { act: Act::Edit, kind: Kind::Trainees, mode: Mode::Edit, trial };
    let done = entry::save(ctx, write, &requests)?;
    let names: Vec<Text> = found.iter().map(|one| Text::same(one.name())).collect();
    let account = entry::account(Kind::Trainees, &Text::join(&names, ", "), &done, trial);
    let echoes = found.into_iter().flat_map(|one| one.echoes).chain(said.echoes);
    Ok(account.say_before(echoes).say_after(waiting))
}

/// Who is next on the list, when somebody of it is decided about.
fn next_waiting(lookup: &Lookup<'_>, found: &[subject::Subject]) -> Result<Option<Text>> {
    let Some(first) = found.first() else { return Ok(None) };
    let mut waiting = lookup.records(Kind::Trainees, Which::Cohort(first.cohort.id))?;
    waiting.retain(|row| {
        row.list::<Decision>(trainee::DECISION) == Some(Decision::Waiting)
            && row.date(trainee::ENTRY).is_none()
            && !found.iter().any(|one| row.text(trainee::TRAINEE) == Some(&one.person.slug))
    });
    waiting.sort_by_key(|row| row.int(trainee::WAITING_RANK).unwrap_or(i64::MAX));
    Ok(waiting
        .first()
        .and_then(|row| row.text(trainee::TRAINEE))
        .map(|slug| text!("Prochaine personne en attente : {slug}", "Next person waiting: {slug}")))
}
