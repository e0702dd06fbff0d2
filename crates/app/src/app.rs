//! The application: ports, the writer, and what a node keeps in memory.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use xiezhi_domain::{
    case::CaseState,
    ids::CaseId,
    register::{Register, RegisterState},
};
use xiezhi_store::writer::Writer;

use crate::{
    lingering,
    lists::Totals,
    live::Hub,
    looks::Pending,
    notices::Counts,
    people::Known,
    ports::Ports,
    recorder::{Edges, Signing},
    rows::Rows,
    shadow, stamping,
    unusual::Counted,
    witnessing,
};

/// Most cases a node keeps folded in memory; the rest are folded again when they are asked for.
const CASES_KEPT: usize = 4_000;
/// Most cases whose rows a node keeps: those that are being acted on.
const ROWS_KEPT: usize = 500;
/// Most registers a node keeps: a year's numbers, and the days that hearings are booked on.
const REGISTERS_KEPT: usize = 1_000;

/// The application. Clones share everything.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    ports: Ports,
    writer: Writer,
    hub: Hub,
    people: Mutex<Known>,
    cases: Mutex<Kept>,
    rows: Mutex<HashMap<CaseId, (u64, Arc<Rows>)>>,
    registers: Mutex<HashMap<Register, (RegisterState, u64)>>,
    looks: Pending,
    times: lingering::Pending,
    news: Counts,
    totals: Totals,
    counted: Counted,
    witnessing: witnessing::Memory,
    stamping: stamping::Memory,
    shadow: shadow::Memory,
    signing: Signing,
    edges: Edges,
}

/// Folded cases, the least recently used thrown out first.
#[derive(Default)]
struct Kept {
    cases: HashMap<CaseId, (u64, Arc<CaseState>)>,
    tick: u64,
}

impl App {
    /// Starts the application on the current runtime.
    pub fn start(ports: Ports) -> Self {
        let writer = Writer::start(Arc::clone(&ports.store));
        Self(Arc::new(Inner {
            ports,
            writer,
            hub: Hub::default(),
            people: Mutex::default(),
            cases: Mutex::default(),
            rows: Mutex::default(),
            registers: Mutex::default(),
            looks: Pending::default(),
            times: lingering::Pending::default(),
            news: Counts::default(),
            totals: Totals::default(),
            counted: Counted::default(),
            witnessing: witnessing::Memory::default(),
            stamping: stamping::Memory::default(),
            shadow: shadow::Memory::default(),
            signing: Signing::default(),
            edges: Edges::default(),
        }))
    }

    /// Takes no more acts and returns when those under way are durable.
    pub async fn close(&self) {
        self.0.writer.close().await;
    }

    /// The ports.
    pub fn ports(&self) -> &Ports {
        &self.0.ports
    }

    /// The one way to commit.
    pub fn writer(&self) -> &Writer {
        &self.0.writer
    }

    /// Hints of changes.
    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }

    /// Now, in microseconds since the epoch.
    pub fn now_us(&self) -> i64 {
        self.0.ports.clock.now().as_microsecond()
    }

    pub(crate) fn totals(&self) -> &Totals {
        &self.0.totals
    }

    /// Days of looks that this node counted.
    pub(crate) fn counted(&self) -> &Counted {
        &self.0.counted
    }

    pub(crate) fn news_counts(&self) -> &Counts {
        &self.0.news
    }

    pub(crate) fn witnessing(&self) -> &witnessing::Memory {
        &self.0.witnessing
    }

    pub(crate) fn edges(&self) -> &Edges {
        &self.0.edges
    }

    pub(crate) fn shadow(&self) -> &shadow::Memory {
        &self.0.shadow
    }

    pub(crate) fn stamping(&self) -> &stamping::Memory {
        &self.0.stamping
    }

    pub(crate) fn signing(&self) -> &Signing {
        &self.0.signing
    }

    pub(crate) fn pending_looks(&self) -> &Pending {
        &self.0.looks
    }

    pub(crate) fn pending_times(&self) -> &lingering::Pending {
        &self.0.times
    }

    pub(crate) fn known_people(&self) -> Known {
        lock(&self.0.people).clone()
    }

    pub(crate) fn keep_people(&self, known: Known) {
        let mut kept = lock(&self.0.people);
        if known.rev >= kept.rev {
            *kept = known;
        }
    }

    /// A register and the revision it is known at.
    pub(crate) fn kept_register(&self, register: &Register) -> (RegisterState, u64) {
        lock(&self.0.registers).get(register).cloned().unwrap_or_default()
    }

    pub(crate) fn keep_register(&self, register: &Register, state: &RegisterState, rev: u64) {
        let mut kept = lock(&self.0.registers);
        if kept.len() >= REGISTERS_KEPT {
            kept.clear();
        }
        if kept.get(register).is_none_or(|(_, known)| *known <= rev) {
            kept.insert(register.clone(), (state.clone(), rev));
        }
    }

    /// The rows of a case as they were committed at `rev`, if a node still has them.
    pub(crate) fn kept_rows(&self, id: CaseId, rev: u64) -> Option<Arc<Rows>> {
        let kept = lock(&self.0.rows);
        kept.get(&id).filter(|(known, _)| *known == rev).map(|(_, rows)| Arc::clone(rows))
    }

    pub(crate) fn keep_rows(&self, id: CaseId, rev: u64, rows: Arc<Rows>) {
        let mut kept = lock(&self.0.rows);
        if kept.len() >= ROWS_KEPT && !kept.contains_key(&id) {
            kept.clear();
        }
        if kept.get(&id).is_none_or(|(known, _)| *known <= rev) {
            kept.insert(id, (rev, rows));
        }
    }

    pub(crate) fn kept_case(&self, id: CaseId) -> Option<Arc<CaseState>> {
        let mut kept = lock(&self.0.cases);
        kept.tick += 1;
        let tick = kept.tick;
        kept.cases.get_mut(&id).map(|(used, state)| {
            *used = tick;
            Arc::clone(state)
        })
    }

    /// A case that was destroyed is nobody's to read any more.
    pub(crate) fn forget_case(&self, id: CaseId) {
        lock(&self.0.cases).cases.remove(&id);
        lock(&self.0.rows).remove(&id);
    }

    pub(crate) fn keep_case(&self, state: Arc<CaseState>) {
        let mut kept = lock(&self.0.cases);
        kept.tick += 1;
        let tick = kept.tick;
        let newer = kept.cases.get(&state.id).is_none_or(|(_, known)| known.rev <= state.rev);
        if newer {
            kept.cases.insert(state.id, (tick, state));
        }
        if kept.cases.len() > CASES_KEPT {
            let mut ages: Vec<u64> = kept.cases.values().map(|(used, _)| *used).collect();
            ages.sort_unstable();
            let oldest = ages[CASES_KEPT / 8];
            kept.cases.retain(|_, (used, _)| *used > oldest);
        }
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nobody panics while holding it")
}
