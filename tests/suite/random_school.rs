//! Chance that repeats: numbers from a seed, and a whole school drawn from them.

use super::support::Desk;
use fil::domain::Date;

/// Numbers that only depend on a seed (SplitMix64).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// A number from 0 to `n` - 1.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    /// True so many times in a hundred.
    pub fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }
    /// One of a list.
    pub fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
    /// A day at most `span` days after another.
    pub fn day(&mut self, from: Date, span: usize) -> Date {
        from.plus_days(self.below(span + 1) as i32)
    }
}

/// A cohort of the drawn schools: code, first and last day.
const COHORTS: [(&str, &str, &str); 3] =
    [("A", "2018-11-05", "2019-02-01"), ("B", "2019-01-07", "2019-03-29"), ("C", "2019-06-03", "2019-12-20")];
const REASONS: [&str; 8] =
    ["completed", "job", "training", "dropped_out", "excluded", "force_majeure", "end_of_integration", "transferred"];
const SITUATIONS: [&str; 14] = [
    "CDI",
    "CDD",
    "INTERIM",
    "APPRENTISSAGE",
    "PROFESSIONNALISATION",
    "IAE_CDDI",
    "CREATION",
    "FORMATION_QUALIFIANTE",
    "RETOUR_ETUDES",
    "PMSMP",
    "SERVICE_CIVIQUE",
    "DEMANDEUR_EMPLOI",
    "INACTIF",
    "SANS_NOUVELLES",
];

