//! Civil rulings (民事裁定书): withdrawal, non-acceptance, stay, change of procedure, slips.

use super::judgment::{cited_in_line, detail, people_of, written};
use super::parts::{
    Filled, Line, bench, case_title, cause, claims_in_line, day, higher_court, joined, name, number, side, sum,
    unstopped,
};
use super::people::person;
use super::{Extra, Inputs, Ruling, RulingMatter, Slip, StayGround};
use crate::facts::{CaseFacts, Procedure, Role};
use crate::structure::{Block, Span};

/// A civil ruling (民事裁定书). 本院认为 is what the judge wrote.
///
/// Source: 《民事诉讼法》第一百五十七条.
pub(super) fn ruling(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let ruling = match &inputs.extra {
        Extra::Ruling(ruling) => (**ruling).clone(),
        _ => Ruling::default(),
    };
    let Some(matter) = &ruling.matter else {
        return Filled { blocks: vec![Block::Gap { what: "裁定事项".into() }], signatures: None };
    };
    let mut blocks = if *matter == RulingMatter::NotAccepted { filers(facts) } else { people_of(facts) };
    blocks.push(origin(facts, matter));
    blocks.extend(ruling.course.as_deref().map(|course| Block::text(format!("{}。", unstopped(course)))));
    if needs_reasons(matter) || ruling.reasons.is_some() {
        blocks.extend(written(facts, "reasoning", ruling.reasons.as_deref(), opening(matter), "本院认为（裁定理由）"));
    }
    blocks.push(basis(facts, &ruling, matter));
    blocks.extend(orders(facts, &ruling, matter));
    blocks.extend(cost(facts, &ruling, matter));
    blocks.extend(remedy(facts, matter));
    let (signatures, gaps) =
        bench(facts, inputs.dated_on.or(facts.dates.decided_on.filter(|_| ruling.serial.is_none())));
    blocks.extend(gaps);
    Filled { blocks, signatures }
}

/// A ruling that only corrects slips says what is wrong; everything else gives reasons.
fn needs_reasons(matter: &RulingMatter) -> bool {
    !matches!(matter, RulingMatter::SlipsCorrected { .. })
}

/// Before acceptance the court has examined, not tried.
fn opening(matter: &RulingMatter) -> &'static str {
    match matter {
        RulingMatter::NotAccepted => "本院经审查认为，",
        _ => "本院认为，",
    }
}

/// Before the suit is accepted there are no parties yet, only who sues (起诉人).
fn filers(facts: &CaseFacts) -> Vec<Block> {
    let people = facts.on_side(Role::Plaintiff).flat_map(|(at, _)| person(facts, at, detail(facts)));
    let blocks: Vec<Block> = people.map(as_filer).collect();
    if blocks.is_empty() { vec![Block::Gap { what: "起诉人".into() }] } else { blocks }
}

fn as_filer(block: Block) -> Block {
    let Block::Paragraph { mut spans, align } = block else {
        return block;
    };
    if let Some(first) = spans.first_mut().filter(|first| first.text == "原告：") {
        first.text = "起诉人：".to_owned();
    }
    Block::Paragraph { spans, align }
}

fn plaintiffs(facts: &CaseFacts) -> Vec<Span> {
    joined(facts.on_side(Role::Plaintiff).map(|(at, _)| vec![name(facts, at)]), "、")
}

