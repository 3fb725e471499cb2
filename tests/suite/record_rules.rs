//! Every rule on a record, on both sides of its edge: what a row must hold to be accepted, warned about or refused.
//!
//! The rows are tried on the example school, on 2 September 2019, and never written.

use super::example_school::romans;
use super::support::{Desk, Outcome};

type Fields<'a> = &'a [(&'a str, &'a str)];

/// A row that every rule accepts; a case changes a field or two of it.
struct Row {
    desk: Desk,
    kind: &'static str,
    fields: Vec<(&'static str, &'static str)>,
}

impl Row {
    #[track_caller]
    fn of(kind: &'static str, fields: Fields<'static>) -> Row {
        let row = Row { desk: romans(), kind, fields: fields.to_vec() };
        row.accepts(&[]);
        row
    }

    fn tried(&self, changes: Fields<'_>) -> Outcome {
        let mut fields: Vec<(&str, &str)> = self.fields.clone();
        for (name, value) in changes {
            match fields.iter_mut().find(|(known, _)| known == name) {
                Some(field) => field.1 = value,
                None => fields.push((name, value)),
            }
        }
        let line = |cells: Vec<&str>| {
            let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            quoted.join(",") + "\n"
        };
        let (names, values): (Vec<&str>, Vec<&str>) = fields.into_iter().unzip();
        self.desk.file("row.csv", line(names) + &line(values));
        self.desk.run(&format!("import row.csv --as {} -n", self.kind))
    }

    /// The row is taken, without a word of warning.
    #[track_caller]
    fn accepts(&self, changes: Fields<'_>) {
        let ran = self.tried(changes);
        assert!(ran.code == 0 && ran.stderr.contains("refused: 0"), "{changes:?}: {}", ran.stderr);
        assert!(!ran.stderr.contains("\n!"), "{changes:?}: {}", ran.stderr);
    }

    /// The row is taken, with this warning.
    #[track_caller]
    fn warns(&self, changes: Fields<'_>, words: &str) {
        let ran = self.tried(changes);
        assert!(ran.code == 0 && ran.stderr.contains("refused: 0"), "{changes:?}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("\n!") && ran.stderr.contains(words),
            "{changes:?}: no “{words}” in {}",
            ran.stderr
        );
    }

    /// The row is refused because of this column, with these words.
    #[track_caller]
    fn refuses(&self, changes: Fields<'_>, column: &str, words: &str) {
        let ran = self.tried(changes);
        assert!(ran.code == 4 && ran.stderr.contains("refused: 1"), "{changes:?}: {}", ran.stderr);
        let told = ran.stderr.lines().any(|line| line.contains(&format!("column “{column}”")) && line.contains(words));
        assert!(told, "{changes:?}: no “{words}” of {column} in {}", ran.stderr);
    }

    /// Each of these values of one field is taken.
    #[track_caller]
    fn accepts_each(&self, field: &str, values: &[&str]) {
        for value in values {
            self.accepts(&[(field, value)]);
        }
    }

    /// Each of these values of one field is refused, with the same words.
    #[track_caller]
    fn refuses_each(&self, field: &str, values: &[&str], words: &str) {
        for value in values {
            self.refuses(&[(field, value)], field, words);
        }
    }
}

fn cohort() -> Row {
    Row::of("cohorts", &[("cohort", "NEW"), ("start", "2019-03-04"), ("end", "2019-05-31"), ("places", "12")])
}

#[test]
fn a_cohort_ends_on_its_first_day_at_the_earliest() {
    let row = cohort();
    row.accepts(&[("end", "2019-03-04")]);
    row.refuses(&[("end", "2019-03-03")], "end", "the end (2019-03-03) is before the start (2019-03-04)");
    row.refuses(&[("end", "2019-03-03")], "end", "an end on 2019-03-04 or later");
}

#[test]
fn a_cohorts_code_is_not_a_word_of_the_command_line_nor_a_list() {
    let row = cohort();
    row.refuses_each("cohort", &["all", "A|B", "|"], "this code is reserved, or holds “|”");
    row.refuses_each("cohort", &["*", "A*B", "A;B", ".."], "can't be a code — a code has no “*”, “,”, “;” nor “..”");
    row.accepts_each("cohort", &["ALL-2019", "A-B", "2019"]);
}

