//! Time stamps as they travel: the structures of RFC 3161 and the attributes by which a token names its signer.

use cms::content_info::ContentInfo;
use der::asn1::{BitString, Int, OctetString};
use der::oid::ObjectIdentifier;
use der::{Any, Sequence};
use x509_cert::ext::Extensions;
use x509_cert::spki::AlgorithmIdentifierOwned;

pub(super) const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
pub(super) const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
pub(super) const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// What is to be stamped: a hash, and which.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(super) struct Imprint {
    pub(super) algorithm: AlgorithmIdentifierOwned,
    pub(super) hash: OctetString,
}

/// The question.
#[derive(Clone, Debug, Sequence)]
pub(super) struct Request {
    pub(super) version: u8,
    pub(super) imprint: Imprint,
    pub(super) policy: Option<ObjectIdentifier>,
    pub(super) nonce: Option<Int>,
    #[asn1(default = "Default::default")]
    pub(super) with_certificates: bool,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub(super) extensions: Option<Extensions>,
}

/// The answer: a state, and the token if it is granted.
#[derive(Clone, Debug, Sequence)]
pub(super) struct Answer {
    pub(super) status: Status,
    pub(super) token: Option<ContentInfo>,
}

/// 0 and 1 grant a token.
#[derive(Clone, Debug, Sequence)]
pub(super) struct Status {
    pub(super) status: u8,
    pub(super) words: Option<Vec<Any>>,
    pub(super) failure: Option<BitString>,
}

/// What a token says: this hash was there at this time.
#[derive(Clone, Debug, Sequence)]
pub(super) struct Told {
    pub(super) version: u8,
    pub(super) policy: ObjectIdentifier,
    pub(super) imprint: Imprint,
    pub(super) serial: Int,
    /// Kept as it is: the general format takes no parts of seconds, authorities write them.
    pub(super) at: Any,
    pub(super) accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    pub(super) ordering: bool,
    pub(super) nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub(super) authority: Option<Any>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub(super) extensions: Option<Extensions>,
}

/// How far the time may be off.
#[derive(Clone, Debug, Sequence)]
pub(super) struct Accuracy {
    pub(super) seconds: Option<u64>,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub(super) millis: Option<u16>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub(super) micros: Option<u16>,
}

/// Which certificate signed (RFC 2634, by SHA-1).
#[derive(Clone, Debug, Sequence)]
pub(super) struct SigningCertificate {
    pub(super) certs: Vec<CertificateId>,
    pub(super) policies: Option<Vec<Any>>,
}

#[derive(Clone, Debug, Sequence)]
pub(super) struct CertificateId {
    pub(super) hash: OctetString,
    pub(super) issuer_and_serial: Option<Any>,
}

/// The same (RFC 5035), by SHA-256 unless it says otherwise.
#[derive(Clone, Debug, Sequence)]
pub(super) struct SigningCertificateV2 {
    pub(super) certs: Vec<CertificateIdV2>,
    pub(super) policies: Option<Vec<Any>>,
}

#[derive(Clone, Debug, Sequence)]
pub(super) struct CertificateIdV2 {
    pub(super) algorithm: Option<AlgorithmIdentifierOwned>,
    pub(super) hash: OctetString,
    pub(super) issuer_and_serial: Option<Any>,
}
