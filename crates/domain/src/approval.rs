//! Approval (审批): one mechanism for everything that needs another's yes. The chain of each matter is a
//! setting of the court; what was asked stays fixed while it is pending.

mod deciding;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    committee::CommitteeRefusal,
    correcting,
    deliberation::Question,
    fees::FeeAid,
    ids::{ApprovalId, DocumentId, MaterialId, PersonId},
    law::{money::Fen, trial_period::ExclusionKind},
    material::FileRef,
    moment::Recorded,
    paper::PaperKind,
    people::Post,
    procedure,
    refusal::refusals,
    sharing::{SharingRefusal, Terms},
    stage::{self, Stage},
};

pub use deciding::decide;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "matter")]
pub enum Matter {
    /// Aid with fees (缓减免诉讼费).
    FeeAid {
        /// Kind.
        aid: FeeAid,
        /// Amount still to be paid, of a reduction.
        remaining: Fen,
    },
    /// Extension of the trial period (延长审限).
    ExtendTrial {
        /// By how many months.
        months: u32,
    },
    /// Exclusion from the trial period (扣除审限).
    ExcludePeriod {
        /// Kind.
        kind: ExclusionKind,
        /// From.
        from_on: Date,
        /// To.
        to_on: Date,
    },
    /// Stay of proceedings (中止诉讼).
    Stay {
        /// Ground.
        ground: String,
    },
    /// Change to another procedure (程序转换).
    ChangeProcedure {
        /// To.
        to: Procedure,
    },
    /// Replacement of a paper in the file (替换卷宗材料).
    ReplaceMaterial {
        /// Which.
        material: MaterialId,
        /// New file.
        file: FileRef,
    },
    /// Striking of a paper in the file (删除卷宗材料).
    StrikeMaterial {
        /// Which.
        material: MaterialId,
    },
    /// A paper that an archived file is to get (归档后补充材料).
    SupplementArchive {
        /// Kind.
        kind: PaperKind,
        /// Title; that of its kind if empty.
        title: String,
        /// File.
        file: FileRef,
    },
    /// Revocation of a paper that was sent by mistake (撤销已发出的文书).
    RevokePaper {
        /// Which.
        material: MaterialId,
    },
    /// Erasing of a paper's bytes (依法删除材料内容).
    EraseMaterial {
        /// Which.
        material: MaterialId,
    },
    /// Sharing of papers with somebody outside the court (向卷外人员限时共享).
    ShareOut {
        /// What, with whom, for what, until when.
        terms: Terms,
    },
    /// Putting right of slips in a document of an archived file (归档后补正).
    CorrectArchived {
        /// Which document.
        document: DocumentId,
    },
    /// Laying of the case before the adjudication committee (提交审判委员会).
    SubmitCommittee {
        /// What is asked, with what the panel holds.
        questions: Vec<Question>,
    },
    /// Having the adjudication committee think again (提请审判委员会复议).
    ReconsiderCommittee {},
}

impl Matter {
    /// Whether it lays the case before the adjudication committee, first or again.
    pub fn concerns_committee(&self) -> bool {
        matches!(self, Matter::SubmitCommittee { .. } | Matter::ReconsiderCommittee {})
    }

    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Matter::FeeAid { .. } => "fee_aid",
            Matter::ExtendTrial { .. } => "extend_trial",
            Matter::ExcludePeriod { .. } => "exclude_period",
            Matter::Stay { .. } => "stay",
            Matter::ChangeProcedure { .. } => "change_procedure",
            Matter::ReplaceMaterial { .. } => "replace_material",
            Matter::StrikeMaterial { .. } => "strike_material",
            Matter::SupplementArchive { .. } => "supplement_archive",
            Matter::RevokePaper { .. } => "revoke_paper",
            Matter::EraseMaterial { .. } => "erase_material",
            Matter::ShareOut { .. } => "share_out",
            Matter::CorrectArchived { .. } => "correct_archived",
            Matter::SubmitCommittee { .. } => "submit_committee",
            Matter::ReconsiderCommittee {} => "reconsider_committee",
        }
    }

    /// Who decides, one after another. Whoever asks is passed over.
    ///
    /// Source: handbook of the project §7 (each step a setting of the court);《民事诉讼法》第一百五十二条.
    pub fn chain(&self, stage: Stage) -> Vec<Post> {
        let change = matches!(self, Matter::ReplaceMaterial { .. } | Matter::StrikeMaterial { .. });
        let opens = matches!(self, Matter::CorrectArchived { .. } | Matter::RevokePaper { .. });
        let mut chain = match self {
            Matter::FeeAid { .. } => vec![Post::DivisionHead, Post::VicePresident],
            Matter::ExtendTrial { .. } => vec![Post::DivisionHead, Post::President],
            Matter::ExcludePeriod { .. } => vec![Post::DivisionHead, Post::TrialManagement],
            Matter::Stay { .. } | Matter::ChangeProcedure { .. } | Matter::ShareOut { .. } => vec![Post::DivisionHead],
            Matter::ReplaceMaterial { .. } | Matter::StrikeMaterial { .. } => vec![Post::Judge, Post::DivisionHead],
            Matter::SupplementArchive { .. } => vec![Post::DivisionHead, Post::Archivist],
            Matter::RevokePaper { .. } | Matter::CorrectArchived { .. } => vec![Post::Judge, Post::DivisionHead],
            Matter::EraseMaterial { .. } => vec![Post::DivisionHead, Post::President],
            // 《关于人民法院合议庭工作的若干规定》第十二条、第十三条.
            Matter::SubmitCommittee { .. } => vec![Post::DivisionHead, Post::President],
            Matter::ReconsiderCommittee {} => vec![Post::President],
        };
        if change && stage.is_closed() {
            chain.push(Post::TrialManagement);
        }
        if (change || opens) && stage >= Stage::Archiving {
            chain.push(Post::Archivist);
        }
        chain
    }
}

