//! A thing to do in words, in the list and on the screen of one person, and the commands that deal with it.

use super::{Due, Matter, Task, Urgency};
use crate::domain::closed_list::ClosedList;
use crate::domain::progress::LicenceStep;
use crate::domain::shell::quoted;
use crate::domain::{Lang, Text};
use crate::text;

/// What the commands about an exam call it.
fn exam_word(step: LicenceStep) -> &'static str {
    match step {
        LicenceStep::CodeExam => "code",
        LicenceStep::DrivingExam | LicenceStep::Lesson | LicenceStep::Registered => "conduite",
    }
}

impl Due {
    /// What kind of thing it is.
    pub fn task(&self) -> Task {
        match self.matter {
            Matter::Call { .. } => Task::Followup,
            Matter::Contract { .. } => Task::ContractEnd,
            Matter::Exam(_) => Task::Exam,
            Matter::Application(_) => Task::Application,
            Matter::Unmarked { .. } => Task::Unmarked,
            Matter::Report(_) => Task::Report,
            Matter::Retention(_) => Task::Retention,
        }
    }
    fn is_late(&self) -> bool {
        self.urgency == Urgency::Late
    }

    /// A sentence of the list, with the name of whom it is about.
    pub fn words(&self) -> Text {
        let (name, who) = (&self.name, &self.who);
        match &self.matter {
            Matter::Call { point, .. } => {
                text!("{name} : appel à {point}", "{name}: call at {point}"; point = *point)
            }
            Matter::Contract { kind, .. } => match self.is_late() {
                true => {
                    text!("{name} : {kind}, fin passée sans nouvelles", "{name}: {kind} over, no news"; kind = *kind)
                }
                false => text!("{name} : {kind}, fin proche", "{name}: {kind}, ending soon"; kind = *kind),
            },
            Matter::Exam(step) => match self.is_late() {
                true => text!("{name} : {step}, résultat à saisir", "{name}: {step}, result to record"; step = *step),
                false => text!("{name} : {step}", "{name}: {step}"; step = *step),
            },
            Matter::Application(_) => text!("{name} : candidature à décider", "{name}: application to decide on"),
            Matter::Unmarked { count: 1, .. } => {
                text!("{who} : 1 demi-journée à saisir", "{who}: 1 half-day to mark")
            }
            Matter::Unmarked { count, .. } => {
                text!("{who} : {count} demi-journées à saisir", "{who}: {count} half-days to mark")
            }
            Matter::Report(month) => {
                let (fr, en) = (month.name(Lang::Fr), month.name(Lang::En));
                text!("{who} : rapport de {fr} à exporter", "{who}: report of {en} to export")
            }
            Matter::Retention(last) => {
                text!("{name} : dernier contact le {last}", "{name}: last contact on {last}"; last = *last)
            }
        }
    }

    /// The command that deals with it, to be pasted.
    pub fn command(&self) -> String {
        let (who, when) = (&self.who, self.when);
        match &self.matter {
            Matter::Call { point, cohort } => {
                let cohort = cohort.as_ref().map(|code| format!(" -c {}", quoted(code))).unwrap_or_default();
                format!("fil placement follow {who} {}{cohort}", point.code())
            }
            Matter::Contract { number, .. } if self.is_late() => format!("fil placement end {number} --on {when}"),
            Matter::Contract { number, .. } => format!("fil placement show {number}"),
            Matter::Exam(step) if self.is_late() => {
                format!("fil progress set {who} {} RESULT --on {when}", exam_word(*step))
            }
            Matter::Exam(_) => format!("fil trainee show {who}"),
            Matter::Application(cohort) => format!("fil trainee enrol {who} -c {}", quoted(cohort)),
            Matter::Unmarked { half, .. } => {
                let half = half.map(|half| format!(" --half {}", half.code())).unwrap_or_default();
                format!("fil progress day {when} -c {}{half}", quoted(who))
            }
            Matter::Report(month) => format!("fil report export {month} --funder {}", quoted(who)),
            Matter::Retention(_) if self.is_late() => format!("fil trainee erase {who}"),
            Matter::Retention(_) => format!("fil trainee show {who}"),
        }
    }

    /// The same on the screen of the person, where the name is known.
    pub fn step(&self) -> Text {
        match &self.matter {
            Matter::Call { point, .. } => {
                text!("relance à {point}", "follow-up at {point}"; point = *point)
            }
            Matter::Contract { company, .. } => {
                let company = company.as_ref().map(|company| format!(" {company}")).unwrap_or_default();
                text!("fin de contrat{company}", "end of contract{company}")
            }
            Matter::Exam(step) => match self.is_late() {
                true => text!("résultat à saisir : {step}", "result to enter: {step}"; step = *step),
                false => step.text(),
            },
            Matter::Application(_) => text!("candidature à décider", "application to decide on"),
            Matter::Unmarked { .. } | Matter::Report(_) | Matter::Retention(_) => self.words(),
        }
    }

    /// The command on the screen of the person: short, and `…` where something is still to be said.
    pub fn step_command(&self) -> String {
        let who = &self.who;
        match &self.matter {
            Matter::Call { point, .. } => format!("fil e f {who} {} …", point.code()),
            Matter::Contract { number, .. } => format!("fil placement show {number}"),
            Matter::Exam(step) => format!("fil p set {who} {} …", exam_word(*step)),
            Matter::Application(_) | Matter::Unmarked { .. } | Matter::Report(_) | Matter::Retention(_) => {
                self.command()
            }
        }
    }
}
