//! Records at the keyboard: found by code or number, shown with their number, removed when nothing hangs on them.

use super::prompt::{Reply, confirm};
use crate::cli::ask::entry::{Entry, Write};
use crate::cli::ask::prompt::{self};
use crate::cli::ask::selector::{Chosen, Purpose};
use crate::cli::parser::flags::{self, Flag};
use crate::cli::parser::matches::Matches;
use crate::cli::run::answer::Answer;
use crate::cli::run::context::Context;
use crate::cli::run::open::{Trial, how_to_go_back};
use crate::domain::folding::{Fit, Fragments, fold, nearest, shown};
use crate::domain::id::RecordId;
use crate::domain::kind::{Field, FieldAt, Holds};
use crate::domain::{Act, ClosedList, Kind, Lang, Record, Refusal, Text, Value};
use crate::ops::request::spoken;
use crate::ops::{Request, Said};
use crate::sheet::record::{cells, columns};
use crate::sheet::{Cell, Column, ColumnKind, Sheet, Values, number};
use crate::store::Lookup;
use crate::text;
use anyhow::{Result, bail};

/// The cells of a record: closed lists as words or as codes.
fn shown_cells(record: &Record, values: Values) -> Vec<Cell> {
    let mut row = cells(record);
    if values == Values::Words {
        for (cell, (field, value)) in row.iter_mut().zip(record.kind.fields().iter().zip(&record.values)) {
            if let (Holds::List(_) | Holds::OpenList(_), Some(value)) = (field.holds, value) {
                *cell = Cell::Words(spoken(field, Some(value)));
            }
        }
    }
    row
}

/// The column of record numbers.
pub fn number_column() -> Column {
    Column::new("id", "N°", "No.", ColumnKind::Code)
}

/// Records as a table: the fields of the kind, then the number.
pub fn sheet(kind: Kind, records: &[Record], values: Values) -> Sheet {
    let mut all = columns(kind);
    for (position, column) in all.iter_mut().enumerate() {
        column.header.en = spaced(column.key).into();
        // What identifies a record stays; the rest goes from the right on a narrow screen.
        let kept = kind.fields()[position].key;
        column.hide_first = if kept { 0 } else { u8::try_from(position).unwrap_or(u8::MAX) };
    }
    all.push(number_column());
    let row = |record: &Record| {
        let mut row = shown_cells(record, values);
        row.push(Cell::int(record.id.map(RecordId::number)));
        row
    };
    Sheet { rows: records.iter().map(row).collect(), ..Sheet::new(kind.code(), all) }
}

