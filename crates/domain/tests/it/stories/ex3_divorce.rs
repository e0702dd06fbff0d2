//! Example 3: a divorce, mediated in court, in force on the last signature.

use xiezhi_domain::{
    closing::Manner,
    drafting::{DraftingCommand, DraftingRefusal},
    hearing::Mode,
    ids::{DocumentId, MaterialId},
    issuing::{IssuingCommand, IssuingRefusal},
    mediation::{Agreement, MediationCommand},
    paper::PaperKind,
    party::SpecialAuthority,
    periods::PeriodKind,
    service::{Channel, Receipt, ServiceCommand, ServiceRefusal},
    stage::Stage,
    tasks::{self, Assignee, TaskKind},
};

use crate::{
    court::{Court, day, file_of},
    example::{Example, account, agent, party},
    steps::{actor, content},
};

/// The case on the day of its hearing, heard.
pub fn heard() -> (Court, Example) {
    let (mut court, told) = Court::filed(3, "2026-04-10");
    court.pay();
    court.on("2026-04-15");
    court.link(1, &told);
    court.serve_online(1);
    court.answer(1, told.text("answer.石不语"));
    court.enter_all();
    let hearing = court.schedule("2026-05-11", Mode::InPerson);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-05-11");
    court.hear(hearing, &[0, 1]);
    (court, told)
}

/// The agreement of the example.
pub fn agreement(told: &Example, effective_on_signature: bool) -> Agreement {
    let terms = told.0["outcome"]["agreement"].as_array().expect("terms");
    Agreement {
        terms: terms.iter().map(|term| term.as_str().unwrap_or_default().to_owned()).collect(),
        costs: told.text("outcome.cost").to_owned(),
        effective_on_signature,
    }
}

/// Mediation opened and an agreement put to both.
pub fn agreed(effective_on_signature: bool) -> (Court, Example) {
    let (mut court, told) = heard();
    court.act(&court.judge(), MediationCommand::Open).expect("mediation begins");
    let agreement = agreement(&told, effective_on_signature);
    court.act(&court.judge(), MediationCommand::Agree { agreement }).expect("terms are put to both");
    (court, told)
}

/// The party at this place signs the agreement.
pub fn sign(court: &mut Court, place: usize) {
    let agreement_sha256 = court.case().mediation.agreement.as_ref().expect("terms").sha256();
    let sign = MediationCommand::Sign { party: party(place), agreement_sha256, hand: None };
    court.act(&account(place), sign).expect("a party signs");
}

#[test]
fn a_divorce_mediated_in_court_is_closed_and_in_force_when_the_last_has_the_statement_in_hand() {
    let (mut court, told) = agreed(false);
    assert_eq!(court.case().fees.due, told.fen("fee.charged"));
    sign(&mut court, 0);
    sign(&mut court, 1);
    assert!(court.case().closing.is_none(), "the agreement alone does not bind");
    let stage = court.case().stage;
    let statement = court.issue_statement();
    assert_eq!(court.case().statement_in_force().map(|paper| paper.id), Some(statement));
    assert_eq!(court.case().stage, stage, "a statement moves nothing before it is in hand");
    court.on("2026-05-13");
    court.serve_directly(0);
    assert!(court.case().closing.is_none(), "one has it, the other not yet");
    court.serve_directly(1);
    let closing = court.case().closing.as_ref().expect("closed");
    assert_eq!((closing.manner, closing.on), (Manner::Mediation, day("2026-05-13")));
    assert_eq!((court.case().stage, court.case().effective_on), (Stage::Effective, Some(told.day("effective_date"))));
    assert!(court.case().running(PeriodKind::Trial, None).is_none());
    assert_eq!(court.case().fees.refund_due.0, 0, "halved once only");
    court.archive();
}

#[test]
fn a_receipt_entered_later_closes_on_the_day_it_bears() {
    let (mut court, _) = agreed(false);
    sign(&mut court, 0);
    sign(&mut court, 1);
    court.issue_statement();
    court.on("2026-05-12");
    let services = [0, 1].map(|place| court.send(place, Channel::Postal));
    court.on("2026-05-18");
    court.receipt(services[0], day("2026-05-13"));
    court.receipt(services[1], day("2026-05-14"));
    assert_eq!(court.case().closing.as_ref().map(|closing| closing.on), Some(day("2026-05-14")));
    assert_eq!(court.case().effective_on, Some(day("2026-05-14")));
}

