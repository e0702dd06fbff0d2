//! The text of scans is recognised beside the court, once, and lives as long as its file.

use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt as _, stream};
use jiff::SignedDuration;
use xiezhi_app::{ports::Source, sweeping::WAIT_US, texts};
use xiezhi_domain::material::FileRef;

use crate::{
    cast::person,
    court::{Court, Opening},
    example::example,
    steps::submit,
};

over_each_store!(
    a_scan_is_read_page_by_page_also_across_a_restart,
    what_was_recognised_lies_sealed_and_goes_with_its_file,
    a_scan_that_ends_the_worker_is_left_in_the_end,
    an_act_wants_the_text_of_what_it_brings,
);

/// A scan that no other test has: text is remembered by the hash of its file.
async fn scanned(court: &Court, pages: &[&str]) -> FileRef {
    court.glass.lay(pages);
    let bytes = Bytes::from(format!("{pages:?} {:p}", Arc::as_ptr(&court.store)));
    court.app.take_file(person(1), stream::iter([Ok(bytes)]).boxed(), "借条.pdf").await.expect("it is kept")
}

async fn read_all(court: &Court) {
    for _ in 0..20 {
        if !court.app.scan_on().await.expect("the scanner works") {
            return;
        }
    }
    panic!("the scanner does not come to an end");
}

async fn places(court: &Court, file: &FileRef, words: &str) -> usize {
    let layer = court.app.text_layer(file).await;
    layer.iter().map(|page| texts::find(&page.runs, words).len()).sum()
}

async fn a_scan_is_read_page_by_page_also_across_a_restart(court: Court) {
    let file = scanned(&court, &["今借到", "人民币", "壹拾伍万元"]).await;
    assert!(court.app.text_layer(&file).await.iter().all(|page| page.source == Source::Awaited));
    assert!(court.app.scan_on().await.expect("the scanner works"));
    assert_eq!(court.glass.asked(), [1]);
    assert_eq!((places(&court, &file, "今借").await, places(&court, &file, "壹拾").await), (1, 0));
    let Court { store, blobs, shelf, lock, .. } = &court;
    let opening = Opening {
        store: Arc::clone(store),
        blobs: Arc::clone(blobs),
        shelf: Arc::clone(shelf),
        lock: Arc::clone(lock),
        ..Opening::default()
    };
    let again = Court::open(opening, "2026-02-27");
    again.glass.lay(&["今借到", "人民币", "壹拾伍万元"]);
    read_all(&again).await;
    assert_eq!(again.glass.asked(), [2, 3], "what was read before is not read again");
    let layer = again.app.text_layer(&file).await;
    assert!(layer.iter().all(|page| page.source == Source::Recognised));
    assert_eq!((places(&again, &file, "今借").await, places(&again, &file, "壹拾").await), (1, 1));
    assert!(!again.app.scan_on().await.expect("the scanner works"), "nothing is wanted any more");
}

async fn what_was_recognised_lies_sealed_and_goes_with_its_file(court: Court) {
    let file = scanned(&court, &["秘密的评议"]).await;
    read_all(&court).await;
    let kept = async || court.store.working_of("scan-page", Some(&file.sha256), 0).await.expect("it answers");
    let page = kept().await.remove(0);
    let words = "秘密的评议".as_bytes();
    assert!(!page.value.windows(words.len()).any(|part| part == words), "the database has no readable text");
    assert!(!String::from_utf8_lossy(&page.value).contains("runs"));
    assert_eq!(court.app.recognised(&file.sha256).await.expect("it answers")[&1].runs[0].text, "秘密的评议");
    // Nobody takes the upload up: after its week and the wait its bytes go, and its text with them.
    for hours in [7 * 24 + 1, 1, 1] {
        court.clock.set(court.now() + SignedDuration::from_hours(hours) + SignedDuration::from_micros(WAIT_US));
        court.app.sweep().await.expect("it sweeps");
    }
    assert!(court.app.bytes(&file.sha256).await.is_err(), "the file is gone");
    assert!(kept().await.is_empty());
    assert!(court.app.text_layer(&file).await.is_empty(), "and nothing is left in memory");
}

async fn a_scan_that_ends_the_worker_is_left_in_the_end(court: Court) {
    let bad = scanned(&court, &["", "第二页"]).await;
    read_all(&court).await;
    assert_eq!(court.glass.asked(), [1, 1, 1], "three times, and then no more");
    let layer = court.app.text_layer(&bad).await;
    assert_eq!(layer[0].source, Source::Awaited, "whoever opens it wants it again");
    assert!(court.app.scan_on().await.expect("the scanner works"));
}

async fn an_act_wants_the_text_of_what_it_brings(mut court: Court) {
    let told = example(1);
    court.admit(&told).await;
    submit(&mut court, &told, 1).await;
    let wanted = court.store.working_of("scan-wanted", None, 0).await.expect("it answers");
    assert!(!wanted.is_empty(), "the papers of the suit may be scans");
}
