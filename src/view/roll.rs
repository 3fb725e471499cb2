//! The register as a grid within a screen: a line a person, a letter a half-day.

use super::register::{Here, Slot, calendar, people};
use crate::domain::cohort::Half;
use crate::domain::period::Period;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{ClosedList, Date, Lang, Text};
use crate::sheet::columns::{cut, pad, width};
use crate::store::attendance::Mark;
use crate::store::{CohortSpan, Lookup};
use crate::text;
use anyhow::Result;
use std::collections::BTreeMap;
use std::ops::Range;

/// The widest line, in columns.
pub const WIDTH: usize = 80;
/// Columns of a day: two half-days, each a letter and a blank.
const DAY: usize = 4;
/// Days side by side at most: two weeks of training.
const DAYS: usize = 10;
/// The widest name.
const NAME: usize = 28;
/// Columns between the names and the first half-day.
const GAP: usize = 2;

/// The half-days of some days, and who was expected there.
pub struct Roll {
    /// The cohort.
    pub cohort: CohortSpan,
    /// The half-days, in order.
    pub slots: Vec<Slot>,
    /// Those who are in the cohort on one of the days, by name.
    pub people: Vec<Here>,
    /// What stands on each half-day for each person, in the order of `people` and `slots`.
    pub spots: Vec<Vec<Spot>>,
}

/// What stands on a half-day for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// They are not in the cohort on this day.
    Outside,
    /// The day has not come.
    ToCome,
    /// It can be marked, and holds this mark or none.
    Open(Option<Mark>),
}

impl Roll {
    /// The register of these days, as it stands today.
    pub fn read(lookup: &Lookup<'_>, cohort: CohortSpan, period: &Period, today: Date) -> Result<Roll> {
        let slots: Vec<Slot> =
            calendar(lookup, &cohort)?.into_iter().filter(|slot| period.contains(slot.date)).collect();
        let people = people(lookup, &cohort, period)?;
        let mut spots = Vec::with_capacity(people.len());
        for here in &people {
            let marks: BTreeMap<(Date, Half), Mark> =
                lookup.marks_of(here.stay.id)?.into_iter().map(|(at, mark)| ((at.date, at.half), mark)).collect();
            let spot = |slot: &Slot| match marks.get(&(slot.date, slot.half)) {
                Some(mark) => Spot::Open(Some(*mark)),
                None if !here.on(slot.date) => Spot::Outside,
                None if slot.date > today => Spot::ToCome,
                None => Spot::Open(None),
            };
            spots.push(slots.iter().map(spot).collect());
        }
        Ok(Roll { cohort, slots, people, spots })
    }

    /// How many half-days wait for a mark.
    pub fn unmarked(&self) -> usize {
        self.spots.iter().flatten().filter(|spot| **spot == Spot::Open(None)).count()
    }

    /// The grid as text, in blocks of as many days as a screen is wide.
    pub fn page(&self) -> Text {
        let page = |lang| self.blocks().map(|block| self.block(block, lang)).collect::<Vec<_>>().join("\n");
        Text::new(page(Lang::Fr), page(Lang::En))
    }

    /// The runs of half-days that fit a screen, whole days each.
    pub fn blocks(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let days = ((WIDTH - self.name_width() - GAP) / DAY).clamp(1, DAYS);
        let mut start = 0;
        std::iter::from_fn(move || {
            let mut seen = 0;
            let mut day = None;
            let rest = self.slots.get(start..)?;
            let count = rest
                .iter()
                .take_while(|slot| {
                    if day.replace(slot.date) != Some(slot.date) {
                        seen += 1;
                    }
                    seen <= days
                })
                .count();
            let block = start..start + count;
            start = block.end;
            (!block.is_empty()).then_some(block)
        })
    }

    fn block(&self, slots: Range<usize>, lang: Lang) -> String {
        let mut lines: Vec<String> = self.heads(slots.clone(), lang).into();
        for (person, spots) in self.spots.iter().enumerate() {
            let letters = spots[slots.clone()].iter().zip(&self.slots[slots.clone()]);
            let letters: Vec<char> = letters.map(|(spot, slot)| spot.letter(slot.minutes, lang)).collect();
            lines.push(self.line(person, slots.clone(), &letters));
        }
        lines.extend(self.parts(slots, lang));
        lines.join("\n") + "\n"
    }

