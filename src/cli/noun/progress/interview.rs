//! `fil progress interview`: a talk with one person, or a visit to the company.

use super::OF_COHORT;
use super::late::minutes;
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::selector::Purpose;
use crate::cli::ask::subject;
use crate::cli::ask::subject::{Ask, Subject};
use crate::cli::ask::typed_record::{code, find};
use crate::cli::noun::prelude::*;
use crate::domain::day::Lean;
use crate::domain::kind::{Target, interview};
use crate::domain::progress::InterviewKind;
use crate::domain::{Act, ClosedList, Date, Kind, Refusal, Text, Value};
use crate::ops::{Mode, Outcome, Request};
use crate::store::Lookup;
use crate::store::records::Which;
use crate::view::names::Names;

/// `fil progress interview`.
pub const VERB: Verb = Verb {
    names: &["interview", "entretien"],
    about: fixed!("Note un entretien individuel.", "Records an individual interview."),
    examples: [
        fixed!("fil p entretien amé tutorat 45", "fil p interview amé tutorial 45"),
        fixed!(
            "fil p entretien saïd visite --minutes 1h30 --le hier",
            "fil p interview saïd company_visit --minutes 1h30 --on yesterday",
        ),
    ],
    flags: &[&[
        PEOPLE,
        MINUTES,
        BY,
        AT,
        GRANT,
        GOAL,
        NEXT,
        SESSION,
        flags::NOTE,
        flags::ON,
        OF_COHORT,
        flags::SET,
        flags::DRY_RUN,
    ]],
    run: Run::With(run),
};

const PEOPLE: Flag = Flag::word(
    "who",
    fixed!("QUI… [GENRE]", "WHO… [KIND]"),
    fixed!("qui, puis suivi (sinon), tutorat, visite, appel", "who, then follow_up (else), tutorial, call"),
)
.many()
.names(Names::TRAINEE);
const MINUTES: Flag =
    Flag::option("minutes", fixed!("DURÉE", "TIME"), fixed!("45 (minutes) ou 1h30", "45 (minutes) or 1h30"))
        .also(&["duree"]);

const BY: Flag = Flag::option("by", fixed!("ÉQUIPE", "STAFF"), fixed!("qui mène l'entretien", "who leads it"))
    .also(&["par"])
    .names(Names::Of(Target::Staff));
const GRANT: Flag = Flag::option("grant", fixed!("SUBVENTION", "GRANT"), fixed!("qui le paie", "who pays it"))
    .also(&["subvention"])
    .names(Names::GRANT);
const AT: Flag =
    Flag::option("at", fixed!("HH:MM", "HH:MM"), fixed!("l'heure : 09:30", "the time: 09:30")).also(&["a"]);
const GOAL: Flag = Flag::option("goal", fixed!("TEXTE", "TEXT"), fixed!("l'objectif", "the goal")).also(&["objectif"]);
const NEXT: Flag =
    Flag::option("next", fixed!("DATE", "DATE"), fixed!("le prochain rendez-vous", "the next appointment"))
        .also(&["prochain"])
        .minus();
