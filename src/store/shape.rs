//! How the records of each kind lie in their tables, derived from what the kind says of itself: the one home of the columns
//! of fields, of the statement that reads a kind, of its order and of its natural key.

use super::table::{self, Table};
use crate::domain::ClosedList;
use crate::domain::kind::{Field, FieldAt, Holds, Kind, Owner, Target};
use std::sync::OnceLock;

/// How the records of a kind are read.
pub(super) struct Shape {
    /// The statement without condition and order.
    pub select: String,
    /// The table of its records.
    pub table: &'static Table,
    /// The column of a record's number.
    pub id: &'static str,
    /// The column of the cohort that its records belong to; empty where they belong to none.
    pub cohort: &'static str,
    /// The column of the person that its records are about; empty where they are about none.
    pub person: &'static str,
    /// The order of exports.
    pub order: String,
}

/// How the records of a kind are found by their natural key and written: what a command that only reads never asks.
pub(super) struct Rows {
    /// The condition that finds a record by its natural key.
    pub is_key: String,
    /// What stands in the places of that condition.
    pub key: Vec<Source>,
    rows: Vec<(&'static str, Vec<Source>)>,
}

impl Rows {
    /// What stands in each column of a table that holds records of the kind, or a part of them.
    pub fn row(&self, table: &Table) -> &[Source] {
        self.rows.iter().find(|(name, _)| *name == table.name).map_or(&[], |(_, sources)| sources)
    }
}

/// What stands in a column of a record's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The number of the record.
    Number,
    /// The number of the participation that it hangs on.
    Stay,
    /// The number of another record.
    Link(Target),
    /// The value of a field, by its position.
    Value(usize),
    /// The folded name of a person.
    Folded,
    /// The key of a funder's pseudonyms.
    Secret,
}

/// The shape of a kind, worked out once.
pub(super) fn of(kind: Kind) -> &'static Shape {
    static SHAPES: [OnceLock<Shape>; Kind::ALL.len()] = [const { OnceLock::new() }; Kind::ALL.len()];
    SHAPES[kind as usize].get_or_init(|| shape(kind))
}

/// How records of a kind are written, worked out once.
pub(super) fn rows_of(kind: Kind) -> &'static Rows {
    static ROWS: [OnceLock<Rows>; Kind::ALL.len()] = [const { OnceLock::new() }; Kind::ALL.len()];
    ROWS[kind as usize].get_or_init(|| rows(kind))
}

/// The column of a field in the table of its record; what is named by a reference has that of the number.
pub(super) fn column(at: FieldAt) -> &'static str {
    let name = at.name;
    match (at.kind, name) {
        (Kind::Slots | Kind::Attendance, "date") => "day",
        (Kind::Modules | Kind::Licence, "hours") => "minutes",
        (_, "from") => "from_day",
        (_, "to") => "to_day",
        (Kind::Trainees, "trainee") => "slug",
        _ if at.names_a(Target::Trainee) => "person",
        _ => name,
    }
}

/// The field that a column holds; what tells whose a record is belongs to no field.
pub(super) fn field_of(kind: Kind, column: &str) -> Option<FieldAt> {
    kind.all_at().find(|at| self::column(*at) == column && !at.names_a(Target::Trainee))
}

/// The tables with fields of a kind, parts first.
pub(super) fn tables(kind: Kind) -> impl Iterator<Item = &'static str> {
    let declared = kind.declaration();
    let holds =
        move |name: &str| Table::named(name).is_some_and(|t| t.columns.iter().any(|c| field_of(kind, c).is_some()));
    declared.parts.iter().copied().filter(move |name| holds(name)).chain([declared.table])
}

/// What stands in a column of a table that holds records of a kind, or a part of them.
fn source(kind: Kind, column: &str) -> Source {
    match column {
        "participation" => Source::Stay,
        "person" => Source::Link(Target::Trainee),
        "folded" => Source::Folded,
        "secret" => Source::Secret,
        _ => kind.all_at().find(|at| self::column(*at) == column).map_or(Source::Number, value),
    }
}

fn value(at: FieldAt) -> Source {
    match at.holds {
        Holds::Ref(target) => Source::Link(target),
        _ => Source::Value(at.position()),
    }
}

/// Where the code of a record that a field names stands: the alias of its table, the table, and the column.
fn named(target: Target) -> (&'static str, &'static str, &'static str) {
    match target {
        Target::Cohort => ("c", "cohort", "cohort"),
        Target::Trainee => ("p", "person", "slug"),
        Target::Module => ("m", "module", "module"),
        Target::Certificate => ("k", "catalogue", "certificate"),
        Target::Funder => ("f", "funder", "funder"),
        Target::Grant => ("g", "grants", "grant"),
        Target::Staff => ("s", "staff", "staff"),
        Target::Company => ("co", "company", "company"),
        Target::Opening => ("o", "opening", "opening"),
    }
}

