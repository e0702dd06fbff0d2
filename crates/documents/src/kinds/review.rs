//! Papers of the filing review: correction, approval, draw, acceptance, rights.

use super::parts::{
    Filled, Line, addressed, case_title, cause, clerk, court_phone, day, judge_in_charge, moment, names, number,
    numbered, row, row_of, sealed, side, signed, sum, to, tribunal_form, unstopped, you,
};
use super::{Approval, Correction, Draw, Extra, Inputs};
use crate::facts::{CaseFacts, Role};
use crate::structure::{Block, Cell, Signatory, Span};

/// One notice of everything to put right (补正材料通知书).
///
/// Source: 《登记立案若干问题的规定》第七条.
pub(super) fn supplement_notice(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let Correction { items, due_on } = match &inputs.extra {
        Extra::Correction(correction) => correction.clone(),
        _ => Correction::default(),
    };
    let you = you(facts, inputs.addressee.as_deref());
    let opening =
        Line::say(format!("{you}就")).put(cause(facts)).then("向本院提交的起诉材料收悉。经审查，需要补正以下事项：");
    let mut blocks = vec![to(facts, inputs.addressee.as_deref()), opening.block()];
    blocks.extend(numbered(items.iter().map(|item| Line::say(format!("{}。", unstopped(item))))));
    if items.is_empty() {
        blocks.push(Block::Gap { what: "需要补正的事项".into() });
    }
    let until = Line::say("请于").put(day(facts, "", due_on, "补正期限")).then("前补正。补正材料送交本院后，审查期间自次日起重新计算。逾期未补正或者补正后仍不符合要求的，本院退回起诉材料并记录在册；坚持起诉的，裁定不予受理。");
    blocks.push(until.block());
    Filled { blocks, signatures: sealed(inputs.dated_on) }
}

/// The sheet on which filing was decided (立案审批表).
pub(super) fn filing_approval(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let mut rows = vec![
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row_of("原告", names(facts, Role::Plaintiff)),
        row_of("被告", names(facts, Role::Defendant)),
        row("标的额", sum(facts, "amount_in_dispute_fen", facts.amount_in_dispute_fen, "标的额")),
        row("收到材料日期", day(facts, "dates.submitted_on", facts.dates.submitted_on, "收到材料日期")),
        row("立案日期", day(facts, "dates.filed_on", facts.dates.filed_on, "立案日期")),
        row("适用程序", facts.span_or_gap("procedure", facts.procedure.map(|one| one.label()), "适用程序")),
    ];
    rows.extend(opinions(&approval(inputs), "立案审查意见"));
    Filled { blocks: vec![Block::KeyValue { rows }], signatures: None }
}

pub(super) fn approval(inputs: &Inputs) -> Approval {
    match &inputs.extra {
        Extra::Approval(approval) => approval.clone(),
        _ => Approval::default(),
    }
}

/// Each step of approval as a row: opinion, name, day.
pub(super) fn opinions(approval: &Approval, what: &str) -> Vec<(String, Cell)> {
    if approval.steps.is_empty() {
        return vec![row(what, Span::gap(what))];
    }
    let one = |step: &super::ApprovalStep| {
        let opinion = step.opinion.clone().map_or(Span::gap(format!("{}意见", step.role)), Span::text);
        let on = step
            .on
            .map_or(Span::gap(format!("{}签署日期", step.role)), |on| Span::text(crate::wording::date_in_text(on)));
        row_of(&step.role, Line::of(opinion).then(format!("　{}　", step.name)).put(on).cell())
    };
    approval.steps.iter().map(one).collect()
}

/// How the judge was found (分案记录), with all that is needed to draw again.
pub(super) fn assignment_record(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let draw = match &inputs.extra {
        Extra::Draw(draw) => draw.clone(),
        _ => Draw::default(),
    };
    let mut rows = vec![
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row("分案时间", moment(facts, "", draw.at, "分案时间")),
        row("分案方式", Span::text(if draw.by_hand.is_some() { "指定分案" } else { "随机分案" })),
        row("审判组织形式", tribunal_form(facts)),
    ];
    rows.extend(match &draw.by_hand {
        Some(reason) => vec![row("指定理由", Span::text(reason))],
        None => working(facts, &draw),
    });
    rows.push(row("承办法官", facts.span_or_gap("tribunal.in_charge", draw.chosen.as_deref(), "承办法官")));
    Filled { blocks: vec![Block::KeyValue { rows }], signatures: None }
}

fn working(facts: &CaseFacts, draw: &Draw) -> Vec<(String, Cell)> {
    let candidates: Vec<String> =
        draw.candidates.iter().enumerate().map(|(at, name)| format!("{}.{name}", at + 1)).collect();
    let told = |text: Option<&str>, what: &str| facts.span_or_gap("", text, what);
    let mut rows = vec![
        row("分案规则", told(draw.rule.as_deref(), "分案规则")),
        row("候选法官", told(Some(&candidates.join("、")), "候选法官")),
    ];
    if !draw.excluded.is_empty() {
        let excluded: Vec<String> = draw.excluded.iter().map(|(name, reason)| format!("{name}（{reason}）")).collect();
        rows.push(row("未列入候选", Span::text(excluded.join("、"))));
    }
    rows.push(row("当日密钥摘要（前一日公布）", told(draw.key_hash.as_deref(), "当日密钥摘要")));
    rows.push(row("当日密钥", draw.key.as_deref().map_or(Span::text("次日公布"), Span::text)));
    rows.push(row("计算结果", told(draw.digest.as_deref(), "随机计算结果")));
    rows.push(row("指向序号", told(draw.position.map(|at| at.to_string()).as_deref(), "随机结果指向的序号")));
    rows
}

