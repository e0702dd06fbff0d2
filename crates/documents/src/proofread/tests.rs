//! Each finding, from a judgment that was right before.

use super::*;
use crate::examples::example;
use crate::kinds::{DocumentKind, Inputs, fill};
use crate::structure::Span;

fn judged(no: usize) -> (Document, CaseFacts) {
    let facts = example(no);
    let kind = DocumentKind::judgment_of(facts.procedure.expect("an example has a procedure"));
    (fill(kind, &facts, &Inputs::default()), facts)
}

#[test]
fn a_judgment_that_agrees_with_its_facts_has_no_findings() {
    for no in [1, 2, 4, 5, 6] {
        let (paper, facts) = judged(no);
        assert_eq!(proofread(&paper, &facts), [], "example {no}");
    }
}

#[test]
fn a_foreign_number_and_name_are_found() {
    let (mut paper, mut facts) = judged(1);
    paper.number = Some("（2026）鲁0691民初110号".into());
    facts.parties[2].name = Some("保连代".into());
    let mut codes: Vec<_> = proofread(&paper, &facts).iter().map(Finding::code).collect();
    codes.dedup();
    assert_eq!(codes, ["number_differs", "party_not_named", "name_nearly"]);
}

#[test]
fn an_identity_of_nobody_is_found_at_its_place() {
    let (mut paper, facts) = judged(1);
    paper.blocks[0] = Block::text("原告：贾借出，公民身份号码370691198503120114。");
    let written = "370691198503120114".to_owned();
    assert_eq!(proofread(&paper, &facts), [Finding::UnknownIdentity { place: Place::Block(0), written }]);
}

#[test]
fn orders_out_of_number_and_a_claim_without_answer_are_found() {
    let (mut paper, facts) = judged(1);
    let at = paper
        .blocks
        .iter()
        .position(|block| matches!(block, Block::Order { no: 2, .. }))
        .expect("it has a second order");
    paper.blocks.remove(at);
    let found = proofread(&paper, &facts);
    assert_eq!(
        found,
        [
            Finding::OrdersMisnumbered { place: Place::Block(at), written: 3, expected: 2 },
            Finding::ClaimsUnanswered { claims: 3, orders: 2 },
        ]
    );
}

#[test]
fn amounts_that_do_not_add_up_are_found() {
    let (paper, mut facts) = judged(4);
    facts.claim_items[0].amount_fen += 100;
    let found = proofread(&paper, &facts);
    assert_eq!(found, [Finding::AmountsDisagree { of: "claim_items", sum_fen: 20_238_160, stated_fen: 20_238_060 }]);
}

/// The findings of a judgment whose order of this number says otherwise.
fn with_order(no: usize, order: u16, words: &str) -> (usize, Vec<Finding>) {
    let (mut paper, facts) = judged(no);
    let at = paper.blocks.iter().position(|block| matches!(block, Block::Order { no, .. } if *no == order));
    let at = at.expect("it has this order");
    paper.blocks[at] = Block::Order { no: order, spans: vec![Span::text(words)] };
    (at, proofread(&paper, &facts))
}

#[test]
fn an_order_beyond_the_claim_is_found_at_its_place() {
    let (at, found) = with_order(1, 1, "被告易欠款于本判决生效之日起十日内偿还原告贾借出借款本金160000元；");
    let above = Finding::AwardAboveClaim {
        place: Place::Block(at),
        what: "借款本金".to_owned(),
        awarded_fen: 16_000_000,
        claimed_fen: 15_000_000,
    };
    assert_eq!(found, [above]);
    let (at, found) = with_order(
        4,
        1,
        "被告虚构财产保险股份有限公司烟台中心支公司于本判决生效之日起十日内赔偿原告冯路安212380.60元；",
    );
    let codes: Vec<_> = found.iter().map(|finding| (finding.code(), finding.place())).collect();
    assert_eq!(codes, [("award_above_claim", Place::Block(at))], "all sums together are more than was asked");
}

