//! Filing an application (立案申请): a form that is kept at every change, the papers it writes, and the
//! submission that becomes the first event of a case.

mod draft;
mod pages;

use xiezhi_app::papers;
use xiezhi_domain::{
    case::CaseState,
    command::CaseCommand,
    decision::{About, PaperOrder},
    filing::{EvidenceInput, FilingCommand, FilingRefusal},
    ids::{CaseId, IdSource, MaterialId},
    paper::PaperKind,
    review::ReviewCommand,
};

use self::{
    draft::{Draft, KIND},
    pages::{ChooseView, FormView, PreviewView},
};
use super::prelude_of_cases::route;
use crate::{http::prelude::*, messages::filing};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/filings/new", Op::ChooseCause, choose)
        .post("/filings", Op::BeginFiling, begin)
        .get("/filings/{draft}", Op::ShowFiling, form)
        .post("/filings/{draft}", Op::SaveFiling, save_and_preview)
        .post("/filings/{draft}/draft", Op::KeepFilingDraft, save)
        .post("/filings/{draft}/evidence", Op::AddFilingEvidence, add_evidence)
        .up_to(FORM_LIMIT_BYTES)
        .post("/filings/{draft}/evidence/{place}/removal", Op::RemoveFilingEvidence, remove_evidence)
        .get("/filings/{draft}/preview", Op::PreviewFiling, preview)
        .post("/filings/{draft}/submission", Op::SubmitFiling, submit)
        .get("/filings/{case}/correct", Op::CorrectFiling, correct)
}

#[derive(Debug, Deserialize, ToSchema)]
struct Words {
    #[serde(default)]
    q: String,
}

async fn choose(me: Me, Query(words): Query<Words>) -> Shown<ChooseView> {
    show(&me.showing, &ChooseView::of(words.q))
}

#[derive(Debug, Deserialize, ToSchema)]
struct Cause {
    cause: String,
}

async fn begin(State(web): State<Web>, me: Me, input: Input<Cause>) -> Result<Done<Drafted>, Problem> {
    let id = IdSource::of(input.command).next().to_string();
    let mut draft = Draft::begun(&me.person, input.value.cause);
    if draft.clerk.is_some() {
        draft.fields.insert("came_on".to_owned(), me.showing.today.to_string());
    }
    keep(&web, &me, &id, &draft).await?;
    Ok(done(&me.showing, &format!("/filings/{id}"), &Drafted { draft: id }))
}

async fn keep(web: &Web, me: &Me, id: &str, draft: &Draft) -> Result<(), Problem> {
    Ok(web.app.keep_note(KIND, id, me.person.id, draft, 365).await?)
}

async fn find(web: &Web, me: &Me, id: &str) -> Result<Draft, Problem> {
    web.app.note_of(KIND, id, me.person.id).await?.ok_or_else(Problem::not_found)
}

async fn form(State(web): State<Web>, me: Me, Path(id): Path<String>) -> Result<Shown<FormView>, Problem> {
    let draft = find(&web, &me, &id).await?;
    Ok(show(&me.showing, &FormView { id, draft, fault: None }))
}

/// Keeps what was typed; the page goes on.
async fn save(State(web): State<Web>, me: Me, Path(id): Path<String>, input: Input<Fields>) -> Result<NoContent, Problem> {
    let mut draft = find(&web, &me, &id).await?;
    draft.take(input.value.0);
    keep(&web, &me, &id, &draft).await?;
    Ok(NoContent)
}

async fn save_and_preview(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<String>,
    input: Input<Fields>,
) -> Result<Done<Draft>, Problem> {
    let mut draft = find(&web, &me, &id).await?;
    draft.take(input.value.0);
    draft.acting(&me.person);
    let next = match draft.field("then") {
        "save" if me.actor.is_outside() => "/home".to_owned(),
        "save" => "/workbench".to_owned(),
        "fill" => format!("/filings/{id}#claims"),
        _ => format!("/filings/{id}/preview"),
    };
    if draft.field("then") == "fill" {
        draft.fill();
    }
    keep(&web, &me, &id, &draft).await?;
    Ok(done(&me.showing, &next, &draft))
}

/// The largest form with files, in one piece; larger files are uploaded by parts.
const FORM_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// Evidence: a file, or uploads that are complete.
#[derive(Debug, ToSchema)]
#[schema(as = FilingEvidenceForm)]
#[allow(dead_code, reason = "it describes a form that is read field by field")]
struct EvidenceForm {
    name: Option<String>,
    purpose: Option<String>,
    file: Option<File>,
    upload: Option<Vec<String>>,
}

