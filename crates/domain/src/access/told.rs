//! Which acts of a case a reader may be told of, in an account of the case, in its trace, in a message.

use super::{Act, Reader, may, may_read_note, may_see};
use crate::{
    annotation::AnnotationEvent,
    approval::{Approval, ApprovalEvent},
    case::CaseState,
    correcting::CorrectingEvent,
    counter::CounterEvent,
    event::CaseEvent,
    evidence::EvidenceEvent,
    ids::{MaterialId, PartyId},
    issuing::IssuingEvent,
    material::MaterialEvent,
    mediation::MediationEvent,
    on_paper::OnPaperEvent,
    paper::Volume,
    parties::PartiesEvent,
    procedure::ProcedureEvent,
    provenance,
    review::ReviewEvent,
    service::ServiceEvent,
};

/// Whether `reader` may be told of an act at all. A party hears of what concerns the parties; drafts, the
/// panel's talk, internal approvals and the clerk's staging stay inside the court; a paper is named only to
/// whoever may see it.
pub fn may_be_told(reader: &Reader, case: &CaseState, event: &CaseEvent) -> bool {
    match event {
        CaseEvent::Deliberation(_) => may(reader, Act::ViewDeliberation, case.stage).is_ok(),
        CaseEvent::Committee(_) => may(reader, Act::ViewCommittee, case.stage).is_ok(),
        CaseEvent::Approval(event)
            if request_of(case, event).is_some_and(|asked| !may_hear_of_request(reader, case, asked)) =>
        {
            false
        }
        CaseEvent::Annotation(event) => may_be_told_of_note(reader, case, event),
        CaseEvent::Issuing(IssuingEvent::Read { .. } | IssuingEvent::Doubted { .. }) => {
            may(reader, Act::ViewDrafts, case.stage).is_ok()
        }
        CaseEvent::Correcting(
            CorrectingEvent::SlipsMarked { .. } | CorrectingEvent::CopyBegun { .. } | CorrectingEvent::Opened { .. },
        ) => may(reader, Act::ViewDrafts, case.stage).is_ok(),
        CaseEvent::Drafting(_) => may(reader, Act::ViewDrafts, case.stage).is_ok(),
        CaseEvent::Material(event) if names_hidden_paper(event, reader, case) => false,
        CaseEvent::Mediation(MediationEvent::Confided { confidence }) => may_hear(reader, case, confidence.party),
        CaseEvent::OnPaper(OnPaperEvent::Entered { party, act, .. }) if act.starts_with("mediation.confided.") => {
            may_hear(reader, case, *party)
        }
        _ if reader.is_team() => true,
        // An office that does not read the file hears how the case goes on, not what lies in it.
        CaseEvent::Material(_) | CaseEvent::Evidence(_) | CaseEvent::Service(_) if reader.is_inside() => {
            may(reader, Act::ViewMain, case.stage).is_ok()
        }
        _ if reader.is_inside() => true,
        CaseEvent::Approval(_)
        | CaseEvent::Archive(_)
        | CaseEvent::Supervision(_)
        | CaseEvent::Series(_)
        | CaseEvent::Sharing(_) => false,
        CaseEvent::Parties(PartiesEvent::CodeIssued { .. } | PartiesEvent::CodeMistyped { .. }) => false,
        CaseEvent::OnPaper(OnPaperEvent::Entered { party, .. }) => reader.party == Some(*party),
        CaseEvent::Counter(CounterEvent::Taken { party, .. }) => reader.party == Some(*party),
        CaseEvent::Periods(event) => event.kind().concerns_parties(),
        CaseEvent::Review(ReviewEvent::NotAccepted { .. }) => case.closing.is_some() && case.is_refused_at_filing(),
        CaseEvent::Review(ReviewEvent::Accepted { .. }) => false,
        CaseEvent::Procedure(ProcedureEvent::Advanced { to }) => to.told_outside() == *to,
        CaseEvent::Issuing(IssuingEvent::Signed { document, .. }) if case.is_beside_the_course(*document) => false,
        CaseEvent::Issuing(IssuingEvent::Issued { document, material, .. }) if case.is_beside_the_course(*document) => {
            sees(reader, case, *material)
        }
        CaseEvent::Issuing(IssuingEvent::Signed { .. } | IssuingEvent::Issued { .. }) => case.closing.is_some(),
        CaseEvent::Correcting(CorrectingEvent::Revoked { material, .. }) => sees(reader, case, *material),
        CaseEvent::Material(event) => may_be_told_of_paper(reader, case, event),
        CaseEvent::Service(event) => may_be_told_of_service(reader, case, event),
        CaseEvent::Evidence(event) => may_be_told_of_evidence(reader, case, event),
        _ => true,
    }
}

