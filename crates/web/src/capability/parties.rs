//! Parties, addresses, agents, linking (当事人); and each party's word on on-line steps.

mod forms;

use std::sync::Arc;

use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, PartyId},
    parties::PartiesCommand,
    party::{AddressConfirmation, Agent, Party, PartyKind, PartyRole, SpecialAuthority},
};

use super::{
    case_frame::{CaseTab, case_page},
    consent::{self, ConsentLine},
    prelude_of_cases::{act, role, route},
    signature::{hand, hand_of, hand_route},
};
use crate::{
    frame::{page::Island, prelude::*},
    http::{prelude::*, showing::PageParts},
    messages::{
        parties::{self as words, Key},
        t,
    },
};

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
        .route("/cases/{case}/parties", get(show_parties))
        .route("/cases/{case}/parties/{party}/address", post(confirm_address))
        .route("/cases/{case}/parties/{party}/agents", post(appoint))
        .route("/cases/{case}/parties/{party}/agents/dismissal", post(dismiss))
}

/// The parties of a case for one reader.
#[derive(Clone, Debug, Serialize)]
pub struct PartiesView {
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
    /// The parties, in order.
    pub parties: Vec<PartySheet>,
}

/// A party, as much of it as the reader may know: numbers and telephones are its own and the court's.
#[derive(Clone, Debug, Serialize)]
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
    /// Number, telephone and domicile.
    pub private: Option<PrivateView>,
    /// Agents.
    pub agents: Vec<AgentView>,
    /// What it said of each step.
    pub consents: Vec<ConsentLine>,
    /// Whether the reader may act for it.
    pub may_act: bool,
    /// Whether it is the reader's own.
    pub own: bool,
}

/// What only the party itself and the court see.
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
pub struct AgentView {
    /// Name.
    pub name: String,
    /// Firm.
    pub firm: Option<String>,
    /// Special authority, item by item.
    pub special: Vec<SpecialAuthority>,
}

/// Shows the parties.
async fn show_parties(State(app): State<App>, me: Me, Path(id): Path<CaseId>) -> Result<Response, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewMain, case.stage).map_err(|_| Problem::not_found())?;
    Ok(show(&me.showing, &PartiesView::of(&case, &reader)))
}

impl PartiesView {
    /// The parties of `case` for `reader`.
    pub fn of(case: &Arc<CaseState>, reader: &Reader) -> Self {
        let parties = case.parties_in_order().map(|party| PartySheet::of(case, reader, party)).collect();
        Self { case: Arc::clone(case), reader: reader.clone(), parties }
    }
}

impl PartySheet {
    fn of(case: &CaseState, reader: &Reader, party: &Party) -> Self {
        let own = reader.party == Some(party.id);
        let inside = !reader.is_side() || reader.is_team();
        let may_speak = access::may(reader, Act::SpeakForParty, case.stage).is_ok();
        let agents = case.agents.iter().filter(|agent| agent.party == party.id);
        Self {
            id: party.id,
            role: party.role,
            kind: party.kind,
            name: party.name.clone(),
            linked: party.person.is_some(),
            private: (own || inside).then(|| PrivateView::of(case, party)),
            agents: agents.map(AgentView::of).collect(),
            consents: consent::lines_of(case, party.id),
            may_act: may_speak && (own || reader.party.is_none() && inside),
            own,
        }
    }
}

