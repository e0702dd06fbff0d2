//! The recorder (存证): turns the record into a transparency log. Reads new events, extends the tiles,
//! signs a checkpoint. Losing it stops proofs, never an act.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use futures::{StreamExt, TryStreamExt};
use xiezhi_ledger::{
    checkpoint::Checkpoint,
    hash::Hash,
    key::SigningKey,
    note::{Note, SignatureLine},
    policy::{Policy, Standing},
    tile::{self, BundleId, TileId, Tiles},
    tree::{self, Frontier, HashReader, NodeId},
};
use xiezhi_store::{LogId, Pos, StoredEvent};

use crate::{App, AppError, app::lock, witnessing::Newest};

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
    /// The copy of the checkpoint is gone: nobody knows whether more was signed than the store says.
    #[error("the copy of the checkpoint is gone; the store says that {signed} events were signed")]
    CopyLost {
        /// Size of the last checkpoint that the store keeps.
        signed: Pos,
    },
    /// What was signed under this name was signed by another key.
    #[error("what was signed as {origin} was signed by another key than the one in the folder of keys")]
    OtherKey {
        /// The name.
        origin: String,
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
    /// The court goes by another name than before, and its record does not say so.
    #[error("the record was signed as {signed_as} and does not say that its name was changed")]
    OriginChanged {
        /// The name it was signed under.
        signed_as: String,
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

impl RecorderError {
    pub(crate) fn failed(what: &'static str, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        RecorderError::Failed { what, source: Arc::new(source) }
    }

    /// The stable name of the reason.
    pub fn code(&self) -> &'static str {
        match self {
            Self::RolledBack { .. } => "recorder.rolled_back",
            Self::Forked { .. } => "recorder.forked",
            Self::CopyLost { .. } => "recorder.copy_lost",
            Self::OtherKey { .. } => "recorder.other_key",
            Self::WrongLeaf { .. } => "recorder.wrong_leaf",
            Self::MissingFile { .. } => "recorder.missing_file",
            Self::OriginChanged { .. } => "recorder.origin_changed",
            Self::Overtaken => "recorder.overtaken",
            Self::Failed { .. } => "recorder.failed",
        }
    }
}

impl From<AppError> for RecorderError {
    fn from(fault: AppError) -> Self {
        RecorderError::failed("the record", fault)
    }
}

pub(crate) fn port<T, E: std::error::Error + Send + Sync + 'static>(
    what: &'static str,
    result: Result<T, E>,
) -> Result<T, RecorderError> {
    result.map_err(|fault| RecorderError::failed(what, fault))
}

/// The right edges of the trees under the checkpoints that were proven under last.
pub(crate) type Edges = Mutex<BTreeMap<LogId, (Pos, Arc<Tiles>)>>;

/// Why this node signs nothing more of a log, as its last round found.
pub(crate) type Signing = Mutex<BTreeMap<LogId, (&'static str, String)>>;

/// Signing has stopped: what everyone is told who asks how the record stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Stopped {
    /// Short name of the log.
    pub log: &'static str,
    /// The reason: a stable code.
    pub code: &'static str,
    /// The reason, for whoever keeps the court running.
    pub why: String,
}

/// The short name of a log, as paths and origins carry it.
pub fn name(log: LogId) -> &'static str {
    if log == LogId::ACCESS { "access" } else { "record" }
}

impl App {
    /// The origin of a log: a schema-less URL, which is also the name of its key.
    pub fn origin(&self, log: LogId) -> String {
        self.ports().keys.origin_of(log)
    }

    /// The signing key of a log.
    pub(crate) fn log_key(&self, log: LogId) -> SigningKey {
        self.ports().keys.log_key(log)
    }

    /// What takes the word of this log alone, by each of its keys, now and formerly.
    pub(crate) fn own_policy(&self, log: LogId) -> Policy {
        self.policy().of_log(&self.origin(log))
    }

    /// The key by which anyone checks a log: its vkey.
    pub fn log_verifier(&self, log: LogId) -> String {
        self.log_key(log).verifier().to_string()
    }

    /// Up to where a log is proven: the size of its newest checkpoint.
    pub async fn proven_upto(&self, log: LogId) -> Result<Pos, AppError> {
        Ok(self.newest(log).await?.map_or(0, |newest| newest.size))
    }

