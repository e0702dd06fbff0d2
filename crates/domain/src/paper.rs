//! Kinds of papers (材料种类): what a paper is, in which volume it lies and where in the catalogue.

use serde::{Deserialize, Serialize};

/// Volume of the e-file (卷).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Volume {
    /// Main volume (正卷): may be shown to the parties.
    Main,
    /// Secondary volume (副卷): deliberation, reports, internal opinions; never to outsiders.
    Secondary,
}

macro_rules! paper_kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $volume:ident, $place:literal, $zh:literal;)*) => {
        /// Kind of a paper.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum PaperKind { $($(#[$doc])* $name),* }

        impl PaperKind {
            /// Every kind.
            pub const ALL: &'static [PaperKind] = &[$(PaperKind::$name),*];
            /// Stable code, also the id of the document kind that writes it.
            pub fn code(self) -> &'static str { match self { $(PaperKind::$name => $code),* } }
            /// The volume it belongs to.
            pub fn volume(self) -> Volume { match self { $(PaperKind::$name => Volume::$volume),* } }
            /// Its place in the catalogue (目录) of a civil first-instance case.
            pub fn place(self) -> &'static str { match self { $(PaperKind::$name => $place),* } }
            /// Its Chinese name, as it stands in the catalogue.
            pub fn name_zh(self) -> &'static str { match self { $(PaperKind::$name => $zh),* } }
            /// The kind with this code.
            pub fn of_code(code: &str) -> Option<PaperKind> {
                PaperKind::ALL.iter().copied().find(|kind| kind.code() == code)
            }
        }
    };
}

