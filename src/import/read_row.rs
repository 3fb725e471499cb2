//! One row to one request, or the troubles of each of its cells.

use crate::domain::folding::{fold, shown};
use crate::domain::id::RecordId;
use crate::domain::kind::{Field, Holds, Target, trainee};
use crate::domain::names::{told_apart, two_words};
use crate::domain::number::parse_int;
use crate::domain::placement::says_prehire;
use crate::domain::text_rules::clean_name;
use crate::domain::{Kind, Text, Value};
use crate::import::cells;
use crate::import::columns::dates::{has_time, is_short, parse_within};
use crate::import::columns::names::{Column, Part, same_header};
use crate::import::file::rows::Row;
use crate::import::laid_out::LaidOut;
use crate::import::notes::{Note, Notes};
use crate::import::options::{EmptyCell, Options};
use crate::import::row_shape::shape;
use crate::ops::{Request, Said, Trouble};
use crate::text;

/// The request of a row.
pub fn request(
    file: &LaidOut,
    row: &Row<'_>,
    options: &Options<'_>,
    notes: &mut Notes,
) -> Result<Request, Vec<Trouble>> {
    if let Some(trouble) = shape(file, row) {
        return Err(vec![trouble]);
    }
    let mut reading = Reading::new(file, row, options, notes);
    for (at, column) in file.layout.columns.iter().enumerate().take(row.cells.len()) {
        reading.cell(at, *column);
    }
    reading.finish()
}

/// A row being read.
struct Reading<'a> {
    file: &'a LaidOut,
    line: u64,
    cells: &'a [std::borrow::Cow<'a, str>],
    options: &'a Options<'a>,
    notes: &'a mut Notes,
    request: Request,
    troubles: Vec<Trouble>,
    reference: Option<String>,
    /// What the parts of the name say, where the kind names people in words.
    last: Option<String>,
    first: Option<String>,
    /// The phones, with the places of their columns.
    phones: Vec<(usize, String)>,
}

