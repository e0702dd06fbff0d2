//! A reading copy carries the text of scans and who took it; the original stays what it is; both are on the log of looks.

use xiezhi_app::{
    AppError,
    access::{AccessEvent, Look},
    bundle::Wanted,
};
use xiezhi_domain::{access::may_see, ids::MaterialId, material::MaterialCommand, paper::PaperKind, people::Actor};

use crate::{
    court::Court,
    example::account,
    steps::{Suit, exhibit},
};

/// A scan of two pages that the clerk put into the file, and that was recognised.
async fn scanned(suit: &mut Suit, place: u128, words: [&str; 2]) -> MaterialId {
    suit.court.glass.lay(&words);
    let bytes = format!("scan of {place}").into_bytes();
    let file = suit.court.app.keep(bytes, "application/pdf", "检验.pdf".to_owned(), 2).await.expect("it is kept");
    let (clerk, material) = (suit.clerk().await, exhibit(0, place));
    let title = "检验记录".to_owned();
    let kind = PaperKind::Other;
    suit.does(&clerk, MaterialCommand::Submit { material, kind, title, file, from: None, original: None }).await;
    suit.does(&clerk, MaterialCommand::Enter { materials: vec![material], rendered: vec![] }).await;
    while suit.court.app.scan_on().await.expect("the scanner works") {}
    material
}

fn no_text(page: u32) -> String {
    format!("第{page}页起没有文字")
}

async fn copied(suit: &Suit, who: &Actor, id: MaterialId) -> Result<String, AppError> {
    let (case, reader) = suit.court.app.view(suit.id, who).await?;
    let paper = case.materials.get(&id).filter(|paper| may_see(&reader, &case, paper)).ok_or(AppError::NotFound)?;
    let copy = suit.court.app.reading_copy((&case, &reader), who, paper, "rule", no_text).await?;
    Ok(String::from_utf8(copy).expect("text"))
}

async fn a_copy_of_a_scan_has_its_text_and_says_who_took_it_and_when(court: Court) {
    let mut suit = Suit::filed(court).await;
    let paper = scanned(&mut suit, 70, ["今借到", "壹拾伍万元"]).await;
    let clerk = suit.clerk().await;
    let file = suit.state().await.materials[&paper].file.clone();
    let before = suit.court.app.bytes(&file.sha256).await.expect("it is kept");
    let copy = copied(&suit, &clerk, paper).await.expect("a copy is made");
    let name = suit.court.app.person(clerk.person().expect("a person")).await.expect("read").expect("known").name;
    let sha256 = &file.sha256;
    let (first, second) = (format!("{sha256} 1 0 0"), format!("{sha256} 2 0 0"));
    let mark = format!("mark 阅读副本，非原件 {name} 2026-02-27 08:00");
    let said: Vec<&str> = copy.lines().collect();
    assert_eq!(said, [first.as_str(), &second, "letters 0 今借到", "letters 1 壹拾伍万元", &mark]);
    assert_eq!(suit.court.app.bytes(sha256).await.expect("it is kept"), before, "the original stays as it is");
    let looks = suit.court.app.looks(suit.id).await.expect("they are read");
    let left = |(_, event): &(_, AccessEvent)| {
        let AccessEvent::Looked { look, material, words, .. } = event;
        *look == Look::Download && *material == Some(paper) && words.as_deref() == Some("阅读副本，非原件")
    };
    assert!(looks.iter().any(left), "{looks:?}");
    // In a bundle its text lies on its own pages, behind the index.
    let (title, purpose) = (String::new(), String::new());
    let bound = suit.court.app.bind(suit.id, &clerk, &Wanted { materials: vec![paper], title, purpose }, no_text).await;
    let bound = String::from_utf8(bound.expect("it is bound")).expect("text");
    assert!(bound.contains("letters 1 今借到\nletters 2 壹拾伍万元\n"), "{bound}");
}

async fn whoever_may_not_see_a_paper_gets_no_copy_of_it(court: Court) {
    let mut suit = Suit::filed(court).await;
    suit.link(0).await;
    let paper = scanned(&mut suit, 71, ["检验", "结果"]).await;
    let party = account(0);
    let copy = copied(&suit, &party, paper).await;
    assert!(matches!(copy, Err(AppError::NotFound)), "{copy:?}");
    let clerk = suit.clerk().await;
    suit.does(&clerk, MaterialCommand::Disclose { materials: vec![paper] }).await;
    let copy = copied(&suit, &party, paper).await.expect("it was shown to them");
    assert!(copy.contains("letters 0 检验"), "{copy}");
}

over_each_store!(
    a_copy_of_a_scan_has_its_text_and_says_who_took_it_and_when,
    whoever_may_not_see_a_paper_gets_no_copy_of_it,
);

#[tokio::test]
async fn a_copy_that_cannot_take_all_that_was_recognised_says_from_which_page_on() {
    let mut suit = Suit::filed(Court::in_memory("2026-02-27").await).await;
    let page = "字".repeat(5_000_000);
    let paper = scanned(&mut suit, 72, [page.as_str(), page.as_str()]).await;
    let clerk = suit.clerk().await;
    let copy = copied(&suit, &clerk, paper).await.expect("a copy is made");
    let lines: Vec<&str> = copy.lines().filter(|line| !line.starts_with("letters 0 ")).collect();
    assert!(!lines.iter().any(|line| line.starts_with("letters")), "the second page does not fit");
    assert!(lines.last().expect("a mark").starts_with("mark 阅读副本，非原件 第2页起没有文字 "), "{:?}", lines.last());
}
