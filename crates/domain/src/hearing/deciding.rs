//! Decisions of a hearing.

use super::{Appearance, Hearing, HearingCommand, HearingEvent, HearingRefusal, HearingStatus, TranscriptSignature};
use jiff::civil::Date;

use crate::{
    case::{CaseState, Procedure},
    decision::{About, Context, Decision},
    ids::{HearingId, PartyId},
    material::{FileRef, Material},
    paper::PaperKind,
    party::PartyRole,
    periods::PeriodKind,
    stage::{self},
};

/// Decides an act of a hearing. Signatures may come up to archiving (five days by law; the late are noted).
pub fn decide(case: &CaseState, ctx: &Context, command: HearingCommand) -> Result<Decision, HearingRefusal> {
    match command {
        HearingCommand::Open { hearing, appearances } => open(case, ctx, hearing, appearances),
        HearingCommand::EnterPart { hearing, part } => {
            if in_session(case, hearing)?.part == part {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(HearingEvent::PartEntered { hearing, part }))
        }
        HearingCommand::SaveTranscript { hearing, text } => save_transcript(case, hearing, text),
        HearingCommand::NoteCorrection { hearing, correction } => {
            let noted = &known(case, hearing)?.corrections;
            if correction.wish.trim().is_empty() {
                return Err(HearingRefusal::NoWords);
            }
            if noted.contains(&correction) {
                return Ok(Decision::nothing());
            }
            Ok(printed_anew(case, hearing, HearingEvent::CorrectionNoted { hearing, correction }))
        }
        HearingCommand::Close { hearing } => close(case, ctx, hearing),
        HearingCommand::Sign { hearing, transcript_sha256, hand } => sign(case, ctx, hearing, transcript_sha256, hand),
        HearingCommand::NoteSignature { hearing, name, party, refused_because } => {
            note_signature(case, hearing, name, party, refused_because)
        }
    }
}

