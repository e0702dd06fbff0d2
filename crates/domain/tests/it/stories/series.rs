//! A case among like ones: linked, given the common draft, given it anew after a change, and left alone once its judge
//! has written in it.

use uuid::Uuid;
use xiezhi_domain::{
    access::{self, Reader},
    assignment::{AssignmentCommand, Tribunal},
    drafting::{DraftContent, DraftingCommand, DraftingRefusal},
    ids::{DocumentId, SeriesId},
    paper::PaperKind,
    people::Post,
    series::{SeriesCommand, SeriesRefusal, likeness},
};

use crate::{
    cast::{person, staff},
    court::Court,
    example::account,
    refusals::{CLOSED, Row, row},
    steps::{actor, content},
    stories::{ex1_private_lending as ex1, ex6_property_service as ex6},
};

fn set() -> SeriesId {
    SeriesId(Uuid::from_u128(0x5e))
}

fn other() -> SeriesId {
    SeriesId(Uuid::from_u128(0x5f))
}

fn join(court: &Court, series: SeriesId, name: &str) -> SeriesCommand {
    let (plaintiffs, cause) = likeness(court.case());
    SeriesCommand::Join { series, name: name.to_owned(), plaintiffs, cause }
}

fn written(orders: &[&str]) -> DraftContent {
    let orders = orders.iter().map(|order| (*order).to_owned()).collect();
    DraftContent { orders, ..content(&crate::example::example(6)) }
}

fn application(document: u128, content: DraftContent, master: u32) -> SeriesCommand {
    let document = DocumentId(Uuid::from_u128(document));
    SeriesCommand::Apply { series: set(), document, kind: PaperKind::Judgment, content, master, missing: vec![] }
}

/// Heard and linked.
fn linked() -> Court {
    let (mut court, _) = ex6::heard();
    let join = join(&court, set(), "物业费系列案");
    court.act(&court.judge(), join).expect("it is linked");
    court
}

/// Linked, given the common draft.
fn applied() -> Court {
    let mut court = linked();
    court.act(&court.judge(), application(1, written(&["支付物业费"]), 1)).expect("it is applied");
    court
}

/// Linked, applied twice, taken out.
pub fn told() -> Court {
    let mut court = applied();
    let judge = court.judge();
    court.act(&judge, application(2, written(&["支付物业费及违约金"]), 2)).expect("it is applied again");
    court.act(&judge, SeriesCommand::Leave { series: set() }).expect("it is taken out");
    court
}

#[test]
fn the_common_draft_is_applied_again_to_a_draft_that_nobody_touched() {
    let mut court = applied();
    let judge = court.judge();
    assert_eq!(court.act(&judge, application(1, written(&["支付物业费"]), 1)), Ok(vec![]), "the same again is nothing");
    court.act(&judge, application(2, written(&["支付物业费及违约金"]), 2)).expect("it is applied again");
    let case = court.case();
    assert_eq!(case.drafts.len(), 1, "into the same draft");
    let draft = case.drafts.values().next().expect("a draft");
    assert_eq!((draft.version, draft.content.orders.as_slice()), (2, ["支付物业费及违约金".to_owned()].as_slice()));
    let standing = case.series.as_ref().and_then(|series| series.applied).expect("it stands there");
    assert_eq!((standing.version, standing.master), (2, 2));
}

#[test]
fn a_draft_that_its_judge_wrote_in_goes_its_own_way() {
    let mut court = applied();
    let judge = court.judge();
    let document = DocumentId(Uuid::from_u128(1));
    let own = DraftingCommand::Save { document, kind: PaperKind::Judgment, content: written(&["另写"]), based_on: 1 };
    court.act(&judge, own).expect("the judge writes in it");
    let again = court.act(&judge, application(2, written(&["支付"]), 2));
    assert_eq!(again, Err(SeriesRefusal::WrittenByHand.into()));
    assert_eq!(court.case().drafts[&document].content.orders, ["另写"]);
}

