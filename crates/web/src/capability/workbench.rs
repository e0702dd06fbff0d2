//! Workbenches (工作台): what is to be done, in five piles; the open pile with one verb a row.

pub(crate) mod samples;

use jiff::{Span, civil::Date};
use xiezhi_app::{
    destruction::KnownList,
    tables::{DeadlineRow, HearingRow, MaterialRow, TaskRow},
};
use xiezhi_domain::{destruction::SEEN_BY, people::Post, periods::PeriodKind, tasks::TaskKind};

use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{
        Lang, day_in_full, names,
        workbench::{self as words, Key},
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/workbench", Op::ShowWorkbench, workbench)
}

/// A pile as a workbench shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Heap {
    /// To write.
    Write,
    /// To hear.
    Hear,
    /// To do.
    Do,
    /// Waiting for others.
    Wait,
    /// Due within three days, or late; also lies on its own pile.
    Soon,
    /// To sign or to decide.
    Sign,
}

impl Heap {
    /// The piles of a post: judges write, the others do; only whoever sits in hearings or prepares them hears; heads of
    /// the court give their word.
    fn of_post(post: Post) -> &'static [Heap] {
        match post {
            Post::Judge | Post::Assessor => &[Heap::Write, Heap::Hear, Heap::Wait, Heap::Soon, Heap::Sign],
            Post::DivisionHead | Post::VicePresident | Post::President | Post::TrialManagement => {
                &[Heap::Do, Heap::Soon, Heap::Sign]
            }
            Post::FilingClerk | Post::Archivist | Post::ServiceAgent | Post::Finance => &[Heap::Do, Heap::Wait, Heap::Soon],
            _ => &[Heap::Do, Heap::Hear, Heap::Wait, Heap::Soon, Heap::Sign],
        }
    }

    /// The piles of a post, and any other on which something lies all the same.
    fn shown(post: Post, count: impl Fn(Heap) -> usize) -> Vec<Heap> {
        let own = Heap::of_post(post);
        let also = [Heap::Hear, Heap::Wait, Heap::Sign].into_iter().filter(|heap| !own.contains(heap) && count(*heap) > 0);
        own.iter().copied().chain(also).collect()
    }

    fn code(self) -> &'static str {
        match self {
            Heap::Write => "write",
            Heap::Hear => "hear",
            Heap::Do => "do",
            Heap::Wait => "wait",
            Heap::Soon => "soon",
            Heap::Sign => "sign",
        }
    }

    fn words(self) -> Key {
        match self {
            Heap::Write => Key::HeapWrite,
            Heap::Hear => Key::HeapHear,
            Heap::Do => Key::HeapDo,
            Heap::Wait => Key::HeapWait,
            Heap::Soon => Key::HeapSoon,
            Heap::Sign => Key::HeapSign,
        }
    }
}

fn writes(post: Post) -> bool {
    matches!(post, Post::Judge | Post::Assessor)
}

/// A task on the workbench.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = WorkbenchTask)]
pub struct TaskView {
    /// Its pile.
    pub heap: Heap,
    /// Kind.
    pub kind: &'static str,
    /// Where its verb leads.
    pub href: String,
    /// Parties, short.
    pub title: String,
    /// Case number.
    pub number: Option<String>,
    /// Cause.
    pub cause: String,
    /// Until.
    pub due_on: Option<Date>,
    /// How many tasks of this kind there are in the case: they are done on the same page, in one go.
    pub times: usize,
    #[serde(skip)]
    task: TaskKind,
    #[serde(skip)]
    case: String,
}

/// A workbench.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WorkbenchView {
    /// The piles of this post, in order, with their counts.
    pub heaps: Vec<(Heap, usize)>,
    /// The open pile.
    pub open: Heap,
    /// The tasks of the open pile, the most urgent first: as many as its count says.
    pub tasks: Vec<TaskView>,
    /// How many files each list for destruction has that waits for the reader; they lie on the pile of what is to do.
    pub lists: Vec<usize>,
    /// The nearest day of each pile, and how many are late.
    pub notes: Vec<(Option<Date>, usize)>,
    /// Today's hearings.
    pub hearings: Vec<HearingRow>,
    /// Periods that end soon.
    pub periods: Vec<DeadlineRow>,
    /// Papers that came in.
    pub papers: Vec<MaterialRow>,
    /// Whether the reader administers the platform and sees no case.
    pub administrator: Option<Post>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = WorkbenchAsked)]