#[test]
fn electronic_arrival_of_a_mediation_statement_is_not_enough_the_party_signs_for_it() {
    let (mut court, _) = agreed(false);
    sign(&mut court, 0);
    sign(&mut court, 1);
    court.issue_statement();
    let services = [0, 1].map(|place| court.send(place, Channel::Electronic));
    for service in services {
        court.arrive(service);
    }
    assert!(court.case().closing.is_none());
    court.act(&account(0), ServiceCommand::SignFor { service: services[0] }).expect("signed for");
    court.on("2026-05-14");
    court.act(&account(1), ServiceCommand::SignFor { service: services[1] }).expect("signed for");
    assert_eq!(court.case().effective_on, Some(day("2026-05-14")));
}

#[test]
fn an_agent_without_authority_to_settle_neither_signs_the_agreement_nor_takes_the_statement() {
    use xiezhi_domain::access::Denial;
    let (mut court, _) = agreed(false);
    let agreement_sha256 = court.case().mediation.agreement.as_ref().expect("terms").sha256();
    let denied = Denial::NoSpecialAuthority { authority: SpecialAuthority::Settle };
    let by_agent = MediationCommand::Sign { party: party(0), agreement_sha256, hand: None };
    assert_eq!(court.act(&agent(0), by_agent), Err(denied.clone().into()));
    sign(&mut court, 0);
    sign(&mut court, 1);
    court.issue_statement();
    let service = court.send(0, Channel::Electronic);
    court.arrive(service);
    assert_eq!(court.act(&agent(0), ServiceCommand::SignFor { service }), Err(denied.into()));
}

#[test]
fn where_all_agree_that_signature_suffices_the_last_signature_closes_the_case() {
    let (mut court, _) = agreed(true);
    sign(&mut court, 0);
    assert!(court.case().closing.is_none());
    sign(&mut court, 1);
    assert_eq!(court.case().effective_on, Some(day("2026-05-11")));
    assert_eq!(court.case().closing.as_ref().map(|closing| closing.on), Some(day("2026-05-11")));
    assert_eq!(court.case().final_paper(), None, "the statement is not made yet");
    court.issue_statement();
    assert_eq!(court.case().stage, Stage::Effective);
    court.on("2026-05-13");
    court.serve_directly(0);
    court.serve_directly(1);
    assert_eq!(court.case().effective_on, Some(day("2026-05-11")), "the statement comes after, for enforcement only");
    court.archive();
}

#[test]
fn a_statement_can_neither_be_left_nor_go_unnamed() {
    let (mut court, _) = agreed(false);
    sign(&mut court, 0);
    sign(&mut court, 1);
    let statement = court.issue_statement();
    let left = ServiceCommand::Dispatch { materials: vec![statement], to: party(1), channel: Channel::LeftOnRefusal };
    assert_eq!(court.act(&court.clerk(), left), Err(ServiceRefusal::MediationStatementInPerson.into()));
    let service = court.send(1, Channel::Direct);
    let on = court.today();
    let receipt = Receipt::signed(on, " ");
    let unnamed = ServiceCommand::RecordReceipt { service, receipt, shown_by: vec![] };
    assert_eq!(court.act(&court.clerk(), unnamed), Err(ServiceRefusal::NoRecipient.into()));
}

#[test]
fn whoever_goes_back_before_the_statement_is_served_sends_the_case_to_judgment() {
    let (mut court, told) = agreed(false);
    sign(&mut court, 0);
    sign(&mut court, 1);
    let statement = court.issue_statement();
    let early = court.send(0, Channel::Direct);
    let failed = MediationCommand::Fail { reason: "被告反悔".to_owned() };
    court.act(&court.judge(), failed).expect("mediation fails");
    court.receipt(early, day("2026-05-11"));
    assert!(court.case().closing.is_none());
    let waiting = xiezhi_domain::tasks::to_serve(court.case());
    assert!(court.case().materials.contains_key(&statement), "it stays in the file");
    assert!(!waiting.iter().any(|(paper, _)| *paper == statement), "a statement nobody stands by is not served");
    let mut words = content(&told);
    words.orders = vec!["准予原告柳无声与被告石不语离婚。".to_owned()];
    let document = court.put_forward(PaperKind::Judgment, words);
    let judgment = court.issue(document);
    court.pronounce(document, false);
    assert_eq!(court.case().final_paper().map(|paper| paper.id), Some(judgment));
}

