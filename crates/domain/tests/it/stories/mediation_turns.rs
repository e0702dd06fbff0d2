//! Turns of mediation.

use xiezhi_domain::{
    hearing::Mode,
    mediation::{Agreement, MediationCommand, MediationRefusal},
    stage::Stage,
};

use crate::{
    example::{account, party},
    stories::{ex3_divorce as ex3, ex4_traffic_accident as ex4},
};

#[test]
fn mediation_that_fails_gives_the_case_back_to_the_trial() {
    let (mut court, told) = ex4::pretrial();
    court.act(&court.judge(), MediationCommand::Open).expect("at any time before judgment");
    let offer = MediationCommand::Offer { by: Some(party(0)), terms: "赔偿十九万元".to_owned() };
    court.act(&account(0), offer).expect("an offer");
    let counter = MediationCommand::Offer { by: None, terms: "赔偿十八万元".to_owned() };
    court.act(&court.judge(), counter).expect("an offer of the court");
    assert_eq!(court.case().mediation.offers.len(), 2);
    court.act(&court.judge(), MediationCommand::Fail { reason: "保险公司不同意".to_owned() }).expect("it fails");
    assert_eq!(court.case().stage, Stage::Pretrial, "the trial goes on where it stood");
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    court.on("2026-06-10");
    court.hear(hearing, &[0, 1, 2]);
    court.judge_as(&told, false);
    assert_eq!(court.case().stage, Stage::ServingFinal);
}

#[test]
fn new_terms_undo_signatures_under_the_old_ones() {
    let (mut court, told) = ex3::agreed(true);
    let old = court.case().mediation.agreement.as_ref().expect("terms").sha256();
    ex3::sign(&mut court, 0);
    let changed = Agreement { costs: "由被告负担".to_owned(), ..ex3::agreement(&told, true) };
    court.act(&court.judge(), MediationCommand::Agree { agreement: changed }).expect("new terms");
    assert!(court.case().mediation.signed.is_empty());
    let stale = MediationCommand::Sign { party: party(1), agreement_sha256: old };
    assert_eq!(court.act(&account(1), stale), Err(MediationRefusal::TermsChanged.into()));
}
