//! Signing in bulk, and what a signature needs: a certificate that holds, a time stamp where the court asks for one.

use std::sync::Arc;

use jiff::Timestamp;
use xiezhi_app::{
    AppError, issuing,
    signing::{self, Chosen, Deed, Outcome},
};
use xiezhi_domain::{
    Refusal,
    drafting::DraftingCommand,
    ids::{CaseId, CommandId, DocumentId},
    issuing::IssuingRefusal,
    paper::PaperKind,
    people::{Actor, Post},
    register::Register,
};
use xiezhi_signing::{TrustRoot, authority::Term, verify_pdf};
use xiezhi_store::Stream;

use crate::{
    cast::staff,
    court::{Court, Opening},
    example::account,
    stamps::{Stamper, Temper},
    steps::{Suit, content},
    story::told_to_hearing,
};

over_each_store!(
    many_documents_are_signed_in_one_act_each_for_itself,
    a_batch_that_breaks_off_goes_on_and_signs_nothing_twice,
    a_batch_shows_nobody_elses_case_and_no_draft,
);

/// A judgment put forward in the case as it was heard.
async fn put_forward(suit: &mut Suit) -> DocumentId {
    let document = DocumentId(suit.court.fresh());
    let judge = suit.judge().await;
    let content = content(&suit.told);
    let save = DraftingCommand::Save { document, kind: PaperKind::Judgment, content, based_on: 0 };
    suit.does(&judge, save).await;
    suit.does(&judge, DraftingCommand::PutForward { document }).await;
    document
}

async fn chosen(suit: &Suit, deed: Deed, document: DocumentId) -> Chosen {
    let case = suit.state().await;
    let original = case.drafts[&document].original.expect("it was put forward");
    Chosen { deed, case: suit.id, document, original_sha256: case.materials[&original].file.sha256.clone() }
}

async fn uses_of_the_seal(court: &Court) -> usize {
    let (kind, id) = Register::Seal.stream();
    let stream = Stream::new(kind, id);
    court.store.read_stream(xiezhi_store::LogId::RECORD, &stream, 0).await.expect("it reads").len()
}

async fn many_documents_are_signed_in_one_act_each_for_itself(court: Court) {
    let mut suit = told_to_hearing(court).await;
    let document = put_forward(&mut suit).await;
    let judge = suit.judge().await;
    let waiting = suit.court.app.to_sign(&judge).await.expect("a queue");
    assert_eq!(waiting.iter().map(|it| (it.deed, it.document)).collect::<Vec<_>>(), [(Deed::Sign, document)]);
    let right = chosen(&suit, Deed::Sign, document).await;
    let stale = Chosen { original_sha256: "0".repeat(64), ..right.clone() };
    let early = Chosen { deed: Deed::Seal, ..stale.clone() };
    let id = CommandId(suit.court.fresh());
    let batch = suit.court.app.sign_many(&judge, id, vec![early, right]).await.expect("it is kept");
    assert!(!batch.is_done(), "nothing is signed before it is kept");
    assert_eq!(suit.court.app.run_signing().await.expect("it runs"), 1);
    let person = judge.person().expect("a person");
    let batch = suit.court.app.signing_batch(person, id).await.expect("it is known").expect("it is kept");
    assert!(batch.is_done());
    let refused = Outcome::Refused { code: "issuing.OriginalChanged".to_owned() };
    assert_eq!(batch.items[0].outcome, refused, "each document has an answer of its own");
    assert!(matches!(batch.items[1].outcome, Outcome::Done { .. }), "{:?}", batch.items[1]);
    assert_eq!(suit.state().await.drafts[&document].signed, [person]);

    let clerk = suit.clerk().await;
    let deeds = |waiting: Vec<signing::Waiting>| waiting.iter().map(|it| (it.deed, it.document)).collect::<Vec<_>>();
    assert_eq!(
        deeds(suit.court.app.to_sign(&judge).await.expect("a queue")),
        [],
        "nothing is sealed without its clerk"
    );
    assert_eq!(deeds(suit.court.app.to_sign(&clerk).await.expect("a queue")), [(Deed::Sign, document)]);
    let (also, id) = (chosen(&suit, Deed::Sign, document).await, CommandId(suit.court.fresh()));
    suit.court.app.sign_many(&clerk, id, vec![also]).await.expect("it is kept");
    assert_eq!(suit.court.app.run_signing().await.expect("it runs"), 1);

    let seal = chosen(&suit, Deed::Seal, document).await;
    let id = CommandId(suit.court.fresh());
    suit.court.app.sign_many(&judge, id, vec![seal]).await.expect("it is kept");
    assert_eq!(suit.court.app.run_signing().await.expect("it runs"), 1);
    assert!(suit.state().await.drafts[&document].issued.is_some());
    assert_eq!(uses_of_the_seal(&suit.court).await, 1, "each use of the seal is counted");
    assert!(suit.court.app.to_sign(&judge).await.expect("a queue").is_empty());
}