fn spaced(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// One record for people: a title, then a line per field that holds something.
pub fn page(title: &Text, record: &Record) -> Text {
    let shown: Vec<(&Field, Text)> = record
        .kind
        .fields()
        .iter()
        .zip(&record.values)
        .filter_map(|(field, value)| Some((field, for_people(field, value.as_ref()?))))
        .collect();
    let lines = |lang: Lang| {
        let name = |field: &Field| if lang == Lang::Fr { field.fr.to_owned() } else { spaced(field.name) };
        let widest = shown.iter().map(|(field, _)| name(field).chars().count()).max().unwrap_or(0);
        let line = |(field, value): &(&Field, Text)| {
            let name = name(field);
            let pad = " ".repeat(widest - name.chars().count());
            format!("  {name}{pad}   {}\n", value.get(lang))
        };
        let body: String = shown.iter().map(line).collect();
        let number = record.id.map_or_else(String::new, |id| numbered(id).get(lang).to_owned());
        format!("{}   {number}\n\n{body}", title.get(lang))
    };
    Text::new(lines(Lang::Fr), lines(Lang::En))
}

fn for_people(field: &Field, value: &Value) -> Text {
    match (field.holds, value) {
        (Holds::Cents, Value::Int(cents)) => money(*cents),
        (Holds::CohortCodes, Value::Text(codes)) => Text::same(codes.replace('|', ", ")),
        _ => spoken(field, Some(value)),
    }
}

/// An amount in euros as people read it.
pub fn money(cents: i64) -> Text {
    let amount = |lang| number::for_people(&Cell::Cents(cents), lang).unwrap_or_default();
    Text::new(format!("{} €", amount(Lang::Fr)), format!("€{}", amount(Lang::En)))
}

/// `n° 12`, `no. 12`.
pub fn numbered(id: RecordId) -> Text {
    text!("n° {id}", "no. {id}")
}

/// The record of a list that `typed` means: exact code, number, code whatever its case, or fragments of code and name.
/// Without a terminal a write takes no fragments: what is unique today may not be so next month.
pub fn find(ctx: &Context<'_>, kind: Kind, list: &[Record], typed: &str, purpose: Purpose) -> Result<Chosen<Record>> {
    let exact = |fits: &dyn Fn(&Record) -> bool| list.iter().find(|record| fits(record)).cloned();
    let wanted = fold(typed);
    let found = exact(&|r| code(r) == typed)
        .or_else(|| exact(&|r| r.id.is_some_and(|id| id.to_string() == typed)))
        .or_else(|| exact(&|r| fold(code(r)) == wanted));
    if let Some(value) = found {
        return Ok(Chosen { value, echo: None });
    }
    let fragments = Fragments::new(typed);
    let fit = |r: &Record| fragments.fit(&fold(&format!("{} {}", code(r), name(r))));
    let mut near: Vec<(Fit, &Record)> = list.iter().filter_map(|r| Some((fit(r)?, r))).collect();
    near.sort_by_key(|(fit, _)| *fit);
    let best = near.first().map(|(fit, _)| *fit);
    let near: Vec<&Record> = near.into_iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, r)| r).collect();
    match near.as_slice() {
        [] => bail!(unknown(kind, list, typed)),
        [one] if purpose == Purpose::Read || ctx.can_ask() => {
            let echo = Some(subject(kind, &line(one)));
            Ok(Chosen { value: (*one).clone(), echo })
        }
        _ if ctx.can_ask() => choose(ctx, typed, &near),
        _ => bail!(several(typed, &near)),
    }
}

fn choose(ctx: &Context<'_>, typed: &str, near: &[&Record]) -> Result<Chosen<Record>> {
    let (count, word) = (near.len(), shown(typed));
    let question = text!("« {word} » désigne {count} fiches :", "“{word}” means {count} records:");
    let lines: Vec<Text> = near.iter().map(|record| Text::same(line(record))).collect();
    match prompt::choose(ctx, &question, &lines)?.and_then(|chosen| near.get(chosen)) {
        Some(record) => Ok(Chosen { value: (*record).clone(), echo: None }),
        None => bail!(Refusal::selector(text!("aucune fiche n'a été choisie", "no record was chosen"))),
    }
}

fn several(typed: &str, near: &[&Record]) -> Refusal {
    let (count, word) = (near.len(), shown(typed));
    let what = match count {
        1 => text!("« {word} » n'est pas un code exact", "“{word}” is not an exact code"),
        _ => text!("« {word} » désigne {count} fiches", "“{word}” means {count} records"),
    };
    let list: Vec<String> = near.iter().take(3).map(|record| format!("  {}", line(record))).collect();
    let first = near.first().map_or("", |record| code(record));
    Refusal::selector(what)
        .why(Text::same(list.join("\n")))
        .hint(text!("Écrivez le code en entier, par exemple : {first}", "Write the whole code, for example: {first}"))
}

fn unknown(kind: Kind, list: &[Record], typed: &str) -> Refusal {
    let (one, word) = (kind.one(), shown(typed));
    let refusal = Refusal::selector(text!("pas de {one} « {word} »", "no {one} “{word}”"; one));
    match nearest(typed, list.iter().map(code)) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None if list.is_empty() => refusal.hint(text!("La liste est encore vide.", "The list is still empty.")),
        None => {
            let few: Vec<&str> = list.iter().take(8).map(code).collect();
            let few = few.join(", ");
            refusal.hint(text!("Codes connus : {few}", "Known codes: {few}"))
        }
    }
}

