//! The six example cases, read as applications.

use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;
use xiezhi_domain::{
    case::Procedure,
    consent::Step,
    filing::{Application, EvidenceInput, Intake},
    ids::{MaterialId, PartyId, PersonId},
    law::money::Fen,
    party::{AddressConfirmation, Agent, Claim, Party, PartyKind, PartyRole, SpecialAuthority},
    people::{Actor, Directory, PeopleEvent, Person, Post},
};

use super::{cast, court::file_of};

/// An example case.
pub struct Example(pub Value);

/// Example `number`, from 1 to 6.
pub fn example(number: usize) -> Example {
    let text = [
        include_str!("../../../../examples/ex1_private_lending.json"),
        include_str!("../../../../examples/ex2_sale_contract.json"),
        include_str!("../../../../examples/ex3_divorce.json"),
        include_str!("../../../../examples/ex4_traffic_accident.json"),
        include_str!("../../../../examples/ex5_labour_dispute.json"),
        include_str!("../../../../examples/ex6_property_service.json"),
    ][number - 1];
    Example(serde_json::from_str(text).expect("an example is JSON"))
}

/// The party at this place.
pub fn party(place: usize) -> PartyId {
    PartyId(Uuid::from_u128(100 + place as u128))
}

/// The account of the party at this place.
pub fn account(place: usize) -> Actor {
    Actor::Person { id: cast::person(200 + place as u128), post: Post::Party, token: None }
}

/// The account of the agent at this place.
pub fn agent(place: usize) -> Actor {
    Actor::Person { id: cast::person(300 + place as u128), post: Post::Lawyer, token: None }
}

/// The evidence at this place of the application.
pub fn exhibit(place: usize) -> MaterialId {
    MaterialId(Uuid::from_u128(400 + place as u128))
}

impl Example {
    /// The text under `path`, such as `outcome.date`.
    pub fn text(&self, path: &str) -> &str {
        self.at(path).as_str().unwrap_or_else(|| panic!("{path} is text"))
    }

    /// The day under `path`.
    pub fn day(&self, path: &str) -> Date {
        self.text(path).get(..10).and_then(|day| day.parse().ok()).unwrap_or_else(|| panic!("{path} is a day"))
    }

    /// The amount under `path`.
    pub fn fen(&self, path: &str) -> Fen {
        self.text(path).parse().unwrap_or_else(|_| panic!("{path} is an amount"))
    }

    fn at(&self, path: &str) -> &Value {
        path.split('.').fold(&self.0, |value, key| match key.parse::<usize>() {
            Ok(index) => &value[index],
            Err(_) => &value[key],
        })
    }

    fn list(&self, path: &str) -> Vec<&Value> {
        self.at(path).as_array().map(|list| list.iter().collect()).unwrap_or_default()
    }

    /// The procedure of the example.
    pub fn procedure(&self) -> Procedure {
        match self.text("procedure") {
            "普通程序" => Procedure::Ordinary,
            "简易程序" => Procedure::Summary,
            _ => Procedure::SmallClaims,
        }
    }

    /// The people of the example, as the identity provider knows them.
    pub fn register(&self, people: &mut Directory) {
        for (place, told) in self.list("parties").into_iter().enumerate() {
            let natural = told["kind"] == "natural";
            let name = if natural { &told["name"] } else { &told["representative"] };
            people.apply(&registered(person_of(&account(place)), text(name), Post::Party, |person| {
                person.id_no = natural.then(|| text(&told["id_no"]));
                person.unit = (!natural).then(|| text(&told["name"]));
            }));
        }
        for (place, told) in self.list("agents").into_iter().enumerate() {
            people.apply(&registered(person_of(&agent(place)), text(&told["name"]), Post::Lawyer, |person| {
                person.unit = Some(text(&told["firm"]));
            }));
        }
    }

