//! The memory store carried elsewhere, and brought.

use async_trait::async_trait;

use super::MemoryStore;
use crate::transfer::{LogPage, Still, Transfer, fits};
use crate::{LogId, Pos, StoreError};

#[async_trait]
impl Transfer for MemoryStore {
    async fn still(&self) -> Result<Still, StoreError> {
        let state = self.state();
        let newest = |log| state.checkpoints.range((log, 0)..=(log, Pos::MAX)).next_back();
        let newest = LogId::ALL.into_iter().filter_map(newest);
        Ok(Still {
            sizes: state.record.sizes(),
            commands: state.record.commands(|_, _, remembered| remembered.count == 0),
            working: state.working.kept(),
            outbox: state.outbox.kept(),
            checkpoints: newest.map(|((log, size), note)| (*log, (*size, note.clone()))).collect(),
            witnessed: state.witnessed.clone(),
        })
    }

    async fn log_page(&self, log: LogId, from: Pos, limit: u64) -> Result<LogPage, StoreError> {
        let state = self.state();
        let events = state.record.read_log(log, from, limit);
        let came: std::collections::BTreeSet<_> = events.iter().map(|event| event.command).collect();
        let commands = state.record.commands(|of, id, _| of == log && came.contains(&id));
        Ok(LogPage { events, commands })
    }

    async fn take_page(&self, log: LogId, page: LogPage) -> Result<(), StoreError> {
        let mut state = self.state();
        fits(log, state.record.size(log), &page)?;
        let events = page.events.into_iter().map(|event| (log, event)).collect();
        let commands = page.commands.into_iter().map(|one| ((one.log, one.id), one.remembered)).collect();
        state.record.append(events, commands);
        Ok(())
    }

    async fn take_still(&self, still: Still) -> Result<(), StoreError> {
        let mut state = self.state();
        let commands = still.commands.into_iter().map(|one| ((one.log, one.id), one.remembered)).collect();
        state.record.append(vec![], commands);
        state.working.take(still.working);
        state.outbox.take(still.outbox);
        state.checkpoints.extend(still.checkpoints.into_iter().map(|(log, (size, note))| ((log, size), note)));
        state.witnessed.extend(still.witnessed);
        Ok(())
    }
}