async fn a_batch_that_breaks_off_goes_on_and_signs_nothing_twice(court: Court) {
    let mut suit = told_to_hearing(court).await;
    let document = put_forward(&mut suit).await;
    let judge = suit.judge().await;
    let right = chosen(&suit, Deed::Sign, document).await;
    let id = CommandId(suit.court.fresh());
    suit.court.app.sign_many(&judge, id, vec![right.clone()]).await.expect("it is kept");
    // The act is done and the process killed before the batch says so: what it would have said is taken away.
    let before =
        suit.court.app.signing_batch(judge.person().expect("a person"), id).await.expect("known").expect("kept");
    suit.court.app.run_signing().await.expect("it runs");
    let signed = suit.state().await.rev;
    let person = judge.person().expect("a person");
    suit.court.app.keep_note("signing", &id.to_string(), person, &before, 1).await.expect("as before the kill");
    assert_eq!(suit.court.app.run_signing().await.expect("it runs again"), 1, "its repeat answers as the first time");
    assert_eq!(suit.state().await.rev, signed, "and decides nothing");
    let again = suit.court.app.sign_many(&judge, id, vec![right]).await.expect("the same act is the same batch");
    assert!(again.is_done());
    assert_eq!(suit.court.app.batches(person).await.expect("known").len(), 1);
}

async fn a_batch_shows_nobody_elses_case_and_no_draft(court: Court) {
    let mut suit = told_to_hearing(court).await;
    let document = put_forward(&mut suit).await;
    let right = chosen(&suit, Deed::Sign, document).await;
    let nowhere = Chosen { case: CaseId(uuid::Uuid::from_u128(0xdead)), ..right.clone() };
    for (who, chosen) in [
        (account(0), right.clone()),
        (staff(Post::DivisionHead), right.clone()),
        (staff(Post::Assessor), right.clone()),
        (suit.judge().await, nowhere),
    ] {
        let id = CommandId(suit.court.fresh());
        let answer = suit.court.app.sign_many(&who, id, vec![chosen]).await;
        assert!(matches!(answer, Err(AppError::NotFound)), "{who:?}: {answer:?}");
    }
    let mine = CommandId(suit.court.fresh());
    let judge = suit.judge().await;
    suit.court.app.sign_many(&judge, mine, vec![right]).await.expect("it is kept");
    let other = suit.clerk().await.person().expect("a person");
    assert_eq!(suit.court.app.signing_batch(other, mine).await.expect("it answers"), None);
}

async fn stamping() -> (Court, Arc<Stamper>) {
    let stamps = Stamper::honest();
    let court = Court::founded(Opening { stamps: Some(stamps.clone()), ..Opening::default() }, "2026-02-27").await;
    (court, stamps)
}

async fn signed(court: Court) -> (Suit, DocumentId, Actor) {
    let mut suit = told_to_hearing(court).await;
    let document = put_forward(&mut suit).await;
    let judge = suit.judge().await;
    let sha256 = chosen(&suit, Deed::Sign, document).await.original_sha256;
    let id = CommandId(suit.court.fresh());
    suit.court.app.sign_document(suit.id, &judge, id, document, sha256.clone()).await.expect("the judge signs");
    let (clerk, id) = (suit.clerk().await, CommandId(suit.court.fresh()));
    suit.court.app.sign_document(suit.id, &clerk, id, document, sha256).await.expect("the clerk signs");
    (suit, document, judge)
}

async fn issued_bytes(suit: &Suit, document: DocumentId) -> Vec<u8> {
    let case = suit.state().await;
    let paper = case.drafts[&document].issued.expect("it was issued");
    suit.court.app.bytes(&case.materials[&paper].file.sha256).await.expect("its bytes")
}

