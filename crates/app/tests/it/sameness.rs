//! The same sheet scanned twice is noticed in its own case, and told to whoever may see both papers.

use xiezhi_app::sameness::SamePage;
use xiezhi_domain::{
    access::Reader,
    ids::MaterialId,
    material::{FileRef, MaterialCommand},
    paper::PaperKind,
    people::Actor,
};

use crate::{
    court::Court,
    example::account,
    steps::{Suit, exhibit},
};

over_each_store!(
    another_scan_of_a_sheet_is_noticed_page_by_page_and_goes_with_its_file,
    whoever_may_not_see_both_papers_is_told_of_neither,
    the_file_tells_which_papers_came_twice_and_which_show_the_same_sheets,
);

/// A scan whose pages have these words lies in staging.
async fn scanned(suit: &mut Suit, place: u128, pages: &[&str]) -> FileRef {
    let bytes = format!("scan\n{}", pages.join("\n")).into_bytes();
    let count = u32::try_from(pages.len()).expect("a few pages");
    let file = suit.court.app.keep(bytes, "application/pdf", format!("{place}.pdf"), count).await.expect("it is kept");
    let clerk = suit.clerk().await;
    let command = MaterialCommand::Submit {
        material: exhibit(0, place),
        kind: PaperKind::Other,
        title: format!("扫描件{place}"),
        file: file.clone(),
        from: None,
        original: None,
    };
    suit.does(&clerk, command).await;
    file
}

async fn compare_all(suit: &Suit) {
    for _ in 0..50 {
        if !suit.court.app.compare_on().await.expect("scans are compared") {
            return;
        }
    }
    panic!("comparing does not come to an end");
}

/// What is told of a paper: its page, the other paper, and the page of that.
async fn told(suit: &Suit, who: &Actor, place: u128) -> Vec<(u32, MaterialId, u32)> {
    let case = suit.court.app.load(suit.id).await.expect("it is there");
    let reader = Reader::of(who, &case);
    let paper = &case.materials[&exhibit(0, place)];
    let same = suit.court.app.same_pages(&case, &reader, paper).await.expect("it answers");
    same.into_iter().map(|SamePage { page, material, other_page, .. }| (page, material, other_page)).collect()
}

async fn another_scan_of_a_sheet_is_noticed_page_by_page_and_goes_with_its_file(court: Court) {
    let mut suit = Suit::filed(court).await;
    let first = scanned(&mut suit, 60, &["借条", "blank", "转账凭证"]).await;
    scanned(&mut suit, 61, &["转账凭证", "blank", "身份证"]).await;
    let clerk = suit.clerk().await;
    assert!(told(&suit, &clerk, 60).await.is_empty(), "nothing was compared yet");
    compare_all(&suit).await;
    assert_eq!(told(&suit, &clerk, 60).await, [(3, exhibit(0, 61), 1)], "blank sheets are like nothing");
    assert_eq!(told(&suit, &clerk, 61).await, [(1, exhibit(0, 60), 3)]);
    let digest = first.sha256.parse().expect("a digest");
    suit.court.app.forget_scan(digest).await.expect("it is forgotten");
    assert!(told(&suit, &clerk, 60).await.is_empty() && told(&suit, &clerk, 61).await.is_empty());
    for kind in ["look-wanted", "page-looks", "page-same"] {
        let kept = suit.court.store.working_of(kind, None, 0).await.expect("it answers");
        assert!(kept.iter().all(|item| !item.key.id.contains(&first.sha256)), "{kind}: {kept:?}");
    }
}

async fn whoever_may_not_see_both_papers_is_told_of_neither(court: Court) {
    let mut suit = Suit::filed(court).await;
    scanned(&mut suit, 60, &["借条"]).await;
    scanned(&mut suit, 61, &["借条", "收条"]).await;
    compare_all(&suit).await;
    let clerk = suit.clerk().await;
    assert_eq!(told(&suit, &clerk, 60).await.len(), 1);
    for outsider in [account(0), account(1)] {
        assert!(told(&suit, &outsider, 60).await.is_empty(), "what lies in staging is not theirs");
    }
}

async fn the_file_tells_which_papers_came_twice_and_which_show_the_same_sheets(court: Court) {
    let mut suit = Suit::filed(court).await;
    suit.link(0).await;
    for (place, pages) in [(60, &["借条"][..]), (61, &["借条"]), (62, &["收条", "借条"]), (63, &["身份证"])]
    {
        scanned(&mut suit, place, pages).await;
    }
    compare_all(&suit).await;
    let (clerk, party) = (suit.clerk().await, account(0));
    let told = async |who: &Actor| {
        let case = suit.court.app.load(suit.id).await.expect("it is there");
        suit.court.app.same_in_file(&case, &Reader::of(who, &case)).await.expect("it answers")
    };
    let same = told(&clerk).await;
    let of = |place: u128| {
        let each = same[&exhibit(0, place)].iter().map(|it| (it.material, it.same_bytes, it.pages.clone()));
        each.collect::<Vec<_>>()
    };
    assert_eq!(of(60), [(exhibit(0, 61), true, vec![]), (exhibit(0, 62), false, vec![(1, 2)])]);
    assert_eq!(of(62), [(exhibit(0, 60), false, vec![(2, 1)]), (exhibit(0, 61), false, vec![(2, 1)])]);
    assert!(!same.contains_key(&exhibit(0, 63)), "what lies there once is like nothing");
    assert!(told(&party).await.is_empty(), "a side that sees none of them is told of none");
}
