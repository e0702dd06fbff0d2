//! What runs beside the pages: proofs, the clock, the outbox, looks. Each holds a lease where only one node
//! may; losing one stops that work, never an act.

use std::time::Duration;

use tokio::{sync::watch, task::JoinSet};
use xiezhi_store::LogId;

use crate::App;

/// A lease lasts this long and is renewed well before.
const LEASE_US: i64 = 10_000_000;

/// What leases are for, each by the name of its work.
const LEASES: [&str; 8] = ["signer", "stamper", "shadow", "outbox", "clock", "sweeper", "auditor", "searcher"];

/// Files that nobody took up are swept this often.
const SWEEP: Duration = Duration::from_secs(60);

/// The access log is anchored in the record this often.
const ANCHOR: Duration = Duration::from_secs(3600);

/// Runs all workers until `stop` turns true, then finishes what is begun: the last looks are written,
/// signed and anchored.
pub async fn run(app: App, stop: watch::Receiver<bool>) {
    let mut workers = JoinSet::new();
    workers.spawn(each_second(app.clone(), stop.clone(), "signer", |app| async move {
        for log in LogId::ALL {
            if let Err(fault) = app.prove(log).await {
                tracing::error!(
                    fault = &fault as &dyn std::error::Error,
                    log = crate::recorder::name(log),
                    "nothing was signed"
                );
            }
        }
    }));
    // Whoever signs also asks: two nodes never publish the same checkpoint at once.
    workers.spawn(each_second(app.clone(), stop.clone(), "signer", |app| async move {
        for log in LogId::ALL {
            if let Err(fault) = app.ask_witnesses(log).await {
                tracing::error!(
                    fault = &fault as &dyn std::error::Error,
                    log = crate::recorder::name(log),
                    "the witnesses were not asked"
                );
            }
        }
    }));
    workers.spawn(each_second(app.clone(), stop.clone(), "stamper", |app| async move {
        if let Err(fault) = app.stamp_record().await {
            tracing::warn!(fault = &fault as &dyn std::error::Error, code = fault.code(), "there is no time stamp");
        }
    }));
    workers.spawn(each_second(app.clone(), stop.clone(), "shadow", |app| async move {
        if let Err(fault) = app.sign_shadow().await {
            tracing::error!(fault = &fault as &dyn std::error::Error, "the shadow was not signed");
        }
    }));
    workers.spawn(each_second(app.clone(), stop.clone(), "outbox", |app| async move {
        if let Err(fault) = app.run_outbox().await {
            tracing::error!(fault = &fault as &dyn std::error::Error, "the outbox failed");
        }
    }));
    workers.spawn(each(crate::dispatch::BOUNCES, app.clone(), stop.clone(), "outbox", |app| async move {
        if let Err(fault) = app.take_bounces().await {
            tracing::error!(fault = &fault as &dyn std::error::Error, "what came back was not taken in");
        }
    }));
    workers.spawn(each_second(app.clone(), stop.clone(), "batches", |app| async move {
        if let Err(fault) = app.run_signing().await {
            tracing::error!(fault = &fault as &dyn std::error::Error, "signing in bulk failed");
        }
        if let Err(fault) = app.run_series().await {
            tracing::error!(fault = &fault as &dyn std::error::Error, "applying a common draft failed");
        }
    }));
    workers.spawn(each_second(app.clone(), stop.clone(), "clock", |app| async move {
        let today = app.ports().clock.moment().today;
        let kept = app.keep_draw_keys(today).await;
        let ran = app.run_clock(today).await;
        for fault in kept.err().into_iter().chain(ran.err()) {
            tracing::error!(fault = &fault as &dyn std::error::Error, "the clock failed");
        }
    }));
    workers.spawn(each(SWEEP, app.clone(), stop.clone(), "sweeper", |app| async move {
        if let Err(fault) = app.sweep().await {
            tracing::error!(fault = &fault as &dyn std::error::Error, "files nobody took up were not swept");
        }
    }));
    let told = stop.clone();
    workers.spawn(each(SWEEP, app.clone(), stop.clone(), "screener", move |app| {
        let told = told.clone();
        async move {
            loop {
                match app.screen_on().await {
                    // What waits while the scanner answers is gone through at once.
                    Ok(done) if done > 0 && !*told.borrow() => {}
                    Ok(_) => return,
                    Err(fault) => {
                        let fault = &fault as &dyn std::error::Error;
                        return tracing::error!(fault, "files were not looked through for viruses");
                    }
                }
            }
        }
    }));
    workers.spawn(each_second(app.clone(), stop.clone(), "scanner", |app| async move {
        if let Err(fault) = app.take_scans().await {
            tracing::error!(fault = &fault as &dyn std::error::Error, "scans were not taken in");
        }
    }));
    workers.spawn(each_second(app.clone(), stop.clone(), "auditor", |app| async move {
        if let Err(fault) = app.audit_slice().await {
            tracing::error!(fault = &fault as &dyn std::error::Error, "the record was not checked on");
        }
    }));
    let told = stop.clone();
    workers.spawn(each_second(app.clone(), stop.clone(), "searcher", move |app| {
        let told = told.clone();
        async move {
            loop {
                let begun = tokio::time::Instant::now();
                match app.index_on().await {
                    // It rests as long as it works: an index that is filled again slows nobody down.
                    Ok(true) if !*told.borrow() => tokio::time::sleep(begun.elapsed()).await,
                    Ok(_) => return,
                    Err(fault) => {
                        return tracing::error!(fault = &fault as &dyn std::error::Error, "pages were not indexed");
                    }
                }
            }
        }
    }));
    let told = stop.clone();
    workers.spawn(each_second(app.clone(), stop.clone(), "comparer", move |app| {
        let mut told = told.clone();
        async move {
            tokio::select! {
                _ = told.changed() => {}
                compared = app.compare_on() => if let Err(fault) = compared {
                    tracing::error!(fault = &fault as &dyn std::error::Error, "no scan was compared");
                }
            }
        }
    }));
    // A page in hand when the court stops is begun anew after: nobody waits for it.
    let told = stop.clone();
    workers.spawn(each_second(app.clone(), stop.clone(), "scanner", move |app| {
        let mut told = told.clone();
        async move {
            tokio::select! {
                _ = told.changed() => {}
                scanned = app.scan_on() => if let Err(fault) = scanned {
                    tracing::error!(fault = &fault as &dyn std::error::Error, "no scan was read");
                }
            }
        }
    }));
    workers.spawn(others(app.clone(), stop.clone()));
    workers.spawn(anchor(app.clone(), stop.clone()));
    workers.spawn(looks(app.clone(), stop));
    while workers.join_next().await.is_some() {}
    anchor_once(&app).await;
    give_leases_back(&app).await;
}

