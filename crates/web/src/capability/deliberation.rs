//! Deliberation of the panel (评议): questions, opinions in the legal order, conclusion, minutes. Invisible
//! outside the panel.

pub(crate) mod samples;

use std::sync::Arc;

use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    deliberation::{DeliberationCommand, Position, Question},
    ids::CaseId,
};

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

/// A question with its opinions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionView {
    text: String,
    proposal: String,
    opinions: Vec<(String, Position, String)>,
    turn: Option<String>,
    mine: bool,
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
        let name = |person| to.name(person).to_owned();
        let questions = talk.questions.iter().enumerate().map(|(at, question)| {
            let turn = talk.turn(at).filter(|_| talk.open);
            QuestionView {
                text: question.text.clone(),
                proposal: question.proposal.clone(),
                opinions: question.opinions.iter().map(|said| (name(said.member), said.position, said.reasons.clone())).collect(),
                turn: turn.map(name),
                mine: turn == Some(me),
            }
        });
        Some(Self {
            questions: questions.collect(),
            conclusion: talk.conclusion.clone(),
            members: talk.order.iter().map(|member| (name(*member), talk.signed.contains(member))).collect(),
            presides: tribunal.presiding == Some(me),
            is_open: talk.open,
            is_complete: talk.is_complete(),
            may_sign: talk.conclusion.is_some() && talk.order.contains(&me) && !talk.signed.contains(&me),
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
            @for (at, question) in self.questions.iter().enumerate() { (question_sheet(to, &send, at, question)) }
            @if let Some(conclusion) = &self.conclusion { (Sheet::new(t(lang, Key::Conclusion)).body(html! { p lang="zh-CN" { (conclusion) } })) }
            @if self.is_open && self.is_complete && self.presides {
                (Sheet::new(t(lang, Key::Conclude)).body(send("/conclusion", html! {
                    (Field::new("conclusion", t(lang, Key::Conclusion)).textarea(3))
                    (Verb::submit(t(lang, Key::Conclude)).primary())
                })))
            }
            @if self.conclusion.is_some() {
                (Sheet::new(t(lang, Key::Sign)).body(html! {
                    ul { @for (name, signed) in &self.members {
                        li { span lang="zh-CN" { (name) } " " @if *signed { (tag(Standing::Done, t(lang, Key::Signed))) } @else { (tag(Standing::Waiting, t(lang, Key::ToSign))) } }
                    } }
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

fn question_sheet(to: &Showing, send: &dyn Fn(&str, Markup) -> Markup, at: usize, question: &QuestionView) -> Markup {
    let lang = to.lang();
    let word = |position| t(lang, if position == Position::For { Key::Yes } else { Key::No });
    let for_it = question.opinions.iter().filter(|(_, position, _)| *position == Position::For).count();
    let title = format!("{}. {}", at + 1, question.text);
    let tally = format!("{} {for_it} / {}", t(lang, Key::Tally), question.opinions.len() - for_it);
    let choices = [Choice::new("for", t(lang, Key::Yes)), Choice::new("against", t(lang, Key::No))];
    Sheet::new(&title).note(&tally).body(html! {
        p { span.faint { (t(lang, Key::Proposal)) (lang.pick("：", ": ")) } span lang="zh-CN" { (question.proposal) } }
        ol { @for (name, position, reasons) in &question.opinions { li { span.bold lang="zh-CN" { (name) } " " (word(*position)) (lang.pick("。", ". ")) span lang="zh-CN" { (reasons) } } } }
        @if let Some(turn) = &question.turn { p { (t(lang, Key::Turn)) " " span.bold lang="zh-CN" { (turn) } } }
        @if question.mine {
            (send("/opinion", html! {
                input type="hidden" name="question" value=(at);
                (Field::new("position", t(lang, Key::Speak)).among(at).value("for").choice_across(&choices))
                (Field::new("reasons", t(lang, Key::Reasons)).help(t(lang, Key::Final)).among(at).textarea(3))
                (Verb::submit(t(lang, Key::Speak)).primary())
            }))
        }
    })
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
