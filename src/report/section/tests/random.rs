//! What must hold whatever the records say.

use super::*;
use crate::domain::{Date, trainee::Decision};
use crate::report::as_of::Group;
use crate::report::indicator::{self, Shape};
use crate::report::membership::{Figure, collect};
use crate::report::suppression;
use proptest::prelude::*;

#[derive(Debug, Clone)]
struct Path {
    cohort: usize,
    person: usize,
    entry: i32,
    stay: i32,
    exit: Option<usize>,
    present: bool,
    marks: Vec<(usize, usize)>,
    situations: Vec<(usize, i32, i32, bool)>,
}

fn path() -> impl Strategy<Value = Path> {
    let marks = prop::collection::vec((0..40usize, 0..3usize), 0..12);
    let situations = prop::collection::vec((0..T::ALL.len(), -20..200i32, 0..400i32, any::<bool>()), 0..4);
    (
        0..2usize,
        0..6usize,
        0..20i32,
        0..70i32,
        prop::option::of(0..ExitReason::ALL.len()),
        any::<bool>(),
        marks,
        situations,
    )
        .prop_map(|(cohort, person, entry, stay, exit, present, marks, situations)| Path {
            cohort,
            person,
            entry,
            stay,
            exit,
            present,
            marks,
            situations,
        })
}

