//! What runs beside the pages: it does its work without being asked, and finishes what is begun.

use std::time::Duration;

use tokio::sync::watch;
use xiezhi_app::{anchoring, looks::Seen, workers};
use xiezhi_domain::people::Post;
use xiezhi_store::LogId;

use crate::{cast::person, court::Court, steps::case};

over_each_store![a_node_that_closes_leaves_its_work_to_the_next_at_once];

async fn a_node_that_closes_leaves_its_work_to_the_next_at_once(court: Court) {
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(workers::run(court.app.clone(), stopped));
    for _ in 0..50 {
        if proven(&court).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let next = async |name: &str| {
        let now = court.app.now_us();
        court.store.lease(name, "the next node", now, now + 10_000_000).await.expect("it answers")
    };
    assert!(next("signer").await.is_none(), "this node signs");
    stop.send_replace(true);
    working.await.expect("the workers end");
    for name in ["signer", "outbox", "clock", "auditor"] {
        assert!(next(name).await.is_some(), "{name} was given back");
    }
}

async fn proven(court: &Court) -> bool {
    let size = court.store.size(LogId::RECORD).await.expect("the record answers");
    court.app.proven_upto(LogId::RECORD).await.expect("it answers") == size
}

#[tokio::test]
async fn what_is_recorded_is_proven_within_seconds_and_the_last_looks_are_anchored() {
    let court = Court::in_memory("2026-02-27").await;
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(workers::run(court.app.clone(), stopped));
    for _ in 0..50 {
        if proven(&court).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(proven(&court).await, "a second passed");

    let seen = Seen { post: Post::Judge, case: case(0), material: None, rule: "V1".to_owned() };
    court.app.look(person(1), seen, 1);
    stop.send_replace(true);
    working.await.expect("the workers end");

    assert_eq!(court.app.looks(case(0)).await.expect("looks are read").len(), 1);
    let anchors = court.store.read_stream(LogId::RECORD, &anchoring::stream(), 0).await.expect("it is read");
    assert_eq!(anchors.len(), 1);
}

#[tokio::test]
async fn of_two_nodes_one_works_on_what_only_one_may() {
    let court = Court::in_memory("2026-02-27").await;
    let now = court.app.now_us();
    let held = court.store.lease("signer", "another node", now, now + 60_000_000).await.expect("it answers");
    assert!(held.is_some());
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(workers::run(court.app.clone(), stopped));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!proven(&court).await, "the other node signs");
    stop.send_replace(true);
    working.await.expect("the workers end");
}
