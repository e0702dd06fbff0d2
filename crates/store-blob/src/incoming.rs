//! Where bytes wait while they are hashed: a blob's name is known only at its end.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use futures::StreamExt;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;
use xiezhi_store::blob::{BlobError, ByteStream, Intake, Stored};

/// Distinguishes the files of one process; the process's own number tells processes apart.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// A folder of unfinished files. Whatever a crash leaves in it has no name yet, and is worth nothing.
pub(crate) struct Incoming {
    folder: PathBuf,
}

/// A file that is whole but not yet kept; it vanishes when dropped.
pub(crate) struct Received {
    path: PathBuf,
    /// Its name and length.
    pub(crate) stored: Stored,
}

/// Removes the file on every way out, also when the future of an upload is dropped half-way.
struct Unfinished(PathBuf);

impl Incoming {
    /// Opens the folder and sweeps out what a crash left there.
    ///
    /// Only one process at a time may use the folder; the binary holds a lock on its data folder.
    pub(crate) fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        for left in fs::read_dir(&folder)? {
            fs::remove_file(left?.path())?;
        }
        Ok(Self { folder })
    }

    /// Uses the folder beside its owner, whose unfinished files are left alone.
    pub(crate) fn beside(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes a stream to a file of its own, hashing it on the way, and makes its content durable.
    pub(crate) async fn receive(&self, mut bytes: ByteStream<'_>, max_bytes: u64) -> Result<Received, BlobError> {
        let unfinished = Unfinished(self.next_path());
        let mut file = create(&unfinished.0).await.map_err(writing)?;
        let mut intake = Intake::new(max_bytes);
        while let Some(piece) = bytes.next().await {
            file.write_all(&intake.take(piece)?).await.map_err(writing)?;
        }
        file.flush().await.map_err(writing)?;
        file.sync_all().await.map_err(writing)?;
        Ok(unfinished.finish(intake.stored()))
    }

    fn next_path(&self) -> PathBuf {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        self.folder.join(format!("{}-{number}", std::process::id()))
    }
}

impl Received {
    /// Where the file lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

impl Unfinished {
    fn finish(mut self, stored: Stored) -> Received {
        Received { path: std::mem::take(&mut self.0), stored }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

/// A file that cannot be removed is swept at the next start; nobody could act on the error here.
fn remove(path: &Path) {
    if !path.as_os_str().is_empty() {
        let _ = fs::remove_file(path);
    }
}

async fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path).await
}

fn writing(source: io::Error) -> BlobError {
    BlobError::storage("write an incoming blob")(source)
}
