//! Making a backup: what stood at one moment, while the court goes on.

use xiezhi_ledger::{Checkpoint, Frontier, Hash, Note};
use xiezhi_store::{
    LogId, Pos, Transfer,
    blob::{BlobError, Blobs, Digest, Stored},
    transfer::{LogPage, Still},
};

use super::{
    BackupError, SEGMENT, Told, Vault, lines,
    manifest::{LogPart, Manifest, Segment, list_of},
};
use crate::{
    audit::{Difference, stands},
    moment::Clock,
    recorder,
};

/// An unfinished backup is noted after so many segments.
const NOTED: usize = 16;

/// The court that is copied.
pub struct Source<'s> {
    /// Its database.
    pub store: &'s dyn Transfer,
    /// Its files.
    pub blobs: &'s dyn Blobs,
    /// Origin of its logs.
    pub origin: &'s str,
    /// Its clock.
    pub clock: &'s dyn Clock,
}

/// A backup that was made.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What it holds.
    pub manifest: Manifest,
    /// Hash of the manifest: whoever notes it down elsewhere will know this backup again.
    pub sha256: Digest,
    /// Pieces and files that were added.
    pub added: u64,
    /// How long they are together.
    pub added_bytes: u64,
}

/// Copies the court: events first, then the files, which were durable before the events that name them; each new
/// piece is read back; the manifest comes last.
///
/// # Errors
/// [`BackupError`]; the earlier backups are as they were, and the next try goes on from here.
pub async fn take(from: &Source<'_>, to: &Vault, told: Told<'_>) -> Result<Taken, BackupError> {
    let before = to.newest().await?;
    let begun = to.unfinished().await?;
    let at = from.clock.now();
    let still = from.store.still().await?;
    let (number, previous) = before.as_ref().map_or((1, None), |(last, sha256)| (last.number + 1, Some(*sha256)));
    let manifest = Manifest::begun(number, previous, from.origin, at);
    let mut taking = Taking { from, to, told, manifest, new: vec![] };
    for log in LogId::ALL {
        let size = still.sizes.get(&log).copied().unwrap_or_default();
        let known = [begun.as_ref(), before.as_ref().map(|(last, _)| last)].into_iter().flatten();
        let known = known.filter_map(|manifest| manifest.log(log)).max_by_key(|part| part.size);
        taking.copy_log(log, known, size, signed(&still, log)).await?;
    }
    for piece in lines::of_still(still) {
        let piece = taking.put(piece).await?;
        taking.manifest.state.push(piece);
    }
    taking.copy_files().await?;
    taking.read_back().await?;
    taking.manifest.ended_at = from.clock.now();
    let sha256 = to.keep(&taking.manifest).await?;
    let added_bytes = taking.new.iter().map(|piece| piece.size_bytes).sum();
    Ok(Taken { sha256, added: taking.new.len() as u64, added_bytes, manifest: taking.manifest })
}

/// What was signed of a log when it stood still: the events must give this root.
fn signed(still: &Still, log: LogId) -> Option<Checkpoint> {
    let (_, note) = still.checkpoints.get(&log)?;
    Note::parse(note.as_bytes()).ok()?.text().parse().ok()
}

struct Taking<'t> {
    from: &'t Source<'t>,
    to: &'t Vault,
    told: Told<'t>,
    manifest: Manifest,
    new: Vec<Stored>,
}