paper_kinds! {
    /// Complaint (民事起诉状).
    Complaint = "complaint", Main, "complaint", "民事起诉状";
    /// List of evidence (证据目录).
    EvidenceList = "evidence_list", Main, "plaintiff_evidence", "证据目录";
    /// Item of evidence (证据).
    Evidence = "evidence", Main, "plaintiff_evidence", "证据";
    /// Receipt of the application (收到诉状凭证).
    Receipt = "filing_receipt", Main, "filing_approval", "收到诉状凭证";
    /// Address confirmation (送达地址确认书).
    AddressConfirmation = "service_address_confirmation", Main, "service_address_confirmation", "送达地址确认书";
    /// Identity papers (身份证明).
    Identity = "party_identity", Main, "party_identity", "身份证明";
    /// Power of attorney (授权委托书).
    PowerOfAttorney = "power_of_attorney", Main, "power_of_attorney", "授权委托书";
    /// Notice of correction (补正通知书).
    CorrectionNotice = "supplement_notice", Main, "filing_approval", "补正通知书";
    /// Ruling of non-acceptance (不予受理裁定书).
    NonAcceptance = "ruling_non_acceptance", Main, "final_document", "民事裁定书（不予受理）";
    /// Notice of acceptance (受理案件通知书).
    AcceptanceNotice = "acceptance_notice", Main, "acceptance_notice", "受理案件通知书";
    /// Fee notice (交纳诉讼费用通知书).
    FeeNotice = "fee_notice", Main, "fee_papers", "交纳诉讼费用通知书";
    /// Fee receipt (诉讼费票据).
    FeeReceipt = "fee_receipt", Main, "fee_papers", "诉讼费票据";
    /// Notice of rights and duties (诉讼权利义务告知书).
    RightsNotice = "rights_notice", Main, "acceptance_notice", "诉讼权利义务告知书";
    /// Evidence notice (举证通知书).
    EvidenceNotice = "evidence_notice", Main, "evidence_notice", "举证通知书";
    /// Notice to respond (应诉通知书).
    ResponseNotice = "response_notice", Main, "response_notice", "应诉通知书";
    /// Record of the assignment draw (分案记录).
    AssignmentRecord = "assignment_record", Main, "filing_approval", "分案记录";
    /// Notice of the tribunal (审判组织告知书).
    TribunalNotice = "panel_notice", Main, "panel_notice", "审判组织成员告知书";
    /// Summons (传票).
    Summons = "summons", Main, "summons", "传票";
    /// Proof of service (送达回证).
    ServiceReceipt = "service_receipt", Main, "service_receipts", "送达回证";
    /// Photograph or film of service (送达照片、录像).
    ServicePicture = "service_picture", Main, "service_receipts", "送达照片、录像";
    /// Certificate of electronic service (电子送达凭证).
    ElectronicServiceCertificate = "e_service_certificate", Main, "service_receipts", "电子送达凭证";
    /// Answer (答辩状).
    Answer = "answer", Main, "answer", "民事答辩状";
    /// Counterclaim (反诉状).
    Counterclaim = "counterclaim", Main, "counterclaim", "民事反诉状";
    /// Opinion on evidence (质证意见).
    EvidenceOpinion = "evidence_opinion", Main, "defendant_evidence", "质证意见";
    /// Transcript of a hearing (庭审笔录).
    Transcript = "hearing_transcript", Main, "hearing_transcript", "庭审笔录";
    /// Mediation record or agreement (调解协议).
    MediationAgreement = "mediation_agreement", Main, "mediation_record", "调解协议";
    /// Mediation statement (民事调解书).
    MediationStatement = "mediation_statement", Main, "final_document", "民事调解书";
    /// Minutes of deliberation (评议笔录).
    DeliberationMinutes = "deliberation_record", Secondary, "deliberation_record", "合议庭评议笔录";
    /// What the adjudication committee said and decided (审判委员会讨论记录、决定).
    CommitteeRecord = "committee_record", Secondary, "committee_record", "审判委员会讨论记录、决定";
    /// Draft or original of a document (文书原本).
    Original = "document_original", Secondary, "original_document", "裁判文书原本";
    /// Record of the supervision of one of the four kinds of cases (四类案件监督管理记录).
    SupervisionRecord = "supervision_record", Secondary, "internal_exchange", "四类案件监督管理记录";
    /// Approval sheet (审批单).
    ApprovalSheet = "issue_approval", Secondary, "issue_approval", "审批单";
    /// Judgment (民事判决书).
    Judgment = "civil_judgment", Main, "final_document", "民事判决书";
    /// Ruling granting withdrawal (准许撤诉裁定书).
    WithdrawalRuling = "ruling_withdrawal", Main, "withdrawal", "民事裁定书（准许撤诉）";
    /// Ruling of deemed withdrawal (按撤诉处理裁定书).
    DeemedWithdrawalRuling = "ruling_deemed_withdrawal", Main, "final_document", "民事裁定书（按撤诉处理）";
    /// Ruling of stay (中止诉讼裁定书).
    StayRuling = "ruling_stay", Main, "procedure_change", "民事裁定书（中止诉讼）";
    /// Ruling that changes the procedure (转换程序裁定书).
    ConversionRuling = "ruling_conversion", Main, "procedure_change", "民事裁定书（程序转换）";
    /// Ruling that puts slips right (补正裁定书).
    CorrectionRuling = "ruling_correction", Main, "final_document", "民事裁定书（补正）";
    /// Record of pronouncement (宣判笔录).
    PronouncementRecord = "pronouncement_record", Main, "pronouncement_record", "宣判笔录";
    /// Certificate of effect (生效证明).
    EffectCertificate = "effect_certificate", Main, "effect_and_refund", "裁判文书生效证明";
    /// Refund notice (退费通知书).
    RefundNotice = "refund_notice", Main, "effect_and_refund", "退还诉讼费用通知书";
    /// Appeal petition (上诉状).
    AppealPetition = "appeal_petition", Main, "appeal_transfer", "民事上诉状";
    /// Transfer letter to the court above (上诉案件移送函).
    TransferLetter = "appeal_transfer_letter", Main, "appeal_transfer", "上诉案件移送函";
    /// Request of a party (申请书).
    Request = "party_request", Main, "party_or_claim_change", "申请书";
    /// Contents of the volume (卷内目录).
    Contents = "volume_contents", Main, "contents", "卷内目录";
    /// Cover of the volume (卷宗封面).
    Cover = "volume_cover", Main, "cover", "卷宗封面";
    /// Reference sheet (备考表).
    ReferenceSheet = "reference_sheet", Main, "reference_sheet", "备考表";
    /// Anything else (其他材料).
    Other = "other", Main, "party_or_claim_change", "其他材料";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_stands_in_the_catalogue_of_civil_first_instance_cases() {
        use crate::law::catalogue;
        for kind in PaperKind::ALL {
            let volume = match kind.volume() {
                Volume::Main => catalogue::Volume::Main,
                Volume::Secondary => catalogue::Volume::Secondary,
            };
            assert!(catalogue::item("civil_first", volume, kind.place()).is_some(), "{kind:?}");
        }
    }

    #[test]
    fn codes_are_unique_and_lead_back() {
        for kind in PaperKind::ALL {
            assert_eq!(PaperKind::of_code(kind.code()), Some(*kind));
        }
    }
}
