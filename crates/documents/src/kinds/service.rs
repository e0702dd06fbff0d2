//! Papers of service: response notice, notice of the tribunal, receipt, electronic certificate.

use super::parts::{
    Filled, Line, case_title, cause, clerk, court_phone, day, judge_in_charge, members, moment, number, numbered, row,
    row_of, sealed, signed, to, you,
};
use super::{Extra, Inputs};
use crate::facts::{CaseFacts, ServiceRow, TribunalForm};
use crate::structure::{Block, Cell, Signatory, Span};
use crate::wording::date_in_text;

/// The notice to respond (应诉通知书).
///
/// Source: 《民事诉讼法》第一百二十八条、第一百二十九条.
pub(super) fn response_notice(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let you = you(facts, inputs.addressee.as_deref());
    let opening = Line::say("本院受理的")
        .put_all(case_title(facts))
        .then("，案号为")
        .put(number(facts))
        .then("。现将起诉状副本送达，并将有关事项通知如下：");
    let items = [
        Line::say("在诉讼进程中，当事人有权行使法律规定的诉讼权利，并应当遵守诉讼秩序，履行诉讼义务。"),
        Line::say(format!(
            "{you}应当在收到起诉状副本之日起十五日内提出答辩状，并按照对方当事人的人数提交副本。不提出答辩状的，不影响本院审理。"
        )),
        Line::say("对管辖权有异议的，应当在提交答辩状期间提出。"),
        Line::say(
            "自然人应当提交身份证明；法人或者非法人组织应当提交营业执照或者登记证明、法定代表人或者负责人身份证明。委托代理人参加诉讼的，应当提交写明委托事项和权限的授权委托书。",
        ),
        Line::say(
            "应当确认送达地址。是否同意在线诉讼和电子送达，可以自行选择；本院通知后三日内可以在诉讼服务平台核验身份并关联案件，未作选择的，以线下方式进行。",
        ),
        Line::say("本案承办法官为")
            .put(judge_in_charge(facts))
            .then("，书记员为")
            .put(clerk(facts))
            .then("，联系电话")
            .put(court_phone(facts))
            .then("。"),
    ];
    let mut blocks: Vec<Block> =
        [to(facts, inputs.addressee.as_deref()), opening.block()].into_iter().chain(numbered(items)).collect();
    if let Extra::LinkCode { code, until } = &inputs.extra {
        blocks.push(Block::text(format!(
            "{you}的案件关联码：{code}（{}前有效）。在诉讼服务平台核验身份后，输入本案案号和关联码即可关联案件。关联码只供{you}本人使用，请勿告诉他人；本院不会向{you}索要。",
            date_in_text(*until)
        )));
    }
    Filled { blocks, signatures: sealed(inputs.dated_on) }
}

/// The notice of who tries the case (审判组织成员告知书).
///
/// Source: 《民事诉讼法》第四十七条、第一百三十一条.
pub(super) fn panel_notice(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let opening = Line::say("本院受理的").put_all(case_title(facts)).then(match facts.tribunal.form {
        Some(TribunalForm::Panel) => "，决定由下列人员组成合议庭进行审理：",
        _ => "，决定由下列审判人员独任审理：",
    });
    let mut rows = vec![row("审判人员", members(facts))];
    let assistant = facts.tribunal.judge_assistant.as_deref();
    rows.extend(assistant.map(|name| row("法官助理", facts.span("tribunal.judge_assistant", name))));
    rows.push(row("书记员", clerk(facts)));
    let blocks = vec![
        to(facts, inputs.addressee.as_deref()),
        opening.block(),
        Block::KeyValue { rows },
        Block::text(
            "认为上述人员有应当回避情形的，有权口头或者书面申请回避，并说明理由；回避事由在案件开始审理后知道的，也可以在法庭辩论终结前提出。",
        ),
    ];
    Filled { blocks, signatures: sealed(inputs.dated_on) }
}

/// The rows that go on one receipt; none chosen is a gap.
fn chosen<'a>(facts: &'a CaseFacts, inputs: &Inputs) -> Vec<(usize, &'a ServiceRow)> {
    let Extra::ServiceRows { rows } = &inputs.extra else {
        return Vec::new();
    };
    rows.iter().filter_map(|at| facts.service.get(*at).map(|row| (*at, row))).collect()
}

