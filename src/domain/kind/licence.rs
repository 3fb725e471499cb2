//! Steps towards the driving licence: registration, theory test, lessons, driving test.

use super::field::{Holds, Target, Words, field, fields, list, of_trainee, on_day};
use super::{Declaration, Event, Owner};
use crate::domain::Text;
use crate::domain::progress::{LicenceOutcome, LicenceStep};

fields! { Licence:
    TRAINEE = of_trainee();
    STEP = list::<LicenceStep>("step", "Étape").must().key();
    DATE = on_day();
    OUTCOME = list::<LicenceOutcome>("outcome", "Résultat");
    HOURS = field("hours", "Heures", Holds::Hours).also(&["durée", "nombre d'heures", "nb heures"]);
    FINANCED_BY = field("financed_by", "Financé par", Holds::Line).words(Words::Own);
    SCHOOL = field("school", "Auto-école", Holds::Line);
    COST = field("cost", "Coût (€)", Holds::Cents);
    GRANT = field("grant", "Subvention", Holds::Ref(Target::Grant));
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("étape du permis", "licence step"),
    many: Text::fixed("étapes du permis", "licence steps"),
    table: "licence",
    parts: &[],
    numbered: true,
    owner: Owner::Person,
    order: &[DATE],
    told_by: &[&[STEP], &[DATE]],
    event: Some(Event { day: DATE, word: Text::fixed("permis", "licence") }),
    removal: None,
};
