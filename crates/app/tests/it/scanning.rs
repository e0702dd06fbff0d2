//! The scanning centre: a batch comes in once however often its taking is cut off, goes to the cases that its cover
//! sheets name, and waits where it has none.

use xiezhi_app::{AppError, ports::Scanners as _, scanning::SheetRoute};
use xiezhi_domain::{
    ids::{CommandId, ScanId},
    material::{Material, Place},
    paper::PaperKind,
    people::{Actor, Post},
    scanning::{self, Batch},
};
use xiezhi_store::{LogId, blob::Blobs};

use crate::{cast::staff, court::Court, example::account, steps::Suit};

/// The clerk prints a sheet for `title`; what its code says.
async fn sheet(suit: &Suit, title: &str) -> String {
    let clerk = suit.clerk().await;
    let pdf = suit.court.app.print_cover_sheet(suit.id, &clerk, PaperKind::Evidence, title).await.expect("printed");
    let printed = suit.court.store.working_of("scan-sheet", None, 0).await.expect("it answers");
    let named = |item: &&xiezhi_store::WorkingItem| {
        serde_json::from_slice::<SheetRoute>(&item.value).is_ok_and(|route| route.title == title)
    };
    let id = &printed.iter().find(named).expect("the sheet is known").key.id;
    let code = scanning::sheet_code(id.parse().expect("a sheet"));
    let hex: String = code.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    assert!(String::from_utf8(pdf).expect("the plain press writes text").contains(&hex), "the code stands on it");
    code
}

fn words(pages: &[&str]) -> Vec<String> {
    pages.iter().map(|page| (*page).to_owned()).collect()
}

async fn staged(suit: &Suit) -> Vec<Material> {
    let state = suit.state().await;
    state.materials_in_order().filter(|paper| paper.place == Place::Staged && paper.unnamed).cloned().collect()
}

async fn open(court: &Court) -> Vec<(ScanId, Batch)> {
    court.app.open_batches().await.expect("the desk").into_iter().map(|known| (known.id, known.batch)).collect()
}

async fn events(court: &Court, id: ScanId) -> usize {
    let stream = xiezhi_store::Stream::new("scan", id);
    court.store.read_stream(LogId::RECORD, &stream, 0).await.expect("it is read").len()
}

async fn each_part_goes_to_the_case_that_its_sheet_names_and_once(court: Court) {
    let mut suit = Suit::filed(court).await;
    let (first, second) = (sheet(&suit, "借条").await, sheet(&suit, "收条").await);
    let pages = words(&[&first, "words", "blank", "words", &second, "words"]);
    suit.court.tray.lay("scan0001.pdf", &pages);
    assert_eq!(suit.court.app.take_scans().await.expect("taken"), 1);
    let papers = staged(&suit).await;
    let told: Vec<(&str, u32, usize)> = papers
        .iter()
        .map(|paper| {
            (paper.title.as_str(), paper.page_count(), paper.pages.as_ref().map_or(0, |pages| pages.aside.len()))
        })
        .collect();
    assert_eq!(told, [("借条", 2, 1), ("收条", 1, 0)], "blank backs are laid aside, sheets stay out");
    assert!(papers[0].leaves().iter().all(|leaf| leaf.turn == 180), "as their sheet lay");
    assert!(suit.court.tray.names().is_empty() && open(&suit.court).await.is_empty());

    // The scanner's share gives the same batch once more, as after a crash before it was moved: nothing comes twice.
    suit.court.tray.lay("scan0001.pdf", &pages);
    suit.court.app.take_scans().await.expect("taken");
    assert_eq!(staged(&suit).await.len(), 2);

    // The original of the batch stays, though no case names it.
    let file = suit.court.store.working_of("scan-file", None, 0).await.expect("it answers").remove(0).key.id;
    let tomorrow = suit.court.today.tomorrow().expect("within the calendar");
    suit.court.jump(tomorrow);
    suit.court.app.sweep().await.expect("it is swept");
    assert!(suit.court.blobs.exists(file.parse().expect("a digest")).await.expect("it answers"));
    assert_eq!(suit.court.app.audit(&mut |_, _| {}).await.expect("checked").differences, vec![]);
}

