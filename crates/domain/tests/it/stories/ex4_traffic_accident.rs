//! Example 4: a traffic accident, heard on line.

use xiezhi_domain::{
    hearing::{HearingCommand, HearingRefusal, Mode, is_default},
    periods::PeriodKind,
    scheduling::SchedulingRefusal,
    stage::Stage,
};

use crate::{
    court::{Court, day},
    example::{Example, account, party},
    steps::scheduling,
};

/// Both defendants linked and served.
pub fn pretrial() -> (Court, Example) {
    let (mut court, told) = Court::filed(4, "2026-05-12");
    court.pay();
    court.on("2026-05-20");
    for place in [1, 2] {
        court.link(place, &told);
        court.serve_online(place);
    }
    court.enter_all();
    (court, told)
}

#[test]
fn the_case_is_heard_on_line_and_in_force_on_the_day_told() {
    let (mut court, told) = pretrial();
    assert_eq!(court.case().number.as_ref().expect("a number").to_string(), told.text("case_no"));
    assert_eq!(court.case().fees.due, told.fen("fee.charged"));
    assert_eq!(court.last_day(PeriodKind::Answer, 2), day("2026-06-04"));
    court.answer(1, told.text("answer.车速达"));
    court.consent(1);
    court.consent(2);
    let hearing = court.schedule("2026-06-10", Mode::Online);
    for place in 0..3 {
        court.serve_online(place);
    }
    court.on("2026-06-10");
    court.hear(hearing, &[0, 1, 2]);
    court.on("2026-06-15");
    court.judge_as(&told, false);
    court.on("2026-06-16");
    for place in 0..3 {
        court.serve_online(place);
    }
    let lapse: Vec<_> = (0..3).map(|place| court.last_day(PeriodKind::Appeal, place)).collect();
    assert_eq!(lapse, [day("2026-07-01"); 3]);
    court.on("2026-07-01");
    assert_eq!(court.case().stage, Stage::AppealPeriod, "the last day runs to midnight");
    court.on("2026-07-02");
    assert_eq!(court.case().effective_on, Some(told.day("effective_date")));
    court.archive();
}

#[test]
fn nobody_is_heard_on_line_against_his_will() {
    let (mut court, _) = pretrial();
    court.consent(1);
    let refused = court.act(&court.clerk(), scheduling("2026-06-10", Mode::Online));
    assert_eq!(refused, Err(SchedulingRefusal::NotEveryoneConsents { party: party(2) }.into()));
    court.schedule("2026-06-10", Mode::Mixed);
}

#[test]
fn a_defendant_who_was_summoned_and_stays_away_is_judged_by_default() {
    let (mut court, told) = pretrial();
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    for place in 0..3 {
        court.serve_online(place);
    }
    court.on("2026-06-10");
    court.hear(hearing, &[0, 2]);
    assert!(is_default(court.case(), party(1)) && !is_default(court.case(), party(2)));
    court.on("2026-06-15");
    court.judge_as(&told, false);
    assert_eq!(court.case().stage, Stage::ServingFinal);
}

#[test]
fn without_proof_of_the_summons_there_is_no_hearing_against_an_absent_defendant() {
    let (mut court, _) = pretrial();
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    court.serve_online(0);
    court.on("2026-06-10");
    let refused = court.open(hearing, &[0, 2]);
    assert_eq!(refused, Err(HearingRefusal::SummonsNotProven { party: party(1) }.into()));
    court.serve_online(1);
    let late = court.open(hearing, &[0, 2]);
    assert_eq!(late, Err(HearingRefusal::SummonsNotProven { party: party(1) }.into()), "served on the day is too late");
    court.open(hearing, &[0, 1, 2]).expect("who comes needs no proof");
}

#[test]
fn nobody_who_stayed_away_signs_the_transcript() {
    let (mut court, _) = pretrial();
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    for place in 0..3 {
        court.serve_online(place);
    }
    court.on("2026-06-10");
    court.hear(hearing, &[0, 2]);
    let transcript_sha256 = court.case().hearings[&hearing].transcript_sha256();
    let refused = court.act(&account(1), HearingCommand::Sign { hearing, transcript_sha256, hand: None });
    assert_eq!(refused, Err(HearingRefusal::NotAParticipant.into()));
}
