//! One service as the party finds it: when it arrived, what it holds, signing, the certificate.

use std::sync::Arc;

use xiezhi_app::App;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    decision::About,
    ids::{CaseId, MaterialId, ServiceId},
    service::{Channel, ServiceStatus, holds_statement},
};

use super::{
    outcome::tries,
    reads::{marks, reads_of},
    tab::{AttemptView, state},
};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page, part_title},
        prelude_of_cases::{Acted, paper_route, route},
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        day, day_spoken, moment, moment_exact,
        overview::acts as names,
        service::{self as words, Key},
        t,
    },
};

/// One service, for whoever it is for and for the court's people.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ServiceView {
    /// The case.
    pub case: CaseId,
    /// Its title.
    pub title: String,
    /// The attempt.
    pub service: AttemptView,
    /// The papers: identifier, title, pages.
    pub papers: Vec<(MaterialId, String, u32)>,
    /// Whether the reader is the one it is for.
    pub own: bool,
    /// Whether receiving it binds: a mediation statement is among the papers.
    pub binds: bool,
    /// Certificate or receipt, once there is one.
    pub certificate: Option<MaterialId>,
    /// Whether a paper of it went to the same party in another way, too.
    pub other_ways: bool,
    /// Name of the clerk.
    pub clerk: Option<String>,
    /// Telephone of the clerk.
    pub phone: Option<String>,
    /// Whether the reader works on the case for the court: sees who opened what.
    pub inside: bool,
    /// Whether the reader may say whether it arrived.
    pub may_find: bool,
    /// Whether the reader may enter what came of it: it went on paper, and nothing is known yet.
    pub may_record: bool,
    #[serde(skip)]
    pub(super) frame: Option<(Arc<CaseState>, Reader)>,
}

/// Shows a service. Looking does not open it: that is an act of its own.
pub(super) async fn show_service(
    State(app): State<App>,
    me: Me,
    Path((id, service)): Path<(CaseId, ServiceId)>,
) -> Result<Shown<ServiceView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    let mut view = ServiceView::of(&case, &reader, &me.showing, service).ok_or_else(Problem::not_found)?;
    if let Some(service) = case.services.get(&service).filter(|_| reader.is_team()) {
        view.service.reads = reads_of(&case, &me.showing, &app.looks(id).await?, service);
        view.may_find &= view.service.reads.is_empty();
    }
    Ok(show(&me.showing, &view))
}

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ComplaintForm {
    #[serde(default)]
    words: String,
}

/// The party tells the court in writing that it did not receive it.
pub(super) async fn complain(
    State(app): State<App>,
    me: Me,
    Path((id, service)): Path<(CaseId, ServiceId)>,
    form: Input<ComplaintForm>,
) -> Acted {
    let (case, reader) = app.view(id, &me.actor).await?;
    let view = ServiceView::of(&case, &reader, &me.showing, service).filter(|view| view.own);
    let view = view.ok_or_else(Problem::not_found)?;
    if form.value.words.trim().is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("words", "input.required")]));
    }
    let title = t(crate::messages::Lang::Zh, Key::NotReceivedTitle);
    let party = view.service.to;
    let decided = app.hand_in_request(id, &me.actor, form.command, party, title, form.value.words).await?;
    let standing = crate::capability::prelude_of_cases::CaseStanding::of(&me, &decided.case, decided.pos);
    Ok(done(&me.showing, &route(id, "/file"), &standing))
}

impl ServiceView {
    /// The service for `reader`; nothing where it is not for them to know.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, to: &Showing, id: ServiceId) -> Option<Self> {
        let service = case.services.get(&id)?;
        access::may(reader, Act::ViewMain, case.stage).ok()?;
        let own = reader.party == Some(service.to);
        if !reader.is_inside() && !own {
            return None;
        }
        let papers = service.materials.iter().filter_map(|id| case.materials.get(id));
        let papers = papers.filter(|paper| access::may_see(reader, case, paper));
        let about = About::Service(id);
        let certificate = case.materials_in_order().find(|paper| paper.about.as_ref() == Some(&about));
        let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
        Some(Self {
            case: case.id,
            title: case.short_title(),
            inside: reader.is_team(),
            may_find: access::may(reader, Act::Serve, case.stage).is_ok()
                && service.channel == Channel::Electronic
                && service.effected_on().is_some()
                && !service.is_in_hand()
                && case.effective_on.is_none(),
            may_record: access::may(reader, Act::RecordService, case.stage).is_ok()
                && !matches!(service.channel, Channel::Electronic | Channel::Announcement)
                && service.status == ServiceStatus::Dispatched,
            frame: Some((Arc::clone(case), reader.clone())),
            service: AttemptView::of(case, service).with_tries(case),
            other_ways: case.services_in_order().any(|other| {
                let same = other.materials.iter().any(|paper| service.materials.contains(paper));
                other.id != id && other.to == service.to && same
            }),
            papers: papers.map(|paper| (paper.id, paper.title.clone(), paper.file.pages)).collect(),
            own,
            binds: holds_statement(case, service),
            certificate: certificate.filter(|paper| access::may_see(reader, case, paper)).map(|paper| paper.id),
            clerk: clerk.map(|person| to.name(person).to_owned()),
            phone: clerk.and_then(|person| to.people.person(person)).and_then(|person| person.phone.clone()),
        })
    }

    fn is_served(&self) -> bool {
        matches!(self.service.status, ServiceStatus::Effected { .. })
    }

    fn may_sign(&self) -> bool {
        self.own && self.is_served() && self.service.signed_at.is_none()
    }

    pub(super) fn at(&self, below: &str) -> String {
        route(self.case, &format!("/services/{}/{below}", self.service.id))
    }
}

