//! One log, event by event: against its checkpoints, the copies of them, what witnesses saw, and the published
//! files. It can be left after each step and taken up again.

use std::{collections::BTreeMap, ops::Range};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use xiezhi_ledger::{
    Checkpoint, Frontier, Hash, Note, Tiles, inclusion,
    tile::{self, BundleId, FULL_WIDTH, TileId},
};
use xiezhi_store::{LogId, Pos, StoreError, StoredEvent};

use super::{Checked, Difference, event_differs, stands};
use crate::{App, AppError, recorder, witnessing::Newest};

/// How often a checkpoint and its copies are read again: they are written one after the other.
const LOOKS: usize = 5;

/// How far the check of a log is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LogRun {
    log: String,
    total: Pos,
    proven: Pos,
    root: Option<String>,
    pub(super) at: Pos,
    /// The tiles on the right edge, as the record gives them.
    edge: BTreeMap<String, String>,
    /// Roots that the tree must have at some size, and who says so.
    marks: Vec<Mark>,
    /// Events are missing: from there on no tree can be compared.
    torn: bool,
}

/// A root that somebody signed or saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    size: Pos,
    root: String,
    /// The witness who saw it; none for the court's own checkpoint.
    witness: Option<String>,
}

impl App {
    /// The newest checkpoint of a log, if it is signed by its key.
    pub(super) async fn signed(&self, log: LogId) -> Result<Option<Checkpoint>, AppError> {
        let Some(newest) = self.newest(log).await? else { return Ok(None) };
        Ok(self.read_signed(log, &newest.note).filter(|checkpoint| checkpoint.size == newest.size))
    }

    fn read_signed(&self, log: LogId, note: &Note) -> Option<Checkpoint> {
        self.own_policy(log).accept(note).ok().map(|assessment| assessment.checkpoint)
    }

    /// Begins the check of a log: its copies are compared, and everyone is asked what they saw.
    pub(super) async fn begin_log(&self, log: LogId, checked: &mut Checked) -> Result<LogRun, AppError> {
        let (total, signed) = self.check_copies(log, checked).await?;
        let mut marks = vec![];
        marks.extend(signed.as_ref().map(|it| Mark { size: it.size, root: it.root.to_base64(), witness: None }));
        let witnessed = self.witnessed(log).await?.and_then(|newest| self.read_signed(log, &newest.note));
        marks.extend(witnessed.map(|it| Mark { size: it.size, root: it.root.to_base64(), witness: None }));
        marks.extend(self.seen_by_witnesses(log, checked).await);
        let total = total.max(self.ports().store.size(log).await?);
        for mark in marks.iter().filter(|mark| mark.size > total) {
            checked.add(mark.difference(log));
        }
        marks.retain(|mark| mark.size <= total);
        checked.events += total;
        let proven = signed.as_ref().map_or(0, |checkpoint| checkpoint.size.min(total));
        checked.proven += proven;
        let root = signed.map(|checkpoint| checkpoint.root.to_base64());
        let log = recorder::name(log).to_owned();
        Ok(LogRun { log, total, proven, root, at: 0, edge: BTreeMap::new(), marks, torn: false })
    }

    /// What each witness saw last, under the court's own signature.
    async fn seen_by_witnesses(&self, log: LogId, checked: &mut Checked) -> Vec<Mark> {
        let own = self.own_policy(log);
        let mut marks = vec![];
        for witness in self.policy().witnesses() {
            let Some(url) = &witness.url else { continue };
            let Ok(shown) = self.shown(log, url).await else {
                if !checked.silent.contains(&witness.name) {
                    checked.silent.push(witness.name.clone());
                }
                continue;
            };
            let seen = shown.and_then(|note| Some(own.accept(&note.signed_by(own.keyring()).ok()?).ok()?.checkpoint));
            checked.witnessed += u64::from(seen.is_some());
            let witness = Some(witness.name.clone());
            marks.extend(seen.map(|it| Mark { size: it.size, root: it.root.to_base64(), witness }));
        }
        marks
    }

    /// The checkpoint in the store, the copy kept apart and the published one are the same, and none is ahead of the
    /// record. Gives the size of the record, and what was signed.
    async fn check_copies(&self, log: LogId, checked: &mut Checked) -> Result<(Pos, Option<Checkpoint>), AppError> {
        let mut look = self.look_at_copies(log).await?;
        for _ in 1..LOOKS {
            if look.2.is_none() {
                break;
            }
            // They are written one after the other: what differs for good differs again.
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            look = self.look_at_copies(log).await?;
        }
        let (total, signed, differs) = look;
        if let Some(size) = differs {
            checked.add(checkpoint_differs(log, size));
        }
        Ok((total, signed))
    }

