//! Receipts of service on paper (送达回证): who took the papers in, and what the law asks of each way.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Channel, Service, ServiceRefusal, holds_statement};
use crate::{
    case::CaseState,
    party::{PartyKind, SpecialAuthority},
};

/// How papers were taken in (签收情况).
///
/// Source: 《民事诉讼法》第八十八条、第八十九条;《民诉法解释》第一百三十至一百三十三条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "how")]
pub enum Taking {
    /// By the party (本人签收); for an organisation, by its representative.
    Addressee,
    /// By an adult of the family who lives with the party (同住成年家属).
    Family {
        /// What they are to the party.
        relation: String,
    },
    /// By whoever takes papers in for an organisation (法定代表人、主要负责人、负责收件的人).
    Unit {
        /// Their post.
        post: String,
    },
    /// By the party's agent (诉讼代理人).
    Agent,
    /// By the recipient the party named (指定代收人).
    Nominated,
    /// Left on refusal (留置): before witnesses, or photographed.
    Left {
        /// Why it was refused.
        reason: String,
        /// Who saw it, from the community or the unit.
        witnesses: Vec<Witness>,
    },
    /// The party came to the court and refused to sign (到院拒签): it counts as served.
    RefusedAtCourt {
        /// What was noted.
        reason: String,
    },
    /// The carrier brought it back from the address the party confirmed (退回).
    Returned {
        /// The carrier's reason.
        reason: String,
    },
}

/// Somebody who saw that papers were left (见证人).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Witness {
    /// Name.
    pub name: String,
    /// The community or unit they are of.
    pub of: String,
}

/// Where a device says that it was, in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct GeoPoint {
    /// Latitude.
    pub latitude_e6: i32,
    /// Longitude.
    pub longitude_e6: i32,
    /// How far off it may be, in metres.
    pub accuracy_m: u32,
}

/// What the device of whoever served noted on the spot: its own clock and place. It may have had no signal, so
/// the court's clock says only when it learned of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Noted {
    /// Clock of the device.
    pub at: Timestamp,
    /// Place, if the device told.
    pub spot: Option<GeoPoint>,
}

/// A receipt of service on paper (送达回证).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Receipt {
    /// Day it counts from: signed, left, or come back.
    pub on: Date,
    /// Who took it in; empty where nobody did.
    pub name: String,
    /// In which quality.
    #[serde(flatten)]
    pub taking: Taking,
    /// What the device noted, of service in person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<Noted>,
}

impl Receipt {
    /// Signed by the party on this day.
    pub fn signed(on: Date, name: impl Into<String>) -> Self {
        Self { on, name: name.into(), taking: Taking::Addressee, noted: None }
    }
}

impl Taking {
    /// Whether somebody took the papers in.
    pub fn is_in_a_hand(&self) -> bool {
        !matches!(self, Taking::Left { .. } | Taking::RefusedAtCourt { .. } | Taking::Returned { .. })
    }

    /// Whether papers that went this way can end so. Who sets out to hand papers over may have to leave them.
    fn ends(&self, channel: Channel) -> bool {
        match self {
            Taking::Addressee | Taking::Agent | Taking::Nominated | Taking::Unit { .. } | Taking::Family { .. } => true,
            Taking::Left { .. } => matches!(channel, Channel::Direct | Channel::LeftOnRefusal | Channel::Entrusted),
            Taking::RefusedAtCourt { .. } => matches!(channel, Channel::Direct | Channel::LeftOnRefusal),
            Taking::Returned { .. } => channel == Channel::Postal,
        }
    }
}