/// The notice that the suit is accepted (受理案件通知书).
///
/// Source: 《民事诉讼法》第一百二十六条、第一百二十九条.
pub(super) fn acceptance_notice(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let you = you(facts, inputs.addressee.as_deref());
    let opening = Line::say(format!("{you}诉"))
        .put_all(side(facts, Role::Defendant))
        .put(cause(facts))
        .then("一案，起诉材料本院已收到。经审查，起诉符合法定受理条件，本院决定立案审理，案号为")
        .put(number(facts))
        .then("，立案日期为")
        .put(day(facts, "dates.filed_on", facts.dates.filed_on, "立案日期"))
        .then("。现将有关事项通知如下：");
    let charged = facts.fee.as_ref().and_then(|fee| fee.charged_fen);
    let items = [
        Line::say(
            "在诉讼进程中，当事人有权行使法律规定的诉讼权利，并应当遵守诉讼秩序，履行诉讼义务。详见所附诉讼权利义务告知书。",
        ),
        Line::say("应当在收到交纳诉讼费用通知书次日起七日内预交案件受理费")
            .put(sum(facts, "fee.charged_fen", charged, "案件受理费"))
            .then("。逾期未交，申请缓交、减交、免交亦未获批准的，按撤诉处理。"),
        Line::say(
            "当事人是自然人的，应当提交身份证明；是法人或者非法人组织的，应当提交营业执照或者登记证明、法定代表人或者负责人身份证明。委托代理人参加诉讼的，应当提交写明委托事项和权限的授权委托书。",
        ),
        Line::say(
            "应当确认送达地址；同意电子送达的，本院可以向所确认的电子地址送达诉讼文书，包括判决书、裁定书、调解书。",
        ),
        Line::say("本案承办法官为")
            .put(judge_in_charge(facts))
            .then("，书记员为")
            .put(clerk(facts))
            .then("，联系电话")
            .put(court_phone(facts))
            .then("。审判流程信息可以在本院诉讼服务平台查询。"),
        Line::say("本案的生效裁判文书，除依法不公开的以外，将在互联网公布。认为有不宜公布情形的，可以书面说明理由。"),
    ];
    let blocks = [to(facts, inputs.addressee.as_deref()), opening.block()].into_iter().chain(numbered(items)).collect();
    Filled { blocks, signatures: sealed(inputs.dated_on.or(facts.dates.filed_on)) }
}

/// What a party may and must do (诉讼权利义务告知书).
pub(super) fn rights_notice(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let rights = [
        "有权委托诉讼代理人，申请回避，收集、提供证据，进行辩论，请求调解，提起上诉，申请执行。",
        "可以查阅、复制本案有关材料和法律文书；涉及国家秘密、商业秘密、个人隐私的，依照规定处理。",
        "双方当事人可以自行和解。原告可以放弃或者变更诉讼请求，被告可以承认或者反驳诉讼请求，有权提起反诉。",
        "对审判人员、书记员、翻译人员、鉴定人、勘验人，认为有法定回避情形的，可以口头或者书面申请回避。",
        "有权选择或者不选择在线方式参加诉讼；选择后可以在合理期限内、在相应活动开展前撤回。",
        "交纳诉讼费用确有困难的，可以申请缓交、减交或者免交。",
    ];
    let duties = [
        "依法行使诉讼权利，遵守诉讼秩序和法庭纪律，如实陈述，不得提供虚假证据。",
        "按照规定的期限举证、答辩、交纳诉讼费用；经传票传唤应当按时到庭。原告无正当理由拒不到庭的，可以按撤诉处理；被告无正当理由拒不到庭的，可以缺席判决。",
        "送达地址、电话或者电子地址变更的，应当及时书面告知本院；因未告知致使文书未能收到的，自行承担后果。",
        "履行发生法律效力的判决书、裁定书和调解书。",
    ];
    let mut blocks = vec![to(facts, inputs.addressee.as_deref())];
    blocks.push(Line::say("关于").put_all(case_title(facts)).then("，现将诉讼权利和义务告知如下：").block());
    for (heading, items) in [("诉讼权利", &rights[..]), ("诉讼义务", &duties[..])] {
        blocks.push(Block::heading(heading));
        blocks.extend(numbered(items.iter().map(|item| Line::say(*item))));
    }
    blocks.push(Line::say("以上内容已经阅知。被告知人：").put(addressed(facts, inputs.addressee.as_deref())).left());
    let above = vec![Signatory::new("被告知人（签名或者盖章）", "")];
    Filled { blocks, signatures: signed(above, inputs.dated_on) }
}
