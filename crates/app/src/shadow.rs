//! The shadow of the record by the Chinese algorithms (国密影子树), for whoever must rely on SM2 and SM3 alone: now and
//! then its root is signed and put on the record. The record's own log stays the one that counts.
//!
//! The tree is made anew from the record by each process, and held against what was signed last: a record that gives
//! another root is not signed on.

use std::sync::Mutex;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use xiezhi_ledger::{
    Note,
    shangmi::{ShadowCheckpoint, ShadowKey, ShadowTree},
};
use xiezhi_store::{LogId, Pos, Stream};

use crate::{
    App, AppError,
    app::lock,
    court,
    recorder::{STEP, leaf_of},
};

/// The root is signed this often, if there is something new.
const EVERY: SignedDuration = SignedDuration::from_hours(1);

/// An entry of the stream of the shadow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum ShadowEvent {
    /// The record stood so, by SM3 and SM2 (国密存证点).
    #[serde(rename = "court.shadow_signed.v1")]
    Signed {
        /// Entries under it.
        size: Pos,
        /// The note.
        checkpoint: String,
    },
}

/// How the shadow stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ShadowStanding {
    /// The key by which anyone checks it.
    pub verifier: String,
    /// Entries under the newest note; none yet if absent.
    pub size: Option<Pos>,
    /// Whether the record gives another root than was signed: then nothing more is.
    pub forked: bool,
}

/// Why the shadow was not signed.
#[derive(Debug, thiserror::Error)]
pub enum ShadowFault {
    /// The record was rewritten.
    #[error("the record gives another root of SM3 than was signed at {size}")]
    Forked {
        /// Size of the last note.
        size: Pos,
    },
    /// A port failed.
    #[error(transparent)]
    Failed(#[from] AppError),
}

/// What a node remembers of the shadow; losing it costs reading the record again.
#[derive(Default)]
pub struct Memory {
    tree: Mutex<ShadowTree>,
    last: Mutex<Option<Last>>,
    forked: Mutex<bool>,
}

fn stream() -> Stream {
    Stream("shadow".to_owned())
}

/// What was signed last, and where the record has it.
#[derive(Clone)]
struct Last {
    rev: u64,
    position: Pos,
    at_us: i64,
    size: Pos,
    note: String,
}

impl App {
    fn shadow_key(&self) -> ShadowKey {
        let log = self.log_key(LogId::RECORD).verifier().name().clone();
        ShadowKey::from_seed(&log, &self.ports().keys.shadow_seed()).expect("an origin has a shadow")
    }

    /// Read on from where this node last read.
    async fn last_shadow(&self) -> Result<Option<Last>, AppError> {
        let known = lock(&self.shadow().last).clone();
        let after = known.as_ref().map_or(0, |known| known.rev);
        let stored = self.ports().store.read_stream(LogId::RECORD, &stream(), after).await?;
        let Some(stored) = stored.last() else { return Ok(known) };
        let body = stored.body.as_deref().unwrap_or_default();
        let ShadowEvent::Signed { size, checkpoint } =
            serde_json::from_slice(body).map_err(|fault| AppError::Unreadable(fault.to_string()))?;
        let last = Last { rev: stored.rev, position: stored.pos, at_us: stored.at_us, size, note: checkpoint };
        *lock(&self.shadow().last) = Some(last.clone());
        Ok(Some(last))
    }

    /// Signs the shadow of what the court signed of its record, if it is time and there is something new. Returns
    /// whether it was signed.
    ///
    /// # Errors
    /// A [`ShadowFault`]; then nothing was recorded.
    pub async fn sign_shadow(&self) -> Result<bool, ShadowFault> {
        if !self.ports().shadow {
            return Ok(false);
        }
        let (last, upto) = (self.last_shadow().await?, self.proven_upto(LogId::RECORD).await?);
        let is_due = |last: &Last| {
            let only_its_own = last.position == last.size && upto == last.size + 1;
            let waits = self.now_us() - last.at_us < i64::try_from(EVERY.as_micros()).unwrap_or(i64::MAX);
            upto > last.size && !only_its_own && !waits
        };
        if upto == 0 || last.as_ref().is_some_and(|last| !is_due(last)) {
            return Ok(false);
        }
        let tree = self.shadow_at(upto, last.as_ref()).await?;
        let note = self.shadow_key().sign(&tree).to_string();
        let event = ShadowEvent::Signed { size: upto, checkpoint: note };
        let rev = last.map_or(0, |last| last.rev);
        match court::append_plain(self, &stream(), rev, &[event], "system").await {
            Ok(()) => Ok(true),
            // Another node was faster.
            Err(AppError::Busy) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }

    /// The tree of the first `upto` entries, held against what was signed last on the way.
    async fn shadow_at(&self, upto: Pos, last: Option<&Last>) -> Result<ShadowTree, ShadowFault> {
        let known = lock(&self.shadow().tree).clone();
        let mut tree = if known.size() <= upto { known } else { ShadowTree::default() };
        let marks = last.map(|last| last.size).filter(|mark| *mark <= upto && *mark >= tree.size());
        for mark in marks.into_iter().chain([upto]) {
            while tree.size() < mark {
                let count = (mark - tree.size()).min(STEP);
                for event in
                    self.ports().store.read_log(LogId::RECORD, tree.size(), count).await.map_err(AppError::from)?
                {
                    leaf_of(&event).map_err(|fault| AppError::failed("the record", fault))?;
                    tree.append(&event.entry);
                }
            }
            if let Some(last) = last.filter(|last| last.size == mark) {
                self.hold_shadow(&tree, last)?;
            }
        }
        lock(&self.shadow().tree).clone_from(&tree);
        Ok(tree)
    }

    fn hold_shadow(&self, tree: &ShadowTree, last: &Last) -> Result<(), ShadowFault> {
        let signed =
            Note::parse(last.note.as_bytes()).ok().and_then(|note| note.text().parse::<ShadowCheckpoint>().ok());
        let same = signed.is_some_and(|signed| signed.size == tree.size() && signed.root == tree.root());
        *lock(&self.shadow().forked) = !same;
        if same { Ok(()) } else { Err(ShadowFault::Forked { size: last.size }) }
    }

    /// How the shadow stands; none where the court has none.
    pub async fn shadow_standing(&self) -> Result<Option<ShadowStanding>, AppError> {
        if !self.ports().shadow {
            return Ok(None);
        }
        Ok(Some(ShadowStanding {
            verifier: self.shadow_key().verifier().to_string(),
            size: self.last_shadow().await?.map(|last| last.size),
            forked: *lock(&self.shadow().forked),
        }))
    }

    /// The newest note of the shadow.
    pub(crate) async fn published_shadow(&self) -> Result<Option<Vec<u8>>, AppError> {
        let last = if self.ports().shadow { self.last_shadow().await? } else { None };
        Ok(last.map(|last| last.note.into_bytes()))
    }
}
