//! The memory store: plain maps behind one lock. For tests and for the demonstration; and the plainest
//! statement of what the SQL stores must do.

mod outbox;
mod record;
mod rows;
mod transfer;
mod working;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use uuid::Uuid;

use crate::{
    CheckpointLock, Claimed, Commit, CommitRefusal, Committed, Cond, DispatchId, Lease, LogId, Outcome, Pos, Query,
    Rev, Row, RowChange, Schema, Store, StoreError, StoredEvent, Stream, Value, WorkingChange, WorkingItem, WorkingKey,
    plan, sound,
};

#[derive(Debug, Default)]
struct State {
    record: record::Record,
    rows: rows::Rows,
    working: working::Working,
    outbox: outbox::Outbox,
    leases: BTreeMap<String, (Lease, i64)>,
    checkpoints: BTreeMap<(LogId, Pos), String>,
    witnessed: BTreeMap<LogId, (Pos, String)>,
}

/// A store in memory. Clones and handles made by [`MemoryStore::reopened`] share one content.
#[derive(Clone, Debug)]
pub struct MemoryStore {
    schema: Schema,
    state: Arc<Mutex<State>>,
}

impl MemoryStore {
    /// An empty store with the read model `schema`.
    pub fn new(schema: Schema) -> Self {
        let store = Self { schema, state: Arc::default() };
        store.state().rows.open(&schema);
        store
    }

