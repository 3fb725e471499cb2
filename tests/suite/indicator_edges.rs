//! Each indicator and each line of the European fund at the edge of its definition, on one person.
//!
//! The cohort runs from 5 November 2018 to 1 February 2019, with ten half-days in its first week, the last two of them in a
//! company. Unless a case says otherwise Anna, 18, was present at all of them, left at the end having completed the course,
//! and everything is looked at on 31 December 2019.

use super::support::Desk;
use std::collections::BTreeMap;
use std::sync::OnceLock;

pub type Words = &'static [(&'static str, &'static str)];

/// What is recorded of Anna.
#[derive(Clone, Copy)]
pub struct Anna {
    /// Fields of the person or of the stay that differ from the usual ones.
    pub person: Words,
    /// A letter for each half-day: present, excused, unexcused, or none.
    pub marks: &'static str,
    /// Records: their kind, and their cells but those that say who.
    pub rows: Words,
}

/// What is recorded of Anna, and what indicators then say: `numerator/denominator`, or the total.
struct Case {
    because: &'static str,
    anna: Anna,
    as_of: &'static str,
    figures: Words,
}

const fn case(because: &'static str, figures: Words) -> Case {
    Case { because, anna: Anna::WHO_COMPLETED, as_of: "2019-12-31", figures }
}

impl Case {
    const fn of(mut self, person: Words) -> Case {
        self.anna.person = person;
        self
    }
    const fn marked(mut self, marks: &'static str) -> Case {
        self.anna.marks = marks;
        self
    }
    const fn with(mut self, rows: Words) -> Case {
        self.anna.rows = rows;
        self
    }
    const fn on(self, as_of: &'static str) -> Case {
        Case { as_of, ..self }
    }
}

const APPLICATIONS: &[Case] = &[
    case(
        "an applicant without an entry applied and entered nothing",
        &[("applicants", "1"), ("entrants", "0"), ("admission_rate", "0/0"), ("people_reached", "0")],
    )
    .of(&[("entry", ""), ("exit", ""), ("exit_reason", ""), ("decision", "pending")])
    .marked("----------"),
    case("somebody on the waiting list was decided upon", &[("applicants", "1"), ("admission_rate", "0/1")])
        .of(&[("entry", ""), ("exit", ""), ("exit_reason", ""), ("decision", "waiting")])
        .marked("----------"),
    case("somebody refused was decided upon", &[("admission_rate", "0/1")])
        .of(&[("entry", ""), ("exit", ""), ("exit_reason", ""), ("decision", "refused")])
        .marked("----------"),
    case("somebody who withdrew is out of the base of admissions", &[("admission_rate", "0/0")])
        .of(&[("entry", ""), ("exit", ""), ("exit_reason", ""), ("decision", "withdrawn")])
        .marked("----------"),
    case(
        "somebody admitted who has not come yet is admitted and is not an entrant",
        &[("admission_rate", "1/1"), ("entrants", "0")],
    )
    .of(&[("entry", ""), ("exit", ""), ("exit_reason", ""), ("decision", "admitted")])
    .marked("----------"),
    case("an application dated after the day is not one yet", &[("applicants", "0")])
        .of(&[
            ("entry", ""),
            ("exit", ""),
            ("exit_reason", ""),
            ("decision", "pending"),
            ("application_date", "2018-11-08"),
        ])
        .marked("----------")
        .on("2018-11-07"),
    case("an application counts from its day", &[("applicants", "1")])
        .of(&[
            ("entry", ""),
            ("exit", ""),
            ("exit_reason", ""),
            ("decision", "pending"),
            ("application_date", "2018-11-08"),
        ])
        .marked("----------")
        .on("2018-11-08"),
    case(
        "somebody who never came is not an entrant",
        &[("entrants", "0"), ("fill_rate", "0/4"), ("people_reached", "0")],
    )
    .marked("uuuuuuuuuu"),
    case("one half-day makes an entrant", &[("entrants", "1"), ("fill_rate", "1/4"), ("people_reached", "1")])
        .of(&[("exit", "2018-11-09"), ("exit_reason", "dropped_out")])
        .marked("uuuuuuuuup"),
    case("an entrant counts from the first half-day of presence", &[("entrants", "0")])
        .marked("uup-------")
        .on("2018-11-05"),
    case("the second day makes the entrant", &[("entrants", "1")]).marked("uup-------").on("2018-11-06"),
];

