//! What leaves the school, on a scratch file: scopes, closes that stand, and what a close keeps.

use super::closing::{Closing, ClosingRequest, prepare, refuse_early};
use super::scope::{Framed, Missing, ScopeRequest, as_typed, frame, in_words, last_complete_month};
use super::standing_close::{Closes, kept_files, standing};
use crate::domain::{Act, Kind, Lang, Refusal};
use crate::ops::close::{CloseRequest, ReopenRequest, close, reopen};
use crate::ops::settings::unset;
use crate::ops::template::{TemplateRequest, set_template};
use crate::ops::tests::{School, day, operation};
use crate::sheet::Format;
use anyhow::Result;

const ASKED: ScopeRequest<'static> = ScopeRequest {
    today: crate::domain::Date::MAX,
    period: None,
    missing: Missing::LastMonth,
    funder: None,
    cohort: None,
    as_of: None,
    known_on: None,
    settings: &[],
};

fn asked(period: &'static str) -> ScopeRequest<'static> {
    ScopeRequest { today: day("2019-03-10"), period: Some(period), funder: Some("ca"), ..ASKED }
}

/// A school with a funder that pays for its cohort, and a cohort that nobody pays for.
fn school() -> School {
    let mut school = School::open();
    school.must(Kind::Cohorts, &[("cohort", "P2"), ("start", "2019-03-04"), ("end", "2019-05-31"), ("places", "12")]);
    school.must(Kind::Funders, &[("funder", "ca"), ("name", "Fondation"), ("level", "contract")]);
    school.must(
        Kind::Grants,
        &[("grant", "G1"), ("funder", "ca"), ("from", "2018-09-01"), ("to", "2019-12-31"), ("cohorts", "P1")],
    );
    school
}

fn framed(school: &School, asked: &ScopeRequest<'_>) -> Framed {
    frame(&school.store, asked).unwrap()
}

#[track_caller]
fn refused<T>(result: Result<T>, said: &str) {
    let error = result.err().expect("it is accepted");
    let refusal = error.downcast_ref::<Refusal>().expect("it is no refusal");
    assert!(refusal.lines(Lang::En).join("; ").contains(said), "{refusal}");
}

/// Prepares the close of a period, whatever its data-quality errors.
fn prepared(school: &School, framed: &Framed) -> Closing {
    let accepted: Vec<(String, String)> = <crate::ops::quality::Rule as crate::domain::ClosedList>::CODES
        .iter()
        .map(|code| ((*code).to_owned(), "known".to_owned()))
        .collect();
    prepare(&school.store, ClosingRequest { framed, asked: Format::Csv, accepted, folder: "2018-11_ca" }).unwrap()
}

fn issue(school: &mut School, period: &'static str) -> Closing {
    let closing = prepared(school, &framed(school, &asked(period)));
    let request = CloseRequest { report: &closing.report, computed_at: closing.computed_at };
    school.store.write(&operation(Act::Close), |tx| close(tx, &request)).unwrap();
    closing
}

#[test]
fn a_missing_period_is_the_last_complete_month_or_everything() {
    #[track_caller]
    fn check(today: &str, month: &str) {
        assert_eq!(last_complete_month(day(today)).to_string(), month, "{today}");
    }
    check("2018-11-29", "2018-10");
    check("2018-11-30", "2018-11");
    check("2019-01-01", "2018-12");
    let school = school();
    let today = day("2019-03-10");
    let last = framed(&school, &ScopeRequest { today, ..ASKED });
    assert_eq!(
        (last.scope.from, last.scope.to, last.scope.as_of),
        (day("2019-02-01"), day("2019-02-28"), day("2019-02-28"))
    );
    assert_eq!(last.period_name().as_deref(), Some("2019-02"));
    assert!(last.echoes[0].en.contains("the last complete one"));
    let all = framed(&school, &ScopeRequest { today, missing: Missing::Everything, ..ASKED });
    assert_eq!((all.scope.from, all.scope.to, all.period_name()), (crate::domain::Date::MIN, today, None));
    assert_eq!(all.named().0, "");
}

#[test]
fn a_scope_says_its_settings_its_day_and_its_cohort_or_is_refused() {
    let school = school();
    let of = |settings: &'static [&'static str]| frame(&school.store, &ScopeRequest { settings, ..asked("2018-11") });
    assert_eq!(of(&["ltu_months=18"]).unwrap().scope.settings.ltu_months, 18);
    for wrong in [&["ltu_months=0"], &["ltu_months=x"], &["durable_min=7m"], &["colour=red"], &["ltu_months"]] {
        refused(of(wrong), "is not understood");
    }
    refused(frame(&school.store, &ScopeRequest { as_of: Some("2019-03-11"), ..asked("2018-11") }), "is yet to come");
    refused(frame(&school.store, &ScopeRequest { funder: Some("cb"), ..asked("2018-11") }), "Did you mean ca");
    let of_p2 = ScopeRequest { cohort: Some("P2".to_owned()), ..asked("2018-11") };
    refused(frame(&school.store, &of_p2), "ca does not fund P2");
    let own = framed(&school, &ScopeRequest { cohort: Some("P2".to_owned()), funder: None, ..asked("2018-11") });
    let said = in_words(&own.scope, own.period.as_ref());
    assert_eq!(said.en, "Cohorts: P2. Period: 2018-11-01 to 2018-11-30. As of 2018-11-30. Known on: now.");
    assert_eq!(
        said.fr,
        "Promotions : P2. Période : du 01/11/2018 au 30/11/2018. État au 30/11/2018. Connu au : maintenant."
    );
    assert_eq!(as_typed("2018-11_2019-01"), "2018-11..2019-01");
}

