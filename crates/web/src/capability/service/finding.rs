//! Where the clerk says whether electronic papers arrived (核实送达): the carrier brought them back, or the party says
//! that it never had them.

use xiezhi_app::AppError;
use xiezhi_domain::{
    ids::{CaseId, ServiceId},
    service::{ServiceCommand, ServiceRefusal},
};

use super::{one::ServiceView, reads::reads_of};
use crate::{
    capability::prelude_of_cases::{Acted, act, route},
    frame::prelude::*,
    http::prelude::*,
    messages::{
        service::Key,
        t,
    },
};

/// What was found, and what shows it.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct FindingForm {
    #[serde(default)]
    arrived: String,
    #[serde(default)]
    reason: String,
}

/// Enters whether papers arrived.
pub(super) async fn find(
    State(web): State<Web>,
    me: Me,
    Path((case, service)): Path<(CaseId, ServiceId)>,
    form: Input<FindingForm>,
) -> Acted {
    let arrived = match form.value.arrived.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::invalid(vec![FieldError::new("arrived", "input.required")])),
    };
    if !arrived && was_read(&web, &me, case, service).await? {
        return Err(AppError::Refused(ServiceRefusal::OpenedByParty.into()).into());
    }
    let command = ServiceCommand::Find { service, arrived, reason: form.value.reason };
    act(&web, &me, case, form.command, command, &route(case, &format!("/services/{service}"))).await
}

/// Whether the addressee's side has looked into one of the papers: whoever reads them has them.
async fn was_read(web: &Web, me: &Me, case: CaseId, service: ServiceId) -> Result<bool, Problem> {
    let (state, reader) = web.app.view(case, &me.actor).await?;
    if !reader.is_team() {
        return Ok(false);
    }
    let Some(service) = state.services.get(&service) else { return Ok(false) };
    Ok(!reads_of(&state, &me.showing, &web.app.looks(case).await?, service).is_empty())
}

/// The question and its two answers. It stands open where a carrier brought something back.
pub(super) fn question(to: &Showing, view: &ServiceView) -> Markup {
    let lang = to.lang();
    let action = view.at("finding");
    let answers = [Choice::new("yes", t(lang, Key::FoundArrived)), Choice::new("no", t(lang, Key::FoundNotArrived))];
    let asked = form(FormTo { action: &action, ..FormTo::default() }, html! {
        (to.command_field())
        (Field::new("arrived", t(lang, Key::FindQuestion)).required().choice(&answers))
        (Field::new("reason", t(lang, Key::FindReason)).help(t(lang, Key::FindReasonHelp)).required().textarea(2))
        (Verb::submit(t(lang, Key::EnterFinding)))
    });
    match &view.service.doubt {
        Some(said) => Sheet::new(t(lang, Key::FindTitle)).body(html! {
            p { b lang="zh-CN" { (said) } }
            p { (t(lang, Key::CameBackWords)) }
            (asked)
        }),
        None => bare_sheet(unfold(t(lang, Key::FindTitle), html! { p { (t(lang, Key::FindWords)) } (asked) })),
    }
}
