//! Words looked for in all papers that a reader may see (全文检索), newest first.
//!
//! The index of pages is derived: it follows the record beside the court, a little behind it, and may be deleted at any
//! time. Letters that follow one another are its terms, so that two Chinese letters are found exactly. It holds nothing
//! that can be read: a term is a number made with a key of the folder of keys, the text of a page lies sealed; and a
//! paper that is erased leaves neither behind. What it finds is held against the text of the page, and against the
//! rights of today: a reader is told of no hit, and of no number of hits, that they may not see.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::{Material, Place},
    paper::Volume,
    people::{Actor, Post},
};
use xiezhi_store::{
    Cond, LogId, Query, WorkingChange, WorkingKey,
    pages::{IndexedPage, IndexedPaper, PageFound, PagesAsked, Term},
};

use crate::{
    App, AppError,
    access::{part, parts},
    tables::{CasePersonRow, CaseRow, FileRow, TableRow as _},
    texts,
};

/// Files that were recognised since their cases were indexed.
const AGAIN: &str = "search-again";
/// Events looked at in a go.
const STEP: u64 = 500;
/// Pages told of at once.
pub const SHOWN: usize = 20;
/// Pages the index is asked for at once: those whose text or rights say no are passed over.
const ASKED: usize = 40;
/// Pages that are held against the words for one answer: words whose parts stand everywhere and they themselves nowhere
/// are looked for on, from where the answer ended.
const LOOKED_AT: usize = 2_000;
/// Letters that are looked for at most.
pub const MOST_LETTERS: usize = 200;
/// Letters before and after what was found.
const CONTEXT: usize = 24;
/// No letters, but the mark of a paper of the main volume: those who oversee the court read no other.
const MAIN: [char; 2] = ['\0', 'm'];
/// The first byte of a text that is kept in UTF-16.
const WIDE: u8 = 16;
/// A term is a number of so many bits.
const TERM_BITS: u32 = 48;

/// A page on which the words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = PageHit)]
pub struct Hit {
    /// The case.
    pub case: CaseId,
    /// Its number, once filed.
    pub number: Option<String>,
    /// Its parties, short.
    pub parties: String,
    /// The paper.
    pub material: MaterialId,
    /// Its title.
    pub title: String,
    /// The page, from 1.
    pub page: u64,
    /// A few letters before the words.
    pub before: String,
    /// The words, as they stand there first.
    pub words: String,
    /// A few letters after them.
    pub after: String,
    /// The other of two papers that are one document, its original (原本) or its authenticated copy (正本), where the
    /// reader may see both and the words stand in both alike: it is no hit of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Also>,
}

/// The other paper of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = PageHitAlso)]
pub struct Also {
    /// The paper.
    pub material: MaterialId,
    /// Its title.
    pub title: String,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The pages, newest first.
    pub hits: Vec<Hit>,
    /// Where to go on, if there may be more.
    pub more: Option<String>,
}

/// The numbers of terms under a key, each made once.
pub struct Terms {
    mac: Hmac<sha2::Sha256>,
    known: HashMap<[char; 2], Term>,
}

impl Terms {
    /// The terms of some letters: each two that follow one another.
    pub fn of(&mut self, letters: &[char]) -> Vec<Term> {
        let mut terms: Vec<Term> = letters.windows(2).map(|pair| self.term([pair[0], pair[1]])).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    fn term(&mut self, pair: [char; 2]) -> Term {
        let mac = &self.mac;
        *self.known.entry(pair).or_insert_with(|| {
            let mut mac = mac.clone();
            pair.iter().for_each(|letter| mac.update(&u32::from(*letter).to_be_bytes()));
            let made = mac.finalize().into_bytes();
            let bytes: [u8; 8] = made.as_slice()[..8].try_into().expect("a hash is longer");
            u64::from_be_bytes(bytes) >> (u64::BITS - TERM_BITS)
        })
    }
}

/// The other paper of the document that `paper` is the original of, or the copy that was issued; the second says whether
/// `paper` is the original.
fn other_of<'a>(case: &'a CaseState, paper: &Material) -> Option<(&'a Material, bool)> {
    case.drafts.values().find_map(|draft| match (draft.original?, draft.issued?) {
        (original, issued) if original == paper.id => Some((case.materials.get(&issued)?, true)),
        (original, issued) if issued == paper.id => Some((case.materials.get(&original)?, false)),
        _ => None,
    })
}

