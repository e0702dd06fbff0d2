//! Another key for the logs: what whoever knows one of two accepts, what is retired and for how much, and who can't lie
//! about it.

use xiezhi_app::{
    codec::{self, Inscription},
    court::Keys,
    log_keys::{self, KeyChangeError, RetiredKey},
    moment,
    recorder::RecorderError,
};
use xiezhi_ledger::{Checkpoint, Note, Policy, RecordProof};
use xiezhi_store::{CommandKey, Commit, LogId, Stream};

use crate::{
    court::{self, Court, Opening, keys},
    witnesses::Bench,
};

const LOG: LogId = LogId::RECORD;
const OLD: [u8; 32] = [7; 32];
const NEW: [u8; 32] = [77; 32];

fn open(opening: &Opening) -> Court {
    Court::open(opening.clone(), "2026-02-27")
}

async fn grows(court: &Court, number: u128) {
    court::clerk_named(court, number).await;
    signs(court).await.expect("it is signed");
}

async fn signs(court: &Court) -> Result<(), RecorderError> {
    for log in LogId::ALL {
        court.app.prove(log).await?;
    }
    court.app.ask_witnesses(LOG).await
}

async fn policy(court: &Court) -> Policy {
    court.app.policy_file().await.expect("it is written").parse().expect("it is read")
}

async fn proof(court: &Court, pos: u64) -> RecordProof {
    court.app.proof(LOG, pos).await.expect("it is made").expect("it is signed")
}

/// A court that signed with its first key; the same with both; and with the new one alone.
async fn changed() -> ([Opening; 3], [Policy; 3], [RecordProof; 3]) {
    let first = Opening::default();
    let court = open(&first);
    grows(&court, 1).await;
    let (policy_1, proof_1) = (policy(&court).await, proof(&court, 0).await);
    court.app.begin_log_key(&NEW, "ten years old").await.expect("it is on the record");

    let both = Opening { seeds: (NEW, Some(OLD)), ..first.clone() };
    let court = open(&both);
    grows(&court, 2).await;
    let (policy_2, proof_2) = (policy(&court).await, proof(&court, 0).await);
    let retired = court.app.retire_log_key("everyone knows").await.expect("it is on the record");

    let known = log_keys::retired(&*both.store, &Keys { log_seed: NEW, ..keys() }).await.expect("it is read");
    assert_eq!(known, retired);
    let alone = Opening { seeds: (NEW, None), retired, ..both.clone() };
    let court = open(&alone);
    grows(&court, 3).await;
    let (policy_3, proof_3) = (policy(&court).await, proof(&court, 0).await);
    ([first, both, alone], [policy_1, policy_2, policy_3], [proof_1, proof_2, proof_3])
}

#[tokio::test]
async fn while_both_sign_whoever_knows_either_key_accepts_and_old_proofs_hold_for_ever() {
    let (_, policies, proofs) = changed().await;
    // Rows: a policy from before, between and after. Columns: a proof from then.
    let holds = policies.map(|policy| proofs.clone().map(|proof| proof.verify_entry(&policy).is_ok()));
    assert_eq!(holds, [[true, true, false], [true, true, true], [true, true, true]]);
}

#[tokio::test]
async fn whoever_has_the_retired_key_makes_nothing_new_of_it() {
    let ([.., alone], [.., policy], _) = changed().await;
    let stolen = Keys { log_seed: OLD, ..keys() }.log_key(LOG);
    let court = open(&alone);
    let signed = court.app.proven_upto(LOG).await.expect("it is known");
    let origin = stolen.verifier().name().clone();
    let forged = Checkpoint { origin, size: signed, root: xiezhi_ledger::Hash::leaf(b"forged") };
    let forged = forged.sign(&stolen).expect("its own log");
    assert!(policy.accept(&forged).is_err(), "larger than what it signed");
    // Shown by a witness it is no evidence against the court either.
    court.app.prove(LOG).await.expect("signing goes on");
}

#[tokio::test]
async fn the_record_goes_on_and_an_audit_finds_nothing_wrong() {
    let ([.., alone], ..) = changed().await;
    let court = open(&alone);
    let checked = court.app.audit(&mut |_, _| {}).await.expect("everything is checked");
    assert_eq!(checked.differences, vec![]);
    let changes = court.app.key_changes().await.expect("they are read");
    assert_eq!(changes.iter().map(|change| change.retired).collect::<Vec<_>>(), [false, true]);
    let introduction = Note::parse(changes[0].words.as_bytes()).expect("a note");
    introduction.verify(open_policy().keyring()).expect("the key before introduced the new one");
    assert!(introduction.text().parse::<Checkpoint>().is_err(), "it can't pass for a checkpoint");
}

fn open_policy() -> Policy {
    Policy::log_only(keys().log_key(LOG).verifier()).expect("a policy")
}

