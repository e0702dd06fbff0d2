//! Filing review (立案审查): the queue, and one screen on which an application is read and decided.

mod accepting;
mod facts;
mod page;
mod phrases;
pub(crate) mod samples;

use xiezhi_domain::{
    Refusal,
    case::Procedure,
    ids::CaseId,
    people::Post,
    review::{Conditions, CorrectionItem, ReviewCommand, ReviewRefusal},
};

use super::prelude_of_cases::{Acted, act};
use crate::http::prelude::*;

pub use accepting::Acceptance;
pub use facts::{Alike, ClaimView, DrawView, FeeView, Outcome, PaperView, PartyView, ReviewView};
pub use page::QueueView;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/review", Op::ListReviewQueue, queue)
        .get("/review/{case}", Op::ShowReview, review)
        .post("/review/{case}/take", Op::TakeReview, take)
        .post("/review/{case}/file", Op::FileCase, file)
        .post("/review/{case}/correction", Op::AskForCorrection, correction)
        .post("/review/{case}/turn-away", Op::TurnAwayFiling, turn_away)
        .post("/cases/{case}/acceptance", Op::AcceptSuit, accepting::accept)
}

/// Filing review is the filing clerks' alone; for anybody else there is no such page.
fn clerk_only(me: &crate::http::me::Me) -> Result<(), Problem> {
    if me.person.post == Post::FilingClerk { Ok(()) } else { Err(Problem::not_found()) }
}

async fn queue(State(app): State<App>, me: crate::http::me::Me) -> Result<Shown<QueueView>, Problem> {
    clerk_only(&me)?;
    let waiting = app.reviews().await?;
    let correcting = app.in_correction(&me.actor).await?;
    Ok(show(&me.showing, &QueueView { waiting: page::waiting(&me.showing, waiting), correcting }))
}

/// Which paper is open beside the fields.
#[derive(Debug, Deserialize, ToSchema)]
struct Look {
    paper: Option<xiezhi_domain::ids::MaterialId>,
}

async fn review(
    State(app): State<App>,
    me: crate::http::me::Me,
    Path(case): Path<CaseId>,
    Query(look): Query<Look>,
) -> Result<Shown<ReviewView>, Problem> {
    clerk_only(&me)?;
    let (state, reader) = app.view(case, &me.actor).await?;
    let names: Vec<String> = state.parties_in_order().map(|party| party.name.clone()).collect();
    let numbers: Vec<String> = state.parties_in_order().filter_map(|party| party.id_no.clone()).collect();
    let rows = app.same_parties(case, names, numbers).await?;
    let ids = rows.iter().map(|row| row.case_id.clone()).collect();
    let cases = app.cases_of(&me.actor, &ids).await?;
    let alike = facts::alike(&state, &rows, cases);
    let next = app.reviews().await?.into_iter().find(|row| row.case_id != case.to_string());
    let rules = app.rules(me.showing.today);
    let view = ReviewView::of(&me.showing, &state, &reader, &rules, alike, look.paper, next.map(|row| row.case_id));
    Ok(show(&me.showing, &view))
}

/// Nothing but the command identifier.
fn here(case: CaseId) -> String {
    format!("/review/{case}")
}

async fn take(
    State(web): State<Web>,
    me: crate::http::me::Me,
    Path(case): Path<CaseId>,
    form: Input<Nothing>,
) -> Acted {
    clerk_only(&me)?;
    act(&web, &me, case, form.command, ReviewCommand::Take, &here(case)).await
}

/// What the clerk found.
#[derive(Debug, Deserialize, ToSchema)]
struct Filing {
    procedure: Procedure,
    #[serde(default)]
    condition: Vec<String>,
}

/// The conditions as ticked.
fn conditions(ticked: &[String]) -> Conditions {
    let met = |name: &str| ticked.iter().any(|ticked| ticked == name);
    Conditions {
        interest: met("interest"),
        defendant: met("defendant"),
        claims: met("claims"),
        jurisdiction: met("jurisdiction"),
    }
}

async fn file(
    State(web): State<Web>,
    me: crate::http::me::Me,
    Path(case): Path<CaseId>,
    form: Input<Filing>,
) -> Acted {
    clerk_only(&me)?;
    let conditions = conditions(&form.value.condition);
    let command = ReviewCommand::File { procedure: form.value.procedure, conditions };
    match act(&web, &me, case, form.command, command, &here(case)).await {
        Err(problem) if problem.code() == "access.NotAllowed" => {
            Err(filed_by_another(&web, case).await?.unwrap_or(problem))
        }
        answer => answer,
    }
}

/// A second clerk is told that the case has its number already, not that the right to review has ended.
async fn filed_by_another(web: &Web, case: CaseId) -> Result<Option<Problem>, Problem> {
    let number = web.app.load(case).await?.number.as_ref().map(ToString::to_string);
    Ok(number.map(|number| Problem::from(Refusal::from(ReviewRefusal::FiledAlready { number }))))
}

/// What is to be corrected: phrases picked as `field|words`, and further lines.
#[derive(Debug, Deserialize, ToSchema)]
struct Correction {
    #[serde(default)]
    item: Vec<String>,
    #[serde(default)]
    other: String,
    /// The field at which the further lines are marked.
    #[serde(default)]
    other_at: String,
}

async fn correction(
    State(web): State<Web>,
    me: crate::http::me::Me,
    Path(case): Path<CaseId>,
    form: Input<Correction>,
) -> Acted {
    clerk_only(&me)?;
    let picked = form.value.item.iter().filter_map(|item| item.split_once('|'));
    let at = form.value.other_at.as_str();
    let written = form.value.other.lines().filter(|line| !line.trim().is_empty()).map(|line| (at, line));
    let items = picked
        .chain(written)
        .map(|(field, what)| CorrectionItem { field: field.to_owned(), what: what.trim().to_owned() })
        .collect();
    act(&web, &me, case, form.command, ReviewCommand::RequestCorrection { items }, &here(case)).await
}

/// Why an application is turned away, and how.
#[derive(Debug, Deserialize, ToSchema)]
struct TurnAway {
    outcome: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    reason: String,
}

async fn turn_away(
    State(web): State<Web>,
    me: crate::http::me::Me,
    Path(case): Path<CaseId>,
    form: Input<TurnAway>,
) -> Acted {
    clerk_only(&me)?;
    let TurnAway { outcome, to, reason } = form.value;
    let command = match outcome.as_str() {
        "not_accept" => ReviewCommand::NotAccept { reason },
        "redirect" if to.trim().is_empty() => {
            return Err(Problem::invalid(vec![FieldError::new("to", "input.required")]));
        }
        "redirect" => ReviewCommand::Redirect { to, reason },
        "return" => ReviewCommand::Return { reason },
        _ => return Err(Problem::invalid(vec![FieldError::new("outcome", "input.unknown_choice")])),
    };
    act(&web, &me, case, form.command, command, &here(case)).await
}
