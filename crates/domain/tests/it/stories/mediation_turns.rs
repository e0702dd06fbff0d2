//! Turns of mediation.

use jiff::civil::Date;
use xiezhi_domain::{
    access::{self, Denial, Reader},
    case::Procedure,
    hearing::Mode,
    mediation::{Agreement, Means, MediationCommand, MediationRefusal, Signature},
    on_paper::{Came, OnPaperCommand, Way},
    paper::PaperKind,
    party::SpecialAuthority,
    people::{Actor, Post},
    periods::PeriodKind,
    stage::Stage,
    tasks::{Assignee, TaskKind, tasks},
};

use crate::{
    cast::staff,
    court::file_of,
    example::{account, agent, party},
    stories::{ex3_divorce as ex3, ex4_traffic_accident as ex4},
};

#[test]
fn mediation_that_fails_gives_the_case_back_to_the_trial() {
    let (mut court, told) = ex4::pretrial();
    court.act(&court.judge(), MediationCommand::Open).expect("at any time before judgment");
    let offer = MediationCommand::Offer { by: Some(party(0)), terms: "赔偿十九万元".to_owned() };
    court.act(&account(0), offer).expect("an offer");
    let counter = MediationCommand::Offer { by: None, terms: "赔偿十八万元".to_owned() };
    court.act(&court.judge(), counter).expect("an offer of the court");
    assert_eq!(court.case().mediation.offers.len(), 2);
    court.act(&court.judge(), MediationCommand::Fail { reason: "保险公司不同意".to_owned() }).expect("it fails");
    assert_eq!(court.case().stage, Stage::Pretrial, "the trial goes on where it stood");
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    court.on("2026-06-10");
    court.hear(hearing, &[0, 1, 2]);
    court.judge_as(&told, false);
    assert_eq!(court.case().stage, Stage::ServingFinal);
}

#[test]
fn new_terms_undo_signatures_under_the_old_ones() {
    let (mut court, told) = ex3::agreed(true);
    let old = court.case().mediation.agreement.as_ref().expect("terms").sha256();
    ex3::sign(&mut court, 0);
    let changed = Agreement { costs: "由被告负担".to_owned(), ..ex3::agreement(&told, true) };
    court.act(&court.judge(), MediationCommand::Agree { agreement: changed }).expect("new terms");
    assert!(court.case().mediation.signed.is_empty());
    let stale = MediationCommand::Sign { party: party(1), agreement_sha256: old, hand: None };
    assert_eq!(court.act(&account(1), stale), Err(MediationRefusal::TermsChanged.into()));
}

/// A pretrial case in mediation, with three parties and nothing said yet.
fn mediating() -> crate::court::Court {
    let (mut court, _) = ex4::pretrial();
    court.act(&court.judge(), MediationCommand::Open).expect("at any time before judgment");
    court
}

fn answer(offer: usize, place: usize, accepts: bool) -> MediationCommand {
    MediationCommand::Answer { offer, party: party(place), accepts, words: String::new() }
}

#[test]
fn parties_ask_offer_answer_and_counter_by_themselves_until_all_would_agree() {
    let (mut court, _) = ex4::pretrial();
    court.act(&account(1), MediationCommand::Ask { party: party(1) }).expect("anyone may ask");
    let asked = tasks(court.case()).into_iter().any(|task| task.kind == TaskKind::Mediate);
    assert!(asked, "the judge sees that mediation is asked for");
    court.act(&court.judge(), MediationCommand::Open).expect("the judge begins it");
    assert!(court.case().mediation.asked.is_empty());
    let offer = MediationCommand::Offer { by: Some(party(0)), terms: "赔偿十九万元".to_owned() };
    court.act(&account(0), offer).expect("an offer");
    court.act(&account(1), answer(0, 1, false)).expect("refused");
    let counter =
        MediationCommand::Counter { offer: 0, by: party(2), terms: "赔偿十七万元，一次付清".to_owned() };
    court.act(&account(2), counter).expect("other terms");
    assert_eq!(court.case().mediation.offers[1].counters, Some(0));
    court.act(&account(0), answer(1, 0, true)).expect("accepted");
    assert!(!court.case().is_offer_accepted(1), "one of the others has not answered");
    court.act(&account(1), answer(1, 1, false)).expect("refused at first");
    court.act(&account(1), answer(1, 1, true)).expect("nobody is bound by a first word");
    assert!(court.case().is_offer_accepted(1));
    assert_eq!(court.case().mediation.agreement, None, "agreeing in words is no agreement yet");
}