const PEOPLE: &[Case] = &[
    case("a man is not counted among women", &[("share_women", "0/1")]).of(&[("sex", "M")]),
    case("a non-binary person is not counted among women", &[("share_women", "0/1")]).of(&[("sex", "X")]),
    case("a sex that is not known is out of the base", &[("share_women", "0/0 unknown 1")]).of(&[("sex", "")]),
    case("a yes to priority_district counts", &[("share_priority_district", "1/1")])
        .of(&[("priority_district", "yes")]),
    case("a no to priority_district is in the base", &[("share_priority_district", "0/1")])
        .of(&[("priority_district", "no")]),
    case(
        "a refusal to answer on priority_district is out of the base",
        &[("share_priority_district", "0/0 unknown 1")],
    )
    .of(&[("priority_district", "refused")]),
    case("a yes to income_support counts", &[("share_income_support", "1/1")]).of(&[("income_support", "yes")]),
    case("a no to income_support is in the base", &[("share_income_support", "0/1")]).of(&[("income_support", "no")]),
    case("a refusal to answer on income_support is out of the base", &[("share_income_support", "0/0 unknown 1")])
        .of(&[("income_support", "refused")]),
    case("a yes to disability counts", &[("share_disability", "1/1")]).of(&[("disability", "yes")]),
    case("a no to disability is in the base", &[("share_disability", "0/1")]).of(&[("disability", "no")]),
    case("a refusal to answer on disability is out of the base", &[("share_disability", "0/0 unknown 1")])
        .of(&[("disability", "refused")]),
    case("a yes to rural counts", &[("share_rural", "1/1")]).of(&[("rural", "yes")]),
    case("a no to rural is in the base", &[("share_rural", "0/1")]).of(&[("rural", "no")]),
    case("a refusal to answer on rural is out of the base", &[("share_rural", "0/0 unknown 1")])
        .of(&[("rural", "refused")]),
    case("17 on the entry day is a minor", &[("share_minors", "1/1"), ("mean_age", "17/1")])
        .of(&[("birth_date", "2000-11-06")]),
    case("18 on the entry day is not a minor", &[("share_minors", "0/1"), ("mean_age", "18/1")])
        .of(&[("birth_date", "2000-11-05")]),
    case(
        "an unknown birth date is out of the base",
        &[("share_minors", "0/0 unknown 1"), ("mean_age", "0/0 unknown 1")],
    )
    .of(&[("birth_date", "")]),
    case("level 2 is a low level", &[("share_low_education", "1/1")]).of(&[("education", "2")]),
    case("level 3 is not a low level", &[("share_low_education", "0/1")]).of(&[("education", "3")]),
    case("level 0 is a low level", &[("share_low_education", "1/1")]).of(&[("education", "0")]),
    case("unemployed and out of school is NEET", &[("share_neet", "1/1")])
        .of(&[("status_at_entry", "unemployed"), ("in_education", "no")]),
    case("inactive and out of school is NEET", &[("share_neet", "1/1")])
        .of(&[("status_at_entry", "inactive"), ("in_education", "no")]),
    case("inactive at school is not NEET", &[("share_neet", "0/1")])
        .of(&[("status_at_entry", "inactive"), ("in_education", "yes")]),
    case("employed is not NEET", &[("share_neet", "0/1")])
        .of(&[("status_at_entry", "employed"), ("in_education", "no")]),
    case("one of the two answers is not enough for NEET", &[("share_neet", "0/0 unknown 1")])
        .of(&[("status_at_entry", "unemployed")]),
];

