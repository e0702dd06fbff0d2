//! Unusual access: what is listed of a day, and what overseers say of it.

use xiezhi_app::{
    AppError,
    access::{AccessEvent, Look},
    unusual::Finding,
};
use xiezhi_domain::{
    Refusal,
    ids::{CaseId, CommandId},
    people::{Actor, Post},
    unusual::{Kind, UnusualRefusal},
};

use crate::{
    cast::staff,
    court::{Court, day},
    example::{account, example},
    steps::{Suit, case, submit},
};

fn looked(actor: &Actor, look: Look, case: Option<CaseId>, page: u32) -> AccessEvent {
    let Actor::Person { id, post, .. } = actor else { panic!("a person looks") };
    let (material, words) = (None, None);
    AccessEvent::Looked {
        reader: *id,
        post: *post,
        look,
        case,
        material,
        pages: vec![page],
        words,
        rule: "V4".to_owned(),
    }
}

/// Four cases before the court, the first of them filed.
async fn busy(court: Court) -> Suit {
    let mut suit = Suit::filed(court).await;
    let told = example(1);
    for number in 1..4 {
        submit(&mut suit.court, &told, number).await;
    }
    suit
}

async fn found(court: &Court) -> Vec<Finding> {
    court.app.unusual(court.today, 14).await.expect("it is counted")
}

fn kinds(findings: &[Finding], of: &Actor) -> Vec<(Kind, u32)> {
    let own = findings.iter().filter(|finding| Some(finding.person) == of.person());
    own.map(|finding| (finding.kind, finding.count)).collect()
}

async fn cases_of_no_concern_are_listed_and_ones_own_are_not(court: Court) {
    let suit = busy(court).await;
    let (president, judge) = (staff(Post::President), suit.judge().await);
    for number in 0..4 {
        let look = |actor: &Actor| looked(actor, Look::Case, Some(case(number)), 0);
        suit.court.app.record_look(look(&president)).await.expect("it is kept");
    }
    suit.court.app.record_look(looked(&judge, Look::Case, Some(case(0)), 0)).await.expect("it is kept");
    let findings = found(&suit.court).await;
    assert_eq!(kinds(&findings, &president), [(Kind::StrangeCases, 4)]);
    assert_eq!(findings[0].cases.len(), 4);
    assert!(kinds(&findings, &judge).is_empty());
}

async fn much_taken_away_in_a_day_is_listed_and_the_same_over_two_days_is_not(court: Court) {
    let mut suit = busy(court).await;
    let (one, other) = (suit.clerk().await, staff(Post::CourtClerk));
    let take = |actor: &Actor| looked(actor, Look::Download, Some(case(0)), 0);
    for _ in 0..20 {
        suit.court.app.record_look(take(&one)).await.expect("it is kept");
    }
    suit.court.jump(day("2026-03-02"));
    for _ in 0..20 {
        suit.court.app.record_look(take(&one)).await.expect("it is kept");
    }
    assert!(kinds(&found(&suit.court).await, &one).is_empty());
    for _ in 0..20 {
        suit.court.app.record_look(take(&one)).await.expect("it is kept");
    }
    let findings = found(&suit.court).await;
    assert_eq!(kinds(&findings, &one), [(Kind::Downloads, 40)]);
    assert_eq!(findings[0].day, day("2026-03-02"));
    if other != one {
        assert!(kinds(&findings, &other).is_empty());
    }
}

async fn what_parties_look_at_is_nobodys_finding(court: Court) {
    let suit = busy(court).await;
    for _ in 0..50 {
        let look = looked(&account(0), Look::Download, Some(case(0)), 0);
        suit.court.app.record_look(look).await.expect("it is kept");
    }
    assert!(found(&suit.court).await.is_empty());
}

async fn an_examination_is_on_the_record_once_and_nobody_examines_themselves(court: Court) {
    let suit = busy(court).await;
    let (president, office) = (staff(Post::President), staff(Post::TrialManagement));
    for _ in 0..3 {
        suit.court.app.record_look(looked(&president, Look::Export, None, 0)).await.expect("it is kept");
    }
    let key = found(&suit.court).await[0].key();
    let app = &suit.court.app;
    let command = |number: u128| CommandId(uuid::Uuid::from_u128(0xe0 + number));

    let own = app.examine(&president, command(1), key, "正常").await;
    assert!(matches!(own, Err(AppError::Refused(Refusal::Unusual(UnusualRefusal::OwnAccess)))), "{own:?}");
    for stranger in [staff(Post::AuditAdmin), staff(Post::Judge), account(0)] {
        let told = app.examine(&stranger, command(2), key, "正常").await;
        assert!(matches!(told, Err(AppError::NotFound)), "{stranger:?}: {told:?}");
    }
    for _ in 0..2 {
        app.examine(&office, command(3), key, "年度报表，正常").await.expect("it is on the record");
    }
    let examined = found(&suit.court).await.swap_remove(0).examined;
    assert_eq!(examined.iter().map(|one| one.note.as_str()).collect::<Vec<_>>(), ["年度报表，正常"]);
    let stream = xiezhi_app::unusual::stream();
    let recorded = suit.court.store.read_stream(xiezhi_store::LogId::RECORD, &stream, 0).await.expect("it is read");
    assert_eq!(recorded.iter().map(|event| event.name.as_str()).collect::<Vec<_>>(), ["oversight.examined.v1"]);
}

over_each_store!(
    cases_of_no_concern_are_listed_and_ones_own_are_not,
    much_taken_away_in_a_day_is_listed_and_the_same_over_two_days_is_not,
    what_parties_look_at_is_nobodys_finding,
    an_examination_is_on_the_record_once_and_nobody_examines_themselves,
);
