//! Who signs: a key with its certificate, and the roots that a reader trusts.

use der::{Decode, DecodePem, Encode, EncodePem, pem::LineEnding};
use jiff::Timestamp;
use p256::ecdsa::{SigningKey, VerifyingKey};
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use x509_cert::Certificate;
use x509_cert::ext::pkix::BasicConstraints;
use x509_cert::name::Name;

use crate::algorithms::accepts;
use crate::key::Key;

/// Common name (RFC 4519).
const COMMON_NAME: der::oid::ObjectIdentifier = der::oid::ObjectIdentifier::new_unwrap("2.5.4.3");

/// A person or a court that signs (签名人): a P-256 key and the certificates that vouch for it.
#[derive(Clone)]
pub struct Signer {
    pub(crate) key: Key,
    /// The signer's own certificate first, then those above it without the root.
    pub(crate) chain: Vec<Certificate>,
}

/// A certificate that a reader trusts of itself (根证书).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustRoot(pub(crate) Certificate);

/// Why a key or a certificate can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The private key is not PKCS#8 of P-256.
    #[error("the private key is not a P-256 key in PKCS#8")]
    Key(#[source] p256::pkcs8::Error),
    /// A certificate can't be read.
    #[error("a certificate can't be read")]
    Certificate(#[source] der::Error),
    /// No certificate was given.
    #[error("there is no certificate for the key")]
    NoCertificate,
    /// The certificate speaks of another key.
    #[error("the certificate belongs to another key")]
    OtherKey,
    /// The token that holds the key does not sign, or shows another key than it signs with.
    #[error("the token does not sign")]
    Token,
}

impl Signer {
    /// Reads a key (PKCS#8) and its certificates (own first) from PEM.
    ///
    /// # Errors
    /// When one of them can't be read or they do not belong together.
    pub fn from_pem(key_pem: &str, chain_pem: &str) -> Result<Self, KeyError> {
        let key = SigningKey::from_pkcs8_pem(key_pem).map_err(KeyError::Key)?;
        let chain = Certificate::load_pem_chain(chain_pem.as_bytes()).map_err(KeyError::Certificate)?;
        let own = chain.first().ok_or(KeyError::NoCertificate)?;
        if verifying_key(own) != Some(*key.verifying_key()) {
            return Err(KeyError::OtherKey);
        }
        Ok(Self { key: key.into(), chain })
    }

    /// The private key as PEM, for the keys folder; nothing where a token holds it.
    pub fn key_pem(&self) -> Option<String> {
        let Key::Here(key) = &self.key else { return None };
        Some(key.to_pkcs8_pem(LineEnding::LF).expect("a P-256 key always encodes").to_string())
    }

    /// The certificates as PEM, own first.
    pub fn chain_pem(&self) -> String {
        let pem = |each: &Certificate| each.to_pem(LineEnding::LF).expect("a certificate always encodes");
        self.chain.iter().map(pem).collect()
    }

    /// The name in the signer's certificate.
    pub fn name(&self) -> String {
        common_name(&self.certificate().tbs_certificate.subject)
    }

    /// Whether the signer's own certificate holds at this moment.
    pub fn holds_at(&self, at: Timestamp) -> bool {
        held_at(self.certificate(), at)
    }

    /// Signs bytes that stay outside the signature: a CMS message (DER) with the certificates in it.
    pub fn sign_detached(&self, bytes: &[u8]) -> Vec<u8> {
        crate::cms_message::sign_digest(self, &crate::cms_message::sha256(&[bytes]))
    }

    pub(crate) fn certificate(&self) -> &Certificate {
        self.chain.first().expect("a signer is made with a certificate")
    }
}

impl std::fmt::Debug for Signer {
    /// Shows the name alone: a key never reaches a log.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Signer").field("name", &self.name()).finish_non_exhaustive()
    }
}

impl TrustRoot {
    /// Reads a root from PEM.
    ///
    /// # Errors
    /// When it is no certificate.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        Certificate::from_pem(pem).map(Self).map_err(KeyError::Certificate)
    }

    /// Reads a root from DER.
    ///
    /// # Errors
    /// When it is no certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        Certificate::from_der(der).map(Self).map_err(KeyError::Certificate)
    }

    /// Reads certificates from PEM, one after another.
    ///
    /// # Errors
    /// When one is no certificate, or there is none.
    pub fn all_from_pem(pem: &str) -> Result<Vec<Self>, KeyError> {
        let all = Certificate::load_pem_chain(pem.as_bytes()).map_err(KeyError::Certificate)?;
        if all.is_empty() { Err(KeyError::NoCertificate) } else { Ok(all.into_iter().map(Self).collect()) }
    }

    /// The root as DER.
    pub fn to_der(&self) -> Vec<u8> {
        self.0.to_der().expect("a certificate always encodes")
    }

    /// The root as PEM, for readers to keep.
    pub fn to_pem(&self) -> String {
        self.0.to_pem(LineEnding::LF).expect("a certificate always encodes")
    }

    /// The name in the root.
    pub fn name(&self) -> String {
        common_name(&self.0.tbs_certificate.subject)
    }
}

/// The key a certificate speaks of, if it is one of P-256.
pub(crate) fn verifying_key(certificate: &Certificate) -> Option<VerifyingKey> {
    let public = &certificate.tbs_certificate.subject_public_key_info.subject_public_key;
    VerifyingKey::from_sec1_bytes(public.raw_bytes()).ok()
}

/// Says whether `issuer` may sign certificates and did sign this one.
pub(crate) fn issued_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    let named = certificate.tbs_certificate.issuer == issuer.tbs_certificate.subject;
    named && is_authority(issuer) && is_signed_by(certificate, issuer)
}

fn is_authority(certificate: &Certificate) -> bool {
    let constraints = certificate.tbs_certificate.get::<BasicConstraints>();
    matches!(constraints, Ok(Some((_, BasicConstraints { ca: true, .. }))))
}

fn is_signed_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    let Ok(signed) = certificate.tbs_certificate.to_der() else { return false };
    let key = &issuer.tbs_certificate.subject_public_key_info;
    accepts(key, certificate.signature_algorithm.oid, None, &signed, certificate.signature.raw_bytes())
}

/// Whether a moment lies in the term of a certificate.
pub(crate) fn held_at(certificate: &Certificate, at: Timestamp) -> bool {
    let term = &certificate.tbs_certificate.validity;
    let second = |time: x509_cert::time::Time| i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    (second(term.not_before)..=second(term.not_after)).contains(&at.as_second())
}

/// The common name, or the whole name where there is none.
pub(crate) fn common_name(name: &Name) -> String {
    let mut parts = name.0.iter().flat_map(|part| part.0.iter());
    let common = parts.rfind(|part| part.oid == COMMON_NAME);
    let text = common.and_then(|part| String::from_utf8(part.value.value().to_vec()).ok());
    text.unwrap_or_else(|| name.to_string())
}