#[test]
fn a_statement_is_signed_by_judges_and_clerk_and_sealed_before_anyone_is_served_with_it() {
    let (mut court, _) = agreed(false);
    sign(&mut court, 0);
    sign(&mut court, 1);
    let document = court.case().mediation.statement.expect("it is drafted with the last signature");
    let to_sign = |court: &Court, kind| {
        tasks::tasks(court.case()).into_iter().filter(|task| task.kind == kind).map(|task| task.assignee).collect()
    };
    let written: Vec<Assignee> = to_sign(&court, TaskKind::Write);
    assert_eq!(written, [Assignee::Person(court.tribunal().judge)]);
    let typed = DraftingCommand::Save {
        document,
        kind: PaperKind::MediationStatement,
        content: Default::default(),
        based_on: 1,
    };
    assert_eq!(court.act(&court.judge(), typed), Err(DraftingRefusal::NotDraftable.into()));
    court.act(&court.judge(), DraftingCommand::PutForward { document }).expect("it is whole");
    let tribunal = court.tribunal();
    let clerk = tribunal.clerk.expect("a clerk");
    let judges: Vec<_> = tribunal.voters().into_iter().map(Assignee::Person).collect();
    let asked: Vec<Assignee> = to_sign(&court, TaskKind::SignDocument);
    assert_eq!(asked, judges);
    let original_sha256 = court.original_of(document);
    for judge in tribunal.voters() {
        let sign = IssuingCommand::Sign { document, original_sha256: original_sha256.clone() };
        court.act(&actor(judge), sign).expect("those who decide sign");
    }
    let asked: Vec<Assignee> = to_sign(&court, TaskKind::SignDocument);
    assert_eq!(asked, [Assignee::Person(clerk)], "the clerk signs after them");
    let file = file_of("sealed");
    let material = MaterialId(court.fresh());
    let issue = IssuingCommand::Issue { document, material, file, original_sha256: original_sha256.clone() };
    let missing = vec![clerk];
    let refused = court.act(&court.judge(), issue.clone());
    assert_eq!(refused, Err(IssuingRefusal::SignaturesMissing { missing }.into()));
    let statement = |court: &Court| tasks::to_serve(court.case()).iter().any(|(paper, _)| *paper == material);
    court.act(&court.clerk(), IssuingCommand::Sign { document, original_sha256 }).expect("so does the clerk");
    assert!(!statement(&court), "there is nothing to serve");
    court.act(&court.clerk(), issue).expect("it is sealed");
    assert!(statement(&court), "it waits for service");
}

#[test]
fn a_statement_that_was_put_forward_falls_with_the_agreement() {
    let (mut court, told) = agreed(false);
    sign(&mut court, 0);
    sign(&mut court, 1);
    let document = court.case().mediation.statement.expect("drafted");
    court.act(&court.judge(), DraftingCommand::PutForward { document }).expect("it is whole");
    let original_sha256 = court.original_of(document);
    let other = Agreement { costs: "案件受理费由原告负担".to_owned(), ..agreement(&told, false) };
    court.act(&court.judge(), MediationCommand::Agree { agreement: other }).expect("other terms");
    let signed = IssuingCommand::Sign { document, original_sha256 };
    assert_eq!(court.act(&court.judge(), signed), Err(IssuingRefusal::NotPutForward.into()));
    let forward = DraftingCommand::PutForward { document };
    assert_eq!(court.act(&court.judge(), forward), Err(DraftingRefusal::NotAgreed.into()));
    sign(&mut court, 0);
    sign(&mut court, 1);
    let statement = court.issue_statement();
    assert_eq!(court.case().statement_in_force().map(|paper| paper.id), Some(statement));
}

#[test]
fn a_draft_that_lacks_its_parts_is_not_put_forward() {
    let (mut court, told) = heard();
    let document = DocumentId(court.fresh());
    let words = content(&told);
    assert!(words.orders.is_empty(), "the example was mediated: it has no orders");
    let save = DraftingCommand::Save { document, kind: PaperKind::Judgment, content: words, based_on: 0 };
    court.act(&court.judge(), save).expect("saved");
    let refused = court.act(&court.judge(), DraftingCommand::PutForward { document });
    assert_eq!(refused, Err(DraftingRefusal::Incomplete { what: vec!["orders".to_owned()] }.into()));
}