const PRESENCE: &[Case] = &[
    case(
        "an excused absence lowers the rate and not the one without excused absences",
        &[("attendance_rate", "7/10"), ("attendance_rate_excl_excused", "7/8"), ("unexcused_rate", "1/10")],
    )
    .marked("eeppuppppp"),
    case(
        "an unmarked half-day is planned and not present",
        &[("attendance_rate", "8/10"), ("unmarked", "2"), ("unexcused_rate", "0/10")],
    )
    .marked("pppp--pppp"),
    case(
        "nothing is planned after the exit",
        &[("attendance_rate", "6/6"), ("unmarked", "0"), ("hours_planned_left", "0")],
    )
    .of(&[("exit", "2018-11-07"), ("exit_reason", "job")])
    .marked("pppppp----"),
    case(
        "nothing is planned before the entry",
        &[("attendance_rate", "4/4"), ("hours_centre", "7"), ("hours_company", "7")],
    )
    .of(&[("entry", "2018-11-08")])
    .marked("------pppp"),
    case(
        "what is planned after the day is left",
        &[("hours_planned_left", "28"), ("attendance_rate", "2/2"), ("hours_total", "7")],
    )
    .of(&[("exit", ""), ("exit_reason", "")])
    .marked("pp--------")
    .on("2018-11-05"),
];

const PROGRESS: &[Case] = &[
    case(
        "a validated technical module counts",
        &[("modules_validated@F1", "1/1"), ("modules_validated@F2", "0/1"), ("modules_validated", "1/2")],
    )
    .with(&[("results", "F1,2018-11-09,validated")]),
    case("a general module is not a technical one", &[("modules_validated", "0/2")])
        .with(&[("results", "M,2018-11-09,validated")]),
    case("a module under way or failed is not validated", &[("modules_validated", "0/2")])
        .with(&[("results", "F1,2018-11-08,in_progress"), ("results", "F2,2018-11-09,failed")]),
    case("a module validated after the day is not yet", &[("modules_validated", "0/2")])
        .with(&[("results", "F1,2018-11-09,validated")])
        .on("2018-11-08"),
    case("a module validated after a failure is validated", &[("modules_validated", "1/2")])
        .with(&[("results", "F1,2018-11-07,failed"), ("results", "F1,2018-11-09,validated")]),
    case(
        "a certificate obtained is a success",
        &[("certificate_success@CCPRFO", "1/1"), ("certificate_success", "1/1"), ("qualified", "1/1")],
    )
    .with(&[("certificates", "CCPRFO,2019-01-31,obtained")]),
    case("a failure then a success is one presentation and one success", &[("certificate_success", "1/1")])
        .with(&[("certificates", "CCPRFO,2019-01-21,failed"), ("certificates", "CCPRFO,2019-01-31,obtained")]),
    case("an absence is not a presentation", &[("certificate_success", "0/0"), ("qualified", "0/1")])
        .with(&[("certificates", "CCPRFO,2019-01-31,absent")]),
    case("a certificate of the 28th day after the exit qualifies", &[("qualified", "1/1")])
        .with(&[("certificates", "CCPRFO,2019-03-01,obtained")]),
    case("a certificate of the 29th day after the exit does not qualify", &[("qualified", "0/1")])
        .with(&[("certificates", "CCPRFO,2019-03-02,obtained")]),
    case("the theory test passed on the entry day is passed in the path", &[("code_passed_in_path", "1/1")])
        .of(&[("licence_at_entry", "none")])
        .with(&[("licence", "code_exam,2018-11-05,passed,")]),
    case("the theory test passed on the exit day is passed in the path", &[("code_passed_in_path", "1/1")])
        .of(&[("licence_at_entry", "none")])
        .with(&[("licence", "code_exam,2019-02-01,passed,")]),
    case("the theory test passed after the exit is not passed in the path", &[("code_passed_in_path", "0/1")])
        .of(&[("licence_at_entry", "none")])
        .with(&[("licence", "code_exam,2019-02-02,passed,")]),
    case(
        "who came with the theory test is out of the base",
        &[("code_passed_in_path", "0/0"), ("licence_obtained", "0/1")],
    )
    .of(&[("licence_at_entry", "code")]),
    case(
        "who came with the licence is out of both bases",
        &[("code_passed_in_path", "0/0"), ("licence_obtained", "0/0")],
    )
    .of(&[("licence_at_entry", "B")]),
    case("the licence obtained after the exit counts", &[("licence_obtained", "1/1")])
        .of(&[("licence_at_entry", "none")])
        .with(&[("licence", "driving_exam,2019-06-03,passed,")]),
    case("a failed driving test gives no licence", &[("licence_obtained", "0/1")])
        .of(&[("licence_at_entry", "none")])
        .with(&[("licence", "driving_exam,2019-01-03,failed,")]),
    case("lessons of the licence are hours of driving", &[("driving_hours", "3.5")])
        .with(&[("licence", "lesson,2018-11-12,,2"), ("licence", "lesson,2018-11-13,,1.5")]),
    case("interviews are counted with their hours", &[("interviews", "2"), ("interview_hours", "1.25")])
        .with(&[("interviews", "2018-11-12,tutorial,45"), ("interviews", "2018-11-13,follow_up,30")]),
    case("followed every whole month of presence", &[("followed_monthly", "1/1")])
        .with(&[("interviews", "2018-12-12,tutorial,45"), ("interviews", "2019-01-13,follow_up,30")]),
    case("one whole month without an interview breaks the follow-up", &[("followed_monthly", "0/1")])
        .with(&[("interviews", "2018-12-12,tutorial,45")]),
];

