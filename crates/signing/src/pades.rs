//! Signing a PDF (PAdES B-B, B-T with a time stamp) as an incremental update: what was there before stays, byte for
//! byte.

use jiff::Timestamp;
use lopdf::{Document, IncrementalDocument, Object, ObjectId, Stream, StringFormat, dictionary};

use crate::appearance::{Appearance, Mark, Rect};
use crate::cms_message::{Message, sha256};
use crate::fields;
use crate::pdf_text::{moment, text};
use crate::signer::Signer;
use crate::stamp::{StampFault, token_of};

/// Room for the signature, with space for a time stamp and several certificates.
const ROOM_BYTES: usize = 10_000;

/// Stands in the byte range until the true offsets are known; ten digits reach past any file.
const PLACEHOLDER: i64 = 9_999_999_999;

/// The act of signing, apart from the file.
#[derive(Clone, Copy, Debug)]
pub struct Signing<'a> {
    /// What is seen; `None` signs invisibly.
    pub appearance: Option<Appearance<'a>>,
    /// The moment, as the signer states it.
    pub signed_at: Timestamp,
    /// Why: 签发, 加盖院印, 核对无异议.
    pub reason: &'a str,
}

/// Why a file could not be signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The file is no PDF that can be added to.
    #[error("the file can't be read as PDF")]
    Unreadable(#[from] lopdf::Error),
    /// The file is encrypted; the court never signs what it can't read.
    #[error("the file is encrypted")]
    Encrypted,
    /// The appearance names a page that is not there.
    #[error("the file has no page {0}")]
    NoSuchPage(u32),
    /// The result could not be written.
    #[error("the signed file can't be written")]
    Write(#[from] std::io::Error),
    /// The certificates are larger than the room kept for them.
    #[error("the signature is larger than its room")]
    TooLarge,
    /// The signer's certificate does not hold at the moment of signing: it has ended, or has not begun.
    #[error("the certificate of {0} does not hold at the moment of signing")]
    OutsideTerm(String),
    /// What an authority answered is no stamp over this signature.
    #[error("the time stamp can't be put in")]
    Stamp(#[from] StampFault),
}

impl SignError {
    /// The stable code of this failure.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Encrypted => "encrypted",
            Self::NoSuchPage(_) => "no_such_page",
            Self::Write(_) => "write",
            Self::TooLarge => "too_large",
            Self::OutsideTerm(_) => "outside_term",
            Self::Stamp(fault) => fault.code(),
        }
    }
}

/// A PDF whose signature is made and not yet in its place: an authority may stamp it first, for what is in place is
/// never touched again.
#[derive(Debug)]
pub struct Unstamped {
    bytes: Vec<u8>,
    start: usize,
    message: Message,
}

impl Unstamped {
    /// The signature itself: what an authority stamps.
    pub fn signature(&self) -> &[u8] {
        self.message.signature()
    }

    /// The signed file with the stamp in it (PAdES B-T). Whether the stamp holds is the caller's to check.
    ///
    /// * `answer`: the authority's, as it came.
    ///
    /// # Errors
    /// [`SignError::Stamp`] where it carries no token, [`SignError::TooLarge`] where that is larger than its room.
    pub fn stamped(self, answer: &[u8]) -> Result<Vec<u8>, SignError> {
        let token = token_of(answer)?;
        Self { message: self.message.stamped(&token), ..self }.finished()
    }

    /// The signed file as it is (PAdES B-B).
    ///
    /// # Errors
    /// [`SignError::TooLarge`].
    pub fn finished(mut self) -> Result<Vec<u8>, SignError> {
        let message = self.message.to_der();
        if message.len() > ROOM_BYTES {
            return Err(SignError::TooLarge);
        }
        let digits: String = message.iter().map(|byte| format!("{byte:02X}")).collect();
        self.bytes[self.start + 1..self.start + 1 + digits.len()].copy_from_slice(digits.as_bytes());
        Ok(self.bytes)
    }
}

/// Signs a PDF. The bytes given are a prefix of the bytes returned, so that earlier signatures keep
/// holding; the same call gives the same bytes.
///
/// # Errors
/// [`SignError`].
pub fn sign_pdf(pdf: &[u8], signer: &Signer, signing: &Signing<'_>) -> Result<Vec<u8>, SignError> {
    begin_signing(pdf, signer, signing)?.finished()
}

