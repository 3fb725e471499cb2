//! The school's file for one command: opened for reading or for one operation, its failures said in plain words.

use super::context::{Context, Talk};
use super::terminal::printable;
use crate::cli::parser::flags;
use crate::cli::parser::matches::Matches;
use crate::domain::day::{Lean, parse_day};
use crate::domain::id::OpId;
use crate::domain::{Act, Refusal};
use crate::ops::doctor;
use crate::store::contents;
use crate::store::file::lock::{self, Alone};
use crate::store::file::schema::Schema;
use crate::store::file::scratch;
use crate::store::{Access, Committed, NewOperation, Store, Tx, refusal_of};
use crate::text;
use anyhow::{Context as _, Result, bail};

/// Whether a write is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    /// It is kept.
    Real,
    /// `--dry-run`: everything is tried, nothing is written.
    DryRun,
}

impl Trial {
    /// What `-n` asks for.
    pub fn of(matches: &Matches) -> Trial {
        if matches.has(&flags::DRY_RUN) { Trial::DryRun } else { Trial::Real }
    }
}

impl Context<'_> {
    /// Opens the file for reading, as it was on `--known-on` when that was asked.
    pub fn open(&self) -> Result<Store> {
        let place = self.database()?;
        let store = Store::open(&place.path, Access::Read)?;
        self.tell_dangers(&store);
        if let Some(typed) = &self.known_on {
            store.known_on(self.operation_known_on(&store, typed)?)?;
        }
        Ok(store)
    }

    /// Opens the file to save or examine what can be read of it, whatever another program made of its schema.
    pub fn open_as_it_is(&self) -> Result<Store> {
        let store = Store::open_as_it_is(&self.database()?.path)?;
        if store.schema() == Schema::Known {
            drop(store);
            return self.open();
        }
        self.tell_dangers(&store);
        Ok(store)
    }

    /// The same for a command that only reads and asks nothing: everything it shows is of one state of the file.
    pub fn open_to_look(&self) -> Result<Store> {
        let store = self.open()?;
        store.hold()?;
        Ok(store)
    }

    /// The operation that `--known-on` means: its number, or the last one of a day.
    fn operation_known_on(&self, store: &Store, typed: &str) -> Result<OpId> {
        if let Ok(number) = typed.parse() {
            return Ok(store.operation(number)?.number);
        }
        let day = parse_day(typed, self.today, Lean::Past)?.date;
        match store.operation_on(day)? {
            Some(operation) => Ok(operation),
            None => {
                bail!(
                    Refusal::data(text!(
                        "la base n'existait pas encore le {day}",
                        "the database did not exist yet on {day}";
                        day
                    ))
                    .hint(text!("Les opérations et leurs jours : fil log", "Operations and their days: fil log"))
                )
            }
        }
    }

    /// Ends the reading that comes before a write of the same command, which then need not open the file again. Where a
    /// question may have been asked it is: the answer may have taken an hour, and the file may be another one by then.
    pub fn has_read(&self, store: Store) {
        if store.is_ready_to_write() && self.known_on.is_none() && !self.can_ask() {
            self.read_before.set(Some(store));
        }
    }

    /// Opens the file for writing.
    pub fn open_to_write(&self) -> Result<Store> {
        super::interrupt::tidy_first();
        let place = self.database()?;
        if let Some(store) = self.read_before.take() {
            scratch::sweep(&place.path);
            return Ok(store);
        }
        let store = Store::open(&place.path, Access::Write)?;
        scratch::sweep(&place.path);
        self.tell_dangers(&store);
        Ok(store)
    }

    /// Keeps every other program out of the file until what this gives is dropped.
    pub fn alone(&self) -> Result<Option<Alone>> {
        // What was read before would be of a file that another program may have changed meanwhile.
        self.read_before.take();
        lock::alone(&self.database()?.path)
    }

    /// Says once a run what may harm the file: a synced folder, conflict copies, doors open to others.
    fn tell_dangers(&self, store: &Store) {
        if self.talk == Talk::Quiet || self.dangers_told.replace(true) {
            return;
        }
        let file = store.path().display();
        for danger in doctor::dangers(store) {
            let message = &danger.message;
            let line = text!("!  {file} : {message} (fil doctor)", "!  {file}: {message} (fil doctor)"; message);
            self.env.write_stderr(&format!("{}\n", printable(line.get(self.lang))));
        }
    }

    /// What the journal will hold of this command.
    pub fn operation(&self, act: Act, kind: &'static str) -> Result<NewOperation> {
        Ok(NewOperation { stamp: self.now().stamp(), day: self.today, act, kind, command: self.random_hex(16)? })
    }

    /// Runs an act as one operation of the file.
    pub fn write<T>(
        &self,
        act: Act,
        kind: &'static str,
        trial: Trial,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<Committed<T>> {
        let mut store = self.open_to_write()?;
        let new = self.operation(act, kind)?;
        match trial {
            Trial::Real => store.write(&new, work),
            Trial::DryRun => store.rehearse(&new, work),
        }
    }

    /// Random bytes in hexadecimal.
    pub fn random_hex(&self, bytes: usize) -> Result<String> {
        let mut buffer = vec![0u8; bytes];
        self.env.random(&mut buffer).context("no random bytes")?;
        Ok(buffer.iter().map(|b| format!("{b:02x}")).collect())
    }

    /// An error of the file in the words of people, when it is one they can act on.
    pub fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        // A refusal may be the error, a sentence put around it, or lie beneath.
        let refused = |cause: &(dyn std::error::Error + 'static)| cause.downcast_ref::<Refusal>().is_some();
        if error.downcast_ref::<Refusal>().is_some() || error.chain().any(refused) {
            return error;
        }
        let path = self.database().map(|place| place.path).unwrap_or_default();
        // What no command writes makes reading fail in ways that say nothing to people.
        match refusal_of(&error, &path).or_else(|| contents::behind(&error, &path)) {
            Some(refusal) => error.context(refusal),
            None => error,
        }
    }
}

/// The sentence that ends the account of a write: how to go back, or that nothing was written.
pub fn how_to_go_back<T>(done: &Committed<T>, trial: Trial) -> Option<crate::domain::Text> {
    match (trial, done.operation()) {
        (Trial::DryRun, _) => Some(text!("Essai : rien n'a été écrit.", "Trial: nothing was written.")),
        (_, Some(_)) => Some(text!("Pour revenir en arrière : fil undo", "To go back: fil undo")),
        (_, None) => None,
    }
}
