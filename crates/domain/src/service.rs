//! Service (送达): papers reach a party in a way the law counts. Each attempt is a row; none is overwritten.

mod applying;
mod deciding;
mod offering;
mod reckoning;
mod taking;
mod trying;
mod undoing;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{MaterialId, PartyId, PersonId, ServiceId},
    material::FileRef,
    refusal::refusals,
};

pub use applying::apply;
pub use deciding::{announcement_full, decide, holds_statement};
pub use offering::{Prospect, Way, is_usual, usual};
pub use reckoning::{Reckoning, Rule};
pub use taking::{GeoPoint, Noted, Receipt, Taking, Witness};
pub use trying::{Means, Publication, Try};
pub use undoing::{follows as follows_undoing, lacks_complaint};

/// Channel of service (送达方式).
///
/// Source: 《民事诉讼法》第八十七条至第九十五条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Electronic (电子送达).
    Electronic,
    /// In person (直接送达).
    Direct,
    /// Left on refusal (留置送达).
    LeftOnRefusal,
    /// By post (邮寄送达).
    Postal,
    /// Through another court (委托送达).
    Entrusted,
    /// Through the unit the recipient belongs to (转交送达).
    Forwarded,
    /// By public announcement (公告送达).
    Announcement,
}

impl Channel {
    /// All channels in the order of the law.
    pub const ALL: [Channel; 7] = [
        Channel::Electronic,
        Channel::Direct,
        Channel::LeftOnRefusal,
        Channel::Postal,
        Channel::Entrusted,
        Channel::Forwarded,
        Channel::Announcement,
    ];
}

/// Where an attempt stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum ServiceStatus {
    /// On its way (送达中).
    Dispatched,
    /// Served (已送达).
    Effected {
        /// Day it counts from.
        on: Date,
    },
    /// It did not reach the party (送达失败).
    Failed {
        /// Why.
        reason: String,
    },
}

/// One attempt to serve papers on a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Identifier.
    pub id: ServiceId,
    /// Papers.
    pub materials: Vec<MaterialId>,
    /// To whom.
    pub to: PartyId,
    /// Channel.
    pub channel: Channel,
    /// Address used: the one in force when it left.
    pub address: String,
    /// Day it left.
    pub dispatched_on: Date,
    /// Moment it left, as the certificate of electronic service tells it.
    pub dispatched_at: Timestamp,
    /// Where it stands.
    pub status: ServiceStatus,
    /// When the system reported arrival, of electronic service.
    pub arrived_at: Option<Timestamp>,
    /// When the party first opened it; a further fact, never the day of service.
    pub opened_at: Option<Timestamp>,
    /// When the party signed for it; a further fact.
    pub signed_at: Option<Timestamp>,
    /// Who received it, of service on paper.
    pub received_by: Option<String>,
    /// The receipt, of service on paper.
    pub receipt: Option<Receipt>,
    /// Number of the carrier's consignment (邮件号码), of service by post.
    pub tracking: Option<String>,
    /// Where and when it was published, of service by announcement.
    pub publications: Vec<Publication>,
    /// What a carrier said after it counted: that it came back. The court has not found yet whether it arrived.
    pub doubt: Option<String>,
    /// The day from which it had counted, where it was found not to have arrived.
    pub undone_from: Option<Date>,
}

impl ServiceEvent {
    /// The attempt that takes effect by it, and the day it counts from.
    pub fn effect(&self) -> Option<(ServiceId, Date)> {
        match self {
            ServiceEvent::Effected { service, on, .. } => Some((*service, *on)),
            ServiceEvent::Received { service, receipt } => Some((*service, receipt.on)),
            _ => None,
        }
    }
}

impl Service {
    /// Day it counts from, if it was served.
    pub fn effected_on(&self) -> Option<Date> {
        match self.status {
            ServiceStatus::Effected { on } => Some(on),
            ServiceStatus::Dispatched | ServiceStatus::Failed { .. } => None,
        }
    }
}

