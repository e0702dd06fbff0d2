use super::*;
use crate::structure::{Layout, Signatory, SignatureBlock, Span};

fn was() -> DraftContent {
    DraftContent {
        found_facts: "2024年3月1日，被告向原告借款50000元。\n被告未还款".to_owned(),
        reasoning: "借款合同有效。被告应当返还借款。".to_owned(),
        legal_basis: vec!["《中华人民共和国民法典》第六百七十五条".into(), "中华人民共和国民事诉讼法第六十七条".into()],
        orders: vec![
            "被告李四于本判决生效之日起十日内返还原告张三借款50000元".into(),
            "驳回原告张三的其他诉讼请求".into(),
        ],
        costs: "案件受理费1050元，由被告李四负担".to_owned(),
        ..DraftContent::default()
    }
}

/// The document as it is written from a draft.
fn paper() -> Document {
    let mut paper = Document::new("civil_judgment", Layout::Judgment, "某某人民法院", "民事判决书");
    paper.number = Some("（2026）鲁0691民初101号".into());
    let order = |no, text: &str| Block::Order { no, spans: vec![Span::text(text)] };
    paper.blocks = vec![
        Block::text("原告：张三，男，汉族。"),
        Block::text("原告张三与被告李四民间借贷纠纷一案，本院认为应当公开审理的，已公开审理。"),
        Block::text("根据当事人陈述和经审查确认的证据，本院认定事实如下：2024年3月1日，被告向原告借款50000元。"),
        Block::text("被告未还款。"),
        Block::text("本案的争议焦点为：利息。"),
        Block::text("本院认为，借款合同有效。被告应当返还借款。"),
        Block::text(
            "综上所述，依照《中华人民共和国民法典》第六百七十五条、《中华人民共和国民事诉讼法》第六十七条规定，判决如下：",
        ),
        order(1, "被告李四于本判决生效之日起十日内返还原告张三借款50000元；"),
        order(2, "驳回原告张三的其他诉讼请求。"),
        Block::text("如果未按本判决指定的期间履行给付金钱义务，应当依照……规定，加倍支付迟延履行期间的债务利息。"),
        Block::text("案件受理费1050元，由被告李四负担。"),
        Block::text("如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，上诉于某某中级人民法院。"),
    ];
    paper.signatures = Some(SignatureBlock {
        above: vec![Signatory::new("审判员", "王五")],
        dated_on: Some(jiff::civil::date(2026, 3, 4)),
        below: vec![Signatory::new("书记员", "赵六")],
        sealed: true,
    });
    paper
}

/// What a word processor has, line by line; a number before `|` is counted by the program.
fn written(lines: impl IntoIterator<Item = String>) -> Written {
    let line = |line: String| match line.split_once('|') {
        Some((number, text)) => WrittenLine { number: number.to_owned(), text: text.to_owned() },
        None => WrittenLine { number: String::new(), text: line },
    };
    Written { lines: lines.into_iter().map(line).collect(), ..Written::default() }
}

fn whole() -> Vec<String> {
    lines_of(&paper()).iter().map(WrittenLine::whole).collect()
}

fn back(change: impl Fn(&mut Vec<String>)) -> Returned {
    let mut lines = whole();
    change(&mut lines);
    take_back(&paper(), &was(), &written(lines))
}

fn place(lines: &[String], start: &str) -> usize {
    lines.iter().position(|line| line.starts_with(start)).expect("the line is there")
}

#[test]
fn what_nobody_touched_comes_back_to_the_letter() {
    assert_eq!(back(|_| {}), Returned { content: was(), notes: vec![], case_words: vec![] });
}

#[test]
fn spaces_that_a_program_sets_change_nothing() {
    let spaced =
        back(|lines| lines.iter_mut().for_each(|line| *line = format!("　　{}  ", line.replace("李四", "李 四"))));
    assert_eq!(spaced, Returned { content: was(), notes: vec![], case_words: vec![] });
}

