//! Results of modules, each with its day.

use super::field::{Holds, Target, field, fields, list, of_cohort, of_trainee, on_day};
use super::{Declaration, Event, Owner};
use crate::domain::Text;
use crate::domain::progress::ModuleOutcome;

fields! { Results:
    COHORT = of_cohort();
    TRAINEE = of_trainee();
    MODULE = field("module", "Module", Holds::Ref(Target::Module)).must().key();
    DATE = on_day();
    OUTCOME = list::<ModuleOutcome>("outcome", "Résultat").must();
    /// The mark, in hundredths of a point.
    MARK = field("mark", "Note", Holds::Hundredths);
    /// The most that a mark can be, in hundredths of a point.
    OUT_OF = field("out_of", "Sur", Holds::Hundredths);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("résultat", "result"),
    many: Text::fixed("résultats", "results"),
    table: "result",
    parts: &[],
    numbered: true,
    owner: Owner::Stay,
    order: &[DATE],
    told_by: &[&[MODULE]],
    event: Some(Event { day: DATE, word: Text::fixed("résultat", "result") }),
    removal: None,
};
