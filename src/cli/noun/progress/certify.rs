//! `fil progress certify`: an attempt at a certificate of the catalogue.

use super::OF_COHORT;
use super::pick;
use crate::cli::ask::entry::{self, Entry, Write};
use crate::cli::ask::subject;
use crate::cli::ask::subject::Ask;
use crate::cli::noun::prelude::*;
use crate::domain::day::Lean;
use crate::domain::kind::certificate;
use crate::domain::progress::CertificateOutcome;
use crate::domain::{Act, ClosedList, Kind, Value};
use crate::ops::Mode;

/// `fil progress certify`.
pub const VERB: Verb = Verb {
    names: &["certify", "certifier"],
    about: fixed!("Note une certification, obtenue ou non.", "Records a certificate, obtained or not."),
    examples: [
        fixed!("fil p certify amé AIPR"),
        fixed!("fil p certifier amé SST échec --le 30/11", "fil p certify amé SST failed --on 30/11"),
    ],
    flags: &[&[flags::WHO, CERTIFICATE, RESULT, EXPIRES, flags::ON, OF_COHORT, flags::DRY_RUN]],
    run: Run::With(run),
};

const CERTIFICATE: Flag = Flag::word(
    "certificate",
    fixed!("CERTIF", "CERT"),
    fixed!("son code ou des bouts de son intitulé", "its code or parts of its label"),
)
.names(Names::CERTIFICATE);
const RESULT: Flag = Flag::word(
    "result",
    fixed!("RÉSULTAT", "RESULT"),
    fixed!("obtenu (sans rien dire), échec, absent", "obtained (when not said), failed, absent"),
)
.optional();
const EXPIRES: Flag =
    Flag::option("expires", fixed!("DATE", "DATE"), fixed!("fin de validité", "last day of validity"))
        .also(&["expire"]);

pub(super) fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let outcome = matches.text(&RESULT).map_or(Ok(CertificateOutcome::Obtained), CertificateOutcome::read)?;
    let on = subject::day(ctx, matches, &flags::ON, Lean::Past)?;
    let store = ctx.open()?;
    let lookup = store.lookup();
    let ask = Ask { cohort: matches.text(&OF_COHORT), on: on.date };
    let who = subject::find(ctx, &lookup, matches.need(&flags::WHO)?, ask)?;
    let certificate = pick::certificate(ctx, &lookup, matches.need(&CERTIFICATE)?)?;
    ctx.has_read(store);
    let mut entry = Entry::new(ctx, Kind::Certificates);
    entry
        .give(certificate::COHORT, Value::Text(who.cohort.code.clone()))
        .give(certificate::TRAINEE, Value::Text(who.person.slug.clone()))
        .give(certificate::CERTIFICATE, Value::Text(certificate.code.clone()))
        .give(certificate::DATE, Value::Date(on.date))
        .give(certificate::OUTCOME, Value::Code(outcome.code()))
        .flag(matches, &EXPIRES, certificate::EXPIRES)?;
    let (name, code, day, date, said) = (who.name(), &certificate.code, on.date.french(), on.date, outcome.text());
    let subject = text!("{name}, {code} : {said}, le {day}", "{name}, {code}: {said}, {date}"; said);
    let trial = Trial::of(matches);
    let write = Write { act: Act::Certify, kind: Kind::Certificates, mode: Mode::Upsert, trial };
    let done = entry::save(ctx, write, &[entry.request])?;
    let told = entry::account(Kind::Certificates, &subject, &done, trial);
    let echoes = who.echoes.into_iter().chain(certificate.echo).chain(on.echo).chain(entry.echoes);
    Ok(Answer { said: echoes.chain(told.said).collect(), ..told })
}
