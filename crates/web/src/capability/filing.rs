//! Filing an application (立案申请): a form of small steps that is kept at every change, the papers it
//! writes, and the submission that becomes the first event of a case.

mod application;
mod asked;
mod choose;
mod correction;
mod draft;
mod evidence;
mod fault;
mod page;
mod place;
mod preview;
mod question;
pub(crate) mod samples;
mod step;
mod submission;
mod turns;

use xiezhi_domain::{
    ids::{CaseId, IdSource},
    law::cause,
};

use self::{
    draft::{Draft, KIND},
    fault::Fault,
    place::{Place, Side},
    step::Step,
};
use super::{home::DraftLine, prelude_of_cases::route};
use crate::http::prelude::*;

pub use choose::ChooseView;
pub use page::StepView;
pub use preview::PreviewView;
pub(crate) use samples::rich_application;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/filings/new", Op::ChooseCause, choose)
        .post("/filings", Op::BeginFiling, begin)
        .get("/filings/{draft}", Op::ShowFiling, go_on)
        .post("/filings/{draft}", Op::SaveFiling, take_all)
        .post("/filings/{draft}/draft", Op::KeepFilingDraft, save)
        .get("/filings/{draft}/cause", Op::ChooseCauseAnew, choose_anew)
        .post("/filings/{draft}/cause", Op::ChangeCause, change_cause)
        .post("/filings/{draft}/papers", Op::AddFilingEvidence, evidence::hand_in)
        .up_to(crate::http::files::FORM_LIMIT_BYTES)
        .get("/filings/{draft}/preview", Op::PreviewFiling, preview::preview)
        .post("/filings/{draft}/preview", Op::LeavePreview, leave_preview)
        .post("/filings/{draft}/submission", Op::SubmitFiling, submission::submit)
        .get("/filings/{draft}/correct", Op::CorrectFiling, correct)
        .get("/filings/{draft}/{step}", Op::ShowFilingStep, show_step)
        .post("/filings/{draft}/{step}", Op::TakeFilingStep, take_step)
        .up_to(crate::http::files::FORM_LIMIT_BYTES)
}

/// What is searched for, and where in the tree one looks.
#[derive(Debug, Deserialize, ToSchema)]
struct Words {
    #[serde(default)]
    q: String,
    #[serde(default)]
    at: String,
}

/// The draft that was begun.
#[derive(Debug, Serialize, ToSchema)]
struct Drafted {
    draft: String,
}

/// Drafts of the reader that were not sent yet, as their own page lists them.
pub(super) async fn unfinished(web: &Web, me: &Me) -> Result<Vec<DraftLine>, Problem> {
    let mut lines = vec![];
    for id in web.app.drafts_of(KIND, me.person.id).await? {
        let Some(draft) = web.app.note_of::<Draft>(KIND, &id, me.person.id).await? else { continue };
        let cause = cause::find(draft.value("cause")).map_or(String::new(), |cause| cause.name_zh.clone());
        let named = [Side::Plaintiff, Side::Defendant].into_iter().flat_map(|side| draft.places(side));
        let parties = named.filter_map(|place| draft.some(&place.field("name"))).collect();
        lines.push(DraftLine { id, cause, parties });
    }
    Ok(lines)
}

async fn choose(State(web): State<Web>, me: Me, Query(words): Query<Words>) -> Result<Shown<ChooseView>, Problem> {
    let mut drafts = vec![];
    for id in web.app.drafts_of(KIND, me.person.id).await? {
        if let Some(draft) = web.app.note_of::<Draft>(KIND, &id, me.person.id).await? {
            drafts.push((id, draft));
        }
    }
    Ok(show(&me.showing, &ChooseView::of(None, words.q, &words.at, &drafts)))
}

#[derive(Debug, Deserialize, ToSchema)]
struct Cause {
    cause: String,
}

async fn begin(State(web): State<Web>, me: Me, input: Input<Cause>) -> Result<Done<Drafted>, Problem> {
    let id = IdSource::of(input.command).next().to_string();
    // The same form sent twice begins one draft.
    let known = web.app.note_of::<Draft>(KIND, &id, me.person.id).await?;
    let draft = known.unwrap_or_else(|| Draft::begun(&me.person, &input.value.cause, me.showing.today));
    keep(&web, &me, &id, &draft).await?;
    Ok(done(&me.showing, &format!("/filings/{id}"), &Drafted { draft: id }))
}

