//! A draft of an application: what was typed, as it was typed. Working data of the filer alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use xiezhi_domain::{
    case::CaseState,
    consent::Step,
    filing::{Application, EvidenceInput, Intake},
    ids::{CaseId, PartyId, PersonId},
    law::{element_answer, element_form, money::Fen},
    party::{AddressConfirmation, Agent, Claim, Party, PartyKind, PartyRole, SpecialAuthority},
    people::{Person, Post},
};

/// The kind of working data.
pub const KIND: &str = "filing-draft";
/// Most defendants on this form; more come as further applications or by the clerk.
pub const DEFENDANTS: usize = 5;

/// What a ticked box of a form sends.
const TICKED: &str = "yes";

/// A draft.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Draft {
    /// What was typed, by field.
    pub fields: BTreeMap<String, String>,
    /// Evidence handed in so far.
    pub evidence: Vec<EvidenceInput>,
    /// The case, where an application is corrected.
    pub case: Option<CaseId>,
    /// What the court asked to be corrected.
    pub correction: Vec<String>,
    /// The filer's account, where the filer is a party.
    pub filer: Option<PersonId>,
    /// Agents of the plaintiff (代理人): the lawyer who files, or those of the application corrected.
    #[serde(default)]
    pub agents: Vec<Agent>,
    /// The clerk who enters what came on paper or was told orally.
    #[serde(default)]
    pub clerk: Option<PersonId>,
    /// How the application that is corrected came.
    #[serde(default)]
    pub intake: Option<Intake>,
}

impl Draft {
    /// A new draft; what the court knows of the filer is filled in. Consents are never ticked beforehand.
    pub fn begun(person: &Person, cause: String) -> Draft {
        let own = (person.post == Post::Party).then_some(person);
        let mut draft = Draft {
            filer: own.map(|person| person.id),
            clerk: (person.post == Post::FilingClerk).then_some(person.id),
            ..Draft::default()
        };
        draft.put("cause", &cause);
        draft.put("agent", if person.post == Post::Lawyer { &person.name } else { "" });
        if let Some(person) = own {
            draft.put("p_kind", if person.unit.is_some() { "legal" } else { "natural" });
            draft.put("p_name", person.unit.as_ref().unwrap_or(&person.name));
            // The number of a representative is not the number of the company.
            let number = person.id_no.as_deref().filter(|_| person.unit.is_none());
            draft.put("p_id_no", number.unwrap_or_default());
            draft.put("p_phone", person.phone.as_deref().unwrap_or_default());
        }
        draft
    }

    /// The lawyer who files stands in the application as the plaintiff's agent.
    ///
    /// Source: 《民事诉讼法》第六十一条、第六十二条.
    pub fn acting(&mut self, person: &Person) {
        if self.case.is_some() || person.post != Post::Lawyer {
            return;
        }
        let special = SpecialAuthority::ALL.into_iter().filter(|item| self.is_ticked(&authority_field(*item)));
        self.agents = vec![Agent {
            party: PartyId(Uuid::nil()),
            name: person.name.clone(),
            firm: person.unit.clone(),
            phone: person.phone.clone(),
            special: special.collect(),
            person: Some(person.id),
        }];
    }

    /// Writes claims and facts from the answers, below what stands there already; nothing is invented.
    pub fn fill(&mut self) {
        let Some(form) = element_form::form_for(self.field("cause")) else { return };
        let answers = self.elements();
        self.add_lines("claims", element_form::claim_lines(form, &answers));
        self.add_lines("facts", element_form::fact_lines(form, &answers));
    }

