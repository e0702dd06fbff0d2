//! Like cases: linked in one act, written once, applied case by case, and again after a break.

use uuid::Uuid;
use xiezhi_app::{AppError, series::Outcome};
use xiezhi_domain::{
    Refusal,
    assignment::{AssignmentCommand, Tribunal},
    drafting::{DraftContent, DraftingCommand},
    ids::{CaseId, CommandId},
    paper::PaperKind,
    people::{Actor, Post},
    series::SeriesRefusal,
};

use crate::{
    cast::{directory, staff},
    court::Court,
    example::{account, example},
    steps::{actor, case, file, submit},
};

over_each_store!(
    a_common_draft_is_applied_case_by_case_and_after_a_break_nothing_twice,
    what_a_case_does_not_tell_is_named_and_stops_that_case_alone,
    only_cases_that_are_alike_are_linked_and_nobody_else_sees_the_set,
    whoever_sees_the_whole_court_is_offered_no_cases_of_others_and_is_stopped_by_none,
    what_a_judge_writes_while_a_draft_is_applied_is_not_written_over,
    the_next_judge_of_cases_that_were_linked_links_them_anew,
    a_link_that_was_cut_off_goes_on_and_leaves_no_case_in_a_set_that_nobody_has,
);

/// Two cases of the same plaintiff before the same judge.
async fn two_alike(court: &mut Court) -> (Actor, Vec<CaseId>) {
    let told = example(1);
    court.admit(&told).await;
    let mut by_judge: Vec<(Actor, Vec<CaseId>)> = vec![];
    for number in 0..9 {
        submit(court, &told, number).await;
        let filed = court.act(case(number), &staff(Post::FilingClerk), file(told.procedure())).await;
        let judge = actor(filed.expect("it is filed").judge().expect("a judge was drawn"));
        match by_judge.iter_mut().find(|(known, _)| *known == judge) {
            Some((_, cases)) => {
                cases.push(case(number));
                return by_judge.into_iter().find(|(_, cases)| cases.len() == 2).expect("just found");
            }
            None => by_judge.push((judge, vec![case(number)])),
        }
    }
    panic!("nine cases before nine judges")
}

/// An act of its own.
fn id(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(0x5e_0000 + number))
}

fn draft(order: &str) -> DraftContent {
    DraftContent { orders: vec![order.to_owned()], ..DraftContent::default() }
}

async fn orders(court: &Court, id: CaseId) -> Vec<(u32, Vec<String>)> {
    let case = court.app.load(id).await.expect("the case is there");
    case.drafts.values().map(|draft| (draft.version, draft.content.orders.clone())).collect()
}

async fn a_common_draft_is_applied_case_by_case_and_after_a_break_nothing_twice(mut court: Court) {
    let (judge, cases) = two_alike(&mut court).await;
    let person = judge.person().expect("a person");
    let alike = court.app.alike(&judge).await.expect("it is looked through");
    assert_eq!(alike.len(), 1);
    let link = id(1);
    let set = court.app.link_cases(&judge, link, "借款系列案", cases.clone()).await.expect("they are alike");
    assert_eq!(court.app.link_cases(&judge, link, "借款系列案", cases.clone()).await.expect("again"), set);
    assert!(court.app.alike(&judge).await.expect("it is looked through").is_empty(), "they are in a set now");
    let common = draft("{被告}偿还{原告}借款（{案号}）");
    court.app.save_master(person, set.id, PaperKind::Judgment, common).await.expect("it is saved");
    let act = id(2);
    let begun = court.app.apply_master(&judge, act, set.id).await.expect("it is kept");
    assert!(begun.batch.is_some_and(|batch| !batch.is_done()), "nothing is done before it is kept");
    assert_eq!(court.app.run_series().await.expect("it runs"), 2);
    assert_eq!(court.app.run_series().await.expect("it runs"), 0, "nothing is left");
    for id in &cases {
        let number = court.app.load(*id).await.expect("the case").number.clone().expect("a number").to_string();
        let found = orders(&court, *id).await;
        assert_eq!(found.len(), 1);
        assert!(found[0].1[0].contains(&number) && found[0].1[0].contains("贾借出"), "{found:?}");
    }
    court.app.apply_master(&judge, act, set.id).await.expect("the same act is the same batch");
    assert_eq!(court.app.run_series().await.expect("it runs"), 0);

    let own = court.app.load(cases[0]).await.expect("the case").drafts.values().next().expect("a draft").id;
    let save =
        DraftingCommand::Save { document: own, kind: PaperKind::Judgment, content: draft("另写"), based_on: 1 };
    court.act(cases[0], &judge, save).await.expect("the judge writes in one");
    court.app.save_master(person, set.id, PaperKind::Judgment, draft("{被告}偿还借款")).await.expect("it is saved");
    let again = id(3);
    court.app.apply_master(&judge, again, set.id).await.expect("it is applied again");
    assert_eq!(court.app.run_series().await.expect("it runs"), 1);
    let set = court.app.series(person, set.id).await.expect("it reads").expect("it is there");
    let outcomes: Vec<Outcome> = set.batch.expect("a batch").items.into_iter().map(|item| item.outcome).collect();
    assert_eq!(outcomes, [Outcome::Refused { code: "series.WrittenByHand".to_owned() }, Outcome::Done]);
    assert_eq!(orders(&court, cases[0]).await[0].1, ["另写"]);
    assert_eq!(orders(&court, cases[1]).await[0].0, 2, "a new version in the same draft");
}

