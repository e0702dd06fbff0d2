//! The record as a transparency log: what anybody can check, and what is never signed.

use std::sync::Arc;

use xiezhi_app::{recorder::RecorderError, tables};
use xiezhi_ledger::{Policy, RecordProof, VerifierKey};
use xiezhi_store::{LogId, MemoryStore};

use crate::{
    cast,
    court::{self, Court},
    example::example,
    steps::Suit,
};

fn policy(court: &Court, log: LogId) -> Policy {
    let key: VerifierKey = court.app.log_verifier(log).parse().expect("a verifier key");
    Policy::log_only(&key).expect("a key makes a policy")
}

#[tokio::test]
async fn every_event_is_proven_to_whoever_holds_the_courts_key() {
    let suit = Suit::filed(Court::in_memory("2026-02-27").await).await;
    let court = &suit.court;
    let size = court.app.prove(LogId::RECORD).await.expect("it is signed");
    assert_eq!(court.app.proven_upto(LogId::RECORD).await.expect("it is known"), size);
    let policy = policy(court, LogId::RECORD);
    for event in court.store.read_log(LogId::RECORD, 0, size).await.expect("the record is read") {
        let proof = court.app.proof(LogId::RECORD, event.pos).await.expect("it is made").expect("it is proven");
        let file = proof.to_string();
        let read = RecordProof::parse(file.as_bytes()).expect("a proof file is read back");
        let body = event.body.expect("nothing was destroyed");
        assert_eq!(read.verify(&body, &policy).expect("it holds").index, event.pos);
        let mut other = body.clone();
        other[0] ^= 1;
        assert!(read.verify(&other, &policy).is_err(), "another body is refused");
    }
}

#[tokio::test]
async fn what_is_not_signed_yet_has_no_proof() {
    let court = Court::in_memory("2026-02-27").await;
    let size = court.app.prove(LogId::RECORD).await.expect("it is signed");
    court::clerk_named(&court, 1).await;
    assert!(court.app.proof(LogId::RECORD, size).await.expect("it answers").is_none());
    assert_eq!(court.app.prove(LogId::RECORD).await.expect("it is signed"), size + 1);
    assert!(court.app.proof(LogId::RECORD, size).await.expect("it answers").is_some());
}

#[tokio::test]
async fn a_log_that_grows_over_many_tiles_keeps_every_proof() {
    let court = Court::in_memory("2026-02-27").await;
    let policy = policy(&court, LogId::RECORD);
    let mut size = court.app.prove(LogId::RECORD).await.expect("it is signed");
    for number in 0..600 {
        court::clerk_named(&court, number).await;
        if number % 97 == 0 || number == 599 {
            size = court.app.prove(LogId::RECORD).await.expect("it is signed");
        }
    }
    for pos in [0, 1, 255, 256, 511, 512, size - 1] {
        let proof = court.app.proof(LogId::RECORD, pos).await.expect("it is made").expect("it is proven");
        proof.verify_entry(&policy).expect("it holds");
    }
    let checked = court.app.audit(&mut |_, _| {}).await.expect("everything is checked");
    assert_eq!((checked.differences, checked.proven), (vec![], size));
}

#[tokio::test]
async fn entries_are_never_published() {
    let court = Court::in_memory("2026-02-27").await;
    court.app.prove(LogId::RECORD).await.expect("it is signed");
    let entries = court.shelf.paths().into_iter().find(|path| path.contains("/entries/")).expect("bundles are kept");
    let path = entries.strip_prefix("record/").expect("of the record");
    assert_eq!(court.app.published(LogId::RECORD, path).await.expect("it answers"), None);
    assert!(court.app.published(LogId::RECORD, "checkpoint").await.expect("it answers").is_some());
    for path in ["../access/checkpoint", "tile/0/../../checkpoint", "tile/0/x000/000"] {
        assert_eq!(court.app.published(LogId::RECORD, path).await.expect("it answers"), None);
    }
}

/// A court whose store is another than the one that was signed, as after an old backup was restored.
fn restored(signed: &Court) -> Court {
    let empty = Arc::new(MemoryStore::new(tables::SCHEMA));
    Court::opened(empty, signed.shelf.clone(), signed.lock.clone(), None, "2026-02-27")
}

