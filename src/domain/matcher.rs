//! Whether two records are of the same person: one answer for files, the keyboard, `check` and `merge`.

use crate::domain::Date;
use crate::domain::folding::{fold, letters_and_digits};
use crate::domain::phone::parse_phone;
use crate::domain::text::Text;
use crate::domain::trainee::Sex;
use crate::text;
use std::collections::BTreeSet;

/// What is known of somebody, as far as it tells them from others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Face {
    /// Last and first name, as written.
    pub name: (String, String),
    /// Other names: earlier spellings, names of merged records, the name at birth.
    pub also: Vec<(String, String)>,
    /// Birth date.
    pub born: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// The school's own reference.
    pub reference: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

/// Whether two records are of the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Same {
    /// They are.
    Certain,
    /// They may be: what agrees and what differs.
    Likely(Text),
    /// They are two people.
    Other,
}

/// How two names compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Names {
    /// The same but for case, accents, hyphens, particles.
    Equal,
    /// Last and first name changed places.
    Swapped,
    /// One of them is a part of a double name.
    Part,
    /// A few letters differ.
    Near,
    /// Other names.
    Other,
}

/// How two birth dates compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Births {
    Equal,
    BothMissing,
    OneMissing,
    /// Day and month changed places, or one of day, month and year differs.
    Near,
    Other,
}

/// From this likeness on (Jaro-Winkler over sorted words) two names may be one.
const NEAR: f64 = 0.93;

/// Whether two records are of the same person.
pub fn same(a: &Face, b: &Face) -> Same {
    let (names, births) = (names(a, b), births(a.born, b.born));
    let other_reference = matches!((&a.reference, &b.reference), (Some(a), Some(b)) if a != b);
    let other_sex = matches!((a.sex, b.sex), (Some(a), Some(b)) if a != b);
    let contact = same_phone(a, b) || same_email(a, b);
    match (names, births) {
        // The birth date and the names are the key of somebody without a reference.
        (Names::Equal, Births::Equal) if !other_reference => Same::Certain,
        (Names::Equal, Births::BothMissing) if !other_reference && !other_sex => Same::Certain,
        (Names::Equal, Births::Equal) => Same::Likely(text!(
            "mêmes nom et date de naissance, autre référence",
            "same name and birth date, another reference"
        )),
        (Names::Equal, Births::BothMissing) => {
            Same::Likely(text!("même nom, sans date de naissance", "same name, no birth date"))
        }
        (Names::Equal, Births::OneMissing) => {
            Same::Likely(text!("même nom, une date de naissance manque", "same name, one birth date is missing"))
        }
        (Names::Equal, Births::Near) => Same::Likely(text!(
            "même nom, dates de naissance presque semblables",
            "same name, birth dates nearly alike"
        )),
        (Names::Equal, Births::Other) if contact => Same::Likely(text!(
            "même nom et même téléphone ou courriel, autre date de naissance",
            "same name and same phone or e-mail, another birth date"
        )),
        (Names::Equal | Names::Other, Births::Other) => Same::Other,
        (Names::Other, _) => Same::Other,
        (_, Births::Other) => Same::Other,
        _ if other_sex && names == Names::Near => Same::Other,
        (names, births) => Same::Likely(almost(names, births)),
    }
}

/// What agrees and what differs where the names are not quite the same.
fn almost(names: Names, births: Births) -> Text {
    let names = match names {
        Names::Swapped => text!("nom et prénom échangés", "last and first name swapped"),
        Names::Part => text!("une partie d'un nom double", "a part of a double name"),
        Names::Equal | Names::Near | Names::Other => text!("noms presque semblables", "names nearly alike"),
    };
    match births {
        Births::Equal => text!("même date de naissance, {names}", "same birth date, {names}"; names),
        Births::Near | Births::Other => {
            text!("{names}, dates de naissance presque semblables", "{names}, birth dates nearly alike"; names)
        }
        Births::BothMissing | Births::OneMissing => {
            text!("{names}, une date de naissance manque", "{names}, a birth date is missing"; names)
        }
    }
}

/// Whether two records say of somebody what can't be true of one person: another birth date, another sex, other names.
pub fn contradicts(row: &Face, known: &Face) -> bool {
    let other_birth = matches!((row.born, known.born), (Some(a), Some(b)) if a != b);
    let other_sex = matches!((row.sex, known.sex), (Some(a), Some(b)) if a != b);
    let named = !(row.name.0.is_empty() && row.name.1.is_empty());
    let other_names = named && names(row, known) == Names::Other && {
        // One of both names is enough to be believed.
        let keys = |face: &Face| face.all().flat_map(|(l, f)| [key(&l), key(&f)]).collect::<BTreeSet<String>>();
        let (mine, theirs) = (keys(row), keys(known));
        mine.intersection(&theirs).all(|key| key.is_empty())
    };
    // Without a name the row corrects what it says, and nothing else tells whom it means.
    other_names || named && (other_birth || other_sex)
}

