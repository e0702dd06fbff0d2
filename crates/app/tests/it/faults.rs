//! Faults while the record is signed and published, while files come, and while clocks err: what was acknowledged
//! stays, nothing is signed twice, and it goes on by itself. The table is docs/faults.md.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::Span;
use xiezhi_app::{
    audit::{Difference, STEP},
    tables,
};
use xiezhi_domain::moment::instant;
use xiezhi_ledger::Policy;
use xiezhi_store::{CheckpointLock, LogId, MemoryLock, Store as _, StoreError};
use xiezhi_store_sql::{SqlStore, testing::TempFolder};

use crate::{
    court::{self, Court, Opening, keys},
    story,
    witnesses::Bench,
};

const LOG: LogId = LogId::RECORD;

/// How a port fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// Nothing was written.
    NotKept,
    /// It was written, and the answer was lost.
    Kept,
}

fn lost() -> StoreError {
    StoreError::Database(Box::new(std::io::Error::from(std::io::ErrorKind::ConnectionReset)))
}

/// A copy of the checkpoint that fails once.
struct FragileLock {
    kept: MemoryLock,
    fails: Mutex<Option<Fault>>,
}

#[async_trait]
impl CheckpointLock for FragileLock {
    async fn load(&self, origin: &str) -> Result<Option<String>, StoreError> {
        self.kept.load(origin).await
    }

    async fn swap(&self, origin: &str, old: Option<&str>, new: &str) -> Result<bool, StoreError> {
        let fault = self.fails.lock().expect("nobody panics at the lock").take();
        match fault {
            None => self.kept.swap(origin, old, new).await,
            Some(Fault::NotKept) => Err(lost()),
            Some(Fault::Kept) => {
                self.kept.swap(origin, old, new).await?;
                Err(lost())
            }
        }
    }
}

fn opening(lock: Arc<dyn CheckpointLock>) -> Opening {
    Opening { lock, witnesses: Bench::of_two(&[&keys()]), ..Opening::default() }
}

fn again(opening: &Opening) -> Court {
    Court::open(opening.clone(), "2026-02-27")
}

async fn differences(court: &Court) -> Vec<Difference> {
    court.app.audit(&mut |_, _| {}).await.expect("everything is checked").differences
}

/// A court with some acts signed and a proof given out, and more acts that are not signed yet.
async fn half_signed(opening: &Opening) -> (Court, xiezhi_ledger::RecordProof, Policy) {
    let court = again(opening);
    for number in 0..3 {
        court::clerk_named(&court, number).await;
    }
    court.app.prove(LOG).await.expect("it is signed");
    court.app.ask_witnesses(LOG).await.expect("it is cosigned");
    let proof = court.app.proof(LOG, 1).await.expect("it is made").expect("it is proven");
    let policy = court.app.policy().clone();
    for number in 3..400 {
        court::clerk_named(&court, number).await;
    }
    (court, proof, policy)
}

/// After whatever happened: the same node, or another after a restart, signs on; one history, old proofs hold.
async fn goes_on(opening: &Opening, court: &Court, proof: &xiezhi_ledger::RecordProof, policy: &Policy) {
    for node in [court, &again(opening)] {
        court::clerk_named(node, 900 + u128::from(node.app.now_us().unsigned_abs() % 97)).await;
        let size = node.store.size(LOG).await.expect("the record answers");
        assert_eq!(node.app.prove(LOG).await.expect("it is signed"), size);
        node.app.ask_witnesses(LOG).await.expect("it is cosigned");
        assert_eq!(node.app.reach(LOG).await.expect("it is known").witnessed, size, "one history");
        assert_eq!(differences(node).await, vec![]);
        proof.verify_entry(policy).expect("what was given out holds");
    }
}

#[tokio::test]
async fn a_file_of_the_log_that_fails_at_any_moment_is_written_again() {
    let mut broken = 0;
    for place in 0.. {
        for kept in [false, true] {
            let opening = opening(Arc::new(MemoryLock::default()));
            let (court, proof, policy) = half_signed(&opening).await;
            opening.shelf.fails_after(place, kept);
            let failed = court.app.prove(LOG).await.is_err();
            broken += u32::from(failed);
            opening.shelf.works();
            if !failed {
                assert!(broken > 6, "bundles, tiles and the checkpoint: {broken}");
                return;
            }
            goes_on(&opening, &court, &proof, &policy).await;
        }
    }
}

#[tokio::test]
async fn a_copy_of_the_checkpoint_that_fails_is_asked_again() {
    for fault in [Fault::NotKept, Fault::Kept] {
        let lock = Arc::new(FragileLock { kept: MemoryLock::default(), fails: Mutex::default() });
        let opening = opening(lock.clone());
        let (court, proof, policy) = half_signed(&opening).await;
        *lock.fails.lock().expect("nobody panics at the lock") = Some(fault);
        court.app.prove(LOG).await.expect_err("the copy fails");
        goes_on(&opening, &court, &proof, &policy).await;
    }
}