const EXITS: &[Case] = &[
    case(
        "an exit for completed before the end",
        &[("completion_rate", "1/1"), ("dropout_rate", "0/1"), ("early_exit_rate", "0/1")],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "completed")]),
    case(
        "an exit for job before the end",
        &[("completion_rate", "0/1"), ("dropout_rate", "0/1"), ("early_exit_rate", "1/1")],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "job")]),
    case(
        "an exit for training before the end",
        &[("completion_rate", "0/1"), ("dropout_rate", "0/1"), ("early_exit_rate", "1/1")],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "training")]),
    case(
        "an exit for dropped_out before the end",
        &[("completion_rate", "0/1"), ("dropout_rate", "1/1"), ("early_exit_rate", "1/1")],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "dropped_out")]),
    case(
        "an exit for excluded before the end",
        &[("completion_rate", "0/1"), ("dropout_rate", "1/1"), ("early_exit_rate", "1/1")],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "excluded")]),
    case(
        "an exit for force_majeure before the end",
        &[("completion_rate", "0/1"), ("dropout_rate", "0/1"), ("early_exit_rate", "1/1")],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "force_majeure")]),
    case(
        "an exit for end_of_integration before the end",
        &[("completion_rate", "0/1"), ("dropout_rate", "1/1"), ("early_exit_rate", "1/1")],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "end_of_integration")]),
    case(
        "an exit for transferred before the end",
        &[("completion_rate", "0/1"), ("dropout_rate", "0/1"), ("early_exit_rate", "0/1")],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "transferred")]),
    case(
        "nobody completed anything before the end of the cohort",
        &[("completion_rate", "0/0 not due 1"), ("dropout_rate", "0/0 not due 1")],
    )
    .of(&[("exit", ""), ("exit_reason", "")])
    .on("2019-01-31"),
];

