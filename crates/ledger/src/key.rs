//! Keys: names, ids, the public text of a key (vkey) and the secret one kept in the keys folder.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

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
    /// ML-DSA-44 over names, a time and a tree: how a witness cosigns that expects quantum computers (type 0x06).
    #[cfg(feature = "ml-dsa")]
    MlDsa44Cosignature,
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
    /// Not a point of the curve, or one of small order, for which anybody can sign; or not of the right length.
    #[error("the bytes are not a usable public key")]
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
    fn of(name: &KeyName, algorithm: Algorithm, public_key: &[u8]) -> Self {
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
    /// Whether a witness cosigns with it.
    pub fn is_cosignature(self) -> bool {
        self != Self::Ed25519
    }

    const fn public_key_length_bytes(self) -> usize {
        match self {
            Self::Ed25519 | Self::Ed25519Cosignature => PUBLIC_KEY_LENGTH_BYTES,
            #[cfg(feature = "ml-dsa")]
            Self::MlDsa44Cosignature => crate::ml_dsa_44::PUBLIC_KEY_LENGTH_BYTES,
        }
    }

    const fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::Ed25519Cosignature => 0x04,
            #[cfg(feature = "ml-dsa")]
            Self::MlDsa44Cosignature => 0x06,
        }
    }

    fn from_byte(byte: u8) -> Result<Self, KeyError> {
        match byte {
            0x01 => Ok(Self::Ed25519),
            0x04 => Ok(Self::Ed25519Cosignature),
            #[cfg(feature = "ml-dsa")]
            0x06 => Ok(Self::MlDsa44Cosignature),
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
    public: Public,
}

/// A public key of one of the algorithms.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Public {
    Ed25519(ed25519_dalek::VerifyingKey),
    #[cfg(feature = "ml-dsa")]
    MlDsa44(crate::ml_dsa_44::PublicKey),
}

impl VerifierKey {
    /// Names a public key.
    ///
    /// # Errors
    /// [`KeyError::BadPoint`] for bytes that no honest key has.
    pub fn new(name: KeyName, algorithm: Algorithm, public_key: &[u8]) -> Result<Self, KeyError> {
        let public = match algorithm {
            Algorithm::Ed25519 | Algorithm::Ed25519Cosignature => Public::Ed25519(point(public_key)?),
            #[cfg(feature = "ml-dsa")]
            Algorithm::MlDsa44Cosignature => {
                Public::MlDsa44(crate::ml_dsa_44::PublicKey::new(public_key).ok_or(KeyError::BadPoint)?)
            }
        };
        Ok(Self { id: KeyId::of(&name, algorithm, public_key), name, algorithm, public })
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
    pub fn public_key(&self) -> &[u8] {
        match &self.public {
            Public::Ed25519(point) => point.as_bytes(),
            #[cfg(feature = "ml-dsa")]
            Public::MlDsa44(key) => key.as_bytes(),
        }
    }

    /// Strict verification: one signature, one spelling, and no key that fits every message.
    pub(crate) fn accepts(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.public {
            Public::Ed25519(point) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| point.verify_strict(message, &signature).is_ok()),
            #[cfg(feature = "ml-dsa")]
            Public::MlDsa44(key) => key.accepts(message, signature),
        }
    }
}

fn point(public_key: &[u8]) -> Result<ed25519_dalek::VerifyingKey, KeyError> {
    let bytes = public_key.try_into().map_err(|_| KeyError::BadPoint)?;
    let point = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::BadPoint)?;
    // The same point under two spellings would pass for two different witnesses.
    if point.is_weak() || point.to_edwards().compress().as_bytes() != public_key {
        return Err(KeyError::BadPoint);
    }
    Ok(point)
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
        if algorithm.public_key_length_bytes() != public_key.len() {
            return Err(KeyError::Malformed);
        }
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
    /// What the key is made of; zeros for one that is somewhere else.
    seed: [u8; SEED_LENGTH_BYTES],
    secret: Secret,
}

/// Signs in place of a key that is somewhere else: in a token that gives no key out.
pub trait Signs: Send + Sync {
    /// The signature over `message`; nothing if there is none to be had now.
    fn sign(&self, message: &[u8]) -> Option<Vec<u8>>;
}

/// A key that is somewhere else made no signature, or not one that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key signs nothing")]
pub struct Unsigned;

#[derive(Clone)]
enum Secret {
    Ed25519(Box<ed25519_dalek::SigningKey>),
    Held(Arc<dyn Signs>),
    #[cfg(feature = "ml-dsa")]
    MlDsa44(crate::ml_dsa_44::SecretKey),
}

