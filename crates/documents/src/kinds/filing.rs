//! Papers that open and answer a suit: complaint, receipt, answer, counterclaim.

use jiff::civil::Date;

use super::parts::{Filled, Line, addressed, case_title, cause, claims_in_line, day, moment, signed, unstopped};
use super::people::{Detail, people};
use super::{Extra, Inputs};
use crate::facts::{CaseFacts, Claim, PartyKind, Role};
use crate::structure::{Align, Block, Signatory, SignatureBlock, Span};

const FULL: Detail = Detail { identity: true, phone: true };

/// The complaint (民事起诉状), from the element-type form or from prose.
///
/// Source: 《民事诉讼法》第一百二十四条.
pub(super) fn complaint(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let mut blocks = people(facts, FULL);
    blocks.push(Block::heading("诉讼请求"));
    blocks.extend(claims(facts, &facts.claims, "claims", "诉讼请求"));
    blocks.push(Block::heading("事实与理由"));
    blocks.extend(prose(facts, "facts_and_reasons", facts.facts_and_reasons.as_deref(), "事实与理由"));
    blocks.extend(elements(facts));
    blocks.push(Block::text("证据和证据来源、证人姓名和住所：详见所附证据目录。"));
    blocks.extend(addressed_to_court(facts));
    let copies = facts.parties.iter().filter(|party| party.role != Role::Plaintiff).count();
    blocks.push(Line::say(format!("附：本起诉状副本{copies}份；证据目录及证据材料。")).left());
    let dated_on = inputs.dated_on.or(facts.dates.submitted_on);
    Filled { blocks, signatures: writers(facts, inputs, "具状人", Role::Plaintiff, dated_on) }
}

/// The answer (民事答辩状) of the addressee.
///
/// Source: 《民事诉讼法》第一百二十八条.
pub(super) fn answer(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let mut blocks = people(facts, FULL);
    let by = inputs.addressee.as_deref();
    blocks.push(
        Line::say("答辩人")
            .put(addressed(facts, by))
            .then("因")
            .put_all(case_title(facts))
            .then("，提出如下答辩意见：")
            .block(),
    );
    let at = facts.answers.iter().position(|answer| Some(answer.party.as_str()) == by);
    let text = at.map(|at| facts.answers[at].text.as_str());
    blocks.extend(prose(facts, &format!("answers.{}", at.unwrap_or_default()), text, "答辩意见"));
    blocks.extend(element_replies(facts));
    blocks.extend(addressed_to_court(facts));
    let dated_on = inputs.dated_on.or(at.and_then(|at| facts.answers[at].on));
    // A plaintiff answers a counterclaim, a third party the suit.
    let role = by.and_then(|name| facts.party(name)).map_or(Role::Defendant, |(_, party)| party.role);
    Filled { blocks, signatures: writers(facts, inputs, "答辩人", role, dated_on) }
}

/// The counterclaim (民事反诉状).
///
/// Source: 《民诉法解释》第二百三十二条、第二百三十三条.
pub(super) fn counterclaim(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let mut blocks = people(facts, FULL);
    let raised = facts.counterclaim.clone().unwrap_or_default();
    blocks.push(Block::heading("反诉请求"));
    blocks.extend(claims(facts, &raised.claims, "counterclaim.claims", "反诉请求"));
    blocks.push(Block::heading("事实与理由"));
    blocks.extend(prose(
        facts,
        "counterclaim.facts_and_reasons",
        raised.facts_and_reasons.as_deref(),
        "反诉的事实与理由",
    ));
    blocks.extend(addressed_to_court(facts));
    let dated_on = inputs.dated_on.or(raised.raised_on);
    let above = raised.by.iter().map(|name| Signatory::new("反诉原告", name)).collect();
    Filled { blocks, signatures: signed(above, dated_on) }
}

/// The receipt for papers handed in (收到诉状凭证); its moment keeps every later period.
///
/// Source: 《登记立案若干问题的规定》第二条.
pub(super) fn receipt(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let opening = Line::say("本院于")
        .put(received(facts))
        .then("收到")
        .put(addressed(facts, inputs.addressee.as_deref()))
        .then("就")
        .put(cause(facts))
        .then("提交的起诉材料，清单如下：");
    let mut blocks = vec![opening.block(), materials(inputs)];
    blocks.push(Block::text("本凭证只证明收到材料的时间和内容，不表示已经立案。本院将在收到材料之日起七日内作出处理；需要补正的，将一次性书面告知。"));
    let dated_on = inputs.dated_on.or(facts.dates.submitted_at.map(|at| at.date())).or(facts.dates.submitted_on);
    Filled { blocks, signatures: super::parts::sealed(dated_on) }
}

