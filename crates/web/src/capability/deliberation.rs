//! Deliberation of the panel (评议): questions, opinions in the legal order, conclusion, minutes. Invisible
//! outside the panel.

pub(in crate::capability) mod round;
pub(crate) mod samples;

use std::sync::Arc;

use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    deliberation::{DeliberationCommand, Position, Question},
    ids::CaseId,
};

use self::round::{QuestionView, Words};
use super::{
    case_frame::{CaseTab, case_page, tab_title},
    prelude_of_cases::{Acted, act, route},
};
use crate::{
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{deliberation::Key, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/deliberation", Op::ShowDeliberation, page)
        .post("/cases/{case}/deliberation", Op::OpenDeliberation, open)
        .post("/cases/{case}/deliberation/opinion", Op::GiveDeliberationOpinion, speak)
        .post("/cases/{case}/deliberation/conclusion", Op::ConcludeDeliberation, conclude)
        .post("/cases/{case}/deliberation/signature", Op::SignDeliberation, sign)
}

/// The deliberation, for those who may see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliberationView {
    questions: Vec<QuestionView>,
    conclusion: Option<String>,
    members: Vec<(String, bool)>,
    presides: bool,
    is_open: bool,
    is_complete: bool,
    may_sign: bool,
    issues: Vec<String>,
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

async fn page(State(web): State<Web>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<DeliberationView>, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let view = DeliberationView::of(&case, &reader, &me.showing).ok_or_else(Problem::not_found)?;
    Ok(show(&me.showing, &view))
}

impl DeliberationView {
    /// The deliberation of `case`; nothing where there is no panel, or for whoever is not in it.
    fn of(case: &Arc<CaseState>, reader: &Reader, to: &Showing) -> Option<Self> {
        access::may(reader, Act::ViewDeliberation, case.stage).ok()?;
        let tribunal = case.tribunal.as_ref().filter(|tribunal| tribunal.is_panel())?;
        let talk = &case.deliberation;
        let me = reader.actor.person()?;
        Some(Self {
            questions: round::questions(&talk.round, talk.open, to, me),
            conclusion: talk.conclusion.clone(),
            members: round::members(&talk.round, &talk.signed, to),
            presides: tribunal.presiding == Some(me),
            is_open: talk.open,
            is_complete: talk.round.is_complete(),
            may_sign: talk.conclusion.is_some() && talk.round.order.contains(&me) && !talk.signed.contains(&me),
            issues: case.issues.clone(),
            case: Arc::clone(case),
            reader: reader.clone(),
        })
    }
}

impl View for DeliberationView {
    fn page(&self, to: &Showing) -> Markup {
        let (case, reader) = (&self.case, &self.reader);
        let lang = to.lang();
        let id = case.id;
        let send = |below: &str, body: Markup| {
            let action = route(id, &format!("/deliberation{below}"));
            form(FormTo { action: &action, ..FormTo::default() }, html! { (to.command_field()) (body) })
        };
        let issues = self.issues.join("\n");
        let words = Words {
            proposal: t(lang, Key::Proposal),
            yes: t(lang, Key::Yes),
            no: t(lang, Key::No),
            chair: t(lang, Key::Presiding),
        };
        let body = html! {
            (tab_title(to, t(lang, Key::Title)))
            (note(Icon::Lock, html! { (t(lang, Key::Secret)) }))
            @if self.questions.is_empty() {
                (Blank::empty(Icon::Panel, t(lang, Key::NotOpen), t(lang, Key::NotOpenNote)).sheet())
                @if self.presides {
                    (Sheet::new(t(lang, Key::Begin)).body(send("", html! {
                        (Field::new("questions", t(lang, Key::Questions)).help(t(lang, Key::BeginNote)).value(&issues).textarea(4))
                        (Field::new("proposal", t(lang, Key::Proposal)).textarea(3))
                        (Verb::submit(t(lang, Key::Begin)).primary())
                    })))
                }
            }
            @for (at, question) in self.questions.iter().enumerate() { (question.sheet(to, at, words, &send)) }
            @if let Some(conclusion) = &self.conclusion { (Sheet::new(t(lang, Key::Conclusion)).body(html! { p lang="zh-CN" { (conclusion) } })) }
            @if self.is_open && self.is_complete && self.presides {
                (Sheet::new(t(lang, Key::Conclude)).body(send("/conclusion", html! {
                    (Field::new("conclusion", t(lang, Key::Conclusion)).textarea(3))
                    (Verb::submit(t(lang, Key::Conclude)).primary())
                })))
            }
            @if self.conclusion.is_some() {
                (Sheet::new(t(lang, Key::Sign)).body(html! {
                    (round::attending(to, &self.members, words, true))
                    @if self.may_sign { (send("/signature", Verb::submit(t(lang, Key::Sign)).primary().render())) }
                }))
            }
            @if self.is_complete || case.committee.has_met_or_will() {
                p { (Verb::go(t(lang, Key::ToCommittee), &route(id, "/committee")).row()) }
            }
        };
        case_page(to, case, reader, CaseTab::Deliberation, PageParts::default(), stack(body))
    }
}

#[derive(Debug, Deserialize, ToSchema)]
struct Put {
    questions: String,
    #[serde(default)]
    proposal: String,
}

fn here(id: CaseId) -> String {
    route(id, "/deliberation")
}

async fn open(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Put>) -> Acted {
    let Put { questions, proposal } = input.value;
    let texts = questions.lines().map(str::trim).filter(|line| !line.is_empty());
    let questions = texts.map(|text| Question { text: text.to_owned(), proposal: proposal.clone(), opinions: vec![] }).collect();
    act(&web, &me, id, input.command, DeliberationCommand::Open { questions }, &here(id)).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Said {
    question: usize,
    position: Position,
    #[serde(default)]
    reasons: String,
}

async fn speak(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Said>) -> Acted {
    let Said { question, position, reasons } = input.value;
    act(&web, &me, id, input.command, DeliberationCommand::GiveOpinion { question, position, reasons }, &here(id)).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct SummedUp {
    conclusion: String,
}

async fn conclude(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<SummedUp>) -> Acted {
    let command = DeliberationCommand::Conclude { conclusion: input.value.conclusion };
    act(&web, &me, id, input.command, command, &here(id)).await
}

async fn sign(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Nothing>) -> Acted {
    act(&web, &me, id, input.command, DeliberationCommand::Sign, &here(id)).await
}
