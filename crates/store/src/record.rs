//! The record: streams of events in one dense order per log.

use uuid::Uuid;

use crate::{NewDispatch, RowChange, WorkingChange};

/// One of a court's logs. Positions are dense within a log, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LogId(pub i64);

impl LogId {
    /// The log of acts.
    pub const RECORD: LogId = LogId(1);
    /// The log of looks: who saw what.
    pub const ACCESS: LogId = LogId(2);
    /// Both.
    pub const ALL: [LogId; 2] = [LogId::RECORD, LogId::ACCESS];
}

/// Position in a log: the number of events before it.
pub type Pos = u64;
/// Revision of a stream: the number of its events. A stream nobody has written is at 0.
pub type Rev = u64;

/// The name of a stream: `case/{id}`, `number/{year}/{type}`, `calendar/{day}`, `people`, `court`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stream(pub String);

impl Stream {
    /// Names a stream of `kind`, such as `case`, with the identifier `id`.
    pub fn new(kind: &str, id: impl std::fmt::Display) -> Self {
        Self(format!("{kind}/{id}"))
    }
}

/// An event as it is handed to the store. `entry` and `leaf` are what the Merkle log commits to;
/// `body` and `salt` open that commitment and may be erased by law, `entry` and `leaf` never.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Identifier, unique in the log.
    pub id: Uuid,
    /// Stored, versioned name, such as `service.effected.v1`.
    pub name: String,
    /// The bytes that were committed to; never re-serialised.
    pub body: Vec<u8>,
    /// The secret that opens the commitment.
    pub salt: [u8; 32],
    /// Leaf data of the log: version byte and commitment.
    pub entry: Vec<u8>,
    /// Leaf hash of `entry`.
    pub leaf: [u8; 32],
}

/// An event as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// Position in the log.
    pub pos: Pos,
    /// Identifier.
    pub id: Uuid,
    /// The stream it belongs to.
    pub stream: Stream,
    /// Revision of the stream once this event is counted, from 1.
    pub rev: Rev,
    /// Stored name.
    pub name: String,
    /// When it was recorded: microseconds since the epoch, by the court's clock.
    pub at_us: i64,
    /// Who acted, as the shell names them.
    pub actor: String,
    /// The command it came from.
    pub command: Uuid,
    /// The committed bytes; absent once a lawful destruction took them.
    pub body: Option<Vec<u8>>,
    /// The salt; absent together with the body.
    pub salt: Option<[u8; 32]>,
    /// Leaf data of the log.
    pub entry: Vec<u8>,
    /// Leaf hash.
    pub leaf: [u8; 32],
}

/// The key under which a command is remembered, so that a repeat changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandKey {
    /// Chosen by whoever sends the command; unique per log.
    pub id: Uuid,
    /// Hash of actor and command: another command under the same id is refused.
    pub hash: [u8; 32],
}

/// One act: everything in it becomes durable together, or nothing does.
#[derive(Clone, Debug)]
pub struct Commit {
    /// The log to append to.
    pub log: LogId,
    /// The command that caused it.
    pub command: CommandKey,
    /// Who acts.
    pub actor: String,
    /// Moment of the act, microseconds since the epoch.
    pub at_us: i64,
    /// Every stream the decision rested on, at the revision it was read, written or not.
    pub read: Vec<(Stream, Rev)>,
    /// Events by stream, in order. Every stream here must also stand in `read`.
    pub write: Vec<(Stream, Vec<NewEvent>)>,
    /// Changes of the read model.
    pub rows: Vec<RowChange>,
    /// Promises to the outside world.
    pub outbox: Vec<NewDispatch>,
    /// Working data that ends or begins with the act, such as the draft that was submitted.
    pub working: Vec<WorkingChange>,
}

/// What became of an act that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Position of its first event (for an act without events: the size of the log).
    pub first: Pos,
    /// How many events it wrote.
    pub count: u64,
    /// True if the command had been committed before and nothing was written now.
    pub replayed: bool,
}

/// Why an act was not kept. Nothing of it is left behind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommitRefusal {
    /// A stream moved on since it was read.
    #[error("stream {} is at revision {actual}, not {expected}", stream.0)]
    Conflict {
        /// The stream.
        stream: Stream,
        /// The revision the decision rested on.
        expected: Rev,
        /// The revision found.
        actual: Rev,
    },
    /// The command id was used for another command.
    #[error("the command id was used for another command")]
    CommandReused,
}
