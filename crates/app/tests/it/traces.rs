//! The search over acts and views: everything that meets what is asked, newest first, page by page.

use xiezhi_app::{
    access::{AccessEvent, Look},
    traces::{TraceQuery, Traces},
};
use xiezhi_domain::{
    ids::PersonId,
    people::{Actor, Post},
};

use crate::{
    cast::{person, staff},
    court::{Court, day},
    steps::case,
    story,
};

fn looked(reader: PersonId, look: Look, page: u32) -> AccessEvent {
    AccessEvent::Looked {
        reader,
        post: Post::Judge,
        look,
        case: Some(case(0)),
        material: None,
        pages: vec![page],
        words: None,
        rule: "V4".to_owned(),
    }
}

/// Positions of everything that a query finds, page by page.
async fn all(court: &Court, query: TraceQuery) -> Vec<u64> {
    let mut query = query;
    let mut found = vec![];
    loop {
        let page = court.app.search_traces(&query).await.expect("it is searched");
        assert!(page.traces.len() <= query.most);
        found.extend(page.traces.iter().map(|trace| trace.pos));
        match page.below {
            None => return found,
            Some(below) => query.below = Some(below),
        }
    }
}

fn newest_first(positions: &[u64]) -> bool {
    positions.is_sorted_by(|one, next| one > next)
}

async fn page_by_page_everything_is_found_once_newest_first(court: Court) {
    let suit = story::told_to_pretrial(court).await;
    let size = suit.court.store.size(xiezhi_store::LogId::RECORD).await.expect("the record answers");
    for most in [1, 7, 1_000] {
        let found = all(&suit.court, TraceQuery { most, ..TraceQuery::default() }).await;
        assert_eq!(found, (0..size).rev().collect::<Vec<_>>(), "{most} a page");
    }
}

async fn acts_are_found_by_person_case_kind_and_day(court: Court) {
    let suit = story::told_to_pretrial(court).await;
    let acts = suit.court.app.acts(suit.id, 0).await.expect("acts are read");
    let clerk = suit.clerk().await.person().expect("a person");
    let ask = |query: TraceQuery| TraceQuery { most: 3, ..query };

    let of_case = all(&suit.court, ask(TraceQuery { case: Some(suit.id), ..TraceQuery::default() })).await;
    assert_eq!(of_case, acts.iter().rev().map(|act| act.pos).collect::<Vec<_>>());

    let by_clerk = all(&suit.court, ask(TraceQuery { people: vec![clerk], ..TraceQuery::default() })).await;
    let expected: Vec<u64> = acts.iter().rev().filter(|act| act.person() == Some(clerk)).map(|act| act.pos).collect();
    assert!(!expected.is_empty() && newest_first(&by_clerk));
    assert!(expected.iter().all(|pos| by_clerk.contains(pos)), "{by_clerk:?} lacks some of {expected:?}");

    let served = ask(TraceQuery { kind: "service".to_owned(), ..TraceQuery::default() });
    let expected: Vec<u64> = acts
        .iter()
        .rev()
        .filter(|act| act.event.as_ref().is_some_and(|event| event.name().starts_with("service.")))
        .map(|act| act.pos)
        .collect();
    assert_eq!(all(&suit.court, served).await, expected);

    let on = |day| TraceQuery { case: Some(suit.id), from: Some(day), until: Some(day), ..TraceQuery::default() };
    let that_day = day("2026-03-04");
    let expected: Vec<u64> =
        acts.iter().rev().filter(|act| xiezhi_domain::moment::day_of(act.at) == that_day).map(|act| act.pos).collect();
    assert!(!expected.is_empty());
    assert_eq!(all(&suit.court, ask(on(that_day))).await, expected);
    let anywhere = TraceQuery { case: None, ..on(that_day) };
    let found = all(&suit.court, ask(anywhere)).await;
    assert!(expected.iter().all(|pos| found.contains(pos)));
}

async fn looks_are_found_by_their_kind(court: Court) {
    for page in 1..=6 {
        let look = if page % 3 == 0 { Look::Download } else { Look::Page };
        court.app.record_look(looked(person(1), look, page)).await.expect("it is kept");
    }
    let ask = |query: TraceQuery| TraceQuery { of: Traces::Looks, most: 2, ..query };
    assert_eq!(all(&court, ask(TraceQuery::default())).await, [5, 4, 3, 2, 1, 0]);
    let taken = ask(TraceQuery { look: Some(Look::Download), ..TraceQuery::default() });
    assert_eq!(all(&court, taken).await, [5, 2]);
    let of_case = ask(TraceQuery { look: Some(Look::Page), case: Some(case(0)), ..TraceQuery::default() });
    assert_eq!(all(&court, of_case).await, [4, 3, 1, 0]);
    let nobody = ask(TraceQuery { people: vec![person(999)], ..TraceQuery::default() });
    assert_eq!(all(&court, nobody).await, Vec::<u64>::new());
}

async fn why_a_restricted_case_was_opened_is_kept_and_holds_for_whoever_said_it(court: Court) {
    let (one, other) = (staff(Post::President), staff(Post::VicePresident));
    let told = |actor: Actor| {
        let app = court.app.clone();
        async move { app.opening(&actor, case(0)).await.expect("it is looked up") }
    };
    assert_eq!(told(one.clone()).await, None);
    court.app.open_restricted(&one, case(0), Look::Trace, "核查异常下载", "O2").await.expect("it is opened");
    assert_eq!(told(one.clone()).await.as_deref(), Some("核查异常下载"));
    assert_eq!(told(other).await, None, "a reason is the searcher's own");
    let looks = court.app.looks(case(0)).await.expect("looks are read");
    let (_, AccessEvent::Looked { words, rule, .. }) = looks.last().expect("it is on the log of looks");
    assert_eq!((words.as_deref(), rule.as_str()), (Some("核查异常下载"), "O2"));
    court.clock.set(court.now() + jiff::SignedDuration::from_hours(25));
    assert_eq!(told(one).await, None, "a reason holds for a day");
}

over_each_store!(
    page_by_page_everything_is_found_once_newest_first,
    acts_are_found_by_person_case_kind_and_day,
    looks_are_found_by_their_kind,
    why_a_restricted_case_was_opened_is_kept_and_holds_for_whoever_said_it,
);
