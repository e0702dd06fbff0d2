//! Asking to borrow an archived file (借阅申请): on the archivist's list, answered, and told to whoever asked.

use xiezhi_app::AppError;
use xiezhi_domain::{
    access::may_see,
    archive::ArchiveCommand,
    ids::{CaseId, PersonId},
    paper::Volume,
    people::{Actor, Post},
};

use crate::{
    cast::{member, staff},
    court::{Court, day},
    example::account,
    steps::Suit,
    story::told_to_archive,
};

fn asking(purpose: &str) -> ArchiveCommand {
    ArchiveCommand::AskBorrowing { purpose: purpose.to_owned(), until_on: day("2026-05-20"), volume: Volume::Main }
}

fn id(actor: &Actor) -> PersonId {
    actor.person().expect("a person")
}

/// A judge of the court who does not try the case.
async fn another_judge(suit: &Suit) -> Actor {
    let tribunal = suit.tribunal().await;
    (1..=4).map(member).find(|judge| !tribunal.votes(id(judge))).expect("a judge of another case")
}

async fn statuses(suit: &Suit, actor: &Actor) -> Vec<String> {
    let rows = suit.court.app.borrowings_of(id(actor)).await.expect("they are read");
    rows.into_iter().map(|row| row.status).collect()
}

async fn what_is_asked_waits_for_the_archivist_and_what_is_granted_is_a_loan(court: Court) {
    let mut suit = told_to_archive(court).await;
    let (archivist, judge) = (staff(Post::Archivist), another_judge(&suit).await);
    assert!(matches!(suit.court.app.view(suit.id, &judge).await, Err(AppError::NotFound)));
    suit.does(&judge, asking("类案参考")).await;
    let waiting = suit.court.app.borrowings_waiting().await.expect("they are read");
    assert_eq!(waiting.iter().map(|row| row.purpose.as_str()).collect::<Vec<_>>(), ["类案参考"]);
    assert_eq!(waiting[0].case_id.parse::<CaseId>().expect("an identifier"), suit.id);
    let tasks = suit.court.app.tasks(&archivist, None).await.expect("they are read");
    assert!(tasks.iter().any(|task| task.kind == "answer_borrowing"), "{tasks:?}");

    suit.does(&archivist, ArchiveCommand::GrantBorrowing { by: id(&judge) }).await;

    assert_eq!(statuses(&suit, &judge).await, ["granted"]);
    assert!(suit.court.app.borrowings_waiting().await.expect("they are read").is_empty());
    let (case, reader) = suit.court.app.view(suit.id, &judge).await.expect("it is lent");
    let seen = |volume| case.materials_in_order().any(|paper| paper.volume == volume && may_see(&reader, &case, paper));
    assert!(seen(Volume::Main) && !seen(Volume::Secondary));
}

async fn a_party_that_is_refused_reads_why(court: Court) {
    let mut suit = told_to_archive(court).await;
    let (archivist, party) = (staff(Post::Archivist), account(1));
    suit.does(&party, asking("看看")).await;
    assert_eq!(statuses(&suit, &party).await, ["waiting"]);
    let reason = "用途不明，请写明".to_owned();
    suit.does(&archivist, ArchiveCommand::RefuseBorrowing { by: id(&party), reason }).await;
    let rows = suit.court.app.borrowings_of(id(&party)).await.expect("they are read");
    assert_eq!((rows[0].status.as_str(), rows[0].reason.as_str()), ("refused", "用途不明，请写明"));
    assert!(suit.state().await.archive.loans.is_empty());
    suit.does(&party, asking("申请再审")).await;
    assert_eq!(statuses(&suit, &party).await, ["waiting"], "one may ask again");
    assert!(suit.court.app.differing_rows(suit.id).await.expect("they are compared").is_empty());
}

over_each_store![
    what_is_asked_waits_for_the_archivist_and_what_is_granted_is_a_loan,
    a_party_that_is_refused_reads_why,
];
