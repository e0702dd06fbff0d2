//! The parties and those who act for them, as papers present them (当事人基本情况).

use super::parts::{Line, name, role};
use crate::facts::{Agent, AgentKind, CaseFacts, Party, PartyField, PartyKind, Role};
use crate::structure::{Block, Span};
use crate::wording::{count_in_chinese, date_in_text};

/// How much of a party a paper tells.
#[derive(Clone, Copy)]
pub(super) struct Detail {
    /// ID number or credit code.
    pub identity: bool,
    /// Telephone.
    pub phone: bool,
}

/// The lines of all parties with those who act for them (当事人基本情况).
pub(super) fn people(facts: &CaseFacts, detail: Detail) -> Vec<Block> {
    let mut blocks = Vec::new();
    for wanted in Role::ALL {
        let before = blocks.len();
        for (at, _) in facts.on_side(wanted) {
            blocks.extend(person(facts, at, detail));
        }
        if blocks.len() == before && wanted != Role::ThirdParty {
            blocks.push(Block::Gap { what: wanted.label().to_owned() });
        }
    }
    blocks
}

/// The lines of one party with those who act for it.
pub(super) fn person(facts: &CaseFacts, at: usize, detail: Detail) -> Vec<Block> {
    let party = &facts.parties[at];
    let mut blocks = match party.kind {
        PartyKind::Natural => vec![natural(facts, at, detail)],
        _ => unit(facts, at, detail),
    };
    let Some(name) = party.name.as_deref() else {
        return blocks;
    };
    for (place, agent) in facts.agents_of(name) {
        // An agent of several stands once, under the last of them.
        if agent.clients.last().is_some_and(|last| last == name) {
            blocks.push(agent_line(facts, place, agent, party, detail));
        }
    }
    blocks
}

/// A field of a party: its value after `before`, nothing if told as unknown, else a gap.
fn field(
    facts: &CaseFacts,
    at: usize,
    key: &str,
    value: Option<String>,
    known: (PartyField, &str),
    around: (&str, &str),
) -> Vec<Span> {
    let party = &facts.parties[at];
    let blank = value.as_deref().is_none_or(|value| value.trim().is_empty());
    if blank && party.unknown.contains(&known.0) {
        return Vec::new();
    }
    let what = format!("{}{}的{}", party.role.label(), party.name.as_deref().unwrap_or_default(), known.1);
    let span = facts.span_or_gap(&format!("parties.{at}.{key}"), value, &what);
    Line::say(format!("，{}", around.0)).put(span).then(around.1).cell()
}

fn natural(facts: &CaseFacts, at: usize, detail: Detail) -> Block {
    let party = &facts.parties[at];
    let part = |key: &str, value: Option<String>, known: PartyField, label: &str, around: (&str, &str)| {
        field(facts, at, key, value, (known, label), around)
    };
    let mut line = Line::say(format!("{}：", role(facts, party)))
        .put(name(facts, at))
        .put_all(part("sex", party.sex.clone(), PartyField::Sex, "性别", ("", "")))
        .put_all(part("born_on", party.born_on.map(date_in_text), PartyField::BornOn, "出生日期", ("", "出生")))
        .put_all(part("ethnicity", party.ethnicity.clone(), PartyField::Ethnicity, "民族", ("", "")))
        .put_all(part("occupation", occupation(party), PartyField::Occupation, "职业", ("", "")))
        .put_all(part("address", party.address.clone(), PartyField::Address, "住所", ("住", "")));
    if detail.identity {
        line = line.put_all(part(
            "id_number",
            party.id_number.clone(),
            PartyField::Identity,
            "公民身份号码",
            ("公民身份号码", ""),
        ));
    }
    if detail.phone {
        line = line.put_all(part("phone", party.phone.clone(), PartyField::Phone, "联系电话", ("联系电话", "")));
    }
    line.then("。").block()
}

/// 某单位职工 where the work unit is known, else the occupation.
fn occupation(party: &Party) -> Option<String> {
    match (&party.work_unit, &party.occupation) {
        (Some(unit), Some(post)) => Some(format!("{unit}{post}")),
        (Some(unit), None) => Some(format!("{unit}职工")),
        (None, post) => post.clone(),
    }
}

