//! Reading signatures back: what each covers, whether it holds, who stands behind it.

use jiff::Timestamp;
use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::cms_message::{Opened, open, sha256};
use crate::fields::{self, Signed};
use crate::pdf_text::{read_moment, read_text};
use crate::signer::{TrustRoot, common_name, held_at, issued_by};
use crate::stamp::{Stamp, StampFault, verify_token};

/// What was found about one signature (验签结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureReport {
    /// The field's name.
    pub field: String,
    /// The name in the certificate; empty if there is none to read.
    pub signer: String,
    /// The moment the signer stated. Only a time stamp proves that it was not later.
    pub signed_at: Option<Timestamp>,
    /// The time stamp over the signature, if it carries one: what it says, or why it proves nothing.
    pub stamp: Option<Result<Stamp, StampFault>>,
    /// The reason stated.
    pub reason: String,
    /// Whether the signed bytes are unchanged.
    pub standing: Standing,
    /// Whether a trusted root vouches for the signer.
    pub certificate: CertificateState,
    /// How many bytes of the file, from its start, were there when it was signed.
    pub signed_len_bytes: usize,
    /// Whether nothing was added after it.
    pub covers_whole_file: bool,
}

/// Whether what was signed is what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not one byte of what was signed changed, and only signatures were added since.
    Intact,
    /// The signed bytes are unchanged, but something else than signatures was added behind them.
    Extended,
    /// A signed byte changed, or the signature is not by the key of its certificate.
    Changed,
    /// The signature can't be read at all.
    Malformed,
}

/// What can be said of the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateState {
    /// A trusted root vouches for it, and it held at the moment that was stamped, or stated where nothing was.
    Trusted,
    /// A trusted root vouches for it, but not at that moment.
    OutsideTerm,
    /// No trusted root vouches for it.
    Untrusted,
    /// There is no certificate to read.
    Missing,
}

/// The file is no PDF.
#[derive(Debug, thiserror::Error)]
#[error("the file can't be read as PDF")]
pub struct Unreadable(#[from] lopdf::Error);

impl SignatureReport {
    /// Whether the signature holds and a trusted root stands behind it. A stamp that is broken breaks it: somebody
    /// changed what stood there. One of an authority that is not trusted here proves nothing and breaks nothing.
    pub fn is_valid(&self) -> bool {
        let stamp_broken = matches!(self.stamp, Some(Err(fault)) if fault != StampFault::Signer);
        self.standing == Standing::Intact && self.certificate == CertificateState::Trusted && !stamp_broken
    }
}

/// Reports on every signature of a PDF, in the order of its form. No signatures, no reports.
///
/// * `roots`: who vouches for signers.
/// * `authorities`: whose time stamps count.
///
/// # Errors
/// [`Unreadable`]: damage so deep that the file does not open.
pub fn verify_pdf(
    pdf: &[u8],
    roots: &[TrustRoot],
    authorities: &[TrustRoot],
) -> Result<Vec<SignatureReport>, Unreadable> {
    let document = Document::load_mem(pdf)?;
    let trust = Trust { roots, authorities };
    Ok(fields::signed_fields(&document).iter().map(|field| report(pdf, &document, field, trust)).collect())
}

/// Whom a reader trusts, and for what.
#[derive(Clone, Copy)]
struct Trust<'a> {
    roots: &'a [TrustRoot],
    authorities: &'a [TrustRoot],
}

/// Checks a signature that was made by [`crate::Signer::sign_detached`]; answers the signer's name.
pub fn verify_detached(bytes: &[u8], message: &[u8], roots: &[TrustRoot], at: Timestamp) -> Option<String> {
    let opened = open(message, &sha256(&[bytes])).filter(|opened| opened.holds)?;
    let trusted = certificate_state(&opened, roots, Some(at)) == CertificateState::Trusted;
    trusted.then(|| common_name(&opened.certificate.tbs_certificate.subject))
}

