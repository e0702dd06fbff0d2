//! Service on paper: who may take papers in, what leaving them needs, what was tried, when it counts and why.

use jiff::civil::Date;
use xiezhi_domain::{
    event::CaseEvent,
    ids::ServiceId,
    material::{FileRef, Place},
    moment::instant,
    paper::PaperKind,
    party::AddressConfirmation,
    people::Actor,
    refusal::Refusal,
    service::{
        Channel, Means, Publication, Receipt, Rule, ServiceCommand, ServiceEvent, ServiceRefusal, Taking, Try, Witness,
    },
};

use crate::{
    court::{Court, day},
    example::party,
};

fn today() -> Date {
    day("2026-01-12")
}

/// A sale between companies whose papers left for the defendant in this way.
fn sent(channel: Channel) -> (Court, ServiceId) {
    let (mut court, _) = Court::filed(2, "2026-01-08");
    let service = court.send(1, channel);
    (court, service)
}

/// A divorce: both parties are natural persons.
fn sent_to_spouse(channel: Channel) -> (Court, ServiceId) {
    let (mut court, _) = Court::filed(3, "2026-03-02");
    let service = court.send(1, channel);
    (court, service)
}

fn enter(court: &mut Court, service: ServiceId, name: &str, taking: Taking) -> Result<Vec<CaseEvent>, Refusal> {
    let receipt = Receipt { on: court.today(), name: name.to_owned(), taking, noted: None };
    court.act(&court.clerk(), ServiceCommand::RecordReceipt { service, receipt, shown_by: vec![] })
}

fn refused(court: &mut Court, service: ServiceId, name: &str, taking: Taking) -> Refusal {
    enter(court, service, name, taking).expect_err("the law does not know it so")
}

fn confirm_address(court: &mut Court, recipient: Option<&str>) {
    let address = AddressConfirmation {
        party: party(1),
        postal: "烟台市芝罘区".to_owned(),
        phone: "13800000001".to_owned(),
        electronic: false,
        electronic_address: None,
        recipient: recipient.map(str::to_owned),
        hand: None,
    };
    court.bend(|case| case.addresses.push(address));
}

fn picture() -> FileRef {
    FileRef {
        sha256: "ab".repeat(32),
        size_bytes: 1,
        media: "image/jpeg".to_owned(),
        name: "门前.jpg".to_owned(),
        pages: 1,
        spots: vec![],
    }
}

#[test]
fn family_takes_papers_in_for_a_person_and_a_post_for_an_organisation() {
    let family = || Taking::Family { relation: "父亲".to_owned() };
    let unit = || Taking::Unit { post: "收发室".to_owned() };
    let (mut company, service) = sent(Channel::Direct);
    assert_eq!(refused(&mut company, service, "王某", family()), ServiceRefusal::NotOfThisParty.into());
    let unsaid = Taking::Unit { post: " ".to_owned() };
    assert_eq!(refused(&mut company, service, "王某", unsaid), ServiceRefusal::NoRelation.into());
    enter(&mut company, service, "王某", unit()).expect("the mail room takes it in");
    let known = &company.case().services[&service];
    assert_eq!(known.reckoning().map(|it| (it.on, it.rule)), Some((today(), Rule::SignedFor)));

    let (mut spouses, service) = sent_to_spouse(Channel::Direct);
    assert_eq!(refused(&mut spouses, service, "王某", unit()), ServiceRefusal::NotOfThisParty.into());
    assert_eq!(refused(&mut spouses, service, " ", family()), ServiceRefusal::NoName.into());
    enter(&mut spouses, service, "王某", family()).expect("the father takes it in");
}

#[test]
fn nobody_of_the_other_side_takes_papers_in() {
    let (mut court, service) = sent_to_spouse(Channel::Direct);
    let plaintiff = court.case().parties[&party(0)].name.clone();
    let wife = Taking::Family { relation: "妻子".to_owned() };
    assert_eq!(
        refused(&mut court, service, &plaintiff, wife),
        ServiceRefusal::TakenByOtherSide { name: plaintiff.clone() }.into()
    );
}

