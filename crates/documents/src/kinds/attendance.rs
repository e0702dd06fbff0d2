//! Who took part in a hearing, and who did not (到庭情况).

use super::parts::{Line, joined, name, role};
use super::people::{agent_label, representative_label};
use crate::facts::{AbsenceGround, Agent, AgentKind, CaseFacts, Hearing, Party, Role};
use crate::structure::Span;

/// Who came, and on what ground the hearing went on without the others.
pub(super) fn attendance(facts: &CaseFacts, hearing: &Hearing) -> Vec<Span> {
    let (mut came, mut absent) = (Vec::new(), Vec::new());
    for wanted in Role::ALL {
        for (at, party) in facts.on_side(wanted) {
            match present(facts, hearing, at, party) {
                Some(spans) => came.push(spans),
                None => absent.push(at),
            }
        }
    }
    let mut line = Line::default();
    if !came.is_empty() {
        line = line.put_all(joined(came, "，")).then("到庭参加诉讼。");
    }
    for at in absent {
        line = line.put_all(absence(facts, hearing, at));
    }
    line.cell()
}

/// How a party took part: in person, by who stands for a unit, by agents; `None` if not at all.
pub(super) fn present(facts: &CaseFacts, hearing: &Hearing, at: usize, party: &Party) -> Option<Vec<Span>> {
    let came = |name: &str| hearing.appeared.iter().any(|one| one == name);
    let agents: Vec<&Agent> =
        facts.agents_of(party.name.as_deref()?).map(|(_, agent)| agent).filter(|agent| came(&agent.name)).collect();
    let statutory = |agent: &&&Agent| agent.kind == AgentKind::Statutory;
    let mut people: Vec<String> =
        agents.iter().filter(statutory).map(|agent| format!("{}{}", agent_label(agent), agent.name)).collect();
    if let Some(head) = party.representative.as_deref().filter(|head| came(head)) {
        people.insert(0, format!("{}{head}", representative_label(party)));
    }
    let litigators: Vec<&str> =
        agents.iter().filter(|agent| agent.kind != AgentKind::Statutory).map(|agent| agent.name.as_str()).collect();
    if !litigators.is_empty() {
        people.push(format!("委托诉讼代理人{}", litigators.join("、")));
    }
    let himself = came(party.name.as_deref()?);
    let who = Line::say(role(facts, party)).put(name(facts, at));
    match (himself, people.is_empty()) {
        (true, true) => Some(who.cell()),
        (true, false) => Some(who.then(format!("及其{}", people.join("、"))).cell()),
        (false, false) => Some(who.then(format!("的{}", people.join("、"))).cell()),
        (false, true) => None,
    }
}

fn absence(facts: &CaseFacts, hearing: &Hearing, at: usize) -> Vec<Span> {
    let party = &facts.parties[at];
    let ground =
        hearing.absences.iter().find(|absence| Some(&absence.party) == party.name.as_ref()).map(|one| one.ground);
    let who = Line::say(role(facts, party)).put(name(facts, at));
    let text = match ground {
        Some(AbsenceGround::SummonedAndAbsent) => "经传票传唤无正当理由拒不到庭参加诉讼。",
        Some(AbsenceGround::LeftWithoutLeave) => "未经法庭许可中途退庭。",
        Some(AbsenceGround::AskedToGoOn) => "书面申请不到庭参加诉讼。",
        None => {
            let what = format!(
                "{}未到庭的情况（是否经传票传唤、有无正当理由）",
                party.name.as_deref().unwrap_or(party.role.label())
            );
            return who.put(Span::gap(what)).then("。").cell();
        }
    };
    let path = format!("hearings.{}", facts.hearings.len().saturating_sub(1));
    who.put(facts.span(&path, text)).cell()
}
