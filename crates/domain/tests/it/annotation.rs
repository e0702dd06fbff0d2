//! Annotations: who reads and writes them, and that nothing of them crosses to a side.

use xiezhi_domain::{
    access::{self, Act, Denial, Reader, Relation},
    annotation::{AnnotationCommand, AnnotationRefusal, Area, Circle, Content, Shape},
    case::CaseState,
    event::CaseEvent,
    ids::{AnnotationId, MaterialId},
    people::{Actor, Post},
    stage::Stage,
};

use crate::{
    cast::{person, staff},
    court::Court,
    example::{account, agent, exhibit},
    refusals::{Row, denied, no_paper, row},
    steps::actor,
    stories::ex2_sale_contract as ex2,
};

/// Words marked on the first page, with what is said of them.
pub fn said(words: &str) -> Content {
    Content {
        page: 1,
        shape: Shape::Highlight,
        areas: vec![Area { x: 1000, y: 2000, w: 4000, h: 200 }],
        quote: "弯头壁厚低于约定下限".to_owned(),
        words: words.to_owned(),
        tags: vec!["应扣减货款的数额".to_owned()],
        at_seconds: None,
    }
}

/// Shares it over the paper as it stands.
pub fn share(case: &CaseState, material: MaterialId, circle: Circle, content: Content) -> AnnotationCommand {
    let sha256 = case.materials.get(&material).map(|paper| paper.file.sha256.clone()).unwrap_or_default();
    AnnotationCommand::Share { material, sha256, circle, content }
}

/// The annotation shared last.
pub fn last(court: &Court) -> AnnotationId {
    court.case().annotations.last().expect("one was shared").id
}

/// A judge notes something for the team and something for the panel; others answer; one is put otherwise, one taken
/// back.
pub fn annotated() -> Court {
    let (mut court, _) = ex2::heard();
    let (judge, clerk) = (court.judge(), court.clerk());
    let member = actor(court.tribunal().members[0]);
    let does = |court: &mut Court, who: &Actor, command: AnnotationCommand| {
        court.act(who, command).expect("the tale goes on");
    };
    let command = share(court.case(), exhibit(0), Circle::Team, said("请核对附件单价。"));
    does(&mut court, &judge, command);
    let (annotation, circle) = (last(&court), Circle::Team);
    does(&mut court, &clerk, AnnotationCommand::Reply { annotation, circle, words: "第36页，含税。".to_owned() });
    let content = said("附件单价含税，见第36页。");
    does(&mut court, &judge, AnnotationCommand::Revise { annotation, circle, content });
    let command = share(court.case(), exhibit(1), Circle::Panel, said("我倾向于采信。"));
    does(&mut court, &member, command);
    let (annotation, circle) = (last(&court), Circle::Panel);
    does(&mut court, &judge, AnnotationCommand::Reply { annotation, circle, words: "同意。".to_owned() });
    does(&mut court, &member, AnnotationCommand::Withdraw { annotation, circle });
    court
}

fn may_read(court: &Court, who: &Actor) -> Vec<Circle> {
    let reader = Reader::of(who, court.case());
    let notes = court.case().annotations.iter().filter(|note| access::may_read_note(&reader, court.case(), note));
    notes.map(|note| note.circle).collect()
}

#[test]
fn each_reads_what_their_circle_reads_and_nobody_else_anything() {
    use Circle::{Panel, Team};
    let court = annotated();
    let tribunal = court.tribunal();
    let table: Vec<(&str, Actor, &[Circle])> = vec![
        ("the judge in charge", court.judge(), &[Team, Panel]),
        ("a member", actor(tribunal.members[0]), &[Team, Panel]),
        ("another member", actor(tribunal.members[1]), &[Team, Panel]),
        ("the clerk", court.clerk(), &[Team]),
        ("the plaintiff", account(0), &[]),
        ("the plaintiff's lawyer", agent(0), &[]),
        ("the defendant", account(1), &[]),
        ("the defendant's lawyer", agent(1), &[]),
        ("the division head", staff(Post::DivisionHead), &[]),
        ("the president", staff(Post::President), &[]),
        ("the trial management office", staff(Post::TrialManagement), &[]),
        ("the archivist", staff(Post::Archivist), &[]),
        ("an administrator", staff(Post::SystemAdmin), &[]),
        ("the clock", Actor::Clock, &[]),
    ];
    for (who, actor, circles) in table {
        assert_eq!(may_read(&court, &actor), circles, "{who}");
    }
}

#[test]
fn no_post_outside_and_no_relation_of_a_side_is_ever_in_a_circle() {
    for (post, relation, stage, act) in every_seat() {
        let outside = post.is_outside() || !relation.is_of_the_court();
        let actor = Actor::Person { id: person(999), post, token: None };
        let reader = Reader { actor, post: Some(post), relations: vec![relation], party: None };
        let granted = access::may(&reader, act, stage);
        assert!(!outside || granted.is_err(), "{post:?} as {relation:?} at {stage:?}: {act:?} by {granted:?}");
        let panel = matches!(relation, Relation::JudgeInCharge | Relation::Presiding | Relation::Member);
        assert!(act != Act::PanelNotes || panel || granted.is_err(), "{post:?} as {relation:?}");
    }
}

