//! Papers that close and file a case: closing sheet, transfer letter, cover, contents, reference sheet.

use super::parts::{
    Filled, Line, case_title, cause, clerk, day, judge_in_charge, names, number, row, row_of, sealed, signed, sum,
    tribunal_form,
};
use super::review::{approval, opinions};
use super::{ContentsRow, Extra, Inputs, VolumeFacts};
use crate::facts::{Appeal, CaseFacts, Role, ServiceRow};
use crate::structure::{Block, Cell, Signatory, Span};
use crate::wording::{count_in_chinese, date_in_text};

/// The sheet on which closing is checked (结案审批表).
pub(super) fn closing_report(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let approval = approval(inputs);
    let said = |value: Option<String>, what: &str| facts.span_or_gap("", value, what);
    let days = |days: Option<u32>| days.map(|days| format!("{days}日"));
    let charged = facts.fee.as_ref().and_then(|fee| fee.charged_fen);
    let mut rows = vec![
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row_of("当事人", case_title(facts)),
        row("承办法官", judge_in_charge(facts)),
        row("立案日期", day(facts, "dates.filed_on", facts.dates.filed_on, "立案日期")),
        row("结案日期", day(facts, "dates.closed_on", facts.dates.closed_on, "结案日期")),
        row("审限届满日", day(facts, "dates.due_on", facts.dates.due_on, "审限届满日")),
        row("审理天数", said(days(approval.days_used), "审理天数")),
        row("扣除天数", said(days(approval.excluded_days), "扣除天数")),
        row("延长天数", said(days(approval.extended_days), "延长天数")),
        row("结案方式", facts.span_or_gap("outcome.manner", facts.outcome.manner.as_deref(), "结案方式")),
        row("裁判结果", result(facts)),
        row("诉讼标的额", sum(facts, "amount_in_dispute_fen", facts.amount_in_dispute_fen, "诉讼标的额")),
        row("判决给付金额", sum(facts, "", approval.awarded_fen, "判决给付金额")),
        row("案件受理费", sum(facts, "fee.charged_fen", charged, "案件受理费")),
        row("送达情况", service(facts)),
        row("文书公开", said(approval.publication.clone(), "文书是否公开及理由")),
        row("卷宗检查", said(approval.file_check.clone(), "电子卷宗检查结果")),
    ];
    rows.extend(opinions(&approval, "审核意见"));
    Filled { blocks: vec![Block::KeyValue { rows }], signatures: None }
}

fn result(facts: &CaseFacts) -> Span {
    let orders: Vec<&str> = facts.orders.iter().map(|order| order.text.as_str()).collect();
    let terms = facts.mediation.as_ref().map(|mediation| mediation.terms.join("；")).unwrap_or_default();
    let text = if orders.is_empty() { terms } else { orders.join("；") };
    facts.span_or_gap("orders", Some(text), "裁判结果")
}

/// Every party and the day the decision reached it; who has it not yet is a gap.
fn service(facts: &CaseFacts) -> Span {
    let document = facts.outcome.document.as_deref().map(|name| name.split_once('（').map_or(name, |(name, _)| name));
    let reached = |party: &str| {
        let mine = |row: &&ServiceRow| row.to == party && Some(row.document.as_str()) == document;
        facts.service.iter().filter(mine).filter_map(ServiceRow::effected_on).max()
    };
    let names: Vec<&str> = facts.parties.iter().filter_map(|party| party.name.as_deref()).collect();
    let missing: Vec<&str> = names.iter().copied().filter(|name| reached(name).is_none()).collect();
    if !missing.is_empty() || names.is_empty() {
        return Span::gap(format!("裁判文书送达情况（{}）", missing.join("、")));
    }
    let told = names.iter().filter_map(|name| reached(name).map(|on| format!("{name} {}", date_in_text(on))));
    facts.span("service", told.collect::<Vec<_>>().join("；"))
}

/// The letter with which a file goes to the court above (上诉案件移送函).
///
/// Source: 《民事诉讼法》第一百七十四条.
pub(super) fn appeal_transfer(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let Some(appeal) = &facts.appeal else {
        return Filled { blocks: vec![Block::Gap { what: "上诉情况".into() }], signatures: None };
    };
    let opening = Line::say("本院审理的")
        .put(number(facts))
        .put_all(case_title(facts))
        .then("，")
        .put(facts.span_or_gap("appeal", Some(appeal.appellant.as_str()), "上诉人"))
        .then("不服一审裁判提出上诉。现将上诉状、答辩状、全部案卷和证据移送你院，请查收。");
    let blocks = vec![
        Line::of(super::parts::higher_court(facts)).then("：").left(),
        opening.block(),
        Block::KeyValue { rows: transferred(facts, appeal) },
        Block::text("收到后请将回执退回本院。"),
    ];
    Filled { blocks, signatures: sealed(inputs.dated_on.or(appeal.file_sent_on)) }
}

fn transferred(facts: &CaseFacts, appeal: &Appeal) -> Vec<(String, Cell)> {
    let on = |date, what: &str| day(facts, "appeal", date, what);
    let count = |count: Option<u16>, unit: &str, what: &str| {
        facts.span_or_gap("appeal", count.map(|count| format!("{count}{unit}")), what)
    };
    let answer =
        appeal.answered_on.map_or(Span::text("期满未提交答辩状"), |on| facts.span("appeal", date_in_text(on)));
    let mut rows = vec![
        row("收到上诉状日期", on(appeal.received_on, "收到上诉状日期")),
        row("上诉状副本送达日期", on(appeal.copy_served_on, "上诉状副本送达日期")),
        row("收到答辩状日期", answer),
        row("上诉请求", facts.span_or_gap("appeal", Some(appeal.claims.join("；")), "上诉请求")),
        row("二审案件受理费", fee_above(facts, appeal)),
        row("正卷", count(appeal.main_volumes, "册", "正卷册数")),
        row("副卷", count(appeal.secondary_volumes, "册", "副卷册数")),
    ];
    rows.extend(appeal.media.map(|media| row("光盘等介质", facts.span("appeal", format!("{media}件")))));
    rows.extend(appeal.package_digest.as_deref().map(|digest| row("电子卷宗摘要值", facts.span("appeal", digest))));
    rows.push(row("联系人", clerk(facts)));
    rows
}

