//! The shadow of a log by the Chinese algorithms (国密影子树): the same entries in a tree of SM3 (GB/T 32905), its root
//! in a note that a key of SM2 (GB/T 32918) signed.
//!
//! The log itself stays the one that counts: C2SP fixes SHA-256 and Ed25519. Whoever must rely on SM2 and SM3 alone
//! gets the same statement in those, under the origin `ORIGIN/sm3` and the note type 0xff, which is for private use.
//! This crate draws no random numbers: a signature is derived from key and text.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use sm2::dsa::signature::{Signer, Verifier};
use sm3::Sm3;

use crate::encoding::{from_base64, from_decimal, to_base64};
use crate::key::{KeyError, KeyId, KeyName};
use crate::note::{Note, SignatureLine};

/// The identity that SM2 mixes into every signature: the usual one where none was agreed (GM/T 0009).
pub const DISTINGUISHING_ID: &str = "1234567812345678";
/// The type of private use, and what tells this one from others.
const KEY_TYPE: &[u8] = b"\xffxiezhi/sm2-sm3\n";
const PUBLIC_KEY_LENGTH_BYTES: usize = 65;
const SIGNATURE_LENGTH_BYTES: usize = 64;
const ORIGIN_ENDING: &str = "/sm3";

/// A hash of SM3: of a leaf, of two nodes, or of nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sm3Hash([u8; 32]);

impl Sm3Hash {
    /// Of an entry of the log: `SM3(0x00 || entry)`.
    pub fn leaf(entry: &[u8]) -> Self {
        Self::over(&[&[0], entry])
    }

    fn node(left: &Self, right: &Self) -> Self {
        Self::over(&[&[1], &left.0, &right.0])
    }

    fn over(pieces: &[&[u8]]) -> Self {
        let mut hash = Sm3::new();
        pieces.iter().for_each(|piece| hash.update(piece));
        Self(hash.finalize().into())
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The right edge of the shadow tree: all that it takes to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShadowTree {
    size: u64,
    /// Whole subtrees from the left, each larger than the next.
    edge: Vec<Sm3Hash>,
}

impl ShadowTree {
    /// Entries so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes in the next entry.
    pub fn append(&mut self, entry: &[u8]) {
        let mut hash = Sm3Hash::leaf(entry);
        // Each one bit at the end of the size is a subtree as large as the one that came together here.
        for _ in 0..self.size.trailing_ones() {
            let left = self.edge.pop().expect("a one bit stands for a subtree");
            hash = Sm3Hash::node(&left, &hash);
        }
        self.edge.push(hash);
        self.size += 1;
    }

    /// The root: of nothing `SM3("")`, else as RFC 6962 splits the tree.
    pub fn root(&self) -> Sm3Hash {
        let mut edge = self.edge.iter().rev();
        let Some(last) = edge.next() else { return Sm3Hash::over(&[]) };
        edge.fold(*last, |right, left| Sm3Hash::node(left, &right))
    }
}

/// What a note of the shadow says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShadowCheckpoint {
    /// The origin of the log, without the ending of the shadow.
    pub log: String,
    /// Entries of the log.
    pub size: u64,
    /// The root of their tree of SM3.
    pub root: Sm3Hash,
}

/// Why a note is none of the shadow, or does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShadowFault {
    /// Not the text of a checkpoint whose origin ends in `/sm3`.
    #[error("the note is no checkpoint in SM3")]
    Malformed,
    /// No signature of the key.
    #[error("the key did not sign this note")]
    NotSigned,
    /// A signature under the key's name and id that it did not make.
    #[error("the signature of the key is wrong")]
    WrongSignature,
}

impl fmt::Display for ShadowCheckpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{ORIGIN_ENDING}\n{}\n{}\n", self.log, self.size, to_base64(&self.root.0))
    }
}

impl FromStr for ShadowCheckpoint {
    type Err = ShadowFault;

    fn from_str(text: &str) -> Result<Self, ShadowFault> {
        let mut lines = text.strip_suffix('\n').ok_or(ShadowFault::Malformed)?.split('\n');
        let (origin, size, root) = (lines.next(), lines.next(), lines.next());
        let log = origin.and_then(|origin| origin.strip_suffix(ORIGIN_ENDING)).filter(|_| lines.next().is_none());
        let size = size.and_then(from_decimal);
        let root = root.and_then(from_base64).and_then(|root| root.try_into().ok());
        match (log, size, root) {
            (Some(log), Some(size), Some(root)) => Ok(Self { log: log.to_owned(), size, root: Sm3Hash(root) }),
            _ => Err(ShadowFault::Malformed),
        }
    }
}

