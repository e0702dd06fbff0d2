//! Phrases for a notice of correction, each at the party's own field. The words go into the notice and so
//! are Chinese.

use xiezhi_domain::{
    case::CaseState,
    paper::PaperKind,
    party::{Party, PartyRole},
};

use crate::capability::prelude_of_cases::role;

/// What is most often missing; what is missing here comes first.
pub fn phrases(case: &CaseState) -> Vec<(String, String)> {
    let parties = case.application.parties.iter().enumerate();
    let mut phrases: Vec<(String, String)> = parties.flat_map(|(index, party)| of_party(case, index, party)).collect();
    if !case.agents.is_empty() && !has_paper(case, PaperKind::PowerOfAttorney) {
        phrases.push(told("power_of_attorney", "提交授权委托书和代理人身份证明"));
    }
    if case.application.evidence.is_empty() {
        phrases.push(told("evidence", "提交能证明主要事实的证据，例如合同、借条、转账记录"));
    }
    let usual = [
        ("claims", "把诉讼请求写具体：写明要求给付的金额和计算方法"),
        ("facts_and_reasons", "写明事情发生的时间、地点和经过"),
        ("evidence", "补充提交证据，并写明每份证据要证明什么"),
        ("signature", "在起诉状上签名或者盖章"),
    ];
    phrases.extend(usual.map(|(field, what)| told(field, what)));
    phrases
}

fn told(field: &str, what: &str) -> (String, String) {
    (field.to_owned(), what.to_owned())
}

/// The other side's number is never asked for: a suit needs a definite defendant, not a numbered one.
///
/// Source: 《民诉法解释》第二百零九条.
fn of_party(case: &CaseState, index: usize, party: &Party) -> Vec<(String, String)> {
    let who = format!("{}{}", role(party.role), party.name);
    let filer = party.role == PartyRole::Plaintiff;
    let missing = [
        ("address", party.address.is_none()),
        ("id_no", party.id_no.is_none() && filer),
        ("phone", party.phone.is_none()),
    ];
    let mut phrases: Vec<(String, String)> = missing
        .into_iter()
        .filter(|(_, missing)| *missing)
        .map(|(field, _)| (format!("party.{index}.{field}"), format!("写明{who}的{}", named(field))))
        .collect();
    if filer && !has_paper(case, PaperKind::Identity) {
        phrases.push((format!("party.{index}.identity"), format!("提交{who}的身份证明")));
    }
    phrases
}

fn has_paper(case: &CaseState, kind: PaperKind) -> bool {
    case.materials.values().any(|paper| paper.kind == kind)
}

/// Fields at which words of the clerk's own may be marked, with what they are called.
pub fn fields(case: &CaseState) -> Vec<(String, String)> {
    let of = |(index, party): (usize, &Party)| {
        let who = format!("{}{}", role(party.role), party.name);
        ["name", "id_no", "address", "phone"]
            .map(|field| (format!("party.{index}.{field}"), format!("{who}的{}", named(field))))
    };
    let parties = case.application.parties.iter().enumerate().flat_map(of);
    let others = [("claims", "诉讼请求"), ("facts_and_reasons", "事实和理由"), ("evidence", "证据和材料")];
    parties.chain(others.map(|(field, name)| told(field, name))).collect()
}

fn named(field: &str) -> &'static str {
    match field {
        "name" => "姓名或者名称",
        "address" => "住所地",
        "id_no" => "公民身份号码或者统一社会信用代码",
        _ => "联系电话",
    }
}
