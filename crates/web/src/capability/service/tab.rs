//! Services of a case: what waits, every attempt, and the outcome of service on paper. A party sees its own.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use xiezhi_app::App;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId, PartyId, ServiceId},
    service::{Channel, Prospect, Publication, Receipt, Reckoning, Service, ServiceStatus, Try, Way},
    tasks,
};

use super::{
    desk::outcome_verb,
    outcome::{publications, tries},
    reads::{ReadView, marks, reads_of},
};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        prelude_of_cases::{role, route},
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        day, moment,
        overview::acts as names,
        roles,
        service::{self as words, Key},
        t,
    },
};

/// Services of a case, as far as the reader may know of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ServicesView {
    /// The case.
    pub case: CaseId,
    /// Papers that wait, by party; to those who serve.
    pub waiting: Vec<WaitingView>,
    /// Attempts, newest first.
    pub attempts: Vec<AttemptView>,
    /// Whether the reader may send.
    pub may_send: bool,
    /// Whether the reader may enter outcomes.
    pub may_record: bool,
    /// Whether the reader works on the case for the court: sees who opened what.
    pub inside: bool,
    #[serde(skip)]
    pub(super) frame: Option<(Arc<CaseState>, Reader)>,
}

/// What waits for one party.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WaitingView {
    /// The party.
    pub to: PartyId,
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: &'static str,
    /// The channel that offers itself.
    pub channel: Channel,
    /// Why.
    pub why: &'static str,
    /// The papers: identifier and title.
    pub papers: Vec<(MaterialId, String)>,
}

/// One attempt.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttemptView {
    /// Identifier.
    pub id: ServiceId,
    /// The party.
    pub to: PartyId,
    /// Its name.
    pub name: String,
    /// Titles of the papers.
    pub papers: Vec<String>,
    /// How.
    pub channel: Channel,
    /// Where to.
    pub address: String,
    /// Day it left.
    pub left_on: Date,
    /// Where it stands.
    pub status: ServiceStatus,
    /// When it arrived, of electronic service.
    pub arrived_at: Option<Timestamp>,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it was signed for.
    pub signed_at: Option<Timestamp>,
    /// Who received it, on paper.
    pub received_by: Option<String>,
    /// The receipt, on paper.
    pub receipt: Option<Receipt>,
    /// The carrier's number, by post.
    pub tracking: Option<String>,
    /// Where it was published, by announcement.
    pub publications: Vec<Publication>,
    /// What the carrier said when it brought electronic papers back that count; nobody has found out yet.
    pub doubt: Option<String>,
    /// From which day it counts, and why.
    pub reckoning: Option<Reckoning>,
    /// What was tried; to the court's people and the addressee alone.
    pub tries: Vec<Try>,
    /// Who on the addressee's side opened which paper; to the court's people alone.
    pub reads: Vec<ReadView>,
}

/// Shows the services of a case.
pub(super) async fn show_services(
    State(app): State<App>,
    me: Me,
    Path(id): Path<CaseId>,
) -> Result<Shown<ServicesView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewMain, case.stage).map_err(|_| Problem::not_found())?;
    let mut view = ServicesView::of(&case, &reader, &app.ports().settings.ways);
    if reader.is_team() {
        let looks = app.looks(id).await?;
        for attempt in &mut view.attempts {
            let service = case.services.get(&attempt.id);
            attempt.reads = service.map(|it| reads_of(&case, &me.showing, &looks, it)).unwrap_or_default();
        }
    }
    Ok(show(&me.showing, &view))
}

impl ServicesView {
    /// The services of `case` for `reader`; ways offer themselves in the order of `ways`.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, ways: &[Way]) -> Self {
        let may = |act| access::may(reader, act, case.stage).is_ok();
        let outside = !reader.is_inside();
        let known = |service: &&Service| !outside || reader.party == Some(service.to);
        let mut attempts: Vec<AttemptView> =
            case.services_in_order().filter(known).map(|service| AttemptView::of(case, service).with_tries(case)).collect();
        attempts.reverse();
        Self {
            case: case.id,
            inside: reader.is_team(),
            frame: Some((Arc::clone(case), reader.clone())),
            waiting: if may(Act::Serve) { waiting(case, ways) } else { vec![] },
            attempts,
            may_send: may(Act::Serve),
            may_record: may(Act::RecordService),
        }
    }
}

