//! Records of every kind as rows of their tables: reading in a fixed order, finding by natural key, writing with memory.

use super::attendance::{Mark, half_of};
use super::codec::{from_sql, to_sql};
use super::lookup::Lookup;
use super::shape::{self, Shape, Source};
use super::table::{Row as TableRow, Table};
use crate::domain::id::{
    CertificateId, CohortId, CompanyId, FunderId, GrantId, ModuleId, OpeningId, PersonId, RecordId, StaffId, StayId,
};
use crate::domain::kind::Target;
use crate::domain::{Kind, Record};
use crate::store::attendance::{self};
use crate::store::journal::tx::{Tx, find_row};
use crate::store::rows::each_row;
use crate::store::table::{self};
use anyhow::{Result, ensure};
use rusqlite::types::Value as Sql;
use rusqlite::{Row, params_from_iter};

/// Which records of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// The one of a number.
    Id(RecordId),
    /// Those of a cohort.
    Cohort(CohortId),
    /// Those of a person.
    Person(PersonId),
    /// Those of a participation.
    Participation(StayId),
}

/// The numbers of the records that a record points at; the names in the record are what people typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Cohort.
    pub cohort: Option<CohortId>,
    /// Person.
    pub person: Option<PersonId>,
    /// Participation.
    pub participation: Option<StayId>,
    /// Module.
    pub module: Option<ModuleId>,
    /// Certificate of the catalogue.
    pub certificate: Option<CertificateId>,
    /// Funder.
    pub funder: Option<FunderId>,
    /// Grant.
    pub grant: Option<GrantId>,
    /// Somebody of the staff.
    pub staff: Option<StaffId>,
    /// Company.
    pub company: Option<CompanyId>,
    /// Opening.
    pub opening: Option<OpeningId>,
    /// Cohorts of a grant.
    pub cohorts: Vec<CohortId>,
    /// Folded name of a person.
    pub folded: String,
    /// Key of a new funder's pseudonyms, in hexadecimal.
    pub secret: String,
}

impl Lookup<'_> {
    /// Hands every record asked for to `f`, in the order of exports.
    pub fn each(&self, kind: Kind, which: Which, f: &mut dyn FnMut(Record) -> Result<()>) -> Result<()> {
        let shape = shape::of(kind);
        let (column, number) = match which {
            Which::All => ("", Sql::Null),
            Which::Id(id) => (shape.id, id.into()),
            Which::Cohort(id) => (shape.cohort, id.into()),
            Which::Person(id) => (shape.person, id.into()),
            Which::Participation(id) if kind == Kind::Trainees => ("t.id", id.into()),
            Which::Participation(id) => ("t.participation", id.into()),
        };
        let condition =
            if which == Which::All || column.is_empty() { String::new() } else { format!("WHERE {column} = ?1\n") };
        let bound = if condition.is_empty() { vec![] } else { vec![number] };
        self.run(kind, shape, &condition, &bound, f)
    }

    fn run(
        &self,
        kind: Kind,
        shape: &Shape,
        condition: &str,
        bound: &[Sql],
        f: &mut dyn FnMut(Record) -> Result<()>,
    ) -> Result<()> {
        let sql = format!("{}{condition}ORDER BY {}", shape.select, shape.order);
        if kind == Kind::Attendance {
            each_row!(self.conn, &sql, params_from_iter(bound), |cohort, trainee, date, half, mark| {
                let (half, mark) = (half_of(half), Mark::unpack(mark));
                f(attendance::record(cohort, trainee, date, half, mark))?;
            });
            return Ok(());
        }
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(bound))?;
        while let Some(row) = rows.next()? {
            f(read(kind, row)?)?;
        }
        Ok(())
    }

    /// The records asked for, in the order of exports.
    pub fn records(&self, kind: Kind, which: Which) -> Result<Vec<Record>> {
        let mut list = Vec::new();
        self.each(kind, which, &mut |record| {
            list.push(record);
            Ok(())
        })?;
        Ok(list)
    }

    /// The record that has the natural key of `record`, if there is one.
    pub fn find_record(&self, links: &Links, record: &Record) -> Result<Option<Record>> {
        let rows = shape::rows_of(record.kind);
        let bound: Vec<Sql> = rows.key.iter().map(|source| value_of(*source, links, record)).collect();
        let mut found = None;
        self.run(record.kind, shape::of(record.kind), &rows.is_key, &bound, &mut |r| {
            found = Some(r);
            Ok(())
        })?;
        Ok(found)
    }
}

/// The record of a row: its number, then its fields in their order, as [`shape`] words every statement.
fn read(kind: Kind, row: &Row<'_>) -> Result<Record> {
    let mut record = Record::new(kind);
    record.id = row.get(0)?;
    for (position, field) in kind.fields().iter().enumerate() {
        record.values[position] = from_sql(field, row.get_ref(position + 1)?)?;
    }
    Ok(record)
}

fn link(id: Option<impl Into<Sql>>) -> Sql {
    id.map_or(Sql::Null, Into::into)
}

/// What stands in a column of a record's row.
fn value_of(source: Source, links: &Links, record: &Record) -> Sql {
    match source {
        Source::Number => link(record.id),
        Source::Stay => link(links.participation),
        Source::Link(Target::Trainee) => link(links.person),
        Source::Link(Target::Cohort) => link(links.cohort),
        Source::Link(Target::Module) => link(links.module),
        Source::Link(Target::Certificate) => link(links.certificate),
        Source::Link(Target::Funder) => link(links.funder),
        Source::Link(Target::Grant) => link(links.grant),
        Source::Link(Target::Staff) => link(links.staff),
        Source::Link(Target::Company) => link(links.company),
        Source::Link(Target::Opening) => link(links.opening),
        Source::Value(position) => to_sql(record.values[position].as_ref()),
        Source::Folded => Sql::Text(links.folded.clone()),
        Source::Secret => Sql::Text(links.secret.clone()),
    }
}

