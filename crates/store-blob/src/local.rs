//! Blobs on a local folder: `ab/cd/abcd…`, each file written once and never opened for writing again.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::{self, StreamExt};
use sha2::{Digest as _, Sha256};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio::task::spawn_blocking;
use xiezhi_store::blob::{BlobError, Blobs, ByteStream, Digest, Stored, part};

use crate::incoming::{Incoming, Received};

/// How much of a file is read at a time.
const PIECE_BYTES: usize = 64 * 1024;
/// How much of it is read at a time to be hashed where it lies.
const HASHED_BYTES: usize = 256 * 1024;

/// Blobs on a local folder. One process uses it at a time.
///
/// A blob is written under `incoming/`, synchronised, linked to its name and only then acknowledged, so a
/// crash at any line leaves either a whole blob or a nameless file that the next start sweeps away.
/// A link, unlike a rename, never replaces what is there.
pub struct LocalBlobs {
    shelves: Arc<Shelves>,
    incoming: Incoming,
}

/// The folders that hold blobs.
struct Shelves {
    root: PathBuf,
    /// Shelves whose own directory entries are known to be durable.
    settled: Mutex<HashSet<[u8; 2]>>,
}

impl LocalBlobs {
    /// Opens or makes the folder, and sweeps out uploads that a crash left unfinished.
    ///
    /// # Errors
    /// [`BlobError::Storage`] if the folder cannot be made or swept.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, BlobError> {
        let root = root.into();
        let opening = BlobError::storage::<io::Error>;
        fs::create_dir_all(&root).map_err(opening("make the blob folder"))?;
        let incoming = Incoming::open(root.join("incoming")).map_err(opening("sweep the incoming folder"))?;
        sync_folder(&root).map_err(opening("synchronise the blob folder"))?;
        let shelves = Shelves { root, settled: Mutex::default() };
        Ok(Self { shelves: Arc::new(shelves), incoming })
    }

    /// Opens the folder of a court that may be running, to read from it: unfinished uploads are left alone.
    pub fn beside(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        let incoming = Incoming::beside(root.join("incoming"));
        Self { shelves: Arc::new(Shelves { root, settled: Mutex::default() }), incoming }
    }

    async fn on_shelves<T: Send + 'static>(
        &self,
        act: &'static str,
        work: impl FnOnce(&Shelves) -> io::Result<T> + Send + 'static,
    ) -> Result<T, BlobError> {
        let shelves = Arc::clone(&self.shelves);
        let done = spawn_blocking(move || work(&shelves)).await.map_err(BlobError::storage(act))?;
        done.map_err(BlobError::storage(act))
    }

    async fn file(&self, digest: Digest) -> Result<File, BlobError> {
        File::open(self.shelves.path(digest)).await.map_err(|source| reading(digest, source))
    }
}

#[async_trait]
impl Blobs for LocalBlobs {
    async fn put(&self, bytes: ByteStream<'_>, max_bytes: u64) -> Result<Stored, BlobError> {
        let received = self.incoming.receive(bytes, max_bytes).await?;
        let stored = received.stored;
        let kept = self.on_shelves("keep a blob", move |shelves| shelves.keep(&received)).await?;
        match kept == stored.size_bytes {
            true => Ok(stored),
            false => Err(BlobError::Damaged { digest: stored.digest }),
        }
    }

    async fn open(&self, digest: Digest, range: Option<Range<u64>>) -> Result<ByteStream<'static>, BlobError> {
        let mut file = self.file(digest).await?;
        let size_bytes = file.metadata().await.map_err(|source| reading(digest, source))?.len();
        let Range { start, end } = part(range, size_bytes)?;
        file.seek(SeekFrom::Start(start)).await.map_err(|source| reading(digest, source))?;
        Ok(read_on(file, end - start))
    }

    /// In one go on one thread: handing each piece from thread to thread costs more than hashing it.
    async fn verify(&self, digest: Digest) -> Result<(), BlobError> {
        let path = self.shelves.path(digest);
        let hashed = spawn_blocking(move || hash(&path)).await.map_err(BlobError::storage("hash a blob"))?;
        match hashed.map_err(|source| reading(digest, source))? == digest {
            true => Ok(()),
            false => Err(BlobError::Damaged { digest }),
        }
    }

    async fn size(&self, digest: Digest) -> Result<u64, BlobError> {
        let found = tokio::fs::metadata(self.shelves.path(digest)).await;
        Ok(found.map_err(|source| reading(digest, source))?.len())
    }

    fn path(&self, digest: Digest) -> Option<PathBuf> {
        Some(self.shelves.path(digest))
    }

    async fn shelf(&self, first: u8) -> Result<Vec<Stored>, BlobError> {
        self.on_shelves("list blobs", move |shelves| shelves.list(first)).await
    }

    async fn erase(&self, digest: Digest) -> Result<(), BlobError> {
        self.on_shelves("erase a blob", move |shelves| shelves.erase(digest)).await
    }
}

