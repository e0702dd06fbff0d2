//! Witnesses: what they make of the record, and what is never signed again once they saw more.

use std::sync::Arc;

use xiezhi_app::{
    origin::{OriginError, OriginEvent},
    recorder::RecorderError,
    tables,
    witnessing::Proof,
};
use xiezhi_ledger::{Policy, RecordProof};
use xiezhi_store::{LogId, MemoryLock, MemoryStore};

use crate::{
    court::{self, Court, Opening, keys},
    witnesses::{Bench, Mood},
};

const LOG: LogId = LogId::RECORD;

async fn clerks(court: &Court, count: u128) {
    for number in 0..count {
        court::clerk_named(court, number).await;
    }
}

fn opening() -> Opening {
    Opening { witnesses: Bench::of_two(&[&keys()]), ..Opening::default() }
}

/// Opens a court over these premises again, as after a restart.
fn again(opening: &Opening) -> Court {
    Court::open(opening.clone(), "2026-02-27")
}

/// A court with three clerks, signed, and two witnesses.
async fn court() -> (Court, Opening) {
    let opening = opening();
    let court = again(&opening);
    clerks(&court, 3).await;
    court.app.prove(LOG).await.expect("it is signed");
    (court, opening)
}

async fn proof(court: &Court, pos: u64) -> Proof {
    court.app.reach(LOG).await.expect("it is known").proof(pos)
}

async fn asked(court: &Court) {
    court.app.ask_witnesses(LOG).await.expect("the answers are kept");
}

const BY_BOTH: Proof = Proof::Witnessed { by: 2, of: 2, demonstration: false };

#[tokio::test]
async fn a_page_says_recorded_then_signed_then_witnessed_and_never_more() {
    let opening = opening();
    let court = again(&opening);
    clerks(&court, 3).await;
    assert_eq!(proof(&court, 0).await, Proof::Recorded);
    court.app.prove(LOG).await.expect("it is signed");
    assert_eq!(proof(&court, 0).await, Proof::Signed);
    asked(&court).await;
    assert_eq!((proof(&court, 2).await, proof(&court, 3).await), (BY_BOTH, Proof::Recorded));

    court::clerk_named(&court, 77).await;
    court.app.prove(LOG).await.expect("it is signed");
    assert_eq!((proof(&court, 2).await, proof(&court, 3).await), (BY_BOTH, Proof::Signed), "not seen by them yet");
    asked(&court).await;
    assert_eq!(proof(&court, 3).await, BY_BOTH);
}

#[tokio::test]
async fn without_witnesses_it_is_signed_and_no_more() {
    let court = again(&Opening::default());
    clerks(&court, 3).await;
    court.app.prove(LOG).await.expect("it is signed");
    asked(&court).await;
    assert_eq!(proof(&court, 0).await, Proof::Signed);
}

#[tokio::test]
async fn what_a_party_holds_is_accepted_by_the_published_policy() {
    let (court, _) = court().await;
    let policy: Policy = court.app.policy_file().await.expect("it is written").parse().expect("it is read");
    let early = court.app.proof(LOG, 1).await.expect("it is made").expect("it is signed");
    assert!(early.verify_entry(&policy).is_err(), "a signature alone is no quorum");
    asked(&court).await;
    // A newer checkpoint, which nobody saw, does not take the witnesses' place.
    court::clerk_named(&court, 77).await;
    court.app.prove(LOG).await.expect("it is signed");
    let kept = court.app.proof(LOG, 1).await.expect("it is made").expect("it is signed").to_string();
    let proven = RecordProof::parse(kept.as_bytes()).expect("it is read").verify_entry(&policy).expect("it holds");
    let by: Vec<_> = proven.assessment.cosigned.iter().map(|seen| seen.witness.as_str()).collect();
    assert_eq!(by, ["bar", "archive"]);
}

