//! What follows an issued document (文书补正、重新出具、撤销): slips are put right by a ruling, a corrected copy is a
//! document of its own, a paper sent by mistake is revoked. Nothing that was issued is changed by any of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::{Context, Decision},
    drafting::{DraftContent, DraftingEvent, PARTS, cleaned},
    ids::{ApprovalId, DocumentId, MaterialId, PersonId},
    material::{Material, Place, Submitter},
    moment::Recorded,
    paper::{PaperKind, Volume},
    refusal::refusals,
    stage::Stage,
};

/// Slips that one ruling puts right.
pub const SLIPS_LIMIT: usize = 50;
/// Letters of the words of a slip.
const SLIP_LETTERS: usize = 300;
/// Places of a part at which a slip stands; what stands at more is no slip, and putting it right would swell the copy.
const SLIP_PLACES: usize = 100;
/// Where a slip stands that is in none of the parts a judge writes: parties, course, claims.
pub const ELSEWHERE: &str = "elsewhere";

/// A slip of the pen in an issued document (笔误).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = MarkedSlip)]
pub struct Slip {
    /// The part it stands in, by its code, or [`ELSEWHERE`].
    pub part: String,
    /// What stands there.
    pub wrong: String,
    /// What it should be.
    pub right: String,
}

/// A ruling that puts slips right (补正裁定).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The document that has them.
    pub of: DocumentId,
    /// Each slip.
    pub slips: Vec<Slip>,
    /// Day the ruling was issued.
    pub issued_on: Option<Date>,
}

/// A paper that was taken back (撤销).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The approval it rests on.
    pub approval: ApprovalId,
    /// Why.
    pub reason: String,
    /// Since when.
    pub on: Date,
}

/// What followed the issued documents of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correcting {
    /// Rulings that put slips right, by their own ids.
    pub rulings: BTreeMap<DocumentId, Correction>,
    /// Corrected copies and the documents that they replace.
    pub copies: BTreeMap<DocumentId, DocumentId>,
    /// Papers that were revoked.
    pub revoked: BTreeMap<MaterialId, Revocation>,
    /// Documents of an archived file whose slips may be put right, by approval (归档后补正).
    pub opened: BTreeMap<DocumentId, ApprovalId>,
}

impl Correcting {
    /// Whether the document follows one that was issued: it moves nothing in the course of the case.
    pub fn follows(&self, document: DocumentId) -> bool {
        self.rulings.contains_key(&document) || self.copies.contains_key(&document)
    }

    /// The document that a ruling or a copy follows.
    pub fn origin_of(&self, document: DocumentId) -> Option<DocumentId> {
        self.rulings.get(&document).map(|ruling| ruling.of).or_else(|| self.copies.get(&document).copied())
    }

    /// Whether the document follows one whose slips may be put right though the file is archived.
    pub fn is_supplement(&self, document: DocumentId) -> bool {
        self.origin_of(document).is_some_and(|of| self.opened.contains_key(&of))
    }

    /// The rulings on a document that were issued, in the order of their ids, which is that of time.
    pub fn issued_on(&self, document: DocumentId) -> impl Iterator<Item = (DocumentId, &Correction)> {
        let issued =
            move |(_, ruling): &(&DocumentId, &Correction)| ruling.of == document && ruling.issued_on.is_some();
        self.rulings.iter().filter(issued).map(|(id, ruling)| (*id, ruling))
    }

    /// The slips that issued rulings put right in a document.
    pub fn slips_of(&self, document: DocumentId) -> Vec<Slip> {
        self.issued_on(document).flat_map(|(_, ruling)| ruling.slips.clone()).collect()
    }
}

