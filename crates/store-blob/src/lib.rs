//! Content-addressed bytes on a local folder or S3.
//!
//! Both keep the promises of [`xiezhi_store::blob::Blobs`], and pass its conformance suite. Nothing here
//! knows about events: the caller names a blob in an event only after `put` has returned.

mod incoming;
mod local;
mod log_files;
mod s3;

pub use local::LocalBlobs;
pub use log_files::S3Files;
pub use s3::{S3Blobs, S3Settings};
