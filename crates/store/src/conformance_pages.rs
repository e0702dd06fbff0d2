//! What every implementation of [`PageIndex`] promises: one promise, one function.
//!
//! [`pages_conformance!`](crate::pages_conformance) lists the promises once and makes a test of each.

use crate::pages::{BLOCK, IndexedPage, IndexedPaper, PageIndex, PagesAsked, Term};

/// Makes a test of every promise. `$open` is a future of the index and of what must outlive it; it runs anew for each
/// test.
#[macro_export]
macro_rules! pages_conformance {
    ($open:expr) => {
        $crate::pages_conformance! { @each $open;
            the_newest_pages_come_first_and_no_more_than_asked
            all_terms_must_stand_on_the_page
            a_question_stays_within_its_wholes
            a_paper_taken_out_is_found_no_more
            a_paper_may_come_back_in_another_edition
            pages_of_many_blocks_are_found
            it_remembers_how_far_the_record_was_looked_at
            a_cleared_index_is_empty
        }
    };
    (@each $open:expr; $($promise:ident)+) => {
        $(
            #[tokio::test]
            async fn $promise() {
                let (index, _outlives) = $open.await;
                $crate::conformance_pages::$promise(&index).await;
            }
        )+
    };
}

fn paper(key: &str, part_of: &str, pages: &[&[Term]]) -> IndexedPaper {
    let page = |terms: &&[Term]| IndexedPage { terms: terms.to_vec(), text: key.as_bytes().to_vec() };
    let (key, part_of) = (key.to_owned(), part_of.to_owned());
    IndexedPaper { pages: pages.iter().map(page).collect(), key, part_of, edition: "1".to_owned() }
}

fn asked(terms: &[Term]) -> PagesAsked {
    PagesAsked { terms: terms.to_vec(), within: None, before: u64::MAX, limit: 20 }
}

/// What was found, as paper and page.
async fn found(index: &dyn PageIndex, asked: &PagesAsked) -> Vec<String> {
    let found = index.find(asked).await.expect("the index answers");
    found.iter().map(|page| format!("{}:{}", page.key, page.page)).collect()
}

async fn put(index: &dyn PageIndex, papers: Vec<IndexedPaper>) {
    index.put(papers).await.expect("papers are taken in");
}

async fn take_out(index: &dyn PageIndex, key: &str, terms: &[&[Term]]) {
    let pages = index.pages(key).await.expect("it is there");
    assert_eq!(pages.len(), terms.len(), "each page is kept");
    let pages = pages.iter().zip(terms).map(|((no, _), terms)| (*no, terms.to_vec())).collect();
    index.take_out(key, pages).await.expect("it goes");
}

/// Newer pages have greater numbers; a question goes on where another ended.
pub async fn the_newest_pages_come_first_and_no_more_than_asked(index: &dyn PageIndex) {
    put(index, vec![paper("a", "x", &[&[1], &[2], &[1]]), paper("b", "x", &[&[1]])]).await;
    put(index, vec![paper("c", "y", &[&[1, 2]])]).await;
    assert_eq!(found(index, &asked(&[1])).await, ["c:1", "b:1", "a:3", "a:1"]);
    let two = PagesAsked { limit: 2, ..asked(&[1]) };
    let first = index.find(&two).await.expect("the index answers");
    assert_eq!(first.iter().map(|page| page.text.as_slice()).collect::<Vec<_>>(), [b"c", b"b"]);
    assert_eq!(found(index, &PagesAsked { before: first[1].no, ..two }).await, ["a:3", "a:1"]);
    assert!(found(index, &asked(&[])).await.is_empty() && found(index, &asked(&[9])).await.is_empty());
}

/// A page that lacks one term is no answer.
pub async fn all_terms_must_stand_on_the_page(index: &dyn PageIndex) {
    put(index, vec![paper("a", "x", &[&[1, 2], &[2, 3], &[1, 2, 3]])]).await;
    assert_eq!(found(index, &asked(&[2])).await.len(), 3);
    assert_eq!(found(index, &asked(&[1, 3])).await, ["a:3"]);
}

