//! The register filled in at a terminal: a grid, a cursor, one letter a half-day; nothing is written before it is asked for.

use crate::cli::run::interrupt::Interrupted;
use crate::domain::progress::AttendanceStatus;
use crate::domain::{Lang, Text};
use crate::text;
use crate::view::roll::{Roll, Spot, legend, letter};
use anyhow::Result;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use crossterm::{execute, queue};
use std::collections::BTreeMap;
use std::io::{Stderr, Write, stderr};
use std::ops::Range;

/// What Ctrl-C counts as: the terminal gives it as a key while the grid is shown.
const CTRL_C: i32 = 2;

/// A mark that was entered: a status, and the minutes of presence when they are not the whole half-day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// The status.
    pub status: AttendanceStatus,
    /// The minutes, for somebody who came late.
    pub minutes: Option<i64>,
}

/// The marks that were entered, by person and half-day: their places in the register.
pub type Marks = BTreeMap<(usize, usize), Entered>;

/// What a key came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    GoesOn,
    Saves,
    Leaves,
}

/// What the last line asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Nothing,
    /// How many minutes late; what was typed so far.
    Late(i64),
    /// Whether to leave what was entered.
    Leaving,
}

/// The register being filled in.
struct RollCall<'a> {
    roll: &'a Roll,
    lang: Lang,
    blocks: Vec<Range<usize>>,
    person: usize,
    slot: usize,
    marks: Marks,
    asks: Asks,
}

/// Lets the person at the terminal fill in the register; `None` when they left without saving.
///
/// # Errors
/// [`Interrupted`] after Ctrl-C, and failures of the terminal.
pub fn fill_in(roll: &Roll, lang: Lang) -> Result<Option<Marks>> {
    let mut call = RollCall::new(roll, lang);
    let mut screen = Screen::open()?;
    loop {
        screen.draw(&call)?;
        let Event::Key(key) = read()? else { continue };
        if key.kind == KeyEventKind::Release {
            continue;
        }
        if key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c') {
            return Err(Interrupted { signal: CTRL_C }.into());
        }
        match call.press(key) {
            Step::GoesOn => {}
            Step::Saves => return Ok(Some(call.marks)),
            Step::Leaves => return Ok(None),
        }
    }
}

