//! Command lines drawn by chance over every verb that writes: many that work, many that are refused.

use super::random_school::Chance;
use super::support::{Desk, Outcome};

/// The lines; a name in braces is replaced by one of its words, and the same line may work or be refused.
const LINES: &[&str] = &[
    "cohort add {cohort} --start {day} --end 2019-05-31 --places {n}",
    "cohort edit {cohort} --places {n}",
    "cohort edit {cohort} --end {day} --title 'Une promotion'",
    "cohort remove {cohort} -y",
    "cohort plan {cohort} --halves am --closed 2018-12-05..2018-12-07",
    "cohort plan {cohort} --company {day}..2018-12-14",
    "cohort slot {day} {half} -c P1 --set company",
    "cohort slot {day} {half} -c P1 --cancel",
    "cohort slot {day} {half} -c P1 --module {module} --trainer Paul",
    "cohort slot {day} {half} -c P1 --remove -y",
    "cohort module add {module} -c P1 --stream technical --hours 3h30",
    "cohort module edit {module} -c P1 --title 'Un module'",
    "cohort module remove {module} -c P1 -y",
    "trainee add Ferré Amélie -c {cohort} --entry {day} --born 2000-02-03",
    "trainee add Martin Léo -c {cohort} --entry {day}",
    "trainee add Diallo Awa -c {cohort}",
    "trainee edit {who} --phone 0698765432",
    "trainee edit {who} --set sex=F --set education={n}",
    "trainee edit {who} --born {day}",
    "trainee edit {who} --set entry={day}",
    "trainee edit {who} --set disability=yes --set application_date=",
    "trainee remove {who} -y",
    "trainee enrol {who} -c {cohort} --on {day}",
    "trainee transfer {who} --to-cohort {cohort} --on {day}",
    "trainee leave {who} --reason {reason} --on {day}",
    "trainee note {who} 'a trouvé une voiture' --on {day}",
    "progress day {day} -c P1 --absent {who}",
    "progress day {day} -c P1 --half {half}",
    "progress absent {who} --on {day} --excused --reason family",
    "progress absent {who} ngo-lan --on 2018-12-03..2018-12-05",
    "progress late {who} --on {day} --half {half} --minutes 20",
    "progress clear {who} --on 2018-12-03..2018-12-05 -y",
    "progress set {who} {module} {result} --on {day}",
    "progress set {who} code passed --on {day}",
    "progress certify {who} {certificate} failed --on {day}",
    "progress certify {who} {certificate} --on {day} --expires 2024-01-01",
    "progress licence {who} lesson --hours {n} --on {day}",
    "progress licence {who} code_exam booked --on 2018-12-12",
    "progress interview {who} --minutes 45 --on {day} --note 'va bien'",
    "progress edit results {n} --set mark=12 --set out_of=20",
    "progress edit licence {n} --set date={day}",
    "progress remove {records} {n} -y",
    "placement add {who} cdi Sogetrel --from {day}",
    "placement add {who} mission Axione --from {day} --to 2019-03-01 --agency Manpower",
    "placement add {who} recherche --from {day}",
    "placement edit {n} --set evidence=contract --set weekly_hours=35",
    "placement edit {n} --to {day}",
    "placement end {n} --on {day} --reason rupture",
    "placement follow {who} 3m seeking --on {day}",
    "placement follow {who} 3m unreachable --by phone",
    "placement follow {who} 6m cdi Sogetrel --from {day}",
    "placement remove {n} -y",
    "funder add {funder} --name 'Un financeur' --level public",
    "funder edit {funder} --people pseudonymised --suppress-below {n}",
    "funder remove {funder} -y",
    "funder grant add {grant} {funder} --amount '1 234,50' --cohorts P1",
    "funder grant edit {grant} --cohorts {cohort} --to 2019-12-31",
    "funder grant remove {grant} -y",
    "funder template {funder} --set {layout}",
    "funder template {funder} --reset -y",
    "funder target add {grant} entrants {n}",
    "funder target remove {grant} entrants -y",
    "funder budget add charge 60 --label Achats --planned {n}00 -c P1",
    "funder budget add income 74 --grant {grant} --planned 900 -c P1",
    "funder budget edit {n} --realised '1 180,20'",
    "funder budget remove {n} -y",
    "import trainees.csv --as trainees",
    "import changes.csv --as trainees {blank}",
    "import attendance.csv",
    "import refused.csv --as trainees {skip}",
    "import slots.csv",
    "config set durable_min over-6m",
    "config set quality.unsigned {level}",
    "config unset durable_min",
    "config certificate add {certificate} --label Test --registry RS",
    "config certificate edit {certificate} --valid-months {n}2",
    "config certificate remove {certificate} -y",
];

