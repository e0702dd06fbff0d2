//! The civil judgment of first instance (民事判决书): ordinary, summary, small claims.
//!
//! The judge's own words are found facts, reasoning, orders and costs; the rest is told from the case.

use super::attendance::{attendance, present};
use super::parts::{
    Filled, Line, bench, case_title, claims_in_line, day, higher_court, joined, name, proves, side, unstopped,
};
use super::people::{Detail, people};
use super::{DocumentKind, Extra, Inputs, JudgmentForm};
use crate::facts::{CaseFacts, Evidence, Party, Procedure, Role, TribunalForm};
use crate::rows;
use crate::structure::{Block, Span};
use crate::wording::date_in_text;

/// The clause on late performance, wherever an order is to pay money.
///
/// Source: 《民事诉讼法》第二百六十四条.
pub(crate) const LATE_PERFORMANCE: &str = "如果未按本判决指定的期间履行给付金钱义务，应当依照《中华人民共和国民事诉讼法》第二百六十四条规定，加倍支付迟延履行期间的债务利息。";
/// The last sentence of a judgment that nobody can appeal.
pub(crate) const FINAL: &str = "本判决为终审判决。";
/// The clause on appeal, up to the name of the court above.
///
/// Source: 《民事诉讼法》第一百七十一条.
pub(crate) const APPEAL: &str =
    "如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，并按照对方当事人或者代表人的人数提出副本，上诉于";

/// A civil judgment of first instance (民事判决书).
///
/// Source: 《民事诉讼法》第一百五十五条; 《人民法院民事裁判文书制作规范》.
pub(super) fn judgment(kind: DocumentKind, facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let small = kind == DocumentKind::CivilJudgmentSmallClaims;
    let short = small || inputs.extra == Extra::Judgment { form: JudgmentForm::Shortened };
    let mut blocks = people_of(facts);
    blocks.extend(course(facts));
    blocks.extend(claims(facts));
    blocks.extend(answers(facts));
    blocks.extend(counterclaim(facts));
    blocks.extend(evidence(facts));
    blocks.extend(findings(facts, short));
    blocks.extend(reasoning(facts, short));
    blocks.push(basis(facts));
    blocks.extend(orders(facts));
    if facts.orders.iter().any(|order| order.pays_money) {
        blocks.push(Block::text(LATE_PERFORMANCE));
    }
    blocks.push(
        Line::of(facts.span_or_gap("cost", facts.cost.as_deref().map(unstopped), "诉讼费用负担")).then("。").block(),
    );
    blocks.push(if small {
        Block::text(FINAL)
    } else {
        Line::say(APPEAL).put(higher_court(facts)).then("。").block()
    });
    let (signatures, gaps) = bench(facts, facts.dates.decided_on.or(inputs.dated_on));
    blocks.extend(gaps);
    Filled { blocks, signatures }
}

/// Parties and agents, as the court's setting tells them.
pub(super) fn people_of(facts: &CaseFacts) -> Vec<Block> {
    people(facts, detail(facts))
}

/// How much of a party judgments and rulings tell.
pub(super) fn detail(facts: &CaseFacts) -> Detail {
    Detail { identity: facts.style.ids_in_judgments, phone: false }
}

/// Origin and course of the case (案件由来和审理经过).
pub(super) fn course(facts: &CaseFacts) -> Vec<Block> {
    let mut line = Line::default()
        .put_all(case_title(facts))
        .put_all(award(facts))
        .then("，本院于")
        .put(day(facts, "dates.filed_on", facts.dates.filed_on, "立案日期"))
        .then("立案后，");
    line = procedure(facts, line).put_all(openness(facts));
    if let Some(hearing) = facts.last_hearing() {
        line = line.put_all(attendance(facts, hearing));
    }
    vec![line.then("本案现已审理终结。").block()]
}

/// The award that the suit goes against, where something had to be tried before it.
fn award(facts: &CaseFacts) -> Vec<Span> {
    let number = facts.pre_procedure.as_ref().and_then(|before| before.award_number.as_deref());
    let Some(number) = number else { return Vec::new() };
    Line::say("，")
        .put_all(side(facts, Role::Plaintiff))
        .then("不服")
        .put(facts.span("pre_procedure", number))
        .then("仲裁裁决，向本院提起诉讼")
        .cell()
}