#[test]
fn a_cohort_says_its_code_its_dates_and_nothing_impossible() {
    let row = cohort();
    for field in ["cohort", "start", "end"] {
        row.refuses(&[(field, "")], field, "is missing");
    }
    row.refuses_each("training_status", &["student", "intern"], "is not in the list — one of: vocational_trainee");
    row.accepts_each("training_status", &["vocational_trainee", "temp_worker", "training_before_hire", "other"]);
}

#[test]
fn the_dates_of_a_cohort_hold_everybodys_entry_and_exit() {
    let row = Row::of(
        "cohorts",
        &[("cohort", "ROM-2018-11"), ("start", "2018-11-05"), ("end", "2019-02-01"), ("places", "12")],
    );
    row.accepts(&[("start", "2018-11-04"), ("end", "2019-02-02")]);
    let late = row.tried(&[("start", "2018-11-06")]).ends(4);
    assert!(late.stderr.contains("11 entries or exits fall outside 2018-11-06 to 2019-02-01"), "{}", late.stderr);
    let early = row.tried(&[("end", "2019-01-31")]).ends(4);
    assert!(early.stderr.contains("8 entries or exits fall outside"), "{}", early.stderr);
    assert!(early.stderr.contains("correct those trainees first, or widen the dates"), "{}", early.stderr);
}

#[test]
fn days_of_the_programme_lie_from_2010_to_five_years_from_now() {
    let row = cohort();
    row.accepts(&[("start", "2010-01-01")]);
    row.refuses(&[("start", "2009-12-31")], "start", "date out of bounds: from 2010-01-01 to 2024-09-02");
    row.accepts(&[("end", "2024-09-02")]);
    row.refuses(&[("end", "2024-09-03")], "end", "date out of bounds");
    let note = Row::of("notes", &[("trainee", "amara-nassim"), ("date", "2019-01-01"), ("text", "x")]);
    note.accepts(&[("date", "2010-01-01")]);
    note.refuses(&[("date", "2009-12-31")], "date", "date out of bounds");
}

fn module() -> Row {
    Row::of("modules", &[("cohort", "ROM-2018-11"), ("module", "NEW"), ("title", "Nouveau"), ("stream", "technical")])
}

#[test]
fn a_modules_code_is_not_a_word_of_the_licence() {
    let row = module();
    row.refuses_each(
        "module",
        &["code", "Code", "CODE", "conduite", "Conduite"],
        "this word means the driving licence",
    );
    row.accepts_each("module", &["codes", "ETG2", "code-1", "conduites"]);
}

#[test]
fn a_module_belongs_to_a_cohort_and_to_a_stream() {
    let row = module();
    row.refuses(&[("cohort", "ROM-2018-12")], "cohort", "ROM-2018-11");
    row.refuses(&[("stream", "sport")], "stream", "is not in the list — one of: general, licence, technical");
    row.accepts_each("hours", &["0", "31.5", "31,5", "3h30"]);
    row.refuses_each("hours", &["-1", "many"], "");
}

fn slot() -> Row {
    Row::of("slots", &[("cohort", "ROM-2018-11"), ("date", "2019-01-28"), ("half", "am"), ("kind", "centre")])
}

#[test]
fn a_half_day_of_the_calendar_on_an_odd_day_is_worth_a_look() {
    let row = slot();
    row.warns(&[("date", "2018-11-11")], "half-day on a public holiday: 2018-11-11 (Armistice Day)");
    row.warns(&[("date", "2019-01-01")], "half-day on a public holiday: 2019-01-01");
    row.warns(&[("date", "2019-01-26")], "half-day on a weekend: 2019-01-26");
    row.warns(&[("date", "2019-01-27")], "half-day on a weekend: 2019-01-27");
    row.warns(&[("date", "2019-02-04")], "half-day outside the cohort's dates: 2019-02-04");
    row.warns(&[("date", "2018-11-02")], "half-day outside the cohort's dates: 2018-11-02");
    // What does not take place is never odd.
    for day in ["2018-11-11", "2019-01-26", "2019-02-04"] {
        row.accepts(&[("date", day), ("kind", "cancelled")]);
    }
}

