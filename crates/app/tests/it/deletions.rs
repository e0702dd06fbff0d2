//! The two lawful deletions: the bytes of one paper, and a whole file at the end of its retention. What was recorded
//! stays proven.

use xiezhi_app::AppError;
use xiezhi_domain::{
    approval::{ApprovalCommand, Matter},
    destruction::DestructionCommand,
    ids::{CommandId, DestructionListId, MaterialId},
    people::{Actor, Post},
};
use xiezhi_ledger::RecordProof;
use xiezhi_store::{
    LogId,
    blob::{Blobs, Digest},
};

use crate::{
    cast::staff,
    court::{Court, day},
    steps::{Suit, exhibit},
    story::told_to_archive,
};

/// Proofs of every event of the case, as a party was given them.
async fn proofs(suit: &Suit) -> Vec<(Vec<u8>, RecordProof)> {
    let app = &suit.court.app;
    app.prove(LogId::RECORD).await.expect("it is signed");
    let stream = xiezhi_app::codec::case_stream(suit.id);
    let mut proofs = vec![];
    for event in suit.court.store.read_stream(LogId::RECORD, &stream, 0).await.expect("it is read") {
        let proof = app.proof(LogId::RECORD, event.pos).await.expect("it is made").expect("it is proven");
        proofs.push((event.body.expect("nothing was destroyed"), proof));
    }
    proofs
}

/// The bytes go with the sweep, once nobody can be keeping the same ones any more.
async fn swept(suit: &mut Suit) {
    let tomorrow = suit.court.today.tomorrow().expect("within the calendar");
    suit.court.jump(tomorrow);
    suit.court.app.sweep().await.expect("it is swept");
}

async fn erase(suit: &mut Suit, material: MaterialId) {
    let judge = suit.judge().await;
    let ask = ApprovalCommand::Ask { request: Matter::EraseMaterial { material }, reason: "依法删除".to_owned() };
    let case = suit.does(&judge, ask).await;
    let approval = case.approvals.values().find(|approval| approval.next().is_some()).expect("it is asked").id;
    for (seen_words, post) in [Post::DivisionHead, Post::President].into_iter().enumerate() {
        let answer = ApprovalCommand::Answer { approval, grant: true, opinion: "同意".to_owned(), seen_words };
        suit.does(&staff(post), answer).await;
    }
}

async fn the_bytes_of_a_paper_go_and_every_proof_stays(court: Court) {
    let mut suit = told_to_archive(court).await;
    let before = proofs(&suit).await;
    let paper = suit.state().await.materials[&exhibit(0, 0)].clone();
    let digest: Digest = paper.file.sha256.parse().expect("a digest");
    erase(&mut suit, paper.id).await;
    assert!(suit.court.blobs.exists(digest).await.expect("it answers"), "not before whoever keeps the same is done");
    swept(&mut suit).await;
    assert!(!suit.court.blobs.exists(digest).await.expect("it answers"));

    let app = &suit.court.app;
    app.prove(LogId::RECORD).await.expect("it is signed");
    for (body, proof) in &before {
        proof.verify(body, &app.ports().policy).expect("what was given out before still holds");
    }
    let checked = app.audit(&mut |_, _| {}).await.expect("everything is checked");
    assert_eq!(checked.differences, vec![]);
    let case = suit.state().await;
    assert!(case.materials[&paper.id].erased_on.is_some());
    assert_eq!(case.materials[&paper.id].title, paper.title, "what is said of it stays");
}

#[tokio::test]
async fn the_bytes_of_a_paper_go_and_every_proof_stays_in_memory() {
    the_bytes_of_a_paper_go_and_every_proof_stays(Court::in_memory("2026-02-27").await).await;
}

#[tokio::test]
async fn the_bytes_of_a_paper_go_and_every_proof_stays_on_sqlite() {
    the_bytes_of_a_paper_go_and_every_proof_stays(Court::on_sqlite("2026-02-27").await).await;
}

#[tokio::test]
async fn a_package_of_a_file_with_an_erased_paper_holds_and_says_so() {
    let mut suit = told_to_archive(Court::in_memory("2026-02-27").await).await;
    erase(&mut suit, exhibit(0, 0)).await;
    swept(&mut suit).await;
    let packed = suit.court.app.take_out(suit.id, &staff(Post::Archivist), |_| vec![]).await.expect("it leaves");
    let place = crate::package::Place::new("erased");
    place.lay(&crate::package::all_bytes(&suit.court, &packed).await);
    let report = place.check(&suit.court.app.ports().policy);
    assert_eq!(report.faults, vec![]);
    assert_eq!(report.erased, 1);
}

fn list_command(suit: &mut Suit) -> CommandId {
    CommandId(suit.court.fresh())
}

async fn carried(
    suit: &mut Suit,
    list: DestructionListId,
    who: &Actor,
    act: DestructionCommand,
) -> Result<(), AppError> {
    let command = list_command(suit);
    suit.court.app.act_on_list(list, who, command, act).await
}

