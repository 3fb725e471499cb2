//! From typed flags to a request, and from what came of it to an answer: the way in for every record at the keyboard.

use crate::cli::parser::flags::{self, Flag};
use crate::cli::parser::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::cli::run::open::{Trial, how_to_go_back};
use crate::domain::day::{Lean, in_full, parse_day};
use crate::domain::folding::{letters_and_digits, nearest, shown};
use crate::domain::kind::{Days, Field, FieldAt, Holds};
use crate::domain::{Act, Kind, Refusal, Text, Value};
use crate::import::cells;
use crate::ops::request::spoken;
use crate::ops::{Accepted, Mode, Outcome, Promisable, Request, Said, Saved, Saving, Trouble};
use crate::report::agreement;
use crate::report::figure_class::FigureClass;
use crate::report::indicator;
use crate::store::{Committed, Tx};
use crate::text;
use anyhow::{Result, bail};

/// A request being made from what was typed.
pub struct Entry<'a> {
    ctx: &'a Context<'a>,
    /// The request so far.
    pub request: Request,
    /// Days read from relative or partial words, to be said in full.
    pub echoes: Vec<Text>,
}

impl<'a> Entry<'a> {
    /// A request of a kind that says nothing yet.
    pub fn new(ctx: &'a Context<'a>, kind: Kind) -> Entry<'a> {
        Entry { ctx, request: Request::new(kind), echoes: Vec::new() }
    }

    /// Says a field as typed; an empty value empties it.
    pub fn say(&mut self, field: FieldAt, typed: &str) -> Result<&mut Self> {
        let said = match self.value(&field, typed)? {
            Some(value) => Said::Given(value),
            None => Said::Blank,
        };
        self.request.say(field, said);
        Ok(self)
    }

    /// Says a field from a flag, when the flag was typed.
    pub fn flag(&mut self, matches: &Matches, flag: &Flag, field: FieldAt) -> Result<&mut Self> {
        match matches.text(flag) {
            Some(typed) => self.say(field, typed),
            None => Ok(self),
        }
    }

    /// Says a field with a value that is already known.
    pub fn give(&mut self, field: FieldAt, value: Value) -> &mut Self {
        self.request.give(field, value);
        self
    }

    /// Says every `--set FIELD=VALUE`; fields are known by their English and French names.
    pub fn sets(&mut self, matches: &Matches) -> Result<&mut Self> {
        for pair in matches.all(&flags::SET) {
            let Some((name, value)) = pair.split_once('=') else {
                let word = shown(pair);
                bail!(
                    Refusal::usage(text!("--set {word} : il manque « = »", "--set {word}: “=” is missing"))
                        .hint(text!("Écrivez --set CHAMP=VALEUR", "Write --set FIELD=VALUE"))
                );
            };
            let field = field_named(self.request.kind, name)?;
            if self.request.said[field.position()] != Said::Nothing {
                bail!(Refusal::usage(text!("{field} est donné deux fois", "{field} is given twice"; field)));
            }
            self.say(field, value)?;
        }
        Ok(self)
    }

    /// Saves the request as one operation and tells what came of it, after what was read from relative words.
    pub fn save(self, write: Write, subject: &Text) -> Result<Answer> {
        let done = save(self.ctx, write, std::slice::from_ref(&self.request))?;
        Ok(account(write.kind, subject, &done, write.trial).say_before(self.echoes))
    }

    /// The run it was typed in.
    pub fn ctx(&self) -> &'a Context<'a> {
        self.ctx
    }

    fn value(&mut self, field: &Field, typed: &str) -> Result<Option<Value>> {
        if typed.trim().is_empty() {
            return Ok(None);
        }
        if matches!(field.holds, Holds::Date) {
            let day = parse_day(typed, self.ctx.today, lean(field)).map_err(|refusal| about(field, typed, refusal))?;
            if day.echo {
                let (label, full) = (field.text(), in_full(day.date));
                self.echoes
                    .push(Text::new(format!("{} : {}", label.fr, full.fr), format!("{}: {}", label.en, full.en)));
            }
            return Ok(Some(Value::Date(day.date)));
        }
        cells::parse(field, typed, &cells::Reading::default()).map_err(|wrong| {
            let word = shown(typed);
            Refusal::usage(text!(
                "{field} : « {word} » n'est pas compris",
                "{field}: “{word}” is not understood";
                field
            ))
            .why(wrong.what)
            .maybe_hint(wrong.right)
            .into()
        })
    }
}

/// Which field and value a refused day was typed for, unless its reason is said already.
fn about(field: &Field, typed: &str, refusal: Refusal) -> Refusal {
    if refusal.why.is_some() {
        return refusal;
    }
    let word = shown(typed);
    refusal.why(text!("champ {field}, valeur « {word} »", "field {field}, value “{word}”"; field))
}

/// Days that may lie ahead are read as the nearest; days of facts as the latest.
fn lean(field: &Field) -> Lean {
    match field.days {
        Days::Ahead | Days::AnyAhead => Lean::Nearest,
        Days::Done | Days::AnyDone => Lean::Past,
    }
}

