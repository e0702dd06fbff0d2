//! Carrying a store from one place to another: everything it keeps that is not derived, read while the court acts,
//! and written into an empty store, of the same kind or another.
//!
//! What changes in place is read at one moment ([`Transfer::still`]), which also tells how long the logs were then.
//! Events below those sizes never change, so they may be read afterwards, at leisure: together they are the store as
//! it stood at that moment. The read model is computed anew, leases belong to nodes that run: neither is carried.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use uuid::Uuid;

use crate::plan::Remembered;
use crate::{LogId, NewDispatch, Pos, StoreError, StoredEvent, sound};

/// A command as the store remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptCommand {
    /// The log it was committed to.
    pub log: LogId,
    /// Its id.
    pub id: Uuid,
    /// What became of it.
    pub remembered: Remembered,
}

/// Events of a log without gaps, and the commands they came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPage {
    /// Events in order.
    pub events: Vec<StoredEvent>,
    /// Their commands. Of an act that lies across two pages both carry the command.
    pub commands: Vec<KeptCommand>,
}

/// A piece of working data, of any kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptWork {
    /// What it is.
    pub kind: String,
    /// Which one.
    pub id: String,
    /// Whose it is.
    pub owner: String,
    /// Its revision.
    pub rev: u64,
    /// Content.
    pub value: Vec<u8>,
    /// When it was last written.
    pub updated_us: i64,
    /// When it ends by itself.
    pub expires_us: Option<i64>,
}

/// A promise that is not kept yet, or was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPromise {
    /// What was promised.
    pub dispatch: NewDispatch,
    /// How often it was claimed.
    pub attempts: u32,
    /// Until when a worker holds it.
    pub claimed_until_us: Option<i64>,
    /// Why it was given up, if it was.
    pub failed: Option<String>,
}

/// A checkpoint as it is kept: size and note.
pub type KeptCheckpoint = (Pos, String);

/// What changes in place, all of one moment, in the order of its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Still {
    /// How long each log was.
    pub sizes: BTreeMap<LogId, Pos>,
    /// Commands without events; the others come with theirs.
    pub commands: Vec<KeptCommand>,
    /// Working data.
    pub working: Vec<KeptWork>,
    /// The outbox.
    pub outbox: Vec<KeptPromise>,
    /// The newest signed checkpoint of each log.
    pub checkpoints: BTreeMap<LogId, KeptCheckpoint>,
    /// The newest witnessed checkpoint of each log.
    pub witnessed: BTreeMap<LogId, KeptCheckpoint>,
}

impl Still {
    /// Whether nothing was ever kept.
    pub fn is_empty(&self) -> bool {
        let Self { sizes, commands, working, outbox, checkpoints, witnessed } = self;
        sizes.values().all(|size| *size == 0)
            && commands.is_empty()
            && working.is_empty()
            && outbox.is_empty()
            && checkpoints.is_empty()
            && witnessed.is_empty()
    }
}

/// A store that can be carried elsewhere.
#[async_trait]
pub trait Transfer: Send + Sync {
    /// What changes in place, and how long the logs are, all of one moment.
    async fn still(&self) -> Result<Still, StoreError>;

    /// At most `limit` events of `log` from position `from`, with their commands.
    async fn log_page(&self, log: LogId, from: Pos, limit: u64) -> Result<LogPage, StoreError>;

    /// Adds events to the end of `log`, as they were: durable on return, whole or not at all. The read model does
    /// not follow: it is computed anew at the end.
    ///
    /// # Errors
    /// [`StoreError::Malformed`] for a page that does not begin where the log ends.
    async fn take_page(&self, log: LogId, page: LogPage) -> Result<(), StoreError>;

    /// Puts what changes in place, whole or not at all. Putting the same again changes nothing.
    async fn take_still(&self, still: Still) -> Result<(), StoreError>;
}

/// Checks that a page may come to the end of a log of `size`.
///
/// # Errors
/// [`StoreError::Malformed`], saying what is wrong.
pub fn fits(log: LogId, size: Pos, page: &LogPage) -> Result<(), StoreError> {
    let malformed = |what: String| Err(StoreError::Malformed(what));
    if let Some((expected, event)) = (size..).zip(&page.events).find(|(expected, event)| event.pos != *expected) {
        return malformed(format!("position {} where {expected} follows", event.pos));
    }
    let came: BTreeSet<_> = page.events.iter().map(|event| event.command).collect();
    if let Some(other) = page.commands.iter().find(|one| one.log != log || !came.contains(&one.id)) {
        return malformed(format!("the command {} of another page", other.id));
    }
    match page.events.iter().find(|event| event.entry.len() > sound::ENTRY_MAX_BYTES) {
        Some(event) => malformed(format!("an entry of {} bytes", event.entry.len())),
        None => Ok(()),
    }
}