/// The code that names a record.
pub fn code(record: &Record) -> &str {
    record.kind.named_by().and_then(|field| record.text(field)).unwrap_or("")
}

fn name(record: &Record) -> &str {
    record.kind.title().and_then(|field| record.text(field)).unwrap_or("")
}

fn line(record: &Record) -> String {
    format!("{}  {}", code(record), name(record)).trim_end().to_owned()
}

/// A record in a sentence: `promotion P1`.
pub fn subject(kind: Kind, code: &str) -> Text {
    let one = kind.one();
    Text::new(format!("{} {code}", one.fr), format!("{} {code}", one.en))
}

/// Refuses an edit that says nothing, which would otherwise look like a success.
pub fn something_to_change(request: &Request, example: &Text) -> Result<()> {
    if request.said.iter().any(|said| *said != Said::Nothing) {
        return Ok(());
    }
    bail!(
        Refusal::usage(text!("rien à changer n'a été dit", "nothing to change was said"))
            .hint(text!("Par exemple : {example}", "For example: {example}"; example))
    );
}

/// Refuses a new record that lacks something a flag gives, before the file is touched.
pub fn needs(request: &Request, asked: &[(FieldAt, &str)]) -> Result<()> {
    let lacking: Vec<&(FieldAt, &str)> = asked.iter().filter(|(field, _)| request.given(*field).is_none()).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let names = lacking.iter().map(|(field, _)| (field.fr.to_lowercase(), spaced(field.name).to_lowercase()));
    let (fr, en): (Vec<String>, Vec<String>) = names.unzip();
    let flags: Vec<&str> = lacking.iter().map(|(_, flag)| *flag).collect();
    let (fr, en, flags) = (fr.join(", "), en.join(", "), flags.join(" "));
    bail!(Refusal::usage(text!("il manque : {fr}", "missing: {en}")).hint(text!("Ajoutez {flags}", "Add {flags}")));
}

/// Refuses an edit that would give a record the key of another of the list.
pub fn refuse_twin(list: &[Record], old: &Record, request: &Request) -> Result<()> {
    let kind = request.kind;
    let keys: Vec<usize> = (0..kind.fields().len()).filter(|position| kind.fields()[*position].key).collect();
    let after = |position: usize| match &request.said[position] {
        Said::Nothing => old.values[position].clone(),
        Said::Blank => None,
        Said::Given(value) => Some(value.clone()),
    };
    let same = |other: &&Record| other.id != old.id && keys.iter().all(|p| other.values[*p] == after(*p));
    let Some(id) = list.iter().find(same).and_then(|record| record.id) else { return Ok(()) };
    let one = kind.one();
    bail!(
        Refusal::data(
            text!("{one} : ce nom est déjà pris par le n° {id}", "{one}: that name is taken by no. {id}"; one)
        )
        .hint(text!("Choisissez-en un autre, ou modifiez le n° {id}.", "Choose another, or change no. {id}."))
    );
}

/// Which record a verb changes or removes: one of a list, named by a flag.
pub struct Which<'a> {
    /// The list.
    pub list: &'a [Record],
    /// The flag.
    pub flag: &'a Flag,
    /// The record in a sentence.
    pub about: &'a dyn Fn(&Record) -> Text,
}

/// The record in a sentence by its kind and code.
pub fn by_code(record: &Record) -> Text {
    subject(record.kind, code(record))
}

/// Changes the record that is meant as a request says; refused when that gives it the key of another.
pub fn edit(matches: &Matches, mut entry: Entry<'_>, which: &Which<'_>) -> Result<Answer> {
    let kind = entry.request.kind;
    let found = find(entry.ctx(), kind, which.list, matches.need(which.flag)?, Purpose::Write)?;
    entry.request.id = found.value.id;
    refuse_twin(which.list, &found.value, &entry.request)?;
    entry.echoes.extend(found.echo);
    entry.save(Write::edit(kind, Trial::of(matches)), &(which.about)(&found.value))
}

