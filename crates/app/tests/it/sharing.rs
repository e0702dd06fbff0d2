//! Papers shared with somebody outside the court: the code goes out, opens those papers alone, every look is traced
//! under the share, and it is over the moment it is taken back.

use jiff::Span;
use xiezhi_app::{
    AppError,
    access::{AccessEvent, Look},
    redaction::Change,
};
use xiezhi_connect::Message;
use xiezhi_domain::{
    ids::{CommandId, MaterialId, PersonId, ShareId},
    material::{HidingGround, MaterialCommand},
    paper::PaperKind,
    sharing::{Outsider, SharingCommand, SharingRefusal, Terms},
};

use crate::{
    court::Court,
    steps::{Suit, exhibit},
};

/// A paper of two pages in the file is shared for ten days; the share, and the paper.
async fn shared(suit: &mut Suit, place: u128, reach: &str) -> (ShareId, MaterialId) {
    let bytes = "text\n产品检验记录".as_bytes().to_vec();
    let file = suit.court.app.keep(bytes, "application/pdf", "检验记录.pdf".to_owned(), 2).await.expect("it is kept");
    let (clerk, material) = (suit.clerk().await, exhibit(0, place));
    let (kind, title) = (PaperKind::Other, "产品检验记录".to_owned());
    suit.does(&clerk, MaterialCommand::Submit { material, kind, title, file, from: None, original: None }).await;
    suit.does(&clerk, MaterialCommand::Enter { materials: vec![material], rendered: vec![] }).await;
    let with =
        Outsider { name: "甄鉴定".to_owned(), organisation: "某鉴定所".to_owned(), reach: reach.to_owned() };
    let until_on = suit.court.today.saturating_add(Span::new().days(10));
    let terms = Terms { with, purpose: "质量鉴定".to_owned(), materials: vec![material], until_on };
    let case = suit.does(&clerk, SharingCommand::Grant { terms }).await;
    let new = case.shares.values().find(|share| share.terms.materials == [material]).expect("a share");
    (new.id, material)
}

/// The messages that went out.
fn sent(suit: &Suit) -> Vec<Message> {
    suit.court.messages.outbox().sent.into_values().map(|sent| sent.message).collect()
}

fn is_wrong(answer: &Result<String, AppError>) -> bool {
    matches!(answer, Err(AppError::Refused(refusal)) if *refusal == SharingRefusal::WrongCode.into())
}

async fn the_code_opens_those_papers_under_a_name_and_every_look_is_traced(court: Court) {
    let mut suit = Suit::filed(court).await;
    let (share, paper) = shared(&mut suit, 60, "jianding@mail.example").await;
    suit.court.app.run_outbox().await.expect("the outbox runs");
    let code = suit.state().await.shares[&share].code.clone();
    let sent = sent(&suit);
    assert!(
        sent.iter().any(|message| message.to == "jianding@mail.example" && message.body.contains(&code)),
        "{sent:?}"
    );

    assert!(is_wrong(&suit.court.app.open_share(suit.id, share, "00000000").await));
    let nowhere = ShareId(uuid::Uuid::from_u128(9));
    assert!(is_wrong(&suit.court.app.open_share(suit.id, nowhere, &code).await), "unknown and wrong are alike");
    let secret = suit.court.app.open_share(suit.id, share, &code).await.expect("the code opens it");
    let opened = suit.court.app.shared(suit.id, share, &secret).await.expect("it is open");
    let papers: Vec<MaterialId> = opened.papers(suit.court.today).iter().map(|(paper, _)| paper.id).collect();
    assert_eq!(papers, [paper]);
    let image = suit.court.app.shared_page(&opened, paper, 2, 900).await.expect("it is drawn");
    let image = String::from_utf8(image).expect("text");
    assert!(image.contains("page 2") && image.contains("某鉴定所 甄鉴定") && image.contains("2026"), "{image}");
    let looks = suit.court.app.looks(suit.id).await.expect("they are read");
    let traced = looks.iter().any(|(_, AccessEvent::Looked { reader, look, material, pages, words, .. })| {
        let who = words.as_deref() == Some("甄鉴定（某鉴定所）");
        *reader == PersonId(share.0) && *look == Look::Page && *material == Some(paper) && *pages == [2] && who
    });
    assert!(traced, "{looks:?}");
    let case = suit.state().await;
    let other = case.materials_in_order().find(|other| other.id != paper).expect("there are others").id;
    for (material, page) in [(other, 1), (paper, 0), (paper, 3)] {
        let hidden = suit.court.app.shared_page(&opened, material, page, 900).await;
        assert!(matches!(hidden, Err(AppError::NotFound)), "{hidden:?}");
    }
}

async fn a_share_is_over_the_moment_it_is_taken_back_and_by_itself_after_its_term(court: Court) {
    let mut suit = Suit::filed(court).await;
    let (share, paper) = shared(&mut suit, 60, "13800138000").await;
    suit.court.app.run_outbox().await.expect("the outbox runs");
    let code = suit.state().await.shares[&share].code.clone();
    let sent = sent(&suit);
    let text = sent.iter().find(|message| message.to == "13800138000").expect("a text went out");
    assert!(text.body.contains(&code) && !text.body.contains("/shared/"), "a text carries no link: {text:?}");
    let secret = suit.court.app.open_share(suit.id, share, &code).await.expect("it opens");
    let opened = suit.court.app.shared(suit.id, share, &secret).await.expect("it is open");

    let last = suit.court.today.saturating_add(Span::new().days(10));
    suit.court.jump(last.tomorrow().expect("a day"));
    let over = suit.court.app.shared_page(&opened, paper, 1, 900).await;
    assert!(matches!(over, Err(AppError::NotFound)), "its term is over, whoever still holds it: {over:?}");
    assert!(is_wrong(&suit.court.app.open_share(suit.id, share, &code).await));

    let (share, _) = shared(&mut suit, 61, "jianding@mail.example").await;
    let code = suit.state().await.shares[&share].code.clone();
    let secret = suit.court.app.open_share(suit.id, share, &code).await.expect("it opens");
    let clerk = suit.clerk().await;
    suit.does(&clerk, SharingCommand::Revoke { share, reason: "误发".to_owned() }).await;
    let gone = suit.court.app.shared(suit.id, share, &secret).await;
    assert!(matches!(gone, Err(AppError::NotFound)), "{gone:?}");
    assert!(is_wrong(&suit.court.app.open_share(suit.id, share, &code).await));
}

