//! The signature itself: a CMS message over a digest, as CAdES wants it inside a PDF.

use cms::builder::{SignedDataBuilder, SignerInfoBuilder};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::ContentInfo;
use cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{Any, OctetString, SetOfVec};
use der::oid::ObjectIdentifier;
use der::{Decode, Encode, Sequence, Tag};
use p256::ecdsa::{DerSignature, signature::Verifier};
use sha2_of_cms::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::key::Key;
use crate::signer::{Signer, verifying_key};

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// The token of a time stamp over the signature, beside it (RFC 3161, appendix A).
const SIGNATURE_TIME_STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");

/// The attribute that ties a signature to one certificate (RFC 5035); SHA-256 is its default algorithm.
#[derive(Sequence)]
struct SigningCertificateV2 {
    certs: Vec<CertificateId>,
}

#[derive(Sequence)]
struct CertificateId {
    hash: OctetString,
}

/// What a message was found to hold.
pub(crate) struct Opened {
    /// The signer's certificate, as the message names it.
    pub(crate) certificate: Certificate,
    /// Every certificate in the message.
    pub(crate) certificates: Vec<Certificate>,
    /// Whether the signature holds over the digest that was given.
    pub(crate) holds: bool,
    /// The signature itself: what a time stamp is over.
    pub(crate) signature: Vec<u8>,
    /// The token of the time stamp beside it; nothing in it where there is one that can't be read.
    pub(crate) token: Option<Option<ContentInfo>>,
}

/// Hashes pieces as if they were one.
pub(crate) fn sha256(pieces: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update(piece);
    }
    hash.finalize().into()
}

/// A message over bytes that stay outside it, whose signature may still be stamped.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    data: SignedData,
}

impl Message {
    /// Signs a SHA-256 digest. The signature is derived from key and digest alone (RFC 6979).
    pub(crate) fn over(signer: &Signer, digest: &[u8; 32]) -> Self {
        let content = EncapsulatedContentInfo { econtent_type: DATA, econtent: None };
        let message = build(signer, &content, Some(digest)).expect("a P-256 signer always makes a message");
        Self { data: message.content.decode_as().expect("what was just made is a message") }
    }

    fn signer(&self) -> &SignerInfo {
        self.data.signer_infos.0.iter().next().expect("a message is made with one signer")
    }

    /// The signature itself.
    pub(crate) fn signature(&self) -> &[u8] {
        self.signer().signature.as_bytes()
    }

    /// The message with the token of a time stamp over its signature beside it (RFC 3161, appendix A).
    pub(crate) fn stamped(mut self, token: &ContentInfo) -> Self {
        let value = Any::encode_from(token).and_then(|token| SetOfVec::try_from(vec![token]));
        let attribute = Attribute { oid: SIGNATURE_TIME_STAMP, values: value.expect("a token was read as one") };
        let mut signer = self.signer().clone();
        signer.unsigned_attrs = Some(SetOfVec::try_from(vec![attribute]).expect("one attribute is a set"));
        self.data.signer_infos.0 = SetOfVec::try_from(vec![signer]).expect("one signer is a set");
        self
    }

    /// The message as it stands in a file.
    pub(crate) fn to_der(&self) -> Vec<u8> {
        let content = Any::encode_from(&self.data).expect("a message always encodes");
        ContentInfo { content_type: SIGNED_DATA, content }.to_der().expect("a message always encodes")
    }
}

/// Signs a SHA-256 digest: a message without a time stamp.
pub(crate) fn sign_digest(signer: &Signer, digest: &[u8; 32]) -> Vec<u8> {
    Message::over(signer, digest).to_der()
}

/// Signs content that the message carries.
pub(crate) fn sign_content(signer: &Signer, kind: ObjectIdentifier, content: &[u8]) -> ContentInfo {
    let econtent = Any::new(Tag::OctetString, content).expect("what is signed is short");
    let content = EncapsulatedContentInfo { econtent_type: kind, econtent: Some(econtent) };
    build(signer, &content, None).expect("a P-256 signer always makes a message")
}

fn build(
    signer: &Signer,
    content: &EncapsulatedContentInfo,
    digest: Option<&[u8]>,
) -> Result<ContentInfo, cms::builder::Error> {
    let algorithm = AlgorithmIdentifierOwned { oid: SHA256, parameters: None };
    let mut info = SignerInfoBuilder::new(&signer.key, identifier(signer), algorithm.clone(), content, digest)?;
    info.add_signed_attribute(signing_certificate(signer.certificate())?)?;
    let mut message = SignedDataBuilder::new(content);
    message.add_digest_algorithm(algorithm)?;
    for certificate in &signer.chain {
        message.add_certificate(CertificateChoices::Certificate(certificate.clone()))?;
    }
    message.add_signer_info::<Key, DerSignature>(info)?.build()
}

