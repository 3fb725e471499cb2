//! The everyday jobs, each exactly as it is written in both columns: at a French terminal, and in a script.

use super::support::{Desk, Outcome};

const COHORTS: &str = "cohort,title,site,start,end,places\n\
P2,Printemps,Valence,2018-03-05,2018-06-01,12\n\
P1,Automne,Romans,2018-11-05,2019-02-01,12\n";
const MODULES: &str = "cohort,module,title,stream\nP1,maths,Maths,general\nP1,F1,Sécurité,technical\n";
const TRAINEES: &str = "last_name,first_name,birth_date,sex,phone,cohort,entry,exit,exit_reason\n\
Ferré,Amélie,2000-02-03,F,0612345678,P1,2018-11-05,,\n\
Bensaïd,Saïd,1999-05-01,M,,P1,2018-11-05,,\n\
Ngô,Thị Lan,2001-01-01,F,,P1,2018-11-05,,\n\
Öztürk,Deniz,1998-07-07,M,,P1,2018-11-05,2018-11-23,dropped_out\n";
const ENROLLED: &str = "Nom;Prénom;Naissance;Promotion;Entrée\nMartin;Léo;31/10/2000;P1;05/11/2018\nAmrani;Ilyès;21/07/1999;P1;05/11/2018\n";

/// A job: what must be there before, the two columns, and what a last command must then show.
struct Job {
    number: usize,
    today: &'static str,
    before: &'static [&'static str],
    terminal: &'static str,
    script: &'static str,
    then: &'static str,
    shows: [&'static str; 2],
}

/// A job of the day of the story that needs nothing more than the school; `shows` is for the terminal and the script.
const fn job(number: usize, terminal: &'static str, script: &'static str) -> Job {
    Job { number, today: "2018-12-05", before: &[], terminal, script, then: "", shows: [""; 2] }
}

impl Job {
    const fn on(self, today: &'static str) -> Job {
        Job { today, ..self }
    }
    const fn after(self, before: &'static [&'static str]) -> Job {
        Job { before, ..self }
    }
    /// What standard output of the job itself must contain.
    const fn says(self, terminal: &'static str, script: &'static str) -> Job {
        Job { shows: [terminal, script], ..self }
    }
    /// What another command must show afterwards, whichever way the job was done.
    const fn then(self, line: &'static str, both: &'static str) -> Job {
        Job { then: line, shows: [both; 2], ..self }
    }
    /// The same when the two columns do not do quite the same thing.
    const fn then_each(self, line: &'static str, terminal: &'static str, script: &'static str) -> Job {
        Job { then: line, shows: [terminal, script], ..self }
    }
}

const MISSION: &str = "fil placement add ferre-amelie mission sogetrel --from 2019-02-04 --to 2019-04-26";
const CDI: &str = "fil placement add ferre-amelie cdi sogetrel --from 2019-04-29";
const LEFT: &str = "fil trainee leave ferre-amelie --reason completed --on 2019-02-01";

