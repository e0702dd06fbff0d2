//! Approval (审批): one mechanism for everything that needs another's yes. The chain of each matter is a
//! setting of the court; what was asked stays fixed while it is pending.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    decision::{Context, Decision},
    fees::{FeeAid, FeeEvent, FeeStatus},
    ids::{ApprovalId, MaterialId, PersonId},
    law::{
        money::Fen,
        period::Unit,
        trial_period::{Exclusion, ExclusionKind, Extension},
    },
    material::{FileRef, MaterialEvent, Place},
    moment::Recorded,
    people::Post,
    periods::{self, PeriodKind},
    procedure,
    refusal::refusals,
    stage::{self, Stage},
};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

impl Matter {
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
        }
    }

    /// Who decides, one after another. Whoever asks is passed over.
    ///
    /// Source: handbook of the project §7 (each step a setting of the court);《民事诉讼法》第一百五十二条.
    pub fn chain(&self, stage: Stage) -> Vec<Post> {
        let change = matches!(self, Matter::ReplaceMaterial { .. } | Matter::StrikeMaterial { .. });
        let mut chain = match self {
            Matter::FeeAid { .. } => vec![Post::DivisionHead, Post::VicePresident],
            Matter::ExtendTrial { .. } => vec![Post::DivisionHead, Post::President],
            Matter::ExcludePeriod { .. } => vec![Post::DivisionHead, Post::TrialManagement],
            Matter::Stay { .. } | Matter::ChangeProcedure { .. } => vec![Post::DivisionHead],
            Matter::ReplaceMaterial { .. } | Matter::StrikeMaterial { .. } => vec![Post::Judge, Post::DivisionHead],
        };
        if change && stage.is_closed() {
            chain.push(Post::TrialManagement);
        }
        if change && stage >= Stage::Archiving {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// Decides an act of approval.
pub fn decide(case: &CaseState, ctx: &Context, command: ApprovalCommand) -> Result<Decision, ApprovalRefusal> {
    match command {
        ApprovalCommand::Ask { request, reason } => ask(case, ctx, request, reason),
        ApprovalCommand::Answer { approval, grant, opinion, seen_words } => {
            answer(case, ctx, approval, grant, opinion, seen_words)
        }
    }
}

fn ask(case: &CaseState, ctx: &Context, request: Matter, reason: String) -> Result<Decision, ApprovalRefusal> {
    let approval = ApprovalId(ctx.ids.next());
    if case.approvals.contains_key(&approval) {
        return Ok(Decision::nothing());
    }
    if reason.trim().is_empty() {
        return Err(ApprovalRefusal::NoReason);
    }
    let same = |known: &Approval| known.status == ApprovalStatus::Pending && known.matter == request;
    if case.approvals.values().any(same) {
        return Err(ApprovalRefusal::PendingAlready);
    }
    check(case, &request, ctx.moment.today)?;
    let asker = match ctx.actor {
        crate::people::Actor::Person { post, .. } => Some(*post),
        _ => None,
    };
    let mut chain: Vec<Post> = request.chain(case.stage).into_iter().filter(|post| Some(*post) != asker).collect();
    if chain.is_empty() {
        chain.push(Post::VicePresident);
    }
    Ok(Decision::of(ApprovalEvent::Asked { approval, request, reason, by: ctx.actor.person(), chain }))
}

fn check(case: &CaseState, request: &Matter, today: Date) -> Result<(), ApprovalRefusal> {
    match request {
        Matter::FeeAid { aid, remaining } => check_aid(case, *aid, *remaining),
        Matter::ExtendTrial { months } => {
            let trial = case.running(PeriodKind::Trial, None).ok_or(ApprovalRefusal::NoTrialPeriod)?;
            let granted: u32 = trial.extensions.iter().map(|extension| extension.length).sum();
            let most_months = most_extension(case.procedure).saturating_sub(granted);
            if *months == 0 || *months > most_months { Err(ApprovalRefusal::TooLong { most_months }) } else { Ok(()) }
        }
        Matter::ExcludePeriod { from_on, to_on, .. } => {
            let trial = case.running(PeriodKind::Trial, None).ok_or(ApprovalRefusal::NoTrialPeriod)?;
            if to_on <= from_on || *from_on < trial.starts_on { Err(ApprovalRefusal::WrongDates) } else { Ok(()) }
        }
        Matter::Stay { .. } => Ok(stage::in_trial(case)?),
        Matter::ChangeProcedure { to } => {
            procedure::may_convert(case, *to, today).map_err(|fault| ApprovalRefusal::Course { fault })
        }
        Matter::ReplaceMaterial { material, .. } | Matter::StrikeMaterial { material } => {
            let in_file = case.materials.get(material).is_some_and(|paper| paper.place == Place::InFile);
            if in_file { Ok(()) } else { Err(ApprovalRefusal::NoSuchPaper) }
        }
    }
}

/// Aid is for a fee that waits to be paid: waived for natural persons only, reduced by thirty per cent at
/// least.
///
/// Source: 《诉讼费用交纳办法》第四十四条至第四十七条.
fn check_aid(case: &CaseState, aid: FeeAid, remaining: Fen) -> Result<(), ApprovalRefusal> {
    use crate::party::{PartyKind, PartyRole};
    if case.fees.status != FeeStatus::Noticed {
        return Err(ApprovalRefusal::NoFeeDue);
    }
    let legal = case.parties_as(PartyRole::Plaintiff).any(|party| party.kind == PartyKind::Legal);
    let most = Fen(case.fees.due.0 * 7 / 10);
    match aid {
        FeeAid::Waive if legal => Err(ApprovalRefusal::NaturalPersonsOnly),
        FeeAid::Reduce if remaining.0 <= 0 || remaining > most => Err(ApprovalRefusal::WrongReduction { most }),
        FeeAid::Waive | FeeAid::Reduce | FeeAid::Defer => Ok(()),
    }
}

/// Source: 《民事诉讼法》第一百五十二条、第一百六十四条、第一百六十八条.
fn most_extension(procedure: Procedure) -> u32 {
    match procedure {
        Procedure::Ordinary => 6,
        Procedure::Summary | Procedure::SmallClaims => 1,
    }
}

fn answer(
    case: &CaseState,
    ctx: &Context,
    id: ApprovalId,
    grant: bool,
    opinion: String,
    seen_words: usize,
) -> Result<Decision, ApprovalRefusal> {
    let approval = case.approvals.get(&id).ok_or(ApprovalRefusal::Unknown)?;
    let turn = approval.next().ok_or(ApprovalRefusal::DecidedAlready)?;
    if approval.words.len() != seen_words {
        return Err(ApprovalRefusal::MovedOn);
    }
    let crate::people::Actor::Person { id: by, post } = ctx.actor else {
        return Err(ApprovalRefusal::NotYourTurn { turn });
    };
    let in_charge = turn == Post::Judge && case.judge() == Some(*by);
    if *post != turn && !in_charge {
        return Err(ApprovalRefusal::NotYourTurn { turn });
    }
    if !grant && opinion.trim().is_empty() {
        return Err(ApprovalRefusal::NoReason);
    }
    let word = Word { by: *by, post: *post, opinion };
    if !grant {
        return Ok(Decision::of(ApprovalEvent::Refused { approval: id, word }));
    }
    let last = approval.words.len() + 1 == approval.chain.len();
    let mut decision = Decision::of(ApprovalEvent::Granted { approval: id, word });
    if last {
        decision.extend(carry_out(case, ctx, approval)?);
    }
    Ok(decision)
}

/// What the last yes brings about.
fn carry_out(case: &CaseState, ctx: &Context, approval: &Approval) -> Result<Decision, ApprovalRefusal> {
    let id = approval.id;
    Ok(match &approval.matter {
        Matter::FeeAid { aid, remaining } => {
            let remaining = match aid {
                FeeAid::Reduce => *remaining,
                FeeAid::Defer => case.fees.due,
                FeeAid::Waive => Fen(0),
            };
            let running = case.running(PeriodKind::FeePayment, None).is_some();
            let decision = Decision::of(FeeEvent::Aided { aid: *aid, remaining, approval: id });
            match aid {
                FeeAid::Reduce if running => decision,
                FeeAid::Reduce => decision.with(periods::PeriodEvent::Started {
                    period: periods::by_limit(PeriodKind::FeePayment, None, ctx.moment.today),
                }),
                _ => decision.with(periods::PeriodEvent::ended(PeriodKind::FeePayment, None)),
            }
        }
        Matter::ExtendTrial { months } => move_trial(case, ctx, None, Some(Extension { length: *months, unit: Unit::Month }))?,
        Matter::ExcludePeriod { kind, from_on, to_on } => {
            let exclusion = Exclusion { kind: *kind, starts_on: *from_on, ends_on: Some(*to_on) };
            move_trial(case, ctx, Some(exclusion), None)?
        }
        Matter::Stay { ground } => {
            procedure::stay(case, ctx, ground.clone()).map_err(|fault| ApprovalRefusal::Course { fault })?
        }
        Matter::ChangeProcedure { to } => procedure::convert(case, ctx, *to, approval.reason.clone())
            .map_err(|fault| ApprovalRefusal::Course { fault })?,
        Matter::ReplaceMaterial { material, file } => {
            Decision::of(MaterialEvent::Replaced { material: *material, file: file.clone(), approval: id })
        }
        Matter::StrikeMaterial { material } => Decision::of(MaterialEvent::Struck { material: *material, approval: id }),
    })
}

fn move_trial(
    case: &CaseState,
    ctx: &Context,
    exclusion: Option<Exclusion>,
    extension: Option<Extension>,
) -> Result<Decision, ApprovalRefusal> {
    let trial = case.running(PeriodKind::Trial, None).ok_or(ApprovalRefusal::NoTrialPeriod)?;
    let exclusions = trial.exclusions.iter().cloned().chain(exclusion).collect();
    let extensions = trial.extensions.iter().cloned().chain(extension).collect();
    Ok(Decision::of(periods::moved_trial(trial, exclusions, extensions, ctx.moment.today)))
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &ApprovalEvent, recorded: &Recorded) {
    match event {
        ApprovalEvent::Asked { approval, request, reason, by, chain } => {
            case.approvals.insert(*approval, Approval {
                id: *approval,
                matter: request.clone(),
                asked_by: *by,
                reason: reason.clone(),
                asked_on: recorded.moment.today,
                chain: chain.clone(),
                words: vec![],
                status: ApprovalStatus::Pending,
            });
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
