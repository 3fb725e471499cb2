//! Certificates that exist, in the order of their codes.

use super::field::{Holds, field, fields, list};
use super::{Declaration, Owner};
use crate::domain::Text;
use crate::domain::progress::Registry;

fields! { Catalogue:
    CERTIFICATE = field("certificate", "Certification", Holds::Code).must().key();
    LABEL = field("label", "Intitulé", Holds::Line);
    REGISTRY = list::<Registry>("registry", "Répertoire");
    COUNTS_AS_QUALIFICATION = field("counts_as_qualification", "Vaut qualification", Holds::Bool);
    VALID_MONTHS = field("valid_months", "Validité (mois)", Holds::Int(1, 600));
    /// The level of the national register, 2 to 8.
    LEVEL = field("level", "Niveau", Holds::Int(2, 8));
    CERTIFIER = field("certifier", "Certificateur", Holds::Line);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("certification du catalogue", "certificate of the catalogue"),
    many: Text::fixed("certifications du catalogue", "certificates of the catalogue"),
    table: "catalogue",
    parts: &[],
    numbered: true,
    owner: Owner::School,
    order: &[CERTIFICATE],
    told_by: &[&[CERTIFICATE]],
    event: None,
    removal: None,
};
