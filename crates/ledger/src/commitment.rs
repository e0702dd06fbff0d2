//! What stands in the log for an event: a salted commitment that reveals nothing about it.
//!
//! A bare hash of a short text can be guessed. With the salt kept beside the body and outside the
//! tree, erasing both leaves a log whose proofs all stay valid and which tells nothing.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const DOMAIN: &[u8] = b"xiezhi/1";
const VERSION: u8 = 1;

/// The length of the id of an event.
pub const EVENT_ID_LENGTH_BYTES: usize = 16;
/// The length of a salt; any other would let two salts mean the same key.
pub const SALT_LENGTH_BYTES: usize = 32;
/// The length of an entry of the log: its version and the commitment.
pub const ENTRY_LENGTH_BYTES: usize = 33;
/// The length of an opening as bytes: its version, the event's id and the salt.
pub const OPENING_LENGTH_BYTES: usize = 1 + EVENT_ID_LENGTH_BYTES + SALT_LENGTH_BYTES;

/// What is needed beside the body to show which entry stands for it. As secret as the body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The id of the event.
    pub event_id: [u8; EVENT_ID_LENGTH_BYTES],
    /// Random, and for this event alone.
    pub salt: [u8; SALT_LENGTH_BYTES],
}

/// The bytes that the log holds for one event: a version, then the commitment to its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entry([u8; ENTRY_LENGTH_BYTES]);

/// Why an opening does not open an entry, or bytes are neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommitmentError {
    /// Made by a later version of the program, or not an entry or opening at all.
    #[error("the version {0} of the commitment is not known")]
    UnknownVersion(u8),
    /// Cut off, or something is attached.
    #[error("a commitment or its opening has {expected} bytes, not {actual}")]
    WrongLength {
        /// The length of version 1.
        expected: usize,
        /// The length found.
        actual: usize,
    },
    /// The body, the event's id or the salt is another than the one committed to.
    #[error("the entry was not made from this body and opening")]
    Mismatch,
}

impl Opening {
    /// The entry that stands for `body`.
    pub fn commit(&self, body: &[u8]) -> Entry {
        let mut entry = [VERSION; ENTRY_LENGTH_BYTES];
        entry[1..].copy_from_slice(&self.mac(body).finalize().into_bytes());
        Entry(entry)
    }

    /// Checks in constant time that `entry` stands for `body`.
    ///
    /// # Errors
    /// [`CommitmentError::Mismatch`] when it does not.
    pub fn check(&self, entry: &Entry, body: &[u8]) -> Result<(), CommitmentError> {
        self.mac(body).verify_slice(&entry.0[1..]).map_err(|_| CommitmentError::Mismatch)
    }

    /// The opening as a proof carries it.
    pub fn to_bytes(&self) -> [u8; OPENING_LENGTH_BYTES] {
        let mut bytes = [VERSION; OPENING_LENGTH_BYTES];
        let (event_id, salt) = bytes[1..].split_at_mut(EVENT_ID_LENGTH_BYTES);
        event_id.copy_from_slice(&self.event_id);
        salt.copy_from_slice(&self.salt);
        bytes
    }

    /// Reads [`Opening::to_bytes`].
    ///
    /// # Errors
    /// A [`CommitmentError`] for another version or length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CommitmentError> {
        let [_, rest @ ..]: [u8; OPENING_LENGTH_BYTES] = versioned(bytes)?;
        let (event_id, salt) = rest.split_at(EVENT_ID_LENGTH_BYTES);
        Ok(Self {
            event_id: event_id.try_into().expect("split at the length of an event id"),
            salt: salt.try_into().expect("the rest has the length of a salt"),
        })
    }

    fn mac(&self, body: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.salt).expect("HMAC takes a key of any length");
        mac.update(DOMAIN);
        mac.update(&self.event_id);
        mac.update(&(body.len() as u64).to_be_bytes());
        mac.update(body);
        mac
    }
}

impl Entry {
    /// The entry as the log holds it.
    pub fn as_bytes(&self) -> &[u8; ENTRY_LENGTH_BYTES] {
        &self.0
    }

    /// Reads an entry of the log.
    ///
    /// # Errors
    /// A [`CommitmentError`] for another version or length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CommitmentError> {
        versioned(bytes).map(Self)
    }
}

impl AsRef<[u8]> for Entry {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Opening {
    /// Without the salt: logs of the program must not open commitments.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Opening").field("event_id", &self.event_id).finish_non_exhaustive()
    }
}

fn versioned<const N: usize>(bytes: &[u8]) -> Result<[u8; N], CommitmentError> {
    match bytes.first() {
        Some(&version) if version != VERSION => {
            return Err(CommitmentError::UnknownVersion(version));
        }
        _ => {}
    }
    bytes.try_into().map_err(|_| CommitmentError::WrongLength { expected: N, actual: bytes.len() })
}
