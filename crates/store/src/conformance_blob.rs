//! What every implementation of [`Blobs`] promises: one promise, one function.
//!
//! [`blob_conformance!`](crate::blob_conformance) lists the promises once and makes a test of each.

use std::io;

use bytes::{Bytes, BytesMut};
use futures::stream::{self, StreamExt, TryStreamExt};

use crate::blob::{BlobError, Blobs, ByteStream, Digest};

/// More than every test sends.
const PLENTY_BYTES: u64 = 1 << 30;

/// Makes a test of every promise. `$open` is a future of the blobs and of what must outlive them
/// (a folder, a server); it runs anew for each test.
#[macro_export]
macro_rules! blob_conformance {
    ($open:expr) => {
        $crate::blob_conformance! { @each $open;
            what_was_put_comes_back
            a_name_is_the_digest_of_the_bytes
            an_empty_blob_is_a_blob
            the_same_bytes_twice_are_one_blob
            bytes_in_many_pieces_are_whole
            a_large_blob_is_whole
            a_part_is_read_without_the_rest
            a_part_past_the_end_is_refused
            a_blob_at_the_limit_is_kept
            one_byte_over_the_limit_leaves_nothing
            an_interrupted_upload_leaves_nothing
            racing_writers_of_the_same_bytes_all_succeed
            an_unknown_blob_is_not_found
            an_erased_blob_is_gone
            erasing_twice_is_erasing_once
            an_erased_blob_may_come_back
            a_whole_blob_verifies
            every_blob_stands_on_the_shelf_of_its_first_byte
        }
    };
    (@each $open:expr; $($promise:ident)+) => {
        $(
            #[tokio::test]
            async fn $promise() {
                let (blobs, _outlives) = $open.await;
                $crate::conformance_blob::$promise(&blobs).await;
            }
        )+
    };
}

/// Bytes that were put are read back unchanged.
pub async fn what_was_put_comes_back(blobs: &dyn Blobs) {
    let digest = put(blobs, b"a lease").await;
    assert_eq!(read(blobs, digest).await, &b"a lease"[..]);
}

/// The name and length are those of the bytes, whoever computes them.
pub async fn a_name_is_the_digest_of_the_bytes(blobs: &dyn Blobs) {
    let stored = blobs.put(pieces(&[b"a ", b"lease"]), PLENTY_BYTES).await.expect("it is kept");
    assert_eq!((stored.digest, stored.size_bytes), (Digest::of(b"a lease"), 7));
    assert_eq!(blobs.size(stored.digest).await.expect("it has a size"), 7);
}

/// Zero bytes are a blob like any other; whether a file may be empty is not storage's affair.
pub async fn an_empty_blob_is_a_blob(blobs: &dyn Blobs) {
    let digest = put(blobs, b"").await;
    assert_eq!(blobs.size(digest).await.expect("it has a size"), 0);
    assert_eq!(read(blobs, digest).await, &b""[..]);
}

/// A second put of the same bytes answers as the first did, and one erasure takes both.
pub async fn the_same_bytes_twice_are_one_blob(blobs: &dyn Blobs) {
    let first = put(blobs, b"a lease").await;
    let second = put(blobs, b"a lease").await;
    assert_eq!(first, second);
    blobs.erase(first).await.expect("it is erased");
    assert!(!exists(blobs, second).await);
}

/// Pieces of uneven size, some empty, make one blob.
pub async fn bytes_in_many_pieces_are_whole(blobs: &dyn Blobs) {
    let whole = noise(100_003);
    let cut: Vec<&[u8]> = whole.chunks(997).flat_map(|piece| [piece, &[][..]]).collect();
    let stored = blobs.put(pieces(&cut), PLENTY_BYTES).await.expect("it is kept");
    assert_eq!(stored.digest, Digest::of(&whole));
    assert_eq!(read(blobs, stored.digest).await, whole);
}