impl PrivateView {
    fn of(case: &CaseState, party: &Party) -> Self {
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
    fn of(agent: &Agent) -> Self {
        Self { name: agent.name.clone(), firm: agent.firm.clone(), special: agent.special.clone() }
    }
}

#[derive(Debug, Deserialize)]
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

fn filled(text: String) -> Option<String> {
    let text = text.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// A party confirms or changes its address for service.
async fn confirm_address(
    State(web): State<Web>,
    me: Me,
    Path((case, party)): Path<(CaseId, PartyId)>,
    form: Input<AddressForm>,
) -> Result<Response, Problem> {
    let it = form.value;
    let electronic = it.electronic == "yes";
    let phone = it.phone.trim().to_owned();
    let electronic_address = filled(it.electronic_address).or_else(|| electronic.then(|| phone.clone()));
    let address = AddressConfirmation {
        party,
        postal: it.postal.trim().to_owned(),
        phone,
        electronic,
        electronic_address: electronic_address.filter(|_| electronic),
        recipient: filled(it.recipient),
        hand: hand_of(&web, &me, &it.strokes).await?,
    };
    let command = PartiesCommand::ConfirmAddress { address };
    act(&web, &me, case, form.command, command, &route(case, "/parties")).await
}

#[derive(Debug, Deserialize)]
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
) -> Result<Response, Problem> {
    let it = form.value;
    let name = it.name.trim().to_owned();
    if name.is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("name", "input.required")]));
    }
    let (firm, phone) = (filled(it.firm), filled(it.phone));
    let people = web.app.directory().await?;
    let same = |person: &&xiezhi_domain::people::Person| {
        person.name == name && (person.unit == firm || firm.is_none()) && (person.phone == phone || phone.is_none())
    };
    let known: Vec<_> = people.on(xiezhi_domain::people::Post::Lawyer).filter(same).map(|person| person.id).collect();
    let person = if let [one] = known.as_slice() { Some(*one) } else { None };
    let agent = Agent { party, name, firm, phone, special: it.special, person };
    act(&web, &me, case, form.command, PartiesCommand::AppointAgent { agent }, &route(case, "/parties")).await
}

#[derive(Debug, Deserialize)]
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
) -> Result<Response, Problem> {
    let command = PartiesCommand::DismissAgent { party, name: form.value.name };
    act(&web, &me, case, form.command, command, &route(case, "/parties")).await
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
        case_page(to, &self.case, &self.reader, CaseTab::Parties, PageParts { place: title, islands, ..PageParts::default() }, body)
    }
}

impl PartiesView {
    fn sheet(&self, to: &Showing, party: &PartySheet) -> Markup {
        let lang = to.lang();
        let title = format!("{} {}", role(party.role), party.name);
        let state = if party.linked {
            tag(Standing::Done, t(lang, Key::Linked))
        } else {
            tag(Standing::Waiting, t(lang, Key::NotLinked))
        };
        let you = party.own.then(|| kind(t(lang, Key::You)));
        Sheet::new(&title).extra(html! { @if let Some(you) = you { (you) } (state) }).body(html! {
            @if let Some(private) = &party.private { (facts(to, self.case.id, party, private)) }
            (self.agents(to, party))
            @if party.may_act {
                (forms::address(to, self.case.id, party))
                @if party.agents.len() < 2 { (forms::agent(to, self.case.id, party)) }
            }
            (consent::part(to, self.case.id, party.id, &party.name, &party.consents, party.may_act))
        })
    }

    fn agents(&self, to: &Showing, party: &PartySheet) -> Markup {
        let lang = to.lang();
        let dismissal = route(self.case.id, &format!("/parties/{}/agents/dismissal", party.id));
        let command = to.command.to_string();
        html! {
            h3 { (t(lang, Key::Agents)) }
            @if party.agents.is_empty() { p.muted { (t(lang, Key::NoAgents)) } }
            @for agent in &party.agents {
                div.line.wrap {
                    b lang="zh-CN" { (agent.name) }
                    @if let Some(firm) = &agent.firm { span.muted lang="zh-CN" { (firm) } }
                    span.muted { (authority(to, &agent.special)) }
                    @if party.may_act { span.push { (Verb::act(t(lang, Key::Dismiss), &dismissal).with("command", &command).with("name", &agent.name).quiet().about(&agent.name)) } }
                }
            }
        }
    }
}

fn authority(to: &Showing, special: &[SpecialAuthority]) -> String {
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
