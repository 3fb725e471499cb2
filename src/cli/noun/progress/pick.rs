//! Modules and certificates from what was typed: exact code, else fragments of the code or the title.

use crate::cli::ask::prompt;
use crate::cli::noun::prelude::*;
use crate::domain::folding::{Fit, Fragments, fold, nearest, shown};
use crate::domain::kind::{FieldAt, catalogue, module};
use crate::domain::{Kind, Record, Refusal, Text};
use crate::store::records::Which;
use crate::store::{CohortSpan, Lookup};

/// Something that has a code and a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// Its code.
    pub code: String,
    /// Its title, or nothing.
    pub title: String,
}

impl Coded {
    fn of(record: &Record, code: FieldAt, title: FieldAt) -> Coded {
        let text = |field| record.text(field).unwrap_or_default().to_owned();
        Coded { code: text(code), title: text(title) }
    }
    /// Code and title on one line.
    fn line(&self) -> String {
        format!("{:<12}  {}", self.code, self.title).trim_end().to_owned()
    }
}

/// What was chosen, and the sentence that says it when its code was not typed.
#[derive(Debug, Clone)]
pub struct Picked {
    /// The code.
    pub code: String,
    /// The sentence.
    pub echo: Option<Text>,
}

/// What is looked for, in the words of refusals.
struct Sort {
    one: Text,
    many: Text,
    place: Text,
    list: Text,
}

/// The module of a cohort to write about.
pub fn module(ctx: &Context<'_>, lookup: &Lookup<'_>, cohort: &CohortSpan, typed: &str) -> Result<Picked> {
    let known = lookup.records(Kind::Modules, Which::Cohort(cohort.id))?;
    let known: Vec<Coded> = known.iter().map(|record| Coded::of(record, module::MODULE, module::TITLE)).collect();
    let code = &cohort.code;
    let sort = Sort {
        one: text!("module", "module"),
        many: text!("modules", "modules"),
        place: text!("dans la promo {code}", "in cohort {code}"),
        list: text!("Liste : fil cohort module -c {code}", "List: fil cohort module -c {code}"),
    };
    pick(ctx, &known, typed, &sort)
}

/// The certificate of the catalogue to write about.
pub fn certificate(ctx: &Context<'_>, lookup: &Lookup<'_>, typed: &str) -> Result<Picked> {
    let known = lookup.records(Kind::Catalogue, Which::All)?;
    let known: Vec<Coded> =
        known.iter().map(|record| Coded::of(record, catalogue::CERTIFICATE, catalogue::LABEL)).collect();
    let sort = Sort {
        one: text!("certification", "certificate"),
        many: text!("certifications", "certificates"),
        place: text!("au catalogue", "in the catalogue"),
        list: text!("Ajouter : fil config certificate add", "Add it: fil config certificate add"),
    };
    pick(ctx, &known, typed, &sort)
}

fn pick(ctx: &Context<'_>, known: &[Coded], typed: &str, sort: &Sort) -> Result<Picked> {
    let wanted = typed.trim();
    if let Some(exact) = exact(known, wanted) {
        return Ok(Picked { code: exact.code.clone(), echo: None });
    }
    let found = fitting(known, wanted);
    match found.as_slice() {
        [] => bail!(none(known, wanted, sort)),
        [one] if ctx.can_ask() => {
            let (fr, en, line) = (&sort.one.fr, &sort.one.en, one.line());
            Ok(Picked { code: one.code.clone(), echo: Some(text!("{fr} {line}", "{en} {line}")) })
        }
        several if ctx.can_ask() => {
            let (count, word, many) = (several.len(), shown(wanted), &sort.many);
            let question = text!("« {word} » désigne {count} {many} :", "“{word}” means {count} {many}:"; many);
            let lines: Vec<Text> = several.iter().map(|one| Text::same(one.line())).collect();
            match prompt::choose(ctx, &question, &lines)?.and_then(|at| several.get(at)) {
                Some(one) => Ok(Picked { code: one.code.clone(), echo: None }),
                None => bail!(Refusal::selector(text!("rien n'a été choisi", "nothing was chosen"))),
            }
        }
        several => bail!(not_exact(several, wanted, sort)),
    }
}

