//! Address labels (邮寄地址签) for what goes by post: one for each case and addressee, to print and stick on.

use std::collections::BTreeMap;

use xiezhi_app::{App, serving::ToSend};
use xiezhi_domain::{
    case::CaseState,
    ids::{CaseId, PartyId},
    people::Post,
    service::{Channel, ServiceStatus},
};

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        Lang,
        service::{self as words, Key},
        t,
    },
};

/// Labels of the day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LabelsView {
    /// One for each case and addressee.
    pub labels: Vec<Label>,
}

/// What stands on an envelope.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Label {
    /// Number of the case.
    pub number: String,
    /// The party.
    pub to: String,
    /// Who may take it in for the party, as it named them.
    pub recipient: Option<String>,
    /// Where to; nothing where no address is known.
    pub postal: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// What is inside.
    pub papers: Vec<String>,
    /// Name and telephone of the clerk.
    pub from: String,
    /// Whether it was sent already and waits for its receipt.
    pub sent: bool,
}

/// Shows the labels of what waits for the post, and of what left by post and has no outcome yet.
pub(super) async fn show_labels(State(app): State<App>, me: Me) -> Result<Shown<LabelsView>, Problem> {
    if ![Post::CourtClerk, Post::JudgeAssistant, Post::ServiceAgent].contains(&me.person.post) {
        return Err(Problem::not_found());
    }
    Ok(show(&me.showing, &LabelsView { labels: labels(&app, &me).await? }))
}

type Group = (CaseId, PartyId);

async fn labels(app: &App, me: &Me) -> Result<Vec<Label>, Problem> {
    let mut waiting: BTreeMap<Group, Vec<String>> = BTreeMap::new();
    for ToSend { row, .. } in app.to_serve(&me.actor).await?.into_iter().filter(|it| it.channel == Channel::Postal) {
        if let (Ok(case), Ok(party)) = (row.case_id.parse(), row.party.parse()) {
            waiting.entry((case, party)).or_default().push(row.paper);
        }
    }
    let mut labels = vec![];
    for ((case, party), papers) in waiting {
        labels.extend(Label::of(&*app.load(case).await?, &me.showing, party, papers, None));
    }
    for row in app.under_way(&me.actor).await? {
        let (Ok(case), Ok(service)) = (row.case_id.parse(), row.service_id.parse()) else { continue };
        let case = app.load(case).await?;
        let posted = case.services.get(&service);
        let posted = posted.filter(|it| it.channel == Channel::Postal && it.status == ServiceStatus::Dispatched);
        let Some(posted) = posted else { continue };
        let titles = posted.materials.iter().filter_map(|id| case.materials.get(id)).map(|paper| paper.title.clone());
        labels.extend(Label::of(&case, &me.showing, posted.to, titles.collect(), Some(&posted.address)));
    }
    Ok(labels)
}

impl Label {
    fn of(case: &CaseState, to: &Showing, party: PartyId, papers: Vec<String>, sent_to: Option<&str>) -> Option<Self> {
        let known = case.parties.get(&party)?;
        let confirmed = case.address(party);
        let postal = sent_to.map(str::to_owned).or_else(|| confirmed.map(|address| address.postal.clone()));
        let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
        let clerk = clerk.and_then(|person| to.people.person(person));
        let from = clerk.map(|clerk| format!("{} {}", clerk.name, clerk.phone.as_deref().unwrap_or_default()));
        Some(Self {
            number: case.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            to: known.name.clone(),
            recipient: confirmed.and_then(|address| address.recipient.clone()),
            postal: postal.or_else(|| known.address.clone()),
            phone: confirmed.map(|address| address.phone.clone()).or_else(|| known.phone.clone()),
            papers,
            from: from.unwrap_or_default().trim().to_owned(),
            sent: sent_to.is_some(),
        })
    }

    /// What is stuck on an envelope is Chinese, whatever the clerk reads in.
    fn show(&self, to: &Showing) -> Markup {
        let zh = |key| t(Lang::Zh, key);
        html! {
            article.envelope {
                div lang="zh-CN" {
                    p { (zh(Key::LabelTo)) " " b { @match &self.postal { Some(postal) => (postal), None => (zh(Key::LabelNoAddress)) } } }
                    p { b { (self.to) } @if let Some(recipient) = &self.recipient { "（" (zh(Key::LabelRecipient)) (recipient) "）" } " " @if let Some(phone) = &self.phone { span.number { (phone) } } }
                    p.small { span.number { (self.number) } " " (self.papers.join("、")) }
                    p.small { (zh(Key::LabelFrom)) " " (to.settings.court_name) " " (self.from) }
                }
                @if self.sent { p.small.muted.no-print { (t(to.lang(), Key::LabelSent)) } }
            }
        }
    }
}

impl LabelsView {
    /// What goes into which envelope, to tick off while it is done.
    fn stuffing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let columns = vec![
            Column::new(t(lang, Key::Addressee), OnPhone::Title),
            Column::new(t(lang, Key::Number), OnPhone::Second),
            Column::new(t(lang, Key::StuffingCopies), OnPhone::Second),
            Column::new(t(lang, Key::StuffingDone), OnPhone::State),
        ];
        let row = |label: &Label| {
            TableRow::new(vec![
                html! { span lang="zh-CN" { (label.to) } },
                html! { span.number { (label.number) } },
                html! { span lang="zh-CN" { (label.papers.join("、")) } },
                html! { "☐" },
            ])
        };
        let rows = self.labels.iter().filter(|label| !label.sent).map(row).collect::<Vec<_>>();
        if rows.is_empty() {
            return html! {};
        }
        let table = Table { caption: t(lang, Key::Stuffing), columns, rows, ..Table::default() };
        Sheet::new(t(lang, Key::Stuffing)).note(t(lang, Key::StuffingNote)).flush(table.show(lang))
    }
}

impl View for LabelsView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Labels);
        to.page(title, stack(html! {
            (page_head(title, &words::labels(lang, self.labels.len()), html! { (Verb::go(t(lang, Key::BackToTable), "/serve")) }))
            @if self.labels.is_empty() { (Blank::empty(Icon::Mail, t(lang, Key::NoLabels), t(lang, Key::NoLabelsWords)).sheet()) }
            @else {
                p.muted.no-print { (t(lang, Key::LabelsPrint)) }
                div.labels { @for label in &self.labels { (label.show(to)) } }
                (self.stuffing(to))
            }
        }))
    }
}