/// Whether `reader` may hear what `party` told the mediator alone: that party's side, and whoever mediates.
///
/// Source: 《关于人民法院民事调解工作若干问题的规定》第五条第二款.
pub fn may_hear(reader: &Reader, case: &CaseState, party: PartyId) -> bool {
    reader.party == Some(party) || may(reader, Act::Mediate, case.stage).is_ok()
}

fn request_of<'a>(case: &'a CaseState, event: &ApprovalEvent) -> Option<&'a Approval> {
    let (ApprovalEvent::Asked { approval, .. }
    | ApprovalEvent::Granted { approval, .. }
    | ApprovalEvent::Refused { approval, .. }) = event;
    case.approvals.get(approval)
}

/// Whether `reader` may hear of a request for approval: of one that lays the case before the adjudication committee the
/// panel does, whoever decides on it, and the committee.
pub fn may_hear_of_request(reader: &Reader, case: &CaseState, request: &Approval) -> bool {
    let decides = reader.post.is_some_and(|post| request.chain.contains(&post));
    !request.matter.concerns_committee() || decides || may(reader, Act::ViewCommittee, case.stage).is_ok()
}

fn sees(reader: &Reader, case: &CaseState, id: MaterialId) -> bool {
    case.materials.get(&id).is_some_and(|paper| may_see(reader, case, paper))
}

fn may_be_told_of_paper(reader: &Reader, case: &CaseState, event: &MaterialEvent) -> bool {
    match event {
        MaterialEvent::Received { material, .. }
        | MaterialEvent::Written { material, .. }
        | MaterialEvent::Replaced { material, .. }
        | MaterialEvent::Struck { material, .. }
        | MaterialEvent::Supplemented { material, .. }
        | MaterialEvent::Compared { material, .. }
        | MaterialEvent::Erased { material, .. } => sees(reader, case, *material),
        MaterialEvent::Retitled { .. }
        | MaterialEvent::Discarded { .. }
        | MaterialEvent::Arranged { .. }
        | MaterialEvent::Split { .. }
        | MaterialEvent::Attributed { .. }
        | MaterialEvent::Rendered { .. }
        | MaterialEvent::Redacted { .. } => false,
        MaterialEvent::Entered { materials } | MaterialEvent::Disclosed { materials, .. } => {
            materials.iter().all(|id| sees(reader, case, *id))
        }
    }
}

/// Whoever reads an annotation is told of it, and nobody else that there is one.
fn may_be_told_of_note(reader: &Reader, case: &CaseState, event: &AnnotationEvent) -> bool {
    let (AnnotationEvent::Shared { annotation, .. }
    | AnnotationEvent::Revised { annotation, .. }
    | AnnotationEvent::Replied { annotation, .. }
    | AnnotationEvent::Withdrawn { annotation }) = event;
    case.annotations.iter().any(|note| note.id == *annotation && may_read_note(reader, case, note))
}

/// That something was sent to the other side and whether it arrived is everyone's to know; a party's own
/// opening and signing is its own, and so is what was tried to reach it and where.
fn may_be_told_of_service(reader: &Reader, case: &CaseState, event: &ServiceEvent) -> bool {
    let (id, own_only) = match event {
        ServiceEvent::Tried { tried } => return reader.party == Some(tried.to),
        ServiceEvent::Dispatched { service, .. }
        | ServiceEvent::Effected { service, .. }
        | ServiceEvent::Received { service, .. }
        | ServiceEvent::Published { service, .. } => (service, false),
        ServiceEvent::Failed { service, .. }
        | ServiceEvent::Upheld { service, .. }
        | ServiceEvent::Undone { service, .. }
        | ServiceEvent::Posted { service, .. }
        | ServiceEvent::Opened { service, .. }
        | ServiceEvent::Signed { service, .. } => (service, true),
    };
    let Some(service) = case.services.get(id) else { return false };
    let own = reader.party == Some(service.to);
    own || (!own_only && service.materials.iter().all(|paper| sees(reader, case, *paper)))
}

fn may_be_told_of_evidence(reader: &Reader, case: &CaseState, event: &EvidenceEvent) -> bool {
    match event {
        EvidenceEvent::Submitted { items, .. } => items.iter().all(|item| sees(reader, case, item.material)),
        EvidenceEvent::OpinionGiven { material, .. } => sees(reader, case, *material),
        EvidenceEvent::Judged { .. } => case.closing.is_some(),
        EvidenceEvent::Answered { .. } | EvidenceEvent::PeriodsWaived { .. } | EvidenceEvent::IssuesFixed { .. } => {
            true
        }
    }
}

fn names_hidden_paper(event: &MaterialEvent, reader: &Reader, case: &CaseState) -> bool {
    provenance::named(event)
        .iter()
        .filter_map(|id| case.materials.get(id))
        .any(|paper| paper.volume == Volume::Secondary && !may_see(reader, case, paper))
}
