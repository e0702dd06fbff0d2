//! Promises about a store behind its [`Writer`].

use futures::future::{join_all, maybe_done};
use uuid::Uuid;

use super::*;
use crate::{WriteError, Writer};

/// Sixteen clients at once: positions are dense, in one order, and no act is lost or doubled.
pub async fn racing_writers_get_dense_positions(premises: &dyn Premises) {
    const CLIENTS: u128 = 16;
    const ACTS_EACH: u128 = 20;
    let store = opened(premises).await;
    let writer = Writer::start(Arc::clone(&store));
    let clients = (0..CLIENTS).map(|client| {
        let writer = writer.clone();
        tokio::spawn(async move {
            let mut first = Vec::new();
            for round in 0..ACTS_EACH {
                let act = act(1 + client * ACTS_EACH + round).writes(&format!("case {client}"), round as u64, 1);
                first.push(writer.commit(act).await.expect("nobody else writes here").first);
            }
            first
        })
    });

    let mut positions = Vec::new();
    for client in join_all(clients).await {
        let own = client.expect("a client does not fail");
        assert!(own.is_sorted(), "a client's acts keep their order: {own:?}");
        positions.extend(own);
    }

    let total = (CLIENTS * ACTS_EACH) as u64;
    positions.sort_unstable();
    assert_eq!(positions, (0..total).collect::<Vec<_>>());
    let log = store.read_log(LogId::RECORD, 0, total + 1).await.expect("the log can be read");
    assert_eq!(log.len() as u64, total);
}

/// One act with a faulty id fails alone, though it travelled with others.
pub async fn an_act_that_cannot_be_kept_spares_the_others(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).writes("case", 0, 1)).await;
    let writer = Writer::start(Arc::clone(&store));
    let acts = (2..20u128).map(|id| {
        let mut act = act(id).writes(&format!("case {id}"), 0, 1);
        if id == 7 {
            act.write[0].1[0].id = Uuid::from_u128(1_000);
        }
        writer.commit(act)
    });

    let answers = join_all(acts).await;

    for (id, answer) in (2..20).zip(answers) {
        match answer {
            Err(WriteError::Store(_)) => assert_eq!(id, 7),
            answer => assert!(answer.is_ok() && id != 7, "{id}: {answer:?}"),
        }
    }
    assert_eq!(size(&*store).await, 18);
}

/// Someone closes the browser: what was sent is done.
pub async fn an_act_completes_though_its_caller_goes_away(premises: &dyn Premises) {
    let store = opened(premises).await;
    let writer = Writer::start(Arc::clone(&store));
    {
        let mut sent = Box::pin(writer.commit(act(1).writes("case", 0, 1)));
        // Polled once, it is queued; the writer on the other thread may even be quicker than the caller.
        let _ = futures::poll!(&mut sent);
    }

    writer.close().await;

    assert_eq!(size(&*store).await, 1);
}

/// A node that goes down first commits what it took, and takes nothing more.
pub async fn closing_commits_what_is_queued(premises: &dyn Premises) {
    let store = opened(premises).await;
    let writer = Writer::start(Arc::clone(&store));
    // Fewer than a task may poll in one go, so that one poll queues each.
    let mut sent: Vec<_> = (1..=50u128)
        .map(|id| Box::pin(maybe_done(writer.commit(act(id).writes(&format!("case {id}"), 0, 1)))))
        .collect();
    for act in &mut sent {
        // Polled once, it is queued; the answer comes below, if the writer was not quicker.
        let _ = futures::poll!(act);
    }

    writer.close().await;

    let late = writer.commit(act(999)).await;
    assert!(matches!(late, Err(WriteError::Closed)), "{late:?}");
    assert_eq!(size(&*store).await, 50);
    for mut act in sent {
        act.as_mut().await;
        let answer = act.as_mut().take_output().expect("it was answered");
        answer.expect("what was queued was committed");
    }
}