#[tokio::test]
async fn a_restored_old_backup_is_not_signed() {
    let court = Court::in_memory("2026-02-27").await;
    let signed = court.app.prove(LogId::RECORD).await.expect("it is signed");
    let old = restored(&court);
    court::clerk_named(&old, 1).await;
    let refused = old.app.prove(LogId::RECORD).await;
    assert!(
        matches!(refused, Err(RecorderError::RolledBack { size: 1, signed: known }) if known == signed),
        "{refused:?}"
    );
    assert_eq!(old.app.proven_upto(LogId::RECORD).await.expect("it answers"), 0);
}

#[tokio::test]
async fn a_restored_old_backup_that_grew_past_what_was_signed_is_not_signed() {
    let court = Court::in_memory("2026-02-27").await;
    let signed = court.app.prove(LogId::RECORD).await.expect("it is signed");
    let old = restored(&court);
    for number in 0..u128::from(signed) + 3 {
        court::clerk_named(&old, number).await;
    }
    let refused = old.app.prove(LogId::RECORD).await;
    assert!(matches!(refused, Err(RecorderError::Forked { size }) if size == signed), "{refused:?}");
}

#[tokio::test]
async fn a_lost_copy_of_the_checkpoint_stops_signing() {
    let court = Court::in_memory("2026-02-27").await;
    court.app.prove(LogId::RECORD).await.expect("it is signed");
    let lock = Arc::new(xiezhi_store::MemoryLock::default());
    let without = Court::opened(court.store.clone(), court.shelf.clone(), lock, None, "2026-02-27");
    court::clerk_named(&without, 1).await;
    assert!(matches!(without.app.prove(LogId::RECORD).await, Err(RecorderError::CopyLost { .. })));
}

#[tokio::test]
async fn a_checkpoint_that_a_crash_left_unpublished_is_published_later() {
    let court = Court::in_memory("2026-02-27").await;
    court.app.prove(LogId::RECORD).await.expect("it is signed");
    court.shelf.lose("record/checkpoint");
    // The store knows nothing of it either: as if the crash came right after the copy was swapped.
    let fresh = Arc::new(MemoryStore::new(tables::SCHEMA));
    let again = Court::opened(fresh, court.shelf.clone(), court.lock.clone(), None, "2026-02-27");
    replay(&court, &again).await;
    let size = again.app.prove(LogId::RECORD).await.expect("it goes on");
    assert_eq!(again.app.proven_upto(LogId::RECORD).await.expect("it answers"), size);
    assert!(again.app.published(LogId::RECORD, "checkpoint").await.expect("it answers").is_some());
}

/// Commits the events of one store to another, one by one, as a faithful backup would bring them.
pub async fn replay(from: &Court, to: &Court) {
    use xiezhi_store::{CommandKey, Commit, NewEvent};
    let size = from.store.size(LogId::RECORD).await.expect("the record answers");
    for event in from.store.read_log(LogId::RECORD, 0, size).await.expect("the record is read") {
        let new = NewEvent {
            id: event.id,
            name: event.name,
            body: event.body.expect("nothing was destroyed"),
            salt: event.salt.expect("nothing was destroyed"),
            entry: event.entry,
            leaf: event.leaf,
        };
        let commit = Commit {
            log: LogId::RECORD,
            command: CommandKey { id: event.id, hash: [0; 32] },
            actor: event.actor,
            at_us: event.at_us,
            read: vec![(event.stream.clone(), event.rev - 1)],
            write: vec![(event.stream, vec![new])],
            rows: vec![],
            outbox: vec![],
            working: vec![],
        };
        to.app.writer().commit(commit).await.expect("it is kept");
    }
}

#[tokio::test]
async fn the_cast_and_the_examples_are_what_the_record_begins_with() {
    let court = Court::in_memory("2026-02-27").await;
    court.admit(&example(1)).await;
    let known = court.app.directory().await.expect("people are known");
    assert!(cast::directory().all().all(|person| known.person(person.id) == Some(person)));
}