#[test]
fn a_half_day_with_marks_is_neither_cancelled_nor_made_shorter_than_they_are() {
    let row = Row::of(
        "slots",
        &[("cohort", "ROM-2018-11"), ("date", "2018-11-05"), ("half", "am"), ("kind", "centre"), ("minutes", "210")],
    );
    let words = "11 attendance marks are already entered on 2018-11-05";
    row.refuses(&[("kind", "cancelled")], "kind", words);
    row.refuses(&[("kind", "cancelled")], "kind", "clear them first: fil progress clear WHO --on 2018-11-05");
    row.accepts(&[("minutes", "240")]);
    row.accepts(&[("kind", "company")]);
    row.refuses(&[("minutes", "209")], "minutes", "it cannot be shorter than they are");
    // The half-day of the power cut has no mark.
    row.accepts(&[("date", "2018-11-27"), ("half", "pm"), ("kind", "cancelled")]);
}

fn trainee() -> Row {
    Row::of(
        "trainees",
        &[
            ("last_name", "Zola"),
            ("first_name", "Anna"),
            ("birth_date", "1999-06-01"),
            ("cohort", "ROM-2018-11"),
            ("entry", "2018-11-12"),
            ("exit", ""),
            ("exit_reason", ""),
        ],
    )
}

#[test]
fn a_stay_lies_within_its_cohort() {
    let row = trainee();
    row.accepts(&[("entry", "2018-11-05")]);
    row.refuses(&[("entry", "2018-11-04")], "entry", "outside the dates of ROM-2018-11: 2018-11-05 to 2019-02-01");
    row.accepts(&[("entry", "2019-02-01")]);
    row.refuses(&[("entry", "2019-02-02")], "entry", "a day between them, or prolong the cohort");
    let left = |day| [("exit", day), ("exit_reason", "job")];
    row.accepts(&left("2019-02-01"));
    row.refuses(&left("2019-02-02"), "exit", "outside the dates of ROM-2018-11");
}

#[test]
fn an_exit_follows_the_entry_and_has_a_reason() {
    let row = trainee();
    row.accepts(&[("exit", "2018-11-12"), ("exit_reason", "dropped_out")]);
    row.refuses(
        &[("exit", "2018-11-11"), ("exit_reason", "dropped_out")],
        "exit",
        "the exit is before the entry (2018-11-12)",
    );
    row.refuses(&[("entry", ""), ("exit", "2018-11-12"), ("exit_reason", "job")], "exit", "an exit without an entry");
    row.refuses(&[("exit", "2018-11-30")], "exit_reason", "an exit needs a reason");
    row.refuses(&[("exit", "2018-11-30")], "exit_reason", "one of: completed, job, training, dropped_out, excluded");
    row.refuses(&[("exit_reason", "job")], "exit_reason", "a reason without an exit date");
    for reason in ["completed", "job", "training", "dropped_out", "excluded", "force_majeure", "end_of_integration"] {
        row.accepts(&[("exit", "2018-11-30"), ("exit_reason", reason)]);
    }
    row.refuses(&[("exit", "2018-11-30"), ("exit_reason", "bored")], "exit_reason", "is not in the list");
}

#[test]
fn a_status_at_entry_dates_from_before_the_entry() {
    let row = trainee();
    let since = |day| [("status_at_entry", "unemployed"), ("status_since", day)];
    row.accepts(&since("2018-11-11"));
    row.refuses(&since("2018-11-12"), "status_since", "the status must date from before the entry (2018-11-12)");
    // It may be older than the programme.
    row.accepts(&since("2005-01-01"));
}

#[test]
fn ages_from_15_to_65_are_accepted_and_those_outside_16_to_30_are_worth_a_look() {
    let row = trainee();
    row.refuses(
        &[("birth_date", "2003-11-13")],
        "birth_date",
        "14 years old at entry: ages from 15 to 65 are accepted",
    );
    row.warns(&[("birth_date", "2003-11-12")], "15 years old at entry, outside 16 to 30");
    row.warns(&[("birth_date", "2002-11-13")], "15 years old at entry, outside 16 to 30");
    row.accepts(&[("birth_date", "2002-11-12")]);
    row.accepts(&[("birth_date", "1987-11-13")]);
    row.warns(&[("birth_date", "1987-11-12")], "31 years old at entry, outside 16 to 30");
    row.warns(&[("birth_date", "1952-11-13")], "65 years old at entry, outside 16 to 30");
    row.refuses(&[("birth_date", "1952-11-12")], "birth_date", "66 years old at entry");
    row.refuses(&[("birth_date", "2019-09-03")], "birth_date", "this birth date is yet to come");
    // An applicant's age is that of the cohort's first day.
    row.refuses(&[("entry", ""), ("birth_date", "2003-11-06")], "birth_date", "14 years old at entry");
    row.warns(&[("entry", ""), ("birth_date", "2003-11-05")], "15 years old at entry");
    // Nothing is said of an age that is not known.
    row.accepts(&[("birth_date", "")]);
}