const WORK: &[Case] = &[
    case(
        "an open-ended contract is lasting from the exit on",
        &[
            ("durable_rate@exit", "1/1"),
            ("durable_rate@3m", "1/1"),
            ("durable_rate@6m", "1/1"),
            ("employment_rate@6m", "1/1"),
            ("dynamic_exit_rate@6m", "1/1"),
            ("retention_6m", "1/1"),
            ("contract_days_80", "1/1"),
            ("response_rate@6m", "1/1"),
            ("dynamic_on_entrants@exit", "1/1"),
        ],
    )
    .with(&[("placements", "CDI,Fibre,2019-02-04,,,,false")]),
    case("a contract of six months to the day is lasting", &[("durable_rate@exit", "1/1")])
        .with(&[("placements", "CDD,Fibre,2019-02-04,2019-08-03,,,false")]),
    case(
        "a contract of one day less is transitional",
        &[("durable_rate@exit", "0/1"), ("employment_rate@exit", "1/1"), ("dynamic_exit_rate@exit", "1/1")],
    )
    .with(&[("placements", "CDD,Fibre,2019-02-04,2019-08-02,,,false")]),
    case(
        "a contract that begins on the 28th day counts at the exit",
        &[("durable_rate@exit", "1/1"), ("retention_6m", "1/1")],
    )
    .with(&[("placements", "CDI,Fibre,2019-03-01,,,,false")]),
    case(
        "a contract that begins on the 29th day does not count at the exit",
        &[("durable_rate@exit", "0/1 unknown 1"), ("durable_rate@3m", "1/1"), ("retention_6m", "0/0")],
    )
    .with(&[("placements", "CDI,Fibre,2019-03-02,,,,false")]),
    case(
        "a contract that ended before the point is not work at the point",
        &[("employment_rate@exit", "1/1"), ("employment_rate@3m", "0/1 unknown 1")],
    )
    .with(&[("placements", "CDD,Fibre,2019-02-04,2019-04-30,2019-04-30,,false")]),
    case("a contract that runs on the very day of the point counts", &[("employment_rate@3m", "1/1")])
        .with(&[("placements", "CDD,Fibre,2019-02-04,2019-05-01,2019-05-01,,false")]),
    case(
        "a contract that never began is nothing",
        &[("durable_rate@exit", "0/1 unknown 1"), ("response_rate@exit", "0/1 unknown 1"), ("partner_companies", "0")],
    )
    .with(&[("placements", "CDI,Fibre,2019-02-04,,,not_started,false")]),
    case(
        "qualifying training is a positive exit and not work",
        &[("dynamic_exit_rate@6m", "1/1"), ("employment_rate@6m", "0/1"), ("response_rate@6m", "1/1")],
    )
    .with(&[("placements", "FORMATION_QUALIFIANTE,Lycée,2019-02-04,2019-12-20,,,false")]),
    case(
        "a search for work is an answer and not dynamic",
        &[("dynamic_exit_rate@6m", "0/1"), ("response_rate@6m", "1/1")],
    )
    .with(&[("placements", "DEMANDEUR_EMPLOI,,2019-02-04,,,,false")]),
    case("no news is no answer", &[("response_rate@6m", "0/1 unknown 1")])
        .with(&[("placements", "SANS_NOUVELLES,,2019-02-04,,,,false")]),
    case(
        "an exit by force majeure is not examined",
        &[("durable_rate@exit", "0/0"), ("dynamic_on_entrants@exit", "0/1")],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "force_majeure")])
    .with(&[("placements", "CDI,Fibre,2019-02-04,,,,false")]),
    case("a transfer is not an exit to examine", &[("durable_rate@exit", "0/0")])
        .of(&[("exit", "2019-01-11"), ("exit_reason", "transferred")]),
    case("a point is due on its day", &[("durable_rate@3m", "1/1")])
        .with(&[("placements", "CDI,Fibre,2019-02-04,,,,false")])
        .on("2019-05-01"),
    case("a point is not due the day before", &[("durable_rate@3m", "0/0 not due 1")])
        .with(&[("placements", "CDI,Fibre,2019-02-04,,,,false")])
        .on("2019-04-30"),
    case(
        "work found on the 11th day is access after 11 days",
        &[("access_delay_days@median", "11.0"), ("access_delay_days@mean", "11/1")],
    )
    .with(&[("placements", "CDI,Fibre,2019-02-12,,,,false")]),
    case("work that began before the exit is access after 0 days", &[("access_delay_days@mean", "0/1")])
        .of(&[("exit", "2019-01-11"), ("exit_reason", "job")])
        .with(&[("placements", "CDI,Fibre,2019-01-07,,,,false")]),
    case("80 days of contract within six months are enough", &[("contract_days_80", "1/1")])
        .with(&[("placements", "CDD,Fibre,2019-02-02,2019-04-22,2019-04-22,,false")]),
    case("79 days of contract are not enough", &[("contract_days_80", "0/1")])
        .with(&[("placements", "CDD,Fibre,2019-02-02,2019-04-21,2019-04-21,,false")]),
    case(
        "a prehire mission begun is counted among those who completed",
        &[("prehire_started", "1/1"), ("partner_companies", "1")],
    )
    .with(&[("placements", "INTERIM,Agence,2019-02-04,2019-04-26,,,true")]),
    case("a mission that is not a prehire is not one", &[("prehire_started", "0/1")])
        .with(&[("placements", "INTERIM,Agence,2019-02-04,2019-04-26,,,false")]),
    case("a mission followed in the same firm within 30 days is converted", &[("prehire_converted", "1/1")]).with(&[
        ("placements", "INTERIM,Fibre,2019-02-04,2019-04-26,2019-04-26,,true"),
        ("placements", "CDI,FIBRE,2019-05-26,,,,false"),
    ]),
    case("a contract of the 31st day does not convert the mission", &[("prehire_converted", "0/1")]).with(&[
        ("placements", "INTERIM,Fibre,2019-02-04,2019-04-26,2019-04-26,,true"),
        ("placements", "CDI,Fibre,2019-05-27,,,,false"),
    ]),
    case(
        "a contract in another firm does not convert the mission",
        &[("prehire_converted", "0/1"), ("partner_companies", "2")],
    )
    .with(&[
        ("placements", "INTERIM,Fibre,2019-02-04,2019-04-26,2019-04-26,,true"),
        ("placements", "CDI,Optique,2019-05-02,,,,false"),
    ]),
    case("a firm written in two ways is one firm", &[("partner_companies", "1")]).with(&[
        ("placements", "INTERIM,Réseaux,2019-02-04,2019-04-26,2019-04-26,,true"),
        ("placements", "CDI,reseaux,2019-05-02,,,,false"),
    ]),
];