fn school(paths: &[Path]) -> School {
    let mut school = School::with_p1();
    school.cohort("P2", "2018-12-03", "2019-03-01");
    school.module("P1", "F01", Stream::Technical);
    let starts = [day("2018-11-05"), day("2018-12-03")];
    for (code, start) in ["P1", "P2"].into_iter().zip(starts) {
        for i in 0..40 {
            let half = if i % 2 == 0 { Half::Am } else { Half::Pm };
            let kind = [SlotKind::Centre, SlotKind::Company, SlotKind::Centre, SlotKind::Cancelled][i as usize % 4];
            school.slot(code, &start.plus_days(i / 2 * 2).to_string(), half, kind);
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for path in paths.iter().filter(|p| seen.insert((p.cohort, p.person))) {
        follow(&mut school, path, starts[path.cohort]);
    }
    school
}

fn follow(school: &mut School, path: &Path, start: Date) {
    let code = ["P1", "P2"][path.cohort];
    let entry = start.plus_days(path.entry);
    let exit = entry.plus_days(path.stay);
    let slug = format!("person-{}", path.person);
    let part = school.apply(code, &slug);
    part.decision = Some(Decision::Admitted);
    part.entry = Some(entry);
    part.first_present = path.present.then_some(entry);
    if let Some(reason) = path.exit {
        part.exit = Some(exit);
        part.exit_reason = Some(ExitReason::ALL[reason]);
    }
    let (id, sex) = (part.id, [None, Some(Sex::F), Some(Sex::M), Some(Sex::X)][path.person % 4]);
    school.person_mut(&slug).sex = sex;
    let slots = school.cohort_mut(code).slots.clone();
    let mut marked = std::collections::BTreeSet::new();
    for (slot, status) in &path.marks {
        let slot = slots[*slot];
        let inside = entry <= slot.date && (path.exit.is_none() || slot.date <= exit);
        if inside && path.present && slot.kind != SlotKind::Cancelled && marked.insert((slot.date, slot.half)) {
            school.mark(id, &slot.date.to_string(), slot.half, A::ALL[*status]);
        }
    }
    for (kind, from, days, prehire) in &path.situations {
        let from = exit.plus_days(*from);
        let end = from.plus_days(*days).to_string();
        school.situation(id, T::ALL[*kind], &from.to_string(), &end).prehire = *prehire;
    }
}

fn number(text: &str) -> i64 {
    text.trim_end_matches("min").parse().unwrap()
}

fn check_month_identity(school: &School, scope: &Scope) {
    for row in pick(
        &school.sheet(scope, Section::Monthly),
        &[],
        "start entries exits end planned present excused unexcused unmarked",
    ) {
        let n: Vec<i64> = row.split(' ').map(number).collect();
        assert_eq!(n[0] + n[1] - n[2], n[3], "start + entries - exits = end");
        assert_eq!(n[4], n[5..9].iter().sum::<i64>(), "planned is marked or unmarked");
    }
}

fn check_equations(school: &School, scope: &Scope) {
    let export = suppression::full_export::full_export(school, scope);
    assert_eq!(suppression::full_export::contradicted(&export), Vec::<String>::new());
}

fn check_exits(school: &School, scope: &Scope) {
    let columns = "withdrawn examined durable transition positive other unknown not_yet_due entrants";
    for row in pick(&school.sheet(scope, Section::Exits), &[], columns) {
        let n: Vec<i64> = row.split(' ').map(number).collect();
        assert_eq!(n[2..6].iter().sum::<i64>(), n[1] - n[7], "classes add up to the examined and due");
        assert!(n[6] <= n[5] && n[0] + n[1] <= n[8]);
    }
}

fn check_indicators(school: &School, scope: &Scope) {
    let (summed, single) = (school.facts(scope, Marks::Summed), school.facts(scope, Marks::Single));
    let figures = World::new(&summed, scope, Purpose::Figures);
    let explained = World::new(&single, scope, Purpose::Explain);
    for indicator in indicator::all() {
        for variant in indicator.rows(&figures) {
            let variant = variant.as_deref();
            let name = indicator.name(variant);
            let mut parts = Figure::default();
            for group in figures.groups() {
                let figure = indicator.result(&figures, group, variant).figure;
                let units = collect(|sink| indicator.units(&explained, group, variant, sink));
                assert_eq!(Figure::of(&units), figure, "{name}: the list adds up to the figure");
                if matches!(indicator.shape, Shape::Rate | Shape::RateOnceDue) && name != "fill_rate" {
                    assert!(figure.num <= figure.den, "{name}: {figure:?}");
                }
                match group {
                    Group::Cohort(_) => parts.merge(&figure),
                    Group::All
                        if !["applicants", "people_reached", "driving_hours", "partner_companies"]
                            .contains(&indicator.key) =>
                    {
                        assert_eq!(figure, parts, "{name}: over all cohorts it counts the same units");
                    }
                    Group::All => assert!(figure.num <= parts.num, "{name}"),
                }
            }
        }
    }
}

fn check_columns(school: &School, scope: &Scope) {
    let single = school.facts(scope, Marks::Single);
    let world = World::new(&single, scope, Purpose::Explain);
    let sheet = school.sheet(scope, Section::Monthly);
    for column in Section::Monthly.figure_columns().into_iter().filter(|c| *c != "attendance_pct") {
        for row in Section::Monthly.units(&world, column).unwrap() {
            let want = pick(&sheet, &["*", &row.words[0]], column);
            assert_eq!(number(&want[0]), Figure::of(&row.units).num, "{column} {:?}", row.words);
        }
    }
    let sheet = school.sheet(scope, Section::Esf);
    for (column, ..) in esf::COLUMNS {
        for row in Section::Esf.units(&world, column).unwrap().iter().filter(|r| r.words[0] != "EECR06") {
            let want = pick(&sheet, &[&row.words[0]], column);
            assert_eq!(number(&want[0]), Figure::of(&row.units).num, "{column} {:?}", row.words);
        }
    }
    let mut totals = std::collections::BTreeMap::new();
    for row in pick(&school.sheet(scope, Section::Bpf), &[], "year line trainees hours frame") {
        if let [year, "total", trainees, hours, _] = row.split(' ').collect::<Vec<_>>()[..] {
            let total = (trainees.to_owned(), hours.to_owned());
            assert_eq!(*totals.entry(year.to_owned()).or_insert_with(|| total.clone()), total, "F-1 = F-3 = F-4");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
    #[test]
    fn figures_hold_together(paths in prop::collection::vec(path(), 0..10), months in 1..16i32, late in 0..40i32) {
        let school = school(&paths);
        let to = day("2018-11-01").plus_months(months).plus_days(-1);
        let scope = Scope { to, as_of: to.plus_days(-late), ..period("2018-11-01", "2018-11-30", "2018-11-30") };
        check_month_identity(&school, &scope);
        check_exits(&school, &scope);
        check_equations(&school, &scope);
        check_indicators(&school, &scope);
        check_columns(&school, &scope);
    }
}