impl<'a> RollCall<'a> {
    /// The cursor stands on the first half-day that waits for a mark.
    fn new(roll: &'a Roll, lang: Lang) -> RollCall<'a> {
        let waits = |slot: &usize| roll.spots.iter().any(|spots| spots[*slot] == Spot::Open(None));
        let slot = (0..roll.slots.len()).find(waits).unwrap_or(0);
        let person = roll.spots.iter().position(|spots| spots[slot] == Spot::Open(None)).unwrap_or(0);
        let blocks = roll.blocks().collect();
        RollCall { roll, lang, blocks, person, slot, marks: Marks::new(), asks: Asks::Nothing }
    }

    fn press(&mut self, key: KeyEvent) -> Step {
        match (self.asks, key.code) {
            (Asks::Late(typed), KeyCode::Char(digit)) if digit.is_ascii_digit() => {
                let minutes = typed * 10 + i64::from(digit.to_digit(10).unwrap_or(0));
                self.asks = Asks::Late(if minutes < self.whole() { minutes } else { typed });
                return Step::GoesOn;
            }
            (Asks::Late(typed), KeyCode::Backspace) => {
                self.asks = Asks::Late(typed / 10);
                return Step::GoesOn;
            }
            (Asks::Late(typed), code) => {
                self.asks = Asks::Nothing;
                if typed > 0 && code != KeyCode::Esc {
                    let minutes = Some(self.whole() - typed);
                    self.enter(Entered { status: AttendanceStatus::Present, minutes });
                }
                if matches!(code, KeyCode::Enter | KeyCode::Esc) {
                    return Step::GoesOn;
                }
            }
            (Asks::Leaving, KeyCode::Esc) => return Step::Leaves,
            (Asks::Leaving, KeyCode::Enter) | (Asks::Nothing, _) => {}
            (Asks::Leaving, _) => self.asks = Asks::Nothing,
        }
        self.act(key.code)
    }

    fn act(&mut self, code: KeyCode) -> Step {
        let (people, slots) = (self.roll.people.len(), self.roll.slots.len());
        match code {
            KeyCode::Up => self.person = self.person.saturating_sub(1),
            KeyCode::Down => self.person = (self.person + 1).min(people.saturating_sub(1)),
            KeyCode::Left => self.slot = self.slot.saturating_sub(1),
            KeyCode::Right => self.slot = (self.slot + 1).min(slots.saturating_sub(1)),
            KeyCode::Home => self.person = 0,
            KeyCode::End => self.person = people.saturating_sub(1),
            KeyCode::Char('r' | 'R' | 'l' | 'L') if self.open() => self.asks = Asks::Late(0),
            KeyCode::Char('P') => self.rest_present(),
            KeyCode::Char(letter) => {
                if let Some(status) = status(letter).filter(|_| self.open()) {
                    self.enter(Entered { status, minutes: None });
                }
            }
            KeyCode::Backspace | KeyCode::Delete => drop(self.marks.remove(&(self.person, self.slot))),
            KeyCode::Enter => return Step::Saves,
            KeyCode::Esc if self.marks.is_empty() => return Step::Leaves,
            KeyCode::Esc => self.asks = Asks::Leaving,
            _ => {}
        }
        Step::GoesOn
    }

    fn open(&self) -> bool {
        matches!(self.roll.spots[self.person][self.slot], Spot::Open(_))
    }

    fn whole(&self) -> i64 {
        self.roll.slots[self.slot].minutes
    }

    /// Enters a mark where the cursor is, and goes to the next person.
    fn enter(&mut self, entered: Entered) {
        let at = (self.person, self.slot);
        if self.is_recorded(at, entered) {
            self.marks.remove(&at);
        } else {
            self.marks.insert(at, entered);
        }
        self.person = (self.person + 1).min(self.roll.people.len().saturating_sub(1));
    }

    fn is_recorded(&self, (person, slot): (usize, usize), entered: Entered) -> bool {
        let whole = self.roll.slots[slot].minutes;
        let minutes = entered.minutes.unwrap_or(whole);
        matches!(self.roll.spots[person][slot], Spot::Open(Some(mark)) if mark.status == entered.status
            && (mark.status != AttendanceStatus::Present || mark.minutes == minutes))
    }

    /// Marks present all those of the half-day who wait for a mark.
    fn rest_present(&mut self) {
        let present = Entered { status: AttendanceStatus::Present, minutes: None };
        for person in 0..self.roll.people.len() {
            if self.roll.spots[person][self.slot] == Spot::Open(None) {
                self.marks.entry((person, self.slot)).or_insert(present);
            }
        }
    }

    fn letter(&self, person: usize, slot: usize) -> char {
        match self.marks.get(&(person, slot)) {
            Some(entered) => letter(entered.status, entered.minutes.is_none(), self.lang).to_ascii_lowercase(),
            None => self.roll.spots[person][slot].letter(self.roll.slots[slot].minutes, self.lang),
        }
    }

    fn block(&self) -> Range<usize> {
        self.blocks.iter().find(|block| block.contains(&self.slot)).cloned().unwrap_or(0..self.roll.slots.len())
    }

    /// The lines of the screen, the first ones fixed, and where the cursor is in them: line and column.
    fn lines(&self, height: usize) -> (Vec<String>, (usize, usize)) {
        let block = self.block();
        let mut lines: Vec<String> = self.roll.heads(block.clone(), self.lang).into();
        let room = height.saturating_sub(lines.len() + 3).max(1);
        let first = self.person.saturating_sub(room - 1);
        let cursor = (lines.len() + self.person - first, self.roll.place(block.clone(), self.slot));
        for person in (0..self.roll.people.len()).skip(first).take(room) {
            let letters: Vec<char> = block.clone().map(|slot| self.letter(person, slot)).collect();
            lines.push(self.roll.line(person, block.clone(), &letters));
        }
        lines.push(String::new());
        lines.push(legend().get(self.lang).to_owned());
        lines.push(self.prompt().get(self.lang).to_owned());
        (lines, cursor)
    }

    fn prompt(&self) -> Text {
        let count = self.marks.len();
        match self.asks {
            Asks::Late(typed) => text!("Minutes de retard, puis Entrée : {typed}", "Minutes late, then Enter: {typed}"),
            Asks::Leaving => text!(
                "Non enregistré : {count}. Entrée enregistre, Échap encore une fois abandonne",
                "Not saved: {count}. Enter saves, Esc once more gives them up"
            ),
            Asks::Nothing => text!(
                "p j a r noter · P le reste présent · Entrée enregistre ({count}) · Échap quitte",
                "p e u l mark · P the rest present · Enter saves ({count}) · Esc leaves"
            ),
        }
    }
}

/// The status of a letter, in either language.
fn status(letter: char) -> Option<AttendanceStatus> {
    match letter {
        'p' | 'x' => Some(AttendanceStatus::Present),
        'j' | 'e' | 'J' | 'E' => Some(AttendanceStatus::Excused),
        'a' | 'u' | 'A' | 'U' => Some(AttendanceStatus::Unexcused),
        _ => None,
    }
}

/// The terminal while the grid is shown; it is given back as it was, whatever happens.
struct Screen(Stderr);

impl Screen {
    fn open() -> Result<Screen> {
        enable_raw_mode()?;
        let mut screen = Screen(stderr());
        execute!(screen.0, EnterAlternateScreen, Hide)?;
        Ok(screen)
    }