    /// The two lines above a block: the days, then their halves.
    pub fn heads(&self, slots: Range<usize>, lang: Lang) -> [String; 2] {
        let mut days = " ".repeat(self.name_width() + GAP);
        let mut halves = days.clone();
        for (at, slot) in slots.clone().zip(&self.slots[slots.clone()]) {
            let place = self.place(slots.clone(), at);
            let opens = at == slots.start || self.slots[at - 1].date != slot.date;
            if opens {
                pad(&mut days, place);
                days.push_str(&day(slot.date, lang));
            }
            pad(&mut halves, place);
            halves.push(if slot.half == Half::Am {
                'm'
            } else if lang == Lang::Fr {
                's'
            } else {
                'a'
            });
        }
        [days, halves]
    }

    /// The line of a person: the name, then a letter a half-day.
    pub fn line(&self, person: usize, slots: Range<usize>, letters: &[char]) -> String {
        let mut line = cut(&self.people[person].name(), self.name_width());
        for (at, letter) in slots.clone().zip(letters) {
            let place = self.place(slots.clone(), at);
            pad(&mut line, place);
            line.push(*letter);
        }
        line.truncate(line.trim_end().len());
        line
    }

    /// The column of a half-day in a block.
    pub fn place(&self, slots: Range<usize>, at: usize) -> usize {
        let first = self.name_width() + GAP;
        let mut days: Vec<Date> = self.slots[slots.start..=at].iter().map(|slot| slot.date).collect();
        days.dedup();
        let second = at > slots.start && self.slots[at - 1].date == self.slots[at].date;
        first + (days.len() - 1) * DAY + if second { 2 } else { 0 }
    }

    /// Who came for a part of a half-day, and for how long.
    fn parts(&self, slots: Range<usize>, lang: Lang) -> Vec<String> {
        let mut lines = Vec::new();
        for (here, spots) in self.people.iter().zip(&self.spots) {
            for (spot, slot) in spots[slots.clone()].iter().zip(&self.slots[slots.clone()]) {
                if let (Spot::Open(Some(mark)), true) = (spot, spot.is_part(slot.minutes)) {
                    let (name, minutes) = (here.name(), mark.minutes);
                    let (date, half) = (slot.date, slot.half.text());
                    let (hours, rest) = (minutes / 60, minutes % 60);
                    let said = text!(
                        "R  {name}, {date} {half} : présence de {hours}h{rest:02}",
                        "L  {name}, {date} {half}: there for {hours}h{rest:02}";
                        date, half
                    );
                    lines.push(said.get(lang).to_owned());
                }
            }
        }
        lines
    }

    fn name_width(&self) -> usize {
        self.people.iter().map(|here| width(&here.name())).max().unwrap_or(0).min(NAME)
    }
}

impl Spot {
    /// Its letter; `whole` is the length of the half-day in minutes.
    pub fn letter(self, whole: i64, lang: Lang) -> char {
        match self {
            Spot::Outside => '-',
            Spot::ToCome => ' ',
            Spot::Open(None) => '·',
            Spot::Open(Some(mark)) => letter(mark.status, mark.minutes == whole, lang),
        }
    }
    fn is_part(self, whole: i64) -> bool {
        matches!(self, Spot::Open(Some(mark)) if mark.status == AttendanceStatus::Present && mark.minutes != whole)
    }
}

/// The letter of a mark; somebody present for a part of the half-day is late.
pub fn letter(status: AttendanceStatus, whole: bool, lang: Lang) -> char {
    let said = match (status, whole) {
        (AttendanceStatus::Present, true) => ('P', 'P'),
        (AttendanceStatus::Present, false) => ('R', 'L'),
        (AttendanceStatus::Excused, _) => ('J', 'E'),
        (AttendanceStatus::Unexcused, _) => ('A', 'U'),
    };
    if lang == Lang::Fr { said.0 } else { said.1 }
}

/// What the letters mean.
pub fn legend() -> Text {
    text!(
        "P présent  J justifié  A absent  R en partie  · à noter  - hors formation",
        "P present  E excused  U unexcused  L in part  · to mark  - not in training"
    )
}

