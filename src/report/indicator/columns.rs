//! What each column of figures holds, and each line of the ESF+ file: one text for the list of definitions and for the
//! note that goes with an export.

use super::{NEVER_UNKNOWN, NO_BASE, OWN, exits};
use crate::domain::ClosedList;
use crate::domain::Text;
use crate::fixed;
use crate::report::figure_class::FigureClass::{self, Frame, Outcome};
use crate::report::section::Section;

/// What a column of a section holds.
#[derive(Debug, Clone, Copy)]
pub struct ColumnText {
    /// The section.
    pub section: Section,
    /// The machine header.
    pub key: &'static str,
    /// What a funder that is masked may see of it.
    pub class: FigureClass,
    /// What it holds, in words that end without a full stop.
    pub means: &'static Text,
    /// Numerator and denominator, where it is a rate.
    pub over: Option<(&'static Text, &'static Text)>,
}

impl ColumnText {
    /// Where the definition comes from.
    pub fn source(&self) -> &'static Text {
        match self.section {
            Section::Exits => exits::SOURCE_IAE,
            Section::Esf => SOURCE_ESF,
            Section::Bpf => {
                fixed!("Cerfa 10443, bilan pédagogique et financier", "Cerfa 10443, yearly training return")
            }
            _ => OWN,
        }
    }
    /// Who is in the numerator.
    pub fn numerator(&self) -> &'static Text {
        self.over.map_or(self.means, |(numerator, _)| numerator)
    }
    /// Who is in the denominator.
    pub fn denominator(&self) -> &'static Text {
        self.over.map_or(NO_BASE, |(_, denominator)| denominator)
    }
    /// What becomes of unknown answers.
    pub fn unknown(&self) -> &'static Text {
        match (self.section, self.key) {
            (Section::Exits, "other") => exits::AS_OTHER,
            (Section::Esf, _) => ESF_UNKNOWN,
            _ => NEVER_UNKNOWN,
        }
    }
}

/// The text of a column, when it holds something of its own.
pub fn of(section: &str, key: &str) -> Option<&'static ColumnText> {
    ALL.iter().find(|text| text.section.code() == section && text.key == key)
}

/// The indicator that a column of another section prints.
pub fn indicator_of(section: &str, column: &str) -> Option<&'static str> {
    Some(match (section, column) {
        ("exits", "dynamic_pct") => "dynamic_exit_rate",
        ("exits", "durable_pct") => "durable_rate",
        ("exits", "employment_pct") => "employment_rate",
        ("exits", "dynamic_pct_on_entrants") => "dynamic_on_entrants",
        ("exits", "entrants") => "entrants",
        ("monthly" | "attendance" | "people", "attendance_pct") => "attendance_rate",
        ("monthly" | "attendance", "hours_centre") => "hours_centre",
        ("monthly" | "attendance", "hours_company") => "hours_company",
        ("monthly", "interviews") => "interviews",
        ("monthly", "interview_hours") => "interview_hours",
        _ => return None,
    })
}

const fn column(section: Section, key: &'static str, class: FigureClass, means: &'static Text) -> ColumnText {
    ColumnText { section, key, class, means, over: None }
}

