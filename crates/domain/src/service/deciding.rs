//! Decisions of service.

use super::{
    Channel, Receipt, Service, ServiceCommand, ServiceEvent, ServiceRefusal, ServiceStatus, Try, taking, trying,
    undoing,
};

use crate::{
    case::CaseState,
    consent,
    decision::{About, Context, Decision, Promise},
    ids::{MaterialId, PartyId, PersonId, ServiceId},
    material::{FileRef, MaterialEvent, Place, Submitter},
    paper::{PaperKind, Volume},
    parties,
    periods::{PeriodEvent, PeriodKind},
};

/// Decides an act of service.
pub fn decide(case: &CaseState, ctx: &Context, command: ServiceCommand) -> Result<Decision, ServiceRefusal> {
    match command {
        ServiceCommand::Dispatch { materials, to, channel } => dispatch(case, ctx, materials, to, channel),
        ServiceCommand::ReportDelivery { service, means, at, reached, outcome } => {
            let service = case.services.get(&service).ok_or(ServiceRefusal::Unknown)?;
            let (to, at_address) = (service.to, service.address.clone());
            let tried = Try { to, service: Some(service.id), means, at_address, at, reached, outcome, noted: None };
            report_delivery(ctx, service, tried)
        }
        ServiceCommand::RecordReceipt { service, receipt, shown_by } => {
            record_receipt(case, ctx, service, receipt, shown_by)
        }
        ServiceCommand::RecordTry { tried } => trying::record_try(case, ctx, tried),
        ServiceCommand::RecordTracking { service, tracking } => trying::record_tracking(case, service, &tracking),
        ServiceCommand::RecordPublication { service, publication } => {
            trying::record_publication(case, ctx, service, publication)
        }
        ServiceCommand::RecordFailure { service, reason } => record_failure(case, service, reason),
        ServiceCommand::ReportBounce { service, means, at, outcome } => {
            let service = case.services.get(&service).ok_or(ServiceRefusal::Unknown)?;
            let (to, at_address) = (service.to, service.address.clone());
            let tried =
                Try { to, service: Some(service.id), means, at_address, at, reached: false, outcome, noted: None };
            undoing::report_bounce(ctx, service, tried)
        }
        ServiceCommand::Find { service, arrived, reason } => undoing::find(case, service, arrived, reason),
        ServiceCommand::Open { service } => further(case, ctx, service, |by| ServiceEvent::Opened { service, by }),
        ServiceCommand::SignFor { service } => further(case, ctx, service, |by| ServiceEvent::Signed { service, by }),
    }
}

/// Releases papers. What is already on its way or served to this party is passed over.
///
/// Source: 《民事诉讼法》第九十条、第九十五条;《民诉法解释》第一百三十三条、第一百四十条.
fn dispatch(
    case: &CaseState,
    ctx: &Context,
    materials: Vec<MaterialId>,
    to: PartyId,
    channel: Channel,
) -> Result<Decision, ServiceRefusal> {
    let party = case.parties.get(&to).ok_or(ServiceRefusal::UnknownParty)?;
    let fresh: Vec<MaterialId> = materials.into_iter().filter(|id| !is_on_its_way(case, *id, to)).collect();
    if fresh.is_empty() {
        return Err(ServiceRefusal::NothingChosen);
    }
    for id in &fresh {
        check_paper(case, *id, channel)?;
    }
    check_channel(case, to, channel)?;
    let confirmed = case.address(to);
    let address = match channel {
        Channel::Electronic => {
            confirmed.and_then(|known| known.electronic_address.clone()).or_else(|| party.phone.clone())
        }
        Channel::Announcement => Some("—".to_owned()),
        _ => confirmed.map(|known| known.postal.clone()).or_else(|| party.address.clone()),
    };
    let address = address.ok_or(ServiceRefusal::NoAddress)?;
    let service = ServiceId(ctx.ids.next());
    let mut decision = Decision::of(ServiceEvent::Dispatched { service, materials: fresh, to, channel, address });
    if channel == Channel::Electronic {
        // Whoever has no account here opens the papers with a code: the message carries it.
        let has_code = case.link_codes.get(&to).is_some_and(|code| code.is_live(ctx.moment.today));
        if party.person.is_none() && !has_code {
            decision.push(parties::issue_code(ctx, to));
        }
        decision.promises.push(Promise::Deliver { service });
    }
    Ok(decision)
}

