//! `--known-on N` shows in every list and section what a copy of the file made after operation N shows.

use super::random_commands::{line, newest, run, school};
use super::random_school::Chance;
use super::support::Desk;
use fil::domain::ClosedList;

/// Every command that lists or shows records; the sections of `report show` are added to them.
const READS: &[&str] = &[
    "status",
    "due",
    "cohort list",
    "cohort show P1",
    "cohort slots -c P1",
    "cohort module list -c all",
    "trainee list -c all",
    "trainee list -c all --contact",
    "trainee show ferre-amelie",
    "trainee show 2",
    "progress show -c P1",
    "progress list results",
    "progress list certificates",
    "progress list licence",
    "progress list interviews",
    "placement list",
    "placement show ferre-amelie",
    "placement companies",
    "funder list",
    "funder show ars",
    "funder grant list",
    "funder target list",
    "funder budget list",
    "report explain entrants",
    "report explain monthly:present -p 2018-12",
    "report explain attendance_rate -p 2018-12 --names",
    "report show --funder ars -p 2018-11",
    "report history",
    "report diff 2018-11 --funder ars",
    "check",
    "config list",
    "config certificate list",
    "log",
    "export all -c P1",
];

fn reads() -> Vec<String> {
    let lists = READS.iter().map(|read| match *read {
        read if read.starts_with("export") || read.contains("show --funder") => format!("{read} -f json"),
        read => format!("{read} -f csv"),
    });
    let sections = fil::report::Section::CODES.iter().map(|s| format!("report show {s} -p 2018-11..2018-12 -f csv"));
    lists.chain(sections).collect()
}

/// Exit code and data of a line.
fn shown(desk: &Desk, line: &str) -> (i32, String) {
    let done = desk.run(line);
    (done.code, done.stdout)
}

fn check(seed: u64) {
    let mut chance = Chance::new(1000 + seed);
    let desk = school();
    let mut copies = Vec::new();
    while copies.len() < 12 {
        let line = match chance.below(12) {
            0 => "undo".to_owned(),
            1 => "redo".to_owned(),
            2 => "report close 2018-11 --funder ars --accept birth_date_missing --accept sex_missing --accept unmarked --why perdue -o sent/ --force".to_owned(),
            3 => "report reopen 2018-11 --funder ars --why erreur".to_owned(),
            _ => line(&mut chance),
        };
        run(&desk, &line);
        let number = newest(&desk);
        if copies.last().is_none_or(|(last, _)| *last < number) {
            std::fs::copy(desk.path("fil.db"), desk.path(&format!("{number}.db"))).unwrap();
            copies.push((number, line));
        }
    }
    let (last, _) = copies.last().unwrap().clone();
    let mut asked: Vec<_> = (0..2).map(|_| chance.below(copies.len() - 1)).map(|at| copies[at].clone()).collect();
    asked.push((last, "the newest".to_owned()));
    let mut different = false;
    for (number, made_by) in asked {
        for read in reads() {
            let then = shown(&desk, &format!("{read} --db {number}.db"));
            let known = shown(&desk, &format!("{read} --known-on {number}"));
            assert!(then == known, "seed {seed}, {read} at {number} ({made_by}):\n{then:?}\n{known:?}\n{copies:?}");
            different |= known != shown(&desk, &read);
            if number == last {
                assert!(known == shown(&desk, &read), "seed {seed}, {read}: the newest is not now");
            }
        }
    }
    assert!(different, "seed {seed}: nothing ever changed");
}

#[test]
fn what_was_known_then_is_what_a_copy_made_then_shows() {
    let sequences = std::env::var("FIL_LONG").map_or(3, |n| n.parse::<u64>().unwrap() / 50 + 1);
    (1..=sequences).for_each(check);
}

#[test]
fn a_day_means_its_last_operation() {
    let desk = school();
    let newest = newest(&desk);
    desk.run("trainee note ferre-amelie plus-tard --today 2018-12-07").ends(0);
    for day in ["2018-12-05", "2018-12-06"] {
        let then = shown(&desk, &format!("export all -f json --known-on {day}"));
        assert_eq!(then, shown(&desk, &format!("export all -f json --known-on {newest}")));
        assert!(!then.1.contains("plus-tard"));
    }
    assert!(shown(&desk, "export all -f json --known-on 2018-12-07 --today 2018-12-07").1.contains("plus-tard"));
    desk.run("export all -f json --known-on 2018-12-04").ends(4).tells("did not exist yet");
    desk.run("export all -f json --known-on 999").ends(3);
}
