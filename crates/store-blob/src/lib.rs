//! Content-addressed bytes on a local folder or S3
