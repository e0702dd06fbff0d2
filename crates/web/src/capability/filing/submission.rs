//! Submitting the application, or handing in the corrected one; the draft ends with it.

use xiezhi_domain::{
    Refusal,
    command::CaseCommand,
    filing::{FilingCommand, FilingRefusal},
    ids::CaseId,
    review::{ReviewCommand, ReviewRefusal},
};

use super::{
    case_address,
    draft::{Draft, KIND},
    fault::{self, Fault},
    preview::PreviewView,
    turns,
};
use crate::http::prelude::*;

/// The case that the application became.
#[derive(Debug, Serialize, ToSchema)]
pub struct Submitted {
    case: CaseId,
}

/// Puts the application before the court. A form sent twice leads to the case it became.
pub async fn submit(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<String>,
    input: Input<Nothing>,
) -> Result<Done<Submitted>, Problem> {
    let _turn = turns::turn(&id).await;
    let Some(draft) = web.app.note_of::<Draft>(KIND, &id, me.person.id).await? else {
        return of_submitted(&web, &me, &id).await;
    };
    let case = draft.case_id(&id);
    if draft.faults(case, me.showing.today).iter().any(Fault::holds_up) {
        return refused(&web, &me, &id, draft, vec![]).await;
    }
    let application = Box::new(draft.application(case));
    let command: CaseCommand = match draft.case {
        Some(_) => ReviewCommand::Correct { application }.into(),
        None => FilingCommand::Submit { application }.into(),
    };
    let ending = web.app.note_ending(KIND, &id);
    match web.app.decide_with(case, &me.actor, input.command, command, vec![ending]).await {
        Ok(_) => Ok(done(&me.showing, &case_address(case), &Submitted { case })),
        Err(AppError::Refused(refusal)) => match fault_of(&refusal) {
            Some(fault) => {
                let fault = draft.fault(case, &fault);
                refused(&web, &me, &id, draft, vec![fault]).await
            }
            None => Err(refusal.into()),
        },
        Err(fault) => Err(fault.into()),
    }
}

/// Where a submitted draft leads: to its case, for whoever may know of it.
pub async fn of_submitted(web: &Web, me: &Me, id: &str) -> Result<Done<Submitted>, Problem> {
    let case: CaseId = id.trim_start_matches("correction-").parse().map_err(|_| Problem::not_found())?;
    web.app.view(case, &me.actor).await?;
    Ok(done(&me.showing, &case_address(case), &Submitted { case }))
}

/// The preview again, with everything that holds the submission up; nothing typed is lost.
async fn refused(web: &Web, me: &Me, id: &str, draft: Draft, faults: Vec<Fault>) -> Result<Done<Submitted>, Problem> {
    let mut view = PreviewView::of(web, me, id, draft).await?;
    let further: Vec<Fault> = faults.into_iter().filter(|fault| !view.faults.contains(fault)).collect();
    view.faults.extend(further);
    match me.showing.format {
        Format::Json => Err(fault::problem(&view.faults)),
        Format::Html => Ok(Done::not_yet(view.page(&me.showing))),
    }
}

fn fault_of(refusal: &Refusal) -> Option<FilingRefusal> {
    match refusal {
        Refusal::Filing(FilingRefusal::SubmittedAlready) => None,
        Refusal::Filing(fault) => Some(fault.clone()),
        Refusal::Review(ReviewRefusal::Application { fault }) => Some((**fault).clone()),
        _ => None,
    }
}
