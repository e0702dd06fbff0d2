//! The record in memory.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::plan::{Known, Needs, Plan, Remembered};
use crate::transfer::KeptCommand;
use crate::{LogId, Pos, Rev, StoreError, StoredEvent, Stream};

#[derive(Debug, Default)]
pub(super) struct Record {
    logs: BTreeMap<LogId, Vec<StoredEvent>>,
    /// Positions of the events of each stream, in order.
    streams: BTreeMap<(LogId, Stream), Vec<usize>>,
    ids: BTreeSet<(LogId, Uuid)>,
    commands: BTreeMap<(LogId, Uuid), Remembered>,
}

impl Record {
    pub(super) fn known(&self, needs: &Needs) -> Known {
        let rev = |key: &(LogId, Stream)| Some((key.clone(), self.streams.get(key)?.len() as Rev));
        let command = |key: &(LogId, Uuid)| Some((*key, *self.commands.get(key)?));
        Known {
            sizes: needs.logs.iter().map(|log| (*log, self.size(*log))).collect(),
            revs: needs.streams.iter().filter_map(rev).collect(),
            commands: needs.commands.iter().filter_map(command).collect(),
        }
    }

    pub(super) fn check(&self, plan: &Plan) -> Result<(), StoreError> {
        let mut fresh = BTreeSet::new();
        for (log, event) in &plan.events {
            let key = (*log, event.id);
            if self.ids.contains(&key) || !fresh.insert(key) {
                return Err(StoreError::Malformed(format!("the event id {} again", event.id)));
            }
        }
        Ok(())
    }

    pub(super) fn append(&mut self, events: Vec<(LogId, StoredEvent)>, commands: Vec<((LogId, Uuid), Remembered)>) {
        for (log, event) in events {
            let events = self.logs.entry(log).or_default();
            self.ids.insert((log, event.id));
            self.streams.entry((log, event.stream.clone())).or_default().push(events.len());
            events.push(event);
        }
        self.commands.extend(commands);
    }

    pub(super) fn command(&self, log: LogId, id: Uuid) -> Option<Remembered> {
        self.commands.get(&(log, id)).copied()
    }

    pub(super) fn size(&self, log: LogId) -> Pos {
        self.logs.get(&log).map_or(0, |events| events.len() as Pos)
    }

    pub(super) fn read_stream(&self, log: LogId, stream: &Stream, after: Rev) -> Vec<StoredEvent> {
        let places = self.streams.get(&(log, stream.clone())).map_or(&[][..], Vec::as_slice);
        places.iter().skip(after as usize).map(|place| self.logs[&log][*place].clone()).collect()
    }

    pub(super) fn read_log(&self, log: LogId, from: Pos, limit: u64) -> Vec<StoredEvent> {
        let events = self.logs.get(&log).map_or(&[][..], Vec::as_slice);
        events.iter().skip(from as usize).take(limit as usize).cloned().collect()
    }

    pub(super) fn sizes(&self) -> BTreeMap<LogId, Pos> {
        self.logs.iter().map(|(log, events)| (*log, events.len() as Pos)).collect()
    }

    /// The commands that meet `wanted`, in the order of their ids.
    pub(super) fn commands(&self, wanted: impl Fn(LogId, Uuid, &Remembered) -> bool) -> Vec<KeptCommand> {
        let found = self.commands.iter().filter(|((log, id), remembered)| wanted(*log, *id, remembered));
        found.map(|((log, id), remembered)| KeptCommand { log: *log, id: *id, remembered: *remembered }).collect()
    }

    pub(super) fn destroy_stream(&mut self, log: LogId, stream: &Stream) -> u64 {
        let places = self.streams.get(&(log, stream.clone())).cloned().unwrap_or_default();
        let Some(events) = self.logs.get_mut(&log) else { return 0 };
        let mut destroyed = 0;
        for place in places {
            let event = &mut events[place];
            destroyed += u64::from(event.body.is_some());
            (event.body, event.salt) = (None, None);
        }
        destroyed
    }
}
