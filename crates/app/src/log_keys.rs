//! Another key for the logs (更换存证密钥): the new one signs beside the one before until everyone knows it; then the
//! one before is retired, and vouches for nothing larger than what it signed. Both are acts of the court, on the record.
//!
//! The retired keys stand in the court's policy with their bounds, so that every proof given out under them holds.
//! Which they are the record says, under a seal of the key that signs now: whoever writes into the database can't put
//! a key of their own among them.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use xiezhi_ledger::{Checkpoint, Note, SigningKey, note::NoteError};
use xiezhi_store::{LogId, Pos, Store, Stream};

use crate::{
    App, AppError,
    court::{self, Keys},
    origin::OriginEvent,
    recorder::{self, RecorderError},
};

/// An entry of the stream of keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum KeyEvent {
    /// From here on a new key signs beside the one before (启用新密钥).
    #[serde(rename = "court.log_key_begun.v1")]
    Begun {
        /// Why.
        reason: String,
        /// Events the record had.
        size: Pos,
        /// The new keys, in a note that the one before and the new one signed.
        note: String,
    },
    /// The key before signs no more (停用旧密钥).
    #[serde(rename = "court.log_key_retired.v1")]
    Retired {
        /// Why.
        reason: String,
        /// All keys that were ever retired.
        keys: Vec<RetiredKey>,
        /// Over them, by the key that signs now: hexadecimal digits.
        seal: String,
    },
}

/// A key that signs no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RetiredKey {
    /// The key.
    pub key: String,
    /// Entries under the largest checkpoint it signed.
    pub until: Pos,
}

/// A change of the key, for everyone to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct KeyChange {
    /// Whether a key was retired; else one was begun.
    pub retired: bool,
    /// Why.
    pub reason: String,
    /// The keys: those that are new, with a note of both, or those that are retired, each behind its bound.
    pub words: String,
}