/// Checks a receipt against what the law asks of its way. `pictures` are filed with it.
///
/// Source: 《民事诉讼法》第八十八条、第八十九条;《民诉法解释》第一百三十一至一百三十三条;
/// 《简易程序规定》第十一条;《法院专递规定》第七条、第十一条.
pub(super) fn check(
    case: &CaseState,
    service: &Service,
    receipt: &Receipt,
    pictures: usize,
) -> Result<(), ServiceRefusal> {
    let (name, taking) = (receipt.name.trim(), &receipt.taking);
    if holds_statement(case, service) {
        check_statement(case, service, receipt)?;
    }
    if !taking.ends(service.channel) {
        return Err(ServiceRefusal::NotInThisWay);
    }
    if taking.is_in_a_hand() && name.is_empty() {
        return Err(ServiceRefusal::NoName);
    }
    if is_of_other_side(case, service, name) {
        return Err(ServiceRefusal::TakenByOtherSide { name: name.to_owned() });
    }
    let kind = case.parties.get(&service.to).map(|party| party.kind);
    let told = |text: &str| (!text.trim().is_empty()).then_some(()).ok_or(ServiceRefusal::NoRelation);
    match taking {
        Taking::Family { .. } if kind != Some(PartyKind::Natural) => Err(ServiceRefusal::NotOfThisParty),
        Taking::Unit { .. } if kind != Some(PartyKind::Legal) => Err(ServiceRefusal::NotOfThisParty),
        Taking::Family { relation } => told(relation),
        Taking::Unit { post } => told(post),
        Taking::Agent if !case.agents.iter().any(|agent| agent.party == service.to && agent.name == name) => {
            Err(ServiceRefusal::NotAnAgent { name: name.to_owned() })
        }
        Taking::Nominated if nominated(case, service) != Some(name) => {
            Err(ServiceRefusal::NotNominated { name: name.to_owned() })
        }
        Taking::Left { reason, witnesses } => {
            let seen = witnesses.iter().any(|witness| !witness.name.trim().is_empty()) || pictures > 0;
            (seen && !reason.trim().is_empty()).then_some(()).ok_or(ServiceRefusal::LeavingNotShown)
        }
        Taking::RefusedAtCourt { reason } if reason.trim().is_empty() => Err(ServiceRefusal::NoReason),
        Taking::Returned { .. } if case.address(service.to).is_none() => Err(ServiceRefusal::ReturnedFromUnconfirmed),
        Taking::Returned { reason } if reason.trim().is_empty() => Err(ServiceRefusal::NoReason),
        _ => Ok(()),
    }
}

/// A mediation statement goes to the party's own hand; where the party can't sign, to the recipient they named, or to
/// an agent who may settle.
///
/// Source: 《民事诉讼法》第六十二条;《民诉法解释》第一百三十三条.
fn check_statement(case: &CaseState, service: &Service, receipt: &Receipt) -> Result<(), ServiceRefusal> {
    let settles = || {
        let of_party = case.agents.iter().filter(|agent| agent.party == service.to);
        of_party
            .filter(|agent| agent.name == receipt.name.trim())
            .any(|agent| agent.special.contains(&SpecialAuthority::Settle))
    };
    let own = match receipt.taking {
        Taking::Addressee | Taking::Nominated | Taking::Unit { .. } => true,
        Taking::Agent => settles(),
        _ => false,
    };
    if !own {
        return Err(ServiceRefusal::MediationStatementInPerson);
    }
    if receipt.name.trim().is_empty() { Err(ServiceRefusal::NoRecipient) } else { Ok(()) }
}

fn nominated<'a>(case: &'a CaseState, service: &Service) -> Option<&'a str> {
    case.address(service.to)?.recipient.as_deref().map(str::trim).filter(|name| !name.is_empty())
}

/// Whether it is the name of a party of the other side or of its agent, and of nobody on this one.
fn is_of_other_side(case: &CaseState, service: &Service, name: &str) -> bool {
    let Some(own) = case.parties.get(&service.to).map(|party| party.role) else { return false };
    let role_of = |id| case.parties.get(&id).map(|party| party.role);
    let named = |side: bool| {
        case.parties_in_order().any(|party| party.name == name && (party.role == own) == side)
            || case.agents.iter().any(|agent| agent.name == name && (role_of(agent.party) == Some(own)) == side)
    };
    !name.is_empty() && named(false) && !named(true)
}
