//! Receipts for evidence: for whoever handed in, and whoever keeps the file; nobody else learns of them.

use xiezhi_app::{AppError, receipts::receipts_of};
use xiezhi_domain::access::Reader;

use crate::{
    court::Court,
    example::{account, party},
    steps::Suit,
};

async fn a_receipt_says_what_came_and_is_the_senders_and_the_clerks(court: Court) {
    let suit = Suit::filed(court).await;
    let (clerk, app, on) = (suit.clerk().await, suit.court.app.clone(), suit.court.today);
    let pdf = app.print_evidence_receipt(suit.id, &clerk, party(0), on).await.expect("the clerk prints it");
    let case = suit.state().await;
    let name = &case.evidence[0].name;
    let hex: String = name.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    assert!(String::from_utf8(pdf).expect("the plain press writes text").contains(&hex), "{name} stands on it");
    let known = |who| receipts_of(&case, &Reader::of(who, &case));
    assert_eq!(known(&clerk), [(party(0), on)]);
    let nothing_came = app.print_evidence_receipt(suit.id, &clerk, party(1), on).await;
    assert!(matches!(nothing_came, Err(AppError::NotFound)), "{nothing_came:?}");
    let other = app.print_evidence_receipt(suit.id, &account(1), party(0), on).await;
    assert!(matches!(other, Err(AppError::NotFound)), "{other:?}");
}

over_each_store!(a_receipt_says_what_came_and_is_the_senders_and_the_clerks);
