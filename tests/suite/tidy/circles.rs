//! No circle of files inside a room: an arrow goes to the file that defines what a `use` or a path names.
//!
//! `mod x;` and `pub use` alone are not arrows, re-exports are followed, and a folder may name its own children.

use super::source::{self, Source, Token};
use std::collections::{BTreeMap, BTreeSet};

/// The path of a module or of an item from the root.
type Path = Vec<String>;

/// A name that a `use` brings in, and what it stands for; no name for a glob.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Brought {
    name: Option<String>,
    path: Path,
    again: bool,
}

/// What one file declares and names.
struct Module<'a> {
    source: &'a Source,
    uses: Vec<Brought>,
    defines: BTreeSet<&'a str>,
}

struct Tree<'a> {
    modules: BTreeMap<Path, Module<'a>>,
    macros: BTreeMap<&'a str, &'a str>,
}

const DEFINES: [&str; 10] =
    ["fn", "struct", "enum", "union", "trait", "type", "const", "static", "macro_rules", "define_id"];

impl<'a> Tree<'a> {
    fn new(sources: &[&'a Source]) -> Tree<'a> {
        let (mut modules, mut macros) = (BTreeMap::new(), BTreeMap::new());
        for source in sources.iter().copied().filter(|source| source.name != "src/main.rs") {
            let defines = source.tokens.windows(3).filter_map(|three| match three {
                [Token::Word(word), Token::Word(name), _] if DEFINES.contains(&word.as_str()) => Some(name.as_str()),
                [Token::Word(word), Token::Sign('!'), Token::Word(name)] if word == "macro_rules" => {
                    macros.insert(name.as_str(), source.name.as_str());
                    Some(name.as_str())
                }
                _ => None,
            });
            let defines = defines.collect();
            let path: Path = source.module().into_iter().map(str::to_owned).collect();
            modules.insert(path, Module { source, uses: uses(&source.tokens), defines });
        }
        Tree { modules, macros }
    }

    /// The file that defines what a path from the root names; nothing for a module that is only named.
    fn home(&self, path: &[String], seen: &mut BTreeSet<Path>) -> Option<&'a str> {
        if !seen.insert(path.to_vec()) {
            return None;
        }
        if let [name, ..] = path
            && !self.modules.contains_key(&path[..1])
            && let Some(home) = self.macros.get(name.as_str())
        {
            return Some(home);
        }
        let depth = (0..=path.len()).rev().find(|n| self.modules.contains_key(&path[..*n]))?;
        let (module, rest) = (&self.modules[&path[..depth]], &path[depth..]);
        let [name, after @ ..] = rest else { return None };
        let here = &path[..depth];
        if !module.defines.contains(name.as_str()) {
            if let Some(brought) = module.uses.iter().find(|brought| brought.name.as_ref() == Some(name)) {
                let target = self.absolute(here, &brought.path)?;
                let target: Path = target.into_iter().chain(after.iter().cloned()).collect();
                return self.home(&target, seen);
            }
            for glob in module.uses.iter().filter(|brought| brought.name.is_none() && brought.again) {
                let target = self.absolute(here, &glob.path)?;
                let known = self.modules.get(&target).is_some_and(|module| {
                    module.defines.contains(name.as_str())
                        || module.uses.iter().any(|brought| brought.name.as_ref() == Some(name))
                });
                if known {
                    let target: Path = target.into_iter().chain(rest.iter().cloned()).collect();
                    return self.home(&target, seen);
                }
            }
        }
        Some(&module.source.name)
    }

    /// A path as written in a module, from the root; nothing for what is outside of the program.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Path> {
        let [first, rest @ ..] = path else { return None };
        let base: Path = match first.as_str() {
            "crate" | "fil" => Vec::new(),
            "self" => module.to_vec(),
            "super" => {
                let up = path.iter().take_while(|word| *word == "super").count();
                let base = module[..module.len().checked_sub(up)?].to_vec();
                return Some(base.into_iter().chain(path[up..].iter().cloned()).collect());
            }
            _ => {
                let brought =
                    self.modules.get(module)?.uses.iter().find(|brought| brought.name.as_ref() == Some(first));
                if let Some(brought) = brought.filter(|brought| brought.path != path) {
                    let base = self.absolute(module, &brought.path)?;
                    return Some(base.into_iter().chain(rest.iter().cloned()).collect());
                }
                let child: Path = module.iter().cloned().chain([first.clone()]).collect();
                return self
                    .modules
                    .contains_key(&child)
                    .then(|| child.into_iter().chain(rest.iter().cloned()).collect());
            }
        };
        Some(base.into_iter().chain(rest.iter().cloned()).collect())
    }

