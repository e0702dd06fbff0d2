//! The table of service: tick and send, with a result for each group.

use std::collections::BTreeMap;

use xiezhi_app::{
    App,
    serving::ToSend,
    tables::ServiceRow,
};
use xiezhi_domain::{
    ids::{CaseId, CommandId, MaterialId, PartyId},
    people::Post,
    service::{Channel, ServiceCommand},
};

use crate::{
    capability::prelude_of_cases::{derived, route},
    frame::prelude::*,
    http::prelude::*,
    messages::{
        Lang,
        overview::acts as names,
        service::{self as words, Key},
        t,
    },
};

/// What waits to be sent, and what is under way.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeskView {
    /// Papers that wait.
    pub to_send: Vec<ToSend>,
    /// Services that left and have not ended.
    pub under_way: Vec<ServiceRow>,
}

/// Shows the table to clerks, assistants and service agents; to others there is no such page.
pub(super) async fn show_desk(State(app): State<App>, me: Me) -> Result<Shown<DeskView>, Problem> {
    let posts = [Post::CourtClerk, Post::JudgeAssistant, Post::ServiceAgent];
    if !posts.contains(&me.person.post) {
        return Err(Problem::not_found());
    }
    let view = DeskView { to_send: app.to_serve(&me.actor).await?, under_way: app.under_way(&me.actor).await? };
    Ok(show(&me.showing, &view))
}

/// What was ticked: `case.paper.party`, as often as there are ticks.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SendForm {
    #[serde(default)]
    pick: Vec<String>,
}

type Group = (CaseId, PartyId);

fn groups(picks: &[String]) -> BTreeMap<Group, Vec<MaterialId>> {
    let mut groups: BTreeMap<Group, Vec<MaterialId>> = BTreeMap::new();
    for pick in picks {
        let mut parts = pick.split('.');
        let (Some(case), Some(paper), Some(party)) = (parts.next(), parts.next(), parts.next()) else { continue };
        if let (Ok(case), Ok(paper), Ok(party)) = (case.parse(), paper.parse(), party.parse()) {
            groups.entry((case, party)).or_default().push(paper);
        }
    }
    groups
}

/// What came of one group.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SendResult {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: Option<String>,
    /// To whom.
    pub to: String,
    /// How.
    pub channel: Channel,
    /// How many papers.
    pub papers: usize,
    /// Why it was not sent; nothing if it was.
    pub problem: Option<String>,
}

/// The results of one sending.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ResultView {
    /// One for each group.
    pub results: Vec<SendResult>,
}

/// Results are kept for a week.
const KEEP_DAYS: i64 = 7;

/// Sends what was ticked, a group for each case and addressee; each has its own result.
pub(super) async fn send(State(web): State<Web>, me: Me, form: Input<SendForm>) -> Result<Done<ResultView>, Problem> {
    let groups = groups(&form.value.pick);
    if groups.is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("pick", "input.nothing_chosen")]));
    }
    let mut results = vec![];
    for ((case, party), papers) in groups {
        results.push(send_group(&web.app, &me, form.command, (case, party), papers).await);
    }
    let view = ResultView { results };
    let id = form.command.to_string();
    web.app.keep_note("serve-result", &id, me.person.id, &view, KEEP_DAYS).await?;
    Ok(done(&me.showing, &format!("/serve/results/{id}"), &view))
}

async fn send_group(app: &App, me: &Me, command: CommandId, (id, to): Group, papers: Vec<MaterialId>) -> SendResult {
    let count = papers.len();
    let none = |problem: Problem| SendResult {
        case: id,
        number: None,
        to: String::new(),
        channel: Channel::Electronic,
        papers: count,
        problem: Some(problem.words(Some(&me.showing)).0),
    };
    let case = match app.view(id, &me.actor).await {
        Ok((case, _)) => case,
        Err(fault) => return none(fault.into()),
    };
    let channel = app.way_for(&case, to).0;
    let part = format!("{id}.{to}");
    let dispatch = ServiceCommand::Dispatch { materials: papers, to, channel };
    let sent = app.decide(id, &me.actor, derived(command, &part), dispatch.into()).await;
    SendResult {
        case: id,
        number: case.number.as_ref().map(ToString::to_string),
        to: case.parties.get(&to).map(|party| party.name.clone()).unwrap_or_default(),
        channel,
        papers: count,
        problem: sent.err().map(|fault| Problem::from(fault).words(Some(&me.showing)).0),
    }
}

