//! Electronic papers that came back after all (退信), and what the court finds about them (查实是否送达). A carrier that
//! took a message on may say days later that nobody has it: then service no longer rests on a guess, a person finds out.

use jiff::civil::Date;

use super::{Channel, Service, ServiceEvent, ServiceRefusal, ServiceStatus, Try};
use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::{PartyId, ServiceId},
    paper::PaperKind,
    periods::{self, PeriodEvent, PeriodKind},
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
    let Some(on) = service.effected_on() else { return Err(ServiceRefusal::NotServed) };
    if service.is_in_hand() {
        return Err(ServiceRefusal::OpenedByParty);
    }
    if case.effective_on.is_some() {
        return Err(ServiceRefusal::InForce);
    }
    if case.stage >= Stage::FileTransferred || acted_upon(case, service) {
        return Err(ServiceRefusal::Overtaken);
    }
    Ok(Decision::of(ServiceEvent::Undone { service: id, on, reason }))
}

/// Whether the party did what only somebody does who has the papers: answered the complaint, came to the hearing,
/// appealed against the decision.
fn acted_upon(case: &CaseState, service: &Service) -> bool {
    let of_kind = |kinds: &[PaperKind]| {
        service.materials.iter().any(|id| case.materials.get(id).is_some_and(|paper| kinds.contains(&paper.kind)))
    };
    let to = service.to;
    let answered = case.answers.iter().any(|answer| answer.party == to);
    let came = case.hearings_in_order().any(|hearing| hearing.came(to));
    let appealed = case.appeals.iter().any(|appeal| appeal.party == to);
    let decided = case.final_paper().is_some_and(|paper| service.materials.contains(&paper.id));
    match decided {
        true => appealed,
        false => {
            came || answered && of_kind(&[PaperKind::Complaint, PaperKind::ResponseNotice, PaperKind::EvidenceNotice])
        }
    }
}

impl Service {
    /// Whether the party opened the papers or signed for them: then they arrived, whatever a carrier says.
    pub fn is_in_hand(&self) -> bool {
        self.opened_at.is_some() || self.signed_at.is_some()
    }
}

/// What never ran once a service is found not to have arrived: the party's days that counted from it, over or not,
/// if no other service of that day bears them; and the stage that stood on everyone having the papers.
pub fn follows(after: &CaseState, service: ServiceId, on: Date) -> Decision {
    let mut decision = Decision::nothing();
    let Some(service) = after.services.get(&service) else { return decision };
    let to = service.to;
    let borne = after.services_in_order().any(|it| it.to == to && it.effected_on() == Some(on));
    let ran = |kind| after.period(kind, Some(to)).is_some_and(|period| period.starts_on == on && !borne);
    for kind in FROM_SERVICE.into_iter().filter(|kind| ran(*kind)) {
        decision.push(PeriodEvent::Voided { kind, party: Some(to) });
    }
    if ran(PeriodKind::AppealAnswer) && after.running(PeriodKind::Transfer, None).is_some() {
        decision.push(PeriodEvent::Voided { kind: PeriodKind::Transfer, party: None });
    }
    match after.stage {
        Stage::AppealPeriod if !has_the_decision(after, to) => {
            decision.push(ProcedureEvent::Advanced { to: Stage::ServingFinal });
        }
        Stage::Pretrial if lacks_complaint(after, to) => {
            let again = periods::by_limit(PeriodKind::ClaimService, None, service.dispatched_on);
            decision.push(PeriodEvent::Started { period: again });
            decision.push(ProcedureEvent::Advanced { to: Stage::Serving });
        }
        _ => {}
    }
    decision
}

/// Whether the complaint was found not to have reached a party who neither answered nor waived its days: then nothing is
/// heard without that party.
///
/// Source: 《民事诉讼法》第一百二十八条、第一百四十七条.
pub fn lacks_complaint(case: &CaseState, party: PartyId) -> bool {
    let Some(complaint) = case.last_paper(PaperKind::Complaint) else { return false };
    let undone = case.services_in_order().any(|service| {
        service.to == party && service.undone_from.is_some() && service.materials.contains(&complaint.id)
    });
    let spoke = case.answers.iter().any(|answer| answer.party == party) || case.waived.contains(&party);
    undone && !spoke && case.served_on(complaint.id, party).is_none()
}

fn has_the_decision(case: &CaseState, party: PartyId) -> bool {
    case.final_paper().is_some_and(|paper| case.served_on(paper.id, party).is_some())
}
