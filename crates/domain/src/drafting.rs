//! Drafting (文书制作): the judge's own words for a decision; everything else is filled from the case.

use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    decision::{About, Context, Decision},
    ids::{DocumentId, MaterialId, PersonId},
    law::trial_period::ExclusionKind,
    moment::Recorded,
    paper::PaperKind,
    periods::PeriodKind,
    refusal::refusals,
    stage::{self, Stage},
};

/// What the judge writes (裁判内容). Parties, course, claims, answers and evidence come from the case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DraftContent {
    /// Facts found (经审理查明).
    pub found_facts: String,
    /// Reasoning (本院认为).
    pub reasoning: String,
    /// Law applied, one by one (法律依据).
    pub legal_basis: Vec<String>,
    /// Orders (判项).
    pub orders: Vec<String>,
    /// Who bears the costs (诉讼费用负担).
    pub costs: String,
    /// Whether the defendants bear the plaintiff's prepayment, so that it is refunded on effect.
    ///
    /// Source: 《民诉法解释》第二百零七条.
    pub refund_prepayment: bool,
}

/// A document in the making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Identifier.
    pub id: DocumentId,
    /// Kind.
    pub kind: PaperKind,
    /// Content as last saved.
    pub content: DraftContent,
    /// Number of the version, from 1.
    pub version: u32,
    /// Who saved it.
    pub by: Option<PersonId>,
    /// The original whose bytes were fixed for signing, while it is put forward.
    pub original: Option<MaterialId>,
    /// Why it was returned, if it was.
    pub returned_because: Option<String>,
    /// Who signed the original.
    pub signed: Vec<PersonId>,
    /// The issued paper.
    pub issued: Option<MaterialId>,
}

/// Facts of drafting. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum DraftingEvent {
    /// A version was saved (保存文书稿).
    #[serde(rename = "drafting.saved.v1")]
    Saved {
        /// Which document.
        document: DocumentId,
        /// Kind.
        kind: PaperKind,
        /// Content.
        content: DraftContent,
        /// Who.
        by: Option<PersonId>,
    },
    /// The draft was put forward; its bytes are fixed from here (送签).
    #[serde(rename = "drafting.put_forward.v1")]
    PutForward {
        /// Which document.
        document: DocumentId,
        /// The original that will be signed.
        original: MaterialId,
    },
    /// It was returned with words (退回修改).
    #[serde(rename = "drafting.returned.v1")]
    Returned {
        /// Which document.
        document: DocumentId,
        /// Why.
        reason: String,
        /// Who.
        by: Option<PersonId>,
    },
}

/// Commands of drafting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum DraftingCommand {
    /// Saves a version.
    Save {
        /// Which document; a new one if the case does not know it.
        document: DocumentId,
        /// Kind.
        kind: PaperKind,
        /// Content.
        content: DraftContent,
        /// Number of the version this one was written upon; 0 for a new document.
        based_on: u32,
    },
    /// Puts the draft forward for signing.
    PutForward {
        /// Which document.
        document: DocumentId,
    },
    /// Returns the draft.
    Return {
        /// Which document.
        document: DocumentId,
        /// Why.
        reason: String,
    },
}

refusals! {
    /// Why an act of drafting is refused.
    DraftingRefusal = "drafting" {
        /// There is no such document.
        Unknown,
        /// Documents of this kind are not drafted by hand.
        NotDraftable,
        /// Someone saved a newer version meanwhile: compare and save again.
        NewerVersion {
            /// Number of the newest.
            newest: u32,
        },
        /// It has been put forward: have it returned first.
        PutForwardAlready,
        /// It was issued; a slip is put right by a ruling.
        IssuedAlready,
        /// Something is missing in the document.
        Incomplete {
            /// What: `found_facts`, `reasoning`, `legal_basis`, `orders`, `costs`.
            what: Vec<String>,
        },
        /// A judgment needs a hearing that is done.
        NoHearing,
        /// A panel deliberates before it decides.
        NotDeliberated,
        /// The plaintiff did not ask to withdraw.
        NoWithdrawalAsked,
        /// There is no ground to treat the suit as withdrawn: the fee is not overdue and the plaintiff came.
        NoGroundForDeemedWithdrawal,
        /// A counterclaim or an appraisal does not go with small-claims procedure: convert first.
        NotSmallClaims,
        /// It was not put forward.
        NotPutForward,
        /// A reason is needed.
        NoReason,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for DraftingRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        DraftingRefusal::Stage { fault }
    }
}

