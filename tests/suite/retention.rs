//! People kept for too long: named, with the command for each of them, and never erased by the list.

use super::example_school::romans;

#[test]
fn those_who_are_over_or_near_are_named_with_the_command() {
    let desk = romans().on("2020-10-11");
    let over = desk.run("t retention -f csv").ends(0);
    let lines: Vec<&str> = over.stdout.lines().collect();
    assert_eq!(lines[0], "trainee,name,cohort,last_contact,keep_until,over,do");
    assert_eq!(
        lines[1],
        "sabatier-dylan,Sabatier Dylan,ROM-2018-11,2018-10-10,2020-10-10,true,fil trainee erase sabatier-dylan"
    );
    assert!(lines[3].starts_with("toure-aissata,") && lines[3].contains(",false,"), "{}", over.stdout);
    let over = over.tells("To erase: 2; within 30 days: 1").tells("one person at a time");
    // The same people as the rule of the data and the list of what is due.
    let check = desk.run("check -f csv").stdout;
    let due = desk.run("due -f csv").stdout;
    for slug in ["sabatier-dylan", "viallet-mathis"] {
        let command = format!("fil trainee erase {slug}");
        assert!(check.contains(&command) && due.contains(&command) && over.stdout.contains(&command), "{slug}");
        assert!(desk.parses(command.strip_prefix("fil ").unwrap()));
    }
    assert!(!check.contains("fil trainee erase toure-aissata"));
}

#[test]
fn p135_the_list_erases_nobody_and_shortens_as_people_are_erased() {
    let desk = romans().on("2020-10-11").french();
    let bytes = std::fs::read(desk.path("fil.db")).unwrap();
    desk.run("t conservation").ends(0);
    desk.run("t conservation --yes").ends(2);
    assert!(std::fs::read(desk.path("fil.db")).unwrap() == bytes);
    for slug in ["sabatier-dylan", "viallet-mathis", "toure-aissata"] {
        desk.run(&format!("trainee erase {slug} -y")).ends(0);
    }
    desk.run("t conservation").ends(0).tells("Personne n'est gardé");
    desk.run("t retention --fail-empty").ends(3);
    desk.run("t retention -c ROM-2018-11 -f json").ends(0).shows("[]");
}
