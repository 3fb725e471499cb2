//! Every act that the journal can hold, with its words and whether it can be undone.

use crate::closed_list;
use crate::domain::closed_list::ClosedList;
use crate::domain::{Kind, Text};
use crate::text;

closed_list! {
    /// What an operation did. The code is stored in the file, so it never changes; the labels are what `fil log` says.
    Act {
        Init = "init", "création de la base", "database created";
        Import = "import", "import", "import";
        Add = "add", "ajout", "added";
        Edit = "edit", "modification", "changed";
        Remove = "remove", "suppression", "removed";
        Plan = "plan", "calendrier", "calendar";
        Slot = "slot", "calendrier", "calendar";
        Enrol = "enrol", "inscription", "enrolment";
        Transfer = "transfer", "transfert", "transfer";
        Leave = "leave", "sortie", "exit";
        Note = "note", "note", "note";
        Merge = "merge", "fusion", "merge";
        Erase = "erase", "effacement", "erasure";
        Day = "day", "feuille de présence", "attendance sheet";
        Register = "register", "appel", "register";
        Absent = "absent", "absence", "absence";
        Late = "late", "retard", "late arrival";
        Clear = "clear", "effacement de présences", "clearing of attendance";
        SetProgress = "set", "progression", "progress";
        Certify = "certify", "certification", "certificate";
        Licence = "licence", "permis", "licence";
        Interview = "interview", "entretien", "interview";
        EndPlacement = "end", "fin de contrat", "contract end";
        FollowUp = "follow", "point de suivi", "follow-up";
        SetTarget = "target", "objectif", "target";
        Agree = "agree", "convention", "agreement";
        Template = "template", "modèle de rapport", "report template";
        SetSetting = "config", "réglage", "setting";
        UnsetSetting = "unset", "réglage retiré", "setting removed";
        Close = "close", "clôture", "close";
        Reopen = "reopen", "réouverture", "reopening";
        Export = "export", "envoi d'un rapport", "report sent";
        Undo = "undo", "annulation", "undo";
        Redo = "redo", "rétablissement", "redo";
        Adopt = "adopt", "modifications d'un autre programme gardées", "changes of another program kept";
    }
}

impl Act {
    /// The act of a stored operation, from its code and the kind of record it names; none for a code that only a
    /// newer program knows.
    pub fn stored(code: &str, kind: &str) -> Option<Act> {
        // Settings were once set under the code of progress.
        if code == Act::SetProgress.code() && kind == Kind::Settings.code() {
            return Some(Act::SetSetting);
        }
        Act::from_code(code)
    }

    /// Whether it can never be undone.
    pub fn is_final(self) -> bool {
        self.why_final().is_some()
    }

    /// Why it can never be undone, for the acts that cannot.
    pub fn why_final(self) -> Option<Text> {
        match self {
            Act::Init => Some(text!("la base commence par elle", "the database begins with it")),
            Act::Erase => Some(text!("ce qui est effacé l'est pour toujours", "what is erased is erased for good")),
            Act::Close | Act::Reopen => Some(text!(
                "un rapport clos reste clos, et sa réouverture reste dite",
                "a closed report stays issued, and its reopening stays told"
            )),
            Act::Adopt => Some(text!(
                "ce qu'un autre programme a modifié n'a pas de version d'avant",
                "what another program changed has no version from before"
            )),
            Act::Export => Some(text!(
                "ce qui est sorti de l'école est sorti : les rapports suivants en tiennent compte",
                "what left the school has left: later reports reckon with it"
            )),
            Act::Import
            | Act::Add
            | Act::Edit
            | Act::Remove
            | Act::Plan
            | Act::Slot
            | Act::Enrol
            | Act::Transfer
            | Act::Leave
            | Act::Note
            | Act::Merge
            | Act::Day
            | Act::Register
            | Act::Absent
            | Act::Late
            | Act::Clear
            | Act::SetProgress
            | Act::Certify
            | Act::Licence
            | Act::Interview
            | Act::EndPlacement
            | Act::FollowUp
            | Act::SetTarget
            | Act::Agree
            | Act::Template
            | Act::SetSetting
            | Act::UnsetSetting
            | Act::Undo
            | Act::Redo => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Lang;
    use std::collections::BTreeSet;

    #[test]
    fn every_act_has_a_code_of_its_own_and_is_read_back_from_it_whatever_its_kind() {
        let codes: BTreeSet<&str> = Act::ALL.iter().map(|act| act.code()).collect();
        assert_eq!(codes.len(), Act::ALL.len());
        for act in Act::ALL {
            for kind in ["trainees", "files", "database", "operation", "reports", ""] {
                assert_eq!(Act::stored(act.code(), kind), Some(*act), "{act:?} on {kind}");
            }
        }
    }

    #[test]
    fn every_act_is_worded_in_both_languages_and_not_by_its_code() {
        for act in Act::ALL {
            let (fr, en) = (act.label(Lang::Fr), act.label(Lang::En));
            assert!(!fr.is_empty() && !en.is_empty(), "{act:?}");
            assert!(fr.chars().next().is_some_and(char::is_lowercase), "{act:?}: {fr}");
        }
        assert_eq!(Act::UnsetSetting.label(Lang::Fr), "réglage retiré");
        assert_eq!(Act::SetTarget.label(Lang::Fr), "objectif");
    }

    #[test]
    fn codes_of_every_version_of_the_program_keep_their_meaning() {
        #[track_caller]
        fn check(code: &str, kind: &str, act: Option<Act>) {
            assert_eq!(Act::stored(code, kind), act, "{code} on {kind}");
        }
        check("set", "results", Some(Act::SetProgress));
        check("set", "licence", Some(Act::SetProgress));
        check("set", "settings", Some(Act::SetSetting));
        check("config", "settings", Some(Act::SetSetting));
        check("unset", "settings", Some(Act::UnsetSetting));
        check("end", "placements", Some(Act::EndPlacement));
        check("target", "targets", Some(Act::SetTarget));
        check("teleport", "trainees", None);
        check("Set", "results", None);
        check("", "", None);
    }

    #[test]
    fn what_left_the_school_or_was_erased_is_final_and_entries_are_not() {
        let finals: Vec<&str> = Act::ALL.iter().filter(|act| act.is_final()).map(|act| act.code()).collect();
        assert_eq!(finals, ["init", "erase", "close", "reopen", "export", "adopt"]);
        for act in Act::ALL.iter().filter_map(|act| act.why_final()) {
            assert!(!act.fr.is_empty() && !act.en.is_empty());
        }
    }
}