async fn keep(web: &Web, me: &Me, id: &str, draft: &Draft) -> Result<(), Problem> {
    let kept = Draft { saved_at: Some(web.app.ports().clock.now()), ..draft.clone() };
    Ok(web.app.keep_note(KIND, id, me.person.id, &kept, 365).await?)
}

async fn find(web: &Web, me: &Me, id: &str) -> Result<Draft, Problem> {
    web.app.note_of(KIND, id, me.person.id).await?.ok_or_else(Problem::not_found)
}

/// Opens the draft where its filer left off; one that was submitted leads to its case.
async fn go_on(State(web): State<Web>, me: Me, Path(id): Path<String>) -> Result<Done<Draft>, Problem> {
    let Some(draft) = web.app.note_of::<Draft>(KIND, &id, me.person.id).await? else {
        return Ok(submission::of_submitted(&web, &me, &id).await?.among());
    };
    let left = draft.at.as_deref().and_then(|code| draft.step(code));
    let step = left.or_else(|| draft.steps().first().copied()).unwrap_or(Step::Preview);
    Ok(done(&me.showing, &address(&id, step), &draft))
}

fn address(id: &str, step: Step) -> String {
    format!("/filings/{id}/{}", step.code())
}

/// How a step is shown.
#[derive(Debug, Default, Deserialize, ToSchema)]
struct Look {
    /// Tells what is missing too.
    check: Option<String>,
    /// Shows more empty rows.
    more: Option<String>,
}

async fn show_step(
    State(web): State<Web>,
    me: Me,
    Path((id, code)): Path<(String, String)>,
    Query(look): Query<Look>,
) -> Result<Shown<StepView>, Problem> {
    let draft = find(&web, &me, &id).await?;
    let step = draft.step(&code).ok_or_else(Problem::not_found)?;
    let mut view = StepView::of(&id, draft, step, me.showing.today, look.check.is_some());
    view.blank_rows = if look.more.is_some() { 4 } else { 1 };
    Ok(show(&me.showing, &view))
}

fn told<'a>(typed: &'a [(String, String)], name: &str) -> &'a str {
    typed.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// Keeps what was typed at a step; the page stays as it is.
async fn save(State(web): State<Web>, me: Me, Path(id): Path<String>, input: Input<Fields>) -> Result<NoContent, Problem> {
    let _turn = turns::turn(&id).await;
    let mut draft = find(&web, &me, &id).await?;
    let step = draft.step(told(&input.value.0, "step"));
    evidence::take_uploads(&web, &me, &mut draft, step, &input.value.0).await?;
    draft.take(step, input.value.0);
    keep(&web, &me, &id, &draft).await?;
    Ok(NoContent)
}

/// Takes fields of any steps, as a program sends them; then the papers can be read.
async fn take_all(State(web): State<Web>, me: Me, Path(id): Path<String>, input: Input<Fields>) -> Result<Done<Draft>, Problem> {
    let _turn = turns::turn(&id).await;
    let mut draft = find(&web, &me, &id).await?;
    draft.take(None, input.value.0);
    keep(&web, &me, &id, &draft).await?;
    Ok(done(&me.showing, &address(&id, Step::Preview), &draft))
}

/// Keeps a step, and goes where its verb leads. What can't be right is told before one goes on.
async fn take_step(
    State(web): State<Web>,
    me: Me,
    Path((id, code)): Path<(String, String)>,
    FieldsAndFiles(sent): FieldsAndFiles,
) -> Result<Done<Draft>, Problem> {
    let _turn = turns::turn(&id).await;
    let mut draft = find(&web, &me, &id).await?;
    let step = draft.step(&code).ok_or_else(Problem::not_found)?;
    let then = told(&sent.fields, "then").to_owned();
    draft.refused = evidence::take_sent(&web, &me, &mut draft, step, &sent, then == evidence::ADD).await?;
    draft.take(Some(step), sent.fields);
    let wrong = draft.faults_at(step, draft.case_id(&id), me.showing.today, false);
    let refused = draft.refused.as_ref().map(|refused| FieldError::new("file", &refused.code));
    let stays = refused.is_some() || then.is_empty() && wrong.iter().any(Fault::holds_up);
    // What is wrong stands in the draft as it was typed: the step itself tells it, and going back in the
    // browser never asks to send a form again.
    let verb = if stays { "stay" } else { then.as_str() };
    let next = follow(&me, &id, &mut draft, step, verb);
    keep(&web, &me, &id, &draft).await?;
    match (stays, me.showing.format) {
        (true, Format::Json) => Err(refused.map_or_else(|| fault::problem(&wrong), |fault| Problem::invalid(vec![fault]))),
        _ => Ok(done(&me.showing, &next, &draft)),
    }
}

