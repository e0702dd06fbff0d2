//! Small named files in an S3 bucket: the tiles, bundles and checkpoints of the logs.

use std::io;
use std::sync::Arc;

use object_store::path::Path;
use object_store::{Error as S3Error, ObjectStore, ObjectStoreExt};

use crate::S3Settings;
use crate::s3::client;

/// Named files under one prefix of a bucket. A name may be written again: the newest bytes count.
pub struct S3Files {
    bucket: Arc<dyn ObjectStore>,
    prefix: Path,
}

impl S3Files {
    /// Prepares the client. The server is first spoken to by the first file.
    ///
    /// # Errors
    /// The settings cannot be used.
    pub fn open(settings: S3Settings) -> io::Result<Self> {
        let prefix = Path::parse(&settings.prefix).map_err(io::Error::other)?;
        Ok(Self { bucket: client(settings).map_err(io::Error::other)?, prefix })
    }

    /// Writes a file, whole or not at all; it is durable when this returns.
    ///
    /// # Errors
    /// The server did not take it.
    pub async fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        self.bucket.put(&self.key(path)?, bytes.into()).await.map(drop).map_err(io::Error::other)
    }

    /// Reads a file, if there is one of this name.
    ///
    /// # Errors
    /// The server did not answer.
    pub async fn get(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let found = match self.bucket.get(&self.key(path)?).await {
            Ok(found) => found,
            Err(S3Error::NotFound { .. }) => return Ok(None),
            Err(failed) => return Err(io::Error::other(failed)),
        };
        Ok(Some(found.bytes().await.map_err(io::Error::other)?.to_vec()))
    }

    /// Takes a file away; taking what is not there succeeds.
    ///
    /// # Errors
    /// The server did not answer.
    pub async fn erase(&self, path: &str) -> io::Result<()> {
        match self.bucket.delete(&self.key(path)?).await {
            Ok(()) | Err(S3Error::NotFound { .. }) => Ok(()),
            Err(failed) => Err(io::Error::other(failed)),
        }
    }

    fn key(&self, path: &str) -> io::Result<Path> {
        let path = Path::parse(path).map_err(io::Error::other)?;
        Ok(path.parts().fold(self.prefix.clone(), Path::join))
    }
}