async fn the_text_of_what_is_shared_is_that_of_its_own_pages_and_every_look_and_word_is_traced(court: Court) {
    let mut suit = Suit::filed(court).await;
    let (share, paper) = shared(&mut suit, 60, "jianding@mail.example").await;
    let code = suit.state().await.shares[&share].code.clone();
    let app = suit.court.app.clone();
    let secret = app.open_share(suit.id, share, &code).await.expect("it opens");
    let opened = app.shared(suit.id, share, &secret).await.expect("it is open");

    assert_eq!(app.shared_text(&opened, paper, 1).await.expect("its text").text, "产品检验记录");
    let found = app.search_shared(&opened, " 检验 ").await.expect("it is looked for");
    let told: Vec<_> = found.hits.iter().map(|hit| (hit.material, hit.page, hit.found.words.as_str())).collect();
    assert_eq!(told, [(paper, 1, "检验")]);
    assert_eq!(app.search_shared(&opened, "起诉状").await.expect("it is looked for").hits, vec![]);
    assert!(app.search_shared(&opened, &"检".repeat(201)).await.is_err(), "a book is no word");

    let looks = app.looks(suit.id).await.expect("they are read");
    let by_share = |wanted: Look, told: &str| {
        looks.iter().any(|(_, AccessEvent::Looked { reader, look, words, .. })| {
            *reader == PersonId(share.0) && *look == wanted && words.as_deref() == Some(told)
        })
    };
    assert!(
        by_share(Look::Page, "甄鉴定（某鉴定所）") && by_share(Look::Search, "甄鉴定（某鉴定所）：检验"),
        "{looks:?}"
    );

    let case = suit.state().await;
    let other = case.materials_in_order().find(|other| other.id != paper).expect("there are others").id;
    for (material, page) in [(other, 1), (paper, 0), (paper, 3)] {
        assert!(matches!(app.shared_text(&opened, material, page).await, Err(AppError::NotFound)));
    }
    let last = suit.court.today.saturating_add(Span::new().days(10));
    suit.court.jump(last.tomorrow().expect("a day"));
    assert!(matches!(suit.court.app.shared_text(&opened, paper, 1).await, Err(AppError::NotFound)), "its term is over");
    assert_eq!(suit.court.app.search_shared(&opened, "检验").await.expect("nothing").hits, vec![]);
}

async fn a_copy_that_hides_something_tells_an_outsider_its_own_words_alone(court: Court) {
    let mut suit = Suit::filed(court).await;
    let (_, paper) = shared(&mut suit, 60, "a@mail.example").await;
    let (clerk, copy) = (suit.clerk().await, exhibit(0, 62));
    let by = clerk.person().expect("a person");
    let app = suit.court.app.clone();
    let state = suit.state().await;
    let original = &state.materials[&paper];
    app.intend(by, original, Change::Word("检验".to_owned(), HidingGround::Other)).await.expect("it is kept");
    let intended = app.intended(by, paper).await.expect("it is there");
    let seen = app.preview_redaction(&state, original, &intended).await.digest();
    let command = CommandId(uuid::Uuid::from_u128(0x7e));
    app.redact(suit.id, &clerk, command, (paper, copy), (seen.as_str(), "副本")).await.expect("a copy is made");
    let with =
        Outsider {
            name: "甄鉴定".to_owned(), organisation: "某鉴定所".to_owned(), reach: "b@mail.example".to_owned()
        };
    let until_on = suit.court.today;
    let terms = Terms { with, purpose: "质量鉴定".to_owned(), materials: vec![copy], until_on };
    let case = suit.does(&clerk, SharingCommand::Grant { terms }).await;
    let share = case.shares.values().find(|share| share.terms.materials == [copy]).expect("a share");
    let secret = suit.court.app.open_share(suit.id, share.id, &share.code).await.expect("it opens");
    let opened = suit.court.app.shared(suit.id, share.id, &secret).await.expect("it is open");
    let text = suit.court.app.shared_text(&opened, copy, 1).await.expect("its text").text;
    assert!(text.contains("产品") && text.contains("记录") && !text.contains("检验"), "{text}");
    assert_eq!(suit.court.app.search_shared(&opened, "检验").await.expect("it is looked for").hits, vec![]);
    assert!(matches!(suit.court.app.shared_text(&opened, paper, 1).await, Err(AppError::NotFound)));
}

over_each_store!(
    the_text_of_what_is_shared_is_that_of_its_own_pages_and_every_look_and_word_is_traced,
    a_copy_that_hides_something_tells_an_outsider_its_own_words_alone,
    the_code_opens_those_papers_under_a_name_and_every_look_is_traced,
    a_share_is_over_the_moment_it_is_taken_back_and_by_itself_after_its_term,
);
