//! Time stamps (可信时间戳, RFC 3161): what is asked of an authority, and what its answer proves.
//!
//! An authority sees a hash and says when it saw it. Its answer is kept as it came: what it proves is found again
//! each time from the bytes that were stamped and the certificates that the reader trusts. Whether an authority
//! took a certificate back since is not asked: that needs the authority.

mod format;
mod token;

use std::time::Duration;

use cms::content_info::ContentInfo;
use der::asn1::{Int, OctetString};
use der::oid::ObjectIdentifier;
use der::{Any, Decode, Encode, Tag, Tagged};
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::ext::pkix::ExtendedKeyUsage;
use x509_cert::spki::AlgorithmIdentifierOwned;

use self::format::{Accuracy, Answer, Imprint, Request, Status, Told};
use crate::algorithms::Hash;
use crate::cms_message::{sha256, sign_content};
use crate::signer::{Signer, TrustRoot, common_name, held_at, issued_by};

/// What the key of a time-stamp authority is for, and nothing else.
pub(crate) const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// A policy of stamps that belongs to nobody (RFC 5612's arc for examples): the test authority has none of its own.
const NO_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1");

/// A question to an authority: the hash of what is to be stamped, and a number that its answer repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampQuestion {
    sha256: [u8; 32],
    nonce: Int,
}

/// What a time stamp says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The bytes existed at this moment, by the authority's clock.
    pub at: Timestamp,
    /// How far the authority says that its clock may be off.
    pub accuracy: Option<Duration>,
    /// The name in the authority's certificate.
    pub authority: String,
    /// Its number among the stamps of the authority: hexadecimal digits.
    pub serial: String,
}

/// Why an answer proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StampFault {
    /// It is not an answer of the protocol.
    #[error("it is not a time stamp")]
    Malformed,
    /// The authority said no.
    #[error("the authority granted no stamp (status {0})")]
    Refused(u8),
    /// It is about other bytes.
    #[error("it was given for something else")]
    OtherBytes,
    /// It answers another question: an old answer, shown again.
    #[error("it answers another question")]
    OtherQuestion,
    /// The signature does not hold.
    #[error("its signature does not hold")]
    Signature,
    /// Nobody who is trusted vouches for the authority.
    #[error("no trusted certificate vouches for the authority")]
    Signer,
    /// The certificate is not one for time stamps alone.
    #[error("the certificate is not one for time stamps")]
    Purpose,
    /// The certificate did not hold at the time of the stamp.
    #[error("the certificate was not valid at the time of the stamp")]
    OutsideTerm,
}

impl StampFault {
    /// The stable name of the fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "stamp.format",
            Self::Refused(_) => "stamp.refused",
            Self::OtherBytes => "stamp.other_bytes",
            Self::OtherQuestion => "stamp.other_question",
            Self::Signature => "stamp.signature",
            Self::Signer => "stamp.signer",
            Self::Purpose => "stamp.purpose",
            Self::OutsideTerm => "stamp.expired",
        }
    }
}

impl StampQuestion {
    /// A question over `bytes`; `random` makes it one of its own.
    pub fn over(bytes: &[u8], random: [u8; 16]) -> Self {
        let mut number = random;
        // Positive, and of the one right length.
        number[0] = (number[0] & 0x7f) | 0x40;
        Self { sha256: sha256(&[bytes]), nonce: Int::new(&number).expect("sixteen bytes make a number") }
    }

    /// The question as it is sent (`application/timestamp-query`).
    pub fn to_der(&self) -> Vec<u8> {
        let request = Request {
            version: 1,
            imprint: imprint(&self.sha256),
            policy: None,
            nonce: Some(self.nonce.clone()),
            with_certificates: true,
            extensions: None,
        };
        request.to_der().expect("a question always encodes")
    }

    /// What the answer to this question proves of `bytes`.
    ///
    /// # Errors
    /// A [`StampFault`]: then it proves nothing.
    pub fn accept(&self, answer: &[u8], bytes: &[u8], trusted: &[TrustRoot]) -> Result<Stamp, StampFault> {
        let told = open(answer, trusted)?;
        let stamp = verified(&told, bytes, trusted)?;
        if told.told.nonce.as_ref() != Some(&self.nonce) {
            return Err(StampFault::OtherQuestion);
        }
        Ok(stamp)
    }
}

/// Checks an answer of an authority (`.tsr`) over `bytes`: that it is about them, that a certificate for time stamps
/// signed it, that one of `trusted` is that certificate or vouches for it, and that it held at the time told.
///
/// # Errors
/// A [`StampFault`]: the first thing that is not so.
pub fn verify_stamp(answer: &[u8], bytes: &[u8], trusted: &[TrustRoot]) -> Result<Stamp, StampFault> {
    verified(&open(answer, trusted)?, bytes, trusted)
}

/// Checks the token of a time stamp, as it stands beside a signature, over `bytes`.
pub(crate) fn verify_token(token: &ContentInfo, bytes: &[u8], trusted: &[TrustRoot]) -> Result<Stamp, StampFault> {
    verified(&token::open(token, trusted)?, bytes, trusted)
}

fn open(answer: &[u8], trusted: &[TrustRoot]) -> Result<token::Opened, StampFault> {
    token::open(&token_of(answer)?, trusted)
}

