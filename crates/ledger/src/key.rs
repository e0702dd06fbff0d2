//! Keys: names, ids, the public text of a key (vkey) and the secret one kept in the keys folder.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::Signer;
use sha2::{Digest, Sha256};

use crate::encoding::{from_base64, to_base64};

/// The length of the secret seed of a key.
pub const SEED_LENGTH_BYTES: usize = 32;
/// The length of an Ed25519 public key.
pub const PUBLIC_KEY_LENGTH_BYTES: usize = 32;
/// The length of an Ed25519 signature.
pub const SIGNATURE_LENGTH_BYTES: usize = 64;

const SECRET_PREFIX: &str = "PRIVATE+KEY+";

/// The name of a key and of the log it signs: a URL without its scheme, such as `court.example/record`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyName(String);

/// The first bytes of a hash over name, algorithm and key. A hint for finding a key, not a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 4]);

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// Ed25519 over the text of a note: how a log signs (type 0x01).
    Ed25519,
    /// Ed25519 over a time and the text of a checkpoint: how a witness cosigns (type 0x04).
    Ed25519Cosignature,
}

/// Why a text or bytes are not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Empty, or it holds a space, a control character or a plus sign.
    #[error("a key name is not empty and has no spaces, control characters or plus signs")]
    BadName,
    /// Not of the form `name+id+base64`, or spelled in another way than the one right one.
    #[error("the text is not a key")]
    Malformed,
    /// The id does not belong to this name and key: a typing error, or a key put under another name.
    #[error("the id of the key does not belong to its name and bytes")]
    WrongId,
    /// An algorithm that this program does not verify.
    #[error("keys of type 0x{0:02x} are not supported")]
    UnsupportedAlgorithm(u8),
    /// Not a point of the curve, or one of small order, for which anybody can sign.
    #[error("the bytes are not a usable Ed25519 public key")]
    BadPoint,
}

