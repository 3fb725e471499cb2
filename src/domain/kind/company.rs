//! The partner companies.

use super::field::{Holds, Words, field, fields};
use super::{Declaration, Owner};
use crate::domain::Text;

fields! { Companies:
    COMPANY = field("company", "Entreprise", Holds::Line).must().key().words(Words::Company);
    SIRET = field("siret", "SIRET", Holds::Code);
    SECTOR = field("sector", "Secteur", Holds::Line);
    ADDRESS = field("address", "Adresse", Holds::Line);
    POSTAL_CODE = field("postal_code", "Code postal", Holds::Code);
    COMMUNE = field("commune", "Commune", Holds::Line);
    CONTACT = field("contact", "Interlocuteur", Holds::Line);
    CONTACT_ROLE = field("contact_role", "Fonction", Holds::Line);
    PHONE = field("phone", "Téléphone", Holds::Phone);
    EMAIL = field("email", "Courriel", Holds::Line);
    PARTNER_SINCE = field("partner_since", "Partenaire depuis", Holds::Date);
    AGREEMENT_ON = field("agreement_on", "Convention le", Holds::Date);
    NOTE = field("note", "Note", Holds::Note);
}

pub(super) static DECLARATION: Declaration = Declaration {
    fields: FIELDS,
    one: Text::fixed("entreprise", "company"),
    many: Text::fixed("entreprises", "companies"),
    table: "company",
    parts: &[],
    numbered: true,
    owner: Owner::School,
    order: &[COMPANY],
    told_by: &[&[COMPANY]],
    event: None,
    removal: Some(Text::fixed("fil company remove ENTREPRISE", "fil company remove COMPANY")),
};
