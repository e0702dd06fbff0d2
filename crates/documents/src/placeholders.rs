//! Places in a draft that is common to several cases (批量文书的占位): `{被告}` becomes the case's own defendants. What the
//! case does not tell stays a place and is named: nothing is invented.

use xiezhi_domain::{
    drafting::{DraftContent, PARTS},
    law::money::Fen,
};

use crate::{
    facts::{CaseFacts, Role},
    wording::date_in_text,
};

/// The places that every case may have, in the order in which they are offered. Beside them the labels of the
/// element-type form may be named.
pub const PLACES: &[&str] = &[
    "原告",
    "被告",
    "第三人",
    "案号",
    "案由",
    "立案日期",
    "开庭日期",
    "标的额",
    "案件受理费",
    "诉讼请求",
    "事实和理由",
    "答辩意见",
];

/// A draft with the case's own facts in it, and the places that nothing fills.
pub fn fill(content: &DraftContent, facts: &CaseFacts) -> (DraftContent, Vec<String>) {
    let mut missing: Vec<String> = vec![];
    let mut each = |text: &str| {
        let (text, unfilled) = fill_text(text, facts);
        missing.extend(unfilled);
        text
    };
    let filled = DraftContent {
        found_facts: each(&content.found_facts),
        reasoning: each(&content.reasoning),
        legal_basis: content.legal_basis.iter().map(|text| each(text)).collect(),
        orders: content.orders.iter().map(|text| each(text)).collect(),
        costs: each(&content.costs),
        ..content.clone()
    };
    missing.sort();
    missing.dedup();
    (filled, missing)
}

/// The places that a draft names, each once.
pub fn named(content: &DraftContent) -> Vec<String> {
    let text = PARTS.iter().map(|part| content.part(part)).collect::<Vec<_>>().join("\n");
    let mut names: Vec<String> = vec![];
    for piece in pieces(&text) {
        if let Piece::Place(name) = piece
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

enum Piece<'a> {
    Words(&'a str),
    Place(&'a str),
}

/// `{` and `}` as a keyboard gives them, wide or narrow.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = vec![];
    let mut rest = text;
    while let Some(start) = rest.find(['{', '｛']) {
        let opened = &rest[start..];
        let inner = opened.trim_start_matches(['{', '｛']);
        let name = inner.find(['}', '｝', '\n', '{', '｛']).filter(|end| inner[*end..].starts_with(['}', '｝']));
        let Some(end) = name.filter(|end| (1..=60).contains(end)) else {
            let after = opened.len() - inner.len();
            pieces.push(Piece::Words(&rest[..start + after]));
            rest = inner;
            continue;
        };
        pieces.push(Piece::Words(&rest[..start]));
        pieces.push(Piece::Place(inner[..end].trim()));
        let close = inner[end..].chars().next().map_or(0, char::len_utf8);
        rest = &inner[end + close..];
    }
    pieces.push(Piece::Words(rest));
    pieces
}

fn fill_text(text: &str, facts: &CaseFacts) -> (String, Vec<String>) {
    let (mut filled, mut missing) = (String::with_capacity(text.len()), vec![]);
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => filled.push_str(words),
            Piece::Place(name) => match value(name, facts) {
                Some(value) => filled.push_str(&value),
                None => {
                    filled.push_str(&format!("{{{name}}}"));
                    missing.push(name.to_owned());
                }
            },
        }
    }
    (filled, missing)
}

fn value(name: &str, facts: &CaseFacts) -> Option<String> {
    let names = |role| {
        let names: Vec<&str> = facts.on_side(role).filter_map(|(_, party)| party.name.as_deref()).collect();
        (!names.is_empty()).then(|| names.join("、"))
    };
    let sum = |fen: Option<i64>| fen.map(|fen| format!("{}元", Fen(fen).in_document()));
    let said = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    match name {
        "原告" => names(Role::Plaintiff),
        "被告" => names(Role::Defendant),
        "第三人" => names(Role::ThirdParty),
        "案号" => facts.number.clone(),
        "案由" => facts.cause.clone(),
        "立案日期" => facts.dates.filed_on.map(date_in_text),
        "开庭日期" => facts.last_hearing().and_then(|hearing| hearing.on).map(date_in_text),
        "标的额" => sum(facts.amount_in_dispute_fen),
        "案件受理费" => sum(facts.fee.as_ref().and_then(|fee| fee.charged_fen.or(fee.full_fen))),
        "诉讼请求" => said(&facts.claims.iter().map(|claim| claim.text.as_str()).collect::<Vec<_>>().join("；")),
        "事实和理由" => facts.facts_and_reasons.as_deref().and_then(said),
        "答辩意见" => said(&facts.answers.iter().map(|answer| answer.text.as_str()).collect::<Vec<_>>().join("；")),
        label => {
            let mut own = facts.elements.iter().filter(|element| element.label == label);
            own.next().and_then(|element| said(&element.value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{ElementAnswer, Party};

    fn facts() -> CaseFacts {
        let party = |role, name: &str| Party { name: Some(name.to_owned()), role, ..Party::default() };
        CaseFacts {
            number: Some("（2026）鲁0691民初7号".into()),
            parties: vec![
                party(Role::Plaintiff, "安居物业服务有限公司"),
                party(Role::Defendant, "张三"),
                party(Role::Defendant, "李四"),
            ],
            amount_in_dispute_fen: Some(512_050),
            elements: vec![ElementAnswer {
                field: "area".into(),
                label: "房屋面积".into(),
                value: "89.5平方米".into(),
                disputed: None,
                reply: None,
            }],
            ..CaseFacts::default()
        }
    }

    fn content(order: &str) -> DraftContent {
        DraftContent { orders: vec![order.to_owned()], ..DraftContent::default() }
    }

    #[test]
    fn places_become_the_facts_of_the_case_in_both_widths() {
        let (filled, missing) = fill(&content("｛被告｝支付{原告}物业费{标的额}（面积{ 房屋面积 }）"), &facts());
        assert_eq!(filled.orders, ["张三、李四支付安居物业服务有限公司物业费5120.50元（面积89.5平方米）"]);
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn what_the_case_does_not_tell_stays_a_place_and_is_named_once() {
        let (filled, missing) = fill(&content("于{开庭日期}、{开庭日期}支付{欠费月数}"), &facts());
        assert_eq!(filled.orders, ["于{开庭日期}、{开庭日期}支付{欠费月数}"]);
        assert_eq!(missing, ["开庭日期", "欠费月数"]);
    }

    #[test]
    fn brackets_that_name_nothing_are_words() {
        for words in ["a{b", "{}", "{\n}", "}{", "｛", ""] {
            assert_eq!(fill(&content(words), &facts()), (content(words), vec![]), "{words:?}");
        }
        assert_eq!(named(&content("{被告}与{原告}、{被告}")), ["被告", "原告"]);
    }
}
