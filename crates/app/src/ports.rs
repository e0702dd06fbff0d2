//! What the shell needs from outside, as traits; the binary links the implementations.

use std::{path::PathBuf, sync::Arc};

use async_trait::async_trait;
use bytes::Bytes;
use futures::StreamExt as _;
use xiezhi_connect::{Identity, Messages, Payments, Witnesses};
use xiezhi_documents::{returned::Written, structure::Document};
use xiezhi_domain::{law::instrument::Library, material::Spot};
use xiezhi_ledger::Policy;
use xiezhi_store::{
    CheckpointLock, Store, StoreError,
    blob::{Blobs, ByteStream, Digest},
    pages::PageIndex,
};

use crate::{AppError, moment::Clock, scans::Recognised};

/// A printed paper.
#[derive(Clone, Debug)]
pub struct PrintedPaper {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Number of pages.
    pub pages: u32,
    /// Where seal and signatures go.
    pub spots: Vec<Spot>,
}

/// Prints documents. Same document, same bytes.
pub trait Press: Send + Sync + 'static {
    /// Prints a document.
    ///
    /// # Errors
    /// [`AppError::MissingGlyphs`] where no font has a character; never a box in its place.
    fn print(&self, document: &Document) -> Result<PrintedPaper, AppError>;
    /// The pages of the document as OFD, without seals and signatures of its own.
    ///
    /// # Errors
    /// As for [`Press::print`].
    fn ofd(&self, document: &Document) -> Result<Vec<u8>, AppError>;
    /// The same document as DOCX, with properties by which the file is known when it comes back.
    fn docx(&self, document: &Document, marks: &[(&str, String)]) -> Vec<u8>;
}

/// What a look into an uploaded file found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// Type told by content, such as `application/pdf`.
    pub media: String,
    /// Number of pages, 0 where pages make no sense.
    pub pages: u32,
    /// Stable code of what keeps it from being read, if anything does.
    pub problem: Option<String>,
}

/// A rule of lasting PDFs that one breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenRule {
    /// The clause of ISO 19005-2, if it is a rule of that.
    pub clause: Option<&'static str>,
    /// Whether something in the file acts, leads away, or is another file.
    pub acts: bool,
}

/// A run of text on a page, in shares of its size, from the upper left corner.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TextRun {
    /// The text.
    pub text: String,
    /// Left edge, as a share of the page's width.
    pub x: f32,
    /// Upper edge, as a share of the page's height.
    pub y: f32,
    /// Width, as a share.
    pub w: f32,
    /// Height, as a share.
    pub h: f32,
    /// Where each letter begins, in thousandths of the width; of recognised text alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starts: Vec<u16>,
    /// The letters, counted from zero, that may be others; of recognised text alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsure: Vec<u16>,
}

/// Where the text of a page comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TextSource)]
pub enum Source {
    /// The file brings it.
    #[default]
    File,
    /// It was recognised in the image of the page, and may err.
    Recognised,
    /// It will be: the page waits for its turn.
    Awaited,
    /// There is none, and nothing here recognises it.
    None,
}

/// A page with its text.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PageText {
    /// Its width, in points.
    pub width: f32,
    /// Its height, in points.
    pub height: f32,
    /// How far the page must be turned for its text to stand upright, in degrees clockwise.
    #[serde(default)]
    pub turn: u16,
    /// Where its text comes from.
    #[serde(default)]
    pub source: Source,
    /// Its text, placed on the page once it is turned.
    pub runs: Vec<TextRun>,
}

/// A page of one of several files, and how it is to lie in the file that is put together from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComposedLeaf {
    /// Which file, from 0.
    pub source: usize,
    /// Its page, from 1.
    pub page: u32,
    /// How it is turned, clockwise, in degrees: 0, 90, 180 or 270.
    pub turn: u16,
    /// How it is straightened, clockwise, in tenths of a degree.
    pub skew_tenths: i16,
}

/// A part of a page that leads to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinkTo {
    /// The page, from 1.
    pub page: u32,
    /// Where, on the page.
    pub spot: crate::texts::Spot,
    /// The page that it leads to, from 1.
    pub to: u32,
}

/// What was recognised on a page, laid unseen over it where it is put together with others.
#[derive(Clone, Debug, PartialEq)]
pub struct LaidLetters {
    /// Which of the pages that are put together, from 0.
    pub leaf: usize,
    /// How far the page must be turned for its text to stand upright, in degrees clockwise.
    pub turn: u16,
    /// Its text, placed on the page once it is turned.
    pub runs: Vec<TextRun>,
}

/// What makes one book of pages that are put together (装订).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Binding {
    /// Whether each page gets its number.
    pub numbered: bool,
    /// Bookmarks.
    pub headings: Vec<Heading>,
    /// Links.
    pub links: Vec<LinkTo>,
    /// What was recognised on its pages.
    pub letters: Vec<LaidLetters>,
    /// What stands at the foot of every page: who took it, and when.
    pub mark: Option<String>,
}

/// A place that is painted over in a copy (遮盖).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blot {
    /// The page, from 1.
    pub page: u32,
    /// Where, on the page as it is drawn.
    pub spot: crate::texts::Spot,
}

