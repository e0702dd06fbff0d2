//! Supervision of the four kinds of cases (四类案件监督管理): marked, and who reads along. For the court alone.

pub(crate) mod samples;

use std::sync::Arc;

use jiff::civil::Date;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::CaseId,
    people::Post,
    supervision::{Deed, Ground, SupervisionAct, SupervisionCommand},
};

use super::{
    case_frame::{CaseTab, case_page, tab_title},
    prelude_of_cases::{Acted, act, route},
};
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{
        day, nav,
        supervision::{self as words, Key},
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/supervision", Op::ShowSupervision, page)
        .post("/cases/{case}/supervision", Op::MarkCase, mark)
        .post("/cases/{case}/supervision/lifting", Op::UnmarkCase, lift)
}

/// A mark on a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SupervisionMark)]
pub struct MarkView {
    grounds: Vec<Ground>,
    reason: String,
    by: Option<String>,
    since_on: Date,
    /// Who reads along.
    readers: Vec<Post>,
}

/// An act of supervision.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SupervisionDeed)]
pub struct DeedView {
    deed: Deed,
    by: Option<String>,
    words: String,
    on: Date,
}

/// The supervision of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SupervisionView {
    mark: Option<MarkView>,
    /// What was done in it, for those who see drafts.
    acts: Vec<DeedView>,
    may_mark: bool,
    may_lift: bool,
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

impl SupervisionView {
    /// The supervision of `case`, for those who may mark it and those who work on it; nothing for anyone else.
    fn of(to: &Showing, case: &Arc<CaseState>, reader: &Reader) -> Option<Self> {
        let may = |act| access::may(reader, act, case.stage).is_ok();
        if !may(Act::MarkCase) && !may(Act::ViewDrafts) {
            return None;
        }
        let open = !case.stage.is_closed();
        let mark = case.supervision.as_ref().map(|known| MarkView {
            grounds: known.grounds.clone(),
            reason: known.reason.clone(),
            by: known.by.map(|person| to.name(person).to_owned()),
            since_on: known.since_on,
            readers: known.readers.clone(),
        });
        let seen = may(Act::ViewDrafts);
        let act = |act: &SupervisionAct| DeedView {
            deed: act.deed,
            by: act.by.map(|person| to.name(person).to_owned()),
            words: act.words.clone(),
            on: act.on,
        };
        Some(Self {
            acts: case.supervised.iter().filter(|_| seen).map(act).collect(),
            may_mark: open && may(Act::MarkCase),
            may_lift: open && mark.is_some() && may(Act::UnmarkCase),
            mark,
            case: Arc::clone(case),
            reader: reader.clone(),
        })
    }
}

async fn page(State(web): State<Web>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<SupervisionView>, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let view = SupervisionView::of(&me.showing, &case, &reader).ok_or_else(Problem::not_found)?;
    Ok(show(&me.showing, &view))
}

impl View for SupervisionView {
    fn page(&self, to: &Showing) -> Markup {
        let (case, reader) = (&self.case, &self.reader);
        let lang = to.lang();
        let facts = self.mark.as_ref().map(|mark| mark.facts(to));
        let body = html! {
            (tab_title(to, t(lang, Key::Title)))
            (Sheet::new(t(lang, Key::Title)).body(html! {
                p { (t(lang, Key::Note)) }
                @match &facts {
                    Some(facts) => (pairs(facts)),
                    None => p { (t(lang, Key::NotMarked)) },
                }
            }))
            @if !self.acts.is_empty() { (self.record(to)) }
            @if self.may_mark { (self.mark_form(to, case.id)) }
            @if self.may_lift { (lift_form(to, case.id)) }
        };
        case_page(to, case, reader, CaseTab::Requests, PageParts::default(), stack(body))
    }
}

impl MarkView {
    fn facts(&self, to: &Showing) -> Vec<(&'static str, Markup)> {
        let lang = to.lang();
        let readers: Vec<&str> = self.readers.iter().map(|post| t(lang, nav::post(*post))).collect();
        let readers = if readers.is_empty() { t(lang, Key::Nobody).to_owned() } else { readers.join(" → ") };
        vec![
            (t(lang, Key::Grounds), html! { ul { @for ground in &self.grounds { li { (t(lang, words::ground(*ground))) } } } }),
            (t(lang, Key::Reason), html! { span lang="zh-CN" { (self.reason) } }),
            (t(lang, Key::Since), html! { (day(self.since_on)) }),
            (t(lang, Key::By), html! { (self.by.as_deref().unwrap_or("—")) }),
            (t(lang, Key::Readers), html! { (readers) }),
        ]
    }
}

impl SupervisionView {
    fn record(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Record)).body(html! {
            p { (t(lang, Key::RecordNote)) }
            ul.points { @for act in &self.acts { li {
                (day(act.on)) " " (act.by.as_deref().unwrap_or("—")) (lang.pick("：", ": ")) (t(lang, words::deed(act.deed)))
                @if !act.words.is_empty() { " " span lang="zh-CN" { "“" (act.words) "”" } }
            } } }
        })
    }

    fn mark_form(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        let title = if self.mark.is_some() { Key::MarkAnew } else { Key::Mark };
        let choices: Vec<Choice<'_>> =
            Ground::ALL.iter().map(|ground| Choice::new(ground.code(), t(lang, words::ground(*ground)))).collect();
        let chosen: Vec<&str> =
            self.mark.iter().flat_map(|mark| mark.grounds.iter().map(|ground| ground.code())).collect();
        let reason = self.mark.as_ref().map_or("", |mark| mark.reason.as_str());
        Sheet::new(t(lang, title)).body(send(to, &route(case, "/supervision"), html! {
            (Field::new("ground", t(lang, Key::Grounds)).several(&choices, &chosen))
            (Field::new("reason", t(lang, Key::Reason)).value(reason).textarea(2))
            (acts(&[Verb::submit(t(lang, title)).primary()]))
        }))
    }
}

fn lift_form(to: &Showing, case: CaseId) -> Markup {
    let lang = to.lang();
    Sheet::new(t(lang, Key::Lift)).body(send(to, &route(case, "/supervision/lifting"), html! {
        p { (t(lang, Key::LiftNote)) }
        (Field::new("reason", t(lang, Key::Reason)).among(1).textarea(2))
        (acts(&[Verb::submit(t(lang, Key::Lift))]))
    }))
}

fn send(to: &Showing, action: &str, body: Markup) -> Markup {
    form(FormTo { action, ..FormTo::default() }, html! { (to.command_field()) (body) })
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CaseMarked)]
struct Marked {
    #[serde(default)]
    ground: Vec<Ground>,
    #[serde(default)]
    reason: String,
}

async fn mark(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Marked>) -> Acted {
    let Marked { ground, reason } = input.value;
    let command = SupervisionCommand::Mark { grounds: ground, reason };
    act(&web, &me, id, input.command, command, &route(id, "/supervision")).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CaseUnmarked)]
struct Lifted {
    #[serde(default)]
    reason: String,
}

async fn lift(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Lifted>) -> Acted {
    let command = SupervisionCommand::Lift { reason: input.value.reason };
    act(&web, &me, id, input.command, command, &route(id, "/supervision")).await
}