/// What stands in other wholes is as if it were not there, however much of it there is.
pub async fn a_question_stays_within_its_wholes(index: &dyn PageIndex) {
    put(index, vec![paper("a", "x", &[&[1]]), paper("b", "y", &[&[1]]), paper("c", "z", &[&[1], &[1]])]).await;
    let within = |wholes: &[&str]| PagesAsked {
        within: Some(wholes.iter().map(|whole| (*whole).to_owned()).collect()),
        limit: 2,
        ..asked(&[1])
    };
    assert_eq!(found(index, &within(&["x", "y"])).await, ["b:1", "a:1"]);
    assert!(found(index, &within(&[])).await.is_empty());
    assert!(found(index, &within(&["nowhere"])).await.is_empty());
}

/// It leaves nothing that a question finds, and the rest stays.
pub async fn a_paper_taken_out_is_found_no_more(index: &dyn PageIndex) {
    put(index, vec![paper("a", "x", &[&[1, 2], &[1]]), paper("b", "x", &[&[1, 2]])]).await;
    take_out(index, "a", &[&[1, 2], &[1]]).await;
    assert_eq!(found(index, &asked(&[1])).await, ["b:1"]);
    assert!(index.pages("a").await.expect("the index answers").is_empty());
    assert_eq!(index.papers("x").await.expect("the index answers"), [("b".to_owned(), "1".to_owned())]);
}

/// It is then the newest.
pub async fn a_paper_may_come_back_in_another_edition(index: &dyn PageIndex) {
    put(index, vec![paper("a", "x", &[&[1]]), paper("b", "x", &[&[1]])]).await;
    take_out(index, "a", &[&[1]]).await;
    put(index, vec![IndexedPaper { edition: "2".to_owned(), ..paper("a", "x", &[&[2], &[1]]) }]).await;
    assert_eq!(found(index, &asked(&[1])).await, ["a:2", "b:1"]);
    let editions = index.papers("x").await.expect("the index answers");
    assert_eq!(editions, [("a".to_owned(), "2".to_owned()), ("b".to_owned(), "1".to_owned())]);
}

/// Blocks are no boundary that anyone notices.
pub async fn pages_of_many_blocks_are_found(index: &dyn PageIndex) {
    let blank: Vec<&[Term]> = vec![&[7]; BLOCK as usize - 1];
    put(index, vec![paper("a", "x", &[&[1]])]).await;
    put(index, vec![paper("long", "y", &blank)]).await;
    put(index, vec![paper("b", "x", &[&[1, 7]])]).await;
    assert_eq!(found(index, &asked(&[1])).await, ["b:1", "a:1"]);
    let newest = index.find(&PagesAsked { limit: 3, ..asked(&[7]) }).await.expect("the index answers");
    assert_eq!(newest.iter().map(|page| page.no).collect::<Vec<_>>(), [BLOCK, BLOCK - 1, BLOCK - 2]);
    let own = PagesAsked { within: Some(vec!["x".to_owned()]), ..asked(&[7]) };
    assert_eq!(found(index, &own).await, ["b:1"]);
}

/// Whoever goes on begins there.
pub async fn it_remembers_how_far_the_record_was_looked_at(index: &dyn PageIndex) {
    assert_eq!(index.reached().await.expect("the index answers"), 0);
    index.reach(7).await.expect("it is kept");
    assert_eq!(index.reached().await.expect("the index answers"), 7);
}

/// It begins anew.
pub async fn a_cleared_index_is_empty(index: &dyn PageIndex) {
    put(index, vec![paper("a", "x", &[&[1]])]).await;
    index.reach(7).await.expect("it is kept");
    index.clear().await.expect("it goes");
    assert_eq!(index.reached().await.expect("the index answers"), 0);
    assert!(found(index, &asked(&[1])).await.is_empty());
    put(index, vec![paper("a", "x", &[&[1]])]).await;
    assert_eq!(found(index, &asked(&[1])).await, ["a:1"]);
}
