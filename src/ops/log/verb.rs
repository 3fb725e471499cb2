//! The words of the journal: verbs, tables and counts of records.

use crate::domain::{Kind, Text};
use crate::text;

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

/// The kind of record that a table holds, or holds a part of.
pub fn kind_of(table: &str) -> Option<Kind> {
    Some(match table {
        "catalogue" => Kind::Catalogue,
        "cohort" => Kind::Cohorts,
        "module" => Kind::Modules,
        "slot" => Kind::Slots,
        "person" | "alias" | "contact" | "participation" => Kind::Trainees,
        "attendance" => Kind::Attendance,
        "result" => Kind::Results,
        "certificate" => Kind::Certificates,
        "licence" => Kind::Licence,
        "interview" => Kind::Interviews,
        "placement" => Kind::Placements,
        "followup" => Kind::Followups,
        "note" => Kind::Notes,
        "setting" => Kind::Settings,
        "funder" | "template" => Kind::Funders,
        "grants" | "grant_cohort" => Kind::Grants,
        "target" => Kind::Targets,
        "budget" => Kind::Budget,
        _ => return None,
    })
}

/// `12 stagiaires` / `12 trainees`.
pub fn count(kind: Kind, n: i64) -> Text {
    if n == 1 {
        let one = kind.one();
        let (fr, en) = (one.fr, one.en);
        return text!("1 {fr}", "1 {en}");
    }
    let (fr, en) = many(kind);
    text!("{n} {fr}", "{n} {en}")
}

fn many(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Catalogue => ("certifications du catalogue", "certificates of the catalogue"),
        Kind::Cohorts => ("promotions", "cohorts"),
        Kind::Modules => ("modules", "modules"),
        Kind::Slots => ("demi-journées du calendrier", "half-days of the calendar"),
        Kind::Trainees => ("stagiaires", "trainees"),
        Kind::Attendance => ("présences", "attendance marks"),
        Kind::Results => ("résultats", "results"),
        Kind::Certificates => ("certifications", "certificates"),
        Kind::Licence => ("étapes du permis", "licence steps"),
        Kind::Interviews => ("entretiens", "interviews"),
        Kind::Placements => ("situations", "placements"),
        Kind::Followups => ("relances", "follow-ups"),
        Kind::Notes => ("notes", "notes"),
        Kind::Settings => ("réglages", "settings"),
        Kind::Funders => ("financeurs", "funders"),
        Kind::Grants => ("subventions", "grants"),
        Kind::Targets => ("objectifs", "targets"),
        Kind::Budget => ("lignes de budget", "budget lines"),
    }
}
