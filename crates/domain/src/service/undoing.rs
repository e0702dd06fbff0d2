//! Electronic papers that came back after all (退信), and what the court finds about them (查实是否送达). A carrier that
//! took a message on may say days later that nobody has it: then service no longer rests on a guess, a person finds out.

use super::{Channel, Service, ServiceEvent, ServiceRefusal, ServiceStatus, Try};
use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::{PartyId, ServiceId},
    periods::{PeriodEvent, PeriodKind},
    procedure::ProcedureEvent,
    stage::Stage,
};

/// Periods of a party that run from a service on it.
const FROM_SERVICE: [PeriodKind; 5] =
    [PeriodKind::Answer, PeriodKind::Link, PeriodKind::Evidence, PeriodKind::Appeal, PeriodKind::AppealAnswer];

/// The carrier says that what it took on came back. Nothing is undone by that: it is a row and a question to the clerk.
/// Told twice, or of papers that the party opened, it yields no event.
pub(super) fn report_bounce(ctx: &Context, service: &Service, tried: Try) -> Result<Decision, ServiceRefusal> {
    if service.channel != Channel::Electronic {
        return Err(ServiceRefusal::NotElectronic);
    }
    if tried.at > ctx.moment.at {
        return Err(ServiceRefusal::TriedInFuture);
    }
    let (id, reason) = (service.id, tried.outcome.clone());
    let tried = ServiceEvent::Tried { tried };
    Ok(match service.status {
        ServiceStatus::Dispatched => Decision::of(tried).with(ServiceEvent::Failed { service: id, reason }),
        ServiceStatus::Effected { .. } if service.doubt.is_none() && !service.is_in_hand() => Decision::of(tried),
        _ => Decision::nothing(),
    })
}

/// The court finds whether electronic papers arrived. What did not arrive never counted: the days that ran from it
/// never ran, and the papers go out again.
///
/// Source: 《民诉法解释》第一百三十五条;《人民法院在线诉讼规则》第三十一条.
pub(super) fn find(case: &CaseState, id: ServiceId, arrived: bool, reason: String) -> Result<Decision, ServiceRefusal> {
    let service = case.services.get(&id).ok_or(ServiceRefusal::Unknown)?;
    if service.channel != Channel::Electronic {
        return Err(ServiceRefusal::NotElectronic);
    }
    if reason.trim().is_empty() {
        return Err(ServiceRefusal::NoReason);
    }
    if service.effected_on().is_none() {
        return Err(ServiceRefusal::NotServed);
    }
    if arrived {
        let upheld = ServiceEvent::Upheld { service: id, reason };
        return Ok(if service.doubt.is_some() { Decision::of(upheld) } else { Decision::nothing() });
    }
    if service.is_in_hand() {
        return Err(ServiceRefusal::OpenedByParty);
    }
    if case.effective_on.is_some() {
        return Err(ServiceRefusal::InForce);
    }
    Ok(Decision::of(ServiceEvent::Undone { service: id, reason }))
}

impl Service {
    /// Whether the party opened the papers or signed for them: then they arrived, whatever a carrier says.
    pub fn is_in_hand(&self) -> bool {
        self.opened_at.is_some() || self.signed_at.is_some()
    }
}

/// What no longer runs once a service is found not to have arrived: the party's days that counted from it, if no
/// other service of that day bears them; and the stage that stood on everyone having the decision.
pub fn follows(after: &CaseState, service: ServiceId) -> Decision {
    let mut decision = Decision::nothing();
    let Some(service) = after.services.get(&service) else { return decision };
    let to = service.to;
    let borne = |period: &crate::periods::Period| {
        after.services_in_order().any(|it| it.to == to && it.effected_on() == Some(period.starts_on))
    };
    for kind in FROM_SERVICE {
        if after.running(kind, Some(to)).is_some_and(|period| !borne(period)) {
            decision.push(PeriodEvent::Voided { kind, party: Some(to) });
        }
    }
    let transfer_waits = after.running(PeriodKind::AppealAnswer, Some(to)).is_some_and(|period| !borne(period));
    if transfer_waits && after.running(PeriodKind::Transfer, None).is_some() {
        decision.push(PeriodEvent::Voided { kind: PeriodKind::Transfer, party: None });
    }
    if after.stage == Stage::AppealPeriod && !has_the_decision(after, to) {
        decision.push(ProcedureEvent::Advanced { to: Stage::ServingFinal });
    }
    decision
}

fn has_the_decision(case: &CaseState, party: PartyId) -> bool {
    case.final_paper().is_some_and(|paper| case.served_on(paper.id, party).is_some())
}
