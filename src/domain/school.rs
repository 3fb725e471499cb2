//! What the school says of itself, in settings that head its papers and pages.

use crate::domain::text::Text;
use crate::domain::text_rules;
use crate::{fixed, text};

/// One setting of the school.
#[derive(Debug)]
pub struct SchoolSetting {
    /// Its name.
    pub key: &'static str,
    /// Its value while nobody has set it.
    pub default: &'static str,
    /// What it is.
    pub means: &'static Text,
    holds: Holds,
}

#[derive(Debug)]
enum Holds {
    Text,
    Siret,
    /// The declaration number of a training body.
    ElevenDigits,
    Times,
}

const fn of(key: &'static str, means: &'static Text) -> SchoolSetting {
    SchoolSetting { key, default: "", means, holds: Holds::Text }
}

/// All of them.
pub const SETTINGS: &[SchoolSetting] = &[
    of("school.name", fixed!("le nom de l'école", "the name of the school")),
    of("school.legal_form", fixed!("sa forme juridique", "its legal form")),
    SchoolSetting {
        holds: Holds::Siret,
        ..of("school.siret", fixed!("son SIRET, 14 chiffres", "its SIRET, 14 digits"))
    },
    SchoolSetting {
        holds: Holds::ElevenDigits,
        ..of(
            "school.nda",
            fixed!("son numéro de déclaration d'activité, 11 chiffres", "its training body number, 11 digits"),
        )
    },
    of("school.rna", fixed!("son numéro au répertoire des associations", "its number in the register of associations")),
    of("school.naf", fixed!("son code NAF", "its NAF code")),
    of("school.address", fixed!("son adresse", "its address")),
    of("school.postal_code", fixed!("son code postal", "its postal code")),
    of("school.commune", fixed!("sa commune", "its town")),
    of("school.phone", fixed!("son téléphone", "its phone number")),
    of("school.email", fixed!("son courriel", "its e-mail address")),
    of("school.signatory", fixed!("qui signe", "who signs")),
    of("school.signatory_role", fixed!("la fonction de qui signe", "the role of who signs")),
    of("school.certificate", fixed!("son certificat Qualiopi", "its Qualiopi certificate")),
    SchoolSetting {
        default: "09:00-12:30",
        holds: Holds::Times,
        ..of("hours.am", fixed!("les horaires du matin", "the hours of the morning"))
    },
    SchoolSetting {
        default: "13:30-17:00",
        holds: Holds::Times,
        ..of("hours.pm", fixed!("les horaires de l'après-midi", "the hours of the afternoon"))
    },
];

impl SchoolSetting {
    /// The setting of a name.
    pub fn named(key: &str) -> Option<&'static SchoolSetting> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }

    /// The value as it is kept.
    ///
    /// # Errors
    /// What would be right.
    pub fn value(&self, typed: &str) -> Result<String, Text> {
        let kept = match self.holds {
            Holds::Text => text_rules::clean_line(typed).ok().filter(|text| !text.is_empty()),
            Holds::Siret => text_rules::siret(typed),
            Holds::ElevenDigits => {
                let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
                (digits.len() == 11 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
            }
            Holds::Times => text_rules::times(typed),
        };
        kept.ok_or_else(|| match self.holds {
            Holds::Text => text!("une ligne de texte", "a line of text"),
            Holds::Siret => text!("14 chiffres, comme sur une facture", "14 digits, as on an invoice"),
            Holds::ElevenDigits => text!("11 chiffres", "11 digits"),
            Holds::Times => text!("par exemple 09:00-12:30", "for example 09:00-12:30"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, typed: &str, kept: Option<&str>) {
        let setting = SchoolSetting::named(key).unwrap();
        assert_eq!(setting.value(typed).ok().as_deref(), kept, "{key} {typed}");
    }

    #[test]
    fn numbers_of_the_school_have_their_digits_and_a_siret_those_that_fit_each_other() {
        check("school.siret", "732 829 320 00074", Some("73282932000074"));
        check("school.siret", "73282932000075", None);
        check("school.siret", "35600000000048", Some("35600000000048"));
        check("school.nda", "84 26 02900 26", Some("84260290026"));
        check("school.nda", "8426029002", None);
        check("hours.am", "9h-12h30", Some("09:00-12:30"));
        check("hours.am", "12:30-09:00", None);
        check("school.name", " École de la fibre ", Some("École de la fibre"));
        check("school.name", "  ", None);
    }
}
