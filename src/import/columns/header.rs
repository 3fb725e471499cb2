//! Headers to fields: what each column of a file is, and the kind guessed from them.

use super::days::{self, Sure};
use super::layout::Layout;
use super::names::{self, Column, Part, explained, find, same_header};
use super::unread::{Lack, Unread};
use crate::domain::folding::{nearest, shown};
use crate::domain::kind::{FieldAt, Holds, Target, trainee};
use crate::domain::{ClosedList, Kind, Refusal};
use crate::import::options::Options;
use crate::text;

/// How many headers are known, taken together: what tells a header row from the others.
pub fn weigh(headers: &[String], options: &Options<'_>) -> usize {
    let of = |kind: &Kind| explained(*kind, headers);
    let named = match options.kind {
        Some(kind) => of(&kind),
        None => Kind::ALL.iter().map(of).max().unwrap_or(0),
    };
    let said = |header: &&String| {
        let is = |name: &str| !header.is_empty() && same_header(header, name);
        options.map.iter().any(|(from, _)| is(from)) || options.ignored.iter().any(|name| is(name))
    };
    let days = if options.kind.is_none_or(|kind| kind == Kind::Attendance) { grid_days(headers, options) } else { 0 };
    named + headers.iter().filter(said).count() + days
}

/// Days without their half are few in a list and many in a grid.
fn grid_days(headers: &[String], options: &Options<'_>) -> usize {
    let (halves, days): (Vec<&String>, Vec<&String>) = headers
        .iter()
        .filter(|header| days::looks_like_day(header))
        .partition(|header| days::looks_like_half_day(header));
    let whole = if options.kind.is_some() || days.len() >= 5 { days.len() } else { 0 };
    halves.len() + whole
}

/// Finds what each column of a header is.
pub fn layout(headers: &[String], options: &Options<'_>) -> Result<Layout, Unread> {
    let originals = headers;
    let headers = &mapped(headers, options)?;
    let kind_may_be_attendance = options.kind.is_none_or(|k| k == Kind::Attendance);
    let sure = if options.kind.is_some() { Sure::Grid } else { Sure::Guess };
    let half_days = if kind_may_be_attendance { days::days(headers, options.dates, sure)? } else { None };
    let (kind, guessed) = match (options.kind, &half_days) {
        (Some(kind), _) => (kind, false),
        (None, Some(_)) => (Kind::Attendance, true),
        (None, None) => (guess(headers, options)?, true),
    };
    let grid = half_days.is_some();
    let half_days = half_days.unwrap_or_else(|| vec![None; headers.len()]);
    let mut layout = Layout { kind, guessed, grid, columns: Vec::new(), ignored: Vec::new() };
    let mut lack = Lack::of(kind);
    let ours = names::are_ours(kind, headers);
    for (at, (header, half_day)) in headers.iter().zip(half_days).enumerate() {
        let column = match half_day {
            Some((day, half)) => Column::HalfDay(day, half),
            None if header.is_empty() => Column::Unnamed,
            None if is_left_out(options, (at, header)) => {
                layout.ignored.push(header.clone());
                Column::Ignored
            }
            None => match find(kind, header) {
                // A number of somebody else's list is no record of ours.
                Some(Column::Id) if !ours => unknown(&mut layout, &mut lack, (at, header), options),
                Some(column) if grid => in_grid(column, header)?,
                Some(column) => column,
                None => unknown(&mut layout, &mut lack, (at, header), options),
            },
        };
        layout.columns.push(column);
    }
    settle_people(&mut layout, headers);
    lack.twice(&layout, headers);
    lack.missing = missing(&layout, options);
    lack.finish(&layout, (headers, originals), options)?;
    Ok(layout)
}

/// A column that nobody knows: let pass when a person said so, else told with all the others.
fn unknown(layout: &mut Layout, lack: &mut Lack, (at, header): (usize, &str), options: &Options<'_>) -> Column {
    if options.ignore_unknown {
        layout.ignored.push(header.to_owned());
    } else {
        lack.unknown.push(at);
    }
    Column::Ignored
}

/// Whether `--ignore` names a column, by its header or as `#4`.
fn is_left_out(options: &Options<'_>, (at, header): (usize, &str)) -> bool {
    let number = format!("#{}", at + 1);
    options.ignored.iter().any(|name| *name == number || same_header(header, name))
}

/// A sheet of attendance has names and days only.
fn in_grid(column: Column, header: &str) -> Result<Column, Refusal> {
    match column {
        Column::Field(position) if position > 1 => Err(super::grid::list_column(header)),
        column => Ok(column),
    }
}

