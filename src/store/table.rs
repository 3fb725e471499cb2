//! The journaled tables, each once: names, keys and columns for history, undo, dumps and views of the past.

use anyhow::{Context, Result};
use rusqlite::types::Value as Sql;
use std::sync::OnceLock;

/// A table whose rows carry `op` and whose older versions go to `history`.
#[derive(Debug)]
pub struct Table {
    /// Its name, also `history.kind`.
    pub name: &'static str,
    /// How many of the first columns make the key.
    pub key: usize,
    /// All columns but `op`, key first.
    pub columns: &'static [&'static str],
    /// The statement that inserts a row, worded once.
    insert: OnceLock<String>,
}

/// A row: one value per column of its table, `op` left out.
pub type Row = Vec<Sql>;

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident = $table:literal, $key:literal, [$($column:literal),+];)+) => {
        $($(#[$doc])* pub static $name: Table = Table { name: $table, key: $key, columns: &[$($column),+], insert: OnceLock::new() };)+
        /// Every journaled table, parents before children.
        pub static TABLES: &[&Table] = &[$(&$name),+];
    };
}

tables! {
    /// Certificates that exist.
    CATALOGUE = "catalogue", 1, ["id", "certificate", "label", "registry", "counts_as_qualification", "valid_months",
        "level", "certifier"];
    /// Cohorts.
    COHORT = "cohort", 1, ["id", "cohort", "title", "site", "start", "end", "places", "slot_minutes", "training_status",
        "nsf", "integration_days", "certificate", "am_hours", "pm_hours", "driving_hours"];
    /// Modules of a cohort.
    MODULE = "module", 1, ["id", "cohort", "module", "title", "stream", "minutes"];
    /// Who works at the school.
    STAFF = "staff", 1, ["id", "staff", "last_name", "first_name", "role", "employment", "weekly_hours", "from_day",
        "to_day"];
    /// Figures about the territory.
    CONTEXT = "context", 1, ["id", "territory", "figure", "date", "value", "source"];
    /// Half-days of a cohort's calendar.
    SLOT = "slot", 1, ["id", "cohort", "day", "half", "kind", "module", "trainer", "minutes"];
    /// Funders.
    FUNDER = "funder", 1, ["id", "funder", "name", "lang", "dialect", "level", "suppress_below", "rate_min_denominator",
        "people", "secret"];
    /// Layouts of the funders' reports.
    TEMPLATE = "template", 1, ["funder", "toml"];
    /// Grants.
    GRANTS = "grants", 1, ["id", "grant", "funder", "object", "amount", "from_day", "to_day",
        "signed_on", "report_due", "object_classes"];
    /// Which cohorts a grant pays for.
    GRANT_COHORT = "grant_cohort", 2, ["grant", "cohort"];
    /// Targets of a grant.
    TARGET = "target", 1, ["id", "grant", "indicator", "value"];
    /// Identities.
    PERSON = "person", 1, ["id", "slug", "ref", "last_name", "first_name", "folded", "birth_date", "sex"];
    /// Slugs and references that people had before their records were merged.
    ALIAS = "alias", 2, ["field", "name", "person"];
    /// Ways to reach a person, apart so that a new phone number re-dates nothing else.
    CONTACT = "contact", 1, ["person", "phone", "email", "address", "postal_code", "commune"];
    /// Participations.
    PARTICIPATION = "participation", 1, ["id", "person", "cohort", "application_date", "interview_date", "decision",
        "referrer_kind", "referrer", "entry", "exit", "exit_reason", "status_at_entry", "status_since", "in_education",
        "education", "disability", "income_support", "priority_district", "rural", "third_country",
        "foreign_background", "minority", "homeless", "licence_at_entry", "informed_on", "consent_stories",
        "meeting_on", "motivation", "motivation_note", "decided_on", "decided_by", "decision_reason", "waiting_rank"];
    /// Marks of half-days.
    ATTENDANCE = "attendance", 3, ["participation", "day", "half", "mark"];
    /// Module results.
    RESULT = "result", 1, ["id", "participation", "module", "date", "outcome", "mark", "out_of"];
    /// Attempts at certificates.
    CERTIFICATE = "certificate", 1, ["id", "participation", "certificate", "date", "outcome", "expires"];
    /// Licence events.
    LICENCE = "licence", 1, ["id", "person", "step", "date", "outcome", "minutes", "financed_by",
        "school", "cost", "grant"];
    /// What stands in somebody's way.
    OBSTACLE = "obstacle", 1, ["id", "person", "kind", "since", "action", "partner", "lifted_on", "result"];
    /// Interviews.
    INTERVIEW = "interview", 1, ["id", "participation", "date", "kind", "minutes", "note", "staff", "at",
        "session", "grant", "goal", "next_on", "next_action"];
    /// Partner companies.
    COMPANY = "company", 1, ["id", "company", "siret", "sector", "address", "postal_code", "commune", "contact",
        "contact_role", "phone", "email", "partner_since", "agreement_on", "note"];
    /// Posts of companies.
    OPENING = "opening", 1, ["id", "company", "opening", "opened", "posts", "type", "start", "closed", "note"];
    /// Situations.
    PLACEMENT = "placement", 1, ["id", "participation", "type", "company", "start", "planned_end", "actual_end",
        "end_reason", "weekly_hours", "prehire", "job", "evidence", "seen_on", "user_company"];
    /// Trainees proposed for openings.
    PROPOSAL = "proposal", 1, ["id", "opening", "person", "date", "outcome"];
    /// Contacts with companies.
    COMPANY_CONTACT = "company_contact", 1, ["id", "company", "date", "kind", "staff", "note", "next_on"];
    /// Attempts to reach people.
    FOLLOWUP = "followup", 1, ["id", "participation", "point", "date", "channel", "reached", "note"];
    /// Notes on a person.
    NOTE = "note", 1, ["id", "person", "date", "text"];
    /// Settings of the school.
    SETTING = "setting", 1, ["key", "value"];
    /// Budget lines.
    BUDGET = "budget", 1, ["id", "cohort", "grant", "side", "class", "label", "planned", "realised"];
    /// Instalments of grants.
    INSTALMENT = "instalment", 1, ["id", "grant", "due", "amount", "received_on", "received", "reference"];
    /// What was spent.
    EXPENSE = "expense", 1, ["id", "cohort", "date", "class", "label", "amount", "supplier", "reference", "grant",
        "staff"];
    /// Sums given to trainees.
    AID = "aid", 1, ["id", "participation", "date", "kind", "amount", "grant", "note"];
    /// Equipment lent to trainees.
    LOAN = "loan", 1, ["id", "person", "item", "given", "due", "returned", "value", "note"];
}

impl Table {
    /// The table of a name.
    pub fn named(name: &str) -> Option<&'static Table> {
        TABLES.iter().copied().find(|t| t.name == name)
    }
    /// Whether its key is a number that the file gives and never gives again.
    pub fn numbered(&self) -> bool {
        self.columns[0] == "id"
    }
    /// Its columns as SQL, quoted, with a prefix such as `t.`.
    pub fn list(&self, prefix: &str) -> String {
        let quoted: Vec<String> = self.columns.iter().map(|c| format!("{prefix}\"{c}\"")).collect();
        quoted.join(", ")
    }
    /// The statement that inserts a row: its columns, then the operation.
    pub fn insert(&self) -> &str {
        self.insert.get_or_init(|| {
            let marks: Vec<String> = (1..=self.columns.len() + 1).map(|i| format!("?{i}")).collect();
            format!("INSERT INTO {} ({}, op) VALUES ({})", self.name, self.list(""), marks.join(", "))
        })
    }
    /// The row that a JSON array of history holds; columns that came later are empty in it.
    pub fn row(&self, json: &str) -> Result<Row> {
        let mut row = row_from_json(json)?;
        row.resize(row.len().max(self.columns.len()), Sql::Null);
        Ok(row)
    }
    /// `"a" = ?1 AND "b" = ?2` over its key, numbered from `first`.
    pub fn key_is(&self, first: usize) -> String {
        let parts: Vec<String> =
            self.columns[..self.key].iter().enumerate().map(|(i, c)| format!("\"{c}\" = ?{}", first + i)).collect();
        parts.join(" AND ")
    }
    /// The key of a row as JSON, as `history.key` holds it: `[12]`.
    pub fn key_json(&self, key: &[Sql]) -> String {
        row_json(&key[..self.key])
    }
}

/// An SQL value as JSON; the journaled tables hold numbers and text only.
pub fn json(value: &Sql) -> serde_json::Value {
    match value {
        Sql::Integer(n) => (*n).into(),
        Sql::Real(x) => (*x).into(),
        Sql::Text(t) => t.as_str().into(),
        Sql::Null | Sql::Blob(_) => serde_json::Value::Null,
    }
}

/// The SQL value of a JSON scalar of `history`.
pub fn from_json(value: &serde_json::Value) -> Sql {
    match value {
        serde_json::Value::Number(n) => n.as_i64().map_or(Sql::Null, Sql::Integer),
        serde_json::Value::String(t) => Sql::Text(t.clone()),
        _ => Sql::Null,
    }
}

/// The row that a JSON array of history or a key holds.
pub fn row_from_json(json: &str) -> Result<Row> {
    let array: Vec<serde_json::Value> = serde_json::from_str(json).context("history holds an unreadable row")?;
    Ok(array.iter().map(from_json).collect())
}

/// A row as history keeps it, a JSON array.
pub fn row_json(row: &[Sql]) -> String {
    serde_json::Value::Array(row.iter().map(json).collect()).to_string()
}
