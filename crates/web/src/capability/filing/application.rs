//! From the draft to the application. Where an application is corrected, what the form does not ask stays
//! as it was.

use jiff::civil::Date;
use xiezhi_domain::{
    consent::Step as OnlineStep,
    filing::{Application, Intake},
    ids::{CaseId, PartyId},
    law::{element_form::Answers, identity::IdCardNo, identity::Sex, money::Fen},
    party::{AddressConfirmation, Agent, Claim, Particulars, Party, PartyKind, PartyRole, SpecialAuthority},
};

use super::{
    asked::{self, LEGAL},
    draft::Draft,
    place::{Place, Seat, Side},
};

impl Draft {
    /// The application that the draft makes.
    pub fn application(&self, case: CaseId) -> Application {
        let parties: Vec<Party> = self.seats.iter().filter_map(|seat| self.party(case, seat)).collect();
        let sided = |role: PartyRole| parties.iter().filter(move |party| party.role == role).cloned();
        let roles = [PartyRole::Plaintiff, PartyRole::Defendant, PartyRole::ThirdParty];
        let online = |step: &OnlineStep| self.values("online").iter().any(|value| value == asked::online_value(*step));
        let claims = self.claims();
        Application {
            cause: self.value("cause").to_owned(),
            agents: self.agents(case, &parties),
            amount: self.amount(&claims),
            claims,
            facts_and_reasons: self.value("facts").trim().to_owned(),
            elements: self.all_answers(),
            evidence: self.evidence.clone(),
            addresses: self.addresses(case),
            online: OnlineStep::ALL.into_iter().filter(online).collect(),
            procedure_wish: self.origin.as_ref().and_then(|origin| origin.procedure_wish),
            intake: self.told_intake(),
            parties: roles.into_iter().flat_map(sided).collect(),
        }
    }

    /// The identifier of whoever stands at a place: as it was, or grown from the case and the place, so that
    /// the preview and the submission name the same.
    pub fn party_id(&self, case: CaseId, seat: &Seat) -> PartyId {
        seat.party.unwrap_or_else(|| grown(case, seat.place))
    }

    /// The place of a party of the application.
    pub fn place_of(&self, case: CaseId, party: PartyId) -> Option<Place> {
        let is = |seat: &&Seat| seat.place.side != Side::Agent && self.party_id(case, seat) == party;
        self.seats.iter().find(is).map(|seat| seat.place)
    }

    fn origin_of(&self, seat: &Seat) -> Option<&Party> {
        self.origin.as_ref()?.parties.iter().find(|party| Some(party.id) == seat.party)
    }

    /// A place at which nothing was typed is nobody.
    fn is_blank(&self, place: Place) -> bool {
        let before = format!("{place}_");
        let typed = |(name, values): (&String, &Vec<String>)| {
            name.starts_with(&before) && !name.ends_with("_kind") && !values.is_empty()
        };
        !self.fields.iter().any(typed)
    }

    fn party(&self, case: CaseId, seat: &Seat) -> Option<Party> {
        let place = seat.place;
        let role = place.side.role()?;
        if self.is_blank(place) {
            return None;
        }
        let told = |part: &str| self.some(&place.field(part));
        let legal = self.value(&place.field("kind")) == LEGAL;
        let (of_person, of_unit) =
            (|part: &str| told(part).filter(|_| !legal), |part: &str| told(part).filter(|_| legal));
        let number = told("id_no");
        let card = self.card(seat, legal, number.as_deref());
        let sex = card.as_ref().map(|card| if card.sex() == Sex::Male { "男" } else { "女" }.to_owned());
        let birth_on = of_person("birth_on").and_then(|day| day.parse().ok());
        Some(Party {
            id: self.party_id(case, seat),
            role,
            kind: if legal { PartyKind::Legal } else { PartyKind::Natural },
            name: told("name").unwrap_or_default(),
            sex: of_person("sex").or(sex),
            birth_on: birth_on.or(card.map(|card| card.birth_on())),
            ethnicity: of_person("ethnicity"),
            id_no: number,
            occupation: of_person("occupation"),
            address: told("address"),
            phone: told("phone"),
            representative: of_unit("representative"),
            representative_post: of_unit("representative_post"),
            particulars: Particulars {
                id_kind: of_person("id_kind"),
                work_unit: of_person("work_unit"),
                habitual_address: of_person("habitual_address"),
                registered_in: of_unit("registered_in"),
                organisation_kind: of_unit("organisation_kind"),
                ownership: of_unit("ownership"),
            },
            person: seat.person.filter(|_| role == PartyRole::Plaintiff),
        })
    }

