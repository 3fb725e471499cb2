//! The settings that exist: their values, what each means, what holds while nobody has set it.

use crate::cli::noun::prelude::*;
use crate::cli::parser::suggest::nearest;
use crate::domain::Refusal;
use crate::domain::Text;
use crate::domain::folding::{fold, shown};
use crate::domain::number::parse_int;
use crate::domain::school::{SETTINGS, SchoolSetting};

/// One setting.
pub struct Setting {
    /// Its name.
    pub key: &'static str,
    /// Its value while nobody has set it.
    pub default: &'static str,
    /// What it decides.
    pub means: &'static Text,
    takes: Takes,
}

enum Takes {
    /// One of these words, each followed by its other spellings.
    Words(&'static [&'static [&'static str]]),
    /// A number of months.
    Months,
    /// What the school says of itself.
    School(&'static SchoolSetting),
}

const LEVELS: Takes = Takes::Words(&[
    &["error", "erreur"],
    &["warning", "avertissement", "alerte"],
    &["off", "désactivé", "non", "no", "aucun"],
]);

const fn rule(key: &'static str, default: &'static str, means: &'static Text) -> Setting {
    Setting { key, default, means, takes: LEVELS }
}

const fn school(at: usize) -> Setting {
    let said = &SETTINGS[at];
    Setting { key: said.key, default: said.default, means: said.means, takes: Takes::School(said) }
}

/// All of them, in the order of `config list`.
pub const ALL: &[Setting] = &[
    school(0),
    school(1),
    school(2),
    school(3),
    school(4),
    school(5),
    school(6),
    school(7),
    school(8),
    school(9),
    school(10),
    school(11),
    school(12),
    school(13),
    school(14),
    school(15),
    Setting {
        key: "durable_min",
        default: "6m",
        means: fixed!(
            "un contrat est durable à 6 mois juste (6m) ou au-delà (over-6m)",
            "a contract is durable at 6 months exactly (6m) or beyond (over-6m)",
        ),
        takes: Takes::Words(&[
            &["6m", "6 mois", "6 months"],
            &["over-6m", "plus-de-6m", "plus de 6 mois", "over 6 months"],
        ]),
    },
    Setting {
        key: "ltu_months",
        default: "12",
        means: fixed!(
            "mois sans emploi à l'entrée pour être de longue durée (1 à 120)",
            "months out of work at entry that are long-term (1 to 120)",
        ),
        takes: Takes::Months,
    },
    Setting {
        key: "ltu_under25",
        default: "12",
        means: fixed!("les mêmes mois avant 25 ans : 6 ou 12", "the same months under 25: 6 or 12"),
        takes: Takes::Words(&[&["6"], &["12"]]),
    },
    Setting {
        key: "bpf_hours",
        default: "centre",
        means: fixed!(
            "heures du bilan pédagogique : au centre (centre) ou toutes (all)",
            "hours of the yearly return: in the centre (centre) or all of them (all)",
        ),
        takes: Takes::Words(&[&["centre", "center"], &["all", "tout", "toutes"]]),
    },
    rule("quality.birth_date_missing", "error", fixed!("date de naissance manquante", "birth date missing")),
    rule("quality.sex_missing", "error", fixed!("sexe manquant", "sex missing")),
    rule(
        "quality.open_after_end",
        "error",
        fixed!("pas de sortie alors que la promo est finie", "no exit although the cohort ended"),
    ),
    rule("quality.unmarked", "warning", fixed!("demi-journées sans présence saisie", "half-days without a mark")),
    rule("quality.status_missing", "warning", fixed!("statut à l'entrée manquant", "status at entry missing")),
    rule("quality.education_missing", "warning", fixed!("niveau d'études manquant", "education level missing")),
    rule(
        "quality.notice_missing",
        "warning",
        fixed!("information sur les données non donnée", "privacy notice not given"),
    ),
    rule(
        "quality.excused_without_reason",
        "warning",
        fixed!("absence justifiée sans motif", "excused absence without a reason"),
    ),
    rule("quality.unsigned", "warning", fixed!("demi-journées non signées", "half-days not signed")),
    rule("quality.followup_overdue", "warning", fixed!("relance en retard", "follow-up overdue")),
    rule(
        "quality.contract_end_unconfirmed",
        "warning",
        fixed!("fin de contrat passée, à confirmer", "contract end passed, to be confirmed"),
    ),
    rule("quality.paid_overlap", "warning", fixed!("contrats payés qui se chevauchent", "paid contracts that overlap")),
    rule(
        "quality.near_duplicate",
        "warning",
        fixed!("deux fiches pour la même personne ?", "two records for one person?"),
    ),
    rule("quality.no_show", "warning", fixed!("admis jamais venus", "admitted and never came")),
    rule("quality.licence_order", "warning", fixed!("étapes du permis en désordre", "licence steps out of order")),
    rule("quality.budget_unbalanced", "warning", fixed!("charges et produits différents", "charges and income differ")),
    rule(
        "quality.grant_dates",
        "warning",
        fixed!("promotion hors des dates de la subvention", "cohort outside the grant's dates"),
    ),
    rule(
        "quality.retention_due",
        "warning",
        fixed!("fiches à effacer (durée de conservation)", "records due for erasure"),
    ),
];

/// The setting of a name; the name of a quality rule is enough.
pub fn named(typed: &str) -> Result<&'static Setting> {
    let wanted = fold(typed).replace('-', "_");
    let is = |setting: &&Setting| setting.key == wanted || setting.key.strip_prefix("quality.") == Some(&wanted);
    if let Some(setting) = ALL.iter().find(is) {
        return Ok(setting);
    }
    let word = shown(typed);
    let refusal = Refusal::usage(text!("réglage inconnu : « {word} »", "unknown setting: “{word}”"));
    let rules = ALL.iter().filter_map(|setting| setting.key.strip_prefix("quality."));
    let near = nearest(&wanted, ALL.iter().map(|setting| setting.key)).or_else(|| nearest(&wanted, rules));
    bail!(match near {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => refusal.hint(text!("Liste : fil config list", "List: fil config list")),
    });
}

impl Setting {
    /// The value as it is kept.
    pub fn value(&self, typed: &str) -> Result<String> {
        let key = self.key;
        let word = shown(typed);
        let refusal = Refusal::usage(text!("{key} ne peut pas valoir « {word} »", "{key} cannot be “{word}”"));
        match self.takes {
            Takes::School(said) => match said.value(typed) {
                Ok(value) => Ok(value),
                Err(right) => bail!(refusal.hint(right)),
            },
            Takes::Months => match parse_int(typed) {
                Ok(months) if (1..=120).contains(&months) => Ok(months.to_string()),
                _ => bail!(refusal.hint(text!("Un nombre de mois, de 1 à 120.", "A number of months, 1 to 120."))),
            },
            Takes::Words(rows) => {
                let wanted = fold(typed.trim());
                let found = rows.iter().find(|row| row.iter().any(|spelling| fold(spelling) == wanted));
                if let Some(word) = found.and_then(|row| row.first()) {
                    return Ok((*word).to_owned());
                }
                let all: Vec<&str> = rows.iter().filter_map(|row| row.first()).copied().collect();
                let all = all.join(", ");
                bail!(refusal.hint(text!("Valeurs : {all}", "Values: {all}")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ClosedList;
    use crate::ops::quality::{Purpose, Rule};

    #[test]
    fn every_setting_of_the_school_is_listed() {
        assert!(SETTINGS.iter().all(|said| ALL.iter().any(|setting| setting.key == said.key)));
    }

    #[test]
    fn every_quality_rule_has_its_setting_with_the_level_it_has_by_itself() {
        let listed: Vec<(&str, &str)> =
            ALL.iter().filter_map(|s| Some((s.key.strip_prefix("quality.")?, s.default))).collect();
        let rules: Vec<(&str, &str)> =
            Rule::ALL.iter().map(|r| (r.code(), r.default_severity(Purpose::Look).code())).collect();
        assert_eq!(listed, rules);
    }
}
