//! From bytes to text: what is no text is refused by its name, and characters are never guessed into mojibake.

use crate::domain::{Refusal, Text};
use crate::ops::special_file::what_it_is;
use crate::text;
use anyhow::{Result, bail};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Largest file, in bytes.
pub const FILE_MAX: u64 = 512 * 1024 * 1024;
/// Largest cell, in bytes.
pub const CELL_MAX: usize = 1024 * 1024;

/// Longest run of bytes without a separator or a line end: a cell that is refused while the file is still being read.
const RUN_MAX: usize = 4 * CELL_MAX;
const CHUNK: usize = 1024 * 1024;

/// Where the bytes come from.
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Anything else that can be read once, and how it is called in messages: standard input.
    Reader(String, Box<dyn Read>),
}

impl Source {
    /// How the source is called in messages.
    pub fn name(&self) -> String {
        match self {
            Source::File(path) => path.display().to_string(),
            Source::Reader(name, _) => name.clone(),
        }
    }
    /// Whether the name says that it is a workbook.
    pub fn is_workbook(&self) -> bool {
        let Source::File(path) = self else { return false };
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
        matches!(ending.as_str(), "xlsx" | "xlsm" | "ods")
    }
}

/// The bytes of a source, all of them or a refusal.
pub fn bytes(source: Source) -> Result<Vec<u8>> {
    let (name, workbook) = (source.name(), source.is_workbook());
    match source {
        Source::Reader(_, mut reader) => gather(&mut reader, &name, Vec::new(), workbook),
        Source::File(path) => {
            let before = regular(&path, &name)?;
            let mut file = File::open(&path).map_err(|e| unreadable(&name, &e))?;
            let mut room = Vec::new();
            room.try_reserve_exact(before.len() as usize + 1).map_err(|_| no_memory(&name))?;
            let bytes = gather(&mut file, &name, room, workbook)?;
            let after = std::fs::metadata(&path).map_err(|e| unreadable(&name, &e))?;
            let same = after.len() == before.len() && after.modified().ok() == before.modified().ok();
            if !same || bytes.len() as u64 != before.len() {
                bail!(
                    Refusal::data(text!("{name} a changé pendant la lecture", "{name} changed while being read"))
                        .hint(text!("Recommencez quand le fichier est fermé.", "Try again once the file is closed."))
                );
            }
            Ok(bytes)
        }
    }
}

/// Looked at before it is opened: opening a pipe would wait for ever.
fn regular(path: &Path, name: &str) -> Result<Metadata> {
    let found = std::fs::metadata(path).map_err(|e| unreadable(name, &e))?;
    if found.is_file() {
        if found.len() > FILE_MAX {
            bail!(too_big(name));
        }
        return Ok(found);
    }
    let what = what_it_is(&found);
    bail!(
        Refusal::data(text!("{name} n'est pas un fichier : c'est {what}", "{name} is not a file: it is {what}"; what))
            .hint(text!(
                "Donnez un fichier .csv, .xlsx ou .ods ; « - » lit l'entrée standard.",
                "Give a .csv, .xlsx or .ods file; “-” reads standard input."
            ))
    )
}

fn unreadable(name: &str, error: &std::io::Error) -> Refusal {
    match error.kind() {
        ErrorKind::NotFound => {
            Refusal::failure(text!("le fichier {name} n'existe pas", "the file {name} does not exist"))
                .hint(text!("Vérifiez le nom et le dossier.", "Check the name and the folder."))
        }
        ErrorKind::PermissionDenied => {
            Refusal::failure(text!("le fichier {name} ne peut pas être lu", "the file {name} can't be read"))
                .why(text!("vous n'avez pas le droit de le lire", "you are not allowed to read it"))
        }
        // What Windows answers for a file that another program keeps to itself.
        _ if error.raw_os_error() == Some(32) && cfg!(windows) => {
            Refusal::busy(text!("{name} est ouvert dans un autre programme", "{name} is open in another program"))
                .hint(text!("Fermez-le dans Excel.", "Close it in Excel."))
        }
        _ => Refusal::failure(text!("le fichier {name} ne peut pas être lu", "the file {name} can't be read"))
            .why(match error.kind() {
                ErrorKind::InvalidFilename => {
                    text!("un nom de fichier ne peut pas être ainsi", "a file name cannot be like that")
                }
                _ => text!("le disque a répondu par une erreur", "the disk answered with an error"),
            })
            .hint(text!("Vérifiez le nom et le disque.", "Check the name and the disk.")),
    }
}