#[test]
fn an_entry_means_admission() {
    let row = trainee();
    row.accepts_each("decision", &["admitted", "pending", ""]);
    for decision in ["waiting", "refused", "withdrawn"] {
        row.warns(&[("decision", decision)], "an entry means admission: decision recorded as admitted");
        row.accepts(&[("decision", decision), ("entry", "")]);
    }
    row.refuses(&[("decision", "perhaps")], "decision", "is not in the list — one of: pending, admitted, waiting");
}

#[test]
fn a_reference_of_the_school_belongs_to_one_person() {
    let row = trainee();
    row.accepts(&[("ref", "R18-99")]);
    let other = [("last_name", "Barthoulot"), ("first_name", "Océane"), ("birth_date", "2000-07-22")];
    let of_other = |reference| {
        [&other[..], &[("ref", reference), ("trainee", "barthoulot-oceane"), ("entry", "2018-11-05")]].concat()
    };
    row.accepts(&of_other("R18-98"));
    row.refuses(&of_other("R18-01"), "ref", "this reference is already that of amara-nassim");
}

#[test]
fn the_same_names_with_another_birth_date_are_worth_a_look() {
    let row = trainee();
    row.warns(
        &[("last_name", "Amara"), ("first_name", "Nassim")],
        "same name as amara-nassim (no. 1), another birth date",
    );
    row.warns(&[("last_name", "AMARA"), ("first_name", "nassim")], "same name as amara-nassim");
    row.warns(&[("last_name", "oztas"), ("first_name", "Emre")], "same name as oztas-emre");
    row.accepts(&[("last_name", "Amara"), ("first_name", "Nassima")]);
}

#[test]
fn marks_already_entered_stay_between_the_entry_and_the_exit() {
    let row = Row::of(
        "trainees",
        &[
            ("last_name", "Faurie"),
            ("first_name", "Jordan"),
            ("birth_date", "2000-02-09"),
            ("cohort", "ROM-2018-11"),
            ("entry", "2018-11-05"),
            ("exit", "2018-11-16"),
            ("exit_reason", "end_of_integration"),
        ],
    );
    row.refuses(&[("entry", "2018-11-06")], "entry", "attendance marks are entered before this entry, from 2018-11-05");
    row.refuses(&[("entry", "2018-11-06")], "entry", "clear them first: fil progress clear");
    row.refuses(&[("exit", "2018-11-15")], "exit", "attendance marks are entered after this exit, until 2018-11-16");
    row.accepts(&[("exit", "2018-11-17")]);
}

#[test]
fn people_have_both_names_and_answers_of_the_lists() {
    let row = trainee();
    row.refuses(&[("last_name", "")], "last_name", "is missing");
    row.refuses(&[("first_name", "")], "first_name", "is missing");
    row.accepts_each("sex", &["F", "M", "X", ""]);
    row.refuses_each("sex", &["Z", "1"], "one of: F, M, X");
    row.accepts_each("education", &["0", "8", ""]);
    row.refuses_each("education", &["9", "-1"], "");
    row.accepts_each("disability", &["yes", "no", "unknown", "refused", "oui", "non"]);
    row.refuses_each("disability", &["maybe"], "is not in the list");
    row.accepts_each("licence_at_entry", &["none", "code", "B"]);
    row.accepts_each("postal_code", &["26100", "01000", ""]);
}

#[test]
fn phone_numbers_and_addresses_are_those_of_people() {
    let row = trainee();
    row.accepts_each("phone", &["0639980101", "06 39 98 01 01", "06.39.98.01.01", "+33 6 39 98 01 01", ""]);
    row.refuses_each("phone", &["12", "phone"], "");
    row.accepts_each("email", &["a@example.org", ""]);
}

