//! The witness protocol (c2sp.org/tlog-witness): what a log asks of a witness, what a witness decides, and
//! what a log makes of the answer.
//!
//! A witness cosigns a checkpoint if it continues the one it cosigned last; that is all it knows of a log.
//! It admits a request ([`AddCheckpoint::admit`]), and holding the log's place alone, looks up what it
//! cosigned last, decides ([`Admitted::follow`]), makes the new checkpoint durable, and only then cosigns.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::checkpoint::Checkpoint;
use crate::consistency::{self, ConsistencyError, Head};
use crate::encoding::from_decimal;
use crate::hash::Hash;
use crate::key::{KeyName, VerifierKey};
use crate::note::{Keyring, Note, NoteError, SignatureLine};

/// The path of the request, under the prefix of the witness.
pub const PATH: &str = "add-checkpoint";
/// The type of the answer that tells the size a witness knows.
pub const SIZE_MEDIA_TYPE: &str = "text/x.tlog.size";
/// More hashes than any proof of consistency has are refused unread.
pub const MAX_PROOF_LENGTH: usize = 63;

/// What a log asks: cosign this checkpoint, which continues the one of the old size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the witness cosigned last, as far as the log knows.
    pub old_size: u64,
    /// That the tree of the old size is the beginning of the new one.
    pub proof: Vec<Hash>,
    /// The checkpoint, signed by its log.
    pub checkpoint: Note,
}

/// A request from a known log, with its signature; whether it continues what was seen is not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    old_size: u64,
    proof: Vec<Hash>,
    checkpoint: Checkpoint,
    note: Note,
}

/// Why a witness does not cosign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not a request of the protocol, or one whose old size is above the new one.
    #[error("this is not a request to add a checkpoint")]
    Malformed,
    /// The witness was not asked to look after this log.
    #[error("the log {0} is not known here")]
    UnknownLog(KeyName),
    /// No signature of a key that the witness knows for this log.
    #[error("the log did not sign this checkpoint")]
    NotSigned,
    /// The log and the witness differ on what was cosigned last.
    #[error("the checkpoint cosigned last has the size {size}")]
    Conflict {
        /// What was cosigned last; 0 for nothing.
        size: u64,
    },
    /// The checkpoint does not continue the one cosigned last: another history.
    #[error("the checkpoint does not continue the one cosigned last")]
    Inconsistent(#[source] ConsistencyError),
}

impl Refusal {
    /// The HTTP status that the protocol gives it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::NotSigned => 403,
            Self::UnknownLog(_) => 404,
            Self::Conflict { .. } => 409,
            Self::Inconsistent(_) => 422,
        }
    }
}

impl AddCheckpoint {
    /// Reads a request. Nothing is verified yet.
    ///
    /// # Errors
    /// [`Refusal::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        std::str::from_utf8(bytes).ok().and_then(|text| text.parse().ok()).ok_or(Refusal::Malformed)
    }

    /// Admits a request of a log whose key is on the ring.
    ///
    /// The note that goes on carries the signatures of those keys alone: what a witness keeps and shows is
    /// what it checked.
    ///
    /// # Errors
    /// A [`Refusal`], in the order of the protocol.
    pub fn admit(self, logs: &Keyring) -> Result<Admitted, Refusal> {
        let Self { old_size, proof, checkpoint: note } = self;
        let checkpoint: Checkpoint = note.text().parse().map_err(|_| Refusal::Malformed)?;
        let keys: Vec<_> = logs.keys().iter().filter(|key| *key.name() == checkpoint.origin).cloned().collect();
        if keys.is_empty() {
            return Err(Refusal::UnknownLog(checkpoint.origin));
        }
        let keys = Keyring::new(keys).expect("keys of one ring can be told apart");
        let note = note.signed_by(&keys).map_err(|_| Refusal::NotSigned)?;
        if old_size > checkpoint.size {
            return Err(Refusal::Malformed);
        }
        Ok(Admitted { old_size, proof, checkpoint, note })
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "old {}", self.old_size)?;
        self.proof.iter().try_for_each(|hash| writeln!(out, "{hash}"))?;
        write!(out, "\n{}", self.checkpoint)
    }
}

