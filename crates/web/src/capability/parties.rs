//! Parties, addresses, agents, linking (当事人); and each party's word on on-line steps.

mod forms;
mod linking;
pub(crate) mod samples;

use std::sync::Arc;

use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, PartyId, PersonId},
    parties::PartiesCommand,
    party::{AddressConfirmation, Agent, Party, PartyKind, PartyRole, SpecialAuthority},
};

use super::{
    case_frame::{CaseTab, case_page},
    consent::{self, ConsentLine},
    on_paper::{act_of_party, came_fields, comparers},
    prelude_of_cases::{Acted, route},
    signature::{hand, hand_of, hand_route},
};
use crate::{
    frame::{page::Island, prelude::*},
    http::{prelude::*, showing::PageParts},
    messages::{
        names,
        parties::{self as words, Key},
        t,
    },
};

pub use linking::{LinkView, SlipView, Unlinked, link_form};

/// The routes of this capability.
pub fn routes() -> Routes {
    linking::routes()
        .get("/cases/{case}/parties", Op::ListParties, show_parties)
        .post("/cases/{case}/parties/{party}/address", Op::ConfirmAddress, confirm_address)
        .post("/cases/{case}/parties/{party}/agents", Op::AppointAgent, appoint)
        .post("/cases/{case}/parties/{party}/agents/dismissal", Op::DismissAgent, dismiss)
}

/// The parties of a case for one reader.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartiesView {
    /// The case.
    pub id: CaseId,
    /// The parties, in order.
    pub parties: Vec<PartySheet>,
    #[serde(skip)]
    comparers: Vec<(PersonId, String)>,
    #[serde(skip)]
    frame: Option<(Arc<CaseState>, Reader)>,
}

/// A party, as much of it as the reader may know: numbers and telephones are its own and the court's.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartySheet {
    /// The party.
    pub id: PartyId,
    /// Role.
    pub role: PartyRole,
    /// Natural or legal person.
    pub kind: PartyKind,
    /// Name.
    pub name: String,
    /// Whether an account is linked.
    pub linked: bool,
    /// How a party without one can link it; to those who serve.
    pub unlinked: Option<Unlinked>,
    /// Number, telephone and domicile.
    pub private: Option<PrivateView>,
    /// Agents.
    pub agents: Vec<AgentView>,
    /// What it said of each step.
    pub consents: Vec<ConsentLine>,
    /// Whether the reader may act for it.
    pub may_act: bool,
    /// Whether the reader may switch its steps off line.
    pub may_switch: bool,
    /// Whether it is the reader's own.
    pub own: bool,
}

/// What only the party itself and the court see.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PrivateView {
    /// ID number.
    pub id_no: Option<String>,
    /// Domicile.
    pub domicile: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Legal representative.
    pub representative: Option<String>,
    /// Address for service in force.
    pub address: Option<AddressConfirmation>,
}

/// An agent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AgentView {
    /// Name.
    pub name: String,
    /// Firm.
    pub firm: Option<String>,
    /// Special authority, item by item.
    pub special: Vec<SpecialAuthority>,
}

/// Shows the parties.
async fn show_parties(State(app): State<App>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<PartiesView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewMain, case.stage).map_err(|_| Problem::not_found())?;
    Ok(show(&me.showing, &PartiesView::of(&case, &reader, &me.showing)))
}

impl PartiesView {
    /// The parties of `case` for `reader`.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, to: &Showing) -> Self {
        let parties = case.parties_in_order().map(|party| PartySheet::of(case, reader, to, party)).collect();
        Self {
            id: case.id,
            parties,
            comparers: comparers(case, to),
            frame: Some((Arc::clone(case), reader.clone())),
        }
    }
}

impl PartySheet {
    fn of(case: &CaseState, reader: &Reader, to: &Showing, party: &Party) -> Self {
        let unlinked = if party.person.is_none() { Unlinked::of(case, reader, to, party.id) } else { None };
        let own = reader.party == Some(party.id);
        let inside = reader.is_inside();
        let may_speak = access::may(reader, Act::SpeakForParty, case.stage).is_ok();
        let agents = case.agents.iter().filter(|agent| agent.party == party.id);
        Self {
            id: party.id,
            role: party.role,
            kind: party.kind,
            name: party.name.clone(),
            linked: party.person.is_some(),
            unlinked,
            private: (own || inside).then(|| PrivateView::of(case, party)),
            agents: agents.map(AgentView::of).collect(),
            consents: consent::lines_of(case, party.id),
            may_switch: access::may(reader, Act::SwitchStep, case.stage).is_ok(),
            may_act: may_speak && (own || reader.party.is_none() && inside),
            own,
        }
    }
}

