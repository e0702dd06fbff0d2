//! Promises about the outbox.

use std::collections::BTreeSet;

use futures::future::join_all;
use uuid::Uuid;

use super::*;
use crate::{Claimed, Outcome};

async fn claim(store: &dyn Store, now_us: i64, until_us: i64) -> Vec<(u128, u32)> {
    let claimed = store.claim("message", now_us, until_us, 100).await;
    let claimed = claimed.expect("dispatches can be claimed");
    claimed.into_iter().map(|one| (one.id.as_u128(), one.attempts)).collect()
}

async fn finish(store: &dyn Store, id: u128, outcome: Outcome) {
    store.finish(Uuid::from_u128(id), outcome).await.expect("a dispatch can be finished");
}

/// Due dispatches of the channel come in the order they are due, whole.
pub async fn a_dispatch_is_claimed_when_due(premises: &dyn Premises) {
    let store = opened(premises).await;
    let mut act = act(1).promises(3, 20).promises(1, 30).promises(2, 10);
    act.outbox.push(NewDispatch { channel: "payment".to_owned(), ..dispatch(4, 0) });
    kept(&*store, act).await;

    assert_eq!(claim(&*store, 9, 50).await, []);
    let first = store.claim("message", 25, 50, 1).await.expect("dispatches can be claimed");
    let NewDispatch { id, channel, body, .. } = dispatch(2, 10);
    assert_eq!(first, [Claimed { id, channel, body, attempts: 0 }]);
    assert_eq!(claim(&*store, 25, 50).await, [(3, 0)]);
    assert_eq!(claim(&*store, 30, 50).await, [(1, 0)]);
}

/// A worker died: its dispatches are claimed again, and count their attempts.
pub async fn a_claim_that_ran_out_is_claimed_again(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).promises(1, 0)).await;

    assert_eq!(claim(&*store, 10, 20).await, [(1, 0)]);
    assert_eq!(claim(&*store, 19, 30).await, [], "it is claimed");
    assert_eq!(claim(&*store, 20, 30).await, [(1, 1)]);
    assert_eq!(claim(&*opened(premises).await, 30, 40).await, [(1, 2)]);
}

/// Delivered is delivered.
pub async fn a_finished_dispatch_is_gone(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).promises(1, 0)).await;
    claim(&*store, 10, 20).await;

    finish(&*store, 1, Outcome::Done).await;
    finish(&*store, 1, Outcome::Done).await;

    assert_eq!(claim(&*store, 1_000, 2_000).await, []);
}

/// A retry waits for its moment, whatever the claim said.
pub async fn a_retried_dispatch_waits(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).promises(1, 0)).await;
    claim(&*store, 10, 500).await;

    finish(&*store, 1, Outcome::Retry { at_us: 100, why: "busy\0".to_owned() }).await;

    assert_eq!(claim(&*store, 99, 500).await, []);
    assert_eq!(claim(&*store, 100, 500).await, [(1, 1)]);
}

/// What was given up is never claimed, and a person sees it.
pub async fn a_failed_dispatch_stays_listed(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).promises(1, 0).promises(2, 0)).await;
    claim(&*store, 10, 20).await;

    finish(&*store, 1, Outcome::Failed { why: "号码不存在".to_owned() }).await;

    assert_eq!(claim(&*store, 20, 30).await, [(2, 1)]);
    let failed = store.failed_dispatches().await.expect("failures can be listed");
    let NewDispatch { id, channel, body, .. } = dispatch(1, 0);
    let expected = Claimed { id, channel, body, attempts: 1 };
    assert_eq!(failed, [(expected, "号码不存在".to_owned())]);
}

/// Eight workers on two nodes share the work without doubling any.
pub async fn racing_workers_never_claim_the_same(premises: &dyn Premises) {
    let nodes = [opened(premises).await, opened(premises).await];
    let promised = (1..=40).fold(act(1), |act, id| act.promises(id, 0));
    kept(&*nodes[0], promised).await;

    let workers = (0..8).map(|worker| {
        let store = Arc::clone(&nodes[worker % 2]);
        tokio::spawn(async move {
            let mut own = Vec::new();
            loop {
                let some = store.claim("message", 1, 1_000, 3).await.expect("claims work");
                if some.is_empty() {
                    return own;
                }
                own.extend(some.into_iter().map(|one| one.id.as_u128()));
            }
        })
    });
    let mut claimed = Vec::new();
    for worker in join_all(workers).await {
        claimed.extend(worker.expect("a worker does not fail"));
    }
    // A worker may find nothing while another still holds the rest, so some may be left.
    claimed.extend(claim(&*nodes[0], 1, 1_000).await.into_iter().map(|(id, _)| id));

    assert_eq!(claimed.len(), 40);
    assert_eq!(claimed.into_iter().collect::<BTreeSet<_>>(), (1..=40).collect());
}
