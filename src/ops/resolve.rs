//! From the names people typed to the records they mean: exact in files, remembered for the length of one act.

use super::people::People;
use super::request::{Request, Trouble};
use crate::domain::Text;
use crate::domain::folding;
use crate::domain::id::{CohortId, ModuleId, PersonId};
use crate::domain::kind::Target;
use crate::store::faces::Known;
use crate::store::records::Links;
use crate::store::{CohortSpan, Identity, Lookup, Stay};
use crate::text;
use anyhow::Result;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

/// Names already looked up; only of kinds that the act itself does not write.
#[derive(Default)]
pub struct World {
    cohorts: HashMap<String, Option<Rc<CohortSpan>>>,
    people: HashMap<String, Option<PersonId>>,
    stays: HashMap<(CohortId, PersonId), Option<Stay>>,
    modules: HashMap<(CohortId, String), Option<ModuleId>>,
    /// The codes there are, once one was asked for in vain.
    codes: HashMap<Target, Vec<String>>,
    /// Everybody, once somebody was looked for by their names.
    everybody: Option<People>,
    /// What may have been meant by names that nobody has.
    near: HashMap<(Target, String), Option<String>>,
}

/// How many times an unknown name is compared with a known one. A file of another school has thousands of unknown names,
/// and its reader has understood after the first of them.
const COMPARED_MAX: usize = 1_000_000;

/// The records a request points at.
#[derive(Debug, Default, Clone)]
pub struct Found {
    /// Their numbers.
    pub links: Links,
    /// The cohort.
    pub cohort: Option<Rc<CohortSpan>>,
    /// The participation.
    pub stay: Option<Stay>,
    /// The person, for the kind `trainees`.
    pub person: Option<Identity>,
    /// People whom a new person may be, with what agrees and what differs.
    pub alike: Vec<(Known, Text)>,
}

impl World {
    /// The cohort of a code.
    pub fn cohort(&mut self, lookup: &Lookup<'_>, code: &str) -> Result<Option<Rc<CohortSpan>>> {
        if let Some(known) = self.cohorts.get(code) {
            return Ok(known.clone());
        }
        let found = lookup.find_cohort(code)?.map(Rc::new);
        self.cohorts.insert(code.to_owned(), found.clone());
        Ok(found)
    }

    /// The person of a slug or of the school's own reference.
    pub fn person(&mut self, lookup: &Lookup<'_>, name: &str) -> Result<Option<PersonId>> {
        if let Some(known) = self.people.get(name) {
            return Ok(*known);
        }
        let mut found = lookup.find_slug(name)?;
        if found.is_none() {
            found = lookup.find_reference(name)?;
        }
        let id = found.map(|p| p.id);
        self.people.insert(name.to_owned(), id);
        Ok(id)
    }

    /// Everybody.
    pub fn everybody(&mut self, lookup: &Lookup<'_>) -> Result<&mut People> {
        let everybody = match self.everybody.take() {
            Some(everybody) => everybody,
            None => People::read(lookup)?,
        };
        Ok(self.everybody.insert(everybody))
    }

    /// Takes in somebody who was just written.
    pub fn renew(&mut self, lookup: &Lookup<'_>, person: PersonId) -> Result<()> {
        if let (Some(everybody), Some(known)) = (&mut self.everybody, lookup.face(person)?) {
            everybody.put(known);
        }
        Ok(())
    }

    /// The one person called so: of the cohort where it is known, and of this birth date where it is said.
    fn called(
        &mut self,
        lookup: &Lookup<'_>,
        request: &Request,
        (name, cohort): (&str, Option<CohortId>),
    ) -> Result<Called> {
        let born = request.born;
        let mut found: Vec<Known> = self.everybody(lookup)?.called(name).into_iter().cloned().collect();
        found.retain(|known| born.is_none() || known.face.born.is_none() || known.face.born == born);
        if let Some(cohort) = cohort {
            let mut inside = Vec::new();
            for known in &found {
                if lookup.find_stay(cohort, known.id)?.is_some() {
                    inside.push(known.clone());
                }
            }
            if !inside.is_empty() {
                found = inside;
            }
        }
        Ok(match found.as_slice() {
            [] => Called::Nobody,
            [one] => Called::One(one.id),
            several => Called::Several(several.iter().map(|known| known.slug.clone()).collect()),
        })
    }