fn report(pdf: &[u8], document: &Document, field: &Signed<'_>, trust: Trust<'_>) -> SignatureReport {
    let stated = |key: &[u8]| field.dictionary.get(key).ok();
    let signed_at = stated(b"M").and_then(read_moment);
    let covered = Covered::of(pdf, field.dictionary);
    let opened = covered.as_ref().and_then(|covered| open(&covered.message, &covered.digest(pdf)));
    let signed_len_bytes = covered.as_ref().map_or(0, |covered| covered.end);
    let signer = opened.as_ref().map(|opened| common_name(&opened.certificate.tbs_certificate.subject));
    let stamp = opened.as_ref().and_then(|opened| stamp(opened, trust.authorities));
    let at = stamp.as_ref().and_then(|stamp| stamp.as_ref().ok()).map(|stamp| stamp.at).or(signed_at);
    SignatureReport {
        field: field.name.clone(),
        signer: signer.unwrap_or_default(),
        signed_at,
        reason: stated(b"Reason").and_then(read_text).unwrap_or_default(),
        standing: standing(pdf, document, opened.as_ref(), signed_len_bytes),
        certificate: opened
            .as_ref()
            .map_or(CertificateState::Missing, |opened| certificate_state(opened, trust.roots, at)),
        stamp,
        signed_len_bytes,
        covers_whole_file: signed_len_bytes == pdf.len(),
    }
}

fn stamp(opened: &Opened, authorities: &[TrustRoot]) -> Option<Result<Stamp, StampFault>> {
    let token = opened.token.as_ref()?;
    Some(match token {
        Some(token) => verify_token(token, &opened.signature, authorities),
        None => Err(StampFault::Malformed),
    })
}

/// The bytes a signature speaks of: all up to `end` but its own place.
struct Covered {
    hole: std::ops::Range<usize>,
    end: usize,
    message: Vec<u8>,
}

impl Covered {
    /// Reads the byte range strictly: from the start, one hole, and in the hole nothing but the signature.
    fn of(pdf: &[u8], dictionary: &Dictionary) -> Option<Self> {
        let numbers = dictionary.get(b"ByteRange").ok()?.as_array().ok()?;
        let number = |index: usize| usize::try_from(numbers.get(index)?.as_i64().ok()?).ok();
        let hole = number(1)?..number(2)?;
        let end = hole.end.checked_add(number(3)?)?;
        if number(0)? != 0 || numbers.len() != 4 || end > pdf.len() {
            return None;
        }
        let digits = pdf.get(hole.clone())?.strip_prefix(b"<")?.strip_suffix(b">")?;
        let message = hex(digits)?;
        (dictionary.get(b"Contents").ok()?.as_str().ok()? == message).then_some(Self { hole, end, message })
    }

    fn digest(&self, pdf: &[u8]) -> [u8; 32] {
        sha256(&[&pdf[..self.hole.start], &pdf[self.hole.end..self.end]])
    }
}

fn hex(digits: &[u8]) -> Option<Vec<u8>> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let pair = |pair: &[u8]| Some(value(pair[0])? << 4 | value(*pair.get(1)?)?);
    digits.chunks(2).map(pair).collect()
}

fn standing(pdf: &[u8], document: &Document, opened: Option<&Opened>, signed_len_bytes: usize) -> Standing {
    match opened {
        None => Standing::Malformed,
        Some(opened) if !opened.holds => Standing::Changed,
        Some(_) if signed_len_bytes == pdf.len() => Standing::Intact,
        Some(_) => match Document::load_mem(&pdf[..signed_len_bytes]) {
            Ok(then) if only_signatures_were_added(&then, document) => Standing::Intact,
            _ => Standing::Extended,
        },
    }
}