/// The words that each name in braces stands for.
const WORDS: &[(&str, &[&str])] = &[
    ("{cohort}", &["P1", "P1", "P2", "P3", "P9"]),
    ("{who}", &["ferre-amelie", "ferre-amelie", "bensaid-said", "ngo-lan", "martin-leo", "2", "amé", "personne"]),
    ("{day}", &["2018-11-26", "2018-12-03", "2018-12-03", "2018-12-04", "2018-12-05", "2018-12-06", "hier", "31/11"]),
    ("{half}", &["am", "pm"]),
    ("{module}", &["F01", "F02", "M1"]),
    ("{n}", &["1", "2", "3", "4", "0"]),
    ("{reason}", &["completed", "job", "dropped_out", "force_majeure", "transferred", "ennui"]),
    ("{result}", &["validated", "in_progress", "14/20", "21/20"]),
    ("{certificate}", &["AIPR", "SST", "TAI", "ZZZ"]),
    ("{records}", &["results", "certificates", "licence", "interviews"]),
    ("{funder}", &["ars", "ars", "ville"]),
    ("{grant}", &["G1", "G1", "G2"]),
    ("{level}", &["off", "error", "warning", "loud"]),
    ("{blank}", &["", "--blank"]),
    ("{skip}", &["", "--skip-bad"]),
    ("{layout}", &["layout.toml", "layout.toml", "slots.csv"]),
];

const FILES: &[(&str, &str)] = &[
    (
        "trainees.csv",
        "last_name,first_name,cohort,entry,birth_date,sex\nMartin,Léo,P1,2018-11-26,1999-10-31,M\nÖztürk,Deniz,P1,2018-12-03,,\n",
    ),
    (
        "changes.csv",
        "trainee,last_name,first_name,cohort,phone,rural\nferre-amelie,Ferré,Amélie,P1,,yes\nngo-lan,Ngô,Lan,P1,0611223344,no\n",
    ),
    (
        "attendance.csv",
        "cohort,trainee,date,half,status\nP1,ferre-amelie,2018-12-03,am,present\nP1,bensaid-said,2018-12-03,am,unexcused\nP1,ferre-amelie,2018-12-03,pm,excused\n",
    ),
    (
        "refused.csv",
        "last_name,first_name,cohort,entry\nMoreau,Inès,P1,2018-12-03\nDupont,Jean,P1,2017-12-03\nPetit,Anne,P9,2018-12-03\n",
    ),
    ("slots.csv", "cohort,date,half,kind\nP1,2018-12-08,am,centre\nP1,2018-12-04,pm,company\n"),
    ("layout.toml", "title = \"Suivi\"\n\n[[section]]\nkey = \"exits\"\ntitle = \"Que deviennent-ils ?\"\n"),
];

/// A small school on 5 December 2018: one cohort that runs and one to come, three people, a module, a funder.
pub fn school() -> Desk {
    let desk = Desk::new();
    for line in [
        "init",
        "cohort add P1 --start 2018-11-26 --end 2018-12-14 --places 12",
        "cohort add P2 --start 2018-12-04 --end 2019-05-31 --places 12",
        "cohort plan P1 --halves am,pm",
        "cohort module add F01 -c P1 --stream technical",
        "trainee add Ferré Amélie -c P1 --entry 2018-11-26",
        "trainee add Bensaïd Saïd -c P1 --entry 2018-12-03",
        "trainee add Ngô Lan -c P1",
        "progress day 2018-12-03 -c P1",
        "funder add ars --name ARS --level contract",
        "funder grant add G1 ars --cohorts P1",
    ] {
        desk.run(line).ends(0);
    }
    for (name, content) in FILES {
        desk.file(name, content);
    }
    desk
}

/// One line.
pub fn line(chance: &mut Chance) -> String {
    let mut line = chance.pick(LINES).to_owned();
    for (name, words) in WORDS {
        while line.contains(name) {
            line = line.replacen(name, chance.pick(words), 1);
        }
    }
    if chance.percent(8) { format!("{line} -n") } else { line }
}

/// Everything the file holds.
pub fn dump(desk: &Desk) -> String {
    fil::store::Store::open(&desk.path("fil.db"), fil::store::Access::Read).unwrap().dump().unwrap()
}

/// The number of the newest operation.
pub fn newest(desk: &Desk) -> i64 {
    let csv = desk.run("log -f csv -S operation:desc -L 1 --columns operation").ends(0).stdout;
    csv.lines().nth(1).unwrap().parse().unwrap()
}

/// Runs a line that may be refused, and holds the program to its word: a fault of the program is never an answer.
#[track_caller]
pub fn run(desk: &Desk, line: &str) -> Outcome {
    let done = desk.run(line);
    assert!([0, 2, 3, 4].contains(&done.code), "{line}: {} {}", done.code, done.stderr);
    assert!(done.code == 0 || !done.stderr.is_empty(), "{line} says nothing");
    done
}
