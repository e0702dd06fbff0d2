//! Deadlines and figures of the court (监督): cases, never a ranking of people.

pub(crate) mod samples;

use std::collections::BTreeMap;

use xiezhi_app::{
    lists::Page,
    oversight::{Deadlines, Figures, Statistic},
    recorder::Stopped,
    tables::DeadlineRow,
};
use xiezhi_domain::{ids::PersonId, periods::PeriodKind, stage::Stage};

use super::record::{audited::AuditView, signing_stopped};
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{
        case, names,
        oversight::{Key, statistic},
        t, workbench,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/oversight", Op::ShowOversight, page)
        .get("/oversight/deadlines", Op::ListDeadlines, list)
}

/// Deadlines of each kind on the first page; the rest is one click away.
const FIRST: u64 = 20;
/// Deadlines a page of their list.
const PAGE_SIZE: u64 = 50;
/// Years one may choose: this one and those before.
const YEARS: i16 = 5;

/// The court at a glance.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OversightView {
    year: i16,
    figures: Figures,
    overdue: Page<DeadlineRow>,
    soon: Page<DeadlineRow>,
    /// Names of the parties whose own periods these are.
    parties: BTreeMap<String, String>,
    stages: Vec<(Stage, u64)>,
    /// Where signing of the record has stopped.
    stopped: Vec<Stopped>,
    /// What the check of everything found.
    audit: AuditView,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Asked {
    year: Option<i16>,
}

async fn page(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Shown<OversightView>, Problem> {
    if !App::oversees(&me.actor) {
        return Err(Problem::not_found());
    }
    let today = me.showing.today;
    let year = asked.year.unwrap_or(today.year()).clamp(2000, 9998);
    let overdue = app.deadlines(&me.actor, Deadlines::Overdue, today, 1, FIRST).await?;
    let soon = app.deadlines(&me.actor, Deadlines::Soon, today, 1, FIRST).await?;
    let mut parties = app.parties_of(&overdue.rows).await?;
    parties.extend(app.parties_of(&soon.rows).await?);
    let view = OversightView {
        year,
        figures: app.figures(&me.actor, year).await?,
        overdue,
        soon,
        parties,
        stages: app.by_stage(&me.actor).await?,
        stopped: app.stopped().await,
        audit: AuditView::now(&app).await?,
    };
    Ok(show(&me.showing, &view))
}

#[derive(Debug, Deserialize, ToSchema)]
struct Which {
    #[serde(default)]
    due: Deadlines,
    #[serde(default)]
    page: u64,
}

/// A list of deadlines.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeadlinesView {
    due: Deadlines,
    found: Page<DeadlineRow>,
    /// Names of the parties whose own periods these are.
    parties: BTreeMap<String, String>,
}

async fn list(State(app): State<App>, me: Me, Query(which): Query<Which>) -> Result<Shown<DeadlinesView>, Problem> {
    if !App::oversees(&me.actor) {
        return Err(Problem::not_found());
    }
    let found = app.deadlines(&me.actor, which.due, me.showing.today, which.page, PAGE_SIZE).await?;
    let parties = app.parties_of(&found.rows).await?;
    Ok(show(&me.showing, &DeadlinesView { due: which.due, found, parties }))
}

/// Where the list of these deadlines is.
fn place(due: Deadlines) -> String {
    format!("/oversight/deadlines?due={}", xiezhi_app::rows::code_of(&due))
}

impl View for DeadlinesView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, titles(self.due).0);
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let base = place(self.due);
        let at = Paging {
            page: count(self.found.page),
            pages: count(self.found.total.div_ceil(self.found.size)),
            total: count(self.found.total),
            base: &base,
        };
        let back = Verb::go(t(lang, Key::Title), "/oversight").icon(Icon::Previous);
        to.page(title, html! {
            (page_head(t(lang, Key::Deadlines), "", html! { (back) }))
            section.sheet {
                (kinds(lang, self.due))
                (deadlines(to, self.due, &self.found, &self.parties))
                @if self.found.total > 0 { (paging(lang, at)) }
            }
        })
    }
}

impl View for OversightView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let words = |key| t(lang, key);
        to.page(words(Key::Title), html! {
            (page_head(words(Key::Title), words(Key::Note), html! {
                (Verb::go(words(Key::Unusual), "/oversight/unusual").icon(Icon::Eye)) " "
                (Verb::go(words(Key::Traces), "/traces").icon(Icon::Search))
            }))
            (stack(html! {
                (signing_stopped(to, &self.stopped))
                (self.counts(to))
                (self.years(to))
                (listed(to, Deadlines::Overdue, &self.overdue, &self.parties))
                (listed(to, Deadlines::Soon, &self.soon, &self.parties))
                (Sheet::new(words(Key::ByStage)).flush(self.by_stage(to)))
                (self.audit.sheet(to))
            }))
        })
    }
}

