//! Each column of each section at the edge of its definition, on one person; the school is that of `indicator_edges`.

use super::indicator_edges::{Anna, Words};
use super::support::Desk;

/// A cell that must stand in a section: its line after `report show`, which row, which column, what it says.
struct Cell {
    line: &'static str,
    row: &'static str,
    column: &'static str,
    says: &'static str,
}

const fn cell(line: &'static str, row: &'static str, column: &'static str, says: &'static str) -> Cell {
    Cell { line, row, column, says }
}

/// What is recorded of Anna, and what sections then say.
struct Case {
    because: &'static str,
    anna: Anna,
    cells: &'static [Cell],
}

const fn case(because: &'static str, cells: &'static [Cell]) -> Case {
    Case { because, anna: Anna::WHO_COMPLETED, cells }
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
}

const MONTHLY: &[Case] = &[
    case(
        "an entry is of its month",
        &[
            cell("monthly -p 2018-11", "", "start", "0"),
            cell("monthly -p 2018-11", "", "entries", "1"),
            cell("monthly -p 2018-11", "", "end", "1"),
            cell("monthly -p 2018-11", "", "planned", "4"),
            cell("monthly -p 2018-12", "", "start", "1"),
            cell("monthly -p 2018-12", "", "entries", "0"),
        ],
    )
    .of(&[("entry", "2018-11-08")])
    .marked("------pppp"),
    case(
        "an exit is of its month, and nobody is left after it",
        &[
            cell("monthly -p 2019-01", "", "exits", "0"),
            cell("monthly -p 2019-01", "", "end", "1"),
            cell("monthly -p 2019-02", "", "start", "1"),
            cell("monthly -p 2019-02", "", "exits", "1"),
            cell("monthly -p 2019-02", "", "end", "0"),
        ],
    ),
    case(
        "marks of a month are told apart",
        &[
            cell("monthly -p 2018-11", "", "planned", "10"),
            cell("monthly -p 2018-11", "", "present", "6"),
            cell("monthly -p 2018-11", "", "excused", "2"),
            cell("monthly -p 2018-11", "", "unexcused", "1"),
            cell("monthly -p 2018-11", "", "unmarked", "1"),
            cell("monthly -p 2018-11", "", "attendance_pct", "60.0"),
        ],
    )
    .marked("pppeeu-ppp"),
    case(
        "hours are those of presence, in the centre and in companies",
        &[cell("monthly -p 2018-11", "", "hours_centre", "28"), cell("monthly -p 2018-11", "", "hours_company", "3.5")],
    )
    .marked("pppppppppu"),
    case(
        "a module is of the month of its first validation",
        &[
            cell("monthly -p 2018-11", "", "modules_validated", "1"),
            cell("monthly -p 2018-12", "", "modules_validated", "1"),
        ],
    )
    .with(&[("results", "F1,2018-11-30,validated"), ("results", "F2,2018-12-01,validated")]),
    case(
        "a module validated twice counts once",
        &[
            cell("monthly -p 2018-11", "", "modules_validated", "1"),
            cell("monthly -p 2018-12", "", "modules_validated", "0"),
        ],
    )
    .with(&[("results", "F1,2018-11-30,validated"), ("results", "F1,2018-12-03,validated")]),
    case(
        "a test of the licence is of its month",
        &[
            cell("monthly -p 2018-11", "", "code_passed", "1"),
            cell("monthly -p 2018-12", "", "code_passed", "0"),
            cell("monthly -p 2019-01", "", "licence_obtained", "1"),
            cell("monthly -p 2019-02", "", "licence_obtained", "0"),
        ],
    )
    .with(&[("licence", "code_exam,2018-11-30,passed,"), ("licence", "driving_exam,2019-01-31,passed,")]),
    case("a failed test is nothing of its month", &[cell("monthly -p 2018-11", "", "code_passed", "0")])
        .with(&[("licence", "code_exam,2018-11-30,failed,")]),
    case(
        "interviews and their hours are of their month",
        &[
            cell("monthly -p 2018-11", "", "interviews", "1"),
            cell("monthly -p 2018-11", "", "interview_hours", "0.75"),
            cell("monthly -p 2018-12", "", "interviews", "1"),
            cell("monthly -p 2018-12", "", "interview_hours", "0.5"),
        ],
    )
    .with(&[("interviews", "2018-11-12,tutorial,45"), ("interviews", "2018-12-01,follow_up,30")]),
    case(
        "a prehire mission is of the month of its start",
        &[
            cell("monthly -p 2019-01", "", "prehire_started", "0"),
            cell("monthly -p 2019-02", "", "prehire_started", "1"),
        ],
    )
    .with(&[("placements", "INTERIM,Agence,2019-02-28,2019-04-26,,,true")]),
    case(
        "a contract is signed in the month of its start",
        &[
            cell("monthly -p 2019-02", "", "contracts_signed", "0"),
            cell("monthly -p 2019-03", "", "contracts_signed", "1"),
        ],
    )
    .with(&[("placements", "CDI,Fibre,2019-03-01,,,,false")]),
    case(
        "a temp mission is a contract signed unless it is a prehire",
        &[
            cell("monthly -p 2019-02", "", "contracts_signed", "1"),
            cell("monthly -p 2019-02", "", "prehire_started", "1"),
        ],
    )
    .with(&[
        ("placements", "INTERIM,Fibre,2019-02-11,2019-02-15,,,false"),
        ("placements", "INTERIM,Optique,2019-02-18,2019-02-22,,,true"),
    ]),
];