fn unit(facts: &CaseFacts, at: usize, detail: Detail) -> Vec<Block> {
    let party = &facts.parties[at];
    let address = field(facts, at, "address", party.address.clone(), (PartyField::Address, "住所地"), ("住所地", ""));
    let mut line = Line::say(format!("{}：", role(facts, party))).put(name(facts, at)).put_all(address);
    if detail.identity {
        let known = (PartyField::Identity, "统一社会信用代码");
        line =
            line.put_all(field(facts, at, "credit_code", party.credit_code.clone(), known, ("统一社会信用代码", "")));
    }
    if detail.phone {
        line = line.put_all(field(
            facts,
            at,
            "phone",
            party.phone.clone(),
            (PartyField::Phone, "联系电话"),
            ("联系电话", ""),
        ));
    }
    let mut blocks = vec![line.then("。").block()];
    blocks.extend(representative(facts, at));
    blocks
}

/// What the person is called who stands for a unit.
pub(super) fn representative_label(party: &Party) -> &'static str {
    match (party.kind, party.representative_post.as_deref()) {
        (PartyKind::Business, _) => "经营者",
        (PartyKind::Organisation, _) | (_, Some("负责人")) => "负责人",
        _ => "法定代表人",
    }
}

fn representative(facts: &CaseFacts, at: usize) -> Option<Block> {
    let party = &facts.parties[at];
    if party.representative.is_none() && party.unknown.contains(&PartyField::Representative) {
        return None;
    }
    let label = representative_label(party);
    let what = format!("{}的{label}", party.name.as_deref().unwrap_or(party.role.label()));
    let path = format!("parties.{at}.representative");
    let line = Line::say(format!("{label}：")).put(facts.span_or_gap(&path, party.representative.as_deref(), &what));
    let post = if label == "法定代表人" {
        let known = (PartyField::RepresentativePost, "法定代表人职务");
        field(facts, at, "representative_post", party.representative_post.clone(), known, ("", ""))
    } else {
        Vec::new()
    };
    Some(line.put_all(post).then("。").block())
}

/// What an agent is called in the papers.
pub(super) fn agent_label(agent: &Agent) -> &'static str {
    if agent.kind == AgentKind::Statutory { "法定代理人" } else { "委托诉讼代理人" }
}

fn agent_line(facts: &CaseFacts, place: usize, agent: &Agent, client: &Party, detail: Detail) -> Block {
    let shared = match agent.clients.len() {
        0 | 1 => String::new(),
        count => format!("上列{}{}的共同", count_in_chinese(count as u32), client.role.label()),
    };
    let path = format!("agents.{place}");
    let line = Line::say(format!("{shared}{}：", agent_label(agent)))
        .put(facts.span_or_gap(&path, Some(agent.name.as_str()), &format!("{}姓名", agent_label(agent))))
        .then("，")
        .put(facts.span_or_gap(&path, standing(agent, client), &format!("{}的执业机构或者身份", agent.name)));
    match (&agent.phone, detail.phone) {
        (Some(phone), true) => line.then("，联系电话").put(facts.span(&path, phone)).then("。").block(),
        _ => line.then("。").block(),
    }
}

/// What lets an agent act, in the words of the papers: 山东虚构律师事务所律师.
fn standing(agent: &Agent, client: &Party) -> Option<String> {
    let firm = agent.firm.as_deref()?.trim();
    Some(match agent.kind {
        AgentKind::Lawyer => format!("{firm}律师"),
        AgentKind::LegalAidLawyer => match firm.split_once("指派") {
            Some((centre, firm)) => format!("{}律师（由{}指派）", firm.trim(), centre.trim()),
            None => format!("{firm}律师（法律援助）"),
        },
        AgentKind::LegalServiceWorker => format!("{firm}法律工作者"),
        AgentKind::Staff => {
            let unit = firm.trim_end_matches("（工作人员）");
            let own = client.name.as_deref() == Some(unit);
            let unit = if own && unit.ends_with("公司") { "该公司" } else { unit };
            format!("{unit}工作人员")
        }
        AgentKind::NearRelative | AgentKind::Recommended | AgentKind::Statutory => firm.to_owned(),
    })
}