    fn add_lines(&mut self, field: &str, lines: Vec<String>) {
        let mut text = self.field(field).trim_end().to_owned();
        for line in lines.iter().filter(|line| !self.field(field).contains(line.as_str())) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        }
        self.put(field, &text);
    }

    /// Whether the filer writes for himself, not for a client or at the counter.
    pub fn is_own(&self) -> bool {
        self.filer.is_some()
    }

    /// Whether a box is ticked.
    pub fn is_ticked(&self, field: &str) -> bool {
        self.field(field) == TICKED
    }

    /// The application of a case, for correction.
    pub fn of_case(case: &CaseState) -> Draft {
        let application = &case.application;
        let mut draft = Draft {
            case: Some(case.id),
            evidence: application.evidence.clone(),
            correction: case.review.correction.iter().map(|item| item.what.clone()).collect(),
            filer: application.plaintiffs().next().and_then(|party| party.person),
            agents: application.agents.clone(),
            intake: Some(application.intake.clone()),
            ..Draft::default()
        };
        let claims: Vec<&str> = application.claims.iter().map(|claim| claim.text.as_str()).collect();
        draft.put("cause", &application.cause);
        draft.put("claims", &claims.join("\n"));
        draft.put("amount", &application.amount.map(Fen::plain).unwrap_or_default());
        draft.put("facts", &application.facts_and_reasons);
        for step in &application.online {
            draft.put(step_field(*step), TICKED);
        }
        let electronic = application.addresses.first().is_some_and(|address| address.electronic);
        draft.put("electronic", if electronic { TICKED } else { "" });
        let defendants = application.parties.iter().filter(|party| party.role == PartyRole::Defendant);
        let places = application.plaintiffs().take(1).map(|party| ("p".to_owned(), party));
        for (place, party) in places.chain(defendants.enumerate().map(|(at, party)| (format!("d{at}"), party))) {
            let kind = if party.kind == PartyKind::Natural { "natural" } else { "legal" };
            draft.put(&format!("{place}_kind"), kind);
            draft.put(&format!("{place}_name"), &party.name);
            draft.put(&format!("{place}_id_no"), party.id_no.as_deref().unwrap_or_default());
            draft.put(&format!("{place}_address"), party.address.as_deref().unwrap_or_default());
            draft.put(&format!("{place}_phone"), party.phone.as_deref().unwrap_or_default());
        }
        draft
    }

    fn put(&mut self, field: &str, value: &str) {
        self.fields.insert(field.to_owned(), value.to_owned());
    }

    /// Takes over what was typed. Ticks that are absent were taken away.
    pub fn take(&mut self, typed: Vec<(String, String)>) {
        let steps = Step::ALL.map(|step| step_field(step).to_owned());
        let authorities = SpecialAuthority::ALL.map(authority_field);
        for tick in ["electronic", "then"].map(str::to_owned).into_iter().chain(steps).chain(authorities) {
            self.fields.remove(&tick);
        }
        self.fields.extend(typed.into_iter().filter(|(field, value)| field != "command" && field != "cause" && value.len() < 200_000));
    }

    /// What stands in a field.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    fn some(&self, name: &str) -> Option<String> {
        Some(self.field(name).trim()).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The case the application will open, or the one it corrects.
    pub fn case_id(&self, id: &str) -> CaseId {
        self.case.unwrap_or_else(|| CaseId(id.parse().unwrap_or(Uuid::nil())))
    }

    fn party(&self, case: CaseId, place: &str, role: PartyRole) -> Option<Party> {
        let name = self.some(&format!("{place}_name"))?;
        let legal = self.field(&format!("{place}_kind")) == "legal";
        let number = self.some(&format!("{place}_id_no"));
        let birth = number.as_deref().filter(|number| !legal && number.len() == 18).and_then(birth_of);
        Some(Party {
            id: party_id(case, place),
            role,
            kind: if legal { PartyKind::Legal } else { PartyKind::Natural },
            name,
            sex: None,
            birth_on: birth,
            ethnicity: None,
            id_no: number,
            occupation: None,
            address: self.some(&format!("{place}_address")),
            phone: self.some(&format!("{place}_phone")),
            representative: None,
            representative_post: None,
            person: self.filer.filter(|_| role == PartyRole::Plaintiff),
        })
    }

    /// The application that the draft makes.
    pub fn application(&self, case: CaseId) -> Application {
        let plaintiff = self.party(case, "p", PartyRole::Plaintiff);
        let defendants = (0..DEFENDANTS).filter_map(|at| self.party(case, &format!("d{at}"), PartyRole::Defendant));
        let addresses = plaintiff.iter().filter(|party| party.address.is_some() && party.phone.is_some()).map(|party| {
            let electronic = self.is_ticked("electronic");
            AddressConfirmation {
                party: party.id,
                postal: party.address.clone().unwrap_or_default(),
                phone: party.phone.clone().unwrap_or_default(),
                electronic,
                electronic_address: party.phone.clone().filter(|_| electronic),
                recipient: None,
                hand: None,
            }
        });
        let online = Step::ALL.into_iter().filter(|step| self.is_ticked(step_field(*step))).collect();
        let own = plaintiff.as_ref().map(|party| party.id);
        let of_own = |agent: &Agent| Some(Agent { party: if agent.party.0.is_nil() { own? } else { agent.party }, ..agent.clone() });
        Application {
            cause: self.field("cause").to_owned(),
            addresses: addresses.collect(),
            claims: self.claims(),
            amount: self.some("amount").and_then(|text| text.parse::<Fen>().ok()),
            facts_and_reasons: self.field("facts").trim().to_owned(),
            elements: self.elements(),
            evidence: self.evidence.clone(),
            agents: self.agents.iter().filter_map(of_own).collect(),
            online,
            procedure_wish: None,
            intake: self.told_intake(),
            parties: plaintiff.into_iter().chain(defendants).collect(),
        }
    }

    /// How the application came: a clerk enters what came on paper or was told.
    fn told_intake(&self) -> Intake {
        let came_on = self.field("came_on").parse().ok();
        match (&self.intake, self.clerk, came_on) {
            (Some(known), ..) => known.clone(),
            (None, Some(noted_by), Some(happened_on)) if self.field("came") == "oral" => {
                Intake::Oral { happened_on, noted_by }
            }
            (None, Some(compared_by), Some(happened_on)) => Intake::Counter { happened_on, compared_by },
            _ => Intake::Online,
        }
    }

    fn claims(&self) -> Vec<Claim> {
        let lines = self.field("claims").lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(|text| Claim { text: text.to_owned(), amount: None }).collect()
    }

    fn elements(&self) -> element_form::Answers {
        let Some(form) = element_form::form_for(self.field("cause")) else { return Default::default() };
        let read = |field: &element_form::Field| {
            let typed = self.some(&format!("e_{}", field.id))?;
            let answer = element_answer::read(field, &[typed.as_str()]).ok().flatten()?;
            Some((field.id.clone(), answer))
        };
        form.fields_for(element_form::Paper::Complaint).filter_map(read).collect()
    }
}