fn every_seat() -> Vec<(Post, Relation, Stage, Act)> {
    let mut seats = vec![];
    for post in Post::ALL {
        for relation in Relation::ALL {
            for stage in Stage::ALL {
                seats.extend([Act::TeamNotes, Act::PanelNotes].map(|act| (post, relation, stage, act)));
            }
        }
    }
    seats
}

#[test]
fn a_side_is_not_told_that_there_is_an_annotation_nor_that_the_case_moved() {
    let (court, before) = (annotated(), ex2::heard().0);
    let is_note = |event: &CaseEvent| event.name().starts_with("annotation.");
    assert_eq!(court.log.iter().filter(|(event, _)| is_note(event)).count(), 6);
    for who in [account(0), agent(0), account(1), agent(1), staff(Post::DivisionHead)] {
        let reader = Reader::of(&who, court.case());
        let leak =
            court.log.iter().find(|(event, _)| is_note(event) && access::may_be_told(&reader, court.case(), event));
        assert!(leak.is_none(), "{who:?} is told of {leak:?}");
    }
    let clerk = Reader::of(&court.clerk(), court.case());
    let told = court.log.iter().filter(|(event, _)| is_note(event) && access::may_be_told(&clerk, court.case(), event));
    assert_eq!(told.count(), 3, "the clerk is told of the team's, not of the panel's");
    assert_eq!(court.case().told_rev, before.case().rev);
    assert_eq!(court.case().changed_on, before.case().changed_on);
    assert!(court.case().rev > before.case().rev);
}

#[test]
fn what_an_annotation_said_before_stays() {
    let court = annotated();
    let [team, panel] = &court.case().annotations[..] else { panic!("two were shared") };
    let words: Vec<&str> = team.versions.iter().map(|version| version.content.words.as_str()).collect();
    assert_eq!(words, ["请核对附件单价。", "附件单价含税，见第36页。"]);
    assert_eq!(team.replies.len(), 1);
    assert!(panel.withdrawn_at.is_some() && panel.content().words == "我倾向于采信。" && panel.replies.len() == 1);
}

/// Every refusal of an annotation.
pub fn rows() -> Vec<Row> {
    use AnnotationRefusal::*;
    let court = annotated();
    let (judge, clerk, case) = (court.judge(), court.clerk(), court.case());
    let [team, panel] = [&case.annotations[0], &case.annotations[1]].map(|note| note.id);
    let team_says = |content| share(case, exhibit(0), Circle::Team, content);
    let revise = |annotation, circle| AnnotationCommand::Revise { annotation, circle, content: said("别的") };
    let reply =
        |annotation, circle, words: &str| AnnotationCommand::Reply { annotation, circle, words: words.to_owned() };
    let far = Content { areas: vec![Area { x: 9_000, y: 0, w: 2_000, h: 10 }], ..said("出界") };
    let stale = AnnotationCommand::Share {
        material: exhibit(0),
        sha256: "0".repeat(64),
        circle: Circle::Team,
        content: said("旧版"),
    };
    vec![
        row(&court, &judge, share(case, no_paper(), Circle::Team, said("无此材料")), Unknown),
        row(&court, &judge, revise(team, Circle::Panel), Unknown),
        row(&court, &judge, reply(AnnotationId(uuid::Uuid::from_u128(9)), Circle::Team, "好"), Unknown),
        row(&court, &clerk, revise(team, Circle::Team), NotYours),
        row(&court, &clerk, AnnotationCommand::Withdraw { annotation: team, circle: Circle::Team }, NotYours),
        row(&court, &judge, team_says(Content { page: 0, ..said("没有这一页") }), NoSuchPage),
        row(&court, &judge, team_says(Content { page: 99, ..said("没有这一页") }), NoSuchPage),
        row(&court, &judge, team_says(Content { page: 1, ..Content::default() }), Nothing),
        row(&court, &judge, reply(team, Circle::Team, " "), Nothing),
        row(&court, &judge, team_says(Content { at_seconds: Some(12), ..said("没有这一刻") }), NoSuchMoment),
        row(&court, &judge, team_says(far), OutsidePage),
        row(&court, &judge, team_says(said(&"长".repeat(4_001))), TooLong),
        row(&court, &judge, team_says(Content { tags: vec!["焦".repeat(61)], ..said("") }), TooLong),
        row(&court, &judge, stale, PaperChanged),
        row(&court, &judge, reply(panel, Circle::Panel, "还在吗"), TakenBack),
        denied(&court, &clerk, reply(panel, Circle::Panel, "好"), Denial::NotAllowed { act: Act::PanelNotes }),
        denied(&court, &agent(1), team_says(said("对方")), Denial::NotAllowed { act: Act::TeamNotes }),
    ]
}