/// Signs a PDF up to where its signature could be stamped.
///
/// # Errors
/// [`SignError`].
pub fn begin_signing(pdf: &[u8], signer: &Signer, signing: &Signing<'_>) -> Result<Unstamped, SignError> {
    if !signer.holds_at(signing.signed_at) {
        return Err(SignError::OutsideTerm(signer.name()));
    }
    let previous = Document::load_mem(pdf)?;
    if previous.is_encrypted() || previous.was_encrypted() {
        return Err(SignError::Encrypted);
    }
    let page = page_id(&previous, signing)?;
    let name = fields::free_name(&previous);
    let mut file = IncrementalDocument::create_from(pdf.to_vec(), previous);
    let value = file.new_document.add_object(signature_dictionary(signer, signing));
    let field = add_field(&mut file, page, value, &name, signing);
    fields::add_to_page(&mut file, page, field)?;
    fields::add_to_form(&mut file, field)?;
    let mut bytes = Vec::with_capacity(pdf.len() + 4 * ROOM_BYTES);
    file.save_to(&mut bytes)?;
    Ok(fill(bytes, pdf.len(), signer))
}

fn page_id(document: &Document, signing: &Signing<'_>) -> Result<ObjectId, SignError> {
    let number = signing.appearance.map_or(1, |appearance| appearance.page);
    document.get_pages().get(&number).copied().ok_or(SignError::NoSuchPage(number))
}

fn signature_dictionary(signer: &Signer, signing: &Signing<'_>) -> lopdf::Dictionary {
    let range = vec![0.into(), PLACEHOLDER.into(), PLACEHOLDER.into(), PLACEHOLDER.into()];
    dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => Object::Array(range),
        "Contents" => Object::String(vec![0; ROOM_BYTES], StringFormat::Hexadecimal),
        "M" => moment(signing.signed_at),
        "Name" => text(&signer.name()),
        "Reason" => text(signing.reason),
    }
}

/// Adds the field, which is its own annotation: printed, and locked against moving.
fn add_field(
    file: &mut IncrementalDocument,
    page: ObjectId,
    value: ObjectId,
    name: &str,
    signing: &Signing<'_>,
) -> ObjectId {
    let mut field = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text(name),
        "V" => Object::Reference(value),
        "P" => Object::Reference(page),
        "F" => 132,
        "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()],
    };
    if let Some(Appearance { rect, mark, .. }) = signing.appearance {
        let edges = [rect.x_pt, rect.y_pt, rect.x_pt + rect.width_pt, rect.y_pt + rect.height_pt];
        field.set("Rect", edges.map(Object::Real).to_vec());
        let normal = file.new_document.add_object(appearance_stream(rect, &mark));
        field.set("AP", dictionary! { "N" => Object::Reference(normal) });
    }
    file.new_document.add_object(field)
}

fn appearance_stream(rect: Rect, mark: &Mark<'_>) -> Stream {
    let (mode, opacity) = if mark.is_ink() { ("Multiply", 0.92) } else { ("Normal", 1.0) };
    let state = dictionary! { "Type" => "ExtGState", "BM" => mode, "ca" => opacity, "CA" => opacity };
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), Object::Real(rect.width_pt), Object::Real(rect.height_pt)],
        "Resources" => dictionary! { "ExtGState" => dictionary! { "Ink" => state } },
    };
    let mut stream = Stream::new(dictionary, format!("/Ink gs\n{}", mark.draw(rect)).into_bytes());
    // Compression only makes the file smaller; without it the stream is still right.
    let _ = stream.compress();
    stream
}

/// Writes the true byte range, and makes the signature over everything but its own place.
fn fill(mut bytes: Vec<u8>, from: usize, signer: &Signer) -> Unstamped {
    let hole = hole(&bytes[from..]);
    let (start, end) = (from + hole.start, from + hole.end);
    let range = format!("[0 {start} {end} {}]", bytes.len() - end);
    let place = byte_range(&bytes[from..]);
    let place = from + place.start..from + place.end;
    bytes[place.clone()].fill(b' ');
    bytes[place.start..place.start + range.len()].copy_from_slice(range.as_bytes());

    let message = Message::over(signer, &sha256(&[&bytes[..start], &bytes[end..]]));
    Unstamped { bytes, start, message }
}

/// The place of the signature with its brackets, in what was appended.
fn hole(appended: &[u8]) -> std::ops::Range<usize> {
    let zeros = vec![b'0'; 2 * ROOM_BYTES];
    let start = find(appended, &[b"<".as_slice(), &zeros, b">"].concat());
    start..start + 2 * ROOM_BYTES + 2
}

fn byte_range(appended: &[u8]) -> std::ops::Range<usize> {
    let text = format!("[0 {PLACEHOLDER} {PLACEHOLDER} {PLACEHOLDER}]");
    let start = find(appended, text.as_bytes());
    start..start + text.len()
}

fn find(haystack: &[u8], needle: &[u8]) -> usize {
    let found = haystack.windows(needle.len()).position(|window| window == needle);
    found.expect("what was just written is there")
}
