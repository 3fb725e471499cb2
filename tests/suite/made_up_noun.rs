//! A noun made up for the tests, so that the conventions are checked on the frame itself.

use anyhow::Result;
use fil::cli::ask::prompt::{Reply, confirm};
use fil::cli::parser::flags::{self, Flag};
use fil::cli::parser::matches::Matches;
use fil::cli::parser::verb::{Run, Verb};
use fil::cli::run::answer::Answer;
use fil::cli::run::context::Context;
use fil::domain::{Date, Text};
use fil::fixed;
use fil::sheet::{Cell, Column, ColumnKind, Sheet};
use fil::text;

pub const NOUNS: &[Verb] = &[BIRD];

const BIRD: Verb = Verb {
    names: &["bird", "oiseau", "b"],
    about: fixed!("Les oiseaux vus.", "The birds seen."),
    run: Run::Verbs {
        list: &[LIST, NOTE, WEIGH, REMOVE, BURST, WARN],
        bare: &LIST,
        stray: Some(|_, word| (word == "merle").then(|| "fil bird note merle".to_owned())),
    },
    ..PLAIN
};

const PLAIN: Verb = Verb {
    names: &["warn"],
    about: fixed!("Avertit.", "Warns."),
    examples: [fixed!("fil bird list"), fixed!("fil b -f csv")],
    flags: &[],
    run: Run::With(warn),
};
const LIST: Verb = Verb {
    names: &["list", "ls", "liste"],
    about: fixed!("Les liste.", "Lists them."),
    flags: &[flags::TABLE, &[flags::COHORT, flags::SET]],
    run: Run::With(list),
    ..PLAIN
};
const NOTE: Verb = Verb {
    names: &["note", "n"],
    about: fixed!("En note un.", "Notes one."),
    flags: &[&[flags::WHO, TEXT, flags::ON]],
    run: Run::With(note),
    ..PLAIN
};
const WEIGH: Verb = Verb {
    names: &["weigh"],
    about: fixed!("En pèse un.", "Weighs one."),
    flags: &[&[WEIGHT]],
    run: Run::With(|matches, _| Ok(Answer::done(Text::same(matches.need(&WEIGHT)?)))),
    ..PLAIN
};
const REMOVE: Verb = Verb {
    names: &["remove", "supprimer"],
    about: fixed!("En retire un.", "Removes one."),
    flags: &[&[flags::WHO, flags::YES]],
    run: Run::With(remove),
    ..PLAIN
};
const BURST: Verb = Verb {
    names: &["burst"],
    about: fixed!("Se trompe.", "Goes wrong."),
    run: Run::With(|_, _| panic!("on purpose")),
    ..PLAIN
};
const WARN: Verb = PLAIN;

const TEXT: Flag = Flag::word("text", fixed!("TEXTE", "TEXT"), fixed!("la note", "the note")).optional().minus();
const WEIGHT: Flag = Flag::word("weight", fixed!("POIDS", "WEIGHT"), fixed!("le poids", "the weight")).minus();

fn note(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let who = matches.need(&flags::WHO)?;
    let text = match matches.text(&TEXT) {
        None | Some("-") => String::from_utf8(ctx.read_stdin()?)?.trim().to_owned(),
        Some(text) => text.to_owned(),
    };
    let on = matches.text(&flags::ON).map_or_else(|| ctx.today.to_string(), str::to_owned);
    Ok(Answer::done(text!("{who} : {text}, le {on}", "{who}: {text}, on {on}")))
}

fn remove(matches: &Matches, ctx: &Context<'_>) -> Result<Answer> {
    let sure = matches.has(&flags::YES) || confirm(ctx, &text!("Retirer ?", "Remove?"), "--yes")? == Reply::Yes;
    Ok(Answer::done(if sure { text!("Retiré.", "Removed.") } else { text!("Rien n'a changé.", "Nothing changed.") }))
}

fn warn(_: &Matches, _: &Context<'_>) -> Result<Answer> {
    let one = |answer: Answer, n| answer.warn(text!("trop loin", "too far"), Text::same(format!("bird {n}")));
    Ok((1..=7).fold(Answer::default(), one))
}

fn list(matches: &Matches, _: &Context<'_>) -> Result<Answer> {
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
    Ok(Answer::sheet(sheet).named(name).when_empty(text!("Aucun oiseau.", "No bird.")))
}
