//! Events of a case. A stored name says its capability before the first dot.

use serde::{Deserialize, Serialize};

use crate::{case::CaseState, drafting::DraftingEvent, moment::Recorded};

/// An event can't be read: its name is unknown to this release, or its body is not what the name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Stored name, if it could be read.
    pub name: String,
    /// What is wrong.
    pub detail: String,
}

#[derive(Deserialize)]
struct Named {
    event: String,
}

macro_rules! case_events {
    ($($variant:ident($module:ident::$ty:ident) = $prefix:literal),* $(,)?) => {
        /// An event of a case.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum CaseEvent {
            $(#[doc = concat!("A fact of `", $prefix, "`.")] $variant(crate::$module::$ty)),*
        }
        $(impl From<crate::$module::$ty> for CaseEvent {
            fn from(event: crate::$module::$ty) -> Self {
                CaseEvent::$variant(event)
            }
        })*
        impl CaseEvent {
            /// Reads a stored event.
            pub fn decode(body: &[u8]) -> Result<CaseEvent, Unreadable> {
                let fault = |name: &str, detail: String| Unreadable { name: name.to_owned(), detail };
                let named: Named =
                    serde_json::from_slice(body).map_err(|error| fault("", error.to_string()))?;
                let name = named.event.as_str();
                match name.split('.').next().unwrap_or_default() {
                    $($prefix => serde_json::from_slice(body)
                        .map(CaseEvent::$variant)
                        .map_err(|error| fault(name, error.to_string())),)*
                    _ => Err(fault(name, "unknown to this release".to_owned())),
                }
            }
        }
        impl CaseState {
            /// Takes an event in. Total: whatever was recorded can be folded.
            pub fn apply(&mut self, event: &CaseEvent, recorded: &Recorded) {
                self.rev = recorded.rev;
                if !event.is_quiet() {
                    self.told_rev = recorded.rev;
                    self.changed_on = recorded.moment.today;
                }
                crate::supervision::note(self, event, recorded);
                match event {
                    $(CaseEvent::$variant(event) => crate::$module::apply(self, event, recorded)),*
                }
                if !event.is_quiet() && self.stage.told_outside() == self.stage {
                    self.told_outside_on = recorded.moment.today;
                }
            }
        }
    };
}

case_events! {
    Filing(filing::FilingEvent) = "filing",
    Review(review::ReviewEvent) = "review",
    Assignment(assignment::AssignmentEvent) = "assignment",
    Fees(fees::FeeEvent) = "fees",
    Parties(parties::PartiesEvent) = "parties",
    Consent(consent::ConsentEvent) = "consent",
    Material(material::MaterialEvent) = "material",
    Annotation(annotation::AnnotationEvent) = "annotation",
    Service(service::ServiceEvent) = "service",
    Evidence(evidence::EvidenceEvent) = "evidence",
    Scheduling(scheduling::SchedulingEvent) = "scheduling",
    Hearing(hearing::HearingEvent) = "hearing",
    Mediation(mediation::MediationEvent) = "mediation",
    Deliberation(deliberation::DeliberationEvent) = "deliberation",
    Committee(committee::CommitteeEvent) = "committee",
    Drafting(drafting::DraftingEvent) = "drafting",
    Issuing(issuing::IssuingEvent) = "issuing",
    Supervision(supervision::SupervisionEvent) = "supervision",
    Correcting(correcting::CorrectingEvent) = "correcting",
    Series(series::SeriesEvent) = "series",
    Sharing(sharing::SharingEvent) = "sharing",
    Pronouncing(pronouncing::PronouncingEvent) = "pronouncing",
    Approval(approval::ApprovalEvent) = "approval",
    Procedure(procedure::ProcedureEvent) = "procedure",
    Closing(closing::ClosingEvent) = "closing",
    Appeal(appeal::AppealEvent) = "appeal",
    Periods(periods::PeriodEvent) = "periods",
    Archive(archive::ArchiveEvent) = "archive",
    OnPaper(on_paper::OnPaperEvent) = "on_paper",
    Counter(counter::CounterEvent) = "counter",
}

impl CaseEvent {
    /// Whether it only says something within the court's team: it moves nothing in the case, and nobody else is told
    /// even that something happened.
    pub fn is_between_judges(&self) -> bool {
        matches!(
            self,
            CaseEvent::Annotation(_)
                | CaseEvent::Supervision(_)
                | CaseEvent::Series(_)
                | CaseEvent::Drafting(
                    DraftingEvent::Commented { .. }
                        | DraftingEvent::CommentReplied { .. }
                        | DraftingEvent::CommentSettled { .. }
                )
        )
    }

    /// Whether whoever is not told of it is not told either that something happened: what is said within the court's
    /// team or the adjudication committee, and what a party says to the mediator alone.
    pub fn is_quiet(&self) -> bool {
        let confided = match self {
            CaseEvent::Mediation(event) => matches!(event, crate::mediation::MediationEvent::Confided { .. }),
            CaseEvent::OnPaper(crate::on_paper::OnPaperEvent::Entered { act, .. }) => {
                act.starts_with("mediation.confided.")
            }
            // Outside nobody hears that the committee met, before the judgment says so.
            CaseEvent::Committee(_) => true,
            _ => false,
        };
        confided || self.is_between_judges()
    }

    /// The bytes to record and the stored name.
    pub fn encode(&self) -> (String, Vec<u8>) {
        let body = serde_json::to_vec(self).expect("an event is plain data");
        (self.name(), body)
    }

    /// The stored name, such as `service.effected.v1`.
    pub fn name(&self) -> String {
        let value = serde_json::to_value(self).expect("an event is plain data");
        value["event"].as_str().expect("an event is tagged by its name").to_owned()
    }
}
