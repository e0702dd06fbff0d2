//! Service in the state of a case.

use jiff::civil::Date;

use super::{Service, ServiceEvent, ServiceStatus};
use crate::{
    case::CaseState,
    ids::{MaterialId, PartyId, ServiceId},
    material::Place,
    moment::Recorded,
    paper::PaperKind,
};

impl CaseState {
    /// The day on which `material` was served on `to`, if it was: the earliest valid one.
    pub fn served_on(&self, material: MaterialId, to: PartyId) -> Option<Date> {
        self.services_in_order()
            .filter(|service| service.to == to && service.materials.contains(&material))
            .filter_map(Service::effected_on)
            .min()
    }

    /// The paper of this kind in the file that was written last.
    pub fn last_paper(&self, kind: PaperKind) -> Option<&crate::material::Material> {
        self.materials_in_order().filter(|paper| paper.kind == kind && paper.place == Place::InFile).last()
    }
}

/// Takes an event into the state. What was served is disclosed to the party from that moment.
pub fn apply(case: &mut CaseState, event: &ServiceEvent, recorded: &Recorded) {
    match event {
        ServiceEvent::Dispatched { service, materials, to, channel, address } => {
            if !case.services.contains_key(service) {
                case.service_order.push(*service);
            }
            case.services.insert(
                *service,
                Service {
                    id: *service,
                    materials: materials.clone(),
                    to: *to,
                    channel: *channel,
                    address: address.clone(),
                    dispatched_on: recorded.moment.today,
                    dispatched_at: recorded.moment.at,
                    status: ServiceStatus::Dispatched,
                    arrived_at: None,
                    opened_at: None,
                    signed_at: None,
                    received_by: None,
                    receipt: None,
                    tracking: None,
                    publications: vec![],
                    doubt: None,
                    undone_from: None,
                },
            );
        }
        ServiceEvent::Effected { service, on, arrived_at, received_by } => {
            let Some(known) = case.services.get_mut(service) else { return };
            known.arrived_at = *arrived_at;
            known.received_by = received_by.clone();
            took_effect(case, *service, *on);
        }
        ServiceEvent::Received { service, receipt } => {
            let Some(known) = case.services.get_mut(service) else { return };
            known.received_by = Some(receipt.name.clone()).filter(|name| !name.is_empty());
            known.receipt = Some(receipt.clone());
            took_effect(case, *service, receipt.on);
        }
        ServiceEvent::Tried { tried } => {
            // What a carrier brings back of papers that count puts their service in doubt.
            let service = tried.service.and_then(|id| case.services.get_mut(&id));
            if let Some(service) = service.filter(|it| it.effected_on().is_some()) {
                let came_back = !tried.means.is_by_hand() && !tried.reached;
                service.doubt = came_back.then(|| tried.outcome.clone()).or_else(|| service.doubt.take());
            }
            case.tries.push(tried.clone());
        }
        ServiceEvent::Posted { service, tracking } => {
            if let Some(service) = case.services.get_mut(service) {
                service.tracking = Some(tracking.clone());
            }
        }
        ServiceEvent::Published { service, publication } => {
            if let Some(service) = case.services.get_mut(service) {
                service.publications.push(publication.clone());
            }
        }
        ServiceEvent::Failed { service, reason } => {
            if let Some(service) = case.services.get_mut(service) {
                service.status = ServiceStatus::Failed { reason: reason.clone() };
            }
        }
        ServiceEvent::Upheld { service, .. } => {
            if let Some(service) = case.services.get_mut(service) {
                service.doubt = None;
            }
        }
        ServiceEvent::Undone { service, on, reason } => {
            if let Some(service) = case.services.get_mut(service) {
                service.status = ServiceStatus::Failed { reason: reason.clone() };
                (service.doubt, service.arrived_at) = (None, None);
                service.undone_from = Some(*on);
            }
        }
        ServiceEvent::Opened { service, .. } => {
            if let Some(service) = case.services.get_mut(service) {
                service.doubt = None;
                service.opened_at = Some(recorded.moment.at);
            }
        }
        ServiceEvent::Signed { service, .. } => {
            if let Some(service) = case.services.get_mut(service) {
                service.doubt = None;
                service.signed_at = Some(recorded.moment.at);
            }
        }
    }
}

/// From the day it counts the party may see what was served.
fn took_effect(case: &mut CaseState, id: ServiceId, on: Date) {
    let Some(known) = case.services.get_mut(&id) else { return };
    known.status = ServiceStatus::Effected { on };
    let (materials, to) = (known.materials.clone(), known.to);
    for material in materials {
        if let Some(material) = case.materials.get_mut(&material) {
            material.disclosed_to.insert(to);
        }
    }
}
