//! How code is written: one module style, ids that are types, dispatchers that name every case.

use super::source::{self, Source, Token};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn a_module_with_children_is_a_folder_with_its_mod_file() {
    let names: BTreeSet<&str> = source::all().iter().map(|source| source.name.as_str()).collect();
    for name in &names {
        let folder = Path::new(name).parent().unwrap().to_str().unwrap();
        let beside = format!("{folder}.rs");
        assert!(!names.contains(beside.as_str()), "{beside} stands beside its folder");
        let opens =
            ["mod.rs", "lib.rs", "main.rs"].iter().any(|file| names.contains(format!("{folder}/{file}").as_str()));
        assert!(opens, "{folder} has no mod.rs");
    }
}

/// Names of numbers that say which record is meant.
const IDS: [&str; 10] =
    ["person", "cohort", "stay", "participation", "op", "funder", "grant", "module", "certificate", "id"];

fn is_id(name: &str) -> bool {
    IDS.iter().any(|id| name == *id || name.ends_with(&format!("_{id}")) || name.strip_suffix("_id") == Some(id))
}

/// The names in public signatures and public fields whose type has a bare `i64` although they say which record is meant.
fn bare_ids(source: &Source) -> Vec<String> {
    let tokens = &source.tokens;
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let Some("pub") = tokens[at].word() else { continue };
        let mut next = at + 1;
        if tokens.get(next).is_some_and(|token| token.is('(')) {
            next += 3;
        }
        while tokens.get(next).and_then(Token::word).is_some_and(|word| ["const", "async", "unsafe"].contains(&word)) {
            next += 1;
        }
        let rest = &tokens[next.min(tokens.len())..];
        let part = match rest {
            [Token::Word(word), ..] if word == "fn" => signature(rest),
            // A field: up to its comma or the end of the struct.
            [Token::Word(_), Token::Sign(':'), ..] => until(rest, |token| token.is(',') || token.is('}')),
            _ => continue,
        };
        found.extend(numbers(part).into_iter().filter(|name| is_id(name)));
    }
    found
}

fn until(tokens: &[Token], ends: impl Fn(&Token) -> bool) -> &[Token] {
    let (mut depth, mut long) = (0_i32, tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        if depth == 0 && ends(token) {
            long = at;
            break;
        }
        match token {
            Token::Sign('(' | '[' | '<') => depth += 1,
            Token::Sign('>') if at > 0 && tokens[at - 1].is('-') => {}
            Token::Sign(')' | ']' | '>') => depth -= 1,
            Token::Sign(_) | Token::Word(_) | Token::Text(_) => {}
        }
    }
    &tokens[..long]
}

fn signature(tokens: &[Token]) -> &[Token] {
    until(tokens, |token| token.is('{') || token.is(';'))
}

/// The names before a colon whose type says `i64`.
fn numbers(tokens: &[Token]) -> Vec<String> {
    let names = tokens.windows(3).enumerate().filter_map(|(at, three)| match three {
        [Token::Word(name), Token::Sign(':'), after] if !after.is(':') && (at == 0 || !tokens[at - 1].is(':')) => {
            let kind = until(&tokens[at + 2..], |token| token.is(',') || token.is(')'));
            kind.iter().any(|token| token.word() == Some("i64")).then(|| name.clone())
        }
        _ => None,
    });
    names.collect()
}

#[test]
fn an_id_in_a_public_signature_has_its_type() {
    let found: Vec<String> = source::program()
        .iter()
        .flat_map(|source| bare_ids(source).into_iter().map(|id| format!("{} {id}", source.name)))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_reader_of_signatures_sees_arguments_lists_and_fields() {
    let found = |text: &str| bare_ids(&Source::written("src/a.rs", text));
    assert_eq!(
        found("pub fn x(person: i64, n: i64, cohort_id: Option<i64>) -> i64 { let stay: i64 = 1; }"),
        ["person", "cohort_id"]
    );
    assert_eq!(found("pub(crate) struct X { pub op: i64, stay: i64, pub grant: Vec<i64> }"), ["op", "grant"]);
    assert_eq!(found("pub const fn y(ids: &[i64], at_stay: &[(Date, i64)]) {}"), ["at_stay"]);
    assert_eq!(
        found("fn private(person: i64) {} pub fn z(person: PersonId, op: OpId) { f(|x: i64| x) }"),
        Vec::<String>::new()
    );
}

/// One `match`: what it looks at, and the patterns of its arms.
struct Match<'a> {
    on: &'a [Token],
    patterns: Vec<&'a [Token]>,
}

