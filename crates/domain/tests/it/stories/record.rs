//! The record of a hearing: typed by several hands, corrected, signed by everyone who came.

use xiezhi_domain::{
    Refusal,
    hearing::{
        Appearance, Attendee, HearingCommand, HearingEvent, HearingPart, HearingRefusal, Manner, Mode, signers,
        transcript_of,
    },
    ids::HearingId,
    scheduling::SchedulingCommand,
    stage::Stage,
};

use crate::{
    court::Court,
    example::{account, party},
    steps::closing,
    stories::ex4_traffic_accident as ex4,
};

/// A hearing that is going on, with all three parties there.
fn sitting() -> (Court, HearingId) {
    let (mut court, _) = ex4::pretrial();
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    court.on("2026-06-10");
    court.open(hearing, &[0, 1, 2]).expect("it opens");
    (court, hearing)
}

fn save(court: &Court, hearing: HearingId, text: &str) -> HearingCommand {
    let based_on = Some(court.case().hearings[&hearing].transcript_sha256());
    HearingCommand::SaveTranscript { hearing, text: text.to_owned(), based_on }
}

fn write(court: &mut Court, hearing: HearingId, text: &str) {
    let command = save(court, hearing, text);
    court.act(&court.clerk(), command).expect("it is kept");
}

/// A hearing that is over, with a record.
fn over() -> (Court, HearingId) {
    let (mut court, hearing) = sitting();
    write(&mut court, hearing, "审判员：现在开庭。\n原告：对方闯红灯。");
    court.act(&court.clerk(), closing(hearing)).expect("it ends");
    (court, hearing)
}

#[test]
fn typing_on_stores_what_changed_and_the_record_reads_as_typed() {
    let (mut court, hearing) = sitting();
    write(&mut court, hearing, "审判员：现在开庭。");
    let command = save(&court, hearing, "审判员：现在开庭。\n原告：");
    let events = court.act(&court.clerk(), command).expect("it is kept");
    let stored = serde_json::to_string(&events).expect("plain data");
    assert!(!stored.contains("现在开庭"), "{stored}");
    assert_eq!(court.case().hearings[&hearing].transcript, "审判员：现在开庭。\n原告：");
}

#[test]
fn of_two_clerks_who_write_on_the_same_text_the_later_overwrites_nothing() {
    let (mut court, hearing) = sitting();
    write(&mut court, hearing, "审判员：现在开庭。");
    let late = save(&court, hearing, "审判员：现在开庭。\n被告：不同意。");
    write(&mut court, hearing, "审判员：现在开庭。\n原告：同意。");
    let refused = court.act(&court.judge(), late);
    assert_eq!(refused, Err(HearingRefusal::TranscriptChanged.into()));
    assert!(court.case().hearings[&hearing].transcript.ends_with("原告：同意。"));
}

#[test]
fn a_text_that_stands_there_already_is_no_act_whatever_it_was_written_on() {
    let (mut court, hearing) = sitting();
    let first = save(&court, hearing, "审判员：现在开庭。");
    court.act(&court.clerk(), first.clone()).expect("it is kept");
    assert_eq!(court.act(&court.clerk(), first).expect("its answer was lost"), vec![]);
}

#[test]
fn the_record_is_signed_when_the_hearing_is_over_and_not_before() {
    let (mut court, hearing) = sitting();
    write(&mut court, hearing, "审判员：现在开庭。");
    let transcript_sha256 = court.case().hearings[&hearing].transcript_sha256();
    let sign = HearingCommand::Sign { hearing, transcript_sha256, hand: None };
    assert_eq!(court.act(&account(0), sign.clone()), Err(HearingRefusal::StillOpen.into()));
    court.act(&court.clerk(), closing(hearing)).expect("it ends");
    court.act(&account(0), sign).expect("now it is signed");
}

#[test]
fn everyone_who_came_and_the_court_sign_and_the_page_knows_who_has() {
    let (mut court, hearing) = over();
    let waiting = |court: &Court| -> Vec<String> {
        let case = court.case();
        let all = signers(case, &court.people, &case.hearings[&hearing]);
        all.into_iter().filter(|(_, word)| word.is_none()).map(|(signer, _)| signer.name).collect()
    };
    assert_eq!(waiting(&court).len(), 3 + 2, "three parties, the judge, the clerk");
    for place in 0..3 {
        court.sign_transcript(hearing, place);
    }
    assert_eq!(waiting(&court).len(), 2);
    for own in [court.judge(), court.clerk()] {
        let transcript_sha256 = court.case().hearings[&hearing].transcript_sha256();
        court.act(&own, HearingCommand::Sign { hearing, transcript_sha256, hand: None }).expect("the court signs");
    }
    assert_eq!(waiting(&court), Vec::<String>::new());
}

#[test]
fn whoever_refuses_to_sign_stands_in_the_record_with_the_reason_and_may_still_sign() {
    let (mut court, hearing) = over();
    let printed = transcript_of(court.case(), hearing).expect("printed").earlier.len();
    let refuse = |reason: &str| HearingCommand::RefuseToSign { hearing, reason: reason.to_owned() };
    assert_eq!(court.act(&account(0), refuse(" ")), Err(HearingRefusal::NoWords.into()));
    court.act(&account(0), refuse("记录有遗漏")).expect("it is noted");
    let case = court.case();
    assert_eq!(case.hearings[&hearing].signatures[0].refused_because.as_deref(), Some("记录有遗漏"));
    assert!(!case.hearings[&hearing].is_signed(), "the text may still be put right");
    assert_eq!(transcript_of(case, hearing).expect("printed").earlier.len(), printed + 1, "and printed so");
    court.sign_transcript(hearing, 0);
    assert_eq!(court.act(&account(0), refuse("反悔")), Err(HearingRefusal::SignedAlready.into()));
}

