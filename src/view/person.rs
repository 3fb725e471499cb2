//! One person on one screen: where they stand, what comes next, all that happened.

use super::chronology::{self, Event, SHORT_TITLE, mark, presence_words};
use super::due::Due;
use super::due::person::{Asked, Exam, Person, Placed, Stay};
use super::presence;
use super::standing::{Theory, placement_words, running, standing, standing_words};
use crate::domain::cohort::Stream;
use crate::domain::contract::{Contract, Term};
use crate::domain::id::CohortId;
use crate::domain::kind::{followup, licence, module, placement, result, trainee};
use crate::domain::placement::{Point, SituationType};
use crate::domain::progress::{LicenceOutcome, LicenceStep, ModuleOutcome};
use crate::domain::stay::{Presence, Standing, StayDays};
use crate::domain::trainee::{Decision, ExitReason, LicenceAtEntry, Sex, is_erased};
use crate::domain::{ClosedList, Date, Kind, Lang, Record, Text};
use crate::ops::request::spoken;
use crate::sheet::escape::terminal;
use crate::sheet::{number, phone};
use crate::store::records::Which;
use crate::store::{Identity, Lookup};
use crate::text;
use anyhow::Result;
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// The width of the labels of the screen.
const LABEL: usize = 13;
/// The width taken when there is no screen.
const PAPER: usize = 80;

/// Everything recorded of one person.
pub struct File {
    /// Who it is.
    pub person: Identity,
    /// The participation that the head of the screen is about.
    stay: Option<Record>,
    stays: Vec<Record>,
    records: BTreeMap<Kind, Vec<Record>>,
    modules: Vec<Record>,
    presence: Presence,
    /// The first day of each cohort on which the person was present.
    first_present: BTreeMap<String, Date>,
    /// Their chronology, the latest first.
    pub events: Vec<Event>,
}

/// Reads a person; the head of the screen is about their participation in `cohort`.
pub fn read(lookup: &Lookup<'_>, person: Identity, cohort: CohortId, today: Date) -> Result<File> {
    let which = Which::Person(person.id);
    let stays = lookup.records(Kind::Trainees, which)?;
    let mut file = File {
        stay: None,
        records: BTreeMap::new(),
        modules: Vec::new(),
        presence: Presence::default(),
        first_present: BTreeMap::new(),
        events: chronology::of(Kind::Trainees, &stays, &[]),
        stays,
        person,
    };
    for stay in lookup.stays_of(file.person.id)? {
        let Some(span) = lookup.cohort(stay.cohort)? else { continue };
        file.modules.extend(lookup.records(Kind::Modules, Which::Cohort(span.id))?);
        let until = stay.exit.map_or(today, |exit| exit.min(today));
        let attended = presence::read(lookup, &lookup.slots_of(span.id)?, &stay, today)?;
        file.events.extend(chronology::attendance(&span.code, &attended.months, until));
        file.first_present.extend(attended.first_present.map(|day| (span.code.clone(), day)));
        if span.id == cohort {
            file.presence = attended.total();
            file.stay = file.stays.iter().find(|s| s.text(trainee::COHORT) == Some(&span.code)).cloned();
        }
    }
    // The half-days of a month make one event, above.
    let others = |kind: &Kind| *kind != Kind::Attendance && kind.declaration().event.is_some();
    for kind in Kind::of_people().filter(others) {
        let records = lookup.records(kind, which)?;
        file.events.extend(chronology::of(kind, &records, &file.modules));
        file.records.insert(kind, records);
    }
    file.events = chronology::sorted(std::mem::take(&mut file.events));
    Ok(file)
}

impl File {
    fn of(&self, kind: Kind) -> &[Record] {
        self.records.get(&kind).map_or(&[], Vec::as_slice)
    }
    fn cohort(&self) -> &str {
        self.stay.as_ref().and_then(|s| s.text(trainee::COHORT)).unwrap_or("")
    }
    /// The records of a kind under the cohort of the head of the screen.
    fn here(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.of(kind).iter().filter(|r| r.cohort() == Some(self.cohort()))
    }

