//! The outbox: deliveries reach whom they can, and what became of them stands in the record.

use xiezhi_domain::{
    consent::{Consent, ConsentCommand, Step},
    parties::PartiesCommand,
    party::AddressConfirmation,
    service::{Channel, ServiceStatus},
};

use crate::{
    court::{Court, NOWHERE, day},
    example::party,
    steps::Suit,
};

/// The defendant has no account and confirmed this electronic address at the counter.
async fn addressed(to: &str) -> Suit {
    let mut suit = Suit::filed(Court::in_memory("2026-02-27").await).await;
    let clerk = suit.clerk().await;
    let address =
        AddressConfirmation { electronic: true, electronic_address: Some(to.to_owned()), ..suit.told.address(2) };
    let address: AddressConfirmation = AddressConfirmation { party: party(2), ..address };
    suit.does(&clerk, PartiesCommand::ConfirmAddress { address }).await;
    let consent = ConsentCommand::Record {
        party: party(2),
        steps: vec![Step::Service],
        consent: Consent::Agreed,
        how: "当面".to_owned(),
    };
    suit.does(&clerk, consent).await;
    suit
}

#[tokio::test]
async fn a_party_with_an_account_has_the_papers_at_once() {
    let mut suit = Suit::filed(Court::in_memory("2026-02-27").await).await;
    suit.link(1).await;
    let service = suit.send(1, Channel::Electronic).await;
    let case = suit.state().await;
    assert_eq!(case.services[&service].status, ServiceStatus::Effected { on: day("2026-02-27") });
    assert!(case.services[&service].arrived_at.is_some());
}

#[tokio::test]
async fn a_message_that_was_taken_counts_from_that_day() {
    let mut suit = addressed("13811112222").await;
    let service = suit.send(2, Channel::Electronic).await;
    let case = suit.state().await;
    assert_eq!(case.services[&service].status, ServiceStatus::Effected { on: day("2026-02-27") });
    assert!(suit.court.messages.outbox().sent.values().any(|sent| sent.message.to == "13811112222"));
}

#[tokio::test]
async fn an_address_that_does_not_answer_becomes_a_failed_service_and_a_paper_to_serve_again() {
    let mut suit = addressed(NOWHERE).await;
    let service = suit.send(2, Channel::Electronic).await;
    let case = suit.state().await;
    assert!(matches!(case.services[&service].status, ServiceStatus::Failed { .. }), "{:?}", case.services[&service]);
    assert!(xiezhi_domain::tasks::to_serve(&case).iter().any(|(_, to)| *to == party(2)));
}

#[tokio::test]
async fn what_was_carried_is_not_carried_again() {
    let mut suit = addressed("13811112222").await;
    suit.send(2, Channel::Electronic).await;
    let (rev, sent) = (suit.state().await.rev, suit.court.messages.outbox().sent.len());
    assert_eq!(suit.court.app.run_outbox().await.expect("the outbox runs"), 0);
    assert_eq!((suit.state().await.rev, suit.court.messages.outbox().sent.len()), (rev, sent));
}
