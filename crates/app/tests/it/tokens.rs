//! Tokens of programs: known by a hash alone, with the rights of their maker, named in the record.

use jiff::SignedDuration;
use uuid::Uuid;
use xiezhi_app::{AppError, tokens::Token};
use xiezhi_domain::{
    ids::TokenId,
    people::{Actor, Person, Post},
};
use xiezhi_store::WorkingKey;

use crate::{
    cast::{person, staff},
    court::Court,
    example::example,
    steps::{Suit, case, file, submit},
};

fn named(number: u128) -> TokenId {
    TokenId(Uuid::from_u128(number))
}

async fn maker(court: &Court) -> Person {
    let Actor::Person { id, .. } = staff(Post::FilingClerk) else { panic!("a clerk is a person") };
    court.app.person(id).await.expect("it answers").expect("the clerk is known")
}

async fn made(court: &Court, number: u128, days: i64) -> String {
    court.app.make_token(&maker(court).await, named(number), "a program", days).await.expect("it is made")
}

async fn token(court: &Court, secret: &str) -> Option<Token> {
    court.app.token(secret).await.expect("it answers")
}

async fn court() -> Court {
    let court = Court::on_sqlite("2026-02-27").await;
    court.admit(&example(1)).await;
    court
}

#[tokio::test]
async fn the_secret_itself_is_nowhere_in_the_store() {
    let court = court().await;
    let secret = made(&court, 1, 30).await;
    let now = court.app.now_us();
    assert_eq!(court.store.working(&WorkingKey::new("token", secret), now).await.expect("it answers"), None);
    for item in court.store.working_of("token", None, now).await.expect("it answers") {
        assert!(!String::from_utf8_lossy(&item.value).contains(&item.key.id), "the value tells no hash either");
    }
}

#[tokio::test]
async fn a_token_is_its_maker_until_it_ends() {
    let court = court().await;
    let secret = made(&court, 1, 7).await;
    let known = token(&court, &secret).await.expect("it lives");
    assert_eq!((known.person, known.post), (maker(&court).await.id, Post::FilingClerk));
    assert!(token(&court, "another").await.is_none());
    court.clock.set(court.now() + SignedDuration::from_hours(7 * 24 - 1));
    assert!(token(&court, &secret).await.is_some(), "use does not shorten it");
    court.clock.set(court.now() + SignedDuration::from_hours(1));
    assert!(token(&court, &secret).await.is_none(), "and does not prolong it");
}

#[tokio::test]
async fn whoever_made_a_token_ends_it_and_nobody_else() {
    let court = court().await;
    let (secret, other) = (made(&court, 1, 7).await, made(&court, 2, 7).await);
    let stranger = court.app.end_token(person(1), named(1)).await;
    assert!(matches!(stranger, Err(AppError::NotFound)), "{stranger:?}");
    court.app.end_token(maker(&court).await.id, named(1)).await.expect("it ends");
    assert!(token(&court, &secret).await.is_none() && token(&court, &other).await.is_some());
    court.app.end_sessions_of(maker(&court).await.id).await.expect("they end");
    assert!(token(&court, &other).await.is_none(), "ending sessions ends tokens");
}

#[tokio::test]
async fn the_same_form_makes_one_token_and_faults_are_told_at_their_field() {
    let court = court().await;
    made(&court, 1, 7).await;
    let maker = maker(&court).await;
    let again = court.app.make_token(&maker, named(1), "a program", 7).await;
    assert!(matches!(again, Err(AppError::CommandReused)), "{again:?}");
    for (name, days, field) in [(" ", 7, "name"), ("a", 0, "days"), ("a", 366, "days")] {
        match court.app.make_token(&maker, named(3), name, days).await {
            Err(AppError::Invalid(faults)) => assert_eq!(faults[0].0, field),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn what_a_program_does_is_its_makers_act_and_says_so() {
    let mut court = court().await;
    let secret = made(&court, 1, 7).await;
    let told = example(1);
    submit(&mut court, &told, 0).await;
    let mut suit = Suit { court, id: case(0), told };
    let actor = token(&suit.court, &secret).await.expect("it lives").actor();
    let procedure = suit.told.procedure();
    suit.does(&actor, file(procedure)).await;
    let acts = suit.court.app.acts(case(0), 0).await.expect("the case has acts");
    let (by_hand, by_program): (Vec<_>, Vec<_>) = acts.iter().partition(|act| !act.is_by_token());
    assert!(!by_hand.is_empty() && !by_program.is_empty());
    assert!(by_program.iter().all(|act| act.person() == actor.person()), "its maker stands for it");
}
