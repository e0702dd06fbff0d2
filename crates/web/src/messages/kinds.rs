//! Names of the kinds of papers. The Chinese names are those of the catalogue, in the domain.

use xiezhi_domain::paper::PaperKind;

use super::Lang;

/// The name of a kind of paper in the reader's language.
#[must_use]
pub fn kind_name(lang: Lang, kind: PaperKind) -> &'static str {
    match lang {
        Lang::Zh => kind.name_zh(),
        Lang::En => in_english(kind),
    }
}

const fn in_english(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Complaint => "Complaint",
        PaperKind::EvidenceList => "List of evidence",
        PaperKind::Evidence => "Evidence",
        PaperKind::ServicePicture => "Photograph or film of service",
        PaperKind::Receipt => "Receipt of the application",
        PaperKind::AddressConfirmation => "Address confirmation",
        PaperKind::Identity => "Identity papers",
        PaperKind::PowerOfAttorney => "Power of attorney",
        PaperKind::CorrectionNotice => "Notice of correction",
        PaperKind::NonAcceptance => "Ruling of non-acceptance",
        PaperKind::AcceptanceNotice => "Notice of acceptance",
        PaperKind::FeeNotice => "Fee notice",
        PaperKind::FeeReceipt => "Fee receipt",
        PaperKind::RightsNotice => "Notice of rights and duties",
        PaperKind::EvidenceNotice => "Evidence notice",
        PaperKind::ResponseNotice => "Notice to respond",
        PaperKind::AssignmentRecord => "Record of the assignment",
        PaperKind::TribunalNotice => "Notice of the tribunal",
        PaperKind::Summons => "Summons",
        PaperKind::ServiceReceipt => "Proof of service",
        PaperKind::ElectronicServiceCertificate => "Certificate of electronic service",
        PaperKind::Answer => "Answer",
        PaperKind::Counterclaim => "Counterclaim",
        PaperKind::EvidenceOpinion => "Opinion on evidence",
        PaperKind::Transcript => "Transcript of the hearing",
        PaperKind::MediationAgreement => "Mediation agreement",
        PaperKind::MediationStatement => "Mediation statement",
        PaperKind::DeliberationMinutes => "Minutes of deliberation",
        PaperKind::CommitteeRecord => "Minutes and decision of the adjudication committee",
        PaperKind::Original => "Original of a document",
        PaperKind::SupervisionRecord => "Record of supervision",
        PaperKind::ApprovalSheet => "Approval sheet",
        PaperKind::Judgment => "Judgment",
        PaperKind::WithdrawalRuling => "Ruling granting withdrawal",
        PaperKind::DeemedWithdrawalRuling => "Ruling of deemed withdrawal",
        PaperKind::StayRuling => "Ruling of stay",
        PaperKind::CorrectionRuling => "Ruling that puts slips right",
        PaperKind::ConversionRuling => "Ruling changing the procedure",
        PaperKind::PronouncementRecord => "Record of pronouncement",
        PaperKind::EffectCertificate => "Certificate of effect",
        PaperKind::RefundNotice => "Refund notice",
        PaperKind::AppealPetition => "Appeal petition",
        PaperKind::TransferLetter => "Transfer letter to the court above",
        PaperKind::Request => "Request",
        PaperKind::Contents => "Contents of the volume",
        PaperKind::Cover => "Cover of the volume",
        PaperKind::ReferenceSheet => "Reference sheet",
        PaperKind::Other => "Other papers",
    }
}
