//! Values that another program put into the file: named, and never gathered in memory.

use super::fault_injection::{Site, assert_plain};

#[track_caller]
fn outside(site: &Site, sql: &str) {
    rusqlite::Connection::open(site.db())
        .unwrap()
        .execute_batch(&format!("PRAGMA ignore_check_constraints = ON; {sql}"))
        .unwrap();
}

#[test]
fn a_day_of_no_calendar_is_named_by_doctor_and_by_who_meets_it() {
    let site = Site::romans();
    outside(&site, "UPDATE cohort SET start = 2147483647");
    site.run("status").ends(1).tells("cohort 1, start");
    outside(&site, "UPDATE cohort SET start = -9223372036854775807");
    assert!(site.run("doctor -f csv").ends(1).stdout.contains("day_of_no_calendar,error"));
    for line in ["status", "trainee list", "due", "check"] {
        let ran = site.run(line).ends(1).tells("cohort 1, start").tells("fil doctor");
        assert_plain(line, &ran);
    }
    // A report is not even begun: another program changed what it reads.
    site.run("report show monthly -c all").ends(4).tells("cohort").tells("fil doctor");
}

#[test]
fn a_number_out_of_bounds_is_named() {
    let site = Site::romans();
    outside(&site, "UPDATE interview SET minutes = 9223372036854775807 WHERE id = (SELECT min(id) FROM interview)");
    let told = site.run("doctor -f csv").ends(1).stdout;
    assert!(told.contains("number_out_of_bounds,error") && told.contains("interview 1, minutes"), "{told}");
}

#[test]
fn a_text_over_the_limit_is_named_and_one_that_would_fill_the_memory_is_not_read() {
    let site = Site::romans();
    let note = |bytes: usize| {
        outside(
            &site,
            &format!("UPDATE note SET text = printf('%.{bytes}c', 'x') WHERE id = (SELECT min(id) FROM note)"),
        );
    };
    note(1024 * 1024);
    assert!(!site.run("doctor -f csv").stdout.contains("text_too_long"));
    note(1024 * 1024 + 1);
    assert!(site.run("doctor -f csv").ends(1).stdout.contains("text_too_long,error"));
    site.run("export notes -f csv").ends(0);
    note(70_000_000);
    assert!(site.run("doctor -f csv").ends(1).stdout.contains("text_too_long,error"));
    let ran = site.run("export notes -f csv").ends(1).tells("text: a text over 1 MB");
    assert_plain("export notes", &ran);
}
