//! Blobs on a local folder.

use std::fs;

use bytes::Bytes;
use futures::stream::{self, StreamExt};
use xiezhi_store::blob::{BlobError, Blobs, ByteStream, Digest};
use xiezhi_store_blob::LocalBlobs;

use crate::folder::{Folder, count_files};

xiezhi_store::blob_conformance!(async {
    let folder = Folder::new();
    (open(&folder), folder)
});

fn open(folder: &Folder) -> LocalBlobs {
    LocalBlobs::open(folder.path()).expect("the folder opens")
}

fn whole(bytes: &'static [u8]) -> ByteStream<'static> {
    stream::iter([Ok(Bytes::from_static(bytes))]).boxed()
}

fn path_of(folder: &Folder, bytes: &[u8]) -> std::path::PathBuf {
    let name = Digest::of(bytes).to_string();
    folder.path().join(&name[..2]).join(&name[2..4]).join(&name)
}

#[tokio::test]
async fn a_blob_survives_reopening() {
    let folder = Folder::new();
    open(&folder).put(whole(b"a lease"), 100).await.expect("it is kept");
    open(&folder).verify(Digest::of(b"a lease")).await.expect("it is still there");
}

#[tokio::test]
async fn opening_sweeps_what_a_crash_left() {
    let folder = Folder::new();
    open(&folder).put(whole(b"a lease"), 100).await.expect("it is kept");
    fs::write(folder.path().join("incoming/7-0"), b"half of").expect("the crash is staged");
    let blobs = open(&folder);
    assert_eq!(count_files(&folder.path().join("incoming")), 0);
    assert!(blobs.exists(Digest::of(b"a lease")).await.expect("it answers"));
}

#[tokio::test]
async fn no_upload_leaves_a_file_but_the_blob() {
    let folder = Folder::new();
    let blobs = open(&folder);
    blobs.put(whole(b"a lease"), 100).await.expect("it is kept");
    blobs.put(whole(b"a lease"), 100).await.expect("it is kept once");
    blobs.put(whole(b"too long"), 3).await.expect_err("it is refused");
    assert_eq!(count_files(folder.path()), 1);
}

#[tokio::test]
async fn a_cancelled_upload_leaves_no_file() {
    let folder = Folder::new();
    let blobs = open(&folder);
    let endless = stream::iter([Ok(Bytes::from_static(b"half of"))]).chain(stream::pending()).boxed();
    let upload = blobs.put(endless, 100);
    let cut_off = tokio::time::timeout(std::time::Duration::from_millis(50), upload).await;
    assert!(cut_off.is_err());
    assert_eq!(count_files(folder.path()), 0);
}

#[tokio::test]
async fn a_kept_file_is_read_only() {
    let folder = Folder::new();
    open(&folder).put(whole(b"a lease"), 100).await.expect("it is kept");
    let rights = fs::metadata(path_of(&folder, b"a lease")).expect("it lies where its name says");
    assert!(rights.permissions().readonly());
}

#[tokio::test]
async fn a_touched_file_does_not_verify() {
    let folder = Folder::new();
    let blobs = open(&folder);
    blobs.put(whole(b"a lease"), 100).await.expect("it is kept");
    touch(&folder, b"a lease", b"a Lease");
    let found = blobs.verify(Digest::of(b"a lease")).await;
    assert!(matches!(found, Err(BlobError::Damaged { .. })), "{found:?}");
}

#[tokio::test]
async fn a_cut_file_is_not_taken_for_the_blob() {
    let folder = Folder::new();
    let blobs = open(&folder);
    blobs.put(whole(b"a lease"), 100).await.expect("it is kept");
    touch(&folder, b"a lease", b"a le");
    let again = blobs.put(whole(b"a lease"), 100).await;
    assert!(matches!(again, Err(BlobError::Damaged { .. })), "{again:?}");
}

/// Replaces a kept file as someone with the disk in hand could.
fn touch(folder: &Folder, kept: &[u8], replaced: &[u8]) {
    let path = path_of(folder, kept);
    fs::remove_file(&path).expect("the blob lies where its name says");
    fs::write(path, replaced).expect("it can be replaced");
}