/// Kinds a judge drafts; each closes the case when it is pronounced or announced.
pub const DRAFTABLE: &[PaperKind] =
    &[PaperKind::Judgment, PaperKind::WithdrawalRuling, PaperKind::DeemedWithdrawalRuling, PaperKind::NonAcceptance];

/// The kinds that may be drafted as the case stands: on a suit that is not accepted there is nothing else
/// to decide.
pub fn draftable(case: &CaseState) -> impl Iterator<Item = PaperKind> {
    let refused = case.is_refused_at_filing();
    DRAFTABLE.iter().copied().filter(move |kind| (*kind == PaperKind::NonAcceptance) == refused)
}

/// Decides an act of drafting.
pub fn decide(case: &CaseState, ctx: &Context, command: DraftingCommand) -> Result<Decision, DraftingRefusal> {
    stage::undecided(case)?;
    match command {
        DraftingCommand::Save { document, kind, content, based_on } => {
            save(case, ctx, document, kind, content, based_on)
        }
        DraftingCommand::PutForward { document } => put_forward(case, ctx, document),
        DraftingCommand::Return { document, reason } => {
            let draft = case.drafts.get(&document).ok_or(DraftingRefusal::Unknown)?;
            if draft.original.is_none() || draft.issued.is_some() {
                return Err(DraftingRefusal::NotPutForward);
            }
            if reason.trim().is_empty() {
                return Err(DraftingRefusal::NoReason);
            }
            Ok(Decision::of(DraftingEvent::Returned { document, reason, by: ctx.actor.person() }))
        }
    }
}

fn save(
    case: &CaseState,
    ctx: &Context,
    document: DocumentId,
    kind: PaperKind,
    content: DraftContent,
    based_on: u32,
) -> Result<Decision, DraftingRefusal> {
    if !draftable(case).any(|draftable| draftable == kind) {
        return Err(DraftingRefusal::NotDraftable);
    }
    if let Some(draft) = case.drafts.get(&document) {
        if draft.issued.is_some() {
            return Err(DraftingRefusal::IssuedAlready);
        }
        if draft.original.is_some() {
            return Err(DraftingRefusal::PutForwardAlready);
        }
        if draft.content == content {
            return Ok(Decision::nothing());
        }
        if draft.version != based_on {
            return Err(DraftingRefusal::NewerVersion { newest: draft.version });
        }
    }
    Ok(Decision::of(DraftingEvent::Saved { document, kind, content, by: ctx.actor.person() }))
}

/// What is missing is named; nothing is invented in its place.
fn put_forward(case: &CaseState, ctx: &Context, document: DocumentId) -> Result<Decision, DraftingRefusal> {
    let draft = case.drafts.get(&document).ok_or(DraftingRefusal::Unknown)?;
    if draft.original.is_some() {
        return Err(DraftingRefusal::PutForwardAlready);
    }
    check_ground(case, draft)?;
    let what = missing(draft);
    if !what.is_empty() {
        return Err(DraftingRefusal::Incomplete { what });
    }
    let mut decision = Decision::nothing();
    let original = decision.write_about(ctx, PaperKind::Original, About::Document(document));
    decision.push(DraftingEvent::PutForward { document, original });
    Ok(decision)
}

