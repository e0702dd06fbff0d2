//! Checking the record (自检): of one case, and of everything.

use serde::Serialize;
use xiezhi_domain::ids::CaseId;
use xiezhi_ledger::{
    checkpoint::Checkpoint,
    commitment::{Entry, Opening},
    hash::Hash,
    note::Note,
};
use xiezhi_store::{LogId, StoredEvent, blob::{BlobError, Digest}};

use crate::{App, AppError, codec};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Events looked at.
    pub events: u64,
    /// Of them, under a signed checkpoint.
    pub proven: u64,
    /// Files hashed anew.
    pub files: u64,
    /// Differences found, the first first; empty means that everything agrees.
    pub differences: Vec<Difference>,
}

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Difference {
    /// An event does not stand for its entry or leaf.
    Event {
        /// Its position.
        position: u64,
    },
    /// A file is missing or not the bytes it was named for.
    File {
        /// Its hash.
        sha256: String,
    },
    /// A row of the read model is not what the record says.
    Row {
        /// Table.
        table: String,
        /// Key.
        key: String,
    },
    /// A checkpoint does not agree with the record.
    Checkpoint {
        /// Which log.
        log: String,
        /// Its size.
        size: u64,
    },
}

impl App {
    /// Checks everything about one case: events, files, rows.
    pub async fn check_case(&self, id: CaseId) -> Result<Checked, AppError> {
        let mut checked = Checked::default();
        let proven = self.proven_upto(LogId::RECORD).await?;
        for event in self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(id), 0).await? {
            checked.events += 1;
            checked.proven += u64::from(event.pos < proven);
            if !stands(&event) {
                checked.differences.push(Difference::Event { position: event.pos });
            }
        }
        let case = self.load(id).await?;
        for paper in case.materials.values() {
            for file in paper.earlier.iter().chain([&paper.file]) {
                checked.files += 1;
                self.check_file(&file.sha256, &mut checked).await?;
            }
        }
        for (table, key) in self.differing_rows(id).await? {
            let key: Vec<String> = key.iter().map(|value| format!("{value:?}")).collect();
            checked.differences.push(Difference::Row { table: table.to_owned(), key: key.join(" ") });
        }
        Ok(checked)
    }

    async fn check_file(&self, sha256: &str, checked: &mut Checked) -> Result<(), AppError> {
        let difference = Difference::File { sha256: sha256.to_owned() };
        let Ok(digest) = sha256.parse::<Digest>() else {
            checked.differences.push(difference);
            return Ok(());
        };
        match self.ports().blobs.verify(digest).await {
            Ok(()) => Ok(()),
            Err(BlobError::NotFound { .. } | BlobError::Damaged { .. }) => {
                checked.differences.push(difference);
                Ok(())
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Checks everything: both logs against their checkpoints, every case, every file, every row.
    pub async fn audit(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<Checked, AppError> {
        let mut whole = Checked::default();
        for log in [LogId::RECORD, LogId::ACCESS] {
            if let Some(difference) = self.check_checkpoint(log).await? {
                whole.differences.push(difference);
            }
        }
        let upto = self.ports().store.size(LogId::RECORD).await?;
        let cases = self.all_cases(upto).await?;
        for (done, case) in cases.iter().enumerate() {
            let one = self.check_case(*case).await?;
            whole.events += one.events;
            whole.proven += one.proven;
            whole.files += one.files;
            whole.differences.extend(one.differences);
            progress(done + 1, cases.len());
        }
        Ok(whole)
    }

    /// The newest checkpoint against the record: the root computed anew must be the one that was signed.
    async fn check_checkpoint(&self, log: LogId) -> Result<Option<Difference>, AppError> {
        let Some((size, note)) = self.ports().store.checkpoint(log).await? else { return Ok(None) };
        let difference = Difference::Checkpoint { log: crate::recorder::name(log).to_owned(), size };
        let locked = self.ports().checkpoint_lock.load(&self.origin(log)).await?;
        let parsed = Note::parse(note.as_bytes()).ok().and_then(|note| note.text().parse::<Checkpoint>().ok());
        let Some(checkpoint) = parsed else { return Ok(Some(difference)) };
        let same = locked.as_deref() == Some(note.as_str());
        let root = self.root_anew(log, size).await;
        let agrees = matches!(root, Ok(root) if root == checkpoint.root);
        Ok((!same || !agrees).then_some(difference))
    }
}

/// Whether an event stands for its entry and leaf. One whose body was lawfully destroyed still stands for
/// its leaf.
fn stands(event: &StoredEvent) -> bool {
    let leaf = *Hash::leaf(&event.entry).as_bytes() == event.leaf;
    let opened = match (&event.body, event.salt) {
        (Some(body), Some(salt)) => {
            let opening = Opening { event_id: *event.id.as_bytes(), salt };
            Entry::from_bytes(&event.entry).is_ok_and(|entry| opening.check(&entry, body).is_ok())
        }
        (None, None) => true,
        _ => false,
    };
    leaf && opened
}