#[test]
fn a_wish_for_a_correction_is_answered_once_and_a_refused_one_needs_words() {
    let (mut court, hearing) = over();
    let ask = HearingCommand::AskCorrection { hearing, wish: "应为“黄灯”".to_owned() };
    court.act(&account(1), ask.clone()).expect("it is asked");
    assert_eq!(court.act(&account(1), ask).expect("asked twice"), vec![]);
    let answer =
        |no, granted, words: &str| HearingCommand::AnswerCorrection { hearing, no, granted, words: words.to_owned() };
    let clerk = court.clerk();
    let refused = |court: &mut Court, command| court.act(&clerk, command).map(drop);
    assert_eq!(refused(&mut court, answer(2, true, "")), Err(HearingRefusal::UnknownCorrection.into()));
    assert_eq!(refused(&mut court, answer(1, false, " ")), Err(HearingRefusal::NoWords.into()));
    refused(&mut court, answer(1, false, "录音为“红灯”")).expect("it goes on record");
    assert_eq!(refused(&mut court, answer(1, true, "")), Err(HearingRefusal::CorrectionAnswered.into()));
    assert_eq!(court.case().hearings[&hearing].corrections[0].granted, Some(false));
}

#[test]
fn who_did_not_come_neither_signs_nor_corrects() {
    let (mut court, _) = ex4::pretrial();
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    court.serve_online(1);
    court.on("2026-06-10");
    court.hear(hearing, &[0, 2]);
    let ask = HearingCommand::AskCorrection { hearing, wish: "应为“黄灯”".to_owned() };
    assert_eq!(court.act(&account(1), ask), Err(HearingRefusal::NotAParticipant.into()));
    let transcript_sha256 = court.case().hearings[&hearing].transcript_sha256();
    let sign = HearingCommand::Sign { hearing, transcript_sha256, hand: None };
    assert_eq!(court.act(&account(1), sign), Err(HearingRefusal::NotAParticipant.into()));
}

fn attendee(name: &str, manner: Manner) -> Attendee {
    Attendee { name: name.to_owned(), person: None, manner }
}

#[test]
fn who_comes_late_is_noted_and_nobody_is_noted_away() {
    let (mut court, _) = ex4::pretrial();
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    court.serve_online(1);
    court.on("2026-06-10");
    court.open(hearing, &[0, 2]).expect("it opens");
    let clerk = court.clerk();
    let come = |people| HearingCommand::NoteAttendance { hearing, appearance: Appearance::of(party(1), people) };
    court.act(&clerk, come(vec![attendee("车速达", Manner::OnSite)])).expect("noted");
    assert!(court.case().hearings[&hearing].came(party(1)));
    let away = court.act(&clerk, come(vec![]));
    assert_eq!(away, Err(HearingRefusal::CameAlready { party: party(1) }.into()));
}

#[test]
fn taking_part_on_line_needs_a_hearing_that_is_held_so_and_consent() {
    let come = |mode, consents: bool| -> Result<(), Refusal> {
        let (mut court, _) = ex4::pretrial();
        court.consent(1);
        if consents {
            court.consent(2);
        }
        let hearing = court.schedule("2026-06-10", mode);
        court.on("2026-06-10");
        let mut appearances = court.appearances(&[0, 1, 2]);
        appearances[2] = Appearance::of(party(2), vec![attendee("保险公司员工", Manner::Online)]);
        court.act(&court.judge(), HearingCommand::Open { hearing, appearances, late_because: None }).map(drop)
    };
    let refused = Err(HearingRefusal::NotOnline { party: party(2) }.into());
    assert_eq!(come(Mode::InPerson, true), refused);
    assert_eq!(come(Mode::Mixed, false), refused);
    assert_eq!(come(Mode::Mixed, true), Ok(()));
}

#[test]
fn a_hearing_that_breaks_off_has_a_printed_record_that_is_signed_like_any() {
    let (mut court, hearing) = sitting();
    write(&mut court, hearing, "审判员：现在开庭。\n被告：申请新的证人到庭。");
    let put_off = SchedulingCommand::Adjourn { hearing, reason: "需要通知新的证人到庭".to_owned() };
    court.act(&court.clerk(), put_off).expect("it breaks off");
    assert_eq!(court.case().stage, Stage::Adjourned);
    assert!(transcript_of(court.case(), hearing).is_some() && court.case().hearings[&hearing].is_over());
    court.sign_transcript(hearing, 0);
    court.schedule("2026-06-24", Mode::InPerson);
}

#[test]
fn the_hours_of_a_hearing_and_of_its_parts_are_those_it_was_held() {
    let (mut court, hearing) = sitting();
    let part = HearingPart::Investigation;
    let events = court.act(&court.judge(), HearingCommand::EnterPart { hearing, part }).expect("it goes on");
    assert!(matches!(&events[0], xiezhi_domain::event::CaseEvent::Hearing(HearingEvent::PartEntered { .. })));
    write(&mut court, hearing, "审判员：现在开庭。");
    court.act(&court.clerk(), closing(hearing)).expect("it ends");
    let held = &court.case().hearings[&hearing];
    let entered: Vec<HearingPart> = held.parts.iter().map(|(part, _)| *part).collect();
    assert_eq!(entered, [HearingPart::Opening, HearingPart::Investigation]);
    assert!(held.opened_at < held.ended_at && held.length_minutes().is_some_and(|minutes| minutes > 0));
}