fn too_big(name: &str) -> Refusal {
    let max = FILE_MAX / (1024 * 1024);
    Refusal::data(text!("{name} est trop gros : {max} Mo au plus", "{name} is too big: {max} MB at most"))
        .hint(text!("Coupez-le en plusieurs fichiers.", "Cut it into several files."))
}

fn no_memory(name: &str) -> Refusal {
    Refusal::failure(text!("pas assez de mémoire pour lire {name}", "not enough memory to read {name}"))
        .hint(text!("Fermez d'autres programmes, ou coupez le fichier.", "Close other programs, or cut the file."))
}

fn gather(reader: &mut dyn Read, name: &str, mut bytes: Vec<u8>, workbook: bool) -> Result<Vec<u8>> {
    let mut open = 0;
    let mut from = 0;
    loop {
        let read = reader.take(CHUNK as u64).read_to_end(&mut bytes).map_err(|e| unreadable(name, &e))?;
        if read == 0 {
            return Ok(bytes);
        }
        if bytes.len() as u64 > FILE_MAX {
            bail!(too_big(name));
        }
        if !workbook {
            if from == 0 {
                refuse_formats(&bytes, name)?;
            }
            open = open_run(&bytes[from..], open).ok_or_else(|| cell_too_long(1 + count_lines(&bytes)))?;
        }
        from = bytes.len();
    }
}

/// The length of the run without a separator or a line end that is still open after a chunk; `None` when one is past the
/// limit. A chunk is shorter than the limit: only a run that was open before it, or stays so, can be past it.
fn open_run(chunk: &[u8], open: usize) -> Option<usize> {
    const { assert!(CHUNK < RUN_MAX) };
    let ends = |b: &u8| matches!(b, b',' | b';' | b'\t' | b'|' | b'\n' | b'\r');
    let (longest, open) = match (chunk.iter().position(ends), chunk.iter().rposition(ends)) {
        (Some(first), Some(last)) => (open + first + 1, chunk.len() - last - 1),
        _ => (open + chunk.len(), open + chunk.len()),
    };
    (longest <= RUN_MAX).then_some(open)
}

/// How many line ends a text has; CR LF is one.
pub(crate) fn count_lines(bytes: &[u8]) -> u64 {
    let ends = bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count();
    let pairs = if ends == 0 { 0 } else { bytes.windows(2).filter(|w| w == b"\r\n").count() };
    (ends - pairs) as u64
}

/// The refusal of a cell past [`CELL_MAX`].
pub(crate) fn cell_too_long(line: u64) -> Refusal {
    Refusal::data(text!("ligne {line} : une case dépasse 1 Mo", "line {line}: a cell is larger than 1 MB"))
        .why(text!("un guillemet n'est peut-être pas refermé", "a quote may not be closed"))
        .hint(text!("Corrigez cette ligne et recommencez.", "Correct that line and try again."))
}

/// Files that people pick by mistake, by their first bytes.
const FORMATS: &[(&[u8], &str, &str)] = &[
    (b"\x1f\x8b", "un fichier compressé (gzip)", "a compressed file (gzip)"),
    (b"BZh", "un fichier compressé (bzip2)", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\0", "un fichier compressé (xz)", "a compressed file (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "une archive 7z", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "un fichier compressé (zstd)", "a compressed file (zstd)"),
    (b"Rar!", "une archive RAR", "a RAR archive"),
    (b"SQLite format 3\0", "une base SQLite", "an SQLite database"),
    (b"%PDF", "un document PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "un ancien classeur ou document Office (.xls, .doc)", "an old Office file (.xls, .doc)"),
    (b"\x89PNG", "une image", "a picture"),
    (b"\xff\xd8\xff", "une image", "a picture"),
    (b"{\\rtf", "un document RTF", "an RTF document"),
    (b"\x7fELF", "un programme", "a program"),
];

fn refuse_formats(bytes: &[u8], name: &str) -> Result<()> {
    let told = |fr: &str, en: &str| {
        Refusal::data(text!("{name} n'est pas un fichier CSV : c'est {fr}", "{name} is no CSV file: it is {en}"))
    };
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let has = |word: &[u8]| bytes[..bytes.len().min(65_536)].windows(word.len()).any(|w| w == word);
        let refusal = if has(b"xl/") {
            told("un classeur Excel (.xlsx)", "an Excel workbook (.xlsx)")
                .hint(text!("Renommez-le en .xlsx.", "Rename it to .xlsx."))
        } else if has(b"opendocument.spreadsheet") {
            told("un classeur .ods", "an .ods workbook").hint(text!("Renommez-le en .ods.", "Rename it to .ods."))
        } else {
            told("une archive ZIP", "a ZIP archive")
                .hint(text!("Donnez le fichier qu'elle contient.", "Give the file that it holds."))
        };
        bail!(refusal);
    }
    if let Some((_, fr, en)) = FORMATS.iter().find(|(magic, _, _)| bytes.starts_with(magic)) {
        bail!(
            told(fr, en).hint(text!("Enregistrez le tableau en CSV ou en .xlsx.", "Save the table as CSV or .xlsx."))
        );
    }
    Ok(())
}

/// Text, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The encoding: `utf-8`, `windows-1252`…
    pub encoding: String,
    /// Whether the file began with a byte order mark.
    pub bom: bool,
    /// Another encoding that the bytes look like, when the one used was only assumed.
    pub doubt: Option<&'static str>,
}

