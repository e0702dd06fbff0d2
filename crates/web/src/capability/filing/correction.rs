//! The application of a case as a draft again, for correction: everything it says stands in its fields, and
//! what the clerk marked stands at them.

use serde::Serialize;
use utoipa::ToSchema;
use xiezhi_domain::{
    case::CaseState,
    filing::Application,
    law::element_form,
    party::{AddressConfirmation, Agent, Party, PartyKind},
};

use super::{
    asked::{self, LEGAL, NATURAL, TICKED},
    draft::Draft,
    place::{Place, Seat, Side},
    question,
    step::Step,
};

/// What is to be corrected at one place of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Mark {
    /// The step it is on; nothing for what has no place of its own.
    pub step: Option<Step>,
    /// The field.
    pub field: String,
    /// What to do, in the words of the notice.
    pub what: String,
}

impl Draft {
    /// The application of a case, for correction.
    pub fn of_case(case: &CaseState) -> Draft {
        let mut draft = Draft {
            case: Some(case.id),
            correction: case.review.correction.clone(),
            due_on: case.review.correction_due_on,
            ..Draft::default()
        };
        draft.put_application(&case.application);
        draft
    }

    /// Puts everything an application says into the fields.
    fn put_application(&mut self, application: &Application) {
        self.put("cause", &application.cause);
        self.evidence = application.evidence.clone();
        for party in &application.parties {
            self.put_party(party);
        }
        for agent in &application.agents {
            self.put_agent(agent);
        }
        for address in &application.addresses {
            self.put_address(address);
        }
        let amount = |claim: &xiezhi_domain::party::Claim| claim.amount.map(|amount| amount.plain());
        let claims: Vec<Vec<String>> = application
            .claims
            .iter()
            .map(|claim| vec![claim.text.clone(), amount(claim).unwrap_or_default()])
            .collect();
        self.put_rows("claims", &claims);
        self.put("facts", &application.facts_and_reasons);
        self.put_answers(application);
        let online = application.online.iter().map(|step| asked::online_value(*step).to_owned()).collect();
        self.put_all("online", online);
        self.origin = Some(Box::new(application.clone()));
    }

    fn put_party(&mut self, party: &Party) {
        let side = Side::of_role(party.role);
        let Some(place) = self.add(side) else { return };
        let seat = Seat { place, party: Some(party.id), person: party.person };
        if let Some(last) = self.seats.last_mut() {
            *last = seat;
        }
        let kind = if party.kind == PartyKind::Natural { NATURAL } else { LEGAL };
        let birth_on = party.birth_on.map(|day| day.to_string());
        let more = &party.particulars;
        let told = [
            ("kind", Some(kind)),
            ("name", Some(party.name.as_str())),
            ("sex", party.sex.as_deref()),
            ("birth_on", birth_on.as_deref()),
            ("ethnicity", party.ethnicity.as_deref()),
            ("id_no", party.id_no.as_deref()),
            ("occupation", party.occupation.as_deref()),
            ("address", party.address.as_deref()),
            ("phone", party.phone.as_deref()),
            ("representative", party.representative.as_deref()),
            ("representative_post", party.representative_post.as_deref()),
            ("id_kind", more.id_kind.as_deref()),
            ("work_unit", more.work_unit.as_deref()),
            ("habitual_address", more.habitual_address.as_deref()),
            ("registered_in", more.registered_in.as_deref()),
            ("organisation_kind", more.organisation_kind.as_deref()),
            ("ownership", more.ownership.as_deref()),
        ];
        for (part, value) in told {
            self.put(&place.field(part), value.unwrap_or_default());
        }
    }

    /// An agent of several parties stands on the form once, with all of them.
    fn put_agent(&mut self, agent: &Agent) {
        let Some(client) = self.seats.iter().find(|seat| seat.party == Some(agent.party)).map(|seat| seat.place) else {
            return;
        };
        let special: Vec<String> = agent.special.iter().map(|item| asked::authority(*item).to_owned()).collect();
        let same = |place: &Place| {
            self.value(&place.field("name")) == agent.name
                && self.some(&place.field("firm")) == agent.firm
                && self.values(&place.field("special")) == special
        };
        let known = self.places(Side::Agent).find(same);
        let Some(place) = known.or_else(|| self.add(Side::Agent)) else { return };
        if let Some(seat) = self.seats.iter_mut().find(|seat| seat.place == place) {
            seat.person = agent.person;
        }
        self.put(&place.field("name"), &agent.name);
        self.put(&place.field("firm"), agent.firm.as_deref().unwrap_or_default());
        self.put(&place.field("phone"), agent.phone.as_deref().unwrap_or_default());
        self.put(&place.field("post"), agent.post.as_deref().unwrap_or_default());
        self.put_all(&place.field("special"), special);
        self.put(&place.field("receives"), if agent.receives_papers { TICKED } else { "" });
        let mut clients = self.values(&place.field("for")).to_vec();
        clients.push(client.to_string());
        self.put_all(&place.field("for"), clients);
    }