    /// The arrows of one file: the files of its room that define what it names, each with one such name.
    fn arrows(&self, path: &[String], module: &Module<'a>) -> BTreeMap<&'a str, String> {
        let named = module.uses.iter().filter(|brought| !brought.again).map(|brought| {
            // A glob names something of the module, whatever it is.
            let glob = brought.name.is_none().then(|| "*".to_owned());
            brought.path.iter().cloned().chain(glob).collect::<Path>()
        });
        let mut arrows = BTreeMap::new();
        for named in named.chain(paths(&module.source.tokens)) {
            let Some(home) = self.absolute(path, &named).and_then(|path| self.home(&path, &mut BTreeSet::new())) else {
                continue;
            };
            let own = module.source.name.strip_suffix("mod.rs").is_some_and(|folder| home.starts_with(folder));
            let room = home.starts_with(&format!("src/{}/", module.source.room()));
            if room && !own && home != module.source.name {
                arrows.entry(home).or_insert_with(|| named.join("::"));
            }
        }
        arrows
    }
}

/// Everything that the `use`s of a file bring in.
fn uses(tokens: &[Token]) -> Vec<Brought> {
    let mut found = Vec::new();
    for at in (0..tokens.len()).filter(|at| tokens[*at].word() == Some("use")) {
        let public = at > 0 && (tokens[at - 1].word() == Some("pub") || tokens[at - 1].is(')'));
        let end = tokens[at..].iter().position(|token| token.is(';')).map_or(tokens.len(), |long| at + long);
        let mut tree = &tokens[at + 1..end];
        use_tree(&mut tree, &[], public, &mut found);
    }
    found
}

fn use_tree(tokens: &mut &[Token], before: &[String], again: bool, found: &mut Vec<Brought>) {
    let mut path = before.to_vec();
    let mut glob = false;
    loop {
        match tokens {
            [Token::Sign(':'), rest @ ..] => *tokens = rest,
            [Token::Sign('*'), rest @ ..] => (*tokens, glob) = (rest, true),
            [Token::Sign('{'), rest @ ..] => {
                *tokens = rest;
                while !matches!(tokens, [] | [Token::Sign('}'), ..]) {
                    use_tree(tokens, &path, again, found);
                    if let [Token::Sign(','), rest @ ..] = tokens {
                        *tokens = rest;
                    }
                }
                *tokens = tokens.get(1..).unwrap_or_default();
                return;
            }
            [Token::Word(word), Token::Word(name), rest @ ..] if word == "as" => {
                *tokens = rest;
                found.push(Brought { name: Some(name.clone()), path, again });
                return;
            }
            [Token::Word(word), rest @ ..] => {
                path.push(word.clone());
                *tokens = rest;
            }
            _ => break,
        }
    }
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let name = if glob { None } else { path.last().cloned() };
    found.push(Brought { name, path, again });
}

/// Every path of two words or more that a file writes outside of its `use`s.
fn paths(tokens: &[Token]) -> Vec<Path> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let Token::Word(first) = &tokens[at] else {
            at += 1;
            continue;
        };
        if first == "use" {
            at += tokens[at..].iter().position(|token| token.is(';')).unwrap_or(1);
            continue;
        }
        let mut path = vec![first.clone()];
        at += 1;
        while let [Token::Sign(':'), Token::Sign(':'), Token::Word(word), ..] = &tokens[at..] {
            path.push(word.clone());
            at += 3;
        }
        if path.len() > 1 {
            found.push(path);
        }
    }
    found
}