#[tokio::test]
async fn cosignatures_are_kept_published_and_found_sound() {
    let (court, opening) = court().await;
    asked(&court).await;
    for path in ["checkpoint", "witnessed"] {
        let bytes = court.app.published(LOG, path).await.expect("it answers").expect("it is published");
        assert_eq!(String::from_utf8(bytes).expect("text").matches("\n— ").count(), 3, "{path}");
    }
    let restarted = again(&opening);
    assert_eq!(proof(&restarted, 0).await, BY_BOTH);
    let checked = restarted.app.audit(&mut |_, _| {}).await.expect("everything is checked");
    assert_eq!(checked.differences, vec![]);
    let seen = restarted.app.witness_standings(LOG).await.expect("it is known");
    assert!(seen.iter().all(|witness| witness.size == Some(3) && witness.at.is_some()), "{seen:?}");
}

#[tokio::test]
async fn a_witness_that_is_down_is_waited_for_and_asked_again() {
    let (mut court, opening) = court().await;
    opening.witnesses.turns("bar", Mood::Down);
    asked(&court).await;
    assert_eq!(proof(&court, 0).await, Proof::Signed, "one of two is not the quorum");
    let seen = court.app.witness_standings(LOG).await.expect("it is known");
    assert_eq!((seen[0].fault, seen[1].size), (Some("witness.unreachable"), Some(3)));
    court::clerk_named(&court, 77).await;
    assert_eq!(court.app.prove(LOG).await.expect("nothing waits for a witness"), 4);

    opening.witnesses.turns("bar", Mood::Honest);
    court.jump("2026-02-28".parse().expect("a day"));
    asked(&court).await;
    assert_eq!(proof(&court, 3).await, BY_BOTH);
}

#[tokio::test]
async fn what_a_lying_witness_answers_counts_for_nothing() {
    let table = [
        (Mood::OtherKey, "witness.bad_answer"),
        (Mood::OtherText, "witness.bad_answer"),
        (Mood::Yesterday, "witness.wrong_time"),
        (Mood::Sulks, "witness.contradiction"),
    ];
    for (mood, code) in table {
        let (court, opening) = court().await;
        opening.witnesses.turns("bar", mood);
        asked(&court).await;
        assert_eq!(proof(&court, 0).await, Proof::Signed, "{mood:?}");
        assert_eq!(court.app.witness_standings(LOG).await.expect("it is known")[0].fault, Some(code), "{mood:?}");
        let kept = court.app.published(LOG, "checkpoint").await.expect("it answers").expect("published");
        assert!(!String::from_utf8(kept).expect("text").contains("bar.example"), "{mood:?}");
        court::clerk_named(&court, 77).await;
        court.app.prove(LOG).await.expect("it does not keep the court from signing");
    }
}

#[tokio::test]
async fn while_a_witness_says_that_it_saw_more_nothing_is_signed() {
    let (mut court, opening) = court().await;
    opening.witnesses.turns("bar", Mood::Claims(1_000_000));
    asked(&court).await;
    court::clerk_named(&court, 77).await;
    let refused = court.app.prove(LOG).await;
    assert!(matches!(refused, Err(RecorderError::RolledBack { size: 4, signed: 1_000_000 })), "{refused:?}");
    assert_eq!(court.app.stopped().await[0].code, "recorder.rolled_back");

    opening.witnesses.turns("bar", Mood::Honest);
    court.jump("2026-02-28".parse().expect("a day"));
    asked(&court).await;
    assert_eq!(court.app.prove(LOG).await.expect("it took that back"), 4);
    assert_eq!(court.app.stopped().await, vec![]);
}

/// The court of `signed`, with an old backup of everything of its own: store and copy of the checkpoint.
/// Only the witnesses were not restored.
fn restored(signed: &Opening) -> Opening {
    Opening {
        store: Arc::new(MemoryStore::new(tables::SCHEMA)),
        shelf: Arc::default(),
        lock: Arc::new(MemoryLock::default()),
        ..signed.clone()
    }
}

