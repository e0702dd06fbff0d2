//! Lists of cases, search, export (案件列表).

mod export;
pub(crate) mod samples;

use axum::http::{HeaderValue, header};
use jiff::civil::Date;
use xiezhi_app::{
    access::{AccessEvent, Look},
    desk,
    lists::{CaseFilter, Page},
    oversight::Statistic,
    serving::{Reach, Reached},
    tables::CaseRow,
};
use xiezhi_domain::{case::Procedure, people::Post, stage::Stage};

use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{
        Lang, case as case_words,
        cases::Key,
        figures, names, oversight, t,
    },
};

/// Rows a page.
const PAGE_SIZE: u64 = 50;
/// Most rows of an export.
const EXPORT_SIZE: u64 = 500;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases", Op::ListCases, list)
        .get("/cases.xlsx", Op::ExportCases, export)
}

/// Which part of the life of a case a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All.
    #[default]
    All,
    /// Before filing.
    BeforeFiling,
    /// Filed and not closed.
    Trial,
    /// Closed, not archived.
    Closed,
    /// Archived.
    Archived,
}

impl Scope {
    const ALL: [(Scope, &'static str, Key); 5] = [
        (Scope::All, "", Key::All),
        (Scope::BeforeFiling, "before_filing", Key::BeforeFiling),
        (Scope::Trial, "trial", Key::Trial),
        (Scope::Closed, "closed", Key::Closed),
        (Scope::Archived, "archived", Key::Archived),
    ];

    /// The part of the life of a case, as its stage names it.
    fn phase(self) -> Option<&'static str> {
        Scope::ALL.into_iter().find(|(scope, ..)| *scope == self).map(|(_, code, _)| code).filter(|code| !code.is_empty())
    }
}

/// What a list was asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = CasesAsked)]
pub struct Asked {
    /// Words.
    #[serde(default)]
    pub q: String,
    /// Part of the life of a case.
    #[serde(default)]
    pub scope: String,
    /// Procedure.
    #[serde(default)]
    pub procedure: String,
    /// Judge.
    #[serde(default)]
    pub judge: String,
    /// Only those the reader works on.
    #[serde(default)]
    pub mine: String,
    /// Only those that this statistic counts; with `year`.
    #[serde(default)]
    pub counted: String,
    /// The year of the statistic.
    #[serde(default)]
    pub year: String,
    /// Order.
    #[serde(default)]
    pub sort: String,
    /// Page.
    #[serde(default)]
    pub page: u64,
}

impl Asked {
    fn scope(&self) -> Scope {
        Scope::ALL.into_iter().find(|(_, code, _)| *code == self.scope).map_or(Scope::All, |(scope, _, _)| scope)
    }

    fn filter(&self, me: &Me, size: u64) -> CaseFilter {
        let filled = |text: &String| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        CaseFilter {
            words: filled(&self.q),
            phase: self.scope().phase(),
            stage: None,
            procedure: filled(&self.procedure),
            judge: filled(&self.judge),
            counted: self.counted(),
            more: (!self.mine.is_empty()).then(|| desk::only_mine(me.person.id)),
            sort: desk::case_order(&self.sort),
            page: self.page.max(1),
            size,
        }
    }

    /// The statistic and the year whose cases are asked for.
    fn counted(&self) -> Option<(Statistic, i16)> {
        let statistic = serde_json::from_value(self.counted.as_str().into()).ok()?;
        Some((statistic, self.year.parse().ok()?))
    }

    /// The address of this list with one parameter changed; order and page begin anew.
    fn with(&self, name: &str, value: &str) -> String {
        let pairs = [
            ("q", self.q.as_str()),
            ("scope", &self.scope),
            ("procedure", &self.procedure),
            ("judge", &self.judge),
            ("mine", &self.mine),
            ("counted", &self.counted),
            ("year", &self.year),
        ];
        let pairs = pairs.map(|(known, old)| (known, if known == name { value } else { old }));
        let kept: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let query = serde_html_form::to_string(kept).unwrap_or_default();
        if query.is_empty() { "/cases".to_owned() } else { format!("/cases?{query}") }
    }