/// The text of bytes: by byte order mark, else UTF-8 when it is valid, else windows-1252; `encoding` overrides.
pub fn decode(mut bytes: Vec<u8>, name: &str, encoding: Option<&str>) -> Result<Decoded> {
    let marked = Encoding::for_bom(&bytes);
    let (found, skip, doubt) = match (encoding, marked) {
        (Some(label), mark) => {
            let asked = asked(label)?;
            (asked, mark.filter(|(e, _)| *e == asked).map_or(0, |(_, length)| length), None)
        }
        (None, Some((encoding, length))) => (encoding, length, None),
        (None, None) => {
            if bytes.contains(&0) {
                bail!(Refusal::data(text!("{name} n'est pas un fichier de texte", "{name} is not a text file")).hint(
                    text!("Si c'est de l'UTF-16 : --encoding utf-16le.", "If it is UTF-16: --encoding utf-16le.")
                ));
            }
            bytes = match String::from_utf8(bytes) {
                Ok(text) => return Ok(Decoded { text, encoding: said(UTF_8), bom: false, doubt: None }),
                Err(other) => other.into_bytes(),
            };
            refuse_damaged_utf8(&bytes, name)?;
            if let Some(at) = bytes.iter().position(is_unknown_to_windows) {
                bail!(damaged(name, "windows-1252", at, &bytes));
            }
            (WINDOWS_1252, 0, doubt(&bytes))
        }
    };
    let said = said(found);
    let bom = skip > 0;
    if found == UTF_8 {
        bytes.drain(..skip);
        let text =
            String::from_utf8(bytes).map_err(|e| damaged(name, &said, e.utf8_error().valid_up_to(), e.as_bytes()))?;
        return Ok(Decoded { text, encoding: said, bom, doubt });
    }
    let rest = &bytes[skip..];
    let text = found.decode_without_bom_handling_and_without_replacement(rest);
    let Some(text) = text else {
        bail!(match found {
            found if found == UTF_16LE => damaged_utf16(name, &said, rest, u16::from_le_bytes),
            found if found == UTF_16BE => damaged_utf16(name, &said, rest, u16::from_be_bytes),
            _ => damaged(name, &said, usize::MAX, &[]),
        });
    };
    Ok(Decoded { text: text.into_owned(), encoding: said, bom, doubt })
}

fn said(encoding: &'static Encoding) -> String {
    encoding.name().to_ascii_lowercase()
}

fn asked(label: &str) -> Result<&'static Encoding> {
    let found = match label.to_ascii_lowercase().as_str() {
        "utf-16" | "utf16" | "utf16le" => Some(UTF_16LE),
        "utf16be" => Some(UTF_16BE),
        "utf8" => Some(UTF_8),
        "mac" | "macroman" => Encoding::for_label(b"macintosh"),
        label => Encoding::for_label(label.as_bytes()),
    };
    match found.filter(|e| *e != encoding_rs::REPLACEMENT) {
        Some(found) => Ok(found),
        None => {
            let label = crate::domain::folding::shown(label);
            bail!(Refusal::usage(text!("encodage « {label} » inconnu", "unknown encoding “{label}”")).hint(text!(
                "Par exemple : --encoding utf-8, windows-1252, utf-16le, macintosh.",
                "For instance: --encoding utf-8, windows-1252, utf-16le, macintosh."
            )))
        }
    }
}