const JOBS: &[Job] = &[
    job(1, "fil", "fil status --format json").says("Promo P1 · Romans", "\"cohort\":\"P1\""),
    job(2, "fil init", "fil init /srv/fil/fil.db"),
    job(
        3,
        "fil c a P3 --comme P2 --debut 04/03",
        "fil cohort add P3 --start 2019-03-04 --end 2019-05-31 --site Romans --places 12",
    )
    .then_each(
        "fil export cohorts -f csv",
        "P3,,Valence,2019-03-04,2019-05-31,12,",
        "P3,,Romans,2019-03-04,2019-05-31,12,",
    ),
    job(4, "fil t", "fil trainee list --cohort P1 --format json").says("Ferré Amélie", "\"trainee\":\"ferre-amelie\""),
    job(
        5,
        "fil t a Ferré Amélie --entry 05/11",
        "fil trainee add Ferré Amélie --cohort P1 --entry 2018-11-05 --no-input",
    )
    .after(&["fil progress clear ferre-amelie --on 2018-11-05 -y", "fil trainee remove ferre-amelie -y"])
    .then("fil export trainees -f csv", ",ferre-amelie,Ferré,Amélie,,,,,,,,P1,,,admitted,,,2018-11-05,"),
    job(6, "fil i inscrits.csv", "fil import inscrits.csv --as trainees --no-input")
        .then("fil export trainees -f csv", ",amrani-ilyes,Amrani,Ilyès,1999-07-21,,,,,,,P1,,,admitted,,,2018-11-05,"),
    job(7, "fil i inscrits.csv -n", "fil import inscrits.csv --as trainees --no-input -n --format json")
        .then("fil log -f csv -S operation:desc -L 1", "add,grants"),
    job(8, "fil t s amé", "fil trainee show ferre-amelie --format json")
        .says("Promo P1 · en formation · née le 03/02/2000 (18 ans)", "\"event\":\"entry\""),
    job(9, "fil t e amé --tel 0698765432", "fil trainee edit ferre-amelie --phone 0698765432")
        .then("fil export trainees -f csv", ",0698765432,"),
    job(10, "fil t n amé \"a trouvé une voiture\"", "fil trainee note ferre-amelie - < note.txt")
        .then("fil export notes -f csv", "ferre-amelie,2018-12-05,a trouvé une voiture,"),
    job(11, "fil t sortie saïd --motif abandon", "fil trainee leave bensaid-said --reason dropped_out --on 2018-12-04")
        .then_each("fil export trainees -f csv", ",2018-12-05,dropped_out,", ",2018-12-04,dropped_out,"),
    job(12, "fil p", "fil progress show --cohort P1 --format csv").says("Ferré Amélie", "ferre-amelie,"),
    job(13, "fil p set amé code obtenu", "fil progress set ferre-amelie code passed --on 2018-12-04").then_each(
        "fil export licence -f csv",
        "ferre-amelie,code_exam,2018-12-05,passed,",
        "ferre-amelie,code_exam,2018-12-04,passed,",
    ),
    job(14, "fil p set amé maths 14/20", "fil p set ferre-amelie maths 14/20 --on 2018-12-04").then_each(
        "fil export results -f csv",
        "P1,ferre-amelie,maths,2018-12-05,in_progress,14,20,",
        "P1,ferre-amelie,maths,2018-12-04,in_progress,14,20,",
    ),
    job(15, "fil p abs amé saïd", "fil progress absent ferre-amelie bensaid-said --on 2018-12-05")
        .then("fil export attendance -f csv", "P1,bensaid-said,2018-12-05,pm,unexcused,"),
    job(
        16,
        "fil p abs saïd --le 03/12..05/12 --excused --motif document",
        "fil p abs bensaid-said --le 03/12..05/12 --excused --motif document",
    )
    .then("fil export attendance -f csv", "P1,bensaid-said,2018-12-03,am,excused,,document,"),
    job(17, "fil p feuille -o lundi.xlsx", "fil progress sheet --cohort P1 --on 2018-12-10 --output lundi.xlsx")
        .then("fil import lundi.xlsx --as attendance -n -f json", "\"rows\":3,\"created\":0"),
    job(18, "fil i lundi.xlsx", "fil import lundi.xlsx --as attendance --no-input")
        .after(&[
            "fil p sheet --cohort P1 --on 2018-11-05 -o lundi.xlsx",
            "fil progress clear ferre-amelie --on 2018-11-05 -y",
        ])
        .then("fil export attendance -f csv", "P1,ferre-amelie,2018-11-05,am,present,"),
    job(19, "fil e a amé mission sogetrel --du 04/02 --au 26/04", MISSION)
        .then("fil export placements -f csv", "P1,ferre-amelie,INTERIM,,2019-02-04,2019-04-26,,,,true,,,,sogetrel,"),
    job(20, "fil e a amé cdi --du 29/04", CDI)
        .on("2019-04-26")
        .after(&[MISSION])
        .then("fil export placements -f csv", "P1,ferre-amelie,CDI,sogetrel,2019-04-29,,,,,false,"),
    job(21, "fil e ls --finit +30j", "fil placement list --ending +30d --format json")
        .on("2019-04-05")
        .after(&[MISSION])
        .says("26/04/2019", "\"trainee\":\"ferre-amelie\""),
    job(22, "fil e f amé 3m en-poste", "fil placement follow ferre-amelie 3m en-poste --on 2019-06-04")
        .on("2019-06-04")
        .after(&[LEFT, CDI])
        .then("fil export followups -f csv", "P1,ferre-amelie,3m,2019-06-04,"),
    job(23, "fil r s --funder break-poverty", "fil report show --funder break-poverty --period 2018-11 --format json")
        .says("2018-11", "\"monthly\": ["),
    job(24, "fil r x --all", "fil report export m-1 --all --output /srv/exports/ --quiet --no-input"),
    job(25, "fil u", "fil undo --dry-run\nfil undo")
        .after(&["fil trainee note ferre-amelie erreur"])
        .then("fil export notes -f csv", "trainee,date,text,id\n"),
];

#[derive(Clone, Copy, PartialEq, Debug)]
enum Way {
    Terminal,
    Script,
}