#[test]
fn words_that_were_changed_come_into_their_part() {
    let came = back(|lines| {
        let at = place(lines, "本院认为，借款");
        lines[at] = "本院认为：借款合同合法有效。".to_owned();
        lines.insert(at + 1, "被告应当返还借款。".to_owned());
    });
    let reasoning = "借款合同合法有效。\n被告应当返还借款。".to_owned();
    assert_eq!(came, Returned { content: DraftContent { reasoning, ..was() }, notes: vec![], case_words: vec![] });
}

#[test]
fn a_line_that_stayed_in_a_changed_part_is_the_judges_own() {
    let came = back(|lines| {
        let at = place(lines, "被告未还款");
        lines.insert(at + 1, "原告多次催要。".to_owned());
    });
    let found_facts = format!("{}\n原告多次催要。", was().found_facts);
    assert_eq!(came.content, DraftContent { found_facts, ..was() });
}

#[test]
fn orders_that_the_program_numbers_keep_their_order_and_their_words() {
    let came = back(|lines| {
        let (first, second) = (place(lines, "一、"), place(lines, "二、"));
        lines[first] = "一、|被告李四于本判决生效之日起十日内返还原告张三借款50000元及利息：".to_owned();
        lines[second] = "1.|本金50000元；".to_owned();
        lines.insert(second + 1, "二、|驳回原告张三的其他诉讼请求。".to_owned());
    });
    let first = "被告李四于本判决生效之日起十日内返还原告张三借款50000元及利息：1.本金50000元".to_owned();
    let orders = vec![first, "驳回原告张三的其他诉讼请求".to_owned()];
    assert_eq!(came, Returned { content: DraftContent { orders, ..was() }, notes: vec![], case_words: vec![] });
}

#[test]
fn orders_without_any_number_are_one_to_a_line_and_a_gap_in_counting_is_told() {
    let bare = back(|lines| {
        lines.iter_mut().for_each(|line| {
            *line = line.trim_start_matches("一、").trim_start_matches("二、").to_owned();
        })
    });
    assert_eq!(bare.content, was());
    let skipped = back(|lines| {
        let second = place(lines, "二、");
        lines[second] = lines[second].replace("二、", "三、");
    });
    assert_eq!(skipped.content, was());
    assert_eq!(skipped.notes, [Note::OrdersRecounted { written: vec!["一、".into(), "三、".into()] }]);
}

#[test]
fn articles_are_taken_apart_and_those_that_stayed_keep_their_words() {
    let came = back(|lines| {
        let at = place(lines, "综上所述");
        lines[at] = "综上所述，依照《中华人民共和国民法典》第六百七十五条、第六百七十六条、《中华人民共和国民事诉讼法》第六十七条的规定，判决如下：".to_owned();
    });
    let civil_code = "《中华人民共和国民法典》第六百七十五条、第六百七十六条".to_owned();
    let legal_basis = vec![civil_code, "中华人民共和国民事诉讼法第六十七条".to_owned()];
    assert_eq!(came.content, DraftContent { legal_basis, ..was() });
}

#[test]
fn costs_come_back_and_what_follows_them_is_the_cases() {
    let came = back(|lines| {
        let at = place(lines, "案件受理费");
        lines[at] = "案件受理费1050元，由原告张三负担50元，由被告李四负担1000元。".to_owned();
    });
    assert_eq!(came.content.costs, "案件受理费1050元，由原告张三负担50元，由被告李四负担1000元。");
    assert_eq!((came.content.orders, came.case_words), (was().orders, vec![]));
}

#[test]
fn what_the_case_fills_in_is_never_taken_from_the_file_and_the_difference_is_told() {
    let came = back(|lines| {
        let at = place(lines, "原告：张三");
        lines[at] = "原告：张山，男，汉族。".to_owned();
    });
    assert_eq!(came.content, was());
    let changed: Vec<&Passage> = came.case_words.iter().filter(|passage| passage.change != Change::Kept).collect();
    assert!(
        changed.iter().any(|passage| passage.change == Change::Added && passage.text.contains('山')),
        "{changed:?}"
    );
}

