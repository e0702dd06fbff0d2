//! The port of the index of pages: which pages hold which terms. It is derived, may lag behind the record, and may be
//! deleted at any time, for it is filled again. It knows no words and no readers: a term is a number, the text of a page
//! comes sealed, and a paper is part of a whole (a case) that a question may be kept to.
//!
//! Pages are numbered as they come. A block of [`BLOCK`] numbers keeps, for each term, the pages that hold it, as gaps
//! or as one bit for each page, whichever is shorter: terms that stand on most pages cost least.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

use async_trait::async_trait;

use crate::{Pos, StoreError};

/// Numbers of a block.
pub const BLOCK: u64 = 1 << 15;
const WORDS: usize = BLOCK as usize / 64;
/// How the pages of a block are written: gaps between them, or a bit for each.
const GAPS: u8 = 0;
const BITS: u8 = 1;

/// A term, as a number that tells nothing of it.
pub type Term = u64;

/// A page to be indexed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedPage {
    /// The terms on it, each once.
    pub terms: Vec<Term>,
    /// Its text, sealed.
    pub text: Vec<u8>,
}

/// A paper to be indexed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedPaper {
    /// Names it.
    pub key: String,
    /// The whole that it is part of.
    pub part_of: String,
    /// Which state of it this is.
    pub edition: String,
    /// Its pages, in order.
    pub pages: Vec<IndexedPage>,
}

/// A question to the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagesAsked {
    /// Pages that hold all of these; none are found of nothing.
    pub terms: Vec<Term>,
    /// Only in these wholes.
    pub within: Option<Vec<String>>,
    /// Only pages with smaller numbers.
    pub before: u64,
    /// At most so many.
    pub limit: usize,
}

/// A page that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFound {
    /// Its number; newer pages have greater ones.
    pub no: u64,
    /// The paper.
    pub key: String,
    /// The whole that it is part of.
    pub part_of: String,
    /// The page within the paper, from 1.
    pub page: u64,
    /// Its text, sealed.
    pub text: Vec<u8>,
}

/// Which pages hold which terms.
#[async_trait]
pub trait PageIndex: Send + Sync + 'static {
    /// Takes papers in, all or nothing. A paper that is there already is taken out before.
    async fn put(&self, papers: Vec<IndexedPaper>) -> Result<(), StoreError>;

    /// The papers of a whole, each with its edition.
    async fn papers(&self, part_of: &str) -> Result<Vec<(String, String)>, StoreError>;

    /// The pages of a paper: their numbers and texts, in order.
    async fn pages(&self, key: &str) -> Result<Vec<(u64, Vec<u8>)>, StoreError>;

    /// Takes a paper out; of each of its pages the terms are told, so that no trace stays behind.
    async fn take_out(&self, key: &str, pages: Vec<(u64, Vec<Term>)>) -> Result<(), StoreError>;

    /// The newest pages that answer the question, newest first.
    async fn find(&self, asked: &PagesAsked) -> Result<Vec<PageFound>, StoreError>;

    /// Up to where the record was looked at.
    async fn reached(&self) -> Result<Pos, StoreError>;

    /// Says up to where the record was looked at.
    async fn reach(&self, upto: Pos) -> Result<(), StoreError>;

    /// What it takes on the disk, as far as that is known.
    async fn size_bytes(&self) -> Result<u64, StoreError>;

    /// Forgets everything.
    async fn clear(&self) -> Result<(), StoreError>;
}

/// Pages of one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks(Box<[u64; WORDS]>);

impl Marks {
    /// No page of the block.
    pub fn none() -> Self {
        Self(Box::new([0; WORDS]))
    }

    /// The pages of `block` within some ranges of numbers, the end excluded.
    pub fn within(block: u64, ranges: &[(u64, u64)]) -> Self {
        let mut marks = Self::none();
        let (start, end) = (block * BLOCK, (block + 1) * BLOCK);
        for (from, until) in ranges {
            for no in (*from).max(start)..(*until).min(end) {
                marks.mark(no - start);
            }
        }
        marks
    }

    /// Marks the page at a place within the block.
    pub fn mark(&mut self, place: u64) {
        self.0[place as usize / 64] |= 1 << (place % 64);
    }

    /// Takes the mark at a place away.
    pub fn unmark(&mut self, place: u64) {
        self.0[place as usize / 64] &= !(1 << (place % 64));
    }

    /// Takes what the other has, too.
    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(own, other)| *own |= other);
    }

    /// Keeps what the other has as well.
    pub fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(own, other)| *own &= other);
    }

    /// The places that are marked, the greatest first.
    pub fn newest_first(&self) -> impl Iterator<Item = u64> + '_ {
        let words = self.0.iter().enumerate().rev();
        words.flat_map(|(at, word)| {
            (0..64).rev().filter(move |bit| word >> bit & 1 == 1).map(move |bit| at as u64 * 64 + bit)
        })
    }

    /// Whether no page is marked.
    pub fn is_none(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// As it is kept.
    pub fn written(&self) -> Vec<u8> {
        let mut gaps = vec![GAPS];
        let mut last = 0;
        for (at, word) in self.0.iter().enumerate() {
            let mut word = *word;
            while word != 0 {
                let place = at * 64 + word.trailing_zeros() as usize;
                word &= word - 1;
                // The first gap is the place itself; a gap of 128 and more takes two bytes, the high one first.
                let gap = place - last;
                last = place;
                match gap < 0x80 {
                    true => gaps.push(gap as u8),
                    false => gaps.extend([0x80 | (gap >> 8) as u8, gap as u8]),
                }
            }
            if gaps.len() > WORDS * 8 {
                return [BITS].into_iter().chain(self.0.iter().flat_map(|word| word.to_le_bytes())).collect();
            }
        }
        gaps
    }

    /// As it was kept; nothing of what is not whole.
    pub fn read(written: &[u8]) -> Option<Self> {
        let mut marks = Self::none();
        let (kind, rest) = written.split_first()?;
        if *kind == BITS {
            let words = rest.as_chunks::<8>().0;
            marks.0.iter_mut().zip(words).for_each(|(word, bytes)| *word = u64::from_le_bytes(*bytes));
            return (words.len() == WORDS).then_some(marks);
        }
        let (mut bytes, mut place) = (rest.iter(), 0);
        while let Some(first) = bytes.next() {
            place += match first & 0x80 {
                0 => u64::from(*first),
                _ => u64::from(first & 0x7f) << 8 | u64::from(*bytes.next()?),
            };
            if place >= BLOCK {
                return None;
            }
            marks.mark(place);
        }
        Some(marks)
    }
}

