//! Example 6: a small claim, heard on line, pronounced in court, final at once.

use xiezhi_domain::{
    appeal::{AppealCommand, AppealRefusal},
    drafting::{DraftingCommand, DraftingRefusal},
    evidence::{Answer, EvidenceCommand},
    hearing::Mode,
    ids::DocumentId,
    law::money::Fen,
    paper::PaperKind,
    party::Claim,
    periods::PeriodKind,
    scheduling::SchedulingRefusal,
    stage::Stage,
    tasks,
};

use crate::{
    court::{Court, day},
    example::{Example, account, party},
    steps::{content, scheduling},
};

/// The defendant linked, served, and agreed to appear on line.
pub fn pretrial() -> (Court, Example) {
    let (mut court, told) = Court::filed(6, "2026-04-03");
    court.pay();
    court.on("2026-04-10");
    court.link(1, &told);
    court.serve_online(1);
    court.consent(1);
    court.enter_all();
    (court, told)
}

/// The case heard on the day told; the defendant waived the days for an answer.
pub fn heard() -> (Court, Example) {
    let (mut court, told) = pretrial();
    court.act(&account(1), EvidenceCommand::WaivePeriods { party: party(1) }).expect("the defendant waives");
    let hearing = court.schedule("2026-04-22", Mode::Online);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-04-22");
    court.hear(hearing, &[0, 1]);
    (court, told)
}

#[test]
fn a_small_claim_is_final_when_the_last_party_is_served() {
    let (mut court, told) = heard();
    assert_eq!(court.case().number.as_ref().expect("a number").to_string(), told.text("case_no"));
    assert_eq!(court.case().fees.due, told.fen("fee.charged"));
    assert_eq!(court.due(PeriodKind::Trial), day("2026-06-08"), "two months from filing");
    court.judge_as(&told, true);
    assert_eq!(court.due(PeriodKind::Sending), day("2026-05-06"), "ten days, over the May break");
    let judgment = court.case().final_paper().expect("a judgment").id;
    assert_eq!(tasks::serve_by(court.case(), judgment), Some(day("2026-05-06")));
    assert_eq!(court.case().closing.as_ref().map(|closing| closing.on), Some(day("2026-04-22")));
    court.on("2026-04-24");
    court.serve_online(0);
    assert_eq!(court.case().effective_on, None);
    court.serve_online(1);
    assert_eq!((court.case().stage, court.case().effective_on), (Stage::Effective, Some(told.day("effective_date"))));
    assert!(court.case().running(PeriodKind::Sending, None).is_none());
    assert!(court.case().period(PeriodKind::Appeal, Some(party(1))).is_none(), "there is no appeal");
    let petition = AppealCommand::File { party: party(1), petition: "不服".to_owned(), came_on: None };
    assert_eq!(court.act(&account(1), petition), Err(AppealRefusal::NotAppealable.into()));
    court.archive();
}

#[test]
fn before_the_answer_period_ends_a_hearing_needs_the_defendants_waiver() {
    let (mut court, _) = pretrial();
    assert_eq!(court.last_day(PeriodKind::Evidence, 1), day("2026-04-17"), "seven days in small claims");
    let refused = court.act(&court.clerk(), scheduling("2026-04-22", Mode::Online));
    assert_eq!(refused, Err(SchedulingRefusal::AnswerPeriodRunning { last_on: day("2026-04-27") }.into()));
}

#[test]
fn each_party_has_its_own_days_for_evidence_the_plaintiff_too_and_waives_its_own() {
    let (mut court, _) = pretrial();
    court.serve_online(0);
    let (on, last_on) = (court.today(), court.last_day(PeriodKind::Evidence, 0));
    assert_eq!(on.until(last_on).expect("days").get_days(), 7, "seven days in small claims, from its own notice");
    court.act(&account(1), EvidenceCommand::WaivePeriods { party: party(1) }).expect("the defendant waives");
    let soon = "2026-04-15";
    let refused = court.act(&court.clerk(), scheduling(soon, Mode::InPerson));
    assert_eq!(
        refused,
        Err(SchedulingRefusal::EvidencePeriodRunning { last_on }.into()),
        "the plaintiff did not waive"
    );
    let for_other = court.act(&account(1), EvidenceCommand::WaivePeriods { party: party(0) });
    assert!(for_other.is_err(), "nobody waives for the other side");
    court.act(&account(0), EvidenceCommand::WaivePeriods { party: party(0) }).expect("the plaintiff waives its own");
    court.schedule(soon, Mode::InPerson);
    assert_eq!(court.case().stage, Stage::Scheduled, "once all have waived, nothing holds the hearing back");
}

#[test]
fn days_that_were_waived_before_they_began_do_not_run() {
    let (mut court, _) = pretrial();
    court.act(&account(0), EvidenceCommand::WaivePeriods { party: party(0) }).expect("the plaintiff needs no days");
    court.serve_online(0);
    assert!(court.case().period(PeriodKind::Evidence, Some(party(0))).is_none());
}

#[test]
fn a_counterclaim_takes_a_case_out_of_small_claims_procedure() {
    let (mut court, told) = pretrial();
    let claim = Claim { text: "返还多收费用".to_owned(), amount: Some(Fen(50_000)) };
    let answer =
        Answer {
            party: party(1), words: "反诉".to_owned(), elements: Default::default(), counterclaims: vec![claim]
        };
    court.act(&account(1), EvidenceCommand::Answer { answer }).expect("a counterclaim is taken");
    assert!(court.case().last_paper(PaperKind::Counterclaim).is_some());
    assert_eq!(court.case().counterclaim_amount(), Some(Fen(50_000)));
    court.act(&account(1), EvidenceCommand::WaivePeriods { party: party(1) }).expect("the defendant waives");
    let hearing = court.schedule("2026-04-22", Mode::Online);
    court.on("2026-04-22");
    court.hear(hearing, &[0, 1]);
    let document = DocumentId(court.fresh());
    let save = DraftingCommand::Save { document, kind: PaperKind::Judgment, content: content(&told), based_on: 0 };
    court.act(&court.judge(), save).expect("saved");
    let refused = court.act(&court.judge(), DraftingCommand::PutForward { document });
    assert_eq!(refused, Err(DraftingRefusal::NotSmallClaims.into()));
}
