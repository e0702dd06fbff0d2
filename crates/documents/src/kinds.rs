//! Kinds of papers (文书种类) and how each is filled from the facts of a case.
//!
//! A new kind is a new variant: every match below is exhaustive, so forgetting one does not compile.

mod archive;
mod attendance;
mod consent;
mod deliberation;
mod evidence;
mod fees;
mod filing;
mod given;
mod hearing;
mod inputs;
mod judgment;
mod mediation;
mod parts;
mod people;
mod profile;
mod pronouncing;
mod review;
mod rulings;
mod service;

use serde::{Deserialize, Serialize};

use crate::facts::CaseFacts;
use crate::structure::{Block, Document, Layout};

pub use inputs::*;
/// Sentences that proofreading looks for.
pub(crate) mod judgment_clauses {
    pub(crate) use super::judgment::{APPEAL, FINAL, LATE_PERFORMANCE};
}
use parts::Filled;

/// A kind of paper (文书种类).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 民事起诉状.
    Complaint,
    /// 证据目录.
    EvidenceList,
    /// 送达地址确认书.
    ServiceAddressConfirmation,
    /// 收到诉状凭证.
    FilingReceipt,
    /// 补正材料通知书.
    SupplementNotice,
    /// 立案审批表.
    FilingApproval,
    /// 分案记录.
    AssignmentRecord,
    /// 受理案件通知书.
    AcceptanceNotice,
    /// 交纳诉讼费用通知书.
    FeeNotice,
    /// 诉讼权利义务告知书.
    RightsNotice,
    /// 举证通知书.
    EvidenceNotice,
    /// 应诉通知书.
    ResponseNotice,
    /// 审判组织成员告知书.
    PanelNotice,
    /// 传票.
    Summons,
    /// 出庭通知书.
    AppearanceNotice,
    /// 开庭公告.
    HearingAnnouncement,
    /// 送达回证.
    ServiceReceipt,
    /// 电子送达凭证.
    EServiceCertificate,
    /// 民事答辩状.
    AnswerBrief,
    /// 民事反诉状.
    CounterclaimBrief,
    /// 质证意见.
    EvidenceOpinion,
    /// 原件核对记录.
    OriginalCheckRecord,
    /// 庭审笔录.
    HearingTranscript,
    /// 调解笔录.
    MediationRecord,
    /// 民事调解书.
    CivilMediationStatement,
    /// 合议庭评议笔录.
    DeliberationRecord,
    /// 民事判决书 (普通程序).
    CivilJudgmentFirstOrdinary,
    /// 民事判决书 (简易程序).
    CivilJudgmentFirstSummary,
    /// 民事判决书 (小额诉讼程序).
    CivilJudgmentSmallClaims,
    /// 民事裁定书.
    CivilRuling,
    /// 宣判笔录.
    PronouncementRecord,
    /// 生效证明.
    EffectCertificate,
    /// 退还诉讼费用通知书.
    RefundNotice,
    /// 上诉案件移送函.
    AppealTransferLetter,
    /// 结案审批表.
    ClosingReport,
    /// 卷宗封面.
    VolumeCover,
    /// 卷内目录.
    VolumeContents,
    /// 备考表.
    ReferenceSheet,
}

/// The volume a paper belongs to (正卷 or 副卷).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Volume {
    /// 正卷.
    Main,
    /// 副卷; never shown to parties.
    Secondary,
}

/// Who issues a paper (制发人).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Issuer {
    /// A party or who acts for it.
    Party,
    /// 立案人员.
    FilingClerk,
    /// 书记员.
    Clerk,
    /// 审判人员.
    Judge,
    /// The system itself.
    System,
    /// 档案管理员.
    Archivist,
}