/// The field of a kind by its English or French name.
pub fn field_named(kind: Kind, typed: &str) -> Result<FieldAt> {
    let wanted = letters_and_digits(typed);
    if let Some(field) = kind.all_at().find(|f| f.names().any(|name| letters_and_digits(name) == wanted)) {
        return Ok(field);
    }
    let names = kind.fields().iter().flat_map(Field::names);
    let word = shown(typed);
    let refusal = Refusal::usage(text!("pas de champ « {word} »", "no field “{word}”"));
    Err(match nearest(typed, names) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => {
            let all: Vec<&str> = kind.fields().iter().map(|f| f.name).collect();
            let all = all.join(", ");
            refusal.hint(text!("Champs : {all}", "Fields: {all}"))
        }
    }
    .into())
}

/// What a write of one kind is called in the journal.
#[derive(Debug, Clone, Copy)]
pub struct Write {
    /// What is done.
    pub act: Act,
    /// The kind of record.
    pub kind: Kind,
    /// What is expected of the records.
    pub mode: Mode,
    /// Whether it is kept.
    pub trial: Trial,
}

impl Write {
    /// A new record.
    pub fn add(kind: Kind, trial: Trial) -> Write {
        Write { act: Act::Add, kind, mode: Mode::Add, trial }
    }
    /// A record that is there.
    pub fn edit(kind: Kind, trial: Trial) -> Write {
        Write { act: Act::Edit, kind, mode: Mode::Edit, trial }
    }
}

/// Saves requests of one kind as one operation; any refused one refuses all.
pub fn save(ctx: &Context<'_>, write: Write, requests: &[Request]) -> Result<Committed<Saved>> {
    let done = ctx.write(write.act, crate::domain::ClosedList::code(write.kind), write.trial, |tx| {
        let saved = save_in(ctx, tx, write, requests)?;
        refuse(&saved.troubles)?;
        Ok(saved)
    })?;
    Ok(done)
}

/// The same inside a write already under way, for commands that write several kinds at once; troubles are given back.
pub fn save_in(ctx: &Context<'_>, tx: &mut Tx<'_>, write: Write, requests: &[Request]) -> Result<Saved> {
    let fresh = ctx.random_hex(32)?;
    let mut secret = || fresh.clone();
    let mut saving = Saving {
        mode: write.mode,
        today: ctx.today,
        secret: &mut secret,
        indicator: &|key| indicator::find(key).is_some(),
        figure: &promisable,
        accepted: Accepted::default(),
    };
    crate::ops::save(tx, write.kind, requests, &mut saving)
}

/// Whether a figure can be promised to a funder: of classes that may be shown, in tables that may leave.
pub fn promisable(figure: &str) -> Promisable {
    match agreement::class(figure) {
        Some(FigureClass::Sensitive) => Promisable::Sensitive,
        Some(FigureClass::Frame | FigureClass::Outcome) => Promisable::Yes,
        None => Promisable::Unknown,
    }
}

/// Refuses when a record was refused, with its first trouble in full.
pub fn refuse(troubles: &[Trouble]) -> Result<()> {
    match troubles.first() {
        Some(first) => Err(Refusal::from(first).into()),
        None => Ok(()),
    }
}

/// The account of a write: what changed before and after, its warnings, how to go back. `subject` names the record.
pub fn account(kind: Kind, subject: &Text, done: &Committed<Saved>, trial: Trial) -> Answer {
    let subjects = vec![subject.clone(); done.value().outcomes.len()];
    account_of_each(kind, &subjects, done, trial)
}

/// The same of several records, each with its own subject, in the order in which they were saved.
pub fn account_of_each(kind: Kind, subjects: &[Text], done: &Committed<Saved>, trial: Trial) -> Answer {
    let saved = done.value();
    let mut answer = Answer::default();
    for ((_, id, outcome), subject) in saved.outcomes.iter().zip(subjects) {
        let number = match (id, trial) {
            (Some(id), Trial::Real) if kind != Kind::Trainees => {
                Text::new(format!(" (n° {id})"), format!(" (no. {id})"))
            }
            _ => Text::same(""),
        };
        answer = answer.say(sentence(subject, &number, outcome));
    }
    for warning in &saved.warnings {
        answer = answer.warn(Text::same(warning.code), warning.message.clone());
    }
    answer.say_after(how_to_go_back(done, trial))
}

fn sentence(subject: &Text, number: &Text, outcome: &Outcome) -> Text {
    match outcome {
        Outcome::Created | Outcome::Joined(_) => {
            text!("Enregistré : {subject}{number}", "Saved: {subject}{number}"; subject, number)
        }
        Outcome::Identical => {
            text!("Rien à changer : {subject}{number}", "Nothing to change: {subject}{number}"; subject, number)
        }
        Outcome::Changed(changes) => {
            let words = changes.iter().map(|c| {
                let (old, new) = (spoken(&c.field, c.old.as_ref()), spoken(&c.field, c.new.as_ref()));
                (
                    format!("{} : {} → {}", c.field.fr, old.fr, new.fr),
                    format!("{}: {} → {}", c.field.name, old.en, new.en),
                )
            });
            let (fr, en): (Vec<String>, Vec<String>) = words.unzip();
            let (fr, en) = (fr.join(", "), en.join(", "));
            text!("Modifié : {subject}{number} — {fr}", "Changed: {subject}{number} — {en}"; subject, number)
        }
    }
}
