//! Every flag that more than one command takes, defined once, with its French name where it has one.

use crate::domain::Text;
use crate::fixed;
use crate::sheet::Format;
use crate::view::names::Names;

/// Where a flag stands in a help page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Of this command: explained on a line of its own.
    Own,
    /// Of all reading or all writing commands: put together on a line when the page would not fit a screen.
    Shared,
    /// Anywhere on the line: named on the last line of each page.
    Global,
}

/// What follows a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing: it is there or not.
    Nothing,
    /// Nothing, but it may be repeated for more.
    Count,
    /// One value.
    One,
    /// One value each time, and it may be repeated.
    Many,
    /// One word or more: up to the end for a positional, up to the next flag for a flag.
    Rest,
}

/// A closed list of words a flag accepts: the first of each row is what the command receives.
pub type Choices = &'static [&'static [&'static str]];

/// One flag or one positional word of a command.
#[derive(Debug, Clone, Copy)]
pub struct Flag {
    /// Its name in the program, and its English long name for a flag.
    pub id: &'static str,
    /// Its letter.
    pub short: Option<char>,
    /// Its hidden other long names (French).
    pub also: &'static [&'static str],
    /// The name of its value in help; the name of a positional.
    pub value: &'static Text,
    /// Its line of help.
    pub help: &'static Text,
    /// Where it stands in a help page.
    pub group: Group,
    /// What follows it.
    pub takes: Takes,
    /// The words it accepts, when they are few.
    pub choices: Choices,
    /// What its value names, which the shell completes.
    pub names: Option<Names>,
    /// A word without a name: its place says what it is.
    pub positional: bool,
    /// Its value may also stand as a bare word, in its place among the positionals.
    pub or_word: bool,
    /// The command cannot run without it.
    pub required: bool,
    /// Values such as `-2` or `-5,5` are meant for it.
    pub minus: bool,
    /// Works, and is not shown in help.
    pub hidden: bool,
}

const NONE: &Text = fixed!("", "");

impl Flag {
    const fn base(id: &'static str, help: &'static Text) -> Flag {
        Flag {
            id,
            short: None,
            also: &[],
            value: NONE,
            help,
            group: Group::Own,
            takes: Takes::Nothing,
            choices: &[],
            names: None,
            positional: false,
            or_word: false,
            required: false,
            minus: false,
            hidden: false,
        }
    }
    /// `--id`, without a value.
    pub const fn switch(id: &'static str, help: &'static Text) -> Flag {
        Flag::base(id, help)
    }
    /// `--id VALUE`.
    pub const fn option(id: &'static str, value: &'static Text, help: &'static Text) -> Flag {
        Flag { value, takes: Takes::One, ..Flag::base(id, help) }
    }
    /// A word that must be there: `WHO`.
    pub const fn word(id: &'static str, value: &'static Text, help: &'static Text) -> Flag {
        Flag { value, takes: Takes::One, positional: true, required: true, ..Flag::base(id, help) }
    }
    /// The same with a letter.
    pub const fn short(self, letter: char) -> Flag {
        Flag { short: Some(letter), ..self }
    }
    /// The same with hidden other long names.
    pub const fn also(self, names: &'static [&'static str]) -> Flag {
        Flag { also: names, ..self }
    }
    /// The same, repeatable (a positional then takes all the words that are left).
    pub const fn many(self) -> Flag {
        Flag { takes: if self.positional { Takes::Rest } else { Takes::Many }, ..self }
    }
    /// The same flag with several values at once: `--absent ferre bensaid`.
    pub const fn several(self) -> Flag {
        Flag { takes: Takes::Rest, ..self }
    }
    /// The same, and the command needs it.
    pub const fn required(self) -> Flag {
        Flag { required: true, ..self }
    }
    /// The same, and the command can do without it.
    pub const fn optional(self) -> Flag {
        Flag { required: false, ..self }
    }
    /// The same option, whose value may also be typed as a word: `45` for `--minutes 45`.
    pub const fn or_word(self) -> Flag {
        Flag { or_word: true, ..self }
    }
    /// The same, for a value that may begin with a minus.
    pub const fn minus(self) -> Flag {
        Flag { minus: true, ..self }
    }
    /// The same, limited to a closed list; each row holds a word and its other spellings.
    pub const fn one_of(self, choices: Choices) -> Flag {
        Flag { choices, ..self }
    }
    /// The same, for a value that names this: the shell completes it.
    pub const fn names(self, names: Names) -> Flag {
        Flag { names: Some(names), ..self }
    }
    /// The same with another line of help, for a command where the usual one is not exact.
    pub const fn help(self, help: &'static Text) -> Flag {
        Flag { help, ..self }
    }
    const fn shared(self) -> Flag {
        Flag { group: Group::Shared, ..self }
    }
    const fn global(self) -> Flag {
        Flag { group: Group::Global, ..self }
    }
    const fn hidden(self) -> Flag {
        Flag { hidden: true, ..self }
    }
}

