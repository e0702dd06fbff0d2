//! A case as it stood: folded from its events, at whatever moment it is asked for.

use jiff::{SignedDuration, Timestamp};
use xiezhi_app::AppError;
use xiezhi_domain::moment::instant;

use crate::{
    court::{Court, day},
    story,
};

async fn a_case_as_it_stood_is_what_it_was(court: Court) {
    let suit = story::told_to_pretrial(court).await;
    let (at, then) = (suit.court.now(), suit.state().await);
    let mut suit = suit;
    suit.court.jump(day("2026-03-20"));
    let words = suit.told.text("answer.易欠款").to_owned();
    suit.answer(1, &words).await;
    assert!(suit.state().await.rev > then.rev, "the case went on");

    let past = suit.court.app.past(suit.id, at).await.expect("it is folded");
    assert_eq!(past.case.as_ref(), Some(&*then));
    assert_eq!(past.acts.len() as u64, then.rev);
    assert_eq!(past.since.len() as u64, suit.state().await.rev - then.rev);

    let now = suit.court.app.past(suit.id, suit.court.now()).await.expect("it is folded");
    assert_eq!(now.case.as_ref(), Some(&*suit.state().await));
    assert!(now.since.is_empty());
}

async fn every_act_has_its_moment(court: Court) {
    let suit = story::told_to_pretrial(court).await;
    let acts = suit.court.app.acts(suit.id, 0).await.expect("acts are read");
    for act in &acts {
        let past = suit.court.app.past(suit.id, act.at).await.expect("it is folded");
        let last = past.acts.last().expect("the act itself is among them");
        assert!(last.rev >= act.rev && last.at == act.at, "{act:?}");
        assert_eq!(past.case.expect("there was a case").rev, last.rev);
    }
}

async fn before_it_was_submitted_there_was_no_case(court: Court) {
    let suit = story::told_to_pretrial(court).await;
    let early = instant(day("2026-02-26"), 8, 0);
    let past = suit.court.app.past(suit.id, early).await.expect("it is folded");
    assert!(past.case.is_none() && past.acts.is_empty());
    let all = suit.court.app.past(suit.id, Timestamp::MAX).await.expect("it is folded");
    assert_eq!(past.since.len(), all.acts.len());
}

/// What nobody submitted has no past: the same empty answer as before it was there.
async fn a_case_that_does_not_exist_has_none(court: Court) {
    let stranger = crate::steps::case(77);
    let past = court.app.past(stranger, court.now() + SignedDuration::from_hours(1)).await.expect("it is folded");
    assert!(past.case.is_none() && past.acts.is_empty() && past.since.is_empty());
    assert!(matches!(court.app.load(stranger).await, Err(AppError::NotFound)));
}

over_each_store!(
    a_case_as_it_stood_is_what_it_was,
    every_act_has_its_moment,
    before_it_was_submitted_there_was_no_case,
    a_case_that_does_not_exist_has_none,
);
