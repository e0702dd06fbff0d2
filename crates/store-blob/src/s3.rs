//! Blobs in an S3 bucket.
//!
//! A blob's key is its digest, known only at its end. Of the two ways out, uploading under a passing key
//! and copying in the bucket, or spooling to a local file first, this takes the spool: a refused or broken
//! upload then never reaches the bucket, bytes that are there already are not sent again, and no copy
//! stands between what was hashed and what is kept (copies are capped at 5 GB, and few servers can make
//! them on condition that nothing is replaced). It costs a local disk as large as the uploads under way.

use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::{self, StreamExt, TryStreamExt};
use object_store::aws::{AmazonS3Builder, S3ConditionalPut};
use object_store::path::Path;
use object_store::{
    Error as S3Error, GetOptions, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutOptions, WriteMultipart,
};
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use xiezhi_store::blob::{BlobError, Blobs, ByteStream, Digest, Stored, part};

use crate::incoming::{Incoming, Received};

/// Blobs up to this size go in one request; larger ones in parts of this size.
const PART_BYTES: usize = 8 * 1024 * 1024;
/// How many parts are under way at once.
const PARTS_AT_ONCE: usize = 4;

/// Where the bucket is and how to enter it.
#[derive(Clone)]
pub struct S3Settings {
    /// Address of the server; none for Amazon's own.
    pub endpoint: Option<String>,
    /// Region, as the server calls it.
    pub region: String,
    /// The bucket. It exists.
    pub bucket: String,
    /// Under which prefix of the bucket the blobs stand; may be empty.
    pub prefix: String,
    /// Who enters.
    pub access_key_id: String,
    /// And with what.
    pub secret_access_key: String,
    /// Whether an unencrypted connection will do (within one machine or a sealed network).
    pub allow_http: bool,
    /// Local folder for uploads under way; no other process uses it.
    pub spool: PathBuf,
}

/// Blobs in an S3 bucket, each object written once.
pub struct S3Blobs {
    bucket: Arc<dyn ObjectStore>,
    prefix: Path,
    incoming: Incoming,
}

impl S3Blobs {
    /// Prepares the client and sweeps the spool. The server is first spoken to by the first blob.
    ///
    /// # Errors
    /// [`BlobError::Storage`] if the settings cannot be used or the spool cannot be opened.
    pub fn open(settings: S3Settings) -> Result<Self, BlobError> {
        let incoming = Incoming::open(settings.spool.clone()).map_err(BlobError::storage("sweep the spool folder"))?;
        let prefix = Path::parse(&settings.prefix).map_err(BlobError::storage("use the prefix"))?;
        let bucket = client(settings).map_err(BlobError::storage("use the settings of S3"))?;
        Ok(Self { bucket, prefix, incoming })
    }

    /// As [`S3Blobs::open`], beside a court that may be running: its uploads under way are left alone.
    ///
    /// # Errors
    /// [`BlobError::Storage`] if the settings cannot be used.
    pub fn beside(settings: S3Settings) -> Result<Self, BlobError> {
        let incoming = Incoming::beside(settings.spool.clone());
        let prefix = Path::parse(&settings.prefix).map_err(BlobError::storage("use the prefix"))?;
        let bucket = client(settings).map_err(BlobError::storage("use the settings of S3"))?;
        Ok(Self { bucket, prefix, incoming })
    }

    fn key(&self, digest: Digest) -> Path {
        let [first, second] = [digest.0[0], digest.0[1]].map(|byte| format!("{byte:02x}"));
        self.prefix.clone().join(first).join(second).join(digest.to_string())
    }

    /// Sends a received blob to the place of its name.
    async fn send(&self, received: &Received) -> Result<(), BlobError> {
        let file = File::open(received.path()).await.map_err(BlobError::storage("read the spool"))?;
        match received.stored.size_bytes <= PART_BYTES as u64 {
            true => self.send_whole(file, received.stored.digest).await,
            false => self.send_in_parts(file, received.stored.digest).await,
        }
    }

    /// Sends in one request, which the server refuses if someone was faster with the same bytes.
    async fn send_whole(&self, mut file: File, digest: Digest) -> Result<(), BlobError> {
        let mut whole = Vec::new();
        file.read_to_end(&mut whole).await.map_err(BlobError::storage("read the spool"))?;
        let once = PutOptions::from(PutMode::Create);
        match self.bucket.put_opts(&self.key(digest), whole.into(), once).await {
            Ok(_) | Err(S3Error::AlreadyExists { .. }) => Ok(()),
            Err(failed) => Err(BlobError::storage("send a blob")(failed)),
        }
    }

