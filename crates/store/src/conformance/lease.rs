//! Promises about leases and checkpoints.

use futures::future::join_all;

use super::*;

async fn epoch(store: &dyn Store, holder: &str, now_us: i64, until_us: i64) -> Option<u64> {
    let lease = store.lease("signer", holder, now_us, until_us).await;
    let lease = lease.expect("a lease can be asked for")?;
    assert_eq!((&*lease.name, &*lease.holder), ("signer", holder));
    Some(lease.epoch)
}

/// While one node signs, no other does.
pub async fn a_lease_is_held_by_one(premises: &dyn Premises) {
    let store = opened(premises).await;

    assert_eq!(epoch(&*store, "one", 0, 10).await, Some(1));
    assert_eq!(epoch(&*store, "two", 9, 20).await, None);
    assert_eq!(epoch(&*store, "one", 9, 20).await, Some(1), "a renewal");
    assert_eq!(epoch(&*store, "two", 19, 30).await, None, "it was renewed");
    let other = store.lease("clock", "two", 9, 20).await.expect("a lease can be asked for");
    assert_eq!(other.map(|lease| lease.epoch), Some(1), "another lease");
}

/// Whoever comes back from a long pause finds a larger epoch, and stops.
pub async fn an_epoch_grows_with_every_change_of_holder(premises: &dyn Premises) {
    let store = opened(premises).await;

    assert_eq!(epoch(&*store, "one", 0, 10).await, Some(1));
    assert_eq!(epoch(&*store, "two", 10, 20).await, Some(2));
    assert_eq!(epoch(&*store, "one", 11, 21).await, None);
    assert_eq!(epoch(&*store, "one", 20, 30).await, Some(3));
    assert_eq!(epoch(&*store, "one", 40, 50).await, Some(3), "nobody held it in between");
    assert_eq!(epoch(&*store, "one", 41, 41).await, Some(3), "giving it back");
    assert_eq!(epoch(&*opened(premises).await, "two", 42, 50).await, Some(4));
}

/// Of ten nodes that start at once, one becomes the signer.
pub async fn one_of_racing_holders_wins(premises: &dyn Premises) {
    let store = opened(premises).await;
    let names: Vec<_> = (0..10).map(|node| format!("node {node}")).collect();

    let epochs = join_all(names.iter().map(|name| epoch(&*store, name, 0, 10))).await;

    assert_eq!(epochs.into_iter().flatten().collect::<Vec<_>>(), [1]);
}

/// Checkpoints are by size, of each log apart; a note with more signatures replaces its former self.
pub async fn the_largest_checkpoint_is_the_newest(premises: &dyn Premises) {
    let store = opened(premises).await;
    let newest = async || store.checkpoint(LogId::RECORD).await.expect("checkpoints can be read");
    assert_eq!(newest().await, None);

    for (log, size, note) in [
        (LogId::RECORD, 5, "five"),
        (LogId::RECORD, 10, "ten"),
        (LogId::RECORD, 7, "seven"),
        (LogId::ACCESS, 99, "looks"),
        (LogId::RECORD, 10, "ten, cosigned"),
    ] {
        store.put_checkpoint(log, size, note).await.expect("a checkpoint is kept");
    }

    assert_eq!(newest().await, Some((10, "ten, cosigned".to_owned())));
}

/// Of the checkpoints that enough witnesses cosigned the largest is kept, of each log apart.
pub async fn the_largest_witnessed_checkpoint_is_kept_and_no_smaller_one_after_it(premises: &dyn Premises) {
    let store = opened(premises).await;
    let newest = async || store.witnessed(LogId::RECORD).await.expect("it can be read");
    assert_eq!(newest().await, None);

    for (log, size, note) in [
        (LogId::RECORD, 5, "five"),
        (LogId::RECORD, 10, "ten"),
        (LogId::RECORD, 10, "ten, by more witnesses"),
        (LogId::RECORD, 7, "seven, late"),
        (LogId::ACCESS, 99, "looks"),
    ] {
        store.put_witnessed(log, size, note).await.expect("it is kept");
    }

    assert_eq!(newest().await, Some((10, "ten, by more witnesses".to_owned())));
}