/// What people are called in words counts where no slug or reference does; in a list of trainees a column of slugs that is
/// alone holds names.
fn settle_people(layout: &mut Layout, headers: &[String]) {
    let person = layout.kind.naming(Target::Trainee).map(|f| Column::Field(f.position()));
    let exact = |column: &Column| Some(*column) == person || *column == Column::Reference;
    if layout.kind == Kind::Trainees {
        let named = |at: FieldAt| layout.columns.contains(&Column::Field(at.position()));
        let worded = named(trainee::LAST_NAME) || layout.has(|c| matches!(c, Column::Person(_)));
        let slug = Column::Field(trainee::TRAINEE.position());
        if !worded
            && !layout.columns.contains(&Column::Id)
            && let Some(at) = layout.columns.iter().position(|c| *c == slug)
            && headers[at] != trainee::TRAINEE.name
        {
            layout.columns[at] = Column::Person(Part::Both);
        }
        let birth = layout.columns.iter().position(|c| *c == Column::Person(Part::Birth));
        if let (Some(at), false) = (birth, layout.columns.contains(&Column::Field(trainee::LAST_NAME.position()))) {
            layout.columns[at] = Column::Field(trainee::LAST_NAME.position());
        }
    } else if layout.columns.iter().any(exact) {
        for column in &mut layout.columns {
            if matches!(column, Column::Person(_)) {
                *column = Column::Ignored;
            }
        }
    }
}

/// The headers with those of `--map` replaced.
fn mapped(headers: &[String], options: &Options<'_>) -> Result<Vec<String>, Refusal> {
    let mut headers = headers.to_vec();
    for (from, to) in &options.map {
        match headers.iter_mut().find(|h| same_header(h, from)) {
            Some(header) => *header = to.clone(),
            // Of several files, each has its own columns.
            None if options.several => {}
            None => {
                let (from, list) = (shown(from), listed(&headers));
                return Err(Refusal::usage(text!(
                    "--map : le fichier n'a pas de colonne « {from} »",
                    "--map: the file has no column “{from}”"
                ))
                .hint(text!("Ses colonnes : {list}", "Its columns: {list}")));
            }
        }
    }
    Ok(headers)
}

fn listed(headers: &[String]) -> String {
    headers.iter().take(40).map(|h| shown(h)).collect::<Vec<_>>().join(", ")
}

/// How far a kind is from a file: mandatory fields that lack, columns that it does not know, columns that it knows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    lacking: usize,
    unknown: usize,
    known: std::cmp::Reverse<usize>,
}

fn distance(kind: Kind, headers: &[String], options: &Options<'_>) -> Distance {
    let columns: Vec<Option<Column>> = headers.iter().map(|h| find(kind, h)).collect();
    Distance {
        lacking: lacking(kind, columns.iter().flatten(), options).len(),
        unknown: headers.iter().zip(&columns).filter(|(h, c)| !h.is_empty() && c.is_none()).count(),
        known: std::cmp::Reverse(explained(kind, headers)),
    }
}

/// The kind whose mandatory columns are all there and that leaves the fewest columns unexplained.
fn guess(headers: &[String], options: &Options<'_>) -> Result<Kind, Unread> {
    let all: Vec<(Distance, Kind)> = Kind::ALL.iter().map(|kind| (distance(*kind, headers, options), *kind)).collect();
    let complete: Vec<_> = all.iter().filter(|(distance, _)| distance.lacking == 0).copied().collect();
    let best = complete.iter().map(|(distance, _)| *distance).min();
    let mut kinds: Vec<Kind> = complete.iter().filter(|(d, _)| Some(*d) == best).map(|(_, k)| *k).collect();
    // A list of names that lacks but its cohort is a list of trainees before it is one of anybody else.
    let trainees = all.iter().find(|(_, kind)| *kind == Kind::Trainees).map(|(distance, _)| *distance);
    if let (Some(best), Some(trainees)) = (best, trainees)
        && (trainees.lacking, trainees.known.0 >= best.known.0) == (1, true)
        && kinds.iter().all(|kind| *kind != Kind::Trainees && !names::names_people(*kind))
        && explained(Kind::Trainees, headers) > 1
    {
        kinds.clear();
    }
    match kinds[..] {
        [kind] => Ok(kind),
        [] => {
            // The kind that explains the most columns; with none explained there is nothing to compare with.
            let short = all.iter().filter(|(d, _)| d.lacking > 0);
            let near = short.min_by_key(|(d, _)| (d.known, d.lacking)).filter(|(d, _)| d.known.0 > 0);
            Err(no_kind(headers, near.map(|(_, kind)| *kind), options))
        }
        _ => {
            let list = kinds.iter().map(|k| k.code()).collect::<Vec<_>>().join(", ");
            Err(Refusal::usage(text!("le genre du fichier n'est pas certain", "the kind of the file is not certain"))
                .hint(text!("Dites-le : --as, un de {list}", "Say it: --as, one of {list}"))
                .into())
        }
    }
}