    fn put_address(&mut self, address: &AddressConfirmation) {
        let seat = self.seats.iter().find(|seat| seat.party == Some(address.party)).map(|seat| seat.place);
        let Some(place) = seat.filter(|place| place.side == Side::Plaintiff) else { return };
        let unless_same = |part: &str, text: &str| {
            if self.value(&place.field(part)) == text { String::new() } else { text.to_owned() }
        };
        let (postal, phone) = (unless_same("address", &address.postal), unless_same("phone", &address.phone));
        let mailbox = address.electronic_address.as_deref().filter(|mailbox| *mailbox != address.phone);
        self.put(&place.field("postal"), &postal);
        self.put(&place.field("service_phone"), &phone);
        self.put(&place.field("recipient"), address.recipient.as_deref().unwrap_or_default());
        self.put(&place.field("electronic"), if address.electronic { TICKED } else { "" });
        self.put(&place.field("mailbox"), mailbox.unwrap_or_default());
    }

    fn put_answers(&mut self, application: &Application) {
        let Some(form) = element_form::form_for(&application.cause) else { return };
        let known = |id: &str| form.fields_for(element_form::Paper::Complaint).find(|field| field.id == id);
        for (id, answer) in &application.elements {
            for (name, values) in known(id).into_iter().flat_map(|field| question::typed(field, answer)) {
                self.put_all(&name, values);
            }
        }
    }

    /// What is to be corrected, each at its own field.
    pub fn marks(&self) -> Vec<Mark> {
        self.correction.iter().map(|item| self.mark(&item.field, &item.what)).collect()
    }

    fn mark(&self, told: &str, what: &str) -> Mark {
        let field = self.field_of(told).unwrap_or_default();
        let step = match field.as_str() {
            "" => None,
            "evidence" => Some(Step::Evidence),
            field => self.step_of(field),
        };
        Mark { step, field, what: what.to_owned() }
    }

    /// The field of the form for what the clerk marked: `party.1.address` is the address of the second party.
    fn field_of(&self, told: &str) -> Option<String> {
        let mut path = told.split('.');
        match (path.next()?, path.next(), path.next()) {
            ("claims", ..) => Some("claims_0_0".to_owned()),
            ("facts_and_reasons", ..) => Some("facts".to_owned()),
            ("element", Some(id), _) => Some(format!("e_{id}")),
            ("evidence" | "power_of_attorney", ..) | ("party", _, Some("identity")) => Some("evidence".to_owned()),
            ("party", Some(index), Some(part)) => {
                let party = self.origin.as_ref()?.parties.get(index.parse::<usize>().ok()?)?.id;
                let seat = self.seats.iter().find(|seat| seat.party == Some(party))?;
                Some(seat.place.field(part))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capability::filing::samples::{CASE, correcting, rich_application, typed};

    #[test]
    fn a_correction_that_changes_nothing_keeps_every_field() {
        let draft = correcting();
        assert_eq!(draft.application(CASE), rich_application());
    }

    #[test]
    fn one_change_changes_that_alone() {
        let mut draft = correcting();
        let step = draft.step_of("d0_address").expect("a step");
        let mut fields: Vec<(String, String)> = vec![];
        for question in draft.questions(step) {
            fields.extend(draft.values(&question.name).iter().map(|value| (question.name.clone(), value.clone())));
        }
        fields.retain(|(name, _)| name != "d0_address");
        fields.extend(typed(&[("d0_address", "新路9号")]));
        draft.take(Some(step), fields);
        let mut expected = rich_application();
        expected.parties[2].address = Some("新路9号".to_owned());
        assert_eq!(draft.application(CASE), expected);
    }

    #[test]
    fn what_the_clerk_marked_stands_at_the_partys_own_field() {
        let draft = correcting();
        let marks = draft.marks();
        let at: Vec<(Option<String>, &str)> =
            marks.iter().map(|mark| (mark.step.map(Step::code), mark.field.as_str())).collect();
        let expected = [
            (Some("d0".to_owned()), "d0_address"),
            (Some("facts".to_owned()), "facts"),
            (Some("evidence".to_owned()), "evidence"),
            (None, ""),
        ];
        assert_eq!(at, expected);
        assert_eq!(draft.steps()[0], Step::Correction);
    }
}
