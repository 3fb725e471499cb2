//! A noun made up for the tests, so that the conventions are checked on the frame itself.

use fil::cli::ask::prompt::{Reply, confirm};
use fil::cli::parser::command::{Noun, Spec};
use fil::cli::parser::flags::{self, Flag};
use fil::cli::parser::matches::Matches;
use fil::cli::run::answer::Answer;
use fil::cli::run::context::Context;
use fil::domain::{Date, Text};
use fil::fixed;
use fil::sheet::{Cell, Column, ColumnKind, Sheet};
use fil::text;

pub const NOUNS: &[Noun] = &[BIRD];

const BIRD: Noun =
    Noun { names: &["bird", "oiseau", "b"], about: fixed!("Les oiseaux vus.", "The birds seen."), spec, run };

const TEXT: Flag = Flag::word("text", fixed!("TEXTE", "TEXT"), fixed!("la note", "the note")).optional().minus();
const WEIGHT: Flag = Flag::word("weight", fixed!("POIDS", "WEIGHT"), fixed!("le poids", "the weight")).minus();

fn spec() -> Spec {
    let examples = [fixed!("fil bird list", "fil bird list"), fixed!("fil b -f csv", "fil b -f csv")];
    let verb = |names, about| Spec::new(names, about, examples);
    Spec::of(&BIRD, examples)
        .verb(
            verb(&["list", "ls", "liste"], fixed!("Les liste.", "Lists them."))
                .flags(flags::TABLE)
                .flags(&[flags::COHORT, flags::SET]),
        )
        .verb(verb(&["note", "n"], fixed!("En note un.", "Notes one.")).flag(flags::WHO).flag(TEXT).flag(flags::ON))
        .verb(verb(&["weigh"], fixed!("En pèse un.", "Weighs one.")).flag(WEIGHT))
        .verb(verb(&["remove", "supprimer"], fixed!("En retire un.", "Removes one.")).flag(flags::WHO).flag(flags::YES))
        .verb(verb(&["burst"], fixed!("Se trompe.", "Goes wrong.")))
        .verb(verb(&["warn"], fixed!("Avertit.", "Warns.")))
        .bare("list")
        .stray(|_, word| (word == "merle").then(|| "fil bird note merle".to_owned()))
}

fn run(matches: &Matches, ctx: &mut Context<'_>) -> anyhow::Result<Answer> {
    let answer = match matches.verb().as_str() {
        "list" => list(matches),
        "note" => {
            let who = matches.need(&flags::WHO)?;
            let text = match matches.text(&TEXT) {
                None | Some("-") => String::from_utf8(ctx.read_stdin()?)?.trim().to_owned(),
                Some(text) => text.to_owned(),
            };
            let on = matches.text(&flags::ON).map_or_else(|| ctx.today.to_string(), str::to_owned);
            Answer::done(text!("{who} : {text}, le {on}", "{who}: {text}, on {on}"))
        }
        "weigh" => Answer::done(Text::same(matches.need(&WEIGHT)?)),
        "remove" => {
            let question = text!("Retirer ?", "Remove?");
            let sure = matches.has(&flags::YES) || confirm(ctx, &question, "--yes")? == Reply::Yes;
            Answer::done(if sure {
                text!("Retiré.", "Removed.")
            } else {
                text!("Rien n'a changé.", "Nothing changed.")
            })
        }
        "burst" => panic!("on purpose"),
        _ => (1..=7).fold(Answer::default(), |answer, n| {
            answer.warn(text!("trop loin", "too far"), Text::same(format!("bird {n}")))
        }),
    };
    Ok(answer)
}

fn list(matches: &Matches) -> Answer {
    let columns = vec![
        Column::new("bird", "Oiseau", "Bird", ColumnKind::Text),
        Column::new("weight_g", "Poids (g)", "Weight (g)", ColumnKind::Number),
        Column::new("seen_on", "Vu le", "Seen on", ColumnKind::Date),
        Column::new("place", "Lieu", "Place", ColumnKind::Text).hide_first(2),
    ];
    let bird = |name: &str, weight, place: &str| {
        let seen = Date::parse_iso("2018-11-05").ok();
        vec![Cell::Text(name.to_owned()), Cell::int(weight), Cell::date(seen), Cell::Text(place.to_owned())]
    };
    let mut sheet = Sheet::new("birds", columns);
    sheet.rows = match matches.text(&flags::COHORT) {
        Some("none") => Vec::new(),
        _ => vec![
            bird("Éider", Some(2200), "=Romans-sur-Isère, la grande place"),
            bird("Merle noir", Some(95), "Valence"),
            bird("Grèbe", None, "Die"),
        ],
    };
    let name = [matches.text(&flags::COHORT).map(str::to_owned), Some("oiseaux".to_owned())];
    Answer::sheet(sheet).named(name).when_empty(text!("Aucun oiseau.", "No bird."))
}