fn procedure(facts: &CaseFacts, line: Line) -> Line {
    let first = facts.conversions.first().map(|conversion| conversion.from).or(facts.procedure);
    let mut line = line.then("依法适用").put(facts.span_or_gap("procedure", first.map(Procedure::label), "适用程序"));
    for conversion in &facts.conversions {
        let turned = format!("，于{}裁定转为{}", date_in_text(conversion.on), conversion.to.label());
        line = line.put(facts.span("conversions", turned));
    }
    let sole = facts.tribunal.form == Some(TribunalForm::Sole);
    if let Some(judge) = facts.tribunal.members.first().filter(|_| sole) {
        return line
            .then("，由")
            .put(facts.span("tribunal", format!("{}{}", judge.role.label(), judge.name)))
            .then("独任审理");
    }
    line
}

/// Open or not, and why not; on which platform, where it was on line.
///
/// Source: 《民事诉讼法》第一百三十七条.
fn openness(facts: &CaseFacts) -> Vec<Span> {
    let Some(hearing) = facts.last_hearing() else {
        // Parties may settle before any hearing.
        let settled = facts.mediation.as_ref().is_some_and(|mediation| !mediation.terms.is_empty());
        let told = if settled { Line::say("。") } else { Line::say("，").put(Span::gap("庭审情况")).then("。") };
        return told.cell();
    };
    let path = format!("hearings.{}", facts.hearings.len() - 1);
    let online = hearing.platform.as_deref().map_or(String::new(), |platform| format!("通过{platform}在线"));
    let how = match (hearing.open, hearing.closed_reason.as_deref()) {
        (Some(true), _) => facts.span(&path, format!("，{online}公开开庭进行了审理")),
        (Some(false), Some(reason)) if reason.contains("申请") => {
            facts.span(&path, format!("，经当事人申请，{online}不公开开庭进行了审理"))
        }
        (Some(false), Some(reason)) => facts.span(&path, format!("，因涉及{reason}{online}不公开开庭进行了审理")),
        (Some(false), None) => Span::gap("不公开开庭的理由"),
        (None, _) => Span::gap("是否公开开庭"),
    };
    Line::of(how).then("。").cell()
}

/// What the plaintiff claims, and why.
pub(super) fn claims(facts: &CaseFacts) -> Vec<Block> {
    let asked = Line::default()
        .put_all(side(facts, Role::Plaintiff))
        .then("向本院提出诉讼请求：")
        .put_all(claims_in_line(facts, &facts.claims, "claims", "诉讼请求"))
        .then("。事实和理由：")
        .put(facts.span_or_gap("facts_and_reasons", facts.facts_and_reasons.as_deref().map(unstopped), "事实和理由"))
        .then("。");
    vec![asked.block()]
}

/// What each other side answers. Who did not come and sent nothing did not answer; who came must have.
pub(super) fn answers(facts: &CaseFacts) -> Vec<Block> {
    let others = [Role::Defendant, Role::ThirdParty];
    let all = others.into_iter().flat_map(|role| facts.on_side(role).collect::<Vec<_>>());
    all.filter_map(|(at, party)| answer(facts, at, party)).collect()
}

fn answer(facts: &CaseFacts, at: usize, party: &Party) -> Option<Block> {
    let told = facts.answers.iter().position(|one| Some(&one.party) == party.name.as_ref());
    let who = Line::of(name(facts, at));
    if let Some(told) = told {
        let verb = if party.role == Role::ThirdParty { "述称，" } else { "辩称，" };
        let text = unstopped(&facts.answers[told].text).trim_start_matches('称');
        let what = format!("{}的答辩意见", facts.answers[told].party);
        return Some(
            who.then(verb).put(facts.span_or_gap(&format!("answers.{told}"), Some(text), &what)).then("。").block(),
        );
    }
    let absent = facts.last_hearing().is_some_and(|hearing| present(facts, hearing, at, party).is_none());
    match (party.role, absent) {
        (Role::ThirdParty, false) => None,
        (Role::ThirdParty, true) => Some(who.then("未作陈述。").block()),
        (_, true) => Some(who.then("未作答辩。").block()),
        (_, false) => {
            let what = format!("{}的答辩意见", party.name.as_deref().unwrap_or(party.role.label()));
            Some(who.then("辩称，").put(Span::gap(what)).then("。").block())
        }
    }
}

