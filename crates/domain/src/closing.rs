//! Closing (结案) and effect (生效): the closing seal, and the day the decision binds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    decision::{About, Context, Decision, calendar_of},
    fees::FeeEvent,
    ids::{MaterialId, PartyId},
    law::money::Fen,
    material::{Material, Place},
    mediation,
    moment::Recorded,
    paper::PaperKind,
    party::{Party, PartyRole},
    periods::{self, PeriodEvent, PeriodKind},
    refusal::refusals,
    register::{Register, RegisterEvent},
    stage::{self, Stage},
    supervision,
};

/// Manner of closing (结案方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// Judgment (判决).
    Judgment,
    /// Mediation (调解).
    Mediation,
    /// Withdrawal granted (准许撤诉).
    Withdrawal,
    /// Treated as withdrawn (按撤诉处理).
    DeemedWithdrawal,
    /// Not accepted (不予受理).
    NotAccepted,
}

impl Manner {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Manner::Judgment => "judgment",
            Manner::Mediation => "mediation",
            Manner::Withdrawal => "withdrawal",
            Manner::DeemedWithdrawal => "deemed_withdrawal",
            Manner::NotAccepted => "not_accepted",
        }
    }
}

/// How and when a case was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Manner.
    pub manner: Manner,
    /// Closing day (结案日).
    pub on: Date,
    /// Hash over the list of papers frozen that day.
    pub seal_sha256: String,
}

/// Facts of closing. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum ClosingEvent {
    /// The plaintiff asked to withdraw the suit (申请撤诉).
    #[serde(rename = "closing.withdrawal_asked.v1")]
    WithdrawalAsked {
        /// Which party.
        party: PartyId,
        /// Why.
        reason: String,
    },
    /// The case was closed and what lies in the file frozen (结案封存).
    #[serde(rename = "closing.closed.v1")]
    Closed {
        /// Manner.
        manner: Manner,
        /// Closing day.
        on: Date,
        /// Papers frozen.
        sealed: Vec<MaterialId>,
        /// SHA-256 in hex over the lines `id sha256` of those papers, in order.
        seal_sha256: String,
    },
    /// The decision took effect (裁判生效).
    #[serde(rename = "closing.effective.v1")]
    Effective {
        /// Day.
        on: Date,
    },
}

/// Commands of closing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum ClosingCommand {
    /// Asks to withdraw the suit.
    AskWithdrawal {
        /// Which party.
        party: PartyId,
        /// Why.
        reason: String,
    },
}

refusals! {
    /// Why an act of closing is refused.
    ClosingRefusal = "closing" {
        /// Only a plaintiff withdraws the suit.
        NotPlaintiff,
        /// It was asked already.
        AskedAlready,
        /// A reason is needed.
        NoReason,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for ClosingRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        ClosingRefusal::Stage { fault }
    }
}

/// Decides a request to withdraw; the court rules on it.
///
/// Source: 《民事诉讼法》第一百四十八条.
pub fn decide(case: &CaseState, ctx: &Context, command: ClosingCommand) -> Result<Decision, ClosingRefusal> {
    let ClosingCommand::AskWithdrawal { party, reason } = command;
    stage::in_trial(case)?;
    if case.parties.get(&party).is_none_or(|party| party.role != PartyRole::Plaintiff) {
        return Err(ClosingRefusal::NotPlaintiff);
    }
    if case.withdrawal_asked_by.is_some() {
        return Err(ClosingRefusal::AskedAlready);
    }
    if reason.trim().is_empty() {
        return Err(ClosingRefusal::NoReason);
    }
    let about = crate::decision::About::Words { party: Some(party), words: reason.clone() };
    let mut decision = Decision::of(ClosingEvent::WithdrawalAsked { party, reason });
    decision.write_about(ctx, PaperKind::Request, about);
    Ok(decision)
}

