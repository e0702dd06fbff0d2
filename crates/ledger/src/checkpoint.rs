//! Checkpoints: what a log says about itself at one size (c2sp.org/tlog-checkpoint).

use std::fmt;
use std::str::FromStr;

use crate::consistency::Head;
use crate::encoding::from_decimal;
use crate::hash::Hash;
use crate::key::{KeyName, SigningKey, Unsigned};
use crate::note::{Note, NoteError};
use crate::tree::MAX_SIZE;

/// The size and root of a log, under the name of the log.
///
/// As text: origin, size and root, a line each. Further lines are refused, because newer
/// cosignatures do not cover them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: KeyName,
    /// How many entries it has.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
}

/// Why a text is not a checkpoint, or can't be signed as one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not exactly three lines, each with its end.
    #[error("a checkpoint has three lines: origin, size and root")]
    NotThreeLines,
    /// The origin is empty or has spaces.
    #[error("the first line is not the name of a log")]
    BadOrigin,
    /// The size is not a plain decimal number below 2^63.
    #[error("the second line is not the size of a log")]
    BadSize,
    /// The root is not base64 of 32 bytes.
    #[error("the third line is not a hash")]
    BadRoot,
    /// An empty log with the root of another.
    #[error("the root is not that of the empty log")]
    NotEmptyRoot,
    /// The key, which is somewhere else, does not sign.
    #[error(transparent)]
    Unsigned(Unsigned),
    /// The key goes by another name than the log.
    #[error("the key of {key} does not sign for {origin}")]
    ForeignKey {
        /// The name of the key.
        key: KeyName,
        /// The name of the log.
        origin: KeyName,
    },
}

impl Checkpoint {
    /// Signs the checkpoint with the key of its log.
    ///
    /// # Errors
    /// [`CheckpointError::ForeignKey`] when the key is another log's, [`CheckpointError::Unsigned`] when it is
    /// somewhere else and does not sign.
    pub fn sign(&self, key: &SigningKey) -> Result<Note, CheckpointError> {
        let name = key.verifier().name();
        if *name != self.origin {
            return Err(CheckpointError::ForeignKey { key: name.clone(), origin: self.origin.clone() });
        }
        match Note::sign(&self.to_string(), key) {
            Err(NoteError::Unsigned(unsigned)) => Err(CheckpointError::Unsigned(unsigned)),
            signed => Ok(signed.expect("three lines without control characters are the text of a note")),
        }
    }

    /// Size and root, for [`consistency::verify`](crate::consistency::verify).
    pub fn head(&self) -> Head {
        (self.size, self.root)
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, size, root } = self;
        write!(out, "{origin}\n{size}\n{root}\n")
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let lines: Vec<_> = text.split('\n').collect();
        let [origin, size, root, ""] = lines[..] else {
            return Err(CheckpointError::NotThreeLines);
        };
        let origin = KeyName::new(origin).map_err(|_| CheckpointError::BadOrigin)?;
        let size = from_decimal(size).filter(|size| *size <= MAX_SIZE).ok_or(CheckpointError::BadSize)?;
        let root = Hash::from_base64(root).ok_or(CheckpointError::BadRoot)?;
        if size == 0 && root != Hash::empty() {
            return Err(CheckpointError::NotEmptyRoot);
        }
        Ok(Self { origin, size, root })
    }
}
