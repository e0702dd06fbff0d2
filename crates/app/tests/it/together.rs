//! Presenting a file to a circle: one presenter for each, gone when they are, and nothing of it on the record.

use xiezhi_app::{
    AppError,
    live::Hint,
    together::{Gesture, Point, Presenting},
};
use xiezhi_domain::{Refusal, annotation::Circle, together::TogetherRefusal};
use xiezhi_store::LogId;

use crate::{
    cast::person,
    court::Court,
    steps::{case, exhibit},
};

fn by(no: u128, circle: Circle, page: u32) -> Presenting {
    Presenting { person: person(no), circle, material: exhibit(0, 0), page, zoom: "150".to_owned() }
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, AppError>) -> TogetherRefusal {
    match outcome {
        Err(AppError::Refused(Refusal::Together(refusal))) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn one_presents_to_a_circle_until_they_end_it(court: Court) {
    let app = &court.app;
    app.begin_presenting(case(0), by(1, Circle::Team, 1)).await.expect("begun");
    assert_eq!(refusal(app.begin_presenting(case(0), by(2, Circle::Team, 1)).await), TogetherRefusal::SomeonePresents);
    app.begin_presenting(case(0), by(2, Circle::Panel, 1)).await.expect("another circle, another presenter");
    app.go_on_presenting(case(0), by(1, Circle::Team, 7)).await.expect("on to page 7");
    assert_eq!(app.presenting(case(0), Circle::Team).await.expect("asked"), Some(by(1, Circle::Team, 7)));
    assert_eq!(app.presenting(case(1), Circle::Team).await.expect("asked"), None);
    app.end_presenting(case(0), Circle::Team, person(2)).await.expect("another ends nothing");
    assert!(app.presenting(case(0), Circle::Team).await.expect("asked").is_some());
    app.end_presenting(case(0), Circle::Team, person(1)).await.expect("ended");
    app.end_presenting(case(0), Circle::Team, person(1)).await.expect("ended once more");
    assert_eq!(app.presenting(case(0), Circle::Team).await.expect("asked"), None);
    assert_eq!(refusal(app.go_on_presenting(case(0), by(1, Circle::Team, 8)).await), TogetherRefusal::NotPresenting);
}

async fn a_presenter_who_left_presents_no_more(court: Court) {
    let app = &court.app;
    app.begin_presenting(case(0), by(1, Circle::Team, 1)).await.expect("begun");
    court.clock.set(court.now() + jiff::SignedDuration::from_secs(50));
    app.go_on_presenting(case(0), by(1, Circle::Team, 1)).await.expect("a sign of life");
    court.clock.set(court.now() + jiff::SignedDuration::from_secs(50));
    assert!(app.presenting(case(0), Circle::Team).await.expect("asked").is_some());
    court.clock.set(court.now() + jiff::SignedDuration::from_secs(50));
    assert_eq!(app.presenting(case(0), Circle::Team).await.expect("asked"), None);
    app.begin_presenting(case(0), by(2, Circle::Team, 1)).await.expect("another begins");
}

async fn where_a_presenter_points_is_shown_and_kept_nowhere(court: Court) {
    let app = &court.app;
    let before = app.ports().store.size(LogId::RECORD).await.expect("read");
    let mut watching = app.hub().watch();
    let mut listening = app.hub().listen();
    let at = Some(Point { page: 3, x: 5_000, y: 10_000 });
    assert_eq!(refusal(app.point(case(0), Circle::Panel, person(1), at).await), TogetherRefusal::NotPresenting);
    app.begin_presenting(case(0), by(1, Circle::Panel, 3)).await.expect("begun");
    assert_eq!(
        listening.recv().await.expect("heard"),
        Hint::Together { case: case(0), circle: Circle::Panel },
        "whoever is in the circle hears that somebody presents"
    );
    assert_eq!(refusal(app.point(case(0), Circle::Panel, person(2), at).await), TogetherRefusal::NotPresenting);
    app.point(case(0), Circle::Panel, person(1), at).await.expect("shown");
    let gesture = |at| Gesture { case: case(0), circle: Circle::Panel, material: exhibit(0, 0), at };
    assert_eq!(watching.recv().await.expect("seen"), gesture(at));
    let outside = Some(Point { page: 3, x: 10_001, y: 0 });
    app.point(case(0), Circle::Panel, person(1), outside).await.expect("beside the page");
    assert_eq!(watching.recv().await.expect("seen"), gesture(None));
    app.end_presenting(case(0), Circle::Panel, person(1)).await.expect("ended");
    assert_eq!(watching.recv().await.expect("seen"), gesture(None), "it is gone with the presenter");
    assert_eq!(app.ports().store.size(LogId::RECORD).await.expect("read"), before, "nothing was recorded");
}

over_each_store!(
    one_presents_to_a_circle_until_they_end_it,
    a_presenter_who_left_presents_no_more,
    where_a_presenter_points_is_shown_and_kept_nowhere,
);
