//! The same thing said of several people or several days at once: one line, one operation, one undo.

use super::support::Desk;

/// A cohort of three people in training since 5 November, with its calendar.
fn three() -> Desk {
    let desk = Desk::new().on("2018-12-05");
    desk.run("init fil.db").ends(0);
    desk.run("cohort add P1 --start 2018-11-05 --end 2019-02-01 --places 12").ends(0);
    desk.run("cohort plan P1").ends(0);
    for (last, first) in [("Amara", "Nassim"), ("Bensaïd", "Saïd"), ("Ferré", "Amélie")] {
        desk.run(&format!("trainee add {last} {first} --entry 2018-11-05 -c P1")).ends(0);
    }
    desk
}

fn operations(desk: &Desk) -> usize {
    desk.run("log -L 500 -f csv").ends(0).stdout.lines().count()
}

#[test]
fn several_people_leave_in_one_operation() {
    let desk = three();
    let before = (desk.run("export trainees -f csv").stdout, operations(&desk));
    desk.run("t leave amara-nassim bensaid-said --reason completed --on 2018-12-03")
        .ends(0)
        .tells("Nassim Amara")
        .tells("Saïd Bensaïd");
    assert_eq!(operations(&desk), before.1 + 1);
    desk.run("trainee list -c P1 -s left -f csv").shows("amara-nassim").shows("bensaid-said");
    desk.run("undo").ends(0);
    assert_eq!(desk.run("export trainees -f csv").stdout, before.0);
}

#[test]
fn everybody_still_there_leaves_when_it_is_confirmed() {
    let desk = three();
    desk.run("t leave amara-nassim --reason job --on 2018-12-03").ends(0);
    desk.run("t leave -c P1 --all --reason completed --on 2018-12-04").ends(2).tells("--yes");
    desk.run("t leave -c P1 --all --reason completed --on 2018-12-04 -n").ends(0).tells("Trial");
    desk.run("t sortie -c P1 --tous --motif terme --le 2018-12-04 --yes").ends(0).tells("Amélie Ferré");
    let left = desk.run("export trainees -f csv").stdout;
    assert!(left.contains("2018-12-03,job") && left.matches("2018-12-04,completed").count() == 2, "{left}");
    desk.run("t leave -c P1 --all --reason completed --yes").ends(0).tells("nobody is there any more");
}

#[test]
fn who_leaves_must_be_said_one_way() {
    let desk = three();
    desk.run("t leave --reason job").ends(2).tells("fil t leave -c P1 --all");
    desk.run("t leave --all --reason job --yes").ends(2).tells("Add -c CODE");
    desk.run("t leave amara-nassim -c P1 --all --reason job --yes").ends(2).tells("not both");
    desk.run("t leave amara-nassim bensaid-said --on 2018-12-03").ends(2).tells("the reason of the exit is missing");
}

#[test]
fn one_refused_exit_refuses_all() {
    let desk = three();
    desk.run("t leave amara-nassim --reason job --on 2018-12-03").ends(0);
    let before = desk.run("export trainees -f csv").stdout;
    desk.run("t leave ferre-amelie amara-nassim --reason completed --on 2018-12-04").ends(4).tells("already left");
    assert_eq!(desk.run("export trainees -f csv").stdout, before);
}

#[test]
fn a_roll_call_takes_several_days_and_only_those_who_were_there() {
    let desk = three();
    desk.run("t leave amara-nassim --reason job --on 2018-11-06").ends(0);
    desk.run("p day 2018-11-05..2018-11-07 -c P1 --absent bensaid-said").ends(0).tells("2 present, 1 absent");
    let marks = desk.run("export attendance -f csv").stdout;
    assert_eq!(marks.matches("amara-nassim,").count(), 4, "{marks}");
    assert_eq!(marks.matches("ferre-amelie,").count(), 6, "{marks}");
    assert_eq!(marks.matches("unexcused").count(), 6, "{marks}");
    desk.run("undo").ends(0);
    assert_eq!(desk.run("export attendance -f csv").stdout.lines().count(), 1);
}

#[test]
fn days_to_come_are_in_no_roll_call() {
    let desk = three();
    desk.run("p day 2018-12-03..2018-12-07 -c P1").ends(4).tells("has not come yet");
}