/// Facts of service. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum ServiceEvent {
    /// The court released papers to a party (发出).
    #[serde(rename = "service.dispatched.v1")]
    Dispatched {
        /// Identifier.
        service: ServiceId,
        /// Papers.
        materials: Vec<MaterialId>,
        /// To whom.
        to: PartyId,
        /// Channel.
        channel: Channel,
        /// Address used.
        address: String,
    },
    /// Service took effect (视为送达之日); every later period counts from `on`.
    #[serde(rename = "service.effected.v1")]
    Effected {
        /// Which attempt.
        service: ServiceId,
        /// The day.
        on: Date,
        /// When the system reported arrival, of electronic service.
        arrived_at: Option<Timestamp>,
        /// Who received it, of service on paper.
        received_by: Option<String>,
    },
    /// Service on paper took effect; the receipt says who took it in and how (送达回证).
    #[serde(rename = "service.received.v1")]
    Received {
        /// Which attempt.
        service: ServiceId,
        /// The receipt.
        receipt: Receipt,
    },
    /// One try to reach the party: a call, a visit, a message, the carrier's round (送达经过).
    #[serde(rename = "service.tried.v1")]
    Tried {
        /// The try.
        tried: Try,
    },
    /// The carrier took a consignment on (交寄).
    #[serde(rename = "service.posted.v1")]
    Posted {
        /// Which attempt.
        service: ServiceId,
        /// The carrier's number.
        tracking: String,
    },
    /// The announcement was published (公告刊登、张贴).
    #[serde(rename = "service.published.v1")]
    Published {
        /// Which attempt.
        service: ServiceId,
        /// Where and when.
        publication: Publication,
    },
    /// The attempt failed; another channel is tried (送达不成功).
    #[serde(rename = "service.failed.v1")]
    Failed {
        /// Which attempt.
        service: ServiceId,
        /// Why.
        reason: String,
    },
    /// The court found that electronic papers arrived although the carrier brought them back (查实已送达).
    #[serde(rename = "service.upheld.v1")]
    Upheld {
        /// Which attempt.
        service: ServiceId,
        /// What shows it.
        reason: String,
    },
    /// The court found that electronic papers never arrived: the attempt never counted (查实未送达).
    #[serde(rename = "service.undone.v1")]
    Undone {
        /// Which attempt.
        service: ServiceId,
        /// The day from which it had counted.
        on: Date,
        /// What shows it.
        reason: String,
    },
    /// The party opened the papers (查阅).
    #[serde(rename = "service.opened.v1")]
    Opened {
        /// Which attempt.
        service: ServiceId,
        /// Who.
        by: PersonId,
    },
    /// The party signed for the papers: received, not agreed (签收).
    #[serde(rename = "service.signed.v1")]
    Signed {
        /// Which attempt.
        service: ServiceId,
        /// Who.
        by: PersonId,
    },
}

/// Commands of service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum ServiceCommand {
    /// Releases papers to a party.
    Dispatch {
        /// Papers.
        materials: Vec<MaterialId>,
        /// To whom.
        to: PartyId,
        /// Channel.
        channel: Channel,
    },
    /// The system reports whether electronic papers reached the party's system, and by what.
    ReportDelivery {
        /// Which attempt.
        service: ServiceId,
        /// By what.
        means: Means,
        /// When it arrived, or when it was known that it would not.
        at: Timestamp,
        /// Whether it arrived.
        reached: bool,
        /// What the carrier said, in words.
        outcome: String,
    },
    /// A clerk or service agent enters the outcome of service on paper.
    RecordReceipt {
        /// Which attempt.
        service: ServiceId,
        /// The receipt.
        receipt: Receipt,
        /// Photographs or films of it, to be filed with it.
        shown_by: Vec<FileRef>,
    },
    /// A clerk or service agent enters a try to reach the party, a call included.
    RecordTry {
        /// The try.
        tried: Try,
    },
    /// The consignment has a number of the carrier.
    RecordTracking {
        /// Which attempt.
        service: ServiceId,
        /// The number.
        tracking: String,
    },
    /// The announcement was published.
    RecordPublication {
        /// Which attempt.
        service: ServiceId,
        /// Where and when.
        publication: Publication,
    },
    /// The attempt failed.
    RecordFailure {
        /// Which attempt.
        service: ServiceId,
        /// Why.
        reason: String,
    },
    /// The carrier says that electronic papers which it had taken on came back (退信).
    ReportBounce {
        /// Which attempt.
        service: ServiceId,
        /// By what it had gone.
        means: Means,
        /// When it was known.
        at: Timestamp,
        /// What the carrier said, in words.
        outcome: String,
    },
    /// The court finds whether electronic papers arrived.
    Find {
        /// Which attempt.
        service: ServiceId,
        /// Whether they did.
        arrived: bool,
        /// What shows it.
        reason: String,
    },
    /// The party opens the papers.
    Open {
        /// Which attempt.
        service: ServiceId,
    },
    /// The party signs for the papers.
    SignFor {
        /// Which attempt.
        service: ServiceId,
    },
}