impl Face {
    /// A person of these names.
    pub fn of(last: &str, first: &str) -> Face {
        Face { name: (last.to_owned(), first.to_owned()), ..Face::default() }
    }
    /// Every name of the person, those in brackets apart.
    fn all(&self) -> impl Iterator<Item = (String, String)> + '_ {
        std::iter::once(&self.name).chain(&self.also).flat_map(|(last, first)| {
            let firsts = first.clone();
            alternatives(last).into_iter().map(move |last| (last, firsts.clone()))
        })
    }
    /// What another record of the same person shares with this one, at least one of them.
    pub fn clues(&self) -> BTreeSet<String> {
        let mut clues = BTreeSet::new();
        if let Some(born) = self.born {
            let (y, m, d) = (born.year(), born.month(), born.day());
            clues.extend([format!("ym{y}-{m}"), format!("yd{y}-{d}"), format!("md{m}-{d}")]);
            clues.insert(format!("sw{y}-{}-{}", m.min(d), m.max(d)));
        }
        for (last, first) in self.all() {
            let (last, first) = (key(&last), key(&first));
            clues.insert(format!("n{}", sorted_pair(&last, &first)));
            clues.insert(format!("w{last}"));
            clues.insert(format!("w{first}"));
        }
        clues
    }
    /// Both names as they are compared: without case, accents, hyphens and blanks, in alphabetical order.
    pub fn name_key(&self) -> String {
        sorted_pair(&key(&self.name.0), &key(&self.name.1))
    }
}

fn sorted_pair(a: &str, b: &str) -> String {
    if a <= b { format!("{a} {b}") } else { format!("{b} {a}") }
}

/// A name as it is compared: `D'Angelo` = `DANGELO`, `El-Amrani` = `Elamrani`.
fn key(name: &str) -> String {
    letters_and_digits(name)
}

/// The last names that one text holds: `Petit (née Valette)` is either.
fn alternatives(last: &str) -> Vec<String> {
    let folded = fold(last);
    let cut = ["(", " nee ", " ne ", " epouse ", " ep. ", " ep ", " born ", " usage "]
        .iter()
        .filter_map(|sign| folded.find(sign))
        .min();
    let Some(at) = cut else { return vec![last.to_owned()] };
    let (first, rest) = folded.split_at(at);
    let rest = rest.trim_matches(|c: char| " ()".contains(c));
    let rest = ["nee ", "ne ", "epouse ", "ep. ", "ep ", "born ", "usage "]
        .iter()
        .fold(rest, |r, word| r.strip_prefix(word).unwrap_or(r));
    vec![last.to_owned(), first.trim().to_owned(), rest.to_owned()]
}

fn names(a: &Face, b: &Face) -> Names {
    let mut best = Names::Other;
    for (last, first) in a.all() {
        for (other_last, other_first) in b.all() {
            best = best.min(two_names((&last, &first), (&other_last, &other_first)));
        }
    }
    best
}

fn two_names((last, first): (&str, &str), (other_last, other_first): (&str, &str)) -> Names {
    let (l, f, ol, of) = (key(last), key(first), key(other_last), key(other_first));
    if l == ol && f == of {
        return Names::Equal;
    }
    if l == of && f == ol {
        return Names::Swapped;
    }
    let part = |a: &str, b: &str| {
        let words = |text: &str| -> BTreeSet<String> {
            fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).map(str::to_owned).collect()
        };
        let (a, b) = (words(a), words(b));
        !a.is_empty() && !b.is_empty() && (a.is_subset(&b) || b.is_subset(&a))
    };
    if l == ol && part(first, other_first) || f == of && part(last, other_last) {
        return Names::Part;
    }
    let words = |last: &str, first: &str| {
        let folded = fold(&format!("{last} {first}"));
        let mut words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        words.sort_unstable();
        words.join(" ")
    };
    let (mine, theirs) = (words(last, first), words(other_last, other_first));
    let (short, long) = (mine.len().min(theirs.len()), mine.len().max(theirs.len()));
    // Below this ratio of lengths the likeness can't reach the bound: the cheap look before the dear one.
    let alike = short * 20 >= long * 13 && strsim::jaro_winkler(&mine, &theirs) >= NEAR;
    let slip = |a: &str, b: &str| a.len().min(b.len()) >= 4 && strsim::damerau_levenshtein(a, b) <= 1;
    if alike || l == ol && slip(&f, &of) || f == of && slip(&l, &ol) { Names::Near } else { Names::Other }
}

fn births(a: Option<Date>, b: Option<Date>) -> Births {
    let (Some(a), Some(b)) = (a, b) else {
        return if a.is_none() && b.is_none() { Births::BothMissing } else { Births::OneMissing };
    };
    if a == b {
        return Births::Equal;
    }
    let same = [a.year() == b.year(), a.month() == b.month(), a.day() == b.day()];
    let swapped = a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
    if same.iter().filter(|s| **s).count() >= 2 || swapped { Births::Near } else { Births::Other }
}

