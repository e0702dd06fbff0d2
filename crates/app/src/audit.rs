//! Checking the record (自检): of one case, and of everything.
//!
//! The check of everything goes in steps that can be taken by a person at a console or, a little each second, beside
//! the work of a court ([`Run`]). What a step found is kept, so that it goes on after a restart.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xiezhi_ledger::{
    commitment::{Entry, Opening},
    hash::Hash,
};
use xiezhi_store::{LogId, Pos, StoredEvent};

use crate::{codec, recorder};

mod case;
mod log;
mod run;
mod schedule;

pub use self::{
    run::Run,
    schedule::{Audited, EVERY_US},
};

/// Events that a check at a console takes at a time.
pub const STEP: u64 = recorder::STEP;
/// Differences that are told one by one; beyond it they are counted.
const TOLD: usize = 1_000;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Checked {
    /// Events looked at.
    pub events: u64,
    /// Of them, under a signed checkpoint.
    pub proven: u64,
    /// Cases whose rows were computed anew.
    pub cases: u64,
    /// Files hashed anew.
    pub files: u64,
    /// Checkpoints that witnesses showed, compared with the record.
    pub witnessed: u64,
    /// Witnesses that could not be asked.
    pub silent: Vec<String>,
    /// Differences found, the first first; empty means that everything agrees.
    pub differences: Vec<Difference>,
    /// Differences beyond those.
    pub more: u64,
}

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Difference {
    /// An event is not what its entry or leaf stands for, or not what was signed.
    Event {
        /// Which log.
        log: String,
        /// Its position.
        position: u64,
    },
    /// Events can't be read from the log, or are gone.
    Gap {
        /// Which log.
        log: String,
        /// Position of the first.
        from: u64,
        /// Position after the last.
        to: u64,
    },
    /// An event is not in the tree that was signed.
    Unproven {
        /// Its position.
        position: u64,
    },
    /// A file is missing or not the bytes it was named for.
    File {
        /// Its hash.
        sha256: String,
    },
    /// A row of the read model is not what the record says.
    Row {
        /// Table.
        table: String,
        /// Key.
        key: String,
        /// What it is, where it differs; none if the row is missing.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        is: Option<BTreeMap<String, String>>,
        /// What it should be; none if there should be no such row.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        should: Option<BTreeMap<String, String>>,
    },
    /// A case can't be read from the record.
    Case {
        /// Which.
        case: String,
    },
    /// A checkpoint does not agree with the record, or with the copy kept apart.
    Checkpoint {
        /// Which log.
        log: String,
        /// Its size.
        size: u64,
    },
    /// A witness saw another history than the record tells, or a longer one.
    Witness {
        /// Which log.
        log: String,
        /// The witness.
        witness: String,
        /// The size that it saw.
        size: u64,
    },
    /// A published file of a log is missing or not what follows from the record.
    Tile {
        /// Its path.
        path: String,
    },
}

impl Difference {
    /// Without what the row holds: whoever keeps the court running does not read its cases.
    pub fn without_content(self) -> Self {
        match self {
            Difference::Row { table, key, .. } => Difference::Row { table, key, is: None, should: None },
            other => other,
        }
    }
}

impl Checked {
    /// Whether nothing differs.
    pub fn agrees(&self) -> bool {
        self.differences.is_empty()
    }

    /// Entries that are gone or can't be read.
    pub fn missing(&self) -> u64 {
        let gap = |difference: &Difference| match difference {
            Difference::Gap { from, to, .. } => to.saturating_sub(*from),
            _ => 0,
        };
        self.differences.iter().map(gap).sum()
    }

    /// Adds a difference, once.
    pub(crate) fn add(&mut self, difference: Difference) {
        match self.differences.len() < TOLD {
            true if self.differences.contains(&difference) => {}
            true => self.differences.push(difference),
            false => self.more += 1,
        }
    }

    /// As [`Difference::without_content`].
    pub fn without_content(mut self) -> Self {
        self.differences = self.differences.into_iter().map(Difference::without_content).collect();
        self
    }
}

fn event_differs(log: LogId, position: Pos) -> Difference {
    Difference::Event { log: recorder::name(log).to_owned(), position }
}

/// Whether an event stands for its entry and leaf. One whose body was lawfully destroyed still stands for
/// its leaf.
pub(crate) fn stands(event: &StoredEvent) -> bool {
    let leaf = *Hash::leaf(&event.entry).as_bytes() == event.leaf;
    let opened = match (&event.body, event.salt) {
        (Some(body), Some(salt)) => {
            let opening = Opening { event_id: *event.id.as_bytes(), salt };
            Entry::from_bytes(&event.entry).is_ok_and(|entry| opening.check(&entry, body).is_ok())
        }
        (None, None) => true,
        _ => false,
    };
    leaf && opened && codec::is_as_inscribed(event)
}
