//! Random days at the school: everything undone gives the first dump, everything redone the last, and the past is kept.

use super::{P1, School, day, operation, request};
use crate::domain::id::OpId;
use crate::domain::{Act, Kind};
use crate::ops::Mode;
use crate::store::Store;
use proptest::prelude::*;

/// Something done on a day at the school.
#[derive(Debug, Clone)]
enum Deed {
    Person(u8),
    Mark(u8, u8, u8),
    Place(u8, u8, u8),
    Note(u8, u8),
    Exit(u8, u8),
    Undo,
    Redo,
    UndoAt(u8),
}

fn act() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (0..6u8).prop_map(Deed::Person),
        (0..6u8, 0..30u8, 0..3u8).prop_map(|(a, b, c)| Deed::Mark(a, b, c)),
        (0..6u8, 0..4u8, 0..3u8).prop_map(|(a, b, c)| Deed::Place(a, b, c)),
        (0..6u8, 0..3u8).prop_map(|(a, b)| Deed::Note(a, b)),
        (0..6u8, 0..40u8).prop_map(|(a, b)| Deed::Exit(a, b)),
        Just(Deed::Undo),
        Just(Deed::Redo),
        (0..12u8).prop_map(Deed::UndoAt),
    ]
}

/// Does an act; refusals are part of life and leave nothing behind.
fn live(school: &mut School, act: &Deed) {
    let who = |n: u8| format!("person-{n}");
    let iso = |n: u8| day("2018-11-05").plus_days(i32::from(n)).to_string();
    match act {
        Deed::Person(n) => {
            let slug = who(*n);
            let words = [
                ("trainee", slug.as_str()),
                ("last_name", "Person"),
                ("first_name", &slug),
                P1,
                ("entry", "2018-11-05"),
            ];
            school.save(Mode::Upsert, &[request(Kind::Trainees, &words)]);
        }
        Deed::Mark(n, d, s) => {
            let (slug, date) = (who(*n), iso(*d));
            let status = ["present", "excused", "unexcused"][usize::from(*s)];
            let words = [P1, ("trainee", &slug), ("date", &date), ("half", "am"), ("status", status)];
            school.save(Mode::Upsert, &[request(Kind::Attendance, &words)]);
        }
        Deed::Place(n, d, j) => {
            let (slug, date) = (who(*n), iso(*d));
            let job = ["a", "b", "c"][usize::from(*j)];
            let words = [P1, ("trainee", &slug), ("type", "CDI"), ("start", &date), ("job", job)];
            school.save(Mode::Upsert, &[request(Kind::Placements, &words)]);
        }
        Deed::Note(n, t) => {
            let (slug, text) = (who(*n), format!("note {t}"));
            let words = [("trainee", slug.as_str()), ("date", "2018-12-05"), ("text", &text)];
            school.save(Mode::Upsert, &[request(Kind::Notes, &words)]);
        }
        Deed::Exit(n, d) => {
            let (slug, date) = (who(*n), iso(*d));
            let words = [
                ("trainee", slug.as_str()),
                ("last_name", "Person"),
                ("first_name", &slug),
                P1,
                ("exit", &date),
                ("exit_reason", "job"),
            ];
            school.save(Mode::Edit, &[request(Kind::Trainees, &words)]);
        }
        Deed::Undo => step(school, Act::Undo),
        Deed::Redo => step(school, Act::Redo),
        Deed::UndoAt(back) => {
            let newest = school.store.newest_operation().unwrap();
            let target = OpId::from_number(newest.number() - i64::from(*back));
            let standing = school.store.operations().unwrap().iter().any(|o| {
                o.number == target && target > school.opened && !o.undone && o.undoes.is_none() && !o.is_final()
            });
            if standing {
                let _ = school.store.undo(target, &operation(Act::Undo));
            }
        }
    }
}

fn step(school: &mut School, act: Act) {
    let target = if act == Act::Undo { school.store.last_undoable() } else { school.store.last_redoable() };
    if let Some(target) = target.unwrap().filter(|t| t.number > school.opened) {
        let _ = school.store.undo(target.number, &operation(act));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_gives_the_first_dump_and_redoing_everything_the_last(acts in prop::collection::vec(act(), 1..25)) {
        let mut school = School::open();
        let open = school.opened;
        let first = school.store.dump().unwrap();
        for act in &acts {
            live(&mut school, act);
        }
        let last = school.store.dump().unwrap();
        let mut undone = 0;
        while let Some(target) = school.store.last_undoable().unwrap().filter(|o| o.number > open) {
            school.store.undo(target.number, &operation(Act::Undo)).unwrap();
            undone += 1;
        }
        prop_assert!(school.store.dump().unwrap() == first, "undo did not give the first dump");
        for _ in 0..undone {
            let target = school.store.last_redoable().unwrap().unwrap();
            school.store.undo(target.number, &operation(Act::Redo)).unwrap();
        }
        prop_assert!(school.store.dump().unwrap() == last, "redo did not give the last dump");
        prop_assert_eq!(school.store.broken_invariants().unwrap(), vec![]);
        prop_assert_eq!(school.store.integrity().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn the_file_known_on_an_operation_is_the_file_as_it_was_then(acts in prop::collection::vec(act(), 1..15)) {
        let mut school = School::open();
        let mut then = Vec::new();
        for act in &acts {
            live(&mut school, act);
            then.push((school.store.newest_operation().unwrap(), school.store.dump().unwrap()));
        }
        for (op, dump) in then {
            let past = Store::open(school.store.path(), crate::store::Access::Read).unwrap();
            past.known_on(op).unwrap();
            prop_assert!(past.dump().unwrap() == dump, "known on {op} is not the file of then");
        }
    }
}
