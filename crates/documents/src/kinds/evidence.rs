//! Papers about evidence: list, notice, opinion, comparison of originals.

use super::parts::{Filled, Line, addressed, case_title, court_phone, moment, numbered, sealed, signed, to};
use super::{EvidencePeriod, Extra, Inputs, OriginalChecks};
use crate::facts::{CaseFacts, Evidence, Opinion};
use crate::structure::{Block, Cell, Signatory, Span};
use crate::wording::date_in_text;

/// The list of evidence (证据目录) of the addressee.
///
/// Source: 《民事诉讼证据的若干规定》第十九条.
pub(super) fn list(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let by = inputs.addressee.as_deref();
    let mine: Vec<_> =
        facts.evidence.iter().enumerate().filter(|(_, item)| by.is_some() && item.party.as_deref() == by).collect();
    let opening = Line::say("提交人：").put(addressed(facts, by)).left();
    let blocks = if mine.is_empty() {
        vec![opening, Block::Gap { what: "证据".into() }]
    } else {
        vec![opening, table(facts, &mine)]
    };
    let above = vec![Signatory::new("提交人", by.unwrap_or_default())];
    Filled { blocks, signatures: signed(above, inputs.dated_on.or(facts.dates.submitted_on)) }
}

/// Columns that no item has anything for are left out: the sheet shows what is known, not blanks.
fn table(facts: &CaseFacts, items: &[(usize, &Evidence)]) -> Block {
    let some = |has: fn(&Evidence) -> bool| items.iter().any(|(_, item)| has(item));
    let (with_origin, with_form, with_pages) =
        (some(|one| one.origin.is_some()), some(|one| one.form.is_some()), some(|one| one.pages.is_some()));
    let shown = [true, true, true, with_origin, with_form, with_pages, true];
    let titles = ["序号", "证据名称", "证据种类", "证据来源", "原件或者复印件", "页数", "证明目的"];
    let widths = [1, 5, 2, 2, 2, 1, 5];
    let row = |(at, item): &(usize, &Evidence)| {
        let said = |value: Option<String>, what: &str| {
            facts.span_or_gap(&format!("evidence.{at}"), value, &format!("证据“{}”的{what}", item.name))
        };
        let cells = [
            Span::text(item.no.to_string()),
            said(Some(item.name.clone()), "名称"),
            said(item.kind.clone(), "种类"),
            said(item.origin.clone(), "来源"),
            said(item.form.clone(), "原件或者复印件说明"),
            said(item.pages.map(|pages| pages.to_string()), "页数"),
            said(item.purpose.clone(), "证明目的"),
        ];
        kept(cells, shown).map(|span| vec![span]).collect::<Vec<Cell>>()
    };
    Block::Table {
        head: kept(titles, shown).map(str::to_owned).collect(),
        widths: kept(widths, shown).collect(),
        rows: items.iter().map(row).collect(),
    }
}

fn kept<T, const N: usize>(all: [T; N], shown: [bool; N]) -> impl Iterator<Item = T> {
    all.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(one, _)| one)
}

/// The notice about evidence (举证通知书).
///
/// Source: 《民事诉讼证据的若干规定》第五十条; 《民诉法解释》第九十九条至第一百零二条.
pub(super) fn notice(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let EvidencePeriod { days, until } = match &inputs.extra {
        Extra::EvidencePeriod(period) => period.clone(),
        _ => EvidencePeriod::default(),
    };
    let period = match (days, until) {
        (_, Some(until)) => Line::say("举证期限至").put(Span::text(date_in_text(until))).then("止。"),
        (Some(days), None) => Line::say("举证期限为收到本通知书次日起").put(Span::text(format!("{days}日"))).then("。"),
        (None, None) => Line::say("举证期限为").put(Span::gap("举证期限")).then("。"),
    };
    let items = [
        Line::say(
            "当事人对自己提出的主张，有责任提供证据。没有证据或者证据不足以证明其事实主张的，由负有举证责任的当事人承担不利后果。",
        ),
        period.then("在期限内提交证据确有困难的，可以在期限届满前书面申请延长。"),
        Line::say(
            "逾期提供证据的，本院责令说明理由；拒不说明理由或者理由不成立的，可以不予采纳，或者采纳但予以训诫、罚款。",
        ),
        Line::say(
            "提交证据应当编号并填写证据目录，写明证据名称、来源、证明目的和内容，签名并注明提交日期，按照对方当事人人数提交副本。书证应当提交原件，物证应当提交原物；通过在线平台提交的，本院审核后可以直接使用，对方有异议或者本院认为必要时应当出示原件、原物。",
        ),
        Line::say(
            "因客观原因不能自行收集的证据，可以在举证期限届满前书面申请本院调查收集；申请鉴定、申请证人出庭的，应当在举证期限届满前提出。",
        ),
        Line::say("联系电话：").put(court_phone(facts)).then("。"),
    ];
    let opening = Line::say("关于")
        .put_all(case_title(facts))
        .then("，根据民事诉讼法和有关司法解释的规定，现将举证事项通知如下：");
    let blocks = [to(facts, inputs.addressee.as_deref()), opening.block()].into_iter().chain(numbered(items)).collect();
    Filled { blocks, signatures: sealed(inputs.dated_on) }
}

