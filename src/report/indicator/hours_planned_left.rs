//! Hours planned after the observation date.

use super::Indicator;
use super::presence::HOURS;
use crate::domain::ClosedList;
use crate::fixed;
use crate::report::as_of::{Group, World};
use crate::report::membership::{RecordKind, RecordRef, Sink, Unit, UnitKind, Value};
use crate::text;

/// Hours planned for those who have not left.
pub const HOURS_PLANNED_LEFT: Indicator = Indicator {
    key: "hours_planned_left",
    label: fixed!("Heures prévues restantes", "Planned hours left"),
    definition: fixed!(
        "Heures prévues après la date d'observation pour les participations sans sortie.",
        "Hours planned after the observation date for participations without an exit.",
    ),
    numerator: fixed!("heures prévues après la date d'observation", "hours planned after the observation date"),
    gather: hours_planned_left,
    ..HOURS
};

fn hours_planned_left(world: &World<'_>, group: Group, _: Option<&str>, sink: &mut Sink<'_>) {
    world.each_entrant(group, sink, |part, sink| {
        if let Some((exit, _)) = part.exit {
            let unit = Unit::of(part).because(part.record(&["exit"])).value(Value::Day(exit));
            let unit = unit.left_out(fixed!("déjà sorti", "has left"));
            sink(unit.why(world, || text!("sorti le {exit}", "left on {exit}"; exit)));
            return;
        }
        let cohort = world.cohort(part);
        for slot in &cohort.slots[cohort.slots.partition_point(|s| s.date <= world.as_of)..] {
            let record = RecordRef::new(RecordKind::Slot, slot.id, slot.op, &["date", "half", "kind", "minutes"]);
            let unit = Unit::of(part).kind(UnitKind::HalfDay).on(slot.date).because(record).amount(slot.minutes);
            sink(unit.value(Value::Code(slot.kind.code())).counted(fixed!("prévue plus tard", "planned later")));
        }
    });
}
