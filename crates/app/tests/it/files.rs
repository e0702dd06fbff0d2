//! Files that come with a form go to the blob storage as they arrive.

use std::io;

use bytes::Bytes;
use futures::{StreamExt as _, stream};
use xiezhi_app::{AppError, uploads::UPLOADS_LIMIT};
use xiezhi_domain::{ids::MaterialId, material::MaterialCommand, paper::PaperKind};

use crate::{cast::person, court::Court, steps::Suit};

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
    assert_eq!(code(court.app.take_file(person(1), nothing, "借条.jpg").await), "upload.empty");
    let broken = stream::iter([Ok(Bytes::from_static(b"begun")), Err(io::Error::other("gone"))]).boxed();
    assert_eq!(code(court.app.take_file(person(1), broken, "借条.jpg").await), "upload.parts_missing");
}

#[tokio::test]
async fn a_large_file_is_kept_under_its_hash_and_looked_at_where_it_lies() {
    let court = Court::in_memory("2026-02-27").await;
    let piece = Bytes::from(vec![7; 1024 * 1024]);
    let pieces = 60;
    court.glass.lay(&["words"; 3]);
    let sent = stream::iter((0..pieces).map(move |_| Ok(piece.clone()))).boxed();
    let file = court.app.take_file(person(1), sent, "C:\\卷宗\\全卷.pdf").await.expect("it is kept");
    assert_eq!(
        (file.size_bytes, file.name.as_str(), file.media.as_str(), file.pages),
        (pieces * 1024 * 1024, "全卷.pdf", "application/pdf", 3)
    );
    assert_eq!(court.app.bytes(&file.sha256).await.expect("it is there").len() as u64, file.size_bytes);
}

fn form_file(content: String) -> futures::stream::BoxStream<'static, io::Result<Bytes>> {
    stream::iter([Ok(Bytes::from(content))]).boxed()
}

async fn files_sent_with_forms_count_like_those_sent_by_parts_until_a_case_has_them(court: Court) {
    let mut suit = Suit::filed(court).await;
    let clerk = suit.clerk().await;
    let from = clerk.person().expect("a person");
    suit.court.glass.lay(&["words"]);
    let app = suit.court.app.clone();
    let mut files = vec![];
    for no in 0..UPLOADS_LIMIT {
        files.push(app.take_file(from, form_file(format!("page {no}")), "检验.pdf").await.expect("there is room"));
    }
    let one_more = || app.take_file(from, form_file("one more".to_owned()), "检验.pdf");
    assert_eq!(code(one_more().await), "upload.too_many");
    assert_eq!(code(app.begin_upload(from, "检验.pdf", 5).await), "upload.too_many", "they are counted together");
    assert!(
        app.take_file(person(1), form_file("other".to_owned()), "检验.pdf").await.is_ok(),
        "nobody else is held up"
    );

    let (material, kind) = (MaterialId(uuid::Uuid::from_u128(0xf11e)), PaperKind::Other);
    let (title, file) = ("检验记录".to_owned(), files.remove(0));
    suit.does(&clerk, MaterialCommand::Submit { material, kind, title, file, from: None, original: None }).await;
    assert!(one_more().await.is_ok(), "what a case has counts no more");
    assert_eq!(code(one_more().await), "upload.too_many");
}

over_each_store![files_sent_with_forms_count_like_those_sent_by_parts_until_a_case_has_them];
