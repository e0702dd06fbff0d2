//! What still keeps a file from the archive (归档缺项), named from day one.

use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    closing::Manner,
    hearing::{Hearing, HearingStatus},
    paper::PaperKind,
};

/// Something that keeps the file from the archive (归档缺项).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "missing")]
pub enum Missing {
    /// The case is not closed or not in force yet.
    NotEffective,
    /// A paper every file of this kind has.
    Paper {
        /// Which kind.
        kind: PaperKind,
    },
    /// The decision was not served on a party.
    DecisionNotServed {
        /// Name of the party.
        party: String,
    },
    /// Papers wait in staging.
    Staged {
        /// How many.
        count: usize,
    },
    /// A refund is still due.
    RefundDue,
    /// Members have not signed the minutes of deliberation.
    MinutesNotSigned,
    /// A request for approval is pending.
    ApprovalPending,
    /// The transcript of a hearing has neither signature nor noted refusal of a party that came.
    TranscriptNotSigned {
        /// Name of the party.
        party: String,
    },
    /// Those who decide, or the clerk, have not signed the transcript of a hearing (审判人员、书记员未签名).
    TranscriptNotSignedByCourt {
        /// How many.
        count: usize,
    },
}

/// Everything that still keeps the file from the archive, from day one of the case.
pub fn missing(case: &CaseState) -> Vec<Missing> {
    let mut missing = vec![];
    if case.effective_on.is_none() {
        missing.push(Missing::NotEffective);
    }
    for kind in required(case) {
        if case.last_paper(kind).is_none() {
            missing.push(Missing::Paper { kind });
        }
    }
    missing.extend(unserved(case));
    missing.extend(unsigned_transcripts(case));
    let staged = case.materials_in_order().filter(|paper| paper.place == crate::material::Place::Staged).count();
    if staged > 0 {
        missing.push(Missing::Staged { count: staged });
    }
    if case.fees.refund_due > case.fees.refunded {
        missing.push(Missing::RefundDue);
    }
    let minutes = &case.deliberation;
    let committee = &case.committee;
    let unsigned = committee.binds() && committee.signed.len() < committee.round.order.len();
    if unsigned || minutes.conclusion.is_some() && minutes.signed.len() < minutes.round.order.len() {
        missing.push(Missing::MinutesNotSigned);
    }
    if case.approvals.values().any(|approval| approval.next().is_some()) {
        missing.push(Missing::ApprovalPending);
    }
    missing
}

/// Papers every file of a civil first-instance case has, given how it ended.
fn required(case: &CaseState) -> Vec<PaperKind> {
    if case.is_refused_at_filing() {
        return vec![PaperKind::Complaint, PaperKind::NonAcceptance];
    }
    let mut kinds = vec![
        PaperKind::Complaint,
        PaperKind::AcceptanceNotice,
        PaperKind::FeeNotice,
        PaperKind::AddressConfirmation,
        PaperKind::EvidenceNotice,
    ];
    match case.closing.as_ref().map(|closing| closing.manner) {
        Some(Manner::Judgment) => {
            kinds.extend([PaperKind::Transcript, PaperKind::Judgment, PaperKind::PronouncementRecord])
        }
        Some(Manner::Mediation) => kinds.push(PaperKind::MediationStatement),
        Some(Manner::Withdrawal) => kinds.push(PaperKind::WithdrawalRuling),
        Some(Manner::DeemedWithdrawal) => kinds.push(PaperKind::DeemedWithdrawalRuling),
        Some(Manner::NotAccepted) | None => {}
    }
    if case.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel())
        && case.closing.as_ref().is_some_and(|closing| closing.manner == Manner::Judgment)
    {
        kinds.push(PaperKind::DeliberationMinutes);
    }
    kinds
}

fn unserved(case: &CaseState) -> Vec<Missing> {
    let Some(paper) = case.final_paper() else { return vec![] };
    case.addressees()
        .filter(|party| case.served_on(paper.id, party.id).is_none())
        .map(|party| Missing::DecisionNotServed { party: party.name.clone() })
        .collect()
}

fn over(case: &CaseState) -> impl Iterator<Item = &Hearing> {
    case.hearings_in_order().filter(|hearing| hearing.status == HearingStatus::Done)
}

/// The parties that came sign, or their refusal is noted; those who decide and the clerk sign.
///
/// Source: 《民事诉讼法》第一百五十条.
fn unsigned_transcripts(case: &CaseState) -> Vec<Missing> {
    let mut missing: Vec<Missing> = over(case)
        .flat_map(|hearing| {
            let present = hearing.appearances.iter().filter(|who| who.present).map(|who| who.party);
            present.filter(|party| !hearing.signatures.iter().any(|signature| signature.party == Some(*party)))
        })
        .filter_map(|party| case.parties.get(&party))
        .map(|party| Missing::TranscriptNotSigned { party: party.name.clone() })
        .collect();
    missing.sort();
    missing.dedup();
    let count: usize = over(case).map(Hearing::unsigned_by_court).sum();
    missing.extend((count > 0).then_some(Missing::TranscriptNotSignedByCourt { count }));
    missing
}