const EUROPEAN_FUND: &[Case] = &[
    case(
        "a young unemployed woman of low education",
        &[
            ("EECO01", "1"),
            ("EECO02", "1"),
            ("EECO03", "0"),
            ("EECO04", "0"),
            ("EECO05", "0"),
            ("EECO07", "1"),
            ("EECO09", "1"),
        ],
    )
    .of(&[("status_at_entry", "unemployed"), ("status_since", "2018-06-01"), ("education", "2")]),
    case("a young person unemployed for more than twelve months", &[("EECO02", "1"), ("EECO03", "1")])
        .of(&[("status_at_entry", "unemployed"), ("status_since", "2017-11-04")]),
    case("an inactive person", &[("EECO02", "0"), ("EECO04", "1")]).of(&[("status_at_entry", "inactive")]),
    case("an employed person", &[("EECO05", "1"), ("EECO04", "0")]).of(&[("status_at_entry", "employed")]),
    case("a person of 18", &[("EECO06", "0"), ("EECO07", "1"), ("EECO08", "0")]).of(&[("birth_date", "2000-11-05")]),
    case("a person of 17", &[("EECO06", "1"), ("EECO07", "0")]).of(&[("birth_date", "2000-11-06")]),
    case("a person of 29", &[("EECO07", "1"), ("EECO08", "0")]).of(&[("birth_date", "1988-11-06")]),
    case("a person of 30", &[("EECO07", "0"), ("EECO08", "0")]).of(&[("birth_date", "1988-11-05")]),
    case("a person of 54", &[("EECO08", "0")]).of(&[("birth_date", "1963-11-06")]),
    case("a person of 55", &[("EECO08", "1")]).of(&[("birth_date", "1963-11-05")]),
    case("lower secondary education", &[("EECO09", "1"), ("EECO10", "0"), ("EECO11", "0")]).of(&[("education", "2")]),
    case("upper secondary education", &[("EECO09", "0"), ("EECO10", "1"), ("EECO11", "0")]).of(&[("education", "3")]),
    case("post-secondary education that is not tertiary", &[("EECO10", "1"), ("EECO11", "0")])
        .of(&[("education", "4")]),
    case("tertiary education", &[("EECO10", "0"), ("EECO11", "1")]).of(&[("education", "5")]),
    case("a person with a disability", &[("EECO12", "1")]).of(&[("disability", "yes")]),
    case("a person of a third country", &[("EECO13", "1")]).of(&[("third_country", "yes")]),
    case("a person of foreign origin", &[("EECO14", "1")]).of(&[("foreign_background", "yes")]),
    case("a person of a minority", &[("EECO15", "1")]).of(&[("minority", "yes")]),
    case("a homeless person", &[("EECO16", "1")]).of(&[("homeless", "yes")]),
    case("a person of a rural area", &[("EECO17", "1")]).of(&[("rural", "yes")]),
    case(
        "refusals to answer are not answers",
        &[("EECO12", "0"), ("EECO13", "0"), ("EECO14", "0"), ("EECO15", "0"), ("EECO16", "0"), ("EECO17", "0")],
    )
    .of(&[
        ("disability", "refused"),
        ("third_country", "refused"),
        ("foreign_background", "refused"),
        ("minority", "refused"),
        ("homeless", "refused"),
        ("rural", "refused"),
    ]),
    case("out of work at entry and in training at the exit", &[("EECR01", "1")])
        .of(&[("status_at_entry", "inactive")])
        .with(&[("placements", "DEMANDEUR_EMPLOI,,2019-02-04,,,,false")]),
    case("training after the exit", &[("EECR02", "1"), ("EECR04", "0")])
        .of(&[("status_at_entry", "unemployed")])
        .with(&[("placements", "FORMATION_QUALIFIANTE,Lycée,2019-02-04,2019-12-20,,,false")]),
    case("a qualification at the exit", &[("EECR03", "1")]).with(&[("certificates", "CCPRFO,2019-01-31,obtained")]),
    case("work within four weeks", &[("EECR04", "1"), ("EECR05", "1")])
        .of(&[("status_at_entry", "unemployed")])
        .with(&[("placements", "CDI,Fibre,2019-02-04,,,,false")]),
    case("work of somebody employed at entry is no result", &[("EECR04", "0"), ("EECR05", "0")])
        .of(&[("status_at_entry", "employed")])
        .with(&[("placements", "CDI,Fibre,2019-02-04,,,,false")]),
];
const COHORTS: &str = "cohort,start,end,places,certificate\nT1,2018-11-05,2019-02-01,4,CCPRFO\n";
const MODULES: &str = "cohort,module,stream\nT1,F1,technical\nT1,F2,technical\nT1,M,general\n";
const DAYS: [&str; 5] = ["2018-11-05", "2018-11-06", "2018-11-07", "2018-11-08", "2018-11-09"];
const HALVES: [&str; 2] = ["am", "pm"];
const ANNA: [(&str, &str); 9] = [
    ("trainee", "zola-anna"),
    ("last_name", "Zola"),
    ("first_name", "Anna"),
    ("birth_date", "2000-01-01"),
    ("sex", "F"),
    ("cohort", "T1"),
    ("entry", "2018-11-05"),
    ("exit", "2019-02-01"),
    ("exit_reason", "completed"),
];

