//! Cosignatures: another operator says when it saw a checkpoint that continued all earlier ones
//! (c2sp.org/tlog-cosignature): Ed25519, and with the feature `ml-dsa` also ML-DSA-44.

use std::fmt;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::key::{Algorithm, KeyError, KeyName, KeyPair, SEED_LENGTH_BYTES, VerifierKey};
use crate::note::{Note, SignatureLine};

/// The latest time a cosignature may carry.
const MAX_TIME_SECONDS: u64 = i64::MAX as u64;

/// The secret key of a witness. It must never be used under a second name: the name is not signed.
#[derive(Clone)]
pub struct CosigningKey(KeyPair);

impl CosigningKey {
    /// The key that `seed`, 32 random bytes, stands for.
    pub fn from_seed(name: KeyName, seed: &[u8; SEED_LENGTH_BYTES]) -> Self {
        Self(KeyPair::from_seed(name, Algorithm::Ed25519Cosignature, seed))
    }

    /// The key of ML-DSA-44 that `seed`, 32 random bytes, stands for.
    #[cfg(feature = "ml-dsa")]
    pub fn ml_dsa_44_from_seed(name: KeyName, seed: &[u8; SEED_LENGTH_BYTES]) -> Self {
        Self(KeyPair::from_seed(name, Algorithm::MlDsa44Cosignature, seed))
    }

    /// Reads [`CosigningKey::to_secret_text`].
    ///
    /// # Errors
    /// A [`KeyError`] when the text is not the secret key of a witness.
    pub fn from_secret_text(text: &str) -> Result<Self, KeyError> {
        KeyPair::parse(text, Algorithm::is_cosignature).map(Self)
    }

    /// The key as its file holds it.
    pub fn to_secret_text(&self) -> String {
        self.0.to_secret_text()
    }

    /// The public half.
    pub fn verifier(&self) -> &VerifierKey {
        self.0.verifier()
    }

    /// Cosigns a checkpoint; the line goes under the note.
    ///
    /// The caller has verified the log's signature and the consistency with what it cosigned
    /// before, and has made the new size durable: this function checks neither.
    ///
    /// * `at_seconds`: now, in seconds since 1970.
    ///
    /// # Errors
    /// A [`CheckpointError`] when the note is not a checkpoint.
    ///
    /// # Panics
    /// If the time does not fit 63 bits.
    pub fn cosign(&self, note: &Note, at_seconds: u64) -> Result<SignatureLine, CheckpointError> {
        assert!(at_seconds <= MAX_TIME_SECONDS, "no clock shows such a time");
        let checkpoint: Checkpoint = note.text().parse()?;
        let message = message(self.verifier(), at_seconds, note.text(), &checkpoint);
        let signature = self.0.sign(&message).expect("a witness's key is at hand");
        let payload = [&at_seconds.to_be_bytes(), signature.as_slice()].concat();
        Ok(SignatureLine::new(self.verifier(), payload))
    }
}

impl fmt::Debug for CosigningKey {
    /// The public half only.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CosigningKey({})", self.verifier())
    }
}

/// The time of a good cosignature; one of ML-DSA-44 may say nothing of when.
pub(crate) fn verify(key: &VerifierKey, text: &str, payload: &[u8]) -> Option<Option<u64>> {
    let (time, signature) = payload.split_first_chunk::<8>()?;
    let at_seconds = u64::from_be_bytes(*time);
    let checkpoint = text.parse().ok()?;
    let message = message(key, at_seconds, text, &checkpoint);
    let good = at_seconds <= MAX_TIME_SECONDS && key.accepts(&message, signature);
    let says_when = key.algorithm() == Algorithm::Ed25519Cosignature || at_seconds > 0;
    good.then_some(says_when.then_some(at_seconds))
}

#[cfg_attr(not(feature = "ml-dsa"), expect(unused_variables, reason = "Ed25519 signs the text alone"))]
fn message(key: &VerifierKey, at_seconds: u64, text: &str, checkpoint: &Checkpoint) -> Vec<u8> {
    #[cfg(feature = "ml-dsa")]
    if key.algorithm() == Algorithm::MlDsa44Cosignature {
        return subtree(key.name(), at_seconds, checkpoint);
    }
    format!("cosignature/v1\ntime {at_seconds}\n{text}").into_bytes()
}

/// The whole tree as a subtree from its first leaf; names are part of what is signed.
#[cfg(feature = "ml-dsa")]
fn subtree(name: &KeyName, at_seconds: u64, checkpoint: &Checkpoint) -> Vec<u8> {
    let opaque = |text: &str| {
        // A longer name can't be written: then nothing verifies.
        let length = u8::try_from(text.len()).unwrap_or_default();
        [&[length], text.as_bytes()].concat()
    };
    [
        b"subtree/v1\n\0".as_slice(),
        &opaque(name.as_str()),
        &at_seconds.to_be_bytes(),
        &opaque(checkpoint.origin.as_str()),
        &0_u64.to_be_bytes(),
        &checkpoint.size.to_be_bytes(),
        checkpoint.root.as_bytes(),
    ]
    .concat()
}