const ATTENDANCE: &[Case] = &[
    case(
        "the longest absence is the longest run of half-days missed in a row",
        &[
            cell("attendance -p 2018-11..2019-02", "", "longest_absence", "5"),
            cell("attendance -p 2018-11..2019-02", "", "present", "3"),
            cell("attendance -p 2018-11..2019-02", "", "excused", "2"),
            cell("attendance -p 2018-11..2019-02", "", "unexcused", "5"),
        ],
    )
    .marked("puuueepuup"),
    case(
        "an unmarked half-day is not an absence",
        &[
            cell("attendance -p 2018-11..2019-02", "", "unmarked", "1"),
            cell("attendance -p 2018-11..2019-02", "", "attendance_pct", "50.0"),
        ],
    )
    .marked("puu-uupppp"),
    case(
        "somebody always there was never absent",
        &[
            cell("attendance -p 2018-11..2019-02", "", "longest_absence", "0"),
            cell("attendance -p 2018-11..2019-02", "", "attendance_pct", "100.0"),
        ],
    ),
];

const PEOPLE: &[Case] = &[
    case(
        "a person born on 2000-11-06 is of the band under18",
        &[cell("people --as-of 2019-12-31", "", "age_band", "under18")],
    )
    .of(&[("birth_date", "2000-11-06")]),
    case(
        "a person born on 2000-11-05 is of the band 18-20",
        &[cell("people --as-of 2019-12-31", "", "age_band", "18-20")],
    )
    .of(&[("birth_date", "2000-11-05")]),
    case(
        "a person born on 1997-11-06 is of the band 18-20",
        &[cell("people --as-of 2019-12-31", "", "age_band", "18-20")],
    )
    .of(&[("birth_date", "1997-11-06")]),
    case(
        "a person born on 1997-11-05 is of the band 21-25",
        &[cell("people --as-of 2019-12-31", "", "age_band", "21-25")],
    )
    .of(&[("birth_date", "1997-11-05")]),
    case(
        "a person born on 1992-11-06 is of the band 21-25",
        &[cell("people --as-of 2019-12-31", "", "age_band", "21-25")],
    )
    .of(&[("birth_date", "1992-11-06")]),
    case(
        "a person born on 1992-11-05 is of the band 26-29",
        &[cell("people --as-of 2019-12-31", "", "age_band", "26-29")],
    )
    .of(&[("birth_date", "1992-11-05")]),
    case(
        "a person born on 1988-11-06 is of the band 26-29",
        &[cell("people --as-of 2019-12-31", "", "age_band", "26-29")],
    )
    .of(&[("birth_date", "1988-11-06")]),
    case(
        "a person born on 1988-11-05 is of the band 30plus",
        &[cell("people --as-of 2019-12-31", "", "age_band", "30plus")],
    )
    .of(&[("birth_date", "1988-11-05")]),
    case(
        "a person born on 1963-11-05 is of the band 30plus",
        &[cell("people --as-of 2019-12-31", "", "age_band", "30plus")],
    )
    .of(&[("birth_date", "1963-11-05")]),
    case("level 0 is of the band 0-2", &[cell("people --as-of 2019-12-31", "", "education_band", "0-2")])
        .of(&[("education", "0")]),
    case("level 2 is of the band 0-2", &[cell("people --as-of 2019-12-31", "", "education_band", "0-2")])
        .of(&[("education", "2")]),
    case("level 3 is of the band 3-4", &[cell("people --as-of 2019-12-31", "", "education_band", "3-4")])
        .of(&[("education", "3")]),
    case("level 4 is of the band 3-4", &[cell("people --as-of 2019-12-31", "", "education_band", "3-4")])
        .of(&[("education", "4")]),
    case("level 5 is of the band 5-8", &[cell("people --as-of 2019-12-31", "", "education_band", "5-8")])
        .of(&[("education", "5")]),
    case("level 8 is of the band 5-8", &[cell("people --as-of 2019-12-31", "", "education_band", "5-8")])
        .of(&[("education", "8")]),
    case(
        "level that is not known is of the band without a name",
        &[cell("people --as-of 2019-12-31", "", "education_band", "")],
    )
    .of(&[("education", "")]),
    case(
        "months and reason of the stay are those of its days",
        &[
            cell("people --as-of 2019-12-31", "", "entry_month", "2018-11"),
            cell("people --as-of 2019-12-31", "", "exit_month", "2019-01"),
            cell("people --as-of 2019-12-31", "", "exit_reason", "job"),
        ],
    )
    .of(&[("entry", "2018-11-09"), ("exit", "2019-01-11"), ("exit_reason", "job")])
    .marked("--------pp"),
    case(
        "a lasting contract is the outcome at every point that is due",
        &[
            cell("people --as-of 2019-12-31", "", "outcome_exit", "durable"),
            cell("people --as-of 2019-12-31", "", "outcome_3m", "durable"),
            cell("people --as-of 2019-12-31", "", "outcome_6m", "durable"),
        ],
    )
    .with(&[("placements", "CDI,Fibre,2019-02-04,,,,false")]),
    case(
        "a short contract is transitional until it ends",
        &[
            cell("people --as-of 2019-12-31", "", "outcome_exit", "transition"),
            cell("people --as-of 2019-12-31", "", "outcome_3m", "transition"),
            cell("people --as-of 2019-12-31", "", "outcome_6m", "unknown"),
        ],
    )
    .with(&[("placements", "CDD,Fibre,2019-02-04,2019-05-31,2019-05-31,,false")]),
    case("training is a positive outcome", &[cell("people --as-of 2019-12-31", "", "outcome_6m", "positive")])
        .with(&[("placements", "FORMATION_QUALIFIANTE,Lycée,2019-02-04,2019-12-20,,,false")]),
    case("a search for work is another outcome", &[cell("people --as-of 2019-12-31", "", "outcome_6m", "other")])
        .with(&[("placements", "DEMANDEUR_EMPLOI,,2019-02-04,,,,false")]),
    case(
        "somebody who is there has no outcome yet",
        &[
            cell("people --as-of 2019-12-31", "", "exit_month", ""),
            cell("people --as-of 2019-12-31", "", "outcome_exit", "not_yet_due"),
        ],
    )
    .of(&[("exit", ""), ("exit_reason", "")]),
    case(
        "force majeure is withdrawn from the outcomes",
        &[cell("people --as-of 2019-12-31", "", "outcome_exit", "withdrawn")],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "force_majeure")]),
];

