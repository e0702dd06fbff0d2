//! Consent to on-line procedure (同意在线诉讼): per party and per step, never stretched to another.

use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::PartyId,
    moment::Recorded,
    party::AddressConfirmation,
    refusal::refusals,
};

/// A step that may be taken on line (诉讼环节).
///
/// Source: 《人民法院在线诉讼规则》第一条、第四条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Filing (立案).
    Filing,
    /// Mediation (调解).
    Mediation,
    /// Exchange of evidence (证据交换).
    EvidenceExchange,
    /// Inquiry (询问).
    Inquiry,
    /// Hearing (庭审).
    Hearing,
    /// Pronouncement (宣判).
    Pronouncement,
    /// Service (送达).
    Service,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Step; 7] = [
        Step::Filing,
        Step::Mediation,
        Step::EvidenceExchange,
        Step::Inquiry,
        Step::Hearing,
        Step::Pronouncement,
        Step::Service,
    ];
}

/// What a party said of a step (意愿).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Asked, not answered yet (已征询).
    Asked,
    /// Chosen by the party itself (主动选择).
    Chosen,
    /// Agreed when asked (同意).
    Agreed,
    /// Refused (不同意).
    Refused,
    /// Withdrawn in reasonable time (撤回).
    Withdrawn,
    /// Not answered in time: this party's side goes off line (逾期未确认).
    Lapsed,
    /// Switched off line by the court (法院转线下).
    Switched,
}

impl Consent {
    /// Whether the step may be taken on line with this party.
    pub fn is_online(self) -> bool {
        matches!(self, Consent::Chosen | Consent::Agreed)
    }
}

impl Consent {
    /// Whether it is the party's own word; the rest is said by the court or by the clock.
    pub fn is_partys_word(self) -> bool {
        matches!(self, Consent::Chosen | Consent::Agreed | Consent::Refused | Consent::Withdrawn)
    }
}

/// Facts of consent. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum ConsentEvent {
    /// A party's word on steps was recorded (记录意愿).
    #[serde(rename = "consent.recorded.v1")]
    Recorded {
        /// Whose.
        party: PartyId,
        /// Which steps.
        steps: Vec<Step>,
        /// What.
        consent: Consent,
        /// How it was told: on the platform, by telephone, at the counter.
        how: String,
    },
}

/// Commands of consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum ConsentCommand {
    /// Records a party's word on steps.
    Record {
        /// Whose.
        party: PartyId,
        /// Which steps.
        steps: Vec<Step>,
        /// What.
        consent: Consent,
        /// How it was told.
        how: String,
    },
    /// Takes consent back, in reasonable time before the step.
    Withdraw {
        /// Whose.
        party: PartyId,
        /// Which step.
        step: Step,
        /// Why.
        reason: String,
    },
}

refusals! {
    /// Why an act of consent is refused.
    ConsentRefusal = "consent" {
        /// There is no such party.
        UnknownParty,
        /// No step was named.
        NoStep,
        /// There is no consent to take back.
        NothingToWithdraw,
        /// The step is going on: it is too late to take consent back.
        TooLate,
        /// The court switches a step off line for a reason.
        NoReason,
    }
}

/// Decides an act of consent.
///
/// Source: 《人民法院在线诉讼规则》第四条、第五条、第十条.
pub fn decide(case: &CaseState, _: &Context, command: ConsentCommand) -> Result<Decision, ConsentRefusal> {
    match command {
        ConsentCommand::Record { party, steps, consent, how } => {
            known(case, party)?;
            if steps.is_empty() {
                return Err(ConsentRefusal::NoStep);
            }
            if consent == Consent::Switched && how.trim().is_empty() {
                return Err(ConsentRefusal::NoReason);
            }
            let changed: Vec<Step> =
                steps.into_iter().filter(|step| case.consents.get(&(party, *step)) != Some(&consent)).collect();
            if changed.is_empty() {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(ConsentEvent::Recorded { party, steps: changed, consent, how }))
        }
        ConsentCommand::Withdraw { party, step, reason } => {
            known(case, party)?;
            if !is_online(case, party, step) {
                return Err(ConsentRefusal::NothingToWithdraw);
            }
            if step == Step::Hearing && case.stage == crate::stage::Stage::InHearing {
                return Err(ConsentRefusal::TooLate);
            }
            Ok(Decision::of(ConsentEvent::Recorded {
                party,
                steps: vec![step],
                consent: Consent::Withdrawn,
                how: reason,
            }))
        }
    }
}

fn known(case: &CaseState, party: PartyId) -> Result<(), ConsentRefusal> {
    if case.parties.contains_key(&party) { Ok(()) } else { Err(ConsentRefusal::UnknownParty) }
}

/// Whether the step may be taken on line with the party.
pub fn is_online(case: &CaseState, party: PartyId, step: Step) -> bool {
    case.consents.get(&(party, step)).is_some_and(|consent| consent.is_online())
}

/// Whether papers may be served on the party electronically. Where it confirmed an address for service, what it said
/// there decides, and a step ticked among those it wants on line says nothing else; but what it agreed to there it may
/// take back, and the court may switch it off line.
///
/// Source: 《民事诉讼法》第九十条第一款;《人民法院在线诉讼规则》第五条、第二十九条.
pub fn is_served_online(case: &CaseState, party: PartyId) -> bool {
    let confirmed = case.address(party).is_none_or(|confirmed| confirmed.electronic);
    confirmed && is_online(case, party, Step::Service)
}

/// A confirmation of address says whether papers may come electronically: that is the party's word on the step.
///
/// Source: 《人民法院在线诉讼规则》第二十九条.
pub(crate) fn confirmed(case: &mut CaseState, address: &AddressConfirmation) {
    let consent = if address.electronic { Consent::Agreed } else { Consent::Refused };
    let known = case.consents.entry((address.party, Step::Service)).or_insert(consent);
    // Who chose it of their own did not merely agree.
    if known.is_online() != consent.is_online() {
        *known = consent;
    }
}

/// The first party without whose consent the step can't be taken on line by all.
pub fn offline(case: &CaseState, step: Step) -> Option<PartyId> {
    case.party_order.iter().copied().find(|party| !is_online(case, *party, step))
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &ConsentEvent, _: &Recorded) {
    let ConsentEvent::Recorded { party, steps, consent, .. } = event;
    for step in steps {
        case.consents.insert((*party, *step), *consent);
    }
}
