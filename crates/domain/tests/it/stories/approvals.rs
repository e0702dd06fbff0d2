//! Approvals: granted by all, refused by one, in their order.

use xiezhi_domain::{
    approval::{ApprovalCommand, ApprovalRefusal, ApprovalStatus, Matter},
    fees::{FeeAid, FeeStatus},
    law::money::Fen,
    material::Place,
    paper::PaperKind,
    people::Post,
    periods::PeriodKind,
};

use crate::{
    cast::staff,
    court::{Court, day, file_of},
    stories::ex1_private_lending as ex1,
};

#[test]
fn the_president_extends_the_trial_period_once() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.on("2026-05-10");
    court.approve(Matter::ExtendTrial { months: 1 });
    assert_eq!(court.due(PeriodKind::Trial), day("2026-07-02"));
    let again = ApprovalCommand::Ask { request: Matter::ExtendTrial { months: 1 }, reason: "再延".to_owned() };
    assert_eq!(court.act(&court.judge(), again), Err(ApprovalRefusal::TooLong { most_months: 0 }.into()));
}

#[test]
fn one_no_ends_a_request_and_changes_nothing() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    let due = court.due(PeriodKind::Trial);
    let approval = court.ask(Matter::ExtendTrial { months: 1 });
    court.say(approval, true).expect("the head agrees");
    court.say(approval, false).expect("the president does not");
    assert_eq!(court.case().approvals[&approval].status, ApprovalStatus::Refused);
    assert_eq!(court.due(PeriodKind::Trial), due);
}

#[test]
fn each_speaks_in_turn_on_what_he_saw() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    let approval = court.ask(Matter::ExtendTrial { months: 1 });
    let yes = |seen_words| ApprovalCommand::Answer { approval, grant: true, opinion: String::new(), seen_words };
    let early = court.act(&staff(Post::President), yes(0));
    assert_eq!(early, Err(ApprovalRefusal::NotYourTurn { turn: Post::DivisionHead }.into()));
    court.act(&staff(Post::DivisionHead), yes(0)).expect("the head first");
    assert_eq!(court.act(&staff(Post::President), yes(0)), Err(ApprovalRefusal::MovedOn.into()));
    court.act(&staff(Post::President), yes(1)).expect("then the president");
}

#[test]
fn a_fee_is_deferred_reduced_or_waived_by_approval() {
    let (filed, _) = Court::filed(1, "2026-02-27");
    let mut waived = filed.clone();
    waived.approve(Matter::FeeAid { aid: FeeAid::Waive, remaining: Fen(0) });
    assert_eq!((waived.case().fees.status, waived.case().fees.due), (FeeStatus::Waived, Fen(0)));
    waived.on("2026-03-12");
    assert_eq!(waived.case().fees.status, FeeStatus::Waived, "a waived fee is never overdue");

    let mut deferred = filed.clone();
    deferred.approve(Matter::FeeAid { aid: FeeAid::Defer, remaining: Fen(0) });
    deferred.on("2026-03-12");
    assert_eq!(deferred.case().fees.status, FeeStatus::Deferred);
    deferred.pay();
    assert_eq!(deferred.case().fees.paid, Fen(190_500));

    let mut reduced = filed;
    reduced.approve(Matter::FeeAid { aid: FeeAid::Reduce, remaining: Fen(100_000) });
    reduced.pay();
    assert_eq!(reduced.case().fees.paid, Fen(100_000));
}

#[test]
fn a_paper_in_the_file_is_replaced_with_approval_and_the_old_version_stays() {
    let mut court = ex1::told_to_effect();
    let complaint = court.case().last_paper(PaperKind::Complaint).expect("a complaint").id;
    let before = court.case().materials[&complaint].file.clone();
    let approval = court.ask(Matter::ReplaceMaterial { material: complaint, file: file_of("rescan") });
    let chain = court.case().approvals[&approval].chain.clone();
    assert_eq!(chain, [Post::DivisionHead, Post::TrialManagement], "closed: the office has a word; the judge asks");
    court.say(approval, true).expect("the head");
    court.say(approval, true).expect("the office");
    let paper = &court.case().materials[&complaint];
    assert_eq!((paper.file.clone(), paper.earlier.clone()), (file_of("rescan"), vec![before]));
    assert!(paper.sealed, "the frozen version is still the sealed one");
}

#[test]
fn a_struck_paper_stays_readable_crossed_out() {
    let mut court = ex1::told_to_effect();
    let receipt = court.case().last_paper(PaperKind::Receipt).expect("a receipt").id;
    court.approve(Matter::StrikeMaterial { material: receipt });
    assert_eq!(court.case().materials[&receipt].place, Place::Struck);
}
