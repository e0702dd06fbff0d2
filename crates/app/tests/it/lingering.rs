//! How long pages were on the screen is kept sealed, told to its reader, and opened to the heads of the court alone.

use jiff::SignedDuration;
use xiezhi_app::{
    AppError,
    access::{AccessEvent, Look},
    lingering::Lingered,
    traces::{TraceQuery, Traces},
};
use xiezhi_domain::{
    ids::MaterialId,
    material::MaterialCommand,
    paper::PaperKind,
    people::{Actor, Post},
};
use xiezhi_store::LogId;

use crate::{
    cast::staff,
    court::Court,
    steps::{Suit, exhibit},
};

async fn paper(suit: &mut Suit) -> MaterialId {
    suit.court.glass.lay(&["借条", "收条"]);
    let file = suit
        .court
        .app
        .keep(b"two pages".to_vec(), "application/pdf", "借条.pdf".to_owned(), 2)
        .await
        .expect("it is kept");
    let (clerk, material, title) = (suit.clerk().await, exhibit(0, 90), "借条".to_owned());
    let kind = PaperKind::Other;
    suit.does(&clerk, MaterialCommand::Submit { material, kind, title, file, from: None, original: None }).await;
    suit.does(&clerk, MaterialCommand::Enter { materials: vec![material], rendered: vec![] }).await;
    material
}

async fn reads(suit: &Suit, who: &Actor, material: MaterialId, pages: &[(u32, u32)]) {
    let Actor::Person { id, post, .. } = who else { panic!("a person reads") };
    suit.court.app.linger((*id, *post), (suit.id, material), pages).await.expect("it is noted");
}

fn seconds(times: Option<Vec<Lingered>>) -> Vec<Vec<(u32, u32)>> {
    times.expect("they are open").into_iter().map(|it| it.seconds.into_iter().collect()).collect()
}

async fn a_minute_of_reading_is_one_sealed_leaf_that_its_reader_sees(court: Court) {
    let mut suit = Suit::filed(court).await;
    let material = paper(&mut suit).await;
    let clerk = suit.clerk().await;
    let person = clerk.person().expect("a person");
    suit.court.app.mark_read(person, suit.id, material, 1).await.expect("it is marked");
    reads(&suit, &clerk, material, &[(1, 12), (2, 30)]).await;
    reads(&suit, &clerk, material, &[(1, 8)]).await;
    assert_eq!(suit.court.app.flush_times(false).await.expect("nothing is over"), 0, "the minute is not over");
    suit.court.clock.set(suit.court.now() + SignedDuration::from_secs(61));
    assert_eq!(suit.court.app.flush_times(false).await.expect("it is written"), 1);
    reads(&suit, &clerk, material, &[(1, 100_000)]).await;
    assert_eq!(suit.court.app.flush_times(true).await.expect("a court that stops keeps what it has"), 1);
    let own = suit.court.app.times(suit.id, &clerk, person).await.expect("their own");
    assert_eq!(seconds(own), [vec![(1, 20)], vec![(1, 120)]], "a page that was not read was not on the screen");
    // What is kept names reader and paper, and neither page nor time; the log of looks does not tell of it.
    let stream = xiezhi_store::Stream::new("screen", suit.id);
    let kept = suit.court.store.read_stream(LogId::ACCESS, &stream, 0).await.expect("it is read");
    let bodies: Vec<String> =
        kept.iter().map(|event| String::from_utf8_lossy(event.body.as_deref().expect("a body")).into_owned()).collect();
    let reader = person.to_string();
    assert!(bodies.iter().all(|body| body.contains(&reader) && body.contains(&material.to_string())), "{bodies:?}");
    assert!(bodies.iter().all(|body| !body.contains("\"1\":") && !body.contains("seconds")), "{bodies:?}");
    let query = TraceQuery { of: Traces::Looks, most: 1_000, ..TraceQuery::default() };
    let found = suit.court.app.search_traces(&query).await.expect("it is searched");
    assert!(found.traces.iter().all(|trace| !trace.name.starts_with("access.timed")), "{found:?}");
}

async fn times_of_another_open_to_the_heads_of_the_court_for_a_reason_that_the_reader_sees(court: Court) {
    let mut suit = Suit::filed(court).await;
    let material = paper(&mut suit).await;
    let clerk = suit.clerk().await;
    let person = clerk.person().expect("a person");
    suit.court.app.mark_read(person, suit.id, material, 1).await.expect("it is marked");
    reads(&suit, &clerk, material, &[(1, 12)]).await;
    suit.court.app.flush_times(true).await.expect("it is written");
    for other in [staff(Post::TrialManagement), staff(Post::DivisionHead), staff(Post::AuditAdmin)] {
        let told = suit.court.app.times(suit.id, &other, person).await;
        assert!(matches!(told, Err(AppError::NotFound)), "{other:?}: {told:?}");
        let opened = suit.court.app.open_times(suit.id, &other, person, "想看").await;
        assert!(matches!(opened, Err(AppError::NotFound)), "{other:?}: {opened:?}");
    }
    let president = staff(Post::President);
    assert_eq!(suit.court.app.times(suit.id, &president, person).await.expect("it answers"), None, "it is sealed");
    let without = suit.court.app.open_times(suit.id, &president, person, "  ").await;
    assert!(matches!(without, Err(AppError::Invalid(_))), "{without:?}");
    suit.court.app.open_times(suit.id, &president, person, "核查投诉").await.expect("it opens");
    assert_eq!(seconds(suit.court.app.times(suit.id, &president, person).await.expect("it is open")), [vec![(1, 12)]]);
    let openings = suit.court.app.openings_of(suit.id, person).await.expect("they are told");
    assert_eq!((openings.len(), openings[0].reason.as_str()), (1, "核查投诉"));
    assert_eq!(Some(openings[0].by), president.person());
    let looks = suit.court.app.looks(suit.id).await.expect("they are read");
    let said = |(_, AccessEvent::Looked { look, words, rule, .. }): &(_, AccessEvent)| {
        *look == Look::Trace && rule == "O3" && words.as_deref().is_some_and(|words| words.contains("核查投诉"))
    };
    assert!(looks.iter().any(said), "{looks:?}");
    suit.court.clock.set(suit.court.now() + SignedDuration::from_hours(25));
    assert_eq!(
        suit.court.app.times(suit.id, &president, person).await.expect("it answers"),
        None,
        "a reason holds a day"
    );
}

over_each_store!(
    a_minute_of_reading_is_one_sealed_leaf_that_its_reader_sees,
    times_of_another_open_to_the_heads_of_the_court_for_a_reason_that_the_reader_sees,
);