impl View for ServiceView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let count = self.service.papers.len();
        let sign = self.at("signature");
        let signing = words::sign_these(lang, count);
        let command = to.command.to_string();
        let verb = self.may_sign().then(|| Verb::act(&signing, &sign).with("command", &command).icon(Icon::Signature));
        let call = self.phone.as_deref().map(|phone| (t(lang, Key::CallClerk), phone));
        let up = route(self.case, "/services");
        let back = to.is_outside().then_some((t(lang, crate::messages::case::Key::Back), up.as_str()));
        let name = &self.service.name;
        let title = if self.own { words::papers_from_court(lang, count) } else { words::papers_for(lang, count, name) };
        let body = stack(html! {
            div.stack { (part_title(to, &title)) p.muted { span lang="zh-CN" { (self.title) } " · " (state(to, &self.service)) } }
            (if self.own { self.arrival(to) } else { self.standing(to) })
            (self.contents(to))
            (self.signing(to))
            (self.why(to))
            @if self.may_find { (super::finding::question(to, self)) }
            (self.proof(to))
            @if self.inside && self.service.arrived_at.is_some() { (Sheet::new(t(lang, Key::ReadMarks)).note(t(lang, Key::ReadMarksNote)).body(marks(to, &self.service.reads))) }
            @if self.own { (self.not_received(to)) }
        });
        let place = if self.own { t(lang, Key::PartyTitle) } else { title.as_str() };
        let parts = PageParts { call, back, place, verb: verb.filter(|_| to.is_outside()), ..PageParts::default() };
        match &self.frame {
            Some((case, reader)) => case_page(to, case, reader, CaseTab::Service, parts, body),
            None => to.page_with(place, parts, body),
        }
    }
}

impl ServiceView {
    /// Why the day is the day: the same words for the judge and the party.
    fn why(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let Some(reckoning) = self.service.reckoning else { return html! {} };
        Sheet::new(t(lang, Key::WhyDay)).body(html! {
            p { b.number { (day(reckoning.on)) } (lang.pick("：", ": ")) (t(lang, words::rule(reckoning.rule))) }
            p.small.muted { (t(lang, Key::Source)) (lang.pick("：", ": ")) span lang="zh-CN" { (reckoning.rule.source()) } }
            @if self.other_ways { p.small { (t(lang, Key::OtherWays)) } }
            @if !self.service.tries.is_empty() { h3 { (t(lang, Key::Tries)) } (tries(lang, &self.service.tries)) }
        })
    }

    fn arrival(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        bare_sheet(match (&self.service.status, self.service.arrived_at) {
            (ServiceStatus::Effected { .. }, Some(at)) => html! {
                p { (t(lang, Key::ArrivalBefore)) " " b { (moment(at)) } (lang.pick(" ", "")) (t(lang, Key::ArrivalAfter)) }
            },
            (ServiceStatus::Effected { on }, None) => html! { p { (t(lang, Key::PaperArrival)) " " b { (day_spoken(lang, *on)) } (lang.pick("。", ".")) } },
            (ServiceStatus::Dispatched, _) => html! { p { (t(lang, Key::OnTheWay)) } },
            (ServiceStatus::Failed { .. }, _) => html! { p { (t(lang, Key::DidNotArrive)) } },
        })
    }

