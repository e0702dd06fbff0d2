//! Parties, those who act for them, and where they are reached.

use std::collections::BTreeMap;

use xiezhi_documents::facts::{AddressConfirmation, Agent, AgentKind, Party, PartyField, PartyKind, Role};
use xiezhi_domain::{
    case::CaseState,
    consent,
    decision::About,
    paper::PaperKind,
    party::{self, PartyRole, SpecialAuthority},
};

use super::{name, some};

/// What a form leaves open reads so; a blank is no gap that anyone could fill.
const NOT_TOLD: &str = "未填写";

pub(in crate::papers) fn role(role: PartyRole) -> Role {
    match role {
        PartyRole::Plaintiff => Role::Plaintiff,
        PartyRole::Defendant => Role::Defendant,
        PartyRole::ThirdParty => Role::ThirdParty,
    }
}

/// A party. What the filer does not know is lawfully unknown: papers pass it over, it is no gap.
pub(super) fn party(case: &CaseState, party: &party::Party) -> Party {
    let natural = party.kind == party::PartyKind::Natural;
    let told = |value: &Option<String>| value.as_deref().and_then(some);
    let id_no = told(&party.id_no);
    let mut facts = Party {
        role: role(party.role),
        kind: if natural { PartyKind::Natural } else { PartyKind::Legal },
        name: some(&party.name),
        sex: told(&party.sex),
        born_on: party.birth_on,
        ethnicity: told(&party.ethnicity),
        occupation: told(&party.occupation),
        work_unit: told(&party.particulars.work_unit),
        address: told(&party.address),
        id_number: id_no.clone().filter(|_| natural),
        credit_code: id_no.filter(|_| !natural),
        representative: told(&party.representative),
        representative_post: told(&party.representative_post),
        phone: told(&party.phone),
        e_service_consent: Some(consent::is_served_online(case, party.id)),
        ..Party::default()
    };
    facts.unknown = unknown(&facts).into_iter().filter(|(missing, _)| *missing).map(|(_, field)| field).collect();
    facts
}

fn unknown(party: &Party) -> [(bool, PartyField); 9] {
    [
        (party.sex.is_none(), PartyField::Sex),
        (party.born_on.is_none(), PartyField::BornOn),
        (party.ethnicity.is_none(), PartyField::Ethnicity),
        (party.occupation.is_none() && party.work_unit.is_none(), PartyField::Occupation),
        (party.address.is_none(), PartyField::Address),
        (party.representative.is_none(), PartyField::Representative),
        (party.representative_post.is_none(), PartyField::RepresentativePost),
        (party.id_number.is_none() && party.credit_code.is_none(), PartyField::Identity),
        (party.phone.is_none(), PartyField::Phone),
    ]
}

/// Who acts for several parties stands once, with all of them.
pub(super) fn agents(case: &CaseState) -> Vec<Agent> {
    let mut agents: Vec<Agent> = vec![];
    for told in &case.agents {
        let client = name(case, told.party);
        let agent = agent(told, client.clone());
        match agents.iter_mut().find(|known| known.name == agent.name && known.firm == agent.firm) {
            Some(known) => known.clients.push(client),
            None => agents.push(agent),
        }
    }
    agents
}

fn agent(told: &party::Agent, client: String) -> Agent {
    let firm = told.firm.as_deref().and_then(some);
    Agent {
        name: told.name.clone(),
        kind: standing(firm.as_deref(), &client),
        firm: firm.or_else(|| Some(format!("执业机构或者身份{NOT_TOLD}"))),
        clients: vec![client],
        authority: Some(authority(&told.special)),
        special_authority: !told.special.is_empty(),
        phone: told.phone.as_deref().and_then(some),
    }
}

/// What lets somebody act, as far as the unit tells it.
///
/// Source: 《民事诉讼法》第六十一条.
fn standing(firm: Option<&str>, client: &str) -> AgentKind {
    match firm {
        Some(firm) if firm.contains("法律援助") => AgentKind::LegalAidLawyer,
        Some(firm) if firm.contains("律师事务所") => AgentKind::Lawyer,
        Some(firm) if firm.contains("法律服务所") => AgentKind::LegalServiceWorker,
        Some(firm) if firm.starts_with(client) || firm.contains("工作人员") => AgentKind::Staff,
        _ => AgentKind::Recommended,
    }
}

/// Source: 《民事诉讼法》第六十二条.
fn authority(special: &[SpecialAuthority]) -> String {
    if special.is_empty() {
        return "一般授权".to_owned();
    }
    let words = special.iter().map(|one| match one {
        SpecialAuthority::Admit => "承认诉讼请求",
        SpecialAuthority::Waive => "放弃诉讼请求",
        SpecialAuthority::ChangeClaim => "变更诉讼请求",
        SpecialAuthority::Settle => "进行和解、调解",
        SpecialAuthority::Counterclaim => "提起反诉",
        SpecialAuthority::Appeal => "提起上诉",
    });
    format!("特别授权（代为{}）", words.collect::<Vec<_>>().join("，"))
}

/// The confirmation in force of each party.
pub(super) fn addresses(case: &CaseState) -> Vec<AddressConfirmation> {
    case.parties_in_order().filter_map(|party| case.address(party.id)).map(|told| address(case, told)).collect()
}

fn address(case: &CaseState, told: &party::AddressConfirmation) -> AddressConfirmation {
    let about = Some(About::Party(told.party));
    let papers = case.materials_in_order().filter(|paper| paper.kind == PaperKind::AddressConfirmation);
    let confirmed = papers.filter(|paper| paper.about == about).last();
    let or_blank = |text: &str| some(text).or_else(|| Some(NOT_TOLD.to_owned()));
    AddressConfirmation {
        party: name(case, told.party),
        address: or_blank(&told.postal),
        post_code: Some(NOT_TOLD.to_owned()),
        phone: or_blank(&told.phone),
        e_service_consent: Some(told.electronic),
        e_addresses: electronic(told),
        substitute: told.recipient.as_deref().and_then(some),
        scope: None,
        signed_on: Some(confirmed.map_or(case.changed_on, |paper| paper.received_on)),
        hand: told.hand.as_ref().map(|hand| hand.sha256.clone()),
    }
}

/// The electronic address, by what it is; without one of its own the telephone is where service goes.
fn electronic(told: &party::AddressConfirmation) -> BTreeMap<String, String> {
    let address = told.electronic_address.as_deref().and_then(some).or_else(|| some(&told.phone));
    let label = |address: &str| match address {
        mailbox if mailbox.contains('@') => "电子邮箱",
        number if number.len() == 11 && number.chars().all(|c| c.is_ascii_digit()) => "手机号码",
        _ => "平台账号",
    };
    address.into_iter().map(|address| (label(&address).to_owned(), address)).collect()
}
