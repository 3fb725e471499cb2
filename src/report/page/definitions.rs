//! What every figure of the page means, in the indicators' own words, and the rules that hold for all of them.

use super::figures::{def_of, words};
use super::heading::Heading;
use super::reading::Sheets;
use crate::domain::{Lang, Text};
use crate::report::indicator;

/// The definition of one indicator.
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) key: &'static str,
    pub(super) label: String,
    pub(super) definition: String,
    pub(super) numerator: String,
    pub(super) denominator: String,
    pub(super) unknown: String,
}

/// A word or a rule of the page.
pub(super) struct Rule {
    pub(super) id: &'static str,
    pub(super) name: String,
    pub(super) words: String,
}

/// Indicators that other tables than theirs point to.
const OF_MONTHS: [&str; 3] = ["attendance_rate", "hours_centre", "hours_company"];
const OF_EXITS: [&str; 3] = ["dynamic_exit_rate", "durable_rate", "employment_rate"];

/// The definitions that the page needs, in the order of reports.
pub(super) fn entries(sheets: &Sheets<'_>) -> Vec<Entry> {
    let lang = sheets.lang;
    let needed = |key: &str| {
        sheets.has("indicators")
            || (sheets.has("monthly") && OF_MONTHS.contains(&key))
            || (sheets.has("exits") && OF_EXITS.contains(&key))
    };
    let kept = indicator::all().filter(|i| needed(i.key));
    kept.map(|i| Entry {
        id: def_of(i.key),
        key: i.key,
        label: words(&i.label.clone(), lang),
        definition: words(&i.definition.clone(), lang),
        numerator: words(&i.numerator.clone(), lang),
        denominator: words(&i.denominator.clone(), lang),
        unknown: words(&i.unknown.clone(), lang),
    })
    .collect()
}

/// The words and rules that hold for the whole page.
pub(super) fn rules(heading: &Heading, lang: Lang) -> Vec<Rule> {
    let rule = |id, name: (&str, &str), text: &Text| Rule {
        id,
        name: words(&Text::new(name.0, name.1), lang),
        words: words(text, lang),
    };
    let mut rules: Vec<Rule> = FIXED.iter().map(|(id, name, fr, en)| rule(*id, *name, &Text::new(*fr, *en))).collect();
    rules.push(rule("def-masked", ("Nombres masqués", "Masked numbers"), &heading.masking()));
    rules.push(rule("def-settings", ("Réglages", "Settings"), &heading.settings()));
    rules
}

type Fixed = (&'static str, (&'static str, &'static str), &'static str, &'static str);

const FIXED: [Fixed; 8] = [
    (
        "def-out-of",
        ("n/N", "n/N"),
        "À côté de chaque taux : combien de personnes (ou de demi-journées), sur combien. Un taux sans base est vide (—), jamais \
         zéro. « Effectif faible » : la base est trop petite pour comparer deux pourcentages.",
        "Beside every rate: how many people (or half-days), out of how many. A rate without a base is empty (—), never zero. \
         “Small number”: the base is too small to compare two percentages.",
    ),
    (
        "def-all",
        ("*", "*"),
        "Dans la colonne Promotion : toutes les promotions ensemble, recomptées depuis les personnes, jamais une moyenne de moyennes.",
        "In the column Cohort: all cohorts together, counted again from the people, never an average of averages.",
    ),
    (
        "def-movements",
        ("Début, entrées, sorties, fin", "Start, entries, exits, end"),
        "Début : présents avant le premier jour du mois. Début + entrées − sorties = fin. Une sortie pour une autre promotion compte ici.",
        "Start: there before the first day of the month. Start + entries − exits = end. A move to another cohort is an exit here.",
    ),
    (
        "def-examined",
        ("Sorties examinées", "Examined exits"),
        "Sorties moins les retraits : force majeure, et ruptures pendant la période d’intégration sans emploi ni formation ensuite.",
        "Exits less the withdrawn: force majeure, and endings during the integration period with neither work nor training after.",
    ),
    (
        "def-points",
        ("Points d’observation", "Observation points"),
        "À la sortie : la meilleure situation dans les 28 jours qui suivent. À 3, 6 et 12 mois : la situation de ce jour-là. Une date à \
         venir n’est pas encore échue et n’entre pas dans la base.",
        "At exit: the best situation within the 28 days after. At 3, 6 and 12 months: the situation on that day. A date yet to come \
         is not yet due and is not in the base.",
    ),
    (
        "def-classes",
        ("Durable, transition, positive, autre", "Lasting, transitional, positive, other"),
        "Durable : CDI, fonction publique, création d’entreprise, contrat d’au moins six mois (selon le réglage durable_min). Transition : \
         contrat plus court, contrat aidé. Positive : insertion par l’activité économique, formation, retour aux études. Autre : le reste, \
         et les personnes dont rien n’est connu. Les trois premières sont dites dynamiques.",
        "Lasting: permanent contract, civil service, own business, contract of six months or more (by the setting durable_min). \
         Transitional: shorter or subsidised contract. Positive: work integration, training, back to school. Other: the rest, and \
         people of whom nothing is known. The first three are called dynamic.",
    ),
    (
        "def-unknown",
        ("Inconnu", "Unknown"),
        "Personne n’a pu être jointe, ou la réponse n’a pas été donnée. C’est une valeur : elle est dite, jamais devinée.",
        "Nobody could be reached, or no answer was given. It is a value: it is told, never guessed.",
    ),
    (
        "def-targets",
        ("État des objectifs", "Status of targets"),
        "✓ atteint : à l’objectif ou au-delà. ~ proche : à moins d’un dixième de l’objectif. ✗ en retard : plus loin. Pour un abandon, \
         une absence ou un délai, moins vaut mieux.",
        "✓ reached: at the target or beyond. ~ close: within a tenth of the target. ✗ late: further away. For drop-outs, absences \
         and delays, less is better.",
    ),
];
