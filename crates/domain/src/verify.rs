//! Checking papers (真伪查验): which papers whoever holds them may ask about, and how a version of one stands.
//! What is not told here is told to nobody.

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    case::CaseState,
    decision::About,
    event::CaseEvent,
    ids::{DocumentId, MaterialId},
    issuing::IssuingEvent,
    material::{FileRef, Material, MaterialEvent, Place, Submitter},
    paper::{PaperKind, Volume},
};

/// Kinds of papers that the court gives to people (可查验的文书): each carries a code that leads to the check
/// page. Whatever else a file holds is nobody's to ask about.
pub const CHECKABLE: &[PaperKind] = &[
    PaperKind::Receipt,
    PaperKind::CorrectionNotice,
    PaperKind::NonAcceptance,
    PaperKind::AcceptanceNotice,
    PaperKind::FeeNotice,
    PaperKind::FeeReceipt,
    PaperKind::RightsNotice,
    PaperKind::EvidenceNotice,
    PaperKind::ResponseNotice,
    PaperKind::TribunalNotice,
    PaperKind::Summons,
    PaperKind::ServiceReceipt,
    PaperKind::ElectronicServiceCertificate,
    PaperKind::Transcript,
    PaperKind::MediationAgreement,
    PaperKind::MediationStatement,
    PaperKind::Judgment,
    PaperKind::WithdrawalRuling,
    PaperKind::DeemedWithdrawalRuling,
    PaperKind::StayRuling,
    PaperKind::ConversionRuling,
    PaperKind::CorrectionRuling,
    PaperKind::PronouncementRecord,
    PaperKind::EffectCertificate,
    PaperKind::RefundNotice,
];

/// Whether papers of this kind carry the code. An original carries that of the document it becomes, so that
/// signing and sealing change no page.
pub fn carries_code(kind: PaperKind) -> bool {
    kind == PaperKind::Original || CHECKABLE.contains(&kind)
}

/// Whether a proof of the paper is offered to whoever may read it: written by the court, of a kind it gives to
/// people. What a clerk scanned is not: the record of it tells who compared it and where the original lies.
pub fn is_provable(paper: &Material) -> bool {
    CHECKABLE.contains(&paper.kind)
        && paper.volume == Volume::Main
        && paper.by == Submitter::Court
        && paper.about.is_some()
        && matches!(paper.place, Place::InFile | Place::Struck)
}

/// Whether anyone who holds the paper may ask about it: once a party has it, it is no secret that it exists.
pub fn may_be_asked_about(paper: &Material) -> bool {
    is_provable(paper) && !paper.disclosed_to.is_empty()
}

/// How a version of a paper stands in the court's file (版本状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VersionStanding {
    /// The newest version of the paper.
    Newest,
    /// A newer version took its place.
    Superseded,
    /// The paper was struck from the file.
    Struck,
}

/// A version of a paper (文书版本).
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The paper.
    pub paper: &'a Material,
    /// The file of this version.
    pub file: &'a FileRef,
    /// How it stands.
    pub standing: VersionStanding,
}

/// Every version of `paper`, the newest first.
pub fn versions(paper: &Material) -> impl Iterator<Item = Version<'_>> {
    let newest = if paper.place == Place::Struck { VersionStanding::Struck } else { VersionStanding::Newest };
    let earlier = paper.earlier.iter().rev().map(|file| (file, VersionStanding::Superseded));
    std::iter::once((&paper.file, newest)).chain(earlier).map(move |(file, standing)| Version { paper, file, standing })
}

/// The code on the paper: that of the original it was issued from, else its own.
pub fn code_of(case: &CaseState, paper: &Material) -> MaterialId {
    let issued_from = match &paper.about {
        Some(About::Document(document)) => case.drafts.get(document).and_then(|draft| draft.original),
        _ => None,
    };
    issued_from.unwrap_or(paper.id)
}

/// What came after a paper was issued, beside which it is to be read (文书发出以后的变动).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Followed {
    /// A ruling put slips in it right.
    Corrected,
    /// A corrected copy took its place.
    Replaced,
    /// It was revoked.
    Revoked,
}

/// What followed `paper`, when, and by which other paper where there is one; in the order corrected, replaced, revoked.
pub fn followed(case: &CaseState, paper: &Material) -> Vec<(Followed, Date, Option<MaterialId>)> {
    let document = case.drafts.values().find(|draft| draft.issued == Some(paper.id)).map(|draft| draft.id);
    let issued = |id: &DocumentId| case.drafts.get(id)?.issued.and_then(|id| case.materials.get(&id));
    let rulings = document
        .into_iter()
        .flat_map(|document| case.correcting.issued_on(document))
        .filter_map(|(id, ruling)| Some((Followed::Corrected, ruling.issued_on?, Some(issued(&id)?.id))));
    let copies = case.correcting.copies.iter().filter(|(_, of)| document == Some(**of)).filter_map(|(copy, _)| {
        let copy = issued(copy)?;
        Some((Followed::Replaced, copy.received_on, Some(copy.id)))
    });
    let revoked = case.correcting.revoked.get(&paper.id).map(|revoked| (Followed::Revoked, revoked.on, None));
    rulings.chain(copies).chain(revoked).collect()
}

/// The paper and the file that an event brought into the case as a version; nothing for other events.
pub fn version_brought_by(event: &CaseEvent) -> Option<(MaterialId, &FileRef)> {
    match event {
        CaseEvent::Material(
            MaterialEvent::Written { material, file, .. } | MaterialEvent::Replaced { material, file, .. },
        )
        | CaseEvent::Issuing(IssuingEvent::Issued { material, file, .. }) => Some((*material, file)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_secondary_volume_is_ever_asked_about() {
        for kind in CHECKABLE {
            assert_eq!(kind.volume(), Volume::Main, "{kind:?}");
        }
    }

    #[test]
    fn nothing_that_parties_hand_in_is_ever_asked_about() {
        for kind in crate::material::FROM_PARTIES {
            assert!(!CHECKABLE.contains(kind), "{kind:?}");
        }
    }
}
