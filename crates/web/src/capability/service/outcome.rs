//! Where the outcome of a service is entered (登记送达结果): at a desk, or on the phone of whoever stands at the door.
//! The form asks what the law needs for the way the papers went.

use std::sync::Arc;

use jiff::{Timestamp, civil::DateTime};
use xiezhi_app::{App, rows::code_of};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, PartyId, ServiceId},
    party::PartyKind,
    service::{Channel, GeoPoint, Means, Noted, Publication, Receipt, ServiceCommand, ServiceStatus, Taking, Try, Witness},
};

use super::tab::AttemptView;
use crate::{
    capability::prelude_of_cases::{Acted, act, route, typed_day},
    frame::{page::Island, prelude::*},
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang, day, moment,
        overview::acts as names,
        service::{self as words, Key},
        t,
    },
};

/// One service under way, to whoever may enter what came of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutcomeView {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: Option<String>,
    /// The attempt.
    pub service: AttemptView,
    /// Natural or legal person.
    pub kind: PartyKind,
    /// Telephone of the party.
    pub phone: Option<String>,
    /// Who may take papers in for the party, as it named them.
    pub recipient: Option<String>,
    /// Names of the party's agents.
    pub agents: Vec<String>,
    /// Whether the party confirmed its address: what comes back from there counts.
    pub confirmed: bool,
    /// The moment it is shown.
    pub now: Timestamp,
}

/// Shows where an outcome is entered.
pub(super) async fn show_outcome(
    State(app): State<App>,
    me: Me,
    Path((id, service)): Path<(CaseId, ServiceId)>,
) -> Result<Shown<OutcomeView>, Problem> {
    let case = recordable(&app, &me, id).await?;
    let view = OutcomeView::of(&case, service, app.ports().clock.now()).ok_or_else(Problem::not_found)?;
    Ok(show(&me.showing, &view))
}

/// The case, to whoever may enter outcomes in it: a service agent knows of its services and of nothing else in it.
async fn recordable(app: &App, me: &Me, id: CaseId) -> Result<Arc<CaseState>, Problem> {
    let case = app.load(id).await?;
    let reader = Reader::of(&me.actor, &case);
    access::may(&reader, Act::RecordService, case.stage).map_err(|_| Problem::not_found())?;
    Ok(case)
}

/// What a scan gun read.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Scanned {
    #[serde(default)]
    number: String,
}

/// The service whose consignment was scanned.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Found {
    case: String,
    service: String,
}

/// Leads to the service whose consignment was scanned.
pub(super) async fn scan(State(app): State<App>, me: Me, form: Input<Scanned>) -> Result<Done<Found>, Problem> {
    let found = app.consignment(&me.actor, &form.value.number).await?;
    let found = found.ok_or_else(|| Problem::invalid(vec![FieldError::new("number", "input.unknown_consignment")]))?;
    let to = format!("/cases/{}/services/{}/outcome", found.case_id, found.service_id);
    Ok(done(&me.showing, &to, &Found { case: found.case_id, service: found.service_id }))
}

/// Enters the receipt of service on paper, with its pictures.
pub(super) async fn record_receipt(
    State(web): State<Web>,
    me: Me,
    Path((case, service)): Path<(CaseId, ServiceId)>,
    sent: FilesForm,
) -> Acted {
    let on = typed_day("on", sent.field("on"))?;
    let on = on.ok_or_else(|| Problem::invalid(vec![FieldError::new("on", "input.required")]))?;
    let name = sent.field("name").to_owned();
    let receipt = Receipt { on, name, taking: taking(&sent)?, noted: noted(&|name| sent.field(name)) };
    let shown_by = sent.any_files(&web.app, me.person.id).await?;
    let command = sent.command().unwrap_or_else(|| xiezhi_app::issuing::command_id(&web.app));
    let record = ServiceCommand::RecordReceipt { service, receipt, shown_by };
    act(&web, &me, case, command, record, &super::after_outcome(&me, case)).await
}