fn origin(facts: &CaseFacts, matter: &RulingMatter) -> Block {
    let filed = day(facts, "dates.filed_on", facts.dates.filed_on, "立案日期");
    let case = Line::default().put_all(case_title(facts)).then("，本院于").put(filed).then("立案");
    let plaintiff = side(facts, Role::Plaintiff);
    let on = |date, what: &str| day(facts, "", date, what);
    let line = match matter {
        RulingMatter::WithdrawalAllowed { requested_on } => case
            .then("。")
            .put_all(plaintiff)
            .then("于")
            .put(on(*requested_on, "申请撤诉的日期"))
            .then("向本院提出撤诉申请。"),
        RulingMatter::WithdrawnForUnpaidFee { notified_on } => case
            .then("。本院于")
            .put(on(*notified_on, "送达交费通知的日期"))
            .then("向")
            .put_all(plaintiff)
            .then("送达交纳诉讼费用通知书，")
            .put_all(plaintiffs(facts))
            .then("在收到通知次日起七日内未预交案件受理费。"),
        RulingMatter::WithdrawnForAbsence { hearing_on, left } => {
            let how = if *left {
                "未经法庭许可中途退庭。"
            } else {
                "经传票传唤无正当理由拒不到庭。"
            };
            case.then("，定于").put(on(*hearing_on, "开庭日期")).then("开庭审理。").put_all(plaintiff).then(how)
        }
        RulingMatter::NotAccepted => Line::say("本院于")
            .put(day(facts, "dates.submitted_on", facts.dates.submitted_on, "收到起诉状的日期"))
            .then("收到起诉人")
            .put_all(plaintiffs(facts))
            .then("的起诉状。起诉人就")
            .put(cause(facts))
            .then("向本院提出诉讼请求：")
            .put_all(claims_in_line(facts, &facts.claims, "claims", "诉讼请求"))
            .then("。"),
        RulingMatter::Stayed { .. } => case.then("。"),
        RulingMatter::ProcedureConverted { from, .. } => case.then(format!("后，依法适用{}进行审理。", from.label())),
        RulingMatter::SoleToPanel => case.then("后，由审判员独任审理。"),
        RulingMatter::SlipsCorrected { document, issued_on, .. } => Line::say("本院于")
            .put(on(*issued_on, "原文书的日期"))
            .then("对")
            .put_all(case_title(facts))
            .then("作出的")
            .put(number(facts))
            .then(format!("《{document}》中，存在笔误，应予补正。")),
    };
    line.block()
}

/// The articles each matter rests on, unless the judge names others.
fn articles(matter: &RulingMatter) -> Vec<String> {
    let law = |articles: &str| format!("《中华人民共和国民事诉讼法》{articles}");
    let reading = |articles: &str| format!("《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》{articles}");
    match matter {
        RulingMatter::WithdrawalAllowed { .. } => {
            vec![law("第一百四十八条第一款、第一百五十七条第一款第五项")]
        }
        RulingMatter::WithdrawnForUnpaidFee { .. } => {
            vec![law("第一百二十一条、第一百五十七条第一款第十一项"), reading("第二百一十三条")]
        }
        RulingMatter::WithdrawnForAbsence { .. } => {
            vec![law("第一百四十六条、第一百五十七条第一款第五项")]
        }
        RulingMatter::NotAccepted => vec![law("第一百二十二条、第一百二十六条")],
        RulingMatter::Stayed { ground } => {
            vec![law(&format!("第一百五十三条第一款第{}项、第一百五十七条第一款第六项", item(*ground)))]
        }
        RulingMatter::ProcedureConverted { from: Procedure::SmallClaims, .. } => {
            vec![law("第一百六十九条、第一百五十七条第一款第十一项")]
        }
        RulingMatter::ProcedureConverted { .. } => {
            vec![law("第一百七十条、第一百五十七条第一款第十一项"), reading("第二百五十八条")]
        }
        RulingMatter::SoleToPanel => vec![law("第四十三条、第一百五十七条第一款第十一项")],
        RulingMatter::SlipsCorrected { .. } => vec![law("第一百五十七条第一款第七项")],
    }
}

fn item(ground: StayGround) -> &'static str {
    match ground {
        StayGround::PartyDied => "一",
        StayGround::CapacityLost => "二",
        StayGround::UnitEnded => "三",
        StayGround::ForceMajeure => "四",
        StayGround::AwaitsOtherCase => "五",
        StayGround::Other => "六",
    }
}

fn basis(facts: &CaseFacts, ruling: &Ruling, matter: &RulingMatter) -> Block {
    let all = if ruling.legal_basis.is_empty() { articles(matter) } else { ruling.legal_basis.clone() };
    Line::say("依照").put_all(cited_in_line(facts, &all)).then("规定，裁定如下：").block()
}