    /// The newest signed checkpoint of a log, with the cosignatures it has so far.
    pub(crate) async fn newest(&self, log: LogId) -> Result<Option<Newest>, AppError> {
        let Some((size, note)) = self.ports().store.checkpoint(log).await? else { return Ok(None) };
        // What was signed under a former name says nothing under this one.
        if note.lines().next() != Some(&self.origin(log)) {
            return Ok(None);
        }
        let note = Note::parse(note.as_bytes()).map_err(|fault| AppError::failed("the checkpoint", fault))?;
        Ok(Some(Newest { size, note }))
    }

    /// Takes new events of `log` into the tree and signs, until nothing new is left. Returns the size
    /// proven.
    pub async fn prove(&self, log: LogId) -> Result<Pos, RecorderError> {
        let proven = self.prove_all(log).await;
        let stopped = proven.as_ref().err().map(|fault| (fault.code(), fault.to_string()));
        let mut signing = lock(self.signing());
        match stopped {
            Some(why) => drop(signing.insert(log, why)),
            None => drop(signing.remove(&log)),
        }
        proven
    }

    /// Where signing has stopped, and why: as the last round of this node found, or as any node can see.
    pub async fn stopped(&self) -> Vec<Stopped> {
        let mut stopped = vec![];
        for log in LogId::ALL {
            let known = lock(self.signing()).get(&log).cloned();
            let seen = match known {
                Some(known) => Some(known),
                None => self.signs(log).await.err().map(|fault| (fault.code(), fault.to_string())),
            };
            stopped.extend(seen.map(|(code, why)| Stopped { log: name(log), code, why }));
        }
        stopped
    }

    pub(crate) async fn signs(&self, log: LogId) -> Result<(), RecorderError> {
        self.last_signed(log).await.map(drop)
    }

    async fn prove_all(&self, log: LogId) -> Result<Pos, RecorderError> {
        self.compare_with_witnesses(log).await?;
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
        let (size, last) = self.last_signed(log).await?;
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
        grow(&mut frontier, &mut tiles, &events)?;
        self.write_files(log, old, new, from, &events, &tiles).await?;
        let origin = self.log_key(log).verifier().name().clone();
        let note = self.sign(log, &Checkpoint { origin, size: new, root: frontier.root() })?.to_string();
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
        let kept = self.newest(log).await?;
        match kept {
            Some(kept) if kept.size == checkpoint.size && kept.note.text() == checkpoint.to_string() => Ok(()),
            Some(kept) if kept.size >= checkpoint.size => Err(RecorderError::Forked { size: kept.size }),
            _ => self.keep_and_publish(log, checkpoint.size, note).await,
        }
    }

    /// The size of the record, and the checkpoint that was signed last: the copy kept apart is what counts.
    ///
    /// What the store keeps as signed is read before the copy, and the size after it: then the one is never
    /// ahead of the copy, and the other never behind it, whatever other nodes do meanwhile.
    async fn last_signed(&self, log: LogId) -> Result<(Pos, Option<(Checkpoint, String)>), RecorderError> {
        let kept = self.newest(log).await?.map(|newest| newest.size);
        let origin = self.origin(log);
        let copies = &self.ports().checkpoint_lock;
        if port("the copy of the checkpoint", copies.load(&fork_of(&origin)).await)?.is_some() {
            return Err(RecorderError::Forked { size: kept.unwrap_or_default() });
        }
        let copy = port("the copy of the checkpoint", copies.load(&origin).await)?;
        let size = port("the store", self.ports().store.size(log).await)?;
        let Some(note) = copy else {
            return match kept {
                Some(signed) => Err(RecorderError::CopyLost { signed }),
                None => self.may_begin(log).await.map(|()| (size, None)),
            };
        };
        let parsed = port("the copy of the checkpoint", Note::parse(note.as_bytes()))?;
        let checkpoint = port("the copy of the checkpoint", self.own_policy(log).accept(&parsed))?.checkpoint;
        if size < checkpoint.size {
            return Err(RecorderError::RolledBack { size, signed: checkpoint.size });
        }
        if let Some(claimed) = self.claimed_above(log, checkpoint.size) {
            return Err(RecorderError::RolledBack { size, signed: claimed });
        }
        if let Some(ahead) = kept.filter(|kept| *kept > checkpoint.size) {
            return Err(RecorderError::Forked { size: ahead });
        }
        Ok((size, Some((checkpoint, note))))
    }

    /// A log begins where nothing was signed before, under this name or, unless the record says so, another.
    async fn may_begin(&self, log: LogId) -> Result<(), RecorderError> {
        let before = port("the store", self.ports().store.checkpoint(log).await)?;
        let signed_as = before.and_then(|(_, note)| note.lines().next().map(str::to_owned));
        match signed_as {
            Some(signed_as) if !self.name_is_on_the_record().await? => Err(RecorderError::OriginChanged { signed_as }),
            _ => Ok(()),
        }
    }

