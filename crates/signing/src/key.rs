//! Where a private key is: in memory, or in a token that signs for whoever asks and never shows it.

use std::sync::Arc;

use p256::ecdsa::{
    DerSignature, Signature, SigningKey, VerifyingKey,
    signature::{Error, Keypair, Signer},
};
use x509_cert::spki::{AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier};

use crate::{cms_message::sha256, signer::KeyError};

/// A P-256 key in a token (PKCS#11).
pub trait HeldKey: Send + Sync + 'static {
    /// Its public half: an uncompressed point (SEC1).
    fn public_key(&self) -> Vec<u8>;

    /// Signs a SHA-256 digest: r and s, 32 bytes each; nothing where the token fails.
    fn sign_digest(&self, digest: &[u8; 32]) -> Option<[u8; 64]>;
}

/// A token that holds P-256 keys by their names.
pub trait KeyToken: Send + Sync + 'static {
    /// The key of this name; made in the token if it has none. Nothing where the token fails.
    fn ensure(&self, name: &str) -> Option<Arc<dyn HeldKey>>;
}

/// A P-256 key that signs.
#[derive(Clone)]
pub(crate) enum Key {
    /// In memory.
    Here(SigningKey),
    /// In a token.
    Held { public: VerifyingKey, by: Arc<dyn HeldKey> },
}

impl Key {
    /// A key in a token, tried once: what it can't do is told now, and not when something is to be signed.
    pub(crate) fn held(by: Arc<dyn HeldKey>) -> Result<Self, KeyError> {
        let public = VerifyingKey::from_sec1_bytes(&by.public_key()).map_err(|_| KeyError::Token)?;
        let key = Self::Held { public, by };
        let signed: DerSignature = key.try_sign(b"xiezhi tries the key").map_err(|_| KeyError::Token)?;
        let holds = p256::ecdsa::signature::Verifier::verify(&public, b"xiezhi tries the key", &signed);
        holds.map(|()| key).map_err(|_| KeyError::Token)
    }
}

impl From<SigningKey> for Key {
    fn from(key: SigningKey) -> Self {
        Self::Here(key)
    }
}

impl Keypair for Key {
    type VerifyingKey = VerifyingKey;

    fn verifying_key(&self) -> VerifyingKey {
        match self {
            Self::Here(key) => *key.verifying_key(),
            Self::Held { public, .. } => *public,
        }
    }
}

impl DynSignatureAlgorithmIdentifier for Key {
    fn signature_algorithm_identifier(&self) -> x509_cert::spki::Result<AlgorithmIdentifierOwned> {
        self.verifying_key().signature_algorithm_identifier()
    }
}

impl Signer<DerSignature> for Key {
    fn try_sign(&self, message: &[u8]) -> Result<DerSignature, Error> {
        match self {
            Self::Here(key) => key.try_sign(message),
            Self::Held { by, .. } => {
                let signed = by.sign_digest(&sha256(&[message])).ok_or_else(Error::new)?;
                Ok(Signature::from_slice(&signed)?.to_der())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::signature::hazmat::PrehashSigner;

    use super::*;
    use crate::authority::{Authority, Subject, Term};

    /// A token of paper: its keys are in memory, and may fail.
    struct Paper {
        works: bool,
    }
    struct OfPaper(SigningKey, bool);

    impl KeyToken for Paper {
        fn ensure(&self, name: &str) -> Option<Arc<dyn HeldKey>> {
            let scalar = sha256(&[name.as_bytes()]);
            Some(Arc::new(OfPaper(SigningKey::from_slice(&scalar).expect("a scalar"), self.works)))
        }
    }

    impl HeldKey for OfPaper {
        fn public_key(&self) -> Vec<u8> {
            self.0.verifying_key().to_encoded_point(false).as_bytes().to_vec()
        }

        fn sign_digest(&self, digest: &[u8; 32]) -> Option<[u8; 64]> {
            let signed: Signature = self.0.sign_prehash(digest).ok()?;
            self.1.then(|| signed.to_bytes().into())
        }
    }

    fn term() -> Term {
        Term {
            from_at: "2026-01-01T00:00:00+08:00".parse().expect("a moment"),
            until_at: "2036-01-01T00:00:00+08:00".parse().expect("a moment"),
        }
    }

    #[test]
    fn what_a_token_signs_holds_by_the_root_that_was_kept() {
        let authority =
            Authority::in_token(Arc::new(Paper { works: true }), "证书机构", term(), None).expect("it opens");
        let root = authority.trust_root().to_pem();
        let again = Authority::in_token(Arc::new(Paper { works: true }), "证书机构", term(), Some(&root));
        let again = again.expect("it opens with the root that was kept");
        assert_eq!(again.trust_root().to_pem(), root);
        let subject = Subject { name: "甄明理", organisation: "法院", id: "p1" };
        let signer = again.try_issue(subject, term()).expect("it is issued");
        let message = signer.sign_detached(b"a paper");
        let by = crate::verify_detached(b"a paper", &message, &[authority.trust_root()], term().from_at);
        assert_eq!(by.as_deref(), Some("甄明理"));
    }

    #[test]
    fn a_token_that_fails_or_another_s_root_is_told_at_the_start() {
        assert!(matches!(
            Authority::in_token(Arc::new(Paper { works: false }), "证书机构", term(), None),
            Err(KeyError::Token)
        ));
        let other = Authority::new(&[7; 32], "证书机构", term()).trust_root().to_pem();
        assert!(matches!(
            Authority::in_token(Arc::new(Paper { works: true }), "证书机构", term(), Some(&other)),
            Err(KeyError::OtherKey)
        ));
    }
}