/// A blob larger than any single request or buffer is whole, to the last odd byte.
pub async fn a_large_blob_is_whole(blobs: &dyn Blobs) {
    let whole = noise(20 * 1024 * 1024 + 1);
    let cut: Vec<&[u8]> = whole.chunks(1024 * 1024).collect();
    let stored = blobs.put(pieces(&cut), PLENTY_BYTES).await.expect("it is kept");
    assert_eq!(stored.digest, Digest::of(&whole));
    assert_eq!(blobs.size(stored.digest).await.expect("it has a size"), whole.len() as u64);
    let tail = whole.len() as u64 - 3..whole.len() as u64;
    assert_eq!(read_part(blobs, stored.digest, tail).await, whole[whole.len() - 3..]);
    blobs.verify(stored.digest).await.expect("it is what its name says");
}

/// A range is read as asked, its end excluded; an empty range is empty.
pub async fn a_part_is_read_without_the_rest(blobs: &dyn Blobs) {
    let digest = put(blobs, b"0123456789").await;
    for (range, expected) in [(0..10, "0123456789"), (3..6, "345"), (9..10, "9"), (4..4, "")] {
        assert_eq!(read_part(blobs, digest, range.clone()).await, expected, "{range:?}");
    }
}

/// A range is never shortened in silence.
pub async fn a_part_past_the_end_is_refused(blobs: &dyn Blobs) {
    let digest = put(blobs, b"0123456789").await;
    let past = blobs.open(digest, Some(5..11)).await.err().expect("it is refused");
    assert!(matches!(past, BlobError::OutOfRange { size_bytes: 10 }), "{past:?}");
}

/// The limit itself is allowed.
pub async fn a_blob_at_the_limit_is_kept(blobs: &dyn Blobs) {
    let stored = blobs.put(pieces(&[b"12345", b"67890"]), 10).await.expect("ten bytes are ten bytes");
    assert!(exists(blobs, stored.digest).await);
}

/// A refused blob is refused by name of the limit, and neither it nor its beginning is there.
pub async fn one_byte_over_the_limit_leaves_nothing(blobs: &dyn Blobs) {
    let refused = blobs.put(pieces(&[b"12345", b"678901"]), 10).await.expect_err("eleven are too many");
    assert!(matches!(refused, BlobError::TooLarge { max_bytes: 10 }), "{refused:?}");
    for trace in [&b"12345678901"[..], b"1234567890", b"12345"] {
        assert!(!exists(blobs, Digest::of(trace)).await);
    }
}

/// A connection that breaks keeps nothing, and the sender's fault is told apart from the storage's.
pub async fn an_interrupted_upload_leaves_nothing(blobs: &dyn Blobs) {
    let broken = io::Error::from(io::ErrorKind::ConnectionReset);
    let bytes = stream::iter([Ok(Bytes::from_static(b"half of")), Err(broken)]).boxed();
    let refused = blobs.put(bytes, PLENTY_BYTES).await.expect_err("half is not whole");
    assert!(matches!(refused, BlobError::Interrupted(_)), "{refused:?}");
    assert!(!exists(blobs, Digest::of(b"half of")).await);
}

/// Two parties upload one contract at once: both are told it is kept.
pub async fn racing_writers_of_the_same_bytes_all_succeed(blobs: &dyn Blobs) {
    let writers = (0..8).map(|_| blobs.put(pieces(&[b"one ", b"contract"]), PLENTY_BYTES));
    for stored in futures::future::join_all(writers).await {
        assert_eq!(stored.expect("each is kept").digest, Digest::of(b"one contract"));
    }
    assert_eq!(read(blobs, Digest::of(b"one contract")).await, &b"one contract"[..]);
}

