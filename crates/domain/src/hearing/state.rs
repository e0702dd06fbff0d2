//! A hearing as it stands: times, people, parts, the record and what was said of it.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{HearingId, PartyId, PersonId},
    material::FileRef,
    scheduling::SimpleNotice,
};

/// How a hearing is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
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

    /// Those that every hearing goes through, unless a reason is stated.
    ///
    /// Source: 《民事诉讼法》第一百四十一条、第一百四十四条; in summary procedure they may be merged (第一百六十三条),
    /// which then is the reason.
    pub const NEEDED: [HearingPart; 3] =
        [HearingPart::Investigation, HearingPart::Debate, HearingPart::FinalStatements];

    /// The name it has in a record; a line of this name in brackets opens the part there.
    pub fn name_zh(self) -> &'static str {
        match self {
            HearingPart::Opening => "庭前核对",
            HearingPart::Investigation => "法庭调查",
            HearingPart::Debate => "法庭辩论",
            HearingPart::FinalStatements => "最后陈述",
            HearingPart::Mediation => "法庭调解",
            HearingPart::Pronouncement => "当庭宣判",
        }
    }
}

/// How someone takes part (参加方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = AttendanceManner)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// In the courtroom (到庭).
    OnSite,
    /// On line (在线).
    Online,
}

/// Someone who came for a party (到庭人员).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Attendee {
    /// Name.
    pub name: String,
    /// Account, of one who has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Here or on line.
    pub manner: Manner,
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
    /// Who came, one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Attendee>,
    /// What is noted of an absence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence: Option<String>,
}

impl Appearance {
    /// A party for which these people came; nobody means that it is absent.
    pub fn of(party: PartyId, people: Vec<Attendee>) -> Self {
        let by: Vec<&str> = people.iter().map(|one| one.name.as_str()).collect();
        Self { party, present: !people.is_empty(), by: by.join("、"), people, absence: None }
    }

    /// A party that came, or did not, told in words alone.
    pub fn told(party: PartyId, present: bool, by: &str) -> Self {
        Self { party, present, by: by.to_owned(), people: vec![], absence: None }
    }

    /// With what is noted of the absence.
    pub fn because(mut self, absence: &str) -> Self {
        self.absence = Some(absence.trim().to_owned()).filter(|words| !words.is_empty() && !self.present);
        self
    }
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

impl TranscriptSignature {
    /// Whether it is one, and no refusal.
    pub fn is_signed(&self) -> bool {
        self.refused_because.is_none()
    }
}

/// A correction someone asked for in his own words, with its answer (笔录补正).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptCorrection {
    /// Who asked.
    pub name: String,
    /// What should stand there.
    pub wish: String,
    /// Whether it was made; a refused wish goes on record.
    pub granted: bool,
}

/// A wish for a correction, as the hearing keeps it (补正申请).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Who asked, by account; none for one who asked in court or on paper.
    pub person: Option<PersonId>,
    /// Name.
    pub name: String,
    /// The party they stand for.
    pub party: Option<PartyId>,
    /// What should stand there.
    pub wish: String,
    /// Whether it was made; none while nobody answered.
    pub granted: Option<bool>,
    /// What was changed, or why not.
    pub words: String,
}

impl Correction {
    /// A wish that waits for its answer.
    pub fn asked(person: PersonId, name: &str, party: Option<PartyId>, wish: &str) -> Self {
        let (name, wish) = (name.to_owned(), wish.to_owned());
        Self { person: Some(person), name, party, wish, granted: None, words: String::new() }
    }
}

impl From<&TranscriptCorrection> for Correction {
    fn from(noted: &TranscriptCorrection) -> Self {
        Self {
            person: None,
            name: noted.name.clone(),
            party: None,
            wish: noted.wish.clone(),
            granted: Some(noted.granted),
            words: String::new(),
        }
    }
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
    /// Simple notices of it.
    pub notices: Vec<SimpleNotice>,
    /// When the court sat.
    pub opened_at: Option<Timestamp>,
    /// When it rose.
    pub ended_at: Option<Timestamp>,
    /// Who came.
    pub appearances: Vec<Appearance>,
    /// Who of the court sat: those who decide, and the clerk (审判人员和书记员).
    pub sat: Vec<PersonId>,
    /// Why it was opened on a later day than it was scheduled for.
    pub late_because: Option<String>,
    /// Why a part was not gone through.
    pub skipped_because: Option<String>,
    /// Part it has reached.
    pub part: HearingPart,
    /// When each part was entered.
    pub parts: Vec<(HearingPart, Timestamp)>,
    /// Transcript as last saved.
    pub transcript: String,
    /// Signatures and refusals.
    pub signatures: Vec<TranscriptSignature>,
    /// Corrections asked for.
    pub corrections: Vec<Correction>,
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
            notices: vec![],
            opened_at: None,
            ended_at: None,
            appearances: vec![],
            sat: vec![],
            late_because: None,
            skipped_because: None,
            part: HearingPart::Opening,
            parts: vec![],
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

    /// Whether the court sat and rose again: the hearing ended, or was put off in the middle.
    pub fn is_over(&self) -> bool {
        match self.status {
            HearingStatus::Done => true,
            HearingStatus::Adjourned => self.opened_at.is_some(),
            HearingStatus::Scheduled | HearingStatus::Open => false,
        }
    }

    /// How long the court sat, in minutes, once it rose.
    pub fn length_minutes(&self) -> Option<i64> {
        let (from, to) = (self.opened_at?, self.ended_at?);
        Some((to.as_second() - from.as_second()) / 60)
    }

    /// Parts that every hearing goes through and this one has not.
    pub fn skipped(&self) -> Vec<HearingPart> {
        let entered = |part: &HearingPart| self.parts.iter().any(|(known, _)| known == part);
        HearingPart::NEEDED.into_iter().filter(|part| !entered(part)).collect()
    }

    /// How many of the court have not signed the record. One who signed on paper is noted by name alone.
    ///
    /// Source: 《民事诉讼法》第一百五十条 (法庭笔录由审判人员和书记员签名).
    pub fn unsigned_by_court(&self) -> usize {
        let signed = self.signatures.iter().filter(|signature| signature.party.is_none() && signature.is_signed());
        let (by_account, on_paper): (Vec<_>, Vec<_>) = signed.partition(|signature| signature.person.is_some());
        let sat = |person: &&PersonId| by_account.iter().any(|signature| signature.person == Some(**person));
        let open = self.sat.len() - self.sat.iter().filter(sat).count();
        open.saturating_sub(on_paper.len())
    }

    /// Whether the party came.
    pub fn came(&self, party: PartyId) -> bool {
        self.appearances.iter().any(|who| who.party == party && who.present)
    }

    /// Whether anybody signed the record: from then on it stays as it reads.
    pub fn is_signed(&self) -> bool {
        self.signatures.iter().any(TranscriptSignature::is_signed)
    }
}