struct Asked {
    pile: Option<String>,
}

async fn workbench(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Shown<WorkbenchView>, Problem> {
    if me.person.post.is_outside() {
        return Ok(Shown::elsewhere("/home"));
    }
    let to = &me.showing;
    let week = to.today.checked_add(Span::new().days(7)).expect("within the calendar");
    let tasks = app.tasks(&me.actor, None).await?;
    let (hearings, periods, papers) = if me.person.post.is_administrator() {
        (vec![], vec![], vec![])
    } else {
        let hearings = app.hearings_on(&me.actor, to.today).await?;
        (hearings, app.deadlines_until(&me.actor, week, 8).await?, app.new_papers(&me.actor, 6).await?)
    };
    let lists = match SEEN_BY.contains(&me.person.post) {
        true => app.destruction_lists().await?,
        false => vec![],
    };
    let awaits = |known: &&KnownList| known.list.awaits(me.person.id, me.person.post);
    let lists = lists.iter().filter(awaits).map(|known| known.list.listed.len()).collect();
    let mut view = WorkbenchView::of(me.person.post, to.today, (tasks, lists), asked.pile.as_deref());
    (view.hearings, view.periods, view.papers) = (hearings, periods, papers);
    Ok(show(to, &view))
}

impl WorkbenchView {
    /// The workbench of a post with these tasks; the first pile with work is open unless another is asked.
    pub fn of(
        post: Post,
        today: Date,
        (tasks, lists): (Vec<TaskRow>, Vec<usize>),
        asked: Option<&str>,
    ) -> Self {
        let all = merged(tasks.into_iter().filter_map(|row| task_view(post, row)).collect());
        let is_on = |task: &TaskView, heap: Heap| match heap {
            Heap::Soon => task.due_on.is_some_and(|on| Due::new(on, today).state() != Standing::Waiting),
            heap => task.heap == heap,
        };
        let on = |heap: Heap| all.iter().filter(move |task| is_on(task, heap));
        let count = |heap: Heap| on(heap).count() + if heap == Heap::Do { lists.len() } else { 0 };
        let heaps = Heap::shown(post, count);
        let counts: Vec<(Heap, usize)> = heaps.iter().map(|heap| (*heap, count(*heap))).collect();
        let notes = heaps.iter().map(|heap| nearest(on(*heap), today)).collect();
        let chosen = heaps.iter().copied().find(|heap| Some(heap.code()) == asked);
        let first = counts.iter().find(|(heap, count)| *count > 0 && *heap != Heap::Wait).map(|(heap, _)| *heap);
        let open = chosen.or(first).unwrap_or(heaps[0]);
        let mut tasks: Vec<TaskView> = on(open).cloned().collect();
        tasks.sort_by_key(|task| (task.due_on.is_none(), task.due_on));
        let lists = if open == Heap::Do { lists } else { vec![] };
        let administrator = post.is_administrator().then_some(post);
        Self { heaps: counts, open, tasks, lists, notes, hearings: vec![], periods: vec![], papers: vec![], administrator }
    }
}

/// Tasks of one kind in one case as one row, until the first of their days.
fn merged(tasks: Vec<TaskView>) -> Vec<TaskView> {
    let mut rows: Vec<TaskView> = vec![];
    for task in tasks {
        match rows.iter_mut().find(|row| row.task == task.task && row.case == task.case) {
            Some(row) => {
                row.times += 1;
                row.due_on = [row.due_on, task.due_on].into_iter().flatten().min();
            }
            None => rows.push(task),
        }
    }
    rows
}

/// The nearest day to come of a pile, and how many of its tasks are late.
fn nearest<'a>(tasks: impl Iterator<Item = &'a TaskView>, today: Date) -> (Option<Date>, usize) {
    let days: Vec<Date> = tasks.filter_map(|task| task.due_on).collect();
    let late = days.iter().filter(|on| **on < today).count();
    (days.into_iter().filter(|on| *on >= today).min(), late)
}

