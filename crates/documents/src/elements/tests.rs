//! What is read of the papers of the six examples, and what is not taken for anything.

use super::*;
use crate::examples::{ALL, example};
use crate::kinds::{DocumentKind, Inputs, fill};

fn read_one(text: &str) -> Vec<(String, What)> {
    read(&[text.to_owned()]).into_iter().map(|element| (element.written, element.what)).collect()
}

fn whats(text: &str) -> Vec<What> {
    read_one(text).into_iter().map(|(_, what)| what).collect()
}

fn day(text: &str) -> What {
    What::Day { day: text.parse().expect("a day") }
}

/// A complaint as a party writes it, from the facts of an example.
fn complaint(no: usize) -> String {
    let facts = example(no);
    let party = |party: &crate::facts::Party| {
        let role = party.role.label();
        let name = party.name.clone().unwrap_or_default();
        let id = party.id_number.as_ref().map(|id| format!("，公民身份号码{id}")).unwrap_or_default();
        let code = party.credit_code.as_ref().map(|code| format!("，统一社会信用代码{code}")).unwrap_or_default();
        format!("{role}：{name}{id}{code}。\n")
    };
    let parties: String = facts.parties.iter().map(party).collect();
    let claims: String = facts.claims.iter().map(|claim| format!("{}；\n", claim.text)).collect();
    format!("民事起诉状\n{parties}诉讼请求\n{claims}")
}

#[test]
fn the_complaint_of_each_example_names_its_kind_its_parties_and_their_numbers() {
    for no in 1..=ALL.len() {
        let facts = example(no);
        let found = whats(&complaint(no));
        assert_eq!(found.first(), Some(&What::Kind { kind: PaperKind::Complaint }), "example {no}");
        for party in &facts.parties {
            let name = party.name.as_deref().expect("an example names its parties");
            let is_named = |what: &What| matches!(what, What::Party { name: read, .. } if read == name);
            assert!(found.iter().any(is_named), "example {no}: {name} in {found:?}");
        }
        let cards = facts.parties.iter().filter(|party| party.id_number.is_some()).count();
        let read = found.iter().filter(|what| **what == What::IdNumber { valid: true }).count();
        assert_eq!(read, cards, "example {no}");
    }
}

#[test]
fn the_judgment_of_each_example_names_its_number_and_its_amounts() {
    for no in [1, 2, 4, 5, 6] {
        let facts = example(no);
        let kind = DocumentKind::judgment_of(facts.procedure.expect("an example has a procedure"));
        let paper = fill(kind, &facts, &Inputs::default());
        let text = format!("{}\n{}", paper.number.clone().unwrap_or_default(), paper.plain_text());
        let found = whats(&text);
        let number = What::CaseNumber { number: paper.number.expect("a judgment has a number") };
        assert!(found.contains(&number), "example {no}: {found:?}");
        let amounts = found.iter().filter(|what| matches!(what, What::Amount { .. })).count();
        assert!(amounts > 2, "example {no}: {amounts} amounts");
        assert!(found.iter().any(|what| matches!(what, What::Day { .. })), "example {no}");
    }
}

#[test]
fn an_iou_is_told_by_its_title_and_read_in_capitals() {
    let found = read_one(
        "借 条\n今借到贾借出人民币壹拾伍万元整（¥150,000.00），月利率1%。\n借款人：易欠款\n二〇二四年六月一日",
    );
    assert_eq!(
        found,
        [
            ("借条".to_owned(), What::Kind { kind: PaperKind::Evidence }),
            ("壹拾伍万元整".to_owned(), What::Amount { fen: 15_000_000 }),
            ("¥150,000.00".to_owned(), What::Amount { fen: 15_000_000 }),
            ("易欠款".to_owned(), What::Party { part: "借款人".to_owned(), name: "易欠款".to_owned() }),
            ("二〇二四年六月一日".to_owned(), day("2024-06-01")),
        ]
    );
}

#[test]
fn amounts_are_read_in_every_way_that_papers_write_them() {
    let fen = |text: &str| match whats(text).as_slice() {
        [What::Amount { fen }] => Some(*fen),
        _ => None,
    };
    assert_eq!(fen("共计18745.20元"), Some(1_874_520));
    assert_eq!(fen("１８，７４５．２０元"), Some(1_874_520));
    assert_eq!(fen("15.5万元"), Some(15_500_000));
    assert_eq!(fen("1.2亿元"), Some(12_000_000_000));
    assert_eq!(fen("壹仟叁佰玖拾柒元伍角"), Some(139_750));
    assert_eq!(fen("壹拾万零壹佰元零伍分"), Some(10_010_005));
    assert_eq!(fen("十五万元"), Some(15_000_000));
    assert_eq!(fen("拾贰亿元整"), Some(120_000_000_000));
}