/// Does what the verb of a step says, and tells where it leads.
fn follow(me: &Me, id: &str, draft: &mut Draft, step: Step, then: &str) -> String {
    let (verb, what) = then.split_once(':').unwrap_or((then, ""));
    let stay = |step: Step| address(id, step);
    let to = match verb {
        "" => draft.next(step),
        "back" => draft.before(step).unwrap_or(step),
        "go" => draft.step(what).unwrap_or(step),
        "add" => Side::of_letter(what).and_then(|side| draft.add(side)).map_or(step, Step::Person),
        "remove" => {
            let before = draft.before(step).unwrap_or(Step::Preview);
            if let Ok(place) = what.parse::<Place>() {
                draft.remove(place);
            }
            if draft.step(&step.code()).is_some() { step } else { before }
        }
        "drop" => {
            if let Ok(material) = what.parse() {
                draft.drop_evidence(material);
            }
            step
        }
        "empty" => {
            draft.empty_row(what);
            step
        }
        "fill" if step == Step::Claims => {
            draft.fill_claims();
            step
        }
        "fill" if step == Step::Facts => {
            draft.fill_facts();
            step
        }
        _ => step,
    };
    draft.at = Some(to.code());
    match verb {
        "save" if me.actor.is_outside() => "/home".to_owned(),
        "save" => "/filings/new".to_owned(),
        "more" => format!("{}?more", stay(step)),
        _ => stay(to),
    }
}

/// The verbs of the way beside the preview: there is nothing to keep there.
async fn leave_preview(State(web): State<Web>, me: Me, Path(id): Path<String>, input: Input<Fields>) -> Result<Done<Draft>, Problem> {
    let mut draft = find(&web, &me, &id).await?;
    let next = follow(&me, &id, &mut draft, Step::Preview, told(&input.value.0, "then"));
    Ok(done(&me.showing, &next, &draft))
}

async fn choose_anew(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<String>,
    Query(words): Query<Words>,
) -> Result<Shown<ChooseView>, Problem> {
    find(&web, &me, &id).await?;
    Ok(show(&me.showing, &ChooseView::of(Some(id), words.q, &words.at, &[])))
}

/// Another cause asks other questions; what was answered stays and counts where it is asked.
async fn change_cause(State(web): State<Web>, me: Me, Path(id): Path<String>, input: Input<Cause>) -> Result<Done<Draft>, Problem> {
    let _turn = turns::turn(&id).await;
    let mut draft = find(&web, &me, &id).await?;
    draft.put("cause", &input.value.cause);
    keep(&web, &me, &id, &draft).await?;
    Ok(done(&me.showing, &format!("/filings/{id}"), &draft))
}

/// The application as a draft again, with what the court asked to be corrected.
async fn correct(State(web): State<Web>, me: Me, Path(id): Path<CaseId>) -> Result<Done<Drafted>, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    if !reader.is_side() || case.review.correction.is_empty() || case.number.is_some() {
        return Err(Problem::not_found());
    }
    let draft_id = format!("correction-{id}");
    if web.app.note_of::<Draft>(KIND, &draft_id, me.person.id).await?.is_none() {
        keep(&web, &me, &draft_id, &Draft::of_case(&case)).await?;
    }
    Ok(done(&me.showing, &format!("/filings/{draft_id}"), &Drafted { draft: draft_id }))
}

/// Where a case is read.
fn case_address(case: CaseId) -> String {
    route(case, "")
}