/// How words stand on a page: what is told of them first, and how often they stand there.
type Standing = ((String, String, String), usize);

/// Whether words are looked for in the paper at all: what was thrown out or erased is not searched.
pub fn is_open(paper: &Material) -> bool {
    paper.erased_on.is_none() && paper.place != Place::Discarded
}

/// The papers of a case by their keys in the index.
fn papers_of(case: &CaseState) -> BTreeMap<String, &Material> {
    let open = case.materials.values().filter(|paper| is_open(paper) && paper.file.pages > 0);
    open.map(|paper| (key(case.id, paper.id), paper)).collect()
}

/// Names a paper in the index.
pub fn key(case: CaseId, paper: MaterialId) -> String {
    format!("{case}/{paper}")
}

/// The state of a paper that the index tells of: its bytes, and the volume that it lies in.
fn edition(paper: &Material) -> String {
    let volume = if paper.volume == Volume::Main { "main" } else { "secondary" };
    format!("{}/{volume}", paper.file.sha256)
}

/// A text in the form of fewer bytes: Chinese takes two for a letter in UTF-16, which a mark tells, three in UTF-8.
fn packed(text: &str) -> Vec<u8> {
    let wide: Vec<u8> = [WIDE].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    if wide.len() > text.len() && !text.as_bytes().starts_with(&[WIDE]) { text.into() } else { wide }
}

/// The text again; nothing where no text was kept.
fn unpacked(kept: Vec<u8>) -> Option<String> {
    let Some((&WIDE, text)) = kept.split_first() else { return String::from_utf8(kept).ok() };
    let units: Vec<u16> = text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).ok()
}

fn place(key: &str, page: usize) -> String {
    format!("search/{key}/{page}")
}