const PLACEMENTS: &[Case] = &[
    case(
        "a situation CDI without an end",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "CDI"),
            cell("placements --as-of 2019-12-31", "", "duration_class", "open_ended"),
            cell("placements --as-of 2019-12-31", "", "outcome", "durable"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "CDI,Fibre,2019-02-04,,,,false")]),
    case(
        "a situation CDD until 2019-08-03",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "CDD"),
            cell("placements --as-of 2019-12-31", "", "duration_class", "6m_or_more"),
            cell("placements --as-of 2019-12-31", "", "outcome", "durable"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "CDD,Fibre,2019-02-04,2019-08-03,,,false")]),
    case(
        "a situation CDD until 2019-08-02",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "CDD"),
            cell("placements --as-of 2019-12-31", "", "duration_class", "under_6m"),
            cell("placements --as-of 2019-12-31", "", "outcome", "transition"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "CDD,Fibre,2019-02-04,2019-08-02,,,false")]),
    case(
        "a situation INTERIM until 2019-04-26",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "INTERIM"),
            cell("placements --as-of 2019-12-31", "", "duration_class", "under_6m"),
            cell("placements --as-of 2019-12-31", "", "outcome", "transition"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "INTERIM,Fibre,2019-02-04,2019-04-26,,,false")]),
    case(
        "a situation APPRENTISSAGE until 2020-08-31",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "APPRENTISSAGE"),
            cell("placements --as-of 2019-12-31", "", "duration_class", "6m_or_more"),
            cell("placements --as-of 2019-12-31", "", "outcome", "durable"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "APPRENTISSAGE,Fibre,2019-02-04,2020-08-31,,,false")]),
    case(
        "a situation PROFESSIONNALISATION until 2019-07-31",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "PROFESSIONNALISATION"),
            cell("placements --as-of 2019-12-31", "", "duration_class", "under_6m"),
            cell("placements --as-of 2019-12-31", "", "outcome", "transition"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "PROFESSIONNALISATION,Fibre,2019-02-04,2019-07-31,,,false")]),
    case(
        "a situation FONCTION_PUBLIQUE without an end",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "FONCTION_PUBLIQUE"),
            cell("placements --as-of 2019-12-31", "", "duration_class", "open_ended"),
            cell("placements --as-of 2019-12-31", "", "outcome", "durable"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "FONCTION_PUBLIQUE,Fibre,2019-02-04,,,,false")]),
    case(
        "a situation CREATION without an end",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "CREATION"),
            cell("placements --as-of 2019-12-31", "", "duration_class", "open_ended"),
            cell("placements --as-of 2019-12-31", "", "outcome", "durable"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "CREATION,Fibre,2019-02-04,,,,false")]),
    case(
        "a situation IAE_CDDI until 2019-12-31",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "IAE_CDDI"),
            cell("placements --as-of 2019-12-31", "", "duration_class", "6m_or_more"),
            cell("placements --as-of 2019-12-31", "", "outcome", "positive"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "IAE_CDDI,Fibre,2019-02-04,2019-12-31,,,false")]),
    case(
        "a situation RETOUR_ETUDES without an end",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "RETOUR_ETUDES"),
            cell("placements --as-of 2019-12-31", "", "duration_class", ""),
            cell("placements --as-of 2019-12-31", "", "outcome", "positive"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "RETOUR_ETUDES,Fibre,2019-02-04,,,,false")]),
    case(
        "a situation SERVICE_CIVIQUE until 2019-10-04",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "SERVICE_CIVIQUE"),
            cell("placements --as-of 2019-12-31", "", "duration_class", "6m_or_more"),
            cell("placements --as-of 2019-12-31", "", "outcome", "other"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "SERVICE_CIVIQUE,Fibre,2019-02-04,2019-10-04,,,false")]),
    case(
        "a situation INACTIF without an end",
        &[
            cell("placements --as-of 2019-12-31", "", "type", "INACTIF"),
            cell("placements --as-of 2019-12-31", "", "duration_class", ""),
            cell("placements --as-of 2019-12-31", "", "outcome", "other"),
            cell("placements --as-of 2019-12-31", "", "prehire", "false"),
        ],
    )
    .with(&[("placements", "INACTIF,Fibre,2019-02-04,,,,false")]),
    case(
        "a prehire mission that was converted",
        &[
            cell("placements --as-of 2019-12-31", "type=INTERIM", "prehire", "true"),
            cell("placements --as-of 2019-12-31", "type=INTERIM", "converted", "true"),
            cell("placements --as-of 2019-12-31", "type=CDI", "converted", ""),
        ],
    )
    .with(&[
        ("placements", "INTERIM,Fibre,2019-02-04,2019-04-26,2019-04-26,,true"),
        ("placements", "CDI,Fibre,2019-05-02,,,,false"),
    ]),
    case(
        "a prehire mission that was not converted",
        &[cell("placements --as-of 2019-12-31", "type=INTERIM", "converted", "false")],
    )
    .with(&[("placements", "INTERIM,Fibre,2019-02-04,2019-04-26,2019-04-26,,true")]),
];

