//! What was tried to reach a party (送达经过): each call, visit and message is a row of its own.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Channel, ServiceEvent, ServiceRefusal, ServiceStatus, taking::Noted};
use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::{PartyId, ServiceId},
    periods::{self, PeriodEvent, PeriodKind},
};

/// By what a party was tried to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// A telephone call (电话).
    Telephone,
    /// A visit (上门).
    Visit,
    /// The carrier's round (投递).
    Carrier,
    /// The party's pages on the platform (诉讼平台).
    Platform,
    /// A short message (短信).
    ShortMessage,
    /// Electronic mail (电子邮件).
    Mail,
}

impl Means {
    /// All of them.
    pub const ALL: [Means; 6] =
        [Means::Telephone, Means::Visit, Means::Carrier, Means::Platform, Means::ShortMessage, Means::Mail];

    /// Those that a person enters; the system tells the others by itself.
    pub const BY_HAND: [Means; 3] = [Means::Telephone, Means::Visit, Means::Carrier];

    /// Whether a person enters it.
    pub fn is_by_hand(self) -> bool {
        Means::BY_HAND.contains(&self)
    }
}

/// One try to reach a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Try {
    /// Whom.
    pub to: PartyId,
    /// The attempt at service it belongs to; none of a call before anything was sent.
    pub service: Option<ServiceId>,
    /// By what.
    pub means: Means,
    /// Number called, address visited or written to.
    pub at_address: String,
    /// When.
    pub at: Timestamp,
    /// Whether the party was reached, or the message arrived.
    pub reached: bool,
    /// What came of it, in words.
    pub outcome: String,
    /// What the device noted, of a visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<Noted>,
}

/// Where and when an announcement was published (公告刊登).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Publication {
    /// Newspaper, website or notice board.
    pub medium: String,
    /// Day of publication.
    pub on: Date,
}

/// Enters a try. The same one told twice yields no event.
pub(super) fn record_try(case: &CaseState, ctx: &Context, tried: Try) -> Result<Decision, ServiceRefusal> {
    if !case.parties.contains_key(&tried.to) {
        return Err(ServiceRefusal::UnknownParty);
    }
    let of_party = |id| case.services.get(&id).is_some_and(|service| service.to == tried.to);
    if tried.service.is_some_and(|id| !of_party(id)) {
        return Err(ServiceRefusal::Unknown);
    }
    if !tried.means.is_by_hand() {
        return Err(ServiceRefusal::NotByHand);
    }
    if tried.outcome.trim().is_empty() {
        return Err(ServiceRefusal::NoOutcome);
    }
    if tried.at > ctx.moment.at {
        return Err(ServiceRefusal::TriedInFuture);
    }
    if case.tries.contains(&tried) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(ServiceEvent::Tried { tried }))
}

/// Enters the carrier's number of a consignment.
pub(super) fn record_tracking(case: &CaseState, id: ServiceId, tracking: &str) -> Result<Decision, ServiceRefusal> {
    let service = case.services.get(&id).ok_or(ServiceRefusal::Unknown)?;
    if service.channel != Channel::Postal {
        return Err(ServiceRefusal::NotPosted);
    }
    let tracking: String = tracking.chars().filter(|it| !it.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let told = (8..=30).contains(&tracking.len()) && tracking.chars().all(|it| it.is_ascii_alphanumeric());
    if !told {
        return Err(ServiceRefusal::TrackingMalformed);
    }
    if service.tracking.as_deref() == Some(tracking.as_str()) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(ServiceEvent::Posted { service: id, tracking }))
}

/// Enters where and when an announcement was published; its thirty days run from the last publication.
///
/// Source: 《民事诉讼法》第九十五条;《民诉法解释》第一百三十八条.
pub(super) fn record_publication(
    case: &CaseState,
    ctx: &Context,
    id: ServiceId,
    publication: Publication,
) -> Result<Decision, ServiceRefusal> {
    let service = case.services.get(&id).ok_or(ServiceRefusal::Unknown)?;
    if service.channel != Channel::Announcement {
        return Err(ServiceRefusal::NotAnnounced);
    }
    if publication.medium.trim().is_empty() {
        return Err(ServiceRefusal::NoReason);
    }
    if publication.on > ctx.moment.today {
        return Err(ServiceRefusal::InFuture);
    }
    if publication.on < service.dispatched_on {
        return Err(ServiceRefusal::ArrivedBeforeDispatch {
            dispatched_on: service.dispatched_on,
            arrived_on: publication.on,
        });
    }
    if service.publications.contains(&publication) {
        return Ok(Decision::nothing());
    }
    if service.status != ServiceStatus::Dispatched {
        return Err(ServiceRefusal::AnnouncedAlready);
    }
    let last =
        service.publications.iter().map(|known| known.on).chain([publication.on]).max().unwrap_or(publication.on);
    let period = periods::by_limit(PeriodKind::Announcement, Some(service.to), last);
    Ok(Decision::of(ServiceEvent::Published { service: id, publication }).with(PeriodEvent::Started { period }))
}
