//! Hints that something changed: never content. Whoever hears one asks again, and is authorised again. Beside them
//! runs what a presenter points at, which nothing keeps.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use tokio::sync::broadcast;
use xiezhi_domain::{annotation::Circle, ids::CaseId};
use xiezhi_store::LogId;

use crate::{App, AppError, app::lock, codec, together::Gesture};

/// Most events of other nodes that are looked at in one go.
const EVENTS_AT_ONCE: u64 = 500;
/// Most cases of which a node remembers that it told of them itself.
const OWN_KEPT: usize = 4_000;

/// Something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// A case did.
    Changed {
        /// The case.
        case: CaseId,
        /// Position of the record after the change.
        pos: u64,
        /// Revision of the case after the change.
        rev: u64,
    },
    /// Someone of a circle of the court's people came into the file, went on in it, or presents it.
    Together {
        /// The case.
        case: CaseId,
        /// Who may hear of it.
        circle: Circle,
    },
}

/// How far the record was listened to, and what of it this node did and told of itself.
#[derive(Debug, Default)]
struct Heard {
    upto: Option<u64>,
    own: BTreeMap<CaseId, u64>,
}

/// Carries hints to whoever listens on this node. A slow listener misses some and is told so.
#[derive(Clone, Debug)]
pub struct Hub {
    hints: broadcast::Sender<Hint>,
    gestures: broadcast::Sender<Gesture>,
    heard: Arc<Mutex<Heard>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self { hints: broadcast::channel(1024).0, gestures: broadcast::channel(256).0, heard: Arc::default() }
    }
}

impl Hub {
    /// Tells everyone.
    pub fn tell(&self, hint: Hint) {
        if let Hint::Changed { case, rev, .. } = hint {
            let mut heard = lock(&self.heard);
            if heard.own.len() >= OWN_KEPT {
                heard.own.clear();
            }
            heard.own.insert(case, rev);
        }
        // An error means that nobody listens.
        let _ = self.hints.send(hint);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Hint> {
        self.hints.subscribe()
    }

    /// Shows everyone who follows.
    pub fn show(&self, gesture: Gesture) {
        let _ = self.gestures.send(gesture);
    }

    /// Watches from now on.
    pub fn watch(&self) -> broadcast::Receiver<Gesture> {
        self.gestures.subscribe()
    }
}

impl App {
    /// Listens to what other nodes recorded since this was done last, and tells of it here. A hint between nodes would be
    /// quicker; that the record is asked each second is what can be relied on. Returns how many cases were told of.
    pub async fn hear_others(&self) -> Result<usize, AppError> {
        let store = &self.ports().store;
        let size = store.size(LogId::RECORD).await?;
        let from = lock(&self.hub().heard).upto.unwrap_or(size);
        let events = if size > from { store.read_log(LogId::RECORD, from, EVENTS_AT_ONCE).await? } else { vec![] };
        let upto = events.last().map_or(from, |event| event.pos + 1);
        let mut changed: BTreeMap<CaseId, (u64, u64)> = BTreeMap::new();
        for event in &events {
            if let Some(case) = codec::case_of_stream(&event.stream) {
                changed.insert(case, (event.pos + 1, event.rev));
            }
        }
        {
            let mut heard = lock(&self.hub().heard);
            heard.upto = Some(upto);
            changed.retain(|case, (_, rev)| heard.own.get(case).is_none_or(|known| known < rev));
        }
        for (case, (pos, rev)) in &changed {
            self.hub().tell(Hint::Changed { case: *case, pos: *pos, rev: *rev });
        }
        Ok(changed.len())
    }
}
