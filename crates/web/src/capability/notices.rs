//! Notices (消息): what others did on the reader's cases since the reader looked, and marking it as read.

pub(crate) mod samples;

use xiezhi_app::{notices::News, witnessing::Reach};
use xiezhi_domain::ids::CaseId;

use super::{
    overview::{ActView, acts::Names},
    prelude_of_cases::route,
};
use crate::{
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{moment, notices::{self as words, Key}, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/notices", Op::ListNotices, show_notices)
        .post("/notices/read", Op::MarkNoticesRead, mark_read)
}

/// What is new, case by case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticesView {
    /// Cases with something new, the last changed first.
    pub cases: Vec<CaseNews>,
}

/// What is new in one case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseNews {
    /// The case.
    pub case: CaseId,
    /// Its number, once filed.
    pub number: Option<String>,
    /// Parties, short.
    pub title: String,
    /// The acts, newest first.
    pub acts: Vec<ActView>,
}

/// Shows what is new.
async fn show_notices(State(app): State<App>, me: Me) -> Result<Shown<NoticesView>, Problem> {
    let news = app.news(&me.actor).await?;
    let reach = app.record_reach().await?;
    let cases = news.iter().map(|news| CaseNews::of(news, &me.showing, reach)).collect();
    Ok(show(&me.showing, &NoticesView { cases }))
}

impl CaseNews {
    fn of(news: &News, to: &Showing, reach: Reach) -> Self {
        let names = Names::of(&news.case, &to.people);
        let told = news.acts.iter().filter_map(|act| Some((act, act.event.as_ref()?)));
        Self {
            case: news.case.id,
            number: news.case.number.as_ref().map(ToString::to_string),
            title: news.case.short_title(),
            acts: told.map(|(act, event)| ActView::of(to.lang(), act, event, &names, reach)).collect(),
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
struct MarkForm {
    /// One case; none for all.
    case: Option<CaseId>,
}

/// How many cases were marked.
#[derive(Debug, Serialize, ToSchema)]
struct NoticesRead {
    read: usize,
}

/// Marks one case, or everything, as seen. How far one has seen is nobody else's business and no act.
async fn mark_read(State(web): State<Web>, me: Me, form: Input<MarkForm>) -> Result<Done<NoticesRead>, Problem> {
    let wanted = form.value.case;
    let news = web.app.news(&me.actor).await?;
    let marked = news.iter().filter(|news| wanted.is_none_or(|case| case == news.case.id));
    let mut count = 0;
    for news in marked {
        web.app.mark_seen(news.case.id, me.person.id, news.case.rev).await?;
        count += 1;
    }
    Ok(done(&me.showing, "/notices", &NoticesRead { read: count }))
}

impl View for NoticesView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let count = self.cases.iter().map(|case| case.acts.len()).sum::<usize>();
        let count = words::count(lang, u32::try_from(count).unwrap_or(u32::MAX));
        let all = (self.cases.len() > 1).then(|| mark(to, None));
        let topic = to.person.as_ref().map(|person| inbox_topic(person.id)).unwrap_or_default();
        let body = html! {
            @if self.cases.is_empty() { (Blank::empty(Icon::Bell, t(lang, Key::None), t(lang, Key::NoneWords)).sheet()) }
            @else { p.muted { (t(lang, Key::Lead)) } }
            @for case in &self.cases { (case.sheet(to)) }
        };
        let parts = PageParts { place: title, ..PageParts::default() };
        to.page_with(title, parts, html! {
            (page_head(title, &count, html! { @if let Some(all) = all { (all) } }))
            (live("notices", &topic, None, stack(body)))
        })
    }
}

fn mark(to: &Showing, case: Option<CaseId>) -> Markup {
    let lang = to.lang();
    html! {
        form.inline method="post" action="/notices/read" {
            (to.command_field())
            @if let Some(case) = case { input type="hidden" name="case" value=(case); }
            (Verb::submit(t(lang, if case.is_some() { Key::MarkRead } else { Key::MarkAll })).quiet())
        }
    }
}

impl CaseNews {
    fn sheet(&self, to: &Showing) -> Markup {
        let href = route(self.case, "");
        let whens: Vec<String> = self.acts.iter().map(|act| moment(act.at)).collect();
        let line = |(act, when): (&ActView, &String)| {
            let who = if act.by.is_empty() { html! {} } else { html! { span.muted { " · " (act.by) } } };
            let words = html! { b { (act.title) } @if !act.detail.is_empty() { " " span lang="zh-CN" { (act.detail) } } (who) };
            Line { end: Some(html! { (when) }), fresh: true, ..Line::new(words) }
        };
        let shown: Vec<Line<'_>> = self.acts.iter().zip(&whens).map(line).collect();
        html! {
            section.sheet {
                header {
                    h2 { a href=(href) lang="zh-CN" { (self.title) } }
                    @if let Some(number) = &self.number { span.faint.small.number { (number) } }
                    span.push { (mark(to, Some(self.case))) }
                }
                (lines(&shown))
            }
        }
    }
}