/// UTF-8 with a few broken bytes read as windows-1252 would give every accent as two wrong characters: one accent in UTF-8
/// is enough to know, whatever the number of others.
fn refuse_damaged_utf8(bytes: &[u8], name: &str) -> Result<()> {
    let (mut meant, mut first, mut at) = (false, None, 0);
    for chunk in bytes.utf8_chunks() {
        meant |= chunk.valid().chars().any(is_meant);
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            first.get_or_insert(at);
            // Half of a pair of UTF-16, written as if it were a character.
            meant |= matches!(bytes.get(at..at + 3), Some([0xed, 0xa0..=0xbf, 0x80..=0xbf]));
        }
        at += chunk.invalid().len();
    }
    if meant {
        bail!(damaged(name, "utf-8", first.unwrap_or(0), bytes));
    }
    Ok(())
}

/// Whether a character of several bytes is one that a file of this country holds. `CAFÉ »` and `OÙ…` of windows-1252 are
/// bytes that UTF-8 would read as letters of Africa or Asia, and such letters alone do not tell.
fn is_meant(c: char) -> bool {
    // Letters of Europe with their marks, punctuation and the euro sign, pictures, and the sign of a lost character.
    matches!(c, '\u{a0}'..='\u{17f}' | '\u{300}'..='\u{36f}' | '\u{2000}'..='\u{22ff}' | '\u{fffd}' | '\u{10000}'..)
}

/// Bytes that windows-1252 gives no character to.
fn is_unknown_to_windows(byte: &u8) -> bool {
    matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)
}