/// Asking for what was never put is answered by its name, on every way of asking.
pub async fn an_unknown_blob_is_not_found(blobs: &dyn Blobs) {
    let unknown = Digest::of(b"never put");
    assert!(!exists(blobs, unknown).await);
    let answers =
        [blobs.open(unknown, None).await.err(), blobs.size(unknown).await.err(), blobs.verify(unknown).await.err()];
    for answer in answers {
        assert!(matches!(answer, Some(BlobError::NotFound { digest }) if digest == unknown), "{answer:?}");
    }
}

/// After erasure nothing can be read, and other blobs are untouched.
pub async fn an_erased_blob_is_gone(blobs: &dyn Blobs) {
    let (gone, stays) = (put(blobs, b"erased by order").await, put(blobs, b"stays").await);
    blobs.erase(gone).await.expect("it is erased");
    let answer = blobs.open(gone, None).await.err();
    assert!(matches!(answer, Some(BlobError::NotFound { .. })), "{answer:?}");
    assert_eq!(read(blobs, stays).await, &b"stays"[..]);
}

/// A retry of an erasure succeeds.
pub async fn erasing_twice_is_erasing_once(blobs: &dyn Blobs) {
    let digest = put(blobs, b"erased by order").await;
    blobs.erase(digest).await.expect("it is erased");
    blobs.erase(digest).await.expect("it stays erased");
    assert!(!exists(blobs, digest).await);
}

/// Someone else may later put the very bytes that were erased.
pub async fn an_erased_blob_may_come_back(blobs: &dyn Blobs) {
    let digest = put(blobs, b"erased by order").await;
    blobs.erase(digest).await.expect("it is erased");
    assert_eq!(put(blobs, b"erased by order").await, digest);
    assert_eq!(read(blobs, digest).await, &b"erased by order"[..]);
}

/// What was just put is what its name says.
pub async fn a_whole_blob_verifies(blobs: &dyn Blobs) {
    let digest = put(blobs, b"a lease").await;
    blobs.verify(digest).await.expect("it is whole");
}

/// Shelf by shelf every blob is found once, with its length, and nothing else.
pub async fn every_blob_stands_on_the_shelf_of_its_first_byte(blobs: &dyn Blobs) {
    let mut put_there = Vec::new();
    for number in 0..40_u32 {
        put_there.push((put(blobs, &vec![7; number as usize]).await, u64::from(number)));
    }
    let gone = put(blobs, b"erased by order").await;
    blobs.erase(gone).await.expect("it is erased");
    put_there.sort();

    let mut found = Vec::new();
    for first in 0..=u8::MAX {
        let shelf = blobs.shelf(first).await.expect("a shelf can be looked at");
        assert!(shelf.iter().all(|stored| stored.digest.0[0] == first));
        found.extend(shelf.into_iter().map(|stored| (stored.digest, stored.size_bytes)));
    }

    assert_eq!(found, put_there);
}

async fn put(blobs: &dyn Blobs, bytes: &[u8]) -> Digest {
    blobs.put(pieces(&[bytes]), PLENTY_BYTES).await.expect("it is kept").digest
}

async fn exists(blobs: &dyn Blobs, digest: Digest) -> bool {
    blobs.exists(digest).await.expect("the storage answers")
}

async fn read(blobs: &dyn Blobs, digest: Digest) -> Bytes {
    collect(blobs.open(digest, None).await.expect("it is there")).await
}

async fn read_part(blobs: &dyn Blobs, digest: Digest, range: std::ops::Range<u64>) -> Bytes {
    collect(blobs.open(digest, Some(range)).await.expect("the part is there")).await
}

async fn collect(bytes: ByteStream<'static>) -> Bytes {
    bytes.try_collect::<BytesMut>().await.expect("it is read to its end").freeze()
}

fn pieces(cut: &[&[u8]]) -> ByteStream<'static> {
    let owned: Vec<_> = cut.iter().map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    stream::iter(owned).boxed()
}

/// Bytes without repetition at any piece size, the same in every run.
fn noise(size_bytes: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    std::iter::repeat_with(next).take(size_bytes).collect()
}
