//! What a batch of acts does, decided before anything is written: pure, and the same in every store.
//!
//! A store looks up what a batch needs ([`Needs`]), hands over what it found ([`Known`]) and writes
//! what comes back ([`Plan`]). No store decides anything by itself, so they can't disagree.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::{
    Commit, CommitRefusal, Committed, LogId, NewDispatch, NewEvent, Pos, Rev, Row, RowChange, Schema, StoredEvent,
    Stream, WorkingChange, WorkingKey,
};

/// What must be looked up before a batch can be decided.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Logs whose head must be locked and read.
    pub logs: BTreeSet<LogId>,
    /// Streams whose revision must be read.
    pub streams: BTreeSet<(LogId, Stream)>,
    /// Commands that may have been committed before.
    pub commands: BTreeSet<(LogId, Uuid)>,
}

impl Needs {
    /// What `acts` need.
    pub fn of(acts: &[Commit]) -> Self {
        let mut needs = Self::default();
        for act in acts {
            needs.logs.insert(act.log);
            needs.commands.insert((act.log, act.command.id));
            needs.streams.extend(act.read.iter().map(|(stream, _)| (act.log, stream.clone())));
        }
        needs
    }
}

/// A command that was committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remembered {
    /// Hash of actor and command.
    pub hash: [u8; 32],
    /// Position of its first event.
    pub first: Pos,
    /// How many events it wrote.
    pub count: u64,
}

impl Remembered {
    /// The hash, and the answer to whoever sends the command again.
    pub fn told(self) -> ([u8; 32], Committed) {
        (self.hash, Committed { first: self.first, count: self.count, replayed: true })
    }
}

/// What the store knew before the batch. What is missing is at 0, or never happened.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Size of each log.
    pub sizes: BTreeMap<LogId, Pos>,
    /// Revision of each stream.
    pub revs: BTreeMap<(LogId, Stream), Rev>,
    /// Commands committed before.
    pub commands: BTreeMap<(LogId, Uuid), Remembered>,
}

/// The content of a piece of working data, as it was last written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Whose it is.
    pub owner: String,
    /// Content.
    pub value: Vec<u8>,
    /// When it was written.
    pub updated_us: i64,
    /// When it ends by itself.
    pub expires_us: Option<i64>,
}

/// What several changes of one piece of working data come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Net {
    /// What was there before is gone first.
    pub erased: bool,
    /// How often it was written since.
    pub writes: u64,
    /// What it holds in the end; `None` if it ends erased.
    pub last: Option<Written>,
}

/// What several changes of working data come to, piece by piece.
pub fn net(changes: impl IntoIterator<Item = WorkingChange>) -> BTreeMap<WorkingKey, Net> {
    let mut all = BTreeMap::<WorkingKey, Net>::new();
    for change in changes {
        match change {
            WorkingChange::Delete { key } => {
                all.insert(key, Net { erased: true, ..Net::default() });
            }
            WorkingChange::Put { key, owner, value, updated_us, expires_us } => {
                let one = all.entry(key).or_default();
                one.writes += 1;
                one.last = Some(Written { owner, value, updated_us, expires_us });
            }
        }
    }
    all
}

/// The last word on each row, by table and key; `None` removes it.
pub type RowNet = BTreeMap<&'static str, BTreeMap<Row, Option<Row>>>;

/// What several changes of the read model come to.
pub fn net_rows(schema: &Schema, changes: impl IntoIterator<Item = RowChange>) -> RowNet {
    let mut all = RowNet::new();
    for change in changes {
        let (table, key, row) = match change {
            RowChange::Put { table, row } => (table, row[..schema.table(table).key_len].to_vec(), Some(row)),
            RowChange::Delete { table, key } => (table, key, None),
        };
        all.entry(table).or_default().insert(key, row);
    }
    all
}

/// What a batch comes to. Written whole, or not at all.
#[derive(Debug, Default)]
pub struct Plan {
    /// The answer to each act, in order.
    pub answers: Vec<Result<Committed, CommitRefusal>>,
    /// Size of each log before the batch.
    pub sizes_before: BTreeMap<LogId, Pos>,
    /// Size of each log that grew, after the batch.
    pub sizes: BTreeMap<LogId, Pos>,
    /// Events to append, in order.
    pub events: Vec<(LogId, StoredEvent)>,
    /// Commands to remember.
    pub commands: Vec<((LogId, Uuid), Remembered)>,
    /// Rows of the read model.
    pub rows: RowNet,
    /// Dispatches to promise.
    pub outbox: Vec<NewDispatch>,
    /// Working data to change.
    pub working: BTreeMap<WorkingKey, Net>,
}

impl Plan {
    /// Decides `acts` in order; each sees those before it, and a refused one leaves no trace.
    pub fn of(schema: &Schema, acts: &[Commit], mut known: Known) -> Self {
        let mut plan = Plan { sizes_before: known.sizes.clone(), ..Plan::default() };
        let mut kept = Vec::new();
        for act in acts {
            let answer = known.judge(act).unwrap_or_else(|| {
                kept.push(act);
                Ok(plan.keep(act, &mut known))
            });
            plan.answers.push(answer);
        }
        plan.rows = net_rows(schema, kept.iter().flat_map(|act| act.rows.iter().cloned()));
        plan.working = net(kept.iter().flat_map(|act| act.working.iter().cloned()));
        plan
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.commands.is_empty()
    }

    fn keep(&mut self, act: &Commit, known: &mut Known) -> Committed {
        let size = known.sizes.entry(act.log).or_default();
        let first = *size;
        for (stream, events) in &act.write {
            let rev = known.revs.entry((act.log, stream.clone())).or_default();
            for event in events {
                *rev += 1;
                self.events.push((act.log, stored(act, stream, event, *size, *rev)));
                *size += 1;
            }
        }
        let (size, count) = (*size, *size - first);
        if count > 0 {
            self.sizes.insert(act.log, size);
        }
        self.remember(act, Remembered { hash: act.command.hash, first, count }, known);
        self.outbox.extend(act.outbox.iter().cloned());
        Committed { first, count, replayed: false }
    }

    fn remember(&mut self, act: &Commit, remembered: Remembered, known: &mut Known) {
        let key = (act.log, act.command.id);
        known.commands.insert(key, remembered);
        self.commands.push((key, remembered));
    }
}

impl Known {
    /// The answer to an act that is not to be kept now; `None` if it may be kept.
    fn judge(&self, act: &Commit) -> Option<Result<Committed, CommitRefusal>> {
        if let Some(before) = self.commands.get(&(act.log, act.command.id)) {
            let (hash, committed) = before.told();
            let is_same = hash == act.command.hash;
            return Some(if is_same { Ok(committed) } else { Err(CommitRefusal::CommandReused) });
        }
        act.read.iter().find_map(|(stream, expected)| {
            let actual = self.revs.get(&(act.log, stream.clone())).copied().unwrap_or(0);
            (actual != *expected)
                .then(|| Err(CommitRefusal::Conflict { stream: stream.clone(), expected: *expected, actual }))
        })
    }
}

fn stored(act: &Commit, stream: &Stream, event: &NewEvent, pos: Pos, rev: Rev) -> StoredEvent {
    StoredEvent {
        pos,
        id: event.id,
        stream: stream.clone(),
        rev,
        name: event.name.clone(),
        at_us: act.at_us,
        actor: act.actor.clone(),
        command: act.command.id,
        body: Some(event.body.clone()),
        salt: Some(event.salt),
        entry: event.entry.clone(),
        leaf: event.leaf,
    }
}