    /// Another handle on the same content, as after a restart; perhaps with another schema.
    pub fn reopened(&self, schema: Schema) -> Self {
        self.state().rows.open(&schema);
        Self { schema, state: Arc::clone(&self.state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change is checked before it begins, so a panic elsewhere leaves nothing half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Store for MemoryStore {
    fn schema(&self) -> Schema {
        self.schema
    }

    async fn commit(&self, acts: &[Commit]) -> Result<Vec<Result<Committed, CommitRefusal>>, StoreError> {
        acts.iter().try_for_each(|act| sound::act(&self.schema, act))?;
        let mut guard = self.state();
        let state = &mut *guard;
        let known = state.record.known(&plan::Needs::of(acts));
        let plan = plan::Plan::of(&self.schema, acts, known);
        state.record.check(&plan)?;
        state.outbox.check(&plan.outbox)?;
        state.rows.grow(&plan);
        state.rows.apply(plan.rows);
        state.working.apply(plan.working);
        state.outbox.promise(plan.outbox);
        state.record.append(plan.events, plan.commands);
        Ok(plan.answers)
    }

    async fn committed(&self, log: LogId, id: Uuid) -> Result<Option<([u8; 32], Committed)>, StoreError> {
        Ok(self.state().record.command(log, id).map(|command| command.told()))
    }

    async fn read_stream(&self, log: LogId, stream: &Stream, after: Rev) -> Result<Vec<StoredEvent>, StoreError> {
        Ok(self.state().record.read_stream(log, stream, after))
    }

    async fn read_log(&self, log: LogId, from: Pos, limit: u64) -> Result<Vec<StoredEvent>, StoreError> {
        Ok(self.state().record.read_log(log, from, limit))
    }

    async fn size(&self, log: LogId) -> Result<Pos, StoreError> {
        Ok(self.state().record.size(log))
    }

    async fn destroy_stream(&self, log: LogId, stream: &Stream) -> Result<u64, StoreError> {
        Ok(self.state().record.destroy_stream(log, stream))
    }

    async fn select(&self, query: &Query) -> Result<Vec<Row>, StoreError> {
        Ok(self.state().rows.select(&self.schema, query))
    }

    async fn count(&self, table: &'static str, cond: &Cond) -> Result<u64, StoreError> {
        Ok(self.state().rows.meeting(&self.schema, table, cond).count() as u64)
    }

    async fn tally(
        &self,
        table: &'static str,
        cond: &Cond,
        column: &'static str,
    ) -> Result<Vec<(Value, u64)>, StoreError> {
        Ok(self.state().rows.tally(&self.schema, table, cond, column))
    }

    async fn replace_rows(&self, rows: Vec<RowChange>, upto: Pos) -> Result<bool, StoreError> {
        rows.iter().try_for_each(|change| sound::row_change(&self.schema, change))?;
        let mut state = self.state();
        if state.record.size(LogId::RECORD) != upto {
            return Ok(false);
        }
        state.rows.replace(&self.schema, rows, upto);
        Ok(true)
    }

    async fn rows_are_current(&self) -> Result<bool, StoreError> {
        let state = self.state();
        Ok(state.rows.are_current(&self.schema, state.record.size(LogId::RECORD)))
    }

    async fn working(&self, key: &WorkingKey, now_us: i64) -> Result<Option<WorkingItem>, StoreError> {
        Ok(self.state().working.get(key, now_us).cloned())
    }

    async fn working_of(
        &self,
        kind: &'static str,
        owner: Option<&str>,
        now_us: i64,
    ) -> Result<Vec<WorkingItem>, StoreError> {
        Ok(self.state().working.of(kind, owner, now_us))
    }

    async fn change_working(&self, changes: Vec<WorkingChange>) -> Result<(), StoreError> {
        changes.iter().try_for_each(sound::working)?;
        self.state().working.apply(plan::net(changes));
        Ok(())
    }

    async fn swap_working(&self, change: WorkingChange, expected: u64, now_us: i64) -> Result<bool, StoreError> {
        sound::working(&change)?;
        self.state().working.swap(change, expected, now_us)
    }

    async fn sweep_working(&self, now_us: i64) -> Result<u64, StoreError> {
        Ok(self.state().working.sweep(now_us))
    }

    async fn claim(&self, channel: &str, now_us: i64, until_us: i64, limit: u64) -> Result<Vec<Claimed>, StoreError> {
        Ok(self.state().outbox.claim(channel, now_us, until_us, limit))
    }

    async fn finish(&self, id: DispatchId, outcome: Outcome) -> Result<(), StoreError> {
        self.state().outbox.finish(id, outcome);
        Ok(())
    }

    async fn failed_dispatches(&self) -> Result<Vec<(Claimed, String)>, StoreError> {
        Ok(self.state().outbox.failed())
    }

    async fn lease(&self, name: &str, holder: &str, now_us: i64, until_us: i64) -> Result<Option<Lease>, StoreError> {
        let mut state = self.state();
        let epoch = match state.leases.get(name) {
            None => 1,
            Some((held, _)) if held.holder == holder => held.epoch,
            Some((held, held_until_us)) if *held_until_us <= now_us => held.epoch + 1,
            Some(_) => return Ok(None),
        };
        let lease = Lease { name: name.to_owned(), holder: holder.to_owned(), epoch };
        state.leases.insert(name.to_owned(), (lease.clone(), until_us));
        Ok(Some(lease))
    }

    async fn put_checkpoint(&self, log: LogId, size: Pos, note: &str) -> Result<(), StoreError> {
        self.state().checkpoints.insert((log, size), note.to_owned());
        Ok(())
    }

    async fn checkpoint(&self, log: LogId) -> Result<Option<(Pos, String)>, StoreError> {
        let state = self.state();
        let newest = state.checkpoints.range((log, 0)..=(log, Pos::MAX)).next_back();
        Ok(newest.map(|((_, size), note)| (*size, note.clone())))
    }

    async fn put_witnessed(&self, log: LogId, size: Pos, note: &str) -> Result<(), StoreError> {
        let mut state = self.state();
        if state.witnessed.get(&log).is_none_or(|(kept, _)| *kept <= size) {
            state.witnessed.insert(log, (size, note.to_owned()));
        }
        Ok(())
    }

    async fn witnessed(&self, log: LogId) -> Result<Option<(Pos, String)>, StoreError> {
        Ok(self.state().witnessed.get(&log).cloned())
    }
}

/// The newest checkpoint in memory. Clones share one content.
#[derive(Clone, Debug, Default)]
pub struct MemoryLock(Arc<Mutex<BTreeMap<String, String>>>);

#[async_trait]
impl CheckpointLock for MemoryLock {
    async fn load(&self, origin: &str) -> Result<Option<String>, StoreError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(origin).cloned())
    }

    async fn swap(&self, origin: &str, old: Option<&str>, new: &str) -> Result<bool, StoreError> {
        let mut notes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let agrees = notes.get(origin).map(String::as_str) == old;
        if agrees {
            notes.insert(origin.to_owned(), new.to_owned());
        }
        Ok(agrees)
    }
}