    /// The participation of a person in a cohort.
    pub fn stay(&mut self, lookup: &Lookup<'_>, cohort: CohortId, person: PersonId) -> Result<Option<Stay>> {
        if let Some(known) = self.stays.get(&(cohort, person)) {
            return Ok(*known);
        }
        let found = lookup.find_stay(cohort, person)?;
        self.stays.insert((cohort, person), found);
        Ok(found)
    }

    /// The known name that is most like an unknown one.
    fn near(&mut self, lookup: &Lookup<'_>, target: Target, typed: &str) -> Result<Option<String>> {
        let key = (target, typed.to_owned());
        if let Some(known) = self.near.get(&key) {
            return Ok(known.clone());
        }
        let codes = match self.codes.entry(target) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(lookup.codes(target)?),
        };
        if self.near.len() * codes.len() > COMPARED_MAX {
            return Ok(None);
        }
        let near = folding::nearest(typed, codes.iter().map(String::as_str)).map(str::to_owned);
        self.near.insert(key, near.clone());
        Ok(near)
    }

    fn module(&mut self, lookup: &Lookup<'_>, cohort: CohortId, code: &str) -> Result<Option<ModuleId>> {
        let key = (cohort, code.to_owned());
        if let Some(known) = self.modules.get(&key) {
            return Ok(*known);
        }
        let found = lookup.find_module(cohort, code)?;
        self.modules.insert(key, found);
        Ok(found)
    }
}

/// What stands in the way of a request: the record is refused, the others go on.
pub type Refused = Vec<Trouble>;

/// Says the names that the recorded version holds and the request leaves out; whether there were any.
pub fn keep_names(request: &mut Request, recorded: &crate::domain::Record) -> bool {
    let mut kept = false;
    for (position, field) in request.kind.fields().iter().enumerate() {
        if matches!(field.holds, crate::domain::kind::Holds::Ref(_))
            && request.said[position] == super::request::Said::Nothing
            && let Some(value) = &recorded.values[position]
        {
            request.said[position] = super::request::Said::Given(value.clone());
            kept = true;
        }
    }
    kept
}

/// Finds every record that a request names. The outer error is a failure of the machine.
pub fn resolve(world: &mut World, lookup: &Lookup<'_>, request: &Request) -> Result<Result<Found, Refused>> {
    let mut found = Found::default();
    let mut troubles = Vec::new();
    for field in request.kind.all_at() {
        let crate::domain::kind::Holds::Ref(target) = field.holds else { continue };
        let Some(typed) = request.text(field) else { continue };
        let known = match target {
            Target::Cohort => {
                found.cohort = world.cohort(lookup, typed)?;
                found.links.cohort = found.cohort.as_ref().map(|c| c.id);
                found.links.cohort.is_some()
            }
            Target::Trainee => {
                found.links.person = world.person(lookup, typed)?;
                if found.links.person.is_none() && typed.contains(' ') {
                    match world.called(lookup, request, (typed, found.links.cohort))? {
                        Called::Nobody => {}
                        Called::One(person) => found.links.person = Some(person),
                        Called::Several(slugs) => {
                            troubles.push(several(request, field.name, (typed, &slugs)));
                            continue;
                        }
                    }
                }
                found.links.person.is_some()
            }
            Target::Module => {
                let Some(cohort) = found.links.cohort else { continue };
                found.links.module = world.module(lookup, cohort, typed)?;
                found.links.module.is_some()
            }
            Target::Certificate => {
                found.links.certificate = lookup.find_certificate(typed)?;
                found.links.certificate.is_some()
            }
            Target::Funder => {
                found.links.funder = lookup.find_funder(typed)?;
                found.links.funder.is_some()
            }
            Target::Grant => {
                found.links.grant = lookup.find_grant(typed)?;
                found.links.grant.is_some()
            }
            Target::Company => {
                found.links.company = lookup.find_company(typed)?.map(|(id, _)| id);
                found.links.company.is_some()
            }
            Target::Opening => {
                found.links.opening = lookup.find_opening(typed)?;
                found.links.opening.is_some()
            }
            Target::Staff => {
                found.links.staff = lookup.find_staff(typed)?;
                found.links.staff.is_some()
            }
        };
        if !known {
            let near = world.near(lookup, target, typed)?;
            troubles.push(unknown(request, field.name, target, (typed, near)));
        }
    }
    participation(world, lookup, request, &mut found, &mut troubles)?;
    Ok(if troubles.is_empty() { Ok(found) } else { Err(troubles) })
}

