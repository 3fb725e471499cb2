//! The small school: two cohorts that overlap, one still to come, a person in two of them, two funders.

use crate::domain::cohort::Half;
use crate::domain::facts::Facts;
use crate::domain::id::{CohortId, FunderId, GrantId, PersonId, RecordId, StayId};
use crate::domain::kind::Holds;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{Act, Date, Kind, Record, Value};
use crate::store::attendance::{HalfDay, Mark};
use crate::store::facts::{Breadth, FactsRequest, MarkDetail};
use crate::store::records::Links;
use crate::store::{NewOperation, Store, Tx};
use tempfile::TempDir;

pub const B1: CohortId = CohortId::from_number(1);
pub const A1: CohortId = CohortId::from_number(2);
pub const CID: PersonId = PersonId::from_number(1);
pub const ANA: PersonId = PersonId::from_number(2);
pub const BOB: PersonId = PersonId::from_number(3);
pub const CID_IN_B1: StayId = StayId::from_number(1);
pub const ANA_IN_A1: StayId = StayId::from_number(2);
pub const ANA_IN_B1: StayId = StayId::from_number(3);
pub const BOB_IN_A1: StayId = StayId::from_number(4);

pub fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

/// All of the school as it stood at the end of 2019.
pub fn everything() -> FactsRequest {
    FactsRequest {
        cohorts: None,
        funder: None,
        from: day("2018-01-01"),
        to: day("2019-12-31"),
        as_of: day("2019-12-31"),
        detail: MarkDetail::Summed,
        breadth: Breadth::Everything,
    }
}

pub struct School {
    pub store: Store,
    operations: u32,
    _folder: TempDir,
}

fn operation(number: u32) -> NewOperation {
    NewOperation {
        stamp: format!("2020-01-01T00:00:{number:02}Z"),
        day: day("2020-01-01"),
        act: Act::Import,
        kind: "trainees",
        command: format!("command {number}"),
    }
}

/// A record from `field=value` words.
pub fn record(kind: Kind, words: &str) -> Record {
    let mut record = Record::new(kind);
    for word in words.split_whitespace() {
        let (name, text) = word.split_once('=').unwrap();
        let field = kind.field(name).unwrap();
        let value = match field.holds {
            Holds::Date => Value::Date(day(text)),
            Holds::Bool => Value::Bool(text == "true"),
            Holds::Int(..) | Holds::Minutes(..) | Holds::Hours | Holds::Cents | Holds::Hundredths => {
                Value::Int(text.parse().unwrap())
            }
            Holds::List(list) => Value::Code(list.codes.iter().find(|c| **c == text).unwrap()),
            _ => Value::Text(text.to_owned()),
        };
        record.set(field, Some(value));
    }
    record
}

pub fn cohort(number: CohortId) -> Links {
    Links { cohort: Some(number), ..Links::default() }
}

pub fn participation(number: StayId) -> Links {
    Links { participation: Some(number), ..Links::default() }
}

fn person(number: PersonId) -> Links {
    Links { person: Some(number), ..Links::default() }
}

pub fn present(participation: StayId, date: &str, half: Half, minutes: i64) -> (HalfDay, Mark) {
    let status = if minutes > 0 { AttendanceStatus::Present } else { AttendanceStatus::Unexcused };
    let mark = Mark { status, minutes, justification: None, signed_trainee: false, signed_trainer: true };
    (HalfDay { participation, date: day(date), half }, mark)
}

pub const COHORT: &str = "places=12 slot_minutes=210 training_status=other nsf=326 integration_days=30";
const ANSWERS: &str = "in_education=no disability=unknown income_support=yes priority_district=no rural=refused \
    third_country=yes foreign_background=no minority=unknown homeless=refused consent_stories=unknown";

/// Saves records, one `(kind, links, words)` each.
fn save_all(tx: &mut Tx<'_>, rows: Vec<(Kind, Links, &str)>) -> anyhow::Result<()> {
    for (kind, links, words) in rows {
        tx.save(&links, &record(kind, words))?;
    }
    Ok(())
}