fn no_kind(headers: &[String], near: Option<Kind>, options: &Options<'_>) -> Unread {
    let refusal = Refusal::data(text!(
        "le genre du fichier ne se reconnaît pas à ses en-têtes",
        "the kind of the file can't be told from its headers"
    ));
    let Some(kind) = near else {
        let list = Kind::CODES.join(", ");
        return refusal.hint(text!("Dites le genre : --as, un de {list}", "Say the kind: --as, one of {list}")).into();
    };
    let columns: Vec<Column> = headers.iter().filter_map(|h| find(kind, h)).collect();
    let lacking = lacking(kind, columns.iter(), options);
    let fr = lacking.iter().map(|p| kind.fields()[*p].fr).collect::<Vec<_>>().join(", ");
    let en = lacking.iter().map(|p| kind.fields()[*p].name).collect::<Vec<_>>().join(", ");
    let (kind_fr, code) = (kind.label(crate::domain::Lang::Fr), kind.code());
    let refusal = refusal.why(text!(
        "le plus proche est « {kind_fr} » ({code}), mais il manque : {fr}",
        "the nearest is {code}, but these are missing: {en}"
    ));
    // What the nearest kind would say of the file, with its way out.
    let as_near = Options { kind: Some(kind), ..options.clone() };
    match layout(headers, &Options { map: Vec::new(), ..as_near }) {
        Err(unread) => Unread { refusal, ..unread.told_of(kind) },
        Ok(_) => refusal.hint(text!("Ou dites le genre : --as {code}", "Or say the kind: --as {code}")).into(),
    }
}

/// The mandatory fields that neither a column nor a constant gives.
fn lacking<'a>(kind: Kind, columns: impl Iterator<Item = &'a Column> + Clone, options: &Options<'_>) -> Vec<usize> {
    let has = |wanted: Column| columns.clone().any(|c| *c == wanted);
    let both = columns.clone().any(|c| matches!(c, Column::Person(part) if part.is_both()));
    let parts = both || has(Column::Person(Part::Last)) && has(Column::Person(Part::First));
    let given = |position: usize| {
        let field = &kind.fields()[position];
        let named = matches!(field.holds, Holds::Ref(Target::Trainee)) && (has(Column::Reference) || parts);
        let last = kind == Kind::Trainees && field.name == trainee::LAST_NAME.name;
        let worded = kind == Kind::Trainees && both && (last || field.name == trainee::FIRST_NAME.name);
        let constant = options.constants.iter().any(|(name, _)| field.names().any(|n| same_header(name, n)));
        has(Column::Field(position)) || named || worded || constant || last && has(Column::Person(Part::Birth))
    };
    let fields = kind.fields().iter().enumerate().filter(|(_, f)| f.mandatory);
    fields.map(|(position, _)| position).filter(|position| !given(*position)).collect()
}

/// The mandatory fields that the file lacks.
fn missing(layout: &Layout, options: &Options<'_>) -> Vec<usize> {
    // A record named by its number has its other fields already.
    if layout.columns.contains(&Column::Id) {
        return Vec::new();
    }
    let mut lacking = lacking(layout.kind, layout.columns.iter(), options);
    if layout.grid {
        lacking.retain(|position| *position < 2);
    }
    lacking
}

