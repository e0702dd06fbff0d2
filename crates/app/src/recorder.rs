//! The recorder (存证): turns the record into a transparency log. Reads new events, extends the tiles,
//! signs a checkpoint. Losing it stops proofs, never an act.

use std::sync::Arc;

use futures::{StreamExt, TryStreamExt};
use xiezhi_ledger::{
    checkpoint::Checkpoint,
    commitment::{Entry, Opening},
    hash::Hash,
    inclusion,
    key::{KeyName, SigningKey},
    note::Note,
    policy::Policy,
    proof::RecordProof,
    tile::{self, BundleId, TileId, Tiles},
    tree::{Frontier, HashReader, NodeId},
};
use xiezhi_store::{LogId, Pos, StoredEvent};

use crate::{App, AppError};

/// Most events taken into the log in one go.
pub(crate) const STEP: u64 = 4_096;
/// Files of the log that are written at a time.
const FILES_AT_ONCE: usize = 16;
/// Entries in a full bundle.
const BUNDLE: u64 = 256;

/// Why nothing was signed. Each needs a person; acts go on meanwhile.
#[derive(Debug, thiserror::Error)]
pub enum RecorderError {
    /// The record is shorter than what was signed before: an old backup was restored.
    #[error("the record has {size} events, but {signed} were signed before: an old backup was restored")]
    RolledBack {
        /// Events now.
        size: Pos,
        /// Events signed.
        signed: Pos,
    },
    /// The tiles do not give the root that was signed: the record was rewritten.
    #[error("the record differs from what was signed at {size}")]
    Forked {
        /// Size of the last checkpoint.
        size: Pos,
    },
    /// An event does not stand for its leaf.
    #[error("event {pos} does not stand for its leaf")]
    WrongLeaf {
        /// Its position.
        pos: Pos,
    },
    /// A file of the log is gone.
    #[error("the file {path} of the log is gone")]
    MissingFile {
        /// Its path.
        path: String,
    },
    /// Another node signed meanwhile.
    #[error("another node signed meanwhile")]
    Overtaken,
    /// A port failed or a file is damaged.
    #[error("{what}")]
    Failed {
        /// What.
        what: &'static str,
        /// Why.
        #[source]
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
}

fn failed(what: &'static str) -> impl Fn(Box<dyn std::error::Error + Send + Sync>) -> RecorderError {
    move |source| RecorderError::Failed { what, source: source.into() }
}

fn port<T, E: std::error::Error + Send + Sync + 'static>(
    what: &'static str,
    result: Result<T, E>,
) -> Result<T, RecorderError> {
    result.map_err(|fault| failed(what)(Box::new(fault)))
}

/// The short name of a log, as paths and origins carry it.
pub fn name(log: LogId) -> &'static str {
    if log == LogId::ACCESS { "access" } else { "record" }
}

impl App {
    /// The origin of a log: a schema-less URL, which is also the name of its key.
    pub fn origin(&self, log: LogId) -> String {
        format!("{}/{}", self.ports().keys.origin, name(log))
    }

    /// The signing key of a log.
    pub(crate) fn log_key(&self, log: LogId) -> SigningKey {
        let origin = KeyName::new(self.origin(log)).expect("an origin has neither spaces nor plus signs");
        SigningKey::from_seed(origin, &self.ports().keys.log_seed)
    }

    /// The key by which anyone checks a log: its vkey.
    pub fn log_verifier(&self, log: LogId) -> String {
        self.log_key(log).verifier().to_string()
    }

    /// Up to where a log is proven: the size of its newest checkpoint.
    pub async fn proven_upto(&self, log: LogId) -> Result<Pos, AppError> {
        Ok(self.ports().store.checkpoint(log).await?.map_or(0, |(size, _)| size))
    }

    /// Takes new events of `log` into the tree and signs, until nothing new is left. Returns the size
    /// proven.
    pub async fn prove(&self, log: LogId) -> Result<Pos, RecorderError> {
        let mut overtaken = 0;
        loop {
            match self.prove_step(log).await {
                Ok((before, after)) if before == after => return Ok(after),
                Ok(_) => {}
                // Someone else signed the same record: go on from there.
                Err(RecorderError::Overtaken) if overtaken < 3 => overtaken += 1,
                Err(fault) => return Err(fault),
            }
        }
    }

