//! Papers of mediation: the record and the statement.

use super::Inputs;
use super::judgment::{answers, claims, course, people_of};
use super::parts::{Filled, Line, bench, cause, clerk, day, number, row, signed, unstopped};
use crate::facts::{CaseFacts, Mediation};
use crate::structure::{Block, Signatory};

/// The record of a mediation (调解笔录).
///
/// Source: 《民事诉讼法》第一百零一条; 《民诉法解释》第一百五十一条.
pub(super) fn record(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let Some(mediation) = &facts.mediation else {
        return Filled { blocks: vec![Block::Gap { what: "调解情况".into() }], signatures: None };
    };
    let said = |value: Option<&str>, what: &str| facts.span_or_gap("mediation", value, what);
    let people: Vec<&str> = facts.parties.iter().filter_map(|party| party.name.as_deref()).collect();
    let rows = vec![
        row("时间", day(facts, "mediation.on", mediation.on, "调解时间")),
        row("地点", said(mediation.place.as_deref(), "调解地点")),
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row("主持人", said(mediation.mediator.as_deref(), "调解主持人")),
        row("书记员", clerk(facts)),
        row("当事人", said(Some(&people.join("、")), "当事人")),
    ];
    let mut blocks = vec![Block::KeyValue { rows }];
    blocks.extend(super::hearing::spoken(facts, &mediation.utterances, "mediation"));
    if !mediation.proposals.is_empty() {
        blocks.push(Block::heading("调解方案"));
        blocks.extend(super::parts::numbered(
            mediation.proposals.iter().map(|text| Line::of(facts.span("mediation", text))),
        ));
    }
    blocks.extend(result(facts, mediation));
    let mut names: Vec<_> = people.iter().map(|name| Signatory::new(name, "")).collect();
    names.push(Signatory::new("主持人", mediation.mediator.as_deref().unwrap_or_default()));
    names.push(Signatory::new("书记员", facts.tribunal.clerk.as_deref().unwrap_or_default()));
    Filled { blocks, signatures: signed(names, mediation.on.or(inputs.dated_on)) }
}

fn result(facts: &CaseFacts, mediation: &Mediation) -> Vec<Block> {
    if mediation.terms.is_empty() {
        let text = facts.span_or_gap("mediation.result", mediation.result.as_deref().map(unstopped), "调解结果");
        return vec![Line::of(text).then("。").block()];
    }
    let mut blocks = vec![Block::text("经主持调解，当事人自愿达成如下协议：")];
    blocks.extend(terms(facts, mediation));
    blocks.push(Block::text(if mediation.effective_on_signature {
        "各方当事人一致同意，本调解协议经各方在调解协议或者笔录上签名或者盖章后即具有法律效力。"
    } else {
        "本院根据上述协议制作调解书，调解书经各方当事人签收后具有法律效力。"
    }));
    blocks
}

/// The terms as numbered items; none is a gap.
fn terms(facts: &CaseFacts, mediation: &Mediation) -> Vec<Block> {
    if mediation.terms.is_empty() {
        return vec![Block::Gap { what: "协议内容".into() }];
    }
    let last = mediation.terms.len();
    let one = |(at, text): (usize, &String)| {
        let stop = if at + 1 == last { "。" } else { "；" };
        Line::of(facts.span_or_gap(
            &format!("mediation.terms.{at}"),
            Some(unstopped(text)),
            &format!("协议第{}项", at + 1),
        ))
        .then(stop)
        .order(at + 1)
    };
    mediation.terms.iter().enumerate().map(one).collect()
}

/// The mediation statement (民事调解书).
///
/// Source: 《民事诉讼法》第一百条; 《民诉法解释》第一百四十九条.
pub(super) fn statement(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let mut blocks = people_of(facts);
    blocks.extend(course(facts));
    blocks.extend(claims(facts));
    if !facts.answers.is_empty() {
        blocks.extend(answers(facts).into_iter().filter(|block| block.gaps().is_empty()));
    }
    blocks.push(Block::text("本案审理过程中，经本院主持调解，当事人自愿达成如下协议："));
    blocks.extend(terms(facts, &facts.mediation.clone().unwrap_or_default()));
    blocks.push(Block::text("上述协议，不违反法律规定，本院予以确认。"));
    let cost = facts.span_or_gap("cost", facts.cost.as_deref().map(unstopped), "诉讼费用负担");
    blocks.push(Line::of(cost).then("。").block());
    blocks.push(Block::text("本调解书经各方当事人签名或者盖章后，即具有法律效力。"));
    let dated_on = facts.dates.decided_on.or(inputs.dated_on);
    let (signatures, gaps) = bench(facts, dated_on);
    blocks.extend(gaps);
    Filled { blocks, signatures }
}
