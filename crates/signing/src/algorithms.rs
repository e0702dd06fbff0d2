//! Algorithms that authorities elsewhere sign with: RSA and the curves of NIST, with SHA-2.

use aws_lc_rs::digest as hashing;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P256_SHA512_ASN1, ECDSA_P384_SHA256_ASN1,
    ECDSA_P384_SHA384_ASN1, ECDSA_P384_SHA512_ASN1, ECDSA_P521_SHA256_ASN1, ECDSA_P521_SHA384_ASN1,
    ECDSA_P521_SHA512_ASN1, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    UnparsedPublicKey, VerificationAlgorithm,
};
use der::oid::ObjectIdentifier;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = oid("1.2.840.10045.2.1");

/// A hash of the second generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// The hash that an identifier names.
    pub(crate) fn named(id: ObjectIdentifier) -> Option<Self> {
        [
            (oid("2.16.840.1.101.3.4.2.1"), Self::Sha256),
            (oid("2.16.840.1.101.3.4.2.2"), Self::Sha384),
            (oid("2.16.840.1.101.3.4.2.3"), Self::Sha512),
        ]
        .into_iter()
        .find_map(|(known, hash)| (known == id).then_some(hash))
    }

    pub(crate) fn of(self, bytes: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Self::Sha256 => &hashing::SHA256,
            Self::Sha384 => &hashing::SHA384,
            Self::Sha512 => &hashing::SHA512,
        };
        hashing::digest(algorithm, bytes).as_ref().to_vec()
    }
}

/// SHA-1, by which older time stamps name their signer's certificate; nothing rests on it alone.
pub(crate) fn sha1(bytes: &[u8]) -> Vec<u8> {
    hashing::digest(&hashing::SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec()
}

/// Whether `key` made `signature` over `message`, by the algorithm `id`. Where that names no hash, `beside` does.
pub(crate) fn accepts(
    key: &SubjectPublicKeyInfoOwned,
    id: ObjectIdentifier,
    beside: Option<Hash>,
    message: &[u8],
    signature: &[u8],
) -> bool {
    let known = algorithm(key, id, beside);
    let public = key.subject_public_key.as_bytes().unwrap_or_default();
    known.is_some_and(|known| UnparsedPublicKey::new(known, public).verify(message, signature).is_ok())
}

fn algorithm(
    key: &SubjectPublicKeyInfoOwned,
    id: ObjectIdentifier,
    beside: Option<Hash>,
) -> Option<&'static dyn VerificationAlgorithm> {
    let (kind, hash) = if id == RSA { (RSA, beside?) } else { named(id)? };
    // The hash that a message names and the one that its signature names are one.
    if key.algorithm.oid != kind || beside.is_some_and(|beside| beside != hash) {
        return None;
    }
    if kind == RSA {
        return Some(match hash {
            Hash::Sha256 => &RSA_PKCS1_2048_8192_SHA256,
            Hash::Sha384 => &RSA_PKCS1_2048_8192_SHA384,
            Hash::Sha512 => &RSA_PKCS1_2048_8192_SHA512,
        });
    }
    let curve: ObjectIdentifier = key.algorithm.parameters.as_ref()?.decode_as().ok()?;
    on_curve(curve, hash)
}

fn named(id: ObjectIdentifier) -> Option<(ObjectIdentifier, Hash)> {
    [
        (oid("1.2.840.113549.1.1.11"), RSA, Hash::Sha256),
        (oid("1.2.840.113549.1.1.12"), RSA, Hash::Sha384),
        (oid("1.2.840.113549.1.1.13"), RSA, Hash::Sha512),
        (oid("1.2.840.10045.4.3.2"), EC, Hash::Sha256),
        (oid("1.2.840.10045.4.3.3"), EC, Hash::Sha384),
        (oid("1.2.840.10045.4.3.4"), EC, Hash::Sha512),
    ]
    .into_iter()
    .find_map(|(known, kind, hash)| (known == id).then_some((kind, hash)))
}

fn on_curve(curve: ObjectIdentifier, hash: Hash) -> Option<&'static dyn VerificationAlgorithm> {
    let of_three: [&'static dyn VerificationAlgorithm; 3] = if curve == oid("1.2.840.10045.3.1.7") {
        [&ECDSA_P256_SHA256_ASN1, &ECDSA_P256_SHA384_ASN1, &ECDSA_P256_SHA512_ASN1]
    } else if curve == oid("1.3.132.0.34") {
        [&ECDSA_P384_SHA256_ASN1, &ECDSA_P384_SHA384_ASN1, &ECDSA_P384_SHA512_ASN1]
    } else if curve == oid("1.3.132.0.35") {
        [&ECDSA_P521_SHA256_ASN1, &ECDSA_P521_SHA384_ASN1, &ECDSA_P521_SHA512_ASN1]
    } else {
        return None;
    };
    Some(of_three[hash as usize])
}