/// One order stands as a paragraph, several are numbered. What the judge wrote goes before the usual words.
fn orders(facts: &CaseFacts, ruling: &Ruling, matter: &RulingMatter) -> Vec<Block> {
    let one = |text: &String| Line::of(facts.span("orders", format!("{}。", unstopped(text))));
    match ruling.orders.as_slice() {
        [] => usual_orders(facts, matter),
        [order] => vec![one(order).block()],
        orders => super::parts::numbered(orders.iter().map(one)),
    }
}

fn usual_orders(facts: &CaseFacts, matter: &RulingMatter) -> Vec<Block> {
    let plaintiff = side(facts, Role::Plaintiff);
    let line = match matter {
        RulingMatter::WithdrawalAllowed { .. } => Line::say("准许").put_all(plaintiff).then("撤诉。"),
        RulingMatter::WithdrawnForUnpaidFee { .. } | RulingMatter::WithdrawnForAbsence { .. } => {
            Line::say("本案按").put_all(plaintiff).then("撤诉处理。")
        }
        RulingMatter::NotAccepted => Line::say("对").put_all(plaintiffs(facts)).then("的起诉，本院不予受理。"),
        RulingMatter::Stayed { .. } => Line::say("本案中止诉讼。"),
        RulingMatter::ProcedureConverted { to, .. } => Line::say(format!("本案转为{}。", to.label())),
        RulingMatter::SoleToPanel => Line::say("本案转由合议庭审理。"),
        RulingMatter::SlipsCorrected { document, slips, .. } => return corrections(facts, document, slips),
    };
    vec![line.block()]
}

fn corrections(facts: &CaseFacts, document: &str, slips: &[Slip]) -> Vec<Block> {
    if slips.is_empty() {
        return vec![Block::Gap { what: "需要补正的笔误".into() }];
    }
    let one = |slip: &Slip| {
        Line::default()
            .put(number(facts))
            .then(format!("《{document}》{}“{}”补正为“{}”。", slip.place, slip.wrong, slip.right))
    };
    match slips {
        [slip] => vec![one(slip).block()],
        _ => super::parts::numbered(slips.iter().map(one)),
    }
}

/// Who bears the fee. A withdrawn suit pays half, once; the plaintiff bears it.
///
/// Source: 《诉讼费用交纳办法》第十五条、第三十四条; 《民诉法解释》第二百零六条.
fn cost(facts: &CaseFacts, ruling: &Ruling, matter: &RulingMatter) -> Option<Block> {
    if let Some(cost) = &ruling.cost {
        return Some(Block::text(format!("{}。", unstopped(cost))));
    }
    let RulingMatter::WithdrawalAllowed { .. } = matter else {
        return deemed_cost(matter);
    };
    let full = facts.fee.as_ref().and_then(|fee| fee.full_fen);
    let half = full.map(|full| (full + 1) / 2);
    let line = Line::say("案件受理费")
        .put(sum(facts, "fee.full_fen", full, "案件受理费全额"))
        .then("，减半收取")
        .put(sum(facts, "fee.full_fen", half, "减半后的案件受理费"))
        .then("，由")
        .put_all(side(facts, Role::Plaintiff))
        .then("负担。");
    Some(line.block())
}

/// A suit deemed withdrawn for absence has costs to settle, which courts do differently: the judge says how.
fn deemed_cost(matter: &RulingMatter) -> Option<Block> {
    let asked = matches!(matter, RulingMatter::WithdrawnForAbsence { .. });
    asked.then(|| Block::Gap { what: "诉讼费用负担".into() })
}

/// Only non-acceptance can be appealed, of the matters here.
///
/// Source: 《民事诉讼法》第一百五十七条第二款、第一百七十一条第二款.
fn remedy(facts: &CaseFacts, matter: &RulingMatter) -> Option<Block> {
    let appealable = *matter == RulingMatter::NotAccepted;
    let line = || {
        Line::say("如不服本裁定，可以在裁定书送达之日起十日内，向本院递交上诉状，上诉于")
            .put(higher_court(facts))
            .then("。")
    };
    appealable.then(|| line().block())
}