fn known(case: &CaseState, id: HearingId) -> Result<&Hearing, HearingRefusal> {
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

/// Someone absent must have been summoned, and must not be robbed of the days for an answer.
fn check_absent(case: &CaseState, ctx: &Context, id: HearingId, party: PartyId) -> Result<(), HearingRefusal> {
    if !is_summoned(case, id, party) {
        return Err(HearingRefusal::SummonsNotProven { party });
    }
    let answer = case.running(PeriodKind::Answer, Some(party)).filter(|period| period.last_on >= ctx.moment.today);
    match answer {
        Some(period) => Err(HearingRefusal::AnswerPeriodRunning { party, last_on: period.last_on }),
        None => Ok(()),
    }
}

/// The day by which a summons must be served: three days before a hearing in ordinary procedure, else
/// before the hearing.
///
/// Source: 《民事诉讼法》第一百三十九条、第一百六十三条.
fn summons_by(case: &CaseState, hearing: &Hearing) -> Date {
    let days = if case.procedure == Procedure::Ordinary { 3 } else { 1 };
    hearing.on.saturating_sub(jiff::Span::new().days(days))
}

/// Whether all plaintiffs stayed away from a hearing to which they were summoned.
///
/// Source: 《民事诉讼法》第一百四十六条.
pub fn plaintiffs_stayed_away(case: &CaseState) -> bool {
    let sat = |hearing: &&Hearing| matches!(hearing.status, HearingStatus::Open | HearingStatus::Done);
    case.hearings_in_order().filter(sat).any(|hearing| {
        let came = |party: PartyId| hearing.appearances.iter().any(|who| who.party == party && who.present);
        case.parties_as(PartyRole::Plaintiff).all(|party| !came(party.id) && is_summoned(case, hearing.id, party.id))
    })
}

/// Whether the summons to this hearing was served on the party by a lawful method, in time.
pub fn is_summoned(case: &CaseState, hearing: HearingId, party: PartyId) -> bool {
    let summons = case.materials_in_order().filter(|paper| {
        paper.kind == PaperKind::Summons && paper.about == Some(About::Hearing { hearing, party: Some(party) })
    });
    let Some(known) = case.hearings.get(&hearing) else { return false };
    let by = summons_by(case, known);
    summons.into_iter().any(|paper| case.served_on(paper.id, party).is_some_and(|on| on <= by))
}

/// The transcript may be bettered until the first signature; after the hearing, it is printed anew.
fn save_transcript(case: &CaseState, id: HearingId, text: String) -> Result<Decision, HearingRefusal> {
    let hearing = known(case, id)?;
    if !matches!(hearing.status, HearingStatus::Open | HearingStatus::Done) {
        return Err(HearingRefusal::NotOpen);
    }
    if hearing.signatures.iter().any(|signature| signature.refused_because.is_none()) {
        return Err(HearingRefusal::SignaturesBegun);
    }
    if hearing.transcript == text {
        return Ok(Decision::nothing());
    }
    let ended = hearing.status == HearingStatus::Done;
    if ended && text.trim().is_empty() {
        return Err(HearingRefusal::NoTranscript);
    }
    Ok(printed_anew(case, id, HearingEvent::TranscriptSaved { hearing: id, text }))
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

/// Source: 《民事诉讼法》第一百五十条.
fn sign(
    case: &CaseState,
    ctx: &Context,
    id: HearingId,
    seen: String,
    hand: Option<FileRef>,
) -> Result<Decision, HearingRefusal> {
    let hearing = known(case, id)?;
    if hearing.transcript.trim().is_empty() {
        return Err(HearingRefusal::NoTranscript);
    }
    if seen != hearing.transcript_sha256() {
        return Err(HearingRefusal::TranscriptChanged);
    }
    let person = ctx.actor.person().ok_or(HearingRefusal::NotAParticipant)?;
    if hearing.signatures.iter().any(|signature| signature.person == Some(person)) {
        return Ok(Decision::nothing());
    }
    let party = case.party_of(person).map(|party| party.id);
    let tribunal =
        case.tribunal.as_ref().is_some_and(|tribunal| tribunal.votes(person) || tribunal.clerk == Some(person));
    let came = |party: PartyId| hearing.appearances.iter().any(|who| who.party == party && who.present);
    if !tribunal && !party.is_some_and(came) {
        return Err(HearingRefusal::NotAParticipant);
    }
    let name = ctx.people.name(person).to_owned();
    let signature =
        TranscriptSignature { person: Some(person), name, party, refused_because: None, transcript_sha256: seen, hand };
    Ok(printed_anew(case, id, HearingEvent::TranscriptSigned { hearing: id, signature }))
}

/// The printed record tells who signed, who refused, and what was to be corrected: each such act prints it anew.
fn printed_anew(case: &CaseState, id: HearingId, event: HearingEvent) -> Decision {
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

/// Refusing to sign is noted and filed; it never stops the case.
fn note_signature(
    case: &CaseState,
    id: HearingId,
    name: String,
    party: Option<PartyId>,
    refused_because: Option<String>,
) -> Result<Decision, HearingRefusal> {
    let hearing = known(case, id)?;
    if hearing.transcript.trim().is_empty() {
        return Err(HearingRefusal::NoTranscript);
    }
    if name.trim().is_empty() {
        return Err(HearingRefusal::NoWords);
    }
    if hearing.signatures.iter().any(|signature| signature.name == name && signature.party == party) {
        return Err(HearingRefusal::SignedAlready);
    }
    let transcript_sha256 = hearing.transcript_sha256();
    let signature = TranscriptSignature { person: None, name, party, refused_because, transcript_sha256, hand: None };
    Ok(printed_anew(case, id, HearingEvent::TranscriptSigned { hearing: id, signature }))
}

/// Whether an absent defendant may be judged by default: summoned by a lawful channel, and absent.
pub fn is_default(case: &CaseState, party: PartyId) -> bool {
    case.hearings_in_order().filter(|hearing| hearing.status == HearingStatus::Done).last().is_some_and(|hearing| {
        hearing.appearances.iter().any(|who| who.party == party && !who.present) && is_summoned(case, hearing.id, party)
    })
}