#[test]
fn a_part_whose_opening_is_gone_stays_as_it_was_and_is_named() {
    let came = back(|lines| {
        let at = place(lines, "综上所述");
        lines[at] = "综上，裁判结果见后。".to_owned();
    });
    assert!(came.notes.contains(&Note::PartNotFound { part: "legal_basis" }), "{:?}", came.notes);
    assert_eq!((came.content.legal_basis, came.content.orders), (was().legal_basis, was().orders));
}

#[test]
fn a_gap_stays_a_gap_until_somebody_writes_in_its_place() {
    let mut empty = paper();
    empty.blocks[5] = Block::paragraph([Span::text("本院认为，"), Span::gap("本院认为（裁判理由）")]);
    let before = DraftContent { reasoning: String::new(), ..was() };
    let lines: Vec<String> = lines_of(&empty).iter().map(WrittenLine::whole).collect();
    let untouched = take_back(&empty, &before, &written(lines.clone()));
    assert_eq!((untouched.content, untouched.notes), (before.clone(), vec![Note::GapStays { part: "reasoning" }]));
    let filled = lines.iter().map(|line| line.replace("【待补：本院认为（裁判理由）】", "借款应当返还。"));
    assert_eq!(take_back(&empty, &before, &written(filled)).content.reasoning, "借款应当返还。");
}

#[test]
fn hidden_characters_and_what_word_alone_can_hold_are_told() {
    let mut file = written(whole().into_iter().map(|line| line.replace("借款合同", "借款\u{202e}合同")));
    (file.pictures, file.tables, file.boxes) = (2, 1, 3);
    let came = take_back(&paper(), &was(), &file);
    let notes = vec![
        Note::HiddenTakenOut { count: 1 },
        Note::Pictures { count: 2 },
        Note::Boxes { count: 3 },
        Note::Tables { count: 1 },
    ];
    assert_eq!(came, Returned { content: was(), notes, case_words: vec![] });
}

#[test]
fn a_table_in_the_findings_goes_to_word_and_back_with_its_cells() {
    use crate::{
        facts::CaseFacts,
        kinds::{DocumentKind, Inputs, fill},
    };
    let rows = "｜项目｜金额（元）｜\n｜本金｜50000｜\n｜利息｜1200｜";
    let content = DraftContent {
        found_facts: format!("被告欠款如下：\n{rows}\n以上事实，有借条为证。"), ..was()
    };
    let mut facts: CaseFacts = crate::examples::example(1);
    facts.found_facts = Some(content.found_facts.clone());
    facts.reasoning = Some(content.reasoning.clone());
    let paper = fill(DocumentKind::judgment_of(facts.procedure.expect("it has one")), &facts, &Inputs::default());
    let tables = paper.blocks.iter().filter(|block| matches!(block, Block::Table { .. })).count();
    assert!(tables >= 1, "the rows are set as a table");
    let mut lines = lines_of(&paper);
    let same = take_back(&paper, &content, &Written { lines: lines.clone(), ..Written::default() });
    assert_eq!((same.content.found_facts, same.case_words), (content.found_facts.clone(), vec![]));
    let row = lines.iter().position(|line| line.text == "｜利息｜1200｜").expect("a row is a line");
    lines[row].text = "｜利息｜1300｜".to_owned();
    let changed = take_back(&paper, &content, &Written { lines, ..Written::default() });
    assert_eq!(changed.content.found_facts, content.found_facts.replace("1200", "1300"));
}

#[test]
fn a_row_among_the_orders_is_read_as_words_and_told() {
    let returned = back(|lines| {
        let at = place(lines, "二、");
        lines.insert(at, "｜本金｜50000元｜".to_owned());
    });
    assert!(returned.notes.contains(&Note::Rows { count: 1 }), "{:?}", returned.notes);
    assert!(returned.content.orders.iter().all(|order| !order.contains(crate::rows::MARK)));
}