impl<'a> Reading<'a> {
    fn new(file: &'a LaidOut, row: &'a Row<'a>, options: &'a Options<'a>, notes: &'a mut Notes) -> Reading<'a> {
        let mut request = Request::new(file.kind());
        request.line = Some(row.line);
        Reading {
            file,
            line: row.line,
            cells: &row.cells,
            options,
            notes,
            request,
            troubles: Vec::new(),
            reference: None,
            last: None,
            first: None,
            phones: Vec::new(),
        }
    }

    fn refuse(&mut self, wrong: cells::Wrong, field: &'static str, value: &str) {
        self.troubles.push(wrong.at(self.line, field, value));
    }

    fn cell(&mut self, at: usize, column: Column) {
        let text: &str = self.cells[at].as_ref();
        match column {
            Column::Field(position) => self.field(at, position),
            Column::Id => match number(self.file.kind(), text) {
                Ok(id) => self.request.id = id,
                Err((what, right)) => self.refuse(cells::Wrong { what, right: Some(right) }, "id", text),
            },
            Column::Reference if !text.trim().is_empty() => self.reference = Some(text.trim().to_owned()),
            Column::Person(part) if !text.trim().is_empty() => self.person(at, part, text.trim()),
            _ => {}
        }
    }

    /// A cell of a field: what it says, what the constant says where it says nothing, never two different things.
    fn field(&mut self, at: usize, position: usize) {
        let kind = self.file.kind();
        let field = &kind.fields()[position];
        let text: &str = &self.cells[at];
        let text = worded(field, (text, &self.file.table.header[at]), self.options).unwrap_or(text);
        if cells::is_empty(field, text) {
            if self.options.empty == EmptyCell::Blanks && self.request.said[position] == Said::Nothing {
                self.request.said[position] = Said::Blank;
            }
            return;
        }
        let whole = restored(field, text);
        if let Some(whole) = &whole {
            self.notes.take(Note::Zero, at, || whole.clone());
        }
        let read = cells::parse(field, whole.as_deref().unwrap_or(text), &self.file.dating[at]);
        match read {
            Ok(Some(value)) => self.value((at, position), text, value),
            Ok(None) => {}
            Err(_) if matches!(field.holds, Holds::Phone) && several_phones(text) => {
                let wrong = cells::Wrong {
                    what: text!("deux numéros dans une case", "two numbers in one cell"),
                    right: Some(text!("gardez-en un seul", "keep one of them")),
                };
                self.refuse(wrong, field.name, text);
            }
            Err(wrong) => self.refuse(wrong, field.name, text),
        }
        if kind == Kind::Placements && field.name == "type" && says_prehire(text) {
            mission(&mut self.request, self.file);
        }
    }

    fn value(&mut self, (at, position): (usize, usize), text: &str, value: Value) {
        let field = &self.file.kind().fields()[position];
        if let Some(constant) = self.file.constant(position)
            && !is_same(&constant.value, &value)
        {
            let (said, flag) = (shown(&constant.typed), field.name);
            let wrong = cells::Wrong {
                what: text!(
                    "la ligne dit autre chose que {flag}={said}",
                    "the line says something else than {flag}={said}"
                ),
                right: Some(text!(
                    "corrigez la ligne, ou retirez l'option",
                    "correct the line, or take the option away"
                )),
            };
            return self.refuse(wrong, field.name, text);
        }
        match (&field.holds, &value) {
            (Holds::Phone, Value::Text(phone)) => self.phones.push((at, phone.clone())),
            (Holds::Date, Value::Date(date)) => {
                if has_time(text) {
                    self.notes.take(Note::Time, at, || date.to_string());
                }
                if is_short(text) {
                    self.notes.take(Note::Years, at, || date.to_string());
                }
                self.request.said[position] = Said::Given(value);
            }
            _ => self.request.said[position] = Said::Given(joined(&self.request.said[position], field, value)),
        }
    }

    fn person(&mut self, at: usize, part: Part, text: &str) {
        let trainees = self.file.kind() == Kind::Trainees;
        match part {
            Part::Last => self.last = Some(text.to_owned()),
            Part::First => self.first = Some(text.to_owned()),
            Part::Birth if trainees => self.request.birth_name = Some(text.to_owned()),
            Part::Birth => {}
            Part::Born => match parse_within(text, self.file.dating[at].dates, self.file.dating[at].years) {
                Ok(born) => self.request.born = Some(born),
                Err(refusal) => self.refuse(refusal.into(), trainee::BIRTH_DATE.name, text),
            },
            Part::Both | Part::LastFirst | Part::FirstLast if trainees => self.both(at, part, text),
            Part::Both | Part::LastFirst | Part::FirstLast => {
                self.last = Some(text.replace(',', " "));
            }
        }
    }

    /// Both names of a trainee in one cell.
    fn both(&mut self, at: usize, part: Part, text: &str) {
        let told = told_apart(text).or_else(|| {
            let (a, b) = two_words(text)?;
            match part {
                Part::LastFirst => Some((a, b)),
                Part::FirstLast => Some((b, a)),
                _ => None,
            }
        });
        let Some((last, first)) = told else {
            let header = shown(&self.file.table.header[at]);
            let wrong = cells::Wrong {
                what: text!("où finit le nom de famille ?", "where does the last name end?"),
                right: Some(text!(
                    "écrivez « NOM Prénom » ou « Nom, Prénom », ou dites l'ordre : --map \"{header}=last_name+first_name\"",
                    "write “LAST First” or “Last, First”, or say the order: --map \"{header}=last_name+first_name\""
                )),
            };
            return self.refuse(wrong, trainee::LAST_NAME.name, text);
        };
        self.notes.take(Note::Names, at, || format!("{last} | {first}"));
        for (field, name) in [(trainee::LAST_NAME, last), (trainee::FIRST_NAME, first)] {
            match clean_name(&name) {
                Ok(name) => self.request.said[field.position()] = Said::Given(Value::Text(name)),
                Err(refusal) => self.refuse(refusal.into(), field.name, &name),
            }
        }
    }

    fn finish(mut self) -> Result<Request, Vec<Trouble>> {
        self.phone();
        for constant in &self.file.constants {
            if !matches!(self.request.said[constant.position], Said::Given(_)) {
                self.request.said[constant.position] = Said::Given(constant.value.clone());
            }
        }
        let words: Vec<String> = self.last.take().into_iter().chain(self.first.take()).collect();
        let called = if words.is_empty() { None } else { Some(words.join(" ")) };
        if let Some(name) = self.reference.take().or(called) {
            name_by_reference(&mut self.request, name);
        }
        if self.troubles.is_empty() { Ok(self.request) } else { Err(self.troubles) }
    }

    /// Of several phones the first mobile one is kept, else the first.
    fn phone(&mut self) {
        let is_mobile = |phone: &str| ["06", "07", "+336", "+337"].iter().any(|begin| phone.starts_with(begin));
        let phones = std::mem::take(&mut self.phones);
        let Some(kept) = phones.iter().position(|(_, phone)| is_mobile(phone)).or((!phones.is_empty()).then_some(0))
        else {
            return;
        };
        for (at, phone) in
            phones.iter().enumerate().filter(|(at, (_, phone))| *at != kept && *phone != phones[kept].1).map(|(_, p)| p)
        {
            self.notes.take(Note::Phone, *at, || phone.clone());
        }
        self.request.said[trainee::PHONE.position()] = Said::Given(Value::Text(phones[kept].1.clone()));
    }
}

