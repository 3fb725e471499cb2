//! Headers to fields: English or French names, whatever their case, accents, blanks and units; the kind guessed from them.

use super::grid;
use crate::domain::cohort::Half;
use crate::domain::folding::{letters_and_digits, nearest, shown};
use crate::domain::kind::{Holds, Target};
use crate::domain::{ClosedList, Date, Kind, Lang, Refusal};
use crate::import::options::Options;
use crate::text;

/// The header of the reasons; a column that is so called is read past by every import.
pub const REASON: &str = "reason";

/// What a column of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A field of the kind, by position.
    Field(usize),
    /// The number of the record.
    Id,
    /// The school's own reference, in place of the slug.
    Reference,
    /// A half-day of an attendance grid.
    HalfDay(Date, Half),
    /// A column without header: its cells must be empty.
    Unnamed,
    /// Read past: unknown and allowed, the name in a grid, the reason of an earlier refusal.
    Ignored,
}

/// The columns of a file as fields of a kind.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The kind.
    pub kind: Kind,
    /// Whether the kind was guessed from the headers.
    pub guessed: bool,
    /// Whether it is an attendance grid: one column per half-day.
    pub grid: bool,
    /// What each column is.
    pub columns: Vec<Column>,
    /// Unknown headers that were let pass.
    pub ignored: Vec<String>,
}

/// Headers of the column `id`.
const ID: &[&str] = &["id", "numero", "n"];

/// The letters and digits of a header without its unit in brackets.
fn without_unit(text: &str) -> String {
    letters_and_digits(text.split('(').next().unwrap_or(text))
}

/// Whether a header is a column of any kind, or a half-day of a grid.
pub fn is_known(header: &str) -> bool {
    // A half-day is told at a glance, and a grid has hundreds of them.
    grid::looks_like_half_day(header) || Kind::ALL.iter().any(|kind| find(*kind, header).is_some())
}

fn find(kind: Kind, header: &str) -> Option<Column> {
    let (whole, bare) = (letters_and_digits(header), without_unit(header));
    if whole.is_empty() {
        return None;
    }
    let named = |name: &str| {
        let known = [letters_and_digits(name), without_unit(name)];
        known.contains(&whole) || known.contains(&bare)
    };
    if let Some(position) = kind.fields().iter().position(|f| f.names().any(named)) {
        return Some(Column::Field(position));
    }
    if ID.contains(&whole.as_str()) {
        return Some(Column::Id);
    }
    if names_people(kind) && matches!(whole.as_str(), "ref" | "reference") {
        return Some(Column::Reference);
    }
    (whole == REASON).then_some(Column::Ignored)
}

/// Whether the rows of a kind name a person by slug or reference.
fn names_people(kind: Kind) -> bool {
    kind.fields().iter().any(|f| matches!(f.holds, Holds::Ref(Target::Trainee)))
}

/// Finds what each column of a header is.
pub fn layout(headers: &[String], options: &Options<'_>) -> Result<Layout, Refusal> {
    let headers = mapped(headers, &options.map)?;
    let kind_may_be_attendance = options.kind.is_none_or(|k| k == Kind::Attendance);
    let half_days = if kind_may_be_attendance { grid::half_days(&headers, options.dates)? } else { None };
    let (kind, guessed) = match (options.kind, &half_days) {
        (Some(kind), _) => (kind, false),
        (None, Some(_)) => (Kind::Attendance, true),
        (None, None) => (guess(&headers)?, true),
    };
    let grid = half_days.is_some();
    let half_days = half_days.unwrap_or_else(|| vec![None; headers.len()]);
    let mut layout = Layout { kind, guessed, grid, columns: Vec::new(), ignored: Vec::new() };
    for (header, half_day) in headers.iter().zip(half_days) {
        let column = match half_day {
            Some((date, half)) => Column::HalfDay(date, half),
            None if header.is_empty() => Column::Unnamed,
            None => match find(kind, header) {
                Some(Column::Field(position)) if grid && position > 1 => {
                    return Err(grid::list_column(header));
                }
                Some(column) => column,
                None if grid && is_name(header) => Column::Ignored,
                None if options.ignore_unknown => {
                    layout.ignored.push(header.clone());
                    Column::Ignored
                }
                None => return Err(unknown(kind, header)),
            },
        };
        layout.columns.push(column);
    }
    twice(&layout, &headers)?;
    missing(&layout)?;
    Ok(layout)
}

fn is_name(header: &str) -> bool {
    matches!(
        letters_and_digits(header).as_str(),
        "name" | "nom" | "prenom" | "nomprenom" | "nometprenom" | "lastname" | "firstname"
    )
}

