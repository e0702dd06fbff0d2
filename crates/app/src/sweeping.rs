//! Files that nobody took up (清理): parts and files of uploads that ended unused are erased, with the working
//! data that expired. A file that an event names never goes, nor one that a draft names.
//!
//! A file is named by its hash, so whoever keeps the same bytes again shares it with an upload that ended. A file
//! to be erased is therefore marked first, and only goes after [`WAIT_US`]: longer than any act takes from keeping
//! its files to its commit. Whoever keeps bytes takes the mark away beforehand ([`App::spare`]); a mark that
//! already turned into erasing is waited for. Both turn the mark by compare-and-swap, so one of them comes first.

use std::{collections::BTreeSet, time::Duration};

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    approval::Matter,
    case::CaseState,
    event::CaseEvent,
    material::{self, FileRef, MaterialEvent},
};
use xiezhi_store::{Cond, WorkingChange, WorkingItem, WorkingKey, blob::Digest};

use crate::{
    App, AppError,
    scanning::SCANNED,
    screening::QUARANTINE,
    tables::{FileRow, TableRow as _},
    uploads::{self, PART, UPLOAD},
};

/// A marked file goes after so long.
pub const WAIT_US: i64 = 10 * 60 * 1_000_000;
/// What a draft names is asked for again after so long.
const AGAIN_US: i64 = 24 * 3_600 * 1_000_000;
const MARK: &str = "file-mark";
/// Working data that names files: as long as it lives, they stay.
const NAMING: [&str; 4] = [UPLOAD, "filing-draft", "answer-draft", QUARANTINE];

/// Where a marked file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mark {
    /// Nobody seemed to name it.
    Marked,
    /// Someone keeps the same bytes anew.
    Spared,
    /// It goes now.
    Erasing,
}

/// The files that events of a case name, but for what was lawfully erased.
pub fn files_of(case: &CaseState) -> impl Iterator<Item = &FileRef> {
    let papers = case.materials.values().filter(|paper| paper.erased_on.is_none()).flat_map(material::files);
    let asked = case.approvals.values().filter_map(|approval| match &approval.matter {
        Matter::ReplaceMaterial { file, .. } | Matter::SupplementArchive { file, .. } => Some(file),
        _ => None,
    });
    let (erased, kept) = (hashes(case, true), hashes(case, false));
    let is_kept = move |file: &&FileRef| {
        let sha256 = file.sha256.as_str();
        kept.contains(sha256) || !erased.contains(sha256)
    };
    papers.chain(asked.filter(is_kept))
}

/// The hashes of papers that were erased, or of those that were not.
fn hashes(case: &CaseState, erased: bool) -> BTreeSet<&str> {
    let papers = case.materials.values().filter(|paper| paper.erased_on.is_some() == erased);
    papers.flat_map(material::files).map(|file| file.sha256.as_str()).collect()
}

fn mark_of(item: &WorkingItem) -> Option<(Digest, Mark)> {
    Some((item.key.id.parse().ok()?, serde_json::from_slice(&item.value).ok()?))
}

fn put(digest: Digest, mark: Mark, now_us: i64) -> WorkingChange {
    WorkingChange::Put {
        key: WorkingKey::new(MARK, digest.to_string()),
        owner: String::new(),
        value: serde_json::to_vec(&mark).expect("a mark is plain data"),
        updated_us: now_us,
        expires_us: None,
    }
}

/// Marks what lawful erasing takes, in the act that says so: the bytes go once nothing names them any more, also
/// where the node stops in between.
pub(crate) fn marks_of(events: &[CaseEvent], now_us: i64) -> Vec<WorkingChange> {
    let erased = events.iter().filter_map(|event| match event {
        CaseEvent::Material(MaterialEvent::Erased { files, .. }) => Some(files),
        _ => None,
    });
    erased.flatten().filter_map(|sha256| Some(put(sha256.parse().ok()?, Mark::Marked, now_us))).collect()
}

/// Marks every file that a case names: once its rows are gone, nothing keeps them.
pub(crate) fn marks_of_case(case: &CaseState, now_us: i64) -> Vec<WorkingChange> {
    let files = files_of(case).chain(xiezhi_domain::signature::hands(case));
    files.filter_map(|file| Some(put(file.sha256.parse().ok()?, Mark::Marked, now_us))).collect()
}

impl App {
    /// Erases files that nobody took up, and working data that expired; gives how many files went.
    pub async fn sweep(&self) -> Result<usize, AppError> {
        let now = self.now_us();
        self.finish_destruction().await?;
        let parts = self.end_parts(now).await?;
        self.mark_files(now).await?;
        let files = self.erase_marked(now).await?;
        self.ports().store.sweep_working(now).await?;
        Ok(parts + files)
    }