fn taking(sent: &FilesForm) -> Result<Taking, Problem> {
    let text = |name: &str| sent.field(name).to_owned();
    let witness = |at: usize| {
        let witness = Witness { name: text(&format!("witness_{at}")), of: text(&format!("witness_of_{at}")) };
        (!witness.name.is_empty()).then_some(witness)
    };
    Ok(match sent.field("how") {
        "addressee" | "" => Taking::Addressee,
        "family" => Taking::Family { relation: text("relation") },
        "unit" => Taking::Unit { post: text("relation") },
        "agent" => Taking::Agent,
        "nominated" => Taking::Nominated,
        "left" => Taking::Left { reason: text("reason"), witnesses: (1..=2).filter_map(witness).collect() },
        "refused_at_court" => Taking::RefusedAtCourt { reason: text("reason") },
        "returned" => Taking::Returned { reason: text("reason") },
        _ => return Err(Problem::invalid(vec![FieldError::new("how", "input.unknown_choice")])),
    })
}

/// What the device noted; nothing where no script ran.
fn noted<'a>(field: &impl Fn(&str) -> &'a str) -> Option<Noted> {
    let at: Timestamp = field("noted_at").parse().ok()?;
    let degrees = |name: &str, most: f64| {
        let degrees: f64 = field(name).parse().ok()?;
        (degrees.abs() <= most).then_some((degrees * 1e6).round() as i32)
    };
    let spot = degrees("noted_latitude", 90.0).zip(degrees("noted_longitude", 180.0));
    let accuracy_m = field("noted_accuracy").parse::<f64>().map_or(0, |metres| metres.clamp(0.0, 1e6) as u32);
    Some(Noted { at, spot: spot.map(|(latitude_e6, longitude_e6)| GeoPoint { latitude_e6, longitude_e6, accuracy_m }) })
}

/// One try to reach the party.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TryForm {
    means: Means,
    #[serde(default)]
    at_address: String,
    #[serde(default)]
    at: String,
    #[serde(default)]
    reached: bool,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    noted_at: String,
    #[serde(default)]
    noted_latitude: String,
    #[serde(default)]
    noted_longitude: String,
    #[serde(default)]
    noted_accuracy: String,
}