    /// The identity card that a number is of, where the number is newly told: what it says of birth and sex
    /// is taken from it, unless told otherwise.
    fn card(&self, seat: &Seat, legal: bool, number: Option<&str>) -> Option<IdCardNo> {
        let kind = self.value(&seat.place.field("id_kind"));
        let as_it_was = self.origin_of(seat).is_some_and(|party| party.id_no.as_deref() == number);
        let number = number.filter(|_| !legal && !as_it_was && asked::is_card(kind))?;
        IdCardNo::parse(number, Date::MAX).ok()
    }

    /// An agent acts for the plaintiffs that are ticked, and for all of them where none is.
    fn agents(&self, case: CaseId, parties: &[Party]) -> Vec<Agent> {
        let seats = self.seats.iter().filter(|seat| seat.place.side == Side::Agent);
        seats.flat_map(|seat| self.agent(case, seat, parties)).collect()
    }

    fn agent(&self, case: CaseId, seat: &Seat, parties: &[Party]) -> Vec<Agent> {
        let field = |part: &str| seat.place.field(part);
        let Some(name) = self.some(&field("name")) else { return vec![] };
        let ticked = |value: &str| self.values(&field("special")).iter().any(|known| known == value);
        let chosen: Vec<Place> = self.values(&field("for")).iter().filter_map(|place| place.parse().ok()).collect();
        let clients = parties.iter().filter(|party| {
            let place = self.place_of(case, party.id);
            if chosen.is_empty() {
                party.role == PartyRole::Plaintiff
            } else {
                place.is_some_and(|place| chosen.contains(&place))
            }
        });
        let agent = |party: &Party| Agent {
            party: party.id,
            name: name.clone(),
            firm: self.some(&field("firm")),
            phone: self.some(&field("phone")),
            post: self.some(&field("post")),
            special: SpecialAuthority::ALL.into_iter().filter(|item| ticked(asked::authority(*item))).collect(),
            receives_papers: self.is_ticked(&field("receives")),
            person: seat.person,
        };
        clients.map(agent).collect()
    }

    /// The addresses of the plaintiffs; those of others in a corrected application stay.
    fn addresses(&self, case: CaseId) -> Vec<AddressConfirmation> {
        let plaintiffs = self.seats.iter().filter(|seat| seat.place.side == Side::Plaintiff);
        let told = plaintiffs.filter_map(|seat| self.address(case, seat));
        let known = |address: &&AddressConfirmation| {
            let place = self.place_of(case, address.party);
            place.is_some_and(|place| place.side != Side::Plaintiff)
        };
        let others = self.origin.iter().flat_map(|origin| &origin.addresses).filter(known).cloned();
        told.chain(others).collect()
    }

    fn address(&self, case: CaseId, seat: &Seat) -> Option<AddressConfirmation> {
        let told = |part: &str| self.some(&seat.place.field(part));
        let phone = told("service_phone").or_else(|| told("phone"))?;
        let electronic = self.is_ticked(&seat.place.field("electronic"));
        Some(AddressConfirmation {
            party: self.party_id(case, seat),
            postal: told("postal").or_else(|| told("address"))?,
            electronic_address: told("mailbox").or_else(|| Some(phone.clone())).filter(|_| electronic),
            phone,
            electronic,
            recipient: told("recipient"),
            hand: None,
        })
    }