/// An index in memory, for tests and trials: it goes with the process.
#[derive(Default)]
pub struct MemoryPages(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// Papers by key: whole, edition, numbers from and until.
    papers: BTreeMap<String, (String, String, u64, u64)>,
    pages: BTreeMap<u64, (String, Vec<u8>)>,
    terms: BTreeMap<Term, BTreeSet<u64>>,
    next: u64,
    upto: Pos,
}

impl MemoryPages {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().expect("nobody panics while holding the index")
    }
}

#[async_trait]
impl PageIndex for MemoryPages {
    async fn put(&self, papers: Vec<IndexedPaper>) -> Result<(), StoreError> {
        let mut kept = self.kept();
        for paper in papers {
            let first = kept.next;
            for (no, page) in (first..).zip(paper.pages) {
                for term in page.terms {
                    kept.terms.entry(term).or_default().insert(no);
                }
                kept.pages.insert(no, (paper.key.clone(), page.text));
                kept.next = no + 1;
            }
            let until = kept.next;
            kept.papers.insert(paper.key, (paper.part_of, paper.edition, first, until));
        }
        Ok(())
    }

    async fn papers(&self, part_of: &str) -> Result<Vec<(String, String)>, StoreError> {
        let kept = self.kept();
        let of = kept.papers.iter().filter(|(_, (whole, ..))| whole == part_of);
        Ok(of.map(|(key, (_, edition, ..))| (key.clone(), edition.clone())).collect())
    }

    async fn pages(&self, key: &str) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let kept = self.kept();
        let of = kept.pages.iter().filter(|(_, (paper, _))| paper == key);
        Ok(of.map(|(no, (_, text))| (*no, text.clone())).collect())
    }

    async fn take_out(&self, key: &str, pages: Vec<(u64, Vec<Term>)>) -> Result<(), StoreError> {
        let mut kept = self.kept();
        for (no, terms) in pages {
            kept.pages.remove(&no);
            for term in terms {
                if let Some(pages) = kept.terms.get_mut(&term) {
                    pages.remove(&no);
                }
            }
        }
        kept.papers.remove(key);
        Ok(())
    }

    async fn find(&self, asked: &PagesAsked) -> Result<Vec<PageFound>, StoreError> {
        let kept = self.kept();
        let Some(first) = asked.terms.first().and_then(|term| kept.terms.get(term)) else { return Ok(vec![]) };
        let holds = |no: &&u64| asked.terms.iter().all(|term| kept.terms.get(term).is_some_and(|on| on.contains(*no)));
        let found = first.range(..asked.before).rev().filter(holds).filter_map(|no| {
            let (key, text) = kept.pages.get(no)?;
            let (part_of, _, first, _) = kept.papers.get(key)?;
            let is_within = asked.within.as_ref().is_none_or(|wholes| wholes.contains(part_of));
            let found = PageFound {
                no: *no,
                key: key.clone(),
                part_of: part_of.clone(),
                page: no - first + 1,
                text: text.clone(),
            };
            is_within.then_some(found)
        });
        Ok(found.take(asked.limit).collect())
    }

    async fn reached(&self) -> Result<Pos, StoreError> {
        Ok(self.kept().upto)
    }

    async fn reach(&self, upto: Pos) -> Result<(), StoreError> {
        self.kept().upto = upto;
        Ok(())
    }

    async fn size_bytes(&self) -> Result<u64, StoreError> {
        Ok(0)
    }

    async fn clear(&self) -> Result<(), StoreError> {
        *self.kept() = Kept::default();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::pages_conformance!(async { (MemoryPages::default(), ()) });

    fn marks(places: impl Iterator<Item = u64>) -> Marks {
        let mut marks = Marks::none();
        places.for_each(|place| marks.mark(place));
        marks
    }

    #[test]
    fn few_and_many_pages_are_read_as_they_were_written() {
        let all = [
            marks([].into_iter()),
            marks([0, 127, 128, 255, 511, 512, 32_767].into_iter()),
            marks((0..BLOCK).filter(|place| place % 3 > 0)),
            marks(0..BLOCK),
        ];
        for marks in all {
            let written = marks.written();
            assert!(written.len() <= WORDS * 8 + 1, "{}", written.len());
            assert_eq!(Marks::read(&written), Some(marks));
        }
    }

    #[test]
    fn what_is_not_whole_is_nothing() {
        for broken in [&[][..], &[BITS, 1, 2], &[GAPS, 0x80], &[GAPS, 0xff, 0xff, 0xff, 0xff]] {
            assert_eq!(Marks::read(broken), None, "{broken:?}");
        }
    }

    #[test]
    fn ranges_mark_their_part_of_a_block() {
        let part = Marks::within(1, &[(BLOCK - 2, BLOCK + 2), (BLOCK * 2 - 1, BLOCK * 3)]);
        assert_eq!(part.newest_first().collect::<Vec<_>>(), [BLOCK - 1, 1, 0]);
    }
}
