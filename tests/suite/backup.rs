//! Backups that are proven when they are made, and going back to one.

use crate::placement::school;
use crate::support::Desk;

const NAME: &str = "backups/fil-2018-12-05-120000-3.db";

fn change(desk: &Desk) {
    desk.run("placement add ferre-amelie cdi Axione --from 2018-12-03").ends(0);
}

#[test]
fn a_backup_goes_beside_the_database_under_its_time_and_operation() {
    let desk = school();
    desk.run("backup").ends(0).tells(NAME).tells("read back and compared");
    assert!(desk.path(NAME).exists());
    desk.run("backup").ends(0).tells("Unchanged");
    change(&desk);
    desk.run("backup").ends(0).tells("fil-2018-12-05-120000-4.db");
}

#[test]
fn a_backup_goes_where_it_is_asked_to_and_is_silent_for_cron() {
    let desk = school();
    let told = desk.run("backup --output out/ --quiet").ends(0);
    assert_eq!((told.stdout, told.stderr), (String::new(), String::new()));
    assert!(desk.path("out/fil-2018-12-05-120000-3.db").exists());
    desk.run("backup -o copy.db").ends(0);
    assert!(desk.path("copy.db").exists());
    change(&desk);
    desk.run("backup -o copy.db").ends(1).tells("already exists");
    desk.run("backup -o -").ends(2);
    desk.run("backup -o ''").ends(2);
    let desk = desk.var("FIL_BACKUPS", "elsewhere");
    desk.run("backup").ends(0);
    assert!(desk.path("elsewhere/fil-2018-12-05-120000-4.db").exists());
}

#[cfg(unix)]
#[test]
fn a_backup_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let desk = school();
    desk.run("backup").ends(0);
    let mode = std::fs::metadata(desk.path(NAME)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn restoring_goes_back_and_keeps_what_was_there() {
    let desk = school();
    desk.run("backup").ends(0);
    change(&desk);
    let after = desk.run("export placements -f csv").stdout;
    desk.run(&format!("restore {NAME}")).ends(2).tells("--yes");
    desk.run(&format!("restore {NAME} -n")).ends(0).tells("nothing was written");
    assert_eq!(desk.run("export placements -f csv").stdout, after);
    let kept = "fil.replaced-2018-12-05-120000.db";
    desk.run(&format!("restore {NAME} -y")).ends(0).tells(kept).tells("up to operation 3");
    assert_eq!(desk.run("placement list -f csv").stdout.lines().count(), 1);
    assert_eq!(desk.run(&format!("--db {kept} export placements -f csv")).stdout, after);
    let desk = desk.typed("n\n");
    desk.run(&format!("restore {kept}")).ends(0).tells("Nothing changed");
}

#[test]
fn a_database_that_was_lost_comes_back() {
    let desk = school();
    desk.run("backup").ends(0);
    std::fs::remove_file(desk.path("fil.db")).unwrap();
    desk.run(&format!("restore {NAME} -y")).ends(0);
    desk.run("check").tells("warnings");
}

#[test]
fn what_is_no_good_backup_is_refused_and_the_database_kept() {
    let desk = school();
    desk.run("backup -o good.db").ends(0);
    let good = std::fs::read(desk.path("good.db")).unwrap();
    let before = std::fs::read(desk.path("fil.db")).unwrap();
    let mut newer = good.clone();
    newer[60..64].copy_from_slice(&99i32.to_be_bytes());
    let mut foreign = good.clone();
    foreign[68..72].copy_from_slice(&1i32.to_be_bytes());
    desk.file("newer.db", newer);
    desk.file("foreign.db", foreign);
    desk.file("text.db", "name;date\n");
    desk.file("empty.db", "");
    desk.file("sealed.db", (0..8192u32).map(|n| (n * 31 % 251) as u8).collect::<Vec<u8>>());
    for length in [50, 512, 4096, good.len() / 2, good.len() - 512] {
        desk.file(&format!("cut-{length}.db"), &good[..length]);
    }
    let bad = desk.names().into_iter().filter(|name| name.ends_with(".db") && name != "good.db" && name != "fil.db");
    for name in bad.chain(["missing.db".to_owned()]) {
        let told = desk.run(&format!("restore {name} -y")).ends(1).tells("left untouched").stderr;
        assert!(told.lines().count() <= 5, "{told}");
        assert!(std::fs::read(desk.path("fil.db")).unwrap() == before, "{name}");
    }
    desk.run("restore fil.db -y").ends(2).tells("the database itself");
    assert!(!desk.names().iter().any(|name| name.contains("replaced")));
}
