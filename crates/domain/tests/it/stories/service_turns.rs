//! Turns of service: failure and another channel, announcement, an announcement of the judgment itself.

use xiezhi_domain::{
    consent::{Consent, ConsentCommand, Step},
    ids::ServiceId,
    moment::instant,
    paper::PaperKind,
    parties::PartiesCommand,
    party::AddressConfirmation,
    people::Actor,
    periods::PeriodKind,
    service::{Channel, Means, Receipt, ServiceCommand, ServiceRefusal, ServiceStatus},
    stage::Stage,
    tasks::{self, TaskKind},
};

use crate::{
    court::{Court, day},
    example::{account, party},
    stories::ex2_sale_contract as ex2,
};

fn failed(court: &mut Court, place: usize) {
    let posted = court.send(place, Channel::Postal);
    let failure = ServiceCommand::RecordFailure { service: posted, reason: "查无此人".to_owned() };
    court.act(&court.clerk(), failure).expect("a failed attempt is a row");
}

#[test]
fn a_failed_attempt_stays_and_another_channel_is_tried() {
    let (mut court, _) = Court::filed(2, "2026-01-08");
    failed(&mut court, 1);
    let handed = court.send(1, Channel::Direct);
    court.receipt(handed, day("2026-01-12"));
    let attempts: Vec<_> = court.case().services_in_order().map(|service| service.status.clone()).collect();
    assert_eq!(attempts[0], ServiceStatus::Failed { reason: "查无此人".to_owned() });
    assert_eq!(attempts[1], ServiceStatus::Effected { on: day("2026-01-12") });
    assert_eq!(court.case().stage, Stage::Pretrial);
}

#[test]
fn an_announcement_counts_when_its_thirty_days_are_full_even_on_a_rest_day() {
    let (mut court, _) = Court::filed(2, "2026-01-08");
    court.pay();
    court.on("2026-03-10");
    failed(&mut court, 1);
    let announced = court.send(1, Channel::Announcement);
    court.publish(announced);
    let receipt = Receipt::signed(day("2026-03-10"), "某");
    let receipt = ServiceCommand::RecordReceipt { service: announced, receipt, shown_by: vec![] };
    assert_eq!(court.act(&court.clerk(), receipt), Err(ServiceRefusal::AnnouncementRunning.into()));
    court.on("2026-04-09");
    assert_eq!(court.case().stage, Stage::Serving);
    court.on("2026-04-10");
    assert_eq!(court.case().services[&announced].effected_on(), Some(day("2026-04-09")));
    assert_eq!(court.last_day(PeriodKind::Answer, 1), day("2026-04-24"));
    assert_eq!(court.case().stage, Stage::Pretrial);
}

#[test]
fn a_judgment_is_served_by_announcement_after_closing_too() {
    let (mut court, told) = ex2::heard();
    court.on("2026-04-24");
    ex2::deliberate(&mut court);
    court.on("2026-04-29");
    court.judge_as(&told, false);
    court.serve_online(0);
    failed(&mut court, 1);
    let announced = court.send(1, Channel::Announcement);
    court.publish(announced);
    court.on("2026-05-30");
    let judgment = court.case().final_paper().expect("a judgment").id;
    assert_eq!(court.case().served_on(judgment, party(1)), Some(day("2026-05-29")));
    assert_eq!(court.last_day(PeriodKind::Appeal, 1), day("2026-06-15"), "13 June is a Saturday");
    court.on("2026-06-16");
    assert_eq!(court.case().effective_on, Some(day("2026-06-16")));
}

#[test]
fn arrival_starts_the_days_and_opening_or_signing_never_moves_them() {
    let (mut court, told) = Court::filed(1, "2026-02-27");
    court.on("2026-03-06");
    court.link(1, &told);
    let service = court.send(1, Channel::Electronic);
    court.arrive(service);
    let last = court.last_day(PeriodKind::Answer, 1);
    court.on("2026-03-09");
    let who = crate::example::account(1);
    court.act(&who, ServiceCommand::Open { service }).expect("opened");
    court.act(&who, ServiceCommand::SignFor { service }).expect("signed for");
    let known = &court.case().services[&service];
    assert!(known.opened_at.is_some() && known.signed_at.is_some());
    assert_eq!(known.effected_on(), Some(day("2026-03-06")));
    assert_eq!(court.last_day(PeriodKind::Answer, 1), last);
    assert!(court.case().last_paper(PaperKind::ElectronicServiceCertificate).is_some());
}

