//! The newest checkpoint in plain files of a folder of its own.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use xiezhi_store::{CheckpointLock, StoreError};

use crate::db::failed;

/// A checkpoint lock in a folder, which must be on another path than data and backups. The folder is
/// locked while a file is compared and replaced; a crash leaves the old file or the new one.
#[derive(Clone, Debug)]
pub struct FileLock {
    folder: PathBuf,
}

impl FileLock {
    /// Opens `folder`, creating it if need be.
    ///
    /// # Errors
    /// [`StoreError::Database`]: the folder can't be made.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let folder = folder.into();
        fs::create_dir_all(&folder).map_err(failed)?;
        Ok(Self { folder })
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path) -> io::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let folder = self.folder.clone();
        let done = tokio::task::spawn_blocking(move || work(&folder)).await;
        done.map_err(failed)?.map_err(failed)
    }
}

#[async_trait]
impl CheckpointLock for FileLock {
    async fn load(&self, origin: &str) -> Result<Option<String>, StoreError> {
        let name = file_name(origin);
        self.blocking(move |folder| read(&folder.join(name))).await
    }

    async fn swap(&self, origin: &str, old: Option<&str>, new: &str) -> Result<bool, StoreError> {
        let (name, old, new) = (file_name(origin), old.map(str::to_owned), new.to_owned());
        self.blocking(move |folder| {
            let lock = File::create(folder.join(".lock"))?;
            lock.lock()?;
            let agrees = read(&folder.join(&name))? == old;
            if agrees {
                replace(folder, &name, &new)?;
            }
            Ok(agrees)
        })
        .await
    }
}

/// Letters, digits, dots and hyphens stand for themselves; every other byte as `%` and two digits.
fn file_name(origin: &str) -> String {
    let mut name = String::from("checkpoint-");
    for byte in origin.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' => name.push(char::from(byte)),
            other => name.push_str(&format!("%{other:02x}")),
        }
    }
    name
}

fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(note) => Ok(Some(note)),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(why),
    }
}

fn replace(folder: &Path, name: &str, note: &str) -> io::Result<()> {
    let new = folder.join(".new");
    let mut file = File::create(&new)?;
    file.write_all(note.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, folder.join(name))?;
    File::open(folder)?.sync_all()
}