/// Why a key is not changed.
#[derive(Debug, thiserror::Error)]
pub enum KeyChangeError {
    /// A change is under way.
    #[error("the key before still signs: retire it first")]
    UnderWay,
    /// The keys are in a token, which makes its own.
    #[error("the keys of the logs are in a token: begin a new name there, with `xiezhi new-origin`")]
    InToken,
    /// Nothing to retire.
    #[error("no key before this one signs any more: there is nothing to retire")]
    NothingToRetire,
    /// The court signs nothing: what its keys signed last is not certain.
    #[error("signing has stopped, so nobody knows what the key signed last")]
    Stopped(#[source] RecorderError),
    /// A port failed.
    #[error(transparent)]
    Failed(#[from] AppError),
}

fn stream() -> Stream {
    Stream("log-keys".to_owned())
}

/// The keys that the record says are retired, if a key at hand sealed that.
///
/// # Errors
/// The store can't be read.
pub async fn retired(store: &dyn Store, keys: &Keys) -> Result<Vec<RetiredKey>, AppError> {
    let stored = store.read_stream(LogId::RECORD, &stream(), 0).await?;
    let events = stored.iter().filter_map(|stored| serde_json::from_slice(stored.body.as_deref()?).ok());
    let mut sealed = events.filter_map(|event| match event {
        KeyEvent::Retired { keys: retired, seal, .. } => is_sealed(keys, &retired, &seal).then_some(retired),
        KeyEvent::Begun { .. } => None,
    });
    Ok(sealed.next_back().unwrap_or_default())
}

fn seal(seed: &[u8; 32], retired: &[RetiredKey]) -> Hmac<sha2::Sha256> {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(seed).expect("any length is a key");
    mac.update(b"xiezhi/retired keys/1\n");
    for RetiredKey { key, until } in retired {
        mac.update(format!("{until} {key}\n").as_bytes());
    }
    mac
}

fn is_sealed(keys: &Keys, retired: &[RetiredKey], hex: &str) -> bool {
    let bytes: Option<Vec<u8>> =
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect();
    let Some(bytes) = bytes else { return false };
    keys.log_seeds().any(|seed| seal(seed, retired).verify_slice(&bytes).is_ok())
}

fn words_of(retired: &[RetiredKey]) -> String {
    retired.iter().map(|RetiredKey { key, until }| format!("{until} {key}\n")).collect()
}

impl App {
    /// Puts on the record that the key of `seed` signs from now on, beside the one before. Said once, however often
    /// it is asked for.
    ///
    /// # Errors
    /// A [`KeyChangeError`]; then nothing was recorded.
    pub async fn begin_log_key(&self, seed: &[u8; 32], reason: &str) -> Result<String, KeyChangeError> {
        let keys = &self.ports().keys;
        if keys.log_token.is_some() {
            return Err(KeyChangeError::InToken);
        }
        if keys.former_log_seed.is_some() {
            return Err(KeyChangeError::UnderWay);
        }
        let new = LogId::ALL.map(|log| Keys::log_key_of(seed, &keys.origin_of(log)));
        let note = introduction(keys, &new).map_err(|fault| AppError::failed("the key", fault))?;
        let (events, rev) = self.key_events().await?;
        if matches!(events.last(), Some(KeyEvent::Begun { note: known, .. }) if *known == note) {
            return Ok(note);
        }
        let size = self.ports().store.size(LogId::RECORD).await.map_err(AppError::from)?;
        let event = KeyEvent::Begun { reason: reason.to_owned(), size, note: note.clone() };
        court::append_plain(self, &stream(), rev, &[event], "system").await?;
        Ok(note)
    }

    /// Puts on the record that the key before signs no more, and what it signed last. The court is closed.
    ///
    /// # Errors
    /// A [`KeyChangeError`]; then nothing was recorded.
    pub async fn retire_log_key(&self, reason: &str) -> Result<Vec<RetiredKey>, KeyChangeError> {
        let keys = &self.ports().keys;
        let former = keys.former_log_seed.ok_or(KeyChangeError::NothingToRetire)?;
        let mut all = retired(&*self.ports().store, keys).await?;
        for (name, until) in self.signed_under().await? {
            let key = Keys::log_key_of(&former, &name).verifier().to_string();
            let is_known = |known: &RetiredKey| known.key.split('+').next() == Some(&name);
            // What was retired under a former name was so by an earlier key.
            if !(all.iter().any(|known| known.key == key) || self.is_former(&name) && all.iter().any(is_known)) {
                all.push(RetiredKey { key, until });
            }
        }
        let (events, rev) = self.key_events().await?;
        if matches!(events.last(), Some(KeyEvent::Retired { keys: known, .. }) if *known == all) {
            return Ok(all);
        }
        let seal = seal(&keys.log_seed, &all).finalize().into_bytes();
        let seal = seal.iter().map(|byte| format!("{byte:02x}")).collect();
        let event = KeyEvent::Retired { reason: reason.to_owned(), keys: all.clone(), seal };
        court::append_plain(self, &stream(), rev, &[event], "system").await?;
        Ok(all)
    }

    fn is_former(&self, name: &str) -> bool {
        LogId::ALL.iter().all(|log| self.origin(*log) != name)
    }

    /// Every name under which something was signed, and the size that was signed last.
    async fn signed_under(&self) -> Result<Vec<(String, Pos)>, KeyChangeError> {
        let mut signed = vec![];
        for log in LogId::ALL {
            self.signs(log).await.map_err(KeyChangeError::Stopped)?;
            signed.push((self.origin(log), self.signed_size(log).await.map_err(KeyChangeError::Stopped)?));
        }
        for (_, OriginEvent::Changed { signed: notes, .. }) in self.origin_events().await? {
            let checkpoints = notes.iter().filter_map(|note| Note::parse(note.as_bytes()).ok()?.text().parse().ok());
            signed.extend(checkpoints.map(|checkpoint: Checkpoint| (checkpoint.origin.to_string(), checkpoint.size)));
        }
        Ok(signed)
    }

    async fn key_events(&self) -> Result<(Vec<KeyEvent>, u64), AppError> {
        let told = court::read_plain::<KeyEvent>(self, &stream(), 0).await?;
        let rev = told.last().map_or(0, |(rev, _)| *rev);
        Ok((told.into_iter().map(|(_, event)| event).collect(), rev))
    }

    /// The changes of the key, the first first.
    pub async fn key_changes(&self) -> Result<Vec<KeyChange>, AppError> {
        let change = |event| match event {
            KeyEvent::Begun { reason, note, .. } => KeyChange { retired: false, reason, words: note },
            KeyEvent::Retired { reason, keys, .. } => KeyChange { retired: true, reason, words: words_of(&keys) },
        };
        Ok(self.key_events().await?.0.into_iter().map(change).collect())
    }

    /// Signs a checkpoint with every key that signs now.
    pub(crate) fn sign(&self, log: LogId, checkpoint: &Checkpoint) -> Result<Note, RecorderError> {
        let keys = self.ports().keys.log_keys(log);
        let mut notes = keys.iter().map(|key| recorder::port("the checkpoint", checkpoint.sign(key)));
        let mut signed = notes.next().expect("a log has a key")?;
        for note in notes {
            let line = note?.signatures().first().expect("it was just signed").clone();
            recorder::port("the checkpoint", signed.add(line))?;
        }
        Ok(signed)
    }
}

/// The new keys in a note of their own. It is no checkpoint: its first line is no name of a log.
fn introduction(keys: &Keys, new: &[SigningKey]) -> Result<String, NoteError> {
    let origin = &keys.origin;
    let lines: String = new.iter().map(|key| format!("{}\n", key.verifier())).collect();
    let text = format!("{origin} signs with these keys too\n{lines}");
    let mut note = Note::sign(&text, &keys.log_key(LogId::RECORD))?;
    note.add(Note::sign(&text, &new[0])?.signatures()[0].clone())?;
    Ok(note.to_string())
}