/// The name in the parser of the bare word that stands for an option.
pub fn word_of(flag: &Flag) -> String {
    format!("{} word", flag.id)
}

/// The flags of one group that help shows, in order.
pub fn in_group<'a>(flags: impl IntoIterator<Item = &'a Flag>, group: Group) -> impl Iterator<Item = &'a Flag> {
    flags.into_iter().filter(move |flag| flag.group == group && !flag.hidden)
}

const DATE: &Text = fixed!("DATE", "DATE");
const FILE: &Text = fixed!("FICHIER", "FILE");
const TEXT: &Text = fixed!("TEXTE", "TEXT");

/// `--db FILE`.
pub const DB: Flag = Flag::option("db", FILE, fixed!("la base à ouvrir", "the database to open")).global();
/// `--lang fr|en`.
pub const LANG: Flag =
    Flag::option("lang", fixed!("fr|en", "fr|en"), fixed!("la langue des messages", "the language of messages"))
        .one_of(&[&["fr"], &["en"]])
        .global();
/// `--color auto|always|never`.
pub const COLOR: Flag = Flag::option(
    "color",
    fixed!("QUAND", "WHEN"),
    fixed!("couleurs : auto, always, never", "colours: auto, always, never"),
)
.one_of(&[&["auto"], &["always", "toujours"], &["never", "jamais"]])
.global();
/// `-q`.
pub const QUIET: Flag = Flag::switch("quiet", fixed!("ne dit que les erreurs", "says errors only")).short('q').global();
/// `-v`, `-vv`.
pub const VERBOSE: Flag = Flag {
    takes: Takes::Count,
    ..Flag::switch("verbose", fixed!("en dit plus ; deux fois : tout", "says more; twice: everything"))
        .short('v')
        .global()
};
/// `--no-input`.
pub const NO_INPUT: Flag = Flag::switch("no-input", fixed!("ne pose aucune question", "asks no question")).global();
/// `--no-pager`.
pub const NO_PAGER: Flag =
    Flag::switch("no-pager", fixed!("montre tout d'un coup (fil help environment)", "shows all at once"))
        .global()
        .hidden();
/// `--today DATE`.
pub const TODAY: Flag =
    Flag::option("today", DATE, fixed!("le jour à prendre pour aujourd'hui", "the day to take as today"))
        .global()
        .hidden();
/// The flags that work anywhere on the line.
pub const GLOBALS: &[Flag] = &[DB, LANG, COLOR, QUIET, VERBOSE, NO_INPUT, NO_PAGER, TODAY];

/// `-f FORMAT`.
pub const FORMAT: Flag =
    Flag::option("format", fixed!("FORMAT", "FORMAT"), Format::NAMES).short('f').one_of(Format::WORDS).shared();
/// `-o FILE|DIR/|-`.
pub const OUTPUT: Flag = Flag::option(
    "output",
    fixed!("FICHIER|DOSSIER/|-", "FILE|DIR/|-"),
    fixed!("écrit dans un fichier", "writes to a file"),
)
.short('o')
.shared();
/// `-o DIR` of a command that writes a folder of its own: the frame leaves it to that command.
pub const FOLDER: Flag =
    Flag::option("output", fixed!("DOSSIER", "DIR"), fixed!("le dossier où écrire", "the folder to write to"))
        .short('o');
/// `-c COHORT`.
pub const COHORT: Flag = Flag::option(
    "cohort",
    fixed!("PROMO", "COHORT"),
    fixed!("la promotion (all : toutes)", "the cohort (all: every one)"),
)
.short('c')
.names(Names::Cohorts)
.shared();
/// `-p PERIOD`.
pub const PERIOD: Flag = Flag::option(
    "period",
    fixed!("PÉRIODE", "PERIOD"),
    fixed!("la période : 2018-11, m-1… (fil help periods)", "the period: 2018-11, m-1… (fil help periods)"),
)
.short('p')
.minus()
.names(Names::Period)
.shared();
/// `-s STATUS`.
pub const STATUS: Flag =
    Flag::option("status", fixed!("STATUT", "STATUS"), fixed!("ceux qui ont ce statut", "those with this status"))
        .short('s')
        .shared();
/// `-S COL[:desc]`.
pub const SORT: Flag =
    Flag::option("sort", fixed!("COL[:desc]", "COL[:desc]"), fixed!("trie par une colonne", "sorts by a column"))
        .short('S')
        .shared();
/// `-L N`.
pub const LIMIT: Flag =
    Flag::option("limit", fixed!("N", "N"), fixed!("les N premières lignes", "the first N rows")).short('L').shared();