    fn draw(&mut self, call: &RollCall<'_>) -> Result<()> {
        let (_, height) = size()?;
        let (lines, (row, column)) = call.lines(usize::from(height));
        queue!(self.0, Clear(ClearType::All))?;
        for (number, line) in (0u16..).zip(&lines) {
            queue!(self.0, MoveTo(0, number), Print(line))?;
        }
        let under = call.letter(call.person, call.slot);
        let place = MoveTo(u16::try_from(column)?, u16::try_from(row)?);
        queue!(self.0, place, SetAttribute(Attribute::Reverse), Print(under), SetAttribute(Attribute::Reset))?;
        Ok(self.0.flush()?)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Nothing more can be done for a terminal that does not answer.
        let _ = execute!(self.0, Show, LeaveAlternateScreen);
        let _ = disable_raw_mode();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::roll::tests::{blank, marked};

    const PEOPLE: [&str; 3] = ["Amara Nassim", "Bensaïd Saïd", "Ferré Amélie"];

    /// Presses keys one after the other: letters, and `^v<>` for arrows, `\n` Enter, `!` Esc, `-` Backspace.
    fn press(call: &mut RollCall<'_>, keys: &str) -> Step {
        let mut step = Step::GoesOn;
        for key in keys.chars() {
            assert_eq!(step, Step::GoesOn, "{keys}: the register closed before {key:?}");
            let code = match key {
                '^' => KeyCode::Up,
                'v' => KeyCode::Down,
                '<' => KeyCode::Left,
                '>' => KeyCode::Right,
                '\n' => KeyCode::Enter,
                '!' => KeyCode::Esc,
                '-' => KeyCode::Backspace,
                letter => KeyCode::Char(letter),
            };
            step = call.press(KeyEvent::new(code, KeyModifiers::NONE));
        }
        step
    }

    #[track_caller]
    fn check(keys: &str, ends: Step, marks: &[((usize, usize), AttendanceStatus, Option<i64>)]) {
        let roll = blank(&PEOPLE, 2);
        let mut call = RollCall::new(&roll, Lang::Fr);
        assert_eq!(press(&mut call, keys), ends, "{keys}");
        let entered: Vec<_> = call.marks.iter().map(|(at, mark)| (*at, mark.status, mark.minutes)).collect();
        assert_eq!(entered, marks, "{keys}");
    }

    #[test]
    fn a_letter_marks_and_goes_to_the_next_person() {
        use AttendanceStatus::{Excused, Present, Unexcused};
        check("pja\n", Step::Saves, &[((0, 0), Present, None), ((1, 0), Excused, None), ((2, 0), Unexcused, None)]);
        check("peu\n", Step::Saves, &[((0, 0), Present, None), ((1, 0), Excused, None), ((2, 0), Unexcused, None)]);
        check(">>a\n", Step::Saves, &[((0, 2), Unexcused, None)]);
        check("vv>p\n", Step::Saves, &[((2, 1), Present, None)]);
        check("aP\n", Step::Saves, &[((0, 0), Unexcused, None), ((1, 0), Present, None), ((2, 0), Present, None)]);
    }

    #[test]
    fn somebody_late_is_there_for_what_is_left_of_the_half_day() {
        use AttendanceStatus::Present;
        check("r20\n\n", Step::Saves, &[((0, 0), Present, Some(190))]);
        // A letter ends the number, and marks the next person.
        check("r20p\n", Step::Saves, &[((0, 0), Present, Some(190)), ((1, 0), Present, None)]);
        check("r25-\n\n", Step::Saves, &[((0, 0), Present, Some(208))]);
        // Nobody is late by more than the half-day lasts, and no number is no mark.
        check("r999\n\n", Step::Saves, &[((0, 0), Present, Some(111))]);
        check("r\n\n", Step::Saves, &[]);
        check("r20!\n", Step::Saves, &[]);
    }

    #[test]
    fn leaving_asks_once_when_something_was_entered() {
        use AttendanceStatus::Present;
        check("!", Step::Leaves, &[]);
        check("p!", Step::GoesOn, &[((0, 0), Present, None)]);
        check("p!!", Step::Leaves, &[((0, 0), Present, None)]);
        check("p!\n", Step::Saves, &[((0, 0), Present, None)]);
        check("p!>", Step::GoesOn, &[((0, 0), Present, None)]);
        check("p^-!", Step::Leaves, &[]);
    }

    #[test]
    fn what_is_recorded_already_is_no_change_and_days_that_are_not_theirs_stay_closed() {
        let mut roll = blank(&PEOPLE, 1);
        roll.spots[0][0] = marked(AttendanceStatus::Present, 210);
        roll.spots[1][0] = Spot::Outside;
        roll.spots[2][0] = Spot::ToCome;
        let mut call = RollCall::new(&roll, Lang::En);
        // The cursor begins where something waits: the first afternoon.
        assert_eq!((call.person, call.slot), (0, 1));
        press(&mut call, "<pavpr");
        assert!(call.marks.is_empty() && call.asks == Asks::Nothing, "{:?}", call.marks);
        press(&mut call, "^^u");
        assert_eq!(call.marks.len(), 1);
    }

    #[test]
    fn the_cursor_stands_on_its_letter_and_everybody_can_be_reached_on_a_low_screen() {
        let roll = blank(&PEOPLE, 2);
        let mut call = RollCall::new(&roll, Lang::Fr);
        press(&mut call, "pp");
        for height in [24, 8, 6] {
            let (lines, (row, column)) = call.lines(height);
            assert!(lines.len() <= height.max(6), "{height}: {lines:?}");
            assert!(lines[row].starts_with("Ferré Amélie"), "{height}: {lines:?}");
            assert_eq!(lines[row].chars().nth(column), Some('·'), "{height}");
        }
        let (lines, _) = call.lines(24);
        assert!(lines[2].starts_with("Amara Nassim  p"), "{lines:?}");
    }
}