    /// The size that the court knows to have signed, by the copy or by the store.
    pub(crate) async fn signed_size(&self, log: LogId) -> Result<Pos, RecorderError> {
        let copy = port("the copy of the checkpoint", self.ports().checkpoint_lock.load(&self.origin(log)).await)?;
        let copy = copy.and_then(|note| Note::parse(note.as_bytes()).ok()?.text().parse::<Checkpoint>().ok());
        let kept = self.newest(log).await?.map_or(0, |newest| newest.size);
        Ok(copy.map_or(0, |checkpoint| checkpoint.size).max(kept))
    }

    /// Holds a checkpoint that a witness shows against what the court knows. Only the court's own signature
    /// makes it evidence; then it is kept with the copies, where the next restored backup does not lose it.
    ///
    /// A larger one becomes the copy: whatever brings the missing events back may be signed again. One that
    /// contradicts stays, and nothing is signed under this name any more.
    pub(crate) async fn hold_against(&self, log: LogId, shown: &Note) -> Result<(), RecorderError> {
        let own = self.own_policy(log);
        // Whoever has a key that was retired makes evidence of nothing larger than what it signed.
        let accepted = shown.signed_by(own.keyring()).ok().filter(|shown| own.accept(shown).is_ok());
        let Some(shown) = accepted else { return Ok(()) };
        let checkpoint: Checkpoint = port("the checkpoint of a witness", shown.text().parse())?;
        let (origin, copies) = (self.origin(log), &self.ports().checkpoint_lock);
        let signed = self.signed_size(log).await?;
        if checkpoint.size > signed {
            let known = port("the copy of the checkpoint", copies.load(&origin).await)?;
            let swapped = copies.swap(&origin, known.as_deref(), &shown.to_string()).await;
            port("the copy of the checkpoint", swapped)?;
            let size = port("the store", self.ports().store.size(log).await)?;
            return match size {
                size if size < checkpoint.size => Err(RecorderError::RolledBack { size, signed: checkpoint.size }),
                // Only the copy was lost: whether the record is the same shows when it is signed on.
                _ => Ok(()),
            };
        }
        let size = port("the store", self.ports().store.size(log).await)?;
        if size < signed {
            return Err(RecorderError::RolledBack { size, signed });
        }
        let tiles = self.tiles(log, &tree::cover(0..checkpoint.size), signed).await?;
        if port("the tiles", tree::root(checkpoint.size, &tiles))? == checkpoint.root {
            return match checkpoint.size == signed {
                // If the copy was lost, this one stands in for it: the store says the same.
                true => self.put_copy(log, &shown.to_string()).await.map(drop),
                false => Ok(()),
            };
        }
        let kept = copies.swap(&fork_of(&origin), None, &shown.to_string()).await;
        port("the copy of the checkpoint", kept)?;
        Err(RecorderError::Forked { size: checkpoint.size })
    }

    /// Puts a copy where there is none; false if there is one.
    pub(crate) async fn put_copy(&self, log: LogId, note: &str) -> Result<bool, RecorderError> {
        let put = self.ports().checkpoint_lock.swap(&self.origin(log), None, note).await;
        port("the copy of the checkpoint", put)
    }

    /// The tiles of a log of `size` that hold `nodes`, as they were written.
    pub(crate) async fn tiles(&self, log: LogId, nodes: &[NodeId], size: Pos) -> Result<Tiles, RecorderError> {
        self.read_tiles(log, tile::holding(nodes, size)).await
    }

    /// The same; the tiles on the right edge, which every proof under a checkpoint needs, are kept in memory. Whoever
    /// checks what lies on the disk reads all of them.
    pub(crate) async fn tiles_beside_edge(
        &self,
        log: LogId,
        nodes: &[NodeId],
        size: Pos,
    ) -> Result<Tiles, RecorderError> {
        let kept = lock(self.edges()).get(&log).filter(|(of, _)| *of == size).map(|(_, edge)| Arc::clone(edge));
        let edge = match kept {
            Some(edge) => edge,
            None => {
                let edge = Arc::new(self.edge(log, size).await?);
                lock(self.edges()).insert(log, (size, Arc::clone(&edge)));
                edge
            }
        };
        let on_edge = tile::edge(size);
        let others = tile::holding(nodes, size).into_iter().filter(|tile| !on_edge.contains(tile));
        let mut tiles = (*edge).clone();
        self.read_into(&mut tiles, log, others).await?;
        Ok(tiles)
    }