#[test]
fn an_order_that_binds_a_party_to_itself_is_found_at_its_place() {
    let (at, found) = with_order(1, 1, "被告易欠款于本判决生效之日起十日内向被告易欠款偿还借款本金150000元；");
    assert_eq!(found, [Finding::OrderBindsItself { place: Place::Block(at), name: "易欠款".to_owned() }]);
}

#[test]
fn another_court_above_and_a_lost_clause_are_found() {
    let (mut paper, facts) = judged(1);
    let last = paper.blocks.len() - 1;
    paper.blocks[last] =
        Block::paragraph([Span::text(APPEAL), Span::text("山东省青岛市中级人民法院"), Span::text("。")]);
    paper.blocks.retain(|block| *block != Block::text(LATE_PERFORMANCE));
    let codes: Vec<_> = proofread(&paper, &facts).iter().map(Finding::code).collect();
    assert_eq!(codes, ["late_performance_missing", "higher_court_wrong"]);
}

#[test]
fn a_small_claims_judgment_that_offers_appeal_is_found() {
    let (mut paper, facts) = judged(6);
    let last = paper.blocks.len() - 1;
    paper.blocks[last] = Block::text(format!("{APPEAL}山东省烟台市中级人民法院。"));
    let codes: Vec<_> = proofread(&paper, &facts).iter().map(Finding::code).collect();
    assert_eq!(codes, ["appeal_clause_wrong"]);
}

/// The slips of a judgment with this paragraph added to it.
fn slips_of(no: usize, words: &str) -> Vec<(&'static str, String, Option<String>)> {
    let (mut paper, facts) = judged(no);
    paper.blocks.insert(0, Block::text(words));
    let slips = proofread(&paper, &facts).into_iter().map(|finding| match finding {
        Finding::Slip(slip) => (slip.kind.code(), slip.written, slip.fix),
        other => panic!("{other:?}"),
    });
    slips.collect()
}

#[test]
fn no_paper_of_any_kind_has_a_slip_as_the_examples_fill_it() {
    for no in 1..=6 {
        let facts = example(no);
        for kind in DocumentKind::ALL {
            let paper = fill(kind, &facts, &Inputs::default());
            let slips: Vec<_> =
                proofread(&paper, &facts).into_iter().filter(|finding| matches!(finding, Finding::Slip(_))).collect();
            assert_eq!(slips, [], "{kind:?} of example {no}");
        }
    }
}

#[test]
fn what_is_rightly_written_is_no_slip() {
    for words in [
        "被告烟台虚构公司公司章程载明，公司公司账户余额为1,000.50元。",
        "1）本金；2）利息……（一）房屋；",
        "鲁劳人仲案字（2026）第12号裁决书、法〔2015〕137号通知。",
        "依照《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百八十七条规定，",
        "原告要求被告欠款一次付清，被告仍欠款未还，被告称“可以？！”。",
        "借款150000元（大写：壹拾伍万元整），利息1905.50元，即壹仟玖佰零伍圆伍角正；105000元（大写：壹拾万零伍仟元整）。",
        "张某某某日到庭，王某某某说明了情况。",
        "版本为V2.0，邮箱a.b@c.cn。",
    ] {
        assert_eq!(slips_of(1, words), [], "{words}");
    }
}

