//! One log, event by event: against its checkpoint, the copy of it kept apart, and the published files.

use xiezhi_ledger::{
    Checkpoint, Frontier, Note, Policy, Tiles,
    tile::{self, BundleId, FULL_WIDTH},
};
use xiezhi_store::{LogId, Pos, StoredEvent};

use super::{Checked, Difference, event_differs, stands};
use crate::{App, AppError, recorder, witnessing::Newest};

impl App {
    /// The newest checkpoint of a log, if it is signed by its key.
    pub(super) async fn signed(&self, log: LogId) -> Result<Option<Checkpoint>, AppError> {
        let Some(newest) = self.newest(log).await? else { return Ok(None) };
        Ok(self.read_signed(log, &newest.note).filter(|checkpoint| checkpoint.size == newest.size))
    }

    fn read_signed(&self, log: LogId, note: &Note) -> Option<Checkpoint> {
        let policy = Policy::log_only(self.log_key(log).verifier()).ok()?;
        policy.accept(note).ok().map(|assessment| assessment.checkpoint)
    }

    pub(super) async fn check_log(&self, log: LogId, checked: &mut Checked) -> Result<(), AppError> {
        let total = self.ports().store.size(log).await?;
        let signed = self.check_copies(log, total, checked).await?;
        let proven = signed.as_ref().map_or(0, |checkpoint| checkpoint.size.min(total));
        let (mut tiles, mut frontier) = (Tiles::default(), Frontier::default());
        let mut at = 0;
        while at < total {
            let end = if at < proven { (at + recorder::STEP).min(proven) } else { (at + recorder::STEP).min(total) };
            let events = self.ports().store.read_log(log, at, end - at).await?;
            if events.len() as u64 != end - at {
                return Err(AppError::Unreadable(format!("{} ends before {end}", recorder::name(log))));
            }
            check_events(log, &events, checked);
            if at < proven {
                grow(&mut frontier, &mut tiles, &events);
                self.check_files(log, (at, end), proven, &events, &tiles, checked).await?;
                tiles.keep_edge(end);
            }
            at = end;
        }
        checked.events += total;
        checked.proven += proven;
        if let Some(checkpoint) = signed.filter(|checkpoint| checkpoint.root != frontier.root()) {
            checked.differences.push(checkpoint_differs(log, checkpoint.size));
        }
        Ok(())
    }

    /// The checkpoint in the store, the copy kept apart and the published one are the same, and none is
    /// ahead of the record.
    async fn check_copies(
        &self,
        log: LogId,
        total: Pos,
        checked: &mut Checked,
    ) -> Result<Option<Checkpoint>, AppError> {
        let stored = self.newest(log).await?;
        let locked = self.ports().checkpoint_lock.load(&self.origin(log)).await?;
        let published = self.published(log, "checkpoint").await?;
        let Some(Newest { size, note }) = stored else {
            if locked.is_some() {
                checked.differences.push(checkpoint_differs(log, 0));
            }
            return Ok(None);
        };
        let signed = self.read_signed(log, &note).filter(|checkpoint| checkpoint.size == size && size <= total);
        // The copies carry the court's signature alone; cosignatures come later to the others.
        let says_the_same = |copy: &[u8]| Note::parse(copy).is_ok_and(|copy| copy.text() == note.text());
        let same = locked.is_some_and(|copy| says_the_same(copy.as_bytes()))
            && published.is_some_and(|copy| says_the_same(&copy));
        if !same || signed.is_none() {
            checked.differences.push(checkpoint_differs(log, size));
        }
        Ok(signed)
    }

    /// The files of the final tree that these events completed.
    async fn check_files(
        &self,
        log: LogId,
        (from, to): (Pos, Pos),
        proven: Pos,
        events: &[StoredEvent],
        tiles: &Tiles,
        checked: &mut Checked,
    ) -> Result<(), AppError> {
        let growth = tile::growth(from, to);
        for bundle in growth.bundles.into_iter().filter(|bundle| is_final(0, bundle.index, bundle.width, proven)) {
            let bytes = bundle_of(bundle, from, events);
            self.check_published(log, bundle.path(), bytes, checked).await?;
        }
        for tile in growth.tiles.into_iter().filter(|tile| is_final(tile.level, tile.index, tile.width, proven)) {
            self.check_published(log, tile.path(), tiles.bytes(tile).ok(), checked).await?;
        }
        Ok(())
    }

    async fn check_published(
        &self,
        log: LogId,
        path: String,
        wanted: Option<Vec<u8>>,
        checked: &mut Checked,
    ) -> Result<(), AppError> {
        let path = format!("{}/{path}", recorder::name(log));
        let found = self.ports().log_files.get(&path).await?;
        if found.is_none() || found != wanted {
            checked.differences.push(Difference::Tile { path });
        }
        Ok(())
    }
}

fn checkpoint_differs(log: LogId, size: Pos) -> Difference {
    Difference::Checkpoint { log: recorder::name(log).to_owned(), size }
}

fn check_events(log: LogId, events: &[StoredEvent], checked: &mut Checked) {
    for event in events.iter().filter(|event| !stands(event)) {
        tracing::warn!(log = recorder::name(log), position = event.pos, "an event does not stand for its leaf");
        checked.differences.push(event_differs(log, event.pos));
    }
}

/// The leaves as they are stored: one that was altered shows in the root.
fn grow(frontier: &mut Frontier, tiles: &mut Tiles, events: &[StoredEvent]) {
    for event in events {
        for (node, hash) in frontier.append(xiezhi_ledger::Hash::leaf(&event.entry)) {
            tiles.record(node, hash);
        }
    }
}

/// Whether this version of a tile is the widest in a log of `size`: narrower ones may be gone.
fn is_final(level: u8, index: u64, width: u16, size: Pos) -> bool {
    let hashes = size >> (8 * u32::from(level));
    let widest = hashes.saturating_sub(index * u64::from(FULL_WIDTH)).min(u64::from(FULL_WIDTH));
    u64::from(width) == widest
}

/// Pages begin with a bundle, so its entries are all at hand.
fn bundle_of(bundle: BundleId, from: Pos, events: &[StoredEvent]) -> Option<Vec<u8>> {
    let range = bundle.entries();
    let place = |pos: Pos| usize::try_from(pos.checked_sub(from)?).ok();
    let entries = events.get(place(range.start)?..place(range.end)?)?;
    let entries: Vec<&[u8]> = entries.iter().map(|event| event.entry.as_slice()).collect();
    bundle.encode(&entries).ok()
}
