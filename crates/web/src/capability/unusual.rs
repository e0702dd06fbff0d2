//! Unusual access, for those who oversee (异常查阅): what was listed, with what limits, and what was found of it. A
//! list of days, never a ranking of people.

pub(crate) mod samples;

use jiff::civil::Date;
use xiezhi_app::unusual::Finding;
use xiezhi_domain::{
    ids::{CaseId, PersonId},
    people::Post,
    unusual::{FindingKey, Kind, Watch},
};

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        case as case_words, nav, t,
        unusual::{self as words, Key},
    },
};

/// Where the page is.
const PAGE: &str = "/oversight/unusual";
/// Days one may look back: a fortnight, a quarter.
const SPANS: [u32; 2] = [14, 90];

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new().get(PAGE, Op::ShowUnusual, page).post("/oversight/unusual/examinations", Op::ExamineUnusual, examine)
}

/// Unusual access as it is listed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnusualView {
    /// Days looked back.
    pub days: u32,
    /// The limits of this court.
    pub watch: Watch,
    /// The newest day first.
    pub findings: Vec<FindingView>,
    /// Whether the reader may say what came of it.
    pub may_examine: bool,
}

/// Unusual access of one person on one day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FindingView {
    /// The day.
    pub day: Date,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub who: String,
    /// Under which post.
    pub post: Post,
    /// What.
    pub kind: Kind,
    /// How much.
    pub count: u32,
    /// From how much on it is listed.
    pub limit: u32,
    /// The cases it was about: identifier and number.
    pub cases: Vec<(CaseId, String)>,
    /// Who examined it, and what came of it.
    pub examined: Vec<(String, String)>,
    /// Whether it is the reader's own.
    pub own: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = UnusualAsked)]
struct Asked {
    days: Option<u32>,
}

/// Whether the reader sees the list: those who oversee, and the audit administrator, who changes nothing.
fn may_see(me: &Me) -> bool {
    App::oversees(&me.actor) || me.person.post == Post::AuditAdmin
}

async fn page(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Shown<UnusualView>, Problem> {
    if !may_see(&me) {
        return Err(Problem::not_found());
    }
    let days = asked.days.filter(|days| SPANS.contains(days)).unwrap_or(SPANS[0]);
    let mut findings = vec![];
    for finding in app.unusual(me.showing.today, days).await? {
        findings.push(FindingView::of(&app, &me, finding).await?);
    }
    let view = UnusualView { days, watch: me.showing.settings.watch, findings, may_examine: App::oversees(&me.actor) };
    Ok(show(&me.showing, &view))
}

impl FindingView {
    async fn of(app: &App, me: &Me, finding: Finding) -> Result<Self, Problem> {
        let mut cases = vec![];
        for id in &finding.cases {
            let number = app.load(*id).await.ok().and_then(|case| case.number.as_ref().map(ToString::to_string));
            let none = || t(me.showing.lang(), case_words::Key::NoNumber).to_owned();
            cases.push((*id, number.unwrap_or_else(none)));
        }
        let name = |person: PersonId| me.showing.name(person).to_owned();
        Ok(Self {
            day: finding.day,
            person: finding.person,
            who: name(finding.person),
            post: finding.post,
            kind: finding.kind,
            count: finding.count,
            limit: finding.limit,
            cases,
            examined: finding.examined.iter().map(|one| (name(one.by), one.note.clone())).collect(),
            own: finding.person == me.person.id,
        })
    }
}

/// What an overseer found of unusual access.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = UnusualExamined)]
struct Said {
    day: Date,
    person: PersonId,
    kind: Kind,
    #[serde(default)]
    note: String,
}

/// That it is on the record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnusualOnRecord)]
struct OnRecord {
    examined: bool,
}

async fn examine(State(app): State<App>, me: Me, form: Input<Said>) -> Result<Done<OnRecord>, Problem> {
    let Said { day, person, kind, note } = form.value;
    app.examine(&me.actor, form.command, FindingKey { day, person, kind }, &note).await?;
    Ok(done(&me.showing, PAGE, &OnRecord { examined: true }))
}

impl View for UnusualView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let names = SPANS.map(|days| words::last_days(lang, days));
        let places = SPANS.map(|days| format!("{PAGE}?days={days}"));
        let chips: Vec<Tab<'_>> = SPANS
            .iter()
            .zip(names.iter().zip(&places))
            .map(|(days, (name, href))| Tab { name, href, count: "", here: *days == self.days })
            .collect();
        to.page(title, html! {
            (page_head(title, "", html! { (Verb::go(t(lang, Key::Searching), "/traces").icon(Icon::Search)) }))
            (stack(html! {
                p.muted { (t(lang, Key::Words)) }
                section.sheet { (filters(lang, None, &chips, html! {})) (self.list(to)) }
                (self.limits(to))
            }))
        })
    }
}