    /// Whether the words may name a person: then looking is itself recorded.
    fn names_someone(&self) -> bool {
        let words = self.q.trim();
        !words.is_empty() && !words.contains('号') && !words.chars().all(|c| c.is_ascii_digit())
    }
}

/// A list of cases.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CasesView {
    /// The page of it.
    #[serde(flatten)]
    pub found: Page<CaseRow>,
    /// What was asked.
    pub asked: Asked,
    /// Judges to narrow by: identifier and name.
    pub judges: Vec<(String, String)>,
}

fn looked(me: &Me, look: Look, words: &str) -> AccessEvent {
    AccessEvent::Looked {
        reader: me.person.id,
        post: me.person.post,
        look,
        case: None,
        material: None,
        pages: vec![],
        words: Some(words.to_owned()),
        rule: "V1".to_owned(),
    }
}

async fn list(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Shown<CasesView>, Problem> {
    if me.person.post.is_outside() {
        return Ok(Shown::elsewhere("/home"));
    }
    let words = asked.q.trim();
    if words.contains('号')
        && let Some(row) = app.case_numbered(&me.actor, words).await?
    {
        return Ok(Shown::elsewhere(&format!("/cases/{}", row.case_id)));
    }
    if asked.names_someone() {
        app.record_look(looked(&me, Look::Search, words)).await?;
    }
    let found = app.cases(&me.actor, &asked.filter(&me, PAGE_SIZE)).await?;
    let judges = me.showing.people.on(Post::Judge).map(|judge| (judge.id.to_string(), judge.name.clone())).collect();
    Ok(show(&me.showing, &CasesView { found, asked, judges }))
}

/// The same list as a spreadsheet. That it left is recorded before the first byte does.
async fn export(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Sent<Xlsx>, Problem> {
    if me.person.post.is_outside() || me.person.post.is_administrator() {
        return Err(Problem::not_found());
    }
    app.record_look(looked(&me, Look::Export, &asked.with("page", ""))).await?;
    let mut rows = vec![];
    let mut filter = asked.filter(&me, EXPORT_SIZE);
    filter.page = 1;
    loop {
        let found = app.cases(&me.actor, &filter).await?;
        let whole = found.rows.len() as u64 == EXPORT_SIZE;
        rows.extend(found.rows);
        if !whole || filter.page >= 20 {
            break;
        }
        filter.page += 1;
    }
    let bytes = export::workbook(me.showing.lang(), &rows).map_err(|fault| AppError::failed("the spreadsheet", fault))?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    );
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"cases.xlsx\""));
    Ok(response.into())
}

impl View for CasesView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let xlsx = self.asked.with("page", "").replacen("/cases", "/cases.xlsx", 1);
        let (papers, reads) = (self.in_papers(), reads_papers(to));
        let verbs = html! {
            @if reads { (Verb::go(t(lang, Key::SearchPapers), &papers).icon(Icon::Search)) }
            (Verb::go(t(lang, Key::Export), &xlsx).icon(Icon::Download))
        };
        let parts = PageParts { searched: &self.asked.q, ..PageParts::default() };
        to.page_with(title, parts, html! {
            (page_head(title, "", verbs))
            @if reads && !self.asked.q.trim().is_empty() { p.muted { (t(lang, Key::PapersToo)) " " a href=(papers) { (t(lang, Key::SearchPapers)) (lang.pick("：", ": ")) span { (self.asked.q) } } } }
            section.sheet { (self.filters(to)) (self.narrow(to)) (self.body(to)) }
        })
    }
}