impl PrivateView {
    /// What is known of `party` beside its name.
    pub(super) fn of(case: &CaseState, party: &Party) -> Self {
        Self {
            id_no: party.id_no.clone(),
            domicile: party.address.clone(),
            phone: party.phone.clone(),
            representative: party.representative.clone(),
            address: case.address(party.id).cloned(),
        }
    }
}

impl AgentView {
    /// An agent, as pages tell it.
    pub(super) fn of(agent: &Agent) -> Self {
        Self { name: agent.name.clone(), firm: agent.firm.clone(), special: agent.special.clone() }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
struct AddressForm {
    #[serde(default)]
    postal: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    electronic: String,
    #[serde(default)]
    electronic_address: String,
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    strokes: String,
}

/// Whether a telephone can have the number that was typed.
fn is_telephone(number: &str) -> bool {
    xiezhi_domain::law::identity::Phone::parse(number).is_ok_and(|phone| phone.can_ring())
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// A party confirms or changes its address for service.
async fn confirm_address(
    State(web): State<Web>,
    me: Me,
    Path((case, party)): Path<(CaseId, PartyId)>,
    form: Input<AddressForm>,
) -> Acted {
    let it = &form.value;
    let electronic = it.electronic == "yes";
    let phone = it.phone.trim().to_owned();
    if !phone.is_empty() && !is_telephone(&phone) {
        return Err(Problem::invalid(vec![FieldError::new("phone", "input.not_a_telephone")]));
    }
    let electronic_address = filled(&it.electronic_address).or_else(|| electronic.then(|| phone.clone()));
    let address = AddressConfirmation {
        party,
        postal: it.postal.trim().to_owned(),
        phone,
        electronic,
        electronic_address: electronic_address.filter(|_| electronic),
        recipient: filled(&it.recipient),
        hand: hand_of(&web, &me, &it.strokes).await?,
    };
    let command = PartiesCommand::ConfirmAddress { address };
    act_of_party(&web, &me, case, &form, command, &route(case, "/parties")).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct AgentForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    firm: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    special: Vec<SpecialAuthority>,
}

/// A party appoints an agent. The account is found by name and firm, so that the agent can act here.
async fn appoint(
    State(web): State<Web>,
    me: Me,
    Path((case, party)): Path<(CaseId, PartyId)>,
    form: Input<AgentForm>,
) -> Acted {
    let it = &form.value;
    let name = it.name.trim().to_owned();
    if name.is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("name", "input.required")]));
    }
    let (firm, phone) = (filled(&it.firm), filled(&it.phone));
    if phone.as_deref().is_some_and(|number| !is_telephone(number)) {
        return Err(Problem::invalid(vec![FieldError::new("phone", "input.not_a_telephone")]));
    }
    let people = web.app.directory().await?;
    let same = |person: &&xiezhi_domain::people::Person| {
        person.name == name && (person.unit == firm || firm.is_none()) && (person.phone == phone || phone.is_none())
    };
    let known: Vec<_> = people.on(xiezhi_domain::people::Post::Lawyer).filter(same).map(|person| person.id).collect();
    let person = if let [one] = known.as_slice() { Some(*one) } else { None };
    let special = it.special.clone();
    let agent = Agent { party, name, firm, phone, post: None, special, receives_papers: false, person };
    act_of_party(&web, &me, case, &form, PartiesCommand::AppointAgent { agent }, &route(case, "/parties")).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct DismissForm {
    #[serde(default)]
    name: String,
}

/// A party ends an agent's authority.
async fn dismiss(
    State(web): State<Web>,
    me: Me,
    Path((case, party)): Path<(CaseId, PartyId)>,
    form: Input<DismissForm>,
) -> Acted {
    let command = PartiesCommand::DismissAgent { party, name: form.value.name.clone() };
    act_of_party(&web, &me, case, &form, command, &route(case, "/parties")).await
}

impl View for PartiesView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        // One's own first: that is what a party comes for.
        let mut sheets: Vec<&PartySheet> = self.parties.iter().collect();
        sheets.sort_by_key(|party| !party.own);
        let body = stack(html! {
            @if to.is_outside() { h1 { (title) } }
            @for party in sheets { (self.sheet(to, party)) }
        });
        let signs = self.parties.iter().any(|party| party.own && party.may_act);
        let islands = if signs { vec![Island::Signature] } else { vec![] };
        let parts = PageParts { place: title, islands, ..PageParts::default() };
        match &self.frame {
            Some((case, reader)) => case_page(to, case, reader, CaseTab::Parties, parts, body),
            None => to.page(title, body),
        }
    }
}