#[test]
fn the_last_offer_waits_for_those_who_have_not_answered_it() {
    let mut court = mediating();
    let offer = MediationCommand::Offer { by: Some(party(0)), terms: "赔偿十九万元".to_owned() };
    court.act(&account(0), offer).expect("an offer");
    court.act(&account(1), answer(0, 1, false)).expect("refused");
    let waiting: Vec<Assignee> = tasks(court.case())
        .into_iter()
        .filter(|task| task.kind == TaskKind::AnswerOffer)
        .map(|task| task.assignee)
        .collect();
    assert_eq!(waiting, [Assignee::Party(party(2))]);
}

/// Who is told of the last act.
fn told_of_last(court: &crate::court::Court, actors: &[Actor]) -> Vec<bool> {
    let (event, _) = court.log.last().expect("something happened");
    let told = |actor| access::may_be_told(&Reader::of(actor, court.case()), court.case(), event);
    actors.iter().map(told).collect()
}

#[test]
fn what_one_side_tells_the_mediator_alone_the_other_learns_only_when_it_is_released() {
    let mut court = mediating();
    let alone = MediationCommand::Confide { party: party(0), words: "十八万元也可以".to_owned() };
    court.act(&account(0), alone).expect("told alone");
    let actors = [court.judge(), court.clerk(), account(0), account(1), account(2), staff(Post::DivisionHead)];
    assert_eq!(told_of_last(&court, &actors), [true, true, true, false, false, false]);
    assert!(court.case().mediation.offers.is_empty(), "the numbers of offers give nothing away");
    let release = |place| MediationCommand::Release { confidence: 0, party: party(place) };
    assert_eq!(court.act(&account(1), release(1)), Err(MediationRefusal::UnknownOffer.into()));
    court.act(&account(0), release(0)).expect("let go by whoever said it");
    assert_eq!(told_of_last(&court, &actors), [true; 6]);
    let offer = &court.case().mediation.offers[0];
    assert_eq!((offer.by, offer.terms.as_str()), (Some(party(0)), "十八万元也可以"));
    assert_eq!(court.act(&account(0), release(0)), Ok(vec![]), "once is enough");
}

#[test]
fn whoever_does_not_want_to_go_on_ends_mediation_and_owes_no_reason() {
    let mut court = mediating();
    court.act(&account(2), MediationCommand::Leave { party: party(2), reason: String::new() }).expect("free to go");
    assert!(!court.case().mediation.open);
    assert_eq!(court.case().stage, Stage::Pretrial);
}

#[test]
fn an_agent_without_authority_to_settle_neither_offers_nor_accepts_but_may_refuse() {
    let (mut court, _) = ex3::heard();
    court.act(&court.judge(), MediationCommand::Open).expect("mediation begins");
    let denied = Denial::NoSpecialAuthority { authority: SpecialAuthority::Settle };
    let offer = MediationCommand::Offer { by: Some(party(0)), terms: "离婚".to_owned() };
    assert_eq!(court.act(&agent(0), offer), Err(denied.clone().into()));
    court.act(&court.judge(), MediationCommand::Offer { by: None, terms: "离婚".to_owned() }).expect("of the court");
    assert_eq!(court.act(&agent(0), answer(0, 0, true)), Err(denied.into()));
    court.act(&agent(0), answer(0, 0, false)).expect("a refusal gives nothing away");
}

#[test]
fn mediation_has_its_days_by_procedure_and_the_judge_has_until_then() {
    let court = mediating();
    assert_eq!(court.case().procedure, Procedure::Summary);
    let until = court.case().mediation_until().expect("it goes on");
    assert_eq!(court.today().until(until).expect("days").get_days(), 7);
    let task = tasks(court.case()).into_iter().find(|task| task.kind == TaskKind::ConcludeMediation).expect("a task");
    assert_eq!((task.assignee, task.due_on), (Assignee::Person(court.tribunal().judge), Some(until)));
}