/// A court whose defendant has the papers electronically and did not open them.
fn arrived() -> (Court, ServiceId) {
    let (mut court, told) = Court::filed(1, "2026-02-27");
    court.on("2026-03-06");
    court.link(1, &told);
    let service = court.send(1, Channel::Electronic);
    court.arrive(service);
    (court, service)
}

fn came_back(court: &mut Court, service: ServiceId) {
    let at = instant(court.today(), 8, 0);
    let bounce = ServiceCommand::ReportBounce { service, means: Means::Mail, at, outcome: "退信：5.1.1".to_owned() };
    court.act(&Actor::System, bounce).expect("what came back is a row");
}

fn found(court: &mut Court, service: ServiceId, arrived: bool) {
    let finding = ServiceCommand::Find { service, arrived, reason: "电话核实".to_owned() };
    court.act(&court.clerk(), finding).expect("the clerk found out");
}

#[test]
fn what_came_back_is_a_question_to_the_clerk_and_undoes_nothing_by_itself() {
    let (mut court, service) = arrived();
    let last = court.last_day(PeriodKind::Answer, 1);
    court.on("2026-03-07");
    came_back(&mut court, service);
    came_back(&mut court, service);
    let case = court.case();
    assert_eq!(case.services[&service].doubt.as_deref(), Some("退信：5.1.1"));
    assert_eq!(case.tries.iter().filter(|tried| !tried.reached).count(), 1, "told twice, kept once");
    assert!(tasks::tasks(case).iter().any(|task| task.kind == TaskKind::FindArrival));
    assert_eq!(court.last_day(PeriodKind::Answer, 1), last);
    found(&mut court, service, true);
    assert_eq!(court.case().services[&service].doubt, None);
    assert_eq!(court.last_day(PeriodKind::Answer, 1), last);
}

#[test]
fn days_that_ran_from_papers_that_never_arrived_never_ran() {
    let (mut court, service) = arrived();
    court.on("2026-03-07");
    came_back(&mut court, service);
    found(&mut court, service, false);
    let case = court.case();
    assert!(matches!(case.services[&service].status, ServiceStatus::Failed { .. }));
    for kind in [PeriodKind::Answer, PeriodKind::Evidence] {
        assert_eq!(case.period(kind, Some(party(1))), None, "{kind:?}");
    }
    assert!(tasks::to_serve(case).iter().any(|(_, to)| *to == party(1)));
    let handed = court.send(1, Channel::Direct);
    court.on("2026-03-10");
    court.receipt(handed, day("2026-03-10"));
    assert_eq!(court.last_day(PeriodKind::Answer, 1), day("2026-03-25"));
}

#[test]
fn a_later_service_that_did_arrive_bears_the_days_instead() {
    let (mut court, service) = arrived();
    let paper = court.case().services[&service].materials.clone();
    court.bend(|case| {
        let known = case.services.get(&service).expect("sent").clone();
        let other = ServiceId(uuid::Uuid::from_u128(77));
        let status = ServiceStatus::Effected { on: day("2026-03-09") };
        case.services.insert(other, xiezhi_domain::service::Service { id: other, status, materials: paper, ..known });
        case.service_order.push(other);
    });
    court.on("2026-03-10");
    found(&mut court, service, false);
    assert_eq!(court.last_day(PeriodKind::Answer, 1), day("2026-03-24"));
}

#[test]
fn an_appeal_period_waits_for_whoever_the_judgment_never_reached() {
    let (mut court, told) = ex2::heard();
    court.on("2026-04-24");
    ex2::deliberate(&mut court);
    court.on("2026-04-29");
    court.judge_as(&told, false);
    court.serve_online(0);
    let service = court.send(1, Channel::Electronic);
    court.arrive(service);
    assert_eq!(court.case().stage, Stage::AppealPeriod);
    found(&mut court, service, false);
    assert_eq!(court.case().stage, Stage::ServingFinal);
    assert_eq!(court.case().period(PeriodKind::Appeal, Some(party(1))), None);
    court.on("2026-06-30");
    assert_eq!(court.case().effective_on, None, "nothing binds whom it never reached");
}