#[test]
fn each_slip_is_found_with_what_would_mend_it() {
    let cases: [(&str, &str, &str, Option<&str>); 24] = [
        ("被告辩称,已经还清。", "half_width_mark", "被告辩称,已经还清", Some("被告辩称，已经还清")),
        ("原告称:已经催告。", "half_width_mark", "原告称:已经催告", Some("原告称：已经催告")),
        ("双方无异议.", "half_width_mark", "方无异议.", Some("方无异议。")),
        ("双方无异议，。", "doubled_mark", "方无异议，。", Some("方无异议。")),
        ("依据《借款合同约定。", "unpaired_mark", "依据《借款合同", None),
        ("称“已还款。", "unpaired_mark", "称“已还款。", None),
        ("共计１５００元。", "full_width_character", "１５００", Some("1500")),
        ("贾借\u{202e}出到庭。", "hidden_character", "U+202E", Some("")),
        ("原告主张主张利息。", "repeated_words", "主张主张", Some("主张")),
        ("于2026年2月30日还款。", "impossible_date", "2026年2月30日", None),
        ("见(2026)鲁0691民初101号判决。", "case_number_form", "(2026)鲁0691民初101号", Some("（2026）鲁0691民初101号")),
        ("见（2026）鲁0691民初0101号判决。", "case_number_form", "（2026）鲁0691民初0101号", None),
        ("借款150000元（大写：壹拾万元整）。", "amounts_differ", "壹拾万元整", Some("壹拾伍万元整")),
        ("借款壹拾伍万元整（￥105000元）。", "amounts_differ", "壹拾伍万元整", Some("壹拾万伍仟元整")),
        ("被告易欠歀未到庭。", "name_nearly", "易欠歀", Some("易欠款")),
        ("本院于2026年3月3日立案后审理。", "day_differs", "2026年3月3日", Some("2026年3月2日")),
        ("于2026年3月28日公开开庭审理。", "day_differs", "2026年3月28日", Some("2026年3月27日")),
        (
            "依照《中华人民共和国民法典》第一千二百六十一条、第五条规定，",
            "article_unknown",
            "中华人民共和国民法典第一千二百六十一条",
            None,
        ),
        (
            "依照《中华人民共和国民事诉讼法》第三百零七条规定，",
            "article_unknown",
            "中华人民共和国民事诉讼法第三百零七条",
            None,
        ),
        ("依照《中华人民共和国民事诉讼法》第310条规定，", "article_unknown", "中华人民共和国民事诉讼法第310条", None),
        (
            "依照《中华人民共和国合同法》第六十条规定，",
            "law_not_in_force",
            "中华人民共和国合同法",
            Some("《中华人民共和国民法典》第一千二百六十条"),
        ),
        ("原告诉讼请求诉讼请求如下：", "repeated_words", "诉讼请求诉讼请求", Some("诉讼请求")),
        ("金额如下：：", "doubled_mark", "金额如下：：", Some("金额如下：")),
        ("保证人保连代承担责任。", "name_nearly", "保连代", Some("保连带")),
    ];
    for (words, code, written, fix) in cases {
        assert_eq!(slips_of(1, words), [(code, written.to_owned(), fix.map(str::to_owned))], "{words}");
    }
}

#[test]
fn a_long_name_with_one_other_character_is_found_anywhere() {
    let (_, facts) = judged(2);
    let name = facts.parties[0].name.clone().expect("it is named");
    let wrong: String = name.chars().enumerate().map(|(at, c)| if at == 3 { '假' } else { c }).collect();
    assert_eq!(slips_of(2, &format!("查明，{wrong}交付了货物。")), [("name_nearly", wrong, Some(name))]);
}

#[test]
fn what_an_identity_number_refutes_is_found() {
    let (paper, mut facts) = judged(1);
    facts.parties[0].born_on = Some(jiff::civil::date(1985, 3, 13));
    facts.parties[1].sex = Some("女".into());
    facts.parties[2].id_number = Some("370691199001010024".into());
    let slips: Vec<_> = proofread(&paper, &facts)
        .into_iter()
        .filter_map(|finding| match finding {
            Finding::Slip(slip) => Some((slip.kind.code(), slip.written, slip.fix)),
            _ => None,
        })
        .collect();
    let told = |code, written: &str, fix: Option<&str>| (code, written.to_owned(), fix.map(str::to_owned));
    assert_eq!(
        slips,
        [
            told("identity_differs", "贾借出，1985年3月13日", Some("贾借出，1985年3月12日")),
            told("identity_differs", "易欠款，女", Some("易欠款，男")),
            told("identity_wrong", "370691199001010024", None),
        ]
    );
}

#[test]
fn a_finding_is_told_as_data_with_its_code_and_place() {
    let slip = Slip {
        kind: SlipKind::RepeatedWords,
        place: Place::Block(3),
        written: "主张主张".into(),
        fix: Some("主张".into()),
    };
    let told = serde_json::to_value(Finding::Slip(slip)).expect("it is plain data");
    assert_eq!(
        told,
        serde_json::json!({ "code": "slip", "kind": "repeated_words", "place": { "block": 3 }, "written": "主张主张", "fix": "主张" })
    );
}