fn task_view(post: Post, row: TaskRow) -> Option<TaskView> {
    use xiezhi_domain::tasks::Pile;
    let task = TaskKind::of_code(&row.kind)?;
    let heap = match task.pile() {
        Pile::Write | Pile::Do if writes(post) => Heap::Write,
        Pile::Write | Pile::Do => Heap::Do,
        Pile::Hear => Heap::Hear,
        Pile::Wait => Heap::Wait,
        Pile::Sign => Heap::Sign,
    };
    Some(TaskView {
        heap,
        kind: task.code(),
        href: way(task, &row.case_id),
        times: 1,
        case: row.case_id,
        title: row.title,
        number: row.number,
        cause: row.cause,
        due_on: row.due_on.as_deref().and_then(|day| day.parse().ok()),
        task,
    })
}

/// Where a task is done.
pub fn way(task: TaskKind, case: &str) -> String {
    let below = match task {
        TaskKind::Review => return format!("/review/{case}"),
        TaskKind::Correct | TaskKind::Wait | TaskKind::Answer => "",
        TaskKind::Pay | TaskKind::Refund => "/fees",
        TaskKind::RuleUnpaid
        | TaskKind::Write
        | TaskKind::RuleWithdrawal
        | TaskKind::SignDocument
        | TaskKind::Issue
        | TaskKind::ReadDocument
        | TaskKind::Pronounce => "/documents",
        TaskKind::Serve | TaskKind::ServeAgain | TaskKind::FindArrival | TaskKind::RecordService | TaskKind::SignFor => "/services",
        TaskKind::EnterFile => "/file",
        TaskKind::Schedule | TaskKind::Hearing | TaskKind::SignTranscript => "/hearings",
        TaskKind::Deliberate | TaskKind::SignMinutes => "/deliberation",
        TaskKind::MeetCommittee | TaskKind::SignCommittee => "/committee",
        TaskKind::Mediate
        | TaskKind::ConcludeMediation
        | TaskKind::ExtendMediation
        | TaskKind::AnswerOffer
        | TaskKind::SignAgreement => "/mediation",
        TaskKind::Approve => "/approvals",
        TaskKind::Transfer => "/appeal",
        TaskKind::SubmitArchive | TaskKind::AcceptArchive | TaskKind::AnswerBorrowing => "/archive",
    };
    format!("/cases/{case}{below}")
}

impl View for WorkbenchView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        if self.administrator.is_some() {
            return to.page(title, html! { (page_head(title, "", html! {})) (self.administration(lang)) });
        }
        let has_cases = to.person.as_ref().is_none_or(|person| person.post != Post::ServiceAgent);
        let verbs = html! { @if has_cases { (Verb::go(t(lang, Key::Cases), "/cases").icon(Icon::Cases)) } };
        let topic = to.person.as_ref().map(|person| inbox_topic(person.id)).unwrap_or_default();
        to.page_with(title, PageParts::default(), html! {
            (page_head(title, &day_in_full(lang, to.today), verbs))
            (live("workbench", &topic, None, columns(html! { div { (self.piles(lang)) (self.open_pile(to)) } }, html! {
                (self.today(lang))
                (self.due(to))
                (self.arrived(lang))
            })))
        })
    }
}

impl WorkbenchView {
    fn piles(&self, lang: Lang) -> Markup {
        let hrefs: Vec<String> = self.heaps.iter().map(|(heap, _)| format!("/workbench?pile={}", heap.code())).collect();
        let notes: Vec<String> = self
            .notes
            .iter()
            .map(|(next, late)| match (late, next) {
                (0, None) => t(lang, Key::NothingDue).to_owned(),
                (0, Some(next)) => words::soonest(lang, &next.strftime("%m-%d").to_string()),
                (late, _) => words::overdue(lang, *late),
            })
            .collect();
        let shown: Vec<Pile<'_>> = self
            .heaps
            .iter()
            .enumerate()
            .map(|(i, (heap, count))| Pile {
                count: *count,
                name: t(lang, heap.words()),
                note: &notes[i],
                href: &hrefs[i],
                here: *heap == self.open,
            })
            .collect();
        piles(&shown)
    }

