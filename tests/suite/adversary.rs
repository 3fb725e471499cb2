//! What a funder could compute from an export of masked counts, by an adversary that shares no code with the masking.
//!
//! It knows the definitions: which counts are one number, which add up, which cannot be larger than others. It solves the
//! equations over the cells in clear, and narrows what is left by bounds, until nothing moves.

use super::random_school::any_school;
use super::support::Desk;
use std::collections::BTreeMap;

type Row = BTreeMap<String, String>;

/// The rows of one file of an export; none of a section that was left out.
fn rows(desk: &Desk, folder: &str, section: &str) -> Vec<Row> {
    if !desk.path(&format!("{folder}/{section}.csv")).exists() {
        return Vec::new();
    }
    let text = desk.read(&format!("{folder}/{section}.csv"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |r: csv::StringRecord| headers.iter().cloned().zip(r.iter().map(str::to_owned)).collect();
    reader.records().map(|r| row(r.unwrap())).collect()
}

/// What the adversary knows: the range of each number, and sums of numbers that are zero.
#[derive(Default)]
struct Adversary {
    names: BTreeMap<String, usize>,
    low: Vec<i64>,
    high: Vec<i64>,
    sums: Vec<Vec<(usize, i64)>>,
}

const MANY: i64 = 10_000;

impl Adversary {
    fn number(&mut self, name: &str) -> usize {
        let next = self.names.len();
        let at = *self.names.entry(name.to_owned()).or_insert(next);
        if at == next {
            self.low.push(0);
            self.high.push(MANY);
        }
        at
    }
    /// Reads a cell: a number in clear is known, a masked one and one that is not printed are not.
    fn see(&mut self, name: &str, cell: &str) {
        let at = self.number(name);
        if let Ok(value) = cell.parse() {
            (self.low[at], self.high[at]) = (value, value);
        }
    }
    fn knows_of(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.names.contains_key(*name))
    }
    /// `left` together are `right`, where all of them are in the export.
    fn equal(&mut self, left: &[&str], right: &str) {
        if self.knows_of(left) && self.knows_of(&[right]) && left != [right] {
            let mut sum: Vec<(usize, i64)> = left.iter().map(|name| (self.names[*name], 1)).collect();
            sum.push((self.names[right], -1));
            self.sums.push(sum);
        }
    }
    /// `left` together are part of `right`.
    fn within(&mut self, left: &[&str], right: &str) {
        if self.knows_of(left) && self.knows_of(&[right]) {
            let rest = format!("what of {right} is not {}", left.join(" nor "));
            self.number(&rest);
            let parts: Vec<&str> = left.iter().copied().chain([rest.as_str()]).collect();
            self.equal(&parts, right);
        }
    }
    /// What it believes must be true: of numbers that are all known every sum is zero.
    fn holds(&self) {
        for sum in &self.sums {
            if sum.iter().all(|(at, _)| self.low[*at] == self.high[*at]) {
                let total: i64 = sum.iter().map(|(at, factor)| self.low[*at] * factor).sum();
                let name = |at: &usize| self.names.iter().find(|(_, known)| *known == at).map(|(name, _)| name.clone());
                assert_eq!(total, 0, "{:?}", sum.iter().map(|(at, f)| (name(at), f)).collect::<Vec<_>>());
            }
        }
    }
    /// Narrows ranges by each sum until none moves.
    fn narrow(&mut self) {
        for _ in 0..60 {
            let before = (self.low.clone(), self.high.clone());
            for sum in self.sums.clone() {
                for (at, factor) in &sum {
                    let others = sum.iter().filter(|(other, _)| other != at);
                    let (mut least, mut most) = (0, 0);
                    for (other, f) in others {
                        let f = -f * factor;
                        let ends = (self.low[*other] * f, self.high[*other] * f);
                        least += ends.0.min(ends.1);
                        most += ends.0.max(ends.1);
                    }
                    self.low[*at] = self.low[*at].max(least);
                    self.high[*at] = self.high[*at].min(most);
                }
            }
            if before == (self.low.clone(), self.high.clone()) {
                return;
            }
        }
    }
    /// Solves the sums for what is not known yet; says whether something new came of it. Fractions are avoided by
    /// working modulo a prime, numbers being small.
    fn solve(&mut self) -> bool {
        const PRIME: i128 = (1 << 61) - 1;
        let open: Vec<usize> = (0..self.low.len()).filter(|at| self.low[*at] < self.high[*at]).collect();
        let place: BTreeMap<usize, usize> = open.iter().enumerate().map(|(column, at)| (*at, column)).collect();
        let mut matrix: Vec<BTreeMap<usize, i128>> = Vec::new();
        for sum in &self.sums {
            let mut row = BTreeMap::new();
            for (at, factor) in sum {
                match place.get(at) {
                    Some(column) => *row.entry(*column).or_insert(0) += i128::from(*factor),
                    None => *row.entry(open.len()).or_insert(0) += i128::from(factor * self.low[*at]),
                }
            }
            matrix.push(row);
        }
        let mut solved: BTreeMap<usize, BTreeMap<usize, i128>> = BTreeMap::new();
        for mut row in matrix {
            while let Some(column) = row.keys().copied().find(|column| solved.contains_key(column)) {
                let by = row[&column];
                for (other, factor) in &solved[&column] {
                    let value = row.entry(*other).or_insert(0);
                    *value = (*value - by * factor % PRIME).rem_euclid(PRIME);
                }
                row.retain(|_, factor| factor.rem_euclid(PRIME) != 0);
            }
            let Some((pivot, factor)) = row.iter().map(|(c, f)| (*c, *f)).find(|(c, _)| *c < open.len()) else {
                continue;
            };
            let inverse = power(factor.rem_euclid(PRIME), PRIME - 2, PRIME);
            row.values_mut().for_each(|f| *f = f.rem_euclid(PRIME) * inverse % PRIME);
            for other in solved.values_mut() {
                if let Some(by) = other.get(&pivot).copied() {
                    for (column, factor) in &row {
                        let value = other.entry(*column).or_insert(0);
                        *value = (*value - by * factor % PRIME).rem_euclid(PRIME);
                    }
                    other.retain(|_, factor| *factor != 0);
                }
            }
            solved.insert(pivot, row);
        }
        let mut found = false;
        for (pivot, row) in solved {
            if row.keys().all(|column| *column == pivot || *column == open.len()) {
                let constant = row.get(&open.len()).copied().unwrap_or(0);
                let value = (PRIME - constant) % PRIME;
                let at = open[pivot];
                if let Ok(value) = i64::try_from(if value > PRIME / 2 { value - PRIME } else { value }) {
                    (self.low[at], self.high[at], found) = (value, value, true);
                }
            }
        }
        found
    }
}

fn power(base: i128, mut exponent: i128, prime: i128) -> i128 {
    let (mut base, mut result) = (base, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % prime;
        }
        base = base * base % prime;
        exponent >>= 1;
    }
    result
}