#[test]
fn whoever_never_had_the_judgment_has_its_own_days_to_appeal_even_after_those_of_others_are_over() {
    let (mut court, told) = ex2::heard();
    court.on("2026-04-24");
    ex2::deliberate(&mut court);
    court.on("2026-04-29");
    court.judge_as(&told, false);
    let service = court.send(1, Channel::Electronic);
    court.arrive(service);
    court.on("2026-05-18");
    assert!(court.case().running(PeriodKind::Appeal, Some(party(1))).is_none(), "its days are over");
    found(&mut court, service, false);
    assert_eq!(court.case().period(PeriodKind::Appeal, Some(party(1))), None, "they never ran");
    court.serve_online(0);
    let again = court.send(1, Channel::Direct);
    court.receipt(again, day("2026-05-18"));
    assert_eq!(court.last_day(PeriodKind::Appeal, 1), day("2026-06-02"));
    court.on("2026-06-03");
    assert_eq!(court.case().effective_on, Some(day("2026-06-03")));
}

#[test]
fn a_hearing_waits_for_whoever_never_had_the_complaint() {
    let (mut court, service) = arrived();
    court.serve_directly(2);
    assert_eq!(court.case().stage, Stage::Pretrial);
    found(&mut court, service, false);
    assert_eq!(court.case().stage, Stage::Serving);
    assert!(court.case().running(PeriodKind::ClaimService, None).is_some(), "the court's own days run again");
    let handed = court.send(1, Channel::Direct);
    court.receipt(handed, day("2026-03-06"));
    assert_eq!(court.case().stage, Stage::Pretrial);
}

#[test]
fn consent_to_electronic_service_is_taken_back_after_the_address_was_confirmed_and_given_again() {
    let (mut court, told) = Court::filed(2, "2026-01-08");
    court.link(1, &told);
    let clerk = court.clerk();
    let complaint = court.case().last_paper(PaperKind::Complaint).expect("a complaint").id;
    let send = ServiceCommand::Dispatch { materials: vec![complaint], to: party(1), channel: Channel::Electronic };
    let address = AddressConfirmation {
        party: party(1),
        postal: "某路1号".to_owned(),
        phone: "12000000001".to_owned(),
        electronic: true,
        electronic_address: None,
        recipient: None,
        hand: None,
    };
    let confirm = PartiesCommand::ConfirmAddress { address: address.clone() };
    let mut never = court.clone();
    never.act(&account(1), confirm.clone()).expect("it is confirmed");
    never.act(&clerk, send.clone()).expect("the confirmation is the consent");

    court.act(&account(1), confirm.clone()).expect("it is confirmed");
    let withdraw = ConsentCommand::Withdraw { party: party(1), step: Step::Service, reason: "设备故障".to_owned() };
    court.act(&account(1), withdraw).expect("what was agreed to is taken back");
    assert_eq!(court.act(&clerk, send.clone()), Err(ServiceRefusal::NoConsent.into()));
    let mut again = court.clone();
    again.act(&account(1), confirm).expect("the same address, confirmed once more");
    again.act(&clerk, send.clone()).expect("the party agreed anew");

    // A tick among the steps does not outweigh what the address says.
    let plain = PartiesCommand::ConfirmAddress { address: AddressConfirmation { electronic: false, ..address } };
    court.act(&account(1), plain).expect("it is confirmed");
    let how = "诉讼平台".to_owned();
    let tick = ConsentCommand::Record { party: party(1), steps: vec![Step::Service], consent: Consent::Chosen, how };
    court.act(&account(1), tick).expect("it is ticked");
    assert_eq!(court.act(&clerk, send), Err(ServiceRefusal::NoConsent.into()));
}

#[test]
fn the_court_switches_electronic_service_off_line_whatever_the_address_says() {
    let (mut court, told) = Court::filed(2, "2026-01-08");
    court.link(1, &told);
    let how = "当事人不会使用".to_owned();
    let steps = vec![Step::Service];
    let switch = ConsentCommand::Record { party: party(1), steps, consent: Consent::Switched, how };
    court.act(&court.judge(), switch).expect("it is switched");
    let complaint = court.case().last_paper(PaperKind::Complaint).expect("a complaint").id;
    let send = ServiceCommand::Dispatch { materials: vec![complaint], to: party(1), channel: Channel::Electronic };
    assert_eq!(court.act(&court.clerk(), send), Err(ServiceRefusal::NoConsent.into()));
}

#[test]
fn electronic_service_is_promised_to_the_outbox() {
    let (mut court, told) = Court::filed(1, "2026-02-27");
    court.link(1, &told);
    let service = court.send(1, Channel::Electronic);
    assert_eq!(court.promises, [xiezhi_domain::decision::Promise::Deliver { service }]);
}
