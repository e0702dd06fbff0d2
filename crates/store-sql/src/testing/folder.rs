//! A folder that goes away with its value.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

static MADE: AtomicUsize = AtomicUsize::new(0);

/// A fresh folder in the system's place for temporary files, removed when dropped.
#[derive(Debug)]
pub struct TempFolder {
    path: PathBuf,
}

impl TempFolder {
    /// Makes a folder whose name begins with `xiezhi-` and `purpose`.
    ///
    /// # Panics
    /// If it can't be made.
    pub fn new(purpose: &str) -> Self {
        let count = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("xiezhi-{purpose}-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        // Process ids come back; what an earlier process left is nobody's.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self { path }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The URL of a SQLite database in it.
    pub fn sqlite_url(&self, file: &str) -> String {
        format!("sqlite://{}", self.path.join(file).display())
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        // Best effort: a folder left behind harms nobody.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