const COUNTS: [&str; 4] = ["num", "den", "not_yet_due", "unknown"];
const AMOUNTS: [&str; 13] = [
    "attendance_rate",
    "attendance_rate_excl_excused",
    "unexcused_rate",
    "unmarked",
    "hours_centre",
    "hours_company",
    "hours_total",
    "hours_planned_left",
    "driving_hours",
    "interview_hours",
    "access_delay_days@mean",
    "access_delay_days@median",
    "mean_age",
];

/// Reads an export and all that its definitions say.
fn adversary(desk: &Desk, folder: &str) -> Adversary {
    let mut known = Adversary::default();
    let indicators = rows(desk, folder, "indicators");
    let cohorts: Vec<String> =
        indicators.iter().filter(|r| r["indicator"] == "entrants").map(|r| r["cohort"].clone()).collect();
    for row in &indicators {
        let (key, cohort) = (&row["indicator"], &row["cohort"]);
        for column in COUNTS {
            if (column == "num" && AMOUNTS.contains(&key.as_str())) || row[column].is_empty() {
                continue;
            }
            known.see(&format!("{key}.{column} {cohort}"), &row[column]);
        }
    }
    let classes = ["durable", "transition", "positive", "other"];
    let columns = ["entrants", "withdrawn", "examined", "unknown", "not_yet_due"];
    for row in rows(desk, folder, "exits") {
        let name = format!("{}@{} {}", row["scheme"], row["point"], row["cohort"]);
        for column in classes.iter().chain(&columns) {
            known.see(&format!("{column}.{name}"), &row[*column]);
        }
    }
    for cohort in &cohorts {
        of_cohort(&mut known, cohort);
    }
    let parts: Vec<String> = known.names.keys().filter(|n| n.ends_with(" *")).cloned().collect();
    for whole in parts {
        let key = whole.trim_end_matches('*');
        let once = ["applicants", "admission_rate", "people_reached", "partner_companies"];
        let counted_once = once.iter().any(|word| key.starts_with(word));
        if !counted_once && !key.contains("what of") {
            let each: Vec<String> = cohorts.iter().filter(|c| *c != "*").map(|c| format!("{key}{c}")).collect();
            known.equal(&each.iter().map(String::as_str).collect::<Vec<_>>(), &whole);
        }
    }
    known
}

