//! The kind of a paper, by its title.

use xiezhi_domain::paper::PaperKind;

use super::{What, pages::Page};

/// A title stands in one of the first lines, and is short.
const FIRST_LINES: usize = 6;
const LONGEST: usize = 24;

/// Words of titles, the more telling before the ones that they contain.
const TITLES: &[(&str, PaperKind)] = &[
    ("送达地址确认书", PaperKind::AddressConfirmation),
    ("授权委托书", PaperKind::PowerOfAttorney),
    ("法定代表人身份证明", PaperKind::Identity),
    ("居民身份证", PaperKind::Identity),
    ("营业执照", PaperKind::Identity),
    ("反诉状", PaperKind::Counterclaim),
    ("上诉状", PaperKind::AppealPetition),
    ("答辩状", PaperKind::Answer),
    ("起诉状", PaperKind::Complaint),
    ("证据目录", PaperKind::EvidenceList),
    ("证据清单", PaperKind::EvidenceList),
    ("质证意见", PaperKind::EvidenceOpinion),
    ("送达回证", PaperKind::ServiceReceipt),
    ("庭审笔录", PaperKind::Transcript),
    ("调解协议", PaperKind::MediationAgreement),
    ("诉讼费票据", PaperKind::FeeReceipt),
    ("缴款书", PaperKind::FeeReceipt),
    ("申请书", PaperKind::Request),
    ("借条", PaperKind::Evidence),
    ("欠条", PaperKind::Evidence),
    ("收条", PaperKind::Evidence),
    ("收据", PaperKind::Evidence),
    ("借据", PaperKind::Evidence),
    ("合同", PaperKind::Evidence),
    ("协议", PaperKind::Evidence),
    ("回单", PaperKind::Evidence),
    ("发票", PaperKind::Evidence),
    ("对账单", PaperKind::Evidence),
    ("送货单", PaperKind::Evidence),
    ("结婚证", PaperKind::Evidence),
    ("责任认定书", PaperKind::Evidence),
    ("鉴定意见", PaperKind::Evidence),
    ("病历", PaperKind::Evidence),
];

/// The kind that the title names, and where.
pub(super) fn kind(page: &Page) -> Option<(What, usize, usize)> {
    let lines = page.lines().take(FIRST_LINES).filter(|(from, until)| until - from <= LONGEST);
    let named = lines.filter_map(|(from, until)| {
        let text = page.text(from, until);
        // A sentence is no title.
        if text.contains([',', '。', ':', ';']) {
            return None;
        }
        let (_, kind) = TITLES.iter().find(|(title, _)| text.contains(title))?;
        Some((What::Kind { kind: *kind }, from, until))
    });
    named.into_iter().next()
}