/// `--columns A,B|list`.
pub const COLUMNS: Flag = Flag::option(
    "columns",
    fixed!("A,B|list", "A,B|list"),
    fixed!("ces colonnes (list : lesquelles existent)", "these columns (list: which exist)"),
)
.also(&["colonnes"])
.shared();
/// `-w`.
pub const WIDE: Flag = Flag::switch("wide", fixed!("ne cache aucune colonne", "hides no column")).short('w').shared();
/// `--fail-empty`.
pub const FAIL_EMPTY: Flag =
    Flag::switch("fail-empty", fixed!("code 3 quand il n'y a rien", "exit 3 when there is nothing")).shared();
/// `--as-of DATE`.
pub const AS_OF: Flag =
    Flag::option("as-of", DATE, fixed!("tel que c'était ce jour-là", "as things stood on that day")).minus().shared();

/// `--known-on DATE|OPERATION`.
pub const KNOWN_ON: Flag = Flag::option(
    "known-on",
    fixed!("DATE|OPÉRATION", "DATE|OPERATION"),
    fixed!("ce que la base contenait alors", "what the database held then"),
)
.also(&["connu-au"])
.shared();

/// `--ascii`.
pub const ASCII: Flag =
    Flag::switch("ascii", fixed!("tableau en caractères simples", "table in plain characters")).shared();
/// What every command that shows a table takes; the frame acts on all of them.
pub const TABLE: &[Flag] = &[FORMAT, OUTPUT, SORT, LIMIT, COLUMNS, WIDE, FAIL_EMPTY, FORCE, ASCII, KNOWN_ON];

/// `--on DATE`.
pub const ON: Flag =
    Flag::option("on", DATE, fixed!("le jour du fait (sinon aujourd'hui)", "the day it happened (else today)"))
        .minus()
        .also(&["le"])
        .shared();
/// `-n`.
pub const DRY_RUN: Flag =
    Flag::switch("dry-run", fixed!("montre l'effet, n'écrit rien", "shows the effect, writes nothing"))
        .short('n')
        .shared();
/// `-y`.
pub const YES: Flag =
    Flag::switch("yes", fixed!("ne demande pas confirmation", "asks no confirmation")).short('y').shared();
/// `--force`.
pub const FORCE: Flag =
    Flag::switch("force", fixed!("remplace un fichier existant", "replaces an existing file")).shared();
/// `--set FIELD=VALUE`, repeatable.
pub const SET: Flag = Flag::option(
    "set",
    fixed!("CHAMP=VALEUR", "FIELD=VALUE"),
    fixed!("tout autre champ (fil help formats)", "any other field (fil help formats)"),
)
.many();

/// `--start DATE`.
pub const START: Flag = Flag::option("start", DATE, fixed!("premier jour", "first day")).also(&["debut"]).minus();
/// `--end DATE`.
pub const END: Flag = Flag::option("end", DATE, fixed!("dernier jour", "last day")).also(&["fin"]).minus();
/// `--from DATE`.
pub const FROM: Flag = Flag::option("from", DATE, fixed!("à partir de ce jour", "from this day")).also(&["du"]).minus();
/// `--to DATE`.
pub const TO: Flag =
    Flag::option("to", DATE, fixed!("jusqu'à ce jour compris", "to this day included")).also(&["au"]).minus();
/// `--reason WORD`.
pub const REASON: Flag =
    Flag::option("reason", fixed!("MOTIF", "REASON"), fixed!("le motif", "the reason")).also(&["motif"]);
/// `--phone NUMBER`.
pub const PHONE: Flag =
    Flag::option("phone", fixed!("NUMÉRO", "NUMBER"), fixed!("le téléphone", "the phone number")).also(&["tel"]);
/// `--born DATE`.
pub const BORN: Flag =
    Flag::option("born", DATE, fixed!("la date de naissance", "the birth date")).also(&["ne"]).minus();
/// `--like COHORT`.
pub const LIKE: Flag =
    Flag::option("like", fixed!("PROMO", "COHORT"), fixed!("sur le modèle de celle-ci", "modelled on it"))
        .also(&["comme"])
        .names(Names::COHORT);
/// `--places N`.
pub const PLACES: Flag = Flag::option("places", fixed!("N", "N"), fixed!("le nombre de places", "how many places"));
/// `--ending PERIOD`.
pub const ENDING: Flag = Flag::option(
    "ending",
    fixed!("PÉRIODE", "PERIOD"),
    fixed!("dont le contrat finit alors : +30j", "whose contract ends then: +30d"),
)
.also(&["finit"]);
/// `--note TEXT`.
pub const NOTE: Flag = Flag::option("note", TEXT, fixed!("une note", "a note"));
/// `WHO`.
pub const WHO: Flag = Flag::word(
    "who",
    fixed!("QUI", "WHO"),
    fixed!("la personne : ferre-amelie, 12 ou amé", "the person: ferre-amelie, 12 or amé"),
)
.names(Names::TRAINEE);