    async fn look_at_copies(&self, log: LogId) -> Result<(Pos, Option<Checkpoint>, Option<Pos>), AppError> {
        let stored = self.newest(log).await?;
        let locked = self.ports().checkpoint_lock.load(&self.origin(log)).await?;
        let published = self.published(log, "checkpoint").await?;
        let total = self.ports().store.size(log).await?;
        let Some(Newest { size, note }) = stored else {
            return Ok((total, None, locked.map(|_| 0)));
        };
        let signed = self.read_signed(log, &note).filter(|checkpoint| checkpoint.size == size && size <= total);
        // The copies carry the court's signature alone; cosignatures come later to the others.
        let says_the_same = |copy: &[u8]| Note::parse(copy).is_ok_and(|copy| copy.text() == note.text());
        let same = locked.is_some_and(|copy| says_the_same(copy.as_bytes()))
            && published.is_some_and(|copy| says_the_same(&copy));
        let differs = (!same || signed.is_none()).then_some(size);
        Ok((total, signed, differs))
    }

    /// Checks the next events of a log.
    pub(super) async fn step_log(&self, run: &mut LogRun, events: u64, checked: &mut Checked) -> Result<(), AppError> {
        let log = run.log();
        let end = if run.at < run.proven { run.proven } else { run.total }.min(run.at + events);
        let (events, gaps) = self.readable(log, run.at, end).await?;
        for gap in gaps {
            run.torn = true;
            checked.add(Difference::Gap { log: run.log.clone(), from: gap.start, to: gap.end });
        }
        for event in events.iter().filter(|event| !stands(event)) {
            tracing::warn!(log = run.log, position = event.pos, "an event does not stand for its leaf");
            checked.add(event_differs(log, event.pos));
        }
        if !run.torn {
            let (mut tiles, mut frontier) =
                run.tree().ok_or_else(|| AppError::Unreadable("the state of a check".to_owned()))?;
            run.grow(&mut frontier, &mut tiles, &events, checked);
            if run.at < run.proven {
                self.check_files(run, end, &events, &tiles, checked).await?;
            }
            tiles.keep_edge(end);
            run.keep_edge(end, &tiles);
        }
        run.at = end;
        Ok(())
    }

    /// Events of a log, and where they are gone or can't be read though the database answers.
    pub(super) async fn readable(
        &self,
        log: LogId,
        from: Pos,
        to: Pos,
    ) -> Result<(Vec<StoredEvent>, Vec<Range<Pos>>), AppError> {
        if let Some(events) = self.read_or_gap(log, from, to).await? {
            return Ok((events, vec![]));
        }
        let (mut events, mut gaps) = (vec![], Vec::<Range<Pos>>::new());
        for position in from..to {
            match (self.read_or_gap(log, position, position + 1).await?, gaps.last_mut()) {
                (Some(event), _) => events.extend(event),
                (None, Some(gap)) if gap.end == position => gap.end = position + 1,
                (None, _) => gaps.push(position..position + 1),
            }
        }
        Ok((events, gaps))
    }

    async fn read_or_gap(&self, log: LogId, from: Pos, to: Pos) -> Result<Option<Vec<StoredEvent>>, AppError> {
        match self.ports().store.read_log(log, from, to - from).await {
            Ok(events) if events.len() as u64 == to - from => Ok(Some(events)),
            Ok(_) | Err(StoreError::Damaged(_)) => Ok(None),
            Err(fault) => {
                // Whether it is these events, or everything.
                self.ports().store.size(log).await.map_err(|_| fault)?;
                Ok(None)
            }
        }
    }

    /// The files of the final tree that these events completed.
    async fn check_files(
        &self,
        run: &LogRun,
        to: Pos,
        events: &[StoredEvent],
        tiles: &Tiles,
        checked: &mut Checked,
    ) -> Result<(), AppError> {
        let (log, proven, from) = (run.log(), run.proven, run.at);
        let growth = tile::growth(from, to);
        for bundle in growth.bundles.into_iter().filter(|bundle| is_final(0, bundle.index, bundle.width, proven)) {
            let wanted = bundle_of(bundle, from, events);
            if let Some((path, found)) = self.differing_file(log, bundle.path(), wanted).await? {
                let leaves = found.as_deref().and_then(|found| leaves_of(bundle, found));
                let at = bundle.entries().start;
                self.blame(run, path, at, leaves, events, checked).await?;
            }
        }
        for tile in growth.tiles.into_iter().filter(|tile| is_final(tile.level, tile.index, tile.width, proven)) {
            if let Some((path, found)) = self.differing_file(log, tile.path(), tiles.bytes(tile).ok()).await? {
                let leaves = found.filter(|_| tile.level == 0).and_then(|found| hashes_of(tile, &found));
                let at = tile.index * u64::from(FULL_WIDTH);
                self.blame(run, path, at, leaves, events, checked).await?;
            }
        }
        Ok(())
    }

    async fn differing_file(
        &self,
        log: LogId,
        path: String,
        wanted: Option<Vec<u8>>,
    ) -> Result<Option<(String, Option<Vec<u8>>)>, AppError> {
        let path = format!("{}/{path}", recorder::name(log));
        let found = self.ports().log_files.get(&path).await?;
        Ok((found.is_none() || found != wanted).then_some((path, found)))
    }