fn of_cohort(known: &mut Adversary, cohort: &str) {
    let n = |name: &str| format!("{name} {cohort}");
    let entrants = n("entrants.num");
    let shares =
        ["women", "priority_district", "income_support", "disability", "rural", "minors", "low_education", "neet"];
    for share in shares.map(|share| format!("share_{share}")).iter().chain([&"mean_age".to_owned()]) {
        known.equal(&[&n(&format!("{share}.den")), &n(&format!("{share}.unknown"))], &entrants);
    }
    let modules: Vec<String> = known.names.keys().filter(|k| k.starts_with("modules_validated@")).cloned().collect();
    let modules: Vec<&str> =
        modules.iter().map(String::as_str).filter(|k| k.ends_with(&format!(" {cohort}"))).collect();
    for part in ["num", "den"] {
        let each: Vec<&str> = modules.iter().copied().filter(|k| k.contains(&format!(".{part} "))).collect();
        known.equal(&each, &n(&format!("modules_validated.{part}")));
    }
    let all = cohort == "*";
    for base in ["completion_rate", "dropout_rate", "early_exit_rate"] {
        let (den, waiting) = (n(&format!("{base}.den")), n(&format!("{base}.not_yet_due")));
        known.equal(&[&den, &waiting], &entrants);
        known.equal(&[&den], &n("completion_rate.den"));
    }
    // Whether a cohort has ended is no secret, nor is which modules it has: a base of zero in clear would say so.
    let ended = known.names.get(&n("completion_rate.den")).map(|at| (known.low[*at], known.high[*at]));
    if !all && ended.is_some_and(|(low, _)| low > 0) {
        known.equal(&[&n("completion_rate.den")], &entrants);
    }
    for module in modules.iter().filter(|k| !all && k.contains(".den ")) {
        if known.low[known.names[*module]] > 0 {
            known.equal(&[*module], &entrants);
        }
    }
    let exits = n("qualified.den");
    known.within(&[&exits], &entrants);
    known.within(&[&n("completion_rate.num"), &n("dropout_rate.num")], &n("completion_rate.den"));
    known.equal(&[&n("access_delay_days@mean.den"), &n("access_delay_days@mean.unknown")], &exits);
    known.within(&[&n("retention_6m.den"), &n("retention_6m.not_yet_due")], &n("access_delay_days@mean.den"));
    known.within(&[&n("retention_6m.num"), &n("retention_6m.unknown")], &n("retention_6m.den"));
    known.within(&[&n("prehire_started.num")], &n("prehire_started.den"));
    known.within(&[&n("prehire_started.den")], &exits);
    known.equal(&[&n("dynamic_on_entrants@exit.not_yet_due"), &n("response_rate@exit.den")], &entrants);
    known.equal(&[&n("dynamic_on_entrants@exit.den")], &entrants);
    for point in ["exit", "3m", "6m", "12m"] {
        at_point(known, cohort, point, &exits);
    }
    known.equal(&[&n("contract_days_80.den")], &n("response_rate@6m.den"));
}

