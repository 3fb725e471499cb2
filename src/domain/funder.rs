//! Closed lists of a funder's profile and of the budget.

use crate::closed_list;

closed_list! {
    /// What the funder's agreement allows to be shown.
    Level {
        Contract = "contract", "convention écrite", "written agreement";
        Aggregate = "aggregate", "agrégé", "aggregate";
        Public = "public", "public", "public";
    }
}

impl Level {
    /// Counts below this are masked at this level (0 = nothing is masked).
    pub fn threshold(self) -> i64 {
        match self {
            Level::Contract => 0,
            Level::Aggregate => 5,
            Level::Public => 11,
        }
    }
}

closed_list! {
    /// The dialect of a funder's files.
    Dialect {
        CsvFr = "csv-fr", "CSV pour tableur français", "CSV for a French spreadsheet";
        Csv = "csv", "CSV", "CSV";
    }
}

closed_list! {
    /// Whether lines about single people may be sent.
    People {
        None = "none", "aucune ligne individuelle", "no line about a person";
        Pseudonymised = "pseudonymised", "pseudonymisé", "pseudonymised";
    }
}

closed_list! {
    /// Which rows of a figure a funder is owed; nothing said means both.
    AgreedRow {
        Cohort = "cohort", "chaque promotion", "each cohort";
        Total = "total", "le total", "the total";
        Both = "both", "les deux", "both";
    }
}

closed_list! {
    /// The side of a budget line.
    Side {
        Charge = "charge", "charge", "charge", also "charges", "dépense";
        Income = "income", "produit", "income", also "produits", "recette";
    }
}

closed_list! {
    /// The language of a funder's exports.
    FunderLang {
        Fr = "fr", "français", "French";
        En = "en", "anglais", "English";
    }
}