    /// The screen, on `width` columns where there is a terminal.
    pub fn page(&self, today: Date, width: Option<usize>, lang: Lang) -> String {
        let room = width.unwrap_or(usize::MAX);
        let mut lines = self.head(today, width.unwrap_or(PAPER), lang);
        lines.push(String::new());
        for (label, items) in self.summary(today, lang) {
            lines.extend(field(label.get(lang), &items, room));
        }
        if let Some(due) = self.next(today) {
            lines.extend(field(text!("À faire", "To do").get(lang), &todo(&due, today, lang), room));
        }
        lines.push(String::new());
        lines.push(text!("Journal", "Log").get(lang).to_owned());
        let labels = self.events.iter().map(|e| e.about.get(lang).width()).max().unwrap_or(0).min(22);
        for event in &self.events {
            let about = terminal(event.about.get(lang)).into_owned();
            let pad = " ".repeat((labels + 2).saturating_sub(about.width()).max(2));
            let start = format!("  {}  {about}{pad}", event.date.french());
            let detail = terminal(&event.detail.get(lang).replace('\n', " ⏎ ")).into_owned();
            lines.extend(hanging(&start, detail.split(' '), room, " "));
        }
        lines.push(String::new());
        lines.extend(hanging(text!("Suite : ", "Next: ").get(lang), self.commands(today, lang), room, "   "));
        lines.join("\n")
    }

    /// Name and slug at both ends of a line, then who and where.
    fn head(&self, today: Date, width: usize, lang: Lang) -> Vec<String> {
        let name = format!("{} {}", self.person.first_name, self.person.last_name);
        let name = terminal(&name).into_owned();
        let (slug, id) = (&self.person.slug, self.person.id);
        let right = text!("{slug} · n° {id}", "{slug} · no. {id}").get(lang).to_owned();
        let gap = width.min(PAPER).saturating_sub(name.width() + right.width());
        let mut lines = if gap >= 2 { vec![format!("{name}{}{right}", " ".repeat(gap))] } else { vec![name, right] };
        let Some(stay) = &self.stay else { return lines };
        let code = self.cohort();
        let mut parts = vec![
            text!("Promo {code}", "Cohort {code}").get(lang).to_owned(),
            standing_words(stay, today).get(lang).to_owned(),
        ];
        if let Some(born) = stay.date(trainee::BIRTH_DATE) {
            let (day, age) = (born.french(), born.age_on(today));
            let fr = match stay.list::<Sex>(trainee::SEX) {
                Some(Sex::F) => "née",
                Some(Sex::M) => "né",
                _ => "né(e)",
            };
            parts.push(text!("{fr} le {day} ({age} ans)", "born {day} ({age})").get(lang).to_owned());
        }
        for contact in [
            stay.text(trainee::PHONE).map(|p| phone::spaced(p).into_owned()),
            stay.text(trainee::EMAIL).map(str::to_owned),
        ] {
            parts.extend(contact.map(|contact| terminal(&contact).into_owned()));
        }
        lines.extend(hanging("", parts, width.max(20), " · "));
        lines
    }

    fn summary(&self, today: Date, lang: Lang) -> Vec<(Text, Vec<String>)> {
        let rate = number::for_people(&presence::rate(&self.presence), lang);
        let presence = match rate {
            Some(rate) => {
                let unit = text!(" %", "%");
                vec![format!("{rate}{}", unit.get(lang)), presence_words(&self.presence).get(lang).to_owned()]
            }
            None => Vec::new(),
        };
        let work = running(self.of(Kind::Placements), today).map(|p| {
            let words = placement_words(p);
            let since = p.date(placement::START).map(Date::french).unwrap_or_default();
            text!("{words} depuis le {since}", "{words} since {since}"; words).get(lang).to_owned()
        });
        vec![
            (text!("Présence", "Attendance"), presence),
            (text!("Remise", "Refresher"), self.modules_of(Stream::General, lang)),
            (text!("Permis", "Licence"), self.licence(today, lang)),
            (text!("Fibre", "Fibre"), self.modules_of(Stream::Technical, lang)),
            (text!("Emploi", "Work"), work.into_iter().collect()),
        ]
    }

    /// The modules of a stream that have something, then the others together.
    fn modules_of(&self, stream: Stream, lang: Lang) -> Vec<String> {
        let (mut items, mut to_come) = (Vec::new(), Vec::new());
        let modules = self.modules.iter().filter(|m| m.cohort() == Some(self.cohort()));
        let modules: Vec<&Record> = modules.filter(|m| m.list::<Stream>(module::STREAM) == Some(stream)).collect();
        // Titles when they are all short, else the codes that are typed.
        let titled = modules.iter().all(|m| m.text(module::TITLE).is_some_and(|t| t.width() <= SHORT_TITLE));
        for module in modules {
            let code = module.text(module::MODULE).unwrap_or("");
            let title = module.text(if titled { module::TITLE } else { module::MODULE }).unwrap_or(code).to_owned();
            let mut results: Vec<&Record> =
                self.here(Kind::Results).filter(|r| r.text(result::MODULE) == Some(code)).collect();
            results.sort_by_key(|r| (r.date(result::DATE), r.id));
            match results.as_slice() {
                [] => to_come.push(title),
                [before @ .., last] => items.push(format!("{title} {}", grade(before, last, stream, lang))),
            }
        }
        if !to_come.is_empty() {
            let list = to_come.join(", ");
            items.push(text!("{list} : à venir", "{list}: to come").get(lang).to_owned());
        }
        items.iter().map(|item| terminal(item).into_owned()).collect()
    }

