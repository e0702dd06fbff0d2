//! Promises about carrying a store elsewhere.

use super::*;
use crate::transfer::{LogPage, Still, Transfer};
use crate::{MemoryStore, Outcome, Pos};

/// Few, so that acts lie across pages.
const PAGE: u64 = 3;

/// Acts of every kind, and what happens beside them.
async fn lived(store: &dyn Store) {
    kept(store, act(1).writes("case", 0, 2).puts("a", 1).promises(1, 5).works("x", "one")).await;
    kept(store, act(2).writes("case", 2, 2).writes("number", 0, 1).works("x", "two")).await;
    kept(store, act(3).works("y", "of an act without events")).await;
    kept(store, act(4).writes("secret", 0, 1).promises(2, 1).promises(3, 2)).await;
    kept(store, act(5).in_access_log().writes("looks", 0, 2)).await;
    store.destroy_stream(LogId::RECORD, &stream("secret")).await.expect("a stream can be destroyed");
    store.claim("message", 2, 9, 1).await.expect("a dispatch can be claimed");
    let failed = store.claim("message", 2, 9, 1).await.expect("another can be claimed").remove(0);
    store.finish(failed.id, Outcome::Failed { why: "no such number".to_owned() }).await.expect("it is given up");
    store.change_working(vec![draft("z", "expires", Some(2_000))]).await.expect("working data can be written");
    store.put_checkpoint(LogId::RECORD, 5, "five").await.expect("a checkpoint is kept");
    store.put_checkpoint(LogId::RECORD, 6, "six").await.expect("a checkpoint is kept");
    store.put_witnessed(LogId::RECORD, 5, "five, cosigned").await.expect("it is kept");
}

async fn page(store: &dyn Transfer, log: LogId, from: Pos) -> LogPage {
    store.log_page(log, from, PAGE).await.expect("a page can be read")
}

async fn still(store: &dyn Transfer) -> Still {
    store.still().await.expect("it stands still")
}

async fn carry(from: &dyn Transfer, to: &dyn Transfer) {
    let still = still(from).await;
    for (log, size) in &still.sizes {
        let mut at = 0;
        while at < *size {
            let page = page(from, *log, at).await;
            at += page.events.len() as Pos;
            to.take_page(*log, page).await.expect("a page is taken");
        }
    }
    to.take_still(still).await.expect("what changes in place is taken");
}

/// Both hold the same, and answer a repeated command alike.
async fn are_alike(one: (&dyn Store, &dyn Transfer), other: (&dyn Store, &dyn Transfer)) {
    assert_eq!(still(one.1).await, still(other.1).await);
    for log in LogId::ALL {
        let (left, right) = (one.0.read_log(log, 0, 100).await, other.0.read_log(log, 0, 100).await);
        assert_eq!(left.expect("it is read"), right.expect("it is read"));
    }
    for id in 1..=5 {
        let id = Uuid::from_u128(id);
        for log in LogId::ALL {
            let (left, right) = (one.0.committed(log, id).await, other.0.committed(log, id).await);
            assert_eq!(left.expect("it answers"), right.expect("it answers"), "{id}");
        }
    }
}

/// From here to memory.
pub async fn what_is_carried_elsewhere_is_what_was_kept(premises: &dyn Premises) {
    let (store, here) = (opened(premises).await, premises.carried().await.expect("it can be carried"));
    lived(&*store).await;
    let there = MemoryStore::new(SCHEMA);

    carry(&*here, &there).await;

    are_alike((&*store, &*here), (&there, &there)).await;
    assert!(!there.rows_are_current().await.expect("it answers"), "rows are computed anew");
}

/// From memory to here; and everything goes on from where it was.
pub async fn what_is_brought_goes_on_as_if_it_had_been_here(premises: &dyn Premises) {
    let (store, here) = (opened(premises).await, premises.carried().await.expect("it can be carried"));
    let there = MemoryStore::new(SCHEMA);
    lived(&there).await;

    carry(&there, &*here).await;

    are_alike((&there, &there), (&*store, &*here)).await;
    assert!(!store.rows_are_current().await.expect("it answers"), "rows are computed anew");
    assert!(store.replace_rows(vec![], 6).await.expect("they can be"), "up to the size of the record");
    let again = opened(premises).await;
    let repeat = act(1).writes("case", 0, 2).puts("a", 1).promises(1, 5).works("x", "one");
    assert_eq!(commit_one(&*again, repeat).await, Ok(Committed { first: 0, count: 2, replayed: true }));
    assert_eq!(kept(&*again, act(9).writes("case", 4, 1)).await.first, 6);
    assert!(again.rows_are_current().await.expect("it answers"));
}

/// Putting what changes in place twice, as after an interruption, changes nothing.
pub async fn bringing_the_same_again_changes_nothing(premises: &dyn Premises) {
    let (_store, here) = (opened(premises).await, premises.carried().await.expect("it can be carried"));
    let there = MemoryStore::new(SCHEMA);
    lived(&there).await;
    carry(&there, &*here).await;
    let before = still(&*here).await;

    here.take_still(before.clone()).await.expect("it is taken again");

    assert_eq!(still(&*here).await, before);
}

/// A page goes to the end of its log or nowhere.
pub async fn a_page_that_does_not_follow_is_not_taken(premises: &dyn Premises) {
    let (store, here) = (opened(premises).await, premises.carried().await.expect("it can be carried"));
    let there = MemoryStore::new(SCHEMA);
    lived(&there).await;
    let first = page(&there, LogId::RECORD, 0).await;

    let late = here.take_page(LogId::RECORD, page(&there, LogId::RECORD, 1).await).await;
    assert!(matches!(late, Err(StoreError::Malformed(_))), "{late:?}");
    here.take_page(LogId::RECORD, first.clone()).await.expect("the first follows nothing");
    let twice = here.take_page(LogId::RECORD, first).await;
    assert!(matches!(twice, Err(StoreError::Malformed(_))), "{twice:?}");

    assert_eq!(size(&*store).await, PAGE);
}

/// An empty store says that it is.
pub async fn a_store_that_nobody_used_is_empty(premises: &dyn Premises) {
    let (store, here) = (opened(premises).await, premises.carried().await.expect("it can be carried"));
    assert!(still(&*here).await.is_empty());
    kept(&*store, act(3)).await;
    assert!(!still(&*here).await.is_empty(), "a command without events is something");
}

/// While acts go on, the sizes of the logs, working data and promises that are read belong together.
pub async fn what_changes_in_place_is_of_one_moment(premises: &dyn Premises) {
    let (store, here) = (opened(premises).await, premises.carried().await.expect("it can be carried"));
    let acting = tokio::spawn(async move {
        for id in 1..=60 {
            let one = act(id).writes("case", (id - 1) as u64, 1).promises(id, 0).works(&id.to_string(), "one");
            kept(&*store, one).await;
        }
    });
    loop {
        let ended = acting.is_finished();
        let seen = still(&*here).await;
        let size = seen.sizes.get(&LogId::RECORD).copied().unwrap_or_default() as usize;
        assert_eq!((seen.working.len(), seen.outbox.len()), (size, size));
        if ended {
            break;
        }
    }
    acting.await.expect("everything was kept");
}
