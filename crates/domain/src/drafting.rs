//! Drafting (文书制作): the judge's own words for a decision; everything else is filled from the case.

mod comment;
mod content;

use serde::{Deserialize, Serialize};

use crate::{
    assignment::Tribunal,
    case::{CaseState, Procedure},
    decision::{About, Context, Decision},
    ids::{CommentId, DocumentId, MaterialId, PersonId},
    issuing::{self, Reading},
    law::trial_period::ExclusionKind,
    moment::Recorded,
    paper::PaperKind,
    people::Post,
    periods::PeriodKind,
    refusal::refusals,
    stage::{self, Stage},
};

pub use comment::{Comment, CommentCommand, CommentReply, Passage, Settled, replaced};
pub use content::{DraftContent, PARAGRAPH_LIMIT_BYTES, PARTS, cleaned, merge};

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
    /// The clerk whose name stands on the original; nobody on one put forward when those who decide signed alone.
    pub clerk: Option<PersonId>,
    /// Who of them signed as the clerk.
    pub clerk_signed: Option<PersonId>,
    /// Posts that read it before the seal, as the settings had it when it was put forward.
    pub readers: Vec<Post>,
    /// Who of them has read it.
    pub readings: Vec<Reading>,
    /// Posts that asked the tribunal to think again; each may once.
    pub doubted: Vec<Post>,
    /// Comments on it, in the order they were made.
    pub comments: Vec<Comment>,
    /// The issued paper.
    pub issued: Option<MaterialId>,
}