/// The moment of arrival; of papers brought to the counter the day alone may be known.
fn received(facts: &CaseFacts) -> Span {
    let dates = &facts.dates;
    match (dates.submitted_at, dates.submitted_on) {
        (None, Some(on)) => day(facts, "dates.submitted_on", Some(on), "收到材料的时间"),
        (at, _) => moment(facts, "dates.submitted_at", at, "收到材料的时间"),
    }
}

fn materials(inputs: &Inputs) -> Block {
    let Extra::Receipt { materials } = &inputs.extra else {
        return Block::Gap { what: "材料清单".into() };
    };
    if materials.is_empty() {
        return Block::Gap { what: "材料清单".into() };
    }
    let rows = materials.iter().enumerate().map(|(at, material)| {
        let pages = material
            .pages
            .map_or(Span::gap(format!("{}的页数", material.name)), |pages| Span::text(pages.to_string()));
        let texts = [(at + 1).to_string(), material.name.clone(), material.copies.to_string()];
        texts.into_iter().map(|text| vec![Span::text(text)]).chain([vec![pages]]).collect()
    });
    Block::Table {
        head: ["序号", "材料名称", "份数", "页数"].map(str::to_owned).into(),
        widths: vec![1, 6, 1, 1],
        rows: rows.collect(),
    }
}

fn claims(facts: &CaseFacts, claims: &[Claim], path: &str, what: &str) -> Vec<Block> {
    if claims.is_empty() {
        return vec![Block::paragraph(claims_in_line(facts, claims, path, what))];
    }
    let one = |(at, claim): (usize, &Claim)| {
        let said =
            facts.span_or_gap(&format!("{path}.{at}"), Some(unstopped(&claim.text)), &format!("{what}第{}项", at + 1));
        Line::of(said).then(if at + 1 == claims.len() { "。" } else { "；" }).order(at + 1)
    };
    claims.iter().enumerate().map(one).collect()
}

/// Each line a person wrote is a paragraph.
fn prose(facts: &CaseFacts, path: &str, text: Option<&str>, what: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return vec![Block::Gap { what: what.to_owned() }];
    }
    lines.into_iter().map(|line| Line::of(facts.span(path, line)).block()).collect()
}

/// The answers of the element-type form, as a ruled sheet (要素).
fn elements(facts: &CaseFacts) -> Option<Block> {
    let row = |(at, element): (usize, &crate::facts::ElementAnswer)| {
        (element.label.clone(), vec![facts.span(&format!("elements.{at}"), &element.value)])
    };
    let rows: Vec<_> = facts.elements.iter().enumerate().map(row).collect();
    (!rows.is_empty()).then_some(Block::KeyValue { rows })
}

/// What was asked of the plaintiff is put to the defendant item by item.
fn element_replies(facts: &CaseFacts) -> Option<Block> {
    if facts.elements.is_empty() {
        return None;
    }
    let rows = facts.elements.iter().enumerate().map(|(at, element)| {
        let path = format!("elements.{at}");
        let stand = element.disputed.map(|disputed| if disputed { "有异议" } else { "无异议" });
        let stand = facts.span_or_gap(&path, stand, &format!("对“{}”有无异议", element.label));
        let reply = match (element.disputed, &element.reply) {
            (Some(true), reply) => {
                facts.span_or_gap(&path, reply.as_deref(), &format!("对“{}”的事实和理由", element.label))
            }
            (_, Some(reply)) => facts.span(&path, reply),
            (_, None) => Span::text("无"),
        };
        vec![vec![Span::text(&element.label)], vec![facts.span(&path, &element.value)], vec![stand], vec![reply]]
    });
    Some(Block::Table {
        head: ["事项", "原告陈述", "答辩", "事实和理由"].map(str::to_owned).into(),
        widths: vec![2, 3, 1, 3],
        rows: rows.collect(),
    })
}

fn addressed_to_court(facts: &CaseFacts) -> [Block; 2] {
    [Block::text("此致"), Block::Paragraph { spans: vec![super::parts::court(facts)], align: Align::Left }]
}

/// Those who write the paper: the addressee, or all on the side.
fn writers(
    facts: &CaseFacts,
    inputs: &Inputs,
    label: &str,
    role: Role,
    dated_on: Option<Date>,
) -> Option<SignatureBlock> {
    let mine = |name: &Option<String>| inputs.addressee.is_none() || *name == inputs.addressee;
    let writer = |party: &crate::facts::Party| {
        let label = if party.kind == PartyKind::Natural { label.to_owned() } else { format!("{label}（盖章）") };
        Signatory::new(&label, party.name.as_deref().unwrap_or_default())
    };
    let above = facts.on_side(role).filter(|(_, party)| mine(&party.name)).map(|(_, party)| writer(party));
    signed(above.collect(), dated_on)
}