    /// How it stands, as the court's people are told, with the way to enter what came of papers.
    fn standing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let end = lang.pick("。", ".");
        bare_sheet(html! {
            p {
                @match (&self.service.status, self.service.arrived_at) {
                    (ServiceStatus::Effected { .. }, Some(at)) => { b { (moment(at)) } " " (t(lang, Key::StaffArrivalAfter)) },
                    (ServiceStatus::Effected { on }, None) => { (t(lang, Key::StaffPaperArrival)) " " b { (day_spoken(lang, *on)) } (end) },
                    (ServiceStatus::Dispatched, _) => { (t(lang, Key::StaffOnTheWay)) },
                    (ServiceStatus::Failed { .. }, _) => { (t(lang, Key::StaffDidNotArrive)) },
                }
            }
            @if self.may_record {
                p { (super::desk::outcome_verb(lang, &self.case.to_string(), &self.service.id.to_string(), &self.service.name)) }
            }
        })
    }

    /// The papers; the addressee first says that it opens them.
    fn contents(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let closed = self.own && self.is_served() && self.service.opened_at.is_none() && self.service.arrived_at.is_some();
        let opening = self.at("opening");
        let command = to.command.to_string();
        let hrefs: Vec<String> = self.papers.iter().map(|(id, ..)| paper_route(self.case, *id)).collect();
        let pages: Vec<String> = self.papers.iter().map(|(.., pages)| words::pages(lang, *pages)).collect();
        let list: Vec<Item<'_>> = self
            .papers
            .iter()
            .enumerate()
            .map(|(at, (_, title, _))| Item {
                href: (!closed).then_some(hrefs[at].as_str()),
                icon: Some(Icon::Paper),
                title,
                notes: vec![&pages[at]],
                state: None,
            })
            .collect();
        html! {
            section.sheet {
                (items(&list))
                @if closed { div.in { (Verb::act(t(lang, Key::Open), &opening).with("command", &command).icon(Icon::Eye)) } }
            }
        }
    }

    fn signing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if let Some(at) = self.service.signed_at {
            return bare_sheet(html! { p { (tag(Standing::Done, t(lang, if self.own { Key::SignedAlready } else { Key::StaffSigned }))) " " span.number { (moment(at)) } } });
        }
        if !self.may_sign() {
            return html! {};
        }
        let sign = self.at("signature");
        let words = words::sign_these(lang, self.service.papers.len());
        let command = to.command.to_string();
        Sheet::new(t(lang, Key::SignQuestion)).body(html! {
            p { (t(lang, if self.binds { Key::SignStatement } else { Key::SignMeans })) }
            @if !to.is_outside() { (Verb::act(&words, &sign).with("command", &command).icon(Icon::Signature)) }
            p.muted { (t(lang, Key::WantPaper)) }
        })
    }

    fn proof(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let it = &self.service;
        let mut list = vec![
            (t(lang, Key::CertTo), html! { span lang="zh-CN" { (it.name) } }),
            (t(lang, Key::Channel), html! { (t(lang, names::channel(it.channel))) }),
            (t(lang, Key::CertAddress), html! { span lang="zh-CN" { (it.address) } }),
            (t(lang, Key::CertPapers), html! { span lang="zh-CN" { (it.papers.join("、")) } }),
            (t(lang, Key::CertLeft), html! { span.number { (day(it.left_on)) } }),
        ];
        if let Some(at) = it.arrived_at {
            list.push((t(lang, Key::CertArrived), html! { b.number { (moment_exact(at)) } }));
        } else if let ServiceStatus::Effected { on } = it.status {
            list.push((t(lang, Key::CertCounts), html! { b.number { (day(on)) } }));
        }
        if let Some(by) = &it.received_by {
            list.push((t(lang, Key::ReceivedBy), html! { span lang="zh-CN" { (by) } }));
        }
        if let Some(at) = it.opened_at {
            list.push((t(lang, Key::CertOpened), html! { span.number { (moment_exact(at)) } }));
        }
        if let Some(at) = it.signed_at {
            list.push((t(lang, Key::CertSigned), html! { span.number { (moment_exact(at)) } }));
        }
        if let Some(clerk) = &self.clerk {
            list.push((t(lang, Key::CertClerk), html! { span lang="zh-CN" { (clerk) } }));
        }
        Sheet::new(t(lang, Key::Certificate)).body(html! {
            (pairs(&list))
            @if let Some(paper) = self.certificate { (Verb::go(t(lang, Key::CertRead), &paper_route(self.case, paper)).icon(Icon::Paper)) }
        })
    }

    fn not_received(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.service.channel == Channel::Announcement || self.service.signed_at.is_some() {
            return html! {};
        }
        let action = self.at("complaint");
        bare_sheet(unfold(t(lang, Key::NotReceived), html! {
            p { (t(lang, Key::NotReceivedWords)) }
            (form(FormTo { action: &action, ..FormTo::default() }, html! {
                (to.command_field())
                (Field::new("words", t(lang, Key::NotReceivedField)).help(t(lang, Key::NotReceivedHelp)).required().textarea(3))
                (Verb::submit(t(lang, Key::NotReceivedSend)))
            }))
        }))
    }
}
