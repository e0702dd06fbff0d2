//! Time stamps: what is stamped and when, what a stamp proves to whoever holds it, and what becomes of one that is wrong.

use std::sync::Arc;

use jiff::SignedDuration;
use xiezhi_app::moment::Clock;
use xiezhi_ledger::{Note, Policy, RecordProof};
use xiezhi_signing::{TrustRoot, verify_stamp};
use xiezhi_store::{LogId, MemoryStore};

use crate::{
    court::{self, Court, Opening, keys},
    stamps::{Stamper, Temper},
    witnesses::{Bench, Mood},
};

const LOG: LogId = LogId::RECORD;

fn opening() -> (Opening, Arc<Stamper>) {
    let stamps = Stamper::honest();
    let witnesses = Bench::of_two(&[&keys()]);
    (Opening { stamps: Some(stamps.clone()), witnesses, ..Opening::default() }, stamps)
}

fn open(opening: &Opening) -> Court {
    Court::open(opening.clone(), "2026-02-27")
}

/// Something new, signed and witnessed.
async fn grows(court: &Court, number: u128) {
    court::clerk_named(court, number).await;
    court.app.prove(LOG).await.expect("it is signed");
    court.app.ask_witnesses(LOG).await.expect("they are asked");
}

async fn stamped(court: &Court) -> bool {
    court.app.stamp_record().await.expect("the authority answers")
}

async fn count(court: &Court) -> usize {
    court.app.stamp_standing().await.expect("it is known").expect("there is an authority").count
}

fn later(court: &Court, hours: i64) {
    court.clock.set(court.clock.now() + SignedDuration::from_hours(hours));
}

async fn file(court: &Court, path: &str) -> Option<Vec<u8>> {
    court.app.published(LOG, path).await.expect("it answers")
}

#[tokio::test]
async fn what_stands_in_the_record_is_stamped_on_schedule_and_only_if_there_is_something_new() {
    let (opening, stamps) = opening();
    let court = open(&opening);
    assert!(!stamped(&court).await, "nothing was signed yet");
    grows(&court, 1).await;
    assert!(stamped(&court).await);
    grows(&court, 2).await;
    assert!(!stamped(&court).await, "it is not time");
    later(&court, 25);
    assert!(stamped(&court).await);
    court.app.prove(LOG).await.expect("the stamp itself is signed");
    court.app.ask_witnesses(LOG).await.expect("they are asked");
    later(&court, 25);
    assert!(!stamped(&court).await, "nothing but the stamp is new");
    assert_eq!((count(&court).await, stamps.asked()), (2, 2));
}

#[tokio::test]
async fn a_checkpoint_is_stamped_once_enough_witnesses_saw_it() {
    let (opening, stamps) = opening();
    let court = open(&opening);
    opening.witnesses.turns("bar", Mood::Down);
    grows(&court, 1).await;
    assert!(!stamped(&court).await);
    assert_eq!(stamps.asked(), 0);
    opening.witnesses.turns("bar", Mood::Honest);
    later(&court, 1);
    court.app.ask_witnesses(LOG).await.expect("they are asked");
    assert!(stamped(&court).await);
}

#[tokio::test]
async fn a_court_without_witnesses_has_its_own_checkpoints_stamped() {
    let court = open(&Opening { stamps: Some(Stamper::honest()), ..Opening::default() });
    grows(&court, 1).await;
    assert!(stamped(&court).await);
}

#[tokio::test]
async fn a_court_without_an_authority_has_no_stamps() {
    let court = open(&Opening::default());
    grows(&court, 1).await;
    assert!(!stamped(&court).await);
    assert_eq!(court.app.stamp_standing().await.expect("it answers"), None);
}

#[tokio::test]
async fn what_a_party_holds_was_there_before_the_first_stamp_over_it() {
    let (opening, _) = opening();
    let court = open(&opening);
    grows(&court, 1).await;
    stamped(&court).await;
    let first = court.app.stamp_standing().await.expect("it is known").and_then(|known| known.last).expect("one");
    later(&court, 25);
    grows(&court, 2).await;
    stamped(&court).await;
    grows(&court, 3).await;

    let policy: Policy = court.app.policy_file().await.expect("it is written").parse().expect("it is read");
    let roots: Vec<_> =
        policy.stamp_authorities().iter().map(|der| TrustRoot::from_der(der).expect("a certificate")).collect();
    let proof = court.app.proof(LOG, 0).await.expect("it is made").expect("it is signed").to_string();
    let proof = RecordProof::parse(proof.as_bytes()).expect("it is read");
    let proven = proof.verify_entry(&policy).expect("it holds, witnesses and all");
    assert_eq!(proven.assessment.checkpoint.size, first.size);
    let answer = court.app.stamp_file(0).await.expect("it answers").expect("it is stamped");
    let stamp = verify_stamp(&answer, proof.checkpoint.to_string().as_bytes(), &roots).expect("it holds");
    assert_eq!((stamp.at, stamp.authority.as_str()), (first.at, "国家时间"));

    let newest = court.app.proof(LOG, 4).await.expect("it is made").expect("it is signed");
    newest.verify_entry(&policy).expect("what no stamp covers yet is proven as before");
    assert_eq!(court.app.stamp_file(4).await.expect("it answers"), None);
}

