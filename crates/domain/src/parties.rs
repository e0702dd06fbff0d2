//! Parties to a filed case (当事人): linking their accounts, their addresses, their agents.

use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::{PartyId, PersonId},
    moment::Recorded,
    paper::PaperKind,
    party::{AddressConfirmation, Agent, Party, PartyKind},
    people::Person,
    periods::{PeriodEvent, PeriodKind},
    refusal::refusals,
};

/// Facts about parties. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum PartiesEvent {
    /// A verified person linked the case to their account (关联案件).
    #[serde(rename = "parties.linked.v1")]
    Linked {
        /// Which party.
        party: PartyId,
        /// Whose account.
        person: PersonId,
        /// How identity was verified.
        verified_by: String,
    },
    /// A party confirmed an address for service (确认送达地址).
    #[serde(rename = "parties.address_confirmed.v1")]
    AddressConfirmed {
        /// The confirmation.
        address: AddressConfirmation,
    },
    /// A party appointed an agent (委托代理人).
    #[serde(rename = "parties.agent_appointed.v1")]
    AgentAppointed {
        /// The agent.
        agent: Agent,
    },
    /// An agent's authority ended (解除委托).
    #[serde(rename = "parties.agent_dismissed.v1")]
    AgentDismissed {
        /// Whose agent.
        party: PartyId,
        /// Name of the agent.
        name: String,
    },
}

/// Commands about parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum PartiesCommand {
    /// Links a party to the account of a verified person.
    Link {
        /// Which party.
        party: PartyId,
        /// Whose account.
        person: PersonId,
        /// How identity was verified.
        verified_by: String,
    },
    /// Confirms an address for service.
    ConfirmAddress {
        /// The confirmation.
        address: AddressConfirmation,
    },
    /// Appoints an agent.
    AppointAgent {
        /// The agent.
        agent: Agent,
    },
    /// Ends an agent's authority.
    DismissAgent {
        /// Whose agent.
        party: PartyId,
        /// Name of the agent.
        name: String,
    },
}

refusals! {
    /// Why an act about parties is refused.
    PartiesRefusal = "parties" {
        /// There is no such party.
        UnknownParty,
        /// The party is linked to another account.
        LinkedToAnother,
        /// The person is not the party: names or numbers differ.
        NotThisPerson,
        /// A postal address and a telephone are needed.
        AddressIncomplete,
        /// A party has at most two agents.
        TooManyAgents,
        /// There is no such agent.
        UnknownAgent,
        /// One agent can't act for both sides.
        ActsForOtherSide,
    }
}

/// Decides an act about parties.
///
/// Source: 《民事诉讼法》第六十一条至第六十三条;《人民法院在线诉讼规则》第七条、第十条.
pub fn decide(case: &CaseState, ctx: &Context, command: PartiesCommand) -> Result<Decision, PartiesRefusal> {
    match command {
        PartiesCommand::Link { party, person, verified_by } => link(case, ctx, party, person, verified_by),
        PartiesCommand::ConfirmAddress { address } => {
            known(case, address.party)?;
            if case.address(address.party) == Some(&address) {
                return Ok(Decision::nothing());
            }
            if address.postal.trim().is_empty() || address.phone.trim().is_empty() {
                return Err(PartiesRefusal::AddressIncomplete);
            }
            let party = address.party;
            let mut decision = Decision::of(PartiesEvent::AddressConfirmed { address });
            decision.write_to(ctx, PaperKind::AddressConfirmation, party);
            Ok(decision)
        }
        PartiesCommand::AppointAgent { agent } => appoint(case, agent),
        PartiesCommand::DismissAgent { party, name } => {
            if !case.agents.iter().any(|agent| agent.party == party && agent.name == name) {
                return Err(PartiesRefusal::UnknownAgent);
            }
            Ok(Decision::of(PartiesEvent::AgentDismissed { party, name }))
        }
    }
}

fn known(case: &CaseState, party: PartyId) -> Result<(), PartiesRefusal> {
    if case.parties.contains_key(&party) { Ok(()) } else { Err(PartiesRefusal::UnknownParty) }
}

/// The person must be the party: the same number where both are known, else the same name.
fn link(
    case: &CaseState,
    ctx: &Context,
    party: PartyId,
    person: PersonId,
    verified_by: String,
) -> Result<Decision, PartiesRefusal> {
    let known = case.parties.get(&party).ok_or(PartiesRefusal::UnknownParty)?;
    match known.person {
        Some(linked) if linked == person => return Ok(Decision::nothing()),
        Some(_) => return Err(PartiesRefusal::LinkedToAnother),
        None => {}
    }
    let account = ctx.people.person(person).ok_or(PartiesRefusal::NotThisPerson)?;
    if !is_same(known, account, ctx.actor.is_outside()) {
        return Err(PartiesRefusal::NotThisPerson);
    }
    let mut decision = Decision::of(PartiesEvent::Linked { party, person, verified_by });
    if case.running(PeriodKind::Link, Some(party)).is_some() {
        decision.push(PeriodEvent::ended(PeriodKind::Link, Some(party)));
    }
    Ok(decision)
}

/// Whether `account` is `party`, as far as an act from outside or from inside the court may rest on it.
///
/// People share names, and case numbers can be guessed: without both identity numbers somebody of the court,
/// who has seen the papers, makes the link. Registered names of legal persons are unique.
pub fn is_same(party: &Party, account: &Person, from_outside: bool) -> bool {
    match (&party.id_no, &account.id_no) {
        (Some(told), Some(verified)) => told == verified,
        _ if from_outside && party.kind == PartyKind::Natural => false,
        _ => party.name == account.name || account.unit.as_deref() == Some(party.name.as_str()),
    }
}

fn appoint(case: &CaseState, agent: Agent) -> Result<Decision, PartiesRefusal> {
    known(case, agent.party)?;
    if case.agents.contains(&agent) {
        return Ok(Decision::nothing());
    }
    if case.agents.iter().filter(|other| other.party == agent.party).count() >= 2 {
        return Err(PartiesRefusal::TooManyAgents);
    }
    let side = |party: PartyId| case.parties.get(&party).map(|party| party.role);
    let same_account = |person: Option<PersonId>| person.is_some() && person == agent.person;
    let acts = case.agents.iter().any(|other| same_account(other.person) && side(other.party) != side(agent.party));
    let is_party =
        case.parties_in_order().any(|party| same_account(party.person) && Some(party.role) != side(agent.party));
    if acts || is_party {
        return Err(PartiesRefusal::ActsForOtherSide);
    }
    Ok(Decision::of(PartiesEvent::AgentAppointed { agent }))
}

/// An agent whose authority ended keeps no way in by having submitted the application.
fn forget_filer(case: &mut CaseState, gone: &[Agent]) {
    if case.submitted_by.is_some() && gone.iter().any(|agent| agent.person == case.submitted_by) {
        case.submitted_by = None;
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &PartiesEvent, _: &Recorded) {
    match event {
        PartiesEvent::Linked { party, person, .. } => {
            if let Some(party) = case.parties.get_mut(party) {
                party.person = Some(*person);
            }
        }
        PartiesEvent::AddressConfirmed { address } => case.addresses.push(address.clone()),
        PartiesEvent::AgentAppointed { agent } => case.agents.push(agent.clone()),
        PartiesEvent::AgentDismissed { party, name } => {
            let (gone, kept) = std::mem::take(&mut case.agents)
                .into_iter()
                .partition(|agent: &Agent| agent.party == *party && agent.name == *name);
            case.agents = kept;
            forget_filer(case, &gone);
        }
    }
}
