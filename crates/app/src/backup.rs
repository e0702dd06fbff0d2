//! Backup and restore (备份与恢复): a logical copy of a court that goes on acting meanwhile.
//!
//! A backup is a manifest and the pieces it names by their hashes: events with their commands, what changes in place
//! (working data, promises, newest checkpoints), lists of files, and the files. A piece is never changed, so the next
//! backup adds only what is new, one that broke off leaves the earlier ones as they were and is taken up where it
//! ended, and every byte can be checked. What is derived is not in it: the read model and the files of the logs are
//! computed anew. Keys are not in it either.

mod lines;
mod manifest;
mod restoring;
mod taking;

use std::sync::Arc;

use bytes::BytesMut;
use futures::{StreamExt, TryStreamExt, stream};
use xiezhi_store::{
    Pos, StoreError,
    blob::{BlobError, Blobs, Digest, Stored},
};

pub use self::{
    manifest::{LogPart, Manifest, Segment},
    restoring::{Brought, Target, bring},
    taking::{Source, Taken, take},
};
use crate::ports::LogFiles;

/// Events in a segment.
pub const SEGMENT: u64 = 4_096;
/// A list is at most this long; files have no such limit.
const LIST_MAX_BYTES: u64 = 1 << 30;
const NEWEST: &str = "backups/newest";
const UNFINISHED: &str = "backups/unfinished.json";

