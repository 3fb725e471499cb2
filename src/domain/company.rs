//! Closed lists of the partner companies.

use crate::closed_list;

closed_list! {
    /// What came of proposing somebody for an opening.
    ProposalOutcome {
        Proposed = "proposed", "proposé", "proposed", also "proposée";
        Interview = "interview", "entretien", "interview";
        Promised = "promised", "promis", "promised", also "promise", "promesse";
        Hired = "hired", "embauché", "hired", also "embauchée", "recruté", "recrutée";
        Declined = "declined", "décliné", "declined", also "déclinée";
        Rejected = "rejected", "refusé", "rejected", also "refusée";
    }
}

closed_list! {
    /// How a company was met.
    ContactKind {
        Call = "call", "appel", "call", also "téléphone", "phone";
        Visit = "visit", "visite", "visit";
        Email = "email", "courriel", "email", also "mail", "e-mail";
        Meeting = "meeting", "rendez-vous", "meeting", also "rdv", "réunion";
        SiteVisit = "site_visit", "visite de chantier", "site visit", also "chantier";
    }
}
