//! A case before the adjudication committee, on papers and pages of its own: minutes nobody outside sees, a judgment that
//! says no more than that the committee decided.

use std::sync::Arc;

use xiezhi_app::{lists::CaseFilter, papers};
use xiezhi_domain::{
    access::{self, Reader},
    approval::{ApprovalCommand, Matter},
    case::CaseState,
    committee::{CommitteeCommand, CommitteeDecision},
    decision::{About, PaperOrder},
    deliberation::{DeliberationCommand, Position, Question},
    drafting::DraftingCommand,
    ids::{DocumentId, MaterialId},
    issuing::{self, IssuingCommand},
    paper::PaperKind,
    people::{Actor, Post},
    stage::Stage,
    tasks::TaskKind,
};
use xiezhi_store::LogId;

use crate::{
    cast::staff,
    court::Court,
    example::account,
    steps::{Suit, actor, case, content, submit},
    story::told_to_a_panel,
};

fn question() -> Question {
    Question {
        text: "保证期间是否已过".to_owned(), proposal: "合议庭多数意见：未过".to_owned(), opinions: vec![]
    }
}

/// The panel deliberates on one question and concludes.
async fn deliberate(suit: &mut Suit) -> Actor {
    let presiding = actor(suit.tribunal().await.presiding.expect("a panel"));
    let case = suit.does(&presiding, DeliberationCommand::Open { questions: vec![question()] }).await;
    for member in case.deliberation.round.order.clone() {
        let (question, position, reasons) = (0, Position::For, "主债务履行期届满起六个月".to_owned());
        suit.does(&actor(member), DeliberationCommand::GiveOpinion { question, position, reasons }).await;
    }
    suit.does(&presiding, DeliberationCommand::Conclude { conclusion: "保证期间未过".to_owned() }).await;
    presiding
}

/// The panel asks; division head and president agree.
async fn lay(suit: &mut Suit, presiding: &Actor) {
    let request = Matter::SubmitCommittee { questions: vec![question()] };
    let reason = "法律适用有重大分歧".to_owned();
    let case = suit.does(presiding, ApprovalCommand::Ask { request, reason }).await;
    let approval = case.approvals.values().find(|asked| asked.next().is_some()).expect("it is pending").id;
    for (seen_words, post) in [Post::DivisionHead, Post::President].into_iter().enumerate() {
        let answer = ApprovalCommand::Answer { approval, grant: true, opinion: "同意".to_owned(), seen_words };
        suit.does(&staff(post), answer).await;
    }
}

/// The committee meets, speaks, decides and signs.
async fn decide(suit: &mut Suit) -> Arc<CaseState> {
    let members = [Post::DivisionHead, Post::VicePresident, Post::President].map(staff);
    let president = &members[2];
    let present = members.iter().filter_map(Actor::person).collect();
    suit.does(president, CommitteeCommand::Open { present }).await;
    for member in &members {
        let (question, position, reasons) = (0, Position::For, "约定明确".to_owned());
        suit.does(member, CommitteeCommand::GiveOpinion { question, position, reasons }).await;
    }
    let decision = CommitteeDecision {
        decision: "同意合议庭多数意见".to_owned(),
        reasons: "保证期间自还款日起算".to_owned(),
    };
    suit.does(president, CommitteeCommand::Decide { decision }).await;
    for member in &members {
        suit.does(member, CommitteeCommand::Sign).await;
    }
    suit.state().await
}

fn text(suit: &Suit, case: &CaseState, document: DocumentId) -> String {
    let app = &suit.court.app;
    let moment = app.ports().clock.moment();
    let order =
        PaperOrder { material: MaterialId(document.0), kind: PaperKind::Original, about: About::Document(document) };
    let people = crate::cast::directory();
    papers::document(case, &people, &app.rules(moment.today), &order, moment).plain_text()
}

async fn a_case_before_the_committee_leaves_minutes_inside_and_a_judgment_that_says_who_decided(court: Court) {
    let mut suit = told_to_a_panel(court).await;
    let presiding = deliberate(&mut suit).await;
    lay(&mut suit, &presiding).await;
    let case = suit.state().await;
    assert_eq!(case.stage, Stage::CommitteePending);
    let tasks = suit.court.app.tasks(&staff(Post::President), None).await.expect("tasks");
    assert!(tasks.iter().any(|task| TaskKind::of_code(&task.kind) == Some(TaskKind::MeetCommittee)), "{tasks:?}");

    let case = decide(&mut suit).await;
    let minutes = case.last_paper(PaperKind::CommitteeRecord).expect("minutes are written");
    for outside in [account(0), account(1)] {
        assert!(!access::may_see(&Reader::of(&outside, &case), &case, minutes));
    }
    let document = DocumentId(suit.court.fresh());
    let judge = suit.judge().await;
    let content = content(&suit.told);
    let save = DraftingCommand::Save { document, kind: PaperKind::Judgment, content, based_on: 0 };
    suit.does(&judge, save).await;
    let case = suit.does(&judge, DraftingCommand::PutForward { document }).await;
    assert!(text(&suit, &case, document).contains("经本院审判委员会讨论决定，判决如下："));
    let original_sha256 = {
        let original = case.drafts[&document].original.expect("put forward");
        case.materials[&original].file.sha256.clone()
    };
    for signer in issuing::signers(&case, &case.drafts[&document]) {
        let sign = IssuingCommand::Sign { document, original_sha256: original_sha256.clone() };
        suit.does(&actor(signer), sign).await;
    }
    for post in [Post::DivisionHead, Post::VicePresident] {
        let (opinion, original_sha256) = (String::new(), original_sha256.clone());
        suit.does(&staff(post), IssuingCommand::Read { document, opinion, original_sha256 }).await;
    }
    let (clerk, command) = (suit.clerk().await, xiezhi_domain::ids::CommandId(suit.court.fresh()));
    suit.court.app.issue(suit.id, &clerk, command, document).await.expect("the longer chain is done");
    suit.pronounce(document).await;

    let app = &suit.court.app;
    app.prove(LogId::RECORD).await.expect("the record is proven");
    assert_eq!(app.check_case(suit.id).await.expect("the case is checked").differences, vec![]);
    assert_eq!(app.differing_rows_of_all().await.expect("rows are compared"), vec![]);
}

async fn a_party_with_several_cases_does_not_see_by_their_order_that_the_court_is_at_work(court: Court) {
    let mut suit = told_to_a_panel(court).await;
    suit.court.on("2026-04-06").await;
    submit(&mut suit.court, &suit.told, 1).await;
    suit.court.on("2026-04-07").await;
    let presiding = deliberate(&mut suit).await;
    let first = async |court: &Court, who: &Actor| {
        let filter = CaseFilter { size: 10, ..CaseFilter::default() };
        let rows = court.app.cases(who, &filter).await.expect("the list answers").rows;
        rows.first().expect("a case").case_id.clone()
    };
    assert_eq!(first(&suit.court, &account(0)).await, case(1).to_string(), "nothing was told since it was heard");
    assert_eq!(first(&suit.court, &presiding).await, suit.id.to_string(), "the panel finds what it did last");
    suit.court.on("2026-04-08").await;
    lay(&mut suit, &presiding).await;
    decide(&mut suit).await;
    assert_eq!(first(&suit.court, &account(0)).await, case(1).to_string(), "nor of the committee");
}

over_each_store![
    a_case_before_the_committee_leaves_minutes_inside_and_a_judgment_that_says_who_decided,
    a_party_with_several_cases_does_not_see_by_their_order_that_the_court_is_at_work,
];