#[tokio::test]
async fn every_signature_of_an_issued_document_carries_a_time_stamp() {
    let (court, stamps) = stamping().await;
    let (mut suit, document, judge) = signed(court).await;
    let id = CommandId(suit.court.fresh());
    suit.court.app.issue(suit.id, &judge, id, document).await.expect("it is sealed");
    let roots = [suit.court.app.ports().keys.authority.trust_root()];
    let found = verify_pdf(&issued_bytes(&suit, document).await, &roots, &[Stamper::root()]).expect("a PDF");
    assert_eq!(found.len(), 3, "judge, clerk and court");
    assert!(found.iter().all(|one| one.is_valid() && matches!(one.stamp, Some(Ok(_)))), "{found:?}");
    let asked = stamps.asked();
    let again = suit.court.app.issue(suit.id, &judge, id, document).await.expect("its repeat answers");
    assert_eq!((again.replayed, stamps.asked()), (true, asked), "and asks nobody");
}

#[tokio::test]
async fn a_document_waits_for_an_authority_that_is_down_or_lies_and_loses_nothing() {
    let (court, stamps) = stamping().await;
    let (mut suit, document, judge) = signed(court).await;
    let case = suit.state().await;
    for temper in [Temper::Down, Temper::Garbled, Temper::Stranger, Temper::Expired, Temper::Yesterday, Temper::Refuses]
    {
        stamps.turns(temper);
        let id = CommandId(suit.court.fresh());
        let answer = suit.court.app.issue(suit.id, &judge, id, document).await;
        let waits = matches!(answer, Err(AppError::Refused(Refusal::Issuing(IssuingRefusal::NoTimeStamp))));
        assert!(waits, "{temper:?}: {answer:?}");
    }
    assert_eq!(suit.state().await.rev, case.rev, "nothing was recorded");
    assert!(suit.court.app.waits_for_stamp(document).await.expect("known").is_some(), "and the page says so");

    let seal = chosen(&suit, Deed::Seal, document).await;
    let id = CommandId(suit.court.fresh());
    suit.court.app.sign_many(&judge, id, vec![seal]).await.expect("it is kept");
    assert_eq!(suit.court.app.run_signing().await.expect("it runs"), 0);
    let person = judge.person().expect("a person");
    let held = suit.court.app.signing_batch(person, id).await.expect("known").expect("kept").items[0].outcome.clone();
    assert_eq!(held, Outcome::Waiting { held: Some("issuing.NoTimeStamp".to_owned()) });
    stamps.turns(Temper::Honest);
    assert_eq!(suit.court.app.run_signing().await.expect("it runs"), 0, "the authority is left alone for a while");
    later(&suit.court, 60);
    assert_eq!(suit.court.app.run_signing().await.expect("it runs"), 1, "then it is sealed by itself");
    assert_eq!(suit.court.app.waits_for_stamp(document).await.expect("known"), None);
}

fn later(court: &Court, seconds: i64) {
    use xiezhi_app::moment::Clock;
    court.clock.set(court.clock.now() + jiff::SignedDuration::from_secs(seconds));
}

#[tokio::test]
async fn a_certificate_that_ended_yesterday_signs_and_seals_nothing() {
    let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
    let term = issuing::term();
    let certificates = Term { until_at: at("2026-02-26T00:00:00+08:00"), ..term };
    let court = Court::founded(Opening { certificates, ..Opening::default() }, "2026-02-27").await;
    let mut suit = told_to_hearing(court).await;
    let document = put_forward(&mut suit).await;
    let judge = suit.judge().await;
    let sha256 = chosen(&suit, Deed::Sign, document).await.original_sha256;
    let id = CommandId(suit.court.fresh());
    let answer = suit.court.app.sign_document(suit.id, &judge, id, document, sha256).await;
    let ended = |answer: &Result<_, AppError>| {
        matches!(answer, Err(AppError::Refused(Refusal::Issuing(IssuingRefusal::CertificateEnded { .. }))))
    };
    assert!(ended(&answer), "{answer:?}");
    assert!(suit.state().await.drafts[&document].signed.is_empty());
}

#[tokio::test]
async fn a_court_without_an_authority_signs_without_stamps() {
    let (mut suit, document, judge) = signed(Court::in_memory("2026-02-27").await).await;
    let id = CommandId(suit.court.fresh());
    suit.court.app.issue(suit.id, &judge, id, document).await.expect("it is sealed");
    let roots: [TrustRoot; 1] = [suit.court.app.ports().keys.authority.trust_root()];
    let found = verify_pdf(&issued_bytes(&suit, document).await, &roots, &[]).expect("a PDF");
    assert!(found.iter().all(|one| one.is_valid() && one.stamp.is_none()), "{found:?}");
}