impl Taking<'_> {
    async fn put(&mut self, bytes: Vec<u8>) -> Result<Stored, BackupError> {
        let (sha256, size_bytes) = (Digest::of(&bytes), bytes.len() as u64);
        if !is_whole(&*self.to.pieces, Stored { digest: sha256, size_bytes }).await? {
            self.to.put(bytes).await?;
            self.new.push(Stored { digest: sha256, size_bytes });
        }
        Ok(Stored { digest: sha256, size_bytes })
    }

    /// Copies a log from where the last segment of `known` begins: that one may have grown, and shows that both are
    /// of one history.
    async fn copy_log(
        &mut self,
        log: LogId,
        known: Option<&LogPart>,
        size: Pos,
        signed: Option<Checkpoint>,
    ) -> Result<(), BackupError> {
        let name = recorder::name(log);
        if let Some(known) = known.filter(|known| known.size > size) {
            return Err(BackupError::Shorter { log: name, size, known: known.size });
        }
        let (mut part, mut frontier) = take_up(log, known);
        let marks = Marks { known: known.map(|known| (known.size, known.root.clone())), signed };
        self.manifest.logs.push(part.clone());
        while frontier.size() < size {
            let at = frontier.size();
            part.keep_edge(&frontier);
            let page = self.from.store.log_page(log, at, SEGMENT.min(size - at)).await?;
            if page.events.len() as u64 != SEGMENT.min(size - at) {
                return Err(BackupError::Torn { log: name, size });
            }
            let faults = marks.compare(log, &page, &mut frontier)?;
            self.manifest.faults.extend(faults);
            let piece = self.put(lines::of_page(page)).await?;
            part.segments.push(Segment { first: at, piece });
            (part.size, part.root) = (frontier.size(), frontier.root().to_base64());
            *self.manifest.logs.last_mut().expect("it was pushed") = part.clone();
            if part.segments.len() % NOTED == 0 {
                self.to.keep_unfinished(&self.manifest).await?;
            }
            (self.told)("events", frontier.size(), size);
        }
        self.to.keep_unfinished(&self.manifest).await
    }

    async fn copy_files(&mut self) -> Result<(), BackupError> {
        for first in 0..=u8::MAX {
            let mut kept = vec![];
            for file in self.from.blobs.shelf(first).await? {
                if self.copy_file(file).await? {
                    kept.push(file);
                }
            }
            self.manifest.file_count += kept.len() as u64;
            self.manifest.file_bytes += kept.iter().map(|file| file.size_bytes).sum::<u64>();
            if !kept.is_empty() {
                let list = self.put(list_of(&kept)).await?;
                self.manifest.files.push(list);
            }
            (self.told)("shelves of files", u64::from(first) + 1, 256);
        }
        Ok(())
    }

    /// Copies a file unless it is there; whether the backup holds it now.
    async fn copy_file(&mut self, file: Stored) -> Result<bool, BackupError> {
        let pieces = &self.to.pieces;
        if is_whole(&**pieces, file).await? {
            return Ok(true);
        }
        let bytes = match self.from.blobs.open(file.digest, None).await {
            // Erased since the shelf was looked at.
            Err(BlobError::NotFound { .. }) => return Ok(false),
            bytes => bytes?,
        };
        let stored = pieces.put(bytes, u64::MAX).await?;
        if stored.digest == file.digest {
            self.new.push(stored);
            return Ok(true);
        }
        pieces.erase(stored.digest).await?;
        self.manifest.faults.push(Difference::File { sha256: file.digest.to_string() });
        Ok(false)
    }

    /// What was written is what is read.
    async fn read_back(&mut self) -> Result<(), BackupError> {
        let all = self.new.len() as u64;
        for (done, piece) in (1..).zip(&self.new) {
            match self.to.pieces.verify(piece.digest).await {
                Err(BlobError::NotFound { digest } | BlobError::Damaged { digest }) => {
                    return Err(BackupError::Piece(digest));
                }
                verified => verified?,
            }
            (self.told)("new pieces read back", done, all);
        }
        Ok(())
    }
}

/// Whether a piece is there in its whole length; a cut one is taken away, so that it can be written anew.
async fn is_whole(pieces: &dyn Blobs, wanted: Stored) -> Result<bool, BackupError> {
    match pieces.size(wanted.digest).await {
        Ok(size_bytes) if size_bytes == wanted.size_bytes => Ok(true),
        Ok(_) => {
            pieces.erase(wanted.digest).await?;
            Ok(false)
        }
        Err(BlobError::NotFound { .. }) => Ok(false),
        Err(failed) => Err(failed.into()),
    }
}

/// A log without its last segment, and the tree up to there.
fn take_up(log: LogId, known: Option<&LogPart>) -> (LogPart, Frontier) {
    let Some((known, frontier)) = known.and_then(|known| Some((known, known.frontier()?))) else {
        return (LogPart::empty(log), Frontier::default());
    };
    let mut part = known.clone();
    part.segments.pop();
    (part.size, part.root) = (frontier.size(), frontier.root().to_base64());
    (part, frontier)
}

/// Roots that the tree of a log must have on its way.
struct Marks {
    known: Option<(Pos, String)>,
    signed: Option<Checkpoint>,
}

impl Marks {
    /// Lets the tree grow by a page; tells what is wrong with it.
    fn compare(&self, log: LogId, page: &LogPage, frontier: &mut Frontier) -> Result<Vec<Difference>, BackupError> {
        let mut faults = vec![];
        for event in &page.events {
            if !stands(event) {
                faults.push(Difference::Event { log: recorder::name(log).to_owned(), position: event.pos });
            }
            frontier.append(Hash::leaf(&event.entry));
            let size = frontier.size();
            let is_known = |(known, root): &(Pos, String)| *known == size && *root != frontier.root().to_base64();
            if self.known.as_ref().is_some_and(is_known) {
                return Err(BackupError::OtherHistory { log: recorder::name(log), size });
            }
            if self.signed.as_ref().is_some_and(|signed| signed.size == size && signed.root != frontier.root()) {
                faults.push(Difference::Checkpoint { log: recorder::name(log).to_owned(), size });
            }
        }
        Ok(faults)
    }
}