    async fn prove_step(&self, log: LogId) -> Result<(Pos, Pos), RecorderError> {
        let ports = self.ports();
        let size = port("the store", ports.store.size(log).await)?;
        let last = self.last_signed(log, size).await?;
        let old = last.as_ref().map_or(0, |(checkpoint, _)| checkpoint.size);
        if size == old {
            self.keep_signed(log, last.as_ref()).await?;
            return Ok((old, old));
        }
        let new = size.min(old + STEP);
        let mut tiles = self.edge(log, old).await?;
        let mut frontier = port("the tiles", Frontier::read(old, &tiles))?;
        if last.as_ref().is_some_and(|(checkpoint, _)| checkpoint.root != frontier.root()) {
            return Err(RecorderError::Forked { size: old });
        }
        let from = old.saturating_sub(1) / BUNDLE * BUNDLE;
        let events = port("the store", ports.store.read_log(log, from, new - from).await)?;
        self.check_before(log, old, &events).await?;
        for event in events.iter().filter(|event| event.pos >= old) {
            let leaf = leaf_of(event)?;
            for (node, hash) in frontier.append(leaf) {
                tiles.record(node, hash);
            }
        }
        self.write_files(log, old, new, from, &events, &tiles).await?;
        let key = self.log_key(log);
        let checkpoint = Checkpoint { origin: key.verifier().name().clone(), size: new, root: frontier.root() };
        let note = port("the checkpoint", checkpoint.sign(&key))?.to_string();
        self.publish(log, last.map(|(_, note)| note), new, &note).await?;
        Ok((old, new))
    }

    /// What lies just before the signed size must be what was signed: a restored old backup that has
    /// grown past the signed size is found here.
    async fn check_before(&self, log: LogId, old: Pos, events: &[StoredEvent]) -> Result<(), RecorderError> {
        let before = events.iter().filter(|event| event.pos < old);
        let nodes: Vec<NodeId> = before.clone().map(|event| NodeId { level: 0, index: event.pos }).collect();
        let signed = self.tiles(log, &nodes, old).await?;
        for (event, node) in before.zip(nodes) {
            if port("the tiles", signed.read(node))? != leaf_of(event)? {
                return Err(RecorderError::Forked { size: old });
            }
        }
        Ok(())
    }

    /// Finishes what a crash between signing and publishing left undone.
    async fn keep_signed(&self, log: LogId, last: Option<&(Checkpoint, String)>) -> Result<(), RecorderError> {
        let Some((checkpoint, note)) = last else { return Ok(()) };
        let kept = port("the store", self.ports().store.checkpoint(log).await)?;
        match kept {
            Some((size, _)) if size == checkpoint.size => Ok(()),
            Some((size, _)) if size > checkpoint.size => Err(RecorderError::Forked { size }),
            _ => self.keep_and_publish(log, checkpoint.size, note).await,
        }
    }

    /// The checkpoint that was signed last: the copy kept apart is what counts.
    async fn last_signed(&self, log: LogId, size: Pos) -> Result<Option<(Checkpoint, String)>, RecorderError> {
        let locked = port("the copy of the checkpoint", self.ports().checkpoint_lock.load(&self.origin(log)).await)?;
        let Some(note) = locked else {
            return match port("the store", self.ports().store.checkpoint(log).await)? {
                Some((signed, _)) => Err(RecorderError::Forked { size: signed }),
                None => Ok(None),
            };
        };
        let parsed = port("the copy of the checkpoint", Note::parse(note.as_bytes()))?;
        let key = Policy::log_only(self.log_key(log).verifier()).expect("the key of a log makes a policy");
        let checkpoint = port("the copy of the checkpoint", key.accept(&parsed))?.checkpoint;
        if size < checkpoint.size {
            return Err(RecorderError::RolledBack { size, signed: checkpoint.size });
        }
        Ok(Some((checkpoint, note)))
    }

    /// The tiles of a log of `size` that hold `nodes`, as they were written.
    pub(crate) async fn tiles(&self, log: LogId, nodes: &[NodeId], size: Pos) -> Result<Tiles, RecorderError> {
        self.read_tiles(log, tile::holding(nodes, size)).await
    }

    async fn edge(&self, log: LogId, size: Pos) -> Result<Tiles, RecorderError> {
        self.read_tiles(log, tile::edge(size)).await
    }

    async fn read_tiles(&self, log: LogId, ids: impl IntoIterator<Item = TileId>) -> Result<Tiles, RecorderError> {
        let mut tiles = Tiles::default();
        for tile in ids {
            let path = format!("{}/{}", name(log), tile.path());
            let bytes = port("the tiles", self.ports().log_files.get(&path).await)?;
            let bytes = bytes.ok_or(RecorderError::MissingFile { path })?;
            port("the tiles", tiles.insert(tile, &bytes))?;
        }
        Ok(tiles)
    }

