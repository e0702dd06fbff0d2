//! What a party gets: one text file that proves an event was recorded (c2sp.org/tlog-proof).
//!
//! With the body of the event, this file and the court's policy, anybody can check off line that
//! exactly this body was recorded, and what stands behind that. A proof may carry the body itself:
//! then the file and the policy are enough.

use std::fmt;
use std::str::FromStr;

use crate::checkpoint::Checkpoint;
use crate::commitment::{CommitmentError, ENTRY_LENGTH_BYTES, Entry, OPENING_LENGTH_BYTES, Opening};
use crate::encoding::{from_base64, from_decimal, to_base64};
use crate::hash::Hash;
use crate::inclusion::{self, InclusionError};
use crate::note::{Note, NoteError};
use crate::policy::{Assessment, Policy, PolicyError};

/// The name that such files should end in.
pub const FILE_EXTENSION: &str = "tlog-proof";

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// A path is never longer than the tree can be high.
const MAX_PATH_LENGTH: usize = 63;

/// The proof that an event is in a log, with what opens its entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordProof {
    /// The entry of the log: what the proof is about. Shown again so that a changed body can be
    /// told from a damaged proof.
    pub entry: Entry,
    /// What shows that the entry stands for a body; absent once the body was lawfully erased.
    pub opening: Option<Opening>,
    /// The body itself, where the proof carries it; only with its opening.
    pub body: Option<Vec<u8>>,
    /// Where in the log the entry stands.
    pub index: u64,
    /// The path from the entry to the root.
    pub path: Vec<Hash>,
    /// The signed checkpoint, with its cosignatures.
    pub checkpoint: Note,
}

/// What a proof that holds says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The place in the log; what stands at a lower one was recorded earlier.
    pub index: u64,
    /// What the policy found in the checkpoint.
    pub assessment: Assessment,
}

/// The first thing that is broken in a proof, in the order in which it is checked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The file is not a proof.
    #[error("the file is not a proof")]
    Format(#[source] ProofFormatError),
    /// The checkpoint is not signed as the policy asks.
    #[error("the checkpoint is not accepted by the policy")]
    Checkpoint(#[source] PolicyError),
    /// The entry is not in the log that the checkpoint describes.
    #[error("the entry is not in the log")]
    Inclusion(#[source] InclusionError),
    /// The file has nothing to compare a body with.
    #[error("the proof has no opening")]
    NoOpening,
    /// The file does not carry what was recorded.
    #[error("the proof carries no body")]
    NoBody,
    /// The entry is in the log but stands for another body.
    #[error("the body is not what was recorded")]
    Body(#[source] CommitmentError),
}

impl Broken {
    /// A name for programs, which never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Format(_) => "proof.format",
            Self::Checkpoint(PolicyError::NoQuorum { .. }) => "proof.quorum",
            Self::Checkpoint(_) => "proof.checkpoint",
            Self::Inclusion(_) => "proof.inclusion",
            Self::NoOpening => "proof.no_opening",
            Self::NoBody => "proof.no_body",
            Self::Body(_) => "proof.body",
        }
    }
}

/// Why a file is not a proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFormatError {
    /// Not UTF-8, or another kind of file.
    #[error("the first line is not {HEADER}")]
    NoHeader,
    /// The line with the entry and its opening.
    #[error("the line with the entry and its opening is absent or damaged")]
    BadExtra,
    /// The line with the index.
    #[error("the line with the index is absent or damaged")]
    BadIndex,
    /// A line of the path, counted from 1.
    #[error("line {0} of the path is not a hash")]
    BadHash(usize),
    /// No empty line before the checkpoint.
    #[error("the proof has no checkpoint")]
    NoCheckpoint,
    /// The checkpoint is not a signed note.
    #[error("the checkpoint is not a signed note")]
    BadNote(#[source] NoteError),
}

impl RecordProof {
    /// Checks the proof and that `body` is what was recorded.
    ///
    /// # Errors
    /// The first thing that is [`Broken`].
    pub fn verify(&self, body: &[u8], policy: &Policy) -> Result<Proven, Broken> {
        let proven = self.verify_entry(policy)?;
        let opening = self.opening.as_ref().ok_or(Broken::NoOpening)?;
        opening.check(&self.entry, body).map_err(Broken::Body)?;
        Ok(proven)
    }

    /// Checks the proof and that the body it carries is what was recorded; answers that body.
    ///
    /// # Errors
    /// The first thing that is [`Broken`].
    pub fn verify_carried(&self, policy: &Policy) -> Result<(Proven, &[u8]), Broken> {
        let body = self.body.as_deref().ok_or(Broken::NoBody)?;
        Ok((self.verify(body, policy)?, body))
    }

    /// Checks the proof without a body: something was recorded here, whatever it was.
    ///
    /// # Errors
    /// The first thing that is [`Broken`].
    pub fn verify_entry(&self, policy: &Policy) -> Result<Proven, Broken> {
        let assessment = policy.accept(&self.checkpoint).map_err(Broken::Checkpoint)?;
        let Checkpoint { size, root, .. } = &assessment.checkpoint;
        let leaf = Hash::leaf(self.entry.as_bytes());
        inclusion::verify(&leaf, self.index, *size, &self.path, root).map_err(Broken::Inclusion)?;
        Ok(Proven { index: self.index, assessment })
    }

    /// Reads a proof file. Nothing is verified yet.
    ///
    /// # Errors
    /// [`Broken::Format`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Broken> {
        let text = std::str::from_utf8(bytes).map_err(|_| Broken::Format(ProofFormatError::NoHeader))?;
        text.parse().map_err(Broken::Format)
    }
}