#[test]
fn an_agent_and_a_named_recipient_are_known_by_name() {
    let (mut court, service) = sent(Channel::Direct);
    let name = "章某".to_owned();
    assert_eq!(
        refused(&mut court, service, "章某", Taking::Agent),
        ServiceRefusal::NotAnAgent { name: name.clone() }.into()
    );
    assert_eq!(refused(&mut court, service, "章某", Taking::Nominated), ServiceRefusal::NotNominated { name }.into());
    confirm_address(&mut court, Some("章某"));
    enter(&mut court, service, "章某", Taking::Nominated).expect("the party named them");
}

#[test]
fn leaving_papers_needs_a_reason_and_a_witness_or_a_picture_and_the_picture_is_filed() {
    let (mut court, service) = sent(Channel::Direct);
    let left = |reason: &str, witnesses| Taking::Left { reason: reason.to_owned(), witnesses };
    let witness = || vec![Witness { name: "居某".to_owned(), of: "某某社区居民委员会".to_owned() }];
    let not_shown = ServiceRefusal::LeavingNotShown;
    assert_eq!(refused(&mut court, service, "", left("拒绝签收", vec![])), not_shown.clone().into());
    assert_eq!(refused(&mut court, service, "", left(" ", witness())), not_shown.into());

    let receipt = Receipt { on: today(), name: String::new(), taking: left("拒绝签收", vec![]), noted: None };
    let shown = ServiceCommand::RecordReceipt { service, receipt, shown_by: vec![picture()] };
    court.act(&court.clerk(), shown).expect("a picture shows it");
    assert_eq!(court.case().services[&service].reckoning().map(|it| it.rule), Some(Rule::Left));
    let filed = court.case().last_paper(PaperKind::ServicePicture).expect("the picture is in the file");
    assert_eq!(filed.place, Place::InFile);
}

#[test]
fn post_that_came_back_counts_only_at_a_confirmed_address() {
    let (mut court, service) = sent(Channel::Postal);
    let back = || Taking::Returned { reason: "迁移新址不明".to_owned() };
    assert_eq!(refused(&mut court, service, "", back()), ServiceRefusal::ReturnedFromUnconfirmed.into());
    confirm_address(&mut court, None);
    enter(&mut court, service, "", back()).expect("the party answers for the address it gave");
    assert_eq!(court.case().services[&service].reckoning().map(|it| it.rule), Some(Rule::Returned));
    let (mut direct, service) = sent(Channel::Direct);
    confirm_address(&mut direct, None);
    assert_eq!(refused(&mut direct, service, "", back()), ServiceRefusal::NotInThisWay.into());
}

#[test]
fn refusing_to_sign_at_the_court_is_service() {
    let (mut court, service) = sent(Channel::Direct);
    let silent = Taking::RefusedAtCourt { reason: " ".to_owned() };
    assert_eq!(refused(&mut court, service, "", silent), ServiceRefusal::NoReason.into());
    let noted = Taking::RefusedAtCourt { reason: "到院后拒绝签署送达回证".to_owned() };
    enter(&mut court, service, "", noted).expect("it counts");
    assert_eq!(court.case().services[&service].reckoning().map(|it| it.rule), Some(Rule::RefusedAtCourt));
}

fn call(court: &Court, outcome: &str) -> Try {
    Try {
        to: party(1),
        service: None,
        means: Means::Telephone,
        at_address: "13800000001".to_owned(),
        at: instant(court.today(), 8, 0),
        reached: false,
        outcome: outcome.to_owned(),
        noted: None,
    }
}

#[test]
fn every_call_is_a_row_and_none_is_overwritten() {
    let (mut court, service) = sent(Channel::Postal);
    let clerk = court.clerk();
    let tried = |tried| ServiceCommand::RecordTry { tried };
    court.act(&clerk, tried(call(&court, "无人接听"))).expect("a row");
    assert_eq!(court.act(&clerk, tried(call(&court, "无人接听"))), Ok(vec![]), "told twice, noted once");
    court.act(&clerk, tried(call(&court, "称不住该址"))).expect("another row");
    assert_eq!(court.case().tries.len(), 2);
    let refusal =
        |tried, court: &mut Court| court.act(&clerk, ServiceCommand::RecordTry { tried }).expect_err("refused");
    let later = Try { at: instant(day("2026-01-13"), 8, 0), ..call(&court, "无人接听") };
    assert_eq!(refusal(later, &mut court), ServiceRefusal::TriedInFuture.into());
    assert_eq!(refusal(call(&court, " "), &mut court), ServiceRefusal::NoOutcome.into());
    let of_other = Try { to: party(0), service: Some(service), ..call(&court, "无人接听") };
    assert_eq!(refusal(of_other, &mut court), ServiceRefusal::Unknown.into());
}