/// The receipt of service (送达回证). One sheet for papers that went to one addressee in one way.
///
/// Source: 《民事诉讼法》第八十七条.
pub(super) fn receipt(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let rows = chosen(facts, inputs);
    let Some((at, first)) = rows.first().copied() else {
        return without_rows();
    };
    let path = format!("service.{at}");
    let said = |value: Option<&str>, what: &str| facts.span_or_gap(&path, value, what);
    let mut sheet = vec![
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row("受送达人", said(Some(&first.to), "受送达人")),
        row_of("送达文书", papers(facts, &rows)),
        row("送达方式", said(first.method.as_deref(), "送达方式")),
        row("送达地址", said(address(facts, first).as_deref(), "送达地址")),
    ];
    sheet.extend(first.sent_at.map(|at| row("发出时间", facts.span(&path, super::parts::moment_in_text(at)))));
    sheet.push(row("送达日期", day(facts, &path, first.effected_on(), "送达日期")));
    sheet.extend(
        [("收件人", &first.recipient), ("拒收事由和见证人", &first.refusal), ("备注", &first.remarks)]
            .into_iter()
            .filter_map(|(label, value)| value.as_deref().map(|value| row(label, facts.span(&path, value)))),
    );
    let above = vec![
        Signatory::new("受送达人签名或者盖章", ""),
        Signatory::new("送达人", first.server.as_deref().unwrap_or_default()),
    ];
    Filled {
        blocks: vec![Block::KeyValue { rows: sheet }],
        signatures: signed(above, inputs.dated_on.max(first.effected_on())),
    }
}

fn without_rows() -> Filled {
    Filled { blocks: vec![Block::Gap { what: "送达记录".into() }], signatures: None }
}

/// The address used, or the one confirmed, or the party's own.
fn address(facts: &CaseFacts, row: &ServiceRow) -> Option<String> {
    let confirmed = || facts.addresses.iter().find(|one| one.party == row.to).and_then(|one| one.address.clone());
    let own = || facts.party(&row.to).and_then(|(_, party)| party.address.clone());
    row.address.clone().or_else(confirmed).or_else(own)
}

fn papers(facts: &CaseFacts, rows: &[(usize, &ServiceRow)]) -> Cell {
    let one = |(at, row): &(usize, &ServiceRow)| {
        let number = row.number.as_deref().unwrap_or_default();
        let copies = row.copies.map_or(String::new(), |copies| format!("{copies}份"));
        let text = format!("{number}《{}》{copies}", row.document);
        vec![facts.span(&format!("service.{at}"), text)]
    };
    super::parts::joined(rows.iter().map(one), "；")
}

/// The certificate of electronic service (电子送达凭证); it has the force of a receipt.
///
/// Source: 《民事诉讼法》第九十条; 《人民法院在线诉讼规则》第三十一条.
pub(super) fn certificate(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let rows = chosen(facts, inputs);
    let Some((at, first)) = rows.first().copied() else {
        return without_rows();
    };
    let path = format!("service.{at}");
    let said = |value: Option<&str>, what: &str| facts.span_or_gap(&path, value, what);
    let mut sheet = vec![
        row("凭证编号", said(first.certificate.as_deref(), "凭证编号")),
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row("受送达人", said(Some(&first.to), "受送达人")),
        row("电子送达地址", said(first.address.as_deref(), "电子送达地址")),
        row("同意情况", consent(facts, &first.to)),
        row_of("送达文书", papers(facts, &rows)),
    ];
    for (at, one) in &rows {
        let digest = facts.span_or_gap(
            &format!("service.{at}"),
            one.digest.as_deref(),
            &format!("《{}》的摘要值", one.document),
        );
        sheet.push(row(&format!("《{}》摘要值", one.document), digest));
    }
    sheet.push(row("发出时间", moment(facts, &path, first.sent_at, "发出时间")));
    sheet.push(row("到达时间", moment(facts, &path, first.arrived_at, "到达受送达人特定系统的时间")));
    sheet.extend(first.read_at.map(|at| row("阅读时间", facts.span(&path, super::parts::moment_in_text(at)))));
    let effect = first.arrived_at.map(|at| {
        Block::text(format!(
            "上述文书到达受送达人特定系统的日期为{}，该日为送达日期；受送达人证明到达日期与此不一致的除外。",
            date_in_text(at.date()),
        ))
    });
    let blocks = [Block::KeyValue { rows: sheet }].into_iter().chain(effect).collect();
    Filled {
        blocks,
        // A certificate is never older than the arrival it certifies.
        signatures: sealed(inputs.dated_on.max(first.effected_on())),
    }
}

fn consent(facts: &CaseFacts, to: &str) -> Span {
    let confirmed = facts.addresses.iter().position(|one| one.party == to && one.e_service_consent == Some(true));
    if let Some(at) = confirmed {
        let on = facts.addresses[at].signed_on.map_or(String::new(), |on| format!("（{}）", date_in_text(on)));
        return facts.span(&format!("addresses.{at}"), format!("送达地址确认书同意电子送达{on}"));
    }
    let told = facts.party(to).filter(|(_, party)| party.e_service_consent == Some(true));
    told.map_or(Span::gap("同意电子送达的记录"), |(at, _)| {
        facts.span(&format!("parties.{at}.e_service_consent"), "同意电子送达")
    })
}