/// Nothing of this node works any more: whoever comes next need not wait until its leases end.
async fn give_leases_back(app: &App) {
    let (now, node) = (app.now_us(), &app.ports().node);
    for name in LEASES {
        if let Err(fault) = app.ports().store.lease(name, node, now, now).await {
            tracing::warn!(fault = &fault as &dyn std::error::Error, name, "a lease was not given back");
        }
    }
}

async fn anchor(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        // Whether time is up or we are told to stop: the last time is anchored by whoever stops us.
        if tokio::time::timeout(ANCHOR, stop.changed()).await.is_ok() {
            return;
        }
        anchor_once(&app).await;
    }
}

async fn anchor_once(app: &App) {
    if let Err(fault) = app.prove(LogId::ACCESS).await {
        tracing::error!(fault = &fault as &dyn std::error::Error, "the access log was not signed");
        return;
    }
    if let Err(fault) = app.anchor_access_log().await {
        tracing::error!(fault = &fault as &dyn std::error::Error, "the access log was not anchored");
    }
}

/// Does `work` each second while this node holds the lease `name`.
async fn each_second<W, F>(app: App, stop: watch::Receiver<bool>, name: &'static str, work: W)
where
    W: Fn(App) -> F,
    F: Future<Output = ()>,
{
    each(Duration::from_millis(900), app, stop, name, work).await;
}

/// Does `work` with `pause` between while this node holds the lease `name`.
async fn each<W, F>(pause: Duration, app: App, mut stop: watch::Receiver<bool>, name: &'static str, work: W)
where
    W: Fn(App) -> F,
    F: Future<Output = ()>,
{
    while !*stop.borrow() {
        let now = app.now_us();
        let node = app.ports().node.clone();
        match app.ports().store.lease(name, &node, now, now + LEASE_US).await {
            Ok(Some(_)) => work(app.clone()).await,
            Ok(None) => {}
            Err(fault) => tracing::error!(fault = &fault as &dyn std::error::Error, name, "no lease"),
        }
        // An error means that nobody can stop us any more: then this was the last round.
        if tokio::time::timeout(pause, stop.changed()).await.is_ok_and(|told| told.is_err()) {
            return;
        }
    }
}

/// Each node listens to the others by itself: pages that are open here show within a second what was done there.
async fn others(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(fault) = app.hear_others().await {
            tracing::error!(fault = &fault as &dyn std::error::Error, "other nodes were not heard");
        }
        if tokio::time::timeout(Duration::from_millis(800), stop.changed()).await.is_ok_and(|told| told.is_err()) {
            return;
        }
    }
}

async fn looks(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let ended = *stop.borrow();
        let (looks, visits) = (app.flush_looks().await, app.flush_visits().await);
        let times = app.flush_times(ended).await;
        for fault in looks.err().into_iter().chain(visits.err()).chain(times.err()) {
            tracing::error!(fault = &fault as &dyn std::error::Error, "looks were not written");
        }
        if ended || tokio::time::timeout(Duration::from_secs(1), stop.changed()).await.is_ok_and(|told| told.is_err()) {
            return;
        }
    }
}
