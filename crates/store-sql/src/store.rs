//! The store in SQL, as the shell sees it.

use async_trait::async_trait;
use uuid::Uuid;
use xiezhi_store::plan::Remembered;
use xiezhi_store::{
    Claimed, Commit, CommitRefusal, Committed, Cond, DispatchId, Lease, LogId, Outcome, Pos, Query, Rev, Row,
    RowChange, Schema, Sought, Store, StoreError, StoredEvent, Stream, Value, WorkingChange, WorkingItem, WorkingKey,
    sound,
};

use crate::db::Db;
use crate::rows::Model;
use crate::{lease, outbox, query, record, rows, working};

/// Record, read model, working data, outbox and leases in SQLite or PostgreSQL.
#[derive(Clone, Debug)]
pub struct SqlStore {
    db: Db,
    model: Model,
}

/// Names of tables that a read model can't have.
const TAKEN: [&str; 15] = [
    "log_head",
    "event",
    "command",
    "destruction",
    "working",
    "outbox",
    "lease",
    "checkpoint",
    "witnessed",
    "rebuild",
    "search_state",
    "search_paper",
    "search_page",
    "search_term",
    "_sqlx_migrations",
];

impl SqlStore {
    /// Opens `sqlite://path` or `postgres://…`, bringing its tables up to date. If the read model has
    /// another schema than `schema`, it is made anew and empty: see [`Store::rows_are_current`].
    ///
    /// # Errors
    /// [`StoreError`]: it can't be opened, or acknowledged acts could be lost in it.
    pub async fn open(url: &str, schema: Schema) -> Result<Self, StoreError> {
        sound::schema(&schema)?;
        if let Some(table) = schema.0.iter().find(|table| TAKEN.contains(&table.name)) {
            return Err(StoreError::Malformed(format!("a table named {}", table.name)));
        }
        let store = Self { db: Db::open(url).await?, model: Model::new(schema) };
        store.db.migrate().await?;
        rows::ensure(&store.db, &store.model).await?;
        Ok(store)
    }

    /// Closes all connections. Call it last; afterwards the store answers nothing.
    pub async fn close(&self) {
        self.db.close().await;
    }

    fn schema_ref(&self) -> &Schema {
        &self.model.schema
    }
}

#[async_trait]
impl Store for SqlStore {
    fn schema(&self) -> Schema {
        self.model.schema
    }

    async fn commit(&self, acts: &[Commit]) -> Result<Vec<Result<Committed, CommitRefusal>>, StoreError> {
        acts.iter().try_for_each(|act| sound::act(self.schema_ref(), act))?;
        record::commit(&self.db, &self.model, acts).await
    }

    async fn committed(&self, log: LogId, id: Uuid) -> Result<Option<([u8; 32], Committed)>, StoreError> {
        Ok(record::command(&self.db, log, id).await?.map(Remembered::told))
    }

    async fn read_stream(&self, log: LogId, stream: &Stream, after: Rev) -> Result<Vec<StoredEvent>, StoreError> {
        record::read_stream(&self.db, log, stream, after).await
    }

    async fn revision(&self, log: LogId, stream: &Stream) -> Result<Rev, StoreError> {
        record::revision(&self.db, log, stream).await
    }

    async fn read_log(&self, log: LogId, from: Pos, limit: u64) -> Result<Vec<StoredEvent>, StoreError> {
        record::read_log(&self.db, log, from, limit).await
    }

    async fn find_events(&self, log: LogId, sought: &Sought, limit: u64) -> Result<Vec<StoredEvent>, StoreError> {
        record::find_events(&self.db, log, sought, limit).await
    }

    async fn size(&self, log: LogId) -> Result<Pos, StoreError> {
        record::size(&self.db, log).await
    }

    async fn destroy_stream(&self, log: LogId, stream: &Stream) -> Result<u64, StoreError> {
        record::destroy_stream(&self.db, log, stream).await
    }

    async fn select(&self, query: &Query) -> Result<Vec<Row>, StoreError> {
        let statement = query::select(self.schema_ref(), self.db.dialect(), query)?;
        rows::read(self.db.read(statement).await?)
    }

    async fn count(&self, table: &'static str, cond: &Cond) -> Result<u64, StoreError> {
        let statement = query::count(self.schema_ref(), self.db.dialect(), table, cond)?;
        self.db.read(statement).await?.pop().map_or(Ok(0), |mut found| found.count(0))
    }

    async fn tally(
        &self,
        table: &'static str,
        cond: &Cond,
        column: &'static str,
    ) -> Result<Vec<(Value, u64)>, StoreError> {
        let statement = query::tally(self.schema_ref(), self.db.dialect(), table, cond, column)?;
        let found = self.db.read(statement).await?;
        found.into_iter().map(|mut found| Ok((found.value(0)?, found.count(1)?))).collect()
    }

    async fn replace_rows(&self, rows: Vec<RowChange>, upto: Pos) -> Result<bool, StoreError> {
        rows.iter().try_for_each(|change| sound::row_change(self.schema_ref(), change))?;
        rows::replace(&self.db, &self.model, rows, upto).await
    }

    async fn rows_are_current(&self) -> Result<bool, StoreError> {
        rows::are_current(&self.db, &self.model).await
    }

    async fn working(&self, key: &WorkingKey, now_us: i64) -> Result<Option<WorkingItem>, StoreError> {
        working::get(&self.db, key, now_us).await
    }

    async fn working_of(
        &self,
        kind: &'static str,
        owner: Option<&str>,
        now_us: i64,
    ) -> Result<Vec<WorkingItem>, StoreError> {
        working::of(&self.db, kind, owner, now_us).await
    }

    async fn change_working(&self, changes: Vec<WorkingChange>) -> Result<(), StoreError> {
        changes.iter().try_for_each(sound::working)?;
        working::change(&self.db, changes).await
    }

    async fn swap_working(&self, change: WorkingChange, expected: u64, now_us: i64) -> Result<bool, StoreError> {
        sound::working(&change)?;
        working::swap(&self.db, change, expected, now_us).await
    }

    async fn sweep_working(&self, now_us: i64) -> Result<u64, StoreError> {
        working::sweep(&self.db, now_us).await
    }

    async fn claim(&self, channel: &str, now_us: i64, until_us: i64, limit: u64) -> Result<Vec<Claimed>, StoreError> {
        outbox::claim(&self.db, channel, now_us, until_us, limit).await
    }

    async fn finish(&self, id: DispatchId, outcome: Outcome) -> Result<(), StoreError> {
        outbox::finish(&self.db, id, outcome).await
    }

    async fn failed_dispatches(&self) -> Result<Vec<(Claimed, String)>, StoreError> {
        outbox::failed(&self.db).await
    }

    async fn lease(&self, name: &str, holder: &str, now_us: i64, until_us: i64) -> Result<Option<Lease>, StoreError> {
        lease::take(&self.db, name, holder, now_us, until_us).await
    }

    async fn put_checkpoint(&self, log: LogId, size: Pos, note: &str) -> Result<(), StoreError> {
        lease::put_checkpoint(&self.db, log, size, note).await
    }

    async fn checkpoint(&self, log: LogId) -> Result<Option<(Pos, String)>, StoreError> {
        lease::checkpoint(&self.db, log).await
    }

    async fn put_witnessed(&self, log: LogId, size: Pos, note: &str) -> Result<(), StoreError> {
        lease::put_witnessed(&self.db, log, size, note).await
    }

    async fn witnessed(&self, log: LogId) -> Result<Option<(Pos, String)>, StoreError> {
        lease::witnessed(&self.db, log).await
    }
}