/// What a scanned page shows without being read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ScannedPage {
    /// Codes on it: what each says, and how the page has to be turned for it to stand upright.
    pub codes: Vec<(String, u16)>,
    /// Whether nothing stands on it.
    pub blank: bool,
    /// How it has to be straightened, clockwise, in tenths of a degree.
    pub skew_tenths: i16,
}

/// What a page looks like, from afar: made and compared by whoever reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PageLook(pub [u64; 4]);

/// An entry of the table of contents that a file brings (书签).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = Bookmark)]
pub struct Heading {
    /// Its words.
    pub title: String,
    /// How deep it lies, from 1.
    pub level: u32,
    /// The page that it leads to, from 1.
    pub page: u32,
}

/// A file that the court keeps, as whoever reads it is given it: as a place or a stream, for it may be larger than
/// what fits in memory.
#[derive(Clone)]
pub struct KeptFile(Lies);

#[derive(Clone)]
enum Lies {
    InStorage { blobs: Arc<dyn Blobs>, digest: Digest },
    InMemory(Bytes),
}

impl KeptFile {
    /// The file of this hash.
    pub fn new(blobs: Arc<dyn Blobs>, digest: Digest) -> Self {
        Self(Lies::InStorage { blobs, digest })
    }

    /// One that was just made and is not kept yet.
    pub fn made(bytes: Vec<u8>) -> Self {
        Self(Lies::InMemory(bytes.into()))
    }

    /// Where it lies on a disk of this machine, if it does.
    ///
    /// # Errors
    /// [`AppError::NotFound`], or what the storage says.
    pub async fn path(&self) -> Result<Option<PathBuf>, AppError> {
        let Lies::InStorage { blobs, digest } = &self.0 else { return Ok(None) };
        match blobs.path(*digest) {
            None => Ok(None),
            Some(path) => Ok(blobs.size(*digest).await.map(|_| Some(path))?),
        }
    }

    /// Its bytes, read as they are needed.
    pub async fn open(&self) -> Result<ByteStream<'static>, AppError> {
        match &self.0 {
            Lies::InStorage { blobs, digest } => Ok(blobs.open(*digest, None).await?),
            Lies::InMemory(bytes) => {
                let bytes = bytes.clone();
                Ok(futures::stream::once(async move { Ok(bytes) }).boxed())
            }
        }
    }

    /// All of it at once; of what is known to be small.
    pub async fn bytes(&self) -> Result<Vec<u8>, AppError> {
        let (mut pieces, mut bytes) = (self.open().await?, vec![]);
        while let Some(piece) = pieces.next().await {
            bytes.extend_from_slice(&piece.map_err(|fault| AppError::failed("the blob storage", fault))?);
        }
        Ok(bytes)
    }
}

/// Reads uploaded files in a confined process.
#[async_trait]
pub trait Reading: Send + Sync + 'static {
    /// What the confined process can do here that it should be kept from, by stable names: the kernel refused the means.
    ///
    /// # Errors
    /// Where no such process starts, and nothing can be read.
    async fn unconfined(&self) -> Result<Vec<&'static str>, AppError>;
    /// Looks at a file.
    async fn inspect(&self, file: &KeptFile) -> Result<Inspected, AppError>;
    /// The rules of PDF/A-2b that a PDF breaks, and whether it leads away.
    async fn broken_rules(&self, file: &KeptFile) -> Result<Vec<BrokenRule>, AppError>;
    /// An image of page `no` (from 1), `width_px` wide, as JPEG.
    async fn page_image(&self, file: &KeptFile, no: u32, width_px: u32) -> Result<Vec<u8>, AppError>;
    /// The same with words burned into it: who reads it, and when.
    async fn marked_page(&self, file: &KeptFile, no: u32, width_px: u32, words: &str) -> Result<Vec<u8>, AppError>;
    /// The text of every page, with its places.
    async fn texts(&self, file: &KeptFile) -> Result<Vec<PageText>, AppError>;
    /// The table of contents that a file brings; most bring none.
    async fn outline(&self, file: &KeptFile) -> Result<Vec<Heading>, AppError>;
    /// Whether anything here recognises the text of scans.
    fn recognises(&self) -> bool;
    /// Recognises the text of pages (from 1), which are scans. A page that cannot be read has none; pages after one that
    /// ended the worker are not told of.
    async fn recognise(&self, file: &KeptFile, pages: &[u32]) -> Result<Vec<(u32, Recognised)>, AppError>;
    /// The text of page `no`, with its places.
    async fn page_text(&self, file: &KeptFile, no: u32) -> Result<Vec<TextRun>, AppError>;
    /// What stands in a file of a word processor (DOCX).
    async fn words(&self, bytes: Vec<u8>) -> Result<Written, AppError>;
    /// Puts pages of several files together as one PDF. Same pages, same bytes.
    async fn compose(&self, files: &[KeptFile], leaves: &[ComposedLeaf]) -> Result<Vec<u8>, AppError>;
    /// The same with numbers, bookmarks and links, the text of scans, and who took it.
    async fn bind(&self, files: &[KeptFile], leaves: &[ComposedLeaf], binding: &Binding) -> Result<Vec<u8>, AppError>;
    /// A copy, as PDF, in which nothing is left of what lies under the blots. Same file, same blots, same bytes.
    async fn redact(&self, file: &KeptFile, blots: &[Blot]) -> Result<Vec<u8>, AppError>;
    /// What up to `count` pages of a scan show, from page `from` (from 1).
    async fn examine(&self, file: &KeptFile, from: u32, count: u32) -> Result<Vec<ScannedPage>, AppError>;
    /// What each page looks like; nothing of a blank one.
    async fn looks(&self, file: &KeptFile) -> Result<Vec<Option<PageLook>>, AppError>;
    /// Whether two pages look so alike that it is worth comparing them.
    fn looks_like(&self, one: PageLook, other: PageLook) -> bool;
    /// Whether pages of two files (from 1, in pairs) are scans of one sheet.
    async fn same(&self, file: &KeptFile, other: &KeptFile, pages: &[(u32, u32)]) -> Result<Vec<bool>, AppError>;
}