    /// Parts are nobody else's: each carries a secret of its own before its bytes.
    async fn end_parts(&self, now: i64) -> Result<usize, AppError> {
        let ended = self.ended(PART, now).await?;
        for item in &ended {
            if let Some(digest) = std::str::from_utf8(&item.value).ok().and_then(|digest| digest.parse().ok()) {
                self.ports().blobs.erase(digest).await?;
            }
        }
        let gone = ended.iter().map(|item| WorkingChange::Delete { key: item.key.clone() }).collect();
        self.ports().store.change_working(gone).await?;
        Ok(ended.len())
    }

    /// Working data of `kind` that expired and was not swept yet.
    async fn ended(&self, kind: &'static str, now: i64) -> Result<Vec<WorkingItem>, AppError> {
        let all = self.ports().store.working_of(kind, None, 0).await?;
        Ok(all.into_iter().filter(|item| item.expires_us.is_some_and(|until| until <= now)).collect())
    }

    /// Marks the files of uploads that ended, whether an act took them up or not, and infected ones that nobody looked
    /// into.
    async fn mark_files(&self, now: i64) -> Result<(), AppError> {
        let mut changes = vec![];
        for item in self.ended(UPLOAD, now).await? {
            changes.extend(uploads::digest_of(&item).map(|digest| put(digest, Mark::Marked, now)));
            changes.push(WorkingChange::Delete { key: item.key });
        }
        for item in self.lain_long_enough(now).await? {
            changes.extend(item.key.id.parse().map(|digest| put(digest, Mark::Marked, now)));
            changes.push(WorkingChange::Delete { key: item.key });
        }
        Ok(self.ports().store.change_working(changes).await?)
    }

    async fn erase_marked(&self, now: i64) -> Result<usize, AppError> {
        let mut gone = 0;
        for item in self.ports().store.working_of(MARK, None, now).await? {
            let Some((digest, mark)) = mark_of(&item) else { continue };
            // One that was erasing when its node stopped is finished, whoever finds it.
            if mark != Mark::Erasing && item.updated_us + WAIT_US > now {
                continue;
            }
            if self.erase(digest, &item, now).await? {
                gone += 1;
            }
        }
        Ok(gone)
    }

    /// Erases a marked file, unless something names it. From here on whoever keeps the same bytes waits.
    async fn erase(&self, digest: Digest, item: &WorkingItem, now: i64) -> Result<bool, AppError> {
        let store = &self.ports().store;
        if !store.swap_working(put(digest, Mark::Erasing, now), item.rev, now).await? {
            return Ok(false);
        }
        let named_by_events = self.is_in_a_case(digest).await? || self.is_scanned(digest, now).await?;
        let named = named_by_events || self.is_in_working_data(digest, now).await?;
        if !named {
            self.forget_scan(digest).await?;
            self.ports().blobs.erase(digest).await?;
        }
        // What a draft names is asked again later; what a case has stays for ever.
        let ended = match named && !named_by_events {
            true => put(digest, Mark::Marked, now + AGAIN_US),
            false => WorkingChange::Delete { key: item.key.clone() },
        };
        store.change_working(vec![ended]).await?;
        Ok(!named)
    }

    async fn is_in_a_case(&self, digest: Digest) -> Result<bool, AppError> {
        let cond = Cond::is("sha256", digest.to_string());
        Ok(self.ports().store.count(FileRow::TABLE.name, &cond).await? > 0)
    }

    /// What a scanner brought is kept, whatever became of its pages.
    async fn is_scanned(&self, digest: Digest, now: i64) -> Result<bool, AppError> {
        let key = WorkingKey::new(SCANNED, digest.to_string());
        Ok(self.ports().store.working(&key, now).await?.is_some())
    }

    async fn is_in_working_data(&self, digest: Digest, now: i64) -> Result<bool, AppError> {
        let digest = digest.to_string();
        for kind in NAMING {
            let all = self.ports().store.working_of(kind, None, now).await?;
            if all.iter().any(|item| item.value.windows(digest.len()).any(|part| part == digest.as_bytes())) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Keeps a file from being erased by a mark of earlier, before its bytes are kept anew.
    pub(crate) async fn spare(&self, digest: Digest) -> Result<(), AppError> {
        let key = WorkingKey::new(MARK, digest.to_string());
        loop {
            let now = self.now_us();
            let Some(item) = self.ports().store.working(&key, now).await? else { return Ok(()) };
            let erasing = matches!(mark_of(&item), Some((_, Mark::Erasing)));
            if erasing {
                tokio::time::sleep(Duration::from_millis(50)).await;
            } else if self.ports().store.swap_working(put(digest, Mark::Spared, now), item.rev, now).await? {
                return Ok(());
            }
        }
    }
}
