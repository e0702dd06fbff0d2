//! Words are found in all papers that a reader may see, and in no others; the index is derived and holds nothing that
//! can be read.

use std::sync::Arc;

use xiezhi_app::{
    scans,
    searching::{self, Hits},
};
use xiezhi_domain::{
    access,
    ids::MaterialId,
    material::Material,
    paper::Volume,
    people::{Actor, Post},
};
use xiezhi_store::pages::PagesAsked;

use crate::{
    cast::person,
    court::{Court, Opening},
    example::{account, example},
    steps::{Suit, case, submit},
    story::told_to_service,
};

over_each_store!(
    words_are_found_by_whoever_may_see_the_paper_and_by_nobody_else,
    what_is_taken_out_of_the_file_is_found_no_more,
    an_index_that_was_cleared_is_filled_again,
    an_original_and_its_copy_are_one_hit_where_the_words_stand_in_both_alike,
);

/// A court with the first example submitted, each of its files a scan with these words.
async fn told(court: &mut Court) {
    let told = example(1);
    court.glass.lay(&["今借到人民币壹拾伍万元", "借款人签名"]);
    court.admit(&told).await;
    submit(court, &told, 0).await;
    index(court).await;
}

async fn index(court: &Court) {
    for _ in 0..200 {
        if !court.app.scan_on().await.expect("scans are read") {
            break;
        }
    }
    while court.app.index_on().await.expect("pages are indexed") {}
}

async fn found(court: &Court, actor: &Actor, words: &str) -> Hits {
    court.app.search(actor, words, None).await.expect("it answers")
}

fn on(post: Post) -> Actor {
    Actor::Person { id: person(9_999), post, token: None }
}

async fn words_are_found_by_whoever_may_see_the_paper_and_by_nobody_else(mut court: Court) {
    told(&mut court).await;
    let case = court.app.load(case(0)).await.expect("it is there");
    let plaintiff = account(0);
    let reader = access::Reader::of(&plaintiff, &case);
    let seen = case.materials.values().filter(|paper| {
        searching::is_open(paper) && scans::may_be_scan(&paper.file) && access::may_see(&reader, &case, paper)
    });
    let hits = found(&court, &plaintiff, "壹拾伍万").await;
    assert_eq!(hits.hits.len(), seen.count(), "each paper once: {hits:?}");
    assert!(!hits.hits.is_empty() && hits.more.is_none());
    assert_eq!(
        (hits.hits[0].page, hits.hits[0].before.as_str(), hits.hits[0].after.as_str()),
        (1, "今借到人民币", "元")
    );
    assert!(found(&court, &plaintiff, "伍壹").await.hits.is_empty(), "letters in another order are other words");
    assert!(found(&court, &plaintiff, "元借").await.hits.is_empty(), "a page ends where it ends");
    for nobody in [on(Post::Party), on(Post::Judge), on(Post::SystemAdmin), Actor::System] {
        assert_eq!(found(&court, &nobody, "壹拾").await, Hits::default(), "{nobody:?}");
    }
    assert!(!found(&court, &on(Post::FilingClerk), "壹拾").await.hits.is_empty(), "the filing desk reviews it");
    assert!(
        !found(&court, &on(Post::President), "壹拾").await.hits.is_empty(),
        "those who oversee see the main volume"
    );
    assert!(court.app.search(&plaintiff, "元", None).await.is_err(), "one letter is no word");
}

async fn what_is_taken_out_of_the_file_is_found_no_more(mut court: Court) {
    told(&mut court).await;
    let whole = case(0).to_string();
    let pages = &court.app.ports().pages;
    let papers = pages.papers(&whole).await.expect("it answers");
    assert!(!papers.is_empty());
    let terms = court.app.terms().of(&"今借".chars().collect::<Vec<_>>());
    let asked = PagesAsked { terms, within: None, before: u64::MAX, limit: 100 };
    let there = pages.find(&asked).await.expect("it answers");
    assert!(!there.is_empty());
    for page in &there {
        let words = "今借到".as_bytes();
        assert!(!page.text.windows(words.len()).any(|part| part == words), "nothing in it can be read");
    }
    court.app.forget_search(case(0)).await.expect("it goes");
    assert!(pages.papers(&whole).await.expect("it answers").is_empty());
    assert!(pages.find(&asked).await.expect("it answers").is_empty(), "no mark is left");
}