#[test]
fn with_another_judge_a_case_is_out_of_the_set_and_may_be_linked_anew() {
    let mut court = applied();
    let (tribunal, head) = (court.tribunal(), staff(Post::DivisionHead));
    let change = |tribunal| AssignmentCommand::Change { tribunal, reason: "法官轮岗".to_owned() };
    let clerk = [21, 22].map(person).into_iter().find(|clerk| Some(*clerk) != tribunal.clerk);
    let another = Tribunal { clerk, ..tribunal.clone() };
    court.act(&head, change(another)).expect("another clerk comes");
    assert!(court.case().series.is_some(), "the judge is the same");
    let judge = [1, 2].map(person).into_iter().find(|judge| *judge != court.tribunal().judge).expect("another");
    court.act(&head, change(Tribunal { judge, ..tribunal })).expect("another judge comes");
    assert_eq!(court.case().series, None);
    assert_eq!(court.log.iter().filter(|(event, _)| event.name() == "series.left.v1").count(), 1, "it is on record");
    let judge = court.judge();
    let again = court.act(&judge, application(3, written(&["支付"]), 2));
    assert_eq!(again, Err(SeriesRefusal::NotInSeries.into()), "the last judge's set is nothing to it");
    let join = join(&court, other(), "另一系列");
    court.act(&judge, join).expect("the next judge has a set, too");
}

#[test]
fn whoever_writes_in_a_case_takes_it_out_whoever_linked_it() {
    let (mut court, _) = ex6::heard();
    let (judge, assistant) = (court.judge(), actor(court.tribunal().assistant.expect("an assistant")));
    let join = join(&court, set(), "物业费系列案");
    court.act(&assistant, join).expect("the assistant links it");
    court.act(&judge, SeriesCommand::Leave { series: set() }).expect("the judge takes it out");
    assert_eq!(court.case().series, None);
}

#[test]
fn no_party_hears_that_cases_are_written_together() {
    let court = told();
    let party = Reader::of(&account(0), court.case());
    let inner = court.log.iter().filter(|(event, _)| event.name().starts_with("series."));
    let told: Vec<String> = inner
        .inspect(|(event, _)| assert!(!access::may_be_told(&party, court.case(), event)))
        .map(|(event, _)| event.name())
        .collect();
    assert_eq!(told, ["series.joined.v1", "series.applied.v1", "series.applied.v1", "series.left.v1"]);
}

/// Every refusal among like cases.
pub fn rows() -> Vec<Row> {
    use SeriesRefusal::*;
    let ((plain, _), linked, applied) = (ex6::heard(), linked(), applied());
    let judge = plain.judge();
    let mut forward = applied.clone();
    let document = DocumentId(Uuid::from_u128(1));
    let whole = application(1, content(&crate::example::example(6)), 2);
    forward.act(&judge, whole).expect("a whole draft");
    forward.act(&judge, DraftingCommand::PutForward { document }).expect("is put forward");
    let mut by_hand = linked.clone();
    let own = DraftingCommand::Save { document, kind: PaperKind::Judgment, content: written(&["另写"]), based_on: 0 };
    by_hand.act(&judge, own).expect("a draft of the judge's own");
    let unfilled = SeriesCommand::Apply {
        series: set(),
        document,
        kind: PaperKind::Judgment,
        content: written(&["{欠费月数}"]),
        master: 1,
        missing: vec!["欠费月数".to_owned()],
    };
    let (plaintiffs, cause) = likeness(plain.case());
    let unlike = SeriesCommand::Join { series: set(), name: "系列".to_owned(), plaintiffs: vec![], cause };
    let no_cause =
        SeriesCommand::Join { series: set(), name: "系列".to_owned(), plaintiffs, cause: "M9.0".to_owned() };
    let closed = ex1::told_to_effect();
    let draft = |fault| Draft { fault };
    let long = written(&["长".repeat(30_000).as_str()]);
    vec![
        row(&plain, &judge, SeriesCommand::Leave { series: set() }, NotInSeries),
        row(&plain, &judge, application(1, written(&["支付"]), 1), NotInSeries),
        row(&linked, &judge, join(&linked, other(), "另一系列"), InAnother),
        row(&plain, &judge, join(&plain, set(), "　 "), NoName),
        row(&plain, &judge, unlike, NotAlike),
        row(&plain, &judge, no_cause, NotAlike),
        row(&linked, &judge, unfilled, Unfilled { missing: vec!["欠费月数".to_owned()] }),
        row(&by_hand, &judge, application(2, written(&["支付"]), 1), WrittenByHand),
        row(
            &linked,
            &judge,
            application(1, long, 1),
            draft(DraftingRefusal::ParagraphTooLong { part: "orders".into() }),
        ),
        row(&forward, &judge, application(1, written(&["支付"]), 3), draft(DraftingRefusal::PutForwardAlready)),
        row(&closed, &closed.judge(), join(&closed, set(), "系列"), Stage { fault: CLOSED }),
    ]
}
