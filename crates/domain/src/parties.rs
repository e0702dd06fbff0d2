//! Parties to a filed case (当事人): linking their accounts, their addresses, their agents.

mod linking;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    consent,
    decision::{Context, Decision},
    ids::{PartyId, PersonId},
    moment::Recorded,
    paper::PaperKind,
    party::{AddressConfirmation, Agent, PartyKind},
    refusal::refusals,
};

pub(crate) use linking::issue as issue_code;
pub use linking::{CODE_TRIES, IdentityCheck, LinkCode, is_same};

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
        /// Which paper was compared and by whom, where a clerk linked it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        check: Option<IdentityCheck>,
    },
    /// A code for linking was issued, to go with the notice (生成关联码).
    #[serde(rename = "parties.code_issued.v1")]
    CodeIssued {
        /// For which party.
        party: PartyId,
        /// Six digits.
        code: String,
        /// Last day it can be used.
        expires_on: Date,
    },
    /// Someone who may be the party sent a wrong code (关联码输错).
    #[serde(rename = "parties.code_mistyped.v1")]
    CodeMistyped {
        /// Whose code.
        party: PartyId,
        /// What was sent instead.
        code: String,
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
    /// Links the party whose notice carried this code to the account of a verified person.
    LinkByCode {
        /// Whose account.
        person: PersonId,
        /// The code.
        code: String,
        /// How identity was verified.
        verified_by: String,
    },
    /// Links a party to the account of a person whom a clerk has compared with their papers.
    LinkChecked {
        /// Which party.
        party: PartyId,
        /// Whose account.
        person: PersonId,
        /// What was compared.
        check: IdentityCheck,
    },
    /// Issues a code for linking; the one before it is void.
    IssueCode {
        /// For which party.
        party: PartyId,
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
        /// Number, code or identity do not agree; which of them is not said.
        WrongCode,
        /// A check of identity needs the paper, its number, who compared it and when.
        CheckIncomplete,
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
        PartiesCommand::Link { party, person, verified_by } => linking::link(case, ctx, party, person, verified_by),
        PartiesCommand::LinkByCode { person, code, verified_by } => {
            linking::by_code(case, ctx, person, &code, verified_by)
        }
        PartiesCommand::LinkChecked { party, person, check } => linking::checked(case, ctx, party, person, check),
        PartiesCommand::IssueCode { party } => linking::reissue(case, ctx, party),
        PartiesCommand::ConfirmAddress { address } => {
            known(case, address.party)?;
            // Confirmed once more after it was taken back, it is the party's word again.
            let stands = consent::is_served_online(case, address.party) == address.electronic;
            if stands && case.address(address.party) == Some(&address) {
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
        PartiesEvent::Linked { party, person, check, .. } => {
            case.link_codes.remove(party);
            if let Some(party) = case.parties.get_mut(party) {
                party.person = Some(*person);
                let shown = check.as_ref().filter(|_| party.kind == PartyKind::Natural);
                party.id_no = party.id_no.take().or_else(|| shown.map(|check| check.id_no.clone()));
            }
        }
        PartiesEvent::CodeIssued { party, code, expires_on } => {
            let code = LinkCode { code: code.clone(), expires_on: *expires_on, tried: BTreeSet::new() };
            case.link_codes.insert(*party, code);
        }
        PartiesEvent::CodeMistyped { party, code } => {
            if let Some(known) = case.link_codes.get_mut(party) {
                known.tried.insert(code.clone());
            }
        }
        PartiesEvent::AddressConfirmed { address } => {
            consent::confirmed(case, address);
            case.addresses.push(address.clone());
        }
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