/// The table of the records that references of this sort name.
pub(super) fn table_of(target: Target) -> &'static str {
    named(target).1
}

/// Where a field is read: the alias of a table, and a column.
fn place(at: FieldAt) -> (&'static str, &'static str) {
    if let Source::Link(target) = value(at) {
        let (alias, _, code) = named(target);
        (alias, code)
    } else {
        (alias(at), column(at))
    }
}

/// The table that a value is read from: identity and contact of a trainee stand apart from the participation.
fn alias(at: FieldAt) -> &'static str {
    let holds = |table: &Table| at.kind == Kind::Trainees && table.columns.contains(&column(at));
    if holds(&table::PERSON) {
        "p"
    } else if holds(&table::CONTACT) {
        "k"
    } else {
        "t"
    }
}

/// Reads a field under its own name.
fn select_field(sql: &mut String, at: FieldAt) {
    sql.push_str(", ");
    if let Holds::CohortCodes = at.holds {
        sql.push_str(include_str!("sql/grants/cohort_codes.sql").trim_end());
    } else {
        let (table, column) = place(at);
        sql.extend([table, ".\"", column, "\""]);
    }
    sql.extend([" AS \"", at.name, "\""]);
}

fn shape(kind: Kind) -> Shape {
    let declared = kind.declaration();
    let (cohort, person) = match declared.owner {
        Owner::School | Owner::Grant => ("", ""),
        Owner::Cohort => ("t.cohort", ""),
        Owner::Person => ("", "t.person"),
        Owner::Stay => ("pa.cohort", "pa.person"),
    };
    let table = Table::named(declared.table).unwrap_or(&table::SETTING);
    let plain = Shape {
        select: select(kind),
        table,
        id: if table.numbered() { "t.id" } else { "t.key" },
        cohort,
        person,
        order: order(kind),
    };
    match kind {
        Kind::Cohorts => Shape { cohort: "t.id", ..plain },
        Kind::Trainees => {
            Shape { id: "p.id", cohort: "t.cohort", order: "c.start, c.cohort, p.folded, p.id".to_owned(), ..plain }
        }
        Kind::Attendance => Shape {
            select: include_str!("sql/attendance/records.sql").to_owned(),
            id: "pa.id",
            order: "c.start, c.cohort, pa.cohort, pa.id, t.day, t.half".to_owned(),
            ..plain
        },
        _ => plain,
    }
}

fn rows(kind: Kind) -> Rows {
    let declared = kind.declaration();
    let tables = std::iter::once(&declared.table).chain(declared.parts).filter_map(|name| Table::named(name));
    let rows = tables.map(|table| (table.name, table.columns.iter().map(|column| source(kind, column)).collect()));
    let natural = natural(kind);
    let key: Vec<String> = natural.iter().zip(1..).map(|((column, _), n)| format!("t.\"{column}\" IS ?{n}")).collect();
    Rows {
        is_key: format!("WHERE {}\n", key.join(" AND ")),
        key: natural.into_iter().map(|(_, source)| source).collect(),
        rows: rows.collect(),
    }
}

/// The statement that reads a kind: its number, then its fields in their order.
fn select(kind: Kind) -> String {
    let declared = kind.declaration();
    let number = match kind {
        Kind::Trainees => "p.id AS id",
        _ if declared.numbered => "t.id AS id",
        _ => "NULL AS id",
    };
    // Written into one text: a command may read every kind of a person.
    let mut sql = String::with_capacity(1024);
    sql.extend(["SELECT ", number]);
    kind.all_at().for_each(|at| select_field(&mut sql, at));
    sql.extend(["\nFROM ", declared.table, " t\n"]);
    if declared.owner == Owner::Stay {
        sql.push_str("JOIN participation pa ON pa.id = t.participation\n");
    }
    for at in kind.all_at() {
        let Source::Link(target) = value(at) else { continue };
        let (alias, table, _) = named(target);
        let join = if at.mandatory { "JOIN" } else { "LEFT JOIN" };
        let from = match (declared.owner, target) {
            (Owner::Stay, Target::Cohort | Target::Trainee) => "pa",
            _ => "t",
        };
        sql.extend([join, " ", table, " ", alias, " ON ", alias, ".id = ", from, ".\"", column(at), "\"\n"]);
    }
    if kind == Kind::Trainees {
        sql.push_str("JOIN person p ON p.id = t.person\nLEFT JOIN contact k ON k.person = p.id\n");
    }
    sql
}

