//! A case that the panel lays before the adjudication committee: who hears of it, what binds, what follows.

use xiezhi_domain::{
    access::{self, Act, Reader},
    approval::{ApprovalCommand, ApprovalRefusal, Matter},
    committee::{CommitteeCommand, CommitteeDecision, CommitteeRefusal},
    deliberation::{DeliberationCommand, DeliberationRefusal, Position, Question},
    drafting::{DraftingCommand, DraftingRefusal},
    event::CaseEvent,
    ids::DocumentId,
    issuing::{self, IssuingCommand},
    paper::{PaperKind, Volume},
    people::{Actor, Post},
    stage::Stage,
    tasks::{self, Assignee, TaskKind},
};

use super::ex2_sale_contract as ex2;
use crate::{
    cast::staff,
    court::{Court, file_of},
    example::{Example, account},
    steps::{actor, content},
};

/// The panel's presiding judge.
pub fn presiding(court: &Court) -> Actor {
    actor(court.tribunal().presiding.expect("a panel"))
}

/// A sale that the panel deliberated.
pub fn deliberated() -> (Court, Example) {
    let (mut court, told) = ex2::heard();
    court.on("2026-04-24");
    ex2::deliberate(&mut court);
    (court, told)
}

/// What the panel asks the committee.
pub fn asked() -> Vec<Question> {
    let text = "设备质量是否构成根本违约".to_owned();
    let proposal = "合议庭多数意见：不构成；少数意见：构成".to_owned();
    vec![Question { text, proposal, opinions: vec![] }]
}

/// Lays the case before the committee: the presiding judge asks, the division head and the president agree.
pub fn lay(court: &mut Court, request: Matter) {
    let ask = ApprovalCommand::Ask { request, reason: "新类型案件，法律适用有重大分歧".to_owned() };
    court.act(&presiding(court), ask).expect("the panel may ask");
    let last = |court: &Court| court.case().approvals.values().find(|asked| asked.next().is_some()).map(|one| one.id);
    while let Some(approval) = last(court) {
        court.say(approval, true).expect("the chain agrees");
    }
}

/// The leaders of the court in the order in which they speak.
pub fn members() -> Vec<Actor> {
    [Post::DivisionHead, Post::VicePresident, Post::President].map(staff).to_vec()
}

fn id(who: &Actor) -> xiezhi_domain::ids::PersonId {
    who.person().expect("a person")
}

/// The president opens a session that all attend, and each speaks.
pub fn meet(court: &mut Court, positions: [Position; 3]) {
    let present = members().iter().map(id).collect();
    court.act(&staff(Post::President), CommitteeCommand::Open { present }).expect("a session begins");
    for (member, position) in members().iter().zip(positions) {
        let spoken =
            CommitteeCommand::GiveOpinion { question: 0, position, reasons: "检验报告足以认定".to_owned() };
        court.act(member, spoken).expect("each in turn");
    }
}

/// What the committee decided.
pub fn decision() -> CommitteeDecision {
    CommitteeDecision {
        decision: "同意合议庭多数意见".to_owned(),
        reasons: "设备经修复可以使用，合同目的未落空".to_owned(),
    }
}

/// Decides, and everyone who sat signs the minutes.
pub fn decide(court: &mut Court) {
    court.act(&staff(Post::President), CommitteeCommand::Decide { decision: decision() }).expect("a majority decided");
    for member in members() {
        court.act(&member, CommitteeCommand::Sign).expect("whoever sat signs");
    }
}

/// A case that the committee gave back once, decided, thought over again and decided; judged upon it.
pub fn told() -> Court {
    let (mut court, told) = deliberated();
    lay(&mut court, Matter::SubmitCommittee { questions: asked() });
    meet(&mut court, [Position::For, Position::Against, Position::For]);
    let reason = "请合议庭就检验期间的约定复议".to_owned();
    court.act(&staff(Post::President), CommitteeCommand::GiveBack { reason }).expect("it is given back once");
    ex2::deliberate(&mut court);
    lay(&mut court, Matter::SubmitCommittee { questions: asked() });
    meet(&mut court, [Position::Against, Position::Against, Position::For]);
    court.act(&staff(Post::President), CommitteeCommand::Decide { decision: decision() }).expect("a majority decided");
    lay(&mut court, Matter::ReconsiderCommittee {});
    meet(&mut court, [Position::For, Position::For, Position::For]);
    decide(&mut court);
    judge(&mut court, &told);
    court
}

/// The judgment is written, signed, read by those who lead, sealed and pronounced.
fn judge(court: &mut Court, told: &Example) {
    let document = court.put_forward(PaperKind::Judgment, content(told));
    let original_sha256 = court.original_of(document);
    for signer in issuing::signers(court.case(), &court.case().drafts[&document]) {
        let sign = IssuingCommand::Sign { document, original_sha256: original_sha256.clone() };
        court.act(&actor(signer), sign).expect("those who decide sign");
    }
    while let Some(post) = issuing::next_reader(court.case(), &court.case().drafts[&document]) {
        let (opinion, original_sha256) = (String::new(), original_sha256.clone());
        let read = IssuingCommand::Read { document, opinion, original_sha256 };
        court.act(&staff(post), read).expect("those who lead read it along");
    }
    let material = xiezhi_domain::ids::MaterialId(court.fresh());
    let issue = IssuingCommand::Issue { document, material, file: file_of("sealed"), original_sha256 };
    court.act(&court.clerk(), issue).expect("it is issued");
    court.pronounce(document, false);
}