const FOLLOWUPS: &[Case] = &[
    case(
        "a point is not due before its day",
        &[
            cell("followups --as-of 2019-04-30", "point=3m", "status", "not_due"),
            cell("followups --as-of 2019-04-30", "point=3m", "due_on", "2019-05-01"),
            cell("followups --as-of 2019-04-30", "point=3m", "window_end", "2019-05-29"),
        ],
    ),
    case(
        "a point is due from its day to the end of its window",
        &[
            cell("followups --as-of 2019-05-01", "point=3m", "status", "due"),
            cell("followups --as-of 2019-05-29", "point=3m", "status", "due"),
        ],
    ),
    case(
        "a point is overdue after its window",
        &[cell("followups --as-of 2019-05-30", "point=3m", "status", "overdue")],
    ),
    case(
        "somebody reached is done",
        &[
            cell("followups --as-of 2019-12-31", "point=3m", "status", "reached"),
            cell("followups --as-of 2019-12-31", "point=3m", "attempts", "1"),
            cell("followups --as-of 2019-12-31", "point=3m", "last_attempt", "2019-05-02"),
            cell("followups --as-of 2019-12-31", "point=6m", "status", "overdue"),
        ],
    )
    .with(&[("followups", "3m,2019-05-02,phone,true")]),
    case(
        "an attempt that reached nobody is counted and settles nothing",
        &[
            cell("followups --as-of 2019-05-10", "point=3m", "status", "due"),
            cell("followups --as-of 2019-05-10", "point=3m", "attempts", "2"),
            cell("followups --as-of 2019-05-10", "point=3m", "last_attempt", "2019-05-09"),
            cell("followups --as-of 2019-06-10", "point=3m", "status", "overdue"),
        ],
    )
    .with(&[("followups", "3m,2019-05-02,phone,false"), ("followups", "3m,2019-05-09,sms,false")]),
    case(
        "a call after the day is not known yet",
        &[
            cell("followups --as-of 2019-05-19", "point=3m", "status", "due"),
            cell("followups --as-of 2019-05-20", "point=3m", "status", "reached"),
        ],
    )
    .with(&[("followups", "3m,2019-05-20,phone,true")]),
];

