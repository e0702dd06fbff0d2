//! What the form asks of people: parties, agents, addresses, consents. The parts are those of the official
//! groups of fields, so that every form can be filled wholly.

use xiezhi_domain::{
    consent::Step as OnlineStep,
    law::{
        element_form::{self, Field},
        identity::Phone,
    },
    party::{IDENTITY_CARD, PartyKind, SpecialAuthority},
};

use super::{
    draft::Draft,
    place::{Place, Side},
    question::{Ask, Pick, Question, both},
};
use crate::messages::{
    Lang,
    filing::{self as words, Key},
    roles, t,
};

/// The value of a box that is ticked.
pub const TICKED: &str = "yes";
/// The value of `kind` for an organisation.
pub const LEGAL: &str = "legal";
/// The value of `kind` for a natural person.
pub const NATURAL: &str = "natural";

/// Elements of the official forms that are answered elsewhere on the form, and where.
pub const ELSEWHERE: &[(&str, &str)] = &[
    ("basis.evidence", "evidence"),
    ("mediation_wish.wants_online", "online"),
    ("claim_common.total_amount", "claims"),
    ("sign.signer", "preview"),
    ("sign.sign_date", "preview"),
    ("agent.has_agent", "agents"),
    ("agent.agent_name", "agents"),
    ("agent.agent_unit", "agents"),
    ("agent.agent_post", "agents"),
    ("agent.agent_phone", "agents"),
    ("agent.authority", "agents"),
    ("agent.special_items", "agents"),
    ("agent.receives_papers", "agents"),
    ("service_address.service_address", "service"),
    ("service_address.service_recipient", "service"),
    ("service_address.e_service", "service"),
    ("service_address.e_address", "service"),
];

fn official(group: &str, id: &str) -> &'static Field {
    let group = element_form::group(group).expect("the group stands in the forms; a test proves it");
    group.fields.iter().find(|field| field.id == id).expect("the field stands in its group; a test proves it")
}

fn picks(group: &str, id: &str) -> Vec<Pick> {
    official(group, id).options.iter().map(|option| Pick::official(option)).collect()
}

const TEL: Ask = Ask::Line { keyboard: "tel" };

/// What is asked of a party. `own` is the filer, who knows all of it; nobody else need know a number.
pub fn of_party(place: Place, own: bool) -> Vec<Question> {
    let name = |part: &str| place.field(part);
    let line = |part: &str, key: Key| Question::line(name(part), key);
    let other = place.side != Side::Plaintiff;
    let kinds = vec![Pick::new(NATURAL, Key::NaturalKind), Pick::new(LEGAL, Key::LegalKind)];
    let of_kind = if own { Key::OwnKind } else { Key::KindOf };
    let known = |question: Question| if other { question.optional() } else { question };
    let number = line("id_no", Key::IdNo);
    let number = if own { number.help(Key::OwnIdHelp) } else { number.help(Key::IdHelp).optional().unknown_ok() };
    let phone = Question::new(name("phone"), Key::Phone, TEL);
    let mut asked = vec![
        Question::new(name("kind"), of_kind, Ask::One { picks: kinds }),
        line("name", Key::Name).help(if other { Key::NameHelp } else { Key::OwnNameHelp }),
        number,
        known(phone.help(if other { Key::PhoneHelp } else { Key::OwnPhoneHelp })),
        known(line("address", Key::Address).help(if other { Key::AddressHelp } else { Key::OwnAddressHelp })),
    ];
    let natural = |question: Question| question.folded().only(PartyKind::Natural);
    let legal = |question: Question| question.only(PartyKind::Legal);
    let choice = |part: &str, key: Key, group: &str, id: &str, long: bool| {
        let picks = picks(group, id);
        Question::new(name(part), key, if long { Ask::List { picks } } else { Ask::One { picks } })
    };
    asked.extend([
        legal(line("representative", Key::Representative)).optional(),
        legal(line("representative_post", Key::RepresentativePost)).folded(),
        natural(choice("id_kind", Key::IdKind, "natural_person", "id_kind", true)),
        natural(choice("sex", Key::Sex, "natural_person", "sex", false)),
        natural(Question::new(name("birth_on"), Key::BirthOn, Ask::Date)).help(Key::BirthHelp),
        natural(line("ethnicity", Key::Ethnicity)),
        natural(line("work_unit", Key::WorkUnit)),
        natural(line("occupation", Key::Occupation)),
        natural(line("habitual_address", Key::HabitualAddress)).help(Key::HabitualHelp),
        legal(line("registered_in", Key::RegisteredIn)).folded(),
        legal(choice("organisation_kind", Key::OrganisationKind, "organisation", "org_kind", true)).folded(),
        legal(choice("ownership", Key::Ownership, "organisation", "ownership", false)).folded(),
    ]);
    asked
}

/// What is asked of an agent of the plaintiffs. The lawyer who files stands here by name.
///
/// Source: 《民事诉讼法》第六十一条、第六十二条.
pub fn of_agent(draft: &Draft, place: Place) -> Vec<Question> {
    let name = |part: &str| place.field(part);
    let own = draft.seats.iter().any(|seat| seat.place == place && seat.person.is_some());
    let items = SpecialAuthority::ALL.into_iter().map(|item| Pick {
        value: authority(item).to_owned(),
        words: both_of(crate::messages::parties::authority(item)),
    });
    let mut asked = vec![
        Question::line(name("name"), Key::AgentName).fixed(own),
        Question::line(name("firm"), Key::AgentFirm).optional(),
        Question::line(name("post"), Key::AgentPost).folded(),
        Question::new(name("phone"), Key::Phone, TEL).optional(),
        Question::new(name("special"), Key::Authority, Ask::Several { picks: items.collect() })
            .help(Key::AuthorityNote),
        Question::new(name("receives"), Key::ReceivesPapers, Ask::Tick),
    ];
    let clients: Vec<Pick> = draft.places(Side::Plaintiff).map(|client| client_pick(draft, client)).collect();
    if clients.len() > 1 {
        asked.push(Question::new(name("for"), Key::ActsFor, Ask::Several { picks: clients }).help(Key::ActsForHelp));
    }
    asked
}