/// Closes the case: the closing day, the closing seal, the end of the trial period, the beginning of the
/// archive period, and what is refunded for a case that ended early.
///
/// Source: 《关于严格执行案件审理期限制度的若干规定》第十条;《诉讼费用交纳办法》第十五条.
pub fn close(case: &CaseState, ctx: &Context, manner: Manner, effective_at_once: bool) -> Decision {
    close_on(case, ctx, manner, ctx.moment.today, effective_at_once)
}

/// Closes the case as of `on`, where the closing day stands on a receipt that is entered later.
pub fn close_on(case: &CaseState, ctx: &Context, manner: Manner, on: Date, effective_at_once: bool) -> Decision {
    closed(case, ctx, Closed { manner, on, effective_at_once, anew: None })
}

/// Closes the case with the last signature under an agreement that binds on signature. The act prints that
/// signature into the agreement, so the closing seal, which covers the file as it stood before, leaves it out.
///
/// Source: 《民诉法解释》第一百五十一条.
pub fn close_by_signature(case: &CaseState, ctx: &Context, agreement: Option<MaterialId>) -> Decision {
    let on = ctx.moment.today;
    closed(case, ctx, Closed { manner: Manner::Mediation, on, effective_at_once: true, anew: agreement })
}

/// How and when a case closes, and the paper that the same act writes anew.
struct Closed {
    manner: Manner,
    on: Date,
    effective_at_once: bool,
    anew: Option<MaterialId>,
}

fn closed(case: &CaseState, ctx: &Context, closed: Closed) -> Decision {
    let Closed { manner, on, effective_at_once, anew } = closed;
    let (sealed, seal_sha256) = sealed(case.materials_in_order().filter(|paper| Some(paper.id) != anew));
    let mut decision = Decision::of(ClosingEvent::Closed { manner, on, sealed, seal_sha256 });
    decision.extend(mediation::ended(case, ctx, on));
    if supervision::is_recorded(case) {
        decision.write_about(ctx, PaperKind::SupervisionRecord, About::Case);
    }
    for kind in [PeriodKind::Review, PeriodKind::Trial, PeriodKind::Deliberation, PeriodKind::Writing] {
        if case.running(kind, None).is_some() {
            decision.push(PeriodEvent::ended(kind, None));
        }
    }
    decision.push(PeriodEvent::Started { period: periods::by_limit(PeriodKind::Archive, None, on) });
    decision.registers.extend(released(case, ctx));
    if manner != Manner::Judgment && case.procedure == Procedure::Ordinary && case.fees.paid.0 > 0 {
        let amount = Fen(case.fees.paid.0 / 2);
        decision.extend(refund(amount, "closed_early", on));
    }
    if effective_at_once {
        decision.extend(take_effect(case, on));
    }
    decision
}

/// A case that ends before a hearing it has booked gives room and people free again.
fn released(case: &CaseState, ctx: &Context) -> Vec<(Register, RegisterEvent)> {
    let loaded = |register: &Register| ctx.registers.0.contains_key(register);
    booked(case)
        .map(|hearing| (calendar_of(hearing.on), RegisterEvent::Released { hearing: hearing.id }))
        .filter(|(register, _)| loaded(register))
        .collect()
}

/// Hearings that are scheduled and were not held.
pub fn booked(case: &CaseState) -> impl Iterator<Item = &crate::hearing::Hearing> {
    case.hearings_in_order().filter(|hearing| hearing.status == crate::hearing::HearingStatus::Scheduled)
}

/// A refund with its last day.
///
/// Source: 《诉讼费用交纳办法》第五十三条.
pub fn refund(amount: Fen, ground: &str, from: Date) -> Decision {
    let period = periods::by_limit(PeriodKind::Refund, None, from);
    let due_on = period.last_on;
    Decision::of(FeeEvent::RefundDue { amount, ground: ground.to_owned(), due_on })
        .with(PeriodEvent::Started { period })
}