#[test]
fn every_amount_in_words_that_the_court_writes_is_read_back() {
    for fen in
        [1, 7, 50, 105, 1_234, 139_750, 190_500, 10_010_005, 1_000_000_000, 1_000_000_100, 10_000_200_000, 123_456_789]
    {
        let words = crate::amount::amount_in_words(fen);
        if words.contains('元') {
            assert_eq!(whats(&words), [What::Amount { fen }], "{words}");
        }
    }
}

#[test]
fn what_may_be_misread_is_no_amount() {
    for text in ["86.400元", "1,60元", "12,3456元", "一二三元", "2024元月", "元", "零元"] {
        let amounts = whats(text).into_iter().filter(|what| matches!(what, What::Amount { .. }));
        let read: Vec<What> = amounts.collect();
        assert!(read.is_empty() || text.starts_with("2024"), "{text}: {read:?}");
    }
}

#[test]
fn days_are_read_in_every_way_that_papers_write_them() {
    for text in [
        "2024年6月1日",
        "2024-06-01",
        "2024/6/1",
        "2024.6.1",
        "二〇二四年六月一日",
        "二○二四年六月一日",
        "２０２４年６月１日",
    ] {
        assert_eq!(whats(text), [day("2024-06-01")], "{text}");
    }
    assert_eq!(whats("二〇二六年十一月二十二日"), [day("2026-11-22")]);
    assert_eq!(whats("2024年13月1日"), []);
    assert_eq!(whats("2023年2月29日"), []);
}

#[test]
fn numbers_are_told_apart() {
    assert_eq!(whats("身份证号37069119850312011X"), [What::IdNumber { valid: false }]);
    assert_eq!(whats("370691198503120113"), [What::IdNumber { valid: true }]);
    assert_eq!(whats("电话12000000001"), [What::Phone]);
    assert_eq!(whats("收款账号：6222020200112233445"), [What::Account]);
    assert_eq!(whats("开户行账号 0200 0012 0920 0123"), [What::Account], "spaces part groups of it");
    assert_eq!(whats("订单20240601123"), []);
}

#[test]
fn a_case_number_is_read_with_either_brackets() {
    let number = What::CaseNumber { number: "（2026）鲁0691民初101号".to_owned() };
    assert_eq!(whats("案号(2026)鲁0691民初101号"), std::slice::from_ref(&number));
    assert_eq!(whats("（2026）鲁0691民初101号"), [number]);
    assert_eq!(whats("（2026）第101号"), []);
}

#[test]
fn a_party_is_told_by_its_part_and_no_sentence_is_a_name() {
    let name = |text: &str| match whats(text).first() {
        Some(What::Party { part, name }) => Some(format!("{part} {name}")),
        _ => None,
    };
    assert_eq!(name("原告（反诉被告）：山东虚构商贸有限公司，住所地").as_deref(), Some("原告 山东虚构商贸有限公司"));
    assert_eq!(name("被告易欠款，男，汉族，住烟台").as_deref(), Some("被告 易欠款"));
    assert_eq!(name("被上诉人：贾借出\n案由").as_deref(), Some("被上诉人 贾借出"));
    assert_eq!(name("判令被告归还借款本金150000元"), None);
    assert_eq!(name("原告当日通过银行转账交付"), None);
}

#[test]
fn a_place_is_told_in_letters_without_spaces() {
    let pages = ["第一页\n".to_owned(), "本金 1 0 0 元\n".to_owned()];
    let found = read(&pages);
    assert_eq!((found[0].page, found[0].from, found[0].until), (2, 2, 6));
}

#[test]
fn what_is_said_twice_is_offered_once() {
    let found = read(&["原告：贾借出，男。\n2024年6月1日，2024-06-01，原告：贾借出。".to_owned()]);
    assert_eq!((found.len(), offered(&found).len()), (4, 2));
}

proptest::proptest! {
    /// Whatever a page says, its places are places of the page.
    #[test]
    fn places_lie_on_their_page(text in "[0-9一二十百千万亿元年月日（）()¥,.:：，原告被告a-z \n-]{0,120}") {
        let letters = text.chars().filter(|letter| !letter.is_whitespace()).count();
        for element in read(std::slice::from_ref(&text)) {
            proptest::prop_assert!(element.from < element.until && element.until <= letters, "{element:?}");
        }
    }
}