    fn licence(&self, today: Date, lang: Lang) -> Vec<String> {
        let held = self.stay.as_ref().and_then(|s| s.list::<LicenceAtEntry>(trainee::LICENCE_AT_ENTRY));
        let mut items = Vec::new();
        if held == Some(LicenceAtEntry::B) {
            items.push(text!("permis B avant l'entrée", "licence B before entry"));
        }
        match Theory::of(self.of(Kind::Licence), held, today) {
            Theory::Exam(outcome, day) => items.push(exam(&text!("code", "theory test"), outcome, day)),
            Theory::AtEntry if held != Some(LicenceAtEntry::B) => {
                items.push(text!("code avant l'entrée", "theory test before entry"));
            }
            _ => {}
        }
        let of_step =
            |step| self.of(Kind::Licence).iter().filter(move |l| l.list::<LicenceStep>(licence::STEP) == Some(step));
        let driving = of_step(LicenceStep::DrivingExam)
            .filter_map(|l| Some((l.date(licence::DATE)?, l.list::<LicenceOutcome>(licence::OUTCOME)?)))
            .max();
        if let Some((day, outcome)) = driving {
            let step = match outcome {
                LicenceOutcome::Passed => text!("permis B", "licence B"),
                _ => text!("conduite", "driving test"),
            };
            items.push(exam(&step, outcome, day));
        }
        let minutes: i64 = of_step(LicenceStep::Lesson).filter_map(|l| l.int(licence::HOURS)).sum();
        if minutes > 0 {
            let hours = spoken(&licence::HOURS, Some(&crate::domain::Value::Int(minutes)));
            items.push(Text::new(format!("conduite {}", hours.fr), format!("driving {}", hours.en)));
        }
        items.iter().map(|item| item.get(lang).to_owned()).collect()
    }

    /// The first thing to do; nothing for somebody who was erased.
    fn next(&self, today: Date) -> Option<Due> {
        if is_erased(&self.person.slug) {
            return None;
        }
        let person = Person {
            slug: &self.person.slug,
            name: (&self.person.first_name, &self.person.last_name),
            stays: self.stays.iter().map(|record| self.stay_of(record, today)).collect(),
            contracts: self.of(Kind::Placements).iter().filter_map(placed).collect(),
            exams: self.of(Kind::Licence).iter().filter_map(exam_of).collect(),
        };
        person.next(today)
    }

    fn stay_of<'r>(&self, record: &'r Record, today: Date) -> Stay<'r> {
        let cohort = record.text(trainee::COHORT).unwrap_or("");
        let reached = |f: &&Record| {
            f.cohort() == Some(cohort) && f.is(followup::REACHED) && f.day().is_some_and(|day| day <= today)
        };
        Stay {
            cohort,
            days: StayDays {
                entry: record.date(trainee::ENTRY),
                exit: record.date(trainee::EXIT),
                exit_reason: record.list::<ExitReason>(trainee::EXIT_REASON),
                first_present: self.first_present.get(cohort).copied(),
            },
            application: record.date(trainee::APPLICATION_DATE),
            decision: record.list::<Decision>(trainee::DECISION),
            reached: self
                .of(Kind::Followups)
                .iter()
                .filter(reached)
                .filter_map(|f| f.list::<Point>(followup::POINT))
                .collect(),
            asked: Asked::Yes,
        }
    }

    /// What one would type next about this person.
    fn commands(&self, today: Date, lang: Lang) -> Vec<String> {
        let (slug, code) = (&self.person.slug, self.cohort());
        let french = lang == Lang::Fr;
        match self.stay.as_ref().map(|stay| standing(stay, today)) {
            Some(Standing::Left) => vec![format!("fil e f {slug} 3m …"), format!("fil e a {slug} cdi …")],
            Some(Standing::InTraining) => vec![
                format!("fil p set {slug} …"),
                format!("fil e a {slug} mission …"),
                format!("fil t {} {slug} …", if french { "sortie" } else { "leave" }),
            ],
            _ => vec![format!("fil trainee enrol {slug} -c {code}"), format!("fil t n {slug} …")],
        }
    }
}