fn same_phone(a: &Face, b: &Face) -> bool {
    let bare = |face: &Face| {
        let phone = parse_phone(face.phone.as_deref()?).ok()?;
        Some(phone.strip_prefix("+33").map_or(phone.clone(), |rest| format!("0{rest}")))
    };
    matches!((bare(a), bare(b)), (Some(a), Some(b)) if a == b)
}

fn same_email(a: &Face, b: &Face) -> bool {
    let bare = |face: &Face| face.email.as_deref().map(fold).filter(|email| !email.is_empty());
    matches!((bare(a), bare(b)), (Some(a), Some(b)) if a == b)
}

/// Whether a second spelling of a name says less than the first: the same letters with fewer accents or capitals only.
pub fn is_poorer(new: &str, known: &str) -> bool {
    if new == known || key(new) != key(known) {
        return false;
    }
    let marks = |text: &str| text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    let shouted = |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let whispered = |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_uppercase);
    marks(new) < marks(known)
        || (shouted(new) && !shouted(known))
        || (whispered(new) && !whispered(known))
        || marks(new) == marks(known)
            && new.chars().filter(|c| !c.is_alphanumeric()).count()
                < known.chars().filter(|c| !c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(last: &str, first: &str, born: &str) -> Face {
        Face { born: Date::parse_iso(born).ok(), ..Face::of(last, first) }
    }

    #[track_caller]
    fn certain(a: (&str, &str), b: (&str, &str)) {
        assert_eq!(same(&face(a.0, a.1, "2001-02-03"), &face(b.0, b.1, "2001-02-03")), Same::Certain, "{a:?} {b:?}");
    }

    #[track_caller]
    fn likely(a: &Face, b: &Face, words: &str) {
        match same(a, b) {
            Same::Likely(why) => assert!(why.en.contains(words), "{}", why.en),
            other => panic!("{a:?} {b:?}: {other:?}"),
        }
        assert!(a.clues().intersection(&b.clues()).next().is_some(), "no clue in common: {a:?} {b:?}");
    }

    #[test]
    fn spellings_of_one_name_are_one_person() {
        certain(("D'Angelo", "Jean-Pierre"), ("D’ANGELO", "Jean Pierre"));
        certain(("DANGELO", "Zoé"), ("d'Angelo", "ZOE"));
        certain(("Le Goff", "Anne"), ("LEGOFF", "anne"));
        certain(("El-Amrani", "Zoé"), ("Elamrani", "Zoe"));
        certain(("Œuvrard", "Chloé"), ("OEUVRARD", "Chloe"));
        certain(("Petit (née Valette)", "Inès"), ("Valette", "Ines"));
        certain(("Nguyễn", "Thị Lan"), ("NGUYEN", "Thi-Lan"));
    }

    #[test]
    fn what_nearly_agrees_is_likely_with_the_true_difference() {
        let petit = face("Petit", "Emma", "2001-05-01");
        likely(&petit, &face("Emma", "Petit", "2001-05-01"), "swapped");
        likely(&petit, &face("Petit-Valette", "Emma", "2001-05-01"), "double name");
        likely(&petit, &face("Petit", "Ema", "2001-05-01"), "nearly alike");
        likely(&petit, &face("Petit", "Emma", "2001-01-05"), "birth dates nearly alike");
        likely(&petit, &face("Petit", "Emma", ""), "one birth date is missing");
        let reference = |text: &str| Face { reference: Some(text.to_owned()), ..petit.clone() };
        likely(&reference("A1"), &reference("A2"), "another reference");
    }

    #[test]
    fn others_are_others() {
        let petit = face("Petit", "Emma", "2001-05-01");
        for other in [
            face("Petit", "Emma", "1998-12-24"),
            face("Valette", "Inès", "2001-05-01"),
            face("Petit", "Hugo", "2001-05-01"),
        ] {
            assert_eq!(same(&petit, &other), Same::Other, "{other:?}");
        }
        assert!(contradicts(&face("Valette", "Inès", "1999-12-08"), &petit));
        assert!(contradicts(&face("Petit", "Emma", "1999-12-08"), &petit));
        assert!(!contradicts(&face("PETIT", "Ema", "2001-05-01"), &petit));
        assert!(!contradicts(&face("Roux", "Emma", "2001-05-01"), &petit));
    }

    #[test]
    fn a_poorer_spelling_is_told_from_a_better_one() {
        for (new, known) in [("OEUVRARD", "Œuvrard"), ("Chloe", "Chloé"), ("DANGELO", "D'Angelo"), ("petit", "Petit")]
        {
            assert!(is_poorer(new, known), "{new} {known}");
            assert!(!is_poorer(known, new), "{known} {new}");
        }
        assert!(!is_poorer("Valette", "Petit"));
    }
}