impl Draft {
    /// A document nothing was written in yet.
    fn new(id: DocumentId, kind: PaperKind) -> Self {
        Self {
            id,
            kind,
            content: DraftContent::default(),
            version: 0,
            by: None,
            original: None,
            returned_because: None,
            signed: vec![],
            clerk: None,
            clerk_signed: None,
            readers: vec![],
            readings: vec![],
            doubted: vec![],
            comments: vec![],
            issued: None,
        }
    }
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
        /// Posts that read it before the seal, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        readers: Vec<Post>,
        /// The clerk whose name stands on it, who signs it too. What was put forward without one is signed by those
        /// who decide alone, as the rule then was; of a mediation statement the clerk was always asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clerk: Option<PersonId>,
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
    /// Someone commented on a passage, or suggested another one in its place (批注文书稿).
    #[serde(rename = "drafting.commented.v1")]
    Commented {
        /// Which document.
        document: DocumentId,
        /// Identifier.
        comment: CommentId,
        /// The version it was made on.
        version: u32,
        /// What it is about.
        passage: Passage,
        /// What is said.
        words: String,
        /// What should stand there instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suggestion: Option<String>,
        /// Whose.
        by: PersonId,
    },
    /// Someone answered a comment (回复批注).
    #[serde(rename = "drafting.comment_replied.v1")]
    CommentReplied {
        /// Which document.
        document: DocumentId,
        /// Which.
        comment: CommentId,
        /// Who answered.
        by: PersonId,
        /// The words.
        words: String,
    },
    /// A comment was settled, what it suggested taken over or not (了结批注).
    #[serde(rename = "drafting.comment_settled.v1")]
    CommentSettled {
        /// Which document.
        document: DocumentId,
        /// Which.
        comment: CommentId,
        /// Who settled it.
        by: PersonId,
        /// Whether what it suggested was taken over.
        accepted: bool,
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
    /// Comments on the draft, answers, settles, takes a suggestion over.
    Comment {
        /// Which document.
        document: DocumentId,
        /// What is done.
        comment: CommentCommand,
    },
}

impl DraftingCommand {
    /// The document it is about.
    pub fn document(&self) -> DocumentId {
        let (DraftingCommand::Save { document, .. }
        | DraftingCommand::PutForward { document }
        | DraftingCommand::Return { document, .. }
        | DraftingCommand::Comment { document, .. }) = self;
        *document
    }
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
        /// A paragraph is longer than any that people write: something else was pasted.
        ParagraphTooLong {
            /// The part it stands in.
            part: String,
        },
        /// A sum of interest can't be worked out.
        NoSum {
            /// Code of what is in the way.
            why: String,
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
        /// The adjudication committee has the case and has not decided.
        BeforeCommittee,
        /// The plaintiff did not ask to withdraw.
        NoWithdrawalAsked,
        /// There is no ground to treat the suit as withdrawn: the fee is not overdue and the plaintiff came.
        NoGroundForDeemedWithdrawal,
        /// Nobody stands by the agreement that this statement was written upon.
        NotAgreed,
        /// A counterclaim or an appraisal does not go with small-claims procedure: convert first.
        NotSmallClaims,
        /// It was not put forward.
        NotPutForward,
        /// A reason is needed.
        NoReason,
        /// There is no such comment on this document.
        NoSuchComment,
        /// Nothing is said and nothing is suggested.
        NothingSaid,
        /// A comment or a suggestion is shorter.
        TooLong,
        /// The comment suggests nothing.
        NothingSuggested,
        /// The comment was settled already.
        CommentSettled,
        /// Only its author and those who write the draft settle a comment.
        NotYourComment,
        /// The passage has changed: read it again.
        PassageChanged,
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
    if !case.is_beside_the_course(command.document()) {
        stage::undecided(case)?;
    }
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
        DraftingCommand::Comment { document, comment } => comment::decide(case, ctx, document, comment),
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
    // What follows an issued document says what was marked in it and nothing else, a statement what was agreed.
    if case.is_beside_the_course(document) || !draftable(case).any(|draftable| draftable == kind) {
        return Err(DraftingRefusal::NotDraftable);
    }
    let (content, _) = content.cleaned();
    let before = case.drafts.get(&document).map_or(&[][..], |draft| &draft.content.sums);
    let content =
        content.worked_out(before).map_err(|fault| DraftingRefusal::NoSum { why: fault.code().to_owned() })?;
    if let Some(part) = content.overlong() {
        return Err(DraftingRefusal::ParagraphTooLong { part: part.to_owned() });
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
    if !case.correcting.follows(document) {
        check_ground(case, draft)?;
    }
    let what = missing(draft);
    if !what.is_empty() {
        return Err(DraftingRefusal::Incomplete { what });
    }
    let mut decision = Decision::nothing();
    let original = decision.write_about(ctx, PaperKind::Original, About::Document(document));
    let readers = readers(case, ctx, draft.kind);
    let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
    decision.push(DraftingEvent::PutForward { document, original, readers, clerk });
    Ok(decision)
}

/// The posts that read it, but those of whoever decides the case: a head who presides reads nothing a second time.
fn readers(case: &CaseState, ctx: &Context, kind: PaperKind) -> Vec<Post> {
    let voters = case.tribunal.as_ref().map(|tribunal| tribunal.voters()).unwrap_or_default();
    let deciding =
        |post: &Post| voters.iter().any(|person| ctx.people.person(*person).is_some_and(|known| known.post == *post));
    issuing::readers(case, &ctx.rules.settings, kind).into_iter().filter(|post| !deciding(post)).collect()
}

/// Source: 《民事诉讼法》第四十五条、第一百四十六条至第一百四十八条;《民诉法解释》第二百一十三条.
fn check_ground(case: &CaseState, draft: &Draft) -> Result<(), DraftingRefusal> {
    match draft.kind {
        PaperKind::WithdrawalRuling if case.withdrawal_asked_by.is_none() => Err(DraftingRefusal::NoWithdrawalAsked),
        PaperKind::DeemedWithdrawalRuling if !is_deemed_withdrawn(case) => {
            Err(DraftingRefusal::NoGroundForDeemedWithdrawal)
        }
        PaperKind::MediationStatement if case.mediation.statement != Some(draft.id) => Err(DraftingRefusal::NotAgreed),
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
    if case.committee.has_case() {
        return Err(DraftingRefusal::BeforeCommittee);
    }
    let heard = case.hearings_in_order().any(|hearing| hearing.status == crate::hearing::HearingStatus::Done);
    let stages = [Stage::HearingDone, Stage::Drafting, Stage::Deliberating];
    if !heard || stage::at(case, &stages).is_err() {
        return Err(DraftingRefusal::NoHearing);
    }
    let panel = case.tribunal.as_ref().filter(|tribunal| tribunal.is_panel());
    let concluded = |panel: &Tribunal| case.deliberation.is_concluded_by(&panel.voters()) || case.committee.binds();
    if panel.is_some_and(|panel| !concluded(panel)) {
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
    let reasoned = ![PaperKind::CorrectionRuling, PaperKind::MediationStatement].contains(&draft.kind);
    let costs = judgment || draft.kind == PaperKind::DeemedWithdrawalRuling;
    let parts = [
        ("found_facts", judgment && empty(&content.found_facts)),
        ("reasoning", reasoned && empty(&content.reasoning)),
        ("legal_basis", judgment && content.legal_basis.iter().all(|law| empty(law))),
        ("orders", judgment && content.orders.iter().all(|order| empty(order))),
        ("costs", costs && empty(&content.costs)),
    ];
    parts.into_iter().filter(|(_, missing)| *missing).map(|(part, _)| part.to_owned()).collect()
}

impl CaseState {
    /// Whether a document moves nothing in the course of the case: it follows one that was issued, or says what the
    /// parties agreed on, which binds when they have it in hand and not before.
    pub fn is_beside_the_course(&self, document: DocumentId) -> bool {
        let states = self.drafts.get(&document).is_some_and(|draft| draft.kind == PaperKind::MediationStatement);
        states || self.correcting.follows(document)
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &DraftingEvent, recorded: &Recorded) {
    let stage = case.stage;
    apply_to_draft(case, event, recorded);
    if case.is_beside_the_course(event.document()) {
        case.stage = stage;
    }
}

impl DraftingEvent {
    /// The document it is about.
    pub fn document(&self) -> DocumentId {
        let (DraftingEvent::Saved { document, .. }
        | DraftingEvent::PutForward { document, .. }
        | DraftingEvent::Returned { document, .. }
        | DraftingEvent::Commented { document, .. }
        | DraftingEvent::CommentReplied { document, .. }
        | DraftingEvent::CommentSettled { document, .. }) = self;
        *document
    }
}

fn apply_to_draft(case: &mut CaseState, event: &DraftingEvent, recorded: &Recorded) {
    match event {
        DraftingEvent::Saved { document, kind, content, by } => {
            let draft = case.drafts.entry(*document).or_insert_with(|| Draft::new(*document, *kind));
            draft.kind = *kind;
            draft.content = content.clone();
            draft.version += 1;
            draft.by = *by;
            draft.returned_because = None;
            if *kind == PaperKind::MediationStatement && !case.correcting.follows(*document) {
                case.mediation.statement = Some(*document);
            }
            if case.stage == Stage::HearingDone && !case.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel()) {
                case.stage = Stage::Drafting;
            }
        }
        DraftingEvent::PutForward { document, original, readers, clerk } => {
            if let Some(draft) = case.drafts.get_mut(document) {
                draft.original = Some(*original);
                draft.returned_because = None;
                draft.readers.clone_from(readers);
                draft.clerk = *clerk;
                draft.readings.clear();
            }
            if case.stage == Stage::NotAccepted || case.is_beside_the_course(*document) {
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
                draft.clerk_signed = None;
                draft.readings.clear();
                draft.returned_because = Some(reason.clone());
            }
            if case.stage != Stage::NotAccepted && !case.is_beside_the_course(*document) {
                case.stage = case.put_forward_at.take().unwrap_or(Stage::Drafting);
            }
        }
        DraftingEvent::Commented { document, .. }
        | DraftingEvent::CommentReplied { document, .. }
        | DraftingEvent::CommentSettled { document, .. } => {
            if let Some(draft) = case.drafts.get_mut(document) {
                comment::apply(draft, event, recorded);
            }
        }
    }
}
