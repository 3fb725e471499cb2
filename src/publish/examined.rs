//! The closed reports of a file, examined: what each keeps, and its figures against the records of then.

use super::verify::{KeptClose, Recomputed, kept_close};
use crate::domain::{Reason, Text};
use crate::ops::doctor::Examined;
use crate::store::sent::Close;
use crate::store::{Store, refusal_of};
use crate::text;
use anyhow::Result;

const CHECK: &str = "closes";

/// What is wrong with each closed report, or one sentence that nothing is.
pub fn closes_examined(store: &Store) -> Result<Vec<Examined>> {
    let busy = |error: &anyhow::Error| refusal_of(error, store.path()).is_some_and(|r| r.reason == Reason::Busy);
    let closes = match store.closes(None) {
        Ok(closes) => closes,
        Err(error) if busy(&error) => return Err(error),
        Err(_) => return Ok(vec![unreadable()]),
    };
    let mut list = Vec::new();
    for close in &closes {
        match kept_close(store, close) {
            Ok(found) => list.extend(examined(close, &found)),
            Err(error) if busy(&error) => return Err(error),
            Err(_) => list.push(of_close(close, text!("ne se relit pas", "cannot be read back"))),
        }
    }
    if list.is_empty() {
        let message = text!("les rapports clos sont tels que clos", "every closed report is as it was closed");
        list.push(Examined::fine(CHECK, message));
    }
    Ok(list)
}

fn examined(close: &Close, found: &KeptClose) -> Vec<Examined> {
    let faults = found
        .faults
        .iter()
        .map(|part| of_close(close, text!("{part} n'est plus ce qui a été clos", "{part} is not what was closed")));
    let figures = match found.recomputed {
        Recomputed::Same => None,
        Recomputed::Differs(cells) => Some(of_close(
            close,
            text!(
                "{cells} chiffres ne sont pas ceux que donnent les fiches d'alors",
                "{cells} figures are not those that the records of then give"
            ),
        )),
        Recomputed::Adopted(cells) => Some(as_sent(
            close,
            text!(
                "{cells} chiffres d'avant les modifications gardées (fil log)",
                "{cells} figures from before the changes that were kept (fil log)"
            ),
        )),
        Recomputed::OtherRules(cells) => {
            Some(as_sent(close, text!("{cells} chiffres suivent d'autres règles", "{cells} figures go by other rules")))
        }
        Recomputed::Unreadable => Some(of_close(close, text!("ne se relit pas", "cannot be read back"))),
    };
    faults.chain(figures).collect()
}

fn as_sent(close: &Close, what: Text) -> Examined {
    let fix =
        text!("Rien à faire : ce qui a été envoyé ne change pas.", "Nothing to do: what was sent does not change.");
    Examined::warning(CHECK, told(close, &what), fix)
}

fn told(close: &Close, what: &Text) -> Text {
    let (number, period, funder) = (close.number, &close.period, &close.funder);
    text!("envoi {number} ({period}, {funder}) : {what}", "close {number} ({period}, {funder}): {what}"; what)
}

fn of_close(close: &Close, what: Text) -> Examined {
    Examined::error(CHECK, told(close, &what), restore())
}

fn unreadable() -> Examined {
    Examined::error(CHECK, text!("les rapports clos ne se lisent pas", "the closed reports cannot be read"), restore())
}

fn restore() -> Text {
    text!("fil restore SAUVEGARDE", "fil restore BACKUP")
}
