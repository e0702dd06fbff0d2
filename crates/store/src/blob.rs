//! The port of blobs: bytes that are named by what they are.
//!
//! An uploaded file, a long text, an issued PDF is kept once under its SHA-256, for ever. Events name a
//! blob, so its bytes are durable before the event is. A blob is never changed; the two lawful deletions
//! (one material, one case past its retention) take it away whole. Nothing here knows which material,
//! case or reader a blob belongs to: the caller asks whether anything else still names it before erasing.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard};

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures::stream::{self, BoxStream, StreamExt};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// Bytes as they arrive or leave, in pieces of any size.
pub type ByteStream<'a> = BoxStream<'a, Result<Bytes, io::Error>>;

/// The SHA-256 of a blob, which is its name: 64 lower-case hexadecimal digits when written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// Why a text is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 64 lower-case hexadecimal digits")]
pub struct NotADigest;

impl Digest {
    /// Returns the digest of bytes that are at hand.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(NotADigest);
        }
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = (hex_value(pair[0])? << 4) | hex_value(pair[1])?;
        }
        Ok(Self(digest))
    }
}

/// One name has one spelling, so upper-case digits are refused.
fn hex_value(digit: u8) -> Result<u8, NotADigest> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(NotADigest),
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What is known of a blob once it is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Its name.
    pub digest: Digest,
    /// Its length.
    pub size_bytes: u64,
}

/// Why blobs could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The bytes went on past what the caller allows; nothing was kept.
    #[error("more than {max_bytes} bytes arrived")]
    TooLarge {
        /// What the caller allows.
        max_bytes: u64,
    },
    /// Whoever sent the bytes broke off; nothing was kept.
    #[error("the bytes broke off before their end")]
    Interrupted(#[source] io::Error),
    /// There is no such blob.
    #[error("there is no blob {digest}")]
    NotFound {
        /// What was asked for.
        digest: Digest,
    },
    /// The range reaches past the end of the blob.
    #[error("the range reaches past the {size_bytes} bytes of the blob")]
    OutOfRange {
        /// How long the blob is.
        size_bytes: u64,
    },
    /// What lies under the name is something else: the storage was damaged or touched.
    #[error("the bytes kept as {digest} are not those bytes")]
    Damaged {
        /// The name under which it lies.
        digest: Digest,
    },
    /// The disk or the object store failed.
    #[error("the blob storage failed to {act}")]
    Storage {
        /// What was tried, as an infinitive.
        act: &'static str,
        /// What the storage said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl BlobError {
    /// Returns the stable name of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "blob.too-large",
            Self::Interrupted(_) => "blob.interrupted",
            Self::NotFound { .. } => "blob.not-found",
            Self::OutOfRange { .. } => "blob.out-of-range",
            Self::Damaged { .. } => "blob.damaged",
            Self::Storage { .. } => "blob.storage",
        }
    }

    /// Wraps what the storage said when it failed to `act`.
    pub fn storage<E>(act: &'static str) -> impl FnOnce(E) -> Self
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        move |source| Self::Storage { act, source: source.into() }
    }
}

/// Bytes kept once under their own digest.
#[async_trait]
pub trait Blobs: Send + Sync {
    /// Keeps bytes and returns their name once they would survive a power cut.
    ///
    /// The same bytes twice are one blob, and the second call succeeds as the first did.
    ///
    /// * `max_bytes`: the most the caller accepts; one byte more is refused as soon as it arrives.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`] and [`BlobError::Interrupted`] leave nothing behind.
    async fn put(&self, bytes: ByteStream<'_>, max_bytes: u64) -> Result<Stored, BlobError>;

    /// Reads a blob, or the part of it in `range` (bytes, end excluded).
    ///
    /// # Errors
    /// [`BlobError::NotFound`], and [`BlobError::OutOfRange`] for a range that starts after it ends or
    /// ends after the blob does.
    async fn open(&self, digest: Digest, range: Option<Range<u64>>) -> Result<ByteStream<'static>, BlobError>;

    /// Returns the length of a blob in bytes.
    ///
    /// # Errors
    /// [`BlobError::NotFound`].
    async fn size(&self, digest: Digest) -> Result<u64, BlobError>;

    /// Where the blob would lie on a disk of this machine, for a process beside that reads it; nothing where it lies
    /// elsewhere.
    fn path(&self, _digest: Digest) -> Option<PathBuf> {
        None
    }

    /// Tells whether there is such a blob.
    async fn exists(&self, digest: Digest) -> Result<bool, BlobError> {
        match self.size(digest).await {
            Ok(_) => Ok(true),
            Err(BlobError::NotFound { .. }) => Ok(false),
            Err(failed) => Err(failed),
        }
    }

    /// Returns the blobs whose names begin with `first`, in the order of their names: a 256th of all.
    async fn shelf(&self, first: u8) -> Result<Vec<Stored>, BlobError>;

    /// Takes a blob away for good. Erasing what is not there succeeds, so that a retry may repeat it.
    async fn erase(&self, digest: Digest) -> Result<(), BlobError>;

    /// Reads a blob to its end and compares it with its name.
    ///
    /// # Errors
    /// [`BlobError::Damaged`] if they differ.
    async fn verify(&self, digest: Digest) -> Result<(), BlobError> {
        let mut bytes = self.open(digest, None).await?;
        let mut hash = Sha256::new();
        while let Some(piece) = bytes.next().await {
            hash.update(piece.map_err(BlobError::storage("read a blob"))?);
        }
        match Digest(hash.finalize().into()) == digest {
            true => Ok(()),
            false => Err(BlobError::Damaged { digest }),
        }
    }
}

/// Returns `range` as a part of a blob of `size_bytes`, or all of it.
///
/// # Errors
/// [`BlobError::OutOfRange`].
pub fn part(range: Option<Range<u64>>, size_bytes: u64) -> Result<Range<u64>, BlobError> {
    let range = range.unwrap_or(0..size_bytes);
    match range.start <= range.end && range.end <= size_bytes {
        true => Ok(range),
        false => Err(BlobError::OutOfRange { size_bytes }),
    }
}

/// Hashes and counts bytes as they pass, and stops them at the limit.
pub struct Intake {
    hash: Sha256,
    size_bytes: u64,
    max_bytes: u64,
}

impl Intake {
    /// Starts at zero bytes and allows `max_bytes`.
    pub fn new(max_bytes: u64) -> Self {
        Self { hash: Sha256::new(), size_bytes: 0, max_bytes }
    }