/// Source: 《民事诉讼法》第四十五条、第一百四十六条至第一百四十八条;《民诉法解释》第二百一十三条.
fn check_ground(case: &CaseState, draft: &Draft) -> Result<(), DraftingRefusal> {
    match draft.kind {
        PaperKind::WithdrawalRuling if case.withdrawal_asked_by.is_none() => Err(DraftingRefusal::NoWithdrawalAsked),
        PaperKind::DeemedWithdrawalRuling if !is_deemed_withdrawn(case) => {
            Err(DraftingRefusal::NoGroundForDeemedWithdrawal)
        }
        PaperKind::Judgment => may_judge(case),
        _ => Ok(()),
    }
}

/// Source: 《民事诉讼法》第一百四十六条;《民诉法解释》第二百一十三条.
fn is_deemed_withdrawn(case: &CaseState) -> bool {
    case.fees.status == crate::fees::FeeStatus::Overdue || crate::hearing::plaintiffs_stayed_away(case)
}

/// A judgment needs a hearing that is done, a panel's conclusion, and a procedure that fits the case.
///
/// Source: 《民事诉讼法》第四十五条、第一百六十六条、第一百六十九条.
fn may_judge(case: &CaseState) -> Result<(), DraftingRefusal> {
    let heard = case.hearings_in_order().any(|hearing| hearing.status == crate::hearing::HearingStatus::Done);
    let stages = [Stage::HearingDone, Stage::Drafting, Stage::Deliberating];
    if !heard || stage::at(case, &stages).is_err() {
        return Err(DraftingRefusal::NoHearing);
    }
    let panel = case.tribunal.as_ref().filter(|tribunal| tribunal.is_panel());
    if panel.is_some_and(|panel| !case.deliberation.is_concluded_by(&panel.voters())) {
        return Err(DraftingRefusal::NotDeliberated);
    }
    let countered = case.answers.iter().any(|answer| !answer.counterclaims.is_empty());
    if case.procedure == Procedure::SmallClaims && (countered || was_appraised(case)) {
        return Err(DraftingRefusal::NotSmallClaims);
    }
    Ok(())
}

fn was_appraised(case: &CaseState) -> bool {
    let trial = case.period(PeriodKind::Trial, None);
    trial.is_some_and(|trial| trial.exclusions.iter().any(|exclusion| exclusion.kind == ExclusionKind::Appraisal))
}

/// The parts of a draft that only the judge can write and that are still empty. The usual articles and the
/// usual order of a ruling write themselves; so do costs, but those of a suit deemed withdrawn, which courts
/// settle differently.
pub fn missing(draft: &Draft) -> Vec<String> {
    let content = &draft.content;
    let empty = |text: &str| text.trim().is_empty();
    let judgment = draft.kind == PaperKind::Judgment;
    let costs = judgment || draft.kind == PaperKind::DeemedWithdrawalRuling;
    let parts = [
        ("found_facts", judgment && empty(&content.found_facts)),
        ("reasoning", empty(&content.reasoning)),
        ("legal_basis", judgment && content.legal_basis.iter().all(|law| empty(law))),
        ("orders", judgment && content.orders.iter().all(|order| empty(order))),
        ("costs", costs && empty(&content.costs)),
    ];
    parts.into_iter().filter(|(_, missing)| *missing).map(|(part, _)| part.to_owned()).collect()
}

/// The parts of a draft by their codes, in the order of the document; lists are one to a line.
pub const PARTS: &[&str] = &["found_facts", "reasoning", "legal_basis", "orders", "costs"];

impl DraftContent {
    /// The text of a part.
    pub fn part(&self, code: &str) -> String {
        match code {
            "found_facts" => self.found_facts.clone(),
            "reasoning" => self.reasoning.clone(),
            "legal_basis" => self.legal_basis.join("\n"),
            "orders" => self.orders.join("\n"),
            "costs" => self.costs.clone(),
            _ => String::new(),
        }
    }

