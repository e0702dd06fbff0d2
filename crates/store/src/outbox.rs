//! The outbox: dispatches promised in the transaction that records them, claimed before the call,
//! never lost.

use uuid::Uuid;

/// Identifier of a dispatch; also the idempotency key given to the channel.
pub type DispatchId = Uuid;

/// A promise to the outside world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDispatch {
    /// Identifier and idempotency key.
    pub id: DispatchId,
    /// Which worker carries it: `message`, `payment`, `render`, …
    pub channel: String,
    /// What is sent, as JSON.
    pub body: Vec<u8>,
    /// Not before this moment, microseconds since the epoch.
    pub due_us: i64,
}

/// A dispatch claimed by a worker until its claim runs out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Identifier and idempotency key.
    pub id: DispatchId,
    /// Channel.
    pub channel: String,
    /// Content.
    pub body: Vec<u8>,
    /// How often it was claimed before.
    pub attempts: u32,
}

/// What became of a claimed dispatch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Delivered; it leaves the outbox.
    Done,
    /// Try again at this moment.
    Retry {
        /// When, microseconds since the epoch.
        at_us: i64,
        /// Why.
        why: String,
    },
    /// Given up: a person must look; it stays listed.
    Failed {
        /// Why.
        why: String,
    },
}
