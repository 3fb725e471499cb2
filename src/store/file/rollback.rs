//! The journal that SQLite leaves beside a file when a write was cut: read without touching it, told apart from those of
//! other files, and applied in memory for who only reads.
//!
//! The format is that of <https://sqlite.org/fileformat2.html#the_rollback_journal>: segments of a header, padded to a
//! sector, and of records, each a page as it was before. A record counts once the header of its segment does.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Read, Result, Seek, SeekFrom};

const MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
/// The bytes of a header that mean something.
const HEADER: usize = 28;

/// The header of a database file: the first bytes of its first page.
pub(super) type Head = [u8; 100];

/// The number at a place of a header.
pub(super) fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_be_bytes)
}

/// The size of the pages that a file's header tells.
pub(super) fn page_size(head: &Head) -> u32 {
    match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        n => u32::from(n),
    }
}

/// A whole journal.
#[derive(Debug)]
pub(super) struct Journal {
    /// The random number of its first header.
    nonce: u32,
    /// How many pages the file had.
    pages: u32,
    page_size: u32,
    /// Where the image of each page begins.
    images: Vec<(u32, u64)>,
    /// The header of the file as it was.
    pub head: Option<Head>,
}

/// What a file beside a database that has the name of its journal is.
#[derive(Debug)]
pub(super) enum Found {
    /// Nothing that would be applied: empty, or of a write that was cut before it touched the file.
    Nothing,
    /// A journal of which a part is missing or changed, or something else.
    Broken,
    /// A whole journal, of whatever file.
    Whole(Journal),
}

/// Reads a journal from its beginning to its end.
pub(super) fn read(mut file: &File) -> Result<Found> {
    let length = file.metadata()?.len();
    let mut first = [0; HEADER];
    file.seek(SeekFrom::Start(0))?;
    match file.read_exact(&mut first) {
        _ if length == 0 || first[0] == 0 => return Ok(Found::Nothing),
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(Found::Broken),
        Err(error) => return Err(error),
    }
    let sector = u64::from(number(&first, 20));
    let page_size = number(&first, 24);
    let fits = |n: u32| n.is_power_of_two() && (512..=65_536).contains(&n);
    if first[..8] != MAGIC || !(32..=65_536).contains(&sector) || !sector.is_power_of_two() || !fits(page_size) {
        return Ok(Found::Broken);
    }
    let (nonce, pages) = (number(&first, 12), number(&first, 16));
    let mut journal = Journal { nonce, pages, page_size, images: Vec::new(), head: None };
    let mut at = 0;
    while at + sector <= length {
        let mut header = [0; HEADER];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut header)?;
        if header[..8] != MAGIC {
            break;
        }
        let Some(end) = journal.take_segment(file, at + sector, length, &header)? else { return Ok(Found::Broken) };
        at = end.next_multiple_of(sector);
    }
    Ok(if journal.images.is_empty() { Found::Broken } else { Found::Whole(journal) })
}

impl Journal {
    /// Notes the records of a segment; gives where it ends, or nothing when it isn't whole.
    fn take_segment(&mut self, mut file: &File, from: u64, length: u64, header: &[u8; HEADER]) -> Result<Option<u64>> {
        let (records, nonce) = (u64::from(number(header, 8)), number(header, 12));
        let size = u64::from(self.page_size);
        let end = from.saturating_add(records.saturating_mul(size + 8));
        if records == 0 || end > length || number(header, 24) != self.page_size {
            return Ok(None);
        }
        let mut record = vec![0; self.page_size as usize + 8];
        file.seek(SeekFrom::Start(from))?;
        for n in 0..records {
            file.read_exact(&mut record)?;
            let (page, image) = (number(&record, 0), &record[4..record.len() - 4]);
            if page == 0 || number(&record, record.len() - 4) != checksum(nonce, image) {
                return Ok(None);
            }
            if page == 1 && self.head.is_none() {
                self.head = image.first_chunk().copied();
            }
            self.images.push((page, from + n * (size + 8) + 4));
        }
        Ok(Some(end))
    }

    /// Whether it is of the write that was cut in the file of this header: the file's first page is as that write found
    /// it, or bears its mark. A copy of the file or another write to it has another mark.
    pub(super) fn is_of(&self, head: &Head) -> bool {
        let Some(before) = &self.head else { return false };
        let same_shape = self.page_size == page_size(head) && self.pages == number(before, 28);
        let one_later = number(head, 24) == number(before, 24).wrapping_add(1);
        let own_mark = mark(number(head, 48)) == mark(self.nonce);
        let marked = own_mark || (is_announced(before) && number(head, 48) == number(before, 48));
        same_shape && (before == head || (one_later && marked))
    }

    /// The content of the file as it was before the write.
    pub(super) fn undone(&self, mut base: &File, mut journal: &File) -> Result<Vec<u8>> {
        let size = self.page_size as usize;
        let mut content = Vec::new();
        base.seek(SeekFrom::Start(0))?;
        base.read_to_end(&mut content)?;
        content.resize(self.pages as usize * size, 0);
        let mut done = BTreeSet::new();
        for (page, at) in self.images.iter().filter(|(page, _)| *page <= self.pages) {
            if done.insert(*page) {
                let begin = (*page as usize - 1) * size;
                journal.seek(SeekFrom::Start(*at))?;
                journal.read_exact(&mut content[begin..begin + size])?;
            }
        }
        Ok(content)
    }
}

/// The sum that SQLite keeps of an image: one byte in two hundred.
fn checksum(nonce: u32, image: &[u8]) -> u32 {
    let places = std::iter::successors(image.len().checked_sub(200), |at| at.checked_sub(200));
    places.filter(|at| *at > 0).fold(nonce, |sum, at| sum.wrapping_add(u32::from(image[at])))
}

/// The random number of the journal of a write under way.
pub(super) fn nonce_of(mut file: &File) -> Result<u32> {
    let mut header = [0; HEADER];
    file.read_exact(&mut header)?;
    Ok(number(&header, 12))
}

/// Says that the next write, which can't be marked, rewrites the whole file.
pub(super) const ANNOUNCED: u32 = 1 << 27;

/// The mark of the write that has this journal: part of the number that tells it from all others.
pub(super) fn mark(nonce: u32) -> u32 {
    nonce & (ANNOUNCED - 1)
}

fn is_announced(head: &Head) -> bool {
    number(head, 48) & ANNOUNCED != 0
}