impl CasesView {
    fn filters(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let mine_href = self.asked.with("mine", if self.asked.mine.is_empty() { "1" } else { "" });
        let hrefs = Scope::ALL.map(|(_, code, _)| self.asked.with("scope", code));
        let mut chips: Vec<Tab<'_>> = Scope::ALL
            .iter()
            .zip(&hrefs)
            .map(|((scope, _, name), href)| Tab { name: t(lang, *name), href, count: "", here: *scope == self.asked.scope() })
            .collect();
        let counted = self.asked.counted().map(|(statistic, year)| format!("{} {year}", t(lang, oversight::statistic(statistic))));
        let uncounted = self.asked.with("counted", "");
        if let Some(counted) = &counted {
            chips.push(Tab { name: counted, href: &uncounted, count: "", here: true });
        }
        chips.push(Tab { name: t(lang, Key::Mine), href: &mine_href, count: "", here: !self.asked.mine.is_empty() });
        filters(lang, Some((t(lang, Key::Search), &self.asked.q)), &chips, html! {})
    }

    /// Judge and procedure, by a form that works without a script.
    fn narrow(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let mut judges = vec![Choice::new("", t(lang, Key::AnyJudge))];
        judges.extend(self.judges.iter().map(|(id, name)| Choice::new(id, name)));
        let mut procedures = vec![Choice::new("", t(lang, Key::AnyProcedure))];
        let codes = Procedure::ALL.map(|procedure| (xiezhi_app::rows::code_of(&procedure), case_words::procedure(procedure)));
        procedures.extend(codes.iter().map(|(code, name)| Choice::new(code, t(lang, *name))));
        let narrowed = !self.asked.judge.is_empty() || !self.asked.procedure.is_empty();
        let body = form_get("/cases", html! {
            @for (name, value) in [("q", &self.asked.q), ("scope", &self.asked.scope), ("mine", &self.asked.mine), ("counted", &self.asked.counted), ("year", &self.asked.year)] {
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            (side_by_side(html! {
                (Field::new("judge", t(lang, Key::Judge)).value(&self.asked.judge).select(lang, &judges))
                (Field::new("procedure", t(lang, Key::Procedure)).value(&self.asked.procedure).select(lang, &procedures))
            }))
            (Verb::submit(t(lang, Key::Apply)))
        });
        html! { div.in { (unfold_open(t(lang, Key::Narrow), body, narrowed)) } }
    }

    /// Where the same words are looked for in papers.
    fn in_papers(&self) -> String {
        format!("/search?{}", serde_html_form::to_string([("q", &self.asked.q)]).unwrap_or_default())
    }

    fn body(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.found.rows.is_empty() {
            // Words that name no case may stand in its papers.
            let (papers, words) = (self.in_papers(), t(lang, Key::SearchPapers));
            let seeks = reads_papers(to) && !self.asked.q.trim().is_empty();
            let mut verbs = vec![Verb::go(t(lang, Key::Clear), "/cases")];
            if seeks {
                verbs.insert(0, Verb::go(words, &papers).icon(Icon::Search).primary());
            }
            return Blank::empty(Icon::Search, t(lang, Key::NoneTitle), t(lang, Key::NoneWords)).verbs(verbs).show();
        }
        let base = self.asked.with("page", "");
        let sorted = if self.asked.sort.is_empty() { base.clone() } else { with_query(&base, "sort", &self.asked.sort) };
        let columns = vec![
            Column::new(t(lang, Key::Parties), OnPhone::Title),
            Column::new(t(lang, Key::Number), OnPhone::Second).sorts("number"),
            Column::new(t(lang, Key::Cause), OnPhone::Second).sorts("cause"),
            Column::new(t(lang, Key::Procedure), OnPhone::Hidden),
            Column::new(t(lang, Key::Amount), OnPhone::Hidden).sorts("amount").right(),
            Column::new(t(lang, Key::Judge), OnPhone::Second).sorts("judge"),
            Column::new(t(lang, Key::Filed), OnPhone::Hidden).sorts("filed"),
            Column::new(t(lang, Key::Due), OnPhone::Second).sorts("due").named(),
            Column::new(t(lang, Key::Service), OnPhone::Second).named(),
            Column::new(t(lang, Key::Stage), OnPhone::State).sorts("stage"),
        ];
        let rows = self.found.rows.iter().map(|row| TableRow::new(cells(to, row))).collect();
        let table = Table { caption: t(lang, Key::Title), columns, rows, base: &base, order: &self.asked.sort, ..Table::default() };
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let pages = self.found.total.div_ceil(self.found.size);
        html! {
            (table.show(lang))
            (paging(lang, Paging { page: count(self.found.page), pages: count(pages), total: count(self.found.total), base: &sorted }))
        }
    }
}

/// Whoever keeps the machine reads no papers.
fn reads_papers(to: &Showing) -> bool {
    to.person.as_ref().is_some_and(|person| !person.post.is_administrator())
}

fn cells(to: &Showing, row: &CaseRow) -> Vec<Markup> {
    let lang = to.lang();
    let href = format!("/cases/{}", row.case_id);
    let stage = Stage::of_code(&row.stage).map_or("—", |stage| t(lang, case_words::stage(stage)));
    let procedure = Procedure::ALL.into_iter().find(|procedure| xiezhi_app::rows::code_of(procedure) == row.procedure);
    let due: Option<Date> = row.due_on.as_deref().and_then(|day| day.parse().ok());
    let cause = names::cause(lang, &row.cause);
    vec![
        html! { a.what href=(href) { (row.title) } },
        html! { span.number { (row.number.as_deref().unwrap_or(t(lang, Key::NoNumber))) } },
        html! { span lang=[names::spoken(&cause)] { (cause) } },
        html! { (procedure.map_or("—", |procedure| t(lang, case_words::procedure(procedure)))) },
        html! { (row.amount_fen.map(figures).unwrap_or_default()) },
        html! { (row.judge_name.as_deref().unwrap_or("—")) },
        html! { span.number { (row.filed_on.as_deref().unwrap_or("—")) } },
        html! { @if let Some(on) = due { span.number { (on) } " " @if Due::new(on, to.today).state() != Standing::Waiting { (Due::new(on, to.today).tag(lang)) } } @else { "—" } },
        reach(lang, &row.reached()),
        if row.stayed == 1 { tag(Standing::Stopped, t(lang, Key::Stayed)) } else { kind(stage) },
    ]
}

/// Served or not, a line for each party.
fn reach(lang: Lang, reached: &[Reached]) -> Markup {
    if reached.is_empty() {
        return html! { "—" };
    }
    let words = |reach| match reach {
        Reach::Served => (Standing::Done, Key::Served),
        Reach::UnderWay => (Standing::Waiting, Key::UnderWay),
        Reach::Waits => (Standing::Waiting, Key::NotServed),
        Reach::Failed => (Standing::Soon, Key::NotReached),
    };
    html! {
        @for it in reached {
            @let (standing, key) = words(it.reach);
            div.small { span lang="zh-CN" { (it.party) } " " (tag(standing, t(lang, key))) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_keeps_the_others_and_begins_on_the_first_page() {
        let asked = Asked { q: "张".to_owned(), scope: "trial".to_owned(), page: 3, ..Asked::default() };
        assert_eq!(asked.with("mine", "1"), "/cases?q=%E5%BC%A0&scope=trial&mine=1");
        assert_eq!(Asked::default().with("scope", ""), "/cases");
    }

    #[test]
    fn every_stage_belongs_to_one_scope() {
        for stage in Stage::ALL {
            let scopes = Scope::ALL.into_iter().filter(|(scope, ..)| scope.phase() == Some(stage.phase()));
            assert_eq!(scopes.count(), 1, "{stage:?}");
        }
    }

    #[test]
    fn looking_for_a_person_is_told_from_looking_for_a_number() {
        let asked = |q: &str| Asked { q: q.to_owned(), ..Asked::default() };
        assert!(asked("张三").names_someone());
        assert!(!asked("（2026）鲁0691民初202号").names_someone());
        assert!(!asked("202").names_someone());
        assert!(!asked(" ").names_someone());
    }
}