fn waiting(case: &CaseState, ways: &[Way]) -> Vec<WaitingView> {
    let wanted = tasks::to_serve(case);
    let of_party = |party: &xiezhi_domain::party::Party| {
        let papers = wanted.iter().filter(|(_, to)| *to == party.id);
        let papers: Vec<(MaterialId, String)> =
            papers.filter_map(|(id, _)| Some((*id, case.materials.get(id)?.title.clone()))).collect();
        let (channel, why) = Prospect::of(case, party.id).offered(ways);
        let view = WaitingView { to: party.id, name: party.name.clone(), role: role(party.role), channel, why, papers };
        (!view.papers.is_empty()).then_some(view)
    };
    case.parties_in_order().filter_map(of_party).collect()
}

impl AttemptView {
    /// How `service` stands.
    pub fn of(case: &CaseState, service: &Service) -> Self {
        let titles = service.materials.iter().filter_map(|id| case.materials.get(id)).map(|paper| paper.title.clone());
        Self {
            id: service.id,
            to: service.to,
            name: case.parties.get(&service.to).map(|party| party.name.clone()).unwrap_or_default(),
            papers: titles.collect(),
            channel: service.channel,
            address: service.address.clone(),
            left_on: service.dispatched_on,
            status: service.status.clone(),
            arrived_at: service.arrived_at,
            opened_at: service.opened_at,
            signed_at: service.signed_at,
            received_by: service.received_by.clone(),
            receipt: service.receipt.clone(),
            tracking: service.tracking.clone(),
            publications: service.publications.clone(),
            doubt: service.doubt.clone(),
            reckoning: service.reckoning(),
            tries: vec![],
            reads: vec![],
        }
    }

    /// With what was tried to reach the party.
    pub fn with_tries(mut self, case: &CaseState) -> Self {
        self.tries = case.tries.iter().filter(|tried| tried.service == Some(self.id)).cloned().collect();
        self
    }

    fn is_open_on_paper(&self) -> bool {
        self.channel != Channel::Electronic && self.status == ServiceStatus::Dispatched
    }
}

impl View for ServicesView {
    fn page(&self, to: &Showing) -> Markup {
        let topic = case_topic(self.case);
        let body = if to.is_outside() { self.for_party(to) } else { self.for_staff(to) };
        let body = live("services", &topic, None, body);
        let place = t(to.lang(), Key::PartyTitle);
        match &self.frame {
            Some((case, reader)) => {
                case_page(to, case, reader, CaseTab::Service, PageParts { place, ..PageParts::default() }, body)
            }
            None => to.page(place, body),
        }
    }
}

impl ServicesView {
    fn for_party(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.attempts.is_empty() {
            return Blank::empty(Icon::Mail, t(lang, Key::PartyNone), t(lang, Key::PartyNoneWords)).sheet();
        }
        let hrefs: Vec<String> = self.attempts.iter().map(|it| route(self.case, &format!("/services/{}", it.id))).collect();
        let titles: Vec<String> = self.attempts.iter().map(|it| words::papers_from_court(lang, it.papers.len())).collect();
        let notes: Vec<String> = self.attempts.iter().map(|it| it.papers.join("、")).collect();
        let list: Vec<Item<'_>> = self
            .attempts
            .iter()
            .enumerate()
            .map(|(at, it)| Item {
                href: Some(&hrefs[at]),
                icon: Some(Icon::Mail),
                title: &titles[at],
                notes: vec![&notes[at]],
                state: Some(party_state(to, it)),
            })
            .collect();
        html! { h1 { (t(lang, Key::PartyTitle)) } section.sheet { (items(&list)) } }
    }

    fn for_staff(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        stack(html! {
            @if self.may_send {
                @if self.waiting.is_empty() { (Sheet::new(t(lang, Key::TabWaiting)).body(html! { p.muted { (t(lang, Key::TabWaitingNone)) } })) }
                @for group in &self.waiting { (self.send_form(to, group)) }
            }
            (self.attempt_list(to))
        })
    }

