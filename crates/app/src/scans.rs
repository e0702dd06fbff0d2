//! Text of scans (识别): recognised page by page beside the court, one page at a time, behind whoever waits for a page.
//!
//! What was recognised is derived: it is kept for each page under the hash of its file, outside the record, sealed
//! under a key of the folder of keys (a paper of the secondary volume leaves no readable text in the database), and goes
//! when the bytes of its file go. What is still wanted is working data, too, so that a restart goes on where the court
//! stopped: a page that was read is not read again.

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    case::CaseState,
    material::{self, FileRef},
};
use xiezhi_store::{RowChange, Value, WorkingChange, WorkingKey, blob::Digest};

use crate::{
    App, AppError, moment, outlines,
    ports::{PageText, Source, TextRun},
    posters, sameness,
    tables::{FileRow, TableRow as _},
    texts,
};

/// Files whose pages are still to be recognised.
const WANTED: &str = "scan-wanted";
/// Pages that were, owned by the hash of their file.
const PAGE: &str = "scan-page";
/// A file that could not be read is tried so often, and then left.
const TRIES: u32 = 3;
/// Files of more bytes are laid before the worker for several pages at once.
const LARGE_BYTES: u64 = 16 * 1024 * 1024;
/// Most pages at once: fewer are lost when the court stops.
const MOST_AT_ONCE: u64 = 8;

/// What is wanted of a file.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Wanted {
    size_bytes: u64,
    failed: u32,
}

/// What was recognised on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recognised {
    /// How far the page must be turned for its text to stand upright, in degrees clockwise.
    pub turn: u16,
    /// How far its lines then still fall to the right, in degrees.
    pub skew: f32,
    /// Its text, in shares of the turned page.
    pub runs: Vec<TextRun>,
    /// What read it.
    #[serde(default)]
    pub by: RecognisedBy,
}

/// What recognised a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecognisedBy {
    /// The networks of the set-up.
    #[default]
    Networks,
    /// Tesseract in their place: it errs more on poor scans.
    Tesseract,
}

/// Whether a file may be a scan: neither what the court printed nor what has no pages.
pub fn may_be_scan(file: &FileRef) -> bool {
    let has_pages = file.pages > 0 || file.media.is_empty();
    has_pages && file.spots.is_empty() && (file.media.starts_with("image/") || file.media == "application/pdf")
}

fn wanted(sha256: &str, wish: Wanted, now_us: i64) -> WorkingChange {
    WorkingChange::Put {
        key: WorkingKey::new(WANTED, sha256),
        owner: String::new(),
        value: serde_json::to_vec(&wish).expect("a wish is plain data"),
        updated_us: now_us,
        expires_us: None,
    }
}

/// Wants the text of the files that an act brings into a case, in the act itself.
pub(crate) fn wanted_of(rows: &[RowChange], case: &CaseState, now_us: i64) -> Vec<WorkingChange> {
    let new: BTreeSet<&str> = rows.iter().filter_map(new_file).collect();
    if new.is_empty() {
        return vec![];
    }
    let files = case.materials.values().filter(|paper| paper.about.is_none()).flat_map(material::versions);
    let scans = files.filter(|file| new.contains(file.sha256.as_str()) && may_be_scan(file));
    let wish = |file: &FileRef| wanted(&file.sha256, Wanted { size_bytes: file.size_bytes, failed: 0 }, now_us);
    let look = |file: &FileRef| sameness::wanted(&file.sha256, now_us);
    scans.flat_map(|file| [wish(file), look(file)]).collect()
}

fn new_file(change: &RowChange) -> Option<&str> {
    match change {
        RowChange::Put { table, row } if *table == FileRow::TABLE.name => match row.first() {
            Some(Value::Text(sha256)) => Some(sha256.as_str()),
            _ => None,
        },
        _ => None,
    }
}

/// What is lost with a file: what was recognised of it, and its pictures.
pub(crate) fn ends_of(digest: Digest, derived: &[WorkingKey]) -> Vec<WorkingChange> {
    let wish = WorkingChange::Delete { key: WorkingKey::new(WANTED, digest.to_string()) };
    derived.iter().map(|key| WorkingChange::Delete { key: key.clone() }).chain([wish]).collect()
}

fn page_key(sha256: &str, page: u32) -> WorkingKey {
    WorkingKey::new(PAGE, format!("{sha256}/{page}"))
}

fn page_of(key: &WorkingKey) -> Option<u32> {
    key.id.rsplit_once('/')?.1.parse().ok()
}