fn counterclaim(facts: &CaseFacts) -> Vec<Block> {
    let Some(counterclaim) = &facts.counterclaim else {
        return Vec::new();
    };
    let reasons = counterclaim.facts_and_reasons.as_deref().map(unstopped);
    let asked = Line::say(counterclaim.by.join("、"))
        .then("向本院提出反诉请求：")
        .put_all(claims_in_line(facts, &counterclaim.claims, "counterclaim.claims", "反诉请求"))
        .then("。事实和理由：")
        .put(facts.span_or_gap("counterclaim.facts_and_reasons", reasons, "反诉的事实和理由"))
        .then("。");
    let plaintiffs = joined(facts.on_side(Role::Plaintiff).map(|(at, _)| vec![name(facts, at)]), "、");
    if counterclaim.unanswered && counterclaim.answer.is_none() {
        return vec![asked.block(), Line::default().put_all(plaintiffs).then("对反诉未作答辩。").block()];
    }
    let answer = counterclaim.answer.as_deref().map(|text| unstopped(text).trim_start_matches('称'));
    let answered = Line::default()
        .put_all(plaintiffs)
        .then("针对反诉辩称，")
        .put(facts.span_or_gap("counterclaim.answer", answer, "对反诉的答辩意见"))
        .then("。");
    vec![asked.block(), answered.block()]
}

/// Evidence: undisputed items are confirmed in one sentence, each disputed one gets the court's view.
fn evidence(facts: &CaseFacts) -> Vec<Block> {
    if facts.evidence.is_empty() {
        return Vec::new();
    }
    let disputed: Vec<_> = facts.evidence.iter().enumerate().filter(|(_, item)| item.disputed).collect();
    let mut text = "当事人围绕诉讼请求依法提交了证据，本院组织当事人进行了证据交换和质证。".to_owned();
    if disputed.len() < facts.evidence.len() {
        text.push_str("对当事人无异议的证据，本院予以确认并在卷佐证。");
    }
    if !disputed.is_empty() {
        text.push_str("对有争议的证据，本院认定如下：");
    }
    let mut blocks = vec![Block::text(text)];
    blocks.extend(disputed.iter().enumerate().map(|(no, (at, item))| exhibit(facts, no + 1, *at, item)));
    blocks
}

fn exhibit(facts: &CaseFacts, no: usize, at: usize, item: &Evidence) -> Block {
    let path = format!("evidence.{at}");
    let said = |value: Option<&str>, what: &str| {
        facts.span_or_gap(&path, value.map(unstopped), &format!("证据“{}”的{what}", item.name))
    };
    let handed_in =
        if item.party.is_some() { format!("{no}.{}提交的", item.by) } else { format!("{no}.{}的", item.by) };
    Line::say(handed_in)
        .put(said(Some(&item.name), "名称"))
        .then("，用以证明")
        .put(said(item.purpose.as_deref().map(proves), "证明目的"))
        .then("。质证意见：")
        .put(said(item.opponent_opinion.as_deref(), "质证意见"))
        .then("。本院认证意见：")
        .put(said(item.court_view.as_deref(), "认证意见"))
        .then("。")
        .block()
}

/// The facts found; a short form may do without.
fn findings(facts: &CaseFacts, short: bool) -> Vec<Block> {
    if short && facts.found_facts.is_none() {
        return Vec::new();
    }
    let opening = "根据当事人陈述和经审查确认的证据，本院认定事实如下：";
    written(facts, "found_facts", facts.found_facts.as_deref(), opening, "本院认定的事实")
}

/// Issues, and 本院认为 as the judge wrote it.
fn reasoning(facts: &CaseFacts, short: bool) -> Vec<Block> {
    if short && facts.reasoning.is_none() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    if !facts.issues.is_empty() {
        let one = |(at, issue): (usize, &String)| {
            let said = facts.span(&format!("issues.{at}"), unstopped(issue));
            if facts.issues.len() == 1 { vec![said] } else { vec![Span::text(format!("{}.", at + 1)), said] }
        };
        let issues = joined(facts.issues.iter().enumerate().map(one), "；");
        blocks.push(Line::say("本案的争议焦点为：").put_all(issues).then("。").block());
    }
    blocks.extend(written(facts, "reasoning", facts.reasoning.as_deref(), "本院认为，", "本院认为（裁判理由）"));
    blocks
}