    /// Takes the next piece and hands it on.
    ///
    /// # Errors
    /// [`BlobError::Interrupted`] for a piece that failed to arrive, [`BlobError::TooLarge`] for one too many.
    pub fn take(&mut self, piece: Result<Bytes, io::Error>) -> Result<Bytes, BlobError> {
        let piece = piece.map_err(BlobError::Interrupted)?;
        self.size_bytes += piece.len() as u64;
        if self.size_bytes > self.max_bytes {
            return Err(BlobError::TooLarge { max_bytes: self.max_bytes });
        }
        self.hash.update(&piece);
        Ok(piece)
    }

    /// Returns the name and length of all that passed.
    pub fn stored(self) -> Stored {
        Stored { digest: Digest(self.hash.finalize().into()), size_bytes: self.size_bytes }
    }
}

/// The first or the last name that begins with `first`.
fn shelf_end(first: u8, rest: u8) -> Digest {
    let mut name = [rest; 32];
    name[0] = first;
    Digest(name)
}

/// Blobs in memory, for tests and trials: they go with the process.
#[derive(Default)]
pub struct MemoryBlobs {
    kept: Mutex<BTreeMap<Digest, Bytes>>,
}

impl MemoryBlobs {
    fn kept(&self) -> MutexGuard<'_, BTreeMap<Digest, Bytes>> {
        self.kept.lock().expect("no one panics while holding the blobs")
    }

    fn find(&self, digest: Digest) -> Result<Bytes, BlobError> {
        self.kept().get(&digest).cloned().ok_or(BlobError::NotFound { digest })
    }
}

#[async_trait]
impl Blobs for MemoryBlobs {
    async fn put(&self, mut bytes: ByteStream<'_>, max_bytes: u64) -> Result<Stored, BlobError> {
        let mut intake = Intake::new(max_bytes);
        let mut whole = BytesMut::new();
        while let Some(piece) = bytes.next().await {
            whole.extend_from_slice(&intake.take(piece)?);
        }
        let stored = intake.stored();
        self.kept().entry(stored.digest).or_insert_with(|| whole.freeze());
        Ok(stored)
    }

    async fn open(&self, digest: Digest, range: Option<Range<u64>>) -> Result<ByteStream<'static>, BlobError> {
        let whole = self.find(digest)?;
        let Range { start, end } = part(range, whole.len() as u64)?;
        let piece = whole.slice(start as usize..end as usize);
        Ok(stream::once(async move { Ok(piece) }).boxed())
    }

    async fn size(&self, digest: Digest) -> Result<u64, BlobError> {
        Ok(self.find(digest)?.len() as u64)
    }

    async fn shelf(&self, first: u8) -> Result<Vec<Stored>, BlobError> {
        let (from, to) = (shelf_end(first, 0), shelf_end(first, 0xff));
        let stored = |(digest, bytes): (&Digest, &Bytes)| Stored { digest: *digest, size_bytes: bytes.len() as u64 };
        Ok(self.kept().range(from..=to).map(stored).collect())
    }

    async fn erase(&self, digest: Digest) -> Result<(), BlobError> {
        self.kept().remove(&digest);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::blob_conformance!(async { (MemoryBlobs::default(), ()) });

    #[test]
    fn a_digest_is_written_as_it_is_read() {
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc").to_string(), text);
        assert_eq!(text.parse(), Ok(Digest::of(b"abc")));
        assert_eq!(serde_json::to_string(&Digest::of(b"abc")).ok(), Some(format!("\"{text}\"")));
    }

    #[test]
    fn a_digest_has_one_spelling() {
        let text = Digest::of(b"abc").to_string();
        for wrong in [&text[1..], &text.to_uppercase(), "", &text.replace('b', "g")] {
            assert_eq!(wrong.parse::<Digest>(), Err(NotADigest), "{wrong}");
        }
    }

    #[test]
    fn a_part_lies_within_the_blob() {
        assert!(matches!(part(None, 3), Ok(Range { start: 0, end: 3 })));
        assert!(matches!(part(Some(3..3), 3), Ok(Range { start: 3, end: 3 })));
        assert_eq!(part(Some(2..4), 3).expect_err("past the end").code(), "blob.out-of-range");
        let backwards = Range { start: 2, end: 1 };
        assert_eq!(part(Some(backwards), 3).expect_err("backwards").code(), "blob.out-of-range");
    }
}