    /// The claims; an amount that can't be read is a fault, told elsewhere.
    pub fn claims(&self) -> Vec<Claim> {
        let claim = |row: Vec<String>| Claim { text: row[0].clone(), amount: row[1].parse().ok() };
        self.rows("claims", 2).into_iter().map(claim).collect()
    }

    /// What the claims come to. Where none has an amount, a corrected application keeps its own.
    pub fn amount(&self, claims: &[Claim]) -> Option<Fen> {
        let amounts: Vec<Fen> = claims.iter().filter_map(|claim| claim.amount).collect();
        if amounts.is_empty() {
            return self.origin.as_ref().and_then(|origin| origin.amount);
        }
        // Claims and amounts are bounded, so that the sum is too.
        Some(amounts.into_iter().sum())
    }

    /// The answers of the form, and those of a corrected application that the form does not ask.
    fn all_answers(&self) -> Answers {
        let asked: Vec<String> =
            self.sections().into_iter().flat_map(|section| section.fields).map(|field| field.id.clone()).collect();
        let origin = self.origin.iter().flat_map(|origin| &origin.elements);
        let kept = origin.filter(|(id, _)| !asked.contains(id)).map(|(id, answer)| (id.clone(), answer.clone()));
        kept.chain(self.answers()).collect()
    }

    /// How the application came: a clerk enters what came on paper or was told.
    fn told_intake(&self) -> Intake {
        let came_on = self.value("came_on").parse().ok();
        match (&self.origin, self.clerk, came_on) {
            (Some(origin), ..) => origin.intake.clone(),
            (None, Some(noted_by), Some(happened_on)) if self.value("came") == "oral" => {
                Intake::Oral { happened_on, noted_by }
            }
            (None, Some(compared_by), Some(happened_on)) => Intake::Counter { happened_on, compared_by },
            _ => Intake::Online,
        }
    }
}

