//! The rules by name, and how severe each is: by default, in a close, and as the school has set it.

use super::Purpose;
use crate::closed_list;
use crate::domain::closed_list::ClosedList;
use crate::store::Lookup;
use anyhow::Result;

closed_list! {
    /// A data-quality rule; `config set quality.RULE` names it.
    Rule {
        BirthDateMissing = "birth_date_missing", "date de naissance manquante", "birth date missing";
        SexMissing = "sex_missing", "sexe manquant", "sex missing";
        OpenAfterEnd = "open_after_end", "sans sortie après la fin", "no exit after the end";
        Unmarked = "unmarked", "demi-journées non saisies", "unmarked half-days";
        StatusMissing = "status_missing", "statut à l'entrée manquant", "status at entry missing";
        EducationMissing = "education_missing", "niveau d'études manquant", "education missing";
        NoticeMissing = "notice_missing", "information non donnée", "privacy notice missing";
        ExcusedWithoutReason = "excused_without_reason", "absence justifiée sans motif", "excused without a reason";
        Unsigned = "unsigned", "demi-journées non signées", "unsigned half-days";
        FollowupOverdue = "followup_overdue", "relance en retard", "overdue follow-up";
        ContractEndUnconfirmed = "contract_end_unconfirmed", "fin de contrat à confirmer", "contract end unconfirmed";
        PaidOverlap = "paid_overlap", "contrats qui se chevauchent", "overlapping contracts";
        NearDuplicate = "near_duplicate", "doublon probable", "probable duplicate";
        NoShow = "no_show", "jamais venu", "no-show";
        LicenceOrder = "licence_order", "étapes du permis en désordre", "licence steps out of order";
        BudgetUnbalanced = "budget_unbalanced", "budget déséquilibré", "unbalanced budget";
        GrantDates = "grant_dates", "promotion hors subvention", "cohort outside the grant's dates";
        RetentionDue = "retention_due", "fiche à effacer", "record due for erasure";
    }
}

closed_list! {
    /// How much a finding weighs: an error blocks a close and makes `check` fail.
    Severity {
        Error = "error", "erreur", "error";
        Warning = "warning", "avertissement", "warning";
    }
}

impl Rule {
    /// The severity where the school has not set another.
    pub fn default_severity(self, purpose: Purpose) -> Severity {
        match (self, purpose) {
            (Rule::BirthDateMissing | Rule::SexMissing | Rule::OpenAfterEnd, _) => Severity::Error,
            (Rule::Unmarked, Purpose::Close) => Severity::Error,
            _ => Severity::Warning,
        }
    }

    /// The severity of a rule here and now; `None` when the school has switched it off.
    pub fn severity(self, lookup: &Lookup<'_>, purpose: Purpose) -> Result<Option<Severity>> {
        let set = lookup.setting(&format!("quality.{}", self.code()))?;
        Ok(match set.as_deref() {
            Some("off") => None,
            Some(level) => Some(Severity::from_code(level).unwrap_or(self.default_severity(purpose))),
            None => Some(self.default_severity(purpose)),
        })
    }
}
