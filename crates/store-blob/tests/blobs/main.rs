//! Blobs keep their promises on a local folder and on S3.

mod folder;
mod local;
mod s3;
mod s3_faults;
