//! What stands fast about each kind of paper: id, name, place in the file, issuer, looks.

use super::{DocumentKind, Issuer};
use crate::structure::Layout;

/// What stands fast about a kind.
pub(super) struct Profile {
    pub id: &'static str,
    pub name_zh: &'static str,
    pub catalogue_key: &'static str,
    pub issuer: Issuer,
    pub layout: Layout,
}

const fn of(
    id: &'static str,
    name_zh: &'static str,
    catalogue_key: &'static str,
    issuer: Issuer,
    layout: Layout,
) -> Profile {
    Profile { id, name_zh, catalogue_key, issuer, layout }
}

impl DocumentKind {
    pub(super) fn profile(self) -> Profile {
        use Issuer::{Archivist, Clerk, FilingClerk, Judge, Party, System};
        use Layout::{Complaint, Judgment, Notice, Table, Transcript};
        match self {
            Self::Complaint => of("complaint", "民事起诉状", "complaint", Party, Complaint),
            Self::EvidenceList => of("evidence_list", "证据目录", "plaintiff_evidence", Party, Table),
            Self::ServiceAddressConfirmation => {
                of("service_address_confirmation", "送达地址确认书", "service_address_confirmation", Party, Table)
            }
            Self::FilingReceipt => of("filing_receipt", "收到诉状凭证", "complaint", System, Notice),
            Self::SupplementNotice => of("supplement_notice", "补正材料通知书", "complaint", FilingClerk, Notice),
            Self::FilingApproval => of("filing_approval", "立案审批表", "filing_approval", FilingClerk, Table),
            Self::AssignmentRecord => of("assignment_record", "分案记录", "filing_approval", System, Table),
            Self::AcceptanceNotice => {
                of("acceptance_notice", "受理案件通知书", "acceptance_notice", FilingClerk, Notice)
            }
            Self::FeeNotice => of("fee_notice", "交纳诉讼费用通知书", "fee_papers", FilingClerk, Notice),
            Self::RightsNotice => of("rights_notice", "诉讼权利义务告知书", "acceptance_notice", FilingClerk, Notice),
            Self::EvidenceNotice => of("evidence_notice", "举证通知书", "evidence_notice", Clerk, Notice),
            Self::ResponseNotice => of("response_notice", "应诉通知书", "response_notice", Clerk, Notice),
            Self::PanelNotice => of("panel_notice", "审判组织成员告知书", "panel_notice", Clerk, Notice),
            Self::Summons => of("summons", "传票", "summons", Clerk, Table),
            Self::AppearanceNotice => of("appearance_notice", "出庭通知书", "summons", Clerk, Notice),
            Self::HearingAnnouncement => of("hearing_announcement", "开庭公告", "hearing_announcement", Clerk, Notice),
            Self::ServiceReceipt => of("service_receipt", "送达回证", "service_receipts", Clerk, Table),
            Self::EServiceCertificate => of("e_service_certificate", "电子送达凭证", "service_receipts", System, Table),
            Self::AnswerBrief => of("answer", "民事答辩状", "answer", Party, Complaint),
            Self::CounterclaimBrief => of("counterclaim", "民事反诉状", "counterclaim", Party, Complaint),
            Self::EvidenceOpinion => of("evidence_opinion", "质证意见", "pretrial_record", Party, Table),
            Self::OriginalCheckRecord => of("original_check_record", "原件核对记录", "pretrial_record", Clerk, Table),
            Self::HearingTranscript => of("hearing_transcript", "庭审笔录", "hearing_transcript", Clerk, Transcript),
            Self::MediationRecord => of("mediation_record", "调解笔录", "mediation_record", Clerk, Transcript),
            Self::CivilMediationStatement => {
                of("civil_mediation_statement", "民事调解书", "final_document", Judge, Judgment)
            }
            Self::DeliberationRecord => {
                of("deliberation_record", "合议庭评议笔录", "deliberation_record", Clerk, Transcript)
            }
            Self::CivilJudgmentFirstOrdinary => {
                of("civil_judgment_first_ordinary", "民事判决书（普通程序）", "final_document", Judge, Judgment)
            }
            Self::CivilJudgmentFirstSummary => {
                of("civil_judgment_first_summary", "民事判决书（简易程序）", "final_document", Judge, Judgment)
            }
            Self::CivilJudgmentSmallClaims => {
                of("civil_judgment_small_claims", "民事判决书（小额诉讼程序）", "final_document", Judge, Judgment)
            }
            Self::CivilRuling => of("civil_ruling", "民事裁定书", "final_document", Judge, Judgment),
            Self::PronouncementRecord => {
                of("pronouncement_record", "宣判笔录", "pronouncement_record", Clerk, Transcript)
            }
            Self::EffectCertificate => of("effect_certificate", "生效证明", "effect_and_refund", Clerk, Notice),
            Self::RefundNotice => of("refund_notice", "退还诉讼费用通知书", "effect_and_refund", Clerk, Notice),
            Self::AppealTransferLetter => {
                of("appeal_transfer_letter", "上诉案件移送函", "appeal_transfer", Clerk, Notice)
            }
            Self::ClosingReport => of("closing_report", "结案审批表", "other_confidential", Clerk, Table),
            Self::VolumeCover => of("volume_cover", "卷宗封面", "cover", Archivist, Table),
            Self::VolumeContents => of("volume_contents", "卷内目录", "contents", Archivist, Table),
            Self::ReferenceSheet => of("reference_sheet", "备考表", "reference_sheet", Archivist, Table),
        }
    }
}