    fn open_pile(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let sheet = Sheet::new(t(lang, self.open.words()));
        if self.tasks.is_empty() && self.lists.is_empty() {
            return sheet.flush(Blank::empty(Icon::Done, t(lang, Key::NoneHere), t(lang, Key::NoneWords)).show());
        }
        let days: Vec<String> =
            self.tasks.iter().map(|task| task.due_on.map(|on| on.to_string()).unwrap_or_default()).collect();
        let next: Vec<String> = self
            .tasks
            .iter()
            .map(|task| match (t(lang, words::next(task.task)), task.times) {
                (next, 1) => next.to_owned(),
                (next, times) => words::several(lang, next, times),
            })
            .collect();
        let causes: Vec<String> = self.tasks.iter().map(|task| names::cause(lang, &task.cause)).collect();
        let files: Vec<String> = self.lists.iter().map(|files| words::files(lang, *files)).collect();
        let lists = files.iter().map(|files| Row {
            what: t(lang, Key::DestructionList),
            href: "/archive/destruction",
            facts: vec![files, t(lang, Key::NextApprove)],
            verb: Some(Verb::go(t(lang, Key::Approve), "/archive/destruction")),
            ..Row::default()
        });
        let shown: Vec<Row<'_>> = self
            .tasks
            .iter()
            .zip(&days)
            .zip(&next)
            .zip(&causes)
            .map(|(((task, by), next), cause)| Row {
                what: &task.title,
                href: &task.href,
                facts: vec![
                    task.number.as_deref().unwrap_or(t(lang, Key::NoNumber)),
                    cause,
                    next,
                ],
                state: task.due_on.map(|on| Due::new(on, to.today).tag(lang)),
                by,
                verb: Some(Verb::go(t(lang, words::verb(task.task)), &task.href)),
                ..Row::default()
            })
            .chain(lists)
            .collect();
        sheet.flush(rows(lang, &shown))
    }

    fn today(&self, lang: Lang) -> Markup {
        let hrefs: Vec<String> = self.hearings.iter().map(|hearing| format!("/cases/{}/hearings", hearing.case_id)).collect();
        let shown: Vec<Line<'_>> = self
            .hearings
            .iter()
            .zip(&hrefs)
            .map(|(hearing, href)| Line {
                kind: Some(html! { b.number { (hearing.starts) } }),
                end: Some(html! { (hearing.room.as_deref().unwrap_or("—")) }),
                href: Some(href),
                ..Line::new(html! { (hearing.title) })
            })
            .collect();
        let sheet = Sheet::new(t(lang, Key::Today)).more(t(lang, Key::AllHearings), "/hearings");
        if shown.is_empty() { sheet.body(html! { p.muted { (t(lang, Key::NoHearings)) } }) } else { sheet.flush(lines(&shown)) }
    }

    fn due(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        // Several parties' days that end together are one line: it names no party.
        let mut periods: Vec<&DeadlineRow> = self.periods.iter().collect();
        let ends = |row: &DeadlineRow| (row.case_id.clone(), row.kind.clone(), row.last_on.clone());
        periods.dedup_by_key(|period| ends(period));
        let hrefs: Vec<String> = periods.iter().map(|period| format!("/cases/{}", period.case_id)).collect();
        let shown: Vec<Line<'_>> = periods.into_iter().zip(&hrefs).map(|(period, href)| due_line(to, period, href)).collect();
        let sheet = Sheet::new(t(lang, Key::Periods)).note(t(lang, Key::PeriodsNote));
        if shown.is_empty() { sheet.body(html! { p.muted { (t(lang, Key::NoPeriods)) } }) } else { sheet.flush(lines(&shown)) }
    }

    fn arrived(&self, lang: Lang) -> Markup {
        let hrefs: Vec<String> =
            self.papers.iter().map(|paper| format!("/cases/{}/file/{}", paper.case_id, paper.material_id)).collect();
        let shown: Vec<Line<'_>> = self
            .papers
            .iter()
            .zip(&hrefs)
            .map(|(paper, href)| Line {
                end: Some(html! { (paper.received_on) }),
                href: Some(href),
                fresh: true,
                ..Line::new(html! { span lang="zh-CN" { (paper.title) } })
            })
            .collect();
        let sheet = Sheet::new(t(lang, Key::NewPapers));
        if shown.is_empty() { sheet.body(html! { p.muted { (t(lang, Key::NoPapers)) } }) } else { sheet.flush(lines(&shown)) }
    }

