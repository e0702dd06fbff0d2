//! The picture of a recording: drawn by the confined process, sealed, and gone with its file.

use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt as _, stream};
use jiff::SignedDuration;
use xiezhi_app::{AppError, posters::LIMIT_BYTES, sweeping::WAIT_US};
use xiezhi_domain::material::{FileRef, Material, Submitter};

use crate::{
    cast::person,
    court::Court,
    steps::{Suit, case},
};

over_each_store!(
    a_picture_is_what_the_confined_process_drew_of_a_frame,
    what_is_no_picture_is_not_kept,
    a_picture_lies_sealed_and_goes_with_its_file,
    a_film_comes_with_a_picture_that_its_sender_took_and_no_second_one_replaces,
);

/// A film that no other test has.
async fn film(court: &Court) -> FileRef {
    let bytes = Bytes::from(format!("film {:p}", Arc::as_ptr(&court.store)));
    court.app.take_file(person(1), stream::iter([Ok(bytes)]).boxed(), "录像.mp4").await.expect("it is kept")
}

async fn a_picture_is_what_the_confined_process_drew_of_a_frame(court: Court) {
    let film = film(&court).await;
    assert_eq!(court.app.poster(case(0), &film).await.expect("it answers"), None);
    court.app.keep_poster(case(0), &film, b"picture with something hidden in it".to_vec()).await.expect("kept");
    assert_eq!(court.app.poster(case(0), &film).await.expect("it answers"), Some(b"drawn 640 wide".to_vec()));
    assert_eq!(court.app.poster(case(1), &film).await.expect("it answers"), None, "another case has its own");
}

async fn what_is_no_picture_is_not_kept(court: Court) {
    let film = film(&court).await;
    let other = FileRef { media: "application/pdf".to_owned(), ..film.clone() };
    for (file, sent) in
        [(&film, b"film".to_vec()), (&film, vec![]), (&film, vec![0; LIMIT_BYTES + 1]), (&other, b"picture".to_vec())]
    {
        let refused = court.app.keep_poster(case(0), file, sent).await;
        assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
    }
    assert_eq!(court.app.poster(case(0), &film).await.expect("it answers"), None);
}

async fn a_picture_lies_sealed_and_goes_with_its_file(court: Court) {
    let film = film(&court).await;
    court.app.keep_poster(case(0), &film, b"picture".to_vec()).await.expect("kept");
    let kept = async || court.store.working_of("poster", None, 0).await.expect("it answers");
    let value = kept().await.remove(0).value;
    assert!(!value.windows(5).any(|part| part == b"drawn"), "the database has no picture that can be seen");
    // Nobody takes the upload up: after its week and the wait its bytes go, and its picture with them.
    for hours in [7 * 24 + 1, 1, 1] {
        court.clock.set(court.now() + SignedDuration::from_hours(hours) + SignedDuration::from_micros(WAIT_US));
        court.app.sweep().await.expect("it sweeps");
    }
    assert!(court.app.bytes(&film.sha256).await.is_err(), "the file is gone");
    assert!(kept().await.is_empty());
}

async fn a_film_comes_with_a_picture_that_its_sender_took_and_no_second_one_replaces(court: Court) {
    let suit = Suit::filed(court).await;
    let (court, case) = (&suit.court, suit.state().await);
    let party = case.parties_in_order().next().expect("somebody sues");
    let sender = party.person.expect("with an account");
    let bytes = Bytes::from(format!("film sent {:p}", Arc::as_ptr(&court.store)));
    let begun = court.app.begin_upload(sender, "录像.mp4", bytes.len() as u64).await;
    let (id, _) = begun.expect("it begins");
    let early = court.app.keep_poster_of_upload(sender, &id, b"picture".to_vec()).await;
    assert!(matches!(early, Err(AppError::NotFound)), "nothing came yet: {early:?}");
    court.app.put_part(sender, &id, 0, bytes).await.expect("it arrives");
    let film = court.app.complete_upload(sender, &id).await.expect("it is complete");
    let stranger = court.app.keep_poster_of_upload(person(2), &id, b"picture".to_vec()).await;
    assert!(matches!(stranger, Err(AppError::NotFound)), "it is another's: {stranger:?}");
    court.app.keep_poster_of_upload(sender, &id, b"picture".to_vec()).await.expect("kept");
    court.app.keep_poster_of_upload(sender, &id, b"no picture".to_vec()).await.expect("the first one stays");
    let paper = |by| Material { file: film.clone(), by, ..case.materials_in_order().next().expect("a paper").clone() };
    let picture = async |by| court.app.poster_of(&case, &paper(by)).await.expect("it answers");
    assert_eq!(picture(Submitter::Party { party: party.id }).await, Some(b"drawn 640 wide".to_vec()));
    assert_eq!(picture(Submitter::Court).await, None, "for nobody else's film, were it the same");
    court.app.keep_poster(case.id, &film, b"picture of the team".to_vec()).await.expect("kept");
    assert_eq!(
        picture(Submitter::Court).await,
        Some(b"drawn 640 wide".to_vec()),
        "what is taken in the case comes first"
    );
}
