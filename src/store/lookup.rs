//! Names to numbers: cohorts by code, people by slug, and what the record rules need to know about them.

use crate::domain::Date;
use crate::domain::folding::company_key;
use crate::domain::id::{
    CertificateId, CohortId, CompanyId, FunderId, GrantId, ModuleId, OpeningId, PersonId, RecordId, StaffId, StayId,
};
use crate::store::file::open::Store;
use crate::store::former_names::Former;
use crate::store::journal::tx::Tx;
use crate::store::rows::{each_row, rows};
use anyhow::Result;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Params};
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

/// The statement that reads those people, stays or cohorts that fit a condition.
macro_rules! selected {
    (people $which:literal) => {
        concat!(include_str!("sql/trainees/identities.sql"), $which, "\nORDER BY id")
    };
    (stays $which:literal) => {
        concat!(include_str!("sql/trainees/stays.sql"), $which, "\nORDER BY entry, id")
    };
    (cohorts $which:literal) => {
        concat!(include_str!("sql/cohorts/spans.sql"), $which, "\nORDER BY start, cohort")
    };
}

impl Lookup<'_> {
    fn find<T: FromSql>(&self, sql: &str, params: impl Params) -> Result<Option<T>> {
        Ok(self.conn.prepare_cached(sql)?.query_row(params, |r| r.get(0)).optional()?)
    }

    fn spans(&self, sql: &str, params: impl Params) -> Result<Vec<CohortSpan>> {
        Ok(rows!(self.conn, sql, params, CohortSpan { id, code, start, end, slot_minutes }))
    }

    /// All cohorts, by start then code.
    pub fn cohorts(&self) -> Result<Vec<CohortSpan>> {
        self.spans(selected!(cohorts ""), [])
    }

    /// The cohort of a code.
    pub fn find_cohort(&self, code: &str) -> Result<Option<CohortSpan>> {
        Ok(self.spans(selected!(cohorts "WHERE cohort = :code"), [code])?.pop())
    }

    /// The cohort of a number.
    pub fn cohort(&self, id: CohortId) -> Result<Option<CohortSpan>> {
        Ok(self.spans(selected!(cohorts "WHERE id = :id"), [id])?.pop())
    }

    fn people(&self, sql: &str, params: impl Params) -> Result<Vec<Identity>> {
        Ok(rows!(self.conn, sql, params, Identity { id, slug, reference, last_name, first_name, folded, birth_date }))
    }

    /// Everybody, by number.
    pub fn identities(&self) -> Result<Vec<Identity>> {
        self.people(selected!(people ""), [])
    }

    /// The person of a slug, their own or that of a record merged into theirs.
    pub fn find_slug(&self, slug: &str) -> Result<Option<Identity>> {
        match self.people(selected!(people "WHERE slug = :slug"), [slug])?.pop() {
            Some(person) => Ok(Some(person)),
            None => self.find_former(Former::Slug, slug),
        }
    }

    /// The person of a school reference, their own or that of a record merged into theirs.
    pub fn find_reference(&self, reference: &str) -> Result<Option<Identity>> {
        match self.people(selected!(people "WHERE ref = :reference"), [reference])?.pop() {
            Some(person) => Ok(Some(person)),
            None => self.find_former(Former::Reference, reference),
        }
    }

    /// The person whose merged record had this slug or reference.
    pub fn find_former(&self, what: Former, name: &str) -> Result<Option<Identity>> {
        let sql = selected!(people "WHERE id = (SELECT person FROM alias WHERE field = :field AND name = :name)");
        Ok(self.people(sql, [what.code(), name])?.pop())
    }

    /// Every slug that a merged record had, with the slug it leads to.
    pub fn former_slugs(&self) -> Result<Vec<(String, String)>> {
        let sql = include_str!("sql/trainees/former_slugs.sql");
        Ok(rows!(self.conn, sql, [], |former, slug| (former, slug)))
    }

    /// The person of a number.
    pub fn find_person(&self, id: PersonId) -> Result<Option<Identity>> {
        Ok(self.people(selected!(people "WHERE id = :id"), [id])?.pop())
    }

    /// The people of a folded name, whatever their birth date.
    pub fn named(&self, folded: &str) -> Result<Vec<Identity>> {
        self.people(selected!(people "WHERE folded = :folded"), [folded])
    }

    fn stays(&self, sql: &str, params: impl Params) -> Result<Vec<Stay>> {
        Ok(rows!(self.conn, sql, params, Stay { id, person, cohort, entry, exit }))
    }

    /// The participation of a person in a cohort.
    pub fn find_stay(&self, cohort: CohortId, person: PersonId) -> Result<Option<Stay>> {
        Ok(self.stays(selected!(stays "WHERE cohort = :cohort AND person = :person"), (cohort, person))?.pop())
    }

    /// The participations of a person, by entry.
    pub fn stays_of(&self, person: PersonId) -> Result<Vec<Stay>> {
        self.stays(selected!(stays "WHERE person = :person"), [person])
    }

    /// The participations in a cohort, by entry.
    pub fn stays_in(&self, cohort: CohortId) -> Result<Vec<Stay>> {
        self.stays(selected!(stays "WHERE cohort = :cohort"), [cohort])
    }

    /// How many people had entered each cohort by a day, and how many of them had left before it.
    pub fn people_on(&self, day: Date) -> Result<HashMap<CohortId, (usize, usize)>> {
        let mut counts: HashMap<CohortId, (usize, usize)> = HashMap::new();
        each_row!(self.conn, include_str!("sql/cohorts/people_on.sql"), [day.days()], |cohort, has_left| {
            let (entered, left) = counts.entry(cohort).or_default();
            *entered += 1;
            let has_left: bool = has_left;
            *left += usize::from(has_left);
        });
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

    /// Somebody of the staff by code.
    pub fn find_staff(&self, code: &str) -> Result<Option<StaffId>> {
        self.find("SELECT id FROM staff WHERE staff = ?1", [code])
    }

    /// The company of a name, however it is spelt, with the spelling that is recorded.
    pub fn find_company(&self, name: &str) -> Result<Option<(CompanyId, String)>> {
        let Some(wanted) = company_key(name) else { return Ok(None) };
        let all = rows!(self.conn, "SELECT id, company FROM company ORDER BY id", [], |id, company| (id, company));
        let mut same = None;
        for (id, company) in all {
            let (id, company): (CompanyId, String) = (id, company);
            if company == name {
                return Ok(Some((id, company)));
            }
            if same.is_none() && company_key(&company).as_ref() == Some(&wanted) {
                same = Some((id, company));
            }
        }
        Ok(same)
    }

    /// The opening of a code.
    pub fn find_opening(&self, code: &str) -> Result<Option<OpeningId>> {
        self.find("SELECT id FROM opening WHERE opening = ?1", [code])
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
            Target::Staff => "SELECT staff FROM staff ORDER BY 1",
            Target::Company => "SELECT company FROM company ORDER BY 1",
            Target::Opening => "SELECT opening FROM opening ORDER BY 1",
        };
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |r| r.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many reports that left the school bear the code of a funder.
    pub fn issued_to(&self, funder: &str) -> Result<i64> {
        let sql = "SELECT count(*) FROM release WHERE funder = ?1";
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
