//! Where a paper comes from and what was done with it (来源与流转): which events of a case tell of it. Whether a
//! reader may be told of them is [`crate::access`]'s to say.

use crate::{
    approval::{ApprovalEvent, Matter},
    archive::ArchiveEvent,
    case::CaseState,
    closing::ClosingEvent,
    correcting::CorrectingEvent,
    decision::About,
    drafting::DraftingEvent,
    event::CaseEvent,
    evidence::EvidenceEvent,
    filing::FilingEvent,
    hearing::HearingEvent,
    ids::{ApprovalId, DocumentId, HearingId, MaterialId, ServiceId},
    issuing::IssuingEvent,
    material::{FileRef, MaterialEvent, Redaction},
    pronouncing::PronouncingEvent,
    service::ServiceEvent,
};

/// The paper and the file that an event brought into the case as a version of it.
pub fn version_of(event: &CaseEvent) -> Option<(MaterialId, &FileRef)> {
    match event {
        CaseEvent::Material(
            MaterialEvent::Received { material, file, .. }
            | MaterialEvent::Written { material, file, .. }
            | MaterialEvent::Replaced { material, file, .. }
            | MaterialEvent::Supplemented { material, file, .. }
            | MaterialEvent::Redacted { material, made: Redaction { file, .. } },
        )
        | CaseEvent::Issuing(IssuingEvent::Issued { material, file, .. }) => Some((*material, file)),
        _ => None,
    }
}

/// Whether an event of `case` tells of `paper`: that it came, changed, was shown, served, weighed, signed, sealed.
pub fn concerns(case: &CaseState, paper: MaterialId, event: &CaseEvent) -> bool {
    match event {
        CaseEvent::Material(event) => named(event).contains(&paper),
        CaseEvent::Filing(FilingEvent::Submitted { application, .. }) => {
            application.evidence.iter().any(|item| item.material == paper)
        }
        CaseEvent::Evidence(event) => concerned_as_evidence(paper, event),
        CaseEvent::Service(event) => was_served(case, paper, event),
        CaseEvent::Drafting(event) => is_document(case, paper, drafted(event)),
        CaseEvent::Issuing(IssuingEvent::Issued { material, document, .. }) => {
            *material == paper || is_document(case, paper, *document)
        }
        CaseEvent::Issuing(
            IssuingEvent::Signed { document, .. }
            | IssuingEvent::Read { document, .. }
            | IssuingEvent::Doubted { document, .. },
        )
        | CaseEvent::Pronouncing(PronouncingEvent::Pronounced { document, .. }) => is_document(case, paper, *document),
        CaseEvent::Hearing(event) => recorded_hearing(event).is_some_and(|hearing| is_transcript(case, paper, hearing)),
        CaseEvent::Approval(event) => was_asked_about(case, paper, approval(event)),
        CaseEvent::Correcting(event) => match event {
            CorrectingEvent::SlipsMarked { document, of, .. }
            | CorrectingEvent::CopyBegun { document, replaces: of, .. } => {
                is_document(case, paper, *document) || is_document(case, paper, *of)
            }
            CorrectingEvent::Opened { document, .. } => is_document(case, paper, *document),
            CorrectingEvent::Revoked { material, .. } => *material == paper,
        },
        CaseEvent::Closing(ClosingEvent::Closed { sealed, .. }) => sealed.contains(&paper),
        CaseEvent::Archive(ArchiveEvent::Sealed { .. }) => case.materials.contains_key(&paper),
        CaseEvent::Archive(ArchiveEvent::AccessGranted { visit }) => visit.copied.contains(&paper),
        _ => false,
    }
}

/// The papers that an event of papers names.
pub fn named(event: &MaterialEvent) -> Vec<MaterialId> {
    match event {
        MaterialEvent::Received { material, .. }
        | MaterialEvent::Written { material, .. }
        | MaterialEvent::Retitled { material, .. }
        | MaterialEvent::Discarded { material, .. }
        | MaterialEvent::Replaced { material, .. }
        | MaterialEvent::Struck { material, .. }
        | MaterialEvent::Supplemented { material, .. }
        | MaterialEvent::Attributed { material, .. }
        | MaterialEvent::Rendered { material, .. }
        | MaterialEvent::Compared { material, .. }
        | MaterialEvent::Erased { material, .. } => vec![*material],
        MaterialEvent::Split { material, from, .. } => vec![*material, *from],
        MaterialEvent::Redacted { material, made } => vec![*material, made.from],
        MaterialEvent::Arranged { papers } => papers.iter().map(|paper| paper.material).collect(),
        MaterialEvent::Entered { materials } | MaterialEvent::Disclosed { materials, .. } => materials.clone(),
    }
}

