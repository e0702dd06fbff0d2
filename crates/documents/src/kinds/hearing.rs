//! Papers of a hearing: summons, notice of appearance, announcement, transcript.

use super::parts::{
    Filled, Line, addressed, case_title, cause, claims_in_line, clerk, day, judge_in_charge, members, moment, number,
    proves, row, sealed, signed, to, unstopped, you,
};
use super::{Extra, Inputs, Sitting};
use crate::facts::{AbsenceGround, CaseFacts, Hearing, PartyField, Utterance};
use crate::structure::{Block, Cell, Signatory, SignatureBlock, Span};

fn sitting(inputs: &Inputs) -> Sitting {
    match &inputs.extra {
        Extra::Sitting(sitting) => sitting.clone(),
        _ => Sitting::default(),
    }
}

/// The summons (传票).
///
/// Source: 《民事诉讼法》第一百三十九条.
pub(super) fn summons(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let sitting = sitting(inputs);
    let person = inputs.addressee.as_deref();
    let party = person.and_then(|name| facts.party(name)).map(|(_, party)| party);
    let unknown = party.filter(|party| party.unknown.contains(&PartyField::Address)).map(|_| "不详");
    let address = party.and_then(|party| party.address.as_deref()).or(unknown);
    let rows = vec![
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row("被传唤人", addressed(facts, person)),
        row("住所", facts.span_or_gap("", address, "被传唤人住所")),
        row("传唤事由", facts.span_or_gap("", sitting.reason.as_deref(), "传唤事由")),
        row("应到时间", moment(facts, "", sitting.at, "应到时间")),
        row("应到处所", facts.span_or_gap("", sitting.place.as_deref(), "应到处所")),
    ];
    let notes = [
        "被传唤人必须按时到达应到处所。",
        "本传票由被传唤人携带来院报到；在线参加庭审的，按照通知的方式登录并核验身份。",
        "原告经传票传唤无正当理由拒不到庭的，可以按撤诉处理；被告无正当理由拒不到庭的，可以缺席判决。",
    ];
    let mut blocks = vec![Block::KeyValue { rows }, Block::heading("注意事项")];
    blocks.extend(super::parts::numbered(notes.map(Line::say)));
    blocks.push(Line::say("审判员：").put(judge_in_charge(facts)).then("　书记员：").put(clerk(facts)).left());
    Filled { blocks, signatures: sealed(inputs.dated_on) }
}

/// The notice to appear (出庭通知书), for agents, witnesses, appraisers, interpreters.
pub(super) fn appearance_notice(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let sitting = sitting(inputs);
    let body = Line::say("本院受理的")
        .put_all(case_title(facts))
        .then("，定于")
        .put(moment(facts, "", sitting.at, "开庭时间"))
        .then("在")
        .put(facts.span_or_gap("", sitting.place.as_deref(), "开庭地点"))
        .then(format!("开庭审理。{}作为本案的", you(facts, inputs.addressee.as_deref())))
        .put(facts.span_or_gap("", sitting.capacity.as_deref(), "出庭身份"))
        .then("，请准时出庭。");
    Filled { blocks: vec![to(facts, inputs.addressee.as_deref()), body.block()], signatures: sealed(inputs.dated_on) }
}

/// The announcement of an open hearing (开庭公告).
///
/// Source: 《民事诉讼法》第一百三十九条.
pub(super) fn announcement(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let sitting = sitting(inputs);
    let body = Line::say("本院定于")
        .put(moment(facts, "", sitting.at, "开庭时间"))
        .then("在")
        .put(facts.span_or_gap("", sitting.place.as_deref(), "开庭地点"))
        .then("公开开庭审理")
        .put(number(facts))
        .put_all(case_title(facts))
        .then("。");
    Filled { blocks: vec![body.block(), Block::text("特此公告。")], signatures: sealed(inputs.dated_on) }
}

/// The transcript of a hearing (庭审笔录): as typed, or what the record of the hearing tells.
///
/// Source: 《民事诉讼法》第一百五十条.
pub(super) fn transcript(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let at = match inputs.extra {
        Extra::Session { index } => index,
        _ => facts.hearings.len().saturating_sub(1),
    };
    let Some(hearing) = facts.hearings.get(at) else {
        return Filled { blocks: vec![Block::Gap { what: "庭审记录".into() }], signatures: None };
    };
    let path = format!("hearings.{at}");
    let mut blocks = vec![Block::KeyValue { rows: head(facts, hearing, at) }];
    blocks.extend(if hearing.utterances.is_empty() {
        told(facts, hearing, &path)
    } else {
        spoken(facts, &hearing.utterances, &path)
    });
    if !hearing.corrections.is_empty() {
        blocks.push(Block::heading("笔录补正"));
        blocks.extend(hearing.corrections.iter().map(|one| Line::of(facts.span(&path, one)).block()));
    }
    if let Some(signing) = &hearing.transcript_signing {
        blocks.push(Line::of(facts.span(&path, signing)).then("。").block());
    }
    blocks.push(Block::text("以上笔录已经阅读，记录无误。对自己的陈述记录有遗漏或者差错的，有权申请补正。"));
    Filled { blocks, signatures: Some(signatures(facts, hearing)) }
}

