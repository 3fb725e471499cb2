//! Charts as plain data; the templates beside this file draw them, and a masked number leaves no trace in them.

use super::reading::Extent;

/// Something to fill in a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fill {
    /// A length in percent of the whole, with one decimal.
    Length(String),
    /// Masked: always the same hatching, whatever the number.
    Masked,
    /// Nothing.
    Nothing,
}

/// Horizontal bars, one under the other.
pub(super) struct Bars {
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) desc: String,
    pub(super) rows: Vec<Bar>,
}

impl Bars {
    /// Whether a target is drawn in one of them.
    pub(super) fn has_targets(&self) -> bool {
        self.rows.iter().any(|bar| bar.target.is_some())
    }
}

/// One bar.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) fill: Fill,
    /// Where the target stands, in percent of the whole.
    pub(super) target: Option<String>,
}

impl Bar {
    /// Whether there is anything to see in it.
    pub(super) fn has_something(&self) -> bool {
        self.fill != Fill::Nothing
    }
}

/// Columns side by side, from 0 to 100 %.
pub(super) struct Columns {
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) desc: String,
    pub(super) columns: Vec<Column>,
    /// Whether there are so many that their values would collide on a narrow screen.
    pub(super) dense: bool,
}

/// One column.
pub(super) struct Column {
    pub(super) label: String,
    pub(super) year: String,
    pub(super) value: String,
    pub(super) fill: Fill,
    pub(super) left: String,
    pub(super) middle: String,
    pub(super) width: String,
    /// Height and top in the units of the drawing.
    pub(super) height: i64,
    pub(super) top: i64,
}

/// Bars cut in parts.
pub(super) struct Stacks {
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) desc: String,
    pub(super) rows: Vec<Stack>,
    pub(super) legend: Vec<String>,
}

/// One bar cut in parts.
pub(super) struct Stack {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) parts: Parts,
}

/// The parts of a bar.
pub(super) enum Parts {
    /// From left to right.
    Drawn(Vec<Part>),
    /// At least one is masked: none is drawn, since the others would leave its length open.
    Masked,
    /// There is nothing to cut; the words say why.
    Nothing(String),
}

/// One part of a bar.
pub(super) struct Part {
    pub(super) class: usize,
    pub(super) left: String,
    pub(super) middle: String,
    pub(super) width: String,
    /// The number inside, where there is room.
    pub(super) inside: String,
}

/// Tenths of a percent as SVG reads them.
pub(super) fn percent(tenths: i64) -> String {
    let tenths = tenths.clamp(0, 1000);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

impl Fill {
    /// A share, in tenths of a percent.
    pub(super) fn share(extent: Extent) -> Fill {
        Fill::against(extent, 1000)
    }
    /// A number against the longest of its chart.
    pub(super) fn against(extent: Extent, longest: i64) -> Fill {
        match extent {
            Extent::Masked => Fill::Masked,
            Extent::Tenths(n) if n > 0 && longest > 0 => Fill::Length(percent(n.saturating_mul(1000) / longest)),
            Extent::Tenths(_) | Extent::Absent => Fill::Nothing,
        }
    }
}

/// The height of a full column in the units of the drawing.
pub(super) const FULL: i64 = 120;
/// Where the columns stand.
pub(super) const FLOOR: i64 = 148;

impl Column {
    /// The column at a place among so many.
    pub(super) fn at(place: usize, of: usize, extent: Extent) -> Column {
        // The axis takes the first part of the width.
        const AXIS: usize = 100;
        let slot = (1000 - AXIS) / of.max(1);
        let width = (slot * 7 / 10).min(110);
        let middle = AXIS + slot * place + slot / 2;
        let tenths = |n: usize| percent(i64::try_from(n).unwrap_or(0));
        let height = match extent {
            Extent::Tenths(n) => n.clamp(0, 1000) * FULL / 1000,
            Extent::Masked | Extent::Absent => 0,
        };
        Column {
            label: String::new(),
            year: String::new(),
            value: String::new(),
            fill: Fill::share(extent),
            left: tenths(middle - width / 2),
            middle: tenths(middle),
            width: tenths(width),
            height,
            top: FLOOR - height,
        }
    }
}

impl Parts {
    /// Cuts a bar by counts; `why` is what stands in an empty one.
    pub(super) fn cut(counts: &[(Extent, String)], why: &str) -> Parts {
        if counts.iter().any(|(extent, _)| *extent == Extent::Masked) {
            return Parts::Masked;
        }
        let number = |extent: &Extent| if let Extent::Tenths(n) = extent { (*n).max(0) } else { 0 };
        let total: i64 = counts.iter().map(|(extent, _)| number(extent)).sum();
        if total == 0 {
            return Parts::Nothing(why.to_owned());
        }
        let mut before = 0;
        let mut parts = Vec::new();
        for (class, (extent, shown)) in counts.iter().enumerate() {
            let (from, to) = (before * 1000 / total, (before + number(extent)) * 1000 / total);
            before += number(extent);
            if to > from {
                let inside = if to - from >= 70 { shown.clone() } else { String::new() };
                let (left, middle, width) = (percent(from), percent((from + to) / 2), percent(to - from));
                parts.push(Part { class, left, middle, width, inside });
            }
        }
        Parts::Drawn(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_number_is_drawn_the_same_whatever_the_scale() {
        assert_eq!(Fill::against(Extent::Masked, 10), Fill::against(Extent::Masked, 990));
        assert_eq!(Column::at(0, 1, Extent::Masked).height, 0);
    }

    #[test]
    fn one_masked_part_hides_the_whole_bar() {
        let counts = [(Extent::Tenths(50), "5".to_owned()), (Extent::Masked, "c".to_owned())];
        assert!(matches!(Parts::cut(&counts, ""), Parts::Masked));
    }

    #[test]
    fn parts_fill_the_bar_and_leave_no_gap() {
        let counts: Vec<_> = [10, 10, 10, 0].map(|n| (Extent::Tenths(n), n.to_string())).into();
        let Parts::Drawn(parts) = Parts::cut(&counts, "") else { panic!("drawn") };
        let edges: Vec<_> = parts.iter().map(|p| (p.left.as_str(), p.width.as_str())).collect();
        assert_eq!(edges, [("0.0%", "33.3%"), ("33.3%", "33.3%"), ("66.6%", "33.4%")]);
    }

    #[test]
    fn bars_never_leave_their_frame() {
        assert_eq!(Fill::share(Extent::Tenths(1200)), Fill::Length("100.0%".to_owned()));
        assert_eq!(Fill::share(Extent::Tenths(0)), Fill::Nothing);
        assert_eq!(Fill::against(Extent::Tenths(50), 0), Fill::Nothing);
    }
}