fn is_on_its_way(case: &CaseState, material: MaterialId, to: PartyId) -> bool {
    case.services_in_order().any(|service| {
        service.to == to
            && service.materials.contains(&material)
            && !matches!(service.status, ServiceStatus::Failed { .. })
    })
}

fn check_paper(case: &CaseState, id: MaterialId, channel: Channel) -> Result<(), ServiceRefusal> {
    let material = case.materials.get(&id).ok_or(ServiceRefusal::NotInFile { material: id })?;
    if material.volume == Volume::Secondary {
        return Err(ServiceRefusal::SecondaryVolume);
    }
    if material.place != Place::InFile {
        return Err(ServiceRefusal::NotInFile { material: id });
    }
    let in_person = matches!(channel, Channel::LeftOnRefusal | Channel::Announcement);
    if material.kind == PaperKind::MediationStatement && in_person {
        return Err(ServiceRefusal::MediationStatementInPerson);
    }
    Ok(())
}

fn check_channel(case: &CaseState, to: PartyId, channel: Channel) -> Result<(), ServiceRefusal> {
    match channel {
        Channel::Electronic if !consent::is_served_online(case, to) => return Err(ServiceRefusal::NoConsent),
        Channel::Announcement => {
            if case.procedure != crate::case::Procedure::Ordinary {
                return Err(ServiceRefusal::AnnouncementNeedsOrdinary);
            }
            let failed = |service: &Service| service.to == to && matches!(service.status, ServiceStatus::Failed { .. });
            if !case.services_in_order().any(failed) {
                return Err(ServiceRefusal::AnnouncementTooEarly);
            }
        }
        _ => {}
    }
    Ok(())
}

/// Service takes effect on the day the court's system shows the message as sent successfully; what could not be sent
/// failed. Each way tried is a row. The same told twice yields no event: a retry changes nothing.
///
/// Source: 《民事诉讼法》第九十条第二款;《民诉法解释》第一百三十五条;《人民法院在线诉讼规则》第三十一条.
fn report_delivery(ctx: &Context, service: &Service, tried: Try) -> Result<Decision, ServiceRefusal> {
    if service.channel != Channel::Electronic {
        return Err(ServiceRefusal::NotElectronic);
    }
    if service.status != ServiceStatus::Dispatched {
        return Ok(Decision::nothing());
    }
    let arrived_on = crate::moment::day_of(tried.at);
    if arrived_on < service.dispatched_on {
        return Err(ServiceRefusal::ArrivedBeforeDispatch { dispatched_on: service.dispatched_on, arrived_on });
    }
    if arrived_on > ctx.moment.today {
        return Err(ServiceRefusal::InFuture);
    }
    let id = service.id;
    let (at, reached, outcome) = (tried.at, tried.reached, tried.outcome.clone());
    let mut decision = Decision::of(ServiceEvent::Tried { tried });
    if !reached {
        return Ok(decision.with(ServiceEvent::Failed { service: id, reason: outcome }));
    }
    decision.push(ServiceEvent::Effected { service: id, on: arrived_on, arrived_at: Some(at), received_by: None });
    decision.write_about(ctx, PaperKind::ElectronicServiceCertificate, About::Service(id));
    Ok(decision)
}

/// Enters the receipt of service on paper; the pictures that show it are filed with it.
///
/// Source: 《民事诉讼法》第八十七条、第八十九条、第九十一条.
fn record_receipt(
    case: &CaseState,
    ctx: &Context,
    id: ServiceId,
    receipt: Receipt,
    shown_by: Vec<FileRef>,
) -> Result<Decision, ServiceRefusal> {
    let service = case.services.get(&id).ok_or(ServiceRefusal::Unknown)?;
    let on = receipt.on;
    if service.channel == Channel::Electronic {
        return Err(ServiceRefusal::NotOnPaper);
    }
    if service.channel == Channel::Announcement {
        return Err(ServiceRefusal::AnnouncementRunning);
    }
    match service.effected_on() {
        Some(known) if known == on => return Ok(Decision::nothing()),
        Some(known) => return Err(ServiceRefusal::EffectedAlready { on: known }),
        None => {}
    }
    if on < service.dispatched_on {
        return Err(ServiceRefusal::ArrivedBeforeDispatch { dispatched_on: service.dispatched_on, arrived_on: on });
    }
    if on > ctx.moment.today {
        return Err(ServiceRefusal::InFuture);
    }
    taking::check(case, service, &receipt, shown_by.len())?;
    let receipt = Receipt { name: receipt.name.trim().to_owned(), ..receipt };
    let mut decision = Decision::of(ServiceEvent::Received { service: id, receipt });
    file_pictures(ctx, &mut decision, shown_by);
    decision.write_about(ctx, PaperKind::ServiceReceipt, About::Service(id));
    Ok(decision)
}