fn write_cohorts(tx: &mut Tx<'_>) -> anyhow::Result<()> {
    let certificate = tx.lookup().find_certificate("AIPR")?;
    for (links, words) in [
        (Links::default(), "cohort=B1 start=2019-01-07 end=2019-03-29"),
        (Links { certificate, ..Links::default() }, "cohort=A1 start=2018-11-05 end=2019-02-01"),
        (Links::default(), "cohort=LATER start=2020-11-05 end=2021-02-01"),
    ] {
        tx.save(&links, &record(Kind::Cohorts, &format!("{words} {COHORT}")))?;
    }
    save_all(
        tx,
        vec![
            (Kind::Modules, cohort(A1), "module=F02 stream=technical title=Cable"),
            (Kind::Modules, cohort(A1), "module=F01 stream=general"),
            (Kind::Slots, cohort(A1), "date=2019-02-01 half=am kind=centre minutes=210"),
            (Kind::Slots, cohort(A1), "date=2018-11-05 half=pm kind=cancelled minutes=210"),
            (Kind::Slots, cohort(A1), "date=2018-11-05 half=am kind=centre minutes=210"),
            (Kind::Slots, cohort(A1), "date=2018-12-10 half=pm kind=centre minutes=210"),
            (Kind::Slots, cohort(A1), "date=2018-12-10 half=am kind=company minutes=210"),
            (Kind::Slots, cohort(B1), "date=2019-01-07 half=am kind=centre minutes=180"),
        ],
    )
}

fn write_people(tx: &mut Tx<'_>) -> anyhow::Result<()> {
    let ana = "trainee=ana first_name=ana birth_date=2000-02-29 sex=F";
    let left = "application_date=2018-10-01 decision=admitted entry=2018-11-05 exit=2018-12-14 exit_reason=job \
        status_at_entry=unemployed status_since=2017-01-01 education=2 licence_at_entry=code";
    for (links, words) in [
        (cohort(B1), "trainee=cid first_name=cid entry=2019-01-07 exit=2019-03-29 exit_reason=completed".to_owned()),
        (cohort(A1), format!("{ana} {left}")),
        (
            Links { person: Some(ANA), ..cohort(B1) },
            format!("{ana} entry=2019-01-07 exit=2019-03-29 exit_reason=completed"),
        ),
        (cohort(A1), "trainee=bob first_name=bob entry=2018-11-05".to_owned()),
    ] {
        tx.save(&links, &record(Kind::Trainees, &format!("{words} last_name=X {ANSWERS}")))?;
    }
    tx.insert_marks(&mut [
        present(ANA_IN_A1, "2018-11-05", Half::Am, 0),
        present(ANA_IN_A1, "2018-12-10", Half::Am, 200),
        present(ANA_IN_A1, "2018-12-10", Half::Pm, 210),
        present(BOB_IN_A1, "2018-12-10", Half::Pm, 210),
        present(BOB_IN_A1, "2018-11-05", Half::Am, 210),
        present(BOB_IN_A1, "2019-02-01", Half::Am, 0),
        present(CID_IN_B1, "2019-01-07", Half::Am, 0),
    ])
}

fn write_progress(tx: &mut Tx<'_>) -> anyhow::Result<()> {
    let technical = Links { module: tx.lookup().find_module(A1, "F02")?, ..participation(ANA_IN_A1) };
    let certificate = Links { certificate: tx.lookup().find_certificate("AIPR")?, ..participation(BOB_IN_A1) };
    let (ana, again, bob) = (participation(ANA_IN_A1), participation(ANA_IN_B1), participation(BOB_IN_A1));
    save_all(
        tx,
        vec![
            (Kind::Results, technical.clone(), "date=2018-12-01 outcome=validated"),
            (Kind::Results, technical, "date=2018-11-20 outcome=failed"),
            (Kind::Certificates, certificate, "date=2019-01-30 outcome=obtained"),
            (Kind::Licence, person(ANA), "step=driving_exam date=2019-06-03 outcome=passed"),
            (Kind::Licence, person(ANA), "step=lesson date=2018-12-03 hours=90"),
            (Kind::Interviews, bob.clone(), "date=2018-11-12 kind=follow_up minutes=45"),
            (Kind::Interviews, ana.clone(), "date=2018-11-12 kind=tutorial"),
            (Kind::Placements, again, "type=CDI company=Fibre start=2019-04-01 prehire=false"),
            (
                Kind::Placements,
                ana.clone(),
                "type=INTERIM company=Agency user_company=Fibre start=2018-12-17 planned_end=2019-01-31 \
                 actual_end=2019-01-15 prehire=true evidence=contract",
            ),
            (Kind::Placements, bob, "type=CDD start=2018-12-20 end_reason=not_started prehire=false"),
            (Kind::Followups, ana.clone(), "point=3m date=2019-03-16 reached=true"),
            (Kind::Followups, ana, "point=3m date=2019-03-14 reached=false"),
        ],
    )
}

