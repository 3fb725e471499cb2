//! Technical modules validated, by module and together.

use super::counts::{Counts, DEN, ENTRANTS, Relation, Rows};
use super::{Indicator, Page, Variants};
use crate::domain::facts::{ModuleFact, ResultFact};
use crate::domain::progress::ModuleOutcome;
use crate::fixed;
use crate::report::as_of::{Group, Part, World};
use crate::report::figure_class::FigureClass;
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value};
use std::collections::BTreeSet;

/// Pairs entrant x technical module that are validated.
pub const MODULES_VALIDATED: Indicator = Indicator {
    key: "modules_validated",
    variants: Variants::TechnicalModules,
    label: fixed!("Modules techniques validés", "Technical modules validated"),
    definition: fixed!(
        "Couples entrant x module technique validés à la date d'observation.",
        "Pairs entrant x technical module validated by the observation date.",
    ),
    numerator: fixed!("couples entrant x module technique validés", "pairs entrant x technical module validated"),
    denominator: fixed!("entrants x modules techniques", "entrants x technical modules"),
    counts: Counts::PEOPLE.never_unknown().known(&[
        // Everybody of a cohort has its modules, and nobody of it has another's.
        Relation::equal_here(&[DEN], ENTRANTS).rows(Rows::OfVariantsInACohort),
        Relation::at_most(&[DEN], ENTRANTS).rows(Rows::OfVariants),
    ]),
    page: Page::Progress(50),
    gather: modules_validated,
    ..Indicator::rate(FigureClass::Outcome)
};

/// Codes of the technical modules of the scope.
pub fn technical_codes(world: &World<'_>) -> BTreeSet<String> {
    world.cohorts.iter().flat_map(|c| c.technical_modules()).map(|m| m.code.clone()).collect()
}

/// The first validation of a module by a participation, up to as_of.
pub fn first_validation<'a>(world: &World<'a>, part: &Part<'_>, module: &ModuleFact) -> Option<&'a ResultFact> {
    let found = world.results(part).filter(|r| r.module == module.id && r.outcome == ModuleOutcome::Validated);
    found.min_by_key(|r| (r.date, r.id))
}

/// The unit of a participation and a module.
pub fn module_unit(part: &Part<'_>, module: &ModuleFact, result: Option<&ResultFact>) -> Unit {
    let unit = Unit::of(part).kind(UnitKind::Module).value(Value::Name(module.code.clone()));
    match result {
        Some(r) => unit.on(r.date).because(RecordRef::new(RecordKind::Result, r.id, r.op, &["date", "outcome"])),
        None => unit.because(RecordRef::new(RecordKind::Module, module.id, module.op, &["stream"])),
    }
}

fn modules_validated(world: &World<'_>, group: Group, variant: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        let modules = world.cohort(part).technical_modules();
        for module in modules.filter(|m| variant.is_none_or(|v| v == m.code)) {
            let result = first_validation(world, part, module);
            sink(module_unit(part, module, result).counted_if(
                result.is_some(),
                fixed!("module validé", "module validated"),
                fixed!("module non validé", "module not validated"),
            ));
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::report::indicator::testing::*;

    #[test]
    fn modules_are_pairs_over_technical_modules_and_each_code_has_its_own_row() {
        let mut school = School::with_p1();
        let splicing = school.module("P1", "F01", Stream::Technical);
        school.module("P1", "F02", Stream::Technical);
        let maths = school.module("P1", "MAT", Stream::General);
        let part = school.enter("P1", "amelie", "2018-11-05");
        school.enter("P1", "said", "2018-11-05");
        school.result(part, splicing, "2018-12-01", ModuleOutcome::Failed);
        school.result(part, splicing, "2018-12-10", ModuleOutcome::Validated);
        school.result(part, splicing, "2018-12-12", ModuleOutcome::Validated);
        school.result(part, maths, "2018-12-10", ModuleOutcome::Validated);
        check(&school, "2018-12-09", "modules_validated", [0, 4, 0, 0]);
        check(&school, "2018-12-10", "modules_validated", [1, 4, 0, 0]);
        check(&school, "2018-12-10", "modules_validated@F01", [1, 2, 0, 0]);
        check(&school, "2018-12-10", "modules_validated@F02", [0, 2, 0, 0]);
    }
}
