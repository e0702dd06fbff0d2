//! Hearing (庭审): who came, what stage it is at, the transcript and who signed it.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    decision::{About, Context, Decision},
    ids::{HearingId, PartyId, PersonId},
    moment::Recorded,
    paper::PaperKind,
    party::PartyRole,
    periods::PeriodKind,
    refusal::refusals,
    stage::{self, Stage},
};

/// How a hearing is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// In a courtroom (线下).
    InPerson,
    /// On line (在线).
    Online,
    /// Some here, some on line (线上线下结合).
    Mixed,
}

/// Where a hearing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HearingStatus {
    /// Scheduled.
    Scheduled,
    /// Going on.
    Open,
    /// Put off.
    Adjourned,
    /// Done.
    Done,
}

/// Part of a hearing (庭审阶段).
///
/// Source: 《民事诉讼法》第一百四十条至第一百四十五条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HearingPart {
    /// Appearance check, rights, recusal (庭前核对).
    Opening,
    /// Court investigation (法庭调查).
    Investigation,
    /// Debate (法庭辩论).
    Debate,
    /// Final statements (最后陈述).
    FinalStatements,
    /// Mediation in court (法庭调解).
    Mediation,
    /// Pronouncement in court (当庭宣判).
    Pronouncement,
}

impl HearingPart {
    /// All parts in their order.
    pub const ALL: [HearingPart; 6] = [
        HearingPart::Opening,
        HearingPart::Investigation,
        HearingPart::Debate,
        HearingPart::FinalStatements,
        HearingPart::Mediation,
        HearingPart::Pronouncement,
    ];
}

/// Whether and how a party came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    /// The party.
    pub party: PartyId,
    /// Whether the party or an agent came.
    pub present: bool,
    /// Who came, in words: the party, an agent.
    pub by: String,
}

/// A signature under the transcript, or its refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptSignature {
    /// Who, by account; none for one who signed on paper.
    pub person: Option<PersonId>,
    /// Name.
    pub name: String,
    /// The party they stand for, if any.
    pub party: Option<PartyId>,
    /// Why it was refused; none if it was signed.
    pub refused_because: Option<String>,
    /// Hash of the transcript that was signed.
    pub transcript_sha256: String,
}

/// A correction someone asked for in his own words (笔录补正).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptCorrection {
    /// Who asked.
    pub name: String,
    /// What should stand there.
    pub wish: String,
    /// Whether it was made; a refused wish goes on record.
    pub granted: bool,
}

/// A hearing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hearing {
    /// Identifier.
    pub id: HearingId,
    /// Day.
    pub on: Date,
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
    /// In person or on line.
    pub mode: Mode,
    /// Courtroom.
    pub room: Option<String>,
    /// Whether it is open to the public.
    pub open: bool,
    /// Why it is not.
    pub closed_because: Option<String>,
    /// Where it stands.
    pub status: HearingStatus,
    /// Who came.
    pub appearances: Vec<Appearance>,
    /// Part it has reached.
    pub part: HearingPart,
    /// Transcript as last saved.
    pub transcript: String,
    /// Signatures and refusals.
    pub signatures: Vec<TranscriptSignature>,
    /// Corrections asked for.
    pub corrections: Vec<TranscriptCorrection>,
}

impl Hearing {
    /// A hearing as it is scheduled.
    #[allow(clippy::too_many_arguments, reason = "the eight facts of a scheduled hearing")]
    pub fn scheduled(
        id: HearingId,
        on: Date,
        from: Time,
        to: Time,
        mode: Mode,
        room: Option<String>,
        open: bool,
        closed_because: Option<String>,
    ) -> Self {
        Self {
            id,
            on,
            from,
            to,
            mode,
            room,
            open,
            closed_because,
            status: HearingStatus::Scheduled,
            appearances: vec![],
            part: HearingPart::Opening,
            transcript: String::new(),
            signatures: vec![],
            corrections: vec![],
        }
    }