fn write_money(tx: &mut Tx<'_>) -> anyhow::Result<()> {
    let key = |secret: &str| Links { secret: secret.to_owned(), ..Links::default() };
    let region = "funder=REG name=Region lang=fr dialect=csv-fr level=contract people=none";
    let city = "funder=CITY name=City lang=en dialect=csv level=public suppress_below=3 people=pseudonymised";
    let (reg, paid) =
        (tx.save(&key("01"), &record(Kind::Funders, region))?, tx.save(&key("00ff1a"), &record(Kind::Funders, city))?);
    let grant = |funder: FunderId, cohorts: &[CohortId]| Links {
        funder: Some(funder),
        cohorts: cohorts.to_vec(),
        ..Links::default()
    };
    let first = tx.save(&grant(FunderId::of(reg), &[A1, B1]), &record(Kind::Grants, "grant=G-REG"))?;
    let second = tx.save(&grant(FunderId::of(paid), &[B1]), &record(Kind::Grants, "grant=G-CITY"))?;
    let of = |grant: RecordId| Links { grant: Some(GrantId::of(grant)), ..Links::default() };
    save_all(
        tx,
        vec![
            (Kind::Targets, of(first), "indicator=entrants value=1200"),
            (Kind::Targets, of(first), "indicator=attendance_rate value=9000"),
            (Kind::Targets, of(second), "indicator=entrants value=500"),
            (
                Kind::Budget,
                Links { grant: Some(GrantId::of(first)), ..cohort(A1) },
                "side=income class=74 planned=50000 realised=50000",
            ),
            (Kind::Budget, cohort(A1), "side=charge class=60 planned=100000"),
            (Kind::Budget, cohort(B1), "side=charge class=64 realised=125"),
        ],
    )
}

impl School {
    /// A file with everything above, written by operation 2.
    pub fn new() -> School {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::init(&folder.path().join("school.db"), "id", &operation(0)).unwrap();
        let mut school = School { store, operations: 0, _folder: folder };
        school.write(|tx| {
            write_cohorts(tx)?;
            write_people(tx)?;
            write_progress(tx)?;
            write_money(tx)
        });
        school
    }

    /// One more operation.
    pub fn write(&mut self, act: impl FnOnce(&mut Tx<'_>) -> anyhow::Result<()>) {
        self.operations += 1;
        self.store.write(&operation(self.operations), act).unwrap();
    }

    /// One more record without links.
    pub fn save(&mut self, kind: Kind, words: &str) {
        self.write(|tx| tx.save(&Links::default(), &record(kind, words)).map(|_| ()));
    }

    /// What the store gives for a request.
    pub fn facts(&self, request: &FactsRequest) -> Facts {
        self.store.facts(request).unwrap()
    }

    /// A later operation that inserts, updates and deletes.
    pub fn change_everything(&mut self) {
        self.write(|tx| {
            let (at, mark) = present(ANA_IN_A1, "2018-11-05", Half::Am, 100);
            tx.update_mark(at, mark)?;
            tx.delete_mark(present(BOB_IN_A1, "2018-11-05", Half::Am, 0).0)?;
            tx.insert_marks(&mut [present(ANA_IN_B1, "2019-01-07", Half::Am, 180)])?;
            let mut later = record(Kind::Placements, "type=CDI company=Other start=2018-12-01 prehire=false");
            later.id = Some(RecordId::from_number(1));
            tx.save(&participation(ANA_IN_A1), &later)?;
            tx.remove(Kind::Results, RecordId::from_number(1), &Links::default())?;
            tx.remove(Kind::Slots, RecordId::from_number(3), &Links::default())?;
            tx.save(&cohort(A1), &record(Kind::Slots, "date=2018-12-11 half=am kind=centre minutes=210"))?;
            tx.save(
                &Links::default(),
                &record(Kind::Cohorts, &format!("cohort=NEW start=2018-12-01 end=2018-12-31 {COHORT}")),
            )?;
            Ok(())
        });
    }
}