/// The groups of files of a graph that reach each other, and for each the arrows between them.
fn circles<'a>(graph: &BTreeMap<&'a str, BTreeMap<&'a str, String>>) -> Vec<Vec<String>> {
    let reach = |from: &'a str| {
        let (mut seen, mut todo) = (BTreeSet::new(), vec![from]);
        while let Some(file) = todo.pop() {
            for next in graph.get(file).into_iter().flat_map(BTreeMap::keys) {
                if seen.insert(*next) {
                    todo.push(next);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = graph.keys().map(|file| (*file, reach(file))).collect();
    let meets = |a: &str, b: &str| reached[a].contains(b) && reached.get(b).is_some_and(|back| back.contains(a));
    let groups: BTreeSet<Vec<&str>> = graph
        .keys()
        .filter(|file| meets(file, file))
        .map(|file| graph.keys().copied().filter(|other| meets(file, other)).collect())
        .collect();
    let arrows = |group: &Vec<&'a str>| {
        let inside = |file: &&'a str| graph[*file].iter().filter(|(to, _)| group.contains(*to)).collect::<Vec<_>>();
        let lines = group
            .iter()
            .flat_map(|file| inside(file).into_iter().map(move |(to, by)| format!("{file} -> {to}  ({by})")));
        lines.collect()
    };
    groups.iter().map(arrows).collect()
}

/// The circles of every room, each as its arrows.
fn found() -> Vec<Vec<String>> {
    let tree = Tree::new(&source::program());
    let graph = tree.modules.iter().map(|(path, module)| (module.source.name.as_str(), tree.arrows(path, module)));
    circles(&graph.collect())
}

#[test]
fn no_files_of_a_room_name_each_other_in_a_circle() {
    let found = found();
    let told: Vec<String> = found.iter().map(|arrows| arrows.join("\n  ")).collect();
    let (circles, arrows) = (found.len(), found.iter().map(Vec::len).sum::<usize>());
    let told = format!("{circles} circles of {arrows} arrows:\n  {}\n", told.join("\n\n  "));
    println!("{told}");
    assert!(found.is_empty(), "{told}");
}

#[test]
fn the_reader_of_uses_sees_lists_globs_and_other_names() {
    let read = uses(&source::tokens("use a::{self, b::c as d, e::*}; pub use f; pub(crate) use g::h;"));
    let told: Vec<String> = read
        .iter()
        .map(|b| format!("{} {} {}", b.name.as_deref().unwrap_or("*"), b.path.join("::"), b.again))
        .collect();
    assert_eq!(told, ["a a false", "d a::b::c false", "* a::e false", "f f true", "h g::h true"]);
}

#[test]
fn paths_are_read_outside_of_uses() {
    let read = paths(&source::tokens("use a::b; fn x() -> c::D { e.f(); g::h::<i::J>(k) }"));
    assert_eq!(read, [vec!["c", "D"], vec!["g", "h"], vec!["i", "J"]]);
}

#[test]
fn a_circle_is_the_files_that_reach_each_other() {
    let graph = |arrows: &[(&'static str, &'static str)]| {
        let mut graph: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
        for (from, to) in arrows {
            graph.entry(from).or_default().insert(to, "x".to_owned());
            graph.entry(to).or_default();
        }
        circles(&graph)
    };
    assert_eq!(graph(&[("a", "b"), ("b", "c")]), Vec::<Vec<String>>::new());
    assert_eq!(graph(&[("a", "b"), ("b", "c"), ("c", "b")]), [["b -> c  (x)", "c -> b  (x)"]]);
}

/// A file named as in the repository, for the tests of the reader.
fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let sources: Vec<Source> = files.iter().map(|(name, text)| Source::written(name, text)).collect();
    let tree = Tree::new(&sources.iter().collect::<Vec<_>>());
    let graph = tree.modules.iter().map(|(path, module)| (module.source.name.as_str(), tree.arrows(path, module)));
    circles(&graph.collect())
}

#[test]
fn arrows_go_to_the_file_that_defines_and_not_to_the_one_that_says_it_again() {
    // b reaches the item of c through the room's own re-export.
    let again = [
        ("src/a/mod.rs", "mod b; mod c; pub use c::C;"),
        ("src/a/b.rs", "use super::C; pub struct B;"),
        ("src/a/c.rs", "pub struct C; fn x() { super::b::B; }"),
    ];
    assert_eq!(
        circles_of(&again),
        [["src/a/b.rs -> src/a/c.rs  (super::C)", "src/a/c.rs -> src/a/b.rs  (super::b::B)"]]
    );
    // A folder names its children, which name the folder's own item.
    let folder = [("src/a/mod.rs", "mod b; pub fn x() { b::y() }"), ("src/a/b.rs", "pub fn y() { super::x() }")];
    assert_eq!(circles_of(&folder), Vec::<Vec<String>>::new());
    // A module that is only brought in counts by what is named in it.
    let through =
        [("src/a/b.rs", "use crate::a::c; fn x() { c::y() }"), ("src/a/c.rs", "use crate::a::b; fn y() { b::x() }")];
    assert_eq!(circles_of(&through).len(), 1);
    let unused = [("src/a/b.rs", "use crate::a::c;"), ("src/a/c.rs", "use crate::a::b::x;")];
    assert_eq!(circles_of(&unused), Vec::<Vec<String>>::new());
}