/// By the owner, then as the kind says, then by number.
fn order(kind: Kind) -> String {
    let declared = kind.declaration();
    let owner: &[&str] = match declared.owner {
        Owner::School => &[],
        Owner::Cohort => &["c.start", "c.cohort"],
        Owner::Grant => &["g.\"grant\""],
        Owner::Person => &["p.folded", "p.id"],
        Owner::Stay => &["c.start", "c.cohort", "p.folded", "p.id"],
    };
    let own = declared.order.iter().map(|at| place(*at)).map(|(table, column)| format!("{table}.\"{column}\""));
    let number = declared.numbered.then(|| "t.id".to_owned());
    owner.iter().map(|column| (*column).to_owned()).chain(own).chain(number).collect::<Vec<_>>().join(", ")
}

/// The owner, then the other fields of the key.
fn natural(kind: Kind) -> Vec<(&'static str, Source)> {
    let owner = kind.declaration().owner;
    let of_owner = |field: &Field| match owner {
        Owner::Stay => field.names_a(Target::Cohort) || field.names_a(Target::Trainee),
        Owner::Person => field.names_a(Target::Trainee),
        Owner::School | Owner::Cohort | Owner::Grant => false,
    };
    let first = match owner {
        Owner::Stay => Some(("participation", Source::Stay)),
        Owner::Person => Some(("person", Source::Link(Target::Trainee))),
        Owner::School | Owner::Cohort | Owner::Grant => None,
    };
    let rest = kind.all_at().filter(|at| at.key && !of_owner(at));
    first.into_iter().chain(rest.map(|at| (column(at), value(at)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_key(kind: Kind, columns: &[&str]) {
        let found: Vec<&str> = natural(kind).into_iter().map(|(column, _)| column).collect();
        assert_eq!(found, columns, "{kind:?}");
    }

    #[test]
    fn the_natural_key_begins_with_the_owner() {
        check_key(Kind::Catalogue, &["certificate"]);
        check_key(Kind::Trainees, &["person", "cohort"]);
        check_key(Kind::Slots, &["cohort", "day", "half"]);
        check_key(Kind::Results, &["participation", "module", "date"]);
        check_key(Kind::Licence, &["person", "step", "date"]);
        check_key(Kind::Interviews, &["participation", "date", "kind", "minutes", "staff", "at"]);
        check_key(Kind::Placements, &["participation", "type", "company", "start"]);
        check_key(Kind::Notes, &["person", "date", "text"]);
        check_key(Kind::Targets, &["grant", "indicator", "by"]);
        check_key(Kind::Budget, &["cohort", "grant", "side", "class", "label"]);
    }

    #[track_caller]
    fn check_order(kind: Kind, order: &str) {
        assert_eq!(of(kind).order.replace('"', ""), order, "{kind:?}");
    }

    #[test]
    fn records_come_by_their_owner_then_as_the_kind_says() {
        check_order(Kind::Settings, "t.key");
        check_order(Kind::Cohorts, "t.start, t.cohort, t.id");
        check_order(Kind::Trainees, "c.start, c.cohort, p.folded, p.id");
        check_order(Kind::Attendance, "c.start, c.cohort, pa.cohort, pa.id, t.day, t.half");
        check_order(Kind::Licence, "p.folded, p.id, t.date, t.id");
        check_order(Kind::Placements, "c.start, c.cohort, p.folded, p.id, t.start, t.id");
        check_order(Kind::Budget, "c.start, c.cohort, t.side, t.class, t.label, g.grant, t.id");
    }

    #[test]
    fn every_column_of_a_record_is_a_number_a_link_or_a_field() {
        for kind in Kind::ALL {
            // The marks of half-days are packed: `store::attendance` knows how.
            for (name, sources) in rows_of(*kind).rows.iter().filter(|_| *kind != Kind::Attendance) {
                let numbered = Table::named(name).is_some_and(Table::numbered);
                let numbers = sources.iter().filter(|source| **source == Source::Number).count();
                let apart = matches!(*name, "alias" | "template" | "grant_cohort");
                assert!(apart || numbers == usize::from(numbered), "{name} has a column that no field fills");
            }
        }
    }

    #[test]
    fn every_field_has_a_column_or_names_a_record() {
        for at in Kind::ALL.iter().flat_map(|kind| kind.all_at()).filter(|at| at.kind != Kind::Attendance) {
            let declared = at.kind.declaration();
            let tables = std::iter::once(&declared.table).chain(declared.parts).filter_map(|name| Table::named(name));
            let held = tables.into_iter().any(|table| table.columns.contains(&column(at)));
            let of_owner = matches!(value(at), Source::Link(Target::Cohort)) && declared.owner == Owner::Stay
                || matches!(value(at), Source::Link(Target::Trainee));
            let in_a_part = at.kind == Kind::Grants && at.name == "cohorts";
            assert!(held || of_owner || in_a_part, "{at:?} has no column");
        }
    }
}
