//! Service: the clerk's table, the tab of a case, the party's page (送达).

mod desk;
mod finding;
mod labels;
mod one;
mod outcome;
mod reads;
pub(crate) mod samples;
mod tab;

use xiezhi_domain::{
    ids::{CaseId, MaterialId, PartyId, ServiceId},
    people::Post,
    service::{Channel, ServiceCommand},
};

use super::prelude_of_cases::{Acted, act, route};
use crate::http::prelude::*;

pub use desk::{DeskView, ResultView};
pub use labels::LabelsView;
pub use one::ServiceView;
pub use outcome::OutcomeView;
pub use tab::ServicesView;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/serve", Op::ShowServiceDesk, desk::show_desk)
        .post("/serve", Op::ServeChosen, desk::send)
        .get("/serve/labels", Op::ShowLabels, labels::show_labels)
        .get("/serve/results/{command}", Op::ShowServiceResults, desk::show_results)
        .get("/cases/{case}/services", Op::ListServices, tab::show_services)
        .post("/cases/{case}/services", Op::Serve, dispatch)
        .get("/cases/{case}/services/{service}", Op::ShowService, one::show_service)
        .post("/serve/scan", Op::ScanConsignment, outcome::scan)
        .get("/cases/{case}/services/{service}/outcome", Op::ShowServiceOutcome, outcome::show_outcome)
        .post("/cases/{case}/services/{service}/receipt", Op::RecordServiceReceipt, outcome::record_receipt)
        .up_to(crate::http::files::FORM_LIMIT_BYTES)
        .post("/cases/{case}/services/{service}/tries", Op::RecordServiceTry, outcome::record_try)
        .post("/cases/{case}/services/{service}/consignment", Op::RecordConsignment, outcome::record_consignment)
        .post("/cases/{case}/services/{service}/publication", Op::RecordPublication, outcome::record_publication)
        .post("/cases/{case}/services/{service}/failure", Op::RecordServiceFailure, record_failure)
        .post("/cases/{case}/services/{service}/finding", Op::FindArrival, finding::find)
        .post("/cases/{case}/services/{service}/opening", Op::OpenService, open)
        .post("/cases/{case}/services/{service}/signature", Op::SignService, sign)
        .post("/cases/{case}/services/{service}/complaint", Op::DisputeService, one::complain)
}

/// What to send, to whom and how.
#[derive(Debug, Deserialize, ToSchema)]
struct DispatchForm {
    to: PartyId,
    channel: Channel,
    #[serde(default)]
    material: Vec<MaterialId>,
}

/// Sends papers of one case to one party by the channel the clerk chose.
async fn dispatch(
    State(web): State<Web>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<DispatchForm>,
) -> Acted {
    let DispatchForm { to, channel, material } = form.value;
    let command = ServiceCommand::Dispatch { materials: material, to, channel };
    act(&web, &me, case, form.command, command, &route(case, "/services")).await
}

/// Where someone who enters outcomes goes on: a service agent has the table alone.
fn after_outcome(me: &Me, case: CaseId) -> String {
    if me.person.post == Post::ServiceAgent { "/serve".to_owned() } else { route(case, "/services") }
}

#[derive(Debug, Deserialize, ToSchema)]
struct FailureForm {
    #[serde(default)]
    reason: String,
}

/// Enters that an attempt failed.
async fn record_failure(
    State(web): State<Web>,
    me: Me,
    Path((case, service)): Path<(CaseId, ServiceId)>,
    form: Input<FailureForm>,
) -> Acted {
    let command = ServiceCommand::RecordFailure { service, reason: form.value.reason };
    let back = after_outcome(&me, case);
    act(&web, &me, case, form.command, command, &back).await
}

/// The party opens what was served: a fact of its own, never the day of service.
async fn open(
    State(web): State<Web>,
    me: Me,
    Path((case, service)): Path<(CaseId, ServiceId)>,
    form: Input<Nothing>,
) -> Acted {
    let back = route(case, &format!("/services/{service}"));
    act(&web, &me, case, form.command, ServiceCommand::Open { service }, &back).await
}

/// The party signs for what was served.
async fn sign(
    State(web): State<Web>,
    me: Me,
    Path((case, service)): Path<(CaseId, ServiceId)>,
    form: Input<Nothing>,
) -> Acted {
    let back = route(case, &format!("/services/{service}"));
    act(&web, &me, case, form.command, ServiceCommand::SignFor { service }, &back).await
}