#[test]
fn no_text_holds_a_social_security_number() {
    let number = "1 99 03 26 100 123 17";
    let words = "the text holds a social-security number: it is not recorded — take the number out and try again";
    let row = trainee();
    for field in ["address", "commune", "referrer"] {
        row.refuses(&[(field, number)], field, words);
    }
    let note = Row::of("notes", &[("trainee", "amara-nassim"), ("date", "2019-01-01"), ("text", "x")]);
    note.refuses(&[("text", &format!("sa sécu : {number}."))], "text", words);
    note.accepts(&[("text", "1 99 03 26 100")]);
}

fn mark() -> Row {
    Row::of(
        "attendance",
        &[
            ("cohort", "ROM-2018-11"),
            ("trainee", "diakite-mamadou"),
            ("date", "2019-01-23"),
            ("half", "pm"),
            ("status", "present"),
            ("minutes", ""),
            ("justification", ""),
        ],
    )
}

#[test]
fn a_mark_is_of_a_half_day_of_the_calendar_that_took_place() {
    let row = mark();
    row.refuses(&[("date", "2019-01-26")], "date", "no half-day in the calendar on 2019-01-26 afternoon");
    row.refuses(&[("date", "2019-01-26")], "date", "add it to the calendar, or correct the date");
    row.refuses(&[("date", "2018-11-27")], "date", "the half-day of 2018-11-27 afternoon is cancelled");
    row.refuses(&[("half", "night")], "half", "is not in the list — one of: am, pm");
    row.refuses(&[("status", "late")], "status", "one of: present, excused, unexcused");
    for field in ["date", "half", "status", "trainee", "cohort"] {
        row.refuses(&[(field, "")], field, "is missing");
    }
}

#[test]
fn a_mark_lies_between_the_entry_and_the_exit() {
    let row = mark();
    row.refuses(&[("trainee", "rakotovao-hery"), ("date", "2018-11-09")], "date", "before the entry (2018-11-12)");
    row.refuses(&[("trainee", "faurie-jordan"), ("date", "2018-11-19")], "date", "after the exit (2018-11-16)");
    row.refuses(&[("trainee", "sabatier-dylan")], "date", "this person has not entered the course");
    row.refuses(&[("trainee", "nobody")], "trainee", "nobody");
}

#[test]
fn minutes_are_those_of_somebody_present_within_the_half_day() {
    let row = mark();
    row.accepts_each("minutes", &["1", "210", ""]);
    row.refuses(&[("minutes", "211")], "minutes", "more than the half-day (210 minutes)");
    row.refuses(&[("minutes", "211")], "minutes", "1 to 210 minutes");
    row.refuses(&[("minutes", "0")], "minutes", "0 is out of bounds — from 1 to 720");
    for status in ["excused", "unexcused"] {
        row.accepts(&[("status", status)]);
        row.refuses(&[("status", status), ("minutes", "60")], "minutes", "an absence has no minutes — leave it empty");
    }
    row.accepts(&[("status", "excused"), ("justification", "family")]);
    row.refuses(&[("status", "excused"), ("justification", "illness")], "justification", "is not in the list");
}

fn result() -> Row {
    Row::of(
        "results",
        &[
            ("cohort", "ROM-2018-11"),
            ("trainee", "amara-nassim"),
            ("module", "NUM"),
            ("date", "2019-01-28"),
            ("outcome", "validated"),
            ("mark", ""),
            ("out_of", ""),
        ],
    )
}

#[test]
fn a_mark_of_a_module_is_at_most_its_maximum_and_never_negative() {
    let row = result();
    let marked = |mark, out_of| [("mark", mark), ("out_of", out_of)];
    row.accepts(&marked("20", "20"));
    row.accepts(&marked("0", "20"));
    row.accepts(&marked("13.5", "20"));
    row.refuses(&marked("20.01", "20"), "mark", "the mark is above its maximum (20)");
    row.refuses(&marked("-1", "20"), "mark", "a positive number is expected");
    row.refuses(&marked("0", "0"), "out_of", "a positive number is expected");
    row.refuses(&[("outcome", "perfect")], "outcome", "one of: validated, in_progress, failed");
    row.refuses(&[("module", "LATIN")], "module", "LATIN");
}