fn matches(tokens: &[Token]) -> Vec<Match<'_>> {
    let starts = (0..tokens.len()).filter(|at| tokens[*at].word() == Some("match"));
    starts
        .map(|at| {
            let on = until(&tokens[at + 1..], |token| token.is('{'));
            let open = at + 1 + on.len();
            Match { on, patterns: patterns(&tokens[(open + 1).min(tokens.len())..]) }
        })
        .collect()
}

/// The patterns of the arms that follow the brace of a `match`.
fn patterns(tokens: &[Token]) -> Vec<&[Token]> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.len() && !tokens[at].is('}') {
        let long = level(&tokens[at..], |two| matches!(two, [Token::Sign('='), Token::Sign('>'), ..]));
        found.push(&tokens[at..at + long]);
        at += long + 2;
        let block = tokens.get(at).is_some_and(|token| token.is('{'));
        let long = level(&tokens[at.min(tokens.len())..], |rest| matches!(rest, [Token::Sign(',' | '}'), ..]));
        // A block needs no comma after it.
        at += if block { closing(&tokens[at..]) } else { long };
        if tokens.get(at).is_some_and(|token| token.is(',')) {
            at += 1;
        }
    }
    found
}

/// How many tokens come before the first place outside of brackets where `ends` holds.
fn level(tokens: &[Token], ends: impl Fn(&[Token]) -> bool) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        if depth == 0 && ends(&tokens[at..]) {
            return at;
        }
        match token {
            Token::Sign('{' | '(' | '[') => depth += 1,
            Token::Sign('}' | ')' | ']') => depth -= 1,
            Token::Sign(_) | Token::Word(_) | Token::Text(_) => {}
        }
    }
    tokens.len()
}

/// How many tokens the block that opens here has.
fn closing(tokens: &[Token]) -> usize {
    level(&tokens[1..], |rest| rest[0].is('}')) + 2
}

/// Whether a pattern takes whatever is left.
fn takes_the_rest(pattern: &[Token]) -> bool {
    matches!(pattern, [Token::Word(word)] if word.starts_with(|c: char| c.is_lowercase() || c == '_')
        && !["true", "false"].contains(&word.as_str()))
}

/// The catch-all arms of matches on a verb, a kind of record or an act.
fn catch_alls(tokens: &[Token]) -> usize {
    let words = |tokens: &[Token], wanted: &[&str]| {
        tokens.windows(2).any(|two| two[0].word().is_some_and(|word| wanted.contains(&word)) && two[1].is(':'))
    };
    let dispatches = |found: &Match<'_>| {
        found.on.iter().any(|token| token.word() == Some("verb"))
            || found.patterns.iter().any(|pattern| words(pattern, &["Kind", "Act"]))
    };
    let dispatchers = matches(tokens).into_iter().filter(dispatches);
    dispatchers.filter(|found| found.patterns.iter().any(|pattern| takes_the_rest(pattern))).count()
}

/// Dispatchers that still have a catch-all arm; the number may only shrink.
const CATCH_ALLS: usize = 18;

#[test]
fn a_dispatcher_names_every_case() {
    let found: Vec<String> = source::program()
        .iter()
        .map(|source| (catch_alls(&source.tokens), &source.name))
        .filter(|(count, _)| *count > 0)
        .flat_map(|(count, name)| std::iter::repeat_n(name.clone(), count))
        .collect();
    println!("catch-all arms: {} exceptions: {}", found.len(), found.join(" "));
    assert!(found.len() <= CATCH_ALLS, "{} catch-all arms: {found:#?}", found.len());
}

#[test]
fn the_reader_of_matches_sees_catch_all_arms_of_dispatchers() {
    let count = |text: &str| catch_alls(&source::tokens(text));
    assert_eq!(count("match m.verb() { \"add\" => { x } _ => y }"), 1);
    assert_eq!(count("match m.verb() { \"add\" => a(), other => b(other), }"), 1);
    assert_eq!(count("match kind { Kind::A | Kind::B => 1, _ => 2 }"), 1);
    assert_eq!(count("match act { Act::A => match kind { Kind::A => 1, Kind::B => 2 } Act::B => f(|_| x) }"), 0);
    assert_eq!(count("match act { Act::A => match x { 1 => 2, _ => 3 }, Act::B => 4 }"), 0);
    assert_eq!(count("match column.kind { ColumnKind::Text => 1, _ => 2 } matches!(kind, Kind::A)"), 0);
}