/// Removes the record that is meant, when nothing hangs on it.
pub fn remove_one(matches: &Matches, ctx: &Context<'_>, kind: Kind, which: &Which<'_>) -> Result<Answer> {
    let found = find(ctx, kind, which.list, matches.need(which.flag)?, Purpose::Write)?.value;
    let store = ctx.open()?;
    refuse_hanging(&store.lookup(), &found, &[])?;
    remove(ctx, matches, &found, &(which.about)(&found))
}

/// Refuses to remove a record on which others hang: how many of each, and the command to begin with. `special` gives
/// the command for some tables; the kinds say it for the others.
pub fn refuse_hanging(lookup: &Lookup<'_>, record: &Record, special: &[(&str, Text)]) -> Result<()> {
    let table = record.kind.declaration().table;
    let mut found = lookup.dependents(table, record.id.unwrap_or(RecordId::NONE))?;
    found.retain(|(child, _)| !crate::ops::remove::is_part(record.kind, child));
    if found.is_empty() {
        return Ok(());
    }
    let counts: Vec<Text> = found.iter().map(|(child, n)| crate::ops::remove::counted(child, *n)).collect();
    let command = |child: &str| match special.iter().find(|(table, _)| *table == child) {
        Some((_, command)) => Some(command.clone()),
        None => Kind::of_table(child)?.declaration().removal.clone(),
    };
    let commands: Vec<Text> = found.iter().filter_map(|(child, _)| command(child)).take(2).collect();
    let commands = Text::join(&commands, " ; ");
    let subject = subject(record.kind, code(record));
    let refusal = Refusal::data(text!(
        "impossible de supprimer ({subject}) : d'autres fiches en dépendent",
        "cannot remove ({subject}): other records depend on it";
        subject
    ))
    .why(Text::join(&counts, ", "));
    bail!(if commands.fr.is_empty() {
        refusal.hint(text!("Retirez-les d'abord, ou gardez la fiche.", "Remove them first, or keep the record."))
    } else {
        refusal.hint(text!("Retirez-les d'abord : {commands}", "Remove them first: {commands}"; commands))
    });
}

/// Removes one record after confirmation and says how to go back.
pub fn remove(ctx: &Context<'_>, matches: &Matches, record: &Record, subject: &Text) -> Result<Answer> {
    let trial = Trial::of(matches);
    let id = record.id.unwrap_or(RecordId::NONE);
    let question = text!("Supprimer {subject} (n° {id}) ?", "Remove {subject} (no. {id})?"; subject);
    if trial == Trial::Real && !matches.has(&flags::YES) && confirm(ctx, &question, "--yes")? == Reply::No {
        return Ok(Answer::done(text!("Rien n'a changé.", "Nothing changed.")));
    }
    let kind = record.kind;
    let done = ctx.write(Act::Remove, kind.code(), trial, |tx| crate::ops::remove::remove(tx, kind, id))?;
    let sentence = match trial {
        Trial::Real => text!("Supprimé : {subject} (n° {id})", "Removed: {subject} (no. {id})"; subject),
        Trial::DryRun => {
            text!("Serait supprimé : {subject} (n° {id})", "Would be removed: {subject} (no. {id})"; subject)
        }
    };
    Ok(Answer::done(sentence).say_after(how_to_go_back(&done, trial)))
}

/// So many things, in the singular or the plural that each language wants.
pub fn counted(n: usize, one: &'static Text, many: &'static Text) -> Text {
    let fr = if n < 2 { &one.fr } else { &many.fr };
    let en = if n == 1 { &one.en } else { &many.en };
    text!("{n} {fr}", "{n} {en}")
}