impl App {
    /// The terms of this court.
    pub fn terms(&self) -> Terms {
        let mut mac =
            Hmac::<sha2::Sha256>::new_from_slice(&self.ports().keys.draw_master).expect("any length is a key");
        mac.update(b"xiezhi/search/1");
        let key = mac.finalize().into_bytes();
        let mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_slice()).expect("any length is a key");
        Terms { mac, known: HashMap::new() }
    }

    /// Says that a file has more text than when its cases were indexed.
    pub(crate) fn search_again(&self, sha256: &str) -> WorkingChange {
        WorkingChange::Put {
            key: WorkingKey::new(AGAIN, sha256),
            owner: String::new(),
            value: vec![],
            updated_us: self.now_us(),
            expires_us: None,
        }
    }

    /// Brings the index on by some events. Returns whether there was anything to do.
    pub async fn index_on(&self) -> Result<bool, AppError> {
        let (index, store) = (&self.ports().pages, &self.ports().store);
        let (mut upto, size) = (index.reached().await?, store.size(LogId::RECORD).await?);
        if upto > size {
            // It tells of another record: that of a backup, perhaps.
            index.clear().await?;
            upto = 0;
        }
        let again = store.working_of(AGAIN, None, self.now_us()).await?;
        let anew: BTreeSet<&str> = again.iter().map(|item| item.key.id.as_str()).collect();
        let events = store.read_log(LogId::RECORD, upto, STEP).await?;
        let cases = events.iter().filter_map(|event| event.stream.0.strip_prefix("case/")?.parse().ok());
        let mut cases: BTreeSet<CaseId> = cases.collect();
        for sha256 in &anew {
            let cond = Cond::is("sha256", (*sha256).to_owned());
            let rows = self.rows::<FileRow>(Query::of(FileRow::TABLE.name, cond)).await?;
            cases.extend(rows.iter().filter_map(|row| row.case_id.parse::<CaseId>().ok()));
        }
        for case in cases {
            match self.index_case(case, &anew).await {
                Ok(()) => {}
                // A release that reads it indexes it with its next event; the others do not wait for that.
                Err(fault @ AppError::Unreadable(_)) => {
                    tracing::warn!(fault = &fault as &dyn std::error::Error, case = %case, "a case was not indexed");
                }
                Err(fault) => return Err(fault),
            }
        }
        if let Some(last) = events.last() {
            index.reach(last.pos + 1).await?;
        }
        if !again.is_empty() {
            let done = again.iter().map(|item| WorkingChange::Delete { key: item.key.clone() }).collect();
            store.change_working(done).await?;
        }
        Ok(!events.is_empty())
    }

    /// Makes the index tell of a case what it holds now.
    async fn index_case(&self, id: CaseId, anew: &BTreeSet<&str>) -> Result<(), AppError> {
        // An index that is filled again pushes no case out of memory that someone works on.
        let case = match self.kept_case(id) {
            Some(_) => Some(self.load(id).await?),
            None => self.fold_anew(id).await?.map(std::sync::Arc::new),
        };
        let mut wanted = case.as_deref().map(papers_of).unwrap_or_default();
        for (key, edition) in self.ports().pages.papers(&id.to_string()).await? {
            match wanted.get(&key) {
                Some(paper) if self::edition(paper) == edition && !anew.contains(paper.file.sha256.as_str()) => {
                    wanted.remove(&key);
                }
                _ => self.unindex(&key).await?,
            }
        }
        let mut papers = vec![];
        let mut terms = self.terms();
        for paper in wanted.into_values() {
            let layer = self.text_layer(&paper.file).await;
            let pages = layer.iter().map(|page| texts::written(&page.runs)).collect::<Vec<_>>();
            papers.push(self.indexed(id, paper, &pages, &mut terms));
        }
        if !papers.is_empty() {
            self.ports().pages.put(papers).await?;
        }
        Ok(())
    }

    /// A paper as it is indexed, from the letters of its pages.
    pub fn indexed(&self, case: CaseId, paper: &Material, pages: &[String], terms: &mut Terms) -> IndexedPaper {
        let key = key(case, paper.id);
        let mark = (paper.volume == Volume::Main).then(|| terms.term(MAIN));
        // A paper without pages keeps its place, so that it is not read again.
        let pages = if pages.is_empty() { &[String::new()] } else { pages };
        let page = |(no, text): (usize, &String)| {
            let letters: Vec<char> = text.chars().map(texts::folded).collect();
            let terms = terms.of(&letters).into_iter().chain(mark).collect();
            IndexedPage { terms, text: self.seal_text(&place(&key, no), &packed(text)) }
        };
        let pages = pages.iter().enumerate().map(page).collect();
        IndexedPaper { key, part_of: case.to_string(), edition: edition(paper), pages }
    }

    /// Takes a paper out of the index: its text, and the marks of what stood in it.
    async fn unindex(&self, key: &str) -> Result<(), AppError> {
        let mut terms = self.terms();
        let kept = self.ports().pages.pages(key).await?;
        let pages = kept.into_iter().enumerate().map(|(at, (no, sealed))| {
            // What another key sealed cannot be told; its marks point to no page any more.
            let text = self.unseal_text(&place(key, at), &sealed).and_then(unpacked).unwrap_or_default();
            let letters: Vec<char> = text.chars().map(texts::folded).collect();
            (no, terms.of(&letters).into_iter().chain([terms.term(MAIN)]).collect())
        });
        let pages = pages.collect();
        Ok(self.ports().pages.take_out(key, pages).await?)
    }

    /// Leaves nothing of a case in the index.
    pub async fn forget_search(&self, case: CaseId) -> Result<(), AppError> {
        for (key, _) in self.ports().pages.papers(&case.to_string()).await? {
            self.unindex(&key).await?;
        }
        Ok(())
    }

    /// The newest pages with these words, of papers that `actor` may see, from where another answer ended.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for fewer than two letters.
    pub async fn search(&self, actor: &Actor, words: &str, from: Option<&str>) -> Result<Hits, AppError> {
        let sought: Vec<char> = words.chars().filter(|letter| !letter.is_whitespace()).map(texts::folded).collect();
        if sought.len() < 2 {
            return Err(AppError::Invalid(vec![("q".to_owned(), "search.too_short".to_owned())]));
        }
        if sought.len() > MOST_LETTERS {
            return Err(AppError::Invalid(vec![("q".to_owned(), "input.too_long".to_owned())]));
        }
        let before = match from {
            None => u64::MAX,
            Some(from) => self.opened_place(from).ok_or(AppError::NotFound)?,
        };
        let mut asked = self.questions(actor, &sought, before).await?;
        let mut readers = HashMap::new();
        let mut hits = vec![];
        let mut looked_at = 0;
        loop {
            let mut found = vec![];
            for asked in &asked {
                found.append(&mut self.ports().pages.find(asked).await?);
            }
            found.sort_unstable_by_key(|page| std::cmp::Reverse(page.no));
            found.dedup_by_key(|page| page.no);
            // Behind the last of those that were asked for one question may have more.
            found.truncate(ASKED);
            let is_last = found.len() < ASKED;
            for page in found {
                asked.iter_mut().for_each(|asked| asked.before = page.no);
                hits.extend(self.hit(actor, &sought, &page, &mut readers).await?);
                looked_at += 1;
                if hits.len() == SHOWN || looked_at == LOOKED_AT {
                    return Ok(Hits { hits, more: Some(self.sealed_place(page.no)) });
                }
            }
            if is_last {
                return Ok(Hits { hits, more: None });
            }
        }
    }

    /// The questions to the index for someone, so that few pages are found that they may not see: the cases of which
    /// they have a part, of which a party is asked for the main volume alone; for those who oversee the court the main
    /// volume of all cases, too; for the filing desk what is not filed yet. Nobody else searches the papers of others.
    async fn questions(&self, actor: &Actor, sought: &[char], before: u64) -> Result<Vec<PagesAsked>, AppError> {
        use Post::{DivisionHead, FilingClerk, President, TrialManagement, VicePresident};
        let Actor::Person { id, post, .. } = actor else { return Ok(vec![]) };
        let mut terms = self.terms();
        let mut letters = terms.of(sought);
        // How long an answer takes tells nothing of what is never theirs.
        if actor.is_outside() {
            letters.push(terms.term(MAIN));
        }
        let within = |cases| PagesAsked { terms: letters.clone(), within: Some(cases), before, limit: ASKED };
        let own = parts(actor).unwrap_or_else(|| part(*id, *post));
        let own = self.rows::<CasePersonRow>(Query::of(CasePersonRow::TABLE.name, own)).await?;
        let mut asked = vec![within(own.into_iter().map(|row| row.case_id).collect())];
        match post {
            DivisionHead | VicePresident | President | TrialManagement => {
                letters.push(terms.term(MAIN));
                asked.push(PagesAsked { terms: letters, within: None, before, limit: ASKED });
            }
            FilingClerk => {
                let cond = Cond::is("phase", "before_filing");
                let cases = self.rows::<CaseRow>(Query::of(CaseRow::TABLE.name, cond)).await?;
                asked.push(within(cases.into_iter().map(|row| row.case_id).collect()));
            }
            _ => {}
        }
        Ok(asked)
    }

    /// The page as a hit, where the words stand on it and the reader may see its paper.
    async fn hit(
        &self,
        actor: &Actor,
        sought: &[char],
        page: &PageFound,
        readers: &mut HashMap<String, Option<(std::sync::Arc<CaseState>, Reader)>>,
    ) -> Result<Option<Hit>, AppError> {
        let at = usize::try_from(page.page).ok().and_then(|page| page.checked_sub(1));
        let told = at.and_then(|at| self.told(sought, &page.key, at, &page.text));
        let Some(told) = told else { return Ok(None) };
        if !readers.contains_key(&page.part_of) {
            let id = page.part_of.parse().map_err(|_| AppError::NotFound)?;
            let seen = match self.view(id, actor).await {
                Ok(seen) => Some(seen),
                Err(AppError::NotFound | AppError::Denied(_)) => None,
                Err(fault) => return Err(fault),
            };
            readers.insert(page.part_of.clone(), seen);
        }
        let Some(Some((case, reader))) = readers.get(&page.part_of) else { return Ok(None) };
        let id = page.key.rsplit_once('/').and_then(|(_, id)| id.parse::<MaterialId>().ok());
        let paper = id.and_then(|id| case.materials.get(&id));
        let Some(paper) = paper.filter(|paper| is_open(paper) && access::may_see(reader, case, paper)) else {
            return Ok(None);
        };
        let other = other_of(case, paper);
        let other = other.filter(|(other, _)| is_open(other) && access::may_see(reader, case, other));
        let also = match other {
            Some((other, is_original))
                if self.stands_in(case.id, other, page.page, sought).await? == Some(told.clone()) =>
            {
                // The copy tells it, and names the original.
                if is_original {
                    return Ok(None);
                }
                Some(Also { material: other.id, title: other.title.clone() })
            }
            _ => None,
        };
        let ((before, words, after), _) = told;
        Ok(Some(Hit {
            case: case.id,
            number: case.number.as_ref().map(ToString::to_string),
            parties: case.short_title(),
            material: paper.id,
            title: paper.title.clone(),
            page: page.page,
            before,
            words,
            after,
            also,
        }))
    }

    /// How the words stand on a page of a paper, as far as it is indexed.
    async fn stands_in(
        &self,
        case: CaseId,
        paper: &Material,
        page: u64,
        sought: &[char],
    ) -> Result<Option<Standing>, AppError> {
        let key = key(case, paper.id);
        let pages = self.ports().pages.pages(&key).await?;
        let at = usize::try_from(page).ok().and_then(|page| page.checked_sub(1));
        let sealed = at.and_then(|at| Some((at, &pages.get(at)?.1)));
        Ok(sealed.and_then(|(at, sealed)| self.told(sought, &key, at, sealed)))
    }

    /// The words on the page with what stands around them; nothing where only their parts stand there.
    fn told(&self, sought: &[char], key: &str, at: usize, sealed: &[u8]) -> Option<Standing> {
        let text = unpacked(self.unseal_text(&place(key, at), sealed)?)?;
        let written: Vec<char> = text.chars().collect();
        let folded: Vec<char> = written.iter().copied().map(texts::folded).collect();
        let from = folded.windows(sought.len()).position(|part| part == sought)?;
        let times = folded.windows(sought.len()).filter(|part| *part == sought).count();
        let until = from + sought.len();
        let part = |from: usize, until: usize| written[from..until].iter().collect::<String>();
        let (first, last) = (from.saturating_sub(CONTEXT), written.len().min(until + CONTEXT));
        Some(((part(first, from), part(from, until), part(until, last)), times))
    }

    /// A place in the index, as it is given out: it tells nobody how many pages there are.
    fn sealed_place(&self, no: u64) -> String {
        self.seal_text("search/place", &no.to_be_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn opened_place(&self, sealed: &str) -> Option<u64> {
        let bytes: Option<Vec<u8>> = sealed
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        Some(u64::from_be_bytes(self.unseal_text("search/place", &bytes?)?.try_into().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_in_the_form_of_fewer_bytes_and_comes_back_as_it_was() {
        for (text, bytes) in
            [("案件受理费由被告负担", 1 + 20), ("Clause 3", 8), ("", 0), ("𠀀昇", 1 + 6), ("\u{10}", 1 + 2)]
        {
            let kept = packed(text);
            assert_eq!(kept.len(), bytes, "{text}");
            assert_eq!(unpacked(kept).as_deref(), Some(text));
        }
        assert_eq!(unpacked("案件".into()).as_deref(), Some("案件"), "as texts were kept before");
        assert_eq!(unpacked(vec![0xff]), None);
    }
}