#[test]
fn what_is_dated_after_today_is_worth_a_look() {
    let result = result();
    result.accepts(&[("date", "2019-09-02")]);
    result.warns(&[("date", "2019-09-03")], "dated after today: 2019-09-03");
    let stay = [("cohort", "ROM-2018-11"), ("trainee", "amara-nassim")];
    let others: [(&str, Fields<'static>); 4] = [
        ("interviews", &[("kind", "tutorial"), ("minutes", "30")]),
        ("followups", &[("point", "12m"), ("channel", "phone"), ("reached", "true")]),
        ("certificates", &[("certificate", "AIPR"), ("outcome", "obtained")]),
        ("licence", &[("step", "registered")]),
    ];
    for (kind, more) in others {
        let stay = if kind == "licence" { &stay[1..] } else { &stay[..] };
        let mut fields = [stay, more].concat();
        fields.push(("date", "2019-09-02"));
        let row = Row { desk: romans(), kind, fields };
        row.accepts(&[]);
        row.warns(&[("date", "2019-09-03")], "dated after today: 2019-09-03");
    }
}

#[test]
fn a_certificate_does_not_expire_before_the_day_it_was_obtained() {
    let row = Row::of(
        "certificates",
        &[
            ("cohort", "ROM-2018-11"),
            ("trainee", "amara-nassim"),
            ("certificate", "SST"),
            ("date", "2019-01-28"),
            ("outcome", "obtained"),
            ("expires", ""),
        ],
    );
    row.accepts(&[("expires", "2019-01-28")]);
    row.accepts(&[("expires", "2039-01-28")]);
    row.refuses(&[("expires", "2019-01-27")], "expires", "the expiry is before the day it was obtained (2019-01-28)");
    row.refuses(&[("certificate", "XYZ")], "certificate", "XYZ");
    row.refuses(&[("outcome", "won")], "outcome", "one of: obtained, failed, absent");
}

fn licence() -> Row {
    Row::of(
        "licence",
        &[("trainee", "amara-nassim"), ("step", "lesson"), ("date", "2019-03-11"), ("outcome", ""), ("hours", "2")],
    )
}

#[test]
fn only_exams_of_the_licence_have_an_outcome() {
    let row = licence();
    for step in ["lesson", "registered"] {
        row.refuses(
            &[("step", step), ("outcome", "passed"), ("hours", "")],
            "outcome",
            "only exams have an outcome; a lesson is booked or absent",
        );
    }
    for step in ["code_exam", "driving_exam"] {
        for outcome in ["passed", "failed", "absent"] {
            row.accepts(&[("step", step), ("outcome", outcome), ("hours", "")]);
        }
        // A booked exam lies ahead, and that is not odd.
        row.accepts(&[("step", step), ("outcome", "booked"), ("hours", ""), ("date", "2019-12-02")]);
        row.warns(&[("step", step), ("outcome", "passed"), ("hours", ""), ("date", "2019-12-02")], "dated after today");
    }
}

#[test]
fn only_lessons_have_hours_and_a_day_has_24() {
    let row = licence();
    row.accepts_each("hours", &["0h01", "10", "1,5", ""]);
    row.warns(&[("hours", "24")], "as a rule from 1 minute to 10 hours");
    row.refuses(&[("hours", "24h01")], "hours", "a lesson lasts from 1 minute to 24 hours");
    for step in ["registered", "code_exam", "driving_exam"] {
        row.refuses(&[("step", step)], "hours", "only lessons have hours");
        row.accepts(&[("step", step), ("hours", "")]);
    }
}

fn placement() -> Row {
    Row::of(
        "placements",
        &[
            ("cohort", "ROM-2018-11"),
            ("trainee", "lopes-vallon-tiago"),
            ("type", "CDD"),
            ("company", "Nouvelle Fibre"),
            ("start", "2019-08-01"),
            ("planned_end", "2019-08-30"),
        ],
    )
}

#[test]
fn each_type_of_situation_has_a_planned_end_or_none_or_may_have_one() {
    let row = placement();
    // Of an earlier date, so that no other contract of his overlaps.
    let of = |kind, end| [("type", kind), ("start", "2018-12-10"), ("planned_end", end)];
    let needed = [
        "CDD",
        "INTERIM",
        "APPRENTISSAGE",
        "PROFESSIONNALISATION",
        "IAE_CDDI",
        "FORMATION_QUALIFIANTE",
        "FORMATION_PREQUALIFIANTE",
        "PMSMP",
        "STAGE",
    ];
    for kind in needed {
        row.accepts(&of(kind, "2018-12-12"));
        row.refuses(&of(kind, ""), "planned_end", "the planned end is missing");
    }
    for kind in ["CDI", "CDI_INTERIM", "FONCTION_PUBLIQUE", "CREATION", "IAE_CDI_INCLUSION"] {
        row.refuses(&of(kind, "2018-12-12"), "planned_end", "there is no planned end");
        row.refuses(&of(kind, "2018-12-12"), "planned_end", "leave it empty; a break goes to actual_end");
    }
    for kind in ["RETOUR_ETUDES", "SERVICE_CIVIQUE", "DEMANDEUR_EMPLOI", "INACTIF", "SANS_NOUVELLES", "IAE_ETTI"] {
        row.accepts(&of(kind, "2018-12-12"));
        row.accepts(&of(kind, ""));
    }
}

#[test]
fn a_situation_ends_on_its_first_day_at_the_earliest() {
    let row = placement();
    row.accepts(&[("planned_end", "2019-08-01")]);
    row.refuses(&[("planned_end", "2019-07-31")], "planned_end", "the end is before the start (2019-08-01)");
    row.accepts(&[("actual_end", "2019-08-01")]);
    row.refuses(&[("actual_end", "2019-07-31")], "actual_end", "the end is before the start (2019-08-01)");
    row.refuses(&[("start", "")], "start", "is missing");
    row.refuses(&[("type", "JOB")], "type", "is not in the list — one of: CDI");
}

#[test]
fn an_immersion_lasts_a_month_at_most() {
    let row = placement();
    let until = |end| [("type", "PMSMP"), ("start", "2019-01-31"), ("planned_end", end)];
    row.accepts(&until("2019-02-27"));
    row.refuses(
        &until("2019-02-28"),
        "planned_end",
        "an immersion lasts a month at most — on 2019-02-27 at the latest",
    );
    let until = |end| [("type", "PMSMP"), ("start", "2019-04-10"), ("planned_end", end)];
    row.accepts(&until("2019-05-09"));
    row.refuses(&until("2019-05-10"), "planned_end", "on 2019-05-09 at the latest");
    // An internship may last.
    row.accepts(&[("type", "STAGE"), ("start", "2019-04-10"), ("planned_end", "2019-06-30")]);
}

#[test]
fn a_week_has_at_most_168_hours() {
    let row = placement();
    row.accepts_each("weekly_hours", &["0", "35", "35,5", "168"]);
    row.refuses_each("weekly_hours", &["168.01", "200"], "a week has 0 to 168 hours");
}

#[test]
fn two_full_time_contracts_that_share_more_than_a_day_are_worth_a_look() {
    // Amara's fixed-term contract runs from 6 May to 5 November 2019.
    let row = placement();
    let of = |kind, start, end| {
        [("trainee", "amara-nassim"), ("type", kind), ("start", start), ("planned_end", end), ("weekly_hours", "")]
    };
    row.accepts(&of("CDD", "2019-05-04", "2019-05-05"));
    row.accepts(&of("CDD", "2019-05-04", "2019-05-06"));
    row.warns(&of("CDD", "2019-05-04", "2019-05-07"), "overlaps another full-time contract (no. 2)");
    row.accepts(&of("CDD", "2019-11-05", "2019-12-05"));
    row.warns(&of("CDD", "2019-11-04", "2019-12-05"), "overlaps another full-time contract (no. 2)");
    // Neither part time, nor what is not work, nor what never began.
    let mut part_time = of("CDD", "2019-06-01", "2019-06-30");
    part_time[4].1 = "34.9";
    row.accepts(&part_time);
    part_time[4].1 = "35";
    row.warns(&part_time, "overlaps another full-time contract");
    row.accepts(&of("STAGE", "2019-06-01", "2019-06-20"));
    let mut never = of("CDD", "2019-06-01", "2019-06-30").to_vec();
    never.push(("end_reason", "not_started"));
    row.accepts(&never);
}

#[test]
fn a_setting_is_known_and_has_one_of_its_values() {
    let row = Row::of("settings", &[("key", "durable_min"), ("value", "6m")]);
    let set = |key, value| [("key", key), ("value", value)];
    for (key, good, bad, right) in [
        ("durable_min", &["6m", "over-6m"][..], &["3m", "over"][..], "one of: 6m, over-6m"),
        ("ltu_months", &["1", "12", "120"], &["0", "121", "-1", "1.5", "a year"], "a number of months, 1 to 120"),
        ("ltu_under25", &["6", "12"], &["7", "0"], "one of: 6, 12"),
        ("bpf_hours", &["centre", "all"], &["company"], "one of: centre, all"),
        ("quality.no_show", &["error", "warning", "off"], &["on", "none"], "one of: error, warning, off"),
    ] {
        for value in good {
            row.accepts(&set(key, value));
        }
        for value in bad {
            row.refuses(&set(key, value), "value", &format!("impossible value for {key} — {right}"));
        }
    }
    row.refuses(&set("durable_max", "6m"), "key", "unknown setting — try: durable_min");
    row.refuses(&set("quality.no_shows", "off"), "key", "unknown setting — try: quality.no_show");
    row.refuses(&set("colour", "blue"), "key", "unknown setting — try: fil config list");
}

#[test]
fn a_funders_code_names_folders() {
    let row = Row::of("funders", &[("funder", "new-funder"), ("name", "Un financeur"), ("level", "aggregate")]);
    row.accepts_each("funder", &["f", "f2", "fonds-2019", "F2"]);
    let words = "the code names folders: plain letters, digits and dashes";
    row.refuses_each("funder", &["a b", "a/b", "œuvre!", "a_b"], words);
    row.refuses(&[("funder", "Fondation du Rhône")], "funder", "fondation-du-rhone");
    row.accepts_each("level", &["contract", "aggregate", "public"]);
    row.refuses(&[("level", "secret")], "level", "one of: contract, aggregate, public");
    row.accepts_each("people", &["none", "pseudonymised"]);
    row.accepts_each("dialect", &["csv", "csv-fr"]);
    row.refuses(&[("name", "")], "name", "is missing");
}

fn grant() -> Row {
    Row::of(
        "grants",
        &[
            ("grant", "new-2019"),
            ("funder", "ca-solidarite"),
            ("amount", "1000"),
            ("from", "2019-01-01"),
            ("to", "2019-12-31"),
            ("cohorts", "ROM-2018-11"),
        ],
    )
}

#[test]
fn a_grant_ends_on_its_first_day_at_the_earliest_and_its_amount_is_not_negative() {
    let row = grant();
    row.accepts(&[("to", "2019-01-01")]);
    row.refuses(&[("to", "2018-12-31")], "to", "the end is before the start (2019-01-01)");
    row.accepts_each("amount", &["0", "1 234,50", ""]);
    row.refuses(&[("amount", "-0.01")], "amount", "an amount cannot be negative");
}

#[test]
fn a_grant_is_of_a_funder_and_of_cohorts_that_exist() {
    let row = grant();
    row.refuses(&[("funder", "ca-solidarity")], "funder", "ca-solidarite");
    row.accepts_each("cohorts", &["", "ROM-2018-11", " ROM-2018-11 | ", "ROM-2018-11|ROM-2018-11"]);
    row.refuses(&[("cohorts", "ROM-2018-11|ROM-2018-12")], "cohorts", "no cohort “ROM-2018-12” — try: ROM-2018-11");
    row.refuses(&[("cohorts", "zzzzzzzz")], "cohorts", "try: fil cohort list");
}

#[test]
fn a_target_names_an_indicator() {
    let row = Row::of("targets", &[("grant", "bp-2018"), ("indicator", "dropout_rate"), ("value", "10")]);
    row.accepts_each("indicator", &["attendance_rate", "dynamic_exit_rate@6m", "certificate_success@AIPR"]);
    let words = "unknown indicator — list: fil report indicators";
    row.refuses_each("indicator", &["attendance", "dynamic_exit_rate@7m", "happiness"], words);
    row.refuses(&[("grant", "bp-2019")], "grant", "bp-2018");
    row.refuses(&[("indicator", "early_exit_rate"), ("value", "")], "value", "is missing");
}

#[test]
fn only_income_comes_from_a_grant() {
    let row = Row::of(
        "budget",
        &[
            ("cohort", "ROM-2018-11"),
            ("grant", ""),
            ("side", "charge"),
            ("class", "64"),
            ("label", "Autre"),
            ("planned", "100"),
        ],
    );
    row.accepts(&[("side", "income"), ("class", "74"), ("grant", "bp-2018")]);
    row.accepts(&[("grant", "bp-2018")]);
    row.refuses(
        &[("grant", "bp-2018"), ("class", "864")],
        "grant",
        "class 864 is voluntary: no grant pays it — leave it empty",
    );
    row.refuses(&[("side", "loss")], "side", "one of: charge, income");
}