impl OversightView {
    fn counts(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let all = [
            (self.figures.carried_over, Statistic::CarriedOver, Key::CarriedOverNote),
            (self.figures.filed, Statistic::Filed, Key::FiledNote),
            (self.figures.closed, Statistic::Closed, Key::ClosedNote),
            (self.figures.open, Statistic::Open, Key::OpenNote),
        ];
        let places =
            all.map(|(_, it, _)| format!("/cases?counted={}&year={}", xiezhi_app::rows::code_of(&it), self.year));
        let numbers: Vec<String> = all.iter().map(|(count, ..)| count.to_string()).collect();
        let shown: Vec<Figure<'_>> = all
            .iter()
            .zip(&numbers)
            .zip(&places)
            .map(|(((_, it, note), figure), href)| Figure { figure, name: t(lang, statistic(*it)), note: t(lang, *note), href })
            .collect();
        figures(&shown)
    }

    /// The years whose figures one may look at.
    fn years(&self, to: &Showing) -> Markup {
        let this = to.today.year();
        let years: Vec<(i16, String)> = (0..YEARS).map(|back| (this - back, (this - back).to_string())).collect();
        let places: Vec<String> = years.iter().map(|(year, _)| format!("/oversight?year={year}")).collect();
        let chips: Vec<Tab<'_>> = years
            .iter()
            .zip(&places)
            .map(|((year, name), href)| Tab { name, href, count: "", here: *year == self.year })
            .collect();
        filters(to.lang(), None, &chips, html! {})
    }

    fn by_stage(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let row = |(stage, count): &(Stage, u64)| {
            TableRow::new(vec![html! { (t(lang, case::stage(*stage))) }, html! { (count) }])
        };
        table(lang, t(lang, Key::ByStage), vec![
            Column::new(t(lang, Key::Stage), OnPhone::Title),
            Column::new(t(lang, Key::Count), OnPhone::Second).right(),
        ], self.stages.iter().map(row).collect())
    }
}

fn table(lang: crate::messages::Lang, caption: &str, columns: Vec<Column<'_>>, rows: Vec<TableRow<'_>>) -> Markup {
    Table { caption, columns, rows, base: "/oversight", order: "", ticks: None, dense: false, keep: false }.show(lang)
}

/// Names of parties by their identifiers.
type Parties = BTreeMap<String, String>;

/// The title of deadlines, and what is said where there are none.
fn titles(due: Deadlines) -> (Key, Key, Key) {
    match due {
        Deadlines::Overdue => (Key::Overdue, Key::OverdueNone, Key::OverdueNoneNote),
        Deadlines::Soon => (Key::Soon, Key::SoonNone, Key::SoonNoneNote),
    }
}

/// The two lists of deadlines, and which of them is open.
fn kinds(lang: crate::messages::Lang, open: Deadlines) -> Markup {
    let both = [Deadlines::Overdue, Deadlines::Soon];
    let places = both.map(place);
    let chips: Vec<Tab<'_>> = both
        .iter()
        .zip(&places)
        .map(|(due, href)| Tab { name: t(lang, titles(*due).0), href, count: "", here: *due == open })
        .collect();
    filters(lang, None, &chips, html! {})
}

/// Deadlines under a title, with a way to the rest.
fn listed(to: &Showing, due: Deadlines, found: &Page<DeadlineRow>, parties: &Parties) -> Markup {
    let lang = to.lang();
    let all = place(due);
    let sheet = Sheet::new(t(lang, titles(due).0));
    let sheet = if found.total > FIRST { sheet.more(t(lang, Key::AllOfThem), &all) } else { sheet };
    sheet.flush(deadlines(to, due, found, parties))
}

/// Deadlines; or a word that there are none.
fn deadlines(to: &Showing, due: Deadlines, found: &Page<DeadlineRow>, parties: &Parties) -> Markup {
    let lang = to.lang();
    let (title, none, note) = titles(due);
    if found.rows.is_empty() {
        return html! { div.in { (Blank::empty(Icon::Check, t(lang, none), t(lang, note)).show()) } };
    }
    let columns = vec![
        Column::new(t(lang, Key::Case), OnPhone::Title),
        Column::new(t(lang, Key::Period), OnPhone::Second),
        Column::new(t(lang, Key::Judge), OnPhone::Second),
        Column::new(t(lang, Key::LastDay), OnPhone::State),
        Column::new(t(lang, Key::Source), OnPhone::Hidden),
    ];
    table(lang, t(lang, title), columns, found.rows.iter().map(|row| deadline(to, row, parties)).collect())
}

fn deadline<'a>(to: &Showing, row: &DeadlineRow, parties: &Parties) -> TableRow<'a> {
    let lang = to.lang();
    let kind = PeriodKind::ALL.into_iter().find(|kind| kind.code() == row.kind);
    let name = kind.map_or(row.kind.as_str(), |kind| t(lang, workbench::period(kind)));
    let judge = row.judge.as_deref().and_then(|id| id.parse::<PersonId>().ok());
    let due = row.last_on.parse().ok().map(|on| Due::new(on, to.today).tag(lang));
    TableRow::new(vec![
        html! { a href={ "/cases/" (row.case_id) } lang="zh-CN" { (row.number.as_deref().unwrap_or_default()) " " (row.title) } },
        html! { (name) @if let Some(party) = parties.get(&row.party) { (lang.pick("：", ": ")) span lang="zh-CN" { (party) } } },
        html! { (judge.map(|judge| to.name(judge)).unwrap_or_default()) },
        html! { (row.last_on) " " @if let Some(due) = due { (due) } },
        html! { span lang="zh-CN" { (names::cited(&row.source)) } },
    ])
}
