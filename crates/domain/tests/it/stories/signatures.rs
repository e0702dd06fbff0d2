//! Who signs a judgment or a ruling: those who decide, then the clerk, whoever keeps that seat by then.

use xiezhi_domain::{
    Refusal,
    access::Denial,
    assignment::{AssignmentCommand, Tribunal},
    case::CaseState,
    drafting::{DraftingCommand, DraftingEvent},
    event::CaseEvent,
    ids::{DocumentId, MaterialId, PersonId},
    issuing::{self, IssuingCommand, IssuingRefusal},
    paper::PaperKind,
    people::{Actor, Post},
    tasks::{self, Assignee, TaskKind},
};

use crate::{
    cast::{member, staff},
    court::{Court, file_of},
    steps::{actor, content},
    stories::{ex2_sale_contract as ex2, ex6_property_service as ex6},
    tales,
};

/// A case before one judge, its judgment put forward.
fn put_forward() -> (Court, DocumentId) {
    let (mut court, told) = ex6::heard();
    let document = court.put_forward(PaperKind::Judgment, content(&told));
    (court, document)
}

fn sign(court: &mut Court, who: &Actor, document: DocumentId) -> Result<(), Refusal> {
    let original_sha256 = court.original_of(document);
    court.act(who, IssuingCommand::Sign { document, original_sha256 }).map(|_| ())
}

fn issue(court: &mut Court, document: DocumentId) -> Result<(), Refusal> {
    let (material, original_sha256) = (MaterialId(court.fresh()), court.original_of(document));
    let file = file_of("sealed");
    court.act(&court.clerk(), IssuingCommand::Issue { document, material, file, original_sha256 }).map(|_| ())
}

fn asked(court: &Court, kind: TaskKind) -> Vec<PersonId> {
    let of = |task: tasks::Task| match task.assignee {
        Assignee::Person(person) if task.kind == kind => Some(person),
        _ => None,
    };
    tasks::tasks(court.case()).into_iter().filter_map(of).collect()
}

fn clerk_of(court: &Court) -> PersonId {
    court.tribunal().clerk.expect("a clerk")
}

/// The same court as its events would have left it, had its documents been put forward when judges signed alone.
fn of_old(court: &Court) -> Court {
    let mut court = court.clone();
    for (event, _) in &mut court.log {
        if let CaseEvent::Drafting(DraftingEvent::PutForward { clerk, .. }) = event {
            *clerk = None;
        }
    }
    let folded = CaseState::fold(court.id, court.log.iter().map(|(event, recorded)| (event, *recorded)));
    court.bend(|case| *case = folded.expect("a case"));
    court
}

#[test]
fn a_judgment_is_signed_by_its_judge_then_by_its_clerk_and_sealed_after_both() {
    let (mut court, document) = put_forward();
    let (judge, clerk) = (court.judge(), court.clerk());
    assert_eq!(asked(&court, TaskKind::SignDocument), [court.tribunal().judge], "the clerk waits for the judge");
    assert_eq!(sign(&mut court, &clerk, document), Err(IssuingRefusal::ClerkLast.into()));
    sign(&mut court, &judge, document).expect("the judge signs");
    let missing = vec![clerk_of(&court)];
    assert_eq!(asked(&court, TaskKind::SignDocument), missing);
    assert_eq!(asked(&court, TaskKind::Issue), [], "nothing is sealed yet");
    assert_eq!(issue(&mut court, document), Err(IssuingRefusal::SignaturesMissing { missing }.into()));
    sign(&mut court, &clerk, document).expect("the clerk signs");
    assert_eq!(asked(&court, TaskKind::Issue), [court.tribunal().judge]);
    issue(&mut court, document).expect("it is sealed");
}

#[test]
fn the_clerk_of_a_panel_signs_after_whoever_presides() {
    let (mut court, told) = ex2::heard();
    ex2::deliberate(&mut court);
    let document = court.put_forward(PaperKind::Judgment, content(&told));
    for voter in court.tribunal().voters() {
        let clerk = court.clerk();
        assert_eq!(sign(&mut court, &clerk, document), Err(IssuingRefusal::ClerkLast.into()));
        sign(&mut court, &actor(voter), document).expect("a member signs");
    }
    assert_eq!(asked(&court, TaskKind::SignDocument), [clerk_of(&court)]);
}