impl ServiceCommand {
    /// The papers it sends, or that went with the service it is about; none where it is about no service.
    pub fn papers<'a>(&'a self, case: &'a crate::case::CaseState) -> &'a [MaterialId] {
        let service = match self {
            ServiceCommand::Dispatch { materials, .. } => return materials,
            ServiceCommand::RecordTry { .. } => return &[],
            ServiceCommand::ReportDelivery { service, .. }
            | ServiceCommand::RecordReceipt { service, .. }
            | ServiceCommand::RecordTracking { service, .. }
            | ServiceCommand::RecordPublication { service, .. }
            | ServiceCommand::RecordFailure { service, .. }
            | ServiceCommand::ReportBounce { service, .. }
            | ServiceCommand::Find { service, .. }
            | ServiceCommand::Open { service }
            | ServiceCommand::SignFor { service } => service,
        };
        case.services.get(service).map_or(&[], |service| &service.materials)
    }
}

refusals! {
    /// Why an act of service is refused.
    ServiceRefusal = "service" {
        /// There is no such attempt.
        Unknown,
        /// There is no such party.
        UnknownParty,
        /// No paper was chosen.
        NothingChosen,
        /// A paper is not in the file.
        NotInFile {
            /// Which.
            material: MaterialId,
        },
        /// Papers of the secondary volume are never served.
        SecondaryVolume,
        /// The party did not consent to electronic service.
        NoConsent,
        /// No address is known to serve at.
        NoAddress,
        /// It went by another channel.
        NotElectronic,
        /// It went electronically.
        NotOnPaper,
        /// Received before it left.
        ArrivedBeforeDispatch {
            /// Day it left.
            dispatched_on: Date,
            /// Day told.
            arrived_on: Date,
        },
        /// The day lies in the future.
        InFuture,
        /// A mediation statement must reach the party's own hand: it can't be left or announced.
        MediationStatementInPerson,
        /// Announcement belongs to ordinary procedure: convert first.
        AnnouncementNeedsOrdinary,
        /// Announcement is the last resort: another channel must have failed.
        AnnouncementTooEarly,
        /// An announcement counts when its days are full, whatever anyone enters.
        AnnouncementRunning,
        /// A mediation statement counts only in a hand: the receipt must say who took it.
        NoRecipient,
        /// In this way nobody takes papers in so.
        NotInThisWay,
        /// The receipt must say who took it.
        NoName,
        /// It must say what the person is to the party: relation or post.
        NoRelation,
        /// A natural person has family, an organisation has posts.
        NotOfThisParty,
        /// No agent of the party has this name.
        NotAnAgent {
            /// Who was told.
            name: String,
        },
        /// The party named somebody else, or nobody, to take papers in.
        NotNominated {
            /// Who was told.
            name: String,
        },
        /// Somebody of the other side took it: that is no service.
        TakenByOtherSide {
            /// Who.
            name: String,
        },
        /// Leaving it needs the reason of the refusal, and a witness or a photograph.
        LeavingNotShown,
        /// What came back counts as served only at an address that the party confirmed: enter a failure.
        ReturnedFromUnconfirmed,
        /// It did not go by post.
        NotPosted,
        /// A consignment number has eight to thirty letters or digits.
        TrackingMalformed,
        /// It was not announced.
        NotAnnounced,
        /// The announcement counts already.
        AnnouncedAlready,
        /// The moment lies in the future.
        TriedInFuture,
        /// What came of the try must be told.
        NoOutcome,
        /// What the platform sends by itself, nobody enters.
        NotByHand,
        /// It does not count as served: there is nothing to find.
        NotServed,
        /// The party opened the papers or signed for them: they arrived.
        OpenedByParty,
        /// The party acted upon the papers, or the file has gone to the court above: nothing is undone any more.
        Overtaken,
        /// The decision took effect: what went wrong before is mended by another procedure.
        InForce,
        /// It is for the party served, nobody else.
        NotAddressee,
        /// A reason is needed.
        NoReason,
        /// It was served already on another day; that record stands.
        EffectedAlready {
            /// The day recorded.
            on: Date,
        },
    }
}
