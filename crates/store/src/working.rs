//! Working data: what a person has not yet put forward. Ordinary rows with an owner and an expiry,
//! outside the record and outside `rebuild`: drafts, sessions, read marks, upload parts, throttles.

/// Names one piece of working data.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkingKey {
    /// What it is: `session`, `draft`, `read-mark`, …
    pub kind: &'static str,
    /// Which one.
    pub id: String,
}

impl WorkingKey {
    /// The key of `kind` with `id`.
    pub fn new(kind: &'static str, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// A piece of working data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingItem {
    /// Its key.
    pub key: WorkingKey,
    /// Whose it is.
    pub owner: String,
    /// Counts its changes, from 1.
    pub rev: u64,
    /// Content.
    pub value: Vec<u8>,
    /// When it was last written, microseconds since the epoch.
    pub updated_us: i64,
    /// When it ends by itself, microseconds since the epoch.
    pub expires_us: Option<i64>,
}

/// A change of working data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkingChange {
    /// Writes the value, whatever was there.
    Put {
        /// Its key.
        key: WorkingKey,
        /// Whose it is.
        owner: String,
        /// Content.
        value: Vec<u8>,
        /// When it is written.
        updated_us: i64,
        /// When it ends by itself.
        expires_us: Option<i64>,
    },
    /// Removes it, if it is there.
    Delete {
        /// Its key.
        key: WorkingKey,
    },
}