impl fmt::Display for RecordProof {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let opening = self.opening.map(|opening| opening.to_bytes());
        let body = self.body.as_deref().filter(|_| opening.is_some()).unwrap_or_default();
        let extra = [self.entry.as_bytes().as_slice(), opening.as_ref().map_or(&[], |bytes| bytes), body].concat();
        write!(out, "{HEADER}\nextra {}\nindex {}\n", to_base64(&extra), self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(out, "{hash}"))?;
        write!(out, "\n{}", self.checkpoint)
    }
}

impl FromStr for RecordProof {
    type Err = ProofFormatError;

    fn from_str(text: &str) -> Result<Self, ProofFormatError> {
        let (proof, checkpoint) = text.split_once("\n\n").ok_or(ProofFormatError::NoCheckpoint)?;
        let mut lines = proof.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(ProofFormatError::NoHeader);
        }
        let (entry, opening, body) = lines.next().and_then(parse_extra).ok_or(ProofFormatError::BadExtra)?;
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let index = index.and_then(from_decimal).ok_or(ProofFormatError::BadIndex)?;
        let path = parse_path(lines)?;
        let checkpoint = Note::parse(checkpoint.as_bytes()).map_err(ProofFormatError::BadNote)?;
        Ok(Self { entry, opening, body, index, path, checkpoint })
    }
}

/// The entry, then its opening if there is one, then the body if the proof carries it.
fn parse_extra(line: &str) -> Option<(Entry, Option<Opening>, Option<Vec<u8>>)> {
    let bytes = from_base64(line.strip_prefix("extra ")?)?;
    let (entry, rest) = bytes.split_first_chunk::<ENTRY_LENGTH_BYTES>()?;
    let entry = Entry::from_bytes(entry).ok()?;
    if rest.is_empty() {
        return Some((entry, None, None));
    }
    let (opening, body) = rest.split_first_chunk::<OPENING_LENGTH_BYTES>()?;
    let body = (!body.is_empty()).then(|| body.to_vec());
    Some((entry, Some(Opening::from_bytes(opening).ok()?), body))
}

fn parse_path<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<Hash>, ProofFormatError> {
    let numbered = lines.enumerate().map(|(at, line)| {
        let hash = Hash::from_base64(line).filter(|_| at < MAX_PATH_LENGTH);
        hash.ok_or(ProofFormatError::BadHash(at + 1))
    });
    numbered.collect()
}