#[tokio::test]
async fn witnesses_that_know_one_key_or_both_cosign_all_the_while() {
    let old = keys();
    let both = Keys { log_seed: NEW, former_log_seed: Some(OLD), ..keys() };
    for known in [vec![&old], vec![&both]] {
        let first = Opening { witnesses: Bench::of_two(&known), ..Opening::default() };
        let court = open(&first);
        grows(&court, 1).await;
        court.app.begin_log_key(&NEW, "ten years old").await.expect("it is on the record");
        let court = open(&Opening { seeds: (NEW, Some(OLD)), ..first });
        grows(&court, 2).await;
        let reach = court.app.reach(LOG).await.expect("it is known");
        assert_eq!(reach.witnessed, reach.signed);
    }
}

#[tokio::test]
async fn a_change_is_begun_once_and_ended_once() {
    let first = Opening::default();
    let court = open(&first);
    grows(&court, 1).await;
    assert!(matches!(court.app.retire_log_key("why").await, Err(KeyChangeError::NothingToRetire)));
    let note = court.app.begin_log_key(&NEW, "ten years old").await.expect("it is on the record");
    assert_eq!(court.app.begin_log_key(&NEW, "once more").await.expect("it is known"), note);
    let both = Opening { seeds: (NEW, Some(OLD)), ..first };
    let court = open(&both);
    assert!(matches!(court.app.begin_log_key(&[9; 32], "too soon").await, Err(KeyChangeError::UnderWay)));
    grows(&court, 2).await;
    let retired = court.app.retire_log_key("done").await.expect("it is on the record");
    assert_eq!(court.app.retire_log_key("done").await.expect("it is known"), retired);
    assert_eq!(court.app.key_changes().await.expect("they are read").len(), 2);
}

#[tokio::test]
async fn a_second_change_keeps_what_the_first_one_retired() {
    let ([.., alone], _, proofs) = changed().await;
    let court = open(&alone);
    court.app.begin_log_key(&[99; 32], "stolen").await.expect("it is on the record");
    let both = Opening { seeds: ([99; 32], Some(NEW)), ..alone };
    let court = open(&both);
    grows(&court, 4).await;
    let retired = court.app.retire_log_key("at once").await.expect("it is on the record");
    assert_eq!(retired.len(), 4, "two keys of two logs");
    let court = open(&Opening { seeds: ([99; 32], None), retired, ..both });
    grows(&court, 5).await;
    let policy = policy(&court).await;
    for proof in proofs {
        proof.verify_entry(&policy).expect("every proof given out before holds");
    }
}

#[tokio::test]
async fn a_former_name_keeps_the_key_it_had() {
    let first = Opening::default();
    let court = open(&first);
    grows(&court, 1).await;
    let before = proof(&court, 0).await;
    let renamed = Opening { origin: "court.example/2".to_owned(), ..first };
    let court = open(&renamed);
    court.app.begin_origin(&keys().origin, "the disk failed").await.expect("it is on the record");
    grows(&court, 2).await;
    court.app.begin_log_key(&NEW, "ten years old").await.expect("it is on the record");
    let both = Opening { seeds: (NEW, Some(OLD)), ..renamed };
    let court = open(&both);
    grows(&court, 3).await;
    let retired = court.app.retire_log_key("done").await.expect("it is on the record");
    let court = open(&Opening { seeds: (NEW, None), retired, ..both });
    before.verify_entry(&policy(&court).await).expect("a proof under the former name and the former key holds");
}

#[tokio::test]
async fn nobody_who_writes_into_the_database_puts_a_key_among_the_retired() {
    let ([.., alone], ..) = changed().await;
    let own = Keys { log_seed: NEW, ..keys() };
    let theirs = Keys { log_seed: [66; 32], ..keys() }.log_key(LOG).verifier().to_string();
    let forged = log_keys::KeyEvent::Retired {
        reason: "done".to_owned(),
        keys: vec![RetiredKey { key: theirs, until: u64::MAX }],
        seal: "00".repeat(32),
    };
    let before = log_keys::retired(&*alone.store, &own).await.expect("it is read");
    let court = open(&alone);
    let now = court.now();
    let stream = Stream("log-keys".to_owned());
    let inscription = Inscription::new("system", now.as_microsecond(), &stream);
    let sealed = codec::seal_plain(moment::new_id(now), &forged, &inscription);
    let rev = court.store.read_stream(LOG, &stream, 0).await.expect("it is read").len() as u64;
    let commit = Commit {
        log: LOG,
        command: CommandKey { id: moment::new_id(now), hash: [0; 32] },
        actor: "system".to_owned(),
        at_us: now.as_microsecond(),
        read: vec![(stream.clone(), rev)],
        write: vec![(stream, vec![sealed])],
        rows: vec![],
        outbox: vec![],
        working: vec![],
    };
    court.app.writer().commit(commit).await.expect("the database takes anything");
    assert_eq!(log_keys::retired(&*alone.store, &own).await.expect("it is read"), before);
}