    async fn edge(&self, log: LogId, size: Pos) -> Result<Tiles, RecorderError> {
        self.read_tiles(log, tile::edge(size)).await
    }

    async fn read_tiles(&self, log: LogId, ids: impl IntoIterator<Item = TileId>) -> Result<Tiles, RecorderError> {
        let mut tiles = Tiles::default();
        self.read_into(&mut tiles, log, ids).await?;
        Ok(tiles)
    }

    async fn read_into(
        &self,
        tiles: &mut Tiles,
        log: LogId,
        ids: impl IntoIterator<Item = TileId>,
    ) -> Result<(), RecorderError> {
        for tile in ids {
            let path = format!("{}/{}", name(log), tile.path());
            let bytes = port("the tiles", self.ports().log_files.get(&path).await)?;
            let bytes = bytes.ok_or(RecorderError::MissingFile { path })?;
            port("the tiles", tiles.insert(tile, &bytes))?;
        }
        Ok(())
    }

    /// Writes the files of a log anew from its events, as they are at each of `sizes`, which are in order.
    pub(crate) async fn lay_files(&self, log: LogId, sizes: &[Pos]) -> Result<(), RecorderError> {
        let (mut tiles, mut frontier) = (Tiles::default(), Frontier::default());
        for size in sizes {
            while frontier.size() < *size {
                let old = frontier.size();
                let new = (*size).min(old + STEP);
                let from = old.saturating_sub(1) / BUNDLE * BUNDLE;
                let events = port("the store", self.ports().store.read_log(log, from, new - from).await)?;
                grow(&mut frontier, &mut tiles, &events)?;
                self.write_files(log, old, new, from, &events, &tiles).await?;
                tiles.keep_edge(new);
            }
        }
        Ok(())
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

    pub(crate) async fn put_file(&self, log: LogId, path: &str, bytes: Vec<u8>) -> Result<(), RecorderError> {
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
        let _alone = self.witnessing().publishing.lock().await;
        port("the store", self.ports().store.put_checkpoint(log, size, note).await)?;
        self.put_file(log, "checkpoint", note.as_bytes().to_vec()).await
    }

    /// Puts a cosignature under the newest checkpoint, keeps it, and publishes it unless there is a newer one.
    pub(crate) async fn keep_cosignature(
        &self,
        log: LogId,
        newest: &mut Newest,
        line: SignatureLine,
    ) -> Result<(), RecorderError> {
        port("the checkpoint", newest.note.add(line))?;
        let note = newest.note.to_string();
        let store = &self.ports().store;
        let _alone = self.witnessing().publishing.lock().await;
        port("the store", store.put_checkpoint(log, newest.size, &note).await)?;
        let found = self.policy().accept(&newest.note);
        if found.is_ok_and(|found| matches!(found.standing, Standing::Witnessed { .. })) {
            port("the store", store.put_witnessed(log, newest.size, &note).await)?;
        }
        match port("the store", store.checkpoint(log).await)? {
            Some((size, _)) if size == newest.size => self.put_file(log, "checkpoint", note.into_bytes()).await,
            _ => Ok(()),
        }
    }
}

/// Where the proof is kept that another history was signed under `origin`.
fn fork_of(origin: &str) -> String {
    format!("{origin} fork")
}

pub(crate) fn leaf_of(event: &StoredEvent) -> Result<Hash, RecorderError> {
    let leaf = Hash::leaf(&event.entry);
    if *leaf.as_bytes() == event.leaf { Ok(leaf) } else { Err(RecorderError::WrongLeaf { pos: event.pos }) }
}

/// Lets the tree grow by those of the events that it does not have yet.
fn grow(frontier: &mut Frontier, tiles: &mut Tiles, events: &[StoredEvent]) -> Result<(), RecorderError> {
    let old = frontier.size();
    for event in events.iter().filter(|event| event.pos >= old) {
        for (node, hash) in frontier.append(leaf_of(event)?) {
            tiles.record(node, hash);
        }
    }
    Ok(())
}

fn bundle_bytes(bundle: BundleId, from: Pos, events: &[StoredEvent]) -> Result<Vec<u8>, RecorderError> {
    let place = |pos: Pos| usize::try_from(pos - from).expect("a step fits in memory");
    let range = bundle.entries();
    let entries: Vec<&[u8]> =
        events[place(range.start)..place(range.end)].iter().map(|event| event.entry.as_slice()).collect();
    port("the entries", bundle.encode(&entries))
}
