//! Papers of pronouncement and effect.

use super::parts::{
    Filled, Line, addressed, case_title, cause, clerk, day, members, moment, number, row, sealed, signed, you,
};
use super::{Extra, Inputs, Pronouncement};
use crate::facts::CaseFacts;
use crate::structure::{Block, Signatory, Span};

/// The record of a pronouncement (宣判笔录): of who came and what was told it says what was entered, and no more.
///
/// Source: 《民事诉讼法》第一百五十一条; 《民诉法解释》第一百四十一条.
pub(super) fn record(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let said = match &inputs.extra {
        Extra::Pronouncement(pronouncement) => pronouncement.clone(),
        _ => Pronouncement::default(),
    };
    let in_court = said.in_court.or(facts.outcome.pronounced_in_court);
    let mut rows = vec![
        row("时间", moment(facts, "dates.pronounced_on", said.at, "宣判时间")),
        row("地点", facts.span_or_gap("", said.place.as_deref(), "宣判地点")),
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row("审判人员", members(facts)),
        row("书记员", clerk(facts)),
        row(
            "宣判方式",
            facts.span_or_gap("", in_court.map(|yes| if yes { "当庭宣判" } else { "定期宣判" }), "宣判方式"),
        ),
    ];
    let lines = || said.record.iter().flat_map(|text| text.lines()).map(str::trim).filter(|line| !line.is_empty());
    // Who came stands in the record's own words, unless they are known by name.
    if !said.present.is_empty() || lines().next().is_none() {
        let names = Some(said.present.join("、")).filter(|names| !names.is_empty());
        rows.insert(6, row("到庭人员", facts.span_or_gap("", names, "到庭人员")));
    }
    let mut blocks = vec![Block::KeyValue { rows }];
    blocks.push(
        Line::say("审判人员就")
            .put_all(case_title(facts))
            .then(if said.document.is_some() { "宣布裁定，宣读" } else { "公开宣告判决，宣读" })
            .put(number(facts))
            .then(format!("{}主文。", said.document.as_deref().unwrap_or("民事判决书")))
            .block(),
    );
    if lines().next().is_some() {
        blocks.push(Block::text("到庭情况和告知事项："));
    }
    blocks.extend(lines().map(|line| Line::of(facts.span("", line)).block()));
    blocks.extend(
        said.collection.as_deref().map(|when| Block::text(format!("当庭告知领取裁判文书的时间和地点：{when}。"))),
    );
    blocks.extend(
        said.statements
            .iter()
            .map(|(who, words)| Block::Speech { speaker: who.clone(), spans: vec![Span::text(words)] }),
    );
    blocks.extend(
        said.refusals.iter().map(|(who, why)| Block::text(format!("{who}拒绝签名，理由：{why}。已记入笔录。"))),
    );
    let refused = |name: &&String| said.refusals.iter().any(|(who, _)| who == *name);
    let mut above: Vec<_> =
        said.present.iter().filter(|name| !refused(name)).map(|name| Signatory::new(name, "")).collect();
    above.extend(facts.tribunal.members.iter().map(|member| Signatory::new(member.role.label(), &member.name)));
    above.push(Signatory::new("书记员", facts.tribunal.clerk.as_deref().unwrap_or_default()));
    let dated_on = said.at.map(|at| at.date()).or(inputs.dated_on).or(facts.dates.pronounced_on);
    Filled { blocks, signatures: signed(above, dated_on) }
}

/// The certificate of effect (生效证明), for whoever asks.
pub(super) fn effect_certificate(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let applicant = inputs.addressee.as_deref();
    let document = facts.outcome.document.as_deref().map(|name| name.split_once('（').map_or(name, |(name, _)| name));
    let asked = Line::of(addressed(facts, applicant)).then("：").left();
    let body = Line::say(format!("{}申请出具法律文书生效证明。经审查，", you(facts, applicant)))
        .put_all(case_title(facts))
        .then("，本院作出的")
        .put(number(facts))
        .then("《")
        .put(facts.span_or_gap("outcome.document", document, "法律文书名称"))
        .then("》已于")
        .put(day(facts, "dates.effective_on", facts.dates.effective_on, "生效日期"))
        .then("发生法律效力。");
    let blocks = vec![asked, body.block(), Block::text("特此证明。")];
    // Nothing certifies an effect that has not come yet.
    Filled { blocks, signatures: sealed(inputs.dated_on.max(facts.dates.effective_on)) }
}
