//! Ports of the store: the record, the read model, working data, the outbox and leases.
//!
//! One trait, [`Store`], and three implementations that pass one conformance suite: memory (here),
//! SQLite and PostgreSQL (in `store-sql`). Beside it stand blobs and the index of pages. Nothing here knows what a case is.

pub mod blob;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod conformance_blob;
pub mod conformance_pages;
pub mod memory;
pub mod outbox;
pub mod pages;
pub mod plan;
pub mod port;
pub mod query;
pub mod record;
pub mod sought;
pub mod sound;
pub mod table;
pub mod transfer;
pub mod working;
pub mod writer;

pub use memory::{MemoryLock, MemoryStore};
pub use outbox::{Claimed, DispatchId, NewDispatch, Outcome};
pub use port::{CheckpointLock, Lease, Store, StoreError};
pub use query::{Cond, Direction, Operator, Query};
pub use record::{CommandKey, Commit, CommitRefusal, Committed, LogId, NewEvent, Pos, Rev, StoredEvent, Stream};
pub use sought::Sought;
pub use table::{Column, ColumnKind, Row, RowChange, Schema, Table, Value};
pub use transfer::Transfer;
pub use working::{WorkingChange, WorkingItem, WorkingKey};
pub use writer::{WriteError, Writer};
