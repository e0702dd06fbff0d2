//! The store as the shell sees it.

use async_trait::async_trait;

use crate::{
    Claimed, Commit, CommitRefusal, Committed, Cond, DispatchId, LogId, Outcome, Pos, Query, Rev, Row, RowChange,
    Schema, Sought, StoredEvent, Stream, Value, WorkingChange, WorkingItem, WorkingKey,
};

fn as_count(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// The store could not do its work. Nothing was acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What was found contradicts an invariant of the store.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The database is configured so that acknowledged acts could be lost.
    #[error("the database is not safe to use: {0}")]
    Unsafe(String),
    /// What was handed over does not have the form the store asks for: a fault of the program.
    #[error("what was handed to the store is malformed: {0}")]
    Malformed(String),
}

/// A lease held by one node; `epoch` grows with every change of holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// What is leased: `signer`, `clock`, `outbox`.
    pub name: String,
    /// Who holds it.
    pub holder: String,
    /// Fencing number.
    pub epoch: u64,
}

/// Record, read model, working data, outbox and leases of one court.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// The schema of the read model.
    fn schema(&self) -> Schema;

    /// Commits acts in order, each whole or not at all, in one durable transaction. An act sees the
    /// acts before it in the batch. On `Err` nothing of the batch was kept.
    async fn commit(&self, acts: &[Commit]) -> Result<Vec<Result<Committed, CommitRefusal>>, StoreError>;

    /// What became of the command `id`, if it was committed: the hash it came with, and the answer a
    /// repeat of it gets.
    async fn committed(&self, log: LogId, id: uuid::Uuid) -> Result<Option<([u8; 32], Committed)>, StoreError>;

    /// Events of `stream` after revision `after`, in order.
    async fn read_stream(&self, log: LogId, stream: &Stream, after: Rev) -> Result<Vec<StoredEvent>, StoreError>;

    /// The revision of `stream`: how many events it has.
    async fn revision(&self, log: LogId, stream: &Stream) -> Result<Rev, StoreError> {
        Ok(self.read_stream(log, stream, 0).await?.len() as Rev)
    }

    /// At most `limit` events of the log from position `from`, in order, without gaps.
    async fn read_log(&self, log: LogId, from: Pos, limit: u64) -> Result<Vec<StoredEvent>, StoreError>;

    /// At most `limit` of the events sought, newest first. It costs as much as the positions it asks within.
    async fn find_events(&self, log: LogId, sought: &Sought, limit: u64) -> Result<Vec<StoredEvent>, StoreError> {
        let reach = sought.within.end.saturating_sub(sought.within.start);
        let read = self.read_log(log, sought.within.start, reach).await?;
        Ok(read.into_iter().rev().filter(|event| sought.is_met(event)).take(as_count(limit)).collect())
    }

    /// How many events the log has.
    async fn size(&self, log: LogId) -> Result<Pos, StoreError>;

    /// Destroys body and salt of every event of `stream` (`case.destroyed`, or nothing else).
    async fn destroy_stream(&self, log: LogId, stream: &Stream) -> Result<u64, StoreError>;

    /// Rows that answer the question.
    async fn select(&self, query: &Query) -> Result<Vec<Row>, StoreError>;

    /// How many rows of `table` meet `cond`.
    async fn count(&self, table: &'static str, cond: &Cond) -> Result<u64, StoreError>;

    /// How many rows of `table` that meet `cond` there are for each value of `column`.
    async fn tally(
        &self,
        table: &'static str,
        cond: &Cond,
        column: &'static str,
    ) -> Result<Vec<(Value, u64)>, StoreError>;

    /// Replaces the whole read model by `rows` computed from the record up to `upto`, atomically.
    /// Fails with `Ok(false)`, changing nothing, if the record has grown past `upto`.
    async fn replace_rows(&self, rows: Vec<RowChange>, upto: Pos) -> Result<bool, StoreError>;

    /// Whether the read model agrees with the schema and the size of the record (false after an
    /// upgrade that changed the schema: rebuild).
    async fn rows_are_current(&self) -> Result<bool, StoreError>;

    /// A piece of working data that has not expired at `now_us`.
    async fn working(&self, key: &WorkingKey, now_us: i64) -> Result<Option<WorkingItem>, StoreError>;

    /// All working data of `kind`, of `owner` if given, not expired at `now_us`, newest first.
    async fn working_of(
        &self,
        kind: &'static str,
        owner: Option<&str>,
        now_us: i64,
    ) -> Result<Vec<WorkingItem>, StoreError>;

    /// Changes working data, all or nothing; durable on return.
    async fn change_working(&self, changes: Vec<WorkingChange>) -> Result<(), StoreError>;

    /// Writes `change` (a `Put`) only if the item is at `expected` (0: absent or expired). Returns
    /// whether it was written.
    async fn swap_working(&self, change: WorkingChange, expected: u64, now_us: i64) -> Result<bool, StoreError>;

    /// Removes working data that expired before `now_us`; returns how much.
    async fn sweep_working(&self, now_us: i64) -> Result<u64, StoreError>;

    /// Claims at most `limit` dispatches of `channel` that are due, until `until_us`. One that was
    /// claimed and not finished by then may be claimed again.
    async fn claim(&self, channel: &str, now_us: i64, until_us: i64, limit: u64) -> Result<Vec<Claimed>, StoreError>;

    /// Says what became of a claimed dispatch.
    async fn finish(&self, id: DispatchId, outcome: Outcome) -> Result<(), StoreError>;

    /// Dispatches that were given up, for a person to look at.
    async fn failed_dispatches(&self) -> Result<Vec<(Claimed, String)>, StoreError>;

    /// Takes or renews the lease `name` for `holder` until `until_us`; `None` if another holds it.
    async fn lease(&self, name: &str, holder: &str, now_us: i64, until_us: i64) -> Result<Option<Lease>, StoreError>;

    /// Keeps a signed checkpoint of `log` at `size`.
    async fn put_checkpoint(&self, log: LogId, size: Pos, note: &str) -> Result<(), StoreError>;

    /// The checkpoint of `log` with the largest size.
    async fn checkpoint(&self, log: LogId) -> Result<Option<(Pos, String)>, StoreError>;

    /// Keeps a checkpoint of `log` that enough witnesses cosigned, unless a larger one is kept.
    async fn put_witnessed(&self, log: LogId, size: Pos, note: &str) -> Result<(), StoreError>;

    /// The largest checkpoint of `log` that enough witnesses cosigned.
    async fn witnessed(&self, log: LogId) -> Result<Option<(Pos, String)>, StoreError>;
}

/// The compare-and-swap copy of the newest checkpoint, kept apart from data and backups: a restored
/// old backup then can't be signed as if it were the newest.
#[async_trait]
pub trait CheckpointLock: Send + Sync + 'static {
    /// The newest checkpoint that was signed under `origin`.
    async fn load(&self, origin: &str) -> Result<Option<String>, StoreError>;

    /// Replaces `old` by `new` durably; `false`, changing nothing, if `old` is not what is there.
    async fn swap(&self, origin: &str, old: Option<&str>, new: &str) -> Result<bool, StoreError>;
}
