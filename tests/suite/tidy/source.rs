//! The sources as the rules read them: code without comments, texts and unit tests, cut into tokens.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// One word or sign of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A name, a keyword or a number.
    Word(String),
    /// A text or a character; its content.
    Text(String),
    Sign(char),
}

impl Token {
    pub fn word(&self) -> Option<&str> {
        match self {
            Token::Word(word) => Some(word),
            Token::Text(_) | Token::Sign(_) => None,
        }
    }
    pub fn is(&self, sign: char) -> bool {
        *self == Token::Sign(sign)
    }
}

/// A file of code: its name from the root of the repository, its text, and its tokens before and without unit tests.
pub struct Source {
    pub name: String,
    pub text: String,
    pub tokens: Vec<Token>,
}

impl Source {
    fn new(name: String, text: String) -> Source {
        let tokens = without_tests(tokens(&text));
        Source { name, text, tokens }
    }
    /// A file made up for a test.
    pub fn written(name: &str, text: &str) -> Source {
        Source::new(name.to_owned(), text.to_owned())
    }
    /// The module that this file is, `cli::run::env`; the root is the empty path.
    pub fn module(&self) -> Vec<&str> {
        let path = self.name.trim_start_matches("src/").trim_end_matches(".rs");
        let mut parts: Vec<&str> = path.split('/').collect();
        if parts.last().is_some_and(|last| ["mod", "lib", "main"].contains(last)) {
            parts.pop();
        }
        parts
    }
    /// The room or layer: the folder under `src`.
    pub fn room(&self) -> &str {
        self.name.trim_start_matches("src/").split('/').next().unwrap_or_default()
    }
    /// The text before the unit tests.
    pub fn body(&self) -> &str {
        self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
    }
    /// The lines of code, without comments and unit tests.
    pub fn code(&self) -> impl Iterator<Item = &str> {
        self.body().lines().map(str::trim).filter(|line| !line.starts_with("//"))
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of code under `src` and `tests`.
pub fn all() -> &'static [Source] {
    static ALL: OnceLock<Vec<Source>> = OnceLock::new();
    ALL.get_or_init(read)
}

fn read() -> Vec<Source> {
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        walk(&root().join(folder), &mut files);
    }
    files.sort();
    let name = |path: &Path| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    files.iter().map(|path| Source::new(name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The files of the program itself: under `src`, without those that only its unit tests use.
pub fn program() -> Vec<&'static Source> {
    let sources: Vec<&Source> = all().iter().filter(|source| source.name.starts_with("src/")).collect();
    let mut of_tests = BTreeSet::new();
    for source in &sources {
        let module = source.module().join("::");
        for name in modules_of_tests(&tokens(&source.text)) {
            of_tests.insert(if module.is_empty() { name } else { format!("{module}::{name}") });
        }
    }
    let is_test = |source: &Source| {
        let module = source.module();
        (1..=module.len()).any(|n| of_tests.contains(&module[..n].join("::")))
    };
    sources.iter().copied().filter(|source| !is_test(source)).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// The tokens of a text of code; comments are left out.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let (mut at, mut found) = (0, Vec::new());
    while at < chars.len() {
        let rest = &chars[at..];
        let next = rest.get(1).copied().unwrap_or(' ');
        at += match rest[0] {
            '/' if next == '/' => length(rest, |c| c != '\n'),
            '/' if next == '*' => comment(rest),
            '"' => quoted(rest, 0, &mut found),
            'r' if raw(&rest[1..]).is_some() => raw_text(rest, 1, &mut found),
            'b' if next == 'r' && raw(&rest[2..]).is_some() => raw_text(rest, 2, &mut found),
            'b' if next == '"' => quoted(rest, 1, &mut found),
            'b' if next == '\'' => quoted(rest, 1, &mut found),
            // A character, and not the name of a lifetime.
            '\'' if next == '\\' || rest.get(2) == Some(&'\'') => quoted(rest, 0, &mut found),
            c if is_word(c) => {
                let long = length(rest, is_word);
                found.push(Token::Word(rest[..long].iter().collect()));
                long
            }
            c => {
                if !c.is_whitespace() {
                    found.push(Token::Sign(c));
                }
                1
            }
        };
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn length(chars: &[char], belongs: impl Fn(char) -> bool) -> usize {
    chars.iter().take_while(|c| belongs(**c)).count()
}

/// How long a block comment is; they nest.
fn comment(chars: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Reads a text or a character in quotes after a prefix of so many characters.
fn quoted(chars: &[char], prefix: usize, found: &mut Vec<Token>) -> usize {
    let quote = chars[prefix];
    let mut at = prefix + 1;
    while at < chars.len() && chars[at] != quote {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    found.push(Token::Text(chars[prefix + 1..at.min(chars.len())].iter().collect()));
    at + 1
}

/// The hashes of a raw text that begins here.
fn raw(chars: &[char]) -> Option<usize> {
    let hashes = length(chars, |c| c == '#');
    (chars.get(hashes) == Some(&'"')).then_some(hashes)
}

fn raw_text(chars: &[char], prefix: usize, found: &mut Vec<Token>) -> usize {
    let hashes = length(&chars[prefix..], |c| c == '#');
    let start = prefix + hashes + 1;
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let long = chars[start..].windows(end.len()).position(|window| window == end).unwrap_or(chars.len() - start);
    found.push(Token::Text(chars[start..start + long].iter().collect()));
    start + long + end.len()
}

const TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];

fn opens_a_test(tokens: &[Token]) -> bool {
    tokens.len() >= TEST.len()
        && tokens.iter().zip(TEST).all(|(token, want)| match token {
            Token::Word(word) => word == want,
            Token::Sign(sign) => want.len() == 1 && want.starts_with(*sign),
            Token::Text(_) => false,
        })
}

/// The same tokens without the items that only tests see.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if opens_a_test(&tokens[at..]) {
            at += TEST.len() + item(&tokens[at + TEST.len()..]);
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// How many tokens the item that begins here has: up to its semicolon or its closing brace.
fn item(tokens: &[Token]) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign('{' | '(' | '[') => depth += 1,
            Token::Sign(sign @ ('}' | ')' | ']')) => {
                depth -= 1;
                if depth == 0 && *sign == '}' {
                    return at + 1;
                }
            }
            Token::Sign(';') if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// The names of `mod name;` that only tests see.
fn modules_of_tests(tokens: &[Token]) -> Vec<String> {
    let opened = (0..tokens.len()).filter(|at| opens_a_test(&tokens[*at..]));
    let item_of = |at: usize| &tokens[at + TEST.len()..][..item(&tokens[at + TEST.len()..])];
    opened
        .map(item_of)
        .filter_map(|item| match item {
            [.., Token::Word(word), Token::Word(name), Token::Sign(';')] if word == "mod" => Some(name.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn code_is_cut_into_words_signs_and_texts() {
    let (word, text) = (|w: &str| Token::Word(w.to_owned()), |t: &str| Token::Text(t.to_owned()));
    let read = tokens("a::b /* x /* y */ z */ // c\n \"q\\\"{\" 'x' '\\'' &'a r#\"d\"e\"# br\"f\" b'g' 12");
    let want = [
        word("a"),
        Token::Sign(':'),
        Token::Sign(':'),
        word("b"),
        text("q\\\"{"),
        text("x"),
        text("\\'"),
        Token::Sign('&'),
        Token::Sign('\''),
        word("a"),
        text("d\"e"),
        text("f"),
        text("g"),
        word("12"),
    ];
    assert_eq!(read, want);
}

#[test]
fn what_only_tests_see_is_left_out() {
    let read = |text: &str| without_tests(tokens(text));
    assert_eq!(read("a; #[cfg(test)] mod t { fn x() { {} } } b"), tokens("a; b"));
    assert_eq!(read("#[cfg(test)] pub(crate) mod t; b"), tokens("b"));
    assert_eq!(read("#[cfg(unix)] mod t; b"), tokens("#[cfg(unix)] mod t; b"));
    assert_eq!(modules_of_tests(&tokens("#[cfg(test)] pub(crate) mod t; #[cfg(test)] fn x() {} mod u;")), ["t"]);
}
