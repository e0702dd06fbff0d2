//! Files that nobody took up go; a file that anything names stays, whatever races.

use jiff::SignedDuration;
use xiezhi_app::{
    sweeping::WAIT_US,
    uploads::{Upload, WHOLE_BYTES},
};
use xiezhi_domain::ids::PersonId;
use xiezhi_store::{WorkingChange, WorkingKey, blob::Digest};

use crate::{
    cast::person,
    court::{Court, file_of},
    example::example,
    steps::submit,
};

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
const WAIT: SignedDuration = SignedDuration::from_micros(WAIT_US);

fn digest(name: &str) -> Digest {
    file_of(name).sha256.parse().expect("a digest")
}

async fn is_kept(court: &Court, name: &str) -> bool {
    court.app.ports().blobs.exists(digest(name)).await.expect("it answers")
}

/// An upload that became the file `name`, as working data has it.
async fn uploaded(court: &Court, name: &str) {
    court.keep(name).await;
    let upload = Upload { file: Some(file_of(name)), ..Upload::new(name.to_owned(), name.len() as u64) };
    note(court, "upload", name, person(1), serde_json::to_vec(&upload).expect("plain data"), WEEK).await;
}

async fn note(court: &Court, kind: &'static str, id: &str, owner: PersonId, value: Vec<u8>, life: SignedDuration) {
    let (key, now) = (WorkingKey::new(kind, id), court.app.now_us());
    let expires_us = Some((court.now() + life).as_microsecond());
    let change = WorkingChange::Put { key, owner: owner.to_string(), value, updated_us: now, expires_us };
    court.store.change_working(vec![change]).await.expect("it is written");
}

async fn pass(court: &Court, time: SignedDuration) {
    court.clock.set(court.now() + time);
    court.app.sweep().await.expect("it sweeps");
}

async fn court() -> Court {
    let court = Court::on_sqlite("2026-02-27").await;
    court.admit(&example(1)).await;
    court
}

#[tokio::test]
async fn an_upload_nobody_took_up_goes_after_its_week_and_the_wait() {
    let court = court().await;
    uploaded(&court, "abandoned").await;
    court.app.sweep().await.expect("it sweeps");
    assert!(is_kept(&court, "abandoned").await, "its week is not over");
    pass(&court, WEEK).await;
    assert!(is_kept(&court, "abandoned").await, "it is marked first");
    pass(&court, WAIT).await;
    assert!(!is_kept(&court, "abandoned").await);
}

#[tokio::test]
async fn a_part_that_was_never_put_together_goes_with_its_week() {
    let court = court().await;
    let (id, part_bytes) = court.app.begin_upload(person(1), "a.pdf", WHOLE_BYTES + 1).await.expect("it begins");
    assert!(part_bytes < WHOLE_BYTES);
    court.app.put_part(person(1), &id, 0, vec![7; part_bytes as usize].into()).await.expect("it arrives");
    let parts = court.store.working_of("upload-part", None, 0).await.expect("it answers");
    let part: Digest = String::from_utf8(parts[0].value.clone()).expect("text").parse().expect("a digest");
    let exists = async || court.app.ports().blobs.exists(part).await.expect("it answers");
    court.app.sweep().await.expect("it sweeps");
    assert!(exists().await);
    pass(&court, WEEK).await;
    assert!(!exists().await);
}

#[tokio::test]
async fn a_part_that_is_sent_again_takes_the_place_of_the_first_and_leaves_nothing_on_the_disk() {
    let court = court().await;
    let (id, part_bytes) = court.app.begin_upload(person(1), "a.pdf", WHOLE_BYTES + 1).await.expect("it begins");
    let send = || court.app.put_part(person(1), &id, 0, vec![7; part_bytes as usize].into());
    let lies = async || -> Digest {
        let parts = court.store.working_of("upload-part", None, 0).await.expect("it answers");
        assert_eq!(parts.len(), 1);
        String::from_utf8(parts[0].value.clone()).expect("text").parse().expect("a digest")
    };
    let exists = async |part| court.app.ports().blobs.exists(part).await.expect("it answers");
    send().await.expect("it arrives");
    let first = lies().await;
    let (one, other) = tokio::join!(send(), send());
    one.and(other).expect("they arrive");
    let last = lies().await;
    assert_ne!(first, last);
    assert!(!exists(first).await && exists(last).await, "one part lies there");
}