    /// SHA-256 of the transcript in hex: what a signature is bound to.
    pub fn transcript_sha256(&self) -> String {
        use sha2::{Digest, Sha256};
        Sha256::digest(self.transcript.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Facts of a hearing. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum HearingEvent {
    /// The court sat (开庭).
    #[serde(rename = "hearing.opened.v1")]
    Opened {
        /// Which.
        hearing: HearingId,
        /// Who came.
        appearances: Vec<Appearance>,
    },
    /// The hearing came to another part (进入庭审阶段).
    #[serde(rename = "hearing.part_entered.v1")]
    PartEntered {
        /// Which.
        hearing: HearingId,
        /// Part.
        part: HearingPart,
    },
    /// A version of the transcript was saved (保存笔录).
    #[serde(rename = "hearing.transcript_saved.v1")]
    TranscriptSaved {
        /// Which.
        hearing: HearingId,
        /// Text.
        text: String,
    },
    /// Someone asked for a correction of his own words (申请补正笔录).
    #[serde(rename = "hearing.correction_noted.v1")]
    CorrectionNoted {
        /// Which.
        hearing: HearingId,
        /// The correction.
        correction: TranscriptCorrection,
    },
    /// The transcript was signed, or signing refused and noted (签署笔录).
    #[serde(rename = "hearing.transcript_signed.v1")]
    TranscriptSigned {
        /// Which.
        hearing: HearingId,
        /// The signature.
        signature: TranscriptSignature,
    },
    /// The hearing ended with the debate closed (闭庭).
    #[serde(rename = "hearing.closed.v1")]
    Closed {
        /// Which.
        hearing: HearingId,
    },
}

/// Commands of a hearing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum HearingCommand {
    /// Opens the hearing.
    Open {
        /// Which.
        hearing: HearingId,
        /// Who came.
        appearances: Vec<Appearance>,
    },
    /// Enters a part.
    EnterPart {
        /// Which.
        hearing: HearingId,
        /// Part.
        part: HearingPart,
    },
    /// Saves a version of the transcript.
    SaveTranscript {
        /// Which.
        hearing: HearingId,
        /// Text.
        text: String,
    },
    /// Notes a correction asked for, granted or refused.
    NoteCorrection {
        /// Which.
        hearing: HearingId,
        /// The correction.
        correction: TranscriptCorrection,
    },
    /// Closes the hearing.
    Close {
        /// Which.
        hearing: HearingId,
    },
    /// Signs the transcript as the person acting.
    Sign {
        /// Which.
        hearing: HearingId,
        /// Hash of what was read: signing rests on what was seen.
        transcript_sha256: String,
    },
    /// The clerk notes a signature on paper, or a refusal to sign.
    NoteSignature {
        /// Which.
        hearing: HearingId,
        /// Name.
        name: String,
        /// Party they stand for.
        party: Option<PartyId>,
        /// Why it was refused.
        refused_because: Option<String>,
    },
}

refusals! {
    /// Why an act of a hearing is refused.
    HearingRefusal = "hearing" {
        /// There is no such hearing.
        Unknown,
        /// It is not its day yet.
        TooEarly,
        /// The hearing is not open.
        NotOpen,
        /// It was opened or ended already.
        NotScheduled,
        /// Nobody came, and a plaintiff was not proven summoned: put the hearing off. (Where all were, the
        /// hearing is opened, the absence noted, and a ruling follows.)
        NobodyCame,
        /// A defendant is absent and no summons was served by a lawful method: no default hearing.
        SummonsNotProven {
            /// Who.
            party: PartyId,
        },
        /// The answer period of a defendant who is absent is still running.
        AnswerPeriodRunning {
            /// Who.
            party: PartyId,
            /// Its last day.
            last_on: Date,
        },
        /// The transcript is empty.
        NoTranscript,
        /// The transcript was changed since you read it: read it again.
        TranscriptChanged,
        /// Signed already.
        SignedAlready,
        /// Only those who took part sign.
        NotAParticipant,
        /// Words are needed.
        NoWords,
        /// After signatures only noted corrections are possible.
        SignaturesBegun,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for HearingRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        HearingRefusal::Stage { fault }
    }
}

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
        HearingCommand::SaveTranscript { hearing, text } => save_transcript(case, ctx, hearing, text),
        HearingCommand::NoteCorrection { hearing, correction } => {
            let noted = &known(case, hearing)?.corrections;
            if correction.wish.trim().is_empty() {
                return Err(HearingRefusal::NoWords);
            }
            if noted.contains(&correction) {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(HearingEvent::CorrectionNoted { hearing, correction }))
        }
        HearingCommand::Close { hearing } => close(case, ctx, hearing),
        HearingCommand::Sign { hearing, transcript_sha256 } => sign(case, ctx, hearing, transcript_sha256),
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
        paper.kind == PaperKind::Summons
            && paper.about == Some(About::Hearing { hearing, party: Some(party) })
    });
    let Some(known) = case.hearings.get(&hearing) else { return false };
    let by = summons_by(case, known);
    summons.into_iter().any(|paper| case.served_on(paper.id, party).is_some_and(|on| on <= by))
}

