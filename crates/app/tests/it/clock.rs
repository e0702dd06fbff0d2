//! The clock: what the law attaches to a date happens once, and an outage changes nothing.

use xiezhi_app::codec;
use xiezhi_domain::{fees::FeeStatus, stage::Stage};
use xiezhi_store::LogId;

use crate::{
    court::{Court, day},
    steps::Suit,
    story,
};

/// Name and body of each event of the case after `rev`. A paper tells the day it was written on, so of papers only
/// that they were written is compared; and of no event the moment it was recorded.
async fn told(suit: &Suit, rev: u64) -> Vec<(String, String)> {
    let events = suit.court.store.read_stream(LogId::RECORD, &codec::case_stream(suit.id), rev).await;
    let of_papers = |name: &str| name == "material.written.v1";
    events
        .expect("the case is read")
        .into_iter()
        .map(|event| {
            let body = if of_papers(&event.name) { vec![] } else { event.body.expect("nothing was destroyed") };
            let body = String::from_utf8(body).expect("an event is text");
            (event.name, body.split(",\"recorded\":").next().unwrap_or_default().to_owned())
        })
        .collect()
}

/// The first difference is shown, not both histories.
async fn assert_same(daily: &Suit, late: &Suit, rev: u64) {
    let (daily, late) = (told(daily, rev).await, told(late, rev).await);
    assert!(!daily.is_empty(), "the clock acted");
    for (daily, late) in daily.iter().zip(&late) {
        assert_eq!(daily, late);
    }
    assert_eq!(daily.len(), late.len());
}

async fn court() -> Court {
    Court::in_memory("2026-02-27").await
}

/// The clock stands still until `until`, then catches up.
async fn outage(suit: &mut Suit, until: &str) {
    suit.court.jump(day(until));
    suit.court.morning().await;
}

#[tokio::test]
async fn catching_up_on_an_unpaid_fee_tells_what_running_daily_tells() {
    let (mut daily, mut late) = (Suit::filed(court().await).await, Suit::filed(court().await).await);
    let before = daily.state().await.rev;
    daily.court.on("2026-03-17").await;
    outage(&mut late, "2026-03-17").await;
    assert_eq!(daily.state().await.fees.status, FeeStatus::Overdue);
    assert_same(&daily, &late, before).await;
}

#[tokio::test]
async fn catching_up_on_the_periods_of_the_defendants_tells_what_running_daily_tells() {
    let mut daily = story::told_to_pretrial(court().await).await;
    let mut late = story::told_to_pretrial(court().await).await;
    let before = daily.state().await.rev;
    daily.court.on("2026-04-01").await;
    outage(&mut late, "2026-04-01").await;
    assert_same(&daily, &late, before).await;
}

#[tokio::test]
async fn a_judgment_takes_effect_on_its_day_however_late_the_clock_runs() {
    let mut daily = story::told_to_service(court().await).await;
    let mut late = story::told_to_service(court().await).await;
    let before = daily.state().await.rev;
    daily.court.on("2026-05-20").await;
    outage(&mut late, "2026-05-20").await;
    let case = late.state().await;
    assert_eq!((case.stage, case.effective_on), (Stage::Effective, Some(day("2026-05-01"))));
    assert_same(&daily, &late, before).await;
}

#[tokio::test]
async fn running_the_clock_again_does_nothing() {
    let mut suit = story::told_to_service(court().await).await;
    suit.court.on("2026-05-20").await;
    let rev = suit.state().await.rev;
    assert_eq!(suit.court.app.run_clock(suit.court.today).await.expect("the clock runs"), 0);
    assert_eq!(suit.state().await.rev, rev);
}

#[tokio::test]
async fn two_nodes_at_once_act_once() {
    let suit = Suit::filed(court().await).await;
    let other =
        Court::opened(suit.court.store.clone(), suit.court.shelf.clone(), suit.court.lock.clone(), None, "2026-03-17");
    suit.court.clock.set(xiezhi_domain::moment::instant(day("2026-03-17"), 8, 0));
    let (one, two) = tokio::join!(suit.court.app.run_clock(other.today), other.app.run_clock(other.today));
    one.and(two).expect("both run");
    let overdue = told(&suit, 0).await.into_iter().filter(|(name, _)| name == "fees.overdue.v1").count();
    assert_eq!(overdue, 1);
}

#[tokio::test]
async fn a_week_without_the_clock_changes_nothing_whenever_it_begins() {
    let mut daily = story::told_to_pretrial(court().await).await;
    let before = daily.state().await.rev;
    daily.court.on("2026-04-10").await;
    for begins in 6..28 {
        let mut late = story::told_to_pretrial(court().await).await;
        late.court.on(&format!("2026-03-{begins:02}")).await;
        let back = late.court.today.saturating_add(jiff::Span::new().days(7));
        outage(&mut late, &back.to_string()).await;
        late.court.on("2026-04-10").await;
        assert_same(&daily, &late, before).await;
    }
}

#[tokio::test]
async fn a_court_without_a_demonstration_calendar_moves_none() {
    let court = court().await;
    assert_eq!(court.app.days_ahead(), None);
    let refused = court.app.move_on_to(day("2026-03-20")).await.expect_err("there is none to move");
    assert!(matches!(refused, xiezhi_app::AppError::NotFound), "{refused}");
}