/// Why a backup could not be made or used.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The court has less than its backup: it was set back, or is another court.
    #[error(
        "the {log} has {size} events, but this backup holds {known} of it: an older state, or another court; choose another folder"
    )]
    Shorter {
        /// Which log.
        log: &'static str,
        /// Events it has.
        size: Pos,
        /// Events the backup has.
        known: Pos,
    },
    /// The court tells another history than its backup.
    #[error(
        "the {log} differs from what this backup holds of its first {size} events: it was rewritten, or is another court's; choose another folder"
    )]
    OtherHistory {
        /// Which log.
        log: &'static str,
        /// Up to where they were to agree.
        size: Pos,
    },
    /// The court's database lost events.
    #[error("the {log} ends before {size}, where its own head says that it ends")]
    Torn {
        /// Which log.
        log: &'static str,
        /// Where it should end.
        size: Pos,
    },
    /// A piece is missing, or not the bytes of its name.
    #[error("the piece {0} of the backup is missing or changed")]
    Piece(Digest),
    /// A manifest is missing, or not the bytes it was.
    #[error("{0} of the backup is missing or changed")]
    List(String),
    /// There is no such backup.
    #[error("there is no such backup in this folder")]
    Nothing,
    /// The place to restore to holds something.
    #[error("the place to restore to is not empty")]
    NotEmpty,
    /// The pieces are whole, and yet do not make the log that the manifest names.
    #[error("the events of the backup do not make the {log} that its manifest names")]
    WrongRoot {
        /// Which log.
        log: &'static str,
    },
    /// A database or a small file failed.
    #[error("reading or writing failed")]
    Store(#[from] StoreError),
    /// A file failed.
    #[error("a file could not be read or written")]
    Blobs(#[from] BlobError),
}

/// How far a long work is: what is done, how much of it, of how much.
pub type Told<'t> = &'t mut (dyn FnMut(&'static str, u64, u64) + Send);

/// Where backups are kept.
#[derive(Clone)]
pub struct Vault {
    /// Manifests.
    pub lists: Arc<dyn LogFiles>,
    /// Pieces.
    pub pieces: Arc<dyn Blobs>,
}

/// What a check of a backup found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Soundness {
    /// Pieces and files that were read.
    pub pieces: u64,
    /// Those that are missing or changed.
    pub damaged: Vec<Digest>,
}

fn place(number: u64) -> String {
    format!("backups/{number:06}.json")
}

impl Vault {
    /// The newest backup, with the hash of its manifest.
    ///
    /// # Errors
    /// [`BackupError::List`] if it was changed.
    pub async fn newest(&self) -> Result<Option<(Manifest, Digest)>, BackupError> {
        let Some(bytes) = self.lists.get(NEWEST).await? else { return Ok(None) };
        let changed = || BackupError::List(NEWEST.to_owned());
        let text = String::from_utf8(bytes).map_err(|_| changed())?;
        let (number, sha256) = text.trim_end().split_once(' ').ok_or_else(changed)?;
        let (number, sha256) = (number.parse().map_err(|_| changed())?, sha256.parse().map_err(|_| changed())?);
        self.manifest(number, sha256).await.map(|manifest| Some((manifest, sha256)))
    }

    /// The backup of this number, by way of the manifests after it: each names the one before by its hash.
    ///
    /// # Errors
    /// [`BackupError::Nothing`] if there is none.
    pub async fn numbered(&self, number: u64) -> Result<Manifest, BackupError> {
        let mut found = self.newest().await?.map(|(manifest, _)| manifest);
        while let Some(manifest) = found {
            match manifest.previous {
                _ if manifest.number == number => return Ok(manifest),
                Some(previous) if manifest.number > number => {
                    found = Some(self.manifest(manifest.number - 1, previous).await?);
                }
                _ => break,
            }
        }
        Err(BackupError::Nothing)
    }

    async fn manifest(&self, number: u64, sha256: Digest) -> Result<Manifest, BackupError> {
        let place = place(number);
        let bytes = self.lists.get(&place).await?.filter(|bytes| Digest::of(bytes) == sha256);
        let manifest = bytes.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
        manifest.filter(|manifest| manifest.is_of(number)).ok_or(BackupError::List(place))
    }

    /// What a backup that broke off had come to.
    async fn unfinished(&self) -> Result<Option<Manifest>, BackupError> {
        let found = self.lists.get(UNFINISHED).await?;
        Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    async fn keep_unfinished(&self, manifest: &Manifest) -> Result<(), BackupError> {
        Ok(self.lists.put(UNFINISHED, manifest.to_bytes()).await?)
    }

    /// The manifest is written last: before that there is no backup, after it there is a whole one.
    async fn keep(&self, manifest: &Manifest) -> Result<Digest, BackupError> {
        let bytes = manifest.to_bytes();
        let sha256 = Digest::of(&bytes);
        self.lists.put(&place(manifest.number), bytes).await?;
        self.lists.put(NEWEST, format!("{} {sha256}\n", manifest.number).into_bytes()).await?;
        self.lists.erase(UNFINISHED).await?;
        Ok(sha256)
    }

    async fn put(&self, bytes: Vec<u8>) -> Result<Stored, BackupError> {
        let bytes = bytes::Bytes::from(bytes);
        Ok(self.pieces.put(stream::iter([Ok(bytes)]).boxed(), LIST_MAX_BYTES).await?)
    }

    /// A piece that fits in memory, checked against its name.
    async fn get(&self, sha256: Digest) -> Result<Vec<u8>, BackupError> {
        let opened = match self.pieces.open(sha256, None).await {
            Err(BlobError::NotFound { .. }) => return Err(BackupError::Piece(sha256)),
            opened => opened?,
        };
        let bytes = opened.try_collect::<BytesMut>().await.map_err(BlobError::storage("read a piece"))?;
        if Digest::of(&bytes) == sha256 { Ok(bytes.to_vec()) } else { Err(BackupError::Piece(sha256)) }
    }

    /// Reads every piece and file of a backup, and compares each with its name.
    ///
    /// # Errors
    /// [`BackupError`], if the folder can't be read.
    pub async fn check(&self, manifest: &Manifest, told: Told<'_>) -> Result<Soundness, BackupError> {
        let mut names: Vec<Digest> = manifest.pieces().collect();
        let mut sound = Soundness::default();
        for list in &manifest.files {
            match self.get(list.digest).await {
                Ok(bytes) => names.extend(manifest::files_of(&bytes).into_iter().map(|file| file.digest)),
                Err(BackupError::Piece(_)) => {} // it is among the names, too
                Err(fault) => return Err(fault),
            }
        }
        let all = names.len() as u64;
        for name in names {
            sound.pieces += 1;
            match self.pieces.verify(name).await {
                Ok(()) => {}
                Err(BlobError::NotFound { .. } | BlobError::Damaged { .. }) => sound.damaged.push(name),
                Err(fault) => return Err(fault.into()),
            }
            told("pieces checked", sound.pieces, all);
        }
        Ok(sound)
    }

    /// Keeps the newest `keep` backups (at least one), and of the pieces those that they name; returns how many
    /// pieces went.
    ///
    /// # Errors
    /// [`BackupError`]; a second run goes on.
    pub async fn thin_out(&self, keep: u64) -> Result<u64, BackupError> {
        let mut named = std::collections::BTreeSet::new();
        let mut at = self.newest().await?;
        let Some((newest, _)) = &at else { return Ok(0) };
        let first_kept = (newest.number + 1).saturating_sub(keep.max(1));
        while let Some((manifest, _)) = at {
            named.extend(manifest.pieces());
            for list in &manifest.files {
                named.extend(manifest::files_of(&self.get(list.digest).await?).into_iter().map(|file| file.digest));
            }
            at = match manifest.previous.filter(|_| manifest.number > first_kept.max(1)) {
                Some(previous) => Some((self.manifest(manifest.number - 1, previous).await?, previous)),
                None => None,
            };
        }
        for number in (1..first_kept).rev() {
            self.lists.erase(&place(number)).await?;
        }
        self.erase_unnamed(&named).await
    }

    async fn erase_unnamed(&self, named: &std::collections::BTreeSet<Digest>) -> Result<u64, BackupError> {
        let mut gone = 0;
        for first in 0..=u8::MAX {
            for piece in self.pieces.shelf(first).await? {
                if !named.contains(&piece.digest) {
                    self.pieces.erase(piece.digest).await?;
                    gone += 1;
                }
            }
        }
        Ok(gone)
    }
}
