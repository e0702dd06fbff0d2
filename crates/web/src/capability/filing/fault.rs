//! What is wrong with a draft, at the field and the step where it is mended. What stands there and can't be
//! right is told at once; what is missing holds up the submission; the rest only advises.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use xiezhi_domain::{
    consent::Step as OnlineStep,
    filing::{self, FilingRefusal},
    ids::{CaseId, PartyId},
    law::{
        element_answer::{FieldProblem, UNKNOWN},
        money::Fen,
    },
};

use super::{
    asked,
    draft::Draft,
    place::{Place, Side},
    question::{self, cell_name, element_name},
    step::Step,
};
use crate::http::problem::{FieldError, Problem};

/// How much a fault weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// What stands there can't be right.
    Wrong,
    /// Something the submission needs is not there.
    Missing,
    /// Worth a look; it holds nothing up.
    Advice,
}

/// A fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FilingFault)]
pub struct Fault {
    /// The step on which it is mended.
    pub step: Step,
    /// The field.
    pub field: String,
    /// Stable code.
    pub code: &'static str,
    /// How much it weighs.
    pub weight: Weight,
}

impl Fault {
    /// A fault at a field.
    pub fn new(step: Step, field: impl Into<String>, code: &'static str, weight: Weight) -> Self {
        Self { step, field: field.into(), code, weight }
    }

    /// Whether it holds up the submission.
    pub fn holds_up(&self) -> bool {
        self.weight != Weight::Advice
    }
}

/// What holds the submission up, as programs are told it.
pub fn problem(faults: &[Fault]) -> Problem {
    let told = faults.iter().filter(|fault| fault.holds_up());
    Problem::invalid(told.map(|fault| FieldError::new(&fault.field, fault.code)).collect())
}

impl Draft {
    /// Everything that is wrong, in the order of the steps.
    pub fn faults(&self, case: CaseId, today: Date) -> Vec<Fault> {
        let mut faults = self.misread(today);
        let application = self.application(case);
        for refusal in filing::faults(&application, today) {
            faults.push(self.fault(case, &refusal));
        }
        for (_, other) in filing::same_names(&application.parties) {
            let place = self.place_of(case, other);
            let known = |fault: &&Fault| fault.code == "filing.SamePersonOnBothSides";
            if let Some(place) = place.filter(|_| !faults.iter().any(|fault| known(&fault))) {
                faults.push(Fault::new(Step::Person(place), place.field("name"), "filing.same_name", Weight::Advice));
            }
        }
        let steps = self.steps();
        faults.sort_by_key(|fault| steps.iter().position(|step| *step == fault.step));
        faults.dedup_by(|a, b| a.field == b.field && a.code == b.code);
        faults
    }

    /// The faults of one step that are told there: what can't be right, and with `all` the rest too.
    pub fn faults_at(&self, step: Step, case: CaseId, today: Date, all: bool) -> Vec<Fault> {
        let here = |fault: &Fault| fault.step == step && (all || fault.weight != Weight::Missing);
        self.faults(case, today).into_iter().filter(here).collect()
    }

    /// What was typed and makes no amount, no day, no answer.
    fn misread(&self, today: Date) -> Vec<Fault> {
        let mut faults = self.misread_intake(today);
        faults.extend(self.misread_telephones());
        if self.is_service_contradicted() {
            faults.push(Fault::new(Step::Online, "online", "filing.service_contradicted", Weight::Wrong));
        }
        for seat in &self.seats {
            let field = seat.place.field("birth_on");
            if self.some(&field).is_some_and(|day| day.parse::<Date>().is_err()) {
                faults.push(Fault::new(Step::Person(seat.place), field, "field.bad_date", Weight::Wrong));
            }
        }
        for (at, section) in self.sections().iter().enumerate() {
            let step = Step::Elements(at);
            faults.extend(section.fields.iter().filter_map(|field| self.misread_element(step, field)));
        }
        for (row, cells) in self.rows("claims", 2).iter().enumerate() {
            let amount = Some(cells[1].as_str()).filter(|text| !text.is_empty()).map(str::parse::<Fen>);
            if let Some(Err(problem)) = amount {
                let field = cell_name("claims", row, 1);
                faults.push(Fault::new(Step::Claims, field, problem.code(), Weight::Wrong));
            }
            if cells[0].is_empty() {
                let field = cell_name("claims", row, 0);
                faults.push(Fault::new(Step::Claims, field, "input.required", Weight::Wrong));
            }
        }
        faults
    }