    /// The application as the filing side submits it on line.
    pub fn application(&self) -> Application {
        let parties: Vec<Party> =
            self.list("parties").into_iter().enumerate().map(|(place, told)| told_party(place, told)).collect();
        let addresses = self.list("parties").into_iter().enumerate().map(|(place, told)| told_address(place, told));
        Application {
            cause: self.text("cause_code").to_owned(),
            agents: self.told_agents(&parties, PartyRole::Plaintiff),
            claims: self.list("claims").into_iter().map(|told| Claim { text: text(told), amount: None }).collect(),
            amount: Some(self.fen("amount_in_dispute")),
            facts_and_reasons: self.text("facts_and_reasons").to_owned(),
            elements: Default::default(),
            evidence: self.told_evidence(),
            addresses: addresses.filter(|address| is_plaintiff(&parties, address.party)).collect(),
            online: Step::ALL.into_iter().collect(),
            procedure_wish: Some(self.procedure()),
            intake: Intake::Online,
            parties,
        }
    }

    /// The address a party confirms.
    pub fn address(&self, place: usize) -> AddressConfirmation {
        told_address(place, &self.0["parties"][place])
    }

    /// The agents of one side.
    pub fn told_agents(&self, parties: &[Party], role: PartyRole) -> Vec<Agent> {
        let told = self.list("agents").into_iter().enumerate();
        let all = told.map(|(place, told)| {
            let of =
                parties.iter().find(|party| told["for"] == party.name.as_str()).expect("an agent acts for a party");
            let special = told["special_authority"] == true;
            Agent {
                party: of.id,
                name: text(&told["name"]),
                firm: Some(text(&told["firm"])),
                phone: Some(text(&told["phone"])),
                post: None,
                special: if special { SpecialAuthority::ALL.to_vec() } else { vec![] },
                receives_papers: false,
                person: Some(person_of(&agent(place))),
            }
        });
        all.filter(|agent| parties.iter().any(|party| party.id == agent.party && party.role == role)).collect()
    }

    fn told_evidence(&self) -> Vec<EvidenceInput> {
        let of_plaintiff = |told: &&Value| told["by"] == "原告";
        let told = self.list("evidence").into_iter().filter(of_plaintiff).enumerate();
        told.map(|(place, told)| input(exhibit(place), &text(&told["name"]))).collect()
    }
}

/// An item of evidence.
pub fn input(material: MaterialId, name: &str) -> EvidenceInput {
    EvidenceInput {
        material,
        name: name.to_owned(),
        kind: "书证".to_owned(),
        source: "当事人".to_owned(),
        has_original: true,
        purpose: "证明主张".to_owned(),
        file: file_of(name),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn person_of(actor: &Actor) -> PersonId {
    actor.person().expect("an account is a person's")
}

fn is_plaintiff(parties: &[Party], id: PartyId) -> bool {
    parties.iter().any(|party| party.id == id && party.role == PartyRole::Plaintiff)
}

fn registered(id: PersonId, name: String, post: Post, more: impl FnOnce(&mut Person)) -> PeopleEvent {
    let mut person =
        Person { id, name, post, division: None, id_no: None, phone: None, unit: None, takes_cases: false };
    more(&mut person);
    PeopleEvent::Registered { person }
}

fn told_party(place: usize, told: &Value) -> Party {
    let natural = told["kind"] == "natural";
    let plaintiff = told["role"] == "原告";
    let number = if natural { &told["id_no"] } else { &told["uscc"] };
    Party {
        id: party(place),
        role: if plaintiff { PartyRole::Plaintiff } else { PartyRole::Defendant },
        kind: if natural { PartyKind::Natural } else { PartyKind::Legal },
        name: text(&told["name"]),
        sex: natural.then(|| text(&told["sex"])),
        birth_on: told["birth_date"].as_str().and_then(|day| day.parse().ok()),
        ethnicity: natural.then(|| text(&told["ethnicity"])),
        id_no: Some(text(number)),
        occupation: natural.then(|| text(&told["occupation"])),
        address: Some(text(&told["address"])),
        phone: Some(text(&told["phone"])),
        representative: (!natural).then(|| text(&told["representative"])),
        representative_post: (!natural).then(|| text(&told["representative_post"])),
        particulars: Default::default(),
        person: plaintiff.then(|| person_of(&account(place))),
    }
}

fn told_address(place: usize, told: &Value) -> AddressConfirmation {
    let electronic = told["e_service_consent"] == true;
    AddressConfirmation {
        party: party(place),
        postal: text(&told["address"]),
        phone: text(&told["phone"]),
        electronic,
        electronic_address: electronic.then(|| text(&told["phone"])),
        recipient: None,
        hand: None,
    }
}
