//! Service: the clerk's table, the tab of a case, the party's page (送达).

mod desk;
mod labels;
mod one;
mod reads;
pub(crate) mod samples;
mod tab;

use xiezhi_domain::{
    ids::{CaseId, MaterialId, PartyId, ServiceId},
    people::Post,
    service::{Channel, ServiceCommand},
};

use super::prelude_of_cases::{Acted, act, route, typed_day};
use crate::http::prelude::*;

pub use desk::{DeskView, ResultView};
pub use labels::LabelsView;
pub use one::ServiceView;
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
        .post("/cases/{case}/services/{service}/receipt", Op::RecordServiceReceipt, record_receipt)
        .post("/cases/{case}/services/{service}/failure", Op::RecordServiceFailure, record_failure)
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
struct ReceiptForm {
    #[serde(default)]
    on: String,
    #[serde(default)]
    received_by: String,
}

/// Enters the receipt of service on paper.
async fn record_receipt(
    State(web): State<Web>,
    me: Me,
    Path((case, service)): Path<(CaseId, ServiceId)>,
    form: Input<ReceiptForm>,
) -> Acted {
    let on = typed_day("on", &form.value.on)?;
    let on = on.ok_or_else(|| Problem::invalid(vec![FieldError::new("on", "input.required")]))?;
    let command = ServiceCommand::RecordReceipt { service, on, received_by: form.value.received_by };
    let back = after_outcome(&me, case);
    act(&web, &me, case, form.command, command, &back).await
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
