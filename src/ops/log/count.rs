//! Tables as kinds of record, and counts of records in words.

use crate::domain::{Kind, Text};
use crate::text;

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