/// A batch of scans that lies complete (扫描批次): one file, or a folder of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaidBatch {
    /// What the scanner called it.
    pub name: String,
    /// Its files, in the order of their names.
    pub files: Vec<String>,
}

/// Where scanners lay what they scan.
#[async_trait]
pub trait Scanners: Send + Sync + 'static {
    /// Batches that grow no more.
    async fn ready(&self) -> Result<Vec<LaidBatch>, AppError>;
    /// A file of a batch, read as it is needed.
    async fn open(&self, batch: &LaidBatch, file: &str) -> Result<ByteStream<'static>, AppError>;
    /// The court has the batch: it goes out of the way. Saying so twice is harmless.
    async fn taken(&self, batch: &LaidBatch) -> Result<(), AppError>;
    /// The court can't read the batch: it goes out of the way, for someone to look at.
    async fn refused(&self, batch: &LaidBatch) -> Result<(), AppError>;
}

/// A court without a scanning centre.
#[derive(Clone, Copy, Debug)]
pub struct NoScanners;

#[async_trait]
impl Scanners for NoScanners {
    async fn ready(&self) -> Result<Vec<LaidBatch>, AppError> {
        Ok(vec![])
    }

    async fn open(&self, _: &LaidBatch, _: &str) -> Result<ByteStream<'static>, AppError> {
        Err(AppError::NotFound)
    }

    async fn taken(&self, _: &LaidBatch) -> Result<(), AppError> {
        Ok(())
    }

    async fn refused(&self, _: &LaidBatch) -> Result<(), AppError> {
        Ok(())
    }
}

/// Small files by path: tiles, entry bundles and the published checkpoint of a log; lists of a backup.
#[async_trait]
pub trait LogFiles: Send + Sync + 'static {
    /// Writes a file durably, whole or not at all.
    async fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), StoreError>;
    /// Reads a file.
    async fn get(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// Takes a file away; taking what is not there succeeds.
    async fn erase(&self, path: &str) -> Result<(), StoreError>;
}

/// The texts of instruments that the court brought along (`xiezhi law import`).
pub trait Statutes: Send + Sync + 'static {
    /// All of them, as they are now.
    fn library(&self) -> Arc<Library>;
}

impl Statutes for Arc<Library> {
    fn library(&self) -> Arc<Library> {
        Arc::clone(self)
    }
}

/// Everything the shell is given.
pub struct Ports {
    /// Record, read model, working data, outbox.
    pub store: Arc<dyn Store>,
    /// Files.
    pub blobs: Arc<dyn Blobs>,
    /// The index of pages.
    pub pages: Arc<dyn PageIndex>,
    /// Files of the logs.
    pub log_files: Arc<dyn LogFiles>,
    /// The copy of the newest checkpoint that is kept apart.
    pub checkpoint_lock: Arc<dyn CheckpointLock>,
    /// Printing.
    pub press: Arc<dyn Press>,
    /// Reading.
    pub reading: Arc<dyn Reading>,
    /// Scanners.
    pub scanners: Arc<dyn Scanners>,
    /// Texts of the law.
    pub statutes: Arc<dyn Statutes>,
    /// Who people are.
    pub identity: Arc<dyn Identity>,
    /// Payments.
    pub payments: Arc<dyn Payments>,
    /// Messages.
    pub messages: Arc<dyn Messages>,
    /// Whom readers of the logs trust; made by [`policy`](crate::witnessing::policy).
    pub policy: Policy,
    /// Where the witnesses of the policy are asked.
    pub witnesses: Arc<dyn Witnesses>,
    /// Who stamps the record's checkpoints, and how often.
    pub stamping: crate::stamping::Stamping,
    /// Who looks through files for viruses.
    pub screening: crate::screening::Screening,
    /// Whether the record's root is also signed in SM2 over SM3.
    pub shadow: bool,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Keys.
    pub keys: crate::court::Keys,
    /// Settings a court starts with; adopted on the record when it has none yet.
    pub settings: xiezhi_domain::rules::Settings,
    /// Name of this node, for leases.
    pub node: String,
}
