//! Approvals: granted by all, refused by one, in their order.

use xiezhi_domain::{
    approval::{ApprovalCommand, ApprovalRefusal, ApprovalStatus, Matter},
    fees::{FeeAid, FeeStatus},
    ids::ApprovalId,
    law::money::Fen,
    material::Place,
    paper::PaperKind,
    people::Post,
    periods::PeriodKind,
};

use crate::{
    cast::staff,
    court::{Court, day, file_of},
    stories::{ex1_private_lending as ex1, ex6_property_service as ex6},
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

/// A clerk asked to strike the complaint, and the case was closed before anybody answered.
pub fn closed_while_it_was_pending() -> (Court, ApprovalId) {
    let (mut court, told) = ex6::heard();
    let material = court.case().last_paper(PaperKind::Complaint).expect("a complaint").id;
    let request = Matter::StrikeMaterial { material };
    court.act(&court.clerk(), ApprovalCommand::Ask { request, reason: "误入".to_owned() }).expect("it is asked");
    let approval = court.case().approvals.values().find(|it| it.next().is_some()).expect("it is pending").id;
    court.judge_as(&told, true);
    (court, approval)
}

#[test]
fn what_was_asked_before_the_case_was_closed_is_asked_anew_by_the_longer_chain() {
    let (mut court, approval) = closed_while_it_was_pending();
    assert_eq!(court.say(approval, true), Err(ApprovalRefusal::AskAnew.into()), "the office has a word now");
    court.say(approval, false).expect("a no ends it");
    let complaint = court.case().last_paper(PaperKind::Complaint).expect("a complaint").id;
    assert_eq!(court.case().materials[&complaint].place, Place::InFile);
    court.approve(Matter::StrikeMaterial { material: complaint });
    assert_eq!(court.case().materials[&complaint].place, Place::Struck);
}

#[test]
fn a_paper_that_was_struck_or_erased_meanwhile_is_not_replaced() {
    let mut court = ex1::told_to_effect();
    let paper = |court: &Court, kind| court.case().last_paper(kind).expect("a paper").id;
    let (receipt, complaint) = (paper(&court, PaperKind::Receipt), paper(&court, PaperKind::Complaint));
    for (material, end) in [
        (receipt, Matter::StrikeMaterial { material: receipt }),
        (complaint, Matter::EraseMaterial { material: complaint }),
    ] {
        let replace = court.ask(Matter::ReplaceMaterial { material, file: file_of("rescan") });
        let other = {
            let known: Vec<_> = court.case().approvals.keys().copied().collect();
            court.act(&court.judge(), ApprovalCommand::Ask { request: end, reason: "误入".to_owned() }).expect("asked");
            *court.case().approvals.keys().find(|id| !known.contains(id)).expect("a second request")
        };
        while court.case().approvals[&other].next().is_some() {
            court.say(other, true).expect("the chain agrees");
        }
        let before = court.case().materials[&material].clone();
        court.say(replace, true).expect("the head, who does not know");
        assert_eq!(court.say(replace, true), Err(ApprovalRefusal::NoSuchPaper.into()));
        assert_eq!(court.case().materials[&material], before);
        court.say(replace, false).expect("a no ends it");
    }
}

#[test]
fn a_struck_paper_stays_readable_crossed_out() {
    let mut court = ex1::told_to_effect();
    let receipt = court.case().last_paper(PaperKind::Receipt).expect("a receipt").id;
    court.approve(Matter::StrikeMaterial { material: receipt });
    assert_eq!(court.case().materials[&receipt].place, Place::Struck);
}
