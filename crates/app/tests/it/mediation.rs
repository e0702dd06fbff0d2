//! A case that ends by agreement: its statement leaves signed and under seal, like a judgment.

use xiezhi_app::package::{Facts, Page};
use xiezhi_domain::{
    closing::Manner,
    law::four_properties::{Item, Outcome, Tested},
    mediation::{Agreement, MediationCommand},
    paper::PaperKind,
    people::Post,
    service::Channel,
};
use xiezhi_package::layout;
use xiezhi_signing::verify_pdf;

use crate::{
    cast::staff,
    court::Court,
    example::{account, party},
    package::all_bytes,
    steps::Suit,
    story::told_to_hearing,
};

/// Everyone signed the agreement; whoever has no account here, on paper before the clerk.
async fn agreed(court: Court) -> Suit {
    let mut suit = told_to_hearing(court).await;
    let (judge, clerk) = (suit.judge().await, suit.clerk().await);
    suit.does(&judge, MediationCommand::Open).await;
    let agreement = Agreement {
        terms: vec!["被告易欠款于2026年5月1日前返还原告借款200000元".to_owned()],
        costs: "案件受理费由被告易欠款负担".to_owned(),
        effective_on_signature: false,
    };
    let agreement_sha256 = agreement.sha256();
    suit.does(&judge, MediationCommand::Agree { agreement }).await;
    for place in 0..3 {
        let who = if place == 2 { clerk.clone() } else { account(place) };
        let agreement_sha256 = agreement_sha256.clone();
        suit.does(&who, MediationCommand::Sign { party: party(place), agreement_sha256, hand: None }).await;
    }
    suit
}

async fn a_mediation_statement_leaves_signed_and_sealed_and_its_file_passes_the_test_of_signatures(court: Court) {
    let mut suit = agreed(court).await;
    let case = suit.state().await;
    assert_eq!(case.statement_in_force(), None, "nothing leaves that was not signed and sealed");
    suit.issue_draft(case.mediation.statement.expect("drafted with the last signature")).await;
    let case = suit.state().await;
    let statement = case.statement_in_force().expect("it was issued");
    assert_eq!(statement.kind, PaperKind::MediationStatement);
    let pdf = suit.court.app.bytes(&statement.file.sha256).await.expect("its bytes");
    let root = suit.court.app.ports().keys.authority.trust_root();
    let reports = verify_pdf(&pdf, &[root], &[]).expect("its signatures are read");
    assert!(reports.iter().all(xiezhi_signing::SignatureReport::is_valid));
    let tribunal = suit.tribunal().await;
    assert_eq!(reports.len(), tribunal.voters().len() + 2, "the judges, the clerk, the court");

    for place in 0..3 {
        let service = suit.send(place, Channel::Direct).await;
        let on = suit.court.app.ports().clock.moment().today;
        suit.receipt(service, on).await;
    }
    let case = suit.state().await;
    assert_eq!(case.closing.as_ref().map(|closing| closing.manner), Some(Manner::Mediation));
    if case.fees.refund_due > case.fees.refunded {
        suit.refund().await;
    }
    suit.archive().await;
    let pages = |facts: &Facts| -> Vec<Page> { vec![(layout::INDEX, facts.seal.archive_no.clone())] };
    let packed = suit.court.app.take_out(suit.id, &staff(Post::Archivist), pages).await.expect("it is taken out");
    let all = all_bytes(&suit.court, &packed).await;
    let tested: Vec<Tested> = serde_json::from_slice(&all[layout::TEST_REPORT]).expect("it is read");
    let signed = tested.iter().find(|tested| tested.item == Item::SignaturesValid).expect("every item is there");
    assert_eq!((signed.outcome, &signed.about), (Outcome::Passed, &vec![]));
}

over_each_store![a_mediation_statement_leaves_signed_and_sealed_and_its_file_passes_the_test_of_signatures];
