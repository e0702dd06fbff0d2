//! The shadow of the record in SM3 and SM2.

use jiff::SignedDuration;
use xiezhi_app::{
    codec::{self, Inscription},
    moment::{self, Clock},
    shadow::{ShadowEvent, ShadowFault},
};
use xiezhi_ledger::{
    KeyName, Note,
    shangmi::{ShadowKey, ShadowTree, ShadowVerifier},
};
use xiezhi_store::{CommandKey, Commit, LogId, Stream};

use crate::court::{self, Court, Opening};

const LOG: LogId = LogId::RECORD;

fn opening() -> Opening {
    Opening { shadow: true, ..Opening::default() }
}

fn open(opening: &Opening) -> Court {
    Court::open(opening.clone(), "2026-02-27")
}

async fn grows(court: &Court, number: u128) {
    court::clerk_named(court, number).await;
    court.app.prove(LOG).await.expect("it is signed");
}

async fn published(court: &Court) -> Option<Vec<u8>> {
    court.app.published(LOG, "sm3").await.expect("it answers")
}

fn later(court: &Court) {
    court.clock.set(court.clock.now() + SignedDuration::from_hours(2));
}

async fn tree(court: &Court, size: u64) -> ShadowTree {
    let mut tree = ShadowTree::default();
    for event in court.store.read_log(LOG, 0, size).await.expect("it is read") {
        tree.append(&event.entry);
    }
    tree
}

#[tokio::test]
async fn the_root_of_sm3_is_signed_on_schedule_and_stands_on_the_record() {
    let opening = opening();
    let court = open(&opening);
    assert_eq!(published(&court).await, None);
    grows(&court, 1).await;
    assert!(court.app.sign_shadow().await.expect("it is signed"));
    grows(&court, 2).await;
    assert!(!court.app.sign_shadow().await.expect("it answers"), "it is not time");
    later(&court);
    // Another process reads the record anew and goes on.
    let court = open(&opening);
    later(&court);
    assert!(court.app.sign_shadow().await.expect("it is signed"));
    court.app.prove(LOG).await.expect("the note itself is signed");
    later(&court);
    assert!(!court.app.sign_shadow().await.expect("it answers"), "nothing but the note is new");

    let policy = court.app.policy_file().await.expect("it is written");
    let key = policy.lines().find_map(|line| line.strip_prefix("#sm3-log ")).expect("the key stands in the policy");
    let key: ShadowVerifier = key.parse().expect("a vkey");
    let note = Note::parse(&published(&court).await.expect("it is published")).expect("a note");
    let found = key.accept(&note).expect("it holds");
    assert_eq!((found.log, found.root), (court.app.origin(LOG), tree(&court, found.size).await.root()));
}

#[tokio::test]
async fn a_court_that_asks_for_none_has_no_shadow() {
    let court = open(&Opening::default());
    grows(&court, 1).await;
    assert!(!court.app.sign_shadow().await.expect("it answers"));
    assert_eq!((published(&court).await, court.app.shadow_standing().await.expect("it answers")), (None, None));
}

#[tokio::test]
async fn a_record_that_gives_another_root_is_not_signed_on() {
    let opening = opening();
    let court = open(&opening);
    grows(&court, 1).await;
    // What was signed was another record: of the same length, with another entry.
    let mut other = ShadowTree::default();
    other.append(b"another entry");
    let key = ShadowKey::from_seed(&KeyName::new(court.app.origin(LOG)).expect("a name"), &[1; 32]).expect("a key");
    let signed = ShadowEvent::Signed { size: 1, checkpoint: key.sign(&other).to_string() };
    let (stream, now) = (Stream("shadow".to_owned()), court.now());
    let sealed =
        codec::seal_plain(moment::new_id(now), &signed, &Inscription::new("system", now.as_microsecond(), &stream));
    let commit = Commit {
        log: LOG,
        command: CommandKey { id: moment::new_id(now), hash: [0; 32] },
        actor: "system".to_owned(),
        at_us: now.as_microsecond(),
        read: vec![(stream.clone(), 0)],
        write: vec![(stream, vec![sealed])],
        rows: vec![],
        outbox: vec![],
        working: vec![],
    };
    court.app.writer().commit(commit).await.expect("it is kept");
    grows(&court, 2).await;
    later(&court);
    let fault = court.app.sign_shadow().await;
    assert!(matches!(fault, Err(ShadowFault::Forked { size: 1 })), "{fault:?}");
    assert!(court.app.shadow_standing().await.expect("it answers").expect("there is one").forked);
}
