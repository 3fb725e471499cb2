//! What the sections `esf`, `bpf` and `financial` say.

use super::quantities::{Belonging, Id, Quantities, Trust};
use super::reading::{Figures, Line};
use crate::domain::ClosedList;
use crate::report::quantity::{EsfColumn, Kind, Quantity, What, Whom};
use crate::report::section::head::{BpfLine, Head};
use std::collections::BTreeMap;

/// A cell of the European lines.
pub(super) fn esf(line: &str, column: EsfColumn) -> Quantity {
    What::Esf(column).of_detail(Some(line.into()), &Whom::Report)
}

/// The line of all participants.
pub(super) const PARTICIPANTS: &str = "EECO01";
/// Lines that together are the participants, where every answer is known: status, age, education.
pub(super) const SPLITS: [[&str; 3]; 3] =
    [["EECO02", "EECO04", "EECO05"], ["EECO09", "EECO10", "EECO11"], ["EECO06", "EECO07", "EECO08"]];

/// Reads the European lines: women, men, nonbinary and total of each, all within the first line.
pub(super) fn read_esf(quantities: &mut Quantities, figures: Figures<'_>) {
    for line in figures.lines() {
        let Some(Head::Esf(key)) = line.head else { continue };
        let see = |column: EsfColumn| {
            let quantity = What::Esf(column).of_detail(Some(key.clone()), &Whom::Report);
            quantities.see(&quantity, Kind::People, line, column.code())
        };
        let ids = [EsfColumn::Women, EsfColumn::Men, EsfColumn::Nonbinary, EsfColumn::Total].map(see);
        // People without a recorded sex are in the total only: then the three do not add up, and say nothing.
        quantities.adds_up(&ids[..3], ids[3], Trust::Sure);
        for (column, id) in EsfColumn::ALL.iter().zip(ids) {
            let first = quantities.find(&esf(PARTICIPANTS, *column));
            if let Some(id) = id {
                quantities.total(id, ids[3]);
                quantities.total(id, first);
            }
        }
    }
}

/// The trainees and the hours of each line of a frame.
type Parts = Vec<(Id, Option<Id>)>;

/// Reads the yearly statement: in each frame the lines add up to the total, and the three totals are one number.
pub(super) fn read_bpf(quantities: &mut Quantities, figures: Figures<'_>) {
    let mut frames: BTreeMap<(i32, &'static str), Parts> = BTreeMap::new();
    for line in figures.lines() {
        let Some(Head::Bpf(year, of)) = line.head else { continue };
        let [trainees, hours] = of.quantities(*year);
        let people = quantities.see(&trainees, Kind::People, line, "trainees");
        let hours = quantities.see(&hours, Kind::Amount, line, "hours");
        let Some(people) = people else { continue };
        let amounts = hours.into_iter().collect();
        quantities.belongings.push(Belonging { people, all_of: vec![people], amounts });
        if !of.is_total() {
            frames.entry((*year, of.frame)).or_default().push((people, hours));
        }
    }
    for ((year, _), parts) in frames {
        let [total, all_hours] = BpfLine::total().quantities(year).map(|name| quantities.find(&name));
        let people: Vec<_> = parts.iter().map(|p| Some(p.0)).collect();
        let hours: Vec<_> = parts.iter().map(|p| p.1).collect();
        quantities.adds_up(&people, total, Trust::Sure);
        quantities.adds_up(&hours, all_hours, Trust::Sure);
        for (id, _) in parts {
            quantities.total(id, total);
        }
    }
}

/// Reads the costs per person: with the charges beside them they tell how many people they divide by.
pub(super) fn read_financial(quantities: &mut Quantities, figures: Figures<'_>) {
    for line in figures.lines() {
        let Some(Head::Cost(people, of)) = line.head else { continue };
        let name = people.of(of);
        let people = match quantities.find(&name) {
            Some(id) => id,
            None => {
                let value = divisor(charges(figures, line), line.amount("realised"));
                quantities.hidden(&name, Kind::People, value)
            }
        };
        quantities[people].guarded = true;
        quantities.print(people, line, "realised");
        quantities.derive(line, "realised", &[people]);
    }
}

/// The charges of the cohort of a cost.
fn charges(figures: Figures<'_>, cost: Line<'_>) -> Option<i64> {
    let cohort = cost.word("cohort");
    let is_total = |line: &Line<'_>| {
        line.word("side") == "charge" && line.word("class") == "total" && line.word("cohort") == cohort
    };
    figures.lines().find(is_total)?.amount("realised")
}

/// The count that a cost per person was divided by, as a reader would find it.
fn divisor(charges: Option<i64>, cost: Option<i64>) -> Option<i64> {
    let (charges, cost) = (charges?, cost.filter(|c| *c > 0)?);
    Some((charges + cost / 2) / cost)
}
