//! Names to numbers: cohorts by code, people by slug, and what the record rules need to know about them.

use crate::domain::Date;
use crate::domain::id::{CertificateId, CohortId, FunderId, GrantId, ModuleId, PersonId, RecordId, StayId};
use crate::store::file::open::Store;
use crate::store::former_names::Former;
use crate::store::journal::tx::Tx;
use anyhow::Result;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use std::collections::HashMap;

/// Read-only questions, asked inside or outside a write.
pub struct Lookup<'c> {
    pub(super) conn: &'c Connection,
}

/// What record rules need to know of a cohort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortSpan {
    /// Record number.
    pub id: CohortId,
    /// Code.
    pub code: String,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Default minutes of a half-day.
    pub slot_minutes: i64,
}

/// What record rules need to know of a participation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Record number of the participation.
    pub id: StayId,
    /// Person.
    pub person: PersonId,
    /// Cohort.
    pub cohort: CohortId,
    /// First day.
    pub entry: Option<Date>,
    /// Last day.
    pub exit: Option<Date>,
}

/// Identity in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Record number.
    pub id: PersonId,
    /// Slug.
    pub slug: String,
    /// The school's own reference.
    pub reference: Option<String>,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Last and first name folded, as searched.
    pub folded: String,
    /// Birth date.
    pub birth_date: Option<Date>,
}

impl Store {
    /// Read-only questions to the file as it is.
    pub fn lookup(&self) -> Lookup<'_> {
        Lookup { conn: &self.conn }
    }
}

impl<'c> Tx<'c> {
    /// Read-only questions to the file as this write has left it so far.
    pub fn lookup(&self) -> Lookup<'c> {
        Lookup { conn: self.conn }
    }
}

fn day(value: Option<i32>) -> Option<Date> {
    value.map(Date::from_days)
}

fn span(row: &Row<'_>) -> rusqlite::Result<CohortSpan> {
    Ok(CohortSpan {
        id: row.get(0)?,
        code: row.get(1)?,
        start: Date::from_days(row.get(2)?),
        end: Date::from_days(row.get(3)?),
        slot_minutes: row.get(4)?,
    })
}