async fn pages_without_a_sheet_of_the_court_wait_until_someone_sorts_them(court: Court) {
    let mut suit = Suit::filed(court).await;
    let forged = format!("XZSHEET:{}", "A".repeat(32));
    suit.court.tray.lay("scan0002.pdf", &words(&["words", &forged, "words"]));
    suit.court.app.take_scans().await.expect("taken");
    assert_eq!(staged(&suit).await.len(), 0, "nobody routes pages by a code of their own");
    let (id, batch) = open(&suit.court).await.remove(0);
    assert_eq!(batch.waiting(), [1, 2, 3]);

    let number = suit.state().await.number.as_ref().expect("filed").to_string();
    let (clerk, command) = (staff(Post::FilingClerk), CommandId(suit.court.fresh()));
    let app = suit.court.app.clone();
    let sort = async |who: &Actor, pages: &[u32], number: &str| {
        app.sort_scans(who, command, (id, pages.to_vec()), number, (PaperKind::Other, "来信")).await
    };
    assert!(matches!(sort(&account(0), &[1], &number).await, Err(AppError::NotFound)), "a party knows no desk");
    let nowhere = sort(&clerk, &[1], "（2026）鲁0691民初9999号").await;
    assert!(matches!(nowhere, Err(AppError::Refused(_))), "{nowhere:?}");
    let material = sort(&clerk, &[1, 3], &number).await.expect("sorted");
    assert_eq!(sort(&clerk, &[1, 3], &number).await.expect("the same act"), material);
    assert_eq!(staged(&suit).await.len(), 1);
    assert_eq!(open(&suit.court).await[0].1.waiting(), [2]);

    let drop_it = CommandId(suit.court.fresh());
    app.drop_scans(&clerk, drop_it, (id, vec![2]), "不属于任何案件").await.expect("put away");
    app.drop_scans(&clerk, drop_it, (id, vec![2]), "不属于任何案件").await.expect("the same act");
    assert!(open(&suit.court).await.is_empty());
    assert_eq!(events(&suit.court, id).await, 3, "taken, sorted, put away");
}

async fn a_page_that_two_sort_at_once_goes_to_one_paper(court: Court) {
    let mut suit = Suit::filed(court).await;
    suit.court.tray.lay("scan0004.pdf", &words(&["words", "words", "words"]));
    suit.court.app.take_scans().await.expect("taken");
    let (id, _) = open(&suit.court).await.remove(0);
    let number = suit.state().await.number.as_ref().expect("filed").to_string();
    let (clerk, first, second) = (staff(Post::FilingClerk), suit.court.fresh(), suit.court.fresh());
    let app = suit.court.app.clone();
    let sort = async |command, pages: &[u32]| {
        app.sort_scans(&clerk, CommandId(command), (id, pages.to_vec()), &number, (PaperKind::Other, "来信")).await
    };
    let (one, other) = tokio::join!(sort(first, &[1, 2]), sort(second, &[2, 3]));
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!(staged(&suit).await.len(), 1);
    // Whoever came too late is told so, however often they ask.
    let late = if one.is_ok() { sort(second, &[2, 3]).await } else { sort(first, &[1, 2]).await };
    assert!(matches!(late, Err(AppError::Refused(_))), "{late:?}");
    assert_eq!((staged(&suit).await.len(), open(&suit.court).await[0].1.waiting().len()), (1, 1));
}

async fn what_a_crash_left_undone_is_done_once(court: Court) {
    let suit = Suit::filed(court).await;
    let sheet = sheet(&suit, "借条").await;
    suit.court.tray.lay("scan0003.pdf", &words(&[&sheet, "words"]));
    // There is room for the scan, and none for what is put together of it.
    suit.court.blobs.takes(Some(1));
    assert!(suit.court.app.take_scans().await.is_err());
    assert_eq!((staged(&suit).await.len(), open(&suit.court).await.len()), (0, 1), "it was taken in and waits");
    suit.court.blobs.takes(None);
    suit.court.app.take_scans().await.expect("it goes on");
    assert_eq!((staged(&suit).await.len(), open(&suit.court).await.len()), (1, 0));
    assert!(suit.court.tray.ready().await.expect("it answers").is_empty());
}

async fn a_batch_that_nobody_can_read_goes_out_of_the_way(court: Court) {
    let suit = Suit::filed(court).await;
    suit.court.tray.lay("broken.pdf", &words(&["damaged"]));
    suit.court.tray.lay("good.pdf", &words(&["words"]));
    assert_eq!(suit.court.app.take_scans().await.expect("the others come"), 1);
    assert_eq!(suit.court.tray.refused_names(), ["broken.pdf"]);
    assert_eq!(open(&suit.court).await.len(), 1);
}

over_each_store!(
    each_part_goes_to_the_case_that_its_sheet_names_and_once,
    pages_without_a_sheet_of_the_court_wait_until_someone_sorts_them,
    a_page_that_two_sort_at_once_goes_to_one_paper,
    what_a_crash_left_undone_is_done_once,
    a_batch_that_nobody_can_read_goes_out_of_the_way,
);