/// Shows what came of a sending to whoever sent it.
pub(super) async fn show_results(
    State(app): State<App>,
    me: Me,
    Path(command): Path<CommandId>,
) -> Result<Shown<ResultView>, Problem> {
    let view: Option<ResultView> = app.note_of("serve-result", &command.to_string(), me.person.id).await?;
    Ok(show(&me.showing, &view.ok_or_else(Problem::not_found)?))
}

fn channel_words(lang: Lang, code: &str) -> &'static str {
    let channel = Channel::ALL.into_iter().find(|channel| xiezhi_app::rows::code_of(channel) == code);
    channel.map_or("", |channel| t(lang, names::channel(channel)))
}

fn due(to: &Showing, on: Option<&str>) -> Markup {
    match on.and_then(|on| on.parse().ok()) {
        Some(on) => html! { span.number { (crate::messages::day(on)) } " " (Due::new(on, to.today).tag(to.lang())) },
        None => html! { span.faint { "—" } },
    }
}

impl View for DeskView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        to.page(title, html! {
            (page_head(title, &self.due(to).to_string(), html! { (Verb::go(t(lang, Key::Labels), "/serve/labels").icon(Icon::Print)) }))
            (stack(html! { (self.waiting(to)) (self.on_the_way(to)) (scan(to)) }))
        })
    }
}

impl DeskView {
    /// How much the reader has to do here: a clerk sends, a service agent delivers what was sent.
    fn due(&self, to: &Showing) -> usize {
        let delivers = to.person.as_ref().is_some_and(|person| person.post == Post::ServiceAgent);
        if delivers { self.under_way.len() } else { self.to_send.len() }
    }

    fn waiting(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.to_send.is_empty() {
            let delivers = to.person.as_ref().is_some_and(|person| person.post == Post::ServiceAgent);
            return match (delivers, self.under_way.is_empty()) {
                (true, false) => html! {},
                (true, true) => Blank::empty(Icon::Send, t(lang, Key::AgentNothingTitle), t(lang, Key::AgentNothingWords)).sheet(),
                (false, _) => Blank::empty(Icon::Send, t(lang, Key::NothingTitle), t(lang, Key::NothingWords)).sheet(),
            };
        }
        let picks: Vec<String> =
            self.to_send.iter().map(|it| format!("{}.{}.{}", it.row.case_id, it.row.material, it.row.party)).collect();
        let rows = self.to_send.iter().zip(&picks).map(|(row, pick)| waiting_row(to, row, pick)).collect();
        let table = Table {
            caption: t(lang, Key::Title),
            columns: vec![
                Column::new(t(lang, Key::Number), OnPhone::Second),
                Column::new(t(lang, Key::Addressee), OnPhone::Title),
                Column::new(t(lang, Key::Paper), OnPhone::Second),
                Column::new(t(lang, Key::Channel), OnPhone::Second),
                Column::new(t(lang, Key::Why), OnPhone::Second),
                Column::new(t(lang, Key::Until), OnPhone::State),
            ],
            rows,
            ticks: Some("pick"),
            dense: true,
            ..Table::default()
        };
        let send = Verb::submit(t(lang, Key::Send)).primary().icon(Icon::Send).keys("Ctrl Enter");
        let ticked = self.to_send.iter().filter(|it| it.channel == Channel::Electronic).count();
        html! {
            form method="post" action="/serve" {
                (to.command_field())
                section.sheet {
                    (table.show(lang))
                    (batch(t(lang, Key::Chosen), ticked, t(lang, Key::ChosenAfter), t(lang, Key::BatchNote), html! { (send) }))
                }
            }
        }
    }