/// Facts of what follows an issued document. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum CorrectingEvent {
    /// A judge marked slips, and the ruling on them was drafted (标出笔误、拟制补正裁定).
    #[serde(rename = "correcting.slips_marked.v1")]
    SlipsMarked {
        /// The ruling.
        document: DocumentId,
        /// The document that has the slips.
        of: DocumentId,
        /// Each.
        slips: Vec<Slip>,
        /// Who marked them.
        by: Option<PersonId>,
    },
    /// A corrected copy was begun, a document of its own (重新出具).
    #[serde(rename = "correcting.copy_begun.v1")]
    CopyBegun {
        /// The copy.
        document: DocumentId,
        /// The document that it will replace.
        replaces: DocumentId,
        /// Who began it.
        by: Option<PersonId>,
    },
    /// Slips in a document of an archived file may be put right (准予归档后补正).
    #[serde(rename = "correcting.opened.v1")]
    Opened {
        /// Which document.
        document: DocumentId,
        /// The approval.
        approval: ApprovalId,
    },
    /// A paper was revoked with approval (撤销已发出的文书).
    #[serde(rename = "correcting.revoked.v1")]
    Revoked {
        /// Which.
        material: MaterialId,
        /// Why.
        reason: String,
        /// The approval.
        approval: ApprovalId,
    },
}

/// Commands on issued documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum CorrectingCommand {
    /// Marks slips and drafts the ruling on them; the same ruling again until it is put forward.
    MarkSlips {
        /// The ruling.
        document: DocumentId,
        /// The document that has them.
        of: DocumentId,
        /// Each.
        slips: Vec<Slip>,
    },
    /// Begins a corrected copy.
    BeginCopy {
        /// The copy.
        document: DocumentId,
        /// The document that it will replace.
        replaces: DocumentId,
    },
}

refusals! {
    /// Why an act on an issued document is refused.
    CorrectingRefusal = "correcting" {
        /// There is no such document.
        Unknown,
        /// It was not issued: change the draft.
        NotIssued,
        /// It was not pronounced yet: what nobody has needs no ruling.
        NotPronounced,
        /// The ruling was put forward or issued already.
        PutForwardAlready,
        /// No slip was marked.
        NothingMarked,
        /// More slips, longer ones, or at more places than a ruling puts right.
        TooMuch,
        /// The words are the same, or one of them is empty.
        NothingChanged {
            /// Which slip, from 1.
            slip: u32,
        },
        /// The words do not stand in that part.
        NotThere {
            /// Which slip, from 1.
            slip: u32,
        },
        /// It changes what was decided, which no ruling on slips does.
        Substance {
            /// Which slip, from 1.
            slip: u32,
            /// The word that shows it.
            word: String,
        },
        /// Nothing in the document was corrected: there is nothing that a copy would say otherwise.
        NothingCorrected,
        /// A corrected copy is on its way already.
        CopyBegun,
        /// The file is not archived: slips are marked without more ado.
        NotArchived,
        /// Approval was given already: mark the slips.
        OpenedAlready,
        /// Papers of this kind are not revoked: a decision falls by the remedies of the law.
        NotRevocable,
        /// It was revoked already.
        RevokedAlready,
    }
}

/// Decides an act on an issued document.
pub fn decide(case: &CaseState, ctx: &Context, command: CorrectingCommand) -> Result<Decision, CorrectingRefusal> {
    match command {
        CorrectingCommand::MarkSlips { document, of, slips } => mark(case, ctx, document, of, slips),
        CorrectingCommand::BeginCopy { document, replaces } => begin_copy(case, ctx, document, replaces),
    }
}