/// The school of the story, empty-handed for the job that creates the database.
fn school(job: &Job) -> Desk {
    let desk = Desk::new().on(job.today);
    std::fs::create_dir_all(desk.path("srv/fil")).unwrap();
    if job.number == 2 {
        return desk;
    }
    desk.run("init").ends(0);
    for (kind, content) in [("cohorts", COHORTS), ("modules", MODULES), ("trainees", TRAINEES)] {
        desk.file(&format!("{kind}.csv"), content);
        desk.run(&format!("import {kind}.csv --as {kind}")).ends(0);
    }
    desk.file("inscrits.csv", ENROLLED);
    desk.file("note.txt", "a trouvé une voiture\n");
    let before = [
        "fil cohort plan P1 --halves am,pm --closed 2018-12-24..2019-01-04",
        "fil progress day 2018-11-05 -c P1",
        "fil funder add break-poverty --name \"Break Poverty\" --level contract",
        "fil funder grant add BP-2018 break-poverty --cohorts P1",
    ];
    for line in before.iter().chain(job.before) {
        typed(&desk, line).ends(0);
    }
    desk
}

/// Runs a line as the page shows it: `fil` first, `/srv/` in the scratch folder, `< FILE` from a file.
fn typed(desk: &Desk, line: &str) -> Outcome {
    let line = line.strip_prefix("fil").unwrap().trim();
    let line = line.replace("/srv/", &format!("{}/", desk.path("srv").display()));
    assert!(!line.contains('<'), "a redirection is done by the caller: {line}");
    desk.run(&line)
}

/// Does the job one way and gives what its last line put out.
fn done(desk: Desk, job: &Job, way: Way) -> (Desk, Outcome) {
    let (lines, desk) = match way {
        Way::Terminal => (job.terminal, desk.french().terminal(120).typed("")),
        Way::Script => (job.script, desk),
    };
    let (lines, desk) = match lines.split_once(" < ") {
        Some((line, file)) => (line, {
            let text = desk.read(file);
            desk.input(&text)
        }),
        None => (lines, desk),
    };
    let mut last = None;
    for line in lines.lines() {
        last = Some(typed(&desk, line).ends(0));
    }
    (desk, last.unwrap())
}

fn check(job: &Job, way: Way) {
    let (desk, last) = done(school(job), job, way);
    let shows = job.shows[way as usize];
    if job.then.is_empty() {
        assert!(last.stdout.contains(shows), "{} ({way:?}): no “{shows}” in\n{}", job.number, last.stdout);
    } else {
        let found = typed(&desk, job.then).ends(0).stdout;
        assert!(found.contains(shows), "{} ({way:?}): no “{shows}” in\n{found}\n{}", job.number, last.stderr);
    }
    let quiet = job.script.contains("--quiet") && way == Way::Script;
    assert!(!quiet || last.stderr.is_empty(), "{}: {}", job.number, last.stderr);
    match (job.number, way) {
        (2, Way::Terminal) => assert!(desk.path("fil.db").is_file()),
        (2, Way::Script) => assert!(desk.path("srv/fil/fil.db").is_file()),
        (7, _) => assert!(!typed(&desk, "fil export trainees -f csv").stdout.contains("amrani")),
        (15, _) => assert_eq!(typed(&desk, "fil export attendance -f csv").stdout.matches("2018-12-05").count(), 4),
        (16, _) => {
            assert_eq!(typed(&desk, "fil export attendance -f csv").stdout.matches("excused,,document").count(), 6)
        }
        (20, Way::Terminal) => drop(last.tells("sogetrel")),
        (24, Way::Terminal) => assert!(desk.path("exports/2018-11_break-poverty/manifest.json").is_file()),
        (24, Way::Script) => assert!(desk.path("srv/exports/2018-11_break-poverty/manifest.json").is_file()),
        _ => {}
    }
}

#[test]
fn every_everyday_job_is_done_at_a_french_terminal_as_written() {
    JOBS.iter().for_each(|job| check(job, Way::Terminal));
}

#[test]
fn every_everyday_job_is_done_in_a_script_as_written() {
    JOBS.iter().for_each(|job| check(job, Way::Script));
}

#[test]
fn the_two_columns_of_a_job_leave_the_same_records() {
    for number in [5, 6, 9, 10, 15, 16, 19, 20, 22, 25] {
        let job = JOBS.iter().find(|job| job.number == number).unwrap();
        let records = [Way::Terminal, Way::Script].map(|way| {
            let (desk, _) = done(school(job), job, way);
            desk.run("export all -f json").ends(0).stdout
        });
        assert!(records[0] == records[1], "{number}:\n{}\n{}", records[0], records[1]);
    }
}
