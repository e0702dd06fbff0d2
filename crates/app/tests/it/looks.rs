//! Looks: noted once, kept for good, and anchored in the record.

use xiezhi_app::{
    access::{AccessEvent, Look},
    anchoring::{self, AnchorEvent},
    looks::Seen,
};
use xiezhi_domain::{
    ids::{CaseId, MaterialId, PersonId},
    people::Post,
};
use xiezhi_store::LogId;

use crate::{
    cast::person,
    court::Court,
    steps::{case, exhibit},
};

fn seen(case: CaseId, material: Option<MaterialId>) -> Seen {
    Seen { post: Post::Judge, case, material, rule: "judge.of_case".to_owned() }
}

fn downloaded(reader: PersonId) -> AccessEvent {
    AccessEvent::Looked {
        reader,
        post: Post::Judge,
        look: Look::Download,
        case: Some(case(0)),
        material: Some(exhibit(0, 0)),
        pages: vec![],
        words: None,
        rule: "judge.of_case".to_owned(),
    }
}

fn pages(looks: &[(jiff::Timestamp, AccessEvent)]) -> Vec<Vec<u32>> {
    looks.iter().map(|(_, AccessEvent::Looked { pages, .. })| pages.clone()).collect()
}

async fn pages_looked_at_together_make_one_entry(court: Court) {
    for page in [2, 1, 2] {
        court.app.look(person(1), seen(case(0), Some(exhibit(0, 0))), page);
    }
    court.app.look(person(1), seen(case(0), None), 1);
    assert_eq!(court.app.flush_looks().await.expect("looks are written"), 2);
    let looks = court.app.looks(case(0)).await.expect("looks are read");
    assert!(pages(&looks).contains(&vec![1, 2]), "{looks:?}");
    assert_eq!(looks.len(), 2);
}

async fn a_page_counts_once_a_minute(court: Court) {
    let look = || court.app.look(person(1), seen(case(0), Some(exhibit(0, 0))), 1);
    look();
    court.app.flush_looks().await.expect("looks are written");
    look();
    assert_eq!(court.app.flush_looks().await.expect("nothing to write"), 0);
    court.clock.set(court.now() + jiff::SignedDuration::from_secs(61));
    look();
    assert_eq!(court.app.flush_looks().await.expect("looks are written"), 1);
}

async fn many_downloads_of_one_case_at_once_are_all_kept(court: Court) {
    let downloads = (0..20).map(|_| court.app.record_look(downloaded(person(1))));
    futures::future::try_join_all(downloads).await.expect("all are kept");
    assert_eq!(court.app.looks(case(0)).await.expect("looks are read").len(), 20);
}

async fn two_nodes_write_to_one_case(court: Court) {
    let other = Court::opened(court.store.clone(), court.shelf.clone(), court.lock.clone(), None, "2026-02-27");
    for app in [&court.app, &other.app, &court.app, &other.app] {
        app.record_look(downloaded(person(1))).await.expect("it is kept");
    }
    assert_eq!(court.app.looks(case(0)).await.expect("looks are read").len(), 4);
}

async fn the_history_of_looks_is_anchored_in_the_record(court: Court) {
    court.app.record_look(downloaded(person(1))).await.expect("it is kept");
    court.app.prove(LogId::ACCESS).await.expect("it is signed");
    assert!(court.app.anchor_access_log().await.expect("it is anchored"));
    assert!(!court.app.anchor_access_log().await.expect("it is known"), "the same checkpoint is recorded once");

    let events = court.store.read_stream(LogId::RECORD, &anchoring::stream(), 0).await.expect("it is read");
    let body = events[0].body.as_deref().expect("nothing was destroyed");
    let AnchorEvent::AccessCheckpoint { size, checkpoint } = serde_json::from_slice(body).expect("an anchor");
    let (signed, note) = court.store.checkpoint(LogId::ACCESS).await.expect("it is read").expect("signed");
    assert_eq!((size, checkpoint), (signed, note));
}

async fn a_visit_counts_at_once_and_its_mark_is_kept_with_the_others(court: Court) {
    let first = court.app.visit(case(0), person(1), 5).await.expect("it is looked up");
    assert_eq!((first.before_rev, first.seen_rev), (0, 5));
    court.clock.set(court.now() + jiff::SignedDuration::from_hours(2));
    let second = court.app.visit(case(0), person(1), 9).await.expect("it waits in memory");
    assert_eq!((second.before_rev, second.seen_rev), (5, 9));
    assert_eq!(court.app.flush_visits().await.expect("it is written"), 1);
    let other = Court::opened(court.store.clone(), court.shelf.clone(), court.lock.clone(), None, "2026-02-28");
    let third = other.app.visit(case(0), person(1), 12).await.expect("another node reads it");
    assert_eq!((third.before_rev, third.seen_rev), (9, 12));
}

over_each_store!(
    pages_looked_at_together_make_one_entry,
    a_page_counts_once_a_minute,
    many_downloads_of_one_case_at_once_are_all_kept,
    two_nodes_write_to_one_case,
    the_history_of_looks_is_anchored_in_the_record,
    a_visit_counts_at_once_and_its_mark_is_kept_with_the_others,
    what_says_that_it_asks_by_itself_is_a_look_of_whoever_did_not_look_that_day,
);

async fn what_says_that_it_asks_by_itself_is_a_look_of_whoever_did_not_look_that_day(court: Court) {
    let suit = crate::steps::Suit::filed(court).await;
    let (judge, court) = (suit.judge().await, &suit.court);
    let minutes = |many| court.clock.set(court.now() + jiff::SignedDuration::from_mins(many));
    let written = async |by_itself| {
        court.app.look_at_case(suit.id, &judge, by_itself).await;
        court.app.flush_looks().await.expect("looks are written")
    };
    assert_eq!(written(true).await, 1, "nobody reads a case without a trace by saying so");
    minutes(2);
    assert_eq!(written(true).await, 0, "an open page asks again");
    assert_eq!(written(false).await, 1, "a look is a look");
    minutes(24 * 60);
    assert_eq!(written(true).await, 1, "another day");
}
