//! Undo takes any sequence of commands back to the first dump, redo to the last; `FIL_LONG=10000` runs 10 000 of them.

use super::random_commands::{dump, line, newest, run, school};
use super::random_school::Chance;
use super::support::Desk;

/// How many sequences are drawn.
fn sequences() -> u64 {
    std::env::var("FIL_LONG").map_or(25, |n| n.parse().unwrap())
}

/// What was typed, for the message of a failure.
struct Story {
    seed: u64,
    lines: Vec<String>,
}

impl Story {
    #[track_caller]
    fn same(&self, found: &str, want: &str, when: &str) {
        let differs = |a: &str, b: &str| {
            let known: Vec<&str> = b.lines().collect();
            a.lines().filter(|line| !known.contains(line)).map(str::to_owned).collect::<Vec<_>>().join("\n")
        };
        assert!(
            found == want,
            "seed {}, {when}:\nnow only:\n{}\nbefore only:\n{}\nafter:\n{}",
            self.seed,
            differs(found, want),
            differs(want, found),
            self.lines.join("\n"),
        );
    }
    #[track_caller]
    fn sound(&self, desk: &Desk, when: &str) {
        let found = desk.run("doctor -f csv").ends(0).stdout;
        let errors: Vec<&str> = found.lines().filter(|line| line.contains(",error,")).collect();
        assert!(errors.is_empty(), "seed {}, {when}: {errors:?} after:\n{}", self.seed, self.lines.join("\n"));
    }
}

fn records(desk: &Desk) -> String {
    desk.run("export all -f json").ends(0).stdout
}

/// Takes one operation back and brings it again, or is refused: either way the file ends as it was.
fn there_and_back(desk: &Desk, chance: &mut Chance, story: &Story, now: &str) {
    let number = 2 + chance.below(newest(desk) as usize);
    if run(desk, &format!("undo {number}")).code == 0 {
        story.sound(desk, &format!("undo {number}"));
        desk.run("redo").ends(0);
    }
    story.same(&dump(desk), now, &format!("undo {number} and redo"));
}

fn check(seed: u64) {
    let mut chance = Chance::new(seed);
    let desk = school();
    let mut story = Story { seed, lines: Vec::new() };
    let (mut states, first) = (vec![dump(&desk)], records(&desk));
    for _ in 0..18 {
        let line = line(&mut chance);
        story.lines.push(line.clone());
        let done = run(&desk, &line);
        let (now, before) = (dump(&desk), states.last().unwrap());
        if done.code != 0 && !line.contains("--skip-bad") || line.ends_with(" -n") {
            story.same(&now, before, "refused or tried, it changed the file");
        }
        if now != *before {
            states.push(now);
        }
        if chance.percent(8) {
            there_and_back(&desk, &mut chance, &story, states.last().unwrap());
        }
    }
    story.sound(&desk, "at the end");
    let last = records(&desk);
    for state in states.iter().rev().skip(1) {
        desk.run("undo").ends(0);
        story.same(&dump(&desk), state, "undo");
    }
    story.same(&records(&desk), &first, "the records after undoing all");
    story.sound(&desk, "everything undone");
    for state in &states[1..] {
        desk.run("redo").ends(0);
        story.same(&dump(&desk), state, "redo");
    }
    desk.run("redo").ends(4);
    story.same(&records(&desk), &last, "the records after redoing all");
    story.sound(&desk, "everything redone");
}

#[test]
fn undo_of_all_is_the_first_dump_and_redo_of_all_the_last() {
    (1..=sequences()).for_each(check);
}

#[test]
fn the_drawn_lines_reach_every_verb_and_about_half_of_them_work() {
    let (mut worked, mut refused) = (std::collections::BTreeSet::new(), 0);
    let desk = school();
    let mut chance = Chance::new(99);
    for _ in 0..250 {
        let line = line(&mut chance);
        match run(&desk, &line).code {
            0 => drop(worked.insert(line.split(' ').take(2).collect::<Vec<_>>().join(" "))),
            _ => refused += 1,
        }
    }
    assert!(worked.len() > 30 && (50..220).contains(&refused), "{refused} refused; {worked:?}");
}