/// The public key that signs the shadow. Its text is a vkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShadowVerifier {
    name: KeyName,
    id: KeyId,
    point: Vec<u8>,
}

impl ShadowVerifier {
    fn new(name: KeyName, point: &[u8]) -> Result<Self, KeyError> {
        if point.len() != PUBLIC_KEY_LENGTH_BYTES {
            return Err(KeyError::Malformed);
        }
        sm2::dsa::VerifyingKey::from_sec1_bytes(DISTINGUISHING_ID, point).map_err(|_| KeyError::BadPoint)?;
        let hash = Sha256::new()
            .chain_update(name.as_str().as_bytes())
            .chain_update(b"\n")
            .chain_update(KEY_TYPE)
            .chain_update(point)
            .finalize();
        let id = KeyId::from_bytes([hash[0], hash[1], hash[2], hash[3]]);
        Ok(Self { name, id, point: point.to_vec() })
    }

    /// The name: the origin of the shadow.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The point, uncompressed.
    pub fn point(&self) -> &[u8] {
        &self.point
    }

    /// Reads a note of the shadow that this key signed.
    ///
    /// # Errors
    /// A [`ShadowFault`].
    pub fn accept(&self, note: &Note) -> Result<ShadowCheckpoint, ShadowFault> {
        let checkpoint: ShadowCheckpoint = note.text().parse()?;
        if note.text().split('\n').next() != Some(self.name.as_str()) {
            return Err(ShadowFault::NotSigned);
        }
        let own = |line: &&SignatureLine| line.name == self.name && line.id == self.id;
        let line = note.signatures().iter().find(own).ok_or(ShadowFault::NotSigned)?;
        let key = sm2::dsa::VerifyingKey::from_sec1_bytes(DISTINGUISHING_ID, &self.point);
        let signature = sm2::dsa::Signature::from_slice(&line.payload).map_err(|_| ShadowFault::WrongSignature)?;
        let good = key.is_ok_and(|key| key.verify(note.text().as_bytes(), &signature).is_ok());
        if good { Ok(checkpoint) } else { Err(ShadowFault::WrongSignature) }
    }
}

impl fmt::Display for ShadowVerifier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}+{}+{}", self.name, self.id, to_base64(&[KEY_TYPE, &self.point].concat()))
    }
}

impl FromStr for ShadowVerifier {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.splitn(3, '+');
        let mut next = || parts.next().ok_or(KeyError::Malformed);
        let (name, id, key) = (next()?, next()?, next()?);
        let bytes = from_base64(key).ok_or(KeyError::Malformed)?;
        let point = bytes.strip_prefix(KEY_TYPE).ok_or(KeyError::Malformed)?;
        let key = Self::new(KeyName::new(name)?, point)?;
        if key.id.to_string() == id { Ok(key) } else { Err(KeyError::WrongId) }
    }
}

/// The secret key that signs the shadow of a log.
#[derive(Clone)]
pub struct ShadowKey {
    secret: sm2::dsa::SigningKey,
    verifier: ShadowVerifier,
}

impl ShadowKey {
    /// The key that `seed`, 32 random bytes, stands for, of the shadow of `log`.
    ///
    /// # Panics
    /// If the seed is no number of the curve (chance 2⁻³²).
    ///
    /// # Errors
    /// [`KeyError::BadName`].
    pub fn from_seed(log: &KeyName, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = sm2::dsa::SigningKey::from_slice(DISTINGUISHING_ID, seed);
        let secret = secret.expect("a hash is a number of the curve but for a chance of 1 in 2^32");
        let name = KeyName::new(format!("{log}{ORIGIN_ENDING}"))?;
        let verifier = ShadowVerifier::new(name, &secret.verifying_key().to_sec1_bytes())?;
        Ok(Self { secret, verifier })
    }

    /// The public half.
    pub fn verifier(&self) -> &ShadowVerifier {
        &self.verifier
    }

    /// Signs how the shadow stands.
    pub fn sign(&self, tree: &ShadowTree) -> Note {
        let log = self.verifier.name.as_str().strip_suffix(ORIGIN_ENDING).expect("it was made so").to_owned();
        let text = ShadowCheckpoint { log, size: tree.size(), root: tree.root() }.to_string();
        let signature: sm2::dsa::Signature = self.secret.sign(text.as_bytes());
        let payload = signature.to_vec();
        debug_assert_eq!(payload.len(), SIGNATURE_LENGTH_BYTES);
        let line = SignatureLine { name: self.verifier.name.clone(), id: self.verifier.id, payload };
        Note::of_lines(&text, vec![line]).expect("a checkpoint makes a note")
    }
}

impl fmt::Debug for ShadowKey {
    /// The public half only.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ShadowKey({})", self.verifier)
    }
}
