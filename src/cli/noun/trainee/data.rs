//! `fil trainee data`: everything the file holds about somebody, for them: the records, and what was changed when.

use super::named;
use crate::cli::ask::selector::{self, Purpose};
use crate::cli::noun::prelude::*;
use crate::closed_list;
use crate::domain::id::{OpId, PersonId, RecordId};
use crate::domain::kind::{FieldAt, catalogue, cohort, module};
use crate::domain::{ClosedList, Date, Kind, Value};
use crate::import::export;
use crate::ops::request::spoken;
use crate::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::store::journal::person_history::{Held, Told};
use crate::store::records::Which;
use crate::store::{Operation, Store};
use std::collections::{BTreeMap, HashMap};

/// `fil trainee data`.
pub const VERB: Verb = Verb {
    names: &["data", "donnees", "données"],
    about: fixed!("Tout ce que la base contient sur elle.", "Everything the database holds about them."),
    examples: [
        fixed!("fil trainee data ferre-amelie -f json -o amelie.json"),
        fixed!("fil t donnees amé -f csv -o amelie/", "fil t data ame -f csv -o amelie/"),
    ],
    flags: &[&[flags::WHO, flags::FORMAT, flags::OUTPUT, flags::WIDE, flags::FORCE, flags::ASCII]],
    run: Run::With(run),
};

closed_list! {
    /// What an operation did to a record.
    Change {
        Created = "created", "créé", "created";
        Changed = "changed", "modifié", "changed";
        Removed = "removed", "supprimé", "removed";
    }
}

/// The records as the import files hold them, then the history of their changes.
pub fn run(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let store = ctx.open()?;
    let lookup = store.lookup();
    let person = selector::person(ctx, &lookup, matches.need(&flags::WHO)?, Purpose::Read)?;
    let who = named(&person.value);
    let number = person.value.id;
    let mut sheets = Vec::new();
    for kind in Kind::of_people() {
        let mut sheet = export::sheet(&lookup, kind, Which::Person(number))?;
        sheet.title = Some(kind.count(sheet.rows.len() as i64));
        sheets.push(sheet);
    }
    let records: usize = sheets.iter().map(|sheet| sheet.rows.len()).sum();
    sheets.push(history(&store, number)?);
    let mut answer = Answer::sheets(sheets);
    answer.said.extend(person.echo);
    Ok(answer
        .say(text!(
            "Données de {who} : {records} lignes, et l'historique",
            "Data of {who}: {records} rows, and the history";
            who
        ))
        .say(text!(
            "À remettre à la personne seule ; ce sont ses données, en clair.",
            "To be given to that person only; these are their data, in clear."
        )))
}

/// One thing an operation did to a record, or to several new ones.
struct Line {
    op: OpId,
    change: Change,
    kind: Kind,
    number: Option<RecordId>,
    count: i64,
    field: Option<FieldAt>,
    values: [Option<Value>; 2],
}

fn history(store: &Store, person: PersonId) -> Result<Sheet> {
    let operations: HashMap<OpId, Operation> = store.operations()?.into_iter().map(|o| (o.number, o)).collect();
    let codes = Codes::read(store)?;
    let columns = vec![
        Column::new("date", "Date", "Date", ColumnKind::Date),
        Column::new("operation", "Opération", "Operation", ColumnKind::Code).hide_first(3),
        Column::new("verb", "Commande", "Verb", ColumnKind::Code).hide_first(2),
        Column::new("change", "Changement", "Change", ColumnKind::Code),
        Column::new("kind", "Fiches", "Kind", ColumnKind::Code),
        Column::new("id", "Numéro", "id", ColumnKind::Code).hide_first(4),
        Column::new("count", "Combien", "Count", ColumnKind::Number).hide_first(5),
        Column::new("field", "Champ", "Field", ColumnKind::Code),
        Column::new("before", "Avant", "Before", ColumnKind::Text),
        Column::new("after", "Après", "After", ColumnKind::Text),
    ];
    let mut sheet = Sheet::new("history", columns);
    sheet.title = Some(text!("historique des changements", "history of the changes"));
    for line in lines(store.story(person)?) {
        let operation = operations.get(&line.op);
        let day: Option<Date> = operation.map(|o| o.day);
        let [before, after] = &line.values;
        sheet.rows.push(vec![
            day.map_or(Cell::Empty, Cell::Date),
            Cell::Int(line.op.number()),
            Cell::text(operation.map(|o| o.verb.clone())),
            Cell::Words(line.change.text()),
            Cell::Text(line.kind.code().to_owned()),
            Cell::int(line.number.map(RecordId::number)),
            Cell::Int(line.count),
            Cell::text(line.field.map(|field| field.name.to_owned())),
            codes.cell(&line, before.as_ref()),
            codes.cell(&line, after.as_ref()),
        ]);
    }
    Ok(sheet)
}

