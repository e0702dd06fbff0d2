//! Cases that end before judgment: withdrawal, an unpaid fee, a plaintiff who stays away.

use xiezhi_domain::{
    closing::{ClosingCommand, Manner},
    drafting::{DraftingCommand, DraftingRefusal},
    fees::FeeStatus,
    hearing::Mode,
    ids::DocumentId,
    law::money::Fen,
    paper::PaperKind,
    periods::PeriodKind,
    stage::Stage,
};

use crate::{
    court::{Court, day},
    example::{account, party},
    steps::ruling,
    stories::ex2_sale_contract as ex2,
};

fn withdraw(court: &mut Court) {
    let ask = ClosingCommand::AskWithdrawal { party: party(0), reason: "双方已和解".to_owned() };
    court.act(&account(0), ask).expect("a plaintiff may ask");
}

#[test]
fn a_withdrawal_is_granted_by_ruling_and_half_of_a_full_fee_goes_back() {
    let (mut court, _) = ex2::heard();
    withdraw(&mut court);
    let document = court.put_forward(PaperKind::WithdrawalRuling, ruling());
    court.issue(document);
    court.pronounce(document, false);
    assert_eq!(court.case().closing.as_ref().map(|closing| closing.manner), Some(Manner::Withdrawal));
    assert_eq!(court.case().fees.refund_due, Fen(250_509), "half of 5,010.18");
    court.serve_online(0);
    court.serve_online(1);
    assert_eq!(court.case().effective_on, Some(day("2026-04-21")), "a ruling that cannot be appealed binds on service");
    court.refund();
    court.archive();
}

#[test]
fn a_withdrawal_in_summary_procedure_was_halved_already() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.pay();
    withdraw(&mut court);
    let document = court.put_forward(PaperKind::WithdrawalRuling, ruling());
    court.issue(document);
    court.pronounce(document, false);
    assert_eq!(court.case().fees.refund_due, Fen(0));
}

#[test]
fn a_withdrawal_ruling_sent_back_leaves_the_case_where_it_stood() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    withdraw(&mut court);
    let document = court.put_forward(PaperKind::WithdrawalRuling, ruling());
    assert_eq!(court.case().stage, Stage::Approval);
    let back = DraftingCommand::Return { document, reason: "费用写错".to_owned() };
    court.act(&court.judge(), back).expect("returned");
    assert_eq!(court.case().stage, Stage::Assigned, "it was not heard, and does not look so now");
    let judgment = DocumentId(court.fresh());
    let save = DraftingCommand::Save { document: judgment, kind: PaperKind::Judgment, content: ruling(), based_on: 0 };
    court.act(&court.judge(), save).expect("saved");
    let refused = court.act(&court.judge(), DraftingCommand::PutForward { document: judgment });
    assert_eq!(refused, Err(DraftingRefusal::NoHearing.into()));
}

#[test]
fn a_case_that_ends_early_gives_its_booked_courtroom_free() {
    let (mut court, _) = Court::filed(4, "2026-05-12");
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    assert_eq!(court.bookings("2026-06-10"), 1);
    withdraw(&mut court);
    let document = court.put_forward(PaperKind::WithdrawalRuling, ruling());
    court.issue(document);
    court.pronounce(document, false);
    assert_eq!(court.bookings("2026-06-10"), 0, "hearing {hearing} is not held");
}

#[test]
fn an_unpaid_fee_leads_to_a_ruling_not_to_silence() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    let document = DocumentId(court.fresh());
    let save =
        DraftingCommand::Save { document, kind: PaperKind::DeemedWithdrawalRuling, content: ruling(), based_on: 0 };
    court.act(&court.judge(), save).expect("saved");
    let forward = DraftingCommand::PutForward { document };
    let early = court.act(&court.judge(), forward.clone());
    assert_eq!(early, Err(DraftingRefusal::NoGroundForDeemedWithdrawal.into()));
    assert_eq!(court.due(PeriodKind::FeePayment), day("2026-03-09"));
    court.on("2026-03-09");
    assert_eq!(court.case().fees.status, FeeStatus::Noticed);
    court.on("2026-03-10");
    assert_eq!(court.case().fees.status, FeeStatus::Overdue);
    court.act(&court.judge(), forward).expect("now there is a ground");
    court.issue(document);
    court.pronounce(document, false);
    assert_eq!(court.case().closing.as_ref().map(|closing| closing.manner), Some(Manner::DeemedWithdrawal));
    assert_eq!(court.case().fees.refund_due, Fen(0), "nothing was paid");
}

#[test]
fn a_late_payment_before_the_ruling_is_still_taken() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.on("2026-03-10");
    court.pay();
    assert_eq!(court.case().fees.status, FeeStatus::Paid);
}

#[test]
fn a_plaintiff_who_was_summoned_and_stays_away_is_taken_to_withdraw() {
    let (mut court, told) = Court::filed(4, "2026-05-12");
    court.pay();
    court.on("2026-05-20");
    for place in [1, 2] {
        court.link(place, &told);
        court.serve_online(place);
    }
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    for place in 0..3 {
        court.serve_online(place);
    }
    court.on("2026-06-10");
    court.open(hearing, &[1, 2]).expect("the absence is noted");
    let document = court.put_forward(PaperKind::DeemedWithdrawalRuling, ruling());
    court.issue(document);
    court.pronounce(document, false);
    assert_eq!(court.case().closing.as_ref().map(|closing| closing.manner), Some(Manner::DeemedWithdrawal));
}