/// The sum, or in words how the fee stands where this court did not take it.
fn fee_above(facts: &CaseFacts, appeal: &Appeal) -> Span {
    match (appeal.fee_fen, appeal.fee_basis.as_deref()) {
        (None, Some(basis)) => facts.span("appeal", basis),
        (fen, _) => sum(facts, "appeal", fen, "二审案件受理费"),
    }
}

fn volume(inputs: &Inputs) -> VolumeFacts {
    match &inputs.extra {
        Extra::Volume(volume) => volume.clone(),
        _ => VolumeFacts::default(),
    }
}

/// The cover of a volume (卷宗封面).
///
/// Source: 《人民法院诉讼文书立卷归档办法》.
pub(super) fn cover(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let volume = volume(inputs);
    let manner = facts.span_or_gap("outcome.manner", facts.outcome.manner.as_deref(), "结案方式");
    let mut rows = vec![
        row("卷别", Span::text(if volume.secondary { "副卷" } else { "正卷" })),
        row("案件类别", Span::text("民事一审")),
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row_of("原告", names(facts, Role::Plaintiff)),
        row_of("被告", names(facts, Role::Defendant)),
    ];
    if facts.on_side(Role::ThirdParty).next().is_some() {
        rows.push(row_of("第三人", names(facts, Role::ThirdParty)));
    }
    rows.extend([
        row("审判组织", tribunal_form(facts)),
        row("承办法官", judge_in_charge(facts)),
        row("书记员", clerk(facts)),
        row("收案日期", day(facts, "dates.filed_on", facts.dates.filed_on, "收案日期")),
        row("结案日期", day(facts, "dates.closed_on", facts.dates.closed_on, "结案日期")),
        row("结案方式", manner),
        row("归档日期", day(facts, "dates.archived_on", facts.dates.archived_on, "归档日期")),
        row("册数", parts(&volume)),
        row("页数", facts.span_or_gap("", volume.pages.map(|pages| format!("{pages}页")), "卷宗页数")),
        row("保管期限", facts.span_or_gap("", volume.retention.as_deref(), "保管期限")),
        row("归档号", facts.span_or_gap("", volume.archive_number.as_deref(), "归档号")),
    ]);
    Filled { blocks: vec![Block::KeyValue { rows }], signatures: None }
}

fn parts(volume: &VolumeFacts) -> Span {
    match (volume.part, volume.parts) {
        (part @ 1.., parts @ 1..) if part <= parts && parts < 100 => {
            Span::text(format!("共{}册 第{}册", count_in_chinese(parts.into()), count_in_chinese(part.into())))
        }
        _ => Span::gap("册数"),
    }
}

/// The contents of a volume (卷内目录): 序号, 文书名称, 日期, 页次.
pub(super) fn contents(_: &CaseFacts, inputs: &Inputs) -> Filled {
    let volume = volume(inputs);
    let rows: Vec<_> = volume.rows.iter().enumerate().map(|(at, one)| contents_row(at, one)).collect();
    let table = Block::Table {
        head: ["序号", "文书名称", "日期", "页次"].map(str::to_owned).into(),
        widths: vec![1, 7, 3, 2],
        rows,
    };
    let body = if volume.rows.is_empty() { Block::Gap { what: "卷内文书".into() } } else { table };
    Filled { blocks: vec![body], signatures: None }
}

/// Cover, contents and reference sheet carry no page number; that is a dash, not a gap.
fn contents_row(at: usize, one: &ContentsRow) -> Vec<Cell> {
    let pages = match (one.first_page, one.last_page) {
        (Some(first), Some(last)) if last > first => format!("{first}-{last}"),
        (Some(first), _) => first.to_string(),
        (None, _) => "—".to_owned(),
    };
    let on = one.on.map_or("—".to_owned(), date_in_text);
    [(at + 1).to_string(), one.name.clone(), on, pages].into_iter().map(|text| vec![Span::text(text)]).collect()
}

/// The sheet of what a later reader should know of the volume (备考表).
pub(super) fn reference_sheet(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let volume = volume(inputs);
    let said = |value: Option<&str>, what: &str| facts.span_or_gap("", value, what);
    let pages = volume.pages.map(|pages| format!("{pages}页"));
    let remarks = if volume.remarks.is_empty() { "无".to_owned() } else { volume.remarks.join("；") };
    let rows = vec![
        row("案号", number(facts)),
        row("本卷页数", said(pages.as_deref(), "卷宗页数")),
        row("情况说明", Span::text(remarks)),
        row("立卷人", said(volume.compiled_by.as_deref(), "立卷人")),
        row("检查人", said(volume.checked_by.as_deref(), "检查人")),
    ];
    let above = vec![
        Signatory::new("立卷人", volume.compiled_by.as_deref().unwrap_or_default()),
        Signatory::new("检查人", volume.checked_by.as_deref().unwrap_or_default()),
    ];
    Filled { blocks: vec![Block::KeyValue { rows }], signatures: signed(above, inputs.dated_on) }
}