impl FromStr for AddCheckpoint {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(Refusal::Malformed)?;
        let mut lines = head.split('\n');
        let old_size = lines.next().and_then(|line| line.strip_prefix("old ")).and_then(from_decimal);
        let old_size = old_size.ok_or(Refusal::Malformed)?;
        let proof: Option<Vec<_>> = lines.map(Hash::from_base64).collect();
        let proof = proof.filter(|proof| proof.len() <= MAX_PROOF_LENGTH).ok_or(Refusal::Malformed)?;
        let checkpoint = Note::parse(checkpoint.as_bytes()).map_err(|_| Refusal::Malformed)?;
        Ok(Self { old_size, proof, checkpoint })
    }
}

impl Admitted {
    /// Which log asks.
    pub fn origin(&self) -> &KeyName {
        &self.checkpoint.origin
    }

    /// Decides whether the checkpoint continues `last`, the one that was cosigned last.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] or [`Refusal::Inconsistent`].
    pub fn follow(self, last: Option<Head>) -> Result<Note, Refusal> {
        let last = last.unwrap_or((0, Hash::empty()));
        if self.old_size != last.0 {
            return Err(Refusal::Conflict { size: last.0 });
        }
        consistency::verify(last, self.checkpoint.head(), &self.proof).map_err(Refusal::Inconsistent)?;
        Ok(self.note)
    }
}

/// What a witness answered instead of a cosignature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerFault {
    /// Not lines of signatures.
    #[error("the answer has no signatures")]
    Malformed,
    /// A signature under the name and id of the witness that its key did not make.
    #[error("the cosignature of {0} is wrong")]
    WrongSignature(KeyName),
    /// Signatures of others only.
    #[error("the answer has no cosignature of the witness that was asked")]
    NotTheWitness,
}

/// The cosignature of `witness` in its answer, and its time in seconds since 1970. Other lines are passed over.
///
/// # Errors
/// An [`AnswerFault`]: whatever it is, it is no cosignature of this checkpoint.
pub fn cosignature(answer: &str, witness: &VerifierKey, note: &Note) -> Result<(SignatureLine, u64), AnswerFault> {
    let lines = answer.strip_suffix('\n').ok_or(AnswerFault::Malformed)?.split('\n');
    for line in lines {
        let line: SignatureLine = line.parse().map_err(|_| AnswerFault::Malformed)?;
        if line.name != *witness.name() || line.id != witness.id() {
            continue;
        }
        let good = witness.verify_note(note.text(), &line.payload).and_then(|good| good.cosigned_at_seconds);
        return good.map(|at| (line.clone(), at)).ok_or(AnswerFault::WrongSignature(line.name));
    }
    Err(AnswerFault::NotTheWitness)
}

/// The size in an answer of type [`SIZE_MEDIA_TYPE`].
pub fn size_of_answer(answer: &str) -> Option<u64> {
    from_decimal(answer.strip_suffix('\n')?)
}

/// The path, under the prefix of the witness, where it shows what it cosigned last of the log `origin`.
pub fn monitoring_path(origin: &KeyName) -> String {
    format!("{}/checkpoint", origin_hash(origin))
}

/// The hexadecimal SHA-256 of an origin: a name for it that fits a path.
pub fn origin_hash(origin: &KeyName) -> String {
    Sha256::digest(origin.as_str().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Note {
    /// The note with the signatures of these keys alone, each verified.
    ///
    /// # Errors
    /// As [`Note::verify`].
    pub fn signed_by(&self, keys: &Keyring) -> Result<Note, NoteError> {
        self.verify(keys)?;
        let known =
            |line: &&SignatureLine| keys.keys().iter().any(|key| *key.name() == line.name && key.id() == line.id);
        self.with(self.signatures().iter().filter(known).cloned())
    }
}