/// The decision binds from `on`; the winner's prepayment is given back.
///
/// Source: 《民诉法解释》第二百零七条.
pub fn take_effect(case: &CaseState, on: Date) -> Decision {
    let mut decision = Decision::of(ClosingEvent::Effective { on });
    let borne_by_others = case.drafts.values().any(|draft| draft.issued.is_some() && draft.content.refund_prepayment);
    if borne_by_others && case.fees.paid.0 > 0 && case.fees.refund_due.0 == 0 {
        decision.extend(refund(case.fees.paid, "borne_by_other_side", on));
    }
    decision
}

/// The papers in the file and the hash over their list.
pub fn seal(case: &CaseState) -> (Vec<MaterialId>, String) {
    sealed(case.materials_in_order())
}

/// The list that a seal covers: a line `id sha256` for each paper in the file, in order.
pub fn seal_list(case: &CaseState) -> String {
    let in_file = case.materials_in_order().filter(|paper| paper.place == Place::InFile);
    in_file.map(seal_line).collect()
}

fn seal_line(paper: &Material) -> String {
    format!("{} {}\n", paper.id, paper.file.sha256)
}

fn sealed<'a>(papers: impl Iterator<Item = &'a Material>) -> (Vec<MaterialId>, String) {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    let mut sealed = vec![];
    for paper in papers.filter(|paper| paper.place == Place::InFile) {
        hash.update(seal_line(paper));
        sealed.push(paper.id);
    }
    (sealed, hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

impl CaseState {
    /// The paper that closes the case: the issued decision, or the mediation statement.
    pub fn final_paper(&self) -> Option<&crate::material::Material> {
        if self.closing.as_ref().is_some_and(|closing| closing.manner == Manner::Mediation) {
            return self.statement_in_force();
        }
        // What puts a decision right, and a copy of it, is not the decision.
        let decides = |draft: &&crate::drafting::Draft| !self.is_beside_the_course(draft.id);
        let is_issued = |id: &MaterialId| self.drafts.values().filter(decides).any(|draft| draft.issued == Some(*id));
        let issued = self.material_order.iter().rev().find(|id| is_issued(id)).and_then(|id| self.materials.get(id));
        issued.or_else(|| self.statement_in_force())
    }

    /// Whether the decision may be appealed: judgments of ordinary and summary procedure, and the ruling that
    /// a suit is not accepted.
    ///
    /// Source: 《民事诉讼法》第一百五十七条、第一百六十五条、第一百七十一条.
    pub fn is_appealable(&self) -> bool {
        match self.final_paper().map(|paper| paper.kind) {
            Some(PaperKind::Judgment) => self.procedure != Procedure::SmallClaims,
            Some(PaperKind::NonAcceptance) => true,
            _ => false,
        }
    }

    /// Whether it never came to a trial: a judge rules, or has ruled, that the suit is not accepted.
    pub fn is_refused_at_filing(&self) -> bool {
        self.stage == Stage::NotAccepted
            || self.closing.as_ref().is_some_and(|closing| closing.manner == Manner::NotAccepted)
    }

    /// The parties whom the court addresses (送达对象): all, but the other side of a suit that is not accepted,
    /// which never came before the court.
    pub fn addressees(&self) -> impl Iterator<Item = &Party> {
        let filers_only = self.is_refused_at_filing();
        self.parties_in_order().filter(move |party| !filers_only || party.role == PartyRole::Plaintiff)
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &ClosingEvent, _: &Recorded) {
    match event {
        ClosingEvent::WithdrawalAsked { party, .. } => case.withdrawal_asked_by = Some(*party),
        ClosingEvent::Closed { manner, on, sealed, seal_sha256 } => {
            for id in sealed {
                if let Some(paper) = case.materials.get_mut(id) {
                    paper.sealed = true;
                }
            }
            case.closing = Some(Closing { manner: *manner, on: *on, seal_sha256: seal_sha256.clone() });
            case.mediation.open = false;
            case.stage = Stage::ServingFinal;
        }
        ClosingEvent::Effective { on } => {
            case.effective_on = Some(*on);
            case.stage = Stage::Effective;
        }
    }
}
