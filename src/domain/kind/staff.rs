//! The people who work at the school.

use super::field::{Days, Holds, field, fields, list};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::staff::{Employment, StaffRole};

fields! { Staff:
    STAFF = field("staff", "Équipe", Holds::Code).key();
    LAST_NAME = field("last_name", "Nom", Holds::Name).must();
    FIRST_NAME = field("first_name", "Prénom", Holds::Name).must();
    ROLE = list::<StaffRole>("role", "Rôle");
    EMPLOYMENT = list::<Employment>("employment", "Statut");
    WEEKLY_HOURS = field("weekly_hours", "Heures par semaine", Holds::Hours);
    FROM = field("from", "Du", Holds::Date).days(Days::AnyAhead);
    TO = field("to", "Au", Holds::Date).days(Days::AnyAhead);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("membre de l'équipe", "staff member"),
    many: Text::fixed("membres de l'équipe", "staff members"),
    table: "staff",
    parts: &[],
    numbered: true,
    owner: Owner::School,
    order: &[LAST_NAME, FIRST_NAME],
    told_by: &[&[STAFF]],
    event: None,
    removal: Some(Text::fixed("fil staff remove CODE", "fil staff remove CODE")),
};