/// Pictures of service lie in the file at once, as its receipt does.
fn file_pictures(ctx: &Context, decision: &mut Decision, shown_by: Vec<FileRef>) {
    let kind = PaperKind::ServicePicture;
    let mut materials = vec![];
    for file in shown_by {
        let (material, title) = (MaterialId(ctx.ids.next()), kind.name_zh().to_owned());
        let by = Submitter::Court;
        decision.push(MaterialEvent::Received { material, kind, title, file, by, original: None });
        materials.push(material);
    }
    if !materials.is_empty() {
        decision.push(MaterialEvent::Entered { materials });
    }
}

/// Whether a mediation statement is among the papers: receiving it binds.
///
/// Source: 《民事诉讼法》第一百条;《民诉法解释》第一百三十三条.
pub fn holds_statement(case: &CaseState, service: &Service) -> bool {
    let is_statement =
        |id: &MaterialId| case.materials.get(id).is_some_and(|paper| paper.kind == PaperKind::MediationStatement);
    service.materials.iter().any(is_statement)
}

fn record_failure(case: &CaseState, id: ServiceId, reason: String) -> Result<Decision, ServiceRefusal> {
    let service = case.services.get(&id).ok_or(ServiceRefusal::Unknown)?;
    if reason.trim().is_empty() {
        return Err(ServiceRefusal::NoReason);
    }
    match &service.status {
        ServiceStatus::Effected { on } => Err(ServiceRefusal::EffectedAlready { on: *on }),
        ServiceStatus::Failed { .. } => Ok(Decision::nothing()),
        ServiceStatus::Dispatched => Ok(Decision::of(ServiceEvent::Failed { service: id, reason })),
    }
}

/// Opening and signing are further facts: they never move the day of service.
fn further(
    case: &CaseState,
    ctx: &Context,
    id: ServiceId,
    event: impl FnOnce(PersonId) -> ServiceEvent,
) -> Result<Decision, ServiceRefusal> {
    let service = case.services.get(&id).ok_or(ServiceRefusal::Unknown)?;
    let person = ctx.actor.person().ok_or(ServiceRefusal::NotAddressee)?;
    if case.party_of(person).is_none_or(|party| party.id != service.to) {
        return Err(ServiceRefusal::NotAddressee);
    }
    if matches!(service.status, ServiceStatus::Failed { .. }) {
        return Err(ServiceRefusal::NotServed);
    }
    let event = event(person);
    let known = match &event {
        ServiceEvent::Opened { .. } => service.opened_at,
        _ => service.signed_at,
    };
    Ok(if known.is_some() { Decision::nothing() } else { Decision::of(event) })
}

/// The thirty days of an announcement are full: it counts as served on that day.
///
/// Source: 《民事诉讼法》第九十五条.
pub fn announcement_full(case: &CaseState, ctx: &Context, to: PartyId) -> Decision {
    let mut decision = Decision::nothing();
    let Some(period) = case.running(PeriodKind::Announcement, Some(to)) else { return decision };
    let waiting = case.services_in_order().filter(|service| {
        service.to == to && service.channel == Channel::Announcement && service.status == ServiceStatus::Dispatched
    });
    for service in waiting {
        decision.push(ServiceEvent::Effected {
            service: service.id,
            on: period.last_on,
            arrived_at: None,
            received_by: None,
        });
        decision.write_about(ctx, PaperKind::ServiceReceipt, About::Service(service.id));
    }
    decision.push(PeriodEvent::ended(PeriodKind::Announcement, Some(to)));
    decision
}
