//! Bringing a backup back, into a place where nothing is.

use xiezhi_ledger::{Frontier, Hash};
use xiezhi_store::{
    LogId, Transfer,
    blob::{Blobs, Digest, Stored},
    transfer::Still,
};

use super::{
    BackupError, Told, Vault, lines,
    manifest::{Manifest, files_of},
};
use crate::{recorder, sessions};

/// The place to restore to.
pub struct Target<'t> {
    /// Its database.
    pub store: &'t dyn Transfer,
    /// Its files.
    pub blobs: &'t dyn Blobs,
}

/// What was brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Brought {
    /// Events.
    pub events: u64,
    /// Files.
    pub files: u64,
    /// Sessions that ended: people sign in anew, because some may have signed out since.
    pub sessions_ended: u64,
}

/// Brings a backup into an empty place, each piece checked against its name, the logs against their roots. `resume`
/// goes on with one that broke off.
///
/// # Errors
/// [`BackupError`]; what came so far stays, and a second try with `resume` goes on.
pub async fn bring(
    from: &Vault,
    manifest: &Manifest,
    to: &Target<'_>,
    resume: bool,
    told: Told<'_>,
) -> Result<Brought, BackupError> {
    let found = to.store.still().await?;
    if !resume && !found.is_empty() {
        return Err(BackupError::NotEmpty);
    }
    let mut bringing = Bringing { from, manifest, to, told, brought: Brought::default() };
    for log in LogId::ALL {
        bringing.log(log, found.sizes.get(&log).copied().unwrap_or_default()).await?;
    }
    bringing.files().await?;
    bringing.state().await?;
    Ok(bringing.brought)
}

struct Bringing<'b> {
    from: &'b Vault,
    manifest: &'b Manifest,
    to: &'b Target<'b>,
    told: Told<'b>,
    brought: Brought,
}

impl Bringing<'_> {
    /// Brings what lies after `at`; all of it makes the tree.
    async fn log(&mut self, log: LogId, at: u64) -> Result<(), BackupError> {
        let Some(part) = self.manifest.log(log) else { return Ok(()) };
        let mut frontier = Frontier::default();
        for segment in &part.segments {
            let damaged = || BackupError::Piece(segment.piece.digest);
            let page = lines::page_of(&self.from.get(segment.piece.digest).await?).ok_or_else(damaged)?;
            for event in &page.events {
                frontier.append(Hash::leaf(&event.entry));
            }
            if segment.first >= at {
                self.to.store.take_page(log, page).await?;
            }
            (self.told)("events", frontier.size(), part.size);
        }
        if frontier.size() != part.size || frontier.root().to_base64() != part.root {
            return Err(BackupError::WrongRoot { log: recorder::name(log) });
        }
        self.brought.events += part.size;
        Ok(())
    }

    async fn files(&mut self) -> Result<(), BackupError> {
        for list in &self.manifest.files {
            for file in files_of(&self.from.get(list.digest).await?) {
                self.file(file).await?;
                self.brought.files += 1;
                (self.told)("files", self.brought.files, self.manifest.file_count);
            }
        }
        Ok(())
    }

    async fn file(&self, file: Stored) -> Result<(), BackupError> {
        if self.to.blobs.exists(file.digest).await? {
            return Ok(());
        }
        let missing = || BackupError::Piece(file.digest);
        let bytes = self.from.pieces.open(file.digest, None).await.map_err(|_| missing())?;
        let stored = self.to.blobs.put(bytes, u64::MAX).await?;
        if stored.digest == file.digest {
            return Ok(());
        }
        self.to.blobs.erase(stored.digest).await?;
        Err(missing())
    }

    /// What changes in place comes last: with it the place is whole.
    async fn state(&mut self) -> Result<(), BackupError> {
        let mut still = Still::default();
        for piece in &self.manifest.state {
            let damaged = || BackupError::Piece(piece.digest);
            lines::add_to_still(&mut still, &self.from.get(piece.digest).await?).ok_or_else(damaged)?;
        }
        let before = still.working.len();
        still.working.retain(|work| work.kind != sessions::KIND);
        self.brought.sessions_ended = (before - still.working.len()) as u64;
        Ok(self.to.store.take_still(still).await?)
    }
}

/// What a person notes of a manifest.
impl Manifest {
    /// Hash of the manifest as it is written.
    pub fn sha256(&self) -> Digest {
        Digest::of(&self.to_bytes())
    }
}