    /// Takes a part over from another version.
    fn take(&mut self, code: &str, from: &DraftContent) {
        match code {
            "found_facts" => self.found_facts.clone_from(&from.found_facts),
            "reasoning" => self.reasoning.clone_from(&from.reasoning),
            "legal_basis" => self.legal_basis.clone_from(&from.legal_basis),
            "orders" => self.orders.clone_from(&from.orders),
            "costs" => self.costs.clone_from(&from.costs),
            _ => {}
        }
    }
}

/// What comes of two versions that were written upon the same one: each part as whoever changed it has it, and, where
/// both did, as `mine` has it; those parts are named.
pub fn merge(base: &DraftContent, theirs: &DraftContent, mine: &DraftContent) -> (DraftContent, Vec<&'static str>) {
    let (mut merged, mut both) = (mine.clone(), vec![]);
    for code in PARTS {
        let (was, is, written) = (base.part(code), theirs.part(code), mine.part(code));
        if written == was {
            merged.take(code, theirs);
        } else if is != was && is != written {
            both.push(*code);
        }
    }
    if mine.refund_prepayment == base.refund_prepayment {
        merged.refund_prepayment = theirs.refund_prepayment;
    }
    (merged, both)
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &DraftingEvent, _: &Recorded) {
    match event {
        DraftingEvent::Saved { document, kind, content, by } => {
            let version = case.drafts.get(document).map_or(0, |draft| draft.version) + 1;
            case.drafts.insert(
                *document,
                Draft {
                    id: *document,
                    kind: *kind,
                    content: content.clone(),
                    version,
                    by: *by,
                    original: None,
                    returned_because: None,
                    signed: vec![],
                    issued: None,
                },
            );
            if case.stage == Stage::HearingDone && !case.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel()) {
                case.stage = Stage::Drafting;
            }
        }
        DraftingEvent::PutForward { document, original } => {
            if let Some(draft) = case.drafts.get_mut(document) {
                draft.original = Some(*original);
                draft.returned_because = None;
            }
            if case.stage == Stage::NotAccepted {
                return;
            }
            if case.stage != Stage::Approval {
                case.put_forward_at = Some(case.stage);
            }
            case.stage = Stage::Approval;
        }
        DraftingEvent::Returned { document, reason, .. } => {
            if let Some(draft) = case.drafts.get_mut(document) {
                draft.original = None;
                draft.signed.clear();
                draft.returned_because = Some(reason.clone());
            }
            if case.stage != Stage::NotAccepted {
                case.stage = case.put_forward_at.take().unwrap_or(Stage::Drafting);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(found_facts: &str, reasoning: &str, orders: &[&str]) -> DraftContent {
        DraftContent {
            found_facts: found_facts.to_owned(),
            reasoning: reasoning.to_owned(),
            orders: orders.iter().map(|&order| order.to_owned()).collect(),
            ..DraftContent::default()
        }
    }

    #[test]
    fn what_two_people_changed_in_different_parts_is_all_there() {
        let base = content("查明甲", "认为乙", &["返还"]);
        let theirs = content("查明甲、丙", "认为乙", &["返还"]);
        let mine =
            DraftContent { refund_prepayment: true, ..content("查明甲", "认为乙、丁", &["返还", "驳回"]) };

        let (merged, both) = merge(&base, &theirs, &mine);

        let all = DraftContent {
            refund_prepayment: true, ..content("查明甲、丙", "认为乙、丁", &["返还", "驳回"])
        };
        assert_eq!((merged, both), (all, vec![]));
    }

    #[test]
    fn a_part_that_both_changed_stays_as_it_was_typed_and_is_named() {
        let base = content("查明甲", "认为乙", &[]);
        let theirs = content("查明丙", "认为丁", &[]);
        let mine = content("查明戊", "认为丁", &[]);

        let (merged, both) = merge(&base, &theirs, &mine);

        assert_eq!((merged, both), (content("查明戊", "认为丁", &[]), vec!["found_facts"]));
    }
}