impl KeyName {
    /// Checks a name.
    ///
    /// # Errors
    /// [`KeyError::BadName`].
    pub fn new(name: impl Into<String>) -> Result<Self, KeyError> {
        let name = name.into();
        let forbidden = |char: char| char.is_whitespace() || char.is_control() || char == '+';
        if name.is_empty() || name.contains(forbidden) {
            return Err(KeyError::BadName);
        }
        Ok(Self(name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl KeyId {
    fn of(name: &KeyName, algorithm: Algorithm, public_key: &[u8; PUBLIC_KEY_LENGTH_BYTES]) -> Self {
        let hash = Sha256::new()
            .chain_update(name.0.as_bytes())
            .chain_update([b'\n', algorithm.byte()])
            .chain_update(public_key)
            .finalize();
        Self([hash[0], hash[1], hash[2], hash[3]])
    }

    pub(crate) const fn from_bytes(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; 4] {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl Algorithm {
    const fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::Ed25519Cosignature => 0x04,
        }
    }

    fn from_byte(byte: u8) -> Result<Self, KeyError> {
        match byte {
            0x01 => Ok(Self::Ed25519),
            0x04 => Ok(Self::Ed25519Cosignature),
            other => Err(KeyError::UnsupportedAlgorithm(other)),
        }
    }
}

/// A public key with the name it goes by. Its text is the vkey that people exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: KeyName,
    algorithm: Algorithm,
    id: KeyId,
    point: ed25519_dalek::VerifyingKey,
}

impl VerifierKey {
    /// Names a public key.
    ///
    /// # Errors
    /// [`KeyError::BadPoint`] for bytes that no honest key has.
    pub fn new(
        name: KeyName,
        algorithm: Algorithm,
        public_key: &[u8; PUBLIC_KEY_LENGTH_BYTES],
    ) -> Result<Self, KeyError> {
        let point = ed25519_dalek::VerifyingKey::from_bytes(public_key).map_err(|_| KeyError::BadPoint)?;
        // The same point under two spellings would pass for two different witnesses.
        if point.is_weak() || point.to_edwards().compress().as_bytes() != public_key {
            return Err(KeyError::BadPoint);
        }
        Ok(Self { id: KeyId::of(&name, algorithm, public_key), name, algorithm, point })
    }

    /// The name that stands in signature lines.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The id that stands in signature lines.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// What the key signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key itself.
    pub fn public_key(&self) -> &[u8; PUBLIC_KEY_LENGTH_BYTES] {
        self.point.as_bytes()
    }

    /// Strict verification: one signature, one spelling, and no key that fits every message.
    pub(crate) fn accepts(&self, message: &[u8], signature: &[u8; SIGNATURE_LENGTH_BYTES]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.point.verify_strict(message, &signature).is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = to_base64(&typed(self.algorithm, self.public_key()));
        write!(out, "{}+{}+{key}", self.name, self.id)
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, id, algorithm, public_key) = parse_key(text)?;
        let key = Self::new(name, algorithm, &public_key)?;
        if key.id.to_string() != id {
            return Err(KeyError::WrongId);
        }
        Ok(key)
    }
}

/// A secret key with its name, for one algorithm.
#[derive(Clone)]
pub(crate) struct KeyPair {
    verifier: VerifierKey,
    secret: ed25519_dalek::SigningKey,
}

impl KeyPair {
    pub(crate) fn from_seed(name: KeyName, algorithm: Algorithm, seed: &[u8; SEED_LENGTH_BYTES]) -> Self {
        let secret = ed25519_dalek::SigningKey::from_bytes(seed);
        let verifier = VerifierKey::new(name, algorithm, secret.verifying_key().as_bytes());
        Self { verifier: verifier.expect("a key made from a seed is a good point"), secret }
    }

    pub(crate) fn parse(text: &str, expected: Algorithm) -> Result<Self, KeyError> {
        let line = text.strip_suffix('\n').unwrap_or(text);
        let key = line.strip_prefix(SECRET_PREFIX).ok_or(KeyError::Malformed)?;
        let (name, id, algorithm, seed) = parse_key(key)?;
        if algorithm != expected {
            return Err(KeyError::UnsupportedAlgorithm(algorithm.byte()));
        }
        let pair = Self::from_seed(name, algorithm, &seed);
        if pair.verifier.id.to_string() != id {
            return Err(KeyError::WrongId);
        }
        Ok(pair)
    }

    pub(crate) fn to_secret_text(&self) -> String {
        let VerifierKey { name, id, algorithm, .. } = &self.verifier;
        let seed = to_base64(&typed(*algorithm, self.secret.as_bytes()));
        format!("{SECRET_PREFIX}{name}+{id}+{seed}\n")
    }

    pub(crate) fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_LENGTH_BYTES] {
        self.secret.sign(message).to_bytes()
    }
}

/// The secret key of a log. Its file is one line of text and must be readable by its owner alone.
#[derive(Clone)]
pub struct SigningKey(KeyPair);

impl SigningKey {
    /// The key that `seed`, 32 random bytes, stands for.
    pub fn from_seed(name: KeyName, seed: &[u8; SEED_LENGTH_BYTES]) -> Self {
        Self(KeyPair::from_seed(name, Algorithm::Ed25519, seed))
    }

    /// Reads [`SigningKey::to_secret_text`].
    ///
    /// # Errors
    /// A [`KeyError`] when the text is not the secret key of a log.
    pub fn from_secret_text(text: &str) -> Result<Self, KeyError> {
        KeyPair::parse(text, Algorithm::Ed25519).map(Self)
    }

    /// The key as its file holds it: `PRIVATE+KEY+name+id+base64`, which other log software reads too.
    pub fn to_secret_text(&self) -> String {
        self.0.to_secret_text()
    }

    /// The public half.
    pub fn verifier(&self) -> &VerifierKey {
        self.0.verifier()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_LENGTH_BYTES] {
        self.0.sign(message)
    }
}

impl fmt::Debug for SigningKey {
    /// The public half only.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKey({})", self.verifier())
    }
}

fn typed(algorithm: Algorithm, key: &[u8; 32]) -> Vec<u8> {
    [&[algorithm.byte()], key.as_slice()].concat()
}

/// The key part is base64, in which a plus may occur; the name and the id have none.
fn parse_key(text: &str) -> Result<(KeyName, &str, Algorithm, [u8; 32]), KeyError> {
    let mut parts = text.splitn(3, '+');
    let mut next = || parts.next().ok_or(KeyError::Malformed);
    let (name, id, key) = (next()?, next()?, next()?);
    let bytes = from_base64(key).ok_or(KeyError::Malformed)?;
    let (type_byte, key) = bytes.split_first().ok_or(KeyError::Malformed)?;
    let algorithm = Algorithm::from_byte(*type_byte)?;
    let key = key.try_into().map_err(|_| KeyError::Malformed)?;
    Ok((KeyName::new(name)?, id, algorithm, key))
}