/// A ruling puts right what was miswritten or miscounted, fees left out, and other slips; never what was decided.
///
/// Source: 《民事诉讼法》第一百五十七条第一款第七项;《民诉法解释》第二百四十五条.
fn mark(
    case: &CaseState,
    ctx: &Context,
    document: DocumentId,
    of: DocumentId,
    slips: Vec<Slip>,
) -> Result<Decision, CorrectingRefusal> {
    let mut content = corrected_content(case, of)?;
    if let Some(draft) = case.drafts.get(&document) {
        let own = case.correcting.rulings.get(&document).is_some_and(|ruling| ruling.of == of);
        if !own {
            return Err(CorrectingRefusal::Unknown);
        }
        if draft.original.is_some() || draft.issued.is_some() {
            return Err(CorrectingRefusal::PutForwardAlready);
        }
    }
    let clean = |slip: Slip| Slip { wrong: tidy(&slip.wrong), right: tidy(&slip.right), ..slip };
    let slips: Vec<Slip> =
        slips.into_iter().map(clean).filter(|slip| !slip.wrong.is_empty() || !slip.right.is_empty()).collect();
    let long = |slip: &Slip| slip.wrong.chars().count().max(slip.right.chars().count()) > SLIP_LETTERS;
    if slips.is_empty() {
        return Err(CorrectingRefusal::NothingMarked);
    }
    if slips.len() > SLIPS_LIMIT || slips.iter().any(long) {
        return Err(CorrectingRefusal::TooMuch);
    }
    // Each is looked for in what the ones before it leave, as the copy will be made.
    for (no, slip) in (1..).zip(&slips) {
        check(case, &content, no, slip)?;
        if slip.part != ELSEWHERE {
            if content.part(&slip.part).matches(&slip.wrong).count() > SLIP_PLACES {
                return Err(CorrectingRefusal::TooMuch);
            }
            content.replace_in(&slip.part, &slip.wrong, &slip.right);
        }
    }
    if case.correcting.rulings.get(&document).is_some_and(|known| known.slips == slips) {
        return Ok(Decision::nothing());
    }
    let by = ctx.actor.person();
    let marked = CorrectingEvent::SlipsMarked { document, of, slips, by };
    Ok(Decision::of(marked).with(DraftingEvent::Saved {
        document,
        kind: PaperKind::CorrectionRuling,
        content: DraftContent::default(),
        by,
    }))
}

fn tidy(text: &str) -> String {
    cleaned(text).0.trim().to_owned()
}

/// What the judge wrote in a document that was issued and pronounced, as earlier rulings have put it right.
fn corrected_content(case: &CaseState, of: DocumentId) -> Result<DraftContent, CorrectingRefusal> {
    let draft = case.drafts.get(&of).ok_or(CorrectingRefusal::Unknown)?;
    if draft.kind == PaperKind::CorrectionRuling {
        return Err(CorrectingRefusal::Unknown);
    }
    if draft.issued.is_none() {
        return Err(CorrectingRefusal::NotIssued);
    }
    if case.closing.is_none() {
        return Err(CorrectingRefusal::NotPronounced);
    }
    Ok(put_right(&draft.content, &case.correcting.slips_of(of)))
}

/// Words that say what was decided. A slip does not bring one in or take one out.
const DECIDING: &[&str] = &[
    "驳回",
    "支持",
    "准许",
    "不予",
    "连带",
    "补充责任",
    "无效",
    "有效",
    "解除",
    "撤销",
    "维持",
    "成立",
    "免除",
    "不承担",
    "承担",
    "无权",
    "有权",
];

fn check(case: &CaseState, content: &DraftContent, no: u32, slip: &Slip) -> Result<(), CorrectingRefusal> {
    if slip.wrong == slip.right || slip.wrong.is_empty() || slip.right.is_empty() {
        return Err(CorrectingRefusal::NothingChanged { slip: no });
    }
    let decides = ["reasoning", "orders", "costs"].contains(&slip.part.as_str());
    if slip.part != ELSEWHERE
        && (!PARTS.contains(&slip.part.as_str()) || !content.part(&slip.part).contains(&slip.wrong))
    {
        return Err(CorrectingRefusal::NotThere { slip: no });
    }
    match substance(case, slip).filter(|_| decides) {
        Some(word) => Err(CorrectingRefusal::Substance { slip: no, word }),
        None => Ok(()),
    }
}

/// The word that shows that a change is one of substance, as far as words show it: what was decided, or who owes whom.
fn substance(case: &CaseState, slip: &Slip) -> Option<String> {
    let count = |text: &str, word: &str| text.matches(word).count();
    let decided = DECIDING.iter().find(|word| count(&slip.wrong, word) != count(&slip.right, word));
    let other = case.parties.values().find(|party| {
        let named = !party.name.is_empty() && slip.right.contains(&party.name) && !slip.wrong.contains(&party.name);
        named && case.parties.values().any(|known| known.id != party.id && slip.wrong.contains(&known.name))
    });
    decided.map(|word| (*word).to_owned()).or_else(|| other.map(|party| party.name.clone()))
}

