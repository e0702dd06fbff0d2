//! Decisions of a hearing.

use super::{
    Appearance, Hearing, HearingCommand, HearingEvent, HearingPart, HearingRefusal, HearingStatus, Manner, Mode,
    is_summoned, record, signing, summons,
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
        HearingCommand::Open { hearing, appearances, late_because } => {
            open(case, ctx, hearing, appearances, given(late_because))
        }
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
        HearingCommand::Close { hearing, skipped_because } => close(case, ctx, hearing, given(skipped_because)),
        HearingCommand::Sign { hearing, transcript_sha256, hand } => {
            signing::sign(case, ctx, hearing, transcript_sha256, hand)
        }
        HearingCommand::RefuseToSign { hearing, reason } => signing::refuse(case, ctx, hearing, reason),
        HearingCommand::NoteSignature { hearing, name, party, refused_because } => {
            signing::note(case, hearing, name, party, refused_because)
        }
    }
}

/// A reason, if there are words.
fn given(words: Option<String>) -> Option<String> {
    words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty())
}

pub(super) fn known(case: &CaseState, id: HearingId) -> Result<&Hearing, HearingRefusal> {
    case.hearings.get(&id).ok_or(HearingRefusal::Unknown)
}

fn in_session(case: &CaseState, id: HearingId) -> Result<&Hearing, HearingRefusal> {
    let hearing = known(case, id)?;
    if hearing.status == HearingStatus::Open { Ok(hearing) } else { Err(HearingRefusal::NotOpen) }
}

/// A hearing may go on without a defendant only if the summons reached him in a way that counts. On another day
/// than the summons named it opens with a reason, and with everybody there.
///
/// Source: 《民事诉讼法》第一百四十条、第一百四十七条;《民诉法解释》第二百六十一条.
fn open(
    case: &CaseState,
    ctx: &Context,
    id: HearingId,
    appearances: Vec<Appearance>,
    late_because: Option<String>,
) -> Result<Decision, HearingRefusal> {
    stage::in_trial(case)?;
    let hearing = known(case, id)?;
    if hearing.status != HearingStatus::Scheduled {
        return Err(HearingRefusal::NotScheduled);
    }
    if ctx.moment.today < hearing.on {
        return Err(HearingRefusal::TooEarly);
    }
    let late = ctx.moment.today > hearing.on;
    if late && late_because.is_none() {
        return Err(HearingRefusal::DayPassed { on: hearing.on });
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
        if late {
            return Err(HearingRefusal::AbsentOnAnotherDay { party: *party });
        }
        check_absent(case, ctx, id, *party)?;
    }
    Ok(Decision::of(HearingEvent::Opened { hearing: id, appearances, late_because: late_because.filter(|_| late) }))
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

/// A hearing goes through investigation, debate and final statements, by itself or after one that was put off; one
/// that ends before them states why.
///
/// Source: 《民事诉讼法》第一百四十一条至第一百四十四条; 第一百六十三条 (summary procedure may merge them).
fn close(
    case: &CaseState,
    ctx: &Context,
    id: HearingId,
    skipped_because: Option<String>,
) -> Result<Decision, HearingRefusal> {
    let hearing = in_session(case, id)?;
    if hearing.transcript.trim().is_empty() {
        return Err(HearingRefusal::NoTranscript);
    }
    let earlier = || case.hearings_in_order().filter(|other| other.id != id && other.is_over());
    let gone_through = |part: &HearingPart| earlier().any(|other| other.parts.iter().any(|(known, _)| known == part));
    let mut parts = hearing.skipped();
    parts.retain(|part| !gone_through(part));
    let skipped_because = skipped_because.filter(|_| !parts.is_empty());
    if !parts.is_empty() && skipped_because.is_none() {
        return Err(HearingRefusal::PartsSkipped { parts });
    }
    let mut decision = Decision::of(HearingEvent::Closed { hearing: id, skipped_because });
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
