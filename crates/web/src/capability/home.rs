//! A party's own page (我的案件): what to do first, by when; the cases; finding a case by its number.

pub(crate) mod samples;

use jiff::civil::Date;
use xiezhi_app::{
    lists::CaseFilter,
    tables::{CaseRow, TaskRow},
};
use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    paper::PaperKind,
    periods::PeriodKind,
    stage::Stage,
    tasks::TaskKind,
};

use super::filing;
use crate::{
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{Lang, case, day, home, home::Key, names, notices, t},
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
    /// Drafts of applications, not sent yet.
    pub drafts: Vec<DraftLine>,
}

/// A draft of an application.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DraftOfApplication)]
pub struct DraftLine {
    /// Its identifier.
    pub id: String,
    /// The cause that was chosen.
    pub cause: String,
    /// Whom it names so far.
    pub parties: Vec<String>,
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
    /// Titles of the papers it is about, what decides the case first.
    pub papers: Vec<String>,
    /// The last day on which the reader may appeal against what is among them.
    pub appeal_until: Option<Date>,
}

impl From<TaskRow> for TaskLine {
    fn from(row: TaskRow) -> Self {
        let TaskRow { case_id, kind, subject, due_on, number, title, .. } = row;
        Self { case_id, kind, subject, due_on, number, title, papers: vec![], appeal_until: None }
    }
}

impl TaskLine {
    /// Whether it asks to sign for papers.
    fn is_signing_for(&self) -> bool {
        TaskKind::of_code(&self.kind) == Some(TaskKind::SignFor)
    }

    /// The soonest day first; among what has no day, what may be appealed against before other papers.
    fn order(&self) -> (bool, Option<String>, bool) {
        (self.due_on.is_none(), self.due_on.clone(), self.is_signing_for() && self.appeal_until.is_none())
    }

    /// Names the papers of a service as its addressee knows them, and until when they may be appealed against.
    fn name_papers(&mut self, case: &CaseState, reader: &Reader) {
        let Some(service) = self.subject.parse().ok().and_then(|id| case.services.get(&id)) else { return };
        let papers = service.materials.iter().filter_map(|id| case.materials.get(id));
        let mut papers: Vec<_> = papers.filter(|paper| access::may_see(reader, case, paper)).collect();
        papers.sort_by_key(|paper| paper.kind != PaperKind::Judgment);
        let decides = papers.first().is_some_and(|paper| paper.kind == PaperKind::Judgment);
        let period = case.running(PeriodKind::Appeal, Some(service.to)).filter(|_| decides);
        self.papers = papers.into_iter().map(|paper| paper.title.clone()).collect();
        self.appeal_until = period.map(|period| period.last_on);
    }

    /// What it asks, with the name of its first paper.
    fn words(&self, lang: Lang) -> String {
        let asked = t(lang, TaskKind::of_code(&self.kind).map_or(Key::Other, home::task));
        match self.papers.as_slice() {
            [] => asked.to_owned(),
            [one] => home::sign_for(lang, one),
            [first, ..] => home::sign_for_several(lang, first, self.papers.len()),
        }
    }
}

/// Tasks whose papers are named on one page.
const NAMED: usize = 20;

async fn home(State(web): State<Web>, me: Me) -> Result<Shown<HomeView>, Problem> {
    if !me.person.post.is_outside() {
        return Ok(Shown::elsewhere("/workbench"));
    }
    let tasks = web.app.tasks(&me.actor, None).await?;
    let cases = web.app.cases(&me.actor, &CaseFilter { size: 100, ..CaseFilter::default() }).await?.rows;
    let drafts = filing::unfinished(&web, &me).await?;
    let mut tasks: Vec<TaskLine> = tasks.into_iter().map(TaskLine::from).collect();
    for task in tasks.iter_mut().filter(|task| task.is_signing_for()).take(NAMED) {
        let Ok(id) = task.case_id.parse() else { continue };
        let (case, reader) = web.app.view(id, &me.actor).await?;
        task.name_papers(&case, &reader);
    }
    tasks.sort_by_key(TaskLine::order);
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
        let told: Vec<(String, String)> = self.tasks.iter().map(|task| {
            let appeal = task.appeal_until.map(|until| home::appeal_until(lang, &day(until))).unwrap_or_default();
            (task.words(lang), appeal)
        }).collect();
        let rows_shown: Vec<Row<'_>> = self.tasks.iter().zip(&places).zip(&told).map(|((task, place), (words, appeal))| {
            let state = task.due_on.as_ref().and_then(|day| day.parse().ok()).map(|day| Due::new(day, to.today).tag(lang));
            Row {
                what: words,
                href: place,
                facts: [task.number.as_deref(), Some(task.title.as_str())].into_iter().flatten().collect(),
                state,
                by: task.due_on.as_deref().unwrap_or(appeal),
                verb: Some(Verb::go(t(lang, Key::Go), place).row().about(words)),
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
        let told: Vec<(String, String, String)> = self
            .drafts
            .iter()
            .map(|draft| (format!("/filings/{}", draft.id), names::cause(lang, &draft.cause), draft.parties.join("、")))
            .collect();
        let all: Vec<Item<'_>> = told
            .iter()
            .map(|(place, cause, parties)| Item {
                href: Some(place),
                icon: Some(Icon::Pencil),
                title: t(lang, Key::Continue),
                notes: [cause.as_str(), parties.as_str()].into_iter().filter(|note| !note.is_empty()).collect(),
                ..Item::default()
            })
            .collect();
        Sheet::new(t(lang, Key::Drafts)).flush(items(&all))
    }

    fn list(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.cases.is_empty() {
            return Blank::empty(Icon::Cases, t(lang, Key::NoCases), t(lang, Key::NoCasesNote)).sheet();
        }
        let places: Vec<String> = self.cases.iter().map(|row| format!("/cases/{}", row.case_id)).collect();
        let causes: Vec<String> = self.cases.iter().map(|row| names::cause(lang, &row.cause)).collect();
        let all: Vec<Item<'_>> = self.cases.iter().zip(&places).zip(&causes).map(|((row, place), cause)| {
            let stage = row.stage.map_or("", |stage| t(lang, case::stage(stage)));
            Item {
                href: Some(place),
                icon: Some(Icon::Cases),
                title: &row.title,
                notes: [row.number.as_deref(), Some(cause.as_str()), Some(stage)].into_iter().flatten().collect(),
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


#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::lived::{Seat, Tale};

    #[test]
    fn what_is_to_be_signed_for_is_named() {
        let seen = Tale::Sale.until("service.effected.v1").seen_by(Seat::Party(1), Lang::Zh);
        let service = seen.case.services_in_order().last().expect("something was sent");
        let mut task = TaskLine {
            case_id: seen.case.id.to_string(),
            kind: TaskKind::SignFor.code().to_owned(),
            subject: service.id.to_string(),
            due_on: None,
            number: None,
            title: String::new(),
            papers: vec![],
            appeal_until: None,
        };
        task.name_papers(&seen.case, &seen.reader);
        let first = task.papers.first().expect("the papers are named");
        assert!(task.words(Lang::Zh).starts_with(&format!("签收：{first}")), "{}", task.words(Lang::Zh));
    }
}