#[tokio::test]
async fn a_clock_that_stands_a_day_back_reorders_nothing() {
    let opening = opening(Arc::new(MemoryLock::default()));
    let suit = story::told_to_pretrial(Court::founded(opening.clone(), "2026-02-27").await).await;
    suit.court.app.prove(LOG).await.expect("it is signed");
    let mut suit = suit;
    let yesterday = suit.court.today.saturating_sub(Span::new().days(1));
    suit.court.clock.set(instant(yesterday, 8, 0));
    suit.link(2).await;
    let events = suit.court.store.read_log(LOG, 0, 10_000).await.expect("the record is read");
    assert!(events.windows(2).any(|pair| pair[1].at_us < pair[0].at_us), "it went back, and the order is by position");
    suit.court.app.prove(LOG).await.expect("it is signed");
    suit.court.app.ask_witnesses(LOG).await.expect("it is cosigned");
    assert_eq!(differences(&suit.court).await, vec![]);
    let other = Court::open(opening, "2026-03-06");
    assert_eq!(*other.app.load(suit.id).await.expect("the case is there"), *suit.state().await);
}

#[tokio::test]
async fn a_full_disk_refuses_a_file_and_leaves_the_case_as_it_was() {
    let suit = story::told_to_pretrial(Court::in_memory("2026-02-27").await).await;
    let (before, size) = (suit.state().await, suit.court.store.size(LOG).await.expect("the record answers"));
    suit.court.blobs.takes(Some(0));
    let refused = suit.court.app.keep(b"a photo".to_vec(), "image/jpeg", "photo".to_owned(), 1).await;
    assert!(matches!(refused, Err(xiezhi_app::AppError::Failed { .. })), "{refused:?}");
    assert_eq!(*suit.state().await, *before);
    assert_eq!(suit.court.store.size(LOG).await.expect("the record answers"), size);
    suit.court.blobs.takes(None);
    suit.court.keep("a photo").await;
    assert_eq!(differences(&suit.court).await, vec![]);
}

#[tokio::test]
async fn a_damaged_page_of_the_database_is_found_by_name() {
    let folder = TempFolder::new("page");
    let url = folder.sqlite_url("court.db");
    let store = Arc::new(SqlStore::open(&url, tables::SCHEMA).await.expect("SQLite opens"));
    let opening = Opening { store: store.clone(), ..Opening::default() };
    let suit = story::told_to_pretrial(Court::founded(opening.clone(), "2026-02-27").await).await;
    suit.court.app.prove(LOG).await.expect("it is signed");
    let event = store.read_log(LOG, 40, 1).await.expect("it is read").remove(0);
    suit.court.app.close().await;
    store.close().await;
    spoil_page_with(&folder.path().join("court.db"), &event.body.expect("nothing was destroyed"));

    let store = SqlStore::open(&url, tables::SCHEMA).await.expect("the file opens");
    let court = Court::open(Opening { store: Arc::new(store), ..opening }, "2026-03-06");
    let found = differences(&court).await;

    let named = |difference: &Difference| match difference {
        Difference::Gap { from, to, .. } => (*from..*to).contains(&40),
        Difference::Event { position, .. } => *position == 40,
        _ => false,
    };
    assert!(found.iter().any(named), "{found:?}");
}

/// Overwrites the middle of the page of a SQLite file that holds these bytes.
fn spoil_page_with(file: &std::path::Path, bytes: &[u8]) {
    let mut whole = std::fs::read(file).expect("the file is read");
    let at = whole.windows(bytes.len().min(60)).position(|part| part == &bytes[..bytes.len().min(60)]);
    let at = at.expect("the body lies in the file");
    whole[at..at + 40].fill(0xaa);
    std::fs::write(file, whole).expect("the file is written");
}

/// The check of everything can be left at any step and taken up again.
#[tokio::test]
async fn a_check_that_was_interrupted_goes_on_where_it_was() {
    let suit = story::told_to_pretrial(Court::in_memory("2026-02-27").await).await;
    let app = &suit.court.app;
    for log in LogId::ALL {
        app.prove(log).await.expect("it is signed");
    }
    let whole = app.audit(&mut |_, _| {}).await.expect("everything is checked");
    let mut run = xiezhi_app::audit::Run::begin(app.now_us());
    let mut steps = 0;
    while !run.is_done() {
        app.audit_step(&mut run, STEP).await.expect("a step is taken");
        app.keep_audit_run(&run).await.expect("it is kept");
        run = app.auditing().await.expect("it is read").expect("it is under way");
        steps += 1;
    }
    assert!(steps > 4);
    assert_eq!(run.checked, whole);
    app.end_audit(run).await.expect("it is kept");
    let told = app.audited().await.expect("it is read").expect("it was ended");
    assert!(told.checked.agrees() && app.auditing().await.expect("it is read").is_none());
}

#[tokio::test]
async fn a_court_checks_itself_once_a_day_beside_its_work() {
    let mut suit = story::told_to_pretrial(Court::in_memory("2026-02-27").await).await;
    suit.court.app.prove(LOG).await.expect("it is signed");
    let mut slices = 0;
    while suit.court.app.audited().await.expect("it is read").is_none() {
        suit.court.app.audit_slice().await.expect("a slice is checked");
        slices += 1;
        assert!(slices < 10_000, "it ends");
        if slices == 2 {
            suit.link(2).await;
        }
    }
    let first = suit.court.app.audited().await.expect("it is read").expect("it was ended");
    assert_eq!(first.checked.differences, vec![], "acts meanwhile are no differences");
    suit.court.app.audit_slice().await.expect("nothing is due");
    assert!(suit.court.app.auditing().await.expect("it is read").is_none());
    suit.court.jump("2026-03-09".parse().expect("a day"));
    suit.court.app.audit_slice().await.expect("it begins");
    let again = suit.court.app.audited().await.expect("it is read").expect("it was ended");
    assert!(again != first || suit.court.app.auditing().await.expect("it is read").is_some());
}
