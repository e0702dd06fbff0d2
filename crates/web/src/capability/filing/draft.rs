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
    party::{AddressConfirmation, Claim, Party, PartyKind, PartyRole},
    people::{Person, Post},
};

/// The kind of working data.
pub const KIND: &str = "filing-draft";
/// Most defendants on this form; more come as further applications or by the clerk.
pub const DEFENDANTS: usize = 5;

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
}

impl Draft {
    /// A new draft; what the court knows of the filer is filled in.
    pub fn begun(person: &Person, cause: String) -> Draft {
        let mut draft = Draft { filer: (person.post == Post::Party).then_some(person.id), ..Draft::default() };
        let name = person.unit.clone().unwrap_or_else(|| person.name.clone());
        let legal = person.unit.is_some();
        let known = [
            ("cause", cause),
            ("p_kind", if legal { "legal" } else { "natural" }.to_owned()),
            ("p_name", if person.post == Post::Party { name } else { String::new() }),
            ("p_id_no", person.id_no.clone().unwrap_or_default()),
            ("p_phone", person.phone.clone().unwrap_or_default()),
            ("electronic", "true".to_owned()),
            ("online", "true".to_owned()),
        ];
        draft.fields.extend(known.map(|(field, value)| (field.to_owned(), value)));
        draft
    }

    /// The application of a case, for correction.
    pub fn of_case(case: &CaseState) -> Draft {
        let application = &case.application;
        let mut draft = Draft {
            case: Some(case.id),
            evidence: application.evidence.clone(),
            correction: case.review.correction.iter().map(|item| item.what.clone()).collect(),
            filer: application.plaintiffs().next().and_then(|party| party.person),
            ..Draft::default()
        };
        let claims: Vec<&str> = application.claims.iter().map(|claim| claim.text.as_str()).collect();
        draft.put("cause", &application.cause);
        draft.put("claims", &claims.join("\n"));
        draft.put("amount", &application.amount.map(Fen::plain).unwrap_or_default());
        draft.put("facts", &application.facts_and_reasons);
        draft.put("online", if application.online.is_empty() { "" } else { "true" });
        let electronic = application.addresses.first().is_some_and(|address| address.electronic);
        draft.put("electronic", if electronic { "true" } else { "" });
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
        for tick in ["electronic", "online", "then"] {
            self.fields.remove(tick);
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
            let electronic = self.field("electronic") == "true";
            AddressConfirmation {
                party: party.id,
                postal: party.address.clone().unwrap_or_default(),
                phone: party.phone.clone().unwrap_or_default(),
                electronic,
                electronic_address: party.phone.clone().filter(|_| electronic),
                recipient: None,
            }
        });
        let online = if self.field("online") == "true" { Step::ALL.into_iter().collect() } else { Default::default() };
        Application {
            cause: self.field("cause").to_owned(),
            addresses: addresses.collect(),
            claims: self.claims(),
            amount: self.some("amount").and_then(|text| text.parse::<Fen>().ok()),
            facts_and_reasons: self.field("facts").trim().to_owned(),
            elements: self.elements(),
            evidence: self.evidence.clone(),
            agents: vec![],
            online,
            procedure_wish: None,
            intake: Intake::Online,
            parties: plaintiff.into_iter().chain(defendants).collect(),
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