fn certificate_state(opened: &Opened, roots: &[TrustRoot], at: Option<Timestamp>) -> CertificateState {
    if !is_vouched_for(opened, roots) {
        return CertificateState::Untrusted;
    }
    let holds = at.is_some_and(|at| held_at(&opened.certificate, at));
    if holds { CertificateState::Trusted } else { CertificateState::OutsideTerm }
}

/// Walks up from the signer's certificate; a few steps are enough for any authority.
fn is_vouched_for(opened: &Opened, roots: &[TrustRoot]) -> bool {
    let mut current = &opened.certificate;
    for _ in 0..5 {
        if roots.iter().any(|root| issued_by(current, &root.0)) {
            return true;
        }
        match opened.certificates.iter().find(|above| *above != current && issued_by(current, above)) {
            Some(above) => current = above,
            None => return false,
        }
    }
    false
}

/// Compares a file as it was signed with the file as it is: pages may have gained signature fields, the form
/// may list them, and nothing else may differ. Without this a later update could repaint a page.
fn only_signatures_were_added(then: &Document, now: &Document) -> bool {
    let same_root = then.trailer.get(b"Root").ok() == now.trailer.get(b"Root").ok();
    let unchanged = |(id, before): (&ObjectId, &Object)| {
        is_structure(before) || now.objects.get(id).is_some_and(|after| is_same(then, now, before, after))
    };
    same_root && then.objects.iter().all(unchanged)
}

/// Tables of the file format itself; each update brings its own.
fn is_structure(object: &Object) -> bool {
    matches!(object.type_name(), Ok(b"XRef" | b"ObjStm"))
}

fn is_same(then: &Document, now: &Document, before: &Object, after: &Object) -> bool {
    if before == after {
        return true;
    }
    let (Ok(before), Ok(after)) = (before.as_dict(), after.as_dict()) else {
        return false;
    };
    match before.get_type() {
        Ok(b"Page") => differs_only(before, after, &[b"Annots"]) && grew(then, now, before, after, b"Annots"),
        Ok(b"Catalog") => differs_only(before, after, &[b"AcroForm"]) && form_grew(then, now, before, after),
        _ => is_form(before) && is_grown_form(then, now, Some(before), after),
    }
}

fn is_form(dictionary: &Dictionary) -> bool {
    dictionary.has(b"Fields") && dictionary.has(b"SigFlags")
}

fn form_grew(then: &Document, now: &Document, before: &Dictionary, after: &Dictionary) -> bool {
    let before = before.get(b"AcroForm").ok().and_then(|form| fields::dictionary(then, form));
    let after = after.get(b"AcroForm").ok().and_then(|form| fields::dictionary(now, form));
    after.is_some_and(|after| is_grown_form(then, now, before, after))
}

fn is_grown_form(then: &Document, now: &Document, before: Option<&Dictionary>, after: &Dictionary) -> bool {
    let empty = Dictionary::new();
    let before = before.unwrap_or(&empty);
    differs_only(before, after, &[b"Fields", b"SigFlags"]) && grew(then, now, before, after, b"Fields")
}

fn differs_only(before: &Dictionary, after: &Dictionary, keys: &[&[u8]]) -> bool {
    let kept = |dictionary: &Dictionary| {
        let mut kept = dictionary.clone();
        for key in keys {
            kept.remove(key);
        }
        kept
    };
    kept(before) == kept(after)
}

/// A list may only have got longer, and only by signature fields.
fn grew(then: &Document, now: &Document, before: &Dictionary, after: &Dictionary, key: &[u8]) -> bool {
    let before = before.get(key).ok().and_then(|list| fields::array(then, list)).unwrap_or(&[]);
    let after = after.get(key).ok().and_then(|list| fields::array(now, list)).unwrap_or(&[]);
    let is_signature = |field: &Object| {
        let kind = fields::dictionary(now, field).and_then(|field| field.get(b"FT").ok());
        kind.is_some_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Sig"))
    };
    after.starts_with(before) && after[before.len()..].iter().all(is_signature)
}