    fn send_form(&self, to: &Showing, group: &WaitingView) -> Markup {
        let lang = to.lang();
        let action = route(self.case, "/services");
        let title = format!("{}{}{} {}", t(lang, Key::TabWaiting), lang.pick("：", ": "), roles::in_words(lang, group.role), group.name);
        let party = group.to.to_string();
        let select = format!("channel-{party}");
        Sheet::new(&title).note(t(lang, words::why(group.why))).body(form(FormTo { action: &action, wide: true, ..FormTo::default() }, html! {
            (to.command_field())
            input type="hidden" name="to" value=(party);
            fieldset.field {
                legend { (t(lang, Key::Paper)) }
                div.picks { @for (id, title) in &group.papers {
                    label.pick { input type="checkbox" name="material" value=(id) checked; span lang="zh-CN" { (title) } }
                } }
            }
            div.field {
                label for=(select) { (t(lang, Key::ChooseChannel)) }
                select.input id=(select) name="channel" aria-describedby={ (select) "-help" } {
                    @for channel in Channel::ALL {
                        option value=(xiezhi_app::rows::code_of(&channel)) selected[channel == group.channel] { (t(lang, names::channel(channel))) }
                    }
                }
                p.help id={ (select) "-help" } { (t(lang, Key::AnnouncementNote)) }
            }
            (Verb::submit(t(lang, Key::Send)).icon(Icon::Send).about(&group.name))
        }))
    }

    fn attempt_list(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let sheet = Sheet::new(t(lang, Key::Attempts)).note(t(lang, Key::AttemptsNote));
        if self.attempts.is_empty() {
            return sheet.body(html! { p.muted { (t(lang, Key::NoAttempts)) } });
        }
        sheet.flush(html! { ul.rows { @for it in &self.attempts { li { div.grow { (self.attempt(to, it)) } } } } })
    }

    fn attempt(&self, to: &Showing, it: &AttemptView) -> Markup {
        let lang = to.lang();
        let href = route(self.case, &format!("/services/{}", it.id));
        let about = words::about_service(lang, &it.name);
        html! {
            div.line.wrap { (state(to, it)) " " a href=(href) { b lang="zh-CN" { (it.name) } } " " span.muted lang="zh-CN" { (it.papers.join("、")) } }
            div.small.muted {
                (t(lang, names::channel(it.channel))) " · " (it.address) " · " (t(lang, Key::LeftOn)) " " span.number { (day(it.left_on)) }
                @if let Some(tracking) = &it.tracking { " · " span.number { (tracking) } }
                @if let Some(at) = it.opened_at { " · " (t(lang, Key::OpenedAt)) " " span.number { (moment(at)) } }
                @if let Some(at) = it.signed_at { " · " (t(lang, Key::SignedAt)) " " span.number { (moment(at)) } }
                @if let Some(by) = &it.received_by { " · " (t(lang, Key::ReceivedBy)) " " span lang="zh-CN" { (by) } }
                @if let ServiceStatus::Failed { reason } = &it.status { " · " span lang="zh-CN" { (reason) } }
            }
            @if self.inside && !it.tries.is_empty() { (tries(lang, &it.tries)) }
            @if it.channel == Channel::Announcement { (publications(lang, it)) }
            @if self.inside && it.arrived_at.is_some() { (explain(t(lang, Key::ReadMarks), marks(to, &it.reads))) }
            @if self.may_record && it.is_open_on_paper() { (outcome_verb(lang, &self.case.to_string(), &it.id.to_string(), &about)) }
        }
    }
}

/// Where an attempt stands, with its day.
pub(super) fn state(to: &Showing, it: &AttemptView) -> Markup {
    let lang = to.lang();
    match &it.status {
        ServiceStatus::Dispatched => tag(Standing::Waiting, t(lang, Key::OnItsWay)),
        ServiceStatus::Effected { .. } if it.doubt.is_some() && !to.is_outside() => {
            tag(Standing::Soon, t(lang, Key::DoubtedState))
        }
        ServiceStatus::Effected { on } => tag(Standing::Done, &format!("{} {}", t(lang, Key::ServedState), day(*on))),
        ServiceStatus::Failed { .. } => tag(Standing::Soon, t(lang, Key::FailedState)),
    }
}

fn party_state(to: &Showing, it: &AttemptView) -> Markup {
    let lang = to.lang();
    match (&it.status, it.opened_at, it.signed_at) {
        (ServiceStatus::Effected { .. }, _, Some(_)) => tag(Standing::Done, t(lang, Key::SignedAlready)),
        (ServiceStatus::Effected { .. }, None, None) if it.arrived_at.is_some() => tag_with(Standing::Soon, Icon::Eye, t(lang, Key::NotOpened)),
        (ServiceStatus::Effected { .. }, Some(_), None) => tag(Standing::Soon, t(lang, Key::NotSigned)),
        _ => state(to, it),
    }
}