/// The transcript may be bettered until the first signature; after the hearing, it is printed anew.
fn save_transcript(
    case: &CaseState,
    ctx: &Context,
    id: HearingId,
    text: String,
) -> Result<Decision, HearingRefusal> {
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
    let mut decision = Decision::of(HearingEvent::TranscriptSaved { hearing: id, text });
    if ended {
        decision.write_about(ctx, PaperKind::Transcript, About::Hearing { hearing: id, party: None });
    }
    Ok(decision)
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
fn sign(case: &CaseState, ctx: &Context, id: HearingId, seen: String) -> Result<Decision, HearingRefusal> {
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
    let tribunal = case.tribunal.as_ref().is_some_and(|tribunal| tribunal.votes(person) || tribunal.clerk == Some(person));
    let came = |party: PartyId| hearing.appearances.iter().any(|who| who.party == party && who.present);
    if !tribunal && !party.is_some_and(came) {
        return Err(HearingRefusal::NotAParticipant);
    }
    let name = ctx.people.name(person).to_owned();
    let signature =
        TranscriptSignature { person: Some(person), name, party, refused_because: None, transcript_sha256: seen };
    Ok(Decision::of(HearingEvent::TranscriptSigned { hearing: id, signature }))
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
    let signature = TranscriptSignature { person: None, name, party, refused_because, transcript_sha256 };
    Ok(Decision::of(HearingEvent::TranscriptSigned { hearing: id, signature }))
}

/// Whether an absent defendant may be judged by default: summoned by a lawful channel, and absent.
pub fn is_default(case: &CaseState, party: PartyId) -> bool {
    case.hearings_in_order().filter(|hearing| hearing.status == HearingStatus::Done).last().is_some_and(|hearing| {
        hearing.appearances.iter().any(|who| who.party == party && !who.present) && is_summoned(case, hearing.id, party)
    })
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &HearingEvent, _: &Recorded) {
    match event {
        HearingEvent::Opened { hearing, appearances } => {
            change(case, *hearing, |hearing| {
                hearing.status = HearingStatus::Open;
                hearing.appearances = appearances.clone();
            });
            case.stage = Stage::InHearing;
        }
        HearingEvent::PartEntered { hearing, part } => change(case, *hearing, |hearing| hearing.part = *part),
        HearingEvent::TranscriptSaved { hearing, text } => {
            change(case, *hearing, |hearing| hearing.transcript = text.clone());
        }
        HearingEvent::CorrectionNoted { hearing, correction } => {
            change(case, *hearing, |hearing| hearing.corrections.push(correction.clone()));
        }
        HearingEvent::TranscriptSigned { hearing, signature } => {
            change(case, *hearing, |hearing| hearing.signatures.push(signature.clone()));
        }
        HearingEvent::Closed { hearing } => {
            change(case, *hearing, |hearing| hearing.status = HearingStatus::Done);
            case.stage = Stage::HearingDone;
        }
    }
}

fn change(case: &mut CaseState, id: HearingId, change: impl FnOnce(&mut Hearing)) {
    if let Some(hearing) = case.hearings.get_mut(&id) {
        change(hearing);
    }
}
