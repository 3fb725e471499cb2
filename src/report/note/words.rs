//! The sentences of a note that no indicator carries: what each file holds, classes of exits, how to read a row.

use crate::domain::Text;
use crate::domain::facts::DurableMin;
use crate::report::section::Section;
use crate::text;

/// What the rows of a section are.
pub fn about(section: Section) -> Text {
    let (fr, en) = match section {
        Section::Agreed => (
            "Ce que la convention vous doit : chaque chiffre convenu et chaque objectif, dans la période et depuis le début de la \
             première promotion.",
            "What the agreement owes you: each agreed figure and each target, in the period and since the start of the \
             first cohort.",
        ),
        Section::Monthly => (
            "Une ligne par promotion et par mois (* : toutes) ; début + entrées - sorties = fin.",
            "A row per cohort and month (*: all); start + entries - exits = end.",
        ),
        Section::Indicators => (
            "Une ligne par indicateur et promotion (* : toutes, les personnes étant comptées à nouveau).",
            "A row per indicator and cohort (*: all, people being counted again).",
        ),
        Section::Exits => (
            "Une ligne par promotion, grille et point après la sortie ; les quatre classes font les sorties examinées \
             moins celles pas encore échues.",
            "A row per cohort, scheme and point after the exit; the four classes make the exits examined less those \
             not yet due.",
        ),
        Section::Attendance => (
            "Une ligne par stagiaire, en demi-journées ; absence la plus longue en demi-journées prévues d'affilée.",
            "A row per trainee, in half-days; the longest absence in planned half-days in a row.",
        ),
        Section::People => (
            "Une ligne par entrant, sous pseudonyme, par tranches et par mois.",
            "A row per entrant, under a pseudonym, in bands and months.",
        ),
        Section::Placements => (
            "Une ligne par situation d'un entrant, sous pseudonyme.",
            "A row per situation of an entrant, under a pseudonym.",
        ),
        Section::Esf => (
            "Une ligne par indicateur commun, par sexe ; personnes distinctes entrées dans la période.",
            "A row per common indicator, by sex; distinct people who entered in the period.",
        ),
        Section::Bpf => (
            "Cadres F-1, F-3 et F-4 du Cerfa 10443, par année civile ; une ligne total dans chacun.",
            "Frames F-1, F-3 and F-4 of Cerfa 10443, by calendar year; a total line in each.",
        ),
        Section::Financial => (
            "En euros : prévu et réalisé par compte, totaux, coûts (cost) par entrant, par achèvement et par sortie \
             dynamique, part de chaque financeur (share) ; une explication est due au-delà de 10 % d'écart.",
            "In euros: planned and realised by account, totals, cost per entrant, per completion and per dynamic exit, \
             share of each funder; an explanation is due beyond a gap of 10 %.",
        ),
        Section::Followups => (
            "Une ligne par sortie et par point ; à joindre dans les 28 jours qui suivent l'échéance.",
            "A row per exit and point; to be reached within 28 days of the due day.",
        ),
        Section::Quality => ("", ""),
    };
    Text::new(fr, en)
}

/// The classes of exits of the first scheme.
pub fn classes(durable: DurableMin) -> Text {
    let (fr, en) = match durable {
        DurableMin::SixMonths => ("6 mois ou plus", "6 months or more"),
        DurableMin::OverSixMonths => ("plus de 6 mois", "more than 6 months"),
    };
    text!(
        "Durable : CDI, fonction publique, création, ou CDD, intérim et alternance de {fr}. Transition : ceux plus \
         courts, contrat aidé. Positive : insertion, formation qualifiante ou préqualifiante, études. Autre : le reste, \
         et l'inconnu. Dynamique : les trois premières. À la sortie : la meilleure situation des 28 jours suivants ; à \
         3, 6 et 12 mois : celle de ce jour-là.",
        "Lasting: open-ended, public service, own business, or fixed-term, agency and apprenticeship of {en}. \
         Transitional: shorter ones, subsidised contract. Positive: work integration, qualifying or prequalifying \
         training, studies. Other: the rest, and unknown. Dynamic: the first three. At exit: the best situation of the \
         28 days after; at 3, 6 and 12 months: the one on that day."
    )
}