#[tokio::test]
async fn stamps_are_published_beside_the_log_as_the_authority_gave_them() {
    let (opening, _) = opening();
    let court = open(&opening);
    grows(&court, 1).await;
    stamped(&court).await;
    let list = String::from_utf8(file(&court, "stamps").await.expect("it is published")).expect("text");
    let (size, at) = list.trim_end().split_once(' ').expect("a line");
    at.parse::<jiff::Timestamp>().expect("a time");
    let checkpoint = file(&court, &format!("stamps/{size}")).await.expect("it is published");
    let answer = file(&court, &format!("stamps/{size}.tsr")).await.expect("it is published");
    verify_stamp(&answer, &checkpoint, &[Stamper::root()]).expect("it holds");
    Note::parse(&checkpoint).expect("it is the checkpoint");
    for nothing in ["stamps/", "stamps/0", "stamps/99.tsr", "stamps/1.tsr.tsr", "stamps/../checkpoint"] {
        assert_eq!(file(&court, nothing).await, None, "{nothing}");
    }
    assert_eq!(court.app.published(LogId::ACCESS, "stamps").await.expect("it answers"), None);
}

#[tokio::test]
async fn whatever_is_wrong_with_an_answer_nothing_is_kept_and_the_authority_is_asked_again() {
    let table = [
        (Temper::Down, "stamp.unreachable"),
        (Temper::OtherHash, "stamp.other_bytes"),
        (Temper::OldAnswer, "stamp.other_question"),
        (Temper::Stranger, "stamp.signer"),
        (Temper::Expired, "stamp.expired"),
        (Temper::Yesterday, "stamp.wrong_time"),
        (Temper::Garbled, "stamp.signature"),
        (Temper::Refuses, "stamp.refused"),
        (Temper::Talks, "stamp.format"),
    ];
    for (temper, code) in table {
        let (opening, stamps) = opening();
        let court = open(&opening);
        grows(&court, 1).await;
        stamps.turns(temper);
        let fault = court.app.stamp_record().await.expect_err("it does not hold");
        assert_eq!(fault.code(), code, "{fault:?}");
        let standing = court.app.stamp_standing().await.expect("it is known").expect("there is an authority");
        assert_eq!((standing.count, standing.fault), (0, Some(code)), "{temper:?}");
        court.app.proof(LOG, 0).await.expect("it is made").expect("proofs are as before");

        stamps.turns(Temper::Honest);
        assert!(!stamped(&court).await, "{temper:?}: not at once");
        later(&court, 1);
        assert!(stamped(&court).await, "{temper:?}");
        let standing = court.app.stamp_standing().await.expect("it is known").expect("there is an authority");
        assert_eq!((standing.count, standing.fault), (1, None), "{temper:?}");
    }
}

#[tokio::test]
async fn stamps_outlive_a_restart_and_two_nodes_keep_one() {
    let (opening, stamps) = opening();
    let (one, other) = (open(&opening), open(&opening));
    grows(&one, 1).await;
    assert_eq!((stamped(&one).await, stamped(&other).await), (true, false));
    assert_eq!((count(&open(&opening)).await, stamps.asked()), (1, 1));
}

#[tokio::test]
async fn a_kept_stamp_counts_no_further_than_it_holds() {
    let (opening, _) = opening();
    let court = open(&opening);
    grows(&court, 1).await;
    stamped(&court).await;
    assert!(court.app.stamp_file(0).await.expect("it answers").is_some());
    let distrusting = open(&Opening { stamps: None, ..opening });
    assert_eq!(distrusting.app.stamp_standing().await.expect("it answers"), None, "nobody trusts that authority here");
    assert_eq!(distrusting.app.stamp_file(0).await.expect("it answers"), None);
    distrusting.app.proof(LOG, 0).await.expect("it is made").expect("it is proven as before");
}

#[tokio::test]
async fn a_checkpoint_of_a_former_name_proves_nothing_under_the_new_one() {
    let (opening, _) = opening();
    let court = open(&opening);
    grows(&court, 1).await;
    stamped(&court).await;
    let renamed = Opening { origin: "court.example/2".to_owned(), witnesses: Bench::empty(), ..opening };
    let court = open(&renamed);
    court.app.begin_origin(&keys().origin, "the disk failed").await.expect("it is on the record");
    grows(&court, 2).await;
    assert_eq!(court.app.stamp_file(0).await.expect("it answers"), None);
    let proof = court.app.proof(LOG, 0).await.expect("it is made").expect("it is signed");
    assert!(proof.checkpoint.text().starts_with("court.example/2/record\n"));
}

#[tokio::test]
async fn an_audit_of_a_stamped_record_finds_nothing_wrong() {
    let (opening, _) = opening();
    let court = open(&Opening { store: Arc::new(MemoryStore::new(xiezhi_app::tables::SCHEMA)), ..opening });
    grows(&court, 1).await;
    stamped(&court).await;
    court.app.prove(LOG).await.expect("it is signed");
    let checked = court.app.audit(&mut |_, _| {}).await.expect("everything is checked");
    assert_eq!(checked.differences, vec![]);
}