#[test]
fn a_consignment_carries_the_number_of_its_carrier() {
    let (mut court, service) = sent(Channel::Postal);
    let clerk = court.clerk();
    let number = |text: &str| ServiceCommand::RecordTracking { service, tracking: text.to_owned() };
    assert_eq!(court.act(&clerk, number("12")), Err(ServiceRefusal::TrackingMalformed.into()));
    court.act(&clerk, number("ea 123456789 cn")).expect("a number");
    assert_eq!(court.case().services[&service].tracking.as_deref(), Some("EA123456789CN"));
    assert_eq!(court.act(&clerk, number("EA123456789CN")), Ok(vec![]));
    let (mut direct, service) = sent(Channel::Direct);
    let number = ServiceCommand::RecordTracking { service, tracking: "EA123456789CN".to_owned() };
    assert_eq!(direct.act(&direct.clerk(), number), Err(ServiceRefusal::NotPosted.into()));
}

#[test]
fn the_days_of_an_announcement_run_from_its_last_publication() {
    let (mut court, posted) = sent(Channel::Postal);
    let clerk = court.clerk();
    court
        .act(&clerk, ServiceCommand::RecordFailure { service: posted, reason: "查无此人".to_owned() })
        .expect("failed");
    let announced = court.send(1, Channel::Announcement);
    let published = |medium: &str, on: &str| ServiceCommand::RecordPublication {
        service: announced,
        publication: Publication { medium: medium.to_owned(), on: day(on) },
    };
    court.on("2026-02-20");
    assert!(court.case().services[&announced].reckoning().is_none(), "nothing runs before it is published");
    assert_eq!(court.act(&clerk, published("人民法院报", "2026-02-21")), Err(ServiceRefusal::InFuture.into()));
    court.act(&clerk, published("人民法院报", "2026-01-14")).expect("printed");
    court.act(&clerk, published("法院公告栏", "2026-01-22")).expect("posted");
    court.on("2026-02-22");
    let counts = court.case().services[&announced].reckoning().expect("its days are full");
    assert_eq!((counts.on, counts.rule), (day("2026-02-21"), Rule::AnnouncementFull));
}

#[test]
fn of_several_ways_the_earliest_counts() {
    let (mut court, told) = Court::filed(2, "2026-01-08");
    court.link(1, &told);
    let paper = court.case().last_paper(PaperKind::Complaint).expect("in the file").id;
    let posted = court.send_papers(vec![paper], 1, Channel::Postal);
    court
        .act(&court.clerk(), ServiceCommand::RecordFailure { service: posted, reason: "退回".to_owned() })
        .expect("failed");
    let online = court.send_papers(vec![paper], 1, Channel::Electronic);
    court.arrive(online);
    let counting = court.case().counting(paper, party(1)).expect("it was served");
    assert_eq!((counting.id, counting.effected_on()), (online, Some(court.today())));
}

#[test]
fn a_party_is_told_what_was_tried_to_reach_it_and_not_what_was_tried_on_the_other_side() {
    let (mut court, _) = sent(Channel::Postal);
    court.act(&court.clerk(), ServiceCommand::RecordTry { tried: call(&court, "无人接听") }).expect("a row");
    let told = |who: &Actor| {
        let reader = xiezhi_domain::access::Reader::of(who, court.case());
        let tried = CaseEvent::Service(ServiceEvent::Tried { tried: court.case().tries[0].clone() });
        xiezhi_domain::access::may_be_told(&reader, court.case(), &tried)
    };
    assert!(!told(&crate::example::account(0)));
}