/// The columns of each kind of record after those that say who.
fn columns(kind: &str) -> &'static str {
    match kind {
        "placements" => "type,company,start,planned_end,actual_end,end_reason,prehire",
        "results" => "module,date,outcome",
        "certificates" => "certificate,date,outcome",
        "licence" => "step,date,outcome,hours",
        "interviews" => "date,kind,minutes",
        "followups" => "point,date,channel,reached",
        kind => panic!("{kind}"),
    }
}

#[track_caller]
fn import(desk: &Desk, kind: &str, content: &str) {
    desk.file("rows.csv", content);
    let ran = desk.run(&format!("import rows.csv --as {kind} -q"));
    assert_eq!(ran.code, 0, "{content}{}", ran.stderr);
}

/// The half-days of the course.
fn half_days() -> impl Iterator<Item = (&'static str, &'static str)> {
    DAYS.iter().flat_map(|day| HALVES.iter().map(move |half| (*day, *half)))
}

/// The school without Anna, built once.
fn school() -> Desk {
    static SCHOOL: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = SCHOOL.get_or_init(|| {
        let desk = Desk::new().on("2019-12-31");
        desk.run("init fil.db").ends(0);
        import(&desk, "cohorts", COHORTS);
        import(&desk, "modules", MODULES);
        let kind = |day: &str| if day == "2018-11-09" { "company" } else { "centre" };
        let slots = half_days().map(|(day, half)| format!("T1,{day},{half},{}\n", kind(day)));
        import(&desk, "slots", &format!("cohort,date,half,kind\n{}", slots.collect::<String>()));
        std::fs::read(desk.path("fil.db")).unwrap()
    });
    Desk::new().on("2019-12-31").with_school(bytes, 10)
}

