//! Turns of scheduling and hearing: adjournment, clashes, transcripts.

use xiezhi_domain::{
    archive::{self, Missing},
    hearing::{HearingCommand, HearingPart, HearingRefusal, Mode, TranscriptCorrection},
    ids::HearingId,
    paper::PaperKind,
    register::{Booking, Register, RegisterEvent},
    scheduling::{SchedulingCommand, SchedulingRefusal},
    stage::Stage,
    tasks::{self, Assignee, TaskKind},
};

use crate::{
    court::{Court, day},
    example::account,
    steps::{at, closing, scheduling},
    stories::{ex2_sale_contract as ex2, ex4_traffic_accident as ex4},
};

fn adjourn(court: &mut Court, hearing: xiezhi_domain::ids::HearingId) -> Result<(), xiezhi_domain::Refusal> {
    let put_off =
        SchedulingCommand::Adjourn { hearing, reason: "必须到庭的当事人有正当理由未到庭".to_owned() };
    court.act(&court.clerk(), put_off).map(drop)
}

#[test]
fn a_hearing_put_off_frees_the_room_and_is_scheduled_anew_but_only_so_often() {
    let (mut court, _) = ex4::pretrial();
    let first = court.schedule("2026-06-10", Mode::InPerson);
    adjourn(&mut court, first).expect("put off");
    assert_eq!((court.case().stage, court.bookings("2026-06-10")), (Stage::Adjourned, 0));
    let second = court.schedule("2026-06-17", Mode::InPerson);
    assert_eq!(court.case().stage, Stage::Scheduled);
    assert_eq!(adjourn(&mut court, second), Err(SchedulingRefusal::TooManyAdjournments.into()));
}

#[test]
fn ordinary_procedure_allows_a_second_adjournment() {
    let (mut court, _) = Court::filed(2, "2026-01-08");
    for (on, expected) in [("2026-02-10", true), ("2026-02-26", true), ("2026-03-10", false)] {
        let hearing = court.schedule(on, Mode::InPerson);
        assert_eq!(adjourn(&mut court, hearing).is_ok(), expected, "{on}");
    }
}

#[test]
fn one_courtroom_and_one_judge_serve_one_hearing_at_a_time() {
    let (mut court, _) = ex4::pretrial();
    let judge = court.judge().person().expect("a judge");
    let other = |room: &str, people| Booking {
        hearing: xiezhi_domain::ids::HearingId(uuid::Uuid::from_u128(9)),
        case: court.id,
        room: Some(room.to_owned()),
        from: at(10, 0),
        to: at(11, 0),
        people,
        identities: vec![],
    };
    let (in_room, of_judge) = (other("第三法庭", vec![]), other("第一法庭", vec![judge]));
    let (from, to) = (at(10, 0), at(11, 0));
    let register = Register::Calendar { day: day("2026-06-10") };
    let mut taken = court.clone();
    taken.enter(register.clone(), &RegisterEvent::Booked { booking: in_room });
    let refused = taken.act(&taken.clerk(), scheduling("2026-06-10", Mode::InPerson));
    assert_eq!(refused, Err(SchedulingRefusal::RoomTaken { from, to }.into()));
    court.enter(register, &RegisterEvent::Booked { booking: of_judge });
    let refused = court.act(&court.clerk(), scheduling("2026-06-10", Mode::InPerson));
    assert_eq!(refused, Err(SchedulingRefusal::PersonTaken { person: judge, from, to }.into()));
}

#[test]
fn a_case_heard_once_can_be_heard_again() {
    let (mut court, _) = ex2::heard();
    court.schedule("2026-04-28", Mode::InPerson);
    assert_eq!(court.case().stage, Stage::Scheduled);
}