/// The day after the last day of mediation, and that day.
fn when_over(court: &crate::court::Court) -> (String, Date) {
    let until = court.case().mediation_until().expect("it goes on");
    (until.tomorrow().expect("a day").to_string(), until)
}

#[test]
fn when_its_days_are_over_without_an_agreement_mediation_ends_and_the_trial_goes_on() {
    let mut court = mediating();
    let offer = MediationCommand::Offer { by: Some(party(0)), terms: "赔偿十九万元".to_owned() };
    court.act(&account(0), offer.clone()).expect("an offer");
    let (after, until) = when_over(&court);
    court.on(&until.to_string());
    assert!(court.case().mediation.open, "the last day counts whole");
    court.on(&after);
    let mediation = &court.case().mediation;
    assert!(!mediation.open && mediation.lapsed);
    assert_eq!(court.act(&account(0), offer), Err(MediationRefusal::NotOpen.into()));
    let trial_goes_on = |task: &xiezhi_domain::tasks::Task| matches!(task.kind, TaskKind::Schedule | TaskKind::Wait);
    assert!(tasks(court.case()).iter().any(trial_goes_on), "the judge goes on with the trial");
    court.act(&court.judge(), MediationCommand::Open).expect("and may try again at any time before judgment");
    assert!(!court.case().mediation.lapsed);
}

fn until(days: i64, court: &crate::court::Court) -> Date {
    court.case().mediation_until().expect("it goes on").checked_add(jiff::Span::new().days(days)).expect("a day")
}

#[test]
fn only_with_everybodys_consent_mediation_lasts_longer_and_the_extension_is_no_part_of_the_trial_period() {
    let mut court = mediating();
    let (was, later) = (court.case().mediation_until(), until(10, &court));
    let trial = court.due(PeriodKind::Trial);
    let propose = MediationCommand::ProposeExtension { by: Some(party(0)), until_on: later };
    court.act(&account(0), propose).expect("a party proposes it");
    let asked: Vec<Assignee> = tasks(court.case())
        .into_iter()
        .filter(|task| task.kind == TaskKind::ExtendMediation)
        .map(|task| task.assignee)
        .collect();
    assert_eq!(asked, [Assignee::Party(party(1)), Assignee::Party(party(2))], "whoever proposes agrees");
    let agree = |place| MediationCommand::AgreeToExtension { party: party(place), until_on: later };
    court.act(&account(1), agree(1)).expect("agreed");
    assert_eq!(court.case().mediation_until(), was, "two of three do not suffice");
    court.act(&account(2), agree(2)).expect("agreed");
    assert_eq!(court.case().mediation_until(), Some(later));
    let moved = trial.until(court.due(PeriodKind::Trial)).expect("days").get_days();
    assert_eq!(moved, 10, "the trial period moves by the days of the extension");
    court.on(&later.tomorrow().expect("a day").to_string());
    assert!(court.case().mediation.lapsed);
}

#[test]
fn of_an_extension_only_the_days_used_are_left_out_of_the_trial_period() {
    let mut court = mediating();
    let (first, later, trial) = (until(0, &court), until(10, &court), court.due(PeriodKind::Trial));
    court.act(&court.judge(), MediationCommand::ProposeExtension { by: None, until_on: later }).expect("proposed");
    for place in 0..3 {
        let agree = MediationCommand::AgreeToExtension { party: party(place), until_on: later };
        court.act(&account(place), agree).expect("agreed");
    }
    court.on(&first.checked_add(jiff::Span::new().days(4)).expect("a day").to_string());
    court.act(&court.judge(), MediationCommand::Fail { reason: "分歧较大".to_owned() }).expect("it fails early");
    let moved = trial.until(court.due(PeriodKind::Trial)).expect("days").get_days();
    assert_eq!(moved, 4, "six days were not used");
}