/// A corrected copy says what the rulings on slips made of the document, under an id of its own.
fn begin_copy(
    case: &CaseState,
    ctx: &Context,
    document: DocumentId,
    replaces: DocumentId,
) -> Result<Decision, CorrectingRefusal> {
    if case.correcting.copies.get(&document) == Some(&replaces) {
        return Ok(Decision::nothing());
    }
    let content = corrected_content(case, replaces)?;
    if case.correcting.issued_on(replaces).next().is_none() {
        return Err(CorrectingRefusal::NothingCorrected);
    }
    let on_its_way = |copy: &DocumentId| case.drafts.get(copy).is_some_and(|draft| draft.issued.is_none());
    if case.correcting.copies.iter().any(|(copy, of)| *of == replaces && on_its_way(copy)) {
        return Err(CorrectingRefusal::CopyBegun);
    }
    let kind = case.drafts.get(&replaces).ok_or(CorrectingRefusal::Unknown)?.kind;
    let by = ctx.actor.person();
    let begun = CorrectingEvent::CopyBegun { document, replaces, by };
    Ok(Decision::of(begun).with(DraftingEvent::Saved { document, kind, content, by }))
}

/// The words of the judge with slips put right.
fn put_right(content: &DraftContent, slips: &[Slip]) -> DraftContent {
    let mut content = content.clone();
    for slip in slips.iter().filter(|slip| slip.part != ELSEWHERE) {
        content.replace_in(&slip.part, &slip.wrong, &slip.right);
    }
    content
}

/// Papers that inform, call or ask are revoked where they were sent by mistake. What decides is corrected by ruling or
/// set aside by the remedies of the law; what proves stays as it is.
///
/// Source: handbook of the project §7 (each step a setting of the court).
pub const REVOCABLE: &[PaperKind] = &[
    PaperKind::CorrectionNotice,
    PaperKind::AcceptanceNotice,
    PaperKind::FeeNotice,
    PaperKind::RightsNotice,
    PaperKind::EvidenceNotice,
    PaperKind::ResponseNotice,
    PaperKind::TribunalNotice,
    PaperKind::Summons,
    PaperKind::EffectCertificate,
    PaperKind::RefundNotice,
    PaperKind::TransferLetter,
];

/// Asks that a paper may be revoked.
pub fn may_revoke(case: &CaseState, material: MaterialId) -> Result<(), CorrectingRefusal> {
    let paper = case.materials.get(&material).filter(|paper| is_issued_paper(paper));
    let paper = paper.ok_or(CorrectingRefusal::Unknown)?;
    if !REVOCABLE.contains(&paper.kind) {
        return Err(CorrectingRefusal::NotRevocable);
    }
    if case.correcting.revoked.contains_key(&material) { Err(CorrectingRefusal::RevokedAlready) } else { Ok(()) }
}

/// Asks that slips in a document of an archived file may be put right. The ruling, and a corrected copy, are added to
/// what lies under the seal; nothing under it changes.
///
/// Source: 《民事诉讼法》第一百五十七条第一款第七项; handbook of the project §6.7 (approved additions, archivist last).
pub fn may_open(case: &CaseState, document: DocumentId) -> Result<(), CorrectingRefusal> {
    corrected_content(case, document)?;
    if case.stage != Stage::Archived {
        return Err(CorrectingRefusal::NotArchived);
    }
    if case.correcting.opened.contains_key(&document) { Err(CorrectingRefusal::OpenedAlready) } else { Ok(()) }
}

fn is_issued_paper(paper: &Material) -> bool {
    paper.by == Submitter::Court && paper.volume == Volume::Main && paper.place == Place::InFile
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &CorrectingEvent, recorded: &Recorded) {
    match event {
        CorrectingEvent::SlipsMarked { document, of, slips, .. } => {
            let ruling = Correction { of: *of, slips: slips.clone(), issued_on: None };
            case.correcting.rulings.insert(*document, ruling);
        }
        CorrectingEvent::CopyBegun { document, replaces, .. } => {
            case.correcting.copies.insert(*document, *replaces);
        }
        CorrectingEvent::Opened { document, approval } => {
            case.correcting.opened.insert(*document, *approval);
        }
        CorrectingEvent::Revoked { material, reason, approval } => {
            let revoked = Revocation { approval: *approval, reason: reason.clone(), on: recorded.moment.today };
            case.correcting.revoked.insert(*material, revoked);
        }
    }
}
