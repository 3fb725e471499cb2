//! The example school of `examples/romans`: imported once, then copied to each desk that asks for it.

use super::support::Desk;
use std::sync::OnceLock;

/// The kinds of the example's files, in the order of import.
pub const KINDS: &[&str] = &[
    "cohorts",
    "modules",
    "slots",
    "trainees",
    "attendance",
    "results",
    "certificates",
    "licence",
    "interviews",
    "placements",
    "followups",
    "notes",
    "funders",
    "grants",
    "targets",
    "budget",
];

/// A desk on 2 September 2019 with the example school imported.
pub fn romans() -> Desk {
    Desk::new().on("2019-09-02").with_school(bytes(), 1 + KINDS.len() as u64)
}

/// A desk where the example school was just imported, with what the imports left beside the file.
pub fn imported() -> Desk {
    let desk = Desk::new().on("2019-09-02");
    desk.run("init fil.db").ends(0);
    for kind in KINDS {
        let file = format!("{}/examples/romans/{kind}.csv", env!("CARGO_MANIFEST_DIR"));
        desk.run_words(&["import".to_owned(), file, "--as".to_owned(), (*kind).to_owned()]).ends(0);
    }
    desk
}

/// The file of the example school: what `init` and one import for each kind leave.
pub fn bytes() -> &'static [u8] {
    static SCHOOL: OnceLock<Vec<u8>> = OnceLock::new();
    SCHOOL.get_or_init(|| {
        let desk = imported();
        // Nothing waits outside of the file.
        assert!(std::fs::read(desk.path("fil.db-journal")).is_ok_and(|journal| journal.is_empty()));
        std::fs::read(desk.path("fil.db")).unwrap()
    })
}

#[test]
fn each_desk_has_its_own_copy_of_the_example_school() {
    let (one, other) = (romans(), romans());
    one.run("trainee note amara-nassim 'a trouvé une voiture'").ends(0);
    assert!(std::fs::read(other.path("fil.db")).unwrap() == bytes());
    assert!(std::fs::read(one.path("fil.db")).unwrap() != bytes());
}
