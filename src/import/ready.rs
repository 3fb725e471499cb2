//! Refused words of closed lists and names nobody can cut: the flags that say what they mean, ready to be added.

use crate::domain::folding::nearest;
use crate::domain::kind::{Holds, trainee};
use crate::import::batch::Batch;
use crate::import::columns::names::{Column, Part};
use crate::import::import_report::{Refused, Report};

/// The flags that let every refused row of a file pass; none when one of them needs another cure.
pub(super) fn flags(batch: &Batch, report: &Report) -> Vec<String> {
    let mut flags: Vec<String> = Vec::new();
    for refused in &report.refusals {
        let Some([flag, value]) = one(batch, refused) else { return Vec::new() };
        if !flags.chunks(2).any(|pair| pair[1] == value) {
            flags.extend([flag, value]);
        }
    }
    flags
}

fn one(batch: &Batch, refused: &Refused) -> Option<[String; 2]> {
    let kind = batch.kind();
    let field = kind.field(refused.field?)?;
    let column = refused.column.as_deref()?;
    if field == trainee::LAST_NAME {
        let at = batch.header().iter().position(|header| header == column)?;
        let both = batch.file.layout.columns.get(at) == Some(&Column::Person(Part::Both));
        let first = crate::domain::folding::fold(column).starts_with("prenom");
        let order = if first { "first_name+last_name" } else { "last_name+first_name" };
        let two = crate::domain::names::two_words(&refused.value).is_some();
        return (both && two).then(|| ["--map".to_owned(), format!("{column}={order}")]);
    }
    let Holds::List(list) = field.holds else { return None };
    if list.find(&refused.value).is_ok() || refused.value.trim().is_empty() || refused.value.contains('=') {
        return None;
    }
    let near = nearest(&refused.value, list.all_words()).and_then(|word| list.find(word).ok());
    let value = match near {
        Some(at) => list.codes[at],
        None if !field.mandatory => "",
        None => return None,
    };
    Some(["--value".to_owned(), format!("{}:{}={value}", field.name, refused.value.trim())])
}
