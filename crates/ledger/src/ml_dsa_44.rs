//! ML-DSA-44 (FIPS 204), for witnesses whose word is to outlast quantum computers. Deterministic, with an empty context.

use ml_dsa::signature::{Keypair, SignatureEncoding, Signer, Verifier};
use ml_dsa::{EncodedVerifyingKey, MlDsa44, Signature, SigningKey, VerifyingKey};

/// The length of a public key.
pub(crate) const PUBLIC_KEY_LENGTH_BYTES: usize = 1312;

/// A public key; its bytes are kept, since they are looked at more often than it verifies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicKey(Box<[u8]>);

impl PublicKey {
    pub(crate) fn new(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == PUBLIC_KEY_LENGTH_BYTES).then(|| Self(bytes.into()))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn accepts(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = EncodedVerifyingKey::<MlDsa44>::try_from(&*self.0).expect("the length was looked at");
        let signature = Signature::<MlDsa44>::try_from(signature);
        signature.is_ok_and(|signature| VerifyingKey::decode(&key).verify(message, &signature).is_ok())
    }
}

/// A secret key: its seed is all that is kept of it elsewhere.
#[derive(Clone)]
pub(crate) struct SecretKey(Box<SigningKey<MlDsa44>>);

impl SecretKey {
    pub(crate) fn from_seed(seed: &[u8; 32]) -> Self {
        Self(Box::new(SigningKey::from_seed(&(*seed).into())))
    }

    pub(crate) fn public_key(&self) -> Vec<u8> {
        self.0.verifying_key().encode().to_vec()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: Signature<MlDsa44> = self.0.sign(message);
        signature.to_bytes().to_vec()
    }
}