fn iso(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

/// The files of a school drawn from a seed, in the order of import; a few rows break a rule and are to be skipped.
fn files(chance: &mut Chance) -> Vec<(&'static str, String)> {
    let mut cohorts = "cohort,start,end,places,training_status,certificate\n".to_owned();
    let mut modules = "cohort,module,stream\n".to_owned();
    let mut slots = "cohort,date,half,kind\n".to_owned();
    let mut trainees = "trainee,last_name,first_name,birth_date,sex,cohort,application_date,decision,entry,exit,exit_reason,status_at_entry,status_since,in_education,education,disability,licence_at_entry\n".to_owned();
    let mut attendance = "cohort,trainee,date,half,status,minutes,justification\n".to_owned();
    let mut results = "cohort,trainee,module,date,outcome\n".to_owned();
    let mut certificates = "cohort,trainee,certificate,date,outcome\n".to_owned();
    let mut licence = "trainee,step,date,outcome,hours\n".to_owned();
    let mut interviews = "cohort,trainee,date,kind,minutes\n".to_owned();
    let mut placements = "cohort,trainee,type,company,start,planned_end,actual_end,end_reason,prehire\n".to_owned();
    let mut followups = "cohort,trainee,point,date,channel,reached\n".to_owned();
    let mut budget = "cohort,grant,side,class,label,planned,realised\n".to_owned();
    for (code, start, end) in COHORTS {
        let status = chance.pick(&["vocational_trainee", "temp_worker", "other"]);
        cohorts += &format!("{code},{start},{end},{},{status},{}\n", chance.below(4) * 5, chance.pick(&["", "CCPRFO"]));
        for (module, stream) in [("F01", "technical"), ("F02", "technical"), ("M", "general")] {
            modules += &format!("{code},{module},{stream}\n");
        }
        budget += &format!("{code},,charge,60,,{}.50,{}.25\n", 100 + chance.below(900), chance.below(1200));
        budget += &format!("{code},,income,74,,1000.00,{}.10\n", chance.below(1200));
        let mut calendar = Vec::new();
        for _ in 0..22 {
            let date = chance.day(iso(start), 100);
            for half in ["am", "pm"] {
                let kind = chance.pick(&["centre", "centre", "company", "cancelled"]);
                calendar.push((date, half));
                slots += &format!("{code},{date},{half},{kind}\n");
            }
        }
        for number in 0..7 {
            // Some people are in two cohorts.
            let who =
                if number < 3 { format!("both-{number}") } else { format!("only-{code}-{number}").to_lowercase() };
            let entry = chance.day(iso(start), 30);
            let exit = chance.day(entry, 80);
            let left = if chance.percent(60) && exit <= iso("2019-09-02") {
                format!("{exit},{}", chance.pick(&REASONS))
            } else {
                ",".to_owned()
            };
            let born = if number == 6 { String::new() } else { format!("{}-05-{:02}", 1994 + number * 2, number + 1) };
            let sex = ["F", "M", "X", "", "F", "M", "F"][number];
            let status = chance.pick(&["unemployed", "inactive", "employed", ""]);
            let since = if status.is_empty() { "" } else { chance.pick(&["2017-03-01", "2018-06-01", ""]) };
            let answers = format!(
                "{},{},{},{}",
                chance.pick(&["yes", "no", "unknown", "refused"]),
                chance.pick(&["0", "2", "3", "5", ""]),
                chance.pick(&["yes", "no", "unknown"]),
                chance.pick(&["none", "code", "B", ""]),
            );
            let (decision, stay) = match chance.below(10) {
                0 => (chance.pick(&["pending", "waiting", "refused", "withdrawn"]), ",,".to_owned()),
                _ => ("admitted", format!("{entry},{left}")),
            };
            let applied = chance.pick(&["2018-09-01", "2018-12-01", ""]);
            trainees += &format!(
                "{who},{who},Person,{born},{sex},{code},{applied},{decision},{stay},{status},{since},{answers}\n"
            );
            for (date, half) in &calendar {
                if chance.percent(75) {
                    let status = chance.pick(&["present", "present", "present", "excused", "unexcused"]);
                    let minutes = if status == "present" { chance.pick(&["", "", "120"]) } else { "" };
                    attendance += &format!("{code},{who},{date},{half},{status},{minutes},\n");
                }
            }
            for _ in 0..chance.below(4) {
                let date = chance.day(entry, 120);
                results += &format!(
                    "{code},{who},{},{date},{}\n",
                    chance.pick(&["F01", "F02", "M"]),
                    chance.pick(&["validated", "in_progress", "failed"])
                );
                certificates += &format!(
                    "{code},{who},{},{date},{}\n",
                    chance.pick(&["AIPR", "SST", "CCPRFO"]),
                    chance.pick(&["obtained", "failed", "absent"])
                );
                let step = chance.pick(&["code_exam,DATE,passed,", "driving_exam,DATE,passed,", "lesson,DATE,,2"]);
                licence += &format!("{who},{}\n", step.replace("DATE", &date.to_string()));
                let kind = chance.pick(&["tutorial", "follow_up", "company_visit"]);
                interviews += &format!("{code},{who},{date},{kind},{}\n", 30 + chance.below(3) * 15);
            }
            for _ in 0..chance.below(5) {
                let kind = chance.pick(&SITUATIONS);
                let from = chance.day(exit, 200).plus_days(-20);
                let to = chance.day(from, 300);
                let planned = match kind {
                    "CDI" | "CREATION" => String::new(),
                    "PMSMP" => from.plus_days(13).to_string(),
                    _ => to.to_string(),
                };
                let real = if chance.percent(30) { chance.day(from, 200).to_string() } else { String::new() };
                let why = if chance.percent(5) { "not_started" } else { "" };
                let company = chance.pick(&["Réseaux", "reseaux", "Fibre", "Optique"]);
                let prehire = kind == "INTERIM" && chance.percent(60);
                placements += &format!("{code},{who},{kind},{company},{from},{planned},{real},{why},{prehire}\n");
            }
            for point in ["3m", "6m"] {
                let date = chance.day(exit, 150);
                followups += &format!("{code},{who},{point},{date},phone,{}\n", chance.percent(60));
            }
        }
    }
    vec![
        ("cohorts", cohorts),
        ("modules", modules),
        ("slots", slots),
        ("trainees", trainees),
        ("attendance", attendance),
        ("results", results),
        ("certificates", certificates),
        ("licence", licence),
        ("interviews", interviews),
        ("placements", placements),
        ("followups", followups),
        ("funders", "funder,name,level,people\nf,Funder,contract,pseudonymised\n".to_owned()),
        ("grants", "grant,funder,cohorts\ng,f,A|B|C\n".to_owned()),
        ("targets", "grant,indicator,value\ng,entrants,12\ng,dropout_rate,10\n".to_owned()),
        ("budget", budget),
    ]
}

/// The same, of a seed known to draw all that the figures need.
pub fn school(seed: u64) -> Desk {
    let desk = any_school(seed);
    let counts = desk.run("export all -f json").ends(0).stdout;
    assert!(counts.contains("CDI") && counts.contains("\"present\""), "{counts}");
    desk
}

/// A desk on 2 September 2019 with a school drawn from a seed.
pub fn any_school(seed: u64) -> Desk {
    let desk = Desk::new().on("2019-09-02");
    desk.run("init fil.db").ends(0);
    for (kind, content) in files(&mut Chance::new(seed)) {
        desk.file(&format!("{kind}.csv"), content);
        let done = desk.run(&format!("import {kind}.csv --as {kind} --skip-bad -q"));
        assert!([0, 4].contains(&done.code), "{kind}: {}", done.stderr);
    }
    desk
}