impl App {
    /// Wants the text of a file that is a scan; a wish that is lost is made again when someone opens the file.
    pub async fn want_text(&self, file: &FileRef) {
        if may_be_scan(file) && self.ports().reading.recognises() {
            let wish = Wanted { size_bytes: file.size_bytes, failed: 0 };
            if let Err(fault) = self.ports().store.change_working(vec![wanted(&file.sha256, wish, self.now_us())]).await
            {
                tracing::warn!(fault = &fault as &dyn std::error::Error, "a scan is not wanted yet");
            }
        }
    }

    /// What was recognised of a file, by page from 1.
    pub async fn recognised(&self, sha256: &str) -> Result<BTreeMap<u32, Recognised>, AppError> {
        let kept = self.ports().store.working_of(PAGE, Some(sha256), self.now_us()).await?;
        // What another key sealed is as if it were not there: it is recognised anew.
        let open = |item: &xiezhi_store::WorkingItem| {
            let text = self.unsealed(&item.key, &item.value)?;
            Some((page_of(&item.key)?, serde_json::from_slice(&text).ok()?))
        };
        Ok(kept.iter().filter_map(open).collect())
    }

    /// What was recognised of one page of a file, from 1.
    pub(crate) async fn recognised_page(&self, sha256: &str, page: u32) -> Result<Option<Recognised>, AppError> {
        let key = page_key(sha256, page);
        let kept = self.ports().store.working(&key, self.now_us()).await?;
        let open = kept.and_then(|item| self.unsealed(&key, &item.value));
        Ok(open.and_then(|text| serde_json::from_slice(&text).ok()))
    }

    /// Recognises some pages of the file that was wanted last. Returns whether there was anything to do.
    pub async fn scan_on(&self) -> Result<bool, AppError> {
        if !self.ports().reading.recognises() {
            return Ok(false);
        }
        let wishes = self.ports().store.working_of(WANTED, None, self.now_us()).await?;
        let Some(wish) = wishes.first() else { return Ok(false) };
        let sha256 = wish.key.id.clone();
        let asked: Wanted = serde_json::from_slice(&wish.value).unwrap_or_default();
        match self.scan_some(&sha256, asked.size_bytes).await {
            Ok(true) => {}
            Ok(false) => {
                self.ports().store.change_working(vec![WorkingChange::Delete { key: wish.key.clone() }]).await?
            }
            Err(fault) => {
                let failed = asked.failed + 1;
                tracing::warn!(
                    fault = &fault as &dyn std::error::Error,
                    sha256 = sha256.as_str(),
                    failed,
                    "a scan was not read"
                );
                // It goes behind what waits; one that cannot be read is left in the end.
                let change = match failed < TRIES {
                    true => {
                        wanted(&sha256, Wanted { failed, ..asked }, wishes.last().map_or(0, |last| last.updated_us - 1))
                    }
                    false => WorkingChange::Delete { key: wish.key.clone() },
                };
                self.ports().store.change_working(vec![change]).await?;
            }
        }
        Ok(true)
    }

    /// Recognises the next pages of a file and keeps them. Returns whether more are left.
    async fn scan_some(&self, sha256: &str, size_bytes: u64) -> Result<bool, AppError> {
        let layer = self.text_layer_of(sha256).await?;
        let open: Vec<u32> =
            (1..).zip(layer.iter()).filter(|(_, page)| page.source == Source::Awaited).map(|(no, _)| no).collect();
        let most = usize::try_from((size_bytes / LARGE_BYTES).clamp(1, MOST_AT_ONCE)).unwrap_or(1);
        let pages = &open[..open.len().min(most)];
        if pages.is_empty() {
            return Ok(false);
        }
        let read = self.ports().reading.recognise(&self.kept(sha256)?, pages).await?;
        if read.is_empty() {
            return Err(AppError::Invalid(vec![("file".to_owned(), "reading.damaged".to_owned())]));
        }
        let now = self.now_us();
        let kept = read.iter().map(|(no, page)| {
            let key = page_key(sha256, *no);
            WorkingChange::Put {
                value: self.sealed(&key, serde_json::to_vec(page).expect("text is plain data")),
                key,
                owner: sha256.to_owned(),
                updated_us: now,
                expires_us: None,
            }
        });
        let has_more = read.len() < open.len();
        let again = (!has_more).then(|| self.search_again(sha256));
        self.ports().store.change_working(kept.chain(again).collect()).await?;
        texts::forget(sha256);
        Ok(has_more)
    }