fn concerned_as_evidence(paper: MaterialId, event: &EvidenceEvent) -> bool {
    match event {
        EvidenceEvent::Submitted { items, .. } => items.iter().any(|item| item.material == paper),
        EvidenceEvent::OpinionGiven { material, .. } | EvidenceEvent::Judged { material, .. } => *material == paper,
        EvidenceEvent::Answered { .. } | EvidenceEvent::PeriodsWaived { .. } | EvidenceEvent::IssuesFixed { .. } => {
            false
        }
    }
}

fn was_served(case: &CaseState, paper: MaterialId, event: &ServiceEvent) -> bool {
    let of = |service: &ServiceId| case.services.get(service).is_some_and(|known| known.materials.contains(&paper));
    match event {
        ServiceEvent::Dispatched { materials, .. } => materials.contains(&paper),
        ServiceEvent::Tried { tried } => tried.service.as_ref().is_some_and(of),
        ServiceEvent::Effected { service, .. }
        | ServiceEvent::Received { service, .. }
        | ServiceEvent::Posted { service, .. }
        | ServiceEvent::Published { service, .. }
        | ServiceEvent::Failed { service, .. }
        | ServiceEvent::Upheld { service, .. }
        | ServiceEvent::Undone { service, .. }
        | ServiceEvent::Opened { service, .. }
        | ServiceEvent::Signed { service, .. } => of(service),
    }
}

fn drafted(event: &DraftingEvent) -> DocumentId {
    match event {
        DraftingEvent::Saved { document, .. }
        | DraftingEvent::PutForward { document, .. }
        | DraftingEvent::Returned { document, .. }
        | DraftingEvent::Commented { document, .. }
        | DraftingEvent::CommentReplied { document, .. }
        | DraftingEvent::CommentSettled { document, .. } => *document,
    }
}

/// Whether the paper is the document as issued, or its original.
fn is_document(case: &CaseState, paper: MaterialId, document: DocumentId) -> bool {
    let draft = case.drafts.get(&document);
    draft.is_some_and(|draft| draft.issued == Some(paper) || draft.original == Some(paper))
}

/// The hearing whose record an event makes; typing is no act of its own.
fn recorded_hearing(event: &HearingEvent) -> Option<HearingId> {
    match event {
        HearingEvent::TranscriptSaved { hearing, .. }
        | HearingEvent::CorrectionNoted { hearing, .. }
        | HearingEvent::CorrectionAsked { hearing, .. }
        | HearingEvent::CorrectionAnswered { hearing, .. }
        | HearingEvent::TranscriptSigned { hearing, .. }
        | HearingEvent::Closed { hearing, .. } => Some(*hearing),
        HearingEvent::Opened { .. }
        | HearingEvent::AttendanceNoted { .. }
        | HearingEvent::PartEntered { .. }
        | HearingEvent::TranscriptTyped { .. } => None,
    }
}

fn is_transcript(case: &CaseState, paper: MaterialId, hearing: HearingId) -> bool {
    let about = case.materials.get(&paper).and_then(|paper| paper.about.as_ref());
    *about.unwrap_or(&About::Case) == About::Hearing { hearing, party: None }
}

fn approval(event: &ApprovalEvent) -> ApprovalId {
    match event {
        ApprovalEvent::Asked { approval, .. }
        | ApprovalEvent::Granted { approval, .. }
        | ApprovalEvent::Refused { approval, .. } => *approval,
    }
}

fn was_asked_about(case: &CaseState, paper: MaterialId, approval: ApprovalId) -> bool {
    let Some(known) = case.approvals.get(&approval) else { return false };
    match &known.matter {
        Matter::ReplaceMaterial { material, .. }
        | Matter::StrikeMaterial { material }
        | Matter::EraseMaterial { material } => *material == paper,
        _ => false,
    }
}
