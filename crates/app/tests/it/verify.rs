//! Checking papers: what anyone learns who holds one, and what nobody learns.

use sha2::{Digest, Sha256};
use xiezhi_app::witnessing::Proof;
use xiezhi_domain::{
    case::CaseState,
    material::{Material, Place},
    paper::{PaperKind, Volume},
    verify::{self, VersionStanding},
};
use xiezhi_ledger::{Policy, RecordProof, VerifierKey};
use xiezhi_store::LogId;

use crate::{
    court::Court,
    steps::Suit,
    story::{told_to_judgment, told_to_service},
};

fn paper(case: &CaseState, kind: PaperKind) -> Material {
    case.last_paper(kind).unwrap_or_else(|| panic!("{kind:?} was written")).clone()
}

fn policy(court: &Court) -> Policy {
    let key: VerifierKey = court.app.log_verifier(LogId::RECORD).parse().expect("a verifier key");
    Policy::log_only(&key).expect("a key makes a policy")
}

async fn served() -> Suit {
    let suit = told_to_service(Court::in_memory("2026-02-27").await).await;
    suit.court.app.prove(LogId::RECORD).await.expect("it is signed");
    suit
}

#[tokio::test]
async fn whoever_holds_a_served_judgment_learns_that_it_is_this_courts_and_where_it_stands() {
    let suit = served().await;
    let (app, case) = (&suit.court.app, suit.state().await);
    let judgment = paper(&case, PaperKind::Judgment);
    let known = app.paper_hashed(&judgment.file.sha256).await.expect("it answers").expect("it is known");
    assert_eq!((known.kind, known.standing), (PaperKind::Judgment, VersionStanding::Newest));
    assert_eq!(known.number, case.number.as_ref().map(ToString::to_string));
    assert_eq!(known.entered.proof, Proof::Signed);
    assert_eq!(known.code, verify::code_of(&case, &judgment));
    assert_ne!(known.code, judgment.id, "the code was printed on the original, before anyone signed");
    for code in [known.code, judgment.id] {
        assert_eq!(app.paper_coded(code).await.expect("it answers"), Some(known.clone()));
    }
}

#[tokio::test]
async fn the_proof_of_a_paper_carries_what_was_recorded_of_it() {
    let suit = served().await;
    let (app, case) = (&suit.court.app, suit.state().await);
    let judgment = paper(&case, PaperKind::Judgment);
    let entered = app.entered(&case, &judgment, &judgment.file).await.expect("it answers").expect("it was recorded");
    let (proof, _) = app.paper_proof(entered.position).await.expect("it answers").expect("it is proven");
    let proof = proof.to_string();
    let read = RecordProof::parse(proof.as_bytes()).expect("a proof file is read back");
    let (proven, body) = read.verify_carried(&policy(&suit.court)).expect("it holds");
    assert_eq!(proven.index, entered.position);
    let hash: String = Sha256::digest(app.bytes(&judgment.file.sha256).await.expect("it is kept"))
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let told: serde_json::Value = serde_json::from_slice(body).expect("an event is JSON");
    assert_eq!(told.pointer("/file/sha256").and_then(|hash| hash.as_str()), Some(hash.as_str()));
    let found = app.paper_proven(proof.as_bytes()).await.expect("it answers").expect("it is known");
    assert_eq!(found.sha256, hash);
    assert_eq!(app.paper_proven(proof.replace("index ", "index 1").as_bytes()).await.expect("it answers"), None);
}

#[tokio::test]
async fn an_earlier_version_is_told_from_the_newest() {
    let suit = served().await;
    let (app, case) = (&suit.court.app, suit.state().await);
    let record = paper(&case, PaperKind::Transcript);
    let first = record.earlier.first().expect("it was printed anew with the signatures");
    let standing =
        async |sha256: &str| app.paper_hashed(sha256).await.expect("it answers").expect("it is known").standing;
    assert_eq!(standing(&first.sha256).await, VersionStanding::Superseded);
    assert_eq!(standing(&record.file.sha256).await, VersionStanding::Newest);
    let coded = app.paper_coded(record.id).await.expect("it answers").expect("it is known");
    assert_eq!(coded.sha256, record.file.sha256, "the code leads to the newest");
}

/// What a stranger gets who holds these very bytes, or has read the code.
async fn learns(suit: &Suit, paper: &Material) -> bool {
    let app = &suit.court.app;
    let by_hash = app.paper_hashed(&paper.file.sha256).await.expect("it answers");
    let by_code = app.paper_coded(paper.id).await.expect("it answers");
    by_hash.is_some() || by_code.is_some_and(|known| known.sha256 == paper.file.sha256)
}

#[tokio::test]
async fn nobody_learns_of_the_secondary_volume_of_what_parties_hand_in_or_of_what_nobody_was_given() {
    let suit = served().await;
    let case = suit.state().await;
    let (mut secret, mut open) = (0, 0);
    for paper in case.materials_in_order() {
        let given = paper.volume == Volume::Main
            && verify::CHECKABLE.contains(&paper.kind)
            && paper.place == Place::InFile
            && !paper.disclosed_to.is_empty();
        assert_eq!(learns(&suit, paper).await, given, "{}", paper.title);
        *(if given { &mut open } else { &mut secret }) += 1;
    }
    assert!(secret > 8 && open > 8, "{secret} and {open}");
}

#[tokio::test]
async fn before_it_is_served_a_judgment_is_as_unknown_as_one_that_does_not_exist() {
    let suit = told_to_judgment(Court::in_memory("2026-02-27").await).await;
    let judgment = paper(&*suit.state().await, PaperKind::Judgment);
    assert!(!learns(&suit, &judgment).await);
    let code = verify::code_of(&*suit.state().await, &judgment);
    assert_eq!(suit.court.app.paper_coded(code).await.expect("it answers"), None);
}