fn identifier(signer: &Signer) -> SignerIdentifier {
    let own = &signer.certificate().tbs_certificate;
    SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
        issuer: own.issuer.clone(),
        serial_number: own.serial_number.clone(),
    })
}

fn signing_certificate(certificate: &Certificate) -> Result<Attribute, der::Error> {
    let hash = OctetString::new(sha256(&[&certificate.to_der()?]))?;
    let value = SigningCertificateV2 { certs: vec![CertificateId { hash }] };
    Ok(Attribute { oid: SIGNING_CERTIFICATE_V2, values: SetOfVec::try_from(vec![Any::encode_from(&value)?])? })
}

/// Opens a message (zeros may follow it) and checks it against the digest of what it claims to sign.
pub(crate) fn open(message: &[u8], digest: &[u8; 32]) -> Option<Opened> {
    let info = ContentInfo::from_der(trimmed(message)?).ok()?;
    if info.content_type != SIGNED_DATA {
        return None;
    }
    let data: SignedData = info.content.decode_as().ok()?;
    let certificates = certificates(&data);
    let [signer] = data.signer_infos.0.as_slice() else {
        return None;
    };
    let certificate = certificates.iter().find(|each| is_named(each, &signer.sid))?.clone();
    let holds = holds(signer, &certificate, digest).unwrap_or(false);
    Some(Opened {
        certificate,
        certificates,
        holds,
        signature: signer.signature.as_bytes().to_vec(),
        token: token(signer),
    })
}

/// The time stamp beside a signature. Two are one too many: it could not be said which counts.
fn token(signer: &SignerInfo) -> Option<Option<ContentInfo>> {
    let attributes = signer.unsigned_attrs.as_ref()?;
    let mut found = attributes.iter().filter(|each| each.oid == SIGNATURE_TIME_STAMP);
    let attribute = found.next()?;
    let mut values = attribute.values.iter();
    let alone = found.next().is_none();
    Some(match (values.next(), values.next()) {
        (Some(value), None) if alone => value.decode_as().ok(),
        _ => None,
    })
}

/// The message without the zeros that fill its place in the file.
fn trimmed(bytes: &[u8]) -> Option<&[u8]> {
    let header = der::Header::decode(&mut der::SliceReader::new(bytes).ok()?).ok()?;
    let whole = (header.encoded_len().ok()? + header.length).ok()?;
    let (message, rest) = bytes.split_at_checked(usize::try_from(whole).ok()?)?;
    rest.iter().all(|byte| *byte == 0).then_some(message)
}

fn certificates(data: &SignedData) -> Vec<Certificate> {
    let all = data.certificates.iter().flat_map(|set| set.0.iter());
    all.filter_map(|each| match each {
        CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
        CertificateChoices::Other(_) => None,
    })
    .collect()
}

fn is_named(certificate: &Certificate, id: &SignerIdentifier) -> bool {
    match id {
        SignerIdentifier::IssuerAndSerialNumber(id) => {
            certificate.tbs_certificate.issuer == id.issuer
                && certificate.tbs_certificate.serial_number == id.serial_number
        }
        // CAdES names the certificate by issuer and number.
        SignerIdentifier::SubjectKeyIdentifier(_) => false,
    }
}

fn holds(signer: &SignerInfo, certificate: &Certificate, digest: &[u8; 32]) -> Option<bool> {
    let attributes = signer.signed_attrs.as_ref()?;
    let value = |oid: ObjectIdentifier| {
        let attribute = attributes.iter().find(|each| each.oid == oid)?;
        attribute.values.iter().next()
    };
    let signed_digest = value(MESSAGE_DIGEST).filter(|any| der::Tagged::tag(*any) == Tag::OctetString)?;
    let content_type: ObjectIdentifier = value(CONTENT_TYPE)?.decode_as().ok()?;
    let named: SigningCertificateV2 = value(SIGNING_CERTIFICATE_V2)?.decode_as().ok()?;
    let own_hash = sha256(&[&certificate.to_der().ok()?]);

    let signature = DerSignature::try_from(signer.signature.as_bytes()).ok()?;
    let signed = verifying_key(certificate)?.verify(&attributes.to_der().ok()?, &signature).is_ok();
    let tied = named.certs.first()?.hash.as_bytes() == own_hash;
    let same = signed_digest.value() == digest && content_type == DATA && signer.digest_alg.oid == SHA256;
    Some(signed && tied && same)
}
