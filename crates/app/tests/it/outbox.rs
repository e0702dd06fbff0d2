//! The outbox: deliveries reach whom they can, and what became of them stands in the record.

use xiezhi_app::{lists::CaseFilter, serving::Reach};
use xiezhi_connect::{Delivery, Message, MessageError, Messages};
use xiezhi_domain::{
    consent::{Consent, ConsentCommand, Step},
    parties::PartiesCommand,
    party::AddressConfirmation,
    people::Post,
    service::{Channel, Means, ServiceCommand, ServiceStatus},
};

use crate::{
    court::{Court, NOWHERE, Opening, day},
    example::party,
    steps::Suit,
};

/// The defendant has no account and confirmed this electronic address at the counter.
async fn addressed(to: &str) -> Suit {
    addressed_by(Court::in_memory("2026-02-27").await, to).await
}

async fn addressed_by(court: Court, to: &str) -> Suit {
    let mut suit = Suit::filed(court).await;
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
async fn a_scanned_receipt_leads_its_clerk_and_every_service_agent_to_what_is_under_way() {
    let mut suit = Suit::filed(Court::in_memory("2026-02-27").await).await;
    let service = suit.send(1, Channel::Postal).await;
    let clerk = suit.clerk().await;
    let tracking = "EA123456789CN".to_owned();
    suit.does(&clerk, ServiceCommand::RecordTracking { service, tracking }).await;
    let app = &suit.court.app;
    let agent = crate::cast::staff(Post::ServiceAgent);
    let judge = crate::cast::staff(Post::Judge);
    for (who, finds) in [(&clerk, true), (&agent, true), (&judge, false)] {
        let found = app.consignment(who, " ea123456789cn\n").await.expect("the table answers");
        assert_eq!(found.map(|row| row.service_id), finds.then(|| service.to_string()), "{who:?}");
    }
    suit.receipt(service, day("2026-02-27")).await;
    let found = suit.court.app.consignment(&clerk, "EA123456789CN").await.expect("the table answers");
    assert_eq!(found, None, "what came of it is entered: nothing is left to scan");
}

#[tokio::test]
async fn a_list_of_cases_says_whom_the_papers_have_reached() {
    let mut suit = Suit::filed(Court::in_memory("2026-02-27").await).await;
    let judge = suit.judge().await;
    let reach = async |suit: &Suit| {
        let found = suit.court.app.cases(&judge, &CaseFilter::default()).await.expect("a list");
        let name = suit.state().await.parties[&party(2)].name.clone();
        found.rows[0].reached().into_iter().find(|it| it.party == name).expect("the defendant is told of").reach
    };
    assert_eq!(reach(&suit).await, Reach::Waits);
    let service = suit.send(2, Channel::Postal).await;
    assert_eq!(reach(&suit).await, Reach::UnderWay);
    let clerk = suit.clerk().await;
    suit.does(&clerk, ServiceCommand::RecordFailure { service, reason: "查无此人".to_owned() }).await;
    assert_eq!(reach(&suit).await, Reach::Failed);
    let service = suit.send(2, Channel::Direct).await;
    suit.receipt(service, day("2026-02-27")).await;
    assert_eq!(reach(&suit).await, Reach::Served);
}

#[tokio::test]
async fn after_each_failure_the_next_way_offers_itself_and_announcement_is_the_last() {
    let mut suit = Suit::filed(Court::in_memory("2026-02-27").await).await;
    let clerk = suit.clerk().await;
    let mut offered = vec![];
    for _ in 0..2 {
        let (channel, why) = xiezhi_app::rows::channel_for(&*suit.state().await, party(2));
        offered.push((channel, why));
        let service = suit.send(2, channel).await;
        suit.does(&clerk, ServiceCommand::RecordFailure { service, reason: "查无此人".to_owned() }).await;
    }
    assert_eq!(offered, [(Channel::Postal, "no_consent"), (Channel::Direct, "post_failed")]);
    let mut case = (*suit.state().await).clone();
    case.procedure = xiezhi_domain::case::Procedure::Summary;
    assert_eq!(xiezhi_app::rows::channel_for(&case, party(2)), (Channel::Direct, "all_failed"));
    case.procedure = xiezhi_domain::case::Procedure::Ordinary;
    assert_eq!(xiezhi_app::rows::channel_for(&case, party(2)), (Channel::Announcement, "all_failed"));
}

#[tokio::test]
async fn a_message_carries_the_code_by_which_whoever_has_no_account_opens_the_papers() {
    let mut suit = addressed("13811112222").await;
    suit.send(2, Channel::Electronic).await;
    let case = suit.state().await;
    let code = case.link_codes[&party(2)].code.clone();
    let sent = suit.court.messages.outbox().sent.into_values().find(|sent| sent.message.to == "13811112222");
    let message = sent.expect("it was sent").message;
    assert!(message.body.contains(&code) && message.body.contains("12368"), "{}", message.body);
    assert!(message.body.chars().count() <= 70 && !message.body.contains("http"), "{}", message.body);
    assert_eq!(message.pattern.map(|pattern| pattern.id).as_deref(), Some("e_served"));
    let tried = case.tries.last().expect("how it went is a row");
    assert_eq!((tried.means, tried.reached), (Means::ShortMessage, true));
}

/// A channel that knows no message again, and of which nobody learns what became of one.
struct Mute(std::sync::atomic::AtomicU32);

#[async_trait::async_trait]
impl Messages for Mute {
    fn is_demonstration(&self) -> bool {
        false
    }

    fn takes_a_key(&self, _: xiezhi_connect::Channel) -> bool {
        false
    }

    async fn send(&self, _: &Message) -> Result<Delivery, MessageError> {
        self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Ok(Delivery::Unknown)
    }

    async fn outcome(&self, _: &str) -> Result<Delivery, MessageError> {
        Ok(Delivery::Unknown)
    }
}

#[tokio::test]
async fn a_message_whose_outcome_nobody_knows_is_sent_once_and_then_a_person_decides() {
    let mute = std::sync::Arc::new(Mute(0.into()));
    let mut suit = addressed_by(
        Court::founded(Opening { carriers: Some(mute.clone()), ..Opening::default() }, "2026-02-27").await,
        "13811112222",
    )
    .await;
    let service = suit.send(2, Channel::Electronic).await;
    for _ in 0..12 {
        suit.court.jump(suit.court.today.tomorrow().expect("within the calendar"));
        suit.court.app.run_outbox().await.expect("the outbox runs");
    }
    assert_eq!(mute.0.load(std::sync::atomic::Ordering::SeqCst), 1, "never twice on a guess");
    let case = suit.state().await;
    assert!(matches!(case.services[&service].status, ServiceStatus::Failed { .. }), "{:?}", case.services[&service]);
}

#[tokio::test]
async fn what_was_carried_is_not_carried_again() {
    let mut suit = addressed("13811112222").await;
    suit.send(2, Channel::Electronic).await;
    let (rev, sent) = (suit.state().await.rev, suit.court.messages.outbox().sent.len());
    assert_eq!(suit.court.app.run_outbox().await.expect("the outbox runs"), 0);
    assert_eq!((suit.state().await.rev, suit.court.messages.outbox().sent.len()), (rev, sent));
}