    fn administration(&self, lang: Lang) -> Markup {
        let record = self.administrator == Some(Post::AuditAdmin);
        let (href, icon, title, words) = if record {
            ("/record", Icon::Shield, Key::Record, Key::RecordNote)
        } else {
            ("/people", Icon::People, Key::People, Key::PeopleNote)
        };
        let item = Item { href: Some(href), icon: Some(icon), title: t(lang, title), notes: vec![t(lang, words)], state: None };
        stack(html! {
            (note(Icon::Lock, html! { (t(lang, Key::AdminWords)) }))
            (Sheet::new(t(lang, Key::AdminTitle)).flush(items(&[item])))
        })
    }
}

fn due_line<'a>(to: &Showing, period: &'a DeadlineRow, href: &'a str) -> Line<'a> {
    let lang = to.lang();
    let kind = PeriodKind::ALL.into_iter().find(|kind| kind.code() == period.kind);
    let name = kind.map_or("—", |kind| t(lang, words::period(kind)));
    let state = period.last_on.parse().ok().map(|on: Date| Due::new(on, to.today).tag(lang));
    let what = period.number.as_deref().unwrap_or(&period.title);
    Line { kind: state, end: Some(html! { (name) }), href: Some(href), ..Line::new(html! { span.number { (what) } }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_has_the_piles_that_can_fill_and_any_on_which_something_lies() {
        assert!(Heap::shown(Post::Judge, |_| 0).contains(&Heap::Hear));
        assert_eq!(Heap::shown(Post::ServiceAgent, |_| 0), [Heap::Do, Heap::Wait, Heap::Soon]);
        let signs = |heap| usize::from(heap == Heap::Sign);
        assert_eq!(Heap::shown(Post::Archivist, signs), [Heap::Do, Heap::Wait, Heap::Soon, Heap::Sign]);
        assert_eq!(Heap::shown(Post::President, |_| 0), [Heap::Do, Heap::Soon, Heap::Sign], "nobody waits to be heard by them");
    }

    #[test]
    fn a_pile_counts_what_its_page_lists() {
        let today = jiff::civil::date(2026, 3, 2);
        let row = |case: &str, subject: &str, due_on: Option<&str>| TaskRow {
            case_id: case.to_owned(),
            kind: TaskKind::Serve.code().to_owned(),
            subject: subject.to_owned(),
            due_on: due_on.map(str::to_owned),
            assignee: "post:court_clerk".to_owned(),
            person: None,
            post: Some("court_clerk".to_owned()),
            pile: "do".to_owned(),
            number: None,
            title: "甲诉乙".to_owned(),
            cause: String::new(),
            stage: "serving".to_owned(),
        };
        let tasks = vec![row("a", "1", None), row("a", "2", Some("2026-03-01")), row("b", "1", None)];
        let count = |view: &WorkbenchView, heap| view.heaps.iter().find(|(known, _)| *known == heap).map(|(_, count)| *count);
        for pile in ["do", "soon", "wait", "hear", "sign"] {
            let view = WorkbenchView::of(Post::CourtClerk, today, (tasks.clone(), vec![]), Some(pile));
            assert_eq!(count(&view, view.open), Some(view.tasks.len()), "{pile}");
        }
        let view = WorkbenchView::of(Post::CourtClerk, today, (tasks, vec![]), Some("do"));
        let told: Vec<(usize, Option<Date>)> = view.tasks.iter().map(|task| (task.times, task.due_on)).collect();
        assert_eq!(told, [(2, Some(jiff::civil::date(2026, 3, 1))), (1, None)], "until the first of their days");

        let view = WorkbenchView::of(Post::President, today, (vec![], vec![12]), None);
        assert_eq!((count(&view, Heap::Do), view.open, view.lists.as_slice()), (Some(1), Heap::Do, &[12][..]));
        assert!(WorkbenchView::of(Post::President, today, (vec![], vec![12]), Some("sign")).lists.is_empty());
    }
}
