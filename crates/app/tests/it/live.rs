//! Hints: whoever has a case open on one node hears within a second of what was done on another.

use std::sync::Arc;

use xiezhi_app::live::Hint;

use crate::{
    court::{Court, Opening},
    example::example,
    steps::{case, submit},
};

/// Another node of the same court.
fn node(court: &Court) -> Court {
    let Court { store, blobs, shelf, lock, .. } = court;
    let opening = Opening {
        store: Arc::clone(store),
        blobs: Arc::clone(blobs),
        shelf: Arc::clone(shelf),
        lock: Arc::clone(lock),
        ..Opening::default()
    };
    Court::open(opening, "2026-02-27")
}

async fn what_one_node_records_another_tells_of_once(mut court: Court) {
    let other = node(&court);
    let told = example(1);
    court.admit(&told).await;
    for app in [&court.app, &other.app] {
        assert_eq!(app.hear_others().await.expect("it listens"), 0, "what was before is nobody's news");
    }
    let mut hints = other.app.hub().listen();
    let state = submit(&mut court, &told, 1).await;
    assert_eq!(other.app.hear_others().await.expect("it listens"), 1);
    let hint = hints.recv().await.expect("a hint");
    assert!(matches!(hint, Hint::Changed { case: of, rev, .. } if of == case(1) && rev == state.rev), "{hint:?}");
    assert_eq!(court.app.hear_others().await.expect("it listens"), 0, "whoever did it told of it already");
    assert_eq!(other.app.hear_others().await.expect("it listens"), 0, "and nothing is told twice");
}

over_each_store!(what_one_node_records_another_tells_of_once);