impl DocumentKind {
    /// Every kind, in the order a case meets them.
    pub const ALL: [Self; 38] = [
        Self::Complaint,
        Self::EvidenceList,
        Self::ServiceAddressConfirmation,
        Self::FilingReceipt,
        Self::SupplementNotice,
        Self::FilingApproval,
        Self::AssignmentRecord,
        Self::AcceptanceNotice,
        Self::FeeNotice,
        Self::RightsNotice,
        Self::EvidenceNotice,
        Self::ResponseNotice,
        Self::PanelNotice,
        Self::Summons,
        Self::AppearanceNotice,
        Self::HearingAnnouncement,
        Self::ServiceReceipt,
        Self::EServiceCertificate,
        Self::AnswerBrief,
        Self::CounterclaimBrief,
        Self::EvidenceOpinion,
        Self::OriginalCheckRecord,
        Self::HearingTranscript,
        Self::MediationRecord,
        Self::CivilMediationStatement,
        Self::DeliberationRecord,
        Self::CivilJudgmentFirstOrdinary,
        Self::CivilJudgmentFirstSummary,
        Self::CivilJudgmentSmallClaims,
        Self::CivilRuling,
        Self::PronouncementRecord,
        Self::EffectCertificate,
        Self::RefundNotice,
        Self::AppealTransferLetter,
        Self::ClosingReport,
        Self::VolumeCover,
        Self::VolumeContents,
        Self::ReferenceSheet,
    ];

    /// The stable id of the kind.
    pub fn id(self) -> &'static str {
        self.profile().id
    }

    /// The kind with that id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// What the kind is called, apart from other kinds: 民事判决书（简易程序）.
    pub fn name_zh(self) -> &'static str {
        self.profile().name_zh
    }

    /// What the paper itself is headed with: 民事判决书.
    pub fn title(self) -> &'static str {
        let name = self.name_zh();
        name.split_once('（').map_or(name, |(title, _)| title)
    }

    /// The volume it belongs to.
    pub fn volume(self) -> Volume {
        match self {
            Self::DeliberationRecord | Self::ClosingReport => Volume::Secondary,
            _ => Volume::Main,
        }
    }

    /// The key of its place in the catalogue of the e-file.
    pub fn catalogue_key(self) -> &'static str {
        self.profile().catalogue_key
    }

    /// The key of its place, where that follows the side whose paper it is: each side has its own evidence.
    pub fn catalogue_key_for(self, side: crate::facts::Role) -> &'static str {
        use crate::facts::Role;
        match (self, side) {
            (Self::EvidenceList, Role::Defendant) => "defendant_evidence",
            (Self::EvidenceList, Role::ThirdParty) => "third_party_evidence",
            _ => self.catalogue_key(),
        }
    }

    /// Who issues it.
    pub fn issued_by(self) -> Issuer {
        self.profile().issuer
    }

    /// The family of looks it is printed in.
    pub fn layout(self) -> Layout {
        self.profile().layout
    }

    /// Whether the paper can't stand without a case number.
    fn needs_number(self) -> bool {
        let before_filing = matches!(
            self,
            Self::SupplementNotice | Self::FilingReceipt | Self::AssignmentRecord | Self::FilingApproval
        );
        self.issued_by() != Issuer::Party && !before_filing
    }

    /// Whether it is one of the forms of judgment (判决书).
    pub fn is_judgment(self) -> bool {
        matches!(
            self,
            Self::CivilJudgmentFirstOrdinary | Self::CivilJudgmentFirstSummary | Self::CivilJudgmentSmallClaims
        )
    }

    /// The kind of judgment a procedure calls for.
    pub fn judgment_of(procedure: crate::facts::Procedure) -> Self {
        use crate::facts::Procedure;
        match procedure {
            Procedure::Ordinary => Self::CivilJudgmentFirstOrdinary,
            Procedure::Summary => Self::CivilJudgmentFirstSummary,
            Procedure::SmallClaims => Self::CivilJudgmentSmallClaims,
        }
    }
}

/// Fills one paper from the facts of a case and what this one paper needs beside them.
///
/// Same facts and inputs give an equal document. What is missing is a gap with a name; what the judge has to
/// write (本院认为) is taken as written or is a gap. Inputs of another kind of paper count as missing.
pub fn fill(kind: DocumentKind, facts: &CaseFacts, inputs: &Inputs) -> Document {
    let Filled { blocks, signatures } = body(kind, facts, inputs);
    let own = kind.issued_by() == Issuer::Party;
    let court = facts.court.name.as_deref().filter(|_| !own).unwrap_or_default();
    let mut document = Document::new(kind.id(), kind.layout(), court, kind.title());
    if !own && !tells_number(&blocks) {
        document.number = numbered_as(facts, inputs);
        let lacking = kind.needs_number() && document.number.is_none();
        document.blocks.extend(lacking.then(|| Block::Gap { what: "案号".into() }));
    }
    let nameless = !own && court.is_empty();
    document.blocks.extend(nameless.then(|| Block::Gap { what: "法院名称".into() }));
    document.blocks.extend(blocks);
    document.signatures = signatures;
    document.verify_code = inputs.verify.clone();
    document.watermark = facts.style.watermark.clone();
    document
}

