//! Signed notes: a text, an empty line, and one line per signature (c2sp.org/signed-note).

use std::fmt;
use std::str::FromStr;

use crate::cosignature;
use crate::encoding::{from_base64, to_base64};
use crate::key::{Algorithm, KeyId, KeyName, SigningKey, Unsigned, VerifierKey};

/// The most signatures a note may carry; the specification asks for at least 16.
pub const MAX_SIGNATURES: usize = 100;
/// The longest note that is read at all.
pub const MAX_LENGTH_BYTES: usize = 1 << 20;

const LINE_PREFIX: &str = "— ";

/// A text with signatures. Until [`Note::verify`] has accepted it, the text may say anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

/// One signature as it stands under a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureLine {
    /// The name of the key.
    pub name: KeyName,
    /// The id of the key.
    pub id: KeyId,
    /// The signature; what its bytes mean depends on the algorithm of the key.
    pub payload: Vec<u8>,
}

/// Keys to verify notes with; a name and an id point to at most one of them.
#[derive(Clone, Debug, Default)]
pub struct Keyring {
    keys: Vec<VerifierKey>,
}

/// A signature that is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<'k> {
    /// By whom.
    pub key: &'k VerifierKey,
    /// For a cosignature, when its signer says it was made, in seconds since 1970.
    pub cosigned_at_seconds: Option<u64>,
}

/// Why a note is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Longer than [`MAX_LENGTH_BYTES`].
    #[error("the note is too long")]
    TooLong,
    /// Not UTF-8, or a control character other than the end of a line.
    #[error("the note is not plain text")]
    NotText,
    /// No text before the signatures, or no empty line between, or the last line does not end.
    #[error("the note has no text, an empty line and signatures")]
    Malformed,
    /// A line among the signatures that is none.
    #[error("line {0} of the signatures is not a signature")]
    BadLine(usize),
    /// More than [`MAX_SIGNATURES`].
    #[error("the note has too many signatures")]
    TooManySignatures,
    /// Two keys of a keyring can't be told apart by name and id.
    #[error("two keys have the name {0} and the same id")]
    AmbiguousKey(KeyName),
    /// A key that is trusted did not make the signature under its name.
    #[error("the signature of {0} is wrong")]
    WrongSignature(KeyName),
    /// The key, which is somewhere else, does not sign.
    #[error(transparent)]
    Unsigned(Unsigned),
    /// Nobody who is trusted signed the note.
    #[error("no known key signed the note")]
    NoKnownSignature,
}

impl Note {
    /// Signs a text, which ends with the end of a line.
    ///
    /// # Errors
    /// A [`NoteError`] when the text can't be that of a note.
    pub fn sign(text: &str, key: &SigningKey) -> Result<Self, NoteError> {
        check_text(text)?;
        let line = SignatureLine::new(key.verifier(), key.sign(text.as_bytes()).map_err(NoteError::Unsigned)?);
        Ok(Self { text: text.to_owned(), signatures: vec![line] })
    }