    /// Sends in parts. Two writers who race here write the same bytes to the same name.
    async fn send_in_parts(&self, mut file: File, digest: Digest) -> Result<(), BlobError> {
        let opened = self.bucket.put_multipart(&self.key(digest)).await;
        let upload = opened.map_err(BlobError::storage("begin a large blob"))?;
        let mut parts = WriteMultipart::new_with_chunk_size(upload, PART_BYTES);
        match fill(&mut parts, &mut file).await {
            Ok(()) => {
                parts.finish().await.map_err(BlobError::storage("finish a large blob"))?;
                Ok(())
            }
            Err(failed) => {
                // The first failure says more than a failure to clean up after it.
                let _ = parts.abort().await;
                Err(failed)
            }
        }
    }

    async fn is_kept(&self, stored: Stored) -> Result<bool, BlobError> {
        match self.size(stored.digest).await {
            Ok(size_bytes) if size_bytes == stored.size_bytes => Ok(true),
            Ok(_) => Err(BlobError::Damaged { digest: stored.digest }),
            Err(BlobError::NotFound { .. }) => Ok(false),
            Err(failed) => Err(failed),
        }
    }
}

#[async_trait]
impl Blobs for S3Blobs {
    async fn put(&self, bytes: ByteStream<'_>, max_bytes: u64) -> Result<Stored, BlobError> {
        let received = self.incoming.receive(bytes, max_bytes).await?;
        let stored = received.stored;
        if self.is_kept(stored).await? {
            return Ok(stored);
        }
        self.send(&received).await?;
        // What was acknowledged is asked for once more: an answer from a proxy is not a kept blob.
        match self.is_kept(stored).await? {
            true => Ok(stored),
            false => Err(BlobError::NotFound { digest: stored.digest }),
        }
    }

    async fn open(&self, digest: Digest, range: Option<Range<u64>>) -> Result<ByteStream<'static>, BlobError> {
        let range = part(range, self.size(digest).await?)?;
        if range.is_empty() {
            return Ok(stream::empty().boxed());
        }
        let options = GetOptions::new().with_range(Some(range));
        let found = self.bucket.get_opts(&self.key(digest), options).await;
        let bytes = found.map_err(|failed| reading(digest, failed))?.into_stream();
        Ok(bytes.map_err(io::Error::other).boxed())
    }

    async fn size(&self, digest: Digest) -> Result<u64, BlobError> {
        let found = self.bucket.head(&self.key(digest)).await;
        Ok(found.map_err(|failed| reading(digest, failed))?.size)
    }

    async fn shelf(&self, first: u8) -> Result<Vec<Stored>, BlobError> {
        let under = self.prefix.clone().join(format!("{first:02x}"));
        let listed = self.bucket.list(Some(&under)).try_collect::<Vec<_>>().await;
        let listed = listed.map_err(BlobError::storage("list blobs"))?;
        let stored = |object: ObjectMeta| {
            let digest = object.location.filename()?.parse().ok()?;
            Some(Stored { digest, size_bytes: object.size })
        };
        let mut found: Vec<_> = listed.into_iter().filter_map(stored).collect();
        found.sort_by_key(|stored| stored.digest);
        Ok(found)
    }

    async fn erase(&self, digest: Digest) -> Result<(), BlobError> {
        match self.bucket.delete(&self.key(digest)).await {
            Ok(()) | Err(S3Error::NotFound { .. }) => Ok(()),
            Err(failed) => Err(BlobError::storage("erase a blob")(failed)),
        }
    }
}

pub(crate) fn client(settings: S3Settings) -> Result<Arc<dyn ObjectStore>, S3Error> {
    let mut builder = AmazonS3Builder::new()
        .with_region(settings.region)
        .with_bucket_name(settings.bucket)
        .with_access_key_id(settings.access_key_id)
        .with_secret_access_key(settings.secret_access_key)
        .with_conditional_put(S3ConditionalPut::ETagMatch)
        .with_disable_bulk_delete(true)
        .with_allow_http(settings.allow_http);
    if let Some(endpoint) = settings.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    Ok(Arc::new(builder.build()?))
}

async fn fill(parts: &mut WriteMultipart, file: &mut File) -> Result<(), BlobError> {
    loop {
        let piece = read_piece(file).await.map_err(BlobError::storage("read the spool"))?;
        if piece.is_empty() {
            return Ok(());
        }
        let room = parts.wait_for_capacity(PARTS_AT_ONCE).await;
        room.map_err(BlobError::storage("send a part of a blob"))?;
        parts.put(piece);
    }
}

async fn read_piece(file: &mut File) -> io::Result<Bytes> {
    let mut piece = Vec::with_capacity(PART_BYTES);
    file.take(PART_BYTES as u64).read_to_end(&mut piece).await?;
    Ok(piece.into())
}

fn reading(digest: Digest, failed: S3Error) -> BlobError {
    match failed {
        S3Error::NotFound { .. } => BlobError::NotFound { digest },
        failed => BlobError::storage("read a blob")(failed),
    }
}