/// Takes one piece of evidence: its bytes are kept before the draft names them.
async fn add_evidence(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<String>,
    mut sent: Files<EvidenceForm>,
) -> Result<Done<Draft>, Problem> {
    let mut draft = find(&web, &me, &id).await?;
    let unreadable = |fault: axum::extract::multipart::MultipartError| Problem::malformed(fault.to_string());
    let (mut name, mut purpose, mut file, mut uploads) = (String::new(), String::new(), None, vec![]);
    while let Some(field) = sent.form.next_field().await.map_err(unreadable)? {
        match (field.name().unwrap_or_default(), field.file_name().map(str::to_owned)) {
            (_, Some(called)) => {
                let bytes = field.bytes().await.map_err(unreadable)?;
                file = Some((called, bytes.to_vec())).filter(|(_, bytes)| !bytes.is_empty());
            }
            ("name", None) => name = field.text().await.map_err(unreadable)?,
            ("purpose", None) => purpose = field.text().await.map_err(unreadable)?,
            ("upload", None) => uploads.push(field.text().await.map_err(unreadable)?),
            _ => {}
        }
    }
    let mut files = web.app.uploaded(me.person.id, &uploads).await?;
    if let Some((called, bytes)) = file {
        files.push(web.app.take_file(bytes, &called).await?);
    }
    if files.is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("file", "input.required")]));
    }
    let several = files.len() > 1;
    for file in files {
        let material = MaterialId(xiezhi_app::issuing::command_id(&web.app).0);
        let name = if several || name.trim().is_empty() { file.name.clone() } else { name.clone() };
        let kind = if file.media.starts_with("video/") || file.media.starts_with("audio/") { "视听资料" } else { "书证" };
        draft.evidence.push(EvidenceInput {
            material,
            name,
            kind: kind.to_owned(),
            source: "原告".to_owned(),
            has_original: true,
            purpose: purpose.clone(),
            file,
        });
    }
    keep(&web, &me, &id, &draft).await?;
    Ok(done(&me.showing, &format!("/filings/{id}#evidence"), &draft))
}

async fn remove_evidence(
    State(web): State<Web>,
    me: Me,
    Path((id, place)): Path<(String, usize)>,
) -> Result<Done<Draft>, Problem> {
    let mut draft = find(&web, &me, &id).await?;
    if place < draft.evidence.len() {
        draft.evidence.remove(place);
        keep(&web, &me, &id, &draft).await?;
    }
    Ok(done(&me.showing, &format!("/filings/{id}#evidence"), &draft))
}

/// The complaint, the list of evidence and the address confirmation, as they will be written.
async fn preview(State(web): State<Web>, me: Me, Path(id): Path<String>) -> Result<Shown<PreviewView>, Problem> {
    let draft = find(&web, &me, &id).await?;
    let moment = web.app.ports().clock.moment();
    let case_id = draft.case_id(&id);
    let application = draft.application(case_id);
    let case = CaseState::opened(case_id, application, Some(me.person.id), moment.today);
    let people = web.app.directory().await?;
    let rules = web.app.rules(moment.today);
    let write = |kind: PaperKind, about: About| {
        let order = PaperOrder { material: MaterialId(case_id.0), kind, about };
        papers::document(&case, &people, &rules, &order, moment)
    };
    let mut documents = vec![write(PaperKind::Complaint, About::Case)];
    if !draft.evidence.is_empty() {
        documents.push(write(PaperKind::EvidenceList, About::Case));
    }
    let filers: Vec<_> = case.application.plaintiffs().map(|party| party.id).collect();
    documents.extend(filers.into_iter().map(|party| write(PaperKind::AddressConfirmation, About::Party(party))));
    Ok(show(&me.showing, &PreviewView { id, documents, correction: draft.case.is_some() }))
}

/// The draft that was begun.
#[derive(Debug, Serialize, ToSchema)]
struct Drafted {
    draft: String,
}

/// The case that the application became.
#[derive(Debug, Serialize, ToSchema)]
struct Submitted {
    case: CaseId,
}

/// Puts the application before the court, or hands in the corrected one; the draft ends with it.
async fn submit(State(web): State<Web>, me: Me, Path(id): Path<String>, input: Input<Nothing>) -> Result<Done<Submitted>, Problem> {
    let mut draft = find(&web, &me, &id).await?;
    draft.acting(&me.person);
    let case = draft.case_id(&id);
    let application = Box::new(draft.application(case));
    let command: CaseCommand = match draft.case {
        Some(_) => ReviewCommand::Correct { application }.into(),
        None => FilingCommand::Submit { application }.into(),
    };
    let ending = web.app.note_ending(KIND, &id);
    match web.app.decide_with(case, &me.actor, input.command, command, vec![ending]).await {
        Ok(_) => Ok(done(&me.showing, &route(case, ""), &Submitted { case })),
        Err(AppError::Refused(refusal)) => match fault_of(&refusal) {
            Some(fault) if me.showing.format == Format::Html => {
                let fault = filing::fault(me.showing.lang(), &fault);
                Ok(Done::page(FormView { id, draft, fault: Some(fault) }.page(&me.showing)))
            }
            _ => Err(refusal.into()),
        },
        Err(fault) => Err(fault.into()),
    }
}


fn fault_of(refusal: &xiezhi_domain::Refusal) -> Option<FilingRefusal> {
    use xiezhi_domain::{Refusal, review::ReviewRefusal};
    match refusal {
        Refusal::Filing(fault) => Some(fault.clone()),
        Refusal::Review(ReviewRefusal::Application { fault }) => Some((**fault).clone()),
        _ => None,
    }
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
