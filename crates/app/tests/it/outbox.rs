//! The outbox: deliveries reach whom they can, and what became of them stands in the record.

use xiezhi_app::{lists::CaseFilter, serving::Reach};
use xiezhi_connect::{CameBack, Delivery, Message, MessageError, Messages};
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
        let waiting = suit.court.app.to_serve(&clerk).await.expect("the table");
        let row = waiting.iter().find(|it| it.row.party == party(2).to_string()).expect("papers wait");
        let way = suit.court.app.way_for(&*suit.state().await, party(2));
        assert_eq!((row.channel, row.why.as_str()), way, "the table and the page of the case agree");
        offered.push(way);
        let service = suit.send(2, way.0).await;
        suit.does(&clerk, ServiceCommand::RecordFailure { service, reason: "查无此人".to_owned() }).await;
    }
    assert_eq!(offered, [(Channel::Postal, "no_consent"), (Channel::Direct, "post_failed")]);
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

    async fn outcome(&self, _: &Message, _: jiff::Timestamp) -> Result<Delivery, MessageError> {
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

/// A relay that takes letters on and brings each of them back.
#[derive(Default)]
struct Returning {
    taken: std::sync::Mutex<Vec<String>>,
    put_away: std::sync::Mutex<Vec<String>>,
}

#[async_trait::async_trait]
impl Messages for Returning {
    fn is_demonstration(&self) -> bool {
        false
    }

    fn takes_a_key(&self, _: xiezhi_connect::Channel) -> bool {
        false
    }

    async fn send(&self, message: &Message) -> Result<Delivery, MessageError> {
        self.taken.lock().expect("no panic").push(message.key.clone());
        Ok(Delivery::Accepted { reference: "queued".to_owned() })
    }

    async fn outcome(&self, _: &Message, _: jiff::Timestamp) -> Result<Delivery, MessageError> {
        Ok(Delivery::Unknown)
    }

    async fn came_back(&self) -> Result<Vec<CameBack>, MessageError> {
        let at = jiff::Timestamp::MAX;
        let about =
            |key: &str| CameBack { key: key.to_owned(), reason: "5.1.1".to_owned(), at, notice: key.to_owned() };
        let taken = self.taken.lock().expect("no panic");
        Ok(taken.iter().map(String::as_str).chain(["of-nobody"]).map(about).collect())
    }

    async fn put_away(&self, notice: &str) -> Result<(), MessageError> {
        self.put_away.lock().expect("no panic").push(notice.to_owned());
        Ok(())
    }
}

#[tokio::test]
async fn a_letter_that_comes_back_is_taken_into_the_record_once_and_asks_the_clerk() {
    let relay = std::sync::Arc::new(Returning::default());
    let opening = Opening { carriers: Some(relay.clone()), ..Opening::default() };
    let mut suit = addressed_by(Court::founded(opening, "2026-02-27").await, "zhou@mail.example").await;
    let service = suit.send(2, Channel::Electronic).await;
    assert!(suit.state().await.services[&service].effected_on().is_some(), "the relay took it on");
    for _ in 0..2 {
        suit.court.app.take_bounces().await.expect("notices are read");
    }
    let case = suit.state().await;
    assert_eq!(case.services[&service].doubt.as_deref(), Some("退信：5.1.1"));
    assert_eq!(case.tries.iter().filter(|tried| !tried.reached).count(), 1, "told twice, kept once");
    assert!(case.services[&service].effected_on().is_some(), "nothing is undone on a guess");
    let put_away = relay.put_away.lock().expect("no panic").clone();
    assert!(put_away.contains(&"of-nobody".to_owned()) && put_away.len() == 4, "{put_away:?}");
}

/// A carrier of short messages that takes all on and reports later what it is told to.
struct Reporting(std::sync::Mutex<Delivery>);

#[async_trait::async_trait]
impl Messages for Reporting {
    fn is_demonstration(&self) -> bool {
        false
    }

    fn takes_a_key(&self, _: xiezhi_connect::Channel) -> bool {
        false
    }

    fn reports(&self, _: xiezhi_connect::Channel) -> bool {
        true
    }

    async fn send(&self, _: &Message) -> Result<Delivery, MessageError> {
        Ok(Delivery::Accepted { reference: "900^1".to_owned() })
    }

    async fn outcome(&self, _: &Message, _: jiff::Timestamp) -> Result<Delivery, MessageError> {
        Ok(self.0.lock().expect("no panic").clone())
    }
}

#[tokio::test]
async fn a_carrier_that_reports_is_asked_and_failure_or_silence_is_a_question_to_the_clerk() {
    let waits = Delivery::Accepted { reference: "900^1".to_owned() };
    let failed = Delivery::Failed { reason: "停机".to_owned() };
    let told = [
        (Delivery::Delivered, None),
        (failed, Some("发送后未到达终端：停机")),
        (waits.clone(), Some("发送后72小时没有状态报告")),
    ];
    for (report, doubt) in told {
        let carrier = std::sync::Arc::new(Reporting(waits.clone().into()));
        let opening = Opening { carriers: Some(carrier.clone()), ..Opening::default() };
        let mut suit = addressed_by(Court::founded(opening, "2026-02-27").await, "13811112222").await;
        let service = suit.send(2, Channel::Electronic).await;
        for day_of_march in 1..=4 {
            if day_of_march == 2 {
                *carrier.0.lock().expect("no panic") = report.clone();
            }
            suit.court.jump(day(&format!("2026-03-0{day_of_march}")));
            suit.court.app.run_outbox().await.expect("the outbox runs");
        }
        let case = suit.state().await;
        assert_eq!(case.services[&service].doubt.as_deref(), doubt, "{report:?}");
        assert!(case.services[&service].effected_on().is_some());
    }
}