#[test]
fn what_was_agreed_to_is_the_day_that_was_read_and_the_agreement_came_in_time() {
    let mut court = mediating();
    let (sooner, later) = (until(5, &court), until(10, &court));
    let propose = |until_on| MediationCommand::ProposeExtension { by: Some(party(0)), until_on };
    court.act(&account(0), propose(sooner)).expect("proposed");
    court.act(&account(1), MediationCommand::AgreeToExtension { party: party(1), until_on: sooner }).expect("agreed");
    court.act(&account(0), propose(later)).expect("another day is proposed");
    let stale = MediationCommand::AgreeToExtension { party: party(2), until_on: sooner };
    assert_eq!(court.act(&account(2), stale), Err(MediationRefusal::OtherExtension.into()));
    assert_eq!(court.case().mediation.extension.as_ref().map(|proposed| proposed.agreed.len()), Some(1));
}

#[test]
fn terms_that_lie_before_the_parties_for_signing_are_theirs_to_end() {
    let (mut court, _) = ex3::agreed(true);
    ex3::sign(&mut court, 0);
    let (after, _) = when_over(&court);
    court.on(&after);
    assert!(court.case().mediation.open, "whoever has not signed may still sign, or refuse");
    assert!(court.case().running(PeriodKind::Mediation, None).is_none());
    ex3::sign(&mut court, 1);
    assert_eq!(court.case().stage, Stage::Effective);
}

#[test]
fn each_signature_is_kept_with_its_day_and_its_means_and_printed_into_the_agreement() {
    let (mut court, _) = ex3::agreed(true);
    let printed =
        |court: &crate::court::Court| court.case().last_paper(PaperKind::MediationAgreement).cloned().expect("printed");
    let first = printed(&court);
    let agreement_sha256 = court.case().mediation.agreement.as_ref().expect("terms").sha256();
    let hand = Some(file_of("签名"));
    let sign =
        MediationCommand::Sign { party: party(0), agreement_sha256: agreement_sha256.clone(), hand: hand.clone() };
    court.act(&account(0), sign).expect("a party signs");
    let again = printed(&court);
    assert_eq!((again.id, again.earlier.len()), (first.id, 1), "a new version of the same paper");
    let came = Came { way: Way::Counter, on: court.today(), compared_by: court.clerk().person().expect("a clerk") };
    let on = court.today();
    court.on(&on.checked_add(jiff::Span::new().days(2)).expect("a day").to_string());
    let sign = MediationCommand::Sign { party: party(1), agreement_sha256, hand: None };
    court.act(&court.clerk(), OnPaperCommand { came, command: Box::new(sign.into()) }).expect("entered from paper");
    let signed = &court.case().mediation.signed;
    let person = account(0).person().expect("an account");
    assert_eq!(signed[&party(0)], Signature { on, means: Some(Means::Online(person)), hand });
    assert_eq!(signed[&party(1)], Signature { on, means: Some(Means::OnPaper), hand: None });
    let last = printed(&court);
    assert_eq!(last.earlier.len(), 2, "the last signature is printed too");
    assert!(!last.sealed, "the closing seal covers the file before this act, and leaves out what the act writes");
    assert!(last.disclosed_to.contains(&party(0)) && last.disclosed_to.contains(&party(1)));
}

#[test]
fn a_signature_drawn_by_hand_is_kept_until_the_terms_change() {
    let (mut court, told) = ex3::agreed(true);
    let agreement_sha256 = court.case().mediation.agreement.as_ref().expect("terms").sha256();
    let hand = Some(file_of("签名"));
    let sign = MediationCommand::Sign { party: party(0), agreement_sha256, hand };
    court.act(&account(0), sign).expect("a party signs");
    assert_eq!(xiezhi_domain::signature::hands(court.case()).count(), 1);
    let changed = Agreement { costs: "由被告负担".to_owned(), ..ex3::agreement(&told, true) };
    court.act(&court.judge(), MediationCommand::Agree { agreement: changed }).expect("new terms");
    assert!(court.case().mediation.signed.is_empty(), "under new terms nobody has signed");
}