#[tokio::test]
async fn a_small_file_is_one_part_that_is_the_file_and_goes_as_one_if_nobody_completes_it() {
    let court = court().await;
    let sent = async |name: &str| {
        let (id, _) = court.app.begin_upload(person(1), name, 3).await.expect("it begins");
        court.app.put_part(person(1), &id, 0, name.as_bytes()[..3].to_vec().into()).await.expect("it arrives");
        id
    };
    let done = sent("abc.bin").await;
    sent("xyz.bin").await;
    assert_eq!(court.app.arrived_parts(person(1), &done).await.expect("it answers"), [0]);
    assert!(is_kept(&court, "abc").await && is_kept(&court, "xyz").await, "each lies where it stays");
    pass(&court, WEEK).await;
    pass(&court, WAIT).await;
    assert!(!is_kept(&court, "abc").await && !is_kept(&court, "xyz").await);
}

#[tokio::test]
async fn a_file_that_an_event_names_stays() {
    let mut court = court().await;
    let told = example(1);
    submit(&mut court, &told, 0).await;
    let name = told.application().evidence[0].name.clone();
    uploaded(&court, &name).await;
    for time in [WEEK, WAIT, WAIT, WEEK, WAIT] {
        pass(&court, time).await;
        assert!(is_kept(&court, &name).await);
    }
}

#[tokio::test]
async fn a_file_that_a_draft_names_stays_as_long_as_the_draft() {
    let court = court().await;
    uploaded(&court, "in-a-draft").await;
    let draft = serde_json::to_vec(&file_of("in-a-draft")).expect("plain data");
    note(&court, "filing-draft", "d", person(1), draft, WEEK * 3).await;
    for time in [WEEK, WAIT, WEEK, WAIT] {
        pass(&court, time).await;
        assert!(is_kept(&court, "in-a-draft").await);
    }
    pass(&court, WEEK).await;
    pass(&court, WEEK).await;
    assert!(!is_kept(&court, "in-a-draft").await);
}

#[tokio::test]
async fn whoever_keeps_the_same_bytes_before_they_go_keeps_them_for_good() {
    let mut court = court().await;
    let told = example(1);
    let name = told.application().evidence[0].name.clone();
    uploaded(&court, &name).await;
    pass(&court, WEEK).await;
    court.clock.set(court.now() + WAIT);
    // The mark is ripe. An act keeps the same bytes, the sweeper comes between, and then the act commits.
    court.keep(&name).await;
    court.app.sweep().await.expect("it sweeps");
    assert!(is_kept(&court, &name).await, "whoever kept them has the wait to commit");
    submit(&mut court, &told, 0).await;
    pass(&court, WAIT).await;
    pass(&court, WEEK).await;
    assert!(is_kept(&court, &name).await);
}

#[tokio::test]
async fn bytes_that_were_spared_for_nothing_go_in_the_end() {
    let court = court().await;
    uploaded(&court, "spared").await;
    pass(&court, WEEK).await;
    court.keep("spared").await;
    pass(&court, SignedDuration::from_secs(1)).await;
    assert!(is_kept(&court, "spared").await);
    pass(&court, WAIT).await;
    assert!(!is_kept(&court, "spared").await);
}

#[tokio::test]
async fn what_expired_is_forgotten() {
    let court = court().await;
    note(&court, "session", "s", person(1), vec![], WEEK).await;
    pass(&court, WEEK).await;
    assert!(court.store.working_of("session", None, 0).await.expect("it answers").is_empty());
}