    /// Numbers that no telephone can have; those of a corrected application may stand as they came.
    fn misread_telephones(&self) -> Vec<Fault> {
        let mut faults = vec![];
        for place in self.seats.iter().map(|seat| seat.place) {
            for (part, step) in [("phone", Step::Person(place)), ("service_phone", Step::Service)] {
                let field = place.field(part);
                let typed = self.some(&field).filter(|number| number != UNKNOWN);
                if typed.is_some_and(|number| !asked::is_telephone(&number)) {
                    faults.push(Fault::new(step, field, "input.not_a_telephone", Weight::Wrong));
                }
            }
        }
        faults
    }

    /// Service is ticked among the steps on line, and no address for service agrees to electronic service.
    ///
    /// Source: 《民事诉讼法》第九十条第一款;《人民法院在线诉讼规则》第二十九条.
    fn is_service_contradicted(&self) -> bool {
        let ticked = self.values("online").iter().any(|value| value == asked::online_value(OnlineStep::Service));
        ticked && !self.places(Side::Plaintiff).any(|place| self.is_ticked(&place.field("electronic")))
    }

    fn misread_intake(&self, today: Date) -> Vec<Fault> {
        if self.clerk.is_none() || self.origin.is_some() {
            return vec![];
        }
        let code = match self.some("came_on").map(|day| day.parse::<Date>()) {
            None => "input.required",
            Some(Err(_)) => "field.bad_date",
            Some(Ok(day)) if day > today => "filing.ReceivedInFuture",
            Some(Ok(_)) => return vec![],
        };
        vec![Fault::new(Step::Intake, "came_on", code, Weight::Wrong)]
    }

    fn misread_element(&self, step: Step, field: &'static xiezhi_domain::law::element_form::Field) -> Option<Fault> {
        let name = element_name(field);
        match question::answer(self, field) {
            Err(problem) => Some(Fault::new(step, name, problem.code(), Weight::Wrong)),
            // Asked by the screen, not by law: a suit is received without it.
            Ok(None) if field.required => Some(Fault::new(step, name, FieldProblem::Missing.code(), Weight::Advice)),
            Ok(_) => None,
        }
    }

