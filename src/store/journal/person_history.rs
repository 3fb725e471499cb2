//! Every version of a person's records, with the operations between which each stood.

use super::erase::{Owner, Version, merged_numbers, versions};
use crate::domain::closed_list::ClosedList;
use crate::domain::id::{OpId, PersonId, RecordId, StayId};
use crate::domain::kind::{self, Field, FieldAt, Kind};
use crate::domain::{Date, Value};
use crate::store::attendance::{Mark, half_of};
use crate::store::codec::from_sql;
use crate::store::file::open::Store;
use crate::store::shape;
use crate::store::table::{PARTICIPATION, Row, Table};
use anyhow::Result;
use rusqlite::types::{Value as Sql, ValueRef};
use std::collections::BTreeSet;

/// A field, and what it held.
pub type Held = (FieldAt, Option<Value>);

/// A version of a record: its fields, the operation that wrote it, and the one that replaced or removed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What kind of record; identity, contact and participation are all of trainees.
    pub kind: Kind,
    /// The table and the key of the row, which tell its versions from those of others.
    pub row: (&'static str, String),
    /// Its number, where it has one; of identity, contact and participation that of the person.
    pub number: Option<RecordId>,
    /// Its fields, by the names of the import files; a module, a cohort or a certificate is its number.
    pub fields: Vec<Held>,
    /// The operation that wrote it.
    pub from: OpId,
    /// The operation that replaced or removed it; `None` for a version that stands.
    pub to: Option<OpId>,
}

impl Store {
    /// Every version of what the file holds about a person, those of records merged into theirs included.
    pub fn story(&self, person: PersonId) -> Result<Vec<Told>> {
        let mut people = merged_numbers(&self.conn, person)?;
        people.insert(person);
        let owner = Owner::People(&people);
        let mut told = Vec::new();
        let mut stays = BTreeSet::new();
        for kind in Kind::of(kind::Owner::Person) {
            for table in shape::tables(kind) {
                for version in versions(&self.conn, table, owner)? {
                    if let (true, Some(Sql::Integer(id))) = (table == PARTICIPATION.name, version.row.first()) {
                        stays.insert(StayId::from_number(*id));
                    }
                    let version = tell(kind, version)?;
                    told.push(Told {
                        number: if kind == Kind::Trainees { Some(person.into()) } else { version.number },
                        ..version
                    });
                }
            }
        }
        for kind in Kind::of(kind::Owner::Stay) {
            for version in versions(&self.conn, kind.declaration().table, Owner::Stays(&stays))? {
                told.push(tell(kind, version)?);
            }
        }
        Ok(told)
    }
}

fn tell(kind: Kind, version: Version) -> Result<Told> {
    let Version { table, row, from, to } = version;
    let number = match (table.numbered(), row.first()) {
        (true, Some(Sql::Integer(id))) => Some(RecordId::from_number(*id)),
        _ => None,
    };
    let fields = if kind == Kind::Attendance { mark(&row) } else { fields(kind, table, &row)? };
    Ok(Told { kind, row: (table.name, table.key_json(&row)), number, fields, from, to })
}

fn mark(row: &Row) -> Vec<Held> {
    let int = |at: usize| if let Some(Sql::Integer(n)) = row.get(at) { *n } else { 0 };
    let fields = Kind::Attendance.all_at();
    let first = [Some(Value::Date(Date::from_days(int(1) as i32))), Some(Value::Code(half_of(int(2)).code()))];
    fields.skip(2).zip(first.into_iter().chain(Mark::unpack(int(3)).values())).collect()
}

fn fields(kind: Kind, table: &Table, row: &Row) -> Result<Vec<Held>> {
    let mut fields = Vec::new();
    for (column, value) in table.columns.iter().zip(row) {
        let Some(field) = shape::field_of(kind, column) else { continue };
        fields.push((field, value_of(&field, value)?));
    }
    Ok(fields)
}

fn value_of(field: &Field, value: &Sql) -> Result<Option<Value>> {
    from_sql(field, ValueRef::from(value))
}
