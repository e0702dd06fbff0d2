//! Policies: which logs and witnesses a reader trusts, and how many must agree (c2sp.org/tlog-policy).
//!
//! A court's policy is the only thing that a party must have from somewhere else than the court's
//! own server. With it, everything else can be checked off line.

use std::collections::BTreeSet;
use std::fmt;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::key::{KeyName, VerifierKey};
use crate::note::{Keyring, Note, NoteError, Verified};

mod text;

pub use text::{PolicyFault, PolicySyntaxError};

/// Logs, witnesses, and the quorum. Its text form is [`fmt::Display`] and [`std::str::FromStr`].
#[derive(Clone, Debug)]
pub struct Policy {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    quorum: Option<Member>,
    stamp_authorities: Vec<Vec<u8>>,
    keyring: Keyring,
}

/// A log whose checkpoints are accepted. The name of its key is its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The key that signs checkpoints.
    pub key: VerifierKey,
    /// Where the log is served.
    pub url: Option<String>,
    /// The largest size that the key signed, once the log signs with it no more.
    pub until: Option<u64>,
}

/// An operator who cosigns checkpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The name within the policy.
    pub name: String,
    /// The key that cosigns.
    pub key: VerifierKey,
    /// Where checkpoints are submitted.
    pub url: Option<String>,
}

#[derive(Clone, Debug)]
struct Group {
    name: String,
    threshold: usize,
    members: Vec<Member>,
}

/// A place in the list of witnesses or of groups; a group only has members from before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Member {
    Witness(usize),
    Group(usize),
}

/// A cosignature of a witness of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// The name of the witness within the policy.
    pub witness: String,
    /// When the witness says it saw the checkpoint, in seconds since 1970.
    pub at_seconds: u64,
}

/// How far a checkpoint may be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The log alone vouches for it: its operator could show another history to somebody else.
    Signed,
    /// A quorum of other operators saw the same history.
    Witnessed {
        /// How many witnesses of the quorum cosigned.
        by: usize,
        /// How many could have.
        of: usize,
    },
}

/// What a policy finds in a checkpoint that a log of the policy signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The checkpoint, now to be trusted as far as [`Assessment::standing`] says.
    pub checkpoint: Checkpoint,
    /// The good cosignatures of witnesses that count for the quorum.
    pub cosigned: Vec<Cosigned>,
    /// Whether the log alone vouches for the checkpoint.
    pub standing: Standing,
    /// Whether the policy asks for no more than what is there.
    pub accepted: bool,
}

/// Why a policy refuses a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The text of the note is not a checkpoint.
    #[error("the note is not a checkpoint")]
    Checkpoint(#[source] CheckpointError),
    /// No log of that name is in the policy.
    #[error("the policy does not know the log {0}")]
    UnknownLog(KeyName),
    /// A signature of a known key is wrong, or there is none.
    #[error("the signatures of the checkpoint do not hold")]
    Note(#[source] NoteError),
    /// Somebody known signed the checkpoint, but not the log itself.
    #[error("the log {0} did not sign its checkpoint")]
    NotSignedByLog(KeyName),
    /// Only a key signed it that the log had ceased to sign with at this size.
    #[error("the log {0} signed no checkpoint of this size with that key: it was retired")]
    RetiredKey(KeyName),
    /// Too few witnesses cosigned.
    #[error("{by} of {of} witnesses cosigned, which is not the quorum")]
    NoQuorum {
        /// How many witnesses of the quorum cosigned.
        by: usize,
        /// How many could have.
        of: usize,
    },
}

impl fmt::Display for Standing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signed => out.write_str("signed"),
            Self::Witnessed { by, of } => write!(out, "witnessed by {by} of {of}"),
        }
    }
}

impl Policy {
    /// The policy of a court without witnesses.
    ///
    /// # Errors
    /// [`PolicyFault::WrongKeyType`] when the key is not that of a log.
    pub fn log_only(key: &VerifierKey) -> Result<Self, PolicySyntaxError> {
        format!("log {key}\nquorum none\n").parse()
    }

    /// What takes the word of this log alone, by all of its keys.
    #[must_use]
    pub fn of_log(&self, origin: &str) -> Self {
        let logs: Vec<_> = self.logs.iter().filter(|log| log.key.name().as_str() == origin).cloned().collect();
        let keyring = Keyring::new(logs.iter().map(|log| log.key.clone())).expect("keys of one ring can be told apart");
        Self { logs, witnesses: vec![], groups: vec![], quorum: None, stamp_authorities: vec![], keyring }
    }

    /// The keys of logs and witnesses.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// The logs that the policy accepts.
    pub fn logs(&self) -> &[Log] {
        &self.logs
    }

