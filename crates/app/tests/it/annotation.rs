//! Notes for oneself, and a reader's own marks on pages: nobody else's, and never overwritten.

use xiezhi_app::presence::Present;
use xiezhi_domain::{
    annotation::{Area, Content, Shape},
    ids::AnnotationId,
};

use crate::{
    cast::person,
    court::Court,
    steps::{case, exhibit},
};

fn said(words: &str) -> Content {
    Content {
        page: 1,
        shape: Shape::Box,
        areas: vec![Area { x: 10, y: 20, w: 300, h: 40 }],
        words: words.to_owned(),
        ..Content::default()
    }
}

async fn a_note_for_oneself_is_found_by_its_author_alone_and_keeps_what_it_said(court: Court) {
    let (mine, id) = (person(1), AnnotationId(uuid::Uuid::from_u128(7)));
    let paper = || (exhibit(0, 0), "0".repeat(64));
    let app = &court.app;
    for words in ["先这样写", "改成这样", "改成这样"] {
        app.keep_private_note(mine, case(0), id, paper(), said(words)).await.expect("kept");
    }
    let kept = app.private_notes(mine, case(0)).await.expect("read");
    let words: Vec<&str> = kept[0].versions.iter().map(|version| version.content.words.as_str()).collect();
    assert_eq!((kept.len(), words), (1, vec!["先这样写", "改成这样"]));
    assert!(app.private_notes(person(2), case(0)).await.expect("read").is_empty());
    assert!(app.private_notes(mine, case(1)).await.expect("read").is_empty());
    assert_eq!(app.private_note(person(2), case(0), id).await.expect("read"), None);
    assert_eq!(app.private_note(mine, case(1), id).await.expect("read"), None);
    let note = kept.into_iter().next().expect("one is kept");
    app.withdraw_private_note(mine, case(0), note).await.expect("taken back");
    let ended = app.private_note(mine, case(0), id).await.expect("read").expect("it stays");
    assert!(ended.withdrawn_at.is_some() && ended.versions.len() == 2);
}

async fn what_is_fetched_ahead_lies_beside_what_was_read(court: Court) {
    let (me, paper) = (person(1), exhibit(0, 0));
    let app = &court.app;
    assert!(!app.is_beside_read(me, paper, 1).await.expect("asked"));
    app.mark_read(me, case(0), paper, 5).await.expect("marked");
    for (page, beside) in [(1, false), (2, true), (5, true), (8, true), (9, false)] {
        assert_eq!(app.is_beside_read(me, paper, page).await.expect("asked"), beside, "page {page}");
    }
    assert!(!app.is_beside_read(person(2), paper, 5).await.expect("asked"), "another's reading is not one's own");
}

async fn a_page_stays_turned_for_whoever_turned_it(court: Court) {
    let (me, paper) = (person(1), exhibit(0, 0));
    for degrees in [90, 180, 450] {
        court.app.turn_page(me, case(0), paper, 2, degrees).await.expect("turned");
    }
    court.app.turn_page(me, case(0), paper, 3, 360).await.expect("turned round");
    assert_eq!(court.app.turns(me, paper).await.expect("read"), [(2, 90)].into());
    assert!(court.app.turns(person(2), paper).await.expect("read").is_empty());
}

async fn who_reads_a_file_is_known_for_a_minute(court: Court) {
    let at = |page| Present { person: person(1), material: exhibit(0, 0), page };
    for page in [1, 2] {
        court.app.mark_present(case(0), at(page)).await.expect("marked");
    }
    assert_eq!(court.app.present(case(0)).await.expect("asked"), [at(2)]);
    assert!(court.app.present(case(1)).await.expect("asked").is_empty());
    court.clock.set(court.now() + jiff::SignedDuration::from_secs(80));
    assert!(court.app.present(case(0)).await.expect("asked").is_empty(), "whoever left is not there any more");
}

over_each_store!(
    a_note_for_oneself_is_found_by_its_author_alone_and_keeps_what_it_said,
    what_is_fetched_ahead_lies_beside_what_was_read,
    a_page_stays_turned_for_whoever_turned_it,
    who_reads_a_file_is_known_for_a_minute,
);