/// The kind that `--as` names: its code or its French or English name.
pub fn kind_named(word: &str) -> Result<Kind, Refusal> {
    if let Ok(kind) = Kind::find(word) {
        return Ok(kind);
    }
    let (shown, list) = (shown(word), Kind::CODES.join(", "));
    let refusal = Refusal::usage(text!("genre « {shown} » inconnu", "unknown kind “{shown}”"));
    Err(match nearest(word, Kind::LIST.all_words()) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire « {near} » ?", "Did you mean “{near}”?")),
        None => refusal.hint(text!("Un de : {list}", "One of: {list}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Lang, Reason};

    fn headers(line: &str) -> Vec<String> {
        line.split(';').map(str::to_owned).collect()
    }

    fn options(kind: Option<Kind>) -> Options<'static> {
        Options { kind, ..Options::default() }
    }

    #[track_caller]
    fn guessed(line: &str, kind: Kind) {
        assert_eq!(layout(&headers(line), &options(None)).unwrap().kind, kind, "{line}");
    }

    #[track_caller]
    fn refused(line: &str, kind: Option<Kind>, words: &str) {
        let refusal = layout(&headers(line), &options(kind)).expect_err(line);
        let said = refusal.lines(Lang::En).join(" ");
        assert!(said.contains(words), "{said}");
    }

    #[test]
    fn every_kind_is_recognised_by_its_own_headers_in_both_languages() {
        for kind in Kind::ALL {
            let english: Vec<&str> = kind.fields().iter().map(|f| f.name).collect();
            let french: Vec<String> = kind.fields().iter().map(|f| f.fr.to_uppercase()).collect();
            guessed(&english.join(";"), *kind);
            guessed(&french.join(";"), *kind);
            guessed(&format!("{};id", english.join(";")), *kind);
        }
    }

    #[test]
    fn mandatory_columns_alone_are_enough_to_recognise_a_kind() {
        for kind in Kind::ALL {
            // Names alone are those of a trainee: the code of a member of the staff tells them apart.
            let own = kind.code_of_its_own();
            let must: Vec<&str> =
                kind.all_at().filter(|f| f.mandatory || Some(*f) == own).map(|f| f.field().name).collect();
            guessed(&must.join(";"), *kind);
        }
    }

    #[test]
    fn accents_case_blanks_and_units_do_not_matter() {
        let layout = layout(
            &headers("LAST NAME;prenom; Promotion ;Zzz(e);DATE_DE_NAISSANCE"),
            &Options { ignore_unknown: true, ..options(Some(Kind::Trainees)) },
        )
        .unwrap();
        let position = |name| Column::Field(Kind::Trainees.position(name).unwrap());
        assert_eq!(layout.columns[..3], [position("last_name"), position("first_name"), position("cohort")]);
        assert_eq!((layout.columns[3], layout.columns[4]), (Column::Ignored, position("birth_date")));
        assert_eq!(layout.ignored, ["Zzz(e)"]);
    }

    #[test]
    fn headers_that_are_wrong_are_named() {
        refused("Nom;Prénom;Promotion;Nom", None, "“Nom” (1) and “Nom” (4)");
        refused("Nom;last_name;Prénom;Promotion", None, "“Nom” (1) and “last_name” (2)");
        refused("last_name;first_nam;cohort", Some(Kind::Trainees), "“first_nam”: maybe first_name");
        refused("last_name;cohort", Some(Kind::Trainees), "a column is missing: first_name");
        refused("last_name;first_name;cohort;zzz", None, "unknown column “zzz”");
        refused("last_name;first_name", None, "the nearest is trainees, but these are missing: cohort");
        refused("foo;bar", None, "Say the kind: --as");
    }

    #[test]
    fn a_header_can_be_mapped_to_a_field() {
        let map = vec![("Promo (site)".to_owned(), "cohort".to_owned())];
        let all = layout(&headers("Nom;Prénom;PROMO site"), &Options { map: map.clone(), ..options(None) }).unwrap();
        assert_eq!(all.columns[2], Column::Field(Kind::Trainees.position("cohort").unwrap()));
        let refusal = layout(&headers("Nom;Prénom"), &Options { map, ..options(None) }).unwrap_err();
        assert_eq!(refusal.refusal.reason, Reason::Usage);
    }

    #[test]
    fn a_person_may_be_named_by_reference_and_a_record_by_number() {
        let all = layout(&headers("ref;date;text"), &options(None)).unwrap();
        assert_eq!((all.kind, all.columns[0]), (Kind::Notes, Column::Reference));
        let all = layout(&headers("id;phone;cohort"), &options(Some(Kind::Trainees))).unwrap();
        assert_eq!(all.columns[0], Column::Id);
    }

    #[test]
    fn columns_without_header_stay_unnamed() {
        let all = layout(&headers("Nom;Prénom;Promotion;;"), &options(None)).unwrap();
        assert_eq!(all.columns[3..], [Column::Unnamed, Column::Unnamed]);
    }

    #[test]
    fn kinds_are_named_in_both_languages() {
        assert_eq!(kind_named("Présences"), Ok(Kind::Attendance));
        assert_eq!(kind_named("attendance"), Ok(Kind::Attendance));
        assert!(kind_named("atendance").unwrap_err().hint.unwrap().en.contains("attendance"));
    }
}
