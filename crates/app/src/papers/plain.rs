//! The few papers that are words under a title: receipts, agreements, requests, petitions.

use xiezhi_documents::structure::{Block, Document, Layout, Signatory, SignatureBlock};
use xiezhi_domain::{
    case::CaseState,
    decision::{About, PaperOrder},
    moment::Moment,
    paper::PaperKind,
    rules::Rules,
};

/// A plain paper.
pub(super) fn of(case: &CaseState, rules: &Rules, kind: PaperKind, order: &PaperOrder, moment: Moment) -> Document {
    let of_court = kind == PaperKind::FeeReceipt;
    let court = if of_court { rules.settings.court_name.as_str() } else { "" };
    let mut document = Document::new(kind.code(), Layout::Notice, court, kind.name_zh());
    document.number = case.number.as_ref().map(ToString::to_string);
    document.watermark = rules.settings.demonstration.then(|| "演示".to_owned());
    document.blocks = match kind {
        PaperKind::FeeReceipt => receipt(case),
        PaperKind::MediationAgreement => agreement(case),
        _ => words(case, order),
    };
    document.signatures = Some(SignatureBlock {
        above: signatories(case, kind, order),
        dated_on: Some(moment.today),
        below: vec![],
        sealed: of_court,
    });
    document
}

fn receipt(case: &CaseState) -> Vec<Block> {
    let payer: Vec<&str> = case.application.plaintiffs().map(|party| party.name.as_str()).collect();
    vec![
        Block::text(format!("交款人：{}", payer.join("、"))),
        Block::text(format!("案由：{}", crate::rows::cause_name(case))),
        Block::text(format!("案件受理费：{}元（大写：{}）", case.fees.paid.grouped(), case.fees.paid.capitals())),
        Block::text(format!("票据号：{}", case.fees.receipt_no.as_deref().unwrap_or("—"))),
    ]
}

fn agreement(case: &CaseState) -> Vec<Block> {
    let Some(agreement) = &case.mediation.agreement else { return vec![] };
    let mut blocks = parties(case);
    blocks.push(Block::text("经本院主持调解，各方当事人自愿达成如下协议："));
    for (term, no) in agreement.terms.iter().zip(1..) {
        blocks.push(Block::text(format!("{}、{term}", xiezhi_documents::wording::count_in_chinese(no))));
    }
    blocks.push(Block::text(format!("诉讼费用：{}", agreement.costs)));
    if agreement.effective_on_signature {
        blocks.push(Block::text("各方一致同意本协议自各方签名或者盖章之日起生效。"));
    }
    blocks
}

fn parties(case: &CaseState) -> Vec<Block> {
    use xiezhi_domain::party::PartyRole;
    let line = |role: PartyRole, word: &str| {
        case.parties_as(role).map(|party| Block::text(format!("{word}：{}", party.name))).collect::<Vec<_>>()
    };
    [line(PartyRole::Plaintiff, "原告"), line(PartyRole::Defendant, "被告"), line(PartyRole::ThirdParty, "第三人")].concat()
}

fn words(case: &CaseState, order: &PaperOrder) -> Vec<Block> {
    let mut blocks = parties(case);
    if let About::Words { words, .. } = &order.about {
        blocks.extend(words.lines().filter(|line| !line.trim().is_empty()).map(|line| Block::text(line.to_owned())));
    }
    blocks
}

fn signatories(case: &CaseState, kind: PaperKind, order: &PaperOrder) -> Vec<Signatory> {
    let signatory = |role: &str, name: &str| Signatory { role: role.to_owned(), name: name.to_owned() };
    match (&order.about, kind) {
        (About::Words { party: Some(party), .. }, _) => {
            let role = if kind == PaperKind::AppealPetition { "上诉人" } else { "申请人" };
            case.parties.get(party).map(|party| signatory(role, &party.name)).into_iter().collect()
        }
        (_, PaperKind::MediationAgreement) => case.parties_in_order().map(|party| signatory("当事人", &party.name)).collect(),
        _ => vec![],
    }
}