/// New rows of one operation by table: how many, and the number of the last.
type New = BTreeMap<&'static str, (i64, Option<RecordId>)>;

/// What happened to each record, in the order of the operations: new ones are counted, each field that changed or was
/// removed has a line with the value it had.
fn lines(story: Vec<Told>) -> Vec<Line> {
    let mut records: BTreeMap<(&'static str, String), Vec<Told>> = BTreeMap::new();
    for told in story {
        records.entry(told.row.clone()).or_default().push(told);
    }
    // Identity, contact and participation are one record: as many as the table that has most.
    let mut created: BTreeMap<(OpId, Kind), New> = BTreeMap::new();
    let mut lines = Vec::new();
    for versions in records.values_mut() {
        versions.sort_by_key(|version| version.from);
        for (at, version) in versions.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| &versions[at]).filter(|v| v.to == Some(version.from));
            match before {
                Some(before) => lines.extend(changes(before, version)),
                None => {
                    let new = created.entry((version.from, version.kind)).or_default();
                    let new = new.entry(version.row.0).or_default();
                    *new = (new.0 + 1, version.number);
                }
            }
            let goes_on = versions.get(at + 1).is_some_and(|next| Some(next.from) == version.to);
            if let (Some(op), false) = (version.to, goes_on) {
                lines.extend(removed(version, op));
            }
        }
    }
    lines.extend(created.into_iter().filter_map(|((op, kind), tables)| {
        let (count, number) = tables.into_values().max()?;
        let number = number.filter(|_| count == 1);
        Some(Line { op, change: Change::Created, kind, number, count, field: None, values: [None, None] })
    }));
    lines.sort_by_key(|line| (line.op, line.change, line.kind, line.number));
    lines
}

fn changes(before: &Told, after: &Told) -> Vec<Line> {
    let pairs = before.fields.iter().zip(&after.fields).filter(|((_, a), (_, b))| a != b);
    let line = |((field, a), (_, b)): (&Held, &Held)| Line {
        op: after.from,
        change: Change::Changed,
        kind: after.kind,
        number: after.number,
        count: 1,
        field: Some(*field),
        values: [a.clone(), b.clone()],
    };
    pairs.map(line).collect()
}

fn removed(version: &Told, op: OpId) -> Vec<Line> {
    let held = version.fields.iter().filter(|(_, value)| value.is_some());
    let line = |(field, value): &Held| Line {
        op,
        change: Change::Removed,
        kind: version.kind,
        number: version.number,
        count: 1,
        field: Some(*field),
        values: [value.clone(), None],
    };
    held.map(line).collect()
}

/// The codes of what records point at by number.
struct Codes(HashMap<(&'static str, RecordId), String>);

impl Codes {
    fn read(store: &Store) -> Result<Codes> {
        let lookup = store.lookup();
        let mut codes = HashMap::new();
        for field in [cohort::COHORT, module::MODULE, catalogue::CERTIFICATE] {
            for record in lookup.records(field.kind, Which::All)? {
                if let (Some(id), Some(code)) = (record.id, record.text(field)) {
                    codes.insert((field.name, id), code.to_owned());
                }
            }
        }
        Ok(Codes(codes))
    }
    fn cell(&self, line: &Line, value: Option<&Value>) -> Cell {
        match value {
            None => Cell::Empty,
            Some(value) => {
                let Some(field) = line.field else { return Cell::Empty };
                match value {
                    Value::Int(id) if let Some(code) = self.0.get(&(field.name, RecordId::from_number(*id))) => {
                        Cell::Text(code.clone())
                    }
                    value => Cell::Words(spoken(&field, Some(value))),
                }
            }
        }
    }
}