    /// The witnesses that the policy names.
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// The certificates of authorities whose time stamps count: DER, each trusted of itself.
    pub fn stamp_authorities(&self) -> &[Vec<u8>] {
        &self.stamp_authorities
    }

    /// The policy with the certificate of one more authority whose time stamps count.
    #[must_use]
    pub fn with_stamp_authority(mut self, certificate: Vec<u8>) -> Self {
        if !self.stamp_authorities.contains(&certificate) {
            self.stamp_authorities.push(certificate);
        }
        self
    }

    /// Whether the policy asks for any cosignature.
    pub fn has_quorum(&self) -> bool {
        self.quorum.is_some()
    }

    /// Tells what is known of a checkpoint that a log of the policy signed, quorum or not.
    ///
    /// # Errors
    /// A [`PolicyError`] when the log did not sign it, or a signature is wrong.
    pub fn assess(&self, note: &Note) -> Result<Assessment, PolicyError> {
        let checkpoint: Checkpoint = note.text().parse().map_err(PolicyError::Checkpoint)?;
        let origin = &checkpoint.origin;
        if self.logs.iter().all(|log| log.key.name() != origin) {
            return Err(PolicyError::UnknownLog(origin.clone()));
        }
        let verified = note.verify(&self.keyring).map_err(PolicyError::Note)?;
        self.log_signed(&checkpoint, &verified)?;
        let cosigned = self.cosigned(&verified);
        let accepted = self.quorum_met(&verified);
        let standing = match self.quorum {
            Some(_) if accepted => Standing::Witnessed { by: cosigned.len(), of: self.counting().len() },
            _ => Standing::Signed,
        };
        Ok(Assessment { checkpoint, cosigned, standing, accepted })
    }

    /// Accepts a checkpoint as the policy asks: signed by the log, and by the quorum.
    ///
    /// # Errors
    /// A [`PolicyError`] naming the first thing that is not so.
    pub fn accept(&self, note: &Note) -> Result<Assessment, PolicyError> {
        let assessment = self.assess(note)?;
        if !assessment.accepted {
            return Err(PolicyError::NoQuorum { by: assessment.cosigned.len(), of: self.counting().len() });
        }
        Ok(assessment)
    }

    /// Some key of the log signed, and it was one that the log signed with at this size.
    fn log_signed(&self, checkpoint: &Checkpoint, verified: &[Verified<'_>]) -> Result<(), PolicyError> {
        let origin = &checkpoint.origin;
        let signed =
            |log: &&Log| log.key.name() == origin && verified.iter().any(|signature| *signature.key == log.key);
        let mut signed = self.logs.iter().filter(signed).peekable();
        if signed.peek().is_none() {
            return Err(PolicyError::NotSignedByLog(origin.clone()));
        }
        match signed.any(|log| log.until.is_none_or(|until| checkpoint.size <= until)) {
            true => Ok(()),
            false => Err(PolicyError::RetiredKey(origin.clone())),
        }
    }

    fn cosigned(&self, verified: &[Verified<'_>]) -> Vec<Cosigned> {
        let witnesses = self.counting().into_iter().map(|at| &self.witnesses[at]);
        witnesses
            .filter_map(|witness| {
                let signature = verified.iter().find(|signature| *signature.key == witness.key)?;
                Some(Cosigned { witness: witness.name.clone(), at_seconds: signature.cosigned_at_seconds? })
            })
            .collect()
    }

    /// The witnesses whose cosignature counts for the quorum; without a quorum, all.
    fn counting(&self) -> BTreeSet<usize> {
        match self.quorum {
            Some(quorum) => self.witnesses_under(quorum),
            None => (0..self.witnesses.len()).collect(),
        }
    }

    fn witnesses_under(&self, member: Member) -> BTreeSet<usize> {
        match member {
            Member::Witness(at) => BTreeSet::from([at]),
            Member::Group(at) => {
                self.groups[at].members.iter().flat_map(|inner| self.witnesses_under(*inner)).collect()
            }
        }
    }

    fn quorum_met(&self, verified: &[Verified<'_>]) -> bool {
        self.quorum.is_none_or(|quorum| self.agrees(quorum, verified))
    }

    fn agrees(&self, member: Member, verified: &[Verified<'_>]) -> bool {
        match member {
            Member::Witness(at) => verified.iter().any(|signature| *signature.key == self.witnesses[at].key),
            Member::Group(at) => {
                let Group { threshold, members, .. } = &self.groups[at];
                members.iter().filter(|inner| self.agrees(**inner, verified)).count() >= *threshold
            }
        }
    }
}