/// A step taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Who.
    pub by: PersonId,
    /// Under which post.
    pub post: Post,
    /// What was said.
    pub opinion: String,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalStatus {
    /// Waiting for the next word.
    Pending,
    /// Granted by all.
    Granted,
    /// Refused by one.
    Refused,
}

/// A request for approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Identifier.
    pub id: ApprovalId,
    /// What is asked.
    pub matter: Matter,
    /// Who asks.
    pub asked_by: Option<PersonId>,
    /// Why.
    pub reason: String,
    /// Day it was asked.
    pub asked_on: Date,
    /// Chain fixed when it was asked.
    pub chain: Vec<Post>,
    /// Words so far.
    pub words: Vec<Word>,
    /// Where it stands.
    pub status: ApprovalStatus,
}

impl Approval {
    /// Whose word is awaited.
    pub fn next(&self) -> Option<Post> {
        if self.status == ApprovalStatus::Pending { self.chain.get(self.words.len()).copied() } else { None }
    }

    /// Whether the case came to a stage since it was asked at which somebody has a word who was not asked.
    fn lacks_a_word(&self, stage: Stage) -> bool {
        let usual = self.matter.chain(Stage::Filed);
        self.matter.chain(stage).iter().any(|post| !usual.contains(post) && !self.chain.contains(post))
    }
}

/// Facts of approval. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum ApprovalEvent {
    /// Approval was asked (提请审批).
    #[serde(rename = "approval.asked.v1")]
    Asked {
        /// Identifier.
        approval: ApprovalId,
        /// What.
        request: Matter,
        /// Why.
        reason: String,
        /// Who.
        by: Option<PersonId>,
        /// Chain.
        chain: Vec<Post>,
    },
    /// A step said yes (同意).
    #[serde(rename = "approval.granted.v1")]
    Granted {
        /// Which.
        approval: ApprovalId,
        /// The word.
        word: Word,
    },
    /// A step said no; that ends it (不同意).
    #[serde(rename = "approval.refused.v1")]
    Refused {
        /// Which.
        approval: ApprovalId,
        /// The word.
        word: Word,
    },
}

/// Commands of approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum ApprovalCommand {
    /// Asks.
    Ask {
        /// What.
        request: Matter,
        /// Why.
        reason: String,
    },
    /// Says yes or no.
    Answer {
        /// Which.
        approval: ApprovalId,
        /// Yes or no.
        grant: bool,
        /// What is said with it.
        opinion: String,
        /// How many words stood there when it was read.
        seen_words: usize,
    },
}

refusals! {
    /// Why an act of approval is refused.
    ApprovalRefusal = "approval" {
        /// There is no such request.
        Unknown,
        /// The same is pending already.
        PendingAlready,
        /// It was decided already.
        DecidedAlready,
        /// It is another post's turn.
        NotYourTurn {
            /// Whose.
            turn: Post,
        },
        /// It moved on since it was read: look again.
        MovedOn,
        /// The case went on since it was asked, and more have a word in it now: it is asked anew.
        AskAnew,
        /// A reason is needed.
        NoReason,
        /// Only a natural person can be relieved of fees altogether.
        NaturalPersonsOnly,
        /// No fee is waiting to be paid.
        NoFeeDue,
        /// A reduction takes off thirty per cent at least, and leaves something to pay.
        WrongReduction {
            /// At most this much may remain.
            most: Fen,
        },
        /// There is no such paper in the file.
        NoSuchPaper,
        /// The dates are the wrong way round or lie outside the trial.
        WrongDates,
        /// The longest extension the president may grant is exceeded.
        TooLong {
            /// At most this many months.
            most_months: u32,
        },
        /// No trial period is running.
        NoTrialPeriod,
        /// A change of the course is not possible.
        Course {
            /// Why.
            fault: procedure::ProcedureRefusal,
        },
        /// The paper cannot be revoked, or put right.
        Revocation {
            /// Why.
            fault: correcting::CorrectingRefusal,
        },
        /// The case can't be laid before the adjudication committee.
        Committee {
            /// Why.
            fault: CommitteeRefusal,
        },
        /// The papers can't be shared so.
        Sharing {
            /// Why.
            fault: SharingRefusal,
        },
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for ApprovalRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        ApprovalRefusal::Stage { fault }
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &ApprovalEvent, recorded: &Recorded) {
    match event {
        ApprovalEvent::Asked { approval, request, reason, by, chain } => {
            case.approvals.insert(
                *approval,
                Approval {
                    id: *approval,
                    matter: request.clone(),
                    asked_by: *by,
                    reason: reason.clone(),
                    asked_on: recorded.moment.today,
                    chain: chain.clone(),
                    words: vec![],
                    status: ApprovalStatus::Pending,
                },
            );
        }
        ApprovalEvent::Granted { approval, word } => {
            let Some(approval) = case.approvals.get_mut(approval) else { return };
            approval.words.push(word.clone());
            if approval.words.len() == approval.chain.len() {
                approval.status = ApprovalStatus::Granted;
            }
        }
        ApprovalEvent::Refused { approval, word } => {
            let Some(approval) = case.approvals.get_mut(approval) else { return };
            approval.words.push(word.clone());
            approval.status = ApprovalStatus::Refused;
        }
    }
}