/// The figures of the cohort, by indicator or line.
fn figures(desk: &Desk, as_of: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for section in ["indicators", "esf"] {
        let shown = desk.run(&format!("report show {section} -c T1 --as-of {as_of} -f csv")).ends(0).stdout;
        let mut reader = csv::Reader::from_reader(shown.as_bytes());
        let header = reader.headers().unwrap().clone();
        for row in reader.records().map(Result::unwrap) {
            let cell = |name: &str| header.iter().position(|n| n == name).map_or("", |at| &row[at]).to_owned();
            if section == "indicators" && cell("cohort") == "*" {
                continue;
            }
            let mut figure = match (cell("num"), cell("den")) {
                _ if section == "esf" => cell("total"),
                (num, _) if num.is_empty() => cell("value"),
                (num, den) if den.is_empty() => num,
                (num, den) => format!("{num}/{den}"),
            };
            for (name, words) in [("not_yet_due", "not due"), ("unknown", "unknown")] {
                if !["", "0"].contains(&cell(name).as_str()) && cell("indicator") != "access_delay_days@median" {
                    figure += &format!(" {words} {}", cell(name));
                }
            }
            found.insert(cell("indicator"), figure);
        }
    }
    found
}

impl Anna {
    /// Somebody who was always there and left at the end.
    pub const WHO_COMPLETED: Anna = Anna { person: &[], marks: "pppppppppp", rows: &[] };

    /// A desk with the school and Anna in it.
    #[track_caller]
    pub fn recorded(&self) -> Desk {
        let desk = school();
        let mut fields = ANNA.to_vec();
        for (name, value) in self.person {
            match fields.iter_mut().find(|(known, _)| known == name) {
                Some(field) => field.1 = value,
                None => fields.push((name, value)),
            }
        }
        let (names, values): (Vec<&str>, Vec<&str>) = fields.into_iter().unzip();
        import(&desk, "trainees", &format!("{}\n{}\n", names.join(","), values.join(",")));
        let word = |mark| match mark {
            'p' => Some("present"),
            'e' => Some("excused"),
            'u' => Some("unexcused"),
            _ => None,
        };
        let marked = half_days().zip(self.marks.chars()).filter_map(|(half_day, mark)| Some((half_day, word(mark)?)));
        let marked: String = marked.map(|((day, half), mark)| format!("T1,zola-anna,{day},{half},{mark}\n")).collect();
        if !marked.is_empty() {
            import(&desk, "attendance", &format!("cohort,trainee,date,half,status\n{marked}"));
        }
        for (kind, cells) in self.rows {
            let (who, anna) =
                if *kind == "licence" { ("trainee", "zola-anna") } else { ("cohort,trainee", "T1,zola-anna") };
            import(&desk, kind, &format!("{who},{}\n{anna},{cells}\n", columns(kind)));
        }
        desk
    }
}

#[track_caller]
fn check(cases: &[Case]) {
    for Case { because, anna, as_of, figures: wanted } in cases {
        let found = figures(&anna.recorded(), as_of);
        for (indicator, figure) in *wanted {
            assert_eq!(found.get(*indicator).map(String::as_str), Some(*figure), "{because}: {indicator}");
        }
    }
}

#[test]
fn the_figures_of_applications_change_at_the_edge_of_their_definitions() {
    check(APPLICATIONS);
}

#[test]
fn the_figures_of_people_change_at_the_edge_of_their_definitions() {
    check(PEOPLE);
}

#[test]
fn the_figures_of_presence_change_at_the_edge_of_their_definitions() {
    check(PRESENCE);
}

#[test]
fn the_figures_of_progress_change_at_the_edge_of_their_definitions() {
    check(PROGRESS);
}

#[test]
fn the_figures_of_exits_change_at_the_edge_of_their_definitions() {
    check(EXITS);
}

#[test]
fn the_figures_of_work_change_at_the_edge_of_their_definitions() {
    check(WORK);
}

#[test]
fn the_figures_of_the_european_fund_change_at_the_edge_of_their_definitions() {
    check(EUROPEAN_FUND);
}
