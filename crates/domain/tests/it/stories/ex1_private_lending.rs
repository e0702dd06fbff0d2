//! Example 1: a loan, a sole judge, two defendants, one of them on paper.

use xiezhi_domain::{
    archive,
    closing::Manner,
    consent::{Consent, Step},
    drafting::DraftContent,
    fees::FeeStatus,
    hearing::Mode,
    material::MaterialCommand,
    paper::PaperKind,
    periods::PeriodKind,
    service::Channel,
    stage::Stage,
    tasks,
};

use crate::{
    court::{Court, day},
    example::{exhibit, party},
    steps::content,
};

/// The case as it is told, up to its day of effect.
pub fn told_to_effect() -> Court {
    let (mut court, told) = Court::filed(1, "2026-02-27");
    court.on("2026-03-03");
    court.pay();
    court.on("2026-03-04");
    court.link(1, &told);
    let posted = court.send(2, Channel::Postal);
    court.on("2026-03-06");
    court.serve_online(1);
    court.receipt(posted, day("2026-03-06"));
    court.on("2026-03-12");
    court.answer(1, told.text("answer.易欠款"));
    court.enter_all();
    let exhibits = (0..3).map(exhibit).collect();
    court.act(&court.clerk(), MaterialCommand::Disclose { materials: exhibits }).expect("evidence is exchanged");
    let hearing = court.schedule("2026-03-27", Mode::InPerson);
    court.serve_online(1);
    court.on("2026-03-27");
    court.hear(hearing, &[0, 1, 2]);
    court.on("2026-04-03");
    let words = DraftContent { refund_prepayment: true, ..content(&told) };
    let document = court.put_forward(PaperKind::Judgment, words);
    court.issue(document);
    court.pronounce(document, false);
    court.on("2026-04-10");
    court.serve_online(0);
    court.serve_online(1);
    let posted = court.send(2, Channel::Postal);
    court.on("2026-04-15");
    court.receipt(posted, day("2026-04-15"));
    court.on("2026-05-01");
    court
}

#[test]
fn filing_gives_the_number_the_fee_the_judge_and_the_notices() {
    let (court, told) = Court::filed(1, "2026-02-27");
    let case = court.case();
    assert_eq!(case.number.as_ref().expect("it has a number").to_string(), told.text("case_no"));
    assert_eq!((case.fees.due, case.fees.status), (told.fen("fee.charged"), FeeStatus::Noticed));
    assert_eq!(case.stage, Stage::Assigned);
    assert!(!court.tribunal().is_panel());
    assert_eq!(court.due(PeriodKind::Trial), day("2026-06-02"));
    assert_eq!(court.due(PeriodKind::FeePayment), day("2026-03-09"));
    for kind in
        [PaperKind::AcceptanceNotice, PaperKind::FeeNotice, PaperKind::RightsNotice, PaperKind::AssignmentRecord]
    {
        assert!(case.last_paper(kind).is_some(), "{kind:?}");
    }
    let notices = case.materials_in_order().filter(|paper| paper.kind == PaperKind::ResponseNotice).count();
    assert_eq!(notices, 2, "one notice to respond for each defendant");
}

#[test]
fn each_defendant_has_days_of_his_own_and_silence_goes_off_line() {
    let (mut court, told) = Court::filed(1, "2026-02-27");
    court.on("2026-03-04");
    court.link(1, &told);
    let posted = court.send(2, Channel::Postal);
    court.on("2026-03-06");
    court.serve_online(1);
    assert_eq!(court.case().stage, Stage::Serving, "the other defendant is not served yet");
    court.receipt(posted, day("2026-03-06"));
    assert_eq!(court.case().stage, Stage::Pretrial);
    assert_eq!(court.last_day(PeriodKind::Answer, 1), day("2026-03-23"), "21 March is a Saturday");
    assert_eq!(court.last_day(PeriodKind::Answer, 2), day("2026-03-23"));
    assert_eq!(court.last_day(PeriodKind::Link, 2), day("2026-03-09"));
    court.on("2026-03-10");
    assert_eq!(court.case().consents.get(&(party(2), Step::Hearing)), Some(&Consent::Lapsed));
    assert_eq!(court.case().consents.get(&(party(1), Step::Hearing)), None, "who linked is asked, not lapsed");
}

#[test]
fn the_case_goes_from_filing_to_archive_on_the_days_told() {
    let mut court = told_to_effect();
    let case = court.case();
    let closing = case.closing.as_ref().expect("pronounced is closed");
    assert_eq!((closing.manner, closing.on), (Manner::Judgment, day("2026-04-03")));
    let judgment = case.final_paper().expect("a judgment").id;
    assert_eq!(tasks::serve_by(case, judgment), Some(day("2026-04-03")), "on a fixed day it is handed over at once");
    let served: Vec<_> = (0..3).map(|place| case.served_on(judgment, party(place))).collect();
    assert_eq!(served, [Some(day("2026-04-10")), Some(day("2026-04-10")), Some(day("2026-04-15"))]);
    let lapse: Vec<_> = (0..3).map(|place| court.last_day(PeriodKind::Appeal, place)).collect();
    assert_eq!(lapse, [day("2026-04-27"), day("2026-04-27"), day("2026-04-30")]);
    assert_eq!((case.stage, case.effective_on), (Stage::Effective, Some(day("2026-05-01"))));
    assert_eq!(archive::missing(case), [archive::Missing::RefundDue], "the defendants bear the fee");
    assert_eq!(case.fees.refund_due, case.fees.paid);
    court.on("2026-05-20");
    court.refund();
    court.archive();
    assert_eq!(court.case().stage, Stage::Archived);
    assert_eq!(court.case().archive.archive_no.as_deref(), Some("民初-2026-D-101"));
}

#[test]
fn the_closing_seal_covers_what_lay_in_the_file_that_day() {
    let court = told_to_effect();
    let case = court.case();
    let sealed = |kind| case.materials_in_order().filter(|paper| paper.kind == kind).all(|paper| paper.sealed);
    assert!(sealed(PaperKind::Complaint) && sealed(PaperKind::Judgment) && sealed(PaperKind::Transcript));
    assert!(!sealed(PaperKind::PronouncementRecord), "what came with closing is an addition");
}