fn grown(case: CaseId, place: Place) -> PartyId {
    use sha2::{Digest, Sha256};
    let digest: [u8; 32] = Sha256::digest(format!("{case} {place}")).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    PartyId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::capability::filing::{
        samples::{begun, clerk, lawyer, typed},
        step::Step,
    };

    const CASE: CaseId = CaseId(Uuid::from_u128(9));

    fn taken(draft: &mut Draft, step: &str, fields: &[(&str, &str)]) {
        let step = draft.step(step).expect("the step is there");
        draft.take(Some(step), typed(fields));
    }

    #[test]
    fn no_consent_is_given_by_silence_and_each_step_stands_for_itself() {
        let mut draft = begun();
        assert!(draft.application(CASE).online.is_empty());
        taken(&mut draft, "online", &[("online", "hearing")]);
        assert_eq!(draft.application(CASE).online.into_iter().collect::<Vec<_>>(), [OnlineStep::Hearing]);
    }

    #[test]
    fn several_stand_on_each_side_and_nobody_at_an_empty_place() {
        let mut draft = begun();
        draft.add(Side::Plaintiff);
        draft.add(Side::Defendant);
        draft.add(Side::ThirdParty);
        taken(&mut draft, "p1", &[("p1_name", "钱二"), ("p1_kind", "natural")]);
        taken(&mut draft, "d0", &[("d0_name", "某公司"), ("d0_kind", "legal"), ("d0_representative", "赵四")]);
        taken(&mut draft, "d1", &[("d1_kind", "legal")]);
        let application = draft.application(CASE);
        let names: Vec<&str> = application.parties.iter().map(|party| party.name.as_str()).collect();
        assert_eq!(names, ["陈晓", "钱二", "某公司"]);
        assert_eq!(application.parties[2].representative.as_deref(), Some("赵四"));
        assert_eq!(draft.place_of(CASE, application.parties[2].id), "d0".parse().ok());
    }

    #[test]
    fn a_card_tells_birth_and_sex_unless_told_otherwise() {
        let mut draft = begun();
        taken(&mut draft, "d0", &[("d0_name", "孙三"), ("d0_id_no", "370691198503120113")]);
        let party = draft.application(CASE).parties.remove(1);
        assert_eq!((party.birth_on, party.sex.as_deref()), (Some(date(1985, 3, 12)), Some("男")));
        taken(&mut draft, "d0", &[("d0_name", "孙三"), ("d0_id_no", "370691198503120113"), ("d0_sex", "女")]);
        assert_eq!(draft.application(CASE).parties[1].sex.as_deref(), Some("女"));
    }

    #[test]
    fn a_lawyer_acts_for_all_plaintiffs_or_for_those_ticked() {
        let mut draft = Draft::begun(&lawyer(), "04.10.088", date(2026, 3, 2));
        draft.add(Side::Plaintiff);
        taken(&mut draft, "p0", &[("p0_name", "王芳")]);
        taken(&mut draft, "p1", &[("p1_name", "李强")]);
        taken(&mut draft, "a0", &[("a0_special", "settle")]);
        let application = draft.application(CASE);
        let clients: Vec<PartyId> = application.agents.iter().map(|agent| agent.party).collect();
        assert_eq!(clients, [application.parties[0].id, application.parties[1].id]);
        assert_eq!(application.agents[0].special, [SpecialAuthority::Settle]);
        assert_eq!(application.agents[0].person, Some(lawyer().id));
        assert_eq!(application.parties[0].id_no, None, "the lawyer's number is not the client's");
        taken(&mut draft, "a0", &[("a0_for", "p1")]);
        let clients: Vec<PartyId> = draft.application(CASE).agents.iter().map(|agent| agent.party).collect();
        assert_eq!(clients, [application.parties[1].id]);
    }

    #[test]
    fn what_a_clerk_enters_came_at_the_counter_on_the_day_told() {
        let mut draft = Draft::begun(&clerk(), "04.10.088", date(2026, 3, 4));
        taken(&mut draft, "intake", &[("came", "oral"), ("came_on", "2026-03-02")]);
        let expected = Intake::Oral { happened_on: date(2026, 3, 2), noted_by: clerk().id };
        assert_eq!(draft.application(CASE).intake, expected);
    }

    #[test]
    fn the_amount_in_dispute_is_what_the_claims_come_to() {
        let mut draft = begun();
        assert_eq!(draft.application(CASE).amount, None);
        let rows = [("claims_0_0", "本金"), ("claims_0_1", "150,000"), ("claims_1_0", "利息"), ("claims_1_1", "0.5")];
        taken(&mut draft, "claims", &rows);
        assert_eq!(draft.application(CASE).amount, Some(Fen(15_000_050)));
    }

    #[test]
    fn an_address_for_service_is_the_domicile_unless_another_is_named() {
        let mut draft = begun();
        taken(&mut draft, "p0", &[("p0_name", "陈晓"), ("p0_address", "甲路1号"), ("p0_phone", "12000000000")]);
        assert_eq!(draft.application(CASE).addresses[0].postal, "甲路1号");
        taken(&mut draft, "service", &[("p0_postal", "乙路2号"), ("p0_electronic", "yes"), ("p0_mailbox", "a@b.cn")]);
        let address = draft.application(CASE).addresses.remove(0);
        assert_eq!((address.postal.as_str(), address.electronic), ("乙路2号", true));
        assert_eq!(address.electronic_address.as_deref(), Some("a@b.cn"));
        assert_eq!(draft.application(CASE).parties[0].address.as_deref(), Some("甲路1号"));
    }

    #[test]
    fn a_step_of_the_element_form_answers_in_the_application() {
        let mut draft = begun();
        let step = draft.step_of("e_repayments_0_0").expect("the table has a step");
        assert!(matches!(step, Step::Elements(_)));
        draft.take(Some(step), typed(&[("e_repayments_0_0", "2025-01-01"), ("e_repayments_0_1", "6000")]));
        let answers = draft.application(CASE).elements;
        let expected = xiezhi_domain::law::element_form::Answer::Table(vec![
            ["2025-01-01", "6000", "", ""].map(str::to_owned).to_vec(),
        ]);
        assert_eq!(answers.get("repayments"), Some(&expected));
    }
}