#[tokio::test]
async fn a_restored_old_backup_is_found_before_anything_is_signed() {
    let (court, opening) = court().await;
    asked(&court).await;
    let backup = restored(&opening);
    let old = again(&backup);
    clerks(&old, 1).await;
    let refused = old.app.prove(LOG).await;
    assert!(matches!(refused, Err(RecorderError::RolledBack { size: 1, signed: 3 })), "{refused:?}");
    assert!(old.app.published(LOG, "checkpoint").await.expect("it answers").is_none(), "nothing was signed");

    // What the witness showed is kept: the next start needs no witness to know.
    opening.witnesses.turns("bar", Mood::Down);
    opening.witnesses.turns("archive", Mood::Down);
    let later = again(&backup);
    assert!(matches!(later.app.prove(LOG).await, Err(RecorderError::RolledBack { size: 1, signed: 3 })));
    assert_eq!(later.app.stopped().await[0].code, "recorder.rolled_back");
}

#[tokio::test]
async fn the_missing_events_brought_back_it_is_signed_again() {
    let (court, opening) = court().await;
    asked(&court).await;
    // The copy was lost with the disk, and the store came back from a replica that had everything.
    let whole = Opening { lock: Arc::new(MemoryLock::default()), ..restored(&opening) };
    let back = again(&whole);
    crate::proofs::replay(&court, &back).await;
    court::clerk_named(&back, 77).await;
    let missing = back.app.prove(LOG).await;
    assert!(matches!(missing, Err(RecorderError::MissingFile { .. })), "{missing:?}: tiles are to be restored too");
    let with_tiles = again(&Opening { shelf: opening.shelf.clone(), ..whole });
    assert_eq!(with_tiles.app.prove(LOG).await.expect("it goes on where it was signed"), 4);
    asked(&with_tiles).await;
    assert_eq!(proof(&with_tiles, 3).await, BY_BOTH);
}

#[tokio::test]
async fn a_restored_backup_that_signed_while_no_witness_answered_is_stopped_by_the_first_that_does() {
    let (court, opening) = court().await;
    asked(&court).await;
    for name in ["bar", "archive"] {
        opening.witnesses.turns(name, Mood::Down);
    }
    let old = again(&restored(&opening));
    clerks(&old, 1).await;
    old.app.prove(LOG).await.expect("nobody knows better");
    asked(&old).await;
    opening.witnesses.turns("bar", Mood::Honest);
    let mut old = old;
    old.jump("2026-02-28".parse().expect("a day"));
    asked(&old).await;
    court::clerk_named(&old, 50).await;
    let refused = old.app.prove(LOG).await;
    assert!(matches!(refused, Err(RecorderError::RolledBack { size: 2, signed: 3 })), "{refused:?}");
}

#[tokio::test]
async fn another_history_that_grew_longer_is_stopped_for_good() {
    let (court, opening) = court().await;
    asked(&court).await;
    for name in ["bar", "archive"] {
        opening.witnesses.turns(name, Mood::Down);
    }
    let other = restored(&opening);
    let mut forked = again(&other);
    clerks(&forked, 5).await;
    forked.app.prove(LOG).await.expect("nobody knows better");
    asked(&forked).await;
    opening.witnesses.turns("bar", Mood::Honest);
    forked.jump("2026-02-28".parse().expect("a day"));
    asked(&forked).await;
    assert_eq!(proof(&forked, 0).await, Proof::Signed, "no witness cosigned it");
    let refused = forked.app.prove(LOG).await;
    assert!(matches!(refused, Err(RecorderError::Forked { .. })), "{refused:?}");
    opening.witnesses.turns("bar", Mood::Down);
    assert!(
        matches!(again(&other).app.prove(LOG).await, Err(RecorderError::Forked { .. })),
        "a restart forgets nothing"
    );
}

#[tokio::test]
async fn a_restored_copy_of_the_checkpoint_alone_is_found() {
    let (court, opening) = court().await;
    let old_copy = opening.lock.load("court.example/0691/record").await.expect("it is read").expect("signed");
    court::clerk_named(&court, 77).await;
    court.app.prove(LOG).await.expect("it is signed");
    let lock = Arc::new(MemoryLock::default());
    let put_back = xiezhi_store::CheckpointLock::swap(&*lock, "court.example/0691/record", None, &old_copy).await;
    assert!(put_back.expect("it is put back"));
    let refused = again(&Opening { lock, ..opening }).app.prove(LOG).await;
    assert!(matches!(refused, Err(RecorderError::Forked { size: 4 })), "{refused:?}");
}

