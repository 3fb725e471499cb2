//! What every verb answers when something is missing, unknown or impossible: the exit code, what is wrong and what to do.

use super::example_school::romans;
use super::support::Desk;

/// A line, its exit code, what is wrong, and what the next lines say.
type Refusal = (&'static str, i32, &'static str, &'static str);

const COHORT: &[Refusal] = &[
    ("cohort show NOPE", 3, "no cohort “NOPE”", "Known codes: ROM-2018-11"),
    ("cohort add", 2, "missing: COHORT", "Example: fil c a P3 --like P2 --start 04/03"),
    ("cohort add X", 2, "missing: start, end, places", "Add --start DATE --end DATE --places N"),
    ("cohort add X --start 2019-13-01", 2, "month 13 is impossible (1 to 12)", "field start, value “2019-13-01”"),
    (
        "cohort add ROM-2018-11 --start 2019-01-01 --end 2019-02-01 --places 12",
        4,
        "this record exists already: cohort",
        "change it with edit",
    ),
    (
        "cohort add X --start 2019-03-01 --end 2019-02-01 --places 12",
        4,
        "the end (2019-02-01) is before the start (2019-03-01)",
        "field end, value “2019-02-01”",
    ),
    ("cohort add X --like NOPE --start 2019-03-01", 3, "no cohort “NOPE”", "Known codes: ROM-2018-11"),
    ("cohort edit NOPE --places 3", 3, "no cohort “NOPE”", "Known codes: ROM-2018-11"),
    ("cohort edit ROM-2018-11", 2, "nothing to change was said", "For example: fil cohort edit P1 --end 08/02/2019"),
    ("cohort edit ROM-2018-11 --places many", 2, "places: “many” is not understood", "“many” is not a number"),
    (
        "cohort edit ROM-2018-11 --set colour=blue",
        2,
        "no field “colour”",
        "Fields: cohort, title, site, start, end, places, slot_minute",
    ),
    (
        "cohort edit ROM-2018-11 --set id=4",
        2,
        "no field “id”",
        "Fields: cohort, title, site, start, end, places, slot_minute",
    ),
    (
        "cohort remove ROM-2018-11 -y",
        4,
        "cannot remove (cohort ROM-2018-11): other records depend on it",
        "13 modules, 110 half-days of the calendar, 2 grants, 15 trainees",
    ),
    ("cohort remove NOPE -y", 3, "no cohort “NOPE”", "Known codes: ROM-2018-11"),
    ("cohort plan NOPE", 3, "no cohort “NOPE”", "Known codes: ROM-2018-11"),
    ("cohort plan ROM-2018-11 --halves noon", 2, "“noon” is not a half-day", "Write --halves am,pm, or am, or pm"),
    ("cohort slot", 2, "missing: DATE, am|pm", "Example: fil c slot 10/12 am --set company"),
    ("cohort slot 2019-01-28", 2, "missing: am|pm", "Example: fil c slot 10/12 am --set company"),
    ("cohort slot 2019-01-28 noon -c ROM-2018-11", 2, "half: “noon” is not understood", "“noon” is not in the list"),
    (
        "cohort slot 2019-01-28 am -c ROM-2018-11 --module NOPE",
        4,
        "no module “NOPE” in this cohort",
        "field module, value “NOPE”",
    ),
    (
        "cohort slot 2019-01-28 am -c ROM-2018-11 --cancel",
        4,
        "8 attendance marks are already entered on 2019-01-28: the half-day can be neither cancelle",
        "field kind, value “cancelled”",
    ),
    (
        "cohort slot 2019-01-26 am -c ROM-2018-11 --remove -y",
        4,
        "half-day 2019-01-26 morning, cohort ROM-2018-11 is not on the calendar",
        "",
    ),
    (
        "cohort module add",
        2,
        "missing: MODULE",
        "Example: fil c module a F01 --title Splicing --stream technical --hours 35",
    ),
    (
        "cohort module add F1 -c ROM-2018-11",
        2,
        "missing: stream",
        "Add --stream general|licence|technical|employability|company",
    ),
    (
        "cohort module edit NOPE -c ROM-2018-11 --title x",
        3,
        "no module “NOPE”",
        "Known codes: EMPLOI, ENTREPRISE, ETG, F1, F2, F3, F4, F5",
    ),
    (
        "cohort module remove F1 -c ROM-2018-11 -y",
        4,
        "cannot remove (module F1): other records depend on it",
        "11 half-days of the calendar, 14 results",
    ),
];

const TRAINEE: &[Refusal] = &[
    ("trainee add", 2, "the last and first names are missing", "Write: fil trainee add LAST FIRST -c COHORT"),
    ("trainee add Zola", 2, "the first name is missing", "Write: fil trainee add LAST FIRST -c COHORT"),
    ("trainee add Zola Anna", 2, "which cohort?", "Add -c CODE (list: fil cohort list)"),
    ("trainee add Zola Anna -c NOPE", 3, "no cohort “NOPE”", "List: fil cohort list"),
    (
        "trainee add Zola Anna -c ROM-2018-11 --born 2019-01-01",
        4,
        "-1 years old at entry: ages from 15 to 65 are accepted",
        "field birth_date, value “2019-01-01”",
    ),
    (
        "trainee add Zola Anna -c ROM-2018-11 --entry 2017-01-01",
        4,
        "outside the dates of ROM-2018-11: 2018-11-05 to 2019-02-01",
        "field entry, value “2017-01-01”",
    ),
    (
        "trainee add Zola Anna -c ROM-2018-11 --set colour=blue",
        2,
        "no field “colour”",
        "Fields: ref, trainee, last_name, first_name, birth_date, sex",
    ),
    (
        "trainee add Amara Nassim -c ROM-2018-11 --born 1999-03-14",
        4,
        "Nassim Amara (amara-nassim, no. 1) is already in cohort ROM-2018-11",
        "for somebody else of the same name, give the birth date: --b",
    ),
    ("trainee show", 2, "missing: WHO", "Example: fil t s ame"),
    ("trainee show nobody", 3, "“nobody” means nobody", "List: fil trainee list -c all"),
    ("trainee show ma", 3, "“ma” means 3 trainees", "diakite-mamadou           Mamadou Diakité   ROM-2018-11   31"),
    (
        "trainee edit amara-nassim",
        2,
        "there is nothing to change",
        "For example: fil t e amara-nassim --phone 0612345678, or --s",
    ),
    ("trainee edit amara-nassim --set trainee=x", 2, "the slug amara-nassim is the person's for ever", ""),
    ("trainee edit amara-nassim --set sex=Z", 2, "sex: “Z” is not understood", "“Z” is not in the list"),
    (
        "trainee edit amara --phone 0611111111",
        3,
        "“amara” is not an exact slug; a script must spell it in full",
        "amara-nassim              Nassim Amara   ROM-2018-11   14/03",
    ),
    ("trainee edit amara-nassim --phone 12", 2, "phone: “12” is not understood", "“12” is not a phone number"),
    (
        "trainee leave amara-nassim",
        2,
        "the reason of the exit is missing",
        "Reasons: completed, job, training, dropped_out, excluded, fo",
    ),
    (
        "trainee leave amara-nassim --reason bored --on 2019-01-31",
        2,
        "exit reason “bored” is not known",
        "Reasons: completed, job, training, dropped_out, excluded, fo",
    ),
    (
        "trainee leave sabatier-dylan --reason job --on 2019-01-31",
        4,
        "Dylan Sabatier (sabatier-dylan, no. 13) has not entered cohort ROM-2018-11 yet",
        "For a withdrawal: fil t edit sabatier-dylan -c ROM-2018-11 -",
    ),
    ("trainee enrol amara-nassim", 2, "which cohort?", "Add -c CODE (list: fil cohort list)"),
    (
        "trainee enrol amara-nassim -c ROM-2018-11",
        4,
        "Nassim Amara (amara-nassim, no. 1) is already in cohort ROM-2018-11, since 2018-11-05",
        "To correct that day: fil t edit amara-nassim -c ROM-2018-11 ",
    ),
    (
        "trainee transfer amara-nassim",
        2,
        "missing: --to-cohort COHORT",
        "Example: fil trainee transfer ame --to-cohort P2",
    ),
    ("trainee transfer amara-nassim --to-cohort NOPE", 3, "no cohort “NOPE”", "List: fil cohort list"),
    ("trainee note amara-nassim", 2, "missing: TEXT|-", "Example: fil t n ame \"has found a car\""),
    ("trainee note nobody x", 3, "“nobody” means nobody", "List: fil trainee list -c all"),
    (
        "trainee remove amara-nassim -y",
        4,
        "Nassim Amara (amara-nassim, no. 1) cannot be removed",
        "other records depend on it — 108 attendance marks, 11 results",
    ),
    ("trainee merge amara-nassim", 2, "missing: OTHER", "Example: fil trainee merge ferre-amelie ferret-amelie"),
    (
        "trainee merge amara-nassim amara-nassim -y",
        2,
        "that is the same record twice: amara-nassim",
        "Possible doubles: fil check",
    ),
    ("trainee merge amara-nassim nobody -y", 3, "“nobody” means nobody", "List: fil trainee list -c all"),
    ("trainee erase nobody -y", 3, "“nobody” means nobody", "List: fil trainee list -c all"),
    ("trainee data nobody", 3, "“nobody” means nobody", "List: fil trainee list -c all"),
    (
        "trainee list --status flying",
        2,
        "“flying” is not a value of --status",
        "Values: applicant, waiting, in_training, left, refused, with",
    ),
    ("trainee list -c NOPE", 3, "no cohort “NOPE”", "List: fil cohort list"),
];

const PROGRESS: &[Refusal] = &[
    ("progress show -c NOPE", 3, "no cohort “NOPE”", "List: fil cohort list"),
    ("progress set", 2, "missing: WHO, MODULE, VALUE", "Example: fil p set amé maths 14/20"),
    ("progress set amara-nassim", 2, "missing: MODULE, VALUE", "Example: fil p set amé maths 14/20"),
    (
        "progress set amara-nassim LATIN 12/20",
        3,
        "no module “LATIN” in cohort ROM-2018-11",
        "codes: EMPLOI, ENTREPRISE, ETG, F1, F2, F3, F4, F5, F6, FRA,",
    ),
    (
        "progress set amara-nassim MAT 21/20",
        2,
        "the mark 21/20 is impossible",
        "a mark goes from 0 to its maximum: 14/20",
    ),
    ("progress set amara-nassim MAT great", 2, "“great” is not understood", "expected: validated, in_progress, failed"),
    (
        "progress set amara-nassim code perhaps",
        2,
        "“perhaps” is not understood",
        "expected: passed, failed, absent, booked",
    ),
    ("progress certify amara-nassim", 2, "missing: CERT", "Example: fil p certify amé AIPR"),
    (
        "progress certify amara-nassim NOPE",
        3,
        "no certificate “NOPE” in the catalogue",
        "codes: AIPR, CACES, CCPRFO, H0B0, SST",
    ),
    (
        "progress certify amara-nassim SST perhaps",
        2,
        "“perhaps” is not understood",
        "expected: obtained, failed, absent",
    ),
    ("progress absent", 2, "missing: WHO...", "Example: fil p abs amé saïd"),
    ("progress absent nobody --on 2019-01-28", 3, "“nobody” means nobody", "List: fil trainee list -c all"),
    (
        "progress absent amara-nassim --on 2019-01-26",
        4,
        "nothing is planned for ROM-2018-11 26 Jan 2019 (Saturday)",
        "See the calendar: fil cohort show ROM-2018-11",
    ),
    (
        "progress absent amara-nassim --on 2019-01-28 --reason family",
        2,
        "a reason goes with an excused absence",
        "Add --excused, or take --reason away.",
    ),
    (
        "progress absent amara-nassim --on 2019-01-28 --excused --reason boredom",
        2,
        "“boredom” is not understood",
        "expected: document, family, administrative, exam, transport,",
    ),
    (
        "progress absent amara-nassim --on 2019-10-28",
        4,
        "nothing is planned for ROM-2018-11 28 Oct 2019 (Monday)",
        "See the calendar: fil cohort show ROM-2018-11",
    ),
    (
        "progress late amara-nassim --on 2019-01-28 --minutes 20",
        2,
        "late in the morning or in the afternoon?",
        "Add --half am or --half pm",
    ),
    (
        "progress late amara-nassim --on 2019-01-28 --half am --minutes 500",
        2,
        "500 minutes late is the whole half-day (210 minutes)",
        "It is an absence: fil p abs WHO --half am|pm",
    ),
    (
        "progress late amara-nassim --on 2019-01-28 --half am",
        2,
        "missing: --minutes N",
        "Example: fil p late saïd 20 --half am",
    ),
    ("progress day", 2, "which cohort?", "Add -c CODE (list: fil cohort list)"),
    (
        "progress day 2019-01-26 -c ROM-2018-11",
        4,
        "nothing is planned for ROM-2018-11 26 Jan 2019 (Saturday)",
        "See the calendar: fil cohort show ROM-2018-11",
    ),
    (
        "progress day 2019-01-28 -c ROM-2018-11 --absent nobody",
        3,
        "“nobody” means nobody",
        "List: fil trainee list -c all",
    ),
    ("progress interview amara-nassim chat --minutes 30", 3, "“chat” means nobody", "fil trainee list -c all"),
    (
        "progress edit results 9999 --set mark=1",
        3,
        "result: there is no no. 9999",
        "List: fil progress list results -c all",
    ),
    (
        "progress edit nothing 1 --set mark=1",
        2,
        "“nothing” is not a kind of record here",
        "kinds: results, certificates, licence, obstacles, interviews",
    ),
    ("progress remove results 9999 -y", 3, "result: there is no no. 9999", "List: fil progress list results -c all"),
    (
        "progress list nothing",
        2,
        "“nothing” is not a kind of record here",
        "kinds: results, certificates, licence, obstacles, interviews",
    ),
];

const PLACEMENT: &[Refusal] = &[
    ("placement add", 2, "WHO is missing", "Write: fil placement add WHO TYPE COMPANY --from DATE"),
    ("placement add amara-nassim", 2, "TYPE is missing", "Write: fil placement add WHO TYPE COMPANY --from DATE"),
    ("placement add amara-nassim job X", 2, "“job”", "For example: cdi, cdd, mission, interim, apprentissage, pmsm"),
    (
        "placement add amara-nassim cdd X --from 2019-03-01",
        4,
        "fixed-term contract: the planned end is missing",
        "field planned_end",
    ),
    (
        "placement add amara-nassim cdi X --from 2019-03-01 --to 2019-04-01",
        4,
        "open-ended contract: there is no planned end",
        "field planned_end, value “2019-04-01”",
    ),
    (
        "placement add amara-nassim cdd X --from 2019-03-01 --to 2019-02-01",
        4,
        "the end is before the start (2019-03-01)",
        "field planned_end, value “2019-02-01”",
    ),
    ("placement edit 9999 --set job=x", 3, "there is no placement no. 9999", "The numbers: fil placement list"),
    ("placement edit 2", 2, "nothing to change", "Add --set FIELD=VALUE, --from or --to"),
    (
        "placement end amara-nassim --on 2019-01-01",
        4,
        "amara-nassim has no running placement",
        "See: fil placement show amara-nassim",
    ),
    ("placement remove 9999 -y", 3, "there is no placement no. 9999", "The numbers: fil placement list"),
    (
        "placement follow amara-nassim",
        2,
        "missing: POINT",
        "Example: fil placement follow ferre-amelie 3m in-post --on 2019-06-04",
    ),
    ("placement follow amara-nassim 5m en-poste", 2, "“5m” is not a value of POINT", "Values: 3m, 6m, 12m"),
    (
        "placement follow amara-nassim 3m flying",
        2,
        "“flying”",
        "For example: en-poste, recherche, inactif, injoignable, cdi,",
    ),
    (
        "placement list --ending never",
        2,
        "period “never” not understood",
        "for instance 2018-11, nov, last month, Q4 2018, 2018-11..201",
    ),
    ("placement list --status flying", 2, "“flying” is not a value of --status", "Values: current, ended, prehire"),
    ("placement show nobody", 3, "“nobody” means nobody", "List: fil trainee list -c all"),
];

const FUNDER: &[Refusal] = &[
    ("funder show nope", 3, "no funder “nope”", "Known codes: break-poverty, ca-solidarite"),
    (
        "funder add",
        2,
        "missing: FUNDER",
        "Example: fil funder add break-poverty --name \"Break Poverty\" --level aggregate",
    ),
    ("funder add f", 2, "missing: name", "Add --name \"…\""),
    ("funder add f --level secret", 2, "level: “secret” is not understood", "“secret” is not in the list"),
    (
        "funder add ca-solidarite --level public --name x",
        4,
        "this record exists already: funder",
        "change it with edit",
    ),
    ("funder edit nope --name x", 3, "no funder “nope”", "Known codes: break-poverty, ca-solidarite"),
    ("funder edit ca-solidarite", 2, "nothing to change was said", "For example: fil funder edit ars --level public"),
    (
        "funder remove ca-solidarite -y",
        4,
        "cannot remove (funder ca-solidarite): other records depend on it",
        "1 grant",
    ),
    (
        "funder grant add",
        2,
        "missing: GRANT, FUNDER",
        "Example: fil funder grant add BP-2018 break-poverty --amount \"12 000,50\"",
    ),
    (
        "funder grant add g",
        2,
        "missing: FUNDER",
        "Example: fil funder grant add BP-2018 break-poverty --amount \"12 000,50\"",
    ),
    ("funder grant add g nope --amount 10", 3, "no funder “nope”", "Known codes: break-poverty, ca-solidarite"),
    ("funder grant add g ca-solidarite --amount lots", 2, "amount: “lots” is not understood", "“lots” is not a number"),
    (
        "funder grant add ca-2018 ca-solidarite --amount 1",
        4,
        "this record exists already: grant",
        "change it with edit",
    ),
    ("funder grant edit nope --amount 1", 3, "no grant “nope”", "Known codes: bp-2018, ca-2018"),
    ("funder grant remove nope -y", 3, "no grant “nope”", "Known codes: bp-2018, ca-2018"),
    (
        "funder target set",
        2,
        "missing: GRANT, INDICATOR, VALUE",
        "Example: fil funder target add BP-2018 dynamic_exit_rate@3m 60",
    ),
    (
        "funder target set ca-2018",
        2,
        "missing: INDICATOR, VALUE",
        "Example: fil funder target add BP-2018 dynamic_exit_rate@3m 60",
    ),
    ("funder target set ca-2018 happiness 3", 2, "unknown indicator: “happiness”", "List: fil report indicators"),
    (
        "funder target set ca-2018 dropout_rate",
        2,
        "missing: VALUE",
        "Example: fil funder target add BP-2018 dynamic_exit_rate@3m 60",
    ),
    ("funder target set ca-2018 dropout_rate much", 2, "value: “much” is not understood", "“much” is not a number"),
    (
        "funder target remove ca-2018 happiness -y",
        3,
        "ca-2018 has no target “happiness”",
        "List: fil funder target list --grant ca-2018",
    ),
    (
        "funder budget add",
        2,
        "missing: SIDE, CLASS",
        "Example: fil funder budget add charge 60 --label Achats --planned \"1 234,50\"",
    ),
    (
        "funder budget add charge",
        2,
        "missing: CLASS",
        "Example: fil funder budget add charge 60 --label Achats --planned \"1 234,50\"",
    ),
    (
        "funder budget add loss 60 -c ROM-2018-11 --label x --planned 1",
        2,
        "side: “loss” is not understood",
        "“loss” is not in the list",
    ),
    ("funder budget add charge 60 --label x --planned 1", 2, "which cohort?", "Add -c CODE (list: fil cohort list)"),
    ("funder budget edit 9999 --planned 1", 3, "there is no budget line no. 9999", "List: fil funder budget list"),
    ("funder budget remove 9999 -y", 3, "there is no budget line no. 9999", "List: fil funder budget list"),
    ("funder template nope --show", 3, "no funder “nope”", "Known codes: break-poverty, ca-solidarite"),
    (
        "funder template ca-solidarite --set nope.toml",
        1,
        "“nope.toml” could not be read",
        "this file or folder does not exist",
    ),
];

const CONFIG: &[Refusal] = &[
    ("config set", 2, "missing: KEY, VALUE", "Example: fil config set durable_min over-6m"),
    ("config set durable_min", 2, "missing: VALUE", "Example: fil config set durable_min over-6m"),
    ("config set durable_min 3m", 2, "durable_min cannot be “3m”", "Values: 6m, over-6m"),
    ("config set colour blue", 2, "unknown setting: “colour”", "List: fil config list"),
    ("config unset colour", 2, "unknown setting: “colour”", "List: fil config list"),
    (
        "config certificate add",
        2,
        "missing: CODE",
        "Example: fil config certificate add SSIAP1 --registry RS --valid-months 36",
    ),
    (
        "config certificate edit NOPE --label x",
        3,
        "no certificate of the catalogue “NOPE”",
        "Known codes: AIPR, CACES, CCPRFO, H0B0, SST",
    ),
    (
        "config certificate remove NOPE -y",
        3,
        "no certificate of the catalogue “NOPE”",
        "Known codes: AIPR, CACES, CCPRFO, H0B0, SST",
    ),
];

const REPORT: &[Refusal] = &[
    ("report show", 2, "which section?", "sections: agreed, monthly, indicators, exits, attendance, people, pl"),
    ("report show nothing", 2, "no section “nothing”", "List: fil report list"),
    ("report show monthly -p 2019-13", 2, "month 13 is impossible (1 to 12)", "did you mean “2019-12”?"),
    (
        "report show monthly -p 2019-02..2019-01",
        2,
        "the end comes before the start",
        "did you mean “2019-01..2019-02”?",
    ),
    ("report show monthly -c NOPE", 3, "no cohort “NOPE”", "List: fil cohort list"),
    ("report show monthly --funder nope", 3, "no funder “nope”", "List: fil funder list"),
    (
        "report show monthly --as-of yesterday-ish",
        2,
        "“yesterday-ish” is not a date",
        "for instance 05/11/2018, 5/11, 5 nov or yesterday",
    ),
    (
        "report show monthly --set colour=blue",
        2,
        "--set colour=blue is not understood",
        "Write for example --set durable_min=over-6m",
    ),
    ("report show monthly --known-on 9999", 3, "there is no operation 9999", "List: fil log"),
    ("report explain", 2, "missing: INDICATOR|SECTION:COLUMN", "Example: fil report explain dynamic_exit_rate@3m"),
    (
        "report explain happiness",
        2,
        "unknown indicator “happiness”",
        "The nearest: applicants; the list: fil report indicators",
    ),
    (
        "report explain monthly:happiness",
        2,
        "the section “monthly” has no column of figures “happiness”",
        "Columns: start, entries, exits, end, planned, present, excus",
    ),
    ("report export", 2, "for which funder?", "Add --funder CODE, or --all"),
    ("report export 2019-01", 2, "for which funder?", "Add --funder CODE, or --all"),
    ("report export 2019-01 --funder nope", 3, "no funder “nope”", "List: fil funder list"),
    ("report export 2019-01 --funder ca-solidarite --all", 2, "--all and --funder together", "Keep one of them."),
    ("report export 2019-13 --all", 2, "month 13 is impossible (1 to 12)", "did you mean “2019-12”?"),
    ("report close 2019-01", 2, "for which funder?", "Add --funder CODE    List: fil funder list"),
    ("report close 2019-01 --funder nope", 3, "no funder “nope”", "List: fil funder list"),
    (
        "report close 2019-12 --funder ca-solidarite",
        4,
        "December 2019 is not over: it cannot be closed",
        "its last day is 2019-12-31",
    ),
    ("report reopen 2019-01 --funder ca-solidarite", 2, "why reopen?", "Add --why \"the reason\""),
    (
        "report reopen 2019-01 --funder ca-solidarite --why x",
        4,
        "January 2019 is not closed for ca-solidarite",
        "To close it: fil report close 2019-01 --funder ca-solidarite",
    ),
    (
        "report diff 2019-01 --funder ca-solidarite",
        4,
        "January 2019 is not closed for ca-solidarite",
        "To close it: fil report close 2019-01 --funder ca-solidarite",
    ),
    ("report verify nowhere", 1, "nowhere has no manifest.json", "Give the folder of an exported report."),
    ("report check nowhere", 1, "nowhere has no manifest.json", "Give the folder of an exported report."),
];

const OTHERS: &[Refusal] = &[
    ("import", 2, "missing: FILE…|-...", "Example: fil i inscrits.csv -n"),
    ("import nowhere.csv", 1, "the file nowhere.csv does not exist", "Check the name and the folder."),
    (
        "import nowhere.csv --as nothing",
        2,
        "no kind “nothing”",
        "Kinds: settings, catalogue, cohorts, modules, staff, context",
    ),
    ("export", 2, "missing: KIND…|all...", "Example: fil export trainees -f csv -o trainees.csv"),
    ("export nothing", 2, "no kind “nothing”", "Kinds: settings, catalogue, cohorts, modules, staff, context"),
    ("restore", 2, "missing: FILE", "Example: fil restore backups/fil-2018-12-05-021000-42.db"),
    ("restore nowhere.db --yes", 1, "there is no file nowhere.db", "The database in place was left untouched."),
    ("undo 9999", 3, "there is no operation 9999", "List: fil log"),
    ("undo x", 2, "“x” is not an operation number", "List: fil log"),
    ("redo", 4, "there is nothing to redo", ""),
    ("log -L 0", 2, "“0” is not a number of rows", "A whole number from 1: -L 20"),
    (
        "log -S nothing",
        2,
        "there is no column “nothing” here",
        "Columns: operation, stamp, day, verb, kind, created, changed",
    ),
    ("due -c NOPE", 3, "no cohort “NOPE”", "List: fil cohort list"),
    ("check -c NOPE", 3, "no cohort “NOPE”", "List: fil cohort list"),
    ("help nothing", 2, "there is no help page “nothing”", "See: fil help"),
    ("setup tcsh", 2, "“tcsh” is not a value of SHELL", "Values: bash, zsh, fish, powershell"),
    ("init", 1, "fil.db already exists", "a database is never overwritten"),
];

/// Each line is refused in English with its words, in French with its own, and writes nothing.
#[track_caller]
fn check(refusals: &[Refusal]) {
    let (desk, french) = (romans(), romans().french());
    let before = std::fs::read(desk.path("fil.db")).unwrap();
    for (line, code, what, next) in refusals {
        let line = format!("{line} --no-input");
        let ran = desk.run(&line);
        assert_eq!(ran.code, *code, "{line}: {}", ran.stderr);
        let (first, others) = ran.stderr.split_once('\n').unwrap_or((&ran.stderr, ""));
        assert!(first.starts_with("error: ") && first.contains(what), "{line}: no “{what}” in {first}");
        assert!(others.contains(next), "{line}: no “{next}” in {others}");
        assert!(ran.stdout.is_empty(), "{line}: {}", ran.stdout);
        // A name that several people have is followed by them; anything else fits five lines.
        assert!(ran.stderr.lines().count() <= 5, "{line}: {}", ran.stderr);
        let own = french.run(&line);
        assert_eq!(own.code, *code, "{line}: {}", own.stderr);
        assert!(own.stderr.starts_with("erreur : "), "{line}: {}", own.stderr);
        assert_ne!(own.stderr.trim_start_matches("erreur : "), ran.stderr.trim_start_matches("error: "), "{line}");
        proposals(&desk, &line, &ran.stderr);
    }
    assert!(std::fs::read(desk.path("fil.db")).unwrap() == before, "a refused line wrote something");
}

/// Every whole command that an answer proposes is understood by the parser.
#[track_caller]
fn proposals(desk: &Desk, line: &str, told: &str) {
    for proposed in told.split("fil ").skip(1).map(|rest| rest.lines().next().unwrap()) {
        let proposed = proposed.split("    ").next().unwrap().trim_end_matches([')', '.']);
        let example = proposed.split(" ; ").next().unwrap().split(", or ").next().unwrap();
        // A form to fill in has words in capitals, dots or brackets.
        let capital =
            |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '/' || c == '|');
        let form = example.contains(['…', '[', '|', '=']) || example.split([' ', '"']).any(capital);
        // A verb alone is proposed where its page says what must follow.
        let page = || desk.run(&format!("{example} --help")).code == 0;
        assert!(form || desk.parses(example) || page(), "{line}: “fil {example}” is not understood");
    }
}

#[test]
fn what_is_refused_about_a_cohort_says_why_and_what_to_do() {
    check(COHORT);
}

#[test]
fn what_is_refused_about_a_trainee_says_why_and_what_to_do() {
    check(TRAINEE);
}

#[test]
fn what_is_refused_about_progress_says_why_and_what_to_do() {
    check(PROGRESS);
}

#[test]
fn what_is_refused_about_a_placement_says_why_and_what_to_do() {
    check(PLACEMENT);
}

#[test]
fn what_is_refused_about_a_funder_says_why_and_what_to_do() {
    check(FUNDER);
}

#[test]
fn what_is_refused_about_settings_says_why_and_what_to_do() {
    check(CONFIG);
}

#[test]
fn what_is_refused_about_a_report_says_why_and_what_to_do() {
    check(REPORT);
}

#[test]
fn what_is_refused_by_the_verbs_without_a_noun_says_why_and_what_to_do() {
    check(OTHERS);
}
