//! Copies that hide something: seen, confirmed, made, read again, taken into the file.

use xiezhi_app::{AppError, redaction::Change};
use xiezhi_domain::{
    annotation::Area,
    ids::{CommandId, MaterialId},
    material::{Hidden, HidingGround, MaterialCommand, MaterialRefusal},
    paper::PaperKind,
    people::Actor,
};

use crate::{
    court::Court,
    example::account,
    steps::{Suit, exhibit},
};

const PAPER: u128 = 60;
const COPY: u128 = 70;

/// A paper of one page with these words lies in the file.
async fn filed(suit: &mut Suit, words: &str) -> MaterialId {
    let bytes = format!("text\n{words}").into_bytes();
    let file = suit.court.app.keep(bytes, "application/pdf", "借条.pdf".to_owned(), 1).await.expect("it is kept");
    let clerk = suit.clerk().await;
    let material = exhibit(0, PAPER);
    let (kind, title) = (PaperKind::Other, "借条".to_owned());
    suit.does(&clerk, MaterialCommand::Submit { material, kind, title, file, from: None, original: None }).await;
    suit.does(&clerk, MaterialCommand::Enter { materials: vec![material], rendered: vec![] }).await;
    material
}

async fn intends(suit: &Suit, who: &Actor, paper: MaterialId, change: Change) {
    let case = suit.state().await;
    let person = who.person().expect("a person");
    suit.court.app.intend(person, &case.materials[&paper], change).await.expect("it is kept");
}

async fn seen(suit: &Suit, who: &Actor, paper: MaterialId) -> xiezhi_app::redaction::Preview {
    let case = suit.state().await;
    let intended = suit.court.app.intended(who.person().expect("a person"), paper).await.expect("it is there");
    suit.court.app.preview_redaction(&case, &case.materials[&paper], &intended).await
}

async fn makes(suit: &Suit, who: &Actor, command: CommandId, seen: &str, title: &str) -> Result<bool, AppError> {
    let papers = (exhibit(0, PAPER), exhibit(0, COPY));
    suit.court.app.redact(suit.id, who, command, papers, (seen, title)).await.map(|decided| decided.replayed)
}

async fn a_copy_is_made_as_it_was_seen_and_says_nothing_of_what_it_hides(court: Court) {
    let mut suit = Suit::filed(court).await;
    let paper = filed(&mut suit, "贾借出的电话13800138000，密码芝麻开门，证人王五六").await;
    let clerk = suit.clerk().await;
    let found = seen(&suit, &clerk, paper).await;
    let data: Vec<&str> = found.found.iter().map(|sought| sought.written.as_str()).collect();
    assert_eq!(data, ["13800138000"], "the telephone is found by itself");
    intends(&suit, &clerk, paper, Change::Word("芝麻开门".to_owned(), HidingGround::TradeSecret)).await;
    let preview = seen(&suit, &clerk, paper).await;
    assert_eq!(preview.hidden().len(), 2);

    let command = CommandId(suit.court.fresh());
    let made = makes(&suit, &clerk, command, &preview.digest(), "借条（遮盖副本）").await;
    assert!(!made.expect("it is made"));
    let case = suit.state().await;
    let copy = &case.materials[&exhibit(0, COPY)];
    let derived = copy.derived.as_ref().expect("it is derived");
    assert_eq!((derived.from, &derived.from_sha256), (paper, &case.materials[&paper].file.sha256));
    let grounds: Vec<HidingGround> = derived.hidden.iter().map(|hidden| hidden.ground).collect();
    assert_eq!(grounds, [HidingGround::Phone, HidingGround::TradeSecret]);
    let text = String::from_utf8(suit.court.app.bytes(&copy.file.sha256).await.expect("kept")).expect("text");
    assert!(text.contains("贾借出") && text.contains("王五六"), "{text}");
    assert!(!text.contains("138") && !text.contains("芝麻"), "{text}");
    // The same act again is the same act, and nothing of what is hidden stands on the record.
    let again = makes(&suit, &clerk, command, &preview.digest(), "借条（遮盖副本）").await;
    assert!(again.expect("it was done"));
    let acts = suit.court.app.acts(suit.id, 0).await.expect("they are read");
    let recorded =
        serde_json::to_string(&acts.into_iter().filter_map(|act| act.event).collect::<Vec<_>>()).expect("plain");
    assert!(!recorded.contains("芝麻开门"), "{recorded}");
}

async fn what_was_not_seen_is_not_confirmed_and_what_is_left_is_shown(court: Court) {
    let mut suit = Suit::filed(court).await;
    let paper = filed(&mut suit, "电话13800138000").await;
    let clerk = suit.clerk().await;
    let first = seen(&suit, &clerk, paper).await;
    let area = Area { x: 0, y: 900, w: 1_800, h: 400 };
    let hidden = Hidden { page: 1, area, ground: HidingGround::Privacy };
    intends(&suit, &clerk, paper, Change::Box(hidden)).await;
    let command = CommandId(suit.court.fresh());
    let stale = makes(&suit, &clerk, command, &first.digest(), "副本").await;
    let changed = MaterialRefusal::ChangedMeanwhile.into();
    assert!(matches!(&stale, Err(AppError::Refused(refusal)) if *refusal == changed), "{stale:?}");

    intends(&suit, &clerk, paper, Change::Leave("13800138000".to_owned())).await;
    let preview = seen(&suit, &clerk, paper).await;
    assert_eq!(preview.hidden(), [hidden]);
    makes(&suit, &clerk, command, &preview.digest(), "副本").await.expect("it is made");
    let copy = suit.state().await.materials[&exhibit(0, COPY)].clone();
    let text = String::from_utf8(suit.court.app.bytes(&copy.file.sha256).await.expect("kept")).expect("text");
    assert!(text.contains("13800138000") && !text.contains("电"), "{text}");
}

async fn a_copy_that_would_still_say_it_enters_no_file(court: Court) {
    let mut suit = Suit::filed(court).await;
    filed(&mut suit, "漏出的电话13800138000").await;
    let clerk = suit.clerk().await;
    let preview = seen(&suit, &clerk, exhibit(0, PAPER)).await;
    let before = suit.court.blobs.count().await;
    let command = CommandId(suit.court.fresh());
    let says = makes(&suit, &clerk, command, &preview.digest(), "电话13800138000").await;
    assert!(matches!(&says, Err(AppError::Invalid(_))), "its title says it: {says:?}");
    let command = CommandId(suit.court.fresh());
    let leaks = makes(&suit, &clerk, command, &preview.digest(), "副本").await;
    let still = MaterialRefusal::StillSaysIt { page: 1 }.into();
    assert!(matches!(&leaks, Err(AppError::Refused(refusal)) if *refusal == still), "{leaks:?}");
    let command = CommandId(suit.court.fresh());
    let party = makes(&suit, &account(0), command, &preview.digest(), "副本").await;
    assert!(matches!(party, Err(AppError::Denied(_))), "{party:?}");
    assert_eq!(suit.court.blobs.count().await, before, "nothing was kept");
    assert!(!suit.state().await.materials.contains_key(&exhibit(0, COPY)));
}

over_each_store!(
    a_copy_is_made_as_it_was_seen_and_says_nothing_of_what_it_hides,
    what_was_not_seen_is_not_confirmed_and_what_is_left_is_shown,
    a_copy_that_would_still_say_it_enters_no_file,
);