/// `14/20 ↑` in a general module, `✓` in a technical one.
fn grade(before: &[&Record], last: &Record, stream: Stream, lang: Lang) -> String {
    let outcome = last.list::<ModuleOutcome>(result::OUTCOME);
    if stream == Stream::Technical {
        let validated = before
            .iter()
            .chain([&last])
            .any(|r| r.list::<ModuleOutcome>(result::OUTCOME) == Some(ModuleOutcome::Validated));
        return match outcome {
            _ if validated => "✓",
            Some(ModuleOutcome::Failed) => "✗",
            _ => "…",
        }
        .to_owned();
    }
    let arrow = match (before.iter().rev().find_map(|r| share(r)), share(last)) {
        (Some(old), Some(new)) if new > old => " ↑",
        (Some(old), Some(new)) if new < old => " ↓",
        _ => "",
    };
    match (mark(last), outcome) {
        (Some(mark), _) => format!("{}{arrow}", mark.get(lang)),
        (None, Some(ModuleOutcome::Validated)) => text!("acquis", "acquired").get(lang).to_owned(),
        (None, Some(ModuleOutcome::Failed)) => text!("non acquis", "not acquired").get(lang).to_owned(),
        _ => text!("en cours", "in progress").get(lang).to_owned(),
    }
}

/// A mark as a share of its maximum, to compare two of them.
fn share(result: &Record) -> Option<i64> {
    let out_of = result.int(result::OUT_OF).filter(|out_of| *out_of > 0).unwrap_or(2000);
    Some(result.int(result::MARK)? * 10_000 / out_of)
}

/// A placement as its end is looked at; nothing for one that never began.
fn placed(record: &Record) -> Option<Placed<'_>> {
    let (kind, term) = (record.list::<SituationType>(placement::TYPE)?, Term::of_real(record)?);
    let contract = Contract { kind, term, seen_on: record.date(placement::SEEN_ON) };
    Some(Placed { number: record.id?, company: record.text(placement::COMPANY), contract, asked: Asked::Yes })
}

fn exam_of(record: &Record) -> Option<Exam> {
    let (step, date) = (record.list::<LicenceStep>(licence::STEP)?, record.date(licence::DATE)?);
    Some(Exam { step, date, outcome: record.list::<LicenceOutcome>(licence::OUTCOME) })
}

fn exam(step: &Text, outcome: LicenceOutcome, day: Date) -> Text {
    let (word, day) = (outcome.text(), day.french());
    Text::new(format!("{} {} le {day}", step.fr, word.fr), format!("{} {} {day}", step.en, word.en))
}

fn todo(due: &Due, today: Date, lang: Lang) -> Vec<String> {
    let day = due.when.french();
    let Text { fr, en } = due.step();
    let what = if due.when < today {
        text!("! {fr}, depuis le {day}", "! {en}, since {day}")
    } else {
        text!("{fr}, le {day}", "{en}, on {day}")
    };
    vec![terminal(what.get(lang)).into_owned(), due.step_command()]
}

/// A label and its items; those that do not fit continue under the first.
fn field(label: &str, items: &[String], room: usize) -> Vec<String> {
    let start = format!("  {label}{}", " ".repeat(LABEL.saturating_sub(2 + label.width()).max(1)));
    if items.is_empty() {
        return vec![format!("{start}—")];
    }
    hanging(&start, items, room, "   ")
}

/// Words after a start, broken between words only, continued under the first of them.
pub fn hanging<S: AsRef<str>>(
    start: &str,
    words: impl IntoIterator<Item = S>,
    room: usize,
    between: &str,
) -> Vec<String> {
    // On a very narrow screen the continuation goes near the margin.
    let indent = if start.width() + 16 <= room { start.width() } else { 4 };
    let mut lines = vec![start.to_owned()];
    let mut empty = true;
    for word in words {
        let word = word.as_ref();
        let line = lines.last_mut().map_or("", |line| line.as_str());
        let gap = if empty { "" } else { between };
        let full = line.width() + gap.width() + word.width() > room;
        // A start that leaves no room for the first word keeps its line to itself.
        if full && (!empty || line.width() > indent) {
            lines.push(" ".repeat(if start.is_empty() { 0 } else { indent }));
            empty = true;
        }
        if let Some(line) = lines.last_mut() {
            if !empty {
                line.push_str(between);
            }
            line.push_str(word);
            empty = false;
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::hanging;

    #[test]
    fn what_does_not_fit_continues_under_the_first_word() {
        assert_eq!(hanging("  a  ", ["bb", "cc", "dd"], usize::MAX, " "), ["  a  bb cc dd"]);
        assert_eq!(hanging("  a  ", ["bb", "cccccccccccc", "d"], 21, " "), ["  a  bb cccccccccccc", "     d"]);
        assert_eq!(hanging("  long label  ", ["bb", "cc"], 17, " "), ["  long label  bb", "    cc"]);
        assert_eq!(hanging("  long label  ", ["bbbbbb"], 17, " "), ["  long label", "    bbbbbb"]);
        assert_eq!(hanging("x", Vec::<String>::new(), 3, " "), ["x"]);
    }
}