/// The classes of the second scheme, under the same columns.
pub fn other_scheme() -> Text {
    text!(
        "Grille e2c, dans les mêmes colonnes : contrat de travail, alternance, formation, autre.",
        "Scheme e2c, in the same columns: work contract, apprenticeship, training, other."
    )
}

/// How to read a row of the indicators.
pub fn reading() -> Text {
    text!(
        "num, den (num., dén.) : numérateur, dénominateur ; not_yet_due : pas encore échus, hors de la base ; status : ok (objectif \
         atteint), watch (à 10 % près), late.",
        "num, den: numerator, denominator; not_yet_due: out of the base; status: ok (target reached), watch (within \
         10 %), late."
    )
}

/// Rules of the lines of the ESF+ file.
pub fn participants() -> Text {
    text!(
        "À l'entrée (EECO) : données de la première participation. Résultats (EECR) : 28 jours après la dernière \
         sortie, ou 6 mois. Chaque ligne compte les personnes dont la réponse est connue.",
        "At entry (EECO): data of the first participation. Results (EECR): 28 days after the last exit, or 6 months. \
         Each line counts the people whose answer is known."
    )
}

/// Which cohorts a layout shows.
pub fn shown_cohorts(codes: &[&str]) -> Text {
    let list = codes.join(", ");
    if codes.is_empty() {
        text!("Lignes montrées : les totaux (*) seuls.", "Rows shown: the totals (*) alone.")
    } else {
        text!(
            "Lignes montrées : {list} ; les totaux (*) portent sur toutes les promotions.",
            "Rows shown: {list}; the totals (*) are over all cohorts."
        )
    }
}

/// What an exit is, which exits are examined, what a paid contract is.
pub fn exits() -> Text {
    text!(
        "Sortie : départ d'un entrant, sauf vers une autre promotion. Retrait (non examinée) : force majeure ; ou fin de \
         la période d'intégration dans les premiers jours que fixe chaque promotion, sans contrat payé, formation ni \
         études dans les 28 jours. Examinée : toute autre sortie. Échue : le point est passé. Contrat payé : tout contrat \
         de travail ou d'alternance, intérim, création et insertion compris ; ni stage, ni PMSMP, ni service civique.",
        "Exit: an entrant who left, other than to another cohort. Withdrawn (not examined): force majeure; or an end of \
         integration within the first days that each cohort sets, without a paid contract, training or studies within \
         28 days. Examined: every other exit. Due: the point has passed. Paid contract: any contract of work or \
         apprenticeship, agency work, own business and work integration included; no internship, no civic service."
    )
}

/// The title of the sheet of what changed in earlier periods.
pub fn restated_title() -> Text {
    text!("Ce qui a changé dans les périodes déjà closes", "What changed in the periods already closed")
}

/// What the rows of that sheet are.
pub fn about_restated() -> Text {
    text!(
        "Une ligne par chiffre déjà envoyé qui ne serait plus le même, et par cause.",
        "A row per figure already sent that would no longer be the same, and per cause."
    )
}

/// What its columns and its causes are.
pub fn restated() -> Text {
    text!(
        "period, section, key, column : le chiffre ; issued : envoyé ; now : ce qu'il serait aujourd'hui ; delta : la part \
         de l'écart due à la cause ; record, recorded_on, operation : la fiche et sa saisie, là où rien n'est masqué. \
         cause : late_entry saisi après l'envoi ; correction d'une fiche ; deletion d'une fiche ; erasure d'une \
         personne ; merge de doublons ; setting, un réglage ou le programme.",
        "period, section, key, column: the figure; issued: as sent; now: what it would be today; delta: the part of the \
         change that the cause made; record, recorded_on, operation: the record and when it was entered, where nothing is \
         masked. cause: late_entry, recorded after the report; correction of a record; deletion of a record; erasure of a \
         person; merge of duplicates; setting, a setting or the program."
    )
}