/// The token in an answer that grants one.
pub(crate) fn token_of(answer: &[u8]) -> Result<ContentInfo, StampFault> {
    let answer = Answer::from_der(answer).map_err(|_| StampFault::Malformed)?;
    match (answer.status.status, answer.token) {
        (0 | 1, Some(token)) => Ok(token),
        (0 | 1, None) => Err(StampFault::Malformed),
        (status, _) => Err(StampFault::Refused(status)),
    }
}

fn verified(opened: &token::Opened, bytes: &[u8], trusted: &[TrustRoot]) -> Result<Stamp, StampFault> {
    let Told { imprint, at, accuracy, serial, .. } = &opened.told;
    let hash = Hash::named(imprint.algorithm.oid).ok_or(StampFault::OtherBytes)?;
    if imprint.hash.as_bytes() != hash.of(bytes) {
        return Err(StampFault::OtherBytes);
    }
    let at = moment(at).ok_or(StampFault::Malformed)?;
    if !is_for_stamps(&opened.signer) {
        return Err(StampFault::Purpose);
    }
    vouched_for(opened, trusted, at)?;
    Ok(Stamp {
        at,
        accuracy: accuracy.as_ref().map(span),
        authority: common_name(&opened.signer.tbs_certificate.subject),
        serial: serial.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}

/// The key is for time stamps and for nothing else, and whoever does not know what that means must refuse it.
fn is_for_stamps(certificate: &Certificate) -> bool {
    let usage = certificate.tbs_certificate.get::<ExtendedKeyUsage>();
    matches!(usage, Ok(Some((true, ExtendedKeyUsage(purposes)))) if purposes == [TIME_STAMPING])
}

/// Walks up from the authority's certificate to one that is trusted; each on the way held at the time told.
fn vouched_for(opened: &token::Opened, trusted: &[TrustRoot], at: Timestamp) -> Result<(), StampFault> {
    let mut current = &opened.signer;
    for _ in 0..5 {
        if trusted.iter().any(|root| root.0 == *current || issued_by(current, &root.0)) {
            return if held_at(current, at) { Ok(()) } else { Err(StampFault::OutsideTerm) };
        }
        if !held_at(current, at) {
            return Err(StampFault::OutsideTerm);
        }
        let above = opened.certificates.iter().find(|above| *above != current && issued_by(current, above));
        current = above.ok_or(StampFault::Signer)?;
    }
    Err(StampFault::Signer)
}

fn span(accuracy: &Accuracy) -> Duration {
    let micros =
        u64::from(accuracy.millis.unwrap_or_default()) * 1_000 + u64::from(accuracy.micros.unwrap_or_default());
    Duration::from_secs(accuracy.seconds.unwrap_or_default()).saturating_add(Duration::from_micros(micros))
}

/// Reads `YYYYMMDDhhmmss[.f]Z`.
fn moment(time: &Any) -> Option<Timestamp> {
    let text = std::str::from_utf8(time.value()).ok().filter(|_| time.tag() == Tag::GeneralizedTime)?;
    let (whole, part) = match text.strip_suffix('Z')?.split_once('.') {
        Some((whole, part)) => (whole, part),
        None => (text.strip_suffix('Z')?, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || part.len() > 9 || !digits(whole) || !digits(part) {
        return None;
    }
    let at = Timestamp::strptime("%Y%m%d%H%M%S%z", format!("{whole}+0000")).ok()?;
    at.checked_add(Duration::from_nanos(format!("{part:0<9}").parse().ok()?)).ok()
}

fn imprint(sha256: &[u8; 32]) -> Imprint {
    Imprint {
        algorithm: AlgorithmIdentifierOwned { oid: SHA256, parameters: None },
        hash: OctetString::new(*sha256).expect("a hash is short"),
    }
}

/// Answers a question as an authority does: `signer` is one that [`Authority::issue_for_stamps`] made. What can't be
/// read, or asks for another hash than SHA-256, gets a refusal.
///
/// * `at`: now, to the second.
/// * `number`: the stamp's own, never used before.
///
/// [`Authority::issue_for_stamps`]: crate::authority::Authority::issue_for_stamps
pub fn answer(signer: &Signer, question: &[u8], at: Timestamp, number: [u8; 16]) -> Vec<u8> {
    let granted = Request::from_der(question).ok().and_then(|request| stamped(signer, &request, at, number));
    let status = if granted.is_some() { 0 } else { 2 };
    let answer = Answer { status: Status { status, words: None, failure: None }, token: granted };
    answer.to_der().expect("an answer always encodes")
}

fn stamped(signer: &Signer, request: &Request, at: Timestamp, mut number: [u8; 16]) -> Option<ContentInfo> {
    if request.imprint.algorithm.oid != SHA256 || request.imprint.hash.as_bytes().len() != 32 {
        return None;
    }
    number[0] = (number[0] & 0x7f) | 0x40;
    let time = at.strftime("%Y%m%d%H%M%SZ").to_string();
    let told = Told {
        version: 1,
        policy: request.policy.unwrap_or(NO_POLICY),
        imprint: request.imprint.clone(),
        serial: Int::new(&number).ok()?,
        at: Any::new(Tag::GeneralizedTime, time.as_bytes()).ok()?,
        accuracy: Some(Accuracy { seconds: Some(1), millis: None, micros: None }),
        ordering: false,
        nonce: request.nonce.clone(),
        authority: None,
        extensions: None,
    };
    Some(sign_content(signer, format::TST_INFO, &told.to_der().ok()?))
}