/// A ruled sheet with a row for the case number does not repeat it in its head.
fn tells_number(blocks: &[Block]) -> bool {
    let rows = blocks.iter().filter_map(|block| match block {
        Block::KeyValue { rows } => Some(rows),
        _ => None,
    });
    rows.flatten().any(|(label, _)| label == "案号")
}

/// The case number, with 之一 for a ruling that is not the first paper under it.
fn numbered_as(facts: &CaseFacts, inputs: &Inputs) -> Option<String> {
    let number = facts.number.clone()?;
    let serial = match &inputs.extra {
        Extra::Ruling(ruling) => ruling.serial,
        _ => None,
    };
    Some(
        serial
            .map_or(number.clone(), |serial| format!("{number}之{}", crate::wording::count_in_chinese(serial.into()))),
    )
}

fn body(kind: DocumentKind, facts: &CaseFacts, inputs: &Inputs) -> Filled {
    match kind {
        DocumentKind::Complaint => filing::complaint(facts, inputs),
        DocumentKind::FilingReceipt => filing::receipt(facts, inputs),
        DocumentKind::AnswerBrief => filing::answer(facts, inputs),
        DocumentKind::CounterclaimBrief => filing::counterclaim(facts, inputs),
        DocumentKind::SupplementNotice => review::supplement_notice(facts, inputs),
        DocumentKind::FilingApproval => review::filing_approval(facts, inputs),
        DocumentKind::AssignmentRecord => review::assignment_record(facts, inputs),
        DocumentKind::AcceptanceNotice => review::acceptance_notice(facts, inputs),
        DocumentKind::RightsNotice => review::rights_notice(facts, inputs),
        DocumentKind::FeeNotice => fees::fee_notice(facts, inputs),
        DocumentKind::RefundNotice => fees::refund_notice(facts, inputs),
        DocumentKind::ServiceAddressConfirmation => consent::address_confirmation(facts, inputs),
        DocumentKind::ResponseNotice => service::response_notice(facts, inputs),
        DocumentKind::PanelNotice => service::panel_notice(facts, inputs),
        DocumentKind::ServiceReceipt => service::receipt(facts, inputs),
        DocumentKind::EServiceCertificate => service::certificate(facts, inputs),
        DocumentKind::EvidenceList => evidence::list(facts, inputs),
        DocumentKind::EvidenceNotice => evidence::notice(facts, inputs),
        DocumentKind::EvidenceOpinion => evidence::opinion(facts, inputs),
        DocumentKind::OriginalCheckRecord => evidence::original_check(facts, inputs),
        DocumentKind::Summons => hearing::summons(facts, inputs),
        DocumentKind::AppearanceNotice => hearing::appearance_notice(facts, inputs),
        DocumentKind::HearingAnnouncement => hearing::announcement(facts, inputs),
        DocumentKind::HearingTranscript => hearing::transcript(facts, inputs),
        DocumentKind::MediationRecord => mediation::record(facts, inputs),
        DocumentKind::CivilMediationStatement => mediation::statement(facts, inputs),
        DocumentKind::DeliberationRecord => deliberation::record(facts, inputs),
        DocumentKind::CivilJudgmentFirstOrdinary
        | DocumentKind::CivilJudgmentFirstSummary
        | DocumentKind::CivilJudgmentSmallClaims => judgment::judgment(kind, facts, inputs),
        DocumentKind::CivilRuling => rulings::ruling(facts, inputs),
        DocumentKind::PronouncementRecord => pronouncing::record(facts, inputs),
        DocumentKind::EffectCertificate => pronouncing::effect_certificate(facts, inputs),
        DocumentKind::AppealTransferLetter => archive::appeal_transfer(facts, inputs),
        DocumentKind::ClosingReport => archive::closing_report(facts, inputs),
        DocumentKind::VolumeCover => archive::cover(facts, inputs),
        DocumentKind::VolumeContents => archive::contents(facts, inputs),
        DocumentKind::ReferenceSheet => archive::reference_sheet(facts, inputs),
    }
}

#[cfg(test)]
mod tests;
