//! Words of: Uploading files by parts (上传).

crate::messages! {}