/// The field of a step that may be taken on line.
pub fn step_field(step: Step) -> &'static str {
    match step {
        Step::Filing => "online_filing",
        Step::Mediation => "online_mediation",
        Step::EvidenceExchange => "online_exchange",
        Step::Inquiry => "online_inquiry",
        Step::Hearing => "online_hearing",
        Step::Pronouncement => "online_pronouncement",
        Step::Service => "online_service",
    }
}

/// The field of an item of special authority.
pub fn authority_field(authority: SpecialAuthority) -> String {
    format!("authority_{authority:?}").to_lowercase()
}

/// The date of birth in an ID-card number.
fn birth_of(number: &str) -> Option<jiff::civil::Date> {
    format!("{}-{}-{}", number.get(6..10)?, number.get(10..12)?, number.get(12..14)?).parse().ok()
}

/// A party's identifier grows from the case and the place on the form, so that a correction keeps it.
fn party_id(case: CaseId, place: &str) -> PartyId {
    use sha2::{Digest, Sha256};
    let digest: [u8; 32] = Sha256::digest(format!("{case} {place}")).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    PartyId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(post: Post, unit: Option<&str>) -> Person {
        Person {
            id: PersonId(Uuid::from_u128(1)),
            name: "陈晓".to_owned(),
            post,
            division: None,
            id_no: Some("110101199003070000".to_owned()),
            phone: Some("12000000000".to_owned()),
            unit: unit.map(str::to_owned),
            takes_cases: false,
        }
    }

    fn typed(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    const CASE: CaseId = CaseId(Uuid::from_u128(9));

    #[test]
    fn no_consent_is_given_by_silence_and_each_step_stands_for_itself() {
        let mut draft = Draft::begun(&person(Post::Party, None), "04.10.088".to_owned());
        assert!(draft.application(CASE).online.is_empty());
        draft.take(typed(&[("online_hearing", TICKED), ("electronic", TICKED)]));
        assert_eq!(draft.application(CASE).online.into_iter().collect::<Vec<_>>(), [Step::Hearing]);
        draft.take(vec![]);
        assert!(draft.application(CASE).online.is_empty(), "a tick taken away is gone");
    }

    #[test]
    fn a_ticked_box_of_the_page_is_a_ticked_box_of_the_draft() {
        let page = crate::frame::prelude::checkbox("online_hearing", maud::html! {}, true, None).into_string();
        assert!(page.contains(&format!("value=\"{TICKED}\"")), "{page}");
    }

    #[test]
    fn a_lawyer_who_files_is_the_plaintiffs_agent_with_the_authority_ticked() {
        let lawyer = person(Post::Lawyer, Some("某律师事务所"));
        let mut draft = Draft::begun(&lawyer, "04.10.088".to_owned());
        draft.take(typed(&[("p_name", "王芳"), ("authority_settle", TICKED)]));
        draft.acting(&lawyer);
        let application = draft.application(CASE);
        assert_eq!(application.agents.len(), 1);
        assert_eq!(application.agents[0].party, application.parties[0].id);
        assert_eq!(application.agents[0].special, [SpecialAuthority::Settle]);
        assert_eq!(application.parties[0].id_no, None, "the lawyer's number is not the client's");
    }

    #[test]
    fn what_a_clerk_enters_came_at_the_counter_on_the_day_told() {
        let mut draft = Draft::begun(&person(Post::FilingClerk, None), "04.10.088".to_owned());
        draft.take(typed(&[("came", "oral"), ("came_on", "2026-03-02")]));
        let expected = Intake::Oral {
            happened_on: jiff::civil::date(2026, 3, 2),
            noted_by: PersonId(Uuid::from_u128(1)),
        };
        assert_eq!(draft.application(CASE).intake, expected);
    }
}