#[test]
fn a_case_goes_to_the_committee_through_head_and_president_and_its_decision_binds() {
    let (mut court, told) = deliberated();
    lay(&mut court, Matter::SubmitCommittee { questions: asked() });
    assert_eq!(court.case().stage, Stage::CommitteePending);
    let meet_task = |court: &Court| {
        tasks::tasks(court.case())
            .into_iter()
            .find(|task| task.kind == TaskKind::MeetCommittee)
            .map(|task| task.assignee)
    };
    assert_eq!(meet_task(&court), Some(Assignee::Post(Post::President)));
    let document = DocumentId(court.fresh());
    let judge = court.judge();
    let save = DraftingCommand::Save { document, kind: PaperKind::Judgment, content: content(&told), based_on: 0 };
    court.act(&judge, save).expect("a draft may be prepared");
    let forward = DraftingCommand::PutForward { document };
    assert_eq!(court.act(&judge, forward.clone()), Err(DraftingRefusal::BeforeCommittee.into()));

    meet(&mut court, [Position::For, Position::Against, Position::For]);
    assert_eq!(meet_task(&court), Some(Assignee::Person(id(&staff(Post::President)))));
    decide(&mut court);
    assert_eq!(court.case().stage, Stage::Drafting);
    let minutes = court.case().last_paper(PaperKind::CommitteeRecord).expect("its minutes are written");
    assert_eq!((minutes.volume, minutes.kind.place()), (Volume::Secondary, "committee_record"));
    let anew = DeliberationCommand::Open { questions: ex2::questions() };
    let refused = court.act(&presiding(&court), anew);
    assert_eq!(refused, Err(DeliberationRefusal::BoundByCommittee.into()), "the panel carries the decision out");
    court.act(&judge, forward).expect("the judgment is written upon it");
    let readers = &court.case().drafts[&document].readers;
    assert_eq!(*readers, [Post::DivisionHead, Post::VicePresident], "the longer chain reads it along");
}

#[test]
fn a_panel_without_a_majority_lays_its_question_before_the_committee() {
    let (mut court, _) = deliberated();
    court.bend(|case| {
        case.deliberation.open = true;
        case.deliberation.conclusion = None;
        case.stage = Stage::Deliberating;
    });
    lay(&mut court, Matter::SubmitCommittee { questions: asked() });
    meet(&mut court, [Position::Against, Position::Against, Position::For]);
    decide(&mut court);
    assert_eq!(court.case().stage, Stage::Drafting);
    assert!(!court.case().deliberation.open);
}

#[test]
fn the_committee_thinks_again_once_and_gives_a_case_back_once() {
    let court = told();
    let committee = &court.case().committee;
    assert!(committee.gave_back && committee.before.is_some() && committee.binds());
    assert_eq!(committee.session_no, 3);
    let again = ApprovalCommand::Ask { request: Matter::ReconsiderCommittee {}, reason: "再议".to_owned() };
    let mut open = court.clone();
    open.bend(|case| case.stage = Stage::Drafting);
    let fault = CommitteeRefusal::ReconsideredAlready;
    assert_eq!(open.act(&presiding(&open), again), Err(ApprovalRefusal::Committee { fault }.into()));
}

#[test]
fn nobody_outside_hears_of_the_committee_and_within_the_court_whoever_has_to() {
    let court = told();
    let case = court.case();
    let concerns = |event: &CaseEvent| match event {
        CaseEvent::Committee(_) => true,
        CaseEvent::Approval(event) => {
            let text = serde_json::to_string(event).expect("plain data");
            case.approvals
                .values()
                .any(|asked| asked.matter.concerns_committee() && text.contains(&asked.id.to_string()))
        }
        _ => false,
    };
    let told: Vec<&CaseEvent> = court.log.iter().map(|(event, _)| event).filter(|event| concerns(event)).collect();
    assert!(told.len() > 15, "{}", told.len());
    let hears = |who: &Actor| {
        let reader = Reader::of(who, case);
        told.iter().filter(|event| access::may_be_told(&reader, case, event)).count()
    };
    for outside in [account(0), account(1)] {
        assert_eq!(hears(&outside), 0);
        let reader = Reader::of(&outside, case);
        assert!(access::may(&reader, Act::ViewCommittee, case.stage).is_err());
        let minutes = case.last_paper(PaperKind::CommitteeRecord).expect("minutes");
        assert!(!access::may_see(&reader, case, minutes));
    }
    for beside in [Post::FilingClerk, Post::Finance, Post::TrialManagement, Post::Archivist, Post::JudgeAssistant] {
        assert_eq!(hears(&staff(beside)), 0, "{beside:?}");
    }
    for within in [court.judge(), court.clerk(), staff(Post::President), staff(Post::VicePresident)] {
        assert_eq!(hears(&within), told.len());
    }
    assert!(told.iter().filter(|event| matches!(event, CaseEvent::Committee(_))).all(|event| event.is_quiet()));
    for pending in [Stage::CommitteePending, Stage::Deliberating, Stage::Drafting] {
        assert_eq!(pending.told_outside(), Stage::HearingDone);
    }
}
