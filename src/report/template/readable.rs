//! The built-in layout of a masked funder, once it is known what is masked: short, and without what would only say `c`.

use crate::domain::ClosedList;
use crate::domain::facts::AgreedFact;
use crate::report::class_of;
use crate::report::figure_class::FigureClass;
use crate::report::section::{self, Section};
use crate::sheet::{Cell, ColumnKind, Sheet};

/// The sections that are left out where they would be mostly masked.
const REST: [Section; 2] = [Section::Indicators, Section::Exits];

/// Finished sheets as a masked funder gets them without a layout of its own: `monthly` without what is protected, and no
/// table that would be mostly masked.
pub fn readable(sheets: Vec<Sheet>, promised: &[AgreedFact]) -> Vec<Sheet> {
    let kept = sheets.into_iter().filter(|sheet| !is_left_out(sheet));
    kept.map(|sheet| if sheet.key == Section::Monthly.code() { frame(sheet, promised) } else { sheet }).collect()
}

/// The sections that are not shown because they would be mostly masked.
pub fn left_out(sheets: &[Sheet]) -> Vec<Section> {
    REST.into_iter().filter(|section| sheets.iter().any(|s| s.key == section.code() && is_left_out(s))).collect()
}

fn is_left_out(sheet: &Sheet) -> bool {
    REST.iter().any(|section| section.code() == sheet.key) && is_mostly_masked(sheet)
}

/// Whether over half of its cells that hold a number or hide one are masked.
fn is_mostly_masked(sheet: &Sheet) -> bool {
    let numbers: Vec<usize> =
        (0..sheet.columns.len()).filter(|at| sheet.columns[*at].kind == ColumnKind::Number).collect();
    let cells =
        || sheet.rows.iter().flat_map(|row| numbers.iter().map(|at| &row[*at])).filter(|cell| **cell != Cell::Empty);
    cells().filter(|cell| **cell == Cell::Masked).count() * 2 > cells().count()
}

/// A sheet without its columns of outcomes that nobody promised.
fn frame(sheet: Sheet, promised: &[AgreedFact]) -> Sheet {
    let shown = |key: &str| {
        let name = format!("{}:{key}", sheet.key);
        let protected = class_of::figure(&name).is_some_and(|class| class > FigureClass::Frame);
        !protected || promised.iter().any(|agreed| agreed.figure == name)
    };
    let kept: Vec<usize> = (0..sheet.columns.len()).filter(|at| shown(sheet.columns[*at].key)).collect();
    let columns = kept.iter().map(|at| sheet.columns[*at].clone()).collect();
    let rows = sheet.rows.iter().map(|row| kept.iter().map(|at| row[*at].clone()).collect()).collect();
    let mut framed = Sheet { columns, rows, ..sheet };
    section::fit_narrow_screens(&mut framed);
    framed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::funder::AgreedRow;
    use crate::domain::id::{OpId, RecordId};
    use crate::sheet::Column;

    fn sheet(section: Section, rows: Vec<Vec<Cell>>) -> Sheet {
        let number = |key| Column::new(key, key, key, ColumnKind::Number);
        Sheet { rows, ..Sheet::new(section.code(), vec![number("start"), number("code_passed")]) }
    }

    #[test]
    fn a_table_of_which_over_half_is_masked_stays_out_and_half_of_it_is_not_over_half() {
        let half = sheet(Section::Exits, vec![vec![Cell::Int(3), Cell::Masked]]);
        let over = sheet(Section::Exits, vec![vec![Cell::Int(3), Cell::Masked], vec![Cell::Masked, Cell::Empty]]);
        assert_eq!(left_out(std::slice::from_ref(&half)), []);
        assert_eq!(left_out(std::slice::from_ref(&over)), [Section::Exits]);
        assert_eq!(readable(vec![half.clone(), over], &[]), [half]);
    }

    #[test]
    fn months_keep_their_movements_and_the_outcomes_that_were_agreed() {
        let monthly = sheet(Section::Monthly, vec![vec![Cell::Int(12), Cell::Int(7)]]);
        let keys = |promised: &[AgreedFact]| -> Vec<&str> {
            readable(vec![monthly.clone()], promised)[0].columns.iter().map(|column| column.key).collect()
        };
        let agreed = AgreedFact {
            id: RecordId::from_number(1),
            op: OpId::from_number(1),
            grant: "G".into(),
            figure: "monthly:code_passed".into(),
            row: AgreedRow::Both,
        };
        assert_eq!(keys(&[]), ["start"]);
        assert_eq!(keys(&[agreed]), ["start", "code_passed"]);
    }
}