async fn what_a_case_does_not_tell_is_named_and_stops_that_case_alone(mut court: Court) {
    let (judge, cases) = two_alike(&mut court).await;
    let person = judge.person().expect("a person");
    let link = id(4);
    let set = court.app.link_cases(&judge, link, "借款系列案", cases.clone()).await.expect("they are alike");
    let nothing = court.app.apply_master(&judge, id(5), set.id).await;
    assert!(matches!(nothing, Err(AppError::Invalid(_))), "nothing was written yet");
    let set = court.app.save_master(person, set.id, PaperKind::Judgment, draft("{开庭日期}"));
    let set = set.await.expect("it is saved");
    let members = court.app.members(&judge, &set).await.expect("they are read");
    assert!(members.iter().all(|member| member.missing == ["开庭日期"]), "nothing was heard yet");
    court.app.apply_master(&judge, id(6), set.id).await.expect("it is kept");
    assert_eq!(court.app.run_series().await.expect("it runs"), 0);
    assert!(orders(&court, cases[0]).await.is_empty(), "no draft with an empty place");
    court.app.unlink_case(&judge, id(7), set.id, cases[1]).await.expect("it is taken out");
    let set = court.app.series(person, set.id).await.expect("it reads").expect("it is there");
    assert_eq!(set.cases, [cases[0]]);
}

async fn only_cases_that_are_alike_are_linked_and_nobody_else_sees_the_set(mut court: Court) {
    let (judge, cases) = two_alike(&mut court).await;
    let one = court.app.link_cases(&judge, id(8), "一件", vec![cases[0]]).await;
    assert!(matches!(one, Err(AppError::Invalid(_))), "one is no set");
    let party = court.app.link_cases(&account(0), id(9), "系列", cases.clone()).await;
    assert!(party.is_err(), "a party links nothing");
    let set = court.app.link_cases(&judge, id(10), "系列", cases.clone()).await.expect("they are alike");
    let twice = court.app.link_cases(&judge, id(11), "又一系列", cases).await;
    assert!(matches!(twice, Err(AppError::Refused(Refusal::Series(SeriesRefusal::InAnother)))), "{twice:?}");
    let head = staff(Post::DivisionHead).person().expect("a person");
    assert_eq!(court.app.series(head, set.id).await.expect("it reads"), None);
}

async fn whoever_sees_the_whole_court_is_offered_no_cases_of_others_and_is_stopped_by_none(mut court: Court) {
    let (judge, _) = two_alike(&mut court).await;
    let divorce = example(3);
    submit(&mut court, &divorce, 20).await;
    let filed = court.act(case(20), &staff(Post::FilingClerk), file(divorce.procedure())).await.expect("it is filed");
    assert!(xiezhi_domain::access::is_restricted(&filed));
    for post in [Post::President, Post::DivisionHead, Post::TrialManagement, Post::FilingClerk] {
        assert!(court.app.alike(&staff(post)).await.expect("it is looked through").is_empty(), "{post:?}");
    }
    assert_eq!(court.app.alike(&judge).await.expect("it is looked through").len(), 1);
}