#[test]
fn a_period_that_is_not_over_or_is_closed_already_cannot_be_closed() {
    let mut school = school();
    let early =
        |school: &School, period| refuse_early(&school.store, &framed(school, &asked(period)), day("2019-03-10"));
    early(&school, "2018-11").unwrap();
    refused(early(&school, "2019-03"), "is not over");
    issue(&mut school, "2018-11");
    refused(early(&school, "2018-11"), "is already closed for ca");
}

#[test]
fn data_errors_stand_in_the_way_of_a_close_until_each_is_accepted() {
    let mut school = school();
    // Nobody has a birth date, and no half-day a mark.
    let scope = framed(&school, &asked("2018-11"));
    let all: Vec<String> = prepared(&school, &scope).report.head.errors.split('"').map(str::to_owned).collect();
    let without = |accepted| {
        prepare(&school.store, ClosingRequest { framed: &scope, asked: Format::Csv, accepted, folder: "2018-11_ca" })
    };
    assert!(all.iter().any(|rule| rule == "birth_date_missing"), "{all:?}");
    refused(without(Vec::new()), "data errors stand in the way");
    let closing = issue(&mut school, "2018-11");
    assert!(closing.files.iter().any(|file| file.name == "manifest.json"));
    assert_eq!(closing.report.files.len(), closing.files.len());
}

#[test]
fn an_entry_made_since_the_figures_were_computed_stops_the_close() {
    let mut school = school();
    let closing = prepared(&school, &framed(&school, &asked("2018-11")));
    school.must(Kind::Notes, &[("trainee", "ferre-amelie"), ("date", "2018-12-05"), ("text", "x")]);
    let request = CloseRequest { report: &closing.report, computed_at: closing.computed_at };
    refused(school.store.write(&operation(Act::Close), |tx| close(tx, &request)), "another entry was made");
    assert!(school.store.closes(None).unwrap().is_empty());
}

#[test]
fn a_reopened_close_does_not_stand_but_its_reader_still_holds_it() {
    let mut school = school();
    issue(&mut school, "2018-11");
    issue(&mut school, "2018-12");
    let december = framed(&school, &asked("2018-12"));
    let others = |school: &School| -> Vec<String> {
        let closes = Closes::of(&school.store, "ca").unwrap();
        closes.of_other_days(&december.scope).map(|close| close.period.clone()).collect()
    };
    assert_eq!(others(&school), ["2018-11"]);
    let november = framed(&school, &asked("2018-11"));
    let known = standing(&school.store, "ca", &november).unwrap();
    let request = ReopenRequest { close: known.number, why: "an exit was missing" };
    school.store.write(&operation(Act::Reopen), |tx| reopen(tx, &request)).unwrap();
    assert_eq!(others(&school), Vec::<String>::new());
    refused(standing(&school.store, "ca", &november), "is not closed for ca");
    let closes = Closes::of(&school.store, "ca").unwrap();
    assert_eq!(closes.of_same_days(&november.scope).map(|close| close.number), Some(known.number));
    // As the file was before the reopening, it stands.
    let before = school.store.as_left_by(school.store.newest_operation().unwrap().before()).unwrap();
    assert_eq!(standing(&before, "ca", &november).unwrap().number, known.number);
}

#[test]
fn the_files_of_a_close_come_back_byte_for_byte_or_not_at_all() {
    let mut school = school();
    let closing = issue(&mut school, "2018-11");
    let known = standing(&school.store, "ca", &framed(&school, &asked("2018-11"))).unwrap();
    assert_eq!(kept_files(&school.store, &known).unwrap(), closing.files);
    school.store.conn.execute_batch("UPDATE close_file SET bytes = x'00' WHERE name = 'manifest.json'").unwrap();
    refused(kept_files(&school.store, &known), "is damaged in the database");
}

#[test]
fn a_layout_and_a_setting_go_back_to_what_they_were_by_default() {
    let mut school = school();
    let funder = school.store.funder_fact("ca").unwrap().unwrap().id;
    let set = |school: &mut School, toml| {
        let request = [TemplateRequest { funder, toml }];
        school.store.write(&operation(Act::Template), |tx| set_template(tx, &request)).unwrap().operation()
    };
    assert!(set(&mut school, None).is_none(), "there was none");
    assert!(set(&mut school, Some("lang = \"en\"\n")).is_some());
    assert!(set(&mut school, Some("lang = \"en\"\n")).is_none(), "it is the same");
    assert_eq!(school.store.template(funder).unwrap().as_deref(), Some("lang = \"en\"\n"));
    assert!(set(&mut school, None).is_some());
    assert_eq!(school.store.template(funder).unwrap(), None);
    school.must(Kind::Settings, &[("key", "ltu_months"), ("value", "18")]);
    school.store.write(&operation(Act::UnsetSetting), |tx| unset(tx, &["ltu_months"])).unwrap();
    assert_eq!(school.store.lookup().setting("ltu_months").unwrap(), None);
}