fn participation(
    world: &mut World,
    lookup: &Lookup<'_>,
    request: &Request,
    found: &mut Found,
    troubles: &mut Vec<Trouble>,
) -> Result<()> {
    let (Some(cohort), Some(person)) = (found.links.cohort, found.links.person) else { return Ok(()) };
    found.stay = world.stay(lookup, cohort, person)?;
    found.links.participation = found.stay.map(|s| s.id);
    if found.stay.is_none() {
        let (who, code) = (request.named(Target::Trainee).unwrap_or(""), request.named(Target::Cohort).unwrap_or(""));
        troubles.push(Trouble {
            line: request.line,
            field: request.kind.naming(Target::Trainee).map(|field| field.name),
            value: who.to_owned(),
            what: text!("{who} n'est pas dans la promotion {code}", "{who} is not in cohort {code}"),
            right: Some(text!(
                "inscrivez d'abord la personne : fil trainee enrol {who} -c {code}",
                "enrol the person first: fil trainee enrol {who} -c {code}"
            )),
        });
    }
    Ok(())
}

/// Who is called so.
enum Called {
    Nobody,
    One(PersonId),
    /// These people, by slug.
    Several(Vec<String>),
}

fn several(request: &Request, field: &'static str, (typed, slugs): (&str, &[String])) -> Trouble {
    let (shown, list) = (folding::shown(typed), slugs.join(", "));
    Trouble {
        line: request.line,
        field: Some(field),
        value: typed.to_owned(),
        what: text!("plusieurs personnes s'appellent « {shown} »", "several people are called “{shown}”"),
        right: Some(text!("l'une de : {list}", "one of: {list}")),
    }
}

fn unknown(request: &Request, field: &'static str, target: Target, name: (&str, Option<String>)) -> Trouble {
    let (typed, near) = name;
    let shown = folding::shown(typed);
    let what = match target {
        Target::Cohort => text!("pas de promotion « {shown} »", "no cohort “{shown}”"),
        Target::Trainee => text!("personne ne s'appelle « {shown} » ici", "nobody is called “{shown}” here"),
        Target::Module => text!("pas de module « {shown} » dans cette promotion", "no module “{shown}” in this cohort"),
        Target::Certificate => {
            text!("pas de certification « {shown} » au catalogue", "no certificate “{shown}” in the catalogue")
        }
        Target::Funder => text!("pas de financeur « {shown} »", "no funder “{shown}”"),
        Target::Grant => text!("pas de subvention « {shown} »", "no grant “{shown}”"),
        Target::Company => text!("pas d'entreprise « {shown} »", "no company “{shown}”"),
        Target::Opening => text!("pas d'offre « {shown} »", "no opening “{shown}”"),
        Target::Staff => {
            text!("personne de l'équipe ne s'appelle « {shown} »", "nobody of the staff is called “{shown}”")
        }
    };
    let right = near.map(|n| text!("vouliez-vous dire {n} ?", "did you mean {n}?"));
    Trouble {
        line: request.line,
        field: Some(field),
        value: typed.to_owned(),
        what,
        right: right.or_else(|| first_step(target)),
    }
}

fn first_step(target: Target) -> Option<Text> {
    Some(match target {
        Target::Cohort => text!("créez-la d'abord : fil cohort add", "create it first: fil cohort add"),
        Target::Trainee => text!(
            "le nom court (slug) ou la référence exacte : fil trainee list",
            "the exact slug or reference: fil trainee list"
        ),
        Target::Module => text!("importez ou créez d'abord les modules", "import or create the modules first"),
        Target::Certificate => text!("ajoutez-la : fil config certificate add", "add it: fil config certificate add"),
        Target::Funder => text!("créez-le d'abord : fil funder add", "create it first: fil funder add"),
        Target::Grant => text!("créez-la d'abord : fil funder grant", "create it first: fil funder grant"),
        Target::Company => {
            text!("ajoutez-la d'abord : fil company add \"…\"", "add it first: fil company add \"…\"")
        }
        Target::Opening => {
            text!("créez-la d'abord : fil company opening add", "create it first: fil company opening add")
        }
        Target::Staff => text!("ajoutez d'abord la personne : fil staff add", "add the person first: fil staff add"),
    })
}
