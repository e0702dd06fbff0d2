//! The record of the panel's deliberation; secondary volume only.

use super::parts::{Filled, Line, case_title, cause, clerk, day, members, number, row};
use super::{Extra, Inputs};
use crate::facts::{CaseFacts, Deliberation, TribunalForm, Vote};
use crate::structure::{Block, Cell, Signatory, SignatureBlock, Span};

/// The record of the panel's deliberation (合议庭评议笔录). The minority's view stands in it.
///
/// Source: 《民事诉讼法》第四十五条; 《合议庭工作的若干规定》第十条、第十一条.
pub(super) fn record(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let at = match inputs.extra {
        Extra::Session { index } => index,
        _ => facts.deliberations.len().saturating_sub(1),
    };
    let Some(one) = facts.deliberations.get(at).filter(|_| facts.tribunal.form == Some(TribunalForm::Panel)) else {
        return Filled { blocks: vec![Block::Gap { what: "合议庭评议记录".into() }], signatures: None };
    };
    let path = format!("deliberations.{at}");
    let mut blocks = vec![Block::KeyValue { rows: head(facts, one, &path) }];
    blocks.push(Line::say("评议事项：").put_all(case_title(facts)).then("。").block());
    blocks.extend(spoken(facts, one, &path));
    blocks.push(votes(facts, one, &path));
    blocks.push(
        Line::say("评议结论：").put(facts.span_or_gap(&path, one.conclusion.as_deref(), "评议结论")).then("。").block(),
    );
    let above = facts.tribunal.members.iter().map(|member| Signatory::new(member.role.label(), &member.name)).collect();
    let below = facts.tribunal.clerk.iter().map(|name| Signatory::new("书记员", name)).collect();
    Filled { blocks, signatures: Some(SignatureBlock { above, dated_on: one.on, below, sealed: false }) }
}

fn head(facts: &CaseFacts, one: &Deliberation, path: &str) -> Vec<(String, Cell)> {
    let mut rows = vec![
        row("时间", day(facts, path, one.on, "评议时间")),
        row("次数", Span::text(format!("第{}次", crate::wording::count_in_chinese(one.session.into())))),
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row("合议庭成员", members(facts)),
        row("书记员", clerk(facts)),
    ];
    rows.extend(one.place.as_deref().map(|place| row("地点", facts.span(path, place))));
    rows
}

/// Opinions one by one in the order they were given; where only the order is known, the order.
fn spoken(facts: &CaseFacts, one: &Deliberation, path: &str) -> Vec<Block> {
    if one.opinions.is_empty() {
        let order = facts.span_or_gap(path, Some(one.order.join("；")), "成员逐一发表的意见");
        return vec![Line::say("发言顺序：").put(order).then("。").block()];
    }
    let said = |opinion: &crate::facts::MemberOpinion| Block::Speech {
        speaker: opinion.member.clone(),
        spans: Line::say(format!("关于{}，", opinion.item))
            .put(facts.span_or_gap(path, Some(opinion.position.as_str()), &format!("{}的意见", opinion.member)))
            .then("。理由：")
            .put(facts.span_or_gap(path, opinion.reasons.as_deref(), &format!("{}的理由", opinion.member)))
            .cell(),
    };
    one.opinions.iter().map(said).collect()
}

fn votes(facts: &CaseFacts, one: &Deliberation, path: &str) -> Block {
    if one.votes.is_empty() {
        return Block::Gap { what: "表决情况".into() };
    }
    let row = |vote: &Vote| {
        let dissent = match (&vote.dissent, vote.no) {
            (Some(text), _) => facts.span(path, text),
            (None, 0) => Span::text("无"),
            (None, _) => Span::gap(format!("对“{}”的少数意见", vote.item)),
        };
        let cells = [
            facts.span(path, &vote.item),
            facts.span(path, vote.yes.to_string()),
            facts.span(path, vote.no.to_string()),
            dissent,
        ];
        cells.into_iter().map(|span| vec![span]).collect()
    };
    Block::Table {
        head: ["评议事项", "赞成", "反对", "少数意见"].map(str::to_owned).into(),
        widths: vec![4, 1, 1, 4],
        rows: one.votes.iter().map(row).collect(),
    }
}