const BPF: &[Case] = &[
    case(
        "a vocational trainee is a job seeker of the yearly return",
        &[
            cell("bpf -p 2018", "frame=F-1,line=c", "trainees", "1"),
            cell("bpf -p 2018", "frame=F-1,line=c", "hours", "28"),
            cell("bpf -p 2018", "frame=F-1,line=a", "trainees", "0"),
            cell("bpf -p 2018", "frame=F-1,line=total", "trainees", "1"),
        ],
    ),
    case(
        "the certificate that the cohort prepares says the frame",
        &[
            cell("bpf -p 2018", "frame=F-3,line=a", "trainees", "1"),
            cell("bpf -p 2018", "frame=F-3,line=b", "trainees", "0"),
            cell("bpf -p 2018", "frame=F-4,line=255", "trainees", "1"),
        ],
    ),
    case(
        "somebody who never came is not in the yearly return",
        &[
            cell("bpf -p 2018", "frame=F-1,line=total", "trainees", "0"),
            cell("bpf -p 2018", "frame=F-1,line=total", "hours", "0"),
        ],
    )
    .marked("uuuuuuuuuu"),
    case("another year counts its own hours", &[cell("bpf -p 2019", "frame=F-1,line=total", "trainees", "0")]),
];

const EXITS: &[Case] = &[
    case(
        "an exit examined falls in one class",
        &[
            cell("exits --as-of 2019-12-31", "scheme=iae,point=6m", "examined", "1"),
            cell("exits --as-of 2019-12-31", "scheme=iae,point=6m", "durable", "1"),
            cell("exits --as-of 2019-12-31", "scheme=iae,point=6m", "other", "0"),
            cell("exits --as-of 2019-12-31", "scheme=iae,point=6m", "dynamic_pct", "100.0"),
            cell("exits --as-of 2019-12-31", "scheme=iae,point=12m", "not_yet_due", "1"),
        ],
    )
    .with(&[("placements", "CDI,Fibre,2019-02-04,,,,false")]),
    case(
        "somebody withdrawn is not examined",
        &[
            cell("exits --as-of 2019-12-31", "scheme=iae,point=6m", "withdrawn", "1"),
            cell("exits --as-of 2019-12-31", "scheme=iae,point=6m", "examined", "0"),
            cell("exits --as-of 2019-12-31", "scheme=iae,point=6m", "entrants", "1"),
        ],
    )
    .of(&[("exit", "2019-01-11"), ("exit_reason", "force_majeure")]),
    case(
        "the scheme of second-chance schools has its own classes",
        &[
            cell("exits --as-of 2019-12-31", "scheme=e2c,point=6m", "transition", "1"),
            cell("exits --as-of 2019-12-31", "scheme=e2c,point=6m", "durable", "0"),
            cell("exits --as-of 2019-12-31", "scheme=iae,point=6m", "durable", "1"),
        ],
    )
    .with(&[("placements", "APPRENTISSAGE,Fibre,2019-02-04,2020-08-31,,,false")]),
    case(
        "a training is a class of its own in both schemes",
        &[
            cell("exits --as-of 2019-12-31", "scheme=e2c,point=6m", "positive", "1"),
            cell("exits --as-of 2019-12-31", "scheme=iae,point=6m", "positive", "1"),
        ],
    )
    .with(&[("placements", "FORMATION_QUALIFIANTE,Lycée,2019-02-04,2019-12-20,,,false")]),
];
/// The cell of the one row of a section, of the cohort alone, in which other columns say what `row` asks.
#[track_caller]
fn found(desk: &Desk, wanted: &Cell, because: &str) -> String {
    let line = format!("report show {} -c T1 -f csv", wanted.line);
    let shown = desk.run(&line).ends(0).stdout;
    let mut reader = csv::Reader::from_reader(shown.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|header| header == name).unwrap_or_else(|| panic!("{line}: {name}"));
    let asked: Vec<(&str, &str)> = wanted.row.split(',').filter_map(|pair| pair.split_once('=')).collect();
    let cohort = header.iter().position(|header| header == "cohort");
    let rows: Vec<csv::StringRecord> = reader
        .records()
        .map(Result::unwrap)
        .filter(|row| cohort.is_none_or(|at| &row[at] == "T1"))
        .filter(|row| asked.iter().all(|(name, value)| &row[at(name)] == *value))
        .collect();
    assert_eq!(rows.len(), 1, "{because}: {line} has so many rows with {}", wanted.row);
    rows[0][at(wanted.column)].to_owned()
}

#[track_caller]
fn check(cases: &[Case]) {
    for Case { because, anna, cells } in cases {
        let desk = anna.recorded();
        for wanted in *cells {
            let cell = found(&desk, wanted, because);
            assert_eq!(cell, wanted.says, "{because}: {} {} {}", wanted.line, wanted.row, wanted.column);
        }
    }
}

#[test]
fn the_section_monthly_says_what_was_recorded_at_each_edge() {
    check(MONTHLY);
}

#[test]
fn the_section_attendance_says_what_was_recorded_at_each_edge() {
    check(ATTENDANCE);
}

#[test]
fn the_section_people_says_what_was_recorded_at_each_edge() {
    check(PEOPLE);
}

#[test]
fn the_section_placements_says_what_was_recorded_at_each_edge() {
    check(PLACEMENTS);
}

#[test]
fn the_section_followups_says_what_was_recorded_at_each_edge() {
    check(FOLLOWUPS);
}

#[test]
fn the_section_bpf_says_what_was_recorded_at_each_edge() {
    check(BPF);
}

#[test]
fn the_section_exits_says_what_was_recorded_at_each_edge() {
    check(EXITS);
}