impl Shelves {
    fn shelf(&self, digest: Digest) -> PathBuf {
        self.root.join(format!("{:02x}", digest.0[0])).join(format!("{:02x}", digest.0[1]))
    }

    fn path(&self, digest: Digest) -> PathBuf {
        self.shelf(digest).join(digest.to_string())
    }

    /// Gives a received file its name, and returns the length of what now lies there.
    fn keep(&self, received: &Received) -> io::Result<u64> {
        let digest = received.stored.digest;
        self.settle(digest)?;
        let path = self.path(digest);
        match link(received.path(), &path) {
            Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => {}
            linked => linked?,
        }
        // Also when it was there already: another writer's link may not be durable yet.
        sync_folder(&self.shelf(digest))?;
        Ok(fs::metadata(path)?.len())
    }

    /// Makes the shelf and its place in the folders above durable, once in the life of the process.
    fn settle(&self, digest: Digest) -> io::Result<()> {
        let key = [digest.0[0], digest.0[1]];
        if self.settled.lock().expect("no one panics while settling").contains(&key) {
            return Ok(());
        }
        let shelf = self.shelf(digest);
        fs::create_dir_all(&shelf)?;
        sync_folder(shelf.parent().expect("a shelf stands in a folder"))?;
        sync_folder(&self.root)?;
        self.settled.lock().expect("no one panics while settling").insert(key);
        Ok(())
    }

    /// The blobs whose names begin with `first`. A file whose name is no digest is nobody's.
    fn list(&self, first: u8) -> io::Result<Vec<Stored>> {
        let mut found = Vec::new();
        for shelf in entries(&self.root.join(format!("{first:02x}")))? {
            for entry in entries(&shelf?.path())? {
                let entry = entry?;
                if let Some(digest) = entry.file_name().to_str().and_then(|name| name.parse().ok()) {
                    found.push(Stored { digest, size_bytes: entry.metadata()?.len() });
                }
            }
        }
        found.sort_by_key(|stored| stored.digest);
        Ok(found)
    }

    fn erase(&self, digest: Digest) -> io::Result<()> {
        match fs::remove_file(self.path(digest)) {
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(failed) => Err(failed),
            Ok(()) => sync_folder(&self.shelf(digest)),
        }
    }
}

/// What lies in a folder; nothing where there is none yet.
fn entries(folder: &Path) -> io::Result<impl Iterator<Item = io::Result<fs::DirEntry>>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(Some(entries).into_iter().flatten()),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(None.into_iter().flatten()),
        Err(failed) => Err(failed),
    }
}

/// Links a file to its final name and takes the right to write away from everyone.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    let mut rights = fs::metadata(from)?.permissions();
    rights.set_readonly(true);
    fs::set_permissions(from, rights)?;
    fs::hard_link(from, to)
}

/// A directory entry is durable only when the directory is.
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Streams the next `left_bytes` of a file; a file that ends before that is an error, never a short blob.
fn read_on(file: File, left_bytes: u64) -> ByteStream<'static> {
    stream::try_unfold((file, left_bytes), |(mut file, left_bytes)| async move {
        if left_bytes == 0 {
            return Ok(None);
        }
        let mut piece = vec![0; PIECE_BYTES.min(usize::try_from(left_bytes).unwrap_or(PIECE_BYTES))];
        file.read_exact(&mut piece).await?;
        let left_bytes = left_bytes - piece.len() as u64;
        Ok(Some((Bytes::from(piece), (file, left_bytes))))
    })
    .boxed()
}

/// The hash of a file's bytes.
fn hash(path: &Path) -> io::Result<Digest> {
    let mut file = fs::File::open(path)?;
    let (mut hash, mut piece) = (Sha256::new(), vec![0; HASHED_BYTES]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(Digest(hash.finalize().into())),
            read => hash.update(&piece[..read]),
        }
    }
}

fn reading(digest: Digest, source: io::Error) -> BlobError {
    match source.kind() {
        io::ErrorKind::NotFound => BlobError::NotFound { digest },
        _ => BlobError::storage("read a blob")(source),
    }
}
