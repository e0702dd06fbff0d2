//! Staged papers on their way into the file: put together from their pages once, tied to what was received, and nothing
//! of it is ever swept away.

use xiezhi_app::AppError;
use xiezhi_domain::{
    ids::{CommandId, MaterialId},
    material::{FileRef, MaterialCommand, MaterialRefusal, PageAct, PageAt, Place},
    paper::PaperKind,
    people::Actor,
};
use xiezhi_store::blob::Blobs;

use crate::{
    court::Court,
    example::account,
    steps::{Suit, exhibit},
};

/// A scan of three pages lies in staging.
async fn scanned(suit: &mut Suit, place: u128, name: &str) -> FileRef {
    let file = suit.court.app.keep(name.as_bytes().to_vec(), "application/pdf", format!("{name}.pdf"), 3).await;
    let file = file.expect("it is kept");
    let clerk = suit.clerk().await;
    let command = MaterialCommand::Submit {
        material: exhibit(0, place),
        kind: PaperKind::Other,
        title: name.to_owned(),
        file: file.clone(),
        from: None,
        original: None,
    };
    suit.does(&clerk, command).await;
    file
}

fn page(place: u128, file: &FileRef, page: u32) -> PageAt {
    PageAt { material: exhibit(0, place), file_sha256: file.sha256.clone(), page }
}

async fn takes_in(
    suit: &mut Suit,
    who: &Actor,
    command: CommandId,
    materials: Vec<MaterialId>,
) -> Result<xiezhi_app::cases::Decided, AppError> {
    suit.court.app.take_into_file(suit.id, who, command, materials).await
}

async fn pages_are_put_together_as_they_lie_and_the_files_as_received_stay(court: Court) {
    let mut suit = Suit::filed(court).await;
    let (first, second) = (scanned(&mut suit, 60, "扫描件一").await, scanned(&mut suit, 61, "扫描件二").await);
    let clerk = suit.clerk().await;
    let turn = MaterialCommand::Arrange { pages: vec![page(60, &first, 2)], how: PageAct::Turn { to: vec![180] } };
    suit.does(&clerk, turn).await;
    let to = PageAct::Move { to: exhibit(0, 60), before: None };
    let all = (1..=3).map(|no| page(61, &second, no)).collect();
    suit.does(&clerk, MaterialCommand::Arrange { pages: all, how: to }).await;
    let aside = MaterialCommand::Arrange { pages: vec![page(60, &first, 3)], how: PageAct::LayAside };
    suit.does(&clerk, aside).await;

    let command = CommandId(suit.court.fresh());
    let entered = takes_in(&mut suit, &clerk, command, vec![exhibit(0, 60)]).await.expect("it enters");
    let paper = entered.case.materials[&exhibit(0, 60)].clone();
    assert_eq!((paper.place, paper.file.pages), (Place::InFile, 5));
    let put_together = String::from_utf8(suit.court.app.bytes(&paper.file.sha256).await.expect("kept")).expect("text");
    let lies = |file: &FileRef, page: u32, turn: u16| format!("{} {page} {turn} 0\n", file.sha256);
    let pages = [(&first, 1, 0), (&first, 2, 180), (&second, 1, 0), (&second, 2, 0), (&second, 3, 0)];
    assert_eq!(put_together, pages.map(|(file, page, turn)| lies(file, page, turn)).concat());
    assert_eq!(paper.originals, [first.clone(), second.clone()]);

    // The same act again is the same act.
    let again = takes_in(&mut suit, &clerk, command, vec![exhibit(0, 60)]).await.expect("it was done");
    assert!(again.replayed && again.pos == entered.pos);

    // Nobody names the files as received any more but the paper that was put together from them.
    let tomorrow = suit.court.today.tomorrow().expect("within the calendar");
    suit.court.jump(tomorrow);
    suit.court.app.sweep().await.expect("it is swept");
    for file in [&first, &second, &paper.file] {
        let digest = file.sha256.parse().expect("a digest");
        assert!(suit.court.blobs.exists(digest).await.expect("it answers"), "{}", file.name);
    }
    let checked = suit.court.app.audit(&mut |_, _| {}).await.expect("everything is checked");
    assert_eq!(checked.differences, vec![]);
    let folded = suit.state().await;
    assert_eq!(folded.materials[&exhibit(0, 61)].place, Place::Discarded);
}

async fn nothing_is_put_together_for_someone_who_does_not_keep_the_file(court: Court) {
    let mut suit = Suit::filed(court).await;
    let file = scanned(&mut suit, 60, "扫描件").await;
    let clerk = suit.clerk().await;
    suit.does(&clerk, MaterialCommand::Arrange { pages: vec![page(60, &file, 1)], how: PageAct::LayAside }).await;
    let before = suit.court.blobs.count().await;
    let command = CommandId(suit.court.fresh());
    let party = takes_in(&mut suit, &account(0), command, vec![exhibit(0, 60)]).await;
    assert!(matches!(party, Err(AppError::Denied(_))), "{party:?}");
    assert_eq!(suit.court.blobs.count().await, before);
    let all = (2..=3).map(|no| page(60, &file, no)).collect();
    suit.does(&clerk, MaterialCommand::Arrange { pages: all, how: PageAct::LayAside }).await;
    let command = CommandId(suit.court.fresh());
    let empty = takes_in(&mut suit, &clerk, command, vec![exhibit(0, 60)]).await;
    assert!(
        matches!(&empty, Err(AppError::Refused(refusal)) if *refusal == MaterialRefusal::NoPages.into()),
        "{empty:?}"
    );
}

over_each_store!(
    pages_are_put_together_as_they_lie_and_the_files_as_received_stay,
    nothing_is_put_together_for_someone_who_does_not_keep_the_file,
);