fn head(facts: &CaseFacts, hearing: &Hearing, at: usize) -> Vec<(String, Cell)> {
    let path = format!("hearings.{at}");
    let hour = |time: jiff::civil::Time| format!("{}时{:02}分", time.hour(), time.minute());
    let span = match (hearing.starts, hearing.ends) {
        (Some(from), Some(until)) => facts.span(&path, format!("{}至{}", hour(from), hour(until))),
        _ => Span::gap("庭审起止时间"),
    };
    let open = match (hearing.open, &hearing.closed_reason) {
        (Some(true), _) => facts.span(&path, "公开开庭"),
        (Some(false), reason) => facts.span_or_gap(
            &path,
            reason.as_ref().map(|reason| format!("不公开开庭（{reason}）")),
            "不公开开庭的理由",
        ),
        (None, _) => Span::gap("是否公开开庭"),
    };
    let place = hearing.place.as_deref().or(hearing.platform.as_deref());
    let mut rows = vec![
        row("时间", day(facts, &path, hearing.on, "庭审日期")),
        row("起止", span),
        row("地点", facts.span_or_gap(&path, place, "庭审地点或者平台")),
        row("庭次", Span::text(format!("第{}次", crate::wording::count_in_chinese(at as u32 + 1)))),
        row("案号", number(facts)),
        row("案由", cause(facts)),
        row("是否公开", open),
        row("审判人员", members(facts)),
        row("书记员", clerk(facts)),
        row("到庭人员", facts.span_or_gap(&path, Some(appeared(hearing)), "到庭人员")),
    ];
    rows.extend(absent(hearing).map(|told| row("未到庭人员", facts.span(&path, told))));
    rows
}

fn appeared(hearing: &Hearing) -> String {
    let online = |name: &String| if hearing.online.contains(name) { "（在线）" } else { "" };
    let names: Vec<String> = hearing.appeared.iter().map(|name| format!("{name}{}", online(name))).collect();
    names.join("、")
}

/// Source: 《民事诉讼法》第一百四十七条.
fn absent(hearing: &Hearing) -> Option<String> {
    let ground = |ground| match ground {
        AbsenceGround::SummonedAndAbsent => "经传票传唤未到庭",
        AbsenceGround::LeftWithoutLeave => "未经法庭许可中途退庭",
        AbsenceGround::AskedToGoOn => "书面申请不到庭",
    };
    let told = hearing.absences.iter().map(|one| {
        let note = one.note.as_deref().map(|note| format!("；{}", unstopped(note))).unwrap_or_default();
        format!("{}（{}{note}）", one.party, ground(one.ground))
    });
    Some(told.collect::<Vec<_>>().join("、")).filter(|told| !told.is_empty())
}

/// The words as typed, under the stage each opens.
pub(super) fn spoken(facts: &CaseFacts, utterances: &[Utterance], path: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for one in utterances {
        blocks.extend(one.stage.as_deref().map(Block::heading));
        blocks.push(Block::Speech {
            speaker: one.speaker.clone(),
            spans: vec![facts.span_or_gap(path, Some(one.words.as_str()), "发言内容")],
        });
    }
    blocks
}

/// Without typed words the record tells what happened; it puts no words into anybody's mouth.
fn told(facts: &CaseFacts, hearing: &Hearing, path: &str) -> Vec<Block> {
    let mut blocks = vec![Block::heading("核对到庭人员")];
    let check = hearing.identity_check.as_deref().map(unstopped);
    let check = facts.span_or_gap(path, check, "核对到庭人员身份的情况");
    blocks.push(Line::of(check).then("。").block());
    blocks.push(Block::heading("法庭调查"));
    blocks.push(
        Line::say("原告诉讼请求：")
            .put_all(claims_in_line(facts, &facts.claims, "claims", "诉讼请求"))
            .then("。")
            .block(),
    );
    for (at, answer) in facts.answers.iter().enumerate() {
        let words = facts.span_or_gap(&format!("answers.{at}"), Some(unstopped(&answer.text)), "答辩意见");
        blocks.push(Line::say(format!("{}答辩意见：", answer.party)).put(words).then("。").block());
    }
    blocks.extend(facts.evidence.iter().enumerate().map(|(at, _)| exhibit(facts, at)));
    blocks.extend(hearing.facts.iter().map(|fact| Line::of(facts.span(path, unstopped(fact))).then("。").block()));
    if !facts.issues.is_empty() {
        blocks.push(
            Line::say("归纳争议焦点：").put_all([facts.span("issues", facts.issues.join("；"))]).then("。").block(),
        );
    }
    blocks.push(Block::heading("法庭调解"));
    let mediation = facts.span_or_gap(path, hearing.mediation.as_deref().map(unstopped), "法庭调解情况");
    blocks.push(Line::of(mediation).then("。").block());
    blocks
}

fn exhibit(facts: &CaseFacts, at: usize) -> Block {
    let item = &facts.evidence[at];
    let path = format!("evidence.{at}");
    Line::say(format!("证据{}（{}）：", item.no, item.by))
        .put(facts.span(&path, &item.name))
        .then("，证明")
        .put(facts.span_or_gap(&path, item.purpose.as_deref().map(proves), &format!("证据“{}”的证明目的", item.name)))
        .then("。质证：")
        .put(facts.span_or_gap(
            &path,
            item.opponent_opinion.as_deref().map(unstopped),
            &format!("证据“{}”的质证意见", item.name),
        ))
        .then("。")
        .block()
}

fn signatures(facts: &CaseFacts, hearing: &Hearing) -> SignatureBlock {
    let signature = |line: &str| hearing.signed.iter().find(|one| one.line == line);
    let of = |role: &str, name: &str, line: &str| match signature(line) {
        Some(one) => Signatory::new(role, &one.name).by_hand(one.hand.as_deref()),
        None => Signatory::new(role, name),
    };
    let people = hearing.appeared.iter().map(|name| of(name, "", name));
    let bench = facts.tribunal.members.iter().map(|member| of(member.role.label(), &member.name, &member.name));
    let above = people.chain(bench).collect();
    let mut block = signed(above, hearing.on).expect("a transcript is signed");
    block.below = facts.tribunal.clerk.iter().map(|name| of("书记员", name, name)).collect();
    block
}