impl Lookup<'_> {
    fn find<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<Option<T>> {
        Ok(self.conn.prepare_cached(sql)?.query_row(params, |r| r.get(0)).optional()?)
    }

    /// All cohorts, by start then code.
    pub fn cohorts(&self) -> Result<Vec<CohortSpan>> {
        let sql = "SELECT id, cohort, start, \"end\", slot_minutes FROM cohort ORDER BY start, cohort";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], span)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The cohort of a code.
    pub fn find_cohort(&self, code: &str) -> Result<Option<CohortSpan>> {
        let sql = "SELECT id, cohort, start, \"end\", slot_minutes FROM cohort WHERE cohort = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([code], span).optional()?)
    }

    /// The cohort of a number.
    pub fn cohort(&self, id: CohortId) -> Result<Option<CohortSpan>> {
        let sql = "SELECT id, cohort, start, \"end\", slot_minutes FROM cohort WHERE id = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([id], span).optional()?)
    }

    fn identities_where(&self, condition: &str, params: impl Params) -> Result<Vec<Identity>> {
        let sql = format!(
            "SELECT id, slug, ref, last_name, first_name, folded, birth_date FROM person WHERE {condition} ORDER BY id"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params, |r| {
            Ok(Identity {
                id: r.get(0)?,
                slug: r.get(1)?,
                reference: r.get(2)?,
                last_name: r.get(3)?,
                first_name: r.get(4)?,
                folded: r.get(5)?,
                birth_date: day(r.get(6)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Everybody, by number.
    pub fn identities(&self) -> Result<Vec<Identity>> {
        self.identities_where("1", [])
    }

    /// The person of a slug, their own or that of a record merged into theirs.
    pub fn find_slug(&self, slug: &str) -> Result<Option<Identity>> {
        match self.identities_where("slug = ?1", [slug])?.pop() {
            Some(person) => Ok(Some(person)),
            None => self.find_former(Former::Slug, slug),
        }
    }

    /// The person of a school reference, their own or that of a record merged into theirs.
    pub fn find_reference(&self, reference: &str) -> Result<Option<Identity>> {
        match self.identities_where("ref = ?1", [reference])?.pop() {
            Some(person) => Ok(Some(person)),
            None => self.find_former(Former::Reference, reference),
        }
    }

    /// The person whose merged record had this slug or reference.
    pub fn find_former(&self, what: Former, name: &str) -> Result<Option<Identity>> {
        let condition = "id = (SELECT person FROM alias WHERE field = ?1 AND name = ?2)";
        Ok(self.identities_where(condition, [what.code(), name])?.pop())
    }

    /// Every slug that a merged record had, with the slug it leads to.
    pub fn former_slugs(&self) -> Result<Vec<(String, String)>> {
        let sql =
            "SELECT a.name, p.slug FROM alias a JOIN person p ON p.id = a.person WHERE a.field = 'slug' ORDER BY 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The person of a number.
    pub fn find_person(&self, id: PersonId) -> Result<Option<Identity>> {
        Ok(self.identities_where("id = ?1", [id])?.pop())
    }

    /// The people of a folded name, whatever their birth date.
    pub fn named(&self, folded: &str) -> Result<Vec<Identity>> {
        self.identities_where("folded = ?1", [folded])
    }

    fn stays_where(&self, condition: &str, params: impl Params) -> Result<Vec<Stay>> {
        let sql =
            format!("SELECT id, person, cohort, entry, exit FROM participation WHERE {condition} ORDER BY entry, id");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params, |r| {
            Ok(Stay {
                id: r.get(0)?,
                person: r.get(1)?,
                cohort: r.get(2)?,
                entry: day(r.get(3)?),
                exit: day(r.get(4)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The participation of a person in a cohort.
    pub fn find_stay(&self, cohort: CohortId, person: PersonId) -> Result<Option<Stay>> {
        Ok(self.stays_where("cohort = ?1 AND person = ?2", (cohort, person))?.pop())
    }

    /// The participations of a person, by entry.
    pub fn stays_of(&self, person: PersonId) -> Result<Vec<Stay>> {
        self.stays_where("person = ?1", [person])
    }

    /// The participations in a cohort, by entry.
    pub fn stays_in(&self, cohort: CohortId) -> Result<Vec<Stay>> {
        self.stays_where("cohort = ?1", [cohort])
    }

    /// How many people had entered each cohort by a day, and how many of them had left before it.
    pub fn people_on(&self, day: Date) -> Result<HashMap<CohortId, (usize, usize)>> {
        // Counted here: sorted by cohort, the file would be read row by row through an index.
        let sql = "SELECT cohort, exit IS NOT NULL AND exit < ?1 FROM participation WHERE entry <= ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query([day.days()])?;
        let mut counts: HashMap<CohortId, (usize, usize)> = HashMap::new();
        while let Some(row) = rows.next()? {
            let (entered, left) = counts.entry(row.get(0)?).or_default();
            *entered += 1;
            *left += usize::from(row.get::<_, bool>(1)?);
        }
        Ok(counts)
    }

    /// The module of a cohort by code.
    pub fn find_module(&self, cohort: CohortId, code: &str) -> Result<Option<ModuleId>> {
        self.find("SELECT id FROM module WHERE cohort = ?1 AND module = ?2", (cohort, code))
    }

    /// The certificate of the catalogue by code.
    pub fn find_certificate(&self, code: &str) -> Result<Option<CertificateId>> {
        self.find("SELECT id FROM catalogue WHERE certificate = ?1", [code])
    }

    /// The funder of a code.
    pub fn find_funder(&self, code: &str) -> Result<Option<FunderId>> {
        self.find("SELECT id FROM funder WHERE funder = ?1", [code])
    }

    /// The grant of a code.
    pub fn find_grant(&self, code: &str) -> Result<Option<GrantId>> {
        self.find("SELECT id FROM grants WHERE \"grant\" = ?1", [code])
    }

    /// The value of a setting.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let sql = "SELECT value FROM setting WHERE key = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([key], |r| r.get(0)).optional()?)
    }

    /// All codes of a reference, for suggestions: cohorts, modules, certificates, funders or grants.
    pub fn codes(&self, table: crate::domain::kind::Target) -> Result<Vec<String>> {
        use crate::domain::kind::Target;
        let sql = match table {
            Target::Cohort => "SELECT cohort FROM cohort ORDER BY 1",
            Target::Trainee => "SELECT slug FROM person ORDER BY 1",
            Target::Module => "SELECT DISTINCT module FROM module ORDER BY 1",
            Target::Certificate => "SELECT certificate FROM catalogue ORDER BY 1",
            Target::Funder => "SELECT funder FROM funder ORDER BY 1",
            Target::Grant => "SELECT \"grant\" FROM grants ORDER BY 1",
        };
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many issued reports bear the code of a funder, reopened ones too.
    pub fn issued_to(&self, funder: &str) -> Result<i64> {
        let sql = "SELECT count(*) FROM close WHERE funder = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([funder], |r| r.get(0))?)
    }

    /// How many rows of other tables point at a record, by table: what forbids its removal.
    pub fn dependents(&self, table: &str, id: RecordId) -> Result<Vec<(&'static str, i64)>> {
        let mut found = Vec::new();
        for child in super::table::TABLES {
            let mut links =
                self.conn.prepare_cached("SELECT \"from\" FROM pragma_foreign_key_list(?1) WHERE \"table\" = ?2")?;
            let columns: Vec<String> =
                links.query_map([child.name, table], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            for column in columns {
                let sql = format!("SELECT count(*) FROM {} WHERE \"{column}\" = ?1", child.name);
                let count: i64 = self.conn.prepare_cached(&sql)?.query_row([id], |r| r.get(0))?;
                if count > 0 {
                    found.push((child.name, count));
                }
            }
        }
        Ok(found)
    }
}