const fn rate(
    section: Section,
    key: &'static str,
    class: FigureClass,
    [means, num, den]: [&'static Text; 3],
) -> ColumnText {
    ColumnText { section, key, class, means, over: Some((num, den)) }
}

/// A column of half-days, the same by month and by trainee.
const fn half_days(section: Section, at: usize) -> ColumnText {
    let (key, means) = HALF_DAYS[at];
    ColumnText { section, key, class: Frame, means, over: None }
}

const HALF_DAYS: [(&str, &Text); 5] = [
    (
        "planned",
        fixed!(
            "demi-journées prévues de l'entrée à la sortie, non annulées",
            "half-days planned from entry to exit, not cancelled",
        ),
    ),
    ("present", fixed!("demi-journées présentes, quelle que soit leur durée", "half-days present, however long")),
    ("excused", fixed!("demi-journées d'absence justifiée", "half-days of excused absence")),
    ("unexcused", fixed!("demi-journées d'absence injustifiée", "half-days of unexcused absence")),
    ("unmarked", fixed!("demi-journées prévues sans aucune marque", "planned half-days without any mark")),
];

const OUTCOME: &Text = fixed!(
    "classe de la sortie à ce point ; unknown : rien de connu ; not_yet_due : pas sorti, ou point à venir ; withdrawn : \
     retrait",
    "class of the exit at that point; unknown: nothing known; not_yet_due: has not left, or the point is to come; \
     withdrawn: not examined",
);
const OF_CLASS: &Text = fixed!("sorties examinées et échues de cette classe", "exits examined and due, of this class");

use Section::{Attendance, Bpf, Esf, Exits, Financial, Followups, Monthly, People, Placements};

/// The columns that hold something of their own, in the order of the sections.
pub const ALL: &[ColumnText] = &[
    column(
        Monthly,
        "start",
        Frame,
        fixed!(
            "entrants entrés avant le premier jour du mois et pas sortis avant lui",
            "entrants who entered before the first day of the month and had not left before it"
        ),
    ),
    column(Monthly, "entries", Frame, fixed!("entrées dans le mois", "entries in the month")),
    column(
        Monthly,
        "exits",
        Frame,
        fixed!(
            "sorties dans le mois, celles vers une autre promotion comprises",
            "exits in the month, those to another cohort too"
        ),
    ),
    column(
        Monthly,
        "end",
        Frame,
        fixed!("entrés et pas sortis à la fin du mois", "entered and not left by the end of the month"),
    ),
    half_days(Monthly, 0),
    half_days(Monthly, 1),
    half_days(Monthly, 2),
    half_days(Monthly, 3),
    half_days(Monthly, 4),
    column(
        Monthly,
        "modules_validated",
        Outcome,
        fixed!(
            "modules techniques validés pour la première fois dans le mois, par entrant",
            "technical modules validated for the first time in the month, by entrant"
        ),
    ),
    column(
        Monthly,
        "code_passed",
        Outcome,
        fixed!(
            "personnes dont la première réussite au code depuis l'entrée est du mois",
            "people whose first pass of the theory test since entry is of the month"
        ),
    ),
    column(
        Monthly,
        "licence_obtained",
        Outcome,
        fixed!(
            "personnes dont la première réussite à la conduite depuis l'entrée est du mois",
            "people whose first pass of the driving test since entry is of the month"
        ),
    ),
    column(
        Monthly,
        "prehire_started",
        Outcome,
        fixed!("missions de préembauche commencées dans le mois", "prehire missions started in the month"),
    ),
    column(
        Monthly,
        "contracts_signed",
        Outcome,
        fixed!(
            "contrats payés commencés dans le mois, hors préembauche",
            "paid contracts started in the month, prehire missions apart"
        ),
    ),
    column(Exits, "withdrawn", Outcome, fixed!("sorties non examinées", "exits that are not examined")),
    column(
        Exits,
        "examined",
        Outcome,
        fixed!("sorties moins les retraits, échues ou non", "exits less the withdrawn, due or not"),
    ),
    column(Exits, "durable", Outcome, OF_CLASS),
    column(Exits, "transition", Outcome, OF_CLASS),
    column(Exits, "positive", Outcome, OF_CLASS),
    column(Exits, "other", Outcome, OF_CLASS),
    column(
        Exits,
        "unknown",
        Outcome,
        fixed!(
            "parmi les autres, celles dont rien n'est connu à ce point",
            "among the others, those of whom nothing is known at that point"
        ),
    ),
    column(
        Exits,
        "not_yet_due",
        Outcome,
        fixed!("sorties examinées dont le point est à venir", "exits examined whose point is yet to come"),
    ),
    half_days(Attendance, 0),
    half_days(Attendance, 1),
    half_days(Attendance, 2),
    half_days(Attendance, 3),
    half_days(Attendance, 4),
    column(
        Attendance,
        "longest_absence",
        Frame,
        fixed!(
            "la plus longue suite de demi-journées prévues marquées absentes, justifiées ou non",
            "the longest run of planned half-days marked absent, excused or not"
        ),
    ),
    column(People, "age_band", Outcome, fixed!("âge le jour de l'entrée", "age on the entry day")),
    column(People, "education_band", Outcome, fixed!("niveau CITE", "ISCED level")),
    column(People, "outcome_exit", Outcome, OUTCOME),
    column(People, "outcome_3m", Outcome, OUTCOME),
    column(People, "outcome_6m", Outcome, OUTCOME),
    column(
        Placements,
        "duration_class",
        Outcome,
        fixed!(
            "durée prévue : open_ended sans fin, 6m_or_more 6 mois ou plus, under_6m moins",
            "planned length: open_ended without an end, 6m_or_more 6 months or more, under_6m less"
        ),
    ),
    column(
        Placements,
        "converted",
        Outcome,
        fixed!(
            "préembauche suivie, au plus tard 30 jours après sa fin, d'un CDI, CDD ou contrat en alternance dans la même \
         entreprise",
            "prehire mission followed, by 30 days after its end, by a CDI, CDD or apprenticeship in the same company"
        ),
    ),
    column(Placements, "outcome", Outcome, fixed!("classe de la situation", "class of the situation")),
    column(Esf, "women", Outcome, fixed!("les femmes que compte la ligne", "the women that the line counts")),
    column(Esf, "men", Outcome, fixed!("les hommes", "the men")),
    column(Esf, "nonbinary", Outcome, fixed!("les personnes non binaires", "the nonbinary people")),
    column(
        Esf,
        "total",
        Frame,
        fixed!("toutes, sexe non renseigné compris", "all of them, also without a recorded sex"),
    ),
    column(
        Bpf,
        "trainees",
        Frame,
        fixed!(
            "participations présentes au moins une demi-journée dans l'année",
            "participations present at least one half-day in the year"
        ),
    ),
    column(
        Bpf,
        "hours",
        Frame,
        fixed!(
            "leurs heures de présence de l'année, en centre seulement ou toutes (réglage bpf_hours), arrondies à l'heure",
            "their hours present in the year, in the centre only or all (setting bpf_hours), rounded to the hour"
        ),
    ),
    column(Financial, "planned", Frame, fixed!("montant prévu, en euros", "amount planned, in euros")),
    column(
        Financial,
        "realised",
        Frame,
        fixed!(
            "montant réalisé ; pour un coût, charges réalisées / nombre de personnes",
            "amount realised; for a cost, charges realised / number of people"
        ),
    ),
    rate(
        Financial,
        "pct",
        Frame,
        [
            fixed!(
                "réalisé / prévu ; pour une part, réalisé / tous les produits réalisés",
                "realised / planned; for a share, realised / all income realised",
            ),
            fixed!("montant réalisé", "amount realised"),
            fixed!(
                "montant prévu ; pour une part, tous les produits réalisés",
                "amount planned; for a share, all income realised",
            ),
        ],
    ),
    column(Financial, "gap", Frame, fixed!("réalisé - prévu", "realised - planned")),
    column(
        Financial,
        "explanation_due",
        Frame,
        fixed!(
            "vrai au-delà de 10 % du prévu, ou réalisé sans prévu",
            "true beyond 10 % of the plan, or realised without a plan"
        ),
    ),
    column(
        Followups,
        "attempts",
        Outcome,
        fixed!("tentatives de joindre la personne à ce point", "attempts to reach the person at that point"),
    ),
    column(
        Followups,
        "status",
        Outcome,
        fixed!(
            "reached joint, not_due à venir, due à faire, overdue plus de 28 jours après l'échéance",
            "reached, not_due to come, due to be done, overdue more than 28 days after the due day"
        ),
    ),
];

/// Where the lines of the ESF+ file come from.
pub const SOURCE_ESF: &Text = fixed!(
    "indicateurs communs du FSE+, règlement (UE) 2021/1057, annexe I",
    "ESF+ common indicators, Regulation (EU) 2021/1057, annex I",
);
/// What becomes of unknown answers in the lines about the entry day.
pub const ESF_UNKNOWN: &Text =
    fixed!("donnée non renseignée ou refusée : hors de la ligne", "not recorded or refused: out of the line");
/// What becomes of unknown answers in the lines about results.
pub const RESULT_UNKNOWN: &Text = fixed!(
    "rien de connu : hors de la ligne ; sans sortie, pas encore de résultat",
    "nothing known: out of the line; without an exit, no result yet",
);

/// What a line of the ESF+ file counts beyond what its label says.
pub fn esf_detail(key: &str) -> Option<&'static Text> {
    Some(match key {
        "EECO01" => fixed!("personnes distinctes entrées dans la période", "distinct people who entered in the period"),
        "EECO03" => fixed!(
            "au chômage depuis plus de ltu_months mois le jour de l'entrée, ltu_under25 avant 25 ans ; début inconnu : non \
             compté",
            "unemployed for more than ltu_months months on the entry day, ltu_under25 under 25; start unknown: not counted",
        ),
        "EECO06" | "EECO07" | "EECO08" => {
            fixed!("années révolues le jour de l'entrée", "completed years on the entry day")
        }
        "EECR01" => fixed!(
            "inactifs à l'entrée, demandeurs d'emploi à partir d'un des 28 jours après la sortie, sans contrat payé ce jour",
            "inactive at entry, job seekers from one of the 28 days after the exit on, without a paid contract that day",
        ),
        "EECR02" => {
            fixed!("un jour au moins des 28 jours après la sortie", "on at least one of the 28 days after the exit")
        }
        "EECR03" => fixed!(
            "certificat qualifiant obtenu au plus tard 28 jours après la sortie",
            "qualifying certificate obtained by 28 days after the exit",
        ),
        "EECR04" => fixed!(
            "contrat payé un jour au moins des 28 jours après la sortie",
            "under a paid contract on at least one of the 28 days after the exit",
        ),
        "EECR05" => fixed!(
            "contrat payé le jour des six mois après la sortie, une fois venu",
            "under a paid contract on the day six months after the exit, once it has come",
        ),
        "EECR06" => {
            fixed!("non calculé : demande des données de l'employeur", "not computed: needs the employer's data")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::indicator;
    use crate::report::section::esf;

    #[test]
    fn every_column_of_figures_is_defined_here_or_prints_an_indicator() {
        for section in Section::ALL {
            for key in section.figure_columns() {
                let own = of(section.code(), key).is_some();
                let printed = indicator_of(section.code(), key);
                assert!(own != printed.is_some(), "{}:{key}", section.code());
                assert!(printed.is_none_or(|p| indicator::all().any(|i| i.key == p)), "{}:{key}", section.code());
            }
        }
        for text in ALL {
            assert!(text.section.columns().iter().any(|c| c.key == text.key), "{}:{}", text.section.code(), text.key);
        }
    }

    #[test]
    fn results_of_the_social_fund_say_when_they_are_looked_at() {
        let results: Vec<_> = esf::definitions().filter(|(key, _)| key.starts_with("EECR")).collect();
        assert_eq!(results.len(), 6);
        assert!(results.iter().all(|(key, _)| esf_detail(key).is_some()));
    }

    #[test]
    fn clauses_end_without_a_full_stop_so_that_they_can_stand_in_a_sentence() {
        let details = esf::definitions().filter_map(|(key, _)| esf_detail(key));
        let texts = ALL.iter().flat_map(|t| [t.means, t.numerator(), t.denominator(), t.unknown(), t.source()]);
        for phrase in texts.chain(details) {
            assert!(!phrase.fr.ends_with('.') && !phrase.en.ends_with('.'), "{phrase:?}");
        }
    }
}
