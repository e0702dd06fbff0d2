//! Decisions of a hearing.

use super::{
    Appearance, Hearing, HearingCommand, HearingEvent, HearingRefusal, HearingStatus, Manner, Mode, is_summoned,
    record, signing, summons,
};
use crate::{
    case::CaseState,
    consent::{self, Step},
    decision::{About, Context, Decision},
    ids::{HearingId, PartyId},
    material::Material,
    paper::PaperKind,
    party::PartyRole,
    periods::PeriodKind,
    service,
    stage::{self, Stage, StageRefusal},
};

/// Decides an act of a hearing. Signatures may come up to archiving (five days by law; the late are noted).
pub fn decide(case: &CaseState, ctx: &Context, command: HearingCommand) -> Result<Decision, HearingRefusal> {
    if case.stage == Stage::Archived {
        return Err(StageRefusal::Sealed.into());
    }
    match command {
        HearingCommand::Open { hearing, appearances } => open(case, ctx, hearing, appearances),
        HearingCommand::NoteAttendance { hearing, appearance } => note_attendance(case, hearing, appearance),
        HearingCommand::EnterPart { hearing, part } => {
            if in_session(case, hearing)?.part == part {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(HearingEvent::PartEntered { hearing, part }))
        }
        HearingCommand::SaveTranscript { hearing, text, based_on } => record::save(case, hearing, text, based_on),
        HearingCommand::NoteCorrection { .. }
        | HearingCommand::AskCorrection { .. }
        | HearingCommand::AnswerCorrection { .. } => record::correct(case, ctx, command),
        HearingCommand::Close { hearing } => close(case, ctx, hearing),
        HearingCommand::Sign { hearing, transcript_sha256, hand } => {
            signing::sign(case, ctx, hearing, transcript_sha256, hand)
        }
        HearingCommand::RefuseToSign { hearing, reason } => signing::refuse(case, ctx, hearing, reason),
        HearingCommand::NoteSignature { hearing, name, party, refused_because } => {
            signing::note(case, hearing, name, party, refused_because)
        }
    }
}

pub(super) fn known(case: &CaseState, id: HearingId) -> Result<&Hearing, HearingRefusal> {
    case.hearings.get(&id).ok_or(HearingRefusal::Unknown)
}

fn in_session(case: &CaseState, id: HearingId) -> Result<&Hearing, HearingRefusal> {
    let hearing = known(case, id)?;
    if hearing.status == HearingStatus::Open { Ok(hearing) } else { Err(HearingRefusal::NotOpen) }
}

/// A hearing may go on without a defendant only if the summons reached him in a way that counts.
///
/// Source: 《民事诉讼法》第一百四十条、第一百四十七条;《民诉法解释》第二百六十一条.
fn open(
    case: &CaseState,
    ctx: &Context,
    id: HearingId,
    appearances: Vec<Appearance>,
) -> Result<Decision, HearingRefusal> {
    stage::in_trial(case)?;
    let hearing = known(case, id)?;
    if hearing.status != HearingStatus::Scheduled {
        return Err(HearingRefusal::NotScheduled);
    }
    if ctx.moment.today < hearing.on {
        return Err(HearingRefusal::TooEarly);
    }
    for appearance in &appearances {
        check_manner(case, hearing, appearance)?;
    }
    let came = |party: PartyId| appearances.iter().any(|who| who.party == party && who.present);
    let plaintiffs_summoned = || case.parties_as(PartyRole::Plaintiff).all(|party| is_summoned(case, id, party.id));
    if !case.party_order.iter().any(|party| came(*party)) && !plaintiffs_summoned() {
        return Err(HearingRefusal::NobodyCame);
    }
    for party in case.party_order.iter().filter(|party| !came(**party)) {
        check_absent(case, ctx, id, *party)?;
    }
    Ok(Decision::of(HearingEvent::Opened { hearing: id, appearances }))
}

/// Taking part on line needs a hearing that is held so, and the party's consent to it.
///
/// Source: 《人民法院在线诉讼规则》第四条、第二十一条.
fn check_manner(case: &CaseState, hearing: &Hearing, appearance: &Appearance) -> Result<(), HearingRefusal> {
    let party = appearance.party;
    if !case.parties.contains_key(&party) {
        return Err(HearingRefusal::UnknownParty);
    }
    let online = appearance.people.iter().any(|one| one.manner == Manner::Online);
    let may = hearing.mode != Mode::InPerson && consent::is_online(case, party, Step::Hearing);
    if online && !may { Err(HearingRefusal::NotOnline { party }) } else { Ok(()) }
}

/// Someone absent must have been summoned, and must not be robbed of the days for an answer.
fn check_absent(case: &CaseState, ctx: &Context, id: HearingId, party: PartyId) -> Result<(), HearingRefusal> {
    if service::lacks_complaint(case, party) {
        return Err(HearingRefusal::ComplaintNotServed { party });
    }
    if summons::is_unconfirmed(case, id, party) {
        return Err(HearingRefusal::NoticeUnconfirmed { party });
    }
    if !is_summoned(case, id, party) {
        return Err(HearingRefusal::SummonsNotProven { party });
    }
    let answer = case.running(PeriodKind::Answer, Some(party)).filter(|period| period.last_on >= ctx.moment.today);
    match answer {
        Some(period) => Err(HearingRefusal::AnswerPeriodRunning { party, last_on: period.last_on }),
        None => Ok(()),
    }
}

/// Someone came late, or another agent joined; that a party came is not undone.
fn note_attendance(case: &CaseState, id: HearingId, appearance: Appearance) -> Result<Decision, HearingRefusal> {
    let hearing = in_session(case, id)?;
    check_manner(case, hearing, &appearance)?;
    if hearing.appearances.contains(&appearance) {
        return Ok(Decision::nothing());
    }
    if !appearance.present && hearing.came(appearance.party) {
        return Err(HearingRefusal::CameAlready { party: appearance.party });
    }
    Ok(Decision::of(HearingEvent::AttendanceNoted { hearing: id, appearance }))
}

fn close(case: &CaseState, ctx: &Context, id: HearingId) -> Result<Decision, HearingRefusal> {
    let hearing = in_session(case, id)?;
    if hearing.transcript.trim().is_empty() {
        return Err(HearingRefusal::NoTranscript);
    }
    let mut decision = Decision::of(HearingEvent::Closed { hearing: id });
    decision.write_about(ctx, PaperKind::Transcript, About::Hearing { hearing: id, party: None });
    Ok(decision)
}

/// The printed record tells who signed, who refused, and what was to be corrected: each such act prints it anew.
pub(super) fn printed_anew(case: &CaseState, id: HearingId, event: HearingEvent) -> Decision {
    let mut decision = Decision::of(event);
    if let Some(paper) = transcript_of(case, id) {
        decision.rewrite(paper);
    }
    decision
}

/// The printed record of a hearing, once it ended.
pub fn transcript_of(case: &CaseState, hearing: HearingId) -> Option<&Material> {
    let about = Some(About::Hearing { hearing, party: None });
    let printed = case.materials_in_order().filter(|paper| paper.kind == PaperKind::Transcript);
    printed.filter(|paper| paper.about == about).last()
}
