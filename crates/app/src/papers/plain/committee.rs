//! What the adjudication committee said and decided, as its members sign it; secondary volume only.

use xiezhi_documents::{
    facts::CaseFacts,
    structure::{Block, Signatory},
    wording::date_in_text,
};
use xiezhi_domain::deliberation::{Position, Question};

use crate::papers::inputs::Desk;

/// The minutes and the decision (审判委员会讨论记录、决定).
///
/// Source: 《人民法院组织法》第三十八条、第三十九条.
pub(super) fn record(desk: &Desk, facts: &CaseFacts) -> Vec<Block> {
    let committee = &desk.case.committee;
    let names: Vec<&str> = committee.round.order.iter().map(|member| desk.people.name(*member)).collect();
    let chair = committee.chair().map_or("—", |chair| desk.people.name(chair));
    let text = |label: &str, words: &str| Block::text(format!("{label}：{words}"));
    let mut blocks = vec![
        text("案件", &super::case_line(facts)),
        text("时间", &format!("{}，第{}次讨论", date_in_text(desk.moment.today), committee.session_no)),
        text("主持人", chair),
        text("出席委员", &format!("{}（委员共{}人）", names.join("、"), committee.seats)),
        text("提交理由", &committee.ground),
    ];
    if let Some(before) = &committee.before {
        blocks.push(text("复议前的决定", &before.decision));
    }
    for (question, no) in committee.round.questions.iter().zip(1..) {
        blocks.push(Block::heading(format!("{no}．{}", question.text)));
        blocks.push(text("合议庭意见", &question.proposal));
        blocks.extend(opinions(desk, question));
        let (for_it, against) = question.tally();
        blocks.push(text("表决", &format!("同意{for_it}人，不同意{against}人")));
    }
    if let Some(decided) = &committee.decision {
        blocks.push(Block::heading("决定"));
        blocks.push(Block::text(super::stopped(&decided.decision)));
        blocks.push(text("理由", &super::stopped(&decided.reasons)));
    }
    blocks
}

fn opinions<'a>(desk: &'a Desk, question: &'a Question) -> impl Iterator<Item = Block> + 'a {
    question.opinions.iter().map(|said| {
        let position =
            if said.position == Position::For { "同意合议庭意见" } else { "不同意合议庭意见" };
        Block::text(format!("{}：{position}。{}", desk.people.name(said.member), super::stopped(&said.reasons)))
    })
}

/// Everyone who sat signs, whoever presided last.
pub(super) fn to_sign(desk: &Desk) -> Vec<Signatory> {
    desk.case.committee.round.order.iter().map(|member| Signatory::new("委员", desk.people.name(*member))).collect()
}