/// The first half of a pair that stands alone, or the last unit when it is cut.
fn damaged_utf16(name: &str, encoding: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Refusal {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let (mut line, mut byte) = (1, 1);
    for c in char::decode_utf16(units).map_while(Result::ok) {
        (line, byte) = if c == '\n' { (line + 1, 1) } else { (line, byte + 2 * c.len_utf16()) };
    }
    in_line(not_whole(name, encoding), line, byte).hint(say_the_encoding())
}

fn damaged(name: &str, encoding: &str, at: usize, bytes: &[u8]) -> Refusal {
    let refusal = not_whole(name, encoding);
    let refusal = match bytes.get(..at) {
        Some(before) => {
            let byte = 1 + before.iter().rev().take_while(|b| !matches!(b, b'\n' | b'\r')).count();
            in_line(refusal, 1 + count_lines(before), byte)
        }
        None => refusal,
    };
    refusal.hint(say_the_encoding())
}

fn not_whole(name: &str, encoding: &str) -> Refusal {
    Refusal::data(text!(
        "{name} n'est pas en {encoding} d'un bout à l'autre",
        "{name} is not {encoding} from end to end"
    ))
}

fn in_line(refusal: Refusal, line: u64, byte: usize) -> Refusal {
    refusal.why(text!(
        "un caractère abîmé, ligne {line}, octet {byte} de la ligne",
        "a damaged character, line {line}, byte {byte} of the line"
    ))
}

fn say_the_encoding() -> Text {
    text!(
        "Corrigez le caractère, ou dites l'encodage : --encoding windows-1252.",
        "Correct the character, or say the encoding: --encoding windows-1252."
    )
}

/// Another encoding that the bytes look more like, named so that a person can check.
fn doubt(bytes: &[u8]) -> Option<&'static str> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(CHUNK)], true);
    let guess = detector.guess(Some(b"fr"), Utf8Detection::Deny);
    (guess != WINDOWS_1252).then(|| guess.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Lang, Reason};
    use proptest::prelude::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes.to_vec(), "x.csv", None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding.as_str()), (text, encoding));
    }

    #[track_caller]
    fn refused(result: Result<impl std::fmt::Debug>, words: &str) -> Refusal {
        let refusal = result.expect_err(words).downcast::<Refusal>().unwrap();
        let said = refusal.lines(Lang::En).join(" ");
        assert!(said.contains(words), "{said}");
        refusal
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(|u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn accents_are_read_in_every_encoding_of_a_french_office() {
        check("é,ü€".as_bytes(), "é,ü€", "utf-8");
        check("\u{feff}é".as_bytes(), "é", "utf-8");
        check(b"Ferr\xe9;\x80;\x9cuvre", "Ferré;€;œuvre", "windows-1252");
        check(&utf16("é\t€", false), "é\t€", "utf-16le");
        check(&utf16("é\t€", true), "é\t€", "utf-16be");
        check(b"", "", "utf-8");
    }

    #[test]
    fn only_a_mark_at_the_start_counts_as_one() {
        assert!(decode("\u{feff}a".as_bytes().to_vec(), "x", None).unwrap().bom);
        assert!(!decode("a\u{feff}".as_bytes().to_vec(), "x", None).unwrap().bom);
    }

    #[test]
    fn utf8_with_one_broken_byte_is_refused_with_its_line() {
        refused(decode(b"Am\xc3\xa9lie\nL\xc3\xa9o\r\nZo\xeb".to_vec(), "x", None), "line 3");
        refused(decode(utf16("ab", false)[..3].to_vec(), "x", None), "not utf-16le from end to end");
    }

    #[test]
    fn one_accent_in_utf8_is_enough_to_refuse_what_is_not() {
        // More bytes of windows-1252 than of UTF-8: no vote.
        refused(decode(b"Jos\xc3\xa9,Ana\nJos\xe9,Zo\xe9\nL\xe9a\n".to_vec(), "x", None), "line 2, byte 4 of the line");
        refused(decode(b"a\xe2\x80\x99b \xe9\xe8\xe7".to_vec(), "x", None), "line 1, byte 7");
        refused(decode(b"Zo\xed\xa0\xbd".to_vec(), "x", None), "not utf-8");
        refused(
            decode(utf16("a\nb", false).into_iter().chain([0x3d, 0xd8, 0x61, 0]).collect(), "x", None),
            "line 2, byte 3",
        );
    }

    #[test]
    fn what_is_wholly_windows_1252_is_read_whatever_its_pairs_look_like() {
        check(b"CAF\xc9\xbb Zo\xe9", "CAFÉ» Zoé", "windows-1252");
        check(b"O\xd9\x85 \xe9valu\xe9\xa0\xbb", "OÙ… évalué\u{a0}»", "windows-1252");
        refused(decode(b"Ferr\x8f".to_vec(), "x", None), "not windows-1252");
    }

    #[test]
    fn the_encoding_that_was_said_is_used() {
        let decoded = decode(b"Ferr\x8e".to_vec(), "x", Some("macintosh")).unwrap();
        assert_eq!(decoded.text, "Ferré");
        assert_eq!(refused(decode(vec![], "x", Some("utf-99")), "utf-99").reason, Reason::Usage);
        refused(decode(b"Ferr\xe9".to_vec(), "x", Some("utf-8")), "not utf-8");
    }

    #[test]
    fn files_that_are_no_tables_are_refused_by_their_name() {
        for (start, name) in [
            (&b"\x1f\x8b\x08\0"[..], "gzip"),
            (b"PK\x03\x04......xl/workbook.xml", "xlsx"),
            (b"PK\x03\x04......other", "ZIP"),
            (b"SQLite format 3\0...", "SQLite"),
            (b"%PDF-1.4", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        ] {
            let reader = Box::new(std::io::Cursor::new(start.to_vec()));
            refused(bytes(Source::Reader("liste.csv".to_owned(), reader)), name);
        }
        refused(decode(b"a\0b".to_vec(), "x", None), "not a text file");
    }

    #[test]
    fn what_is_no_regular_file_is_refused_before_it_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        refused(bytes(Source::File(folder.path().to_owned())), "a directory");
        refused(bytes(Source::File(folder.path().join("none.csv"))), "does not exist");
        #[cfg(unix)]
        {
            refused(bytes(Source::File("/dev/zero".into())), "a device");
            let pipe = folder.path().join("pipe");
            if std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|s| s.success()) {
                refused(bytes(Source::File(pipe)), "a pipe");
            }
        }
    }

    #[test]
    fn a_cell_without_end_is_refused_while_it_is_read() {
        let endless = std::io::Read::chain(&b"a,b\n1,"[..], std::io::repeat(b'x'));
        refused(bytes(Source::Reader("stdin".to_owned(), Box::new(endless))), "line 2: a cell is larger than 1 MB");
    }

    #[test]
    fn a_run_is_measured_across_chunks() {
        let chunk = vec![b'x'; CHUNK - 1];
        let mut open = 0;
        for _ in 0..4 {
            open = open_run(&chunk, open).unwrap();
        }
        assert_eq!(open, RUN_MAX - 4);
        assert_eq!(open_run(b"xxx,yy", open), Some(2));
        assert_eq!(open_run(b"xxxx,yy", open), None);
        assert_eq!(open_run(b"xxxxx", open), None);
        assert_eq!(open_run(b"x\r\n", 1), Some(0));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for encoding in [None, Some("utf-16le"), Some("windows-1252"), Some("utf-8")] {
                let _ = decode(bytes.clone(), "x", encoding);
            }
        }

        #[test]
        fn every_text_is_read_back(text in "[^\0]*") {
            let text = text.trim_start_matches('\u{feff}').to_owned();
            prop_assert_eq!(&decode(text.clone().into_bytes(), "x", None).unwrap().text, &text);
            prop_assert_eq!(&decode(utf16(&text, true), "x", None).unwrap().text, &text);
        }
    }
}
