//! Hearing (庭审): who came, what stage it is at, the transcript and who signed it.

mod deciding;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    ids::{HearingId, PartyId, PersonId},
    material::FileRef,
    moment::Recorded,
    refusal::refusals,
    stage::{self, Stage},
};

pub use deciding::{decide, is_default, is_summoned, plaintiffs_stayed_away, transcript_of};

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
    /// The signature by hand, if one was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<FileRef>,
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
        /// The signature by hand, if one was drawn.
        hand: Option<FileRef>,
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