fn at_point(known: &mut Adversary, cohort: &str, point: &str, exits: &str) {
    let rate = |base: &str, part: &str| format!("{base}@{point}.{part} {cohort}");
    let section = |column: &str, scheme: &str| format!("{column}.{scheme}@{point} {cohort}");
    let silent = rate("response_rate", "unknown");
    known.equal(&[&rate("response_rate", "num"), &silent], &rate("response_rate", "den"));
    known.equal(&[&rate("response_rate", "den"), &rate("response_rate", "not_yet_due")], exits);
    for scheme in ["iae", "e2c"] {
        let at = |column: &str| section(column, scheme);
        known.equal(&[&at("entrants")], &format!("entrants.num {cohort}"));
        known.equal(&[&at("withdrawn"), &at("examined")], exits);
        let all = ["durable", "transition", "positive", "other", "not_yet_due"].map(at);
        known.equal(&all.each_ref().map(String::as_str), &at("examined"));
        known.within(&[&at("unknown")], &at("other"));
        known.within(&[&at("unknown")], &silent);
        known.equal(&[&at("other")], &section("other", "iae"));
        known.equal(&[&at("unknown")], &section("unknown", "iae"));
    }
    let iae = |column: &str| section(column, "iae");
    known.equal(&[&iae("durable")], &rate("durable_rate", "num"));
    known.equal(&[&iae("durable"), &iae("transition")], &rate("employment_rate", "num"));
    known.equal(&[&iae("durable"), &iae("transition"), &iae("positive")], &rate("dynamic_exit_rate", "num"));
    for base in ["dynamic_exit_rate", "durable_rate", "employment_rate"] {
        known.equal(&[&rate(base, "den"), &rate(base, "not_yet_due")], &iae("examined"));
        known.equal(&[&rate(base, "not_yet_due")], &iae("not_yet_due"));
        known.equal(&[&rate(base, "unknown")], &iae("unknown"));
    }
}

/// The small counts of the export of a twin funder from whom nothing is hidden, that the other's reader can compute.
#[track_caller]
fn check(seed: u64, period: &str) {
    let desk = any_school(seed).on("2020-12-31");
    for (funder, level) in [("TWIN", "contract"), ("POOR", "aggregate")] {
        desk.run(&format!("funder add {funder} --name {funder} --level {level} --dialect csv")).ends(0);
        let cohorts = desk.run("cohort list -f csv").ends(0).stdout;
        let codes: Vec<&str> = cohorts.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        desk.run(&format!("funder grant add G{funder} {funder} --set \"cohorts={}\"", codes.join("|"))).ends(0);
        desk.run(&format!("report export {period} --funder {funder}")).ends(0);
    }
    let (mut truth, mut reader) =
        (adversary(&desk, &format!("exports/{period}_TWIN")), adversary(&desk, &format!("exports/{period}_POOR")));
    truth.holds();
    truth.narrow();
    let false_belief = truth.names.iter().find(|(_, at)| truth.low[**at] > truth.high[**at]);
    assert!(false_belief.is_none(), "seed {seed}, {period}: {false_belief:?}");
    reader.narrow();
    while reader.solve() {
        reader.narrow();
    }
    let value = |name: &str| truth.names.get(name).map(|at| (truth.low[*at], truth.high[*at]));
    let told = reader.names.iter().filter(|(name, at)| {
        let exact = reader.low[**at] == reader.high[**at];
        exact && value(name).is_some_and(|(low, high)| low == high && 0 < low && low < 5)
    });
    let told: Vec<&String> = told.map(|(name, _)| name).collect();
    assert!(told.is_empty(), "seed {seed}, {period}: {told:?}");
    desk.run(&format!("report check exports/{period}_POOR")).ends(0);
}

#[test]
fn no_small_count_of_a_drawn_school_can_be_computed_from_an_aggregate_export() {
    for seed in 0..8 {
        check(seed, "2019-03");
    }
    for seed in 8..12 {
        check(seed, "2019-12");
    }
}
