//! Files of the logs: in a folder, or in the bucket that holds the other files.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use xiezhi_app::ports::LogFiles;
use xiezhi_store::StoreError;
use xiezhi_store_blob::S3Files;

fn failed(fault: io::Error) -> StoreError {
    StoreError::Database(Box::new(fault))
}

/// Files of the logs in a folder: written beside, made durable, then put in place.
pub struct Folder(pub PathBuf);

impl Folder {
    fn write(place: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = place.parent().expect("a file of a log lies in a folder");
        fs::create_dir_all(folder)?;
        let beside = place.with_extension("new");
        let mut file = fs::File::create(&beside)?;
        io::Write::write_all(&mut file, bytes)?;
        file.sync_all()?;
        fs::rename(&beside, place)?;
        fs::File::open(folder)?.sync_all()
    }
}

#[async_trait]
impl LogFiles for Folder {
    async fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        let place = self.0.join(path);
        // The disk is waited for apart: pages are served meanwhile.
        let written = tokio::task::spawn_blocking(move || Folder::write(&place, &bytes)).await;
        written.map_err(|fault| failed(fault.into()))?.map_err(failed)
    }

    async fn get(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(self.0.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(fault) => Err(failed(fault)),
        }
    }

    async fn erase(&self, path: &str) -> Result<(), StoreError> {
        match fs::remove_file(self.0.join(path)) {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(failed(fault)),
            _ => Ok(()),
        }
    }
}

/// Files of the logs in a bucket, where every node finds them.
pub struct Bucket(pub S3Files);

#[async_trait]
impl LogFiles for Bucket {
    async fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.0.put(path, bytes).await.map_err(failed)
    }

    async fn get(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.get(path).await.map_err(failed)
    }

    async fn erase(&self, path: &str) -> Result<(), StoreError> {
        self.0.erase(path).await.map_err(failed)
    }
}