impl Tx<'_> {
    /// Makes room for many records: what they touch stays in memory, at most 64 MB of it, instead of going to the disk and
    /// coming back between two of them.
    pub fn expect_many(&self) -> Result<()> {
        Ok(self.conn.pragma_update(None, "cache_size", -65_536)?)
    }

    /// Writes a record: a new one when `id` is absent, else the next version of that one. Gives its number.
    pub fn save(&mut self, links: &Links, record: &Record) -> Result<RecordId> {
        match record.kind {
            Kind::Trainees => self.save_trainee(links, record),
            Kind::Grants => {
                let id = self.save_row(record.kind, &table::GRANTS, record.id, links, record)?;
                self.save_grant_cohorts(GrantId::of(id), &links.cohorts)?;
                Ok(id)
            }
            kind => self.save_row(kind, shape::of(kind).table, record.id, links, record),
        }
    }

    fn save_row(
        &mut self,
        kind: Kind,
        table: &'static Table,
        id: Option<RecordId>,
        links: &Links,
        record: &Record,
    ) -> Result<RecordId> {
        let stands = |source: &Source| match source {
            Source::Number => link(id),
            source => value_of(*source, links, record),
        };
        let mut row: TableRow = shape::rows_of(kind).row(table).iter().map(stands).collect();
        let old = match row[0] {
            Sql::Null => None,
            _ => self.row(table, &row)?,
        };
        let Some((old, _)) = old else { return self.insert(table, &row) };
        if let Some(secret) = table.columns.iter().position(|c| *c == "secret") {
            row[secret] = old[secret].clone();
        }
        if old != row {
            self.update(table, &row)?;
        }
        Ok(id.unwrap_or(RecordId::NONE))
    }

    /// Writes identity, contact and participation, each only when it changed. Gives the person's number.
    fn save_trainee(&mut self, links: &Links, record: &Record) -> Result<RecordId> {
        let person = self.save_row(Kind::Trainees, &table::PERSON, links.person.map(RecordId::from), links, record)?;
        let links = Links { person: Some(PersonId::of(person)), ..links.clone() };
        self.save_row(Kind::Trainees, &table::CONTACT, None, &links, record)?;
        self.save_row(Kind::Trainees, &table::PARTICIPATION, links.participation.map(RecordId::from), &links, record)?;
        Ok(person)
    }

    fn save_grant_cohorts(&mut self, grant: GrantId, cohorts: &[CohortId]) -> Result<()> {
        let sql = "SELECT cohort FROM grant_cohort WHERE \"grant\" = ?1 ORDER BY cohort";
        let now: Vec<CohortId> = {
            let mut statement = self.conn.prepare_cached(sql)?;
            statement.query_map([grant], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
        };
        let pair = |cohort: CohortId| vec![Sql::from(grant), Sql::from(cohort)];
        for cohort in now.iter().filter(|c| !cohorts.contains(c)) {
            self.delete(&table::GRANT_COHORT, &pair(*cohort))?;
        }
        for cohort in cohorts.iter().filter(|c| !now.contains(c)) {
            self.insert(&table::GRANT_COHORT, &pair(*cohort))?;
        }
        Ok(())
    }

    /// Removes a numbered record. A trainee's record is the participation `links` names; the person goes with the last one.
    pub fn remove(&mut self, kind: Kind, id: RecordId, links: &Links) -> Result<()> {
        let key = [Sql::from(id)];
        match kind {
            Kind::Trainees => self.remove_trainee(PersonId::of(id), links),
            Kind::Grants => {
                self.save_grant_cohorts(GrantId::of(id), &[])?;
                self.delete(&table::GRANTS, &key)
            }
            kind => self.delete(shape::of(kind).table, &key),
        }
    }

    fn remove_trainee(&mut self, person: PersonId, links: &Links) -> Result<()> {
        if let Some(participation) = links.participation {
            self.delete(&table::PARTICIPATION, &[Sql::from(participation)])?;
        }
        if self.lookup().stays_of(person)?.is_empty() {
            let key = [Sql::from(person)];
            if find_row(self.conn, &table::CONTACT, &key)?.is_some() {
                self.delete(&table::CONTACT, &key)?;
            }
            self.delete(&table::PERSON, &key)?;
        }
        Ok(())
    }

    /// Removes a setting: back to its default.
    pub fn remove_setting(&mut self, key: &str) -> Result<()> {
        self.delete(&table::SETTING, &[Sql::Text(key.to_owned())])
    }
}

impl crate::store::file::open::Store {
    /// Everything the file holds but operations and history, as text: one line per row. Two files with the same
    /// dump hold the same school.
    pub fn dump(&self) -> Result<String> {
        use std::fmt::Write as _;
        let mut out = String::new();
        for table in table::TABLES {
            let sql = format!("SELECT json_array({}) FROM {} ORDER BY 1", table.list(""), table.name);
            let mut statement = self.conn.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let json: String = row.get(0)?;
                writeln!(out, "{} {json}", table.name)?;
            }
        }
        ensure!(!out.is_empty(), "the file holds nothing, not even its catalogue");
        Ok(out)
    }
}