/// What a word of a column means, as a person said.
pub(super) fn worded<'o>(field: &Field, (text, header): (&str, &str), options: &'o Options<'_>) -> Option<&'o str> {
    let of = |name: &str| field.names().any(|n| same_header(n, name)) || same_header(header, name);
    let is = |word: &str| fold(word) == fold(text);
    options.values.iter().find(|(name, word, _)| of(name) && is(word)).map(|(_, _, value)| value.as_str())
}

/// A phone or a postal code with the zero that a spreadsheet took off.
fn restored(field: &Field, text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && !".-".contains(*c)).collect();
    let lost = match field.holds {
        Holds::Phone => 9,
        Holds::Code if field.name == trainee::POSTAL_CODE.name => 4,
        _ => return None,
    };
    let bare = digits.len() == lost && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    bare.then(|| format!("0{digits}"))
}

/// Whether a cell holds more than one phone number.
fn several_phones(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 18 && text.split(['/', ';', ',', '\n', '&', '-', ' ']).count() > 1
}

/// Several columns of one line of text, an address above all, stand one after the other.
fn joined(before: &Said, field: &Field, value: Value) -> Value {
    match (before, field.holds, &value) {
        (Said::Given(Value::Text(first)), Holds::Line, Value::Text(second)) => Value::Text(format!("{first} {second}")),
        _ => value,
    }
}

/// Whether a constant and a cell say the same; codes are compared without case.
pub(super) fn is_same(constant: &Value, value: &Value) -> bool {
    match (constant, value) {
        (Value::Text(a), Value::Text(b)) => fold(a) == fold(b),
        _ => constant == value,
    }
}

/// The everyday word `mission` is a pre-hire mission, unless the row says otherwise.
fn mission(request: &mut Request, file: &LaidOut) {
    let Some(position) = file.kind().position("prehire") else { return };
    if !file.layout.columns.contains(&Column::Field(position)) {
        request.said[position] = Said::Given(Value::Bool(true));
    }
}

/// A person is named by the school's reference where there is no slug.
fn name_by_reference(request: &mut Request, reference: String) {
    let person = |f: &crate::domain::kind::Field| matches!(f.holds, Holds::Ref(Target::Trainee));
    let Some(position) = request.kind.fields().iter().position(person) else { return };
    if !matches!(request.said[position], Said::Given(_)) {
        request.said[position] = Said::Given(Value::Text(reference));
    }
}

fn number(kind: Kind, text: &str) -> Result<Option<RecordId>, (Text, Text)> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    if !kind.numbered() {
        return Err((
            text!("les fiches de ce genre n'ont pas de numéro", "the records of this kind have no number"),
            text!("laissez la case vide", "leave the cell empty"),
        ));
    }
    match parse_int(text) {
        Ok(id) if id > 0 => Ok(Some(RecordId::from_number(id))),
        _ => Err((
            text!("un numéro de fiche est un nombre entier", "a record number is a whole number"),
            text!("laissez « id » vide pour une nouvelle fiche", "leave “id” empty for a new record"),
        )),
    }
}
