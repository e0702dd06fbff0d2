//! Infected files are opened for nobody; what was not looked through waits, or is marked.

use std::{
    io,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use bytes::Bytes;
use futures::{
    StreamExt as _,
    stream::{self, BoxStream},
};
use jiff::SignedDuration;
use xiezhi_app::{
    AppError,
    bundle::Wanted,
    redaction::Change,
    screening::{Screening, Unscreened, WhenDown},
    sweeping::WAIT_US,
};
use xiezhi_connect::{Scanned, ScannerDown, VirusScanner};
use xiezhi_domain::{
    annotation::Area,
    ids::{CommandId, MaterialId},
    material::{FileRef, Hidden, HidingGround, MaterialCommand, PageAct, PageAt, Place},
    paper::PaperKind,
    people::Actor,
    sharing::{Outsider, SharingCommand, Terms},
};

use crate::{
    cast::person,
    court::{Court, Opening},
    example::account,
    steps::{Suit, exhibit},
};

/// Finds the word `virus`, while it is up, in files that are not too large for it.
#[derive(Default)]
struct Nose {
    is_down: Mutex<bool>,
    takes_bytes: Mutex<Option<usize>>,
    knows_better: Mutex<bool>,
}

#[async_trait]
impl VirusScanner for Nose {
    async fn scan(&self, mut bytes: BoxStream<'static, io::Result<Bytes>>) -> Result<Scanned, ScannerDown> {
        if *self.is_down.lock().expect("nobody panics") {
            return Err(ScannerDown("nobody there".into()));
        }
        let mut whole = vec![];
        while let Some(piece) = bytes.next().await {
            whole.extend_from_slice(&piece.expect("it is read"));
        }
        if self.takes_bytes.lock().expect("nobody panics").is_some_and(|most| whole.len() > most) {
            return Ok(Scanned::TooLarge);
        }
        let harmless = *self.knows_better.lock().expect("nobody panics") && whole.ends_with(b"they say");
        let found = !harmless && whole.windows(5).any(|part| part == b"virus");
        Ok(if found { Scanned::Infected("Test.Virus".to_owned()) } else { Scanned::Clean })
    }
}

fn court(when_down: WhenDown) -> (Court, Arc<Nose>) {
    let nose = Arc::<Nose>::default();
    let screening = Screening { scanner: Some(nose.clone()), when_down };
    let court = Court::open(Opening { screening, ..Opening::default() }, "2026-02-27");
    court.glass.lay(&["words"]);
    (court, nose)
}

async fn sent(court: &Court, content: &str) -> Result<String, String> {
    let bytes = Bytes::from(content.to_owned());
    let (id, _) = court.app.begin_upload(person(1), "借条.pdf", bytes.len() as u64).await.expect("it begins");
    court.app.put_part(person(1), &id, 0, bytes).await.expect("it arrives");
    match court.app.complete_upload(person(1), &id).await {
        Ok(file) => Ok(file.sha256),
        Err(AppError::Invalid(faults)) => Err(faults[0].1.clone()),
        Err(fault) => panic!("{fault}"),
    }
}

#[tokio::test]
async fn an_infected_file_lies_in_quarantine_and_no_act_can_take_it_up() {
    let (court, _) = court(WhenDown::Hold);
    assert!(sent(&court, "clean").await.is_ok());
    assert_eq!(sent(&court, "a virus in it").await, Err("upload.infected".to_owned()));
    let form = stream::iter([Ok(Bytes::from_static(b"a virus in it"))]).boxed();
    assert!(matches!(court.app.take_file(person(1), form, "借条.pdf").await, Err(AppError::Invalid(_))));
    let (infected, unscreened) = court.app.quarantine().await.expect("it answers");
    assert_eq!((infected.len(), unscreened.len()), (1, 0), "the same bytes twice are one file");
    assert_eq!(infected[0].virus.as_deref(), Some("Test.Virus"));
    let sha256 = infected[0].sha256.as_str();
    assert!(court.app.refuse_infected(sha256).await.is_err(), "it is opened for nobody");
    // It outlives the uploads that it came with, for whoever looks into it, and goes when they say so.
    for hours in [7 * 24 + 1, 1, 1] {
        court.clock.set(court.now() + SignedDuration::from_hours(hours) + SignedDuration::from_micros(WAIT_US));
        court.app.sweep().await.expect("it sweeps");
    }
    assert!(court.app.bytes(sha256).await.is_ok(), "it is kept");
    court.app.erase_infected(sha256).await.expect("it goes");
    court.app.erase_infected(sha256).await.expect("what is gone may go again");
    assert!(court.app.bytes(sha256).await.is_err());
    assert!(court.app.quarantine().await.expect("it answers").0.is_empty());
}

#[tokio::test]
async fn while_the_scanner_is_down_files_wait_and_come_in_once_it_answers() {
    let (court, nose) = court(WhenDown::Hold);
    *nose.is_down.lock().expect("nobody panics") = true;
    let bytes = Bytes::from_static(b"clean");
    let (id, _) = court.app.begin_upload(person(1), "借条.pdf", 5).await.expect("it begins");
    court.app.put_part(person(1), &id, 0, bytes).await.expect("it arrives");
    let held = court.app.complete_upload(person(1), &id).await;
    assert!(matches!(held, Err(AppError::Invalid(faults)) if faults[0].1 == "upload.not_screened"));
    *nose.is_down.lock().expect("nobody panics") = false;
    court.app.complete_upload(person(1), &id).await.expect("what arrived need not be sent again");
    assert_eq!(court.app.quarantine().await.expect("it answers"), (vec![], vec![]));
}

#[tokio::test]
async fn what_was_let_in_is_marked_and_looked_through_later() {
    let (court, nose) = court(WhenDown::LetIn);
    *nose.is_down.lock().expect("nobody panics") = true;
    let (clean, infected) =
        (sent(&court, "clean").await.expect("it comes in"), sent(&court, "a virus").await.expect("it comes in"));
    assert!(court.app.is_unscreened(&clean).await.expect("it answers"));
    assert_eq!(court.app.screen_on().await.expect("it goes on"), 0, "the scanner is still down");
    assert!(court.app.refuse_infected(&infected).await.is_ok(), "nobody knows yet");
    *nose.is_down.lock().expect("nobody panics") = false;
    assert_eq!(court.app.screen_on().await.expect("it goes on"), 2);
    assert!(!court.app.is_unscreened(&clean).await.expect("it answers"));
    assert!(court.app.refuse_infected(&clean).await.is_ok() && court.app.refuse_infected(&infected).await.is_err());
    assert_eq!(court.app.screen_on().await.expect("it goes on"), 0);
}

#[tokio::test]
async fn what_was_let_in_and_is_infected_is_taken_up_by_no_act_and_goes_out_by_no_way() {
    let nose = Arc::<Nose>::default();
    let screening = Screening { scanner: Some(nose.clone()), when_down: WhenDown::LetIn };
    let court = Court::founded(Opening { screening, ..Opening::default() }, "2026-02-27").await;
    court.glass.lay(&["words"]);
    *nose.is_down.lock().expect("nobody panics") = true;
    let bytes = Bytes::from_static(b"a virus");
    let (upload, _) = court.app.begin_upload(person(1), "借条.pdf", 7).await.expect("it begins");
    court.app.put_part(person(1), &upload, 0, bytes).await.expect("it arrives");
    court.app.complete_upload(person(1), &upload).await.expect("it is let in");
    let mut suit = Suit::filed(court).await;
    let file = suit.court.app.uploaded(person(1), std::slice::from_ref(&upload)).await.expect("nobody knows yet");
    let (clerk, material) = (suit.clerk().await, exhibit(0, 60));
    let (kind, title) = (PaperKind::Other, "检验记录".to_owned());
    let file = FileRef { pages: 2, ..file[0].clone() };
    let file_sha256 = file.sha256.clone();
    suit.does(&clerk, MaterialCommand::Submit { material, kind, title, file, from: None, original: None }).await;
    let second = PageAt { material, file_sha256: file_sha256.clone(), page: 2 };
    let mut staged = suit.court.app.load(suit.id).await.expect("the case");
    assert!(staged.materials[&material].file.pages == 2);
    suit.does(&clerk, MaterialCommand::Arrange { pages: vec![second.clone()], how: PageAct::LayAside }).await;
    *nose.is_down.lock().expect("nobody panics") = false;
    suit.court.app.screen_on().await.expect("it goes on");

    let told = |fault: AppError| match fault {
        AppError::Invalid(faults) => faults[0].1.clone(),
        other => panic!("{other:?}"),
    };
    let app = &suit.court.app;
    assert_eq!(told(app.uploaded(person(1), &[upload]).await.expect_err("no act takes it")), "upload.infected");
    let command = CommandId(uuid::Uuid::from_u128(0x5c));
    let taken = app.take_into_file(suit.id, &clerk, command, vec![material]).await;
    assert_eq!(told(taken.expect_err("nothing is put together of it")), "file.infected");

    suit.does(&clerk, MaterialCommand::Arrange { pages: vec![second], how: PageAct::PutBack }).await;
    suit.does(&clerk, MaterialCommand::Enter { materials: vec![material], rendered: vec![] }).await;
    let app = &suit.court.app;
    staged = app.load(suit.id).await.expect("the case");
    assert_eq!(staged.materials[&material].place, Place::InFile);
    let wanted = Wanted { materials: vec![material], title: String::new(), purpose: String::new() };
    assert_eq!(
        told(app.bind(suit.id, &clerk, &wanted, |_| String::new()).await.expect_err("no bundle")),
        "file.infected"
    );
    let area = Area { x: 0, y: 0, w: 100, h: 100 };
    let hidden = Hidden { page: 1, area, ground: HidingGround::Other };
    let by = clerk.person().expect("a person");
    app.intend(by, &staged.materials[&material], Change::Box(hidden)).await.expect("it is kept");
    let intended = app.intended(by, material).await.expect("it is there");
    let seen = app.preview_redaction(&staged, &staged.materials[&material], &intended).await.digest();
    let command = CommandId(uuid::Uuid::from_u128(0x5d));
    let copy = app.redact(suit.id, &clerk, command, (material, exhibit(0, 61)), (seen.as_str(), "副本")).await;
    assert_eq!(told(copy.expect_err("no copy")), "file.infected");
    let with = Outsider {
        name: "甄鉴定".to_owned(),
        organisation: "某鉴定所".to_owned(),
        reach: "jianding@mail.example".to_owned(),
    };
    let until_on = suit.court.today;
    let terms = Terms { with, purpose: "质量鉴定".to_owned(), materials: vec![material], until_on };
    let case = suit.does(&clerk, SharingCommand::Grant { terms }).await;
    let share = case.shares.values().next().expect("a share");
    let app = &suit.court.app;
    let secret = app.open_share(suit.id, share.id, &share.code).await.expect("it opens");
    let shared = app.shared(suit.id, share.id, &secret).await.expect("it is open");
    assert_eq!(told(app.shared_page(&shared, material, 1, 900).await.expect_err("no guest")), "file.infected");
}

#[tokio::test]
async fn a_court_without_a_scanner_takes_files_as_before() {
    let court = Court::open(Opening::default(), "2026-02-27");
    court.glass.lay(&["words"]);
    assert!(sent(&court, "a virus in it").await.is_ok());
}

#[tokio::test]
async fn what_is_too_large_for_the_scanner_comes_in_marked_and_is_tried_again_each_day() {
    let (court, nose) = court(WhenDown::Hold);
    *nose.takes_bytes.lock().expect("nobody panics") = Some(8);
    let large = sent(&court, "a film with a virus").await.expect("it comes in");
    assert!(court.app.is_unscreened(&large).await.expect("it answers"));
    let waiting = court.app.quarantine().await.expect("it answers").1;
    assert_eq!(waiting[0].why, Some(Unscreened::TooLarge));
    *nose.takes_bytes.lock().expect("nobody panics") = None;
    assert_eq!(court.app.screen_on().await.expect("it goes on"), 0, "it was tried just now");
    court.clock.set(court.now() + SignedDuration::from_hours(25));
    assert_eq!(court.app.screen_on().await.expect("it goes on"), 1);
    assert!(
        court.app.refuse_infected(&large).await.is_err() && !court.app.is_unscreened(&large).await.expect("it says")
    );
}

/// A paper of these words that the clerk put into the file of a case.
async fn filed(suit: &mut Suit, content: &str) -> MaterialId {
    let bytes = content.as_bytes().to_vec();
    let file = suit.court.app.keep(bytes, "application/pdf", "检验.pdf".to_owned(), 1).await.expect("it is kept");
    let (clerk, material, kind) = (suit.clerk().await, exhibit(0, 80), PaperKind::Other);
    let title = "检验记录".to_owned();
    suit.does(&clerk, MaterialCommand::Submit { material, kind, title, file, from: None, original: None }).await;
    material
}

#[tokio::test]
async fn papers_that_came_before_there_was_a_scanner_are_marked_for_the_court_until_they_were_looked_through() {
    let mut suit = Suit::filed(Court::founded(Opening::default(), "2026-02-27").await).await;
    suit.link(0).await;
    let paper = filed(&mut suit, "a virus").await;
    let clerk = suit.clerk().await;
    let marked = async |app: &xiezhi_app::App, who: &Actor| {
        let (case, reader) = app.view(suit.id, who).await.expect("they see it");
        app.unscreened(&case, &reader).await.expect("it answers").contains(&paper)
    };
    assert!(marked(&suit.court.app, &clerk).await, "nothing was looked through");
    assert!(!marked(&suit.court.app, &account(0)).await, "a side is told nothing of it");
    assert_eq!(suit.court.app.screen_on().await.expect("it goes on"), 0);
    // The court gets a scanner, and starts again.
    let Court { store, blobs, shelf, lock, .. } = &suit.court;
    let opening = Opening {
        store: Arc::clone(store),
        blobs: Arc::clone(blobs),
        shelf: Arc::clone(shelf),
        lock: Arc::clone(lock),
        screening: Screening { scanner: Some(Arc::<Nose>::default()), when_down: WhenDown::Hold },
        ..Opening::default()
    };
    let again = Court::open(opening, "2026-02-27");
    assert!(marked(&again.app, &clerk).await, "its turn has not come");
    let sha256 = again.app.load(suit.id).await.expect("it is there").materials[&paper].file.sha256.clone();
    assert!(again.app.refuse_infected(&sha256).await.is_ok());
    while again.app.screen_on().await.expect("it goes on") > 0 {}
    assert!(!marked(&again.app, &clerk).await, "the mark goes");
    assert!(again.app.refuse_infected(&sha256).await.is_err(), "and what is infected is opened for nobody");
    assert!(again.app.quarantine().await.expect("it answers").0.iter().any(|it| it.sha256 == sha256 && it.in_a_case));
    // As long as the case has it: no hour opens it.
    for days in [91, 1] {
        again.clock.set(again.now() + SignedDuration::from_hours(days * 24) + SignedDuration::from_micros(WAIT_US));
        again.app.sweep().await.expect("it sweeps");
    }
    assert!(again.app.refuse_infected(&sha256).await.is_err(), "after three months it is still infected");
}

#[tokio::test]
async fn an_infected_file_that_nobody_looked_into_goes_after_a_while_and_one_that_proves_clean_is_set_free() {
    let (court, nose) = court(WhenDown::Hold);
    assert_eq!(sent(&court, "a virus, they say").await, Err("upload.infected".to_owned()));
    assert_eq!(sent(&court, "a real virus").await, Err("upload.infected".to_owned()));
    *nose.knows_better.lock().expect("nobody panics") = true;
    let free = sent(&court, "a virus, they say").await.expect("the scanner knows better now");
    assert!(court.app.refuse_infected(&free).await.is_ok());
    let lying = court.app.quarantine().await.expect("it answers").0;
    assert_eq!(lying.len(), 1);
    for days in [89, 2, 1] {
        assert!(court.app.bytes(&lying[0].sha256).await.is_ok(), "it is kept for whoever looks into it");
        court.clock.set(court.now() + SignedDuration::from_hours(days * 24) + SignedDuration::from_micros(WAIT_US));
        court.app.sweep().await.expect("it sweeps");
    }
    assert!(court.app.quarantine().await.expect("it answers").0.is_empty());
    assert!(court.app.bytes(&lying[0].sha256).await.is_err(), "its bytes went, too");
}