/// The headers with those of `--map` replaced.
fn mapped(headers: &[String], map: &[(String, String)]) -> Result<Vec<String>, Refusal> {
    let mut headers = headers.to_vec();
    for (from, to) in map {
        let wanted = letters_and_digits(from);
        match headers.iter_mut().find(|h| *h == from || letters_and_digits(h) == wanted) {
            Some(header) => *header = to.clone(),
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

/// The kind whose mandatory columns are all there and that leaves the fewest columns unexplained.
fn guess(headers: &[String]) -> Result<Kind, Refusal> {
    let mut scored: Vec<((usize, usize, usize), Kind)> = Vec::new();
    for kind in Kind::ALL {
        let columns: Vec<Option<Column>> = headers.iter().map(|h| find(*kind, h)).collect();
        let lacking = lacking(*kind, columns.iter().flatten()).len();
        let unknown = headers.iter().zip(&columns).filter(|(h, c)| !h.is_empty() && c.is_none()).count();
        let fields = columns.iter().filter(|c| matches!(c, Some(Column::Field(_)))).count();
        scored.push(((lacking, unknown, usize::MAX - fields), *kind));
    }
    // Two names are not a member of the staff yet: they may as well be a trainee whose cohort was forgotten.
    let tells = |kind: Kind| {
        kind == Kind::Trainees || headers.iter().any(|h| find(kind, h).is_some() && find(Kind::Trainees, h).is_none())
    };
    let complete: Vec<_> =
        scored.iter().filter(|((lacking, _, _), kind)| *lacking == 0 && tells(*kind)).copied().collect();
    let best = complete.iter().map(|(score, _)| *score).min();
    let kinds: Vec<Kind> = complete.iter().filter(|(s, _)| Some(*s) == best).map(|(_, k)| *k).collect();
    match kinds[..] {
        [kind] => Ok(kind),
        [] => Err(no_kind(headers, &scored)),
        _ => {
            let list = kinds.iter().map(|k| k.code()).collect::<Vec<_>>().join(", ");
            Err(Refusal::usage(text!("le genre du fichier n'est pas certain", "the kind of the file is not certain"))
                .hint(text!("Dites-le : --as, un de {list}", "Say it: --as, one of {list}")))
        }
    }
}

fn no_kind(headers: &[String], scored: &[((usize, usize, usize), Kind)]) -> Refusal {
    let refusal = Refusal::data(text!(
        "le genre du fichier ne se reconnaît pas à ses en-têtes",
        "the kind of the file can't be told from its headers"
    ));
    // The kind that explains the most columns; with none explained there is nothing to compare with.
    let short = scored.iter().filter(|((lacking, _, _), _)| *lacking > 0);
    let near = short.min_by_key(|((lacking, _, fields), _)| (*fields, *lacking));
    if let Some(((_, _, fields), kind)) = near
        && *fields < usize::MAX
    {
        let columns: Vec<Column> = headers.iter().filter_map(|h| find(*kind, h)).collect();
        let lacking = lacking(*kind, columns.iter());
        let fr = lacking.iter().map(|p| kind.fields()[*p].fr).collect::<Vec<_>>().join(", ");
        let en = lacking.iter().map(|p| kind.fields()[*p].name).collect::<Vec<_>>().join(", ");
        let (kind_fr, code) = (kind.label(Lang::Fr), kind.code());
        let mistyped = headers.iter().find(|h| !h.is_empty() && find(*kind, h).is_none());
        let refusal = refusal.why(text!(
            "le plus proche est « {kind_fr} » ({code}), mais il manque : {fr}",
            "the nearest is {code}, but these are missing: {en}"
        ));
        return match mistyped.and_then(|h| unknown(*kind, h).hint) {
            Some(hint) => refusal.hint(hint),
            None => refusal.hint(text!("Ou dites le genre : --as {code}", "Or say the kind: --as {code}")),
        };
    }
    let list = Kind::CODES.join(", ");
    refusal.hint(text!("Dites le genre : --as, un de {list}", "Say the kind: --as, one of {list}"))
}

/// The mandatory fields that no column gives.
fn lacking<'a>(kind: Kind, columns: impl Iterator<Item = &'a Column> + Clone) -> Vec<usize> {
    let has = |wanted: Column| columns.clone().any(|c| *c == wanted);
    let fields = kind.fields().iter().enumerate().filter(|(_, f)| f.mandatory);
    let given = |(position, holds): (usize, Holds)| {
        has(Column::Field(position)) || (matches!(holds, Holds::Ref(Target::Trainee)) && has(Column::Reference))
    };
    fields.filter(|(position, f)| !given((*position, f.holds))).map(|(position, _)| position).collect()
}

fn missing(layout: &Layout) -> Result<(), Refusal> {
    // A record named by its number has its other fields already.
    if layout.columns.contains(&Column::Id) {
        return Ok(());
    }
    let mut lacking = lacking(layout.kind, layout.columns.iter());
    if layout.grid {
        lacking.retain(|position| *position < 2);
    }
    if lacking.is_empty() {
        return Ok(());
    }
    let fields = layout.kind.fields();
    let fr = lacking.iter().map(|p| format!("{} ({})", fields[*p].fr, fields[*p].name)).collect::<Vec<_>>().join(", ");
    let en = lacking.iter().map(|p| fields[*p].name).collect::<Vec<_>>().join(", ");
    let (code, first) = (layout.kind.code(), fields[lacking[0]].name);
    Err(Refusal::data(text!("il manque une colonne : {fr}", "a column is missing: {en}"))
        .why(text!("le genre {code} la demande", "the kind {code} needs it"))
        .hint(text!(
            "Ajoutez-la, ou nommez celle qui la tient : --map \"Ma colonne={first}\"",
            "Add it, or name the one that holds it: --map \"My column={first}\""
        )))
}

fn twice(layout: &Layout, headers: &[String]) -> Result<(), Refusal> {
    for (at, column) in layout.columns.iter().enumerate() {
        if matches!(column, Column::Unnamed | Column::Ignored) {
            continue;
        }
        if let Some(first) = layout.columns[..at].iter().position(|c| c == column) {
            let (a, b) = (shown(&headers[first]), shown(&headers[at]));
            let (n, m) = (first + 1, at + 1);
            return Err(Refusal::data(text!(
                "deux colonnes disent la même chose : « {a} » ({n}) et « {b} » ({m})",
                "two columns say the same thing: “{a}” ({n}) and “{b}” ({m})"
            ))
            .hint(text!("Gardez une seule des deux.", "Keep only one of the two.")));
        }
    }
    Ok(())
}

fn unknown(kind: Kind, header: &str) -> Refusal {
    let fields = kind.fields();
    let names: Vec<&str> = fields.iter().flat_map(|f| f.names()).chain(["id"]).collect();
    let near = nearest(header, names.iter().copied());
    let (typed, code) = (shown(header), kind.code());
    let refusal = Refusal::data(text!("colonne « {typed} » inconnue", "unknown column “{typed}”"))
        .why(text!("le genre {code} ne l'a pas", "the kind {code} does not have it"));
    match near {
        Some(near) => refusal.hint(text!(
            "Vouliez-vous dire « {near} » ? Sinon : --ignore-unknown",
            "Did you mean “{near}”? Else: --ignore-unknown"
        )),
        None => {
            let list = fields.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
            refusal.hint(text!(
                "Pour la passer : --ignore-unknown. Connues : {list}",
                "To let it pass: --ignore-unknown. Known: {list}"
            ))
        }
    }
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
    use crate::domain::Reason;

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
            &headers("LAST NAME;prenom; Promotion ;Né(e);DATE_DE_NAISSANCE"),
            &Options { ignore_unknown: true, ..options(Some(Kind::Trainees)) },
        )
        .unwrap();
        let position = |name| Column::Field(Kind::Trainees.position(name).unwrap());
        assert_eq!(layout.columns[..3], [position("last_name"), position("first_name"), position("cohort")]);
        assert_eq!((layout.columns[3], layout.columns[4]), (Column::Ignored, position("birth_date")));
        assert_eq!(layout.ignored, ["Né(e)"]);
        assert!(is_known("Montant") && is_known("montant (€)") && is_known("validité (mois)") && is_known("Validité"));
    }

    #[test]
    fn headers_that_are_wrong_are_named() {
        refused("Nom;Prénom;Promotion;Nom", None, "“Nom” (1) and “Nom” (4)");
        refused("Nom;last_name;Prénom;Promotion", None, "“Nom” (1) and “last_name” (2)");
        refused("last_name;first_nam;cohort", Some(Kind::Trainees), "Did you mean “first_name”?");
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
        assert_eq!(refusal.reason, Reason::Usage);
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

    #[test]
    fn no_two_fields_of_a_kind_share_a_header() {
        for kind in Kind::ALL {
            for (at, field) in kind.fields().iter().enumerate() {
                for name in field.names() {
                    assert_eq!(find(*kind, name), Some(Column::Field(at)), "{name} of {}", kind.code());
                }
            }
        }
    }
}