async fn what_a_judge_writes_while_a_draft_is_applied_is_not_written_over(mut court: Court) {
    let (judge, cases) = two_alike(&mut court).await;
    let person = judge.person().expect("a person");
    let set = court.app.link_cases(&judge, id(12), "借款系列案", cases).await.expect("they are alike");
    for round in 0..8 {
        let before = draft(&format!("第{round}稿：{{被告}}偿还"));
        court.app.save_master(person, set.id, PaperKind::Judgment, before).await.expect("it is saved");
        court.app.apply_master(&judge, id(20 + round), set.id).await.expect("it is kept");
        let next = draft(&format!("第{round}稿改：{{被告}}偿还"));
        let writes = court.app.save_master(person, set.id, PaperKind::Judgment, next.clone());
        let (done, saved) = tokio::join!(court.app.run_series(), writes);
        done.expect("it runs");
        saved.expect("it is saved");
        while court.app.run_series().await.expect("it runs") > 0 {}
        let kept = court.app.series(person, set.id).await.expect("it reads").expect("it is there");
        assert_eq!(kept.content, next, "in round {round}");
        assert!(kept.batch.expect("a batch").is_done(), "in round {round}");
    }
}

async fn the_next_judge_of_cases_that_were_linked_links_them_anew(mut court: Court) {
    let (judge, cases) = two_alike(&mut court).await;
    let set = court.app.link_cases(&judge, id(14), "借款系列案", cases.clone()).await.expect("they are alike");
    let tribunal = court.app.load(cases[0]).await.expect("the case").tribunal.clone().expect("a tribunal");
    let people = directory();
    let mut judges = people.on(Post::Judge).map(|judge| judge.id);
    let next = judges.find(|judge| *judge != tribunal.judge).expect("another judge");
    for case in &cases {
        let tribunal = Tribunal { judge: next, ..tribunal.clone() };
        let change = AssignmentCommand::Change { tribunal, reason: "法官轮岗".to_owned() };
        court.act(*case, &staff(Post::DivisionHead), change).await.expect("another judge has it");
    }
    let alike = court.app.alike(&actor(next)).await.expect("it is looked through");
    let free: Vec<CaseId> = alike.iter().flat_map(|alike| &alike.cases).map(|case| case.id).collect();
    assert!(cases.iter().all(|case| free.contains(case)), "they are in no set any more");
    let anew = court.app.link_cases(&actor(next), id(15), "借款系列案", cases).await.expect("they are linked anew");
    assert_ne!(anew.id, set.id);
    let mine = court.app.members(&judge, &set).await.expect("they are read");
    assert!(mine.is_empty(), "the last judge's set has no case left");
}

async fn a_link_that_was_cut_off_goes_on_and_leaves_no_case_in_a_set_that_nobody_has(mut court: Court) {
    let (judge, cases) = two_alike(&mut court).await;
    let person = judge.person().expect("a person");
    // After the second case the record takes nothing on: the process was killed there.
    let link = court.app.link_cases(&judge, id(13), "借款系列案", cases.clone());
    let mut link = Box::pin(link);
    let joined = async {
        loop {
            if court.app.load(cases[0]).await.expect("the case").series.is_some() {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        () = joined => {}
        done = &mut link => { done.expect("they are alike"); }
    }
    drop(link);
    let first = court.app.load(cases[0]).await.expect("the case").series.clone().expect("it is linked");
    let kept = court.app.series(person, first.id).await.expect("it reads").expect("whoever linked it has the set");
    let again = court.app.link_cases(&judge, id(13), "借款系列案", cases.clone()).await.expect("it goes on");
    assert_eq!((again.id, again.cases.clone(), kept.cases), (first.id, cases.clone(), cases.clone()));
    for case in cases {
        assert!(court.app.load(case).await.expect("the case").series.is_some());
    }
}