    /// The field to which a refusal of the court leads.
    pub fn fault(&self, case: CaseId, refusal: &FilingRefusal) -> Fault {
        let code = refusal.code();
        let at = |party: PartyId| self.place_of(case, party).unwrap_or(Place::new(Side::Plaintiff, 0));
        let person =
            |place: Place, part: &str, code, weight| Fault::new(Step::Person(place), place.field(part), code, weight);
        let first = |side: Side| self.places(side).next().unwrap_or(Place::new(side, 0));
        let missing = Weight::Missing;
        match refusal {
            FilingRefusal::NoPlaintiff => person(first(Side::Plaintiff), "name", code, missing),
            FilingRefusal::NoDefendant => person(first(Side::Defendant), "name", code, missing),
            FilingRefusal::NoName { party } => person(at(*party), "name", code, missing),
            FilingRefusal::WrongIdNumber { party, problem } => {
                person(at(*party), "id_no", problem.code(), Weight::Wrong)
            }
            FilingRefusal::BirthInFuture { party } => person(at(*party), "birth_on", code, Weight::Wrong),
            FilingRefusal::SamePersonOnBothSides { other, .. } => person(at(*other), "id_no", code, Weight::Wrong),
            FilingRefusal::NoAddress { party } => {
                let place = at(*party);
                let part = if self.some(&place.field("address")).is_none() { "address" } else { "phone" };
                person(place, part, code, missing)
            }
            FilingRefusal::NoClaim => Fault::new(Step::Claims, "claims_0_0", code, missing),
            FilingRefusal::NegativeAmount => Fault::new(Step::Claims, "claims_0_1", code, Weight::Wrong),
            FilingRefusal::NoFacts => Fault::new(Step::Facts, "facts", code, missing),
            FilingRefusal::ReceivedInFuture => Fault::new(Step::Intake, "came_on", code, Weight::Wrong),
            FilingRefusal::TooMany => Fault::new(Step::Evidence, "file", code, Weight::Wrong),
            FilingRefusal::UnknownParty { .. } => {
                let agent = self.places(Side::Agent).next().unwrap_or(Place::new(Side::Agent, 0));
                person(agent, "for", code, Weight::Wrong)
            }
            FilingRefusal::UnknownCause | FilingRefusal::CauseTooGeneral => {
                Fault::new(Step::Preview, "cause", code, Weight::Wrong)
            }
            FilingRefusal::SubmittedAlready => Fault::new(Step::Preview, "", code, Weight::Wrong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capability::filing::{
        asked::TICKED,
        samples::{CASE, begun, complete, typed},
    };

    fn today() -> Date {
        jiff::civil::date(2026, 3, 2)
    }

    /// The fields of the draft with their faults, after these were typed at their steps.
    fn faults(fields: &[(&str, &str)]) -> Vec<(String, String, &'static str)> {
        let mut draft = complete();
        for side in [Side::Plaintiff, Side::Defendant] {
            draft.add(side);
        }
        draft.take(None, typed(fields));
        let wrong = draft.faults(CASE, today()).into_iter().filter(|fault| fault.weight != Weight::Advice);
        wrong.map(|fault| (fault.step.code(), fault.field, fault.code)).collect()
    }

    #[track_caller]
    fn check(fields: &[(&str, &str)], step: &str, field: &str, code: &str) {
        let found = faults(fields);
        assert!(found.iter().any(|(at, name, why)| at == step && name == field && *why == code), "{found:?}");
        assert_eq!(found.len(), 1, "{found:?}");
        let words = crate::messages::Lang::ALL.map(|lang| crate::messages::faults::words(lang, code));
        assert!(words.iter().all(|words| words != code), "{code} has no words");
    }

    #[test]
    fn a_complete_draft_has_none() {
        assert_eq!(faults(&[]), []);
    }

    #[test]
    fn a_wrong_card_of_the_second_defendant_is_told_at_the_second_defendant() {
        let wrong = [("d1_name", "孙三"), ("d1_id_no", "370691198503120114")];
        check(&wrong, "d1", "d1_id_no", "identity.wrong_check_digit");
        let wrong = [("p1_name", "孙三"), ("p1_address", "路"), ("p1_phone", "12000000003"), ("p1_id_no", "37069119850312")];
        check(&wrong, "p1", "p1_id_no", "identity.wrong_length");
    }

    #[test]
    fn a_wrong_credit_code_is_told_at_its_field() {
        let wrong = [("d1_kind", "legal"), ("d1_name", "某公司"), ("d1_id_no", "91370691MA0000000X")];
        check(&wrong, "d1", "d1_id_no", "identity.wrong_check_digit");
    }

    #[test]
    fn a_passport_is_not_held_against_the_arithmetic_of_a_card() {
        assert_eq!(faults(&[("d1_name", "SMITH"), ("d1_id_kind", "护照"), ("d1_id_no", "E12345678")]), []);
    }

    #[test]
    fn a_birth_date_in_the_future_is_told_typed_or_in_the_card() {
        check(&[("d1_name", "孙三"), ("d1_birth_on", "2026-03-03")], "d1", "d1_birth_on", "filing.BirthInFuture");
        let unborn = [("d1_name", "孙三"), ("d1_id_no", "370691209003120114")];
        let found = faults(&unborn);
        assert_eq!(found[0].1, "d1_id_no");
        check(&[("d1_name", "孙三"), ("d1_birth_on", "1990-02-30")], "d1", "d1_birth_on", "field.bad_date");
    }

    #[test]
    fn a_telephone_that_nobody_can_have_is_told_where_it_was_typed() {
        check(&[("d1_name", "孙三"), ("d1_phone", "1380000")], "d1", "d1_phone", "input.not_a_telephone");
        check(&[("p0_service_phone", "1380000")], "service", "p0_service_phone", "input.not_a_telephone");
        assert_eq!(faults(&[("d1_name", "孙三"), ("d1_phone", "0535-6390000")]), []);
    }

    #[test]
    fn service_on_line_without_the_consent_of_the_address_is_a_contradiction() {
        let both = [("online", "service"), ("p0_electronic", TICKED)];
        assert_eq!(faults(&both), []);
        check(&[("online", "service"), ("p0_electronic", "")], "online", "online", "filing.service_contradicted");
        assert_eq!(faults(&[("online", "hearing"), ("p0_electronic", "")]), []);
    }

    #[test]
    fn amounts_with_too_many_decimals_are_told_at_the_claim_and_at_the_element() {
        check(&[("claims_1_0", "利息"), ("claims_1_1", "1.234")], "claims", "claims_1_1", "money.too_many_decimals");
        let found = faults(&[("e_principal_due", "1.234")]);
        assert_eq!((found[0].1.as_str(), found[0].2), ("e_principal_due", "money.too_many_decimals"));
        check(&[("claims_1_0", "利息"), ("claims_1_1", "-5")], "claims", "claims_1_1", "money.negative");
    }

    #[test]
    fn the_same_person_on_both_sides_is_told_by_number_and_a_namesake_only_warned_of() {
        let own = complete().value("p0_id_no").to_owned();
        let same = [("d1_name", "陈晓"), ("d1_id_no", own.as_str())];
        check(&same, "d1", "d1_id_no", "filing.SamePersonOnBothSides");
        let mut draft = complete();
        draft.take(None, typed(&[("d0_name", "陈晓")]));
        let found = draft.faults(CASE, today());
        let warned = found.iter().find(|fault| fault.code == "filing.same_name").expect("a warning");
        assert_eq!((warned.field.as_str(), warned.holds_up()), ("d0_name", false));
        assert!(!found.iter().any(Fault::holds_up), "{found:?}");
    }

    #[test]
    fn what_is_missing_is_told_at_the_right_party() {
        check(&[("d1_address", "某路1号")], "d1", "d1_name", "filing.NoName");
        check(&[("p1_name", "钱二"), ("p1_address", "某路1号")], "p1", "p1_phone", "filing.NoAddress");
        check(&[("p1_name", "钱二"), ("p1_phone", "12000000003")], "p1", "p1_address", "filing.NoAddress");
        let empty = begun().faults(CASE, today());
        let missing: Vec<&str> =
            empty.iter().filter(|fault| fault.weight == Weight::Missing).map(|fault| fault.field.as_str()).collect();
        assert_eq!(missing, ["p0_address", "d0_name", "claims_0_0", "facts"]);
    }

    #[test]
    fn an_amount_without_a_claim_is_told_at_the_claim() {
        check(&[("claims_2_1", "100")], "claims", "claims_2_0", "input.required");
    }

    #[test]
    fn a_row_too_many_or_a_day_that_is_none_is_told_at_the_element() {
        check(&[("e_given_date", "2024-02-30")], "q3", "e_given_date", "field.bad_date");
    }

    #[test]
    fn what_was_typed_is_kept_with_its_fault() {
        let mut draft = complete();
        draft.take(None, typed(&[("d0_id_no", "123"), ("claims_0_1", "1.234")]));
        assert_eq!((draft.value("d0_id_no"), draft.value("claims_0_1")), ("123", "1.234"));
    }
}