/// Enters a try to reach the party.
pub(super) async fn record_try(
    State(web): State<Web>,
    me: Me,
    Path((id, service)): Path<(CaseId, ServiceId)>,
    form: Input<TryForm>,
) -> Acted {
    let it = form.value;
    let case = recordable(&web.app, &me, id).await?;
    let to: PartyId = case.services.get(&service).map(|service| service.to).ok_or_else(Problem::not_found)?;
    let at: DateTime = it.at.parse().map_err(|_| Problem::invalid(vec![FieldError::new("at", "input.not_a_moment")]))?;
    let at = xiezhi_domain::moment::instant(at.date(), at.hour(), at.minute());
    let field = |name: &str| match name {
        "noted_at" => it.noted_at.as_str(),
        "noted_latitude" => &it.noted_latitude,
        "noted_longitude" => &it.noted_longitude,
        _ => &it.noted_accuracy,
    };
    let noted = noted(&field).filter(|_| it.means == Means::Visit);
    let tried = Try {
        to,
        service: Some(service),
        means: it.means,
        at_address: it.at_address.clone(),
        at,
        reached: it.reached,
        outcome: it.outcome.clone(),
        noted,
    };
    let back = route(id, &format!("/services/{service}/outcome"));
    act(&web, &me, id, form.command, ServiceCommand::RecordTry { tried }, &back).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ConsignmentForm {
    #[serde(default)]
    tracking: String,
}

/// Enters the carrier's number.
pub(super) async fn record_consignment(
    State(web): State<Web>,
    me: Me,
    Path((case, service)): Path<(CaseId, ServiceId)>,
    form: Input<ConsignmentForm>,
) -> Acted {
    let command = ServiceCommand::RecordTracking { service, tracking: form.value.tracking };
    let back = route(case, &format!("/services/{service}/outcome"));
    act(&web, &me, case, form.command, command, &back).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct PublicationForm {
    #[serde(default)]
    medium: String,
    #[serde(default)]
    on: String,
}

/// Enters where and when an announcement was published.
pub(super) async fn record_publication(
    State(web): State<Web>,
    me: Me,
    Path((case, service)): Path<(CaseId, ServiceId)>,
    form: Input<PublicationForm>,
) -> Acted {
    let on = typed_day("on", &form.value.on)?;
    let on = on.ok_or_else(|| Problem::invalid(vec![FieldError::new("on", "input.required")]))?;
    let publication = Publication { medium: form.value.medium, on };
    let command = ServiceCommand::RecordPublication { service, publication };
    let back = route(case, &format!("/services/{service}/outcome"));
    act(&web, &me, case, form.command, command, &back).await
}

impl OutcomeView {
    /// What the outcome of this service needs; nothing of what is not served on paper or by announcement.
    pub fn of(case: &CaseState, id: ServiceId, now: Timestamp) -> Option<Self> {
        let service = case.services.get(&id).filter(|service| service.channel != Channel::Electronic)?;
        let party = case.parties.get(&service.to)?;
        let confirmed = case.address(service.to);
        let agents = case.agents.iter().filter(|agent| agent.party == service.to);
        Some(Self {
            case: case.id,
            number: case.number.as_ref().map(ToString::to_string),
            service: AttemptView::of(case, service).with_tries(case),
            kind: party.kind,
            phone: confirmed.map(|address| address.phone.clone()).or_else(|| party.phone.clone()),
            recipient: confirmed.and_then(|address| address.recipient.clone()),
            agents: agents.map(|agent| agent.name.clone()).collect(),
            confirmed: confirmed.is_some(),
            now,
        })
    }

    fn at(&self, below: &str) -> String {
        route(self.case, &format!("/services/{}/{below}", self.service.id))
    }

    fn is_open(&self) -> bool {
        self.service.status == ServiceStatus::Dispatched
    }

    /// How papers that went this way may have been taken in by this party.
    fn ways(&self) -> Vec<(&'static str, Key)> {
        let natural = self.kind == PartyKind::Natural;
        let channel = self.service.channel;
        let own = if natural { Key::HowAddressee } else { Key::HowAddresseeUnit };
        let mut ways = vec![("addressee", own)];
        ways.push(if natural { ("family", Key::HowFamily) } else { ("unit", Key::HowUnit) });
        if !self.agents.is_empty() {
            ways.push(("agent", Key::HowAgent));
        }
        if self.recipient.is_some() {
            ways.push(("nominated", Key::HowNominated));
        }
        if matches!(channel, Channel::Direct | Channel::LeftOnRefusal | Channel::Entrusted) {
            ways.push(("left", Key::HowLeft));
        }
        if matches!(channel, Channel::Direct | Channel::LeftOnRefusal) {
            ways.push(("refused_at_court", Key::HowRefusedAtCourt));
        }
        if channel == Channel::Postal && self.confirmed {
            ways.push(("returned", Key::HowReturned));
        }
        ways
    }
}

impl View for OutcomeView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::OutcomeOf);
        let body = html! {
            (page_head(title, &self.service.name, html! { (Verb::go(t(lang, Key::BackToTable), "/serve")) }))
            (stack(html! {
                (self.about(to))
                @if self.is_open() {
                    @if self.service.channel == Channel::Announcement { (self.publication(to)) }
                    @else { (self.receipt(to)) }
                    @if self.service.channel == Channel::Postal { (self.consignment(to)) }
                }
                (self.tried(to))
                @if self.is_open() { (self.failure(to)) }
            }))
        };
        to.page_with(title, PageParts { islands: vec![Island::Outcome], ..PageParts::default() }, body)
    }
}

impl OutcomeView {
    fn about(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let it = &self.service;
        let mut list = vec![
            (t(lang, Key::Addressee), html! { b lang="zh-CN" { (it.name) } }),
            (t(lang, Key::Number), html! { span.number { (self.number.as_deref().unwrap_or("—")) } }),
            (t(lang, Key::Paper), html! { span lang="zh-CN" { (it.papers.join("、")) } }),
            (t(lang, Key::Channel), html! { (t(lang, names::channel(it.channel))) " " (super::tab::state(to, it)) }),
            (t(lang, Key::Address), html! { span lang="zh-CN" { (it.address) } }),
        ];
        if let Some(phone) = &self.phone {
            list.push((t(lang, Key::TryTelephone), html! { a.number href={ "tel:" (phone) } { (phone) } }));
        }
        if let Some(recipient) = &self.recipient {
            list.push((t(lang, Key::LabelRecipient), html! { span lang="zh-CN" { (recipient) } }));
        }
        if let Some(tracking) = &it.tracking {
            list.push((t(lang, Key::Consignment), html! { span.number { (tracking) } }));
        }
        bare_sheet(pairs(&list))
    }

