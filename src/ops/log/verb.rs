//! The words of the journal's verbs.

use crate::domain::Text;

/// The noun of a verb; one that this program does not know speaks for itself.
pub fn label(verb: &str) -> Text {
    let (fr, en) = match verb {
        "init" => ("création de la base", "database created"),
        "upgrade" => ("mise à niveau de la base", "database upgraded"),
        "restore" => ("sauvegarde reprise", "backup restored"),
        "import" => ("import", "import"),
        "add" => ("ajout", "added"),
        "edit" => ("modification", "changed"),
        "remove" => ("suppression", "removed"),
        "plan" => ("calendrier", "calendar"),
        "slot" => ("calendrier", "calendar"),
        "module" => ("module", "module"),
        "enrol" => ("inscription", "enrolment"),
        "transfer" => ("transfert", "transfer"),
        "leave" => ("sortie", "exit"),
        "note" => ("note", "note"),
        "merge" => ("fusion", "merge"),
        "erase" => ("effacement", "erasure"),
        "day" => ("feuille de présence", "attendance sheet"),
        "absent" => ("absence", "absence"),
        "late" => ("retard", "late arrival"),
        "clear" => ("effacement de présences", "clearing of attendance"),
        "set" => ("progression", "progress"),
        "certify" => ("certification", "certificate"),
        "licence" => ("permis", "licence"),
        "interview" => ("entretien", "interview"),
        "end" => ("fin de contrat", "contract end"),
        "follow" => ("point de suivi", "follow-up"),
        "template" => ("modèle de rapport", "report template"),
        "config" => ("réglage", "setting"),
        "close" => ("clôture", "close"),
        "reopen" => ("réouverture", "reopening"),
        "undo" => ("annulation", "undo"),
        "redo" => ("rétablissement", "redo"),
        other => return Text::same(other),
    };
    Text::new(fr, en)
}
