//! A party's own page (我的案件): what to do first, by when; the cases; finding a case by its number.

pub(crate) mod samples;

use xiezhi_app::{
    lists::CaseFilter,
    tables::{CaseRow, TaskRow},
};
use xiezhi_domain::{stage::Stage, tasks::TaskKind};

use crate::{
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{case, home, home::Key, notices, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/home", Op::ShowHome, home)
}

/// A party's own page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HomeView {
    /// What to do, the soonest first.
    pub tasks: Vec<TaskLine>,
    /// Cases.
    pub cases: Vec<CaseLine>,
    /// Drafts of applications: their identifiers.
    pub drafts: Vec<String>,
}

/// A case, as the list tells it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseLine {
    /// The case.
    pub case_id: String,
    /// Number, once filed.
    pub number: Option<String>,
    /// Parties, short.
    pub title: String,
    /// Cause.
    pub cause: String,
    /// Stage.
    pub stage: Option<Stage>,
}

impl From<CaseRow> for CaseLine {
    fn from(row: CaseRow) -> Self {
        let stage = Stage::of_code(&row.stage).map(Stage::told_outside);
        Self { case_id: row.case_id, number: row.number, title: row.title, cause: row.cause, stage }
    }
}

/// Something to do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaskLine {
    /// The case.
    pub case_id: String,
    /// What.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// By when.
    pub due_on: Option<String>,
    /// Number of the case, once filed.
    pub number: Option<String>,
    /// Parties, short.
    pub title: String,
}

impl From<TaskRow> for TaskLine {
    fn from(row: TaskRow) -> Self {
        let TaskRow { case_id, kind, subject, due_on, number, title, .. } = row;
        Self { case_id, kind, subject, due_on, number, title }
    }
}

async fn home(State(web): State<Web>, me: Me) -> Result<Shown<HomeView>, Problem> {
    if !me.person.post.is_outside() {
        return Err(Problem::not_found());
    }
    let mut tasks = web.app.tasks(&me.actor, None).await?;
    tasks.sort_by_key(|task| (task.due_on.is_none(), task.due_on.clone()));
    let cases = web.app.cases(&me.actor, &CaseFilter { size: 100, ..CaseFilter::default() }).await?.rows;
    let drafts = web.app.drafts_of("filing-draft", me.person.id).await?;
    let tasks = tasks.into_iter().map(TaskLine::from).collect();
    let cases = cases.into_iter().map(CaseLine::from).collect();
    let view = HomeView { tasks, cases, drafts };
    Ok(show(&me.showing, &view))
}

/// Where a party's task is done.
fn place(task: &TaskLine) -> String {
    let below = match TaskKind::of_code(&task.kind) {
        Some(TaskKind::Correct) => return format!("/filings/{}/correct", task.case_id),
        Some(TaskKind::Pay) => "/fees".to_owned(),
        Some(TaskKind::SignFor) => format!("/services/{}", task.subject),
        Some(TaskKind::Answer) => "/evidence/answer".to_owned(),
        Some(TaskKind::Hearing | TaskKind::SignTranscript) => format!("/hearings/{}", task.subject),
        Some(TaskKind::AnswerOffer | TaskKind::ExtendMediation | TaskKind::SignAgreement) => "/mediation".to_owned(),
        _ => String::new(),
    };
    format!("/cases/{}{below}", task.case_id)
}

impl View for HomeView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let file = Verb::go(t(lang, Key::File), "/filings/new").icon(Icon::Plus);
        let parts = PageParts { verb: Some(file), ..PageParts::default() };
        to.page_with(t(lang, Key::Title), parts, html! {
            h1 { (t(lang, Key::Title)) }
            (self.first(to))
            @if to.news > 0 { (self.news(to)) }
            (self.drafts(to))
            (self.list(to))
            (self.find(to))
        })
    }
}

impl HomeView {
    fn first(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.tasks.is_empty() {
            return say(Standing::Done, t(lang, Key::NothingOpen), t(lang, Key::NothingToDo), html! { p { (t(lang, Key::NothingNote)) } });
        }
        let places: Vec<String> = self.tasks.iter().map(place).collect();
        let rows_shown: Vec<Row<'_>> = self.tasks.iter().zip(&places).map(|(task, place)| {
            let words = TaskKind::of_code(&task.kind).map_or(Key::Other, home::task);
            let state = task.due_on.as_ref().and_then(|day| day.parse().ok()).map(|day| Due::new(day, to.today).tag(lang));
            Row {
                what: t(lang, words),
                href: place,
                facts: [task.number.as_deref(), Some(task.title.as_str())].into_iter().flatten().collect(),
                state,
                by: task.due_on.as_deref().unwrap_or_default(),
                verb: Some(Verb::go(t(lang, Key::Go), place).row().about(t(lang, words))),
                more: vec![],
                fresh: false,
            }
        }).collect();
        Sheet::new(t(lang, Key::ToDo)).flush(rows(lang, &rows_shown))
    }

    fn news(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let count = notices::count(lang, to.news);
        let way = Item {
            href: Some("/notices"),
            icon: Some(Icon::Bell),
            title: t(lang, notices::Key::NewForYou),
            notes: vec![&count],
            state: None,
        };
        html! { section.sheet { (items(&[way])) } }
    }

    fn drafts(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.drafts.is_empty() {
            return html! {};
        }
        let places: Vec<String> = self.drafts.iter().map(|draft| format!("/filings/{draft}")).collect();
        let all: Vec<Item<'_>> = places
            .iter()
            .map(|place| Item { href: Some(place), icon: Some(Icon::Pencil), title: t(lang, Key::Continue), ..Item::default() })
            .collect();
        Sheet::new(t(lang, Key::Drafts)).flush(items(&all))
    }

    fn list(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.cases.is_empty() {
            return Blank::empty(Icon::Cases, t(lang, Key::NoCases), t(lang, Key::NoCasesNote)).sheet();
        }
        let places: Vec<String> = self.cases.iter().map(|row| format!("/cases/{}", row.case_id)).collect();
        let all: Vec<Item<'_>> = self.cases.iter().zip(&places).map(|(row, place)| {
            let stage = row.stage.map_or("", |stage| t(lang, case::stage(stage)));
            Item {
                href: Some(place),
                icon: Some(Icon::Cases),
                title: &row.title,
                notes: [row.number.as_deref(), Some(row.cause.as_str()), Some(stage)].into_iter().flatten().collect(),
                ..Item::default()
            }
        }).collect();
        Sheet::new(t(lang, Key::Cases)).flush(items(&all))
    }

    fn find(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Find)).body(super::parties::link_form(to, "", "", false))
    }
}

