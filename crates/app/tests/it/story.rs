//! One case from filing to archive: every layer below the pages, over each store.

use xiezhi_domain::{
    case::Procedure, closing::Manner, material::MaterialCommand, paper::PaperKind, service::Channel, stage::Stage,
};
use xiezhi_store::LogId;

use crate::{
    court::{Court, day},
    example::party,
    steps::{Suit, content, exhibit},
};

/// Filed, paid, served, answered: ready to be heard.
pub async fn told_to_pretrial(court: Court) -> Suit {
    pretrial(Suit::filed(court).await).await
}

async fn pretrial(mut suit: Suit) -> Suit {
    suit.court.on("2026-03-03").await;
    suit.pay().await;
    suit.court.on("2026-03-04").await;
    suit.link(1).await;
    let posted = suit.send(2, Channel::Postal).await;
    suit.court.on("2026-03-06").await;
    suit.send(1, Channel::Electronic).await;
    suit.receipt(posted, day("2026-03-06")).await;
    suit
}

/// Heard: the judgment can be written.
pub async fn told_to_hearing(court: Court) -> Suit {
    heard(told_to_pretrial(court).await).await
}

/// The same before a panel, in ordinary procedure.
pub async fn told_to_a_panel(court: Court) -> Suit {
    heard(pretrial(Suit::filed_under(court, Procedure::Ordinary).await).await).await
}

async fn heard(mut suit: Suit) -> Suit {
    suit.court.on("2026-03-12").await;
    for (place, name) in [(1, "answer.易欠款"), (2, "answer.保连带")] {
        let words = suit.told.text(name).to_owned();
        suit.answer(place, &words).await;
    }
    suit.enter_all().await;
    let clerk = suit.clerk().await;
    let materials = (0..3).map(|place| exhibit(0, place)).collect();
    suit.does(&clerk, MaterialCommand::Disclose { materials }).await;
    let hearing = suit.schedule(day("2026-03-27")).await;
    suit.send(1, Channel::Electronic).await;
    suit.court.on("2026-03-27").await;
    suit.hear(hearing).await;
    suit.court.on("2026-04-03").await;
    suit
}

/// Heard, judged and pronounced.
pub async fn told_to_judgment(court: Court) -> Suit {
    let mut suit = told_to_hearing(court).await;
    let content = content(&suit.told);
    let judgment = suit.issue(PaperKind::Judgment, content).await;
    suit.pronounce(judgment).await;
    suit
}

/// Served on everyone: the appeal periods run.
pub async fn told_to_service(court: Court) -> Suit {
    let mut suit = told_to_judgment(court).await;
    suit.court.on("2026-04-10").await;
    suit.send(0, Channel::Electronic).await;
    suit.send(1, Channel::Electronic).await;
    let posted = suit.send(2, Channel::Postal).await;
    suit.court.on("2026-04-15").await;
    suit.receipt(posted, day("2026-04-15")).await;
    suit
}

/// In force, the refund paid out, the file accepted by the archivist.
pub async fn told_to_archive(court: Court) -> Suit {
    let mut suit = told_to_service(court).await;
    suit.court.on("2026-05-01").await;
    suit.refund().await;
    suit.archive().await;
    suit
}

async fn the_case_goes_from_filing_to_archive(court: Court) {
    let mut suit = told_to_service(court).await;
    suit.court.on("2026-05-01").await;
    let case = suit.state().await;
    assert_eq!((case.stage, case.effective_on), (Stage::Effective, Some(day("2026-05-01"))));
    assert_eq!(case.closing.as_ref().map(|closing| closing.manner), Some(Manner::Judgment));
    let judgment = case.final_paper().expect("a judgment").id;
    let served: Vec<_> = (0..3).map(|place| case.served_on(judgment, party(place))).collect();
    assert_eq!(served, [Some(day("2026-04-10")), Some(day("2026-04-10")), Some(day("2026-04-15"))]);

    suit.refund().await;
    let case = suit.archive().await;
    assert_eq!(case.stage, Stage::Archived);

    let app = &suit.court.app;
    app.prove(LogId::RECORD).await.expect("the record is proven");
    app.prove(LogId::ACCESS).await.expect("the looks are proven");
    let checked = app.check_case(suit.id).await.expect("the case is checked");
    assert_eq!(checked.differences, vec![]);
    assert_eq!((checked.events, checked.proven), (case.rev, case.rev));
    assert_eq!(app.differing_rows_of_all().await.expect("rows are compared"), vec![]);
}

#[tokio::test]
async fn the_case_goes_from_filing_to_archive_in_memory() {
    the_case_goes_from_filing_to_archive(Court::in_memory("2026-02-27").await).await;
}

#[tokio::test]
async fn the_case_goes_from_filing_to_archive_on_sqlite() {
    the_case_goes_from_filing_to_archive(Court::on_sqlite("2026-02-27").await).await;
}

#[tokio::test]
async fn the_case_goes_from_filing_to_archive_on_postgres() {
    the_case_goes_from_filing_to_archive(Court::on_postgres("2026-02-27").await).await;
}

#[tokio::test]
async fn what_was_approved_is_a_prefix_of_what_is_issued() {
    let suit = told_to_judgment(Court::in_memory("2026-02-27").await).await;
    let case = suit.state().await;
    let draft = case.drafts.values().next().expect("a draft");
    let original = &case.materials[&draft.original.expect("put forward")].file.sha256;
    let issued = &case.final_paper().expect("issued").file.sha256;
    let app = &suit.court.app;
    let (original, issued) =
        (app.bytes(original).await.expect("it is kept"), app.bytes(issued).await.expect("it is kept"));
    assert!(issued.len() > original.len() && issued.starts_with(&original));
}
