//! Stays and changes of procedure (程序): what the judge decides alone; the rest leads to approval.

pub(crate) mod samples;

use std::sync::Arc;

use jiff::civil::Date;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::{CaseState, Procedure},
    ids::CaseId,
    procedure::ProcedureCommand,
};

use super::{
    case_frame::{CaseTab, case_page},
    prelude_of_cases::{Acted, act, route},
};
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{case, day, procedure::Key, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/procedure", Op::ShowProcedure, page)
        .post("/cases/{case}/procedure/resumption", Op::ResumeProceedings, resume)
        .post("/cases/{case}/procedure/conversion", Op::ConvertProcedure, convert)
}

/// The course of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProcedureView {
    procedure: Procedure,
    stayed: Option<(Date, String)>,
    may_resume: bool,
    may_convert: bool,
    may_ask: bool,
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

impl ProcedureView {
    /// The course of `case` for `reader`.
    fn of(case: &Arc<CaseState>, reader: &Reader) -> Self {
        let may = |act| case.stage.is_trial() && access::may(reader, act, case.stage).is_ok();
        let steers = may(Act::SteerProcedure);
        Self {
            procedure: case.procedure,
            stayed: case.stayed.as_ref().map(|stay| (stay.since_on, stay.ground.clone())),
            may_resume: steers && case.stayed.is_some(),
            may_convert: steers && case.stayed.is_none() && case.procedure == Procedure::SmallClaims,
            may_ask: may(Act::AskApproval) && case.stayed.is_none(),
            case: Arc::clone(case),
            reader: reader.clone(),
        }
    }
}

async fn page(State(web): State<Web>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<ProcedureView>, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    Ok(show(&me.showing, &ProcedureView::of(&case, &reader)))
}

impl View for ProcedureView {
    fn page(&self, to: &Showing) -> Markup {
        let (case, reader) = (&self.case, &self.reader);
        let lang = to.lang();
        let mut facts = vec![(t(lang, Key::Now), html! { (t(lang, case::procedure(self.procedure))) })];
        if let Some((since_on, ground)) = &self.stayed {
            facts.push((t(lang, Key::StayedSince), html! { (day(*since_on)) }));
            facts.push((t(lang, Key::Ground), html! { span lang="zh-CN" { (ground) } }));
        }
        let asking = route(case.id, "/approvals");
        let body = html! {
            (Sheet::new(t(lang, Key::Title)).body(pairs(&facts)))
            @if self.may_resume { (self.resumption(to, case.id)) }
            @if self.may_convert { (self.conversion(to, case.id)) }
            @if self.may_ask { (note(Icon::Notice, html! { (t(lang, Key::ByApproval)) " " a href=(asking) { (t(lang, Key::Ask)) } })) }
        };
        case_page(to, case, reader, CaseTab::Requests, PageParts::default(), stack(body))
    }
}

fn send(to: &Showing, action: &str, body: Markup) -> Markup {
    form(FormTo { action, ..FormTo::default() }, html! { (to.command_field()) (body) })
}

impl ProcedureView {
    fn resumption(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Resume)).body(send(to, &route(case, "/procedure/resumption"), html! {
            p { (t(lang, Key::ResumeNote)) }
            (acts(&[Verb::submit(t(lang, Key::Resume)).primary()]))
        }))
    }

    fn conversion(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Convert)).body(send(to, &route(case, "/procedure/conversion"), html! {
            p { (t(lang, Key::ConvertNote)) }
            (Field::new("reason", t(lang, Key::Reason)).textarea(2))
            (acts(&[Verb::submit(t(lang, Key::Convert)).primary()]))
        }))
    }
}

async fn resume(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Nothing>) -> Acted {
    act(&web, &me, id, input.command, ProcedureCommand::Resume, &route(id, "/procedure")).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Reason {
    reason: String,
}

async fn convert(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Reason>) -> Acted {
    let command = ProcedureCommand::ConvertDown { reason: input.value.reason };
    act(&web, &me, id, input.command, command, &route(id, "/procedure")).await
}