    /// A text under these lines.
    #[cfg(feature = "shangmi")]
    pub(crate) fn of_lines(text: &str, signatures: Vec<SignatureLine>) -> Result<Self, NoteError> {
        check_text(text)?;
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Reads a note. Nothing is verified yet.
    ///
    /// # Errors
    /// A [`NoteError`] when the bytes are not a note.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_LENGTH_BYTES {
            return Err(NoteError::TooLong);
        }
        let note = std::str::from_utf8(bytes).map_err(|_| NoteError::NotText)?;
        // The text may hold empty lines; the last one ends it.
        let empty_line = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
        let (text, signatures) = (&note[..=empty_line], &note[empty_line + 2..]);
        check_text(text)?;
        let signatures = signatures.strip_suffix('\n').ok_or(NoteError::Malformed)?;
        let lines: Vec<_> = signatures.split('\n').collect();
        if lines.len() > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        let lines = lines.iter().enumerate();
        let parsed = lines.map(|(at, line)| line.parse().map_err(|BadSignatureLine| NoteError::BadLine(at + 1)));
        Ok(Self { text: text.to_owned(), signatures: parsed.collect::<Result<_, _>>()? })
    }

    /// The text that is signed, with the end of its last line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signatures, known or not.
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// Puts another signature under the note.
    ///
    /// # Errors
    /// [`NoteError::TooManySignatures`].
    pub fn add(&mut self, line: SignatureLine) -> Result<(), NoteError> {
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        self.signatures.push(line);
        Ok(())
    }

    /// The same text under other signatures.
    pub(crate) fn with(&self, lines: impl IntoIterator<Item = SignatureLine>) -> Result<Note, NoteError> {
        let mut note = Note { text: self.text.clone(), signatures: vec![] };
        lines.into_iter().try_for_each(|line| note.add(line))?;
        Ok(note)
    }

    /// Tells which known keys signed the note; unknown ones are passed over.
    ///
    /// # Errors
    /// [`NoteError::WrongSignature`] when any signature of a known key is not its own, and
    /// [`NoteError::NoKnownSignature`] when there is none.
    pub fn verify<'k>(&self, keys: &'k Keyring) -> Result<Vec<Verified<'k>>, NoteError> {
        let mut verified: Vec<Verified<'k>> = Vec::new();
        for line in &self.signatures {
            let Some(key) = keys.find(line) else { continue };
            let good = key.verify_note(&self.text, &line.payload);
            let good = good.ok_or_else(|| NoteError::WrongSignature(line.name.clone()))?;
            // A second signature of the same key adds nobody.
            if verified.iter().all(|earlier| earlier.key != key) {
                verified.push(good);
            }
        }
        if verified.is_empty() {
            return Err(NoteError::NoKnownSignature);
        }
        Ok(verified)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}

impl SignatureLine {
    pub(crate) fn new(key: &VerifierKey, payload: Vec<u8>) -> Self {
        Self { name: key.name().clone(), id: key.id(), payload }
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.as_bytes(), self.payload.as_slice()].concat();
        write!(out, "{LINE_PREFIX}{} {}", self.name, to_base64(&bytes))
    }
}

/// A text that is not a signature line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is not a signature line")]
pub struct BadSignatureLine;

impl FromStr for SignatureLine {
    type Err = BadSignatureLine;

    fn from_str(line: &str) -> Result<Self, BadSignatureLine> {
        let parts = line.strip_prefix(LINE_PREFIX).and_then(|rest| rest.split_once(' '));
        let (name, signature) = parts.ok_or(BadSignatureLine)?;
        let name = KeyName::new(name).map_err(|_| BadSignatureLine)?;
        let bytes = from_base64(signature).ok_or(BadSignatureLine)?;
        match bytes.split_first_chunk::<4>() {
            Some((id, payload)) if !payload.is_empty() => {
                Ok(Self { name, id: KeyId::from_bytes(*id), payload: payload.to_vec() })
            }
            _ => Err(BadSignatureLine),
        }
    }
}

impl Keyring {
    /// Puts keys on one ring.
    ///
    /// # Errors
    /// [`NoteError::AmbiguousKey`] when two can't be told apart.
    pub fn new(keys: impl IntoIterator<Item = VerifierKey>) -> Result<Self, NoteError> {
        let mut ring = Self::default();
        for key in keys {
            if ring.keys.iter().any(|other| other.name() == key.name() && other.id() == key.id()) {
                return Err(NoteError::AmbiguousKey(key.name().clone()));
            }
            ring.keys.push(key);
        }
        Ok(ring)
    }

    /// The keys of the ring.
    pub fn keys(&self) -> &[VerifierKey] {
        &self.keys
    }

    fn find(&self, line: &SignatureLine) -> Option<&VerifierKey> {
        self.keys.iter().find(|key| *key.name() == line.name && key.id() == line.id)
    }
}

impl VerifierKey {
    pub(crate) fn verify_note(&self, text: &str, payload: &[u8]) -> Option<Verified<'_>> {
        let cosigned_at_seconds = match self.algorithm() {
            Algorithm::Ed25519 => self.accepts(text.as_bytes(), payload).then_some(None)?,
            _ => cosignature::verify(self, text, payload)?,
        };
        Some(Verified { key: self, cosigned_at_seconds })
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if text.contains(|char: char| char < ' ' && char != '\n') {
        return Err(NoteError::NotText);
    }
    if text.trim_end_matches('\n').is_empty() || !text.ends_with('\n') {
        return Err(NoteError::Malformed);
    }
    Ok(())
}