    fn receipt(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let (action, today) = (self.at("receipt"), to.today.to_string());
        let ways = self.ways();
        let choices: Vec<Choice<'_>> = ways.iter().map(|(code, key)| Choice::new(code, t(lang, *key))).collect();
        let outcome = html! {
            (to.command_field())
            (device_fields())
            div.of-taking {
                (Field::new("on", t(lang, Key::ReceiptOn)).value(&today).help(t(lang, Key::ReceiptOnHelp)).required().date())
                (Field::new("how", t(lang, Key::How)).value("addressee").choice(&choices))
                div.in-a-hand { (Field::new("name", t(lang, Key::ReceiptBy)).autocomplete("off").text()) }
                div.for-another { (Field::new("relation", t(lang, Key::Relation)).help(t(lang, Key::RelationHelp)).autocomplete("off").text()) }
                div.not-taken { (Field::new("reason", t(lang, Key::Refusal)).help(t(lang, Key::RefusalHelp)).autocomplete("off").text()) }
                @for at in 1..=2 { div.was-left { (witness(lang, at)) } }
                (pictures(lang))
            }
            (Verb::submit(t(lang, Key::EnterReceipt)).primary())
        };
        let form = form(FormTo { id: Some("receipt"), action: &action, files: true, ..FormTo::default() }, outcome);
        Sheet::new(t(lang, Key::Receipt)).body(html! { (kept_here(to, form)) })
    }

    fn consignment(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = self.at("consignment");
        let known = self.service.tracking.as_deref().unwrap_or_default();
        Sheet::new(t(lang, Key::Consignment)).body(form(FormTo { action: &action, ..FormTo::default() }, html! {
            (to.command_field())
            (Field::new("tracking", t(lang, Key::Consignment)).value(known).help(t(lang, Key::ConsignmentHelp)).autocomplete("off").text())
            (Verb::submit(t(lang, Key::EnterConsignment)))
        }))
    }

    fn publication(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let (action, today) = (self.at("publication"), to.today.to_string());
        Sheet::new(t(lang, Key::PublishTitle)).body(html! {
            (publications(lang, &self.service))
            (form(FormTo { action: &action, ..FormTo::default() }, html! {
                (to.command_field())
                (Field::new("medium", t(lang, Key::PublishMedium)).help(t(lang, Key::PublishMediumHelp)).text())
                (Field::new("on", t(lang, Key::PublishOn)).value(&today).required().date())
                (Verb::submit(t(lang, Key::EnterPublication)))
            }))
        })
    }

    fn tried(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = self.at("tries");
        let now = xiezhi_domain::moment::court_offset().to_datetime(self.now);
        let now = format!("{}T{:02}:{:02}", now.date(), now.hour(), now.minute());
        let codes: Vec<(String, Key)> = Means::BY_HAND.iter().map(|it| (code_of(it), words::means(*it))).collect();
        let choices: Vec<Choice<'_>> = codes.iter().map(|(code, key)| Choice::new(code, t(lang, *key))).collect();
        let number = self.phone.as_deref().unwrap_or_default();
        let entry = html! {
            (to.command_field())
            (device_fields())
            (Field::new("means", t(lang, Key::TryBy)).value("telephone").choice_across(&choices))
            (Field::new("at_address", t(lang, Key::TryAt)).value(number).autocomplete("off").text())
            (Field::new("at", t(lang, Key::TryWhen)).value(&now).required().moment())
            (Field::new("outcome", t(lang, Key::TryOutcome)).help(t(lang, Key::TryOutcomeHelp)).autocomplete("off").text())
            label.pick for="f-reached" { input type="checkbox" id="f-reached" name="reached" value="true"; span { (t(lang, Key::TryReached)) } }
            (Verb::submit(t(lang, Key::EnterTry)))
        };
        let form = form(FormTo { id: Some("try"), action: &action, ..FormTo::default() }, entry);
        Sheet::new(t(lang, Key::Tries)).note(t(lang, Key::TriesNote)).body(html! {
            (tries(lang, &self.service.tries))
            (unfold(t(lang, Key::TryTitle), kept_here(to, form)))
        })
    }

