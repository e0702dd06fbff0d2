//! The signature of a token: whose it is, and whether it holds.

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::OctetString;
use der::oid::ObjectIdentifier;
use der::{Any, Decode, Encode, Tag, Tagged};
use x509_cert::Certificate;
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::format::{SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2, SigningCertificate, SigningCertificateV2, TST_INFO};
use super::{StampFault, Told};
use crate::algorithms::{Hash, accepts, sha1};
use crate::signer::TrustRoot;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");

/// A token whose signature holds under its signer's own certificate.
pub(super) struct Opened {
    pub(super) told: Told,
    pub(super) signer: Certificate,
    pub(super) certificates: Vec<Certificate>,
}

/// Opens a token. Certificates that are trusted may be absent from it.
pub(super) fn open(token: &ContentInfo, trusted: &[TrustRoot]) -> Result<Opened, StampFault> {
    let (data, content) = contents(token).ok_or(StampFault::Malformed)?;
    let told = Told::from_der(content.as_bytes()).map_err(|_| StampFault::Malformed)?;
    let [signer_info] = data.signer_infos.0.as_slice() else { return Err(StampFault::Malformed) };
    let certificates = certificates(&data);
    let pool = certificates.iter().chain(trusted.iter().map(|root| &root.0));
    let signer = pool.into_iter().find(|each| is_named(each, &signer_info.sid)).ok_or(StampFault::Signer)?.clone();
    if !holds(signer_info, &signer, content.as_bytes()).unwrap_or(false) {
        return Err(StampFault::Signature);
    }
    Ok(Opened { told, signer, certificates })
}

fn contents(token: &ContentInfo) -> Option<(SignedData, OctetString)> {
    if token.content_type != SIGNED_DATA {
        return None;
    }
    let data: SignedData = token.content.decode_as().ok()?;
    let inner = &data.encap_content_info;
    let content = inner.econtent.as_ref().filter(|_| inner.econtent_type == TST_INFO)?;
    let content = content.decode_as().ok()?;
    Some((data, content))
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
    let own = &certificate.tbs_certificate;
    match id {
        SignerIdentifier::IssuerAndSerialNumber(id) => own.issuer == id.issuer && own.serial_number == id.serial_number,
        SignerIdentifier::SubjectKeyIdentifier(id) => {
            matches!(own.get::<SubjectKeyIdentifier>(), Ok(Some((_, key))) if key == *id)
        }
    }
}

/// The signature covers the attributes; they cover the content and name the certificate.
fn holds(signer: &SignerInfo, certificate: &Certificate, content: &[u8]) -> Option<bool> {
    let attributes = signer.signed_attrs.as_ref()?;
    let value = |oid: ObjectIdentifier| -> Option<&Any> {
        let attribute = attributes.iter().find(|each| each.oid == oid)?;
        attribute.values.iter().next()
    };
    let hash = Hash::named(signer.digest_alg.oid)?;
    let digest = value(MESSAGE_DIGEST).filter(|any| any.tag() == Tag::OctetString)?;
    let content_type: ObjectIdentifier = value(CONTENT_TYPE)?.decode_as().ok()?;
    let tied = match (value(SIGNING_CERTIFICATE_V2), value(SIGNING_CERTIFICATE)) {
        (Some(named), _) => is_certificate_v2(certificate, named)?,
        (None, Some(named)) => is_certificate(certificate, named)?,
        (None, None) => false,
    };
    let signed = accepts(
        &certificate.tbs_certificate.subject_public_key_info,
        signer.signature_algorithm.oid,
        Some(hash),
        &attributes.to_der().ok()?,
        signer.signature.as_bytes(),
    );
    Some(signed && tied && content_type == TST_INFO && digest.value() == hash.of(content))
}

fn is_certificate_v2(certificate: &Certificate, named: &Any) -> Option<bool> {
    let named: SigningCertificateV2 = named.decode_as().ok()?;
    let first = named.certs.first()?;
    let hash = first.algorithm.as_ref().map_or(Some(Hash::Sha256), |algorithm| Hash::named(algorithm.oid))?;
    Some(first.hash.as_bytes() == hash.of(&certificate.to_der().ok()?))
}

fn is_certificate(certificate: &Certificate, named: &Any) -> Option<bool> {
    let named: SigningCertificate = named.decode_as().ok()?;
    Some(named.certs.first()?.hash.as_bytes() == sha1(&certificate.to_der().ok()?))
}