#[test]
fn every_document_that_was_ever_issued_bears_the_clerk_after_the_judges() {
    let mut kinds = std::collections::BTreeSet::new();
    for (name, court) in tales::all() {
        for draft in court.case().drafts.values().filter(|draft| draft.issued.is_some()) {
            assert_eq!(draft.signed, issuing::signers(court.case(), draft), "{name}");
            assert_eq!(draft.signed.last(), draft.clerk_signed.as_ref(), "{name}");
            assert_eq!(draft.clerk_signed, draft.clerk, "{name}");
            kinds.insert(draft.kind.code());
        }
    }
    for kind in [PaperKind::Judgment, PaperKind::WithdrawalRuling, PaperKind::CorrectionRuling] {
        assert!(kinds.contains(kind.code()), "no tale issues {kind:?}");
    }
}

#[test]
fn what_was_put_forward_when_judges_signed_alone_goes_on_as_it_was() {
    let (now, document) = put_forward();
    let mut court = of_old(&now);
    let judge = court.judge();
    assert_eq!(issuing::signers(court.case(), &court.case().drafts[&document]), court.tribunal().voters());
    sign(&mut court, &judge, document).expect("the judge signs");
    assert_eq!(asked(&court, TaskKind::SignDocument), [], "the clerk is not asked afterwards");
    let clerk = court.clerk();
    assert_eq!(sign(&mut court, &clerk, document), Err(IssuingRefusal::NotASigner.into()));
    let mut returned = court.clone();
    issue(&mut court, document).expect("it is sealed as it was signed");
    assert_eq!(court.case().drafts[&document].clerk_signed, None);

    let reason = "改一处文字".to_owned();
    returned.act(&judge, DraftingCommand::Return { document, reason }).expect("it is returned");
    returned.act(&judge, DraftingCommand::PutForward { document }).expect("and put forward by today's rule");
    sign(&mut returned, &judge, document).expect("the judge signs");
    assert_eq!(asked(&returned, TaskKind::SignDocument), [clerk_of(&returned)]);
}

#[test]
fn events_of_the_older_rule_fold_to_what_they_were() {
    for (name, court) in tales::all() {
        let old = of_old(&court);
        for (id, draft) in &old.case().drafts {
            let now = &court.case().drafts[id];
            assert_eq!(
                (draft.issued, &draft.signed, draft.original),
                (now.issued, &now.signed, now.original),
                "{name}"
            );
        }
        assert_eq!((old.case().stage, &old.case().closing), (court.case().stage, &court.case().closing), "{name}");
    }
}

#[test]
fn whoever_is_the_clerk_by_then_signs_and_a_clerk_who_signed_has_signed() {
    let (mut court, document) = put_forward();
    let (judge, before) = (court.judge(), court.clerk());
    let other = [21, 22].map(member).into_iter().find(|one| *one != before).expect("two clerks");
    let change = |court: &mut Court| {
        let tribunal = Tribunal { clerk: other.person(), ..court.tribunal() };
        let change = AssignmentCommand::Change { tribunal, reason: "原书记员调离".to_owned() };
        court.act(&staff(Post::DivisionHead), change).expect("another clerk is named");
    };
    sign(&mut court, &judge, document).expect("the judge signs");

    let mut signed = court.clone();
    sign(&mut signed, &before, document).expect("the clerk signs");
    change(&mut signed);
    issue(&mut signed, document).expect("nobody signs in the same seat again");

    change(&mut court);
    assert_eq!(asked(&court, TaskKind::SignDocument), [other.person().expect("a person")]);
    let late = sign(&mut court, &before, document);
    assert!(matches!(late, Err(Refusal::Access(Denial::NotAllowed { .. }))), "{late:?}");
    sign(&mut court, &other, document).expect("the clerk of now signs");
    assert_ne!(court.case().drafts[&document].clerk, court.case().drafts[&document].clerk_signed);
    issue(&mut court, document).expect("it is sealed");
}