impl KeyPair {
    pub(crate) fn from_seed(name: KeyName, algorithm: Algorithm, seed: &[u8; SEED_LENGTH_BYTES]) -> Self {
        let (secret, public) = match algorithm {
            Algorithm::Ed25519 | Algorithm::Ed25519Cosignature => {
                let secret = ed25519_dalek::SigningKey::from_bytes(seed);
                let public = secret.verifying_key().as_bytes().to_vec();
                (Secret::Ed25519(Box::new(secret)), public)
            }
            #[cfg(feature = "ml-dsa")]
            Algorithm::MlDsa44Cosignature => {
                let secret = crate::ml_dsa_44::SecretKey::from_seed(seed);
                let public = secret.public_key();
                (Secret::MlDsa44(secret), public)
            }
        };
        let verifier = VerifierKey::new(name, algorithm, &public).expect("a key made from a seed is a good point");
        Self { verifier, seed: *seed, secret }
    }

    pub(crate) fn parse(text: &str, expected: impl Fn(Algorithm) -> bool) -> Result<Self, KeyError> {
        let line = text.strip_suffix('\n').unwrap_or(text);
        let key = line.strip_prefix(SECRET_PREFIX).ok_or(KeyError::Malformed)?;
        let (name, id, algorithm, seed) = parse_key(key)?;
        if !expected(algorithm) {
            return Err(KeyError::UnsupportedAlgorithm(algorithm.byte()));
        }
        let seed: [u8; SEED_LENGTH_BYTES] = seed.try_into().map_err(|_| KeyError::Malformed)?;
        let pair = Self::from_seed(name, algorithm, &seed);
        if pair.verifier.id.to_string() != id {
            return Err(KeyError::WrongId);
        }
        Ok(pair)
    }

    pub(crate) fn to_secret_text(&self) -> String {
        let VerifierKey { name, id, algorithm, .. } = &self.verifier;
        let seed = to_base64(&typed(*algorithm, &self.seed));
        format!("{SECRET_PREFIX}{name}+{id}+{seed}\n")
    }

    pub(crate) fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Unsigned> {
        match &self.secret {
            Secret::Ed25519(secret) => Ok(secret.sign(message).to_bytes().to_vec()),
            // What comes from elsewhere is looked at before it goes anywhere.
            Secret::Held(held) => {
                let signature = held.sign(message).ok_or(Unsigned)?;
                if self.verifier.accepts(message, &signature) { Ok(signature) } else { Err(Unsigned) }
            }
            #[cfg(feature = "ml-dsa")]
            Secret::MlDsa44(secret) => Ok(secret.sign(message)),
        }
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

    /// A key that is somewhere else, and signs there.
    pub fn held(verifier: VerifierKey, by: Arc<dyn Signs>) -> Self {
        Self(KeyPair { verifier, seed: [0; SEED_LENGTH_BYTES], secret: Secret::Held(by) })
    }

    /// Reads [`SigningKey::to_secret_text`].
    ///
    /// # Errors
    /// A [`KeyError`] when the text is not the secret key of a log.
    pub fn from_secret_text(text: &str) -> Result<Self, KeyError> {
        KeyPair::parse(text, |algorithm| algorithm == Algorithm::Ed25519).map(Self)
    }

    /// The key as its file holds it: `PRIVATE+KEY+name+id+base64`, which other log software reads too.
    ///
    /// # Panics
    /// If the key is somewhere else: then there is no file of it.
    pub fn to_secret_text(&self) -> String {
        assert!(!matches!(self.0.secret, Secret::Held(_)), "a key that is somewhere else has no text");
        self.0.to_secret_text()
    }

    /// The public half.
    pub fn verifier(&self) -> &VerifierKey {
        self.0.verifier()
    }

    /// Signs a text that is no checkpoint: whether the key can sign at all.
    ///
    /// # Errors
    /// [`Unsigned`].
    pub fn sign_text(&self, text: &str) -> Result<Vec<u8>, Unsigned> {
        self.0.sign(text.as_bytes())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Unsigned> {
        self.0.sign(message)
    }
}

impl fmt::Debug for SigningKey {
    /// The public half only.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKey({})", self.verifier())
    }
}

fn typed(algorithm: Algorithm, key: &[u8]) -> Vec<u8> {
    [&[algorithm.byte()], key].concat()
}

/// The key part is base64, in which a plus may occur; the name and the id have none.
fn parse_key(text: &str) -> Result<(KeyName, &str, Algorithm, Vec<u8>), KeyError> {
    let mut parts = text.splitn(3, '+');
    let mut next = || parts.next().ok_or(KeyError::Malformed);
    let (name, id, key) = (next()?, next()?, next()?);
    let bytes = from_base64(key).ok_or(KeyError::Malformed)?;
    let (type_byte, key) = bytes.split_first().ok_or(KeyError::Malformed)?;
    let algorithm = Algorithm::from_byte(*type_byte)?;
    Ok((KeyName::new(name)?, id, algorithm, key.to_vec()))
}