    fn failure(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = self.at("failure");
        Sheet::new(t(lang, Key::Failure)).body(form(FormTo { action: &action, ..FormTo::default() }, html! {
            (to.command_field())
            (Field::new("reason", t(lang, Key::FailureReason)).among(2).help(t(lang, Key::FailureHelp)).autocomplete("off").text())
            (Verb::submit(t(lang, Key::EnterFailure)))
        }))
    }
}

fn witness(lang: Lang, at: usize) -> Markup {
    let (name, of) = (format!("witness_{at}"), format!("witness_of_{at}"));
    side_by_side(html! {
        (Field::new(&name, t(lang, Key::WitnessName)).autocomplete("off").text())
        (Field::new(&of, t(lang, Key::WitnessOf)).autocomplete("off").text())
    })
}

fn pictures(lang: Lang) -> Markup {
    html! {
        div.field {
            label for="f-file" { (t(lang, Key::Pictures)) }
            input type="file" id="f-file" name="file" accept="image/*,video/*" capture="environment" multiple aria-describedby="f-file-help";
            p.help id="f-file-help" { (t(lang, Key::PicturesHelp)) }
        }
    }
}

/// What the device notes by itself, where a script runs.
fn device_fields() -> Markup {
    html! { @for name in ["noted_at", "noted_latitude", "noted_longitude", "noted_accuracy"] { input type="hidden" name=(name) data-noted; } }
}

/// `<xz-outcome>`: the form goes on when there is no signal; see `ui/src/islands/outcome.ts`.
fn kept_here(to: &Showing, form: Markup) -> Markup {
    let lang = to.lang();
    let owner = to.person.as_ref().map(|me| me.id.to_string());
    html! {
        xz-outcome data-owner=[owner] data-kept=(t(lang, Key::DeviceKept)) data-sent=(t(lang, Key::DeviceSent)) data-refused=(t(lang, Key::DeviceRefused)) data-placed=(t(lang, Key::DevicePlaced)) {
            (form)
            p.help data-says role="status" { (t(lang, Key::DeviceNotes)) }
        }
    }
}

/// What was tried, a line each.
pub(super) fn tries(lang: Lang, tries: &[Try]) -> Markup {
    if tries.is_empty() {
        return html! { p.muted { (t(lang, Key::NoTries)) } };
    }
    html! {
        ul.points.small {
            @for it in tries {
                li {
                    span.number { (moment(it.at)) } " · " (t(lang, words::means(it.means))) " " span lang="zh-CN" { (it.at_address) } " · "
                    (t(lang, if it.reached { Key::TryReached } else { Key::TryNotReached })) " · " span lang="zh-CN" { (it.outcome) }
                }
            }
        }
    }
}

/// Where an announcement was published.
pub(super) fn publications(lang: Lang, it: &AttemptView) -> Markup {
    if it.publications.is_empty() {
        return html! { p.muted { (t(lang, Key::NotPublished)) } };
    }
    html! {
        ul.points.small { @for known in &it.publications { li { span lang="zh-CN" { (known.medium) } " · " span.number { (day(known.on)) } } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_without_a_place_still_tells_its_time_and_one_without_a_script_tells_nothing() {
        let timed = |name: &str| if name == "noted_at" { "2026-03-04T01:00:00Z" } else { "" };
        let known = noted(&timed).expect("a time");
        assert_eq!(known.spot, None);
        assert_eq!(noted(&|_: &str| ""), None);
        let placed = |name: &str| match name {
            "noted_at" => "2026-03-04T01:00:00Z",
            "noted_latitude" => "37.5512345678",
            "noted_longitude" => "121.2",
            _ => "12.7",
        };
        let spot = noted(&placed).and_then(|noted| noted.spot).expect("a place");
        assert_eq!((spot.latitude_e6, spot.longitude_e6, spot.accuracy_m), (37_551_235, 121_200_000, 12));
        let nowhere = |name: &str| if name == "noted_at" { "2026-03-04T01:00:00Z" } else { "400" };
        assert_eq!(noted(&nowhere).and_then(|noted| noted.spot), None);
    }
}
