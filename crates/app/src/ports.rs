//! What the shell needs from outside, as traits; the binary links the implementations.

use std::sync::Arc;

use async_trait::async_trait;
use xiezhi_connect::{Identity, Messages, Payments, Witnesses};
use xiezhi_documents::structure::Document;
use xiezhi_domain::{law::instrument::Library, material::Spot};
use xiezhi_ledger::Policy;
use xiezhi_store::{CheckpointLock, Store, StoreError, blob::Blobs};

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

/// Reads uploaded files in a confined process.
#[async_trait]
pub trait Reading: Send + Sync + 'static {
    /// Looks at a file.
    async fn inspect(&self, bytes: Vec<u8>, name: &str) -> Result<Inspected, AppError>;
    /// An image of page `no` (from 1), `width_px` wide, as JPEG.
    async fn page_image(&self, bytes: Vec<u8>, no: u32, width_px: u32) -> Result<Vec<u8>, AppError>;
    /// The text of every page, with its places.
    async fn texts(&self, bytes: Vec<u8>) -> Result<Vec<PageText>, AppError>;
    /// The table of contents that a file brings; most bring none.
    async fn outline(&self, bytes: Vec<u8>) -> Result<Vec<Heading>, AppError>;
    /// Whether anything here recognises the text of scans.
    fn recognises(&self) -> bool;
    /// Recognises the text of pages (from 1), which are scans. A page that cannot be read has none; pages after one that
    /// ended the worker are not told of.
    async fn recognise(&self, bytes: Vec<u8>, pages: &[u32]) -> Result<Vec<(u32, Recognised)>, AppError>;
    /// The text of page `no`, with its places.
    async fn page_text(&self, bytes: Vec<u8>, no: u32) -> Result<Vec<TextRun>, AppError>;
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
    /// Files of the logs.
    pub log_files: Arc<dyn LogFiles>,
    /// The copy of the newest checkpoint that is kept apart.
    pub checkpoint_lock: Arc<dyn CheckpointLock>,
    /// Printing.
    pub press: Arc<dyn Press>,
    /// Reading.
    pub reading: Arc<dyn Reading>,
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