impl UnusualView {
    fn list(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.findings.is_empty() {
            return html! { div.in { (Blank::empty(Icon::Check, t(lang, Key::None), t(lang, Key::NoneWords)).show()) } };
        }
        let columns = vec![
            Column::new(t(lang, Key::Day), OnPhone::Second),
            Column::new(t(lang, Key::Who), OnPhone::Title),
            Column::new(t(lang, Key::What), OnPhone::Second),
            Column::new(t(lang, Key::HowMuch), OnPhone::Second),
            Column::new(t(lang, Key::About), OnPhone::Second),
            Column::new(t(lang, Key::Examination), OnPhone::Act),
        ];
        let rows = self.findings.iter().enumerate().map(|(at, it)| self.row(to, at, it)).collect();
        Table { caption: t(lang, Key::Title), columns, rows, ..Table::default() }.show(lang)
    }

    fn row<'a>(&self, to: &Showing, at: usize, it: &FindingView) -> TableRow<'a> {
        let lang = to.lang();
        let traces = |pairs: &[(&str, String)]| format!("/traces?{}", serde_html_form::to_string(pairs).unwrap_or_default());
        let looks = ("of", "looks".to_owned());
        let day = [looks.clone(), ("person", it.who.clone()), ("from", it.day.to_string()), ("until", it.day.to_string())];
        TableRow::new(vec![
            html! { span.number { (it.day) } },
            html! { span lang="zh-CN" { (it.who) } " " span.muted.small { (t(lang, nav::post(it.post))) } },
            html! { (t(lang, words::kind(it.kind))) },
            html! { span.number { (words::of_limit(lang, it.count, it.limit)) } " " a.small href=(traces(&day)) { (t(lang, Key::See)) span.unseen { " " (it.who) " " (it.day) } } },
            html! {
                @if !it.cases.is_empty() {
                    ul.lines { @for (case, number) in &it.cases {
                        li { a.number href=(traces(&[looks.clone(), ("case", case.to_string())])) lang="zh-CN" { (number) } }
                    } }
                }
            },
            self.examination(to, at, it),
        ])
    }

    fn examination(&self, to: &Showing, at: usize, it: &FindingView) -> Markup {
        let lang = to.lang();
        let note = Field::new("note", t(lang, Key::Note)).help(t(lang, Key::NoteHelp)).required().among(at);
        html! {
            @if it.examined.is_empty() { (tag(Standing::Waiting, t(lang, Key::Unexamined))) }
            @for (who, said) in &it.examined { p { (tag(Standing::Done, t(lang, Key::Examined))) " " span lang="zh-CN" { (said) " · " (who) } } }
            @if it.own { p.muted.small { (t(lang, Key::Own)) } }
            @else if self.may_examine {
                (unfold(t(lang, Key::Examine), form(FormTo { action: "/oversight/unusual/examinations", ..FormTo::default() }, html! {
                    (to.command_field())
                    input type="hidden" name="day" value=(it.day);
                    input type="hidden" name="person" value=(it.person);
                    input type="hidden" name="kind" value=(xiezhi_app::rows::code_of(&it.kind));
                    (note.textarea(2))
                    (Verb::submit(t(lang, Key::Examine)).about(&it.who))
                })))
            }
        }
    }

    /// Every limit with what it means.
    fn limits(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let columns = vec![
            Column::new(t(lang, Key::What), OnPhone::Title),
            Column::new(t(lang, Key::Limit), OnPhone::State).right(),
            Column::new(t(lang, Key::Meaning), OnPhone::Second),
        ];
        let row = |kind: Kind| {
            TableRow::new(vec![
                html! { (t(lang, words::kind(kind))) },
                html! { (kind.limit(&self.watch)) },
                html! { (t(lang, words::meaning(kind))) },
            ])
        };
        let title = t(lang, Key::Limits);
        Sheet::new(title).note(t(lang, Key::LimitsWords)).flush(Table { caption: title, columns, rows: Kind::ALL.map(row).to_vec(), ..Table::default() }.show(lang))
    }
}
