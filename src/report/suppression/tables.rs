//! What the sections `esf`, `bpf` and `financial` say.

use super::book::{Belonging, Book, Id, Kind, Trust};
use super::reading::{Line, lines};
use crate::sheet::Sheet;
use std::collections::BTreeMap;

/// Reads the European lines: women, men, nonbinary and total of each, all within the first line.
pub(super) fn read_esf(book: &mut Book, sheet: &Sheet, index: usize) {
    const COLUMNS: [&str; 4] = ["women", "men", "nonbinary", "total"];
    for line in lines(sheet, index) {
        let key = line.word("indicator");
        let ids = COLUMNS.map(|c| book.see(&format!("{key}.{c}"), Kind::People, line, c));
        // People without a recorded sex are in the total only: then the three do not add up, and say nothing.
        book.adds_up(&ids[..3], ids[3], Trust::Sure);
        for (column, id) in COLUMNS.iter().zip(ids) {
            let first = book.find(&format!("EECO01.{column}"));
            if let Some(id) = id {
                book.total(id, ids[3]);
                book.total(id, first);
            }
        }
    }
    for column in COLUMNS {
        let all = book.find(&format!("EECO01.{column}"));
        for parts in [&["EECO02", "EECO04", "EECO05"][..], &["EECO09", "EECO10", "EECO11"]] {
            let ids: Vec<_> = parts.iter().map(|p| book.find(&format!("{p}.{column}"))).collect();
            book.adds_up(&ids, all, Trust::Confirmed);
        }
        let ages: Vec<_> = ["EECO06", "EECO07", "EECO08"].iter().map(|p| book.find(&format!("{p}.{column}"))).collect();
        book.adds_up(&ages, all, Trust::Confirmed);
    }
}

/// Reads the yearly statement: in each frame the lines add up to the total, and the three totals are one number.
pub(super) fn read_bpf(book: &mut Book, sheet: &Sheet, index: usize) {
    /// The trainees and the hours of each line of a frame.
    type Parts = Vec<(Id, Option<Id>)>;
    let mut frames: BTreeMap<(String, String), Parts> = BTreeMap::new();
    for line in lines(sheet, index) {
        let (year, frame, code) = (line.word("year"), line.word("frame"), line.word("line"));
        let key = if code == "total" { format!("bpf.total.{year}") } else { format!("bpf.{frame}.{code}.{year}") };
        let people = book.see(&key, Kind::People, line, "trainees");
        let hours = book.see(&format!("{key}.hours"), Kind::Amount, line, "hours");
        let Some(people) = people else { continue };
        let amounts = hours.into_iter().collect();
        book.belongings.push(Belonging { people, all_of: vec![people], amounts });
        if code != "total" {
            frames.entry((year, frame)).or_default().push((people, hours));
        }
    }
    for ((year, _), parts) in frames {
        let total = book.find(&format!("bpf.total.{year}"));
        let people: Vec<_> = parts.iter().map(|p| Some(p.0)).collect();
        let hours: Vec<_> = parts.iter().map(|p| p.1).collect();
        book.adds_up(&people, total, Trust::Sure);
        let all_hours = book.find(&format!("bpf.total.{year}.hours"));
        book.adds_up(&hours, all_hours, Trust::Sure);
        for (id, _) in parts {
            book.total(id, total);
        }
    }
}

/// Reads the costs per person: with the charges beside them they tell how many people they divide by.
pub(super) fn read_financial(book: &mut Book, sheet: &Sheet, index: usize) {
    for line in lines(sheet, index).filter(|line| line.word("side") == "cost") {
        let cohort = line.word("cohort");
        let name = match line.word("class").as_str() {
            "per_entrant" => format!("entrants|{cohort}"),
            "per_completer" => format!("completers|{cohort}"),
            "per_dynamic_exit" => format!("iae.dynamic|exit|{cohort}"),
            _ => continue,
        };
        let people = match book.find(&name) {
            Some(id) => id,
            None => {
                let value = divisor(charges(sheet, index, &cohort), line.amount("realised"));
                book.hidden(&name, Kind::People, value)
            }
        };
        book.quantities[people].guarded = true;
        book.print(people, line, "realised");
        book.derive(line, "realised", &[people]);
    }
}

fn charges(sheet: &Sheet, index: usize, cohort: &str) -> Option<i64> {
    let is_total = |line: &Line<'_>| {
        line.word("cohort") == cohort && line.word("side") == "charge" && line.word("class") == "total"
    };
    lines(sheet, index).find(is_total)?.amount("realised")
}

/// The count that a cost per person was divided by, as a reader would find it.
fn divisor(charges: Option<i64>, cost: Option<i64>) -> Option<i64> {
    let (charges, cost) = (charges?, cost.filter(|c| *c > 0)?);
    Some((charges + cost / 2) / cost)
}