#[test]
fn a_transcript_is_bettered_until_the_first_signature_then_only_noted() {
    let (mut court, _) = ex4::pretrial();
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    court.on("2026-06-10");
    court.open(hearing, &[0, 1, 2]).expect("it opens");
    let clerk = court.clerk();
    let save = |text: &str| HearingCommand::SaveTranscript { hearing, text: text.to_owned(), based_on: None };
    court.act(&clerk, save("一")).expect("saved");
    court.act(&clerk, closing(hearing)).expect("closed");
    court.act(&clerk, save("二")).expect("bettered after the hearing");
    let printed = court.case().materials_in_order().filter(|paper| paper.kind == PaperKind::Transcript);
    let versions: Vec<usize> = printed.map(|paper| paper.earlier.len()).collect();
    assert_eq!(versions, [1], "what is signed is what is printed: a new version of the same paper");
    court.sign_transcript(hearing, 0);
    assert_eq!(court.act(&clerk, save("三")), Err(HearingRefusal::SignaturesBegun.into()));
    let correction =
        TranscriptCorrection { name: "车速达".to_owned(), wish: "应为左转".to_owned(), granted: false };
    let note = HearingCommand::NoteCorrection { hearing, correction };
    court.act(&clerk, note).expect("a refused wish goes on record");
    let refusal = HearingCommand::NoteSignature {
        hearing,
        name: "车速达".to_owned(),
        party: Some(crate::example::party(1)),
        refused_because: Some("认为记录有误".to_owned()),
    };
    court.act(&clerk, refusal).expect("a refusal to sign is noted");
    let stale = HearingCommand::Sign { hearing, transcript_sha256: "0".repeat(64), hand: None };
    assert_eq!(court.act(&account(2), stale), Err(HearingRefusal::TranscriptChanged.into()));
}

/// A hearing in the courtroom on 10 June, on the eve of which everything was served.
fn called() -> (Court, HearingId) {
    let (mut court, _) = ex4::pretrial();
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    (court, hearing)
}

#[test]
fn a_hearing_opens_on_a_later_day_for_a_reason_with_everybody_there() {
    let (mut court, hearing) = called();
    court.on("2026-06-11");
    let late_because = Some(" 前一日法庭停电 ".to_owned());
    let open = HearingCommand::Open { hearing, appearances: court.appearances(&[0, 1, 2]), late_because };
    court.act(&court.judge(), open).expect("all are here, and the reason is stated");
    assert_eq!(court.case().hearings[&hearing].late_because.as_deref(), Some("前一日法庭停电"));
}

#[test]
fn a_part_that_was_not_gone_through_stays_skipped_with_the_reason_for_it() {
    let (mut court, hearing) = called();
    court.on("2026-06-10");
    court.open(hearing, &[0, 1, 2]).expect("it opens");
    let (judge, clerk) = (court.judge(), court.clerk());
    let part = HearingPart::Investigation;
    court.act(&judge, HearingCommand::EnterPart { hearing, part }).expect("it goes on");
    let text = "审判员：现在开庭。".to_owned();
    court.act(&clerk, HearingCommand::SaveTranscript { hearing, text, based_on: None }).expect("saved");
    court.act(&clerk, closing(hearing)).expect("closed for a reason");
    let held = &court.case().hearings[&hearing];
    assert_eq!(held.skipped(), [HearingPart::Debate, HearingPart::FinalStatements]);
    assert_eq!(held.skipped_because.as_deref(), Some("事实清楚，调查、辩论合并进行"));
}

#[test]
fn a_record_that_the_court_has_not_signed_keeps_the_file_from_the_archive() {
    let (mut court, hearing) = called();
    court.on("2026-06-10");
    court.open(hearing, &[0, 1, 2]).expect("it opens");
    let clerk = court.clerk();
    let text = "审判员：现在开庭。".to_owned();
    court.act(&clerk, HearingCommand::SaveTranscript { hearing, text, based_on: None }).expect("saved");
    court.act(&clerk, closing(hearing)).expect("closed");
    let count = court.case().hearings[&hearing].sat.len();
    assert!(count > 1, "a judge and a clerk sat");
    let gap = |court: &Court| {
        let all = archive::missing(court.case()).into_iter();
        all.filter(|item| matches!(item, Missing::TranscriptNotSignedByCourt { .. })).collect::<Vec<_>>()
    };
    assert_eq!(gap(&court), [Missing::TranscriptNotSignedByCourt { count }]);
    let mine = |court: &Court| {
        let all = tasks::tasks(court.case()).into_iter();
        all.filter(|task| task.kind == TaskKind::SignTranscript && matches!(task.assignee, Assignee::Person(_))).count()
    };
    assert_eq!(mine(&court), count);
    court.sign_for_court(hearing);
    assert_eq!((gap(&court), mine(&court)), (vec![], 0));
}
