//! A restricted case (受限案件): whoever oversees it without trying it says why first, and the log of looks keeps it.

use xiezhi_app::{
    AppError,
    access::{AccessEvent, Look},
};
use xiezhi_domain::{
    access::{self, Denial},
    ids::CaseId,
    people::{Actor, Post},
};

use crate::{
    cast::staff,
    court::Court,
    example::{account, example},
    steps::{case, file, submit},
};

/// A divorce, filed.
async fn divorce(court: &mut Court) -> CaseId {
    let told = example(3);
    court.admit(&told).await;
    submit(court, &told, 0).await;
    court.act(case(0), &staff(Post::FilingClerk), file(told.procedure())).await.expect("it is filed");
    assert!(access::is_restricted(&court.app.load(case(0)).await.expect("it is there")));
    case(0)
}

async fn refused(court: &Court, id: CaseId, actor: &Actor) -> Option<Denial> {
    match court.app.view(id, actor).await {
        Err(AppError::Denied(denial)) => Some(denial),
        _ => None,
    }
}

async fn a_leader_sees_a_restricted_case_once_the_reason_is_on_its_log_and_for_a_day(mut court: Court) {
    let id = divorce(&mut court).await;
    let (one, other) = (staff(Post::President), staff(Post::TrialManagement));
    assert_eq!(refused(&court, id, &one).await, Some(Denial::ReasonNeeded { case: id }));
    assert!(court.app.looks(id).await.expect("looks are read").is_empty());

    court.app.open_case(&one, id, "当事人来信反映").await.expect("it is opened");

    court.app.view(id, &one).await.expect("it is shown");
    assert_eq!(refused(&court, id, &other).await, Some(Denial::ReasonNeeded { case: id }), "a reason is one's own");
    let looks = court.app.looks(id).await.expect("looks are read");
    let (_, AccessEvent::Looked { look, words, rule, .. }) = looks.last().expect("it is on the log of looks");
    assert_eq!((*look, words.as_deref(), rule.as_str()), (Look::Case, Some("当事人来信反映"), "V1"));
    court.clock.set(court.now() + jiff::SignedDuration::from_hours(25));
    assert_eq!(refused(&court, id, &one).await, Some(Denial::ReasonNeeded { case: id }), "it holds for a day");
}

async fn whoever_works_on_it_is_asked_nothing_and_whoever_may_not_know_of_it_finds_nothing(mut court: Court) {
    let id = divorce(&mut court).await;
    for actor in [account(0), staff(Post::FilingClerk)] {
        court.app.view(id, &actor).await.expect("it is shown");
    }
    for actor in [staff(Post::AuditAdmin), account(7)] {
        assert!(matches!(court.app.view(id, &actor).await, Err(AppError::NotFound)));
        assert!(matches!(court.app.open_case(&actor, id, "看看").await, Err(AppError::NotFound)));
    }
    assert!(court.app.looks(id).await.expect("looks are read").is_empty());
}

over_each_store![
    a_leader_sees_a_restricted_case_once_the_reason_is_on_its_log_and_for_a_day,
    whoever_works_on_it_is_asked_nothing_and_whoever_may_not_know_of_it_finds_nothing,
];