/// `L7`, `M14`: the letter of the weekday and the day of the month.
fn day(date: Date, lang: Lang) -> String {
    let letters = if lang == Lang::Fr { "LMMJVSD" } else { "MTWTFSS" };
    let weekday = usize::try_from(date.weekday()).unwrap_or(0);
    let letter = letters.chars().nth(weekday).unwrap_or(' ');
    format!("{letter}{}", date.day())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::id::{CohortId, PersonId, StayId};
    use crate::store::{Identity, Stay};

    fn date(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    /// A register from a Monday on: these people, so many days of two half-days, nothing marked.
    pub(crate) fn blank(names: &[&str], days: i32) -> Roll {
        let (monday, cohort) = (date("2026-09-07"), CohortId::from_number(1));
        let on = |day: i32| monday.plus_days(day / 5 * 7 + day % 5);
        let halves = |day| [Half::Am, Half::Pm].map(|half| (on(day), half));
        let slots: Vec<Slot> = (0..days)
            .flat_map(halves)
            .map(|(date, half)| Slot { date, half, minutes: 210, module: None, trainer: None })
            .collect();
        let last = on(days);
        let here = |(number, name): (i64, &&str)| {
            let id = PersonId::from_number(number);
            let (last_name, first_name) = name.split_once(' ').unwrap();
            let person = Identity {
                id,
                slug: name.to_lowercase(),
                reference: None,
                last_name: last_name.to_owned(),
                first_name: first_name.to_owned(),
                folded: name.to_lowercase(),
                birth_date: None,
            };
            let stay = Stay { id: StayId::from_number(number), person: id, cohort, entry: Some(monday), exit: None };
            Here { person, stay, last }
        };
        let people: Vec<Here> = (1..).zip(names).map(here).collect();
        let spots = vec![vec![Spot::Open(None); slots.len()]; people.len()];
        let code = "P1".to_owned();
        let cohort = CohortSpan { id: cohort, code, start: monday, end: last, slot_minutes: 210 };
        Roll { cohort, slots, people, spots }
    }

    /// A mark of a half-day of 210 minutes.
    pub(crate) fn marked(status: AttendanceStatus, minutes: i64) -> Spot {
        let (justification, signed_trainee, signed_trainer) = (None, false, false);
        Spot::Open(Some(Mark { status, minutes, justification, signed_trainee, signed_trainer }))
    }

    #[test]
    fn two_weeks_fit_a_screen_and_the_next_day_begins_a_block() {
        let roll = blank(&["Barthoulot-Montgolfier Océane-Maximilienne", "王 小明"], 11);
        assert_eq!(roll.blocks().collect::<Vec<_>>(), [0..20, 20..22]);
        for lang in [Lang::Fr, Lang::En] {
            let page = roll.page();
            assert!(page.get(lang).lines().all(|line| width(line) <= WIDTH), "{}", page.get(lang));
            // The letters stand under each other, whatever the width of the names.
            let starts: Vec<usize> =
                page.get(lang).lines().filter_map(|line| Some(width(&line[..line.find('·')?]))).collect();
            assert_eq!(starts, [30, 30, 30, 30]);
        }
    }

    #[test]
    fn each_mark_has_its_letter_in_each_language_and_a_part_of_a_half_day_its_line() {
        let mut roll = blank(&["Ferré Amélie"], 4);
        roll.spots[0] = vec![
            marked(AttendanceStatus::Present, 210),
            marked(AttendanceStatus::Present, 150),
            marked(AttendanceStatus::Excused, 0),
            marked(AttendanceStatus::Unexcused, 0),
            Spot::Open(None),
            Spot::Outside,
            Spot::ToCome,
            Spot::ToCome,
        ];
        let fr = "              L7  M8  M9  J10\n              m s m s m s m s\nFerré Amélie  P R J A · -\n\
                  R  Ferré Amélie, 07/09/2026 après-midi : présence de 2h30\n";
        assert_eq!(roll.page().fr, fr);
        assert!(roll.page().en.contains("Ferré Amélie  P L E U · -\n"), "{}", roll.page().en);
        assert_eq!(roll.unmarked(), 1);
    }
}