const SESSION: Flag =
    Flag::option("session", fixed!("MOT", "WORD"), fixed!("une séance à plusieurs", "one session with several"))
        .also(&["seance"]);

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let words = matches.all(&PEOPLE);
    let (words, typed) = last_word(&words, |word| word.starts_with(|c: char| c.is_ascii_digit()).then_some(word));
    let (people, kind) = last_word(words, |word| InterviewKind::find(word).ok());
    let kind = kind.unwrap_or(InterviewKind::FollowUp);
    if let (Some(_), Some(_)) = (matches.text(&MINUTES), typed) {
        bail!(Refusal::usage(text!("la durée est donnée deux fois", "the minutes are given twice")));
    }
    let length = matches.text(&MINUTES).or(typed).map(minutes).transpose()?;
    let on = subject::day(ctx, matches, &flags::ON, Lean::Past)?;
    let mut said = Entry::new(ctx, Kind::Interviews);
    said.give(interview::DATE, Value::Date(on.date)).give(interview::KIND, Value::Code(kind.code()));
    if let Some(length) = length {
        said.give(interview::MINUTES, Value::Int(length));
    }
    for (flag, field) in [
        (&flags::NOTE, interview::NOTE),
        (&AT, interview::AT),
        (&GOAL, interview::GOAL),
        (&NEXT, interview::NEXT_ON),
        (&SESSION, interview::SESSION),
    ] {
        said.flag(matches, flag, field)?;
    }
    said.sets(matches)?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    let mut echoes = named(ctx, &lookup, matches, &mut said)?;
    let ask = Ask { cohort: matches.text(&OF_COHORT), on: on.date };
    let who = subject::find_all(ctx, &lookup, people, ask)?;
    ctx.has_read(store);
    if who.len() > 1 && said.request.given(interview::SESSION).is_none() {
        said.give(interview::SESSION, Value::Text(format!("s{}", ctx.random_hex(4)?)));
    }
    let requests: Vec<Request> = who
        .iter()
        .map(|one| {
            let mut request = said.request.clone();
            request
                .give(interview::COHORT, Value::Text(one.cohort.code.clone()))
                .give(interview::TRAINEE, Value::Text(one.person.slug.clone()));
            request
        })
        .collect();
    let trial = Trial::of(matches);
    let write = Write { act: Act::Interview, kind: Kind::Interviews, mode: Mode::Upsert, trial };
    let done = entry::save(ctx, write, &requests)?;
    let subject = about(&who, kind, (length, on.date));
    echoes.extend(who.into_iter().flat_map(|one| one.echoes).chain(on.echo).chain(said.echoes));
    let same = done.value().outcomes.iter().find(|(_, _, outcome)| *outcome == Outcome::Identical);
    if let (Some((_, Some(id), _)), 1) = (same, requests.len()) {
        let told = Answer::done(text!(
            "Déjà enregistré (n° {id}) ; pour un second ce jour-là, ajoutez --at HH:MM",
            "Already recorded (no. {id}); for a second one that day add --at HH:MM"
        ));
        return Ok(told.say_before(echoes));
    }
    Ok(entry::account(Kind::Interviews, &subject, &done, trial).say_before(echoes))
}

/// The words without the last, when that one says something else than a person; the first is always one.
fn last_word<'w, 'a, T>(words: &'w [&'a str], means: impl Fn(&'a str) -> Option<T>) -> (&'w [&'a str], Option<T>) {
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => match means(last) {
            Some(meant) => (before, Some(meant)),
            None => (words, None),
        },
        _ => (words, None),
    }
}

/// Says who leads the interview and which grant pays it, from what was typed.
fn named(ctx: &Context<'_>, lookup: &Lookup<'_>, matches: &Matches, said: &mut Entry<'_>) -> Result<Vec<Text>> {
    let mut echoes = Vec::new();
    for (flag, field, kind) in [(&BY, interview::STAFF, Kind::Staff), (&GRANT, interview::GRANT, Kind::Grants)] {
        let Some(typed) = matches.text(flag) else { continue };
        let found = find(ctx, kind, &lookup.records(kind, Which::All)?, typed, Purpose::Write)?;
        said.give(field, Value::Text(code(&found.value).to_owned()));
        echoes.extend(found.echo);
    }
    Ok(echoes)
}

/// `Nassim Amara, tutorial, 45 min, 2018-11-14`.
fn about(who: &[Subject], kind: InterviewKind, (length, on): (Option<i64>, Date)) -> Text {
    let names: Vec<String> = who.iter().map(Subject::name).collect();
    let (names, day, said) = (names.join(", "), on.french(), kind.text());
    let length = length.map_or(String::new(), |n| format!(", {n} min"));
    Text::new(format!("{names}, {}{length}, le {day}", said.fr), format!("{names}, {}{length}, {on}", said.en))
}
