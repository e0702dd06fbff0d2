//! The witness itself: looks up, decides, keeps, and only then cosigns.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use xiezhi_ledger::{
    AddCheckpoint, Checkpoint, CosigningKey, KeyName, Keyring, Note, SignatureLine, consistency::Head, witness::Refusal,
};

use crate::Memory;

/// A witness with its key, its memory, and the logs it looks after.
pub struct Witness {
    key: CosigningKey,
    /// Another that cosigns, too.
    also: Option<CosigningKey>,
    logs: Keyring,
    memory: Memory,
    /// Looking up and keeping are one step for each log.
    turns: BTreeMap<KeyName, Mutex<()>>,
}

/// Why there is no cosignature.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The protocol says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The memory failed: nothing is cosigned that is not kept.
    #[error("the witness can't remember")]
    Memory(#[from] io::Error),
}

impl Witness {
    /// A witness for the logs of these keys.
    pub fn new(key: CosigningKey, logs: Keyring, memory: Memory) -> Self {
        let turns = logs.keys().iter().map(|log| (log.name().clone(), Mutex::default())).collect();
        Self { key, also: None, logs, memory, turns }
    }

    /// The same, with another key cosigning beside it: the one before, until every court's policy names the new one.
    #[must_use]
    pub fn beside(self, also: CosigningKey) -> Self {
        Self { also: Some(also), ..self }
    }

    /// The key that cosigns.
    pub fn key(&self) -> &CosigningKey {
        &self.key
    }

    /// The logs it looks after.
    pub fn logs(&self) -> impl Iterator<Item = &KeyName> {
        self.turns.keys()
    }

    /// Answers a request to cosign, as the protocol says: a line of each key. The checkpoint is durable before it is
    /// cosigned.
    ///
    /// * `at_seconds`: now, in seconds since 1970.
    ///
    /// # Errors
    /// A [`Fault`]; then nothing was cosigned.
    pub fn add_checkpoint(&self, request: &[u8], at_seconds: u64) -> Result<Vec<SignatureLine>, Fault> {
        let admitted = AddCheckpoint::parse(request)?.admit(&self.logs)?;
        let origin = admitted.origin().clone();
        let turn = self.turns.get(&origin).expect("an admitted log is one of the keys");
        // Whoever panicked in its turn left the old file or the new one: the memory is sound.
        let _turn = turn.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut note = admitted.follow(self.head(&origin)?)?;
        let keys = [&self.key].into_iter().chain(&self.also);
        let lines = keys.map(|key| key.cosign(&note, at_seconds).expect("an admitted note is a checkpoint"));
        let lines: Vec<_> = lines.collect();
        for line in &lines {
            note.add(line.clone()).expect("the signatures of the log and two more fit");
        }
        self.memory.keep(&origin, &note)?;
        Ok(lines)
    }

    /// What was cosigned last of a log, with the cosignature.
    ///
    /// # Errors
    /// The memory can't be read.
    pub fn last(&self, origin: &KeyName) -> io::Result<Option<Note>> {
        self.memory.last(origin)
    }

    fn head(&self, origin: &KeyName) -> io::Result<Option<Head>> {
        let Some(note) = self.memory.last(origin)? else { return Ok(None) };
        let checkpoint: Checkpoint =
            note.text().parse().map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))?;
        Ok(Some(checkpoint.head()))
    }
}