    fn on_the_way(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let sheet = Sheet::new(t(lang, Key::UnderWay)).note(t(lang, Key::UnderWayNote));
        if self.under_way.is_empty() {
            return sheet.body(html! { p.muted { (t(lang, Key::NothingUnderWay)) } });
        }
        sheet.flush(html! { ul.rows { @for row in &self.under_way { li { (under_way_row(to, row)) } } } })
    }
}

/// Where a scan gun reads the carrier's receipts.
fn scan(to: &Showing) -> Markup {
    let lang = to.lang();
    Sheet::new(t(lang, Key::ScanTitle)).body(form(FormTo { action: "/serve/scan", ..FormTo::default() }, html! {
        (to.command_field())
        (Field::new("number", t(lang, Key::ScanLabel)).help(t(lang, Key::ScanHelp)).autocomplete("off").text())
        (Verb::submit(t(lang, Key::ScanGo)))
    }))
}

fn waiting_row<'a>(to: &Showing, it: &'a ToSend, pick: &'a str) -> TableRow<'a> {
    let lang = to.lang();
    let row = &it.row;
    let href = format!("/cases/{}/services", row.case_id);
    let icon = if it.channel == Channel::Electronic { Icon::Mobile } else { Icon::Mail };
    TableRow {
        tick: Some(pick),
        ticked: it.channel == Channel::Electronic,
        ..TableRow::new(vec![
            html! { a.number href=(href) { (row.number.as_deref().unwrap_or("—")) } },
            html! { span lang="zh-CN" { (row.party_name) } },
            html! { span lang="zh-CN" { (row.paper) } },
            html! { (icon) " " (t(lang, names::channel(it.channel))) },
            html! { (t(lang, words::why(&it.why))) },
            due(to, row.due_on.as_deref()),
        ])
    }
}

fn under_way_row(to: &Showing, row: &ServiceRow) -> Markup {
    let lang = to.lang();
    let about = words::about_service(lang, &row.party_name);
    html! {
        div.grow {
            b lang="zh-CN" { (row.party_name) } " " span.muted lang="zh-CN" { (row.papers) }
            div.small.muted {
                span.number { (row.number.as_deref().unwrap_or("—")) } " · " (channel_words(lang, &row.channel)) " · " (t(lang, Key::LeftOn)) " " span.number { (row.dispatched_on) }
                @if let Some(tracking) = &row.tracking { " · " span.number { (tracking) } }
            }
            @if row.channel == "announcement" { p.small.faint { (t(lang, Key::Announced)) } }
        }
        @if row.channel != "electronic" { (outcome_verb(lang, &row.case_id, &row.service_id, &about)) }
    }
}

/// Leads to where the outcome is entered.
pub(super) fn outcome_verb(lang: Lang, case: &str, service: &str, about: &str) -> Markup {
    let to = format!("/cases/{case}/services/{service}/outcome");
    html! { (Verb::go(t(lang, Key::Outcome), &to).row().icon(Icon::Pencil).about(about)) }
}

impl View for ResultView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Results);
        let sent = self.results.iter().filter(|result| result.problem.is_none()).count();
        let back = Verb::go(t(lang, Key::BackToTable), "/serve").primary();
        to.page(title, html! {
            (page_head(title, &words::groups_sent(lang, sent, self.results.len()), html! { (back) }))
            (Sheet::new(title).note(t(lang, Key::ResultsNote)).flush(html! {
                ul.rows { @for result in &self.results { li { (result_line(lang, result)) } } }
            }))
        })
    }
}

fn result_line(lang: Lang, result: &SendResult) -> Markup {
    html! {
        @match &result.problem { None => (tag(Standing::Done, t(lang, Key::Sent))), Some(_) => (tag(Standing::Soon, t(lang, Key::NotSent))) }
        " " a href=(route(result.case, "/services")) { span.number { (result.number.as_deref().unwrap_or("—")) } }
        " " b lang="zh-CN" { (result.to) } " "
        span.muted { (names::papers(lang, result.papers)) " · " (t(lang, names::channel(result.channel))) }
        @if let Some(problem) = &result.problem { " " span { (problem) } }
    }
}