/// The addressee's opinion on each item that others put in (质证意见).
///
/// Source: 《民诉法解释》第一百零四条.
pub(super) fn opinion(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let by = inputs.addressee.as_deref();
    let opening = Line::say("质证人：").put(addressed(facts, by)).left();
    let others: Vec<_> =
        facts.evidence.iter().enumerate().filter(|(_, item)| by.is_none() || item.party.as_deref() != by).collect();
    let rows: Vec<_> = others.iter().map(|(at, item)| opinion_row(facts, *at, item, by)).collect();
    let table = Block::Table {
        head: ["证据", "真实性", "合法性", "关联性", "说明"].map(str::to_owned).into(),
        widths: vec![4, 2, 2, 2, 4],
        rows,
    };
    let body = if others.is_empty() { Block::Gap { what: "对方提交的证据".into() } } else { table };
    let above = vec![Signatory::new("质证人", by.unwrap_or_default())];
    Filled { blocks: vec![opening, body], signatures: signed(above, inputs.dated_on) }
}

fn opinion_row(facts: &CaseFacts, at: usize, item: &Evidence, by: Option<&str>) -> Vec<Cell> {
    let none = Opinion::default();
    let mine = item.opinions.iter().find(|one| Some(one.party.as_str()) == by).unwrap_or(&none);
    let said = |value: &Option<String>, what: &str| {
        vec![facts.span_or_gap(
            &format!("evidence.{at}.opinions"),
            value.as_deref(),
            &format!("对证据“{}”{what}的意见", item.name),
        )]
    };
    let remark =
        mine.remark.as_deref().map_or(Span::text("无"), |text| facts.span(&format!("evidence.{at}.opinions"), text));
    vec![
        vec![facts.span(&format!("evidence.{at}"), format!("{}.{}（{}提交）", item.no, item.name, item.by))],
        said(&mine.authenticity, "真实性"),
        said(&mine.legality, "合法性"),
        said(&mine.relevance, "关联性"),
        vec![remark],
    ]
}

/// The record of comparing originals (原件核对记录).
///
/// Source: 《人民法院在线诉讼规则》第十二条、第十三条.
pub(super) fn original_check(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let checks = match &inputs.extra {
        Extra::OriginalChecks(checks) => checks.clone(),
        _ => OriginalChecks::default(),
    };
    let opening = Line::say("核对时间：").put(moment(facts, "", checks.at, "核对时间"));
    let opening = opening.then("　核对人：").put(facts.span_or_gap("", checks.by.as_deref(), "核对人")).left();
    let rows: Vec<_> = checks.rows.iter().map(|check| check_row(facts, check)).collect();
    let table = Block::Table {
        head: ["序号", "证据名称", "是否出示原件、原物", "核对结果", "说明"].map(str::to_owned).into(),
        widths: vec![1, 5, 2, 2, 4],
        rows,
    };
    let body = if checks.rows.is_empty() { Block::Gap { what: "核对的证据".into() } } else { table };
    let above = vec![Signatory::new("核对人", checks.by.as_deref().unwrap_or_default()), Signatory::new("当事人", "")];
    let dated_on = inputs.dated_on.or(checks.at.map(|at| at.date()));
    Filled { blocks: vec![opening, body], signatures: signed(above, dated_on) }
}

fn check_row(facts: &CaseFacts, check: &super::OriginalCheck) -> Vec<Cell> {
    let at = facts.evidence.iter().position(|item| item.no == check.no);
    let name = at.map(|at| facts.evidence[at].name.clone());
    let path = at.map_or_else(String::new, |at| format!("evidence.{at}"));
    let result = match (check.shown, check.agrees) {
        (false, _) => Span::text("未核对"),
        (true, Some(true)) => Span::text("与原件一致"),
        (true, Some(false)) => Span::text("与原件不一致"),
        (true, None) => Span::gap(format!("证据{}的核对结果", check.no)),
    };
    vec![
        vec![Span::text(check.no.to_string())],
        vec![facts.span_or_gap(&path, name, &format!("证据{}的名称", check.no))],
        vec![Span::text(if check.shown { "是" } else { "否" })],
        vec![result],
        vec![check.remark.as_deref().map_or(Span::text("无"), Span::text)],
    ]
}