    /// Bundles first, then tiles: a checkpoint never rests on files that are not durable.
    async fn write_files(
        &self,
        log: LogId,
        old: Pos,
        new: Pos,
        from: Pos,
        events: &[StoredEvent],
        tiles: &Tiles,
    ) -> Result<(), RecorderError> {
        let growth = tile::growth(old, new);
        let bundles: Vec<_> = growth
            .bundles
            .into_iter()
            .map(|bundle| Ok((bundle.path(), bundle_bytes(bundle, from, events)?)))
            .collect::<Result<_, RecorderError>>()?;
        self.put_files(log, bundles).await?;
        let tiles: Vec<_> = growth
            .tiles
            .into_iter()
            .map(|tile| Ok((tile.path(), port("the tiles", tiles.bytes(tile))?)))
            .collect::<Result<_, RecorderError>>()?;
        self.put_files(log, tiles).await
    }

    /// Writes files side by side: each waits for the disk, and the disk takes them together.
    async fn put_files(&self, log: LogId, files: Vec<(String, Vec<u8>)>) -> Result<(), RecorderError> {
        let written = files.into_iter().map(|(path, bytes)| async move { self.put_file(log, &path, bytes).await });
        futures::stream::iter(written).buffer_unordered(FILES_AT_ONCE).try_collect().await
    }

    async fn put_file(&self, log: LogId, path: &str, bytes: Vec<u8>) -> Result<(), RecorderError> {
        port("the files of the log", self.ports().log_files.put(&format!("{}/{path}", name(log)), bytes).await)
    }

    /// Swap, keep, publish: in this order, so that a crash anywhere leaves nothing signed twice.
    async fn publish(&self, log: LogId, old: Option<String>, size: Pos, note: &str) -> Result<(), RecorderError> {
        let ports = self.ports();
        let swapped = ports.checkpoint_lock.swap(&self.origin(log), old.as_deref(), note).await;
        if !port("the copy of the checkpoint", swapped)? {
            return Err(RecorderError::Overtaken);
        }
        self.keep_and_publish(log, size, note).await
    }

    async fn keep_and_publish(&self, log: LogId, size: Pos, note: &str) -> Result<(), RecorderError> {
        port("the store", self.ports().store.put_checkpoint(log, size, note).await)?;
        self.put_file(log, "checkpoint", note.as_bytes().to_vec()).await
    }

    /// The proof that the event at `pos` is in the log, once it is proven.
    pub async fn proof(&self, log: LogId, pos: Pos) -> Result<Option<RecordProof>, AppError> {
        let Some((size, note)) = self.ports().store.checkpoint(log).await? else { return Ok(None) };
        if pos >= size {
            return Ok(None);
        }
        let fault = |fault: RecorderError| AppError::failed("the record", fault);
        let tiles = self.tiles(log, &inclusion::needs(pos, size), size).await.map_err(fault)?;
        let path = port("the tiles", inclusion::prove(pos, size, &tiles)).map_err(fault)?;
        let event = self.ports().store.read_log(log, pos, 1).await?.pop().ok_or(AppError::NotFound)?;
        let entry = port("the record", Entry::from_bytes(&event.entry)).map_err(fault)?;
        let opening = event.salt.map(|salt| Opening { event_id: *event.id.as_bytes(), salt });
        let checkpoint = port("the checkpoint", Note::parse(note.as_bytes())).map_err(fault)?;
        Ok(Some(RecordProof { entry, opening, index: pos, path, checkpoint }))
    }

    /// A published file of a log: a tile, a checkpoint; never an entry bundle.
    pub async fn published(&self, log: LogId, path: &str) -> Result<Option<Vec<u8>>, AppError> {
        let tile = TileId::parse(path).is_some();
        if !tile && path != "checkpoint" {
            return Ok(None);
        }
        Ok(self.ports().log_files.get(&format!("{}/{path}", name(log))).await?)
    }
}

pub(crate) fn leaf_of(event: &StoredEvent) -> Result<Hash, RecorderError> {
    let leaf = Hash::leaf(&event.entry);
    if *leaf.as_bytes() == event.leaf { Ok(leaf) } else { Err(RecorderError::WrongLeaf { pos: event.pos }) }
}

fn bundle_bytes(bundle: BundleId, from: Pos, events: &[StoredEvent]) -> Result<Vec<u8>, RecorderError> {
    let place = |pos: Pos| usize::try_from(pos - from).expect("a step fits in memory");
    let range = bundle.entries();
    let entries: Vec<&[u8]> =
        events[place(range.start)..place(range.end)].iter().map(|event| event.entry.as_slice()).collect();
    port("the entries", bundle.encode(&entries))
}