#[tokio::test]
async fn two_nodes_that_sign_at_once_make_one_history() {
    let opening = opening();
    let (one, two) = (again(&opening), again(&opening));
    let mut size = 0;
    for number in 0..12 {
        court::clerk_named(&one, number).await;
        // As when a lease ran out while its holder was still at work.
        let (first, second) = tokio::join!(one.app.prove(LOG), two.app.prove(LOG));
        for signed in [first, second] {
            match signed {
                Ok(signed) => size = signed.max(size),
                Err(RecorderError::Overtaken) => {}
                Err(fault) => panic!("{fault:?}"),
            }
        }
        tokio::join!(asked(&one), asked(&two));
    }
    assert_eq!(two.app.prove(LOG).await.expect("it is signed"), 12);
    asked(&two).await;
    assert_eq!((size, proof(&one, 11).await), (12, BY_BOTH));
    assert_eq!(one.app.audit(&mut |_, _| {}).await.expect("everything is checked").differences, vec![]);
}

fn renamed(opening: &Opening) -> Opening {
    Opening { origin: "court.example/0691-2".to_owned(), ..opening.clone() }
}

#[tokio::test]
async fn a_rolled_back_court_goes_on_under_a_new_name_with_the_break_on_the_record() {
    let mut new_name = keys();
    new_name.origin = "court.example/0691-2".to_owned();
    let opening = Opening { witnesses: Bench::of_two(&[&keys(), &new_name]), ..Opening::default() };
    let court = again(&opening);
    clerks(&court, 3).await;
    court.app.prove(LOG).await.expect("it is signed");
    asked(&court).await;
    let given_out = court.app.proof(LOG, 2).await.expect("it is made").expect("it is signed");

    // An old backup of the store; the copy of the checkpoint lies elsewhere and is whole.
    let backup = Opening { store: Arc::new(MemoryStore::new(tables::SCHEMA)), ..opening.clone() };
    let old = again(&backup);
    clerks(&old, 1).await;
    assert!(old.app.prove(LOG).await.is_err());

    let next = again(&renamed(&backup));
    let began = next.app.begin_origin("court.example/0691", "backup of 3 March restored").await.expect("it begins");
    let OriginEvent::Changed { size, signed, .. } = began;
    assert_eq!((size, signed.len()), (1, 1), "what was signed last is on the record");
    assert!(signed[0].starts_with("court.example/0691/record\n3\n"));
    assert_eq!(next.app.prove(LOG).await.expect("it is signed"), 2);
    asked(&next).await;
    assert_eq!(proof(&next, 1).await, BY_BOTH);
    assert_eq!(next.app.stopped().await, vec![]);

    let policy = next.app.policy_file().await.expect("it is written");
    let policy: Policy = policy.parse().expect("it is read");
    given_out.verify_entry(&policy).expect("what was given out before still holds");
    let told = next.app.breaks().await.expect("they are read");
    assert_eq!((told.len(), told[0].reason.as_str(), told[0].size), (1, "backup of 3 March restored", 1));
}

#[tokio::test]
async fn a_name_that_was_changed_in_silence_is_not_signed_under() {
    let (_, opening) = court().await;
    let refused = again(&renamed(&opening)).app.prove(LOG).await;
    assert!(matches!(refused, Err(RecorderError::OriginChanged { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_new_name_is_new_and_follows_one_that_was_signed_under() {
    let (court, opening) = court().await;
    let same = court.app.begin_origin("court.example/0691", "why").await;
    assert!(matches!(same, Err(OriginError::SameName(_))), "{same:?}");
    let used = court.app.begin_origin("court.example/other", "why").await;
    assert!(matches!(used, Err(OriginError::Used(_))), "{used:?}");
    let never = again(&renamed(&opening)).app.begin_origin("court.example/other", "why").await;
    assert!(matches!(never, Err(OriginError::NeverUsed(_))), "{never:?}");
}
