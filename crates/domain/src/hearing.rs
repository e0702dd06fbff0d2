//! Hearing (庭审): who came and how, what stage it is at, the record as it is typed, who signed it.

mod deciding;
mod record;
mod signing;
mod state;
mod summons;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    ids::{HearingId, PartyId, PersonId},
    material::FileRef,
    moment::Recorded,
    refusal::refusals,
    stage::{self, Stage},
};

pub use deciding::{decide, transcript_of};
pub use record::{Splice, splice};
pub use signing::{Signer, signers, took_part};
pub use state::{
    Appearance, Attendee, Correction, Hearing, HearingPart, HearingStatus, Manner, Mode, TranscriptCorrection,
    TranscriptSignature,
};
pub use summons::{Attendance, attendable, is_default, is_summoned, is_unconfirmed, plaintiffs_stayed_away};

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
        /// Why it was opened on a later day than it was scheduled for (改日开庭的理由).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        late_because: Option<String>,
    },
    /// Someone came later (到庭情况变化).
    #[serde(rename = "hearing.attendance_noted.v1")]
    AttendanceNoted {
        /// Which.
        hearing: HearingId,
        /// How the party now takes part.
        appearance: Appearance,
    },
    /// The hearing came to another part (进入庭审阶段).
    #[serde(rename = "hearing.part_entered.v1")]
    PartEntered {
        /// Which.
        hearing: HearingId,
        /// Part.
        part: HearingPart,
    },
    /// A version of the transcript was saved whole (保存笔录).
    #[serde(rename = "hearing.transcript_saved.v1")]
    TranscriptSaved {
        /// Which.
        hearing: HearingId,
        /// Text.
        text: String,
    },
    /// The transcript was typed on (续写笔录): what changed, not the whole.
    #[serde(rename = "hearing.transcript_typed.v1")]
    TranscriptTyped {
        /// Which.
        hearing: HearingId,
        /// What gave way to what.
        splice: Splice,
    },
    /// A correction that was asked for in court or on paper, and what came of it (申请补正笔录).
    #[serde(rename = "hearing.correction_noted.v1")]
    CorrectionNoted {
        /// Which.
        hearing: HearingId,
        /// The correction.
        correction: TranscriptCorrection,
    },
    /// Someone who took part asked for a correction of his own words (申请补正笔录).
    #[serde(rename = "hearing.correction_asked.v1")]
    CorrectionAsked {
        /// Which.
        hearing: HearingId,
        /// Who.
        person: PersonId,
        /// Name.
        name: String,
        /// The party they stand for.
        party: Option<PartyId>,
        /// What should stand there.
        wish: String,
    },
    /// The clerk put it right, or the wish went on record (补正或者记录在案).
    #[serde(rename = "hearing.correction_answered.v1")]
    CorrectionAnswered {
        /// Which.
        hearing: HearingId,
        /// Which correction, from 1.
        no: u32,
        /// Whether it was made.
        granted: bool,
        /// What was changed, or why not.
        words: String,
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
        /// Why a part was not gone through (未进行某一阶段的理由).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        skipped_because: Option<String>,
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
        /// Why it opens on a later day than it was scheduled for.
        #[serde(default)]
        late_because: Option<String>,
    },
    /// Notes that someone came later.
    NoteAttendance {
        /// Which.
        hearing: HearingId,
        /// How the party now takes part.
        appearance: Appearance,
    },
    /// Enters a part.
    EnterPart {
        /// Which.
        hearing: HearingId,
        /// Part.
        part: HearingPart,
    },
    /// Saves the transcript as it now reads.
    SaveTranscript {
        /// Which.
        hearing: HearingId,
        /// The whole text.
        text: String,
        /// Hash of the text it was written on; none only for a record that is brought in whole.
        based_on: Option<String>,
    },
    /// Notes a correction asked for in court or on paper, granted or refused.
    NoteCorrection {
        /// Which.
        hearing: HearingId,
        /// The correction.
        correction: TranscriptCorrection,
    },
    /// Asks for a correction of one's own words.
    AskCorrection {
        /// Which.
        hearing: HearingId,
        /// What should stand there.
        wish: String,
    },
    /// Answers a wish for a correction.
    AnswerCorrection {
        /// Which.
        hearing: HearingId,
        /// Which correction, from 1.
        no: u32,
        /// Whether it was made.
        granted: bool,
        /// What was changed, or why not.
        words: String,
    },
    /// Closes the hearing.
    Close {
        /// Which.
        hearing: HearingId,
        /// Why a part was not gone through.
        #[serde(default)]
        skipped_because: Option<String>,
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
    /// Refuses to sign, as the person acting.
    RefuseToSign {
        /// Which.
        hearing: HearingId,
        /// Why.
        reason: String,
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

impl HearingCommand {
    /// Whether it is an act of someone who took part, about the record of what they said.
    pub fn is_of_a_participant(&self) -> bool {
        matches!(self, Self::Sign { .. } | Self::RefuseToSign { .. } | Self::AskCorrection { .. })
    }
}

refusals! {
    /// Why an act of a hearing is refused.
    HearingRefusal = "hearing" {
        /// There is no such hearing.
        Unknown,
        /// It is not its day yet.
        TooEarly,
        /// Its day is over: say why it opens today all the same, or put it off.
        DayPassed {
            /// The day it was scheduled for.
            on: Date,
        },
        /// It opens on another day than the summons named, so nobody's absence counts.
        AbsentOnAnotherDay {
            /// Who.
            party: PartyId,
        },
        /// It is closed before a part was gone through, and no reason is stated.
        PartsSkipped {
            /// Which parts.
            parts: Vec<HearingPart>,
        },
        /// The hearing is not open.
        NotOpen,
        /// It was opened or ended already.
        NotScheduled,
        /// The hearing is going on: the record is signed when it is over.
        StillOpen,
        /// Nobody came, and a plaintiff was not proven summoned: put the hearing off. (Where all were, the
        /// hearing is opened, the absence noted, and a ruling follows.)
        NobodyCame,
        /// A defendant is absent whom the complaint was found not to have reached: no default hearing.
        ComplaintNotServed {
            /// Who.
            party: PartyId,
        },
        /// A defendant is absent and no summons was served by a lawful method: no default hearing.
        SummonsNotProven {
            /// Who.
            party: PartyId,
        },
        /// An absent party was only told by a simple notice that it has not confirmed: no default hearing.
        NoticeUnconfirmed {
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
        /// Someone is said to take part on line in a hearing that is held in the courtroom, or without the
        /// party's consent to on-line hearings.
        NotOnline {
            /// For which party.
            party: PartyId,
        },
        /// That a party came is not undone.
        CameAlready {
            /// Who.
            party: PartyId,
        },
        /// There is no such party.
        UnknownParty,
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
        /// There is no such wish for a correction.
        UnknownCorrection,
        /// It was answered already.
        CorrectionAnswered,
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
pub fn apply(case: &mut CaseState, event: &HearingEvent, recorded: &Recorded) {
    let at = recorded.moment.at;
    match event {
        HearingEvent::Opened { hearing, appearances, late_because } => {
            let court = case.tribunal.as_ref();
            let sat = court.iter().flat_map(|court| court.voters().into_iter().chain(court.clerk)).collect();
            change(case, *hearing, |hearing| {
                hearing.sat = sat;
                hearing.late_because.clone_from(late_because);
                hearing.status = HearingStatus::Open;
                hearing.opened_at = Some(at);
                hearing.appearances = appearances.clone();
                hearing.parts = vec![(HearingPart::Opening, at)];
            });
            case.stage = Stage::InHearing;
        }
        HearingEvent::AttendanceNoted { hearing, appearance } => change(case, *hearing, |hearing| {
            hearing.appearances.retain(|known| known.party != appearance.party);
            hearing.appearances.push(appearance.clone());
        }),
        HearingEvent::PartEntered { hearing, part } => change(case, *hearing, |hearing| {
            hearing.part = *part;
            hearing.parts.push((*part, at));
        }),
        HearingEvent::TranscriptSaved { hearing, text } => {
            change(case, *hearing, |hearing| hearing.transcript = text.clone());
        }
        HearingEvent::TranscriptTyped { hearing, splice } => {
            change(case, *hearing, |hearing| hearing.transcript = splice.of(&hearing.transcript));
        }
        HearingEvent::CorrectionNoted { hearing, correction } => {
            change(case, *hearing, |hearing| hearing.corrections.push(correction.into()));
        }
        HearingEvent::CorrectionAsked { hearing, person, name, party, wish } => {
            let asked = Correction::asked(*person, name, *party, wish);
            change(case, *hearing, |hearing| hearing.corrections.push(asked));
        }
        HearingEvent::CorrectionAnswered { hearing, no, granted, words } => change(case, *hearing, |hearing| {
            let index = usize::try_from(*no).unwrap_or_default().wrapping_sub(1);
            if let Some(correction) = hearing.corrections.get_mut(index) {
                correction.granted = Some(*granted);
                correction.words.clone_from(words);
            }
        }),
        HearingEvent::TranscriptSigned { hearing, signature } => {
            change(case, *hearing, |hearing| hearing.signatures.push(signature.clone()));
        }
        HearingEvent::Closed { hearing, skipped_because } => {
            change(case, *hearing, |hearing| {
                hearing.skipped_because.clone_from(skipped_because);
                hearing.status = HearingStatus::Done;
                hearing.ended_at = Some(at);
            });
            case.stage = Stage::HearingDone;
        }
    }
}

fn change(case: &mut CaseState, id: HearingId, change: impl FnOnce(&mut Hearing)) {
    if let Some(hearing) = case.hearings.get_mut(&id) {
        change(hearing);
    }
}
