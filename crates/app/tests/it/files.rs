//! Files that come with a form go to the blob storage as they arrive.

use std::io;

use bytes::Bytes;
use futures::{StreamExt as _, stream};
use xiezhi_app::AppError;

use crate::court::Court;

fn code<T: std::fmt::Debug>(answer: Result<T, AppError>) -> String {
    match answer {
        Err(AppError::Invalid(faults)) => faults[0].1.clone(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn an_empty_file_and_one_that_broke_off_are_refused() {
    let court = Court::in_memory("2026-02-27").await;
    let nothing = stream::iter([Ok(Bytes::new())]).boxed();
    assert_eq!(code(court.app.take_file(nothing, "借条.jpg").await), "upload.empty");
    let broken = stream::iter([Ok(Bytes::from_static(b"begun")), Err(io::Error::other("gone"))]).boxed();
    assert_eq!(code(court.app.take_file(broken, "借条.jpg").await), "upload.parts_missing");
}

#[tokio::test]
async fn a_large_file_is_kept_under_its_hash_and_looked_at_where_it_lies() {
    let court = Court::in_memory("2026-02-27").await;
    let piece = Bytes::from(vec![7; 1024 * 1024]);
    let pieces = 60;
    court.glass.lay(&["words"; 3]);
    let sent = stream::iter((0..pieces).map(move |_| Ok(piece.clone()))).boxed();
    let file = court.app.take_file(sent, "C:\\卷宗\\全卷.pdf").await.expect("it is kept");
    assert_eq!(
        (file.size_bytes, file.name.as_str(), file.media.as_str(), file.pages),
        (pieces * 1024 * 1024, "全卷.pdf", "application/pdf", 3)
    );
    assert_eq!(court.app.bytes(&file.sha256).await.expect("it is there").len() as u64, file.size_bytes);
}