async fn an_index_that_was_cleared_is_filled_again(mut court: Court) {
    told(&mut court).await;
    let president = on(Post::President);
    let before = found(&court, &president, "签名").await;
    assert!(!before.hits.is_empty());
    court.app.ports().pages.clear().await.expect("it goes");
    assert!(found(&court, &president, "签名").await.hits.is_empty());
    index(&court).await;
    let mut again = found(&court, &president, "签名").await.hits;
    let mut before = before.hits;
    for hits in [&mut before, &mut again] {
        hits.sort_by_key(|hit| hit.material);
    }
    assert_eq!(before, again);
    let Court { store, blobs, shelf, lock, .. } = &court;
    let opening = Opening {
        store: Arc::clone(store),
        blobs: Arc::clone(blobs),
        shelf: Arc::clone(shelf),
        lock: Arc::clone(lock),
        ..Opening::default()
    };
    // Whoever opens the court with an empty index, as after a restore, finds everything again.
    let restored = Court::open(opening, "2026-02-27");
    restored.glass.lay(&["今借到人民币壹拾伍万元", "借款人签名"]);
    index(&restored).await;
    assert_eq!(found(&restored, &president, "签名").await.hits.len(), before.len());
    assert_eq!(before[0].case, case(0));
}

#[tokio::test]
async fn words_whose_parts_stand_everywhere_and_they_nowhere_are_looked_for_step_by_step() {
    let mut court = Court::in_memory("2026-02-27").await;
    told(&mut court).await;
    let case = court.app.load(case(0)).await.expect("it is there");
    let paper = case.materials.values().find(|paper| paper.volume == Volume::Main).expect("a paper");
    let paper = Material { id: MaterialId(uuid::Uuid::from_u128(0x9a9e)), ..paper.clone() };
    // Each two letters of the words stand on every page, the words on none.
    let pages = vec!["乙甲丙甲乙".to_owned(); 2_050];
    let indexed = court.app.indexed(case.id, &paper, &pages, &mut court.app.terms());
    court.app.ports().pages.put(vec![indexed]).await.expect("it is put");
    let first = found(&court, &account(0), "甲乙甲丙").await;
    assert!(first.hits.is_empty() && first.more.is_some(), "{first:?}");
    let rest = court.app.search(&account(0), "甲乙甲丙", first.more.as_deref()).await.expect("it goes on");
    assert_eq!(rest, Hits::default());
    assert!(court.app.search(&account(0), &"甲".repeat(201), None).await.is_err(), "a book is no word");
}

/// Puts one page of these words into the index for a paper.
async fn put(suit: &Suit, paper: MaterialId, words: &str) {
    let app = &suit.court.app;
    let indexed = app.indexed(suit.id, &suit.state().await.materials[&paper], &[words.to_owned()], &mut app.terms());
    app.ports().pages.put(vec![indexed]).await.expect("it is put");
}

async fn an_original_and_its_copy_are_one_hit_where_the_words_stand_in_both_alike(court: Court) {
    let suit = told_to_service(court).await;
    let state = suit.state().await;
    let draft = state.drafts.values().find(|draft| draft.issued.is_some()).expect("a judgment");
    let (original, issued) = (draft.original.expect("an original"), draft.issued.expect("a copy"));
    put(&suit, issued, "驳回其他诉讼请求").await;
    put(&suit, original, "驳回其他诉讼请求").await;
    let judge = suit.judge().await;
    let papers = async |who: &Actor, words: &str| -> Vec<(MaterialId, Option<MaterialId>)> {
        let hits = found(&suit.court, who, words).await.hits;
        hits.into_iter().map(|hit| (hit.material, hit.also.map(|also| also.material))).collect()
    };
    assert_eq!(papers(&judge, "其他诉讼").await, [(issued, Some(original))], "both are named in one");
    assert_eq!(papers(&account(0), "其他诉讼").await, [(issued, None)], "a party is told of no original");

    // What stands in one alone, or otherwise, is a hit of its own.
    for paper in [original, issued] {
        let key = searching::key(suit.id, paper);
        let kept = suit.court.app.ports().pages.pages(&key).await.expect("it answers");
        let pages = kept.into_iter().map(|(no, _)| (no, vec![])).collect();
        suit.court.app.ports().pages.take_out(&key, pages).await.expect("it goes");
    }
    put(&suit, issued, "驳回其他诉讼请求，案件受理费由被告负担").await;
    put(&suit, original, "驳回其他诉讼请求。合议庭少数意见").await;
    assert_eq!(papers(&judge, "其他诉讼请求").await.len(), 2, "what follows the words is not the same");
    assert_eq!(papers(&judge, "少数意见").await, [(original, None)]);
    assert_eq!(papers(&judge, "案件受理费").await, [(issued, None)]);
}