impl PartiesView {
    fn sheet(&self, to: &Showing, party: &PartySheet) -> Markup {
        let lang = to.lang();
        let title = format!("{} {}", names::role(lang, party.role), party.name);
        let state = if party.linked {
            tag(Standing::Done, t(lang, Key::Linked))
        } else {
            tag(Standing::Waiting, t(lang, Key::NotLinked))
        };
        let you = party.own.then(|| kind(t(lang, Key::You)));
        Sheet::new(&title).extra(html! { @if let Some(you) = you { (you) } (state) }).body(html! {
            @if let Some(private) = &party.private { (facts(to, self.id, party, private)) }
            @if let Some(unlinked) = &party.unlinked { (linking::part(to, self.id, party, unlinked)) }
            (self.agents(to, party))
            @if party.may_act {
                (forms::address(to, self.id, party, &self.comparers))
                @if party.agents.len() < 2 { (forms::agent(to, self.id, party, &self.comparers)) }
            }
            (consent::part(to, self.id, party, &self.comparers))
        })
    }

    fn agents(&self, to: &Showing, party: &PartySheet) -> Markup {
        let lang = to.lang();
        let dismissal = route(self.id, &format!("/parties/{}/agents/dismissal", party.id));
        let command = to.command.to_string();
        html! {
            h3 { (t(lang, Key::Agents)) }
            @if party.agents.is_empty() { p.muted { (t(lang, Key::NoAgents)) } }
            @for (at, agent) in party.agents.iter().enumerate() {
                div.line.wrap {
                    b lang="zh-CN" { (agent.name) }
                    @if let Some(firm) = &agent.firm { span.muted lang="zh-CN" { (firm) } }
                    span.muted { (authority(to, &agent.special)) }
                    @if party.may_act && to.is_outside() { span.push { (Verb::act(t(lang, Key::Dismiss), &dismissal).with("command", &command).with("name", &agent.name).quiet().about(&agent.name)) } }
                }
                @if party.may_act && !to.is_outside() {
                    @let key = format!("dismiss-{at}-{}", party.id);
                    (unfold(t(lang, Key::Dismiss), form(FormTo { action: &dismissal, ..FormTo::default() }, html! {
                        (to.command_field())
                        input type="hidden" name="name" value=(agent.name);
                        (came_fields(to, &self.comparers, &key))
                        (Verb::submit(t(lang, Key::Dismiss)).about(&agent.name))
                    })))
                }
            }
        }
    }
}

/// How far an agent's authority reaches, in words.
pub(super) fn authority(to: &Showing, special: &[SpecialAuthority]) -> String {
    let lang = to.lang();
    if special.is_empty() {
        return t(lang, Key::General).to_owned();
    }
    let items: Vec<&str> = special.iter().map(|item| t(lang, words::authority(*item))).collect();
    format!("{}{}{}", t(lang, Key::Special), lang.pick("：", ": "), items.join(lang.pick("、", ", ")))
}

fn facts(to: &Showing, case: CaseId, party: &PartySheet, private: &PrivateView) -> Markup {
    let lang = to.lang();
    let told = |text: &Option<String>| match text {
        Some(text) => html! { span lang="zh-CN" { (text) } },
        None => html! { span.muted { (t(lang, Key::Unknown)) } },
    };
    let mut list = vec![
        (t(lang, Key::Id), told(&private.id_no)),
        (t(lang, Key::Domicile), told(&private.domicile)),
        (t(lang, Key::Phone), told(&private.phone)),
    ];
    if private.representative.is_some() {
        list.push((t(lang, Key::Representative), told(&private.representative)));
    }
    let address = match &private.address {
        None => html! { span.muted { (t(lang, Key::NoAddress)) } },
        Some(address) => html! {
            span lang="zh-CN" { (address.postal) } " · " span.number { (address.phone) } " · "
            (t(lang, if address.electronic { Key::ElectronicYes } else { Key::ElectronicNo }))
            @if let Some(recipient) = &address.recipient { " · " (t(lang, Key::Recipients)) " " span lang="zh-CN" { (recipient) } }
            @if let Some(signed) = &address.hand { " " (hand(lang, &party.name, &hand_route(case, signed))) }
        },
    };
    list.push((t(lang, Key::Address), address));
    pairs(&list)
}