/// A text of the judge: the opening stands before its first line, every further line is a paragraph.
pub(super) fn written(facts: &CaseFacts, path: &str, text: Option<&str>, opening: &str, what: &str) -> Vec<Block> {
    let lines = text.unwrap_or_default().lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let Some((first, others)) = lines.split_first() else {
        return vec![Line::say(opening).put(Span::gap(what)).block()];
    };
    if rows::cells_of(first).is_some() {
        return [Line::say(opening).block()].into_iter().chain(told(facts, path, &lines)).collect();
    }
    let first = first.trim_start_matches(opening.trim_end_matches('，'));
    let first = Line::say(opening).put(facts.span(path, first.trim_start_matches('，')));
    [stopped(first)].into_iter().chain(told(facts, path, others)).collect()
}

/// Lines as paragraphs, and rows that follow one another as a table.
fn told(facts: &CaseFacts, path: &str, lines: &[&str]) -> Vec<Block> {
    let is_row = |line: &str| rows::cells_of(line).is_some();
    let runs = lines.chunk_by(|one, next| is_row(one) == is_row(next));
    let block = |run: &[&str]| -> Vec<Block> {
        let cells: Vec<Vec<&str>> = run.iter().filter_map(|line| rows::cells_of(line)).collect();
        match rows::table(&cells, |text| facts.span(path, text)) {
            Some(table) => vec![table],
            None => run.iter().map(|line| stopped(Line::of(facts.span(path, *line)))).collect(),
        }
    };
    runs.flat_map(block).collect()
}

/// A paragraph ends with a stop, even where the judge left it out.
fn stopped(line: Line) -> Block {
    let last = line.last_character();
    let open = last.is_none_or(|last| !"。！？：；…”’）】》|".contains(last));
    line.then(if open { "。" } else { "" }).block()
}

fn basis(facts: &CaseFacts) -> Block {
    let mut line = Line::say("综上所述，");
    if let Some(summary) = facts.summary.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        line = line.put(facts.span("summary", unstopped(summary))).then("。");
    }
    let committee = if facts.tribunal.committee { "经本院审判委员会讨论决定，" } else { "" };
    let decided = format!("规定，{committee}判决如下：");
    line.then("依照").put_all(cited_in_line(facts, &facts.legal_basis)).then(&decided).block()
}

/// The articles in one line; none is a gap.
pub(super) fn cited_in_line(facts: &CaseFacts, articles: &[String]) -> Vec<Span> {
    if articles.is_empty() {
        return vec![Span::gap("裁判依据的法律条文")];
    }
    let one = |(at, text): (usize, &String)| vec![facts.span(&format!("legal_basis.{at}"), cited(text))];
    joined(articles.iter().enumerate().map(one), "、")
}

/// Puts the name of an instrument into 《》, where the judge left it out.
pub(crate) fn cited(text: &str) -> String {
    let text = unstopped(text);
    if text.starts_with('《') {
        return text.to_owned();
    }
    let numeral = |c: char| "〇零一二三四五六七八九十百千".contains(c);
    let article = |at: &usize| {
        text[*at + '第'.len_utf8()..].split_once('条').is_some_and(|(no, _)| !no.is_empty() && no.chars().all(numeral))
    };
    match text.match_indices('第').map(|(at, _)| at).find(article) {
        Some(at) => format!("《{}》{}", &text[..at], &text[at..]),
        None => format!("《{text}》"),
    }
}

fn orders(facts: &CaseFacts) -> Vec<Block> {
    if facts.orders.is_empty() {
        return vec![Block::Gap { what: "判项".into() }];
    }
    let last = facts.orders.len();
    let one = |(at, order): (usize, &crate::facts::OrderText)| {
        let stop = if at + 1 == last { "。" } else { "；" };
        let said =
            facts.span_or_gap(&format!("orders.{at}"), Some(unstopped(&order.text)), &format!("判项第{}项", at + 1));
        Line::of(said).then(stop).order(at + 1)
    };
    facts.orders.iter().enumerate().map(one).collect()
}
