//! Bundles: chosen papers in one document, of what their reader may take away, on the log of looks before they leave.

use xiezhi_app::{
    AppError,
    access::{AccessEvent, Look},
    bundle::Wanted,
};
use xiezhi_domain::{
    ids::MaterialId,
    material::MaterialCommand,
    paper::{PaperKind, Volume},
    people::Actor,
};

use crate::{
    court::Court,
    example::account,
    steps::{Suit, exhibit},
};

/// A paper of two pages that the clerk put into the file.
async fn filed(suit: &mut Suit, place: u128, kind: PaperKind, title: &str) -> MaterialId {
    let bytes = format!("{title} {place}").into_bytes();
    let file = suit.court.app.keep(bytes, "application/pdf", format!("{title}.pdf"), 2).await.expect("it is kept");
    let (clerk, material) = (suit.clerk().await, exhibit(0, place));
    let title = title.to_owned();
    suit.does(&clerk, MaterialCommand::Submit { material, kind, title, file, from: None, original: None }).await;
    suit.does(&clerk, MaterialCommand::Enter { materials: vec![material], rendered: vec![] }).await;
    material
}

async fn binds(suit: &Suit, who: &Actor, materials: &[MaterialId]) -> Result<String, AppError> {
    let (title, purpose) = ("庭审材料".to_owned(), "开庭".to_owned());
    let wanted = Wanted { materials: materials.to_vec(), title, purpose };
    let bound = suit.court.app.bind(suit.id, who, &wanted, |page| format!("no text from {page}")).await?;
    Ok(String::from_utf8(bound).expect("text"))
}

async fn chosen_papers_are_bound_in_their_order_and_each_is_on_the_log_of_looks(court: Court) {
    let mut suit = Suit::filed(court).await;
    suit.court.glass.lay(&[""]);
    let first = filed(&mut suit, 60, PaperKind::Other, "检验记录").await;
    let second = filed(&mut suit, 61, PaperKind::Other, "说明").await;
    let inner = filed(&mut suit, 62, PaperKind::ApprovalSheet, "审批单").await;
    assert_eq!(suit.state().await.materials[&inner].volume, Volume::Secondary);
    let clerk = suit.clerk().await;
    let bound = binds(&suit, &clerk, &[second, first, inner]).await.expect("it is bound");
    let case = suit.state().await;
    let pages: Vec<&str> = bound.lines().filter(|line| line.ends_with(" 0 0")).collect();
    assert_eq!(pages.len(), 7, "an index of one page and three papers of two: {bound}");
    for (at, paper) in [(1, second), (3, first), (5, inner)] {
        let sha256 = &case.materials[&paper].file.sha256;
        assert_eq!(pages[at], format!("{sha256} 1 0 0"));
        assert_eq!(pages[at + 1], format!("{sha256} 2 0 0"));
    }
    let others: Vec<&str> = bound.lines().filter(|line| !line.ends_with(" 0 0")).collect();
    assert_eq!(others[..4], ["目录 1", "说明 2", "检验记录 4", "〔副卷〕审批单 6"]);
    let name = suit.court.app.person(clerk.person().expect("a person")).await.expect("read").expect("known").name;
    assert_eq!(others[4..], [format!("mark {name} 2026-02-27 08:00")], "who made it, and the minute");
    let looks = suit.court.app.looks(suit.id).await.expect("they are read");
    let left = |paper: MaterialId| {
        looks.iter().any(|(_, AccessEvent::Looked { look, material, words, .. })| {
            *look == Look::Export && *material == Some(paper) && words.as_deref() == Some("庭审材料")
        })
    };
    assert!([first, second, inner].into_iter().all(left), "{looks:?}");
}

async fn a_party_binds_what_it_may_see_and_nothing_else(court: Court) {
    let mut suit = Suit::filed(court).await;
    suit.court.glass.lay(&[""]);
    suit.link(0).await;
    let paper = filed(&mut suit, 60, PaperKind::Other, "检验记录").await;
    let inner = filed(&mut suit, 61, PaperKind::ApprovalSheet, "审批单").await;
    let party = account(0);
    for hidden in [paper, inner, exhibit(0, 99)] {
        let bound = binds(&suit, &party, &[hidden]).await;
        assert!(matches!(bound, Err(AppError::NotFound)), "{bound:?}");
    }
    let clerk = suit.clerk().await;
    suit.does(&clerk, MaterialCommand::Disclose { materials: vec![paper] }).await;
    let bound = binds(&suit, &party, &[paper]).await.expect("it was shown to them");
    assert!(bound.contains("检验记录 2") && !bound.contains("副卷"), "{bound}");
    let secondary = suit.court.app.print_contents(suit.id, &party, Volume::Secondary).await;
    assert!(matches!(secondary, Err(AppError::NotFound)), "{secondary:?}");
    suit.court.app.print_contents(suit.id, &party, Volume::Main).await.expect("their own contents");
    let nothing = binds(&suit, &party, &[]).await;
    assert!(matches!(nothing, Err(AppError::Invalid(_))), "{nothing:?}");
}

over_each_store!(
    chosen_papers_are_bound_in_their_order_and_each_is_on_the_log_of_looks,
    a_party_binds_what_it_may_see_and_nothing_else,
);
