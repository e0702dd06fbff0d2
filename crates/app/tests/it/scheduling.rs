//! Two who act at the same moment: one courtroom goes to one hearing, and one record keeps the words of both.

use jiff::civil::{Date, Time};
use xiezhi_app::AppError;
use xiezhi_domain::{
    Refusal,
    command::CaseCommand,
    hearing::{HearingCommand, HearingRefusal, Mode},
    ids::CommandId,
    people::{Actor, Post},
    scheduling::{SchedulingCommand, Slot},
};

use crate::{
    cast::staff,
    court::{Court, day},
    example::example,
    steps::{Suit, actor, case, file, submit},
    story,
};

fn booking(on: Date) -> CaseCommand {
    SchedulingCommand::Schedule {
        on,
        from: Time::constant(9, 0, 0, 0),
        to: Time::constant(10, 0, 0, 0),
        mode: Mode::InPerson,
        room: Some("第三法庭".to_owned()),
        open: true,
        closed_because: None,
    }
    .into()
}

/// Two cases of this court, with their clerks.
async fn two_cases(court: Court) -> (Suit, Actor, Actor) {
    let mut suit = Suit::filed(court).await;
    let told = example(1);
    submit(&mut suit.court, &told, 1).await;
    let filed = suit.court.act(case(1), &staff(Post::FilingClerk), file(told.procedure())).await.expect("it is filed");
    let clerk = filed.tribunal.as_ref().and_then(|court| court.clerk).expect("a clerk");
    let own = suit.clerk().await;
    (suit, own, actor(clerk))
}

async fn of_two_clerks_who_book_one_courtroom_at_once_one_gets_it(court: Court) {
    let (mut suit, one, other) = two_cases(court).await;
    let ids = [CommandId(suit.court.fresh()), CommandId(suit.court.fresh())];
    let app = &suit.court.app;
    let on = day("2026-03-27");
    let first = app.decide(suit.id, &one, ids[0], booking(on));
    let second = app.decide(case(1), &other, ids[1], booking(on));

    let (first, second) = tokio::join!(first, second);

    let booked = [&first, &second].into_iter().filter(|decided| decided.is_ok()).count();
    assert_eq!(booked, 1, "{first:?} {second:?}");
    let refused = first.err().or(second.err());
    assert!(matches!(refused, Some(AppError::Refused(Refusal::Scheduling(_)))), "{refused:?}");
    let state = suit.state().await;
    let slots = app.free_slots(&state).await.expect("times are offered");
    assert!(slots.iter().all(|slot: &Slot| slot.on > suit.court.today), "{slots:?}");
}

async fn of_two_who_write_at_once_on_one_record_the_later_is_told(court: Court) {
    let mut suit = story::told_to_pretrial(court).await;
    suit.court.on("2026-03-13").await;
    let hearing = suit.schedule(day("2026-03-27")).await;
    suit.court.on("2026-03-27").await;
    let state = suit.sit(hearing).await;
    let based_on = Some(state.hearings[&hearing].transcript_sha256());
    let write = |text: &str| HearingCommand::SaveTranscript {
        hearing,
        text: format!("{}\n{text}", state.hearings[&hearing].transcript),
        based_on: based_on.clone(),
    };
    let ids = [CommandId(suit.court.fresh()), CommandId(suit.court.fresh())];
    let (judge, clerk) = (suit.judge().await, suit.clerk().await);
    let app = &suit.court.app;
    let one = app.decide(suit.id, &judge, ids[0], write("原告：同意。").into());
    let other = app.decide(suit.id, &clerk, ids[1], write("被告：不同意。").into());

    let (one, other) = tokio::join!(one, other);

    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let refused = one.err().or(other.err());
    let told = Refusal::Hearing(HearingRefusal::TranscriptChanged);
    assert!(matches!(&refused, Some(AppError::Refused(refusal)) if *refusal == told), "{refused:?}");
}

over_each_store!(
    of_two_clerks_who_book_one_courtroom_at_once_one_gets_it,
    of_two_who_write_at_once_on_one_record_the_later_is_told,
);