    /// Forgets what was recognised of a file whose bytes are gone.
    pub async fn forget_scan(&self, digest: Digest) -> Result<(), AppError> {
        let sha256 = digest.to_string();
        let (store, now) = (&self.ports().store, self.now_us());
        let mut derived = store.working_of(PAGE, Some(&sha256), now).await?;
        derived.extend(store.working_of(posters::POSTER, Some(&sha256), now).await?);
        let keys: Vec<WorkingKey> = derived.into_iter().map(|item| item.key).collect();
        self.ports().store.change_working(ends_of(digest, &keys)).await?;
        self.forget_looks(&sha256).await?;
        texts::forget(&sha256);
        outlines::forget(&sha256);
        Ok(())
    }

    /// The key under which text is kept; it never leaves this program.
    fn text_key(&self) -> LessSafeKey {
        let mut mac =
            Hmac::<sha2::Sha256>::new_from_slice(&self.ports().keys.draw_master).expect("any length is a key");
        mac.update(b"xiezhi/scan/1");
        let key = mac.finalize().into_bytes();
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_slice()).expect("a hash is as long as the key"))
    }

    /// Something derived, sealed for the place where it is kept.
    pub(crate) fn sealed(&self, key: &WorkingKey, derived: Vec<u8>) -> Vec<u8> {
        self.seal_text(&key.id, &derived)
    }

    /// What was sealed for this place; nothing where another key sealed it.
    pub(crate) fn unsealed(&self, key: &WorkingKey, kept: &[u8]) -> Option<Vec<u8>> {
        self.unseal_text(&key.id, kept)
    }

    /// Seals what is derived so that it is read only by this program, and only in its place.
    pub(crate) fn seal_text(&self, place: &str, text: &[u8]) -> Vec<u8> {
        let mut text = text.to_vec();
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&moment::secret()[..NONCE_LEN]);
        let place = Aad::from(place.as_bytes());
        let once = Nonce::assume_unique_for_key(nonce);
        self.text_key().seal_in_place_append_tag(once, place, &mut text).expect("a page is short");
        [nonce.as_slice(), &text].concat()
    }

    /// What was sealed for a place.
    pub(crate) fn unseal_text(&self, place: &str, kept: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = kept.split_at_checked(NONCE_LEN)?;
        let mut sealed = sealed.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let text = self.text_key().open_in_place(nonce, Aad::from(place.as_bytes()), &mut sealed).ok()?;
        Some(text.to_vec())
    }
}

/// Puts what was recognised into the pages that have no text of their own.
pub(crate) fn lay(layer: &mut [PageText], recognised: &mut BTreeMap<u32, Recognised>, awaited: bool) {
    for (no, page) in (1..).zip(layer) {
        if has_words(page) {
            continue;
        }
        match recognised.remove(&no) {
            Some(found) => {
                page.runs = found.runs;
                page.turn = found.turn;
                page.source = Source::Recognised;
            }
            None if awaited => page.source = Source::Awaited,
            None => page.source = Source::None,
        }
    }
}

/// Whether a page has text of its own; shapes that name no letter are none.
fn has_words(page: &PageText) -> bool {
    page.runs.iter().flat_map(|run| run.text.chars()).any(|letter| !letter.is_whitespace() && letter != '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> PageText {
        let run = TextRun { text: text.to_owned(), x: 0.1, y: 0.1, w: 0.5, h: 0.02, ..TextRun::default() };
        PageText { width: 595.0, height: 842.0, runs: vec![run], ..PageText::default() }
    }

    #[test]
    fn only_pages_without_words_of_their_own_are_recognised() {
        let mut layer = vec![page("借条"), page("\u{fffd} "), PageText::default()];
        let found = Recognised { turn: 180, skew: 0.0, runs: page("今借到").runs, by: RecognisedBy::Networks };
        lay(&mut layer, &mut BTreeMap::from([(1, found.clone()), (2, found)]), true);
        assert_eq!(layer[0], page("借条"));
        assert_eq!(
            (layer[1].source, layer[1].turn, layer[1].runs[0].text.as_str()),
            (Source::Recognised, 180, "今借到")
        );
        assert_eq!(layer[2].source, Source::Awaited);
    }

    #[test]
    fn what_the_court_printed_and_what_has_no_pages_is_no_scan() {
        let file = |media: &str, pages| FileRef {
            sha256: String::new(),
            size_bytes: 1,
            media: media.to_owned(),
            name: String::new(),
            pages,
            spots: vec![],
        };
        assert!(may_be_scan(&file("image/jpeg", 1)) && may_be_scan(&file("application/pdf", 3)));
        assert!(!may_be_scan(&file("video/mp4", 0)) && !may_be_scan(&file("application/pdf", 0)));
    }
}