async fn a_whole_file_goes_at_the_end_of_its_retention_and_every_proof_stays(court: Court) {
    let mut suit = told_to_archive(court).await;
    let before = proofs(&suit).await;
    let case = suit.state().await;
    let archivist = staff(Post::Archivist);
    let command = list_command(&mut suit);
    let early = suit.court.app.draw_destruction_list(&archivist, command).await;
    assert!(matches!(early, Err(AppError::Refused(_))), "its retention has thirty years to go: {early:?}");

    suit.court.jump(day("2057-01-01"));
    let command = list_command(&mut suit);
    let list = suit.court.app.draw_destruction_list(&archivist, command).await.expect("it is drawn up");
    let appraise = DestructionCommand::Appraise { opinion: "无继续保存价值".to_owned() };
    carried(&mut suit, list, &staff(Post::VicePresident), appraise).await.expect("it is appraised");
    carried(&mut suit, list, &staff(Post::President), DestructionCommand::Approve).await.expect("it is approved");
    carried(&mut suit, list, &staff(Post::TrialManagement), DestructionCommand::Supervise).await.expect("signed");
    assert!(suit.court.app.load(suit.id).await.is_ok(), "one supervisor destroys nothing");
    carried(&mut suit, list, &staff(Post::DivisionHead), DestructionCommand::Supervise).await.expect("signed");
    swept(&mut suit).await;

    let app = &suit.court.app;
    assert!(matches!(app.load(suit.id).await, Err(AppError::NotFound)));
    let stream = xiezhi_app::codec::case_stream(suit.id);
    let events = suit.court.store.read_stream(LogId::RECORD, &stream, 0).await.expect("it is read");
    assert_eq!(events.len(), before.len(), "every position stays");
    assert!(events.iter().all(|event| event.body.is_none() && event.salt.is_none()));
    for paper in case.materials.values() {
        let digest: Digest = paper.file.sha256.parse().expect("a digest");
        assert!(!suit.court.blobs.exists(digest).await.expect("it answers"), "{} went", paper.title);
    }
    app.prove(LogId::RECORD).await.expect("it is signed");
    for (body, proof) in &before {
        proof.verify(body, &app.ports().policy).expect("what was given out before still holds");
    }
    for event in &events {
        let proof = app.proof(LogId::RECORD, event.pos).await.expect("it is made").expect("it is proven");
        proof.verify_entry(&app.ports().policy).expect("that something stood here is still proven");
    }
    let checked = app.audit(&mut |_, _| {}).await.expect("everything is checked");
    assert_eq!(checked.differences, vec![]);
    assert_eq!(app.rebuild(&mut |_, _| {}).await.expect("rows are computed"), 0);
    let lists = app.destruction_lists().await.expect("lists are read");
    assert_eq!(lists[0].list.listed[0].number, case.number.as_ref().map(ToString::to_string), "the list is kept");
}

#[tokio::test]
async fn a_whole_file_goes_at_the_end_of_its_retention_and_every_proof_stays_in_memory() {
    a_whole_file_goes_at_the_end_of_its_retention_and_every_proof_stays(Court::in_memory("2026-02-27").await).await;
}

#[tokio::test]
async fn a_whole_file_goes_at_the_end_of_its_retention_and_every_proof_stays_on_sqlite() {
    a_whole_file_goes_at_the_end_of_its_retention_and_every_proof_stays(Court::on_sqlite("2026-02-27").await).await;
}

#[tokio::test]
async fn a_file_that_was_lent_or_reclassified_since_it_was_listed_is_not_destroyed() {
    use xiezhi_domain::{archive::ArchiveCommand, law::retention::RetentionClass};
    let mut suit = told_to_archive(Court::in_memory("2026-02-27").await).await;
    suit.court.jump(day("2057-01-01"));
    let archivist = staff(Post::Archivist);
    let command = list_command(&mut suit);
    let list = suit.court.app.draw_destruction_list(&archivist, command).await.expect("it is drawn up");
    let appraise = DestructionCommand::Appraise { opinion: "无继续保存价值".to_owned() };
    carried(&mut suit, list, &staff(Post::VicePresident), appraise).await.expect("it is appraised");
    carried(&mut suit, list, &staff(Post::President), DestructionCommand::Approve).await.expect("it is approved");
    carried(&mut suit, list, &staff(Post::TrialManagement), DestructionCommand::Supervise).await.expect("signed");
    let reason = "有查考价值".to_owned();
    suit.does(&archivist, ArchiveCommand::Reclassify { retention: RetentionClass::Permanent, reason }).await;
    let refused = carried(&mut suit, list, &staff(Post::DivisionHead), DestructionCommand::Supervise).await;
    assert!(matches!(refused, Err(AppError::Refused(_))), "{refused:?}");
    assert!(suit.court.app.load(suit.id).await.is_ok());
}
