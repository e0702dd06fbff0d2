//! Sessions: known by a hash alone, ended by hand or by half a day of silence.

use jiff::SignedDuration;
use xiezhi_domain::people::Post;
use xiezhi_store::WorkingKey;

use crate::{cast::person, court::Court};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn court() -> Court {
    Court::on_sqlite("2026-02-27").await
}

async fn begun(court: &Court) -> String {
    court.app.begin_session(person(1), Post::Judge, "a browser").await.expect("it begins")
}

async fn is_signed_in(court: &Court, token: &str) -> bool {
    court.app.session(token).await.expect("it answers").is_some()
}

#[tokio::test]
async fn a_session_is_who_began_it() {
    let court = court().await;
    let token = begun(&court).await;
    let session = court.app.session(&token).await.expect("it answers").expect("it lives");
    assert_eq!((session.person, session.post, session.user_agent.as_str()), (person(1), Post::Judge, "a browser"));
    assert!(!is_signed_in(&court, "another").await);
}

#[tokio::test]
async fn the_token_itself_is_nowhere_in_the_store() {
    let court = court().await;
    let token = begun(&court).await;
    let now = court.app.now_us();
    assert_eq!(court.store.working(&WorkingKey::new("session", token), now).await.expect("it answers"), None);
}

#[tokio::test]
async fn use_keeps_a_session_and_silence_ends_it() {
    let court = court().await;
    let token = begun(&court).await;
    court.clock.set(court.now() + HOUR * 8);
    assert!(is_signed_in(&court, &token).await);
    court.clock.set(court.now() + HOUR * 11);
    assert!(is_signed_in(&court, &token).await, "19 hours after it began, 11 after its last use");
    let other = begun(&court).await;
    court.clock.set(court.now() + HOUR * 13);
    assert!(!is_signed_in(&court, &other).await);
}

#[tokio::test]
async fn a_day_ends_a_session_however_much_it_is_used() {
    let court = court().await;
    let token = begun(&court).await;
    for _ in 0..23 {
        court.clock.set(court.now() + HOUR);
        assert!(is_signed_in(&court, &token).await);
    }
    court.clock.set(court.now() + HOUR);
    assert!(!is_signed_in(&court, &token).await);
}

#[tokio::test]
async fn ending_ends_one_or_all_of_a_person() {
    let court = court().await;
    let tokens = [begun(&court).await, begun(&court).await, begun(&court).await];
    let other = court.app.begin_session(person(2), Post::Judge, "").await.expect("it begins");
    court.app.end_session(&tokens[0]).await.expect("it ends");
    assert!(!is_signed_in(&court, &tokens[0]).await && is_signed_in(&court, &tokens[1]).await);
    assert_eq!(court.app.sessions_of(person(1)).await.expect("it answers").len(), 2);
    court.app.end_sessions_of(person(1)).await.expect("they end");
    assert!(!is_signed_in(&court, &tokens[1]).await && !is_signed_in(&court, &tokens[2]).await);
    assert!(is_signed_in(&court, &other).await);
}

#[tokio::test]
async fn tries_that_are_made_at_once_are_counted_one_after_another() {
    let court = court().await;
    let tries = (0..24).map(|_| court.app.count_try("tries", person(1), 10, 1));
    let made = futures::future::join_all(tries).await;
    let let_through = made.into_iter().filter(|it| *it.as_ref().expect("they are counted")).count();
    assert_eq!(let_through, 10);
    court.app.uncount_try("tries", person(1), 1).await.expect("one came to something");
    assert!(court.app.count_try("tries", person(1), 10, 1).await.expect("it is counted"));
    assert!(!court.app.count_try("tries", person(1), 10, 1).await.expect("it is counted"));
    assert!(court.app.count_try("tries", person(2), 10, 1).await.expect("another counts for themselves"));
    court.clock.set(court.now() + HOUR * 25);
    assert!(court.app.count_try("tries", person(1), 10, 1).await.expect("another day"));
}