fn client_pick(draft: &Draft, place: Place) -> Pick {
    let name = draft.value(&place.field("name")).to_owned();
    let shown = if name.is_empty() { place.to_string() } else { name };
    Pick { value: place.to_string(), words: [shown.clone(), shown] }
}

fn both_of(key: impl crate::messages::Message) -> [String; 2] {
    [key.zh().to_owned(), key.en().to_owned()]
}

/// The value of an item of special authority.
pub fn authority(item: SpecialAuthority) -> &'static str {
    match item {
        SpecialAuthority::Admit => "admit",
        SpecialAuthority::Waive => "waive",
        SpecialAuthority::ChangeClaim => "change_claim",
        SpecialAuthority::Settle => "settle",
        SpecialAuthority::Counterclaim => "counterclaim",
        SpecialAuthority::Appeal => "appeal",
    }
}

/// Where papers reach a plaintiff: the address for service, who takes them, and electronic service.
pub fn of_service(place: Place) -> Vec<Question> {
    vec![
        Question::line(place.field("postal"), Key::Postal).help(Key::PostalHelp).optional(),
        Question::line(place.field("recipient"), Key::Recipient).help(Key::RecipientHelp).optional(),
        Question::new(place.field("service_phone"), Key::ServicePhone, TEL).help(Key::ServicePhoneHelp).optional(),
        Question::new(place.field("electronic"), Key::Electronic, Ask::Tick),
        Question::new(place.field("mailbox"), Key::Mailbox, Ask::Line { keyboard: "email" })
            .help(Key::MailboxHelp)
            .optional(),
    ]
}

/// The steps that may be taken on line, each for itself.
///
/// Source: 《人民法院在线诉讼规则》第四条.
pub fn online() -> Question {
    let picks =
        OnlineStep::ALL.into_iter().map(|step| Pick::new(online_value(step), words::step(step))).collect::<Vec<_>>();
    Question::new("online".to_owned(), Key::OnlineSteps, Ask::Several { picks }).help(Key::Online)
}

/// The value of a step that may be taken on line.
pub fn online_value(step: OnlineStep) -> &'static str {
    match step {
        OnlineStep::Filing => "filing",
        OnlineStep::Mediation => "mediation",
        OnlineStep::EvidenceExchange => "exchange",
        OnlineStep::Inquiry => "inquiry",
        OnlineStep::Hearing => "hearing",
        OnlineStep::Pronouncement => "pronouncement",
        OnlineStep::Service => "service",
    }
}

/// How and when it came, where a clerk enters it.
pub fn intake() -> Vec<Question> {
    let ways = vec![Pick::new("counter", Key::CameOnPaper), Pick::new("oral", Key::CameOrally)];
    vec![
        Question::new("came".to_owned(), Key::Came, Ask::One { picks: ways }),
        Question::new("came_on".to_owned(), Key::CameOn, Ask::Date),
    ]
}

/// The claims, each with the amount it asks for.
pub fn claims() -> Question {
    let columns = vec![both(Key::ClaimText), both(Key::ClaimAmount)];
    Question::new("claims".to_owned(), Key::Claims, Ask::Table { columns }).help(Key::ClaimsHelp)
}

/// What happened and why.
pub fn facts() -> Question {
    Question::new("facts".to_owned(), Key::Facts, Ask::Lines { lines: 10 }).help(Key::FactsHelp)
}

/// What is told of an item of evidence.
pub fn of_evidence(item: &xiezhi_domain::filing::EvidenceInput) -> Vec<Question> {
    let name = |part: &str| evidence_field(item, part);
    vec![
        Question::line(name("name"), Key::EvidenceName),
        Question::new(name("kind"), Key::EvidenceKind, Ask::List { picks: evidence_kinds() }),
        Question::line(name("purpose"), Key::Purpose).optional(),
        Question::line(name("source"), Key::Source).optional(),
        Question::new(name("original"), Key::HasOriginal, Ask::Tick),
    ]
}

/// The field of an item of evidence that is already there.
pub fn evidence_field(item: &xiezhi_domain::filing::EvidenceInput, part: &str) -> String {
    format!("x{}_{part}", item.material.0.simple())
}

/// Kinds of evidence, and the papers of the filer that are no evidence.
/// Stored in Chinese whatever the page speaks.
///
/// Source: 《民事诉讼法》第六十六条.
pub fn evidence_kinds() -> Vec<Pick> {
    let pick = |(stored, english): (&str, &str)| Pick {
        value: stored.to_owned(),
        words: [stored.to_owned(), english.to_owned()],
    };
    roles::filed().map(pick).collect()
}

/// The kind that stands in the field before anybody chose one.
pub fn usual_kind() -> &'static str {
    t(Lang::Zh, roles::KINDS[0])
}

/// Whether a telephone can have the number that was typed.
pub fn is_telephone(number: &str) -> bool {
    Phone::parse(number).is_ok_and(|phone| phone.can_ring())
}

/// Whether a kind of ID has the arithmetic of an identity card.
pub fn is_card(kind: &str) -> bool {
    kind.is_empty() || kind == IDENTITY_CARD
}