    /// Who is wrong where a file differs from the record: an event, if the leaf that the file has is the one that
    /// was signed; the file otherwise.
    async fn blame(
        &self,
        run: &LogRun,
        path: String,
        first: Pos,
        leaves: Option<Vec<Hash>>,
        events: &[StoredEvent],
        checked: &mut Checked,
    ) -> Result<(), AppError> {
        let log = run.log();
        let mut events_differ = false;
        let mut all_vouched = leaves.is_some();
        for (position, leaf) in (first..).zip(leaves.into_iter().flatten()) {
            let event = events.iter().find(|event| event.pos == position);
            if event.is_some_and(|event| Hash::leaf(&event.entry) == leaf) {
                continue;
            }
            match self.was_signed(run, position, leaf).await? {
                true => {
                    events_differ = true;
                    checked.add(event_differs(log, position));
                }
                false => all_vouched = false,
            }
        }
        if !events_differ || !all_vouched {
            checked.add(Difference::Tile { path });
        }
        Ok(())
    }

    /// Whether this leaf stands at this place in the tree that was signed, by the published files.
    async fn was_signed(&self, run: &LogRun, position: Pos, leaf: Hash) -> Result<bool, AppError> {
        let Some(root) = run.root.as_deref().and_then(Hash::from_base64) else { return Ok(false) };
        let Ok(tiles) = self.tiles(run.log(), &inclusion::needs(position, run.proven), run.proven).await else {
            return Ok(false);
        };
        let path = inclusion::prove(position, run.proven, &tiles);
        Ok(path.is_ok_and(|path| inclusion::verify(&leaf, position, run.proven, &path, &root).is_ok()))
    }
}

impl LogRun {
    fn log(&self) -> LogId {
        crate::logs::log_named(&self.log).unwrap_or(LogId::RECORD)
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.total
    }

    pub(super) fn total(&self) -> Pos {
        self.total
    }

    /// The tree up to here; nothing if what was kept of it is none.
    fn tree(&self) -> Option<(Tiles, Frontier)> {
        let mut tiles = Tiles::default();
        for (path, bytes) in &self.edge {
            tiles.insert(TileId::parse(path)?, &BASE64_STANDARD.decode(bytes).ok()?).ok()?;
        }
        let frontier = Frontier::read(self.at, &tiles).ok()?;
        Some((tiles, frontier))
    }

    fn keep_edge(&mut self, size: Pos, tiles: &Tiles) {
        let one = |tile: TileId| Some((tile.path(), BASE64_STANDARD.encode(tiles.bytes(tile).ok()?)));
        self.edge = tile::edge(size).into_iter().filter_map(one).collect();
    }

    /// Leaves as they follow from the entries: one that was altered shows in the root.
    fn grow(&self, frontier: &mut Frontier, tiles: &mut Tiles, events: &[StoredEvent], checked: &mut Checked) {
        for event in events {
            for (node, hash) in frontier.append(Hash::leaf(&event.entry)) {
                tiles.record(node, hash);
            }
            let here = self.marks.iter().filter(|mark| mark.size == frontier.size());
            for mark in here.filter(|mark| mark.root != frontier.root().to_base64()) {
                checked.add(mark.difference(self.log()));
            }
        }
    }
}

impl Mark {
    fn difference(&self, log: LogId) -> Difference {
        match &self.witness {
            None => checkpoint_differs(log, self.size),
            Some(witness) => {
                Difference::Witness { log: recorder::name(log).to_owned(), witness: witness.clone(), size: self.size }
            }
        }
    }
}

fn checkpoint_differs(log: LogId, size: Pos) -> Difference {
    Difference::Checkpoint { log: recorder::name(log).to_owned(), size }
}

/// Whether this version of a tile is the widest in a log of `size`: narrower ones may be gone.
fn is_final(level: u8, index: u64, width: u16, size: Pos) -> bool {
    let hashes = size >> (8 * u32::from(level));
    let widest = hashes.saturating_sub(index * u64::from(FULL_WIDTH)).min(u64::from(FULL_WIDTH));
    u64::from(width) == widest
}

/// Steps begin with a bundle, so its entries are all at hand.
fn bundle_of(bundle: BundleId, from: Pos, events: &[StoredEvent]) -> Option<Vec<u8>> {
    let range = bundle.entries();
    let place = |pos: Pos| usize::try_from(pos.checked_sub(from)?).ok();
    let entries = events.get(place(range.start)?..place(range.end)?)?;
    let entries: Vec<&[u8]> = entries.iter().map(|event| event.entry.as_slice()).collect();
    bundle.encode(&entries).ok()
}

fn leaves_of(bundle: BundleId, bytes: &[u8]) -> Option<Vec<Hash>> {
    Some(bundle.decode(bytes).ok()?.into_iter().map(Hash::leaf).collect())
}

fn hashes_of(tile: TileId, bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    let whole = rest.is_empty() && hashes.len() == usize::from(tile.width);
    whole.then(|| hashes.iter().map(|hash| Hash::from_bytes(*hash)).collect())
}