/// The one with this very code, else with this code in other letters' case.
fn exact<'a>(known: &'a [Coded], wanted: &str) -> Option<&'a Coded> {
    let lower = wanted.to_lowercase();
    let mut alike = known.iter().filter(|one| one.code.to_lowercase() == lower);
    let same = known.iter().find(|one| one.code == wanted);
    same.or_else(|| alike.next().filter(|_| alike.next().is_none()))
}

fn fitting<'a>(known: &'a [Coded], wanted: &str) -> Vec<&'a Coded> {
    let fragments = Fragments::new(wanted);
    let fit = |one: &'a Coded| Some((fragments.fit(&fold(&format!("{} {}", one.code, one.title)))?, one));
    let found: Vec<(Fit, &Coded)> = known.iter().filter_map(fit).collect();
    let best = found.iter().map(|(fit, _)| *fit).min();
    found.into_iter().filter(|(fit, _)| Some(*fit) == best).map(|(_, one)| one).collect()
}

fn none(known: &[Coded], wanted: &str, sort: &Sort) -> Refusal {
    let (word, one, place) = (shown(wanted), &sort.one, &sort.place);
    let refusal = Refusal::selector(text!("pas de {one} « {word} » {place}", "no {one} “{word}” {place}"; one, place));
    let refusal = match known.len() {
        0 => refusal,
        _ => {
            let codes: Vec<&str> = known.iter().take(12).map(|one| one.code.as_str()).collect();
            let more = if known.len() > codes.len() { "…" } else { "" };
            let codes = codes.join(", ") + more;
            refusal.why(text!("codes : {codes}", "codes: {codes}"))
        }
    };
    match nearest(wanted, known.iter().map(|one| one.code.as_str())) {
        Some(near) => refusal.hint(text!("Vouliez-vous dire {near} ?", "Did you mean {near}?")),
        None => refusal.hint(sort.list.clone()),
    }
}

fn not_exact(found: &[&Coded], wanted: &str, sort: &Sort) -> Refusal {
    let (word, count, fr, en) = (shown(wanted), found.len(), &sort.many.fr, &sort.many.en);
    let what = match count {
        1 => text!(
            "« {word} » n'est pas un code exact ; un script doit l'écrire en entier",
            "“{word}” is not an exact code; a script must spell it in full"
        ),
        _ => text!("« {word} » désigne {count} {fr}", "“{word}” means {count} {en}"),
    };
    let lines: Vec<String> = found.iter().take(3).map(|one| format!("  {}", one.line())).collect();
    let first = found.first().map_or("", |one| one.code.as_str());
    Refusal::selector(what)
        .why(Text::same(lines.join("\n")))
        .hint(text!("Précisez, par exemple : {first}", "Be precise, for example: {first}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules() -> Vec<Coded> {
        [("F1", "Sécurité"), ("F2", "Soudure optique"), ("F10", "Mesure"), ("MATHS", "Mathématiques"), ("f2", "Autre")]
            .map(|(code, title)| Coded { code: code.to_owned(), title: title.to_owned() })
            .to_vec()
    }

    #[track_caller]
    fn check(typed: &str, want: Option<&str>) {
        assert_eq!(exact(&modules(), typed).map(|one| one.code.as_str()), want);
    }

    #[test]
    fn a_code_is_exact_whatever_its_case_unless_two_differ_by_case_only() {
        check("F1", Some("F1"));
        check("f1", Some("F1"));
        check("maths", Some("MATHS"));
        check("F2", Some("F2"));
        check("f2", Some("f2"));
        check("F", None);
        check("math", None);
    }

    #[track_caller]
    fn finds(typed: &str, want: &[&str]) {
        let known = modules();
        let found: Vec<&str> = fitting(&known, typed).iter().map(|one| one.code.as_str()).collect();
        assert_eq!(found, want);
    }

    #[test]
    fn fragments_of_code_or_title_are_enough_and_word_starts_hide_the_rest() {
        finds("math", &["MATHS"]);
        finds("secu", &["F1"]);
        finds("optique soud", &["F2"]);
        finds("F1", &["F1", "F10"]);
        finds("ure", &["F2", "F10"]);
        finds("xyz", &[]);
        finds("", &[]);
    }
}
